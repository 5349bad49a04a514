//! From a name to its places: word by word, or all at once.

use fst::raw::{Node, Output};

use super::bytes::u24_at;
use super::kinds::NameUse;
use super::layout;
use super::table::{Gazetteer, GazetteerId};

/// Folded words, fed one after another, and the names that they are or begin.
#[derive(Debug, Clone, Copy)]
pub struct NameWalk<'a> {
    gazetteer: &'a Gazetteer,
    /// Where in the automaton the words so far lead; `None`: no name begins so.
    node: Option<usize>,
    number: Output,
    is_first: bool,
}

impl Gazetteer {
    pub fn walk(&self) -> NameWalk<'_> {
        let node = self.fst.as_ref().map(|fst| fst.root().addr());
        NameWalk { gazetteer: self, node, number: Output::zero(), is_first: true }
    }

    /// The places of a name folded by [`fold_name`](super::fold::fold_name), most prominent first.
    pub fn candidates(&self, folded_name: &str) -> Postings<'_> {
        let mut walk = self.walk();
        walk.feed(folded_name.as_bytes());
        walk.postings().unwrap_or(Postings { left: &[] })
    }

    fn postings_of(&self, number: u64) -> Option<Postings<'static>> {
        let entry = self.entries.get(usize::try_from(number).ok()?)?;
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
        if !self.is_first {
            self.feed(b" ");
        }
        self.is_first = false;
        self.feed(folded_word.as_bytes());
        self.here().is_some_and(|node| node.is_final() || node.find_input(b' ').is_some())
    }

    /// Does a longer name begin with the words so far?
    pub fn may_continue(&self) -> bool {
        self.here().is_some_and(|node| node.find_input(b' ').is_some())
    }

    /// The places that the words so far are exactly a name of, most prominent first.
    pub fn postings(&self) -> Option<Postings<'a>> {
        let node = self.here()?;
        if !node.is_final() {
            return None;
        }
        self.gazetteer.postings_of(self.number.cat(node.final_output()).value())
    }

    fn here(&self) -> Option<Node<'a>> {
        Some(self.gazetteer.fst.as_ref()?.node(self.node?))
    }

    fn feed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let Some(node) = self.here() else { return };
            self.node = node.find_input(*byte).map(|i| {
                let step = node.transition(i);
                self.number = self.number.cat(step.out);
                step.addr
            });
        }
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
