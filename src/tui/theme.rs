//! What things look like: roles, and a style for each in every theme.
//!
//! **Never:** a state carried by colour alone; every role that means something
//! has a modifier or stands beside a sign.
//! Next: `view`, which names roles only.

use ratatui::style::{Color, Modifier, Style};

use crate::base::words::{Words, words};

/// How many colours the terminal has, and what ground they stand on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Bold, reverse and underline only.
    Mono,
    /// The 8 named colours on a dark ground.
    Eight,
    /// The 8 named colours on a light ground.
    EightLight,
    /// The 16 named colours on a dark ground.
    #[default]
    Named,
    /// The 16 named colours on a light ground.
    NamedLight,
    /// 256 colours on a dark ground.
    Many,
    /// 256 colours on a light ground.
    ManyLight,
    /// True colour on a dark ground.
    True,
    /// True colour on a light ground.
    TrueLight,
}

/// How a theme is called.
#[derive(Debug)]
pub struct ThemeInfo {
    /// The theme.
    pub theme: Theme,
    /// Its name in configuration.
    pub key: &'static str,
    /// Its name on the screen.
    pub name: Words,
}

const fn info(theme: Theme, key: &'static str, zh: &'static str, en: &'static str) -> ThemeInfo {
    ThemeInfo {
        theme,
        key,
        name: words(zh, en),
    }
}

/// All themes, the poorest first.
pub static THEMES: &[ThemeInfo] = &[
    info(Theme::Mono, "none", "黑白", "no colours"),
    info(Theme::Eight, "8-dark", "8 色，深底", "8 colours, dark"),
    info(
        Theme::EightLight,
        "8-light",
        "8 色，浅底",
        "8 colours, light",
    ),
    info(Theme::Named, "16-dark", "16 色，深底", "16 colours, dark"),
    info(
        Theme::NamedLight,
        "16-light",
        "16 色，浅底",
        "16 colours, light",
    ),
    info(Theme::Many, "256-dark", "256 色，深底", "256 colours, dark"),
    info(
        Theme::ManyLight,
        "256-light",
        "256 色，浅底",
        "256 colours, light",
    ),
    info(
        Theme::True,
        "true-dark",
        "真彩色，深底",
        "true colour, dark",
    ),
    info(
        Theme::TrueLight,
        "true-light",
        "真彩色，浅底",
        "true colour, light",
    ),
];

/// How many colours there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// None.
    None,
    /// 8.
    Eight,
    /// 16.
    Named,
    /// 256.
    Many,
    /// As many as there are.
    True,
}

/// What a piece of the screen means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    Plain,
    /// The title bar.
    Title,
    /// Column heads and labels.
    Head,
    /// The head of the row or column the cursor is in.
    HeadHere,
    /// A total: computed, or printed by the form.
    Total,
    /// The cell under the cursor.
    Cursor,
    /// A selected cell or list line.
    Selected,
    /// Where totals break.
    Broken,
    /// A cell of the best reading of what is broken.
    Suspect,
    /// A reminder.
    Warning,
    /// What is less important.
    Dim,
    /// A key's name in the key line.
    Key,
    /// The message line.
    Message,
}

/// The three colours and the grey of a theme.
struct Palette {
    broken: Color,
    warning: Color,
    suspect: Color,
    here: Color,
    /// None: the terminal's own way to dim.
    dim: Option<Color>,
}

impl Theme {
    /// The theme for a number of colours on a ground.
    #[must_use]
    pub const fn of(depth: Depth, light: bool) -> Self {
        match (depth, light) {
            (Depth::None, _) => Theme::Mono,
            (Depth::Eight, false) => Theme::Eight,
            (Depth::Eight, true) => Theme::EightLight,
            (Depth::Named, false) => Theme::Named,
            (Depth::Named, true) => Theme::NamedLight,
            (Depth::Many, false) => Theme::Many,
            (Depth::Many, true) => Theme::ManyLight,
            (Depth::True, false) => Theme::True,
            (Depth::True, true) => Theme::TrueLight,
        }
    }

    /// The theme with this name in configuration.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        THEMES
            .iter()
            .find(|info| info.key == key)
            .map(|info| info.theme)
    }

    /// Its name in configuration and on the screen.
    ///
    /// # Panics
    /// Never: a test holds that every theme is declared.
    #[must_use]
    pub fn info(self) -> &'static ThemeInfo {
        THEMES
            .iter()
            .find(|info| info.theme == self)
            .expect("every theme is declared in THEMES")
    }

    const fn palette(self) -> Option<Palette> {
        const fn of([broken, warning, suspect, here, dim]: [Color; 5]) -> Palette {
            Palette {
                broken,
                warning,
                suspect,
                here,
                dim: Some(dim),
            }
        }
        Some(match self {
            Theme::Mono => return None,
            Theme::Eight | Theme::Named => Palette {
                broken: Color::Red,
                warning: Color::Yellow,
                suspect: Color::Magenta,
                here: Color::Cyan,
                dim: None,
            },
            // Yellow and cyan vanish on a light ground.
            Theme::EightLight | Theme::NamedLight => Palette {
                broken: Color::Red,
                warning: Color::Magenta,
                suspect: Color::Magenta,
                here: Color::Blue,
                dim: None,
            },
            Theme::Many => of([
                Color::Indexed(203),
                Color::Indexed(221),
                Color::Indexed(176),
                Color::Indexed(80),
                Color::Indexed(246),
            ]),
            Theme::ManyLight => of([
                Color::Indexed(160),
                Color::Indexed(130),
                Color::Indexed(90),
                Color::Indexed(24),
                Color::Indexed(241),
            ]),
            Theme::True => of([
                Color::Rgb(0xff, 0x6b, 0x60),
                Color::Rgb(0xff, 0xd1, 0x5c),
                Color::Rgb(0xd7, 0x87, 0xd7),
                Color::Rgb(0x5f, 0xd7, 0xd7),
                Color::Rgb(0x9a, 0x9a, 0x9a),
            ]),
            Theme::TrueLight => of([
                Color::Rgb(0xc6, 0x1a, 0x10),
                Color::Rgb(0x8f, 0x5a, 0x00),
                Color::Rgb(0x87, 0x00, 0x87),
                Color::Rgb(0x00, 0x4f, 0x87),
                Color::Rgb(0x5f, 0x5f, 0x5f),
            ]),
        })
    }

    /// The style of a role.
    #[must_use]
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        let palette = self.palette();
        let colour = |style: Style, pick: fn(&Palette) -> Color| match &palette {
            None => style,
            Some(palette) => style.fg(pick(palette)),
        };
        match role {
            Role::Plain | Role::Head | Role::Message | Role::Total => plain,
            Role::Title | Role::Key => plain.add_modifier(Modifier::BOLD),
            Role::HeadHere => colour(plain.add_modifier(Modifier::BOLD), |p| p.here),
            Role::Cursor | Role::Selected => plain.add_modifier(Modifier::REVERSED),
            Role::Broken => colour(
                plain.add_modifier(Modifier::REVERSED | Modifier::BOLD),
                |p| p.broken,
            ),
            Role::Suspect => colour(plain.add_modifier(Modifier::UNDERLINED), |p| p.suspect),
            Role::Warning => colour(plain.add_modifier(Modifier::BOLD), |p| p.warning),
            Role::Dim => match palette {
                None => plain,
                Some(Palette { dim: None, .. }) => plain.add_modifier(Modifier::DIM),
                Some(Palette { dim: Some(dim), .. }) => plain.fg(dim),
            },
        }
    }

    /// Broken and under the cursor at once.
    #[must_use]
    pub fn broken_cursor(self) -> Style {
        self.style(Role::Broken).add_modifier(Modifier::UNDERLINED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 13] = [
        Role::Suspect,
        Role::Plain,
        Role::Title,
        Role::Head,
        Role::HeadHere,
        Role::Total,
        Role::Cursor,
        Role::Selected,
        Role::Broken,
        Role::Warning,
        Role::Dim,
        Role::Key,
        Role::Message,
    ];

    #[test]
    fn invariant_no_state_is_carried_by_colour_alone() {
        for info in THEMES {
            for role in ROLES {
                let modifiers = info.theme.style(role).add_modifier;
                let mono = Theme::Mono.style(role).add_modifier;
                assert!(modifiers.contains(mono), "{role:?} in {}", info.key);
            }
        }
    }

    #[test]
    fn a_theme_has_no_more_colours_than_its_name_says() {
        for info in THEMES {
            for role in ROLES {
                let colour = info.theme.style(role).fg;
                let fits = match info.theme {
                    Theme::Mono => colour.is_none(),
                    Theme::Eight | Theme::EightLight | Theme::Named | Theme::NamedLight => {
                        !matches!(colour, Some(Color::Indexed(_) | Color::Rgb(..)))
                    }
                    Theme::Many | Theme::ManyLight => !matches!(colour, Some(Color::Rgb(..))),
                    Theme::True | Theme::TrueLight => true,
                };
                assert!(fits, "{role:?} in {}", info.key);
            }
        }
    }

    #[test]
    fn every_theme_is_declared_under_its_own_name() {
        for info in THEMES {
            assert_eq!(Theme::by_key(info.key), Some(info.theme));
            assert_eq!(info.theme.info().key, info.key);
        }
    }
}
