//! What is remembered from one start to the next.

use std::path::PathBuf;

use egui::{Context, ThemePreference};

use super::App;
use super::panel_size::PanelSize;
use crate::gui::article_list::WhoseWork;
use crate::gui::panel::DetailsTab;
use crate::gui::task_result::TaskResult;
use crate::gui::window_notes::WindowNote;
use crate::model::{DocumentState, Review};
use crate::ops::article_list::{Queue, SortBy};
use crate::ops::{self, OpenRequest, TagFilter};
use crate::store::{self, DamagedSettings, Settings, ThemeName, WindowState};

impl App {
    /// Takes over what was set and how the window was left.
    pub(super) fn restore(&mut self, context: &Context) -> WindowState {
        let config = self.services.config_dir.clone();
        let settings = config.map(|config| store::load_settings(&config));
        self.settings = self.or_default(settings);
        let left = self.services.left.clone();
        let window: WindowState = self.or_default(Some(left));
        if self.services.annotator.is_none() {
            self.services.annotator.clone_from(&self.settings.annotator);
        }
        self.workspace.annotator = self.services.annotator.clone().unwrap_or_default();
        self.zoom = self.settings.zoom.clamp(0.6, 2.5);
        if let Some(theme) = self.settings.theme {
            context.set_theme(match theme {
                ThemeName::Light => ThemePreference::Light,
                ThemeName::Dark => ThemePreference::Dark,
            });
        }
        if let Some(files) = window.files {
            self.show_files = files;
        }
        self.show_details = !window.details_hidden;
        self.tab = DetailsTab::named(&window.tab);
        if let Some(width) = window.files_width {
            self.sizes.files = PanelSize::new(width);
        }
        if let Some(width) = window.details_width {
            self.sizes.details = PanelSize::new(width);
        }
        self.restore_list(&window);
        self.tags.set_filter(TagFilter {
            label: (!window.tags_label.is_empty()).then(|| window.tags_label.clone().into()),
            review: Review::from_word(&window.tags_review),
            without_speaker: window.tags_without_speaker,
            containing: window.tags_filter.clone(),
            ..TagFilter::default()
        });
        self.unmaximized = [window.size, window.position];
        window
    }

    /// Lists the articles as they were listed.
    fn restore_list(&mut self, window: &WindowState) {
        let order = &mut self.list.order;
        order.containing.clone_from(&window.files_filter);
        let mut states = DocumentState::ALL.into_iter();
        order.state = states.find(|known| known.word() == window.files_state);
        order.queue = Queue::named(&window.files_queue).unwrap_or_default();
        order.by = match &*window.files_sorted_by {
            "" => SortBy::default(),
            word => SortBy::named(word),
        };
        order.descending = window.files_descending;
        order.grouped = window.files_grouped;
        self.list.by_others = window.files_by_others;
        self.list.whose = WhoseWork::named(&window.files_whose);
        let hidden = window.files_hidden.iter();
        self.list.hidden = hidden.map(|word| SortBy::named(word)).collect();
    }

    fn or_default<T: Default>(&mut self, read: Option<Result<T, DamagedSettings>>) -> T {
        match read {
            Some(Ok(read)) => read,
            Some(Err(damaged)) => {
                self.warn(damaged.to_string(), Vec::new());
                T::default()
            }
            None => T::default(),
        }
    }

    /// Opens what was open last; the sample where that is gone.
    pub(super) fn resume(&mut self, window: &WindowState) {
        let article = window.article.clone().filter(|path| store::exists(path));
        match window.folder.clone().filter(|path| store::is_folder(path)) {
            Some(folder) => {
                self.resumes_at = article;
                self.open(folder);
            }
            None => match article {
                Some(article) => self.open(article),
                None => self.open_sample(),
            },
        }
    }

    /// Looks on a thread for the article to go on with: `last`, or the next after it that is not
    /// done.
    pub(super) fn resume_in_folder(&self, last: PathBuf, articles: Vec<PathBuf>) {
        let annotator = self.services.annotator.clone();
        let encoding = self.services.encoding;
        self.worker.spawn("resume", move || {
            let from = articles.iter().position(|article| *article == last);
            let rest = articles.iter().skip(from.unwrap_or_default());
            let is_open = |article: &&PathBuf| {
                let request = OpenRequest {
                    article: (*article).clone(),
                    annotator: annotator.clone(),
                    encoding,
                    curated: false,
                };
                let opened = ops::open_in(&request, None);
                opened.is_ok_and(|opened| opened.document.meta().state != DocumentState::Done)
            };
            let next = rest.clone().find(is_open).cloned();
            TaskResult::Resumed(next.unwrap_or(last))
        });
    }

    /// Notes how the window is, to be written soon.
    pub(super) fn note_window(&mut self, context: &Context) {
        let window = placed(context);
        if !window.maximized && window.size.is_some() {
            self.unmaximized = [window.size, window.position];
        }
        // What is still being opened is as it was noted last.
        let opening = !self.opening.is_empty() || self.resumes_at.is_some();
        if self.notes.are_kept() && !opening && self.workspace.current().is_some() {
            let note = self.window_note(context);
            self.notes.note(note);
        }
    }

    /// Writes how the window is left.
    pub(super) fn write_window_note(&mut self, context: &Context) {
        let note = self.window_note(context);
        self.notes.write_now(&note);
    }

    fn window_note(&self, context: &Context) -> WindowNote {
        let mut window = placed(context);
        if window.maximized || window.size.is_none() {
            [window.size, window.position] = self.unmaximized;
        }
        let tags = self.tags.filter();
        let window = WindowState {
            files: Some(self.show_files),
            files_width: Some(self.sizes.files.wanted()),
            details_hidden: !self.show_details,
            details_width: Some(self.sizes.details.wanted()),
            tab: self.tab.name().to_owned(),
            folder: self.workspace.folder.clone(),
            article: self.workspace.current_path().map(PathBuf::from),
            files_filter: self.list.order.containing.clone(),
            files_state: self
                .list
                .order
                .state
                .map_or("", DocumentState::word)
                .to_owned(),
            files_by_others: self.list.by_others,
            files_queue: self.list.order.queue.to_string(),
            files_sorted_by: self.list.order.by.word().to_owned(),
            files_descending: self.list.order.descending,
            files_grouped: self.list.order.grouped,
            files_whose: self.list.whose.word().to_owned(),
            files_hidden: self
                .list
                .hidden
                .iter()
                .map(|column| column.word().to_owned())
                .collect(),
            tags_filter: tags.containing.clone(),
            tags_label: tags.label.clone().unwrap_or_default().to_string(),
            tags_review: tags.review.map_or("", Review::word).to_owned(),
            tags_without_speaker: tags.without_speaker,
            ..window
        };
        WindowNote {
            window,
            place: self.reading_position(),
        }
    }

    /// Changes a setting and writes it.
    pub(super) fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings);
        if let Some(config) = &self.services.config_dir
            && let Err(error) = store::save_settings(config, &self.settings)
        {
            self.fail(format!("The setting is not kept. {error}"), Vec::new());
        }
    }
}

/// Where the window is and how large.
fn placed(context: &Context) -> WindowState {
    context.input(|input| {
        let viewport = input.viewport();
        let fills = viewport.maximized == Some(true) || viewport.fullscreen == Some(true);
        WindowState {
            size: viewport.inner_rect.map(|rect| rect.size().into()),
            position: viewport.outer_rect.map(|rect| rect.min.into()),
            maximized: fills,
            ..WindowState::default()
        }
    })
}
