//! What a page's own styles keep from being seen: inline, and by its style sheets.
//!
//! Selectors are names of elements, classes and ids, joined by blanks or `>`; rules
//! with any other sign, and those for paper or small screens, are left out.
//!
//! **Never:** fetches a sheet that lies elsewhere.
//! Next: `read::html`, which asks for each element.

/// Most rules that are kept.
const MAX_RULES: usize = 200;

/// How an element is shown, as far as it is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Whether it is shown at all, if that is said.
    pub(super) shown: Option<bool>,
    pub(super) struck: bool,
    /// Whether its text is white, if a colour is said.
    pub(super) white: Option<bool>,
    /// Its text has no size.
    pub(super) tiny: bool,
    /// Its ground has a colour or a picture.
    pub(super) ground: bool,
}

impl Look {
    /// The look that declarations give.
    pub(super) fn of(style: &str) -> Self {
        let mut look = Look::default();
        for declaration in style.split(';') {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let name = name.trim().to_ascii_lowercase();
            let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            let value = value.to_ascii_lowercase();
            match name.as_str() {
                "display" => look.shown = Some(!value.starts_with("none")),
                "visibility" if value.starts_with("hidden") => look.shown = Some(false),
                "mso-hide" if value.starts_with("all") => look.shown = Some(false),
                "text-decoration" | "text-decoration-line" => {
                    look.struck = value.contains("line-through");
                }
                "color" => look.white = Some(is_white(&value)),
                "font-size" => {
                    look.tiny = matches!(
                        value.trim_end_matches("!important"),
                        "0" | "0px" | "0pt" | "0em" | "0%"
                    );
                }
                "background" | "background-color" | "background-image" => {
                    look.ground = !is_white(&value)
                        && !matches!(
                            value.as_str(),
                            "none" | "transparent" | "inherit" | "initial"
                        );
                }
                _ => {}
            }
        }
        look
    }

    /// The look of an element that says more by itself.
    pub(super) fn under(self, own: Look) -> Look {
        Look {
            shown: own.shown.or(self.shown),
            struck: own.struck || self.struck,
            white: own.white.or(self.white),
            tiny: own.tiny || self.tiny,
            ground: own.ground || self.ground,
        }
    }
}

/// Whether a colour is white.
pub(super) fn is_white(color: &str) -> bool {
    let color: String = color.chars().filter(|c| !c.is_whitespace()).collect();
    let color = color.to_ascii_lowercase();
    let color = color.trim_end_matches("!important");
    matches!(
        color,
        "white" | "#fff" | "#ffffff" | "rgb(255,255,255)" | "rgba(255,255,255,1)"
    )
}

/// The id and the classes of an element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    id: String,
    classes: Vec<String>,
}

impl Names {
    pub(super) fn of(id: &str, classes: &str) -> Self {
        Names {
            id: id.trim().to_owned(),
            classes: classes
                .split_ascii_whitespace()
                .map(str::to_owned)
                .collect(),
        }
    }
}

/// One element in a selector.
#[derive(Debug, Default)]
struct Part {
    element: String,
    names: Names,
}

impl Part {
    fn fits(&self, element: &str, names: Option<&Names>) -> bool {
        let has = |class: &String| names.is_some_and(|names| names.classes.contains(class));
        (self.element.is_empty() || self.element == element)
            && (self.names.id.is_empty() || names.is_some_and(|names| names.id == self.names.id))
            && self.names.classes.iter().all(has)
    }
}

/// Rules of style sheets that say something of what is seen.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Parts of the selector, the last one first, and what it gives.
    rules: Vec<(Vec<Part>, Look)>,
}

impl Sheet {
    /// Adds the rules of a sheet.
    pub(super) fn add(&mut self, text: &str) {
        let mut rest = text;
        let mut plain = String::with_capacity(text.len());
        while let Some(at) = rest.find("/*") {
            plain.push_str(&rest[..at]);
            rest = rest[at..]
                .find("*/")
                .map_or("", |end| &rest[at + end + 2..]);
        }
        plain.push_str(rest);
        let plain = plain.replace("<!--", "").replace("-->", "");
        let mut rest = plain.as_str();
        while let Some(open) = rest.find('{') {
            let selectors = rest[..open]
                .rsplit([';', '}'])
                .next()
                .unwrap_or_default()
                .trim();
            let body = &rest[open + 1..];
            if selectors.starts_with('@') {
                rest = behind(body);
                continue;
            }
            let end = body.find('}').unwrap_or(body.len());
            let look = Look::of(&body[..end]);
            if look != Look::default() {
                for selector in selectors.split(',') {
                    if let (Some(parts), true) = (parts(selector), self.rules.len() < MAX_RULES) {
                        self.rules.push((parts, look));
                    }
                }
            }
            rest = body.get(end + 1..).unwrap_or_default();
        }
        let says = |(_, look): &(Vec<Part>, Look)| {
            look.shown == Some(false) || look.struck || look.tiny || look.white == Some(true)
        };
        if !self.rules.iter().any(says) {
            self.rules.clear();
        }
    }

    /// The look of an element with its names and those above it, nearest first.
    pub(super) fn look<'a, A: Iterator<Item = (&'a str, Option<&'a Names>)>>(
        &self,
        element: &str,
        names: Option<&Names>,
        above: impl Fn() -> A,
    ) -> Look {
        let mut found = Look::default();
        for (parts, look) in &self.rules {
            let Some((last, others)) = parts.split_first() else {
                continue;
            };
            if !last.fits(element, names) {
                continue;
            }
            let mut above = above();
            if others
                .iter()
                .all(|part| above.any(|(element, names)| part.fits(element, names)))
            {
                found = found.under(*look);
            }
        }
        found
    }
}

/// What stands behind a block whose opening brace was read.
fn behind(text: &str) -> &str {
    let mut depth = 1;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[at + 1..];
        }
    }
    ""
}

/// The parts of a selector, the last one first; None where it says more.
fn parts(selector: &str) -> Option<Vec<Part>> {
    let selector = selector.replace('>', " ");
    let is_plain = |c: char| {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '#' | ' ' | '\n' | '\r' | '\t')
    };
    if !selector.chars().all(is_plain) {
        return None;
    }
    let parts: Vec<Part> = selector.split_ascii_whitespace().rev().map(part).collect();
    (!parts.is_empty()).then_some(parts)
}

fn part(text: &str) -> Part {
    let mut part = Part::default();
    let mut rest = text;
    let end = |text: &str| text.find(['.', '#']).unwrap_or(text.len());
    let element = end(rest);
    part.element = rest[..element].to_ascii_lowercase();
    rest = &rest[element..];
    while let Some(kind) = rest.chars().next() {
        let name = &rest[1..];
        let until = end(name);
        match kind {
            '#' => name[..until].clone_into(&mut part.names.id),
            _ => part.names.classes.push(name[..until].to_owned()),
        }
        rest = &name[until..];
    }
    part
}
