//! From the frame's events to commands.

use egui::{Context, Event, Key};

use super::App;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::dialog::Dialog;
use crate::gui::event_order::EventOrder;
use crate::gui::find::find_field_id;
use crate::gui::folder_search::search_field_id;
use crate::gui::key_events::{KeyboardLayout, PressAt, presses};
use crate::gui::page::Page;
use crate::gui::panel::{FilesPanel, Inspector, filter_field_id};
use crate::gui::text_view::TextView;
use crate::ops::keymap::{self, Press};
use crate::ops::ui_command::{Meaning, UiCommand};

/// What is known about the keyboard from one frame to the next.
#[derive(Debug, Default)]
pub(super) struct Keyboard {
    layout: KeyboardLayout,
    held: Option<HeldKey>,
    /// For how many frames keys have been waiting for their field.
    waited: u8,
    /// Until when letters mean nothing to the article, in seconds of the window's clock.
    ignores_until: f64,
}

/// Letters that follow one that answered a dialog within this time, in seconds, belong to it.
const REST_OF_A_WORD: f64 = 0.4;

impl Keyboard {
    /// Letters typed from now on, one after the other, mean nothing to the article.
    pub(super) fn ignore_letters(&mut self, context: &Context) {
        self.ignores_until = context.input(|input| input.time) + REST_OF_A_WORD;
    }

    fn ignores(&self, context: &Context, at: &PressAt) -> bool {
        let plain = |input: &egui::InputState| {
            input.time < self.ignores_until
                && !input.modifiers.alt
                && !input.modifiers.command
                && !input.modifiers.ctrl
        };
        let is_letter = at.key.is_none_or(|key| key.name().chars().count() == 1);
        is_letter && context.input(plain)
    }
}

/// Keys wait no longer than this many frames for a field.
const PATIENCE: u8 = 4;

/// The key that was pressed last, as long as it is held down.
#[derive(Debug)]
struct HeldKey {
    key: Key,
    place: Place,
    /// What it meant.
    command: Option<UiCommand>,
}

/// Where keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    /// Which dialog is open.
    dialog: Option<u64>,
    /// Whether to the article; else to a field, a panel or a menu.
    reading: bool,
}

/// What becomes of a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Handling {
    /// It does this.
    Run(UiCommand),
    /// It means nothing here and goes to the field or button that has the keys.
    PassOn,
    /// It is a repetition of a press that was for something else, or is done once.
    Drop,
}

impl App {
    /// Takes the keys that mean something here out of the events and queues their commands,
    /// in order.
    pub(super) fn handle_keys(&mut self, context: &Context) {
        let events = context.input(|input| input.events.clone());
        if self.waits_for_field(&events) {
            hold_keys(context, events);
            return;
        }
        self.keyboard.layout.learn(&events);
        let mut taken = vec![false; events.len()];
        let mut rest = events.len();
        for at in presses(&events, self.keyboard.layout) {
            let place = self.place(context);
            let command = match self.handling(context, &at) {
                Handling::Run(command) => command,
                Handling::PassOn => continue,
                Handling::Drop => {
                    mark(&mut taken, at);
                    continue;
                }
            };
            // What was typed before goes to its field before the command leads away from there.
            let before = events.iter().zip(&taken).take(at.from);
            if !place.reading
                && before
                    .clone()
                    .any(|(event, taken)| !taken && is_typing(event))
            {
                rest = at.from;
                break;
            }
            self.note_press(at, place, Some(command));
            self.queue.push_back(AppCommand::Ui(command));
            self.tooltips.key_handled();
            mark(&mut taken, at);
            // What the command does decides where the next key of this frame goes.
            self.carry_out_commands(context);
            // What opens gets the focus when it is drawn: what was typed behind is for it.
            let opens = match command.meaning() {
                Meaning::Window(_) => true,
                Meaning::TagAs(_)
                | Meaning::DragAs(_)
                | Meaning::Article(_)
                | Meaning::Layout { .. } => false,
            };
            if opens || self.place(context) != place {
                rest = at.to;
                break;
            }
        }
        if !self.services.mac {
            drop_text_of_alt(&events, &mut taken);
        }
        self.release(&events);
        let mut passed_on = Vec::with_capacity(events.len());
        // What comes before them decides where these go.
        let mut later = Vec::new();
        for (n, (event, taken)) in events.into_iter().zip(&taken).enumerate() {
            if *taken {
                continue;
            }
            if n >= rest && is_of_keyboard(&event) {
                later.push(event);
            } else {
                passed_on.push(event);
            }
        }
        if taken.contains(&true) || !later.is_empty() {
            context.input_mut(|input| input.events = passed_on);
        }
        hold(context, later);
    }

    /// Whether keys came before the field they are for was drawn.
    fn waits_for_field(&mut self, events: &[Event]) -> bool {
        let find = self.find.open && self.find.focus && self.workspace.current().is_some();
        let search = self.searching.search.open && self.searching.search.focus;
        let waits = (find || search || self.dialogs.is_undrawn())
            && self.keyboard.waited < PATIENCE
            && events.iter().any(is_of_keyboard);
        self.keyboard.waited = if waits { self.keyboard.waited + 1 } else { 0 };
        waits
    }

    fn handling(&mut self, context: &Context, at: &PressAt) -> Handling {
        let place = self.place(context);
        let first = match &self.keyboard.held {
            Some(held) if at.repeat && Some(held.key) == at.key => Some((held.place, held.command)),
            _ => None,
        };
        // A key that is held down stays with what it was pressed in.
        if first.is_some_and(|(first, _)| first != place) {
            return Handling::Drop;
        }
        if place.reading && self.keyboard.ignores(context, at) {
            self.keyboard.ignore_letters(context);
            return Handling::Drop;
        }
        let command = self.key_context(context).and_then(|here| {
            at.candidates().find_map(|press| {
                let command = self.keymap.command(here, press);
                command.or_else(|| self.past_field(context, here, press))
            })
        });
        // Elsewhere the key is that of a field or a dialog.
        let continues = self.page == Some(Page::Project) && !self.asks_something(context);
        let command = command.filter(|one| *one != UiCommand::ContinueQueue || continues);
        let Some(command) = command else {
            self.note_press(*at, place, None);
            return match first {
                Some((_, Some(_))) => Handling::Drop,
                Some((_, None)) | None => Handling::PassOn,
            };
        };
        if at.repeat && !command.repeats() {
            return Handling::Drop;
        }
        if place.dialog.is_some() && command.waits_for_dialog() {
            self.status = StatusMessage::refusal("close the dialog first");
            return Handling::Drop;
        }
        Handling::Run(command)
    }

    /// Whether a dialog or a menu is open.
    fn asks_something(&self, context: &Context) -> bool {
        self.dialogs.is_open() || egui::Popup::is_any_open(context)
    }

    /// Remembers where a key was pressed, for as long as it is held down.
    fn note_press(&mut self, at: PressAt, place: Place, command: Option<UiCommand>) {
        if let (Some(key), false) = (at.key, at.repeat) {
            self.keyboard.held = Some(HeldKey {
                key,
                place,
                command,
            });
        }
    }

    /// Forgets the held key where it is let go.
    fn release(&mut self, events: &[Event]) {
        let Some(held) = &self.keyboard.held else {
            return;
        };
        let pressed = held.key;
        let last = events.iter().rev().find_map(|event| match event {
            Event::Key {
                key, pressed: down, ..
            } if *key == pressed => Some(*down),
            _ => None,
        });
        if last == Some(false) {
            self.keyboard.held = None;
        }
    }

    fn place(&self, context: &Context) -> Place {
        Place {
            dialog: self.dialogs.serial(),
            reading: match self.key_context(context) {
                Some(
                    keymap::Context::Article
                    | keymap::Context::Candidates
                    | keymap::Context::Difference
                    | keymap::Context::Review
                    | keymap::Context::Correction,
                ) => true,
                Some(keymap::Context::Field | keymap::Context::Find | keymap::Context::Search)
                | None => false,
            },
        }
    }

    /// Where keys go now; `None`: a question waits for its answer.
    pub(super) fn key_context(&self, context: &Context) -> Option<keymap::Context> {
        match self.dialogs.shown() {
            Some(Dialog::Close) => return None,
            Some(_) => return Some(keymap::Context::Field),
            None => {}
        }
        if egui::Popup::is_any_open(context) {
            return Some(keymap::Context::Field);
        }
        // Escape has already taken the focus from a field, so it was meant for the field.
        let focused = context.memory(|memory| memory.focused()).or(self.focused);
        // The article is not there to be changed.
        if self.page.is_some() && focused != Some(search_field_id()) {
            return Some(keymap::Context::Field);
        }
        Some(match focused {
            Some(id) if id == find_field_id() => keymap::Context::Find,
            Some(id) if id == search_field_id() => keymap::Context::Search,
            None => self.reading_context(),
            Some(id) if id == TextView::id() => self.reading_context(),
            Some(_) => keymap::Context::Field,
        })
    }

    /// Undo and redo where the field that has the focus has nothing to take back: they are meant for
    /// the article then.
    fn past_field(
        &self,
        context: &Context,
        here: keymap::Context,
        press: Press,
    ) -> Option<UiCommand> {
        let in_field = match here {
            keymap::Context::Field | keymap::Context::Find | keymap::Context::Search => true,
            keymap::Context::Article
            | keymap::Context::Candidates
            | keymap::Context::Difference
            | keymap::Context::Review
            | keymap::Context::Correction => false,
        };
        if !in_field || self.asks_something(context) {
            return None;
        }
        let command = self.keymap.command(keymap::Context::Article, press)?;
        if command != UiCommand::Undo && command != UiCommand::Redo {
            return None;
        }
        let id = context.memory(|memory| memory.focused())?;
        let text = if id == find_field_id() {
            &self.find.query
        } else if id == search_field_id() {
            &self.searching.search.query
        } else if id == filter_field_id() {
            &self.tags.filter().containing
        } else if id == FilesPanel::focus_id() {
            &self.list.order.containing
        } else if id == Inspector::note_field_id() {
            self.inspector.note()
        } else {
            // Elsewhere, as on a button, nothing is typed.
            let field = egui::TextEdit::load_state(context, id);
            return field.is_none().then_some(command);
        };
        let other = |before: &str| before != text;
        let state = egui::TextEdit::load_state(context, id);
        let has_step = state.is_some_and(|state| {
            let range = state.cursor.char_range().unwrap_or_default();
            let now = (range, text.to_owned());
            let mut undoer = state.undoer();
            let step = if command == UiCommand::Undo {
                undoer.undo(&now)
            } else {
                undoer.redo(&now)
            };
            step.is_some_and(|(_, before)| other(before))
        });
        (text.is_empty() || !has_step).then_some(command)
    }

    fn reading_context(&self) -> keymap::Context {
        let open = self.workspace.current().map(|article| &article.open);
        open.map_or(keymap::Context::Article, keymap::Context::while_reading)
    }

    /// Where nothing else has the focus, the article has it; nor does what is not drawn keep it.
    pub(super) fn keep_focus(&mut self, context: &Context) {
        let focused = || context.memory(|memory| memory.focused());
        let asked = self.asks_something(context);
        let is_drawn = |id| context.read_response(id).is_some();
        if !asked
            && !focused().is_some_and(is_drawn)
            && let Some(article) = self.workspace.current()
        {
            match self.page {
                Some(_) => context.memory_mut(|memory| memory.request_focus(Page::focus_id())),
                None => article.view.request_focus(context),
            }
        }
        self.focused = focused();
        let reading = self.place(context).reading;
        context.with_plugin::<EventOrder, _>(|order| order.set_reading(reading));
    }
}

/// Leaves the keys among the events to the next frame.
fn hold_keys(context: &Context, events: Vec<Event>) {
    let (keys, others) = events.into_iter().partition(is_of_keyboard);
    context.input_mut(|input| input.events = others);
    hold(context, keys);
}

fn hold(context: &Context, events: Vec<Event>) {
    if events.is_empty() {
        return;
    }
    let with_release = |event: Event| release_of(&event).into_iter().chain([event]);
    let events = events.into_iter().flat_map(with_release).collect();
    context.with_plugin::<EventOrder, _>(|order| order.hold(events));
    context.request_repaint();
}

/// Some platforms send text behind Alt with a letter: a field must not take it. On macOS that is how
/// signs are typed.
fn drop_text_of_alt(events: &[Event], taken: &mut [bool]) {
    let pairs = events.iter().zip(events.iter().skip(1));
    for ((key, text), taken) in pairs.zip(taken.iter_mut().skip(1)) {
        let with_alt = matches!(
            key,
            Event::Key {
                pressed: true,
                modifiers,
                ..
            } if modifiers.alt && !modifiers.ctrl
        );
        *taken |= with_alt && matches!(text, Event::Text(_));
    }
}

fn mark(taken: &mut [bool], at: PressAt) {
    if let Some(events) = taken.get_mut(at.from..at.to) {
        events.fill(true);
    }
}

/// Whether a field would take it as text.
fn is_typing(event: &Event) -> bool {
    match event {
        Event::Text(_) | Event::Paste(_) | Event::Cut | Event::Ime(_) => true,
        Event::Key { key, pressed, .. } => {
            *pressed && matches!(key, Key::Backspace | Key::Delete | Key::Enter)
        }
        _ => false,
    }
}

/// What has to come before a press that is handed out a second time: it would count as a repetition
/// otherwise.
fn release_of(event: &Event) -> Option<Event> {
    match event {
        Event::Key {
            key,
            physical_key,
            pressed: true,
            repeat: false,
            modifiers,
        } => Some(Event::Key {
            key: *key,
            physical_key: *physical_key,
            pressed: false,
            repeat: false,
            modifiers: *modifiers,
        }),
        _ => None,
    }
}

fn is_of_keyboard(event: &Event) -> bool {
    let copies = matches!(event, Event::Copy);
    copies || is_typing(event) || matches!(event, Event::Key { .. })
}
