//! HTML and XHTML: the readable text of a page, and what the page says of itself. Nothing is fetched.

mod measure;
mod metadata;
mod readable;
mod tree;
mod write;

use super::blocks::Blocks;
use super::{TextFile, decode};
use crate::formats::Problem;
use crate::progress::Progress;

/// How far into a page its encoding is declared, in bytes.
const DECLARED_WITHIN: usize = 4096;

pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<TextFile, Problem> {
    let decoded = decode::decode(bytes, declared_encoding(bytes).as_deref(), progress)?;
    let tree = tree::parse(&decoded.text, 0, progress)?;
    let metadata = metadata::read(&tree);
    let mut blocks = Blocks::default();
    let kept = readable::keep(&tree);
    progress.check()?;
    write::write(&tree, &kept, &mut blocks);
    let mut warnings = decoded.warnings;
    let mut file = blocks.finish();
    if file.text.is_empty() {
        let mut blocks = Blocks::default();
        write::write(&tree, &readable::keep_all(&tree), &mut blocks);
        file = blocks.finish();
        if !file.text.is_empty() {
            warnings.push("no article was found in the page, so that all of its words are shown".to_owned());
        }
    }
    let title = metadata.title(&file);
    Ok(TextFile {
        title,
        authors: metadata.authors,
        language: metadata.language,
        dates: metadata.dates.finish(),
        warnings,
        ..file
    })
}

/// Reads a page of a book into `blocks`: all of its words, for a book has no boilerplate. `start` is how
/// many bytes of the book are done before it.
pub(super) fn read_chapter(
    bytes: &[u8],
    start: u64,
    blocks: &mut Blocks,
    progress: &Progress,
) -> Result<(), Problem> {
    let decoded = decode::decode(bytes, declared_encoding(bytes).as_deref(), progress)?;
    let page = open_empty_elements(&decoded.text);
    let tree = tree::parse(&page, start, progress)?;
    write::write(&tree, &readable::keep_all(&tree), blocks);
    Ok(())
}

/// XML may close an element where it opens, HTML may not: `<title/>` or `<script/>` would swallow all
/// that follows.
fn open_empty_elements(page: &str) -> std::borrow::Cow<'_, str> {
    const LONGEST_TAG: usize = 2048;
    const SWALLOWING: [&str; 8] = ["title", "script", "style", "textarea", "iframe", "noframes", "xmp", "a"];
    let mut opened = String::new();
    let mut n_copied = 0;
    for (at, _) in page.match_indices("/>") {
        let from = page.ceil_char_boundary(n_copied.max(at.saturating_sub(LONGEST_TAG)));
        let Some(start) = page.get(from..at).and_then(|before| before.rfind('<')).map(|i| i + from) else {
            continue;
        };
        let tag = page.get(start + 1..at).unwrap_or_default();
        let name = tag.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
        if SWALLOWING.iter().any(|swallowing| swallowing.eq_ignore_ascii_case(name)) {
            opened.push_str(page.get(n_copied..at).unwrap_or_default());
            opened.push_str("></");
            opened.push_str(name);
            opened.push('>');
            n_copied = at + 2;
        }
    }
    if n_copied == 0 {
        return page.into();
    }
    opened.push_str(page.get(n_copied..).unwrap_or_default());
    opened.into()
}

/// The encoding that a page declares in its head, `charset=…` or `encoding="…"`.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head: String =
        bytes.iter().take(DECLARED_WITHIN).map(|byte| byte.to_ascii_lowercase() as char).collect();
    ["charset", "encoding"].into_iter().find_map(|word| {
        head.match_indices(word).find_map(|(at, _)| {
            let after = head.get(at + word.len()..)?.trim_start().strip_prefix('=')?;
            let value = after.trim_start().trim_start_matches(['"', '\'']);
            let end = value
                .find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c))
                .unwrap_or(value.len());
            value.get(..end).filter(|label| !label.is_empty()).map(str::to_owned)
        })
    })
}
