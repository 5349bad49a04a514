//! The strip beside the scroll bar: where in the text the events of the window are.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use egui::{Color32, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::emphasis::Emphasis;
use super::page::Page;
use crate::app::panels::PanelContext;
use crate::store::{DocumentIx, SourceIx};
use crate::time::DaySpan;

/// Width of the strip, in points.
pub const WIDTH: f32 = 14.0;
const N_BINS: usize = 240;

type Key = (u64, DocumentIx, Option<DaySpan>, BTreeSet<SourceIx>);

/// The counts of the strip, kept until the answer changes.
#[derive(Debug, Default)]
pub struct Density {
    key: Option<Key>,
    bins: Vec<u16>,
}

impl Density {
    /// Shows the strip; the offset to scroll to when it is clicked or dragged.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        cx: &PanelContext<'_>,
        page: &Page,
        strip: Rect,
        selected: &Emphasis,
        in_sight: RangeInclusive<f64>,
    ) -> Option<f64> {
        self.count(cx, page.document);
        let response = ui.allocate_rect(strip, Sense::click_and_drag());
        let name = "Where in the text the events of the window are";
        let percent = (100.0 * in_sight.end() / page.height().max(1.0)).round().min(100.0);
        response.widget_info(|| WidgetInfo {
            value: Some(percent),
            ..WidgetInfo::labeled(Role::ScrollBar, true, name)
        });
        self.paint(ui, cx, page, strip, selected, &in_sight);
        if response.has_focus() {
            let stroke = Stroke::new(1.5, cx.palette.focus);
            ui.painter().rect_stroke(strip.shrink(1.0), 2.0, stroke, egui::StrokeKind::Inside);
        }
        let sight = in_sight.end() - in_sight.start();
        if response.has_focus() {
            let pages = ui.input(|i| {
                f64::from(
                    i8::from(i.key_pressed(egui::Key::ArrowDown))
                        - i8::from(i.key_pressed(egui::Key::ArrowUp)),
                )
            });
            if pages != 0.0 {
                return Some(in_sight.start() + pages * sight * 0.8);
            }
        }
        let is_pressed = response.clicked() || response.dragged();
        let pos = response.interact_pointer_pos().filter(|_| is_pressed)?;
        let fraction = (pos.y - strip.top()) / strip.height().max(1.0);
        Some(f64::from(fraction) * page.height() - sight / 2.0)
    }

    fn count(&mut self, cx: &PanelContext<'_>, document: DocumentIx) {
        let key = (cx.store.generation(), document, cx.view.window, cx.view.hidden_sources.clone());
        if self.key.as_ref() != Some(&key) {
            self.bins = cx.store.in_text_density(document, cx.answer, N_BINS);
            self.key = Some(key);
        }
    }

    fn paint(
        &self,
        ui: &Ui,
        cx: &PanelContext<'_>,
        page: &Page,
        strip: Rect,
        selected: &Emphasis,
        in_sight: &RangeInclusive<f64>,
    ) {
        let (painter, palette) = (ui.painter().with_clip_rect(strip), cx.palette);
        painter.rect_filled(strip, 0.0, palette.panel);
        painter.vline(strip.left(), strip.y_range(), Stroke::new(1.0, palette.hairline));
        let on_strip = |y: f64| strip.top() + (y / page.height().max(1.0)) as f32 * strip.height();
        let seen = Rect::from_x_y_ranges(
            strip.left() + 1.0..=strip.right(),
            on_strip(*in_sight.start())..=on_strip(*in_sight.end()).min(strip.bottom()),
        );
        painter.rect_filled(seen, 0.0, palette.hairline.gamma_multiply(0.55));

        let n_bytes = cx.store.document(page.document).map_or(0, |d| d.text.len());
        let most = self.bins.iter().copied().max().unwrap_or(0).max(1);
        let y_of_bin = |bin: usize| on_strip(page.y_of_byte(bin * n_bytes / self.bins.len().max(1)));
        for (bin, count) in self.bins.iter().enumerate().filter(|(_, count)| **count > 0) {
            let strength = 0.3 + 0.5 * f32::from(*count) / f32::from(most);
            let rect = Rect::from_x_y_ranges(
                strip.left() + 5.0..=strip.right() - 4.0,
                y_of_bin(bin)..=y_of_bin(bin + 1).max(y_of_bin(bin) + 1.0),
            );
            painter.rect_filled(rect, 0.0, palette.time.gamma_multiply(strength));
        }
        for byte in &selected.notches {
            mark(&painter, strip, on_strip(page.y_of_byte(*byte)), palette.ink, palette.passage_tint);
        }
    }
}

/// A mark of the selection: a tinted notch with an edge, so that it differs in shape too.
fn mark(painter: &egui::Painter, strip: Rect, y: f32, edge: Color32, fill: Color32) {
    let rect = Rect::from_center_size(pos2(strip.center().x + 0.5, y), vec2(WIDTH - 3.0, 4.0));
    painter.rect(rect, 1.0, fill, Stroke::new(1.0, edge), egui::StrokeKind::Inside);
}
