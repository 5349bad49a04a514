//! The whole window on the bundled article, driven by the names of what is in it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]
#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::Arc;

use chronotope::app::ChronotopeApp;
use chronotope::formats;
use chronotope::state::{AccountHandle, AppState, Command, apply};
use chronotope::store::{Account, Event, EventIx, PlaceIx};
use chronotope::view::{Target, View};
use egui_kittest::Harness;

pub type Window = Harness<'static, ChronotopeApp>;

pub fn bundled() -> Account {
    formats::bundled().unwrap()
}

/// A state with some accounts open.
pub fn state_of(accounts: impl IntoIterator<Item = Account>) -> AppState {
    let mut state = AppState::default();
    for account in accounts {
        apply(&mut state, Command::AccountOpened(AccountHandle(Arc::new(account))));
    }
    state
}

/// The window of a state, drawn by the software GPU, after its first frames.
pub fn window_of(state: AppState, size: [f32; 2]) -> Window {
    let mut window = Harness::builder()
        .with_size(size)
        .with_max_steps(400)
        .with_step_dt(1.0 / 20.0)
        .wgpu()
        .build_eframe(move |cc| ChronotopeApp::new(&cc.egui_ctx, cc.wgpu_render_state.as_ref(), state));
    window.run();
    window
}

/// The window on the bundled article at 1600×1000.
pub fn article() -> Window {
    window_of(state_of([bundled()]), [1600.0, 1000.0])
}

/// Carries out a command as a panel would, and lets the window come to rest.
pub fn send(window: &mut Window, command: Command) {
    window.state_mut().send(command);
    window.run();
}

pub fn view(window: &Window) -> &View {
    &window.state().state().view
}

pub fn place(window: &Window, name: &str) -> PlaceIx {
    let position = window.state().state().store().places().iter().position(|p| p.name == name).unwrap();
    PlaceIx(u32::try_from(position).unwrap())
}

/// The event whose id begins so.
pub fn event(window: &Window, id: &str) -> EventIx {
    let store = window.state().state().store();
    store.event_ids().find(|e| store.event(*e).unwrap().id.starts_with(id)).unwrap()
}

pub fn event_data(window: &Window, event: EventIx) -> &Event {
    window.state().state().store().event(event).unwrap()
}

pub fn selection(window: &Window) -> Option<Target> {
    view(window).selection
}
