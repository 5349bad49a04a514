//! How the words of a language end, read from `assets/lang/en/endings.txt`.

use super::language::lists;
use super::token::Token;

const ENGLISH: &str = include_str!("../../assets/lang/en/endings.txt");

/// What the endings of words say, and how regular forms are made.
#[derive(Debug, Default)]
pub struct Endings {
    past: AnyOf,
    manner: AnyOf,
    progressive: AnyOf,
    plural: AnyOf,
    /// An ending, and what may stand in its place in the lists.
    pub inflections: Vec<(&'static str, Vec<&'static str>)>,
    third: Vec<(&'static str, &'static str)>,
    past_form: Vec<(&'static str, &'static str)>,
    ing_form: Vec<(&'static str, &'static str)>,
}

impl Endings {
    pub fn english() -> Self {
        let mut endings = Self::default();
        let or_nothing = |ending: &'static str| if ending == "-" { "" } else { ending };
        for (list, line) in lists(ENGLISH) {
            let (ending, instead) = line.split_once('=').map_or((line, ""), |(a, b)| (a.trim(), b.trim()));
            let ending = or_nothing(ending);
            match list {
                "past" => endings.past.push(ending),
                "manner" => endings.manner.push(ending),
                "progressive" => endings.progressive.push(ending),
                "plural" => endings.plural.push(ending),
                "inflection" => {
                    endings.inflections.push((ending, instead.split_whitespace().map(or_nothing).collect()));
                }
                "third" => endings.third.push((ending, instead)),
                "past form" => endings.past_form.push((ending, instead)),
                "ing form" => endings.ing_form.push((ending, instead)),
                // A test sees to it that there are no others.
                _ => {}
            }
        }
        endings
    }

    /// "marched".
    #[inline(always)]
    #[allow(clippy::inline_always)]
    pub fn is_past(&self, token: &Token, text: &str) -> bool {
        self.past.fit(last_of(token, text), token, text)
    }

    /// "slowly".
    #[inline]
    pub fn is_manner(&self, token: &Token, text: &str) -> bool {
        self.manner.fit(last_of(token, text), token, text)
    }

    /// "marching".
    pub fn is_progressive(&self, token: &Token, text: &str) -> bool {
        self.progressive.fit(last_of(token, text), token, text)
    }

    /// "houses".
    pub fn is_plural(&self, token: &Token, text: &str) -> bool {
        self.plural.fit(last_of(token, text), token, text)
    }

    /// "bury" → "buries", "push" → "pushes", "open" → "opens".
    pub fn third(&self, base: &str) -> String {
        form(&self.third, base)
    }

    /// "bury" → "buried", "release" → "released", "open" → "opened".
    pub fn past_form(&self, base: &str) -> String {
        form(&self.past_form, base)
    }

    /// "release" → "releasing", "die" → "dying"; "stop", whose past is "stopped", → "stopping".
    pub fn ing_form(&self, base: &str, past: &str) -> String {
        let doubled = self.past.iter().find_map(|ending| past.strip_suffix(ending.letters));
        let is_doubled = |stem: &&str| stem.len() == base.len() + 1 && stem.starts_with(base);
        form(&self.ing_form, doubled.filter(is_doubled).unwrap_or(base))
    }
}

/// An ending that is asked for at every word, so its last four bytes are compared at once.
#[derive(Debug, Clone, Copy)]
struct Ending {
    letters: &'static str,
    /// Its last bytes, the last of them in the highest bits.
    last: u32,
    /// The bits of `last` that are its own.
    mask: u32,
}

impl Ending {
    fn new(letters: &'static str) -> Self {
        let (mut last, mut mask) = (0, 0);
        for (byte, shift) in letters.bytes().rev().zip([24, 16, 8, 0]) {
            last |= u32::from(byte) << shift;
            mask |= 0xff << shift;
        }
        Self { letters, last, mask }
    }

    #[inline]
    fn fits(self, last: Last, token: &Token, text: &str) -> bool {
        match last {
            Some(last) => {
                last & self.mask == self.last
                    && (token.end - token.start) as usize >= self.letters.len()
                    && (self.letters.len() <= 4 || token.ends_with(text, self.letters.as_bytes()))
            }
            None => token.ends_with(text, self.letters.as_bytes()),
        }
    }
}

/// Endings of one kind. Most languages have few, so the first is asked for by itself.
#[derive(Debug, Clone, Default)]
struct AnyOf {
    first: Option<Ending>,
    others: Vec<Ending>,
}

impl AnyOf {
    fn push(&mut self, letters: &'static str) {
        let ending = Ending::new(letters);
        match self.first {
            None => self.first = Some(ending),
            Some(_) => self.others.push(ending),
        }
    }

    fn iter(&self) -> impl Iterator<Item = &Ending> {
        self.first.iter().chain(&self.others)
    }

    #[inline(always)]
    #[allow(clippy::inline_always)]
    fn fit(&self, last: Last, token: &Token, text: &str) -> bool {
        self.first.is_some_and(|first| first.fits(last, token, text))
            || (!self.others.is_empty() && self.others.iter().any(|ending| ending.fits(last, token, text)))
    }
}

/// The last four bytes of a token with what stands before it, the last in the highest bits; `None` at the head
/// of a text.
type Last = Option<u32>;

#[inline]
fn last_of(token: &Token, text: &str) -> Last {
    let end = token.end as usize;
    let four = end.checked_sub(4).and_then(|start| text.as_bytes().get(start..end)?.first_chunk::<4>());
    four.map(|four| u32::from_le_bytes(*four))
}

fn form(rules: &[(&'static str, &'static str)], base: &str) -> String {
    let fits = rules.iter().find_map(|(ending, instead)| Some((base.strip_suffix(ending)?, *instead)));
    fits.map_or_else(|| base.to_owned(), |(stem, instead)| [stem, instead].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_made_by_rule() {
        let endings = Endings::english();
        for (base, past, third, ing) in [
            ("open", "opened", "opens", "opening"),
            ("bury", "buried", "buries", "burying"),
            ("destroy", "destroyed", "destroys", "destroying"),
            ("release", "released", "releases", "releasing"),
            ("push", "pushed", "pushes", "pushing"),
            ("die", "died", "dies", "dying"),
            ("agree", "agreed", "agrees", "agreeing"),
        ] {
            assert_eq!(
                (&*endings.past_form(base), &*endings.third(base), &*endings.ing_form(base, past)),
                (past, third, ing)
            );
        }
        assert_eq!(endings.ing_form("stop", "stopped"), "stopping");
        assert_eq!(endings.ing_form("flee", "fled"), "fleeing");
    }

    #[test]
    fn endings_are_those_of_the_letters() {
        let endings = ["ed", "s", "ly", "lessly"].map(Ending::new);
        for text in
            ["ed", "s", "a", "bed", "walked", "slowly", "hopelessly", "x lessly", "é", "és", "walk", ""]
        {
            for token in crate::extract::token::tokenize(text, &crate::extract::word::Lexicon::default()) {
                for ending in endings {
                    let expected = token.text(text).ends_with(ending.letters);
                    let found = ending.fits(last_of(&token, text), &token, text);
                    assert_eq!(found, expected, "{text} -{}", ending.letters);
                }
            }
        }
    }

    #[test]
    fn every_list_is_known() {
        let known =
            ["past", "manner", "progressive", "plural", "inflection", "third", "past form", "ing form"];
        for (list, line) in lists(ENGLISH) {
            assert!(known.contains(&list), "[{list}]");
            assert_eq!(
                line.contains('='),
                !matches!(list, "past" | "manner" | "progressive" | "plural"),
                "{line}"
            );
        }
    }
}
