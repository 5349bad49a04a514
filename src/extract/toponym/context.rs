//! What the words around a name say of it.

use super::around::{Around, Beside};
use super::draft::{Draft, Hint, Next};
use super::names::{LARGE, NameIx, Names};
use super::place::Rank;
use super::segment::Setting;
use super::words::{COMMON_WORD, Context, GIVEN};
use crate::extract::ToponymRole;
use crate::extract::token::{Case, Token};

impl Around<'_> {
    /// "marched".
    fn is_past(&self, token: &Token) -> bool {
        !token.is_capitalised() && self.source.language.endings.is_past(token, self.source.text())
    }

    /// Past "’s" after a name.
    pub fn possessive_end(&self, end: usize) -> Option<usize> {
        if !matches!(self.sign(end), Some('\'' | '’' | '`')) {
            return None;
        }
        let joined = |at: usize| self.token(at).filter(|t| t.is_joined);
        let s = joined(end).and(joined(end + 1))?;
        s.text(self.source.text()).eq_ignore_ascii_case("s").then_some(end + 2)
    }

    /// "city of", "the capital": is a kind of place named before this position?
    pub fn kind_before(&self, first: usize, kinds: Context) -> bool {
        self.is_kind(self.beside(first.wrapping_sub(1)), first, kinds)
    }

    /// The same, where the word before it is known.
    #[inline]
    fn is_kind(&self, before: Beside, first: usize, kinds: Context) -> bool {
        let at = |n: usize| first.wrapping_sub(n);
        before.context.has(kinds)
            || (before.word == self.words.of && self.context(at(2)).has(kinds))
            || (before.word == self.words.the
                && self.is_word(at(2), self.words.of)
                && self.context(at(3)).has(kinds))
    }

    /// "University of X", "Bank of X": the name of something in the name of which it stands.
    pub fn organisation_before(&self, first: usize) -> bool {
        let mut at = first.wrapping_sub(1);
        if self.is_word(at, self.words.the) {
            at = at.wrapping_sub(1);
        }
        if !self.is_word(at, self.words.of) {
            return false;
        }
        at = at.wrapping_sub(1);
        if self.sign(at) == Some('.') {
            at = at.wrapping_sub(1);
        }
        let is_capital = self.token(at).is_some_and(Token::is_capitalised);
        let head = self.context(at);
        is_capital
            && head.has(Context::ORGANISATION.or(Context::ORGANISATION_OF))
            && (!head.has(Context::PUBLIC) || head.has(Context::ORGANISATION_OF))
    }

    /// "Beverly Hills, Calif.": is the place named behind a comma in which a name lies?
    pub fn is_in_named(&self, names: &mut Names, name: NameIx, end: usize) -> bool {
        let is_set_off = self.sign(end) == Some(',');
        let outer = self.token(end + 1).filter(|t| is_set_off && t.is_capitalised());
        let Some(outer) = outer else { return false };
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
        if !self.context(first).has(Context::SAINT) {
            return false;
        }
        let is_genitive = || {
            matches!(self.sign(end.wrapping_sub(2)), Some('\'' | '’' | '‘' | '`'))
                && self.token(end.wrapping_sub(1)).is_some_and(|t| t.is_joined && !t.is_capitalised())
        };
        let Some(after) = possessive.or_else(|| is_genitive().then_some(end)) else { return false };
        (after..after + FAR)
            .take_while(|at| self.token(*at).is_some_and(Token::is_capitalised))
            .any(|at| self.context(at).has(Context::SITE.or(Context::ORGANISATION)))
    }

    /// The title before a name: "President", "spokeswoman".
    pub fn title_before(&self, first: usize) -> bool {
        self.is_title(self.beside(first.wrapping_sub(1)), first)
    }

    /// The same, where the word before it is known.
    #[inline]
    fn is_title(&self, before: Beside, first: usize) -> bool {
        // "Mr. Brown".
        let is_stopped = || self.sign(first.wrapping_sub(1)) == Some('.');
        before.context.has(Context::TITLE)
            || (is_stopped() && self.context(first.wrapping_sub(2)).has(Context::TITLE))
    }

    /// "X said".
    pub fn speaks(&self, end: usize) -> bool {
        self.context(end).has(Context::SAYS)
    }

    /// "Smith, 34, ": an age or "who" says that a person is named.
    fn person_after(&self, end: usize) -> bool {
        if self.context(end).has(Context::PERSON_AFTER) {
            return true;
        }
        let Some(token) = self.token(end + 1).filter(|_| self.sign(end) == Some(',')) else { return false };
        let next = self.context(end + 1);
        // "Zafar, Commander-in-Chief".
        if next.has(Context::PERSON_AFTER) || (token.is_capitalised() && next.has(Context::TITLE)) {
            return true;
        }
        (1..=2).contains(&token.n_digits()) && matches!(self.sign(end + 2), Some(',' | '.'))
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
        let before = self.beside(first.wrapping_sub(1));
        if is_acronym && !self.opens_sentence(first) {
            draft.score += self.words.weights.name.acronym;
        }
        let is_town = matches!(name.rank, Rank::Town(_));
        let (is_located, mut role) = self.before(&mut draft, before, is_town, is_country, is_common);
        let possessive = self.possessive_end(end);
        let after = possessive.unwrap_or(end);
        if possessive.is_some() {
            draft.score += weights.possessive;
        }
        let next = self.context(after);
        let is_small_next = self.token(after).is_some_and(|t| !t.is_capitalised());
        if possessive.is_none() && is_small_next && next.has(Context::AFTER_NAME.or(Context::NAMED_KIND)) {
            draft.score += weights.kind_after;
            draft.hint = hint_of(next);
        } else if possessive.is_none() && is_small_next && next.has(Context::OF_PLACE.or(Context::TITLE)) {
            draft.score += weights.of_place;
            if is_town && !is_located && before.context.has(Context::ARTICLE) {
                draft.score -= weights.article_before;
            }
        }
        if draft.hint == Hint::None {
            draft.hint = self.hint_before(before, first);
        }
        if !is_located {
            let is_given = name.marks & GIVEN != 0 && !is_country;
            if is_given
                && possessive.is_none()
                && self.token(end).is_some_and(|t| t.is_word() && self.is_past(t))
            {
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
        if next.has(Context::NOT_AFTER) || matches!(self.sign(after), Some('$' | '£' | '€')) {
            draft.score += weights.not_after;
        }
        if !is_country && !is_located && self.person_after(end) {
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
        let is_at_head = || first == 0 && self.sign(end) == Some(':');
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
        self.before(&mut draft, self.beside(first.wrapping_sub(1)), true, false, false);
        let next = self.context(self.possessive_end(end).unwrap_or(end));
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
        let mut before = first.wrapping_sub(1);
        if self.is_word(before, self.words.the) {
            before = first.wrapping_sub(2);
        }
        let own = self.beside(before);
        if own.context.has(Context::PARTY) {
            return !self.context(before.wrapping_sub(1)).has(Context::KIND);
        }
        let between = if self.is_word(end, self.words.and) {
            before
        } else if own.word == self.words.and {
            first.wrapping_sub(3)
        } else {
            return false;
        };
        self.is_word(between, self.words.between)
            && (1..=4).any(|n| self.context(between.wrapping_sub(n)).has(Context::OF_STATE))
    }

    /// "the city of X", "the island X".
    fn hint_before(&self, before: Beside, first: usize) -> Hint {
        let is_of = before.word == self.words.of;
        hint_of(if is_of { self.context(first.wrapping_sub(2)) } else { before.context })
    }

    /// Adds what stands before a name, of which the last word is given; whether that says that it is a
    /// location, and its role.
    fn before(
        &self,
        draft: &mut Draft,
        mut before: Beside,
        is_town: bool,
        is_country: bool,
        is_common: bool,
    ) -> (bool, ToponymRole) {
        let weights = &self.words.weights.context;
        let mut role = ToponymRole::Location;
        let mut is_located = false;
        let mut at = draft.first.wrapping_sub(1);
        if self.opens_sentence(draft.first) {
            draft.score += weights.opens_sentence;
            if is_common {
                draft.score += if is_country { 0.5 } else { 1.0 } * weights.opens_sentence_common;
            }
        }
        if !is_country && self.is_title(before, draft.first) {
            draft.score += weights.title_before;
        }
        if self.is_kind(before, draft.first, Context::KIND) {
            let is_of = before.word == self.words.of;
            let is_named = is_of && self.context(at.wrapping_sub(1)).has(Context::NAMED_KIND);
            draft.score += weights.kind_before;
            if is_named {
                draft.score = draft.score.max(weights.named_kind_of);
            }
            is_located = true;
            if is_country && self.is_kind(before, draft.first, Context::OF_STATE) {
                role = ToponymRole::Government;
            }
            return (is_located, role);
        }
        if !is_country && self.is_home_of_person(draft.first, draft.end) {
            draft.score = (draft.score + weights.of).max(weights.named_kind_of);
            return (true, role);
        }
        if before.context.has(Context::PART_OF) && !before.context.has(Context::PLACE_PREPOSITION) {
            draft.score += weights.part_of;
            is_located = true;
            at = at.wrapping_sub(1);
            before = self.beside(at);
        }
        if before.word == self.words.the {
            // "the Pirbright laboratory"
            let is_adjective = !is_common
                && self.token(draft.end).is_some_and(|t| t.is_word() && !t.is_capitalised())
                && !self.context(draft.end).has(Context::ACTS.or(Context::AUXILIARY).or(Context::SAYS));
            if is_town && !is_located && !is_adjective {
                draft.score += weights.the_before;
            }
            before = self.beside(at.wrapping_sub(1));
        } else if before.context.has(Context::ARTICLE) && !is_located && is_town {
            draft.score += weights.article_before;
        }
        if before.context.has(Context::PLACE_PREPOSITION) {
            draft.score += weights.place_preposition;
            is_located = true;
        } else if before.context.has(Context::PREPOSITION) {
            let is_of = before.word == self.words.of;
            draft.score += if is_of { weights.of } else { weights.preposition };
            is_located |= !is_of && !is_country;
        }
        if before.word == self.words.official {
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
