//! What is found in a document, a JSON object a line. `data/README.md` lists the members and their order.

use super::json;
use super::record::DocId;
use crate::document::ident::{Kind, stable_id};
use crate::document::{CodePointCounter, Span};
use crate::extract::{FoundEvent, PlaceMention, Reading, ToponymRole};
use crate::gazetteer::{Gazetteer, PlaceKind};

/// Decimals of a degree: a metre.
const DEGREE_DECIMALS: u32 = 5;
const CONFIDENCE_DECIMALS: u32 = 3;

/// What each line of a document begins with, into `head`.
pub(super) fn head(doc_id: &DocId, head: &mut Vec<u8>) {
    head.clear();
    head.extend_from_slice(b"{\"doc_id\":");
    write_doc_id(Some(doc_id), head);
    head.extend_from_slice(b",\"kind\":\"");
}

fn write_doc_id(doc_id: Option<&DocId>, out: &mut Vec<u8>) {
    match doc_id {
        None => out.extend_from_slice(b"null"),
        Some(DocId::Text(text)) => json::string(text, out),
        Some(DocId::Number(number)) => out.extend_from_slice(number.to_string().as_bytes()),
    }
}

/// A line that says what is wrong with a record.
pub(super) fn problem(doc_id: Option<&DocId>, kind: &str, number: u64, message: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"doc_id\":");
    write_doc_id(doc_id, out);
    out.extend_from_slice(b",\"kind\":");
    json::string(kind, out);
    out.extend_from_slice(b",\"line\":");
    json::integer(number, out);
    out.extend_from_slice(b",\"message\":");
    json::string(message, out);
    out.extend_from_slice(b"}\n");
}

/// A reading on its way out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    pub text: &'a str,
    pub reading: &'a Reading,
    pub doc_id: &'a str,
    pub head: &'a [u8],
    pub code_points: &'a CodePointCounter,
    pub gazetteer: &'a Gazetteer,
}

impl Found<'_> {
    pub fn times(&self, out: &mut Vec<u8>) {
        for time in &self.reading.times {
            self.begin(Kind::Time, time.span, 0, out);
            self.place_in_text(time.span, out);
            out.extend_from_slice(b",\"type\":\"");
            out.extend_from_slice(time.timex_type.name().as_bytes());
            out.extend_from_slice(b"\",\"value\":");
            json::string(&time.value, out);
            out.extend_from_slice(b",\"edtf\":");
            json::string_or_null(time.edtf.as_ref().map(crate::time::Edtf::as_str), out);
            out.extend_from_slice(b"}\n");
        }
    }

    pub fn places(&self, out: &mut Vec<u8>) {
        for place in self.reading.places.iter().filter(|place| names_a_place(place.role)) {
            self.begin(Kind::Place, place.span, 0, out);
            self.place_in_text(place.span, out);
            out.push(b',');
            self.resolved(place, out);
            out.extend_from_slice(b"}\n");
        }
    }

    pub fn events(&self, out: &mut Vec<u8>) {
        let mut last: Option<Span> = None;
        let mut nth = 0;
        // Only what is referred to is remembered; most events are told once.
        let mut ids = Vec::new();
        let is_referred_to = self.reading.events.iter().any(|event| event.same_as.is_some());
        for event in &self.reading.events {
            nth = if last == Some(event.passage) { nth + 1 } else { 0 };
            last = Some(event.passage);
            let id = self.begin(Kind::Event, event.passage, nth, out);
            let same_as = event.same_as.and_then(|same| ids.get(same).copied());
            if is_referred_to {
                ids.push(id);
            }
            self.event(event, same_as, out);
        }
    }

    /// Everything after the id.
    fn event(&self, event: &FoundEvent, same_as: Option<[u8; 16]>, out: &mut Vec<u8>) {
        out.extend_from_slice(b",\"title\":\"");
        let mut separator: &[u8] = b"";
        for span in &event.title {
            for word in span.slice(self.text).split_whitespace() {
                out.extend_from_slice(separator);
                json::escaped(word, out);
                separator = b" ";
            }
        }
        out.push(b'"');
        self.place_in_text(event.passage, out);
        let time = event.time.and_then(|time| self.reading.times.get(time));
        let edtf = event.edtf.as_ref().or_else(|| time?.edtf.as_ref());
        out.extend_from_slice(b",\"edtf\":");
        json::string_or_null(edtf.map(crate::time::Edtf::as_str), out);
        out.extend_from_slice(b",\"when_text\":");
        json::string_or_null(time.map(|time| time.span.slice(self.text)), out);
        let places = || event.places.iter().filter_map(|place| self.reading.places.get(*place));
        let point = places().find_map(|place| {
            let facts = self.gazetteer.facts(place.resolution.as_ref()?.place)?;
            // A country or a region is no pin in its middle.
            let is_spot =
                !matches!(facts.kind(), PlaceKind::Country | PlaceKind::Province | PlaceKind::Region);
            is_spot.then_some(facts.lon_lat)
        });
        for (name, degrees) in
            [(&b",\"lat\":"[..], point.map(|p| p.lat)), (b",\"lon\":", point.map(|p| p.lon))]
        {
            out.extend_from_slice(name);
            degrees_or_null(degrees, out);
        }
        out.extend_from_slice(b",\"places\":[");
        let mut separator: &[u8] = b"{";
        for place in places() {
            out.extend_from_slice(separator);
            out.extend_from_slice(b"\"text\":");
            json::string(place.span.slice(self.text), out);
            out.push(b',');
            self.resolved(place, out);
            out.push(b'}');
            separator = b",{";
        }
        out.extend_from_slice(b"],\"status\":\"");
        out.extend_from_slice(event.statement.name().as_bytes());
        out.extend_from_slice(b"\",\"told_by\":");
        json::string_or_null(event.told_by.map(|span| span.slice(self.text)), out);
        out.extend_from_slice(b",\"rule\":");
        json::string(event.rule, out);
        out.extend_from_slice(b",\"confidence\":");
        json::decimal(f64::from(event.confidence), CONFIDENCE_DECIMALS, out);
        out.extend_from_slice(b",\"same_as\":");
        json::string_or_null(same_as.as_ref().and_then(|id| std::str::from_utf8(id).ok()), out);
        out.extend_from_slice(b"}\n");
    }

    /// From the brace to the id; gives the id.
    fn begin(&self, kind: Kind, span: Span, nth: usize, out: &mut Vec<u8>) -> [u8; 16] {
        let (start, end) = self.in_code_points(span);
        let id = stable_id(self.doc_id, kind, start, end, nth);
        out.extend_from_slice(self.head);
        out.extend_from_slice(kind.word().as_bytes());
        out.extend_from_slice(b"\",\"id\":\"");
        out.extend_from_slice(&id);
        out.push(b'"');
        id
    }

    /// Start, end and text.
    fn place_in_text(&self, span: Span, out: &mut Vec<u8>) {
        let (start, end) = self.in_code_points(span);
        out.extend_from_slice(b",\"start\":");
        json::integer(start as u64, out);
        out.extend_from_slice(b",\"end\":");
        json::integer(end as u64, out);
        out.extend_from_slice(b",\"text\":");
        json::string(span.slice(self.text), out);
    }

    /// Which place a toponym is, from its name to the confidence.
    fn resolved(&self, place: &PlaceMention, out: &mut Vec<u8>) {
        let id = place.resolution.as_ref().map(|resolution| resolution.place);
        let position = id.and_then(|id| self.gazetteer.facts(id)).map(|facts| facts.lon_lat);
        out.extend_from_slice(b"\"name\":");
        json::string_or_null(id.map(|id| self.gazetteer.name(id)), out);
        out.extend_from_slice(b",\"lat\":");
        degrees_or_null(position.map(|p| p.lat), out);
        out.extend_from_slice(b",\"lon\":");
        degrees_or_null(position.map(|p| p.lon), out);
        out.extend_from_slice(b",\"geonameid\":");
        match id.and_then(|id| self.gazetteer.geonameid(id)) {
            Some(id) => json::integer(u64::from(id), out),
            None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(b",\"confidence\":");
        let confidence =
            place.resolution.as_ref().map_or(place.confidence, |r| r.confidence * place.confidence);
        json::decimal(f64::from(confidence), CONFIDENCE_DECIMALS, out);
    }

    fn in_code_points(&self, span: Span) -> (usize, usize) {
        (self.code_points.of(self.text, span.start), self.code_points.of(self.text, span.end))
    }
}

fn degrees_or_null(degrees: Option<f64>, out: &mut Vec<u8>) {
    match degrees {
        Some(degrees) => json::decimal(degrees, DEGREE_DECIMALS, out),
        None => out.extend_from_slice(b"null"),
    }
}

/// Is it a place that is meant, and not its people or a name made with it?
fn names_a_place(role: ToponymRole) -> bool {
    match role {
        ToponymRole::Location | ToponymRole::Government | ToponymRole::Slip => true,
        ToponymRole::NamePart | ToponymRole::Demonym => false,
    }
}
