//! Where in the window a dialog goes.

use egui::{Context, Rect};

/// Where a dialog goes, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SheetPlace {
    pub(super) top: f32,
    /// Height for what is below its title; more is scrolled.
    pub(super) room: f32,
}

/// Above and below a dialog's contents: its title and frame, and white, in points.
const AROUND_CONTENTS: f32 = 80.0;
/// Room that is enough for a field and a few rows, in points.
const ENOUGH: f32 = 150.0;
/// The same for a field and a button.
const LEAST: f32 = 100.0;

impl SheetPlace {
    pub(super) fn at_top(context: &Context) -> Self {
        let screen = context.content_rect();
        let top = (screen.height() * 0.1).clamp(12.0, 80.0);
        Self {
            top,
            room: screen.height() - top - AROUND_CONTENTS,
        }
    }

    /// Below what the dialog is about, or above it, so that it covers none of it, if there is room.
    pub(super) fn clear_of(context: &Context, about: Option<Rect>) -> Self {
        let usual = Self::at_top(context);
        let Some(about) = about else {
            return usual;
        };
        let screen = context.content_rect();
        let below = Self {
            top: about.bottom() - screen.top() + 10.0,
            room: screen.bottom() - about.bottom() - AROUND_CONTENTS,
        };
        let top = 12.0;
        let above = Self {
            top,
            room: about.top() - screen.top() - top - AROUND_CONTENTS,
        };
        if below.room >= ENOUGH || below.room >= above.room && below.room >= ENOUGH / 2.0 {
            below
        } else if above.room >= ENOUGH / 2.0 {
            above
        } else {
            // At the edge of the window where it covers less.
            let height = LEAST + AROUND_CONTENTS;
            let lowest = screen.height() - height - top;
            let covered = (screen.top() + usual.top + height - about.top()).max(0.0);
            let at_bottom = Self {
                top: lowest,
                room: LEAST,
            };
            if lowest > usual.top && about.bottom() - screen.top() - lowest < covered {
                at_bottom
            } else {
                usual
            }
        }
    }
}
