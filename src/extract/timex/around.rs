//! What stands before and behind an expression.

use super::figures::Reader;
use super::meet::Met;
use super::words::{Beside, Class};
use crate::extract::token::Token;

#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    pub reader: &'a Reader<'a>,
    pub met: &'a Met<'a>,
}

impl Around<'_> {
    pub fn before(&self) -> Option<usize> {
        self.met.start.checked_sub(1)
    }

    pub fn beside(&self, list: Beside) -> bool {
        self.before().is_some_and(|at| self.reader.is_beside(at, list))
    }

    pub fn next_beside(&self, list: Beside) -> bool {
        self.reader.is_beside(self.met.end, list)
    }

    pub fn first_beside(&self, list: Beside) -> bool {
        self.reader.is_beside(self.met.start, list)
    }

    pub fn before_is(&self, class: Class) -> bool {
        self.before().is_some_and(|at| self.reader.is(at, class))
    }

    pub fn next_is(&self, class: Class) -> bool {
        self.reader.is(self.met.end, class)
    }

    pub fn before_is_sign(&self, signs: &[char]) -> bool {
        self.before().is_some_and(|at| signs.iter().any(|sign| self.reader.is_sign(at, *sign)))
    }

    pub fn next_is_sign(&self, signs: &[char]) -> bool {
        signs.iter().any(|sign| self.reader.is_sign(self.met.end, *sign))
    }

    pub fn next_text(&self) -> &str {
        self.reader.token(self.met.end).map_or("", |token| token.text(self.reader.text()))
    }

    pub fn next_is_word(&self) -> bool {
        self.reader.token(self.met.end).is_some_and(Token::is_word)
    }

    pub fn next_is_name(&self) -> bool {
        self.reader.token(self.met.end).is_some_and(|t| t.is_capitalised() && !t.begins_line)
    }

    pub fn first_is_capitalised(&self) -> bool {
        self.reader.token(self.met.start).is_some_and(Token::is_capitalised)
    }

    pub fn last_is_capitalised(&self) -> bool {
        self.reader.token(self.met.end.wrapping_sub(1)).is_some_and(Token::is_capitalised)
    }

    pub fn is_sentence_start(&self, at: usize) -> bool {
        self.reader.sentence_of(at).is_some_and(|sentence| sentence.tokens.start == at)
    }

    pub fn starts_sentence(&self) -> bool {
        self.is_sentence_start(self.met.start)
    }

    /// Is the word before a capitalised one that is none of time's: "Brian May", "the Arab Spring"?
    pub fn follows_name(&self) -> bool {
        const OF_TIME: u128 =
            Class::NameBefore.bit() | Class::Mod.bit() | Class::Weekday.bit() | Class::Approx.bit();
        self.before().is_some_and(|at| {
            let token = self.reader.token(at);
            token.is_some_and(|t| t.is_capitalised() && t.end - t.start > 1)
                && !self.starts_sentence()
                && !self.is_sentence_start(at)
                && self.reader.mask(at) & OF_TIME == 0
        })
    }

    pub fn is_in_name(&self) -> bool {
        self.follows_name() && self.next_is_name()
    }
}
