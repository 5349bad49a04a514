//! One sentence made ready: each of its tokens with its class and the mention that it lies in.

use std::ops::Range;

use super::words::{Class, Words};
use crate::document::Span;
use crate::extract::endings::Endings;
use crate::extract::token::{Token, TokenKind};
use crate::extract::{PlaceMention, TimeMention, ToponymRole, steps};
use crate::gazetteer::{FeatureCode, Gazetteer, PlaceKind};

/// The mention that a token lies in, by its position in the reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    Nothing,
    Time(u32),
    Place(u32),
}

#[derive(Debug, Clone, Copy)]
pub struct Tag {
    pub class: Class,
    pub within: Within,
    /// `,` `;` and so on; `\0` for words and numbers.
    pub sign: char,
}

/// A sentence. Positions are counted from its first token.
#[derive(Debug)]
pub struct Tagged<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub tags: &'a [Tag],
    /// Of all its words together.
    pub any_class: Class,
    pub has_quotes: bool,
    pub has_brackets: bool,
    /// Of each of its mentions, the first token and the one after the last.
    pub time_ranges: &'a [(usize, usize)],
    pub place_ranges: &'a [(usize, usize)],
    /// Positions in the reading of the mentions in it.
    pub times: Range<usize>,
    pub places: Range<usize>,
    pub endings: &'a Endings,
    pub all_times: &'a [TimeMention],
    pub all_places: &'a [PlaceMention],
    /// Of each place of the reading.
    pub widths: &'a [Width],
}

/// How large a place is, and so how much "in" it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Width {
    /// A town, a site, or not known.
    #[default]
    Spot,
    /// A district, a province, a region.
    Region,
    /// A country, a state of the past, a continent.
    Country,
}

impl Tagged<'_> {
    pub fn len(&self) -> usize {
        self.tags.len()
    }

    pub fn class(&self, at: usize) -> Class {
        steps::count();
        self.tags.get(at).map_or(Class::NONE, |tag| tag.class)
    }

    pub fn sign(&self, at: usize) -> char {
        steps::count();
        self.tags.get(at).map_or('\0', |tag| tag.sign)
    }

    pub fn within(&self, at: usize) -> Within {
        steps::count();
        self.tags.get(at).map_or(Within::Nothing, |tag| tag.within)
    }

    pub fn is_in_mention(&self, at: usize) -> bool {
        self.within(at) != Within::Nothing
    }

    /// Does it belong to the name of a place, rather than of its people?
    pub fn names_place(&self, at: usize) -> bool {
        let Within::Place(place) = self.within(at) else { return false };
        self.all_places.get(place as usize).is_some_and(|mention| mention.role != ToponymRole::Demonym)
    }

    pub fn is_in_time(&self, at: usize) -> bool {
        matches!(self.within(at), Within::Time(_))
    }

    pub fn is_in_place(&self, at: usize) -> bool {
        matches!(self.within(at), Within::Place(_))
    }

    /// Is it a comma that joins no places and is in no name?
    pub fn is_parting_comma(&self, at: usize) -> bool {
        self.sign(at) == ',' && !self.is_in_mention(at) && !self.joins_places(at)
    }

    /// Is it a word in the ending of adverbs of manner ("-ly")?
    pub fn is_manner(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_word() && self.endings.is_manner(token, self.text))
    }

    pub fn is_capitalised(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_capitalised)
    }

    pub fn is_number(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_number)
    }

    /// The tokens of a time of this sentence; of another sentence's, none.
    pub fn time_range(&self, time: usize) -> Range<usize> {
        let at = time.checked_sub(self.times.start);
        at.and_then(|at| self.time_ranges.get(at)).map_or(0..0, |(start, end)| *start..*end)
    }

    /// The tokens of a place of this sentence; of another sentence's, none.
    pub fn place_range(&self, place: usize) -> Range<usize> {
        let at = place.checked_sub(self.places.start);
        at.and_then(|at| self.place_ranges.get(at)).map_or(0..0, |(start, end)| *start..*end)
    }

    pub fn width(&self, place: usize) -> Width {
        self.widths.get(place).copied().unwrap_or_default()
    }

    pub fn span(&self, range: &Range<usize>) -> Option<Span> {
        let last = range.end.checked_sub(1)?;
        let (first, last) = (self.tokens.get(range.start)?, self.tokens.get(last)?);
        (range.start < range.end).then_some(Span { start: first.start as usize, end: last.end as usize })
    }

    /// The nearest position before `at` whose token is not an adverb.
    pub fn before_adverbs(&self, at: usize) -> Option<usize> {
        let mut at = at.checked_sub(1)?;
        while self.class(at).is(Class::ADVERB) && !self.class(at).is(Class::PREPOSITION) && at > 0 {
            at -= 1;
        }
        Some(at)
    }

    /// Is it a comma or an "and" that only joins names of places?
    pub fn joins_places(&self, at: usize) -> bool {
        let is_joint = |at: usize| self.sign(at) == ',' || self.class(at).is(Class::AND);
        let mut before = at;
        while before > 0 && is_joint(before) {
            before -= 1;
        }
        let mut after = at;
        while is_joint(after) {
            after += 1;
        }
        // "in northern Rakhine, Burmese forces": their people is no other place.
        self.is_in_place(before) && self.names_place(after)
    }
}

/// How large each place of a reading is.
pub fn widths(places: &[PlaceMention], gazetteer: &Gazetteer) -> Vec<Width> {
    let width = |mention: &PlaceMention| {
        let place = mention.resolution.as_ref()?.place;
        let facts = gazetteer.facts(place)?;
        Some(match facts.code {
            FeatureCode::Country
            | FeatureCode::Dependency
            | FeatureCode::PastState
            | FeatureCode::Continent => Width::Country,
            _ => match facts.kind() {
                PlaceKind::Province | PlaceKind::District | PlaceKind::Region => Width::Region,
                _ => Width::Spot,
            },
        })
    };
    places.iter().map(|mention| width(mention).unwrap_or_default()).collect()
}

/// Can something happen in a place that stands so?
pub fn is_where(place: &PlaceMention) -> bool {
    matches!(place.role, ToponymRole::Location | ToponymRole::Slip)
}

/// What a sentence is made ready in; kept from one to the next, so that nothing is allocated for each.
#[derive(Debug, Default)]
pub struct Scratch {
    pub tags: Vec<Tag>,
    pub any_class: Class,
    pub has_quotes: bool,
    pub has_brackets: bool,
    pub time_ranges: Vec<(usize, usize)>,
    pub place_ranges: Vec<(usize, usize)>,
}

impl Scratch {
    /// Fills it for the tokens of a sentence and the mentions in it; each with the position of its first.
    pub fn fill(
        &mut self,
        text: &str,
        tokens: &[Token],
        (words, endings): (&Words, &Endings),
        times: (usize, &[TimeMention]),
        places: (usize, &[PlaceMention]),
    ) {
        self.tag(text, tokens, words, endings);
        let places = (places.0 as u32..).map(Within::Place).zip(places.1.iter().map(|place| place.span));
        mark_all(&mut self.tags, tokens, places, &mut self.place_ranges);
        let times = (times.0 as u32..).map(Within::Time).zip(times.1.iter().map(|time| time.span));
        mark_all(&mut self.tags, tokens, times, &mut self.time_ranges);
    }

    // All words pass here: the loop has the registers for itself.
    #[inline(never)]
    fn tag(&mut self, text: &str, tokens: &[Token], words: &Words, endings: &Endings) {
        let mut any = Class::NONE;
        let (mut has_quotes, mut has_brackets) = (false, false);
        self.tags.clear();
        self.tags.extend(tokens.iter().enumerate().map(|(at, token)| {
            let tag = Tag { class: Class::NONE, within: Within::Nothing, sign: '\0' };
            match token.kind {
                TokenKind::Word => {
                    let class = words.class_of(endings, token, text);
                    any = any.and(class);
                    Tag { class, ..tag }
                }
                TokenKind::Number => tag,
                TokenKind::Sign => match token.sign(text) {
                    ',' | '.' if is_in_figure(tokens, at) => tag,
                    sign => {
                        has_quotes |= matches!(sign, '“' | '”' | '«' | '»' | '"');
                        has_brackets |= matches!(sign, '(' | ')' | '[' | ']');
                        Tag { sign, ..tag }
                    }
                },
            }
        }));
        self.any_class = any;
        self.has_quotes = has_quotes;
        self.has_brackets = has_brackets;
    }
}

/// Marks the tokens of some mentions, which are in text order, and keeps where each stands.
fn mark_all(
    tags: &mut [Tag],
    tokens: &[Token],
    mentions: impl Iterator<Item = (Within, Span)>,
    ranges: &mut Vec<(usize, usize)>,
) {
    ranges.clear();
    let mut first = 0;
    for (within, span) in mentions {
        let rest = tokens.get(first..).unwrap_or_default();
        let n_before = rest.iter().take_while(|token| (token.end as usize) <= span.start).count();
        let own = rest.get(n_before..).unwrap_or_default().iter();
        let n_own = own.take_while(|token| (token.start as usize) < span.end).count();
        first += n_before;
        for tag in tags.get_mut(first..first + n_own).unwrap_or_default() {
            tag.within = within;
        }
        ranges.push((first, first + n_own));
    }
}

/// "3,000" and "2.5" hold no stop.
fn is_in_figure(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    before.is_some_and(Token::is_number)
        && tokens.get(at).is_some_and(|sign| sign.is_joined)
        && tokens.get(at + 1).is_some_and(|after| after.is_number() && after.is_joined)
}
