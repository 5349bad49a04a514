//! What is odd in an account that has been read whole.

use std::collections::HashSet;

use crate::store::Account;

/// Adds a warning for all orphans of a document, and for each link that leads nowhere.
pub(super) fn add(account: &mut Account) {
    warn_of_orphans(account);
    warn_of_loose_links(account);
}

fn warn_of_orphans(account: &mut Account) {
    for (number, document) in account.documents.iter().enumerate() {
        if document.missing.is_some() {
            continue;
        }
        let passages = account.events.iter().flat_map(|e| &e.passages);
        let n_passages = passages.filter(|p| p.document == number && p.span.is_none()).count();
        let n_mentions = account.mentions.iter().filter(|m| m.document == number && m.span.is_none()).count();
        if n_passages + n_mentions > 0 {
            account.warnings.push(format!(
                "documents[{number}] “{}”: {n_passages} passages and {n_mentions} mentions are not found in \
                 its text",
                document.id
            ));
        }
    }
}

fn warn_of_loose_links(account: &mut Account) {
    let ids: HashSet<&str> = account.events.iter().map(|e| e.id.as_str()).collect();
    let loose = account.events.iter().enumerate().flat_map(|(i, event)| {
        let ids = &ids;
        event.links.iter().filter(move |link| !ids.contains(link.event.as_str())).map(move |link| {
            format!("features[{i}].links: “{}” is not the id of one of the events; passed over", link.event)
        })
    });
    let loose: Vec<String> = loose.collect();
    account.warnings.extend(loose);
}
