//! Place ↔ text ↔ time: which passages tell of a target, and what a place in the text tells of.

use super::{Answer, DocumentIx, EventIx, EventStore, MentionIx, PassageIx, PlaceIx};
use crate::annotation::MentionKind;
use crate::document::Span;
use crate::view::{PassageOrder, Target};

impl EventStore {
    /// The passages to list for a selection:
    ///
    /// * of an event: all of its own, whatever the window;
    /// * of a place, or of a toponym with a place: those of the events there that the answer shows,
    ///   and of its other events those that name the place;
    /// * of any other mention: those that it stands in;
    /// * of nothing: those of all events that the answer shows.
    ///
    /// "Shows" is [`Answer::is_shown`]. In date order what happens at a place comes before what only
    /// names it, and undated events come last; in text order orphaned passages do.
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
                let mut passages = of_events(&mut here.filter(|event| answer.is_shown(*event)));
                let naming = self.events_naming_place(place).iter().copied();
                for event in naming.filter(|event| answer.is_shown(*event)) {
                    let of_event = of_events(&mut std::iter::once(event));
                    let names_it = |p: &PassageIx| self.places_named_in(*p).any(|named| named == place);
                    let is_named = of_event.iter().any(names_it);
                    passages.extend(of_event.into_iter().filter(|p| !is_named || names_it(p)));
                }
                passages
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
            // Events come in date order already; the passages around a mention do not.
            PassageOrder::Date if matches!(selection, Some(Target::Mention(_))) => {
                let date_key = |p: &PassageIx| self.passage(*p).and_then(|p| self.columns.date_key(p.event));
                passages.sort_by_key(|passage| (date_key(passage).is_none(), date_key(passage)));
            }
            PassageOrder::Date => {}
        }
        passages
    }

    /// The places whose names stand in a passage, as often as they do.
    pub(super) fn places_named_in(&self, passage: PassageIx) -> impl Iterator<Item = PlaceIx> {
        let spot = self.passage(passage).and_then(|p| Some((p.document, p.span?)));
        let index = spot
            .and_then(|(document, span)| Some((self.mentions_of_document.get(document.as_usize())?, span)));
        let mentions = index.into_iter().flat_map(|(index, span)| index.touching(span));
        mentions.filter_map(|(mention, _)| match self.mention(mention)?.kind {
            MentionKind::Toponym { place, .. } => place,
            MentionKind::Time { .. } => None,
        })
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::annotation::ToponymRole;
    use crate::store::fixtures::{
        TEXT_LEN, any_accounts, any_view, days, document, event, mention, passage, place, point,
    };
    use crate::store::{Account, PlaceIx};
    use crate::time::DaySpan;
    use crate::view::View;

    proptest! {
        #[test]
        fn lists_agree_with_scans(
            accounts in any_accounts(),
            view in any_view(),
            place in (0_u32..12).prop_map(PlaceIx),
            byte in 0..TEXT_LEN + 5,
            n_bins in 0_usize..50,
        ) {
            let store = EventStore::build(&accounts);
            let answer = store.query(&view);
            let is_here = |event: EventIx| store.event(event).unwrap().places.iter().any(|p| p.place == place);
            let all = || (0..store.passages().len() as u32).map(PassageIx);
            let of = |passage: PassageIx| store.passage(passage).unwrap();
            let sorted = |mut passages: Vec<PassageIx>| { passages.sort_unstable(); passages };

            for order in [PassageOrder::Date, PassageOrder::Text] {
                let found = store.passages_for(Some(Target::Place(place)), order, &answer);
                let names = |p: PassageIx| {
                    let span = of(p).span;
                    store.mentions.iter().any(|m| {
                        let is_it = matches!(m.kind, MentionKind::Toponym { place: Some(named), .. } if named == place);
                        is_it && m.document == of(p).document && m.span.zip(span).is_some_and(|(a, b)| a.overlaps(b))
                    })
                };
                let is_listed = |p: &PassageIx| {
                    let event = store.event(of(*p).event).unwrap();
                    let is_named = event.passages.iter().any(|p| names(*p));
                    let is_context = event.context.iter().any(|p| p.place == place);
                    is_here(of(*p).event) || names(*p) || (is_context && !is_named)
                };
                let expected = all().filter(|p| is_listed(p) && answer.is_shown(of(*p).event));
                prop_assert_eq!(sorted(found.clone()), expected.collect::<Vec<_>>());
                let shown = store.passages_for(None, order, &answer);
                prop_assert_eq!(
                    sorted(shown.clone()),
                    all().filter(|p| answer.is_shown(of(*p).event)).collect::<Vec<_>>()
                );
                for (list, is_of_place) in [(found, true), (shown, false)] {
                    let is_sorted = list.is_sorted_by_key(|p| {
                        let is_only_named = is_of_place && !is_here(of(*p).event);
                        let when = store.event(of(*p).event).unwrap().when.as_ref().map(|w| w.interval.extent().first);
                        let start = of(*p).span.map(|span| span.start);
                        match order {
                            PassageOrder::Date => (u32::from(is_only_named), when.is_none(), when.unwrap_or(0)),
                            PassageOrder::Text => (of(*p).document.0, start.is_none(), start.map_or(0, |start| i64::try_from(start).unwrap())),
                        }
                    });
                    prop_assert!(is_sorted);
                }
            }
            for number in 0..store.documents().len() as u32 {
                let here = |p: &PassageIx| of(*p).document.0 == number;
                let covering = store.passages_at_byte(DocumentIx(number), byte, &answer);
                let covers = |p: &PassageIx| {
                    here(p) && answer.is_visible(of(*p).event) && of(*p).span.is_some_and(|s| s.contains(byte))
                };
                prop_assert_eq!(sorted(covering), all().filter(covers).collect::<Vec<_>>());

                let density = store.in_text_density(DocumentIx(number), &answer, n_bins);
                prop_assert_eq!(density.len(), n_bins);
                for (bin, n) in density.iter().enumerate() {
                    let is_in_bin = |byte: usize| byte * n_bins / TEXT_LEN == bin;
                    let touches = |p: &PassageIx| {
                        here(p)
                            && answer.is_shown(of(*p).event)
                            && of(*p).span.is_some_and(|span| (span.start..span.end).any(is_in_bin))
                    };
                    // A bin narrower than a byte holds none of its own but may lie inside a passage.
                    if n_bins <= TEXT_LEN {
                        prop_assert_eq!(usize::from(*n), all().filter(touches).count());
                    }
                }
            }
        }
    }

    /// "Alpha then Beta": a dated event at a place with two passages, an undated one inside the first.
    fn small_store() -> EventStore {
        let passage = |start, end| passage(Some(Span { start, end }));
        let mut dated = event("dated", Some(days(10, 10)), &[0]);
        dated.passages = vec![passage(50, 60), passage(0, 20)];
        let mut undated = event("undated", None, &[]);
        undated.passages = vec![passage(5, 9)];
        let mention = |start, end, kind| mention(Some(Span { start, end }), kind);
        let toponym = MentionKind::Toponym { place: Some(0), role: ToponymRole::Location };
        let date = MentionKind::Time { timex_type: "DATE".to_owned(), edtf: None, duration: None };
        let account = Account {
            documents: vec![document(100)],
            places: vec![place("p", "P", Some(point(1.0, 1.0)))],
            mentions: vec![mention(70, 75, toponym), mention(6, 8, date)],
            events: vec![undated, dated],
            ..Account::default()
        };
        EventStore::build(&[Arc::new(account)])
    }

    #[test]
    fn each_target_has_its_passages() {
        use PassageOrder::{Date, Text};

        let store = small_store();
        let target = |target| Some(target);
        let (event, place) = (Target::Event(EventIx(1)), Target::Place(PlaceIx(0)));
        let (toponym, date) = (Target::Mention(MentionIx(0)), Target::Mention(MentionIx(1)));
        // Window, selection, order, passages: 0 is of the undated event, 1 and 2 of the dated one.
        let table = [
            (None, None, Date, vec![1, 2, 0]),
            (None, None, Text, vec![2, 0, 1]),
            (Some(10), None, Text, vec![2, 1]),
            (Some(11), None, Text, vec![]),
            (Some(11), target(event), Date, vec![1, 2]),
            (Some(11), target(place), Date, vec![]),
            (Some(10), target(toponym), Text, vec![2, 1]),
            (None, target(date), Date, vec![2, 0]),
            (None, target(date), Text, vec![2, 0]),
        ];
        for (day, selection, order, expected) in table {
            let window = day.map(|day| DaySpan::new(day, day));
            let answer = store.query(&View { window, ..View::default() });
            let found: Vec<u32> =
                store.passages_for(selection, order, &answer).into_iter().map(|p| p.0).collect();
            assert_eq!(found, expected, "{day:?} {selection:?} {order:?}");
        }
    }

    #[test]
    fn a_byte_of_the_text_leads_to_its_events_and_mention() {
        let store = small_store();
        let answer = store.query(&View::default());
        let at = |byte| store.events_at_byte(DocumentIx(0), byte, &answer);
        assert_eq!([at(6), at(10), at(30)], [vec![EventIx(0), EventIx(1)], vec![EventIx(1)], vec![]]);
        let mention = |byte| store.mention_at(DocumentIx(0), byte);
        assert_eq!([mention(6), mention(8), mention(74)], [Some(MentionIx(1)), None, Some(MentionIx(0))]);
        assert_eq!(store.in_text_density(DocumentIx(0), &answer, 5), [2, 0, 1, 0, 0]);
    }
}
