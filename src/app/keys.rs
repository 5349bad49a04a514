//! One table: key ↔ command ↔ words. What binds the keys also writes the sheet that F1 shows.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::state::Command;
use crate::view::{PassageOrder, Theme, Tray, View};

/// A group of the key sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Time,
    Map,
    Text,
    Window,
}

impl Section {
    pub const ALL: [Self; 4] = [Self::Time, Self::Map, Self::Text, Self::Window];

    pub fn title(self) -> &'static str {
        match self {
            Self::Time => "Time",
            Self::Map => "Map",
            Self::Text => "Text",
            Self::Window => "Window",
        }
    }
}

/// A key, what it does, and how that is said.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    pub section: Section,
    /// The first is the one the sheet shows.
    pub shortcuts: &'static [KeyboardShortcut],
    pub words: &'static str,
    pub command: fn(&View) -> Command,
}

const fn key(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

/// How far a key pans the map, as a fraction of its size.
const PAN: f64 = 0.2;

macro_rules! bindings {
    ($($section:ident: [$($shortcut:expr),+] $words:literal => $command:expr;)*) => {
        /// All keys of the program.
        pub const BINDINGS: &[Binding] = &[$(Binding {
            section: Section::$section,
            shortcuts: &[$($shortcut),+],
            words: $words,
            command: $command,
        }),*];
    };
}

bindings! {
    Time: [key(Key::Space)] "Play or pause" => |_| Command::TogglePlay;
    Time: [key(Key::ArrowRight)] "Next event in date order" => |_| Command::NextEvent;
    Time: [key(Key::ArrowLeft)] "Previous event in date order" => |_| Command::PreviousEvent;
    Time: [key(Key::Home)] "First event" => |_| Command::FirstEvent;
    Time: [key(Key::End)] "Last event" => |_| Command::LastEvent;
    Time: [shift(Key::ArrowRight)] "Move the time window later" => |_| Command::ShiftWindow(0.5);
    Time: [shift(Key::ArrowLeft)] "Move the time window earlier" => |_| Command::ShiftWindow(-0.5);
    Time: [alt(Key::ArrowRight)] "From an empty window to the next event" => |_| Command::GoToNearestAfter;
    Time: [alt(Key::ArrowLeft)] "From an empty window to the event before" => |_| Command::GoToNearestBefore;
    Time: [ctrl(Key::L)] "Type a date to go to" => |_| Command::TypeDate;
    Time: [key(Key::W)] "Time window around the selection" => |_| Command::WindowFromSelection;
    Time: [key(Key::A)] "All dates" => |_| Command::SetWindow(None);
    Time: [key(Key::C)] "Cumulative play on or off" => |view| Command::SetCumulative(!view.play.cumulative);
    Time: [key(Key::G)] "Skip gaps in play on or off" => |view| Command::SetSkipGaps(!view.play.skip_gaps);
    Time: [key(Key::CloseBracket)] "Zoom the timeline in" => |_| Command::ZoomTimeline(1.0);
    Time: [key(Key::OpenBracket)] "Zoom the timeline out" => |_| Command::ZoomTimeline(-1.0);
    Time: [key(Key::Backslash)] "Whole timeline" => |_| Command::FitTimeline;

    Map: [key(Key::Plus), shift(Key::Plus), key(Key::Equals), shift(Key::Equals)] "Zoom the map in" => |_| Command::ZoomMap(1.0);
    Map: [key(Key::Minus)] "Zoom the map out" => |_| Command::ZoomMap(-1.0);
    Map: [ctrl(Key::ArrowUp)] "Pan the map north" => |_| Command::PanMap(0.0, -PAN);
    Map: [ctrl(Key::ArrowDown)] "Pan the map south" => |_| Command::PanMap(0.0, PAN);
    Map: [ctrl(Key::ArrowLeft)] "Pan the map west" => |_| Command::PanMap(-PAN, 0.0);
    Map: [ctrl(Key::ArrowRight)] "Pan the map east" => |_| Command::PanMap(PAN, 0.0);
    Map: [key(Key::F)] "Show where most events are; again: all places" => |_| Command::FitMap;
    Map: [key(Key::Z)] "Zoom to the selection" => |_| Command::FitSelection;
    Map: [key(Key::D)] "Disputed lines on or off" => |view| Command::ShowDisputed(!view.show_disputed);
    Map: [key(Key::R)] "Relief on or off" => |view| Command::ShowRelief(!view.show_relief);

    Text: [ctrl(Key::F)] "Find in the text" => |view| Command::Find(Some(view.find.clone().unwrap_or_default()));
    Text: [key(Key::F3)] "Next hit" => |_| Command::FindNext;
    Text: [shift(Key::F3)] "Previous hit" => |_| Command::FindPrevious;
    Text: [key(Key::O)] "Passages by date or in text order" => |view| Command::SetPassageOrder(match view.passage_order {
        PassageOrder::Date => PassageOrder::Text,
        PassageOrder::Text => PassageOrder::Date,
    });
    Text: [key(Key::U)] "Events without a date, without a place, passages" => |view| Command::SetTray(match view.tray {
        Tray::Passages => Tray::Undated,
        Tray::Undated => Tray::Unplaced,
        Tray::Unplaced => Tray::Orphaned,
        Tray::Orphaned => Tray::Passages,
    });

    Text: [ctrl(Key::D)] "Date of the document" => |view| Command::EditDocumentDate(!view.date_box);

    Window: [key(Key::T)] "Table of events on or off" => |view| Command::ShowTable(!view.show_table);
    Window: [key(Key::N)] "Day or night" => |view| Command::SetTheme(match view.theme {
        Theme::Day => Theme::Night,
        Theme::Night => Theme::Day,
    });
    Window: [ctrl(Key::O)] "Open documents and events files" => |_| Command::OpenDialog;
    Window: [key(Key::F1), key(Key::Questionmark), shift(Key::Questionmark)] "This sheet of keys" => |view| Command::ShowKeys(!view.show_keys);
    Window: [key(Key::Escape)] "Back: closes, stops, deselects, shows all dates" => |_| Command::Back;
}

/// Keys that egui itself binds, listed with the others.
pub const BUILT_IN: &[(Section, &str, &str)] = &[
    (Section::Window, "Ctrl V", "Open the text that was copied"),
    (Section::Window, "Tab, Shift+Tab", "Through everything that can be touched"),
    (Section::Window, "Enter", "Press what has the focus"),
    (Section::Window, "Ctrl +, Ctrl −, Ctrl 0", "Larger, smaller, normal text"),
];

/// The words for a shortcut as they stand in the sheet: "Shift →", "Ctrl L".
pub fn name(shortcut: &KeyboardShortcut, ctx: &egui::Context) -> String {
    let sign = match shortcut.logical_key {
        Key::ArrowRight => "→",
        Key::ArrowLeft => "←",
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        Key::Backslash => "\\",
        Key::Escape => "Esc",
        key => key.symbol_or_name(),
    };
    // egui knows how this system calls its modifiers; the key itself is the last word.
    let words = ctx.format_shortcut(shortcut);
    let modifiers = words.strip_suffix(shortcut.logical_key.symbol_or_name());
    let modifiers = modifiers.or_else(|| words.strip_suffix(shortcut.logical_key.name())).unwrap_or_default();
    format!("{}{sign}", modifiers.replace('+', " "))
}

/// Takes the pressed keys out of the input and gives their commands.
///
/// A text box that has the focus keeps its keys, but for those that no text can use (`Ctrl`, `F1`,
/// `Esc`), and so does one that is about to have it (`awaits_text`); anything else with the focus keeps the arrows, Space, Home and End.
pub fn pressed(ctx: &egui::Context, view: &View, awaits_text: bool) -> Vec<Command> {
    let is_typing = ctx.text_edit_focused() || awaits_text;
    let has_focus = ctx.memory(|memory| memory.focused().is_some());
    let is_free = |shortcut: &KeyboardShortcut| {
        if is_typing {
            let is_beyond_text = matches!(shortcut.logical_key, Key::F1 | Key::F3 | Key::Escape)
                || (shortcut.modifiers.command && !is_arrow(shortcut.logical_key));
            return is_beyond_text;
        }
        !has_focus || shortcut.modifiers.any() || !is_widget_key(shortcut.logical_key)
    };
    // Longer shortcuts first: `consume_shortcut` lets Shift pass where only the key was asked for.
    let mut by_length: Vec<(&KeyboardShortcut, &Binding)> =
        BINDINGS.iter().flat_map(|b| b.shortcuts.iter().map(move |s| (s, b))).collect();
    by_length.sort_by_key(|(shortcut, _)| std::cmp::Reverse(n_modifiers(shortcut.modifiers)));
    by_length
        .into_iter()
        .filter(|(shortcut, _)| is_free(shortcut))
        .filter(|(shortcut, _)| ctx.input_mut(|input| input.consume_shortcut(shortcut)))
        .map(|(_, binding)| (binding.command)(view))
        .collect()
}

fn is_arrow(key: Key) -> bool {
    matches!(key, Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown)
}

fn is_widget_key(key: Key) -> bool {
    is_arrow(key) || matches!(key, Key::Space | Key::Enter | Key::Home | Key::End)
}

fn n_modifiers(modifiers: Modifiers) -> u8 {
    u8::from(modifiers.shift) + u8::from(modifiers.alt) + u8::from(modifiers.command)
}
