//! Sentences: where one ends in spite of abbreviations, initials, decimals and quotes.

use std::iter::Peekable;
use std::ops::Range;

use super::language::{Language, lists};
use super::token::{Case, Token, TokenKind};
use super::word::{Lexicon, WordTable};
use crate::document::Span;

const DATA: &str = include_str!("../../assets/lang/en/sentences.txt");

/// What the end of a sentence may be mistaken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Abbreviation {
    #[default]
    No,
    BeforeName,
    Anywhere,
    /// "Acme Corp. Thursday": it goes on to a day, but may end a sentence before any other capital.
    BeforeDay,
    /// "in Co. Mayo": also before a name, if none stands before it.
    BeforeCounty,
}

#[derive(Debug)]
pub struct Words {
    abbreviations: WordTable<Abbreviation>,
    /// Words that, with a capital after "U.S.", open a sentence.
    openers: WordTable<bool>,
    /// Words of a date or clock that, with a capital after "p.m." and the like, go on with the sentence.
    days: WordTable<bool>,
}

impl Words {
    pub fn english(lexicon: &mut Lexicon) -> Self {
        let mut words = Self {
            abbreviations: WordTable::default(),
            openers: WordTable::default(),
            days: WordTable::default(),
        };
        for (list, word) in lists(DATA) {
            let word = lexicon.add(word);
            match list {
                "before a name" => *words.abbreviations.entry(word) = Abbreviation::BeforeName,
                "anywhere" => *words.abbreviations.entry(word) = Abbreviation::Anywhere,
                "before a county" => *words.abbreviations.entry(word) = Abbreviation::BeforeCounty,
                "before a day" => *words.abbreviations.entry(word) = Abbreviation::BeforeDay,
                "day" => *words.days.entry(word) = true,
                _ => *words.openers.entry(word) = true,
            }
        }
        words
    }
}

/// Tokens of a sentence from which on it ends at any sign before a space, and at most. No sentence is so
/// long, but a list or a text without stops is, and what comes after looks at all of a sentence again and again.
const LONG: usize = 250;
const MAX_TOKENS: usize = 400;

/// A sentence or a heading. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Positions of its tokens.
    pub tokens: Range<usize>,
    /// UTF-8 bytes, without white space around it.
    pub span: Span,
    pub is_heading: bool,
    pub begins_paragraph: bool,
    /// Nearly all its longer words have capitals: they say nothing.
    pub is_in_capitals: bool,
}

/// The sentences of a text, in order; every token is in one. O(n).
pub fn sentences(text: &str, tokens: &[Token], headings: &[Span], language: &Language) -> Vec<Sentence> {
    let mut found = Vec::new();
    sentences_into(text, tokens, headings, language, &mut found);
    found
}

/// The same, into a list that is there.
#[allow(clippy::needless_bitwise_bool)]
pub fn sentences_into(
    text: &str,
    tokens: &[Token],
    headings: &[Span],
    language: &Language,
    found: &mut Vec<Sentence>,
) {
    found.clear();
    let has_headings = !headings.is_empty();
    let mut headings = headings.iter().copied().peekable();
    let mut open = Open::from(0, true);
    let mut at = 0;
    while let Some(token) = tokens.get(at)
        && let Some(next) = tokens.get(at + 1)
    {
        let n_tokens = at + 1 - open.first;
        open.capitals.count(token);
        // Most tokens are words within a paragraph, and no word ends a sentence.
        if token.is_word() & !next.begins_paragraph & !has_headings & (n_tokens < MAX_TOKENS) {
            at += 1;
            continue;
        }
        let is_last = next.begins_paragraph
            || n_tokens >= MAX_TOKENS
            || (n_tokens >= LONG && token.kind == TokenKind::Sign && !next.is_joined)
            || headings.peek().is_some_and(|h| h.start == next.start as usize || h.end <= token.end as usize)
            || (!token.is_word() && ends_sentence(text, tokens, at, language));
        if is_last {
            let begins_paragraph = next.begins_paragraph;
            open.end(tokens, at, &mut headings, found);
            open = Open::from(at + 1, begins_paragraph);
        }
        at += 1;
    }
    if let (Some(token), Some(last)) = (tokens.last(), tokens.len().checked_sub(1)) {
        open.capitals.count(token);
        open.end(tokens, last, &mut headings, found);
    }
}

/// A sentence whose end has not come.
struct Open {
    first: usize,
    begins_paragraph: bool,
    /// Of its tokens so far.
    capitals: Capitals,
}

impl Open {
    fn from(first: usize, begins_paragraph: bool) -> Self {
        Self { first, begins_paragraph, capitals: Capitals::default() }
    }

    /// The sentence ends with the token at this position.
    fn end(
        &self,
        tokens: &[Token],
        at: usize,
        headings: &mut Peekable<impl Iterator<Item = Span>>,
        found: &mut Vec<Sentence>,
    ) {
        let (Some(first), Some(last)) = (tokens.get(self.first), tokens.get(at)) else { return };
        let span = Span { start: first.start as usize, end: last.end as usize };
        while headings.peek().is_some_and(|h| h.end <= span.start) {
            headings.next();
        }
        let is_heading = headings.peek().is_some_and(|h| h.start <= span.start && span.end <= h.end);
        if headings.peek().is_some_and(|h| h.end <= span.end) {
            headings.next();
        }
        found.push(Sentence {
            tokens: self.first..at + 1,
            span,
            is_heading,
            begins_paragraph: self.begins_paragraph,
            is_in_capitals: self.capitals.are_of_nearly_all(),
        });
    }
}

/// Words of more than three letters, and how many of them have capitals.
#[derive(Debug, Clone, Copy, Default)]
struct Capitals {
    n_long: u32,
    n_capital: u32,
}

impl Capitals {
    /// Without a choice, which no processor could guess.
    #[inline]
    #[allow(clippy::needless_bitwise_bool)]
    fn count(&mut self, token: &Token) {
        let is_long = token.is_word() & (token.end - token.start > 3);
        self.n_long += u32::from(is_long);
        self.n_capital += u32::from(is_long & token.is_capitalised());
    }

    fn are_of_nearly_all(self) -> bool {
        self.n_capital >= 3 && self.n_capital >= (self.n_long - self.n_capital) * 3
    }
}

/// Does a sentence end with this token, other than by the end of its paragraph?
fn ends_sentence(text: &str, tokens: &[Token], at: usize, language: &Language) -> bool {
    let (Some(token), Some(next)) = (tokens.get(at), tokens.get(at + 1)) else { return true };
    if next.is_joined {
        return false;
    }
    let sign = sign_of(text, token);
    let sign = if is_closing(sign) {
        // “He left.” She stayed: the sentence ends with the quote, if a stop stands in it.
        let mut before = at;
        while before > 0
            && at - before < MAX_CLOSING
            && tokens.get(before).is_some_and(|t| t.is_joined && is_closing(sign_of(text, t)))
        {
            before -= 1;
        }
        tokens.get(before).map_or('\0', |t| sign_of(text, t))
    } else {
        sign
    };
    let is_stop = matches!(sign, '.' | '!' | '?' | '…' | '。' | '։');
    if !(is_stop || (token.is_number() && is_footnote(text, tokens, at))) {
        return false;
    }
    let begins_like_one = next.is_capitalised()
        || next.is_number()
        || (next.is_word() && next.case == Case::Lower && next.begins_line && sign != '.')
        || matches!(
            sign_of(text, next),
            '“' | '"' | '‘' | '\'' | '«' | '(' | '[' | '—' | '–' | '-' | '•' | '`'
        );
    if !begins_like_one {
        return false;
    }
    sign != '.' || !is_abbreviated(text, tokens, at, next, language)
}

/// Signs that may close one thing after another behind a stop.
const MAX_CLOSING: usize = 6;

/// "agreed.12 The": a footnote's number that stands by the stop of a long word ends the sentence.
fn is_footnote(text: &str, tokens: &[Token], at: usize) -> bool {
    let [.., word, stop, note] = tokens.get(..=at).unwrap_or(&[]) else { return false };
    note.is_number()
        && note.n_digits() <= 2
        && note.is_joined
        && stop.is_joined
        && stop.is_sign(text, '.')
        && word.is_word()
        && word.end - word.start > 3
}

/// Does the period at this position belong to an abbreviation or an initial?
fn is_abbreviated(text: &str, tokens: &[Token], at: usize, next: &Token, language: &Language) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|b| tokens.get(b)) else { return false };
    if !before.is_word() || !tokens.get(at).is_some_and(|t| t.is_joined) {
        return false;
    }
    let is_chain = || {
        at >= 3 && before.is_joined && tokens.get(at - 2).is_some_and(|t| t.is_sign(text, '.') && t.is_joined)
    };
    match language.sentence.abbreviations.get(before.word) {
        Abbreviation::BeforeName => return true,
        Abbreviation::Anywhere => return !next.is_capitalised(),
        Abbreviation::BeforeDay => return goes_on_to_day(text, tokens, at + 1, language),
        Abbreviation::BeforeCounty => {
            let stands_alone = at
                .checked_sub(2)
                .and_then(|n| tokens.get(n))
                .is_some_and(|t| t.is_sign(text, ',') || (t.is_word() && t.case == Case::Lower));
            return stands_alone && before.is_capitalised() || goes_on_to_day(text, tokens, at + 1, language);
        }
        Abbreviation::No => {}
    }
    let is_letter = before.end - before.start <= 2 && before.text(text).chars().count() == 1;
    if !is_letter {
        return false;
    }
    if is_chain() && goes_on_to_day(text, tokens, at + 1, language) {
        return true;
    }
    if !before.is_capitalised() {
        return false;
    }
    // "J. Smith" goes on; "in the U.S. The" may not: after two letters a known opener decides.
    !(is_chain() && next.is_capitalised() && *language.sentence.openers.get(next.word))
}

/// "10 a.m. Thursday", "3:27 p.m. (1927 GMT)", but not "10 a.m. Thursday’s talks".
fn goes_on_to_day(text: &str, tokens: &[Token], at: usize, language: &Language) -> bool {
    let Some(next) = tokens.get(at) else { return false };
    let behind = tokens.get(at + 1);
    if next.is_sign(text, '(') {
        return behind.is_some_and(Token::is_number);
    }
    let is_possessor = behind.is_some_and(|t| t.is_joined && matches!(sign_of(text, t), '\'' | '’'));
    *language.sentence.days.get(next.word) && !is_possessor
}

fn sign_of(text: &str, token: &Token) -> char {
    if token.is_word() || token.is_number() {
        return '\0';
    }
    token.sign(text)
}

fn is_closing(sign: char) -> bool {
    matches!(sign, '”' | '"' | '’' | '\'' | '»' | ')' | ']')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::token::tokenize;

    fn cut<'t>(text: &'t str, headings: &[Span]) -> Vec<&'t str> {
        let english = Language::english();
        let tokens = tokenize(text, &english.lexicon);
        let found = sentences(text, &tokens, headings, english);
        let covered: Vec<usize> = found.iter().flat_map(|s| s.tokens.clone()).collect();
        assert_eq!(covered, (0..tokens.len()).collect::<Vec<_>>(), "every token once: {text:?}");
        found.iter().map(|s| s.span.slice(text)).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        for text in [
            "It rained. | He left at 5 p.m. on Friday. | She stayed.",
            "Mr. Smith met Gen. Lee in St. Louis. | They talked.",
            "J. R. Smith spoke. | He sat down.",
            "He lives in the U.S. | The house is large.",
            "The U.S. Senate voted 3.5 times.",
            "“He left.” | She said: “Why?” | Nobody knew!",
            "Prices rose by 2.5 percent (see p. 12). | That was Jan. 5, 1920.",
            "It ended in 44 B.C. and began anew.",
            "“Karabakh is Azerbaijan!” in all his speeches. | He left.",
            "It was agreed.12 | The army left.",
            "Did it? | 1942 was worse.",
            "It opens at 10:30 a.m. Thursday in Bonn.",
            "It fell at 3:27 p.m. (1527 GMT) Wednesday. | Nobody saw it.",
            "It was sold by Acme Corp. Monday. | Acme Corp. | The firm is old.",
            "He came at 5 p.m. | Since Sunday he had been ill.",
            "They live in Knock, Co. Mayo, and in Co. Galway.",
            "He worked for the Ford Motor Co. | The firm is old.",
            "He came at 5 p.m. | Friday’s talks were short.",
        ] {
            let expected: Vec<&str> = text.split(" | ").collect();
            assert_eq!(cut(&text.replace(" | ", " "), &[]), expected);
        }
    }

    #[test]
    fn headings_and_paragraphs_end_sentences() {
        let text = "The war in May\nIt began\nearly\n\nand ended";
        assert_eq!(
            cut(text, &[Span { start: 0, end: 14 }]),
            ["The war in May", "It began\nearly", "and ended"]
        );
    }
}
