//! From a reading to an account: spans become quotes, positions ids, reasons words.

use super::places::{Places, one_line};
use super::words::{self, Wording};
use crate::annotation::{MentionKind, Rival, ToponymRole};
use crate::document::ident::{Kind, stable_id_string};
use crate::document::{CodePointCounter, Document, Span};
use crate::extract::{self, FoundEvent, PlaceMention, Reading, TimeAnchor, TimeMention, TimexType};
use crate::gazetteer::Gazetteer;
use crate::progress::{Cancelled, Progress};
use crate::store::{
    Account, AccountEvent, AccountMention, AccountPassage, AccountPlaceRef, Anchor, AnchorKind, Link, Origin,
    PlaceRole, Status, Undated, When,
};
use crate::time::Edtf;

/// Items after which it is asked whether the work is still wanted.
const STEP: usize = 1024;

/// Everything in a document, as an account holds it.
pub(super) fn account(
    document: Document,
    reading: &Reading,
    gazetteer: &Gazetteer,
    progress: &Progress,
) -> Result<Account, Cancelled> {
    let text: &str = &document.text;
    let mut code_points = CodePointCounter::default();
    code_points.turn_to(text);
    let wording = Wording { text, reading, gazetteer, document: &document };
    let mut maker = Maker {
        wording,
        code_points: &code_points,
        places: Places::new(text, reading, gazetteer),
        event_ids: Vec::with_capacity(reading.events.len()),
    };
    progress.check()?;
    let mut mentions = Vec::with_capacity(reading.times.len() + reading.places.len());
    for (number, time) in reading.times.iter().enumerate() {
        if number % STEP == 0 {
            progress.check()?;
        }
        mentions.push(maker.time(time));
    }
    for (number, place) in reading.places.iter().enumerate() {
        if number % STEP == 0 {
            progress.check()?;
        }
        mentions.push(maker.toponym(number, place));
    }
    mentions.sort_by_key(|mention| mention.span);
    let mut events = Vec::with_capacity(reading.events.len());
    for (number, event) in reading.events.iter().enumerate() {
        if number % STEP == 0 {
            progress.check()?;
        }
        events.push(maker.event(number, event));
    }
    let places = maker.places.list;
    Ok(Account {
        title: document.title.clone(),
        description: words::DESCRIPTION.to_owned(),
        attribution: words::ATTRIBUTION.to_owned(),
        documents: vec![document],
        places,
        mentions,
        events,
        found: true,
        ..Account::default()
    })
}

struct Maker<'a> {
    wording: Wording<'a>,
    code_points: &'a CodePointCounter,
    places: Places,
    /// Of the events so far.
    event_ids: Vec<String>,
}

impl Maker<'_> {
    fn id(&self, kind: Kind, span: Span, nth: usize) -> String {
        let at = |byte| self.code_points.of(self.wording.text, byte);
        stable_id_string(&self.wording.document.id, kind, at(span.start), at(span.end), nth)
    }

    fn time(&self, time: &TimeMention) -> AccountMention {
        let holds_duration = matches!(time.timex_type, TimexType::Duration | TimexType::Set);
        AccountMention {
            id: self.id(Kind::Time, time.span, 0),
            document: 0,
            span: Some(time.span),
            quote: time.span.slice(self.wording.text).to_owned(),
            orphan: None,
            kind: MentionKind::Time {
                timex_type: time.timex_type.name().to_owned(),
                edtf: time.edtf.clone(),
                duration: (holds_duration && time.value.starts_with('P')).then(|| time.value.clone()),
            },
            anchor: self.anchor(time),
            confidence: Some(time.confidence),
            rivals: Vec::new(),
            note: self.wording.how_counted(time),
        }
    }

    /// What a time is counted from; `None` if from nothing.
    fn anchor(&self, time: &TimeMention) -> Option<Anchor> {
        let (kind, to) = match time.anchor {
            TimeAnchor::Absolute | TimeAnchor::Missing => return None,
            TimeAnchor::Document => (AnchorKind::Document, self.wording.document.id.clone()),
            TimeAnchor::Mention(number) => {
                let anchor = self.wording.reading.times.get(number)?;
                (AnchorKind::Mention, self.id(Kind::Time, anchor.span, 0))
            }
        };
        let words = one_line(time.span.slice(self.wording.text));
        Some(Anchor { kind, to, relation: time.relation.clone().into_owned(), words })
    }

    fn toponym(&self, number: usize, place: &PlaceMention) -> AccountMention {
        let rivals = place.resolution.iter().flat_map(|resolution| &resolution.rivals);
        AccountMention {
            id: self.id(Kind::Place, place.span, 0),
            document: 0,
            span: Some(place.span),
            quote: place.span.slice(self.wording.text).to_owned(),
            orphan: None,
            kind: MentionKind::Toponym { place: self.places.of(number), role: role(place.role) },
            anchor: None,
            confidence: Some(place.confidence * place.resolution.as_ref().map_or(1.0, |r| r.confidence)),
            rivals: rivals
                .map(|rival| Rival {
                    name: words::place_label(rival.place, self.wording.gazetteer),
                    score: rival.score,
                    geonameid: self.wording.gazetteer.geonameid(rival.place).map(u64::from),
                })
                .collect(),
            note: self.wording.why_here(place),
        }
    }

    fn event(&mut self, number: usize, event: &FoundEvent) -> AccountEvent {
        let text = self.wording.text;
        let times = &self.wording.reading.times;
        // Events of one passage follow one another.
        let before = self.wording.reading.events.get(..number).unwrap_or_default();
        let nth = before.iter().rev().take_while(|other| other.passage == event.passage).count();
        let id = self.id(Kind::Event, event.passage, nth);
        self.event_ids.push(id.clone());
        let time = event.time.and_then(|time| times.get(time));
        let edtf = event.edtf.clone().or_else(|| time?.edtf.clone());
        let label = time.map(|time| one_line(time.span.slice(text))).unwrap_or_default();
        let reason = self.wording.why_then(event, edtf.as_ref());
        let anchor = time.and_then(|time| self.anchor(time));
        let (when, undated) = when(edtf, label, reason, anchor);
        let place_ref = |mention: &usize, role| {
            let place = self.wording.reading.places.get(*mention)?;
            Some(AccountPlaceRef {
                place: self.places.of(*mention)?,
                role,
                toponym: one_line(place.span.slice(text)),
                reason: self.wording.why_there(event, place),
            })
        };
        let here = event.places.iter().filter_map(|mention| place_ref(mention, PlaceRole::Location));
        let context = event.context.iter().filter_map(|mention| place_ref(mention, PlaceRole::Context));
        let mut places: Vec<AccountPlaceRef> = Vec::new();
        for place in here.chain(context) {
            if !places.iter().any(|known| known.place == place.place) {
                places.push(place);
            }
        }
        let title: Vec<&str> =
            event.title.iter().flat_map(|span| span.slice(text).split_whitespace()).collect();
        let told_by = event.told_by.map(|span| one_line(span.slice(text)));
        AccountEvent {
            id,
            title: title.join(" "),
            told_by: told_by.unwrap_or_else(|| self.wording.document.source.clone()),
            when,
            undated,
            places,
            passages: vec![AccountPassage {
                document: 0,
                span: Some(event.passage),
                quote: event.passage.slice(text).to_owned(),
                orphan: None,
            }],
            status: status(event.statement),
            confidence: Some(event.confidence),
            origin: Origin::Rule(event.rule.to_owned()),
            links: event
                .same_as
                .and_then(|same| self.event_ids.get(same))
                .map(|same| Link { relation: "same-as".to_owned(), event: same.clone() })
                .into_iter()
                .collect(),
        }
    }
}

fn when(
    edtf: Option<Edtf>,
    label: String,
    reason: String,
    anchor: Option<Anchor>,
) -> (Option<When>, Option<Undated>) {
    match edtf {
        Some(edtf) => {
            let interval = edtf.interval();
            (Some(When { edtf, interval, label, reason, anchor, said: None }), None)
        }
        None => (None, Some(Undated { label, reason, anchor, said: None })),
    }
}

fn role(role: extract::ToponymRole) -> ToponymRole {
    match role {
        extract::ToponymRole::Location => ToponymRole::Location,
        extract::ToponymRole::Government => ToponymRole::Government,
        extract::ToponymRole::NamePart => ToponymRole::NamePart,
        extract::ToponymRole::Demonym => ToponymRole::Demonym,
        extract::ToponymRole::Slip => ToponymRole::Slip,
    }
}

fn status(statement: extract::Statement) -> Status {
    match statement {
        extract::Statement::Reported => Status::Reported,
        extract::Statement::Claimed => Status::Claimed,
        extract::Statement::Planned => Status::Planned,
        extract::Statement::Hypothetical => Status::Hypothetical,
        extract::Statement::Denied => Status::Denied,
    }
}
