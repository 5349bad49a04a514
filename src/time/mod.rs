//! Calendar time: civil days and intervals whose ends may be uncertain.
//!
//! An interval is the base type; an instant is an interval of its own precision. No time zone ever
//! moves a date.

pub mod civil;
pub mod edtf;
pub mod scale;
pub mod ticks;
pub mod words;

pub use civil::CivilDate;
pub use edtf::Edtf;
pub use scale::TimeScale;
pub use ticks::{RulerTicks, Tick, TickLevel, ruler_ticks};

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

    /// The days that are in both.
    pub fn intersection(self, other: Self) -> Option<Self> {
        self.overlaps(other)
            .then_some(Self { first: self.first.max(other.first), last: self.last.min(other.last) })
    }

    /// The day of the span that is nearest to `day`: itself, if it is inside.
    pub fn nearest(self, day: Day) -> Day {
        day.max(self.first).min(self.last)
    }

    /// Days between two spans: 0 if they overlap, 1 if one follows the other without a gap.
    pub fn days_to(self, other: Self) -> i64 {
        let (gap_after, gap_before) =
            (other.first.saturating_sub(self.last), self.first.saturating_sub(other.last));
        gap_after.max(gap_before).max(0)
    }

    /// Moved by a number of days, of the same length; open ends stay open.
    #[must_use]
    pub fn shifted(self, n_days: i64) -> Self {
        let shift = |day: Day| {
            if day <= DISTANT_PAST || day >= DISTANT_FUTURE {
                day
            } else {
                day.saturating_add(n_days).clamp(DISTANT_PAST, DISTANT_FUTURE)
            }
        };
        Self { first: shift(self.first), last: shift(self.last) }
    }

    pub fn is_open_start(self) -> bool {
        self.first <= DISTANT_PAST
    }

    pub fn is_open_end(self) -> bool {
        self.last >= DISTANT_FUTURE
    }

    /// "19–20 Sep 2023", "Apr 2023", "2020–2023", "1 Jan 2020 – 3 Mar 2021", "until 2020".
    pub fn for_people(self) -> String {
        words::span_words(self)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn span(first: Day, last: Day) -> DaySpan {
        DaySpan { first, last }
    }

    #[test]
    fn spans_meet_part_and_move() {
        // Two spans, their intersection, the days between them.
        for (a, b, shared, n_days) in [
            (span(1, 5), span(3, 9), Some(span(3, 5)), 0),
            (span(1, 5), span(5, 9), Some(span(5, 5)), 0),
            (span(1, 5), span(6, 9), None, 1),
            (span(1, 5), span(10, 12), None, 5),
            (span(DISTANT_PAST, 5), span(2, DISTANT_FUTURE), Some(span(2, 5)), 0),
            (
                span(DISTANT_PAST, DISTANT_PAST),
                span(DISTANT_FUTURE, DISTANT_FUTURE),
                None,
                i64::MAX / 4 * 2 + 1,
            ),
        ] {
            assert_eq!(a.intersection(b), shared);
            assert_eq!(b.intersection(a), shared);
            assert_eq!((a.days_to(b), b.days_to(a)), (n_days, n_days), "{a:?} {b:?}");
        }
        assert_eq!((span(1, 5).nearest(0), span(1, 5).nearest(3), span(1, 5).nearest(9)), (1, 3, 5));
        assert_eq!(span(1, 5).shifted(-3), span(-2, 2));
        assert_eq!(span(1, DISTANT_FUTURE).shifted(3), span(4, DISTANT_FUTURE));
        assert_eq!(DaySpan::month(2024, 2).n_days(), 29);
        assert_eq!(DaySpan::year(1900).n_days(), 365);
    }
}
