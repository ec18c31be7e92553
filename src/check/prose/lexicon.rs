//! The words of a table looked for in a text, the longest at a place.
//!
//! **Never:** knows what its words mean.
//! Next: `phrase`, the largest table.

use std::sync::OnceLock;

/// The words of a table; sorted when the first is looked for.
pub(in crate::check) struct Lexicon<T: 'static> {
    table: &'static [Line<T>],
    words: OnceLock<Vec<Word>>,
}

/// What words mean, and the words, a space between two; of a word that stands there
/// twice the first place counts.
type Line<T> = (T, &'static str);

struct Word {
    first: char,
    rest: Box<[char]>,
    /// Its line in the table.
    line: usize,
}

impl<T: Copy> Lexicon<T> {
    /// The lexicon of a table.
    pub(in crate::check) const fn of(table: &'static [Line<T>]) -> Self {
        let words = OnceLock::new();
        Lexicon { table, words }
    }

    /// The words by their first characters; of those the longest first.
    fn words(&self) -> &[Word] {
        self.words.get_or_init(|| {
            let lines = self.table.iter().enumerate();
            let mut words: Vec<Word> = lines
                .flat_map(|(line, (_, words))| words.split(' ').map(move |word| (line, word)))
                .filter_map(|(line, word)| {
                    let mut chars = word.chars();
                    let first = chars.next()?;
                    let rest = chars.collect();
                    Some(Word { first, rest, line })
                })
                .collect();
            words.sort_by_key(|word| (word.first, std::cmp::Reverse(word.rest.len())));
            words
        })
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
        let (head, rest) = text.split_first()?;
        let words = self.words();
        let from = words.partition_point(|word| word.first < *head);
        let word = words[from..]
            .iter()
            .take_while(|word| word.first == *head)
            .find(|word| rest.starts_with(&word.rest))?;
        Some((&self.table[word.line], word.rest.len() + 1))
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
