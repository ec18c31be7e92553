//! A clause, and the place of a number and of its phrase in it.
//!
//! **Never:** decides what a phrase means.
//! Next: `meaning`, which does; `bind`, which walks the numbers.

use std::ops::Range;

use super::clause::{Gate, Own, is_known};
use super::number::Number;
use super::phrase::Key;
use super::{Paragraph, Token, What, says};

/// Words that make a dispute one that the body decides, or one of its roles in it.
const ORGAN: &[&str] = &[
    "办理",
    "办结",
    "审理",
    "审结",
    "结案",
    "承办",
    "代理",
    "化解",
    "为被申请人",
    "为被告",
    "为第三人",
];

pub(super) struct Clause<'a> {
    pub(super) paragraph: &'a Paragraph,
    pub(super) tokens: Range<usize>,
    pub(super) year: Option<u16>,
    pub(super) own: &'a Own,
    pub(super) gate: &'a Gate,
}

/// Where the phrase of a number stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Own,
    Right,
    Far,
}

impl Clause<'_> {
    pub(super) fn token(&self, index: usize) -> &Token {
        &self.paragraph.tokens[index]
    }

    pub(super) fn key(&self, index: usize) -> Option<Key> {
        match self.token(index).what {
            What::Key(key) => Some(key),
            _ => None,
        }
    }

    pub(super) fn is_stop(&self, index: usize) -> bool {
        !self.token(index).aside && matches!(self.token(index).what, What::Stop(_))
    }

    pub(super) fn is_number(&self, index: usize) -> bool {
        matches!(self.token(index).what, What::Number(_))
    }

    /// The first token of the piece that ends before `index`.
    pub(super) fn piece_start(&self, index: usize) -> usize {
        (self.tokens.start..index)
            .rev()
            .find(|at| self.is_stop(*at) || self.is_number(*at))
            .map_or(self.tokens.start, |at| at + 1)
    }

    /// Behind the piece that a number opens.
    pub(super) fn piece_end(&self, index: usize) -> usize {
        (index + 1..self.tokens.end)
            .find(|at| self.is_stop(*at) || self.is_number(*at))
            .unwrap_or(self.tokens.end)
    }

    /// The first token behind the piece of the number before.
    pub(super) fn far_start(&self, piece: usize) -> usize {
        let number = (self.tokens.start..piece)
            .rev()
            .find(|at| self.is_number(*at));
        number.map_or(self.tokens.start, |number| {
            self.piece_end(number).min(piece)
        })
    }

    pub(super) fn keys(
        &self,
        range: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = (usize, Key)> {
        range
            .filter(|at| !self.token(*at).aside)
            .filter_map(|at| Some((at, self.key(at)?)))
    }

    /// Characters between two tokens, or before the first of the clause.
    pub(super) fn between(&self, from: usize, to: usize) -> &[char] {
        let start = self.token(from).after;
        let end = self.token(to).start.max(start);
        &self.paragraph.normalized[start..end]
    }

    pub(super) fn before(&self, from: usize, to: usize) -> &[char] {
        let start = match from {
            0 => 0,
            from => self.token(from - 1).after,
        };
        &self.paragraph.normalized[start..self.token(to).start.max(start)]
    }

    /// The last dispute named before a token.
    pub(super) fn dispute(&self, index: usize) -> Option<&'static [&'static str]> {
        self.keys(self.tokens.start..index)
            .rev()
            .find_map(|(_, key)| match key {
                Key::Dispute(rows) => Some(rows),
                _ => None,
            })
    }

    /// Whether the words around a number leave no doubt that a rule is about it.
    pub(super) fn is_certain(&self, rule: &str, index: usize) -> bool {
        let standing = self.gate.at(index);
        match rule {
            "N11" | "N12" => standing.known && standing.disclosed,
            "N15" | "N16" => standing.known && !standing.after_other,
            "N1" | "N3" | "N9" => standing.requests,
            _ => standing.requests || standing.continues && self.paragraph.gate,
        }
    }

    /// Whether a dispute is about an act of the body: not one that it decides, or
    /// over a decision of another kind.
    pub(super) fn is_own_dispute(&self, at: usize) -> bool {
        let from = self.piece_start(at);
        let words = self.before(from, at);
        let mut keys = self.keys(from..at);
        let taken = keys.any(|(_, key)| matches!(key, Key::Receive | Key::New | Key::Handle));
        let named = says(words, &["信息公开", "依申请"]);
        let other = self
            .keys(from..at)
            .any(|(_, key)| matches!(key, Key::Power(_) | Key::Document(_)));
        !says(words, ORGAN) && !other && (!taken || named)
    }

    /// Whether every word between two characters is known.
    pub(super) fn is_known(&self, chars: Range<usize>) -> bool {
        is_known(self.paragraph, self.own, chars)
    }

    pub(super) fn chars_at(&self, index: usize) -> String {
        let token = self.token(index);
        self.paragraph.normalized[token.start..token.end]
            .iter()
            .collect()
    }
}

/// A number, and the phrase that it takes.
pub(super) struct Place<'a> {
    pub(super) clause: &'a Clause<'a>,
    pub(super) number: &'a Number,
    pub(super) index: usize,
    pub(super) piece: usize,
    pub(super) end: usize,
    pub(super) far: usize,
    pub(super) side: Side,
    pub(super) at: usize,
}

impl Place<'_> {
    /// Where the words begin that the phrase was looked for in.
    pub(super) fn from(&self) -> usize {
        if self.side == Side::Far {
            self.far
        } else {
            self.piece
        }
    }

    /// The request named between the phrase and the number.
    pub(super) fn request_after(&self) -> Option<usize> {
        let keys = self.clause.keys(self.at + 1..self.index.max(self.at + 1));
        keys.rev()
            .find(|(_, key)| matches!(key, Key::Request(_)))
            .map(|(at, _)| at)
    }

    /// The number counts requests that are named behind it: "2件政府信息公开申请".
    pub(super) fn request_behind(&self) -> bool {
        let c = self.clause;
        c.keys(self.index + 1..self.end)
            .any(|(_, key)| matches!(key, Key::Request(_)))
    }

    /// Whether only filling words stand between a phrase and the number.
    pub(super) fn plain(&self, at: usize) -> bool {
        let c = self.clause;
        match self.side {
            Side::Right => c.is_known(c.token(self.index).after..c.token(self.at).start),
            Side::Own | Side::Far => c.is_known(c.token(at).after..c.token(self.index).start),
        }
    }

    pub(super) fn has(&self, range: Range<usize>, wanted: impl Fn(Key) -> bool) -> bool {
        self.clause.keys(range).any(|(_, key)| wanted(key))
    }

    /// Whether a request is what is counted: named beside, or what the sentence
    /// or the heading is about.
    pub(super) fn names_request(&self) -> bool {
        let c = self.clause;
        let is_request = |key| matches!(key, Key::Request(_));
        let behind = c
            .keys(self.index + 1..self.end)
            .next()
            .is_some_and(|(at, key)| is_request(key) && c.between(self.index, at).len() <= 6);
        if self.request_after().is_some() || behind {
            return true;
        }
        // "收到9件": nothing else may be what came in.
        self.plain(self.at) && self.side != Side::Right && c.gate.at(self.index).requests
    }
}
