//! The window: panels that read one state and send commands.

pub mod fonts;
mod heights;
pub mod jobs;
pub mod keys;
mod notices;
pub mod offscreen;
pub mod panels;
pub mod settings;
mod sheets;
pub mod theme;
mod window;

pub use window::{Launch, open_window};

use panels::event_table::EventTable;
use panels::map::MapPanel;
use panels::passages::PassagesPanel;
use panels::reader::ReaderPanel;
use panels::timeline::TimelinePanel;
use panels::{CommandSender, PanelContext, toolbar};
use settings::Settings;
use theme::Palette;

use crate::state::{AppState, Command, Effect, apply, describe};

const TOOLBAR_HEIGHT: f32 = 40.0;

/// The whole program as one egui app.
pub struct ChronotopeApp {
    state: AppState,
    commands: CommandSender,
    palette: Palette,
    jobs: jobs::Jobs,
    notices: notices::Notices,
    pub settings: Settings,
    /// Where each applied command is told, one line each.
    pub trace: Option<fn(&str)>,
    /// A text box gets the focus in the next frame: what is typed meanwhile is for it.
    awaits_text: bool,
    map: MapPanel,
    timeline: TimelinePanel,
    reader: ReaderPanel,
    passages: PassagesPanel,
    table: EventTable,
}

impl std::fmt::Debug for ChronotopeApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChronotopeApp").field("state", &self.state).finish_non_exhaustive()
    }
}

impl ChronotopeApp {
    /// Sets up fonts and theme; `render_state` is the GPU the map's vector tiles are drawn with.
    pub fn new(ctx: &egui::Context, render_state: Option<&egui_wgpu::RenderState>, state: AppState) -> Self {
        if render_state.is_some() {
            walkers::install_renderer(render_state);
        }
        ctx.set_fonts(fonts::definitions());
        let palette = Palette::of(state.view.theme);
        theme::install(ctx, &palette);
        Self {
            state,
            commands: CommandSender::default(),
            palette,
            jobs: jobs::Jobs::default(),
            notices: notices::Notices::default(),
            settings: Settings::default(),
            trace: None,
            awaits_text: false,
            map: MapPanel::new(render_state.is_some()),
            timeline: TimelinePanel::default(),
            reader: ReaderPanel::default(),
            passages: PassagesPanel::default(),
            table: EventTable::default(),
        }
    }

    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// The answer to the current view.
    pub fn answer(&mut self) -> std::sync::Arc<crate::store::Answer> {
        self.state.answer()
    }

    /// Carries out a command as if a panel had sent it.
    pub fn send(&self, command: Command) {
        self.commands.send(command);
    }

    /// Is no worker busy?
    pub fn is_idle(&self) -> bool {
        self.jobs.is_idle()
    }

    /// One frame: keys, then every panel, then the commands they sent are applied.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        if self.palette.mode != self.state.view.theme {
            self.palette = Palette::of(self.state.view.theme);
            theme::install(&ctx, &self.palette);
        }
        for command in self.jobs.finished().into_iter().chain(dropped_files(&ctx)) {
            self.commands.send(command);
        }
        // Esc during a drag ends the drag and nothing else.
        if self.timeline.is_dragging()
            && ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
        {
            self.timeline.cancel_drag();
        }
        for command in keys::pressed(&ctx, &self.state.view, std::mem::take(&mut self.awaits_text)) {
            self.commands.send(command);
        }
        self.show_panels(ui);
        self.show_sheets(&ctx);
        self.notices.show(&ctx, &self.palette, TOOLBAR_HEIGHT + 10.0);
        let commands = self.commands.take();
        if !commands.is_empty() {
            ctx.request_repaint();
        }
        for command in commands {
            // A notice lies over all else, so it is the first thing to go back from.
            if command == Command::Back && self.notices.dismiss() {
                continue;
            }
            self.awaits_text |= matches!(command, Command::TypeDate | Command::Find(Some(_)));
            if let Some(trace) = self.trace {
                trace(&describe(&command, self.state.store()));
            }
            for effect in apply(&mut self.state, command) {
                self.carry_out(&ctx, effect);
            }
        }
    }

    fn show_panels(&mut self, ui: &mut egui::Ui) {
        let answer = self.state.answer();
        let cx = PanelContext {
            store: self.state.store(),
            view: &self.state.view,
            answer: &answer,
            palette: &self.palette,
            commands: &self.commands,
        };
        let window = ui.max_rect().size();
        let chrome = egui::Frame::NONE.fill(self.palette.panel);
        let page = egui::Frame::NONE.fill(self.palette.paper);
        egui::Panel::top("toolbar")
            .frame(chrome)
            .exact_size(TOOLBAR_HEIGHT)
            .show(ui, |ui| toolbar::show(ui, &cx));
        let timeline = egui::Panel::bottom("timeline")
            .frame(chrome)
            .resizable(true)
            .default_size(self.settings.timeline_height.min(window.y * 0.4))
            .size_range(120.0..=(window.y * 0.55).max(160.0))
            .show(ui, |ui| self.timeline.show(ui, &cx));
        let reading = egui::Panel::right("reading")
            .frame(page)
            .resizable(true)
            .default_size(window.x * self.settings.reader_fraction)
            .size_range(300.0..=(window.x * 0.72).max(320.0))
            .show(ui, |ui| {
                let height = ui.max_rect().height();
                let passages = egui::Panel::bottom("passages")
                    .frame(chrome)
                    .resizable(true)
                    .default_size(height * self.settings.passages_fraction)
                    .size_range(90.0..=(height * 0.8).max(100.0))
                    .show(ui, |ui| self.passages.show(ui, &cx));
                egui::CentralPanel::default().frame(page).show(ui, |ui| self.reader.show(ui, &cx));
                passages.response.rect.height() / height.max(1.0)
            });
        egui::CentralPanel::default().frame(page).show(ui, |ui| {
            if cx.view.show_table {
                self.table.show(ui, &cx);
            } else {
                self.map.show(ui, &cx);
            }
        });
        self.settings.timeline_height = timeline.response.rect.height();
        self.settings.reader_fraction = reading.response.rect.width() / window.x.max(1.0);
        self.settings.passages_fraction = reading.inner;
    }

    fn show_sheets(&self, ctx: &egui::Context) {
        if self.state.view.show_keys && sheets::keys(ctx, &self.palette) {
            self.commands.send(Command::ShowKeys(false));
        }
        if self.state.view.show_about && sheets::about(ctx, &self.palette) {
            self.commands.send(Command::ShowAbout(false));
        }
    }

    fn carry_out(&mut self, ctx: &egui::Context, effect: Effect) {
        match effect {
            Effect::AskForFile => self.jobs.ask_for_file(ctx),
            Effect::AskForBasemap => self.jobs.ask_for_basemap(ctx),
            Effect::OpenFile(path) => self.jobs.open_file(ctx, path),
            Effect::Tell { message, is_error } => self.tell(&message, is_error),
        }
    }

    /// Says something to the person: errors stay until they are closed.
    pub fn tell(&mut self, message: &str, is_error: bool) {
        self.notices.add(message, is_error);
    }
}

fn dropped_files(ctx: &egui::Context) -> Vec<Command> {
    ctx.input(|input| {
        input.raw.dropped_files.iter().map(|file| file.path().to_owned()).map(Command::OpenFile).collect()
    })
}

impl eframe::App for ChronotopeApp {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}
