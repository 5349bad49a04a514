//! The date of a document, from which everything relative in it is counted.

use std::sync::Arc;

use super::{AccountHandle, AppState, Effect};
use crate::store::{DocumentIx, EventStore, SourceIx};
use crate::time::Edtf;

/// The source whose document's date can be changed: one whose events were found by the machine.
pub fn date_of_document(store: &EventStore, document: DocumentIx) -> Option<SourceIx> {
    let source = store.source_of(document)?;
    store.sources().get(source.as_usize()).is_some_and(|s| s.found).then_some(source)
}

pub(super) fn edit(state: &mut AppState, on: bool) -> Vec<Effect> {
    let store = &state.store;
    let shown = state.view.document.filter(|d| store.document(*d).is_some());
    state.view.date_box = on && shown.is_some_and(|d| date_of_document(store, d).is_some());
    if on && !state.view.date_box {
        let message = if shown.is_some() {
            "The events of this text are given in its file: no date of it is counted from the document's"
        } else {
            "No document is open whose date could be changed"
        };
        return vec![Effect::Tell { message: message.to_owned(), is_error: false }];
    }
    Vec::new()
}

pub(super) fn set(state: &mut AppState, source: SourceIx, date: Edtf) -> Vec<Effect> {
    state.view.date_box = false;
    let account = state.accounts().get(source.as_usize()).filter(|account| account.found);
    account.map(|account| Effect::Reread(AccountHandle(Arc::clone(account)), date)).into_iter().collect()
}
