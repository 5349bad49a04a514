//! Events: clauses with a time, a place or both.

use super::word::Lexicon;
use super::{FoundEvent, PlaceMention, Source, TimeMention};
use crate::gazetteer::Gazetteer;

#[derive(Debug)]
pub struct Words {}

impl Words {
    pub fn english(_lexicon: &mut Lexicon) -> Self {
        Self {}
    }
}

/// The events of a text, in text order.
pub fn find(
    _source: &Source,
    _times: &[TimeMention],
    _places: &[PlaceMention],
    _gazetteer: &Gazetteer,
) -> Vec<FoundEvent> {
    Vec::new()
}
