//! Panels: each reads one context and sends commands; none knows another.

pub mod event_table;
pub mod map;
pub mod passages;
pub mod reader;
pub mod timeline;
pub mod toolbar;

use std::cell::RefCell;
use std::sync::Arc;

use crate::app::theme::Palette;
use crate::state::Command;
use crate::store::{Answer, Event, EventStore};
use crate::view::{Target, View};

/// All a panel may look at, and the one way it can speak.
#[derive(Debug, Clone, Copy)]
pub struct PanelContext<'a> {
    pub store: &'a Arc<EventStore>,
    pub view: &'a View,
    pub answer: &'a Answer,
    pub palette: &'a Palette,
    /// Something is on its way into the store.
    pub is_opening: bool,
    pub commands: &'a CommandSender,
}

impl PanelContext<'_> {
    pub fn send(&self, command: Command) {
        self.commands.send(command);
    }

    /// Hovers a target if it is not hovered already.
    pub fn hover(&self, target: Option<Target>) {
        if self.view.hover != target {
            self.send(Command::Hover(target));
        }
    }

    /// The places at which an event happened, as written, with commas; empty where there are none.
    pub fn place_names(&self, event: &Event) -> String {
        let places = event.places.iter().filter_map(|p| self.store.place(p.place));
        places.map(|place| place.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    pub fn is_selected(&self, target: Target) -> bool {
        self.view.selection == Some(target)
    }
}

/// Collects the commands of a frame in the order they were sent.
#[derive(Debug, Default)]
pub struct CommandSender(RefCell<Vec<Command>>);

impl CommandSender {
    pub fn send(&self, command: Command) {
        self.0.borrow_mut().push(command);
    }

    pub fn take(&self) -> Vec<Command> {
        self.0.take()
    }
}
