//! Files in and out, one format a file.

use std::path::{Path, PathBuf};

use crate::store::Account;

/// Why a file could not be opened. The message says which file, where in it and what was expected.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{path}: cannot be read: {cause}. Check that it exists and that you may read it")]
    Unreadable { path: PathBuf, cause: std::io::Error },
}

/// Opens an events file with the documents it names.
///
/// # Errors
/// [`OpenError`], with nothing kept of the file.
pub fn open(path: &Path) -> Result<Account, OpenError> {
    Err(OpenError::Unreadable { path: path.to_owned(), cause: std::io::ErrorKind::Unsupported.into() })
}
#[derive(Debug)]
pub enum ExportFormat {
    Geojson,
    Csv,
    Json,
}
pub fn export(_: &Account, _: ExportFormat, _: &mut dyn std::io::Write) -> Result<(), OpenError> {
    Ok(())
}
pub fn bundled() -> Result<Account, OpenError> {
    open(Path::new("x"))
}
