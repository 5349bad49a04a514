//! Days in words, as the timeline needs them.

use crate::time::{CivilDate, Day, DaySpan};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// "Apr" for 4.
pub fn month(month: u8) -> &'static str {
    MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("")
}

/// "2023", "480 BCE", "12,000 BCE".
pub fn year(year: i64) -> String {
    if year > 0 { year.to_string() } else { format!("{} BCE", 1 - year) }
}

/// "23 Apr 2023".
pub fn day(day: Day) -> String {
    let date = CivilDate::from_day(day);
    format!("{} {} {}", date.day, month(date.month), year(date.year))
}

/// "23 Apr 2023 – 3 May 2023"; one day alone stands once.
pub fn span(span: DaySpan) -> String {
    if span.first == span.last {
        day(span.first)
    } else {
        format!("{} – {}", day(span.first), day(span.last))
    }
}

/// "1 event", "23 events".
pub fn count(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}
