//! The dialog that is shown, and those that wait. What happens to words typed into a dialog that
//! something else replaces or closes is decided here, for every dialog alike.

use std::path::{Path, PathBuf};

use egui::{Context, Rect, Vec2};

use super::App;
use super::closing::Closing;
use super::status_message::StatusMessage;
use crate::gui::dialog::{Dialog, DialogState, Typed, Unsaved};
use crate::gui::saving::Trouble;
use crate::gui::ui_context::UiContext;
use crate::ops::{Edit, OpenDocument};
use crate::store::Draft;

/// A dialog, and the article it is about.
#[derive(Debug)]
struct OpenDialog {
    dialog: Dialog,
    /// `None`: it is about no article.
    article: Option<PathBuf>,
}

/// The dialog that is shown, and drafts that wait until they can be shown again.
#[derive(Debug, Default)]
pub(super) struct Dialogs {
    shown: Option<OpenDialog>,
    drafts: Vec<OpenDialog>,
    /// How often a dialog has come up: tells one dialog from the next.
    count: u64,
    /// Which one was drawn last.
    drawn: u64,
    /// Where the current tag was when the dialog came up in a window of this size: a dialog stays where
    /// it is while the article is scrolled.
    about: Option<(Vec2, Option<Rect>)>,
}

impl Dialogs {
    pub(super) fn shown(&self) -> Option<&Dialog> {
        self.shown.as_ref().map(|open| &open.dialog)
    }

    pub(super) fn is_open(&self) -> bool {
        self.shown.is_some()
    }

    /// Which dialog is shown, as a number that each has once; `None`: none is.
    pub(super) fn serial(&self) -> Option<u64> {
        self.is_open().then_some(self.count)
    }

    /// Whether no dialog is shown or waits.
    pub(super) fn are_none(&self) -> bool {
        self.shown.is_none() && self.drafts.is_empty()
    }

    /// Whether the dialog that is shown was not drawn yet, so that its field has no focus.
    pub(super) fn is_undrawn(&self) -> bool {
        self.is_open() && self.drawn != self.count
    }

    /// Whether a dialog, shown or waiting, is about this article.
    pub(super) fn are_about(&self, article: &Path) -> bool {
        let mut all = self.shown.iter().chain(&self.drafts);
        all.any(|open| open.article.as_deref() == Some(article))
    }

    /// All dialogs, also those that wait.
    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Dialog> {
        let all = self.shown.iter_mut().chain(&mut self.drafts);
        all.map(|open| &mut open.dialog)
    }

    fn put(&mut self, open: OpenDialog) {
        self.count += 1;
        self.about = None;
        self.shown = Some(open);
    }

    /// Asks whether to close with something not saved; what is open waits.
    pub(super) fn ask_to_close(&mut self) {
        if matches!(self.shown(), Some(Dialog::Close)) {
            return;
        }
        self.drafts.extend(self.shown.take());
        self.put(OpenDialog {
            dialog: Dialog::Close,
            article: None,
        });
    }

    /// Shows the last draft that is about this article, and what the person is at there, or about none.
    fn show_draft(&mut self, current: Option<(&Path, &OpenDocument)>) -> bool {
        let (path, document) = current.unzip();
        let fits = |open: &OpenDialog| {
            let article = open.article.as_deref();
            article.is_none() || article == path && open.dialog.is_here(document)
        };
        let Some(at) = self.drafts.iter().rposition(fits) else {
            return false;
        };
        let draft = self.drafts.remove(at);
        self.put(draft);
        true
    }
}

impl App {
    /// Shows a dialog in place of the one that is open. Where the same is open already, or waits
    /// with something typed, that one is shown.
    pub(super) fn open_dialog(&mut self, context: &Context, dialog: Dialog) {
        let article = dialog
            .is_about_article()
            .then(|| self.workspace.current_path().map(Path::to_owned))
            .flatten();
        let same = |open: &OpenDialog| open.dialog.is_same(&dialog) && open.article == article;
        if self.dialogs.shown.as_ref().is_some_and(same) {
            return;
        }
        let waiting = self.dialogs.drafts.iter().position(same);
        if !self.leave_dialog(context) {
            return;
        }
        let open = match waiting {
            Some(at) => self.dialogs.drafts.remove(at),
            None => OpenDialog { dialog, article },
        };
        self.dialogs.put(open);
    }

    /// Takes the open dialog away because something else comes in its place. What is typed becomes
    /// a step in its article, or the dialog waits as a draft. Returns whether it is away; it stays
    /// where its article refuses the step.
    pub(super) fn leave_dialog(&mut self, context: &Context) -> bool {
        let Some(mut open) = self.dialogs.shown.take() else {
            return true;
        };
        match open.dialog.typed() {
            Typed::Nothing => true,
            Typed::Edit(edit) => match self.commit(context, &open, *edit) {
                Ok(()) => true,
                Err(words) => {
                    self.status = StatusMessage::refusal(words);
                    open.dialog.on_refused();
                    self.dialogs.shown = Some(open);
                    false
                }
            },
            Typed::Draft(_) => {
                self.dialogs.drafts.push(open);
                true
            }
        }
    }

    /// Runs what a dialog holds on the article the dialog is about, which may not be the one shown.
    fn commit(&mut self, context: &Context, open: &OpenDialog, edit: Edit) -> Result<(), String> {
        let path = open.article.as_deref();
        let gone = || "the article is no longer open; copy your text".to_owned();
        let article = path.and_then(|path| self.workspace.open.get_mut(path));
        let article = article.ok_or_else(gone)?;
        article.open.set_now(self.services.clock.now());
        let outcome = article
            .open
            .run(edit, self.services.ids.as_mut())
            .map_err(|refusal| refusal.to_string())?;
        if outcome.changed {
            let now = context.input(|input| input.time);
            let pause = article.saving.pause();
            article.saving.due.get_or_insert(now + pause);
        }
        self.status = StatusMessage::undoable(outcome.message);
        Ok(())
    }

    /// A dialog about another article than the one shown now gives way; a draft about this one
    /// comes back.
    pub(super) fn dialogs_follow_article(&mut self, context: &Context) {
        let current = self.workspace.current_path();
        let strange = self.dialogs.shown.as_ref().is_some_and(|open| {
            let article = open.article.as_deref();
            article.is_some() && article != current
        });
        if strange {
            self.leave_dialog(context);
        }
        if !self.dialogs.is_open() {
            self.show_draft();
        }
    }

    fn show_draft(&mut self) -> bool {
        let article = self.workspace.current();
        let open = article.map(|article| &article.open);
        self.dialogs
            .show_draft(self.workspace.current_path().zip(open))
    }

    /// Leaves the open dialog because the window closes. Returns whether nothing typed is left; a
    /// draft is shown otherwise.
    pub(super) fn nothing_is_typed(&mut self, context: &Context) -> bool {
        loop {
            if !self.leave_dialog(context) {
                return false;
            }
            let Some(mut waiting) = self.dialogs.drafts.pop() else {
                return true;
            };
            match waiting.dialog.typed() {
                Typed::Nothing => {}
                Typed::Edit(_) => self.dialogs.put(waiting),
                Typed::Draft(_) => {
                    let current = self.workspace.current_path();
                    let article = waiting
                        .article
                        .take_if(|article| Some(&**article) != current);
                    // One that is no longer open does not come back: its draft is shown here.
                    if let Some(article) = article
                        && self.workspace.open.contains_key(&article)
                    {
                        self.open(article.clone());
                        waiting.article = Some(article);
                    }
                    self.ask_to_finish(&waiting.dialog);
                    self.dialogs.put(waiting);
                    return false;
                }
            }
        }
    }

    /// Keeps everything typed, because the session ends: as a step of its article, or as a draft that
    /// the next start offers.
    pub(super) fn keep_everything_typed(&mut self, context: &Context) {
        let all = self
            .dialogs
            .drafts
            .drain(..)
            .chain(self.dialogs.shown.take());
        let all: Vec<OpenDialog> = all.collect();
        for open in all {
            let kept = match open.dialog.typed() {
                Typed::Nothing => true,
                Typed::Edit(edit) => self.commit(context, &open, *edit).is_ok(),
                Typed::Draft(_) => false,
            };
            if !kept && let Some(draft) = open.dialog.draft(open.article.as_deref()) {
                self.keep_draft(&draft);
            }
        }
    }

    /// Everything typed in dialogs, as drafts.
    pub(super) fn all_typed(&self) -> Vec<Draft> {
        let all = self.dialogs.drafts.iter().chain(&self.dialogs.shown);
        let typed = all.filter(|open| !matches!(open.dialog.typed(), Typed::Nothing));
        typed
            .filter_map(|open| open.dialog.draft(open.article.as_deref()))
            .collect()
    }

    /// Leaves the open dialog for something in the article. Returns whether it is away; a draft stays
    /// and asks to be finished.
    pub(super) fn leave_or_finish(&mut self, context: &Context) -> bool {
        let Some(open) = self.dialogs.shown.take() else {
            return true;
        };
        let draft = matches!(open.dialog.typed(), Typed::Draft(_));
        if draft {
            self.ask_to_finish(&open.dialog);
        }
        self.dialogs.shown = Some(open);
        !draft && self.leave_dialog(context)
    }

    /// Says that what is typed in a dialog waits for an answer.
    pub(super) fn ask_to_finish(&mut self, dialog: &Dialog) {
        if let Typed::Draft(name) = dialog.typed() {
            self.status = StatusMessage::refusal(not_finished(name));
        }
    }

    pub(super) fn close_dialog(&mut self) {
        let closed = self.dialogs.shown.take();
        if let Some(Typed::Draft(name)) = closed.map(|closed| closed.dialog.typed())
            && self.status == StatusMessage::refusal(not_finished(name))
        {
            self.status = StatusMessage::default();
        }
    }

    pub(super) fn show_dialog(&mut self, context: &Context) {
        self.follow_typed_name();
        let Some(mut shown) = self.dialogs.shown.take() else {
            return;
        };
        self.dialogs.drawn = self.dialogs.count;
        let theme = self.themes.current(context);
        let cx = UiContext {
            theme,
            keymap: &self.keymap,
            entries: &self.entries,
            mac: self.services.mac,
        };
        let article = self.workspace.current();
        let open = article.map(|article| &article.open);
        let size = context.content_rect().size();
        let about = match self.dialogs.about {
            Some((then, about)) if then == size => about,
            Some(_) | None => article.and_then(|article| article.view.current_area()),
        };
        self.dialogs.about = Some((size, about));
        let articles: Vec<(String, String)> = self
            .workspace
            .open
            .iter()
            .filter(|(_, article)| article.is_dirty())
            .map(|(path, article)| {
                let trouble = article.saving.trouble.as_ref();
                let why = trouble.map_or("", Trouble::words).to_owned();
                (self.workspace.name(path), why)
            })
            .collect();
        let unsaved = Unsaved {
            articles,
            kept: self.keeps_unsaved_work(),
            tried: self.closing == Closing::WhenSavedOnce,
        };
        let state = shown.dialog.dialog_ui(
            context,
            cx,
            (open, about),
            &self.schema,
            &unsaved,
            &mut self.queue,
        );
        let stays = match state {
            DialogState::Open => true,
            DialogState::Closed => false,
            DialogState::Left => {
                // A click beside a draft throws no words away.
                let typed = shown.dialog.typed();
                let draft = matches!(typed, Typed::Draft(_));
                match typed {
                    Typed::Draft(name) if shown.dialog.waits() => {
                        let words = format!("“{name}” waits at its tag");
                        self.status = StatusMessage::info(words);
                    }
                    Typed::Draft(_) => self.ask_to_finish(&shown.dialog),
                    Typed::Nothing | Typed::Edit(_) => {}
                }
                draft && !shown.dialog.waits()
            }
        };
        let shown_waits = shown.dialog.waits();
        self.dialogs.shown = Some(shown);
        if stays {
            return;
        }
        // It comes back where the person stays at its tag.
        let waits = state == DialogState::Left && shown_waits;
        let left = if state == DialogState::Left {
            self.leave_dialog(context)
        } else {
            self.close_dialog();
            true
        };
        if left && (waits || !self.show_draft()) {
            self.focus_article(context);
        }
        context.request_repaint();
    }
}

fn not_finished(name: &str) -> String {
    format!("“{name}” is not finished: press its button, or Esc to discard what you typed")
}
