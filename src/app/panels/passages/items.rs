//! What the list holds: passages or events, found anew only when the answer or the choice changes.

use std::collections::BTreeSet;

use crate::app::panels::PanelContext;
use crate::store::{EventIx, EventStore, PassageIx, SourceIx};
use crate::time::DaySpan;
use crate::view::{PassageOrder, Target, Tray};

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    pub event: EventIx,
    /// `None`: an event without any passage.
    pub passage: Option<PassageIx>,
    /// Does it go on from the row above, which has the same event?
    pub continues: bool,
}

/// What the items depend on.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    generation: u64,
    window: Option<DaySpan>,
    hidden: BTreeSet<SourceIx>,
    selection: Option<Target>,
    order: PassageOrder,
    tray: Tray,
}

impl Key {
    pub fn of(cx: &PanelContext<'_>) -> Self {
        Self {
            generation: cx.store.generation(),
            window: cx.view.window,
            hidden: cx.view.hidden_sources.clone(),
            // The trays hold what has no date or place, whatever is selected.
            selection: cx.view.selection.filter(|_| cx.view.tray == Tray::Passages),
            order: cx.view.passage_order,
            tray: cx.view.tray,
        }
    }
}

/// The rows for a view. O(rows), and O(passages) for orphans.
pub fn items(cx: &PanelContext<'_>) -> Vec<Item> {
    let (store, answer) = (cx.store, cx.answer);
    let of_passage = |passage: PassageIx| {
        let event = store.passage(passage)?.event;
        Some(Item { event, passage: Some(passage), continues: false })
    };
    let of_event = |event: &EventIx| {
        let passage = store.event(*event).and_then(|e| e.passages.first().copied());
        Item { event: *event, passage, continues: false }
    };
    let mut items: Vec<Item> = match cx.view.tray {
        Tray::Passages => store
            .passages_for(cx.view.selection, cx.view.passage_order, answer)
            .into_iter()
            .filter_map(of_passage)
            .collect(),
        Tray::Undated => answer.undated.iter().map(of_event).collect(),
        Tray::Unplaced => answer.unplaced.iter().map(of_event).collect(),
        Tray::Orphaned => {
            orphans(store).filter_map(of_passage).filter(|item| answer.is_visible(item.event)).collect()
        }
    };
    let mut above = None;
    for item in &mut items {
        item.continues = above == Some(item.event);
        above = Some(item.event);
    }
    items
}

/// Passages whose quote is no longer in its text. O(passages).
pub fn orphans(store: &EventStore) -> impl Iterator<Item = PassageIx> + '_ {
    let numbered = (0..).map(PassageIx).zip(store.passages());
    numbered.filter(|(_, passage)| passage.span.is_none()).map(|(number, _)| number)
}
