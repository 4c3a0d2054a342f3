//! Decisions for a person, one at a time: a record two people have changed, a tag whose words are
//! gone.

use std::collections::VecDeque;

use egui::{Frame, Margin, RichText, ScrollArea, Ui};

use super::is_low;
use crate::gui::app_command::AppCommand;
use crate::gui::clash_words::{ClashRow, ClashWords};
use crate::gui::fonts;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::TALL_ROW;
use crate::model::{AnnotationId, LostTag, RecordClash, RecordList, UnreadRecord};
use crate::ops::{Edit, Move, OpenDocument};
use crate::text::wording::quoted;

/// As many records are looked through for one to decide.
const LOOKED_AT: usize = 256;
/// Rows of the list that stay in view below the decision.
const ROWS: f32 = 2.0;
/// Height of the heading and the buttons, in points.
const AROUND: f32 = 84.0;
/// Least height of the words, in points; more is scrolled.
const LEAST_WORDS: f32 = 36.0;

/// Whether anything waits for a decision.
pub(crate) fn needs_decision(open: &OpenDocument) -> bool {
    let mut unread = open.document().unread().iter().take(LOOKED_AT);
    unread.any(waits)
}

fn waits(record: &UnreadRecord) -> bool {
    record.clash().is_some() || record.is_lost()
}

/// The decision about the record on line `chosen` of the sidecar, else about the first that waits.
/// Leaves room for the list below it.
pub(super) fn conflicts_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    chosen: Option<usize>,
    queue: &mut VecDeque<AppCommand>,
) {
    let unread = open.document().unread().iter().take(LOOKED_AT);
    let waiting: Vec<&UnreadRecord> = unread.filter(|record| waits(record)).collect();
    let at = waiting
        .iter()
        .position(|record| Some(record.line()) == chosen);
    let at = at.unwrap_or_default();
    let Some(record) = waiting.get(at) else {
        return;
    };
    let white: i8 = if is_low(ui) { 4 } else { 8 };
    let rows = if open.problems().len() > 1 { ROWS } else { 1.0 };
    let room = ui.available_height() - rows * TALL_ROW - AROUND - 4.0 * f32::from(white);
    Frame::new()
        .fill(cx.theme.raised)
        .corner_radius(cx.theme.corners())
        .inner_margin(Margin::same(white))
        .outer_margin(Margin::same(white))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            let heading = match waiting.len() {
                1 => "Needs a decision".to_owned(),
                all => format!("Needs a decision ({} of {all})", at + 1),
            };
            ui.label(RichText::new(heading).font(fonts::bold_font(12.5)));
            ScrollArea::vertical()
                .id_salt(("decision", record.line()))
                .max_height(room.max(LEAST_WORDS))
                .min_scrolled_height(0.0)
                .auto_shrink([false, true])
                .show(ui, |ui| match record {
                    UnreadRecord::Clash(clash) => clash_words_ui(ui, open, clash),
                    UnreadRecord::Lost(lost) => lost_tag_ui(ui, open, lost),
                    UnreadRecord::Damaged(damaged) => {
                        ui.label(format!("A lost tag cannot be read: {}", damaged.reason));
                    }
                });
            match record {
                UnreadRecord::Clash(clash) => clash_buttons_ui(ui, open, clash, queue),
                UnreadRecord::Lost(_) | UnreadRecord::Damaged(_) => {
                    lost_buttons_ui(ui, open, record, queue);
                }
            }
        });
}

fn clash_words_ui(ui: &mut Ui, open: &OpenDocument, clash: &RecordClash) {
    let words = ClashWords::new(open, clash);
    ui.add(egui::Label::new(&words.about).wrap());
    for ClashRow { what, ours, other } in &words.rows {
        for (whose, said) in [("Your", ours), ("The other", other)] {
            let said = if said.is_empty() { "none" } else { said };
            ui.add(egui::Label::new(format!("{whose} {what}: {said}")).wrap());
        }
    }
    if words.rows.is_empty() {
        let differing = words.differing(clash);
        ui.add(egui::Label::new(format!("The two versions differ in {differing}.")).wrap());
    }
    let record = format!("Record in the file (line {})", clash.line);
    ui.collapsing(record, |ui| {
        ui.add(egui::Label::new(RichText::new(clash.raw.as_str()).weak()).wrap());
    });
}

fn clash_buttons_ui(
    ui: &mut Ui,
    open: &OpenDocument,
    clash: &RecordClash,
    queue: &mut VecDeque<AppCommand>,
) {
    let record = UnreadRecord::from(clash.clone());
    ui.horizontal_wrapped(|ui| {
        let keep = ui.button("Keep mine");
        if keep
            .on_hover_text("Discards the other version. You can undo this.")
            .clicked()
        {
            queue.push_back(AppCommand::document(Edit::KeepOurs(record.clone())));
        }
        let take = ui.button("Use the other");
        if take
            .on_hover_text("Replaces this version with the other. You can undo this.")
            .clicked()
        {
            queue.push_back(AppCommand::document(Edit::TakeOther(record.clone())));
        }
        let tag = AnnotationId::new(clash.id.clone());
        let is_tag = clash.other.list() == RecordList::Annotations;
        let tag = Some(tag).filter(|id| is_tag && open.document().set().annotation(id).is_some());
        if let Some(tag) = tag
            && ui.button("Show").clicked()
        {
            queue.push_back(AppCommand::document_then_focus(Move::GoTo(tag)));
        }
    });
}

fn lost_tag_ui(ui: &mut Ui, open: &OpenDocument, lost: &LostTag) {
    let label = open.schema().label(lost.label());
    let label = label.map_or_else(|| lost.label().to_string(), |label| label.name.clone());
    let words = lost.words.join(" … ");
    let quotation = quoted(&words, '“', '”');
    let sentence = format!("{label}: {quotation} is no longer in the article.");
    ui.add(egui::Label::new(sentence).wrap());
    let (before, after) = (&lost.before, &lost.after);
    if !(before.is_empty() && after.is_empty()) {
        ui.weak(format!("Original context: … {before}[…]{after} …"));
    }
}

fn lost_buttons_ui(
    ui: &mut Ui,
    open: &OpenDocument,
    record: &UnreadRecord,
    queue: &mut VecDeque<AppCommand>,
) {
    ui.horizontal_wrapped(|ui| {
        let place = Edit::PlaceLost(record.clone());
        let selected = !open.selection().is_caret();
        let button = ui.add_enabled(selected, egui::Button::new("Place at the selection"));
        if button
            .on_disabled_hover_text("Select the text it belongs to first.")
            .clicked()
        {
            queue.push_back(AppCommand::document_then_focus(place));
        }
        let forget = ui.button("Discard tag");
        if forget
            .on_hover_text("Discards the tag. You can undo this.")
            .clicked()
        {
            queue.push_back(AppCommand::document(Edit::ForgetLost(record.clone())));
        }
    });
}
