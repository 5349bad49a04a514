//! Heights of blocks one above another, with their running sum kept as single heights change.

/// A Fenwick tree of heights in points (P. M. Fenwick, “A new data structure for cumulative
/// frequency tables”, 1994): setting one, summing and finding are all O(log n).
#[derive(Debug, Clone, Default)]
pub struct Heights {
    heights: Vec<f32>,
    sums: Vec<f64>,
}

impl Heights {
    pub fn new(heights: Vec<f32>) -> Self {
        let mut sums: Vec<f64> = std::iter::once(0.0).chain(heights.iter().map(|h| f64::from(*h))).collect();
        for node in 1..sums.len() {
            let parent = node + (node & node.wrapping_neg());
            let sum = sums.get(node).copied().unwrap_or(0.0);
            if let Some(above) = sums.get_mut(parent) {
                *above += sum;
            }
        }
        Self { heights, sums }
    }

    pub fn len(&self) -> usize {
        self.heights.len()
    }

    pub fn get(&self, block: usize) -> f32 {
        self.heights.get(block).copied().unwrap_or(0.0)
    }

    /// Returns by how much the block has grown.
    pub fn set(&mut self, block: usize, height: f32) -> f32 {
        let Some(known) = self.heights.get_mut(block) else { return 0.0 };
        let growth = height - *known;
        if growth == 0.0 {
            return 0.0;
        }
        *known = height;
        let mut node = block + 1;
        while let Some(sum) = self.sums.get_mut(node) {
            *sum += f64::from(growth);
            node += node & node.wrapping_neg();
        }
        growth
    }

    /// The top edge of a block: the sum of all heights before it.
    pub fn top(&self, block: usize) -> f64 {
        let mut node = block.min(self.len());
        let mut sum = 0.0;
        while node > 0 {
            sum += self.sums.get(node).copied().unwrap_or(0.0);
            node -= node & node.wrapping_neg();
        }
        sum
    }

    pub fn total(&self) -> f64 {
        self.top(self.len())
    }

    /// The block at a height: the last whose top is at or above it; 0 where there is none.
    pub fn block_at(&self, y: f64) -> usize {
        let (mut node, mut sum) = (0_usize, 0.0);
        let mut step = (self.len() + 1).next_power_of_two();
        while step > 0 {
            if let Some(more) = self.sums.get(node + step).filter(|_| node + step <= self.len())
                && sum + more <= y
            {
                node += step;
                sum += more;
            }
            step /= 2;
        }
        node.min(self.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_adding_up(
            heights in prop::collection::vec(1_u16..200, 0..60),
            changes in prop::collection::vec((0_usize..60, 1_u16..200), 0..40),
            y in 0_u16..6000,
        ) {
            let mut plain: Vec<f32> = heights.iter().map(|h| f32::from(*h)).collect();
            let mut tree = Heights::new(plain.clone());
            for (block, height) in changes {
                let growth = tree.set(block, f32::from(height));
                if let Some(known) = plain.get_mut(block) {
                    prop_assert!((growth - (f32::from(height) - *known)).abs() < 1e-3);
                    *known = f32::from(height);
                } else {
                    prop_assert!(growth.abs() < 1e-3);
                }
            }
            let top = |block: usize| plain.iter().take(block).map(|h| f64::from(*h)).sum::<f64>();
            for block in 0..=plain.len() {
                prop_assert!((tree.top(block) - top(block)).abs() < 1e-3);
            }
            let expected = (0..plain.len()).rfind(|b| top(*b) <= f64::from(y)).unwrap_or(0);
            prop_assert_eq!(tree.block_at(f64::from(y)), expected);
        }
    }
}
