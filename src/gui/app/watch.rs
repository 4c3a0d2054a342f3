//! External changes: the files of open articles are checked when their folder reports a write and
//! when the window gets the focus, as not every file system reports writes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::Context;

use super::App;
use super::reading::named_encoding;
use crate::gui::app_command::AppCommand;
use crate::gui::task_result::TaskResult;
use crate::gui::worker::Execution;
use crate::ops::{self, ExternalChanges};
use crate::store::{FileFingerprint, FolderWatch, ReadError};
use crate::text::Encoding;

/// Seconds after something was written until it is looked at: saving is more than one step.
const SETTLE: f64 = 0.3;

/// Listens to the folders of open articles.
pub(super) struct Watch {
    folders: Option<FolderWatch>,
    told: Arc<AtomicBool>,
    /// When to look, in seconds of the window's clock.
    due: Option<f64>,
    had_focus: bool,
}

impl Watch {
    pub(super) fn new(context: &Context, execution: Execution) -> Self {
        let told = Arc::new(AtomicBool::new(false));
        let folders = (execution == Execution::Threaded).then(|| {
            let (told, context) = (Arc::clone(&told), context.clone());
            FolderWatch::new(move || {
                told.store(true, Ordering::Relaxed);
                context.request_repaint();
            })
        });
        Self {
            folders,
            told,
            due: None,
            had_focus: true,
        }
    }

    pub(super) fn article(&mut self, article: &Path) {
        if let (Some(folders), Some(folder)) = (&mut self.folders, article.parent()) {
            folders.watch(folder);
        }
    }

    /// Whether it is time to look.
    fn is_due(&mut self, context: &Context) -> bool {
        let (now, focus) = context.input(|input| (input.time, input.focused));
        if self.told.swap(false, Ordering::Relaxed) {
            self.due = Some(now + SETTLE);
        }
        if focus && !std::mem::replace(&mut self.had_focus, focus) {
            self.due = Some(now);
        }
        self.had_focus = focus;
        match self.due {
            Some(at) if at <= now => {
                self.due = None;
                true
            }
            Some(at) => {
                context.request_repaint_after(std::time::Duration::from_secs_f64(at - now));
                false
            }
            None => false,
        }
    }
}

impl App {
    pub(super) fn check_disk_when_due(&mut self, context: &Context) {
        if !self.watch.is_due(context) {
            return;
        }
        let open: Vec<PathBuf> = self.workspace.open.keys().cloned().collect();
        for path in open {
            self.check_disk(&path);
        }
    }

    /// Looks on a thread whether someone else has written the files of an open article.
    pub(super) fn check_disk(&mut self, path: &Path) {
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        // Our own saving causes one more report; what is being read is read as it is.
        if article.saving.running
            || article.reading
            || std::mem::replace(&mut article.checking_disk, true)
        {
            return;
        }
        let files = article.files.clone();
        self.worker
            .spawn("look", move || TaskResult::ExternalChanges {
                article: files.article.clone(),
                fingerprint: files.fingerprint,
                changes: ops::external_changes(&files),
            });
    }
}

impl App {
    pub(super) fn on_external_changes(
        &mut self,
        path: &Path,
        fingerprint: FileFingerprint,
        changes: Result<ExternalChanges, ReadError>,
    ) {
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        article.checking_disk = false;
        // We have written it ourselves in the meantime.
        if article.files.fingerprint != fingerprint || article.saving.running {
            return;
        }
        let changes = match changes {
            Ok(changes) if changes.is_quiet() => return,
            Ok(changes) => changes,
            Err(error) => {
                let words = format!("{error}. Your work stays in this window.");
                self.warn(words, Vec::new());
                return;
            }
        };
        match (changes.article, changes.sidecar) {
            (Some(FileFingerprint::Absent), _) => {
                let words = format!(
                    "{} is gone from the disk. It stays open here until you close the window. Put \
                     the file back to continue.",
                    path.display()
                );
                self.warn(words, Vec::new());
            }
            (Some(_), _) => {
                let encoding = named_encoding(article).or(self.services.encoding);
                self.reload(path, encoding);
            }
            (None, Some(FileFingerprint::Absent)) => {
                article.open.mark_unsaved();
                let words = format!(
                    "{} is gone from the disk. The tags are still here. Save to write them again.",
                    article.files.sidecar.display()
                );
                let again = AppCommand::ReplaceOnDisk(path.to_owned());
                self.warn(words, vec![("Save them again".to_owned(), again)]);
            }
            (None, Some(_)) => self.merge_with_disk(path),
            (None, None) => {}
        }
    }

    /// Reads an open article again, with what is on disk now. What is not saved is saved first, about
    /// the text as it was; the tags follow when the new text is read.
    pub(super) fn reload(&mut self, path: &Path, encoding: Option<Encoding>) {
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        article.reload = Some(encoding);
        if article.is_dirty() || article.saving.running {
            self.save(path);
        } else {
            self.reload_if_waiting(path);
        }
    }

    /// Reads an article again that waited to be saved.
    pub(super) fn reload_if_waiting(&mut self, path: &Path) {
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        if article.is_dirty() {
            return;
        }
        if let Some(encoding) = article.reload.take() {
            if self.workspace.current_path() == Some(path) {
                self.keep_position();
            }
            self.read(path.to_owned(), encoding);
        }
    }

    pub(super) fn read_as(&mut self, path: &Path, encoding: Encoding) {
        self.reload(path, Some(encoding));
    }
}
