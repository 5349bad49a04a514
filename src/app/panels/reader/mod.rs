//! The reader panel.

use crate::app::panels::PanelContext;

/// Panel memory of the reader: its scroll position and laid-out text.
#[derive(Debug, Default)]
pub struct ReaderPanel {}

impl ReaderPanel {
    /// Fills the rest of `ui` with the document of the view.
    pub fn show(&mut self, ui: &mut egui::Ui, cx: &PanelContext<'_>) {
        let _ = cx;
        ui.label("reader");
    }
}
