//! Terminals that users have, and what of our keys arrives from each.
//!
//! tmux and screen were tried; the others are known by their byte sequences and
//! documents. The README's table is made from this and the keymap.
//!
//! **Never:** decides what a key does: `terminal::keys` reads all of them alike.
//! Next: `keymap` for the keys, `terminal::keys` for the bytes.

use super::bindings::Keymap;
use super::command::{Command, command_info};
use super::keymap::{Context, shown_key};
use crate::base::words::{Words, words};

/// A terminal or something between us and one.
#[derive(Debug)]
pub struct Client {
    /// Its name.
    pub name: &'static str,
    /// It was tried, not only read about.
    pub tried: bool,
    /// Keys that do not arrive, or arrive as another.
    pub lost: &'static [Lost],
    /// Whether copied text reaches its clipboard.
    pub copies: Words,
    /// What else to know.
    pub note: Words,
}

/// A key that does not arrive as itself.
#[derive(Debug)]
pub struct Lost {
    /// The key, as the keymap writes it.
    pub chord: &'static str,
    /// What becomes of it.
    pub becomes: Words,
}

const fn lost(chord: &'static str, zh: &'static str, en: &'static str) -> Lost {
    Lost {
        chord,
        becomes: words(zh, en),
    }
}

const FILE_ONLY: Words = words("不送，看状态栏里的文件", "no: use the file that is named");

/// All terminals, the plainest first.
pub static CLIENTS: &[Client] = &[
    Client {
        name: "xterm",
        tried: false,
        lost: &[lost(
            "F10",
            "可能被窗口菜单收走",
            "may open the window's menu",
        )],
        copies: words("不送：xterm 一般不许", "no: xterm mostly forbids it"),
        note: words("其余都到", "everything else arrives"),
    },
    Client {
        name: "PuTTY",
        tried: false,
        lost: &[
            lost("C-PageDown", "同 PgDn", "the same as PgDn"),
            lost("C-PageUp", "同 PgUp", "the same as PgUp"),
            lost("C-Home", "同 Home", "the same as Home"),
            lost("C-End", "同 End", "the same as End"),
            lost("S-Up", "同上键", "the same as Up"),
            lost("S-Down", "同下键", "the same as Down"),
            lost("S-Left", "同左键", "the same as Left"),
            lost("S-Right", "同右键", "the same as Right"),
            lost("S-F8", "到的是 F20", "arrives as F20"),
        ],
        copies: FILE_ONLY,
        note: words(
            "小键盘的数字、+ 和回车都收；右键粘贴",
            "keypad digits, + and Enter are read; the right button pastes",
        ),
    },
    Client {
        name: "tmux",
        tried: true,
        lost: &[lost(
            "S-F8",
            "看外面的终端",
            "as the terminal outside has it",
        )],
        copies: words(
            "送；要在 tmux 里 set -g set-clipboard on",
            "yes, with set -g set-clipboard on in tmux",
        ),
        note: words(
            "从 PuTTY 进来时小键盘的 + 收不到：用 . ；回车和数字照收",
            "from PuTTY the keypad's + is lost: use . ; Enter and digits arrive",
        ),
    },
    Client {
        name: "screen",
        tried: true,
        lost: &[
            lost("S-Up", "看外面的终端", "as the terminal outside has it"),
            lost("S-Down", "看外面的终端", "as the terminal outside has it"),
            lost("S-Left", "看外面的终端", "as the terminal outside has it"),
            lost("S-Right", "看外面的终端", "as the terminal outside has it"),
        ],
        copies: FILE_ONLY,
        note: words(
            "Ctrl+A 是 screen 自己的；粘贴不带标记，按时间分辨",
            "Ctrl+A is screen's own; pastes are unmarked and told by their speed",
        ),
    },
    Client {
        name: "Linux console",
        tried: false,
        lost: &[
            lost("C-PageDown", "同 PgDn", "the same as PgDn"),
            lost("C-PageUp", "同 PgUp", "the same as PgUp"),
            lost("C-Home", "同 Home", "the same as Home"),
            lost("C-End", "同 End", "the same as End"),
            lost("S-Up", "同上键", "the same as Up"),
            lost("S-Down", "同下键", "the same as Down"),
            lost("S-Left", "同左键", "the same as Left"),
            lost("S-Right", "同右键", "the same as Right"),
            lost(
                "S-F8",
                "到的是 F15、F17 或 F18",
                "arrives as F15, F17 or F18",
            ),
        ],
        copies: FILE_ONLY,
        note: words(
            "没有汉字字库时用 --lang en",
            "without Chinese glyphs use --lang en",
        ),
    },
    Client {
        name: "Windows Terminal (ssh)",
        tried: false,
        lost: &[
            lost(
                "C-v",
                "被终端收走，当作粘贴",
                "taken by the terminal, which pastes",
            ),
            lost("F11", "全屏", "full screen"),
        ],
        copies: words(
            "送（本机登录）；经 ssh 看文件",
            "yes, where WT_SESSION is seen",
        ),
        note: words("Alt+数字可能换标签页", "Alt+digit may change tabs"),
    },
    Client {
        name: "conhost, cmd, code page 936 (ssh)",
        tried: false,
        lost: &[
            lost(
                "C-v",
                "被窗口收走，当作粘贴",
                "taken by the window, which pastes",
            ),
            lost("F11", "全屏", "full screen"),
        ],
        copies: FILE_ONLY,
        note: words(
            "先 chcp 65001，否则汉字是乱码；框线不用制表符",
            "chcp 65001 first, or Chinese is garbled; no box drawing is used",
        ),
    },
    Client {
        name: "MobaXterm",
        tried: false,
        lost: &[lost(
            "C-v",
            "看设置，可能当作粘贴",
            "may paste, by its settings",
        )],
        copies: FILE_ONLY,
        note: words(
            "按键同 PuTTY 或 xterm，看设置",
            "keys as PuTTY or xterm, by its settings",
        ),
    },
    Client {
        name: "Xshell",
        tried: false,
        lost: &[
            lost("S-Up", "滚动窗口", "scrolls the window"),
            lost("S-Down", "滚动窗口", "scrolls the window"),
            lost("F12", "可能被快捷键收走", "may be taken as a shortcut"),
        ],
        copies: FILE_ONLY,
        note: words("编码选 UTF-8", "set the encoding to UTF-8"),
    },
];

/// Another way to a command where a key does not arrive: keys that do, or the
/// menu's digits. None where the key is not bound.
#[must_use]
pub fn instead(client: &Client, chord: &str) -> Option<(Command, Vec<String>)> {
    let keymap = Keymap::default();
    let command = Context::ALL
        .into_iter()
        .find_map(|context| keymap.command_at(context, chord))?;
    let is_lost = |key: &str| client.lost.iter().any(|lost| lost.chord == key);
    let keys = keymap.keys_of(command);
    let other = keys.iter().filter(|key| **key != chord && !is_lost(key));
    let mut ways: Vec<String> = other
        .filter(|key| !crate::tui::view::is_alias(key))
        .map(|key| shown_key(key))
        .collect();
    let menu = keys.iter().find_map(|key| {
        let number: u8 = key.strip_prefix('F')?.parse().ok()?;
        (1..=10)
            .contains(&number)
            .then(|| format!("Esc {}", number % 10))
    });
    ways.extend(menu);
    let info = command_info(command);
    ways.extend(info.digit.map(|digit| format!("Esc 0 {digit}")));
    if ways.is_empty() && info.listed {
        ways.push("Esc 0".to_owned());
    }
    Some((command, ways))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::command::Command as C;

    #[test]
    fn every_key_that_is_lost_somewhere_has_another_way() {
        // A selection is begun with Insert, and then the plain arrows do.
        let selects = [C::SelectUp, C::SelectDown, C::SelectLeft, C::SelectRight];
        for client in CLIENTS {
            for lost in client.lost {
                let Some((command, ways)) = instead(client, lost.chord) else {
                    continue;
                };
                assert!(
                    !ways.is_empty() || selects.contains(&command),
                    "{} in {}",
                    lost.chord,
                    client.name
                );
            }
        }
    }
}
