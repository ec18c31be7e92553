//! Many words looked for at once, at the price of one look a character.
//!
//! **Never:** knows what its words mean.
//! Next: `phrase`, the largest one.

/// Words found by their first character, longer ones first.
pub(in crate::check) struct Lexicon<T> {
    /// Place in `lists` of a character, one more; 0 where no word begins.
    heads: Vec<u16>,
    lists: Vec<List<T>>,
}

/// The words that begin with a character.
struct List<T> {
    /// A bit for each second character, so that most texts are seen to hold none
    /// of the words by one look more.
    seconds: u64,
    words: Vec<(Vec<char>, T)>,
}

/// The bit of a second character.
fn bit(c: char) -> u64 {
    1 << (c as u32 % u64::BITS)
}

impl<T: Copy> List<T> {
    fn longest(&self, text: &[char]) -> Option<(T, usize)> {
        let stands = |word: &[char]| {
            text.get(word.len() - 1) == word.last() && text.starts_with(word)
        };
        let found = self.words.iter().find(|(word, _)| stands(word));
        found.map(|(word, meaning)| (*meaning, word.len()))
    }
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
                this.lists.push(List {
                    seconds: 0,
                    words: Vec::new(),
                });
                this.heads[head] = u16::try_from(this.lists.len()).expect("a few hundred words");
            }
            let list = &mut this.lists[usize::from(this.heads[head]) - 1];
            list.seconds |= word.get(1).map_or(u64::MAX, |second| bit(*second));
            list.words.push((word, meaning));
        }
        for list in &mut this.lists {
            list.words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        this
    }

    /// The longest word at the start of a text, and its length.
    #[inline]
    pub(in crate::check) fn longest(&self, text: &[char]) -> Option<(T, usize)> {
        let head = *self.heads.get(*text.first()? as usize)?;
        let list = &self.lists[usize::from(head).checked_sub(1)?];
        let second = text.get(1).map_or(u64::MAX, |second| bit(*second));
        (list.seconds & second != 0).then(|| list.longest(text))?
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
