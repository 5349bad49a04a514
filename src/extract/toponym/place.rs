//! A place as resolution asks for it: what is kept of it with each of its names.

use crate::gazetteer::{Admin1Ix, CountryIx, Facts, FeatureClass, FeatureCode, GazetteerId, NameUse};
use crate::geo::LonLat;

/// What kind of place a name means first of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    Country,
    Province,
    Region,
    /// A town or site with its prominence.
    Town(u8),
}

impl Rank {
    pub fn of(facts: &Facts) -> Self {
        match (facts.code, facts.class()) {
            _ if facts.is_country() => Self::Country,
            (FeatureCode::First, _) => Self::Province,
            (FeatureCode::Second | FeatureCode::Third, _)
            | (_, FeatureClass::Populated | FeatureClass::Spot) => Self::Town(facts.prominence),
            _ => Self::Region,
        }
    }
}

/// Where a place belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    pub country: CountryIx,
    pub province: Admin1Ix,
    pub code: FeatureCode,
}

impl Seat {
    #[inline]
    pub fn is_country(self) -> bool {
        matches!(self.code, FeatureCode::Country | FeatureCode::Dependency)
    }

    #[inline]
    pub fn is_province(self) -> bool {
        self.code == FeatureCode::First
    }

    /// Is it in that country or province?
    #[inline]
    #[allow(clippy::needless_bitwise_bool)]
    pub fn lies_in(self, outer: Self) -> bool {
        // One question at the end: no processor could guess the single ones.
        let is_in_province = outer.is_province() & (self.province == outer.province) & !self.is_province();
        (self.country == outer.country) & !self.is_country() & (outer.is_country() | is_in_province)
    }
}

/// A place that a name may mean.
#[derive(Debug, Clone, Copy)]
pub struct NamedPlace<'g> {
    pub id: GazetteerId,
    pub seat: Seat,
    pub rank: Rank,
    pub prominence: u8,
    pub name_use: NameUse,
    /// Is it so small that what lies beside it is near? A county is, though its outline is not known.
    pub is_local: bool,
    pub is_historic: bool,
    pub spot: Spot,
    /// As the gazetteer shows it, in UTF-8.
    pub shown: &'g [u8],
    /// Of a name or state of the past: those in which it held.
    pub years: Option<(i32, i32)>,
}

impl<'g> NamedPlace<'g> {
    pub fn new(
        id: GazetteerId,
        facts: &Facts,
        name_use: NameUse,
        shown: &'g [u8],
        years: Option<(i32, i32)>,
    ) -> Self {
        let is_district = matches!(facts.code, FeatureCode::Second | FeatureCode::Third);
        Self {
            id,
            seat: Seat { country: facts.country, province: facts.admin1, code: facts.code },
            rank: Rank::of(facts),
            prominence: facts.prominence,
            name_use,
            is_local: !facts.is_country() && (!facts.is_soft || is_district),
            is_historic: facts.is_historic,
            spot: Spot::of(facts.lon_lat),
            shown,
            years,
        }
    }
}

/// Where a place lies, made ready for asking what is near it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// On a sphere of radius 1, about the centre of the earth.
    unit: [f32; 3],
    /// The square of two degrees.
    pub cell: (i16, i16),
}

impl Spot {
    pub fn of(at: LonLat) -> Self {
        let (lon, lat) = (at.lon.to_radians(), at.lat.to_radians());
        let unit = [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()].map(|x| x as f32);
        Self { unit, cell: ((at.lon / 2.0).floor() as i16, (at.lat / 2.0).floor() as i16) }
    }

    /// The straight line through the earth, in kilometres: what a great circle is, but for one part in
    /// a hundred at 3,000 km.
    #[inline]
    pub fn km(self, other: Self) -> f32 {
        let square: f32 = self.unit.iter().zip(other.unit).map(|(one, two)| (one - two) * (one - two)).sum();
        6371.0 * square.sqrt()
    }
}
