//! Files that ask for too much: no bytes end the program, and none cost more
//! memory or time than a report is worth.
//!
//! The program runs with little address space, as `ulimit -v` sets it: what asks
//! for more ends it, and with it the other files of the folder.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests run the program and write the files it reads"
)]
#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Address space in KiB; threads and the program itself take about half of it.
const SPACE: usize = 640 << 10;

fn fixture(name: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sheets");
    std::fs::read(root.join(name)).expect("a fixture")
}

/// Runs `check` over a folder or file with little address space.
fn check(path: &Path) -> Output {
    let home = tempfile::tempdir().expect("a folder");
    let script = format!("ulimit -v {SPACE}; exec \"$0\" check \"$1\"");
    Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_gouji")])
        .arg(path)
        .env("HOME", home.path())
        .output()
        .expect("a shell")
}

/// Nobody killed it, and it said what it found.
fn ends_well(output: &Output, name: &str) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    let code = output.status.code();
    assert!(matches!(code, Some(0..=2)), "{name}: {code:?} {said}");
    assert!(!said.contains("panicked"), "{name}: {said}");
    said
}

/// The same bytes each time for a seed.
fn scramble(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    usize::try_from(*seed >> 33).expect("31 bits")
}

/// The parts of a zip.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let read = |index: usize| {
        let mut part = zip.by_index(index).expect("a part");
        let mut data = Vec::new();
        part.read_to_end(&mut data).expect("a part");
        (part.name().expect("a name").to_string(), data)
    };
    (0..zip::ZipArchive::new(Cursor::new(bytes))
        .expect("a zip")
        .len())
        .map(read)
        .collect()
}

fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(data).expect("a part");
    }
    zip.finish().expect("a zip").into_inner()
}

/// A byte of a number or of anything else, put into bytes at a place.
fn damage(bytes: &mut [u8], seed: &mut u64) {
    let at = scramble(seed) % bytes.len();
    bytes[at] = match scramble(seed) % 4 {
        0 => 0xFF,
        1 => b'9',
        2 => bytes[at] ^ 1 << (scramble(seed) % 8),
        _ => u8::try_from(scramble(seed) % 256).expect("a byte"),
    };
}

#[test]
fn no_damaged_workbook_ends_a_check_of_its_folder() {
    const ROUNDS: usize = 150;
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: String, bytes: &[u8]| {
        std::fs::write(folder.path().join(name), bytes).expect("room");
    };
    let mut seed = 16;
    let old = fixture("three.xls");
    for round in 0..2 * ROUNDS {
        let mut bytes = old.clone();
        for _ in 0..=round % 3 {
            damage(&mut bytes, &mut seed);
        }
        write(format!("a{round:03}.xls"), &bytes);
    }
    for base in ["three.xlsx", "whole.ods"] {
        let whole = parts(&fixture(base));
        for round in 0..ROUNDS {
            let mut parts = whole.clone();
            let said = |name: &str| name.contains(".xml") && !name.starts_with("doc");
            let told: Vec<usize> = (0..parts.len()).filter(|at| said(&parts[*at].0)).collect();
            let at = told[scramble(&mut seed) % told.len()];
            damage(&mut parts[at].1, &mut seed);
            write(format!("b{round:03}-{base}"), &zipped(&parts));
        }
    }
    write("z-whole.xls".to_owned(), &old);
    let output = check(folder.path());
    let said = ends_well(&output, "folder");
    assert!(said.contains("z-whole.xls"), "the last file is told too");
}

/// The records of an old workbook whose numbers say how much there is, at their
/// largest; the file keeps its length.
#[test]
fn old_workbooks_with_absurd_sizes_are_read_or_refused() {
    const KINDS: [u16; 9] = [
        0x0200, 0x0085, 0x00FC, 0x00BD, 0x0208, 0x007D, 0x00E5, 0x027E, 0x00FD,
    ];
    let whole = fixture("three.xls");
    let folder = tempfile::tempdir().expect("a folder");
    let mut count = 0;
    for at in (512..whole.len() - 4).step_by(2) {
        let kind = u16::from_le_bytes([whole[at], whole[at + 1]]);
        let len = usize::from(u16::from_le_bytes([whole[at + 2], whole[at + 3]]));
        if !KINDS.contains(&kind) || len == 0 || at + 4 + len > whole.len() || count > 400 {
            continue;
        }
        for field in 0..len.min(8) {
            let mut bytes = whole.clone();
            bytes[at + 4 + field] = 0xFF;
            let name = format!("{kind:04x}-{at:05}-{field}.xls");
            std::fs::write(folder.path().join(name), bytes).expect("room");
            count += 1;
        }
    }
    assert!(count > 50);
    ends_well(&check(folder.path()), "sizes");
}

fn book(sheets: &[String]) -> Vec<u8> {
    let mut list = String::new();
    let mut relations = String::new();
    for at in 0..sheets.len() {
        let _ = write!(
            list,
            "<sheet name=\"s{at}\" sheetId=\"{at}\" r:id=\"r{at}\"/>"
        );
        let _ = write!(
            relations,
            "<Relationship Id=\"r{at}\" Type=\"x/worksheet\" Target=\"worksheets/s{at}.xml\"/>"
        );
    }
    let mut parts = vec![
        (
            "xl/workbook.xml".to_owned(),
            format!("<workbook xmlns:r=\"r\"><sheets>{list}</sheets></workbook>").into_bytes(),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships>{relations}</Relationships>").into_bytes(),
        ),
    ];
    parts.extend(sheets.iter().enumerate().map(|(at, rows)| {
        let name = format!("xl/worksheets/s{at}.xml");
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        (name, sheet.into_bytes())
    }));
    zipped(&parts)
}

/// A PDF whose table of objects is packed a thousandfold.
fn objects() -> Vec<u8> {
    const COUNT: usize = 30_000_000;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..COUNT / 1000 {
        packed.write_all(&[1; 1000]).expect("room");
    }
    let packed = packed.finish().expect("room");
    let head = "%PDF-1.5\n";
    let said = format!(
        "1 0 obj\n<</Type/XRef/Size {COUNT}/W[1 0 0]/Root 2 0 R/Filter/FlateDecode/Length {}>>\nstream\n",
        packed.len()
    );
    let tail = format!("\nendstream\nendobj\nstartxref\n{}\n%%EOF\n", head.len());
    [head.as_bytes(), said.as_bytes(), &packed, tail.as_bytes()].concat()
}

#[test]
fn files_that_unfold_to_much_cost_little() {
    const MUCH: usize = 8 << 20;
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"4000\"><c r=\"IV4000\"><v>1</v></c></row>";
    let wide = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(40)).repeat(4900);
    let keys = (0..500_000).fold(String::from("{\"gouji\":1"), |mut text, key| {
        let _ = write!(text, ",\"k{key}\":1");
        text
    });
    let files: [(&str, Vec<u8>); 9] = [
        ("ones.csv", b"1,".repeat(MUCH / 2)),
        ("ones.txt", b"1,".repeat(MUCH / 2)),
        ("ones.tsv", b"1\t".repeat(MUCH / 2)),
        ("spaces.txt", b"1 ".repeat(MUCH / 2)),
        ("rows.txt", b"1\t1\t1\t1\t1\t1\t1\n".repeat(19_000)),
        ("sheets.xlsx", book(&vec![far.to_owned(); 250])),
        ("wide.xlsx", book(&[wide])),
        ("objects.pdf", objects()),
        ("keys.json", (keys + "}").into_bytes()),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path: PathBuf = folder.path().join(name);
        std::fs::write(&path, bytes).expect("room");
        let said = ends_well(&check(&path), name);
        assert!(!said.is_empty(), "{name}");
    }
}

#[test]
fn a_text_too_long_to_be_judged_is_judged_at_its_start_and_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.json");
    let text = "全年受理申请12件，办结13件。".repeat(180_000);
    let report = format!("{{\"gouji\":1,\"form\":\"2021\",\"texts\":{{\"s1\":\"{text}\"}}}}");
    std::fs::write(&path, report).expect("room");
    let said = ends_well(&check(&path), "long");
    assert!(
        said.contains("S-LONG s1"),
        "{}",
        &said[..said.len().min(2000)]
    );
}
