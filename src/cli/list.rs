//! `gouji schema`, `gouji rules`: the tables of the program, the shapes of its JSON.
//!
//! **Never:** says anything that is not in a table.
//! Next: `form` and `check::rules`, which hold them.

use serde::Serialize;

use crate::base::failure::Failure;
use crate::base::width::Ruler;
use crate::base::words::{Lang, Words, words};
use crate::check::{RULES, Rule, Site, rule};
use crate::form::{self, CellId, Form, Kind, Line};

use super::{Exit, Given, Io, options, parse};

mod data;
mod effective;

/// Words in both languages, as JSON.
#[derive(Serialize)]
struct Both {
    zh: &'static str,
    en: &'static str,
}

impl From<Words> for Both {
    fn from(words: Words) -> Self {
        Both {
            zh: words.zh,
            en: words.en,
        }
    }
}

/// Fails with the nearest name that is known.
fn unknown(
    what: Words,
    typed: &str,
    known: impl Iterator<Item = &'static str>,
    list: Words,
    given: &Given,
    io: &mut Io,
) -> Exit {
    let failure = Failure::user(what.with(vec![("name", typed.into())]));
    io.fail(&parse::meant(failure, typed, known).hint(list), given.lang)
}

/// Lists the rules, or explains one.
pub(super) fn rules(given: &Given, io: &mut Io) -> Exit {
    let json = given.value(&options::RULES_OUTPUT) == Some("json");
    let Some(code) = given.text("CODE") else {
        let text = if json {
            pretty(
                &RULES
                    .iter()
                    .map(|entry| RuleEntry::of(entry))
                    .collect::<Vec<_>>(),
            )
        } else {
            RULES
                .iter()
                .map(|rule| rule_line(rule, given.lang))
                .collect()
        };
        io.print(text);
        return Exit::Clean;
    };
    let Some(rule) = rule(&code) else {
        return unknown(
            words("没有规则 {name}", "there is no rule {name}"),
            &code,
            RULES.iter().map(|known| known.code),
            words("全部见：gouji rules", "all of them: gouji rules"),
            given,
            io,
        );
    };
    io.print(if json {
        pretty(&RuleEntry::of(rule))
    } else {
        explained(rule, given.lang)
    });
    Exit::Clean
}

#[derive(Serialize)]
struct RuleEntry {
    code: &'static str,
    severity: &'static str,
    title: Both,
    source: &'static str,
    says: Vec<Both>,
    next: Both,
    doc: Both,
}

impl RuleEntry {
    fn of(rule: &Rule) -> Self {
        RuleEntry {
            code: rule.code,
            severity: rule.severity.key(),
            title: rule.title.into(),
            source: rule.source,
            says: rule.says.iter().map(|says| Both::from(*says)).collect(),
            next: rule.next.into(),
            doc: rule.doc.into(),
        }
    }
}

fn rule_line(rule: &Rule, lang: Lang) -> String {
    let ruler = Ruler::default();
    format!(
        "{}{}{}\n",
        ruler.fit(rule.code, 15),
        ruler.fit(rule.severity.key(), 9),
        rule.title.get(lang)
    )
}

/// One rule with everything its literal says, label by label.
fn explained(rule: &Rule, lang: Lang) -> String {
    let ruler = Ruler::default();
    let mut out = rule_line(rule, lang);
    let mut line = |label: Words, text: &str| {
        let label = ruler.fit(label.get(lang), 10);
        out.extend(["  ", label.as_str(), text, "\n"]);
    };
    line(words("依据", "source"), rule.source);
    for says in rule.says {
        line(words("说法", "says"), says.get(lang));
    }
    line(words("下一步", "next"), rule.next.get(lang));
    line(words("说明", "why"), rule.doc.get(lang));
    out
}

/// JSON over several lines, ended.
pub(super) fn pretty(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("our own shapes have string keys");
    text.push('\n');
    text
}

/// JSON that others read, and its schema.
pub struct Shape {
    /// Its name behind `schema`.
    pub name: &'static str,
    /// Its JSON Schema.
    pub schema: fn() -> serde_json::Value,
}

/// All of them.
pub static SHAPES: [Shape; 3] = [
    Shape {
        name: "report",
        schema: crate::format::native_schema,
    },
    Shape {
        name: "check",
        schema: crate::paper::schema,
    },
    Shape {
        name: "list",
        schema: crate::paper::listing::schema,
    },
];

/// Prints a form: its tables, lines, cells, identities and sections.
pub(super) fn schema(given: &Given, io: &mut Io) -> Exit {
    if given.has(&options::CONFIG) {
        return effective::print(given, io);
    }
    let key = given.text("KEY");
    let shape = SHAPES
        .iter()
        .find(|shape| Some(shape.name) == key.as_deref());
    if let Some(shape) = shape {
        io.print(pretty(&(shape.schema)()));
        return Exit::Clean;
    }
    let asked = key.as_deref().map_or(Some(form::current()), form::by_key);
    let Some(form) = asked else {
        return unknown(
            words("没有格式 {name}", "there is no form {name}"),
            &key.unwrap_or_default(),
            form::FORMS
                .iter()
                .map(|form| form.key)
                .chain(SHAPES.iter().map(|shape| shape.name)),
            words("不写格式就是现行的", "without a key: the form in force"),
            given,
            io,
        );
    };
    io.print(match given.value(&options::SCHEMA_TO) {
        Some("sql") => data::sql(form),
        Some(_) => pretty(&data::columns()),
        None => pretty(&Schema::of(form)),
    });
    Exit::Clean
}

#[derive(Serialize)]
struct Schema {
    form: &'static str,
    name: Both,
    source: &'static str,
    years: (u16, Option<u16>),
    sections: Vec<SectionEntry>,
    tables: Vec<TableEntry>,
    cells: Vec<CellEntry>,
    identities: Vec<IdentityEntry>,
}

#[derive(Serialize)]
struct SectionEntry {
    key: &'static str,
    heading: String,
    name: Both,
    tables: Option<&'static str>,
}

#[derive(Serialize)]
struct TableEntry {
    prefix: &'static str,
    title: Option<&'static str>,
    corner: Option<&'static str>,
    rows: Vec<LineEntry>,
    columns: Vec<LineEntry>,
}

#[derive(Serialize)]
struct LineEntry {
    key: &'static str,
    label: &'static str,
    name: Both,
    short: Both,
    class: &'static str,
    group: Option<&'static str>,
    kind: &'static str,
    counting: Option<Both>,
}

#[derive(Serialize)]
struct CellEntry {
    cell: String,
    kind: &'static str,
    role: &'static str,
}

#[derive(Serialize)]
struct IdentityEntry {
    rule: &'static str,
    site: String,
    left: Vec<String>,
    right: Vec<String>,
}

fn stated(text: &'static str) -> Option<&'static str> {
    (!text.is_empty()).then_some(text)
}

const fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Count => "count",
        Kind::Signed => "signed",
        Kind::Amount => "amount",
        Kind::Money => "money",
    }
}

impl Schema {
    fn of(form: &'static Form) -> Self {
        let identities = form.identities();
        let paths = |cells: &[CellId]| cells.iter().map(|cell| form.path(*cell)).collect();
        Schema {
            form: form.key,
            name: form.name.into(),
            source: form.source,
            years: (
                form.years.0,
                (form.years.1 < u16::MAX).then_some(form.years.1),
            ),
            sections: form
                .sections
                .iter()
                .map(|section| SectionEntry {
                    key: section.key,
                    heading: section.heading(),
                    name: section.name.into(),
                    tables: stated(section.tables),
                })
                .collect(),
            tables: form
                .tables
                .iter()
                .map(|table| TableEntry {
                    prefix: table.prefix,
                    title: stated(table.title),
                    corner: stated(table.corner),
                    rows: table.rows.iter().map(LineEntry::of).collect(),
                    columns: table.cols.iter().map(LineEntry::of).collect(),
                })
                .collect(),
            cells: form
                .cells()
                .map(|cell| CellEntry {
                    cell: form.path(cell),
                    kind: kind_key(form.kind(cell)),
                    role: if form.is_total(cell) {
                        "total"
                    } else {
                        "entry"
                    },
                })
                .collect(),
            identities: identities
                .all()
                .iter()
                .map(|identity| IdentityEntry {
                    rule: identity.rule,
                    site: Site::of(identity).path(form),
                    left: paths(identities.left(identity)),
                    right: paths(identities.right(identity)),
                })
                .collect(),
        }
    }
}

impl LineEntry {
    fn of(line: &Line) -> Self {
        let counting = line.counting;
        LineEntry {
            key: line.key,
            label: line.label,
            name: line.name.into(),
            short: line.short.into(),
            class: line.class,
            group: stated(line.group),
            kind: kind_key(line.kind),
            counting: (counting != Words::default()).then(|| counting.into()),
        }
    }
}
