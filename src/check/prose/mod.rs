//! Prose as it is read: paragraphs, sentences, phrases, numbers.
//!
//! **Never:** knows a report's cells or a rule; reads what the tables print.
//! Next: `number`, `phrase`; `bind` and `claim` for what a sentence says.

mod all;
pub(super) mod bind;
pub(super) mod bound;
pub(super) mod claim;
pub(super) mod clause;
pub(super) mod fee;
pub(super) mod lexicon;
mod meaning;
pub(super) mod number;
pub(super) mod phrase;
mod place;

use std::ops::Range;

use crate::base::folded::Folded;
use crate::base::ordinal::{MarkKind, mark};
use crate::base::spelling::simplified;
use crate::form::{FORMS, Form, TextId};

use lexicon::Lexicon;
use number::{Found, Number, starts};
use phrase::Key;

/// What stands at a place of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::check) enum What {
    Key(Key),
    Number(Number),
    Year(u16),
    /// A sign that ends a piece: `,` `、` `:` `(` `)`, or more: `;` `。`.
    Stop(char),
}

/// A piece of a paragraph that means something.
#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct Token {
    pub(in crate::check) what: What,
    /// Its first character.
    pub(in crate::check) start: usize,
    /// Behind its last character; of a number, behind its digits.
    pub(in crate::check) end: usize,
    /// Behind its unit.
    pub(in crate::check) after: usize,
    /// It stands in brackets that hold no number.
    pub(in crate::check) aside: bool,
}

/// A paragraph of a text.
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
pub(in crate::check) struct Paragraph {
    pub(in crate::check) text: TextId,
    folded: Folded,
    /// The characters, quotations and asides blanked.
    pub(in crate::check) normalized: Vec<char>,
    pub(in crate::check) tokens: Vec<Token>,
    /// The words of the heading it stands under.
    pub(in crate::check) topic: String,
    /// What those speak of.
    pub(in crate::check) under: Topics,
    /// What its words speak of.
    pub(in crate::check) topics: Topics,
    /// It speaks of requests for information.
    pub(in crate::check) gate: bool,
    /// It speaks of disclosure at all.
    pub(in crate::check) disclosure: bool,
    /// It stands in the section of requests, or in that of disputes.
    pub(in crate::check) in_requests: bool,
    pub(in crate::check) in_disputes: bool,
    /// Its heading names disputes.
    pub(in crate::check) about_disputes: bool,
    /// It is a heading and nothing else.
    pub(in crate::check) is_heading: bool,
}

/// Stands in place of a character that is blanked.
const BLANK: char = '\u{1}';

impl Paragraph {
    /// Reads the paragraph at `range` of a text, under a heading of these words.
    pub(in crate::check) fn read(
        form: &Form,
        text: TextId,
        content: &str,
        range: Range<usize>,
        topic: &str,
    ) -> Self {
        let content = &content[range.clone()];
        let folded = Folded::of(content, range.start);
        let mut normalized = folded.chars().to_vec();
        blank(&mut normalized, '《', '》');
        blank(&mut normalized, '“', '”');
        let mut tokens = tokens(&normalized);
        let is_heading = mark(content).is_some()
            && !tokens
                .iter()
                .any(|token| matches!(token.what, What::Stop('。' | ';') | What::Number(_)));
        set_aside(&mut normalized, &mut tokens);
        let tables = form.section(text).tables;
        let topics = Topics::of(&normalized);
        let under = Topics::of(&simplified(topic).chars().collect::<Vec<_>>());
        let named = |token: &Token| token.what == What::Key(Key::Request(true));
        let gate = tables == "t3"
            || under.are_of_requests()
            || topics.are_of_requests()
            || tokens.iter().any(named);
        Paragraph {
            text,
            disclosure: tables == "t4" || gate || topics.has(Topics::DISCLOSURE),
            gate,
            in_requests: tables == "t3",
            in_disputes: tables == "t4",
            about_disputes: topic.contains("复议") || topic.contains("诉讼"),
            under,
            topics,
            topic: topic.to_owned(),
            folded,
            normalized,
            tokens,
            is_heading,
        }
    }

    /// Says that it begins at another byte of its text.
    pub(in crate::check) fn move_to(&mut self, at: usize) {
        self.folded.move_to(at);
    }

    /// The bytes of the text that a range of characters stands for.
    pub(in crate::check) fn bytes(&self, chars: Range<usize>) -> Range<usize> {
        self.folded.bytes(chars)
    }

    /// The characters as they were folded, nothing blanked.
    pub(in crate::check) fn chars(&self) -> &[char] {
        self.folded.chars()
    }

    /// Whether it says any number.
    pub(in crate::check) fn has_numbers(&self) -> bool {
        let mut tokens = self.tokens.iter();
        tokens.any(|token| matches!(token.what, What::Number(_)))
    }

    /// Ranges of tokens between signs that end a clause (`;`) or a sentence.
    pub(in crate::check) fn clauses(&self) -> Vec<Range<usize>> {
        self.split(|c| ends_sentence(c) || c == ';')
    }

    /// Ranges of tokens between signs that end a sentence.
    pub(in crate::check) fn sentences(&self) -> Vec<Range<usize>> {
        self.split(ends_sentence)
    }

    /// The start of the words right before a token.
    pub(in crate::check) fn lead(&self, token: usize) -> usize {
        const WORDS: usize = 8;
        let start = self.tokens[token].start;
        let from = start.saturating_sub(WORDS);
        let is_sign = |c: &char| matches!(*c, BLANK | ',' | '、' | '。' | ';' | ':' | '(' | ')');
        let sign = self.normalized[from..start].iter().rposition(is_sign);
        sign.map_or(from, |at| from + at + 1)
    }

    fn split(&self, ends: impl Fn(char) -> bool) -> Vec<Range<usize>> {
        // Nobody writes a clause of so many pieces: what looks back stays short.
        const MOST: usize = 96;
        let mut ranges = Vec::new();
        let mut from = 0;
        for (index, token) in self.tokens.iter().enumerate() {
            if matches!(token.what, What::Stop(c) if ends(c)) {
                ranges.push(from..index);
                from = index + 1;
            } else if index - from >= MOST {
                ranges.push(from..index);
                from = index;
            }
        }
        ranges.push(from..self.tokens.len());
        ranges.retain(|range| !range.is_empty());
        ranges
    }

    /// Characters that a range of tokens covers, with what stands before the first.
    pub(in crate::check) fn covered(&self, tokens: &Range<usize>) -> Range<usize> {
        let start = match tokens.start {
            0 => 0,
            at => self.tokens[at - 1].after,
        };
        let end = self
            .tokens
            .get(tokens.end)
            .map_or(self.normalized.len(), |token| token.start);
        start..end.max(start)
    }
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?')
}

/// Whether any of the words stands in a text.
pub(in crate::check) fn says(text: &[char], words: &[&str]) -> bool {
    words.iter().any(|word| find(text, word).is_some())
}

/// Where a word begins in a text.
pub(in crate::check) fn find(text: &[char], word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    // Most words are absent, and one pass over the whole text shows which.
    if !text.contains(&first) {
        return None;
    }
    let mut from = 0;
    loop {
        let at = from + text[from..].iter().position(|c| *c == first)?;
        if starts(text, at, word) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// What words of a text speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::check) struct Topics(u8);

impl Topics {
    const UPON_REQUEST: u8 = 1;
    const INFORMATION: u8 = 2;
    const ASKING: u8 = 4;
    /// Disclosure at all.
    pub(in crate::check) const DISCLOSURE: u8 = 8;
    /// The information-processing fee.
    pub(in crate::check) const FEE: u8 = 16;
    /// Charges of some kind.
    pub(in crate::check) const CHARGES: u8 = 32;

    const WORDS: &[(u8, &str)] = &[
        (Self::UPON_REQUEST, "依申请"),
        (
            Self::UPON_REQUEST | Self::FEE | Self::CHARGES,
            "依申请公开收费",
        ),
        (Self::INFORMATION | Self::DISCLOSURE, "信息公开"),
        (
            Self::INFORMATION | Self::DISCLOSURE | Self::FEE | Self::CHARGES,
            "信息公开收费",
        ),
        (
            Self::INFORMATION | Self::DISCLOSURE | Self::FEE,
            "信息公开费用",
        ),
        (Self::DISCLOSURE, "政务公开"),
        (Self::ASKING, "申请"),
        (Self::ASKING, "答复"),
        (Self::FEE, "处理费"),
        (Self::FEE | Self::CHARGES, "收费通知"),
        (Self::CHARGES, "收费"),
        (Self::CHARGES, "收取费用"),
        (Self::CHARGES, "任何费用"),
    ];

    /// The topics of a text.
    pub(in crate::check) fn of(text: &[char]) -> Self {
        static LEXICON: Lexicon<u8> = Lexicon::of(Topics::WORDS);
        Topics(LEXICON.every(text).fold(0, |all, topics| all | topics))
    }

    /// Whether one of these is among them.
    pub(in crate::check) const fn has(self, topics: u8) -> bool {
        self.0 & topics != 0
    }

    /// Whether they are requests for information.
    pub(in crate::check) const fn are_of_requests(self) -> bool {
        self.has(Self::UPON_REQUEST) || self.has(Self::INFORMATION) && self.has(Self::ASKING)
    }
}

/// The words of a heading at the start of a paragraph.
pub(in crate::check) fn heading(text: &str) -> Option<String> {
    let found = mark(text.lines().next()?)?;
    if !matches!(found.kind, MarkKind::Han | MarkKind::HanBrackets) {
        return None;
    }
    let words = found.rest.chars().take(24);
    Some(
        words
            .take_while(|c| !matches!(c, '。' | '：' | ':' | '，'))
            .collect(),
    )
}

/// Byte ranges of the paragraphs of a text: lines, those that a page broke joined.
pub(in crate::check) fn pieces(text: &str) -> Vec<Range<usize>> {
    const BROKEN: usize = 20;
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let shown = line.trim_matches(crate::base::number::is_space);
        if shown.is_empty() || is_of_table(shown) {
            open = false;
            continue;
        }
        let indented = line.starts_with(crate::base::number::is_space);
        match ranges.last_mut() {
            Some(last) if open && !indented && mark(shown).is_none() => last.end = range.end,
            _ => ranges.push(range),
        }
        open = shown.chars().take(BROKEN).count() == BROKEN
            && !shown.ends_with(['。', '！', '？', '；', '：', ':', ';', '!', '?', '”']);
    }
    let mut whole = Vec::with_capacity(ranges.len());
    for range in ranges {
        cut(text, range, &mut whole);
    }
    whole
}

/// A paragraph longer than any real one, cut where sentences end, or anywhere.
fn cut(text: &str, range: Range<usize>, ranges: &mut Vec<Range<usize>>) {
    const LONG: usize = 6_000;
    let mut from = range.start;
    while range.end - from > 2 * LONG {
        let rest = &text[from..range.end];
        let least = rest.ceil_char_boundary(LONG);
        let most = rest.ceil_char_boundary(2 * LONG);
        let end = rest[least..most]
            .find('。')
            .map_or(most, |at| least + at + '。'.len_utf8());
        ranges.push(from..from + end);
        from += end;
    }
    ranges.push(from..range.end);
}

/// Whether a line is one of those a table prints: bars, bare numbers, labels.
fn is_of_table(line: &str) -> bool {
    const LONGEST: usize = 60;
    let bar = |has, byte: u8| has | u8::from(byte == b'|') | u8::from(byte == b'\t');
    if line.bytes().fold(0, bar) != 0 {
        return true;
    }
    if line.chars().take(LONGEST + 1).count() > LONGEST || line.contains('。') {
        return false;
    }
    if line
        .chars()
        .all(|c| c.is_numeric() || c.is_whitespace() || ".,/-－—".contains(c))
    {
        return true;
    }
    let whole = bare(line);
    let printed = |letters: &str| FORMS.iter().any(|form| form.letters().contains(letters));
    let long = whole.chars().count() >= 4;
    !whole.is_empty() && printed(&format!("\n{whole}\n"))
        || long && mark(line).is_none() && printed(&whole)
        || line.split_whitespace().nth(1).is_some()
            && line.split_whitespace().all(|piece| {
                let piece = bare(piece);
                piece.chars().all(char::is_numeric) || printed(&piece)
            })
}

/// The letters of a line of prose, where enclosed numbers are marks of lists and
/// no [`letters`](crate::base::spelling::letters).
fn bare(text: &str) -> String {
    Folded::of(text, 0)
        .chars()
        .iter()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Whether quoted words are the name of a result: “予以公开”10件.
fn is_outcome(quoted: &[char]) -> bool {
    !quoted.is_empty()
        && STARTING.longest(quoted).is_some_and(|(start, len)| {
            len == quoted.len() && matches!(start, Start::Key(Key::Items(_) | Key::Outcome(..)))
        })
}

/// Blanks what stands between two signs, if the second follows soon; of the name
/// of a result only the signs.
fn blank(text: &mut [char], open: char, close: char) {
    const LONGEST: usize = 80;
    if !text.contains(&open) {
        return;
    }
    let mut from = 0;
    while let Some(at) = text[from..].iter().position(|c| *c == open) {
        let at = from + at;
        from = at + 1;
        let limit = text.len().min(at + LONGEST);
        if let Some(len) = text[at..limit].iter().position(|c| *c == close) {
            if is_outcome(&text[at + 1..at + len]) {
                text[at] = BLANK;
                text[at + len] = BLANK;
            } else {
                text[at..=at + len].fill(BLANK);
            }
            from += len;
        }
    }
}

/// What the characters at a place may be the start of.
#[derive(Clone, Copy)]
enum Start {
    Key(Key),
    Number,
    Stop,
}

/// The characters that tokens begin with: one look rules out most characters.
static STARTING: Lexicon<Start> = Lexicon::of(&STARTS);

const STARTS: [(Start, &str); phrase::PHRASES.len() + 2] = {
    let mut starts = [(Start::Stop, ", 、 : ( ) ; 。 ! ?"); _];
    starts[0] = (Start::Number, number::STARTS);
    let mut at = 0;
    while at < phrase::PHRASES.len() {
        let (key, words) = phrase::PHRASES[at];
        starts[at + 1] = (Start::Key(key), words);
        at += 1;
    }
    starts
};

fn tokens(text: &[char]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 4);
    let mut at = 0;
    while at < text.len() {
        let (what, end, after) = match STARTING.longest(&text[at..]) {
            Some((Start::Key(key), len)) => (What::Key(key), at + len, at + len),
            Some((Start::Stop, len)) => (What::Stop(text[at]), at + len, at + len),
            Some((Start::Number, _)) => match number::read(text, at) {
                Some(Found::Number(number, end, after)) => (What::Number(number), end, after),
                Some(Found::Year(year, end)) => (What::Year(year), end, end),
                Some(Found::Nothing(end)) => {
                    at = end.max(at + 1);
                    continue;
                }
                None => {
                    at += 1;
                    continue;
                }
            },
            None => {
                at += 1;
                continue;
            }
        };
        tokens.push(Token {
            what,
            start: at,
            end,
            after,
            aside: false,
        });
        at = after;
    }
    tokens
}

/// Marks brackets that hold no number: what stands around them reads on.
fn set_aside(text: &mut [char], tokens: &mut [Token]) {
    let mut open = None;
    for index in 0..tokens.len() {
        match tokens[index].what {
            What::Stop('(') => open = Some(index),
            What::Stop(')') => {
                if let Some(from) = open.take() {
                    for token in &mut tokens[from..=index] {
                        token.aside = true;
                    }
                    text[tokens[from].start..tokens[index].end].fill(BLANK);
                }
            }
            What::Number(_) => open = None,
            What::Stop(c) if ends_sentence(c) => open = None,
            _ => {}
        }
    }
}
