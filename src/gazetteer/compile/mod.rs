//! Packs tables of places into the one file that [`Gazetteer`](super::Gazetteer) reads.
//!
//! It lives beside the reader so that names are folded by the very function that folds those of a text,
//! and runs when the assets are made: `cargo run --example compile_gazetteer`.

mod index;
mod names;
mod pack;
mod rank;
mod rows;
#[cfg(test)]
mod tests;

pub use pack::{Packed, pack};
pub use rows::{PlaceRow, TableError, read_outlines, read_places};

/// The rings of a place's polygons in hundredths of a degree: polygons, their rings, longitude and latitude.
pub type OutlineRow = (String, Vec<Vec<Vec<(i32, i32)>>>);

/// The file from the texts of `places.tsv` and `outlines.tsv`; their columns are in `assets/README.md`.
pub fn compile(places: &str, outlines: &str) -> Result<Packed, TableError> {
    let places = read_places(places)?;
    let outlines = read_outlines(outlines)?;
    pack(places, &outlines)
}
