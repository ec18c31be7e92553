//! What differs between two reports, for people and for scripts.
//!
//! A line begins with the path of its place, in both languages the same.
//!
//! **Never:** lets a control or direction character of a file through; renames, drops or
//! reorders a key of the object.
//! Next: `check::diff`, which compares.

use serde::Serialize;

use crate::base::number::Decimal;
use crate::base::words::{Lang, Message, Words, words};
use crate::check::diff::{Changed, Diff, Place, Share};
use crate::check::problem::cell_words;
use crate::form::{CellId, Form};
use crate::model::{Cell, HeadField, Report};

use super::{one_line, push_line};

/// One of the two reports.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// Its name as the user knows it.
    pub file: &'a str,
    /// Key of the format it was read as.
    pub format: &'static str,
    /// The report.
    pub report: &'a Report,
}

/// Two reports that were compared.
pub struct Diffed<'a> {
    /// The first.
    pub old: Side<'a>,
    /// The second.
    pub new: Side<'a>,
    /// What differs.
    pub diff: &'a Diff,
}

/// A way to print a [`Diffed`].
pub struct Output {
    /// Its name on the command line.
    pub key: &'static str,
    /// Appends the text, every line ended.
    pub write: fn(&Diffed, Lang, &mut String),
}

/// All ways to print, the default first.
pub static OUTPUTS: &[Output] = &[
    Output {
        key: "lines",
        write: lines,
    },
    Output {
        key: "json",
        write: json,
    },
];

/// Appends a line for each difference, then how much there is of each; nothing for
/// reports that are equal.
fn lines(diffed: &Diffed, lang: Lang, out: &mut String) {
    let diff = diffed.diff;
    if diff.is_equal() {
        return;
    }
    for changed in &diff.changes {
        let site = site(diff.form, changed);
        if let Place::Text(..) = changed.place {
            let sides = [("-", &changed.old), ("+", &changed.new)];
            for (sign, text) in sides.into_iter().filter(|(_, text)| !text.is_empty()) {
                push_line(out, &format!("{site} {sign} {text}"));
            }
            continue;
        }
        let or_blank = |text: &str| match text {
            "" => words("(空)", "(blank)").get(lang).to_owned(),
            text => text.to_owned(),
        };
        let name = name(diff.form, &changed.place).text(lang);
        let (old, new) = (or_blank(&changed.old), or_blank(&changed.new));
        let apart = apart(diff, changed).map(|apart| apart.text(lang));
        let apart = apart.unwrap_or_default();
        push_line(out, &format!("{site} {name}: {old} -> {new}{apart}"));
    }
    for alone in &diff.alone {
        push_line(out, &format!("{} {}", alone.site, alone.message.text(lang)));
    }
    for (text, share) in &diff.same {
        let section = diff.form.section(*text);
        let said = words(
            "{site} {name}：{n}% 与前一份逐字相同",
            "{site} {name}: {n}% word for word as before",
        );
        let args = vec![
            ("site", section.key.into()),
            ("name", section.name.into()),
            ("n", share.percent().unwrap_or(0).into()),
        ];
        push_line(out, &said.with(args).text(lang));
    }
    push_line(out, &sum(diff).text(lang));
}

/// How much differs.
pub(crate) fn sum(diff: &Diff) -> Message {
    let count = |is: fn(&Place) -> bool| diff.changes.iter().filter(|c| is(&c.place)).count();
    let cells = count(|place| matches!(place, Place::Cell(_)));
    let sentences = count(|place| matches!(place, Place::Text(..)));
    let same = match diff.share().percent() {
        Some(percent) => words(
            "；正文 {p}% 逐字相同",
            "; {p}% of the text word for word the same",
        )
        .with(vec![("p", percent.into())]),
        None => Words::default().into(),
    };
    let said = words(
        "不同：{c} 格（变化大 {f}），{s} 句，其他 {o} 处；没有比 {a} 处{same}",
        "different: {c} cells ({f} far), {s} sentences, {o} others; {a} not compared{same}",
    );
    said.with(vec![
        ("c", cells.into()),
        ("f", diff.far.len().into()),
        ("s", sentences.into()),
        ("o", (diff.changes.len() - cells - sentences).into()),
        ("a", diff.alone.len().into()),
        ("same", same.into()),
    ])
}

/// Where something changed, as a path.
fn site(form: &Form, changed: &Changed) -> String {
    match &changed.place {
        Place::Cell(cell) => form.path(*cell),
        Place::Text(text, _) => form.section(*text).key.to_owned(),
        Place::Head(field) => format!("head.{}", field.key()),
        Place::Heading(Some(text)) => format!("heading.{}", form.section(*text).key),
        Place::Heading(None) => "heading".to_owned(),
        Place::Remark(of) => of.rsplit(' ').next().unwrap_or_default().to_owned(),
        Place::Question(of) => of.clone(),
    }
}

/// What a place that changed is called.
#[must_use]
pub fn name(form: &Form, place: &Place) -> Message {
    match place {
        Place::Cell(cell) => cell_words(form, *cell),
        Place::Text(text, _) => form.section(*text).name.into(),
        Place::Head(field) => head_words(*field).into(),
        Place::Heading(section) => {
            let name = section.map_or(Words::default(), |text| form.section(text).name);
            words("标题 {name}", "heading {name}").with(vec![("name", name.into())])
        }
        Place::Remark(of) => {
            words("说明 {of}", "explanation {of}").with(vec![("of", of.as_str().into())])
        }
        Place::Question(of) => {
            words("退回意见 {of}", "question {of}").with(vec![("of", of.as_str().into())])
        }
    }
}

/// What a field of the head is called.
fn head_words(field: HeadField) -> Words {
    match field {
        HeadField::Title => words("标题", "title"),
        HeadField::Body => words("机关", "body"),
        HeadField::Year => words("年度", "year"),
        HeadField::Period => words("统计期限", "period"),
        HeadField::Basis => words("依据", "basis"),
        HeadField::Contact => words("联系方式", "contact"),
        HeadField::Published => words("发布日期", "published"),
    }
}

/// How far apart the numbers of a cell are, and whether that is far.
fn apart(diff: &Diff, changed: &Changed) -> Option<Message> {
    let Place::Cell(cell) = changed.place else {
        return None;
    };
    let gap = gap(diff.form, cell, changed)?;
    let sign = if gap.units > 0 { "+" } else { "" };
    let said = if diff.far.contains(&cell) {
        words("（{sign}{gap}，变化大）", " ({sign}{gap}, far)")
    } else {
        words("（{sign}{gap}）", " ({sign}{gap})")
    };
    Some(said.with(vec![("sign", sign.into()), ("gap", gap.to_string().into())]))
}

/// The second number of a cell without the first; None where one is none.
pub(crate) fn gap(form: &Form, cell: CellId, changed: &Changed) -> Option<Decimal> {
    let value = |text: &str| Cell::read(text, form.kind(cell)).value();
    let (old, new) = (value(&changed.old)?, value(&changed.new)?);
    let places = old.places.max(new.places);
    let scaled = |value: Decimal| {
        let tens = 10_i64.checked_pow(u32::from(places - value.places))?;
        value.units.checked_mul(tens)
    };
    let units = scaled(new)?.checked_sub(scaled(old)?)?;
    Some(Decimal { units, places })
}

#[derive(Serialize)]
struct Object<'a> {
    old: Named<'a>,
    new: Named<'a>,
    form: &'static str,
    equal: bool,
    cells: Vec<CellEntry<'a>>,
    sentences: Vec<Sentence<'a>>,
    others: Vec<Entry<'a>>,
    not_compared: Vec<Alone>,
    same: Vec<Shared>,
    same_percent: Option<usize>,
}

#[derive(Serialize)]
struct Named<'a> {
    file: &'a str,
    format: &'static str,
    form: &'static str,
    body: Option<&'a str>,
    year: Option<u16>,
}

#[derive(Serialize)]
struct CellEntry<'a> {
    site: String,
    old: &'a str,
    new: &'a str,
    gap: Option<serde_json::Number>,
    far: bool,
}

#[derive(Serialize)]
struct Sentence<'a> {
    section: &'static str,
    at: usize,
    old: &'a str,
    new: &'a str,
}

/// A difference in the head, the headings, the explanations or the questions.
#[derive(Serialize)]
struct Entry<'a> {
    kind: &'static str,
    site: String,
    old: &'a str,
    new: &'a str,
}

#[derive(Serialize)]
struct Alone {
    side: &'static str,
    site: String,
    message: String,
}

#[derive(Serialize)]
struct Shared {
    section: &'static str,
    same: usize,
    all: usize,
}

fn named<'a>(side: &Side<'a>) -> Named<'a> {
    let head = side.report.head();
    let body = head.body.as_str();
    Named {
        file: side.file,
        format: side.format,
        form: side.report.form().key,
        body: (!body.is_empty()).then_some(body),
        year: head.year,
    }
}

/// Appends one object on one line.
fn json(diffed: &Diffed, lang: Lang, out: &mut String) {
    let (diff, form) = (diffed.diff, diffed.diff.form);
    let mut object = Object {
        old: named(&diffed.old),
        new: named(&diffed.new),
        form: form.key,
        equal: diff.is_equal(),
        cells: Vec::new(),
        sentences: Vec::new(),
        others: Vec::new(),
        not_compared: Vec::new(),
        same: Vec::new(),
        same_percent: diff.share().percent(),
    };
    for changed in &diff.changes {
        let site = site(form, changed);
        let (old, new) = (changed.old.as_str(), changed.new.as_str());
        let kind = match changed.place {
            Place::Cell(cell) => {
                let gap = gap(form, cell, changed);
                object.cells.push(CellEntry {
                    site,
                    old,
                    new,
                    gap: gap.and_then(|gap| serde_json::from_str(&gap.to_string()).ok()),
                    far: diff.far.contains(&cell),
                });
                continue;
            }
            Place::Text(text, at) => {
                let section = form.section(text).key;
                object.sentences.push(Sentence {
                    section,
                    at,
                    old,
                    new,
                });
                continue;
            }
            Place::Head(_) => "head",
            Place::Heading(_) => "heading",
            Place::Remark(_) => "explanation",
            Place::Question(_) => "question",
        };
        object.others.push(Entry {
            kind,
            site,
            old,
            new,
        });
    }
    let alone = diff.alone.iter().map(|alone| Alone {
        side: alone.side.key(),
        site: alone.site.clone(),
        message: alone.message.text(lang),
    });
    object.not_compared = alone.collect();
    let same = diff.same.iter().map(|(text, share): &(_, Share)| Shared {
        section: form.section(*text).key,
        same: share.same,
        all: share.all,
    });
    object.same = same.collect();
    out.push_str(&one_line(&object));
    out.push('\n');
}
