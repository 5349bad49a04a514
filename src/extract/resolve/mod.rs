//! Resolution: which place each toponym means, decided from the text as a whole.
//!
//! All mentions of a name have one sense, unless the text says where one lies (`senses`). Senses vote for
//! what goes together (`votes`); slips of the pen are found last (`slip`).

mod beside;
mod near;
mod senses;
mod slip;
mod stray;
mod told;
mod votes;
mod why;

use std::cell::OnceCell;

pub use votes::Votes;

use super::toponym::hashes::FastMap;
use super::toponym::{Names, Toponym};
use super::{PlaceMention, Resolution, Source, ToponymRole, WhyHere};

/// The mentions of toponyms, each with its place where one fits. O(mentions), with a bounded number of
/// candidates for each distinct name.
pub fn resolve(source: &Source, mentions: &[Toponym], names: &Names, votes: &mut Votes) -> Vec<PlaceMention> {
    let (mut senses, of_mention) = senses::senses(source, names, mentions);
    inherit(&mut senses);
    disown(&mut senses);
    votes::vote(&mut senses, votes);
    let mut home = OnceCell::new();
    stray::call_home(&mut senses, &mut home);
    let grounds = why::Grounds::new(&senses);
    let resolutions: Vec<Option<Resolution>> = senses.iter().map(|s| grounds.resolution(s)).collect();
    let resolution_of = |at: usize| {
        let sense = of_mention.get(at).copied().flatten()?;
        *resolutions.get(sense as usize)?
    };
    let beside = beside::beside(source, names, mentions, &senses, &of_mention, &home);
    let mut found: Vec<PlaceMention> = mentions
        .iter()
        .enumerate()
        .map(|(at, mention)| PlaceMention {
            span: mention.span,
            role: mention.role,
            confidence: mention.confidence,
            resolution: resolution_of(at),
            beside: beside.get(at).copied().flatten(),
        })
        .collect();
    for slip in slip::slips(source, mentions, &senses, &of_mention) {
        let (Some(meant), Some(span)) = (resolution_of(slip.meant), mentions.get(slip.meant).map(|m| m.span))
        else {
            continue;
        };
        if let Some(mention) = found.get_mut(slip.mention) {
            let rivals =
                mention.resolution.as_ref().map(|r| super::Rival { place: r.place, score: 1.0 - GUESS });
            mention.role = ToponymRole::Slip;
            mention.resolution = Some(Resolution {
                place: meant.place,
                confidence: GUESS,
                why: WhyHere::SlipFor(span),
                rivals: rivals.into_iter().collect(),
            });
        }
    }
    found
}

/// How sure it is that a slip is one.
const GUESS: f32 = 0.6;
/// What "Paris, Texas" once is worth for every other "Paris".
const INHERITED: f32 = 6.0;

/// "Cairo, Missouri", which no gazetteer has: neither is another Cairo meant elsewhere in the text.
fn disown(senses: &mut [senses::Sense]) {
    let mut is_nowhere: FastMap<super::toponym::NameIx, bool> = FastMap::default();
    for sense in senses.iter().filter(|sense| sense.outer.is_some()) {
        let known = is_nowhere.entry(sense.name).or_insert(true);
        *known &= sense.candidates.is_empty();
    }
    for sense in senses.iter_mut().filter(|sense| sense.outer.is_none()) {
        if is_nowhere.get(&sense.name).copied().unwrap_or(false) {
            sense.candidates.clear();
        }
    }
}

/// A name that is once said to lie somewhere lies there elsewhere too, unless it is said of several.
fn inherit(senses: &mut [senses::Sense]) {
    let mut said: FastMap<super::toponym::NameIx, Option<usize>> = FastMap::default();
    for (at, sense) in senses.iter().enumerate() {
        if sense.outer.is_some() {
            said.entry(sense.name).and_modify(|known| *known = None).or_insert(Some(at));
        }
    }
    for at in 0..senses.len() {
        let Some(sense) = senses.get(at).filter(|s| s.outer.is_none()) else { continue };
        let Some(Some(from)) = said.get(&sense.name).copied() else { continue };
        let best =
            senses.get(from).and_then(|s| s.candidates.iter().max_by(|a, b| a.prior.total_cmp(&b.prior)));
        let Some(place) = best.map(|c| c.place) else { continue };
        if let Some(sense) = senses.get_mut(at)
            && let Some(candidate) = sense.candidates.iter_mut().find(|c| c.place == place)
        {
            candidate.prior += INHERITED;
            candidate.score += INHERITED;
            sense.inherited = Some(place);
        }
    }
}
