//! A plain list as rows of texts: a workbook, separated values, or lines.
//!
//! **Never:** looks for a report in it.
//! Next: `folder::roster`, which finds names in the rows.

use crate::base::failure::Failure;
use crate::base::words::words;
use crate::format::read::sheet::Sheet;
use crate::format::read::{csv, ods, xls, xlsx};
use crate::format::{Format, MAX_BYTES, ODS, Options, XLS, XLSX, decode, guard, sniff};

/// Most rows that are read.
const MAX_ROWS: usize = 20_000;
/// Most fields of a row.
const MAX_FIELDS: usize = 64;

/// The rows of a list, blank ones left out; of a workbook those of its first sheet that
/// holds any.
///
/// # Errors
/// A [`Failure`] if it is damaged, or larger than any list.
pub fn rows(bytes: &[u8], name: Option<&str>) -> Result<Vec<Vec<String>>, Failure> {
    if bytes.len() > MAX_BYTES {
        let what = words("名单太大了", "the list is too large");
        return Err(Failure::file(what.into()));
    }
    let is_packed = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0");
    if !is_packed {
        return of_text(bytes);
    }
    let format = sniff(bytes, name)?;
    let read = [
        (
            &XLSX,
            xlsx::workbook as fn(&[u8]) -> Result<Vec<Sheet>, Failure>,
        ),
        (&XLS, xls::workbook),
        (&ODS, ods::workbook),
    ];
    let known = |(known, _): &&(&'static Format, _)| *known == format;
    let Some((_, workbook)) = read.iter().find(known) else {
        let what = words("{format}不能作名单", "a {format} can't be a list");
        let hint = words(
            "名单写成 xlsx、csv 或 txt",
            "write the list as xlsx, csv or txt",
        );
        let what = what.with(vec![("format", format.name.into())]);
        return Err(Failure::file(what).hint(hint));
    };
    let (bytes, workbook) = (bytes.to_vec(), *workbook);
    let sheets = guard::contained(move || workbook(&bytes))?;
    let shown = sheets
        .iter()
        .find(|sheet| !sheet.hidden && !sheet.cells.is_empty());
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut last = None;
    for ((row, col), text) in shown.map(|sheet| &sheet.cells).into_iter().flatten() {
        if last != Some(*row) {
            if rows.len() == MAX_ROWS {
                break;
            }
            rows.push(Vec::new());
            last = Some(*row);
        }
        if let Some(fields) = rows.last_mut().filter(|_| *col < MAX_FIELDS) {
            fields.resize(*col, String::new());
            fields.push(text.clone());
        }
    }
    Ok(rows)
}

fn of_text(bytes: &[u8]) -> Result<Vec<Vec<String>>, Failure> {
    let decoded = decode(bytes, &Options::default())?;
    let text = decoded.text.trim_start_matches('\u{feff}');
    let counted = |mark: char| text.matches(mark).count();
    let separator = match (counted('\t'), counted(',')) {
        (0, 0) => None,
        (tabs, commas) if tabs >= commas => Some(b'\t'),
        _ => Some(b','),
    };
    let is_said = |fields: &Vec<String>| fields.iter().any(|field| !field.trim().is_empty());
    Ok(match separator {
        Some(separator) => csv::records(text, separator)
            .map(|(_, fields)| fields.into_iter().take(MAX_FIELDS).collect())
            .filter(is_said)
            .take(MAX_ROWS)
            .collect(),
        None => text
            .lines()
            .map(|line| {
                line.split('，')
                    .map(str::to_owned)
                    .take(MAX_FIELDS)
                    .collect()
            })
            .filter(is_said)
            .take(MAX_ROWS)
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_rows_whatever_separates_them() {
        let read = |bytes: &[u8]| rows(bytes, None).expect("a list");
        assert_eq!(
            read("民政局\n\n财政局\n".as_bytes()),
            [["民政局"], ["财政局"]]
        );
        assert_eq!(
            read("a,b\nc,\"d,e\"\n".as_bytes()),
            [["a", "b"], ["c", "d,e"]]
        );
        assert_eq!(read(b"a\tb\n"), [["a", "b"]]);
        let gbk = encoding_rs::GBK.encode("民政局,01-31\n财政局,01-31\n").0;
        assert_eq!(read(&gbk)[1][0], "财政局");
    }
}
