//! When a text was written, by its own words.
//!
//! In two steps, between which the times of the text are read:
//!
//! 1. [`explicit`]: a date at the head, in a dateline, a byline or on a line of its own. It is asked
//!    before times are resolved, so that "yesterday" can be counted from it.
//! 2. [`infer`]: from times that were found without a date: what the text calls "last year" and
//!    elsewhere dates. If it answers, the times are found again, with its answer as the date.
//!
//! Neither guesses without evidence: a history that nowhere says "last year" has no date.

mod evidence;
mod head;
mod words;

use super::Source;
use super::TimeMention;
use crate::time::Edtf;

/// A document's date and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedBy {
    pub edtf: Edtf,
    /// A sentence for people.
    pub reason: String,
}

/// The date that the text carries at its head. Reads no more than the head.
pub fn explicit(source: &Source) -> Option<DatedBy> {
    head::explicit(source)
}

/// The date of a text that carries none, from times that were found in it without a document date.
pub fn infer(source: &Source, times: &[TimeMention]) -> Option<DatedBy> {
    evidence::infer(source, times)
}
