//! Decisions for a person, one at a time: a record two people have changed, a tag whose words are
//! gone.

use std::collections::VecDeque;

use egui::{Frame, Margin, RichText, Ui};

use crate::format::sidecar;
use crate::gui::fonts;
use crate::gui::order::Order;
use crate::gui::ui_context::UiContext;
use crate::model::{AnnotationId, ProblemKind, UnreadRecord};
use crate::ops::{Edit, Move, OpenDocument};

/// As many records are looked through for one to decide.
const LOOKED_AT: usize = 256;

pub(crate) fn conflicts_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    orders: &mut VecDeque<Order>,
) {
    let waiting = |record: &&UnreadRecord| record.clash.is_some() || record.is_lost();
    let unread = open.document().unread().iter().take(LOOKED_AT);
    let mut waiting = unread.filter(waiting);
    let Some(record) = waiting.next() else {
        return;
    };
    let more = waiting.count();
    Frame::new()
        .fill(cx.theme.raised)
        .corner_radius(cx.theme.corners())
        .inner_margin(Margin::same(10))
        .outer_margin(Margin::same(8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let heading = match more {
                0 => "Needs a decision".to_owned(),
                n => format!("Needs a decision (1 of {})", n + 1),
            };
            ui.label(RichText::new(heading).font(fonts::bold_font(12.5)));
            if record.is_lost() {
                lost_ui(ui, open, record, orders);
            } else {
                clash_ui(ui, open, record, orders);
            }
        });
}

fn clash_ui(ui: &mut Ui, open: &OpenDocument, record: &UnreadRecord, orders: &mut VecDeque<Order>) {
    let words = ProblemKind::Clash(record.clone()).to_string();
    ui.add(egui::Label::new(words).wrap());
    ui.weak(&record.raw);
    ui.horizontal_wrapped(|ui| {
        let keep = ui.button("Keep mine");
        if keep
            .on_hover_text("Discards the other version. You can undo this.")
            .clicked()
        {
            orders.push_back(Order::run(Edit::KeepOurs(record.clone())));
        }
        let take = ui.button("Use the other");
        if take
            .on_hover_text("Replaces this version with the other. You can undo this.")
            .clicked()
        {
            orders.push_back(Order::run(Edit::TakeOther(record.clone())));
        }
        let tag = record
            .clash
            .as_ref()
            .map(|clash| AnnotationId::new(clash.id.clone()))
            .filter(|id| {
                record.list == "annotations" && open.document().set().annotation(id).is_some()
            });
        if let Some(tag) = tag
            && ui.button("Show").clicked()
        {
            orders.push_back(Order::visit(Move::GoTo(tag)));
        }
    });
}

fn lost_ui(ui: &mut Ui, open: &OpenDocument, record: &UnreadRecord, orders: &mut VecDeque<Order>) {
    match sidecar::read_lost(&record.raw) {
        Ok(lost) => {
            let label = open.schema().label(&lost.label);
            let label = label.map_or_else(|| lost.label.to_string(), |label| label.name.clone());
            let words = format!(
                "{label}: “{}” is no longer in the article.",
                lost.words.join(" … ")
            );
            ui.add(egui::Label::new(words).wrap());
            if !(lost.before.is_empty() && lost.after.is_empty()) {
                let (words, before, after) = (lost.words.join(" … "), lost.before, lost.after);
                ui.weak(format!("Original context: … {before}[{words}]{after} …"));
            }
        }
        Err(reason) => {
            ui.label(format!("A lost tag cannot be read: {reason}"));
        }
    }
    ui.horizontal_wrapped(|ui| {
        let place = Edit::PlaceLost(record.clone());
        let selected = !open.selection().is_caret();
        let button = ui.add_enabled(selected, egui::Button::new("Place at the selection"));
        if button
            .on_disabled_hover_text("Select the text it belongs to first.")
            .clicked()
        {
            orders.push_back(Order::visit(place));
        }
        let forget = ui.button("Discard tag");
        if forget
            .on_hover_text("Discards the tag. You can undo this.")
            .clicked()
        {
            orders.push_back(Order::run(Edit::ForgetLost(record.clone())));
        }
    });
}
