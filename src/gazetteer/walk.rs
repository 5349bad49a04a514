//! From a name to its places: word by word, or all at once.

use super::bytes::{u24_at, u32_at};
use super::fold::{NO_WORDS, hash_of_name, name_hash, word_hash};
use super::kinds::NameUse;
use super::layout;
use super::table::{Gazetteer, GazetteerId};

/// Folded words, fed one after another, and the names that they are or begin.
#[derive(Debug, Clone, Copy)]
pub struct NameWalk<'a> {
    gazetteer: &'a Gazetteer,
    hash: u64,
    /// `None`: no name begins with the words so far.
    row: Option<NameRow>,
}

/// A name or the beginning of one.
#[derive(Debug, Clone, Copy)]
struct NameRow {
    index: usize,
    tag: u32,
}

impl Gazetteer {
    #[inline]
    pub fn walk(&self) -> NameWalk<'_> {
        let nothing_yet = NameRow { index: usize::MAX, tag: layout::MAY_CONTINUE };
        NameWalk { gazetteer: self, hash: NO_WORDS, row: Some(nothing_yet) }
    }

    /// The places of a name folded by [`fold_name`](super::fold::fold_name), most prominent first.
    pub fn candidates(&self, folded_name: &str) -> Postings<'_> {
        self.name_row(hash_of_name(folded_name))
            .and_then(|row| self.postings_of(row))
            .unwrap_or(Postings { left: &[] })
    }

    #[inline]
    fn name_row(&self, hash: u64) -> Option<NameRow> {
        let at = layout::bucket(hash) * layout::UNIT_BYTES;
        let first = u24_at(self.buckets, at)? as usize;
        let end = u24_at(self.buckets, at + layout::UNIT_BYTES)? as usize;
        let sought = layout::tag(hash);
        self.tags.span(first, end.checked_sub(first)?)?.chunks_exact(layout::TAG_BYTES).enumerate().find_map(
            |(i, tag)| {
                let tag = u32_at(tag, 0)?;
                let is_it = tag & !(layout::IS_NAME | layout::MAY_CONTINUE) == sought;
                is_it.then_some(NameRow { index: first + i, tag })
            },
        )
    }

    fn postings_of(&self, row: NameRow) -> Option<Postings<'static>> {
        if row.tag & layout::IS_NAME == 0 {
            return None;
        }
        let entry = self.entries.get(row.index)?;
        let bits = u24_at(entry, 0)?;
        if bits & layout::IS_LIST == 0 {
            return Some(Postings { left: entry });
        }
        let first = (bits & !layout::IS_LIST) as usize;
        let n = u24_at(self.lists.get(first)?, 0)? as usize;
        Some(Postings { left: self.lists.span(first + 1, n)? })
    }
}

impl<'a> NameWalk<'a> {
    /// One more folded word. `false`: the words so far are no name and begin none; then nothing that
    /// follows can make them one.
    pub fn push(&mut self, folded_word: &str) -> bool {
        self.push_hash(word_hash(folded_word))
    }

    /// The same, by the [`word_hash`] of the folded word.
    #[inline]
    pub fn push_hash(&mut self, word_hash: u64) -> bool {
        if !self.may_continue() {
            self.row = None;
            return false;
        }
        self.hash = name_hash(self.hash, word_hash);
        self.row = self.gazetteer.name_row(self.hash);
        self.row.is_some()
    }

    /// Does a longer name begin with the words so far?
    #[inline]
    pub fn may_continue(&self) -> bool {
        self.row.is_some_and(|row| row.tag & layout::MAY_CONTINUE != 0)
    }

    /// The places that the words so far are exactly a name of, most prominent first.
    #[inline]
    pub fn postings(&self) -> Option<Postings<'a>> {
        self.gazetteer.postings_of(self.row?)
    }

    /// [`name_hash`] of the words so far.
    #[inline]
    pub fn hash(&self) -> u64 {
        self.hash
    }
}

/// The places of one name, most prominent first.
#[derive(Debug, Clone)]
pub struct Postings<'a> {
    left: &'a [u8],
}

impl<'a> Postings<'a> {
    /// The same, each with how the name is its name.
    pub fn with_use(self) -> impl Iterator<Item = (GazetteerId, NameUse)> + 'a {
        self.left.chunks_exact(layout::UNIT_BYTES).filter_map(|unit| u24_at(unit, 0).map(posting))
    }
}

fn posting(bits: u32) -> (GazetteerId, NameUse) {
    (GazetteerId(bits & layout::PLACE_MASK), NameUse::from_bits(bits >> layout::PLACE_BITS))
}

impl Iterator for Postings<'_> {
    type Item = GazetteerId;

    fn next(&mut self) -> Option<GazetteerId> {
        let bits = u24_at(self.left, 0)?;
        self.left = self.left.get(layout::UNIT_BYTES..)?;
        Some(posting(bits).0)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.left.len() / layout::UNIT_BYTES;
        (n, Some(n))
    }
}

impl ExactSizeIterator for Postings<'_> {}
