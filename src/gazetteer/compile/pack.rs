//! Writes the file; its layout is in [`layout`](crate::gazetteer::layout).

use std::collections::BTreeMap;

use super::OutlineRow;
use super::index::write_index;
use super::rank::prominence;
use super::rows::{PlaceRow, TableError};
use crate::gazetteer::kinds::FeatureCode;
use crate::gazetteer::layout::{self, N_SECTIONS, Section};

/// A finished file, and how many bytes each of its sections takes.
#[derive(Debug)]
pub struct Packed {
    pub bytes: Vec<u8>,
    pub sections: Vec<(Section, usize)>,
    pub n_places: usize,
    pub n_names: usize,
}

/// Names to show beside a place's own.
const MAX_SHOWN: usize = 8;

pub fn pack(mut rows: Vec<PlaceRow>, outlines: &[OutlineRow]) -> Result<Packed, TableError> {
    let fault = |reason: String| TableError { table: "places.tsv", line: 0, reason };
    // The most prominent have the smallest ids, so that what is asked for often lies together.
    rows.sort_by(|a, b| prominence(b).cmp(&prominence(a)).then_with(|| a.key.cmp(&b.key)));
    if rows.len() as u64 >= u64::from(layout::PLACE_MASK) {
        return Err(fault(format!("{} places; expected fewer than {}", rows.len(), layout::PLACE_MASK)));
    }
    let mut out = Writer::default();
    let countries = countries(&rows).map_err(fault)?;
    let provinces = provinces(&rows, &countries);
    write_places(&rows, &countries, &provinces, &mut out).map_err(fault)?;
    let n_names = write_index(&rows, &mut out).map_err(fault)?;
    write_outlines(&rows, outlines, &mut out).map_err(fault)?;
    Ok(out.finish(rows.len(), n_names))
}

#[derive(Default)]
pub(super) struct Writer {
    sections: [Vec<u8>; N_SECTIONS],
}

impl Writer {
    #[expect(clippy::indexing_slicing, reason = "there is a buffer for each section")]
    pub(super) fn at(&mut self, section: Section) -> &mut Vec<u8> {
        &mut self.sections[section as usize]
    }

    fn finish(self, n_places: usize, n_names: usize) -> Packed {
        const ALL: [Section; N_SECTIONS] = [
            Section::Buckets,
            Section::Tags,
            Section::Entries,
            Section::Lists,
            Section::Places,
            Section::Names,
            Section::Countries,
            Section::Provinces,
            Section::Extras,
            Section::Texts,
            Section::FirstWords,
            Section::Outlines,
            Section::Rings,
        ];
        let mut table = Vec::new();
        let mut at = layout::HEAD_BYTES;
        for bytes in &self.sections {
            table.extend_from_slice(&(at as u32).to_le_bytes());
            table.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
            at += bytes.len();
        }
        let sections = ALL.into_iter().zip(self.sections.iter().map(Vec::len)).collect();
        table.extend(self.sections.into_iter().flatten());
        let mut bytes = layout::MAGIC.to_vec();
        bytes.extend_from_slice(&layout::checksum(&table).to_le_bytes());
        bytes.extend(table);
        Packed { bytes, sections, n_places, n_names }
    }
}

pub(super) fn put_u24(to: &mut Vec<u8>, value: u32) -> Result<(), String> {
    match value.to_le_bytes() {
        [a, b, c, 0] => {
            to.extend_from_slice(&[a, b, c]);
            Ok(())
        }
        _ => Err(format!("{value} does not fit into 24 bits")),
    }
}

fn put_i24(to: &mut Vec<u8>, value: i32) {
    let [a, b, c, _] = value.to_le_bytes();
    to.extend_from_slice(&[a, b, c]);
}

fn put_short_text(to: &mut Vec<u8>, text: &str) -> Result<(), String> {
    let length = u8::try_from(text.len()).map_err(|_| format!("name {text:?} is longer than 255 bytes"))?;
    to.push(length);
    to.extend_from_slice(text.as_bytes());
    Ok(())
}

fn is_country(row: &PlaceRow) -> bool {
    matches!(row.code, FeatureCode::Country | FeatureCode::Dependency) && !row.country.is_empty()
}

/// ISO code → number and place.
fn countries(rows: &[PlaceRow]) -> Result<BTreeMap<&str, (u8, u32)>, String> {
    let mut countries = BTreeMap::new();
    for (id, row) in rows.iter().enumerate().filter(|(_, row)| is_country(row)) {
        if row.country.len() != 2 || countries.insert(row.country.as_str(), (0, id as u32)).is_some() {
            return Err(format!("country code {:?} is wrong or there twice", row.country));
        }
    }
    for (number, (of_country, _)) in countries.values_mut().enumerate() {
        *of_country = u8::try_from(number)
            .ok()
            .filter(|n| *n != layout::NO_COUNTRY)
            .ok_or("more than 255 countries")?;
    }
    Ok(countries)
}

/// GeoNames' code → number and place.
fn provinces<'a>(
    rows: &'a [PlaceRow],
    countries: &BTreeMap<&str, (u8, u32)>,
) -> BTreeMap<&'a str, (u16, u32)> {
    let mut provinces = BTreeMap::new();
    for (id, row) in rows.iter().enumerate() {
        if row.admin1.is_empty() || !countries.contains_key(row.country.as_str()) {
            continue;
        }
        let place = provinces.entry(row.admin1.as_str()).or_insert((0, layout::NO_PLACE));
        if row.code == FeatureCode::First {
            place.1 = id as u32;
        }
    }
    for (number, (of_province, _)) in provinces.values_mut().enumerate() {
        *of_province = number as u16;
    }
    provinces
}

fn write_places(
    rows: &[PlaceRow],
    countries: &BTreeMap<&str, (u8, u32)>,
    provinces: &BTreeMap<&str, (u16, u32)>,
    out: &mut Writer,
) -> Result<(), String> {
    let mut texts = Texts::new(out.at(Section::Texts));
    let mut name_offsets = Vec::with_capacity(rows.len());
    let mut has_extra = Vec::with_capacity(rows.len());
    let mut known_names: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
    for (id, row) in rows.iter().enumerate() {
        let names = out.at(Section::Names);
        let record = names_record(row)?;
        name_offsets.push(*known_names.entry(record).or_insert_with_key(|record| {
            let offset = names.len() as u32;
            names.extend_from_slice(record);
            offset
        }));
        let source = texts.put(&row.source, out.at(Section::Texts))?;
        let note = texts.put(&row.note, out.at(Section::Texts))?;
        let is_extra = row.years != (None, None) || row.radius_km > 0.0 || source > 0 || note > 0;
        has_extra.push(is_extra);
        if is_extra {
            let extras = out.at(Section::Extras);
            put_u24(extras, id as u32)?;
            for year in [row.years.0, row.years.1] {
                extras.extend_from_slice(&year.unwrap_or(layout::NO_YEAR).to_le_bytes());
            }
            extras
                .extend_from_slice(&((row.radius_km * 2.0).round().clamp(0.0, 65535.0) as u16).to_le_bytes());
            put_u24(extras, source)?;
            put_u24(extras, note)?;
        }
    }
    let units = |degrees: f64| (degrees * layout::DEGREE_UNITS).round() as i32;
    for ((row, name_offset), has_extra) in rows.iter().zip(&name_offsets).zip(has_extra) {
        let places = out.at(Section::Places);
        put_i24(places, units(row.lat));
        put_i24(places, units(row.lon));
        put_u24(places, *name_offset)?;
        put_u24(places, row.geonameid)?;
        places.push(layout::population_bits(row.population));
        let province = provinces.get(row.admin1.as_str()).map_or(layout::NO_PROVINCE, |(number, _)| *number);
        places.extend_from_slice(&province.to_le_bytes());
        places.push(countries.get(row.country.as_str()).map_or(layout::NO_COUNTRY, |(number, _)| *number));
        places.push(row.code as u8);
        places.push(prominence(row));
        let flag = |is: bool, flag: u8| if is { flag } else { 0 };
        places.push(
            flag(row.is_soft, layout::FLAG_SOFT)
                | flag(row.is_historic, layout::FLAG_HISTORIC)
                | flag(has_extra, layout::FLAG_HAS_EXTRA),
        );
    }
    for (iso, (_, place)) in countries {
        let table = out.at(Section::Countries);
        table.extend_from_slice(iso.as_bytes());
        put_u24(table, *place)?;
    }
    for (code, (_, place)) in provinces {
        let name_offset = if let Some(offset) = name_offsets.get(*place as usize) {
            *offset
        } else {
            // A province that is no place of its own is called by its code.
            let names = out.at(Section::Names);
            let offset = names.len() as u32;
            put_short_text(names, code)?;
            names.push(0);
            offset
        };
        let iso = code.split('.').next().unwrap_or_default();
        let table = out.at(Section::Provinces);
        table.push(countries.get(iso).map_or(layout::NO_COUNTRY, |(number, _)| *number));
        put_u24(table, *place)?;
        put_u24(table, name_offset)?;
    }
    Ok(())
}

fn names_record(row: &PlaceRow) -> Result<Vec<u8>, String> {
    let mut to = Vec::new();
    let primary = row.names.first().map_or("", |name| name.name.as_str());
    put_short_text(&mut to, primary)?;
    let mut shown: Vec<&str> = Vec::new();
    for name in row.names.iter().skip(1).filter(|name| name.is_shown) {
        if shown.len() < MAX_SHOWN && name.name != primary && !shown.contains(&name.name.as_str()) {
            shown.push(&name.name);
        }
    }
    to.push(shown.len() as u8);
    shown.iter().try_for_each(|name| put_short_text(&mut to, name))?;
    Ok(to)
}

/// Texts of which each is kept once.
struct Texts {
    known: BTreeMap<String, u32>,
}

impl Texts {
    fn new(texts: &mut Vec<u8>) -> Self {
        texts.extend_from_slice(&[0, 0]);
        Self { known: BTreeMap::from([(String::new(), 0)]) }
    }

    fn put(&mut self, text: &str, texts: &mut Vec<u8>) -> Result<u32, String> {
        if let Some(offset) = self.known.get(text) {
            return Ok(*offset);
        }
        let offset = texts.len() as u32;
        let length = u16::try_from(text.len()).map_err(|_| format!("{text:?} is longer than 65535 bytes"))?;
        texts.extend_from_slice(&length.to_le_bytes());
        texts.extend_from_slice(text.as_bytes());
        self.known.insert(text.to_owned(), offset);
        Ok(offset)
    }
}

fn write_outlines(rows: &[PlaceRow], outlines: &[OutlineRow], out: &mut Writer) -> Result<(), String> {
    let by_key: BTreeMap<&str, u32> =
        rows.iter().enumerate().map(|(id, row)| (row.key.as_str(), id as u32)).collect();
    let mut by_id = BTreeMap::new();
    for (key, polygons) in outlines {
        let id = by_key.get(key.as_str()).ok_or_else(|| format!("the outline of {key:?} has no place"))?;
        by_id.insert(*id, polygons);
    }
    for (id, polygons) in by_id {
        let offset = out.at(Section::Rings).len() as u32;
        put_u24(out.at(Section::Outlines), id)?;
        out.at(Section::Outlines).extend_from_slice(&offset.to_le_bytes());
        let rings = out.at(Section::Rings);
        put_varint(rings, polygons.len() as u32);
        for polygon in polygons {
            put_varint(rings, polygon.len() as u32);
            let mut last = (0, 0);
            for ring in polygon {
                put_varint(rings, ring.len() as u32);
                for (lon, lat) in ring {
                    put_varint(rings, zigzag(lon - last.0));
                    put_varint(rings, zigzag(lat - last.1));
                    last = (*lon, *lat);
                }
            }
        }
    }
    Ok(())
}

fn zigzag(value: i32) -> u32 {
    ((value << 1) ^ (value >> 31)).cast_unsigned()
}

fn put_varint(to: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        to.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}
