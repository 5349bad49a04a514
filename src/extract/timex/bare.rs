//! Months, years and seasons that stand alone: is "May", "1500" or "spring" a time?

use super::around::Around;
use super::parts::Parts;
use super::words::{Beside, Class};
use crate::extract::token::{Case, Token};

/// "in May", not "May God help us", "Theresa May" or "the March on the capital".
pub(super) fn is_month(around: &Around) -> bool {
    let last = around.met.end - 1;
    let token = around.reader.token(last);
    let behind_stop = around.before_is_sign(&['.']).then(|| around.before()?.checked_sub(1)).flatten();
    let is_titled =
        around.before_is(Class::Title) || behind_stop.is_some_and(|at| around.reader.is(at, Class::Title));
    if is_titled {
        return false;
    }
    if !around.reader.is(last, Class::MonthName) {
        return true;
    }
    let is_march = around.reader.value(last, Class::Month) == Some(3);
    if is_march && around.next_beside(Beside::MarchTarget) && around.beside(Beside::Determiner) {
        return false;
    }
    // "Theresa May spoke": behind a capital at the head of a sentence that is no word of time.
    let follows_first_name = around.before().is_some_and(|at| {
        around.is_sentence_start(at)
            && around.reader.mask(at) == 0
            && around.reader.token(at).is_some_and(Token::is_capitalised)
    });
    let is_possessed = around.before().is_some_and(|at| around.reader.is_beside(at, Beside::PluralS));
    if follows_first_name || is_possessed {
        return false;
    }
    if around.before_is(Class::NameBefore) {
        return true;
    }
    let is_shouted = token.is_some_and(|t| t.case == Case::Upper);
    if is_shouted || around.follows_name() || around.next_beside(Beside::VerbFollows) {
        return false;
    }
    if around.starts_sentence() {
        // "May saw the first …".
        let is_subject = around.next_beside(Beside::MonthSubject) || around.next_is(Class::Dash);
        return is_subject || around.next_is_sign(&[',', '\'', '’']);
    }
    !around.next_is_name()
        || around.before_is(Class::TimePreposition)
        || around.beside(Beside::Determiner)
        || around.before_is_sign(&[',', '('])
}

/// "in 1500", not "page 2003", "1500 men" or "A-2003".
pub(super) fn is_year(around: &Around, parts: &Parts) -> bool {
    let year = parts.year.unwrap_or(0);
    if around.before_is(Class::Label) || around.next_is(Class::Counted) {
        return false;
    }
    let has_preposition = around.before_is(Class::TimePreposition);
    if is_joined_to_name(around, has_preposition) {
        return false;
    }
    if ((1700..=2100).contains(&year) && year % 100 != 0) || ((1400..1700).contains(&year) && year % 10 != 0)
    {
        return true;
    }
    // Round numbers and those before 1700 count things more often.
    let next = around.reader.token(around.met.end);
    let next_is_plural = next.is_some_and(|t| t.is_word() && t.case == Case::Lower && t.end - t.start > 3)
        && next.is_some_and(|t| around.reader.source.language.endings.is_plural(t, around.reader.text()))
        && !around.next_is(Class::Was);
    let is_enclosed = around.before_is_sign(&['(']) || around.next_is_sign(&[')']);
    let is_placed =
        has_preposition || is_enclosed || around.starts_sentence() || around.before_is(Class::Dash);
    is_placed && !next_is_plural
}

/// "in 264 they", of three figures and with nothing behind that it could count.
pub(super) fn is_year_of_era(around: &Around, parts: &Parts) -> bool {
    let ends = !around.next_is_word()
        || around.next_is_name()
        || around.next_is(Class::Was)
        || around.next_is(Class::TimePreposition)
        || [Beside::VerbFollows, Beside::GoesOn, Beside::Joins]
            .into_iter()
            .any(|list| around.next_beside(list));
    parts.year.is_some()
        && ends
        && !around.next_is(Class::Figure)
        && !around.next_is_sign(&['%', '$', '°', '/'])
        && !around.next_is(Class::Counted)
}

/// "A-2003", "777-2000", "2003-Model".
fn is_joined_to_name(around: &Around, has_preposition: bool) -> bool {
    let reader = around.reader;
    let is_joined = |at: usize| reader.token(at).is_some_and(|t| t.is_joined);
    if is_joined(around.met.start) && around.before_is(Class::Dash) {
        let before = around.before().and_then(|dash| dash.checked_sub(1));
        let is_part = before.is_some_and(|at| {
            reader.token(at).is_some_and(|t| {
                let is_time = reader.is(at, Class::Month) || reader.is(at, Class::Season);
                (t.is_capitalised() && !is_time) || (t.is_number() && !matches!(t.n_digits(), 1 | 2 | 4))
            })
        });
        if is_part {
            return true;
        }
    }
    let after = around.met.end + 1;
    is_joined(around.met.end)
        && around.next_is(Class::Dash)
        && !has_preposition
        && reader.token(after).is_some_and(|t| t.is_joined && t.is_capitalised())
}

/// "the class of ’98", not "the ’98’s" or a closing quote.
pub(super) fn is_short_year(around: &Around) -> bool {
    let reader = around.reader;
    let last = around.met.end - 1;
    let quote = last.checked_sub(1).filter(|quote| *quote >= around.met.start);
    let opens = quote.is_some_and(|quote| {
        let is_bracket =
            |at: usize| reader.is(at, Class::Dash) || ['(', '“'].iter().any(|s| reader.is_sign(at, *s));
        !reader.token(quote).is_some_and(|t| t.is_joined) || quote.checked_sub(1).is_none_or(is_bracket)
    });
    let is_joined = reader.token(last).is_some_and(|t| t.is_joined);
    let is_placed = around.before().is_none()
        || around.before_is(Class::TimePreposition)
        || around.beside(Beside::Definite)
        || around.before_is_sign(&['(']);
    opens && is_joined && is_placed && !around.next_is_sign(&['\'', '’', '"', '%'])
}

/// "in spring", "the summer offensive", not "a hot spring", "the fall of the city" or "Arab Spring".
pub(super) fn is_season(around: &Around) -> bool {
    let reader = around.reader;
    let last = around.met.end - 1;
    if around.follows_name() {
        return false;
    }
    if !reader.is(last, Class::SeasonName) {
        let is_numbered = around.next_is(Class::Figure) && !around.before_is(Class::TimePreposition);
        return !is_numbered && !around.next_beside(Beside::SeasonNameNext);
    }
    let has_article = around.met.end - around.met.start > 1 && around.first_beside(Beside::Definite);
    let is_placed = around.beside(Beside::SeasonPlace);
    if reader.value(last, Class::Season) == Some(3) {
        let is_part_of_year = has_article && is_placed && !around.next_beside(Beside::Of);
        return is_part_of_year || around.next_beside(Beside::SeasonNoun);
    }
    if around.next_beside(Beside::SeasonNotNext) && !has_article {
        return false;
    }
    if around.beside(Beside::SeasonNotBefore) {
        return around.beside(Beside::Determiner) && around.next_beside(Beside::SeasonNoun);
    }
    is_placed || has_article || around.last_is_capitalised() || around.next_is_word()
}
