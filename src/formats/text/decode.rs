//! Bytes to characters: what the bytes themselves say first, then what was declared, then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::known_formats;
use crate::formats::Problem;
use crate::progress::Progress;

const MB: usize = 1 << 20;
/// So much of what is not ASCII is enough to know an encoding by.
const ENOUGH_TO_GUESS: usize = 2 * MB;
/// The share of control characters, one in so many, from which bytes are no text.
const TOO_MANY_CONTROLS: usize = 200;

/// Characters, and what was uncertain about them.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: String,
    pub warnings: Vec<String>,
}

/// Decodes bytes. `declared` is the encoding that the file names for itself, if it does.
///
/// A byte order mark is no part of the text.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>, progress: &Progress) -> Result<Decoded, Problem> {
    if let Some((encoding, mark_len)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(mark_len..).unwrap_or_default(), None, progress);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_as(encoding, bytes, Some("is taken to be UTF-16"), progress);
    }
    if has_many_controls(bytes) {
        return Err(not_text());
    }
    let utf8_errors = match str_from_utf8(bytes, progress)? {
        Ok(text) => return Ok(Decoded { text: text.to_owned(), warnings: Vec::new() }),
        Err(valid_up_to) => Utf8Errors::count(bytes, valid_up_to),
    };
    if utf8_errors.are_slips() {
        return decode_as(UTF_8, bytes, None, progress);
    }
    if let Some(encoding) = declared
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        // Where a declaration could be read as ASCII the bytes are no UTF-16, whatever it says.
        .filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding))
    {
        return decode_as(encoding, bytes, None, progress);
    }
    let encoding = guess(bytes, progress)?;
    decode_as(encoding, bytes, Some("is not UTF-8 and is taken to be"), progress)
}

/// The bytes as UTF-8, or how many of them are.
fn str_from_utf8<'a>(bytes: &'a [u8], progress: &Progress) -> Result<Result<&'a str, usize>, Problem> {
    progress.check()?;
    let result = std::str::from_utf8(bytes).map_err(|error| error.valid_up_to());
    progress.check()?;
    Ok(result)
}

/// Decodes in pieces, so that it can be stopped.
fn decode_as(
    encoding: &'static Encoding,
    bytes: &[u8],
    guessed: Option<&str>,
    progress: &Progress,
) -> Result<Decoded, Problem> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let mut is_lossy = false;
    let mut pieces = bytes.chunks(MB).peekable();
    while let Some(piece) = pieces.next() {
        let is_last = pieces.peek().is_none();
        let mut rest = piece;
        loop {
            let room = decoder.max_utf8_buffer_length(rest.len()).unwrap_or(rest.len());
            text.reserve(room);
            let (result, n_read, had_errors) = decoder.decode_to_string(rest, &mut text, is_last);
            is_lossy |= had_errors;
            rest = rest.get(n_read..).unwrap_or_default();
            if result == encoding_rs::CoderResult::InputEmpty {
                break;
            }
        }
        progress.check()?;
    }
    if has_many_controls(text.as_bytes()) {
        return Err(not_text());
    }
    let mut warnings = Vec::new();
    match guessed {
        Some(words) if encoding == UTF_16LE || encoding == UTF_16BE => {
            warnings.push(format!("its text {words}"));
        }
        Some(words) => warnings.push(format!("its text {words} {}", encoding.name())),
        None => {}
    }
    if is_lossy {
        let name = encoding.name();
        warnings.push(format!("some of its bytes are not {name}; each such place is shown as \u{FFFD}"));
    }
    Ok(Decoded { text, warnings })
}

fn not_text() -> Problem {
    Problem::NotText { found: "binary data", advice: known_formats() }
}

/// Whether there are more control characters, or any zeros, than a text has.
fn has_many_controls(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B | 0x1A);
    bytes.chunks(MB).any(|part| {
        let n_controls = part.iter().filter(|byte| is_control(byte)).count();
        n_controls > 1 && n_controls > part.len() / TOO_MANY_CONTROLS
    })
}

/// UTF-16 that does not say so: of each pair of bytes one is zero nearly always, as in Western text, or
/// line ends and spaces are there and no pair is impossible.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(4096) & !1)?;
    if sample.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let n_pairs = sample.len() / 2;
    let n_zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (n_even, n_odd) = (n_zeros(0), n_zeros(1));
    let is_side = |n_zero: usize, n_other: usize| n_zero * 10 >= n_pairs && n_other * 20 <= n_zero;
    if is_side(n_odd, n_even) {
        Some(UTF_16LE)
    } else if is_side(n_even, n_odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// How far bytes are from UTF-8.
struct Utf8Errors {
    n_wrong: usize,
    /// Characters beyond ASCII that are right, before or between the wrong ones.
    n_right: usize,
}

impl Utf8Errors {
    fn count(bytes: &[u8], valid_up_to: usize) -> Self {
        let rest = bytes.get(valid_up_to..).unwrap_or_default();
        let before = bytes.get(..valid_up_to).unwrap_or_default();
        let beyond_ascii = |text: &str| text.bytes().filter(|byte| *byte >= 0xC0).count();
        let mut errors = Self { n_wrong: 0, n_right: before.iter().filter(|byte| **byte >= 0xC0).count() };
        for chunk in rest.get(..rest.len().min(4 * MB)).unwrap_or_default().utf8_chunks() {
            errors.n_right += beyond_ascii(chunk.valid());
            errors.n_wrong += usize::from(!chunk.invalid().is_empty());
        }
        errors
    }

    /// A few broken characters in a text that is UTF-8 otherwise, such as one cut at its end.
    fn are_slips(&self) -> bool {
        self.n_right >= 3 && self.n_wrong * 20 <= self.n_right
    }
}

/// The likeliest encoding of bytes that are not UTF-8.
fn guess(bytes: &[u8], progress: &Progress) -> Result<&'static Encoding, Problem> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let mut n_fed = 0;
    // Long stretches of ASCII say nothing and are passed by quickly.
    for piece in bytes.chunks(64 << 10) {
        if piece.is_ascii() && !piece.contains(&0x1B) {
            continue;
        }
        progress.check()?;
        detector.feed(piece, false);
        n_fed += piece.len();
        if n_fed >= ENOUGH_TO_GUESS {
            break;
        }
    }
    detector.feed(b"", true);
    Ok(detector.guess(None, Utf8Detection::Deny))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, usize) {
        let decoded = decode(bytes, None, &Progress::default()).unwrap();
        (decoded.text, decoded.warnings.len())
    }

    #[test]
    fn marks_and_zeros_tell_unicode_apart() {
        let le: Vec<u8> = "Gəncə, May.\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "Gəncə, May.\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for (bytes, n_warnings) in [
            ("Gəncə, May.\r\n".as_bytes().to_vec(), 0),
            (marked(b"\xEF\xBB\xBF", "Gəncə, May.\r\n".as_bytes()), 0),
            (marked(b"\xFF\xFE", &le), 0),
            (marked(b"\xFE\xFF", &be), 0),
            (le, 1),
            (be, 1),
        ] {
            assert_eq!(decoded(&bytes), ("Gəncə, May.\r\n".to_owned(), n_warnings), "{bytes:?}");
        }
    }

    #[test]
    fn old_encodings_are_guessed() {
        for (label, text) in [
            ("windows-1252", "“Le général est arrivé à l’été”, déclara la préfète – sans délai."),
            ("windows-1251", "В мае 1918 года в Тифлисе была провозглашена независимость."),
            ("windows-1254", "Şehrin doğusunda çatışmalar yıl boyunca sürdü, köylüler güneye göçtü."),
            ("iso-8859-2", "Wojska przekroczyły rzekę w październiku, ludność uciekła do miasta Łódź."),
            ("shift_jis", "千九百十八年五月、独立が宣言された。軍は川を渡った。"),
            ("gb18030", "一九一八年五月，独立宣言在首都发表。军队渡过了河流。"),
        ] {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let (bytes, _, has_lost) = encoding.encode(text);
            assert!(!has_lost, "{label}");
            assert_eq!(decoded(&bytes).0, text, "{label}");
        }
    }

    #[test]
    fn a_slip_does_not_make_another_encoding() {
        let mut bytes = "Şuşa, Gəncə, Şəki, Bakı, Lənkəran: günəş.".repeat(3).into_bytes();
        bytes.push(0xC5);
        let (text, n_warnings) = decoded(&bytes);
        assert!(text.starts_with("Şuşa, Gəncə") && text.ends_with('\u{FFFD}'), "{text}");
        assert_eq!(n_warnings, 1);
    }

    #[test]
    fn what_a_page_declares_is_believed_where_it_can_be() {
        let page = "Überfall am Fluß".encode_utf16().map(|c| c as u8).collect::<Vec<u8>>();
        let german = decode(&page, Some("iso-8859-1"), &Progress::default()).unwrap();
        assert_eq!((german.text.as_str(), german.warnings.len()), ("Überfall am Fluß", 0));
        let right = decode("Überfall".as_bytes(), Some("iso-8859-1"), &Progress::default()).unwrap();
        assert_eq!(right.text, "Überfall", "valid UTF-8 is never by chance");
    }

    #[test]
    fn binary_is_no_text() {
        let noise: Vec<u8> = (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for bytes in [noise.as_slice(), b"\0\0\0\0\0\x01\0\x02abc\x03\x04\x05"] {
            assert!(matches!(decode(bytes, None, &Progress::default()), Err(Problem::NotText { .. })));
        }
    }

    #[test]
    fn it_can_be_stopped() {
        let progress = Progress::default();
        progress.cancel();
        assert!(matches!(decode(b"words", None, &progress), Err(Problem::Cancelled)));
    }
}
