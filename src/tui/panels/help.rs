//! The help: every command with its keys, by group.
//!
//! **Never:** a key or a title written here: they come from the tables.
//! Next: `command` and `keymap`, which it is made from.

use crate::base::words::{Words, words};
use crate::tui::canvas::Canvas;
use crate::tui::command::{COMMANDS, Command, Group};
use crate::tui::keymap::shown_key;
use crate::tui::panel::{Panel, reads, reads_character};
use crate::tui::picker::{Line, Picker, one_row};
use crate::tui::prefs::Prefs;
use crate::tui::report::ReportScreen;
use crate::tui::turn::{Cx, Look, Next};

/// The help on the screen.
#[derive(Clone, Debug, Default)]
pub struct Help {
    picker: Picker,
}

/// Its lines.
fn lines(look: Look, prefs: &Prefs) -> Vec<String> {
    const KEYS: usize = 30;
    const INTRO: [Words; 3] = [
        words(
            "Esc 后按数字 n 就是 Fn（Esc 8 即 F8），不用 F 键；全角数字一样。",
            "Esc and then digit n is Fn (Esc 8 is F8): no F-keys needed.",
        ),
        words(
            "Esc 依次：关掉打开的、退出正在打的、显示菜单；从不退出程序，不丢改动。",
            "Esc closes what is open, leaves what is typed, shows the menu; it never quits.",
        ),
        words(
            "填数：数字直接打，/ 表示不适用，F2 整行编辑。粘贴几格先看预览，按行名对应。",
            "Numbers: type digits, / is not applicable, F2 edits; pastes are shown first.",
        ),
    ];
    let mut lines: Vec<String> = INTRO
        .iter()
        .map(|text| text.get(look.lang).to_owned())
        .collect();
    for group in Group::ALL {
        lines.push(String::new());
        lines.push(format!("[{}]", group.title().get(look.lang)));
        for info in COMMANDS.iter().filter(|info| info.group == group) {
            let keys = prefs.keymap.keys_of(info.command);
            let mut keys: Vec<String> = keys
                .into_iter()
                .filter(|chord| !is_alias(chord))
                .map(shown_key)
                .collect();
            if let Some(digit) = info.digit {
                keys.push(format!("Esc 0 {digit}"));
            }
            if keys.is_empty() {
                keys.push(shown_key("F10"));
            }
            lines.push(format!(
                "  {}{}",
                look.ruler.fit(&keys.join("  "), KEYS),
                info.title.get(look.lang)
            ));
        }
    }
    lines
}

/// Names under which a key arrives from some terminals; nobody presses them.
#[must_use]
pub fn is_alias(chord: &str) -> bool {
    chord
        .strip_prefix('F')
        .and_then(|number| number.parse::<u8>().ok())
        .is_some_and(|number| number > 12)
        || chord == "C-j"
}

impl Panel for Help {
    fn command(&mut self, command: Command, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let rows = lines(cx.look, cx.prefs).len();
        reads(&mut self.picker, command, rows, cx.look)
    }

    fn typed(&mut self, c: char, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let rows = lines(cx.look, cx.prefs).len();
        reads_character(self.picker, c, rows, cx.look)
    }

    fn draw(&self, _: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let lines = lines(canvas.look(), canvas.prefs()).into_iter();
        let rows = one_row(lines.map(|text| Line::new("", text)));
        let title = words("帮助：所有按键", "Help: all keys").get(canvas.lang());
        let foot = words(
            "上下键 翻看  PgDn 翻页  Esc 关闭",
            "arrows scroll  PgDn turns  Esc closes",
        );
        self.picker.draw_read((title, foot), &rows, 0, canvas);
        (0, canvas.rows().saturating_sub(1))
    }
}
