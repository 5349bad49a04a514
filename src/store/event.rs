//! Events and the passages that are their evidence.

use super::{DocumentIx, EventIx, PassageIx, PlaceIx, SourceIx};
use crate::document::Span;
use crate::time::{DaySpan, Edtf, TimeInterval};

/// Something a text says happened, will happen or did not happen.
#[derive(Debug, Clone)]
pub struct Event {
    /// Unique within its account.
    pub id: String,
    pub title: String,
    pub source: SourceIx,
    /// Whose words its claim is: the document's source or someone quoted in it.
    pub told_by: String,
    /// `None`: the text gives no date.
    pub when: Option<When>,
    /// Why there is no date, where there is none.
    pub undated: Option<Undated>,
    /// Empty: the text gives no place.
    pub places: Vec<EventPlace>,
    /// Wider or neighbouring places under which the event is found without being drawn there.
    pub context: Vec<EventPlace>,
    /// The most telling passage first, as the account has them.
    pub passages: Vec<PassageIx>,
    pub status: Status,
    /// 0–1; `None` where a person has read it.
    pub confidence: Option<f32>,
    pub origin: Origin,
    pub links: Vec<Link<EventIx>>,
}

/// How the text puts a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Status {
    /// Told as having happened.
    #[default]
    Reported,
    /// Asserted by one side.
    Claimed,
    Planned,
    Hypothetical,
    Denied,
}

impl Status {
    /// Does the text tell it as something that happened, whether or not others agree? What is planned,
    /// supposed or denied is never drawn as a fact.
    pub fn is_told_as_fact(self) -> bool {
        matches!(self, Self::Reported | Self::Claimed)
    }
}

/// Who found the event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Origin {
    #[default]
    ReadByHand,
    /// The name of the rule.
    Rule(String),
}

impl When {
    /// The days in which the event is looked for. An open end ("2023-04-23/..") goes on and on; an
    /// unknown one ("/2020") reaches no further than the days that are known, or an event of which
    /// nobody knows when it began would be found in every window of the past.
    pub fn reach(&self) -> DaySpan {
        let extent = self.interval.extent();
        let Some(known) = super::drawn_span(&self.interval) else { return extent };
        let (start_is_soft, end_is_soft) = self.edtf.softness();
        DaySpan {
            first: if self.interval.is_open_start() && start_is_soft { known.first } else { extent.first },
            last: if self.interval.is_open_end() && end_is_soft { known.last } else { extent.last },
        }
    }
}

/// Why an event has no date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undated {
    /// The words of the text.
    pub label: String,
    pub reason: String,
    pub anchor: Option<Anchor>,
    /// When it was said inside the text, where that is known.
    pub said: Option<Edtf>,
}

/// The date of an event with its reason.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    pub edtf: Edtf,
    /// Bounds of `edtf`.
    pub interval: TimeInterval,
    /// The words of the text.
    pub label: String,
    pub reason: String,
    pub anchor: Option<Anchor>,
    /// When it was said inside the text, where that is another date.
    pub said: Option<Edtf>,
}

/// What a relative date is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    pub kind: AnchorKind,
    /// Id of the event or document.
    pub to: String,
    /// For instance "P1Y before".
    pub relation: String,
    pub words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnchorKind {
    Document,
    Event,
    Mention,
    Absolute,
}

/// Where an event happened with its reason.
#[derive(Debug, Clone)]
pub struct EventPlace {
    pub place: PlaceIx,
    /// The name as written in the passage.
    pub toponym: String,
    pub reason: String,
}

/// Another event that tells of the same thing, goes on from it or belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link<E> {
    pub relation: String,
    pub event: E,
}

/// A stretch of a document that is an event's evidence.
#[derive(Debug, Clone)]
pub struct Passage {
    pub event: EventIx,
    pub document: DocumentIx,
    /// `None`: orphaned, the quote is no longer in the text.
    pub span: Option<Span>,
    pub quote: String,
}
