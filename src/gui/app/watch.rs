//! External changes: the files of open articles and the list of the folder are checked when one of
//! them was written and when the window gets the focus, as not every file system reports writes.
//! Writes to other files cost nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use egui::Context;

use super::App;
use super::gone_articles::{gone, gone_words};
use super::heard::{Heard, SETTLE, SETTLE_ARTICLE, SETTLE_LIST};
use super::reading::named_encoding;
use crate::gui::app_command::AppCommand;
use crate::gui::saving::Trouble;
use crate::gui::task_result::{SchemasReadFor, TaskResult};
use crate::gui::worker::Execution;
use crate::ops::{self, ExternalChanges};
use crate::store::{self, FileFingerprint, FolderWatch, ReadError};
use crate::text::Encoding;

/// How often it is looked whether the folders are still the same ones.
const RENEW: Duration = Duration::from_secs(2);
/// Looking takes at most one part in so many of the time.
const RENEW_SHARE: u32 = 20;

/// Listens to the folders of open articles.
pub(super) struct Watch {
    folders: Option<Arc<Mutex<FolderWatch>>>,
    heard: Arc<Mutex<Heard>>,
    had_focus: bool,
}

/// What it is time to look at.
#[derive(Debug, Default, PartialEq, Eq)]
struct Due {
    /// The files of open articles.
    open: bool,
    /// The list of the folder.
    list: bool,
    /// The schemas of open articles, as a file of them was written.
    schemas: bool,
    /// Sidecars that were written.
    sidecars: BTreeSet<PathBuf>,
    /// Articles of the list that were written.
    articles: BTreeSet<PathBuf>,
    /// How far each article of the list is.
    progress: bool,
    /// What others have tagged in the article that is shown.
    colleagues: bool,
}

impl Watch {
    pub(super) fn new(context: &Context, execution: Execution) -> Self {
        let heard = Arc::new(Mutex::new(Heard::default()));
        let folders = (execution == Execution::Threaded).then(|| {
            let (heard, context) = (Arc::clone(&heard), context.clone());
            let folders = FolderWatch::new(move |path, written| {
                let wait = heard
                    .lock()
                    .ok()
                    .and_then(|mut heard| heard.note(path, written, Instant::now()));
                if let Some(wait) = wait {
                    context.request_repaint_after(wait);
                }
            });
            let folders = Arc::new(Mutex::new(folders));
            let watched = Arc::downgrade(&folders);
            let thread = std::thread::Builder::new().name("watch".to_owned());
            if let Err(error) = thread.spawn(move || renew_while_there(&watched)) {
                log::warn!("a disk that comes back is not noticed: {error}");
            }
            folders
        });
        Self {
            folders,
            heard,
            had_focus: true,
        }
    }

    /// Listens to an article that is open, and to its sidecar.
    pub(super) fn article(&mut self, article: &Path, sidecar: &Path) {
        if let (Some(folders), Some(folder)) = (&self.folders, article.parent())
            && let Ok(mut folders) = folders.lock()
        {
            folders.watch(folder);
            watch_above(&mut folders, folder);
        }
        if let Ok(mut heard) = self.heard.lock() {
            heard.open.insert(article.to_owned());
            heard.open.insert(sidecar.to_owned());
        }
    }

    /// Listens to a folder that is listed, with those below it. Returns whether some were not
    /// listened to before, so that something may have been missed there.
    pub(super) fn folder(&mut self, folder: &Path, all: &[PathBuf]) -> bool {
        let mut new = false;
        if let Some(folders) = &self.folders
            && let Ok(mut folders) = folders.lock()
        {
            for folder in all {
                new |= folders.watch(folder);
            }
            watch_above(&mut folders, folder);
        }
        if let Ok(mut heard) = self.heard.lock() {
            heard.folder = Some(folder.to_owned());
        }
        new
    }

    /// What it is time to look at.
    fn due(&mut self, context: &Context) -> Due {
        let focus = context.input(|input| input.focused);
        let came_back = focus && !std::mem::replace(&mut self.had_focus, focus);
        self.had_focus = focus;
        let mut due = Due {
            open: came_back,
            list: came_back,
            colleagues: came_back,
            ..Due::default()
        };
        let Ok(mut heard) = self.heard.lock() else {
            return due;
        };
        let now = Instant::now();
        let is_due = |written: &mut Option<Instant>, settle: Duration| {
            let Some(at) = *written else { return false };
            let wait = (at + settle).saturating_duration_since(now);
            if !wait.is_zero() {
                context.request_repaint_after(wait);
                return false;
            }
            *written = None;
            true
        };
        due.open |= is_due(&mut heard.open_written, SETTLE);
        due.schemas = is_due(&mut heard.schema_written, SETTLE);
        if is_due(&mut heard.listed_written, SETTLE_LIST) {
            due.list = true;
        }
        if due.open || due.list {
            due.sidecars = std::mem::take(&mut heard.sidecars);
        }
        if is_due(&mut heard.article_written, SETTLE_ARTICLE) {
            due.articles = std::mem::take(&mut heard.articles);
        }
        if due.list {
            due.progress = std::mem::take(&mut heard.anything);
        }
        due
    }
}

/// Listens to the folders above one up to that of the schema that holds for it: it may change, and a nearer one come.
fn watch_above(folders: &mut FolderWatch, folder: &Path) {
    let schema = store::find_schema(&folder.join("any article"));
    let Some(top) = schema.as_deref().and_then(Path::parent) else {
        return;
    };
    let above = folder.ancestors().skip(1);
    for folder in above.take_while(|above| above.starts_with(top)) {
        folders.watch(folder);
    }
}

/// Looks from time to time whether the folders are still the same ones, as long as there is a window.
fn renew_while_there(folders: &Weak<Mutex<FolderWatch>>) {
    let mut wait = RENEW;
    loop {
        std::thread::sleep(wait);
        let Some(folders) = folders.upgrade() else {
            return;
        };
        let begun = Instant::now();
        FolderWatch::renew(&folders);
        wait = RENEW.max(begun.elapsed() * RENEW_SHARE);
    }
}

impl App {
    pub(super) fn check_disk_when_due(&mut self, context: &Context) {
        let due = self.watch.due(context);
        if due.open {
            let open: Vec<PathBuf> = self.workspace.open.keys().cloned().collect();
            for path in open {
                self.check_disk(&path);
            }
        }
        if due.schemas || due.colleagues {
            self.read_schemas_again(SchemasReadFor::notice(due.schemas));
            self.read_guidelines_again();
        }
        if due.list {
            self.list_folder_again();
        }
        // Where the folder is gone, what was known stays until it is back.
        let folder = self.workspace.folder.as_deref();
        if due.progress && folder.is_some_and(store::is_folder) {
            self.survey_again();
        }
        self.on_sidecars_written(&due.sidecars);
        self.on_articles_written(&due.articles);
        if due.colleagues
            && let Some(path) = self.workspace.current_path()
        {
            self.read_colleagues(path);
        }
    }

    /// Looks on a thread whether someone else has written the files of an open article.
    pub(super) fn check_disk(&mut self, path: &Path) {
        let writes_step = self.writes_step();
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        // Our own saving causes one more report, as a step does; what is being read is read as it is.
        let busy = article.saving.running || article.reading || writes_step;
        if busy || std::mem::replace(&mut article.checking_disk, true) {
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
        let writes_step = self.writes_step();
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        article.checking_disk = false;
        // We have written it ourselves in the meantime.
        if article.files.fingerprint != fingerprint || article.saving.running || writes_step {
            return;
        }
        let changes = match changes {
            Ok(changes) if changes.is_quiet() => {
                // A disk that was away is back.
                let saves = article.is_dirty() && article.saving.trouble.is_some();
                self.note_article_back(path);
                if saves {
                    self.save(path);
                }
                return;
            }
            Ok(changes) => changes,
            Err(error) => {
                let words = format!("{error}. Your work stays in this window.");
                self.fail(words, Vec::new());
                return;
            }
        };
        if changes.article != Some(FileFingerprint::Absent) {
            self.note_article_back(path);
        }
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        match (changes.article, changes.sidecar) {
            (Some(FileFingerprint::Absent), _) => {
                let trouble = article.saving.trouble.replace(gone(path));
                // Trying to save has said so.
                if article.is_dirty() && trouble.is_some_and(|trouble| trouble.is_away()) {
                    return;
                }
                if self.forget_gone_articles().contains(path) {
                    return;
                }
                let words = format!(
                    "{} It stays open here until you close the window. Put the file back to \
                     continue.",
                    gone_words(path)
                );
                self.warn(words, Vec::new());
            }
            (Some(_), _) => {
                let encoding = named_encoding(article).or(self.services.encoding);
                self.reload(path, encoding);
            }
            (None, Some(FileFingerprint::Absent)) => {
                article.open.mark_unsaved();
                article.saving.trouble = Some(Trouble::SidecarGone);
                let words = format!(
                    "{} The tags are still here. Save to write them again.",
                    gone_words(&article.files.sidecar)
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
