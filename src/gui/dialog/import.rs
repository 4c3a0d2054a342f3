//! What to import and where to. Contents and new names for unknown labels are settled before
//! anything is written.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

use egui::{Context, Id, Key, Modifiers, Ui};
use smol_str::SmolStr;

use super::articles_found::ArticlesFound;
use super::import_notes::{ImportNotes, mapping_ui};
use super::import_source::{ImportSource, format_of};
use super::{
    DialogState, choice_ui, focus_by_default, in_field, options_ui, path_field_ui, sheet_ui,
    start_field,
};
use crate::format::{self, FormatInfo, Layout};
use crate::gui::app_command::AppCommand;
use crate::gui::file_dialogs::{Pick, PickRequest};
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{checkbox_ui, example};
use crate::model::Schema;
use crate::ops::{ImportInput, ImportReport, ImportRequest};
use crate::store::{Draft, is_folder};
use crate::text::wording::count;

/// What is chosen and typed.
#[derive(Debug)]
pub(crate) struct ImportDialog {
    format: &'static FormatInfo,
    /// Whether a person has chosen the format.
    by_hand: bool,
    /// The files to read.
    from: ImportSource,
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
    /// Whether newer versions of articles take the place of older ones.
    update: bool,
    /// What was proposed to read and where to write.
    proposed: (String, String),
    /// Where file dialogs begin as long as no path is typed.
    folder: Option<PathBuf>,
    started: bool,
    looks: Look,
    asked: Option<ImportRequest>,
    seen: Option<Result<ImportReport, String>>,
    notes: ImportNotes,
    found: ArticlesFound,
}

/// What happens next without being asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Look {
    /// Nothing.
    Waits,
    /// These are looked at: which format they are of.
    AtFormat(Vec<PathBuf>),
    /// A thread does that.
    Asked(Vec<PathBuf>),
    /// What is in them is looked at.
    Inside,
}

pub(super) const TITLE: &str = "Import";

impl ImportDialog {
    /// A dialog for files, or for choosing them; `into` is the folder that is proposed. `None` where
    /// no format can be read.
    pub(crate) fn new(
        from: &[PathBuf],
        into: Option<&Path>,
        annotator: Option<&str>,
        schema: &Schema,
    ) -> Option<Self> {
        let first = from.first().map(PathBuf::as_path);
        // What is found in a folder goes there, too.
        let beside = first.and_then(|first| match is_folder(first) {
            true => Some(first),
            false => first.parent(),
        });
        let source = ImportSource::of(from);
        let into_shown = into.or(beside).map(|path| path.display().to_string());
        let into_shown = into_shown.unwrap_or_default();
        Some(Self {
            format: first
                .and_then(|first| format_of(first, None))
                .or_else(|| format::readable().next())?,
            by_hand: false,
            proposed: (source.text(), into_shown.clone()),
            folder: beside.or(into).map(Path::to_owned),
            from: source,
            into: into_shown,
            annotator: annotator.map(Into::into),
            labels: schema
                .labels()
                .iter()
                .map(|label| label.key.clone())
                .collect(),
            mapping: BTreeMap::new(),
            options: Vec::new(),
            update: false,
            started: false,
            looks: Look::Waits,
            asked: None,
            seen: None,
            notes: ImportNotes::default(),
            found: ArticlesFound::default(),
        })
    }

    /// What is typed, as a draft.
    pub(super) fn draft(&self, about: Draft) -> Draft {
        Draft {
            dialog: TITLE.to_owned(),
            text: format!("{}\n{}", self.from.text(), self.into)
                .trim()
                .to_owned(),
            ..about
        }
    }

    /// Whether a path is typed.
    pub(super) fn is_typed(&self) -> bool {
        (self.from.text(), self.into.clone()) != self.proposed
    }

    /// Files or a folder were dropped, or chosen with the platform's dialog.
    pub(crate) fn on_from_picked(&mut self, paths: &[PathBuf]) {
        self.from = ImportSource::of(paths);
        self.by_hand = false;
        self.looks = Look::AtFormat(self.from.paths());
    }

    /// The folder to write to was chosen with the platform's dialog.
    pub(crate) fn on_into_picked(&mut self, path: &Path) {
        self.into = path.display().to_string();
    }

    /// Takes the format of the file that is typed.
    fn follow_file(&mut self) {
        let paths = self.from.paths();
        let format = paths
            .first()
            .and_then(|path| format_of(path, Some(self.format)));
        if let Some(format) = format {
            self.set_format(format);
        }
    }

    fn set_format(&mut self, format: &'static FormatInfo) {
        if format.name != self.format.name {
            self.format = format;
            self.options.clear();
        }
    }

    /// Takes the format that files were found to be of, and looks at the articles in them.
    pub(crate) fn on_format(
        &mut self,
        paths: &[PathBuf],
        found: Result<&'static FormatInfo, String>,
    ) {
        if self.looks != Look::Asked(paths.to_vec()) {
            return;
        }
        self.looks = Look::Waits;
        let guessed = paths
            .first()
            .and_then(|path| format_of(path, Some(self.format)));
        match (found, guessed) {
            (Ok(format), _) => {
                self.set_format(format);
                if format.holds_articles() {
                    self.looks = Look::Inside;
                }
            }
            // A person has the last word.
            (Err(_), Some(format)) => self.set_format(format),
            (Err(words), None) => {
                self.asked = self.request();
                self.seen = Some(Err(words));
            }
        }
    }

    fn request(&self) -> Option<ImportRequest> {
        let rename = self.mapping.iter().filter(|(from, to)| from != to);
        let inputs: Vec<_> = self
            .from
            .paths()
            .into_iter()
            .map(ImportInput::File)
            .collect();
        let into = self.into.trim().trim_matches('"');
        if inputs.is_empty() || into.is_empty() {
            return None;
        }
        Some(ImportRequest {
            inputs,
            format: self.format.name.to_owned(),
            into: PathBuf::from(into),
            annotator: self.annotator.clone(),
            rename: rename
                .map(|(from, to)| (from.clone(), to.clone()))
                .collect(),
            options: self.options.clone(),
            dry_run: true,
            strict: false,
            update: self.update && self.format.holds_articles(),
            state: None,
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
            self.notes = ImportNotes::of(report);
        }
        self.seen = Some(seen);
    }

    pub(super) fn import_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        if let Look::AtFormat(paths) = &self.looks {
            let paths = paths.clone();
            queue.push_back(AppCommand::FindImportFormat(paths.clone()));
            self.looks = Look::Asked(paths);
        }
        sheet_ui(context, cx, TITLE, 640.0, |ui| {
            let enter = in_field(ui)
                && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            self.paths_ui(ui, queue);
            self.choices_ui(ui);
            ui.add_space(4.0);
            let request = self.request();
            // The mapping is part of the request.
            let looked_at = request.is_some() && self.asked == request;
            if looked_at {
                self.report_ui(ui, cx);
            } else if let Look::Asked(_) = self.looks {
                ui.weak("Loading …");
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
                let words = match ready && self.update {
                    true => "Either everything is written or nothing.",
                    false => words,
                };
                ui.weak(words);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let name = if ready { "Import" } else { "Preview" };
                    let button = egui::Button::new(name);
                    go |= ui.add_enabled(request.is_some(), button).clicked();
                });
            });
            let Some(request) = request else {
                return DialogState::Open;
            };
            if go && ready {
                queue.push_back(AppCommand::Import(Box::new(ImportRequest {
                    dry_run: false,
                    ..request
                })));
                return DialogState::Closed;
            }
            let paths = self.from.paths();
            if go && !self.by_hand && paths.iter().any(|path| is_folder(path)) {
                self.looks = Look::AtFormat(paths);
                ui.ctx().request_repaint();
                return DialogState::Open;
            }
            if go || self.looks == Look::Inside || self.has_other_choices(&request) {
                self.looks = Look::Waits;
                self.asked = Some(request.clone());
                self.seen = None;
                queue.push_back(AppCommand::Import(Box::new(request)));
            }
            DialogState::Open
        })
    }

    /// Whether the articles that are shown are to be read with other options.
    fn has_other_choices(&self, request: &ImportRequest) -> bool {
        let asked = self.asked.as_ref();
        request.format == self.format.name
            && self.format.holds_articles()
            && asked.is_some_and(|asked| {
                asked.inputs == request.inputs
                    && asked.into == request.into
                    && (&asked.options, asked.update) != (&request.options, request.update)
            })
    }

    /// Lists for the format and what can be chosen of it.
    fn choices_ui(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            let mut format = self.format;
            choice_ui(ui, "Format", self.format.title, 250.0, |ui| {
                for info in format::readable() {
                    let chosen = info.name == self.format.name;
                    if ui.selectable_label(chosen, info.title).clicked() {
                        format = info;
                    }
                }
            });
            if format.name != self.format.name {
                self.by_hand = true;
                self.set_format(format);
            }
            if !self.format.holds_articles() {
                options_ui(ui, self.format.read_options, &mut self.options);
            }
        });
        if self.format.holds_articles() {
            // One row: in a wrapped one a list would break in the middle.
            ui.horizontal(|ui| options_ui(ui, self.format.read_options, &mut self.options));
            let words = "Replace existing articles with newer versions";
            checkbox_ui(ui, &mut self.update, words);
        }
    }

    fn paths_ui(&mut self, ui: &mut Ui, queue: &mut VecDeque<AppCommand>) {
        let id = |name: &str| Id::unique(("import", name));
        let (from, into) = ("File or folder to read", "Folder to write to");
        start_field(ui, id(from), &mut self.started, &self.from.text(), None);
        let mut asked = None;
        ui.horizontal(|ui| {
            ui.label("From");
            let browse = match &mut self.from {
                ImportSource::Files(paths) => ImportSource::files_ui(ui, paths),
                ImportSource::Typed(path) => {
                    let hint = example(ui, "/home/me/tagged.jsonl");
                    let (field, browse) = path_field_ui(ui, id(from), path, from, hint);
                    focus_by_default(ui, &field);
                    if field.changed() {
                        self.by_hand = false;
                        self.looks = Look::Waits;
                        self.follow_file();
                    }
                    browse
                }
            };
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
            let (field, browse) = path_field_ui(ui, id(into), &mut self.into, into, hint);
            if matches!(self.from, ImportSource::Files(_)) {
                focus_by_default(ui, &field);
            }
            if browse {
                asked = Some(Pick::ImportInto);
            }
        });
        let Some(pick) = asked else {
            return;
        };
        let paths = self.from.paths();
        let from = paths.first().map_or(Path::new(""), PathBuf::as_path);
        let into = Path::new(self.into.trim());
        let folder = match pick {
            Pick::ImportInto => Some(into),
            Pick::ImportFile => from.parent(),
            Pick::ImportFolder | Pick::File | Pick::Folder | Pick::ExportTo => Some(from),
            Pick::SaveLearned | Pick::LoadLearned | Pick::ExportHits => Some(from),
            Pick::SavePlots | Pick::SaveReport => Some(from),
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
        if report.found.is_empty() && self.format.holds_articles() && !report.problems.is_empty() {
            ui.label("Nothing can be imported.");
        } else if report.found.is_empty() {
            let tags: usize = report.labels.values().sum();
            let documents = count(report.documents, "document");
            let tags = count(tags, "tag");
            let there = match report.unchanged {
                0 => String::new(),
                n => format!("; {n} already there"),
            };
            ui.label(format!("{documents} with {tags}{there}."));
        } else {
            self.found.found_ui(ui, cx, report);
        }
        mapping_ui(ui, &mut self.mapping, &self.labels);
        self.notes.notes_ui(ui, cx);
    }
}
