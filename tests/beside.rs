//! A report beside last year's and beside the parts that it sums.

#[path = "support/reports.rs"]
mod reports;

use std::collections::BTreeSet;

use gouji::base::words::Lang;
use gouji::check::{About, Beside, Findings, Input, Part, RULES, Texts, check};
use gouji::form::by_key;
use gouji::model::{Cell, Document, Draft, HeadField, Report};
use reports::changed;

/// Changes to last year's clean report and to this year's, and what is found.
struct Row {
    code: &'static str,
    last: &'static [&'static str],
    now: &'static [&'static str],
    finds: &'static [&'static str],
}

/// Two years without a request, but for documents that go on.
const QUIET: &[&str] = &[];

const ROWS: &[Row] = &[
    Row {
        code: "X-CARRY",
        last: &[
            "t3.new_received.natural_person=2",
            "t3.new_received.total=2",
            "t3.carried_out.natural_person=2",
            "t3.carried_out.total=2",
        ],
        now: &[
            "t3.carried_in.natural_person=1",
            "t3.carried_in.total=1",
            "t3.granted_full.natural_person=1",
            "t3.granted_full.total=1",
            "t3.processed_total.natural_person=1",
            "t3.processed_total.total=1",
        ],
        finds: &[
            "X-CARRY t3.carried_in.natural_person",
            "X-CARRY t3.carried_in.total",
        ],
    },
    Row {
        code: "X-CARRY",
        last: &[
            "t3.new_received.natural_person=2",
            "t3.new_received.total=2",
            "t3.carried_out.natural_person=2",
            "t3.carried_out.total=2",
        ],
        now: &[
            "t3.carried_in.natural_person=2",
            "t3.carried_in.total=2",
            "t3.granted_full.natural_person=2",
            "t3.granted_full.total=2",
            "t3.processed_total.natural_person=2",
            "t3.processed_total.total=2",
        ],
        finds: &[],
    },
    Row {
        code: "X-NORMDOC",
        last: &["t2.normative_documents.in_force=5"],
        now: &[
            "t2.normative_documents.issued=3",
            "t2.normative_documents.repealed=1",
            "t2.normative_documents.in_force=8",
        ],
        finds: &["X-NORMDOC t2.normative_documents.in_force"],
    },
    Row {
        code: "X-NORMDOC",
        last: &["t2.normative_documents.in_force=5"],
        now: &[
            "t2.normative_documents.issued=3",
            "t2.normative_documents.repealed=1",
            "t2.normative_documents.in_force=7",
        ],
        finds: &[],
    },
    Row {
        code: "X-COPY",
        last: &["t4.review.upheld=3", "t4.review.total=3"],
        now: &["t4.review.upheld=3", "t4.review.total=3"],
        finds: &["X-COPY t3"],
    },
    Row {
        code: "X-COPY",
        last: QUIET,
        now: QUIET,
        finds: &[],
    },
    Row {
        code: "X-JUMP",
        last: &["t2.licensing.decisions=550", "t2.penalty.decisions=1"],
        now: &["t2.licensing.decisions=9487", "t2.penalty.decisions=12"],
        finds: &["X-JUMP t2.licensing.decisions"],
    },
    Row {
        code: "X-JUMP",
        last: &["t2.licensing.decisions=550"],
        now: &["t2.licensing.decisions=5400"],
        finds: &[],
    },
    Row {
        code: "X-T4-PENDING",
        last: &["t4.review.pending=2", "t4.review.total=2"],
        now: &["t4.review.upheld=1", "t4.review.total=1"],
        finds: &["X-T4-PENDING t4.review.total"],
    },
    Row {
        code: "X-T4-PENDING",
        last: &["t4.review.pending=1", "t4.review.total=1"],
        now: &["t4.review.upheld=2", "t4.review.total=2"],
        finds: &[],
    },
    Row {
        code: "X-TEXT",
        last: &[
            "t3.new_received.natural_person=5",
            "t3.new_received.total=5",
            "t3.granted_full.natural_person=5",
            "t3.granted_full.total=5",
            "t3.processed_total.natural_person=5",
            "t3.processed_total.total=5",
        ],
        now: &[
            "t3.new_received.natural_person=9",
            "t3.new_received.total=9",
            "t3.granted_full.natural_person=9",
            "t3.granted_full.total=9",
            "t3.processed_total.natural_person=9",
            "t3.processed_total.total=9",
            "text.s5=全年收到政府信息公开申请9件，比上年增加3件。收到政府信息公开申请9件，同比增长50%。",
        ],
        finds: &["X-TEXT s5:58-62", "X-TEXT s5:114-117"],
    },
    Row {
        code: "X-TEXT",
        last: &[
            "t3.new_received.natural_person=5",
            "t3.new_received.total=5",
            "t3.granted_full.natural_person=5",
            "t3.granted_full.total=5",
            "t3.processed_total.natural_person=5",
            "t3.processed_total.total=5",
        ],
        now: &[
            "t3.new_received.natural_person=9",
            "t3.new_received.total=9",
            "t3.granted_full.natural_person=9",
            "t3.granted_full.total=9",
            "t3.processed_total.natural_person=9",
            "t3.processed_total.total=9",
            "text.s5=全年收到政府信息公开申请9件，比上年增加4件。收到政府信息公开申请9件，同比增长80%。",
        ],
        finds: &[],
    },
];

fn of_year(changes: &[&str], year: &str) -> Report {
    let mut draft = changed(changes);
    draft.set_head(HeadField::Year, year);
    draft.into_report()
}

fn beside<'a>(report: &'a Report, beside: Beside<'a>) -> Findings {
    let texts = Texts::of(report);
    check(&Input {
        beside,
        ..Input::of(report, &texts)
    })
}

/// `CODE site` of everything that comes of the other report.
fn found(report: &Report, findings: &Findings) -> Vec<String> {
    let other = findings
        .problems
        .iter()
        .filter(|problem| problem.rule.about == About::Other);
    other
        .map(|problem| format!("{} {}", problem.rule.code, problem.site.path(report.form())))
        .collect()
}

#[test]
fn two_years_are_compared() {
    let mut said = BTreeSet::new();
    for row in ROWS {
        let (last, now) = (of_year(row.last, "2023"), of_year(row.now, "2024"));
        let findings = beside(
            &now,
            Beside {
                last: Some(&last),
                parts: &[],
            },
        );
        let mine: Vec<String> = found(&now, &findings);
        let wanted: Vec<&str> = row.finds.to_vec();
        let mine: Vec<&str> = mine
            .iter()
            .map(String::as_str)
            .filter(|line| {
                line.starts_with(row.code) && line.as_bytes().get(row.code.len()) == Some(&b' ')
            })
            .collect();
        assert_eq!(mine, wanted, "{} {:?}", row.code, row.now);
        for problem in &findings.problems {
            said.insert(problem.rule.code);
            for lang in Lang::ALL {
                let text = problem.message().text(lang);
                assert!(!text.contains(['{', '}']), "{text}");
            }
        }
        // Without last year's report nothing of it is said.
        assert!(found(&now, &beside(&now, Beside::default())).is_empty());
    }
    for rule in RULES
        .iter()
        .filter(|rule| rule.about == About::Other && rule.code != "H-SUM")
    {
        assert!(said.contains(rule.code), "{} is never said", rule.code);
    }
}

#[test]
fn what_differs_from_last_year_is_counted_apart() {
    let last = of_year(
        &[
            "t3.carried_out.natural_person=2",
            "t3.carried_out.total=2",
            "t3.new_received.natural_person=2",
            "t3.new_received.total=2",
        ],
        "2023",
    );
    let now = of_year(&[], "2024");
    let alone = beside(&now, Beside::default()).counts();
    let counts = beside(
        &now,
        Beside {
            last: Some(&last),
            parts: &[],
        },
    )
    .counts();
    assert_eq!(
        (counts.errors, counts.warnings, counts.infos),
        (alone.errors, alone.warnings, alone.infos)
    );
    assert_eq!(counts.beside, 2);
}

#[test]
fn carried_in_can_be_made_what_last_year_carried_out() {
    let last = of_year(
        &[
            "t3.carried_out.natural_person=2",
            "t3.new_received.natural_person=2",
            "t3.new_received.total=2",
            "t3.carried_out.total=2",
        ],
        "2023",
    );
    let now = of_year(&[], "2024");
    let findings = beside(
        &now,
        Beside {
            last: Some(&last),
            parts: &[],
        },
    );
    let problem = findings
        .problems
        .iter()
        .find(|problem| problem.rule.code == "X-CARRY");
    let fixes = problem
        .expect("found")
        .fixes(&now, gouji::check::Blanks::ZERO);
    let mut document = Document::new(now.clone());
    for fix in fixes {
        document.apply(fix.transaction).expect("fits");
    }
    let cell = now
        .form()
        .cell("t3.carried_in.natural_person")
        .expect("a path");
    assert_eq!(document.report().cell(cell).count(), Some(2));
}

#[test]
fn a_row_that_last_year_lost_is_compared_with_nothing() {
    let form = gouji::form::current();
    let (table, row) = form.row("t3", "carried_out").expect("a row");
    let last = of_year(&["t3.carried_out.*=", "lost=t3.carried_out"], "2023");
    assert_eq!(last.lost().collect::<Vec<_>>(), [(table, row)]);
    let now = of_year(
        &[
            "t3.carried_in.natural_person=2",
            "t3.carried_in.total=2",
            "t3.granted_full.natural_person=2",
            "t3.granted_full.total=2",
            "t3.processed_total.natural_person=2",
            "t3.processed_total.total=2",
        ],
        "2024",
    );
    let findings = beside(
        &now,
        Beside {
            last: Some(&last),
            parts: &[],
        },
    );
    assert!(
        !found(&now, &findings)
            .iter()
            .any(|line| line.starts_with("X-CARRY"))
    );
}

#[test]
fn a_report_on_the_form_of_2019_is_compared_after_remapping_and_the_rest_is_named() {
    let old = by_key("2019").expect("a form");
    let mut draft = Draft::new(old);
    for cell in old.cells() {
        draft.set_cell(cell, Cell::of(0, old.kind(cell)), None);
    }
    for (path, value) in [
        ("t3.carried_out.natural_person", 3),
        ("t3.carried_out.total", 3),
        ("t2.licensing.decisions", 40),
    ] {
        let cell = old.cell(path).expect("a path");
        draft.set_cell(cell, Cell::of(value, old.kind(cell)), None);
    }
    let last = draft.into_report();
    let now = of_year(&["t2.licensing.decisions=41"], "2021");
    let findings = beside(
        &now,
        Beside {
            last: Some(&last),
            parts: &[],
        },
    );
    assert_eq!(
        found(&now, &findings),
        [
            "X-CARRY t3.carried_in.natural_person",
            "X-CARRY t3.carried_in.total"
        ]
    );
    let said: Vec<String> = findings
        .asides
        .iter()
        .map(|said| said.text(Lang::Zh))
        .collect();
    assert!(
        said.len() == 1 && said[0].contains("2019") && said[0].contains("集中采购"),
        "{said:?}"
    );
}

#[test]
fn a_report_that_sums_others_holds_their_sums() {
    let one = of_year(
        &[
            "t2.licensing.decisions=3",
            "t3.new_received.natural_person=1",
            "t3.new_received.total=1",
        ],
        "2024",
    );
    let two = of_year(&["t2.licensing.decisions=4"], "2024");
    let parts = [
        Part {
            name: "甲局",
            report: &one,
        },
        Part {
            name: "乙局",
            report: &two,
        },
    ];
    let right = of_year(
        &[
            "t2.licensing.decisions=7",
            "t3.new_received.natural_person=1",
            "t3.new_received.total=1",
        ],
        "2024",
    );
    let sums = |report: &Report| {
        found(
            report,
            &beside(
                report,
                Beside {
                    last: None,
                    parts: &parts,
                },
            ),
        )
    };
    assert!(sums(&right).is_empty());
    let wrong = of_year(&["t2.licensing.decisions=8"], "2024");
    // The total that follows its part is not said again.
    assert_eq!(
        sums(&wrong),
        [
            "H-SUM t2.licensing.decisions",
            "H-SUM t3.new_received.natural_person"
        ]
    );
}
