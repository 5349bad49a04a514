//! Which events have a place within a box: an R-tree over the places' boxes.

use std::sync::{Arc, OnceLock};

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, Envelope, RTree};

use super::columns::Columns;
use super::csr::Csr;
use super::event_set::EventSet;
use super::visible::Visible;
use super::{EventIx, PlaceIx};
use crate::gazetteer::Place;
use crate::geo::GeoBounds;

type Position = [f64; 2];

#[derive(Debug, Default)]
pub(super) struct SpaceIndex {
    /// A box across the date line is here as two.
    boxes: RTree<GeomWithData<Rectangle<Position>, PlaceIx>>,
}

impl SpaceIndex {
    /// The boxes of the places at which something happens.
    pub fn new(places: &[Place], events_of_place: &Csr<EventIx>) -> Self {
        let mut boxes = Vec::new();
        for (place, number) in places.iter().zip(0_u32..) {
            if events_of_place.row(number as usize).is_empty() {
                continue;
            }
            for (lower, upper) in place.bounds().into_iter().flat_map(flat_boxes) {
                boxes.push(GeomWithData::new(
                    Rectangle::from_aabb(AABB::from_bounds(lower, upper)),
                    PlaceIx(number),
                ));
            }
        }
        Self { boxes: RTree::bulk_load(boxes) }
    }

    /// Places whose box meets another; a place across the date line may come twice.
    fn places_in(&self, bounds: GeoBounds) -> impl Iterator<Item = PlaceIx> + '_ {
        flat_boxes(bounds)
            .flat_map(|(lower, upper)| {
                self.boxes.locate_in_envelope_intersecting(AABB::from_bounds(lower, upper))
            })
            .map(|found| found.data)
    }

    fn is_all_within(&self, bounds: GeoBounds) -> bool {
        flat_boxes(bounds).any(|(lower, upper)| {
            AABB::from_bounds(lower, upper).contains_envelope(&self.boxes.root().envelope())
        })
    }

    pub fn n_boxes(&self) -> usize {
        self.boxes.size()
    }
}

/// A box cut at the date line, as corners `[lon, lat]`. A box that is not of finite numbers has none:
/// nothing can be found at it.
fn flat_boxes(b: GeoBounds) -> impl Iterator<Item = (Position, Position)> {
    let lon_ranges = if b.west <= b.east {
        [Some((b.west, b.east)), None]
    } else {
        [Some((b.west, b.west.max(180.0))), Some((b.east.min(-180.0), b.east))]
    };
    let is_finite = [b.west, b.south, b.east, b.north].into_iter().all(f64::is_finite);
    lon_ranges
        .into_iter()
        .flatten()
        .filter(move |_| is_finite && b.south <= b.north)
        .map(move |(west, east)| ([west, b.south], [east, b.north]))
}

/// The visible events within the map's box, kept from answer to answer while the map rests.
#[derive(Debug, Default)]
pub(super) struct Viewport {
    bounds: Option<GeoBounds>,
    events: EventSet,
    /// Start and end days of the dated ones, each ascending; made when a chart first asks.
    days: OnceLock<SortedDays>,
}

/// Start and end days of some events, each ascending.
#[derive(Debug, Default)]
pub(super) struct SortedDays {
    pub starts: Vec<i64>,
    pub ends: Vec<i64>,
}

impl Viewport {
    pub fn new(
        bounds: Option<GeoBounds>,
        space: &SpaceIndex,
        columns: &Columns,
        events_of_place: &Csr<EventIx>,
        visible: &Visible,
    ) -> Self {
        let n = columns.n_events();
        let mut events = match bounds {
            None => visible.events().clone(),
            Some(bounds) if space.is_all_within(bounds) => EventSet::of(n, |event| columns.is_placed(event)),
            Some(bounds) => {
                let mut events = EventSet::none(n);
                for place in space.places_in(bounds) {
                    for event in events_of_place.row(place.as_usize()) {
                        events.insert(*event);
                    }
                }
                events
            }
        };
        if bounds.is_some() {
            events.intersect_with(visible.events());
        }
        Self { bounds, events, days: OnceLock::new() }
    }

    pub fn bounds(&self) -> Option<GeoBounds> {
        self.bounds
    }

    pub fn events(&self) -> &EventSet {
        &self.events
    }

    pub fn days(&self, visible: &Visible, columns: &Arc<Columns>) -> &SortedDays {
        self.days.get_or_init(|| {
            let n_few = visible.time().len() / 16;
            if self.events.len() > n_few {
                let here = |(event, day)| self.events.contains(event).then_some(day);
                return SortedDays {
                    starts: visible.time().starts().filter_map(here).collect(),
                    ends: visible.time().ends().filter_map(here).collect(),
                };
            }
            let extents = self.events.iter().filter_map(|event| columns.extent(event));
            let mut days = SortedDays::default();
            (days.starts, days.ends) = extents.map(|extent| (extent.first, extent.last)).unzip();
            days.starts.sort_unstable();
            days.ends.sort_unstable();
            days
        })
    }
}
