//! The years that a text tells of, for names that held only in some.

use crate::extract::Source;
use crate::extract::token::Token;
use crate::time::CivilDate;

/// Years that a number of four figures is taken for.
const YEARS: std::ops::RangeInclusive<u64> = 1000..=2100;
/// Of the years named, so many at either end are left out: a twentieth.
const STRAY: usize = 20;

/// From the first to the last year that a text names, strays apart; with none, that of the document's date;
/// `None` where neither is known. O(n).
pub fn years(source: &Source) -> Option<(i32, i32)> {
    let text = source.text();
    let year = |token: &Token| {
        if token.n_digits() != 4 {
            return None;
        }
        let number = token.number(text).filter(|n| YEARS.contains(n))?;
        i32::try_from(number).ok()
    };
    let mut named: Vec<i32> = source.tokens.iter().filter_map(year).collect();
    if named.is_empty() {
        let first = source.setting.document_date?.interval().extent().first;
        let year = i32::try_from(CivilDate::from_day(first).year).ok()?;
        return Some((year, year));
    }
    named.sort_unstable();
    let n_stray = named.len() / STRAY;
    named.get(n_stray).copied().zip(named.get(named.len() - 1 - n_stray).copied())
}

/// Did a name hold in any of these years?
pub fn held_in(held: (i32, i32), told: (i32, i32)) -> bool {
    held.0 <= told.1 && told.0 <= held.1
}
