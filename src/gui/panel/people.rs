//! Who is named in the article: the roster, and one person's details.

use std::collections::{BTreeSet, VecDeque};

use egui::{ComboBox, Id, Rect, ScrollArea, TextEdit, Ui, UiBuilder, pos2, vec2};

use super::{TagsPanel, is_low};
use crate::gui::app_command::AppCommand;
use crate::gui::person_draft::PersonDraft;
use crate::gui::short_name::short_name_to;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{Row, TALL_ROW, whole_rows};
use crate::model::{AnnotationId, Person, PersonId, PersonKind, Target};
use crate::ops::{Edit, OpenDocument};
use crate::suggest::person_distance;
use crate::text::TextSize;
use crate::text::wording::count_as;

/// Whose details are shown, and what is being typed.
#[derive(Debug, Default)]
pub(crate) struct PeoplePanel {
    chosen: Option<PersonId>,
    draft: Option<PersonDraft>,
    /// Nearest to the current tag first, as the order was made last.
    rows: Vec<PersonRow>,
    cache_key: Option<(String, u64)>,
    /// The tag the order was made for, and the place.
    sorted_for: Option<AnnotationId>,
    sorted_at: TextSize,
    /// The pass the panel was drawn in last.
    last_pass: u64,
    /// Where the panel was drawn.
    area: Option<Rect>,
    /// Height of the details of the chosen person in the last frame, in points.
    details_height: f32,
    /// Whether the chosen person was chosen just now: the details come into view.
    unfolds: bool,
}

/// Rows below one another, one of them with its details.
struct RowList {
    top: f32,
    open_row: Option<usize>,
    /// Height of the details, in points.
    unfolded: f32,
}

impl RowList {
    /// Top of a row from the top of the list, in points.
    fn offset(&self, row: usize) -> f32 {
        let before = u32::try_from(row).unwrap_or(u32::MAX) as f32 * TALL_ROW;
        match self.open_row {
            Some(open) if open < row => before + self.unfolded,
            Some(_) | None => before,
        }
    }

    fn in_view(&self, viewport: Rect, rows: usize) -> impl Iterator<Item = usize> {
        let (top, bottom) = (viewport.top(), viewport.bottom());
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "rows of a list"
        )]
        let first = ((top - self.unfolded).max(0.0) / TALL_ROW) as usize;
        (first..rows)
            .skip_while(move |&row| self.offset(row + 1) < top)
            .take_while(move |&row| self.offset(row) <= bottom)
    }
}

#[derive(Debug)]
struct PersonRow {
    id: PersonId,
    name: String,
}

impl PeoplePanel {
    /// Height of the chosen row with its details, in points, as of the last frame; `None` where no
    /// person is chosen.
    pub(crate) fn unfolded_height(&self) -> Option<f32> {
        let chosen = self.chosen.as_ref()?;
        let listed = self.rows.iter().any(|row| row.id == *chosen);
        listed.then_some(TALL_ROW + self.details_height)
    }

    /// Lists the roster as it is. The order is made again where the panel opens, another tag is
    /// current or another article is shown, but never under the hands of someone at work in it.
    fn refresh(&mut self, ui: &Ui, article: &str, open: &OpenDocument) {
        let pass = ui.ctx().cumulative_pass_nr();
        let opens = self.last_pass + 1 < pass;
        self.last_pass = pass;
        let same_article = |made: &(String, u64)| made.0 == article;
        let same_article = self.cache_key.as_ref().is_some_and(same_article);
        let tag = open.current_tag().map(|tag| &tag.id);
        let moved = tag.is_some() && tag != self.sorted_for.as_ref();
        let fresh = |made: &(String, u64)| made.1 == open.roster_change_count();
        let changed = !self.cache_key.as_ref().is_some_and(fresh);
        let starts = opens || !same_article;
        let sorts = starts || (moved || changed) && !self.has_focus(ui);
        if !sorts && !changed {
            return;
        }
        if starts || moved && sorts {
            self.sorted_for = tag.cloned();
            let here = open.current_tag().map(|tag| tag.fragments.start());
            self.sorted_at = here.unwrap_or(open.selection().head);
        }
        self.cache_key = Some((article.to_owned(), open.roster_change_count()));
        let set = open.document().set();
        let row = |person: &Person| PersonRow {
            id: person.id.clone(),
            name: person.name.clone(),
        };
        if sorts {
            let mut people: Vec<&Person> = set.people().collect();
            people.sort_by_cached_key(|person| {
                let distance = person_distance(open.document(), person, self.sorted_at);
                (distance, person.name.to_lowercase(), person.id.clone())
            });
            self.rows = people.into_iter().map(row).collect();
        } else {
            let before = std::mem::take(&mut self.rows);
            let known: BTreeSet<&PersonId> = before.iter().map(|row| &row.id).collect();
            let kept = before.iter().filter_map(|row| set.person(&row.id));
            let new = set.people().filter(|person| !known.contains(&person.id));
            self.rows = kept.chain(new).map(row).collect();
        }
        let still = |id: &PersonId| set.person(id).is_some();
        if !self.chosen.as_ref().is_some_and(still) {
            self.chosen = None;
        }
    }

    /// Whether the keys' focus is in the panel.
    fn has_focus(&self, ui: &Ui) -> bool {
        let focused = ui.memory(|memory| memory.focused());
        let place = focused.and_then(|id| ui.ctx().read_response(id));
        let inside =
            |place: egui::Response| self.area.is_some_and(|area| area.intersects(place.rect));
        place.is_some_and(inside)
    }

    /// The roster; returns the row that gets the keys' focus: the chosen one, else the first in
    /// view.
    pub(crate) fn people_ui(
        &mut self,
        ui: &mut Ui,
        cx: UiContext<'_>,
        article: &str,
        open: &OpenDocument,
        tags: &mut TagsPanel,
        queue: &mut VecDeque<AppCommand>,
    ) -> Option<Id> {
        self.refresh(ui, article, open);
        self.area = Some(ui.available_rect_before_wrap());
        if self.rows.is_empty() {
            let margin = egui::Margin::symmetric(12, 8);
            egui::Frame::new().inner_margin(margin).show(ui, |ui| {
                let words =
                    egui::RichText::new("No people yet. Tag a speaker, then press W to name them.")
                        .color(cx.theme.muted);
                ui.add(egui::Label::new(words).wrap());
            });
            return None;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut entry = None;
        let open_row = self
            .rows
            .iter()
            .position(|row| self.chosen.as_ref() == Some(&row.id));
        let unfolded = open_row.map_or(0.0, |_| self.details_height);
        // Unfolded rows are of any height.
        let height = match open_row {
            Some(_) => ui.available_height(),
            None => whole_rows(ui),
        };
        ScrollArea::vertical()
            .id_salt("people")
            .auto_shrink(false)
            .max_height(height)
            .min_scrolled_height(0.0)
            .show_viewport(ui, |ui, viewport| {
                let list = RowList {
                    top: ui.max_rect().top(),
                    open_row,
                    unfolded,
                };
                ui.set_height(list.offset(self.rows.len()));
                let (width, left) = (ui.available_width(), ui.max_rect().left());
                for n in list.in_view(viewport, self.rows.len()) {
                    let top = list.top + list.offset(n);
                    let area = |top: f32, height: f32| {
                        Rect::from_min_size(pos2(left, top), vec2(width, height))
                    };
                    let place = UiBuilder::new().id_salt(("person", n));
                    let row = place.clone().max_rect(area(top, TALL_ROW));
                    ui.scope_builder(row, |ui| {
                        self.row_ui(ui, cx, open, n, &mut entry);
                    });
                    if open_row == Some(n) && self.chosen.is_some() {
                        let below = area(top + TALL_ROW, self.details_height.max(1.0));
                        let below = place.max_rect(below.shrink2(vec2(12.0, 0.0)));
                        let shown = ui.scope_builder(below, |ui| {
                            ui.spacing_mut().item_spacing.y = 6.0;
                            ui.add_space(4.0);
                            self.chosen_ui(ui, open, tags, queue);
                            ui.add_space(if is_low(ui) { 2.0 } else { 8.0 });
                        });
                        let height = shown.response.rect.height();
                        let whole = area(top, TALL_ROW + height);
                        let known = (height - self.details_height).abs() <= 0.5;
                        if self.unfolds && known && std::mem::take(&mut self.unfolds) {
                            ui.scroll_to_rect(whole, None);
                        }
                        if (height - self.details_height).abs() > 0.5 {
                            self.details_height = height;
                            ui.ctx().request_repaint();
                        }
                    }
                }
            });
        entry
    }

    fn row_ui(
        &mut self,
        ui: &mut Ui,
        cx: UiContext<'_>,
        open: &OpenDocument,
        n: usize,
        entry: &mut Option<Id>,
    ) {
        let Some(row) = self.rows.get(n) else {
            return;
        };
        let Some(person) = open.document().set().person(&row.id) else {
            return;
        };
        let counts = counts(open, person);
        let font = egui::TextStyle::Body.resolve(ui.style());
        let room = ui.available_width() - 24.0;
        let short = short_name_to(ui.painter(), &row.name, &font, room);
        let shown = Row {
            id: Id::unique(("person row", &row.id)),
            name: format!("{}, {counts}", row.name),
            style: None,
            first: &short,
            second: &counts,
            aside: "",
            aside_color: cx.theme.muted,
            chosen: self.chosen.as_ref() == Some(&row.id),
            dimmed: false,
        };
        let response = shown.row_ui(ui, cx.theme, TALL_ROW);
        if entry.is_none() || shown.chosen {
            *entry = Some(response.id);
        }
        if response.clicked() {
            self.chosen = if self.chosen.as_ref() == Some(&row.id) {
                None
            } else {
                Some(row.id.clone())
            };
            self.unfolds = self.chosen.is_some();
            self.draft = None;
        }
    }

    fn chosen_ui(
        &mut self,
        ui: &mut Ui,
        open: &OpenDocument,
        tags: &mut TagsPanel,
        queue: &mut VecDeque<AppCommand>,
    ) {
        let person = self.chosen.clone();
        if let Some(person) = person.and_then(|id| open.document().set().person(&id)) {
            self.details_ui(ui, open, person, tags, queue);
        }
    }

    fn details_ui(
        &mut self,
        ui: &mut Ui,
        open: &OpenDocument,
        person: &Person,
        tags: &mut TagsPanel,
        queue: &mut VecDeque<AppCommand>,
    ) {
        let typing = ui.ctx().text_edit_focused();
        let draft = match &mut self.draft {
            Some(draft) if draft.person.id == person.id && typing => draft,
            draft => draft.insert(PersonDraft::of(person)),
        };
        let low = is_low(ui);
        if low {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.spacing_mut().button_padding.y = 1.0;
            ui.spacing_mut().interact_size.y = 22.0;
        }
        let mut changed = false;
        egui::Grid::new("person fields")
            .num_columns(2)
            .spacing([10.0, if low { 2.0 } else { 6.0 }])
            .show(ui, |ui| {
                let mut field = |ui: &mut Ui, name: &str, text: &mut String, id: Id| {
                    let label = ui.weak(name);
                    let mut edit = TextEdit::singleline(text)
                        .id(id)
                        .desired_width(f32::INFINITY);
                    if low {
                        edit = edit.margin(egui::Margin::symmetric(4, 1));
                    }
                    changed |= ui.add(edit).labelled_by(label.id).changed();
                    ui.end_row();
                };
                field(
                    ui,
                    "Name",
                    &mut draft.person.name,
                    Id::unique("person name"),
                );
                field(
                    ui,
                    "Role",
                    &mut draft.person.role,
                    Id::unique("person role"),
                );
                field(
                    ui,
                    "Also called",
                    &mut draft.aliases,
                    Id::unique("person aliases"),
                );
                ui.weak("Kind");
                changed |= kind_ui(ui, low, &mut draft.person.kind);
                ui.end_row();
            });
        if changed {
            let edited = draft.result();
            if edited != *person {
                queue.push_back(AppCommand::document(Edit::EditPerson(edited)));
            }
        }
        ui.horizontal_wrapped(|ui| {
            if low {
                // As many as go into one row of a narrow panel.
                ui.spacing_mut().item_spacing.x = 4.0;
                ui.spacing_mut().button_padding.x = 6.0;
            }
            if ui
                .button("Show tags")
                .on_hover_text("Lists only tags about this person.")
                .clicked()
            {
                tags.show_person(person.id.clone());
                queue.push_back(AppCommand::Ui(crate::ops::ui_command::UiCommand::ShowTags));
            }
            if ui
                .button("In all articles")
                .on_hover_text("Shows what this person said in all articles, and who they are.")
                .clicked()
            {
                queue.push_back(AppCommand::ShowPerson(person.name.clone()));
            }
            if self.rows.len() > 1 {
                let combo = ComboBox::from_id_salt("merge")
                    .selected_text(if low { "Merge…" } else { "Merge into…" })
                    .width(if low { 72.0 } else { 110.0 })
                    .show_ui(ui, |ui| {
                        for row in self.rows.iter().filter(|row| row.id != person.id) {
                            if ui.selectable_label(false, &row.name).clicked() {
                                queue.push_back(AppCommand::document(Edit::MergePeople {
                                    from: person.id.clone(),
                                    into: row.id.clone(),
                                }));
                            }
                        }
                    });
                combo.response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Merge into")
                });
            }
            let used = in_use(open, &person.id);
            let button = ui.add_enabled(!used, egui::Button::new("Delete"));
            if button
                .on_hover_text("Removes this person.")
                .on_disabled_hover_text(
                    "This person is in use. Merge them with someone else instead.",
                )
                .clicked()
            {
                queue.push_back(AppCommand::document(Edit::DeletePerson(person.id.clone())));
            }
        });
    }
}

/// What kind of person it is: in a low window a list that drops down. Returns whether it was changed.
fn kind_ui(ui: &mut Ui, low: bool, kind: &mut PersonKind) -> bool {
    let mut changed = false;
    if low {
        let combo = ComboBox::from_id_salt("person kind")
            .selected_text(kind.word())
            .show_ui(ui, |ui| {
                for one in PersonKind::ALL {
                    changed |= ui.selectable_value(kind, one, one.word()).changed();
                }
            });
        let named = || egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Kind");
        combo.response.widget_info(named);
    } else {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.spacing_mut().button_padding.x = 6.0;
            for one in PersonKind::ALL {
                changed |= ui.selectable_value(kind, one, one.word()).changed();
            }
        });
    }
    changed
}

fn in_use(open: &OpenDocument, person: &PersonId) -> bool {
    let set = open.document().set();
    set.mentions(person).next().is_some()
        || set
            .links_to(&Target::Person(person.clone()))
            .next()
            .is_some()
}

fn counts(open: &OpenDocument, person: &Person) -> String {
    let voice = open.person_counts().of(&person.id);
    let mut words = format!(
        "{} · {}",
        count_as(voice.mentions, "mention", "mentions"),
        count_as(voice.said, "quote or claim", "quotes and claims")
    );
    if !person.role.is_empty() {
        words = format!("{} · {words}", person.role);
    }
    words
}
