//! The index of names: rows by hash, their postings, and the filter of first words.

use std::collections::BTreeMap;

use super::names::folded_forms;
use super::pack::{Writer, put_u24};
use super::rank::{posting_rank, prominence};
use super::rows::PlaceRow;
use crate::gazetteer::fold::{NO_WORDS, hash_of_name, name_hash, word_hash};
use crate::gazetteer::kinds::NameUse;
use crate::gazetteer::layout::{self, Section};

/// A name or the beginning of one.
struct Row {
    name: String,
    marks: u32,
    entry: u32,
}

/// Writes the sections for names; how many names there are.
pub fn write_index(rows: &[PlaceRow], out: &mut Writer) -> Result<usize, String> {
    // Sorted by name, then the most prominent first.
    let mut postings: Vec<(String, i32, u32, NameUse)> = Vec::new();
    for (id, row) in rows.iter().enumerate() {
        let prominence = prominence(row);
        for name in &row.names {
            for form in folded_forms(&name.name) {
                postings.push((form, -posting_rank(prominence, name.name_use), id as u32, name.name_use));
            }
        }
    }
    postings.sort_unstable();
    let mut index: BTreeMap<u64, Row> = BTreeMap::new();
    let mut first_words = vec![0_u64; layout::FIRST_WORD_BLOCKS];
    let mut n_names = 0;
    let mut lists_len = 0_u32;
    for of_name in postings.chunk_by(|a, b| a.0 == b.0) {
        let Some((name, ..)) = of_name.first() else { continue };
        n_names += 1;
        let mut units: Vec<u32> = Vec::new();
        for (_, _, id, name_use) in of_name {
            // A place has a name once, in its best use.
            if !units.iter().any(|unit| unit & layout::PLACE_MASK == *id) {
                units.push(id | (*name_use as u32) << layout::PLACE_BITS);
            }
        }
        let entry = if let [unit] = units.as_slice() {
            *unit
        } else {
            let lists = out.at(Section::Lists);
            put_u24(lists, units.len() as u32)?;
            units.iter().try_for_each(|unit| put_u24(lists, *unit))?;
            let first = lists_len;
            lists_len += 1 + units.len() as u32;
            layout::IS_LIST | first
        };
        add(&mut index, name, layout::IS_NAME, entry)?;
        for (end, _) in name.match_indices(' ') {
            add(&mut index, name.get(..end).unwrap_or_default(), layout::MAY_CONTINUE, layout::NO_ENTRY)?;
        }
        let first = name.split(' ').next().unwrap_or_default();
        let (block, bits) = layout::first_word(name_hash(NO_WORDS, word_hash(first)));
        if let Some(block) = first_words.get_mut(block) {
            *block |= bits;
        }
    }
    write_rows(&index, out)?;
    out.at(Section::FirstWords).extend(first_words.into_iter().flat_map(u64::to_le_bytes));
    Ok(n_names)
}

/// Adds to what is known of a name. Two names that the reader could not tell apart are an error.
fn add(index: &mut BTreeMap<u64, Row>, name: &str, marks: u32, entry: u32) -> Result<(), String> {
    let hash = hash_of_name(name);
    // What the reader sees of a hash: the bucket, and the tag without its marks.
    let seen = (layout::bucket(hash) as u64) << 32 | u64::from(layout::tag(hash));
    let row =
        index.entry(seen).or_insert_with(|| Row { name: name.to_owned(), marks: 0, entry: layout::NO_ENTRY });
    if row.name != name {
        return Err(format!(
            "the names {:?} and {name:?} have one hash; change name_hash in gazetteer/fold.rs",
            row.name
        ));
    }
    row.marks |= marks;
    if entry != layout::NO_ENTRY {
        row.entry = entry;
    }
    Ok(())
}

fn write_rows(index: &BTreeMap<u64, Row>, out: &mut Writer) -> Result<(), String> {
    let mut n_rows = 0;
    let mut rows = index.iter().peekable();
    for bucket in 0..layout::N_BUCKETS as u64 {
        put_u24(out.at(Section::Buckets), n_rows)?;
        while let Some((seen, row)) = rows.next_if(|(seen, _)| **seen >> 32 == bucket) {
            let tag = (seen & u64::from(u32::MAX)) as u32 | row.marks;
            out.at(Section::Tags).extend_from_slice(&tag.to_le_bytes());
            put_u24(out.at(Section::Entries), row.entry)?;
            n_rows += 1;
        }
    }
    put_u24(out.at(Section::Buckets), n_rows)
}
