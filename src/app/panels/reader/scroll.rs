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
    Offset(f32),
}

/// The scroll position, in points from the top of the page to the top of what is in sight.
#[derive(Debug, Clone, Default)]
pub struct Scroll {
    pub offset: f32,
    pub goal: Option<Goal>,
    /// A wish for a document that is not yet on the page.
    pub waiting: Option<(DocumentIx, Span)>,
}

impl Scroll {
    /// The offset at which a line stands where it is read comfortably.
    pub fn offset_for_line(y: f32, sight: f32, height: f32) -> f32 {
        (y - REST * sight).clamp(0.0, (height - sight).max(0.0))
    }

    /// Goes on towards a target offset for `seconds`; a long way is jumped but for its last part, so
    /// that nothing between is laid out. True on arrival.
    pub fn step(&mut self, target: f32, sight: f32, seconds: f32, is_animated: bool) -> bool {
        let way = target - self.offset;
        if !is_animated || way.abs() < 0.5 {
            self.offset = target;
            return true;
        }
        let longest = sight * 0.8;
        let way = way.clamp(-longest, longest);
        self.offset = target - way * (-EASE * seconds).exp();
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
