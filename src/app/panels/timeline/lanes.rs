//! Bars into lanes: greedy interval packing in which labels take room too.
//!
//! Pure: everything here is in pixels from an anchor day, so that a layout stays valid while the
//! axis only pans.

use crate::store::EventIx;
use crate::time::{DISTANT_FUTURE, DISTANT_PAST, Day, DaySpan, TimeInterval};

/// The narrowest bar that can still be hit.
pub const MIN_BAR_PX: f64 = 7.0;
/// How far an open end is drawn beyond the last known day.
pub const TAIL_PX: f64 = 22.0;
/// Between a bar and the label after it.
pub const LABEL_GAP_PX: f64 = 5.0;
/// Between one bar (or its label) and the next in its lane.
const BAR_GAP_PX: f64 = 4.0;
/// Room inside a bar on each side of its label.
pub const LABEL_PAD_PX: f64 = 6.0;
/// Long labels are elided: beyond this they would push everything else out of their lane.
const MAX_LABEL_PX: f64 = 260.0;
/// A label cut shorter than this says nothing.
const MIN_LABEL_PX: f64 = 44.0;
/// A bar as long as this keeps its label inside, elided if need be.
const ROOMY_BAR_PX: f64 = 110.0;
/// How wide a "+N more" marker stands.
pub const MORE_PX: f64 = 62.0;

/// A bar before it has a lane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BarSpec {
    pub event: EventIx,
    /// First and last known day.
    pub span: DaySpan,
    /// Pixels from the anchor day.
    pub start: f64,
    pub end: f64,
    /// Length of the uncertain part at each end, within `start..end`.
    pub fade_start: f64,
    pub fade_end: f64,
    /// Length of the tail of an open end, outside `start..end`; 0 for a known end.
    pub tail_start: f64,
    pub tail_end: f64,
    /// Width of the whole label.
    pub label_width: f64,
}

/// Where a bar's label stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Label {
    None,
    Inside,
    /// After the bar, at most this wide.
    After(f64),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    pub spec: BarSpec,
    pub lane: usize,
    pub label: Label,
}

impl Bar {
    /// Left end of the bar with its tail.
    pub fn left(&self) -> f64 {
        self.spec.start - self.spec.tail_start
    }

    /// Right end of the bar with its tail, without its label.
    pub fn right(&self) -> f64 {
        self.spec.end + self.spec.tail_end
    }
}

/// Bars of one stretch for which there is no lane.
#[derive(Debug, Clone, PartialEq)]
pub struct More {
    /// Left end of the marker.
    pub x: f64,
    pub events: Vec<EventIx>,
    /// The days of the hidden bars.
    pub span: DaySpan,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct LaneLayout {
    /// In the order given.
    pub bars: Vec<Bar>,
    /// From left to right, apart from each other.
    pub more: Vec<More>,
    /// Lanes that hold a bar.
    pub n_lanes: usize,
}

/// A bar's pixels from its bounds.
///
/// `softness` says which ends the date itself calls approximate or uncertain, whatever its bounds.
pub fn bar_spec(
    event: EventIx,
    interval: &TimeInterval,
    span: DaySpan,
    softness: (bool, bool),
    px: impl Fn(f64) -> f64,
    label_width: f64,
) -> BarSpec {
    let (mut start, mut end) = (px(span.first as f64), px(span.last as f64 + 1.0));
    let is_known = |day: Day| day > DISTANT_PAST && day < DISTANT_FUTURE;
    let (open_start, open_end) = (interval.is_open_start(), interval.is_open_end());
    let uncertain_start = if !open_start && is_known(interval.latest_start) {
        px(interval.latest_start as f64) - start
    } else {
        0.0
    };
    let uncertain_end = if !open_end && is_known(interval.earliest_end) {
        end - px(interval.earliest_end as f64 + 1.0)
    } else {
        0.0
    };
    let too_narrow = (MIN_BAR_PX - (end - start)).max(0.0) / 2.0;
    // A soft end of a bar of a few pixels reaches out: within the bar nobody would see it.
    let reach_start = if softness.0 && !open_start && end - start < 14.0 { 4.0 } else { 0.0 };
    let reach_end = if softness.1 && !open_end && end - start < 14.0 { 4.0 } else { 0.0 };
    start -= too_narrow + reach_start;
    end += too_narrow + reach_end;
    let width = end - start;
    let fade = |uncertain: f64, is_soft: bool, is_open: bool| {
        let drawn = if is_soft && !is_open { uncertain.max((width * 0.3).min(18.0)) } else { uncertain };
        drawn.clamp(0.0, width)
    };
    let (mut fade_start, mut fade_end) =
        (fade(uncertain_start, softness.0, open_start), fade(uncertain_end, softness.1, open_end));
    // Where start and end overlap in what they leave open, no day is certain: fade to the middle.
    if fade_start + fade_end > width {
        let share = width / (fade_start + fade_end);
        (fade_start, fade_end) = (fade_start * share, fade_end * share);
    }
    BarSpec {
        event,
        span,
        start,
        end,
        fade_start,
        fade_end,
        tail_start: if open_start { TAIL_PX } else { 0.0 },
        tail_end: if open_end { TAIL_PX } else { 0.0 },
        label_width: label_width.min(MAX_LABEL_PX),
    }
}

#[derive(Debug, Clone, Copy)]
struct Lane {
    /// Right end of its last bar.
    bar_end: f64,
    /// Right end of that bar's label.
    label_end: f64,
    last_bar: usize,
}

/// Packs bars, which come in order of their first day, into at most `n_lanes` lanes.
///
/// A bar takes the first lane that is free of bars and labels; where there is none, it cuts short
/// the label that loses least; where bars themselves fill all lanes, it goes into a [`More`], and as
/// the markers need a row too there are then but `n_beside_markers` lanes.
pub fn pack(specs: &[BarSpec], n_lanes: usize, n_beside_markers: usize) -> LaneLayout {
    let (layout, left_over) = pack_into(specs, n_lanes);
    if left_over.is_empty() {
        return layout;
    }
    let (mut layout, left_over) = pack_into(specs, n_beside_markers);
    layout.more = gather(&left_over);
    layout
}

fn pack_into(specs: &[BarSpec], n_lanes: usize) -> (LaneLayout, Vec<BarSpec>) {
    let mut lanes: Vec<Lane> = Vec::new();
    let mut bars: Vec<Bar> = Vec::with_capacity(specs.len());
    let mut left_over = Vec::new();
    for spec in specs {
        let left = spec.start - spec.tail_start - BAR_GAP_PX;
        let free = lanes.iter().position(|lane| lane.label_end <= left);
        let lane = free.or_else(|| (lanes.len() < n_lanes).then_some(lanes.len())).or_else(|| {
            lanes
                .iter()
                .enumerate()
                .filter(|(_, lane)| lane.bar_end <= left)
                .min_by(|(_, a), (_, b)| loss(a, left).total_cmp(&loss(b, left)))
                .map(|(number, _)| number)
        });
        let Some(lane_number) = lane else {
            left_over.push(*spec);
            continue;
        };
        let inside = spec.end - spec.start - 2.0 * LABEL_PAD_PX;
        let label = if spec.label_width <= 0.0 {
            Label::None
        } else if inside >= spec.label_width || inside >= ROOMY_BAR_PX {
            Label::Inside
        } else {
            Label::After(spec.label_width)
        };
        let bar = Bar { spec: *spec, lane: lane_number, label };
        let label_end = match label {
            Label::After(width) => bar.right() + LABEL_GAP_PX + width,
            Label::None | Label::Inside => bar.right(),
        };
        let state = Lane { bar_end: bar.right(), label_end, last_bar: bars.len() };
        if let Some(lane) = lanes.get_mut(lane_number) {
            if lane.label_end > left
                && let Some(before) = bars.get_mut(lane.last_bar)
            {
                let room = left - lane.bar_end - LABEL_GAP_PX;
                before.label = if room >= MIN_LABEL_PX { Label::After(room) } else { Label::None };
            }
            *lane = state;
        } else {
            lanes.push(state);
        }
        bars.push(bar);
    }
    (LaneLayout { n_lanes: lanes.len(), bars, more: Vec::new() }, left_over)
}

/// What the label of a lane's last bar loses when the next bar starts at `left`.
fn loss(lane: &Lane, left: f64) -> f64 {
    let room = left - lane.bar_end - LABEL_GAP_PX;
    let cut = lane.label_end - left;
    if room >= MIN_LABEL_PX { cut } else { cut + MAX_LABEL_PX }
}

fn gather(left_over: &[BarSpec]) -> Vec<More> {
    let mut markers: Vec<More> = Vec::new();
    for spec in left_over {
        match markers.last_mut() {
            Some(more) if spec.start < more.x + MORE_PX + BAR_GAP_PX => {
                more.events.push(spec.event);
                more.span = more.span.union(spec.span);
            }
            _ => markers.push(More { x: spec.start, events: vec![spec.event], span: spec.span }),
        }
    }
    markers
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spec(number: u32, start: f64, end: f64, label_width: f64) -> BarSpec {
        BarSpec {
            event: EventIx(number),
            span: DaySpan { first: start as i64, last: end as i64 },
            start,
            end,
            fade_start: 0.0,
            fade_end: 0.0,
            tail_start: 0.0,
            tail_end: 0.0,
            label_width,
        }
    }

    fn footprint(bar: &Bar) -> (f64, f64) {
        match bar.label {
            Label::After(width) => (bar.left(), bar.right() + LABEL_GAP_PX + width),
            _ => (bar.left(), bar.right()),
        }
    }

    proptest! {
        #[test]
        fn nothing_collides_and_nothing_is_lost(
            mut bars in prop::collection::vec((0.0..2000.0_f64, 0.0..400.0_f64, 0.0..300.0_f64), 0..80),
            n_lanes in 0_usize..9,
        ) {
            bars.sort_by(|a, b| a.0.total_cmp(&b.0));
            let specs: Vec<BarSpec> = bars.iter().zip(0..)
                .map(|(b, n)| spec(n, b.0, b.0 + b.1.max(MIN_BAR_PX), b.2)).collect();
            let layout = pack(&specs, n_lanes, n_lanes.saturating_sub(1));
            let n_more: usize = layout.more.iter().map(|m| m.events.len()).sum();
            prop_assert_eq!(layout.bars.len() + n_more, specs.len());
            prop_assert!(layout.n_lanes <= n_lanes);
            if n_more > 0 {
                prop_assert!(layout.n_lanes < n_lanes.max(1), "the markers have a lane of their own");
            }
            for pair in layout.more.windows(2) {
                prop_assert!(pair[1].x >= pair[0].x + MORE_PX);
            }
            for (i, a) in layout.bars.iter().enumerate() {
                for b in &layout.bars[..i] {
                    let (fa, fb) = (footprint(a), footprint(b));
                    prop_assert!(a.lane != b.lane || fa.1 <= fb.0 || fb.1 <= fa.0, "{:?} {:?}", a, b);
                }
            }
        }
    }

    #[test]
    fn a_bar_prefers_an_empty_lane_to_cutting_a_label() {
        let specs = [spec(0, 0.0, 10.0, 100.0), spec(1, 60.0, 70.0, 100.0)];
        let layout = pack(&specs, 2, 1);
        assert_eq!(layout.bars[1].lane, 1);
        assert_eq!(layout.bars[0].label, Label::After(100.0));
        let layout = pack(&specs, 1, 1);
        assert_eq!(layout.bars[1].lane, 0);
        assert_eq!(layout.bars[0].label, Label::None, "41 px say nothing");
    }

    #[test]
    fn bars_on_one_day_beyond_the_lanes_are_gathered() {
        let specs: Vec<_> = (0..6).map(|n| spec(n, 50.0, 57.0, 90.0)).collect();
        let layout = pack(&specs, 4, 3);
        assert_eq!((layout.bars.len(), layout.n_lanes), (3, 3));
        assert_eq!(layout.more.len(), 1);
        assert_eq!(layout.more[0].events, [EventIx(3), EventIx(4), EventIx(5)]);
    }

    #[test]
    fn ends_are_as_soft_as_the_date() {
        let px = |day: f64| day * 10.0;
        let day = |first, last| DaySpan { first, last };
        let certain = TimeInterval::certain(day(0, 9));
        let bar = bar_spec(EventIx(0), &certain, day(0, 9), (false, false), px, 0.0);
        assert_eq!((bar.start, bar.end, bar.fade_start, bar.fade_end), (0.0, 100.0, 0.0, 0.0));
        let about = bar_spec(EventIx(0), &certain, day(0, 9), (true, true), px, 0.0);
        assert_eq!((about.fade_start, about.fade_end), (18.0, 18.0));
        let loose = TimeInterval { earliest_start: 0, latest_start: 4, earliest_end: 8, latest_end: 9 };
        let bar = bar_spec(EventIx(0), &loose, day(0, 9), (true, false), px, 0.0);
        assert_eq!((bar.fade_start, bar.fade_end), (40.0, 10.0));
        let until =
            TimeInterval { earliest_start: DISTANT_PAST, latest_start: 5, earliest_end: 5, latest_end: 5 };
        let bar = bar_spec(EventIx(0), &until, day(5, 5), (true, false), px, 0.0);
        assert_eq!((bar.tail_start, bar.tail_end, bar.fade_start), (TAIL_PX, 0.0, 0.0));
        let one_day = bar_spec(
            EventIx(0),
            &TimeInterval::certain(day(3, 3)),
            day(3, 3),
            (false, false),
            |d| d * 0.1,
            0.0,
        );
        assert!((one_day.end - one_day.start - MIN_BAR_PX).abs() < 1e-9, "a day can still be hit");
    }
}
