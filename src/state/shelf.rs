//! The accounts that are open, in order, and how one more, another or one less changes them.
//!
//! A plain value that is cheap to copy, so that a worker can join a store for the shelf as it will be.

use std::sync::Arc;

use crate::store::{Account, EventStore, SourceIx};

/// Joining more events and mentions than this takes longer than a frame: a worker does it.
const MAX_JOINED_IN_A_FRAME: usize = 10_000;

/// The accounts that are open.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    accounts: Vec<Arc<Account>>,
    sample: Option<Sample>,
}

/// The article that comes with the program, while it is open.
#[derive(Debug, Clone)]
struct Sample {
    account: Arc<Account>,
    /// Nobody asked for it: the first document that a person opens takes its place.
    gives_way: bool,
}

/// What happens to a shelf.
#[derive(Debug, Clone)]
pub enum Change {
    /// An account comes beside the others, or in place of one read from the same file.
    Open(Arc<Account>),
    /// The bundled article comes, because nothing else is open or because a person asks for it.
    Sample {
        account: Arc<Account>,
        gives_way: bool,
    },
    /// An account was read again.
    Replace {
        old: Arc<Account>,
        new: Arc<Account>,
    },
    Close(Arc<Account>),
}

impl PartialEq for Change {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Open(a), Self::Open(b)) | (Self::Close(a), Self::Close(b)) => Arc::ptr_eq(a, b),
            (Self::Sample { account: a, gives_way: x }, Self::Sample { account: b, gives_way: y }) => {
                Arc::ptr_eq(a, b) && x == y
            }
            (Self::Replace { old: a, new: x }, Self::Replace { old: b, new: y }) => {
                Arc::ptr_eq(a, b) && Arc::ptr_eq(x, y)
            }
            _ => false,
        }
    }
}

impl PartialEq for Shelf {
    /// The same accounts in the same order.
    fn eq(&self, other: &Self) -> bool {
        self.accounts.len() == other.accounts.len()
            && self.accounts.iter().zip(&other.accounts).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

impl Shelf {
    pub fn accounts(&self) -> &[Arc<Account>] {
        &self.accounts
    }

    /// The bundled article's place, while it is open.
    pub fn sample(&self) -> Option<SourceIx> {
        self.position(&self.sample.as_ref()?.account).and_then(source)
    }

    /// Does the bundled article give way to the next document?
    pub fn sample_gives_way(&self) -> bool {
        self.sample.as_ref().is_some_and(|sample| sample.gives_way)
    }

    fn position(&self, account: &Arc<Account>) -> Option<usize> {
        self.accounts.iter().position(|known| Arc::ptr_eq(known, account))
    }

    /// The shelf after a change, and the place of the account that came; `None` where the change
    /// means nothing any more, as when what was read again has been closed.
    pub fn after(&self, change: &Change) -> Option<(Self, Option<SourceIx>)> {
        let mut shelf = self.clone();
        match change {
            Change::Open(account) => {
                shelf.make_room();
                let same = shelf.accounts.iter().position(|a| a.path.is_some() && a.path == account.path);
                let place = shelf.put(same, account);
                Some((shelf, source(place)))
            }
            Change::Sample { account, gives_way } => {
                let known = shelf.sample().map(SourceIx::as_usize);
                let place = shelf.put(known, account);
                shelf.sample = Some(Sample { account: Arc::clone(account), gives_way: *gives_way });
                Some((shelf, source(place)))
            }
            Change::Replace { old, new } => {
                let place = shelf.position(old)?;
                shelf.put(Some(place), new);
                Some((shelf, source(place)))
            }
            Change::Close(account) => {
                let place = shelf.position(account)?;
                shelf.accounts.remove(place);
                shelf.forget_sample_if_gone();
                Some((shelf, None))
            }
        }
    }

    fn make_room(&mut self) {
        if let Some(sample) = self.sample.take_if(|sample| sample.gives_way) {
            self.accounts.retain(|account| !Arc::ptr_eq(account, &sample.account));
        }
    }

    /// Puts an account at a place or at the end; returns the place.
    fn put(&mut self, place: Option<usize>, account: &Arc<Account>) -> usize {
        let place = place.unwrap_or(self.accounts.len());
        match self.accounts.get_mut(place) {
            Some(slot) => *slot = Arc::clone(account),
            None => self.accounts.push(Arc::clone(account)),
        }
        self.forget_sample_if_gone();
        place
    }

    fn forget_sample_if_gone(&mut self) {
        if self.sample().is_none() {
            self.sample = None;
        }
    }

    /// Does joining these accounts take long enough to be a worker's work?
    pub fn is_large(&self) -> bool {
        let n_marks: usize = self.accounts.iter().map(|a| a.events.len() + a.mentions.len()).sum();
        n_marks > MAX_JOINED_IN_A_FRAME
    }

    /// The store of these accounts. O(all that they hold).
    pub fn join(&self) -> Joined {
        Joined { shelf: self.clone(), store: Arc::new(EventStore::build(&self.accounts)) }
    }
}

fn source(position: usize) -> Option<SourceIx> {
    u32::try_from(position).ok().map(SourceIx)
}

/// A store with the shelf that it was joined from.
#[derive(Debug, Clone)]
pub struct Joined {
    pub shelf: Shelf,
    pub store: Arc<EventStore>,
}

impl PartialEq for Joined {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.store, &other.store)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(title: &str) -> Arc<Account> {
        Arc::new(Account { title: title.to_owned(), ..Account::default() })
    }

    fn read_from(path: &str) -> Arc<Account> {
        Arc::new(Account { title: path.to_owned(), path: Some(path.into()), ..Account::default() })
    }

    fn shelf(changes: &[Change]) -> Shelf {
        changes.iter().fold(Shelf::default(), |shelf, change| shelf.after(change).unwrap().0)
    }

    fn titles(shelf: &Shelf) -> Vec<&str> {
        shelf.accounts().iter().map(|a| a.title.as_str()).collect()
    }

    #[test]
    fn the_sample_gives_way_to_the_first_document_unless_it_was_asked_for() {
        let sample = |gives_way| Change::Sample { account: account("sample"), gives_way };
        let open = |title| Change::Open(account(title));
        for (changes, expected) in [
            (vec![sample(true)], vec!["sample"]),
            (vec![sample(true), open("a")], vec!["a"]),
            (vec![sample(true), open("a"), open("b")], vec!["a", "b"]),
            (vec![sample(true), open("a"), sample(false)], vec!["a", "sample"]),
            (vec![sample(true), open("a"), sample(false), open("b")], vec!["a", "sample", "b"]),
            (vec![sample(true), sample(false), open("a")], vec!["sample", "a"]),
        ] {
            assert_eq!(titles(&shelf(&changes)), expected);
        }
    }

    #[test]
    fn a_file_opened_again_takes_its_own_place() {
        let (first, again) = (read_from("x.txt"), read_from("x.txt"));
        let shelf = shelf(&[
            Change::Open(Arc::clone(&first)),
            Change::Open(account("pasted")),
            Change::Open(account("pasted")),
            Change::Open(Arc::clone(&again)),
        ]);
        assert_eq!(titles(&shelf), ["x.txt", "pasted", "pasted"], "pasted texts are never the same");
        assert!(Arc::ptr_eq(&shelf.accounts()[0], &again));
    }

    #[test]
    fn what_is_closed_is_neither_replaced_nor_closed_again() {
        let (a, b) = (account("a"), account("b"));
        let open = shelf(&[Change::Open(Arc::clone(&a)), Change::Open(Arc::clone(&b))]);
        let (closed, _) = open.after(&Change::Close(Arc::clone(&a))).unwrap();
        assert_eq!(titles(&closed), ["b"]);
        assert!(closed.after(&Change::Close(Arc::clone(&a))).is_none());
        assert!(closed.after(&Change::Replace { old: a, new: account("c") }).is_none());
        let replace = Change::Replace { old: b, new: account("c") };
        let (replaced, place) = open.after(&replace).unwrap();
        assert_eq!((titles(&replaced), place), (vec!["a", "c"], Some(SourceIx(1))));
    }
}
