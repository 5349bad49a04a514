//! Is a text in English at all? The rules know no other language.

use std::collections::HashSet;

use crate::extract::language::lists;

const COMMON: &str = include_str!("../../assets/lang/en/common.txt");

/// Bytes that are looked at, from the middle of the text: its head may be a list of contents.
const SAMPLE: usize = 1 << 16;
/// Fewer words tell nothing.
const MIN_WORDS: usize = 40;
/// Of all words. English prose has 30 % and more, headlines and tables 15 %, other languages under 5 %.
const MIN_SHARE: f64 = 0.08;

/// `None` where there are too few words to tell.
pub(super) fn reads_as_english(text: &str) -> Option<bool> {
    let common: HashSet<&str> = lists(COMMON).map(|(_, word)| word).collect();
    let middle = text.len().saturating_sub(SAMPLE) / 2;
    let start = text.floor_char_boundary(middle);
    let end = text.floor_char_boundary(start.saturating_add(SAMPLE));
    let sample = text.get(start..end).unwrap_or("");
    let mut n_words = 0_usize;
    let mut n_common = 0_usize;
    let mut lower = String::new();
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        n_words += 1;
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        n_common += usize::from(common.contains(lower.as_str()));
    }
    (n_words >= MIN_WORDS).then_some(n_common as f64 >= MIN_SHARE * n_words as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_told_from_its_neighbours() {
        for (text, expected) in [
            ("Too few words to tell.", None),
            (
                "The river rose in the night and by the morning of the third day the lower streets were under \
                 water. People were taken from their roofs in boats, and the mayor said that it would be weeks \
                 before anyone could go back to what was left of the houses there.",
                Some(true),
            ),
            (
                "In der Nacht stieg der Fluss, und am Morgen des dritten Tages standen die unteren Straßen unter \
                 Wasser. Die Leute wurden mit Booten von den Dächern geholt, und der Bürgermeister sagte, es werde \
                 Wochen dauern, bis jemand in die Häuser zurückkehren könne, die noch stehen.",
                Some(false),
            ),
            (
                "La rivière est montée dans la nuit et au matin du troisième jour les rues basses étaient sous \
                 l'eau. Les gens ont été pris sur les toits par des barques, et le maire a dit que des semaines \
                 passeraient avant que quelqu'un puisse revenir dans ce qui reste des maisons.",
                Some(false),
            ),
            (
                "Река поднялась ночью, и к утру третьего дня нижние улицы стояли под водой. Людей снимали с крыш \
                 лодками, и мэр сказал, что пройдут недели, прежде чем кто-нибудь сможет вернуться в то, что \
                 осталось от домов на берегу, а мосты построят только весной следующего года.",
                Some(false),
            ),
        ] {
            assert_eq!(reads_as_english(text), expected, "{text}");
        }
    }
}
