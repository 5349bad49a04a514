//! English words for years and months, shared by EDTF, spans and the ruler.

pub(crate) const MONTH_NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "2023", "79 CE", "44 BCE", "12,000 BCE", "170,000,002 CE".
///
/// The era stands where the bare number could be misread: before 1000 and after 9999.
/// `year` is astronomical: 0 is 1 BCE.
pub fn year_words(year: i64) -> String {
    match year {
        ..=0 => format!("{} BCE", grouped(1_i64.saturating_sub(year))),
        1..=999 => format!("{year} CE"),
        1000..=9999 => year.to_string(),
        _ => format!("{} CE", grouped(year)),
    }
}

/// A number that is not negative with commas between thousands, from 10,000 on.
pub(crate) fn grouped(number: i64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut words = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}
