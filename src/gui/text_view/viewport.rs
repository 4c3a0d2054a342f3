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
    /// Where the strip of chips takes room, in points, the caret stays in view if it was.
    pub(super) fn make_room(&mut self, open: &OpenDocument, strip: f32) {
        let lower = std::mem::replace(&mut self.strip, strip) + 0.5 < strip;
        if lower && self.revealed.is_none() && self.caret_shown {
            self.reveal(TextRange::empty(open.selection().head));
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
                // So does the caret, as far as it has to.
                if self.caret_shown && self.revealed.is_none() {
                    let range = TextRange::empty(input.open.selection().head);
                    self.revealed = Some(Revealed {
                        range,
                        ahead: false,
                    });
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
        let caret = page.caret(input.open.selection().head);
        self.caret_shown = caret.is_some_and(|caret| view.y_range().contains(caret.center().y));
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
