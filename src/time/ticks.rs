//! Calendar ticks for a time axis: which units to mark at a zoom, and what to write at them.
//!
//! Plain values; painting is a loop over them. A label is written to the right of its tick and
//! names what begins there.

use super::scale::TimeScale;
use super::words::{far_year_words, month_name, short_month_name, year_range_words};
use super::{CivilDate, Day, DaySpan};

/// Free pixels between a label and the next tick.
const LABEL_GAP_PX: f64 = 8.0;
/// Unlabelled ticks stand at least this far apart.
const MIN_FINE_PX: f64 = 7.0;
/// No label is narrower than this; finer levels need not be tried.
const MIN_LABEL_PX: f64 = 8.0;
/// A guard; by the distances above there are never so many on a screen.
const MAX_TICKS: i64 = 2000;

/// The calendar unit of which a tick marks the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TickLevel {
    Day,
    /// From Monday.
    Week,
    Month,
    Quarter,
    /// 1, 2 or 5 × 10ⁿ years. Multiples are counted from either side of the era (500 BCE, 1 CE,
    /// 500 CE), for there is no year 0.
    Years(i64),
}

/// A mark at the first moment of `span.first`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// The days of the unit that begins here; the first tick's may begin before the visible days.
    pub span: DaySpan,
    pub level: TickLevel,
    /// Empty where there is no room or the tick is a fine one.
    pub label: String,
}

/// The rows of a ruler, each in order of time and covering the visible days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RulerTicks {
    /// The context: years above months, months above days. The first label is to be kept in sight
    /// when its tick is not.
    pub major: Vec<Tick>,
    /// The finest unit whose labels all fit.
    pub minor: Vec<Tick>,
    /// Finer than `minor`, without labels; empty where they would crowd.
    pub fine: Vec<Tick>,
}

/// The ticks of the days visible in `width_px`; `label_px` measures a label in the ruler's font.
pub fn ruler_ticks(scale: &TimeScale, width_px: f64, label_px: impl Fn(&str) -> f64) -> RulerTicks {
    let visible = scale.visible(width_px);
    let room_px = |tick: &Tick| {
        let (left, right) = scale.x_range(tick.span);
        right - left - LABEL_GAP_PX
    };
    for level in TickLevel::ladder() {
        if level.min_days() as f64 * scale.px_per_day < MIN_LABEL_PX + LABEL_GAP_PX {
            continue;
        }
        let Some(mut minor) = ticks_of(level, visible) else { continue };
        // The longest style that fits everywhere, for a row of mixed styles is hard to read.
        let fitting = [Style::Long, Style::Short].into_iter().find(|style| {
            minor.iter().all(|tick| label_px(&level.label(tick.span, *style)) <= room_px(tick))
        });
        let Some(style) = fitting else { continue };
        for tick in &mut minor {
            tick.label = level.label(tick.span, style);
        }

        let major_level = level.context();
        let mut major = ticks_of(major_level, visible).unwrap_or_default();
        for tick in &mut major {
            let (left, right) = scale.x_range(tick.span);
            let seen_px = right.min(width_px) - left.max(0.0) - LABEL_GAP_PX;
            tick.label = [Style::Long, Style::Short]
                .into_iter()
                .map(|style| major_level.context_label(tick.span, style))
                .find(|label| label_px(label) <= seen_px)
                .unwrap_or_default();
        }

        let fine = TickLevel::ladder()
            .take_while(|fine| *fine != level)
            .find(|fine| fine.divides(level) && fine.min_days() as f64 * scale.px_per_day >= MIN_FINE_PX)
            .and_then(|fine| ticks_of(fine, visible))
            .unwrap_or_default();
        return RulerTicks { major, minor, fine };
    }
    RulerTicks::default()
}

/// All units that touch the visible days, without labels; `None` if there are absurdly many.
fn ticks_of(level: TickLevel, visible: DaySpan) -> Option<Vec<Tick>> {
    let (first, last) = (level.index_of(visible.first), level.index_of(visible.last));
    if last.saturating_sub(first) > MAX_TICKS {
        return None;
    }
    Some((first..=last).map(|i| Tick { span: level.span(i), level, label: String::new() }).collect())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Long,
    Short,
}

impl TickLevel {
    /// The finest level whose units are at least `min_px` wide.
    pub fn at_least(min_px: f64, px_per_day: f64) -> Self {
        let is_wide_enough = |level: &Self| level.min_days() as f64 * px_per_day >= min_px;
        Self::ladder().find(is_wide_enough).unwrap_or(Self::Years(50_000_000_000))
    }

    /// The unit of this level that holds a day.
    pub fn unit_around(self, day: Day) -> DaySpan {
        self.span(self.index_of(day))
    }

    /// From the finest to ten thousand million years.
    fn ladder() -> impl Iterator<Item = Self> {
        let years = (0..=10_u32).flat_map(|n| [1, 2, 5].map(|step| Self::Years(step * 10_i64.pow(n))));
        [Self::Day, Self::Week, Self::Month, Self::Quarter].into_iter().chain(years)
    }

    /// The least number of days it has.
    fn min_days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 28,
            Self::Quarter => 90,
            // The first unit of the era lacks the year 0.
            Self::Years(1) => 365,
            Self::Years(n) => (n - 1) * 365,
        }
    }

    /// Whether every unit of `coarser` begins with one of these.
    fn divides(self, coarser: Self) -> bool {
        match (self, coarser) {
            (Self::Day, _)
            | (Self::Month, Self::Month | Self::Quarter | Self::Years(_))
            | (Self::Quarter, Self::Quarter | Self::Years(_)) => true,
            (Self::Years(fine), Self::Years(coarse)) => coarse % fine == 0,
            _ => false,
        }
    }

    /// The level of the row above.
    fn context(self) -> Self {
        match self {
            Self::Day | Self::Week => Self::Month,
            Self::Month | Self::Quarter => Self::Years(1),
            Self::Years(n) => Self::Years(10_i64.pow(n.max(1).ilog10() + 1)),
        }
    }

    /// The number of the unit that holds `day`, counted from an arbitrary one.
    fn index_of(self, day: Day) -> i64 {
        let date = CivilDate::from_day(day);
        let months = date.year * 12 + i64::from(date.month) - 1;
        match self {
            Self::Day => day,
            Self::Week => (day - MONDAY).div_euclid(7),
            Self::Month => months,
            Self::Quarter => months.div_euclid(3),
            Self::Years(1) => date.year,
            Self::Years(n) if date.year > 0 => date.year / n,
            Self::Years(n) => (date.year - 1).div_euclid(n),
        }
    }

    fn span(self, index: i64) -> DaySpan {
        DaySpan { first: self.first_day(index), last: self.first_day(index + 1) - 1 }
    }

    fn first_day(self, index: i64) -> Day {
        let month =
            |months: i64| DaySpan::month(months.div_euclid(12), months.rem_euclid(12) as u8 + 1).first;
        match self {
            Self::Day => index,
            Self::Week => index * 7 + MONDAY,
            Self::Month => month(index),
            Self::Quarter => month(index * 3),
            Self::Years(1) => DaySpan::year(index).first,
            Self::Years(n) if index > 0 => DaySpan::year(index * n).first,
            Self::Years(n) => DaySpan::year(index * n + 1).first,
        }
    }

    /// The label in the row of this level: "Fri 14", "14"; "April", "Apr"; "2023", "44 BCE".
    fn label(self, span: DaySpan, style: Style) -> String {
        let date = CivilDate::from_day(span.first);
        match (self, style) {
            (Self::Day, Style::Long) => format!("{} {}", weekday(span.first), date.day),
            (Self::Day | Self::Week, _) => date.day.to_string(),
            (Self::Month | Self::Quarter, Style::Long) => month_name(date.month).to_owned(),
            (Self::Month | Self::Quarter, Style::Short) => short_month_name(date.month).to_owned(),
            (Self::Years(_), _) => far_year_words(date.year),
        }
    }

    /// The label in the row above: "April 2023", "2023", "1990s", "500–401 BCE".
    fn context_label(self, span: DaySpan, style: Style) -> String {
        let date = CivilDate::from_day(span.first);
        let year = far_year_words(date.year);
        match (self, style) {
            (Self::Month, Style::Long) => format!("{} {year}", month_name(date.month)),
            (Self::Month, Style::Short) => format!("{} {year}", short_month_name(date.month)),
            (Self::Years(10 | 100), _) if (1000..=9999).contains(&date.year) => format!("{}s", date.year),
            (Self::Years(n), Style::Long) if n > 1 => {
                year_range_words(date.year, CivilDate::from_day(span.last).year, far_year_words)
            }
            _ => year,
        }
    }
}

/// 1970-01-05 was a Monday.
const MONDAY: Day = 4;

fn weekday(day: Day) -> &'static str {
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    NAMES.get((day - MONDAY).rem_euclid(7) as usize).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WIDTH_PX: f64 = 1000.0;

    /// A font in which each letter is 7 pixels wide.
    fn seven_a_letter(label: &str) -> f64 {
        7.0 * label.chars().count() as f64
    }

    fn labels(ticks: &[Tick]) -> String {
        ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>().join("|")
    }

    fn ruler(first: CivilDate, last: CivilDate, width_px: f64) -> RulerTicks {
        let span = DaySpan { first: first.to_day(), last: last.to_day() };
        ruler_ticks(&TimeScale::fit(span, width_px, 0.0), width_px, seven_a_letter)
    }

    fn date(year: i64, month: u8, day: u8) -> CivilDate {
        CivilDate::new(year, month, day).unwrap()
    }

    #[test]
    fn each_zoom_has_its_units() {
        // First and last day, width, expected rows above and below.
        #[rustfmt::skip]
        let cases = [
            (date(2023, 9, 18), date(2023, 9, 21), 400.0,
                "September 2023", "Mon 18|Tue 19|Wed 20|Thu 21"),
            (date(2023, 9, 25), date(2023, 10, 4), 300.0,
                "September 2023|October 2023", "25|26|27|28|29|30|1|2|3|4"),
            (date(2023, 8, 21), date(2023, 10, 1), 200.0,
                "|September 2023|", "21|28|4|11|18|25"),
            (date(2022, 11, 1), date(2023, 1, 31), 300.0,
                "Nov 2022|December 2022|January 2023", "31|7|14|21|28|5|12|19|26|2|9|16|23|30"),
            (date(2022, 9, 1), date(2023, 8, 31), 1100.0,
                "2022|2023",
                "September|October|November|December|January|February|March|April|May|June|July|August"),
            (date(2022, 11, 1), date(2023, 4, 30), 500.0,
                "2022|2023", "November|December|January|February|March|April"),
            (date(2022, 11, 1), date(2023, 4, 30), 240.0,
                "2022|2023", "Nov|Dec|Jan|Feb|Mar|Apr"),
            (date(2022, 1, 1), date(2023, 12, 31), 300.0,
                "2022|2023", "Jan|Apr|Jul|Oct|Jan|Apr|Jul|Oct"),
            (date(2016, 1, 1), date(2023, 12, 31), 400.0,
                "2010s|2020s", "2016|2017|2018|2019|2020|2021|2022|2023"),
            (date(1988, 1, 1), date(2007, 12, 31), 400.0,
                "|1990s|2000s", "1988|1990|1992|1994|1996|1998|2000|2002|2004|2006"),
            (date(1890, 1, 1), date(2029, 12, 31), 600.0,
                "|1900s|2000s", "1890|1900|1910|1920|1930|1940|1950|1960|1970|1980|1990|2000|2010|2020"),
            (date(-3, 1, 1), date(4, 12, 31), 600.0,
                "10–1 BCE|1–9 CE", "4 BCE|3 BCE|2 BCE|1 BCE|1 CE|2 CE|3 CE|4 CE"),
            (date(-19, 1, 1), date(29, 12, 31), 500.0,
                "20–11 BCE|10–1 BCE|1–9 CE|10–19 CE|20–29 CE",
                "20 BCE|15 BCE|10 BCE|5 BCE|1 CE|5 CE|10 CE|15 CE|20 CE|25 CE"),
            (date(-99, 1, 1), date(99, 12, 31), 400.0,
                "100–1 BCE|1–99 CE", "100 BCE|50 BCE|1 CE|50 CE"),
            (date(-999, 1, 1), date(1999, 12, 31), 700.0,
                "1000–1 BCE|1–999 CE|1000–1999", "1000 BCE|500 BCE|1 CE|500 CE|1000|1500"),
            (date(-29_999, 1, 1), date(9_999, 12, 31), 600.0,
                "100,000–1 BCE|1–99,999 CE", "30,000 BCE|20,000 BCE|10,000 BCE|1 CE"),
            (date(-2_999_999, 1, 1), date(999_999, 12, 31), 600.0,
                "10 million – 1 BCE|1–9,999,999 CE", "3 million BCE|2 million BCE|1 million BCE|1 CE"),
        ];
        let mut wrong = Vec::new();
        for (first, last, width_px, major, minor) in cases {
            let ticks = ruler(first, last, width_px);
            let found = (labels(&ticks.major), labels(&ticks.minor));
            if (found.0.as_str(), found.1.as_str()) != (major, minor) {
                wrong.push((first, last, found));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn fine_ticks_divide_the_minor_ones() {
        for (first, last, minor, fine) in [
            (date(2023, 8, 1), date(2023, 10, 1), TickLevel::Week, Some(TickLevel::Day)),
            (date(2020, 1, 1), date(2023, 12, 31), TickLevel::Quarter, Some(TickLevel::Month)),
            (date(2000, 1, 1), date(2023, 12, 31), TickLevel::Years(1), Some(TickLevel::Quarter)),
            (date(1900, 1, 1), date(1999, 12, 31), TickLevel::Years(5), Some(TickLevel::Years(1))),
            (date(2023, 4, 1), date(2023, 4, 30), TickLevel::Day, None),
        ] {
            let ticks = ruler(first, last, 1000.0);
            assert_eq!(ticks.minor[0].level, minor);
            assert_eq!(ticks.fine.first().map(|tick| tick.level), fine, "{minor:?}");
        }
        for level in TickLevel::ladder() {
            for fine in TickLevel::ladder().filter(|fine| fine.divides(level) && *fine != level) {
                for i in -30..30 {
                    let start = level.first_day(i);
                    let first_day = fine.first_day(fine.index_of(start));
                    assert_eq!(first_day, start, "{fine:?} in {level:?}");
                }
            }
        }
    }

    #[test]
    fn the_finest_level_that_is_wide_enough() {
        for (min_px, px_per_day, expected) in [
            (3.0, 5.0, TickLevel::Day),
            (3.0, 0.5, TickLevel::Week),
            (3.0, 0.2, TickLevel::Month),
            (26.0, 0.01, TickLevel::Years(10)),
        ] {
            assert_eq!(TickLevel::at_least(min_px, px_per_day), expected);
        }
        let day = date(2023, 9, 19).to_day();
        assert_eq!(TickLevel::Month.unit_around(day), DaySpan::month(2023, 9));
        assert_eq!(TickLevel::Years(1).unit_around(day), DaySpan::year(2023));
    }

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(weekday(date(2023, 9, 19).to_day()), "Tue");
        let monday = TickLevel::Week.span(TickLevel::Week.index_of(date(2023, 9, 19).to_day()));
        assert_eq!(CivilDate::from_day(monday.first), date(2023, 9, 18));
        assert_eq!(monday.n_days(), 7);
    }

    proptest! {
        #[test]
        fn labels_never_overlap_and_ticks_are_few(
            origin_year in -1e7_f64..1e7, log_zoom in -17.0_f64..5.3, letter_px in 4.0_f64..12.0
        ) {
            let scale = TimeScale { origin_day: origin_year * 365.25, px_per_day: log_zoom.exp() };
            let label_px = |label: &str| letter_px * label.chars().count() as f64;
            let ticks = ruler_ticks(&scale, WIDTH_PX, label_px);
            prop_assert!(!ticks.minor.is_empty() && !ticks.major.is_empty());
            prop_assert!(ticks.minor.len() <= 70 && ticks.major.len() <= 40 && ticks.fine.len() <= 150);
            for row in [&ticks.minor, &ticks.major] {
                for pair in row.windows(2) {
                    prop_assert_eq!(pair[0].span.last + 1, pair[1].span.first);
                    let left = scale.x_from_day(pair[0].span.first as f64);
                    let pinned = if left < 0.0 && row == &ticks.major { 0.0 } else { left };
                    let next = scale.x_from_day(pair[1].span.first as f64);
                    let label = &pair[0].label;
                    prop_assert!(label.is_empty() || pinned + label_px(label) < next, "{label}");
                }
            }
            let visible = scale.visible(WIDTH_PX);
            for row in [&ticks.minor, &ticks.major] {
                prop_assert!(row[0].span.contains(visible.first));
                prop_assert!(row[row.len() - 1].span.contains(visible.last));
            }
            prop_assert!(ticks.minor.iter().all(|tick| !tick.label.is_empty()));
        }

        #[test]
        fn every_day_lies_in_the_unit_that_is_found_for_it(day in -4_000_000_000_i64..4_000_000_000) {
            for level in TickLevel::ladder() {
                let span = level.span(level.index_of(day));
                prop_assert!(span.contains(day), "{level:?} {day} {span:?}");
                prop_assert!(span.n_days() >= level.min_days(), "{level:?} {span:?}");
            }
        }
    }
}
