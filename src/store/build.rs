//! Joining accounts into one store: shared places become one, ids become indices.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::columns::Columns;
use super::csr::Csr;
use super::join::PlaceJoin;
use super::space_index::SpaceIndex;
use super::span_index::SpanIndex;
use super::visible::Visible;
use super::{
    Account, AccountEvent, DocumentIx, Event, EventIx, EventPlace, EventStore, GENERATIONS, Link, MentionIx,
    Passage, PassageIx, PlaceIx, PlaceRole, SourceInfo, SourceIx, ix,
};

pub(super) fn join(accounts: &[Arc<Account>]) -> EventStore {
    let mut store =
        EventStore { generation: GENERATIONS.fetch_add(1, Ordering::Relaxed), ..EventStore::default() };
    let mut places = PlaceJoin::new(accounts.len());
    for (number, account) in accounts.iter().enumerate() {
        add(&mut store, &mut places, SourceIx(ix(number)), account);
    }
    store.places = places.into_places();
    index(&mut store);
    store
}

fn add(store: &mut EventStore, joined: &mut PlaceJoin, source: SourceIx, account: &Account) {
    let first_document = store.documents.len();
    let document_ix = |local: usize| DocumentIx(ix(first_document + local));
    store.documents.extend(account.documents.iter().cloned());
    let places: Vec<PlaceIx> = account.places.iter().map(|p| joined.add(p, source)).collect();

    store
        .mentions
        .extend(account.mentions.iter().map(|m| m.map(document_ix, |p: usize| places.get(p).copied())));

    let first_event = store.events.len();
    // Of two events with one id the first is meant.
    let event_of_id: HashMap<&str, EventIx> = account
        .events
        .iter()
        .enumerate()
        .rev()
        .map(|(number, event)| (event.id.as_str(), EventIx(ix(first_event + number))))
        .collect();
    for (number, event) in account.events.iter().enumerate() {
        let event_ix = EventIx(ix(first_event + number));
        let first_passage = store.passages.len();
        store.passages.extend(event.passages.iter().map(|p| Passage {
            event: event_ix,
            document: document_ix(p.document),
            span: p.span,
            quote: p.quote.clone(),
        }));
        store.events.push(Event {
            id: event.id.clone(),
            title: event.title.clone(),
            source,
            told_by: event.told_by.clone(),
            when: event.when.clone(),
            undated: event.undated.clone(),
            places: event_places(event, PlaceRole::Location, &places),
            context: event_places(event, PlaceRole::Context, &places),
            passages: (first_passage..store.passages.len()).map(|p| PassageIx(ix(p))).collect(),
            status: event.status,
            confidence: event.confidence,
            origin: event.origin.clone(),
            links: event
                .links
                .iter()
                .filter_map(|link| {
                    let event = *event_of_id.get(link.event.as_str())?;
                    Some(Link { relation: link.relation.clone(), event })
                })
                .collect(),
        });
    }
    store.sources.push(SourceInfo {
        title: account.title.clone(),
        path: account.path.clone(),
        n_events: account.events.len(),
        found: account.found,
        documents: (0..account.documents.len()).map(document_ix).collect(),
    });
}

fn event_places(event: &AccountEvent, role: PlaceRole, places: &[PlaceIx]) -> Vec<EventPlace> {
    let of_role = event.places.iter().filter(|p| p.role == role);
    of_role
        .filter_map(|p| {
            let place = places.get(p.place).copied()?;
            Some(EventPlace { place, toponym: p.toponym.clone(), reason: p.reason.clone() })
        })
        .collect()
}

fn index(store: &mut EventStore) {
    let columns = Columns::new(&store.events, &store.places);
    let mut order: Vec<EventIx> = store.event_ids().collect();
    order.sort_unstable_by_key(|event| {
        let key = columns.date_key(*event);
        (key.is_none(), key, *event)
    });
    let places_of = |event: &EventIx| {
        let event = *event;
        columns.places(event).iter().map(move |place| (place.as_usize(), event))
    };
    store.events_of_place =
        Csr::from_pairs(store.places.len(), || order.iter().flat_map(places_of), EventIx(0));
    store.all = Arc::new(Visible::all(&columns, &store.events_of_place));
    store.space = SpaceIndex::new(&store.places, &store.events_of_place);
    store.columns = Arc::new(columns);

    let is_no_fact = |e: &EventIx| store.event(*e).is_some_and(|e| !e.status.is_told_as_fact());
    store.not_facts = store.event_ids().filter(is_no_fact).collect();

    let mut mentions = vec![Vec::new(); store.documents.len()];
    for (mention, number) in store.mentions.iter().zip(0_u32..) {
        if let Some(list) = mentions.get_mut(mention.document.as_usize()) {
            list.push((mention.span, MentionIx(number)));
        }
    }
    store.mentions_of_document = mentions.into_iter().map(SpanIndex::new).collect();
    let mut passages = vec![Vec::new(); store.documents.len()];
    for (passage, number) in store.passages.iter().zip(0_u32..) {
        if let Some(list) = passages.get_mut(passage.document.as_usize()) {
            list.push((passage.span, PassageIx(number)));
        }
    }
    store.passages_of_document = passages.into_iter().map(SpanIndex::new).collect();
    let naming: Vec<(usize, EventIx)> = order.iter().flat_map(|event| named_places(store, *event)).collect();
    store.events_naming_place = Csr::from_pairs(store.places.len(), || naming.iter().copied(), EventIx(0));
}

/// The places that an event's passages name, or that are its context, where it is not drawn.
fn named_places(store: &EventStore, event_ix: EventIx) -> Vec<(usize, EventIx)> {
    let Some(event) = store.event(event_ix) else { return Vec::new() };
    let in_passages = event.passages.iter().flat_map(|passage| store.places_named_in(*passage));
    let mut named: Vec<PlaceIx> = event.context.iter().map(|p| p.place).chain(in_passages).collect();
    named.sort_unstable();
    named.dedup();
    named.retain(|place| event.places.iter().all(|p| p.place != *place));
    named.into_iter().map(|place| (place.as_usize(), event_ix)).collect()
}
