//! The articles of the folder.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use egui::{Id, RichText, ScrollArea, Ui};

use super::filter_field::{FilterKey, filter_field_ui};
use crate::format::detect_by_name;
use crate::gui::app_command::AppCommand;
use crate::gui::tag_description::capitalize;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{Row, TALL_ROW, checkbox_ui, heading_ui, whole_rows};
use crate::gui::workspace::{ArticleProgress, OtherTagger, Workspace};
use crate::model::DocumentState;
use crate::ops::FilterText;
use crate::store::NotOpened;
use crate::text::wording::count;

/// What is filtered.
#[derive(Debug, Default)]
pub(crate) struct FilesPanel {
    filter: String,
    /// Only articles in this state; `None`: all.
    state: Option<DocumentState>,
    /// Only articles that somebody else has tagged.
    by_others: bool,
    shows_not_opened: bool,
    /// Whether the reasons have just been asked for, which come into view then.
    unfolded: bool,
    /// The article whose row was brought into view last.
    followed: Option<PathBuf>,
    /// How far the list is scrolled, in points.
    scrolled: f32,
    shown: Vec<PathBuf>,
    done: usize,
    /// How many articles can be opened, as far as known.
    can_open: usize,
    /// What `shown`, `done` and `can_open` were made from.
    cache_key: Option<CacheKey>,
}

/// Filter, state, whether by others, version of the list, and the states of what is open.
type CacheKey = (String, Option<DocumentState>, bool, u64, Vec<DocumentState>);

impl FilesPanel {
    /// The id of the field that gets the keys' focus.
    pub(crate) fn focus_id() -> Id {
        Id::unique("filter files")
    }

    /// What is typed into it.
    pub(crate) fn filter(&self) -> &str {
        &self.filter
    }

    /// The state that is shown alone, in a word; empty: all are.
    pub(crate) fn state_word(&self) -> &'static str {
        self.state.map_or("", DocumentState::word)
    }

    /// Whether only articles are shown that somebody else has tagged.
    pub(crate) fn by_others(&self) -> bool {
        self.by_others
    }

    /// Filters again as it was left.
    pub(crate) fn set_filter(&mut self, filter: &str, state: &str, by_others: bool) {
        self.by_others = by_others;
        filter.clone_into(&mut self.filter);
        let mut states = DocumentState::ALL.into_iter();
        self.state = states.find(|known| known.word() == state);
    }

    /// Whether the list is narrowed.
    pub(crate) fn filters(&self, workspace: &Workspace) -> bool {
        let is_named = !self.filter.trim().is_empty();
        is_named || self.state.is_some() || self.only_by_others(workspace)
    }

    /// The choice goes with the last article that others have tagged.
    fn only_by_others(&self, workspace: &Workspace) -> bool {
        self.by_others && workspace.has_others()
    }

    /// Whether an article is listed under the filter.
    pub(crate) fn fits(&self, workspace: &Workspace, path: &Path) -> bool {
        let state = workspace.progress(path).map(|progress| progress.state);
        let words = FilterText::new(&self.filter);
        self.fits_in_state(workspace, path, state.unwrap_or_default(), &words)
    }

    /// By its name, by how it begins, and by date, outlet, headline and byline.
    fn fits_in_state(
        &self,
        workspace: &Workspace,
        path: &Path,
        state: DocumentState,
        words: &FilterText,
    ) -> bool {
        self.state.is_none_or(|wanted| wanted == state)
            && (!self.only_by_others(workspace) || !workspace.others(path).is_empty())
            && (words.is_in(&workspace.name(path))
                || words.is_in(workspace.first_line(path))
                || words.is_in(workspace.facts(path)))
    }

    /// Articles that are done, and all of the folder; `None` where none is open.
    pub(crate) fn done(&mut self, workspace: &Workspace) -> Option<(usize, usize)> {
        workspace.folder.as_ref()?;
        self.refresh(workspace);
        Some((self.done, self.can_open))
    }

    fn refresh(&mut self, workspace: &Workspace) {
        let open = workspace.open.values();
        let cache_key = (
            self.filter.clone(),
            self.state,
            self.by_others,
            workspace.list_version,
            open.map(|article| article.open.document().meta().state)
                .collect(),
        );
        if self.cache_key.as_ref() == Some(&cache_key) {
            return;
        }
        (self.done, self.can_open) = (0, 0);
        let mut shown = Vec::new();
        let words = FilterText::new(&self.filter);
        for (path, state) in workspace.states() {
            let can_open = !workspace.unreadable.contains_key(path);
            self.can_open += usize::from(can_open);
            self.done += usize::from(can_open && state == DocumentState::Done);
            if self.fits_in_state(workspace, path, state, &words) {
                shown.push(path.clone());
            }
        }
        self.shown = shown;
        self.cache_key = Some(cache_key);
    }

    /// Where the list scrolls to in this frame, in points, if anywhere: the row of an article that has
    /// just been opened comes into view as a whole, and so do the reasons that were asked for.
    fn scrolls_to(&mut self, workspace: &Workspace, height: f32) -> Option<f32> {
        let top_of = |row: usize| u32::try_from(row).unwrap_or(u32::MAX) as f32 * TALL_ROW;
        if std::mem::take(&mut self.unfolded) {
            return Some(top_of(self.shown.len()));
        }
        let current = workspace.current_path();
        if current == self.followed.as_deref() {
            return None;
        }
        self.followed = current.map(Path::to_owned);
        let row = self
            .shown
            .iter()
            .position(|path| Some(path.as_path()) == current);
        let top = top_of(row?);
        let last = (top + TALL_ROW - height).max(0.0);
        let nearest = if top < self.scrolled { top } else { last };
        (top < self.scrolled || last > self.scrolled).then_some(nearest)
    }

    /// Which states are shown, to be chosen.
    fn states_ui(&mut self, ui: &mut Ui, workspace: &Workspace) {
        ui.horizontal_wrapped(|ui| {
            ui.add_space(8.0);
            // All four in one row of the panel's usual width.
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.spacing_mut().button_padding.x = 6.0;
            let all = [None].into_iter();
            for state in all.chain(DocumentState::ALL.map(Some)) {
                let word = state.map_or_else(|| "All".to_owned(), |state| capitalize(state.word()));
                let text = RichText::new(word).small();
                if ui.selectable_label(self.state == state, text).clicked() {
                    self.state = state;
                }
            }
        });
        if workspace.has_others() {
            ui.horizontal(|ui| {
                ui.add_space(14.0);
                let text = RichText::new("By others").small();
                checkbox_ui(ui, &mut self.by_others, text)
                    .on_hover_text("Show only articles that others have tagged");
            });
        }
    }
}

/// The files; returns the field that gets the keys' focus.
pub(crate) fn files_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    workspace: &Workspace,
    panel: &mut FilesPanel,
    queue: &mut VecDeque<AppCommand>,
) -> Id {
    panel.refresh(workspace);
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
            if let Some((done, all)) = panel.done(workspace) {
                ui.weak(RichText::new(format!("{done} of {all} done")).small());
            }
            let left = egui::Layout::left_to_right(egui::Align::Center);
            ui.with_layout(left, |ui| {
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                heading_ui(ui, cx.theme, &title);
            });
        });
    });
    let (id, text) = (FilesPanel::focus_id(), &mut panel.filter);
    let key = filter_field_ui(ui, id, text, "Filter files", "Filter by name or first line");
    if workspace.folder.is_some() {
        panel.states_ui(ui, workspace);
    }
    panel.refresh(workspace);
    if panel.shown.is_empty() {
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
    if let Some(top) = panel.scrolls_to(workspace, height) {
        area = area.vertical_scroll_offset(top);
    }
    match (key, panel.shown.first()) {
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
    let shown = area.show_rows(ui, TALL_ROW, panel.shown.len() + below, |ui, rows| {
        for row in rows {
            match (panel.shown.get(row), row.checked_sub(panel.shown.len())) {
                (Some(path), _) => article_ui(ui, cx, workspace, path, queue),
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
    panel.scrolled = shown.state.clamped_offset().y;
    FilesPanel::focus_id()
}

fn article_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    workspace: &Workspace,
    path: &PathBuf,
    queue: &mut VecDeque<AppCommand>,
) {
    let name = workspace.name(path);
    let progress = workspace.progress(path);
    let unreadable = workspace.unreadable.get(path);
    let (aside, color) = match unreadable {
        Some(_) => ("cannot be read".to_owned(), cx.theme.danger),
        None => aside_of(cx, progress),
    };
    let others = workspace.others(path);
    let tagged_by = tagged_by(others);
    let row = Row {
        id: row_id(path),
        name: match (unreadable, progress) {
            (Some(why), _) => format!("{name}, cannot be read: {why}"),
            (None, Some(progress)) if !others.is_empty() => {
                format!("{name}, {}, {tagged_by}", progress_words(progress))
            }
            (None, Some(progress)) => format!("{name}, {}", progress_words(progress)),
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
    let response = row.row_with_corner_ui(ui, cx.theme, TALL_ROW, &names_of(others));
    let tip = match unreadable {
        Some(why) => why.clone(),
        None if others.is_empty() => path.display().to_string(),
        None => format!("{}\n{}", path.display(), capitalize(&tagged_by)),
    };
    let tip = match workspace.facts(path) {
        "" => tip,
        facts => format!("{tip}\n{facts}"),
    };
    if response.on_hover_text(tip).clicked() {
        queue.push_back(AppCommand::Open(path.clone()));
        queue.push_back(AppCommand::FocusArticle);
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

/// How many files of the folder cannot be opened; a click shows which.
/// Returns whether it was clicked.
fn not_opened_heading_ui(ui: &mut Ui, cx: UiContext<'_>, number: usize, shown: &mut bool) -> bool {
    let words = format!("{} not opened", count(number, "file"));
    let row = Row {
        id: Id::unique("not opened"),
        name: words.clone(),
        style: None,
        first: &words,
        second: if *shown { "" } else { "Click to see why" },
        aside: "",
        aside_color: cx.theme.muted,
        chosen: false,
        dimmed: true,
    };
    let clicked = row.row_ui(ui, cx.theme, TALL_ROW).clicked();
    if clicked {
        *shown = !*shown;
    }
    clicked
}

fn not_opened_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    (name, path): (&str, &Path),
    why: &NotOpened,
    queue: &mut VecDeque<AppCommand>,
) {
    let is_document = *why == NotOpened::NotPlainText;
    let kind = detect_by_name(name)
        .into_iter()
        .find(|format| format.holds_articles());
    let why = match kind {
        Some(format) if is_document => format!("{}, not imported", format.title),
        Some(_) | None => capitalize(&why.to_string()),
    };
    let row = Row {
        id: Id::unique(("not opened", name)),
        name: format!("{name}, {why}"),
        style: None,
        first: name,
        second: &why,
        aside: "",
        aside_color: cx.theme.muted,
        chosen: false,
        dimmed: true,
    };
    let tip = match is_document {
        true => format!("{why}; click to import it"),
        false => why.clone(),
    };
    let row = row.row_ui(ui, cx.theme, TALL_ROW).on_hover_text(tip);
    if is_document && row.clicked() {
        queue.push_back(AppCommand::AskImport(vec![path.to_owned()]));
    }
}

fn row_id(path: &Path) -> Id {
    Id::unique(("file row", path))
}

fn progress_words(progress: ArticleProgress) -> String {
    let tags = tags_words(progress.tags);
    let left = match progress.without_speaker {
        0 => String::new(),
        n => format!(", {n} without a confirmed speaker"),
    };
    format!("{}, {tags}{left}", progress.state.word())
}

fn tags_words(number: usize) -> String {
    match number {
        0 => "no tags".to_owned(),
        n => count(n, "tag"),
    }
}

fn aside_of(cx: UiContext<'_>, progress: Option<ArticleProgress>) -> (String, egui::Color32) {
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
