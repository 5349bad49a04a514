//! The typefaces that come with the program, and who stands in for whom.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

macro_rules! faces {
    ($($name:literal: $file:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../assets/fonts/", $file)))),*]
    };
}

const FACES: &[(&str, &[u8])] = faces![
    "sans": "Inter_400Regular.ttf",
    "sans-medium": "Inter_500Medium.ttf",
    "sans-semibold": "Inter_600SemiBold.ttf",
    "serif": "SourceSerif4_400Regular.ttf",
    "serif-italic": "SourceSerif4_400Regular_Italic.ttf",
    "serif-semibold": "SourceSerif4_600SemiBold.ttf",
    "armenian": "NotoSansArmenian_400Regular.ttf",
    "georgian": "NotoSansGeorgian_400Regular.ttf",
    "arabic": "NotoSansArabic_400Regular.ttf",
    "hebrew": "NotoSansHebrew_400Regular.ttf",
];

/// Letters that neither Inter nor Source Serif has, then egui's own faces for symbols.
const STAND_INS: [&str; 6] = ["sans", "serif", "armenian", "georgian", "arabic", "hebrew"];

/// The faces that are families of their own, beside the proportional one.
const FAMILIES: [&str; 5] = ["sans-medium", "sans-semibold", "serif", "serif-italic", "serif-semibold"];

/// Families: proportional (Inter) and monospace, and by name `sans-medium`, `sans-semibold`, `serif`,
/// `serif-italic`, `serif-semibold`.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let symbols = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let family = |first: &str| -> Vec<String> {
        let stand_ins = STAND_INS.iter().filter(|face| **face != first).map(ToString::to_string);
        std::iter::once(first.to_owned()).chain(stand_ins).chain(symbols.iter().cloned()).collect()
    };
    for (name, bytes) in FACES {
        fonts.font_data.insert((*name).to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    fonts.families.insert(FontFamily::Proportional, family("sans"));
    for name in FAMILIES {
        fonts.families.insert(FontFamily::Name(name.into()), family(name));
    }
    if let Some(monospace) = fonts.families.get_mut(&FontFamily::Monospace) {
        monospace.extend(family("sans"));
    }
    fonts
}
