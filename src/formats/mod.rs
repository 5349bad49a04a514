//! Files in and out, one format a file.

mod csv;
mod error;
pub mod events;
mod files;
mod flat;
mod json;
pub mod text;

use std::io::{ErrorKind, Write};
use std::path::Path;

pub use error::{ExportError, OpenError, Problem};
pub use text::{
    DateKind, FileDate, Heading, PDF_CHILD_COMMAND, TEXT_FORMATS, TextFile, TextFormat, is_text_name,
    pdf_child_main, read_text_file, set_pdf_program, text_from_bytes,
};

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

/// A format that events can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    /// The events format itself: nothing of an account is lost.
    Geojson,
    Csv,
    Json,
}

type WriteAccount = fn(&Account, &mut dyn Write) -> Result<(), ExportError>;

/// The formats: name, usual ending of file names, writer.
const FORMATS: [(ExportFormat, &str, WriteAccount); 3] = [
    (ExportFormat::Geojson, "events.geojson", events::write),
    (ExportFormat::Csv, "csv", csv::write),
    (ExportFormat::Json, "json", json::write),
];

impl ExportFormat {
    /// How names of such files usually end, without the leading dot.
    pub fn extension(self) -> &'static str {
        FORMATS.iter().find(|(format, ..)| *format == self).map_or("", |(_, extension, _)| extension)
    }
}

/// Writes the events of an account. A reader that hangs up early is no error.
pub fn export(account: &Account, format: ExportFormat, out: &mut dyn Write) -> Result<(), ExportError> {
    let Some((.., write)) = FORMATS.iter().find(|(known, ..)| *known == format) else { return Ok(()) };
    match write(account, out).and_then(|()| out.flush().map_err(ExportError::Write)) {
        Err(error) if error.io_kind() == Some(ErrorKind::BrokenPipe) => Ok(()),
        other => other,
    }
}

/// A JSON list with an item a line.
fn write_lines(
    out: &mut dyn Write,
    items: impl Iterator<Item = impl serde::Serialize>,
) -> Result<(), ExportError> {
    let mut separator = "[\n";
    for item in items {
        out.write_all(separator.as_bytes()).map_err(ExportError::Write)?;
        serde_json::to_writer(&mut *out, &item).map_err(ExportError::Json)?;
        separator = ",\n";
    }
    let end = if separator == ",\n" { "\n]" } else { "[]" };
    out.write_all(end.as_bytes()).map_err(ExportError::Write)
}
