//! Stand-off annotation: what a stretch of text mentions, kept apart from the text itself.

use crate::document::Span;
use crate::store::PlaceIx;
use crate::time::Edtf;

/// What a toponym does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ToponymRole {
    /// Something is or happens there.
    Location,
    /// A capital or country that stands for its government.
    Government,
    /// Part of another name.
    NamePart,
    Figurative,
    /// Written so by mistake; the note says what is meant.
    Slip,
}

/// What a mention is about.
#[derive(Debug, Clone)]
pub enum MentionKind<P> {
    Toponym {
        place: Option<P>,
        role: ToponymRole,
    },
    /// A TIMEX3 expression; without a value where it cannot be put on the calendar.
    Time {
        timex_type: String,
        edtf: Option<Edtf>,
    },
}

/// A toponym or time expression at a span of a document.
#[derive(Debug, Clone)]
pub struct Mention<D, P> {
    pub document: D,
    /// `None` when the quote is no longer in the text.
    pub span: Option<Span>,
    pub quote: String,
    pub kind: MentionKind<P>,
    pub note: String,
}

/// A mention in the store, where documents and places are known by index.
pub type StoredMention = Mention<crate::store::DocumentIx, PlaceIx>;
