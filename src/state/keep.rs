//! What stays chosen when the store is made anew: indices move, ids and positions do not.

use std::collections::BTreeSet;

use crate::document::Span;
use crate::gazetteer::PlaceKind;
use crate::store::{DocumentIx, EventIx, EventStore, MentionIx, PlaceIx, SourceIx};
use crate::view::Target;

/// A selection by what outlives a store.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kept {
    Event { source: SourceIx, id: String },
    Place { geonameid: Option<u64>, kind: PlaceKind, name: String },
    Mention { document: DocumentIx, span: Span },
}

pub(super) fn selection(store: &EventStore, selection: Option<Target>) -> Option<Kept> {
    match selection? {
        Target::Event(event) => {
            store.event(event).map(|e| Kept::Event { source: e.source, id: e.id.clone() })
        }
        Target::Place(place) => store.place(place).map(|p| Kept::Place {
            geonameid: p.geonameid,
            kind: p.kind,
            name: p.name.clone(),
        }),
        Target::Mention(mention) => {
            let mention = store.mention(mention)?;
            Some(Kept::Mention { document: mention.document, span: mention.span? })
        }
    }
}

impl Kept {
    /// The same thing in another store, if it is there. O(events + places).
    pub fn find(&self, store: &EventStore) -> Option<Target> {
        match self {
            Self::Event { source, id } => {
                let is_it = |e: &EventIx| store.event(*e).is_some_and(|e| e.source == *source && e.id == *id);
                store.event_ids().find(is_it).map(Target::Event)
            }
            Self::Place { geonameid, kind, name } => {
                let is_it = |p: &crate::gazetteer::Place| match geonameid {
                    Some(id) => p.geonameid == Some(*id),
                    None => p.kind == *kind && p.name == *name,
                };
                let position = store.places().iter().position(is_it)?;
                u32::try_from(position).ok().map(PlaceIx).map(Target::Place)
            }
            Self::Mention { document, span } => {
                let is_it = |m: &MentionIx| store.mention(*m).is_some_and(|m| m.span == Some(*span));
                store.mentions_of_document(*document).iter().copied().find(is_it).map(Target::Mention)
            }
        }
    }
}

/// Hidden sources when the one at a position is gone.
pub(super) fn without_source(hidden: &mut BTreeSet<SourceIx>, gone: usize) {
    let remaining = hidden.iter().filter(|s| s.as_usize() != gone);
    *hidden = remaining.map(|s| if s.as_usize() > gone { SourceIx(s.0 - 1) } else { *s }).collect();
}
