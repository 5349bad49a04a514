//! The map panel: a basemap, on it the places of the events, and a camera of its own.

mod basemap;
mod camera;
mod card;
mod gesture;
mod labels;
mod markers;
mod overlay;
mod paint;
mod plan;
mod style;
mod tiles;
mod touch;

use egui::{DragPanButtons, EventFilter, Id, Rect, Response, Stroke, Ui};
use walkers::{Map, MapMemory, lon_lat};

use crate::app::panels::PanelContext;
use crate::gazetteer::PlaceShape;
use crate::geo::viewport::{MAX_ZOOM, core_bounds};
use crate::geo::{GeoBounds, MapViewport};
use crate::state::Command;
use crate::store::{EventStore, PlaceIx};
use crate::view::{CameraWish, FilterKey, Target};

use basemap::BasemapLayers;
use camera::{Camera, Gesture, Rest};
use card::SpotList;
use markers::{Mark, Marks, Spot, places_of};
use overlay::Asked;
use paint::{Emphasis, Presence, Screen, ShapeCache};
use plan::{LabelPlan, PlanInput};
use style::MapColors;
use touch::{Lit, Touch};

/// The share of events that a first view may leave outside to show the others well.
const SPARE: f64 = 0.2;

/// Panel memory of the map: its camera and caches.
#[derive(Debug, Default)]
pub struct MapPanel {
    /// Is there a GPU that walkers' vector tiles are drawn with?
    has_renderer: bool,
    camera: Camera,
    memory: MapMemory,
    basemap: BasemapLayers,
    marks: Marks,
    shapes: ShapeCache,
    plan: LabelPlan,
    map_id: Option<Id>,
    obeyed: u64,
    has_first_view: bool,
    /// The store in which a first view was last looked for; an empty one has none.
    looked_for_first_view: Option<u64>,
    list: Option<SpotList>,
    /// What this panel has hovered, so that it takes back only its own.
    hovering: Option<Target>,
    outside: Option<(u64, FilterKey, Outside)>,
    had_selection: bool,
    /// Basemap and areas come with the second frame: making their pipelines, tiles and textures would
    /// keep the window and the text waiting.
    was_shown: bool,
}

/// Events of the window that cannot be seen, when none can.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Outside {
    n_events: usize,
    bounds: Option<GeoBounds>,
}

impl MapPanel {
    /// Without a renderer the basemap is left out and the marks are drawn on plain ground.
    pub fn new(has_renderer: bool) -> Self {
        Self { has_renderer, ..Self::default() }
    }

    /// Fills the rest of `ui` with the map.
    pub fn show(&mut self, ui: &mut Ui, cx: &PanelContext<'_>) {
        let rect = ui.available_rect_before_wrap();
        if rect.width() < 40.0 || rect.height() < 40.0 {
            return;
        }
        let colors = MapColors::of(cx.view.theme);
        self.marks.update(cx.store, cx.view, cx.answer);
        self.shapes.begin_frame(cx.store.generation());
        let before = self.camera.viewport();
        let gesture = self.move_camera(ui, cx, rect);
        let Some(viewport) = self.camera.viewport() else { return };
        let response = self.ground(ui, cx, rect, &viewport, &colors);
        let is_first_frame = !std::mem::replace(&mut self.was_shown, true);
        if is_first_frame {
            ui.ctx().request_repaint();
        }
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));

        let screen = Screen::new(rect, &viewport);
        let spots: Vec<Spot> = {
            let sight = rect.expand(40.0);
            self.marks
                .spots(viewport.zoom)
                .iter()
                .filter(|s| sight.contains(screen.pos(s.at)))
                .cloned()
                .collect()
        };
        let selected = places_of(cx.store, cx.view.selection);
        let hovered = places_of(cx.store, cx.view.hover);
        self.plan_names(ui, cx, &viewport, &colors, &spots, [&selected, &hovered]);
        let lit = Lit { selected: &selected, hovered: &hovered };
        if !is_first_frame {
            self.paint_shapes(ui, cx, &screen, &lit);
        }
        let offset = self.plan.offset(&viewport) + rect.min.to_vec2();
        self.plan.of_base.iter().for_each(|label| label.paint(ui.painter(), offset));
        self.paint_spots(ui, cx, &screen, &spots, &lit);
        self.plan.of_marks.iter().for_each(|label| label.paint(ui.painter(), offset));
        // What comes later lies on top: a round mark before the name of an area.
        let of_name = touch::of_names(ui, cx, &self.marks, &self.plan.shape_labels, offset);
        let touched = touch::of_spots(ui, cx, &self.marks, &screen, &spots, &lit).or(of_name).or_else(|| {
            let pointer = response.hover_pos().filter(|_| !gesture.is_dragging)?;
            touch::of_shapes(cx, &self.marks, &screen, pointer, response.clicked())
        });
        self.answer_touch(ui, cx, &screen, &response, touched);

        if self.marks.all.iter().any(|mark| mark.n_not_facts > 0) {
            overlay::legend(ui, cx.palette, rect);
        }
        let outside = self.outside(cx);
        let asked = overlay::show(ui, cx, rect, &viewport, outside.n_events);
        self.obey_buttons(ui, cx, asked, outside.bounds);
        self.show_list(ui, cx, &screen);
        self.report(ui, cx, before, &gesture);
    }

    /// Obeys requests and gestures.
    fn move_camera(&mut self, ui: &Ui, cx: &PanelContext<'_>, rect: Rect) -> Gesture {
        let is_animated = ui.style().animation_time > 0.0;
        let request = cx.view.camera.filter(|r| r.serial != self.obeyed);
        self.camera.set_size(rect.size(), || None);
        let generation = cx.store.generation();
        if !self.has_first_view && self.looked_for_first_view != Some(generation) {
            self.looked_for_first_view = Some(generation);
            if let Some(bounds) = first_view(cx.store) {
                self.camera.jump_to(bounds);
                self.has_first_view = true;
            }
        }
        if let Some(request) = request {
            self.obeyed = request.serial;
            self.has_first_view = true;
            let wish = match request.wish {
                // Once for the heart of the account, again for all of it.
                CameraWish::FitEvents => {
                    let core = first_view(cx.store);
                    let is_there = core.is_some() && self.camera.fitted() == core;
                    if is_there { cx.store.bounds() } else { core }.map(CameraWish::Fit)
                }
                wish => Some(wish),
            };
            // A saved camera, and whatever was asked for before there was a map, need no journey.
            if let Some(wish) = wish {
                let is_old = matches!(wish, CameraWish::Restore(..));
                self.camera.obey(wish, is_animated && self.map_id.is_some() && !is_old);
            }
        }
        let gesture = self.map_id.map(|id| gesture::read(ui, id, rect)).unwrap_or_default();
        let dt = ui.input(|i| i.stable_dt).min(0.1);
        if self.camera.advance(&gesture, dt, is_animated) {
            ui.ctx().request_repaint();
        }
        gesture
    }

    /// Draws the basemap and returns what the pointer does to it.
    fn ground(
        &mut self,
        ui: &mut Ui,
        cx: &PanelContext<'_>,
        rect: Rect,
        viewport: &MapViewport,
        colors: &MapColors,
    ) -> Response {
        let draws_basemap = self.has_renderer && self.was_shown;
        let ground = if draws_basemap { colors.water } else { colors.land[1] };
        ui.painter().rect_filled(rect, 0, ground);
        let center = lon_lat(viewport.center.lon, viewport.center.lat);
        self.memory.center_at(center);
        // Zoom is within walkers' limits, which are wider than the camera's.
        let _ = self.memory.set_zoom(viewport.zoom);
        if draws_basemap && let Err(error) = self.basemap.prepare(ui.ctx(), cx.view, colors) {
            cx.send(Command::Failed(error.to_string()));
        }
        let mut map = Map::new(None, &mut self.memory, center)
            .zoom_gesture(false)
            .panning(false)
            .double_click_to_zoom(false)
            .drag_pan_buttons(DragPanButtons::empty());
        if draws_basemap {
            map = self.basemap.add_to(map, viewport.zoom);
        }
        let response = map.show(ui, |_, _, _, _| ()).response;
        response.widget_info(|| {
            let n = cx.answer.places.len();
            egui::WidgetInfo::labeled(egui::Role::Group, true, format!("Map, {n} places"))
        });
        if response.has_focus() {
            let arrows =
                EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|m| m.set_focus_lock_filter(response.id, arrows));
            ui.painter().rect_stroke(
                rect.shrink(1.0),
                0,
                Stroke::new(2.0, cx.palette.focus),
                egui::StrokeKind::Inside,
            );
        }
        self.map_id = Some(response.id);
        response
    }

    fn plan_names(
        &mut self,
        ui: &Ui,
        cx: &PanelContext<'_>,
        viewport: &MapViewport,
        colors: &MapColors,
        spots: &[Spot],
        strong: [&[PlaceIx]; 2],
    ) {
        let input = PlanInput { cx, viewport, marks: &self.marks, spots, strong: &strong.concat(), colors };
        let key = self.basemap.labels_key();
        self.plan.update(ui.painter(), &input, key, self.basemap.labels());
    }

    fn paint_shapes(&mut self, ui: &Ui, cx: &PanelContext<'_>, screen: &Screen<'_>, lit: &Lit<'_>) {
        let Self { marks, shapes, .. } = self;
        for mark in marks.shapes.iter().filter_map(|i| marks.all.get(*i)) {
            let (Some(geometry), Some(place)) = (marks.geometry(mark.place), cx.store.place(mark.place))
            else {
                continue;
            };
            let what = (mark.place, place, &geometry.form);
            let color = paint::mark_color(cx, mark);
            paint::shape(
                ui.painter(),
                screen,
                shapes,
                what,
                color,
                Presence::of(mark),
                lit.emphasis(mark.place),
            );
        }
    }

    /// Draws the round marks: lighter ones on heavier ones, which else would hide them, and what is
    /// lit on all.
    fn paint_spots(
        &self,
        ui: &Ui,
        cx: &PanelContext<'_>,
        screen: &Screen<'_>,
        spots: &[Spot],
        lit: &Lit<'_>,
    ) {
        let mut order: Vec<(Emphasis, &Spot)> =
            spots.iter().map(|s| (lit.emphasis_of(s, &self.marks), s)).collect();
        order.sort_by_key(|(emphasis, s)| (*emphasis, std::cmp::Reverse(s.n_in_window)));
        for (emphasis, spot) in order {
            for mark in spot.members.iter().filter_map(|i| self.marks.all.get(*i)) {
                let radius_km = cx.store.place(mark.place).and_then(|p| p.radius_km);
                if let (Some(km), Some(g)) = (radius_km, self.marks.geometry(mark.place)) {
                    paint::uncertainty(ui.painter(), screen, g.anchor, km, paint::mark_color(cx, mark));
                }
            }
            paint::spot(ui.painter(), cx, screen.pos(spot.at), spot, &self.marks.all, emphasis);
        }
    }

    /// Hover is a question, click is an answer.
    fn answer_touch(
        &mut self,
        ui: &Ui,
        cx: &PanelContext<'_>,
        screen: &Screen<'_>,
        response: &Response,
        touched: Option<Touch>,
    ) {
        let Some(touch) = touched else {
            if self.hovering.is_some() && cx.view.hover == self.hovering {
                cx.hover(None);
            }
            self.hovering = None;
            if response.clicked() {
                self.list = None;
            }
            return;
        };
        let marks: Vec<&Mark> = touch.marks.iter().filter_map(|i| self.marks.all.get(*i)).collect();
        let only = match marks.as_slice() {
            [one] => Some(Target::Place(one.place)),
            _ => None,
        };
        if touch.is_hovered {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
            if only != self.hovering || only.is_some_and(|t| cx.view.hover != Some(t)) {
                cx.hover(only);
                self.hovering = only;
            }
        }
        if self.list.is_none() && !touch.is_clicked {
            card::hover_card(ui.ctx(), cx, &marks, touch.at, screen.rect);
        }
        if !touch.is_clicked {
            return;
        }
        let places: Vec<PlaceIx> = marks.iter().map(|m| m.place).collect();
        let n_events: u32 = marks.iter().map(|m| m.n_visible).sum();
        let at = screen.world(touch.at);
        if let Some(target) = only {
            self.list = (n_events > 1).then(|| SpotList::new(places, at));
            if !cx.is_selected(target) {
                cx.send(Command::Select(Some(target)));
            }
        } else if let Some(bounds) = self.splitting_view(&touch.marks, screen.viewport) {
            self.list = None;
            self.camera.obey(CameraWish::Fit(bounds), ui.style().animation_time > 0.0);
            ui.ctx().request_repaint();
        } else {
            self.list = Some(SpotList::new(places, at));
        }
    }

    /// The box to zoom to so that a cluster comes apart; `None` if it never does.
    fn splitting_view(&self, members: &[usize], view: &MapViewport) -> Option<GeoBounds> {
        let bounds = self.marks.bounds(members)?;
        let fitted = MapViewport::fit(bounds, view.width, view.height, 80.0);
        let is_one_spot = (bounds.east - bounds.west).abs().max((bounds.north - bounds.south).abs()) < 1e-6;
        (!is_one_spot && fitted.zoom > view.zoom + 0.3 && view.zoom < MAX_ZOOM - 2.5).then_some(bounds)
    }

    /// What of the window cannot be seen, said only if nothing of it can.
    fn outside(&mut self, cx: &PanelContext<'_>) -> Outside {
        let key = (cx.store.generation(), cx.view.filter_key());
        if let Some((generation, known, outside)) = &self.outside
            && (*generation, known) == (key.0, &key.1)
        {
            return *outside;
        }
        let boxes = |e: &crate::store::EventIx| -> Vec<GeoBounds> {
            cx.store
                .event(*e)
                .map(|e| e.places.iter().filter_map(|p| Some(self.marks.geometry(p.place)?.bounds)).collect())
                .unwrap_or_default()
        };
        let is_any_in_sight = cx.view.map_bounds.is_none()
            || cx.answer.in_window.iter().any(|e| cx.answer.is_in_viewport(*e) && !boxes(e).is_empty());
        let outside = if is_any_in_sight {
            Outside::default()
        } else {
            let placed: Vec<_> = cx.answer.in_window.iter().map(boxes).filter(|b| !b.is_empty()).collect();
            Outside { n_events: placed.len(), bounds: placed.into_iter().flatten().reduce(GeoBounds::union) }
        };
        self.outside = Some((key.0, key.1, outside));
        outside
    }

    fn obey_buttons(&mut self, ui: &Ui, cx: &PanelContext<'_>, asked: Asked, outside: Option<GeoBounds>) {
        let wish = match asked {
            Asked::Nothing => None,
            Asked::ZoomIn => Some(CameraWish::ZoomBy(1.0)),
            Asked::ZoomOut => Some(CameraWish::ZoomBy(-1.0)),
            Asked::Fit => {
                cx.send(Command::FitMap);
                None
            }
            Asked::FitWindow => outside.map(CameraWish::Fit),
        };
        if let Some(wish) = wish {
            self.camera.obey(wish, ui.style().animation_time > 0.0);
            ui.ctx().request_repaint();
        }
    }

    fn show_list(&mut self, ui: &Ui, cx: &PanelContext<'_>, screen: &Screen<'_>) {
        // Esc drops the selection, and with it the list that came with it.
        if self.had_selection && cx.view.selection.is_none() {
            self.list = None;
        }
        self.had_selection = cx.view.selection.is_some();
        if let Some(list) = &mut self.list {
            let at = screen.pos(list.at);
            let stays = screen.rect.expand(60.0).contains(at) && list.show(ui.ctx(), cx, at, screen.rect);
            if !stays {
                self.list = None;
            }
        }
    }

    fn report(&mut self, ui: &Ui, cx: &PanelContext<'_>, before: Option<MapViewport>, gesture: &Gesture) {
        let now = ui.input(|i| i.time);
        match self.camera.rest(before, gesture.is_dragging, now) {
            Rest::Nothing => {}
            Rest::AskIn(seconds) => {
                ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(seconds));
            }
            Rest::At(view) => {
                let bounds = view.bounds();
                if cx.view.map_bounds != Some(bounds) {
                    cx.send(Command::MapRested { bounds, center: view.center, zoom: view.zoom });
                }
            }
        }
    }
}

/// What a map of this store shows at first: the heart of the account. An area counts with its
/// middle: a map need not hold all of a country to show what happened there.
fn first_view(store: &EventStore) -> Option<GeoBounds> {
    let with_events = || {
        (0u32..).zip(store.places()).filter_map(|(ix, place)| {
            let n = store.events_of_place(PlaceIx(ix)).len();
            let (bounds, middle) = (place.bounds().filter(|_| n > 0)?, place.middle()?);
            Some((place, bounds, middle, u32::try_from(n).unwrap_or(u32::MAX)))
        })
    };
    let boxes: Vec<(GeoBounds, u32)> = with_events()
        .map(|(place, bounds, middle, n)| match place.shape {
            Some(PlaceShape::Area(_)) => (GeoBounds::of_point(middle), n),
            _ => (bounds, n),
        })
        .collect();
    let core = core_bounds(&boxes, SPARE)?;
    let mut within = with_events().filter(|(_, _, middle, _)| core.contains(*middle));
    match (within.next(), within.next()) {
        (Some((_, only, ..)), None) => Some(only),
        _ => Some(core),
    }
}
