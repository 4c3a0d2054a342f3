//! The page as assistive technology meets it: one document with its text, caret and selection, and a
//! button for each tag in view.

use egui::accesskit;
use egui::emath::TSTransform;
use egui::text::CCursor;
use egui::text_selection::CCursorRange;
use egui::text_selection::accesskit_text::update_accesskit_for_text_widget;
use egui::{Galley, Id, Response, Role, Sense, Ui, WidgetInfo};

use super::hit::Page;
use super::marks::{Attribution, TagMark, words};
use crate::model::{AnnotationId, Review};
use crate::ops::{Command, Move, OpenDocument};
use crate::text::TextSize;

/// Describes the article itself.
pub(super) fn describe(ui: &Ui, response: &Response, open: &OpenDocument, page: &Page) {
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, "Article"));
    if !ui.ctx().has_accesskit_node(response.id) {
        return;
    }
    let selection = open.selection();
    let range = match (
        char_on_page(page, selection.anchor),
        char_on_page(page, selection.head),
    ) {
        (Some(anchor), Some(head)) => Some(CCursorRange {
            primary: CCursor::new(head),
            secondary: CCursor::new(anchor),
            h_pos: None,
        }),
        _ => None,
    };
    if let Some(galley) = all_rows(page) {
        let to_screen = TSTransform::from_translation(page.view.min.to_vec2());
        update_accesskit_for_text_widget(ui.ctx(), response.id, range, to_screen, &galley);
    }
}

/// All rows in view as one galley, placed from the upper left corner of the view.
fn all_rows(page: &Page) -> Option<Galley> {
    let mut galley = Galley::clone(&page.blocks.first()?.galley);
    galley.rows.clear();
    for layout in &page.blocks {
        let first = galley.rows.len();
        galley.rows.extend(layout.galley.rows.iter().cloned());
        for row in galley.rows.iter_mut().skip(first) {
            row.pos += layout.origin - page.view.min;
        }
        if let Some(last) = galley.rows.last_mut() {
            last.ends_with_newline = layout.ends_line;
        }
    }
    Some(galley)
}

/// A place as a count of characters from the first row in view; an end out of view counts as the
/// nearest in view.
fn char_on_page(page: &Page, place: TextSize) -> Option<usize> {
    let visible = page.visible();
    let place = place.clamp(visible.start(), visible.end());
    let mut chars = 0;
    for layout in &page.blocks {
        let glyphs: usize = layout.galley.rows.iter().map(|row| row.glyphs.len()).sum();
        if place <= layout.range.end() {
            return Some(chars + layout.char_of(place).min(glyphs));
        }
        chars += glyphs + usize::from(layout.ends_line);
    }
    None
}

/// A node for each tag in view. Assistive technology can go to it.
pub(super) fn describe_tags(
    ui: &Ui,
    id: Id,
    open: &OpenDocument,
    marks: &[TagMark<'_>],
    current: Option<&AnnotationId>,
) -> Vec<Command> {
    let mut commands = Vec::new();
    // As they are read.
    let mut order: Vec<&TagMark<'_>> = marks.iter().collect();
    order.sort_by_key(|mark| (mark.tag.fragments.start(), mark.tag.fragments.end()));
    for mark in order {
        let Some(piece) = mark.pieces().next() else {
            continue;
        };
        let node = id.with(("tag", mark.tag.id.as_str()));
        let response = ui.interact(piece.rect, node, Sense::hover());
        let chosen = current == Some(&mark.tag.id);
        response
            .widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, spoken(open, mark)));
        ui.ctx().accesskit_node_builder(node, |node| {
            node.add_action(accesskit::Action::Click);
        });
        let asked =
            ui.input(|input| input.has_accesskit_action_request(node, accesskit::Action::Click));
        if asked {
            commands.push(Move::GoTo(mark.tag.id.clone()).into());
        }
    }
    commands
}

/// A tag in words: `quote: “I think …”, said by Tillerson, confirmed`.
pub(super) fn spoken(open: &OpenDocument, mark: &TagMark<'_>) -> String {
    let mut spoken = format!("{}: {}", mark.tag.label, words(open, mark.tag));
    match &mark.attribution {
        Attribution::NotApplicable => {}
        Attribution::Missing => spoken.push_str(", no speaker yet"),
        Attribution::NotGiven { confirmed } => {
            spoken.push_str(", no speaker given");
            spoken.push_str(certainty(*confirmed));
        }
        Attribution::Speaker {
            name, confirmed, ..
        } => {
            spoken.push_str(", said by ");
            spoken.push_str(name);
            spoken.push_str(certainty(*confirmed));
        }
    }
    if mark.tag.is_open_suggestion() {
        spoken.push_str(", suggested");
    }
    if !mark.tag.note.is_empty() {
        spoken.push_str(", with a note");
    }
    match mark.tag.review {
        Review::Unreviewed => {}
        review => {
            spoken.push_str(", ");
            spoken.push_str(review.word());
        }
    }
    spoken
}

fn certainty(confirmed: bool) -> &'static str {
    if confirmed {
        ", confirmed"
    } else {
        ", not confirmed"
    }
}
