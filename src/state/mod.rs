//! The application state and the one way to change it: [`apply`] a [`Command`].

mod command;
mod update;

pub use command::{AccountHandle, Command, Effect};
pub use update::apply;

use std::sync::Arc;

use crate::store::{Account, Answer, EventStore};
use crate::view::{FilterKey, View};

/// Everything the window shows. Accounts are the truth, the store is derived from them.
#[derive(Debug, Default)]
pub struct AppState {
    pub accounts: Vec<Arc<Account>>,
    pub store: EventStore,
    pub view: View,
    cached_answer: Option<(u64, FilterKey, Arc<Answer>)>,
}

impl AppState {
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
