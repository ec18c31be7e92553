//! The book: its sheets, how they look, head and texts, what comes with the report.
//!
//! **Never:** writes a text as a formula.
//! Next: `table` for the sheets of the form's tables.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as Look, Workbook, Worksheet, XlsxError,
};

use super::looks::{LINE, LONGEST, Looks, col_number, height, pieces};
use super::table::Table;
use super::{FIELDS, GOES_ON, HEADING, PREAMBLE, SIGNATURE, TEXT, TEXTS, tab};
use crate::base::failure::{Blame, Failure};
use crate::base::sheet::{self, Block};
use crate::base::width::{Ruler, is_unsafe};
use crate::base::words::words;
use crate::form::TextId;
use crate::form::printed::printed;
use crate::format::Writing;
use crate::model::{HeadField, Report};

/// Most characters of the name of a sheet.
const LONGEST_NAME: usize = 31;
const A4: u8 = 9;
const DRAFT: &str = "送审稿";

/// The workbook of a report.
pub(in crate::format) fn write(report: &Report, how: &Writing) -> Result<Vec<u8>, Failure> {
    let form = report.form();
    for (id, cell) in form.cells().zip(report.cells()) {
        if cell.text().encode_utf16().count() > LONGEST {
            let what = words(
                "{cell} 的文字超过 {max} 字，工作簿的一格装不下",
                "the text of {cell} has more than {max} characters, too many for a box of a workbook",
            );
            let args = vec![("cell", form.path(id).into()), ("max", LONGEST.into())];
            return Err(Failure::user(what.with(args)));
        }
    }
    book(report, how).map_err(|error| {
        let what = words(
            "工作簿写不出来：{why}",
            "the workbook could not be made: {why}",
        );
        Failure {
            blame: Blame::Bug,
            ..Failure::file(what.with(vec![("why", error.to_string().into())]))
        }
    })
}

fn book(report: &Report, how: &Writing) -> Result<Vec<u8>, XlsxError> {
    let looks = Looks::new();
    let mut book = Workbook::new();
    // The library would write the time of day.
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&fixed));
    let mut names = vec![TEXTS.to_owned()];
    texts(page(&mut book, TEXTS, how)?, report, how, &looks)?;
    for table in printed(report.form()) {
        let name = tab(report.form(), &table);
        let sheet = page(&mut book, &name, how)?;
        Table::of(report, &table, sheet, &looks).write()?;
        names.push(name);
    }
    for other in &how.sheets {
        let name = free_name(&other.title, &names);
        beside(page(&mut book, &name, how)?, other, &looks)?;
        names.push(name);
    }
    book.save_to_buffer()
}

/// One more sheet, set up for A4.
fn page<'a>(
    book: &'a mut Workbook,
    name: &str,
    how: &Writing,
) -> Result<&'a mut Worksheet, XlsxError> {
    let mark = if how.is_draft { DRAFT } else { "" };
    let sheet = book.add_worksheet();
    sheet
        .set_name(name)?
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.7, 0.6, 0.3, 0.3)
        .set_header(format!("&L&A&R{mark}"))
        .set_footer("&C&P / &N");
    Ok(sheet)
}

/// A name for a sheet that a workbook takes and no other has.
fn free_name(title: &str, taken: &[String]) -> String {
    let allowed = |c: &char| !is_unsafe(*c) && !"[]:*?/\\'".contains(*c);
    let clean: String = title
        .chars()
        .filter(allowed)
        .take(LONGEST_NAME - 4)
        .collect();
    let clean = if clean.trim().is_empty() {
        "附表"
    } else {
        clean.trim()
    };
    let is_free = |name: &String| {
        let same = |other: &String| other.to_lowercase() == name.to_lowercase();
        !taken.iter().any(same)
    };
    let numbered = (2..).map(|number| format!("{clean} {number}"));
    let mut all = std::iter::once(clean.to_owned()).chain(numbered);
    all.find(is_free).expect("numbers do not end")
}

/// Width of the column of texts.
const WIDTH: f64 = 100.0;

/// A sheet that is filled from the top.
struct Filling<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
}

impl Filling<'_> {
    /// Rows of one text, with a mark in front.
    fn text(&mut self, mark: &str, text: &str, width: f64, look: &Look) -> Result<(), XlsxError> {
        let mut mark = mark;
        for piece in pieces(text) {
            self.sheet
                .write_string_with_format(self.row, 0, mark, look)?;
            self.sheet
                .write_string_with_format(self.row, 1, &piece, look)?;
            self.sheet.set_row_height(self.row, height(&piece, width))?;
            self.row += 1;
            mark = GOES_ON;
        }
        Ok(())
    }

    /// The paragraphs of a section.
    fn section(&mut self, report: &Report, id: TextId, looks: &Looks) -> Result<(), XlsxError> {
        let mut mark = match report.form().section(id).ordinal {
            "" => PREAMBLE.to_owned(),
            ordinal => format!("{TEXT}{ordinal}"),
        };
        for paragraph in report.text(id).lines().filter(|line| !line.is_empty()) {
            self.text(&mark, paragraph, WIDTH, &looks.text)?;
            mark.clear();
        }
        Ok(())
    }
}

/// Head, headings and texts.
fn texts(
    sheet: &mut Worksheet,
    report: &Report,
    how: &Writing,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let form = report.form();
    sheet.set_column_width(0, 10)?.set_column_width(1, WIDTH)?;
    sheet.set_freeze_panes(0, 1)?;
    let mut filling = Filling { sheet, row: 0 };
    if how.is_draft {
        filling.text(DRAFT, "", WIDTH, &looks.title)?;
    }
    for (field, name) in FIELDS {
        let look = if field == HeadField::Title {
            &looks.title
        } else {
            &looks.text
        };
        filling.text(name, &report.head().get(field), WIDTH, look)?;
    }
    let mut told = vec![false; form.sections.len()];
    let mut section = |filling: &mut Filling, id: TextId| {
        if std::mem::replace(&mut told[id.index()], true) {
            return Ok(());
        }
        filling.section(report, id, looks)
    };
    if let Some(preamble) = form.texts().next() {
        section(&mut filling, preamble)?;
    }
    for heading in report.headings() {
        let ordinal = heading.section.map_or("", |id| form.section(id).ordinal);
        let is_preamble = heading.section.is_some() && ordinal.is_empty();
        let behind = if is_preamble { PREAMBLE } else { ordinal };
        filling.text(
            &format!("{HEADING}{behind}"),
            &heading.text,
            WIDTH,
            &looks.title,
        )?;
        if let Some(id) = heading.section {
            section(&mut filling, id)?;
        }
    }
    for id in form.texts() {
        section(&mut filling, id)?;
    }
    let Filling { sheet, row } = filling;
    let signature = format!("{}{}{}", SIGNATURE.0, form.key, SIGNATURE.1);
    sheet.write_string_with_format(row, 0, signature, &looks.quiet)?;
    Ok(())
}

/// Widths of the columns, as what stands in them needs.
fn widths(page: &sheet::Sheet) -> Vec<f64> {
    const WIDEST: usize = 60;
    let ruler = Ruler::default();
    let mut widths: Vec<usize> = Vec::new();
    for block in &page.blocks {
        let Block::Table(rows) = block else { continue };
        for (col, text) in rows.iter().flat_map(|row| row.iter().enumerate()) {
            widths.resize(widths.len().max(col + 1), 8);
            widths[col] = widths[col].max(ruler.width(text) + 2).min(WIDEST);
        }
    }
    widths.resize(widths.len().max(1), WIDEST);
    let width = |width: usize| f64::from(u8::try_from(width).unwrap_or(60));
    widths.into_iter().map(width).collect()
}

/// A sheet that comes with the report: headings, paragraphs, tables.
fn beside(sheet: &mut Worksheet, page: &sheet::Sheet, looks: &Looks) -> Result<(), XlsxError> {
    let widths = widths(page);
    for (col, width) in widths.iter().enumerate() {
        sheet.set_column_width(col_number(col), *width)?;
    }
    let mut row = 0;
    let lines = std::iter::once((&page.title, &looks.title));
    for piece in
        lines.flat_map(|(text, look)| pieces(text).into_iter().map(move |piece| (piece, look)))
    {
        sheet.write_string_with_format(row, 0, &piece.0, piece.1)?;
        row += 1;
    }
    for block in &page.blocks {
        match block {
            Block::Heading(text) | Block::Paragraph(text) => {
                let look = if matches!(block, Block::Heading(_)) {
                    &looks.title
                } else {
                    &looks.text
                };
                // Set over all columns, as text runs on over blank boxes.
                for piece in pieces(text) {
                    let last = col_number(widths.len() - 1);
                    if last > 0 {
                        sheet.merge_range(row, 0, row, last, &piece, look)?;
                    } else {
                        sheet.write_string_with_format(row, 0, &piece, look)?;
                    }
                    sheet.set_row_height(row, height(&piece, widths.iter().sum()))?;
                    row += 1;
                }
            }
            Block::Table(rows) => {
                for (at, boxes) in rows.iter().enumerate() {
                    let look = if at == 0 { &looks.head } else { &looks.label };
                    row = line(sheet, row, boxes, look, &widths)?;
                }
            }
        }
    }
    Ok(())
}

/// A row of boxes, as many rows of the sheet as the longest needs; the row behind them.
fn line(
    sheet: &mut Worksheet,
    mut row: u32,
    boxes: &[String],
    look: &Look,
    widths: &[f64],
) -> Result<u32, XlsxError> {
    let boxes: Vec<Vec<String>> = boxes.iter().map(|text| pieces(text)).collect();
    let most = boxes.iter().map(Vec::len).max().unwrap_or(0);
    for part in 0..most {
        let mut high = LINE;
        for (col, pieces) in boxes.iter().enumerate() {
            let piece = pieces.get(part).map_or("", String::as_str);
            sheet.write_string_with_format(row, col_number(col), piece, look)?;
            high = high.max(height(piece, widths[col]));
        }
        sheet.set_row_height(row, high)?;
        row += 1;
    }
    Ok(row)
}
