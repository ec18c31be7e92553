//! What a cell, a row or a problem rests on, in words.
//!
//! **Never:** a rule's or a form's words written here.
//! Next: `form::Line::counting`, `check::rules` for the words.

use crate::base::place;
use crate::base::words::{Lang, Words, words};
use crate::check::problem::{cell_words, table_words};
use crate::check::{Problem, Rule, Verdict, rule};
use crate::form::{Along, CellId, Identity, TextId};
use crate::model::{Cell, Op};
use crate::tui::areas::Place;
use crate::tui::canvas::Canvas;
use crate::tui::command::Command;
use crate::tui::panel::{Panel, reads, reads_character};
use crate::tui::picker::{Line, Picker, Row, wrapped};
use crate::tui::report::ReportScreen;
use crate::tui::report::last::name_of;
use crate::tui::report::status::role_of;
use crate::tui::turn::{Cx, Look, Next};

/// Terms beyond which those that are 0 are left out of a sum.
const MOST_TERMS: usize = 7;

const LABEL: Words = words("全称", "label");
const GROUP: Words = words("所属", "group");
const COUNTING: Words = words("口径", "counting");
const KIND: Words = words("怎么填", "kind");
const SUM: Words = words("勾稽", "sum");
const PROBLEM: Words = words("问题", "problem");
const REASON: Words = words("说明", "explained");
const REOPENED: Words = words("说明已失效", "no longer");
const NEXT: Words = words("下一步", "next");
const WHY: Words = words("道理", "why");
const SOURCE: Words = words("出处", "source");
const ORIGIN: Words = words("原文", "read from");
const UNSURE: Words = words("存疑", "unsure");
const LAST_YEAR: Words = words("去年", "last year");
const CHANGED: Words = words("上次改动", "changed");

/// What a place means and rests on.
#[derive(Clone, Debug)]
pub struct Basis {
    /// It follows the cursor and leaves the keys to the page.
    follows: bool,
    /// The cell, if it is one.
    cell: Option<CellId>,
    /// The section otherwise.
    section: TextId,
    /// The problems there, the one meant first.
    problems: Vec<Problem>,
    picker: Picker,
}

impl Basis {
    /// Of a problem.
    pub(crate) fn of(report: &ReportScreen, problem: &Problem) -> Self {
        let section = problem.site.section(report.form());
        Basis {
            follows: false,
            cell: problem.cell,
            section: section.unwrap_or_else(|| report.section()),
            problems: vec![problem.clone()],
            picker: Picker::default(),
        }
    }

    /// Of the place of the cursor.
    pub(crate) fn here(report: &ReportScreen) -> Self {
        let cell = report.cursor();
        let is_here = |problem: &&Problem| match cell {
            Some(cell) => problem.touches(report.form(), cell),
            None => problem.site.section(report.form()) == Some(report.section()),
        };
        let found = report.findings.problems.iter();
        let mut problems: Vec<_> = found.filter(is_here).cloned().collect();
        if let Some(meant) = report.problem_meant() {
            problems.sort_by_key(|problem| problem != meant);
        }
        Basis {
            follows: true,
            cell,
            section: report.section(),
            problems,
            picker: Picker::default(),
        }
    }

    /// Draws that of the place of the cursor, without keys of its own.
    pub(crate) fn draw_here(report: &ReportScreen, canvas: &mut Canvas<'_>) {
        let this = Basis::here(report);
        let look = canvas.look();
        let rows = this.rows(Some(report), look);
        let label = label_columns(look);
        this.picker
            .draw_lines(TITLE.get(look.lang), &rows, label, canvas);
    }

    fn rows(&self, report: Option<&ReportScreen>, look: Look) -> Vec<Row> {
        let lines = report.map_or_else(Vec::new, |report| lines(look, report, self));
        wrapped(lines, label_columns(look), 0, look)
    }
}

/// Columns of the labels at the left.
fn label_columns(look: Look) -> usize {
    if look.size.0 >= 38 { 9 } else { 2 }
}

const TITLE: Words = words(
    "依据：这一格是什么、怎么算",
    "Basis: what this is and how it is counted",
);

impl Panel for Basis {
    fn place(&self, _: Option<&ReportScreen>, _: Look) -> Place {
        Place::Side
    }

    fn has_keys(&self) -> bool {
        !self.follows
    }

    fn takes(&self, command: Command) -> bool {
        !self.follows || matches!(command, Command::Close | Command::Basis)
    }

    fn command(
        &mut self,
        command: Command,
        report: Option<&mut ReportScreen>,
        cx: &mut Cx<'_>,
    ) -> Next {
        if command == Command::Basis && self.follows {
            // Asked for again: now it stays at this place, and the arrows scroll it.
            if let Some(report) = report {
                *self = Basis {
                    follows: false,
                    ..Basis::here(report)
                };
            }
            return Next::Stay;
        }
        let rows = self.rows(report.as_deref(), cx.look).len();
        reads(&mut self.picker, command, rows, cx.look)
    }

    fn typed(&mut self, c: char, report: Option<&mut ReportScreen>, cx: &mut Cx<'_>) -> Next {
        let rows = self.rows(report.as_deref(), cx.look).len();
        reads_character(self.picker, c, rows, cx.look)
    }

    fn draw(&self, report: Option<&ReportScreen>, canvas: &mut Canvas<'_>) -> (u16, u16) {
        let look = canvas.look();
        if let Some(report) = report.filter(|_| self.follows) {
            Basis::draw_here(report, canvas);
            if canvas.area().width == canvas.screen().width {
                canvas.foot(words(
                    "F4 留在这一格翻看  Esc 关闭  F8 下一处  （小键盘误到这里：请改用 . 和 退格）",
                    "F4 stays here and scrolls  Esc closes  F8 next  (from the keypad: use . and Backspace)",
                ));
            }
            return (0, 1);
        }
        let foot = words("上下键 翻看  Esc 关闭", "arrows scroll  Esc closes");
        let rows = self.rows(report, look);
        let label = label_columns(look);
        self.picker
            .draw_read((TITLE.get(look.lang), foot), &rows, label, canvas);
        (0, 1)
    }
}

fn lines(look: Look, report: &ReportScreen, topic: &Basis) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut said: Vec<&'static str> = Vec::new();
    let unsure = topic
        .cell
        .filter(|cell| report.unsure_words(*cell).is_some());
    if let Some(cell) = unsure {
        source_lines(look.lang, report, cell, &mut lines);
        lines.push(Line::new("", ""));
    }
    for problem in &topic.problems {
        problem_lines(look, report, problem, &mut said, &mut lines);
    }
    match topic.cell {
        Some(cell) => cell_lines(look, report, cell, &mut said, &mut lines),
        None => section_lines(look, report, topic, &mut lines),
    }
    lines
}

fn problem_lines(
    look: Look,
    report: &ReportScreen,
    problem: &Problem,
    said: &mut Vec<&'static str>,
    lines: &mut Vec<Line>,
) {
    let lang = look.lang;
    let sign = problem.severity().sign();
    let severity = problem.severity().name().get(lang);
    let text = problem.message().text(lang);
    let mut head = Line::new(PROBLEM.get(lang), format!("{sign} {severity}  {text}"));
    head.role = role_of(problem.severity());
    lines.push(head);
    if let Some(remark) = problem.remark(report.report()) {
        let label = if problem.is_explained() {
            REASON
        } else {
            REOPENED
        };
        let text = words("{text}（{by}）", "{text} ({by})").with(vec![
            ("text", remark.text.as_str().into()),
            ("by", remark.by.as_str().into()),
        ]);
        lines.push(Line::new(label.get(lang), text.text(lang)));
    }
    lines.push(Line::new(NEXT.get(lang), problem.rule.next.get(lang)));
    rule_lines(lang, problem.rule, said, lines);
    lines.push(Line::new("", ""));
}

/// Why a rule is there and what it rests on, once.
fn rule_lines(lang: Lang, rule: &Rule, said: &mut Vec<&'static str>, lines: &mut Vec<Line>) {
    if said.contains(&rule.code) {
        return;
    }
    said.push(rule.code);
    lines.push(Line::new(WHY.get(lang), rule.doc.get(lang)));
    lines.push(Line::new(
        SOURCE.get(lang),
        format!("{}  ({})", rule.source, rule.code),
    ));
}

fn cell_lines(
    look: Look,
    report: &ReportScreen,
    cell: CellId,
    said: &mut Vec<&'static str>,
    lines: &mut Vec<Line>,
) {
    let lang = look.lang;
    let form = report.form();
    let spot = form.spot(cell);
    let table = &form.tables[spot.table];
    let (row, col) = form.lines(cell);
    let content = report.report().cell(cell);
    let name = cell_words(form, cell).text(lang);
    let value = if report.is_put_aside(cell) {
        words("（正在核对总计）", "(put aside)")
            .get(lang)
            .to_owned()
    } else {
        shown(lang, content)
    };
    lines.push(Line::head(format!("{name} = {value}")));
    if let Some((last, value)) = report.last.as_ref().zip(report.last_value(cell)) {
        let said = words("{n}（{name}）", "{n} ({name})");
        let args = vec![
            ("n", value.to_string().into()),
            ("name", name_of(last).into()),
        ];
        lines.push(Line::new(LAST_YEAR.get(lang), said.with(args).text(lang)));
    }
    if report.unsure_words(cell).is_none() {
        source_lines(lang, report, cell, lines);
    }
    let named = |line: &crate::form::Line| match lang {
        Lang::Zh => line.label.to_owned(),
        Lang::En => format!("{}  ({})", line.label, line.name.en),
    };
    lines.push(Line::new(LABEL.get(lang), named(row)));
    lines.push(Line::new("", named(col)));
    let group = table.groups.iter().find(|group| group.key == row.group);
    if let Some(group) = group.filter(|group| !group.label.is_empty()) {
        let text = match lang {
            Lang::Zh => group.label.to_owned(),
            Lang::En => format!("{}  ({})", group.label, group.name.en),
        };
        lines.push(Line::new(GROUP.get(lang), text));
    }
    for line in [row, col] {
        let counting = line.counting.get(lang);
        if !counting.is_empty() {
            lines.push(Line::new(COUNTING.get(lang), counting));
        }
    }
    lines.push(Line::new(
        KIND.get(lang),
        kind_words(report, cell).get(lang),
    ));
    let identities = form.identities();
    let mut label = SUM.get(lang);
    for number in identities.touching(cell) {
        let identity = &identities.all()[number];
        let verdict = report.findings.judged.verdicts()[number];
        lines.push(Line::new(
            label,
            identity_line(look, report, identity, verdict),
        ));
        label = "";
        if let Some(rule) = rule(identity.rule) {
            rule_lines(lang, rule, said, lines);
            label = SUM.get(lang);
        }
    }
    lines.push(Line::new(
        CHANGED.get(lang),
        last_change(lang, report, cell),
    ));
}

/// What was unsure at a cell, where it came from, and the row it stood in.
fn source_lines(lang: Lang, report: &ReportScreen, cell: CellId, lines: &mut Vec<Line>) {
    if let Some(unsure) = report.unsure_words(cell) {
        let mut line = Line::new(UNSURE.get(lang), format!("? {}", unsure.text(lang)));
        line.role = crate::tui::theme::Role::ReminderText;
        lines.push(line);
    }
    let Some((origin, pasted)) = report.origin(cell) else {
        return;
    };
    let said = if pasted {
        words("粘贴的{place}：{raw}", "pasted, {place}: {raw}")
    } else {
        words("{place}：{raw}", "{place}: {raw}")
    };
    let text = said.with(vec![
        ("place", place::said(&origin.place)),
        ("raw", origin.raw.as_ref().into()),
    ]);
    lines.push(Line::new(ORIGIN.get(lang), text.text(lang)));
    if let Some(row) = report.source_row(cell) {
        lines.push(Line::new("", row));
    }
}

/// How a cell is to be filled.
fn kind_words(report: &ReportScreen, cell: CellId) -> Words {
    use crate::form::Kind;
    match report.form().kind(cell) {
        _ if report.form().is_total(cell) => words(
            "总计：等于它的各部分相加；没有打过的空白格按相加核对",
            "a total: the sum of its parts; blank, it is read as that sum",
        ),
        Kind::Count => words(
            "整数，没有发生的填 0，不适用的填 /",
            "a whole number; 0 for nothing, / for not applicable",
        ),
        Kind::Signed => words("增减数，带 + 或 - 号", "a change, with its sign"),
        Kind::Amount | Kind::Money => words(
            "金额，可以带小数，不适用的填 /",
            "an amount, decimals allowed; / for not applicable",
        ),
    }
}

fn shown(lang: Lang, content: &Cell) -> String {
    if content.is_blank() {
        words("(空)", "(blank)").get(lang).to_owned()
    } else {
        content.text().into_owned()
    }
}

/// An identity with its present numbers: `7 + 1 = 8, written 9`.
fn identity_line(
    look: Look,
    report: &ReportScreen,
    identity: &Identity,
    verdict: Verdict,
) -> String {
    let lang = look.lang;
    let form = report.form();
    let table = &form.tables[identity.table];
    let identities = form.identities();
    let line = match identity.along {
        Along::Columns => table.cols[identity.line].name,
        Along::Rows => table.rows[identity.line].name,
    };
    let (left, right) = report.findings.judged.sides(identity);
    let verdict = match verdict {
        Verdict::Holds => words("相符", "holds").into(),
        Verdict::Broken { by } => words("差 {d}", "off by {d}").with(vec![("d", by.abs().into())]),
        Verdict::Open { missing: 0 } => words("未定", "open").into(),
        Verdict::Open { missing } => words("未定，缺 {n} 格", "open, {n} cells missing")
            .with(vec![("n", i64::from(missing).into())]),
    };
    let hidden = identities
        .total_cell(identity)
        .is_some_and(|total| report.is_put_aside(total));
    if hidden {
        let text = words("{table} {line}：正在核对总计", "{table} {line}: put aside");
        return text
            .with(vec![
                ("table", table_words(form, table.prefix).into()),
                ("line", line.into()),
            ])
            .text(lang);
    }
    let sum = |cells: &[CellId], value: i64| {
        let terms = terms(look, report, identity, cells);
        if cells.len() == 1 {
            terms
        } else {
            format!("{terms} = {value}")
        }
    };
    let text = words(
        "{table} {line}：{left}；{right}；{verdict}",
        "{table} {line}: {left}; {right}; {verdict}",
    );
    let parts_first = identity.total == Some(crate::form::Side::Left);
    let mut sides = [
        sum(identities.left(identity), left),
        sum(identities.right(identity), right),
    ];
    if parts_first {
        sides.reverse();
    }
    let [first, second] = sides;
    text.with(vec![
        ("table", table_words(form, table.prefix).into()),
        ("line", line.into()),
        ("left", first.into()),
        ("right", second.into()),
        ("verdict", verdict.into()),
    ])
    .text(lang)
}

/// The terms of one side by name; zeros are left out of long sums.
fn terms(look: Look, report: &ReportScreen, identity: &Identity, cells: &[CellId]) -> String {
    let lang = look.lang;
    let form = report.form();
    let name = |cell: CellId| {
        let (row, col) = form.lines(cell);
        match identity.along {
            Along::Columns => row.name.get(lang),
            Along::Rows => col.short.get(lang),
        }
    };
    let zero = |cell: &CellId| report.report().cell(*cell).count() == Some(0);
    let is_long = cells.len() > MOST_TERMS;
    let named: Vec<String> = cells
        .iter()
        .filter(|cell| !(is_long && zero(cell)))
        .map(|cell| {
            let value = shown(lang, report.report().cell(*cell));
            format!("{} {value}", name(*cell))
        })
        .collect();
    let left_out = cells.len() - named.len();
    let sum = named.join(" + ");
    match (named.is_empty(), left_out) {
        (_, 0) => sum,
        (true, n) => words("{n} 项都是 0", "all {n} are 0")
            .with(vec![("n", n.into())])
            .text(lang),
        (false, n) => words("{sum}（另 {n} 项是 0）", "{sum} ({n} more are 0)")
            .with(vec![("sum", sum.into()), ("n", n.into())])
            .text(lang),
    }
}

/// The last step of this session that wrote a cell.
fn last_change(lang: Lang, report: &ReportScreen, cell: CellId) -> String {
    let found = report.document.done().iter().rev().find_map(|step| {
        let mut ops = step.ops.iter().filter_map(|op| match op {
            Op::SetCell { cell: at, from, to } if *at == cell => Some((from, to)),
            _ => None,
        });
        let first = ops.next()?;
        let last = ops.next_back().unwrap_or(first);
        Some((first.0, last.1, &step.label))
    });
    match found {
        None => words("这次打开以来没有改过", "not since it was opened")
            .get(lang)
            .to_owned(),
        Some((from, to, label)) => words("{from} -> {to}（{step}）", "{from} -> {to} ({step})")
            .with(vec![
                ("from", shown(lang, from).into()),
                ("to", shown(lang, to).into()),
                ("step", label.clone().into()),
            ])
            .text(lang),
    }
}

fn section_lines(look: Look, report: &ReportScreen, topic: &Basis, lines: &mut Vec<Line>) {
    let lang = look.lang;
    let section = report.form().section(topic.section);
    lines.push(Line::head(match lang {
        Lang::Zh => section.heading(),
        Lang::En => format!("{}  ({})", section.heading(), section.name.en),
    }));
    lines.push(Line::new(SOURCE.get(lang), report.form().source));
    for heading in report.report().headings() {
        if heading.section == Some(topic.section) {
            let label = words("标题", "heading").get(lang);
            lines.push(Line::new(label, heading.text.as_str()));
        }
    }
    if topic.problems.is_empty() {
        let none = if !section.tables.is_empty() && report.report().is_unfilled(section.tables) {
            words("这一部分还没有填", "this section is not filled in")
        } else {
            words("这一部分没有发现问题", "no problem found in this section")
        };
        lines.push(Line::new("", none.get(lang)));
    }
}
