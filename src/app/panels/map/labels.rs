//! Where names go: marks' names first, then those of the basemap, none upon another.

use std::collections::HashMap;
use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Color32, FontId, Galley, Pos2, Rect, TextFormat, Vec2, pos2, vec2};

use super::style::{LabelKind, MapColors};
use super::tiles::BaseLabel;
use crate::app::theme;

/// A name that wants room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    pub size: Vec2,
    /// What it names, in pixels.
    pub at: Pos2,
    /// Beside a mark of this radius, or centred on `at`.
    pub beside: Option<f32>,
    /// Drawn even where there is no room.
    pub must: bool,
    /// Free pixels around it.
    pub padding: f32,
    /// What it names is large: the name may move up or down within it.
    pub is_roomy: bool,
}

/// Rectangles already taken, on a grid, so that asking costs the same on a full map.
#[derive(Debug, Default)]
struct Taken(HashMap<(i32, i32), Vec<Rect>>);

impl Taken {
    const CELL: f32 = 96.0;

    fn cells(rect: Rect) -> impl Iterator<Item = (i32, i32)> {
        let cell = |v: f32| (v / Self::CELL).floor() as i32;
        let (x0, x1, y0, y1) = (cell(rect.min.x), cell(rect.max.x), cell(rect.min.y), cell(rect.max.y));
        (x0..=x1).flat_map(move |x| (y0..=y1).map(move |y| (x, y)))
    }

    fn is_free(&self, rect: Rect) -> bool {
        !Self::cells(rect).any(|c| self.0.get(&c).is_some_and(|list| list.iter().any(|r| r.intersects(rect))))
    }

    fn take(&mut self, rect: Rect) {
        for cell in Self::cells(rect) {
            self.0.entry(cell).or_default().push(rect);
        }
    }
}

/// So near to what is in sight, in pixels, the name of an area comes back to it.
const EDGE: f32 = 32.0;

/// Finds room for names, earlier wishes first, off the obstacles and off one another.
///
/// Beside a mark eight places are tried in the order of Imhof's rules (right before left, above
/// before below): E. Imhof, "Positioning Names on Maps", The American Cartographer 2 (1975).
/// Within `sight` comes before beyond it, if what is named is within; for an area, if its name would be in part.
pub fn place(sight: Rect, obstacles: &[Rect], wishes: &[Wish]) -> Vec<Option<Rect>> {
    let mut taken = Taken::default();
    for obstacle in obstacles {
        taken.take(*obstacle);
    }
    wishes
        .iter()
        .map(|wish| {
            let candidates = candidates(wish);
            let is_free = |r: &Rect| taken.is_free(r.expand(wish.padding));
            let is_seen = |r: &Rect| sight.contains_rect(*r);
            let is_near = candidates.first().is_some_and(|r| sight.expand(EDGE).intersects(*r));
            let free = if wish.is_roomy && is_near {
                // Aside of the middle rather than cut off by the edge, and rather left out than that.
                let aside = vec2(wish.size.x * 0.6, 0.0);
                let asides = candidates.iter().flat_map(|r| [r.translate(-aside), r.translate(aside)]);
                candidates.iter().copied().chain(asides).find(|r| is_seen(r) && is_free(r))
            } else if wish.beside.is_some() && sight.contains(wish.at) {
                let all: Vec<&Rect> = candidates.iter().filter(|r| is_free(r)).collect();
                all.iter().find(|r| is_seen(r)).or(all.first()).map(|r| **r)
            } else {
                candidates.iter().find(|r| is_free(r)).copied()
            };
            let chosen = free.or_else(|| candidates.first().filter(|_| wish.must).copied());
            if let Some(rect) = chosen {
                taken.take(rect);
            }
            chosen
        })
        .collect()
}

fn candidates(wish: &Wish) -> Vec<Rect> {
    const GAP: f32 = 3.0;
    let Wish { size, at, .. } = *wish;
    let Some(radius) = wish.beside else {
        // The middle of an area is a wide notion: a line or two up or down is as good.
        let steps: &[f32] = if wish.is_roomy { &[0.0, -1.2, 1.2, -2.4, 2.4] } else { &[0.0] };
        return steps.iter().map(|s| Rect::from_center_size(at + vec2(0.0, s * size.y), size)).collect();
    };
    let (dx, dy) = (radius + GAP + size.x / 2.0, radius + size.y / 2.0);
    let (near_x, near_y) = (radius * 0.7 + GAP + size.x / 2.0, radius * 0.7 + size.y / 2.0);
    [
        (dx, 0.0),
        (near_x, -near_y),
        (near_x, near_y),
        (-dx, 0.0),
        (-near_x, -near_y),
        (-near_x, near_y),
        (0.0, -dy),
        (0.0, dy),
    ]
    .map(|(x, y)| Rect::from_center_size(at + vec2(x, y), size))
    .to_vec()
}

/// How a name is set.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelStyle {
    pub font: FontId,
    pub color: Color32,
    pub spacing: f32,
    pub is_upper: bool,
    /// Longer names are broken over lines of about this many points.
    pub wrap: f32,
    pub padding: f32,
    /// A town's dot.
    pub dot: Option<f32>,
}

impl LabelStyle {
    /// How the basemap's labels look: countries in spaced capitals, water in italics.
    pub fn of_base(kind: LabelKind, rank: u8, colors: &MapColors) -> Self {
        let plain = |font: FontId, color: Color32| Self {
            font,
            color,
            spacing: 0.0,
            is_upper: false,
            wrap: 120.0,
            padding: 6.0,
            dot: None,
        };
        match kind {
            LabelKind::Country => Self {
                spacing: 2.6,
                is_upper: true,
                ..plain(theme::sans(if rank <= 2 { 12.5 } else { 11.5 }), colors.label_country)
            },
            LabelKind::Province => Self {
                spacing: 1.4,
                is_upper: true,
                padding: 8.0,
                ..plain(theme::sans(9.5), colors.label_country)
            },
            LabelKind::Capital => Self { dot: Some(2.6), ..plain(theme::sans(12.0), colors.label_town) },
            LabelKind::City => {
                let size = if rank <= 5 { 11.5 } else { 10.5 };
                Self { dot: Some(1.6), padding: 9.0, ..plain(theme::sans(size), colors.label_town) }
            }
            LabelKind::Sea => Self {
                spacing: 1.2,
                wrap: 135.0,
                ..plain(theme::serif_italic(if rank <= 3 { 15.0 } else { 13.0 }), colors.label_water)
            },
            LabelKind::Lake | LabelKind::River => plain(theme::serif_italic(11.5), colors.label_water),
            LabelKind::Caption => {
                Self { wrap: 150.0, padding: 10.0, ..plain(theme::serif_italic(11.0), colors.label_disputed) }
            }
        }
    }

    /// Lays the name out, centred if it is broken over lines.
    pub fn lay_out(&self, painter: &egui::Painter, text: &str) -> Arc<Galley> {
        let text = if self.is_upper { text.to_uppercase() } else { text.to_owned() };
        // A word is never broken, so the longest has a line of its own if need be.
        let longest = text.split_whitespace().max_by_key(|word| word.chars().count()).unwrap_or_default();
        // No letter is wider than the font is high.
        let at_most = longest.chars().count() as f32 * (self.font.size + self.spacing);
        let mut width = self.wrap;
        if at_most > width {
            let galley = painter.layout_job(self.job(longest.to_owned(), f32::INFINITY));
            width = width.max(galley.rect.width().ceil() + 1.0);
        }
        painter.layout_job(self.job(text, width))
    }

    fn job(&self, text: String, max_width: f32) -> LayoutJob {
        let format = TextFormat {
            font_id: self.font.clone(),
            color: Color32::PLACEHOLDER,
            extra_letter_spacing: self.spacing,
            ..TextFormat::default()
        };
        let mut job = LayoutJob::single_section(text, format);
        job.wrap.max_width = max_width;
        job.halign = egui::Align::Center;
        job
    }
}

/// May a label be shown at this zoom? Small towns wait until there is room for them.
pub fn is_shown_at(label: &BaseLabel, zoom: f64) -> bool {
    let rank = f64::from(label.rank);
    match label.kind {
        LabelKind::Country => rank <= zoom && zoom < 9.5,
        LabelKind::Sea | LabelKind::Lake | LabelKind::River => rank <= zoom,
        LabelKind::Province => rank <= zoom - 0.8 && zoom < 11.0,
        LabelKind::Capital => rank <= zoom - 0.5,
        LabelKind::City => rank <= zoom - 1.8,
        LabelKind::Caption => zoom >= 6.5,
    }
}

/// A name that has found room.
#[derive(Debug, Clone)]
pub struct Placed {
    pub rect: Rect,
    pub galley: Arc<Galley>,
    pub color: Color32,
    pub halo: Color32,
    /// A town's dot with its radius; of a capital it is a ring.
    pub dot: Option<(Pos2, f32)>,
}

impl Placed {
    pub fn paint(&self, painter: &egui::Painter, offset: Vec2) {
        /// Copies of the text around it make its halo.
        const RING: [Vec2; 8] = [
            vec2(1.0, 0.0),
            vec2(0.7, 0.7),
            vec2(0.0, 1.0),
            vec2(-0.7, 0.7),
            vec2(-1.0, 0.0),
            vec2(-0.7, -0.7),
            vec2(0.0, -1.0),
            vec2(0.7, -0.7),
        ];
        const HALO_WIDTH: f32 = 1.4;
        if let Some((at, radius)) = self.dot {
            painter.circle_filled(at + offset, radius + 1.0, self.halo.gamma_multiply(0.7));
            if radius > 2.0 {
                painter.circle_stroke(at + offset, radius, egui::Stroke::new(1.1, self.color));
            } else {
                painter.circle_filled(at + offset, radius, self.color);
            }
        }
        // A galley that is centred has its origin in the middle of its first line.
        let at = self.rect.min + offset - self.galley.rect.min.to_vec2();
        let halo = self.halo.gamma_multiply(0.55);
        for step in RING {
            painter.galley_with_override_text_color(at + step * HALO_WIDTH, Arc::clone(&self.galley), halo);
        }
        painter.galley_with_override_text_color(at, Arc::clone(&self.galley), self.color);
    }
}

/// Points of a polygonal position list as a rectangle that nothing may cover.
pub fn obstacle(at: Pos2, radius: f32) -> Rect {
    Rect::from_center_size(pos2(at.x, at.y), Vec2::splat(2.0 * radius))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wish(x: f32, y: f32) -> Wish {
        Wish {
            size: vec2(40.0, 12.0),
            at: pos2(x, y),
            beside: Some(5.0),
            must: false,
            padding: 1.0,
            is_roomy: false,
        }
    }

    #[test]
    fn a_name_goes_right_of_its_mark_or_where_there_is_room() {
        let at_right = place(Rect::EVERYTHING, &[], &[wish(0.0, 0.0)])[0].unwrap();
        assert!(at_right.left() > 5.0 && (at_right.center().y).abs() < 1e-3);
        let wall = Rect::from_min_max(pos2(6.0, -100.0), pos2(60.0, 100.0));
        let at_left = place(Rect::EVERYTHING, &[wall], &[wish(0.0, 0.0)])[0].unwrap();
        assert!(at_left.right() < -5.0);
    }

    #[test]
    fn a_name_stays_in_sight_where_it_can() {
        let sight = Rect::from_min_max(pos2(-100.0, -100.0), pos2(20.0, 100.0));
        let at_left = place(sight, &[], &[wish(0.0, 0.0)])[0].unwrap();
        assert!(sight.contains_rect(at_left));
        let beyond = place(sight, &[], &[wish(60.0, 0.0)])[0].unwrap();
        assert!(beyond.left() > 60.0);
    }

    #[test]
    fn the_name_of_an_area_moves_up_from_the_edge() {
        let sight = Rect::from_min_max(pos2(-100.0, -100.0), pos2(100.0, 0.0));
        let roomy = |y: f32| Wish { beside: None, is_roomy: true, ..wish(0.0, y) };
        let at_edge = place(sight, &[], &[roomy(0.0)])[0].unwrap();
        assert!(sight.contains_rect(at_edge));
        let wall = Rect::from_min_max(pos2(-1.0, -60.0), pos2(1.0, 0.0));
        let aside = place(sight, &[wall], &[roomy(0.0)])[0].unwrap();
        assert!(sight.contains_rect(aside) && !aside.intersects(wall));
        let beyond = place(sight, &[], &[roomy(50.0)])[0].unwrap();
        assert!((beyond.center().y - 50.0).abs() < 1e-3, "it stays where it is out of sight");
    }

    #[test]
    fn without_room_a_name_is_left_out_unless_it_must_be_there() {
        let everywhere = Rect::from_center_size(pos2(0.0, 0.0), Vec2::splat(400.0));
        let must = Wish { must: true, ..wish(0.0, 0.0) };
        assert_eq!(place(Rect::EVERYTHING, &[everywhere], &[wish(0.0, 0.0)]), [None]);
        assert!(place(Rect::EVERYTHING, &[everywhere], &[must])[0].is_some());
    }

    proptest! {
        #[test]
        fn names_do_not_cover_each_other(
            spots in prop::collection::vec((0.0..600.0f32, 0.0..400.0f32), 0..80)
        ) {
            let wishes: Vec<Wish> = spots.iter().map(|(x, y)| wish(*x, *y)).collect();
            let placed: Vec<Rect> = place(Rect::EVERYTHING, &[], &wishes).into_iter().flatten().collect();
            for (i, a) in placed.iter().enumerate() {
                for b in &placed[i + 1..] {
                    prop_assert!(!a.shrink(0.01).intersects(b.shrink(0.01)), "{a:?} and {b:?}");
                }
            }
        }
    }
}
