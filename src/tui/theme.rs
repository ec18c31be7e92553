//! What things look like: roles, and a style for each on every background.
//!
//! Without colours a role is bold, reverse or underlined; with colours it has one value
//! for 16 and one for 256 of them. Whatever means something has a sign beside it, so that
//! no state is carried by colour alone.
//!
//! **Never:** names a colour anywhere else.
//! Next: `view` and the pages, which name roles only.

use ratatui::style::{Color, Modifier, Style};

use crate::base::words::{Words, words};

/// What colours stand on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Background {
    /// No colours: bold, reverse and underline only.
    None,
    /// A dark background.
    Dark,
    /// A light background.
    Light,
    /// Not known: colours that read on both.
    #[default]
    Auto,
}

/// How the screen is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// What the colours stand on, as it was chosen.
    pub background: Background,
    /// What the terminal told of its background; `Auto` where it told nothing.
    pub seen: Background,
    /// There are 256 colours, not 16.
    pub is_many: bool,
}

/// How a theme is called.
#[derive(Debug)]
pub struct ThemeInfo {
    /// Its background.
    pub background: Background,
    /// Its name in configuration.
    pub key: &'static str,
    /// Its name on the screen.
    pub name: Words,
}

/// All themes, in the order of the list.
pub static THEMES: &[ThemeInfo] = &[
    ThemeInfo {
        background: Background::Auto,
        key: "auto",
        name: words("自动", "automatic"),
    },
    ThemeInfo {
        background: Background::Dark,
        key: "dark",
        name: words("深底", "dark"),
    },
    ThemeInfo {
        background: Background::Light,
        key: "light",
        name: words("浅底", "light"),
    },
    ThemeInfo {
        background: Background::None,
        key: "none",
        name: words("黑白", "no colours"),
    },
];

impl Theme {
    /// No colours at all.
    pub const NONE: Theme = Theme {
        background: Background::None,
        seen: Background::Auto,
        is_many: false,
    };

    /// What its colours stand on: what was chosen, else what the terminal told.
    #[must_use]
    pub fn ground(self) -> Background {
        match self.background {
            Background::Auto => self.seen,
            chosen => chosen,
        }
    }

    /// The name of its background in configuration and on the screen.
    ///
    /// # Panics
    /// Never: a test holds that every background is declared.
    #[must_use]
    pub fn info(self) -> &'static ThemeInfo {
        THEMES
            .iter()
            .find(|info| info.background == self.background)
            .expect("every background is declared in THEMES")
    }

    /// The style of a role.
    #[must_use]
    pub fn style(self, role: Role) -> Style {
        let row = &ROLES[role as usize];
        let values = if self.is_many { row.many } else { row.sixteen };
        match self.ground() {
            Background::None => Style::new().add_modifier(row.none),
            Background::Dark => values[0],
            Background::Light => values[1],
            Background::Auto => values[2],
        }
    }
}

/// A role with its values.
#[derive(Debug)]
pub struct RoleInfo {
    /// The role.
    pub role: Role,
    /// What it is without colours.
    pub none: Modifier,
    /// With 16 colours: on dark, on light, on an unknown background.
    pub sixteen: [Style; 3],
    /// With 256 colours, likewise.
    pub many: [Style; 3],
}

const PLAIN: Style = Style::new();
const BOLD: Style = PLAIN.add_modifier(Modifier::BOLD);
const REVERSED: Style = PLAIN.add_modifier(Modifier::REVERSED);
const NOTHING: Modifier = Modifier::empty();

/// A colour of the 256.
const fn fg(index: u8) -> Style {
    PLAIN.fg(Color::Indexed(index))
}

/// A colour on another.
const fn on(index: u8, background: u8) -> Style {
    fg(index).bg(Color::Indexed(background))
}

const fn bold(style: Style) -> Style {
    style.add_modifier(Modifier::BOLD)
}

const fn underlined(style: Style) -> Style {
    style.add_modifier(Modifier::UNDERLINED)
}

const fn reversed(style: Style) -> Style {
    style.add_modifier(Modifier::REVERSED)
}

/// Declares the roles: the enum, and its table in the same order.
macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident: $none:expr, $sixteen:expr, $many:expr;)*) => {
        /// What a piece of the screen means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Role {
            $($(#[$doc])* $role,)*
        }

        /// All roles.
        pub static ROLES: &[RoleInfo] = &[
            $(RoleInfo { role: Role::$role, none: $none, sixteen: $sixteen, many: $many },)*
        ];
    };
}

#[rustfmt::skip]
roles! {
    /// Ordinary text and numbers.
    Plain: NOTHING, [PLAIN; 3], [PLAIN; 3];
    /// Zeros, frames, what is said beside.
    Dim: NOTHING,
        [PLAIN.fg(Color::DarkGray); 3],
        [fg(243); 3];
    /// The title bar.
    Title: Modifier::BOLD, [BOLD; 3], [bold(on(231, 24)), bold(on(231, 25)), bold(on(231, 24))];
    /// What the title bar says beside the name.
    TitleState: NOTHING, [PLAIN; 3], [on(252, 24), on(255, 25), on(255, 24)];
    /// The line of the sections.
    Section: NOTHING, [PLAIN; 3], [on(250, 236), on(238, 255), on(255, 240)];
    /// What is not written yet in that line.
    SectionBlank: NOTHING,
        [PLAIN.fg(Color::DarkGray); 3],
        [on(246, 236), on(241, 255), on(252, 240)];
    /// The section that is open.
    SectionHere: Modifier::REVERSED, [REVERSED; 3],
        [bold(on(16, 252)), bold(on(231, 240)), bold(on(16, 252))];
    /// A section with errors, on that line.
    SectionError: Modifier::BOLD,
        [
            bold(PLAIN.fg(Color::LightRed)),
            bold(PLAIN.fg(Color::Red)),
            bold(PLAIN.fg(Color::Red)),
        ],
        [bold(on(210, 236)), bold(on(160, 255)), bold(on(217, 240))];
    /// A section with reminders.
    SectionReminder: Modifier::BOLD,
        [
            bold(PLAIN.fg(Color::Yellow)),
            bold(PLAIN.fg(Color::Magenta)),
            bold(PLAIN.fg(Color::Magenta)),
        ],
        [bold(on(221, 236)), bold(on(94, 255)), bold(on(222, 240))];
    /// A section whose sums hold.
    SectionRight: NOTHING,
        [PLAIN.fg(Color::Green), PLAIN, PLAIN],
        [on(114, 236), on(22, 255), on(157, 240)];
    /// The title of a panel, on a bar of its own.
    PanelTitle: Modifier::BOLD, [BOLD; 3],
        [bold(on(231, 236)), bold(on(16, 255)), bold(on(231, 240))];
    /// The head of a column, what is said beside a list.
    Head: NOTHING, [PLAIN; 3], [fg(250), fg(240), PLAIN];
    /// The head of the column and the label of the row that the cursor is in; headings.
    Here: Modifier::BOLD, [BOLD; 3], [BOLD; 3];
    /// The cell under the cursor.
    // What moves at every key is bold or reverse: a colour of the 256 costs ten bytes more.
    Cursor: Modifier::REVERSED, [REVERSED; 3], [REVERSED; 3];
    /// A selected cell or line of a list.
    Selected: Modifier::REVERSED, [REVERSED; 3], [bold(on(16, 110)), bold(on(231, 25)), REVERSED];
    /// A number or a sum that breaks.
    Error: Modifier::REVERSED.union(Modifier::BOLD),
        [
            bold(reversed(PLAIN.fg(Color::LightRed))),
            bold(reversed(PLAIN.fg(Color::Red))),
            bold(reversed(PLAIN.fg(Color::Red))),
        ],
        [bold(PLAIN.fg(Color::White).bg(Color::Red)); 3];
    /// An error in words.
    ErrorText: Modifier::BOLD,
        [
            bold(PLAIN.fg(Color::LightRed)),
            bold(PLAIN.fg(Color::Red)),
            bold(PLAIN.fg(Color::Red)),
        ],
        [bold(fg(210)), bold(fg(160)), bold(fg(160))];
    /// How many reminders there are, in the title bar.
    Reminder: Modifier::BOLD,
        [
            bold(PLAIN.fg(Color::Yellow)),
            bold(PLAIN.fg(Color::Magenta)),
            bold(PLAIN.fg(Color::Magenta)),
        ],
        [bold(on(16, 179)), bold(on(16, 221)), bold(on(16, 179))];
    /// A reminder in words, or beside a number.
    ReminderText: Modifier::BOLD,
        [
            bold(PLAIN.fg(Color::Yellow)),
            bold(PLAIN.fg(Color::Magenta)),
            bold(PLAIN.fg(Color::Magenta)),
        ],
        [bold(fg(221)), bold(fg(94)), bold(fg(136))];
    /// What holds, where that is worth saying.
    Right: NOTHING,
        [PLAIN.fg(Color::Green), PLAIN, PLAIN],
        [fg(114), fg(28), fg(28)];
    /// A cell of the best reading of what is broken.
    Suspect: Modifier::UNDERLINED,
        [
            underlined(PLAIN.fg(Color::LightMagenta)),
            underlined(PLAIN.fg(Color::Magenta)),
            underlined(PLAIN.fg(Color::Magenta)),
        ],
        [underlined(fg(183)), underlined(fg(90)), underlined(fg(133))];
    /// A number that a fix would write, while it is shown.
    Changed: Modifier::BOLD.union(Modifier::UNDERLINED),
        [
            bold(underlined(PLAIN.fg(Color::Green))),
            bold(underlined(PLAIN)),
            bold(underlined(PLAIN)),
        ],
        [bold(on(16, 114)), bold(on(16, 114)), bold(on(16, 114))];
    /// A key's name in the key line.
    Key: Modifier::BOLD, [BOLD; 3], [bold(on(231, 238)), bold(on(16, 252)), bold(on(231, 238))];
    /// The message line, where it is no problem that speaks.
    Message: Modifier::BOLD, [BOLD; 3], [BOLD; 3];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_background_is_declared_once() {
        for background in [
            Background::None,
            Background::Dark,
            Background::Light,
            Background::Auto,
        ] {
            let named = THEMES.iter().filter(|info| info.background == background);
            assert_eq!(named.count(), 1, "{background:?}");
        }
    }

    #[test]
    fn the_table_stands_in_the_order_of_the_roles() {
        for (at, info) in ROLES.iter().enumerate() {
            assert_eq!(info.role as usize, at, "{:?}", info.role);
        }
    }

    #[test]
    fn a_theme_has_no_more_colours_than_its_terminal() {
        for info in ROLES {
            for style in info.sixteen {
                for colour in [style.fg, style.bg].into_iter().flatten() {
                    assert!(!matches!(colour, Color::Indexed(_) | Color::Rgb(..)));
                }
            }
            for style in info.many {
                for colour in [style.fg, style.bg].into_iter().flatten() {
                    assert!(!matches!(colour, Color::Rgb(..)), "{:?}", info.role);
                }
            }
        }
    }

    /// Red, green and blue of xterm's colours.
    fn rgb(colour: Color) -> [u8; 3] {
        match colour {
            Color::Black => [0, 0, 0],
            Color::Red => [0xcd, 0, 0],
            Color::Green => [0, 0xcd, 0],
            Color::Yellow => [0xcd, 0xcd, 0],
            Color::Blue => [0, 0, 0xee],
            Color::Magenta => [0xcd, 0, 0xcd],
            Color::Cyan => [0, 0xcd, 0xcd],
            Color::Gray => [0xe5, 0xe5, 0xe5],
            Color::DarkGray => [0x7f, 0x7f, 0x7f],
            Color::LightRed => [0xff, 0, 0],
            Color::LightGreen => [0, 0xff, 0],
            Color::LightYellow => [0xff, 0xff, 0],
            Color::LightBlue => [0x5c, 0x5c, 0xff],
            Color::LightMagenta => [0xff, 0, 0xff],
            Color::LightCyan => [0, 0xff, 0xff],
            Color::White => [0xff, 0xff, 0xff],
            Color::Indexed(index @ 16..=231) => {
                let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
                let n = index - 16;
                [level(n / 36), level(n / 6 % 6), level(n % 6)]
            }
            Color::Indexed(index @ 232..) => [8 + 10 * (index - 232); 3],
            Color::Reset | Color::Rgb(..) | Color::Indexed(_) => {
                unreachable!("no role has such a colour")
            }
        }
    }

    /// Contrast as WCAG counts it.
    fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
        let light = |colour: [u8; 3]| {
            let part = |value: u8| {
                let value = f64::from(value) / 255.0;
                if value <= 0.03928 {
                    value / 12.92
                } else {
                    ((value + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2])
        };
        let (a, b) = (light(a), light(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The contrast of a style on a background of the terminal.
    fn contrast_on(style: Style, background: [u8; 3]) -> f64 {
        let text = [
            255 - background[0],
            255 - background[1],
            255 - background[2],
        ];
        let fg = style.fg.map_or(text, rgb);
        let bg = style.bg.map_or(background, rgb);
        contrast(fg, bg)
    }

    #[test]
    fn every_role_can_be_read_on_its_background() {
        const BLACK: [u8; 3] = [0; 3];
        const WHITE: [u8; 3] = [255; 3];
        for info in ROLES {
            // What is dim carries no meaning of its own.
            let is_dim = matches!(info.role, Role::Dim | Role::SectionBlank);
            for values in [info.sixteen, info.many] {
                for (style, background, least) in [
                    (values[0], BLACK, 4.5),
                    (values[1], WHITE, 4.5),
                    (values[2], BLACK, 3.0),
                    (values[2], WHITE, 3.0),
                ] {
                    let least = if is_dim { f64::min(least, 3.9) } else { least };
                    let found = contrast_on(style, background);
                    assert!(found >= least, "{:?} {style:?}: {found:.1}", info.role);
                }
            }
        }
    }
}
