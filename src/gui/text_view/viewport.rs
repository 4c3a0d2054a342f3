//! Where the view is in the article: laying out what is in view, after all that moves it, and the bar
//! beside it.

use egui::{Rect, Response, Ui};

use super::blocks::Blocks;
use super::heights::Anchor;
use super::hit::Page;
use super::pointer::Pointer;
use super::reveal::{self, Revealed, Room};
use super::scroll_bar::{self, Extent};
use super::typeset::Typesetter;
use super::typography::Typography;
use super::{TextView, ViewInput, overview, scrolling};
use crate::model::{Annotation, AnnotationId, Target};
use crate::ops::OpenDocument;
use crate::text::TextRange;

impl TextView {
    /// Where something else than the find bar takes room, in points, the current tag and the caret stay
    /// in view if they were.
    pub(super) fn make_room(&mut self, open: &OpenDocument, height: f32) {
        if height + 0.5 < self.room && self.revealed.is_none() {
            self.revealed = self.kept_in_view(open);
        }
    }

    /// What is in view and stays there while the view changes.
    fn kept_in_view(&self, open: &OpenDocument) -> Option<Revealed> {
        let caret = TextRange::empty(open.selection().head);
        match open.current_tag().filter(|_| self.tag_end_shown) {
            Some(tag) => Some(Revealed::judged(open, tag)),
            None => self.caret_bottom.map(|_| Revealed::range(caret, Room::Row)),
        }
    }

    /// Lays out what is in view, after all that moves it.
    pub(super) fn lay_out(
        &mut self,
        ui: &Ui,
        input: &ViewInput<'_>,
        view: Rect,
        response: &Response,
    ) -> Page {
        let source = input.open.document().source();
        if !self.blocks.are_of(source) {
            let another = self.blocks.len() > 0;
            self.blocks = Blocks::new(source);
            self.typography = None;
            self.goal = None;
            if another {
                self.anchor = Anchor::default();
                self.pointer = Pointer::default();
            }
        }
        let typography =
            Typography::new(ui.ctx(), input.zoom, view.width(), input.colleagues.len());
        let typesetter = Typesetter {
            ctx: ui.ctx(),
            source,
            blocks: &self.blocks,
            typography: &typography,
        };
        let mut wanted = self.wanted.take();
        if self.typography.as_ref() != Some(&typography) {
            self.heights = self.blocks.estimates(&typography);
            if self.typography.is_some() {
                // Set again, the same words stay at the top.
                wanted = wanted.or(self.pinned).or(Some(self.position));
                self.pinned = wanted;
                // So do the current tag and the caret, as far as they have to.
                if self.revealed.is_none() {
                    self.revealed = self.kept_in_view(input.open);
                }
            }
        }
        if let Some(position) = wanted {
            self.anchor = scrolling::anchor_of(&typesetter, position);
        }
        if let Some(revealed) = self.revealed.take() {
            self.pinned = None;
            self.anchor = reveal::revealing(
                &typesetter,
                &mut self.heights,
                self.anchor,
                revealed,
                (view.height(), self.caret_bottom),
            );
        }
        let scrolled = scrolling::scrolled(ui, response);
        self.anchor.offset += scrolled;
        if scrolled != 0.0 {
            self.pinned = None;
        }
        let left = scrolling::column_left(view, typography.width);
        let room = (view, input.find_bar);
        let mut page =
            scrolling::page(&typesetter, &mut self.heights, &mut self.anchor, room, left);
        let dt = ui.input(|input| input.stable_dt).min(0.1);
        let pull = self.pointer.pull(&page, dt);
        if pull != 0.0 {
            self.anchor.offset += pull;
            self.pinned = None;
            page = scrolling::page(&typesetter, &mut self.heights, &mut self.anchor, room, left);
            ui.ctx().request_repaint();
        }
        self.position = scrolling::position_of(&page);
        self.height = view.height();
        self.room = view.height() + input.find_bar;
        let shown = |place| {
            let row: Option<Rect> = page.caret(place);
            row.filter(|row| view.y_range().contains(row.center().y))
        };
        let caret = shown(input.open.selection().head);
        self.caret_bottom = caret.map(|row| row.bottom() - view.top());
        let tag = input.open.current_tag();
        self.tag_end_shown = tag.is_some_and(|tag| shown(tag.fragments.hull().end()).is_some());
        self.hidden_mention = tag.and_then(|tag| hidden_mention(input.open, tag, &page));
        self.typography = Some(typography);
        page
    }

    /// The bar and the overview, and where they lead.
    pub(super) fn scroll_bar_ui(&mut self, ui: &Ui, area: Rect, input: &ViewInput<'_>) {
        let mut bar = area;
        bar.min.x = area.right() - scroll_bar::WIDTH;
        let shown = f64::from(area.height());
        let article = self.heights.total();
        let below = if article <= shown {
            0.0
        } else {
            let whole = scrolling::empty_below(area.height() + input.find_bar);
            f64::from((whole - input.find_bar).max(0.0))
        };
        let extent = Extent {
            top: self.heights.top(self.anchor.block) + f64::from(self.anchor.offset),
            shown,
            total: article + below,
        };
        if extent.is_scrolled() {
            let map = overview::Map {
                blocks: &self.blocks,
                heights: &self.heights,
                area: bar.with_min_x(bar.left() - overview::WIDTH),
                total: extent.total,
            };
            map.paint(&ui.painter_at(map.area), input);
        }
        let id = Self::id().with("scroll bar");
        if let Some(top) = self.bar.bar_ui(ui, id, bar, extent, input.theme) {
            self.anchor = self.heights.at(top);
            self.pinned = None;
            ui.ctx().request_repaint();
        }
    }
}

/// The speaker that is proposed for a tag: what a yes would confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proposal {
    tag: AnnotationId,
    speaker: Target,
}

impl Proposal {
    /// For the tag whose candidates are shown, else for the current one.
    pub(super) fn of(open: &OpenDocument) -> Option<Self> {
        let chips = open.chips().map(|chips| &chips.tag);
        let tag = chips.or(open.current_tag().map(|tag| &tag.id))?;
        let mut links = open.shown().set().links_from(tag);
        let link = links.find(|link| !link.confirmed)?;
        Some(Self {
            tag: tag.clone(),
            speaker: link.to.clone(),
        })
    }
}

/// The first unconfirmed mention a tag is linked to that is not in view as a whole row.
fn hidden_mention(open: &OpenDocument, tag: &Annotation, page: &Page) -> Option<AnnotationId> {
    let set = open.shown().set();
    let mut proposed = set.links_from(&tag.id).filter(|link| !link.confirmed);
    proposed.find_map(|link| match &link.to {
        Target::Annotation(id) => {
            let start = set.annotation(id)?.fragments.start();
            let rows = page.view.y_range().expand(1.0);
            let row = page.caret(start);
            let whole =
                row.is_some_and(|row| rows.contains(row.top()) && rows.contains(row.bottom()));
            (!whole).then(|| id.clone())
        }
        Target::Person(_) | Target::NotGiven => None,
    })
}
