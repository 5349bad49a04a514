//! Runs of capitalised words, cut into names of places, demonyms and other words.

use super::names::{KnownWord, Match, NameIx, Names};
use super::place::Rank;
use super::words::{COMMON_WORD, Context, Meaning, Words};
use crate::extract::Source;
use crate::extract::sentence::Sentence;
use crate::extract::token::{Case, Token, TokenKind};

/// What a part of a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name of the gazetteer.
    Place(NameIx),
    Demonym(Meaning),
    Word,
}

/// What stands between a part and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// Nothing: it is the first.
    First,
    Space,
    Hyphen,
}

/// A part of a run: one word, or a name of several. Positions of tokens.
#[derive(Debug, Clone, Copy)]
pub struct Segment {
    pub first: usize,
    pub end: usize,
    pub kind: Kind,
    pub joint: Joint,
    /// Of its first word.
    pub context: Context,
    /// Of its first word.
    pub marks: u8,
}

impl Segment {
    pub fn name(&self) -> Option<NameIx> {
        if let Kind::Place(name) = self.kind { Some(name) } else { None }
    }

    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word)
    }

    pub fn is_common(&self) -> bool {
        self.marks & COMMON_WORD != 0
    }

    pub fn is(&self, any: Context) -> bool {
        self.context.has(any) && self.is_word()
    }
}

/// How a sentence is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    Plain,
    /// Nearly all words have capitals: they say nothing.
    Headline,
}

/// Capital letters say nothing where nearly all words have them.
pub fn setting_of(sentence: &Sentence) -> Setting {
    if sentence.is_in_capitals { Setting::Headline } else { Setting::Plain }
}

/// Cuts the run that begins at a token; the position after it.
pub fn cut(
    source: &Source,
    words: &Words,
    names: &mut Names,
    sentence: &Sentence,
    setting: Setting,
    at: usize,
    segments: &mut Vec<Segment>,
) -> usize {
    segments.clear();
    let end = sentence.tokens.end;
    let mut here = at;
    let mut joint = Joint::First;
    loop {
        let segment = segment_at(source, words, names, here, end, joint);
        let Some(segment) = segment else { return here.max(at + 1) };
        if !segments.is_empty() && is_date(source, &segment) {
            return segment.first;
        }
        // In a headline ordinary words end a name as they would in small letters.
        let is_plain = setting == Setting::Headline
            && segment.is_word()
            && segment.is_common()
            && !segment.context.has(Context::TITLE.or(Context::ORGANISATION).or(Context::AFTER_NAME));
        if is_plain {
            return if segments.is_empty() { segment.end } else { segment.first };
        }
        segments.push(segment);
        let Some((next, next_joint)) = continued(source, words, segment.end - 1, end) else {
            return segment.end;
        };
        here = next;
        joint = next_joint;
    }
}

/// "Houston Tuesday", "Cleveland Dec. 4": a day is no part of the name before it. Some months are given
/// names, so that they need a number.
fn is_date(source: &Source, segment: &Segment) -> bool {
    if !segment.context.has(Context::WEEKDAY.or(Context::MONTH)) || !segment.is_word() {
        return false;
    }
    let token = |at: usize| source.tokens.get(at);
    let is_stop = token(segment.end).is_some_and(|t| t.is_joined && t.is_sign(source.text(), '.'));
    let after = token(segment.end + usize::from(is_stop));
    let is_word_day = segment.context.has(Context::WEEKDAY) && segment.joint == Joint::Space;
    is_word_day || after.is_some_and(|t| t.kind == TokenKind::Number)
}

fn segment_at(
    source: &Source,
    words: &Words,
    names: &mut Names,
    at: usize,
    end: usize,
    joint: Joint,
) -> Option<Segment> {
    let token = source.tokens.get(at).filter(|_| at < end)?;
    let context = *words.context.get(token.word);
    let KnownWord { marks, may_begin } = names.word(source, token);
    let word = Segment { first: at, end: at + 1, kind: Kind::Word, joint, context, marks };
    // "The United States" begins after its article; "The Hague" does not.
    let is_the = token.word == words.the;
    let found = if may_begin { names.longest(source, words, at, end) } else { None };
    let found = found.map(|found| without_office(source, words, names, at, found));
    let found = found.filter(|found| {
        !is_the
            || !names.longest(source, words, at + 1, end).is_some_and(|bare| {
                bare.end >= found.end
                    && names.get(bare.name).is_some_and(|n| !matches!(n.rank, Rank::Town(_)))
            })
    });
    let demonym = *words.demonyms.get(token.word);
    let double = double_demonym(source, words, at, end);
    if let Some(found) = found.filter(|m| m.end > at + 1) {
        let is_demonym_first = demonym != 0 && double.is_some();
        if !is_demonym_first {
            return Some(Segment { end: found.end, kind: Kind::Place(found.name), ..word });
        }
    }
    if let Some(meaning) = double {
        return Some(Segment { end: at + 2, kind: Kind::Demonym(meaning), ..word });
    }
    if demonym != 0 {
        return Some(Segment { kind: Kind::Demonym(demonym), ..word });
    }
    if let Some(name) = double_abbreviation(source, words, names, at, end) {
        return Some(Segment { end: at + 3, kind: Kind::Place(name), ..word });
    }
    if let Some(name) = abbreviation(source, words, names, token, at) {
        return Some(Segment { kind: Kind::Place(name), ..word });
    }
    let Some(found) = found else { return Some(word) };
    if names.get(found.name).is_some_and(|name| name.is_abbreviation && name.rank != Rank::Country)
        && is_postal(token)
    {
        return Some(word);
    }
    let is_country = names.get(found.name).is_some_and(|name| name.rank == Rank::Country);
    if context.has(Context::NEVER) && is_in_next(source, words, names, found, end) {
        return Some(Segment { end: found.end, kind: Kind::Place(found.name), ..word });
    }
    // "Island" is how Iceland calls itself.
    let is_taken = context.has(Context::NEVER)
        || (context.has(Context::AFTER_NAME) && context.has(Context::KIND))
        || (!is_country
            && context.has(Context::TITLE.or(Context::ORGANISATION).or(Context::OPENER).or(Context::KIND)))
        || (token.end - token.start == 1);
    if is_taken
        && !names.get(found.name).is_some_and(|name| name.is_abbreviation && name.rank != Rank::Region)
    {
        return Some(word);
    }
    Some(Segment { end: found.end, kind: Kind::Place(found.name), ..word })
}

/// "Delaware State Police": the police of Delaware, and not "Delaware State".
fn without_office(source: &Source, words: &Words, names: &mut Names, at: usize, found: Match) -> Match {
    let context =
        |at: usize| source.tokens.get(at).map_or(Context::default(), |t| *words.context.get(t.word));
    let is_office = found.end > at + 1
        && context(found.end - 1).has(Context::AFTER_NAME)
        && context(found.end).has(Context::PUBLIC)
        && source.tokens.get(found.end).is_some_and(Token::is_capitalised);
    let shorter = if is_office { names.longest(source, words, at, found.end - 1) } else { None };
    // "Mexico City Health Secretary" is of the city, and not of Mexico.
    let place = |name| names.get(name).and_then(|name| name.places.first()).map(|place| place.id);
    shorter.filter(|shorter| place(shorter.name) == place(found.name)).unwrap_or(found)
}

/// "Union, Missouri": is the province in which it lies set behind a comma?
fn is_in_next(source: &Source, words: &Words, names: &mut Names, inner: Match, end: usize) -> bool {
    let token = |at: usize| source.tokens.get(at).filter(|_| at < end);
    let is_comma = token(inner.end).is_some_and(|t| t.is_joined && t.is_sign(source.text(), ','));
    let first = token(inner.end.wrapping_sub(1)).map_or(Context::default(), |t| *words.context.get(t.word));
    let Some(next) = token(inner.end + 1).filter(|t| is_comma && t.is_capitalised()) else { return false };
    if first.has(Context::WEEKDAY.or(Context::MONTH)) {
        return false;
    }
    let outer = match *words.abbreviations.get(next.word) {
        0 => names.longest(source, words, inner.end + 1, end).map(|found| found.name),
        meaning => names.meant(words, meaning),
    };
    outer.is_some_and(|outer| {
        names.get(outer).is_some_and(|name| name.rank == Rank::Province) && names.lies_in(inner.name, outer)
    })
}

/// "W.Va." after a town.
fn double_abbreviation(
    source: &Source,
    words: &Words,
    names: &mut Names,
    at: usize,
    end: usize,
) -> Option<NameIx> {
    let token = |at: usize| source.tokens.get(at).filter(|_| at < end);
    let first = token(at).filter(|t| words.double_abbreviations.may_begin(t.word))?;
    let (stop, second) = (token(at + 1)?, token(at + 2)?);
    let meaning = words.double_abbreviations.get(first.word, second.word)?;
    let is_one = stop.is_joined && second.is_joined && stop.is_sign(source.text(), '.');
    if is_one && first.is_capitalised() && second.is_capitalised() {
        names.meant(words, meaning)
    } else {
        None
    }
}

/// "OH", "Pa.": provinces only after a town.
fn abbreviation(
    source: &Source,
    words: &Words,
    names: &mut Names,
    token: &Token,
    at: usize,
) -> Option<NameIx> {
    let meaning = *words.abbreviations.get(token.word);
    if meaning == 0 {
        return None;
    }
    let sign = |at: usize, sign| {
        source.tokens.get(at).is_some_and(|t| t.is_joined && t.is_sign(source.text(), sign))
    };
    let before = source.tokens.get(at.checked_sub(2)?)?;
    let is_after_town = sign(at - 1, ',') && before.is_capitalised();
    let is_short = token.case == Case::Upper || (token.case == Case::Title && sign(at + 1, '.'));
    // "Ballina, Co. Mayo": a county, and not Colorado.
    let is_kind = words.context.get(token.word).has(Context::BEFORE_NAME)
        && source.tokens.get(at + 2).is_some_and(|t| t.is_capitalised() && !t.begins_paragraph);
    if is_after_town && is_short && !is_kind { names.meant(words, meaning) } else { None }
}

fn is_postal(token: &Token) -> bool {
    token.end - token.start <= 2 || token.case != Case::Upper
}

/// "South Korean".
fn double_demonym(source: &Source, words: &Words, at: usize, end: usize) -> Option<Meaning> {
    let first = source.tokens.get(at).filter(|t| words.double_demonyms.may_begin(t.word))?;
    let second = source.tokens.get(at + 1)?;
    let meaning = words.double_demonyms.get(first.word, second.word)?;
    (at + 1 < end && !second.begins_paragraph && second.is_capitalised()).then_some(meaning)
}

/// Where the run goes on after a token, and how.
fn continued(source: &Source, words: &Words, last: usize, end: usize) -> Option<(usize, Joint)> {
    let text = source.text();
    let (before, after) = source.tokens.get(last..end)?.split_first()?;
    let next = after.first().filter(|next| !next.begins_paragraph)?;
    if next.is_capitalised() {
        return Some((last + 1, Joint::Space));
    }
    match next.kind {
        TokenKind::Word => {
            // "Rio de Janeiro", at most two small words: "Mukuru kwa Njenga", "Castro de la Cruz".
            let is_particle = |t: &Token| words.context.get(t.word).has(Context::PARTICLE) && !t.is_joined;
            if !is_particle(next) {
                return None;
            }
            let second = after.get(1)?;
            if second.is_capitalised() {
                return Some((last + 2, Joint::Space));
            }
            let third = after.get(2)?;
            (is_particle(second) && third.is_capitalised()).then_some((last + 3, Joint::Space))
        }
        TokenKind::Sign => {
            let second = after.get(1).filter(|t| t.is_capitalised() && next.is_joined)?;
            match next.sign(text) {
                '-' | '‐' | '‑' | '–' if second.is_joined => Some((last + 2, Joint::Hyphen)),
                '\'' | '’' | '‘' | 'ʻ' | '`' if second.is_joined => Some((last + 2, Joint::Space)),
                '.' if !second.begins_line || second.is_joined => {
                    let is_short = before.is_word() && before.end - before.start <= 4;
                    let is_initial = before.end - before.start == 1 && before.case == Case::Title;
                    let is_title =
                        words.context.get(before.word).has(Context::TITLE.or(Context::BEFORE_NAME));
                    (is_initial || (is_short && is_title)).then_some((last + 2, Joint::Space))
                }
                _ => None,
            }
        }
        TokenKind::Number => None,
    }
}
