//! What to export, in which format and where to; how it begins and what it leaves out are shown before
//! anything is written.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use egui::{Context, Id, Key, Modifiers, RichText, ScrollArea, Ui};
use smol_str::SmolStr;

use super::export_filter::FilterChoice;
use super::{
    DialogState, choice_ui, focus_by_default, in_field, options_ui, path_field_ui, room,
    scrolled_above_ui, sheet_ui, start_field,
};
use crate::format::{self, FormatInfo, Layout};
use crate::gui::app_command::AppCommand;
use crate::gui::file_dialogs::{Pick, PickRequest};
use crate::gui::tag_description::capitalize;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{checkbox_ui, radio_ui};
use crate::ops::{ExportPreview, ExportReport, ExportRequest, OpenDocument};
use crate::store::{self, Draft};

/// Lines of the preview that are seen at once.
const LINES: usize = 7;

pub(super) const TITLE: &str = "Export tags";

/// What is chosen and typed.
#[derive(Debug)]
pub(crate) struct ExportDialog {
    article: PathBuf,
    folder: Option<PathBuf>,
    annotator: SmolStr,
    format: &'static FormatInfo,
    options: Vec<(String, String)>,
    of_folder: bool,
    everybody: bool,
    filter: FilterChoice,
    path: String,
    /// The path as it was proposed.
    proposed: String,
    started: bool,
    /// The last preview requested.
    requested: Option<ExportRequest>,
    /// The result.
    preview: Option<Result<ExportPreview, String>>,
}

impl ExportDialog {
    /// A dialog for an article and the folder it is listed in, which proposes the tags of `everybody` or one's
    /// own; `None` where there is no format to write.
    pub(crate) fn new(
        article: &Path,
        folder: Option<&Path>,
        annotator: Option<&str>,
        everybody: bool,
    ) -> Option<Self> {
        let mut dialog = Self {
            article: article.to_owned(),
            folder: folder.map(Path::to_owned),
            annotator: annotator.unwrap_or_default().into(),
            format: format::writable().next()?,
            options: Vec::new(),
            of_folder: false,
            everybody,
            filter: FilterChoice::default(),
            path: String::new(),
            proposed: String::new(),
            started: false,
            requested: None,
            preview: None,
        };
        dialog.propose_path();
        Some(dialog)
    }

    /// Beside the article, or beside the folder.
    fn propose_path(&mut self) {
        let of = match &self.folder {
            Some(folder) if self.of_folder => folder,
            _ => &self.article,
        };
        let many = self.format.layout == Layout::Folder
            || self.format.layout == Layout::FileEach && self.of_folder;
        let path = match self.format.extensions.first() {
            Some(ending) if !many => {
                let mut name = of.file_stem().unwrap_or_default().to_owned();
                // Two formats share an ending, and an article may have it.
                if self.format.name != *ending {
                    name.push(".");
                    name.push(self.format.name);
                }
                name.push(".");
                name.push(ending);
                of.with_file_name(name)
            }
            _ => {
                let mut name = of.file_stem().unwrap_or_default().to_owned();
                name.push("-");
                name.push(self.format.name);
                of.with_file_name(name)
            }
        };
        self.proposed = path.display().to_string();
        self.path.clone_from(&self.proposed);
    }

    /// What is typed, as a draft.
    pub(super) fn draft(&self, about: Draft) -> Draft {
        Draft {
            dialog: TITLE.to_owned(),
            text: self.path.clone(),
            ..about
        }
    }

    /// Whether a path or a filter is typed.
    pub(super) fn is_typed(&self) -> bool {
        self.path != self.proposed || self.filter.is_typed()
    }

    /// A path was chosen with the platform's dialog.
    pub(crate) fn on_picked(&mut self, path: &Path) {
        self.path = path.display().to_string();
    }

    /// # Errors
    /// Words where something typed cannot be read.
    fn request(&self) -> Result<ExportRequest, String> {
        let of = match &self.folder {
            Some(folder) if self.of_folder => folder,
            _ => &self.article,
        };
        Ok(ExportRequest {
            paths: vec![of.clone()],
            format: self.format.name.to_owned(),
            annotators: if self.everybody {
                Vec::new()
            } else {
                vec![self.annotator.clone()]
            },
            filter: self.filter.filter(self.of_folder)?,
            options: self.options.clone(),
            ..ExportRequest::default()
        })
    }

    /// The preview to request, if it has changed; each once.
    pub(crate) fn wanted(&mut self) -> Option<ExportRequest> {
        let request = match self.request() {
            Ok(request) => request,
            Err(words) => {
                self.requested = None;
                self.preview = Some(Err(words));
                return None;
            }
        };
        if self.requested.as_ref() == Some(&request) {
            return None;
        }
        self.requested = Some(request.clone());
        self.preview = None;
        Some(request)
    }

    /// Shows a preview of an export unless another one was requested since.
    pub(crate) fn on_preview(
        &mut self,
        of: &ExportRequest,
        preview: Result<ExportPreview, String>,
    ) {
        if self.requested.as_ref() == Some(of) {
            self.preview = Some(preview);
        }
    }

    pub(super) fn export_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        open: Option<&OpenDocument>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        sheet_ui(context, cx, TITLE, 700.0, |ui| {
            let enter = in_field(ui)
                && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            self.format_ui(ui);
            self.scope_ui(ui);
            // The path, and the button with a space above it.
            scrolled_above_ui(ui, 2, |ui| {
                let schema = open.map(OpenDocument::schema);
                self.filter.filter_ui(ui, schema, self.of_folder);
                ui.add_space(4.0);
                self.preview_ui(ui, cx);
            });
            ui.add_space(4.0);
            let several = self.format.layout != Layout::OneFile;
            let name = if several {
                "File or folder to write"
            } else {
                "File to write"
            };
            let id = Id::unique("export to");
            start_field(ui, id, &mut self.started, &self.path, None);
            ui.horizontal(|ui| {
                ui.label("To");
                let (field, browse) = path_field_ui(ui, id, &mut self.path, name, "".into());
                focus_by_default(ui, &field);
                if browse {
                    let path = Path::new(self.path.trim());
                    let name = path.file_name().unwrap_or_default();
                    queue.push_back(AppCommand::Pick(PickRequest {
                        pick: Pick::ExportTo,
                        folder: path.parent().map(Path::to_owned),
                        name: name.to_string_lossy().into_owned(),
                    }));
                }
            });
            let path = self.path.trim();
            let seen = matches!(self.preview, Some(Ok(_)));
            // What was typed in this frame was not looked at yet.
            let request = self.request().ok().filter(|request| {
                seen && !path.is_empty() && self.requested.as_ref() == Some(request)
            });
            let mut go = enter;
            ui.horizontal(|ui| {
                if store::exists(Path::new(path)) && !store::is_folder(Path::new(path)) {
                    ui.colored_label(cx.theme.warning, "This file exists and will be replaced.");
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let button = egui::Button::new("Export");
                    go |= ui.add_enabled(request.is_some(), button).clicked();
                });
            });
            let (true, Some(request)) = (go, request) else {
                return DialogState::Open;
            };
            queue.push_back(AppCommand::Export(Box::new(ExportRequest {
                output: Some(path.into()),
                ..request
            })));
            DialogState::Closed
        })
    }

    fn format_ui(&mut self, ui: &mut Ui) {
        let before = self.format.name;
        ui.horizontal_wrapped(|ui| {
            choice_ui(ui, "Format", self.format.title, 250.0, |ui| {
                for info in format::writable() {
                    let chosen = info.name == self.format.name;
                    if ui.selectable_label(chosen, info.title).clicked() {
                        self.format = info;
                    }
                }
            });
            options_ui(ui, self.format.options, &mut self.options);
        });
        if self.format.name != before {
            self.options.clear();
            self.propose_path();
        }
    }

    fn scope_ui(&mut self, ui: &mut Ui) {
        let before = self.of_folder;
        ui.horizontal(|ui| {
            if self.folder.is_some() {
                radio_ui(ui, &mut self.of_folder, false, "This article");
                radio_ui(ui, &mut self.of_folder, true, "The whole folder");
                ui.separator();
            }
            checkbox_ui(ui, &mut self.everybody, "Include tags by others")
                .on_hover_text("Of articles with curated tags, these alone");
        });
        if self.of_folder != before {
            self.propose_path();
        }
    }

    fn preview_ui(&self, ui: &mut Ui, cx: UiContext<'_>) {
        let height = egui::TextStyle::Monospace.resolve(ui.style()).size * 1.35;
        let preview = match &self.preview {
            None => {
                ui.weak("Loading …");
                return;
            }
            Some(Err(words)) => {
                ui.colored_label(cx.theme.warning, words);
                return;
            }
            Some(Ok(preview)) => preview,
        };
        #[allow(clippy::cast_precision_loss, reason = "a handful of lines")]
        let most = (height * LINES as f32).min(room(ui.ctx()) * 0.3);
        egui::Frame::new()
            .fill(cx.theme.surface)
            .inner_margin(6)
            .show(ui, |ui| {
                ScrollArea::vertical()
                    .id_salt("preview")
                    .auto_shrink([false, true])
                    .max_height(most)
                    .show(ui, |ui| {
                        let beginning = if preview.report.documents == 0 {
                            nothing_to_export(&preview.report)
                        } else if self.format.is_binary() || preview.beginning.is_empty() {
                            "(not a text file)"
                        } else {
                            &preview.beginning
                        };
                        let text = RichText::new(beginning).monospace().size(11.5);
                        let label = egui::Label::new(text).wrap();
                        ui.add(label);
                    });
            });
        ui.add_space(2.0);
        let report = &preview.report;
        ui.label(report.summary());
        ScrollArea::vertical()
            .id_salt("losses")
            .auto_shrink([false, true])
            .max_height(84.0)
            .show(ui, |ui| {
                for line in export_notes(report) {
                    ui.colored_label(cx.theme.warning, line);
                }
            });
    }
}

/// Why an export has nothing in it.
fn nothing_to_export(report: &ExportReport) -> &'static str {
    if !report.problems.is_empty() {
        "Nothing to export: see the problems below."
    } else if report.left_out.documents > 0 {
        "Nothing to export: your filter leaves everything out."
    } else if report.left_out.untouched > 0 {
        "Nothing to export: nothing has been tagged yet."
    } else {
        "Nothing to export: you have not tagged anything here."
    }
}

/// What is left out, what the format cannot carry, and what could not be read; a sentence each.
pub(crate) fn export_notes(report: &ExportReport) -> Vec<String> {
    let sentence = |line: String| format!("{}.", capitalize(&line));
    let undecided = report.undecided.iter();
    let undecided = undecided.map(|article| format!("{article}; these are not exported."));
    let left_out = report.left_out.lines("").into_iter().map(sentence);
    let losses = report.losses.iter().map(|loss| format!("{loss}."));
    let problems = report.problems.iter().map(ToString::to_string);
    undecided
        .chain(left_out)
        .chain(losses)
        .chain(problems)
        .collect()
}
