//! How the words of a language end, read from `assets/lang/en/endings.txt`.

use super::language::lists;
use super::token::Token;

const ENGLISH: &str = include_str!("../../assets/lang/en/endings.txt");

/// What the endings of words say, and how regular forms are made.
#[derive(Debug, Default)]
pub struct Endings {
    past: Vec<Ending>,
    manner: Vec<Ending>,
    plural: Vec<Ending>,
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
                "past" => endings.past.push(Ending::new(ending)),
                "manner" => endings.manner.push(Ending::new(ending)),
                "plural" => endings.plural.push(Ending::new(ending)),
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
    #[inline]
    pub fn is_past(&self, token: &Token, text: &str) -> bool {
        is_any(&self.past, token, text)
    }

    /// "slowly".
    #[inline]
    pub fn is_manner(&self, token: &Token, text: &str) -> bool {
        is_any(&self.manner, token, text)
    }

    /// "houses".
    pub fn is_plural(&self, token: &Token, text: &str) -> bool {
        is_any(&self.plural, token, text)
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
}

#[inline]
fn is_any(endings: &[Ending], token: &Token, text: &str) -> bool {
    let end = token.end as usize;
    let four = end.checked_sub(4).and_then(|start| text.as_bytes().get(start..end)?.first_chunk::<4>());
    let n_bytes = end - token.start as usize;
    let fits = |ending: &Ending| match four {
        Some(four) => {
            u32::from_le_bytes(*four) & ending.mask == ending.last
                && n_bytes >= ending.letters.len()
                && (ending.letters.len() <= 4 || token.ends_with(text, ending.letters.as_bytes()))
        }
        None => token.ends_with(text, ending.letters.as_bytes()),
    };
    endings.iter().any(fits)
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
                    assert_eq!(is_any(&[ending], &token, text), expected, "{text} -{}", ending.letters);
                }
            }
        }
    }

    #[test]
    fn every_list_is_known() {
        let known = ["past", "manner", "plural", "inflection", "third", "past form", "ing form"];
        for (list, line) in lists(ENGLISH) {
            assert!(known.contains(&list), "[{list}]");
            assert_eq!(line.contains('='), !matches!(list, "past" | "manner" | "plural"), "{line}");
        }
    }
}
