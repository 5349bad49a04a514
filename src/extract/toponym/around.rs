//! The sentence around a name, as the rules ask for it. A position before the text wraps round to one that no
//! token has.

use super::segment::Setting;
use super::words::{Context, Words};
use crate::extract::sentence::Sentence;
use crate::extract::token::{Token, TokenKind};
use crate::extract::word::WordIx;
use crate::extract::{Source, steps};

/// A sentence, and what is known of its words.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    pub source: &'a Source<'a>,
    pub words: &'a Words,
    /// Those of the sentence.
    tokens: &'a [Token],
    /// Positions of the sentence's tokens.
    pub start: usize,
    pub end: usize,
    pub setting: Setting,
}

/// A word beside a name. What is none is unknown, and no list has it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside {
    pub word: WordIx,
    pub context: Context,
}

impl<'a> Around<'a> {
    pub fn new(source: &'a Source<'a>, words: &'a Words, sentence: &Sentence, setting: Setting) -> Self {
        let (start, end) = (sentence.tokens.start, sentence.tokens.end);
        let tokens = source.tokens.get(start..end).unwrap_or_default();
        Self { source, words, tokens, start, end, setting }
    }

    #[inline]
    pub fn token(&self, at: usize) -> Option<&'a Token> {
        steps::count();
        self.tokens.get(at.wrapping_sub(self.start))
    }

    /// The word at a position: neither a sign nor a number.
    #[inline]
    pub fn beside(&self, at: usize) -> Beside {
        let Some(token) = self.token(at) else { return Beside::default() };
        // Looked up in any case, so that no processor need guess whether it is a word.
        let known = Beside { word: token.word, context: *self.words.context.get(token.word) };
        if token.is_word() { known } else { Beside::default() }
    }

    #[inline]
    pub fn context(&self, at: usize) -> Context {
        self.beside(at).context
    }

    #[inline]
    pub fn is_word(&self, at: usize, word: WordIx) -> bool {
        self.token(at).is_some_and(|token| token.word == word && token.is_word())
    }

    /// The sign at a position: neither a word nor a number.
    #[inline]
    pub fn sign(&self, at: usize) -> Option<char> {
        let token = self.token(at).filter(|token| token.kind == TokenKind::Sign)?;
        Some(token.sign(self.source.text()))
    }

    /// Only quotes, brackets and bullets stand before it in its sentence.
    pub fn opens_sentence(&self, first: usize) -> bool {
        let before = self.tokens.get(..first.wrapping_sub(self.start)).unwrap_or_default();
        before.iter().all(|t| t.kind == TokenKind::Sign)
            || matches!(self.sign(first.wrapping_sub(1)), Some('“' | '"' | ':' | '—'))
    }
}
