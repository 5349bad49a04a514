//! The command handler: one short arm a command.

use super::{AppState, Command, Effect};

/// Carries out a command: changes the view now, returns what must be done elsewhere.
pub fn apply(state: &mut AppState, command: Command) -> Vec<Effect> {
    let _ = (state, command);
    Vec::new()
}
