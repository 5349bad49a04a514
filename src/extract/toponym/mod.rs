//! Recognition: what in a text is the name of a place.
//!
//! Only capitalised words are looked at. Each run of them is cut into names of the gazetteer, demonyms
//! and other words (`segment`); the run as a whole tells a place from a person or an organisation (`run`);
//! the words around it speak for or against (`context`, `unknown`); and at last the rest of the text does
//! (`settle`). What a sign weighs is in `assets/lang/en/place-weights.toml`.

mod acting;
mod around;
mod capitals;
mod context;
mod draft;
mod frames;
pub(super) mod hashes;
mod lately;
mod links;
pub mod names;
mod people;
pub mod place;
mod run;
mod segment;
mod settle;
mod unknown;
mod words;

pub use names::{MAX_HOLDERS, Name, NameIx, Names};
pub use place::Rank;
use words::Context;
pub use words::Words;

use super::token::{Case, Token, TokenKind};
use super::{Source, Step, ToponymRole};
use crate::document::Span;
use around::Around;
use capitals::Capitals;
use draft::Draft;
pub use draft::{Hint, Next};
use people::People;

/// A toponym as it stands, not yet resolved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Toponym {
    pub span: Span,
    /// Position of its first token.
    pub first: usize,
    pub role: ToponymRole,
    pub confidence: f32,
    /// `None`: no gazetteer has it.
    pub name: Option<NameIx>,
    pub next: Next,
    pub hint: Hint,
}

/// Some words, however they are written.
pub(super) fn key_of(tokens: &[Token]) -> u64 {
    tokens.iter().fold(0, |key, token| names::mix(key, token.key))
}

/// Mentions for which room is made beforehand, at most.
const MAX_EXPECTED: usize = 1 << 12;
/// Parts of a run for which room is made beforehand.
const MAX_EXPECTED_OF_RUN: usize = 16;

/// The toponyms of a text, in text order, with their names in `names`. O(n).
pub fn find(source: &Source, names: &mut Names) -> Vec<Toponym> {
    let words = &source.language.toponym;
    names.begin_text();
    let mut people = People::default();
    let mut drafts: Vec<Draft> = Vec::with_capacity((source.tokens.len() / 16).min(MAX_EXPECTED));
    let mut segments = Vec::with_capacity(MAX_EXPECTED_OF_RUN);
    let mut waiting = Vec::new();
    let mut out = run::Findings { drafts: &mut drafts, people: &mut people, waiting: &mut waiting };
    for sentence in source.sentences {
        if !source.goes_on(Step::Places, sentence.span.start) {
            break;
        }
        let setting = segment::setting_of(sentence);
        let around = Around::new(source, words, sentence, setting);
        let tokens = source.tokens.get(sentence.tokens.clone()).unwrap_or_default();
        let mut capitals = Capitals::of(tokens);
        let mut at = sentence.tokens.start;
        while let Some(n) = capitals.next_from(at - sentence.tokens.start) {
            at = sentence.tokens.start + n;
            if is_mere_opener(words, tokens.get(n..).unwrap_or_default()) {
                at += 1;
                continue;
            }
            let next = segment::cut(source, words, names, sentence, setting, at, &mut segments);
            run::read(&around, names, &segments, &mut out);
            at = next.max(at + 1);
        }
    }
    // A name split off from a person's comes after it.
    drafts.sort_by_key(|draft| draft.first);
    settle::settle(source, words, names, &people, &mut drafts);
    settle::recall(source, words, &people, &waiting, &mut drafts);
    let threshold = words.weights.threshold;
    let mut mentions = Vec::with_capacity(drafts.len());
    mentions.extend(drafts.iter().filter(|d| d.is_settled || d.score >= threshold).filter_map(|draft| {
        let first = source.tokens.get(draft.first)?;
        let end = span_end(source, words, draft);
        let confidence =
            if draft.is_settled { 0.8 } else { 1.0 / (1.0 + (-(draft.score - threshold + 0.5)).exp()) };
        Some(Toponym {
            span: Span { start: first.start as usize, end },
            first: draft.first,
            role: draft.role,
            confidence,
            name: draft.name.map(|name| names.same(name)),
            next: draft.next,
            hint: draft.hint,
        })
    }));
    mentions
}

/// "The day", "He said": most sentences begin with a word that is no name.
#[allow(clippy::needless_bitwise_bool)]
fn is_mere_opener(words: &Words, tokens: &[Token]) -> bool {
    let [word, next, ..] = tokens else { return false };
    let opens = words.context.get(word.word).has(Context::OPENER);
    // One question at the end: no processor could guess the single ones.
    opens & (word.case == Case::Title) & (next.kind == TokenKind::Word) & (next.case == Case::Lower)
}

/// The byte after a mention: with the last period of "U.S." and "Pa."
fn span_end(source: &Source, words: &Words, draft: &Draft) -> usize {
    let text = source.text();
    let token = |at: Option<usize>| at.and_then(|at| source.tokens.get(at));
    let Some(last) = token(draft.end.checked_sub(1)) else { return 0 };
    let before = token(draft.end.checked_sub(2));
    let is_chain = last.is_word()
        && last.end - last.start == 1
        && last.is_joined
        && before.is_some_and(|t| t.is_sign(text, '.'));
    let is_short = last.case == Case::Title
        && *words.abbreviations.get(last.word) != 0
        && draft.end == draft.first + 1
        && before.is_some_and(|t| t.is_sign(text, ','));
    match source.tokens.get(draft.end) {
        Some(stop) if (is_chain || is_short) && stop.is_joined && stop.is_sign(text, '.') => {
            stop.end as usize
        }
        _ => last.end as usize,
    }
}
