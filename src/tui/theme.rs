//! What things look like: roles, and a style for each in every theme.
//!
//! **Never:** a state carried by colour alone; every role that means something
//! has a modifier or stands beside a sign.
//! Next: `view`, which names roles only.

use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Bold, reverse and underline only.
    Mono,
    /// The 16 named colours.
    #[default]
    Named,
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

impl Theme {
    /// The style of a role.
    #[must_use]
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        let colour = |style: Style, colour| match self {
            Theme::Mono => style,
            Theme::Named => style.fg(colour),
        };
        match role {
            Role::Plain | Role::Head | Role::Message | Role::Total => plain,
            Role::Title | Role::Key => plain.add_modifier(Modifier::BOLD),
            Role::HeadHere => colour(plain.add_modifier(Modifier::BOLD), Color::Cyan),
            Role::Cursor | Role::Selected => plain.add_modifier(Modifier::REVERSED),
            Role::Broken => colour(
                plain.add_modifier(Modifier::REVERSED | Modifier::BOLD),
                Color::Red,
            ),
            Role::Suspect => colour(plain.add_modifier(Modifier::UNDERLINED), Color::Magenta),
            Role::Warning => colour(plain.add_modifier(Modifier::BOLD), Color::Yellow),
            Role::Dim => match self {
                Theme::Mono => plain,
                Theme::Named => plain.add_modifier(Modifier::DIM),
            },
        }
    }

    /// Broken and under the cursor at once.
    #[must_use]
    pub fn broken_cursor(self) -> Style {
        self.style(Role::Broken).add_modifier(Modifier::UNDERLINED)
    }
}
