//! Names of the gazetteer in a text: the longest at a token, and what each distinct one is worth.

use crate::extract::token::{Case, Token, TokenKind};
use crate::extract::toponym::hashes::FastMap;
use crate::extract::toponym::lately::{Lately, Small};
use crate::extract::toponym::place::{NamedPlace, Rank};
use crate::extract::toponym::words::{COMMON_WORD, Context, GIVEN, Meaning, NameWeights, SURNAME, Words};
use crate::extract::{Source, steps};
use crate::gazetteer::{Gazetteer, NameUse, NameWalk, Postings, hash_of_name};

/// A name, by its position in the list of [`Names`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameIx(u32);

impl NameIx {
    pub fn number(self) -> u32 {
        self.0
    }
}

/// Of the places of a name only so many are looked at: they come by prominence.
pub const MAX_CANDIDATES: usize = 96;

/// A name as it is written, and its places.
#[derive(Debug, Clone)]
pub struct Name<'g> {
    /// The first of all that are this name, however they are written: "Şuşa" and "Shusha" are not, but
    /// "Şuşa" and "SUSA" are.
    pub same: NameIx,
    /// By prominence, at most [`MAX_CANDIDATES`].
    pub places: Vec<NamedPlace<'g>>,
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
    /// Its last word is as short as an abbreviation.
    is_short: bool,
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

/// What the first words at a token came to before.
#[derive(Debug, Clone, Copy)]
enum Seen {
    /// The number of tokens and the name, if any.
    Known(Option<(u8, NameIx)>),
    /// The next word decides.
    GoesOn,
}

impl Seen {
    const NAME_BITS: u32 = 17;
    const N_TOKENS_BITS: u32 = 5;
    /// A name has at least one token.
    const NOTHING: u64 = 1;
}

impl Small for Seen {
    const BITS: u32 = Self::NAME_BITS + Self::N_TOKENS_BITS;

    fn bits(self) -> Option<u64> {
        match self {
            Self::GoesOn => Some(0),
            Self::Known(None) => Some(Self::NOTHING),
            Self::Known(Some((n_tokens, name))) => {
                let (n_tokens, name) = (u64::from(n_tokens), u64::from(name.0));
                let fits = n_tokens >> Self::N_TOKENS_BITS == 0 && name >> Self::NAME_BITS == 0;
                fits.then_some(n_tokens << Self::NAME_BITS | name)
            }
        }
    }

    #[inline]
    fn of_bits(bits: u64) -> Self {
        let name = NameIx((bits & ((1 << Self::NAME_BITS) - 1)) as u32);
        match ((bits >> Self::NAME_BITS) as u8, name) {
            (0, NameIx(0)) => Self::GoesOn,
            (0, _) => Self::Known(None),
            found => Self::Known(Some(found)),
        }
    }
}

/// What the first word of names came to before.
#[derive(Debug, Clone, Copy)]
struct Begun<'g> {
    walk: NameWalk<'g>,
    /// What it is by itself.
    name: Option<NameIx>,
    marks: u8,
}

/// Distinct names, kept from one text to the next: what is known of one depends on its words alone.
#[derive(Debug)]
pub struct Names<'g> {
    gazetteer: &'g Gazetteer,
    list: Vec<Name<'g>>,
    n_places: usize,
    /// By the name and how it is made.
    by_key: FastMap<u64, Option<NameIx>>,
    /// By the name alone.
    by_hash: FastMap<u64, NameIx>,
    seen: Lately<Seen>,
    /// Of words in ASCII, by their keys.
    begun: FastMap<u64, Begun<'g>>,
    meant: FastMap<Meaning, Option<NameIx>>,
    words: Lately<KnownWord>,
}

/// What is known of a word by itself.
#[derive(Debug, Clone, Copy)]
pub struct KnownWord {
    /// [`Words::marks`]
    pub marks: u8,
    /// Some name begins with it, or may.
    pub may_begin: bool,
}

impl Small for KnownWord {
    const BITS: u32 = 4;

    fn bits(self) -> Option<u64> {
        Some(u64::from(self.marks) << 1 | u64::from(self.may_begin))
    }

    #[inline]
    fn of_bits(bits: u64) -> Self {
        Self { marks: (bits >> 1) as u8, may_begin: bits & 1 != 0 }
    }
}

/// Names that are kept between texts.
const MAX_NAMES: usize = 1 << 15;
/// Beginnings of names that are kept between texts.
const MAX_BEGUN: usize = 1 << 13;
/// Places of all names that are kept between texts.
const MAX_PLACES: usize = 1 << 16;
/// Words of one name, at most.
const MAX_WORDS: usize = 9;
/// Of the words at a token, so many decide in [`Names::seen`].
const MAX_SEEN_WORDS: usize = 3;
/// The word of a name with at most so many bytes may be an abbreviation.
const SHORT: u32 = 3;

impl<'g> Names<'g> {
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Self {
            gazetteer,
            list: Vec::new(),
            n_places: 0,
            by_key: FastMap::default(),
            by_hash: FastMap::default(),
            seen: Lately::new(15),
            begun: FastMap::default(),
            meant: FastMap::default(),
            words: Lately::new(14),
        }
    }

    /// Makes ready for another text: positions of names before this are void.
    pub fn begin_text(&mut self) {
        if self.n_places > MAX_PLACES || self.by_key.len() > MAX_NAMES {
            *self = Self::new(self.gazetteer);
        }
        if self.begun.len() > MAX_BEGUN {
            self.begun.clear();
        }
    }

    /// One for all ways to write a name.
    pub fn same(&self, name: NameIx) -> NameIx {
        self.get(name).map_or(name, |name| name.same)
    }

    pub fn get(&self, name: NameIx) -> Option<&Name<'g>> {
        self.list.get(name.0 as usize)
    }

    /// What is known of a word by itself.
    pub fn word(&mut self, source: &Source, token: &Token) -> KnownWord {
        // A word beyond ASCII may be folded to one within, which has other marks.
        let key = token.key ^ u64::from(token.is_ascii);
        if let Some(known) = self.words.get(key) {
            return known;
        }
        let language = source.language;
        let hash = token.hash(source.text());
        let marks = language.toponym.marks(&language.endings, hash, token.text(source.text()));
        let known = KnownWord { marks, may_begin: self.gazetteer.may_begin_name(hash) };
        self.words.put(key, known);
        known
    }

    /// The longest name that begins at a token and does not reach beyond `end`. Worth asking only where
    /// the token may begin one.
    pub fn longest(&mut self, source: &Source, words: &Words, at: usize, end: usize) -> Option<Match> {
        // What decides, word by word: see `walk`, which looks at nothing else.
        let mut keys = [0_u64; MAX_SEEN_WORDS];
        let mut key = 0;
        let mut here = Some(at);
        for (n, slot) in keys.iter_mut().enumerate() {
            let token = here.and_then(|here| source.tokens.get(here));
            let sign = here.filter(|_| n > 0).map_or(0, |here| sign_before(source, here));
            key = mix(key, token.map_or(0, |token| key_of(token) ^ sign));
            *slot = key;
            if n > 0 {
                match self.seen.get(key) {
                    Some(Seen::Known(known)) => {
                        return known.map(|(n_tokens, name)| Match { name, end: at + usize::from(n_tokens) });
                    }
                    Some(Seen::GoesOn) => {}
                    None => break,
                }
            }
            here = here.and_then(|here| next_word(source, here, end));
        }
        let (found, n_words) = self.walk(source, words, at, end);
        for (n, key) in (1..).zip(keys).skip(1).filter(|(_, key)| *key != 0) {
            let seen = if n_words <= n {
                Seen::Known(found.map(|found| ((found.end - at) as u8, found.name)))
            } else {
                Seen::GoesOn
            };
            self.seen.put(key, seen);
        }
        found
    }

    /// The longest name, and how many words were looked at.
    fn walk(&mut self, source: &Source, words: &Words, at: usize, end: usize) -> (Option<Match>, usize) {
        let Some(first) = source.tokens.get(at) else { return (None, 1) };
        let Begun { mut walk, name, mut marks } = self.begin(source, words, first);
        let mut best = name
            .filter(|name| self.is_written_so(source, at, at, *name))
            .map(|name| Match { name, end: at + 1 });
        let mut here = at;
        for n in 2..=MAX_WORDS {
            steps::count();
            if !walk.may_continue() {
                return (best, n - 1);
            }
            let Some(next) = next_word(source, here, end) else { return (best, n) };
            here = next;
            let Some(token) = source.tokens.get(here) else { return (best, n) };
            if !walk.push_hash(token.hash(source.text())) {
                return (best, n);
            }
            marks &= self.word(source, token).marks;
            let is_kind = words.context.get(token.word).has(Context::AFTER_NAME.or(Context::BEFORE_NAME));
            let shape = Shape { n_words: n, marks, is_short: is_short(token), is_kind };
            if (can_end(words, source, token, here) || is_saints(words, source, at, here))
                && let Some(postings) = walk.postings()
                && let Some(name) = self.name_of(walk.hash(), postings, shape, words)
                && self.is_written_so(source, at, here, name)
            {
                best = Some(Match { name, end: here + 1 });
            }
        }
        (best, MAX_WORDS)
    }

    /// What the first word comes to, before what follows it is seen.
    fn begin(&mut self, source: &Source, words: &Words, token: &Token) -> Begun<'g> {
        // Beyond ASCII, words of one key may be longer and shorter.
        if let Some(known) = self.begun.get(&token.key).filter(|_| token.is_ascii) {
            return *known;
        }
        let mut walk = self.gazetteer.walk();
        walk.push_hash(token.hash(source.text()));
        let marks = self.word(source, token).marks;
        let shape = Shape { n_words: 1, marks, is_short: is_short(token), is_kind: false };
        let name = walk.postings().and_then(|postings| self.name_of(walk.hash(), postings, shape, words));
        let begun = Begun { walk, name, marks };
        if token.is_ascii {
            self.begun.insert(token.key, begun);
        }
        begun
    }

    /// The name that some tokens make with one more word, by its hash: "Perry" with "county".
    pub fn with_word(
        &mut self,
        source: &Source,
        words: &Words,
        tokens: std::ops::Range<usize>,
        word: u64,
    ) -> Option<NameIx> {
        let mut walk = self.gazetteer.walk();
        let mut n_words = 1;
        for token in source.tokens.get(tokens)?.iter().filter(|token| token.is_word()) {
            walk.push_hash(token.hash(source.text()));
            n_words += 1;
        }
        walk.push_hash(word);
        let shape = Shape { n_words, marks: 0, is_short: false, is_kind: true };
        self.name_of(walk.hash(), walk.postings()?, shape, words)
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
        if let Some(known) = self.meant.get(&meaning) {
            return *known;
        }
        let folded = words.meant(meaning);
        let hash = hash_of_name(folded);
        let gazetteer = self.gazetteer;
        let n_words = folded.split(' ').count();
        let shape = Shape { n_words, marks: 0, is_short: false, is_kind: false };
        let name = self.name_of(hash, gazetteer.candidates(folded), shape, words);
        self.meant.insert(meaning, name);
        name
    }

    fn name_of(&mut self, hash: u64, postings: Postings, shape: Shape, words: &Words) -> Option<NameIx> {
        let made = shape.n_words as u64 | u64::from(shape.marks) << 8;
        let made = made | u64::from(shape.is_short) << 16 | u64::from(shape.is_kind) << 17;
        let key = mix(hash, made);
        if let Some(known) = self.by_key.get(&key) {
            return *known;
        }
        let is_never = shape.n_words > 1 && words.never_whole.contains(&hash);
        let name = if is_never { None } else { self.assess(postings, shape, &words.weights.name) };
        let ix = name.map(|name| {
            let ix = NameIx(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
            let same = *self.by_hash.entry(hash).or_insert(ix);
            self.n_places += name.places.len();
            self.list.push(Name { same, ..name });
            ix
        });
        self.by_key.insert(key, ix);
        ix
    }

    /// What a name is worth before its context is seen.
    fn assess(&self, postings: Postings, shape: Shape, weights: &NameWeights) -> Option<Name<'g>> {
        let Shape { n_words, marks, is_short, is_kind } = shape;
        let marks = if n_words > 1 { marks & COMMON_WORD } else { marks };
        let mut rank = None;
        let mut best = f32::MIN;
        let (mut is_abbreviation, mut is_alternate) = (true, true);
        let mut places = Vec::with_capacity(postings.len().min(MAX_CANDIDATES));
        for (id, name_use) in postings.with_use().take(MAX_CANDIDATES) {
            is_abbreviation &= name_use == NameUse::Abbreviation;
            is_alternate &= name_use >= NameUse::Alternate;
            let Some(facts) = self.gazetteer.facts(id) else { continue };
            let years = if facts.is_historic { self.gazetteer.years(id) } else { None };
            let place = NamedPlace::new(id, &facts, name_use, self.gazetteer.name_bytes(id), years);
            places.push(place);
            let this = place.rank;
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
            if is_short && !is_abbreviation && !is_country {
                prior += weights.short;
            }
        }
        let n_words = u8::try_from(n_words).unwrap_or(u8::MAX);
        let same = NameIx(u32::MAX);
        Some(Name { same, places, n_words, rank, is_abbreviation, marks, prior })
    }

    /// Does a place called `inner` lie in a country or province called `outer`?
    pub fn lies_in(&self, inner: NameIx, outer: NameIx) -> bool {
        self.any_lies_in(inner, outer, |_| true)
    }

    /// The same of a province, or a town of some size.
    pub fn is_known_to_lie_in(&self, inner: NameIx, outer: NameIx) -> bool {
        self.any_lies_in(
            inner,
            outer,
            |inner| !matches!(inner.rank, Rank::Town(prominence) if prominence < LARGE),
        )
    }

    fn any_lies_in(&self, inner: NameIx, outer: NameIx, counts: impl Fn(&NamedPlace) -> bool) -> bool {
        let (Some(inner), Some(outer)) = (self.get(inner), self.get(outer)) else { return false };
        outer.places.iter().take(MAX_HOLDERS).map(|place| place.seat).any(|outer| {
            (outer.is_country() || outer.is_province())
                && inner.places.iter().filter(|place| counts(place)).any(|inner| inner.seat.lies_in(outer))
        })
    }
}

/// Of the countries and provinces of one name, so many are looked at for what lies in them.
pub const MAX_HOLDERS: usize = 8;

/// All that decides of one word in [`Names::walk`].
#[inline]
fn key_of(token: &Token) -> u64 {
    let n_bytes = (token.end - token.start).min(SHORT + 1);
    let written = token.case as u64 | u64::from(token.is_joined) << 2 | u64::from(token.is_ascii) << 3;
    // No word has the key of its absence.
    mix(token.key, written | u64::from(n_bytes) << 4 | 1 << 8)
}

/// The sign that stands between a word of a name and the one before, as far as it decides.
fn sign_before(source: &Source, at: usize) -> u64 {
    let before = at.checked_sub(1).and_then(|before| source.tokens.get(before));
    match before.filter(|before| before.kind == TokenKind::Sign) {
        None => 0,
        Some(sign) => 1 + u64::from(sign.is_sign(source.text(), '-') && sign.is_joined),
    }
}

pub(super) fn mix(key: u64, more: u64) -> u64 {
    (key.rotate_left(23) ^ more).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Prominence from which a place is so well known that its name means it first.
pub const LARGE: u8 = 132;

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
            && matches!(token.sign(text), '-' | '‐' | '‑' | '–' | '\'' | '’' | '‘' | '.' | 'ʻ' | 'ʼ' | '`');
        if !is_inner {
            return None;
        }
        next += 1;
    }
    source.tokens.get(next).filter(|t| next < end && t.is_word() && !t.begins_paragraph).map(|_| next)
}

/// "St. John's": only a saint's name may end so; of others it is the genitive.
fn is_saints(words: &Words, source: &Source, first: usize, last: usize) -> bool {
    let token = |at: usize| source.tokens.get(at);
    token(last).is_some_and(|t| t.is_joined && t.end - t.start == 1)
        && token(first).is_some_and(|t| words.context.get(t.word).has(Context::SAINT))
        && last.checked_sub(1).and_then(token).is_some_and(|sign| {
            sign.is_joined
                && sign.kind == TokenKind::Sign
                && matches!(sign.sign(source.text()), '\'' | '’' | '‘' | '`')
        })
}

fn is_short(word: &Token) -> bool {
    word.end - word.start <= SHORT
}

/// A name of several words ends with a capital ("N’djamena" has its own at the head) or with what kind of place it is ("Lachin district").
fn can_end(words: &Words, source: &Source, token: &Token, at: usize) -> bool {
    if token.is_capitalised() {
        return true;
    }
    let before = at.checked_sub(1).and_then(|b| source.tokens.get(b));
    let is_joint = |sign: char| matches!(sign, '-' | '\'' | '’');
    let is_after_joint = token.is_joined
        && before
            .is_some_and(|b| b.kind == TokenKind::Sign && b.is_joined && is_joint(b.sign(source.text())));
    is_after_joint || (!token.is_joined && words.context.get(token.word).has(Context::AFTER_NAME))
}
