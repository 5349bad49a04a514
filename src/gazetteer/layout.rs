//! The layout of `gazetteer.bin`, for the packer and the reader alike. All numbers are little-endian.
//!
//! | part | what |
//! |---|---|
//! | head | [`MAGIC`], a [`checksum`] (u64) of all that follows, then for each [`Section`] its offset and length in bytes (u32 each) |
//! | `Fst` | folded name → its number, in the order of the names |
//! | `Entries` | for each name 3 bytes: one posting, or with the top bit an index into `Lists` |
//! | `Lists` | units of 3 bytes: a count, then as many postings, most prominent first |
//! | `Places` | [`PLACE_BYTES`] each, in order of prominence: latitude and longitude in 1e-4 degrees (i24), name offset (u24), geonameid (u24, 0 none), population (u16, [`population`]), admin1 (u16), country (u8), feature code (u8), prominence (u8), flags (u8) |
//! | `Names` | its name, a count, its other names, each text behind its length (u8); places of the same names share it |
//! | `Countries` | ISO code (2 bytes), place (u24) |
//! | `Provinces` | country (u8), place (u24, [`NO_PLACE`] none), name offset (u24) |
//! | `Extras` | [`EXTRA_BYTES`] each, sorted by place (u24): years from, to (i16 each, [`NO_YEAR`] none), radius in half kilometres (u16, 0 none), source and note offsets (u24 each, into `Texts`) |
//! | `Texts` | texts behind their length (u16); offset 0 is an empty one |
//! | `FirstWords` | [`FIRST_WORD_BITS`] bits: hashes of the first words of names |
//! | `Outlines` | place (u24), offset into `Rings` (u32), sorted by place |
//! | `Rings` | varints: number of polygons, of rings, of points; then zigzag steps in 0.01 degrees |
//!
//! A posting is 3 bytes: the place in 21 bits, above them the [`NameUse`](super::NameUse) in 2.

pub const MAGIC: &[u8; 8] = b"CTGAZ\0\0\x01";

#[derive(Debug, Clone, Copy)]
pub enum Section {
    Fst,
    Entries,
    Lists,
    Places,
    Names,
    Countries,
    Provinces,
    Extras,
    Texts,
    FirstWords,
    Outlines,
    Rings,
}

pub const N_SECTIONS: usize = 12;
/// Where the offsets of the sections begin.
pub const TABLE_AT: usize = MAGIC.len() + 8;
pub const HEAD_BYTES: usize = TABLE_AT + 8 * N_SECTIONS;

pub const UNIT_BYTES: usize = 3;
pub const PLACE_BYTES: usize = 20;
pub const COUNTRY_BYTES: usize = 5;
pub const PROVINCE_BYTES: usize = 7;
pub const EXTRA_BYTES: usize = 15;
pub const OUTLINE_BYTES: usize = 7;

pub const PLACE_BITS: u32 = 21;
pub const PLACE_MASK: u32 = (1 << PLACE_BITS) - 1;
/// Set in an entry that is an index into `Lists` and not a posting.
pub const IS_LIST: u32 = 1 << 23;
pub const NO_PLACE: u32 = 0xff_ffff;
pub const NO_COUNTRY: u8 = 0xff;
pub const NO_PROVINCE: u16 = 0xffff;
pub const NO_YEAR: i16 = i16::MIN;

pub const FIRST_WORD_BITS: u64 = 1 << 21;

/// Degrees of latitude and longitude are kept in this unit; 11 m.
pub const DEGREE_UNITS: f64 = 10_000.0;
/// Outlines are kept in this unit; 1.1 km.
pub const OUTLINE_UNITS: f64 = 100.0;

/// The place's own position only stands for an area round it.
pub const FLAG_SOFT: u8 = 1;
/// The name or the place belongs to the past.
pub const FLAG_HISTORIC: u8 = 2;
/// The place has a record in `Extras`.
pub const FLAG_HAS_EXTRA: u8 = 4;

/// A population from its 16 bits: a logarithm to base 2 in steps of 1/2048, exact to 0.02 %.
pub fn population(bits: u16) -> u32 {
    if bits == 0 { 0 } else { (f64::from(bits) / 2048.0).exp2().round() as u32 }
}

pub fn population_bits(population: u64) -> u16 {
    if population == 0 { 0 } else { ((population as f64).log2() * 2048.0).round().clamp(1.0, 65535.0) as u16 }
}

/// A checksum, eight bytes at a time; it is to find a damaged file, not an attacker.
pub fn checksum(bytes: &[u8]) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |word: u64| sum = (sum ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        add(u64::from_le_bytes(word.try_into().unwrap_or_default()));
    }
    let mut last = [0_u8; 8];
    for (to, from) in last.iter_mut().zip(words.remainder()) {
        *to = *from;
    }
    add(u64::from_le_bytes(last));
    add(bytes.len() as u64);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_population_survives_its_sixteen_bits() {
        for people in [0_u64, 1, 7, 499, 12_034, 304_314, 8_961_989, 1_411_778_724] {
            let read = f64::from(population(population_bits(people)));
            assert!((read - people as f64).abs() <= 0.0002 * people as f64, "{people} became {read}");
        }
    }

    #[test]
    fn a_checksum_sees_a_changed_byte() {
        assert_ne!(checksum(b"0123456789"), checksum(b"0123456788"));
        assert_ne!(checksum(b"012345678"), checksum(b"012345678\0"));
    }
}
