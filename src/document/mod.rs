//! A document: a text that is read, with where it comes from and when it was published.

pub mod digits;
pub mod fold;
pub mod hash;
pub mod ident;
pub mod offsets;
pub mod segment;
pub mod span;

use std::sync::Arc;

pub use offsets::{CodePointCounter, CodePointIndex};
pub use span::{OrphanSelector, Span};

use crate::time::Edtf;

/// A text and what is known of it. Spans into [`Document::text`] are UTF-8 byte ranges.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Unique within its account.
    pub id: String,
    pub title: String,
    /// Path of its file relative to the events file, with `/` between folders.
    pub file: Option<String>,
    /// Of that file, such as `text/html`; empty: plain text.
    pub media_type: String,
    /// BCP 47 tag such as "en"; empty where unknown.
    pub language: String,
    /// Whose words these are; shown wherever their claims are shown.
    pub source: String,
    pub text: Arc<str>,
    /// Lower-case hex SHA-256 of the text's bytes; while the text is missing, the one its events
    /// file gives.
    pub sha256: String,
    pub published: Option<DocumentDate>,
    /// The lines that are headings (the first is the title), in text order.
    pub headings: Vec<Span>,
    /// Why the text is not here, when it is not: its file is missing or is another text.
    pub missing: Option<String>,
}

/// When a document was published, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentDate {
    pub edtf: Edtf,
    pub reason: String,
}
