//! Lists by row in two flat arrays ("compressed sparse rows"): no allocation for each list.

/// `n_rows` lists of values.
#[derive(Debug, Clone)]
pub(super) struct Csr<T> {
    /// Row `r` is `values[offsets[r]..offsets[r + 1]]`.
    offsets: Vec<u32>,
    values: Vec<T>,
}

impl<T> Default for Csr<T> {
    fn default() -> Self {
        Self { offsets: vec![0], values: Vec::new() }
    }
}

impl<T: Copy + PartialEq> Csr<T> {
    /// Appends a row; repeated values are kept once.
    pub fn push_row(&mut self, values: impl IntoIterator<Item = T>) {
        let start = self.values.len();
        for value in values {
            if !self.values.get(start..).is_some_and(|row| row.contains(&value)) {
                self.values.push(value);
            }
        }
        self.offsets.push(super::ix(self.values.len()));
    }

    /// Sorts `(row, value)` pairs into rows by counting, keeping the order of the values within a row.
    /// Runs through the pairs twice; pairs of rows beyond `n_rows` are left out.
    pub fn from_pairs<I: Iterator<Item = (usize, T)>>(n_rows: usize, pairs: impl Fn() -> I, zero: T) -> Self {
        let mut offsets = vec![0_u32; n_rows + 1];
        for (row, _) in pairs() {
            if let Some(n) = offsets.get_mut(row + 1) {
                *n += 1;
            }
        }
        let mut sum = 0;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        let mut values = vec![zero; sum as usize];
        let mut next = offsets.clone();
        next.pop();
        for (row, value) in pairs() {
            let Some(at) = next.get_mut(row) else { continue };
            if let Some(slot) = values.get_mut(*at as usize) {
                *slot = value;
            }
            *at += 1;
        }
        Self { offsets, values }
    }
}

impl<T> Csr<T> {
    pub fn row(&self, row: usize) -> &[T] {
        let bounds = self.offsets.get(row).zip(self.offsets.get(row + 1));
        bounds.and_then(|(from, to)| self.values.get(*from as usize..*to as usize)).unwrap_or(&[])
    }

    pub fn n_rows(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Bytes on the heap.
    pub fn heap_size(&self) -> usize {
        self.offsets.len() * size_of::<u32>() + self.values.len() * size_of::<T>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_hold_what_was_pushed_once_each() {
        let mut lists = Csr::default();
        lists.push_row([3, 1, 3]);
        lists.push_row([]);
        lists.push_row([1]);
        assert_eq!([lists.row(0), lists.row(1), lists.row(2), lists.row(3)], [&[3, 1][..], &[], &[1], &[]]);
        assert_eq!(lists.n_rows(), 3);
    }

    #[test]
    fn pairs_keep_their_order_within_a_row() {
        let pairs = [(2, 'c'), (0, 'a'), (2, 'b'), (9, 'z')];
        let lists = Csr::from_pairs(3, || pairs.into_iter(), ' ');
        assert_eq!([lists.row(0), lists.row(1), lists.row(2)], [&['a'][..], &[], &['c', 'b']]);
    }
}
