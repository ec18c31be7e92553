//! A county of 49 units, written by the program itself: what a reviewer gets in a week.
//!
//! **Never:** a judgement; what is right stands in the tests.

#![allow(dead_code, reason = "every target uses its own part")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use gouji::format::{self, Writing};
use gouji::model::Report;

use super::reports::{changed, native, old};

/// What the county is called in the names of its bodies.
pub(crate) const COUNTY: &str = "清河县";

/// The units that are expected.
pub(crate) const UNITS: [&str; 49] = [
    "民政局",
    "财政局",
    "教育局",
    "公安局",
    "司法局",
    "水务局",
    "卫生健康局",
    "住房和城乡建设局",
    "自然资源局",
    "农业农村局",
    "交通运输局",
    "文化和旅游局",
    "应急管理局",
    "审计局",
    "统计局",
    "医疗保障局",
    "市场监督管理局",
    "生态环境分局",
    "人力资源和社会保障局",
    "发展和改革委员会",
    "退役军人事务局",
    "行政审批局",
    "城市管理局",
    "林业局",
    "档案局",
    "信访局",
    "机关事务管理局",
    "乡村振兴局",
    "科学技术局",
    "工业和信息化局",
    "商务局",
    "税务局",
    "气象局",
    "烟草专卖局",
    "供销合作社",
    "地方志办公室",
    "投资促进局",
    "城关镇",
    "河东镇",
    "河西镇",
    "北山镇",
    "南山镇",
    "柳林镇",
    "石桥镇",
    "大王乡",
    "小李乡",
    "东关街道",
    "西关街道",
    "经济开发区管理委员会",
];

/// Those that sent nothing.
pub(crate) const MISSING: [&str; 2] = ["档案局", "北山镇"];
/// The one with two files that differ.
pub(crate) const DOUBLED: &str = "公安局";
/// The one whose file is last year's.
pub(crate) const LATE_YEAR: &str = "水务局";
/// The one that sent a scan.
pub(crate) const SCANNED: &str = "审计局";
/// The one on the form of 2019.
pub(crate) const OLD_FORM: &str = "气象局";
/// Those with errors, each of its own kind, and what is wrong.
pub(crate) const FAULTY: [(&str, &[&str]); 6] = [
    ("民政局", &["t3.granted_full.natural_person=1"]),
    (
        "财政局",
        &[
            "t3.new_received.natural_person=3",
            "t3.new_received.total=3",
        ],
    ),
    ("教育局", &["t4.review.upheld=1"]),
    ("司法局", &["t3.new_received.org_business=2"]),
    ("林业局", &["t4.review.total=2"]),
    ("城关镇", &["t3.processed_total.total=5"]),
];

/// The body of a unit as it writes itself: with the county's name, towns as governments.
pub(crate) fn body(unit: &str) -> String {
    let rest = match unit {
        _ if unit.ends_with(['镇', '乡']) => "人民政府",
        _ if unit.ends_with("街道") => "办事处",
        _ => "",
    };
    format!("{COUNTY}{unit}{rest}")
}

/// A report of a unit with changes.
pub(crate) fn report(unit: &str, year: u16, changes: &[&str]) -> Report {
    let body = body(unit);
    let head = [
        format!("head.body={body}"),
        format!("head.title={body}{year}年政府信息公开工作年度报告"),
        format!("head.year={year}"),
    ];
    let all: Vec<&str> = head
        .iter()
        .map(String::as_str)
        .chain(changes.iter().copied())
        .collect();
    if unit == OLD_FORM {
        old(&all).into_report()
    } else {
        changed(&all).into_report()
    }
}

/// The bytes of a report in a format.
pub(crate) fn bytes(report: &Report, ending: &str) -> Vec<u8> {
    let format = format::by_extension(ending).expect("a format");
    if ending == "json" {
        return native(report);
    }
    format::write(report, format, &Writing::default()).expect("it can be written")
}

/// The ending of the file of a unit, by its place: all formats that are written.
pub(crate) fn ending(at: usize) -> &'static str {
    ["docx", "html", "xlsx", "txt", "json"][at % 5]
}

/// Writes the first round into a folder, with its roster.
pub(crate) fn first_round(folder: &Path) {
    let mut roster = "单位,其他名称,截止日期,联系人\n".to_owned();
    for unit in UNITS {
        let due = if unit == MISSING[1] {
            "2025-02-10"
        } else {
            "2025-01-31"
        };
        _ = writeln!(roster, "{unit},,{due},");
    }
    fs::write(folder.join("名单.csv"), roster).expect("written");
    for (at, unit) in UNITS.into_iter().enumerate() {
        if MISSING.contains(&unit) {
            continue;
        }
        let put = |ending: &str, report: &Report| {
            let path = folder.join(format!("{unit}.{ending}"));
            fs::write(path, bytes(report, ending)).expect("written");
        };
        let ending = ending(at);
        let changes = FAULTY
            .iter()
            .find(|(faulty, _)| *faulty == unit)
            .map_or(&[][..], |(_, changes)| *changes);
        match unit {
            SCANNED => fs::write(folder.join(format!("{unit}2024.pdf")), scan()).expect("written"),
            DOUBLED => {
                put("docx", &report(unit, 2024, &[]));
                put(
                    "html",
                    &report(unit, 2024, &["t2.rules.issued=1", "t2.rules.in_force=1"]),
                );
            }
            LATE_YEAR => put(ending, &report(unit, 2023, &[])),
            OLD_FORM => put("json", &report(unit, 2024, &[])),
            _ => put(ending, &report(unit, 2024, changes)),
        }
    }
}

/// A page that holds a picture of nothing: no text to read.
pub(crate) fn scan() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>",
        "<< /Length 19 >>\nstream\n10 10 200 200 re f\n\nendstream",
    ];
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        _ = write!(out, "{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let xref = out.len();
    out.push_str("xref\n0 5\n0000000000 65535 f \n");
    for place in places {
        _ = writeln!(out, "{place:010} 00000 n ");
    }
    _ = write!(
        out,
        "trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n"
    );
    out.into_bytes()
}
