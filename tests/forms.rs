//! The official forms: what they hold, what must hold of each, and from one to
//! the other.

use std::collections::HashSet;

use gouji::base::words::Lang;
use gouji::check::{Blanks, alone, rule};
use gouji::form::{self, Along, FORMS, Form, Kind};
use gouji::format::{self, NATIVE, Options, TEXT, Writing};
use gouji::model::{Cell, Draft, HeadField, Report};

fn draft(form: &'static Form) -> Draft {
    let mut draft = Draft::new(form);
    draft.set_head(HeadField::Body, "某市民政局");
    draft
}

fn set(draft: &mut Draft, path: &str, text: &str) {
    let form = draft.report().form();
    let id = form.cell(path).expect("path of the form");
    draft.set_cell(id, Cell::read(text, form.kind(id)), None);
}

/// A report in which every cell holds another number.
fn full(form: &'static Form) -> Report {
    let mut draft = draft(form);
    for (index, id) in form.cells().enumerate() {
        let text = match form.kind(id) {
            Kind::Count => (index + 1).to_string(),
            Kind::Signed => format!("-{}", index + 1),
            Kind::Amount => format!("{index}.50"),
            Kind::Money => format!("{index}00元"),
        };
        draft.set_cell(id, Cell::read(&text, form.kind(id)), None);
    }
    draft.into_report()
}

#[test]
fn forms_are_found_by_key_and_year() {
    for (year, key) in [
        (2018, None),
        (2019, Some("2019")),
        (2020, Some("2019")),
        (2021, Some("2021")),
        (2026, Some("2021")),
    ] {
        assert_eq!(form::by_year(year).map(|form| form.key), key, "{year}");
    }
    for form in FORMS {
        assert_eq!(form::by_key(form.key), Some(*form));
    }
    assert_eq!(form::current().key, "2021");
}

#[test]
fn every_form_numbers_its_cells_without_gaps_and_names_each_once() {
    for form in FORMS {
        let mut first = 0;
        for table in form.tables {
            assert_eq!(usize::from(table.first), first, "{form:?} {}", table.title);
            first += table.len();
        }
        assert_eq!(first, form.len());
        let paths: HashSet<String> = form.cells().map(|id| form.path(id)).collect();
        assert_eq!(paths.len(), form.len(), "{form:?}");
        for id in form.cells() {
            assert_eq!(form.cell(&form.path(id)), Some(id));
            assert_eq!(form.at(form.spot(id)), id);
        }
        for table in form.tables {
            for group in table.groups.iter().filter(|group| !group.whole.is_empty()) {
                let mut rows = table.rows.iter();
                assert!(rows.any(|row| row.key == group.whole && row.group == group.key));
            }
            for line in table.rows.iter().chain(table.cols) {
                let known = table.groups.iter().any(|group| group.key == line.group);
                assert!(line.group.is_empty() || known, "{}", line.key);
                for lang in Lang::ALL {
                    assert!(!line.name.get(lang).is_empty(), "{}", line.key);
                }
            }
            for sum in table.sums {
                assert!(rule(sum.rule).is_some(), "{}", sum.rule);
            }
        }
    }
}

#[test]
fn the_form_of_2019_is_what_the_notice_prints() {
    let form = form::by_key("2019").expect("the form");
    let sizes = |prefix| {
        let tables = form.tables_of(prefix);
        tables.map(|table| form.tables[table].len()).sum::<usize>()
    };
    assert_eq!((sizes("t2"), sizes("t3"), sizes("t4")), (22, 161, 15));
    assert_eq!(form.len(), 198);
    let identities = form.identities();
    let count = |code| identities.all().iter().filter(|i| i.rule == code).count();
    assert_eq!(count("T3-COLSUM"), 7);
    assert_eq!(count("T3-BALANCE"), 7);
    assert_eq!(count("T3-ROWSUM"), 23);
    assert_eq!(count("T4-SUM"), 3);
    assert_eq!(identities.all().len(), 40);
    assert_eq!(identities.totals().len(), 32);
    let columns = identities.all().iter().find(|i| i.rule == "T3-COLSUM");
    assert_eq!(columns.map(|i| identities.left(i).len()), Some(19));
    let kind = |path| form.cell(path).map(|id| form.kind(id));
    assert_eq!(kind("t2.admin_fees.change"), Some(Kind::Signed));
    assert_eq!(kind("t2.admin_fees.decisions"), None);
    assert_eq!(kind("t2.central_procurement.amount"), Some(Kind::Money));
}

/// Rows of a system that do not follow from the others.
fn rank(mut rows: Vec<Vec<f64>>) -> usize {
    let mut rank = 0;
    for col in 0..rows.first().map_or(0, Vec::len) {
        let Some(at) = (rank..rows.len()).find(|row| rows[*row][col].abs() > 1e-9) else {
            continue;
        };
        rows.swap(rank, at);
        let pivot = rows[rank].clone();
        for row in &mut rows[rank + 1..] {
            let factor = row[col] / pivot[col];
            for (value, above) in row.iter_mut().zip(&pivot) {
                *value -= factor * above;
            }
        }
        rank += 1;
    }
    rank
}

#[test]
fn identities_marked_dependent_are_those_that_follow_from_the_rest() {
    for (key, wanted) in [("2021", 37), ("2019", 35)] {
        let form = form::by_key(key).expect("the form");
        let identities = form.identities();
        let of_three = || {
            let all = identities.all().iter();
            all.filter(|identity| form.tables[identity.table].prefix == "t3")
        };
        let system = of_three().map(|identity| {
            let mut row = vec![0.0; form.len()];
            for cell in identities.left(identity) {
                row[cell.index()] += 1.0;
            }
            for cell in identities.right(identity) {
                row[cell.index()] -= 1.0;
            }
            row
        });
        assert_eq!(rank(system.collect()), wanted, "{key}");
        let independent = of_three().filter(|identity| !identity.dependent);
        assert_eq!(independent.count(), wanted, "{key}");
        assert!(of_three().any(|identity| identity.along == Along::Rows));
    }
}

#[test]
fn every_form_is_saved_and_written_as_text_and_read_back() {
    for form in FORMS {
        let report = full(form);
        for format in [&NATIVE, &TEXT] {
            let bytes =
                format::write(&report, format, &Writing::default()).expect("it can be written");
            let read = format::read(&bytes, None, &Options::default()).expect("a report");
            assert_eq!(read.report().form(), *form);
            assert_eq!(read.report().cells(), report.cells(), "{form:?} {format:?}");
            assert_eq!(read.notes, [], "{form:?} {format:?}");
        }
    }
}

#[test]
fn a_form_that_is_not_in_force_is_said() {
    let said = |draft: Draft| {
        let findings = alone(draft.report(), Blanks::ZERO);
        let problem = findings.problems.iter().find(|p| p.rule.code == "H-FORM")?;
        Some(problem.message().text(Lang::Zh))
    };
    let of = |key: &str, year: &str| {
        let mut draft = draft(form::by_key(key).expect("the form"));
        draft.set_head(HeadField::Year, year);
        said(draft)
    };
    assert_eq!(of("2019", "2019"), None);
    assert_eq!(of("2021", "2021"), None);
    assert_eq!(of("2021", "2018"), None);
    let late = of("2019", "2023").expect("a problem");
    assert!(
        late.contains("2023 年应当用 2021年格式，这份用的是 2019年格式"),
        "{late}"
    );
    assert!(of("2021", "2020").is_some());

    // （六） as one row: the two rows before it are blank, and only they.
    let form = form::current();
    let mut draft = draft(form);
    for id in form.cells() {
        let (row, _) = form.lines(id);
        if row.group != "other" || row.key == "other_misc" {
            draft.set_cell(id, Cell::Count(0), None);
        }
    }
    let message = said(draft.clone()).expect("a problem");
    assert!(message.contains("其他处理"), "{message}");
    set(&mut draft, "t3.other_fee_unpaid.total", "0");
    assert_eq!(said(draft), None);
}

#[test]
fn from_2019_to_2021_what_maps_is_mapped_and_the_rest_is_listed() {
    let (old, new) = (form::by_key("2019").expect("form"), form::current());
    let report = full(old);
    let remapped = report.remapped(new);
    let cell = |report: &Report, path: &str| {
        let id = report.form().cell(path).expect("path of the form");
        report.cell(id).clone()
    };
    for id in new.cells() {
        let path = new.path(id);
        let from = path.replace("other_misc", "other_all");
        let wanted = match old.cell(&from) {
            Some(from) => report.cell(from).clone(),
            None => Cell::Blank,
        };
        assert_eq!(cell(&remapped.report, &path), wanted, "{path}");
    }
    assert_eq!(
        cell(&remapped.report, "t2.rules.in_force"),
        Cell::Blank,
        "公开总数 is not 现行有效"
    );
    let places: Vec<String> = remapped
        .notes
        .iter()
        .map(|note| note.place.to_string())
        .collect();
    let has = |path: &str| places.iter().any(|place| place == path);
    assert!(has("t2.rules.public_total"), "{places:?}");
    assert!(has("t2.central_procurement.amount"));
    assert!(has("t3.other_all.natural_person"));
    // 22 cells of table 二 but the three decisions, and one note for （六）.
    assert_eq!(remapped.notes.len(), 19 + 1);
    assert_eq!(remapped.report.unplaced().len(), 19);
    let back = remapped.report.remapped(new);
    assert_eq!(back.report, remapped.report);
    assert!(back.notes.is_empty());
}
