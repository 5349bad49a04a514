//! Chronotope reads a text by where and when it happens.
//!
//! The floor plan, in reading order; `tests/architecture.rs` holds who may import whom.

// Calendar: civil days, intervals with uncertain ends, EDTF, the time axis.
pub mod time;

// The globe: positions, bounds, the map viewport, clusters.
pub mod geo;

// A text with its spans, paragraphs and headings.
pub mod document;

// Places: what kind of thing they are, their names and their outlines.
pub mod gazetteer;

// Stand-off annotations: toponyms and time expressions tied to spans.
pub mod annotation;

// What a person is looking at: window, selection, hover, filters.
pub mod view;

// The event store: accounts, events, passages, indexes and the query.
pub mod store;

// Files in and out.
pub mod formats;

// The whole application state and the one way to change it.
pub mod state;

// The window: panels, theme, keys. The only room that knows egui.
#[cfg(feature = "gui")]
pub mod app;
