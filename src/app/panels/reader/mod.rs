//! The reader: the whole document, typeset, with its places and dates marked.

mod blocks;
mod column;
mod date;
mod density;
mod emphasis;
mod find;
mod highlight;
mod marks;
mod page;
mod scroll;
mod tabs;
mod typeset;

use std::sync::Arc;

use egui::{Rect, Sense, Ui, UiBuilder, vec2};

use blocks::{Block, blocks};
use column::Column;
use date::DateLine;
use density::Density;
use emphasis::Emphasis;
use find::Find;
use page::Page;
use scroll::{Goal, Scroll};

use crate::app::behind::{Behind, Wish};
use crate::app::panels::PanelContext;
use crate::app::theme::{self, size};
use crate::store::DocumentIx;
use crate::view::{ReaderWish, Target};

/// Width of the longest line: about 68 letters of the reading face.
const MEASURE: f32 = 600.0;
/// Bytes. Setting and searching a longer text takes more than a frame may last: it is done behind the
/// window.
const LONG_TEXT: usize = 1 << 20;
/// Room to the left of the text for the bars that say that a paragraph has events.
const MARGIN: f32 = 26.0;

/// Panel memory of the reader: its scroll position and laid-out text.
#[derive(Debug, Default)]
pub struct ReaderPanel {
    page: Option<Page>,
    /// The blocks of a long text on their way.
    setting: Option<(u64, DocumentIx, Behind<Vec<Block>>)>,
    /// Where the page stood that had the same text: a byte, and points below its block's top.
    stood: Option<(usize, f64)>,
    scroll: Scroll,
    find: Find,
    date: DateLine,
    density: Density,
    selected: Remembered,
    hovered: Remembered,
    /// Serial number of the last request that was obeyed.
    obeyed: u64,
    /// What this panel last said is hovered.
    hovers: Option<Target>,
    /// Of what stands above the page: tabs, the date, the search.
    head_height: f32,
}

/// What a target lights up, kept until the target or what it depends on changes.
#[derive(Debug, Default)]
struct Remembered {
    key: Option<(u64, DocumentIx, Target, Vec<crate::store::SourceIx>)>,
    emphasis: Emphasis,
}

impl Remembered {
    fn of(&mut self, cx: &PanelContext<'_>, document: DocumentIx, target: Option<Target>) -> &Emphasis {
        let hidden = || cx.view.hidden_sources.iter().copied().collect();
        let key = target.map(|target| (cx.store.generation(), document, target, hidden()));
        if key != self.key {
            self.emphasis =
                target.map(|t| emphasis::emphasis(cx.store, cx.answer, document, t)).unwrap_or_default();
            self.key = key;
        }
        &self.emphasis
    }
}

impl ReaderPanel {
    /// The height of the controls above the page, which nothing should cover; in points.
    pub fn head_height(&self) -> f32 {
        self.head_height
    }

    /// Fills the rest of `ui` with the document of the view.
    pub fn show(&mut self, ui: &mut Ui, cx: &PanelContext<'_>) {
        self.head_height = 0.0;
        let shown = cx.view.document.filter(|d| cx.store.document(*d).is_some());
        let first = cx.store.sources().iter().find_map(|s| s.documents.first().copied());
        let Some(document) = shown.or(first) else {
            nothing_to_read(ui, cx);
            return;
        };
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let top = ui.cursor().top();
        if cx.store.documents().len() > 1 {
            tabs::show(ui, cx, document);
        }
        self.date.show(ui, cx, document);
        let is_set = self.turn_to(ui, cx, document);
        self.find.show(ui, cx, document);
        self.head_height = ui.cursor().top() - top;
        self.obey(cx, document);
        if is_set {
            self.read(ui, cx, document);
        } else {
            placeholder(ui, cx, "", "Setting the text…");
        }
    }

    /// Puts a document on the page; false while a long one is still being made ready.
    fn turn_to(&mut self, ui: &Ui, cx: &PanelContext<'_>, document: DocumentIx) -> bool {
        if self.page.as_ref().is_some_and(|p| p.is_of(cx.store, document)) {
            return true;
        }
        let Some(blocks) = self.blocks(ui, cx, document) else { return false };
        let page = Page::new(cx.store, document, blocks);
        self.stood = self.page.take().filter(|old| old.has_text_of(&page)).and_then(|old| {
            let byte = old.byte_at(self.scroll.offset).filter(|_| self.scroll.offset > 1.0)?;
            Some((byte, self.scroll.offset - old.y_of_byte(byte)))
        });
        self.page = Some(page);
        self.scroll.offset = 0.0;
        self.scroll.goal = None;
        true
    }

    /// The blocks of a document; those of a long text are made behind the window.
    fn blocks(&mut self, ui: &Ui, cx: &PanelContext<'_>, document: DocumentIx) -> Option<Vec<Block>> {
        if cx.store.document(document).is_none_or(|d| d.text.len() <= LONG_TEXT) {
            self.setting = None;
            return Some(blocks(cx.store, document));
        }
        let key = (cx.store.generation(), document);
        if self.setting.as_ref().is_none_or(|(generation, of, _)| (*generation, *of) != key) {
            let store = Arc::clone(cx.store);
            let work = move |_: &Wish| blocks(&store, document);
            self.setting = Some((key.0, key.1, Behind::start(ui.ctx(), work)));
        }
        let (_, _, behind) = self.setting.as_ref()?;
        let set = behind.take().unwrap_or_else(|_| Some(blocks(cx.store, document)))?;
        self.setting = None;
        Some(set)
    }

    fn obey(&mut self, cx: &PanelContext<'_>, document: DocumentIx) {
        if let Some(request) = cx.view.reader
            && request.serial > self.obeyed
        {
            self.obeyed = request.serial;
            let ReaderWish::ScrollTo(wanted, span) = request.wish;
            self.scroll.waiting = Some((wanted, span));
        }
        if let Some((wanted, span)) = self.scroll.waiting
            && wanted == document
        {
            self.scroll.waiting = None;
            self.scroll.goal = Some(Goal::Text(span));
        }
        if let Some(hit) = self.find.take_jump() {
            self.scroll.goal = Some(Goal::Text(hit));
        }
    }

    fn read(&mut self, ui: &mut Ui, cx: &PanelContext<'_>, document: DocumentIx) {
        let Some(page) = &mut self.page else { return };
        let full = ui.available_rect_before_wrap();
        let (text_rect, strip) = full.split_left_right_at_x(full.right() - density::WIDTH);
        let sight = text_rect.height();

        // The column shrinks its margins before its lines.
        let width = (text_rect.width() - MARGIN - 20.0).clamp(120.0, MEASURE).round();
        let left = (text_rect.left() + ((text_rect.width() - width) / 2.0).max(MARGIN)).round();
        let here = page.byte_at(self.scroll.offset).filter(|_| self.scroll.offset > 1.0);
        let kept = self.stood.take().or(here.map(|byte| (byte, 0.0)));
        if page.set_width(width, cx.palette)
            && let Some((byte, below)) = kept
        {
            self.scroll.offset = page.y_of_byte(byte) + below;
        }

        let is_wheel = ui.rect_contains_pointer(full) && ui.input(|i| i.smooth_scroll_delta.y != 0.0);
        if is_wheel {
            self.scroll.goal = None;
        }
        let mut is_forced = false;
        if let Some(goal) = self.scroll.goal {
            let target = match goal {
                Goal::Text(span) => {
                    let y = page.y_of_span(ui.ctx(), cx.store, cx.palette, span);
                    Scroll::offset_for_line(y, sight, page.height())
                }
                Goal::Offset(y) => y.clamp(0.0, (page.height() - f64::from(sight)).max(0.0)),
            };
            let seconds = ui.input(|i| i.stable_dt).min(0.1);
            let has_arrived = self.scroll.step(target, sight, seconds, ui.style().animation_time > 0.0);
            if has_arrived {
                self.scroll.goal = None;
            } else {
                ui.ctx().request_repaint();
            }
            is_forced = true;
        }
        let shift = page.settle(ui.ctx(), cx.store, cx.palette, self.scroll.offset, sight);
        if shift != 0.0 || kept.is_some() {
            self.scroll.offset += shift;
            is_forced = true;
        }
        let base = self.scroll.base;
        let part = self.scroll.part(sight, page.height());
        is_forced |= part.base != base;

        let selected = self.selected.of(cx, document, cx.view.selection);
        let hovered = self.hovered.of(cx, document, cx.view.hover.filter(|h| Some(*h) != cx.view.selection));
        let column = Column {
            cx,
            document,
            left,
            width,
            selected,
            hovered,
            hits: self.find.hits(),
            current_hit: self.find.current(),
        };
        let mut area = egui::ScrollArea::vertical().id_salt("page").auto_shrink(false).animated(false);
        if is_forced {
            area = area.vertical_scroll_offset((self.scroll.offset - part.base) as f32);
        }
        if !part.is_whole {
            // The bar would tell of the part: the strip beside it tells of all.
            area = area.scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden);
        }
        let output = ui
            .scope_builder(UiBuilder::new().max_rect(text_rect), |ui| {
                ui.spacing_mut().scroll = theme::scroll_style();
                area.show_viewport(ui, |ui, viewport| {
                    ui.set_height(part.height);
                    column.show(ui, page, part.base, viewport)
                })
            })
            .inner;
        // What egui has not moved stays as exact as it was.
        let moved = part.base + f64::from(output.state.clamped_offset().y);
        if (moved - self.scroll.offset).abs() > 0.05 {
            self.scroll.offset = moved;
        }

        if let Some(offset) = self.density.show(
            ui,
            cx,
            page,
            strip,
            selected,
            self.scroll.offset..=self.scroll.offset + f64::from(sight),
        ) {
            self.scroll.goal = Some(Goal::Offset(offset));
            ui.ctx().request_repaint();
        }
        self.report_hover(cx, output.inner);
    }

    /// Says what the pointer is over, and takes back only what this panel itself has said.
    fn report_hover(&mut self, cx: &PanelContext<'_>, hover: Option<Target>) {
        if hover.is_some() {
            cx.hover(hover);
        } else if self.hovers.is_some() && cx.view.hover == self.hovers {
            cx.hover(None);
        }
        self.hovers = hover;
    }
}

fn nothing_to_read(ui: &mut Ui, cx: &PanelContext<'_>) {
    let (title, hint) = if cx.is_opening && cx.store.sources().is_empty() {
        ("", "")
    } else if cx.store.sources().is_empty() {
        (
            "Nothing is open",
            "Drop a text on the window, open one with Ctrl+O or paste one with Ctrl+V: its places and dates will be on the map and the timeline.",
        )
    } else {
        (
            "No text comes with these events",
            "The file names no document. Its events are on the map, on the timeline and in the list.",
        )
    };
    placeholder(ui, cx, title, hint);
}

/// Words in the middle of an empty page.
fn placeholder(ui: &mut Ui, cx: &PanelContext<'_>, title: &str, hint: &str) {
    let rect = ui.available_rect_before_wrap();
    ui.allocate_rect(rect, Sense::hover());
    let column = Rect::from_center_size(rect.center(), vec2((rect.width() - 48.0).min(380.0), 120.0));
    ui.scope_builder(UiBuilder::new().max_rect(column), |ui| {
        ui.vertical_centered(|ui| {
            ui.label(
                egui::RichText::new(title).font(theme::serif_semibold(size::HEADING)).color(cx.palette.ink),
            );
            ui.add_space(8.0);
            ui.label(egui::RichText::new(hint).font(theme::sans(size::BODY)).color(cx.palette.ink_soft));
        });
    });
}
