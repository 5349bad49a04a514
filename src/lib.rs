//! Chronotope reads a text by where and when it happens.
//!
//! The floor plan, in reading order; `tests/architecture.rs` holds who may import whom.

// Calendar: civil days, intervals with uncertain ends, EDTF, the time axis.
pub mod time;

// How far a long piece of work has come, and whether it is still wanted.
pub mod progress;

// The globe: positions, bounds, the map viewport, clusters.
pub mod geo;

// A text with its spans, paragraphs and headings.
pub mod document;

// Places: what kind of thing they are, their names and their outlines.
pub mod gazetteer;

// Stand-off annotations: toponyms and time expressions tied to spans.
pub mod annotation;

// Dates, places and events, found in a text by rules.
pub mod extract;

// What a person is looking at: window, selection, hover, filters.
pub mod view;

// The event store: accounts, events, passages, indexes and the query.
pub mod store;

// Files in and out.
pub mod formats;

// Archives: documents as JSON lines in, what is found in them as JSON lines out.
pub mod archive;

// Any file to an account: read, extracted, joined from what was found.
pub mod opening;

// The whole application state and the one way to change it.
pub mod state;

// The window: panels, theme, keys. The only room that knows egui.
#[cfg(feature = "gui")]
pub mod app;
