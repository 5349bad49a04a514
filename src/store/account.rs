//! An account: what one events file says, before it is joined with others in the store.

use std::path::PathBuf;

use super::event::{Link, Origin, Status, Undated, When};
use crate::annotation::Mention;
use crate::document::{Document, OrphanSelector, Span};
use crate::gazetteer::Place;

/// One events file (or one document whose events were found): a source of events.
///
/// Indices into `documents` and `places` are positions in this account's own lists.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Account {
    pub title: String,
    pub description: String,
    pub license: String,
    pub attribution: String,
    /// Where it was read from; `None` for the bundled article.
    pub path: Option<PathBuf>,
    pub documents: Vec<Document>,
    pub places: Vec<Place>,
    pub mentions: Vec<AccountMention>,
    pub events: Vec<AccountEvent>,
    /// Were its events found in its one document by the machine? Then it can be read again with another
    /// date.
    pub found: bool,
    /// What was odd in the file and did not keep it from being opened, for people to read.
    pub warnings: Vec<String>,
}

pub type AccountMention = Mention<usize, usize>;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccountEvent {
    pub id: String,
    pub title: String,
    /// Whose words its claim is: the document's source or someone quoted in it.
    pub told_by: String,
    pub when: Option<When>,
    /// Why there is no date, where there is none.
    pub undated: Option<Undated>,
    pub places: Vec<AccountPlaceRef>,
    /// The most telling first, then as the file has them.
    pub passages: Vec<AccountPassage>,
    pub status: Status,
    pub confidence: Option<f32>,
    pub origin: Origin,
    /// By event id.
    pub links: Vec<Link<String>>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccountPlaceRef {
    pub place: usize,
    pub role: PlaceRole,
    pub toponym: String,
    pub reason: String,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccountPassage {
    pub document: usize,
    /// `None`: orphaned.
    pub span: Option<Span>,
    pub quote: String,
    /// Where to look for it, while `span` is `None`.
    pub orphan: Option<OrphanSelector>,
}

/// What a place has to do with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PlaceRole {
    /// The event happened there and is drawn there.
    #[default]
    Location,
    /// Named with the event, which is not drawn there.
    Context,
}
