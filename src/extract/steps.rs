//! How much work a reading is, counted in tests: looks at a token, tries of a rule, comparisons of two
//! places. Outside tests there is nothing of it.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static N_STEPS: Cell<u64> = const { Cell::new(0) };
}

/// One more step.
#[inline(always)]
#[allow(clippy::inline_always)]
pub fn count() {
    #[cfg(test)]
    N_STEPS.set(N_STEPS.get() + 1);
}

/// The steps of some work on this thread.
#[cfg(test)]
pub fn of(work: impl FnOnce()) -> u64 {
    let before = N_STEPS.get();
    work();
    N_STEPS.get() - before
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::of;
    use crate::extract::{Extractor, Inference, Language, Layers, Setting};
    use crate::gazetteer::Gazetteer;
    use crate::progress::Progress;

    /// What makes a reader look far: no stops, many names, many dates, quotes that never close.
    const PIECES: [&str; 16] = [
        "On 5 May 1945 the army of France marched to Paris and the town was taken by Marshal Foch, ",
        "Paris, Rome, London and ",
        "villages of Gaza and villages of Gazakh ",
        "he said that the man who was said that ",
        "1945 ",
        "“It was in Paris, ",
        "(((",
        "in the last first of the ",
        "was to have been ",
        "and ",
        "It fell. ",
        "1,",
        "\u{201d}\u{201d}",
        "On Monday police said a bomb had exploded in Kirkuk.\n\n",
        "Hale and Perry counties, ",
        "not until May ",
    ];

    fn steps(pieces: &[&str], n_bytes: usize) -> u64 {
        let round = pieces.concat();
        let text = round.repeat(n_bytes.div_ceil(round.len()));
        let text = text.get(..text.floor_char_boundary(n_bytes)).unwrap_or_default();
        let setting = Setting { text, headings: &[], document_date: None };
        let mut extractor = Extractor::new(Language::english(), Gazetteer::embedded());
        of(|| {
            extractor.read_and_date(&setting, Layers::ALL, Inference::Always, &Progress::default()).unwrap();
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn work_grows_as_the_text_does(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 1..4)) {
            const SHORT: usize = 16_000;
            let (short, long) = (steps(&pieces, SHORT), steps(&pieces, 4 * SHORT));
            prop_assert!(short > 100 && long <= 5 * short + 50_000, "{} steps, then {}", short, long);
        }
    }
}
