//! The lines of pages to paragraphs and headings: running heads and page numbers left out, words that
//! were parted at line ends joined.

use std::collections::{BTreeMap, BTreeSet};

use super::glyphs::{Line, Page};

/// Lines at the top and the bottom of a page among which running heads are looked for.
const EDGE_LINES: usize = 2;
/// Running heads stand at the same height, within so many points.
const SAME_HEIGHT: f64 = 4.0;
/// A heading is set larger than the text by this factor at least …
const HEADING_SIZE: f64 = 1.15;
/// … and is no longer than this, in bytes.
const LONGEST_HEADING: usize = 250;

/// The paragraphs of a document with the levels of those that are headings (of the others 0).
pub(super) fn paragraphs(mut pages: Vec<Page>) -> Vec<(u8, String)> {
    for page in &mut pages {
        page.lines.retain(|line| !line.text.trim().is_empty() && !is_of_contents(&line.text));
    }
    drop_running_heads(&mut pages);
    let body_size = most_common_size(&pages);
    let known_words = words_with_hyphens(&pages);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for page in &pages {
        let shape = Shape::of(page);
        let mut above: Option<&Line> = None;
        for line in &page.lines {
            let continues = match (above, paragraphs.last()) {
                (Some(above), Some(open)) => shape.continues(above, line, open),
                (None, Some(open)) => continues_on_next_page(open, line),
                _ => false,
            };
            match paragraphs.last_mut().filter(|_| continues) {
                Some(open) => open.add(line, &known_words),
                None => paragraphs.push(Paragraph { text: line.text.trim().to_owned(), size: line.size }),
            }
            above = Some(line);
        }
    }
    let levels = heading_levels(&paragraphs, body_size);
    paragraphs
        .into_iter()
        .map(|p| (levels.get(&p.rounded_size()).copied().filter(|_| p.is_short()).unwrap_or(0), p.text))
        .collect()
}

struct Paragraph {
    text: String,
    /// Of its first line, in points.
    size: f64,
}

impl Paragraph {
    /// Adds a line. A word parted by a hyphen is joined; the hyphen stays where it is one of the word's own.
    fn add(&mut self, line: &Line, known_words: &BTreeSet<String>) {
        let next = line.text.trim();
        let is_parted = self.text.ends_with(['-', '\u{2010}', '\u{AD}'])
            && self.text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
            && next.starts_with(char::is_alphanumeric);
        if !is_parted {
            self.text.push(' ');
            self.text.push_str(next);
            return;
        }
        let start = self.text.rsplit(char::is_whitespace).next().unwrap_or_default();
        let end: String = next.chars().take_while(|c| c.is_alphanumeric()).collect();
        let is_own = !next.starts_with(char::is_lowercase)
            || known_words.contains(
                &format!("{}-{end}", start.trim_end_matches(['-', '\u{2010}', '\u{AD}'])).to_lowercase(),
            );
        if !is_own || self.text.ends_with('\u{AD}') {
            self.text.pop();
        }
        self.text.push_str(next);
    }

    fn ends_sentence(&self) -> bool {
        self.text.trim_end_matches(['”', '"', '’', '\'', '»', ')', ']']).ends_with(['.', '!', '?', '…', ':'])
    }

    /// In half points, as a number that can be a key.
    fn rounded_size(&self) -> i64 {
        rounded(self.size)
    }

    fn is_short(&self) -> bool {
        self.text.len() <= LONGEST_HEADING && self.text.chars().any(char::is_alphabetic)
    }
}

fn rounded(size: f64) -> i64 {
    (size * 2.0).round() as i64
}

/// How the lines of a page stand to each other.
struct Shape {
    /// From line to line, in font sizes; most lines.
    pitch: f64,
    right: f64,
}

impl Shape {
    fn of(page: &Page) -> Self {
        let mut pitches: Vec<f64> = page
            .lines
            .iter()
            .zip(page.lines.iter().skip(1))
            .map(|(above, below)| (below.y - above.y) / below.size.max(1.0))
            .filter(|pitch| (0.8..3.0).contains(pitch))
            .collect();
        pitches.sort_by(f64::total_cmp);
        let pitch = pitches.get(pitches.len() / 2).copied().unwrap_or(1.2);
        let right = page.lines.iter().map(|line| line.right).fold(0.0, f64::max);
        Self { pitch, right }
    }

    /// Whether a line belongs to the paragraph of the line drawn before it.
    fn continues(&self, above: &Line, line: &Line, open: &Paragraph) -> bool {
        if (above.size - line.size).abs() > above.size * 0.12 {
            return false;
        }
        let pitch = (line.y - above.y) / line.size.max(1.0);
        if pitch.abs() < 0.3 {
            // The same line further right, as after a tab.
            return true;
        }
        if pitch < 0.0 {
            // The next column.
            return !open.ends_sentence()
                && above.size <= open.size * 1.05
                && line.text.starts_with(char::is_lowercase);
        }
        if pitch > self.pitch * 1.35 {
            return false;
        }
        let is_indented =
            line.left > above.left + line.size * 0.8 && line.left < above.left + line.size * 5.0;
        let width = (self.right - above.left).max(1.0);
        let ends_short = above.right < self.right - width * 0.15;
        !(is_indented && open.ends_sentence()
            || ends_short && open.ends_sentence()
            || ends_short && line.text.starts_with(['•', '–', '—']))
    }
}

fn continues_on_next_page(open: &Paragraph, line: &Line) -> bool {
    let is_parted = open.text.ends_with(['-', '\u{2010}', '\u{AD}']);
    (open.size - line.size).abs() <= open.size * 0.12
        && !open.ends_sentence()
        && (is_parted || line.text.trim_start().starts_with(char::is_lowercase))
}

/// A line of a table of contents: dots lead to its page.
fn is_of_contents(text: &str) -> bool {
    let dots: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_page = |c: char| c.is_ascii_digit() || "ivxlc".contains(c);
    dots.trim_end_matches(is_page).ends_with("....")
}

/// Leaves out lines at the edges of pages that stand on many pages at the same height and differ in
/// their numbers only.
fn drop_running_heads(pages: &mut [Page]) {
    if pages.len() < 3 {
        return;
    }
    let mut seen: BTreeMap<(String, i64), usize> = BTreeMap::new();
    let key = |line: &Line| (without_numbers(&line.text), (line.y / SAME_HEIGHT).round() as i64);
    for page in pages.iter() {
        for line in edges(page) {
            if let Some(line) = page.lines.get(line) {
                *seen.entry(key(line)).or_default() += 1;
            }
        }
    }
    // Left and right pages may have their own.
    let n_least = (pages.len() * 2).div_ceil(5).max(3);
    let count = |line: &Line| {
        let (words, height) = key(line);
        [-1, 0, 1].iter().filter_map(|shift| seen.get(&(words.clone(), height + shift))).sum::<usize>()
    };
    for page in pages.iter_mut() {
        let dropped: Vec<usize> = edges(page)
            .into_iter()
            .filter(|at| page.lines.get(*at).is_some_and(|line| count(line) >= n_least))
            .collect();
        let mut at = 0;
        page.lines.retain(|_| {
            at += 1;
            !dropped.contains(&(at - 1))
        });
    }
}

/// The highest and the lowest lines of a page, by number.
fn edges(page: &Page) -> Vec<usize> {
    let mut by_height: Vec<usize> = (0..page.lines.len()).collect();
    let height = |at: &usize| page.lines.get(*at).map_or(0.0, |line| line.y);
    by_height.sort_by(|a, b| height(a).total_cmp(&height(b)));
    let n_upper = by_height.iter().filter(|at| height(at) < page.height * 0.2).count().min(EDGE_LINES);
    let n_lower = by_height.iter().filter(|at| height(at) > page.height * 0.8).count().min(EDGE_LINES);
    let upper = by_height.iter().take(n_upper);
    upper.chain(by_height.iter().rev().take(n_lower)).copied().collect()
}

/// A line with each number as `#`, Roman page numbers too.
fn without_numbers(text: &str) -> String {
    let word = |word: &str| {
        let is_roman = word.len() <= 6 && word.bytes().all(|byte| b"ivxlc".contains(&byte));
        if is_roman { "#".to_owned() } else { word.replace(|c: char| c.is_ascii_digit(), "#") }
    };
    let words: Vec<String> = text.split_whitespace().map(word).collect();
    let mut plain = words.join(" ");
    while plain.contains("##") {
        plain = plain.replace("##", "#");
    }
    plain
}

/// The size that most letters have, in half points.
fn most_common_size(pages: &[Page]) -> i64 {
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        *sizes.entry(rounded(line.size)).or_default() += line.text.len();
    }
    sizes.into_iter().max_by_key(|(_, n_bytes)| *n_bytes).map_or(0, |(size, _)| size)
}

/// Words that are written with a hyphen inside a line.
fn words_with_hyphens(pages: &[Page]) -> BTreeSet<String> {
    let is_edge = |c: char| !c.is_alphanumeric();
    let words = pages.iter().flat_map(|page| &page.lines).flat_map(|line| line.text.split_whitespace());
    words
        .map(|word| word.trim_matches(is_edge))
        .filter(|word| word.contains('-'))
        .map(str::to_lowercase)
        .collect()
}

/// The level of each size in which headings are set: the largest is 1.
fn heading_levels(paragraphs: &[Paragraph], body_size: i64) -> BTreeMap<i64, u8> {
    let is_large = |size: i64| size as f64 >= body_size as f64 * HEADING_SIZE;
    let sizes: BTreeSet<i64> = paragraphs
        .iter()
        .filter(|p| p.is_short())
        .map(Paragraph::rounded_size)
        .filter(|size| is_large(*size))
        .collect();
    sizes.into_iter().rev().zip(1_u8..).map(|(size, level)| (size, level.min(6))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line at a height, as wide as its words.
    fn line(y: f64, left: f64, text: &str) -> Line {
        Line { text: text.to_owned(), left, right: left + text.len() as f64 * 5.0, y, size: 10.0 }
    }

    fn page(lines: &[(f64, f64, &str)]) -> Page {
        Page { lines: lines.iter().map(|(y, left, text)| line(*y, *left, text)).collect(), height: 800.0 }
    }

    fn texts(pages: Vec<Page>) -> Vec<String> {
        paragraphs(pages).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn lines_become_paragraphs() {
        for (lines, expected) in [
            (
                &[(100.0, 50.0, "The army crossed the ri-"), (112.0, 50.0, "ver at dawn on 3 May.")][..],
                &["The army crossed the river at dawn on 3 May."][..],
            ),
            (
                &[
                    (100.0, 50.0, "A well-known and well-"),
                    (112.0, 50.0, "known man of Franco-"),
                    (124.0, 50.0, "Prussian descent"),
                ],
                &["A well-known and well-known man of Franco-Prussian descent"],
            ),
            (
                &[(100.0, 50.0, "One paragraph ends here."), (130.0, 50.0, "Another begins further down.")],
                &["One paragraph ends here.", "Another begins further down."],
            ),
            (
                &[
                    (100.0, 50.0, "A paragraph that fills its line."),
                    (112.0, 62.0, "The next one is indented a bit"),
                    (124.0, 50.0, "and goes on in the next line."),
                ],
                &[
                    "A paragraph that fills its line.",
                    "The next one is indented a bit and goes on in the next line.",
                ],
            ),
            (
                &[
                    (100.0, 50.0, "It fills the whole line and goes on"),
                    (112.0, 50.0, "to here."),
                    (124.0, 50.0, "This is the next paragraph of it."),
                ],
                &["It fills the whole line and goes on to here.", "This is the next paragraph of it."],
            ),
            (
                &[(700.0, 50.0, "the left column ends in the"), (100.0, 300.0, "middle of a sentence.")],
                &["the left column ends in the middle of a sentence."],
            ),
        ] {
            assert_eq!(texts(vec![page(lines)]), expected);
        }
    }

    #[test]
    fn running_heads_go_and_pages_join() {
        let pages = (1..=4).map(|number| {
            let (head, foot) = (format!("THE FLOOD {number}"), format!("{number}"));
            let body =
                if number % 2 == 1 { "The water of the river rose for" } else { "days and nobody slept." };
            page(&[(30.0, 50.0, &head), (100.0, 50.0, body), (780.0, 200.0, &foot)])
        });
        let expected = "The water of the river rose for days and nobody slept.";
        assert_eq!(texts(pages.collect()), [expected, expected]);
    }

    #[test]
    fn large_lines_are_headings() {
        let mut first = page(&[
            (60.0, 50.0, "The flood"),
            (100.0, 50.0, "The first night"),
            (120.0, 50.0, "The water rose. It was dark and cold in the lower town."),
        ]);
        first.lines[0].size = 20.0;
        first.lines[1].size = 13.0;
        let levels: Vec<u8> = paragraphs(vec![first]).into_iter().map(|(level, _)| level).collect();
        assert_eq!(levels, [1, 2, 0]);
    }
}
