//! What a match says, taken apart: its year, month, unit, amount, direction …

use super::figures::Figure;
use super::meet::{Captures, Met};
use super::pattern::Test;
use super::rules::Means;
use super::words::Class;

/// How a unit, weekday or month is pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    This,
    That,
    Same,
    Next,
    Following,
    Last,
    Previous,
}

impl Way {
    /// How far from its anchor, in its unit.
    pub fn steps(self) -> i64 {
        match self {
            Self::This | Self::That | Self::Same => 0,
            Self::Next | Self::Following => 1,
            Self::Last | Self::Previous => -1,
        }
    }

    /// Is it counted from the date named before, rather than from the day of speaking?
    pub fn is_from_text(self) -> bool {
        matches!(self, Self::That | Self::Same | Self::Following | Self::Previous)
    }
}

/// Units of time, as `time-words.txt` numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second = 1,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
    Weekend,
}

impl Unit {
    pub fn numbered(n: i32) -> Option<Self> {
        const ALL: [Unit; 13] = [
            Unit::Second,
            Unit::Minute,
            Unit::Hour,
            Unit::Day,
            Unit::Week,
            Unit::Fortnight,
            Unit::Month,
            Unit::Quarter,
            Unit::Year,
            Unit::Decade,
            Unit::Century,
            Unit::Millennium,
            Unit::Weekend,
        ];
        usize::try_from(n).ok().and_then(|n| n.checked_sub(1)).and_then(|n| ALL.get(n)).copied()
    }
}

/// From a date, or the day of speaking: before or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Toward {
    Ago,
    Earlier,
    Later,
}

/// The parts of one expression; what it does not name is absent.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parts {
    /// As written; see `is_before_era`.
    pub year: Option<i32>,
    pub short_year: Option<i32>,
    pub is_before_era: bool,
    /// 1–12.
    pub month: Option<u8>,
    /// 1–31.
    pub day: Option<u8>,
    /// 1 (Monday) – 7.
    pub weekday: Option<u8>,
    /// 1 (spring) – 4.
    pub season: Option<u8>,
    /// 1 beginning, 2 middle, 3 end.
    pub edge: Option<u8>,
    /// Of a day: 1 morning … 6 daytime.
    pub part: Option<u8>,
    /// Seconds of the day.
    pub clock: Option<i32>,
    /// With "am" or "pm": hours to add to those before noon.
    pub half_day: Option<i32>,
    /// Hours from UTC.
    pub zone: Option<i32>,
    pub way: Option<Way>,
    pub unit: Option<Unit>,
    pub is_plural: bool,
    /// Hundredths.
    pub amount: Option<i32>,
    /// Millions and more, which multiply the amount.
    pub scale: Option<i32>,
    /// "several", "a few".
    pub is_vague: bool,
    /// −1: the last.
    pub rank: Option<i32>,
    pub decade: Option<i32>,
    pub toward: Option<Toward>,
    /// Days from that of speaking.
    pub days_off: Option<i32>,
    pub is_about: bool,
}

impl Parts {
    pub fn of(met: &Met) -> Self {
        let mut parts = Self::default();
        parts.take(&met.captures);
        // "at 0059 (0559 GMT)": the first.
        if met.rule.name == "hours-on" {
            let first = met.captures.iter().next();
            return Self { clock: first.map(|capture| capture.value), ..Self::default() };
        }
        // "half past six"
        if met.means == Means::Clock
            && let Some(more) = met.rule.value.and_then(|seconds| seconds.parse::<i32>().ok())
        {
            parts.clock = parts.clock.map(|seconds| seconds + more);
        }
        if met.means == Means::Date {
            parts.part = parts.part.or(met.rule.value.and_then(|part| part.parse().ok()));
            if parts.month.is_some() && parts.day.is_none() {
                parts.day = parts.rank.take().and_then(day_of);
            } else if parts.rank.is_some_and(|rank| rank > 0) && parts.day.is_none() {
                parts.day = parts.rank.and_then(day_of);
            }
        }
        parts
    }

    fn take(&mut self, captures: &Captures) {
        for capture in captures.iter() {
            let value = capture.value;
            let small = u8::try_from(value).ok();
            match capture.test {
                Test::Figure(figure) => self.take_figure(figure, value),
                Test::Class(class) => match class {
                    Class::Month | Class::MonthShort => self.month = self.month.or(small),
                    Class::Weekday | Class::WeekdayShort | Class::Weekdays => self.weekday = small,
                    Class::Season | Class::SeasonPlural => self.season = small,
                    Class::Edge | Class::Mod | Class::ModCompare => self.edge = self.edge.or(small),
                    Class::Half => {
                        let whole = self.amount.unwrap_or(if self.unit.is_some() { 100 } else { 0 });
                        self.amount = Some(whole + 50);
                    }
                    Class::Part | Class::PartBare | Class::NightWord => self.part = small,
                    Class::AmPm | Class::AorP => self.half_day = Some(value),
                    Class::Zone => self.zone = Some(value),
                    Class::Noon => self.clock = Some(value * 60),
                    Class::This => self.way = Some(Way::This),
                    Class::That => self.way = Some(Way::That),
                    Class::Same => self.way = Some(Way::Same),
                    Class::Next => self.way = Some(Way::Next),
                    Class::Following => self.way = Some(Way::Following),
                    Class::Last => self.way = Some(Way::Last),
                    Class::Previous => self.way = Some(Way::Previous),
                    Class::Unit | Class::Often | Class::UnitShort => {
                        self.unit = self.unit.or_else(|| Unit::numbered(value));
                    }
                    Class::Units => {
                        self.unit = self.unit.or_else(|| Unit::numbered(value));
                        self.is_plural = true;
                    }
                    Class::Vague | Class::VagueMany => self.is_vague = true,
                    Class::Scale => self.scale = Some(value),
                    Class::Number => self.clock = self.clock.or(Some(value * 3600)),
                    Class::Ordinal => self.rank = Some(value),
                    Class::Final => {
                        self.rank = Some(-1);
                        self.edge = self.edge.or(Some(3));
                    }
                    Class::DecadeWord => self.decade = Some(value),
                    Class::EraBefore => self.is_before_era = true,
                    Class::EraLetter => self.is_before_era = value < 0,
                    Class::Ago => self.toward = Some(Toward::Ago),
                    Class::Earlier => self.toward = Some(Toward::Earlier),
                    Class::Later => self.toward = Some(Toward::Later),
                    Class::DayWord => self.days_off = Some(value),
                    Class::Approx => self.is_about = true,
                    _ => {}
                },
                Test::Word(_) | Test::Sign(_) => {}
            }
        }
    }

    fn take_figure(&mut self, figure: Figure, value: i32) {
        match figure {
            Figure::Amount => self.amount = self.amount.or(Some(value)),
            Figure::Day => self.day = self.day.or(u8::try_from(value).ok()),
            Figure::Year | Figure::AnyYear | Figure::Three => self.year = self.year.or(Some(value)),
            Figure::Two => self.short_year = Some(value),
            Figure::Ordinal => self.rank = Some(value),
            Figure::Hour => self.clock = Some(value * 3600),
            Figure::Clock | Figure::ClockRun | Figure::HourMinute => self.clock = Some(value),
            Figure::Numeric => {
                self.year = Some(value / 10_000);
                self.month = u8::try_from(value / 100 % 100).ok();
                self.day = u8::try_from(value % 100).ok();
            }
            Figure::YearMonth => {
                self.year = Some(value / 100);
                self.month = u8::try_from(value % 100).ok();
            }
            Figure::Decade => self.decade = Some(value),
        }
    }

    /// The year in astronomical numbering.
    pub fn astronomical_year(&self) -> Option<i64> {
        self.year.map(|year| if self.is_before_era { 1 - i64::from(year) } else { i64::from(year) })
    }
}

fn day_of(rank: i32) -> Option<u8> {
    u8::try_from(rank).ok().filter(|day| (1..=31).contains(day))
}
