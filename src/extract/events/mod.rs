//! Events: clauses with a time, a place or both.
//!
//! A first look tells which sentences can have events (`look`). These are worked out some dozens at a time, each
//! step for all of them (`draft`): their tokens get classes (`words`, `tagged`), their verb groups are found
//! (`predicate`) and cut them into clauses (`clause`, at a `border`). A clause in which something happens and which
//! has a time or a place of its own is an event (`act`, `standing`, `choice`). Its title is its `subject`, verb and
//! object, `trim`med. At last the sentences are gone through in order (`find`): what an event lacks it has from its
//! sentence, the sentence before, the heading or the dateline (`carry`), each with its reason and a confidence.

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
