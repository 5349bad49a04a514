//! A frame of the whole window with the article open: the CPU time of the user-interface code and of
//! egui's tessellation, without the rasteriser.
//!
//! `cargo bench --bench frame`
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use chronotope::app::ChronotopeApp;
use chronotope::app::offscreen::create_render_state;
use chronotope::formats;
use chronotope::state::{AccountHandle, AppState, Command, apply};
use divan::Bencher;
use egui::{Event, PointerButton, Pos2, RawInput, Rect, pos2, vec2};

fn main() {
    divan::main();
}

struct Window {
    ctx: egui::Context,
    app: ChronotopeApp,
    n_frames: u64,
}

impl Window {
    fn open() -> Self {
        let mut state = AppState::default();
        let account = formats::bundled().unwrap();
        apply(&mut state, Command::AccountOpened(AccountHandle(std::sync::Arc::new(account))));
        let render_state = create_render_state().unwrap();
        let ctx = egui::Context::default();
        let app = ChronotopeApp::new(&ctx, Some(&render_state), state);
        let mut window = Self { ctx, app, n_frames: 0 };
        for _ in 0..90 {
            window.frame(Vec::new());
        }
        window
    }

    fn frame(&mut self, events: Vec<Event>) -> egui::FullOutput {
        self.n_frames += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1600.0, 1000.0))),
            time: Some(self.n_frames as f64 / 60.0),
            events,
            focused: true,
            ..RawInput::default()
        };
        self.ctx.run_ui(input, |ui| self.app.frame(ui))
    }
}

/// Nothing happens: what a repaint costs.
#[divan::bench(sample_count = 200)]
fn at_rest(bencher: Bencher) {
    let mut window = Window::open();
    bencher.bench_local(|| window.frame(Vec::new()));
}

#[divan::bench(sample_count = 200)]
fn at_rest_with_tessellation(bencher: Bencher) {
    let mut window = Window::open();
    bencher.bench_local(|| {
        let output = window.frame(Vec::new());
        window.ctx.tessellate(output.shapes, 1.0)
    });
}

/// The pointer wanders over map, text and timeline.
#[divan::bench(sample_count = 200)]
fn pointer_moves(bencher: Bencher) {
    let mut window = Window::open();
    let mut step = 0.0_f32;
    bencher.bench_local(|| {
        step += 1.0;
        let spot = pos2(800.0 + 700.0 * (step * 0.07).sin(), 500.0 + 450.0 * (step * 0.11).cos());
        window.frame(vec![Event::PointerMoved(spot)])
    });
}

/// The map is dragged.
#[divan::bench(sample_count = 200)]
fn map_drags(bencher: Bencher) {
    let mut window = Window::open();
    let start = pos2(450.0, 400.0);
    window.frame(vec![Event::PointerMoved(start)]);
    let press = Event::PointerButton {
        pos: start,
        button: PointerButton::Primary,
        pressed: true,
        modifiers: egui::Modifiers::NONE,
    };
    window.frame(vec![press]);
    let mut step = 0.0_f32;
    bencher.bench_local(|| {
        step += 1.0;
        window.frame(vec![Event::PointerMoved(
            start + vec2(60.0 * (step * 0.05).sin(), 40.0 * (step * 0.04).cos()),
        )])
    });
}
