//! A text cut into words, numbers and signs, each looked up once.
//!
//! Letters and digits part company ("1990s" is `1990` `s`, "5pm" is `5` `pm`), and every sign stands
//! alone ("Côte d’Ivoire" is `Côte` `d` `’` `Ivoire`), so that rules need not know how a thing was
//! set; [`Token::is_joined`] says what stood together.

mod cut;
mod eight;

use super::word::{FNV_OFFSET, WordIx, with_byte, word_hash};
use crate::document::Span;
use crate::document::fold::push_folded_word;
pub use cut::{tokenize, tokenize_watched};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters only.
    Word,
    /// Decimal digits 0–9 only.
    Number,
    /// One character that is neither.
    Sign,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// No letter with case, or all small.
    Lower,
    /// The first letter only: "Paris", "A".
    Title,
    /// All of at least two: "NATO".
    Upper,
    /// Anything else: `McDonald`, `iPhone`.
    Mixed,
}

/// A word, a number or a sign of a text. Offsets are UTF-8 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub start: u32,
    pub end: u32,
    /// [`word_key`](super::word::word_key) of the folded word; of a number or an ASCII sign that of its bytes.
    pub key: u64,
    pub word: WordIx,
    pub kind: TokenKind,
    pub case: Case,
    /// Of a word: it has ASCII letters only.
    pub is_ascii: bool,
    /// Nothing stands between it and the token before.
    pub is_joined: bool,
    /// A blank line, or the beginning of the text, stands before it.
    pub begins_paragraph: bool,
    /// A line end stands before it.
    pub begins_line: bool,
    /// A word that begins with a capital letter, or has one.
    has_capital: bool,
}

impl Token {
    pub fn span(&self) -> Span {
        Span { start: self.start as usize, end: self.end as usize }
    }

    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        self.span().slice(text)
    }

    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    pub fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }

    /// A word that begins with a capital letter.
    #[inline]
    pub fn is_capitalised(&self) -> bool {
        self.has_capital
    }

    /// Is it this one sign?
    pub fn is_sign(&self, text: &str, sign: char) -> bool {
        self.kind == TokenKind::Sign && self.sign(text) == sign
    }

    /// The character of a sign.
    #[inline]
    pub fn sign(&self, text: &str) -> char {
        match text.as_bytes().get(self.start as usize) {
            Some(byte) if byte.is_ascii() => char::from(*byte),
            _ => self.text(text).chars().next().unwrap_or('\0'),
        }
    }

    /// Are its last bytes these?
    #[inline]
    pub fn ends_with(&self, text: &str, ending: &[u8]) -> bool {
        text.as_bytes().get(self.start as usize..self.end as usize).is_some_and(|own| own.ends_with(ending))
    }

    /// [`word_hash`] of the folded word, by which the gazetteer knows it. O(length): it is made when it is asked for.
    pub fn hash(&self, text: &str) -> u64 {
        let word = self.text(text);
        if self.is_ascii {
            return word.bytes().map(|byte| byte.to_ascii_lowercase()).fold(FNV_OFFSET, with_byte);
        }
        let mut folded = String::with_capacity(word.len());
        push_folded_word(word, &mut folded);
        word_hash(&folded)
    }

    /// The value of a number of at most 18 digits.
    pub fn number(&self, text: &str) -> Option<u64> {
        if self.kind != TokenKind::Number || self.end - self.start > 18 {
            return None;
        }
        Some(self.text(text).bytes().fold(0, |value, digit| value * 10 + u64::from(digit - b'0')))
    }

    pub fn n_digits(&self) -> usize {
        if self.is_number() { (self.end - self.start) as usize } else { 0 }
    }
}
