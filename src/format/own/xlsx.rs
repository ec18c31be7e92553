//! A workbook: head and texts, the tables as the form prints them, their sums live.
//!
//! ```text
//! 表头和正文   项目 | 内容, a row a field, heading or paragraph
//! 表三        the printed table | 相加 | 差     formulas beside each row
//!             各项之和, 差, 一+二-(七)-四          and under each column
//! ```
//! A total that its parts add up to is a formula, so it follows them. Any other
//! total keeps what the report says, blank included; the difference beside it
//! is live all the same and red while it is not 0. Formulas count as `check`
//! does: a mark or a blank box is 0, a blank total is the sum of its parts, a
//! number with words is its number, an unreadable box leaves its sums unsaid.
//!
//! The last row of the first sheet says that the workbook is ours; then it is
//! read box by box while every label stands where it was written.
//!
//! **Never:** a text as a formula; a user, a path or a time.
//! Next: `form::printed` for the boxes, `read::workbook`, which hands over what is ours.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule,
    DocProperties, ExcelDateTime, Format as Look, FormatAlign, FormatBorder, Formula, Workbook,
    Worksheet, XlsxError,
};

use crate::base::failure::{Blame, Failure};
use crate::base::sheet::{self, Block};
use crate::base::width::{Ruler, is_unsafe};
use crate::base::words::{Words, words};
use crate::form::printed::{Content, Printed, printed};
use crate::form::{self, Along, CellId, Form, Identities, Identity, Kind, Layout, TextId};
use crate::format::read::number_format::number_text;
use crate::format::read::sheet::{Why, column_name};
use crate::format::read::workbook;
use crate::format::{Options, Writing};
use crate::model::{Cell, Draft, HeadField, Origin, Report};

/// The sheet of head and texts.
const TEXTS: &str = "表头和正文";
const SIGNATURE: (&str, &str) = ("〔勾稽工作簿第1版·", "〕");
const DRAFT: &str = "送审稿";
/// Fields of the head in the first column.
const FIELDS: [(HeadField, &str); 7] = [
    (HeadField::Title, "报告标题"),
    (HeadField::Body, "机关"),
    (HeadField::Year, "年度"),
    (HeadField::Period, "统计期限"),
    (HeadField::Basis, "依据"),
    (HeadField::Contact, "联系方式"),
    (HeadField::Published, "公布日期"),
];
/// Before the number of a section; without one, a heading of no section.
const HEADING: &str = "标题";
/// Before the number of a section; the text without one is the preamble.
const TEXT: &str = "正文";
const PREAMBLE: &str = "前言";
/// What is in this row goes on with the row above.
const GOES_ON: &str = "接上行";
const UNREAD: &str = "读不出";
const GAP: &str = "差";
const NOTE: &str = "总计与各项相加一致的是公式，改了各项会跟着变；不一致或空着的照报告原样。差是活的，不是 0 就变红。";

/// Most UTF-16 units of a box.
const LONGEST: usize = 32_767;
/// Most characters of the name of a sheet.
const LONGEST_NAME: usize = 31;
/// Twips of the form's grid to one digit of a column's width.
const TWIPS: f64 = 105.0;
const NARROWEST: f64 = 7.0;
const LINE: f64 = 16.0;
const HIGHEST: f64 = 400.0;
const A4: u8 = 9;
const RED: u32 = 0x00C0_0000;
const GREY: u32 = 0x00F2_F2F2;

// ---- writing

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
        let sheet = Table {
            report,
            identities: report.form().identities(),
            places: places(&table),
            sheet: page(&mut book, &name, how)?,
            looks: &looks,
            print: &table,
        };
        sheet.write()?;
        names.push(name);
    }
    for other in &how.sheets {
        let name = free_name(&other.title, &names);
        beside(page(&mut book, &name, how)?, other, &looks)?;
        names.push(name);
    }
    book.save_to_buffer()
}

/// How boxes look.
struct Looks {
    title: Look,
    text: Look,
    head: Look,
    label: Look,
    number: Look,
    words: Look,
    check: Look,
    quiet: Look,
    broken: Look,
}

impl Looks {
    fn new() -> Self {
        let base = Look::new()
            .set_font_name("宋体")
            .set_align(FormatAlign::VerticalCenter);
        let wrapped = base.clone().set_text_wrap();
        let boxed = wrapped.clone().set_border(FormatBorder::Thin);
        let number = base.clone().set_align(FormatAlign::Right);
        let number = number.set_num_format("0").set_shrink();
        Looks {
            title: wrapped.clone().set_bold(),
            text: wrapped.clone().set_align(FormatAlign::Top),
            head: boxed
                .clone()
                .set_bold()
                .set_background_color(GREY)
                .set_align(FormatAlign::Center),
            label: boxed.clone(),
            number: number.clone().set_border(FormatBorder::Thin),
            words: boxed.set_align(FormatAlign::Right),
            check: number.set_border(FormatBorder::Dotted),
            quiet: base.set_font_color(0x0080_8080_u32).set_font_size(9),
            broken: Look::new()
                .set_bold()
                .set_font_color(0x00FF_FFFF_u32)
                .set_background_color(RED),
        }
    }
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

/// The name of a printed table's sheet, as people call the table.
fn tab(form: &Form, table: &Printed) -> String {
    let section = form.section_of(table.prefix);
    format!("表{}", section.map_or("", |id| form.section(id).ordinal))
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

/// Text as a box holds it.
fn plain(text: &str) -> String {
    let kept = |c: char| match c {
        '\n' => Some('\n'),
        '\t' | '\u{A0}' => Some(' '),
        c => (!is_unsafe(c) && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).then_some(c),
    };
    text.chars().filter_map(kept).collect()
}

/// Text in pieces that fit a box each; one piece at least.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut units = 0;
    for c in plain(text).chars() {
        if units + c.len_utf16() > LONGEST {
            pieces.push(String::new());
            units = 0;
        }
        units += c.len_utf16();
        pieces.last_mut().expect("begins with one").push(c);
    }
    pieces
}

fn row_number(row: usize) -> u32 {
    u32::try_from(row).expect("a report has few rows")
}

fn col_number(col: usize) -> u16 {
    u16::try_from(col).expect("a table has few columns")
}

/// How high a row is that holds a text in a column so wide.
fn height(text: &str, width: f64) -> f64 {
    let ruler = Ruler {
        wide_ambiguous: true,
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "widths of texts are far below the limit"
    )]
    let lines = text
        .split('\n')
        .map(|line| (ruler.width(line) as f64 / (width - 1.0)).ceil().max(1.0));
    (lines.sum::<f64>() * LINE).min(HIGHEST)
}

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
}

/// Head, headings and texts.
fn texts(
    sheet: &mut Worksheet,
    report: &Report,
    how: &Writing,
    looks: &Looks,
) -> Result<(), XlsxError> {
    const WIDTH: f64 = 100.0;
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
        let ordinal = form.section(id).ordinal;
        let mut mark = match ordinal {
            "" => PREAMBLE.to_owned(),
            ordinal => format!("{TEXT}{ordinal}"),
        };
        for paragraph in report.text(id).lines().filter(|line| !line.is_empty()) {
            filling.text(&mark, paragraph, WIDTH, &looks.text)?;
            mark.clear();
        }
        Ok::<(), XlsxError>(())
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

/// A sheet that comes with the report: headings, paragraphs, tables.
fn beside(sheet: &mut Worksheet, page: &sheet::Sheet, looks: &Looks) -> Result<(), XlsxError> {
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
    let widths: Vec<f64> = widths
        .iter()
        .map(|width| f64::from(u8::try_from(*width).unwrap_or(60)))
        .collect();
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
                }
            }
        }
    }
    Ok(())
}

/// Where the cells of a printed table stand: row and column of the sheet.
fn places(table: &Printed) -> BTreeMap<CellId, (usize, usize)> {
    let rows = table.rows.iter().enumerate();
    rows.flat_map(|(row, boxes)| {
        boxes.iter().filter_map(move |one| match one.content {
            Content::Cell(cell) => Some((cell, (row, one.at))),
            _ => None,
        })
    })
    .collect()
}

fn address((row, col): (usize, usize)) -> String {
    format!("{}{}", column_name(col), row + 1)
}

/// What a box of a table holds.
enum Written {
    Nothing,
    /// A number, with its decimal places.
    Number(f64, usize),
    Text(String),
}

/// A cell as a number, if it is read back from that as the same cell.
fn written(cell: &Cell, kind: Kind) -> Written {
    let text = cell.text();
    if text.is_empty() {
        return Written::Nothing;
    }
    let number = match cell {
        Cell::Count(_) | Cell::Amount(_) => text.parse().ok(),
        _ => None,
    };
    match number {
        Some(number) if Cell::read(&number_text(number), kind) == *cell => {
            let places = text.split_once('.').map_or(0, |(_, places)| places.len());
            Written::Number(number, places)
        }
        _ => Written::Text(plain(&text)),
    }
}

/// A printed table on its way to a sheet.
struct Table<'a> {
    report: &'a Report,
    identities: &'static Identities,
    places: BTreeMap<CellId, (usize, usize)>,
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    print: &'a Printed,
}

impl Table<'_> {
    fn write(mut self) -> Result<(), XlsxError> {
        self.measure()?;
        for (row, boxes) in self.print.rows.iter().enumerate() {
            for one in boxes {
                let last = (row + one.rows - 1, one.at + one.cols - 1);
                let look = match one.content {
                    Content::Title(_) | Content::Head(_) => &self.looks.head,
                    Content::Label(_) => &self.looks.label,
                    Content::Cell(_) => &self.looks.number,
                };
                let text = match one.content {
                    Content::Title(text) | Content::Head(text) | Content::Label(text) => text,
                    Content::Cell(_) => "",
                };
                let (top, left) = (row_number(row), col_number(one.at));
                if last == (row, one.at) {
                    self.sheet.write_string_with_format(top, left, text, look)?;
                } else {
                    let (bottom, right) = (row_number(last.0), col_number(last.1));
                    self.sheet
                        .merge_range(top, left, bottom, right, text, look)?;
                }
                if let Content::Cell(cell) = one.content {
                    self.cell(cell)?;
                    self.validate(cell, last)?;
                }
            }
        }
        let below = self.checks()?;
        self.sheet.set_print_fit_to_pages(1, 1);
        if let Some(first) = self.places.values().next() {
            let heads = self.print.heads;
            self.sheet
                .set_freeze_panes(row_number(heads), col_number(first.1))?;
            if heads > 0 {
                self.sheet.set_repeat_rows(0, row_number(heads - 1))?;
            }
        }
        if below > self.print.rows.len() {
            self.sheet.write_string_with_format(
                row_number(below + 1),
                0,
                NOTE,
                &self.looks.quiet,
            )?;
        }
        Ok(())
    }

    /// Widths of columns as the form has them, heights as the labels want them.
    fn measure(&mut self) -> Result<(), XlsxError> {
        let width = |twips: &u16| (f64::from(*twips) / TWIPS).max(NARROWEST);
        let widths: Vec<f64> = self.print.grid.iter().map(width).collect();
        for (col, width) in widths.iter().enumerate() {
            self.sheet.set_column_width(col_number(col), *width)?;
        }
        for (row, boxes) in self.print.rows.iter().enumerate() {
            let mut high = LINE;
            for one in boxes.iter().filter(|one| one.rows == 1) {
                if let Content::Head(text) | Content::Label(text) = one.content {
                    let width = widths[one.at..one.at + one.cols].iter().sum();
                    high = high.max(height(text, width));
                }
            }
            self.sheet.set_row_height(row_number(row), high)?;
        }
        Ok(())
    }

    /// A number, a text, or the formula of a total that its parts add up to.
    fn cell(&mut self, cell: CellId) -> Result<(), XlsxError> {
        let form = self.report.form();
        let content = self.report.cell(cell);
        let (row, col) = self.places[&cell];
        let (row, col) = (row_number(row), col_number(col));
        let (number, places) = match written(content, form.kind(cell)) {
            Written::Nothing => return Ok(()),
            Written::Text(text) => {
                self.sheet
                    .write_string_with_format(row, col, text, &self.looks.words)?;
                return Ok(());
            }
            Written::Number(number, places) => (number, places),
        };
        if let (Cell::Count(count), Some(identity)) = (content, self.identities.total_of(cell)) {
            let parts = self.identities.parts(identity);
            if self.value_of(parts) == Some(*count) {
                let formula = Formula::new(self.sum(parts)).set_result(count.to_string());
                self.sheet
                    .write_formula_with_format(row, col, formula, &self.looks.number)?;
                return Ok(());
            }
        }
        let mut look = self.looks.number.clone();
        if places > 0 {
            look = look.set_num_format(format!("0.{}", "0".repeat(places)));
        }
        self.sheet
            .write_number_with_format(row, col, number, &look)?;
        Ok(())
    }

    /// What may be typed into a box.
    fn validate(&mut self, cell: CellId, last: (usize, usize)) -> Result<(), XlsxError> {
        let (rule, message) = match self.report.form().kind(cell) {
            Kind::Count => (
                DataValidation::new()
                    .allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
                "这里填整数，不小于 0。没有发生的填 0，不适用的填 /。",
            ),
            Kind::Signed => (
                DataValidation::new()
                    .allow_whole_number(DataValidationRule::Between(-999_999_999, 999_999_999)),
                "这里填增减的整数：增加写正数，减少写负数。",
            ),
            Kind::Amount | Kind::Money => (
                DataValidation::new()
                    .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
                "这里填金额，不小于 0，可以有小数。",
            ),
        };
        // A mark such as "/" is allowed, so it warns and does not forbid.
        let rule = rule
            .set_error_title("不是要填的数")?
            .set_error_message(message)?
            .set_error_style(DataValidationErrorStyle::Warning);
        let (row, col) = self.places[&cell];
        self.sheet.add_data_validation(
            row_number(row),
            col_number(col),
            row_number(last.0),
            col_number(last.1),
            &rule,
        )?;
        Ok(())
    }

    /// The live lines of all identities; the first row that is free below.
    fn checks(&mut self) -> Result<usize, XlsxError> {
        let (form, identities) = (self.report.form(), self.identities);
        let (mut right, mut below) = (self.print.grid.len(), self.print.rows.len());
        for index in form.tables_of(self.print.prefix) {
            let table = &form.tables[index];
            for sum in table.sums {
                let has_total = sum.total.is_some();
                let lines = 1 + usize::from(has_total);
                let beside = sum.along == Along::Rows && table.layout == Layout::Matrix;
                let first = if beside { right } else { below };
                for (step, label) in [sum.running.zh, GAP].iter().take(lines).enumerate() {
                    self.label(table.layout, beside, first + step, label)?;
                }
                let all = identities.all().iter();
                for identity in all.filter(|one| one.table == index && one.rule == sum.rule) {
                    let anchor = self.places[&identities.anchor(identity)];
                    let at = |step: usize| {
                        if beside {
                            (anchor.0, first + step)
                        } else {
                            (first + step, anchor.1)
                        }
                    };
                    if table.layout == Layout::OneRow {
                        for (step, label) in [sum.running.zh, GAP].iter().take(lines).enumerate() {
                            let (row, col) = (row_number(first + step), col_number(anchor.1 - 1));
                            self.sheet.write_string_with_format(
                                row,
                                col,
                                *label,
                                &self.looks.quiet,
                            )?;
                        }
                    }
                    if has_total {
                        let parts = identities.parts(identity);
                        self.live(at(0), self.sum(parts), self.value_of(parts), parts)?;
                    }
                    self.gap(identity, at(lines - 1), anchor)?;
                }
                if beside {
                    right += lines;
                } else {
                    below += lines;
                }
            }
        }
        Ok(below)
    }

    /// The name of a line of results.
    fn label(
        &mut self,
        layout: Layout,
        beside: bool,
        line: usize,
        label: &str,
    ) -> Result<(), XlsxError> {
        let looks = self.looks;
        if beside {
            let (line, last) = (col_number(line), row_number(self.print.heads - 1));
            self.sheet.set_column_width(line, NARROWEST + 1.0)?;
            self.sheet
                .merge_range(0, line, last, line, label, &looks.head)?;
        } else if layout == Layout::Matrix {
            let cells = self.places.values().map(|(_, col)| *col);
            let first = cells.min().unwrap_or(1);
            let line = row_number(line);
            self.sheet
                .merge_range(line, 0, line, col_number(first - 1), label, &looks.label)?;
        }
        Ok(())
    }

    /// Left minus right, red beside its total while it is not 0.
    fn gap(
        &mut self,
        identity: &Identity,
        at: (usize, usize),
        anchor: (usize, usize),
    ) -> Result<(), XlsxError> {
        let (left, right) = (
            self.identities.left(identity),
            self.identities.right(identity),
        );
        let cells = [left, right].concat();
        let formula = format!("{}-({})", self.sum(left), self.sum(right));
        let sides = self.value_of(left).zip(self.value_of(right));
        let gap = sides.map(|(left, right)| left - right);
        self.live(at, formula, gap, &cells)?;
        let fixed = format!("${}${}", column_name(at.1), at.0 + 1);
        let rule = format!("=AND(ISNUMBER({fixed}),{fixed}<>0)");
        let red = ConditionalFormatFormula::new()
            .set_rule(rule.as_str())
            .set_format(self.looks.broken.clone())
            .set_multi_range(format!("{} {}", address(at), address(anchor)));
        let (row, col) = (row_number(at.0), col_number(at.1));
        self.sheet
            .add_conditional_format(row, col, row, col, &red)?;
        Ok(())
    }

    /// A formula with its result, unsaid while one of its cells is unreadable.
    fn live(
        &mut self,
        (row, col): (usize, usize),
        formula: String,
        result: Option<i64>,
        cells: &[CellId],
    ) -> Result<(), XlsxError> {
        let mut unreadable = Vec::new();
        self.unreadable(cells, &mut unreadable);
        let formula = if unreadable.is_empty() {
            formula
        } else {
            let guard = |cell: &CellId| {
                let at = address(self.places[cell]);
                format!("IF(ISNUMBER({at}),{at}<>INT({at}),ISTEXT({at}))")
            };
            let guards: Vec<String> = unreadable.iter().map(guard).collect();
            format!("IF(OR({}),\"{UNREAD}\",{formula})", guards.join(","))
        };
        let result = result.map_or_else(|| UNREAD.to_owned(), |result| result.to_string());
        self.sheet.write_formula_with_format(
            row_number(row),
            col_number(col),
            Formula::new(formula).set_result(result),
            &self.looks.check,
        )?;
        Ok(())
    }

    // What cells count as, as `check::judge` reads them in a finished file.

    /// The parts that a blank total stands for.
    fn stands_for(&self, cell: CellId) -> Option<&'static [CellId]> {
        let identity = self.identities.total_of(cell)?;
        let blank = self.report.cell(cell).is_blank();
        blank.then(|| self.identities.parts(identity))
    }

    fn value_of(&self, cells: &[CellId]) -> Option<i64> {
        let value = |cell: &CellId| match self.stands_for(*cell) {
            Some(parts) => self.value_of(parts),
            None => match self.report.cell(*cell) {
                Cell::Blank => Some(0),
                cell => cell.count(),
            },
        };
        cells.iter().map(value).sum()
    }

    fn unreadable(&self, cells: &[CellId], found: &mut Vec<CellId>) {
        for cell in cells {
            match self.stands_for(*cell) {
                Some(parts) => self.unreadable(parts, found),
                None if self.report.cell(*cell).is_blank() => {}
                None if self.report.cell(*cell).count().is_none() && !found.contains(cell) => {
                    found.push(*cell);
                }
                None => {}
            }
        }
    }

    /// The sum of cells as a formula.
    fn sum(&self, cells: &[CellId]) -> String {
        let mut runs: Vec<[(usize, usize); 2]> = Vec::new();
        for cell in cells {
            let (row, col) = self.places[cell];
            let goes_on = runs.last_mut().filter(|[first, last]| {
                (first.0 == row && last.0 == row && last.1 + 1 == col)
                    || (first.1 == col && last.1 == col && last.0 + 1 == row)
            });
            match goes_on {
                Some([_, last]) => *last = (row, col),
                None => runs.push([(row, col); 2]),
            }
        }
        let run = |[first, last]: &[(usize, usize); 2]| {
            if first == last {
                address(*first)
            } else {
                format!("{}:{}", address(*first), address(*last))
            }
        };
        let runs: Vec<String> = runs.iter().map(run).collect();
        let mut formula = format!("SUM({})", runs.join(","));
        for cell in cells {
            let at = address(self.places[cell]);
            let content = self.report.cell(*cell);
            let added = if let Some(parts) = self.stands_for(*cell) {
                write!(formula, "+IF(ISBLANK({at}),{},0)", self.sum(parts))
            } else if let (Written::Text(_), Some(count)) = (
                written(content, self.report.form().kind(*cell)),
                content.count().filter(|count| *count != 0),
            ) {
                write!(formula, "+IF(ISTEXT({at}),{count},0)")
            } else {
                Ok(())
            };
            added.expect("a string takes all");
        }
        formula
    }
}

// ---- reading

const NO_TABLES: Words = words(
    "没有找到表格，只读了表头和正文",
    "no table was found; only head and texts were read",
);

/// The report in a workbook of ours; None where it is none.
///
/// Tables that were rearranged are read by their labels, without our own sums.
pub(in crate::format) fn read(sheets: &[workbook::Sheet], options: &Options) -> Option<Draft> {
    let (texts, form) = sheets
        .iter()
        .find_map(|sheet| Some((sheet, signed(sheet)?)))?;
    let form = options.form.unwrap_or(form);
    let mut draft = Draft::new(form);
    let whole = printed(form).iter().all(|table| {
        let name = tab(form, table);
        let sheet = sheets.iter().find(|sheet| sheet.name == name);
        sheet.is_some_and(|sheet| cells(sheet, table, &mut draft).is_some())
    });
    if !whole {
        draft = rearranged(sheets, form);
    }
    read_texts(texts, form, &mut draft);
    Some(draft)
}

/// What the labels of our tables say, wherever they stand now.
fn rearranged(sheets: &[workbook::Sheet], form: &'static Form) -> Draft {
    let tables: Vec<workbook::Sheet> = printed(form)
        .iter()
        .filter_map(|table| {
            let name = tab(form, table);
            let sheet = sheets.iter().find(|sheet| sheet.name == name)?;
            Some(without_checks(sheet.clone(), form, table))
        })
        .collect();
    let options = Options {
        form: Some(form),
        ..Options::default()
    };
    let mut draft = workbook::tables(tables, &options).unwrap_or_else(|_| Draft::new(form));
    for text in form.texts() {
        draft.set_text(text, "");
    }
    if draft.origins.iter().all(Option::is_none) {
        draft.note(format!("sheet {TEXTS}"), NO_TABLES);
    }
    draft
}

/// A table's sheet without the lines of sums and differences that we set beside it.
fn without_checks(
    mut sheet: workbook::Sheet,
    form: &'static Form,
    table: &Printed,
) -> workbook::Sheet {
    let tables = form.tables_of(table.prefix);
    let sums = tables.flat_map(|index| form.tables[index].sums);
    let mut ours: Vec<&str> = sums.map(|sum| sum.running.zh).collect();
    ours.extend([GAP, NOTE]);
    let mut beside = Vec::new();
    let mut below = Vec::new();
    for ((row, col), text) in &sheet.cells {
        if ours.contains(&text.as_str()) && *row < table.heads {
            beside.push(*col);
        } else if ours.contains(&text.as_str()) {
            below.push(*row);
        }
    }
    let is_ours = |(row, col): &(usize, usize)| beside.contains(col) || below.contains(row);
    sheet.cells.retain(|at, _| !is_ours(at));
    sheet.formulas.retain(|at| !is_ours(at));
    sheet
}

/// The form that the last row of our first sheet names.
fn signed(sheet: &workbook::Sheet) -> Option<&'static Form> {
    let column = sheet.cells.iter().rev().filter(|((_, col), _)| *col == 0);
    let last = column.map(|(_, text)| text).next()?;
    let key = last.strip_prefix(SIGNATURE.0)?.strip_suffix(SIGNATURE.1)?;
    form::by_key(key)
}

/// The cells of a table whose labels all stand where they were written.
fn cells(sheet: &workbook::Sheet, table: &Printed, draft: &mut Draft) -> Option<()> {
    for (row, boxes) in table.rows.iter().enumerate() {
        for one in boxes {
            let found = sheet.written(row, one.at);
            if let Content::Title(text) | Content::Head(text) | Content::Label(text) = one.content
                && found != text
            {
                return None;
            }
        }
    }
    let form = draft.report().form();
    draft.notes.extend(sheet.notes());
    let mut lacking: Option<(String, usize)> = None;
    for (cell, (row, col)) in places(table) {
        if sheet.formulas.contains(&(row, col)) {
            lacking.get_or_insert_with(|| (sheet.place(row, col), 0)).1 += 1;
            continue;
        }
        let text = sheet.written(row, col);
        let origin = Origin {
            place: sheet.place(row, col),
            raw: text.into(),
        };
        draft.set_cell(cell, Cell::read(text, form.kind(cell)), Some(origin));
    }
    let lacking = lacking.map(|(place, count)| Why::NoResult.note(place, count));
    draft.notes.extend(lacking);
    Some(())
}

/// What a row of the first sheet holds.
#[derive(Clone, Copy)]
enum Holds {
    Field(HeadField),
    Heading(Option<TextId>),
    Text(TextId),
}

fn read_texts(sheet: &workbook::Sheet, form: &'static Form, draft: &mut Draft) {
    let marks = form.texts().flat_map(|id| {
        let ordinal = form.section(id).ordinal;
        let (text, behind) = match ordinal {
            "" => (PREAMBLE.to_owned(), PREAMBLE),
            ordinal => (format!("{TEXT}{ordinal}"), ordinal),
        };
        [
            (text, Holds::Text(id)),
            (format!("{HEADING}{behind}"), Holds::Heading(Some(id))),
        ]
    });
    let fields = FIELDS.map(|(field, name)| (name.to_owned(), Holds::Field(field)));
    let other = (HEADING.to_owned(), Holds::Heading(None));
    let marks: Vec<(String, Holds)> = marks.chain(fields).chain([other]).collect();
    let mut found: Vec<(Holds, String)> = Vec::new();
    let last = sheet.cells.keys().last().map_or(0, |(row, _)| *row);
    for row in 0..=last {
        let (mark, text) = (sheet.written(row, 0).trim(), sheet.written(row, 1));
        match (mark, found.last_mut()) {
            (GOES_ON, Some((_, before))) => before.push_str(text),
            ("", Some((Holds::Text(id), _))) if !text.is_empty() => {
                let holds = Holds::Text(*id);
                found.push((holds, text.to_owned()));
            }
            _ => {
                let holds = marks.iter().find(|(name, _)| name == mark);
                found.extend(holds.map(|(_, holds)| (*holds, text.to_owned())));
            }
        }
    }
    for (holds, text) in found {
        match holds {
            Holds::Field(field) => draft.set_head(field, &text),
            Holds::Heading(section) => draft.push_heading(section, &text),
            Holds::Text(_) if text.is_empty() => {}
            Holds::Text(id) => draft.push_text(id, &text),
        }
    }
}
