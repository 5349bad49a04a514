//! How much happens at each place, in the window and at all.

use std::sync::Arc;

use super::columns::Columns;
use super::visible::{Visible, VisiblePlace};
use super::{EventIx, PlaceIx};
use crate::time::DaySpan;

/// A place in an [`super::Answer`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceSummary {
    pub place: PlaceIx,
    pub n_in_window: u32,
    pub n_visible: u32,
    /// From the first to the last visible dated event there.
    pub span: Option<DaySpan>,
}

/// The places of an [`super::Answer`], by index. Iterate by value: `for summary in &answer.places`.
#[derive(Debug, Clone, Default)]
pub struct PlaceSummaries {
    places: Arc<[VisiblePlace]>,
    counts: Counts,
}

/// Numbers of events in the window, held in the way that costs least for the window's size.
#[derive(Debug, Clone, Default)]
enum Counts {
    /// Without a window every event counts, the undated ones too.
    #[default]
    All,
    /// Places with any, by index.
    Few(Arc<[(PlaceIx, u32)]>),
    /// For every place of the store.
    Each(Arc<[u32]>),
}

impl PlaceSummaries {
    /// Without a window.
    pub(super) fn of_all(visible: &Visible) -> Self {
        Self { places: Arc::clone(visible.places()), counts: Counts::All }
    }

    /// With a window: looks at the events inside or at those outside, whichever are fewer.
    pub(super) fn of_window(
        visible: &Visible,
        columns: &Columns,
        n_places: usize,
        window: DaySpan,
        in_window: &[EventIx],
    ) -> Self {
        let places = Arc::clone(visible.places());
        if in_window.len() < n_places / 16 {
            return Self { places, counts: Counts::Few(count_few(columns, in_window)) };
        }
        let mut counts = vec![0_u32; n_places];
        let places_of = |event: &EventIx| columns.places(*event).iter().map(|place| place.as_usize());
        if in_window.len() <= visible.time().len() / 2 {
            for place in in_window.iter().flat_map(places_of) {
                if let Some(n) = counts.get_mut(place) {
                    *n += 1;
                }
            }
        } else {
            for place in &*places {
                if let Some(n) = counts.get_mut(place.place.as_usize()) {
                    *n = place.n_dated;
                }
            }
            let after = visible.time().starting_after(window.last).iter().copied();
            for event in visible.time().ending_before(window.first).chain(after) {
                for place in places_of(&event) {
                    if let Some(n) = counts.get_mut(place) {
                        *n = n.saturating_sub(1);
                    }
                }
            }
        }
        Self { places, counts: Counts::Each(counts.into()) }
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    pub fn iter(&self) -> PlaceIter<'_> {
        let few = if let Counts::Few(few) = &self.counts { few } else { &[][..] };
        PlaceIter { places: self.places.iter(), counts: &self.counts, few }
    }

    /// The summary of one place; `None` if no visible event happens there. O(log n).
    pub fn get(&self, place: PlaceIx) -> Option<PlaceSummary> {
        let at = self.places.binary_search_by_key(&place, |known| known.place).ok()?;
        let known = self.places.get(at)?;
        let n_in_window = match &self.counts {
            Counts::All => known.n_visible,
            Counts::Each(counts) => counts.get(place.as_usize()).copied().unwrap_or(0),
            Counts::Few(few) => few
                .binary_search_by_key(&place, |(place, _)| *place)
                .ok()
                .and_then(|at| few.get(at))
                .map_or(0, |(_, n)| *n),
        };
        Some(known.summary(n_in_window))
    }
}

impl PartialEq for PlaceSummaries {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other)
    }
}

impl VisiblePlace {
    fn summary(&self, n_in_window: u32) -> PlaceSummary {
        PlaceSummary { place: self.place, n_in_window, n_visible: self.n_visible, span: self.span }
    }
}

fn count_few(columns: &Columns, events: &[EventIx]) -> Arc<[(PlaceIx, u32)]> {
    let mut places: Vec<PlaceIx> = events.iter().flat_map(|event| columns.places(*event)).copied().collect();
    places.sort_unstable();
    places.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, super::ix(same.len())))).collect()
}

/// Iterates over [`PlaceSummaries`].
#[derive(Debug, Clone)]
pub struct PlaceIter<'a> {
    places: std::slice::Iter<'a, VisiblePlace>,
    counts: &'a Counts,
    /// What is left of [`Counts::Few`].
    few: &'a [(PlaceIx, u32)],
}

impl Iterator for PlaceIter<'_> {
    type Item = PlaceSummary;

    fn next(&mut self) -> Option<PlaceSummary> {
        let known = self.places.next()?;
        let n_in_window = match self.counts {
            Counts::All => known.n_visible,
            Counts::Each(counts) => counts.get(known.place.as_usize()).copied().unwrap_or(0),
            Counts::Few(_) => match self.few.split_first() {
                Some(((place, n), rest)) if *place == known.place => {
                    self.few = rest;
                    *n
                }
                _ => 0,
            },
        };
        Some(known.summary(n_in_window))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }
}

impl ExactSizeIterator for PlaceIter<'_> {}

impl<'a> IntoIterator for &'a PlaceSummaries {
    type Item = PlaceSummary;
    type IntoIter = PlaceIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
