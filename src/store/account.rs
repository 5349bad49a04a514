//! An account: what one events file says, before it is joined with others in the store.

use std::path::PathBuf;

use super::event::{Link, Origin, Status, When};
use crate::annotation::Mention;
use crate::document::{Document, Span};
use crate::gazetteer::Place;

/// One events file (or one document whose events were found): a source of events.
///
/// Indices into `documents` and `places` are positions in this account's own lists.
#[derive(Debug, Clone, Default)]
pub struct Account {
    pub title: String,
    pub warnings: Vec<String>,
    /// Where it was read from; `None` for the bundled article.
    pub path: Option<PathBuf>,
    pub documents: Vec<Document>,
    pub places: Vec<Place>,
    pub mentions: Vec<AccountMention>,
    pub events: Vec<AccountEvent>,
}

pub type AccountMention = Mention<usize, usize>;

#[derive(Debug, Clone)]
pub struct AccountEvent {
    pub id: String,
    pub title: String,
    pub when: Option<When>,
    pub places: Vec<AccountPlaceRef>,
    pub passages: Vec<AccountPassage>,
    pub status: Status,
    pub confidence: Option<f32>,
    pub origin: Origin,
    /// By event id.
    pub links: Vec<Link<String>>,
}

#[derive(Debug, Clone)]
pub struct AccountPlaceRef {
    pub place: usize,
    pub toponym: String,
    pub reason: String,
}

#[derive(Debug, Clone)]
pub struct AccountPassage {
    pub document: usize,
    /// `None`: orphaned.
    pub span: Option<Span>,
    pub quote: String,
}
