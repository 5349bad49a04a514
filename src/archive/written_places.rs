//! Places as their members are written. An archive names the same places again and again, so what has been
//! written lately is kept.

use super::json;
use crate::gazetteer::{Gazetteer, GazetteerId};

/// Decimals of a degree: a metre.
const DEGREE_DECIMALS: usize = 5;
/// A power of two; each place has one of them in which it may be kept.
const N_SLOTS: usize = 4096;

/// Places written before, in bounded memory.
#[derive(Debug)]
pub(super) struct WrittenPlaces {
    slots: Vec<Slot>,
}

/// A place, and what was written of it.
#[derive(Debug, Clone, Default)]
struct Slot {
    place: Option<GazetteerId>,
    bytes: Vec<u8>,
}

const NOWHERE: &[u8] = b"\"name\":null,\"lat\":null,\"lon\":null,\"geonameid\":null";

impl Default for WrittenPlaces {
    fn default() -> Self {
        Self { slots: vec![Slot::default(); N_SLOTS] }
    }
}

impl WrittenPlaces {
    /// The members `name`, `lat`, `lon` and `geonameid`, without a comma behind.
    pub fn of(&mut self, place: Option<GazetteerId>, gazetteer: &Gazetteer) -> &[u8] {
        let Some(id) = place else { return NOWHERE };
        let Some(slot) = self.slots.get_mut(id.0 as usize % N_SLOTS) else { return NOWHERE };
        if slot.place != place {
            slot.place = place;
            slot.bytes.clear();
            write(id, gazetteer, &mut slot.bytes);
        }
        &slot.bytes
    }
}

/// The same members of a place that is only near the one given: a position, and no name.
pub(super) fn near(id: GazetteerId, gazetteer: &Gazetteer, out: &mut Vec<u8>) {
    let position = gazetteer.facts(id).map(|facts| facts.lon_lat);
    out.extend_from_slice(b"\"name\":null,\"lat\":");
    degrees_or_null(position.map(|p| p.lat), out);
    out.extend_from_slice(b",\"lon\":");
    degrees_or_null(position.map(|p| p.lon), out);
    out.extend_from_slice(b",\"geonameid\":null");
}

fn write(id: GazetteerId, gazetteer: &Gazetteer, out: &mut Vec<u8>) {
    let position = gazetteer.facts(id).map(|facts| facts.lon_lat);
    out.extend_from_slice(b"\"name\":");
    json::string(gazetteer.name(id), out);
    out.extend_from_slice(b",\"lat\":");
    degrees_or_null(position.map(|p| p.lat), out);
    out.extend_from_slice(b",\"lon\":");
    degrees_or_null(position.map(|p| p.lon), out);
    out.extend_from_slice(b",\"geonameid\":");
    match gazetteer.geonameid(id) {
        Some(id) => json::integer(u64::from(id), out),
        None => out.extend_from_slice(b"null"),
    }
}

pub(super) fn degrees_or_null(degrees: Option<f64>, out: &mut Vec<u8>) {
    match degrees {
        Some(degrees) => json::decimal::<DEGREE_DECIMALS>(degrees, out),
        None => out.extend_from_slice(b"null"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_would_be_written() {
        let gazetteer = Gazetteer::embedded();
        let mut kept = WrittenPlaces::default();
        // Some share a slot, some come again.
        let (n_slots, mut fresh) = (N_SLOTS as u32, Vec::new());
        for id in [0, 1, n_slots, 0, 1, 2 * n_slots + 1, 1, u32::MAX].map(GazetteerId) {
            fresh.clear();
            write(id, gazetteer, &mut fresh);
            assert_eq!(kept.of(Some(id), gazetteer), fresh, "{id:?}");
        }
        let mut beside = Vec::new();
        near(GazetteerId(0), gazetteer, &mut beside);
        let beside = String::from_utf8_lossy(&beside).into_owned();
        assert!(
            beside.starts_with("\"name\":null,\"lat\":") && beside.ends_with("\"geonameid\":null"),
            "{beside}"
        );
        assert!(!beside.contains("\"lat\":null"), "{beside}");
        assert!(String::from_utf8_lossy(NOWHERE).starts_with("\"name\":null"));
        assert_eq!(kept.of(None, gazetteer), NOWHERE);
    }
}
