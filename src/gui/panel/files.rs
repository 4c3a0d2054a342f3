//! The articles of the folder.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use egui::{Id, ScrollArea, Ui};

use super::filter_field::{FilterKey, filter_field_ui};
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{ROW, Row, heading_ui};
use crate::gui::workspace::{ArticleProgress, Workspace};
use crate::model::DocumentState;
use crate::text::wording::count;

/// What is filtered.
#[derive(Debug, Default)]
pub(crate) struct FilesPanel {
    filter: String,
    shown: Vec<PathBuf>,
    /// What `shown` was made from: filter and number of articles.
    cache_key: Option<(String, Option<PathBuf>, usize)>,
}

impl FilesPanel {
    /// The id of the field that gets the keys' focus.
    pub(crate) fn focus_id() -> Id {
        Id::unique("filter files")
    }

    /// What is typed into it.
    pub(crate) fn filter(&self) -> &str {
        &self.filter
    }

    /// Whether an article is listed under the filter.
    pub(crate) fn fits(&self, workspace: &Workspace, path: &Path) -> bool {
        let wanted = self.filter.trim().to_lowercase();
        workspace.name(path).to_lowercase().contains(&wanted)
    }

    fn refresh(&mut self, workspace: &Workspace) {
        let cache_key = (
            self.filter.clone(),
            workspace.folder.clone(),
            workspace.listed.len(),
        );
        if self.cache_key.as_ref() == Some(&cache_key) {
            return;
        }
        self.shown = workspace
            .listed
            .iter()
            .filter(|path| self.fits(workspace, path))
            .cloned()
            .collect();
        self.cache_key = Some(cache_key);
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
    ui.add_space(4.0);
    let title = workspace
        .folder
        .as_deref()
        .and_then(|folder| folder.file_name())
        .map_or_else(|| "Articles".into(), |name| name.to_string_lossy());
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        heading_ui(ui, cx.theme, &title);
    });
    let (id, text) = (FilesPanel::focus_id(), &mut panel.filter);
    let key = filter_field_ui(ui, id, text, "Filter files", "Filter files");
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
        return FilesPanel::focus_id();
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().id_salt("files").auto_shrink(false);
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
    area.show_rows(ui, ROW, panel.shown.len(), |ui, rows| {
        for path in panel.shown.get(rows).unwrap_or_default() {
            let name = workspace.name(path);
            let progress = workspace.progress(path);
            let unreadable = workspace.unreadable.get(path);
            let (aside, color) = match unreadable {
                Some(_) => ("cannot be read".to_owned(), cx.theme.danger),
                None => aside_of(cx, progress),
            };
            let row = Row {
                id: row_id(path),
                name: match progress {
                    Some(progress) => format!("{name}, {}", progress_words(progress)),
                    None if unreadable.is_some() => format!("{name}, cannot be read"),
                    None => name.clone(),
                },
                style: None,
                first: &name,
                second: "",
                aside: &aside,
                aside_color: color,
                chosen: workspace.current_path() == Some(path),
                dimmed: progress.is_some_and(|progress| progress.state == DocumentState::Done),
            };
            let response = row.row_ui(ui, cx.theme, ROW);
            let tip = match unreadable {
                Some(why) => why.clone(),
                None => path.display().to_string(),
            };
            if response.on_hover_text(tip).clicked() {
                queue.push_back(AppCommand::Open(path.clone()));
                queue.push_back(AppCommand::FocusArticle);
            }
        }
    });
    FilesPanel::focus_id()
}

fn row_id(path: &Path) -> Id {
    Id::unique(("file row", path))
}

fn progress_words(progress: ArticleProgress) -> String {
    let tags = tags_words(progress.tags);
    let left = match progress.without_speaker {
        0 => String::new(),
        n => format!(", {n} left"),
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
                format!("done · {} left", progress.without_speaker),
                theme.warning,
            )
        }
        Some(progress) if progress.state == DocumentState::Done => {
            ("done".to_owned(), theme.success)
        }
        Some(progress) if progress.without_speaker > 0 => {
            (format!("{} left", progress.without_speaker), theme.warning)
        }
        Some(progress) if progress.tags > 0 => (tags_words(progress.tags), theme.muted),
        _ => (String::new(), theme.muted),
    }
}
