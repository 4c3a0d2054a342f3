//! The search over all articles: the query, buttons for its terms, and the hits as a concordance.

mod rows;
mod terms;

use std::collections::VecDeque;

use egui::{EventFilter, Id, Key, Modifiers, RichText, TextEdit, Ui};

use crate::gui::app_command::AppCommand;
use crate::gui::folder_search::{FolderSearch, search_field_id};
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::select_all;
use crate::model::Schema;
use crate::ops::search::SearchOrder;
use crate::ops::ui_command::UiCommand;
use crate::text::wording::{count, count_as};
use rows::rows_ui;
use terms::terms_ui;

/// So many rows a page has.
const PAGE: isize = 10;

/// The panel; returns the field that gets the keys' focus.
pub(crate) fn search_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    schema: &Schema,
    search: &mut FolderSearch,
    queue: &mut VecDeque<AppCommand>,
) -> Id {
    field_ui(ui, cx, search, queue);
    terms_ui(ui, schema, search);
    if let Some(error) = search.error() {
        ui.colored_label(
            cx.theme.warning,
            crate::gui::tag_description::capitalize(&error.message),
        );
    } else if search.unread > 0 {
        let words = format!("{} could not be read in full", count(search.unread, "file"));
        ui.weak(RichText::new(words).small());
    }
    rows_ui(ui, cx, schema, search, queue);
    search_field_id()
}

fn field_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    search: &mut FolderSearch,
    queue: &mut VecDeque<AppCommand>,
) {
    let id = search_field_id();
    let has_keys = ui.memory(|memory| memory.has_focus(id));
    if has_keys {
        list_keys(ui, search);
    }
    ui.horizontal(|ui| {
        if search.focus {
            select_all(ui, id, &search.query);
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        // What is at the right keeps its place.
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            for (words, command, needs_hits) in [
                ("Close", UiCommand::LeaveSearch, false),
                ("Export…", UiCommand::ExportHits, true),
                (change_words(search), UiCommand::ChangeHits, true),
            ] {
                let enabled = !needs_hits || !search.found().is_empty();
                let button = ui.add_enabled(enabled, egui::Button::new(words));
                if button.on_hover_text(cx.tooltip(command)).clicked() {
                    queue.push_back(AppCommand::Ui(command));
                }
            }
            let words = RichText::new(count_words(search)).color(cx.theme.muted);
            ui.label(words);
            let field = TextEdit::singleline(&mut search.query)
                .id(id)
                .hint_text("Words and conditions, such as: quote speaker:Tillerson sanctions")
                .desired_width(ui.available_width() - 12.0)
                .event_filter(EventFilter {
                    escape: true,
                    horizontal_arrows: true,
                    vertical_arrows: true,
                    tab: false,
                })
                .return_key(None);
            let response = ui.add(field);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Search all articles")
            });
            if search.focus && response.has_focus() {
                search.focus = false;
            } else if search.focus {
                ui.ctx().request_repaint();
            }
        });
    });
}

/// The keys that move in the list while one types.
fn list_keys(ui: &Ui, search: &mut FolderSearch) {
    for (key, rows) in [
        (Key::ArrowDown, 1),
        (Key::ArrowUp, -1),
        (Key::PageDown, PAGE),
        (Key::PageUp, -PAGE),
    ] {
        let times = ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
        for _ in 0..times {
            search.move_by(rows);
        }
    }
}

fn change_words(search: &FolderSearch) -> &'static str {
    match search.chosen_count() {
        0 => "Change all…",
        _ => "Change chosen…",
    }
}

fn count_words(search: &FolderSearch) -> String {
    let (hits, with_hits, articles) = search.counts();
    let chosen = match search.chosen_count() {
        0 => String::new(),
        n => format!("{n} chosen of "),
    };
    match () {
        () if search.is_reading() => "reading the articles …".to_owned(),
        () if search.query.trim().is_empty() => count_as(articles, "article", "articles"),
        () if search.is_searching() => "…".to_owned(),
        () if search.error().is_some() => String::new(),
        () if search.is_cut() => format!("{chosen}the first {hits} hits; narrow the query"),
        () => {
            let curated = search.curated().undecided_words();
            let curated = curated.map_or_else(String::new, |words| format!("  ·  {words}"));
            format!(
                "{chosen}{} in {with_hits} of {articles} articles{curated}",
                count(hits, "hit")
            )
        }
    }
}

/// Sorts by the column, or by articles where it is sorted by it already.
fn toggled(now: SearchOrder, column: SearchOrder) -> SearchOrder {
    if now == column {
        SearchOrder::Article
    } else {
        column
    }
}
