//! Reading and writing one report in each format.

use divan::{Bencher, black_box};
use gouji::check::{Blanks, alone};
use gouji::format::{self, Format, Options, Writing};

fn main() {
    divan::main();
}

const DOCX: &[u8] = include_bytes!("../tests/data/readers/plain.docx");
const ODT: &[u8] = include_bytes!("../tests/data/readers/plain.odt");
const PAGE: &str = include_str!("../tests/data/readers/chrome.html");
const PASTED: &[u8] = include_bytes!("../tests/data/browser.txt");

fn read(bencher: Bencher, bytes: &[u8]) {
    bencher.bench(|| format::read(black_box(bytes), None, &Options::default()));
}

fn written(format: &Format) -> Vec<u8> {
    format::write(&format::sample(), format, &Writing::default())
        .expect("the format can be written")
}

#[divan::bench]
fn read_native(bencher: Bencher) {
    read(bencher, &written(&format::NATIVE));
}

#[divan::bench]
fn read_our_text(bencher: Bencher) {
    read(bencher, &written(&format::TEXT));
}

#[divan::bench]
fn read_pasted_text(bencher: Bencher) {
    read(bencher, PASTED);
}

/// Read, matched and checked, as the command line does.
fn judged(bencher: Bencher, bytes: &[u8]) {
    bencher.bench(|| {
        let draft = format::read(black_box(bytes), None, &Options::default()).expect("a report");
        alone(draft.report(), Blanks::ZERO)
    });
}

#[divan::bench]
fn check_docx(bencher: Bencher) {
    judged(bencher, DOCX);
}

#[divan::bench]
fn check_odt(bencher: Bencher) {
    judged(bencher, ODT);
}

/// A page of 100 kB: as much markup as word processors write.
#[divan::bench]
fn check_page_of_100_kb(bencher: Bencher) {
    let style = "<p style=\"margin:0;text-align:center;line-height:28px\" class=\"MsoNormal\"><span style=\"font-size:14px;font-family:仿宋_GB2312;mso-hansi-font-family:'Times New Roman'\">";
    let cell = "<td width=140 valign=center style='width:105.0pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt;height:19.85pt'";
    let page = PAGE
        .replace("<p>", style)
        .replace("</p>", "</span></p>")
        .replace("<td", cell);
    assert!((95_000..120_000).contains(&page.len()), "{}", page.len());
    judged(bencher, page.as_bytes());
}

#[divan::bench(args = format::FORMATS.iter().filter(|format| format.can_write()))]
fn write(bencher: Bencher, format: &Format) {
    let report = format::sample();
    bencher.bench(|| format::write(black_box(&report), format, &Writing::default()));
}
