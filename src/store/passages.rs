//! Place ↔ text ↔ time: which passages tell of a target, and what a place in the text tells of.

use super::{Answer, DocumentIx, EventIx, EventStore, MentionIx, PassageIx};
use crate::annotation::MentionKind;
use crate::document::Span;
use crate::view::{PassageOrder, Target};

impl EventStore {
    /// The passages to list for a selection:
    ///
    /// * of an event: all of its own, whatever the window;
    /// * of a place, or of a toponym with a place: those of its events that the answer shows;
    /// * of any other mention: those that it stands in;
    /// * of nothing: those of all events that the answer shows.
    ///
    /// "Shows" is [`Answer::is_shown`]. Undated events come last in date order, orphaned passages
    /// last in text order.
    pub fn passages_for(
        &self,
        selection: Option<Target>,
        order: PassageOrder,
        answer: &Answer,
    ) -> Vec<PassageIx> {
        let of_events = |events: &mut dyn Iterator<Item = EventIx>| -> Vec<PassageIx> {
            let passages = events.filter_map(|event| self.event(event)).flat_map(|event| &event.passages);
            passages.copied().collect()
        };
        let mut passages = match selection {
            None => {
                let undated = answer.undated.iter().filter(|event| answer.is_shown(**event));
                of_events(&mut answer.in_window.iter().chain(undated).copied())
            }
            Some(Target::Event(event)) => of_events(&mut std::iter::once(event)),
            Some(Target::Place(place)) => {
                let here = self.events_of_place(place).iter().copied();
                of_events(&mut here.filter(|event| answer.is_shown(*event)))
            }
            Some(Target::Mention(mention)) => {
                match self.mention(mention).map(|m| (&m.kind, m.span, m.document)) {
                    Some((MentionKind::Toponym { place: Some(place), .. }, _, _)) => {
                        return self.passages_for(Some(Target::Place(*place)), order, answer);
                    }
                    Some((_, Some(span), document)) => self.passages_around(document, span, answer),
                    _ => Vec::new(),
                }
            }
        };
        let text_key = |passage: &PassageIx| {
            let known = self.passage(*passage);
            known.map(|p| (p.document, p.span.map_or((true, 0), |span| (false, span.start))))
        };
        match order {
            PassageOrder::Text => passages.sort_by_key(text_key),
            // Events come in date order already, but the passages around a mention do not.
            PassageOrder::Date if matches!(selection, Some(Target::Mention(_))) => {
                let date_key = |p: &PassageIx| self.passage(*p).and_then(|p| self.columns.date_key(p.event));
                passages.sort_by_key(|passage| (date_key(passage).is_none(), date_key(passage)));
            }
            PassageOrder::Date => {}
        }
        passages
    }

    fn passages_around(&self, document: DocumentIx, span: Span, answer: &Answer) -> Vec<PassageIx> {
        let Some(index) = self.passages_of_document.get(document.as_usize()) else { return Vec::new() };
        let passages = index.touching(span).map(|(passage, _)| passage);
        passages.filter(|passage| self.is_passage_visible(*passage, answer)).collect()
    }

    fn is_passage_visible(&self, passage: PassageIx, answer: &Answer) -> bool {
        self.passage(passage).is_some_and(|passage| answer.is_visible(passage.event))
    }

    /// Visible passages that cover a byte of a document, innermost first. O(log n + k).
    pub fn passages_at_byte(&self, document: DocumentIx, byte: usize, answer: &Answer) -> Vec<PassageIx> {
        let Some(index) = self.passages_of_document.get(document.as_usize()) else { return Vec::new() };
        let passages = index.covering(byte).into_iter().map(|(passage, _)| passage);
        passages.filter(|passage| self.is_passage_visible(*passage, answer)).collect()
    }

    /// Visible events one of whose passages covers a byte of a document, innermost first, each once.
    pub fn events_at_byte(&self, document: DocumentIx, byte: usize, answer: &Answer) -> Vec<EventIx> {
        let mut events = Vec::new();
        for passage in self.passages_at_byte(document, byte, answer) {
            let Some(event) = self.passage(passage).map(|passage| passage.event) else { continue };
            if !events.contains(&event) {
                events.push(event);
            }
        }
        events
    }

    /// The innermost mention that covers a byte of a document. O(log n).
    pub fn mention_at(&self, document: DocumentIx, byte: usize) -> Option<MentionIx> {
        let covering = self.mentions_of_document.get(document.as_usize())?.covering(byte);
        covering.first().map(|(mention, _)| *mention)
    }

    /// How many passages of the events that the answer shows touch each of `n_bins` equal stretches
    /// of a document's bytes. O(passages of the document).
    pub fn in_text_density(&self, document: DocumentIx, answer: &Answer, n_bins: usize) -> Vec<u16> {
        let mut bins = vec![0_u16; n_bins];
        let n_bytes = self.document(document).map_or(0, |document| document.text.len());
        let Some(index) = self.passages_of_document.get(document.as_usize()) else { return bins };
        if n_bytes == 0 {
            return bins;
        }
        let bin_of = |byte: usize| (byte as u128 * n_bins as u128 / n_bytes as u128) as usize;
        for (passage, span) in index.located() {
            let is_shown = self.passage(passage).is_some_and(|passage| answer.is_shown(passage.event));
            if !is_shown || span.start >= span.end {
                continue;
            }
            let touched = bin_of(span.start)..bin_of(span.end - 1) + 1;
            for bin in bins.get_mut(touched.start..touched.end.min(n_bins)).into_iter().flatten() {
                *bin = bin.saturating_add(1);
            }
        }
        bins
    }
}
