//! Choosing from a list by its keys.

use egui::{Id, Key, Modifiers, Response, Ui};

use super::focus_by_default;

/// Moves the choice in a list of `len` rows with Up and Down, wherever in the dialog the keys are.
/// Returns whether it moved.
pub(super) fn arrows(ui: &Ui, chosen: &mut usize, len: usize) -> bool {
    if egui::Popup::is_any_open(ui.ctx()) {
        return false;
    }
    let (up, down) = ui.input_mut(|input| {
        (
            input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp),
            input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown),
        )
    });
    *chosen = chosen
        .saturating_sub(up)
        .saturating_add(down)
        .min(len.saturating_sub(1));
    up + down > 0
}

/// The keys of a list below a field: Up and Down, which bring the keys back to the field, and Enter
/// in the field. Returns whether the choice is taken; Enter elsewhere is for what has the keys.
pub(super) fn list_keys(ui: &Ui, field: Id, chosen: &mut usize, len: usize) -> ListKeys {
    let moved = arrows(ui, chosen, len);
    if moved {
        ui.memory_mut(|memory| memory.request_focus(field));
    }
    let in_field = ui.memory(|memory| memory.focused().is_none_or(|id| id == field));
    let enter = in_field && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    ListKeys {
        moved,
        taken: enter && len > 0,
    }
}

/// What the keys did to a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListKeys {
    /// Whether another row is chosen, which should be in view.
    pub(super) moved: bool,
    /// Whether the chosen row is taken.
    pub(super) taken: bool,
}

/// The row that is chosen gets the keys' focus where the arrows lead to it; another one is chosen where Tab leads
/// to that.
pub(super) fn keep_chosen(ui: &Ui, response: &Response, n: usize, moved: bool, chosen: &mut usize) {
    if n == *chosen {
        if moved {
            response.request_focus();
        }
        focus_by_default(ui, response);
    } else if !moved {
        choose_focused(response, n, chosen);
    }
}

/// A row that Tab has come to is the one that is chosen.
pub(super) fn choose_focused(response: &Response, n: usize, chosen: &mut usize) {
    if response.has_focus() {
        *chosen = n;
    }
}

/// The same in a list whose keys stay in a field, for a row the pointer has moved over, too. A pointer
/// that rests while the rows move under it chooses none.
pub(super) fn choose_row(response: &Response, n: usize, chosen: &mut usize) {
    let moves = |input: &egui::InputState| {
        let mut events = input.events.iter();
        events.any(|event| matches!(event, egui::Event::PointerMoved(_)))
    };
    if response.hovered() && response.ctx.input(moves) {
        *chosen = n;
    }
    choose_focused(response, n, chosen);
}
