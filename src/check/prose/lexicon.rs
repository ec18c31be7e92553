//! Many words looked for at once, at the price of one look a character.
//!
//! A tree of characters, laid out in three flat lists: it is made at every start
//! of the program, so it takes few steps and few pages.
//!
//! **Never:** knows what its words mean.
//! Next: `phrase`, the largest one.

/// Words as a tree of their characters.
pub(in crate::check) struct Lexicon<T> {
    /// Which of `leaves` knows the first characters of each 256; most know none.
    pages: [u8; PAGE],
    /// Nodes of first characters, one more; 0 where no word begins.
    leaves: Vec<[u16; PAGE]>,
    nodes: Vec<Node>,
    /// What is one character on, the edges of a node side by side.
    edges: Vec<(char, u16)>,
    meanings: Vec<T>,
}

/// The start of some words.
#[derive(Clone, Copy)]
struct Node {
    /// Place in `meanings`, one more; 0 where no word ends.
    meaning: u16,
    /// Where its edges begin and end.
    edges: (u16, u16),
}

/// Characters that a leaf knows, and leaves that there may be.
const PAGE: usize = 256;

impl<T: Copy> Lexicon<T> {
    /// A lexicon of words with their meanings; of a word given twice the first.
    pub(in crate::check) fn of<'a>(words: impl Iterator<Item = (&'a str, T)>) -> Self {
        // Their first bytes as a number tell most words apart faster than texts do.
        let head = |word: &str| {
            let mut head = [0; 8];
            let len = word.len().min(head.len());
            head[..len].copy_from_slice(&word.as_bytes()[..len]);
            u64::from_be_bytes(head)
        };
        let mut words: Vec<(u64, &str, T)> = words
            .map(|(word, meaning)| (head(word), word, meaning))
            .collect();
        words.sort_by_key(|(head, word, _)| (*head, *word));
        words.dedup_by_key(|(_, word, _)| *word);
        let words: Vec<(&str, T)> = words.into_iter().map(|(_, word, t)| (word, t)).collect();
        let mut this = Lexicon {
            pages: [0; PAGE],
            leaves: vec![[0; PAGE]],
            nodes: Vec::new(),
            edges: Vec::new(),
            meanings: Vec::new(),
        };
        let root = this.grow(&words, 0);
        let (from, to) = this.nodes[usize::from(root)].edges;
        for edge in usize::from(from)..usize::from(to) {
            let (head, node) = this.edges[edge];
            let page = &mut this.pages[head as usize / PAGE];
            if *page == 0 {
                *page = u8::try_from(this.leaves.len()).expect("fewer pages than there are");
                this.leaves.push([0; PAGE]);
            }
            this.leaves[usize::from(*page)][head as usize % PAGE] = node + 1;
        }
        this
    }

    /// The node of sorted words that are alike up to a byte.
    fn grow(&mut self, words: &[(&str, T)], at: usize) -> u16 {
        let small = |len: usize| u16::try_from(len).expect("a few thousand characters");
        let (own, longer) = match words {
            [(word, meaning), longer @ ..] if word.len() == at => (Some(*meaning), longer),
            _ => (None, words),
        };
        self.meanings.extend(own);
        let node = self.nodes.len();
        let next = |word: &str| word[at..].chars().next();
        let from = self.edges.len();
        // Until its node is there, an edge tells how many words go along it.
        for group in longer.chunk_by(|one, other| next(one.0) == next(other.0)) {
            let edge = next(group[0].0).map(|letter| (letter, small(group.len())));
            self.edges.extend(edge);
        }
        let to = self.edges.len();
        self.nodes.push(Node {
            meaning: own.map_or(0, |_| small(self.meanings.len())),
            edges: (small(from), small(to)),
        });
        let mut rest = longer;
        for edge in from..to {
            let (letter, count) = self.edges[edge];
            let (group, others) = rest.split_at(usize::from(count));
            rest = others;
            self.edges[edge].1 = self.grow(group, at + letter.len_utf8());
        }
        small(node)
    }

    /// The longest word at the start of a text, and its length.
    #[inline]
    pub(in crate::check) fn longest(&self, text: &[char]) -> Option<(T, usize)> {
        let (head, rest) = text.split_first()?;
        self.longest_from(self.head(*head)?, rest)
    }

    /// The node of a first character, if a word begins with it.
    #[inline]
    fn head(&self, c: char) -> Option<Node> {
        let page = *self.pages.get(c as usize / PAGE)?;
        let node = self.leaves[usize::from(page)][c as usize % PAGE];
        Some(self.nodes[usize::from(node.checked_sub(1)?)])
    }

    fn longest_from(&self, mut node: Node, rest: &[char]) -> Option<(T, usize)> {
        let (mut longest, mut len) = (node.meaning, 1);
        for (index, c) in rest.iter().enumerate() {
            let (from, to) = node.edges;
            let edges = &self.edges[usize::from(from)..usize::from(to)];
            let Some((_, next)) = edges.iter().find(|(next, _)| next == c) else {
                break;
            };
            node = self.nodes[usize::from(*next)];
            if node.meaning > 0 {
                (longest, len) = (node.meaning, index + 2);
            }
        }
        let meaning = usize::from(longest).checked_sub(1)?;
        Some((self.meanings[meaning], len))
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
            let (meaning, len) = self.longest_from(self.head(*c)?, &text[at + 1..])?;
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
            words in prop::collection::vec("[甲乙a]{1,4}", 0..12),
            text in "[甲乙ab]{0,12}",
        ) {
            let lexicon = Lexicon::of(words.iter().enumerate().map(|(at, word)| (&word[..], at)));
            let text: Vec<char> = text.chars().collect();
            for at in 0..text.len() {
                let rest: String = text[at..].iter().collect();
                let found = words.iter().filter(|word| rest.starts_with(&word[..]));
                let longest = found.max_by_key(|word| word.len());
                let expected = longest.map(|word| {
                    let meaning = words.iter().position(|other| other == word);
                    (meaning.expect("it is one of them"), word.chars().count())
                });
                prop_assert_eq!(lexicon.longest(&text[at..]), expected);
            }
        }
    }
}
