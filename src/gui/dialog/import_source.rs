//! What is imported: a path that is typed, or files that were chosen together.

use std::path::{Path, PathBuf};

use egui::Ui;

use crate::format::{FormatInfo, detect_by_name};
use crate::ops::{ImportInput, import_format};
use crate::store::is_folder;
use crate::text::wording::{count, short_list};

/// The files or folders to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ImportSource {
    /// One path, in a field.
    Typed(String),
    /// Several, as they were dropped or picked.
    Files(Vec<PathBuf>),
}

/// So many names of files are shown.
const MOST_NAMES: usize = 3;

impl ImportSource {
    pub(super) fn of(paths: &[PathBuf]) -> Self {
        match paths {
            [] => Self::Typed(String::new()),
            [one] => Self::Typed(one.display().to_string()),
            several => Self::Files(several.to_vec()),
        }
    }

    /// The paths; none where nothing is typed.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        match self {
            Self::Typed(text) => {
                let text = text.trim().trim_matches('"');
                let path = (!text.is_empty()).then(|| PathBuf::from(text));
                path.into_iter().collect()
            }
            Self::Files(paths) => paths.clone(),
        }
    }

    /// What is typed; of several files their paths, a line each.
    pub(super) fn text(&self) -> String {
        let shown = |path: PathBuf| path.display().to_string();
        let paths: Vec<String> = self.paths().into_iter().map(shown).collect();
        paths.join("\n")
    }

    /// How many files were chosen and what they are called. Returns whether another choice is wanted.
    pub(super) fn files_ui(ui: &mut Ui, paths: &[PathBuf]) -> bool {
        let name = |path: &PathBuf| {
            let name = path.file_name().unwrap_or(path.as_os_str());
            name.to_string_lossy().into_owned()
        };
        let names = short_list(paths.iter().map(name), MOST_NAMES);
        ui.label(format!("{}: {names}", count(paths.len(), "file")));
        ui.button("Choose another…").clicked()
    }
}

/// The format of a file where its name and its beginning leave no doubt. Folders may be too large to look
/// at while someone types.
fn certain_format(path: &Path) -> Option<&'static FormatInfo> {
    if is_folder(path) {
        return None;
    }
    import_format(&[ImportInput::File(path.to_owned())]).ok()
}

/// The format of a file; of several it may be of, the one that is chosen, or the first by its name.
pub(super) fn format_of(path: &Path, chosen: Option<&FormatInfo>) -> Option<&'static FormatInfo> {
    certain_format(path).or_else(|| {
        let possible = detect_by_name(path.file_name()?.to_str()?);
        let is_chosen = |info: &&&FormatInfo| chosen.is_some_and(|chosen| chosen.name == info.name);
        let stays = possible.iter().find(is_chosen);
        stays.or(possible.first()).copied()
    })
}

/// Whether a file is a document that becomes articles, by its ending.
pub(crate) fn is_document(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let formats = name.map(detect_by_name).unwrap_or_default();
    formats.iter().any(|format| format.holds_articles())
}

/// Whether a file is of a format that can be imported, by its ending.
pub(crate) fn is_importable(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| !detect_by_name(name).is_empty())
}
