//! The articles of the folder.

use std::collections::VecDeque;
use std::path::PathBuf;

use egui::{Id, ScrollArea, TextEdit, Ui};

use crate::gui::scene::{Order, ROW, Row, Scene, heading_ui};
use crate::gui::workspace::{Mark, Workspace};
use crate::model::DocumentState;
use crate::text::wording::count;

/// What is filtered.
#[derive(Debug, Default)]
pub(crate) struct FilesPanel {
    filter: String,
    shown: Vec<PathBuf>,
    /// What `shown` was made from: filter and number of articles.
    made_from: Option<(String, Option<PathBuf>, usize)>,
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

    fn refresh(&mut self, workspace: &Workspace) {
        let made_from = (
            self.filter.clone(),
            workspace.folder.clone(),
            workspace.listed.len(),
        );
        if self.made_from.as_ref() == Some(&made_from) {
            return;
        }
        let wanted = self.filter.trim().to_lowercase();
        self.shown = workspace
            .listed
            .iter()
            .filter(|path| workspace.name(path).to_lowercase().contains(&wanted))
            .cloned()
            .collect();
        self.made_from = Some(made_from);
    }
}

pub(crate) fn files_ui(
    ui: &mut Ui,
    scene: Scene<'_>,
    workspace: &Workspace,
    panel: &mut FilesPanel,
    orders: &mut VecDeque<Order>,
) {
    ui.add_space(4.0);
    let title = workspace
        .folder
        .as_deref()
        .and_then(|folder| folder.file_name())
        .map_or_else(|| "Articles".into(), |name| name.to_string_lossy());
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        heading_ui(ui, scene.theme, &title);
    });
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        let field = TextEdit::singleline(&mut panel.filter)
            .id(FilesPanel::focus_id())
            .hint_text("Filter files")
            .desired_width(ui.available_width() - 8.0);
        let response = ui.add(field);
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Filter files"));
    });
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
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("files")
        .auto_shrink(false)
        .show_rows(ui, ROW, panel.shown.len(), |ui, rows| {
            for path in panel.shown.get(rows).unwrap_or_default() {
                let name = workspace.name(path);
                let mark = workspace.mark(path);
                let unreadable = workspace.unreadable.get(path);
                let (aside, color) = match unreadable {
                    Some(_) => ("cannot be read".to_owned(), scene.theme.danger),
                    None => aside_of(scene, mark),
                };
                let row = Row {
                    name: match mark {
                        Some(mark) => format!("{name}, {}", mark_words(mark)),
                        None if unreadable.is_some() => format!("{name}, cannot be read"),
                        None => name.clone(),
                    },
                    look: None,
                    first: &name,
                    second: "",
                    aside: &aside,
                    aside_color: color,
                    chosen: workspace.current_path() == Some(path),
                    dimmed: mark.is_some_and(|mark| mark.state == DocumentState::Done),
                };
                let response = row.row_ui(ui, scene.theme, ROW);
                let tip = match unreadable {
                    Some(why) => why.clone(),
                    None => path.display().to_string(),
                };
                if response.on_hover_text(tip).clicked() {
                    orders.push_back(Order::Open(path.clone()));
                    orders.push_back(Order::FocusArticle);
                }
            }
        });
}

fn mark_words(mark: Mark) -> String {
    let tags = tags_words(mark.tags);
    let left = match mark.left {
        0 => String::new(),
        n => format!(", {n} left"),
    };
    format!("{}, {tags}{left}", mark.state.word())
}

fn tags_words(number: usize) -> String {
    match number {
        0 => "no tags".to_owned(),
        n => count(n, "tag"),
    }
}

fn aside_of(scene: Scene<'_>, mark: Option<Mark>) -> (String, egui::Color32) {
    let theme = scene.theme;
    match mark {
        Some(mark) if mark.state == DocumentState::Done && mark.left > 0 => {
            (format!("done · {} left", mark.left), theme.warning)
        }
        Some(mark) if mark.state == DocumentState::Done => ("done".to_owned(), theme.success),
        Some(mark) if mark.left > 0 => (format!("{} left", mark.left), theme.warning),
        Some(mark) if mark.tags > 0 => (tags_words(mark.tags), theme.muted),
        _ => (String::new(), theme.muted),
    }
}
