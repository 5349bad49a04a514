//! One sentence made ready: each of its tokens with its class and the mention that it lies in.

use std::ops::Range;

use super::words::{Class, Words};
use crate::document::Span;
use crate::extract::token::Token;
use crate::extract::{PlaceMention, TimeMention, ToponymRole};
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
    /// Positions in the reading of the mentions in it.
    pub times: Range<usize>,
    pub places: Range<usize>,
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
        self.tags.get(at).map_or(Class::NONE, |tag| tag.class)
    }

    pub fn sign(&self, at: usize) -> char {
        self.tags.get(at).map_or('\0', |tag| tag.sign)
    }

    pub fn within(&self, at: usize) -> Within {
        self.tags.get(at).map_or(Within::Nothing, |tag| tag.within)
    }

    pub fn is_in_mention(&self, at: usize) -> bool {
        self.within(at) != Within::Nothing
    }

    pub fn is_capitalised(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_capitalised)
    }

    pub fn is_number(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_number)
    }

    /// The position of the token that begins at or after this byte.
    pub fn position(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| (token.start as usize) < byte)
    }

    /// The tokens of a mention of this sentence.
    pub fn range(&self, span: Span) -> Range<usize> {
        self.position(span.start)..self.position(span.end)
    }

    pub fn width(&self, place: usize) -> Width {
        self.widths.get(place).copied().unwrap_or_default()
    }

    pub fn time_range(&self, time: usize) -> Range<usize> {
        self.all_times.get(time).map_or(0..0, |mention| self.range(mention.span))
    }

    pub fn place_range(&self, place: usize) -> Range<usize> {
        self.all_places.get(place).map_or(0..0, |mention| self.range(mention.span))
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
        matches!((self.within(before), self.within(after)), (Within::Place(_), Within::Place(_)))
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

/// Fills `tags` for the tokens of a sentence.
pub fn tag(
    text: &str,
    tokens: &[Token],
    words: &Words,
    times: (Range<usize>, &[TimeMention]),
    places: (Range<usize>, &[PlaceMention]),
    tags: &mut Vec<Tag>,
) {
    tags.clear();
    tags.extend(tokens.iter().map(|token| {
        let is_sign = !token.is_word() && !token.is_number();
        Tag {
            class: words.class_of(token, text),
            within: Within::Nothing,
            sign: if is_sign { token.text(text).chars().next().unwrap_or('\0') } else { '\0' },
        }
    }));
    // "3,000" and "2.5" hold no stop.
    for at in 1..tokens.len() {
        let is_inner = |n: usize| tokens.get(n).is_some_and(|t| t.is_joined);
        let is_number = |n: usize| tokens.get(n).is_some_and(Token::is_number);
        if is_inner(at)
            && is_inner(at + 1)
            && is_number(at - 1)
            && is_number(at + 1)
            && let Some(tag) = tags.get_mut(at)
            && matches!(tag.sign, ',' | '.')
        {
            tag.sign = '\0';
        }
    }
    let mut mark = |span: Span, within: Within| {
        let first = tokens.partition_point(|token| (token.end as usize) <= span.start);
        let of_mention = tokens.iter().zip(tags.iter_mut()).skip(first);
        for (_, tag) in of_mention.take_while(|(token, _)| (token.start as usize) < span.end) {
            tag.within = within;
        }
    };
    for (at, place) in places.0.clone().zip(places.1.get(places.0).unwrap_or_default()) {
        mark(place.span, Within::Place(at as u32));
    }
    for (at, time) in times.0.clone().zip(times.1.get(times.0).unwrap_or_default()) {
        mark(time.span, Within::Time(at as u32));
    }
}
