//! What opening, reading again and closing do to the state.

use std::sync::Arc;

use super::shelf::{Change, Joined};
use super::{AppState, Effect, keep};
use crate::store::{Account, SourceIx};
use crate::view::{CameraWish, TimelineWish};

/// Joins the accounts here and now, however long it takes: for who has no worker.
pub(super) fn change_here(state: &mut AppState, change: &Change) -> Vec<Effect> {
    let Some((shelf, _)) = state.shelf.after(change) else { return Vec::new() };
    change_to(state, change, shelf.join())
}

/// Takes over what a worker has joined; if the shelf has changed meanwhile, it must be joined again.
pub(super) fn change_joined(state: &mut AppState, change: Change, joined: Joined) -> Vec<Effect> {
    match state.shelf.after(&change) {
        None => Vec::new(),
        Some((shelf, _)) if shelf == joined.shelf => change_to(state, &change, joined),
        Some(_) => vec![Effect::Join(change)],
    }
}

pub(super) fn close(state: &mut AppState, source: SourceIx) -> Vec<Effect> {
    let Some(account) = state.accounts().get(source.as_usize()) else { return Vec::new() };
    let change = Change::Close(Arc::clone(account));
    if state.shelf.is_large() { vec![Effect::Join(change)] } else { change_here(state, &change) }
}

/// The bundled article, asked for by a person: shown if it is open, else opened beside the others.
pub(super) fn sample(state: &mut AppState) -> Vec<Effect> {
    let Some(source) = state.shelf.sample() else { return vec![Effect::OpenSample] };
    let documents = state.store.sources().get(source.as_usize()).map(|s| s.documents.clone());
    state.view.document = documents.and_then(|d| d.first().copied()).or(state.view.document);
    Vec::new()
}

fn change_to(state: &mut AppState, change: &Change, joined: Joined) -> Vec<Effect> {
    let Some((shelf, source)) = state.shelf.after(change) else { return Vec::new() };
    let before = std::mem::replace(&mut state.shelf, shelf);
    let gave_way = before.sample_gives_way() && state.shelf.sample().is_none();
    let kept = keep::selection(&state.store, state.view.selection);
    let was_closed = match change {
        Change::Close(account) => before.accounts().iter().position(|a| Arc::ptr_eq(a, account)),
        _ => None,
    };
    state.store = joined.store;
    state.view.hover = None;
    state.view.selection = match change {
        Change::Replace { .. } => kept.and_then(|kept| kept.find(&state.store)),
        _ => None,
    };
    match change {
        Change::Open(account) | Change::Sample { account, .. } => {
            if gave_way {
                // What was looked at in the sample says nothing about another text.
                state.view.window = None;
                state.view.playhead = None;
                state.view.hidden_sources.clear();
                state.view.play.playing = false;
            }
            show(state, source, before.accounts().is_empty());
            told(format!("Opened “{}”: {}", account.title, n_events(account)), &account.warnings, gave_way)
        }
        Change::Replace { new, .. } => {
            let date = new.documents.first().and_then(|d| d.published.as_ref());
            let date = date.map_or_else(|| "without a date".to_owned(), |d| d.edtf.for_people());
            told(format!("Read again with the date {date}: {}", n_events(new)), &new.warnings, false)
        }
        Change::Close(_) => {
            if let Some(closed) = was_closed {
                keep::without_source(&mut state.view.hidden_sources, closed);
            }
            state.view.reader = None;
            state.view.document = state.store.sources().iter().find_map(|s| s.documents.first().copied());
            if let Some(span) = state.store.extent() {
                state.view.timeline = Some(state.view.request(TimelineWish::Fit(span)));
            }
            Vec::new()
        }
    }
}

/// Shows the account that came: its text, and on map and timeline all that there is.
fn show(state: &mut AppState, source: Option<SourceIx>, is_first: bool) {
    let info = source.and_then(|s| state.store.sources().get(s.as_usize()));
    let first_document = info.and_then(|s| s.documents.first().copied());
    state.view.reader = None;
    state.view.date_box = false;
    state.view.document = first_document.or(state.view.document);
    // The first account is fitted by each panel to where most of it lies.
    if is_first {
        return;
    }
    let is_alone = state.accounts().len() == 1;
    // One that joins others may lie elsewhere, so then all is shown.
    let bounds = state.store.bounds();
    if let Some(wish) = if is_alone { Some(CameraWish::FitEvents) } else { bounds.map(CameraWish::Fit) } {
        state.view.camera = Some(state.view.request(wish));
    }
    if let Some(span) = state.store.extent() {
        state.view.timeline = Some(state.view.request(TimelineWish::Fit(span)));
    }
}

fn n_events(account: &Account) -> String {
    match account.events.len() {
        1 => "1 event".to_owned(),
        n => format!("{n} events"),
    }
}

fn told(message: String, warnings: &[String], gave_way: bool) -> Vec<Effect> {
    let aside = if gave_way { ". The sample article was closed; the Open menu has it" } else { "" };
    let message = Effect::Tell { message: format!("{message}{aside}"), is_error: false };
    let warnings = warnings.iter().map(|w| Effect::Tell { message: w.clone(), is_error: true });
    std::iter::once(message).chain(warnings).collect()
}
