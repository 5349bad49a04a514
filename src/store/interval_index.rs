//! Integer intervals sorted by start, with the largest end of every block of sixteen, of sixteen
//! such blocks, and so on: an interval tree laid out as flat rows.
//!
//! The idea is that of the augmented interval list/tree (Cormen et al., "Introduction to
//! Algorithms", 14.3); a fan-out of sixteen keeps each step inside two cache lines.

const FAN_OUT: usize = 16;

/// Inclusive intervals by position, which is their order by start.
#[derive(Debug, Clone, Default)]
pub(super) struct IntervalIndex {
    starts: Vec<i64>,
    ends: Vec<i64>,
    /// `max_ends[0][b]` is the largest end in block `b` of `ends`; each row sums up the one before.
    max_ends: Vec<Vec<i64>>,
}

impl IntervalIndex {
    /// Takes `(start, end)` in ascending order of start, with `start <= end`.
    pub fn new(sorted: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let (starts, ends): (Vec<i64>, Vec<i64>) = sorted.into_iter().unzip();
        debug_assert!(starts.is_sorted(), "intervals must come in order of start");
        let mut max_ends: Vec<Vec<i64>> = Vec::new();
        let mut row = &ends;
        while row.len() > FAN_OUT {
            let above = row.chunks(FAN_OUT).filter_map(|block| block.iter().max().copied()).collect();
            max_ends.push(above);
            let Some(last) = max_ends.last() else { break };
            row = last;
        }
        Self { starts, ends, max_ends }
    }

    pub fn start(&self, position: usize) -> Option<i64> {
        self.starts.get(position).copied()
    }

    pub fn end(&self, position: usize) -> Option<i64> {
        self.ends.get(position).copied()
    }

    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// How many intervals start before `x`: positions `0..n`. O(log n).
    pub fn n_starting_before(&self, x: i64) -> usize {
        self.starts.partition_point(|start| *start < x)
    }

    /// How many intervals start at or before `x`: positions `0..n`. O(log n).
    pub fn n_starting_by(&self, x: i64) -> usize {
        self.starts.partition_point(|start| *start <= x)
    }

    /// Positions of the intervals that share a point with `first..=last`, ascending.
    /// O(log n) to start, O(1) to O(log n) for each.
    pub fn overlapping(&self, first: i64, last: i64) -> impl Iterator<Item = usize> + '_ {
        let within = self.within(first, last);
        self.reaching(first).chain(within)
    }

    /// Positions of the intervals that start before `x` and end at or after it, ascending.
    pub fn reaching(&self, x: i64) -> impl Iterator<Item = usize> + '_ {
        let n_before = self.n_starting_before(x);
        std::iter::successors(self.first_ending_from(0, x), move |at| self.first_ending_from(at + 1, x))
            .take_while(move |at| *at < n_before)
    }

    /// Positions of the intervals that start in `first..=last`. O(log n).
    pub fn within(&self, first: i64, last: i64) -> std::ops::Range<usize> {
        let from = self.n_starting_before(first);
        from..self.n_starting_by(last).max(from)
    }

    /// The first position at or after `from` whose interval ends at or after `x`: climbs from block
    /// to block until one holds such an end, then descends into it.
    fn first_ending_from(&self, from: usize, x: i64) -> Option<usize> {
        let (mut at, mut level) = (from, 0);
        loop {
            let row = self.row(level)?;
            let block_end = ((at / FAN_OUT + 1) * FAN_OUT).min(row.len());
            if let Some(step) = row.get(at..block_end)?.iter().position(|end| *end >= x) {
                at += step;
                break;
            }
            at = at / FAN_OUT + 1;
            level += 1;
        }
        while level > 0 {
            level -= 1;
            at *= FAN_OUT;
            at += self.row(level)?.get(at..)?.iter().take(FAN_OUT).position(|end| *end >= x)?;
        }
        Some(at)
    }

    fn row(&self, level: usize) -> Option<&[i64]> {
        match level.checked_sub(1) {
            None => Some(&self.ends),
            Some(above) => self.max_ends.get(above).map(Vec::as_slice),
        }
    }

    /// Bytes on the heap.
    pub fn heap_size(&self) -> usize {
        let n = self.starts.len() + self.ends.len() + self.max_ends.iter().map(Vec::len).sum::<usize>();
        n * size_of::<i64>()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn overlapping_finds_what_a_scan_finds(
            mut intervals in prop::collection::vec((-300_i64..300, 0_i64..80), 0..700),
            first in -400_i64..400,
            length in 0_i64..50,
        ) {
            intervals.sort_unstable();
            let ends = |(start, length): &(i64, i64)| (*start, start + length * length / 20);
            let intervals: Vec<_> = intervals.iter().map(ends).collect();
            let index = IntervalIndex::new(intervals.iter().copied());
            let last = first + length;
            let expected: Vec<usize> = (0..intervals.len())
                .filter(|at| intervals[*at].0 <= last && intervals[*at].1 >= first)
                .collect();
            prop_assert_eq!(index.overlapping(first, last).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn one_long_interval_is_found_among_many_short_ones() {
        let short = (0..10_000).map(|day| (day, day));
        let index = IntervalIndex::new(std::iter::once((-5, 1_000_000)).chain(short));
        assert_eq!(index.overlapping(500_000, 500_001).collect::<Vec<_>>(), [0]);
        assert_eq!(index.overlapping(9_999, 20_000).collect::<Vec<_>>(), [0, 10_000]);
        assert_eq!(index.overlapping(-9, -6).count(), 0);
    }
}
