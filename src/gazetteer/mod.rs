//! Places as an account knows them: what they are, what they are called, what they look like; and the
//! gazetteer, in which a name is looked up.

mod bytes;
pub mod compile;
pub mod facts;
pub mod fold;
pub mod kinds;
mod layout;
mod shapes;
pub mod table;
pub mod walk;

pub use facts::{Admin1, Admin1Ix, Country, CountryIx, Facts};
pub use fold::{NO_WORDS, fold_name, hash_of_name, name_hash, word_hash};
pub use kinds::{FeatureClass, FeatureCode, NameUse};
pub use table::{Gazetteer, GazetteerError, GazetteerId};
pub use walk::{NameWalk, Postings};

use geo::MultiPolygon;

use crate::geo::{GeoBounds, LonLat};

/// What kind of thing a place is, and so how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PlaceKind {
    Town,
    Village,
    District,
    Province,
    Country,
    Region,
    Route,
    Crossing,
    /// Anything else; drawn by its shape.
    #[default]
    Other,
}

/// What a place looks like on the map, in degrees.
#[derive(Debug, Clone, PartialEq)]
pub enum PlaceShape {
    Point(LonLat),
    /// A line of travel: at least two positions.
    Line(Vec<LonLat>),
    /// An outline (a country, a province) or, if [`Place::soft`], a vague region.
    Area(MultiPolygon<f64>),
}

/// A place of the gazetteer or of an events file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    /// Unique within its account.
    pub id: String,
    /// The name as the source writes it.
    pub name: String,
    /// Other names, shown beside it and never instead of it.
    pub names: Vec<String>,
    pub kind: PlaceKind,
    /// `None`: named but not located.
    pub shape: Option<PlaceShape>,
    /// A vague area without an outline of its own.
    pub soft: bool,
    /// How far the truth may lie from the drawn position, in kilometres.
    pub radius_km: Option<f64>,
    /// ISO 3166-1 alpha-2 code of a country; empty for anything else.
    pub iso: String,
    /// GeoNames id, by which the same place of two accounts is known.
    pub geonameid: Option<u64>,
    /// Where the position comes from.
    pub source: String,
    pub note: String,
}

impl Place {
    /// The box around the place's shape. Around an area with parts on both sides of the date line (the Aleutian
    /// Islands, Fiji) it crosses that line.
    pub fn bounds(&self) -> Option<GeoBounds> {
        match self.shape.as_ref()? {
            PlaceShape::Point(p) => Some(GeoBounds::of_point(*p)),
            PlaceShape::Line(line) => GeoBounds::of_points(line.iter().copied()),
            PlaceShape::Area(area) => GeoBounds::around(parts(area)),
        }
    }

    /// Where it is if it must be one position: the middle of its shape, of an area that of its largest part, so
    /// that of France in Europe.
    pub fn middle(&self) -> Option<LonLat> {
        match self.shape.as_ref()? {
            PlaceShape::Area(area) => {
                let size = |part: &GeoBounds| part.width() * (part.north - part.south);
                parts(area).max_by(|a, b| size(a).total_cmp(&size(b))).map(GeoBounds::center)
            }
            PlaceShape::Point(_) | PlaceShape::Line(_) => self.bounds().map(GeoBounds::center),
        }
    }
}

/// The boxes of the parts of an area, none of which crosses the date line.
fn parts(area: &MultiPolygon<f64>) -> impl Iterator<Item = GeoBounds> {
    let lon_lat = |c: &geo::Coord<f64>| LonLat { lon: c.x, lat: c.y };
    area.iter().filter_map(move |part| GeoBounds::of_points(part.exterior().coords().map(lon_lat)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_on_both_sides_of_the_date_line_are_boxed_across_it() {
        let square = |west: f64, south: f64, size: f64| {
            let corner = |x: f64, y: f64| geo::Coord { x, y };
            geo::Rect::new(corner(west, south), corner(west + size, south + size)).to_polygon()
        };
        // Its parts, its box from west to east, its middle.
        let table = [
            // As the United States: the mainland, Alaska up to the line, the islands beyond.
            (
                vec![square(-125.0, 25.0, 50.0), square(-180.0, 55.0, 12.0), square(172.0, 50.0, 8.0)],
                (172.0, -75.0),
                -100.0,
            ),
            // As France: Guiana and Réunion are far away, and no line is near.
            (
                vec![square(-55.0, 2.0, 3.0), square(-5.0, 42.0, 10.0), square(55.0, -21.0, 1.0)],
                (-55.0, 56.0),
                0.0,
            ),
            // As Fiji.
            (vec![square(177.0, -18.0, 1.5), square(-180.0, -17.0, 0.2)], (177.0, -179.8), 177.75),
            (vec![square(10.0, 0.0, 2.0)], (10.0, 12.0), 11.0),
        ];
        for (parts, (west, east), middle) in table {
            let place = Place { shape: Some(PlaceShape::Area(MultiPolygon(parts))), ..Place::default() };
            let bounds = place.bounds().unwrap();
            assert_eq!((bounds.west, bounds.east), (west, east));
            assert!((place.middle().unwrap().lon - middle).abs() < 1e-9);
        }
    }
}
