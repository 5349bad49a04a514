//! Which events belong to what is selected or pointed at.

use std::collections::HashSet;

use crate::annotation::MentionKind;
use crate::store::{Event, EventIx, EventStore, PlaceIx};
use crate::view::Target;

/// What an event has to do with a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    None,
    /// It happens elsewhere, but its passages name the place.
    Named,
    /// It is the target or happens there or then.
    Itself,
}

/// A target with the events that only name it, gathered once per target.
#[derive(Debug, Default)]
pub struct Related {
    of: Option<(u64, Target)>,
    naming: HashSet<EventIx>,
}

impl Related {
    pub fn refresh(&mut self, store: &EventStore, target: Option<Target>) {
        let of = target.map(|target| (store.generation(), target));
        if of == self.of {
            return;
        }
        self.of = of;
        self.naming = target
            .and_then(|target| place_meant(store, target))
            .map(|place| store.events_naming_place(place).iter().copied().collect())
            .unwrap_or_default();
    }

    pub fn relation(&self, store: &EventStore, event_ix: EventIx, event: &Event) -> Relation {
        let Some((_, target)) = self.of else { return Relation::None };
        let is_itself = match target {
            Target::Event(target) => target == event_ix,
            Target::Place(_) | Target::Mention(_) => match place_meant(store, target) {
                Some(place) => event.places.iter().any(|p| p.place == place),
                None => is_of_date(store, target, event),
            },
        };
        if is_itself {
            Relation::Itself
        } else if self.naming.contains(&event_ix) {
            Relation::Named
        } else {
            Relation::None
        }
    }
}

/// A toponym counts as its place.
fn place_meant(store: &EventStore, target: Target) -> Option<PlaceIx> {
    match target {
        Target::Event(_) => None,
        Target::Place(place) => Some(place),
        Target::Mention(mention) => match store.mention(mention)?.kind {
            MentionKind::Toponym { place, .. } => place,
            MentionKind::Time { .. } => None,
        },
    }
}

/// Does a date in the text mean the days of the event?
fn is_of_date(store: &EventStore, target: Target, event: &Event) -> bool {
    let Target::Mention(mention) = target else { return false };
    match store.mention(mention).map(|m| &m.kind) {
        Some(MentionKind::Time { edtf: Some(edtf), .. }) => {
            event.when.as_ref().is_some_and(|when| when.interval == edtf.interval())
        }
        _ => false,
    }
}
