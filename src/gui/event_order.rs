//! Pointer and keys of one frame, handled in the order they came. Widgets look at the pointer while
//! they are drawn and at keys before or after that, so a frame takes either: what came behind waits
//! for the next frame. So does what came behind a key that may close a field or move the focus.

use std::collections::HashSet;

use egui::{Context, Event, Key, Plugin, RawInput, Ui};

/// Hands out a frame's events up to where pointer and keys alternate, or to where keys may go
/// elsewhere.
#[derive(Debug, Default)]
pub(crate) struct EventOrder {
    waiting: Vec<Event>,
    /// Whether keys go to the article, which takes several in one frame in their order.
    reading: bool,
}

impl EventOrder {
    /// Whether keys go to the article at the end of a frame; else to a field, a dialog or a menu.
    pub(crate) fn set_reading(&mut self, reading: bool) {
        self.reading = reading;
    }

    /// Whether events wait for the next frame.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

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

    fn input_hook(&mut self, context: &Context, input: &mut RawInput) {
        let mut events = std::mem::take(&mut self.waiting);
        events.append(&mut input.events);
        if events.is_empty() {
            return;
        }
        let target = if self.reading {
            Target::Article
        } else {
            match context.text_edit_focused() {
                true => Target::Field,
                false => Target::Other,
            }
        };
        let down = context.input(|input| input.keys_down.iter().copied().collect());
        self.waiting = events.split_off(handled_together(&events, target, down));
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

/// Where keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Article,
    /// One types there.
    Field,
    /// A button, a row, a menu.
    Other,
}

/// Whether a key may close what has the keys or lead away from there.
fn leads_away(key: Key, target: Target) -> bool {
    match key {
        Key::Enter | Key::Escape | Key::Tab | Key::ArrowUp | Key::ArrowDown => {
            target != Target::Article
        }
        Key::Space | Key::ArrowLeft | Key::ArrowRight => target == Target::Other,
        _ => false,
    }
}

/// How many of the events come before the first that has to wait: keys behind the pointer, the
/// pointer behind keys, a press behind a release, what is typed before and behind a key that leads
/// away. `down`: the keys that are held down already, whose repetitions lead nowhere.
fn handled_together(events: &[Event], target: Target, mut down: HashSet<Key>) -> usize {
    let (mut pointer, mut released, mut keys) = (false, false, false);
    // The last key led away; the text it sends belongs to it.
    let mut left = None;
    for (n, event) in events.iter().enumerate() {
        let source = source(event);
        let (leads, repeats) = match event {
            Event::Key {
                key, pressed: true, ..
            } => {
                let first = down.insert(*key);
                (first && leads_away(*key, target), !first)
            }
            Event::Key { key, .. } => {
                down.remove(key);
                (false, false)
            }
            _ => (false, false),
        };
        let is_its_text = |key| {
            let text = matches!(event, Event::Text(_));
            text && key == Key::Space && n.checked_sub(1) == left.map(|(at, _)| at)
        };
        let waits = match source {
            Source::Press => keys || released,
            Source::Release => keys,
            Source::Keys => {
                let behind = !repeats && left.is_some_and(|(_, key)| !is_its_text(key));
                pointer || behind || leads && keys
            }
            Source::Neither => false,
        };
        if waits {
            return n;
        }
        if let (true, Event::Key { key, .. }) = (leads, event) {
            left = Some((n, *key));
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
        press(Key::Q, pressed)
    }

    fn press(key: Key, pressed: bool) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    fn frames(events: Vec<Event>) -> Vec<usize> {
        frames_of(events, Target::Article)
    }

    fn frames_of(mut events: Vec<Event>, target: Target) -> Vec<usize> {
        let mut lengths = Vec::new();
        while !events.is_empty() {
            let len = handled_together(&events, target, HashSet::new());
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

    #[test]
    fn a_key_that_may_close_a_field_has_a_frame_of_its_own() {
        let text = || Event::Text("q".to_owned());
        let enter = |pressed| press(Key::Enter, pressed);
        let typed = || {
            vec![
                key(true),
                text(),
                enter(true),
                enter(false),
                key(true),
                text(),
            ]
        };
        assert_eq!(frames(typed()), [6]);
        assert_eq!(frames_of(typed(), Target::Field), [2, 2, 2]);
        let down = || press(Key::ArrowDown, true);
        let held = vec![down(), down(), down()];
        assert_eq!(frames_of(held, Target::Field), [3], "a key held down");
        let space = || vec![press(Key::Space, true), Event::Text(" ".to_owned()), text()];
        assert_eq!(frames_of(space(), Target::Field), [3]);
        assert_eq!(frames_of(space(), Target::Other), [2, 1]);
    }
}
