//! Tabs for choosing among several documents.

use egui::{Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::panels::PanelContext;
use crate::app::theme::{Palette, sans, sans_semibold, size};
use crate::state::Command;
use crate::store::{DocumentIx, SourceIx};

const HEIGHT: f32 = 36.0;
const WIDEST: f32 = 220.0;

pub fn show(ui: &mut Ui, cx: &PanelContext<'_>, shown: DocumentIx) {
    let row = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), HEIGHT));
    ui.painter().rect_filled(row, 0.0, cx.palette.panel);
    ui.painter().hline(row.x_range(), row.bottom(), Stroke::new(1.0, cx.palette.hairline));
    egui::ScrollArea::horizontal().id_salt("documents").auto_shrink([false, true]).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_height(HEIGHT);
            for (number, source) in cx.store.sources().iter().enumerate() {
                let source_ix = SourceIx(u32::try_from(number).unwrap_or(u32::MAX));
                for document in &source.documents {
                    let response = tab(ui, cx, source_ix, *document, *document == shown);
                    if response.clicked() && *document != shown {
                        cx.send(Command::SetDocument(*document));
                    }
                }
            }
        });
    });
}

fn tab(
    ui: &mut Ui,
    cx: &PanelContext<'_>,
    source: SourceIx,
    document: DocumentIx,
    is_shown: bool,
) -> Response {
    let title = cx.store.document(document).map_or("", |d| if d.title.is_empty() { &d.id } else { &d.title });
    let letter = Palette::source_letter(source);
    let color = cx.palette.source(source, cx.palette.place, cx.store.sources().len());
    let ink = if is_shown { cx.palette.ink } else { cx.palette.ink_soft };
    let mut job = egui::text::LayoutJob::simple_singleline(title.to_owned(), sans(size::LABEL), ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(WIDEST);
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 46.0, HEIGHT), Sense::click());
    let name = if is_shown { format!("{letter} {title}, shown") } else { format!("{letter} {title}") };
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_shown, &name));

    let painter = ui.painter();
    if is_shown {
        painter.rect_filled(rect, 0.0, cx.palette.paper);
        let edge = Rect::from_min_size(rect.min, vec2(rect.width(), 2.0));
        painter.rect_filled(edge, 0.0, color);
    } else if response.hovered() {
        painter.rect_filled(rect, 0.0, cx.palette.hover_tint);
    }
    let badge = pos2(rect.left() + 20.0, rect.center().y);
    painter.circle_filled(badge, 8.0, color);
    let center = egui::Align2::CENTER_CENTER;
    painter.text(badge, center, letter, sans_semibold(10.5), cx.palette.paper);
    painter.galley(pos2(rect.left() + 34.0, rect.center().y - galley.size().y / 2.0), galley, ink);
    if response.has_focus() {
        painter.rect_stroke(
            rect.shrink(2.0),
            3.0,
            Stroke::new(1.5, cx.palette.focus),
            egui::StrokeKind::Inside,
        );
    }
    response
}
