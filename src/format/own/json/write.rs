//! The file of a report, a row of a table a line.
//!
//! **Never:** leaves out what the report holds.
//! Next: `read`.

use super::VERSION;
use crate::base::width::escaped;
use crate::model::{Cell, HeadField, Report, Unread};

/// The file of a report.
pub(in crate::format) fn write(report: &Report) -> String {
    let form = report.form();
    let mut out = format!("{{\"gouji\":{VERSION}");
    field(&mut out, ",\"form\":", form.key);
    out.push_str(",\n\"head\":{");
    heads(&mut out, report);
    out.push_str("},\n\"headings\":[");
    list(&mut out, ",", report.headings(), |out, heading| {
        match heading.section {
            Some(section) => field(out, "[", form.section(section).key),
            None => out.push_str("[null"),
        }
        field(out, ",", &heading.text);
        out.push(']');
    });
    out.push(']');
    for prefix in form.prefixes() {
        field(&mut out, ",\n", prefix);
        out.push_str(":{\n");
        rows(&mut out, report, prefix);
        out.push('}');
    }
    out.push_str(",\n\"texts\":{");
    list(&mut out, ",", form.texts(), |out, text| {
        field(out, "", form.section(text).key);
        field(out, ":", report.text(text));
    });
    out.push_str("},\n\"unplaced\":[");
    list(&mut out, ",\n", report.unplaced(), |out, piece| {
        field(out, "{\"place\":", &piece.place.to_string());
        field(out, ",\"text\":", &piece.text);
        if let Some(table) = piece.table {
            field(out, ",\"table\":", table);
        }
        out.push('}');
    });
    open(&mut out, report);
    out.push_str("],\n\"remarks\":[");
    list(&mut out, ",\n", report.remarks(), |out, remark| {
        field(out, "{\"rule\":", &remark.rule);
        field(out, ",\"site\":", &remark.site);
        numbers(out, &remark.numbers);
        field(out, ",\"text\":", &remark.text);
        field(out, ",\"by\":", &remark.by);
        out.push('}');
    });
    out.push_str("],\n\"questions\":[");
    list(&mut out, ",\n", report.questions(), |out, question| {
        field(out, "{\"site\":", &question.site);
        if let Some(fault) = &question.fault {
            field(out, ",\"rule\":", &fault.rule);
            numbers(out, &fault.numbers);
        }
        field(out, ",\"text\":", &question.text);
        out.push('}');
    });
    out.push_str("]}\n");
    out
}

fn heads(out: &mut String, report: &Report) {
    list(out, ",", HeadField::ALL, |out, head| {
        string(out, head.key());
        out.push(':');
        let text = report.head().get(head);
        match head {
            HeadField::Title | HeadField::Body => string(out, &text),
            _ if text.is_empty() => out.push_str("null"),
            HeadField::Year => out.push_str(&text),
            _ => string(out, &text),
        }
    });
}

/// The rows of the tables with this prefix.
fn rows(out: &mut String, report: &Report, prefix: &'static str) {
    let form = report.form();
    let rows = form.tables_of(prefix).flat_map(|table| {
        let table = &form.tables[table];
        (0..table.rows.len()).map(move |row| (table, row))
    });
    list(out, ",\n", rows, |out, (table, row)| {
        string(out, table.rows[row].key);
        out.push_str(":[");
        list(out, ",", 0..table.cols.len(), |out, col| {
            match report.cell(table.cell(row, col)) {
                Cell::Blank => out.push_str("null"),
                cell @ Cell::Count(_) => out.push_str(&cell.text()),
                cell => string(out, &cell.text()),
            }
        });
        out.push(']');
    });
}

/// What is not settled yet, as far as there is any: rows that were lost, tables that
/// were not read, tables that are being keyed in.
fn open(out: &mut String, report: &Report) {
    let form = report.form();
    let lost: Vec<(usize, usize)> = report.lost().collect();
    if !lost.is_empty() {
        out.push_str("],\n\"lost\":[");
        list(out, ",", lost, |out, (table, row)| {
            let table = &form.tables[table];
            string(out, &format!("{}.{}", table.prefix, table.rows[row].key));
        });
    }
    let unread: Vec<&Unread> = report.unread().collect();
    if !unread.is_empty() {
        out.push_str("],\n\"unread\":[");
        list(out, ",\n", unread, |out, unread| {
            field(out, "{\"table\":", unread.prefix);
            field(out, ",\"seen\":", unread.seen.key());
            field(out, ",\"place\":", &unread.place.to_string());
            out.push('}');
        });
    }
    if !report.keying().is_empty() {
        out.push_str("],\n\"keying\":[");
        list(out, ",", report.keying(), |out, prefix| {
            string(out, prefix);
        });
    }
}

/// The numbers of a problem.
fn numbers(out: &mut String, numbers: &[String]) {
    out.push_str(",\"numbers\":[");
    list(out, ",", numbers, |out, number| string(out, number));
    out.push(']');
}

fn string(out: &mut String, text: &str) {
    let json = serde_json::to_string(text).expect("a string is always JSON");
    out.push_str(&escaped(json));
}

/// What stands before a string, and the string.
fn field(out: &mut String, before: &str, text: &str) {
    out.push_str(before);
    string(out, text);
}

fn list<T>(
    out: &mut String,
    between: &str,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut String, T),
) {
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        write(out, item);
    }
}
