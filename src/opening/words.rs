//! Why here and why then, in plain English.

use crate::annotation::rivals_for_people;
use crate::document::Document;
use crate::extract::{
    FoundEvent, PlaceMention, Reading, TimeAnchor, TimeMention, WhyHere, WhyThen, WhyThere,
};
use crate::gazetteer::{Gazetteer, GazetteerId};
use crate::time::Edtf;

use super::places::one_line;

/// Of every account whose events were found.
pub(super) const DESCRIPTION: &str =
    "Found by the rules of Chronotope; nobody has checked it. Each date and place says why it was chosen.";
pub(super) const ATTRIBUTION: &str = "Places: GeoNames, CC BY 4.0. Outlines: Natural Earth, public domain, which show what it holds and take no side.";

/// That a text is in no language the rules know. `declared`: BCP 47, as the file says.
pub(super) fn not_english(declared: Option<&str>) -> String {
    let file_says = declared.map(|tag| format!(" (its file says “{tag}”)")).unwrap_or_default();
    format!(
        "this text does not read like English{file_says}: its events are found by rules for English, so that many of its dates and places may be missed or wrong"
    )
}

/// A place with what tells it from its namesakes: "Paris, Texas, United States".
pub(super) fn place_label(place: GazetteerId, gazetteer: &Gazetteer) -> String {
    let mut label = gazetteer.name(place).to_owned();
    let Some(facts) = gazetteer.facts(place) else { return label };
    let province = gazetteer.admin1(facts.admin1).filter(|admin1| admin1.id != Some(place)).map(|a| a.name);
    let country = gazetteer.country(facts.country).filter(|country| country.id != place).map(|c| c.name);
    for wider in province.into_iter().chain(country) {
        if !label.ends_with(wider) {
            label.push_str(", ");
            label.push_str(wider);
        }
    }
    label
}

/// A document and its reading, from which reasons are worded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wording<'a> {
    pub text: &'a str,
    pub reading: &'a Reading,
    pub gazetteer: &'a Gazetteer,
    pub document: &'a Document,
}

impl Wording<'_> {
    /// Why a toponym is the place that it is taken for.
    pub fn why_here(&self, place: &PlaceMention) -> String {
        let label = |id| place_label(id, self.gazetteer);
        let Some(resolution) = &place.resolution else {
            return place.beside.map_or_else(
                || "No place of this name is in the gazetteer.".to_owned(),
                |other| {
                    format!(
                        "The gazetteer has no place of this name here. It is named with {} and may be near it, \
                         which is a guess: it is not drawn on the map.",
                        label(other)
                    )
                },
            );
        };
        let written = |span: crate::document::Span| one_line(span.slice(self.text));
        let chosen = label(resolution.place);
        match resolution.why {
            WhyHere::OnlyCandidate => format!("{chosen}: the only place of this name in the gazetteer."),
            WhyHere::MostProminent => format!("{chosen}: the best known place of this name."),
            WhyHere::NamedBeside(wider) => format!("{chosen}: {} is named beside it.", label(wider)),
            WhyHere::NearOthers { other, km } => {
                format!(
                    "{chosen}: of this name the one near the text’s other places, {} away from {}.",
                    distance(km),
                    label(other)
                )
            }
            WhyHere::SameCountry(country) => {
                format!(
                    "{chosen}: the one in {}, which the text is mostly about.",
                    self.gazetteer.name(country)
                )
            }
            WhyHere::SameAsElsewhere => {
                format!("{chosen}: the same name means this place elsewhere in the text.")
            }
            WhyHere::SlipFor(span) => format!(
                "{chosen}: “{}” looks like a slip of the pen for “{}”, which the text has elsewhere. This is a guess.",
                written(place.span),
                written(span)
            ),
        }
    }

    /// Why an event is drawn at a place: where the place is named, which it is, and which it is not.
    pub fn why_there(&self, event: &FoundEvent, place: &PlaceMention) -> String {
        let is_in_passage = event.passage.overlaps(place.span);
        let named = match event.why_there {
            _ if is_in_passage => "",
            WhyThere::InClause | WhyThere::InSentence => "Named in the same sentence. ",
            WhyThere::Continued => "Named in a sentence before, from which this one goes on. ",
            WhyThere::Heading => "Named in the heading above. ",
            WhyThere::Dateline => "Named in the dateline at the head of the text. ",
            WhyThere::Unplaced => "",
        };
        let why_here = self.why_here(place);
        let rivals: Vec<(String, f32)> = place
            .resolution
            .iter()
            .flat_map(|resolution| &resolution.rivals)
            .map(|rival| (place_label(rival.place, self.gazetteer), rival.score))
            .collect();
        let rivals = rivals_for_people(rivals.iter().map(|(name, score)| (name.as_str(), *score)));
        let separator = if rivals.is_empty() { "" } else { " " };
        format!("{named}{why_here}{separator}{rivals}")
    }

    /// Why an event has its date.
    pub fn why_then(&self, event: &FoundEvent, edtf: Option<&Edtf>) -> String {
        let time = event.time.and_then(|time| self.reading.times.get(time));
        let words = time.map(|time| one_line(time.span.slice(self.text)));
        let date = words.map_or_else(|| "the date".to_owned(), |words| format!("“{words}”"));
        let from = match event.why_then {
            WhyThen::InClause => format!("Told with {date} in one clause."),
            WhyThen::InSentence => format!("Its sentence has {date}."),
            WhyThen::Continued => format!("It has no date of its own and goes on from {date}."),
            WhyThen::Heading => format!("It stands under a heading with {date}."),
            WhyThen::DocumentDate => match &self.document.published {
                Some(published) => format!(
                    "It has no date of its own and is told as news of the day: the date of the text, {}.",
                    published.edtf.for_people()
                ),
                None => "It has no date of its own and is told as news of the day.".to_owned(),
            },
            WhyThen::Undated => {
                return "The text gives no date for it, and none goes on from before.".to_owned();
            }
        };
        let counted = time.map(|time| self.how_counted(time)).unwrap_or_default();
        let combined = match (edtf, time.and_then(|time| time.edtf.as_ref())) {
            (Some(edtf), Some(own)) if edtf != own => {
                format!("Together with what stands around it: {}.", edtf.for_people())
            }
            (None, _) => "It cannot be put on the calendar.".to_owned(),
            _ => String::new(),
        };
        [from, counted, combined].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// How a relative time is counted; empty for one that stands for itself.
    pub fn how_counted(&self, time: &TimeMention) -> String {
        let from = match time.anchor {
            TimeAnchor::Absolute => return String::new(),
            TimeAnchor::Missing => {
                return "It is counted from the date of the text, which is not known.".to_owned();
            }
            TimeAnchor::Document => {
                let date = self.document.published.as_ref().map(|published| published.edtf.for_people());
                date.map_or_else(
                    || "the date of the text".to_owned(),
                    |date| format!("the date of the text, {date}"),
                )
            }
            TimeAnchor::Mention(number) => match self.reading.times.get(number) {
                Some(anchor) => {
                    let words = one_line(anchor.span.slice(self.text));
                    let date = anchor.edtf.as_ref().map(Edtf::for_people).filter(|date| *date != words);
                    date.map_or_else(|| format!("“{words}”"), |date| format!("“{words}” ({date})"))
                }
                None => return String::new(),
            },
        };
        format!("{} {from}.", relation(&time.relation))
    }
}

/// "120 km", "under 1 km".
fn distance(km: f32) -> String {
    if km < 1.0 { "under 1 km".to_owned() } else { format!("{km:.0} km") }
}

/// A relation to an anchor (see `data/README.md`, Anchor), ready to be followed by the anchor.
fn relation(relation: &str) -> String {
    let fixed = match relation {
        "" | "at" => "Counted from",
        "same day" => "The day of",
        "same month" => "The month of",
        "same year" => "In the year of",
        "year before" => "In the year before that of",
        "year after" => "In the year after that of",
        "first after" => "The first such day after",
        "first before" => "The last such day before",
        "before" => "Before",
        "after" => "After",
        "during" => "During",
        "from" => "From",
        "until" => "Until",
        "end of" => "The end of",
        "duration of" => "As long as",
        other => {
            let duration = other.split_once(' ').and_then(|(length, side)| {
                matches!(side, "before" | "after").then_some(())?;
                Some(format!("{} {side}", duration_words(length)?))
            });
            return duration.unwrap_or_else(|| format!("Counted ({other}) from"));
        }
    };
    fixed.to_owned()
}

/// "P1Y2M" as "1 year, 2 months"; `None` for what is no duration.
fn duration_words(iso: &str) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    let mut number = String::new();
    let mut in_time = false;
    for c in iso.strip_prefix('P')?.chars() {
        let unit = match (c, in_time) {
            ('T', false) => {
                in_time = true;
                continue;
            }
            ('0'..='9' | 'X' | '.', _) => {
                number.push(c);
                continue;
            }
            ('Y', _) => "year",
            ('M', false) => "month",
            ('W', _) => "week",
            ('D', _) => "day",
            ('H', _) => "hour",
            ('M', true) => "minute",
            ('S', _) => "second",
            _ => return None,
        };
        words.push(match number.as_str() {
            "" => return None,
            "1" => format!("1 {unit}"),
            "X" => format!("Some {unit}s"),
            number => format!("{number} {unit}s"),
        });
        number.clear();
    }
    (!words.is_empty()).then(|| words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_read_as_sentences() {
        for (written, expected) in [
            ("P1D before", "1 day before"),
            ("P1Y2M after", "1 year, 2 months after"),
            ("PXY before", "Some years before"),
            ("PT5M after", "5 minutes after"),
            ("same year", "In the year of"),
            ("first after", "The first such day after"),
            ("beyond", "Counted (beyond) from"),
            ("P before", "Counted (P before) from"),
        ] {
            assert_eq!(relation(written), expected);
        }
    }
}
