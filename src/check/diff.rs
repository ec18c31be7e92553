//! Two reports side by side: what differs, and what could not be compared.
//!
//! The first is the older one: last year's, or an earlier version. Reports on two forms
//! are compared on the newer of them.
//!
//! **Never:** judges a report; calls equal what was not read or has no partner.
//! Next: `beside` for the rules of two years.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices_by_key};

use super::beside::far_cells;
use super::profile::Profile;
use crate::base::place;
use crate::base::sentence;
use crate::base::words::{Message, Words, words};
use crate::form::{CellId, FORMS, Form, TextId};
use crate::model::{HeadField, Report};

/// Sentences beyond which those of two texts are paired in order.
const MOST_SENTENCES: usize = 5000;
/// Pairs of sentences beyond which nobody looks which are alike.
const MOST_PAIRS: usize = 1600;
/// Pairs of characters of a sentence that are looked at.
const MOST_TWOS: usize = 200;
/// Percent in common from which two sentences may be two wordings of one.
const ALIKE: usize = 40;

const UNREAD: Words = words(
    "【{name}】没有读出来，没有比",
    "\"{name}\" was not read and not compared",
);
const NO_PARTNER: Words = words(
    "【{name}】在对方的格式里没有对应，没有比",
    "\"{name}\" has no partner in the other form and was not compared",
);
const PIECE: Words = words(
    "{place} 有内容没有找到位置，没有比：{text}",
    "{place}: found no place and was not compared: {text}",
);

/// Something that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Where.
    pub place: Place,
    /// What stood there; empty where nothing did.
    pub old: String,
    /// What stands there now; empty where nothing does.
    pub new: String,
}

/// Where something changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A cell.
    Cell(CellId),
    /// A sentence: its text, and the byte at which it begins now.
    Text(TextId, usize),
    /// A field of the head.
    Head(HeadField),
    /// A heading.
    Heading(Option<TextId>),
    /// An explanation, by its rule and site.
    Remark(String),
    /// A question kept for the return note, by its site.
    Question(String),
}

/// One of the two reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The first.
    Old,
    /// The second.
    New,
}

impl Side {
    /// Its name in output.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Side::Old => "old",
            Side::New => "new",
        }
    }
}

/// Something of one report that was held against nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alone {
    /// Whose.
    pub side: Side,
    /// The path of the cell or row, or its place in the source.
    pub site: String,
    /// What it is.
    pub message: Message,
}

/// How much of a text stands in the other report, word for word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Characters of the sentences that do, blanks left out.
    pub same: usize,
    /// Characters in all.
    pub all: usize,
}

impl Share {
    /// In whole percent, rounded down: 100 is all of it. None without a text.
    #[must_use]
    pub fn percent(self) -> Option<usize> {
        (self.all > 0).then(|| self.same * 100 / self.all)
    }
}

/// Two reports side by side.
#[derive(Clone, Debug)]
pub struct Diff {
    /// The form on which they were compared.
    pub form: &'static Form,
    /// What differs, in the order of the report.
    pub changes: Vec<Changed>,
    /// Cells that are far from what they were, by the limits of the profile.
    pub far: Vec<CellId>,
    /// Every text of the second report that says something, and how much of it the first
    /// says in the same words.
    pub same: Vec<(TextId, Share)>,
    /// What was not compared.
    pub alone: Vec<Alone>,
}

impl Diff {
    /// Of two reports.
    #[must_use]
    pub fn of(old: &Report, new: &Report, profile: &Profile) -> Self {
        let mut alone = Vec::new();
        let [old, new] = on_one_form(old, new, &mut alone);
        let form = new.form();
        let mut changes = between(&old, &new);
        changes.retain(|changed| match changed.place {
            Place::Cell(cell) => [&old, &new].iter().all(|report| is_known(report, cell)),
            _ => true,
        });
        let mut far = far_cells(&new, &old, profile);
        // A number beside a blank is no jump: one of them may not be typed yet.
        far.retain(|cell| {
            [&old, &new]
                .iter()
                .all(|report| report.cell(*cell).value().is_some())
        });
        Diff {
            form,
            far,
            same: shares(&old, &new),
            changes,
            alone,
        }
    }

    /// Whether both say the same, and all of it was compared.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.changes.is_empty() && self.alone.is_empty()
    }

    /// The share of all texts.
    #[must_use]
    pub fn share(&self) -> Share {
        self.same
            .iter()
            .fold(Share::default(), |sum, (_, share)| Share {
                same: sum.same + share.same,
                all: sum.all + share.all,
            })
    }
}

/// The newer of two forms.
fn newer(one: &'static Form, other: &'static Form) -> &'static Form {
    let mut known = FORMS.iter().copied();
    known
        .find(|form| *form == one || *form == other)
        .unwrap_or(one)
}

/// Two reports on the newer of their forms; what was not read, or has no place there, is
/// added to `alone`.
#[must_use]
pub fn on_one_form<'a>(
    old: &'a Report,
    new: &'a Report,
    alone: &mut Vec<Alone>,
) -> [Cow<'a, Report>; 2] {
    let form = newer(old.form(), new.form());
    let old = on(old, form, Side::Old, alone);
    [old, on(new, form, Side::New, alone)]
}

/// A report on a form; what was not read of it, or has no place there, is named.
fn on<'a>(
    report: &'a Report,
    form: &'static Form,
    side: Side,
    alone: &mut Vec<Alone>,
) -> Cow<'a, Report> {
    let mut tell = |site: String, message| {
        alone.push(Alone {
            side,
            site,
            message,
        });
    };
    let own = report.form();
    for unread in report.unread() {
        let section = own
            .sections
            .iter()
            .find(|section| section.tables == unread.prefix);
        let name = section.map_or(Words::same(unread.prefix), |section| section.name);
        tell(
            unread.prefix.to_owned(),
            UNREAD.with(vec![("name", name.into())]),
        );
    }
    for (table, row) in report.lost() {
        let table = &own.tables[table];
        let row = &table.rows[row];
        let path = format!("{}.{}", table.prefix, row.key);
        tell(path, UNREAD.with(vec![("name", row.name.into())]));
    }
    for piece in report.unplaced() {
        let args = vec![
            ("place", place::said(&piece.place)),
            ("text", piece.text.as_str().into()),
        ];
        tell(piece.place.to_string(), PIECE.with(args));
    }
    if own == form {
        return Cow::Borrowed(report);
    }
    let remapped = report.remapped(form);
    for note in &remapped.notes {
        tell(note.place.to_string(), note.message.clone());
    }
    let compared = remapped.into_compared(own);
    for (table, row) in compared.lost() {
        let table = &form.tables[table];
        let row = &table.rows[row];
        if own.row(table.prefix, row.key).is_none() {
            let path = format!("{}.{}", table.prefix, row.key);
            tell(path, NO_PARTNER.with(vec![("name", row.name.into())]));
        }
    }
    Cow::Owned(compared)
}

/// Whether a report says something of a cell, be it that it is blank.
#[must_use]
pub fn is_known(report: &Report, cell: CellId) -> bool {
    let spot = report.form().spot(cell);
    let prefix = report.form().tables[spot.table].prefix;
    let is_lost = report.lost().any(|row| row == (spot.table, spot.row));
    !is_lost && !report.unread().any(|unread| unread.prefix == prefix)
}

/// How much of the second report's texts stands in the first, wherever there.
fn shares(old: &Report, new: &Report) -> Vec<(TextId, Share)> {
    let plain =
        |sentence: &str| -> String { sentence.chars().filter(|c| !c.is_whitespace()).collect() };
    let mut known: HashMap<String, usize> = HashMap::new();
    for text in old.form().texts() {
        for (_, sentence) in sentence::sentences(old.text(text)) {
            *known.entry(plain(sentence)).or_default() += 1;
        }
    }
    let mut share = |text: TextId| {
        let mut share = Share::default();
        for (_, sentence) in sentence::sentences(new.text(text)) {
            let sentence = plain(sentence);
            let length = sentence.chars().count();
            share.all += length;
            if let Some(left) = known.get_mut(&sentence).filter(|left| **left > 0) {
                *left -= 1;
                share.same += length;
            }
        }
        share
    };
    let all = new.form().texts().map(|text| (text, share(text)));
    all.filter(|(_, share)| share.all > 0).collect()
}

/// What differs between two reports on one form, in the order of the report.
#[must_use]
pub fn between(old: &Report, new: &Report) -> Vec<Changed> {
    let form = new.form();
    let mut out = Vec::new();
    let mut put = |place, old: &str, new: &str| {
        out.push(Changed {
            place,
            old: old.to_owned(),
            new: new.to_owned(),
        });
    };
    for field in HeadField::ALL {
        let (before, now) = (old.head().get(field), new.head().get(field));
        if before != now {
            put(Place::Head(field), &before, &now);
        }
    }
    let texts = |report: &Report| -> Vec<(Option<TextId>, String)> {
        let headings = report.headings().iter();
        headings.map(|h| (h.section, h.text.clone())).collect()
    };
    listed(&texts(old), &texts(new), |at| Place::Heading(*at), &mut put);
    for text in form.texts() {
        for (at, before, now) in sentences(old.text(text), new.text(text)) {
            put(Place::Text(text, at), before, now);
        }
    }
    for cell in form.cells() {
        let (before, now) = (old.cell(cell).text(), new.cell(cell).text());
        if before != now {
            put(Place::Cell(cell), &before, &now);
        }
    }
    let remarks = |report: &Report| -> Vec<(String, String)> {
        let remarks = report.remarks().iter();
        remarks
            .map(|r| (format!("{} {}", r.rule, r.site), r.text.clone()))
            .collect()
    };
    listed(
        &remarks(old),
        &remarks(new),
        |at| Place::Remark(at.clone()),
        &mut put,
    );
    let questions = |report: &Report| -> Vec<(String, String)> {
        let questions = report.questions().iter();
        questions
            .map(|q| (q.site.clone(), q.text.clone()))
            .collect()
    };
    listed(
        &questions(old),
        &questions(new),
        |at| Place::Question(at.clone()),
        &mut put,
    );
    out
}

/// Named texts: those whose name is on both sides are held against each other, the first
/// with the first, the second with the second.
fn listed<K: PartialEq + Clone>(
    old: &[(K, String)],
    new: &[(K, String)],
    place: impl Fn(&K) -> Place,
    put: &mut impl FnMut(Place, &str, &str),
) {
    let mut left: Vec<&(K, String)> = old.iter().collect();
    for (key, now) in new {
        let before = left.iter().position(|(other, _)| other == key);
        let before = before.map_or("", |at| left.remove(at).1.as_str());
        if before != now {
            put(place(key), before, now);
        }
    }
    for (key, before) in left {
        put(place(key), before, "");
    }
}

/// Sentences that differ: the byte at which they stand now, as they were, as they are.
#[must_use]
pub fn sentences<'a>(old: &'a str, new: &'a str) -> Vec<(usize, &'a str, &'a str)> {
    if old == new {
        return Vec::new();
    }
    let mut found = aligned(old, new);
    found.retain(|(_, was, is)| was != is);
    found
}

/// All sentences of two texts side by side, those that are equal too.
#[must_use]
pub fn aligned<'a>(old: &'a str, new: &'a str) -> Vec<(usize, &'a str, &'a str)> {
    let old: Vec<_> = sentence::sentences(old).collect();
    let new: Vec<_> = sentence::sentences(new).collect();
    let mut out = Vec::new();
    for step in steps(&old, &new) {
        let (tag, gone, come) = step.as_tag_tuple();
        if tag == DiffTag::Equal {
            let pairs = old[gone].iter().zip(&new[come]);
            out.extend(pairs.map(|((_, was), (at, is))| (*at, *was, *is)));
            continue;
        }
        let (before, now) = (&old[gone], &new[come.clone()]);
        let mut put = |was: Option<&Spot<'a>>, at: usize, end: usize| {
            let is = now[..end].get(at);
            let place = is.or(new.get(come.start + end)).or(new.last());
            out.push((
                place.map_or(0, |(start, _)| *start),
                was.map_or("", |(_, text)| text),
                is.map_or("", |(_, text)| text),
            ));
        };
        // What stands between two that are alike is paired in order.
        let (mut from, mut to) = (0, 0);
        let ends = (before.len(), now.len());
        for (was, is) in alike(before, now).into_iter().chain([ends]) {
            for at in 0..(was - from).max(is - to) {
                put(before[..was].get(from + at), to + at, is);
            }
            if was < before.len() {
                put(before.get(was), is, is + 1);
            }
            (from, to) = (was + 1, is + 1);
        }
    }
    out
}

/// A sentence and the byte at which it begins.
type Spot<'a> = (usize, &'a str);

/// Sentences that are most likely two wordings of one, by their indices and in order.
fn alike(old: &[Spot], new: &[Spot]) -> Vec<(usize, usize)> {
    let (rows, cols) = (old.len(), new.len());
    if rows.saturating_mul(cols) > MOST_PAIRS {
        return Vec::new();
    }
    let [old, new] =
        [old, new].map(|all| all.iter().map(|(_, text)| twos(text)).collect::<Vec<_>>());
    let shares: Vec<Vec<usize>> = old
        .iter()
        .map(|one| new.iter().map(|other| share_of(one, other)).collect())
        .collect();
    // The best that can be had from here on.
    let mut best = vec![vec![0; cols + 1]; rows + 1];
    for row in (0..rows).rev() {
        for col in (0..cols).rev() {
            let both = match shares[row][col] {
                share if share >= ALIKE => share + best[row + 1][col + 1],
                _ => 0,
            };
            best[row][col] = both.max(best[row + 1][col]).max(best[row][col + 1]);
        }
    }
    let (mut row, mut col) = (0, 0);
    let mut pairs = Vec::new();
    while row < rows && col < cols {
        let share = shares[row][col];
        if share >= ALIKE && best[row][col] == share + best[row + 1][col + 1] {
            pairs.push((row, col));
            (row, col) = (row + 1, col + 1);
        } else if best[row][col] == best[row + 1][col] {
            row += 1;
        } else {
            col += 1;
        }
    }
    pairs
}

/// The pairs of neighbouring characters in a sentence, sorted.
fn twos(text: &str) -> Vec<(char, char)> {
    let mut twos: Vec<(char, char)> = text
        .chars()
        .zip(text.chars().skip(1))
        .take(MOST_TWOS)
        .collect();
    twos.sort_unstable();
    twos
}

/// How much two sorted lists have in common, in percent of both.
fn share_of(one: &[(char, char)], other: &[(char, char)]) -> usize {
    let (mut at, mut to, mut both) = (0, 0, 0);
    while let (Some(here), Some(there)) = (one.get(at), other.get(to)) {
        both += usize::from(here == there);
        (at, to) = (
            at + usize::from(here <= there),
            to + usize::from(there <= here),
        );
    }
    both * 200 / (one.len() + other.len()).max(1)
}

/// What leads from one list of sentences to another.
fn steps(old: &[Spot], new: &[Spot]) -> Vec<DiffOp> {
    if old.len().max(new.len()) > MOST_SENTENCES {
        return vec![DiffOp::Replace {
            old_index: 0,
            old_len: old.len(),
            new_index: 0,
            new_len: new.len(),
        }];
    }
    capture_diff_slices_by_key(Algorithm::Patience, old, new, |(_, text)| *text)
}

/// Most pieces of a sentence that are held against each other one by one.
const MOST_PIECES: usize = 400;
/// Bytes that two changes must have between them to be told apart: two characters.
const APART: usize = 6;

/// What changed inside a sentence: bytes of its old wording and of its new one. A number
/// or a word in letters changes as a whole.
#[must_use]
pub fn inside(old: &str, new: &str) -> [Vec<Range<usize>>; 2] {
    let (before, now) = (pieces(old), pieces(new));
    let first = before.iter().zip(&now).take_while(|(a, b)| a.1 == b.1);
    let first = first.count();
    let rest = before[first..].iter().rev().zip(now[first..].iter().rev());
    let last = rest.take_while(|(a, b)| a.1 == b.1).count();
    let before = &before[first..before.len() - last];
    let now = &now[first..now.len() - last];
    if before.len().max(now.len()) > MOST_PIECES {
        let whole = |pieces: &[Spot]| joined(pieces).into_iter().collect();
        return [whole(before), whole(now)];
    }
    let mut found = [Vec::new(), Vec::new()];
    let steps = capture_diff_slices_by_key(Algorithm::Myers, before, now, |(_, text)| *text);
    for step in steps {
        let (tag, gone, come) = step.as_tag_tuple();
        if tag != DiffTag::Equal {
            put(&mut found[0], joined(&before[gone]));
            put(&mut found[1], joined(&now[come]));
        }
    }
    found
}

/// A sentence in pieces: numbers, words in letters, other characters one by one.
fn pieces(text: &str) -> Vec<Spot<'_>> {
    let mut pieces: Vec<Spot<'_>> = Vec::new();
    let mut runs = false;
    for (at, c) in text.char_indices() {
        let is_run = c.is_ascii_alphanumeric() || c == '.';
        match pieces.last_mut() {
            Some((start, piece)) if is_run && runs => *piece = &text[*start..=at],
            _ => pieces.push((at, &text[at..at + c.len_utf8()])),
        }
        runs = is_run;
    }
    pieces
}

/// The bytes of neighbouring pieces; None of none.
fn joined(pieces: &[Spot]) -> Option<Range<usize>> {
    let ((start, _), (last, text)) = (pieces.first()?, pieces.last()?);
    Some(*start..last + text.len())
}

/// Adds a range after others; what stands close to the one before becomes one with it.
fn put(ranges: &mut Vec<Range<usize>>, range: Option<Range<usize>>) {
    let Some(range) = range else { return };
    match ranges.last_mut() {
        Some(last) if range.start < last.end + APART => last.end = range.end,
        _ => ranges.push(range),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_inside_a_sentence_is_told_by_numbers_and_characters() {
        let told = |old: &str, new: &str| {
            let [before, now] = inside(old, new);
            let text = |text: &str, ranges: Vec<Range<usize>>| -> Vec<String> {
                ranges.into_iter().map(|r| text[r].to_owned()).collect()
            };
            [text(old, before), text(new, now)]
        };
        assert_eq!(told("全年受理41件。", "全年受理47件。"), [["41"], ["47"]]);
        let told_apart = told("受理41件，办结40件。", "受理41件，全部办结。");
        assert_eq!(told_apart, [["40件"], ["全部"]]);
        assert_eq!(told("甲。", "甲。").concat().len(), 0);
        assert_eq!(told("", "新的一句。"), [vec![], vec!["新的一句。"]]);
        let long = |c: char| c.to_string().repeat(60_000);
        assert_eq!(told(&long('甲'), &long('乙')).concat().len(), 2);
    }

    #[test]
    fn all_sentences_stand_side_by_side_the_equal_ones_too() {
        assert_eq!(
            aligned("甲。乙。", "甲。丙。乙。"),
            [(0, "甲。", "甲。"), (6, "", "丙。"), (12, "乙。", "乙。")]
        );
    }

    #[test]
    fn sentences_are_held_against_each_other() {
        let old = "甲有 9 件。乙有 2 件。丙。\n丁。";
        let new = "甲有 8 件。乙有 2 件。新的一句。丙。\n丁。";
        assert_eq!(
            sentences(old, new),
            [
                (0, "甲有 9 件。", "甲有 8 件。"),
                (new.find("新").expect("there"), "", "新的一句。"),
            ]
        );
        assert_eq!(sentences("甲。乙。", "甲。"), [(0, "乙。", "")]);
        assert!(sentences("甲。", "甲。").is_empty());
        assert_eq!(sentences("", "甲。").len(), 1);
    }

    #[test]
    fn two_wordings_of_one_sentence_are_paired_past_what_was_put_between() {
        let old = "取得一定成效。如公开内容不够深。针对存在问题，下一步抓好工作。加强业务培训。";
        let new =
            "取得较好成绩。针对存在问题，2025年抓好工作。汇总典型案例。加强业务培训，跟班学习。";
        let at = |text| new.find(text).expect("there");
        assert_eq!(
            sentences(old, new),
            [
                (0, "取得一定成效。", "取得较好成绩。"),
                (at("针对"), "如公开内容不够深。", ""),
                (
                    at("针对"),
                    "针对存在问题，下一步抓好工作。",
                    "针对存在问题，2025年抓好工作。"
                ),
                (at("汇总"), "", "汇总典型案例。"),
                (at("加强"), "加强业务培训。", "加强业务培训，跟班学习。"),
            ]
        );
        assert_eq!(alike(&[], &[]), []);
    }

    #[test]
    fn a_text_of_many_sentences_is_compared_in_bounded_time() {
        let numbered = |from: usize| {
            let sentences: Vec<String> = (from..from + 5000).map(|n| n.to_string()).collect();
            sentences.join("。")
        };
        let (old, new) = (numbered(0), numbered(1));
        assert!(!sentences(&old, &new).is_empty());
    }

    #[test]
    fn headings_of_one_name_are_held_against_each_other_in_order() {
        let old = [(None, "甲".to_owned()), (None, "乙".to_owned())];
        let mut found = Vec::new();
        let mut put = |_: Place, old: &str, new: &str| found.push(format!("{old}>{new}"));
        listed(
            &old,
            &old,
            |key: &Option<TextId>| Place::Heading(*key),
            &mut put,
        );
        listed(&old, &old[..1], |key| Place::Heading(*key), &mut put);
        assert_eq!(found, ["乙>"]);
    }
}
