//! Files in and out, one format a file.

mod error;
pub mod events;
mod files;

use std::path::Path;

pub use error::{OpenError, Problem};

use crate::store::Account;

const BUNDLED_NAME: &str = "from-lachin-to-khankendi.events.geojson";
const BUNDLED_EVENTS: &str = include_str!("../../data/from-lachin-to-khankendi.events.geojson");
const BUNDLED_TEXT: &str = include_str!("../../data/from-lachin-to-khankendi.txt");

/// Opens an events file with the documents it names, all of it or nothing.
///
/// Documents are read from the events file's folder and below, never from elsewhere.
pub fn open(path: &Path) -> Result<Account, OpenError> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    files::read_events_file(path)
        .and_then(|bytes| {
            let file_stem = path.file_stem().unwrap_or_default().to_string_lossy();
            events::parse(&bytes, &file_stem, |document| files::read_document(folder, document))
        })
        .map(|account| Account { path: Some(path.to_owned()), ..account })
        .map_err(|problem| OpenError { path: path.to_owned(), problem })
}

/// The article and the events that come with the program.
pub fn bundled() -> Result<Account, OpenError> {
    events::parse(BUNDLED_EVENTS.as_bytes(), BUNDLED_NAME, |_| Ok(BUNDLED_TEXT.as_bytes().to_vec()))
        .map_err(|problem| OpenError { path: BUNDLED_NAME.into(), problem })
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
