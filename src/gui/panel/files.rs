//! The articles of the folder.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use egui::{Id, RichText, ScrollArea, Ui};

use super::filter_field::{FilterKey, filter_field_ui};
use super::list_choices::{
    copies_tip, order_choice_ui, progress_bar_ui, queue_choice_ui, totals_words, whose_choice_ui,
};
use super::not_opened::{not_opened_heading_ui, not_opened_ui};
use crate::gui::app_command::AppCommand;
use crate::gui::article_list::{ArticleList, ListRow, WhoseWork, curated_state};
use crate::gui::tag_description::capitalize;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{Row, TALL_ROW, checkbox_ui, heading_ui, whole_rows};
use crate::gui::workspace::{OtherTagger, Workspace};
use crate::model::DocumentState;
use crate::ops::Undecided;
use crate::ops::article_list::{Whose, WorkFigures};
use crate::text::wording::{count, count_as};

/// How the panel is left.
#[derive(Debug, Default)]
pub(crate) struct FilesPanel {
    shows_not_opened: bool,
    /// Whether the reasons have just been asked for, which come into view then.
    unfolded: bool,
    /// The article whose row was brought into view last.
    followed: Option<PathBuf>,
    /// How far the list is scrolled, in points.
    scrolled: f32,
}

impl FilesPanel {
    /// The id of the field that gets the keys' focus.
    pub(crate) fn focus_id() -> Id {
        Id::unique("filter files")
    }

    /// Where the list scrolls to in this frame, in points, if anywhere: the row of an article that has
    /// just been opened comes into view as a whole, and so do the reasons that were asked for.
    fn scrolls_to(
        &mut self,
        workspace: &Workspace,
        list: &ArticleList,
        height: f32,
    ) -> Option<f32> {
        let top_of = |row: usize| u32::try_from(row).unwrap_or(u32::MAX) as f32 * TALL_ROW;
        if std::mem::take(&mut self.unfolded) {
            return Some(top_of(list.rows().len()));
        }
        let current = workspace.current_path();
        if current == self.followed.as_deref() {
            return None;
        }
        self.followed = current.map(Path::to_owned);
        let row = list.rows().iter().position(
            |row| matches!(row, ListRow::Article(path) if Some(path.as_path()) == current),
        );
        let top = top_of(row?);
        let last = (top + TALL_ROW - height).max(0.0);
        let nearest = if top < self.scrolled { top } else { last };
        (top < self.scrolled || last > self.scrolled).then_some(nearest)
    }
}

/// Which states are shown, to be chosen.
fn states_ui(ui: &mut Ui, list: &mut ArticleList, workspace: &Workspace) {
    ui.horizontal_wrapped(|ui| {
        ui.add_space(8.0);
        // All four in one row of the panel's usual width.
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.spacing_mut().button_padding.x = 6.0;
        let all = [None].into_iter();
        for state in all.chain(DocumentState::ALL.map(Some)) {
            let word = state.map_or_else(|| "All".to_owned(), |state| capitalize(state.word()));
            let text = RichText::new(word).small();
            let chosen = list.order.state == state;
            if ui.selectable_label(chosen, text).clicked() {
                list.order.state = state;
            }
        }
    });
    if workspace.has_others() {
        ui.horizontal(|ui| {
            ui.add_space(14.0);
            let text = RichText::new("By others").small();
            checkbox_ui(ui, &mut list.by_others, text)
                .on_hover_text("Show only articles that others have tagged");
        });
    }
}

/// Which queue is shown and what it is sorted by, in one row; and the way to the whole table.
fn queue_ui(ui: &mut Ui, list: &mut ArticleList, workspace: &Workspace) {
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        ui.spacing_mut().item_spacing.x = 4.0;
        let room = ui.available_width() - 8.0;
        queue_choice_ui(ui, list, workspace, (room * 0.5 - 4.0).max(60.0));
        let article = workspace.current();
        let fields = article.map_or(&[][..], |article| &article.open.schema().fields);
        order_choice_ui(ui, list, fields, (room * 0.5 - 4.0).max(60.0));
    });
}

/// The files; returns the field that gets the keys' focus.
pub(crate) fn files_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    workspace: &Workspace,
    (panel, list): (&mut FilesPanel, &mut ArticleList),
    queue: &mut VecDeque<AppCommand>,
) -> Id {
    list.refresh(workspace);
    ui.add_space(4.0);
    let title = workspace
        .folder
        .as_deref()
        .and_then(|folder| folder.file_name())
        .map_or_else(|| "Articles".into(), |name| name.to_string_lossy());
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        // How much is done stays whole.
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(12.0);
            if workspace.folder.is_some() {
                let totals = list.totals(workspace);
                let words = format!("{} of {} done", totals.done, totals.articles);
                ui.weak(RichText::new(words).small())
                    .on_hover_text(totals_words(&totals));
            }
            let left = egui::Layout::left_to_right(egui::Align::Center);
            ui.with_layout(left, |ui| {
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                heading_ui(ui, cx.theme, &title);
            });
        });
    });
    if workspace.folder.is_some() {
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            let width = ui.available_width() - 12.0;
            progress_bar_ui(ui, cx.theme, &list.totals(workspace), width);
        });
    }
    let (id, text) = (FilesPanel::focus_id(), &mut list.order.containing);
    let key = filter_field_ui(ui, id, text, "Filter files", "Filter by name, words, facts");
    if workspace.folder.is_some() {
        states_ui(ui, list, workspace);
        queue_ui(ui, list, workspace);
        if list.whose != WhoseWork::Mine || workspace.adjudicates {
            // Whose figures these are is said where they stand.
            ui.horizontal(|ui| {
                ui.add_space(8.0);
                whose_choice_ui(ui, list, workspace);
            });
        }
    }
    list.refresh(workspace);
    if list.rows().is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            ui.weak(if workspace.listed.is_empty() {
                "No article open."
            } else {
                "No matching file."
            });
        });
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let not_opened = workspace.not_opened.len();
    let below = match not_opened {
        0 => 0,
        n if panel.shows_not_opened => n + 1,
        _ => 1,
    };
    let height = whole_rows(ui);
    let mut area = ScrollArea::vertical()
        .id_salt("files")
        .auto_shrink(false)
        .max_height(height)
        .min_scrolled_height(0.0);
    if let Some(top) = panel.scrolls_to(workspace, list, height) {
        area = area.vertical_scroll_offset(top);
    }
    match (key, list.shown().next()) {
        (FilterKey::ToRows, Some(first)) => {
            area = area.vertical_scroll_offset(0.0);
            ui.memory_mut(|memory| memory.request_focus(row_id(first)));
        }
        (FilterKey::TakeFirst, Some(first)) => {
            queue.push_back(AppCommand::Open(first.clone()));
            queue.push_back(AppCommand::FocusArticle);
        }
        (FilterKey::None, _) | (_, None) => {}
    }
    let listed = list.rows().len();
    let mut folds = None;
    let shown = area.show_rows(ui, TALL_ROW, listed + below, |ui, rows| {
        for row in rows {
            match (list.rows().get(row), row.checked_sub(listed)) {
                (Some(ListRow::Article(path)), _) => {
                    article_ui(ui, cx, (workspace, list), path, queue);
                }
                (Some(row @ ListRow::Folder { name, .. }), _) => {
                    if folder_ui(ui, cx, row) {
                        folds = Some(name.clone());
                    }
                }
                (None, Some(0)) => {
                    let shown = &mut panel.shows_not_opened;
                    if not_opened_heading_ui(ui, cx, not_opened, shown) {
                        panel.unfolded = *shown;
                    }
                }
                (None, Some(n)) => {
                    if let Some((path, why)) = workspace.not_opened.get(n - 1) {
                        not_opened_ui(ui, cx, (&workspace.name(path), path), why, queue);
                    }
                }
                (None, None) => {}
            }
        }
    });
    if let Some(name) = folds {
        list.toggle_folder(&name);
    }
    panel.scrolled = shown.state.clamped_offset().y;
    FilesPanel::focus_id()
}

/// A folder; whether it was clicked, to be folded or unfolded.
fn folder_ui(ui: &mut Ui, cx: UiContext<'_>, row: &ListRow) -> bool {
    let ListRow::Folder {
        name,
        articles,
        done,
        unfolded,
    } = row
    else {
        return false;
    };
    let shown = if name.is_empty() { "This folder" } else { name };
    let first = format!("{} {shown}", if *unfolded { "▼" } else { "▶" });
    let second = format!("{done} of {articles} done");
    let row = Row {
        id: Id::unique(("folder row", name)),
        name: format!("Folder {shown}, {second}"),
        style: None,
        first: &first,
        second: &second,
        aside: "",
        aside_color: cx.theme.muted,
        chosen: false,
        dimmed: false,
    };
    row.row_ui(ui, cx.theme, TALL_ROW).clicked()
}

fn article_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    (workspace, list): (&Workspace, &ArticleList),
    path: &PathBuf,
    queue: &mut VecDeque<AppCommand>,
) {
    let name = workspace.name(path);
    let known = workspace.progress(path).is_some();
    let progress = known.then(|| list.figures(workspace, path));
    let unreadable = workspace.unreadable.get(path);
    let curated = curated_state(workspace, path);
    let shows_curated = list.whose(workspace) == Whose::Curated;
    let (aside, color) = match unreadable {
        Some(_) => ("cannot be read".to_owned(), cx.theme.danger),
        None if shows_curated => curated_aside(cx, progress, curated),
        None => match (aside_of(cx, progress), curated) {
            // Without work of one's own there is room for how far the curated tags are.
            ((aside, _), Some(_)) if aside.is_empty() => curated_aside(cx, progress, curated),
            (aside, _) => aside,
        },
    };
    let others = workspace.others(path);
    let tagged_by = tagged_by(others);
    let copies = workspace.copies.group(path);
    let copies = copies.map(|group| count_as(group.others(), "copy", "copies"));
    let and_curated = curated.map_or_else(String::new, |left| match left.words() {
        words if words.is_empty() => ", curated".to_owned(),
        words => format!(", curated, {words}"),
    });
    let and_copies = copies
        .as_ref()
        .map_or_else(String::new, |copies| format!(", {copies}"));
    let and_more = format!("{and_curated}{and_copies}");
    let progress_words = |progress: WorkFigures| match (shows_curated, curated) {
        (true, None) => "not curated".to_owned(),
        (true, Some(_)) | (false, _) => progress_words(progress),
    };
    let row = Row {
        id: row_id(path),
        name: match (unreadable, progress) {
            (Some(why), _) => format!("{name}, cannot be read: {why}"),
            (None, Some(progress)) if !others.is_empty() => {
                format!(
                    "{name}, {}, {tagged_by}{and_more}",
                    progress_words(progress)
                )
            }
            (None, Some(progress)) => format!("{name}, {}{and_more}", progress_words(progress)),
            (None, None) => name.clone(),
        },
        style: None,
        first: &name,
        second: unreadable.map_or_else(|| workspace.first_line(path), String::as_str),
        aside: &aside,
        aside_color: color,
        chosen: workspace.current_path() == Some(path),
        dimmed: progress.is_some_and(|progress| progress.state == DocumentState::Done),
    };
    let names = (!others.is_empty()).then(|| names_of(others));
    let mark = curated.map(Undecided::mark);
    let mark = mark.filter(|mark| !aside.starts_with(mark.as_str()));
    let corner = mark.into_iter().chain(names).chain(copies.clone());
    let corner: Vec<String> = corner.collect();
    let response = row.row_with_corner_ui(ui, cx.theme, TALL_ROW, &corner.join(" · "));
    let tip = match unreadable {
        Some(why) => why.clone(),
        None if others.is_empty() => path.display().to_string(),
        None => format!("{}\n{}", path.display(), capitalize(&tagged_by)),
    };
    let tip = match workspace.facts(path).as_str() {
        "" => tip,
        facts => format!("{tip}\n{facts}"),
    };
    let tip = match workspace.assigned(path) {
        [] => tip,
        names => format!("{tip}\nAssigned to {}", names.join(", ")),
    };
    let tip = match curated {
        None => tip,
        Some(_) => format!(
            "{tip}\n{}",
            capitalize(and_curated.trim_start_matches(", "))
        ),
    };
    let tip = match copies {
        None => tip,
        Some(_) => format!("{tip}\n{}", copies_tip(workspace, path)),
    };
    if response.on_hover_text(tip).clicked() {
        queue.push_back(AppCommand::Open(path.clone()));
        queue.push_back(AppCommand::FocusArticle);
    }
}

/// How far the curated tags of an article are.
fn curated_aside(
    cx: UiContext<'_>,
    progress: Option<WorkFigures>,
    curated: Option<Undecided>,
) -> (String, egui::Color32) {
    match curated {
        Some(left) if !left.is_empty() => (left.mark(), cx.theme.warning),
        Some(_) if progress.is_some_and(|known| known.state == DocumentState::Done) => {
            ("curated, done".to_owned(), cx.theme.success)
        }
        Some(left) => (left.mark(), cx.theme.success),
        None => (String::new(), cx.theme.muted),
    }
}

/// Who else has tagged an article, in few words: "maria, ben", "maria + 2".
fn names_of(others: &[OtherTagger]) -> String {
    match others {
        [] => String::new(),
        [one] => one.name.to_string(),
        [one, other] => format!("{}, {}", one.name, other.name),
        [one, more @ ..] => format!("{} + {}", one.name, more.len()),
    }
}

/// The same in full: "also tagged by maria (9 tags), ben (1 tag)".
fn tagged_by(others: &[OtherTagger]) -> String {
    let one = |other: &OtherTagger| format!("{} ({})", other.name, count(other.tags, "tag"));
    let all: Vec<String> = others.iter().map(one).collect();
    format!("also tagged by {}", all.join(", "))
}

fn row_id(path: &Path) -> Id {
    Id::unique(("file row", path))
}

fn progress_words(progress: WorkFigures) -> String {
    let tags = tags_words(progress.tags);
    let left = [
        (progress.without_speaker, "without a confirmed speaker"),
        (progress.suggestions, "to review"),
        (progress.unsure, "unsure"),
        (progress.corrections, "to correct"),
    ];
    let left = left.into_iter().filter(|(number, _)| *number > 0);
    let left: String = left
        .map(|(number, what)| format!(", {number} {what}"))
        .collect();
    let doubts = [(progress.problems(), "problem"), (progress.hints(), "hint")];
    let doubts = doubts.into_iter().filter(|(number, _)| *number > 0);
    let doubts: String = doubts
        .map(|(number, what)| format!(", {}", count(number, what)))
        .collect();
    format!("{}, {tags}{left}{doubts}", progress.state.word())
}

fn tags_words(number: usize) -> String {
    match number {
        0 => "no tags".to_owned(),
        n => count(n, "tag"),
    }
}

fn aside_of(cx: UiContext<'_>, progress: Option<WorkFigures>) -> (String, egui::Color32) {
    let theme = cx.theme;
    match progress {
        Some(progress) if progress.state == DocumentState::Done && progress.without_speaker > 0 => {
            (
                format!("done · {} without speaker", progress.without_speaker),
                theme.warning,
            )
        }
        Some(progress) if progress.state == DocumentState::Done => {
            ("done".to_owned(), theme.success)
        }
        Some(progress) if progress.without_speaker > 0 => (
            format!("{} without speaker", progress.without_speaker),
            theme.warning,
        ),
        Some(progress) if progress.tags > 0 => (tags_words(progress.tags), theme.muted),
        _ => (String::new(), theme.muted),
    }
}
