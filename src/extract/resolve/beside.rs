//! Where a place that no gazetteer has may be: near what is named with it.

use std::cell::OnceCell;

use super::senses::{Candidate, Sense};
use super::stray::Home;
use crate::extract::Source;
use crate::extract::toponym::hashes::FastMap;
use crate::extract::toponym::{self, Names, Next, Rank, Toponym};
use crate::extract::{ToponymRole, steps};
use crate::gazetteer::GazetteerId;

/// A neighbour must be as sure as this.
const SURE: f32 = 0.4;
/// Beyond so many bytes nothing is named with it.
const FAR_BYTES: usize = 4000;
/// A container is as good as a neighbour so far away in the text, and better than one farther.
const CONTAINER_BYTES: usize = 60;

/// A town or county that the text surely names.
#[derive(Debug, Clone, Copy)]
struct Landmark {
    start: usize,
    end: usize,
    place: Candidate,
}

/// For each mention, what it is named beside, if it has no place of its own. All mentions of one name have
/// the same. O(n).
pub fn beside(
    source: &Source,
    names: &Names,
    mentions: &[Toponym],
    senses: &[Sense],
    of_mention: &[Option<u32>],
    home: &OnceCell<Option<Home>>,
) -> Vec<Option<GazetteerId>> {
    let best = |at: usize| senses.get(of_mention.get(at).copied().flatten()? as usize)?.best();
    let is_homeless =
        |at: usize, mention: &Toponym| mention.role == ToponymRole::Location && best(at).is_none();
    if !mentions.iter().enumerate().any(|(at, mention)| is_homeless(at, mention)) {
        return Vec::new();
    }
    // What may itself be taken for a namesake far away is no landmark.
    let home = home.get_or_init(|| Home::of(senses)).as_ref();
    let landmarks: Vec<Landmark> = mentions
        .iter()
        .enumerate()
        .filter(|(_, m)| matches!(m.role, ToponymRole::Location | ToponymRole::Government))
        .filter_map(|(at, mention)| {
            let place = *best(at).filter(|c| c.share >= SURE && matches!(c.rank, Rank::Town(_)))?;
            if home.is_some_and(|home| !home.is_told_of(&place)) {
                return None;
            }
            Some(Landmark { start: mention.span.start, end: mention.span.end, place })
        })
        .collect();
    let key = |mention: &Toponym| match mention.name {
        Some(name) => (u64::MAX, Some(names.same(name))),
        None => (key_of(source, mention), None),
    };
    let mut nearest = FastMap::default();
    let mut next = 0;
    for (at, mention) in mentions.iter().enumerate() {
        while landmarks.get(next).is_some_and(|mark| mark.start < mention.span.start) {
            next += 1;
        }
        if !is_homeless(at, mention) {
            continue;
        }
        let outer = best(at + 1).filter(|_| mention.next == Next::Holds);
        let around = landmarks.get(next.saturating_sub(LOOKED_AT)..).unwrap_or_default();
        let Some((far, place)) = one_beside(mention, outer, around.iter().take(2 * LOOKED_AT)) else {
            continue;
        };
        let known = nearest.entry(key(mention)).or_insert((far, place));
        if far < known.0 {
            *known = (far, place);
        }
    }
    let found = mentions.iter().enumerate().map(|(at, mention)| {
        let known = nearest.get(&key(mention)).filter(|_| is_homeless(at, mention))?;
        Some(known.1)
    });
    found.collect()
}

/// Neighbours to either side that are looked at.
const LOOKED_AT: usize = 8;

/// The neighbour of one mention and how far it is in the text: one within the container, if that is named.
fn one_beside<'a>(
    mention: &Toponym,
    outer: Option<&Candidate>,
    around: impl Iterator<Item = &'a Landmark>,
) -> Option<(usize, GazetteerId)> {
    let is_within = |place: &Candidate| match outer {
        None => true,
        Some(outer) if outer.seat.is_country() => place.seat.country == outer.seat.country,
        Some(outer) => place.seat.country == outer.seat.country && place.seat.province == outer.seat.province,
    };
    let neighbour = around
        .filter(|mark| is_within(&mark.place))
        .map(|mark| {
            steps::count();
            let before = mention.span.start.saturating_sub(mark.end);
            (before + mark.start.saturating_sub(mention.span.end), mark.place.place)
        })
        .filter(|(far, _)| *far < FAR_BYTES)
        .min_by_key(|(far, _)| *far);
    let is_country = |outer: &Candidate| outer.seat.is_country();
    let container = outer.filter(|outer| !is_country(outer)).map(|outer| {
        // A county says more than what else is near, a province less.
        let far = if outer.seat.is_province() { CONTAINER_BYTES } else { 0 };
        (far, outer.place)
    });
    container.into_iter().chain(neighbour).min_by_key(|(far, _)| *far)
}

/// A name that no gazetteer has, by its words.
fn key_of(source: &Source, mention: &Toponym) -> u64 {
    let tokens = source.tokens.get(mention.first..).unwrap_or_default();
    let n = tokens.iter().take_while(|token| (token.start as usize) < mention.span.end).count();
    toponym::key_of(tokens.get(..n).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use crate::extract::{Extractor, Language, Layers, Setting};
    use crate::gazetteer::Gazetteer;
    use crate::progress::Progress;

    #[test]
    fn what_no_gazetteer_has_is_named_beside_something() {
        for (text, expected) in [
            ("The village of Bollim near Cunnamulla was flooded.", "Bollim: Cunnamulla"),
            ("A barn burned in Zortville, Spencer County, Indiana.", "Zortville: Spencer County"),
            // A province is where it lies, and a country no place at all.
            ("Miners died in Zortville, Missouri, on Friday.", "Zortville: Missouri"),
            ("A clinic opened in Karumbwe district in Kenya.", "Karumbwe: "),
            // All mentions of one name are one place.
            (
                "Rain fell in Zortville district. Mills stood in Leeds. They left Zortville district for Derby.",
                "Zortville: Leeds; Zortville: Leeds",
            ),
            ("Rain fell in Leeds.", ""),
        ] {
            let setting = Setting { text, headings: &[], document_date: None };
            let layers = Layers { times: false, places: true, events: false };
            let gazetteer = Gazetteer::embedded();
            let mut extractor = Extractor::new(Language::english(), gazetteer);
            let found = extractor.read(&setting, layers, &Progress::default()).map(|reading| reading.places);
            let found = found.unwrap_or_default();
            let lacking = found.iter().filter(|place| place.resolution.is_none()).map(|place| {
                let other = place.beside.map_or("", |other| gazetteer.name(other));
                format!("{}: {other}", place.span.slice(text))
            });
            assert_eq!(lacking.collect::<Vec<_>>().join("; "), expected, "{text}");
        }
    }
}
