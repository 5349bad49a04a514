//! Any document to its text, headings and what it says of itself, one format a file.
//!
//! Whatever the file holds, reading it ends, in bounded memory, with a text or with a [`Problem`] that
//! says what to do. Nothing is fetched, and no time of the file system is believed.

mod archive;
mod blocks;
mod dates;
mod decode;
mod docx;
mod epub;
mod flow;
mod html;
mod markdown;
mod odt;
mod pdf;
mod plain;
mod sniff;
mod xml;

use std::path::Path;

use sha2::{Digest, Sha256};

pub use dates::{DateKind, FileDate};
pub use pdf::{PDF_CHILD_COMMAND, pdf_child_main, set_pdf_program};

use super::files::{self, MAX_DOCUMENT, MB};
use super::{OpenError, Problem};
use crate::document::Span;
use crate::progress::{Progress, Stage};

/// A document as its file gives it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextFile {
    /// UTF-8. Of plain text exactly what its bytes say; else `\n` ends lines, and each paragraph is one
    /// line with a blank line after it.
    pub text: String,
    /// The headings that the file marks, in text order; none of plain text, which marks none.
    pub headings: Vec<Heading>,
    pub title: Option<String>,
    pub authors: Vec<String>,
    /// BCP 47 tag, such as "en" or "pt-BR".
    pub language: Option<String>,
    /// The dates that the file gives for itself, best first.
    pub dates: Vec<FileDate>,
    pub media_type: &'static str,
    /// Lower-case hex SHA-256 of the file's bytes.
    pub sha256: String,
    /// What was guessed or left out, in words for the reader.
    pub warnings: Vec<String>,
}

/// A heading as the file marks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// 1 (the highest) to 6.
    pub level: u8,
    /// Bytes of [`TextFile::text`].
    pub span: Span,
}

/// What a reader is given: the bytes, and the progress to report to.
type Read = fn(&[u8], &Progress) -> Result<TextFile, Problem>;

/// A format of documents that can be opened.
#[derive(Debug, Clone, Copy)]
pub struct TextFormat {
    /// For people, such as in a file dialog.
    pub name: &'static str,
    /// Endings of file names, lower case, without the dot; the usual one first.
    pub extensions: &'static [&'static str],
    pub media_type: &'static str,
    read: Read,
}

/// The formats that can be read; the first is what anything else is taken for if it is text at all.
pub const TEXT_FORMATS: [TextFormat; 7] = [
    TextFormat {
        name: "Plain text",
        extensions: &["txt", "text", "log"],
        media_type: "text/plain",
        read: plain::read,
    },
    TextFormat {
        name: "Markdown",
        extensions: &["md", "markdown", "mdown", "mkd"],
        media_type: "text/markdown",
        read: markdown::read,
    },
    TextFormat {
        name: "Web page",
        extensions: &["html", "htm", "xhtml", "xht"],
        media_type: "text/html",
        read: html::read,
    },
    TextFormat {
        name: "Word document",
        extensions: &["docx", "docm", "dotx"],
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        read: docx::read,
    },
    TextFormat {
        name: "OpenDocument text",
        extensions: &["odt", "ott"],
        media_type: "application/vnd.oasis.opendocument.text",
        read: odt::read,
    },
    TextFormat {
        name: "EPUB book",
        extensions: &["epub"],
        media_type: "application/epub+zip",
        read: epub::read,
    },
    TextFormat { name: "PDF", extensions: &["pdf"], media_type: "application/pdf", read: pdf::read },
];

/// The format that a file name speaks of, by its ending.
fn format_of_name(name: &str) -> Option<&'static TextFormat> {
    let (_, extension) = name.rsplit_once('.')?;
    TEXT_FORMATS
        .iter()
        .find(|format| format.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

fn format_of_media_type(media_type: &str) -> Option<&'static TextFormat> {
    TEXT_FORMATS.iter().find(|format| format.media_type == media_type)
}

/// Whether a file of this name should hold a text that can be read.
pub fn is_text_name(name: &str) -> bool {
    format_of_name(name).is_some()
}

/// What can be opened, for messages: "Plain text (.txt), Markdown (.md) …".
fn known_formats() -> String {
    let names: Vec<String> = TEXT_FORMATS
        .iter()
        .filter_map(|format| Some(format!("{} (.{})", format.name, format.extensions.first()?)))
        .collect();
    format!("What can be opened: {}", names.join(", "))
}

/// Reads a file of any known format.
pub fn read_text_file(path: &Path, progress: &Progress) -> Result<TextFile, OpenError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    files::read_text_file(path, progress)
        .and_then(|bytes| text_from_bytes(&bytes, &name, progress))
        .map_err(|problem| OpenError { path: path.to_owned(), problem })
}

/// Reads bytes of any known format. What they hold decides which; `name`, a file name, only where they
/// leave it open.
pub fn text_from_bytes(bytes: &[u8], name: &str, progress: &Progress) -> Result<TextFile, Problem> {
    if bytes.len() as u64 > MAX_DOCUMENT {
        return Err(Problem::TooLarge(MAX_DOCUMENT / MB));
    }
    if bytes.is_empty() {
        return Err(Problem::EmptyText);
    }
    let format = sniff::format(bytes, name)?;
    progress.begin(Stage::Reading, bytes.len() as u64);
    let file = (format.read)(bytes, progress)?;
    if file.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
        return Err(Problem::EmptyText);
    }
    progress.reach(bytes.len() as u64)?;
    Ok(TextFile { media_type: format.media_type, sha256: hex_sha256(bytes), ..file })
}

/// Reads a document that an events file names, with the media type that it gives.
///
/// What is said to be plain text, or is not said to be anything else, is its bytes where they are UTF-8.
pub(super) fn document_text(bytes: &[u8], file: &str, media_type: Option<&str>) -> Result<TextFile, Problem> {
    let essence =
        media_type.map(|written| written.split(';').next().unwrap_or(written).trim().to_ascii_lowercase());
    let declared = essence.as_deref().and_then(format_of_media_type);
    let is_plain = match declared.or_else(|| format_of_name(file)) {
        Some(format) => format.media_type == "text/plain",
        None => sniff::format(bytes, file).is_ok_and(|format| format.media_type == "text/plain"),
    };
    match std::str::from_utf8(bytes) {
        Ok(text) if is_plain && bytes.len() as u64 <= MAX_DOCUMENT => {
            let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned();
            Ok(TextFile { text, media_type: "text/plain", sha256: hex_sha256(bytes), ..TextFile::default() })
        }
        _ => {
            let extension = declared.and_then(|format| format.extensions.first());
            let name = extension.map_or_else(|| file.to_owned(), |extension| format!("{file}.{extension}"));
            text_from_bytes(bytes, &name, &Progress::default())
        }
    }
}

/// Lower-case hex SHA-256.
pub(super) fn hex_sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A BCP 47 tag as files write it, `en_GB` too; `None` for what is no tag.
fn language_tag(written: &str) -> Option<String> {
    let tag = written.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let is_language = parts
        .next()
        .is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    let are_subtags =
        parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    (is_language && are_subtags && tag != "und").then_some(tag)
}
