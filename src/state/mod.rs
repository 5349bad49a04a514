//! The application state and the one way to change it: [`apply`] a [`Command`].

mod command;
mod date;
mod keep;
mod opening;
mod play;
mod reveal;
mod shelf;
mod step;
mod update;
mod words;

pub use command::{AccountHandle, Command, Effect};
pub use date::date_of_document;
pub use shelf::{Change, Joined, Shelf};
pub use update::apply;
pub use words::describe;

use std::sync::Arc;

use crate::store::{Account, Answer, EventStore};
use crate::view::{FilterKey, View};

/// Everything the window shows. Accounts are the truth, the store is derived from them.
#[derive(Debug, Default)]
pub struct AppState {
    shelf: Shelf,
    store: Arc<EventStore>,
    pub view: View,
    /// The part of a day by which play has moved on, 0–1.
    play_carry: f64,
    cached_answer: Option<(u64, FilterKey, Arc<Answer>)>,
}

impl AppState {
    pub fn store(&self) -> &Arc<EventStore> {
        &self.store
    }

    pub fn accounts(&self) -> &[Arc<Account>] {
        self.shelf.accounts()
    }

    /// The open accounts as a worker needs them to join another store.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The answer to the current view, computed only if the store or the filter has changed.
    pub fn answer(&mut self) -> Arc<Answer> {
        let key = self.view.filter_key();
        if let Some((generation, known, answer)) = &self.cached_answer
            && *generation == self.store.generation()
            && *known == key
        {
            return Arc::clone(answer);
        }
        let answer = Arc::new(self.store.query(&self.view));
        self.cached_answer = Some((self.store.generation(), key, Arc::clone(&answer)));
        answer
    }
}
