//! How much of a page is prose, words and links, element by element.
//!
//! *Prose* is the bytes of blocks that are long or end like a sentence and are not mostly links.

use super::readable::Kept;
use super::tree::{DOCUMENT, Data, NodeId, Step, Tree};
use super::write::is_block;

/// A block this long is prose, in bytes; a shorter one if it ends like a sentence.
const LONG_BLOCK: usize = 100;
const SHORT_SENTENCE: usize = 30;

/// What was counted of one element and all kept below it, in bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Measure {
    pub n_bytes: usize,
    pub n_link_bytes: usize,
    pub n_links: usize,
    pub prose: usize,
}

pub(super) struct Measures {
    of: Vec<Measure>,
}

/// The open block of a walk: its own words, without those of blocks in it.
#[derive(Default)]
struct Run {
    n_bytes: usize,
    n_link_bytes: usize,
    last: Option<char>,
}

impl Run {
    fn prose(&self) -> usize {
        let closing = ['”', '"', '’', '\'', '»', ')', ']'];
        let ends_sentence = self.last.is_some_and(|c| ".!?…։。".contains(c) || closing.contains(&c));
        let is_prose = self.n_bytes >= LONG_BLOCK || (ends_sentence && self.n_bytes >= SHORT_SENTENCE);
        if is_prose && self.n_link_bytes * 2 < self.n_bytes { self.n_bytes - self.n_link_bytes } else { 0 }
    }
}

impl Measures {
    pub fn take(tree: &Tree, kept: &Kept) -> Self {
        let mut of = vec![Measure::default(); tree.len()];
        let mut runs = vec![Run::default()];
        let mut n_open_links = 0_usize;
        for step in tree.walk(DOCUMENT, |id| !kept.is_dropped(id)) {
            match step {
                Step::Enter(id) | Step::Leave(id) if kept.is_dropped(id) => {}
                Step::Enter(id) => match tree.data(id) {
                    Data::Text(text) => {
                        let n_bytes = text.split_ascii_whitespace().map(|word| word.len() + 1).sum::<usize>();
                        let Some(run) = runs.last_mut() else { continue };
                        run.n_bytes += n_bytes;
                        run.n_link_bytes += if n_open_links > 0 { n_bytes } else { 0 };
                        run.last = text.trim_end().chars().next_back().or(run.last);
                        if let Some(measure) = of.get_mut(id as usize) {
                            measure.n_bytes = n_bytes;
                            measure.n_link_bytes = if n_open_links > 0 { n_bytes } else { 0 };
                        }
                    }
                    Data::Element { name, .. } => {
                        n_open_links += usize::from(&**name == "a");
                        if is_block(name) {
                            runs.push(Run::default());
                        }
                    }
                    Data::Other => {}
                },
                Step::Leave(id) => {
                    if let Some(name) = tree.name(id) {
                        let is_link = &**name == "a";
                        n_open_links -= usize::from(is_link && n_open_links > 0);
                        let run = if is_block(name) { runs.pop() } else { None };
                        if let Some(measure) = of.get_mut(id as usize) {
                            measure.prose += run.map_or(0, |run| run.prose());
                            measure.n_links += usize::from(is_link);
                        }
                    }
                    let measure = of.get(id as usize).copied().unwrap_or_default();
                    if let Some(parent) = tree.parent(id).and_then(|parent| of.get_mut(parent as usize)) {
                        parent.n_bytes += measure.n_bytes;
                        parent.n_link_bytes += measure.n_link_bytes;
                        parent.n_links += measure.n_links;
                        parent.prose += measure.prose;
                    }
                }
            }
        }
        Self { of }
    }

    pub fn get(&self, id: NodeId) -> Measure {
        self.of.get(id as usize).copied().unwrap_or_default()
    }

    /// How much of the page is in an element: of its prose, or of its words where it has no prose.
    pub fn share(&self, id: NodeId) -> f64 {
        let (all, part) = (self.get(DOCUMENT), self.get(id));
        let (all, part) = if all.prose > 0 { (all.prose, part.prose) } else { (all.n_bytes, part.n_bytes) };
        if all == 0 { 0.0 } else { part as f64 / all as f64 }
    }
}
