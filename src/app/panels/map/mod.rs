//! The map panel.

use crate::app::panels::PanelContext;

/// Panel memory of the map: its camera and caches.
#[derive(Debug, Default)]
pub struct MapPanel {}

impl MapPanel {
    /// Fills the rest of `ui` with the map.
    pub fn show(&mut self, ui: &mut egui::Ui, cx: &PanelContext<'_>) {
        let _ = cx;
        ui.label("map");
    }
}
