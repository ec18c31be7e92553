//! Many words looked for at once, at the price of one look a character.
//!
//! The words are declared in tables, so their tree is laid out when the program is
//! built: no start pays for it.
//!
//! **Never:** knows what its words mean.
//! Next: `phrase`, the largest one.

use crate::base::spelling::char_at;

/// The words of a table as a tree of their characters, of at most `N` nodes.
pub(in crate::check) struct Lexicon<T: 'static, const N: usize> {
    table: &'static Table<T>,
    /// Nodes of first characters, found by a hash of theirs; 0 where there is none.
    heads: [u16; HEADS],
    nodes: [Node; N],
}

/// What words mean, and the words, a space between two; of a word that stands there
/// twice the first place counts.
type Table<T> = [Line<T>];
type Line<T> = (T, &'static str);

/// The start of some words. Places are one more than they are; 0 is none.
#[derive(Clone, Copy)]
struct Node {
    /// Its last character.
    letter: u16,
    /// The line of the table that has it as a word.
    line: u16,
    /// The first that is one character longer.
    longer: u16,
    /// The next that differs in its last character.
    next: u16,
}

/// Places for first characters, well more than any table has of them.
const HEADS: usize = 1024;

/// Nodes that a table takes at most.
pub(in crate::check) const fn size<T>(table: &Table<T>) -> usize {
    let (mut count, mut line) = (0, 0);
    while line < table.len() {
        let (words, mut at) = (table[line].1.as_bytes(), 0);
        while at < words.len() {
            let (letter, len) = char_at(words, at);
            count += (letter != ' ') as usize;
            at += len;
        }
        line += 1;
    }
    count
}

/// Where a first character is looked for.
const fn hash(letter: u32) -> usize {
    (letter.wrapping_mul(0x9E37_79B1) >> (32 - HEADS.trailing_zeros())) as usize
}

/// The place in `heads` of a first character, or the free one that it would take.
const fn first(heads: &[u16; HEADS], nodes: &[Node], letter: u32) -> usize {
    let mut place = hash(letter);
    while heads[place] > 0 && nodes[heads[place] as usize - 1].letter as u32 != letter {
        place = (place + 1) % HEADS;
    }
    place
}

/// The node that is a node's words and one character more; 0 where there is none.
const fn longer(nodes: &[Node], node: Node, letter: u32) -> u16 {
    let mut place = node.longer;
    while place > 0 && nodes[place as usize - 1].letter as u32 != letter {
        place = nodes[place as usize - 1].next;
    }
    place
}

/// A small number as it is kept.
#[expect(clippy::cast_possible_truncation, reason = "it is looked at")]
const fn small(number: usize) -> u16 {
    assert!(number < u16::MAX as usize);
    number as u16
}

impl<T: Copy, const N: usize> Lexicon<T, N> {
    /// The lexicon of a table; `N` is its [`size`].
    pub(in crate::check) const fn of(table: &'static Table<T>) -> Self {
        const NONE: Node = Node {
            letter: 0,
            line: 0,
            longer: 0,
            next: 0,
        };
        let (mut heads, mut nodes) = ([0; HEADS], [NONE; N]);
        let (mut used, mut firsts) = (0, 0);
        let mut line = 0;
        while line < table.len() {
            let words = table[line].1.as_bytes();
            // The node that the word has reached; 0 before its first character.
            let (mut node, mut at) = (0, 0);
            while at < words.len() {
                let (letter, len) = char_at(words, at);
                at += len;
                if letter == ' ' {
                    node = 0;
                    continue;
                }
                let first = first(&heads, &nodes, letter as u32);
                let mut found = match node {
                    0 => heads[first],
                    _ => longer(&nodes, nodes[node - 1], letter as u32),
                };
                if found == 0 {
                    nodes[used].letter = small(letter as usize);
                    used += 1;
                    found = small(used);
                    if node == 0 {
                        firsts += 1;
                        assert!(firsts <= HEADS / 2, "too many first characters");
                        heads[first] = found;
                    } else {
                        nodes[used - 1].next = nodes[node - 1].longer;
                        nodes[node - 1].longer = found;
                    }
                }
                node = found as usize;
                let ends = at == words.len() || words[at] == b' ';
                if ends && nodes[node - 1].line == 0 {
                    nodes[node - 1].line = small(line + 1);
                }
            }
            line += 1;
        }
        Lexicon {
            table,
            heads,
            nodes,
        }
    }

    /// The longest word at the start of a text: what it means, and its length.
    #[inline]
    pub(in crate::check) fn longest(&self, text: &[char]) -> Option<(T, usize)> {
        let ((meaning, _), len) = self.longest_line(text)?;
        Some((*meaning, len))
    }

    /// The same, with the whole line of the table.
    #[inline]
    pub(in crate::check) fn longest_line(
        &self,
        text: &[char],
    ) -> Option<(&'static Line<T>, usize)> {
        let (head, rest) = text.split_first()?;
        self.longest_from(self.head(*head)?, rest)
    }

    fn node(&self, place: u16) -> Option<Node> {
        Some(self.nodes[usize::from(place.checked_sub(1)?)])
    }

    /// The node of a first character, if a word begins with it.
    #[inline]
    fn head(&self, c: char) -> Option<Node> {
        self.node(self.heads[first(&self.heads, &self.nodes, u32::from(c))])
    }

    fn longest_from(&self, mut node: Node, rest: &[char]) -> Option<(&'static Line<T>, usize)> {
        let (mut longest, mut len) = (node.line, 1);
        for (index, c) in rest.iter().enumerate() {
            let Some(found) = self.node(longer(&self.nodes, node, u32::from(*c))) else {
                break;
            };
            node = found;
            if node.line > 0 {
                (longest, len) = (node.line, index + 2);
            }
        }
        let line = usize::from(longest).checked_sub(1)?;
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
        text.iter().enumerate().filter_map(|(at, c)| {
            let ((meaning, _), len) = self.longest_from(self.head(*c)?, &text[at + 1..])?;
            Some((at, *meaning, len))
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
            let table: &Table<u8> = vec![(0, lines[0]), (1, lines[1])].leak();
            let lexicon = Lexicon::<u8, 48>::of(table);
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
