//! What is marked on the map: places with what happens there, and, where they crowd, clusters of
//! them. Plain values; [`super::paint`] draws them.

use std::collections::{BTreeSet, HashMap};

use crate::app::words::NOT_FACTS;
use crate::gazetteer::{Place, PlaceKind, PlaceShape};
use crate::geo::GeoBounds;
use crate::geo::areas::{self, SoftMask, WorldLine};
use crate::geo::cluster::{Dot, cluster};
use crate::geo::mercator::{WorldPos, project, world_px};
use crate::store::{Answer, EventStore, PlaceIx, SourceIx};
use crate::time::DaySpan;
use crate::view::{Target, View};

/// What a place looks like in the square world.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    Point,
    /// A line of travel.
    Line(WorldLine),
    /// Rings of an area with an outline.
    Outline(Vec<WorldLine>),
    /// A vague region: no line, only a tint that fades.
    Soft(SoftMask),
}

/// What does not change with the view: shapes and where their marks go.
#[derive(Debug, Clone, PartialEq)]
pub struct Geometry {
    pub form: Form,
    /// Where a point is, where the name of an area or line goes.
    pub anchor: WorldPos,
    pub bounds: GeoBounds,
}

/// A place with its counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    pub place: PlaceIx,
    pub n_in_window: u32,
    /// Of those in the window: planned, hypothetical or denied.
    pub n_not_facts: u32,
    pub n_visible: u32,
    /// Visible sources that tell of the place, one bit each; the last bit is for all beyond.
    pub sources: u64,
}

impl Mark {
    /// The source of the place's events if it is one alone.
    pub fn only_source(&self) -> Option<SourceIx> {
        self.sources.is_power_of_two().then(|| SourceIx(self.sources.trailing_zeros()))
    }

    pub fn sources(&self) -> impl Iterator<Item = SourceIx> {
        let sources = self.sources;
        (0..64).filter(move |bit| sources >> bit & 1 == 1).map(SourceIx)
    }
}

/// Radius of a place without an event in the window.
const EMPTY_RADIUS: f64 = 4.0;
/// Radius of a place with one event; the area grows with the count.
const ONE_RADIUS: f64 = 6.0;
const MAX_RADIUS: f64 = 26.0;
/// Marks that overlap by more than this share of their touching distance become one.
const TOLERANCE: f64 = 0.3;

/// Radius in points of a mark that stands for this many events in the window.
pub fn radius(n_in_window: u32) -> f64 {
    if n_in_window == 0 { EMPTY_RADIUS } else { (ONE_RADIUS * f64::from(n_in_window).sqrt()).min(MAX_RADIUS) }
}

/// A round mark: one place or several.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    pub at: WorldPos,
    /// Positions in [`Marks::all`], most events first.
    pub members: Vec<usize>,
    pub n_in_window: u32,
    /// Of those in the window: planned, hypothetical or denied.
    pub n_not_facts: u32,
    pub n_visible: u32,
}

/// What the marks depend on.
#[derive(Debug, PartialEq)]
struct MarksKey {
    generation: u64,
    window: Option<DaySpan>,
    hidden_sources: BTreeSet<SourceIx>,
    only_named: Vec<PlaceIx>,
}

/// All marks of an answer.
#[derive(Debug, Default)]
pub struct Marks {
    key: Option<MarksKey>,
    geometry_of: u64,
    geometry: HashMap<PlaceIx, Geometry>,
    /// All names of the places with a geometry, in lower case.
    named: HashMap<String, Vec<PlaceIx>>,
    pub all: Vec<Mark>,
    /// Positions in `all` of what is not a point; large areas first, so that small ones lie on top.
    pub shapes: Vec<usize>,
    /// Changes with every change of the marks.
    pub version: u64,
    spots: Option<(u64, i64, Vec<Spot>)>,
}

impl Marks {
    /// Brings the marks up to date, if the answer has changed in a way that shows.
    pub fn update(&mut self, store: &EventStore, view: &View, answer: &Answer) {
        let key = MarksKey {
            generation: store.generation(),
            window: view.window,
            hidden_sources: view.hidden_sources.clone(),
            only_named: only_named(store, view),
        };
        if self.key.as_ref() == Some(&key) {
            return;
        }
        if self.geometry_of != store.generation() || self.key.is_none() {
            self.geometry_of = store.generation();
            self.geometry = geometries(store);
            self.named = HashMap::new();
            for place_ix in self.geometry.keys() {
                let Some(place) = store.place(*place_ix) else { continue };
                for name in std::iter::once(&place.name).chain(&place.names) {
                    self.named.entry(name.to_lowercase()).or_default().push(*place_ix);
                }
            }
        }
        for place in &key.only_named {
            if let Some(geometry) = store.place(*place).and_then(geometry) {
                self.geometry.insert(*place, geometry);
            }
        }
        let named = key.only_named.iter().map(|place| Mark {
            place: *place,
            n_in_window: 0,
            n_not_facts: 0,
            n_visible: 0,
            sources: 1,
        });
        self.all = marks(store, view, answer)
            .chain(named)
            .filter(|m| self.geometry.contains_key(&m.place))
            .collect();
        self.shapes = (0..self.all.len()).filter(|i| self.is_shape(*i)).collect();
        let size = |i: &usize| {
            let bounds = self.all.get(*i).and_then(|m| Some(self.geometry.get(&m.place)?.bounds));
            bounds.map_or(0.0, |b| (b.east - b.west) * (b.north - b.south))
        };
        let mut shapes = std::mem::take(&mut self.shapes);
        shapes.sort_by(|a, b| size(b).total_cmp(&size(a)));
        self.shapes = shapes;
        self.key = Some(key);
        self.version += 1;
    }

    pub fn geometry(&self, place: PlaceIx) -> Option<&Geometry> {
        self.geometry.get(&place)
    }

    /// Marked places that are called so, in whatever case.
    pub fn named(&self, name: &str) -> &[PlaceIx] {
        self.named.get(&name.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    fn is_shape(&self, mark: usize) -> bool {
        self.all.get(mark).and_then(|m| self.geometry.get(&m.place)).is_some_and(|g| g.form != Form::Point)
    }

    /// The round marks at a zoom level. Which marks crowd is decided anew each quarter of a level,
    /// so that nothing flickers while zooming.
    pub fn spots(&mut self, zoom: f64) -> &[Spot] {
        let bucket = (zoom * 4.0).floor() as i64;
        if self.spots.as_ref().map(|(v, b, _)| (*v, *b)) != Some((self.version, bucket)) {
            let found = self.gathered(bucket as f64 / 4.0);
            self.spots = Some((self.version, bucket, found));
        }
        self.spots.as_ref().map_or(&[], |(_, _, spots)| spots)
    }

    fn gathered(&self, zoom: f64) -> Vec<Spot> {
        let px = world_px(zoom);
        let points: Vec<(usize, WorldPos)> = (0..self.all.len())
            .filter(|i| !self.is_shape(*i))
            .filter_map(|i| Some((i, self.geometry(self.all.get(i)?.place)?.anchor)))
            .collect();
        let count = |i: usize| self.all.get(i).map_or((0, 0), |m| (m.n_in_window, m.n_visible));
        let dots: Vec<Dot> = points
            .iter()
            .map(|(i, at)| {
                let (weight, _) = count(*i);
                Dot { x: at.x * px, y: at.y * px, radius: radius(weight), weight }
            })
            .collect();
        cluster(&dots, TOLERANCE)
            .into_iter()
            .map(|c| {
                let members: Vec<usize> =
                    c.members.iter().filter_map(|i| points.get(*i)).map(|(i, _)| *i).collect();
                Spot {
                    at: WorldPos { x: c.x / px, y: c.y / px },
                    n_in_window: members.iter().map(|i| count(*i).0).sum(),
                    n_not_facts: members.iter().filter_map(|i| self.all.get(*i)).map(|m| m.n_not_facts).sum(),
                    n_visible: members.iter().map(|i| count(*i).1).sum(),
                    members,
                }
            })
            .collect()
    }

    /// The box around some marks' places.
    pub fn bounds(&self, members: &[usize]) -> Option<GeoBounds> {
        members
            .iter()
            .filter_map(|i| Some(self.geometry(self.all.get(*i)?.place)?.bounds))
            .reduce(GeoBounds::union)
    }
}

fn marks<'a>(
    store: &'a EventStore,
    view: &'a View,
    answer: &'a Answer,
) -> impl Iterator<Item = Mark> + use<'a> {
    let several = store.sources().len() > 1;
    let not_facts = not_facts_by_place(store, answer);
    (&answer.places).into_iter().map(move |s| {
        let bits = |e: &crate::store::EventIx| {
            let source = store.event(*e).map(|e| e.source)?;
            (!view.hidden_sources.contains(&source)).then(|| 1u64 << source.0.min(63))
        };
        let sources = if several {
            store.events_of_place(s.place).iter().filter_map(bits).fold(0, |all, bit| all | bit)
        } else {
            1
        };
        let n_not_facts = not_facts.get(&s.place).copied().unwrap_or(0);
        Mark { place: s.place, n_in_window: s.n_in_window, n_not_facts, n_visible: s.n_visible, sources }
    })
}

/// How many events of the window at each place are not told as facts. O(such events).
fn not_facts_by_place(store: &EventStore, answer: &Answer) -> HashMap<PlaceIx, u32> {
    let mut counts = HashMap::new();
    for event in store.events_not_told_as_facts().iter().filter(|e| answer.is_in_window(**e)) {
        for place in store.places_of_event(*event) {
            *counts.entry(*place).or_default() += 1;
        }
    }
    counts
}

/// Places that are selected or pointed at though nothing happens there: the text names them, so the
/// map shows where they are for as long as they are asked for.
fn only_named(store: &EventStore, view: &View) -> Vec<PlaceIx> {
    let asked = [view.selection, view.hover].into_iter().flat_map(|target| places_of(store, target));
    let mut places: Vec<PlaceIx> = asked.filter(|place| store.events_of_place(*place).is_empty()).collect();
    places.sort_unstable();
    places.dedup();
    places
}

fn geometries(store: &EventStore) -> HashMap<PlaceIx, Geometry> {
    (0u32..)
        .map(PlaceIx)
        .zip(store.places())
        .filter(|(ix, _)| !store.events_of_place(*ix).is_empty())
        .filter_map(|(ix, place)| Some((ix, geometry(place)?)))
        .collect()
}

fn geometry(place: &Place) -> Option<Geometry> {
    let bounds = place.bounds()?;
    Some(match place.shape.as_ref()? {
        PlaceShape::Point(p) => Geometry { form: Form::Point, anchor: project(*p), bounds },
        PlaceShape::Line(line) => {
            let line: WorldLine = line.iter().map(|p| project(*p)).collect();
            Geometry { anchor: areas::middle(&line)?, form: Form::Line(line), bounds }
        }
        PlaceShape::Area(area) => {
            let anchor = project(areas::label_position(area)?);
            let soft = if place.soft { SoftMask::new(area) } else { None };
            let form = soft.map_or_else(|| Form::Outline(areas::world_rings(area)), Form::Soft);
            Geometry { form, anchor, bounds }
        }
    })
}

/// The places that a selection or a hover lights up on the map.
pub fn places_of(store: &EventStore, target: Option<Target>) -> Vec<PlaceIx> {
    use crate::annotation::MentionKind;
    match target {
        None => Vec::new(),
        Some(Target::Place(place)) => vec![place],
        Some(Target::Event(event)) => {
            store.event(event).map(|e| e.places.iter().map(|p| p.place).collect()).unwrap_or_default()
        }
        Some(Target::Mention(mention)) => match store.mention(mention).map(|m| &m.kind) {
            Some(MentionKind::Toponym { place: Some(place), .. }) => vec![*place],
            _ => Vec::new(),
        },
    }
}

/// "5 of 7 events in the window, 2 of them planned, hypothetical or denied".
pub fn count_in_words(n_in_window: u32, n_not_facts: u32, n_visible: u32) -> String {
    let events = if n_visible == 1 { "event" } else { "events" };
    if n_visible == 0 {
        return "named in the text, no event here".to_owned();
    }
    format!(
        "{n_in_window} of {n_visible} {events} in the window{}",
        not_facts_in_words(n_in_window, n_not_facts)
    )
}

/// What of some events is not drawn as a fact; empty where all is.
fn not_facts_in_words(n_in_window: u32, n_not_facts: u32) -> String {
    match n_not_facts {
        0 => String::new(),
        n if n == n_in_window => format!(", {NOT_FACTS}"),
        n => format!(", {n} of them {NOT_FACTS}"),
    }
}

/// How a screen reader names a cluster.
pub fn cluster_in_words(spot: &Spot) -> String {
    let events = if spot.n_in_window == 1 { "event" } else { "events" };
    let aside = not_facts_in_words(spot.n_in_window, spot.n_not_facts);
    format!("Cluster of {} places, {} {events}{aside}", spot.members.len(), spot.n_in_window)
}

/// What a place is, in a word.
pub fn kind_in_words(kind: PlaceKind, is_soft: bool) -> &'static str {
    match kind {
        PlaceKind::Town => "town",
        PlaceKind::Village => "village",
        PlaceKind::District => "district",
        PlaceKind::Province => "province",
        PlaceKind::Country => "country",
        PlaceKind::Region if is_soft => "region without a fixed outline",
        PlaceKind::Region => "region",
        PlaceKind::Route => "route",
        PlaceKind::Crossing => "border crossing",
        PlaceKind::Other => "place",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_of_a_mark_grows_with_its_count_and_never_vanishes() {
        assert!(radius(0) > 0.0);
        assert!((radius(4) / radius(1) - 2.0).abs() < 1e-9);
        assert!(radius(100_000) <= MAX_RADIUS);
    }

    #[test]
    fn counts_are_said_in_words() {
        for (n, not_facts, of, words) in [
            (5, 0, 7, "5 of 7 events in the window"),
            (1, 0, 1, "1 of 1 event in the window"),
            (0, 0, 2, "0 of 2 events in the window"),
            (5, 2, 7, "5 of 7 events in the window, 2 of them planned, hypothetical or denied"),
            (1, 1, 1, "1 of 1 event in the window, planned, hypothetical or denied"),
        ] {
            assert_eq!(count_in_words(n, not_facts, of), words);
        }
        let at = WorldPos { x: 0.0, y: 0.0 };
        let spot = Spot { at, members: vec![0, 1, 2], n_in_window: 8, n_not_facts: 0, n_visible: 9 };
        assert_eq!(cluster_in_words(&spot), "Cluster of 3 places, 8 events");
    }

    #[test]
    fn sources_are_told_apart() {
        let mark =
            |sources| Mark { place: PlaceIx(0), n_in_window: 1, n_not_facts: 0, n_visible: 1, sources };
        assert_eq!(mark(0b10).only_source(), Some(SourceIx(1)));
        assert_eq!(mark(0b11).only_source(), None);
        assert_eq!(mark(0b101).sources().collect::<Vec<_>>(), [SourceIx(0), SourceIx(2)]);
    }
}
