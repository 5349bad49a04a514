//! A mention in the making: what speaks for it so far.

use super::names::NameIx;
use crate::extract::ToponymRole;

/// What the toponym after this one is to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    None,
    /// This lies in it: "Paris, Texas".
    Holds,
    /// It lies in this: "Sichuan's Aba prefecture", "the Dale County village of Ariton".
    Inside,
    /// Another item of a list: "Paris, Rome and Vienna".
    Listed,
}

/// What kind of place the words beside a name say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Hint {
    #[default]
    None,
    /// "New York state", "the province of Lima".
    Province,
    /// "the city of Luxembourg", "Kuwait City".
    Town,
    /// "the island of Java".
    Terrain,
}

/// A mention of a place, or of something that is called like one.
#[derive(Debug, Clone, Copy)]
pub struct Draft {
    /// Positions of its tokens.
    pub first: usize,
    pub end: usize,
    /// `None`: no gazetteer has it.
    pub name: Option<NameIx>,
    /// The sum of the signs so far.
    pub score: f32,
    pub role: ToponymRole,
    /// The score says nothing: a demonym, part of a name.
    pub is_settled: bool,
    pub next: Next,
    pub hint: Hint,
}

impl Draft {
    pub fn settled(first: usize, end: usize, name: Option<NameIx>, role: ToponymRole) -> Self {
        Self { first, end, name, score: 0.0, role, is_settled: true, next: Next::None, hint: Hint::None }
    }
}
