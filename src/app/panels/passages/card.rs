//! The card of what is selected: an event, a place or a date, with "Why then?" and "Why here?".

use egui::{Frame, Margin, Ui, vec2};

use super::parts::{MARGIN, disclosure, label, link};
use super::words;
use crate::annotation::MentionKind;
use crate::app;
use crate::app::panels::PanelContext;
use crate::app::theme::{sans, sans_medium, sans_semibold, serif_italic};
use crate::state::Command;
use crate::store::{Anchor, AnchorKind, DocumentIx, Event, EventIx, MentionIx, PlaceIx, SourceIx};
use crate::view::Target;

/// What is unfolded; it stays so from one event to the next.
#[derive(Debug, Default)]
pub struct Card {
    is_why_then_open: bool,
    is_why_here_open: bool,
    anchor: FoundAnchor,
}

/// What the selection's date is counted from. Files name it by id, and looking for an id among all
/// events is for once a selection, not for every frame.
#[derive(Debug, Default)]
struct FoundAnchor {
    key: Option<(u64, Target)>,
    target: Option<Target>,
}

impl FoundAnchor {
    fn find(&mut self, cx: &PanelContext<'_>, selection: Target) {
        let key = Some((cx.store.generation(), selection));
        if self.key == key {
            return;
        }
        self.key = key;
        self.target = match selection {
            Target::Event(event) => cx.store.event(event).and_then(|event| {
                let of_date = event.when.as_ref().map(|w| &w.anchor);
                let anchor = of_date.or(event.undated.as_ref().map(|u| &u.anchor))?.as_ref()?;
                target_of(cx, anchor, event.source)
            }),
            Target::Mention(mention) => cx.store.mention(mention).and_then(|mention| {
                target_of(cx, mention.anchor.as_ref()?, cx.store.source_of(mention.document)?)
            }),
            Target::Place(_) => None,
        };
    }
}

fn target_of(cx: &PanelContext<'_>, anchor: &Anchor, source: SourceIx) -> Option<Target> {
    let store = cx.store;
    match anchor.kind {
        AnchorKind::Event => {
            let is_it =
                |e: &EventIx| store.event(*e).is_some_and(|e| e.source == source && e.id == anchor.to);
            store.event_ids().find(is_it).map(Target::Event)
        }
        AnchorKind::Mention => {
            let documents = store.sources().get(source.as_usize()).into_iter().flat_map(|s| &s.documents);
            let mut mentions = documents.flat_map(|d| store.mentions_of_document(*d)).copied();
            mentions.find(|m| store.mention(*m).is_some_and(|m| m.id == anchor.to)).map(Target::Mention)
        }
        AnchorKind::Document | AnchorKind::Absolute => None,
    }
}

const SMALL: f32 = 12.5;

impl Card {
    /// Shows the card of the selection; what the pointer is over.
    pub fn show(&mut self, ui: &mut Ui, cx: &PanelContext<'_>) -> Option<Target> {
        let selection = cx.view.selection?;
        self.anchor.find(cx, selection);
        let margin = Margin { left: MARGIN as i8, right: MARGIN as i8, top: 6, bottom: 14 };
        let shown = Frame::NONE.inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
            // Lines of words are as high as their words.
            ui.spacing_mut().interact_size.y = 0.0;
            match selection {
                Target::Event(event) => self.event(ui, cx, event),
                Target::Place(place) => {
                    self.place(ui, cx, place);
                    None
                }
                Target::Mention(mention) => mention_card(ui, cx, mention, self.anchor.target),
            }
        });
        let rect = shown.response.rect;
        let line = egui::Stroke::new(1.0, cx.palette.hairline);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, line);
        shown.inner
    }

    fn event(&mut self, ui: &mut Ui, cx: &PanelContext<'_>, event_ix: EventIx) -> Option<Target> {
        let (store, palette) = (cx.store, cx.palette);
        let event = store.event(event_ix)?;
        label(ui, &event.title, sans_semibold(16.0), palette.ink);
        ui.add_space(2.0);
        date_line(ui, cx, event);
        let mut hover = place_line(ui, cx, event);
        let mut told = app::words::told(event.status, &event.told_by);
        if store.sources().len() > 1 {
            let letter = crate::app::theme::Palette::source_letter(event.source);
            told = format!("{told}  ({letter}: {})", source_title(cx, event.source));
        }
        label(ui, told, sans(SMALL), palette.ink_soft);
        if let Some(found) = app::words::found(event) {
            label(ui, app::words::upper_first(&found), sans(SMALL), palette.ink_soft);
        }
        for other in &event.links {
            let Some(title) = store.event(other.event).map(|e| &e.title) else { continue };
            ui.horizontal_wrapped(|ui| {
                label(ui, words::link(&other.relation), sans(SMALL), palette.ink_faint);
                hover = event_link(ui, cx, other.event, title).or(hover);
            });
        }
        ui.add_space(2.0);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 18.0;
            disclosure(ui, "Why then?", &mut self.is_why_then_open, palette);
            disclosure(ui, "Why here?", &mut self.is_why_here_open, palette);
        });
        if self.is_why_then_open {
            hover = why(ui, cx, |ui| why_then(ui, cx, event, self.anchor.target)).or(hover);
        }
        if self.is_why_here_open {
            hover = why(ui, cx, |ui| why_here(ui, cx, event)).or(hover);
        }
        hover
    }

    fn place(&mut self, ui: &mut Ui, cx: &PanelContext<'_>, place_ix: PlaceIx) {
        let palette = cx.palette;
        let Some(place) = cx.store.place(place_ix) else { return };
        ui.horizontal_wrapped(|ui| {
            label(ui, &place.name, sans_semibold(16.0), palette.place);
            label(ui, words::place_kind(place.kind), sans(SMALL), palette.ink_faint);
        });
        if !place.names.is_empty() {
            label(ui, format!("Also {}", place.names.join(", ")), sans(13.0), palette.ink_soft);
        }
        let summary = cx.answer.places.get(place_ix);
        let n_all = summary.map_or(0, |s| s.n_visible as usize);
        let mut count = words::counted(n_all, "event", "events");
        if let Some(summary) = summary.filter(|_| cx.view.window.is_some()) {
            count = format!("{} of {count} in the window", summary.n_in_window);
        }
        ui.horizontal_wrapped(|ui| {
            label(ui, count, sans_medium(13.0), palette.ink);
            if let Some(span) = summary.and_then(|s| s.span) {
                label(ui, span.for_people(), sans_medium(13.0), palette.time);
            }
        });
        ui.add_space(2.0);
        disclosure(ui, "Why here?", &mut self.is_why_here_open, palette);
        if self.is_why_here_open {
            why(ui, cx, |ui| {
                position_lines(ui, cx, place_ix);
                None
            });
        }
    }
}

/// Sets an explanation off by a rule at its left.
fn why(ui: &mut Ui, cx: &PanelContext<'_>, add: impl FnOnce(&mut Ui) -> Option<Target>) -> Option<Target> {
    let frame = Frame::NONE.inner_margin(Margin { left: 14, right: 0, top: 2, bottom: 6 });
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui)
    });
    let rect = shown.response.rect;
    let line = egui::Stroke::new(2.0, cx.palette.hairline);
    ui.painter().vline(rect.left() + 5.0, rect.top() + 3.0..=rect.bottom() - 5.0, line);
    shown.inner
}

fn source_title<'a>(cx: &'a PanelContext<'_>, source: SourceIx) -> &'a str {
    cx.store.sources().get(source.as_usize()).map_or("", |s| &s.title)
}

fn date_line(ui: &mut Ui, cx: &PanelContext<'_>, event: &Event) {
    let words_of_text = event.when.as_ref().map(|w| &w.label).or(event.undated.as_ref().map(|u| &u.label));
    ui.horizontal_wrapped(|ui| {
        let date = event.when.as_ref().map_or_else(|| "Undated".to_owned(), |w| w.edtf.for_people());
        label(ui, date, sans_medium(13.5), cx.palette.time);
        if let Some(words) = words_of_text.filter(|w| !matches!(w.as_str(), "" | "undated")) {
            label(ui, format!("“{words}”"), serif_italic(14.0), cx.palette.ink_soft);
        }
    });
}

fn place_line(ui: &mut Ui, cx: &PanelContext<'_>, event: &Event) -> Option<Target> {
    let mut hover = None;
    if event.places.is_empty() {
        label(ui, "No place is given", sans_medium(13.5), cx.palette.ink_faint);
    }
    for at in &event.places {
        let Some(place) = cx.store.place(at.place) else { continue };
        ui.horizontal_wrapped(|ui| {
            let target = Target::Place(at.place);
            let response = link(ui, &place.name, sans_medium(13.5), cx.palette.place);
            if response.clicked() {
                cx.send(Command::Select(Some(target)));
            }
            hover = response.hovered().then_some(target).or(hover);
            if !place.names.is_empty() {
                label(ui, place.names.join(", "), sans(SMALL), cx.palette.ink_faint);
            }
        });
    }
    hover
}

fn why_then(ui: &mut Ui, cx: &PanelContext<'_>, event: &Event, found: Option<Target>) -> Option<Target> {
    let palette = cx.palette;
    let (words, reason, anchor, said) = match (&event.when, &event.undated) {
        (Some(when), _) => (&when.label, &when.reason, when.anchor.as_ref(), when.said.as_ref()),
        (None, Some(why)) => (&why.label, &why.reason, why.anchor.as_ref(), why.said.as_ref()),
        (None, None) => {
            label(ui, "The file gives no date and no reason.", sans(SMALL), palette.ink_soft);
            return None;
        }
    };
    if !words.is_empty() {
        label(ui, format!("“{words}”"), serif_italic(14.5), palette.ink);
    }
    if !reason.is_empty() {
        label(ui, reason, sans(13.0), palette.ink_soft);
    }
    let hover = anchor.and_then(|anchor| anchor_line(ui, cx, anchor, (event.source, found)));
    if let Some(said) = said {
        label(ui, format!("Said {}", said.for_people()), sans(SMALL), palette.ink_soft);
    }
    origin(ui, cx, event);
    hover
}

/// Who found it. The machine's finds say so in the card itself.
fn origin(ui: &mut Ui, cx: &PanelContext<'_>, event: &Event) {
    if app::words::found(event).is_none() {
        let words = app::words::upper_first(&app::words::origin(event));
        label(ui, words, sans(SMALL), cx.palette.ink_faint);
    }
}

/// "Counted from: 1 week before <the publication>", with a link to what it is counted from.
fn anchor_line(
    ui: &mut Ui,
    cx: &PanelContext<'_>,
    anchor: &Anchor,
    (source, found): (SourceIx, Option<Target>),
) -> Option<Target> {
    let palette = cx.palette;
    if anchor.kind == AnchorKind::Absolute {
        if !anchor.words.is_empty() {
            label(ui, format!("Dated by “{}”", anchor.words), sans(SMALL), palette.ink_soft);
        }
        return None;
    }
    let mut hover = None;
    ui.horizontal_wrapped(|ui| {
        let relation = words::relation(&anchor.relation);
        label(ui, format!("Counted from: {relation}"), sans(SMALL), palette.ink_soft);
        match found {
            Some(Target::Event(event)) => {
                let title = cx.store.event(event).map_or("", |e| &e.title);
                hover = event_link(ui, cx, event, title);
            }
            Some(Target::Mention(mention)) => hover = mention_link(ui, cx, mention),
            _ if anchor.kind == AnchorKind::Document => anchor_document(ui, cx, &anchor.to, source),
            _ => {
                label(ui, &anchor.to, sans(SMALL), palette.ink_soft);
            }
        }
    });
    if !anchor.words.is_empty() {
        label(ui, format!("“{}”", anchor.words), serif_italic(14.0), palette.ink_soft);
    }
    hover
}

fn event_link(ui: &mut Ui, cx: &PanelContext<'_>, event: EventIx, title: &str) -> Option<Target> {
    let response = link(ui, title, sans(SMALL), cx.palette.place);
    if response.clicked() {
        cx.send(Command::Select(Some(Target::Event(event))));
    }
    response.hovered().then_some(Target::Event(event))
}

fn anchor_document(ui: &mut Ui, cx: &PanelContext<'_>, id: &str, source: SourceIx) {
    let documents = cx.store.sources().get(source.as_usize()).into_iter().flat_map(|s| &s.documents);
    let document = documents.filter_map(|d| cx.store.document(*d)).find(|d| d.id == id);
    let published = document.and_then(|d| d.published.as_ref());
    let date = published.map_or_else(|| "not known".to_owned(), |p| p.edtf.for_people());
    let response = label(ui, format!("the publication ({date})"), sans(SMALL), cx.palette.ink);
    if let Some(published) = published {
        response.on_hover_text(&published.reason);
    }
}

fn mention_link(ui: &mut Ui, cx: &PanelContext<'_>, mention_ix: MentionIx) -> Option<Target> {
    let mention = cx.store.mention(mention_ix)?;
    let response = link(ui, &format!("“{}”", mention.quote), sans(SMALL), cx.palette.time);
    if response.clicked()
        && let Some(span) = mention.span
    {
        cx.send(Command::ScrollTo(mention.document, span));
    }
    response.hovered().then_some(Target::Mention(mention_ix))
}

fn why_here(ui: &mut Ui, cx: &PanelContext<'_>, event: &Event) -> Option<Target> {
    let palette = cx.palette;
    let mut hover = None;
    if event.places.is_empty() {
        label(ui, "The text names no place for this event.", sans(SMALL), palette.ink_soft);
    }
    for at in &event.places {
        let Some(place) = cx.store.place(at.place) else { continue };
        ui.horizontal_wrapped(|ui| {
            if !at.toponym.is_empty() {
                let quoted = if at.toponym.starts_with('“') {
                    at.toponym.clone()
                } else {
                    format!("“{}”", at.toponym)
                };
                label(ui, quoted, serif_italic(14.5), palette.ink);
            }
            if at.toponym != place.name {
                let response = link(ui, &place.name, sans(SMALL), palette.place);
                if response.clicked() {
                    cx.send(Command::Select(Some(Target::Place(at.place))));
                }
                hover = response.hovered().then_some(Target::Place(at.place)).or(hover);
            }
        });
        if !at.reason.is_empty() {
            label(ui, &at.reason, sans(13.0), palette.ink_soft);
        }
        position_lines(ui, cx, at.place);
    }
    origin(ui, cx, event);
    hover
}

/// Where the position of a place comes from and what is to be known of it.
fn position_lines(ui: &mut Ui, cx: &PanelContext<'_>, place: PlaceIx) {
    let Some(place) = cx.store.place(place) else { return };
    let mut position = match (&place.shape, place.source.is_empty()) {
        (None, _) => "Not located".to_owned(),
        (Some(_), true) => "Position: source not named".to_owned(),
        (Some(_), false) => format!("Position: {}", place.source),
    };
    if let Some(radius) = place.radius_km {
        position = format!("{position} (within {radius:.0} km)");
    }
    label(ui, position, sans(SMALL), cx.palette.ink_faint);
    if !place.note.is_empty() {
        label(ui, &place.note, sans(SMALL), cx.palette.ink_faint);
    }
}

fn mention_card(
    ui: &mut Ui,
    cx: &PanelContext<'_>,
    mention_ix: MentionIx,
    found: Option<Target>,
) -> Option<Target> {
    let palette = cx.palette;
    let mention = cx.store.mention(mention_ix)?;
    label(ui, format!("“{}”", mention.quote), serif_italic(17.0), palette.ink);
    let (words, color) = match &mention.kind {
        MentionKind::Time { edtf: Some(edtf), .. } => (edtf.for_people(), palette.time),
        MentionKind::Time { edtf: None, .. } => ("Not on the calendar".to_owned(), palette.time),
        MentionKind::Toponym { .. } => ("A place that is not in the file's list".to_owned(), palette.place),
    };
    label(ui, words, sans_medium(13.5), color);
    if !mention.note.is_empty() {
        label(ui, &mention.note, sans(13.0), palette.ink_soft);
    }
    let rivals = mention.rivals_for_people();
    if !rivals.is_empty() {
        label(ui, rivals, sans(13.0), palette.ink_soft);
    }
    let source = cx.store.source_of(mention.document)?;
    mention.anchor.as_ref().and_then(|anchor| anchor_line(ui, cx, anchor, (source, found)))
}
