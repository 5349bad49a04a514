//! The parts of a plain text: paragraphs and headings.

use super::Span;

/// A heading is at most this long, in code points.
const MAX_HEADING: usize = 90;

/// The paragraphs of a plain text in order: lines with anything but white space, without their line
/// ends (LF, CRLF) and without white space around them.
///
/// Texts set with a hard line break at 70 columns come out as a paragraph a line.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let start = line_start + (line.len() - line.trim_start().len());
            spans.push(Span { start, end: start + words.len() });
        }
        line_start += line.len();
    }
    spans
}

/// The headings of a plain text: the first line, and each short line that stands alone between
/// blank lines, has words after it and does not end like a sentence.
pub fn headings(text: &str) -> Vec<Span> {
    let stands_alone = |span: Span| {
        let before = text.get(..span.start).unwrap_or("");
        let after = text.get(span.end..).unwrap_or("");
        (before.trim().is_empty() || has_blank_line(before.chars().rev()))
            && (!after.trim().is_empty() && has_blank_line(after.chars()))
    };
    let is_short = |span: Span| span.slice(text).chars().nth(MAX_HEADING).is_none();
    let is_sentence = |span: Span| {
        let closing = ['”', '"', '’', '\'', '»', ')', ']', '\u{201c}'];
        span.slice(text).trim_end_matches(closing).ends_with(['.', '!', '?', '…', ':', ';', ',', '։', '。'])
    };
    paragraphs(text)
        .into_iter()
        .enumerate()
        .filter(|(number, span)| {
            is_short(*span) && stands_alone(*span) && (*number == 0 || !is_sentence(*span))
        })
        .map(|(_, span)| span)
        .collect()
}

/// Whether, going away from a line, a blank line comes before any words.
fn has_blank_line(away: impl Iterator<Item = char>) -> bool {
    away.take_while(|c| c.is_whitespace()).filter(|c| *c == '\n').count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices(text: &str, spans: &[Span]) -> Vec<String> {
        spans.iter().map(|s| s.slice(text).to_owned()).collect()
    }

    #[test]
    fn paragraphs_are_lines_with_words() {
        for (text, expected) in [
            ("", vec![]),
            ("\n \n\t\r\n", vec![]),
            ("one", vec!["one"]),
            ("one\n\n\ntwo\n", vec!["one", "two"]),
            ("one\r\n\r\n  two  \r\nthree", vec!["one", "two", "three"]),
            ("Şuşa\n\u{a0}\nԵրևան 🏔", vec!["Şuşa", "Երևան 🏔"]),
        ] {
            assert_eq!(slices(text, &paragraphs(text)), expected, "{text:?}");
        }
    }

    #[test]
    fn headings_stand_alone_and_are_no_sentences() {
        let long = format!("Title\n\n{}\n\nText.", "word ".repeat(30));
        for (text, expected) in [
            ("Title\n\n\nText.\n\nPart two\n\n\nMore text.", vec!["Title", "Part two"]),
            ("Title\r\n\r\nText.\r\n\r\nPart two\r\n\r\nMore.", vec!["Title", "Part two"]),
            (
                "Is it over?\n\nYes, he said.\n\n“It is.”\n\nEnd of part\n\nText.",
                vec!["Is it over?", "End of part"],
            ),
            ("A line\nand the next\n\nText.", vec![]),
            ("Text that goes on\nPart\n\nText.", vec![]),
            (long.as_str(), vec!["Title"]),
        ] {
            assert_eq!(slices(text, &headings(text)), expected, "{text:?}");
        }
    }
}
