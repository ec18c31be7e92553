//! The help: what can be done, by task, with its keys; typing searches it.
//!
//! **Never:** a key or a title written here: they come from the tables.
//! Next: `command` and `keymap`, which it is made from.

use crate::base::words::{Words, words};
use crate::tui::canvas::Canvas;
use crate::tui::command::{COMMANDS, Command, CommandInfo, Group};
use crate::tui::keymap::{named_key, shown_key};
use crate::tui::line_edit::{LineEdit, first_line};
use crate::tui::panel::{Panel, reads};
use crate::tui::picker::{Line, Picker, Row, one_row};
use crate::tui::prefs::Prefs;
use crate::tui::report::ReportScreen;
use crate::tui::turn::{Cx, Look, Next};

/// The help on the screen.
#[derive(Clone, Debug)]
pub struct Help {
    filter: LineEdit,
    picker: Picker,
}

/// What stands under the heading of a task before its keys.
static INTRO: &[(Group, &[Words])] = &[
    (
        Group::Keying,
        &[
            words(
                "  直接打数字；没有的填 0，不适用的填 /；打完一格按回车。",
                "  Type the digits; 0 for none, / for not applicable; Enter after each cell.",
            ),
            words(
                "  录入时：空白按回车记 0，+ 本行余下补 0，总计自动算。",
                "  While keying, Enter writes 0 into a blank, + fills the row, totals follow.",
            ),
            words(
                "  粘贴几格先看预览，按行名对应，不靠位置。",
                "  A pasted block is shown first; its rows are matched by their labels.",
            ),
        ],
    ),
    (
        Group::Check,
        &[
            words(
                "  F8 到下一处问题，F6 看怎么改，回车采用，Ctrl+Z 撤销。",
                "  F8 goes to the next problem, F6 shows what would fix it, Enter takes it.",
            ),
            words(
                "  格里的记号：! 错误  ? 提醒  * 可能错在这里  = 建议改成  ~ 手填的总计  : 已说明",
                "  Marks: ! error  ? warning  * may be the wrong cell  = would become  ~ typed total  : explained",
            ),
            words(
                "  有去年的报告时：< 带入的上年结转，改了离开时问理由  (16) 应有的现行有效",
                "  Beside last year: < carried over, a change asks for its reason  (16) due in force",
            ),
        ],
    ),
    (
        Group::Text,
        &[words(
            "  文字里回车另起一段；左边的记号指出有问题的行，Tab 看数字对照。",
            "  Enter starts a paragraph; marks on the left show rows with problems; Tab lists the numbers.",
        )],
    ),
    (
        Group::File,
        &[words(
            "  每一键都记在恢复日志里；断电、断线后再打开就能接着做。",
            "  Every keystroke is journalled: after a crash, open the file again and carry on.",
        )],
    ),
    (
        Group::Window,
        &[
            words(
                "  没有 F 键：先按 Esc，再按数字 n 就是 Fn（Esc 8 即 F8）；全角数字一样。",
                "  No F-keys: Esc, then digit n is Fn (Esc 8 is F8).",
            ),
            words(
                "  Esc 依次：关掉打开的、退出正在打的、显示菜单；从不退出程序，不丢改动。",
                "  Esc closes what is open, leaves what is typed, shows the menu; it never quits.",
            ),
        ],
    ),
];

/// The keys of a command as one line.
fn keys_of(look: Look, prefs: &Prefs, info: &CommandInfo) -> String {
    let keys = prefs.keymap.keys_of(info.command);
    let mut keys: Vec<String> = keys
        .into_iter()
        .filter(|chord| !is_alias(chord))
        .map(|chord| named_key(chord, look.lang))
        .collect();
    if let Some(digit) = info.digit {
        keys.push(format!("Esc 0 {digit}"));
    }
    if keys.is_empty() {
        keys.push(shown_key("F10"));
    }
    keys.join("  ")
}

impl Help {
    /// From its first line.
    pub(crate) fn new() -> Self {
        Help {
            filter: LineEdit::new(""),
            picker: Picker::default(),
        }
    }

    /// Its rows: all tasks, or the lines that hold what was typed.
    fn rows(&self, look: Look, prefs: &Prefs) -> Vec<Row> {
        const KEYS: usize = 30;
        let sought = self.filter.text().trim().to_lowercase();
        let is_meant = |line: &str| line.to_lowercase().contains(&sought);
        let mut lines: Vec<Line> = Vec::new();
        for group in Group::ALL {
            let intro = INTRO.iter().filter(|(of, _)| *of == group);
            let intro = intro.flat_map(|(_, lines)| *lines);
            let intro = intro.map(|line| line.get(look.lang).to_owned());
            let commands = COMMANDS.iter().filter(|info| info.group == group);
            let commands = commands.map(|info| {
                let keys = look.ruler.fit(&keys_of(look, prefs, info), KEYS);
                format!("  {keys}{}", info.title.get(look.lang))
            });
            let found: Vec<String> = intro
                .chain(commands)
                .filter(|line| is_meant(line))
                .collect();
            if found.is_empty() {
                continue;
            }
            if !lines.is_empty() {
                lines.push(Line::new("", ""));
            }
            lines.push(Line::head(format!(" {}", group.title().get(look.lang))));
            lines.extend(found.into_iter().map(|line| Line::new("", line)));
        }
        if lines.is_empty() {
            let none = words("  没有找到", "  nothing found").get(look.lang);
            lines.push(Line::new("", none));
        }
        one_row(lines.into_iter())
    }

    fn insert(&mut self, text: &str, cx: &mut Cx<'_>) -> Next {
        cx.insert(&mut self.filter, text);
        self.picker = Picker::default();
        Next::Stay
    }
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
    fn has_line(&self) -> bool {
        true
    }

    fn command(&mut self, command: Command, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        if matches!(command, Command::Backspace | Command::ClearLine) {
            self.filter.edit(command);
            self.picker = Picker::default();
            return Next::Stay;
        }
        let rows = self.rows(cx.look, cx.prefs).len();
        reads(&mut self.picker, command, rows, cx.look)
    }

    fn typed(&mut self, c: char, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        self.insert(c.encode_utf8(&mut [0; 4]), cx)
    }

    fn pasted(&mut self, text: &str, _: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        self.insert(first_line(text), cx)
    }

    fn draw(&self, _: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let look = canvas.look();
        let rows = self.rows(look, canvas.prefs());
        let sought = self.filter.text();
        let title = words("帮助  打字查找：", "Help  type to search: ").get(look.lang);
        let foot = words(
            "上下键 翻看  PgDn 翻页  打字 查找  Esc 关闭",
            "arrows scroll  PgDn turns  type to search  Esc closes",
        );
        let x = u16::try_from(look.ruler.width(title) + 1).unwrap_or(0);
        self.picker
            .draw_read((&format!("{title}{sought}"), foot), &rows, 0, canvas);
        (x + u16::try_from(look.ruler.drawn(sought)).unwrap_or(0), 0)
    }
}
