//! The typefaces that come with the program, and who stands in for whom.

use egui::{FontDefinitions, FontFamily};

/// Families: proportional and monospace, `serif`, `serif-italic`, `serif-semibold`, `sans-semibold`.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for family in ["serif", "serif-italic", "serif-semibold", "sans-semibold"] {
        fonts.families.insert(FontFamily::Name(family.into()), fallback.clone());
    }
    fonts
}
