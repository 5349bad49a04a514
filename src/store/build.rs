//! Joining accounts into one store: shared places become one, ids become indices.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{
    Account, DocumentIx, Event, EventIx, EventPlace, EventStore, GENERATIONS, Link, MentionIx, Passage,
    PassageIx, PlaceIx, PlaceRole, SourceInfo, SourceIx, ix,
};
use crate::gazetteer::{Place, PlaceShape};

pub(super) fn join(accounts: &[Arc<Account>]) -> EventStore {
    let mut store =
        EventStore { generation: GENERATIONS.fetch_add(1, Ordering::Relaxed), ..EventStore::default() };
    for (number, account) in accounts.iter().enumerate() {
        add(&mut store, SourceIx(ix(number)), account);
    }
    index(&mut store);
    store
}

fn add(store: &mut EventStore, source: SourceIx, account: &Account) {
    let first_document = store.documents.len();
    let document_ix = |local: usize| DocumentIx(ix(first_document + local));
    store.documents.extend(account.documents.iter().cloned());
    let places: Vec<PlaceIx> = account.places.iter().map(|p| place_ix(store, p)).collect();

    store.mentions.extend(
        account.mentions.iter().map(|m| m.map(document_ix, |p: usize| places.get(p).copied())),
    );

    let first_event = store.events.len();
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
            places: event
                .places
                .iter()
                .filter(|p| p.role == PlaceRole::Location)
                .filter_map(|p| {
                    Some(EventPlace {
                        place: places.get(p.place).copied()?,
                        toponym: p.toponym.clone(),
                        reason: p.reason.clone(),
                    })
                })
                .collect(),
            passages: (first_passage..store.passages.len()).map(|p| PassageIx(ix(p))).collect(),
            status: event.status,
            confidence: event.confidence,
            origin: event.origin.clone(),
            links: event
                .links
                .iter()
                .filter_map(|link| {
                    let target = account.events.iter().position(|e| e.id == link.event)?;
                    Some(Link { relation: link.relation.clone(), event: EventIx(ix(first_event + target)) })
                })
                .collect(),
        });
    }
    store.sources.push(SourceInfo {
        title: account.title.clone(),
        path: account.path.clone(),
        n_events: account.events.len(),
        documents: (0..account.documents.len()).map(document_ix).collect(),
    });
}

/// The store's index of an account's place: its own, or that of the same place of another account.
fn place_ix(store: &mut EventStore, place: &Place) -> PlaceIx {
    let same = store.places.iter().position(|known| is_same_place(known, place));
    let position = same.unwrap_or_else(|| {
        store.places.push(place.clone());
        store.places.len() - 1
    });
    PlaceIx(ix(position))
}

fn is_same_place(a: &Place, b: &Place) -> bool {
    if let (Some(a), Some(b)) = (a.geonameid, b.geonameid) {
        return a == b;
    }
    let is_near = match (&a.shape, &b.shape) {
        (Some(PlaceShape::Point(a)), Some(PlaceShape::Point(b))) => {
            (a.lon - b.lon).abs() < 0.05 && (a.lat - b.lat).abs() < 0.05
        }
        _ => a.shape == b.shape,
    };
    a.kind == b.kind && a.name == b.name && is_near
}

fn index(store: &mut EventStore) {
    let key = |e: &EventIx| {
        let interval = store.events.get(e.as_usize()).and_then(|e| e.when.as_ref()).map(|w| w.interval);
        (interval.is_none(), interval.map(|i| (i.earliest_start, i.latest_end)), *e)
    };
    let mut order: Vec<EventIx> = store.event_ids().collect();
    order.sort_by_key(key);
    let mut of_place = vec![Vec::new(); store.places.len()];
    for event_ix in &order {
        let Some(event) = store.events.get(event_ix.as_usize()) else { continue };
        for place in &event.places {
            if let Some(list) = of_place.get_mut(place.place.as_usize())
                && list.last() != Some(event_ix)
            {
                list.push(*event_ix);
            }
        }
    }
    order.retain(|e| store.events.get(e.as_usize()).is_some_and(|e| e.when.is_some()));

    let mut mentions = vec![Vec::new(); store.documents.len()];
    for (number, mention) in store.mentions.iter().enumerate() {
        if let Some(list) = mentions.get_mut(mention.document.as_usize()) {
            list.push(MentionIx(ix(number)));
        }
    }
    let mention_start = |m: &MentionIx| {
        store.mentions.get(m.as_usize()).and_then(|m| m.span).map_or((true, 0), |s| (false, s.start))
    };
    for list in &mut mentions {
        list.sort_by_key(mention_start);
    }
    let mut passages = vec![Vec::new(); store.documents.len()];
    for (number, passage) in store.passages.iter().enumerate() {
        if let Some(list) = passages.get_mut(passage.document.as_usize()) {
            list.push(PassageIx(ix(number)));
        }
    }
    let passage_start = |p: &PassageIx| {
        store.passages.get(p.as_usize()).and_then(|p| p.span).map_or((true, 0), |s| (false, s.start))
    };
    for list in &mut passages {
        list.sort_by_key(passage_start);
    }
    store.events_by_date = order;
    store.events_of_place = of_place;
    store.mentions_of_document = mentions;
    store.passages_of_document = passages;
}
