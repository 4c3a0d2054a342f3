//! What a pointer and fast fingers do in the window.

use egui::Event;

use super::Window;

impl Window {
    /// Events that arrive within one frame.
    pub(in crate::gui) fn in_one_frame(&mut self, events: Vec<Event>) {
        self.harness.input_mut().events.extend(events);
        self.harness.step();
        self.settle();
    }

    /// Draws so many frames; the events come in the first.
    pub(in crate::gui) fn frames(&mut self, events: Vec<Event>, number: usize) {
        self.harness.input_mut().events.extend(events);
        self.harness.run_steps(number);
    }

    /// The pointer comes to rest at a place.
    pub(in crate::gui) fn point_at(&mut self, place: egui::Pos2) {
        self.harness.hover_at(place);
        self.harness.run_steps(60);
    }

    /// Presses and releases the button of the pointer at a place.
    pub(in crate::gui) fn click_at(&mut self, place: egui::Pos2) {
        self.point_at(place);
        for pressed in [true, false] {
            self.in_one_frame(vec![Event::PointerButton {
                pos: place,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: egui::Modifiers::NONE,
            }]);
        }
        self.settle();
    }

    /// Turns the wheel by so many points, down if negative.
    pub(in crate::gui) fn wheel(&mut self, points: f32) {
        self.in_one_frame(vec![Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, points),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::NONE,
        }]);
        self.settle();
    }

    /// What the window system was told about the selection because of events within one frame.
    pub(in crate::gui) fn told_by(&mut self, events: Vec<Event>) -> Vec<String> {
        let mut told = Vec::new();
        self.harness.input_mut().events.extend(events);
        for _ in 0..6 {
            self.harness.step();
            let commands = &self.harness.output().platform_output.commands;
            told.extend(commands.iter().filter_map(|command| match command {
                egui::OutputCommand::TextSelectionSettled(words) => Some(words.clone()),
                _ => None,
            }));
        }
        told
    }

    /// Types letters, one in each frame.
    pub(in crate::gui) fn type_fast(&mut self, letters: &str) {
        for letter in letters.chars() {
            let key = egui::Key::from_name(&letter.to_uppercase().to_string()).unwrap();
            let text = Event::Text(letter.to_string());
            let events = [
                super::key_event(key, true),
                text,
                super::key_event(key, false),
            ];
            self.harness.input_mut().events.extend(events);
            self.harness.step();
        }
        self.settle();
    }
}
