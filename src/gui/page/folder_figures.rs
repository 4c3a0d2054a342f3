//! Figures of a folder that a thread works out, for a page that shows the last ones meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Ui;

use crate::gui::ui_context::UiContext;

/// What was worked out last, and whether a thread is at it.
#[derive(Debug)]
pub(crate) struct FolderFigures<T> {
    folder: Option<PathBuf>,
    known: Option<Arc<T>>,
    failed: Option<String>,
    working: bool,
    /// Whether something has changed since the thread began.
    stale: bool,
}

impl<T> Default for FolderFigures<T> {
    fn default() -> Self {
        Self {
            folder: None,
            known: None,
            failed: None,
            working: false,
            stale: false,
        }
    }
}

impl<T> FolderFigures<T> {
    /// What was worked out last, if anything.
    pub(crate) fn known(&self) -> Option<&Arc<T>> {
        self.known.as_ref()
    }

    pub(super) fn is_working(&self) -> bool {
        self.working
    }

    /// Whether a thread is to begin now; else the one that is at it begins again when it ends. What is known of
    /// another folder is forgotten.
    pub(crate) fn begins(&mut self, folder: &Path) -> bool {
        if self.folder.as_deref() != Some(folder) {
            self.folder = Some(folder.to_owned());
            self.known = None;
            self.failed = None;
        }
        self.stale = std::mem::replace(&mut self.working, true);
        !self.stale
    }

    /// Takes what was worked out, or why nothing could be. Returns whether it is to be done again.
    pub(crate) fn end(&mut self, result: Result<T, String>) -> bool {
        self.working = false;
        match result {
            Ok(known) => {
                self.known = Some(Arc::new(known));
                self.failed = None;
            }
            Err(words) => self.failed = Some(words),
        }
        self.stale
    }

    /// The thread is gone without a result.
    pub(crate) fn give_up(&mut self) {
        self.working = false;
    }

    /// Says why there is nothing, or `waiting`; gives what there is.
    pub(super) fn known_ui(&self, ui: &mut Ui, cx: UiContext<'_>, waiting: &str) -> Option<Arc<T>> {
        if let Some(words) = &self.failed {
            ui.colored_label(cx.theme.danger, words);
        }
        if self.known.is_none() && self.working {
            ui.weak(waiting);
        }
        self.known.clone()
    }
}
