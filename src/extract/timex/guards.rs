//! Is it a time at all? The checks that `time-rules.txt` names, for words and numbers that are more often
//! something else. What words decide is in `time-words.txt`.

use super::around::Around;
use super::bare;
use super::figures::Reader;
use super::meet::Met;
use super::parts::{Parts, Unit};
use super::words::{Beside, Class};
use crate::extract::token::Token;

/// Does a match pass the check of its rule?
pub(super) fn passes(reader: &Reader, met: &Met, parts: &Parts) -> bool {
    let Some(guard) = met.rule.guard else { return true };
    let around = Around { reader, met };
    let unit = parts.unit;
    match guard {
        "month" => bare::is_month(&around),
        "year" => bare::is_year(&around, parts),
        "about-year" => {
            !around.first_beside(Beside::Over)
                && bare::is_year(&around, parts)
                && !around.next_is(Class::Counted)
        }
        "short-year" => bare::is_short_year(&around),
        "season" => bare::is_season(&around),
        // "2007-08" is rather two years.
        "year-month" => {
            let (year, month) = (parts.year.unwrap_or(0), i32::from(parts.month.unwrap_or(0)));
            !around.before_is(Class::Label) && month <= year % 100
        }
        "weekday" | "noon" | "often" | "weekdays" | "future" => !around.is_in_name(),
        "the-day" => is_the_day(&around, parts),
        "listed" => !around.before_is(Class::Label) && !around.next_is(Class::Counted),
        "part" => !around.next_is(Class::Figure),
        "clock" => is_clock(&around),
        "clock-words" => is_clock_in_words(&around, parts),
        "part-alone" => is_part_alone(&around),
        "way-unit" => is_way_unit(&around, unit),
        "unit-before" => !matches!(unit, Some(Unit::Second | Unit::Minute)),
        "the-unit" => {
            !matches!(unit, Some(Unit::Second | Unit::Minute | Unit::Hour)) && !around.next_is(Class::Dash)
        }
        "of-the-unit" => {
            let is_long = !matches!(unit, Some(Unit::Second | Unit::Minute | Unit::Hour));
            // "the month of May", "the year 1950": something else.
            // "the year-earlier quarter": nor this.
            is_long
                && (around.beside(Beside::UnitPlace)
                    || (unit == Some(Unit::Weekend) && around.beside(Beside::By)))
                && !around.next_beside(Beside::Of)
                && !around.next_is(Class::Dash)
        }
        // "the year's last launch"
        "the-unit-s" => {
            matches!(unit, Some(Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century))
        }
        "ref-place" => around.beside(Beside::RefPlace),
        "era-less" => bare::is_year_of_era(&around, parts),
        "half-report" => around.next_beside(Beside::Earnings),
        "for" => around.beside(Beside::For),
        "at" => around.beside(Beside::At),
        "to-date" => around.beside(Beside::To),
        "past" => around.beside(Beside::PastPlace),
        "present" => {
            let is_long = around.met.end - around.met.start > 1;
            (around.beside(Beside::At) || around.beside(Beside::To) || around.before_is(Class::Until))
                && (is_long || !around.next_is_word())
        }
        "quarter" => {
            let is_ranked = parts.rank.is_some_and(|n| (-1..=4).contains(&n));
            (is_ranked && !around.next_beside(Beside::NotQuarter)) || parts.year.is_some()
        }
        "q-quarter" => parts.clock.is_some_and(|n| (3600..=4 * 3600).contains(&n)),
        "duration" => match unit {
            // "a year-long trial": another rule.
            _ if around.next_is(Class::Dash) && !parts.is_plural => false,
            _ if is_article_of_more(&around, parts) => false,
            // "expected to last several days", "11 hours over two days".
            _ if is_verb_of_lasting(&around) || is_during(&around) => false,
            Some(Unit::Quarter) => false,
            // "at 1430 hours": a time of day.
            Some(Unit::Hour) if parts.amount.is_some_and(is_hour_minute) && has_four_figures(&around) => {
                false
            }
            Some(Unit::Second) => parts.amount.is_some() && parts.is_plural,
            _ => true,
        },
        "span" => {
            let is_pointed_at = parts.way.is_some() || around.first_beside(Beside::Definite);
            // "Following several years of drought, …": behind them.
            let is_preposition =
                around.starts_sentence() && around.reader.is(around.met.start, Class::Following);
            is_pointed_at && !is_preposition && unit != Some(Unit::Second) && !is_verb_of_lasting(&around)
        }
        "ord-unit" => !matches!(unit, Some(Unit::Second | Unit::Minute)),
        "n-unit" => unit != Some(Unit::Second),
        "singular" => {
            let is_few = parts.amount.is_some_and(|n| n > 100 && n < 10_000);
            unit != Some(Unit::Second) && (parts.amount == Some(100) || (is_few && around.next_is_word()))
        }
        "units" => is_units(&around, unit),
        "per" => !matches!(unit, Some(Unit::Second | Unit::Quarter | Unit::Century)),
        "rate-joined" => {
            let counted = around.before().and_then(|dash| dash.checked_sub(1));
            around.before_is(Class::Dash) && counted.is_some_and(|at| !around.reader.is(at, Class::Units))
        }
        "rate" => {
            let is_rate = around.before_is(Class::Figure)
                || around.before_is(Class::Counted)
                || around.before_is(Class::Scale);
            is_rate
                && !matches!(unit, Some(Unit::Second | Unit::Quarter))
                && !around.next_beside(Beside::ShiftFollows)
        }
        "lull" => around.next_is_word() && !around.follows_name() && !around.next_beside(Beside::NotLull),
        // "long-term bonds": of a kind, not of a time.
        "term" => !around.next_is_word() || !around.reader.is(around.met.end.wrapping_sub(2), Class::Dash),
        // "insisted that Saturday would be fine".
        "way" => !is_said_that(&around),
        "former" => {
            let is_name = around.first_is_capitalised() && !around.starts_sentence();
            around.next_is_word() && !around.next_beside(Beside::NotFormer) && !is_name
        }
        "reftime-place" => {
            around.beside(Beside::RefPlace) && !around.next_beside(Beside::Of) && !around.next_is(Class::Dash)
        }
        "reftime-at" => around.beside(Beside::At) && !around.next_beside(Beside::Of),
        "reftime" => !around.next_beside(Beside::Of) && !around.next_is(Class::Dash),
        "the-time" => {
            around.beside(Beside::At) && !around.next_beside(Beside::NotTheTime) && !around.next_is_name()
        }
        "one-day" => around.beside(Beside::Would),
        "new-year" => {
            around.last_is_capitalised() && !around.next_is_sign(&['\'', '’']) && !around.next_is_name()
        }
        _ => true,
    }
}

/// Hundredths that can be read as a time of day: 143000.
fn is_hour_minute(hundredths: i32) -> bool {
    let figures = hundredths / 100;
    hundredths % 100 == 0 && (100..=2400).contains(&figures) && figures % 100 < 60
}

/// Is a number of four figures in it, without a comma?
fn has_four_figures(around: &Around) -> bool {
    (around.met.start..around.met.end).any(|at| around.reader.is(at, Class::YearFigure))
}

/// "on the 20th", not "the 20th man".
fn is_the_day(around: &Around, parts: &Parts) -> bool {
    let is_on = around.before_is(Class::TimePreposition) || around.beside(Beside::On);
    let is_figure = around.reader.token(around.met.start + 1).is_some_and(Token::is_number);
    let next_is_noun = around.next_is_word()
        && !around.reader.is(around.met.end, Class::Was)
        && (around.next_is_name() || around.next_text().len() > 4);
    let goes_on = around.next_is(Class::Dash) || around.next_beside(Beside::Of);
    parts.day.is_some() && is_figure && is_on && !goes_on && !next_is_noun
}

/// "at 3:15", not "won 3:15" or "Genesis 1:20".
fn is_clock(around: &Around) -> bool {
    let is_bare = around.met.end - around.met.start <= 3;
    let is_enclosed = around.before_is_sign(&[',', '(', '[']) || around.before_is(Class::Dash);
    !is_bare || is_enclosed || around.before().is_none() || around.beside(Beside::ClockPlace)
}

/// "at two in the afternoon", "half past six", "at a quarter to ten"; not "a quarter to 10 percent".
fn is_clock_in_words(around: &Around, parts: &Parts) -> bool {
    const COUNTED: [Class; 7] =
        [Class::Counted, Class::Units, Class::Unit, Class::Scale, Class::Figure, Class::Number, Class::Dash];
    let is_hour = parts.clock.is_some_and(|seconds| (0..13 * 3600).contains(&seconds));
    let is_placed = around.beside(Beside::ClockPlace) || around.reader.is(around.met.start, Class::Half);
    is_hour && is_placed && !COUNTED.into_iter().any(|class| around.next_is(class))
}

fn is_part_alone(around: &Around) -> bool {
    let last = around.met.end - 1;
    let is_bare = around.reader.is(last, Class::PartBare) && !around.last_is_capitalised();
    if (around.follows_name() && !is_bare) || around.next_beside(Beside::Of) {
        return false;
    }
    match around.met.end - around.met.start {
        1 => {
            let part = around.reader.value(last, Class::Part);
            let is_night = part == Some(5);
            around.reader.is(last, Class::PartBare)
                // "around midday"
                || (part == Some(2) && around.beside(Beside::ClockPlace) && !around.next_is_name())
                || (is_night
                    && (around.next_is(Class::Dash)
                        || around.next_beside(Beside::NightNoun)
                        || around.beside(Beside::At)))
        }
        // "the midday sun" against "through the night".
        2 if around.first_beside(Beside::Definite) => around.before_is(Class::TimePreposition),
        _ => true,
    }
}

/// "said that Friday was quiet": "that" opens the clause of which the weekday is the subject.
fn is_said_that(around: &Around) -> bool {
    let reader = around.reader;
    let is_said = around.before().is_some_and(|at| {
        let is_past = |t: &Token| reader.source.language.endings.is_past(t, reader.text());
        reader.is(at, Class::Say) || reader.is(at, Class::Was) || reader.token(at).is_some_and(is_past)
    });
    is_said
        && reader.is(around.met.start, Class::That)
        && around.met.end - around.met.start == 2
        && (around.next_is(Class::Was) || around.next_is(Class::Will))
}

/// "will last two days"
fn is_verb_of_lasting(around: &Around) -> bool {
    around.reader.is(around.met.start, Class::Last)
        && (around.beside(Beside::Infinitive) || around.before_is(Class::Will))
}

/// "eleven hours over two days"
fn is_during(around: &Around) -> bool {
    around.first_beside(Beside::Over) && around.before_is(Class::Units)
}

/// "the last day of the siege" is ranked, not pointed at.
fn is_way_unit(around: &Around, unit: Option<Unit>) -> bool {
    let is_ranked =
        around.reader.is(around.met.end.wrapping_sub(2), Class::Final) && around.next_beside(Beside::Of);
    match unit {
        Some(Unit::Second | Unit::Minute) => false,
        Some(Unit::Day | Unit::Hour) => !is_ranked,
        _ => true,
    }
}

/// "a four day rally", "the Seven Years War": the article is not the amount's.
fn is_article_of_more(around: &Around, parts: &Parts) -> bool {
    let second = around.met.start + 1;
    around.first_beside(Beside::Determiner)
        && parts.amount.is_some_and(|n| n >= 100)
        && !around.reader.is(second, Class::Scale)
        && (!parts.is_plural || around.next_is_name())
        && !around.reader.is(around.met.end.wrapping_sub(1), Class::Half)
}

/// "for weeks", not "his weeks".
fn is_units(around: &Around, unit: Option<Unit>) -> bool {
    // "about years ago"
    if matches!(unit, Some(Unit::Second | Unit::Quarter)) || around.next_is(Class::Ago) {
        return false;
    }
    if around.met.end - around.met.start > 1 {
        return true;
    }
    let is_of = around.beside(Beside::Of);
    let ends = around.next_beside(Beside::Of) || around.next_is_sign(&[',', '.']);
    around.beside(Beside::UnitsPlace) && (!is_of || ends) && !around.next_beside(Beside::ShiftFollows)
}
