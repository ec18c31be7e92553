//! Where the pieces of the screen stand: one layout for `update`, which moves in them,
//! and for `view`, which draws them.
//!
//! ```text
//! title
//! sections
//! body: heads, rows, sums        | from 120 columns what speaks of them
//! cell line
//! message (one row or two)
//! keys
//! ```
//!
//! Below 120 columns what speaks of the table lies as a sheet over the lower half.
//!
//! **Never:** knows what stands in them.
//! Next: `view`, `report::layout` for what is inside the body.

use ratatui::layout::{Constraint, Layout, Rect};

use super::report::layout::{LAST_YEAR, TABLE};

/// Width from which a panel stands beside the table.
const WITH_PANEL: u16 = 120;
/// Width from which the panel that stands by itself tells of the cell.
pub(in crate::tui) const WITH_BASIS: u16 = 160;
/// Columns of a table with its longest labels.
const WIDEST: u16 = 123;

/// The shape of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Shape {
    /// Nothing fits.
    Tiny,
    /// One row of the table at a time, as a list.
    List,
    /// The matrix.
    Grid,
}

/// The shape that fits a size.
pub(in crate::tui) fn shape((cols, rows): (u16, u16)) -> Shape {
    if cols < 20 || rows < 5 {
        Shape::Tiny
    } else if cols < 60 || rows < 16 {
        Shape::List
    } else {
        Shape::Grid
    }
}

/// Whether a panel stands beside the page.
pub(in crate::tui) fn is_wide(size: (u16, u16)) -> bool {
    size.0 >= WITH_PANEL && shape(size) == Shape::Grid
}

/// Where a panel stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In place of the page.
    Page,
    /// Beside the table, or over its lower half.
    Side,
    /// In the middle, as many columns and rows inside its frame.
    Window(u16, u16),
    /// Over the cell line and the message.
    Foot,
}

/// The pieces of the screen. A piece that there is no room for is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Areas {
    /// Whose report, how many problems, the state of the file.
    pub(crate) title: Rect,
    /// The six sections.
    pub(crate) sections: Rect,
    /// The page.
    pub(crate) body: Rect,
    /// What stands beside the page by itself.
    pub(crate) side: Option<Rect>,
    /// The cell under the cursor in words.
    pub(crate) cell: Rect,
    /// The message.
    pub(crate) message: Rect,
    /// The keys.
    pub(crate) keys: Rect,
    /// What was opened over the page.
    pub(crate) panel: Option<Rect>,
}

impl Areas {
    /// The pieces of a screen with a panel in its place, and with so many rows of message;
    /// below a sheet there is none unless it `leads` on. Where last year is known it has
    /// a column beside the table.
    pub(in crate::tui) fn of(
        (cols, rows): (u16, u16),
        place: Option<Place>,
        (message, leads): (u16, bool),
        knows_last: bool,
    ) -> Self {
        let screen = Rect::new(0, 0, cols, rows);
        let fixed = Constraint::Length;
        let shape = shape((cols, rows));
        let is_wide = is_wide((cols, rows));
        let (place, sheet) = match place {
            // On a small screen whatever lies over the page lies over all of it.
            Some(Place::Side | Place::Window(..)) if shape == Shape::List => (Some(Place::Page), 0),
            Some(Place::Side) if !is_wide => (Some(Place::Side), (rows / 2).saturating_sub(1)),
            place => (place, 0),
        };
        let bars = match shape {
            Shape::List => [1, 0, 0, u16::from(rows >= 8), 1],
            _ if sheet > 0 => [1, 1, 0, u16::from(leads), 1],
            _ => [1, 1, 1, message.clamp(1, 3), 1],
        };
        let [title, sections, body, lower, cell, message, keys] = Layout::vertical([
            fixed(bars[0]),
            fixed(bars[1]),
            Constraint::Min(0),
            fixed(sheet),
            fixed(bars[2]),
            fixed(bars[3]),
            fixed(bars[4]),
        ])
        .areas(screen);
        let (body, side) = if is_wide {
            let wider = cols - WITH_PANEL;
            let last = if knows_last { wider.min(LAST_YEAR) } else { 0 };
            let table = (TABLE + (wider - last) / 2).min(WIDEST) + last;
            let [table, _, side] =
                Layout::horizontal([fixed(table), fixed(1), Constraint::Min(0)]).areas(body);
            (table, Some(side))
        } else {
            (body, None)
        };
        let panel = place.map(|place| match place {
            Place::Page => Rect {
                height: rows.saturating_sub(2),
                ..screen
            },
            Place::Side => side.unwrap_or(lower),
            Place::Window(cols, rows) => window(screen, (cols, rows)),
            Place::Foot if shape == Shape::List => Rect {
                y: rows.saturating_sub(3),
                height: 2,
                ..screen
            },
            Place::Foot => Rect {
                y: cell.y,
                height: 2,
                ..screen
            },
        });
        Areas {
            title,
            sections,
            body,
            side,
            cell,
            message,
            keys,
            panel,
        }
    }
}

impl Areas {
    /// Whether what was opened lies over all of the page.
    pub(crate) fn is_covered(&self) -> bool {
        self.panel.is_some_and(|panel| panel.y == 0 && panel.x == 0)
    }
}

/// The inside of a window in the middle of a screen, above its key line.
fn window(screen: Rect, (cols, rows): (u16, u16)) -> Rect {
    let room = Rect {
        height: screen.height.saturating_sub(1),
        ..screen
    };
    let size = (
        cols.min(room.width.saturating_sub(4)),
        rows.min(room.height.saturating_sub(4)),
    );
    room.centered(Constraint::Length(size.0), Constraint::Length(size.1))
}
