//! The menus, made from the table of commands.

use std::collections::VecDeque;

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Button, Color32, Context, Event, FocusDirection, Id, Key, MenuBar, Modifiers, Popup,
    ScrollArea, Stroke, StrokeKind, TextStyle, Ui,
};

use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::{UiContext, disabled_reason};
use crate::gui::widgets::menu_tooltip_ui;
use crate::model::QuoteForm;
use crate::ops::OpenDocument;
use crate::ops::ui_command::{CommandEntry, Group, UiCommand};
use crate::suggest::ProposalKind;

pub(crate) fn menu_bar_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: Option<&OpenDocument>,
    queue: &mut VecDeque<AppCommand>,
) {
    let mut menus = Vec::new();
    for group in Group::ALL {
        let in_menu = |entry: &&CommandEntry| entry.group == group && entry.section > 0;
        let entries: Vec<&CommandEntry> = cx.entries.iter().filter(in_menu).collect();
        if !entries.is_empty() {
            menus.push((group, entries));
        }
    }
    let names: Vec<&str> = menus.iter().map(|(group, _)| group.word()).collect();
    let mut bar = Bar::load(ui.ctx());
    // What a dialog asks stays in front.
    if ui.memory(|memory| memory.top_modal_layer().is_none()) {
        bar.keys(ui, &names, cx.mac);
    }
    bar.buttons.clear();
    let moved = ui.input(|input| input.pointer.delta() != egui::Vec2::ZERO);
    let is_open = |id| Popup::is_id_open(ui.ctx(), id);
    let any_open = bar.popups.iter().any(|&id| is_open(id));
    bar.popups.clear();
    MenuBar::new().ui(ui, |ui| {
        for (n, (group, entries)) in menus.iter().enumerate() {
            let button = if cx.mac {
                ui.button(group.word())
            } else {
                ui.button(with_access_key(ui, group.word()))
            };
            bar.buttons.push(button.id);
            if button.has_focus() {
                let ring = Stroke::new(1.5, cx.theme.focus);
                let corners = cx.theme.corners();
                ui.painter()
                    .rect_stroke(button.rect, corners, ring, StrokeKind::Inside);
            }
            let popup = Popup::default_response_id(&button);
            bar.popups.push(popup);
            // Only a pointer that moves: one that rests on the bar does not undo an arrow.
            if any_open && moved && button.hovered() {
                Popup::open_id(ui.ctx(), popup);
            }
            if button.clicked() && !button.clicked_by(egui::PointerButton::Primary) {
                bar.enter = Some(n);
            }
            Popup::menu(&button).show(|ui| {
                ui.set_min_width(240.0);
                let height = ui.ctx().content_rect().height() - button.rect.bottom() - 24.0;
                // Beside the keys, not above them.
                ui.spacing_mut().scroll = egui::style::ScrollStyle::solid();
                ScrollArea::vertical().max_height(height).show(ui, |ui| {
                    let enter = bar.enter == Some(n) && !ui.is_sizing_pass();
                    let goes_to = if enter {
                        bar.enter = None;
                        Some(MenuEnd::First)
                    } else {
                        MenuEnd::of_key(ui)
                    };
                    sections_ui(ui, cx, entries, open, queue, goes_to);
                });
            });
        }
    });
    bar.store(ui.ctx());
}

/// The name of a menu, the letter that opens it with Alt underlined.
fn with_access_key(ui: &Ui, name: &str) -> LayoutJob {
    let font = TextStyle::Button.resolve(ui.style());
    let plain = TextFormat::simple(font, Color32::PLACEHOLDER);
    let underlined = TextFormat {
        underline: Stroke::new(1.0, Color32::PLACEHOLDER),
        ..plain.clone()
    };
    let (letter, rest) = name.split_at_checked(1).unwrap_or((name, ""));
    let mut job = LayoutJob::default();
    job.append(letter, 0.0, underlined);
    job.append(rest, 0.0, plain);
    job
}

/// The end of a menu that the keys' focus goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MenuEnd {
    First,
    Last,
}

impl MenuEnd {
    /// By Home and End.
    fn of_key(ui: &Ui) -> Option<Self> {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::Home) {
            Some(Self::First)
        } else {
            pressed(Key::End).then_some(Self::Last)
        }
    }
}

/// Gives the keys' focus to the menu bar.
pub(crate) fn focus_menu_bar(context: &Context) {
    if let Some(&first) = Bar::load(context).buttons.first() {
        context.memory_mut(|memory| memory.request_focus(first));
    }
}

/// The menus as they were drawn last, and the one whose first entry gets the keys' focus.
#[derive(Debug, Clone, Default)]
struct Bar {
    buttons: Vec<Id>,
    popups: Vec<Id>,
    enter: Option<usize>,
}

impl Bar {
    fn load(context: &Context) -> Self {
        context
            .data(|data| data.get_temp(Id::unique("menu bar")))
            .unwrap_or_default()
    }

    fn store(self, context: &Context) {
        context.data_mut(|data| data.insert_temp(Id::unique("menu bar"), self));
    }

    /// Alt with the first letter of a menu opens it; Left and Right go from menu to menu.
    fn keys(&mut self, ui: &Ui, names: &[&str], mac: bool) {
        let opened = self
            .popups
            .iter()
            .position(|&id| Popup::is_id_open(ui.ctx(), id));
        let focused = ui.memory(|memory| memory.focused());
        let on_bar = self.buttons.iter().position(|&id| Some(id) == focused);
        if !mac && let Some(n) = names.iter().position(|name| takes_alt(ui, name)) {
            self.open(ui.ctx(), n);
            return;
        }
        let Some(here) = opened.or(on_bar) else {
            return;
        };
        let (left, right, down) = ui.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::ArrowLeft),
                input.consume_key(Modifiers::NONE, Key::ArrowRight),
                opened.is_none() && input.consume_key(Modifiers::NONE, Key::ArrowDown),
            )
        });
        if !left && !right && !down {
            return;
        }
        let last = self.buttons.len().saturating_sub(1);
        let next = match (left, right) {
            (true, false) => here.checked_sub(1).unwrap_or(last),
            (false, true) if here == last => 0,
            (false, true) => here + 1,
            (true, true) | (false, false) => here,
        };
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        if opened.is_some() || down {
            self.open(ui.ctx(), next);
        } else if let Some(&button) = self.buttons.get(next) {
            ui.memory_mut(|memory| memory.request_focus(button));
        }
    }

    fn open(&mut self, context: &Context, n: usize) {
        if let (Some(&button), Some(&popup)) = (self.buttons.get(n), self.popups.get(n)) {
            Popup::open_id(context, popup);
            context.memory_mut(|memory| memory.request_focus(button));
            self.enter = Some(n);
        }
    }
}

/// Whether Alt is pressed with the first letter of a name. The key is used up, with the text some
/// platforms send behind it.
fn takes_alt(ui: &Ui, name: &str) -> bool {
    let letter = name.get(..1).and_then(Key::from_name);
    ui.input_mut(|input| {
        let at = input.events.iter().position(|event| match event {
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } => Some(*key) == letter && modifiers.alt && *modifiers == Modifiers::ALT,
            _ => false,
        });
        let Some(at) = at else {
            return false;
        };
        input.events.remove(at);
        if matches!(input.events.get(at), Some(Event::Text(_))) {
            input.events.remove(at);
        }
        true
    })
}

/// What a secondary click on the article offers.
pub(crate) fn context_menu_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: Option<&OpenDocument>,
    queue: &mut VecDeque<AppCommand>,
) {
    let wanted = |entry: &&CommandEntry| {
        let tagging = entry.group == Group::Tag && matches!(entry.section, 1 | 2 | 4 | 6);
        let review = entry.group == Group::Review && entry.section == 1;
        tagging
            || review
            || entry.command == UiCommand::NotGiven
            || entry.command == UiCommand::Copy
    };
    let entries: Vec<&CommandEntry> = cx
        .entries
        .iter()
        .filter(wanted)
        .filter(|entry| disabled_reason(entry.command, open).is_none())
        .collect();
    ui.set_min_width(220.0);
    sections_ui(ui, cx, &entries, open, queue, None);
}

/// `goes_to`: the first or last entry that can be given gets the keys' focus.
fn sections_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    entries: &[&CommandEntry],
    open: Option<&OpenDocument>,
    queue: &mut VecDeque<AppCommand>,
    mut goes_to: Option<MenuEnd>,
) {
    // One row is lit: a pointer that moves takes the keys' focus along, one that rests lights nothing
    // beside it.
    let moved = ui.input(|input| input.pointer.delta() != egui::Vec2::ZERO);
    if !moved && ui.memory(|memory| memory.focused().is_some()) {
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.hovered = widgets.inactive;
    }
    let mut before: Option<(Group, u8)> = None;
    for entry in entries {
        let place = (entry.group, entry.section);
        if before.is_some_and(|before| before != place) {
            ui.separator();
        }
        before = Some(place);
        let disabled = disabled_reason(entry.command, open);
        let step = if entry.command == UiCommand::Undo {
            open.and_then(OpenDocument::undo_label)
        } else if entry.command == UiCommand::Redo {
            open.and_then(OpenDocument::redo_label)
        } else {
            None
        };
        let name = named(&entry.name, step);
        let suggests = open.is_some_and(|open| suggests(open, entry.command));
        let button = Button::new(name)
            .shortcut_text(cx.key(entry.command))
            .selected(suggests);
        let response = ui.add_enabled(disabled.is_none(), button);
        let pointed = moved && response.hovered();
        if disabled.is_none() && (goes_to.is_some() || pointed) {
            response.request_focus();
            // The last that asks for it gets it.
            goes_to.take_if(|end| *end == MenuEnd::First);
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        menu_tooltip_ui(&response, disabled.as_deref().unwrap_or(&entry.description));
        if response.clicked() {
            queue.push_back(AppCommand::Ui(entry.command));
            ui.close();
        }
    }
}

/// Whether a command turns suggestions off that are on.
fn suggests(open: &OpenDocument, command: UiCommand) -> bool {
    let switches = [
        (UiCommand::SuggestDirect, QuoteForm::Direct.into()),
        (UiCommand::SuggestMixed, QuoteForm::Mixed.into()),
        (UiCommand::SuggestIndirect, QuoteForm::Indirect.into()),
        (UiCommand::SuggestClaims, ProposalKind::Claim),
    ];
    let mut switches = switches.into_iter();
    switches.any(|(of, kind)| of == command && open.suggests(kind))
        || command == UiCommand::SuggestLessSure && open.suggests_less_sure()
}

fn named(verb: &str, what: Option<&str>) -> String {
    what.map_or_else(|| verb.to_owned(), |what| format!("{verb}: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_that_opens_a_menu_is_underlined_and_its_own() {
        let mut letters = Vec::new();
        egui::__run_test_ui(|ui| {
            for group in Group::ALL {
                let job = with_access_key(ui, group.word());
                assert_eq!(job.text, group.word());
                let lines = job
                    .sections
                    .iter()
                    .filter(|part| !part.format.underline.is_empty());
                let ranges: Vec<_> = lines.map(|part| part.byte_range.clone()).collect();
                assert_eq!(ranges, [job.sections[0].byte_range.clone()]);
                letters.push(group.word().chars().next());
            }
        });
        let count = letters.len();
        letters.sort_unstable();
        letters.dedup();
        assert!(letters.len() + 1 >= count, "{letters:?}");
    }
}
