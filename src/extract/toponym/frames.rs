//! Frames of a few words around a name that say what it is: datelines, homes of people, roads, eras, firms.

use super::around::Around;
use super::names::{Name, NameIx, Names};
use super::place::Rank;
use super::words::{Context, GIVEN};
use crate::extract::token::{Case, Token, TokenKind};

impl Around<'_> {
    /// "PEPPERELL — A man": the head of a paragraph, before a dash.
    pub fn is_dateline(&self, first: usize, end: usize) -> bool {
        if !self.token(first).is_some_and(|t| t.begins_paragraph) {
            return false;
        }
        match self.sign(end) {
            Some('—') => true,
            Some('–' | '-') => self.token(end).is_some_and(|t| !t.is_joined),
            _ => false,
        }
    }

    /// The name of the gazetteer, or its abbreviation, behind a comma after a name, and where it ends.
    pub fn set_off(&self, names: &mut Names, end: usize) -> Option<(NameIx, usize)> {
        let outer = self.token(end + 1).filter(|t| t.is_capitalised() && self.sign(end) == Some(','))?;
        let at = end + 1;
        let is_stopped = |at: usize| usize::from(self.sign(at) == Some('.'));
        let second = self.token(at + 2).filter(|_| is_stopped(at + 1) == 1);
        let of_two = |second: &Token| self.words.double_abbreviations.get(outer.word, second.word);
        if let Some(meaning) = second.and_then(of_two) {
            return Some((names.meant(self.words, meaning)?, at + 3 + is_stopped(at + 3)));
        }
        match *self.words.abbreviations.get(outer.word) {
            0 => names.longest(self.source, self.words, at, self.end).map(|found| (found.name, found.end)),
            meaning => Some((names.meant(self.words, meaning)?, at + 1 + is_stopped(at + 1))),
        }
    }

    /// Does nothing of its sentence go on here but with a sign or a preposition?
    pub fn closes(&self, end: usize) -> bool {
        self.token(end).is_none_or(|t| t.begins_paragraph || t.kind == TokenKind::Sign)
            || self.sign(end.wrapping_sub(1)) == Some('.')
            || self.context(end).has(Context::PREPOSITION.or(Context::PLACE_PREPOSITION))
    }

    /// "US 30", "on Indiana 59": a road, which a country or province has only lent its name.
    pub fn is_road(&self, name: &Name, first: usize, end: usize) -> bool {
        // Nothing else is a road, and most names are towns.
        if !matches!(name.rank, Rank::Country | Rank::Province) {
            return false;
        }
        let is_number = self.token(end).is_some_and(|t| (1..=3).contains(&t.n_digits()) && !t.is_joined);
        if !is_number || matches!(self.sign(end + 1), Some('-' | '–' | ',')) {
            return false;
        }
        let before = self.context(first.wrapping_sub(1));
        (name.rank == Rank::Country && self.token(first).is_some_and(|t| t.case == Case::Upper))
            || (name.rank == Rank::Province
                && before.has(Context::PREPOSITION)
                && !before.has(Context::PLACE_PREPOSITION))
    }

    /// "Harland & Wolff": a firm.
    pub fn is_of_firm(&self, first: usize, end: usize) -> bool {
        let is_capital = |at: usize| self.token(at).is_some_and(Token::is_capitalised);
        (self.sign(end) == Some('&') && is_capital(end + 1))
            || (self.is_after_ampersand(first) && is_capital(first.wrapping_sub(2)))
    }

    pub fn is_after_ampersand(&self, first: usize) -> bool {
        self.sign(first.wrapping_sub(1)) == Some('&')
    }

    /// "George and Nancy Horn": the first of two who share a surname.
    pub fn is_of_couple(&self, end: usize) -> bool {
        let is_and = self.is_word(end, self.words.and);
        let Some(other) = self.token(end + 1).filter(|t| is_and && t.is_capitalised()) else { return false };
        let text = self.source.text();
        let marks = self.words.marks(&self.source.language.endings, other.hash(text), other.text(text));
        marks & GIVEN != 0 && self.token(end + 2).is_some_and(|t| t.is_word() && t.is_capitalised())
    }

    /// "490 B.C.": an era, and not a province.
    pub fn is_era(&self, name: &Name, first: usize) -> bool {
        name.is_abbreviation
            && name.rank == Rank::Province
            && self.token(first.wrapping_sub(1)).is_some_and(Token::is_number)
    }

    /// "Ann Miller, of Dolphin, died", "Ann Miller, 44, of Dolphin": set off, what follows is a home.
    pub fn is_home_of_person(&self, first: usize, end: usize) -> bool {
        let before = |n: usize| first.wrapping_sub(n);
        let is_comma = |at: usize| self.sign(at) == Some(',');
        let is_name = |at: usize| {
            self.token(at).is_some_and(|t| t.is_capitalised() && t.case != Case::Upper)
                && !self.context(at).has(Context::ORGANISATION)
        };
        if !self.is_word(before(1), self.words.of) || !is_comma(before(2)) {
            return false;
        }
        let is_age = self.token(before(3)).is_some_and(|t| (1..=3).contains(&t.n_digits()));
        let is_person = if is_age {
            is_comma(before(4)) && is_name(before(5))
        } else {
            is_name(before(3)) && is_name(before(4))
        };
        // Who speaks is told by whom he speaks for: "Tom Reed, of Oxfam, said".
        is_person && matches!(self.sign(end), Some(',' | '.' | ';' | ')')) && !self.speaks(end + 1)
    }

    /// "in X", "north of X", "to X": does a preposition stand before it?
    pub fn is_behind(&self, first: usize, any: Context) -> bool {
        self.context(first.wrapping_sub(1)).has(any)
    }

    /// "the communities of X", "the mayor of X": nouns that a place has, joined with "of".
    pub fn is_had_of(&self, first: usize) -> bool {
        if !self.is_word(first.wrapping_sub(1), self.words.of) {
            return false;
        }
        let head = self.context(first.wrapping_sub(2));
        head.has(Context::KIND) && head.has(Context::OF_PLACE)
    }
}
