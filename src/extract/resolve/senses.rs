//! Senses: one for each distinct name, and one more for each place that it is said to lie in.

use std::cell::OnceCell;

use smallvec::SmallVec;

use super::told;
use crate::extract::Source;
use crate::extract::toponym::hashes::FastMap;
use crate::extract::toponym::names::{NamedPlace, Spot};
use crate::extract::toponym::{Hint, MAX_HOLDERS, NameIx, Names, Next, Rank, Toponym};
use crate::gazetteer::{Facts, FeatureClass, FeatureCode, GazetteerId, NameUse};

/// A place that a sense may mean.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    pub place: GazetteerId,
    pub facts: Facts,
    pub rank: Rank,
    pub spot: Spot,
    /// Is it so small that what lies beside it is near? A county is, though its outline is not known.
    pub is_local: bool,
    /// It is usually called otherwise.
    pub is_alternate: bool,
    /// A log-probability but for a constant: what is known without the text.
    pub prior: f32,
    /// The same, with the text.
    pub score: f32,
    /// Its share of the sense, 0–1.
    pub share: f32,
}

/// What all mentions of one name mean, unless the text says that they differ.
#[derive(Debug, Clone)]
pub struct Sense {
    pub name: NameIx,
    /// "Paris, Texas": the name that follows.
    pub outer: Option<NameIx>,
    pub n_mentions: u32,
    /// The likeliest first, once resolved.
    pub candidates: Vec<Candidate>,
    /// Senses named close by, at most [`MAX_NEAR`].
    pub near: SmallVec<[Near; MAX_NEAR]>,
    /// The place that the same name has elsewhere, where the text says more.
    pub inherited: Option<GazetteerId>,
}

impl Sense {
    pub fn best(&self) -> Option<&Candidate> {
        self.candidates.first()
    }
}

/// A sense named close by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near {
    pub sense: u32,
    /// Both are items of a list.
    pub is_listed: bool,
}

pub const MAX_NEAR: usize = 8;
/// How much less likely than the best a place may be before it is not looked at.
const WORTHLESS: f32 = 9.0;
/// A point of prominence; eight are a doubling of people.
const PER_POINT: f32 = 0.067;
/// Countries stand above all others in the gazetteer; their neighbours in a text must be able to outweigh that.
const MOST_POINTS: u8 = 205;
const ALTERNATE: f32 = -1.8;
/// "Gold Coast" was a country once.
const ALTERNATE_COUNTRY: f32 = -4.0;
const HISTORIC: f32 = -1.2;
/// The same, where the years are known in which the name held: the text tells of some of them, or of none.
const HELD_THEN: f32 = 0.4;
const NOT_HELD_THEN: f32 = -2.4;
/// What being of the kind that the text says is worth.
const HINTED: f32 = 2.0;
/// What having the very letters of the text in the gazetteer is worth.
const WRITTEN_SO: f32 = 0.6;
/// What being in the named province is worth.
const INSIDE: f32 = 9.0;

/// How far from the middle of what it is said to lie in a place may be that the gazetteer has outside.
const ABOUT_COUNTRY_KM: f32 = 1500.0;
const ABOUT_PROVINCE_KM: f32 = 300.0;
const ABOUT_COUNTY_KM: f32 = 120.0;
/// There are many counties of one name; where there are more than these, none says where it is not.
const MAX_OF_COUNTY: usize = 48;

/// What holding a place that is said to lie in it is worth.
const HOLDS: f32 = 4.0;

/// The senses of a text and, for each mention, which it has.
pub fn senses(source: &Source, names: &Names, mentions: &[Toponym]) -> (Vec<Sense>, Vec<Option<u32>>) {
    // Looked for only where a name of the past asks for it.
    let told_of = OnceCell::new();
    let told_of = || *told_of.get_or_init(|| told::years(source));
    let mut by_key: FastMap<(NameIx, Option<NameIx>, Hint), u32> = FastMap::default();
    let mut senses: Vec<Sense> = Vec::new();
    let mut of_mention = Vec::with_capacity(mentions.len());
    for (at, mention) in mentions.iter().enumerate() {
        let Some(name) = mention.name else {
            of_mention.push(None);
            continue;
        };
        let after = mentions.get(at + 1).filter(|_| mention.next == Next::Holds);
        let before = at.checked_sub(1).and_then(|before| mentions.get(before));
        let outer =
            after.or(before.filter(|before| before.next == Next::Inside)).and_then(|outer| outer.name);
        let ix = *by_key.entry((name, outer, mention.hint)).or_insert_with(|| {
            senses.push(Sense {
                name,
                outer,
                n_mentions: 0,
                candidates: candidates(
                    names,
                    (name, outer, mention.hint),
                    mention.span.slice(source.text()),
                    told_of,
                ),
                near: SmallVec::new(),
                inherited: None,
            });
            u32::try_from(senses.len() - 1).unwrap_or(u32::MAX)
        });
        if let Some(sense) = senses.get_mut(ix as usize) {
            sense.n_mentions += 1;
        }
        of_mention.push(Some(ix));
    }
    favour_holders(&mut senses);
    link_near(mentions, &of_mention, &mut senses);
    (senses, of_mention)
}

fn candidates(
    names: &Names,
    (name, outer, hint): (NameIx, Option<NameIx>, Hint),
    written: &str,
    told_of: impl Fn() -> Option<(i32, i32)>,
) -> Vec<Candidate> {
    let Some(entry) = names.get(name) else { return Vec::new() };
    let holders = outer.and_then(|outer| names.get(outer)).map_or(&[][..], |outer| &outer.places);
    let holders = || holders.iter().take(MAX_HOLDERS);
    let mut found = Vec::with_capacity(entry.places.len());
    let mut best = f32::MIN;
    for &NamedPlace { id: place, facts, rank, name_use, shown, spot, years } in &entry.places {
        let mut prior = f32::from(facts.prominence.min(MOST_POINTS)) * PER_POINT;
        if name_use == NameUse::Alternate {
            prior += if facts.is_country() { ALTERNATE_COUNTRY } else { ALTERNATE };
        }
        if facts.is_historic {
            prior += match years.and_then(|held| Some(told::held_in(held, told_of()?))) {
                Some(true) => HELD_THEN,
                Some(false) => NOT_HELD_THEN,
                None => HISTORIC,
            };
        }
        if holders().any(|holder| lies_in(&facts, &holder.facts)) {
            prior += INSIDE;
        }
        if is_of_kind(&facts, hint) {
            prior += HINTED;
        }
        if shown == written {
            prior += WRITTEN_SO;
        }
        best = best.max(prior);
        let is_district = matches!(facts.code, FeatureCode::Second | FeatureCode::Third);
        let is_local = !facts.is_country() && (!facts.is_soft || is_district);
        found.push(Candidate {
            place,
            facts,
            rank,
            spot,
            is_local,
            is_alternate: name_use == NameUse::Alternate,
            prior,
            score: prior,
            share: 0.0,
        });
    }
    found.retain(|c| c.prior >= best - WORTHLESS);
    let all = outer.and_then(|outer| names.get(outer)).map_or(&[][..], |outer| &outer.places);
    let wide = || all.iter().take(MAX_OF_COUNTY).filter(|holder| is_wide(&holder.facts));
    let is_known = all.len() <= MAX_OF_COUNTY && wide().next().is_some();
    found.retain(|c| !is_known || wide().any(|holder| may_lie_in(c, holder)));
    found
}

/// What a place can be said to lie in.
fn is_wide(facts: &Facts) -> bool {
    facts.is_country() || matches!(facts.code, FeatureCode::First | FeatureCode::Second)
}

/// Can it be meant by one who says that it lies there? Borders move, so that a neighbour may; but not
/// another province of the country that the province is in.
fn may_lie_in(candidate: &Candidate, holder: &NamedPlace) -> bool {
    let km = || candidate.spot.km(holder.spot);
    let is_same_country = candidate.facts.country == holder.facts.country;
    let (inner, outer) = (&candidate.facts, &holder.facts);
    lies_in(inner, outer)
        || match outer.code {
            _ if outer.is_country() => km() < ABOUT_COUNTRY_KM,
            FeatureCode::Second => km() < ABOUT_COUNTY_KM,
            _ => km() < if is_same_country { ABOUT_COUNTY_KM } else { ABOUT_PROVINCE_KM },
        }
}

fn is_of_kind(facts: &Facts, hint: Hint) -> bool {
    match hint {
        Hint::None => false,
        Hint::Province => matches!(facts.code, FeatureCode::First | FeatureCode::Second | FeatureCode::Third),
        Hint::Town => facts.class() == FeatureClass::Populated,
        Hint::Terrain => {
            matches!(facts.class(), FeatureClass::Terrain | FeatureClass::Water | FeatureClass::Area)
        }
    }
}

/// "Atlanta, Georgia": what a Georgia must be that has an Atlanta.
fn favour_holders(senses: &mut [Sense]) {
    let mut held: FastMap<NameIx, Vec<Facts>> = FastMap::default();
    for sense in senses.iter() {
        let best = sense.candidates.iter().max_by(|a, b| a.prior.total_cmp(&b.prior));
        if let (Some(outer), Some(best)) = (sense.outer, best) {
            let inner = held.entry(outer).or_default();
            if inner.len() < MAX_NEAR {
                inner.push(best.facts);
            }
        }
    }
    for sense in senses.iter_mut().filter(|s| s.outer.is_none()) {
        let Some(inner) = held.get(&sense.name) else { continue };
        for candidate in &mut sense.candidates {
            if inner.iter().any(|inner| lies_in(inner, &candidate.facts)) {
                candidate.prior += HOLDS;
            }
        }
    }
}

/// Is a place in a country or province?
pub fn lies_in(inner: &Facts, outer: &Facts) -> bool {
    if inner.country != outer.country || inner.is_country() {
        return false;
    }
    outer.is_country()
        || (outer.code == FeatureCode::First
            && inner.admin1 == outer.admin1
            && inner.code != FeatureCode::First)
}

/// Mentions near each other in the text: the next three.
fn link_near(mentions: &[Toponym], of_mention: &[Option<u32>], senses: &mut [Sense]) {
    const WITHIN_BYTES: usize = 300;
    for (at, one) in mentions.iter().enumerate() {
        let Some(Some(a)) = of_mention.get(at).copied() else { continue };
        for (next, two) in mentions.iter().enumerate().skip(at + 1).take(3) {
            if two.span.start.saturating_sub(one.span.end) > WITHIN_BYTES {
                break;
            }
            let Some(Some(b)) = of_mention.get(next).copied() else { continue };
            let is_listed = next == at + 1 && one.next == Next::Listed;
            for (from, to) in [(a, b), (b, a)] {
                let Some(sense) = senses.get_mut(from as usize).filter(|_| from != to) else { continue };
                let is_full = sense.near.len() >= MAX_NEAR;
                match sense.near.iter_mut().find(|near| near.sense == to) {
                    Some(near) => near.is_listed |= is_listed,
                    None if !is_full => sense.near.push(Near { sense: to, is_listed }),
                    None => {}
                }
            }
        }
    }
}
