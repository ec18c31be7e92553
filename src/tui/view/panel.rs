//! Panels over the screen: a title, lines, what the keys do.
//!
//! **Never:** decides what a panel holds; `tui::panel` does.
//! Next: `tui::panel`.

use super::lists::foot_line;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::panel::Panel;
use crate::tui::theme::Role;

/// Draws a panel; answers with the place of the cursor.
pub(super) fn panel(app: &App, panel: &Panel, canvas: &mut Canvas) -> (u16, u16) {
    canvas.text(0, 0, panel.title().get(app.look.lang), Role::Title);
    let rows = panel.rows(app);
    let room = usize::from(canvas.rows().saturating_sub(3)).max(1);
    let label = panel.label_columns(app);
    let chooses = panel.chooses();
    let first = if chooses {
        // All rows of the chosen line, its last one first where they are many.
        let last = rows.iter().rposition(|row| row.3 <= panel.chosen);
        let begin = rows.iter().position(|row| row.3 == panel.chosen);
        let first = last.map_or(0, |last| (last + 1).saturating_sub(room));
        first.min(begin.unwrap_or(0))
    } else {
        panel.chosen.min(rows.len().saturating_sub(room))
    };
    let mut cursor = (0, 1);
    let mut seen = None;
    for (offset, (head, text, role, at)) in rows.iter().skip(first).take(room).enumerate() {
        let y = 1 + u16::try_from(offset).unwrap_or(0);
        let here = chooses && *at == panel.chosen;
        let begins = seen != Some(*at);
        seen = Some(*at);
        let x = if chooses {
            let sign = if here && begins { "> " } else { "  " };
            canvas.text(0, y, sign, Role::Plain)
        } else {
            0
        };
        if here && begins {
            cursor = (0, y);
        }
        canvas.text(x, y, head, Role::Key);
        let x = x + u16::try_from(label).unwrap_or(0);
        canvas.text(x, y, text, if here { Role::Selected } else { *role });
    }
    foot_line(app, canvas, panel.foot());
    cursor
}
