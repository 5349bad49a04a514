//! The window: panels that read one state and send commands.

pub mod fonts;
pub mod panels;
pub mod theme;

use panels::map::MapPanel;
use panels::reader::ReaderPanel;
use panels::timeline::TimelinePanel;
use panels::{CommandSender, PanelContext};
use theme::Palette;

use crate::state::{AppState, Effect, apply};

/// The whole program as one egui app.
#[derive(Debug)]
pub struct ChronotopeApp {
    pub state: AppState,
    commands: CommandSender,
    palette: Palette,
    map: MapPanel,
    timeline: TimelinePanel,
    reader: ReaderPanel,
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
            map: MapPanel::new(render_state.is_some()),
            timeline: TimelinePanel::default(),
            reader: ReaderPanel::default(),
        }
    }

    /// One frame: every panel is shown, then the commands they sent are applied.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        if self.palette.mode != self.state.view.theme {
            self.palette = Palette::of(self.state.view.theme);
            theme::install(ui.ctx(), &self.palette);
        }
        let answer = self.state.answer();
        let cx = PanelContext {
            store: &self.state.store,
            view: &self.state.view,
            answer: &answer,
            palette: &self.palette,
            commands: &self.commands,
        };
        let frame = egui::Frame::NONE.fill(self.palette.panel);
        egui::Panel::bottom("timeline")
            .frame(frame)
            .resizable(true)
            .default_size(220.0)
            .size_range(120.0..=480.0)
            .show(ui, |ui| self.timeline.show(ui, &cx));
        egui::Panel::right("reader")
            .frame(frame.fill(self.palette.paper))
            .resizable(true)
            .default_size(ui.available_width() * 0.4)
            .min_size(280.0)
            .show(ui, |ui| self.reader.show(ui, &cx));
        egui::CentralPanel::default().frame(frame).show(ui, |ui| self.map.show(ui, &cx));
        let commands = self.commands.take();
        if !commands.is_empty() {
            ui.ctx().request_repaint();
        }
        let effects: Vec<Effect> = commands.into_iter().flat_map(|c| apply(&mut self.state, c)).collect();
        self.carry_out(effects);
    }

    #[expect(clippy::unused_self, clippy::needless_pass_by_value, reason = "filled by the next step")]
    fn carry_out(&mut self, _effects: Vec<Effect>) {}
}

impl eframe::App for ChronotopeApp {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}
