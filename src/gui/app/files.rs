//! Opening, saving and going from article to article.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::App;
use super::status::Status;
use crate::gui::dialog::is_importable;
use crate::gui::frame_log;
use crate::gui::scene::Order;
use crate::gui::worker::{Done, Pick, Picked};
use crate::gui::workspace::Mark;
use crate::model::DocumentState;
use crate::ops::ui_command::UiCommand;
use crate::ops::{self, Edit, OpenRequest, Tally};
use crate::store::{self, FolderListing, ReadingPosition};
use crate::text::wording::count_as;

impl App {
    /// Opens an article, or lists a folder and opens its first article.
    pub(super) fn open(&mut self, path: PathBuf) {
        // Journals and links name the whole path: the same article is the same here.
        let path = store::whole_path(&path);
        self.keep_position();
        self.save_current();
        if self.workspace.show(&path) {
            self.after_switch();
            self.look_at_disk(&path);
            return;
        }
        self.read(path, self.deps.encoding);
    }

    pub(super) fn open_sample(&mut self) {
        let Some(data) = &self.deps.data_dir else {
            self.warn(
                "There is no home folder to put the sample in; open an article with File, Open \
                 file."
                    .to_owned(),
                Vec::new(),
            );
            return;
        };
        match store::sample_article(data) {
            Ok(path) => {
                self.hints.show();
                self.open(path);
            }
            Err(error) => self.warn(
                format!("The sample cannot be put there. {error}"),
                Vec::new(),
            ),
        }
    }

    pub(super) fn take_dropped_files(&mut self, context: &Context) {
        let dropped: Vec<PathBuf> = context.input(|input| {
            let files = input.raw.dropped_files.iter();
            files.map(|file| file.path().to_owned()).collect()
        });
        for path in dropped {
            if store::is_article(&path) || store::is_folder(&path) || !is_importable(&path) {
                self.open(path);
            } else {
                self.ask_what_to_import(Some(&path));
            }
        }
    }

    /// Asks for a path by the platform's dialog.
    pub(super) fn pick(&mut self, pick: Pick) {
        let dialogs = Arc::clone(&self.deps.dialogs);
        self.worker.start("dialog", move || Done::Picked {
            pick,
            picked: dialogs.pick(pick),
        });
    }

    pub(super) fn take_results(&mut self, context: &Context) {
        // Work done at once may bring more work.
        loop {
            let done = self.worker.done();
            if done.is_empty() {
                return;
            }
            for done in done {
                self.take(context, done);
            }
        }
    }

    fn take(&mut self, context: &Context, done: Done) {
        frame_log::note(context, &format_args!("{}", done.name()));
        match done {
            Done::TextRead { article, opened } => self.take_text(&article, *opened),
            Done::Opened(read) => self.take_opened(context, *read),
            Done::Listed { folder, result } => {
                self.opening.retain(|path| *path != folder);
                self.take_list(folder, result);
            }
            Done::Failed(name) => self.take_failure(&name),
            Done::Searched { search, found } => self.take_found(context, &search, found),
            Done::Previewed { request, seen } => self.take_preview(&request, *seen),
            Done::Exporting(progress) => self.take_progress(progress),
            Done::Imported { request, result } => self.take_imported(*request, *result),
            Done::Exported(result) => self.take_exported(result),
            Done::Surveyed { article, mark } => {
                self.workspace.marks.insert(article, mark);
            }
            Done::Picked { pick, picked } => match picked {
                Picked::Path(path) => self.open(path),
                Picked::Cancelled => {}
                Picked::Unavailable => self.ask_for_path(pick),
            },
            Done::Saved {
                article,
                state,
                document,
                took,
                result,
            } => {
                if let Some(saved) = self.workspace.open.get_mut(&article) {
                    saved.saving.took = took;
                }
                self.take_saved(context, &article, (state, *document), result);
            }
            Done::Journal(result) => self.take_journal_report(result),
            Done::Unsaved(found) => self.tell_unsaved_work(found),
            Done::TakenUp {
                found,
                state,
                result,
            } => self.take_taken_up(context, *found, state, result),
            Done::Merged {
                article,
                state,
                result,
            } => self.take_merged(context, &article, state, result),
            Done::Looked {
                article,
                stamp,
                look,
            } => self.take_look(&article, stamp, look),
        }
    }

    /// Nothing comes of a thread: nobody waits for it any more.
    fn take_failure(&mut self, name: &str) {
        let words = format!(
            "Something went wrong within Pullquote ({name}). Your work stays in this window; try again, \
             and please report this."
        );
        self.opening.clear();
        for article in self.workspace.open.values_mut() {
            article.looking = false;
            if std::mem::take(&mut article.saving.running) {
                article.saving.failed = Some(words.clone());
            }
        }
        self.warn(words, Vec::new());
        self.save_failed_while_closing();
    }

    fn take_list(&mut self, folder: PathBuf, result: Result<FolderListing, String>) {
        let result = result.map(|listing| {
            if let Some(first) = listing.outside.first() {
                let others = match listing.outside.len() {
                    1 => String::new(),
                    n => format!(" and {} more", n - 1),
                };
                self.warn(
                    format!(
                        "{}{others}: left out, a link that leads out of this folder; drop it on the \
                         window to open it.",
                        first.display()
                    ),
                    Vec::new(),
                );
            }
            listing.articles
        });
        match result {
            Err(words) => self.warn(words, Vec::new()),
            Ok(articles) if articles.is_empty() => self.warn(
                format!(
                    "{}: there is no article in this folder; articles end in .txt, .text or .md.",
                    folder.display()
                ),
                Vec::new(),
            ),
            Ok(articles) => {
                self.show_files = true;
                let first = articles.first().cloned();
                self.survey(&articles);
                self.workspace.list(folder, articles);
                if let Some(first) = first {
                    self.open(first);
                }
            }
        }
    }

    /// Looks how far each article is, one after the other in the background.
    fn survey(&self, articles: &[PathBuf]) {
        let (articles, annotator) = (articles.to_vec(), self.deps.annotator.clone());
        let encoding = self.deps.encoding;
        self.worker.start_series("survey", move |tell| {
            for article in articles {
                let request = OpenRequest {
                    article: article.clone(),
                    annotator: annotator.clone(),
                    encoding,
                };
                // What cannot be read says so when it is opened.
                let Ok(opened) = ops::open_in(&request, None) else {
                    continue;
                };
                let mark = Mark::of(&opened.start());
                if !tell(Done::Surveyed { article, mark }) {
                    return;
                }
            }
        });
    }

    pub(super) fn after_switch(&mut self) {
        self.follow_schema();
        self.find.close();
        self.status = self.parting.take().unwrap_or_default();
    }

    pub(super) fn go_to_neighbour(&mut self, forward: bool) {
        match self.workspace.neighbour(forward).map(Path::to_owned) {
            Some(path) => self.open(path),
            None if forward => self.status = Status::refuses("this is the last article"),
            None => self.status = Status::refuses("this is the first article"),
        }
    }

    pub(super) fn done_and_next(&mut self, context: &Context) {
        let done = Order::run(Edit::SetState(DocumentState::Done));
        self.carry_out(context, done);
        let back = self
            .keymap
            .shortcut(UiCommand::PreviousArticle, self.deps.mac);
        let is_last = self.workspace.neighbour(true).is_none();
        if let Some(left) = self.workspace.current()
            && left.open.document().meta.state == DocumentState::Done
        {
            let name = self.workspace.name(&left.files.article);
            let way = if is_last {
                "File, Mark as in progress takes it back".to_owned()
            } else {
                format!("{back} and File, Mark as in progress take it back")
            };
            let open = left_open(left.open.tally());
            self.status = Status::says(format!("marked {name} as done{open}  ·  {way}"));
        }
        if !is_last {
            self.parting = Some(std::mem::take(&mut self.status));
            self.go_to_neighbour(true);
        }
    }

    /// Keeps where the reader is in the article that is shown.
    pub(super) fn keep_position(&self) {
        let (Some(state), Some(article)) = (&self.deps.state_dir, self.workspace.current()) else {
            return;
        };
        let position = ReadingPosition {
            caret: article.open.selection().head,
            top: article.view.position().top,
        };
        let path = article.files.article.clone();
        if let Err(error) = store::save_position(state, &path, position) {
            log::warn!("the reading position is not kept: {error}");
        }
    }
}

/// What is open in an article that is marked as done: "; 1 speaker is unconfirmed there", or nothing.
fn left_open(tally: &Tally) -> String {
    let unanswered = tally.without_speaker.saturating_sub(tally.unconfirmed);
    let mut parts = Vec::new();
    match tally.unconfirmed {
        0 => {}
        n => parts.push(count_as(
            n,
            "speaker is unconfirmed",
            "speakers are unconfirmed",
        )),
    }
    match unanswered {
        0 => {}
        n => parts.push(count_as(
            n,
            "tag has no speaker yet",
            "tags have no speaker yet",
        )),
    }
    match tally.unlinked_suggestions {
        0 => {}
        n => parts.push(count_as(
            n,
            "suggestion is undecided",
            "suggestions are undecided",
        )),
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!("; {} there", parts.join(" and "))
    }
}
