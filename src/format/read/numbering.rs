//! Numbers that Word prints before paragraphs by itself: `一、`, `（二）`, `3.`.
//!
//! **Never:** guesses a style of numbers; one that it does not know prints nothing.
//! Next: `read::docx`.

use crate::base::ordinal;
use crate::format::read::tree::Builder;
use crate::format::read::xml;
use crate::format::read::xml::Then;

/// Levels of a list in Word.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    /// Style of its numbers, such as `chineseCounting`.
    style: String,
    /// What is printed, such as `%1、`.
    text: String,
    start: usize,
}

/// A list as it is described, by its own number.
#[derive(Clone, Debug, Default)]
struct List {
    id: String,
    levels: Vec<Level>,
}

/// All lists of a document and how far they have counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    described: Vec<List>,
    /// Number of a list in use, and of its description.
    used: Vec<(String, String)>,
    /// Name of a style, and the list and level it sets.
    styles: Vec<(String, String, usize)>,
    counts: Vec<(String, [usize; LEVELS])>,
}

impl Numbering {
    /// Reads the parts of a document that describe lists; a damaged part counts for nothing.
    pub(super) fn of(numbering: Option<&str>, styles: Option<&str>) -> Self {
        let mut this = Numbering::default();
        if let Some(text) = numbering {
            let _ = xml::build(text, &mut Builder::new(), |tag, _| this.describe(tag));
        }
        if let Some(text) = styles {
            let _ = xml::build(text, &mut Builder::new(), |tag, _| this.style(tag));
        }
        this
    }

    fn describe(&mut self, tag: &xml::Tag) -> Then {
        let val = |name: &str| tag.attr(name).unwrap_or_default();
        match tag.name {
            "abstractNum" => self.described.push(List {
                id: val("abstractNumId"),
                levels: Vec::new(),
            }),
            "lvl" => {
                if let Some(list) = self.described.last_mut() {
                    list.levels.push(Level {
                        start: 1,
                        ..Level::default()
                    });
                }
            }
            "start" | "numFmt" | "lvlText" => {
                let list = self.described.last_mut();
                if let Some(level) = list.and_then(|list| list.levels.last_mut()) {
                    match tag.name {
                        "start" => level.start = val("val").parse().unwrap_or(1),
                        "numFmt" => level.style = val("val"),
                        _ => level.text = val("val"),
                    }
                }
            }
            "num" => self.used.push((val("numId"), String::new())),
            "abstractNumId" => {
                if let Some(used) = self.used.last_mut() {
                    used.1 = val("val");
                }
            }
            "lvlOverride" => return Then::Skip,
            _ => {}
        }
        Then::Inline
    }

    fn style(&mut self, tag: &xml::Tag) -> Then {
        let val = |name: &str| tag.attr(name).unwrap_or_default();
        match tag.name {
            "style" => self.styles.push((val("styleId"), String::new(), 0)),
            "numId" => {
                if let Some(style) = self.styles.last_mut() {
                    style.1 = val("val");
                }
            }
            "ilvl" => {
                if let Some(style) = self.styles.last_mut() {
                    style.2 = val("val").parse().unwrap_or(0);
                }
            }
            _ => {}
        }
        Then::Inline
    }

    /// What is printed before the next paragraph of a style and a list.
    pub(super) fn next(
        &mut self,
        style: Option<&str>,
        (list, level): (Option<String>, Option<usize>),
    ) -> String {
        let of_style = style.and_then(|style| self.styles.iter().find(|(name, ..)| name == style));
        let list = list.or_else(|| of_style.map(|(_, list, _)| list.clone()));
        let level = level.or_else(|| of_style.map(|(.., level)| *level));
        let level = level.unwrap_or(0);
        let Some(id) = list.filter(|id| !matches!(id.as_str(), "" | "0")) else {
            return String::new();
        };
        let used = self.used.iter().find(|(number, _)| *number == id);
        let described = used.and_then(|(_, id)| self.described.iter().find(|list| list.id == *id));
        let Some(levels) = described
            .map(|list| &list.levels)
            .filter(|_| level < LEVELS)
        else {
            return String::new();
        };
        if !self.counts.iter().any(|(list, _)| *list == id) {
            self.counts.push((id.clone(), [0; LEVELS]));
        }
        let Some((_, counts)) = self.counts.iter_mut().find(|(list, _)| *list == id) else {
            return String::new();
        };
        counts[level] += 1;
        counts[level + 1..].fill(0);
        let Some(this) = levels.get(level) else {
            return String::new();
        };
        let mut label = this.text.clone();
        for (index, level) in levels.iter().enumerate().take(LEVELS) {
            let number = (level.start + counts[index].max(1)).saturating_sub(1);
            match number_in(number, &level.style) {
                Some(number) => label = label.replace(&format!("%{}", index + 1), &number),
                None if label.contains(&format!("%{}", index + 1)) => return String::new(),
                None => {}
            }
        }
        match this.style.as_str() {
            "bullet" | "none" => String::new(),
            _ => label,
        }
    }
}

/// A number in one of Word's styles.
fn number_in(number: usize, style: &str) -> Option<String> {
    match style {
        "decimal" | "decimalFullWidth" | "decimalHalfWidth" => Some(number.to_string()),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital" => Some(ordinal::numeral(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_as_word_does() {
        let numbering = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="4">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
            <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>
            <w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num></w:numbering>"#;
        let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style></w:styles>"#;
        let mut lists = Numbering::of(Some(numbering), Some(styles));
        let plain = || (Some("7".to_owned()), None);
        assert_eq!(lists.next(None, plain()), "一、");
        assert_eq!(lists.next(None, (Some("7".to_owned()), Some(1))), "1.");
        assert_eq!(lists.next(None, (Some("7".to_owned()), Some(1))), "2.");
        assert_eq!(lists.next(Some("H1"), (None, None)), "二、");
        assert_eq!(lists.next(None, (Some("0".to_owned()), None)), "");
        assert_eq!(lists.next(Some("other"), (None, None)), "");
    }
}
