//! What the formats without structure say of an event: one line of words and numbers.

use crate::gazetteer::{Place, PlaceShape};
use crate::geo::LonLat;
use crate::store::{Account, AccountEvent, PlaceRole};
use crate::time::{CivilDate, Day, TimeInterval};

/// The places where an event happened; not those it is only named with.
pub(super) fn locations<'a>(
    account: &'a Account,
    event: &'a AccountEvent,
) -> impl Iterator<Item = &'a Place> {
    event.places.iter().filter(|p| p.role == PlaceRole::Location).filter_map(|p| account.places.get(p.place))
}

/// Their names, separated by "; ".
pub(super) fn location_names(account: &Account, event: &AccountEvent) -> String {
    locations(account, event).map(|p| p.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// The position of the first location that is a point. An area or a road has none: a pin in the
/// middle of a country would say what nobody has said.
pub(super) fn lon_lat(account: &Account, event: &AccountEvent) -> Option<LonLat> {
    locations(account, event).find_map(|p| match p.shape {
        Some(PlaceShape::Point(position)) => Some(position),
        _ => None,
    })
}

/// The first and the last possible day, as `YYYY-MM-DD`; `None` where open or unknown.
pub(super) fn outer_days(interval: &TimeInterval) -> (Option<String>, Option<String>) {
    let extent = interval.extent();
    let start = (!interval.is_open_start()).then(|| iso_day(extent.first));
    let end = (!interval.is_open_end()).then(|| iso_day(extent.last));
    (start, end)
}

/// A day as ISO 8601 writes it; years before 0 or of more than four digits as they are.
pub(super) fn iso_day(day: Day) -> String {
    let CivilDate { year, month, day } = CivilDate::from_day(day);
    let sign = if year < 0 { "-" } else { "" };
    format!("{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
}

/// The words an event is first shown with.
pub(super) fn first_quote(event: &AccountEvent) -> &str {
    event.passages.first().map_or("", |p| p.quote.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Edtf;

    #[test]
    fn outer_days_are_iso_dates() {
        let some = |s: &str| Some(s.to_owned());
        for (edtf, expected) in [
            ("2023-04-23", (some("2023-04-23"), some("2023-04-23"))),
            ("2024-02~", (some("2024-02-01"), some("2024-02-29"))),
            ("/2022-12-12", (None, some("2022-12-12"))),
            ("2023-04-23/..", (some("2023-04-23"), None)),
            ("-0043-03-15", (some("-0043-03-15"), some("-0043-03-15"))),
            ("Y12000", (some("12000-01-01"), some("12000-12-31"))),
        ] {
            assert_eq!(outer_days(&Edtf::parse(edtf).unwrap().interval()), expected, "{edtf}");
        }
    }
}
