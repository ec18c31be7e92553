//! What pastes of every shape find.

use super::*;
use crate::base::place::Place;
use crate::form::current;

fn cell(path: &str) -> CellId {
    current().cell(path).expect("path of the form")
}

fn pasted(text: &str, at: &str) -> Block {
    match read(text, current(), cell(at), None) {
        Pasted::Block(block) => block,
        other => unreachable!("a block, not {other:?}"),
    }
}

/// What a block writes with nothing in doubt decided: `row.col=text`.
fn written(block: &Block) -> Vec<String> {
    written_as(block, &Choice::of(block))
}

fn written_as(block: &Block, choice: &Choice) -> Vec<String> {
    let cells = block.cells(current(), choice);
    let cells = cells.iter().map(|(cell, content, _)| {
        let path = current().path(*cell);
        let (_, path) = path.split_once('.').expect("a prefix");
        format!("{path}={}", content.text())
    });
    cells.collect()
}

const FIRST: &str = "t3.new_received.natural_person";

#[test]
fn every_separator_gives_the_same_labelled_rows() {
    let rows = [
        ("1.属于国家秘密", "1 2 3 4 5 6 21"),
        ("2.其他法律行政法规禁止公开", "0 0 0 0 0 1 1"),
    ];
    let text = |separator: &str| {
        let lines = rows
            .iter()
            .map(|(label, values)| format!("{label}{separator}{}", values.replace(' ', separator)));
        lines.collect::<Vec<_>>().join("\n")
    };
    let one_a_line = text("\n");
    let shown = "(三)1 国家秘密              1      2      3      4      5      6     21\n\
                 (三)2 法律法规禁止          0      0      0      0      0      1      1";
    let layouts = [
        text("\t"),
        text(" | "),
        format!("|{}|", text("|").replace('\n', "|\n|")),
        text(","),
        text(", "),
        text("，"),
        text(" "),
        text("   "),
        text("\u{3000}"),
        text("\t").replace('\n', "\r\n"),
        one_a_line,
        shown.to_owned(),
        // Heads above, blank boxes of merged cells at the left.
        format!(
            "\t\t自然人\t商业企业\n\t\t\t\n\t（三）不予公开\t{}",
            text("\t")
        ),
    ];
    let expected = [
        "denied_state_secret.natural_person=1",
        "denied_state_secret.org_business=2",
        "denied_state_secret.org_research=3",
        "denied_state_secret.org_public_welfare=4",
        "denied_state_secret.org_legal_service=5",
        "denied_state_secret.org_other=6",
        "denied_state_secret.total=21",
        "denied_other_law.natural_person=0",
    ];
    for text in layouts {
        let block = pasted(&text, "t3.carried_out.total");
        assert_eq!(block.by, By::Labels, "{text}");
        assert_eq!(written(&block)[..8], expected, "{text}");
        assert_eq!(written(&block).len(), 14, "{text}");
    }
}

#[test]
fn rows_without_labels_go_by_order_if_they_are_all_and_else_by_place() {
    let all = vec!["1\t0\t0\t0\t0\t0\t1"; 25].join("\n");
    let block = pasted(&all, "t3.granted_full.total");
    assert_eq!(
        (block.by, block.rows.len(), block.size),
        (By::Order, 25, (25, 7))
    );
    let some = pasted("1\t2\n3\t4", "t3.granted_full.org_business");
    assert_eq!(some.by, By::Place);
    assert_eq!(
        written(&some),
        [
            "granted_full.org_business=1",
            "granted_full.org_research=2",
            "granted_partial.org_business=3",
            "granted_partial.org_research=4",
        ]
    );
    // Unknown names at the left and heads above are no numbers.
    let named = pasted("单位\t甲\t乙\n某某\t1\t2", FIRST);
    assert_eq!(
        written(&named),
        [
            "new_received.natural_person=1",
            "new_received.org_business=2"
        ]
    );
    let outside = pasted("1\t2\t3", "t3.carried_out.org_other");
    assert_eq!(outside.unplaced, [(Place::Line(1), "3".to_owned())]);
}

#[test]
fn tables_of_other_shapes_find_their_cells() {
    let fifteen = "1 0 0 0 1 2 0 0 0 2 3 0 0 0 3";
    for text in [fifteen.to_owned(), fifteen.replace(' ', "\t")] {
        let block = pasted(&text, "t4.review.upheld");
        assert_eq!((block.by, block.rows.len()), (By::Order, 3), "{text}");
        assert_eq!(written(&block)[14], "suit_after_review.total=3");
    }
    let block = pasted(
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n行政规范性文件\t5\t1\t30",
        "t2.rules.issued",
    );
    assert_eq!(
        written(&block),
        [
            "normative_documents.issued=5",
            "normative_documents.repealed=1",
            "normative_documents.in_force=30"
        ]
    );
    // A table pasted while another one is shown goes where its labels say.
    let block = pasted("1.属于国家秘密\t1\t0\t0\t0\t0\t0\t1", "t2.rules.issued");
    assert_eq!(written(&block)[0], "denied_state_secret.natural_person=1");
}

#[test]
fn numbers_one_a_line_go_down_or_along_a_row_that_they_fill() {
    let seven = pasted("1\n2\n3\n4\n5\n6\n21", FIRST);
    assert!(seven.turns && seven.across);
    assert_eq!(written(&seven)[6], "new_received.total=21");
    let Pasted::Block(down) = read("1\n2\n3\n4\n5\n6\n21", current(), cell(FIRST), Some(false))
    else {
        unreachable!("a block")
    };
    assert_eq!(written(&down)[1], "carried_in.natural_person=2");
    let three = pasted("1\n2\n3", FIRST);
    assert!(!three.turns);
    assert_eq!(written(&three)[2], "granted_full.natural_person=3");
}

#[test]
fn missing_rows_and_pieces_without_a_cell_are_named() {
    let keys = current().tables[current().spot(cell(FIRST)).table].rows;
    let lines = keys.iter().filter(|line| line.key != "other_misc");
    let text: Vec<String> = lines
        .map(|line| format!("{}\t0\t0\t0\t0\t0\t0\t0", line.label))
        .chain(["某项别的\t5\t5\t5\t5\t5\t5\t5".to_owned()])
        .collect();
    let block = pasted(&text.join("\n"), FIRST);
    let missing: Vec<&str> = block
        .missing
        .iter()
        .map(|(_, row)| keys[*row].key)
        .collect();
    assert_eq!(missing, ["other_misc"]);
    assert_eq!(block.unplaced.len(), 1);
    assert_eq!(block.rows.len(), 24);
}

#[test]
fn doubtful_numbers_are_asked_and_written_only_as_chosen() {
    let block = pasted("1.属于国家秘密\t1,2\t0\t0\t0\t0\t1.234\t0", FIRST);
    let doubts = &block.rows[0].doubts;
    let texts: Vec<&str> = doubts.iter().map(|doubt| &doubt.text[..]).collect();
    assert_eq!(texts, ["1,2", "1.234"]);
    assert_eq!(doubts[0].readings.concat(), ["1200", "12", "1.2"]);
    let mut choice = Choice::of(&block);
    assert_eq!((choice.open(), choice.open_count()), (Some((0, 0)), 2));
    assert_eq!(written(&block).len(), 5, "what is open is not written");
    choice.answers[0] = vec![Some(1), Some(2)];
    assert_eq!(choice.open(), None);
    let written = written_as(&block, &choice);
    assert_eq!(written[0], "denied_state_secret.natural_person=12");
    assert_eq!(
        written.len(),
        6,
        "one past the last reading leaves the cell"
    );
    choice.taken[0] = false;
    assert_eq!(written_as(&block, &choice), [""; 0]);
    // A single cell is asked about too.
    let single = pasted("1,2", FIRST);
    assert_eq!(single.rows[0].doubts.len(), 1);
}

#[test]
fn a_number_that_may_be_two_cells_is_asked_where_the_count_then_fits() {
    let block = pasted(
        "（五）1.信访举报投诉类申请 1,2 0 0 0 0 3\n2.重复申请 0 0 0 0 0 0 0",
        FIRST,
    );
    let doubt = &block.rows[0].doubts[0];
    assert_eq!(doubt.text, "1,2");
    assert_eq!(doubt.readings, [vec!["1".to_owned(), "2".to_owned()]]);
    let mut choice = Choice::of(&block);
    choice.answers[0][0] = Some(0);
    let written = written_as(&block, &choice);
    assert_eq!(
        written[..3],
        [
            "unprocessed_petition.natural_person=1",
            "unprocessed_petition.org_business=2",
            "unprocessed_petition.org_research=0"
        ]
    );
}

#[test]
fn blanks_stay_blank_or_become_zeros() {
    let block = pasted("1.属于国家秘密\t1\t\t\t\t\t\t1", FIRST);
    let mut choice = Choice::of(&block);
    assert_eq!(written(&block)[1], "denied_state_secret.org_business=");
    choice.zeros = true;
    assert_eq!(
        written_as(&block, &choice)[1],
        "denied_state_secret.org_business=0"
    );
}

#[test]
fn one_number_is_one_and_a_report_is_a_report() {
    let at = cell(FIRST);
    for text in ["7", " 1,234\n", "１２", "/", "9件", "\t3\n"] {
        let read = read(text, current(), at, None);
        assert!(matches!(read, Pasted::One(_)), "{text}: {read:?}");
    }
    for text in [
        "",
        "\n\n",
        "没有数",
        "一段话，没有什么。\n又一段。",
        "-----|----",
    ] {
        let read = read(text, current(), at, None);
        assert!(matches!(read, Pasted::Nothing), "{text}: {read:?}");
    }
    let report = include_str!("../../../tests/data/browser.txt");
    assert!(matches!(
        read(report, current(), at, None),
        Pasted::Report(_)
    ));
    let long = "1\n".repeat(MAX_PASTE);
    assert!(matches!(read(&long, current(), at, None), Pasted::TooLong));
    let odd = [
        "\t".repeat(100_000),
        "1,".repeat(100_000),
        "\"".repeat(100_000),
    ];
    for text in odd {
        let _ = read(&text, current(), at, None);
    }
}
