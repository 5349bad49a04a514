//! How relations, links and kinds are said to people.

use crate::gazetteer::PlaceKind;

pub fn place_kind(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Town => "town",
        PlaceKind::Village => "village",
        PlaceKind::District => "district",
        PlaceKind::Country => "country",
        PlaceKind::Region => "region",
        PlaceKind::Route => "road",
        PlaceKind::Crossing => "border crossing",
        _ => "place",
    }
}

/// How a relation to an anchor reads before what it is counted from: "1 year before", "the first
/// after". Unknown relations are said as they are written.
pub fn relation(relation: &str) -> String {
    let known = match relation {
        "same day" => "the day of",
        "same year" => "the year of",
        "year before" => "the year before",
        "year after" => "the year after",
        "first after" => "the first such day after",
        "end of" => "the end of",
        "duration of" => "as long as",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    match relation.split_once(' ') {
        Some((amount, side @ ("before" | "after"))) if amount.starts_with('P') => {
            duration(amount).map_or_else(|| relation.to_owned(), |words| format!("{words} {side}"))
        }
        _ => relation.to_owned(),
    }
}

/// An ISO 8601 duration of whole units in words: "P1Y2M" is "1 year 2 months".
fn duration(iso: &str) -> Option<String> {
    let mut words = Vec::new();
    let mut number = String::new();
    let mut is_clock = false;
    for c in iso.strip_prefix('P')?.chars() {
        if c == 'T' {
            is_clock = true;
            continue;
        }
        if c.is_ascii_digit() || c == 'X' {
            number.push(c);
            continue;
        }
        let unit = match (c, is_clock) {
            ('Y', false) => "year",
            ('M', false) => "month",
            ('W', false) => "week",
            ('D', false) => "day",
            ('H', true) => "hour",
            ('M', true) => "minute",
            ('S', true) => "second",
            _ => return None,
        };
        let amount = std::mem::take(&mut number);
        words.push(match amount.as_str() {
            "" => return None,
            "1" => format!("1 {unit}"),
            unknown if unknown.contains('X') => format!("some {unit}s"),
            many => format!("{many} {unit}s"),
        });
    }
    (number.is_empty() && !words.is_empty()).then(|| words.join(" "))
}

/// "continues", "same-as" and "part-of" before the title of the other event.
pub fn link(relation: &str) -> String {
    match relation {
        "same-as" => "The same as".to_owned(),
        "continues" => "Goes on from".to_owned(),
        "part-of" => "Part of".to_owned(),
        "" => "See also".to_owned(),
        other => {
            let mut letters = other.chars();
            letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
        }
    }
}

/// "1 passage", "7 passages".
pub fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_are_said_in_words() {
        for (written, expected) in [
            ("P1Y before", "1 year before"),
            ("P1W before", "1 week before"),
            ("P3Y2M after", "3 years 2 months after"),
            ("PXD after", "some days after"),
            ("PT2H after", "2 hours after"),
            ("same day", "the day of"),
            ("first after", "the first such day after"),
            ("during", "during"),
            ("P before", "P before"),
            ("P1Q before", "P1Q before"),
            ("on the eve of", "on the eve of"),
        ] {
            assert_eq!(relation(written), expected, "{written}");
        }
    }

    #[test]
    fn counts_know_one() {
        assert_eq!(counted(1, "passage", "passages"), "1 passage");
        assert_eq!(counted(0, "passage", "passages"), "0 passages");
    }
}
