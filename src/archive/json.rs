//! JSON written by hand into bytes: a value is gone over once and nothing is allocated.

use std::io::Write as _;

/// A string with its quotes. RFC 8259, section 7: quotes, backslashes and control characters are
/// escaped, all else stands as it is.
pub(super) fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    escaped(text, out);
    out.push(b'"');
}

/// The inside of a string. Most stretches have nothing to escape and are copied as they are.
pub(super) fn escaped(text: &str, out: &mut Vec<u8>) {
    for stretch in text.as_bytes().chunks(STRETCH) {
        // Looks at all of a long stretch, so that its bytes are looked at together.
        let has_special = if stretch.len() < STRETCH {
            stretch.iter().any(|byte| is_special(*byte))
        } else {
            stretch.iter().fold(false, |any, byte| any | is_special(*byte))
        };
        if has_special {
            escaped_bytes(stretch, out);
        } else {
            out.extend_from_slice(stretch);
        }
    }
}

const STRETCH: usize = 32;

fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
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
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut rest = number;
    while at > 0 {
        at -= 1;
        if let Some(digit) = digits.get_mut(at) {
            *digit = b'0' + (rest % 10) as u8;
        }
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(digits.get(at..).unwrap_or_default());
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
    let mut rest = scaled % unit;
    for digit in decimals.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    let n_kept = decimals.iter().rposition(|digit| *digit != b'0').map_or(0, |last| last + 1);
    if n_kept > 0 {
        out.push(b'.');
        out.extend_from_slice(decimals.get(..n_kept).unwrap_or_default());
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
        fn numbers_come_back(number in -180.0..180.0_f64) {
            let back: f64 = written(|out| decimal::<5>(number, out)).parse().unwrap();
            prop_assert!((back - number).abs() < 0.000_006);
        }
    }
}
