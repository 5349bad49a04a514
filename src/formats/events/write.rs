//! From an account to an events file: what [`super::parse`] reads back as the same account.
//!
//! A place, mention or event stands on a line of its own, for small diffs. Members that this program
//! does not know are not kept.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::vocabulary::{
    ANCHOR_KINDS, PLACE_KINDS, PLACE_ROLES, READ_BY_HAND, TOPONYM_ROLES, status_word, word_of,
};
use super::{VERSION, model, shape};
use crate::annotation::{MentionKind, Rival};
use crate::document::{CodePointIndex, Document, OrphanSelector, Span};
use crate::formats::{ExportError, flat, write_lines};
use crate::store::{Account, AccountEvent, AccountMention, Anchor, Origin};
use crate::time::{DaySpan, Edtf};

/// Code points of text that a quote selector gives on either side.
const CONTEXT: usize = 32;

/// Writes an events file.
pub(in crate::formats) fn write(account: &Account, out: &mut dyn Write) -> Result<(), ExportError> {
    let indexes = account.documents.iter().map(|d| CodePointIndex::new(&d.text)).collect();
    let writer = Writer { account, indexes };
    write!(out, "{{\n\"type\": \"FeatureCollection\",\n\"chronotope\": {VERSION}")
        .map_err(ExportError::Write)?;
    for (name, text) in [
        ("title", &account.title),
        ("description", &account.description),
        ("license", &account.license),
        ("attribution", &account.attribution),
    ] {
        if !text.is_empty() {
            write!(out, ",\n\"{name}\": {}", json!(text)).map_err(ExportError::Write)?;
        }
    }
    write_member(out, "documents", (0..account.documents.len()).map(|d| writer.document(d)))?;
    write_member(out, "places", account.places.iter().map(place))?;
    write_member(out, "mentions", account.mentions.iter().map(|m| writer.mention(m)))?;
    write_member(out, "features", account.events.iter().map(|e| writer.event(e)))?;
    out.write_all(b"\n}\n").map_err(ExportError::Write)
}

fn write_member(
    out: &mut dyn Write,
    name: &str,
    rows: impl Iterator<Item = impl serde::Serialize>,
) -> Result<(), ExportError> {
    write!(out, ",\n\"{name}\": ").map_err(ExportError::Write)?;
    write_lines(out, rows)
}

struct Writer<'a> {
    account: &'a Account,
    /// One for each document.
    indexes: Vec<CodePointIndex>,
}

impl Writer<'_> {
    fn document(&self, number: usize) -> model::Document {
        let Some(document) = self.account.documents.get(number) else { return model::Document::default() };
        let is_here = document.missing.is_none();
        let heading = |(i, span): (usize, &Span)| model::Heading {
            level: Some(if i == 0 { 1 } else { 2 }),
            selector: Some(self.selectors(number, Some(*span), span.slice(&document.text), None)),
        };
        model::Document {
            id: Some(document.id.clone()),
            title: Some(document.title.clone()),
            file: document.file.clone(),
            media_type: is_here.then(|| match document.media_type.as_str() {
                "" => "text/plain".to_owned(),
                other => other.to_owned(),
            }),
            language: some(&document.language),
            sha256: some(&document.sha256),
            length: is_here.then(|| document.text.chars().count() as u64),
            source: some(&document.source),
            published: document.published.as_ref().map(|p| model::Published {
                edtf: Some(p.edtf.as_str().to_owned()),
                reason: Some(p.reason.clone()),
            }),
            headings: is_here.then(|| document.headings.iter().enumerate().map(heading).collect()),
        }
    }

    fn mention(&self, mention: &AccountMention) -> model::Mention {
        let common = model::Mention {
            id: some(&mention.id),
            document: self.document_id(mention.document),
            anchor: mention.anchor.as_ref().map(anchor),
            confidence: mention.confidence.map(short),
            rivals: (!mention.rivals.is_empty()).then(|| mention.rivals.iter().map(rival).collect()),
            note: some(&mention.note),
            target: Some(self.selectors(
                mention.document,
                mention.span,
                &mention.quote,
                mention.orphan.as_ref(),
            )),
            ..model::Mention::default()
        };
        match &mention.kind {
            MentionKind::Toponym { place, role } => model::Mention {
                kind: Some("toponym".to_owned()),
                place: place.and_then(|p| self.place_id(p)),
                role: Some(word_of(TOPONYM_ROLES, role).to_owned()),
                ..common
            },
            MentionKind::Time { timex_type, edtf, duration } => model::Mention {
                kind: Some("time".to_owned()),
                timex_type: Some(timex_type.clone()),
                edtf: edtf.as_ref().map(|e| e.as_str().to_owned()),
                duration: duration.clone(),
                ..common
            },
        }
    }

    fn event(&self, event: &AccountEvent) -> model::Feature {
        let shapes: Vec<_> = flat::locations(self.account, event).filter_map(|p| p.shape.as_ref()).collect();
        model::Feature {
            kind: Some("Feature".to_owned()),
            id: Some(model::Scalar(event.id.clone())),
            at_id: None,
            geometry: Some(model::GeometryOrNull(shape::joined_geometry(&shapes))),
            properties: Some(self.properties(event)),
            when: Some(when(event)),
            places: Some(
                event
                    .places
                    .iter()
                    .map(|p| model::PlaceRef {
                        place: self.place_id(p.place),
                        role: Some(word_of(PLACE_ROLES, &p.role).to_owned()),
                        toponym: some(&p.toponym),
                        reason: some(&p.reason),
                    })
                    .collect(),
            ),
            passages: Some(
                event
                    .passages
                    .iter()
                    .map(|p| model::Passage {
                        document: self.document_id(p.document),
                        role: Some("evidence".to_owned()),
                        selector: Some(self.selectors(p.document, p.span, &p.quote, p.orphan.as_ref())),
                    })
                    .collect(),
            ),
            links: (!event.links.is_empty()).then(|| {
                let link = |l: &crate::store::Link<String>| model::Link {
                    kind: Some(l.relation.clone()),
                    event: Some(l.event.clone()),
                };
                event.links.iter().map(link).collect()
            }),
        }
    }

    fn properties(&self, event: &AccountEvent) -> Map<String, Value> {
        let when = event.when.as_ref();
        let (start, end) = when.map_or((None, None), |w| flat::outer_days(&w.interval));
        let mut properties = Map::new();
        let mut put = |name: &str, value: Value| properties.insert(name.to_owned(), value);
        put("title", json!(event.title));
        put("when", json!(when.map(|w| w.edtf.as_str())));
        put("when_text", json!(when.map_or_else(|| "undated".to_owned(), |w| w.edtf.for_people())));
        put("start", json!(start));
        put("end", json!(end));
        put("places", json!(flat::location_names(self.account, event)));
        put("quote", json!(flat::first_quote(event)));
        put("source", json!(event.told_by));
        put("status", json!(status_word(event.status)));
        if let Some(confidence) = event.confidence {
            put("confidence", json!(short(confidence)));
        }
        properties
    }

    fn document_id(&self, number: usize) -> Option<String> {
        self.account.documents.get(number).map(|d| d.id.clone())
    }

    fn place_id(&self, number: usize) -> Option<String> {
        self.account.places.get(number).map(|p| p.id.clone())
    }

    /// Position and quote of a span, or what is known of an orphaned one.
    fn selectors(
        &self,
        document: usize,
        span: Option<Span>,
        quote: &str,
        orphan: Option<&OrphanSelector>,
    ) -> model::Selectors {
        let here =
            |span| surroundings(self.account.documents.get(document)?, self.indexes.get(document)?, span);
        let known = span.and_then(here).or_else(|| orphan.cloned()).unwrap_or_default();
        let mut selectors = Vec::with_capacity(2);
        if let Some((start, end)) = known.code_points {
            selectors.push(model::Selector {
                kind: Some("TextPositionSelector".to_owned()),
                start: Some(start),
                end: Some(end),
                ..model::Selector::default()
            });
        }
        if !quote.is_empty() {
            selectors.push(model::Selector {
                kind: Some("TextQuoteSelector".to_owned()),
                exact: Some(quote.to_owned()),
                prefix: Some(known.prefix),
                suffix: Some(known.suffix),
                ..model::Selector::default()
            });
        }
        model::Selectors(selectors)
    }
}

/// Where a span stands, as an orphan would remember it.
fn surroundings(document: &Document, index: &CodePointIndex, span: Span) -> Option<OrphanSelector> {
    let text: &str = &document.text;
    let start = index.code_point_of(text, span.start)?;
    let end = index.code_point_of(text, span.end)?;
    let prefix_start = index.byte_of(text, start.saturating_sub(CONTEXT))?;
    Some(OrphanSelector {
        prefix: text.get(prefix_start..span.start)?.to_owned(),
        suffix: text.get(span.end..)?.chars().take(CONTEXT).collect(),
        code_points: Some((start as u64, end as u64)),
    })
}

/// By way of its shortest decimal, for 0.7 is not to become 0.699999988079071.
fn short(number: f32) -> f64 {
    number.to_string().parse().unwrap_or_default()
}

fn rival(rival: &Rival) -> model::Rival {
    model::Rival {
        name: Some(rival.name.clone()),
        score: Some(short(rival.score)),
        geonameid: rival.geonameid,
    }
}

fn place(place: &crate::gazetteer::Place) -> model::Place {
    model::Place {
        id: Some(place.id.clone()),
        name: Some(place.name.clone()),
        names: Some(place.names.clone()),
        kind: Some(word_of(PLACE_KINDS, &place.kind).to_owned()),
        geometry: Some(model::GeometryOrNull(place.shape.as_ref().map(shape::geometry_of))),
        soft: place.soft.then_some(true),
        radius_km: place.radius_km,
        iso: some(&place.iso),
        geonameid: place.geonameid,
        source: some(&place.source),
        note: some(&place.note),
    }
}

fn when(event: &AccountEvent) -> model::When {
    let rule = Some(match &event.origin {
        Origin::ReadByHand => READ_BY_HAND.to_owned(),
        Origin::Rule(rule) => rule.clone(),
    });
    let (label, reason, said, from) = match (&event.when, &event.undated) {
        (Some(w), _) => (&w.label, &w.reason, &w.said, &w.anchor),
        (None, Some(u)) => (&u.label, &u.reason, &u.said, &u.anchor),
        (None, None) => return model::When { rule, timespans: Some(Vec::new()), ..model::When::default() },
    };
    let edtf = event.when.as_ref().map(|w| &w.edtf);
    model::When {
        edtf: edtf.map(|e| e.as_str().to_owned()),
        timespans: Some(edtf.map_or_else(Vec::new, timespans)),
        label: some(label).map(model::Scalar),
        rule,
        reason: some(reason),
        anchor: from.as_ref().map(anchor),
        said: said.as_ref().map(|e| e.as_str().to_owned()),
    }
}

/// Linked Places time spans: each known end as an ISO 8601 date or, where ISO 8601 has no such date,
/// as its first and last day. Its qualifiers stay behind, for Linked Places has none.
fn timespans(edtf: &Edtf) -> Vec<model::Timespan> {
    let text = edtf.as_str();
    let (start, end) = text.split_once('/').unwrap_or((text, text));
    vec![model::Timespan { start: edge(start), end: edge(end) }]
}

fn edge(date: &str) -> Option<model::Edge> {
    let scalar = |text: String| Some(model::Scalar(text));
    let plain = date.trim_end_matches(['~', '?', '%']);
    if is_iso_date(plain) {
        return Some(model::Edge { at: scalar(plain.to_owned()), ..model::Edge::default() });
    }
    let interval = Edtf::parse(date).ok()?.interval();
    if interval.is_open_start() || interval.is_open_end() {
        return None;
    }
    let DaySpan { first, last } = interval.extent();
    let (earliest, latest) = (scalar(flat::iso_day(first)), scalar(flat::iso_day(last)));
    Some(model::Edge { at: None, earliest, latest })
}

/// A year of four digits, with a month, with a day: what ISO 8601 and EDTF share.
fn is_iso_date(date: &str) -> bool {
    let mut parts = date.strip_prefix('-').unwrap_or(date).split('-');
    let is_number = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let is_year = parts.next().is_some_and(|year| is_number(year, 4));
    // 21 to 41 are seasons.
    let is_month = |month: &str| is_number(month, 2) && month <= "12";
    is_year
        && parts.next().is_none_or(is_month)
        && parts.next().is_none_or(|day| is_number(day, 2))
        && parts.next().is_none()
}

fn anchor(anchor: &Anchor) -> model::Anchor {
    model::Anchor {
        kind: Some(word_of(ANCHOR_KINDS, &anchor.kind).to_owned()),
        to: some(&anchor.to),
        relation: some(&anchor.relation),
        words: some(&anchor.words),
    }
}

/// Left out where empty.
fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_spans_are_iso_dates() {
        for (edtf, expected) in [
            ("2023-04", r#"[{"start":{"in":"2023-04"},"end":{"in":"2023-04"}}]"#),
            ("-0043/1905-08-12", r#"[{"start":{"in":"-0043"},"end":{"in":"1905-08-12"}}]"#),
            ("2024-04~/..", r#"[{"start":{"in":"2024-04"}}]"#),
            ("/2020", r#"[{"end":{"in":"2020"}}]"#),
            (
                "199X",
                r#"[{"start":{"earliest":"1990-01-01","latest":"1999-12-31"},"end":{"earliest":"1990-01-01","latest":"1999-12-31"}}]"#,
            ),
            (
                "2001-21",
                r#"[{"start":{"earliest":"2001-03-01","latest":"2001-05-31"},"end":{"earliest":"2001-03-01","latest":"2001-05-31"}}]"#,
            ),
        ] {
            let spans = timespans(&Edtf::parse(edtf).unwrap());
            assert_eq!(serde_json::to_string(&spans).unwrap(), expected, "{edtf}");
        }
    }
}
