//! What a person means, as plain values.

use std::path::PathBuf;
use std::sync::Arc;

use super::shelf::{Change, Joined};
use crate::document::Span;
use crate::geo::{GeoBounds, LonLat};
use crate::store::{Account, DocumentIx, PassageIx, SourceIx};
use crate::time::{Day, DaySpan, Edtf};
use crate::view::{Basemap, PassageOrder, Target, Theme, Tray};

/// A change a person asks for, by mouse, key, menu or command line.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    // What is chosen.
    /// Select, and bring the selection into sight in the other panels.
    Select(Option<Target>),
    /// Select from within the text: the other panels follow, the page stays where it is.
    SelectInText(Target),
    Hover(Option<Target>),
    /// Select the event of a passage and scroll the reader to it.
    ShowPassage(PassageIx),
    /// Esc: close the search, stop play, drop the selection, drop the window; one step a press.
    Back,

    // Time.
    SetWindow(Option<DaySpan>),
    /// Move the window by its own length times this.
    ShiftWindow(f64),
    SetPlayhead(Option<Day>),
    /// Show a span on the timeline without changing the window.
    ShowSpan(DaySpan),
    /// A typed date: the window becomes its span, the timeline and playhead go there.
    GoToDate(DaySpan),
    WindowFromSelection,
    /// Put the cursor into the date box.
    TypeDate,
    /// Select the next event in date order and move on to it.
    NextEvent,
    PreviousEvent,
    FirstEvent,
    LastEvent,
    /// Bring the window to the nearest event before or after it.
    GoToNearestBefore,
    GoToNearestAfter,
    TogglePlay,
    /// Seconds since the last tick while playing.
    PlayTick(f64),
    SetSpeed(f64),
    SetCumulative(bool),
    SetSkipGaps(bool),
    ZoomTimeline(f64),
    FitTimeline,

    // Space.
    MapRested {
        bounds: GeoBounds,
        center: LonLat,
        zoom: f64,
    },
    /// Put the map's camera where it was another day.
    RestoreCamera {
        center: LonLat,
        zoom: f64,
    },
    ZoomMap(f64),
    PanMap(f64, f64),
    /// Show where most of the events are; a second time, all of them.
    FitMap,
    FitSelection,
    SetBasemap(Basemap),
    ShowDisputed(bool),
    ShowRelief(bool),

    // Text.
    SetDocument(DocumentIx),
    ScrollTo(DocumentIx, Span),
    SetTray(Tray),
    SetPassageOrder(PassageOrder),
    /// `None` closes the search.
    Find(Option<String>),
    FindNext,
    FindPrevious,

    // The window.
    SetTheme(Theme),
    ShowTable(bool),
    ShowKeys(bool),
    ShowAbout(bool),
    HideSource(SourceIx, bool),

    // Files and texts.
    /// Ask for files and open them one after another.
    OpenDialog,
    /// An events file or a document.
    OpenFile(PathBuf),
    /// Open a text that was pasted.
    OpenText(Arc<str>),
    /// Ask the clipboard for a text to open.
    Paste,
    /// The article that comes with the program.
    OpenSample,
    /// Call off what is being read and all that waits.
    StopOpening,
    OpenBasemapDialog,
    CloseSource(SourceIx),
    /// An account has been read: join it here and now. For who has no worker.
    AccountOpened(AccountHandle),
    /// The bundled article, which gives way to the first document that a person opens.
    SampleOpened(AccountHandle),
    /// A worker has read an account and joined it with the others.
    Changed(Change, Joined),

    // The date of a document.
    /// Open or close the box for the date of the document in the reader.
    EditDocumentDate(bool),
    /// Read the document of a source again with another date.
    SetDocumentDate(SourceIx, Edtf),

    /// Something failed; the message is for the person.
    Failed(String),
}

/// An account on its way into the state; equal only to itself.
#[derive(Debug, Clone)]
pub struct AccountHandle(pub Arc<Account>);

impl PartialEq for AccountHandle {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Work that [`super::apply`] cannot do itself: it goes to a worker or to the window and comes back
/// as a [`Command`].
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    AskForFiles,
    AskForBasemap,
    AskForPaste,
    OpenFile(PathBuf),
    OpenText(Arc<str>),
    OpenSample,
    StopOpening,
    /// Read the document of an account again with another date.
    Reread(AccountHandle, Edtf),
    /// Join the accounts as they are after a change.
    Join(Change),
    Tell {
        message: String,
        is_error: bool,
    },
}
