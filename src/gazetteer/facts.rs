//! What is known of a place without touching any text.

use super::PlaceKind;
use super::bytes::{u8_at, u16_at};
use super::kinds::{FeatureClass, FeatureCode};
use super::layout;
use super::table::{Gazetteer, GazetteerId};
use crate::geo::LonLat;

/// A country of the gazetteer, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryIx(pub u16);

impl CountryIx {
    /// Of a place that lies in no one country: a sea, the Alps, the Soviet Union.
    pub const NONE: Self = Self(u16::MAX);

    pub(super) fn from_u8(number: u8) -> Self {
        if number == layout::NO_COUNTRY { Self::NONE } else { Self(u16::from(number)) }
    }
}

/// A first-level division of a country (GeoNames' admin1), by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Admin1Ix(pub u16);

impl Admin1Ix {
    pub const NONE: Self = Self(layout::NO_PROVINCE);
}

/// A country with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country<'a> {
    /// ISO 3166-1 alpha-2.
    pub iso2: &'a str,
    pub name: &'a str,
    pub id: GazetteerId,
}

/// A first-level division with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admin1<'a> {
    pub name: &'a str,
    /// `None` where the gazetteer has towns of it but not itself.
    pub id: Option<GazetteerId>,
    pub country: CountryIx,
}

/// A place in numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facts {
    pub lon_lat: LonLat,
    pub code: FeatureCode,
    pub country: CountryIx,
    pub admin1: Admin1Ix,
    /// People, to 5 %; of a province the sum of its towns. 0: unknown.
    pub population: u32,
    /// How likely the place is meant when nothing else is known: 0 … 255; 8 are a doubling of people.
    pub prominence: u8,
    /// The name or the state belongs to the past; [`Gazetteer::years`] has its years.
    pub is_historic: bool,
    /// The position stands for an area without an outline: see [`Gazetteer::radius_km`].
    pub is_soft: bool,
}

impl Facts {
    pub fn class(&self) -> FeatureClass {
        self.code.class()
    }

    pub fn kind(&self) -> PlaceKind {
        self.code.kind()
    }

    pub fn is_country(&self) -> bool {
        matches!(self.code, FeatureCode::Country | FeatureCode::Dependency)
    }

    pub(super) fn from_record(record: &[u8]) -> Option<Self> {
        let (lon, lat) = Gazetteer::position(record)?;
        let flags = u8_at(record, 18)?;
        Some(Self {
            lon_lat: LonLat { lon, lat },
            population: layout::population(u8_at(record, 12)?),
            admin1: Admin1Ix(u16_at(record, 13)?),
            country: CountryIx::from_u8(u8_at(record, 15)?),
            code: FeatureCode::from_u8(u8_at(record, 16)?)?,
            prominence: u8_at(record, 17)?,
            is_historic: flags & layout::FLAG_HISTORIC != 0,
            is_soft: flags & layout::FLAG_SOFT != 0,
        })
    }
}
