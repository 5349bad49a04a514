//! The letters of a PDF's pages, put together to lines in the order in which they are drawn.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

/// Letters closer than this belong to one word, in font sizes.
const WORD_GAP: f64 = 0.15;
/// Letters higher or lower than this stand on another line, in font sizes.
const LINE_SHIFT: f64 = 0.5;
/// The most letters of a file: those of a text of 100 MB.
const MAX_LETTERS: usize = 100 << 20;

/// Words that stand side by side. Positions are in points from the page's top left corner.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub left: f64,
    pub right: f64,
    /// Of the line that the letters stand on, downwards.
    pub y: f64,
    /// Of most of its letters.
    pub size: f64,
}

#[derive(Debug, Default)]
pub(super) struct Page {
    pub lines: Vec<Line>,
    pub height: f64,
}

/// Collects the lines of pages while they are drawn.
#[derive(Debug, Default)]
pub(super) struct Pages {
    done: Vec<Page>,
    last_number: u32,
    /// The page's top left corner in its own coordinates.
    left: f64,
    top: f64,
    begins_word: bool,
    n_letters: usize,
}

impl Pages {
    /// The number of the page that was begun last, from 1.
    pub fn last_number(&self) -> u32 {
        self.last_number
    }

    /// Puts lines of text, of which no positions are known, in the place of the last page.
    pub fn replace_last_page_if_longer(&mut self, text: &str) {
        const SIZE: f64 = 10.0;
        let Some(page) = self.done.last_mut() else { return };
        let n_bytes: usize = page.lines.iter().map(|line| line.text.len()).sum();
        if text.trim().len() <= n_bytes {
            return;
        }
        let lines = text.lines().enumerate().map(|(number, words)| Line {
            text: words.to_owned(),
            left: 0.0,
            right: words.len() as f64 * SIZE / 2.0,
            y: number as f64 * SIZE * 1.2,
            size: SIZE,
        });
        page.lines = lines.collect();
    }

    pub fn finish(self) -> Vec<Page> {
        self.done
    }
}

impl OutputDev for Pages {
    fn begin_page(
        &mut self,
        number: u32,
        media_box: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        (self.left, self.top) = (media_box.llx, media_box.ury);
        self.last_number = number;
        self.done.push(Page { lines: Vec::new(), height: media_box.ury - media_box.lly });
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        letter: &str,
    ) -> Result<(), OutputError> {
        // Stamps on the margin are turned, and are no part of the text.
        let is_turned = at.m12.abs() > at.m11.abs();
        let size = (font_size * (at.m11 * at.m22 - at.m12 * at.m21).abs().sqrt()).abs();
        let is_sane = [size, at.m31, at.m32, width].iter().all(|number| number.is_finite()) && size > 0.1;
        let Some(page) = self.done.last_mut().filter(|_| is_sane && !is_turned) else { return Ok(()) };
        self.n_letters += letter.len();
        if self.n_letters > MAX_LETTERS {
            return Err(std::io::Error::other("too many letters").into());
        }
        let (x, y) = (at.m31 - self.left, self.top - at.m32);
        let right = x + width * font_size * at.m11.abs();
        let letter: String = letter.chars().map(|c| if c == '\u{A0}' { ' ' } else { c }).collect();
        match page.lines.last_mut() {
            Some(line) if is_same_line(line, x, y, size) => {
                let has_gap = self.begins_word && x > line.right + size.min(line.size) * WORD_GAP;
                if has_gap && !line.text.ends_with(' ') && !letter.starts_with(' ') {
                    line.text.push(' ');
                }
                // A line that begins with a raised or a large letter is as large as its words.
                if line.text.chars().count() < 3 && size > 0.0 {
                    line.size = size;
                    line.y = y;
                }
                push_letters(&mut line.text, &letter);
                line.right = right;
            }
            _ => {
                let mut line = Line { left: x, right, y, size, text: String::new() };
                push_letters(&mut line.text, &letter);
                page.lines.push(line);
            }
        }
        self.begins_word = false;
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.begins_word = true;
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

fn is_same_line(line: &Line, x: f64, y: f64, size: f64) -> bool {
    let size = line.size.max(size);
    (y - line.y).abs() <= size * LINE_SHIFT && x > line.right - size * 2.0
}

/// Adds letters, joined ones (ﬁ, ﬂ …) as the letters that they are.
fn push_letters(text: &mut String, letters: &str) {
    for letter in letters.chars() {
        match letter {
            '\u{FB00}' => text.push_str("ff"),
            '\u{FB01}' => text.push_str("fi"),
            '\u{FB02}' => text.push_str("fl"),
            '\u{FB03}' => text.push_str("ffi"),
            '\u{FB04}' => text.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => text.push_str("st"),
            letter => text.push(letter),
        }
    }
}
