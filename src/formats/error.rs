//! What can be wrong with a file, in words for the person who opens it.

use std::path::PathBuf;

use crate::progress::Cancelled;

/// Why a file could not be opened. The message says which file, where in it, what was expected and
/// what to do.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {problem}")]
pub struct OpenError {
    pub path: PathBuf,
    pub problem: Problem,
}

/// What is wrong with an events file or a text.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("there is no such file. Check the name and the folder")]
    Missing,
    #[error("is a folder. Give a file in it: an events file (.geojson) or a text")]
    IsDirectory,
    #[error("cannot be read: {0}. Check that you may read it")]
    Unreadable(std::io::Error),
    #[error(
        "is empty. An events file is a GeoJSON FeatureCollection, {{\"type\": \"FeatureCollection\", …}}"
    )]
    Empty,
    #[error("is larger than {0} MB, the most that can be opened. Split it into several files")]
    TooLarge(u64),
    #[error("is not UTF-8 text (byte {byte}){hint}. Save it as UTF-8")]
    NotUtf8 { byte: usize, hint: &'static str },
    #[error("ends too early, at line {line}, column {column}. It was cut short: copy or download it again")]
    Truncated { line: usize, column: usize },
    #[error("is not JSON at line {line}, column {column}: {reason}. An events file is GeoJSON")]
    NotJson { line: usize, column: usize, reason: String },
    #[error(
        "is JSON but {found}. Expected a GeoJSON FeatureCollection, {{\"type\": \"FeatureCollection\", …}}"
    )]
    NotFeatureCollection { found: String },
    #[error("is of version {0} of the events format; this program reads version 1. Use a newer Chronotope")]
    NewerVersion(u64),
    #[error("{at}: {reason} (line {line}, column {column})")]
    WrongType { at: String, line: usize, column: usize, reason: String },
    #[error("{at}: {reason}")]
    Content { at: String, reason: String },
    #[error("was not opened, for it was stopped")]
    Cancelled,
    #[error("is empty: there is nothing in it to read")]
    EmptyText,
    #[error("is {found}, which cannot be read as a text. {advice}")]
    NotText { found: &'static str, advice: String },
    #[error("is damaged and cannot be read as {format}: {reason}. Copy or download it again")]
    Damaged { format: &'static str, reason: String },
    #[error("was not opened, for {reason}: such a file can exhaust this computer. Get it from elsewhere")]
    Unsafe { reason: String },
    #[error("is protected by a password. Save a copy without one and open that")]
    Locked,
    #[error("shows no text: {reason}")]
    NoText { reason: &'static str },
    #[error("the PDF could not be read: {reason}")]
    PdfUnreadable { reason: String },
}

impl From<Cancelled> for Problem {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl Problem {
    /// A problem at a JSON path such as `features[3].when.edtf`.
    pub(super) fn at(at: impl Into<String>, reason: impl std::fmt::Display) -> Self {
        Self::Content { at: at.into(), reason: reason.to_string() }
    }

    /// What `serde_json` says, told apart by what a person can do about it.
    pub(super) fn json(error: &serde_json::Error, at: String) -> Self {
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        let suffix = format!(" at line {line} column {column}");
        let reason = message.strip_suffix(&suffix).unwrap_or(&message).to_owned();
        match error.classify() {
            serde_json::error::Category::Eof => Self::Truncated { line, column },
            serde_json::error::Category::Data => Self::WrongType { at, line, column, reason },
            serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
                Self::NotJson { line, column, reason }
            }
        }
    }
}

/// Why events could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("the events could not be written: {0}. Check the free space and that you may write there")]
    Write(#[source] std::io::Error),
    #[error("the events could not be written as JSON: {0}")]
    Json(#[source] serde_json::Error),
    #[error("the events could not be written as CSV: {0}")]
    Csv(#[from] csv::Error),
}

impl ExportError {
    /// The kind of the input or output error behind it.
    pub(super) fn io_kind(&self) -> Option<std::io::ErrorKind> {
        match self {
            Self::Write(error) => Some(error.kind()),
            Self::Json(error) => error.io_error_kind(),
            Self::Csv(error) => match error.kind() {
                csv::ErrorKind::Io(error) => Some(error.kind()),
                _ => None,
            },
        }
    }
}
