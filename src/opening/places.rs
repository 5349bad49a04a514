//! The places of an account: those that its mentions name, each once, under the name the text gives it.

use std::collections::HashMap;

use crate::document::fold::push_folded_word;
use crate::extract::{PlaceMention, Reading, ToponymRole};
use crate::gazetteer::{Gazetteer, GazetteerId, Place};

/// What several mentions have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Known(GazetteerId),
    /// A name that no entry fits, folded.
    Unknown(String),
}

/// The places, and which of them each mention names.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub list: Vec<Place>,
    /// For each mention of the reading.
    of_mention: Vec<Option<usize>>,
}

impl Places {
    pub fn new(text: &str, reading: &Reading, gazetteer: &Gazetteer) -> Self {
        let mut places = Self::default();
        let mut numbers: HashMap<Key, usize> = HashMap::new();
        // For each place the ways it is written, with how often, in text order.
        let mut forms: Vec<Vec<(&str, usize)>> = Vec::new();
        for mention in &reading.places {
            let written = mention.span.slice(text);
            let number = key(mention, written).map(|key| {
                *numbers.entry(key).or_insert_with_key(|key| {
                    places.list.push(place(key, written, gazetteer));
                    forms.push(Vec::new());
                    places.list.len() - 1
                })
            });
            places.of_mention.push(number);
            if let Some(forms) = number.and_then(|number| forms.get_mut(number))
                && matches!(mention.role, ToponymRole::Location | ToponymRole::Government)
            {
                match forms.iter_mut().find(|(form, _)| *form == written) {
                    Some((_, n)) => *n += 1,
                    None => forms.push((written, 1)),
                }
            }
        }
        for (place, forms) in places.list.iter_mut().zip(forms) {
            name_as_written(place, &forms);
        }
        places
    }

    /// The place of a mention, by its position in the reading.
    pub fn of(&self, mention: usize) -> Option<usize> {
        self.of_mention.get(mention).copied().flatten()
    }
}

/// Part of a name and a demonym without an entry name no place of their own.
fn key(mention: &PlaceMention, written: &str) -> Option<Key> {
    if let Some(resolution) = &mention.resolution {
        return Some(Key::Known(resolution.place));
    }
    matches!(mention.role, ToponymRole::Location | ToponymRole::Slip).then(|| {
        let mut folded = String::with_capacity(written.len());
        for word in written.split_whitespace() {
            push_folded_word(word, &mut folded);
            folded.push(' ');
        }
        Key::Unknown(folded.trim_end().to_owned())
    })
}

fn place(key: &Key, written: &str, gazetteer: &Gazetteer) -> Place {
    match key {
        Key::Known(id) => gazetteer.to_place(*id),
        Key::Unknown(folded) => Place {
            id: format!("name:{}", folded.replace(' ', "-")),
            name: one_line(written),
            note: "No place that fits this name is in the gazetteer.".to_owned(),
            ..Place::default()
        },
    }
}

/// The form that the text uses most, the first of equals, is the name; the gazetteer's stands beside it.
fn name_as_written(place: &mut Place, forms: &[(&str, usize)]) {
    let Some((most, _)) = forms.iter().rev().max_by_key(|(_, n)| *n) else { return };
    let most = one_line(most);
    // A dateline shouts.
    let is_shouted = most.chars().count() > 3 && !most.chars().any(char::is_lowercase);
    if most == place.name || (is_shouted && most.to_lowercase() == place.name.to_lowercase()) {
        return;
    }
    place.names.retain(|name| *name != most);
    let known = std::mem::replace(&mut place.name, most);
    if !known.is_empty() {
        place.names.insert(0, known);
    }
}

/// A name that goes over a line end in its text.
pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_called_as_the_text_calls_it_most() {
        for (known, names, forms, expected, beside) in [
            ("Baku", vec!["Bakı"], vec![("Baku", 3)], "Baku", vec!["Bakı"]),
            ("Baku", vec!["Bakı"], vec![("BAKU", 1)], "Baku", vec!["Bakı"]),
            ("United States", vec!["USA"], vec![("USA", 1)], "USA", vec!["United States"]),
            ("Khankendi", vec![], vec![("Xankəndi", 1), ("Stepanakert", 1)], "Xankəndi", vec!["Khankendi"]),
            ("New York", vec![], vec![("New\n York", 2)], "New York", vec![]),
            ("Baku", vec![], vec![], "Baku", vec![]),
        ] {
            let mut place = Place {
                name: known.to_owned(),
                names: names.into_iter().map(str::to_owned).collect(),
                ..Place::default()
            };
            name_as_written(&mut place, &forms);
            assert_eq!(
                (place.name.as_str(), place.names),
                (expected, beside.into_iter().map(str::to_owned).collect())
            );
        }
    }
}
