//! The same event told twice: the same date, a place in common, words of action in common.

use smallvec::SmallVec;

use super::draft::Found;
use super::words::Words;
use crate::document::Span;
use crate::document::fold::push_folded_word;
use crate::extract::toponym::hashes::FastMap;
use crate::extract::word::{FNV_OFFSET, with_byte, word_hash};
use crate::extract::{FoundEvent, PlaceMention, Statement, steps};

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
    let head = word.as_bytes().get(..word.len().min(STEM))?;
    if head.is_ascii() {
        return Some(head.iter().fold(FNV_OFFSET, |hash, byte| with_byte(hash, byte.to_ascii_lowercase())));
    }
    let end = word.char_indices().nth(STEM).map_or(word.len(), |(at, _)| at);
    let stem = word.get(..end)?;
    let mut folded = String::new();
    push_folded_word(stem, &mut folded);
    Some(word_hash(&folded))
}

/// Events of a text for which there stays room.
const MAX_KEPT: usize = 1 << 12;

/// The events of a text by their dates; kept from one text to the next.
#[derive(Debug, Default)]
pub struct Told {
    /// The last event of each date.
    last_of: FastMap<u64, usize>,
    /// For each event the one of its date before it.
    before: Vec<Option<usize>>,
    /// For each event that was compared the words of its title.
    stems: Vec<Option<Box<Stems>>>,
}

impl Told {
    /// Marks each event that tells of the same thing as an earlier one. `acts` are the words that name their
    /// actions.
    pub fn link(&mut self, of: &Found, events: &mut [FoundEvent], acts: &[Span]) {
        if self.last_of.capacity() > MAX_KEPT {
            *self = Self::default();
        }
        self.last_of.clear();
        self.before.clear();
        self.stems.clear();
        self.stems.resize_with(events.len(), || None);
        for at in 0..events.len() {
            let same_as = self.same_as(of, events, acts, at);
            if let Some(event) = events.get_mut(at) {
                event.same_as = same_as;
            }
        }
    }

    /// An event before this one that tells of the same thing.
    fn same_as(&mut self, of: &Found, events: &[FoundEvent], acts: &[Span], number: usize) -> Option<usize> {
        let (words, text) = (&of.source.language.events, of.source.text());
        let (new, act) = (events.get(number)?, *acts.get(number)?);
        let edtf = new.edtf.as_ref().or_else(|| of.times.get(new.time?)?.edtf.as_ref());
        // Of the undated, those of the same word and place.
        let key = edtf.map_or_else(
            || stem(words, act.slice(text)).unwrap_or_default() ^ place_key(new, of.places),
            |edtf| word_hash(edtf.as_str()),
        );
        let last = self.last_of.insert(key, number);
        let before = &self.before;
        let mut of_key =
            std::iter::successors(last, |at| before.get(*at).copied().flatten()).take(MAX_LOOKED_AT);
        let (earlier, later) = self.stems.split_at_mut_checked(number)?;
        let own = later.first_mut()?;
        let found = of_key.find(|at| {
            steps::count();
            let (Some(event), Some(other_act), Some(other)) =
                (events.get(*at), acts.get(*at), earlier.get_mut(*at))
            else {
                return false;
            };
            let is_dated = |event: &FoundEvent| event.time.is_some() || event.edtf.is_some();
            let is_of_one_kind = (event.statement == Statement::Denied)
                == (new.statement == Statement::Denied)
                && is_dated(event) == is_dated(new);
            // Of one day and in the same words, one may be told without its place.
            let is_of_day = || edtf.is_some_and(|edtf| edtf.interval().extent().n_days() == 1);
            let one_lacks = event.places.is_empty() != new.places.is_empty() && is_of_day();
            let is_there = share_place(text, event, new, of.places) || one_lacks;
            if !is_of_one_kind || event.passage == new.passage || !is_there {
                return false;
            }
            let own = own.get_or_insert_with(|| Box::new(Stems::of(words, text, new, act)));
            let other = other.get_or_insert_with(|| Box::new(Stems::of(words, text, event, *other_act)));
            if is_dated(new) {
                own.is_like(other) && (!one_lacks || own.n_common(other) >= 2)
            } else {
                own.all.len() >= 3 && own.all == other.all
            }
        });
        self.before.push(last);
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
