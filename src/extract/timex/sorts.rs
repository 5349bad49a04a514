//! Tokens by what they can be in a time expression: all that have the same classes are of one sort, and there
//! are a few hundred of them.

use super::masks::{MaskIx, Masks};
use super::words::{Class, Mask, class_of_figures, class_of_utf8};
use crate::extract::token::{Token, TokenKind};
use crate::extract::word::{WordIx, WordTable};

/// All tokens of the same classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sort(MaskIx);

impl Sort {
    /// The words that have no class, and what stands behind the last token.
    pub const NONE: Self = Self(MaskIx(0));

    pub fn index(self) -> usize {
        usize::from(self.0.0)
    }
}

/// The sort of every token.
#[derive(Debug, Default)]
pub(super) struct Sorts {
    by_word: WordTable<Sort>,
    /// Of figures that are no known words and of signs, by their class.
    by_class: Vec<Sort>,
    /// Of signs of ASCII.
    by_byte: Vec<Sort>,
    /// The classes of each sort.
    masks: Masks,
}

impl Sorts {
    /// From the classes of all known words.
    pub fn of_words(classes: &WordTable<Mask>) -> Self {
        let mut sorts = Self::default();
        // The first: it is that of `Sort::NONE`.
        sorts.masks.add(0);
        sorts.by_class = Class::all().map(|class| sorts.with(class.bit())).collect();
        sorts.by_byte = (0..128).map(|byte| sorts.with(class_of_utf8(&[byte]).bit())).collect();
        for (word, mask) in classes.iter().filter(|(_, mask)| **mask != 0) {
            *sorts.by_word.entry(word) = sorts.with(*mask);
        }
        sorts
    }

    fn with(&mut self, mask: Mask) -> Sort {
        Sort(self.masks.add(mask))
    }

    #[inline]
    pub fn of(&self, token: &Token, text: &str) -> Sort {
        if token.kind == TokenKind::Word { self.of_word(token.word) } else { self.of_other(token, text) }
    }

    #[inline]
    fn of_word(&self, word: WordIx) -> Sort {
        *self.by_word.get(word)
    }

    #[inline]
    fn of_other(&self, token: &Token, text: &str) -> Sort {
        if token.is_number() {
            let own = self.of_word(token.word);
            return if own == Sort::NONE { self.of_class(class_of_figures(token.n_digits())) } else { own };
        }
        let first = text.as_bytes().get(token.start as usize).map_or(0, |byte| usize::from(*byte));
        match self.by_byte.get(first) {
            Some(sort) => *sort,
            None => self.of_class(class_of_utf8(token.text(text).as_bytes())),
        }
    }

    fn of_class(&self, class: Class) -> Sort {
        self.by_class.get(class as usize).copied().unwrap_or_default()
    }

    /// The classes of a sort.
    #[inline]
    pub fn mask(&self, sort: Sort) -> Mask {
        self.masks.get(sort.0).unwrap_or(0)
    }

    pub fn all(&self) -> impl Iterator<Item = (Sort, Mask)> {
        self.masks.all().map(|(ix, mask)| (Sort(ix), mask))
    }
}
