//! All that was found: problems, explained ones apart, what the profile silences, what
//! was held against what, notes of the reader.
//!
//! **Never:** hides a problem.
//! Next: `report::way`, which walks the problems one by one.

use crate::base::width::shown;
use crate::base::words::{Lang, Words, words};
use crate::check::Problem;
use crate::form::CellId;
use crate::paper::{judged, piece_lines};
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::hit::Hit;
use crate::tui::panel::{Panel, outside};
use crate::tui::picker::{Picked, Picker, Row, page};
use crate::tui::prefs::Prefs;
use crate::tui::report::status::role_of;
use crate::tui::report::{ReportScreen, explain, questions, way};
use crate::tui::theme::Role;
use crate::tui::turn::{Cx, Look, Next};

/// The list of all problems.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    picker: Picker,
}

impl Problems {
    /// With one line chosen.
    pub(crate) fn at(line: usize) -> Self {
        Problems {
            picker: Picker::at(line),
        }
    }

    /// The problem on the chosen line.
    fn problem<'a>(&self, report: &'a ReportScreen, cx: &Cx<'_>) -> Option<&'a Problem> {
        match entries(cx.look.lang, cx.prefs, report).get(self.picker.chosen)? {
            Entry::Problem(index) => report.findings.problems.get(*index),
            Entry::Silenced(index) => report.findings.silenced.get(*index),
            Entry::Unsure(_) | Entry::Text(_) => None,
        }
    }

    /// The cell that the chosen line speaks of without a problem.
    fn cell(&self, report: &ReportScreen, cx: &Cx<'_>) -> Option<CellId> {
        match entries(cx.look.lang, cx.prefs, report).get(self.picker.chosen)? {
            Entry::Unsure(index) => report.unsure().get(*index)?.cell,
            _ => None,
        }
    }

    fn picked(&mut self, picked: Picked, report: &mut ReportScreen, cx: &mut Cx<'_>) -> Next {
        let Picked::Chosen(at) = picked else {
            return Next::Stay;
        };
        self.picker.chosen = at;
        if let Some(problem) = self.problem(report, cx).cloned() {
            way::go_to(report, cx, &problem);
        } else if let Some(cell) = self.cell(report, cx) {
            way::go_to_unsure(report, cx, cell);
        } else {
            return Next::Stay;
        }
        Next::Close
    }
}

impl Panel for Problems {
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
        let problem = self.problem(report, cx);
        match (command, problem) {
            (Command::Basis, Some(problem)) => {
                return Next::About(command, Box::new(problem.clone()));
            }
            (Command::Explain, problem) => {
                let problem = problem.filter(|it| report.findings.problems.contains(it));
                return match problem {
                    Some(problem) => Next::About(command, Box::new(problem.clone())),
                    None => explain::nothing(cx),
                };
            }
            (Command::Question, problem) => {
                let places = report.findings.problems.iter();
                let named = problem.and_then(|problem| places.clone().position(|p| p == problem));
                questions::ask_about(report, cx, named);
                return Next::Stay;
            }
            _ => {}
        }
        let len = entries(cx.look.lang, cx.prefs, report).len();
        match self.picker.command(command, len, cx.look) {
            Picked::No => outside(command),
            picked => self.picked(picked, report, cx),
        }
    }

    fn typed(&mut self, c: char, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let Some(report) = report else {
            return Next::Close;
        };
        let len = entries(cx.look.lang, cx.prefs, report).len();
        self.picked(self.picker.typed(c, len), report, cx)
    }

    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let Some(report) = report else {
            return (0, 0);
        };
        let look = canvas.look();
        let foot = words(
            "回车 到那里  F4 依据  F6 修复  F7 说明  F9 存疑  上下键 移动  Esc 关闭",
            "Enter goes there  F4 basis  F6 fix  F7 explain  F9 question  Esc closes",
        );
        let entries = entries(look.lang, canvas.prefs(), report);
        let rows = rows(look, canvas.prefs(), report, &entries);
        self.picker
            .draw_narrow((&title(look, report), foot), &rows, canvas)
    }
}

fn title(look: Look, report: &ReportScreen) -> String {
    let counts = report.findings.counts();
    words(
        "全审  错误 {e}  提醒 {w}  提示 {i}{apart}",
        "Check  errors {e}  warnings {w}  infos {i}{apart}",
    )
    .with(vec![
        ("e", counts.errors.into()),
        ("w", counts.warnings.into()),
        ("i", counts.infos.into()),
        ("apart", counts.apart(Words::same("  ")).into()),
    ])
    .text(look.lang)
}

/// The list wrapped to the screen, with headings and reasons in their places.
fn rows(look: Look, prefs: &Prefs, report: &ReportScreen, entries: &[Entry]) -> Vec<Row> {
    let cols = usize::from(look.size.0);
    let mut rows = Vec::new();
    if report.findings.problems.is_empty() {
        let none = if report.findings.counts().is_clean() {
            words(" 没有发现问题", " nothing found")
        } else {
            words(" 还没有填完", " not finished")
        };
        rows.push(Row::new(none.get(look.lang).to_owned(), Role::Plain, None));
    }
    let mut problems = rows.len();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(heading) = heading(report, entries, at) {
            rows.push(Row::new(
                format!(" {}", heading.get(look.lang)),
                Role::Dim,
                None,
            ));
        }
        let (text, under, role) = drawn(look, prefs, report, entry);
        let pieces = [Some((text, 0)), under.map(|under| (under, 6))];
        for (text, indent) in pieces.into_iter().flatten() {
            let text = shown(&text).into_owned();
            let room = cols.saturating_sub(2 + indent + 2).max(8);
            for (number, range) in look.ruler.wrap(&text, room).into_iter().enumerate() {
                let indent = " ".repeat(indent + if number == 0 { 0 } else { 2 });
                rows.push(Row::new(
                    format!("{indent}{}", &text[range]),
                    role,
                    Some(at),
                ));
            }
        }
        if matches!(entry, Entry::Problem(_) | Entry::Silenced(_)) {
            problems = rows.len();
        }
    }
    // What was checked stands at the foot, where it stays as problems come and go.
    let room = page(look.size.1).saturating_sub(rows.len());
    let blanks = (0..room).map(|_| Row::new(String::new(), Role::Plain, None));
    rows.splice(problems..problems, blanks);
    rows
}

/// What an entry says, what stands under it, and how it looks.
fn drawn(
    look: Look,
    prefs: &Prefs,
    report: &ReportScreen,
    entry: &Entry,
) -> (String, Option<String>, Role) {
    match entry {
        Entry::Problem(index) => {
            let problem = &report.findings.problems[*index];
            let room = usize::from(look.size.0).saturating_sub(4);
            (
                problem_line(look, problem, room),
                reason(look.lang, report, problem),
                if problem.is_settled() {
                    Role::Dim
                } else {
                    role_of(problem.severity())
                },
            )
        }
        Entry::Silenced(index) => {
            let problem = &report.findings.silenced[*index];
            let said = problem.message().text(look.lang);
            let text = format!("- {said}  ({})", problem.rule.code);
            (text, silence(prefs, problem), Role::Dim)
        }
        Entry::Unsure(index) => {
            let text = report.unsure()[*index].words().text(look.lang);
            (format!("? {text}"), None, Role::ReminderText)
        }
        Entry::Text(text) => (text.clone(), None, Role::Dim),
    }
}

/// The list beside the page, where it stands by itself: it has no keys, and marks the
/// problem under the cursor.
pub(in crate::tui) fn draw_beside(report: &ReportScreen, canvas: &mut Canvas<'_>) {
    let look = canvas.look();
    let here = report.problem_here();
    let entries = entries(look.lang, canvas.prefs(), report);
    let shown = rows(look, canvas.prefs(), report, &entries);
    let is_here = |row: &Row| {
        let problem = problem_of(row, &entries, report);
        problem.is_some() && problem == here
    };
    let first = shown.iter().position(is_here);
    let signed = |(at, row): (usize, Row)| Row {
        label: if first == Some(at) { ">" } else { "" }.to_owned(),
        ..row
    };
    let shown: Vec<Row> = shown.into_iter().enumerate().map(signed).collect();
    let title = words("问题  F5 进列表", "Problems  F5 goes there").get(look.lang);
    let page = canvas.rows().saturating_sub(1);
    let picker = Picker::at(first.map_or(0, |at| at.saturating_sub(usize::from(page) / 2)));
    let mark = canvas.hits().mark();
    picker.draw_lines(title, &shown, 1, canvas);
    canvas.hits().rows_mean(mark, Hit::Problem);
}

/// The problem that a row speaks of.
fn problem_of<'a>(row: &Row, entries: &[Entry], report: &'a ReportScreen) -> Option<&'a Problem> {
    match entries.get(row.line?)? {
        Entry::Problem(at) => report.findings.problems.get(*at),
        _ => None,
    }
}

/// One problem as a line of the list; its code is dropped where it does not fit.
pub(in crate::tui) fn problem_line(look: Look, problem: &Problem, cols: usize) -> String {
    let indent = if problem.implied { "    " } else { "" };
    let sign = problem.severity().sign();
    let text = problem.message().text(look.lang);
    let line = format!("{sign} {indent}{text}");
    let coded = format!("{line}  ({})", problem.rule.code);
    if look.ruler.width(&coded) <= cols {
        coded
    } else {
        line
    }
}

/// A line of the list that a cursor can stand on.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    /// A problem by its place among the findings.
    Problem(usize),
    /// A silenced problem by its place among the silenced.
    Silenced(usize),
    /// Something unsure in what was read or pasted, by its place among all of it.
    Unsure(usize),
    /// Something to read.
    Text(String),
}

/// The lines of the list, from top to bottom.
fn entries(lang: Lang, prefs: &Prefs, report: &ReportScreen) -> Vec<Entry> {
    let findings = &report.findings;
    let problems = by_severity(&findings.problems)
        .into_iter()
        .map(Entry::Problem);
    let silenced = (0..findings.silenced.len()).map(Entry::Silenced);
    let banner = report.banner().map(|banner| banner.text(lang));
    let banner = banner.into_iter().map(Entry::Text);
    let unsure = (0..report.unsure().len()).map(Entry::Unsure);
    let texts = tail(lang, prefs, report).into_iter().map(Entry::Text);
    let read = banner.chain(unsure);
    problems.chain(silenced).chain(read).chain(texts).collect()
}

/// What stands over a line of the list, where a new kind of lines begins.
fn heading(report: &ReportScreen, rows: &[Entry], at: usize) -> Option<Words> {
    let kind = |row: &Entry| match row {
        Entry::Problem(index) => u8::from(report.findings.problems[*index].is_settled()),
        Entry::Silenced(_) => 2,
        Entry::Unsure(_) | Entry::Text(_) => 3,
    };
    let here = kind(&rows[at]);
    let before = at.checked_sub(1).map(|before| kind(&rows[before]));
    if before == Some(here) {
        return None;
    }
    match here {
        1 => Some(words("已说明：", "explained:")),
        2 => Some(words("按配置不再提醒：", "silenced by the profile:")),
        _ => None,
    }
}

/// What stands under a problem: the reason why it may stand, or all that it is about.
fn reason(lang: Lang, report: &ReportScreen, problem: &Problem) -> Option<String> {
    if let Some(remark) = problem.remark(report.report()) {
        let said = if problem.is_explained() {
            words("说明：{text}（{by}）", "explained: {text} ({by})")
        } else {
            words(
                "原说明（数变了，请再看）：{text}（{by}）",
                "explained before its numbers changed: {text} ({by})",
            )
        };
        let args = vec![
            ("text", remark.text.as_str().into()),
            ("by", remark.by.as_str().into()),
        ];
        return Some(said.with(args).text(lang));
    }
    let pieces = piece_lines(problem, report.report(), lang);
    (!pieces.is_empty()).then(|| pieces.join(words("；", "; ").get(lang)))
}

/// The reason the profile gives for silencing a problem.
fn silence(prefs: &Prefs, problem: &Problem) -> Option<String> {
    let level = prefs.profile.level(problem.rule)?;
    Some(format!("{}  {}", level.since, level.reason))
}

/// What can be read under the problems.
fn tail(lang: Lang, prefs: &Prefs, report: &ReportScreen) -> Vec<String> {
    let mut lines = checked(lang, report);
    let unused = report.unused_remarks().len();
    if unused > 0 {
        let said = words(
            "有 {n} 条说明，所说的问题已经没有了",
            "{n} explanations speak of problems that are gone",
        );
        lines.push(said.with(vec![("n", unused.into())]).text(lang));
    }
    lines.extend(prefs.notes.iter().map(|note| note.text(lang)));
    lines
}

/// What was checked: sums of the tables, numbers of the prose; and what was not.
fn checked(lang: Lang, report: &ReportScreen) -> Vec<String> {
    let sums = judged::sums(report.form(), &report.findings);
    let numbers = judged::numbers(&report.findings);
    let said = std::iter::once(sums).chain(numbers);
    let said = said.chain(report.last_words());
    said.map(|said| said.text(lang)).collect()
}

/// The order of the list: errors first, each severity in the form's order,
/// explained reminders last.
pub(in crate::tui) fn by_severity(problems: &[Problem]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..problems.len()).collect();
    order.sort_by_key(|at| {
        let problem = &problems[*at];
        (problem.is_settled(), std::cmp::Reverse(problem.severity()))
    });
    order
}
