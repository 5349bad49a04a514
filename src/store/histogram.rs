//! Counts of events over time, for the chart behind the timeline.
//!
//! An event counts one in every bin that it overlaps, so the height of a bar is the number of events
//! that a time window of that bin would show, and a 44-day war stands as a plateau among single
//! days. The other reading, one event spread evenly over its days, keeps the area equal to the
//! number of events but draws that war at 1/44 of a day's bar: the largest event of a text is then
//! the one that cannot be seen.
//!
//! It also makes a bin two binary searches: the events that start by its last day, less those that
//! end before its first.

use super::Answer;
use crate::time::DaySpan;

/// Equal bins over a span.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Histogram {
    pub bins: Vec<Bin>,
    /// The largest `total`.
    pub max: f32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// The whole days of the bin; where bins are shorter than a day, the day it lies in.
    pub days: DaySpan,
    /// How many visible events overlap the bin.
    pub total: f32,
    /// How many of them are within the map's viewport.
    pub in_viewport: f32,
}

impl Histogram {
    /// Counts the visible events of an answer (its window plays no part) in bins of equal width.
    /// O(bins · log events) after the first call for a viewport.
    pub fn of(answer: &Answer, span: DaySpan, n_bins: usize) -> Self {
        let time = answer.visible.time();
        let days = answer.viewport.days(&answer.visible, &answer.columns);
        let bin = |number| {
            let days_of_bin = bin_days(span, n_bins, number);
            let n_started = days.starts.partition_point(|start| *start <= days_of_bin.last);
            let n_ended = days.ends.partition_point(|end| *end < days_of_bin.first);
            Bin {
                days: days_of_bin,
                total: time.n_overlapping(days_of_bin) as f32,
                in_viewport: n_started.saturating_sub(n_ended) as f32,
            }
        };
        let bins: Vec<Bin> = (0..n_bins).map(bin).collect();
        let max = bins.iter().map(|bin| bin.total).fold(0.0, f32::max);
        Self { bins, max }
    }
}

/// The days of bin `number`: they part the span without gap or overlap while it has a day for each.
fn bin_days(span: DaySpan, n_bins: usize, number: usize) -> DaySpan {
    let n_days = i128::from(span.n_days());
    let edge = |number: usize| {
        let days = n_days * number as i128 / n_bins.max(1) as i128;
        i64::try_from(i128::from(span.first) + days).unwrap_or(i64::MAX)
    };
    let first = edge(number);
    DaySpan { first, last: edge(number + 1).saturating_sub(1).max(first) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::store::fixtures::{any_accounts, any_view};
    use crate::store::{EventStore, oracle};
    use crate::view::View;

    proptest! {
        #[test]
        fn a_bar_is_as_high_as_its_window_is_full(
            accounts in any_accounts(),
            view in any_view(),
            first in -400_i64..400,
            n_days in 1_i64..300,
            n_bins in 1_usize..40,
        ) {
            let store = EventStore::build(&accounts);
            let answer = store.query(&view);
            let span = DaySpan::new(first, first + n_days - 1);
            let histogram = Histogram::of(&answer, span, n_bins);
            prop_assert_eq!(histogram.bins.len(), n_bins);
            for bin in &histogram.bins {
                let scan = oracle::full_scan(&store, &View { window: Some(bin.days), ..view.clone() });
                let in_viewport = scan.in_window.iter().filter(|e| scan.is_in_viewport[e.as_usize()]).count();
                prop_assert_eq!((bin.total, bin.in_viewport), (scan.in_window.len() as f32, in_viewport as f32));
                prop_assert!(bin.total <= histogram.max);
            }
        }

        #[test]
        fn bins_part_the_span(first in -1000_i64..1000, n_days in 1_i64..500, n_bins in 1_usize..80) {
            let span = DaySpan::new(first, first + n_days - 1);
            let bins: Vec<DaySpan> = (0..n_bins).map(|number| bin_days(span, n_bins, number)).collect();
            prop_assert_eq!((bins[0].first, bins[n_bins - 1].last), (span.first, span.last));
            for pair in bins.windows(2) {
                let gap = pair[1].first - pair[0].last;
                prop_assert!(gap == 1 || (gap == 0 && n_bins > n_days as usize), "{:?}", pair);
            }
        }
    }

    #[test]
    fn an_endless_span_does_not_overflow() {
        let span = DaySpan { first: i64::MIN / 4, last: i64::MAX / 4 };
        assert_eq!(bin_days(span, 3, 2).last, span.last);
    }
}
