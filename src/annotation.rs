//! Stand-off annotation: what a stretch of text mentions, kept apart from the text itself.

use crate::document::{OrphanSelector, Span};
use crate::store::{Anchor, PlaceIx};
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
    /// Inhabitants or an adjective: "French", "Azerbaijani".
    Demonym,
    /// Written so by mistake; the note says what is meant.
    Slip,
}

/// What a mention is about.
#[derive(Debug, Clone, PartialEq)]
pub enum MentionKind<P> {
    Toponym {
        place: Option<P>,
        role: ToponymRole,
    },
    /// A TIMEX3 expression; without a value where it cannot be put on the calendar.
    Time {
        timex_type: String,
        edtf: Option<Edtf>,
        /// ISO 8601, as in "P44D", where the expression says how long.
        duration: Option<String>,
    },
}

/// A toponym or time expression at a span of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention<D, P> {
    /// Empty unless something is counted from it.
    pub id: String,
    pub document: D,
    /// `None` when the quote is no longer in the text.
    pub span: Option<Span>,
    pub quote: String,
    /// Where to look for it, while `span` is `None`.
    pub orphan: Option<OrphanSelector>,
    pub kind: MentionKind<P>,
    /// What a relative date is counted from.
    pub anchor: Option<Anchor>,
    /// 0–1: how sure the reading is; `None` where a person has read it.
    pub confidence: Option<f32>,
    /// Other places of this name that were weighed and lost, best first.
    pub rivals: Vec<Rival>,
    pub note: String,
}

/// A place that a toponym might have meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Rival {
    /// With what tells it from its namesakes: "Paris, Texas, United States".
    pub name: String,
    /// 0–1, comparable with the confidence of what was chosen.
    pub score: f32,
    pub geonameid: Option<u64>,
}

impl<D, P> Mention<D, P> {
    /// "Also of this name: Paris, Texas, United States (0.21); …", empty where there are no rivals.
    pub fn rivals_for_people(&self) -> String {
        rivals_for_people(self.rivals.iter().map(|rival| (rival.name.as_str(), rival.score)))
    }
}

/// Places that a toponym might have meant, in words; empty where there are none.
pub fn rivals_for_people<'a>(rivals: impl Iterator<Item = (&'a str, f32)>) -> String {
    let words: Vec<String> = rivals.map(|(name, score)| format!("{name} ({score:.2})")).collect();
    if words.is_empty() { String::new() } else { format!("Also of this name: {}.", words.join("; ")) }
}

impl<D: Copy, P: Copy> Mention<D, P> {
    /// The same mention where documents and places are known by other names.
    pub fn map<E, Q>(&self, document: impl Fn(D) -> E, place: impl Fn(P) -> Option<Q>) -> Mention<E, Q> {
        let kind = match &self.kind {
            MentionKind::Toponym { place: named, role } => {
                MentionKind::Toponym { place: named.and_then(place), role: *role }
            }
            MentionKind::Time { timex_type, edtf, duration } => MentionKind::Time {
                timex_type: timex_type.clone(),
                edtf: edtf.clone(),
                duration: duration.clone(),
            },
        };
        Mention {
            id: self.id.clone(),
            document: document(self.document),
            span: self.span,
            quote: self.quote.clone(),
            orphan: self.orphan.clone(),
            kind,
            anchor: self.anchor.clone(),
            confidence: self.confidence,
            rivals: self.rivals.clone(),
            note: self.note.clone(),
        }
    }
}

/// A mention in the store, where documents and places are known by index.
pub type StoredMention = Mention<crate::store::DocumentIx, PlaceIx>;
