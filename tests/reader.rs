//! The page and the passages list, driven by the names of what can be touched.
#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::sync::Arc;

use chronotope::annotation::{Mention, MentionKind, ToponymRole};
use chronotope::app::ChronotopeApp;
use chronotope::document::{Document, Span};
use chronotope::gazetteer::{Place, PlaceKind, PlaceShape};
use chronotope::geo::LonLat;
use chronotope::state::Command;
use chronotope::store::{
    Account, AccountEvent, AccountMention, AccountPassage, AccountPlaceRef, DocumentIx, EventStore, When,
};
use chronotope::time::{DaySpan, Edtf};
use chronotope::view::{PassageOrder, Target, TimelineWish, Tray};
use common::{Window, article, event, place, selection, send, state_of, view};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

/// An account told in three scripts: two events in one paragraph, a relative date, an orphan.
fn scripts() -> Account {
    let text = "🏔 Dağlarda\n\nƏvvəlcə Xankəndi şəhəri 🏔🏔 yaxınlığında yığışdılar; bu 2020-09 oldu. \
                Ապա Երևան քաղաքում 👩‍👩‍👧 հանդիպեցին 2021-05 ամսին, ու վերջ։\n\nSon söz.";
    let span = |words: &str| {
        let start = text.find(words).unwrap();
        Span { start, end: start + words.len() }
    };
    let toponym = |words: &str, place| AccountMention {
        span: Some(span(words)),
        quote: words.into(),
        kind: MentionKind::Toponym { place: Some(place), role: ToponymRole::Location },
        ..blank()
    };
    let time = |words: &str| AccountMention {
        span: Some(span(words)),
        quote: words.into(),
        kind: MentionKind::Time {
            timex_type: "DATE".into(),
            edtf: Some(Edtf::parse(words).unwrap()),
            duration: None,
        },
        ..blank()
    };
    let town = |name: &str, lon, lat| Place {
        id: name.into(),
        name: name.into(),
        kind: PlaceKind::Town,
        shape: Some(PlaceShape::Point(LonLat { lon, lat })),
        ..Place::default()
    };
    let happened = |id: &str, date: &str, place: usize, from: &str, to: &str| {
        let span = Span { start: span(from).start, end: span(to).end };
        let edtf = Edtf::parse(date).unwrap();
        AccountEvent {
            id: id.into(),
            title: format!("Event {id}"),
            when: Some(When {
                interval: edtf.interval(),
                edtf,
                label: date.into(),
                reason: String::new(),
                anchor: None,
                said: None,
            }),
            places: vec![AccountPlaceRef { place, toponym: String::new(), ..AccountPlaceRef::default() }],
            passages: vec![AccountPassage {
                span: Some(span),
                quote: span.slice(text).into(),
                ..AccountPassage::default()
            }],
            ..AccountEvent::default()
        }
    };
    Account {
        title: "Scripts".into(),
        documents: vec![Document {
            id: "d".into(),
            title: "Dağlarda".into(),
            text: text.into(),
            headings: vec![span("🏔 Dağlarda")],
            ..Document::default()
        }],
        places: vec![town("Xankəndi", 46.75, 39.82), town("Երևան", 44.51, 40.18)],
        mentions: vec![toponym("Xankəndi", 0), time("2020-09"), toponym("Երևան", 1), time("2021-05")],
        events: vec![
            happened("one", "2020-09", 0, "Əvvəlcə", "oldu."),
            happened("two", "2021-05", 1, "Ապա", "վերջ։"),
            AccountEvent {
                id: "lost".into(),
                title: "Event lost".into(),
                passages: vec![AccountPassage {
                    quote: "Bu sözlər artıq yoxdur".into(),
                    ..AccountPassage::default()
                }],
                ..AccountEvent::default()
            },
        ],
        ..Account::default()
    }
}

fn blank() -> AccountMention {
    Mention {
        id: String::new(),
        document: 0,
        span: None,
        quote: String::new(),
        orphan: None,
        kind: MentionKind::Toponym { place: None, role: ToponymRole::Location },
        anchor: None,
        confidence: None,
        rivals: Vec::new(),
        note: String::new(),
    }
}

/// The window of an account whose emoji no bundled face has: letters are found by their place all
/// the same.
fn emoji_window(accounts: impl IntoIterator<Item = Account>) -> Window {
    let state = state_of(accounts);
    let mut window = Harness::builder()
        .with_size([1300.0, 900.0])
        .with_max_steps(400)
        .with_step_dt(1.0 / 20.0)
        .allow_missing_glyphs()
        .wgpu()
        .build_eframe(move |cc| ChronotopeApp::new(&cc.egui_ctx, cc.wgpu_render_state.as_ref(), state));
    window.run();
    window
}

fn scripts_window() -> Window {
    emoji_window([scripts()])
}

/// Clicks the first node of a name.
fn click_first(window: &mut Window, label: &str) {
    window.get_all_by_label(label).next().unwrap().click();
    window.run();
}

/// Clicks at a distance in points to the right of the first node of a name.
fn click_right_of(window: &mut Window, label: &str, dx: f32) {
    let rect = window.get_all_by_label(label).next().unwrap().rect();
    let pos = rect.right_center() + egui::vec2(dx, 0.0);
    window.hover_at(pos);
    window.run();
    for pressed in [true, false] {
        window.event(egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        });
    }
    window.run();
}

#[test]
fn a_click_on_a_toponym_selects_its_place_in_any_script() {
    let mut window = scripts_window();
    for (name, label) in [("Xankəndi", "Xankəndi, place"), ("Երևան", "Երևան, place")] {
        click_first(&mut window, label);
        assert_eq!(selection(&window), Some(Target::Place(place(&window, name))), "{name}");
    }
}

#[test]
fn a_click_on_a_date_moves_the_timeline_there() {
    let mut window = scripts_window();
    for (label, date) in [("2020-09, date", "2020-09"), ("2021-05, date", "2021-05")] {
        click_first(&mut window, label);
        let extent: DaySpan = Edtf::parse(date).unwrap().interval().extent();
        assert_eq!(view(&window).timeline.map(|r| r.wish), Some(TimelineWish::Fit(extent)));
        assert!(matches!(selection(&window), Some(Target::Mention(_))));
    }
}

#[test]
fn a_click_in_a_passage_selects_its_event() {
    let mut window = scripts_window();
    for (label, id) in [("Xankəndi, place", "one"), ("Երևան, place", "two")] {
        click_right_of(&mut window, label, 14.0);
        assert_eq!(selection(&window), Some(Target::Event(event(&window, id))), "right of {label}");
    }
}

#[test]
fn the_pointer_on_a_word_asks_about_it_and_takes_the_question_back() {
    let mut window = scripts_window();
    let word = window.get_by_label("Երևան, place").rect();
    window.hover_at(word.center());
    window.run();
    let hover = view(&window).hover;
    let Some(Target::Mention(mention)) = hover else { panic!("{hover:?}") };
    assert_eq!(window.state().state().store().mention(mention).unwrap().quote, "Երևան");
    window.hover_at(word.right_center() + egui::vec2(14.0, 0.0));
    window.run();
    assert_eq!(view(&window).hover, Some(Target::Event(event(&window, "two"))));
    let heading = window.get_by_label("🏔 Dağlarda").rect();
    window.hover_at(heading.center());
    window.run();
    assert_eq!(view(&window).hover, None);
}

#[test]
fn tab_and_enter_follow_a_link() {
    let mut window = scripts_window();
    window.get_by_label("Xankəndi, place").focus();
    window.run();
    assert!(window.get_by_label("Xankəndi, place").is_focused());
    window.key_press(egui::Key::Tab);
    window.run();
    assert!(window.get_by_label("2020-09, date").is_focused());
    window.key_press(egui::Key::Enter);
    window.run();
    assert!(matches!(selection(&window), Some(Target::Mention(_))));
}

fn span_in(window: &Window, words: &str) -> Span {
    let store: &EventStore = window.state().state().store();
    let text = Arc::clone(&store.document(DocumentIx(0)).unwrap().text);
    let start = text.find(words).unwrap();
    Span { start, end: start + words.len() }
}

#[test]
fn a_wish_to_scroll_is_obeyed_once() {
    let mut window = article();
    let label = "Gaza, place, a slip of the pen";
    assert!(window.query_by_label(label).is_none(), "the end of the article is out of sight at first");
    let span = span_in(&window, "Gaza are");
    send(&mut window, Command::ScrollTo(DocumentIx(0), span));
    let there = window.get_by_label(label).rect();

    // The person scrolls on; the wish is not fulfilled again.
    window.hover_at(there.center());
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, 60.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Trackpad,
        modifiers: egui::Modifiers::NONE,
    });
    window.run();
    let moved = window.get_by_label(label).rect();
    assert!((moved.top() - there.top() - 60.0).abs() < 3.0, "{there:?} {moved:?}");
    window.run();
    assert_eq!(window.get_by_label(label).rect(), moved);
}

#[test]
fn the_text_is_searched_and_stepped_through() {
    let mut window = article();
    window.key_combination_modifiers(egui::Modifiers::COMMAND, &[egui::Key::F]);
    window.run();
    let text = window.get_by(|n| n.role() == egui::Role::TextInput && n.is_focused());
    text.type_text("khankendi");
    window.run();
    assert_eq!(view(&window).find.as_deref(), Some("khankendi"));
    let n = {
        let store = window.state().state().store();
        store.document(DocumentIx(0)).unwrap().text.matches("Khankendi").count()
    };
    assert!(n >= 2);
    assert!(window.query_by_label(&format!("1 of {n}")).is_some());
    for expected in 2..=n {
        window.key_press(egui::Key::Enter);
        window.run();
        assert!(window.query_by_label(&format!("{expected} of {n}")).is_some(), "{expected} of {n}");
    }
    click_first(&mut window, "Next hit");
    assert!(window.query_by_label(&format!("1 of {n}")).is_some(), "around the end");
    click_first(&mut window, "Previous hit");
    assert!(window.query_by_label(&format!("{n} of {n}")).is_some(), "around the beginning");
    click_first(&mut window, "Close the search");
    assert_eq!(view(&window).find, None);
}

/// Rows of the list whose name begins so.
fn rows(window: &Window, begin: &str) -> usize {
    let labels = window.get_all_by_role(egui::Role::Button).filter_map(|n| n.accesskit_node().label());
    labels.filter(|l| l.starts_with(begin)).count()
}

#[test]
fn a_passage_in_the_list_shows_itself_in_the_text() {
    let mut window = scripts_window();
    assert_eq!(rows(&window, "Event "), 3);
    let row =
        window.get_by(|n| n.label().is_some_and(|l| l.starts_with("Event two,") && l.contains("Երևան")));
    row.click();
    window.run();
    let two = event(&window, "two");
    assert_eq!(selection(&window), Some(Target::Event(two)));
    let store = window.state().state().store();
    let passage = store.passage(store.event(two).unwrap().passages[0]).unwrap();
    let wish = view(&window).reader.map(|r| r.wish);
    assert_eq!(wish, Some(chronotope::view::ReaderWish::ScrollTo(passage.document, passage.span.unwrap())));
}

#[test]
fn the_list_changes_its_order() {
    let mut window = article();
    click_first(&mut window, "Order: in date order");
    assert_eq!(view(&window).passage_order, PassageOrder::Text);
    click_first(&mut window, "Order: in text order");
    assert_eq!(view(&window).passage_order, PassageOrder::Date);
}

#[test]
fn trays_list_what_has_no_date_or_words() {
    let mut window = scripts_window();
    click_first(&mut window, "Undated 1");
    assert_eq!(view(&window).tray, Tray::Undated);
    assert_eq!(rows(&window, "Event lost, undated"), 1);
    click_first(&mut window, "Orphaned 1");
    assert_eq!(view(&window).tray, Tray::Orphaned);
    let row = window.get_by(|n| n.label().is_some_and(|l| l.contains("Bu sözlər artıq yoxdur")));
    row.click();
    window.run();
    assert_eq!(selection(&window), Some(Target::Event(event(&window, "lost"))));

    let mut window = article();
    let n_undated = {
        let store = window.state().state().store();
        store.event_ids().filter(|e| store.event(*e).unwrap().when.is_none()).count()
    };
    click_first(&mut window, &format!("Undated {n_undated}"));
    assert!(rows(&window, "Ilham Aliyev speaks about the crossing point") > 0);
}

#[test]
fn a_card_says_why_then_and_why_here() {
    let mut window = article();
    let flag = event(&window, "e03");
    send(&mut window, Command::Select(Some(Target::Event(flag))));
    assert!(window.query_by_label_contains("No date of its own").is_none());
    click_first(&mut window, "Why then?");
    assert!(window.query_by_label_contains("No date of its own").is_some());
    assert!(window.query_by_label_contains("Read by hand").is_some());
    let established = "Border crossing point established in Lachin district";
    window
        .get_all_by_role(egui::Role::Link)
        .rfind(|n| n.accesskit_node().label().as_deref() == Some(established))
        .unwrap()
        .click();
    window.run();
    assert_eq!(selection(&window), Some(Target::Event(event(&window, "e01"))));
    click_first(&mut window, "Why then?");
    click_first(&mut window, "Why here?");
    assert!(window.query_by_label_contains("The event is the making of this crossing point.").is_some());
}

#[test]
fn an_empty_window_names_what_lies_nearest() {
    let mut window = scripts_window();
    let day = Edtf::parse("2020-12-24").unwrap().interval().extent();
    send(&mut window, Command::SetWindow(Some(day)));
    let links: Vec<String> = window
        .get_all_by_role(egui::Role::Link)
        .filter_map(|n| n.accesskit_node().label())
        .filter(|l| l.starts_with("Nearest"))
        .collect();
    assert_eq!(links.len(), 2, "{links:?}");
    assert!(links[0].contains("Event one") && links[1].contains("Event two"), "{links:?}");
}

#[test]
fn several_documents_have_tabs() {
    let mut window = emoji_window([common::bundled(), scripts()]);
    let (first, second) = ("A From Lachin to Khankendi", "B Dağlarda");
    assert!(window.query_by_label_contains(&format!("{second}, shown")).is_some());
    click_first(&mut window, first);
    assert_eq!(view(&window).document, Some(DocumentIx(0)));
    click_first(&mut window, second);
    assert_eq!(view(&window).document, Some(DocumentIx(1)));
    assert!(window.query_by_label("Երևան, place").is_some());
}

#[test]
fn a_text_that_is_not_here_says_why_and_keeps_its_quotes() {
    let mut account = scripts();
    for document in &mut account.documents {
        document.missing = Some("its file is gone".into());
        document.text = "".into();
    }
    for event in &mut account.events {
        event.passages.iter_mut().for_each(|p| p.span = None);
    }
    account.mentions.clear();
    let mut window = emoji_window([account]);
    assert!(window.query_by_label_contains("its file is gone").is_some());
    let quote = window
        .get_by(|n| n.role() == egui::Role::Blockquote && n.label().is_some_and(|l| l.contains("Xankəndi")));
    quote.click();
    window.run();
    assert_eq!(selection(&window), Some(Target::Event(event(&window, "one"))));
}

#[test]
fn events_without_any_text_leave_the_page_saying_so() {
    let account = Account {
        title: "Plain".into(),
        events: vec![AccountEvent { id: "e".into(), title: "Somewhere".into(), ..AccountEvent::default() }],
        ..Account::default()
    };
    let window = emoji_window([account]);
    assert!(window.query_by_label("No text comes with these events").is_some());
}

#[test]
fn the_text_can_be_selected_and_copied() {
    let mut window = article();
    let words = window.get_all_by_label_contains("is the day when").next().unwrap().rect();
    window.drag_at(words.left_top() + egui::vec2(140.0, 8.0));
    window.step();
    window.hover_at(words.left_top() + egui::vec2(240.0, 8.0));
    window.step();
    window.hover_at(words.right_bottom() - egui::vec2(4.0, 4.0));
    window.step();
    window.drop_at(words.right_bottom() - egui::vec2(4.0, 4.0));
    window.step();
    window.event(egui::Event::Copy);
    window.step();
    let copied = window.output().platform_output.commands.iter().find_map(|c| match c {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    assert!(copied.contains("territorial integrity after 30 years!"), "{copied:?}");
    assert_eq!(selection(&window), None, "selecting text selects no event");
}
