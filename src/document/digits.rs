//! Numbers in decimal digits, made once for all who write them.

/// The decimal digits of a number.
#[derive(Debug, Clone, Copy)]
pub struct Digits {
    bytes: [u8; Self::MOST],
    n: usize,
}

impl Digits {
    /// Of the largest number.
    const MOST: usize = 20;

    pub fn of(number: u64) -> Self {
        let n = number.checked_ilog10().unwrap_or(0) as usize + 1;
        let mut bytes = [0; Self::MOST];
        write_digits(number, bytes.get_mut(..n).unwrap_or_default());
        Self { bytes, n }
    }

    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.n).unwrap_or_default()
    }

    /// Adds them. All room is copied and what is too much taken back: a copy whose length is known when the
    /// program is compiled needs no call.
    #[inline]
    pub fn push_to(&self, out: &mut Vec<u8>) {
        let n_before = out.len();
        out.extend_from_slice(&self.bytes);
        out.truncate(n_before + self.n);
    }
}

/// The last digits of a number, as many as there is room for.
#[inline]
pub fn write_digits(mut number: u64, digits: &mut [u8]) {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_they_are_printed_with() {
        for number in [0, 7, 9, 10, 99, 100, 1234, 99_999, 100_000, u64::MAX - 1, u64::MAX] {
            let digits = Digits::of(number);
            assert_eq!(digits.as_bytes(), number.to_string().as_bytes());
            let mut out = b"n=".to_vec();
            digits.push_to(&mut out);
            assert_eq!(out, format!("n={number}").into_bytes());
        }
    }
}
