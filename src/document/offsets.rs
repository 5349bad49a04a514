//! Code points to bytes and back, for files that count in code points.

/// Converts between code-point and byte offsets of one text in O(log n + 64).
#[derive(Debug, Clone)]
pub struct CodePointIndex {
    /// Byte offset of every 64th code point.
    marks: Vec<usize>,
}

const STEP: usize = 64;

impl CodePointIndex {
    pub fn new(text: &str) -> Self {
        Self { marks: text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect() }
    }

    /// The byte offset of a code point; the text's length for one past the last; `None` beyond.
    pub fn byte_of(&self, text: &str, code_point: usize) -> Option<usize> {
        let mark = self.marks.get(code_point / STEP).copied();
        let Some(mark) = mark else {
            return (code_point == self.code_point_of(text, text.len())?).then_some(text.len());
        };
        let rest = text.get(mark..)?;
        rest.char_indices()
            .map(|(byte, _)| mark + byte)
            .chain(std::iter::once(text.len()))
            .nth(code_point % STEP)
    }

    /// The number of code points before a byte offset; `None` inside a character or beyond the end.
    pub fn code_point_of(&self, text: &str, byte: usize) -> Option<usize> {
        if !text.is_char_boundary(byte) {
            return None;
        }
        let block = self.marks.partition_point(|mark| *mark <= byte).saturating_sub(1);
        let mark = self.marks.get(block).copied().unwrap_or(0);
        Some(block * STEP + text.get(mark..byte)?.chars().count())
    }
}

/// Counts code points of one text after another in memory that is kept: bytes to code points only, in
/// O(1), after one pass that runs at the speed of memory.
#[derive(Debug, Clone, Default)]
pub struct CodePointCounter {
    is_ascii: bool,
    /// The code points before every [`BLOCK`] bytes.
    before: Vec<u32>,
    /// What is left over behind the last whole block.
    last: [u8; BLOCK],
}

/// Bytes that are looked at together.
const BLOCK: usize = 8;
/// Blocks for which there stays room.
const MAX_KEPT: usize = 1 << 18;

impl CodePointCounter {
    /// Turns to a text of less than 4 GiB.
    pub fn turn_to(&mut self, text: &str) {
        self.before.clear();
        self.before.shrink_to(MAX_KEPT);
        self.is_ascii = text.is_ascii();
        if self.is_ascii {
            return;
        }
        let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
        self.before.reserve(blocks.len() + 1);
        let mut n = 0;
        for block in blocks {
            self.before.push(n);
            n += n_code_points(*block);
        }
        self.before.push(n);
        // Zeros begin characters, but nothing is asked of what is behind the end.
        self.last = [0; BLOCK];
        self.last.iter_mut().zip(rest).for_each(|(byte, own)| *byte = *own);
    }

    /// The code points before a byte of the text that was turned to.
    pub fn of(&self, text: &str, byte: usize) -> usize {
        if self.is_ascii {
            return byte;
        }
        let (block, n_bytes) = (byte / BLOCK, byte % BLOCK);
        let rest = text.as_bytes().get(block * BLOCK..).unwrap_or_default();
        let own = rest.first_chunk().unwrap_or(&self.last);
        // Those from the byte on are made to go on with characters, which are not counted.
        let before = u64::from_le_bytes(*own) & !(u64::MAX << (8 * n_bytes)) | CONTINUES << (8 * n_bytes);
        self.before.get(block).map_or(0, |n| (n + n_code_points(before.to_le_bytes())) as usize)
    }
}

/// Eight bytes that all continue characters.
const CONTINUES: u64 = u64::MAX / 255 * 0x80;

/// Every byte of a block but those that continue a character.
#[inline]
fn n_code_points(block: [u8; BLOCK]) -> u32 {
    let block = u64::from_le_bytes(block);
    // The low bit of each byte that begins a character: its high bit is not set, or the next is.
    let begins = (!block >> 7 | block >> 6) & (u64::MAX / 255);
    // The highest byte of the product is the sum of all.
    (begins.wrapping_mul(u64::MAX / 255) >> 56) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Letters of the article's names, with what makes counting hard: two to four bytes, combining
    /// marks, joined emoji, line ends of both kinds.
    fn any_text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "Xankəndi",
            "Şuşa",
            "Ստեփանակերտ",
            "სამხრეთი",
            "ایران",
            "Россия",
            "e\u{301}",
            "ı\u{307}",
            "🏔",
            "👩\u{200d}👩\u{200d}👧",
            "\r\n",
            "\n",
            " ",
            "a",
            "—",
            "\u{feff}",
        ]);
        prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn offsets_agree_with_counting(text in any_text()) {
            let index = CodePointIndex::new(&text);
            let mut starts: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
            starts.push(text.len());
            for (code_point, byte) in starts.iter().enumerate() {
                prop_assert_eq!(index.byte_of(&text, code_point), Some(*byte));
                prop_assert_eq!(index.code_point_of(&text, *byte), Some(code_point));
            }
            let mut counter = CodePointCounter::default();
            counter.turn_to("somethingə else");
            counter.turn_to(&text);
            for (code_point, byte) in starts.iter().enumerate() {
                prop_assert_eq!(counter.of(&text, *byte), code_point);
            }
            for beyond in [starts.len(), starts.len() + 1, starts.len() + STEP, usize::MAX] {
                prop_assert_eq!(index.byte_of(&text, beyond), None);
            }
            for byte in (0..text.len() + 3).filter(|byte| !starts.contains(byte)) {
                prop_assert_eq!(index.code_point_of(&text, byte), None);
            }
        }
    }
}
