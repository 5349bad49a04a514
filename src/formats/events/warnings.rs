//! What is odd in an account that has been read whole.

use std::collections::HashSet;

use crate::store::{Account, AnchorKind};

/// Adds a warning for all orphans of a document, and for each link or anchor that leads nowhere.
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
    let mut loose = Vec::new();
    for (i, event) in account.events.iter().enumerate() {
        let when = event.when.as_ref().and_then(|w| w.anchor.as_ref());
        let anchor = when.or_else(|| event.undated.as_ref().and_then(|u| u.anchor.as_ref()));
        let anchor = anchor.filter(|a| a.kind == AnchorKind::Event).map(|a| ("when.anchor", &a.to));
        let links = event.links.iter().map(|link| ("links", &link.event));
        for (member, id) in links.chain(anchor).filter(|(_, id)| !ids.contains(id.as_str())) {
            loose.push(format!("features[{i}].{member}: “{id}” is not the id of one of the events"));
        }
    }
    account.warnings.extend(loose);
}
