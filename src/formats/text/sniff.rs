//! Which format bytes are of: by what they hold, and by the file's name where that leaves it open.

use super::{TextFormat, format_of_media_type, format_of_name, known_formats};
use crate::formats::Problem;

/// How far into a file its format is looked for.
const HEAD: usize = 1024;
/// How much of the end of an archive is looked at for the names of its entries.
const LIST: usize = 1 << 20;

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
    let named = format_of_name(name).map(|format| format.media_type);
    let media_type = if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        archived(bytes).or(named.filter(|named| ARCHIVED.contains(named))).ok_or_else(|| {
            Problem::NotText {
                found: "a ZIP archive that is no document",
                advice: "Unpack it and open what is in it".to_owned(),
            }
        })?
    } else if head.starts_with(b"%PDF-") || (named == Some(PDF) && contains(head, b"%PDF-")) {
        PDF
    } else if looks_like_html(head) {
        "text/html"
    } else {
        named.unwrap_or("text/plain")
    };
    let unknown = || Problem::NotText { found: "an unknown kind of file", advice: known_formats() };
    let format = format_of_media_type(media_type).ok_or_else(unknown)?;
    // What is called a document and is none would otherwise be shown as the letters it is packed in.
    if (ARCHIVED.contains(&media_type) && !head.starts_with(b"PK"))
        || (media_type == PDF && !contains(head, b"%PDF-"))
    {
        return Err(Problem::Damaged {
            format: format.name,
            reason: "it does not begin like one".to_owned(),
        });
    }
    Ok(format)
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const ODT: &str = "application/vnd.oasis.opendocument.text";
const EPUB: &str = "application/epub+zip";
const PDF: &str = "application/pdf";
/// Formats that are ZIP archives.
const ARCHIVED: [&str; 3] = [DOCX, ODT, EPUB];

/// The format of an archive by the names of its entries and by the media type that books and
/// `OpenDocument` give as their first bytes.
fn archived(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if contains(head, b"mimetypeapplication/epub+zip") {
        return Some(EPUB);
    }
    if contains(head, b"mimetypeapplication/vnd.oasis.opendocument.text") {
        return Some(ODT);
    }
    // The list of entries is at the end; names stand in it as they are.
    let list = bytes.get(bytes.len().saturating_sub(LIST)..).unwrap_or(bytes);
    [(b"word/document".as_slice(), DOCX), (b"META-INF/container.xml", EPUB), (b"wordprocessingml", DOCX)]
        .into_iter()
        .find_map(|(name, format)| contains(list, name).then_some(format))
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
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
