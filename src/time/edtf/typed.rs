//! What a person types in the date box → EDTF.

use super::{Edtf, EdtfError};

/// Why typed text is not a date, with what to type instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TypedDateError(pub String);

/// Reads what a person types.
pub fn from_typed(text: &str) -> Result<Edtf, TypedDateError> {
    Edtf::parse(text.trim()).map_err(|error: EdtfError| TypedDateError(error.to_string()))
}
