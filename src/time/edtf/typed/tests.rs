//! A table of what people type, and what is read from it.

use proptest::prelude::*;

use super::*;

#[test]
fn people_type_dates_in_many_ways() {
    for (typed, edtf) in [
        // EDTF itself
        ("2023-04-23", "2023-04-23"),
        (" 2020/2023 ", "2020/2023"),
        ("199X", "199X"),
        ("Y-170000002", "Y-170000002"),
        ("2020-21", "2020-21"),
        // Words
        ("2023", "2023"),
        ("April 2023", "2023-04"),
        ("apr 2023", "2023-04"),
        ("Sept. 2023", "2023-09"),
        ("23 April 2023", "2023-04-23"),
        ("23rd of April, 2023", "2023-04-23"),
        ("April 23, 2023", "2023-04-23"),
        ("April 23rd 2023", "2023-04-23"),
        ("2023 April 23", "2023-04-23"),
        ("spring 2021", "2021-21"),
        ("the fall of 1989", "1989-23"),
        // Numbers
        ("23.4.2023", "2023-04-23"),
        ("4.5.2023", "2023-05-04"),
        ("4.2023", "2023-04"),
        ("04/2023", "2023-04"),
        ("2023/4", "2023-04"),
        ("2023-4", "2023-04"),
        ("2023-4-3", "2023-04-03"),
        ("2023/04/03", "2023-04-03"),
        ("23/4/2023", "2023-04-23"),
        ("4/23/2023", "2023-04-23"),
        ("4/4/2023", "2023-04-04"),
        ("23-4-2023", "2023-04-23"),
        // Ranges
        ("2020-2023", "2020/2023"),
        ("2020 – 2023", "2020/2023"),
        ("2020–2023", "2020/2023"),
        ("2020 to 2023", "2020/2023"),
        ("from 2020 to 2023", "2020/2023"),
        ("between 2020 and 2023", "2020/2023"),
        ("April 2020 – May 2021", "2020-04/2021-05"),
        ("April-May 2023", "2023-04/2023-05"),
        ("19–20 September 2023", "2023-09-19/2023-09-20"),
        ("September 19-20, 2023", "2023-09-19/2023-09-20"),
        ("28 April – 3 May 2023", "2023-04-28/2023-05-03"),
        ("12 December 2022 - 28 April 2023", "2022-12-12/2023-04-28"),
        ("1.4.2023 - 30.4.2023", "2023-04-01/2023-04-30"),
        ("2023-04-01 - 2023-04-30", "2023-04-01/2023-04-30"),
        ("April 2020/May 2021", "2020-04/2021-05"),
        ("1914-18", "1914/1918"),
        ("1939/45", "1939/1945"),
        ("44 BC - 14 AD", "-0043/0014"),
        ("500-401 BC", "-0499/-0400"),
        ("300–400 AD", "0300/0400"),
        ("500 BC to 401 BC", "-0499/-0400"),
        // Half open
        ("before 2020", "../2019"),
        ("before April 2023", "../2023-03"),
        ("before 1 March 2024", "../2024-02-29"),
        ("after 2020", "2021/.."),
        ("after December 2022", "2023-01/.."),
        ("after December 9999", "Y10000/.."),
        ("before spring 2021", "../2021-02-28"),
        ("until 2020", "../2020"),
        ("since April 2023", "2023-04/.."),
        ("from 2020 on", "2020/.."),
        ("before the 19th century", "../1800"),
        ("after 1 BC", "0001/.."),
        // Eras
        ("44 BC", "-0043"),
        ("44 BCE", "-0043"),
        ("44 b.c.", "-0043"),
        ("1 BC", "0000"),
        ("AD 79", "0079"),
        ("79 CE", "0079"),
        ("24 October 79 AD", "0079-10-24"),
        ("15 March 44 BC", "-0043-03-15"),
        ("12,000 BC", "Y-11999"),
        ("170,000,000 BCE", "Y-169999999"),
        ("12023 AD", "Y12023"),
        // Decades and centuries
        ("1990s", "199X"),
        ("the 1990s", "199X"),
        ("1800s", "18XX"),
        ("19th century", "1801/1900"),
        ("the 5th century BC", "-0499/-0400"),
        ("1st century BC", "-0099/0000"),
        ("18th-19th century", "1701/1900"),
        // Qualified
        ("about 1850", "1850~"),
        ("c. 1850", "1850~"),
        ("ca 1850", "1850~"),
        ("circa April 2024", "2024-04~"),
        ("possibly 1850", "1850?"),
        ("April 2024?", "2024-04?"),
        ("possibly about 1850", "1850%"),
        ("about 1850 – 1860", "1850~/1860"),
    ] {
        match from_typed(typed) {
            Ok(read) => assert_eq!(read.as_str(), edtf, "{typed}"),
            Err(error) => panic!("{typed}: {error}"),
        }
    }
}

#[test]
fn what_cannot_be_read_says_what_to_type() {
    for (typed, part) in [
        ("", "type a date"),
        ("   ", "type a date"),
        ("soon", "is not a date; type for instance"),
        ("April", "is not a date"),
        ("23 April", "is not a date"),
        ("April April 2023", "is not a date"),
        ("2023 2024", "is not a date"),
        ("4/5/2023", "type 4 May 2023 or 5 April 2023"),
        ("4-5-2023", "type 4 May 2023 or 5 April 2023"),
        ("23.4.23", "could be any century"),
        ("44", "could be any century"),
        ("31 April 2023", "no such day"),
        ("29.2.2023", "no such day"),
        ("13.13.2023", "no month"),
        ("2023-2020", "ends before it starts"),
        ("0 BC", "is not a date"),
        ("100th century", "is not a date"),
        ("from", "is not a date"),
        ("- -", "is not a date"),
    ] {
        match from_typed(typed) {
            Ok(read) => panic!("{typed} was read as {read}"),
            Err(error) => assert!(error.to_string().contains(part), "{typed}: {error}"),
        }
    }
    assert!(from_typed(&"1".repeat(100_000)).unwrap_err().to_string().len() < 400);
}

proptest! {
    #[test]
    fn any_typing_is_read_or_refused(text in any::<String>()) {
        let _ = from_typed(&text);
    }

    #[test]
    fn near_dates_are_read_or_refused(
        text in "(about |before |from |after )?([0-9]{1,5}|April|the|century|19th|bc|spring|[-/.,–]| ){0,8}"
    ) {
        let _ = from_typed(&text);
    }

    /// What the program prints for a plain date or interval can be typed back.
    #[test]
    fn printed_dates_are_read_back(
        year in -9990_i64..9990, month in 1_u8..=12, day in 1_u8..=28, n_parts in 1..=3_usize, length in 0_i64..2000
    ) {
        let text = |year: i64, month: u8, day: u8| {
            let year = year_text(year);
            match n_parts {
                1 => year,
                2 => format!("{year}-{month:02}"),
                _ => format!("{year}-{month:02}-{day:02}"),
            }
        };
        let first = crate::time::CivilDate { year, month, day };
        let last = crate::time::CivilDate::from_day(first.to_day() + length);
        let (first, last) = (text(year, month, day), text(last.year, last.month, last.day));
        let edtf = Edtf::parse(&first).unwrap();
        let read = from_typed(&edtf.for_people()).unwrap();
        prop_assert_eq!(read.as_str(), &first);
        let interval = Edtf::parse(&format!("{first}/{last}")).unwrap();
        let read = from_typed(&interval.for_people()).unwrap();
        prop_assert_eq!(read.interval().extent(), interval.interval().extent(), "{}", interval.for_people());
    }
}
