//! The command handler: one short arm a command.

use super::shelf::Change;
use super::{AppState, Command, Effect, date, opening, play, reveal, step};
use crate::time::DaySpan;
use crate::view::{CameraWish, MapCamera, ReaderWish, Target, TimelineWish, Tray, View};

/// Carries out a command: changes the view now, returns what must be done elsewhere.
pub fn apply(state: &mut AppState, command: Command) -> Vec<Effect> {
    let view = &mut state.view;
    match command {
        Command::Select(target) => {
            select(state, target);
            if let Some(target) = target {
                reveal::in_text(state, target);
            }
        }
        Command::SelectInText(target) => select(state, Some(target)),
        Command::Hover(target) => view.hover = target,
        Command::ShowPassage(passage) => {
            if let Some(found) = state.store.passage(passage) {
                let (event, document, span) = (found.event, found.document, found.span);
                select(state, Some(Target::Event(event)));
                if let Some(span) = span {
                    scroll_to(&mut state.view, document, span);
                }
            }
        }
        Command::Back => back(view),

        Command::SetWindow(window) => set_window(view, window),
        Command::ShiftWindow(lengths) => play::shift_window(state, lengths),
        Command::SetPlayhead(day) => view.playhead = day,
        Command::ShowSpan(span) => view.timeline = Some(view.request(TimelineWish::Fit(span))),
        Command::GoToDate(span) => {
            set_window(view, Some(span));
            view.playhead = Some(span.first);
            view.timeline = Some(view.request(TimelineWish::Fit(span)));
        }
        Command::WindowFromSelection => {
            if let Some(span) = reveal::span_of_selection(state) {
                set_window(&mut state.view, Some(span));
                state.view.timeline = Some(state.view.request(TimelineWish::Reveal(span)));
            }
        }
        Command::TypeDate => view.focus_date_box += 1,
        Command::NextEvent => step::by(state, step::Direction::Next),
        Command::PreviousEvent => step::by(state, step::Direction::Previous),
        Command::FirstEvent => step::by(state, step::Direction::First),
        Command::LastEvent => step::by(state, step::Direction::Last),
        Command::GoToNearestBefore => step::window_to_nearest(state, step::Direction::Previous),
        Command::GoToNearestAfter => step::window_to_nearest(state, step::Direction::Next),
        Command::TogglePlay => play::toggle(state),
        Command::PlayTick(seconds) => play::tick(state, seconds),
        Command::SetSpeed(days_per_second) => {
            view.play.days_per_second = days_per_second.max(f64::MIN_POSITIVE);
        }
        Command::SetCumulative(on) => play::set_cumulative(state, on),
        Command::SetSkipGaps(on) => view.play.skip_gaps = on,
        Command::ZoomTimeline(factor) => view.timeline = Some(view.request(TimelineWish::ZoomBy(factor))),
        Command::FitTimeline => {
            if let Some(span) = state.store.extent() {
                view.timeline = Some(view.request(TimelineWish::Fit(span)));
            }
        }

        Command::MapRested { bounds, center, zoom } => {
            view.map_bounds = Some(bounds);
            view.map_camera = Some(MapCamera { center, zoom });
        }
        Command::RestoreCamera { center, zoom } => {
            view.camera = Some(view.request(CameraWish::Restore(center, zoom)));
        }
        Command::ZoomMap(levels) => view.camera = Some(view.request(CameraWish::ZoomBy(levels))),
        Command::PanMap(x, y) => view.camera = Some(view.request(CameraWish::PanBy(x, y))),
        Command::FitMap => view.camera = Some(view.request(CameraWish::FitEvents)),
        Command::FitSelection => {
            if let Some(bounds) = view.selection.and_then(|t| reveal::bounds_of(&state.store, t)) {
                view.camera = Some(view.request(CameraWish::Fit(bounds)));
            }
        }
        Command::SetBasemap(basemap) => view.basemap = basemap,
        Command::ShowDisputed(on) => view.show_disputed = on,
        Command::ShowRelief(on) => view.show_relief = on,

        Command::SetDocument(document) => {
            view.date_box &= view.document == Some(document);
            view.document = Some(document);
        }
        Command::ScrollTo(document, span) => scroll_to(view, document, span),
        Command::SetTray(tray) => view.tray = tray,
        Command::SetPassageOrder(order) => view.passage_order = order,
        Command::Find(text) => {
            view.find_hit = 0;
            view.find = text;
        }
        Command::FindNext => view.find_hit = view.find_hit.wrapping_add(1),
        Command::FindPrevious => view.find_hit = view.find_hit.wrapping_sub(1),

        Command::SetTheme(theme) => view.theme = theme,
        Command::ShowTable(on) => view.show_table = on,
        Command::ShowKeys(on) => {
            view.show_keys = on;
            view.hover = None;
        }
        Command::ShowAbout(on) => {
            view.show_about = on;
            view.hover = None;
        }
        Command::HideSource(source, hidden) => {
            if hidden {
                view.hidden_sources.insert(source);
            } else {
                view.hidden_sources.remove(&source);
            }
        }

        Command::OpenDialog => return vec![Effect::AskForFiles],
        Command::OpenFile(path) => return vec![Effect::OpenFile(path)],
        Command::OpenText(text) => return vec![Effect::OpenText(text)],
        Command::Paste => return vec![Effect::AskForPaste],
        Command::OpenSample => return opening::sample(state),
        Command::StopOpening => return vec![Effect::StopOpening],
        Command::OpenBasemapDialog => return vec![Effect::AskForBasemap],
        Command::CloseSource(source) => return opening::close(state, source),
        Command::AccountOpened(account) => return opening::change_here(state, &Change::Open(account.0)),
        Command::SampleOpened(account) => {
            return opening::change_here(state, &Change::Sample { account: account.0, gives_way: true });
        }
        Command::Changed(change, joined) => return opening::change_joined(state, change, joined),

        Command::EditDocumentDate(on) => return date::edit(state, on),
        Command::SetDocumentDate(source, date) => return date::set(state, source, date),

        Command::Failed(message) => return vec![Effect::Tell { message, is_error: true }],
    }
    Vec::new()
}

fn select(state: &mut AppState, target: Option<Target>) {
    // A toponym stands for its place: what is chosen is the place, wherever it was pointed at.
    let target = target.map(|t| reveal::meant(&state.store, t));
    state.view.selection = target;
    if let Some(target) = target {
        state.view.tray = Tray::Passages;
        reveal::on_map(state, target);
        reveal::on_timeline(state, target);
    }
    if let Some(span) = reveal::date_meant(state) {
        state.view.playhead = Some(span.first);
    }
}

/// Esc goes back one step: what was opened last, by how it lies on the screen, closes first.
fn back(view: &mut View) {
    if view.show_keys || view.show_about {
        view.show_keys = false;
        view.show_about = false;
    } else if view.date_box {
        view.date_box = false;
    } else if view.find.is_some() {
        view.find = None;
    } else if view.play.playing {
        view.play.playing = false;
    } else if view.selection.is_some() {
        view.selection = None;
    } else if view.tray != Tray::Passages {
        view.tray = Tray::Passages;
    } else if view.show_table {
        view.show_table = false;
    } else {
        view.window = None;
    }
    view.hover = None;
}

fn set_window(view: &mut View, window: Option<DaySpan>) {
    view.window = window;
    if let Some(window) = window {
        view.playhead = Some(view.playhead.map_or(window.last, |p| p.clamp(window.first, window.last)));
    }
}

fn scroll_to(view: &mut View, document: crate::store::DocumentIx, span: crate::document::Span) {
    view.document = Some(document);
    view.reader = Some(view.request(ReaderWish::ScrollTo(document, span)));
}
