//! Time expressions: TIMEX3 with EDTF.

use super::word::Lexicon;
use super::{Source, TimeMention};

#[derive(Debug)]
pub struct Rules {}

impl Rules {
    pub fn english(_lexicon: &mut Lexicon) -> Self {
        Self {}
    }
}

/// The time expressions of a text, in text order, resolved.
pub fn find(_source: &Source) -> Vec<TimeMention> {
    Vec::new()
}
