//! What a form prints, folded so that quirks of spelling do not matter.
//!
//! **Never:** accepts a label that two rows could claim.
//! Next: `matcher` for tables, `outline` for headings.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::OnceLock;

use crate::base::number;
use crate::base::ordinal::{self, MarkKind};
use crate::base::spelling;
use crate::form::printed::{Content, Printed, printed};
use crate::form::{self, FORMS, Form, Layout, Line, Section, Table, TextId};
use crate::format::Options;
use crate::format::head;
use crate::format::marks::DRAFT_MARK;

/// Heads that people set over the column of labels; no form prints them.
const COMMON: [&str; 3] = ["项目", "指标", "序号"];

/// Pieces at the start among which a title is looked for.
const TITLE_WITHIN: usize = 60;

/// A row of a form: its table and its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowRef {
    pub(super) table: usize,
    pub(super) row: usize,
}

/// How a label was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sure {
    /// It is the label or a spelling declared beside it.
    Label,
    /// It is the label without its number, and no other row has that.
    Bare,
    /// It is the start of exactly one label.
    Start,
    /// It is one label with a few characters wrong or more behind it.
    Near,
}

/// The letters of something that a form prints.
type Label = Cow<'static, str>;

/// All that a form prints.
pub(super) struct Labels {
    pub(super) form: &'static Form,
    rows: Vec<(Label, RowRef)>,
    bare: Vec<(Label, RowRef)>,
    cols: Vec<(Label, usize, usize)>,
    groups: Vec<(Label, usize, usize)>,
    titles: Vec<(Label, TextId, bool)>,
    /// Bytes of the shortest title.
    least_title: usize,
    /// Everything printed, sorted by length first.
    printed: Vec<Label>,
    /// Everything printed, a line each: what a piece of a label is looked up in.
    pieces: String,
    placeholders: Vec<Label>,
    layouts: OnceLock<Vec<Printed>>,
}

/// The letters of a text, as a label would have them.
fn letters(text: &str) -> Cow<'_, str> {
    /// Bytes of the longest label, and more: nothing longer is one.
    const LONGEST: usize = 400;
    let letters = spelling::letters(text);
    if letters.len() > LONGEST {
        return letters;
    }
    spelling::simplified(letters)
}

/// The letters of a label and of the other spellings of it.
fn spellings(label: &'static str, also: &'static [&'static str]) -> impl Iterator<Item = Label> {
    std::iter::once(label)
        .chain(also.iter().copied())
        .map(letters)
}

/// The text behind a numbering mark, folded; the whole text if it has none.
fn unnumbered(text: &str) -> Cow<'_, str> {
    match ordinal::mark(text) {
        Some(mark) => letters(mark.rest),
        None => letters(text),
    }
}

impl Labels {
    /// The labels of a form.
    pub(super) fn of(form: &'static Form) -> &'static Self {
        static ALL: OnceLock<Vec<Labels>> = OnceLock::new();
        ALL.get_or_init(|| FORMS.iter().copied().map(Labels::new).collect())
            .iter()
            .find(|labels| labels.form == form)
            .expect("every form is in the list of forms")
    }

    /// The labels of the form that a source is written under: the one that its reader
    /// was given, else the one that its texts tell.
    pub(super) fn told<'a>(
        options: &Options,
        texts: impl Iterator<Item = &'a str> + Clone,
    ) -> &'static Self {
        Labels::of(options.form.unwrap_or_else(|| form_of(texts)))
    }

    fn new(form: &'static Form) -> Self {
        let mut this = Labels {
            form,
            rows: Vec::new(),
            bare: Vec::new(),
            cols: Vec::new(),
            groups: Vec::new(),
            titles: Vec::new(),
            least_title: 0,
            printed: Vec::new(),
            pieces: String::new(),
            placeholders: Vec::new(),
            layouts: OnceLock::new(),
        };
        for (table, data) in form.tables.iter().enumerate() {
            this.push_table(table, data);
        }
        this.rows.sort_by(|a, b| a.0.cmp(&b.0));
        this.rows.dedup();
        this.bare.sort_by(|a, b| a.0.cmp(&b.0));
        this.groups.retain(|(label, ..)| !label.is_empty());
        this.printed.extend(COMMON.map(Cow::Borrowed));
        this.printed.retain(|label| !label.is_empty());
        this.printed
            .extend(this.rows.iter().map(|row| row.0.clone()));
        this.printed
            .extend(this.cols.iter().map(|col| col.0.clone()));
        this.printed
            .extend(this.groups.iter().map(|group| group.0.clone()));
        this.printed.sort_by(|a, b| by_length(a, b));
        this.printed.dedup();
        this.pieces = this.printed.join("\n");
        for text in form.texts() {
            this.push_section(text, form.section(text));
        }
        let titles = this.titles.iter().map(|title| title.0.len());
        this.least_title = titles.min().unwrap_or_default();
        this.placeholders.push(letters(form.blank_title));
        this.placeholders.push(letters(DRAFT_MARK));
        this.placeholders.retain(|text| !text.is_empty());
        this
    }

    fn push_table(&mut self, table: usize, data: &'static Table) {
        for (group, data) in data.groups.iter().enumerate() {
            let labels = spellings(data.label, data.also);
            self.groups
                .extend(labels.map(|label| (label, table, group)));
        }
        for (row, line) in data.rows.iter().enumerate() {
            let group = data.groups.iter().find(|group| group.key == line.group);
            let group = group.map_or(Cow::Borrowed(""), |group| letters(group.label));
            self.push_row(RowRef { table, row }, line, &group);
        }
        for (col, line) in data.cols.iter().enumerate() {
            let labels = spellings(line.label, line.also);
            self.cols.extend(labels.map(|label| (label, table, col)));
        }
        self.printed.extend(spellings(data.title, data.printed));
    }

    /// A row's spellings, each with and without its number, and behind the label of its
    /// group: a group's cell may run together with the row's.
    fn push_row(&mut self, at: RowRef, line: &'static Line, group: &str) {
        let own = letters(line.label);
        let number = own.strip_suffix(&*unnumbered(line.label));
        let number = number.unwrap_or_default();
        for text in std::iter::once(&line.label).chain(line.also) {
            let bare = unnumbered(text);
            let mut labels = vec![letters(text), [number, &bare].concat().into()];
            if !group.is_empty() {
                labels.push([group, number, &bare].concat().into());
                labels.push([group, &bare].concat().into());
            }
            self.rows
                .extend(labels.into_iter().map(|label| (label, at)));
            self.bare.push((bare, at));
        }
    }

    fn push_section(&mut self, text: TextId, section: &'static Section) {
        self.placeholders.push(letters(section.placeholder));
        let caption = letters(&section.caption()).into_owned();
        self.placeholders.push(caption.into());
        if section.ordinal.is_empty() {
            return;
        }
        self.titles.push((letters(section.title), text, true));
        let also = section.also.iter();
        self.titles
            .extend(also.map(|also| (letters(also), text, false)));
    }

    /// The form's tables as they are printed.
    pub(super) fn layouts(&self) -> &[Printed] {
        self.layouts.get_or_init(|| printed(self.form))
    }

    /// The row whose whole label a text is.
    pub(super) fn whole(&self, text: &str) -> Option<RowRef> {
        self.whole_folded(&letters(text))
    }

    fn whole_folded(&self, folded: &str) -> Option<RowRef> {
        only(named(&self.rows, folded, |label| label == folded))
    }

    /// The row that a label names.
    pub(super) fn row(&self, text: &str) -> Option<(RowRef, Sure)> {
        let folded = letters(text);
        if folded.is_empty() {
            return None;
        }
        if let Some(row) = self.whole_folded(&folded) {
            return Some((row, Sure::Label));
        }
        let bare = unnumbered(text);
        if let Some(row) = only(named(&self.bare, &bare, |label| label == bare)) {
            return Some((row, Sure::Bare));
        }
        // A label of any length with a remark in brackets behind it.
        let remark = text
            .char_indices()
            .skip(1)
            .find(|(_, c)| matches!(c, '(' | '（'));
        let before = remark.and_then(|(at, _)| self.whole_folded(&letters(&text[..at])));
        if let Some(row) = before.filter(|_| !self.prints(&folded)) {
            return Some((row, Sure::Near));
        }
        let marked = bare.len() < folded.len();
        let long = folded.chars().count() >= if marked { 2 } else { 4 };
        let starts = named(&self.rows, &folded, |label| label.starts_with(&*folded));
        if let Some(row) = only(starts).filter(|_| long) {
            return Some((row, Sure::Start));
        }
        if self.prints(&folded) {
            return None; // the label of something else
        }
        let near = self.without_remark(text);
        let near = near.or_else(|| self.near(&folded, &bare));
        near.map(|row| (row, Sure::Near))
    }

    /// The row whose whole label stands before a remark in brackets, however short.
    fn without_remark(&self, text: &str) -> Option<RowRef> {
        let (label, remark) = text.split_once(['（', '('])?;
        let is_remark = remark.trim_end().ends_with(['）', ')']);
        self.whole(label).filter(|_| is_remark)
    }

    /// The row whose label is the start of a longer text, or differs in few places.
    fn near(&self, folded: &str, bare: &str) -> Option<RowRef> {
        /// Characters below which too many labels are like a text.
        const LEAST: usize = 4;
        if folded.chars().count() < LEAST {
            return None;
        }
        let mut behind: Vec<&(Label, RowRef)> = self
            .rows
            .iter()
            .chain(&self.bare)
            .filter(|(label, _)| folded.starts_with(&**label) || bare.starts_with(&**label))
            .filter(|(label, _)| label.chars().count() >= LEAST)
            .collect();
        behind.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
        if let Some((_, row)) = behind.first() {
            return Some(*row);
        }
        let wanted = bare.chars().count();
        if !(5..=60).contains(&wanted) {
            return None;
        }
        let mut near: Vec<(usize, RowRef)> = self
            .bare
            .iter()
            .map(|(label, row)| (strsim::levenshtein(bare, label), *row))
            .collect();
        near.sort_by_key(|(differences, _)| *differences);
        let (best, row) = *near.first()?;
        let second = near.iter().find(|(_, other)| *other != row)?.0;
        (best <= wanted / 5 && second >= best + 2).then_some(row)
    }

    /// The row with whose whole label a text begins, if only numbers and their
    /// units stand behind it.
    pub(super) fn begins(&self, text: &str) -> Option<RowRef> {
        let folded = letters(text);
        let mut rows = self.rows.iter().filter(|(label, _)| {
            let rest = folded.strip_prefix(&**label).unwrap_or_default();
            rest.starts_with(|c: char| c.is_ascii_digit()) && number::are_counts(rest)
        });
        rows.next().map(|(_, at)| *at)
    }

    /// The column of a table that a head names.
    pub(super) fn col(&self, text: &str, table: usize) -> Option<usize> {
        let folded = letters(text);
        self.cols
            .iter()
            .find(|(label, of, _)| *of == table && *label == folded)
            .map(|(_, _, col)| *col)
    }

    /// Whether two texts name columns of one table.
    pub(super) fn are_cols(&self, one: &str, other: &str) -> bool {
        let (one, other) = (letters(one), letters(other));
        let mut tables = self.cols.iter().filter(|(label, ..)| *label == one);
        tables.any(|(_, table, _)| {
            let mut others = self.cols.iter().filter(|(label, ..)| *label == other);
            others.any(|(_, of, _)| of == table)
        })
    }

    /// The one column of a table whose head a text begins.
    pub(super) fn begins_col(&self, text: &str, table: usize) -> Option<usize> {
        let folded = letters(text);
        if let Some(col) = self.col(text, table) {
            return Some(col);
        }
        let mut cols = self
            .cols
            .iter()
            .filter(|(label, of, _)| *of == table && label.starts_with(&*folded))
            .map(|(_, _, col)| *col);
        let first = cols.next().filter(|_| folded.chars().count() > 1)?;
        cols.all(|col| col == first).then_some(first)
    }

    /// The group of rows that a label names.
    pub(super) fn group(&self, text: &str) -> Option<(usize, usize)> {
        let folded = letters(text);
        self.groups
            .iter()
            .find(|(label, ..)| *label == folded)
            .map(|(_, table, group)| (*table, *group))
    }

    /// Whether the form prints this, whole.
    pub(super) fn is_label(&self, text: &str) -> bool {
        let folded = letters(text);
        !folded.is_empty() && self.prints(&folded)
    }

    fn prints(&self, folded: &str) -> bool {
        let found = self
            .printed
            .binary_search_by(|label| by_length(label, folded));
        found.is_ok()
    }

    /// Whether this is the label of a row or a column.
    fn heads_line(&self, folded: &str) -> bool {
        let mut rows = named(&self.rows, folded, |label| label == folded);
        rows.next().is_some() || self.cols.iter().any(|(label, ..)| *label == folded)
    }

    /// Whether the form prints this, be it a piece of something longer.
    ///
    /// A year set into a label (`本年（2023）制发件数`) is not counted.
    pub(super) fn is_printed(&self, text: &str) -> bool {
        let folded = letters(text);
        let longest = self.printed.last().map_or(0, |label| label.len());
        if folded.len() > longest + "2023".len() {
            return false;
        }
        let has = |folded: &str| self.pieces.contains(folded);
        self.prints(&folded) || has(&folded) || {
            let undated: String = match folded.find("20") {
                Some(at) if folded[at..].bytes().take(4).all(|b| b.is_ascii_digit()) => {
                    let end = (at + 4).min(folded.len());
                    [&folded[..at], &folded[end..]].concat()
                }
                _ => return false,
            };
            has(&undated)
        }
    }

    /// Whether the blank form prints this where a text belongs.
    pub(super) fn is_placeholder(&self, text: &str) -> bool {
        self.placeholders.contains(&letters(text))
    }

    /// The section that a heading opens, by its words.
    pub(super) fn section(&self, text: &str) -> Option<TextId> {
        if text.len() < self.least_title {
            return None;
        }
        let mark = ordinal::mark(text);
        let kind = mark.map(|mark| mark.kind);
        if !matches!(kind, None | Some(MarkKind::Han | MarkKind::Part)) {
            return None;
        }
        let folded = mark.map_or_else(|| letters(text), |mark| letters(mark.rest));
        let numbered = kind.is_some();
        self.titles
            .iter()
            .find(|(title, _, official)| {
                // A short title without a number may be anything.
                *title == folded && (numbered || *official || folded.chars().count() >= 8)
            })
            .filter(|_| !self.is_label(text))
            .map(|(_, text, _)| *text)
    }

    /// How many columns behind its label a row's first cell is printed.
    pub(super) fn first_cell(&self, at: RowRef) -> Option<usize> {
        let rows = self.layouts().iter().flat_map(|layout| &layout.rows);
        let mut pairs = rows.flat_map(|row| row.windows(2));
        pairs.find_map(|pair| match (&pair[0].content, &pair[1].content) {
            (Content::Label(_), Content::Cell(cell)) => {
                let spot = self.form.spot(*cell);
                let is_its = (spot.table, spot.row, spot.col) == (at.table, at.row, 0);
                is_its.then(|| pair[1].at - pair[0].at)
            }
            _ => None,
        })
    }

    /// Whether a table's rows stand side by side in print.
    pub(super) fn is_one_row(&self, table: usize) -> bool {
        self.form.tables[table].layout == Layout::OneRow
    }
}

/// The form of which most labels of rows and columns stand there that no other form
/// prints.
///
/// Where none does, the one for the year in the title; else the newest.
fn form_of<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> &'static Form {
    let all: Vec<&Labels> = FORMS.iter().map(|form| Labels::of(form)).collect();
    let mut scores = vec![0; all.len()];
    // A number by itself is printed nowhere.
    let has_words = |text: &&str| {
        text.bytes()
            .any(|byte| !byte.is_ascii() || byte.is_ascii_alphabetic())
    };
    for text in texts.clone().filter(has_words) {
        let folded = letters(text);
        let mut prints = (0..all.len()).filter(|form| all[*form].prints(&folded));
        if let (Some(form), None) = (prints.next(), prints.next()) {
            scores[form] += usize::from(all[form].heads_line(&folded));
        }
    }
    let most = scores.iter().copied().max().unwrap_or(0);
    let mut best = (0..FORMS.len()).filter(|form| scores[*form] == most);
    if let (Some(best), None) = (best.next(), best.next()) {
        return FORMS[best];
    }
    let first: Vec<&str> = texts.take(TITLE_WITHIN).collect();
    head::find(&first)
        .and_then(|title| form::by_year(head::says(&title.text).1?))
        .unwrap_or_else(form::current)
}

/// Texts of unlike length, which most are, are told apart without a look at them.
fn by_length(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

/// The rows of sorted labels from `text` on for which something holds.
fn named<'a>(
    rows: &'a [(Label, RowRef)],
    text: &str,
    holds: impl Fn(&str) -> bool,
) -> impl Iterator<Item = &'a (Label, RowRef)> {
    let from = rows.partition_point(|(label, _)| &**label < text);
    rows[from..]
        .iter()
        .take_while(move |(label, _)| holds(label))
}

/// The one row that all matches name.
fn only<'a>(mut matches: impl Iterator<Item = &'a (Label, RowRef)>) -> Option<RowRef> {
    let (_, row) = matches.next()?;
    matches.all(|(_, other)| other == row).then_some(*row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;

    #[test]
    fn labels_are_recognised_with_their_quirks() {
        let labels = Labels::of(form::current());
        let cases = [
            ("1.属于国家秘密", "denied_state_secret", Sure::Label),
            ("１．属于 国家秘密", "denied_state_secret", Sure::Label),
            ("属于国家秘密", "denied_state_secret", Sure::Bare),
            ("2、属于国家秘密", "denied_state_secret", Sure::Bare),
            ("3.危", "denied_security_stability", Sure::Start),
            (
                "3.危及\"三安全一稳定\"",
                "denied_security_stability",
                Sure::Label,
            ),
            (
                "5.属于三类内容事务信息",
                "denied_internal_affairs",
                Sure::Label,
            ),
            ("6.属于四类过程性信自", "denied_deliberative", Sure::Near),
            ("行政许可（件）", "licensing", Sure::Near),
            ("其他", "other_misc", Sure::Bare),
            ("规章(设区的市应提供)", "rules", Sure::Near),
            ("规章（件）", "rules", Sure::Near),
            ("(七) 总计", "processed_total", Sure::Label),
            ("一、本年新收政府信息公开申请", "new_received", Sure::Start),
        ];
        for (text, key, sure) in cases {
            let (row, how) = labels.row(text).expect(text);
            let line = &labels.form.tables[row.table].rows[row.row];
            assert_eq!((line.key, how), (key, sure), "{text}");
        }
        for text in ["属于", "一、总体情况", "申请人情况", "9", "", "1."] {
            assert_eq!(labels.row(text).map(|found| found.1), None, "{text}");
        }
    }

    #[test]
    fn the_form_is_told_by_labels_that_only_it_prints_then_by_the_year() {
        let key = |texts: &[&str]| form_of(texts.iter().copied()).key;
        assert_eq!(key(&[]), "2021");
        assert_eq!(key(&["规章", "本年新 制作数量"]), "2019");
        assert_eq!(key(&["规范性文件", "其他对外管理服务事项"]), "2019");
        // A report of 2021 may print its group （六） as one row.
        assert_eq!(key(&["行政规范性文件", "（六）其他处理"]), "2021");
        assert_eq!(key(&["本年制发件数", "（六）其他处理"]), "2021");
        assert_eq!(
            key(&["某局2020年政府信息公开工作年度报告", "自然人"]),
            "2019"
        );
        assert_eq!(
            key(&["某局2020年政府信息公开工作年度报告", "3.其他"]),
            "2021"
        );
    }

    #[test]
    fn headings_of_sections_are_no_labels_of_rows() {
        let labels = Labels::of(form::current());
        let key = |text: &str| {
            labels
                .section(text)
                .map(|section| labels.form.section(section).key)
        };
        assert_eq!(key("二、主动公开政府信息情况"), Some("s2"));
        assert_eq!(key("主动公开政府信息情况"), Some("s2"));
        assert_eq!(key("五、存在问题及改进情况"), Some("s5"));
        assert_eq!(key("四、结转下年度继续办理"), None);
        assert_eq!(key("三、本年度办理结果"), None);
        assert_eq!(key("（二）依申请公开情况"), None);
        assert_eq!(key("基本情况"), None);
    }
}
