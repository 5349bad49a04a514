//! The window: panels that read one state and send commands.

mod behind;
mod drop;
pub mod fonts;
mod heights;
pub mod jobs;
pub mod keys;
mod notices;
pub mod offscreen;
pub mod opener;
pub mod panels;
mod progress_card;
pub mod settings;
mod sheets;
pub mod theme;
mod window;
mod words;

pub use window::{Launch, open_window};

use notices::Weight;
use opener::{Opener, Wanted};
use panels::event_table::EventTable;
use panels::map::MapPanel;
use panels::passages::PassagesPanel;
use panels::reader::ReaderPanel;
use panels::timeline::TimelinePanel;
use panels::{CommandSender, PanelContext, toolbar};
use settings::Settings;
use theme::Palette;

use crate::state::{AppState, Command, Effect, apply, describe};
use crate::view::View;

const TOOLBAR_HEIGHT: f32 = 40.0;
/// The least height in which the list of passages shows more than its head, in points.
const PASSAGES_HEIGHT: f32 = 200.0;

/// The whole program as one egui app.
pub struct ChronotopeApp {
    state: AppState,
    commands: CommandSender,
    palette: Palette,
    jobs: jobs::Jobs,
    opener: Opener,
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
            opener: Opener::default(),
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
        self.jobs.is_idle() && self.opener.is_idle()
    }

    /// Reads files and texts with another function.
    pub fn read_with(&mut self, read: opener::ReadFn) {
        self.opener.read_with(read);
    }

    /// One frame: keys, then every panel, then the commands they sent are applied.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        if self.palette.mode != self.state.view.theme {
            self.palette = Palette::of(self.state.view.theme);
            theme::install(&ctx, &self.palette);
        }
        let from_workers =
            self.jobs.finished().into_iter().chain(self.opener.update(&ctx, self.state.shelf()));
        for command in from_workers.chain(drop::dropped_files(&ctx)) {
            self.commands.send(command);
        }
        if !self.awaits_text
            && let Some(command) = drop::pasted(&ctx)
        {
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
        let top = TOOLBAR_HEIGHT + self.reader.head_height() + 10.0;
        let below_card = self.show_progress(&ctx, top);
        self.notices.show(&ctx, &self.palette, top + below_card);
        drop::show_invitation(&ctx, &self.palette);
        let commands = self.commands.take();
        if !commands.is_empty() {
            ctx.request_repaint();
        }
        // Held, so that what a command takes out of the state is not freed in this frame.
        let before = (self.state.store().clone(), self.state.shelf().clone());
        for command in commands {
            // A notice lies over all else, so it is the first thing to go back from.
            if command == Command::Back && self.notices.dismiss() {
                continue;
            }
            let command = if command == Command::Back && self.is_opening_on_top() {
                Command::StopOpening
            } else {
                command
            };
            self.awaits_text |= matches!(
                command,
                Command::TypeDate | Command::Find(Some(_)) | Command::EditDocumentDate(true)
            );
            if let Some(trace) = self.trace {
                trace(&describe(&command, self.state.store()));
            }
            for effect in apply(&mut self.state, command) {
                self.carry_out(&ctx, effect);
            }
        }
        if before.0.generation() != self.state.store().generation() {
            behind::discard(before);
        }
    }

    fn show_panels(&mut self, ui: &mut egui::Ui) {
        let answer = self.state.answer();
        let cx = PanelContext {
            store: self.state.store(),
            view: &self.state.view,
            answer: &answer,
            palette: &self.palette,
            is_opening: !self.opener.is_idle(),
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
            .default_size(self.settings.timeline_height.min(window.y * 0.3))
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
                    .default_size(
                        (height * self.settings.passages_fraction).max(PASSAGES_HEIGHT.min(height * 0.5)),
                    )
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

    /// Shows what is being opened; returns the height that the card takes from the notices.
    fn show_progress(&mut self, ctx: &egui::Context, top: f32) -> f32 {
        let Some(status) = self.opener.status() else { return 0.0 };
        let middle_of_map = ctx.content_rect().width() * (1.0 - self.settings.reader_fraction) / 2.0;
        let alone_at = self.state.accounts().is_empty().then_some(middle_of_map);
        let (height, is_stopped) = progress_card::show(ctx, &self.palette, &status, top, alone_at);
        if is_stopped {
            self.commands.send(Command::StopOpening);
        }
        height
    }

    /// Would Esc stop what is being opened? What lies over the whole window closes before.
    fn is_opening_on_top(&self) -> bool {
        let View { show_keys, show_about, date_box, .. } = self.state.view;
        let lies_over = show_keys || show_about || date_box;
        !lies_over && !self.opener.is_idle()
    }

    fn want(&mut self, ctx: &egui::Context, wanted: Wanted) {
        self.opener.want(wanted);
        ctx.request_repaint();
    }

    fn carry_out(&mut self, ctx: &egui::Context, effect: Effect) {
        match effect {
            Effect::AskForFiles => self.jobs.ask_for_files(ctx),
            Effect::AskForBasemap => self.jobs.ask_for_basemap(ctx),
            Effect::AskForPaste => ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
            Effect::OpenFile(path) => self.want(ctx, Wanted::File(path)),
            Effect::OpenText(text) => self.want(ctx, Wanted::Text(text)),
            Effect::OpenSample => self.want(ctx, Wanted::Sample),
            Effect::Reread(account, date) => self.want(ctx, Wanted::Reread(account.0, date)),
            Effect::Join(change) => self.want(ctx, Wanted::Join(change)),
            Effect::StopOpening => self.opener.stop(),
            Effect::Tell { message, is_error } => self.tell(&message, is_error),
            Effect::Warn(message) => self.notices.add(&message, Weight::Warning),
        }
    }

    /// Says something to the person: errors stay until they are closed.
    pub fn tell(&mut self, message: &str, is_error: bool) {
        self.notices.add(message, if is_error { Weight::Error } else { Weight::News });
    }
}

impl eframe::App for ChronotopeApp {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}
