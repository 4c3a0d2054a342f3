//! The list of tags: filtered, and only the rows in view are made.

use std::collections::VecDeque;

use egui::{ComboBox, Id, ScrollArea, Ui};

use super::filter_field::{FilterKey, filter_field_ui};
use super::is_low;
use crate::gui::app_command::AppCommand;
use crate::gui::short_name::short_name_to;
use crate::gui::tag_description::{capitalize, speaker_words, tag_description};
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{BADGE, LabelStyle, Row, TALL_ROW, checkbox_ui, whole_rows};
use crate::model::{Annotation, AnnotationId, Review};
use crate::ops::{Move, OpenDocument, TagFilter, TagOrder};
use crate::text::wording::count;

/// What is filtered, and what is left then.
#[derive(Debug, Default)]
pub(crate) struct TagsPanel {
    filter: TagFilter,
    /// The tag the list has last scrolled to, its row then, and the height of the list.
    followed: Option<(AnnotationId, usize, f32)>,
    /// How far the list is scrolled, in points.
    scrolled: f32,
    /// Whether another article is shown than in the last frame.
    begins: bool,
}

/// What is beside a name in its row, in points: the badge and the margins.
const AROUND_NAME: f32 = BADGE + 34.0;
/// What the review state takes of its row, in points.
const ASIDE: f32 = 66.0;
/// Tags a new filter looks at in one frame.
const LOOKED_AT: usize = 4000;

/// What the tags can be ordered by, as it is called on screen and in full.
const ORDERS: [(TagOrder, &str, &str); 2] = [
    (TagOrder::Text, "In text order", "As they stand in the text"),
    (
        TagOrder::Confidence,
        "Ranked",
        "The likeliest suggestions first, and of claims those most worth checking",
    ),
];

/// The id of the field that gets the keys' focus.
pub(crate) fn filter_field_id() -> Id {
    Id::unique("filter tags")
}

impl TagsPanel {
    /// Another article is shown: its list starts at the top.
    pub(crate) fn begin(&mut self) {
        self.begins = true;
    }

    /// Which tags are shown and walked.
    pub(crate) fn filter(&self) -> &TagFilter {
        &self.filter
    }

    /// Shows only what concerns a person.
    pub(crate) fn show_person(&mut self, person: crate::model::PersonId) {
        self.filter = TagFilter {
            person: Some(person),
            ..TagFilter::default()
        };
    }

    /// Filters again as it was left.
    pub(crate) fn set_filter(&mut self, filter: TagFilter) {
        self.filter = filter;
    }

    /// Looks for more of what the filter takes in, a little in each frame. Whether there may be more.
    pub(crate) fn refresh(&mut self, open: &mut OpenDocument) -> bool {
        if let Some(person) = &self.filter.person
            && open.document().set().person(person).is_none()
        {
            self.filter.person = None;
        }
        !open.list(&self.filter, LOOKED_AT).is_complete()
    }

    /// Number of a tag among the rows, from 1, and how many rows there are.
    pub(crate) fn place(open: &OpenDocument, tag: &Annotation) -> Option<(usize, usize)> {
        let listed = open.listed();
        Some((listed.row_of(tag)? + 1, listed.len()))
    }

    /// The list; returns the field that gets the keys' focus.
    pub(crate) fn tags_ui(
        &mut self,
        ui: &mut Ui,
        cx: UiContext<'_>,
        open: &OpenDocument,
        queue: &mut VecDeque<AppCommand>,
    ) -> Id {
        let key = self.filter_ui(ui, cx, open);
        let listed = open.listed();
        let first = listed.rows(0..1).next().map(|tag| tag.id.clone());
        if listed.is_empty() {
            let margin = egui::Margin::symmetric(12, 8);
            egui::Frame::new().inner_margin(margin).show(ui, |ui| {
                if self.filter.is_all() {
                    ui.add(egui::Label::new(empty_words(cx, open)).wrap());
                } else if listed.is_complete() {
                    ui.weak("No tag matches the filter.");
                } else {
                    ui.weak("Loading …");
                }
            });
            return filter_field_id();
        }
        let current = open.current_tag();
        let height = whole_rows(ui);
        let mut area = ScrollArea::vertical()
            .id_salt("tags")
            .auto_shrink(false)
            .max_height(height)
            .min_scrolled_height(0.0);
        if std::mem::take(&mut self.begins) {
            area = area.vertical_scroll_offset(0.0);
            self.scrolled = 0.0;
            self.followed = None;
        }
        // Again where its row moves, or the list becomes lower.
        if let Some(tag) = current
            && let Some((number, _)) = Self::place(open, tag)
        {
            let follow = (tag.id.clone(), number, height);
            if self.followed.as_ref() != Some(&follow) {
                let top = row_top(number);
                if top < self.scrolled || top + TALL_ROW > self.scrolled + height {
                    let above = ((height / TALL_ROW - 1.0) / 2.0).floor().max(0.0);
                    let middle = (top - above * TALL_ROW).max(0.0);
                    area = area.vertical_scroll_offset(middle);
                }
                self.followed = Some(follow);
            }
        } else {
            // The list may be scrolled by hand until there is a current tag again.
            self.followed = None;
        }
        match (key, first) {
            (FilterKey::ToRows, Some(first)) => {
                area = area.vertical_scroll_offset(0.0);
                ui.memory_mut(|memory| memory.request_focus(row_id(&first)));
            }
            (FilterKey::TakeFirst, Some(first)) => {
                queue.push_back(AppCommand::document_then_focus(Move::GoTo(first)));
            }
            (FilterKey::None, _) | (_, None) => {}
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let shown = area.show_rows(ui, TALL_ROW, listed.len(), |ui, rows| {
            for tag in listed.rows(rows) {
                let chosen = current.is_some_and(|current| current.id == tag.id);
                if tag_row_ui(ui, cx, open, tag, chosen) {
                    queue.push_back(AppCommand::document_then_focus(Move::GoTo(tag.id.clone())));
                }
            }
        });
        self.scrolled = shown.state.clamped_offset().y;
        filter_field_id()
    }

    fn filter_ui(&mut self, ui: &mut Ui, cx: UiContext<'_>, open: &OpenDocument) -> FilterKey {
        let low = is_low(ui);
        let clears = low && !self.filter.is_all();
        let mut cleared = false;
        let (text, hint) = (&mut self.filter.containing, "Filter by text or note");
        let without = &mut self.filter.without_speaker;
        let (name, id) = ("Filter tags", filter_field_id());
        let key = ui.horizontal(|ui| {
            if !low {
                return filter_field_ui(ui, id, text, name, hint);
            }
            // Two rows instead of three.
            let right = egui::Layout::right_to_left(egui::Align::Center);
            ui.with_layout(right, |ui| {
                ui.add_space(8.0);
                if clears {
                    ui.spacing_mut().item_spacing.x = 4.0;
                    ui.spacing_mut().button_padding.x = 3.0;
                    cleared = clear_ui(ui, cx, "×");
                }
                without_speaker_ui(ui, without, "Unconfirmed");
                let left = egui::Layout::left_to_right(egui::Align::Center);
                ui.with_layout(left, |ui| filter_field_ui(ui, id, text, name, "Filter"))
                    .inner
            })
            .inner
        });
        ui.horizontal(|ui| {
            ui.add_space(8.0);
            ui.spacing_mut().item_spacing.x = 6.0;
            let width = ((ui.available_width() - 14.0) / 2.0).min(130.0);
            self.choices_ui(ui, open, width);
        });
        if let Some(person) = &self.filter.person {
            let name = open.document().set().person(person).map(|p| p.name.clone());
            let words = format!("{} ×", name.unwrap_or_default());
            ui.horizontal(|ui| {
                ui.add_space(8.0);
                let button = egui::Button::new(words).truncate();
                if ui
                    .add(button)
                    .on_hover_text("Show everyone again")
                    .clicked()
                {
                    self.filter.person = None;
                }
            });
        }
        if !low {
            ui.horizontal(|ui| {
                ui.add_space(8.0);
                without_speaker_ui(ui, &mut self.filter.without_speaker, "No confirmed speaker");
                // Beside it, so that the list stays where it is when the numbers change.
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    ui.add_space(8.0);
                    if self.filter.is_all() {
                        beside_ui(ui, open);
                    } else {
                        cleared |= clear_ui(ui, cx, "Clear");
                    }
                });
            });
        }
        if cleared {
            self.filter = TagFilter::default();
        }
        ui.add_space(4.0);
        key.inner
    }

    /// Which labels and review states are shown.
    fn choices_ui(&mut self, ui: &mut Ui, open: &OpenDocument, width: f32) {
        let schema = open.schema();
        let label = match &self.filter.label {
            Some(key) => LabelStyle::of(schema, key).name,
            None => "All labels".to_owned(),
        };
        let label = match self.filter.order {
            TagOrder::Text => label,
            TagOrder::Confidence => format!("{label}, ranked"),
        };
        let combo = ComboBox::from_id_salt("filter label")
            .selected_text(label)
            .width(width)
            .truncate()
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut self.filter.label, None, "All labels");
                for kind in schema.labels() {
                    let value = Some(kind.key.clone());
                    ui.selectable_value(&mut self.filter.label, value, &kind.plural);
                }
                ui.separator();
                for (order, words, tip) in ORDERS {
                    ui.selectable_value(&mut self.filter.order, order, words)
                        .on_hover_text(tip);
                }
            });
        name_ui(&combo.response, "Label to show");
        let review = self
            .filter
            .review
            .map_or("Any review".to_owned(), |review| capitalize(review.word()));
        let combo = ComboBox::from_id_salt("filter review")
            .selected_text(review)
            .width(width)
            .truncate()
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut self.filter.review, None, "Any review");
                for review in Review::ALL {
                    let value = Some(review);
                    let word = capitalize(review.word());
                    ui.selectable_value(&mut self.filter.review, value, word);
                }
            });
        name_ui(&combo.response, "Review state to show");
    }
}

/// The way back to all tags. Returns whether it was taken.
fn clear_ui(ui: &mut Ui, cx: UiContext<'_>, words: &str) -> bool {
    let all = egui::RichText::new(words).color(cx.theme.accent);
    let clear = ui.add(egui::Button::new(all).frame(false));
    clear.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Clear"));
    clear.on_hover_text("Show all tags").clicked()
}

fn without_speaker_ui(ui: &mut Ui, without: &mut bool, words: &str) {
    let name = "No confirmed speaker";
    let response = checkbox_ui(ui, without, words);
    let checked = *without;
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, checked, name));
    response.on_hover_text("Show only those without a confirmed speaker");
}

/// How many there are beside the tags: what is suggested and what is rejected.
fn beside_ui(ui: &mut Ui, open: &OpenDocument) {
    let tally = open.tally();
    let beside = [
        (open.suggestion_count(), "suggested"),
        (tally.rejected, "rejected"),
    ];
    let words: Vec<String> = beside
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    if words.is_empty() {
        return;
    }
    let words = words.join(", ");
    let small = egui::RichText::new(&words).small().weak();
    ui.add(egui::Label::new(small).truncate())
        .on_hover_text(format!("{}, {words}", count(tally.tags, "tag")));
}

/// Top of row `number` (from 1), in points.
fn row_top(number: usize) -> f32 {
    let before = u32::try_from(number.saturating_sub(1)).unwrap_or(u32::MAX);
    // Lists of millions of rows would scroll a row too far; they are not walked by hand.
    before as f32 * TALL_ROW
}

fn row_id(tag: &AnnotationId) -> Id {
    Id::unique(("tag row", tag))
}

fn empty_words(cx: UiContext<'_>, open: &OpenDocument) -> egui::RichText {
    let keys: Vec<String> = open
        .schema()
        .labels()
        .iter()
        .map(|label| format!("{} {}", label.letter, label.name.to_lowercase()))
        .collect();
    let words = format!(
        "No tags yet. Put the caret in the text and press {}.",
        keys.join(", ")
    );
    egui::RichText::new(words).color(cx.theme.muted)
}

fn tag_row_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    tag: &Annotation,
    chosen: bool,
) -> bool {
    let theme = cx.theme;
    let style = LabelStyle::of(open.schema(), &tag.label);
    let words = tag_description(open, tag);
    let who = speaker_words(open, tag);
    let (aside, color) = match tag.review {
        _ if tag.is_open_suggestion() => ("suggested", theme.muted),
        Review::Unreviewed => ("", theme.muted),
        Review::Accepted => ("accepted", theme.success),
        Review::Rejected => ("rejected", theme.danger),
        Review::Unsure => ("unsure", theme.warning),
    };
    let mut second = if who.is_empty() {
        style.name.clone()
    } else {
        who
    };
    // One name alone; of several the first are whole.
    let is_one = |names: &str| !names.contains(", ");
    let text_style = |style: egui::TextStyle| style.resolve(ui.style());
    let room = ui.available_width() - AROUND_NAME;
    let shown = |name: &str, style: egui::TextStyle, room: f32| {
        short_name_to(ui.painter(), name, &text_style(style), room)
    };
    let mut shown_second = second.clone();
    if is_one(&second) {
        let beside = if aside.is_empty() { 0.0 } else { ASIDE };
        shown_second = shown(&second, egui::TextStyle::Small, room - beside);
    }
    let first = if open.schema().mentions(&tag.label) && is_one(&words) {
        shown(&words, egui::TextStyle::Body, room)
    } else {
        words.clone()
    };
    if !tag.note.is_empty() {
        let note = tag.note.split_whitespace().collect::<Vec<_>>().join(" ");
        let note = format!("  ·  Note: {note}");
        second.push_str(&note);
        shown_second.push_str(&note);
    }
    let row = Row {
        id: row_id(&tag.id),
        name: format!("{}: {words}, {second}, {}", style.name, tag.review.word()),
        style: Some(&style),
        first: &first,
        second: &shown_second,
        aside,
        aside_color: color,
        chosen,
        dimmed: tag.is_rejected(),
    };
    row.row_ui(ui, theme, TALL_ROW).clicked()
}

fn name_ui(response: &egui::Response, name: &str) {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
}
