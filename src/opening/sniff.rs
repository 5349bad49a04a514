//! Is a file an events file or a text?

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// White space before the first sign of JSON is hardly longer.
const HEAD: u64 = 4096;

/// By what it holds; by its name where that leaves it open. What cannot be read is none: who reads it
/// says why.
pub(super) fn is_events_file(path: &Path) -> bool {
    let is_named_so = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("geojson") || ending.eq_ignore_ascii_case("json"));
    let mut head = Vec::new();
    let is_plain_file = std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    is_named_so
        || (is_plain_file
            && File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head)).is_ok()
            && begins_like_json(&head))
}

/// An object with a name in it or without any, or a list of such: no prose begins so.
fn begins_like_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let mut signs = head.iter().copied().filter(|byte| !byte.is_ascii_whitespace());
    let mut first = signs.next();
    if first == Some(b'[') {
        first = signs.next();
    }
    first == Some(b'{') && matches!(signs.next(), Some(b'"' | b'}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_from_prose() {
        for (head, expected) in [
            ("{\"type\": \"FeatureCollection\"", true),
            ("\u{feff} \n{ \"a\": 1", true),
            ("[ {\"a\": 1}]", true),
            ("{}", true),
            ("", false),
            ("[1] A note.", false),
            ("{{ cleanup }} On 3 May", false),
            ("{Music} On 3 May", false),
            ("In 1990", false),
        ] {
            assert_eq!(begins_like_json(head.as_bytes()), expected, "{head:?}");
        }
    }
}
