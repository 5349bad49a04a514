//! The event store: what all accounts say, in columns, with the indexes that answer a view.
//!
//! Derived from accounts and never patched: opening another file builds another store.

mod account;
mod answer;
mod build;
mod columns;
mod csr;
mod event;
mod event_set;
#[cfg(test)]
mod fixtures;
pub mod histogram;
mod interval_index;
mod join;
pub mod oracle;
mod passages;
mod place_summary;
mod query;
mod space_index;
mod span_index;
mod time_index;
mod visible;

pub use account::{Account, AccountEvent, AccountMention, AccountPassage, AccountPlaceRef, PlaceRole};
pub use answer::Answer;
pub use event::{Anchor, AnchorKind, Event, EventPlace, Link, Origin, Passage, Status, Undated, When};
pub use histogram::{Bin, Histogram};
pub use place_summary::{PlaceIter, PlaceSummaries, PlaceSummary};

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use columns::Columns;
use csr::Csr;
use query::QueryCache;
use space_index::SpaceIndex;
use span_index::SpanIndex;
use visible::Visible;

use crate::annotation::StoredMention;
use crate::document::Document;
use crate::gazetteer::Place;
use crate::geo::GeoBounds;
use crate::time::{Day, DaySpan};

macro_rules! index_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            #[must_use]
            pub fn as_usize(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index_type!(/// An account that is open, in the order of opening.
    SourceIx);
index_type!(/// An event of the store.
    EventIx);
index_type!(/// A place of the store; places that accounts share are one.
    PlaceIx);
index_type!(/// A document of the store.
    DocumentIx);
index_type!(/// A mention of the store, in text order within its document.
    MentionIx);
index_type!(/// A passage of the store.
    PassageIx);

static GENERATIONS: AtomicU64 = AtomicU64::new(1);

/// All that is known of all open accounts.
#[derive(Debug, Default)]
pub struct EventStore {
    generation: u64,
    sources: Vec<SourceInfo>,
    events: Vec<Event>,
    places: Vec<Place>,
    documents: Vec<Document>,
    mentions: Vec<StoredMention>,
    passages: Vec<Passage>,
    columns: Arc<Columns>,
    /// What is in sight when no source is hidden.
    all: Arc<Visible>,
    space: SpaceIndex,
    /// Events that the text does not tell as having happened.
    not_facts: Vec<EventIx>,
    events_of_place: Csr<EventIx>,
    events_naming_place: Csr<EventIx>,
    mentions_of_document: Vec<SpanIndex<MentionIx>>,
    passages_of_document: Vec<SpanIndex<PassageIx>>,
    cache: QueryCache,
}

/// An open account as panels list it.
#[derive(Debug, Clone)]
pub struct SourceInfo {
    pub title: String,
    pub path: Option<std::path::PathBuf>,
    pub n_events: usize,
    /// Were its events found by the machine?
    pub found: bool,
    pub documents: Vec<DocumentIx>,
}

impl EventStore {
    /// Joins accounts, in order, into one store.
    pub fn build(accounts: &[Arc<Account>]) -> Self {
        build::join(accounts)
    }

    /// Differs between any two stores of this process.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    pub fn sources(&self) -> &[SourceInfo] {
        &self.sources
    }

    pub fn n_events(&self) -> usize {
        self.events.len()
    }

    pub fn event_ids(&self) -> impl ExactSizeIterator<Item = EventIx> + use<> {
        (0..ix(self.events.len())).map(EventIx)
    }

    pub fn event(&self, event: EventIx) -> Option<&Event> {
        self.events.get(event.as_usize())
    }

    pub fn places(&self) -> &[Place] {
        &self.places
    }

    pub fn place(&self, place: PlaceIx) -> Option<&Place> {
        self.places.get(place.as_usize())
    }

    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    pub fn document(&self, document: DocumentIx) -> Option<&Document> {
        self.documents.get(document.as_usize())
    }

    /// The source that a document belongs to. O(sources).
    pub fn source_of(&self, document: DocumentIx) -> Option<SourceIx> {
        let position = self.sources.iter().position(|source| source.documents.contains(&document))?;
        u32::try_from(position).ok().map(SourceIx)
    }

    pub fn mention(&self, mention: MentionIx) -> Option<&StoredMention> {
        self.mentions.get(mention.as_usize())
    }

    pub fn passage(&self, passage: PassageIx) -> Option<&Passage> {
        self.passages.get(passage.as_usize())
    }

    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// Dated events by earliest start, then latest end, then order of reading.
    pub fn events_by_date(&self) -> &[EventIx] {
        self.all.time().events()
    }

    /// Events that the text tells as planned, supposed or denied, in order of reading.
    pub fn events_not_told_as_facts(&self) -> &[EventIx] {
        &self.not_facts
    }

    /// Events at a place: dated ones in date order, then undated ones.
    pub fn events_of_place(&self, place: PlaceIx) -> &[EventIx] {
        self.events_of_place.row(place.as_usize())
    }

    /// Events that do not happen at a place but whose passages name it, or that have it as context:
    /// dated ones in date order, then undated ones.
    pub fn events_naming_place(&self, place: PlaceIx) -> &[EventIx] {
        self.events_naming_place.row(place.as_usize())
    }

    /// Mentions of a document in text order.
    pub fn mentions_of_document(&self, document: DocumentIx) -> &[MentionIx] {
        self.mentions_of_document.get(document.as_usize()).map_or(&[], SpanIndex::items)
    }

    /// Passages of a document in text order, orphaned ones last.
    pub fn passages_of_document(&self, document: DocumentIx) -> &[PassageIx] {
        self.passages_of_document.get(document.as_usize()).map_or(&[], SpanIndex::items)
    }

    /// From the earliest start to the latest end of all dated events; open ends do not count.
    pub fn extent(&self) -> Option<DaySpan> {
        let spans = self.all.busy_spans(&self.columns);
        Some(spans.first()?.union(*spans.last()?))
    }

    /// At most `limit` events that overlap a span, in date order, hidden or not. O(log n + limit).
    /// [`Answer::events_within`] gives the visible ones.
    pub fn events_within(&self, span: DaySpan, limit: usize) -> Vec<EventIx> {
        self.all.time().overlapping(span).take(limit).collect()
    }

    /// The places of an event, each once. O(1).
    pub fn places_of_event(&self, event: EventIx) -> &[PlaceIx] {
        self.columns.places(event)
    }

    /// The days of an event from its earliest start to its latest end, open ends pulled in to the
    /// nearest known day. O(log of the number of open-ended events).
    pub fn drawn_span_of(&self, event: EventIx) -> Option<DaySpan> {
        self.columns.drawn(event)
    }

    /// Bytes that the columns and indexes take, without the events' own texts. An estimate: lists
    /// that have grown hold some room to spare.
    pub fn index_size(&self) -> usize {
        const BYTES_PER_BOX: usize = 48;
        self.columns.heap_size()
            + self.all.heap_size()
            + self.events_of_place.heap_size()
            + self.events_naming_place.heap_size()
            + self.space.n_boxes() * BYTES_PER_BOX
    }

    /// The box around all places at which something happens.
    pub fn bounds(&self) -> Option<GeoBounds> {
        self.places
            .iter()
            .zip(0_u32..)
            .filter(|(_, place)| !self.events_of_place(PlaceIx(*place)).is_empty())
            .filter_map(|(place, _)| place.bounds())
            .reduce(GeoBounds::union)
    }
}

/// The extent of an interval with each open end pulled in to the nearest known day.
pub fn drawn_span(interval: &crate::time::TimeInterval) -> Option<DaySpan> {
    let known: [(Day, bool); 4] = [
        (interval.earliest_start, interval.is_open_start()),
        (interval.latest_start, interval.latest_start <= crate::time::DISTANT_PAST),
        (interval.earliest_end, interval.earliest_end >= crate::time::DISTANT_FUTURE),
        (interval.latest_end, interval.is_open_end()),
    ];
    let mut days = known
        .into_iter()
        .filter(|(day, open)| !open && *day > crate::time::DISTANT_PAST && *day < crate::time::DISTANT_FUTURE)
        .map(|(day, _)| day);
    let first = days.next()?;
    Some(days.fold(DaySpan::new(first, first), |span, day| span.union(DaySpan::new(day, day))))
}

/// A list position as an index; the store never holds more than `u32::MAX` of anything.
fn ix(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
