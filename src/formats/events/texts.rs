//! Documents: their texts, whether these are the texts that were read, and what selectors say of them.

use std::collections::HashMap;
use std::io;
use std::path::Path;

use super::locate::{Locator, Wanted};
use super::model;
use super::read::{claim_id, date, required};
use crate::document::{Document, DocumentDate, Span, segment};
use crate::formats::text::{self, TextFile};
use crate::formats::{Problem, files};

/// Gives the bytes of a document by its path relative to the events file.
pub(super) type LoadText<'a> = &'a dyn Fn(&Path) -> io::Result<Vec<u8>>;

/// A document as it is read.
pub(super) struct Text {
    /// Without its headings.
    pub document: Document,
    headings: Vec<Wanted>,
    /// Those that the document's own file marks.
    marked_headings: Vec<Span>,
    /// Its bytes are those that the selectors were made for, as far as the file tells.
    is_unchanged: bool,
}

impl Text {
    pub fn locator(&self) -> Locator<'_> {
        Locator::new(&self.document.text, self.is_unchanged)
    }

    /// The headings that the events file gives, or else those that the document's file marks, or else
    /// those that the text shows.
    pub fn headings(&self, locator: &Locator) -> Vec<Span> {
        let mut spans: Vec<Span> = self.headings.iter().filter_map(|h| locator.locate(h)).collect();
        spans.sort_unstable();
        if spans.is_empty() {
            spans.clone_from(&self.marked_headings);
        }
        if spans.is_empty() { segment::headings(&self.document.text) } else { spans }
    }
}

/// Reads documents. One whose text is not to be had is kept without it, and a warning says so.
pub(super) fn read(
    list: Vec<model::Document>,
    load_text: LoadText,
    warnings: &mut Vec<String>,
) -> Result<Vec<Text>, Problem> {
    let mut ids = HashMap::new();
    let mut texts = Vec::with_capacity(list.len());
    for (i, row) in list.into_iter().enumerate() {
        let at = format!("documents[{i}]");
        let id = required(row.id, &at, "id")?;
        claim_id(&mut ids, &id, i, &at)?;
        let published = row
            .published
            .and_then(|p| Some((p.edtf?, p.reason.unwrap_or_default())))
            .map(|(edtf, reason)| {
                let edtf = date(&edtf, || format!("{at}.published.edtf"))?;
                Ok::<_, Problem>(DocumentDate { edtf, reason })
            })
            .transpose()?;
        let declared = row.sha256.unwrap_or_default().to_ascii_lowercase();
        let loaded = load_document(row.file.as_deref(), row.media_type.as_deref(), load_text);
        let (text, marked_headings, sha256, missing) = match loaded {
            Ok(file) => {
                let headings = file.headings.into_iter().map(|heading| heading.span).collect();
                (file.text, headings, file.sha256, None)
            }
            Err(reason) => {
                let file = row.file.as_deref().unwrap_or("no file");
                let reason = format!("its text ({file}) cannot be shown: {reason}");
                warnings.push(format!("{at} “{id}”: {reason}"));
                (String::new(), Vec::new(), declared.clone(), Some(reason))
            }
        };
        let is_unchanged = missing.is_none() && (declared == sha256 || declared.is_empty());
        if missing.is_none() && !is_unchanged {
            warnings.push(format!(
                "{at} “{id}”: its text has changed since its events were read (another SHA-256); passages \
                 are looked up by their quotes"
            ));
        }
        let headings = row.headings.unwrap_or_default();
        texts.push(Text {
            headings: headings.into_iter().map(|h| wanted(h.selector.unwrap_or_default())).collect(),
            marked_headings,
            is_unchanged,
            document: Document {
                title: row.title.unwrap_or_else(|| id.clone()),
                id,
                file: row.file,
                media_type: row.media_type.filter(|t| t != "text/plain").unwrap_or_default(),
                language: row.language.unwrap_or_default(),
                source: row.source.unwrap_or_default(),
                text: text.into(),
                sha256,
                published,
                headings: Vec::new(),
                missing,
            },
        });
    }
    Ok(texts)
}

/// A document's text as its file gives it, or why it is not to be had.
fn load_document(
    file: Option<&str>,
    media_type: Option<&str>,
    load_text: LoadText,
) -> Result<TextFile, String> {
    let file = file.ok_or("the events file names no file for it")?;
    let path = files::relative_path(file)?;
    let bytes = load_text(&path).map_err(|error| error.to_string())?;
    match text::document_text(&bytes, file, media_type) {
        // A text that is still to be written is one, too.
        Err(Problem::EmptyText) => Ok(TextFile { sha256: text::hex_sha256(&bytes), ..TextFile::default() }),
        other => other.map_err(|problem| format!("it {problem}")),
    }
}

/// What selectors of one span say together.
pub(super) fn wanted(selectors: model::Selectors) -> Wanted {
    let mut wanted = Wanted::default();
    for selector in selectors.0 {
        match (selector.kind.as_deref(), selector.start, selector.end, selector.exact) {
            (Some("TextPositionSelector"), Some(start), Some(end), _) => {
                wanted.code_points = Some((start, end));
            }
            (Some("TextQuoteSelector"), _, _, Some(exact)) => {
                wanted.exact = Some(exact);
                wanted.prefix = selector.prefix.unwrap_or_default();
                wanted.suffix = selector.suffix.unwrap_or_default();
            }
            _ => {}
        }
    }
    wanted
}
