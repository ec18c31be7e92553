//! Every check the program makes: a rule, what tests it, what mends it.
//!
//! Problems, `gouji check`, `gouji rules`, the manual and the tests are derived
//! from [`RULES`]. Codes are those of published pages: they never change.
//!
//! **Never:** a code or a sentence of a rule; those stand beside their functions.
//! Next: `tables`, `cells`, `head`, `differing`.

use std::ops::Deref;

use crate::model::Report;

use super::context::{Beside, Check, Written};
use super::judge::Blanks;
use super::problem::{Fix, Problem};
use super::rule::Rule;
use super::{beside, cells, customs, differing, fees, head, residue, sections, tables, template};

/// How a rule is tested.
#[derive(Clone, Copy)]
pub enum Test {
    /// The form's sums that name its code.
    Identities,
    /// A function over what is written in words: its answer stays while that stays.
    Words(fn(&Written, &'static Rule, &mut Vec<Problem>)),
    /// A function over the report.
    Code(fn(&Check, &'static Rule, &mut Vec<Problem>)),
    /// A function over the report and those beside it.
    Beside(fn(&Check, &Beside, &'static Rule, &mut Vec<Problem>)),
}

type FixFn = fn(&Report, &Problem, Blanks) -> Option<Fix>;

/// A rule with its function.
pub struct Entry {
    /// The rule.
    pub rule: &'static Rule,
    /// How it is tested.
    pub test: Test,
    /// What mends it, where the form itself says what that is.
    pub fix: Option<FixFn>,
}

impl Deref for Entry {
    type Target = Rule;

    fn deref(&self) -> &Rule {
        self.rule
    }
}

/// The rule with this code, in any case of letters.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    let mut entries = RULES.iter();
    entries
        .find(|entry| entry.code.eq_ignore_ascii_case(code))
        .map(|entry| entry.rule)
}

impl Problem {
    /// What would mend it, most certain first; blanks are what they were judged as.
    #[must_use]
    pub fn fixes(&self, report: &Report, blanks: Blanks) -> Vec<Fix> {
        let entry = RULES.iter().find(|entry| entry.code == self.rule.code);
        let fix = entry.and_then(|entry| entry.fix);
        fix.and_then(|fix| fix(report, self, blanks))
            .into_iter()
            .collect()
    }
}

/// All rules, in the order of the report.
pub static RULES: &[Entry] = &[
    Entry {
        rule: &head::H_YEAR,
        test: Test::Words(head::year),
        fix: None,
    },
    Entry {
        rule: &head::H_BODY,
        test: Test::Words(head::body),
        fix: None,
    },
    Entry {
        rule: &head::H_FORM,
        test: Test::Code(head::form),
        fix: None,
    },
    Entry {
        rule: &head::S_MISSING,
        test: Test::Words(head::missing),
        fix: Some(head::add_heading),
    },
    Entry {
        rule: &head::S_ORDER,
        test: Test::Words(head::order),
        fix: None,
    },
    Entry {
        rule: &head::S_HEADING,
        test: Test::Words(head::heading),
        fix: Some(head::number_heading),
    },
    Entry {
        rule: &tables::T2_BLANK,
        test: Test::Code(tables::blank),
        fix: Some(tables::fill_zeros),
    },
    Entry {
        rule: &tables::T2_EMPTY,
        test: Test::Code(tables::empty),
        fix: None,
    },
    Entry {
        rule: &tables::T3_COLSUM,
        test: Test::Identities,
        fix: None,
    },
    Entry {
        rule: &tables::T3_BALANCE,
        test: Test::Identities,
        fix: None,
    },
    Entry {
        rule: &tables::T3_ROWSUM,
        test: Test::Identities,
        fix: None,
    },
    Entry {
        rule: &tables::T3_MISCLASS,
        test: Test::Code(tables::misclass),
        fix: None,
    },
    Entry {
        rule: &tables::T3_TOTALS,
        test: Test::Code(tables::totals),
        fix: Some(tables::write_totals),
    },
    Entry {
        rule: &tables::T3_BLANK,
        test: Test::Code(tables::blank),
        fix: Some(tables::fill_zeros),
    },
    Entry {
        rule: &tables::T3_EMPTY,
        test: Test::Code(tables::empty),
        fix: None,
    },
    Entry {
        rule: &tables::T4_SUM,
        test: Test::Identities,
        fix: None,
    },
    Entry {
        rule: &tables::T4_TOTALS,
        test: Test::Code(tables::totals),
        fix: Some(tables::write_totals),
    },
    Entry {
        rule: &tables::T4_BLANK,
        test: Test::Code(tables::blank),
        fix: Some(tables::fill_zeros),
    },
    Entry {
        rule: &tables::T4_EMPTY,
        test: Test::Code(tables::empty),
        fix: None,
    },
    Entry {
        rule: &cells::CELL_RAW,
        test: Test::Code(cells::raw),
        fix: None,
    },
    Entry {
        rule: &cells::CELL_NEGATIVE,
        test: Test::Code(cells::negative),
        fix: None,
    },
    Entry {
        rule: &cells::CELL_FRACTION,
        test: Test::Code(cells::fraction),
        fix: None,
    },
    Entry {
        rule: &cells::CELL_WORDS,
        test: Test::Code(cells::worded),
        fix: None,
    },
    Entry {
        rule: &cells::CELL_LETTER,
        test: Test::Code(cells::lettered),
        fix: None,
    },
    Entry {
        rule: &cells::CELL_NIL,
        test: Test::Code(cells::nil),
        fix: None,
    },
    Entry {
        rule: &cells::IN_TABLE,
        test: Test::Code(cells::unread),
        fix: None,
    },
    Entry {
        rule: &cells::IN_UNPLACED,
        test: Test::Code(cells::unplaced),
        fix: None,
    },
    Entry {
        rule: &sections::S_ITEMS,
        test: Test::Words(sections::items),
        fix: None,
    },
    Entry {
        rule: &sections::S_PARTS,
        test: Test::Words(sections::parts),
        fix: None,
    },
    Entry {
        rule: &sections::S_LENGTH,
        test: Test::Code(sections::length),
        fix: None,
    },
    Entry {
        rule: &sections::S_EMPTY,
        test: Test::Code(sections::empty),
        fix: None,
    },
    Entry {
        rule: &sections::S_LONG,
        test: Test::Words(sections::too_long),
        fix: None,
    },
    Entry {
        rule: &residue::R_YEAR,
        test: Test::Words(residue::year),
        fix: None,
    },
    Entry {
        rule: &residue::R_BODY,
        test: Test::Words(residue::body),
        fix: None,
    },
    Entry {
        rule: &residue::R_SELF,
        test: Test::Words(residue::own_name),
        fix: None,
    },
    Entry {
        rule: &residue::R_2019,
        test: Test::Words(residue::old_form),
        fix: None,
    },
    Entry {
        rule: &template::R_BLANK,
        test: Test::Words(template::leftovers),
        fix: None,
    },
    Entry {
        rule: &template::R_GAP,
        test: Test::Words(template::gap),
        fix: None,
    },
    Entry {
        rule: &differing::N1,
        test: Test::Code(differing::of_received),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N1_SCOPE,
        test: Test::Code(differing::of_received),
        fix: None,
    },
    Entry {
        rule: &differing::N2,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N3,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N4,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N5,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N6,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N7,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N8,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N9,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N10,
        test: Test::Code(differing::of_channels),
        fix: None,
    },
    Entry {
        rule: &differing::N11,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N12,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N13,
        test: Test::Code(differing::differing),
        fix: None,
    },
    Entry {
        rule: &differing::N14,
        test: Test::Code(differing::differing),
        fix: None,
    },
    Entry {
        rule: &differing::N15,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N16,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N18,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N_SUM,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N_PARTS,
        test: Test::Code(differing::differing),
        fix: Some(differing::correct),
    },
    Entry {
        rule: &differing::N22,
        test: Test::Code(differing::differing),
        fix: None,
    },
    Entry {
        rule: &beside::X_CARRY,
        test: Test::Beside(beside::carry),
        fix: Some(beside::take),
    },
    Entry {
        rule: &beside::X_NORMDOC,
        test: Test::Beside(beside::documents),
        fix: None,
    },
    Entry {
        rule: &beside::X_COPY,
        test: Test::Beside(beside::copy),
        fix: None,
    },
    Entry {
        rule: &beside::X_JUMP,
        test: Test::Beside(beside::jump),
        fix: None,
    },
    Entry {
        rule: &beside::X_T4_PENDING,
        test: Test::Beside(beside::pending),
        fix: None,
    },
    Entry {
        rule: &differing::X_TEXT,
        test: Test::Code(differing::differing),
        fix: None,
    },
    Entry {
        rule: &beside::H_SUM,
        test: Test::Beside(beside::sums),
        fix: None,
    },
    Entry {
        rule: &customs::X_NORMDOC_MIN,
        test: Test::Code(customs::stock),
        fix: None,
    },
    Entry {
        rule: &customs::C_RULES,
        test: Test::Code(customs::rules),
        fix: None,
    },
    Entry {
        rule: &fees::C_YUAN,
        test: Test::Code(fees::yuan),
        fix: None,
    },
    Entry {
        rule: &customs::C_ZERO,
        test: Test::Code(customs::results),
        fix: None,
    },
    Entry {
        rule: &fees::S_FEE,
        test: Test::Words(fees::missing),
        fix: None,
    },
    Entry {
        rule: &differing::N17,
        test: Test::Code(differing::differing),
        fix: None,
    },
    Entry {
        rule: &differing::C_FEE_1,
        test: Test::Code(differing::differing),
        fix: None,
    },
    Entry {
        rule: &differing::C_FEE_2,
        test: Test::Code(differing::differing),
        fix: None,
    },
    Entry {
        rule: &fees::C_FEE_3,
        test: Test::Code(fees::silent),
        fix: None,
    },
];
