//! The field that narrows the list below it.

use egui::{EventFilter, Id, Key, Modifiers, TextEdit, Ui};

/// What the keys in the field mean for the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FilterKey {
    /// Nothing.
    None,
    /// Down: the first row gets the keys.
    ToRows,
    /// Enter: the first row is taken.
    TakeFirst,
}

/// The field, over the whole width. Escape clears it; where it is empty, Escape leaves it.
pub(super) fn filter_field_ui(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    name: &str,
    hint: &str,
) -> FilterKey {
    let mut key = FilterKey::None;
    if ui.memory(|memory| memory.has_focus(id)) {
        let (escape, down, enter) = ui.input_mut(|input| {
            (
                input.consume_key(Modifiers::NONE, Key::Escape),
                input.consume_key(Modifiers::NONE, Key::ArrowDown),
                input.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        if escape && text.is_empty() {
            ui.memory_mut(|memory| memory.surrender_focus(id));
        } else if escape {
            text.clear();
        } else if down {
            key = FilterKey::ToRows;
        } else if enter {
            key = FilterKey::TakeFirst;
        }
    }
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        let field = TextEdit::singleline(text)
            .id(id)
            .hint_text(hint)
            .event_filter(EventFilter {
                escape: true,
                horizontal_arrows: true,
                vertical_arrows: true,
                tab: false,
            })
            .desired_width(ui.available_width() - 8.0);
        let response = ui.add(field);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    });
    key
}
