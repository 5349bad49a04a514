//! Words and what is known of them: every token is looked up once, by the hash of its folded word.

use crate::document::fold::push_folded_word;
pub use crate::document::hash::word_hash;
pub(super) use crate::document::hash::{FNV_OFFSET, with_byte};

/// A word that some rule knows, or [`WordIx::UNKNOWN`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WordIx(u32);

impl WordIx {
    pub const UNKNOWN: Self = Self(0);

    pub fn is_known(self) -> bool {
        self != Self::UNKNOWN
    }
}

/// All words of all rules of one language: hash → number.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// Open addressing, a power of two; number 0 is an empty slot.
    slots: Vec<(u64, WordIx)>,
    n_words: u32,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self { slots: vec![(0, WordIx::UNKNOWN); 1 << 10], n_words: 0 }
    }
}

impl Lexicon {
    /// The number of a word, new or known. Folds it first.
    pub fn add(&mut self, word: &str) -> WordIx {
        let mut folded = String::with_capacity(word.len());
        push_folded_word(word, &mut folded);
        let hash = word_hash(&folded);
        let known = self.get(hash);
        if known.is_known() {
            return known;
        }
        if (self.n_words as usize + 1) * 3 > self.slots.len() {
            self.grow();
        }
        self.n_words += 1;
        let word = WordIx(self.n_words);
        self.put(hash, word);
        word
    }

    /// The number of the word with this [`word_hash`]. Two words of one hash are one word here.
    #[inline]
    pub fn get(&self, hash: u64) -> WordIx {
        let mask = self.slots.len() - 1;
        let mut at = slot_of(hash) & mask;
        while let Some((known, word)) = self.slots.get(at) {
            if *known == hash || !word.is_known() {
                return *word;
            }
            at = (at + 1) & mask;
        }
        WordIx::UNKNOWN
    }

    fn put(&mut self, hash: u64, word: WordIx) {
        let mask = self.slots.len() - 1;
        let mut at = slot_of(hash) & mask;
        while self.slots.get(at).is_some_and(|(_, taken)| taken.is_known()) {
            at = (at + 1) & mask;
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = (hash, word);
        }
    }

    fn grow(&mut self) {
        let larger = vec![(0, WordIx::UNKNOWN); self.slots.len() * 2];
        for (hash, word) in std::mem::replace(&mut self.slots, larger) {
            if word.is_known() {
                self.put(hash, word);
            }
        }
    }
}

/// FNV's low bits alone repeat on short words.
#[inline]
fn slot_of(hash: u64) -> usize {
    (hash ^ (hash >> 32)) as usize
}

/// Something said of some words; all others have the default.
#[derive(Debug, Clone, Default)]
pub struct WordTable<T> {
    by_word: Vec<T>,
    otherwise: T,
}

impl<T: Clone + Default> WordTable<T> {
    #[inline]
    pub fn get(&self, word: WordIx) -> &T {
        self.by_word.get(word.0 as usize).unwrap_or(&self.otherwise)
    }

    pub fn entry(&mut self, word: WordIx) -> &mut T {
        let at = word.0 as usize;
        if at >= self.by_word.len() {
            self.by_word.resize(at + 1, T::default());
        }
        self.by_word.get_mut(at).unwrap_or(&mut self.otherwise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_however_they_are_written() {
        let mut lexicon = Lexicon::default();
        let words: Vec<String> = (0..5000).map(|n| format!("word{n}")).collect();
        let numbers: Vec<WordIx> = words.iter().map(|word| lexicon.add(word)).collect();
        for (word, number) in words.iter().zip(&numbers) {
            assert_eq!(lexicon.get(word_hash(word)), *number, "{word}");
        }
        let march = lexicon.add("März");
        assert_eq!(lexicon.add("MARZ"), march, "folded alike");
        assert_eq!(lexicon.get(word_hash("marz")), march);
        assert_eq!(lexicon.get(word_hash("unheard")), WordIx::UNKNOWN);
    }

    #[test]
    fn a_table_answers_for_every_word() {
        let mut lexicon = Lexicon::default();
        let mut table = WordTable::<u8>::default();
        let (june, july) = (lexicon.add("June"), lexicon.add("July"));
        *table.entry(july) = 7;
        assert_eq!((*table.get(june), *table.get(july), *table.get(WordIx::UNKNOWN)), (0, 7, 0));
    }
}
