//! Expressions beside each other: ranges and lists whose parts complete one another.

use super::figures::Reader;
use super::parts::Parts;
use super::rules::{Means, Met};
use super::words::Class;
use crate::extract::TimeAnchor;

/// "August and September 1914", "December 7 (…), 1941": the year stands behind the last of several dates.
pub(super) fn years_from_behind(reader: &Reader, found: &mut [(Met, Parts)]) {
    for n in (1..found.len()).rev() {
        let Some((later, earlier)) = found.get(n).copied().zip(found.get(n - 1).copied()) else { continue };
        let ((met, parts), (met_before, parts_before)) = (later, earlier);
        let is_dated = |met: &Met, parts: &Parts| {
            met.rule.means == Means::Date && (parts.month.is_some() || parts.season.is_some())
        };
        let (Some(year), true) = (parts.year, is_dated(&met_before, &parts_before)) else { continue };
        if parts_before.year.is_some() || parts_before.short_year.is_some() || parts_before.way.is_some() {
            continue;
        }
        if !is_dated(&met, &parts) || !are_joined(reader, met_before.end, met.start) {
            continue;
        }
        // "December to March 1941": it began in the year before.
        let goes_over = parts_before.month.zip(parts.month).is_some_and(|(a, b)| a > b);
        if let Some((_, before)) = found.get_mut(n - 1) {
            before.year = Some(if goes_over { year - 1 } else { year });
            before.is_before_era = parts.is_before_era;
        }
    }
}

/// Do only words of ranges and lists stand between two tokens?
fn are_joined(reader: &Reader, from: usize, to: usize) -> bool {
    to >= from
        && to - from <= 3
        && (from..to).all(|at| {
            reader.is(at, Class::Dash)
                || reader.token(at).is_some_and(|t| {
                    matches!(
                        t.text(reader.text()),
                        "and" | "to" | "or" | "through" | "until" | "till" | "," | "/" | "&" | "the"
                    )
                })
        })
}

/// Is the date one that others are counted from? "The 1914 rules" names rules.
pub(super) fn is_reference(reader: &Reader, met: &Met, parts: &Parts) -> bool {
    match met.rule.means {
        Means::Date => {
            let is_bare_year = parts.year.is_some() && parts.month.is_none() && parts.season.is_none();
            !(is_bare_year && is_adjective(reader, met))
        }
        Means::Clock | Means::Part | Means::Day | Means::Unit | Means::Shift => true,
        Means::Holiday => !met.rule.is_name,
        _ => false,
    }
}

/// "the 1947 Act", "a 1998 interview".
fn is_adjective(reader: &Reader, met: &Met) -> bool {
    let before = met.start.checked_sub(1).and_then(|at| reader.token(at));
    let has_article = before.is_some_and(|t| {
        matches!(
            t.text(reader.text()),
            "the" | "The" | "a" | "A" | "an" | "its" | "their" | "his" | "her" | "s"
        )
    });
    has_article && reader.token(met.end).is_some_and(|t| t.is_word())
}

/// Is the expression part of a name?
pub(super) fn is_in_name(reader: &Reader, met: &Met, parts: &Parts) -> bool {
    let next = reader.token(met.end);
    let next_is_name = next.is_some_and(|t| t.is_capitalised() && !t.begins_line);
    match met.rule.means {
        Means::Age => true,
        Means::Date => {
            let is_year = parts.year.is_some() && parts.month.is_none();
            (is_year && is_adjective(reader, met) && next_is_name)
                || (parts.season.is_some() && parts.year.is_none() && next_is_name)
                || (parts.month.is_some()
                    && parts.day.is_none()
                    && parts.year.is_none()
                    && next_is_name
                    && met.end - met.start == 1)
        }
        Means::Duration => next_is_name || reader.is(met.end.wrapping_sub(2), Class::Dash),
        _ => false,
    }
}

/// How sure it is that this is meant, 0–1.
pub(super) fn confidence(met: &Met, parts: &Parts, anchor: TimeAnchor) -> f32 {
    let resolved = match anchor {
        TimeAnchor::Absolute => 1.0,
        TimeAnchor::Document => 0.9,
        TimeAnchor::Mention(_) => 0.8,
        TimeAnchor::Missing => 0.4,
    };
    let recognised = match met.rule.means {
        Means::Date if parts.day.is_some() && parts.month.is_some() => 0.98,
        Means::Date if parts.month.is_some() && parts.year.is_some() => 0.97,
        Means::Date if parts.year.is_some() => 0.92,
        _ => 0.9,
    };
    resolved * recognised
}
