//! The sentences of last year's report that have to be written anew: each is ticked off
//! by itself as it is changed.
//!
//! **Never:** keeps a tick: what is open is told from the texts.
//! Next: `report::from_last` for the sentences, `base::sentence` for why.

use crate::base::words::{Lang, words};
use crate::model;
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::panel::{Panel, outside};
use crate::tui::picker::{Line, Picked, Picker, Row, wrapped};
use crate::tui::report::ReportScreen;
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next};

/// The list of them.
#[derive(Clone, Debug)]
pub struct Rewrite {
    picker: Picker,
}

impl Rewrite {
    /// On the first one that is open.
    pub(crate) fn of(report: &ReportScreen) -> Self {
        let mut all = report.rewrite().iter();
        let open = all.position(|again| again.is_open_in(report.report()));
        Rewrite {
            picker: Picker::at(open.unwrap_or(0)),
        }
    }

    fn picked(picked: Picked, report: &mut ReportScreen, cx: &mut Cx<'_>) -> Next {
        let Picked::Chosen(at) = picked else {
            return Next::Stay;
        };
        let Some(again) = report.rewrite().get(at).cloned() else {
            return Next::Stay;
        };
        let Some(place) = place(report, &again) else {
            cx.say(words(
                "这一句已经改了，原来的话不在了",
                "this sentence was written anew: it is not there any more",
            ));
            return Next::Stay;
        };
        report.go_to_text(again.text, place);
        Next::Close
    }
}

/// Where a sentence stands now: where it stands twice, nearest to where it came to.
fn place(report: &ReportScreen, again: &model::Rewrite) -> Option<usize> {
    let sentences = crate::base::sentence::sentences(report.report().text(again.text));
    let same = sentences.filter(|(_, sentence)| *sentence == again.sentence);
    same.map(|(at, _)| at)
        .min_by_key(|at| at.abs_diff(again.at))
}

fn rows(report: &ReportScreen, look: Look) -> Vec<Row> {
    let lines = report.rewrite().iter().map(|again| Line {
        role: if again.is_open_in(report.report()) {
            Role::ReminderText
        } else {
            Role::Dim
        },
        ..Line::new("", line(report, again, look.lang))
    });
    let mut lines: Vec<Line> = lines.collect();
    if lines.is_empty() {
        let none = words("没有要重写的句子", "no sentence to write anew");
        lines.push(Line::new("", none.get(look.lang)));
    }
    wrapped(lines, 0, 2, look)
}

/// A sentence with its state, its section and why it goes stale.
fn line(report: &ReportScreen, again: &model::Rewrite, lang: Lang) -> String {
    let section = report.form().section(again.text);
    let name = match section.ordinal {
        "" => section.short.get(lang),
        ordinal if lang == Lang::Zh => ordinal,
        _ => section.key,
    };
    let sentence = &again.sentence;
    let said = match (again.is_open_in(report.report()), again.is_moved) {
        (true, _) => {
            let why: Vec<&str> = again.why.iter().map(|why| why.name().get(lang)).collect();
            return format!("? {name} [{}] {sentence}", why.join(" "));
        }
        (false, true) if again.stands_in(report.report()) => {
            words("年度已改", "the year has been changed")
        }
        (false, _) => words("已重写", "written anew"),
    };
    format!("= {name} [{}] {sentence}", said.get(lang))
}

impl Panel for Rewrite {
    fn place(&self, _: Option<&ReportScreen>, _: Look) -> Place {
        Place::Side
    }

    fn command(
        &mut self,
        command: Command,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next {
        let Some(report) = report else {
            return Next::Close;
        };
        let len = report.rewrite().len().max(1);
        match self.picker.command(command, len, cx.look) {
            Picked::Moved => Next::Stay,
            Picked::No => outside(command),
            picked @ Picked::Chosen(_) => Rewrite::picked(picked, report, cx),
        }
    }

    fn typed(&mut self, c: char, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let Some(report) = report else {
            return Next::Close;
        };
        let len = report.rewrite().len();
        Rewrite::picked(self.picker.typed(c, len), report, cx)
    }

    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let look = canvas.look();
        let Some(report) = report else {
            return (0, 0);
        };
        let title = words(
            "要重写的句子  还有 {n} 句",
            "Sentences to write anew: {n} left",
        );
        let title = title.with(vec![("n", report.untouched().into())]);
        let foot = words(
            "回车 到那一句  上下键 移动  Esc 关闭",
            "Enter goes there  arrows move  Esc closes",
        );
        let title = title.text(look.lang);
        self.picker
            .draw((&title, foot), &rows(report, look), 0, canvas)
    }
}
