//! The date of a document from its own words (stand-in until the events branch is merged).

use super::{Source, TimeMention};
use crate::time::Edtf;

/// A document's date and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedBy {
    pub edtf: Edtf,
    pub reason: String,
}

pub fn explicit(_source: &Source) -> Option<DatedBy> {
    None
}

pub fn infer(_source: &Source, _times: &[TimeMention]) -> Option<DatedBy> {
    None
}
