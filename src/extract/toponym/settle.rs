//! The second look, when the whole text is known: lists, repeated names, people.

use std::collections::HashMap;

use super::draft::{Draft, Next};
use super::names::{NameIx, Names, Rank};
use super::people::{People, Sureness};
use super::words::Words;
use crate::extract::Source;
use crate::extract::token::TokenKind;

/// How two drafts that follow each other are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    None,
    Comma,
    /// "A and B"; also a comma before "and".
    And,
}

/// Adds what the rest of the text says to the scores of drafts, which are in text order.
pub fn settle(source: &Source, words: &Words, names: &Names, people: &People, drafts: &mut [Draft]) {
    let weights = &words.weights.context;
    for draft in drafts.iter_mut().filter(|draft| !draft.is_settled) {
        draft.score += against_people(source, words, names, people, draft);
    }
    let links: Vec<Link> = drafts.windows(2).map(|pair| link(source, words, pair)).collect();
    for at in 0..links.len() {
        if is_inside(names, &links, drafts, at)
            && let Some([inner, outer]) = drafts.get_mut(at..at + 2)
        {
            inner.next = Next::Holds;
            inner.score += weights.inside;
            outer.score += weights.holds;
        } else if links.get(at).is_some_and(|link| *link != Link::None)
            && let Some(draft) = drafts.get_mut(at)
        {
            draft.next = Next::Listed;
        }
    }
    spread(weights.coordinated, &links, drafts);
    repeat(words, drafts);
}

/// Is the draft at this position said to lie in the next: "Paris, Texas"?
fn is_inside(names: &Names, links: &[Link], drafts: &[Draft], at: usize) -> bool {
    let (Some(inner), Some(outer)) = (drafts.get(at), drafts.get(at + 1)) else { return false };
    if links.get(at) != Some(&Link::Comma) || inner.is_settled || outer.is_settled {
        return false;
    }
    let Some(outer_name) = outer.name else { return false };
    let rank = |draft: &Draft| draft.name.and_then(|name| names.get(name)).map(|name| name.rank);
    let is_wide = |draft: Option<&Draft>| {
        draft.is_some_and(|d| matches!(rank(d), Some(Rank::Country | Rank::Province)))
    };
    let Some(inner_name) = inner.name else { return is_wide(Some(outer)) };
    if is_wide(Some(inner)) {
        // "China, Japan" and "Oregon, Ohio, Texas" are lists.
        let is_listed = |link: Option<usize>, other: Option<usize>| {
            let link = link.and_then(|at| links.get(at));
            link.is_some_and(|link| *link != Link::None) && is_wide(other.and_then(|at| drafts.get(at)))
        };
        if rank(outer) == Some(Rank::Country) && rank(inner) == Some(Rank::Country)
            || is_listed(at.checked_sub(1), at.checked_sub(1))
            || is_listed(Some(at + 1), Some(at + 2))
        {
            return false;
        }
    }
    names.lies_in(inner_name, outer_name)
}

fn against_people(source: &Source, words: &Words, names: &Names, people: &People, draft: &Draft) -> f32 {
    let weights = &words.weights.context;
    let is_country = draft.name.and_then(|n| names.get(n)).is_some_and(|n| n.rank == Rank::Country);
    if draft.end != draft.first + 1 || is_country {
        return 0.0;
    }
    let known = source.tokens.get(draft.first).and_then(|t| people.get(t.hash));
    match known {
        Some(Sureness::Sure) => weights.person_elsewhere,
        Some(Sureness::Maybe) => weights.person_maybe_elsewhere,
        None => 0.0,
    }
}

fn link(source: &Source, words: &Words, pair: &[Draft]) -> Link {
    let [one, two] = pair else { return Link::None };
    let text = source.text();
    let between = source.tokens.get(one.end..two.first).unwrap_or(&[]);
    let is_comma = |t: &crate::extract::token::Token| t.is_sign(text, ',');
    let is_and = |t: &crate::extract::token::Token| {
        t.kind == TokenKind::Word && (t.word == words.and || t.word == words.or)
    };
    match between {
        [comma] if is_comma(comma) && !comma.begins_paragraph => Link::Comma,
        [and] if is_and(and) => Link::And,
        [comma, and] if is_comma(comma) && is_and(and) => Link::And,
        _ => Link::None,
    }
}

/// In a list each tells of its neighbours: once forwards, once backwards.
fn spread(share: f32, links: &[Link], drafts: &mut [Draft]) {
    let own: Vec<f32> = drafts.iter().map(|d| d.score).collect();
    let mut give = |from: usize, to: usize| {
        let Some(giver) = drafts.get(from).filter(|d| !d.is_settled).map(|d| d.score) else { return };
        let Some(own) = own.get(to) else { return };
        if let Some(taker) = drafts.get_mut(to).filter(|d| !d.is_settled) {
            taker.score = taker.score.max(own + (share * giver).clamp(-1.0, 1.8));
        }
    };
    for at in 0..links.len() {
        if links.get(at).is_some_and(|link| *link != Link::None) {
            give(at, at + 1);
        }
    }
    for at in (0..links.len()).rev() {
        if links.get(at).is_some_and(|link| *link != Link::None) {
            give(at + 1, at);
        }
    }
}

/// A name that is surely a place once is one elsewhere.
fn repeat(words: &Words, drafts: &mut [Draft]) {
    let weights = &words.weights;
    let mut best: HashMap<NameIx, f32> = HashMap::new();
    for draft in drafts.iter().filter(|d| !d.is_settled) {
        if let Some(name) = draft.name {
            let known = best.entry(name).or_insert(f32::MIN);
            *known = known.max(draft.score);
        }
    }
    for draft in drafts.iter_mut().filter(|d| !d.is_settled) {
        let sure = draft.name.and_then(|name| best.get(&name)).copied().unwrap_or(f32::MIN);
        if sure > weights.threshold + 0.6 && sure > draft.score {
            draft.score += weights.context.again;
        }
    }
}
