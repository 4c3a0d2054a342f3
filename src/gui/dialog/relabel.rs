//! Another label for the current tag, by its letter or a click.

use std::collections::VecDeque;

use egui::Context;

use super::{Then, sheet_ui};
use crate::gui::key_events::presses;
use crate::gui::scene::{Look, Order, ROW, Row, Scene};
use crate::ops::{Edit, OpenDocument};

pub(super) fn relabel_ui(
    context: &Context,
    scene: Scene<'_>,
    open: Option<&OpenDocument>,
    orders: &mut VecDeque<Order>,
) -> Then {
    let Some(open) = open else {
        return Then::Close;
    };
    let Some(tag) = open.current_tag() else {
        return Then::Close;
    };
    let typed = context.input(|input| {
        presses(&input.events)
            .iter()
            .find_map(|at| scene.keymap.label_of(at.press))
    });
    let mut chosen = typed;
    let then = sheet_ui(context, scene, "Change label to", 240.0, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (n, label) in (0_u8..).zip(open.schema().labels()) {
            let look = Look::of(open.schema(), &label.key);
            let row = Row {
                name: format!("Change label to {}", label.name),
                look: Some(&look),
                first: &label.name,
                second: "",
                aside: &(n + 1).to_string(),
                aside_color: scene.theme.muted,
                chosen: label.key == tag.label,
                dimmed: false,
            };
            if row.row_ui(ui, scene.theme, ROW).clicked() {
                chosen = Some(n);
            }
        }
        Then::Stay
    });
    let label = chosen.and_then(|n| open.schema().labels().get(usize::from(n)));
    if let Some(label) = label {
        orders.push_back(Order::run(Edit::Relabel {
            tag: Some(tag.id.clone()),
            label: label.key.clone(),
        }));
        return Then::Close;
    }
    then
}
