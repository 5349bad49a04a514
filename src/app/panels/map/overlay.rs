//! What lies on the map without being of it: buttons, layers, scale, credit and a note.

use std::sync::Arc;

use egui::{Color32, Galley, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::basemap::attribution;
use super::paint::dashed_outline;
use crate::app::panels::PanelContext;
use crate::app::theme::{self, Palette, size};
use crate::app::words::{self, NOT_FACTS};
use crate::geo::MapViewport;
use crate::geo::viewport::scale_bar;
use crate::state::Command;
use crate::view::Basemap;

const BUTTON: f32 = 30.0;
const MARGIN: f32 = 12.0;

/// What a press of one of the map's own buttons asks of its camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Nothing,
    ZoomIn,
    ZoomOut,
    Fit,
    /// Show the events of the window, wherever they are.
    FitWindow,
}

/// Draws the widgets over the map.
pub fn show(
    ui: &mut Ui,
    cx: &PanelContext<'_>,
    rect: Rect,
    viewport: &MapViewport,
    n_outside: usize,
) -> Asked {
    let mut asked = buttons(ui, cx, rect);
    scale(ui.painter(), cx.palette, rect, viewport);
    credit(ui.painter(), cx, rect);
    if n_outside > 0 && note(ui, cx.palette, rect, n_outside) {
        asked = Asked::FitWindow;
    }
    asked
}

fn buttons(ui: &mut Ui, cx: &PanelContext<'_>, rect: Rect) -> Asked {
    let mut asked = Asked::Nothing;
    let at = |row: f32| {
        Rect::from_min_size(
            pos2(rect.right() - MARGIN - BUTTON, rect.top() + MARGIN + row * BUTTON),
            vec2(BUTTON, BUTTON),
        )
    };
    let plate = at(0.0).union(at(1.0));
    for plate in [plate, at(2.0).translate(vec2(0.0, 8.0)), at(3.0).translate(vec2(0.0, 16.0))] {
        ui.painter().rect(
            plate,
            6,
            cx.palette.raised.gamma_multiply(0.94),
            Stroke::new(1.0, cx.palette.hairline),
            egui::StrokeKind::Inside,
        );
    }
    let (a, b) = (at(0.0).left_bottom() + vec2(6.0, 0.0), at(0.0).right_bottom() - vec2(6.0, 0.0));
    ui.painter().line_segment([a, b], Stroke::new(1.0, cx.palette.hairline));
    if button(ui, cx.palette, at(0.0), "Zoom in", plus).clicked() {
        asked = Asked::ZoomIn;
    }
    if button(ui, cx.palette, at(1.0), "Zoom out", minus).clicked() {
        asked = Asked::ZoomOut;
    }
    if button(ui, cx.palette, at(2.0).translate(vec2(0.0, 8.0)), "Fit to events", corners).clicked() {
        asked = Asked::Fit;
    }
    let layers = button(ui, cx.palette, at(3.0).translate(vec2(0.0, 16.0)), "Map layers", sheets);
    egui::Popup::menu(&layers)
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .align(egui::RectAlign::LEFT_START)
        .gap(6.0)
        .show(|ui| layers_menu(ui, cx));
    asked
}

fn button(
    ui: &mut Ui,
    palette: &Palette,
    rect: Rect,
    name: &str,
    icon: impl Fn(&Painter, Pos2, Stroke),
) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(name), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    let is_hot = response.hovered() || response.has_focus();
    if response.is_pointer_button_down_on() {
        ui.painter().rect_filled(rect.shrink(2.0), 4, palette.place_tint);
    } else if response.hovered() {
        ui.painter().rect_filled(rect.shrink(2.0), 4, palette.hover_tint);
    }
    if response.has_focus() {
        let stroke = Stroke::new(1.5, palette.focus);
        ui.painter().rect_stroke(rect.shrink(2.0), 4, stroke, egui::StrokeKind::Inside);
    }
    icon(ui.painter(), rect.center(), Stroke::new(1.5, if is_hot { palette.ink } else { palette.ink_soft }));
    response.on_hover_text(name)
}

fn plus(painter: &Painter, at: Pos2, stroke: Stroke) {
    minus(painter, at, stroke);
    painter.line_segment([at - vec2(0.0, 5.5), at + vec2(0.0, 5.5)], stroke);
}

fn minus(painter: &Painter, at: Pos2, stroke: Stroke) {
    painter.line_segment([at - vec2(5.5, 0.0), at + vec2(5.5, 0.0)], stroke);
}

/// Four corners of a frame.
fn corners(painter: &Painter, at: Pos2, stroke: Stroke) {
    for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
        let corner = at + vec2(6.0 * x, 6.0 * y);
        let points = vec![corner - vec2(4.0 * x, 0.0), corner, corner - vec2(0.0, 4.0 * y)];
        painter.add(Shape::line(points, stroke));
    }
    painter.circle_filled(at, 1.8, stroke.color);
}

/// Sheets lying on one another.
fn sheets(painter: &Painter, at: Pos2, stroke: Stroke) {
    let top = at - vec2(0.0, 2.5);
    let ends = [vec2(-7.0, 0.0), vec2(0.0, -4.0), vec2(7.0, 0.0), vec2(0.0, 4.0)];
    painter.add(Shape::closed_line(ends.map(|d| top + d).to_vec(), stroke));
    for down in [3.5, 7.0] {
        let edge = [vec2(-7.0, down), vec2(0.0, 4.0 + down), vec2(7.0, down)];
        painter.add(Shape::line(edge.map(|d| top + d).to_vec(), stroke));
    }
}

fn layers_menu(ui: &mut Ui, cx: &PanelContext<'_>) {
    ui.set_width(250.0);
    // A menu's boxes have no edge of their own, and ours would be white on white.
    let widgets = &mut ui.visuals_mut().widgets;
    for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
        state.bg_stroke = Stroke::new(1.0, cx.palette.ink_faint);
        state.bg_fill = cx.palette.paper;
        state.weak_bg_fill = egui::Color32::TRANSPARENT;
    }
    let mut show_disputed = cx.view.show_disputed;
    if ui.checkbox(&mut show_disputed, "Disputed lines").changed() {
        cx.send(Command::ShowDisputed(show_disputed));
    }
    let mut show_relief = cx.view.show_relief;
    if ui.checkbox(&mut show_relief, "Shaded relief").changed() {
        cx.send(Command::ShowRelief(show_relief));
    }
    ui.separator();
    let basemap = &cx.view.basemap;
    if ui.radio(*basemap == Basemap::Bundled, "Bundled basemap, offline").clicked()
        && *basemap != Basemap::Bundled
    {
        cx.send(Command::SetBasemap(Basemap::Bundled));
    }
    let is_file = matches!(basemap, Basemap::File(_));
    if ui.radio(is_file, "A PMTiles file…").clicked() {
        cx.send(Command::OpenBasemapDialog);
        ui.close();
    }
    if ui.radio(*basemap == Basemap::Online, "OpenStreetMap, online").clicked() && *basemap != Basemap::Online
    {
        cx.send(Command::SetBasemap(Basemap::Online));
    }
    let warning = "The online map opens network connections to tile.openstreetmap.org, which then \
                   learns what you look at. Nothing else in this program does.";
    let text = egui::RichText::new(warning).font(theme::sans(size::CAPTION)).color(cx.palette.ink_faint);
    ui.add_space(2.0);
    ui.add(egui::Label::new(text).wrap().halign(egui::Align::LEFT));
}

/// What the scale and the credit cover of a map, so that no name goes under them.
pub fn covered(painter: &Painter, cx: &PanelContext<'_>, rect: Rect) -> [Rect; 2] {
    let (at, text) = credit_line(cx, rect);
    let credit = Caption::new(painter, at, CREDIT_CORNER, &text, cx.palette.ink_faint);
    let left = scale_start(rect);
    [credit.plate(), Rect::from_two_pos(left, left + vec2(SCALE_WIDTH as f32, -20.0))]
}

/// Of the scale, at most, in points.
const SCALE_WIDTH: f64 = 110.0;

/// The left end of the scale.
fn scale_start(rect: Rect) -> Pos2 {
    rect.left_bottom() + vec2(MARGIN, -MARGIN)
}

fn scale(painter: &Painter, palette: &Palette, rect: Rect, viewport: &MapViewport) {
    let (km, px) = scale_bar(viewport.km_per_px(), SCALE_WIDTH);
    let left = scale_start(rect);
    let right = left + vec2(px as f32, 0.0);
    let tick = vec2(0.0, -5.0);
    let points = vec![left + tick, left, right, right + tick];
    painter.add(Shape::line(points.clone(), Stroke::new(3.2, palette.paper.gamma_multiply(0.6))));
    painter.add(Shape::line(points, Stroke::new(1.3, palette.ink_soft)));
    let text = if km >= 1.0 { format!("{km} km") } else { format!("{} m", (km * 1000.0).round()) };
    let middle = left + vec2(px as f32 / 2.0, -4.0);
    Caption::new(painter, middle, egui::Align2::CENTER_BOTTOM, &text, palette.ink_soft)
        .paint(painter, palette);
}

/// What a dashed outline means, above the scale. Only while there is one.
pub fn legend(ui: &Ui, palette: &Palette, rect: Rect) {
    let text = words::upper_first(NOT_FACTS);
    let galley = ui.painter().layout_no_wrap(text.clone(), theme::sans(10.5), palette.ink_soft);
    let left = rect.left_bottom() + vec2(MARGIN, -MARGIN - 32.0);
    let at = left + vec2(16.0, -galley.size().y / 2.0);
    let plate = Rect::from_min_max(left - vec2(4.0, 8.0), at + galley.size() + vec2(5.0, 2.0));
    ui.painter().rect_filled(plate, 3, palette.paper.gamma_multiply(0.62));
    dashed_outline(ui.painter(), left + vec2(5.0, 0.0), 5.0, false, Stroke::new(1.4, palette.place));
    ui.painter().galley(at, galley, palette.ink_soft);
    let response = ui.interact(plate, ui.scope_id().with("legend"), Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Label, true, format!("Dashed outline: {text}"))
    });
    response.on_hover_text("The text does not tell these as having happened. They are not drawn as facts.");
}

const CREDIT_CORNER: egui::Align2 = egui::Align2::RIGHT_BOTTOM;

/// The corner of the credit, and its words.
fn credit_line(cx: &PanelContext<'_>, rect: Rect) -> (Pos2, String) {
    (rect.right_bottom() - vec2(MARGIN * 0.75, MARGIN * 0.6), attribution(&cx.view.basemap))
}

fn credit(painter: &Painter, cx: &PanelContext<'_>, rect: Rect) {
    let (at, text) = credit_line(cx, rect);
    Caption::new(painter, at, CREDIT_CORNER, &text, cx.palette.ink_faint).paint(painter, cx.palette);
}

/// Small words on a plate of their own.
struct Caption {
    galley: Arc<Galley>,
    rect: Rect,
    color: Color32,
}

impl Caption {
    fn new(painter: &Painter, at: Pos2, align: egui::Align2, text: &str, color: Color32) -> Self {
        let galley = painter.layout_no_wrap(text.to_owned(), theme::sans(10.5), color);
        Self { rect: align.anchor_size(at, galley.size()), galley, color }
    }

    fn plate(&self) -> Rect {
        self.rect.expand2(vec2(4.0, 1.0))
    }

    fn paint(self, painter: &Painter, palette: &Palette) {
        painter.rect_filled(self.plate(), 3, palette.paper.gamma_multiply(0.62));
        painter.galley(self.rect.min, self.galley, self.color);
    }
}

/// Says that events lie out of sight. True if they are to be shown.
fn note(ui: &mut Ui, palette: &Palette, rect: Rect, n_outside: usize) -> bool {
    let text = if n_outside == 1 {
        "The event of this window lies outside the map".to_owned()
    } else {
        format!("{n_outside} events of this window lie outside the map")
    };
    let galley = ui.painter().layout_no_wrap(format!("{text}. Show"), theme::sans(size::LABEL), palette.ink);
    let plate = Rect::from_center_size(
        pos2(rect.center().x, rect.top() + MARGIN + 16.0),
        galley.size() + vec2(24.0, 14.0),
    );
    let response = ui.interact(plate, ui.scope_id().with("outside"), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &text));
    let fill = if response.hovered() { palette.hover_tint } else { palette.raised };
    let edge = if response.has_focus() { palette.focus } else { palette.hairline };
    ui.painter().rect(plate, 14, fill, Stroke::new(1.0, edge), egui::StrokeKind::Inside);
    ui.painter().galley(plate.min + vec2(12.0, 7.0), galley, palette.ink);
    response.clicked()
}
