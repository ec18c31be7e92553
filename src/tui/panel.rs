//! Panels to read or to choose from: the basis of a cell, the changes of this
//! session, the themes.
//!
//! Their lines are made anew for every frame from the app and the tables, so
//! that a size or a language may change under them.
//!
//! **Never:** draws; keeps a text that a table holds.
//! Next: `view::panel`, which draws them; `update::panels` for their keys.

mod basis;
pub(crate) mod changes;

use super::theme::{Role, THEMES};
use crate::base::words::{Words, words};
use crate::check::Problem;
use crate::form::{CellId, TextId};
use crate::tui::app::App;

pub use changes::{Changed, Place, changes};

/// A panel over the screen.
#[derive(Clone, Debug)]
pub struct Panel {
    /// What it shows.
    pub kind: PanelKind,
    /// The chosen line, or the first one shown where none is chosen.
    pub chosen: usize,
}

/// What a panel shows.
#[derive(Clone, Debug)]
pub enum PanelKind {
    /// What a place means and rests on.
    Basis(Topic),
    /// What changed since the report was opened.
    Changes(Vec<Changed>),
    /// All themes.
    Themes,
    /// The return note.
    Note(String),
}

/// What a basis is asked for.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The cell, if it is one.
    pub cell: Option<CellId>,
    /// The section otherwise.
    pub section: TextId,
    /// The problems there, the one meant first.
    pub problems: Vec<Problem>,
}

/// A line of a panel before it is wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// What stands in the narrow column at the left.
    pub label: String,
    /// The text.
    pub text: String,
    /// How it looks.
    pub role: Role,
}

impl Line {
    fn new(label: &str, text: impl Into<String>) -> Self {
        Line {
            label: label.to_owned(),
            text: text.into(),
            role: Role::Plain,
        }
    }

    fn head(text: impl Into<String>) -> Self {
        Line {
            role: Role::HeadHere,
            ..Line::new("", text)
        }
    }
}

impl Panel {
    /// A panel from its first line.
    #[must_use]
    pub fn new(kind: PanelKind) -> Self {
        Panel { kind, chosen: 0 }
    }

    /// Whether a line is chosen; else the panel is only read.
    #[must_use]
    pub fn chooses(&self) -> bool {
        !matches!(self.kind, PanelKind::Basis(_) | PanelKind::Note(_))
    }

    /// Its heading.
    #[must_use]
    pub(super) fn title(&self) -> Words {
        match &self.kind {
            PanelKind::Basis(_) => words(
                "依据：这一格是什么、怎么算",
                "Basis: what this is and how it is counted",
            ),
            PanelKind::Changes(_) => words(
                "打开以来的改动：原来 -> 现在",
                "Changes since opening: before -> now",
            ),
            PanelKind::Themes => words("配色", "Themes"),
            PanelKind::Note(_) => words(
                "退回意见：发给报送的人",
                "Return note: for who sent the report",
            ),
        }
    }

    /// What its keys do.
    #[must_use]
    pub(super) fn foot(&self) -> Words {
        match &self.kind {
            PanelKind::Basis(_) => words(
                "上下键 翻看    Esc 关闭    （小键盘误到这里：请改用 . 和 退格）",
                "arrows scroll    Esc closes    (here from the keypad? use . and Backspace)",
            ),
            PanelKind::Note(_) => words(
                "上下键 翻看    Esc 关闭    F12 或 Esc 0 2 存成文件",
                "arrows scroll    Esc closes    F12 or Esc 0 2 writes it to a file",
            ),
            PanelKind::Changes(_) => words(
                "回车 到那里    上下键 移动    Esc 关闭",
                "Enter goes there    arrows move    Esc closes",
            ),
            PanelKind::Themes => words(
                "数字或回车 选定    上下键 移动    Esc 关闭",
                "a digit or Enter chooses    arrows move    Esc closes",
            ),
        }
    }

    /// Its lines.
    #[must_use]
    pub(super) fn lines(&self, app: &App) -> Vec<Line> {
        match &self.kind {
            PanelKind::Basis(topic) => basis::lines(app, topic),
            PanelKind::Changes(changes) => {
                if changes.is_empty() {
                    let none = words("还没有改过什么", "nothing was changed yet");
                    return vec![Line::new("", none.get(app.look.lang))];
                }
                let line = |changed| Line::new("", changes::line(app, changed));
                changes.iter().map(line).collect()
            }
            PanelKind::Note(note) => note.lines().map(|line| Line::new("", line)).collect(),
            PanelKind::Themes => THEMES
                .iter()
                .enumerate()
                .map(|(at, info)| {
                    let sign = if info.theme == app.look.theme {
                        "*"
                    } else {
                        " "
                    };
                    let name = app.look.ruler.fit(info.name.get(app.look.lang), 24);
                    Line::new("", format!("{}{sign} {name}{}", at + 1, info.key))
                })
                .collect(),
        }
    }

    /// Columns of the labels at the left.
    #[must_use]
    pub(super) fn label_columns(&self, app: &App) -> usize {
        match self.kind {
            PanelKind::Basis(_) if app.look.size.0 >= 40 => 10,
            PanelKind::Basis(_) => 2,
            _ => 0,
        }
    }

    /// Its lines wrapped to the screen: label, text, role, number of the line.
    #[must_use]
    pub(super) fn rows(&self, app: &App) -> Vec<(String, String, Role, usize)> {
        let label = self.label_columns(app);
        let sign = if self.chooses() { 2 } else { 0 };
        let cols = usize::from(app.look.size.0).saturating_sub(label + sign + 1);
        let mut rows = Vec::new();
        for (at, line) in self.lines(app).into_iter().enumerate() {
            let text = crate::base::width::shown(&line.text).into_owned();
            let mut head = line.label;
            if app.look.ruler.width(&head) >= label.max(1) && !head.is_empty() {
                rows.push((head, String::new(), line.role, at));
                head = String::new();
            }
            for range in app.look.ruler.wrap(&text, cols.max(8)) {
                let head = std::mem::take(&mut head);
                rows.push((head, text[range].trim_start().to_owned(), line.role, at));
            }
        }
        rows
    }

    /// How many places its cursor has.
    #[must_use]
    pub(super) fn len(&self, app: &App) -> usize {
        if self.chooses() {
            return self.lines(app).len();
        }
        // A read panel scrolls no further than its last line.
        let room = usize::from(app.look.size.1.saturating_sub(3)).max(1);
        self.rows(app).len().saturating_sub(room) + 1
    }
}
