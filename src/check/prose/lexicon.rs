//! The words of a table looked for in a text, the longest at a place.
//!
//! **Never:** knows what its words mean.
//! Next: `phrase`, the largest table.

use std::sync::OnceLock;

/// The words of a table, as a tree of their characters.
pub(in crate::check) struct Lexicon<T: 'static> {
    table: &'static [Line<T>],
    /// Grown when the first word is looked for; the first characters lie apart, for
    /// most of a text begins no word.
    drawers: OnceLock<Vec<Node>>,
}

/// What words mean, and the words, a space between two; of a word that stands there
/// twice the first place counts.
type Line<T> = (T, &'static str);

/// How many parts first characters are laid into.
const DRAWERS: usize = 256;

/// The start of some words.
#[derive(Clone, Default)]
struct Node {
    /// The line of the table that has it as a word.
    line: Option<usize>,
    /// What is one character longer, sorted by that character.
    longer: Vec<(char, Node)>,
}

impl Node {
    fn longer(&self, c: char) -> Option<&Node> {
        let at = self.longer.binary_search_by_key(&c, |longer| longer.0);
        Some(&self.longer[at.ok()?].1)
    }

    fn grow(&mut self, word: &str, line: usize) {
        let mut node = self;
        for c in word.chars() {
            let at = node.longer.binary_search_by_key(&c, |longer| longer.0);
            let at = at.unwrap_or_else(|at| {
                node.longer.insert(at, (c, Node::default()));
                at
            });
            node = &mut node.longer[at].1;
        }
        node.line.get_or_insert(line);
    }
}

impl<T: Copy> Lexicon<T> {
    /// The lexicon of a table.
    pub(in crate::check) const fn of(table: &'static [Line<T>]) -> Self {
        let drawers = OnceLock::new();
        Lexicon { table, drawers }
    }

    /// The node below which words with this first character grow.
    fn drawer(&self, first: char) -> &Node {
        let drawers = self.drawers.get_or_init(|| {
            let mut drawers = vec![Node::default(); DRAWERS];
            for (line, (_, words)) in self.table.iter().enumerate() {
                for word in words.split_whitespace() {
                    let first = word.chars().next().unwrap_or_default();
                    drawers[first as usize % DRAWERS].grow(word, line);
                }
            }
            drawers
        });
        &drawers[first as usize % DRAWERS]
    }

    /// The longest word at the start of a text: what it means, and its length.
    pub(in crate::check) fn longest(&self, text: &[char]) -> Option<(T, usize)> {
        let ((meaning, _), len) = self.longest_line(text)?;
        Some((*meaning, len))
    }

    /// The same, with the whole line of the table.
    pub(in crate::check) fn longest_line(
        &self,
        text: &[char],
    ) -> Option<(&'static Line<T>, usize)> {
        let (mut node, mut longest) = (self.drawer(*text.first()?), None);
        for (index, c) in text.iter().enumerate() {
            let Some(longer) = node.longer(*c) else {
                break;
            };
            node = longer;
            longest = node.line.map(|line| (line, index + 1)).or(longest);
        }
        let (line, len) = longest?;
        Some((&self.table[line], len))
    }

    /// What every word in a text means, overlapping ones too.
    pub(in crate::check) fn every(&self, text: &[char]) -> impl Iterator<Item = T> {
        self.all(text).map(|(_, meaning, _)| meaning)
    }

    /// The first word in a text: where it begins, what it means, its length.
    pub(in crate::check) fn first(&self, text: &[char]) -> Option<(usize, T, usize)> {
        self.all(text).next()
    }

    fn all(&self, text: &[char]) -> impl Iterator<Item = (usize, T, usize)> {
        (0..text.len()).filter_map(|at| {
            let (meaning, len) = self.longest(&text[at..])?;
            Some((at, meaning, len))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_longest_word_is_found_wherever_it_stands(
            words in prop::collection::vec("[甲乙aé]{1,4}", 0..12),
            cut in 0..12_usize,
            text in "[甲乙abé𠀀]{0,12}",
        ) {
            let (some, others) = words.split_at(cut.min(words.len()));
            let lines = [some.join(" "), others.join("  ")].map(|line| &*line.leak());
            let table: &[Line<u8>] = vec![(0, lines[0]), (1, lines[1])].leak();
            let lexicon = Lexicon::of(table);
            let text: Vec<char> = text.chars().collect();
            for at in 0..text.len() {
                let rest: String = text[at..].iter().collect();
                let found = words.iter().filter(|word| rest.starts_with(&word[..]));
                let longest = found.max_by_key(|word| word.len());
                let expected = longest.map(|word| {
                    (u8::from(!some.contains(word)), word.chars().count())
                });
                prop_assert_eq!(lexicon.longest(&text[at..]), expected);
            }
        }
    }
}
