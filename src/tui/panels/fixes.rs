//! What mends problems: fixes and readings under their headings, to be shown in the
//! matrix and applied.
//!
//! **Never:** applies a fix that was not chosen.
//! Next: `check::readings` for the readings.

use crate::base::words::{Arg, Message, Words, words};
use crate::check::problem::{line_words, table_words};
use crate::check::readings::{Suspect, certainty_words, fill_words};
use crate::check::{Fix, Input, Problem, Sure, Texts, check};
use crate::form::{CellId, Form};
use crate::model::{Cell, Change, Document, Op, Transaction};
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::panel::{Panel, outside};
use crate::tui::picker::{Picked, Picker, Row};
use crate::tui::report::{Preview, ReportScreen, questions};
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next};

/// The fixes that are offered.
#[derive(Clone, Debug)]
pub struct Fixes {
    /// The fixes, in the order of the list.
    pub offers: Vec<Offer>,
    picker: Picker,
}

/// A fix that is offered, under the heading it belongs to.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What the lines from here on are, where something new begins.
    pub heading: Vec<Message>,
    /// What it would change.
    pub said: Message,
    /// The row in which all of it stands and its changes, where the heading names the
    /// columns: for a narrow panel.
    brief: Option<(Words, String)>,
    /// Why it may be right; empty where that goes without saying.
    pub why: Message,
    /// What stands under it.
    pub below: Option<Message>,
    /// The fix.
    pub fix: Fix,
    /// Where a question about it would be asked.
    pub site: String,
}

impl Offer {
    fn of(fix: Fix, site: String) -> Self {
        Offer {
            heading: Vec::new(),
            said: fix.title.clone(),
            brief: None,
            why: Words::default().into(),
            below: None,
            fix,
            site,
        }
    }
}

impl Fixes {
    /// All that mends something, the broken sum under the cursor first; None, and the
    /// reason said, where nothing does.
    pub(crate) fn of(report: &mut ReportScreen, cx: &mut Cx<'_>) -> Option<Self> {
        // On a broken sum its readings come first, elsewhere what is certain.
        let on_broken = report
            .problem_here()
            .is_some_and(|problem| problem.sides.is_some());
        let certain: Vec<Offer> = of_problems(report)
            .into_iter()
            .chain(fills(report))
            .collect();
        let offers = if on_broken {
            [readings(report), certain].concat()
        } else {
            [certain, readings(report)].concat()
        };
        let unknown = report
            .suspects()
            .findings
            .iter()
            .find(|broken| broken.suspects.is_empty())
            .and_then(|broken| broken.reach.clone());
        if offers.is_empty() {
            cx.say(unknown.unwrap_or_else(|| {
                words(
                    "没有可以修复的：没有空白格、空总计，各项也都平",
                    "nothing to fix: no blanks, and all sums hold",
                )
                .into()
            }));
            return None;
        }
        *cx.notice = unknown;
        let fixes = Fixes {
            offers,
            picker: Picker::default(),
        };
        fixes.show(report);
        Some(fixes)
    }

    fn chosen(&self) -> Option<&Offer> {
        self.offers.get(self.picker.chosen)
    }

    /// Shows the chosen fix in the report, judged; the cursor goes to its first cell.
    fn show(&self, report: &mut ReportScreen) {
        let back = report.hide_preview();
        let Some(offer) = self.chosen() else { return };
        if let Some((preview, first)) = previewed(report, offer, back) {
            report.preview = Some(preview);
            if let Some(cell) = first {
                report.go_to(cell);
            }
        }
    }

    fn apply(&self, at: usize, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        if let (Some(report), Some(offer)) = (report, self.offers.get(at)) {
            report.hide_preview();
            apply(report, cx, offer.fix.clone());
        }
        Next::Close
    }

    fn rows(&self, look: Look) -> Vec<Row> {
        /// Blanks before the second and later lines of a fix, beside the sign's.
        const INDENT: usize = 2;
        const NARROW: u16 = 60;
        let cols = usize::from(look.size.0).saturating_sub(1);
        let mut rows = Vec::new();
        let name = |offer: &Offer| {
            let (row, _) = offer.brief.as_ref()?;
            Some(look.ruler.width(row.get(look.lang)))
        };
        let widest = self.offers.iter().filter_map(name).max().unwrap_or(0);
        for (index, offer) in self.offers.iter().enumerate() {
            for heading in &offer.heading {
                let text = heading.text(look.lang);
                for range in look.ruler.wrap(&text, cols) {
                    rows.push(Row::new(text[range].to_owned(), Role::Head, None));
                }
            }
            let mut text = format!("{} {}", index + 1, offer.said.text(look.lang));
            if look.size.0 < NARROW {
                text = match &offer.brief {
                    Some((row, changes)) => {
                        let row = look.ruler.fit(row.get(look.lang), widest);
                        format!("{} {row}  {changes}", index + 1)
                    }
                    // An arrow is never torn apart.
                    None => text.replace(" -> ", "->"),
                };
            }
            let room = cols.saturating_sub(INDENT + 2).max(8);
            for (part, range) in look.ruler.wrap(&text, room).into_iter().enumerate() {
                let indent = " ".repeat(if part == 0 { 0 } else { INDENT });
                let text = format!("{indent}{}", &text[range]);
                rows.push(Row::new(text, Role::Plain, Some(index)));
            }
            if let Some(below) = &offer.below {
                let text = below.text(look.lang);
                for range in look.ruler.wrap(&text, cols) {
                    rows.push(Row::new(text[range].to_owned(), Role::Dim, None));
                }
            }
        }
        rows
    }
}

/// What a fix would make of the report, and the first cell that it changes.
fn previewed(
    report: &ReportScreen,
    offer: &Offer,
    back: Option<CellId>,
) -> Option<(Preview, Option<CellId>)> {
    let step = offer.fix.transaction.clone();
    let cells: Vec<CellId> = step
        .ops
        .iter()
        .filter_map(|op| match op {
            Op::SetCell { cell, .. } => Some(*cell),
            _ => None,
        })
        .collect();
    let first = cells.first().copied();
    let mut after = Document::new(report.report().clone());
    after.apply(step).ok()?;
    let findings = check(&Input {
        blanks: report.blanks(),
        beside: report.beside(),
        profile: &report.profile,
        ..Input::of(after.report(), &Texts::of(after.report()))
    });
    let preview = Preview {
        title: offer.why.clone(),
        report: after.report().clone(),
        findings,
        cells,
        back: back.or(report.cursor()),
    };
    Some((preview, first))
}

impl Panel for Fixes {
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
        if command == Command::Question {
            if let Some(offer) = self.chosen() {
                let text = offer.fix.title.text(cx.look.lang);
                questions::ask(report, cx, offer.site.clone(), text);
            }
            return Next::Stay;
        }
        match self.picker.command(command, self.offers.len(), cx.look) {
            Picked::Moved => {
                self.show(report);
                Next::Stay
            }
            Picked::Chosen(at) => self.apply(at, Some(report), cx),
            Picked::No => {
                let next = outside(command);
                if !matches!(next, Next::Stay) {
                    leave(report);
                }
                next
            }
        }
    }

    fn typed(&mut self, c: char, report: Option<&mut ReportScreen>, _: &mut Cx<'_>) -> Next {
        if let (Some(report), Picked::Chosen(at)) =
            (report, self.picker.typed(c, self.offers.len()))
        {
            self.picker = Picker::at(at);
            self.show(report);
        }
        Next::Stay
    }

    fn draw(&self, _: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let look = canvas.look();
        let title = words("修复建议", "Fixes and suggestions").get(look.lang);
        let foot = words(
            "上下键 换一种看  回车 采用  F9 存疑  F7 说明  Esc 不改  F1 帮助",
            "arrows show another  Enter takes it  F9 question  F7 explain  Esc leaves  F1 help",
        );
        self.picker.draw((title, foot), &self.rows(look), 0, canvas)
    }
}

/// Leaves everything as it was.
fn leave(report: &mut ReportScreen) {
    if let Some(cell) = report.hide_preview() {
        report.go_to(cell);
    }
}

/// What the form itself settles, and numbers of the text that a cell contradicts;
/// for the problem under the cursor first.
fn of_problems(report: &ReportScreen) -> Vec<Offer> {
    let here = report.problem_here().map(|problem| problem.rule.code);
    let mut fixes: Vec<(bool, Group, Offer)> = report
        .findings
        .problems
        .iter()
        .flat_map(|problem| {
            let site = problem.site.path(report.form());
            problem
                .fixes(report.report(), report.blanks())
                .into_iter()
                .map(move |fix| {
                    let group = Group::of(problem, &fix);
                    let offer = Offer::of(fix, site.clone());
                    (here != Some(problem.rule.code), group, offer)
                })
        })
        .collect();
    fixes.sort_by_key(|(later, ..)| *later);
    let first = fixes.first().map(|(_, group, _)| *group);
    let mut groups = Group::ALL;
    groups.sort_by_key(|group| Some(*group) != first);
    let offers_of = |group: Group| {
        let of_group = fixes.iter().filter(|(_, other, _)| *other == group);
        let mut offers: Vec<Offer> = of_group.map(|(_, _, offer)| offer.clone()).collect();
        if let (Group::LastYear, [_, _, ..]) = (group, &offers[..]) {
            offers.insert(0, all_of_last_year(&offers));
        }
        headed(offers, vec![group.heading().into()])
    };
    groups.into_iter().flat_map(offers_of).collect()
}

/// All that is written by last year's report in one step: cell by cell its sums would
/// break.
fn all_of_last_year(offers: &[Offer]) -> Offer {
    let label = words("按上年结转改", "take what last year carried out");
    let mut transaction = Transaction::new(label);
    let ops = offers.iter().flat_map(|one| &one.fix.transaction.ops);
    transaction.ops.extend(ops.cloned());
    let title = words(
        "按上年结转改：{n} 格一次改",
        "as last year carried out: all {n} cells at once",
    );
    let fix = Fix {
        title: title.with(vec![("n", offers.len().into())]),
        sure: Sure::Guess,
        transaction,
    };
    Offer::of(fix, offers[0].site.clone())
}

/// What the fixes of problems rest on: each group stands under a heading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    /// The form.
    Form,
    /// The text or the table, whichever is right.
    Side,
    /// Last year's report.
    LastYear,
}

impl Group {
    const ALL: [Group; 3] = [Group::Form, Group::Side, Group::LastYear];

    fn of(problem: &Problem, fix: &Fix) -> Self {
        match fix.sure {
            Sure::Certain => Group::Form,
            Sure::Guess if problem.is_beside() => Group::LastYear,
            Sure::Guess => Group::Side,
        }
    }

    fn heading(self) -> Words {
        match self {
            Group::Form => words("按格式补上", "what the form itself settles"),
            Group::Side => words(
                "先定正文和表哪边对，再改",
                "decide first which side is right",
            ),
            Group::LastYear => words(
                "按去年的报告；去年更正过的不改，写说明",
                "by last year's report; if that was corrected, explain instead",
            ),
        }
    }
}

/// Blanks that the identities force.
fn fills(report: &ReportScreen) -> Vec<Offer> {
    let fills = &report.suspects().fills;
    let offer = |title: Message, cells: &[(CellId, i64)]| {
        let label = words("补上能算出来的", "fill what the sums force");
        let transaction = cells
            .iter()
            .fold(Transaction::new(label), |step, (cell, to)| {
                step.cell(report.report(), *cell, Cell::Count(*to))
            });
        let fix = Fix {
            title,
            sure: Sure::Certain,
            transaction,
        };
        let site = cells.first().map(|(cell, _)| report.form().path(*cell));
        Offer::of(fix, site.unwrap_or_default())
    };
    let mut offers = Vec::new();
    if fills.len() > 1 {
        let all = words(
            "能算出来的 {n} 个空白格一次补上",
            "fill all {n} blanks that the sums force",
        )
        .with(vec![("n", fills.len().into())]);
        offers.push(offer(all, fills));
    }
    offers.extend(
        fills
            .iter()
            .map(|fill| offer(fill_words(report.form(), fill.0, fill.1), &[*fill])),
    );
    headed(
        offers,
        vec![
            words(
                "空白格：勾稽只容得下一个数（确定）",
                "blanks with one possible number (certain)",
            )
            .into(),
        ],
    )
}

/// Readings of what is broken, under what is certain of them.
fn readings(report: &ReportScreen) -> Vec<Offer> {
    let form = report.form();
    let mut offers = Vec::new();
    for broken in &report.suspects().findings {
        let mut lines: Vec<Arg> = Vec::new();
        for (_, site) in &broken.lines {
            // A column may be broken in two ways.
            let line = line_words(form, site).into();
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        let group = broken.groups.first();
        let mut heading = vec![match group {
            Some(group) => {
                words("{said}：", "{said}:").with(vec![("said", group.said.clone().into())])
            }
            None => words("{sure}：{table}，{lines}", "{sure}: {table}, {lines}").with(vec![
                ("sure", certainty_words(broken.certainty).into()),
                (
                    "table",
                    table_words(form, form.tables[broken.table].prefix).into(),
                ),
                ("lines", Arg::List(words("、", ", "), lines)),
            ]),
        }];
        heading.extend(broken.reach.clone());
        let site = broken
            .lines
            .first()
            .map(|(_, site)| site.path(form))
            .unwrap_or_default();
        let suspects = broken.suspects.iter().chain(&broken.aside);
        let suspects = suspects
            .enumerate()
            .map(|(at, suspect)| {
                let is_of_group = group.is_some_and(|group| group.readings.contains(&at));
                let fix = Fix {
                    title: suspect.text.clone(),
                    sure: Sure::Guess,
                    transaction: suspect.transaction(report.report()),
                };
                Offer {
                    said: many_cells(suspect),
                    brief: is_of_group.then(|| in_one_row(form, suspect)).flatten(),
                    why: suspect.why.clone(),
                    ..Offer::of(fix, site.clone())
                }
            })
            .collect();
        let mut found = headed(suspects, heading);
        if let (Some(last), Some(_)) = (found.last_mut(), group) {
            last.below = Some(
                words(
                    "数字本身分不出是哪一行，请查台账",
                    "the numbers alone cannot tell which: see the register",
                )
                .into(),
            );
        }
        offers.extend(found);
    }
    offers
}

/// The row in which a reading changes numbers, and its changes; None where there are
/// several.
fn in_one_row(form: &'static Form, suspect: &Suspect) -> Option<(Words, String)> {
    let (first, ..) = suspect.edits.first()?;
    let row = |cell: CellId| (form.spot(cell).table, form.spot(cell).row);
    let is_one = suspect
        .edits
        .iter()
        .all(|(cell, ..)| row(*cell) == row(*first));
    let change = |(_, from, to): &(CellId, Option<i64>, i64)| {
        let from = from.map_or_else(String::new, |from| from.to_string());
        format!("{from}->{to}")
    };
    let changes: Vec<String> = suspect.edits.iter().map(change).collect();
    is_one.then(|| (form.lines(*first).0.name, changes.join("  ")))
}

/// What a reading changes; how many cells, where they are many.
fn many_cells(suspect: &Suspect) -> Message {
    const FEW: usize = 2;
    match suspect.edits.len() {
        0..=FEW => suspect.change.clone(),
        n => words("改 {n} 格：{what}", "change {n} cells: {what}").with(vec![
            ("n", n.into()),
            ("what", suspect.change.clone().into()),
        ]),
    }
}

fn headed(mut offers: Vec<Offer>, heading: Vec<Message>) -> Vec<Offer> {
    if let Some(first) = offers.first_mut() {
        first.heading = heading;
    }
    offers
}

/// Applies a fix as one undo step and says what became of the counts.
fn apply(report: &mut ReportScreen, cx: &mut Cx<'_>, fix: Fix) {
    if report.refuses(cx) {
        return;
    }
    let before = report.findings.counts();
    let ops = fix.transaction.ops.clone();
    let first: Option<CellId> = fix.transaction.ops.iter().find_map(|op| match op {
        Op::SetCell { cell, .. } => Some(*cell),
        _ => None,
    });
    report.change(Change::Apply(fix.transaction), cx.effects);
    if let Some(cell) = first {
        report.go_to(cell);
    } else if matches!(ops.last(), Some(Op::SpliceText { .. } | Op::SetHead { .. })) {
        report.go_to_step(&ops, false);
    }
    let after = report.findings.counts();
    cx.say(
        words(
            "错误 {a}->{b}，提醒 {c}->{d}。已改：{what}",
            "errors {a}->{b}, warnings {c}->{d}. Done: {what}",
        )
        .with(vec![
            ("what", fix.title.into()),
            ("a", before.errors.into()),
            ("b", after.errors.into()),
            ("c", before.warnings.into()),
            ("d", after.warnings.into()),
        ]),
    );
}
