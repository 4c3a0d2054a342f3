//! Reviewing the tags of colleagues, and what reviewers would change in one's own.

use std::path::{Path, PathBuf};

use egui::Context;
use smol_str::SmolStr;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::dialog::{Dialog, PeerProposalDialog, RelabelDialog, WordsAbout, WordsDialog};
use crate::gui::panel::DetailsTab;
use crate::ops::ui_command::UiCommand;
use crate::ops::{self, ColleagueWork, Move, PeerWork};
use crate::text::wording::{count, shown_annotator};

/// What the review tab does in the article that comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ReviewNext {
    /// Reviews the tags of this annotator.
    Tags(SmolStr),
    /// Goes through the corrections to one's own.
    Corrections,
}

impl App {
    /// Goes to the next tag of a colleague that is not reviewed; after the last, to the next colleague with some.
    pub(super) fn review_tags(&mut self, context: &Context) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        if self.adjudicating {
            self.status = StatusMessage::refusal(
                "you are adjudicating; choose Review › Adjudicate to go back, then review",
            );
            return;
        }
        if self.services.annotator.is_none() {
            let why = "reviews say who made them; then the review begins";
            self.ask_name_for(context, UiCommand::ReviewTags, why);
            return;
        }
        let next = article.open.peer_work().and_then(|peer_work| {
            let goes_on = peer_work.reviewed_work().is_some() && peer_work.unreviewed_count() > 0;
            if goes_on {
                Some(Move::PeerTag { forward: true })
            } else {
                next_colleague(peer_work).map(Move::ReviewWorkOf)
            }
        });
        match next {
            Some(next) => {
                self.show_review(context);
                self.carry_out(context, AppCommand::document_then_focus(next));
            }
            None => self.status = StatusMessage::refusal("nobody else has tagged this article"),
        }
    }

    /// Goes to the next of one's own tags that a reviewer would change.
    pub(super) fn next_correction(&mut self, context: &Context) {
        if !self.adjudicating {
            self.show_details_panel(context);
            self.tab = DetailsTab::Review;
            self.review_own = true;
        }
        let next = Move::Correction { forward: true };
        self.carry_out(context, AppCommand::document_then_focus(next));
    }

    /// Shows the tab, and the tags of colleagues in the text.
    pub(super) fn show_review(&mut self, context: &Context) {
        self.show_details_panel(context);
        self.tab = DetailsTab::Review;
        self.show_colleagues = true;
    }

    /// Others have tagged the article that is shown, or said something about one's tags.
    pub(super) fn on_peer_work(&mut self, path: &Path, own: &Path, work: Vec<ColleagueWork>) {
        if self.is_curated(path) {
            return;
        }
        let is_shown = self.workspace.current_path() == Some(path);
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        if article.reading || article.files.sidecar != own {
            return;
        }
        let set = article.open.document().set();
        let before = article.open.peer_work();
        let settled_before = before.map(|work| work.settled_by_others(set));
        let before = before.map(PeerWork::open_count);
        article.open.set_colleagues(work);
        let Some(peer_work) = article.open.peer_work().filter(|_| is_shown) else {
            return;
        };
        let corrections = peer_work.open_count();
        let settled = peer_work.settled_by_others(article.open.document().set());
        let next = self.review_next.take().and_then(|next| match next {
            ReviewNext::Tags(of) => peer_work.place_of(&of).map(Move::ReviewWorkOf),
            ReviewNext::Corrections => Some(Move::Correction { forward: true }),
        });
        if let Some(next) = next {
            self.queue.push_back(AppCommand::document(next));
        } else if corrections > before.unwrap_or_default() {
            let key = self
                .keymap
                .shortcut(ops::ui_command::UiCommand::Corrections, self.services.mac);
            let words = count(corrections, "correction");
            self.status = StatusMessage::info(format!(
                "reviewers have {words} to your tags here; {key} goes to the next"
            ));
        } else if settled_before.is_some_and(|before| before < settled) {
            let words = count(settled, "correction");
            self.status = StatusMessage::info(format!(
                "{words} of yours settled here: taken, answered or left as it was"
            ));
        }
    }

    /// Asks for words about the tag that is reviewed.
    pub(super) fn ask_review_words(&mut self, context: &Context) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        let Some(reviewed) = article.open.reviewed_tag() else {
            self.status = StatusMessage::refusal("no tag to review here");
            return;
        };
        let peer_work = article.open.peer_work();
        let set = article.open.document().set();
        let own = peer_work.and_then(|work| work.review_of(reviewed.tag, set));
        let reason = own.filter(|own| own.replies.is_empty());
        let reason = reason.map_or("", |own| own.reason.as_str());
        let Some(about) = WordsAbout::reviewed_tag(&article.open) else {
            return;
        };
        let dialog = WordsDialog::new(about, reason);
        self.open_dialog(context, Dialog::Words(dialog));
    }

    pub(super) fn ask_review_label(&mut self, context: &Context) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        match article.open.reviewed_tag() {
            Some(reviewed) => {
                let schema = article.open.schema();
                let dialog = RelabelDialog::of_colleague(reviewed.tag, schema);
                self.open_dialog(context, Dialog::Relabel(dialog));
            }
            None => self.status = StatusMessage::refusal("no tag to review here"),
        }
    }

    pub(super) fn ask_review_speaker(&mut self, context: &Context) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        match article.open.reviewed_tag() {
            Some(_) => {
                let dialog = PeerProposalDialog::of_speaker(&article.open);
                self.open_dialog(context, Dialog::PeerProposal(dialog));
            }
            None => self.status = StatusMessage::refusal("no tag to review here"),
        }
    }

    pub(super) fn ask_review_attribute(&mut self, context: &Context) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        if article.open.reviewed_tag().is_none() {
            self.status = StatusMessage::refusal("no tag to review here");
            return;
        }
        match PeerProposalDialog::of_attributes(&article.open) {
            Some(dialog) => self.open_dialog(context, Dialog::PeerProposal(dialog)),
            None => self.status = StatusMessage::refusal("this label has no attributes"),
        }
    }

    pub(super) fn ask_answer(&mut self, context: &Context) {
        let article = self.workspace.current();
        let about = article.and_then(|article| {
            let here = article.open.correction()?;
            WordsAbout::correction(&article.open, here)
        });
        match about {
            Some(about) => {
                let dialog = WordsDialog::new(about, "");
                self.open_dialog(context, Dialog::Words(dialog));
            }
            None => self.status = StatusMessage::refusal("no correction here"),
        }
    }

    /// Asks for a remark on all the tags of the annotator who is reviewed, else on one's own.
    pub(super) fn ask_remark(&mut self, context: &Context) {
        if self.services.annotator.is_none() {
            let why = "remarks go to your own file; then you can write one";
            self.ask_name_for(context, UiCommand::Remark, why);
            return;
        }
        if self.adjudicating {
            let words = "remarks go to your own file; choose Review › Adjudicate to go back to it";
            self.status = StatusMessage::refusal(words);
            return;
        }
        let Some(article) = self.workspace.current() else {
            return;
        };
        let reviewed = article.open.peer_work().and_then(|work| {
            let of = work.reviewed_annotator()?;
            (!self.review_own).then(|| SmolStr::new(of))
        });
        let own = || self.services.annotator.clone().unwrap_or_default();
        let of = reviewed.unwrap_or_else(own);
        let dialog = WordsDialog::new(WordsAbout::All(of), "");
        self.open_dialog(context, Dialog::Words(dialog));
    }

    /// The tab shows what the person is at.
    pub(super) fn follow_review(&mut self) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        if article.open.correction().is_some() {
            self.review_own = true;
        } else if article.open.reviewed_tag().is_some() {
            self.review_own = false;
        }
        // Where the tags of the colleague are not in view, one tags for oneself.
        let in_view = self.tab == DetailsTab::Review && !self.review_own;
        if !in_view && let Some(article) = self.workspace.current_mut() {
            article.open.propose_no_tags();
        }
    }

    /// In the review tab: goes on with what is left in this article, else to the next one with something to review or
    /// correct. Returns whether that was meant.
    pub(super) fn reviewed_and_next(&mut self, context: &Context) -> bool {
        if self.tab != DetailsTab::Review || self.adjudicating {
            return false;
        }
        let Some(article) = self.workspace.current() else {
            return false;
        };
        let Some(peer_work) = article.open.peer_work() else {
            return false;
        };
        let of = peer_work.reviewed_annotator().map(SmolStr::new);
        let (next, left, go) = if self.review_own {
            let left = peer_work.open_count();
            let go = Move::Correction { forward: true };
            (ReviewNext::Corrections, left, go)
        } else if let Some(of) = of {
            let left = peer_work.unreviewed_count();
            let place = peer_work.place_of(&of).unwrap_or_default();
            (ReviewNext::Tags(of), left, Move::ReviewWorkOf(place))
        } else {
            return false;
        };
        if left > 0 {
            self.carry_out(context, AppCommand::document(go));
            let what = match next {
                ReviewNext::Tags(_) => count(left, "tag"),
                ReviewNext::Corrections => count(left, "correction"),
            };
            self.status = StatusMessage::refusal(format!("{what} left in this article"));
            return true;
        }
        match self.next_to_review(&next) {
            Some(path) => {
                self.review_next = Some(next);
                self.open(path);
            }
            None => {
                self.status = StatusMessage::info(match next {
                    ReviewNext::Tags(of) => format!(
                        "no other article of the list has tags of {} to review",
                        shown_annotator(&of)
                    ),
                    ReviewNext::Corrections => {
                        "no other article of the list has corrections for you".to_owned()
                    }
                });
            }
        }
        true
    }

    /// The next article of the list with something left, those after this one first.
    fn next_to_review(&self, next: &ReviewNext) -> Option<PathBuf> {
        let here = self.workspace.current_path();
        let all: Vec<&PathBuf> = self.list.shown().collect();
        let place = all.iter().position(|path| Some(path.as_path()) == here);
        let (before, after) = all.split_at(place.map_or(0, |place| place + 1));
        let own = self.services.annotator.clone().unwrap_or_default();
        let waits = |path: &&&PathBuf| {
            let figures = |name: &str| self.workspace.summary(path)?.of(name);
            let waits = match next {
                ReviewNext::Tags(of) => figures(of).is_some_and(|figures| figures.unreviewed > 0),
                ReviewNext::Corrections => {
                    figures(&own).is_some_and(|figures| figures.corrections > 0)
                }
            };
            waits && here != Some(path.as_path()) && self.workspace.can_open(path)
        };
        let mut ordered = after.iter().chain(before);
        ordered.find(waits).map(|path| (*path).clone())
    }
}

/// The colleague after the one who is reviewed, with tags that are not; else any with tags.
fn next_colleague(peer_work: &PeerWork) -> Option<usize> {
    let all = peer_work.colleagues();
    let here = peer_work.reviewed_annotator();
    let here = here.and_then(|name| peer_work.place_of(name));
    let first = here.map_or(0, |here| here + 1);
    let mut around = (first..all.len()).chain(0..first);
    around.find(|n| {
        all.get(*n)
            .is_some_and(|work| ops::tags_in_use(&work.document) > 0)
    })
}
