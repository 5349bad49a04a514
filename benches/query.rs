//! The query by indexes against the full scan, on synthetic events:
//! `cargo bench --no-default-features --bench query`.
//!
//! The events are made to be as lopsided as real ones: places in clusters, a few of them with most
//! of the events, dates over 3,000 years that crowd towards today, most of a day, some of years or
//! without an end, some without a date or a place.

// A bench that cannot make its events may panic.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::{Arc, OnceLock};

use chronotope::gazetteer::{Place, PlaceKind, PlaceShape};
use chronotope::geo::{GeoBounds, LonLat};
use chronotope::store::histogram::Histogram;
use chronotope::store::oracle::{ScannedAnswer, full_scan};
use chronotope::store::{Account, AccountEvent, AccountPlaceRef, Answer, Event, EventStore, SourceIx, When};
use chronotope::time::{DISTANT_FUTURE, Day, DaySpan, Edtf, TimeInterval};
use chronotope::view::View;
use divan::Bencher;

const SIZES: [usize; 3] = [1_000, 100_000, 1_000_000];
/// 2025-01-01.
const TODAY: Day = 20_089;
const DAYS_PER_YEAR: f64 = 365.2425;

fn main() {
    for size in SIZES {
        let store = store(size);
        println!(
            "{size} events: columns and indexes {} bytes an event, an event's own record {} bytes and its texts",
            store.index_size() / size,
            size_of::<Event>(),
        );
    }
    divan::main();
}

/// Random numbers by `SplitMix64` (Steele, Lea and Flood, 2014), the same in every run.
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0–1.
    fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Towards 0 the more crowded, the higher the power.
    fn skewed_below(&mut self, n: usize, power: i32) -> usize {
        ((self.unit().powi(power) * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// About −1.5–1.5, most of it near 0.
    fn bell(&mut self) -> f64 {
        self.unit() + self.unit() + self.unit() - 1.5
    }
}

fn synthetic_interval(random: &mut Random) -> TimeInterval {
    let years_ago = 3_000.0 * random.unit().powi(3);
    let start = TODAY - (years_ago * DAYS_PER_YEAR) as Day;
    let n_days = match random.unit() {
        u if u < 0.80 => 1,
        u if u < 0.90 => 30,
        u if u < 0.98 => 365,
        _ => (random.unit() * 80.0 * DAYS_PER_YEAR) as Day + 1,
    };
    let interval = TimeInterval::certain(DaySpan { first: start, last: start + n_days - 1 });
    if random.unit() < 0.001 {
        return TimeInterval { earliest_end: DISTANT_FUTURE, latest_end: DISTANT_FUTURE, ..interval };
    }
    interval
}

fn synthetic_account(n_events: usize, seed: u64) -> Account {
    let mut random = Random(seed);
    let n_places = (n_events / 10).max(20);
    let clusters: Vec<LonLat> = (0..40)
        .map(|_| LonLat { lon: random.unit() * 340.0 - 170.0, lat: random.unit() * 120.0 - 50.0 })
        .collect();
    let place = |random: &mut Random, number: usize| {
        let center = clusters[random.skewed_below(clusters.len(), 2)];
        let lon = center.lon + 5.0 * random.bell();
        let lat = center.lat + 5.0 * random.bell();
        Place {
            id: number.to_string(),
            name: format!("Place {seed}-{number}"),
            kind: PlaceKind::Town,
            shape: (random.unit() < 0.98).then_some(PlaceShape::Point(LonLat { lon, lat })),
            ..Place::default()
        }
    };
    let places = (0..n_places).map(|number| place(&mut random, number)).collect();
    let edtf = Edtf::parse("2025-01-01").unwrap();
    let event = |random: &mut Random| {
        let when = (random.unit() < 0.97).then(|| When {
            edtf: edtf.clone(),
            interval: synthetic_interval(random),
            label: String::new(),
            reason: String::new(),
            anchor: None,
            said: None,
        });
        let n_places_of = match random.unit() {
            u if u < 0.05 => 0,
            u if u < 0.85 => 1,
            _ => 2,
        };
        let place_ref = |random: &mut Random| AccountPlaceRef {
            place: random.skewed_below(n_places, 2),
            ..AccountPlaceRef::default()
        };
        AccountEvent {
            when,
            places: (0..n_places_of).map(|_| place_ref(random)).collect(),
            ..AccountEvent::default()
        }
    };
    let events = (0..n_events).map(|_| event(&mut random)).collect();
    Account { places, events, ..Account::default() }
}

/// Two accounts with half of the events each.
fn accounts(n_events: usize) -> [Arc<Account>; 2] {
    [1, 2].map(|seed| Arc::new(synthetic_account(n_events / 2, seed)))
}

fn store(n_events: usize) -> &'static EventStore {
    static STORES: [OnceLock<EventStore>; SIZES.len()] = [const { OnceLock::new() }; SIZES.len()];
    let at = SIZES.iter().position(|size| *size == n_events).unwrap();
    STORES[at].get_or_init(|| EventStore::build(&accounts(n_events)))
}

/// A window of so many days whose place in the last 200 years changes from call to call.
fn moving_window(n_days: Day) -> impl FnMut() -> DaySpan {
    let mut step = 0;
    move || {
        step = (step + 7_919) % 73_000;
        let first = TODAY - 73_000 + step;
        DaySpan { first, last: first + n_days - 1 }
    }
}

/// The Caucasus-sized box around a cluster that changes from call to call.
fn moving_map(degrees: f64) -> impl FnMut() -> GeoBounds {
    let mut random = Random(3);
    move || {
        let (west, south) = (random.unit() * 300.0 - 170.0, random.unit() * 100.0 - 50.0);
        GeoBounds { west, south, east: west + degrees, north: south + degrees / 2.0 }
    }
}

const MAP: GeoBounds = GeoBounds { west: 0.0, south: 0.0, east: 40.0, north: 40.0 };

/// Asks both ways for a view that changes from call to call.
macro_rules! bench_views {
    ($(#[$doc:meta])* $name:ident, $views:expr) => {
        $(#[$doc])*
        mod $name {
            use super::*;

            #[divan::bench(args = SIZES, sample_count = 20, max_time = 2)]
            fn indexed(bencher: Bencher, n_events: usize) {
                let store = store(n_events);
                let mut view = $views;
                bencher.with_inputs(&mut view).bench_local_refs(|view| -> Answer { store.query(view) });
            }

            #[divan::bench(args = SIZES, sample_count = 5, max_time = 4)]
            fn full_scan(bencher: Bencher, n_events: usize) {
                let store = store(n_events);
                let mut view = $views;
                bencher
                    .with_inputs(&mut view)
                    .bench_local_refs(|view| -> ScannedAnswer { super::full_scan(store, view) });
            }
        }
    };
}

bench_views!(/// A week, dragged.
    narrow_window, {
    let mut window = moving_window(7);
    move || View { window: Some(window()), ..View::default() }
});
bench_views!(/// A century, dragged.
    wide_window, {
    let mut window = moving_window(36_500);
    move || View { window: Some(window()), ..View::default() }
});
bench_views!(/// No window at all.
    all_of_time, View::default);
bench_views!(/// A year, dragged over a map at rest.
    year_and_map_at_rest, {
    let mut window = moving_window(365);
    move || View { window: Some(window()), map_bounds: Some(MAP), ..View::default() }
});
bench_views!(/// A year under a map that has moved.
    year_and_moved_map, {
    let (mut window, mut map) = (moving_window(365), moving_map(20.0));
    move || View { window: Some(window()), map_bounds: Some(map()), ..View::default() }
});
bench_views!(/// A source hidden or shown: the one change that costs in proportion to the store.
    source_toggled, {
    let mut hidden = 0;
    move || {
        hidden = 1 - hidden;
        View { hidden_sources: [SourceIx(hidden)].into(), ..View::default() }
    }
});

#[divan::bench(args = SIZES, sample_count = 3, max_time = 10)]
fn build(bencher: Bencher, n_events: usize) {
    bencher.with_inputs(|| accounts(n_events)).bench_local_refs(|accounts| EventStore::build(accounts));
}

/// 400 bars of a span that pans, over a map at rest.
#[divan::bench(args = SIZES, sample_count = 20, max_time = 2)]
fn histogram(bencher: Bencher, n_events: usize) {
    let answer = store(n_events).query(&View { map_bounds: Some(MAP), ..View::default() });
    let span = moving_window(36_500);
    bencher.with_inputs(span).bench_local_refs(|span| Histogram::of(&answer, *span, 400));
}
