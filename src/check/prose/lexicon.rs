//! Many words looked for at once, at the price of one look a character.
//!
//! **Never:** knows what its words mean.
//! Next: `phrase`, the largest one.

/// Words as a tree of their characters.
pub(in crate::check) struct Lexicon<T> {
    /// Node of a first character; 0 where no word begins.
    heads: Vec<u16>,
    /// The first one is the root, which leads nowhere.
    nodes: Vec<Node<T>>,
}

/// The start of some words.
struct Node<T> {
    /// What it means, where it is a word.
    meaning: Option<T>,
    /// The nodes one character on.
    next: Vec<(char, u16)>,
}

impl<T: Copy> Lexicon<T> {
    /// A lexicon of words with their meanings.
    pub(in crate::check) fn of<'a>(words: impl Iterator<Item = (&'a str, T)>) -> Self {
        let mut this = Lexicon {
            heads: Vec::new(),
            nodes: Vec::new(),
        };
        this.grow();
        for (word, meaning) in words {
            let node = word.chars().fold(0, |node, c| this.step(node, c));
            this.nodes[usize::from(node)].meaning.get_or_insert(meaning);
        }
        this
    }

    /// A new node.
    fn grow(&mut self) -> u16 {
        let node = u16::try_from(self.nodes.len()).expect("a few thousand characters");
        self.nodes.push(Node {
            meaning: None,
            next: Vec::new(),
        });
        node
    }

    /// The node one character behind another, made if there is none.
    fn step(&mut self, node: u16, c: char) -> u16 {
        if node == 0 {
            let head = c as usize;
            if self.heads.len() <= head {
                self.heads.resize(head + 1, 0);
            }
            if self.heads[head] == 0 {
                self.heads[head] = self.grow();
            }
            return self.heads[head];
        }
        if let Some(next) = self.nodes[usize::from(node)].after(c) {
            return next;
        }
        let next = self.grow();
        self.nodes[usize::from(node)].next.push((c, next));
        next
    }

    /// The longest word at the start of a text, and its length.
    #[inline]
    pub(in crate::check) fn longest(&self, text: &[char]) -> Option<(T, usize)> {
        let (head, rest) = text.split_first()?;
        self.longest_from(self.head(*head)?, rest)
    }

    /// The node of a first character, if a word begins with it.
    #[inline]
    fn head(&self, c: char) -> Option<&Node<T>> {
        match self.heads.get(c as usize) {
            Some(0) | None => None,
            Some(node) => Some(&self.nodes[usize::from(*node)]),
        }
    }

    fn longest_from<'a>(&'a self, mut node: &'a Node<T>, rest: &[char]) -> Option<(T, usize)> {
        let (mut longest, mut len) = (node, 1);
        for (index, c) in rest.iter().enumerate() {
            let Some(next) = node.after(*c) else { break };
            node = &self.nodes[usize::from(next)];
            if node.meaning.is_some() {
                (longest, len) = (node, index + 2);
            }
        }
        Some((longest.meaning?, len))
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

impl<T> Node<T> {
    fn after(&self, c: char) -> Option<u16> {
        let next = self.next.iter().find(|(next, _)| *next == c);
        next.map(|(_, node)| *node)
    }
}
