//! Web pages that the editor of a web site cannot break.
//!
//! ```text
//! <h1> title  <h2> heading  <h3> item  <p> text
//! <table border="1"> <caption> <tr> <th id scope> <td headers>
//! ```
//! Such editors drop style sheets, classes and percentages, and lines of tables
//! that are not declared at every box: so every box carries its style, its
//! width in pixels and its true spans.
//!
//! **Never:** a class, a script, a style element, a picture, an address; text
//! that is not escaped.
//! Next: `write::printout` for what is printed, `read::html`, which reads it back.

use std::fmt::Write as _;

use crate::form::Section;
use crate::form::printed::{Content, Printed, PrintedBox};
use crate::format::Writing;
use crate::format::marks::DRAFT_MARK;
use crate::format::write::printout;
use crate::format::write::printout::{Item, Part};
use crate::model::Report;

/// Width of a table in pixels.
const WIDTH: usize = 720;

const PAGE: &str = "max-width:900px;margin:0 auto;padding:16px;background:#fff;color:#000";
const TITLE: &str = "margin:16px 0;text-align:center;font-family:宋体,SimSun,serif;font-size:24px;line-height:36px;font-weight:bold";
const HEADING: &str = "margin:16px 0 8px 0;text-indent:2em;font-family:黑体,SimHei,sans-serif;font-size:18px;line-height:32px;font-weight:normal";
const TEXT: &str =
    "margin:0;text-indent:2em;font-family:仿宋,FangSong,serif;font-size:18px;line-height:32px";
const ITEM: &str = "margin:0;text-indent:2em;font-family:楷体,KaiTi,serif;font-size:18px;line-height:32px;font-weight:normal";
const OPENS: &str = "font-family:楷体,KaiTi,serif;font-weight:normal";
const MARK: &str =
    "margin:0;text-align:right;font-family:黑体,SimHei,sans-serif;font-size:18px;line-height:32px";
const CAPTION: &str = "padding:4px;text-align:center;font-family:黑体,SimHei,sans-serif;font-size:16px;line-height:24px";
const BOX: &str = "border:1px solid #000;padding:4px;font-family:宋体,SimSun,serif;font-size:14px;line-height:20px;font-weight:normal";

/// A report as a page, or what goes into the body of one.
pub(in crate::format) fn write(report: &Report, how: &Writing) -> String {
    let parts = printout::parts(report);
    let mut body = String::new();
    if how.is_draft {
        block(&mut body, "p", MARK, DRAFT_MARK);
    }
    for part in &parts {
        match part {
            Part::Title(text) => block(&mut body, "h1", TITLE, text),
            Part::Heading(text) => block(&mut body, "h2", HEADING, text),
            Part::Stated(text) => block(&mut body, "p", TEXT, text),
            Part::Paragraph(text) => paragraph(&mut body, text),
            Part::Table(section, printed) => table(&mut body, section, printed, report),
        }
    }
    if how.fragment {
        return body;
    }
    let title = escaped(printout::title(&parts));
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>{title}</title>\n</head>\n<body style=\"{PAGE}\">\n{body}</body>\n</html>\n"
    )
}

fn block(out: &mut String, name: &str, style: &str, text: &str) {
    let text = escaped(text);
    let _ = writeln!(out, "<{name} style=\"{style}\">{text}</{name}>");
}

/// A paragraph of text; one that begins with （一） is a heading or opens with one.
fn paragraph(out: &mut String, text: &str) {
    match printout::item(text) {
        None => block(out, "p", TEXT, text),
        Some(Item::Heading) => block(out, "h3", ITEM, text),
        Some(Item::Opens(end)) => {
            let (first, rest) = (escaped(&text[..end]), escaped(&text[end..]));
            let _ = writeln!(
                out,
                "<p style=\"{TEXT}\"><strong style=\"{OPENS}\">{first}</strong>{rest}</p>"
            );
        }
    }
}

fn table(out: &mut String, section: &Section, printed: &Printed, report: &Report) {
    let widths = printout::scaled(printed.grid, WIDTH);
    let caption = escaped(&section.caption());
    let _ = writeln!(
        out,
        "<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\" width=\"{WIDTH}\" style=\"width:{WIDTH}px;margin:8px auto;border-collapse:collapse;border:1px solid #000\">\n<caption style=\"{CAPTION}\">{caption}</caption>\n<tbody>"
    );
    for (at, row) in printed.rows.iter().enumerate() {
        out.push_str("<tr>\n");
        for field in row {
            let width: usize = widths[field.at..field.at + field.cols].iter().sum();
            let tied = match field.content {
                Content::Cell(_) => format!(" headers=\"{}\"", heads(printed, at, field)),
                _ => format!(" id=\"{}\"", id(printed, at, field)),
            };
            field_of(out, field, width, &tied, printed, report);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

/// The name of a head or label of a table: by its row and column, counted from 1.
fn id(printed: &Printed, row: usize, field: &PrintedBox) -> String {
    format!("{}-r{}c{}", printed.prefix, row + 1, field.at + 1)
}

/// The names of the heads over a number, then of the labels beside it.
fn heads(printed: &Printed, at: usize, field: &PrintedBox) -> String {
    let covers = |one: &&PrintedBox| (one.at..one.at + one.cols).contains(&field.at);
    let is_head = |one: &&PrintedBox| matches!(one.content, Content::Head(_) | Content::Title(_));
    let mut names = Vec::new();
    for row in (0..at).rev() {
        let boxes = &printed.rows[row];
        match boxes.iter().filter(is_head).find(covers) {
            Some(head) => names.push(id(printed, row, head)),
            // The heads of other numbers stand above these.
            None if !names.is_empty() && !boxes.iter().any(|one| is_head(&one)) => break,
            None => {}
        }
    }
    names.reverse();
    for (row, boxes) in printed.rows[..=at].iter().enumerate() {
        let labels = boxes
            .iter()
            .filter(|one| matches!(one.content, Content::Label(_)) && row + one.rows > at);
        names.extend(labels.map(|label| id(printed, row, label)));
    }
    names.join(" ")
}

fn field_of(
    out: &mut String,
    field: &PrintedBox,
    width: usize,
    tied: &str,
    printed: &Printed,
    report: &Report,
) {
    let (name, scope) = match (field.content, field.cols, field.rows) {
        (Content::Cell(_), ..) => ("td", ""),
        (Content::Head(_), 1, _) => ("th", "col"),
        (Content::Title(_) | Content::Head(_), ..) => ("th", "colgroup"),
        (Content::Label(_), _, 1) => ("th", "row"),
        (Content::Label(_), ..) => ("th", "rowgroup"),
    };
    let is_left = printout::is_left(field, printed);
    let align = if is_left { "left" } else { "center" };
    let _ = write!(out, "<{name}{tied}");
    for (attribute, span) in [("colspan", field.cols), ("rowspan", field.rows)] {
        if span > 1 {
            let _ = write!(out, " {attribute}=\"{span}\"");
        }
    }
    if !scope.is_empty() {
        let _ = write!(out, " scope=\"{scope}\"");
    }
    let text = escaped(&printout::text_of(field.content, report));
    let _ = writeln!(
        out,
        " width=\"{width}\" align=\"{align}\" valign=\"middle\" style=\"{BOX};width:{width}px;text-align:{align};vertical-align:middle\">{text}</{name}>"
    );
}

/// Text without anything that markup could take for its own; spaces stay as
/// many as they are.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = ' ';
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            ' ' if last == ' ' => out.push_str("&#160;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c => out.push(c),
        }
        last = if c == ' ' && last == ' ' { '\0' } else { c };
    }
    out
}
