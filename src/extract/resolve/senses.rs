//! Senses: one for each distinct name, and one more for each place that it is said to lie in.

use std::cell::OnceCell;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use super::near::{MAX_NEAR, Near, link_near};
use super::told;
use crate::extract::Source;
use crate::extract::toponym::hashes::FastMap;
use crate::extract::toponym::place::{NamedPlace, Seat, Spot};
use crate::extract::toponym::{Hint, MAX_HOLDERS, NameIx, Names, Next, Rank, Toponym};
use crate::gazetteer::{FeatureClass, FeatureCode, GazetteerId, NameUse};

/// A place that a sense may mean.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    pub place: GazetteerId,
    pub seat: Seat,
    pub rank: Rank,
    pub spot: Spot,
    /// As of a [`NamedPlace`].
    pub is_local: bool,
    /// It is usually called otherwise.
    pub is_alternate: bool,
    /// A log-probability but for a constant: what is known without the text.
    pub prior: f32,
    /// The same, with the text.
    pub score: f32,
    /// What of that the places named close by have added.
    pub near: f32,
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
    /// Of its votes all together.
    pub weight: f32,
    /// The likeliest first, once resolved.
    pub candidates: Vec<Candidate>,
    pub near: Near,
    /// Its best candidate was another before the last vote.
    pub is_moved: bool,
    /// The place that the same name has elsewhere, where the text says more.
    pub inherited: Option<GazetteerId>,
}

impl Sense {
    pub fn best(&self) -> Option<&Candidate> {
        self.candidates.first()
    }
}

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
    let n_expected = mentions.len() / 2;
    let mut by_key: FastMap<Key, u32> =
        FastMap::with_capacity_and_hasher(n_expected, BuildHasherDefault::new());
    let mut senses: Vec<Sense> = Vec::with_capacity(n_expected);
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
        let key = Key { name, outer, hint: mention.hint };
        let ix = *by_key.entry(key).or_insert_with(|| {
            senses.push(Sense {
                name,
                outer,
                n_mentions: 0,
                weight: 0.0,
                candidates: candidates(names, key, mention.span.slice(source.text()), told_of),
                near: Near::default(),
                is_moved: true,
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

/// What tells senses apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    name: NameIx,
    outer: Option<NameIx>,
    hint: Hint,
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let outer = self.outer.map_or(0, |outer| u64::from(outer.number()) + 1);
        state.write_u64(u64::from(self.name.number()) ^ outer << 32 ^ (self.hint as u64) << 30);
    }
}

fn candidates(
    names: &Names,
    Key { name, outer, hint }: Key,
    written: &str,
    told_of: impl Fn() -> Option<(i32, i32)>,
) -> Vec<Candidate> {
    let Some(entry) = names.get(name) else { return Vec::new() };
    let holders = outer.and_then(|outer| names.get(outer)).map_or(&[][..], |outer| &outer.places);
    let holders = || holders.iter().take(MAX_HOLDERS);
    let mut found = Vec::with_capacity(entry.places.len());
    let mut best = f32::MIN;
    for place in &entry.places {
        let &NamedPlace { seat, name_use, .. } = place;
        let mut prior = f32::from(place.prominence.min(MOST_POINTS)) * PER_POINT;
        if name_use == NameUse::Alternate {
            prior += if seat.is_country() { ALTERNATE_COUNTRY } else { ALTERNATE };
        }
        if place.is_historic {
            // Nothing is weighed against the only one.
            let years = place.years.filter(|_| entry.places.len() > 1);
            prior += match years.and_then(|held| Some(told::held_in(held, told_of()?))) {
                Some(true) => HELD_THEN,
                Some(false) => NOT_HELD_THEN,
                None => HISTORIC,
            };
        }
        if holders().any(|holder| seat.lies_in(holder.seat)) {
            prior += INSIDE;
        }
        if is_of_kind(seat.code, hint) {
            prior += HINTED;
        }
        if place.shown == written.as_bytes() {
            prior += WRITTEN_SO;
        }
        best = best.max(prior);
        found.push(Candidate {
            place: place.id,
            seat,
            rank: place.rank,
            spot: place.spot,
            is_local: place.is_local,
            is_alternate: name_use == NameUse::Alternate,
            prior,
            score: prior,
            near: 0.0,
            share: 0.0,
        });
    }
    found.retain(|c| c.prior >= best - WORTHLESS);
    let all = outer.and_then(|outer| names.get(outer)).map_or(&[][..], |outer| &outer.places);
    let wide = || all.iter().take(MAX_OF_COUNTY).filter(|holder| is_wide(holder.seat));
    let is_known = all.len() <= MAX_OF_COUNTY && wide().next().is_some();
    found.retain(|c| !is_known || wide().any(|holder| may_lie_in(c, holder)));
    found
}

/// What a place can be said to lie in.
fn is_wide(seat: Seat) -> bool {
    seat.is_country() || matches!(seat.code, FeatureCode::First | FeatureCode::Second)
}

/// Can it be meant by one who says that it lies there? Borders move, so that a neighbour may; but not
/// another province of the country that the province is in.
fn may_lie_in(candidate: &Candidate, holder: &NamedPlace) -> bool {
    let km = || candidate.spot.km(holder.spot);
    let (inner, outer) = (candidate.seat, holder.seat);
    inner.lies_in(outer)
        || match outer.code {
            _ if outer.is_country() => km() < ABOUT_COUNTRY_KM,
            FeatureCode::Second => km() < ABOUT_COUNTY_KM,
            _ if inner.country == outer.country => km() < ABOUT_COUNTY_KM,
            _ => km() < ABOUT_PROVINCE_KM,
        }
}

fn is_of_kind(code: FeatureCode, hint: Hint) -> bool {
    match hint {
        Hint::None => false,
        Hint::Province => matches!(code, FeatureCode::First | FeatureCode::Second | FeatureCode::Third),
        Hint::Town => code.class() == FeatureClass::Populated,
        Hint::Terrain => {
            matches!(code.class(), FeatureClass::Terrain | FeatureClass::Water | FeatureClass::Area)
        }
    }
}

/// "Atlanta, Georgia": what a Georgia must be that has an Atlanta.
fn favour_holders(senses: &mut [Sense]) {
    let mut held: FastMap<NameIx, Vec<Seat>> = FastMap::default();
    for sense in senses.iter() {
        let Some(outer) = sense.outer else { continue };
        if let Some(best) = sense.candidates.iter().max_by(|a, b| a.prior.total_cmp(&b.prior)) {
            let inner = held.entry(outer).or_default();
            if inner.len() < MAX_NEAR {
                inner.push(best.seat);
            }
        }
    }
    for sense in senses.iter_mut().filter(|s| s.outer.is_none()) {
        let Some(inner) = held.get(&sense.name) else { continue };
        for candidate in &mut sense.candidates {
            if inner.iter().any(|inner| inner.lies_in(candidate.seat)) {
                candidate.prior += HOLDS;
            }
        }
    }
}
