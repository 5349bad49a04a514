//! What kind of feature a place of the gazetteer is, and how a name is one of its names.

use super::PlaceKind;

/// What a feature broadly is: GeoNames' feature classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeatureClass {
    /// A: countries, provinces, districts.
    Administrative,
    /// H: seas, rivers, lakes.
    Water,
    /// L: regions, continents, parks.
    Area,
    /// P: cities, towns, villages.
    Populated,
    /// R: roads, railways.
    Route,
    /// S: single sites.
    Spot,
    /// T: mountains, islands, deserts.
    Terrain,
}

macro_rules! feature_codes {
    ($($code:ident $name:literal $class:ident $kind:ident $words:literal),+ $(,)?) => {
        /// GeoNames' feature codes, as far as the gazetteer has them (geonames.org/export/codes.html).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum FeatureCode {
            $(#[doc = $words] $code),+
        }

        impl FeatureCode {
            pub const ALL: &'static [Self] = &[$(Self::$code),+];

            /// As GeoNames writes it: `PPLC`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$code => $name),+ }
            }

            pub fn class(self) -> FeatureClass {
                match self { $(Self::$code => FeatureClass::$class),+ }
            }

            /// How an account draws it.
            pub fn kind(self) -> PlaceKind {
                match self { $(Self::$code => PlaceKind::$kind),+ }
            }

            /// In plain words: "capital".
            pub fn words(self) -> &'static str {
                match self { $(Self::$code => $words),+ }
            }
        }
    };
}

feature_codes! {
    Populated "PPL" Populated Town "town",
    SeatOfFirst "PPLA" Populated Town "seat of a province",
    SeatOfSecond "PPLA2" Populated Town "seat of a district",
    Capital "PPLC" Populated Town "capital",
    Village "PPLL" Populated Village "village",
    Section "PPLX" Populated Other "part of a town",
    Abandoned "PPLQ" Populated Town "abandoned town",
    Historical "PPLH" Populated Town "town of the past",
    Country "PCLI" Administrative Country "country",
    Dependency "PCLD" Administrative Country "dependent territory",
    PastState "PCLH" Administrative Region "state of the past",
    First "ADM1" Administrative Province "province",
    Second "ADM2" Administrative District "district",
    Third "ADM3" Administrative District "municipality",
    PastProvince "ADMH" Administrative Region "province of the past",
    Continent "CONT" Area Region "continent",
    Region "RGN" Area Region "region",
    PastRegion "RGNH" Area Region "region of the past",
    Park "PRK" Area Region "park",
    Ocean "OCN" Water Region "ocean",
    Sea "SEA" Water Region "sea",
    Gulf "GULF" Water Region "gulf",
    Bay "BAY" Water Region "bay",
    Strait "STRT" Water Other "strait",
    Canal "CNL" Water Other "canal",
    Lake "LK" Water Other "lake",
    River "STM" Water Other "river",
    Falls "FLLS" Water Other "waterfall",
    Glacier "GLCR" Water Other "glacier",
    Mountains "MTS" Terrain Region "mountains",
    Mountain "MT" Terrain Other "mountain",
    Volcano "VLC" Terrain Other "volcano",
    Pass "PASS" Terrain Other "pass",
    Desert "DSRT" Terrain Region "desert",
    Island "ISL" Terrain Region "island",
    Islands "ISLS" Terrain Region "islands",
    Peninsula "PEN" Terrain Region "peninsula",
    Cape "CAPE" Terrain Other "cape",
    Valley "VAL" Terrain Region "valley",
    Plain "PLN" Terrain Region "plain",
    Plateau "PLAT" Terrain Region "plateau",
    Forest "FRST" Area Region "forest",
    Battlefield "BTL" Spot Other "battlefield",
    Site "HSTS" Spot Other "historical site",
    Road "RD" Route Route "road",
    Railway "RR" Route Route "railway",
    Crossing "CSTM" Spot Crossing "border crossing",
}

impl FeatureCode {
    pub(super) fn from_u8(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|known| known.code() == code).copied()
    }
}

/// How a name is a name of its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum NameUse {
    /// The name that the gazetteer shows.
    Primary,
    /// Known as English, or as the common name in English texts.
    English,
    /// A name in any language, a spelling of another time, a transliteration.
    Alternate,
    /// "US", "NSW", "Pa.": a name only where it is written as an abbreviation.
    Abbreviation,
}

impl NameUse {
    pub(super) fn from_bits(bits: u32) -> Self {
        match bits & 3 {
            0 => Self::Primary,
            1 => Self::English,
            2 => Self::Alternate,
            _ => Self::Abbreviation,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_they_are_written() {
        for (number, code) in FeatureCode::ALL.iter().enumerate() {
            assert_eq!(FeatureCode::from_u8(u8::try_from(number).unwrap()), Some(*code));
            assert_eq!(FeatureCode::from_code(code.code()), Some(*code));
        }
        assert_eq!(FeatureCode::from_u8(200), None);
        assert_eq!(FeatureCode::from_code("XYZ"), None);
    }
}
