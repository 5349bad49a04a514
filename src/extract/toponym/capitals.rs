//! Where the capitalised words of a sentence are.

use crate::extract::token::Token;

/// The positions of capitalised words in some tokens. They are looked for in many tokens at a time, whether
/// capitalised or not: where the next is no processor could guess.
#[derive(Debug)]
pub struct Capitals<'a> {
    tokens: &'a [Token],
    /// Position of the first token of the block that is looked at.
    start: usize,
    /// One bit for each token of the block.
    block: u64,
}

/// Tokens of a block.
const N_BLOCK: usize = u64::BITS as usize;

impl<'a> Capitals<'a> {
    pub fn of(tokens: &'a [Token]) -> Self {
        Self { tokens, start: 0, block: block(tokens, 0) }
    }

    /// The next at a position or behind it; the positions must not fall.
    #[inline]
    pub fn next_from(&mut self, at: usize) -> Option<usize> {
        loop {
            // What is asked for may be in a later block.
            let passed = at.saturating_sub(self.start);
            let left = if passed < N_BLOCK { self.block >> passed << passed } else { 0 };
            if left != 0 {
                return Some(self.start + left.trailing_zeros() as usize);
            }
            self.start += N_BLOCK;
            if self.start >= self.tokens.len() {
                return None;
            }
            self.block = block(self.tokens, self.start);
        }
    }
}

/// A bit for each capitalised token of a block.
fn block(tokens: &[Token], start: usize) -> u64 {
    let tokens = tokens.get(start..).unwrap_or_default();
    let bits = tokens.iter().take(N_BLOCK).zip(0..);
    bits.fold(0, |block, (token, bit)| block | u64::from(token.is_capitalised()) << bit)
}
