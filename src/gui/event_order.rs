//! Pointer and keys of one frame, handled in the order they came. Widgets look at the pointer while
//! they are drawn and at keys before or after that, so a frame takes either: what came behind waits
//! for the next frame.

use egui::{Context, Event, Plugin, RawInput, Ui};

/// Hands out a frame's events up to where pointer and keys alternate.
#[derive(Debug, Default)]
pub(crate) struct EventOrder {
    waiting: Vec<Event>,
}

impl EventOrder {
    /// Takes events to hand out with the next frame, before what is waiting already.
    pub(crate) fn hold(&mut self, mut events: Vec<Event>) {
        events.append(&mut self.waiting);
        self.waiting = events;
    }
}

impl Plugin for EventOrder {
    fn debug_name(&self) -> &'static str {
        "event order"
    }

    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        let mut events = std::mem::take(&mut self.waiting);
        events.append(&mut input.events);
        self.waiting = events.split_off(handled_together(&events));
        input.events = events;
    }

    fn on_begin_pass(&mut self, ui: &mut Ui) {
        if !self.waiting.is_empty() {
            ui.ctx().request_repaint();
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Press,
    Release,
    Keys,
    /// Changes nothing by itself.
    Neither,
}

fn source(event: &Event) -> Source {
    match event {
        Event::PointerButton { pressed: true, .. } => Source::Press,
        Event::PointerButton { pressed: false, .. } | Event::AccessKitActionRequest(_) => {
            Source::Release
        }
        Event::Key { pressed: true, .. }
        | Event::Text(_)
        | Event::Copy
        | Event::Cut
        | Event::Paste(_)
        | Event::Ime(_) => Source::Keys,
        _ => Source::Neither,
    }
}

/// How many of the events come before the first that has to wait: keys behind the pointer, the
/// pointer behind keys, a press behind a release.
fn handled_together(events: &[Event]) -> usize {
    let (mut pointer, mut released, mut keys) = (false, false, false);
    for (n, event) in events.iter().enumerate() {
        let source = source(event);
        let waits = match source {
            Source::Press => keys || released,
            Source::Release => keys,
            Source::Keys => pointer,
            Source::Neither => false,
        };
        if waits {
            return n;
        }
        pointer |= source == Source::Press || source == Source::Release;
        released |= source == Source::Release;
        keys |= source == Source::Keys;
    }
    events.len()
}

#[cfg(test)]
mod tests {
    use egui::{Key, Modifiers, PointerButton, Pos2};

    use super::*;

    fn button(pressed: bool) -> Event {
        Event::PointerButton {
            pos: Pos2::ZERO,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        }
    }

    fn key(pressed: bool) -> Event {
        Event::Key {
            key: Key::Q,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    fn frames(mut events: Vec<Event>) -> Vec<usize> {
        let mut lengths = Vec::new();
        while !events.is_empty() {
            let len = handled_together(&events);
            lengths.push(len);
            events = events.split_off(len);
        }
        lengths
    }

    #[test]
    fn keys_and_pointer_take_turns() {
        let text = || Event::Text("q".to_owned());
        let moved = || Event::PointerMoved(Pos2::ZERO);
        let click_then_key = vec![moved(), button(true), button(false), key(true), text()];
        assert_eq!(frames(click_then_key), [3, 2]);
        let key_then_click = vec![key(true), text(), key(false), moved(), button(true)];
        assert_eq!(frames(key_then_click), [4, 1]);
        let key_during_a_drag = vec![button(true), moved(), key(true), key(false), button(false)];
        assert_eq!(frames(key_during_a_drag), [2, 2, 1]);
        let two_clicks = vec![button(true), button(false), button(true), button(false)];
        assert_eq!(frames(two_clicks), [2, 2]);
        let typing = vec![key(true), text(), key(false), key(true), text()];
        assert_eq!(frames(typing), [5]);
    }
}
