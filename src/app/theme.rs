//! Every colour and size of the window: a paper theme for day and one for night.

use egui::{Color32, CornerRadius, FontFamily, FontId, Stroke, Visuals, vec2};

use crate::store::SourceIx;
use crate::view::Theme;

/// Colours by what they mean. One accent for time and one for place, used alike in all panels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    pub mode: Theme,
    /// The page under the text and the window behind panels.
    pub paper: Color32,
    /// Panels beside the page: toolbar, timeline, lists.
    pub panel: Color32,
    /// A raised card or a pressed button.
    pub raised: Color32,
    pub ink: Color32,
    pub ink_soft: Color32,
    /// Captions; still 4.5:1 on `paper` and `panel`.
    pub ink_faint: Color32,
    pub hairline: Color32,
    /// Dates, bars, the window, the playhead.
    pub time: Color32,
    pub time_tint: Color32,
    /// Toponyms, marks on the map.
    pub place: Color32,
    pub place_tint: Color32,
    /// Behind the passages of the selection.
    pub passage_tint: Color32,
    /// Behind the passages of what is hovered.
    pub hover_tint: Color32,
    /// Behind a hit of the text search.
    pub find_tint: Color32,
    pub focus: Color32,
    pub warning: Color32,
}

/// Source colours by day and by night, in the order of opening.
const SOURCES_BY_DAY: [Color32; 6] = [
    Color32::from_rgb(0x17, 0x6B, 0x75),
    Color32::from_rgb(0x8C, 0x2F, 0x6B),
    Color32::from_rgb(0x9A, 0x6A, 0x00),
    Color32::from_rgb(0x2B, 0x5C, 0xA8),
    Color32::from_rgb(0x3C, 0x7A, 0x2E),
    Color32::from_rgb(0xB0, 0x3A, 0x2E),
];
const SOURCES_BY_NIGHT: [Color32; 6] = [
    Color32::from_rgb(0x63, 0xC6, 0xC6),
    Color32::from_rgb(0xE0, 0x8F, 0xC4),
    Color32::from_rgb(0xE6, 0xB8, 0x4C),
    Color32::from_rgb(0x86, 0xB2, 0xF0),
    Color32::from_rgb(0x8F, 0xCB, 0x7C),
    Color32::from_rgb(0xF0, 0x8A, 0x7C),
];

impl Palette {
    pub fn of(mode: Theme) -> Self {
        let rgb = Color32::from_rgb;
        match mode {
            Theme::Day => Self {
                mode,
                paper: rgb(0xFC, 0xF9, 0xF3),
                panel: rgb(0xF4, 0xEF, 0xE5),
                raised: rgb(0xFF, 0xFE, 0xFB),
                ink: rgb(0x26, 0x22, 0x1E),
                ink_soft: rgb(0x56, 0x4F, 0x47),
                ink_faint: rgb(0x6F, 0x67, 0x5D),
                hairline: rgb(0xDC, 0xD4, 0xC5),
                time: rgb(0xA8, 0x45, 0x1C),
                time_tint: rgb(0xF3, 0xDC, 0xCB),
                place: rgb(0x17, 0x6B, 0x75),
                place_tint: rgb(0xCF, 0xE6, 0xE4),
                passage_tint: rgb(0xFA, 0xEB, 0xB4),
                hover_tint: rgb(0xF4, 0xEE, 0xDC),
                find_tint: rgb(0xE3, 0xD7, 0xF2),
                focus: rgb(0x2F, 0x5F, 0xB3),
                warning: rgb(0x9B, 0x2C, 0x2C),
            },
            Theme::Night => Self {
                mode,
                paper: rgb(0x17, 0x19, 0x1C),
                panel: rgb(0x1F, 0x22, 0x26),
                raised: rgb(0x2A, 0x2E, 0x33),
                ink: rgb(0xE8, 0xE2, 0xD6),
                ink_soft: rgb(0xBD, 0xB5, 0xA8),
                ink_faint: rgb(0x9D, 0x96, 0x8B),
                hairline: rgb(0x38, 0x3C, 0x42),
                time: rgb(0xF2, 0x9A, 0x62),
                time_tint: rgb(0x4E, 0x33, 0x22),
                place: rgb(0x63, 0xC6, 0xC6),
                place_tint: rgb(0x1D, 0x42, 0x45),
                passage_tint: rgb(0x4B, 0x40, 0x1C),
                hover_tint: rgb(0x2C, 0x2B, 0x28),
                find_tint: rgb(0x3E, 0x33, 0x57),
                focus: rgb(0x8A, 0xB4, 0xF8),
                warning: rgb(0xF0, 0x8A, 0x8A),
            },
        }
    }

    /// The colour of a source in all panels; the only source has the accents themselves.
    ///
    /// The hues follow Okabe and Ito's set for colour-blind readers
    /// (<https://jfly.uni-koeln.de/color/>), darkened by day and lightened by night.
    pub fn source(&self, source: SourceIx, accent: Color32, n_sources: usize) -> Color32 {
        if n_sources < 2 {
            return accent;
        }
        let set = if self.mode == Theme::Day { &SOURCES_BY_DAY } else { &SOURCES_BY_NIGHT };
        set.get(source.as_usize() % set.len()).copied().unwrap_or(accent)
    }

    /// A sign for a source beside its colour, so that colour is never the only one: "A", "B", …
    pub fn source_letter(source: SourceIx) -> char {
        char::from_u32(u32::from('A') + source.0 % 26).unwrap_or('?')
    }

    pub fn visuals(&self) -> Visuals {
        let mut visuals = match self.mode {
            Theme::Day => Visuals::light(),
            Theme::Night => Visuals::dark(),
        };
        visuals.override_text_color = None;
        visuals.panel_fill = self.panel;
        visuals.window_fill = self.raised;
        visuals.extreme_bg_color = self.paper;
        visuals.faint_bg_color = self.hover_tint;
        visuals.window_stroke = Stroke::new(1.0, self.hairline);
        visuals.hyperlink_color = self.place;
        visuals.selection.bg_fill = self.place_tint;
        visuals.selection.stroke = Stroke::new(1.5, self.focus);
        visuals.warn_fg_color = self.warning;
        visuals.error_fg_color = self.warning;
        let widgets = &mut visuals.widgets;
        for (state, fill, text) in [
            (&mut widgets.noninteractive, self.panel, self.ink),
            (&mut widgets.inactive, self.raised, self.ink),
            (&mut widgets.hovered, self.hover_tint, self.ink),
            (&mut widgets.active, self.place_tint, self.ink),
            (&mut widgets.open, self.raised, self.ink),
        ] {
            state.bg_fill = fill;
            state.weak_bg_fill = fill;
            state.bg_stroke = Stroke::new(1.0, self.hairline);
            state.fg_stroke = Stroke::new(1.0, text);
            state.corner_radius = CornerRadius::same(4);
            state.expansion = 0.0;
        }
        widgets.hovered.bg_stroke = Stroke::new(1.0, self.ink_faint);
        visuals
    }
}

/// Named type sizes, in points.
pub mod size {
    pub const CAPTION: f32 = 11.5;
    pub const LABEL: f32 = 13.0;
    pub const BODY: f32 = 14.0;
    pub const READING: f32 = 17.0;
    pub const HEADING: f32 = 22.0;
    pub const TITLE: f32 = 30.0;
}

/// The interface face.
pub fn sans(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

pub fn sans_medium(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("sans-medium".into()))
}

pub fn sans_semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("sans-semibold".into()))
}

/// The face of source text: what is set in it are a document's own words.
pub fn serif(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("serif".into()))
}

pub fn serif_italic(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("serif-italic".into()))
}

pub fn serif_semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("serif-semibold".into()))
}

/// Thin bars that lie over the content and take no room from it, so that a bar that comes or goes
/// never breaks lines anew.
pub fn scroll_style() -> egui::style::ScrollStyle {
    egui::style::ScrollStyle { floating_allocated_width: 0.0, ..egui::style::ScrollStyle::thin() }
}

/// Applies a theme to a context.
pub fn install(ctx: &egui::Context, palette: &Palette) {
    use egui::TextStyle;
    ctx.set_theme(match palette.mode {
        Theme::Day => egui::Theme::Light,
        Theme::Night => egui::Theme::Dark,
    });
    ctx.all_styles_mut(|style| {
        style.visuals = palette.visuals();
        style.text_styles = [
            (TextStyle::Small, sans(size::CAPTION)),
            (TextStyle::Body, sans(size::BODY)),
            (TextStyle::Button, sans(size::LABEL)),
            (TextStyle::Heading, sans_semibold(size::HEADING)),
            (TextStyle::Monospace, FontId::monospace(size::LABEL)),
        ]
        .into();
        style.spacing.item_spacing = vec2(8.0, 6.0);
        style.spacing.button_padding = vec2(8.0, 4.0);
        style.spacing.interact_size.y = 26.0;
        style.animation_time = 0.12;
    });
}
