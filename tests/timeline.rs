//! The timeline panel by the names of what can be touched in it.
#![cfg(feature = "gui")]
// What is not there in a test is a failed test.
#![allow(clippy::unwrap_used)]

mod common;

use std::cell::RefCell;
use std::rc::Rc;

use chronotope::app::fonts;
use chronotope::app::panels::timeline::TimelinePanel;
use chronotope::app::panels::{CommandSender, PanelContext};
use chronotope::app::theme::{self, Palette};
use chronotope::state::{AppState, Command, apply};
use chronotope::store::{Account, AccountEvent, When};
use chronotope::time::{CivilDate, DaySpan, Edtf};
use chronotope::view::{Target, Theme, Tray};
use common::{bundled, state_of};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

/// The panel alone, with the state it is shown and the commands it has sent.
struct Bench {
    harness: Harness<'static>,
    state: Rc<RefCell<AppState>>,
    sent: Rc<RefCell<Vec<Command>>>,
}

impl Bench {
    fn new(state: AppState, size: [f32; 2]) -> Self {
        let state = Rc::new(RefCell::new(state));
        let sent = Rc::new(RefCell::new(Vec::new()));
        let (shown, log) = (Rc::clone(&state), Rc::clone(&sent));
        let mut panel = TimelinePanel::default();
        let commands = CommandSender::default();
        let palette = Palette::of(Theme::Day);
        let mut is_first = true;
        let harness =
            Harness::builder().with_size(size).with_max_steps(100).with_step_dt(1.0 / 60.0).build_ui(
                move |ui| {
                    if std::mem::take(&mut is_first) {
                        ui.ctx().set_fonts(fonts::definitions());
                        theme::install(ui.ctx(), &palette);
                    }
                    let mut state = shown.borrow_mut();
                    let answer = state.answer();
                    let cx = PanelContext {
                        store: state.store(),
                        view: &state.view,
                        answer: &answer,
                        palette: &palette,
                        is_opening: false,
                        commands: &commands,
                    };
                    panel.show(ui, &cx);
                    let commands = commands.take();
                    if !commands.is_empty() {
                        ui.ctx().request_repaint();
                    }
                    for command in commands {
                        log.borrow_mut().push(command.clone());
                        apply(&mut state, command);
                    }
                },
            );
        let mut bench = Self { harness, state, sent };
        bench.harness.run();
        bench.sent.borrow_mut().clear();
        bench
    }

    fn article() -> Self {
        Self::new(state_of([bundled()]), [1600.0, 260.0])
    }

    fn send(&mut self, command: Command) {
        apply(&mut self.state.borrow_mut(), command);
        self.harness.run();
    }

    fn window(&self) -> Option<DaySpan> {
        self.state.borrow().view.window
    }

    fn visible(&self) -> String {
        self.harness.get_by_label("Visible dates").value().unwrap()
    }

    fn center(&self, label: &str) -> Pos2 {
        self.harness.get_by_label_contains(label).rect().center()
    }

    fn drag(&mut self, from: Pos2, by: Vec2) {
        self.harness.drag_at(from);
        self.harness.step();
        for step in [0.3, 0.7, 1.0] {
            self.harness.hover_at(from + by * step);
            self.harness.step();
        }
        self.harness.drop_at(from + by);
        self.harness.run();
        self.harness.remove_cursor();
        self.harness.run();
    }

    fn wheel(&mut self, at: Pos2, delta: Vec2) {
        self.harness.hover_at(at);
        self.harness.step();
        self.harness.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta,
            modifiers: Modifiers::NONE,
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
        });
        self.harness.run();
    }
}

fn day(year: i64, month: u8, day: u8) -> i64 {
    CivilDate::new(year, month, day).unwrap().to_day()
}

fn span(first: (i64, u8, u8), last: (i64, u8, u8)) -> DaySpan {
    DaySpan::new(day(first.0, first.1, first.2), day(last.0, last.1, last.2))
}

/// An account of events that are nothing but dates.
fn dated(dates: impl IntoIterator<Item = impl AsRef<str>>) -> Account {
    let event = |date: &str| {
        let edtf = Edtf::parse(date).unwrap();
        let when = When {
            interval: edtf.interval(),
            edtf,
            label: String::new(),
            reason: String::new(),
            anchor: None,
            said: None,
        };
        AccountEvent {
            id: date.to_owned(),
            title: format!("What was on {date}"),
            when: Some(when),
            ..AccountEvent::default()
        }
    };
    Account { events: dates.into_iter().map(|d| event(d.as_ref())).collect(), ..Account::default() }
}

const COURT: &str = "6 July 2023: International Court of Justice";

#[test]
fn a_bar_says_its_date_and_title_and_whether_it_is_in_the_window() {
    let mut bench = Bench::article();
    bench
        .harness
        .get_by_label("6 July 2023: International Court of Justice rejects Armenia's request, in window");
    bench.send(Command::SetWindow(Some(DaySpan::year(2021))));
    bench.harness.get_by_label(
        "6 July 2023: International Court of Justice rejects Armenia's request, outside window",
    );
}

#[test]
fn hovering_a_bar_asks_and_clicking_it_answers() {
    let mut bench = Bench::article();
    bench.harness.get_by_label_contains(COURT).hover();
    bench.harness.run();
    let hovered = bench.state.borrow().view.hover;
    assert!(matches!(hovered, Some(Target::Event(_))), "{hovered:?}");
    for _ in 0..60 {
        bench.harness.step();
    }
    bench.harness.get_by_label_contains("“July 6, 2023”");
    bench.harness.get_by_label_contains(COURT).click();
    bench.harness.run();
    assert_eq!(bench.state.borrow().view.selection, hovered);
    bench.harness.remove_cursor();
    bench.harness.run();
    assert_eq!(bench.state.borrow().view.hover, None);
    let n_hovers = bench.sent.borrow().iter().filter(|c| matches!(c, Command::Hover(_))).count();
    assert_eq!(n_hovers, 2, "only what changes is sent");
}

#[test]
fn a_double_click_makes_the_events_days_the_window() {
    let mut bench = Bench::article();
    for _ in 0..2 {
        bench.harness.get_by_label_contains(COURT).click();
    }
    bench.harness.run();
    assert_eq!(bench.window(), Some(DaySpan::day(day(2023, 7, 6))));
}

#[test]
fn enter_selects_the_bar_that_has_the_focus() {
    let mut bench = Bench::article();
    bench.harness.get_by_label_contains(COURT).focus();
    bench.harness.run();
    bench.harness.key_press(Key::Enter);
    bench.harness.run();
    assert!(matches!(bench.state.borrow().view.selection, Some(Target::Event(_))));
}

#[test]
fn tab_goes_through_the_bars_in_date_order() {
    let bench = Bench::new(state_of([dated(["2020-05-01", "2020-01-01", "2020-03-01"])]), [1200.0, 220.0]);
    let mut harness = bench.harness;
    harness.get_by_label_contains("1 January 2020").focus();
    harness.run();
    for next in ["1 March 2020", "1 May 2020"] {
        harness.key_press(Key::Tab);
        harness.run();
        assert!(harness.get_by_label_contains(next).is_focused(), "{next}");
    }
}

#[test]
fn handles_drag_the_ends_of_the_window() {
    let mut bench = Bench::article();
    let before = span((2023, 1, 1), (2023, 8, 31));
    bench.send(Command::SetWindow(Some(before)));
    let end = bench.center("Window end");
    bench.drag(end, vec2(80.0, 0.0));
    let after = bench.window().unwrap();
    assert_eq!(after.first, before.first);
    assert!(after.last > before.last + 20, "{after:?}");
    let start = bench.center("Window start");
    bench.drag(start, vec2(-60.0, 0.0));
    let wider = bench.window().unwrap();
    assert!(wider.first < before.first - 20 && wider.last == after.last);
    let node = bench.harness.get_by_label("Window start");
    assert_eq!(node.accesskit_node().role(), Role::Slider);
    assert!(node.value().unwrap().ends_with("2022"), "{:?}", node.value());
}

#[test]
fn the_middle_of_the_window_moves_it_and_the_empty_ruler_makes_a_new_one() {
    let mut bench = Bench::article();
    let before = span((2023, 1, 1), (2023, 8, 31));
    bench.send(Command::SetWindow(Some(before)));
    let ruler = bench.harness.get_by_label_contains("Ruler").rect();
    let (start, end) = (bench.center("Window start").x, bench.center("Window end").x);
    let low = ruler.bottom() - 6.0;
    bench.drag(pos2(f32::midpoint(start, end), low), vec2(90.0, 0.0));
    let moved = bench.window().unwrap();
    assert_eq!(moved.n_days(), before.n_days());
    assert!(moved.first > before.first + 20);
    bench.drag(pos2(300.0, low), vec2(120.0, 0.0));
    let new = bench.window().unwrap();
    assert!(new.last < before.first && new.n_days() > 20, "{new:?}");
}

#[test]
fn without_a_window_the_handles_stand_at_the_ends_of_all_dates() {
    let mut bench = Bench::new(state_of([dated(["2020-01-01", "2020-12-31"])]), [1200.0, 220.0]);
    assert_eq!(bench.window(), None);
    let start = bench.center("Window start");
    bench.drag(start, vec2(300.0, 0.0));
    let window = bench.window().unwrap();
    assert!(window.first > day(2020, 2, 1));
    assert_eq!(window.last, day(2020, 12, 31));
}

#[test]
fn arrow_keys_and_screen_readers_move_the_handles() {
    let mut bench = Bench::article();
    let before = span((2023, 1, 2), (2023, 8, 27));
    bench.send(Command::SetWindow(Some(before)));
    bench.harness.get_by_label("Window end").focus();
    bench.harness.run();
    bench.harness.key_press(Key::ArrowRight);
    bench.harness.run();
    let longer = bench.window().unwrap();
    assert!(longer.last > before.last && longer.first == before.first);
    bench.harness.get_by_label("Window start").decrement_accesskit();
    bench.harness.run();
    assert!(bench.window().unwrap().first < before.first);
}

#[test]
fn a_click_on_the_ruler_sets_the_playhead_and_its_flag_can_be_dragged() {
    let mut bench = Bench::article();
    let ruler = bench.harness.get_by_label_contains("Ruler").rect();
    let at = pos2(500.0, ruler.bottom() - 6.0);
    bench.harness.drag_at(at);
    bench.harness.drop_at(at);
    bench.harness.run();
    let before = bench.state.borrow().view.playhead.unwrap();
    assert_eq!(bench.window(), None, "a click is no drag");
    let flag = bench.center("Playhead");
    bench.drag(flag, vec2(200.0, 0.0));
    assert!(bench.state.borrow().view.playhead.unwrap() > before + 20);
}

#[test]
fn what_is_typed_is_gone_to() {
    let mut bench = Bench::article();
    for (typed, expected) in [
        ("April 2023", DaySpan::month(2023, 4)),
        ("2023-04-23", DaySpan::day(day(2023, 4, 23))),
        ("2020/2023", DaySpan { first: day(2020, 1, 1), last: day(2023, 12, 31) }),
    ] {
        let date_box = bench.harness.get_by_label("Go to date");
        date_box.focus();
        bench.harness.run();
        bench.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        bench.harness.get_by_label("Go to date").type_text(typed);
        bench.harness.run();
        bench.harness.key_press(Key::Enter);
        bench.harness.run();
        assert_eq!(bench.window(), Some(expected), "{typed}");
    }
}

#[test]
fn what_is_no_date_is_said_to_be_none() {
    let mut bench = Bench::article();
    bench.state.borrow_mut().view.focus_date_box += 1;
    bench.harness.run();
    assert!(bench.harness.get_by_label("Go to date").is_focused(), "Ctrl+L puts the cursor there");
    bench.harness.get_by_label("Go to date").type_text("soon");
    bench.harness.run();
    bench.harness.key_press(Key::Enter);
    bench.harness.run();
    bench.harness.get_by_label_contains("“soon” is not a date");
    assert_eq!(bench.window(), None);
    bench.harness.get_by_label("Go to date").type_text("er");
    bench.harness.run();
    assert!(bench.harness.query_by_label_contains("is not a date").is_none(), "typing on clears it");
}

#[test]
fn play_asks_for_frames_by_itself_and_moves_the_window() {
    let mut bench = Bench::article();
    bench.harness.get_by_label("Play").click();
    bench.harness.step();
    bench.harness.step();
    assert!(bench.state.borrow().view.play.playing);
    let before = bench.window().unwrap();
    for _ in 0..30 {
        bench.harness.step();
        assert!(bench.harness.ctx.has_requested_repaint(), "nothing else wakes the window while it plays");
    }
    assert!(bench.window().unwrap().last > before.last);
    bench.harness.get_by_label("Pause").click();
    bench.harness.run();
    assert!(!bench.state.borrow().view.play.playing);
}

#[test]
fn a_request_is_obeyed_once() {
    let mut bench = Bench::article();
    let before = bench.visible();
    bench.send(Command::ZoomTimeline(1.0));
    let zoomed = bench.visible();
    assert_ne!(zoomed, before);
    for _ in 0..10 {
        bench.harness.step();
    }
    assert_eq!(bench.visible(), zoomed);
    bench.send(Command::ShowSpan(DaySpan::year(2022)));
    assert!(bench.visible().contains("2021") && bench.visible().contains("2023"), "{}", bench.visible());
}

#[test]
fn the_wheel_zooms_about_the_pointer_and_a_drag_pans() {
    let mut bench = Bench::article();
    let court = bench.center(COURT);
    bench.wheel(pos2(court.x, 240.0), vec2(0.0, 120.0));
    let after = bench.harness.get_by_label_contains(COURT).rect();
    assert!(after.x_range().expand(24.0).contains(court.x), "{after:?} has left {court:?}");
    let before = bench.visible();
    bench.wheel(pos2(800.0, 240.0), vec2(200.0, 0.0));
    let wheeled = bench.visible();
    assert_ne!(wheeled, before, "sideways it pans");
    bench.drag(pos2(800.0, 240.0), vec2(-150.0, 0.0));
    assert_ne!(bench.visible(), wheeled);
    assert_eq!(bench.window(), None, "panning is no brushing");
}

#[test]
fn the_overview_moves_what_is_shown() {
    let mut bench = Bench::article();
    assert!(!bench.visible().contains("2003"), "the article opens on its busy years: {}", bench.visible());
    let strip = bench.harness.get_by_label("Visible dates").rect();
    bench.drag(strip.center(), vec2(-30.0, 0.0));
    let dragged = bench.visible();
    bench.harness.get_by_label("Visible dates").focus();
    bench.harness.run();
    bench.harness.key_press(Key::ArrowLeft);
    bench.harness.run();
    assert_ne!(bench.visible(), dragged);
}

#[test]
fn an_empty_window_names_what_lies_nearest() {
    let state = state_of([dated(["2020-01-01", "2020-02-01", "2021-06-01"])]);
    let mut bench = Bench::new(state, [1200.0, 260.0]);
    bench.send(Command::SetWindow(Some(DaySpan::month(2020, 9))));
    bench.harness.get_by_label_contains("← 1 February 2020: What was on");
    bench.harness.get_by_label_contains("1 June 2021: What was on 2021-06-01 →").click();
    bench.harness.run();
    assert!(bench.window().unwrap().contains(day(2021, 6, 1)));
    assert!(bench.harness.query_by_label_contains("← 1 February 2020").is_none());
}

#[test]
fn undated_and_unplaced_events_are_counted_and_open_their_trays() {
    let mut bench = Bench::article();
    let n_undated = bench.state.borrow_mut().answer().undated.len();
    bench.harness.get_by_label(&format!("{n_undated} undated")).click();
    bench.harness.run();
    assert_eq!(bench.state.borrow().view.tray, Tray::Undated);
    bench.harness.get_by_label_contains(" unplaced").click();
    bench.harness.run();
    assert_eq!(bench.state.borrow().view.tray, Tray::Unplaced);
}

#[test]
fn toggles_speed_and_presets_send_what_they_say() {
    let mut bench = Bench::article();
    bench.harness.get_by_label("Cumulative").click();
    bench.harness.run();
    assert!(bench.state.borrow().view.play.cumulative);
    bench.harness.get_by_label("Skip gaps").click();
    bench.harness.run();
    assert!(!bench.state.borrow().view.play.skip_gaps);
    bench.harness.get_by_label("Speed").click();
    bench.harness.run();
    bench.harness.get_by_label("1 year/s").click();
    bench.harness.run();
    assert!((bench.state.borrow().view.play.days_per_second - 365.25).abs() < 0.01);
    bench.harness.get_by_label("Next event").click();
    bench.harness.run();
    bench.harness.get_by_label("This selection").click();
    bench.harness.run();
    assert!(bench.window().is_some());
    bench.harness.get_by_label("All dates").click();
    bench.harness.run();
    assert_eq!(bench.window(), None);
    assert!(bench.visible().contains("19"), "all of the dates are shown: {}", bench.visible());
}

#[test]
fn events_without_a_lane_are_listed() {
    let dates = (0..30).map(|_| "2020-01-01");
    let mut bench = Bench::new(state_of([dated(dates)]), [1200.0, 200.0]);
    let n_bars = bench.harness.query_all_by_label_contains("in window").count();
    assert!(n_bars < 30);
    bench.harness.get_by_label_contains(&format!("{} more events", 30 - n_bars)).click();
    bench.harness.run();
    let n_listed = bench.harness.query_all_by_label_contains("1 January 2020: What was on").count();
    assert_eq!(n_listed, 30, "the bars and the list together");
}

#[test]
fn crowded_stretches_are_zoomed_into() {
    let dates: Vec<String> = (0..90)
        .map(|n| format!("2020-{:02}-{:02}", 1 + n / 28 % 12, 1 + n % 28))
        .chain(["1800".to_owned()])
        .collect();
    let mut bench = Bench::new(state_of([dated(dates)]), [1000.0, 200.0]);
    bench.send(Command::FitTimeline);
    let before = bench.visible();
    bench.harness.get_by_label_contains("more events").click();
    bench.harness.run();
    assert_ne!(bench.visible(), before);
    assert!(bench.visible().contains("2020"), "{}", bench.visible());
}

#[test]
fn a_hundred_thousand_events_are_blocks_that_open() {
    let dates = (0..100_000).map(|n| {
        let date = CivilDate::from_day(i64::from(n) / 2);
        format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
    });
    let mut bench = Bench::new(state_of([dated(dates)]), [1200.0, 220.0]);
    let n_nodes = bench.harness.query_all_by_label_contains("events, zoom in").count();
    assert!((5..200).contains(&n_nodes), "{n_nodes}");
    let before = bench.visible();
    let block = bench.harness.query_all_by_label_contains("events, zoom in").nth(3).unwrap();
    block.click();
    bench.harness.run();
    assert_ne!(bench.visible(), before);
    for _ in 0..12 {
        bench.send(Command::ZoomTimeline(1.0));
    }
    let n_bars = bench.harness.query_all_by_label_contains("in window").count();
    assert!((1..500).contains(&n_bars), "near enough, bars are bars: {n_bars}");
}

#[test]
fn any_age_can_be_drawn() {
    for (dates, expected) in [
        (&["-0479-09", "-0489-09-12", "-0430/-0403"][..], "480 BCE"),
        (&["Y-11999", "-9998", "-0300"], "12,000 BCE"),
        (&["Y-170000001", "2020-01-01"], "170,000,002 BCE"),
        (&["2020-01-01"], "1 January 2020"),
        (&["../2020", "2021/.."], "2021"),
        (&["Y12023"], "12,023"),
    ] {
        for size in [[1024.0, 120.0], [1600.0, 480.0]] {
            let mut bench = Bench::new(state_of([dated(dates)]), size);
            bench.send(Command::FitTimeline);
            let n = bench.harness.query_all_by_label_contains(expected).count();
            assert!(n > 0, "{expected} is not there");
            for _ in 0..20 {
                bench.send(Command::ZoomTimeline(3.0));
            }
            for _ in 0..20 {
                bench.send(Command::ZoomTimeline(-4.0));
            }
            assert!(!bench.visible().is_empty());
        }
    }
}

#[test]
fn nothing_to_draw_says_so() {
    let bench = Bench::new(AppState::default(), [1024.0, 200.0]);
    bench.harness.get_by_label_contains("No events yet");
    let mut undated = dated(["2020"]);
    undated.events[0].when = None;
    let bench = Bench::new(state_of([undated]), [1024.0, 200.0]);
    bench.harness.get_by_label_contains("None of these events has a date");
    bench.harness.get_by_label("1 undated");
}

#[test]
fn a_date_in_the_text_is_shown_by_its_days_and_its_bar() {
    let mut bench = Bench::article();
    let mention = {
        let state = bench.state.borrow();
        let store = state.store();
        let document = store.sources()[0].documents[0];
        let is_july_6 =
            |m: &&chronotope::store::MentionIx| store.mention(**m).unwrap().quote == "July 6, 2023";
        *store.mentions_of_document(document).iter().find(is_july_6).unwrap()
    };
    let wash = Palette::of(Theme::Day).time.gamma_multiply(0.14);
    let washes_of = |bench: &Bench| -> Vec<egui::Rect> {
        let shapes = bench.harness.output().shapes.iter();
        let washed = shapes.filter_map(|s| match &s.shape {
            egui::Shape::Rect(rect) if rect.fill == wash => Some(rect.rect),
            _ => None,
        });
        washed.collect()
    };
    assert_eq!(washes_of(&bench), []);
    bench.send(Command::Hover(Some(Target::Mention(mention))));
    let court = bench.harness.get_by_label_contains(COURT).rect();
    let found = washes_of(&bench);
    assert!(
        found.len() == 1 && court.left() <= found[0].left() && found[0].left() <= court.left() + 12.0,
        "{found:?} {court:?}"
    );
}

#[test]
fn at_rest_nothing_is_sent() {
    let mut bench = Bench::article();
    bench.send(Command::SetWindow(Some(DaySpan::year(2023))));
    bench.sent.borrow_mut().clear();
    for _ in 0..5 {
        bench.harness.step();
    }
    assert_eq!(*bench.sent.borrow(), []);
    assert!(!bench.harness.ctx.has_requested_repaint());
}

#[test]
fn escape_calls_a_drag_off_and_does_nothing_else() {
    let mut window = common::article();
    let before = span((2023, 1, 1), (2023, 8, 31));
    common::send(&mut window, Command::NextEvent);
    common::send(&mut window, Command::SetWindow(Some(before)));
    let selection = common::selection(&window);
    let end = window.get_by_label("Window end").rect().center();
    window.drag_at(end);
    window.step();
    window.hover_at(end + vec2(70.0, 0.0));
    window.step();
    window.step();
    assert_ne!(common::view(&window).window, Some(before));
    window.key_press(Key::Escape);
    window.run();
    assert_eq!(common::view(&window).window, Some(before));
    window.hover_at(end + vec2(90.0, 0.0));
    window.run();
    window.drop_at(end + vec2(90.0, 0.0));
    window.run();
    assert_eq!(common::view(&window).window, Some(before), "the rest of the drag counts for nothing");
    assert_eq!(common::selection(&window), selection);
}
