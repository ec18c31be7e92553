//! Kinds of tables that people and programs make, one small case of each: what stands
//! in it and where it must land.

#![allow(
    clippy::disallowed_methods,
    clippy::format_collect,
    reason = "reads fixtures and packs a small document"
)]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use gouji::base::words::Lang;
use gouji::check::{self, Blanks, Severity};
use gouji::form::current;
use gouji::format::{self, Options};
use gouji::model::{Draft, Seen};

const SECTION: &str = "三、收到和处理政府信息公开申请情况";

fn read(bytes: &[u8], name: &str) -> Draft {
    format::read(bytes, Some(name), &Options::default()).expect("a report")
}

fn text(draft: &Draft, path: &str) -> String {
    let id = current().cell(path).expect("a cell of the form");
    draft.report().cell(id).text().into_owned()
}

/// Heads and rows of table 三 with the number `10 * row + column` in each cell.
fn lines() -> Vec<Vec<String>> {
    let table = &current().tables[4];
    let mut lines = vec![vec!["项目".to_owned()]];
    lines[0].extend(table.cols.iter().map(|col| col.label.to_owned()));
    for (row, line) in table.rows.iter().enumerate() {
        let mut of = vec![line.label.to_owned()];
        of.extend((0..table.cols.len()).map(|col| (100 + 10 * row + col).to_string()));
        lines.push(of);
    }
    lines
}

fn page(lines: &[Vec<String>]) -> String {
    let mut out = format!("<html><body><p>{SECTION}</p><table>");
    for line in lines {
        let _ = write!(out, "<tr><td>{}</td></tr>", line.join("</td><td>"));
    }
    out + "</table></body></html>"
}

fn separated(lines: &[Vec<String>]) -> String {
    let rows = lines.iter().map(|line| line.join(","));
    rows.collect::<Vec<_>>().join("\n")
}

/// Every cell of table 三 is in its place, and one note says this.
fn all_placed(lines: &[Vec<String>], says: &str) {
    for bytes in [page(lines), separated(lines)] {
        let draft = read(
            bytes.as_bytes(),
            if bytes.starts_with('<') {
                "a.html"
            } else {
                "a.csv"
            },
        );
        let table = &current().tables[4];
        for row in 0..table.rows.len() {
            for col in 0..table.cols.len() {
                let id = table.cell(row, col);
                let wanted = (100 + 10 * row + col).to_string();
                assert_eq!(
                    draft.report().cell(id).text(),
                    wanted,
                    "{says} {}",
                    current().path(id)
                );
            }
        }
        let notes: Vec<String> = draft
            .notes
            .iter()
            .map(|note| note.message.text(Lang::Zh))
            .collect();
        let said = notes.iter().filter(|note| note.contains(says)).count();
        assert_eq!(said, 1, "{notes:?}");
    }
}

#[test]
fn columns_that_users_add_are_left_out_and_named_once() {
    let added = |at: usize, head: &str, of: &dyn Fn(usize, &[String]) -> String| {
        let mut lines = lines();
        for (row, line) in lines.iter_mut().enumerate() {
            let text = if row == 0 {
                head.to_owned()
            } else {
                of(row, line)
            };
            line.insert(at.min(line.len()), text);
        }
        lines
    };
    let zero = |_: usize, _: &[String]| "0".to_owned();
    let count = |row: usize, _: &[String]| row.to_string();
    let label = |_: usize, line: &[String]| line[0].clone();
    all_placed(&added(8, "校验", &zero), "【校验】");
    all_placed(
        &added(8, "上年总计", &|row, _| (9000 + row * 7).to_string()),
        "【上年总计】",
    );
    all_placed(&added(0, "序号", &count), "【序号】");
    all_placed(&added(1, "行次", &count), "【行次】");
    all_placed(&added(0, "", &count), "不是格式里的列");
    all_placed(&added(8, "", &label), "不是格式里的列");
}

#[test]
fn a_matrix_on_its_side_is_turned_and_one_column_is_read() {
    let upright = lines();
    let turned: Vec<Vec<String>> = (0..upright[0].len())
        .map(|col| upright.iter().map(|line| line[col].clone()).collect())
        .collect();
    all_placed(&turned, "倒过来");
    let totals: Vec<Vec<String>> = upright
        .iter()
        .map(|line| vec![line[0].clone(), line[7].clone()])
        .collect();
    let draft = read(page(&totals).as_bytes(), "a.html");
    assert_eq!(text(&draft, "t3.new_received.total"), "106");
    assert_eq!(text(&draft, "t3.carried_out.total"), "346");
    assert_eq!(text(&draft, "t3.new_received.natural_person"), "");
}

#[test]
fn blocks_of_table_four_are_placed_by_their_heads() {
    let outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    let boxes = |from: usize, count: usize| -> String {
        (from..from + count)
            .map(|number| format!("<td>{number}</td>"))
            .collect()
    };
    let heads: String = outcomes
        .iter()
        .map(|head| format!("<td>{head}</td>"))
        .collect();
    let page = format!(
        "<p>四、政府信息公开行政复议、行政诉讼情况</p><table>\
         <tr><td colspan=10>行政诉讼</td><td colspan=5>行政复议</td></tr>\
         <tr><td colspan=5>复议后起诉</td><td colspan=5>未经复议直接起诉</td>{}</tr>\
         <tr>{heads}{heads}</tr><tr>{}</tr></table>",
        heads.replace("<td>", "<td rowspan=2>"),
        boxes(21, 15)
    );
    let draft = read(
        format!("<html><body>{page}</body></html>").as_bytes(),
        "a.html",
    );
    assert_eq!(text(&draft, "t4.suit_after_review.upheld"), "21");
    assert_eq!(text(&draft, "t4.suit_direct.upheld"), "26");
    assert_eq!(text(&draft, "t4.review.total"), "35");
    assert!(
        draft
            .notes
            .iter()
            .any(|note| note.message.text(Lang::En).contains("another order"))
    );
}

#[test]
fn what_nobody_sees_on_a_page_is_not_read() {
    let mut lines = lines();
    let style = "<style>.old{display:none} td .gone{text-decoration:line-through} @media print{.new{display:none}}</style>";
    let boxes = [
        "<span class=old>3</span>12",
        "<span class=gone>9</span>8",
        "<s>1</s>7",
        "<span style='color:#fff'>4</span>5",
        "<span style='font-size:0'>4</span>6",
        "<span class=new>4</span>3",
        "<del>9</del>",
    ];
    for (col, text) in boxes.iter().enumerate() {
        lines[1][col + 1] = (*text).to_owned();
    }
    let draft = read(
        page(&lines)
            .replace("<body>", &format!("{style}<body>"))
            .as_bytes(),
        "a.html",
    );
    let row = &current().tables[4];
    let found: Vec<String> = (0..7)
        .map(|col| draft.report().cell(row.cell(0, col)).text().into_owned())
        .collect();
    assert_eq!(found, ["12", "8", "7", "5", "6", "43", ""]);
    let notes: Vec<String> = draft
        .notes
        .iter()
        .map(|note| note.message.text(Lang::Zh))
        .collect();
    assert!(
        notes.iter().any(|note| note.contains("删除线")),
        "{notes:?}"
    );
    assert!(
        notes.iter().any(|note| note.contains("看不见")),
        "{notes:?}"
    );
}

#[test]
fn what_stands_in_the_place_of_a_table_is_an_error_until_it_is_typed() {
    let shown = [
        ("<img src=a.png>", Seen::Picture),
        ("<iframe src=a.html></iframe>", Seen::Frame),
        ("<p><a href='/a/b.xls'>附件</a></p>", Seen::Attachment),
        (
            "<table><tr><td>甲</td><td>1</td><td>2</td></tr></table>",
            Seen::Rows,
        ),
    ];
    for (html, seen) in shown {
        let title = "某市某局2024年政府信息公开工作年度报告";
        let page = format!(
            "<html><body><p>{title}</p><p>一、总体情况</p><p>依法公开政府信息。</p><p>{SECTION}</p>{html}</body></html>"
        );
        let draft = read(page.as_bytes(), "a.html");
        let unread: Vec<Seen> = draft.report().unread().map(|unread| unread.seen).collect();
        assert_eq!(unread, [seen], "{html}");
        let saved = format::native(draft.report());
        let back = read(saved.as_bytes(), "a.json");
        let found = check::alone(back.report(), Blanks::ZERO).problems;
        let of_table: Vec<_> = found
            .iter()
            .filter(|problem| problem.rule.code == "IN-TABLE")
            .collect();
        assert_eq!(of_table.len(), 1, "{html}");
        assert_eq!(of_table[0].severity(), Severity::Error);
        assert!(
            found.iter().all(|problem| problem.rule.code != "T3-EMPTY"),
            "{html}"
        );
    }
}

/// A Word document of these paragraphs and tables.
fn document(body: &str) -> Vec<u8> {
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(
        "word/document.xml",
        zip::write::SimpleFileOptions::default(),
    )
    .expect("a part");
    write!(zip, "<w:document xmlns:w=\"{space}\" xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>{body}</w:body></w:document>").expect("a part");
    zip.finish().expect("a package").into_inner()
}

#[test]
fn word_rows_that_end_early_keep_their_numbers_and_struck_ones_are_left_out() {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let mut lines = lines();
    lines[2].pop();
    lines[3][1] =
        "</w:t></w:r><w:r><w:rPr><w:dstrike/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>8".to_owned();
    lines[4][1] =
        "</w:t></w:r><w:r><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>7"
            .to_owned();
    let mut body = paragraph(SECTION) + "<w:tbl>";
    for (row, line) in lines.iter().enumerate() {
        let early = if row == 2 {
            "<w:trPr><w:gridAfter w:val=\"1\"/></w:trPr>"
        } else {
            ""
        };
        let boxes: String = line
            .iter()
            .map(|text| format!("<w:tc>{}</w:tc>", paragraph(text)))
            .collect();
        let _ = write!(body, "<w:tr>{early}{boxes}</w:tr>");
    }
    body += "</w:tbl>";
    let draft = read(&document(&body), "a.docx");
    assert_eq!(text(&draft, "t3.carried_in.org_other"), "115");
    assert_eq!(text(&draft, "t3.carried_in.total"), "");
    assert_eq!(text(&draft, "t3.granted_full.natural_person"), "8");
    assert_eq!(text(&draft, "t3.granted_partial.natural_person"), "7");
    let picture = paragraph("一、总体情况")
        + &paragraph("依法公开政府信息。")
        + &paragraph(SECTION)
        + "<w:p><w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r></w:p>";
    let draft = read(&document(&picture), "a.docx");
    assert_eq!(
        draft
            .report()
            .unread()
            .map(|unread| unread.seen)
            .collect::<Vec<_>>(),
        [Seen::Picture]
    );
    // Half of a document is called that.
    let whole = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/readers/plain.docx"
    ));
    let whole = whole.expect("a fixture");
    let cut = format::read(
        &whole[..whole.len() / 2],
        Some("a.docx"),
        &Options::default(),
    );
    let failure = cut.expect_err("half a document");
    assert!(
        failure.text(Lang::Zh).contains("文件不完整"),
        "{}",
        failure.text(Lang::Zh)
    );
}

#[test]
fn hidden_text_of_a_word_document_is_not_read() {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let hidden = |text: &str, on: &str| {
        format!("</w:t></w:r><w:r><w:rPr><w:vanish{on}/></w:rPr><w:t>{text}</w:t></w:r><w:r><w:t>")
    };
    let mut lines = lines();
    lines[1][1] = hidden("9", "") + "8";
    lines[1][2] = hidden("9", " w:val=\"0\"") + "8";
    lines[2][1] = hidden("9", "");
    let row = |line: &Vec<String>| {
        let boxes = line
            .iter()
            .map(|text| format!("<w:tc>{}</w:tc>", paragraph(text)));
        format!("<w:tr>{}</w:tr>", boxes.collect::<String>())
    };
    let rows: String = lines.iter().map(row).collect();
    let body = format!("{}<w:tbl>{rows}</w:tbl>", paragraph(SECTION));
    let draft = read(&document(&body), "a.docx");
    assert_eq!(text(&draft, "t3.new_received.natural_person"), "8");
    assert_eq!(text(&draft, "t3.new_received.org_business"), "98");
    assert_eq!(text(&draft, "t3.carried_in.natural_person"), "");
}

#[test]
fn white_text_of_an_open_document_is_not_read_as_a_number() {
    let mut lines = lines();
    let white = |text: &str| format!("<text:span text:style-name=\"W\">{text}</text:span>");
    lines[1][1] = white("9") + "8";
    lines[1][2] = white("9");
    lines[1][3] = white("机密");
    let space =
        |name: &str| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\"");
    let spaces: String = ["office", "text", "table", "style"].map(space).join(" ");
    let fo = "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\"";
    let page = |ground: &str| {
        let row = |line: &Vec<String>| {
            let boxes = line.iter().map(|text| {
                format!("<table:table-cell table:style-name=\"C\"><text:p>{text}</text:p></table:table-cell>")
            });
            format!(
                "<table:table-row>{}</table:table-row>",
                boxes.collect::<String>()
            )
        };
        let rows: String = lines.iter().map(row).collect();
        format!(
            "<?xml version=\"1.0\"?><office:document {spaces} {fo} office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:automatic-styles>\
             <style:style style:name=\"W\"><style:text-properties fo:color=\"#FFFFFF\"/></style:style>\
             <style:style style:name=\"C\"><style:table-cell-properties fo:background-color=\"{ground}\"/></style:style>\
             </office:automatic-styles><office:body><office:text><text:h>{SECTION}</text:h><table:table>{rows}</table:table></office:text></office:body></office:document>"
        )
    };
    let draft = read(page("transparent").as_bytes(), "a.fodt");
    let first = |draft: &Draft, col: &str| text(draft, &format!("t3.new_received.{col}"));
    assert_eq!(first(&draft, "natural_person"), "8");
    assert_eq!(first(&draft, "org_business"), "");
    let is_said = |draft: &Draft| {
        let mut notes = draft.notes.iter();
        notes.any(|note| note.message.text(Lang::Zh).contains("看不见"))
    };
    assert!(is_said(&draft));
    // On a ground of its own white is seen.
    let draft = read(page("#1f4e79").as_bytes(), "a.fodt");
    assert_eq!(first(&draft, "natural_person"), "98");
    assert_eq!(first(&draft, "org_business"), "9");
    assert!(!is_said(&draft));
}

#[test]
fn a_group_printed_as_one_row_keeps_its_numbers_below_rows_that_are_left_out() {
    let mut lines = lines();
    // （六） stands as one row, 四 is not there.
    let first = lines.iter().position(|line| line[0].contains("逾期不补正"));
    let first = first.expect("the first row of （六）");
    lines.drain(first..first + 2);
    "（六）其他处理".clone_into(&mut lines[first][0]);
    lines.pop();
    // The head of a column stands once more, as if it were a row.
    let other = |label: &str| {
        let mut line = vec![label.to_owned()];
        line.extend((1..8).map(|number| number.to_string()));
        line
    };
    lines.insert(1, other("其他"));
    for bytes in [page(&lines), separated(&lines)] {
        let draft = read(bytes.as_bytes(), "a");
        for (path, number) in [
            ("t3.new_received.natural_person", "100"),
            ("t3.unprocessed_reconfirm.total", "296"),
            ("t3.other_misc.natural_person", "320"),
            ("t3.processed_total.total", "336"),
        ] {
            assert_eq!(text(&draft, path), number, "{path}");
        }
        assert_eq!(draft.report().unplaced().len(), 1);
    }
    // Where the group's row is the last one.
    lines.pop();
    let draft = read(separated(&lines).as_bytes(), "a.csv");
    assert_eq!(text(&draft, "t3.other_misc.total"), "326");
}

#[test]
fn what_a_program_writes_for_nothing_is_blank() {
    let mut lines = lines();
    let written = ["nan", "NaN", " NaN ", "nan", "\u{3000}", "NAN"];
    for (col, text) in written.iter().enumerate() {
        lines[1][col + 1] = (*text).to_owned();
    }
    for bytes in [page(&lines), separated(&lines)] {
        let draft = read(bytes.as_bytes(), "a");
        let row = &current().tables[4];
        for (col, written) in written.iter().enumerate() {
            let cell = draft.report().cell(row.cell(0, col));
            assert!(cell.is_blank(), "{written:?} is read as {cell:?}");
        }
        assert_eq!(text(&draft, "t3.new_received.total"), "106");
    }
}

#[test]
fn one_message_met_many_times_is_said_once_with_how_many() {
    let mut lines = lines();
    for line in &mut lines[1..] {
        line[0] += "（件）";
    }
    let draft = read(page(&lines).as_bytes(), "a.html");
    let said: Vec<String> = draft
        .notes
        .iter()
        .map(|note| note.message.text(Lang::Zh))
        .filter(|note| note.contains("当作"))
        .collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].contains(&format!("共 {} 处", lines.len() - 1)),
        "{said:?}"
    );
    assert_eq!(text(&draft, "t3.carried_out.total"), "346");
}

/// Bytes as mail carries them: letters of 6 bits.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (index, three) in bytes.chunks(3).enumerate() {
        let bits = three
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= three.len() {
                letter.into()
            } else {
                '='
            });
        }
        if index % 19 == 18 {
            out.push_str("\r\n");
        }
    }
    out
}

/// Bytes as mail carries them: `=E4=BD` for what is not ASCII, lines of 70.
fn quoted(bytes: &[u8]) -> String {
    let (mut out, mut width) = (String::new(), 0);
    for byte in bytes {
        let piece = match byte {
            b'\n' => "\r\n".to_owned(),
            b'=' | 0x80.. => format!("={byte:02X}"),
            byte => char::from(*byte).to_string(),
        };
        if width + piece.len() > 70 && *byte != b'\n' {
            out.push_str("=\r\n");
            width = 0;
        }
        width = if *byte == b'\n' {
            0
        } else {
            width + piece.len()
        };
        out.push_str(&piece);
    }
    out
}

#[test]
fn a_page_that_word_saved_as_one_file_is_read() {
    // Word comments out its styles, so that a line begins with the signs of a boundary.
    let styles = "<style>\n<!--\n /* Font Definitions */\n @font-face\n\t{font-family:宋体;}\n--\n-->\n</style>\n<!--[if gte mso 9]><xml><w:View>Print</w:View></xml><![endif]-->\n";
    let page = page(&lines()).replace(
        "<body>",
        &format!("<head>{styles}</head>\n<body lang=ZH-CN>\n"),
    );
    let page = page.replace("<tr>", "\n <tr>").replace("<td>", "\n  <td>");
    for (name, body) in [
        ("quoted-printable", quoted(page.as_bytes())),
        ("base64", base64(page.as_bytes())),
    ] {
        let boundary = "----=_NextPart_01DB5A3C.7F2E9A10";
        let file = format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"{boundary}\"\r\n\r\n\
             此文档为“单个文件网页”。\r\n\r\n\
             --{boundary}\r\nContent-Location: file:///C:/1/report.htm\r\n\
             Content-Transfer-Encoding: {name}\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\r\n\
             {body}\r\n\r\n\
             --{boundary}\r\nContent-Location: file:///C:/1/report.files/filelist.xml\r\n\
             Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/xml; charset=\"utf-8\"\r\n\r\n\
             <xml><o:File HRef=3D\"a.xml\"/></xml>\r\n\r\n--{boundary}--\r\n"
        );
        let draft = read(file.as_bytes(), "report.mht");
        for (row, line) in current().tables[4].rows.iter().enumerate() {
            let path = format!("t3.{}.org_other", line.key);
            assert_eq!(
                text(&draft, &path),
                (105 + 10 * row).to_string(),
                "{name} {path}"
            );
        }
    }
}
