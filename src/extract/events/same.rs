//! The same event told twice: the same date, a place in common, words of action in common.

use std::collections::HashMap;

use crate::document::Span;
use crate::document::fold::push_folded_word;
use crate::extract::word::word_hash;
use crate::extract::{FoundEvent, PlaceMention, Statement, TimeMention};

/// Among how many earlier events of the same date one is looked for.
const MAX_LOOKED_AT: usize = 24;
/// Letters by which words are compared: "opened" and "opening" are one.
const STEM: usize = 5;

#[derive(Debug)]
struct Stems {
    all: Vec<u64>,
    /// Of the word that names the action.
    act: Option<u64>,
}

impl Stems {
    fn key(&self) -> u64 {
        self.all.iter().fold(0, |key: u64, stem| key.rotate_left(5).wrapping_mul(31) ^ stem)
    }
}

/// The events of a reading so far, by their dates.
#[derive(Debug, Default)]
pub struct Told {
    by_date: HashMap<u64, Vec<usize>>,
    /// The first undated event of these words.
    by_words: HashMap<u64, usize>,
    stems: Vec<Stems>,
    folded: String,
}

impl Told {
    /// An earlier event that tells of the same thing as this new last one.
    pub fn same_as(
        &mut self,
        text: &str,
        events: &[FoundEvent],
        new: &FoundEvent,
        act: Span,
        times: &[TimeMention],
        places: &[PlaceMention],
    ) -> Option<usize> {
        let stems = Stems { all: self.stems_of(text, &new.title), act: self.stems_of(text, &[act]).pop() };
        if new.time.is_none() && new.edtf.is_none() {
            // Undated, only the same words are the same event.
            let of_words = self.by_words.entry(stems.key()).or_insert(events.len());
            let first = *of_words;
            let is_same = first < events.len()
                && stems.all.len() >= 3
                && events.get(first).is_some_and(|event| share_place(text, event, new, places));
            self.stems.push(stems);
            return is_same.then_some(first);
        }
        let edtf = new.edtf.as_ref().or_else(|| times.get(new.time?)?.edtf.as_ref());
        let found = edtf.and_then(|edtf| {
            let of_date = self.by_date.entry(word_hash(edtf.as_str())).or_default();
            let found = of_date.iter().rev().take(MAX_LOOKED_AT).copied().find(|at| {
                let (Some(event), Some(other)) = (events.get(*at), self.stems.get(*at)) else { return false };
                let n_common = stems.all.iter().filter(|stem| other.all.contains(stem)).count();
                let n_fewer = stems.all.len().min(other.all.len());
                let acts = |stems: &Stems, of: &Stems| stems.act.is_some_and(|act| of.all.contains(&act));
                let is_alike = (acts(&stems, other) || acts(other, &stems))
                    && n_common * 2 >= n_fewer
                    && (n_common >= 2 || n_fewer <= 2);
                let is_of_one_kind =
                    (event.statement == Statement::Denied) == (new.statement == Statement::Denied);
                is_alike
                    && is_of_one_kind
                    && event.passage != new.passage
                    && share_place(text, event, new, places)
            });
            of_date.push(events.len());
            found
        });
        self.stems.push(stems);
        found.map(|at| events.get(at).and_then(|event| event.same_as).unwrap_or(at))
    }

    fn stems_of(&mut self, text: &str, title: &[Span]) -> Vec<u64> {
        let mut stems = Vec::new();
        for word in title.iter().flat_map(|span| span.slice(text).split(|c: char| !c.is_alphanumeric())) {
            if word.len() < 4 {
                continue;
            }
            self.folded.clear();
            push_folded_word(word, &mut self.folded);
            let end = self.folded.char_indices().nth(STEM).map_or(self.folded.len(), |(at, _)| at);
            let stem = word_hash(self.folded.get(..end).unwrap_or(""));
            if !stems.contains(&stem)
                && !["with", "from", "that", "were", "been", "have"].contains(&&*self.folded)
            {
                stems.push(stem);
            }
        }
        stems
    }
}

/// Do two events share a place, or has one of them none?
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
