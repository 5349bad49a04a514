//! What a hovered or selected target lights up in a document.

use super::highlight::{merged, thinned};
use crate::annotation::MentionKind;
use crate::document::Span;
use crate::store::{Answer, DocumentIx, EventIx, EventStore, PlaceIx};
use crate::view::Target;

/// The stretches of a document that a target lights up, in text order, none overlapping.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Emphasis {
    pub passages: Vec<Span>,
    pub mentions: Vec<Span>,
    /// Where passages begin, in bytes: so few that a strip can mark each of them every frame.
    pub notches: Vec<usize>,
}

/// More marks than this would run together on a strip.
const MAX_NOTCHES: usize = 300;

/// * An event lights up its passages;
/// * a place (or a toponym, which stands for its place) the passages of its events and its mentions;
/// * any other mention itself and the passages it stands in.
///
/// Passages of hidden sources stay dark. O(passages and mentions of the document).
pub fn emphasis(store: &EventStore, answer: &Answer, document: DocumentIx, target: Target) -> Emphasis {
    let mut emphasis = lit_by(store, answer, document, target);
    let n_bytes = store.document(document).map_or(0, |d| d.text.len());
    emphasis.notches = thinned(&emphasis.passages, n_bytes / MAX_NOTCHES);
    emphasis
}

fn lit_by(store: &EventStore, answer: &Answer, document: DocumentIx, target: Target) -> Emphasis {
    match target {
        Target::Event(event) => Emphasis {
            passages: merged(passages_of(store, answer, document, &[event])),
            ..Emphasis::default()
        },
        Target::Place(place) => of_place(store, answer, document, place),
        Target::Mention(mention) => {
            let Some(mention) = store.mention(mention) else { return Emphasis::default() };
            if let MentionKind::Toponym { place: Some(place), .. } = &mention.kind {
                return of_place(store, answer, document, *place);
            }
            let Some(span) = mention.span.filter(|_| mention.document == document) else {
                return Emphasis::default();
            };
            let around = store.passages_of_document(document).iter().filter_map(|p| {
                let passage = store.passage(*p)?;
                passage.span.filter(|p| p.overlaps(span) && answer.is_visible(passage.event))
            });
            Emphasis { passages: merged(around.collect()), mentions: vec![span], ..Emphasis::default() }
        }
    }
}

fn of_place(store: &EventStore, answer: &Answer, document: DocumentIx, place: PlaceIx) -> Emphasis {
    let names_place = |kind: &MentionKind<PlaceIx>| matches!(kind, MentionKind::Toponym { place: Some(p), .. } if *p == place);
    let mentions = store.mentions_of_document(document).iter().filter_map(|m| {
        let mention = store.mention(*m)?;
        mention.span.filter(|_| names_place(&mention.kind))
    });
    Emphasis {
        passages: merged(passages_of(store, answer, document, store.events_of_place(place))),
        mentions: merged(mentions.collect()),
        ..Emphasis::default()
    }
}

fn passages_of(store: &EventStore, answer: &Answer, document: DocumentIx, events: &[EventIx]) -> Vec<Span> {
    let visible = events.iter().filter(|e| answer.is_visible(**e)).filter_map(|e| store.event(*e));
    let passages = visible.flat_map(|e| &e.passages).filter_map(|p| store.passage(*p));
    passages.filter(|p| p.document == document).filter_map(|p| p.span).collect()
}
