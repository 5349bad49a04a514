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
    /// The box around the place's shape.
    pub fn bounds(&self) -> Option<GeoBounds> {
        let lon_lat = |c: &geo::Coord<f64>| LonLat { lon: c.x, lat: c.y };
        match self.shape.as_ref()? {
            PlaceShape::Point(p) => Some(GeoBounds::of_point(*p)),
            PlaceShape::Line(line) => GeoBounds::of_points(line.iter().copied()),
            PlaceShape::Area(area) => {
                GeoBounds::of_points(area.iter().flat_map(|p| p.exterior().coords().map(lon_lat)))
            }
        }
    }
}
