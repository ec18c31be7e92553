//! One frame: the whole app as cells, and where the caret stands.
//!
//! **Never:** changes the app; draws a text of a file without `shown`; leaves
//! the cursor unset.
//! Next: `report::grid`, `report::text_view` for the pages, `panels` for what lies over
//! them.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::app::{App, Overlay, Screen};
use super::canvas::Canvas;
use super::panel::{Cover, Panel};
use super::panels::problems::draw_beside;
use super::report::layout::{Shape, WITH_LIST, shape};
use super::report::{Page, grid, head_view, text_view};
use super::start;
use super::theme::Role;
use crate::base::words::words;

/// Draws the app; answers with the column and row of the hardware cursor.
///
/// Invariant: the cursor is set in every frame.
pub fn view(app: &App, buffer: &mut Buffer) -> Position {
    let mut canvas = Canvas::new(buffer, app.frame());
    let (cols, rows) = (canvas.cols(), canvas.rows());
    let panel = app.overlay.as_ref().map(Overlay::drawn);
    let cover = panel.map_or(Cover::Nothing, Panel::cover);
    let cursor = match (shape((cols, rows)), panel) {
        (Shape::Tiny, _) => {
            let small = words("窗口太小，至少 20x5", "needs at least 20x5");
            canvas.text(0, 0, small.get(app.look.lang), Role::Plain);
            (0, 0)
        }
        (_, Some(panel)) if cover == Cover::Page => panel.draw(app.report(), &mut canvas),
        (shape, panel) => {
            let under = page(app, shape, &mut canvas);
            match panel.filter(|_| cover == Cover::Rows) {
                Some(panel) => panel.draw(app.report(), &mut canvas),
                None => under,
            }
        }
    };
    Position {
        x: cursor.0.min(cols.saturating_sub(1)),
        y: cursor.1.min(rows.saturating_sub(1)),
    }
}

/// Draws what lies under the panels.
fn page(app: &App, shape: Shape, canvas: &mut Canvas) -> (u16, u16) {
    let report = match &app.screen {
        Screen::Start(start) => return start::draw(start, canvas),
        Screen::Report(report) => report,
    };
    match report.page {
        Page::Text(_) => text_view::text_page(report, canvas),
        Page::Head => head_view::page(report, canvas),
        Page::Matrix(_) if shape == Shape::List => grid::list(report, canvas),
        Page::Matrix(_) => {
            let at = grid::matrix(report, canvas);
            if usize::from(canvas.cols()) >= WITH_LIST {
                draw_beside(report, canvas);
            }
            at
        }
    }
}
