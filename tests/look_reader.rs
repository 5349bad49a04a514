//! Pictures of the reader for looking at (temporary).
use chronotope::app::{
    fonts,
    panels::{CommandSender, PanelContext, passages::PassagesPanel, reader::ReaderPanel},
    theme,
};
use chronotope::document::*;
use chronotope::store::*;
use chronotope::view::*;
use std::sync::Arc;

fn shot(name: &str, size: [f32; 2], view: View, f: impl Fn(&EventStore, &mut View)) {
    let store = EventStore::build(&[Arc::new(chronotope::formats::bundled().unwrap())]);
    let mut view = view;
    f(&store, &mut view);
    let answer = store.query(&view);
    let palette = theme::Palette::of(view.theme);
    let mut panel = ReaderPanel::default();
    let mut passages = PassagesPanel::default();
    let is_list = name.starts_with('p');
    let mut ready = false;
    let commands = CommandSender::default();
    let mut harness =
        egui_kittest::Harness::builder().with_size(size).with_pixels_per_point(1.5).wgpu().build_ui(
            move |ui| {
                if !ready {
                    ui.ctx().set_fonts(fonts::definitions());
                    theme::install(ui.ctx(), &palette);
                    ready = true;
                    return;
                }
                egui::Frame::NONE.fill(palette.paper).show(ui, |ui| {
                    ui.set_min_size(ui.available_size());
                    let cx = PanelContext {
                        store: &store,
                        view: &view,
                        answer: &answer,
                        palette: &palette,
                        commands: &commands,
                    };
                    if is_list {
                        ui.painter().rect_filled(ui.max_rect(), 0.0, palette.panel);
                        passages.show(ui, &cx);
                    } else {
                        panel.show(ui, &cx);
                    }
                });
            },
        );
    harness.run_steps(6);
    if is_list {
        use egui_kittest::kittest::Queryable;
        for w in ["Why then?", "Why here?"] {
            if let Some(n) = harness.query_by_label(w) {
                if name.ends_with('y') {
                    n.click();
                }
            }
            harness.run_steps(3);
        }
    }
    harness.run_steps(6);
    harness.render().unwrap().save(format!("/tmp/ct/look/{name}.png")).unwrap();
}

#[test]
fn look() {
    let night = View { theme: Theme::Night, ..View::default() };
    shot("day-640", [640.0, 760.0], View::default(), |_, _| {});
    shot("night-480", [480.0, 720.0], night.clone(), |store, view| {
        let place = (0..200).map(PlaceIx).find(|p| store.place(*p).is_some_and(|p| p.id == "khankendi"));
        view.selection = place.map(Target::Place);
        let e = store.events_of_place(place.unwrap())[0];
        let p = store.passage(store.event(e).unwrap().passages[0]).unwrap();
        view.reader = Some(Request { serial: 1, wish: ReaderWish::ScrollTo(p.document, p.span.unwrap()) });
    });
    shot("find-360", [360.0, 500.0], View::default(), |_, view| {
        view.find = Some("lachin".into());
        view.find_hit = 3;
    });
    shot("end-330", [330.0, 400.0], View::default(), |store, view| {
        let t = &store.document(DocumentIx(0)).unwrap().text;
        let b = t.find("villages of Gaza ").unwrap();
        view.reader = Some(Request {
            serial: 1,
            wish: ReaderWish::ScrollTo(DocumentIx(0), Span { start: b, end: b + 10 }),
        });
        view.window = Some(chronotope::time::DaySpan::new(19600, 20000));
    });

    let ev = |store: &EventStore, id: &str| {
        store.event_ids().find(|e| store.event(*e).unwrap().id.starts_with(id)).unwrap()
    };
    shot("p-event-why", [520.0, 520.0], View::default(), |store, view| {
        view.selection = Some(Target::Event(ev(store, "e03")))
    });
    shot("p-event", [400.0, 300.0], night.clone(), |store, view| {
        view.selection = Some(Target::Event(ev(store, "e04")))
    });
    shot("p-place", [330.0, 420.0], View::default(), |store, view| {
        let place =
            (0..200).map(PlaceIx).find(|p| store.place(*p).is_some_and(|p| p.id == "lachin-crossing"));
        view.selection = place.map(Target::Place);
    });
    shot("p-all", [600.0, 420.0], View::default(), |_, _| ());
    shot("p-undated", [480.0, 320.0], night.clone(), |_, view| view.tray = Tray::Undated);
    shot("p-empty", [480.0, 200.0], View::default(), |_, view| {
        view.window = Some(chronotope::time::DaySpan::new(15000, 15010))
    });
}
