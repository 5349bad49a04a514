//! A place on the calendar of some precision, and how TIMEX3 and EDTF write it.

use super::parts::Unit;
use crate::time::{CivilDate, Day, civil};

/// A year, or what is known within it; parts that are not known are absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    /// Astronomical: 0 is 1 BCE.
    pub year: i64,
    pub month: Option<u8>,
    pub day: Option<u8>,
    /// 1 (spring) – 4; only without a month.
    pub season: Option<u8>,
}

impl Point {
    pub fn year(year: i64) -> Self {
        Self { year, month: None, day: None, season: None }
    }

    pub fn month(year: i64, month: u8) -> Self {
        Self { month: Some(month), ..Self::year(year) }
    }

    pub fn day(day: Day) -> Self {
        let date = CivilDate::from_day(day);
        Self { day: Some(date.day), ..Self::month(date.year, date.month) }
    }

    /// The date that EDTF text begins with: of "2009-12-19", "2009-12", "2009~".
    pub fn from_edtf(text: &str) -> Option<Self> {
        let mut numbers = text
            .trim_start_matches('-')
            .split(|c: char| !c.is_ascii_digit())
            .map_while(|part| part.parse::<i64>().ok());
        let year = numbers.next()?;
        let year = if text.starts_with('-') { -year } else { year };
        let month = numbers.next().and_then(|m| u8::try_from(m).ok()).filter(|m| (1..=12).contains(m));
        let day =
            month.and(numbers.next()).and_then(|d| u8::try_from(d).ok()).filter(|d| (1..=31).contains(d));
        Some(Self { year, month, day, season: None })
    }

    /// The day, if it is that precise and in the calendar.
    pub fn to_day(self) -> Option<Day> {
        CivilDate::new(self.year, self.month?, self.day?).map(CivilDate::to_day)
    }

    /// The day in its middle: what it is near to.
    pub fn middle(self) -> Day {
        let (month, day) = match (self.month, self.day, self.season) {
            (Some(month), Some(day), _) => (month, day.min(civil::days_in_month(self.year, month))),
            (Some(month), None, _) => (month, 15),
            (None, _, Some(season)) => (season * 3 + 1, 15),
            (None, ..) => (7, 1),
        };
        let (year, month) = if month > 12 { (self.year + 1, month - 12) } else { (self.year, month) };
        CivilDate { year, month, day }.to_day()
    }

    /// The month, or that in the middle of its season.
    pub fn near_month(self) -> Option<u8> {
        self.month.or(self.season.map(|season| if season == 4 { 12 } else { season * 3 + 1 }))
    }

    pub fn timex(self) -> String {
        self.within(timex_year(self.year), |season, text| text.push_str(season_letters(season)))
    }

    pub fn edtf(self) -> String {
        self.within(edtf_year(self.year), |season, text| push_figures(20 + u64::from(season), 2, text))
    }

    fn within(self, mut text: String, push_season: impl Fn(u8, &mut String)) -> String {
        if let Some(part) = self.month.or(self.season) {
            text.push('-');
            if self.month.is_some() {
                push_figures(part.into(), 2, &mut text);
            } else {
                push_season(part, &mut text);
            }
        }
        if let Some(day) = self.month.and(self.day) {
            text.push('-');
            push_figures(day.into(), 2, &mut text);
        }
        text
    }

    /// The beginning (1), middle (2) or end (3) of it, as an EDTF interval of approximate ends; `None` of
    /// a day.
    pub fn edtf_third(self, edge: u8) -> Option<String> {
        let year = edtf_year(self.year);
        let (first, last) = match (self.month, self.day, self.season) {
            (_, Some(_), _) => return None,
            (Some(month), None, _) => {
                let (first, last) = match edge {
                    1 => (1, 10),
                    2 => (11, 20),
                    _ => (21, civil::days_in_month(self.year, month)),
                };
                return Some(format!("{year}-{month:02}-{first:02}~/{year}-{month:02}-{last:02}~"));
            }
            (None, _, Some(season)) => {
                let month = season * 3 + edge - 1;
                let (year, month) =
                    if month > 12 { (edtf_year(self.year + 1), month - 12) } else { (year, month) };
                return Some(format!("{year}-{month:02}~"));
            }
            (None, ..) => match edge {
                1 => (1, 4),
                2 => (5, 8),
                _ => (9, 12),
            },
        };
        Some(format!("{year}-{first:02}~/{year}-{last:02}~"))
    }

    /// Moved by months, at the precision of months or days.
    pub fn plus_months(self, n: i64) -> Self {
        let from = self.year * 12 + i64::from(self.month.unwrap_or(1)) - 1 + n;
        let (year, month) = (from.div_euclid(12), from.rem_euclid(12) as u8 + 1);
        Self {
            year,
            month: Some(month),
            day: self.day.map(|day| day.min(civil::days_in_month(year, month))),
            season: None,
        }
    }

    /// As coarse as a unit: of a month, without its day.
    pub fn coarsened(self, unit: Unit) -> Self {
        match unit {
            Unit::Month | Unit::Quarter => Self { day: None, ..self },
            Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => Self::year(self.year),
            _ => self,
        }
    }
}

pub(super) fn timex_year(year: i64) -> String {
    let before_era = (year <= 0).then(|| 1 - year);
    year_in_figures(if before_era.is_some() { "BC" } else { "" }, before_era.unwrap_or(year))
}

pub(super) fn edtf_year(year: i64) -> String {
    year_in_figures(if year < 0 { "-" } else { "" }, year)
}

fn year_in_figures(before: &str, year: i64) -> String {
    // Room for a whole date: most years go on.
    let mut text = String::with_capacity(12);
    text.push_str(before);
    push_figures(year.unsigned_abs(), 4, &mut text);
    text
}

/// "00" to "99", one behind the other. Dates are written by the million, so this is no `format!`.
const PAIRS: &str = "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
                     5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/// A number with at least two or four figures.
fn push_figures(number: u64, least: usize, text: &mut String) {
    if number >= 10_000 {
        text.push_str(&number.to_string());
        return;
    }
    let mut push_pair = |pair: u64| {
        let at = pair as usize * 2;
        text.push_str(PAIRS.get(at..at + 2).unwrap_or("00"));
    };
    if least > 2 || number >= 100 {
        push_pair(number / 100);
    }
    push_pair(number % 100);
}

pub(super) fn season_letters(season: u8) -> &'static str {
    match season {
        1 => "SP",
        2 => "SU",
        3 => "FA",
        _ => "WI",
    }
}

/// The ISO week of a day: its year, its number and its Monday.
pub(super) fn iso_week(day: Day) -> (i64, i64, Day) {
    let monday = day - (day + 3).rem_euclid(7);
    // The week is of the year in which its Thursday lies.
    let year = CivilDate::from_day(monday + 3).year;
    let first = CivilDate { year, month: 1, day: 4 }.to_day();
    let first_monday = first - (first + 3).rem_euclid(7);
    (year, (monday - first_monday) / 7 + 1, monday)
}

/// 1 (Monday) – 7 of a day.
pub(super) fn weekday_of(day: Day) -> i64 {
    (day + 3).rem_euclid(7) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_those_of_iso() {
        for (y, m, d, week) in [
            (2009, 3, 13, (2009, 11)),
            (2010, 1, 3, (2009, 53)),
            (2010, 1, 4, (2010, 1)),
            (2008, 12, 29, (2009, 1)),
        ] {
            let day = CivilDate { year: y, month: m, day: d }.to_day();
            assert_eq!((iso_week(day).0, iso_week(day).1), week, "{y}-{m}-{d}");
        }
        assert_eq!(weekday_of(CivilDate { year: 2009, month: 12, day: 19 }.to_day()), 6);
    }

    #[test]
    fn years_before_the_era_are_counted_both_ways() {
        assert_eq!(
            (Point::year(-43).timex(), Point::year(-43).edtf()),
            ("BC0044".to_owned(), "-0043".to_owned())
        );
        assert_eq!((Point::year(0).timex(), Point::year(0).edtf()), ("BC0001".to_owned(), "0000".to_owned()));
    }

    #[test]
    fn figures_are_those_of_the_number() {
        for (number, least) in
            (0..100).map(|n| (n, 2)).chain([(0, 4), (7, 4), (476, 4), (1999, 4), (123_456, 4)])
        {
            let mut text = String::new();
            push_figures(number, least, &mut text);
            assert_eq!(text, format!("{number:0least$}"));
        }
    }

    #[test]
    fn months_are_stepped_over_years() {
        let last_of_january = Point { day: Some(31), ..Point::month(2023, 1) };
        assert_eq!(last_of_january.plus_months(1).timex(), "2023-02-28");
        assert_eq!(last_of_january.plus_months(-2).timex(), "2022-11-30");
    }
}
