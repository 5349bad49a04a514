//! Every example of the Library of Congress specification, and what must be refused.

use proptest::prelude::*;

use super::Edtf;
use crate::time::{CivilDate, DISTANT_FUTURE, DISTANT_PAST, Day, TimeInterval};

/// `2023-04-23`, `-170000002-01-01`, `-inf` or `+inf`.
fn day(text: &str) -> Day {
    match text {
        "-inf" => return DISTANT_PAST,
        "+inf" => return DISTANT_FUTURE,
        _ => {}
    }
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let numbers: Vec<i64> = digits.split('-').map(|n| n.parse().unwrap()).collect();
    CivilDate::new(sign * numbers[0], numbers[1] as u8, numbers[2] as u8).unwrap().to_day()
}

/// Two days "first last": certain. Four: earliest and latest start, earliest and latest end.
fn bounds(text: &str) -> TimeInterval {
    let days: Vec<Day> = text.split_whitespace().map(day).collect();
    match days[..] {
        [first, last] => {
            TimeInterval { earliest_start: first, latest_start: first, earliest_end: last, latest_end: last }
        }
        [earliest_start, latest_start, earliest_end, latest_end] => {
            TimeInterval { earliest_start, latest_start, earliest_end, latest_end }
        }
        _ => panic!("{text}: two or four days"),
    }
}

/// The string, its bounds, its words.
const EXAMPLES: &[(&str, &str, &str)] = &[
    // Level 0: date
    ("1985-04-12", "1985-04-12 1985-04-12", "12 April 1985"),
    ("1985-04", "1985-04-01 1985-04-30", "April 1985"),
    ("1985", "1985-01-01 1985-12-31", "1985"),
    // Level 0: date and time
    ("1985-04-12T23:20:30", "1985-04-12 1985-04-12", "12 April 1985, 23:20:30"),
    ("1985-04-12T23:20:30Z", "1985-04-12 1985-04-12", "12 April 1985, 23:20:30 UTC"),
    ("1985-04-12T23:20:30-04", "1985-04-12 1985-04-12", "12 April 1985, 23:20:30 (UTC−04)"),
    ("1985-04-12T23:20:30+04:30", "1985-04-12 1985-04-12", "12 April 1985, 23:20:30 (UTC+04:30)"),
    // Level 0: interval
    ("1964/2008", "1964-01-01 1964-12-31 2008-01-01 2008-12-31", "1964–2008"),
    ("2004-06/2006-08", "2004-06-01 2004-06-30 2006-08-01 2006-08-31", "June 2004 – August 2006"),
    ("2004-02-01/2005-02-08", "2004-02-01 2005-02-08", "1 February 2004 – 8 February 2005"),
    ("2004-02-01/2005-02", "2004-02-01 2004-02-01 2005-02-01 2005-02-28", "1 February 2004 – February 2005"),
    ("2004-02-01/2005", "2004-02-01 2004-02-01 2005-01-01 2005-12-31", "1 February 2004 – 2005"),
    ("2005/2006-02", "2005-01-01 2005-12-31 2006-02-01 2006-02-28", "2005 – February 2006"),
    // Level 1: letter-prefixed year
    ("Y170000002", "170000002-01-01 170000002-12-31", "170,000,002 CE"),
    ("Y-170000002", "-170000002-01-01 -170000002-12-31", "170,000,003 BCE"),
    // Level 1: seasons
    ("2001-21", "2001-03-01 2001-05-31", "spring 2001"),
    ("2001-22", "2001-06-01 2001-08-31", "summer 2001"),
    ("2001-23", "2001-09-01 2001-11-30", "autumn 2001"),
    ("2001-24", "2001-12-01 2002-02-28", "winter 2001"),
    // Level 1: qualification
    ("1984?", "1984-01-01 1984-12-31", "possibly 1984"),
    ("2004-06~", "2004-06-01 2004-06-30", "about June 2004"),
    ("2004-06-11%", "2004-06-11 2004-06-11", "possibly about 11 June 2004"),
    // Level 1: unspecified digits from the right
    ("201X", "2010-01-01 2019-01-01 2010-12-31 2019-12-31", "2010s"),
    ("20XX", "2000-01-01 2099-01-01 2000-12-31 2099-12-31", "2000s"),
    ("2004-XX", "2004-01-01 2004-12-01 2004-01-31 2004-12-31", "a month of 2004"),
    ("1985-04-XX", "1985-04-01 1985-04-30 1985-04-01 1985-04-30", "a day in April 1985"),
    ("1985-XX-XX", "1985-01-01 1985-12-31 1985-01-01 1985-12-31", "a day in 1985"),
    // Level 1: extended interval
    ("1985-04-12/..", "1985-04-12 1985-04-12 +inf +inf", "from 12 April 1985 on"),
    ("1985-04/..", "1985-04-01 1985-04-30 +inf +inf", "from April 1985 on"),
    ("1985/..", "1985-01-01 1985-12-31 +inf +inf", "from 1985 on"),
    ("../1985-04-12", "-inf -inf 1985-04-12 1985-04-12", "until 12 April 1985"),
    ("../1985-04", "-inf -inf 1985-04-01 1985-04-30", "until April 1985"),
    ("../1985", "-inf -inf 1985-01-01 1985-12-31", "until 1985"),
    ("1985-04-12/", "1985-04-12 1985-04-12 1985-04-12 +inf", "12 April 1985 – unknown end"),
    ("1985-04/", "1985-04-01 1985-04-30 1985-04-01 +inf", "April 1985 – unknown end"),
    ("1985/", "1985-01-01 1985-12-31 1985-01-01 +inf", "1985 – unknown end"),
    ("/1985-04-12", "-inf 1985-04-12 1985-04-12 1985-04-12", "unknown start – 12 April 1985"),
    ("/1985-04", "-inf 1985-04-30 1985-04-01 1985-04-30", "unknown start – April 1985"),
    ("/1985", "-inf 1985-12-31 1985-01-01 1985-12-31", "unknown start – 1985"),
    // Level 1: negative year
    ("-1985", "-1985-01-01 -1985-12-31", "1986 BCE"),
    // Level 2: exponential year
    ("Y-17E7", "-170000000-01-01 -170000000-12-31", "170,000,001 BCE"),
    // Level 2: significant digits
    ("1950S2", "1900-01-01 1999-01-01 1900-12-31 1999-12-31", "about 1950 (1900–1999)"),
    (
        "Y171010000S3",
        "171000000-01-01 171999999-01-01 171000000-12-31 171999999-12-31",
        "about 171,010,000 CE (171,000,000–171,999,999 CE)",
    ),
    (
        "Y3388E2S3",
        "338000-01-01 338999-01-01 338000-12-31 338999-12-31",
        "about 338,800 CE (338,000–338,999 CE)",
    ),
    // Level 2: sub-year groupings
    ("2001-34", "2001-04-01 2001-06-30", "second quarter of 2001"),
    ("2001-25", "2001-03-01 2001-05-31", "spring 2001 (northern hemisphere)"),
    ("2003-28", "2003-12-01 2004-02-29", "winter 2003 (northern hemisphere)"),
    ("2001-29", "2001-09-01 2001-11-30", "spring 2001 (southern hemisphere)"),
    ("2001-32", "2001-06-01 2001-08-31", "winter 2001 (southern hemisphere)"),
    ("2001-33", "2001-01-01 2001-03-31", "first quarter of 2001"),
    ("2001-36", "2001-10-01 2001-12-31", "fourth quarter of 2001"),
    ("2001-37", "2001-01-01 2001-04-30", "January–April 2001"),
    ("2001-39", "2001-09-01 2001-12-31", "September–December 2001"),
    ("2001-40", "2001-01-01 2001-06-30", "first half of 2001"),
    ("2001-41", "2001-07-01 2001-12-31", "second half of 2001"),
    // Level 2: sets, one of
    (
        "[1667,1668,1670..1672]",
        "1667-01-01 1672-01-01 1667-12-31 1672-12-31",
        "one of 1667, 1668 or 1670–1672",
    ),
    ("[..1760-12-03]", "-inf 1760-12-03 -inf 1760-12-03", "3 December 1760 or earlier"),
    ("[1760-12..]", "1760-12-01 +inf 1760-12-31 +inf", "December 1760 or later"),
    (
        "[1760-01,1760-02,1760-12..]",
        "1760-01-01 +inf 1760-01-31 +inf",
        "one of January 1760, February 1760 or December 1760 or later",
    ),
    ("[1667,1760-12]", "1667-01-01 1760-12-01 1667-12-31 1760-12-31", "one of 1667 or December 1760"),
    ("[..1984]", "-inf 1984-01-01 -inf 1984-12-31", "1984 or earlier"),
    // Level 2: sets, all of
    ("{1667,1668,1670..1672}", "1667-01-01 1672-12-31", "1667, 1668 and 1670–1672"),
    ("{1960,1961-12}", "1960-01-01 1961-12-31", "1960 and December 1961"),
    ("{..1984}", "-inf 1984-12-31", "1984 and all earlier"),
    // Level 2: qualification
    ("2004-06-11%", "2004-06-11 2004-06-11", "possibly about 11 June 2004"),
    ("2004-06~-11", "2004-06-11 2004-06-11", "11 June 2004 (year and month approximate)"),
    ("2004?-06-11", "2004-06-11 2004-06-11", "11 June 2004 (year uncertain)"),
    ("?2004-06-~11", "2004-06-11 2004-06-11", "11 June 2004 (year uncertain, day approximate)"),
    ("2004-%06-11", "2004-06-11 2004-06-11", "11 June 2004 (month uncertain and approximate)"),
    // Level 2: unspecified digit
    ("156X-12-25", "1560-12-25 1569-12-25 1560-12-25 1569-12-25", "25 December in the 1560s"),
    ("15XX-12-25", "1500-12-25 1599-12-25 1500-12-25 1599-12-25", "25 December in the 1500s"),
    ("XXXX-12-XX", "0000-12-01 9999-12-31 0000-12-01 9999-12-31", "a day in December of an unknown year"),
    ("1XXX-XX", "1000-01-01 1999-12-01 1000-01-31 1999-12-31", "a month of a year in 1000–1999"),
    ("1XXX-12", "1000-12-01 1999-12-01 1000-12-31 1999-12-31", "December in a year in 1000–1999"),
    (
        "1984-1X",
        "1984-10-01 1984-12-01 1984-10-31 1984-12-31",
        "a month of 1984 (October, November or December)",
    ),
    // Level 2: interval
    (
        "2004-06-~01/2004-06-~20",
        "2004-06-01 2004-06-20",
        "1 June 2004 (day approximate) – 20 June 2004 (day approximate)",
    ),
    (
        "2004-06-XX/2004-07-03",
        "2004-06-01 2004-06-30 2004-07-03 2004-07-03",
        "a day in June 2004 – 3 July 2004",
    ),
];

/// Beyond the specification's own examples.
const MORE: &[(&str, &str, &str)] = &[
    ("2023-09-19/2023-09-20", "2023-09-19 2023-09-20", "19–20 September 2023"),
    ("2023-04-28/2023-05-03", "2023-04-28 2023-05-03", "28 April – 3 May 2023"),
    ("2022-12-12/2023-04-28", "2022-12-12 2023-04-28", "12 December 2022 – 28 April 2023"),
    ("2023-04/2023-05", "2023-04-01 2023-04-30 2023-05-01 2023-05-31", "April–May 2023"),
    ("2024-04~", "2024-04-01 2024-04-30", "about April 2024"),
    ("2024-04-20~/2024-05", "2024-04-20 2024-04-20 2024-05-01 2024-05-31", "about 20 April 2024 – May 2024"),
    ("2004~/..", "2004-01-01 2004-12-31 +inf +inf", "from about 2004 on"),
    // It cannot have started after it ended, nor ended before it started.
    ("2004/2004-06", "2004-01-01 2004-06-30 2004-06-01 2004-06-30", "2004 – June 2004"),
    ("2004-06/2004", "2004-06-01 2004-06-30 2004-06-01 2004-12-31", "June 2004 – 2004"),
    ("2004/2004", "2004-01-01 2004-12-31 2004-01-01 2004-12-31", "2004"),
    // Years around the beginning of the era
    ("0000", "0-01-01 0-12-31", "1 BCE"),
    ("0001", "1-01-01 1-12-31", "1 CE"),
    ("-0042", "-42-01-01 -42-12-31", "43 BCE"),
    ("-0043-03-15", "-43-03-15 -43-03-15", "15 March 44 BCE"),
    ("0079-10-24", "79-10-24 79-10-24", "24 October 79 CE"),
    ("-0043/-0042", "-43-01-01 -43-12-31 -42-01-01 -42-12-31", "44–43 BCE"),
    ("-0043/0014", "-43-01-01 -43-12-31 14-01-01 14-12-31", "44 BCE – 14 CE"),
    ("-019X", "-199-01-01 -190-01-01 -199-12-31 -190-12-31", "a year in 200–191 BCE"),
    ("199X", "1990-01-01 1999-01-01 1990-12-31 1999-12-31", "1990s"),
    ("19XX", "1900-01-01 1999-01-01 1900-12-31 1999-12-31", "1900s"),
    ("190X", "1900-01-01 1909-01-01 1900-12-31 1909-12-31", "a year in 1900–1909"),
    ("199X~", "1990-01-01 1999-01-01 1990-12-31 1999-12-31", "about the 1990s"),
    // Leap days among unspecified digits
    ("XXXX-02-29", "0-02-29 9996-02-29 0-02-29 9996-02-29", "29 February in an unknown year"),
    ("201X-02-29", "2012-02-29 2016-02-29 2012-02-29 2016-02-29", "29 February in the 2010s"),
    ("-00X4-02-29", "-84-02-29 -4-02-29 -84-02-29 -4-02-29", "29 February in a year in 95–5 BCE"),
    ("1985-XX-31", "1985-01-31 1985-12-31 1985-01-31 1985-12-31", "day 31 of a month of 1985"),
    ("1985-02-X9", "1985-02-09 1985-02-19 1985-02-09 1985-02-19", "one of 9 or 19 February 1985"),
    ("1984-02-X9", "1984-02-09 1984-02-29 1984-02-09 1984-02-29", "one of 9, 19 or 29 February 1984"),
    ("1985-04-1X", "1985-04-10 1985-04-19 1985-04-10 1985-04-19", "one of 10–19 April 1985"),
    (
        "1985-1X-31",
        "1985-10-31 1985-12-31 1985-10-31 1985-12-31",
        "day 31 of a month of 1985 (October, November or December)",
    ),
    // Far years: no overflow
    ("Y12023", "12023-01-01 12023-12-31", "12,023 CE"),
    ("Y-11999", "-11999-01-01 -11999-12-31", "12,000 BCE"),
    ("Y1E17", "+inf +inf", "100,000,000,000,000,000 CE"),
    ("Y-999999999999999999", "-inf -inf", "1,000,000,000,000,000,000 BCE"),
    ("Y-1E17/..", "-inf -inf +inf +inf", "from 100,000,000,000,000,001 BCE on"),
    ("-1950S2", "-1999-01-01 -1900-01-01 -1999-12-31 -1900-12-31", "about 1951 BCE (2000–1901 BCE)"),
    ("0044S1", "0-01-01 999-01-01 0-12-31 999-12-31", "about 44 CE (1 BCE – 999 CE)"),
    ("1985-04-12T23:20", "1985-04-12 1985-04-12", "12 April 1985, 23:20"),
    ("1985-04-12T23:59:60Z", "1985-04-12 1985-04-12", "12 April 1985, 23:59:60 UTC"),
    ("[1667, 1668]", "1667-01-01 1668-01-01 1667-12-31 1668-12-31", "one of 1667 or 1668"),
    (
        "{..1983-12-31,1984-10-10..1984-11-01,1984-11-05..}",
        "-inf -inf +inf +inf",
        "31 December 1983 and all earlier, 10 October – 1 November 1984 and 5 November 1984 and all later",
    ),
    ("{-0100..0100}", "-100-01-01 100-12-31", "101 BCE – 100 CE"),
    ("{1960..}", "1960-01-01 1960-01-01 +inf +inf", "1960 and all later"),
];

#[test]
fn bounds_and_words_are_those_of_the_specification() {
    for (text, expected, words) in EXAMPLES.iter().chain(MORE) {
        let edtf = Edtf::parse(text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(edtf.interval(), bounds(expected), "bounds of {text}");
        assert_eq!(edtf.for_people(), *words, "words of {text}");
        assert_eq!(edtf.as_str(), *text);
        assert_eq!(edtf.to_string(), *text);
    }
}

/// The string, the character (from 1) and words of the reason.
const REFUSED: &[(&str, usize, &str)] = &[
    ("", 1, "empty"),
    ("April 2023", 1, "a year of four digits"),
    ("23", 3, "a year of four digits"),
    ("12023", 5, "starts with Y"),
    ("Y2023", 1, "more than four digits"),
    ("Y", 2, "the digits of a year is missing"),
    ("Y123456789012345678901234567890", 1, "more than 18 digits"),
    ("Y1E18", 1, "more than 18 digits"),
    ("Y1E99999999999999999999999999", 1, "more than 18 digits"),
    ("Y17000-04", 7, "no month can follow"),
    ("1950S2-04", 7, "no month can follow"),
    ("1950S5", 6, "1 to 4 significant"),
    ("1950S0", 6, "1 to 4 significant"),
    ("195XS2", 5, "no significant digits"),
    ("-0000", 1, "0000, without a sign"),
    ("+2023", 1, "found “+”"),
    ("2023-13", 6, "no month (01–12) or season (21–41) 13"),
    ("2023-00", 6, "no month"),
    ("2023-42", 6, "no month"),
    ("2023-2X", 6, "no month"),
    ("2023-4", 7, "a month of two digits is missing"),
    ("2023-004", 8, "two digits"),
    ("2023-04-32", 9, "no day 32"),
    ("2023-04-00", 9, "no day 00"),
    ("2023-04-31", 1, "no such day"),
    ("2023-02-29", 1, "no such day"),
    ("202X-02-30", 1, "no such day"),
    ("1X01-02-29", 1, "no such day"),
    ("2001-21-03", 8, "no day can follow a season"),
    ("2023-04-23-01", 11, "expected the end, found “-”"),
    ("2023-04-23 ", 11, "expected the end"),
    ("20230423", 5, "starts with Y"),
    ("199u", 4, "unspecified digits are written X"),
    ("y17000000", 1, "written Y"),
    ("2004?~", 6, "one qualifier"),
    ("2004??", 6, "one qualifier"),
    ("2004-06-11T", 12, "an hour of two digits is missing"),
    ("2004-06T10:00:00", 8, "needs a whole date"),
    ("2004-06-XXT10:00:00", 11, "needs a whole date"),
    ("2004-06-11~T10:00:00", 12, "needs a whole date"),
    ("2004-06-11T24:00:00", 12, "00 to 23"),
    ("2004-06-11T23:60:00", 15, "00 to 59"),
    ("2004-06-11T23:20:60", 18, "00 to 59"),
    ("2004-06-11T23:20:30+25", 21, "zone"),
    ("2004-06-11T10:00:00/2004-06-12", 11, "no time of day in an interval"),
    ("2005/2004", 1, "ends before it starts"),
    ("2004-06-11/2004-06-10", 1, "ends before it starts"),
    ("/", 1, "needs a date"),
    ("../..", 1, "needs a date"),
    ("../", 1, "needs a date"),
    ("2004/2005/2006", 10, "expected the end, found “/”"),
    ("2004/open", 6, "a year of four digits"),
    ("2004–2005", 5, "write the hyphen"),
    ("−0043", 1, "write the hyphen"),
    ("[]", 2, "a year of four digits"),
    ("[2004", 6, "“,” or “]” is missing"),
    ("[2004}", 6, "“,” or “]”"),
    ("{2004]", 6, "“,” or “}”"),
    ("[[[[[[2004]]]]]]", 2, "found “[”"),
    ("[2004,{2005}]", 7, "found “{”"),
    ("[2004,..2005]", 7, "only the first"),
    ("[2004..,2005]", 8, "only the last"),
    ("[2005..2004]", 1, "ends before it starts"),
    ("[2004/2005]", 6, "“,” or “]”"),
    ("[2004]x", 7, "the end"),
    ("2023\u{0}", 5, "U+0000"),
    ("২০২৩", 1, "has no place in a date"),
];

#[test]
fn what_is_not_edtf_is_refused_with_its_position() {
    for (text, position, reason) in REFUSED {
        let error = Edtf::parse(text).expect_err(text);
        assert!(error.reason.contains(reason), "{text}: {error}");
        assert_eq!(error.position, *position, "{error}");
    }
    let long = "2004,".repeat(100_000);
    let error = Edtf::parse(&format!("[{long}2004]")).expect_err("too long");
    assert!(error.reason.contains("bytes long"), "{error}");
    assert!(error.to_string().len() < 400, "the message quotes only a part");
}

#[test]
fn soft_ends_are_told_from_hard_ones() {
    for (text, expected) in [
        ("2023-04-23", (false, false)),
        ("2023-04", (false, false)),
        ("2023", (false, false)),
        ("2023-04~", (true, true)),
        ("?2004-06-11", (true, true)),
        ("201X", (true, true)),
        ("1950S2", (true, true)),
        ("2001-21", (true, true)),
        ("2001-34", (false, false)),
        ("2004-02-01/2005-02-08", (false, false)),
        ("2004-02-01/2005-02", (false, true)),
        ("2004/2005-02-08", (true, false)),
        ("2004-02-01?/..", (true, false)),
        ("2004-02-01/", (false, true)),
        ("/2004-02-01", (true, false)),
        ("[1667,1668]", (true, true)),
        ("{1667,1668}", (false, false)),
        ("{1667~,1668}", (true, true)),
    ] {
        assert_eq!(Edtf::parse(text).unwrap().softness(), expected, "{text}");
    }
}

#[test]
fn qualifiers_are_found_anywhere() {
    for (text, is_uncertain, is_approximate) in [
        ("2004", false, false),
        ("2004?", true, false),
        ("2004~", false, true),
        ("2004%", true, true),
        ("2004-~06", false, true),
        ("2004/2005?", true, false),
        ("[2004~,2005..2006?]", true, true),
    ] {
        let edtf = Edtf::parse(text).unwrap();
        assert_eq!((edtf.is_uncertain(), edtf.is_approximate()), (is_uncertain, is_approximate), "{text}");
    }
}

#[test]
fn json_holds_the_string() {
    let edtf: Edtf = serde_json::from_str("\"2004-06~\"").unwrap();
    assert_eq!(edtf.as_str(), "2004-06~");
    assert_eq!(serde_json::to_string(&edtf).unwrap(), "\"2004-06~\"");
    let error = serde_json::from_str::<Edtf>("\"2004-6\"").unwrap_err().to_string();
    assert!(error.contains("two digits"), "{error}");
}

fn assert_ordered(edtf: &Edtf) {
    let TimeInterval { earliest_start, latest_start, earliest_end, latest_end } = edtf.interval();
    assert!(earliest_start <= latest_start, "{edtf}");
    assert!(earliest_end <= latest_end, "{edtf}");
    assert!(earliest_start <= earliest_end, "{edtf}");
    assert!(latest_start <= latest_end, "{edtf}");
    assert!(earliest_start >= DISTANT_PAST && latest_end <= DISTANT_FUTURE, "{edtf}");
}

/// Strings that are EDTF or nearly so.
fn near_edtf() -> impl Strategy<Value = String> {
    let date = "[?~%]?-?[0-9X]{4}(-[?~%]?[0-3X][0-9X][?~%]?(-[0-3X][0-9X][?~%]?)?)?";
    let long = "Y-?[0-9]{5,20}(E[0-9]{1,3})?(S[0-9]{1,2})?[?~%]?";
    let regex = |pattern: &str| proptest::string::string_regex(pattern).unwrap();
    prop_oneof![
        regex(date),
        regex(long),
        regex(&format!("({date}|\\.\\.)?/({date}|{long}|\\.\\.)?")),
        regex(&format!("[\\[{{](\\.\\.)?{date}(,{date}(\\.\\.)?({date})?){{0,3}}[\\]}}]")),
        regex("[0-9XYES?~%/.,\\[\\]{}T:+Z-]{0,24}"),
    ]
}

proptest! {
    #[test]
    fn any_string_is_read_or_refused(text in any::<String>()) {
        if let Ok(edtf) = Edtf::parse(&text) {
            assert_ordered(&edtf);
        }
    }

    #[test]
    fn bounds_are_ordered_and_the_string_is_kept(text in near_edtf()) {
        match Edtf::parse(&text) {
            Ok(edtf) => {
                assert_ordered(&edtf);
                prop_assert_eq!(edtf.as_str(), &text);
                prop_assert!(!edtf.for_people().is_empty());
                let again: Edtf = edtf.to_string().parse().unwrap();
                prop_assert_eq!(again, edtf);
            }
            Err(error) => {
                prop_assert!(error.position >= 1);
                prop_assert!(error.position <= text.chars().count() + 1);
            }
        }
    }

    #[test]
    fn plain_dates_have_the_days_that_chrono_gives(
        year in -9999_i32..=9999, month in 1_u32..=12, day in 1_u32..=31
    ) {
        let sign = if year < 0 { "-" } else { "" };
        let text = format!("{sign}{:04}-{month:02}-{day:02}", year.abs());
        match (Edtf::parse(&text), chrono::NaiveDate::from_ymd_opt(year, month, day)) {
            (Ok(edtf), Some(date)) => {
                let expected = i64::from(date.to_epoch_days());
                prop_assert_eq!(edtf.interval().extent().first, expected);
                prop_assert_eq!(edtf.interval().extent().last, expected);
            }
            (Err(_), None) => {}
            (ours, theirs) => prop_assert!(false, "{text}: {ours:?} but chrono {theirs:?}"),
        }
        let month_text = format!("{sign}{:04}-{month:02}", year.abs());
        let first = chrono::NaiveDate::from_ymd_opt(year, month, 1).unwrap();
        let next = first.checked_add_months(chrono::Months::new(1)).unwrap();
        let days = Edtf::parse(&month_text).unwrap().interval().extent();
        prop_assert_eq!(days.first, i64::from(first.to_epoch_days()));
        prop_assert_eq!(days.last + 1, i64::from(next.to_epoch_days()));
    }
}
