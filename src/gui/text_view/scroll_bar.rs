//! The scroll bar: egui's own counts the whole article in f32, which is too coarse for a long one.

use egui::{CornerRadius, Id, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::gui::theme::Theme;

/// Width of the area the bar may be grabbed in, in points.
pub(super) const WIDTH: f32 = 14.0;
const THUMB: f32 = 6.0;
const SHORTEST_THUMB: f32 = 28.0;

/// Where the article is behind the view, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    /// What is scrolled out above.
    pub(super) top: f64,
    /// What is in view.
    pub(super) shown: f64,
    /// All of it.
    pub(super) total: f64,
}

impl Extent {
    /// Whether something is out of view.
    pub(super) fn is_scrolled(&self) -> bool {
        self.total - self.shown >= 1.0
    }
}

/// The bar, and how the thumb is being held.
#[derive(Debug, Default)]
pub(super) struct ScrollBar {
    /// From the thumb's top to the pointer.
    grip: Option<f32>,
    /// Where the pointer was when it last moved the thumb: a still pointer moves nothing.
    heeded: Option<f32>,
}

impl ScrollBar {
    /// Shows the bar; where the person wants the top of the view, if anywhere else.
    pub(super) fn bar_ui(
        &mut self,
        ui: &Ui,
        id: Id,
        area: Rect,
        extent: Extent,
        theme: &Theme,
    ) -> Option<f64> {
        let hidden = extent.total - extent.shown;
        if !extent.is_scrolled() {
            return None;
        }
        let height = f64::from(area.height());
        let least = f64::from(SHORTEST_THUMB).min(height);
        let thumb_height = (extent.shown / extent.total * height).clamp(least, height);
        let play = height - thumb_height;
        let above = (extent.top / hidden).clamp(0.0, 1.0) * play;
        let thumb = Rect::from_min_size(
            area.min + vec2((WIDTH - THUMB) / 2.0, points(above)),
            vec2(THUMB, points(thumb_height)),
        );
        let response = ui.interact(area, id, Sense::drag());
        response.widget_info(|| WidgetInfo {
            value: Some((extent.top / hidden * 100.0).round()),
            ..WidgetInfo::labeled(Role::ScrollBar, true, "Scroll the article")
        });
        let press = response.is_pointer_button_down_on() || response.dragged();
        let color = if press || response.hovered() {
            theme.muted
        } else {
            theme.muted.gamma_multiply(0.45)
        };
        ui.painter()
            .rect_filled(thumb, CornerRadius::same(3), color);
        let pointer = ui.input(|input| input.pointer.interact_pos());
        let started = response.drag_started() || (press && self.grip.is_none());
        if let (true, Some(at)) = (started, pointer) {
            let within = thumb.y_range().contains(at.y);
            self.grip = Some(if within {
                at.y - thumb.top()
            } else {
                thumb.height() / 2.0
            });
        }
        let wanted = match (self.grip, pointer) {
            (Some(grip), Some(at))
                if (press || response.drag_stopped()) && self.heeded != Some(at.y) =>
            {
                self.heeded = Some(at.y);
                let top = f64::from(at.y - grip - area.top());
                Some((top / play.max(1.0)).clamp(0.0, 1.0) * hidden)
            }
            _ => None,
        };
        if !press {
            self.grip = None;
            self.heeded = None;
        }
        wanted
    }
}

/// A length on the screen; screens are far shorter than f32 is exact.
#[allow(clippy::cast_possible_truncation, reason = "a length on the screen")]
fn points(length: f64) -> f32 {
    length as f32
}
