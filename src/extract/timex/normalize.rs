//! Parts of expressions put on the calendar, one after the other, each knowing the dates named before it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::amounts;
use super::anchor::{Telling, Tense, month_tense, tense};
use super::figures::Reader;
use super::holiday;
use super::hours::with_part;
use super::meet::Met;
use super::parts::{Parts, Toward, Unit, Way};
use super::point::{Point, iso_week, season_letters, timex_year, weekday_of};
use super::rules::Means;
use super::story::Story;
use super::units::{self, Period};
use super::words::Beside;
use super::years::{self, nearest_year, year_in_story};
use crate::extract::{TimeAnchor, TimexType};
use crate::time::{CivilDate, Day};

/// What an expression means.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Normal {
    pub timex_type: TimexType,
    pub value: String,
    pub edtf: Option<String>,
    pub anchor: TimeAnchor,
    pub relation: Cow<'static, str>,
    /// What may be counted from it.
    pub point: Option<Point>,
    pub seconds: Option<i32>,
}

impl Normal {
    pub fn new(timex_type: TimexType, value: impl Into<String>) -> Self {
        Self {
            timex_type,
            value: value.into(),
            edtf: None,
            anchor: TimeAnchor::Absolute,
            relation: Cow::Borrowed(""),
            point: None,
            seconds: None,
        }
    }

    pub fn date(point: Point) -> Self {
        Self { edtf: Some(point.edtf()), point: Some(point), ..Self::new(TimexType::Date, point.timex()) }
    }

    pub fn from(mut self, anchor: TimeAnchor, relation: impl Into<Cow<'static, str>>) -> Self {
        self.anchor = anchor;
        self.relation = relation.into();
        self
    }

    pub fn or_edtf(mut self, edtf: Option<String>) -> Self {
        if edtf.is_some() {
            self.edtf = edtf;
        }
        self
    }
}

/// A date to count from, and where it comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Base {
    pub point: Point,
    pub anchor: TimeAnchor,
}

/// Puts expressions on the calendar, in text order.
#[derive(Debug)]
pub(super) struct Normalizer<'r> {
    pub reader: &'r Reader<'r>,
    pub telling: Telling,
    /// The last date named that others may be counted from.
    last: Option<(Point, usize)>,
    last_seconds: Option<i32>,
    /// The last that is precise to the day.
    last_day: Option<(Point, usize)>,
    /// Where it stands: a token's position.
    last_day_token: usize,
    /// The last year that the text gives with a month and day, and the mention.
    whole_days: BTreeMap<(u8, u8), (i64, usize)>,
    /// The last month, quarter or half-year named, and the mention.
    pub period: Option<(Period, usize)>,
    /// The last date named, also by the way.
    last_date: Option<(Point, usize)>,
    story: Story,
}

impl<'r> Normalizer<'r> {
    pub fn new(reader: &'r Reader<'r>, telling: Telling) -> Self {
        Self {
            reader,
            telling,
            last: None,
            last_seconds: None,
            last_day: None,
            last_day_token: 0,
            whole_days: BTreeMap::new(),
            period: None,
            last_date: None,
            story: Story::default(),
        }
    }

    /// The day of speaking.
    pub fn now(&self) -> Option<Base> {
        match self.telling.document {
            Some(point) if !self.telling.is_history => {
                Some(Base { point, anchor: self.telling.document_anchor })
            }
            Some(point) => self.named().or(Some(Base { point, anchor: self.telling.document_anchor })),
            None => self.named(),
        }
    }

    fn named(&self) -> Option<Base> {
        self.last.map(|(point, at)| Base { point, anchor: TimeAnchor::Mention(at) })
    }

    /// The last date that the text names, else the day of speaking.
    pub fn then(&self) -> Option<Base> {
        self.named().or_else(|| self.now())
    }

    pub fn base(&self, way: Way) -> Option<Base> {
        if way.is_from_text() { self.then() } else { self.now() }
    }

    pub fn last_seconds(&self) -> Option<i32> {
        self.last_seconds
    }

    /// Remembers the date of mention `at` as one to count from.
    pub fn remember(&mut self, normal: &Normal, at: usize, (met, parts): (&Met, &Parts), is_reference: bool) {
        if let Some(period) = Period::of(normal).filter(|_| is_reference) {
            self.period = Some((period, at));
        }
        if let Some(point) = normal.point.filter(|_| met.means == Means::Date) {
            self.last_date = Some((point, at));
        }
        if !self.telling.is_history {
            let is_birth = (1..=2)
                .any(|n| met.start.checked_sub(n).is_some_and(|at| self.reader.is_beside(at, Beside::Born)));
            self.story.hear(self.telling.document, (normal, at), (met, parts), is_reference && !is_birth);
        }
        if let Some(Point { year, month: Some(month), day: Some(day), .. }) = normal.point
            && normal.anchor == TimeAnchor::Absolute
        {
            self.whole_days.insert((month, day), (year, at));
        }
        if let Some(point) = normal.point.filter(|_| is_reference) {
            // "in 1941" does not take back what was said of its days.
            let is_coarser = self.last.is_some_and(|(last, _)| {
                last.year == point.year && point.near_month().is_none() && last.near_month().is_some()
            });
            if is_coarser {
                return;
            }
            self.last = Some((point, at));
            self.last_seconds = normal.seconds;
            if point.day.is_some() {
                self.last_day = Some((point, at));
                self.last_day_token = met.start;
            }
        }
    }

    pub fn normal(&self, met: &Met, parts: &Parts) -> Option<Normal> {
        match met.means {
            Means::Date => self.date(met, parts),
            Means::Clock => Some(self.clock(met, parts)),
            Means::Part => Some(self.part(met, parts)),
            Means::Day => Some(self.day_word(met, parts)),
            Means::Unit => units::unit(self, met, parts),
            Means::Decade => years::decade(parts),
            Means::Century => years::century(met, parts),
            Means::Shift => amounts::shift(self, met, parts),
            Means::Span => Some(amounts::span(self, parts)),
            Means::Duration if met.rule.value.is_some() => {
                Some(Normal::new(TimexType::Duration, met.rule.value.unwrap_or_default()))
            }
            Means::Duration | Means::Age => amounts::duration(parts),
            Means::Set => amounts::set(met, parts),
            Means::Ref => Some(self.reference(met)),
            Means::Holiday => self.holiday(met, parts),
        }
    }

    fn reference(&self, met: &Met) -> Normal {
        if let Some(value) = met.rule.value {
            return Normal::new(TimexType::Date, value);
        }
        // "that time": about the date last named; more is not said.
        let normal = Normal::new(TimexType::Date, "PAST_REF");
        match self.named() {
            Some(base) if !self.telling.is_history => Normal::date(base.point).from(base.anchor, "at"),
            Some(base) => {
                Normal { edtf: Some(format!("{}~", base.point.edtf())), ..normal }.from(base.anchor, "at")
            }
            None => normal.from(TimeAnchor::Missing, ""),
        }
    }

    pub fn date(&self, met: &Met, parts: &Parts) -> Option<Normal> {
        if let Some(weekday) = parts.weekday.filter(|_| parts.day.is_none() && parts.month.is_none()) {
            return Some(self.weekday(met, parts, weekday));
        }
        if let Some(season) = parts.season {
            let (year, anchor, relation) = self.year_for(met, parts, None, Some(season))?;
            let Some(year) = year else {
                let letters = season_letters(season);
                return Some(
                    Normal::new(TimexType::Date, format!("XXXX-{letters}")).from(TimeAnchor::Missing, ""),
                );
            };
            let point = Point { season: Some(season), ..Point::year(year) };
            let third = parts.edge.and_then(|edge| point.edtf_third(edge));
            return Some(Normal::date(point).or_edtf(third).from(anchor, relation));
        }
        if parts.month.is_none() && parts.day.is_some() && parts.year.is_none() {
            return Some(self.day_of_month(parts));
        }
        let (year, anchor, relation) = self.year_for(met, parts, parts.month, None)?;
        let Some(year) = year else {
            let month = parts.month.map_or("XX".to_owned(), |m| format!("{m:02}"));
            let value = match parts.day {
                Some(day) => format!("XXXX-{month}-{day:02}"),
                None => format!("XXXX-{month}"),
            };
            return Some(Normal::new(TimexType::Date, value).from(TimeAnchor::Missing, ""));
        };
        let point = Point { year, month: parts.month, day: parts.day, season: None };
        if point.day.is_some() && point.month.is_some() && point.to_day().is_none() {
            return None;
        }
        let mut normal = Normal::date(point).from(anchor, relation);
        if let Some(edge) = parts.edge {
            normal = normal.or_edtf(point.edtf_third(edge));
        } else if parts.is_about {
            normal.edtf = Some(format!("{}~", point.edtf()));
        }
        Some(with_part(normal, parts.part))
    }

    /// The year of a date that may not name it, and what it is taken from; the outer `None`: it is no date.
    #[allow(clippy::type_complexity)]
    fn year_for(
        &self,
        met: &Met,
        parts: &Parts,
        month: Option<u8>,
        season: Option<u8>,
    ) -> Option<(Option<i64>, TimeAnchor, &'static str)> {
        if let Some(year) = parts.astronomical_year() {
            return Some((Some(year), TimeAnchor::Absolute, ""));
        }
        if let Some(short) = parts.short_year {
            let until =
                self.telling.document.filter(|_| !self.telling.is_history).or(self.then().map(|b| b.point));
            let until = until.map_or(2029, |point| point.year);
            let year = until - (until - i64::from(short)).rem_euclid(100);
            return Some((Some(year), TimeAnchor::Absolute, ""));
        }
        let way = parts.way;
        let base = match way {
            Some(way) => self.base(way),
            None => self.now(),
        };
        let Some(base) = base else { return Some((None, TimeAnchor::Missing, "")) };
        let is_way_of_year =
            met.rule.name.ends_with("way") || parts.day.is_some() || met.rule.name.starts_with("month-year");
        if let Some(way) = way.filter(|_| is_way_of_year) {
            let relation = match way.steps() {
                0 => "same year",
                1 => "year after",
                _ => "year before",
            };
            return Some((Some(base.point.year + way.steps()), base.anchor, relation));
        }
        let near_month = month.or(season.map(|s| if s == 4 { 12 } else { s * 3 + 1 }))?;
        if let Some(way) = way {
            let from = base.point.near_month().unwrap_or(6);
            let year = match way.steps() {
                0 => base.point.year,
                1 if near_month > from && way == Way::Following => base.point.year,
                1 if season.is_some() && near_month > from + 1 => base.point.year,
                1 if season.is_none() && near_month > from => base.point.year,
                1 => base.point.year + 1,
                _ if near_month < from => base.point.year,
                _ => base.point.year - 1,
            };
            let relation = match way.steps() {
                0 => "same year",
                1 => "first after",
                _ => "before",
            };
            return Some((Some(year), base.anchor, relation));
        }
        let is_from_document =
            base.anchor == self.telling.document_anchor && self.telling.document == Some(base.point);
        if !is_from_document {
            let year = year_in_story(base.point, near_month, parts.day);
            return Some((Some(year), base.anchor, beside_year(year, base.point.year)));
        }
        // "On April 23 …" in a text that dates "April 23, 2023": the same day.
        let whole = month.zip(parts.day).and_then(|day| self.whole_days.get(&day));
        if let Some((year, at)) = whole {
            return Some((Some(*year), TimeAnchor::Mention(*at), "same day"));
        }
        // "Sunday, Sept. 17": of the years about now that in which it is one.
        if let Some(year) = weekday_year(base.point.year, parts) {
            return Some((Some(year), base.anchor, beside_year(year, base.point.year)));
        }
        let tense = month_tense(self.reader, met, parts);
        if let Some((story, at)) = self.story.told(self.reader, met).filter(|_| tense != Tense::Future)
            && self.story.goes_on(base.point, near_month, parts.day)
        {
            let year = year_in_story(story, near_month, parts.day);
            return Some((Some(year), TimeAnchor::Mention(at), beside_year(year, story.year)));
        }
        // A text whose own day is not known looks back on a story: its dates go on from one another.
        let story = self.named().filter(|_| base.point.day.is_none());
        if let Some(story) = story {
            let mut year = year_in_story(story.point, near_month, parts.day);
            let is_ahead = (year, near_month) > (base.point.year, base.point.near_month().unwrap_or(12));
            if is_ahead && tense == Tense::Past {
                year -= 1;
            }
            return Some((Some(year), story.anchor, beside_year(year, story.point.year)));
        }
        let year = nearest_year(base.point, near_month, parts.day, tense);
        Some((Some(year), base.anchor, beside_year(year, base.point.year)))
    }

    /// "the 20th": in the month last named.
    fn day_of_month(&self, parts: &Parts) -> Normal {
        let base = self.then().filter(|base| base.point.month.is_some());
        let Some((base, day)) = base.zip(parts.day) else {
            return Normal::new(TimexType::Date, format!("XXXX-XX-{:02}", parts.day.unwrap_or(1)))
                .from(TimeAnchor::Missing, "");
        };
        let steps = parts.way.map_or(0, Way::steps);
        let point = Point { day: None, ..base.point }.plus_months(steps);
        let point = Point { day: Some(day), ..point };
        if point.to_day().is_none() {
            return Normal::new(TimexType::Date, format!("XXXX-XX-{day:02}")).from(TimeAnchor::Missing, "");
        }
        Normal::date(point).from(base.anchor, "same year")
    }

    fn weekday(&self, met: &Met, parts: &Parts, weekday: u8) -> Normal {
        let way = parts.way;
        let base = way.map_or_else(|| self.now(), |way| self.base(way));
        let base = if self.telling.is_history || base.is_none_or(|b| b.point.day.is_none()) {
            self.last_day.map(|(point, at)| Base { point, anchor: TimeAnchor::Mention(at) }).or(base)
        } else {
            base
        };
        let Some((base, from)) = base.and_then(|base| base.point.to_day().map(|day| (base, day))) else {
            let normal =
                Normal::new(TimexType::Date, format!("XXXX-WXX-{weekday}")).from(TimeAnchor::Missing, "");
            return with_part(normal, parts.part);
        };
        let ahead = (i64::from(weekday) - weekday_of(from)).rem_euclid(7);
        let behind = (7 - ahead) % 7;
        let in_week = |week: i64| from - weekday_of(from) + i64::from(weekday) + 7 * week;
        let day = match way {
            Some(Way::Next) if met.rule.name == "weekday-week" => in_week(1),
            Some(Way::Last) if met.rule.name == "weekday-week" => in_week(-1),
            Some(Way::This) => in_week(0),
            Some(Way::Next | Way::Following) => from + if ahead == 0 { 7 } else { ahead },
            Some(Way::Last | Way::Previous) => from - if behind == 0 { 7 } else { behind },
            Some(Way::That | Way::Same) => from - if behind <= 3 { behind } else { behind - 7 },
            None if self.telling.is_history || self.telling.document.is_none() => from + ahead,
            None => match tense(self.reader, met.start, met.end) {
                Tense::Future => from + ahead,
                _ => from - behind,
            },
        };
        let relation = match day - from {
            0 => Cow::Borrowed("same day"),
            n if n > 0 => Cow::Borrowed("first after"),
            n => format!("P{}D before", -n).into(),
        };
        with_part(Normal::date(Point::day(day)).from(base.anchor, relation), parts.part)
    }

    fn day_word(&self, met: &Met, parts: &Parts) -> Normal {
        let steps = met
            .rule
            .value
            .and_then(|value| value.parse::<i64>().ok())
            .or(parts.days_off.map(i64::from))
            .unwrap_or(0);
        let Some((base, day)) = self.now().and_then(|base| base.point.to_day().map(|day| (base, day))) else {
            let value = match steps {
                0 => "PRESENT_REF",
                n if n < 0 => "PAST_REF",
                _ => "FUTURE_REF",
            };
            return Normal::new(TimexType::Date, value).from(TimeAnchor::Missing, "");
        };
        let relation = days_relation(steps);
        with_part(Normal::date(Point::day(day + steps)).from(base.anchor, relation), parts.part)
    }

    /// The last day named, if it is not far before an expression.
    pub fn day_near(&self, met: &Met) -> Option<Base> {
        const NEAR: usize = 80;
        let (point, at) = self.last_day.filter(|_| self.last_day_token + NEAR >= met.start)?;
        Some(Base { point, anchor: TimeAnchor::Mention(at) })
    }

    /// The date before "that year": whatever was named last.
    pub fn that(&self) -> Option<Base> {
        self.last_date.map(|(point, at)| Base { point, anchor: TimeAnchor::Mention(at) })
    }

    /// Does the last day stand in the sentence of an expression?
    pub fn has_day_in_sentence(&self, met: &Met) -> bool {
        self.reader
            .sentence_of(met.start)
            .is_some_and(|sentence| self.last_day_token >= sentence.tokens.start)
    }

    pub fn day_beside(&self) -> Option<Base> {
        self.last_day
            .map(|(point, at)| Base { point, anchor: TimeAnchor::Mention(at) })
            .or_else(|| self.now().filter(|base| base.point.day.is_some()))
    }

    fn holiday(&self, met: &Met, parts: &Parts) -> Option<Normal> {
        let rule = met.rule.value?;
        if let Some(day) = holiday::fixed(rule) {
            return Some(Normal::date(Point::day(day)));
        }
        let year = parts.astronomical_year();
        let is_named = year.is_some();
        let base = self.now();
        let year = match (year, base) {
            (Some(year), _) => year,
            (None, Some(base)) if parts.way.is_some_and(|way| way.steps() != 0) => {
                let now = base.point.middle();
                let is_before = parts.way == Some(Way::Last);
                let this = holiday::in_year(rule, base.point.year)?;
                base.point.year + i64::from(!is_before && this <= now) - i64::from(is_before && this >= now)
            }
            (None, Some(base)) if !self.telling.is_history && self.telling.document.is_some() => {
                let tense = tense(self.reader, met.start, met.end);
                let date = CivilDate::from_day(holiday::in_year(rule, base.point.year)?);
                nearest_year(base.point, date.month, Some(date.day), tense)
            }
            (None, Some(base)) => base.point.year,
            (None, None) => {
                let value = if rule.len() == 5 { format!("XXXX-{rule}") } else { "XXXX-XX-XX".to_owned() };
                return Some(Normal::new(TimexType::Date, value).from(TimeAnchor::Missing, ""));
            }
        };
        let normal = Normal::date(Point::day(holiday::in_year(rule, year)?));
        Some(match base {
            Some(base) if !is_named => normal.from(base.anchor, "same year"),
            _ => normal,
        })
    }
}

pub(super) fn days_relation(steps: i64) -> Cow<'static, str> {
    match steps {
        0 => "same day".into(),
        n if n < 0 => format!("P{}D before", -n).into(),
        n => format!("P{n}D after").into(),
    }
}

/// The week of a day, as both write it.
pub(super) fn week_of(day: Day) -> (String, String) {
    let (year, week, monday) = iso_week(day);
    let edtf = format!("{}/{}", Point::day(monday).edtf(), Point::day(monday + 6).edtf());
    (format!("{}-W{week:02}", timex_year(year)), edtf)
}

/// Does the amount stand before or after its anchor?
pub(super) fn sign_of(toward: Toward) -> i64 {
    match toward {
        Toward::Ago | Toward::Earlier => -1,
        Toward::Later => 1,
    }
}

/// Is the unit shorter than a day?
pub(super) fn is_of_the_clock(unit: Unit) -> bool {
    matches!(unit, Unit::Second | Unit::Minute | Unit::Hour)
}

/// The year, this one or one beside it, in which a day of a month is of the weekday that is named.
fn weekday_year(year: i64, parts: &Parts) -> Option<i64> {
    let (weekday, month, day) = (parts.weekday?, parts.month?, parts.day?);
    let fits = |year: &i64| {
        let date = Point { day: Some(day), ..Point::month(*year, month) };
        date.to_day().is_some_and(|day| weekday_of(day) == i64::from(weekday))
    };
    [year, year - 1, year + 1].into_iter().find(fits)
}

/// How a year stands to that of the date which it is counted from.
fn beside_year(year: i64, base: i64) -> &'static str {
    match (year - base).signum() {
        0 => "same year",
        1 => "year after",
        _ => "year before",
    }
}
