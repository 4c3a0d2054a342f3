//! A path typed by hand, where no file dialog can be had.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use egui::{Context, Id, Key, Modifiers, TextEdit};

use super::fields::named_field_ui;
use super::{DialogState, sheet_ui, start_field};
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::example;
use crate::store::Draft;

/// The name proposed for what was learned.
pub(crate) const LEARNED_FILE: &str = "learned.json";

/// The name proposed for the report of the statistics.
pub(crate) const REPORT_FILE: &str = "report.html";

/// The name proposed for the table of hits.
pub(crate) const HITS_FILE: &str = "hits.csv";

/// What is typed.
#[derive(Debug)]
pub(crate) struct PathDialog {
    wanted: Wanted,
    /// Whether the platform's own dialog is open, too.
    beside_other: bool,
    /// An example.
    hint: String,
    path: String,
    /// What the field starts with: the folder of what is open.
    start: String,
    started: bool,
}

/// What the path is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    File,
    Folder,
    /// Where to write what was learned.
    FileForLearned,
    /// What was learned elsewhere.
    LearnedFile,
    /// Where to write the hits of a search.
    FileForHits,
    /// Where to write plots.
    FolderForPlots,
    /// Where to write the report of the statistics.
    FileForReport,
}

impl PathDialog {
    /// `folder`: where articles are, for an example. `beside_other`: whether the platform's own dialog
    /// is open, too.
    pub(crate) fn new(wanted: Wanted, folder: Option<PathBuf>, beside_other: bool) -> Self {
        let start = folder.as_ref().map_or_else(String::new, |folder| {
            // With a separator at its end: a name can follow.
            folder.join("").display().to_string()
        });
        let folder = folder.unwrap_or_else(|| PathBuf::from("/home/me/articles"));
        let example = match wanted {
            Wanted::File => folder.join("article.txt"),
            Wanted::Folder => folder,
            Wanted::FileForLearned | Wanted::LearnedFile => folder.join(LEARNED_FILE),
            Wanted::FileForHits => folder.join(HITS_FILE),
            Wanted::FolderForPlots => folder.join("plots"),
            Wanted::FileForReport => folder.join(REPORT_FILE),
        };
        Self {
            wanted,
            beside_other,
            hint: example.display().to_string(),
            path: start.clone(),
            start,
            started: false,
        }
    }

    pub(super) fn title(&self) -> &'static str {
        match self.wanted {
            Wanted::File => "Open file",
            Wanted::Folder => "Open folder",
            Wanted::FileForLearned => "Save what was learned",
            Wanted::LearnedFile => "Use what was learned elsewhere",
            Wanted::FileForHits => "Export hits",
            Wanted::FolderForPlots => "Folder for plots",
            Wanted::FileForReport => "Export report",
        }
    }

    fn verb(&self) -> &'static str {
        match self.wanted {
            Wanted::File | Wanted::Folder => "Open",
            Wanted::FileForLearned => "Save",
            Wanted::LearnedFile => "Use",
            Wanted::FileForHits | Wanted::FolderForPlots | Wanted::FileForReport => "Export",
        }
    }

    fn command(&self, path: PathBuf) -> AppCommand {
        match self.wanted {
            Wanted::File | Wanted::Folder => AppCommand::Open(path),
            Wanted::FileForLearned => AppCommand::SaveLearned(path),
            Wanted::LearnedFile => AppCommand::LoadLearned(path),
            Wanted::FileForHits => AppCommand::ExportHits(path),
            Wanted::FolderForPlots => AppCommand::SavePlots(path),
            Wanted::FileForReport => AppCommand::SaveReport(path),
        }
    }

    /// What is typed, as a draft.
    pub(super) fn draft(&self, about: Draft) -> Draft {
        Draft {
            dialog: self.title().to_owned(),
            text: self.path.clone(),
            ..about
        }
    }

    /// Whether anything is typed.
    pub(super) fn is_typed(&self) -> bool {
        !self.path.trim().is_empty() && self.path != self.start
    }

    pub(super) fn path_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        sheet_ui(context, cx, self.title(), 520.0, |ui| {
            let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            let id = Id::unique("path");
            start_field(ui, id, &mut self.started, &self.path, None);
            let field = TextEdit::singleline(&mut self.path)
                .id(id)
                .hint_text(example(ui, &self.hint))
                .desired_width(f32::INFINITY);
            named_field_ui(ui, field, "Path");
            // A whole path that was pasted takes the place of the folder.
            let whole = self.path.strip_prefix(&self.start);
            let whole = whole.filter(|rest| Path::new(rest.trim().trim_matches('"')).is_absolute());
            let path = whole.unwrap_or(&self.path).trim().trim_matches('"');
            let mut go = enter;
            ui.horizontal_wrapped(|ui| {
                ui.weak(if self.beside_other {
                    "A file dialog is already open. Answer it, or type or paste the path here."
                } else {
                    "No file dialog is available. Type or paste the path."
                });
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    go |= ui
                        .add_enabled(!path.is_empty(), egui::Button::new(self.verb()))
                        .clicked();
                });
            });
            if !go || path.is_empty() {
                return DialogState::Open;
            }
            queue.push_back(self.command(path.into()));
            DialogState::Closed
        })
    }
}
