//! Names of the gazetteer in a text: the longest at a token, and what each distinct one is worth.

use crate::extract::Source;
use crate::extract::token::{Case, Token, TokenKind};
use crate::extract::toponym::hashes::FastMap;
use crate::extract::toponym::words::{COMMON_WORD, Context, GIVEN, Meaning, NameWeights, SURNAME, Words};
use crate::gazetteer::{Facts, FeatureClass, FeatureCode, Gazetteer, NameUse, Postings, hash_of_name};

/// A distinct name of a text, by its position in [`Names::list`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameIx(pub u32);

/// Of the places of a name only so many are looked at: they come by prominence.
pub const MAX_CANDIDATES: usize = 96;

/// What kind of place a name means first of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    Country,
    Province,
    Region,
    /// A town or site with its prominence.
    Town(u8),
}

impl Rank {
    pub fn of(facts: &Facts) -> Self {
        match (facts.code, facts.class()) {
            _ if facts.is_country() => Self::Country,
            (FeatureCode::First, _) => Self::Province,
            (FeatureCode::Second | FeatureCode::Third, _)
            | (_, FeatureClass::Populated | FeatureClass::Spot) => Self::Town(facts.prominence),
            _ => Self::Region,
        }
    }
}

/// A distinct name and its places.
#[derive(Debug, Clone)]
pub struct Name<'g> {
    pub postings: Postings<'g>,
    pub n_words: u8,
    pub rank: Rank,
    /// Every place is called so only where it is written as an abbreviation.
    pub is_abbreviation: bool,
    /// Marks that all of its words have: `COMMON_WORD`, and of one word `GIVEN`, `SURNAME`.
    pub marks: u8,
    /// How far it is a place name, wherever it stands.
    pub prior: f32,
}

/// How a name is made.
#[derive(Debug, Clone, Copy)]
struct Shape {
    n_words: usize,
    /// Of all its words.
    marks: u8,
    /// Of its last word, in bytes.
    n_letters: u32,
    /// Its last word says what kind of place it is: "Lamar County".
    is_kind: bool,
}

/// A name found at some tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    pub name: NameIx,
    /// Position after its last token.
    pub end: usize,
}

/// The distinct names of one text.
#[derive(Debug)]
pub struct Names<'g> {
    pub gazetteer: &'g Gazetteer,
    pub list: Vec<Name<'g>>,
    by_hash: FastMap<u64, Option<NameIx>>,
    /// What two words in a row came to: the number of tokens and the name, if two were enough to know.
    seen: FastMap<u64, Option<(u8, NameIx)>>,
}

/// Names of a text looked up before, at most.
const MAX_SEEN: usize = 1 << 16;
/// Words of one name, at most.
const MAX_WORDS: usize = 9;

impl<'g> Names<'g> {
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, list: Vec::new(), by_hash: FastMap::default(), seen: FastMap::default() }
    }

    pub fn get(&self, name: NameIx) -> Option<&Name<'g>> {
        self.list.get(name.0 as usize)
    }

    /// The longest name that begins at a token and does not reach beyond `end`.
    pub fn longest(&mut self, source: &Source, words: &Words, at: usize, end: usize) -> Option<Match> {
        let first = source.tokens.get(at)?;
        if !self.gazetteer.may_begin_name(first.hash) {
            return None;
        }
        let second = next_word(source, at, end).and_then(|next| source.tokens.get(next));
        let key =
            first.hash ^ second.map_or(0, |t| t.hash.rotate_left(17)) ^ u64::from(first.case == Case::Upper);
        if let Some(known) = self.seen.get(&key) {
            return known.map(|(n_tokens, name)| Match { name, end: at + usize::from(n_tokens) });
        }
        let (found, n_words) = self.walk(source, words, at, end);
        if n_words <= 2 && found.is_none_or(|m| m.end - at <= 1) {
            if self.seen.len() >= MAX_SEEN {
                self.seen.clear();
            }
            self.seen.insert(key, found.map(|m| ((m.end - at) as u8, m.name)));
        }
        found
    }

    /// The longest name, and how many words were looked at.
    fn walk(&mut self, source: &Source, words: &Words, at: usize, end: usize) -> (Option<Match>, usize) {
        let text = source.text();
        let mut walk = self.gazetteer.walk();
        let mut best = None;
        let mut is_kind;
        let mut here = at;
        let mut marks = u8::MAX;
        for n in 1..=MAX_WORDS {
            let Some(token) = source.tokens.get(here) else { return (best, n) };
            if !walk.push_hash(token.hash) {
                return (best, n);
            }
            marks &= words.marks(token.hash, token.text(text));
            is_kind =
                n > 1 && words.context.get(token.word).has(Context::AFTER_NAME.or(Context::BEFORE_NAME));
            if can_end(words, source, token, here, n)
                && let Some(postings) = walk.postings()
                && let Some(name) = self.name_of(
                    walk.hash(),
                    postings,
                    Shape { n_words: n, marks, n_letters: token.end - token.start, is_kind },
                    words,
                )
                && self.is_written_so(source, at, here, name)
            {
                best = Some(Match { name, end: here + 1 });
            }
            if !walk.may_continue() {
                return (best, n);
            }
            let Some(next) = next_word(source, here, end) else { return (best, n + 1) };
            here = next;
        }
        (best, MAX_WORDS)
    }

    /// Abbreviations count only in capitals.
    fn is_written_so(&self, source: &Source, at: usize, last: usize, name: NameIx) -> bool {
        let Some(name) = self.get(name) else { return false };
        !name.is_abbreviation
            || source.tokens.get(at..=last).unwrap_or(&[]).iter().all(|t| {
                !t.is_word() || t.case == Case::Upper || (t.case == Case::Title && t.end - t.start == 1)
            })
    }

    /// The name that is meant by a demonym or an abbreviation.
    pub fn meant(&mut self, words: &Words, meaning: Meaning) -> Option<NameIx> {
        let folded = words.meant(meaning);
        let hash = hash_of_name(folded);
        let gazetteer = self.gazetteer;
        let n_words = folded.split(' ').count();
        let shape = Shape { n_words, marks: 0, n_letters: 10, is_kind: false };
        self.name_of(hash, gazetteer.candidates(folded), shape, words)
    }

    fn name_of(&mut self, hash: u64, postings: Postings<'g>, shape: Shape, words: &Words) -> Option<NameIx> {
        if let Some(known) = self.by_hash.get(&hash) {
            return *known;
        }
        let is_never = shape.n_words > 1 && words.never_whole.contains(&hash);
        let name = if is_never { None } else { self.assess(postings, shape, &words.weights.name) };
        let ix = name.map(|name| {
            self.list.push(name);
            NameIx(u32::try_from(self.list.len() - 1).unwrap_or(u32::MAX))
        });
        self.by_hash.insert(hash, ix);
        ix
    }

    /// What a name is worth before its context is seen.
    fn assess(&self, postings: Postings<'g>, shape: Shape, weights: &NameWeights) -> Option<Name<'g>> {
        let Shape { n_words, marks, n_letters, is_kind } = shape;
        let marks = if n_words > 1 { marks & COMMON_WORD } else { marks };
        let mut rank = None;
        let mut best = f32::MIN;
        let (mut is_abbreviation, mut is_alternate) = (true, true);
        for (id, name_use) in postings.clone().with_use().take(MAX_CANDIDATES) {
            is_abbreviation &= name_use == NameUse::Abbreviation;
            is_alternate &= name_use >= NameUse::Alternate;
            let Some(this) = self.gazetteer.facts(id).map(|facts| Rank::of(&facts)) else { continue };
            let mut worth = worth_of(this, weights);
            if name_use == NameUse::Alternate {
                worth += weights.alternate_only;
            }
            if worth > best {
                best = worth;
                rank = Some(this);
            }
        }
        let rank = rank?;
        let mut prior = best;
        let is_large = !is_alternate
            && (matches!(rank, Rank::Province | Rank::Region) || matches!(rank, Rank::Town(p) if p >= LARGE));
        let is_country = rank == Rank::Country && !is_alternate;
        if n_words > 1 {
            prior += weights.several_words;
            if is_kind {
                prior += weights.with_kind;
            }
            if marks & COMMON_WORD != 0 {
                prior += weights.several_common_words;
            }
        } else {
            let by_size = |small: f32, large: f32| if is_large { large } else { small };
            if marks & COMMON_WORD != 0 {
                prior += if is_country {
                    weights.common_word_country
                } else {
                    by_size(weights.common_word, weights.common_word_large)
                };
            }
            if !is_country {
                let given = if marks & GIVEN != 0 {
                    by_size(weights.given_name, weights.given_name_large)
                } else {
                    0.0
                };
                let surname =
                    if marks & SURNAME != 0 { by_size(weights.surname, weights.surname_large) } else { 0.0 };
                prior += given.min(surname);
            }
            if n_letters <= 3 && !is_abbreviation && !is_country {
                prior += weights.short;
            }
        }
        let n_words = u8::try_from(n_words).unwrap_or(u8::MAX);
        Some(Name { postings, n_words, rank, is_abbreviation, marks, prior })
    }

    /// Does a place called `inner` lie in a country or province called `outer`?
    pub fn lies_in(&self, inner: NameIx, outer: NameIx) -> bool {
        let (Some(inner), Some(outer)) = (self.get(inner), self.get(outer)) else { return false };
        outer.postings.clone().take(8).any(|outer| {
            let Some(outer) = self.gazetteer.facts(outer) else { return false };
            let (is_country, is_province) = (outer.is_country(), outer.code == FeatureCode::First);
            (is_country || is_province)
                && inner.postings.clone().take(MAX_CANDIDATES).any(|inner| {
                    self.gazetteer.facts(inner).is_some_and(|inner| {
                        inner.country == outer.country
                            && !inner.is_country()
                            && (is_country
                                || (inner.admin1 == outer.admin1 && inner.code != FeatureCode::First))
                    })
                })
        })
    }
}

/// Prominence from which a place is so well known that its name means it first.
const LARGE: u8 = 132;

fn worth_of(rank: Rank, weights: &NameWeights) -> f32 {
    match rank {
        Rank::Country => weights.country,
        Rank::Province => weights.province,
        Rank::Region => weights.region,
        Rank::Town(prominence) => ((f32::from(prominence) - weights.town_base) * weights.town_per_point)
            .clamp(weights.town_least, weights.town_most),
    }
}

/// The next word of a name, over the signs that may stand within one.
pub fn next_word(source: &Source, at: usize, end: usize) -> Option<usize> {
    let text = source.text();
    let mut next = at + 1;
    let token = source.tokens.get(next).filter(|_| next < end)?;
    if token.kind == TokenKind::Sign {
        let is_inner = token.is_joined
            && token.text(text).starts_with(['-', '‐', '‑', '–', '\'', '’', '‘', '.', 'ʻ', 'ʼ', '`']);
        if !is_inner {
            return None;
        }
        next += 1;
    }
    source.tokens.get(next).filter(|t| next < end && t.is_word() && !t.begins_paragraph).map(|_| next)
}

/// A name ends with a capital or with what kind of place it is ("Lachin district").
fn can_end(words: &Words, source: &Source, token: &Token, at: usize, n: usize) -> bool {
    if n == 1 || token.is_capitalised() {
        return true;
    }
    let before = at.checked_sub(1).and_then(|b| source.tokens.get(b));
    let is_after_hyphen = before.is_some_and(|b| b.is_sign(source.text(), '-') && b.is_joined);
    is_after_hyphen || (!token.is_joined && words.context.get(token.word).has(Context::AFTER_NAME))
}
