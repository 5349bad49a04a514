//! What the words around a name say of it.

use super::draft::{Draft, Hint, Next};
use super::names::{LARGE, NameIx, Names, Rank};
use super::segment::Setting;
use super::words::{COMMON_WORD, Context, GIVEN, Words};
use crate::extract::token::{Case, Token, TokenKind};
use crate::extract::{Source, ToponymRole, steps};

/// The text around some tokens, as the rules ask for it.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    pub source: &'a Source<'a>,
    pub words: &'a Words,
    /// Positions of the sentence's tokens.
    pub start: usize,
    pub end: usize,
    pub setting: Setting,
}

impl Around<'_> {
    pub fn token(&self, at: usize) -> Option<&Token> {
        steps::count();
        self.source.tokens.get(at).filter(|_| (self.start..self.end).contains(&at))
    }

    /// The word at a position: neither a sign nor a number.
    pub fn word(&self, at: Option<usize>) -> Option<&Token> {
        self.token(at?).filter(|t| t.is_word())
    }

    pub fn context(&self, at: Option<usize>) -> Context {
        self.word(at).map_or(Context::default(), |t| *self.words.context.get(t.word))
    }

    pub fn is_sign(&self, at: usize, signs: &[char]) -> bool {
        self.token(at)
            .is_some_and(|t| t.kind == TokenKind::Sign && signs.contains(&t.sign(self.source.text())))
    }

    /// "marched".
    fn is_past(&self, token: &Token) -> bool {
        !token.is_capitalised() && self.source.language.endings.is_past(token, self.source.text())
    }

    /// Past "’s" after a name.
    pub fn possessive_end(&self, end: usize) -> Option<usize> {
        let is_apostrophe =
            self.is_sign(end, &['\'', '’', '`']) && self.token(end).is_some_and(|t| t.is_joined);
        let s = self.token(end + 1).filter(|t| is_apostrophe && t.is_joined)?;
        s.text(self.source.text()).eq_ignore_ascii_case("s").then_some(end + 2)
    }

    /// Only quotes, brackets and bullets stand before it in its sentence.
    pub fn opens_sentence(&self, first: usize) -> bool {
        self.source.tokens.get(self.start..first).unwrap_or(&[]).iter().all(|t| t.kind == TokenKind::Sign)
            || self.is_sign(first.wrapping_sub(1), &['“', '"', ':', '—'])
    }

    /// "city of", "the capital": is a kind of place named before this position?
    pub fn kind_before(&self, first: usize, kinds: Context) -> bool {
        let before = |n: usize| first.checked_sub(n);
        let is_of = |at: Option<usize>| self.word(at).is_some_and(|t| t.word == self.words.of);
        let is_the = |at: Option<usize>| self.word(at).is_some_and(|t| t.word == self.words.the);
        if self.context(before(1)).has(kinds) {
            return true;
        }
        (is_of(before(1)) && self.context(before(2)).has(kinds))
            || (is_the(before(1)) && is_of(before(2)) && self.context(before(3)).has(kinds))
    }

    /// "University of X", "Bank of X": the name of something in the name of which it stands.
    pub fn organisation_before(&self, first: usize) -> bool {
        let mut at = first.checked_sub(1);
        if self.word(at).is_some_and(|t| t.word == self.words.the) {
            at = at.and_then(|at| at.checked_sub(1));
        }
        if self.word(at).is_none_or(|t| t.word != self.words.of) {
            return false;
        }
        at = at.and_then(|at| at.checked_sub(1));
        if at.is_some_and(|at| self.is_sign(at, &['.'])) {
            at = at.and_then(|at| at.checked_sub(1));
        }
        let is_capital = self.word(at).is_some_and(Token::is_capitalised);
        let head = self.context(at);
        is_capital
            && head.has(Context::ORGANISATION.or(Context::ORGANISATION_OF))
            && (!head.has(Context::PUBLIC) || head.has(Context::ORGANISATION_OF))
    }

    /// "Beverly Hills, Calif.": is the place named behind a comma in which a name lies?
    pub fn is_in_named(&self, names: &mut Names, name: NameIx, end: usize) -> bool {
        let is_set_off = self.is_sign(end, &[',']) && self.token(end + 1).is_some_and(Token::is_capitalised);
        let Some(outer) = self.token(end + 1).filter(|_| is_set_off) else { return false };
        let meaning = *self.words.abbreviations.get(outer.word);
        let outer = if meaning != 0 {
            names.meant(self.words, meaning)
        } else {
            names.longest(self.source, self.words, end + 1, self.end).map(|found| found.name)
        };
        outer.is_some_and(|outer| names.lies_in(name, outer))
    }

    /// "St. Mark's Lutheran Church": does a saint give his name to a house?
    fn is_house_of_saint(&self, first: usize, end: usize, possessive: Option<usize>) -> bool {
        const FAR: usize = 4;
        let is_genitive = |end: usize| {
            self.is_sign(end.wrapping_sub(2), &['\'', '’', '‘', '`'])
                && self.token(end.wrapping_sub(1)).is_some_and(|t| t.is_joined && !t.is_capitalised())
        };
        let Some(after) = possessive
            .or(is_genitive(end).then_some(end))
            .filter(|_| self.context(Some(first)).has(Context::SAINT))
        else {
            return false;
        };
        (after..after + FAR)
            .take_while(|at| self.token(*at).is_some_and(Token::is_capitalised))
            .any(|at| self.context(Some(at)).has(Context::SITE.or(Context::ORGANISATION)))
    }

    /// The title before a name: "President", "spokeswoman".
    pub fn title_before(&self, first: usize) -> bool {
        let mut at = first.checked_sub(1);
        // "Mr. Brown".
        if at.is_some_and(|at| self.is_sign(at, &['.'])) {
            at = at.and_then(|at| at.checked_sub(1));
        }
        self.context(at).has(Context::TITLE)
    }

    /// "X said".
    pub fn speaks(&self, end: usize) -> bool {
        self.context(Some(end)).has(Context::SAYS)
    }

    /// "Smith, 34, ": an age or "who" says that a person is named.
    fn person_after(&self, end: usize) -> bool {
        if self.context(Some(end)).has(Context::PERSON_AFTER) {
            return true;
        }
        if !self.is_sign(end, &[',']) {
            return false;
        }
        if self.context(Some(end + 1)).has(Context::PERSON_AFTER) {
            return true;
        }
        // "Zafar, Commander-in-Chief".
        if self.token(end + 1).is_some_and(Token::is_capitalised)
            && self.context(Some(end + 1)).has(Context::TITLE)
        {
            return true;
        }
        let is_age = self.token(end + 1).is_some_and(|t| (1..=2).contains(&t.n_digits()));
        is_age && (self.is_sign(end + 2, &[',', '.']))
    }

    /// What stands around a name that no other name is part of.
    pub fn draft(&self, names: &Names, name_ix: NameIx, first: usize, end: usize) -> Draft {
        let weights = &self.words.weights.context;
        let mut draft = Draft {
            first,
            end,
            name: Some(name_ix),
            score: 0.0,
            role: ToponymRole::Location,
            is_settled: false,
            next: Next::None,
            hint: Hint::None,
        };
        let Some(name) = names.get(name_ix) else { return draft };
        draft.score = name.prior;
        let is_country = name.rank == Rank::Country;
        let is_large = is_country || matches!(name.rank, Rank::Town(p) if p >= 150);
        let is_common = name.marks & COMMON_WORD != 0 && name.n_words == 1;
        // "ALMA": letters that happen to be a name. Datelines are set so too.
        let is_acronym = end == first + 1
            && !name.is_abbreviation
            && !is_country
            && self.setting == Setting::Plain
            && self.token(first).is_some_and(|t| t.case == Case::Upper);
        if is_acronym && !self.opens_sentence(first) {
            draft.score += self.words.weights.name.acronym;
        }
        let is_town = matches!(name.rank, Rank::Town(_));
        let (is_located, mut role) = self.before(&mut draft, is_town, is_country, is_common);
        let possessive = self.possessive_end(end);
        let after = possessive.unwrap_or(end);
        if possessive.is_some() {
            draft.score += weights.possessive;
        }
        let next = self.context(Some(after));
        let is_small_next = self.token(after).is_some_and(|t| !t.is_capitalised());
        if possessive.is_none() && is_small_next && next.has(Context::AFTER_NAME.or(Context::NAMED_KIND)) {
            draft.score += weights.kind_after;
            draft.hint = hint_of(next);
        } else if possessive.is_none() && is_small_next && next.has(Context::OF_PLACE.or(Context::TITLE)) {
            draft.score += weights.of_place;
            let is_article = self.context(first.checked_sub(1)).has(Context::ARTICLE);
            if is_town && !is_located && is_article {
                draft.score -= weights.article_before;
            }
        }
        if draft.hint == Hint::None {
            draft.hint = self.hint_before(first);
        }
        if !is_located {
            let is_given = name.marks & GIVEN != 0 && !is_country;
            if is_given && possessive.is_none() && self.word(Some(end)).is_some_and(|t| self.is_past(t)) {
                draft.score += weights.did_after;
            }
            if next.has(Context::SAYS) && possessive.is_none() {
                if is_large {
                    role = ToponymRole::Government;
                } else {
                    draft.score += weights.says_after;
                }
            } else if (is_large && next.has(Context::ACTS)) || (is_country && next.has(Context::AUXILIARY)) {
                role = ToponymRole::Government;
            }
        }
        if (is_country || is_large) && role == ToponymRole::Location && self.is_party(draft.first, end) {
            role = ToponymRole::Government;
        }
        if is_country && possessive.is_some() && next.has(Context::OF_STATE) {
            role = ToponymRole::Government;
        }
        if self.is_house_of_saint(first, end, possessive) {
            draft.score += weights.house_of_saint;
        }
        if next.has(Context::NOT_AFTER) || self.is_sign(after, &['$', '£', '€']) {
            draft.score += weights.not_after;
        }
        if self.person_after(end) && !is_country && !is_located {
            draft.score += weights.age_after;
        }
        let is_small = matches!(name.rank, Rank::Town(p) if p < LARGE);
        if self.is_road(name, first, end)
            || self.is_era(name, first)
            || (is_small && self.is_of_firm(first, end))
            || (name.marks & GIVEN != 0 && !is_country && self.is_of_couple(end))
        {
            draft.score += weights.not_after;
        }
        // "Kalpetta: The collector has".
        let is_at_head = || first == 0 && self.is_sign(end, &[':']);
        if is_town && (self.is_dateline(first, end) || is_at_head()) {
            draft.score += weights.dateline;
        }
        if self.setting == Setting::Headline && is_common {
            draft.score += weights.headline_common;
        }
        // A town governs as a capital, not as a province of that name.
        if role == ToponymRole::Government && is_large && !is_country {
            draft.hint = Hint::Town;
        }
        draft.role = role;
        draft
    }

    /// A name that no gazetteer has, and nothing but its context speaks for.
    pub fn unknown_draft(&self, first: usize, end: usize) -> Draft {
        let weights = &self.words.weights;
        let mut draft = Draft {
            first,
            end,
            name: None,
            score: weights.name.unknown,
            role: ToponymRole::Location,
            is_settled: false,
            next: Next::None,
            hint: Hint::None,
        };
        self.before(&mut draft, true, false, false);
        let next = self.context(Some(self.possessive_end(end).unwrap_or(end)));
        if next.has(Context::SAYS) {
            draft.score += weights.context.says_after;
        }
        if next.has(Context::NOT_AFTER) {
            draft.score += weights.context.not_after;
        }
        if self.person_after(end) {
            draft.score += weights.context.age_after;
        }
        draft
    }

    /// Does a state act here: "by France", "against Iran", "peace between Baku and Moscow"?
    fn is_party(&self, first: usize, end: usize) -> bool {
        let before = first.checked_sub(1);
        let before = if self.word(before).is_some_and(|t| t.word == self.words.the) {
            first.checked_sub(2)
        } else {
            before
        };
        if self.context(before).has(Context::PARTY) {
            return !self.context(before.and_then(|at| at.checked_sub(1))).has(Context::KIND);
        }
        let and = |at: Option<usize>| self.word(at).is_some_and(|t| t.word == self.words.and);
        let between = if and(Some(end)) {
            before
        } else if and(before) {
            first.checked_sub(3)
        } else {
            None
        };
        between.is_some_and(|at| {
            self.word(Some(at)).is_some_and(|t| t.word == self.words.between)
                && (1..=4).any(|n| self.context(at.checked_sub(n)).has(Context::OF_STATE))
        })
    }

    /// "the city of X", "the island X".
    fn hint_before(&self, first: usize) -> Hint {
        let before = first.checked_sub(1);
        let is_of = self.word(before).is_some_and(|t| t.word == self.words.of);
        hint_of(self.context(if is_of { first.checked_sub(2) } else { before }))
    }

    /// Adds what stands before a name; whether that says that it is a location, and its role.
    fn before(
        &self,
        draft: &mut Draft,
        is_town: bool,
        is_country: bool,
        is_common: bool,
    ) -> (bool, ToponymRole) {
        let weights = &self.words.weights.context;
        let mut role = ToponymRole::Location;
        let mut is_located = false;
        let mut at = draft.first.checked_sub(1);
        if self.opens_sentence(draft.first) {
            draft.score += weights.opens_sentence;
            if is_common {
                draft.score += if is_country { 0.5 } else { 1.0 } * weights.opens_sentence_common;
            }
        }
        if self.title_before(draft.first) && !is_country {
            draft.score += weights.title_before;
        }
        if self.kind_before(draft.first, Context::KIND) {
            let is_of = self.word(at).is_some_and(|t| t.word == self.words.of);
            let is_named =
                is_of && self.context(at.and_then(|at| at.checked_sub(1))).has(Context::NAMED_KIND);
            draft.score += weights.kind_before;
            if is_named {
                draft.score = draft.score.max(weights.named_kind_of);
            }
            is_located = true;
            if is_country && self.kind_before(draft.first, Context::OF_STATE) {
                role = ToponymRole::Government;
            }
            return (is_located, role);
        }
        if !is_country && self.is_home_of_person(draft.first, draft.end) {
            draft.score = (draft.score + weights.of).max(weights.named_kind_of);
            return (true, role);
        }
        if self.context(at).has(Context::PART_OF) && !self.context(at).has(Context::PLACE_PREPOSITION) {
            draft.score += weights.part_of;
            is_located = true;
            at = at.and_then(|at| at.checked_sub(1));
        }
        if self.word(at).is_some_and(|t| t.word == self.words.the) {
            // "the Pirbright laboratory"
            let is_adjective = !is_common
                && self.token(draft.end).is_some_and(|t| t.is_word() && !t.is_capitalised())
                && !self.context(Some(draft.end)).has(Context::ACTS.or(Context::AUXILIARY).or(Context::SAYS));
            if is_town && !is_located && !is_adjective {
                draft.score += weights.the_before;
            }
            at = at.and_then(|at| at.checked_sub(1));
        } else if self.context(at).has(Context::ARTICLE) && !is_located && is_town {
            draft.score += weights.article_before;
        }
        let before = self.context(at);
        if before.has(Context::PLACE_PREPOSITION) {
            draft.score += weights.place_preposition;
            is_located = true;
        } else if before.has(Context::PREPOSITION) {
            let is_of = self.word(at).is_some_and(|t| t.word == self.words.of);
            draft.score += if is_of { weights.of } else { weights.preposition };
            is_located |= !is_of && !is_country;
        }
        if self.word(at).is_some_and(|t| t.word == self.words.official) {
            draft.score += weights.of_government;
            role = ToponymRole::Government;
        }
        (is_located, role)
    }
}

pub fn hint_of(kind: Context) -> Hint {
    if kind.has(Context::HINT_PROVINCE) {
        Hint::Province
    } else if kind.has(Context::HINT_TOWN) {
        Hint::Town
    } else if kind.has(Context::HINT_TERRAIN) {
        Hint::Terrain
    } else {
        Hint::None
    }
}
