//! JSON written by hand into bytes: a value is gone over once and nothing is allocated.

use std::io::Write as _;

/// A string with its quotes. RFC 8259, section 7: quotes, backslashes and control characters are
/// escaped, all else stands as it is.
pub(super) fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    escaped(text, out);
    out.push(b'"');
}

/// The inside of a string.
pub(super) fn escaped(text: &str, out: &mut Vec<u8>) {
    if has_special(text.as_bytes()) {
        escaped_bytes(text.as_bytes(), out);
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

/// Is there anything to escape? Eight bytes are looked at together.
fn has_special(bytes: &[u8]) -> bool {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    // The high bit of each byte that is zero, or less than `n`; wrong only above one that is right.
    let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let less = |word: u64, n: u64| word.wrapping_sub(ONES * n) & !word & HIGH;
    let (words, rest) = bytes.as_chunks::<8>();
    let any = words.iter().map(|word| u64::from_le_bytes(*word)).fold(0, |any, word| {
        any | less(word, 0x20)
            | zero(word ^ (ONES * u64::from(b'"')))
            | zero(word ^ (ONES * u64::from(b'\\')))
    });
    any != 0 || rest.iter().any(|byte| is_special(*byte))
}

fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// The words of a text, each run of white space between them as one space; without quotes.
pub(super) fn words(text: &str, out: &mut Vec<u8>) {
    let is_plain = |pair: &[u8]| match pair {
        [a, b] => a.is_ascii() && *b > b' ' || *b == b' ' && *a > b' ' && a.is_ascii(),
        _ => true,
    };
    let (first, last) = (text.bytes().next(), text.bytes().next_back());
    let ends_well = first.is_some_and(|b| b > b' ') && last.is_some_and(|b| b > b' ' && b.is_ascii());
    if ends_well && text.as_bytes().windows(2).all(is_plain) {
        escaped(text, out);
        return;
    }
    let mut separator: &[u8] = b"";
    for word in text.split_whitespace() {
        out.extend_from_slice(separator);
        escaped(word, out);
        separator = b" ";
    }
}

fn escaped_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    for byte in bytes {
        let short = match byte {
            b'"' => b'"',
            b'\\' => b'\\',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0..=0x1f => b'u',
            _ => {
                out.push(*byte);
                continue;
            }
        };
        out.extend_from_slice(&[b'\\', short]);
        if short == b'u' {
            // Writing to a vector cannot fail.
            let _ = write!(out, "{byte:04x}");
        }
    }
}

pub(super) fn string_or_null(text: Option<&str>, out: &mut Vec<u8>) {
    match text {
        Some(text) => string(text, out),
        None => out.extend_from_slice(b"null"),
    }
}

pub(super) fn integer(number: u64, out: &mut Vec<u8>) {
    let n = number.checked_ilog10().unwrap_or(0) as usize + 1;
    let mut digits = [0_u8; 20];
    write_digits(number, digits.get_mut(..n).unwrap_or_default());
    push_first(&digits, n, out);
}

/// A number with at most `PLACES` decimals, without trailing zeros.
pub(super) fn decimal<const PLACES: usize>(number: f64, out: &mut Vec<u8>) {
    let unit = 10_u64.pow(PLACES as u32);
    let scaled = (number.abs() * unit as f64 + 0.5) as u64;
    if number < 0.0 && scaled > 0 {
        out.push(b'-');
    }
    integer(scaled / unit, out);
    let mut decimals = [b'0'; PLACES];
    write_digits(scaled % unit, &mut decimals);
    let n_kept = decimals.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
    if n_kept > 0 {
        out.push(b'.');
        push_first(&decimals, n_kept, out);
    }
}

/// The last digits of a number, as many as there is room for.
#[inline]
fn write_digits(mut number: u64, digits: &mut [u8]) {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

/// Adds the first `n` bytes. All are copied and the others taken back: a copy whose length is known when the
/// program is compiled needs no call.
#[inline]
fn push_first<const ROOM: usize>(bytes: &[u8; ROOM], n: usize, out: &mut Vec<u8>) {
    let n_before = out.len();
    out.extend_from_slice(bytes);
    out.truncate(n_before + n);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_are_short() {
        for (number, expected) in [
            (0.0, "0"),
            (-0.000_001, "0"),
            (14.87, "14.87"),
            (-120.95, "-120.95"),
            (7.000_01, "7.00001"),
            (0.899_999_98, "0.9"),
            (1.0, "1"),
        ] {
            assert_eq!(written(|out| decimal::<5>(number, out)), expected);
        }
        assert_eq!(written(|out| integer(u64::MAX, out)), u64::MAX.to_string());
    }

    proptest! {
        #[test]
        fn strings_come_back(text in "\\PC{0,20}|[\u{0}-\u{7f}\u{2028}🏔]{0,20}") {
            let json = written(|out| string(&text, out));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }

        #[test]
        fn words_stand_one_space_apart(text in "[a-c\"\\\\ \u{a0}\n\té]{0,20}") {
            let json = written(|out| { out.push(b'"'); words(&text, out); out.push(b'"') });
            let expected = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), expected);
        }

        #[test]
        fn numbers_come_back(number in -180.0..180.0_f64) {
            let back: f64 = written(|out| decimal::<5>(number, out)).parse().unwrap();
            prop_assert!((back - number).abs() < 0.000_006);
        }
    }
}
