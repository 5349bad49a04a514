//! Calendar time: civil days and intervals whose ends may be uncertain.
//!
//! An interval is the base type; an instant is an interval of its own precision. No time zone ever
//! moves a date.

pub mod civil;
pub mod edtf;
pub mod scale;
pub mod words;

pub use civil::CivilDate;
pub use edtf::Edtf;

/// A civil day, counted from 1970-01-01 = 0 in the proleptic Gregorian calendar.
///
/// Year 0 is 1 BCE (astronomical numbering, as in ISO 8601 and EDTF).
pub type Day = i64;

/// Stands for "no known beginning" as the start of an interval.
pub const DISTANT_PAST: Day = i64::MIN / 4;
/// Stands for "no known end" as the end of an interval.
pub const DISTANT_FUTURE: Day = i64::MAX / 4;

/// An inclusive run of civil days; `first <= last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DaySpan {
    pub first: Day,
    pub last: Day,
}

impl DaySpan {
    /// The span between two days in either order.
    pub fn new(a: Day, b: Day) -> Self {
        Self { first: a.min(b), last: a.max(b) }
    }

    /// One day.
    pub fn day(day: Day) -> Self {
        Self { first: day, last: day }
    }

    /// All of a calendar month (1–12) of an astronomical year.
    pub fn month(year: i64, month: u8) -> Self {
        let first = CivilDate { year, month, day: 1 }.to_day();
        let last = CivilDate { year, month, day: civil::days_in_month(year, month) }.to_day();
        Self { first, last }
    }

    /// All of an astronomical year (0 is 1 BCE).
    pub fn year(year: i64) -> Self {
        Self {
            first: CivilDate { year, month: 1, day: 1 }.to_day(),
            last: CivilDate { year, month: 12, day: 31 }.to_day(),
        }
    }

    pub fn n_days(self) -> i64 {
        self.last.saturating_sub(self.first).saturating_add(1)
    }

    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// When something happened: the bounds within which it started and ended, in inclusive civil days.
///
/// `earliest_start <= latest_start`, `earliest_end <= latest_end`, `earliest_start <= latest_end`.
/// For "April 2023" (a single date of month precision) all four describe the month itself: it
/// started by the 1st and ended by the 30th. Open or unknown ends are [`DISTANT_PAST`] and
/// [`DISTANT_FUTURE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeInterval {
    pub earliest_start: Day,
    pub latest_start: Day,
    pub earliest_end: Day,
    pub latest_end: Day,
}

impl TimeInterval {
    /// An interval whose first and last day are certain.
    pub fn certain(span: DaySpan) -> Self {
        Self {
            earliest_start: span.first,
            latest_start: span.first,
            earliest_end: span.last,
            latest_end: span.last,
        }
    }

    /// The longest it can have been: from the earliest start to the latest end.
    pub fn extent(&self) -> DaySpan {
        DaySpan { first: self.earliest_start, last: self.latest_end }
    }

    /// The part during which it was certainly going on, if there is one.
    pub fn certain_core(&self) -> Option<DaySpan> {
        (self.latest_start <= self.earliest_end)
            .then_some(DaySpan { first: self.latest_start, last: self.earliest_end })
    }

    pub fn is_open_start(&self) -> bool {
        self.earliest_start <= DISTANT_PAST
    }

    pub fn is_open_end(&self) -> bool {
        self.latest_end >= DISTANT_FUTURE
    }
}
