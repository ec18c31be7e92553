//! Two reports that grew out of one, made one again: by cell, field, sentence.
//!
//! What only one side changed is taken from there; what both changed to the same is the
//! same; what both changed otherwise is a conflict, which a person decides. Texts are
//! merged by their sentences, headings as a whole; explanations and questions of both
//! sides stand side by side.
//!
//! **Never:** decides a conflict; changes a report (it only *builds* a transaction).
//! Next: `transaction`, which it ends in.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::report::{HeadField, Heading, Question, Remark, Report};
use super::{Cell, Transaction};
use crate::base::words::words;
use crate::form::{CellId, TextId};

/// Texts of more sentences are merged as wholes: comparing takes the square of them.
const MOST_SENTENCES: usize = 2000;

/// What was changed on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where.
    pub at: At,
    /// As it is here.
    pub mine: String,
    /// As it is there.
    pub theirs: String,
}

/// A place that is merged as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// A cell.
    Cell(CellId),
    /// A field of the head.
    Head(HeadField),
    /// Sentences of a text, with the byte at which they stand here.
    Text(TextId, usize),
    /// All headings.
    Headings,
}

/// A choice between the two sides of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What is here.
    Mine,
    /// What is there.
    Theirs,
}

/// What a merge takes over without asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Cells.
    pub cells: usize,
    /// Sentences, fields of the head and the like.
    pub others: usize,
}

/// A part of a merged text.
#[derive(Clone, Debug)]
enum Piece {
    Settled(String),
    /// The number of its conflict.
    Open(usize),
}

/// Two reports of one form that grew out of a third.
#[derive(Clone, Debug)]
pub struct Merge {
    mine: Report,
    theirs: Report,
    /// What was changed on both sides, in the order of the report.
    pub conflicts: Vec<Conflict>,
    /// What is taken from the other side.
    pub taken: Taken,
    cells: Vec<(CellId, Cell)>,
    head: Vec<(HeadField, String)>,
    texts: Vec<(TextId, Vec<Piece>)>,
    headings: Option<Vec<Heading>>,
    remarks: Option<Vec<Remark>>,
    questions: Option<Vec<Question>>,
}

/// What becomes of one value.
enum Verdict {
    Mine,
    Theirs,
    Both,
}

fn verdict<T: PartialEq>(base: &T, mine: &T, theirs: &T) -> Verdict {
    if mine == theirs || theirs == base {
        Verdict::Mine
    } else if mine == base {
        Verdict::Theirs
    } else {
        Verdict::Both
    }
}

impl Merge {
    /// Of what is here and what is there, which both grew out of `base`; None where they
    /// are not on one form.
    #[must_use]
    pub fn of(base: &Report, mine: &Report, theirs: &Report) -> Option<Self> {
        let form = base.form();
        if mine.form() != form || theirs.form() != form {
            return None;
        }
        let mut this = Merge {
            mine: mine.clone(),
            theirs: theirs.clone(),
            conflicts: Vec::new(),
            taken: Taken::default(),
            cells: Vec::new(),
            head: Vec::new(),
            texts: Vec::new(),
            headings: None,
            remarks: None,
            questions: None,
        };
        for field in HeadField::ALL {
            let [was, own, other] = [base, mine, theirs].map(|report| report.head().get(field));
            match verdict(&was, &own, &other) {
                Verdict::Mine => {}
                Verdict::Theirs => {
                    this.taken.others += 1;
                    this.head.push((field, other));
                }
                Verdict::Both => this.clash(At::Head(field), own, other),
            }
        }
        let [was, own, other] = [base, mine, theirs].map(Report::headings);
        match verdict(&was, &own, &other) {
            Verdict::Mine => {}
            Verdict::Theirs => {
                this.taken.others += 1;
                this.headings = Some(other.to_vec());
            }
            Verdict::Both => {
                let all = |headings: &[Heading]| -> String {
                    let texts: Vec<&str> = headings.iter().map(|one| &*one.text).collect();
                    texts.join("；")
                };
                this.clash(At::Headings, all(own), all(other));
            }
        }
        for text in form.texts() {
            let [was, own, other] = [base, mine, theirs].map(|report| report.text(text));
            this.text(text, was, own, other);
        }
        for cell in form.cells() {
            // Amounts are equal by value; what is written counts here.
            let [was, own, other] = [base, mine, theirs].map(|report| report.cell(cell).text());
            match verdict(&was, &own, &other) {
                Verdict::Mine => {}
                Verdict::Theirs => {
                    this.taken.cells += 1;
                    this.cells.push((cell, theirs.cell(cell).clone()));
                }
                Verdict::Both => {
                    this.clash(At::Cell(cell), own.into_owned(), other.into_owned());
                }
            }
        }
        this.remarks = union(base.remarks(), mine.remarks(), theirs.remarks());
        this.questions = union(base.questions(), mine.questions(), theirs.questions());
        this.taken.others += usize::from(this.remarks.is_some());
        this.taken.others += usize::from(this.questions.is_some());
        Some(this)
    }

    fn clash(&mut self, at: At, mine: String, theirs: String) {
        self.conflicts.push(Conflict { at, mine, theirs });
    }

    fn text(&mut self, text: TextId, base: &str, mine: &str, theirs: &str) {
        match verdict(&base, &mine, &theirs) {
            Verdict::Mine => return,
            Verdict::Theirs => {
                self.taken.others += 1;
                self.texts
                    .push((text, vec![Piece::Settled(theirs.to_owned())]));
                return;
            }
            Verdict::Both => {}
        }
        let mut pieces = Vec::new();
        let mut at = 0;
        for Chunk { was, own, other } in chunks(base, mine, theirs) {
            match verdict(&was, &own, &other) {
                Verdict::Mine => pieces.push(Piece::Settled(own.clone())),
                Verdict::Theirs => {
                    self.taken.others += 1;
                    pieces.push(Piece::Settled(other));
                }
                Verdict::Both => {
                    pieces.push(Piece::Open(self.conflicts.len()));
                    self.clash(At::Text(text, at), own.clone(), other);
                }
            }
            at += own.len();
        }
        self.texts.push((text, pieces));
    }

    /// The step that makes of what is here what both made: a side for each conflict, in
    /// their order; what lacks a side stays as it is here.
    #[must_use]
    pub fn step(&self, sides: &[Side]) -> Transaction {
        let mine = &self.mine;
        let mut step =
            Transaction::new(words("合并别处的改动", "merge the changes made elsewhere"));
        let is_theirs = |at: usize| sides.get(at) == Some(&Side::Theirs);
        let chosen = self.conflicts.iter().enumerate();
        let chosen: Vec<At> = chosen
            .filter(|(at, _)| is_theirs(*at))
            .map(|(_, conflict)| conflict.at)
            .collect();
        for (cell, to) in &self.cells {
            step = step.cell(mine, *cell, to.clone());
        }
        for at in &chosen {
            if let At::Cell(cell) = at {
                step = step.cell(mine, *cell, self.theirs.cell(*cell).clone());
            }
        }
        for (text, pieces) in &self.texts {
            let piece = |piece: &Piece| match piece {
                Piece::Settled(text) => text.clone(),
                Piece::Open(at) if is_theirs(*at) => self.conflicts[*at].theirs.clone(),
                Piece::Open(at) => self.conflicts[*at].mine.clone(),
            };
            let whole: String = pieces.iter().map(piece).collect();
            step = step.splice(mine, *text, 0..mine.text(*text).len(), &whole);
        }
        for (field, to) in &self.head {
            step = step.head(mine, *field, to);
        }
        for at in &chosen {
            if let At::Head(field) = at {
                step = step.head(mine, *field, &self.theirs.head().get(*field));
            }
        }
        let is_chosen = chosen.contains(&At::Headings);
        let headings = is_chosen.then(|| self.theirs.headings().to_vec());
        if let Some(to) = self.headings.clone().or(headings) {
            step = whole(step, mine.headings(), &to, Transaction::heading);
        }
        if let Some(to) = &self.remarks {
            step = whole(step, mine.remarks(), to, Transaction::remark);
        }
        if let Some(to) = &self.questions {
            step = whole(step, mine.questions(), to, Transaction::question);
        }
        step
    }
}

/// A list without what either side took out, and with what either put in; None where
/// that is what is here.
fn union<T: PartialEq + Clone>(base: &[T], mine: &[T], theirs: &[T]) -> Option<Vec<T>> {
    let kept = mine
        .iter()
        .filter(|one| !base.contains(one) || theirs.contains(one));
    let come = theirs
        .iter()
        .filter(|one| !base.contains(one) && !mine.contains(one));
    let all: Vec<T> = kept.chain(come).cloned().collect();
    (all != mine).then_some(all)
}

/// A list in the place of another one.
fn whole<T: Clone>(
    mut step: Transaction,
    from: &[T],
    to: &[T],
    put: fn(Transaction, usize, Option<T>, Option<T>) -> Transaction,
) -> Transaction {
    for (at, gone) in from.iter().enumerate().rev() {
        step = put(step, at, Some(gone.clone()), None);
    }
    for (at, come) in to.iter().enumerate() {
        step = put(step, at, None, Some(come.clone()));
    }
    step
}

/// A run of sentences of the common ancestor, with what became of it on either side.
struct Chunk {
    was: String,
    own: String,
    other: String,
}

/// The sentences of a text with all that stands between them: joined they are the text.
fn pieces(text: &str) -> Vec<&str> {
    text.split_inclusive(['。', '；', '！', '？', '\n'])
        .collect()
}

/// Three texts cut where a sentence of the ancestor stands in both others.
fn chunks(base: &str, mine: &str, theirs: &str) -> Vec<Chunk> {
    let [base, mine, theirs] = [base, mine, theirs].map(pieces);
    let (own, other) = (partners(&base, &mine), partners(&base, &theirs));
    let mut out = Vec::new();
    let mut from = [0; 3];
    let mut put = |from: [usize; 3], to: [usize; 3]| {
        let text = |all: &[&str], at: usize| all[from[at]..to[at]].concat();
        let (was, own, other) = (text(&base, 0), text(&mine, 1), text(&theirs, 2));
        if !(was.is_empty() && own.is_empty() && other.is_empty()) {
            out.push(Chunk { was, own, other });
        }
    };
    for at in 0..base.len() {
        let (Some(one), Some(two)) = (own[at], other[at]) else {
            continue;
        };
        put(from, [at, one, two]);
        put([at, one, two], [at + 1, one + 1, two + 1]);
        from = [at + 1, one + 1, two + 1];
    }
    put(from, [base.len(), mine.len(), theirs.len()]);
    out
}

/// For each sentence of the ancestor the one of the other text that it is still.
fn partners(base: &[&str], other: &[&str]) -> Vec<Option<usize>> {
    let mut partners = vec![None; base.len()];
    if base.len().max(other.len()) > MOST_SENTENCES {
        return partners;
    }
    for op in capture_diff_slices(Algorithm::Patience, base, other) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            for at in 0..len {
                partners[old_index + at] = Some(new_index + at);
            }
        }
    }
    partners
}
