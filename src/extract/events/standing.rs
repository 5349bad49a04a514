//! How a place stands in its clause: as where the event happens, or as what its words are about.

use std::ops::Range;

use super::clause::Clause;
use super::place::start_of_list;
use super::predicate::Predicate;
use super::tagged::{Tagged, Width};
use super::words::Class;
use crate::extract::token::Token;

/// A place in its sentence.
pub struct Standing<'a> {
    sentence: &'a Tagged<'a>,
    /// Its tokens.
    range: Range<usize>,
    width: Width,
    /// Where the list begins in which it stands.
    list: usize,
}

impl<'a> Standing<'a> {
    pub fn of(sentence: &'a Tagged<'a>, place: usize) -> Self {
        let range = sentence.place_range(place);
        Self { sentence, range, width: sentence.width(place), list: start_of_list(sentence, place) }
    }

    /// Does what its clause tells of happen there?
    pub fn is_where_it_happens(&self, clause: &Clause) -> bool {
        let verb = clause.predicate.as_ref();
        !(verb.is_some_and(|verb| self.is_of_speech(verb))
            || !self.is_located(verb)
            || self.is_spoken_of()
            || self.is_matter(clause.start)
            || verb.is_some_and(|verb| {
                self.is_origin(clause.start, verb) || self.is_of_before(clause.start, verb)
            })
            || self.is_home())
    }

    /// Where something is said is not what it is said of.
    fn is_of_speech(&self, verb: &Predicate) -> bool {
        let between = || (verb.end..self.range.start).map(|at| self.sentence.class(at));
        let is_hearsay = || verb.is_passive && self.sentence.class(verb.end).is(Class::TO);
        let acts = || between().any(|class| class.is(Class::ING) && class.is(Class::HAPPENING));
        let has_that = || between().any(|class| class.is(Class::THAT));
        verb.tells() && !is_hearsay() && !acts() && (has_that() || !self.is_where_said())
    }

    /// Is a wide place one where something happens? A country may as well act ("France signed"), own
    /// ("Chad’s request") or belong ("the president of Chad").
    fn is_located(&self, verb: Option<&Predicate>) -> bool {
        let Self { sentence, range, width, list } = self;
        if *width == Width::Spot {
            return true;
        }
        let owns = matches!(sentence.sign(range.end), '’' | '\'')
            && sentence.tokens.get(range.end).is_some_and(|t| t.is_joined);
        if owns || *width == Width::Country && self.is_who_tells() {
            return false;
        }
        let mut at = *list;
        // Over "the", "northern", "neighbouring" to what leads there.
        while let Some(before) = at.checked_sub(1).filter(|before| *before + 4 > *list) {
            let class = sentence.class(before);
            if class.is(Class::ENTERS) && verb.is_none_or(|p| !p.is_passive || before + 1 != p.end) {
                return true;
            }
            let is_of = class.is(Class::PREPOSITION) && !class.is(Class::LOCATING);
            if is_of {
                let governor = before.checked_sub(1).map_or(Class::NONE, |n| sentence.class(n));
                return *width == Width::Region || governor.is(Class::AREA.and(Class::NOUN));
            }
            if class.is(Class::LOCATING) {
                return true;
            }
            let is_word =
                sentence.tokens.get(before).is_some_and(Token::is_word) && sentence.sign(before) == '\0';
            if !is_word || class.is(Class::PAST.and(Class::FINITE_AUXILIARY)) {
                break;
            }
            at = before;
        }
        if *width == Width::Region {
            let acts = verb.is_some_and(|p| {
                !p.is_passive && sentence.before_adverbs(p.start) == range.end.checked_sub(1)
            });
            return !acts;
        }
        // "Poland was invaded".
        verb.is_some_and(|p| p.is_passive && p.class.is(Class::ENTERS) && range.end <= p.start)
    }

    /// "danger for the Caucasus", "the border with Armenia": spoken of, and not where.
    fn is_spoken_of(&self) -> bool {
        self.led_by(Class::NO_PLACE).is_some_and(|lead| !is_bound_for(self.sentence, lead))
    }

    /// "according to the U.S. Geological Survey": who tells of it, be it near or far. The police of a town or a
    /// province mostly tell of what is theirs.
    fn is_who_tells(&self) -> bool {
        let is_according =
            |to: usize| to.checked_sub(1).is_some_and(|at| self.sentence.class(at).is(Class::ACCORDING));
        self.sentence.any_class.is(Class::ACCORDING) && self.led_by(Class::TO).is_some_and(is_according)
    }

    /// Is a place beside a verb of saying one where it was said ("said in Baku"), not what was spoken of?
    fn is_where_said(&self) -> bool {
        self.led_by(Class::WHERE).is_some()
    }

    /// A word of this class that leads to it, over articles.
    fn led_by(&self, class: Class) -> Option<usize> {
        let is = |at: usize, any: Class| self.sentence.class(at).is(any);
        let mut before = (0..self.list).rev();
        before.find(|at| is(*at, class) || !is(*at, Class::DETERMINER)).filter(|at| is(*at, class))
    }

    /// "met to discuss the road to Karabakh": the matter of a verb of saying within another clause.
    fn is_matter(&self, clause_start: usize) -> bool {
        is_matter_at(self.sentence, clause_start..self.range.start) && !self.is_where_said()
    }

    /// "Two missiles from Moscow struck", "the King of Naples fled", "Ridvan of Aleppo": where the subject
    /// comes from, or what is his.
    fn is_origin(&self, clause_start: usize, verb: &Predicate) -> bool {
        let Self { sentence, range, list, .. } = self;
        // "the Warsaw officers’ school": of something else.
        let is_alone = || sentence.before_adverbs(verb.start).is_some_and(|last| last + 1 == range.end);
        if *list >= verb.start || !is_alone() {
            return false;
        }
        // Over "the" and "neighbouring".
        let lead = (list.saturating_sub(3)..*list)
            .rev()
            .find(|at| sentence.class(*at).is(Class::FROM.and(Class::OF)) || sentence.sign(*at) != '\0');
        let Some(lead) = lead.filter(|at| *at > clause_start && sentence.sign(*at) == '\0') else {
            return false;
        };
        let Some(head) = lead.checked_sub(1).filter(|head| *head >= clause_start) else { return false };
        if sentence.class(lead).is(Class::FROM) {
            return sentence.sign(head) == '\0'
                && !sentence
                    .class(head)
                    .is(Class::PREPOSITION.and(Class::ADVERB).and(Class::ING).and(Class::AND))
                && !sentence.is_in_time(head);
        }
        sentence.class(head).is(Class::RANK)
    }

    /// "After the battle of Austerlitz, Austria withdrew": what came before is not where it happens.
    fn is_of_before(&self, clause_start: usize, verb: &Predicate) -> bool {
        let Self { sentence, range, .. } = self;
        range.end <= verb.start
            && clause_start + 1 < range.start
            && sentence.class(clause_start).is(Class::AFTER.and(Class::EARLIER))
            && (range.end..verb.start).any(|at| sentence.sign(at) == ',')
    }

    /// "John Smith, 34, of Mill Lane, Ossett, appeared": where somebody lives, and not where he appeared.
    fn is_home(&self) -> bool {
        const FAR: usize = 8;
        let Self { sentence, range, .. } = self;
        if sentence.sign(range.end) != ',' {
            return false;
        }
        let is_of_address =
            |at: &usize| sentence.is_capitalised(*at) || sentence.is_number(*at) || sentence.sign(*at) == ',';
        let of = (range.start.saturating_sub(FAR)..range.start).rev().find(|at| !is_of_address(at));
        of.is_some_and(|of| {
            sentence.class(of).is(Class::OF)
                && of.checked_sub(1).is_some_and(|comma| sentence.sign(comma) == ',')
                && of
                    .checked_sub(2)
                    .is_some_and(|age| sentence.is_number(age) || sentence.is_capitalised(age))
        })
    }
}

/// "left for Paris", "set out for Paris".
fn is_bound_for(sentence: &Tagged, at: usize) -> bool {
    let is_for = sentence.class(at).is(Class::FOR);
    let is_way = |n: usize| {
        let class = sentence.class(n);
        class.is(Class::MOTION) || (class.is(Class::ADVERB) && class.is(Class::PREPOSITION))
    };
    is_for && (at.saturating_sub(3)..at).any(is_way)
}

/// Is there a "to discuss" or "discussing" among these tokens, so that what follows is its matter?
pub fn is_matter_at(sentence: &Tagged, tokens: Range<usize>) -> bool {
    let mut tokens = tokens;
    sentence.any_class.is(Class::TELLING)
        && tokens.any(|at| {
            let class = sentence.class(at);
            class.is(Class::TELLING)
                && (class.is(Class::ING) && !class.is(Class::NOUN)
                    || class.is(Class::BASE)
                        && at.checked_sub(1).is_some_and(|n| sentence.class(n).is(Class::TO)))
        })
}
