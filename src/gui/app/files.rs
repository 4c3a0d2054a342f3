//! Opening, saving and going from article to article.

use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::format::FormatInfo;
use crate::gui::app_command::AppCommand;
use crate::gui::dialog::is_importable;
use crate::model::DocumentState;
use crate::ops::ui_command::UiCommand;
use crate::ops::{Edit, OpenDocument};
use crate::store::{self, ReadingPosition};
use crate::text::wording::{count_as, join_and};

const NO_OTHER_MATCHES: &str = "no other article matches the filter";

impl App {
    /// Opens an article, or lists a folder and opens its first article.
    pub(super) fn open(&mut self, path: PathBuf) {
        // Journals and links name the whole path: the same article is the same here.
        let path = store::canonical_path(&path);
        self.keep_position();
        self.save_current();
        if self.workspace.show(&path) {
            self.after_switch();
            self.check_disk(&path);
            return;
        }
        self.read(path, self.services.encoding);
    }

    pub(super) fn open_sample(&mut self) {
        let Some(data) = &self.services.data_dir else {
            self.warn(
                "There is no home folder for the sample. Open an article with File › Open file."
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
            Err(error) => self.fail(
                format!("The sample could not be written. {error}"),
                Vec::new(),
            ),
        }
    }

    pub(super) fn handle_dropped_files(&mut self, context: &Context) {
        let dropped: Vec<PathBuf> = context.input(|input| {
            let files = input.raw.dropped_files.iter();
            files.map(|file| file.path().to_owned()).collect()
        });
        self.open_or_import(context, dropped, is_importable);
    }

    /// Opens articles and folders; asks what to do with files that are to be imported.
    pub(super) fn open_or_import(
        &mut self,
        context: &Context,
        paths: Vec<PathBuf>,
        is_import: fn(&Path) -> bool,
    ) {
        let opens =
            |path: &PathBuf| store::is_article(path) || store::is_folder(path) || !is_import(path);
        let (opened, imported): (Vec<_>, Vec<_>) = paths.into_iter().partition(opens);
        for path in opened {
            self.open(path);
        }
        if !imported.is_empty() {
            self.ask_what_to_import(context, &imported);
        }
    }

    /// Offers to import a text that was opened and is an export of a database.
    pub(super) fn offer_export(&mut self, path: &Path, format: &FormatInfo) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let words = format!(
            "{name} looks like an export of a database ({}). Importing it makes an article of each text in it.",
            format.title
        );
        let import = AppCommand::AskImport(vec![path.to_owned()]);
        self.notice(words, vec![("Import…".to_owned(), import)]);
    }

    pub(super) fn after_switch(&mut self) {
        self.follow_schema();
        self.find.close();
        self.tags.begin();
        self.leave_question_for_a_name();
        self.follow_article_in_name_dialog();
        self.forget_gone_articles();
        let status = self.next_status.take();
        let says_nothing = status.is_none();
        self.status = status.unwrap_or_default();
        if self.adjudicating && says_nothing {
            self.say_what_is_left();
        }
    }

    /// Whether the list of files is narrowed, where everyone can see it.
    fn filters_files(&self, context: &Context) -> bool {
        self.shows_files(context) && self.list.is_narrowed()
    }

    /// The article before or after the current one, among those that the list of files shows.
    fn neighbour(&mut self, context: &Context, forward: bool) -> Option<PathBuf> {
        self.list.refresh(&self.workspace);
        let narrowed = self.filters_files(context);
        let found = self.list.neighbour(&self.workspace, forward, narrowed);
        found.map(Path::to_owned)
    }

    /// Removes a message about a filter that no longer narrows anything.
    pub(super) fn drop_message_about_filter(&mut self, context: &Context) {
        if self.status.refused
            && self.status == StatusMessage::refusal(NO_OTHER_MATCHES)
            && !self.filters_files(context)
        {
            self.status = StatusMessage::default();
            context.request_repaint();
        }
    }

    pub(super) fn go_to_neighbour(&mut self, context: &Context, forward: bool) {
        self.page = None;
        match self.neighbour(context, forward) {
            Some(path) => self.open(path),
            None if self.filters_files(context) => {
                self.status = StatusMessage::refusal(NO_OTHER_MATCHES);
            }
            None if forward => self.status = StatusMessage::refusal("this is the last article"),
            None => self.status = StatusMessage::refusal("this is the first article"),
        }
    }

    /// The first article of the list, as it is filtered, that is neither done nor shown. What a queue is about
    /// may be left to do in an article that is done.
    fn first_left(&self, context: &Context) -> Option<PathBuf> {
        let narrowed = self.filters_files(context);
        let current = self.workspace.current_path();
        let is_left =
            |path: &&PathBuf| current != Some(path.as_path()) && self.is_left(path, narrowed);
        let found = match narrowed {
            true => self.list.shown().find(is_left),
            false => self.list.all().find(is_left),
        };
        found.cloned()
    }

    /// Whether there is something to do in an article of the list, as far as known.
    fn is_left(&self, path: &Path, narrowed: bool) -> bool {
        let in_any_state = narrowed && self.list.order.queue.empties();
        let state = self.workspace.progress(path).map(|figures| figures.state);
        let is_done = state == Some(DocumentState::Done);
        (in_any_state || !is_done) && self.workspace.can_open(path)
    }

    /// Goes on with what the list shows: in the article at hand if it is left to do, else in the first that is.
    pub(super) fn continue_queue(&mut self, context: &Context) {
        self.list.refresh(&self.workspace);
        let left = self.list.shown().filter(|path| self.is_left(path, true));
        let left: Vec<PathBuf> = left.cloned().collect();
        let Some(first) = left.first() else {
            self.status = StatusMessage::refusal("nothing is left to do in this list");
            return;
        };
        // What comes next follows from the list, which everybody can see.
        self.show_files |= self.list.is_narrowed();
        let current = self.workspace.current_path();
        let next = left.iter().find(|path| Some(path.as_path()) == current);
        let next = next.unwrap_or(first).clone();
        let words = count_as(left.len(), "article is left", "articles are left");
        let words = StatusMessage::info(format!("{words} in this list"));
        if self.page.is_some() {
            self.remember_place();
        }
        self.leave_page(context);
        if self.workspace.current_path() == Some(&next) {
            self.status = words;
        } else {
            self.next_status = Some(words);
            self.open(next);
        }
        self.focus_article(context);
    }

    pub(super) fn done_and_next(&mut self, context: &Context) {
        if self.adjudicating {
            self.adjudicated_and_next(context);
            return;
        }
        if self.reviewed_and_next(context) {
            return;
        }
        let done = AppCommand::document(Edit::SetState(DocumentState::Done));
        self.carry_out(context, done);
        let back = self
            .keymap
            .shortcut(UiCommand::PreviousArticle, self.services.mac);
        // After the last one come those that were left.
        let next = self
            .neighbour(context, true)
            .or_else(|| self.first_left(context));
        let is_last = next.is_none();
        if let Some(left) = self.workspace.current()
            && left.open.document().meta().state == DocumentState::Done
        {
            let name = self.workspace.name(&left.files.article);
            let way = if is_last {
                "To reopen it: File › Mark as in progress".to_owned()
            } else {
                format!("To reopen it: {back}, then File › Mark as in progress")
            };
            let open = left_open(&left.open);
            self.status = StatusMessage::info(format!("marked {name} as done{open}  ·  {way}"));
        }
        if let Some(next) = next {
            self.next_status = Some(std::mem::take(&mut self.status));
            self.open(next);
        }
    }

    /// Keeps where the reader is in the article that is shown.
    pub(super) fn keep_position(&self) {
        let (Some(state), Some((path, position))) =
            (&self.services.state_dir, self.reading_position())
        else {
            return;
        };
        if let Err(error) = store::save_position(state, &path, position) {
            log::warn!("the reading position is not kept: {error}");
        }
    }

    /// Where the reader is in the article that is shown.
    pub(super) fn reading_position(&self) -> Option<(PathBuf, ReadingPosition)> {
        let article = self.workspace.current()?;
        let view = article.view.position();
        #[allow(clippy::cast_possible_truncation, reason = "at most a row")]
        let offset = view.offset.round() as i32;
        let position = ReadingPosition {
            caret: article.open.selection().head,
            top: view.top,
            offset,
        };
        Some((article.files.article.clone(), position))
    }
}

/// So many problems are looked through for hints.
const MOST_HINTS: usize = 1_000;

/// What is open in an article that is marked as done: "; left to do: 1 speaker to confirm", or nothing.
fn left_open(open: &OpenDocument) -> String {
    let tally = open.tally();
    let unanswered = tally.without_speaker.saturating_sub(tally.unconfirmed);
    let mut parts = Vec::new();
    match tally.unconfirmed {
        0 => {}
        n => parts.push(count_as(n, "speaker to confirm", "speakers to confirm")),
    }
    match unanswered {
        0 => {}
        n => parts.push(count_as(
            n,
            "tag without a speaker",
            "tags without a speaker",
        )),
    }
    // What nobody has asked for is no work left.
    let (shown, stored) = (open.shown().set(), open.document().set());
    let computed = shown
        .annotation_count()
        .saturating_sub(stored.annotation_count());
    match tally.unlinked_suggestions.saturating_sub(computed) {
        0 => {}
        n => parts.push(count_as(n, "suggestion to review", "suggestions to review")),
    }
    let hints = open.problems().iter().take(MOST_HINTS).filter(|problem| {
        let rule = problem.kind.finding().map(|finding| finding.rule);
        // Speakers are counted above.
        rule.is_some_and(|rule| !rule.is_about_speaker())
    });
    match hints.count() {
        0 => {}
        n => parts.push(count_as(n, "hint under Problems", "hints under Problems")),
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!("; left to do: {}", join_and(&parts))
    }
}
