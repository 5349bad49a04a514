//! Several accounts as one, for a file that holds them all. Ids that clash get a number.

use std::collections::{HashMap, HashSet};

use crate::store::{Account, AccountEvent, AccountMention, Anchor, AnchorKind};

/// The titles of so many accounts are named.
const MAX_NAMED: usize = 3;

/// Joins accounts in their order. A place that several know by one GeoNames id is one; an account that
/// brings the same documents again is left out, and a warning says so.
pub fn joined(accounts: Vec<Account>) -> Account {
    let mut accounts = accounts.into_iter();
    let Some(first) = accounts.next() else { return Account::default() };
    let mut titles = vec![first.title.clone()];
    let mut join = Join::default();
    let mut all = Account { found: first.found, ..Account::default() };
    join.add(&mut all, first);
    for account in accounts {
        if !account.documents.is_empty() && account.documents.iter().all(|d| all.documents.contains(d)) {
            all.warnings.push(format!("“{}” was given twice and is in the result once", account.title));
            continue;
        }
        titles.push(account.title.clone());
        join.add(&mut all, account);
        // Only what has one document can be read again.
        all.found = false;
    }
    all.title = match titles.get(..MAX_NAMED) {
        Some(named) if titles.len() > MAX_NAMED => {
            format!("{} and {} more", named.join("; "), titles.len() - MAX_NAMED)
        }
        _ => titles.join("; "),
    };
    all
}

#[derive(Debug, Default)]
struct Join {
    taken: HashSet<String>,
    by_geonameid: HashMap<u64, usize>,
}

impl Join {
    fn add(&mut self, all: &mut Account, account: Account) {
        let n_documents = all.documents.len();
        let mut new_ids = HashMap::new();
        all.documents.extend(account.documents.into_iter().map(|mut document| {
            document.id = self.claim(document.id, "document", &mut new_ids);
            document
        }));
        let places: Vec<usize> = account
            .places
            .into_iter()
            .map(|mut place| {
                if let Some(known) = place.geonameid.and_then(|id| self.by_geonameid.get(&id)) {
                    if let Some(known) = all.places.get_mut(*known) {
                        for name in std::iter::once(place.name).chain(place.names) {
                            if known.name != name && !known.names.contains(&name) {
                                known.names.push(name);
                            }
                        }
                    }
                    return *known;
                }
                place.id = self.claim(place.id, "place", &mut new_ids);
                if let Some(id) = place.geonameid {
                    self.by_geonameid.insert(id, all.places.len());
                }
                all.places.push(place);
                all.places.len() - 1
            })
            .collect();
        let mentions: Vec<AccountMention> = account
            .mentions
            .iter()
            .map(|mention| {
                let mention =
                    mention.map(|document| document + n_documents, |place| places.get(place).copied());
                let id = if mention.id.is_empty() {
                    String::new()
                } else {
                    self.claim(mention.id.clone(), "mention", &mut new_ids)
                };
                AccountMention { id, ..mention }
            })
            .collect();
        let mut events = account.events;
        for event in &mut events {
            event.id = self.claim(std::mem::take(&mut event.id), "event", &mut new_ids);
        }
        // Only now are all new ids known.
        let renamed = |kind: &'static str, id: &mut String| {
            if let Some(new) = new_ids.get(&(kind, id.clone())) {
                id.clone_from(new);
            }
        };
        let anchor = |anchor: &mut Option<Anchor>| {
            if let Some(anchor) = anchor {
                match anchor.kind {
                    AnchorKind::Document => renamed("document", &mut anchor.to),
                    AnchorKind::Event => renamed("event", &mut anchor.to),
                    AnchorKind::Mention => renamed("mention", &mut anchor.to),
                    AnchorKind::Absolute => {}
                }
            }
        };
        for AccountEvent { when, undated, places: places_of_event, passages, links, .. } in &mut events {
            if let Some(when) = when {
                anchor(&mut when.anchor);
            }
            if let Some(undated) = undated {
                anchor(&mut undated.anchor);
            }
            for place in places_of_event {
                place.place = places.get(place.place).copied().unwrap_or(place.place);
            }
            for passage in passages {
                passage.document += n_documents;
            }
            for link in links {
                renamed("event", &mut link.event);
            }
        }
        all.mentions.extend(mentions.into_iter().map(|mut mention| {
            anchor(&mut mention.anchor);
            mention
        }));
        all.events.extend(events);
        all.warnings.extend(account.warnings);
        for (known, new) in [
            (&mut all.description, account.description),
            (&mut all.license, account.license),
            (&mut all.attribution, account.attribution),
        ] {
            if !new.is_empty() && !known.contains(&new) {
                if !known.is_empty() {
                    known.push_str("; ");
                }
                known.push_str(&new);
            }
        }
    }

    /// An id that is still free: the one given, or it with a number.
    fn claim(
        &mut self,
        id: String,
        kind: &'static str,
        new_ids: &mut HashMap<(&'static str, String), String>,
    ) -> String {
        let mut free = id.clone();
        let mut number = 2;
        while !self.taken.insert(format!("{kind} {free}")) {
            free = format!("{id}-{number}");
            number += 1;
        }
        if free != id {
            new_ids.insert((kind, id), free.clone());
        }
        free
    }
}
