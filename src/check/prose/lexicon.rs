//! Many words looked for at once, at the price of one look a character.
//!
//! **Never:** knows what its words mean.
//! Next: `phrase`, the largest one.

/// Words found by their first character, longer ones first.
pub(in crate::check) struct Lexicon<T> {
    /// Place in `lists` of a character, one more; 0 where no word begins.
    heads: Vec<u16>,
    lists: Vec<Vec<(Vec<char>, T)>>,
}

impl<T: Copy> Lexicon<T> {
    /// A lexicon of words with their meanings.
    pub(in crate::check) fn of<'a>(words: impl Iterator<Item = (&'a str, T)>) -> Self {
        let mut this = Lexicon {
            heads: Vec::new(),
            lists: Vec::new(),
        };
        for (word, meaning) in words {
            let word: Vec<char> = word.chars().collect();
            let head = word[0] as usize;
            if this.heads.len() <= head {
                this.heads.resize(head + 1, 0);
            }
            if this.heads[head] == 0 {
                this.lists.push(Vec::new());
                this.heads[head] = u16::try_from(this.lists.len()).expect("a few hundred words");
            }
            this.lists[usize::from(this.heads[head]) - 1].push((word, meaning));
        }
        for list in &mut this.lists {
            list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        this
    }

    /// The longest word at the start of a text, and its length.
    pub(in crate::check) fn longest(&self, text: &[char]) -> Option<(T, usize)> {
        let head = *self.heads.get(*text.first()? as usize)?;
        let list = &self.lists[usize::from(head).checked_sub(1)?];
        list.iter()
            .find(|(word, _)| text.starts_with(word))
            .map(|(word, meaning)| (*meaning, word.len()))
    }

    /// What every word in a text means, overlapping ones too.
    pub(in crate::check) fn every(&self, text: &[char]) -> impl Iterator<Item = T> {
        (0..text.len()).filter_map(|at| Some(self.longest(&text[at..])?.0))
    }

    /// The first word in a text: where it begins, what it means, its length.
    pub(in crate::check) fn first(&self, text: &[char]) -> Option<(usize, T, usize)> {
        (0..text.len()).find_map(|at| {
            let (meaning, len) = self.longest(&text[at..])?;
            Some((at, meaning, len))
        })
    }
}
