//! Where the view is in the article: laying out what is in view, after all that moves it, and the bar
//! beside it.

use egui::{Rect, Response, Ui};

use super::blocks::Blocks;
use super::heights::Anchor;
use super::hit::Page;
use super::pointer::Pointer;
use super::scroll_bar::{self, Extent};
use super::typeset::Typesetter;
use super::typography::Typography;
use super::{Revealed, TextView, ViewInput, overview, scrolling};
use crate::ops::OpenDocument;
use crate::text::TextRange;

impl TextView {
    /// Where something else takes room, in points, the current tag and the caret stay in view if they
    /// were.
    pub(super) fn make_room(&mut self, open: &OpenDocument, height: f32) {
        if height + 0.5 < self.height && self.revealed.is_none() {
            self.revealed = self.kept_in_view(open);
        }
    }

    /// What is in view and stays there while the view changes.
    fn kept_in_view(&self, open: &OpenDocument) -> Option<Revealed> {
        let tag = open.current_tag().filter(|_| self.tag_end_shown);
        let caret = || TextRange::empty(open.selection().head);
        let range = match tag {
            Some(tag) => Some(tag.fragments.hull()),
            None => self.caret_shown.then(caret),
        };
        let ahead = false;
        range.map(|range| Revealed { range, ahead })
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
        let typography = Typography::new(ui.ctx(), input.zoom, view.width());
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
            let height = view.height();
            self.anchor = scrolling::revealing(
                &typesetter,
                &mut self.heights,
                self.anchor,
                revealed,
                height,
            );
        }
        let scrolled = scrolling::scrolled(ui, response);
        self.anchor.offset += scrolled;
        if scrolled != 0.0 {
            self.pinned = None;
        }
        let left = scrolling::column_left(view, typography.width);
        let mut page =
            scrolling::page(&typesetter, &mut self.heights, &mut self.anchor, view, left);
        let dt = ui.input(|input| input.stable_dt).min(0.1);
        let pull = self.pointer.pull(&page, dt);
        if pull != 0.0 {
            self.anchor.offset += pull;
            self.pinned = None;
            page = scrolling::page(&typesetter, &mut self.heights, &mut self.anchor, view, left);
            ui.ctx().request_repaint();
        }
        self.position = scrolling::position_of(&page);
        self.height = view.height();
        let is_shown = |place| {
            let row = page.caret(place);
            row.is_some_and(|row| view.y_range().contains(row.center().y))
        };
        self.caret_shown = is_shown(input.open.selection().head);
        let tag = input.open.current_tag();
        self.tag_end_shown = tag.is_some_and(|tag| is_shown(tag.fragments.hull().end()));
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
            f64::from(scrolling::empty_below(area.height()))
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
