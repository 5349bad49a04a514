//! Events: clauses with a time, a place or both.
//!
//! Sentence by sentence: its tokens get classes (`words`, `tagged`), its verb groups are found
//! (`predicate`) and cut it into clauses (`clause`, at a `border`). A clause in which something happens and which
//! has a time or a place of its own is an event (`act`); what it lacks it has from its sentence, the
//! sentence before, the heading or the dateline (`carry`), each with its reason and a confidence. Its
//! title is its `subject`, verb and object, `trim`med.

mod act;
mod border;
mod carry;
mod choice;
mod clause;
mod dating;
mod draft;
mod find;
mod gap;
mod look;
mod phrase;
mod place;
mod placing;
mod predicate;
mod same;
mod standing;
mod statement;
mod subject;
mod tagged;
mod title;
mod trim;
mod when;
mod wording;
mod words;

pub use find::{Memory, find};
pub use words::Words;
