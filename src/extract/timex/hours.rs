//! Times within a day: by the clock, and its parts.

use super::anchor::{Tense, tense};
use super::figures::Reader;
use super::meet::Met;
use super::normalize::{Base, Normal, Normalizer, days_relation};
use super::parts::{Parts, Way};
use super::point::Point;
use super::words::Beside;
use crate::extract::{TimeAnchor, TimexType};

/// Of twenty-four hours.
const SECONDS_OF_DAY: i32 = 86_400;
/// The hour of a clock of twelve at which a night begins; those before are after midnight.
const NIGHTFALL: i32 = 5 * 3600;

impl Normalizer<'_> {
    /// The day of the moment told: of a date beside it, else the last one named.
    pub fn clock(&self, met: &Met, parts: &Parts) -> Normal {
        let mut seconds = parts.clock.unwrap_or(0);
        if let Some(add) = parts.half_day {
            seconds = seconds % (12 * 3600) + add * 3600;
        }
        // "six o'clock in the evening", "two o'clock at night"
        let is_late = match parts.part {
            Some(3 | 4) => true,
            Some(5) => seconds >= NIGHTFALL,
            _ => false,
        };
        if is_late && seconds < SECONDS_OF_DAY / 2 {
            seconds += SECONDS_OF_DAY / 2;
        }
        let mut written = if seconds % 60 == 0 || parts.clock.is_some_and(|s| s % 60 == 0) {
            format!("T{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
        } else {
            format!("T{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        };
        let edtf_seconds =
            format!("T{:02}:{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        let zone = match parts.zone {
            None => String::new(),
            Some(0) => "Z".to_owned(),
            Some(hours) => format!("{}{:02}", if hours < 0 { '-' } else { '+' }, hours.abs()),
        };
        written.push_str(&zone);
        let Some(base) = self.day_of_clock(met) else {
            return Normal::new(TimexType::Time, format!("XXXX-XX-XX{written}"))
                .from(TimeAnchor::Missing, "");
        };
        let date = base.point.timex();
        // Midnight ends its day, and begins the next, by whose name alone EDTF can write it.
        let at = if seconds >= SECONDS_OF_DAY {
            base.point.to_day().map_or(base.point, |day| Point::day(day + 1))
        } else {
            base.point
        };
        let edtf = if at.year > 0 && at.day.is_some() {
            format!("{}{edtf_seconds}{zone}", at.edtf())
        } else {
            base.point.edtf()
        };
        Normal {
            edtf: Some(edtf),
            point: Some(base.point),
            seconds: Some(seconds),
            ..Normal::new(TimexType::Time, format!("{date}{written}"))
        }
        .from(base.anchor, "same day")
    }

    /// The day of a time of day: the last one named, but of what is past no day that another sentence says is
    /// to come.
    fn day_of_clock(&self, met: &Met) -> Option<Base> {
        let base = self.day_beside()?;
        let now = self.now().filter(|now| now.point.day.is_some() && !self.telling.is_history);
        let is_to_come = now.is_some_and(|now| now.point.middle() < base.point.middle());
        let is_past = is_to_come
            && !self.has_day_in_sentence(met)
            && tense(self.reader, met.start, met.end) == Tense::Past;
        if is_past { now } else { Some(base) }
    }

    pub fn part(&self, met: &Met, parts: &Parts) -> Normal {
        let part = parts.part.or(Some(5));
        let is_alone = met.end - met.start == 1;
        let is_overnight = is_alone && self.is_overnight(met);
        let base = match parts.way {
            Some(way) if !way.is_from_text() && !is_next_told(self.reader, met, way) => self.now(),
            None if is_overnight => self.now(),
            _ => self.day_beside(),
        };
        let is_general = matches!(met.rule.name, "at-night" | "part-bare" | "day-part-by")
            || (met.rule.name == "the-part" && is_alone && !is_overnight && part != Some(2));
        let Some((base, day)) =
            base.filter(|_| !is_general).and_then(|base| base.point.to_day().map(|day| (base, day)))
        else {
            return with_part(Normal::new(TimexType::Date, "XXXX-XX-XX"), part).from(TimeAnchor::Missing, "");
        };
        let is_night_before = is_overnight && tense(self.reader, met.start, met.end) != Tense::Future;
        let steps = match parts.way {
            Some(Way::Last | Way::Previous) => -1,
            Some(Way::Next | Way::Following) => 1,
            _ if met.rule.name == "part-before" || is_night_before => -1,
            _ => 0,
        };
        with_part(Normal::date(Point::day(day + steps)).from(base.anchor, days_relation(steps)), part)
    }

    /// "It snowed overnight", in the news of a day; not "an overnight stay".
    fn is_overnight(&self, met: &Met) -> bool {
        let is_kind =
            met.start.checked_sub(1).is_some_and(|at| self.reader.is_beside(at, Beside::Determiner));
        self.reader.is_beside(met.start, Beside::Overnight)
            && !is_kind
            && !self.telling.is_history
            && self.telling.document.is_some_and(|date| date.day.is_some())
    }
}

/// "the next morning", "the next day": after what was told, not tomorrow.
pub(super) fn is_next_told(reader: &Reader, met: &Met, way: Way) -> bool {
    way == Way::Next && reader.is_beside(met.start, Beside::Definite)
}

/// With the part of the day: "2009-12-15TMO".
pub(super) fn with_part(mut normal: Normal, part: Option<u8>) -> Normal {
    let letters = match part {
        None => return normal,
        Some(1) => "TMO",
        Some(2) => "TMI",
        Some(3) => "TAF",
        Some(4) => "TEV",
        Some(5) => "TNI",
        Some(_) => "TDT",
    };
    normal.value.push_str(letters);
    normal.timex_type = TimexType::Time;
    normal
}
