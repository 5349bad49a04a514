//! The second look, when the whole text is known: lists, repeated names, people.

use super::acting::actors;
use super::context::hint_of;
use super::draft::{Draft, Hint, Next};
use super::hashes::FastMap;
use super::key_of;
use super::links::{Link, holds_next, is_inside, is_said_inside, link};
use super::names::{NameIx, Names};
use super::people::{People, Sureness};
use super::place::Rank;
use super::words::Words;
use crate::extract::{Source, ToponymRole};

/// Adds what the rest of the text says to the scores of drafts, which are in text order.
pub fn settle(source: &Source, words: &Words, names: &mut Names, people: &People, drafts: &mut [Draft]) {
    let weights = &words.weights.context;
    let actors = actors(source, words, names, drafts);
    for draft in drafts.iter_mut().filter(|draft| !draft.is_settled) {
        let is_actor = draft.end == draft.first + 1
            && source.tokens.get(draft.first).is_some_and(|token| actors.contains(&token.key));
        draft.score += if is_actor {
            weights.person_elsewhere
        } else {
            against_people(source, words, names, people, draft)
        };
    }
    let links: Vec<Link> = drafts.windows(2).map(|pair| link(source, words, pair)).collect();
    distribute(source, words, names, &links, drafts);
    for at in 0..links.len() {
        if (is_inside(names, &links, drafts, at) || is_said_inside(source, words, names, &links, drafts, at))
            && let Some([inner, outer]) = drafts.get_mut(at..at + 2)
        {
            inner.next = Next::Holds;
            let is_in = links.get(at) == Some(&Link::In);
            inner.score += if is_in { weights.in_wider } else { weights.inside };
            outer.score += if is_in { 0.0 } else { weights.holds };
        } else if holds_next(source, words, names, &links, drafts, at)
            && let Some(draft) = drafts.get_mut(at)
        {
            draft.next = Next::Inside;
        } else if links.get(at).is_some_and(|link| matches!(link, Link::Comma | Link::And))
            && let Some(draft) = drafts.get_mut(at)
        {
            draft.next = Next::Listed;
        }
    }
    spread(words, &links, drafts);
    repeat(words, names, drafts);
}

/// "Hale and Perry counties": each of a list is one of the kind that stands behind the last.
fn distribute(source: &Source, words: &Words, names: &mut Names, links: &[Link], drafts: &mut [Draft]) {
    let mut first = 0;
    for last in 0..drafts.len() {
        let is_joined = |at: usize| matches!(links.get(at), Some(Link::Comma | Link::And));
        if last > 0 && !is_joined(last - 1) {
            first = last;
        }
        let Some(end) = drafts.get(last).map(|draft| draft.end) else { continue };
        let kind_at = [end, end.wrapping_sub(1)].into_iter().find_map(|at| {
            let token = source.tokens.get(at).filter(|token| !token.begins_paragraph)?;
            let one = *words.one_of_several.get(token.word);
            (one != 0).then_some((at, one, *words.context.get(token.word)))
        });
        let Some((kind_at, one, context)) = kind_at else { continue };
        for draft in drafts.get_mut(first..=last).unwrap_or_default().iter_mut().filter(|d| !d.is_settled) {
            let own = draft.first..draft.end.min(kind_at);
            if let Some(name) = names.with_word(source, words, own, one) {
                draft.name = Some(name);
                draft.hint = hint_of(context);
                draft.role = ToponymRole::Location;
                draft.score = draft.score.max(words.weights.threshold) + words.weights.context.kind_after;
            }
        }
    }
}

fn against_people(source: &Source, words: &Words, names: &Names, people: &People, draft: &Draft) -> f32 {
    let weights = &words.weights.context;
    if draft.end != draft.first + 1 {
        return 0.0;
    }
    let known = source.tokens.get(draft.first).and_then(|t| people.get(t.key));
    let against = match known {
        Some(Sureness::Sure) => weights.person_elsewhere,
        Some(Sureness::Maybe) => weights.person_maybe_elsewhere,
        None => return 0.0,
    };
    let is_country = draft.name.and_then(|n| names.get(n)).is_some_and(|n| n.rank == Rank::Country);
    if is_country { 0.0 } else { against }
}

/// In a list the surest tells of the others, and the next surest of it.
fn spread(words: &Words, links: &[Link], drafts: &mut [Draft]) {
    let mut first = 0;
    while first < drafts.len() {
        let mut last = first;
        while links.get(last).is_some_and(|link| matches!(link, Link::Comma | Link::And)) {
            last += 1;
        }
        if last > first
            && let (Some(list), Some(links)) = (drafts.get_mut(first..=last), links.get(first..last))
        {
            spread_list(words, links, list);
        }
        first = last + 1;
    }
}

fn spread_list(words: &Words, links: &[Link], list: &mut [Draft]) {
    let (share, threshold) = (words.weights.context.coordinated, words.weights.threshold);
    let n_sure =
        list.iter().filter(|d| !d.is_settled && d.name.is_some() && d.score > threshold + WELL_OVER).count();
    let (mut best, mut second) = (f32::MIN, f32::MIN);
    for draft in list.iter().filter(|d| !d.is_settled && (d.name.is_some() || d.score >= FAIRLY_SURE)) {
        second = second.max(draft.score.min(best));
        best = best.max(draft.score);
    }
    // "Bulgaria, Georgi Parvanov" is no list of places.
    let is_list = links.len() > 1 || links.contains(&Link::And);
    let unknown = list.iter().filter(|d| !d.is_settled && d.name.is_none());
    let best_unknown = unknown.map(|d| d.score).fold(f32::MIN, f32::max);
    // "in Protection, Coldwater and Ashland": two sure places make one of the third.
    let most = if second >= SURE && list.len() > 2 && is_list { MOST_OF_SEVERAL } else { MOST_SHARED };
    for draft in list.iter_mut().filter(|d| !d.is_settled) {
        let giver = if draft.name.is_some() && draft.score >= best { second } else { best };
        if giver > f32::MIN && (draft.name.is_some() || is_list) {
            let shared = (share * giver).clamp(LEAST_SHARED, most);
            let is_like = draft.name.is_none() && (giver >= LIKELY || best_unknown >= FAIRLY_SURE);
            // A word of the language that is a name too: "in Emerald, Clermont and Moranbah".
            if n_sure >= 2 && is_list && draft.name.is_some() && draft.score > NO_WORD {
                draft.score = draft.score.max(threshold + 0.1 - shared);
            }
            draft.score += if is_like { shared.max(OF_ITS_LIKE) } else { shared };
        }
    }
}

/// Score of an unknown name that is a place by its own context.
const SURE: f32 = 2.0;
const FAIRLY_SURE: f32 = 1.0;
/// So far over the threshold a place of a list vouches for a third.
const WELL_OVER: f32 = 0.6;
/// Bounds of what an item of a list can say of another.
const LEAST_SHARED: f32 = -1.0;
const MOST_SHARED: f32 = 2.0;
/// Below this more speaks against an item of a list than that it is a word.
const NO_WORD: f32 = -3.3;
/// What a likely place says of an unknown name joined to it: "in Bancffosfelen and Llanedi".
const LIKELY: f32 = 1.4;
const OF_ITS_LIKE: f32 = 1.85;
const MOST_OF_SEVERAL: f32 = 3.0;

/// The same of names that no gazetteer has.
pub fn recall(
    source: &Source,
    words: &Words,
    people: &People,
    waiting: &[(usize, usize)],
    drafts: &mut Vec<Draft>,
) {
    if waiting.is_empty() {
        return;
    }
    let key = |first: usize, end: usize| key_of(source.tokens.get(first..end).unwrap_or_default());
    let is_sure = |draft: &&Draft| {
        !draft.is_settled
            && draft.name.is_none()
            && draft.role == ToponymRole::Location
            && draft.score >= words.weights.threshold
    };
    let known: FastMap<u64, f32> =
        drafts.iter().filter(is_sure).map(|draft| (key(draft.first, draft.end), draft.score)).collect();
    let n_known = drafts.len();
    for &(first, end) in waiting {
        let score = known.get(&key(first, end)).copied();
        let is_person = source
            .tokens
            .get(first..end)
            .unwrap_or_default()
            .iter()
            .any(|t| people.get(t.key) == Some(Sureness::Sure));
        if let Some(score) = score.filter(|_| !is_person) {
            drafts.push(Draft {
                first,
                end,
                name: None,
                score,
                role: ToponymRole::Location,
                is_settled: false,
                next: Next::None,
                hint: Hint::None,
            });
        }
    }
    if drafts.len() > n_known {
        drafts.sort_by_key(|draft| draft.first);
    }
}

/// A name that is surely a place once is one elsewhere.
fn repeat(words: &Words, names: &Names, drafts: &mut [Draft]) {
    let weights = &words.weights;
    let sure = weights.threshold + 0.6;
    let mut best: FastMap<NameIx, f32> = FastMap::default();
    let mut most = f32::MIN;
    for draft in drafts.iter().filter(|d| !d.is_settled && d.score > sure) {
        if let Some(name) = draft.name.map(|name| names.same(name)) {
            let known = best.entry(name).or_insert(f32::MIN);
            *known = known.max(draft.score);
            most = most.max(draft.score);
        }
    }
    for draft in drafts.iter_mut().filter(|d| !d.is_settled && d.score < most) {
        let best = draft.name.and_then(|name| best.get(&names.same(name)));
        if best.is_some_and(|best| *best > draft.score) {
            draft.score += weights.context.again;
        }
    }
}
