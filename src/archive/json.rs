//! JSON written by hand into bytes: a value is gone over once and nothing is allocated.

use std::io::Write as _;

use crate::document::digits::{Digits, write_digits};

/// A string with its quotes. RFC 8259, section 7: quotes, backslashes and control characters are
/// escaped, all else stands as it is.
pub(super) fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    escaped(text, out);
    out.push(b'"');
}

/// The inside of a string.
pub(super) fn escaped(text: &str, out: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    while let Some((plain, (special, behind))) =
        rest.split_at_checked(n_plain(rest)).and_then(|(plain, tail)| Some((plain, tail.split_first()?)))
    {
        out.extend_from_slice(plain);
        push_special(*special, out);
        rest = behind;
    }
    out.extend_from_slice(rest);
}

/// How many bytes stand before the first that has to be escaped.
fn n_plain(bytes: &[u8]) -> usize {
    let (chunks, _) = bytes.as_chunks::<16>();
    let n_chunks = chunks.iter().position(has_special).unwrap_or(chunks.len());
    // The last sixteen, some of them once more, need no count of what is left over.
    let is_end_plain = bytes.last_chunk::<16>().is_some_and(|last| !has_special(last));
    if n_chunks == chunks.len() && is_end_plain {
        return bytes.len();
    }
    let rest = bytes.get(16 * n_chunks..).unwrap_or_default();
    16 * n_chunks + rest.iter().position(|byte| is_special(*byte)).unwrap_or(rest.len())
}

/// Asked without a choice at each, sixteen bytes are one question for the processor.
#[inline]
fn has_special(bytes: &[u8; 16]) -> bool {
    bytes.iter().fold(false, |any, byte| any | is_special(*byte))
}

#[allow(clippy::needless_bitwise_bool)]
fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

/// The words of a text, each run of white space between them as one space; without quotes.
pub(super) fn words(text: &str, out: &mut Vec<u8>) {
    if is_well_spaced(text.as_bytes()) {
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

/// Are these words of ASCII with single spaces between them, and none around?
#[allow(clippy::needless_bitwise_bool)]
fn is_well_spaced(bytes: &[u8]) -> bool {
    let is_visible = |byte: u8| (byte > b' ') & byte.is_ascii();
    let ends_well = bytes.first().is_some_and(|byte| is_visible(*byte))
        && bytes.last().is_some_and(|byte| is_visible(*byte));
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    // As in `n_plain`, without a choice at each.
    ends_well
        && pairs.fold(true, |all, (before, byte)| {
            all & (is_visible(*byte) | ((*byte == b' ') & is_visible(*before)))
        })
}

fn push_special(byte: u8, out: &mut Vec<u8>) {
    let short = match byte {
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0..=0x1f => b'u',
        itself => itself,
    };
    out.extend_from_slice(&[b'\\', short]);
    if short == b'u' {
        // Writing to a vector cannot fail.
        let _ = write!(out, "{byte:04x}");
    }
}

pub(super) fn string_or_null(text: Option<&str>, out: &mut Vec<u8>) {
    match text {
        Some(text) => string(text, out),
        None => out.extend_from_slice(b"null"),
    }
}

pub(super) fn integer(number: u64, out: &mut Vec<u8>) {
    Digits::of(number).push_to(out);
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
        // All are copied and those too many taken back, as in `Digits::push_to`.
        out.extend_from_slice(&decimals);
        out.truncate(out.len() - (PLACES - n_kept));
    }
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
