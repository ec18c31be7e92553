//! How a unit stands: 未报送, 读不全, 待退回, 已退回, 待复核, 合格.
//!
//! A state is never kept: it follows from the files, what was found in them, and what the
//! list remembers. A pass and a return are of one content; another one is looked at anew.
//!
//! **Never:** calls passed what somebody changed since.
//! Next: `paper::listing` and the folder page, which say it.

use std::path::Path;

use super::{Content, Day, FileOf, List, Return, Unit, named};
use crate::base::words::{Arg, Message, Words, words};
use crate::check::{About, Problem, ProblemId, Severity};

/// How a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// There is no file of it.
    Missing,
    /// Its file could not be read, or not all of it.
    Unread,
    /// There are errors in it, it is of another year, or it is open which file counts.
    ToReturn,
    /// It was sent back and nothing came since.
    Returned,
    /// Nothing stands against it; somebody has to look at it.
    ToReview,
    /// Somebody passed it.
    Passed,
}

impl State {
    /// All states.
    pub const ALL: [State; 6] = [
        State::Missing,
        State::Unread,
        State::ToReturn,
        State::Returned,
        State::ToReview,
        State::Passed,
    ];

    /// Its name for programs.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            State::Missing => "missing",
            State::Unread => "unread",
            State::ToReturn => "to_return",
            State::Returned => "returned",
            State::ToReview => "to_review",
            State::Passed => "passed",
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> Words {
        match self {
            State::Missing => words("未报送", "not sent"),
            State::Unread => words("读不全", "not read"),
            State::ToReturn => words("待退回", "to return"),
            State::Returned => words("已退回", "returned"),
            State::ToReview => words("待复核", "to review"),
            State::Passed => words("合格", "passed"),
        }
    }
}

/// How a unit stands, with what it follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How it stands.
    pub state: State,
    /// How often it was sent back.
    pub returns: usize,
    /// What became of the faults that were named the last time, if another file came.
    pub since: Option<Since>,
    /// Why it was passed although there are errors in it; else empty.
    pub reason: String,
    /// It was passed, and its file changed since.
    pub changed: bool,
    /// Days until it is due, where it is missing; negative: late.
    pub left: Option<i64>,
}

/// What became of the faults of a return note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// They are gone.
    pub mended: usize,
    /// They are still there, whether with the same numbers or others.
    pub open: usize,
    /// There were none such.
    pub new: usize,
}

impl Since {
    /// What became of the faults of a note, by fault and not by count.
    #[must_use]
    pub fn between(before: &[ProblemId], now: &[ProblemId]) -> Self {
        let mut taken = vec![false; now.len()];
        let mut open = 0;
        // The very same ones first, then those at the same place with other numbers.
        let mut left: Vec<&ProblemId> = before.iter().collect();
        let pairs: [fn(&ProblemId, &ProblemId) -> bool; 2] =
            [|one, other| one == other, ProblemId::is_at];
        for is_same in pairs {
            left.retain(|old| {
                let at = (0..now.len()).find(|at| !taken[*at] && is_same(old, &now[*at]));
                if let Some(at) = at {
                    taken[at] = true;
                    open += 1;
                }
                at.is_none()
            });
        }
        Since {
            mended: left.len(),
            open,
            new: taken.iter().filter(|taken| !**taken).count(),
        }
    }

    /// 比上次退回：已改 4，未改 1，新错 1.
    #[must_use]
    pub fn said(self) -> Message {
        words(
            "比上次退回：已改 {m}，未改 {o}，新错 {n}",
            "since it was returned: {m} mended, {o} not, {n} new",
        )
        .with(vec![
            ("m", self.mended.into()),
            ("o", self.open.into()),
            ("n", self.new.into()),
        ])
    }
}

impl Standing {
    /// How a unit stands by what the list remembers.
    #[must_use]
    pub fn of(unit: &Unit, folder: &Path, list: &List, today: Option<Day>) -> Self {
        let returns = list.returns(&unit.name);
        let due = unit.entry.as_ref().and_then(|entry| entry.due);
        let mut standing = Standing {
            state: State::Missing,
            returns: returns.len(),
            since: None,
            reason: String::new(),
            changed: false,
            left: None,
        };
        let Some(file) = unit.shown() else {
            standing.left = today.zip(due).map(|(today, due)| today.until(due));
            return standing;
        };
        let before = returns.last();
        let is_as_returned = before.is_some_and(|last| is_of(last, file, folder));
        if let (Some(before), Some(content), false) = (before, file.read(), is_as_returned) {
            standing.since = Some(Since::between(&before.problems, &content.fault_ids()));
        }
        let pass = list.pass(&unit.name);
        let is_as_passed = pass
            .as_ref()
            .is_some_and(|pass| pass.content == file.mark && !file.mark.is_empty());
        standing.changed = pass.is_some() && !is_as_passed;
        standing.state = match file.read() {
            _ if is_as_passed => {
                standing.reason = pass.map(|pass| pass.reason).unwrap_or_default();
                State::Passed
            }
            _ if is_as_returned => State::Returned,
            _ if unit.is_doubled() || unit.is_of_other_year() => State::ToReturn,
            None => State::Unread,
            Some(content) if content.is_torn() => State::Unread,
            Some(content) if content.counts.errors + content.counts.missing > 0 => State::ToReturn,
            Some(_) => State::ToReview,
        };
        standing
    }

    /// The state as it is shown: 已退回 2 次.
    #[must_use]
    pub fn said(&self) -> Message {
        match (self.state, self.returns) {
            (State::Returned, n) => {
                words("已退回 {n} 次", "returned {n} times").with(vec![("n", n.into())])
            }
            (state, _) => state.name().into(),
        }
    }

    /// The sign that carries the state without colour.
    #[must_use]
    pub fn sign(&self, unit: &Unit) -> char {
        let errors = unit
            .shown()
            .and_then(|file| file.counts())
            .map_or(0, |counts| counts.errors);
        match self.state {
            _ if !unit.maybe.is_empty() => '?',
            State::Missing => '.',
            State::Unread => '?',
            State::Passed if errors > 0 => ':',
            State::Passed | State::ToReview => '=',
            State::Returned if unit.shown().is_some_and(|file| file.content.is_err()) => '?',
            State::ToReturn | State::Returned => '!',
        }
    }
}

/// Whether a file is the one that was sent back, unchanged.
fn is_of(last: &Return, file: &FileOf, folder: &Path) -> bool {
    if file.mark.is_empty() {
        return last.file == named(folder, &file.path);
    }
    last.content == file.mark
}

/// Which sums break, in short: 分项不符 2列，恒等式 3列; None where none does.
#[must_use]
pub fn broken(content: &Content) -> Option<Message> {
    const KINDS: [(&str, Words); 3] = [
        ("T3-COLSUM", words("分项不符 {n}列", "column sums {n}")),
        ("T3-BALANCE", words("恒等式 {n}列", "balances {n}")),
        ("T3-ROWSUM", words("行不符 {n}行", "row sums {n}")),
    ];
    const OTHERS: Words = words("表四 {n}项", "table 4: {n}");
    let is_sum = |problem: &&Problem| {
        problem.rule.about == About::Identity
            && !problem.implied
            && problem.severity() == Severity::Error
    };
    let sums: Vec<&Problem> = content.problems.iter().filter(is_sum).collect();
    let count = |is: &dyn Fn(&str) -> bool| sums.iter().filter(|one| is(one.rule.code)).count();
    let mut said: Vec<Arg> = Vec::new();
    for (code, words) in KINDS {
        let n = count(&|its| its == code);
        if n > 0 {
            said.push(words.with(vec![("n", n.into())]).into());
        }
    }
    let n = count(&|its| KINDS.iter().all(|(code, _)| *code != its));
    if n > 0 {
        said.push(OTHERS.with(vec![("n", n.into())]).into());
    }
    let between = words("，", ", ");
    (!said.is_empty())
        .then(|| words("{all}", "{all}").with(vec![("all", Arg::List(between, said))]))
}
