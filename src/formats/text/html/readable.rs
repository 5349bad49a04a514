//! Which parts of a page are its text: prose is measured, and what is named, shaped or worded like
//! boilerplate is left out where little prose is lost with it.
//!
//! The page's text is the smallest element that holds most of its prose, with what is like it around.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::measure::{Measure, Measures};
use super::tree::{DOCUMENT, NodeId, Step, Tree};
use super::write::is_block;

const LANGUAGE: &str = include_str!("../../../../assets/lang/en/boilerplate.toml");

/// Elements without words to read, whatever they hold.
const WORDLESS: [&str; 28] = [
    "applet", "audio", "button", "canvas", "datalist", "dialog", "embed", "head", "iframe", "input", "map",
    "math", "menu", "meter", "nav", "noembed", "noframes", "noscript", "object", "progress", "script",
    "select", "style", "svg", "template", "textarea", "title", "video",
];
const WORDLESS_ROLES: [&str; 11] = [
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "toolbar",
    "tooltip",
];
/// A paragraph with the words of a notice is one only up to this length, in bytes.
const LONGEST_NOTICE: usize = 240;

/// The parts of a page that are left out.
#[derive(Debug)]
pub(super) struct Kept {
    is_dropped: Vec<bool>,
}

impl Kept {
    pub fn is_dropped(&self, id: NodeId) -> bool {
        self.is_dropped.get(id as usize).copied().unwrap_or(false)
    }

    fn drop(&mut self, id: NodeId) {
        if let Some(is_dropped) = self.is_dropped.get_mut(id as usize) {
            *is_dropped = true;
        }
    }
}

/// All but what has no words.
pub(super) fn keep_all(tree: &Tree) -> Kept {
    let mut kept = Kept { is_dropped: vec![false; tree.len()] };
    let mut wordless = Vec::new();
    for step in tree.walk(DOCUMENT, |id| !is_wordless(tree, id)) {
        if let Step::Enter(id) = step
            && is_wordless(tree, id)
        {
            wordless.push(id);
        }
    }
    for id in wordless {
        kept.drop(id);
    }
    kept
}

/// The text of the page and nothing else.
pub(super) fn keep(tree: &Tree) -> Kept {
    let mut kept = keep_all(tree);
    let first = Measures::take(tree, &kept);
    drop_named(tree, &first, &mut kept);
    let measures = Measures::take(tree, &kept);
    narrow(tree, &measures, &mut kept);
    drop_lists_and_notices(tree, &measures, &mut kept);
    kept
}

/// Words as data of the language.
#[derive(Debug, serde::Deserialize)]
struct Words {
    strong: BTreeSet<String>,
    weak: BTreeSet<String>,
    beside: BTreeSet<String>,
    starts: Vec<String>,
    anywhere: Vec<String>,
}

fn words() -> Option<&'static Words> {
    static WORDS: OnceLock<Option<Words>> = OnceLock::new();
    WORDS.get_or_init(|| toml::from_str(LANGUAGE).ok()).as_ref()
}

fn is_wordless(tree: &Tree, id: NodeId) -> bool {
    let Some(name) = tree.name(id) else { return false };
    let is_hidden = || {
        let style =
            tree.attribute(id, "style").map(|s| s.replace(' ', "").to_ascii_lowercase()).unwrap_or_default();
        tree.attribute(id, "hidden").is_some()
            || style.contains("display:none")
            || style.contains("visibility:hidden")
    };
    WORDLESS.contains(&&**name) || is_hidden()
}

/// Leaves out elements that are named as something else than text.
fn drop_named(tree: &Tree, measures: &Measures, kept: &mut Kept) {
    let mut dropped = Vec::new();
    let mut n_text_roots = 0_usize;
    let has_other_title = has_title_outside_headers(tree, kept);
    let is_out = |id: NodeId, n_text_roots: usize| {
        let Some(name) = tree.name(id) else { return false };
        let share = measures.share(id);
        match &**name {
            "html" | "body" | "main" => return false,
            "aside" | "form" => return share < 0.5,
            "footer" => return share < 0.5 && !is_inside(tree, id, "blockquote"),
            "header" if n_text_roots == 0 => return share < 0.5 && (has_other_title || !has_title(tree, id)),
            _ => {}
        }
        if tree.attribute(id, "role").is_some_and(|role| WORDLESS_ROLES.contains(&role))
            || tree.attribute(id, "aria-hidden") == Some("true")
        {
            return share < 0.5;
        }
        match named_strength(tree, id) {
            Some(true) => share < 0.8,
            Some(false) => share < 0.25 && !has_title(tree, id),
            None => false,
        }
    };
    let mut skipped_until = None;
    for step in tree.walk(DOCUMENT, |id| !kept.is_dropped(id)) {
        let is_text_root = |id| tree.name(id).is_some_and(|name| ["article", "main"].contains(&&**name));
        match step {
            Step::Enter(id) => {
                if skipped_until.is_none() && is_out(id, n_text_roots) {
                    dropped.push(id);
                    skipped_until = Some(id);
                }
                n_text_roots += usize::from(is_text_root(id));
            }
            Step::Leave(id) => {
                n_text_roots -= usize::from(is_text_root(id));
                if skipped_until == Some(id) {
                    skipped_until = None;
                }
            }
        }
    }
    for id in dropped {
        kept.drop(id);
    }
}

/// Whether class or id call an element boilerplate, and then whether strongly.
fn named_strength(tree: &Tree, id: NodeId) -> Option<bool> {
    let words = words()?;
    let mut strength = None;
    for attribute in ["class", "id"] {
        for name in tree.attribute(id, attribute).unwrap_or_default().split_ascii_whitespace() {
            let mut previous = String::new();
            for word in name_words(name) {
                if !words.beside.contains(&previous) {
                    if words.strong.contains(&word) {
                        return Some(true);
                    }
                    if words.weak.contains(&word) {
                        strength = Some(false);
                    }
                }
                previous = word;
            }
        }
    }
    strength
}

/// The words of `mw-editSection_top`, in lower case: mw, edit, section, top, and joined where the case
/// changes, editsection.
fn name_words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        let mut start = 0;
        let mut was_lower = false;
        for (at, c) in part.char_indices() {
            if c.is_uppercase() && was_lower {
                words.extend(part.get(start..at).map(str::to_lowercase));
                start = at;
            }
            was_lower = c.is_lowercase();
        }
        words.extend(part.get(start..).map(str::to_lowercase));
        if start > 0 {
            words.push(part.to_lowercase());
        }
    }
    words
}

fn is_inside(tree: &Tree, id: NodeId, wanted: &str) -> bool {
    std::iter::successors(tree.parent(id), |id| tree.parent(*id))
        .any(|id| tree.name(id).is_some_and(|name| &**name == wanted))
}

/// Whether an element is or holds the highest heading.
fn has_title(tree: &Tree, id: NodeId) -> bool {
    tree.walk(id, |_| true).any(|step| matches!(step, Step::Enter(id) if is_title(tree, id)))
}

fn is_title(tree: &Tree, id: NodeId) -> bool {
    tree.name(id).is_some_and(|name| &**name == "h1")
}

fn has_title_outside_headers(tree: &Tree, kept: &Kept) -> bool {
    let is_header = |id| tree.name(id).is_some_and(|name| &**name == "header");
    let may_enter = |id| !kept.is_dropped(id) && (!is_header(id) || is_inside(tree, id, "article"));
    tree.walk(DOCUMENT, may_enter).any(|step| matches!(step, Step::Enter(id) if is_title(tree, id)))
}

/// Goes down to the smallest element with most of the prose, and leaves out what beside the way is
/// neither prose nor the title.
fn narrow(tree: &Tree, measures: &Measures, kept: &mut Kept) {
    if measures.get(DOCUMENT).prose == 0 {
        return;
    }
    let text_root = text_root(tree, measures, kept);
    let mut at = DOCUMENT;
    // Until the element that the page itself calls its text, nothing beside it is kept but the title.
    let mut is_above_root = text_root.is_some();
    let needs_title = text_root.is_some_and(|root| !has_title(tree, root));
    loop {
        let is_elements = |id: &NodeId| tree.name(*id).is_some() && !kept.is_dropped(*id);
        let children: Vec<NodeId> = tree.children(at).filter(|id| !kept.is_dropped(*id)).collect();
        let way = children.iter().copied().filter(is_elements).find(|id| {
            if is_above_root {
                text_root == Some(*id) || is_ancestor(tree, *id, text_root)
            } else {
                measures.share(*id) >= 0.6
            }
        });
        let Some(way) = way else { return };
        let mut is_before = true;
        for id in children {
            if id == way {
                is_before = false;
                continue;
            }
            let is_title = is_before && has_title(tree, id);
            let is_kept = if is_above_root {
                needs_title && is_title
            } else {
                is_title || is_like_text(tree, id, measures.get(id))
            };
            if !is_kept {
                kept.drop(id);
            }
        }
        at = way;
        is_above_root &= Some(at) != text_root;
    }
}

/// The outermost element that the page calls its main part or its article, if most prose is in it.
fn text_root(tree: &Tree, measures: &Measures, kept: &Kept) -> Option<NodeId> {
    let is_named = |id: NodeId, main: bool| {
        let name = tree.name(id).map_or("", |name| &**name);
        let role = tree.attribute(id, "role").unwrap_or_default();
        if main { name == "main" || role == "main" } else { name == "article" || role == "article" }
    };
    [true, false].into_iter().find_map(|main| {
        tree.walk(DOCUMENT, |id| !kept.is_dropped(id)).find_map(|step| match step {
            Step::Enter(id) if !kept.is_dropped(id) && is_named(id, main) && measures.share(id) >= 0.6 => {
                Some(id)
            }
            _ => None,
        })
    })
}

fn is_ancestor(tree: &Tree, id: NodeId, of: Option<NodeId>) -> bool {
    std::iter::successors(of, |id| tree.parent(*id)).any(|ancestor| ancestor == id)
}

/// Whether an element beside the text belongs to it: prose, or a part that texts are made of.
fn is_like_text(tree: &Tree, id: NodeId, measure: Measure) -> bool {
    let parts = ["p", "ul", "ol", "dl", "table", "blockquote", "pre", "figure"];
    let is_part = tree.name(id).is_none_or(|name| parts.contains(&&**name));
    is_heading(tree, id)
        || (measure.n_link_bytes * 2 < measure.n_bytes && (is_part || measure.prose * 2 > measure.n_bytes))
}

fn is_heading(tree: &Tree, id: NodeId) -> bool {
    tree.name(id).is_some_and(|name| ["h1", "h2", "h3", "h4", "h5", "h6"].contains(&&**name))
}

/// Leaves out lists of links and paragraphs that are worded like notices, wherever they stand.
fn drop_lists_and_notices(tree: &Tree, measures: &Measures, kept: &mut Kept) {
    let mut dropped = Vec::new();
    for step in tree.walk(DOCUMENT, |id| !kept.is_dropped(id)) {
        let Step::Enter(id) = step else { continue };
        let Some(name) = tree.name(id).filter(|_| !kept.is_dropped(id)) else { continue };
        let measure = measures.get(id);
        let is_list = ["ul", "ol", "dl", "div", "section", "table", "p", "li"].contains(&&**name);
        let n_least = if ["ul", "ol", "p"].contains(&&**name) { 1 } else { 3 };
        let is_of_links = is_list
            && measure.n_links >= n_least
            && measure.n_link_bytes * 5 > measure.n_bytes * 3
            && measure.prose * 4 < measure.n_bytes
            && measures.share(id) < 0.5;
        let is_notice = || {
            is_block(name)
                && measure.n_bytes <= LONGEST_NOTICE
                && measure.n_bytes > 0
                && !has_title(tree, id)
                && is_worded_like_notice(&tree.text(id))
        };
        if is_of_links || is_notice() {
            dropped.push(id);
        }
    }
    for id in dropped {
        kept.drop(id);
    }
}

fn is_worded_like_notice(text: &str) -> bool {
    let Some(words) = words() else { return false };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().replace('’', "'");
    let is_copyright = text.starts_with('©') || text.starts_with("copyright");
    let starts = |start: &String| {
        text.strip_prefix(start.as_str()).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    };
    is_copyright
        || words.starts.iter().any(starts)
        || words.anywhere.iter().any(|phrase| text.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_read() {
        assert!(words().is_some());
        for (name, expected) in [
            ("mw-editSection_top", "mw edit section editsection top"),
            ("has-sidebar", "has sidebar"),
            ("socialShare", "social share socialshare"),
            ("", ""),
        ] {
            assert_eq!(name_words(name).join(" "), expected);
        }
    }
}
