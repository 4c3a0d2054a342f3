//! How the window closes.

use std::sync::atomic::Ordering;

use egui::Event;

use super::Window;

impl Window {
    /// Types, and closes the window in the same frame. Returns whether it closes at once.
    pub(in crate::gui) fn type_and_close(&mut self, text: &str) -> bool {
        self.harness
            .input_mut()
            .events
            .push(Event::Text(text.to_owned()));
        self.ask_to_close()
    }

    /// Whether the window closes with the frame of this key.
    pub(in crate::gui) fn closes_with(&mut self, key: egui::Key) -> bool {
        let press = super::key_event(key, true);
        self.harness.input_mut().events.push(press);
        self.closes()
    }

    /// Asks the window to close, and returns its answer.
    pub(in crate::gui) fn ask_to_close(&mut self) -> bool {
        let viewport = egui::ViewportId::ROOT;
        let input = self.harness.input_mut();
        if let Some(info) = input.viewports.get_mut(&viewport) {
            info.events.push(egui::ViewportEvent::Close);
        }
        self.harness.step();
        let stays = self
            .commands()
            .contains(&egui::ViewportCommand::CancelClose);
        if let Some(info) = self.harness.input_mut().viewports.get_mut(&viewport) {
            info.events.clear();
        }
        !stays
    }

    /// The system asks the program to end, as at a logout. Returns whether the window closes.
    pub(in crate::gui) fn end_session(mut self) -> bool {
        self.session_ends.store(true, Ordering::Relaxed);
        self.ask_to_close() || (0..100).any(|_| self.closes())
    }

    /// Whether the window closes within the next frame.
    pub(in crate::gui) fn closes(&mut self) -> bool {
        self.harness.step();
        self.commands().contains(&egui::ViewportCommand::Close)
    }
}
