//! Who is named in a text: a word that is a person's name once is it elsewhere too.

use super::hashes::FastMap;
use crate::extract::Source;

/// How sure it is that a word is a person's name in this text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// It ends a name of several unknown words.
    Maybe,
    /// It stands after a title or a first name.
    Sure,
}

/// Words that are people's names in one text, by their keys.
#[derive(Debug, Default)]
pub struct People {
    by_word: FastMap<u64, Sureness>,
}

impl People {
    /// The words of a person's name: those from `first` on, up to `end` (positions of tokens).
    pub fn add(&mut self, source: &Source, first: usize, end: usize, sureness: Sureness) {
        for token in source.tokens.get(first..end).unwrap_or(&[]) {
            if token.is_capitalised() && token.end - token.start > 1 {
                let known = self.by_word.entry(token.key).or_insert(sureness);
                *known = (*known).max(sureness);
            }
        }
    }

    pub fn get(&self, key: u64) -> Option<Sureness> {
        self.by_word.get(&key).copied()
    }
}
