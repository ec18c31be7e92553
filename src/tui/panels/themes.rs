//! All themes, to choose one.
//!
//! **Never:** keeps the choice; `update` asks for that.
//! Next: `theme` for what they are.

use crate::base::words::words;
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::panel::{Panel, outside};
use crate::tui::picker::{Line, Picked, Picker, wrapped};
use crate::tui::report::ReportScreen;
use crate::tui::theme::{THEMES, Theme};
use crate::tui::turn::{Cx, Look, Next};

/// The list of themes.
#[derive(Clone, Debug)]
pub struct Themes {
    picker: Picker,
}

impl Themes {
    /// With the theme in use chosen.
    pub(crate) fn new(theme: Theme) -> Self {
        let here = THEMES
            .iter()
            .position(|info| info.background == theme.background);
        Themes {
            picker: Picker::at(here.unwrap_or(0)),
        }
    }

    fn picked(picked: Picked, cx: &mut Cx<'_>) -> Option<Next> {
        let at = match picked {
            Picked::Chosen(at) => at,
            Picked::Moved => return Some(Next::Stay),
            Picked::No => return None,
        };
        let info = THEMES.get(at)?;
        let said = words("配色：{name}", "theme: {name}");
        cx.say(said.with(vec![("name", info.name.into())]));
        Some(Next::Theme(Theme {
            background: info.background,
            ..cx.look.theme
        }))
    }
}

impl Panel for Themes {
    fn place(&self, _: Option<&ReportScreen>, _: Look) -> Place {
        Place::Window(40, 5)
    }

    fn command(&mut self, command: Command, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let picked = self.picker.command(command, THEMES.len(), cx.look);
        Themes::picked(picked, cx).unwrap_or_else(|| outside(command))
    }

    fn typed(&mut self, c: char, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let picked = self.picker.typed(c, THEMES.len());
        Themes::picked(picked, cx).unwrap_or(Next::Stay)
    }

    fn draw(&self, _: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let look = canvas.look();
        let line = |(at, info): (usize, &crate::tui::theme::ThemeInfo)| {
            let sign = if info.background == look.theme.background {
                "*"
            } else {
                " "
            };
            let name = look.ruler.fit(info.name.get(look.lang), 24);
            Line::new("", format!("{}{sign} {name}{}", at + 1, info.key))
        };
        let lines = THEMES.iter().enumerate().map(line).collect();
        let title = words("配色：选定的记进设置", "Themes: your choice is kept").get(look.lang);
        let foot = words(
            "数字 选定  回车 选定  上下键 移动  Esc 关闭",
            "digit chooses  Enter chooses  arrows move  Esc closes",
        );
        let rows = wrapped(lines, 0, 2, look);
        self.picker.draw((title, foot), &rows, 0, canvas)
    }
}
