//! Marks of mentions: the line beneath, the name for screen readers, the words on hover.

use egui::{Painter, Shape, Stroke, pos2};

use super::typeset::{Line, MentionLook, RowRect};
use crate::annotation::{MentionKind, StoredMention, ToponymRole};
use crate::app::words;
use crate::store::EventStore;

/// Draws the line under a row of a mention.
pub fn underline(painter: &Painter, row: &RowRect, look: MentionLook) {
    let y = (row.baseline + 3.5).round() + 0.5;
    let (left, right) = (row.rect.left(), row.rect.right());
    match look.line {
        Line::Solid => {
            painter.hline(left..=right, y, Stroke::new(1.0, look.line_color));
        }
        Line::Dotted => {
            let n_dots = ((right - left) / 3.5).floor().max(1.0);
            let step = (right - left) / n_dots;
            painter.extend((0..n_dots as usize).map(|dot| {
                Shape::circle_filled(pos2(left + (dot as f32 + 0.5) * step, y), 0.9, look.line_color)
            }));
        }
        Line::Wavy => {
            let n_points = ((right - left) / 2.0).ceil().max(2.0) as usize;
            let wave = (0..=n_points).map(|p| {
                pos2(
                    left + (right - left) * p as f32 / n_points as f32,
                    y + if p % 2 == 0 { -1.0 } else { 1.0 },
                )
            });
            painter.add(Shape::line(wave.collect(), Stroke::new(1.0, look.line_color)));
        }
    }
}

/// How a screen reader and a test call a mention: "Lachin, place", "April 23, 2023, date".
pub fn name(mention: &StoredMention) -> String {
    let kind = match &mention.kind {
        MentionKind::Time { timex_type, .. } => match timex_type.as_str() {
            "DURATION" => "duration",
            "SET" => "recurring date",
            "TIME" => "time",
            _ => "date",
        },
        MentionKind::Toponym { role, .. } => role_name(*role),
    };
    format!("{}, {kind}", mention.quote)
}

fn role_name(role: ToponymRole) -> &'static str {
    match role {
        ToponymRole::Location => "place",
        ToponymRole::Government => "place that stands for its government",
        ToponymRole::NamePart => "place that is part of a name",
        ToponymRole::Figurative => "place in a figure of speech",
        ToponymRole::Demonym => "people or things of a place",
        ToponymRole::Slip => "place, a slip of the pen",
    }
}

/// What is said of a mention on hover; `None` where the text itself says all.
pub fn explanation(mention: &StoredMention, store: &EventStore) -> Option<String> {
    let head = match &mention.kind {
        MentionKind::Time { edtf: Some(edtf), .. } => Some(edtf.for_people()),
        MentionKind::Time { edtf: None, .. } => Some("Not on the calendar".to_owned()),
        MentionKind::Toponym { role: ToponymRole::Location, place } => {
            let place = place.and_then(|p| store.place(p))?;
            (place.name != mention.quote).then(|| place.name.clone())
        }
        MentionKind::Toponym { role, .. } => Some(words::upper_first(role_name(*role))),
    };
    let note = (!mention.note.is_empty()).then(|| mention.note.clone());
    let rivals = Some(mention.rivals_for_people()).filter(|words| !words.is_empty());
    let words: Vec<String> = head.into_iter().chain(note).chain(rivals).collect();
    (!words.is_empty()).then(|| words.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::DocumentIx;

    #[test]
    fn names_say_what_a_mention_is() {
        let time = |timex_type: &str| MentionKind::Time {
            timex_type: timex_type.into(),
            edtf: None,
            duration: None,
        };
        let toponym = |role| MentionKind::Toponym { place: None, role };
        for (quote, kind, expected) in [
            ("April 23, 2023", time("DATE"), "April 23, 2023, date"),
            ("44 days", time("DURATION"), "44 days, duration"),
            ("Xankəndi", toponym(ToponymRole::Location), "Xankəndi, place"),
            ("Baku", toponym(ToponymRole::Government), "Baku, place that stands for its government"),
            ("Gaza", toponym(ToponymRole::Slip), "Gaza, place, a slip of the pen"),
        ] {
            let mention = StoredMention {
                document: DocumentIx(0),
                span: None,
                quote: quote.into(),
                kind,
                id: String::new(),
                orphan: None,
                anchor: None,
                confidence: None,
                rivals: Vec::new(),
                note: String::new(),
            };
            assert_eq!(name(&mention), expected);
        }
    }
}
