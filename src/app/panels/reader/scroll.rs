//! Where the page is scrolled to, and the way there.

use crate::document::Span;
use crate::store::DocumentIx;

/// Part of the remaining way that is gone in a second of smooth scrolling, as an exponent.
const EASE: f32 = 12.0;
/// Where the line that is scrolled to comes to stand, as a part of the height in sight.
const REST: f32 = 0.33;

/// Somewhere to scroll to. Kept as a place in the text, so that it stays true while heights change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    Text(Span),
    /// A height in points.
    Offset(f64),
}

/// The scroll position, in points from the top of the page to the top of what is in sight.
#[derive(Debug, Clone, Default)]
pub struct Scroll {
    pub offset: f64,
    pub goal: Option<Goal>,
    /// A wish for a document that is not yet on the page.
    pub waiting: Option<(DocumentIx, Span)>,
    /// The part of a high page that egui scrolls begins here: its own offsets are `f32`, in which a
    /// page of 100 MB of text would move by whole lines.
    pub base: f64,
}

/// The height of that part, in points: there an `f32` still tells sixteenths.
const PART: f64 = 1_000_000.0;

/// How egui scrolls the part of the page that is in reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    pub base: f64,
    /// In points, from `base` on.
    pub height: f32,
    /// Is it all of the page?
    pub is_whole: bool,
}

impl Scroll {
    /// The part of the page around the offset; it moves on when the offset comes near one of its ends.
    pub fn part(&mut self, sight: f32, height: f64) -> Part {
        if height <= PART {
            self.base = 0.0;
            return Part { base: 0.0, height: height as f32, is_whole: true };
        }
        let last = (height - PART).floor();
        let (above, below) = (self.offset - self.base, self.base + PART - self.offset - f64::from(sight));
        let is_near_top = above < PART * 0.1 && self.base > 0.0;
        let is_near_bottom = below < PART * 0.1 && self.base < last;
        if is_near_top || is_near_bottom || above < 0.0 || below < 0.0 {
            self.base = (self.offset - PART / 2.0).floor();
        }
        self.base = self.base.clamp(0.0, last);
        Part { base: self.base, height: (height - self.base).min(PART) as f32, is_whole: false }
    }

    /// The offset at which a line stands where it is read comfortably.
    pub fn offset_for_line(y: f64, sight: f32, height: f64) -> f64 {
        (y - f64::from(REST * sight)).clamp(0.0, (height - f64::from(sight)).max(0.0))
    }

    /// Goes on towards a target offset for `seconds`; a long way is jumped but for its last part, so
    /// that nothing between is laid out. True on arrival.
    pub fn step(&mut self, target: f64, sight: f32, seconds: f32, is_animated: bool) -> bool {
        let way = target - self.offset;
        if !is_animated || way.abs() < 0.5 {
            self.offset = target;
            return true;
        }
        let longest = f64::from(sight * 0.8);
        let way = way.clamp(-longest, longest);
        self.offset = target - way * f64::from((-EASE * seconds).exp());
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_to_rest_at_a_third_but_within_the_page() {
        for (y, expected) in [(0.0, 0.0), (90.0, 0.0), (500.0, 401.0), (1990.0, 1700.0)] {
            assert!((Scroll::offset_for_line(y, 300.0, 2000.0) - expected).abs() < 0.5, "{y}");
        }
        assert!(Scroll::offset_for_line(50.0, 300.0, 100.0) < 0.5, "a short page does not scroll");
    }

    #[test]
    fn a_high_page_is_scrolled_part_by_part() {
        let height = 40_000_000.0;
        let mut scroll = Scroll::default();
        assert!(scroll.part(600.0, 20_000.0).is_whole);
        for offset in [0.0, 3_000.0, 990_000.0, 1_000_123.0, 25_000_000.0, 24_000_000.5, height - 600.0] {
            scroll.offset = offset;
            let part = scroll.part(600.0, height);
            let local = offset - part.base;
            assert!(local >= 0.0 && local + 600.0 <= f64::from(part.height), "{offset}: {part:?}");
            assert!(part.base + f64::from(part.height) <= height);
            assert_eq!(scroll.part(600.0, height), part, "and rests there");
        }
    }

    #[test]
    fn arrives_from_near_and_far() {
        for (from, to) in [(0.0, 120.0), (0.0, 90_000.0), (5_000.0, 10.0)] {
            let mut scroll = Scroll { offset: from, ..Scroll::default() };
            let n_frames = (0..200).find(|_| scroll.step(to, 600.0, 1.0 / 60.0, true));
            assert!(n_frames.is_some_and(|n| (10..90).contains(&n)), "{from} {to}: {n_frames:?}");
            assert!((scroll.offset - to).abs() < 0.01);
        }
        let mut scroll = Scroll::default();
        assert!(scroll.step(500.0, 600.0, 0.016, false));
    }
}
