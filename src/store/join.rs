//! Which places of several accounts are one: by GeoNames id, or by kind, name and nearness.

use std::collections::HashMap;

use super::{PlaceIx, SourceIx, ix};
use crate::gazetteer::{Place, PlaceKind};
use crate::geo::GeoBounds;

/// How far apart, in degrees, two positions of one place may lie: some 5 km, the size of a town.
const NEAR_DEG: f64 = 0.05;

/// As many places of one kind, name and spot are told apart; an account with more is no gazetteer,
/// and a longer list would make joining it quadratic.
const MAX_NAMESAKES: usize = 32;

/// Collects places, each once. Looks up by hash: O(1) a place.
#[derive(Debug, Default)]
pub(super) struct PlaceJoin {
    places: Vec<Joined>,
    by_geonameid: HashMap<u64, PlaceIx>,
    by_name: HashMap<NameKey, Vec<PlaceIx>>,
    /// Its places need no entry in `by_name`: no account comes after it.
    last_source: Option<SourceIx>,
}

#[derive(Debug)]
struct Joined {
    place: Place,
    bounds: Option<GeoBounds>,
    /// The last account that named it.
    last_source: SourceIx,
}

/// What two records of one place have in common.
#[derive(Debug, PartialEq, Eq, Hash)]
struct NameKey {
    kind: PlaceKind,
    folded_name: String,
    cell: Cell,
}

/// Where to look for a place's other records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Cell {
    /// A cell of a grid of [`NEAR_DEG`], for what is no larger than one.
    Spot(i32, i32),
    /// An outline or a route; few have the same name.
    Large,
    Unlocated,
}

impl PlaceJoin {
    pub fn new(n_accounts: usize) -> Self {
        Self { last_source: n_accounts.checked_sub(1).map(|last| SourceIx(ix(last))), ..Self::default() }
    }

    /// The store's index of an account's place.
    ///
    /// Records of one account are one place only by GeoNames id: that it gives two ids otherwise is
    /// its own word. Names are kept as written, the first account's first.
    pub fn add(&mut self, place: &Place, source: SourceIx) -> PlaceIx {
        let bounds = place.bounds();
        let known = self.known(place, bounds, source);
        let place_ix = known.unwrap_or_else(|| {
            self.places.push(Joined { place: place.clone(), bounds, last_source: source });
            PlaceIx(ix(self.places.len() - 1))
        });
        if known.is_some() {
            self.merge(place_ix, place, bounds, source);
        }
        if let Some(id) = place.geonameid {
            self.by_geonameid.entry(id).or_insert(place_ix);
        }
        if self.last_source == Some(source) {
            return place_ix;
        }
        let cell = Cell::of(bounds);
        for folded_name in folded_names(place) {
            let same = self.by_name.entry(NameKey { kind: place.kind, folded_name, cell }).or_default();
            if same.len() < MAX_NAMESAKES && !same.contains(&place_ix) {
                same.push(place_ix);
            }
        }
        place_ix
    }

    pub fn into_places(self) -> Vec<Place> {
        self.places.into_iter().map(|joined| joined.place).collect()
    }

    fn known(&self, place: &Place, bounds: Option<GeoBounds>, source: SourceIx) -> Option<PlaceIx> {
        if let Some(known) = place.geonameid.and_then(|id| self.by_geonameid.get(&id)) {
            return Some(*known);
        }
        if self.by_name.is_empty() {
            return None;
        }
        let is_same = |candidate: &PlaceIx| {
            self.places.get(candidate.as_usize()).is_some_and(|known| {
                known.last_source != source
                    && (known.place.geonameid.is_none() || place.geonameid.is_none())
                    && known.place.soft == place.soft
                    && are_near(known.bounds, bounds)
            })
        };
        folded_names(place)
            .flat_map(|folded_name| {
                let key = move |cell| NameKey { kind: place.kind, folded_name: folded_name.clone(), cell };
                Cell::of(bounds).around().into_iter().map(key)
            })
            .filter_map(|key| self.by_name.get(&key))
            .flatten()
            .copied()
            .find(is_same)
    }

    /// Adds to a place what another account knows of it.
    fn merge(&mut self, known: PlaceIx, place: &Place, bounds: Option<GeoBounds>, source: SourceIx) {
        let Some(joined) = self.places.get_mut(known.as_usize()) else { return };
        joined.last_source = source;
        let known = &mut joined.place;
        for name in std::iter::once(&place.name).chain(&place.names) {
            if *name != known.name && !known.names.contains(name) {
                known.names.push(name.clone());
            }
        }
        known.geonameid = known.geonameid.or(place.geonameid);
        if known.shape.is_none() && place.shape.is_some() {
            known.shape.clone_from(&place.shape);
            known.source.clone_from(&place.source);
            known.radius_km = place.radius_km;
            joined.bounds = bounds;
        }
        if known.note.is_empty() {
            known.note.clone_from(&place.note);
        }
    }
}

impl Cell {
    fn of(bounds: Option<GeoBounds>) -> Self {
        let Some(bounds) = bounds else { return Self::Unlocated };
        let is_spot = bounds.east - bounds.west <= NEAR_DEG && bounds.north - bounds.south <= NEAR_DEG;
        if !is_spot || bounds.west > bounds.east {
            return Self::Large;
        }
        let center = bounds.center();
        Self::Spot((center.lon / NEAR_DEG).floor() as i32, (center.lat / NEAR_DEG).floor() as i32)
    }

    /// The cells in which something near may be.
    fn around(self) -> Vec<Self> {
        let Self::Spot(x, y) = self else { return vec![self] };
        (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| Self::Spot(x + dx, y + dy))).collect()
    }
}

/// All names of a place, without regard to case and outer blanks.
fn folded_names(place: &Place) -> impl Iterator<Item = String> + '_ {
    std::iter::once(&place.name).chain(&place.names).map(|name| name.trim().to_lowercase())
}

/// Does each box hold the other's centre, give or take [`NEAR_DEG`]? Two records without a position
/// are as near as can be told.
fn are_near(a: Option<GeoBounds>, b: Option<GeoBounds>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return a.is_none() && b.is_none() };
    let grown = |bounds: GeoBounds| GeoBounds {
        west: bounds.west - NEAR_DEG,
        south: bounds.south - NEAR_DEG,
        east: bounds.east + NEAR_DEG,
        north: bounds.north + NEAR_DEG,
    };
    grown(a).contains(b.center()) && grown(b).contains(a.center())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::PlaceShape;
    use crate::geo::LonLat;
    use crate::store::fixtures::{place, point};

    fn joined(accounts: &[&[Place]]) -> (Vec<Vec<u32>>, Vec<Place>) {
        let mut join = PlaceJoin::new(accounts.len());
        let add = |(number, places): (usize, &&[Place])| {
            places.iter().map(|place| join.add(place, SourceIx(ix(number))).0).collect()
        };
        let indices = accounts.iter().enumerate().map(add).collect();
        (indices, join.into_places())
    }

    fn named(name: &str, lon: f64, lat: f64) -> Place {
        place(name, name, Some(point(lon, lat)))
    }

    #[test]
    fn places_of_two_accounts_are_one_by_id_or_by_name_kind_and_nearness() {
        let town = || named("Khankendi", 46.75, 39.82);
        let with_id = |place: Place, id| Place { geonameid: Some(id), ..place };
        let also = |place: Place, name: &str| Place { names: vec![name.to_owned()], ..place };
        let outline = |west: f64, east: f64| {
            let corner = |lon, lat| LonLat { lon, lat };
            Some(PlaceShape::Line(vec![corner(west, 39.0), corner(east, 41.0)]))
        };
        let table = [
            (
                "same id, other name, far",
                with_id(town(), 1),
                with_id(named("Stepanakert", 0.0, 0.0), 1),
                true,
            ),
            ("other id, same name", with_id(town(), 1), with_id(town(), 2), false),
            ("one id only, same name", with_id(town(), 1), town(), true),
            ("case and blanks", town(), named(" KHANKENDI", 46.75, 39.82), true),
            ("near, across a grid line", named("A", 0.049, 0.0), named("A", 0.051, -0.001), true),
            ("too far", town(), named("Khankendi", 46.81, 39.82), false),
            ("another name", town(), named("Shusha", 46.75, 39.82), false),
            (
                "another name it is known by",
                town(),
                also(named("Stepanakert", 46.75, 39.82), "Khankendi"),
                true,
            ),
            ("another kind", town(), Place { kind: PlaceKind::District, ..town() }, false),
            ("a vague area and a definite one", Place { soft: true, ..town() }, town(), false),
            (
                "outlines that differ a little",
                place("x", "R", outline(44.0, 50.0)),
                place("y", "R", outline(44.5, 50.0)),
                true,
            ),
            (
                "outlines apart",
                place("x", "R", outline(44.0, 46.0)),
                place("y", "R", outline(48.0, 50.0)),
                false,
            ),
            ("neither located", place("x", "R", None), place("y", "R", None), true),
            ("one located", place("x", "R", None), town(), false),
        ];
        for (what, first, second, is_one) in table {
            let (indices, _) = joined(&[&[first], &[second]]);
            assert_eq!(indices[0] == indices[1], is_one, "{what}");
        }
    }

    #[test]
    fn names_are_kept_as_written_the_first_account_first() {
        let mut first = named("Xankəndi", 46.75, 39.82);
        first.geonameid = Some(7);
        first.shape = None;
        let second = Place {
            names: vec!["Xankəndi".to_owned(), "Խանքենդի".to_owned()],
            geonameid: Some(7),
            ..named("Khankendi", 46.75, 39.82)
        };
        let (_, places) = joined(&[&[first], std::slice::from_ref(&second)]);
        assert_eq!(places.len(), 1);
        assert_eq!(places[0].name, "Xankəndi");
        assert_eq!(places[0].names, ["Khankendi", "Խանքենդի"]);
        assert_eq!(places[0].shape, second.shape, "a position is taken from whoever has one");
    }

    #[test]
    fn an_account_keeps_its_own_namesakes_apart() {
        let twice = [named("Lake", 1.0, 1.0), named("Lake", 1.0, 1.0)];
        let (indices, _) = joined(&[&twice, &twice]);
        assert_eq!(indices, [[0, 1], [0, 1]]);
    }

    #[test]
    fn many_namesakes_do_not_make_joining_slow() {
        let many = vec![named("Lake", 1.0, 1.0); 20_000];
        let (indices, places) = joined(&[&many, &many]);
        assert_eq!(indices[1][..MAX_NAMESAKES], indices[0][..MAX_NAMESAKES]);
        assert_eq!(places.len(), 2 * many.len() - MAX_NAMESAKES);
    }
}
