//! The same event told twice: the same date, a place in common, words of action in common.

use smallvec::SmallVec;

use super::words::Words;
use crate::document::Span;
use crate::document::fold::push_folded_word;
use crate::extract::toponym::hashes::FastMap;
use crate::extract::word::{FNV_OFFSET, with_byte, word_hash};
use crate::extract::{FoundEvent, PlaceMention, Statement, TimeMention, steps};

/// Among how many earlier events of the same date one is looked for.
const MAX_LOOKED_AT: usize = 12;
/// Letters by which words are compared: "opened" and "opening" are one.
const STEM: usize = 5;

/// The words of a title, for comparing.
#[derive(Debug, Clone, Default)]
struct Stems {
    all: SmallVec<[u64; 12]>,
    /// Of the word that names the action.
    act: Option<u64>,
}

impl Stems {
    fn of(words: &Words, text: &str, event: &FoundEvent, act: Span) -> Self {
        let mut all = SmallVec::new();
        let parts =
            event.title.iter().flat_map(|span| span.slice(text).split(|c: char| !c.is_alphanumeric()));
        for stem in parts.filter_map(|part| stem(words, part)) {
            if !all.contains(&stem) {
                all.push(stem);
            }
        }
        Self { all, act: stem(words, act.slice(text)) }
    }

    fn n_common(&self, other: &Self) -> usize {
        self.all.iter().filter(|stem| other.all.contains(stem)).count()
    }

    fn is_like(&self, other: &Self) -> bool {
        let n_common = self.n_common(other);
        let n_fewer = self.all.len().min(other.all.len());
        let acts = |of: &Self, among: &Self| of.act.is_some_and(|act| among.all.contains(&act));
        (acts(self, other) || acts(other, self)) && n_common * 2 >= n_fewer && (n_common >= 2 || n_fewer <= 2)
    }
}

/// A hash of the beginning of a word that says something.
fn stem(words: &Words, word: &str) -> Option<u64> {
    if word.len() < 4 || words.says_nothing(word) {
        return None;
    }
    let end = word.char_indices().nth(STEM).map_or(word.len(), |(at, _)| at);
    let stem = word.get(..end)?;
    if stem.is_ascii() {
        return Some(stem.bytes().fold(FNV_OFFSET, |hash, byte| with_byte(hash, byte.to_ascii_lowercase())));
    }
    let mut folded = String::new();
    push_folded_word(stem, &mut folded);
    Some(word_hash(&folded))
}

/// The events of a reading so far, by their dates.
#[derive(Debug, Default)]
pub struct Told {
    /// The last event of each date.
    last_of: FastMap<u64, usize>,
    /// For each event the one of its date before it.
    before: Vec<Option<usize>>,
    /// The words of action of all events, and of those that were compared their stems.
    acts: Vec<(Span, Option<Stems>)>,
}

impl Told {
    /// An earlier event that tells of the same thing as this new last one, whose action this word names.
    pub fn same_as(
        &mut self,
        (words, text): (&Words, &str),
        events: &[FoundEvent],
        new: &FoundEvent,
        act: Span,
        times: &[TimeMention],
        places: &[PlaceMention],
    ) -> Option<usize> {
        let edtf = new.edtf.as_ref().or_else(|| times.get(new.time?)?.edtf.as_ref());
        // Of the undated, those of the same word and place.
        let key = edtf.map_or_else(
            || stem(words, act.slice(text)).unwrap_or_default() ^ place_key(new, places),
            |edtf| word_hash(edtf.as_str()),
        );
        let last = self.last_of.insert(key, events.len());
        let before = &self.before;
        let mut of_key =
            std::iter::successors(last, |at| before.get(*at).copied().flatten()).take(MAX_LOOKED_AT);
        let mut own: Option<Stems> = None;
        let found = of_key.find(|at| {
            steps::count();
            let (Some(event), Some((other_act, stems))) = (events.get(*at), self.acts.get_mut(*at)) else {
                return false;
            };
            let is_dated = |event: &FoundEvent| event.time.is_some() || event.edtf.is_some();
            let is_of_one_kind = (event.statement == Statement::Denied)
                == (new.statement == Statement::Denied)
                && is_dated(event) == is_dated(new);
            // Of one day and in the same words, one may be told without its place.
            let is_of_day = || edtf.is_some_and(|edtf| edtf.interval().extent().n_days() == 1);
            let one_lacks = event.places.is_empty() != new.places.is_empty() && is_of_day();
            let is_there = share_place(text, event, new, places) || one_lacks;
            if !is_of_one_kind || event.passage == new.passage || !is_there {
                return false;
            }
            let own = own.get_or_insert_with(|| Stems::of(words, text, new, act));
            let other = stems.get_or_insert_with(|| Stems::of(words, text, event, *other_act));
            if is_dated(new) {
                own.is_like(other) && (!one_lacks || own.n_common(other) >= 2)
            } else {
                own.all.len() >= 3 && own.all == other.all
            }
        });
        self.before.push(last);
        self.acts.push((act, own));
        found.map(|at| events.get(at).and_then(|event| event.same_as).unwrap_or(at))
    }
}

fn place_key(event: &FoundEvent, places: &[PlaceMention]) -> u64 {
    let place = event.places.first().and_then(|place| places.get(*place));
    place.and_then(|place| place.resolution.as_ref()).map_or(0, |resolution| u64::from(resolution.place.0))
}

/// Do two events share a place, or have both none?
fn share_place(text: &str, a: &FoundEvent, b: &FoundEvent, places: &[PlaceMention]) -> bool {
    if a.places.is_empty() || b.places.is_empty() {
        return a.places.is_empty() && b.places.is_empty();
    }
    a.places.iter().any(|a| {
        b.places.iter().any(|b| {
            let (Some(a), Some(b)) = (places.get(*a), places.get(*b)) else { return false };
            match (&a.resolution, &b.resolution) {
                (Some(a), Some(b)) => a.place == b.place,
                _ => a.span.slice(text) == b.span.slice(text),
            }
        })
    })
}
