//! One frame: the whole app as cells, and where the caret stands.
//!
//! **Never:** changes the app; draws a text of a file without `shown`; leaves
//! the cursor unset.
//! Next: `areas` for the places, `report::grid`, `report::text_view` for the pages,
//! `panels` for what stands beside or over them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Block;

use super::app::{App, Overlay, Screen};
use super::areas::{Areas, Place, Shape, WITH_BASIS, shape};
use super::canvas::Canvas;
use super::folder;
use super::hit::{Hit, Hits};
use super::panels::basis::Basis;
use super::panels::problems;
use super::report::{Page, ReportScreen, grid, head_view, status, text_view};
use super::start;
use super::theme::Role;
use crate::base::words::words;

/// Draws the app; answers with the column and row of the hardware cursor.
///
/// Invariant: the cursor is set in every frame.
pub fn view(app: &App, buffer: &mut Buffer) -> Position {
    drawn(app, buffer, &mut Hits::default())
}

/// What stands where in the frame that is on the screen.
pub(super) fn hits(app: &App) -> Hits {
    let (cols, rows) = app.look.size;
    let mut hits = Hits::default();
    drawn(
        app,
        &mut Buffer::empty(Rect::new(0, 0, cols, rows)),
        &mut hits,
    );
    hits
}

fn drawn(app: &App, buffer: &mut Buffer, hits: &mut Hits) -> Position {
    let mut canvas = Canvas::new(buffer, hits, app.frame());
    let size = (canvas.cols(), canvas.rows());
    let cursor = if shape(size) == Shape::Tiny {
        let small = words("窗口太小", "too small");
        canvas.text(0, 0, small.get(app.look.lang), Role::Plain);
        (0, 0)
    } else {
        whole(app, &mut canvas)
    };
    Position {
        x: cursor.0.min(size.0.saturating_sub(1)),
        y: cursor.1.min(size.1.saturating_sub(1)),
    }
}

/// Columns beside a window in which nothing can be read.
const CRUMBS: u16 = 6;

fn whole(app: &App, canvas: &mut Canvas<'_>) -> (u16, u16) {
    let message = app.message();
    let areas = app.areas_with(message.len());
    let panel = app.overlay.as_ref().map(Overlay::drawn);
    let place = panel.map(|panel| panel.place(app.report(), app.look));
    let covers = areas.is_covered();
    let under = match &app.screen {
        _ if covers => (0, 0),
        Screen::Start(start) => start::draw(*start, &app.start, canvas),
        Screen::Folder(page) => folder::view::draw(page, canvas),
        Screen::Report(report) => {
            let mut line = canvas.within(areas.message);
            for (y, (row, role)) in (0..).zip(message) {
                line.text(0, y, &row, role);
            }
            page(report, &areas, place != Some(Place::Side), canvas)
        }
    };
    let Some((panel, area)) = panel.zip(areas.panel) else {
        notice(app, &areas, canvas);
        return under;
    };
    if let (Some(Place::Window(..)), false) = (place, covers) {
        let frame = Rect {
            x: area.x.saturating_sub(2),
            y: area.y.saturating_sub(1),
            width: area.width + 4,
            height: area.height + 2,
        };
        // Crumbs of a row at both sides say nothing.
        let cleared = if frame.x < CRUMBS {
            Rect {
                x: 0,
                width: canvas.cols(),
                ..frame
            }
        } else {
            frame
        };
        canvas.within(cleared).clear(Role::Plain);
        let border = Block::bordered()
            .border_set(canvas.symbols().border)
            .border_style(canvas.style(Role::Dim));
        canvas.render(border, frame);
    }
    if panel.has_keys() {
        canvas.hits().forget();
    }
    let mut inside = canvas.within(area);
    inside.clear(Role::Plain);
    let at = panel.draw(app.report(), &mut inside);
    if !panel.has_keys() {
        inside.note_all(Hit::Nothing);
    }
    notice(app, &areas, canvas);
    if panel.has_keys() {
        (area.x + at.0, area.y + at.1)
    } else {
        under
    }
}

/// What is said once, over the row above the keys, where no message line says it.
fn notice(app: &App, areas: &Areas, canvas: &mut Canvas<'_>) {
    let has_message = app.report().is_some() && areas.message.height > 0;
    // A list that covers the page covers the lead of the practice as well.
    let lead = app.report().filter(|report| report.preview.is_some());
    let lead = lead.and_then(ReportScreen::lead);
    let lead = lead.map(|lead| lead.get(canvas.lang()).to_owned());
    let said = canvas.notice().or(lead);
    let Some(said) = said.filter(|_| !has_message || areas.is_covered()) else {
        return;
    };
    let screen = canvas.screen();
    let row = Rect {
        y: screen.bottom().saturating_sub(2),
        height: 1,
        ..screen
    };
    let mut row = canvas.within(row);
    row.clear(Role::Plain);
    row.text(0, 0, &said, Role::Message);
}

/// Draws a page with its bars, and beside it what stands there by itself.
fn page(
    report: &ReportScreen,
    areas: &Areas,
    has_side: bool,
    canvas: &mut Canvas<'_>,
) -> (u16, u16) {
    let shape = shape((canvas.cols(), canvas.rows()));
    status::title(report, &mut canvas.within(areas.title));
    if areas.sections.height > 0 {
        status::sections(report, &mut canvas.within(areas.sections));
    }
    if let Some(side) = areas.side {
        rule(areas.body, canvas);
        if has_side {
            beside(report, side, canvas);
        }
    }
    let mut body = canvas.within(areas.body);
    let at = match report.page {
        Page::Text(_) => text_view::text_page(report, &mut body),
        Page::Head => head_view::page(report, &mut body),
        Page::Matrix(_) if shape == Shape::List => grid::list(report, &mut body),
        Page::Matrix(_) => grid::matrix(report, &mut body),
    };
    if areas.cell.height > 0 {
        let mut line = canvas.within(areas.cell);
        match report.page {
            Page::Text(_) => text_view::caret_line(report, &mut line),
            Page::Matrix(_) => grid::cell_line(report, &mut line),
            Page::Head => {}
        }
    }
    status::keys(report, canvas);
    (areas.body.x + at.0, areas.body.y + at.1)
}

/// The rule between the page and what stands beside it.
fn rule(body: Rect, canvas: &mut Canvas<'_>) {
    let symbol = canvas.symbols().vertical;
    let mut body = canvas.within(body);
    for y in 0..body.rows() {
        body.text(body.cols().saturating_sub(1), y, symbol, Role::Dim);
    }
}

/// What stands beside a page by itself.
fn beside(report: &ReportScreen, side: Rect, canvas: &mut Canvas<'_>) {
    let is_broad = canvas.cols() >= WITH_BASIS;
    let mut side = canvas.within(side);
    match report.page {
        Page::Text(text) => text_view::facts_beside(report, text, &mut side),
        Page::Matrix(_) if is_broad => Basis::draw_here(report, &mut side),
        Page::Matrix(_) | Page::Head => problems::draw_beside(report, &mut side),
    }
}
