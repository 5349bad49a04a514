//! Names that act: "Timur crossed the river. Timur burnt the town." is of a man, whatever village is called so.

use super::draft::Draft;
use super::hashes::{FastMap, FastSet};
use super::names::{LARGE, Names};
use super::place::Rank;
use super::words::{Context, Words};
use crate::extract::Source;
use crate::extract::token::Case;

/// How often a name must act.
const LEAST: u32 = 2;

/// What a text does with a name.
#[derive(Debug, Clone, Copy, Default)]
struct Use {
    n_acts: u32,
    /// "in Timur"
    is_where: bool,
}

/// The words that are little-known towns, act and are nowhere said to be where something is; by their keys.
/// O(drafts).
pub fn actors(source: &Source, words: &Words, names: &Names, drafts: &[Draft]) -> FastSet<u64> {
    let mut uses: FastMap<u64, Use> = FastMap::default();
    for draft in drafts.iter().filter(|draft| draft.end == draft.first + 1) {
        let rank = draft.name.and_then(|name| names.get(name)).map(|name| name.rank);
        // A large town acts too: its team, its government.
        let is_little = matches!(rank, Some(Rank::Town(prominence)) if prominence < LARGE);
        let Some(token) = source.tokens.get(draft.first).filter(|_| is_little) else { continue };
        let before = draft.first.checked_sub(1).and_then(|at| source.tokens.get(at));
        let own = uses.entry(token.key).or_default();
        own.is_where |= before.is_some_and(|t| words.context.get(t.word).has(Context::PLACE_PREPOSITION));
        // "crossed", "now crossed".
        let acts = |at: usize| {
            source.tokens.get(at).is_some_and(|t| {
                t.is_word()
                    && t.case == Case::Lower
                    && !t.begins_paragraph
                    && (source.language.endings.is_past(t, source.text())
                        || words.context.get(t.word).has(Context::ACTS))
            })
        };
        let is_adverb = source.tokens.get(draft.end).is_some_and(|t| {
            t.is_word()
                && t.case == Case::Lower
                && !words.context.get(t.word).has(Context::AUXILIARY.or(Context::PREPOSITION))
        });
        own.n_acts += u32::from(acts(draft.end) || (is_adverb && acts(draft.end + 1)));
    }
    uses.into_iter().filter(|(_, own)| own.n_acts >= LEAST && !own.is_where).map(|(key, _)| key).collect()
}
