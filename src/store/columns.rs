//! What a query reads of each event, one array a property: a scan of the dates touches only dates.

use super::csr::Csr;
use super::{Event, EventIx, PlaceIx, SourceIx, drawn_span};
use crate::gazetteer::Place;
use crate::time::{Day, DaySpan};

const DATED: u8 = 1;
const PLACED: u8 = 2;

/// Events by index.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// `Day::MAX` for an undated event.
    earliest_start: Vec<Day>,
    /// `Day::MIN` for an undated event.
    latest_end: Vec<Day>,
    flags: Vec<u8>,
    source: Vec<SourceIx>,
    places: Csr<PlaceIx>,
    /// The events that are drawn with another span than their extent (open ends), by index.
    drawn_otherwise: Vec<(EventIx, Option<DaySpan>)>,
}

impl Columns {
    pub fn new(events: &[Event], places: &[Place]) -> Self {
        let is_drawable: Vec<bool> = places.iter().map(|place| place.bounds().is_some()).collect();
        let mut columns = Self::default();
        for (event, number) in events.iter().zip(0_u32..) {
            let extent = event.when.as_ref().map(super::event::When::reach);
            let drawn = event.when.as_ref().and_then(|when| drawn_span(&when.interval));
            if drawn != extent {
                columns.drawn_otherwise.push((EventIx(number), drawn));
            }
            columns.earliest_start.push(extent.map_or(Day::MAX, |extent| extent.first));
            // An interval that ends before it starts would be lost to the time index.
            columns.latest_end.push(extent.map_or(Day::MIN, |extent| extent.last.max(extent.first)));
            let is_placed = event.places.iter().any(|p| is_drawable.get(p.place.as_usize()) == Some(&true));
            let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
            columns.flags.push(flag(extent.is_some(), DATED) | flag(is_placed, PLACED));
            columns.source.push(event.source);
            columns.places.push_row(event.places.iter().map(|p| p.place));
        }
        columns
    }

    pub fn n_events(&self) -> usize {
        self.flags.len()
    }

    fn flag(&self, event: EventIx, flag: u8) -> bool {
        self.flags.get(event.as_usize()).is_some_and(|flags| flags & flag != 0)
    }

    pub fn is_dated(&self, event: EventIx) -> bool {
        self.flag(event, DATED)
    }

    /// Has it a place that can be drawn?
    pub fn is_placed(&self, event: EventIx) -> bool {
        self.flag(event, PLACED)
    }

    pub fn source(&self, event: EventIx) -> Option<SourceIx> {
        self.source.get(event.as_usize()).copied()
    }

    /// The places of an event, each once, in the order in which the text gives them.
    pub fn places(&self, event: EventIx) -> &[PlaceIx] {
        self.places.row(event.as_usize())
    }

    /// From the earliest start to the latest end.
    pub fn extent(&self, event: EventIx) -> Option<DaySpan> {
        let at = event.as_usize();
        let extent = DaySpan { first: *self.earliest_start.get(at)?, last: *self.latest_end.get(at)? };
        (extent.first <= extent.last).then_some(extent)
    }

    /// The extent without open ends, see [`drawn_span`].
    pub fn drawn(&self, event: EventIx) -> Option<DaySpan> {
        match self.drawn_otherwise.binary_search_by_key(&event, |(event, _)| *event) {
            Ok(at) => self.drawn_otherwise.get(at)?.1,
            Err(_) => self.extent(event),
        }
    }

    /// What dated events are sorted by: earliest start, latest end, order of reading.
    pub fn date_key(&self, event: EventIx) -> Option<(Day, Day, EventIx)> {
        self.extent(event).map(|extent| (extent.first, extent.last, event))
    }

    /// Bytes on the heap.
    pub fn heap_size(&self) -> usize {
        self.n_events() * (2 * size_of::<Day>() + size_of::<u8>() + size_of::<SourceIx>())
            + self.places.heap_size()
            + self.drawn_otherwise.len() * size_of::<(EventIx, Option<DaySpan>)>()
    }
}
