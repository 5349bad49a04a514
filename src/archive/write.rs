//! What is found in a document, a JSON object a line. `data/README.md` lists the members and their order.

use super::json;
use super::record::DocId;
use super::written_places::{self, WrittenPlaces, degrees_or_null};
use crate::document::digits::Digits;
use crate::document::ident::{Kind, Stem};
use crate::document::{CodePointCounter, Span};
use crate::extract::{FoundEvent, Layers, PlaceMention, Reading, ToponymRole};
use crate::gazetteer::{Gazetteer, PlaceKind};

/// Of a place that is given the position of what is named with it: a guess.
const NEARBY: f32 = 0.4;
const CONFIDENCE_DECIMALS: usize = 3;

/// What each line of one kind in a document begins with: `{"doc_id":…,"kind":"…","id":"`, into `head`.
fn head(doc_id: &DocId, kind: Kind, head: &mut Vec<u8>) {
    head.clear();
    head.extend_from_slice(b"{\"doc_id\":");
    write_doc_id(Some(doc_id), head);
    head.extend_from_slice(b",\"kind\":\"");
    head.extend_from_slice(kind.word().as_bytes());
    head.extend_from_slice(b"\",\"id\":\"");
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

/// Memory that is kept from document to document.
#[derive(Debug, Default)]
pub(super) struct Kept {
    code_points: CodePointCounter,
    head: Vec<u8>,
    places: WrittenPlaces,
    ids: Vec<[u8; 16]>,
}

/// A reading on its way out.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub text: &'a str,
    pub reading: &'a Reading,
    pub doc_id: &'a DocId<'a>,
    pub gazetteer: &'a Gazetteer,
    pub kept: &'a mut Kept,
}

/// Where a thing stands.
#[derive(Debug, Clone, Copy)]
struct Position {
    span: Span,
    /// Code points.
    start: Digits,
    end: Digits,
}

impl Found<'_> {
    /// Writes the layers that are wanted.
    pub fn write(&mut self, only: Layers, out: &mut Vec<u8>) {
        self.kept.code_points.turn_to(self.text);
        if only.times {
            self.times(out);
        }
        if only.places {
            self.places(out);
        }
        if only.events {
            self.events(out);
        }
    }

    fn times(&mut self, out: &mut Vec<u8>) {
        let stem = self.lines(Kind::Time);
        for time in &self.reading.times {
            let position = self.position(time.span);
            self.begin(stem, &position, 0, out);
            self.place_in_text(&position, out);
            out.extend_from_slice(b",\"type\":\"");
            out.extend_from_slice(time.timex_type.name().as_bytes());
            out.extend_from_slice(b"\",\"value\":");
            json::string(&time.value, out);
            out.extend_from_slice(b",\"edtf\":");
            json::string_or_null(time.edtf.as_ref().map(crate::time::Edtf::as_str), out);
            out.extend_from_slice(b"}\n");
        }
    }

    fn places(&mut self, out: &mut Vec<u8>) {
        let stem = self.lines(Kind::Place);
        for place in self.reading.places.iter().filter(|place| names_a_place(place.role)) {
            let position = self.position(place.span);
            self.begin(stem, &position, 0, out);
            self.place_in_text(&position, out);
            out.push(b',');
            self.resolved(place, out);
            out.extend_from_slice(b"}\n");
        }
    }

    fn events(&mut self, out: &mut Vec<u8>) {
        let stem = self.lines(Kind::Event);
        let mut last: Option<Span> = None;
        let mut nth = 0;
        // Only what is referred to is remembered; most events are told once.
        let mut ids = std::mem::take(&mut self.kept.ids);
        ids.clear();
        let is_referred_to = self.reading.events.iter().any(|event| event.same_as.is_some());
        for event in &self.reading.events {
            nth = if last == Some(event.passage) { nth + 1 } else { 0 };
            last = Some(event.passage);
            let position = self.position(event.passage);
            let id = self.begin(stem, &position, nth, out);
            let same_as = event.same_as.and_then(|same| ids.get(same).copied());
            if is_referred_to {
                ids.push(id);
            }
            self.event(event, &position, same_as, out);
        }
        self.kept.ids = ids;
    }

    /// Everything after the id.
    fn event(
        &mut self,
        event: &FoundEvent,
        position: &Position,
        same_as: Option<[u8; 16]>,
        out: &mut Vec<u8>,
    ) {
        out.extend_from_slice(b",\"title\":\"");
        let mut separator: &[u8] = b"";
        for span in &event.title {
            out.extend_from_slice(separator);
            json::words(span.slice(self.text), out);
            separator = b" ";
        }
        out.push(b'"');
        self.place_in_text(position, out);
        let reading = self.reading;
        let gazetteer = self.gazetteer;
        let time = event.time.and_then(|time| reading.times.get(time));
        let edtf = event.edtf.as_ref().or_else(|| time?.edtf.as_ref());
        out.extend_from_slice(b",\"edtf\":");
        json::string_or_null(edtf.map(crate::time::Edtf::as_str), out);
        out.extend_from_slice(b",\"when_text\":");
        json::string_or_null(time.map(|time| time.span.slice(self.text)), out);
        let places = || event.places.iter().filter_map(|place| reading.places.get(*place));
        let point = places().find_map(|place| {
            let facts = gazetteer.facts(place.resolution.as_ref()?.place)?;
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
        json::decimal::<CONFIDENCE_DECIMALS>(f64::from(event.confidence), out);
        out.extend_from_slice(b",\"same_as\":");
        json::string_or_null(same_as.as_ref().and_then(|id| std::str::from_utf8(id).ok()), out);
        out.extend_from_slice(b"}\n");
    }

    /// Turns to the lines of one kind; gives what their ids are made of.
    fn lines(&mut self, kind: Kind) -> Stem {
        head(self.doc_id, kind, &mut self.kept.head);
        Stem::new(&self.doc_id.as_text(), kind)
    }

    /// From the brace to the id; gives the id.
    fn begin(&self, stem: Stem, position: &Position, nth: usize, out: &mut Vec<u8>) -> [u8; 16] {
        let id = stem.id(&position.start, &position.end, nth);
        out.extend_from_slice(&self.kept.head);
        out.extend_from_slice(&id);
        out.push(b'"');
        id
    }

    /// Start, end and text.
    fn place_in_text(&self, position: &Position, out: &mut Vec<u8>) {
        out.extend_from_slice(b",\"start\":");
        position.start.push_to(out);
        out.extend_from_slice(b",\"end\":");
        position.end.push_to(out);
        out.extend_from_slice(b",\"text\":");
        json::string(position.span.slice(self.text), out);
    }

    /// Which place a toponym is, from its name to the confidence.
    fn resolved(&mut self, mention: &PlaceMention, out: &mut Vec<u8>) {
        let place = mention.resolution.as_ref().map(|resolution| resolution.place);
        match mention.beside.filter(|_| place.is_none()) {
            Some(beside) => written_places::near(beside, self.gazetteer, out),
            None => out.extend_from_slice(self.kept.places.of(place, self.gazetteer)),
        }
        out.extend_from_slice(b",\"confidence\":");
        let resolved = match (&mention.resolution, mention.beside) {
            (Some(resolution), _) => resolution.confidence,
            (None, Some(_)) => NEARBY,
            (None, None) => 1.0,
        };
        let confidence = resolved * mention.confidence;
        json::decimal::<CONFIDENCE_DECIMALS>(f64::from(confidence), out);
    }

    fn position(&self, span: Span) -> Position {
        let of = |byte| Digits::of(self.kept.code_points.of(self.text, byte) as u64);
        Position { span, start: of(span.start), end: of(span.end) }
    }
}

/// Is it a place that is meant, and not its people or a name made with it?
fn names_a_place(role: ToponymRole) -> bool {
    match role {
        ToponymRole::Location | ToponymRole::Government | ToponymRole::Slip => true,
        ToponymRole::NamePart | ToponymRole::Demonym => false,
    }
}
