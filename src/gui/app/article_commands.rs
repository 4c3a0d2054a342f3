//! Running commands on the article that is shown, and bringing into view what they are about.

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::workspace::OpenArticle;
use crate::model::AnnotationId;
use crate::ops::ui_command::UiCommand;
use crate::ops::{CandidateList, Command, Outcome};
use crate::text::TextRange;

/// What a command comes from, which decides what comes into view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A click, which leaves in place what was clicked.
    Pointer,
    /// A key or a row of a list, which lets one see what comes.
    Key,
    /// Undo and redo: the view moves only where the caret would be out of it.
    Replay,
}

/// What Enter was asked for and showed first: a tag, and its proposed speaker where that was out of
/// view.
pub(super) type ShownFirst = (AnnotationId, Option<AnnotationId>);

impl App {
    /// Runs a command on the article that is shown, and reports the result.
    pub(super) fn run(&mut self, context: &Context, command: impl Into<Command>) {
        self.run_from(context, command, Origin::Pointer);
    }

    /// The same for what does not come from a click.
    pub(super) fn run_from(
        &mut self,
        context: &Context,
        command: impl Into<Command>,
        origin: Origin,
    ) {
        let Some(article) = self.workspace.current_mut() else {
            self.status = StatusMessage::refusal("open an article first");
            return;
        };
        article.open.set_now(self.services.clock.now());
        match article.open.run(command, self.services.ids.as_mut()) {
            Ok(outcome) => {
                bring_into_view(article, &outcome, origin);
                if outcome.changed {
                    let now = context.input(|input| input.time);
                    // Not put off by what follows: steady work is saved, too.
                    let pause = article.saving.pause();
                    article.saving.due.get_or_insert(now + pause);
                }
                self.status = if outcome.undoable {
                    StatusMessage::undoable(outcome.message)
                } else {
                    StatusMessage::info(outcome.message)
                };
                self.hints.advance(&article.open);
                if outcome.tagged {
                    self.ask_for_name_once();
                }
            }
            Err(refusal) => self.status = StatusMessage::refusal(refusal.to_string()),
        }
    }

    /// Where what Enter would accept or confirm is out of view, brings it into view instead; returns
    /// whether it did.
    pub(super) fn shows_what_waits(&mut self) -> bool {
        let Some(article) = self.workspace.current_mut() else {
            return false;
        };
        let Some(tag) = article.open.current_tag().map(|tag| tag.id.clone()) else {
            return false;
        };
        let hidden = article.view.hidden_mention(&tag).cloned();
        let shown = self.shown_first.take().filter(|(shown, _)| *shown == tag);
        let mention_shown = shown.and_then(|(_, mention)| mention);
        let shows_mention = mention_shown.is_some() && hidden.is_none();
        if article.view.is_out_of_view(&tag) && !shows_mention {
            article.view.reveal_current(&article.open, false);
            self.shown_first = Some((tag, None));
            self.status =
                StatusMessage::info("Back at the current tag. Press Enter again to accept");
            return true;
        }
        let Some(mention) = hidden.filter(|hidden| mention_shown.as_ref() != Some(hidden)) else {
            return false;
        };
        article.view.reveal_mention(&article.open, &mention);
        self.shown_first = Some((tag, Some(mention)));
        self.status = StatusMessage::info(
            "The proposed speaker was out of view. Press Enter again to confirm",
        );
        true
    }

    /// Whether a command would confirm a speaker that was proposed since the last frame, so that nobody
    /// has seen who it is; says so.
    pub(super) fn waits_for_frame(&mut self, command: UiCommand) -> bool {
        let Some(article) = self.workspace.current() else {
            return false;
        };
        let chips = article.open.chips();
        let goes_on = chips.is_some_and(CandidateList::goes_on_confirming);
        let walks = [
            UiCommand::NextTag,
            UiCommand::NextUntagged,
            UiCommand::PreviousUntagged,
        ];
        let confirms = command == UiCommand::Confirm || goes_on && walks.contains(&command);
        let waits = confirms && !article.view.has_shown_proposal(&article.open);
        if waits {
            self.status =
                StatusMessage::info("The proposed speaker was not shown yet. Press the key again");
        }
        waits
    }

    /// What the tag that was just made is judged by comes into view.
    pub(super) fn reveal_new_tag(&mut self) {
        if let Some(article) = self.workspace.current_mut()
            && !self.status.refused
        {
            article.view.reveal_current(&article.open, false);
        }
    }
}

fn bring_into_view(article: &mut OpenArticle, outcome: &Outcome, origin: Origin) {
    let (open, view) = (&article.open, &mut article.view);
    let selection = open.selection();
    let tag = open.current_tag().filter(|_| selection.tag.is_some());
    match (outcome.reveal, origin) {
        (Some(range), Origin::Pointer) => view.reveal(range),
        (Some(_), Origin::Replay) => view.reveal(TextRange::empty(selection.head)),
        (Some(range), Origin::Key) if range.is_empty() => view.reveal_ahead(range),
        (Some(range), Origin::Key) if tag.is_some_and(|tag| tag.fragments.hull() == range) => {
            view.reveal_current(open, !outcome.changed);
        }
        // A passage that is to be tagged.
        (Some(range), Origin::Key) if selection.range() == range => view.reveal_passage(range),
        (Some(range), Origin::Key) if outcome.changed => view.reveal(range),
        (Some(range), Origin::Key) => view.reveal_ahead(range),
        // Another speaker is proposed.
        (None, Origin::Key) if outcome.changed => {
            if open.chips().is_some_and(|chips| !chips.confirmed) {
                view.reveal_current(open, false);
            }
        }
        (None, Origin::Pointer | Origin::Key | Origin::Replay) => {}
    }
}
