//! How the basemap looks by day and by night: quiet land, calm water, lines that recede behind the
//! marks.
//!
//! walkers reads a subset of `MapLibre`'s style specification; the archive's layers and attributes
//! are listed in `assets/README.md`.

use egui::Color32;
use serde_json::{Value, json};

use crate::view::Theme;

/// Colours of the basemap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MapColors {
    pub water: Color32,
    /// Tints of countries by colour class; 0 is ground whose standing is disputed.
    pub land: [Color32; 8],
    pub urban: Color32,
    pub coast: Color32,
    pub river: Color32,
    pub province: Color32,
    pub border: Color32,
    pub border_casing: Color32,
    pub disputed: Color32,
    /// Shaded relief: the colour of its shadows and of its lights. By night there are no lights:
    /// on dark ground they show every block of the JPEG.
    pub shade: Color32,
    pub light: Color32,
    /// How strong the relief is, 0–1.
    pub relief: f32,
    pub label_country: Color32,
    pub label_town: Color32,
    pub label_water: Color32,
    pub label_disputed: Color32,
    /// Around every label, so that it reads across lines.
    pub halo: Color32,
}

impl MapColors {
    pub fn of(mode: Theme) -> Self {
        let rgb = Color32::from_rgb;
        match mode {
            Theme::Day => Self {
                water: rgb(0xCB, 0xDC, 0xE2),
                land: [
                    rgb(0xEE, 0xEA, 0xE1),
                    rgb(0xF5, 0xEE, 0xDD),
                    rgb(0xEC, 0xEE, 0xDE),
                    rgb(0xF4, 0xE8, 0xDA),
                    rgb(0xE8, 0xEB, 0xE4),
                    rgb(0xF4, 0xEE, 0xD3),
                    rgb(0xE9, 0xEF, 0xE2),
                    rgb(0xF1, 0xE7, 0xE0),
                ],
                urban: rgb(0xE6, 0xDA, 0xC8),
                coast: rgb(0x92, 0xB0, 0xBC),
                river: rgb(0xA6, 0xC5, 0xD1),
                province: rgb(0xD8, 0xCD, 0xBA),
                border: rgb(0x9A, 0x8E, 0x7C),
                border_casing: rgb(0xE2, 0xD6, 0xC2),
                disputed: rgb(0xA0, 0x6A, 0x72),
                shade: rgb(0x4A, 0x3C, 0x2A),
                light: rgb(0xFF, 0xFF, 0xFF),
                relief: 0.55,
                label_country: rgb(0x77, 0x6B, 0x5B),
                label_town: rgb(0x63, 0x5B, 0x50),
                label_water: rgb(0x5B, 0x82, 0x93),
                label_disputed: rgb(0x8E, 0x58, 0x61),
                halo: rgb(0xF8, 0xF3, 0xE8),
            },
            Theme::Night => Self {
                water: rgb(0x14, 0x1E, 0x26),
                land: [
                    rgb(0x2B, 0x2C, 0x2C),
                    rgb(0x2D, 0x2E, 0x2B),
                    rgb(0x29, 0x2E, 0x2C),
                    rgb(0x30, 0x2D, 0x2B),
                    rgb(0x29, 0x2C, 0x2F),
                    rgb(0x2F, 0x2F, 0x29),
                    rgb(0x27, 0x2D, 0x2B),
                    rgb(0x2F, 0x2C, 0x2E),
                ],
                urban: rgb(0x3A, 0x37, 0x32),
                coast: rgb(0x3E, 0x55, 0x62),
                river: rgb(0x2F, 0x48, 0x56),
                province: rgb(0x40, 0x3F, 0x3B),
                border: rgb(0x77, 0x70, 0x64),
                border_casing: rgb(0x38, 0x36, 0x32),
                disputed: rgb(0xA8, 0x74, 0x7C),
                shade: rgb(0x00, 0x00, 0x00),
                light: Color32::TRANSPARENT,
                relief: 0.8,
                label_country: rgb(0x9A, 0x92, 0x85),
                label_town: rgb(0xA9, 0xA2, 0x96),
                label_water: rgb(0x6B, 0x8E, 0x9F),
                label_disputed: rgb(0xBD, 0x8A, 0x92),
                halo: rgb(0x1E, 0x20, 0x22),
            },
        }
    }
}

/// What a label of the basemap names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LabelKind {
    Country,
    Province,
    Capital,
    City,
    Sea,
    Lake,
    River,
    /// The name and years of a disputed line.
    Caption,
}

/// Labels are styled by [`super::labels`]; in the style a symbol layer only says, by its id, what
/// kind its labels are, and, by its text size, their rank.
const LABEL_KINDS: [(&str, LabelKind); 7] = [
    ("country", LabelKind::Country),
    ("province", LabelKind::Province),
    ("capital", LabelKind::Capital),
    ("city", LabelKind::City),
    ("sea", LabelKind::Sea),
    ("lake", LabelKind::Lake),
    ("river", LabelKind::River),
];

/// Text sizes stand for ranks from here on; walkers takes no size below 4.
const RANK_0: f32 = 10.0;
const LAST_RANK: u8 = 9;

/// A style for the bundled archive, with the kind of label that each of its layers holds.
pub struct BasemapStyle {
    pub style: walkers::Style,
    pub label_kinds: Vec<Option<LabelKind>>,
}

impl std::fmt::Debug for BasemapStyle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BasemapStyle").field("label_kinds", &self.label_kinds).finish_non_exhaustive()
    }
}

impl BasemapStyle {
    /// # Errors
    /// If walkers does not understand the style, which a test rules out.
    pub fn new(colors: &MapColors, show_disputed: bool) -> Result<Self, serde_json::Error> {
        let mut layers = ground(colors);
        if show_disputed {
            layers.push(line(
                "disputed",
                colors.disputed,
                &json!(["interpolate", ["linear"], ["zoom"], 3, 0.9, 7, 1.4]),
                Some(&json!([4, 3])),
            ));
        }
        let mut label_kinds = vec![None; layers.len()];
        for (name, kind) in LABEL_KINDS {
            layers.push(symbols(name, "places", &json!(["==", ["get", "kind"], name]), "name"));
            label_kinds.push(Some(kind));
        }
        if show_disputed {
            layers.push(symbols("captions", "captions", &json!(["has", "text"]), "text"));
            label_kinds.push(Some(LabelKind::Caption));
        }
        let style = serde_json::from_value(json!({ "version": 8, "layers": layers }))?;
        Ok(Self { style, label_kinds })
    }
}

/// The rank that a text size stands for.
pub fn rank_from_text_size(size: f32) -> u8 {
    (size - RANK_0).round().clamp(0.0, f32::from(LAST_RANK)) as u8
}

fn ground(colors: &MapColors) -> Vec<Value> {
    let mut tints = vec![json!("match"), json!(["get", "c"])];
    for (class, tint) in colors.land.iter().enumerate().skip(1) {
        tints.extend([json!(class), json!(hex(*tint))]);
    }
    tints.push(json!(hex(colors.land[0])));
    let by_zoom = |a: f64, b: f64| json!(["interpolate", ["linear"], ["zoom"], 2, a, 7, b]);
    vec![
        json!({ "id": "water", "type": "background", "paint": { "background-color": hex(colors.water) } }),
        json!({ "id": "countries", "type": "fill", "source-layer": "countries", "paint": { "fill-color": tints } }),
        json!({ "id": "urban", "type": "fill", "source-layer": "urban", "filter": [">=", ["zoom"], 5],
                "paint": { "fill-color": hex(colors.urban) } }),
        json!({ "id": "lakes", "type": "fill", "source-layer": "lakes", "paint": { "fill-color": hex(colors.water) } }),
        line("rivers", colors.river, &by_zoom(0.5, 1.3), None),
        line("coast", colors.coast, &by_zoom(0.6, 1.1), None),
        json!({ "id": "shores", "type": "line", "source-layer": "lakes",
                "paint": { "line-color": hex(colors.coast), "line-width": 0.8 } }),
        line("admin1", colors.province, &json!(0.8), None),
        line_of("border-casing", "border", colors.border_casing, &by_zoom(1.6, 3.0), None),
        line("border", colors.border, &by_zoom(0.6, 1.1), None),
    ]
}

fn line(layer: &str, color: Color32, width: &Value, dashes: Option<&Value>) -> Value {
    line_of(layer, layer, color, width, dashes)
}

fn line_of(id: &str, layer: &str, color: Color32, width: &Value, dashes: Option<&Value>) -> Value {
    let mut paint = json!({ "line-color": hex(color), "line-width": width });
    if let (Some(dashes), Some(paint)) = (dashes, paint.as_object_mut()) {
        paint.insert("line-dasharray".to_owned(), dashes.clone());
    }
    json!({ "id": id, "type": "line", "source-layer": layer, "paint": paint })
}

fn symbols(id: &str, layer: &str, filter: &Value, field: &str) -> Value {
    let mut size = vec![json!("match"), json!(["get", "rank"])];
    for rank in 0..LAST_RANK {
        size.extend([json!(rank), json!(RANK_0 + f32::from(rank))]);
    }
    size.push(json!(RANK_0 + f32::from(LAST_RANK)));
    json!({ "id": id, "type": "symbol", "source-layer": layer, "filter": filter,
            "layout": { "text-field": ["get", field], "text-size": size }, "paint": {} })
}

fn hex(color: Color32) -> String {
    format!("#{:02x}{:02x}{:02x}", color.r(), color.g(), color.b())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walkers_understands_both_styles() {
        for mode in [Theme::Day, Theme::Night] {
            for show_disputed in [true, false] {
                let style = BasemapStyle::new(&MapColors::of(mode), show_disputed).unwrap();
                assert_eq!(style.style.layers.len(), style.label_kinds.len());
                assert_eq!(style.label_kinds.contains(&Some(LabelKind::Caption)), show_disputed);
            }
        }
    }

    #[test]
    fn ranks_survive_being_text_sizes() {
        for rank in 0..=LAST_RANK {
            assert_eq!(rank_from_text_size(RANK_0 + f32::from(rank)), rank);
        }
    }
}
