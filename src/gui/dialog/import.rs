//! What to import and where to. Contents and new names for unknown labels are settled before
//! anything is written.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

use egui::{ComboBox, Context, Grid, Id, Key, Modifiers, ScrollArea, Ui};
use smol_str::SmolStr;

use super::{
    DialogState, choice_ui, focus_by_default, in_field, options_ui, path_field_ui, sheet_ui,
    start_field,
};
use crate::format::{self, FormatInfo, Layout, detect_by_name};
use crate::gui::app_command::AppCommand;
use crate::gui::file_dialogs::{Pick, PickRequest};
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::example;
use crate::model::Schema;
use crate::ops::{ImportInput, ImportReport, ImportRequest, import_format};
use crate::store::{Draft, is_folder};
use crate::text::wording::count;

/// What is chosen and typed.
#[derive(Debug)]
pub(crate) struct ImportDialog {
    format: &'static FormatInfo,
    /// The file to read.
    from: String,
    /// The folder to write to.
    into: String,
    /// The annotator; `None`: as in the file.
    annotator: Option<SmolStr>,
    /// The labels tags can be given.
    labels: Vec<SmolStr>,
    /// New names for unknown labels.
    mapping: BTreeMap<SmolStr, SmolStr>,
    /// What is chosen of the format's options, by name and value.
    options: Vec<(String, String)>,
    /// Both paths as they were proposed.
    proposed: (String, String),
    /// Where file dialogs begin as long as no path is typed.
    folder: Option<PathBuf>,
    started: bool,
    asked: Option<ImportRequest>,
    seen: Option<Result<ImportReport, String>>,
}

pub(super) const TITLE: &str = "Import";

/// The format of a file where its name and its beginning leave no doubt. Folders may be too large to look
/// at while someone types.
fn certain_format(path: &Path) -> Option<&'static FormatInfo> {
    if is_folder(path) {
        return None;
    }
    import_format(&[ImportInput::File(path.to_owned())]).ok()
}

/// The format of a file; of several it may be of, the first by its name.
fn format_of(path: &Path) -> Option<&'static FormatInfo> {
    certain_format(path).or_else(|| {
        let name = path.file_name()?.to_str()?;
        detect_by_name(name).first().copied()
    })
}

/// Whether a file is of a format that can be imported, by its ending.
pub(crate) fn is_importable(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| !detect_by_name(name).is_empty())
}

impl ImportDialog {
    /// A dialog for a file, or for choosing one; `into` is the folder that is proposed. `None` where
    /// no format can be read.
    pub(crate) fn new(
        from: Option<&Path>,
        into: Option<&Path>,
        annotator: Option<&str>,
        schema: &Schema,
    ) -> Option<Self> {
        let shown = |path: Option<&Path>| path.map(|path| path.display().to_string());
        let beside = from.and_then(Path::parent);
        let (from_shown, into_shown) = (
            shown(from).unwrap_or_default(),
            shown(into.or(beside)).unwrap_or_default(),
        );
        Some(Self {
            format: from
                .and_then(format_of)
                .or_else(|| format::readable().next())?,
            proposed: (from_shown.clone(), into_shown.clone()),
            folder: beside.or(into).map(Path::to_owned),
            from: from_shown,
            into: into_shown,
            annotator: annotator.map(Into::into),
            labels: schema
                .labels()
                .iter()
                .map(|label| label.key.clone())
                .collect(),
            mapping: BTreeMap::new(),
            options: Vec::new(),
            started: false,
            asked: None,
            seen: None,
        })
    }

    /// What is typed, as a draft.
    pub(super) fn draft(&self, about: Draft) -> Draft {
        Draft {
            dialog: TITLE.to_owned(),
            text: format!("{}\n{}", self.from, self.into).trim().to_owned(),
            ..about
        }
    }

    /// Whether a path is typed.
    pub(super) fn is_typed(&self) -> bool {
        (&self.from, &self.into) != (&self.proposed.0, &self.proposed.1)
    }

    /// The file or folder to read was chosen with the platform's dialog.
    pub(crate) fn on_from_picked(&mut self, path: &Path) {
        self.from = path.display().to_string();
        self.follow_file();
    }

    /// The folder to write to was chosen with the platform's dialog.
    pub(crate) fn on_into_picked(&mut self, path: &Path) {
        self.into = path.display().to_string();
    }

    /// Takes the format of the file; where that is not clear and the one chosen is possible, it stays.
    fn follow_file(&mut self) {
        let path = Path::new(self.from.trim());
        let name = path.file_name().and_then(|name| name.to_str());
        let possible = name.map_or_else(Vec::new, detect_by_name);
        let certain = certain_format(path);
        let stays = possible.iter().any(|info| info.name == self.format.name);
        let first = possible.first().copied().filter(|_| !stays);
        if let Some(format) = certain.or(first)
            && format.name != self.format.name
        {
            self.format = format;
            self.options.clear();
        }
    }

    fn request(&self) -> Option<ImportRequest> {
        let path = |text: &str| {
            let text = text.trim().trim_matches('"');
            (!text.is_empty()).then(|| PathBuf::from(text))
        };
        let rename = self.mapping.iter().filter(|(from, to)| from != to);
        Some(ImportRequest {
            inputs: vec![ImportInput::File(path(&self.from)?)],
            format: self.format.name.to_owned(),
            into: path(&self.into)?,
            annotator: self.annotator.clone(),
            rename: rename
                .map(|(from, to)| (from.clone(), to.clone()))
                .collect(),
            options: self.options.clone(),
            dry_run: true,
            strict: false,
            update: false,
        })
    }

    /// Shows a preview of an import unless another one was requested since.
    pub(crate) fn on_result(&mut self, of: &ImportRequest, seen: Result<ImportReport, String>) {
        if self.asked.as_ref() != Some(of) {
            return;
        }
        if let Ok(report) = &seen {
            for label in &report.unknown_labels {
                let known = self.mapping.entry(label.clone());
                known.or_insert_with(|| label.clone());
            }
        }
        self.seen = Some(seen);
    }

    pub(super) fn import_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        sheet_ui(context, cx, TITLE, 640.0, |ui| {
            let enter = in_field(ui)
                && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            self.paths_ui(ui, queue);
            let before = self.format.name;
            ui.horizontal_wrapped(|ui| {
                choice_ui(ui, "Format", self.format.title, 250.0, |ui| {
                    for info in format::readable() {
                        let chosen = info.name == self.format.name;
                        if ui.selectable_label(chosen, info.title).clicked() {
                            self.format = info;
                        }
                    }
                });
                options_ui(ui, self.format.read_options, &mut self.options);
            });
            if self.format.name != before {
                self.options.clear();
            }
            ui.add_space(4.0);
            let request = self.request();
            // The mapping is part of the request.
            let looked_at = request.is_some() && self.asked == request;
            if looked_at {
                self.report_ui(ui, cx);
            }
            let ready =
                looked_at && matches!(&self.seen, Some(Ok(report)) if report.problems.is_empty());
            let mut go = enter;
            ui.horizontal(|ui| {
                let words = if ready {
                    "Either everything is written or nothing. Existing files are not changed."
                } else {
                    "Nothing has been written yet."
                };
                ui.weak(words);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let name = if ready { "Import" } else { "Preview" };
                    let button = egui::Button::new(name);
                    go |= ui.add_enabled(request.is_some(), button).clicked();
                });
            });
            let (true, Some(request)) = (go, request) else {
                return DialogState::Open;
            };
            if ready {
                queue.push_back(AppCommand::Import(Box::new(ImportRequest {
                    dry_run: false,
                    ..request
                })));
                return DialogState::Closed;
            }
            self.asked = Some(request.clone());
            self.seen = None;
            queue.push_back(AppCommand::Import(Box::new(request)));
            DialogState::Open
        })
    }

    fn paths_ui(&mut self, ui: &mut Ui, queue: &mut VecDeque<AppCommand>) {
        let id = |name: &str| Id::unique(("import", name));
        let (from, into) = ("File or folder to read", "Folder to write to");
        start_field(ui, id(from), &mut self.started, &self.from, None);
        let mut asked = None;
        ui.horizontal(|ui| {
            ui.label("From");
            let hint = example(ui, "/home/me/tagged.jsonl");
            let (field, browse) = path_field_ui(ui, id(from), &mut self.from, from, hint);
            if field.changed() {
                self.follow_file();
            }
            focus_by_default(ui, &field);
            if browse && self.format.layout == Layout::Folder {
                asked = Some(Pick::ImportFolder);
            } else if browse {
                asked = Some(Pick::ImportFile);
            }
        });
        ui.horizontal(|ui| {
            // As wide as "From": both fields begin at one line.
            let font = egui::TextStyle::Body.resolve(ui.style());
            let color = ui.visuals().text_color();
            let width = |words: &str| {
                let words = ui
                    .painter()
                    .layout_no_wrap(words.to_owned(), font.clone(), color);
                words.size().x
            };
            let missing = width("From") - width("Into");
            ui.label("Into");
            ui.add_space(missing.max(0.0));
            let hint = example(ui, "/home/me/articles");
            let (_, browse) = path_field_ui(ui, id(into), &mut self.into, into, hint);
            if browse {
                asked = Some(Pick::ImportInto);
            }
        });
        let Some(pick) = asked else {
            return;
        };
        let (from, into) = (Path::new(self.from.trim()), Path::new(self.into.trim()));
        let folder = match pick {
            Pick::ImportInto => Some(into),
            Pick::ImportFile => from.parent(),
            Pick::ImportFolder | Pick::File | Pick::Folder | Pick::ExportTo => Some(from),
            Pick::SaveLearned | Pick::LoadLearned => Some(from),
        };
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
        queue.push_back(AppCommand::Pick(PickRequest {
            pick,
            folder: folder.map(Path::to_owned).or_else(|| self.folder.clone()),
            name: String::new(),
        }));
    }

    fn report_ui(&mut self, ui: &mut Ui, cx: UiContext<'_>) {
        let report = match &self.seen {
            None => {
                ui.weak("Loading …");
                return;
            }
            Some(Err(words)) => {
                ui.colored_label(cx.theme.warning, words);
                return;
            }
            Some(Ok(report)) => report,
        };
        let tags: usize = report.labels.values().sum();
        let documents = count(report.documents, "document");
        let tags = count(tags, "tag");
        let there = match report.unchanged {
            0 => String::new(),
            n => format!("; {n} already there"),
        };
        ui.label(format!("{documents} with {tags}{there}."));
        if !self.mapping.is_empty() {
            ui.label("Labels not in this schema:");
            Grid::new("labels").num_columns(3).show(ui, |ui| {
                for (label, becomes) in &mut self.mapping {
                    ui.label(label.as_str());
                    ui.weak("becomes");
                    let shown = ComboBox::from_id_salt(label)
                        .selected_text(becomes.as_str())
                        .show_ui(ui, |ui| {
                            ui.selectable_value(becomes, label.clone(), format!("{label} (keep)"));
                            for known in &self.labels {
                                ui.selectable_value(becomes, known.clone(), known.as_str());
                            }
                        });
                    let name = format!("New label for {label}");
                    shown.response.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name.as_str())
                    });
                    ui.end_row();
                }
            });
        }
        ScrollArea::vertical()
            .id_salt("problems")
            .auto_shrink([false, true])
            .max_height(140.0)
            .show(ui, |ui| {
                for problem in &report.problems {
                    ui.colored_label(cx.theme.warning, problem.to_string());
                }
                let noted = report.skipped.iter().chain(&report.ignored);
                for note in noted {
                    ui.weak(note.to_string());
                }
            });
    }
}
