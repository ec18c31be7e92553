//! All commands that are possible, filtered by what is typed.
//!
//! **Never:** offers what cannot be done now.
//! Next: `command` for the commands.

use crate::base::number::narrow;
use crate::base::words::words;
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::{COMMANDS, Command, CommandInfo};
use crate::tui::keymap::named_key;
use crate::tui::line_edit::{LineEdit, first_line};
use crate::tui::panel::{Panel, outside};
use crate::tui::picker::{Line, Picked, Picker, one_row};
use crate::tui::report::{ReportScreen, is_possible};
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next};

/// The list of commands.
#[derive(Clone, Debug)]
pub struct Palette {
    filter: LineEdit,
    picker: Picker,
}

impl Palette {
    /// Without a filter.
    pub(crate) fn new() -> Self {
        Palette {
            filter: LineEdit::new(""),
            picker: Picker::default(),
        }
    }
}

impl Panel for Palette {
    fn place(&self, _: Option<&ReportScreen>, _: Look) -> Place {
        Place::Window(74, 18)
    }

    fn has_line(&self) -> bool {
        true
    }

    fn command(
        &mut self,
        command: Command,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next {
        if matches!(command, Command::Backspace | Command::ClearLine) {
            self.filter.edit(command);
            self.picker = Picker::default();
            return Next::Stay;
        }
        let found = matching(
            self.filter.text(),
            report.as_deref(),
            cx.clipboard.is_some(),
        );
        match self.picker.command(command, found.len(), cx.look) {
            Picked::Moved => Next::Stay,
            Picked::Chosen(at) => found
                .get(at)
                .map_or(Next::Close, |info| Next::Run(info.command)),
            Picked::No => outside(command),
        }
    }

    fn typed(&mut self, c: char, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let digit = narrow(c);
        let is_meant = |info: &&CommandInfo| info.digit == Some(digit);
        let numbered = COMMANDS.iter().find(is_meant);
        if let Some(info) = numbered.filter(|_| self.filter.text().is_empty()) {
            let copied = cx.clipboard.is_some();
            return if is_possible(info.command, report.as_deref(), copied) {
                Next::Run(info.command)
            } else {
                Next::Stay
            };
        }
        self.picker = Picker::default();
        cx.insert(&mut self.filter, c.encode_utf8(&mut [0; 4]));
        Next::Stay
    }

    fn pasted(&mut self, text: &str, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        self.picker = Picker::default();
        cx.insert(&mut self.filter, first_line(text));
        Next::Stay
    }

    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        const TITLE: usize = 48;
        let look = canvas.look();
        let title = words("更多。输入文字筛选：", "More. Type to filter: ").get(look.lang);
        let x = canvas.text(0, 0, title, Role::Here);
        let caret = canvas.line_edit((x, 0), &self.filter);
        let keymap = &canvas.prefs().keymap;
        let line = |info: &&CommandInfo| {
            let digit = info.digit.unwrap_or(' ');
            let keys = keymap.keys_of(info.command).into_iter().take(2);
            let keys: Vec<String> = keys.map(|key| named_key(key, look.lang)).collect();
            let title = look.ruler.fit(info.title.get(look.lang), TITLE);
            Line::new("", format!("{digit} {title} {}", keys.join("  ")))
        };
        let found = matching(self.filter.text(), report, canvas.has_copied());
        let rows = one_row(found.iter().map(line));
        self.picker.draw_rows(2, &rows, 0, canvas);
        canvas.foot(words(
            "数字 选定  回车 选定  上下键 移动  Esc 关闭",
            "digit chooses  Enter chooses  arrows move  Esc closes",
        ));
        (caret, 0)
    }
}

/// The commands that a filter leaves, those that begin with it first.
fn matching(
    filter: &str,
    report: Option<&ReportScreen>,
    has_copied: bool,
) -> Vec<&'static CommandInfo> {
    let filter = filter.trim().to_lowercase();
    let mut found: Vec<(u8, &CommandInfo)> = COMMANDS
        .iter()
        .filter(|info| info.listed && is_possible(info.command, report, has_copied))
        .filter_map(|info| {
            let rank = [info.initials, info.title.zh, info.title.en, info.name]
                .iter()
                .filter_map(|text| rank(&text.to_lowercase(), &filter))
                .min()?;
            Some((rank, info))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, info)| info).collect()
}

/// 0 begins with, 1 contains, 2 has the letters in order.
fn rank(text: &str, filter: &str) -> Option<u8> {
    if text.starts_with(filter) {
        return Some(0);
    }
    if text.contains(filter) {
        return Some(1);
    }
    let mut rest = text.chars();
    filter
        .chars()
        .all(|c| rest.any(|other| other == c))
        .then_some(2)
}
