//! The rows of the tables that the packer reads.

use super::OutlineRow;
use crate::gazetteer::kinds::{FeatureCode, NameUse};

/// What is wrong with a table: its name, the line (from 1), and what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{table}, line {line}: {reason}")]
pub struct TableError {
    pub table: &'static str,
    pub line: usize,
    pub reason: String,
}

/// One place of `places.tsv`.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceRow {
    pub key: String,
    pub code: FeatureCode,
    pub lat: f64,
    pub lon: f64,
    /// ISO 3166-1 alpha-2, or empty.
    pub country: String,
    /// GeoNames' code of the first-level division (`AZ.61`), or empty.
    pub admin1: String,
    pub population: u64,
    pub geonameid: u32,
    /// Set where the rule for it would be wrong.
    pub prominence: Option<u8>,
    pub years: (Option<i16>, Option<i16>),
    pub radius_km: f64,
    pub is_soft: bool,
    pub is_historic: bool,
    /// How many names GeoNames has for it in all languages: how widely it is known.
    pub n_known: u32,
    pub source: String,
    pub note: String,
    pub names: Vec<NameRow>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameRow {
    pub name: String,
    pub name_use: NameUse,
    /// Shown beside the place's name.
    pub is_shown: bool,
}

/// The places of a table with the columns key, feature code, latitude, longitude, country, admin1,
/// population, geonameid, prominence, years (`from/to`), radius in km, flags (`soft`, `historic`),
/// number of names known, source, note, names.
///
/// Names are parted by `|`; each has before it `P:` primary (the first), `E:` English, `A:` alternate or
/// `B:` abbreviation, in small letters if it is also shown.
pub fn read_places(text: &str) -> Result<Vec<PlaceRow>, TableError> {
    lines(text).map(|(line, row)| place(row).map_err(|reason| error("places.tsv", line, reason))).collect()
}

/// Outlines: the key of a place, then polygons parted by `|`, rings by `;`, positions by a space, each
/// `longitude,latitude` in hundredths of a degree.
pub fn read_outlines(text: &str) -> Result<Vec<OutlineRow>, TableError> {
    lines(text)
        .map(|(line, row)| outline(row).map_err(|reason| error("outlines.tsv", line, reason)))
        .collect()
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(i, row)| (i + 1, row))
        .filter(|(_, row)| !row.is_empty() && !row.starts_with('#'))
}

fn error(table: &'static str, line: usize, reason: String) -> TableError {
    TableError { table, line, reason }
}

fn place(row: &str) -> Result<PlaceRow, String> {
    let columns: Vec<&str> = row.split('\t').collect();
    let &[
        key,
        code,
        lat,
        lon,
        country,
        admin1,
        population,
        geonameid,
        prominence,
        years,
        radius,
        flags,
        n_known,
        source,
        note,
        names,
    ] = columns.as_slice()
    else {
        return Err(format!("{} columns; expected 16", columns.len()));
    };
    let names = names.split('|').map(name).collect::<Result<Vec<_>, _>>()?;
    if names.first().is_none_or(|name| name.name_use != NameUse::Primary) {
        return Err("the first name is not the primary one (P:)".to_owned());
    }
    Ok(PlaceRow {
        key: key.to_owned(),
        code: FeatureCode::from_code(code).ok_or_else(|| format!("no feature code {code:?}"))?,
        lat: degrees(lat, 90.0)?,
        lon: degrees(lon, 180.0)?,
        country: country.to_owned(),
        admin1: admin1.to_owned(),
        population: number(population)?.unwrap_or(0),
        geonameid: number(geonameid)?.unwrap_or(0),
        prominence: number(prominence)?,
        years: match years.split_once('/') {
            Some((from, to)) => (number(from)?, number(to)?),
            None if years.is_empty() => (None, None),
            None => return Err(format!("years {years:?}; expected from/to")),
        },
        radius_km: number(radius)?.unwrap_or(0.0),
        is_soft: flags.split(' ').any(|flag| flag == "soft"),
        is_historic: flags.split(' ').any(|flag| flag == "historic"),
        n_known: number(n_known)?.unwrap_or(0),
        source: source.to_owned(),
        note: note.to_owned(),
        names,
    })
}

fn name(text: &str) -> Result<NameRow, String> {
    let (mark, name) =
        text.split_once(':').ok_or_else(|| format!("name {text:?} has no mark (P:, E:, A:, B:)"))?;
    let name_use = match mark.to_ascii_uppercase().as_str() {
        "P" => NameUse::Primary,
        "E" => NameUse::English,
        "A" => NameUse::Alternate,
        "B" => NameUse::Abbreviation,
        _ => return Err(format!("name {text:?} has the mark {mark:?}; expected P, E, A or B")),
    };
    if name.is_empty() {
        return Err("an empty name".to_owned());
    }
    let is_shown = mark.chars().all(|c| c.is_ascii_lowercase());
    Ok(NameRow { name: name.to_owned(), name_use, is_shown })
}

fn number<T: std::str::FromStr>(text: &str) -> Result<Option<T>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| format!("{text:?} is not a number that fits"))
}

fn degrees(text: &str, most: f64) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|d: &f64| d.abs() <= most)
        .ok_or_else(|| format!("{text:?} is not within ±{most}°"))
}

fn outline(row: &str) -> Result<OutlineRow, String> {
    let (key, shape) = row.split_once('\t').ok_or("expected a key, a tab and polygons")?;
    let position = |text: &str| {
        let (lon, lat) = text.split_once(',')?;
        Some((lon.parse().ok()?, lat.parse().ok()?))
    };
    let ring = |text: &str| {
        text.split(' ')
            .map(|p| position(p).ok_or_else(|| format!("{p:?} is not a position")))
            .collect::<Result<Vec<(i32, i32)>, _>>()
    };
    let polygons =
        shape.split('|').map(|polygon| polygon.split(';').map(ring).collect()).collect::<Result<_, _>>()?;
    Ok((key.to_owned(), polygons))
}
