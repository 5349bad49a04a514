//! Any file to an account: an events file as it is, a text by what is found in it.

use std::path::Path;
use std::sync::Arc;

use crate::formats::OpenError;
use crate::progress::Progress;
use crate::store::Account;
use crate::time::Edtf;

/// Something that can be opened.
#[derive(Debug, Clone, PartialEq)]
pub enum Input<'a> {
    /// An events file or a document.
    File(&'a Path),
    /// Pasted text.
    Pasted(&'a str),
}

/// What the person says of a document; it overrules what its file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choices {
    pub document_date: Option<Edtf>,
}

/// Opens anything: an events file as it is, a document by reading it for dates, places and events.
///
/// # Errors
/// What is wrong with the file, or that it was stopped; then nothing has changed.
pub fn open(_input: &Input, _choices: &Choices, _progress: &Progress) -> Result<Account, OpenError> {
    unimplemented!()
}

/// Reads the one document of an account again with another date. Headings, title and source stay.
///
/// # Errors
/// That it was stopped.
pub fn reread(account: &Arc<Account>, _date: &Edtf, _progress: &Progress) -> Result<Account, OpenError> {
    Ok(Account::clone(account))
}

/// Several accounts as one.
pub fn joined(_accounts: Vec<Account>) -> Account {
    unimplemented!()
}
