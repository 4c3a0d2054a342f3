//! How large a panel is: what someone has drawn it to, as far as the window has room, and that again
//! once it has.

use egui::{Rangef, Ui};

/// The size of a panel that can be drawn larger and smaller, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct PanelSize {
    wanted: f32,
    /// Whether someone has drawn it to that size.
    drawn: bool,
    /// What its contents need, as far as there is room that nothing else uses.
    needed: f32,
}

/// So much a panel may differ from the size it is held to, in points: then its edge can be taken
/// hold of.
const HELD: f32 = 0.01;
/// A panel that differs by more than twice this from its size, in points, was drawn.
const SLACK: f32 = 1.0;

impl PanelSize {
    pub(super) fn new(wanted: f32) -> Self {
        Self {
            wanted,
            drawn: false,
            needed: 0.0,
        }
    }

    /// What it was drawn to last, in points.
    pub(super) fn wanted(self) -> f32 {
        self.wanted
    }

    /// What its contents need, in points: it is that large at least until someone draws it to a size.
    pub(super) fn fit(&mut self, needed: f32) {
        self.needed = needed;
    }

    fn size(self) -> f32 {
        if self.drawn {
            self.wanted
        } else {
            self.wanted.max(self.needed)
        }
    }

    /// The sizes the panel may take in this frame, between `least` and `most`: any while its edge may
    /// be drawn, else the wanted one.
    pub(super) fn range(self, ui: &Ui, least: f32, most: f32) -> Rangef {
        let most = most.max(least);
        if may_draw(ui) {
            return Rangef::new(least, most);
        }
        let size = self.size().clamp(least, most);
        Rangef::new((size - HELD).max(least), (size + HELD).min(most))
    }

    /// Takes over the size someone has drawn the panel to.
    pub(super) fn keep(&mut self, ui: &Ui, shown: f32, least: f32, most: f32) {
        let held = self.size().clamp(least, most.max(least));
        if may_draw(ui) && (shown - held).abs() > 2.0 * SLACK {
            self.wanted = shown;
            self.drawn = true;
        }
    }
}

fn may_draw(ui: &Ui) -> bool {
    ui.input(|input| input.pointer.any_down() || input.pointer.any_released())
}
