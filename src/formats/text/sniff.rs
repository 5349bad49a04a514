//! Which format bytes are of: by what they hold, and by the file's name where that leaves it open.

use super::{TextFormat, format_of_media_type, format_of_name, known_formats};
use crate::formats::Problem;

/// How far into a file its format is looked for.
const HEAD: usize = 1024;

/// Formats that cannot be read, by how their files begin: at which byte, with what, what it is, and what
/// to do with it.
const REFUSED: [(usize, &[u8], &str, &str); 15] = [
    (
        0,
        b"\xD0\xCF\x11\xE0",
        "an old or an encrypted Office document",
        "Save it as .docx, without a password",
    ),
    (0, b"{\\rtf", "a Rich Text document", "Save it as .docx or .odt"),
    (0, b"\x1F\x8B", "a gzip archive", "Unpack it and open what is in it"),
    (0, b"BZh", "a bzip2 archive", "Unpack it and open what is in it"),
    (0, b"7z\xBC\xAF\x27\x1C", "a 7z archive", "Unpack it and open what is in it"),
    (0, b"Rar!", "a RAR archive", "Unpack it and open what is in it"),
    (0, b"\xFD7zXZ\0", "an xz archive", "Unpack it and open what is in it"),
    (0, b"\x28\xB5\x2F\xFD", "a zstd archive", "Unpack it and open what is in it"),
    (60, b"BOOKMOBI", "a Kindle book", "Convert it to EPUB"),
    (0, b"\x89PNG", "a picture", "Text in pictures is not recognised"),
    (0, b"\xFF\xD8\xFF", "a picture", "Text in pictures is not recognised"),
    (0, b"GIF8", "a picture", "Text in pictures is not recognised"),
    (0, b"II*\0", "a picture", "Text in pictures is not recognised"),
    (0, b"\x7FELF", "a program", ""),
    (0, b"MZ\x90\0", "a program", ""),
];

/// The format of bytes in a file of this name.
pub(super) fn format(bytes: &[u8], name: &str) -> Result<&'static TextFormat, Problem> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    for (at, magic, found, advice) in REFUSED {
        if head.get(at..).is_some_and(|rest| rest.starts_with(magic)) {
            let advice = if advice.is_empty() { known_formats() } else { advice.to_owned() };
            return Err(Problem::NotText { found, advice });
        }
    }
    let media_type = if looks_like_html(head) {
        "text/html"
    } else {
        format_of_name(name).map_or("text/plain", |format| format.media_type)
    };
    let unknown = || Problem::NotText { found: "an unknown kind of file", advice: known_formats() };
    format_of_media_type(media_type).ok_or_else(unknown)
}

/// Whether a page begins here, be it in ASCII or in UTF-16: with its DOCTYPE or its outermost elements,
/// after comments and an XML declaration.
fn looks_like_html(head: &[u8]) -> bool {
    let ascii: Vec<u8> =
        head.iter().filter(|byte| **byte != 0 && byte.is_ascii()).map(u8::to_ascii_lowercase).collect();
    let Ok(mut rest) = std::str::from_utf8(&ascii) else { return false };
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest.starts_with("<?xml") {
            rest.find("?>").map(|at| at + 2)
        } else {
            break;
        };
        let Some(after) = end.and_then(|end| rest.get(end..)) else { return false };
        rest = after;
    }
    let starts_tag = |tag: &str| {
        rest.strip_prefix(tag)
            .is_some_and(|after| after.starts_with(|c: char| c == '>' || c.is_ascii_whitespace()))
    };
    starts_tag("<!doctype html") || ["<html", "<head", "<body"].into_iter().any(starts_tag)
}
