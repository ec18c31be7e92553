//! The problems of a report as a sheet, for the workbook it is published in.
//!
//! **Never:** holds an explanation or a name: those are not for publication.
//! Next: `format::Writing`, which takes it.

use crate::base::sheet::{Block, Sheet};
use crate::base::words::{Lang, words};

use super::{Checked, counted, next_step, row};

/// The sheet; its title is the name of its tab.
#[must_use]
pub fn sheet(checked: &Checked, lang: Lang) -> Sheet {
    let form = checked.report.form();
    let mut rows = vec![row([
        words("级别", "Level").get(lang),
        words("规则", "Rule").get(lang),
        words("位置", "Place").get(lang),
        words("问题", "Problem").get(lang),
        words("怎么改", "Next").get(lang),
    ])];
    rows.extend(checked.findings.problems.iter().map(|problem| {
        row([
            problem.severity().name().get(lang).to_owned(),
            problem.rule.code.to_owned(),
            problem.site.path(form),
            problem.message().text(lang),
            next_step(problem.rule, lang).unwrap_or_default(),
        ])
    }));
    let mut blocks = vec![Block::Paragraph(counted(checked).text(lang))];
    if rows.len() > 1 {
        blocks.push(Block::Table(rows));
    }
    Sheet {
        title: words("问题", "Problems").get(lang).to_owned(),
        blocks,
    }
}
