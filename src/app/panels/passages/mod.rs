//! The passages panel.

use crate::app::panels::PanelContext;

/// Panel memory of the passages list.
#[derive(Debug, Default)]
pub struct PassagesPanel {}

impl PassagesPanel {
    /// Fills the rest of `ui` with the list.
    pub fn show(&mut self, ui: &mut egui::Ui, cx: &PanelContext<'_>) {
        let _ = cx;
        ui.label("passages");
    }
}
