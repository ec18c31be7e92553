//! What two people changed at the same place: a person chooses for each.
//!
//! **Never:** chooses by itself, or takes anything while a choice is open.
//! Next: `model::merge`, which made the list.

use crate::base::words::{Lang, words};
use crate::check::problem::cell_words;
use crate::model::merge::{At, Conflict, Merge, Side};
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::input::Theirs;
use crate::tui::panel::{Panel, outside};
use crate::tui::picker::{Line, Picked, Picker, Row, wrapped};
use crate::tui::report::ReportScreen;
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next};

/// The list of what both changed.
#[derive(Clone, Debug)]
pub struct Clash {
    merge: Merge,
    theirs: Theirs,
    sides: Vec<Option<Side>>,
    picker: Picker,
}

impl Clash {
    /// With nothing chosen.
    pub(crate) fn new(merge: Merge, theirs: Theirs) -> Self {
        Clash {
            sides: vec![None; merge.conflicts.len()],
            merge,
            theirs,
            picker: Picker::default(),
        }
    }

    /// Chooses for the line, and goes on to the next that is open.
    fn choose(&mut self, side: Side, report: Option<&mut ReportScreen>) -> Next {
        let at = self.picker.chosen;
        if let Some(chosen) = self.sides.get_mut(at) {
            *chosen = Some(side);
        }
        let after = (at..self.sides.len()).chain(0..at);
        let mut open = after.filter(|at| self.sides[*at].is_none());
        if let Some(next) = open.next() {
            self.picker = Picker::at(next);
        }
        self.show(report);
        Next::Stay
    }

    /// The page goes to the place that is asked about.
    fn show(&self, report: Option<&mut ReportScreen>) {
        let conflict = self.merge.conflicts.get(self.picker.chosen);
        if let Some((report, conflict)) = report.zip(conflict) {
            match conflict.at {
                At::Cell(cell) => report.go_to(cell),
                At::Head(field) => report.go_to_field(field),
                At::Text(text, at) => report.go_to_text(text, at),
                At::Headings => {}
            }
        }
    }

    fn accept(&mut self, cx: &mut Cx<'_>) -> Next {
        let open = self.sides.iter().position(Option::is_none);
        if let Some(open) = open {
            self.picker = Picker::at(open);
            cx.say(words(
                "还有没选的：左键 留我的，右键 用他的",
                "not all are chosen: Left keeps mine, Right takes theirs",
            ));
            return Next::Stay;
        }
        let sides = self.sides.iter().copied().flatten().collect();
        Next::Merged(Box::new((self.merge.clone(), sides, self.theirs.clone())))
    }

    fn rows(&self, report: &ReportScreen, look: Look) -> Vec<Row> {
        let lines = self.merge.conflicts.iter().zip(&self.sides);
        let lines = lines.flat_map(|(conflict, side)| entry(report, conflict, *side, look.lang));
        let mut rows = Vec::new();
        for (at, line) in lines.enumerate() {
            let mut these = wrapped(vec![line], 0, 4, look);
            for row in &mut these {
                row.line = Some(at / LINES);
            }
            rows.extend(these);
        }
        rows
    }
}

/// Lines of one conflict.
const LINES: usize = 3;

/// The place, what is here, what is there.
fn entry(
    report: &ReportScreen,
    conflict: &Conflict,
    side: Option<Side>,
    lang: Lang,
) -> [Line; LINES] {
    let form = report.form();
    let place = match conflict.at {
        At::Cell(cell) => cell_words(form, cell).text(lang),
        At::Head(field) => format!(
            "{} {}",
            words("报头", "head").get(lang),
            crate::paper::diff::name(form, &crate::check::diff::Place::Head(field)).text(lang)
        ),
        At::Text(text, _) => form.section(text).name.get(lang).to_owned(),
        At::Headings => words("各部分标题", "headings").get(lang).to_owned(),
    };
    let sign = if side.is_none() { "?" } else { "=" };
    let half = |own: Side, name: &str, text: &str| {
        let mark = if side == Some(own) { "[x]" } else { "[ ]" };
        let text = if text.is_empty() {
            words("(空)", "(blank)").get(lang)
        } else {
            text
        };
        Line {
            role: if side.is_some_and(|side| side != own) {
                Role::Dim
            } else {
                Role::Plain
            },
            ..Line::new("", format!("  {mark} {name} {text}"))
        }
    };
    [
        Line {
            role: if side.is_none() {
                Role::ReminderText
            } else {
                Role::Plain
            },
            ..Line::new("", format!("{sign} {place}"))
        },
        half(Side::Mine, words("我的", "mine").get(lang), &conflict.mine),
        half(
            Side::Theirs,
            words("他的", "theirs").get(lang),
            &conflict.theirs,
        ),
    ]
}

impl Panel for Clash {
    fn place(&self, _: Option<&ReportScreen>, _: Look) -> Place {
        Place::Side
    }

    fn command(
        &mut self,
        command: Command,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next {
        match command {
            Command::Left => return self.choose(Side::Mine, report),
            Command::Right => return self.choose(Side::Theirs, report),
            _ => {}
        }
        let len = self.sides.len();
        match self.picker.command(command, len, cx.look) {
            Picked::Moved => {
                self.show(report);
                Next::Stay
            }
            Picked::Chosen(_) => self.accept(cx),
            Picked::No if command == Command::Close => Next::Close,
            Picked::No => match outside(command) {
                // What is chosen would be lost.
                Next::Run(Command::Help) => Next::Run(Command::Help),
                _ => Next::Stay,
            },
        }
    }

    fn typed(&mut self, c: char, report: Option<&mut ReportScreen>, _: &mut Cx<'_>) -> Next {
        if !matches!(c, ' ' | '\u{3000}') {
            return Next::Stay;
        }
        let now = self.sides.get(self.picker.chosen).copied().flatten();
        let other = match now {
            Some(Side::Mine) => Side::Theirs,
            _ => Side::Mine,
        };
        if let Some(side) = self.sides.get_mut(self.picker.chosen) {
            *side = Some(other);
        }
        self.show(report);
        Next::Stay
    }

    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let Some(report) = report else {
            return (0, 0);
        };
        let look = canvas.look();
        let open = self.sides.iter().filter(|side| side.is_none()).count();
        let title = words(
            "两边都改了的地方  还有 {n} 处没选",
            "Changed on both sides: {n} to choose",
        );
        let title = title.with(vec![("n", open.into())]).text(look.lang);
        let foot = words(
            "左键 留我的  右键 用他的  回车 合并  Esc 不合并",
            "Left keeps mine  Right takes theirs  Enter merges  Esc leaves all",
        );
        self.picker
            .draw((&title, foot), &self.rows(report, look), 0, canvas)
    }
}
