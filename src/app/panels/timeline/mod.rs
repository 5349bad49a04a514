//! The timeline panel.

use crate::app::panels::PanelContext;

/// Panel memory of the timeline: its scale, half-done drags and caches.
#[derive(Debug, Default)]
pub struct TimelinePanel {}

impl TimelinePanel {
    /// Fills the rest of `ui` with the timeline.
    pub fn show(&mut self, ui: &mut egui::Ui, cx: &PanelContext<'_>) {
        let _ = cx;
        ui.label("timeline");
    }
}
