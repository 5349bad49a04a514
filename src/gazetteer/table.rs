//! The gazetteer: one file of places and their names, read in place.
//!
//! Opening looks at the head only; nothing is parsed, copied or checked until it is asked for, so an
//! embedded file costs no more than the pages that are touched. The layout is in `layout.rs`.

use std::sync::OnceLock;

use super::bytes::{
    Records, i16_at, i24_at, long_text, short_bytes, short_text, u8_at, u16_at, u24_at, u32_at, u64_at,
};
use super::facts::{Admin1, Admin1Ix, Country, CountryIx, Facts};
use super::fold::{NO_WORDS, name_hash};
use super::kinds::FeatureCode;
use super::layout::{self, Section};

/// A place of the gazetteer. Ids are good for one gazetteer file only; do not store them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GazetteerId(pub u32);

/// Why a gazetteer file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GazetteerError {
    #[error("not a gazetteer file of this version (it should begin with CTGAZ 2)")]
    NoGazetteer,
    #[error(
        "the gazetteer file is cut short: its head names bytes up to {named}, it has {found}; remake it with assets/make"
    )]
    CutShort { named: u64, found: usize },
    #[error("the gazetteer file is damaged: its checksum differs; remake it with assets/make")]
    Damaged,
}

/// All places and their names.
pub struct Gazetteer {
    pub(super) buckets: &'static [u8],
    pub(super) tags: Records<'static>,
    pub(super) entries: Records<'static>,
    pub(super) lists: Records<'static>,
    pub(super) places: Records<'static>,
    names: &'static [u8],
    countries: Records<'static>,
    provinces: Records<'static>,
    extras: Records<'static>,
    texts: &'static [u8],
    first_words: &'static [u8],
    pub(super) outlines: Records<'static>,
    pub(super) rings: &'static [u8],
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer")
            .field("n_places", &self.n_places())
            .field("n_names", &self.n_names())
            .finish_non_exhaustive()
    }
}

static EMBEDDED: &[u8] = include_bytes!("../../assets/gazetteer.bin");

impl Gazetteer {
    /// The gazetteer that comes with the program. If it was built with a file that is none, an empty one.
    pub fn embedded() -> &'static Self {
        static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
        GAZETTEER.get_or_init(|| Self::open(EMBEDDED).unwrap_or_else(|_| Self::empty()))
    }

    /// A gazetteer from elsewhere: its checksum is verified, which reads all of it once.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, GazetteerError> {
        if !bytes.starts_with(layout::MAGIC) {
            return Err(GazetteerError::NoGazetteer);
        }
        let sum = u64_at(bytes, layout::MAGIC.len());
        let found = bytes.get(layout::TABLE_AT..).map(layout::checksum);
        if sum == found { Self::open(bytes) } else { Err(GazetteerError::Damaged) }
    }

    fn open(bytes: &'static [u8]) -> Result<Self, GazetteerError> {
        if !bytes.starts_with(layout::MAGIC) || bytes.len() < layout::HEAD_BYTES {
            return Err(GazetteerError::NoGazetteer);
        }
        let section = |section: Section| {
            let at = layout::TABLE_AT + 8 * section as usize;
            let (start, len) = (u32_at(bytes, at).unwrap_or(0), u32_at(bytes, at + 4).unwrap_or(0));
            let end = u64::from(start) + u64::from(len);
            usize::try_from(end)
                .ok()
                .and_then(|end| bytes.get(start as usize..end))
                .ok_or(GazetteerError::CutShort { named: end, found: bytes.len() })
        };
        let records = |name, width| Ok(Records::new(section(name)?, width));
        Ok(Self {
            buckets: section(Section::Buckets)?,
            tags: records(Section::Tags, layout::TAG_BYTES)?,
            entries: records(Section::Entries, layout::UNIT_BYTES)?,
            lists: records(Section::Lists, layout::UNIT_BYTES)?,
            places: records(Section::Places, layout::PLACE_BYTES)?,
            names: section(Section::Names)?,
            countries: records(Section::Countries, layout::COUNTRY_BYTES)?,
            provinces: records(Section::Provinces, layout::PROVINCE_BYTES)?,
            extras: records(Section::Extras, layout::EXTRA_BYTES)?,
            texts: section(Section::Texts)?,
            first_words: section(Section::FirstWords)?,
            outlines: records(Section::Outlines, layout::OUTLINE_BYTES)?,
            rings: section(Section::Rings)?,
        })
    }

    fn empty() -> Self {
        let nothing: &'static [u8] = &[];
        let none = Records::new(nothing, 1);
        Self {
            buckets: nothing,
            tags: none,
            entries: none,
            lists: none,
            places: none,
            names: nothing,
            countries: none,
            provinces: none,
            extras: none,
            texts: nothing,
            first_words: nothing,
            outlines: none,
            rings: nothing,
        }
    }

    /// How many places there are; their ids are 0 to this.
    pub fn n_places(&self) -> usize {
        self.places.len()
    }

    /// How many different (folded) names there are. Counts them.
    pub fn n_names(&self) -> usize {
        (0..self.tags.len())
            .filter_map(|i| u32_at(self.tags.get(i)?, 0))
            .filter(|tag| tag & layout::IS_NAME != 0)
            .count()
    }

    /// Can a name begin with this word? `false` is certain; `true` is wrong for about one word in forty.
    /// The hash is [`word_hash`](super::fold::word_hash) of the folded word.
    #[inline]
    pub fn may_begin_name(&self, first_word_hash: u64) -> bool {
        let (block, bits) = layout::first_word(name_hash(NO_WORDS, first_word_hash));
        u64_at(self.first_words, block * 8).is_some_and(|block| block & bits == bits)
    }

    /// What the hot path asks of a place; no text is touched.
    pub fn facts(&self, id: GazetteerId) -> Option<Facts> {
        Facts::from_record(self.places.get(id.0 as usize)?)
    }

    /// The name that is shown; empty for an id of another gazetteer.
    pub fn name(&self, id: GazetteerId) -> &str {
        self.place_names(id).map_or("", |(name, _)| name)
    }

    /// The same in UTF-8, which is not looked through.
    pub fn name_bytes(&self, id: GazetteerId) -> &'static [u8] {
        let at = self.places.get(id.0 as usize).and_then(|place| u24_at(place, 6));
        at.and_then(|at| short_bytes(self.names, at as usize)).unwrap_or_default()
    }

    /// Other names to show, up to eight: local, English, historical.
    pub fn names(&self, id: GazetteerId) -> impl Iterator<Item = &str> {
        let (mut left, mut at) = self
            .place_names(id)
            .and_then(|(_, at)| Some((u8_at(self.names, at)?, at + 1)))
            .unwrap_or_default();
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let (name, next) = short_text(self.names, at)?;
            at = next;
            Some(name)
        })
    }

    fn place_names(&self, id: GazetteerId) -> Option<(&str, usize)> {
        short_text(self.names, u24_at(self.places.get(id.0 as usize)?, 6)? as usize)
    }

    /// The id of the place at geonames.org.
    pub fn geonameid(&self, id: GazetteerId) -> Option<u32> {
        u24_at(self.places.get(id.0 as usize)?, 9).filter(|id| *id > 0)
    }

    /// Where the position comes from.
    pub fn source(&self, id: GazetteerId) -> &str {
        match self.extra(id).and_then(|extra| long_text(self.texts, u24_at(extra, 9)? as usize)) {
            Some(source) if !source.is_empty() => source,
            _ => "GeoNames, CC BY 4.0",
        }
    }

    /// What a reader should know of the place or its position; empty for most.
    pub fn note(&self, id: GazetteerId) -> &str {
        self.extra(id).and_then(|extra| long_text(self.texts, u24_at(extra, 12)? as usize)).unwrap_or("")
    }

    /// The years in which the name or the state holds (astronomical: 0 is 1 BCE); `i32::MIN` and
    /// `i32::MAX` where one is not known.
    pub fn years(&self, id: GazetteerId) -> Option<(i32, i32)> {
        let extra = self.extra(id)?;
        let year = |at, none| {
            i16_at(extra, at).map(|year| if year == layout::NO_YEAR { none } else { i32::from(year) })
        };
        let years = (year(3, i32::MIN)?, year(5, i32::MAX)?);
        (years != (i32::MIN, i32::MAX)).then_some(years)
    }

    /// How far the place reaches round its position, or how uncertain that is, in kilometres.
    pub fn radius_km(&self, id: GazetteerId) -> Option<f32> {
        let halves = u16_at(self.extra(id)?, 7)?;
        (halves > 0).then(|| f32::from(halves) * 0.5)
    }

    fn extra(&self, id: GazetteerId) -> Option<&'static [u8]> {
        let flags = u8_at(self.places.get(id.0 as usize)?, 18)?;
        if flags & layout::FLAG_HAS_EXTRA == 0 {
            return None;
        }
        self.extras.find(id.0)
    }

    pub fn country(&self, country: CountryIx) -> Option<Country<'_>> {
        let record = self.countries.get(usize::from(country.0))?;
        let iso2 = std::str::from_utf8(record.get(..2)?).ok()?;
        let id = GazetteerId(u24_at(record, 2)?);
        Some(Country { iso2, name: self.name(id), id })
    }

    /// The country with this ISO 3166-1 alpha-2 code, in capitals.
    pub fn country_by_iso2(&self, iso2: &str) -> Option<CountryIx> {
        (0..self.countries.len())
            .find(|i| {
                self.countries
                    .get(*i)
                    .and_then(|record| record.get(..2))
                    .is_some_and(|c| c == iso2.as_bytes())
            })
            .and_then(|i| u16::try_from(i).ok())
            .map(CountryIx)
    }

    pub fn admin1(&self, admin1: Admin1Ix) -> Option<Admin1<'_>> {
        let record = self.provinces.get(usize::from(admin1.0))?;
        let country = CountryIx::from_u8(u8_at(record, 0)?);
        let id = Some(u24_at(record, 1)?).filter(|id| *id != layout::NO_PLACE).map(GazetteerId);
        let (name, _) = short_text(self.names, u24_at(record, 4)? as usize)?;
        Some(Admin1 { name, id, country })
    }

    /// The place with this feature code, most prominent first; for lists and tests.
    pub fn with_code(&self, code: FeatureCode) -> impl Iterator<Item = GazetteerId> + '_ {
        (0..self.places.len())
            .filter_map(|i| u32::try_from(i).ok().map(GazetteerId))
            .filter(move |id| self.facts(*id).is_some_and(|facts| facts.code == code))
    }

    pub(super) fn position(record: &[u8]) -> Option<(f64, f64)> {
        let degrees = |at| i24_at(record, at).map(|units| f64::from(units) / layout::DEGREE_UNITS);
        Some((degrees(3)?, degrees(0)?))
    }
}
