//! Words that were typed into a dialog when the session ended: kept in the state folder, offered when
//! their article is opened.

use std::path::Path;
use std::time::Duration;

use egui::Context;

use super::closing::Closing;
use super::status_message::StatusMessage;
use super::{App, reasons_to_come};
use crate::gui::app_command::AppCommand;
use crate::gui::dialog::Dialog;
use crate::gui::task_result::TaskResult;
use crate::gui::typed_notes::PAUSE;
use crate::store::{self, Draft, ReadError};
use crate::text::wording::quoted;

/// So many characters of a draft are shown.
const SHOWN: usize = 60;

impl App {
    pub(super) fn keep_draft(&self, draft: &Draft) {
        let Some(state) = &self.services.state_dir else {
            return;
        };
        if let Err(error) = store::keep_draft(state, draft) {
            log::error!("what was typed in “{}” is not kept: {error}", draft.dialog);
        }
    }

    /// Notes what is typed in dialogs a moment after a key, and that it is finished at once.
    pub(super) fn note_typed_when_due(&mut self, context: &Context) {
        if self.dialogs.are_none() || self.closing == Closing::Now {
            self.typed_due = None;
            if !self.typed.is_empty() {
                self.typed.note(Vec::new());
            }
            return;
        }
        let (now, acts) = context.input(|input| (input.time, !input.events.is_empty()));
        let Some(due) = self.typed_due else {
            if acts {
                self.typed_due = Some(now + PAUSE);
                context.request_repaint_after(Duration::from_secs_f64(PAUSE));
            }
            return;
        };
        if now >= due {
            self.typed_due = None;
            self.typed.note(self.all_typed());
        } else {
            context.request_repaint_after(Duration::from_secs_f64(due - now));
        }
    }

    /// Looks on a thread for what was typed when the last session ended.
    pub(super) fn look_for_drafts(&self) {
        if let Some(state) = self.services.state_dir.clone() {
            self.worker.spawn("drafts", move || {
                TaskResult::DraftsFound(store::all_drafts(&state))
            });
        }
    }

    /// At the start: offers what was typed, or to open the article it is about.
    pub(super) fn on_drafts_found(&mut self, found: Vec<Result<Draft, ReadError>>) {
        for draft in found {
            match draft {
                Ok(draft) if draft.article.is_empty() => self.offer_draft(draft),
                // It is there again with its difference.
                Ok(draft) if reasons_to_come::waits(&draft) => {}
                Ok(draft) => {
                    let article = Path::new(&draft.article);
                    let offered_there = self.workspace.open.contains_key(article)
                        || self.opening.iter().any(|path| path == article);
                    if !offered_there {
                        let words = format!("{}: {}", draft.article, words_of(&draft));
                        let open = AppCommand::Open(article.to_owned());
                        self.notice(words, vec![("Open it".to_owned(), open)]);
                    }
                }
                Err(error) => self.fail(format!("{error}"), Vec::new()),
            }
        }
    }

    /// Offers what was typed about an article that was just opened.
    pub(super) fn offer_drafts(&mut self, article: &Path, mut drafts: Vec<Draft>) {
        self.take_reasons_to_come(article, &mut drafts);
        for draft in drafts {
            self.offer_draft(draft);
        }
        let open = AppCommand::Open(article.to_owned());
        self.banners.retain(|banner| {
            let mut ways = banner.actions.iter();
            !ways.any(|(words, way)| words == "Open it" && *way == open)
        });
    }

    pub(super) fn offer_draft(&mut self, draft: Draft) {
        let words = words_of(&draft);
        let draft = Box::new(draft);
        let ways = vec![
            ("Use".to_owned(), AppCommand::UseDraft(draft.clone())),
            ("Discard".to_owned(), AppCommand::DiscardDraft(draft)),
        ];
        self.notice(words, ways);
    }

    /// Opens the dialog with the words in it. Where they have no place any more, they go to the
    /// clipboard.
    pub(super) fn use_draft(&mut self, context: &Context, draft: &Draft) {
        let article = Path::new(&draft.article);
        if !draft.article.is_empty() && self.workspace.current_path() != Some(article) {
            self.open(article.to_owned());
        }
        if self.adjudicates_for(context, draft) {
            return;
        }
        let open = self.workspace.open.get(article);
        match open.and_then(|article| Dialog::of_draft(draft, &article.open)) {
            Some(dialog) => {
                self.open_dialog(context, dialog);
                // They are in no file of this window yet.
                self.typed_due = Some(context.input(|input| input.time));
            }
            None => {
                context.copy_text(draft.text.clone());
                self.status = StatusMessage::info("copied your words to the clipboard");
            }
        }
        self.forget_draft(draft);
    }

    pub(super) fn discard_draft(&mut self, draft: &Draft) {
        self.status = StatusMessage::info("discarded the words you had typed");
        self.forget_draft(draft);
    }

    pub(super) fn forget_draft(&mut self, draft: &Draft) {
        let Some(state) = &self.services.state_dir else {
            return;
        };
        if let Err(error) = store::forget_draft(state, draft) {
            self.warn(
                format!("Your words are offered again at the next start. {error}"),
                Vec::new(),
            );
        }
    }
}

fn words_of(draft: &Draft) -> String {
    let words: Vec<&str> = draft.text.split_whitespace().collect();
    let words = words.join(" ");
    let mut shown: String = words.chars().take(SHOWN).collect();
    if shown.len() < words.len() {
        shown.push('…');
    }
    format!(
        "The words you had typed in “{}” are kept: {}",
        draft.dialog,
        quoted(&shown, '“', '”')
    )
}
