//! What a person is looking at: plain data, changed only by [`crate::state::apply`].
//!
//! A room of its own beneath the store (which answers a view) and the state (which changes it).

use std::collections::BTreeSet;

use crate::document::Span;
use crate::geo::{GeoBounds, LonLat};
use crate::store::{DocumentIx, EventIx, MentionIx, PlaceIx, SourceIx};
use crate::time::{Day, DaySpan};

/// Something that can be pointed at or chosen, in any panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Event(EventIx),
    Place(PlaceIx),
    /// A toponym or date in the text.
    Mention(MentionIx),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Theme {
    #[default]
    Day,
    Night,
}

/// Which map lies under the marks.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Basemap {
    /// The one that comes with the program; needs no network.
    #[default]
    Bundled,
    /// A PMTiles archive of the user's.
    File(std::path::PathBuf),
    /// OpenStreetMap tiles over the network; never the default.
    Online,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum PassageOrder {
    #[default]
    Date,
    Text,
}

/// What the passages list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tray {
    /// The passages of the selection, or of the window when nothing is selected.
    #[default]
    Passages,
    Undated,
    Unplaced,
    Orphaned,
}

/// Playback of the timeline. Time passes only through [`crate::state::Command::PlayTick`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Play {
    pub playing: bool,
    /// Calendar days that pass in a second.
    pub days_per_second: f64,
    /// What has happened stays on the map instead of leaving with the window.
    pub cumulative: bool,
    /// Jump over stretches in which nothing happens.
    pub skip_gaps: bool,
}

impl Default for Play {
    fn default() -> Self {
        Self { playing: false, days_per_second: 30.0, cumulative: false, skip_gaps: true }
    }
}

/// A map camera at rest: its centre, and its zoom level as web maps count it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MapCamera {
    pub center: LonLat,
    pub zoom: f64,
}

/// A wish that a panel fulfils once: it remembers the last serial number it has obeyed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Request<T> {
    pub serial: u64,
    pub wish: T,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CameraWish {
    /// Show where most of the events are; when that is what is shown, all of them.
    FitEvents,
    /// Show this box with some margin.
    Fit(GeoBounds),
    /// Bring this box into sight, moving no more than needed; nothing if it is in sight already.
    Reveal(GeoBounds),
    /// Zoom in (positive) or out by levels about the centre.
    ZoomBy(f64),
    /// Pan by fractions of the map's width and height; x east, y south.
    PanBy(f64, f64),
    /// Centre and zoom level, as they were saved.
    Restore(LonLat, f64),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TimelineWish {
    /// Show this span with some margin.
    Fit(DaySpan),
    /// Bring this span into sight, moving no more than needed; nothing if it is in sight already.
    Reveal(DaySpan),
    /// Zoom in (positive) or out by factors of two about the playhead or the middle.
    ZoomBy(f64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReaderWish {
    ScrollTo(DocumentIx, Span),
}

/// The whole of what is being looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// What an event must overlap to be in sight; `None` is all of time.
    pub window: Option<DaySpan>,
    pub playhead: Option<Day>,
    pub play: Play,
    pub selection: Option<Target>,
    pub hover: Option<Target>,
    pub hidden_sources: BTreeSet<SourceIx>,
    /// What the map shows, reported when its camera rests.
    pub map_bounds: Option<GeoBounds>,
    /// Where the map's camera last rested.
    pub map_camera: Option<MapCamera>,
    pub camera: Option<Request<CameraWish>>,
    pub timeline: Option<Request<TimelineWish>>,
    pub reader: Option<Request<ReaderWish>>,
    pub theme: Theme,
    pub basemap: Basemap,
    pub show_disputed: bool,
    pub show_relief: bool,
    pub show_table: bool,
    /// The sheet of keys lies over the window.
    pub show_keys: bool,
    /// The credits lie over the window.
    pub show_about: bool,
    pub tray: Tray,
    pub passage_order: PassageOrder,
    /// The text being looked for in the document; empty when the search is closed.
    pub find: Option<String>,
    /// Which hit of the search is current, counted from 0.
    pub find_hit: usize,
    /// The document in the reader.
    pub document: Option<DocumentIx>,
    /// The box for the date of that document is open.
    pub date_box: bool,
    /// Put the cursor into the date box of the timeline, once a serial number.
    pub focus_date_box: u64,
    /// The last serial number given to a request.
    pub last_serial: u64,
}

impl Default for View {
    fn default() -> Self {
        Self {
            window: None,
            playhead: None,
            play: Play::default(),
            selection: None,
            hover: None,
            hidden_sources: BTreeSet::new(),
            map_bounds: None,
            map_camera: None,
            camera: None,
            timeline: None,
            reader: None,
            theme: Theme::default(),
            basemap: Basemap::default(),
            show_disputed: true,
            show_relief: true,
            show_table: false,
            show_keys: false,
            show_about: false,
            tray: Tray::default(),
            passage_order: PassageOrder::default(),
            find: None,
            find_hit: 0,
            document: None,
            date_box: false,
            focus_date_box: 0,
            last_serial: 0,
        }
    }
}

/// The part of a view that an [`crate::store::Answer`] depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct FilterKey {
    pub window: Option<DaySpan>,
    pub hidden_sources: BTreeSet<SourceIx>,
    pub map_bounds: Option<GeoBounds>,
}

impl View {
    pub fn filter_key(&self) -> FilterKey {
        FilterKey {
            window: self.window,
            hidden_sources: self.hidden_sources.clone(),
            map_bounds: self.map_bounds,
        }
    }

    /// Gives a wish its serial number.
    pub fn request<T>(&mut self, wish: T) -> Request<T> {
        self.last_serial += 1;
        Request { serial: self.last_serial, wish }
    }
}
