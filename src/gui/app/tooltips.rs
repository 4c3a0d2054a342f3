//! When tooltips are shown: while the pointer points at something and nothing else is going on.

use egui::{Context, Event, Modifiers, MouseWheelSource, MouseWheelUnit};
use egui::{Plugin, RawInput, TouchPhase, Vec2};

/// Turns the wheel by nothing when the window opens. Tooltips that are open go only while the delay
/// since the last turn is not over, and without any turn there is none.
#[derive(Debug, Default)]
pub(super) struct FirstTurn {
    done: bool,
}

impl Plugin for FirstTurn {
    fn debug_name(&self) -> &'static str {
        "first turn of the wheel"
    }

    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        if !std::mem::replace(&mut self.done, true) {
            input.events.push(Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: Vec2::ZERO,
                phase: TouchPhase::Move,
                source: MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            });
        }
    }
}

/// Whether tooltips are shown.
#[derive(Debug, Default)]
pub(super) struct Tooltips {
    /// A key was pressed since the pointer moved: who works with keys does not point.
    gone: bool,
    /// The usual delay, in seconds, while there are none.
    usual: Option<f32>,
}

impl Tooltips {
    /// Before what may have tooltips is drawn: they go with the first key, and nothing below an open
    /// dialog has one.
    pub(super) fn begin(&mut self, context: &Context, below_dialog: bool) {
        context.input(|input| {
            for event in &input.events {
                match event {
                    Event::PointerMoved(_) => self.gone = false,
                    Event::Key { pressed: true, .. } | Event::Text(_) | Event::Copy => {
                        self.gone = true;
                    }
                    _ => {}
                }
            }
        });
        self.set(context, self.gone || below_dialog);
    }

    /// A key was taken out of the events and handled.
    pub(super) fn key_handled(&mut self) {
        self.gone = true;
    }

    /// Before a dialog is drawn, whose own tooltips are shown.
    pub(super) fn in_dialog(&mut self, context: &Context) {
        self.set(context, self.gone);
    }

    fn set(&mut self, context: &Context, none: bool) {
        if none == self.usual.is_some() {
            return;
        }
        let delay = match self.usual.take() {
            Some(usual) => usual,
            None => {
                self.usual = Some(context.global_style().interaction.tooltip_delay);
                f32::INFINITY
            }
        };
        context.all_styles_mut(|style| style.interaction.tooltip_delay = delay);
    }
}
