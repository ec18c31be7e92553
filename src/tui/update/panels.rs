//! Opening panels, and what Enter does in them.
//!
//! **Never:** changes a report.
//! Next: `tui::panel` for what they show.

use crate::base::words::words;
use crate::tui::app::{App, Overlay};
use crate::tui::command::Command;
use crate::tui::panel::{Panel, PanelKind, Place, Topic, changes};
use crate::tui::problem_list;
use crate::tui::report::Page;
use crate::tui::theme::THEMES;

/// Opens a panel.
pub(super) fn open(app: &mut App, command: Command) {
    if let Some(report) = app.report_mut() {
        report.leave_cell();
    }
    let kind = match command {
        Command::Basis => topic(app).map(PanelKind::Basis),
        Command::Changes => app
            .report()
            .map(|report| PanelKind::Changes(changes(&report.document))),
        _ => Some(PanelKind::Themes),
    };
    if let Some(kind) = kind {
        let mut panel = Panel::new(kind);
        if matches!(panel.kind, PanelKind::Themes) {
            let here = THEMES.iter().position(|info| info.theme == app.look.theme);
            panel.chosen = here.unwrap_or(0);
        }
        app.overlay = Some(Overlay::Panel(panel));
    }
}

/// What the basis is asked for: the problem chosen in the list, else the place
/// of the cursor.
fn topic(app: &App) -> Option<Topic> {
    let report = app.report()?;
    let chosen = match &app.overlay {
        Some(Overlay::Problems { chosen }) => problem_list::problem_at(app, report, *chosen),
        _ => None,
    };
    if let Some(problem) = chosen {
        let section = problem.site.section(report.form());
        return Some(Topic {
            cell: problem.cell,
            section: section.unwrap_or_else(|| report.section()),
            problems: vec![problem.clone()],
        });
    }
    let cell = report.cursor();
    let mut problems: Vec<_> = report
        .findings
        .problems
        .iter()
        .filter(|problem| match cell {
            Some(cell) => problem.touches(report.form(), cell),
            None => problem.site.section(report.form()) == Some(report.section()),
        })
        .cloned()
        .collect();
    if let Some(meant) = report.problem_meant() {
        problems.sort_by_key(|problem| problem != meant);
    }
    Some(Topic {
        cell,
        section: report.section(),
        problems,
    })
}

/// Enter or a digit on a line of a panel.
pub(super) fn choose(app: &mut App, at: usize) {
    let Some(Overlay::Panel(panel)) = app.overlay.take() else {
        return;
    };
    match panel.kind {
        PanelKind::Basis(_) | PanelKind::Note(_) => {}
        PanelKind::Themes => {
            if let Some(info) = THEMES.get(at) {
                app.look.theme = info.theme;
                app.notice = Some(
                    words(
                        "配色：{name}；要一直用，在 config.json 里写 \"theme\":\"{key}\"",
                        "theme: {name}; to keep it, set \"theme\":\"{key}\" in config.json",
                    )
                    .with(vec![("name", info.name.into()), ("key", info.key.into())]),
                );
            }
        }
        PanelKind::Changes(changes) => {
            let Some(report) = app.report_mut() else {
                return;
            };
            match changes.get(at).map(|changed| &changed.place) {
                Some(Place::Cell(cell)) => report.go_to(*cell),
                Some(Place::Head(field)) => report.go_to_field(*field),
                Some(Place::Text(text, at)) => report.go_to_text(*text, *at),
                Some(Place::Heading(Some(text))) => {
                    let tables = report.form().section(*text).tables;
                    report.show(if tables.is_empty() {
                        Page::Text(*text)
                    } else {
                        Page::Matrix(tables)
                    });
                }
                _ => {}
            }
        }
    }
}
