//! Finding words in the text: the bar above the page and the hits it steps through.

use std::sync::Arc;

use egui::{
    Align, Id, Key, Layout, Modifiers, Rect, RichText, Role, Sense, Stroke, TextEdit, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use super::LONG_TEXT;
use crate::app::behind::{Behind, Wish};
use crate::app::panels::PanelContext;
use crate::app::theme::{sans, size};
use crate::document::Span;
use crate::document::fold::{FoldedText, find_in_long_text};
use crate::state::Command;
use crate::store::DocumentIx;

/// More hits than this are not counted.
const MAX_HITS: usize = 9_999;
const HEIGHT: f32 = 44.0;

/// Memory of the search: the folded text and the hits of the last query.
#[derive(Debug, Default)]
pub struct Find {
    /// The folded text, unless it is a long one.
    text: Option<(u64, DocumentIx, Option<FoldedText>)>,
    /// The hits in a long text on their way.
    searching: Option<Behind<Vec<Span>>>,
    query: Option<String>,
    hits: Vec<Span>,
    current: Option<usize>,
    jump: Option<Span>,
}

/// Which of `n` hits a step counter means; it wraps around both ways, also below 0.
pub fn current_hit(counter: usize, n: usize) -> Option<usize> {
    let n = isize::try_from(n).ok().filter(|n| *n > 0)?;
    // The counter wraps at 0 when stepping back, so it is read as a signed number.
    usize::try_from(counter.cast_signed().rem_euclid(n)).ok()
}

/// "3 of 17".
pub fn count_words(query: &str, current: Option<usize>, n: usize) -> String {
    match current {
        _ if query.trim().is_empty() => String::new(),
        None => "not found".to_owned(),
        Some(at) if n >= MAX_HITS => format!("{} of {n} or more", at + 1),
        Some(at) => format!("{} of {n}", at + 1),
    }
}

impl Find {
    pub fn hits(&self) -> &[Span] {
        &self.hits
    }

    pub fn current(&self) -> Option<Span> {
        self.hits.get(self.current?).copied()
    }

    /// The hit that the page must go to, once.
    pub fn take_jump(&mut self) -> Option<Span> {
        self.jump.take()
    }

    /// Shows the bar while the view has a search, and keeps the hits up to date.
    pub fn show(&mut self, ui: &mut Ui, cx: &PanelContext<'_>, document: DocumentIx) {
        let Some(query) = &cx.view.find else {
            *self = Self::default();
            return;
        };
        let is_new = self.query.is_none();
        self.search(ui, cx, document, query);
        self.bar(ui, cx, query, is_new);
    }

    fn search(&mut self, ui: &Ui, cx: &PanelContext<'_>, document: DocumentIx, query: &str) {
        let generation = cx.store.generation();
        let is_same_text = self.text.as_ref().is_some_and(|(g, d, _)| (*g, *d) == (generation, document));
        if !is_same_text {
            let text = cx.store.document(document).map_or("", |d| &d.text);
            let folded = (text.len() <= LONG_TEXT).then(|| FoldedText::new(text));
            self.text = Some((generation, document, folded));
        }
        let before = self.current();
        if !is_same_text || self.query.as_deref() != Some(query) {
            self.query = Some(query.to_owned());
            self.searching = None;
            match self.text.as_ref().and_then(|(_, _, folded)| folded.as_ref()) {
                Some(folded) => self.hits = folded.find(query, MAX_HITS),
                None => {
                    self.hits.clear();
                    self.searching = search_behind(ui, cx, document, query);
                }
            }
        }
        if let Some(found) = self.searching.as_ref().map(Behind::take)
            && !matches!(found, Ok(None))
        {
            self.hits = found.ok().flatten().unwrap_or_default();
            self.searching = None;
        }
        self.current = current_hit(cx.view.find_hit, self.hits.len());
        if self.current() != before {
            self.jump = self.current();
        }
    }

    fn bar(&self, ui: &mut Ui, cx: &PanelContext<'_>, query: &str, is_new: bool) {
        let palette = cx.palette;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
        ui.painter().rect_filled(rect, 0.0, palette.panel);
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, palette.hairline));
        let inner = rect.shrink2(vec2(14.0, 8.0));
        let mut ui =
            ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center)));
        ui.spacing_mut().item_spacing.x = 4.0;

        let id = Id::unique("find in text");
        let has_focus = ui.memory(|m| m.has_focus(id));
        let close = ui.input_mut(|i| has_focus && i.consume_key(Modifiers::NONE, Key::Escape));
        let back = ui.input_mut(|i| has_focus && i.consume_key(Modifiers::SHIFT, Key::Enter));
        let on = ui.input_mut(|i| has_focus && i.consume_key(Modifiers::NONE, Key::Enter));

        if sign(&mut ui, cx, Sign::Close, "Close the search").clicked() || close {
            cx.send(Command::Find(None));
        }
        if sign(&mut ui, cx, Sign::Next, "Next hit").clicked() || on {
            cx.send(Command::FindNext);
        }
        if sign(&mut ui, cx, Sign::Previous, "Previous hit").clicked() || back {
            cx.send(Command::FindPrevious);
        }
        let count = if self.searching.is_some() {
            "searching…".to_owned()
        } else {
            count_words(query, self.current, self.hits.len())
        };
        let color = if self.current.is_none() && self.searching.is_none() {
            palette.warning
        } else {
            palette.ink_soft
        };
        if !count.is_empty() {
            ui.label(RichText::new(count).font(sans(size::CAPTION)).color(color));
        }
        let mut typed = query.to_owned();
        let field = Rect::from_min_max(
            inner.min,
            egui::pos2(ui.min_rect().left().max(inner.left() + 60.0) - 6.0, inner.max.y),
        );
        let edit = TextEdit::singleline(&mut typed)
            .id(id)
            .hint_text("Find in the text")
            .font(sans(size::LABEL))
            .margin(egui::Margin::symmetric(8, 5));
        let response = ui.put(field, edit);
        if is_new {
            response.request_focus();
        }
        if response.changed() && typed != query {
            cx.send(Command::Find(Some(typed)));
        }
    }
}

fn search_behind(
    ui: &Ui,
    cx: &PanelContext<'_>,
    document: DocumentIx,
    query: &str,
) -> Option<Behind<Vec<Span>>> {
    let text = Arc::clone(&cx.store.document(document)?.text);
    let query = query.to_owned();
    let search = move |wish: &Wish| find_in_long_text(&text, &query, MAX_HITS, &|| wish.is_off());
    Some(Behind::start(ui.ctx(), search))
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Sign {
    Close,
    Next,
    Previous,
}

/// A small button with a drawn sign, so that it looks alike in any font.
fn sign(ui: &mut Ui, cx: &PanelContext<'_>, sign: Sign, name: &str) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(26.0, 26.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let color = if response.hovered() { cx.palette.ink } else { cx.palette.ink_soft };
    if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, cx.palette.hover_tint);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.5, cx.palette.focus), egui::StrokeKind::Inside);
    }
    let (c, stroke) = (rect.center(), Stroke::new(1.5, color));
    let strokes: [[egui::Vec2; 3]; 2] = match sign {
        Sign::Close => [
            [vec2(-4.0, -4.0), vec2(0.0, 0.0), vec2(4.0, 4.0)],
            [vec2(-4.0, 4.0), vec2(0.0, 0.0), vec2(4.0, -4.0)],
        ],
        Sign::Next => [[vec2(-4.5, -2.0), vec2(0.0, 2.5), vec2(4.5, -2.0)]; 2],
        Sign::Previous => [[vec2(-4.5, 2.0), vec2(0.0, -2.5), vec2(4.5, 2.0)]; 2],
    };
    for points in strokes {
        ui.painter().line(points.iter().map(|p| c + *p).collect(), stroke);
    }
    response.on_hover_text(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_counter_wraps_around_both_ways() {
        for (counter, n, expected) in [
            (0, 3, Some(0)),
            (2, 3, Some(2)),
            (3, 3, Some(0)),
            (0_usize.wrapping_sub(1), 3, Some(2)),
            (0_usize.wrapping_sub(4), 3, Some(2)),
            (5, 0, None),
        ] {
            assert_eq!(current_hit(counter, n), expected, "{counter} of {n}");
        }
    }

    #[test]
    fn the_count_is_said_in_words() {
        for (query, current, n, expected) in [
            ("lachin", Some(2), 17, "3 of 17"),
            ("lachin", None, 0, "not found"),
            (" ", None, 0, ""),
            ("e", Some(0), MAX_HITS, "1 of 9999 or more"),
        ] {
            assert_eq!(count_words(query, current, n), expected);
        }
    }
}
