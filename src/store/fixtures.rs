//! Random accounts and views for the tests of the room: small numbers, so that things meet.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::{Account, AccountEvent, AccountMention, AccountPassage, AccountPlaceRef, SourceIx, When};
use crate::annotation::{Mention, MentionKind, ToponymRole};
use crate::document::{Document, Span};
use crate::gazetteer::{Place, PlaceKind, PlaceShape};
use crate::geo::{GeoBounds, LonLat};
use crate::time::{CivilDate, DISTANT_FUTURE, DISTANT_PAST, Day, DaySpan, Edtf, TimeInterval};
use crate::view::View;

pub const N_PLACES: usize = 8;
pub const TEXT_LEN: usize = 400;

pub fn place(id: &str, name: &str, shape: Option<PlaceShape>) -> Place {
    Place { id: id.to_owned(), name: name.to_owned(), kind: PlaceKind::Town, shape, ..Place::default() }
}

pub fn point(lon: f64, lat: f64) -> PlaceShape {
    PlaceShape::Point(LonLat { lon, lat })
}

pub fn event(id: &str, interval: Option<TimeInterval>, places: &[usize]) -> AccountEvent {
    let place_ref = |place: &usize| AccountPlaceRef { place: *place, ..AccountPlaceRef::default() };
    AccountEvent {
        id: id.to_owned(),
        when: interval.map(when),
        places: places.iter().map(place_ref).collect(),
        ..AccountEvent::default()
    }
}

pub fn passage(span: Option<Span>) -> AccountPassage {
    AccountPassage { span, ..AccountPassage::default() }
}

pub fn mention(span: Option<Span>, kind: MentionKind<usize>) -> AccountMention {
    Mention {
        id: String::new(),
        document: 0,
        span,
        quote: String::new(),
        orphan: None,
        kind,
        anchor: None,
        confidence: None,
        rivals: Vec::new(),
        note: String::new(),
    }
}

pub fn days(first: Day, last: Day) -> TimeInterval {
    TimeInterval::certain(DaySpan { first, last })
}

/// The bounds are what the store reads; the EDTF text only has to be one.
fn when(interval: TimeInterval) -> When {
    let date = CivilDate::from_day(interval.earliest_start.clamp(0, 10_000));
    let text = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    let edtf = Edtf::parse(&text).unwrap();
    When { edtf, interval, label: String::new(), reason: String::new(), anchor: None, said: None }
}

pub fn document(len: usize) -> Document {
    Document { id: "d".to_owned(), text: "x".repeat(len).into(), ..Document::default() }
}

fn any_interval() -> impl Strategy<Value = TimeInterval> {
    let certain = (-300_i64..300, 0_i64..40).prop_map(|(first, length)| days(first, first + length));
    let uncertain =
        (-300_i64..300, 0_i64..20, 0_i64..200, 0_i64..20).prop_map(|(start, a, length, b)| TimeInterval {
            earliest_start: start,
            latest_start: start + a,
            earliest_end: start + length,
            latest_end: start + length.max(a) + b,
        });
    let open_start = (-300_i64..300).prop_map(|end| TimeInterval {
        earliest_start: DISTANT_PAST,
        latest_start: DISTANT_PAST,
        earliest_end: end,
        latest_end: end + 3,
    });
    let open_end = (-300_i64..300).prop_map(|start| TimeInterval {
        earliest_start: start,
        latest_start: start + 3,
        earliest_end: DISTANT_FUTURE,
        latest_end: DISTANT_FUTURE,
    });
    let endless = Just(TimeInterval {
        earliest_start: DISTANT_PAST,
        latest_start: DISTANT_PAST,
        earliest_end: DISTANT_FUTURE,
        latest_end: DISTANT_FUTURE,
    });
    prop_oneof![8 => certain, 3 => uncertain, 1 => open_start, 1 => open_end, 1 => endless]
}

fn any_lon_lat() -> impl Strategy<Value = LonLat> {
    let lon = prop_oneof![-180.0..180.0, Just(180.0), Just(-180.0), Just(0.0)];
    (lon, -90.0..90.0).prop_map(|(lon, lat)| LonLat { lon, lat })
}

fn any_shape() -> impl Strategy<Value = Option<PlaceShape>> {
    let line = prop::collection::vec(any_lon_lat(), 2..4).prop_map(PlaceShape::Line);
    prop_oneof![
        4 => any_lon_lat().prop_map(|p| Some(PlaceShape::Point(p))),
        2 => line.prop_map(Some),
        1 => Just(None),
    ]
}

fn any_passage() -> impl Strategy<Value = AccountPassage> {
    let span = (0..TEXT_LEN, 0_usize..60)
        .prop_map(|(start, length)| Span { start, end: (start + length).min(TEXT_LEN) });
    prop::option::weighted(0.9, span).prop_map(passage)
}

fn any_event() -> impl Strategy<Value = AccountEvent> {
    (
        prop::option::weighted(0.85, any_interval()),
        prop::collection::vec(0..N_PLACES, 0..4),
        prop::collection::vec(any_passage(), 0..3),
    )
        .prop_map(|(interval, places, passages)| AccountEvent { passages, ..event("e", interval, &places) })
}

fn any_mention() -> impl Strategy<Value = AccountMention> {
    (prop::option::weighted(0.8, 0..N_PLACES), any_passage()).prop_map(|(place, passage)| {
        mention(passage.span, MentionKind::Toponym { place, role: ToponymRole::Location })
    })
}

fn any_account() -> impl Strategy<Value = Arc<Account>> {
    (
        prop::collection::vec((any_shape(), prop::option::of(0_u64..6)), N_PLACES),
        prop::collection::vec(any_event(), 0..50),
        prop::collection::vec(any_mention(), 0..10),
    )
        .prop_map(|(shapes, events, mentions)| {
            let places = shapes.into_iter().enumerate().map(|(number, (shape, geonameid))| Place {
                geonameid,
                ..place(&number.to_string(), "P", shape)
            });
            Arc::new(Account {
                documents: vec![document(TEXT_LEN)],
                places: places.collect(),
                events,
                mentions,
                ..Account::default()
            })
        })
}

pub fn any_accounts() -> impl Strategy<Value = Vec<Arc<Account>>> {
    prop::collection::vec(any_account(), 0..4)
}

fn any_bounds() -> impl Strategy<Value = GeoBounds> {
    let world = Just(GeoBounds { west: -180.0, south: -90.0, east: 180.0, north: 90.0 });
    let some = (any_lon_lat(), any_lon_lat()).prop_map(|(a, b)| GeoBounds {
        west: a.lon,
        south: a.lat.min(b.lat),
        east: b.lon,
        north: a.lat.max(b.lat),
    });
    prop_oneof![6 => some, 1 => world]
}

pub fn any_view() -> impl Strategy<Value = View> {
    let window = prop_oneof![
        4 => (-350_i64..350, 0_i64..30).prop_map(|(first, n)| DaySpan { first, last: first + n }),
        2 => (-350_i64..350, 0_i64..600).prop_map(|(first, n)| DaySpan { first, last: first + n }),
        1 => Just(DaySpan { first: DISTANT_PAST, last: DISTANT_FUTURE }),
    ];
    (
        prop::option::weighted(0.8, window),
        prop::collection::btree_set((0_u32..5).prop_map(SourceIx), 0..3),
        prop::option::of(any_bounds()),
    )
        .prop_map(|(window, hidden_sources, map_bounds): (_, BTreeSet<SourceIx>, _)| View {
            window,
            hidden_sources,
            map_bounds,
            ..View::default()
        })
}
