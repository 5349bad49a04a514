//! The real window: eframe around the app, and what of it persists between runs.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::ChronotopeApp;
use super::settings::{self, SavedCamera, Settings};
use crate::state::{AppState, Command};

/// How the window is opened.
#[derive(Debug, Clone, Default)]
pub struct Launch {
    /// Read one after another once the window is there.
    pub files: Vec<PathBuf>,
    /// Where each applied command is told.
    pub trace: Option<fn(&str)>,
    /// Close after the first frame has been shown: what the start-up bench measures.
    pub close_after_first_frame: bool,
}

/// How long changed settings wait to be written, so that a drag is not written at each step.
const SAVE_AFTER: Duration = Duration::from_secs(5);

struct Window {
    app: ChronotopeApp,
    settings_path: Option<PathBuf>,
    /// As of the last frame.
    current: Settings,
    saved: Settings,
    changed_at: Option<Instant>,
    n_frames: u64,
    /// Nothing but what was open last time has been opened yet: the camera goes back to where it was.
    wants_camera: bool,
    close_after_first_frame: bool,
}

/// Opens the window on a state and returns when it is closed.
///
/// # Errors
/// eframe's error where there is no display or nothing to draw with.
pub fn open_window(mut state: AppState, launch: Launch) -> Result<(), eframe::Error> {
    let settings_path = settings::path();
    let (settings, damage) = settings_path.as_deref().map_or_else(Default::default, settings::load);
    settings.apply_to(&mut state.view);
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Chronotope")
            .with_app_id("chronotope")
            .with_inner_size(settings.window_size)
            .with_min_inner_size([800.0, 500.0])
            .with_maximized(settings.maximized),
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "Chronotope",
        options,
        Box::new(move |cc| {
            cc.egui_ctx.set_zoom_factor(settings.zoom_factor);
            let mut app = ChronotopeApp::new(&cc.egui_ctx, cc.wgpu_render_state.as_ref(), state);
            app.settings = settings.clone();
            app.trace = launch.trace;
            for file in launch.files {
                app.send(Command::OpenFile(file));
            }
            if let Some(damage) = damage {
                app.tell(&damage.to_string(), true);
            }
            Ok(Box::new(Window {
                app,
                settings_path,
                current: settings.clone(),
                saved: settings,
                changed_at: None,
                n_frames: 0,
                close_after_first_frame: launch.close_after_first_frame,
                wants_camera: true,
            }))
        }),
    )
}

/// The files that are open; the bundled article has no path.
fn open_files(state: &AppState) -> Vec<PathBuf> {
    state.accounts().iter().map(|a| a.path.clone().unwrap_or_default()).collect()
}

impl Window {
    /// Puts the camera where it was when the same files were last open, once all are read.
    fn restore_camera(&mut self) {
        // In the first frame the files of the command line are still on their way to the worker.
        let is_launched = self.n_frames > 1 || !self.app.state().accounts().is_empty();
        if !self.wants_camera || !is_launched || !self.app.is_idle() {
            return;
        }
        self.wants_camera = false;
        let files = open_files(self.app.state());
        if let Some(camera) = self.saved.camera.as_ref().filter(|c| c.files == files) {
            self.app.send(Command::RestoreCamera { center: camera.center, zoom: camera.zoom });
        }
    }

    fn current_settings(&self, ctx: &egui::Context) -> Settings {
        let mut settings = self.app.settings.clone();
        settings.take_from(&self.app.state().view);
        settings.zoom_factor = ctx.zoom_factor();
        let viewport = ctx.input(|input| input.viewport().clone());
        settings.maximized = viewport.maximized.unwrap_or(false);
        if let Some(rect) = viewport.inner_rect.filter(|_| !settings.maximized) {
            settings.window_size = rect.size().into();
        }
        settings.camera = self.app.state().view.map_camera.map(|camera| SavedCamera {
            files: open_files(self.app.state()),
            center: camera.center,
            zoom: camera.zoom,
        });
        settings
    }

    fn save_if_settled(&mut self, ctx: &egui::Context) {
        self.current = self.current_settings(ctx);
        if self.current == self.saved {
            self.changed_at = None;
            return;
        }
        let changed_at = *self.changed_at.get_or_insert_with(Instant::now);
        if changed_at.elapsed() < SAVE_AFTER {
            ctx.request_repaint_after(SAVE_AFTER);
            return;
        }
        self.save(self.current.clone());
    }

    fn save(&mut self, settings: Settings) {
        self.changed_at = None;
        if let Some(path) = &self.settings_path
            && let Err(error) = settings.save(path)
        {
            self.app.send(Command::Failed(error.to_string()));
        }
        // Also after a failure: it was told once and would fail the same way again.
        self.saved = settings;
    }
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        // At the second call the first frame is on the screen; what comes after it is not measured.
        if self.close_after_first_frame && self.n_frames > 0 {
            std::process::exit(0);
        }
        self.n_frames += 1;
        self.restore_camera();
        self.app.frame(ui);
        self.save_if_settled(ui.ctx());
        if self.close_after_first_frame {
            ui.request_repaint();
        }
    }

    fn on_exit(&mut self) {
        if !self.close_after_first_frame && self.current != self.saved {
            self.save(self.current.clone());
        }
    }
}
