//! Which marks are so crowded that they become one.

use std::collections::HashMap;

/// A round mark, in pixels at some zoom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    pub x: f64,
    pub y: f64,
    pub radius: f64,
    /// Heavier marks gather lighter ones.
    pub weight: u32,
}

/// Marks drawn as one, at the mean of their positions by weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    pub x: f64,
    pub y: f64,
    /// Positions in the list of dots; the heaviest first.
    pub members: Vec<usize>,
}

/// Gathers marks that overlap by more than `tolerance` of their touching distance (0: as soon as
/// they touch, 1: never). Greedy from the heaviest mark outwards, on a grid of the largest touching
/// distance, so that the cost grows with the marks and not with their pairs.
///
/// Every dot is a member of exactly one cluster; a cluster of one is a mark by itself.
pub fn cluster(dots: &[Dot], tolerance: f64) -> Vec<Cluster> {
    let largest = dots.iter().map(|d| d.radius).fold(0.0, f64::max);
    let cell_px = (2.0 * largest).max(1.0);
    let cell = |d: &Dot| ((d.x / cell_px).floor() as i64, (d.y / cell_px).floor() as i64);
    let mut grid: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
    for (i, dot) in dots.iter().enumerate() {
        grid.entry(cell(dot)).or_default().push(i);
    }
    let mut order: Vec<usize> = (0..dots.len()).collect();
    let weight = |i: usize| dots.get(i).map_or(0, |d| d.weight);
    order.sort_by_key(|i| (std::cmp::Reverse(weight(*i)), *i));

    let mut is_taken = vec![false; dots.len()];
    let mut clusters = Vec::new();
    for &seed in &order {
        let Some(dot) = dots.get(seed) else { continue };
        if is_taken.get(seed) != Some(&false) {
            continue;
        }
        let (cx, cy) = cell(dot);
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (cx + dx, cy + dy)));
        let mut members: Vec<usize> = around
            .filter_map(|at| grid.get(&at))
            .flatten()
            .copied()
            .filter(|i| is_taken.get(*i) == Some(&false))
            .filter(|i| {
                *i == seed
                    || dots.get(*i).is_some_and(|other| {
                        let distance = (other.x - dot.x).hypot(other.y - dot.y);
                        distance < (1.0 - tolerance) * (other.radius + dot.radius)
                    })
            })
            .collect();
        members.sort_by_key(|i| (std::cmp::Reverse(weight(*i)), *i));
        for i in &members {
            if let Some(flag) = is_taken.get_mut(*i) {
                *flag = true;
            }
        }
        clusters.push(mean(dots, members));
    }
    clusters
}

fn mean(dots: &[Dot], members: Vec<usize>) -> Cluster {
    let (mut x, mut y, mut total) = (0.0, 0.0, 0.0);
    for dot in members.iter().filter_map(|i| dots.get(*i)) {
        // A mark without events in the window still has its place.
        let weight = f64::from(dot.weight).max(0.5);
        x += dot.x * weight;
        y += dot.y * weight;
        total += weight;
    }
    Cluster { x: x / total, y: y / total, members }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dot(x: f64, y: f64, weight: u32) -> Dot {
        Dot { x, y, radius: 10.0, weight }
    }

    fn members(dots: &[Dot], tolerance: f64) -> Vec<Vec<usize>> {
        cluster(dots, tolerance).into_iter().map(|c| c.members).collect()
    }

    #[test]
    fn crowded_marks_become_one() {
        type Case = (&'static str, Vec<Dot>, Vec<Vec<usize>>);
        let cases: [Case; 5] = [
            ("none", vec![], vec![]),
            ("apart", vec![dot(0.0, 0.0, 1), dot(30.0, 0.0, 1)], vec![vec![0], vec![1]]),
            ("overlapping, heaviest first", vec![dot(0.0, 0.0, 1), dot(8.0, 0.0, 5)], vec![vec![1, 0]]),
            ("one spot", vec![dot(5.0, 5.0, 1), dot(5.0, 5.0, 1), dot(5.0, 5.0, 1)], vec![vec![0, 1, 2]]),
            (
                "a chain is cut, not followed",
                vec![dot(0.0, 0.0, 3), dot(12.0, 0.0, 1), dot(24.0, 0.0, 2)],
                vec![vec![0, 1], vec![2]],
            ),
        ];
        for (name, dots, expected) in cases {
            assert_eq!(members(&dots, 0.25), expected, "{name}");
        }
    }

    #[test]
    fn nothing_is_gathered_at_full_tolerance() {
        assert_eq!(members(&[dot(0.0, 0.0, 1), dot(0.0, 0.0, 1)], 1.0).len(), 2);
    }

    #[test]
    fn a_cluster_lies_nearer_its_heavier_mark() {
        let found = cluster(&[dot(0.0, 0.0, 9), dot(10.0, 0.0, 1)], 0.25);
        assert!((found[0].x - 1.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn every_mark_is_in_exactly_one_cluster(
            spots in prop::collection::vec((-500.0..500.0f64, -500.0..500.0f64, 0..9u32), 0..120)
        ) {
            let dots: Vec<Dot> = spots.into_iter().map(|(x, y, weight)| dot(x, y, weight)).collect();
            let mut all: Vec<usize> = members(&dots, 0.25).into_iter().flatten().collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..dots.len()).collect::<Vec<_>>());
        }
    }
}
