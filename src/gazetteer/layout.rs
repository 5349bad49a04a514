//! The layout of `gazetteer.bin`, for the packer and the reader alike. All numbers are little-endian.
//!
//! | part | what |
//! |---|---|
//! | head | [`MAGIC`], a [`checksum`] (u64) of all that follows, then for each [`Section`] its offset and length in bytes (u32 each) |
//! | `Buckets` | for each value of the first [`BUCKET_BITS`] bits of a name's hash, and one more, where its rows begin (u24) |
//! | `Tags` | a row for each name and each beginning of a name (whole words): [`tag`] (u32) of its hash, with [`IS_NAME`] and [`MAY_CONTINUE`] |
//! | `Entries` | for each row 3 bytes: one posting, or with the top bit an index into `Lists`; [`NO_ENTRY`] if it only begins names |
//! | `Lists` | units of 3 bytes: a count, then as many postings, most prominent first |
//! | `Places` | [`PLACE_BYTES`] each, in order of prominence: latitude and longitude in 1e-4 degrees (i24), name offset (u24), geonameid (u24, 0 none), population (u8, [`population`]), admin1 (u16), country (u8), feature code (u8), prominence (u8), flags (u8) |
//! | `Names` | its name, a count, its other names, each text behind its length (u8); places of the same names share it |
//! | `Countries` | ISO code (2 bytes), place (u24) |
//! | `Provinces` | country (u8), place (u24, [`NO_PLACE`] none), name offset (u24) |
//! | `Extras` | [`EXTRA_BYTES`] each, sorted by place (u24): years from, to (i16 each, [`NO_YEAR`] none), radius in half kilometres (u16, 0 none), source and note offsets (u24 each, into `Texts`) |
//! | `Texts` | texts behind their length (u16); offset 0 is an empty one |
//! | `FirstWords` | [`FIRST_WORD_BLOCKS`] blocks (u64): three bits ([`first_word`]) for each first word of names |
//! | `Outlines` | place (u24), offset into `Rings` (u32), sorted by place |
//! | `Rings` | varints: number of polygons, of rings, of points; then zigzag steps in 0.01 degrees |
//!
//! A posting is 3 bytes: the place in 21 bits, above them the [`NameUse`](super::NameUse) in 2.
//!
//! Names are known by 46 bits of their [`name_hash`](super::fold::name_hash) alone; the packer refuses two
//! that are alike, and of words that begin no name one in 10⁸ is taken for one that does.

pub const MAGIC: &[u8; 8] = b"CTGAZ\0\0\x02";

#[derive(Debug, Clone, Copy)]
pub enum Section {
    Buckets,
    Tags,
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

pub const N_SECTIONS: usize = 13;
/// Where the offsets of the sections begin.
pub const TABLE_AT: usize = MAGIC.len() + 8;
pub const HEAD_BYTES: usize = TABLE_AT + 8 * N_SECTIONS;

pub const UNIT_BYTES: usize = 3;
pub const TAG_BYTES: usize = 4;
pub const PLACE_BYTES: usize = 19;
pub const COUNTRY_BYTES: usize = 5;
pub const PROVINCE_BYTES: usize = 7;
pub const EXTRA_BYTES: usize = 15;
pub const OUTLINE_BYTES: usize = 7;

pub const PLACE_BITS: u32 = 21;
pub const PLACE_MASK: u32 = (1 << PLACE_BITS) - 1;
/// Set in an entry that is an index into `Lists` and not a posting.
pub const IS_LIST: u32 = 1 << 23;
/// Of a row that begins names and is none.
pub const NO_ENTRY: u32 = IS_LIST - 1;
pub const NO_PLACE: u32 = 0xff_ffff;
pub const NO_COUNTRY: u8 = 0xff;
pub const NO_PROVINCE: u16 = 0xffff;
pub const NO_YEAR: i16 = i16::MIN;

pub const BUCKET_BITS: u32 = 16;
pub const N_BUCKETS: usize = 1 << BUCKET_BITS;
/// The row is a name.
pub const IS_NAME: u32 = 1;
/// Longer names begin with the words of the row.
pub const MAY_CONTINUE: u32 = 2;

const FIRST_WORD_BLOCK_BITS: u32 = 16;
pub const FIRST_WORD_BLOCKS: usize = 1 << FIRST_WORD_BLOCK_BITS;

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

/// Where the rows of a name's hash are.
#[inline]
pub fn bucket(name_hash: u64) -> usize {
    (name_hash >> (64 - BUCKET_BITS)) as usize
}

/// The 30 bits of a name's hash after those of its bucket, above room for the two marks.
#[inline]
pub fn tag(name_hash: u64) -> u32 {
    (name_hash >> (32 - BUCKET_BITS)) as u32 & !(IS_NAME | MAY_CONTINUE)
}

/// The block of a first word, and its three bits there. The hash is that of the word as a name.
#[inline]
pub fn first_word(name_hash: u64) -> (usize, u64) {
    let bit = |shift: u32| 1_u64 << (name_hash >> shift & 63);
    ((name_hash >> (64 - FIRST_WORD_BLOCK_BITS)) as usize, bit(43) | bit(37) | bit(31))
}

/// A population from its byte: a logarithm to base 2 in steps of 1/8, exact to 5 %.
pub fn population(bits: u8) -> u32 {
    if bits == 0 { 0 } else { (f64::from(bits) / 8.0).exp2().round() as u32 }
}

pub fn population_bits(population: u64) -> u8 {
    if population == 0 { 0 } else { ((population as f64).log2() * 8.0).round().clamp(1.0, 255.0) as u8 }
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
    fn a_population_survives_its_byte() {
        for people in [0_u64, 1, 7, 499, 12_034, 304_314, 8_961_989, 1_411_778_724] {
            let read = f64::from(population(population_bits(people)));
            assert!((read - people as f64).abs() <= 0.05 * people as f64, "{people} became {read}");
        }
    }

    #[test]
    fn a_checksum_sees_a_changed_byte() {
        assert_ne!(checksum(b"0123456789"), checksum(b"0123456788"));
        assert_ne!(checksum(b"012345678"), checksum(b"012345678\0"));
    }
}
