//! Many reports summed into one: against an independent sum, and who is named.
//!
//! **Never:** looks at how it is done.

use gouji::base::words::Lang;
use gouji::check::rollup::{Adjustment, Ask, Candidate, Policy, Rollup, Source, Why};
use gouji::check::{Blanks, Judged, Verdict, alone};
use gouji::form::{CellId, current};
use gouji::model::{Cell, Report};
use proptest::prelude::*;

#[path = "support/generated.rs"]
mod generated;
#[path = "support/reports.rs"]
mod reports;

use generated::tables_of;
use reports::{changed, old};

fn cell(path: &str) -> CellId {
    current().cell(path).expect("a path of the form")
}

/// A report that may be counted.
#[derive(Clone)]
struct Given {
    name: String,
    report: Report,
    reason: &'static str,
}

fn candidate(name: &str, report: Report) -> Given {
    Given {
        name: name.to_owned(),
        report,
        reason: "",
    }
}

fn roll(ask: Ask, own: Option<&Given>, units: &[Given]) -> Rollup {
    let one = |given: &'_ Given| {
        let counts = alone(&given.report, Blanks::of(&given.report, true)).counts();
        (counts.errors, counts.missing)
    };
    let of = |given| -> Candidate<'_> {
        let given: &Given = given;
        let (errors, missing) = one(given);
        Candidate {
            name: given.name.clone(),
            file: format!("{}.json", given.name),
            report: &given.report,
            origins: &[],
            errors,
            missing,
            reason: given.reason.to_owned(),
            state: None,
        }
    };
    let ask = Ask {
        year: ask.year.or(Some(2024)),
        ..ask
    };
    Rollup::of(ask, own.map(of), units.iter().map(of).collect())
}

/// A unit whose report has these cells, and 0 in the others.
fn unit(name: &str, changes: &[&str]) -> Given {
    candidate(name, changed(changes).into_report())
}

/// One request of a person, granted: all sums hold.
const ONE: [&str; 6] = [
    "t3.new_received.natural_person=1",
    "t3.new_received.total=1",
    "t3.granted_full.natural_person=1",
    "t3.granted_full.total=1",
    "t3.processed_total.natural_person=1",
    "t3.processed_total.total=1",
];

fn value(rollup: &Rollup, path: &str) -> String {
    rollup.report.cell(cell(path)).text().into_owned()
}

fn why(rollup: &Rollup) -> Vec<(String, Why)> {
    let out = rollup.left_out.iter();
    out.map(|one| (one.name.clone(), one.why.clone())).collect()
}

#[test]
fn every_cell_is_the_sum_and_its_sources_stand_largest_first() {
    let units = vec![
        unit(
            "甲局",
            &[
                "t2.licensing.decisions=3",
                "t2.admin_fees.amount_wan_yuan=1.25",
            ],
        ),
        unit(
            "乙局",
            &[
                "t2.licensing.decisions=40",
                "t2.admin_fees.amount_wan_yuan=/",
            ],
        ),
        unit("丙局", &["t2.licensing.decisions="]),
    ];
    let own = unit(
        "某县政府办",
        &[
            "t2.licensing.decisions=5",
            "t2.admin_fees.amount_wan_yuan=2.5",
        ],
    );
    let rollup = roll(Ask::default(), Some(&own), &units);
    assert_eq!(value(&rollup, "t2.licensing.decisions"), "48");
    assert_eq!(value(&rollup, "t2.admin_fees.amount_wan_yuan"), "3.75");
    let sources = rollup.sources(cell("t2.licensing.decisions"));
    let names: Vec<_> = sources
        .iter()
        .map(|source| match source {
            Source::Unit(unit, value) => (unit.name.as_str(), value.expect("known").units),
            Source::Adjustment(_) => unreachable!("none was asked for"),
        })
        .collect();
    assert_eq!(names, [("乙局", 40), ("某县政府办", 5), ("甲局", 3)]);
    assert!(rollup.left_out.is_empty() && rollup.broken().is_empty());
    assert_eq!(rollup.report.head().year, Some(2024));
}

#[test]
fn a_unit_with_errors_needs_a_reason_and_then_is_named_where_a_sum_breaks() {
    let wrong = || {
        unit(
            "乙局",
            &[
                "t3.new_received.natural_person=4",
                "t3.new_received.total=4",
            ],
        )
    };
    let units = || vec![unit("甲局", &ONE), wrong()];
    let rollup = roll(Ask::default(), None, &units());
    assert!(matches!(&why(&rollup)[..], [(name, Why::Errors(_))] if name == "乙局"));
    assert_eq!(value(&rollup, "t3.new_received.total"), "1");
    let mut units = units();
    units[1].reason = "县长批示先报";
    let rollup = roll(Ask::default(), None, &units);
    assert_eq!(value(&rollup, "t3.new_received.total"), "5");
    assert_eq!(rollup.units[1].reason, "县长批示先报");
    let broken = rollup.broken();
    assert!(!broken.is_empty());
    for one in &broken {
        let names: Vec<String> = one
            .breakers
            .iter()
            .map(|(name, _)| name.text(Lang::Zh))
            .collect();
        assert_eq!(names, ["乙局"]);
        assert_eq!(one.breakers[0].1, one.by);
    }
    let said: String = rollup
        .statement()
        .iter()
        .map(|said| said.text(Lang::Zh))
        .collect();
    assert!(said.contains("乙局（县长批示先报）"), "{said}");
}

#[test]
fn adjustments_are_added_with_their_reason_and_may_break_a_sum() {
    let line = |cell: &str, by| Adjustment {
        cell: cell.to_owned(),
        by,
        reason: "两单位重复受理一件".to_owned(),
        author: "张某".to_owned(),
    };
    let ask = Ask {
        adjustments: vec![line("t3.new_received.total", -1), line("t9.none.total", 1)],
        ..Ask::default()
    };
    let rollup = roll(ask, None, &[unit("甲局", &ONE), unit("乙局", &ONE)]);
    assert_eq!(value(&rollup, "t3.new_received.total"), "1");
    assert_eq!(rollup.misplaced.len(), 1);
    let sources = rollup.sources(cell("t3.new_received.total"));
    assert!(
        sources
            .iter()
            .any(|one| matches!(one, Source::Adjustment(line) if line.by == -1))
    );
    let broken = rollup.broken();
    assert!(
        broken
            .iter()
            .all(|one| one.breakers.len() == 1
                && one.breakers[0].0.text(Lang::Zh).starts_with("冲减"))
    );
    assert!(!broken.is_empty());
}

#[test]
fn in_force_and_rules_are_the_governments_own_where_that_is_the_policy() {
    let cells = [
        "t2.rules.issued=1",
        "t2.normative_documents.in_force=10",
        "t2.normative_documents.issued=2",
    ];
    let units = || vec![unit("甲局", &cells), unit("乙局", &cells)];
    let own = || Some(unit("县府办", &["t2.normative_documents.in_force=12"]));
    let sum = roll(Ask::default(), own().as_ref(), &units());
    let ask = Ask {
        policy: Policy::Own,
        ..Ask::default()
    };
    let of_own = roll(ask, own().as_ref(), &units());
    let all = |rollup: &Rollup| {
        [
            "t2.rules.issued",
            "t2.normative_documents.in_force",
            "t2.normative_documents.issued",
        ]
        .map(|path| value(rollup, path))
    };
    assert_eq!(all(&sum), ["2", "32", "4"]);
    assert_eq!(all(&of_own), ["0", "12", "4"]);
    let said = of_own.statement()[0].text(Lang::Zh);
    assert!(said.contains("取自本级报告"), "{said}");
}

#[test]
fn a_unit_on_the_form_of_2019_is_carried_over_and_what_has_no_place_is_listed() {
    let mut unit_2019 = candidate(
        "乙局",
        old(&[
            "head.year=2024",
            "t3.new_received.natural_person=1",
            "t3.new_received.total=1",
            "t3.other_all.natural_person=1",
            "t3.other_all.total=1",
            "t3.processed_total.natural_person=1",
            "t3.processed_total.total=1",
            "t2.licensing.decisions=7",
        ])
        .into_report(),
    );
    unit_2019.reason = "旧格式";
    let rollup = roll(Ask::default(), None, &[unit("甲局", &ONE), unit_2019]);
    assert_eq!(value(&rollup, "t3.new_received.total"), "2");
    assert_eq!(value(&rollup, "t3.processed_total.total"), "2");
    let unit = &rollup.units[1];
    assert!(!unit.placeless.is_empty(), "{:?}", unit.placeless);
}

#[test]
fn what_a_unit_does_not_state_is_listed_and_not_taken_for_zero() {
    let mut lacking = unit("乙局", &["t4.*=", "t2.licensing.decisions=2"]);
    lacking.reason = "没有复议诉讼表";
    let rollup = roll(Ask::default(), None, &[unit("甲局", &ONE), lacking]);
    let unknown: Vec<CellId> = rollup.units[1].unknown(current()).collect();
    assert_eq!(unknown.len(), 15);
    let sources = rollup.sources(unknown[0]);
    assert!(matches!(&sources[..], [Source::Unit(unit, None)] if unit.name == "乙局"));
    assert_eq!(value(&rollup, "t2.licensing.decisions"), "2");
}

#[test]
fn only_the_cells_of_a_unit_that_changed_are_changed() {
    let before = roll(
        Ask::default(),
        None,
        &[unit("甲局", &ONE), unit("乙局", &ONE)],
    );
    let second = unit("乙局", &["t2.licensing.decisions=9"]);
    let now = roll(Ask::default(), None, &[unit("甲局", &ONE), second]);
    let mut expected: Vec<CellId> = ONE
        .iter()
        .map(|change| cell(change.split('=').next().expect("a path")))
        .collect();
    expected.push(cell("t2.licensing.decisions"));
    expected.sort();
    assert_eq!(now.changed_since(&before.report), expected);
    assert_eq!(now.changed_since(&now.report), []);
}

#[test]
fn the_words_of_the_result_raise_no_problem_of_their_own() {
    let ask = Ask {
        body: "某县人民政府".to_owned(),
        expected: vec!["档案局".to_owned(), "城关镇".to_owned()],
        adjustments: vec![Adjustment {
            cell: "t2.licensing.decisions".to_owned(),
            by: 3,
            reason: "补报".to_owned(),
            author: "张某".to_owned(),
        }],
        ..Ask::default()
    };
    let units = vec![unit("甲局", &ONE), unit("乙局", &["head.year=2023"])];
    let rollup = roll(ask, None, &units);
    let text = current().text("s6").expect("a text");
    assert!(rollup.report.text(text).contains("档案局、城关镇"));
    let codes: Vec<&str> = alone(&rollup.report, Blanks::ZERO)
        .problems
        .iter()
        .filter(|problem| problem.rule.code.starts_with("N-") || problem.rule.code.starts_with('T'))
        .map(|problem| problem.rule.code)
        .collect();
    assert!(codes.is_empty(), "{codes:?}");
    let again = gouji::format::native(&rollup.report);
    assert!(again.contains("\"gouji\""));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The sum is that of what each unit counts, added up by itself; the gap of a broken
    /// identity is the sum of those of its breakers.
    #[test]
    fn a_rollup_is_an_independent_sum(reports in prop::collection::vec(tables_of(current()), 1..6)) {
        let form = current();
        let units = reports.iter().enumerate().map(|(at, report)| Given {
            reason: "x",
            ..candidate(&format!("第{at}局"), report.clone())
        });
        let ask = Ask { year: Some(2023), ..Ask::default() };
        let rollup = roll(ask, None, &units.collect::<Vec<_>>());
        prop_assert_eq!(rollup.units.len(), reports.len());
        for id in form.cells() {
            let mut sum = 0.0_f64;
            for report in &reports {
                let judged = Judged::of(report, Blanks::ZERO);
                sum += match report.cell(id) {
                    Cell::Blank => judged.value(id).map_or(0.0, |n| n.to_string().parse().expect("a number")),
                    other => other.value().map_or(0.0, |n| n.to_string().parse().expect("a number")),
                };
            }
            let said: f64 = rollup.report.cell(id).text().parse().expect("a number");
            prop_assert!((said - sum).abs() < 0.000_01, "{}", form.path(id));
        }
        let judged = Judged::of(&rollup.report, Blanks::FILLED);
        let count = judged.verdicts().iter().filter(|v| matches!(v, Verdict::Broken { .. })).count();
        let broken = rollup.broken();
        prop_assert_eq!(broken.len(), count);
        for one in broken {
            prop_assert_eq!(one.breakers.iter().map(|(_, by)| by).sum::<i64>(), one.by);
        }
    }
}
