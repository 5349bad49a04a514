//! Words and what is known of them: every token is looked up once, by the key of its folded word.

use crate::document::fold::push_folded_word;
pub use crate::document::hash::word_hash;
pub(super) use crate::document::hash::{FNV_OFFSET, with_byte};

/// The key of no bytes.
pub(super) const KEY_OFFSET: u64 = 0x243f_6a88_85a3_08d3;

/// The key of some bytes and up to eight more: as a little-endian number, zeros behind the last.
///
/// The two halves of a product, as in `wyhash` and `foldhash`.
#[inline]
pub(super) fn with_eight(key: u64, eight: u64) -> u64 {
    let product = u128::from(key ^ eight) * u128::from(0x9e37_79b9_7f4a_7c15_u64);
    (product as u64) ^ (product >> 64) as u64
}

/// By what a word is known while the program runs, made faster than the [`word_hash`] that files hold. Of its
/// folded UTF-8 bytes.
pub fn word_key(folded_word: &str) -> u64 {
    folded_word.as_bytes().chunks(8).fold(KEY_OFFSET, |key, eight| {
        with_eight(key, eight.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)))
    })
}

/// A word that some rule knows, or [`WordIx::UNKNOWN`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WordIx(u32);

impl WordIx {
    pub const UNKNOWN: Self = Self(0);

    pub fn is_known(self) -> bool {
        self != Self::UNKNOWN
    }
}

/// All words of all rules of one language: key → number.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// Open addressing, a power of two. A key with its last bits replaced by the number; 0 is empty.
    slots: Vec<u64>,
    n_words: u32,
}

/// Bits of a slot that hold the number: room for a million words, and 44 bits of their keys.
const NUMBER: u64 = (1 << 20) - 1;

impl Default for Lexicon {
    fn default() -> Self {
        Self { slots: vec![0; 1 << 10], n_words: 0 }
    }
}

impl Lexicon {
    /// The number of a word, new or known. Folds it first.
    pub fn add(&mut self, word: &str) -> WordIx {
        let mut folded = String::with_capacity(word.len());
        push_folded_word(word, &mut folded);
        let key = word_key(&folded);
        let known = self.get(key);
        if known.is_known() || u64::from(self.n_words) == NUMBER {
            return known;
        }
        if (self.n_words as usize + 1) * 3 > self.slots.len() {
            self.grow();
        }
        self.n_words += 1;
        self.put((key & !NUMBER) | u64::from(self.n_words));
        WordIx(self.n_words)
    }

    /// The number of the word with this [`word_key`]. Two words of one key are one word here.
    #[inline]
    pub fn get(&self, key: u64) -> WordIx {
        let mask = self.slots.len() - 1;
        let mut at = slot_of(key) & mask;
        while let Some(slot) = self.slots.get(at) {
            // One question for both: no processor could guess whether a word is known, but hardly any is
            // not where it is first looked for.
            if is_zero(*slot) | is_zero((*slot ^ key) & !NUMBER) != 0 {
                return WordIx((*slot & NUMBER) as u32);
            }
            at = (at + 1) & mask;
        }
        WordIx::UNKNOWN
    }

    fn put(&mut self, slot: u64) {
        let mask = self.slots.len() - 1;
        let mut at = slot_of(slot) & mask;
        while self.slots.get(at).is_some_and(|taken| *taken != 0) {
            at = (at + 1) & mask;
        }
        if let Some(empty) = self.slots.get_mut(at) {
            *empty = slot;
        }
    }

    fn grow(&mut self) {
        let larger = vec![0; self.slots.len() * 2];
        for slot in std::mem::replace(&mut self.slots, larger) {
            if slot != 0 {
                self.put(slot);
            }
        }
    }
}

/// The highest bit is set for zero and for no other number. As a number, and not a comparison, of which the
/// compiler would make two jumps where two are asked for.
#[inline]
fn is_zero(number: u64) -> u64 {
    (!number & number.wrapping_sub(1)) & 1 << (u64::BITS - 1)
}

/// From bits that a slot keeps.
#[inline]
fn slot_of(key: u64) -> usize {
    (key >> 20 ^ key >> 44) as usize
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

impl<T> WordTable<T> {
    /// All words of which something was said, and some more, with what was.
    pub fn iter(&self) -> impl Iterator<Item = (WordIx, &T)> {
        (0..).map(WordIx).zip(&self.by_word)
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
            assert_eq!(lexicon.get(word_key(word)), *number, "{word}");
        }
        let march = lexicon.add("März");
        assert_eq!(lexicon.add("MARZ"), march, "folded alike");
        assert_eq!(lexicon.get(word_key("marz")), march);
        assert_eq!(lexicon.get(word_key("unheard")), WordIx::UNKNOWN);
    }

    #[test]
    fn a_table_answers_for_every_word() {
        let mut lexicon = Lexicon::default();
        let mut table = WordTable::<u8>::default();
        let (june, july) = (lexicon.add("June"), lexicon.add("July"));
        *table.entry(july) = 7;
        assert_eq!((*table.get(june), *table.get(july), *table.get(WordIx::UNKNOWN)), (0, 7, 0));
        let said: Vec<(WordIx, u8)> =
            table.iter().map(|(word, n)| (word, *n)).filter(|(_, n)| *n > 0).collect();
        assert_eq!(said, [(july, 7)]);
    }
}
