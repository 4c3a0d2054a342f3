//! Deciding between the tags of several annotators: the window works on the curated files then.

use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::compare::Comparison;
use crate::gui::app_command::AppCommand;
use crate::gui::dialog::{Dialog, WordsAbout, WordsDialog};
use crate::gui::panel::DetailsTab;
use crate::gui::task_result::TaskResult;
use crate::model::DocumentState;
use crate::ops::ui_command::UiCommand;
use crate::ops::{self, Edit, Move};
use crate::store::sidecar_file::ReservedName;
use crate::text::wording::count;

impl App {
    /// Begins or ends work on the curated files.
    pub(super) fn toggle_adjudicating(&mut self, context: &Context) {
        if !self.adjudicating {
            if self.services.annotator.is_none() {
                let why = "decisions say who made them; then you adjudicate";
                self.ask_name_for(context, UiCommand::Adjudicate, why);
                return;
            }
            let article = self.workspace.current();
            let path = self.workspace.current_path().map(Path::to_owned);
            let others = article.map_or(0, |article| article.colleagues.len());
            let own = article.is_some_and(|article| article.open.tally().all() > 0);
            if path.is_some() && others + usize::from(own) < 2 {
                self.status = StatusMessage::refusal(
                    "fewer than two people have tagged this article, so there is nothing to compare",
                );
                return;
            }
        }
        self.adjudicating = !self.adjudicating;
        if self.adjudicating {
            self.show_details_panel(context);
            self.tab = DetailsTab::Differences;
        } else if self.tab == DetailsTab::Differences {
            self.tab = DetailsTab::Tags;
        }
        self.status = StatusMessage::info(match self.adjudicating {
            true => "adjudicating: what you do goes to the curated file",
            false => "back to your own tags",
        });
        self.next_status = self.workspace.current().map(|_| self.status.clone());
        self.keep_position();
        self.read_open_articles_again(context);
    }

    /// Whether the sidecar of an open article is the curated one.
    pub(super) fn is_curated(&self, path: &Path) -> bool {
        let article = self.workspace.open.get(path);
        article.is_some_and(|article| {
            let curated = ReservedName::Curated.path(path);
            article.files.sidecar == curated
        })
    }

    /// The work of all annotators of an article is compared.
    pub(super) fn on_compared(
        &mut self,
        context: &Context,
        path: &Path,
        comparison: Option<Comparison>,
    ) {
        if !self.adjudicating || !self.is_curated(path) {
            return;
        }
        let is_shown = self.workspace.current_path() == Some(path);
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        if article.reading {
            return;
        }
        let Some(comparison) = comparison else {
            if let Some(draft) = self.reason_draft.take() {
                self.offer_draft(draft);
            }
            if is_shown {
                self.status =
                    StatusMessage::refusal("fewer than two annotators have begun this article");
            }
            return;
        };
        let known = article.open.adjudication();
        // What is half said about a difference stays where nothing has changed.
        if known.is_some_and(|known| known.comparison().groups() == comparison.groups()) {
            return;
        }
        let gone = article.open.adjudicate(comparison);
        if is_shown {
            self.say_what_is_left();
        }
        self.restore_reasons_to_come(context, path, gone);
    }

    /// What is to be decided in the article that is shown. Nothing is written before something is.
    pub(super) fn say_what_is_left(&mut self) {
        let article = self.workspace.current();
        let Some(adjudication) = article.and_then(|article| article.open.adjudication()) else {
            return;
        };
        let left = adjudication.undecided();
        let key = |command| self.keymap.shortcut(command, self.services.mac);
        let tags = count(left.agreed, "tag");
        let words = match (left.differences, left.agreed) {
            (0, 0) => "no differences left".to_owned(),
            (0, _) => format!(
                "all agree; {} takes the {tags} and goes on",
                key(UiCommand::DoneAndNext)
            ),
            (differences, agreed) => {
                let next = key(UiCommand::NextDifference);
                let words = format!(
                    "{} left; {next} goes to the next",
                    count(differences, "difference")
                );
                match agreed {
                    0 => words,
                    _ => format!(
                        "{words}  ·  {tags} that all agree on will be taken with your first decision"
                    ),
                }
            }
        };
        self.status = StatusMessage::info(words);
    }

    /// Asks why the difference here is decided as it is, or will be.
    pub(super) fn ask_reason_of_decision(&mut self, context: &Context) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        let group = match article.open.reasoned_difference() {
            Ok(group) => group,
            Err(refusal) => {
                self.status = StatusMessage::refusal(refusal.to_string());
                return;
            }
        };
        let Some(about) = WordsAbout::decision(&article.open, group) else {
            return;
        };
        let adjudication = article.open.adjudication();
        let set = article.open.document().set();
        let said = adjudication.and_then(|known| {
            let kept = || known.decision(group, set).map(|kept| kept.reason.as_str());
            known.reason_to_come(group).or_else(kept)
        });
        let dialog = WordsDialog::new(about, said.unwrap_or_default());
        self.open_dialog(context, Dialog::Words(dialog));
    }

    /// Marks the curated file done, where nothing is left to decide, and looks for the next article with
    /// something to adjudicate.
    pub(super) fn adjudicated_and_next(&mut self, context: &Context) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        let adjudication = article.open.adjudication();
        let left = adjudication.map_or(0, ops::Adjudication::open_count);
        if left > 0 {
            self.carry_out(
                context,
                AppCommand::document(Move::Difference { forward: true }),
            );
            let left = count(left, "difference");
            self.status = StatusMessage::refusal(format!("{left} left in this article"));
            return;
        }
        let path = article.files.article.clone();
        let is_done = article.open.document().meta().state == DocumentState::Done;
        if adjudication.is_some() && !is_done {
            let done = AppCommand::document(Edit::SetState(DocumentState::Done));
            self.carry_out(context, done);
        }
        // Those after this one first, then those before it.
        let listed = &self.workspace.listed;
        let here = listed.iter().position(|listed| *listed == path);
        let (before, after) = listed.split_at(here.unwrap_or_default());
        let articles: Vec<PathBuf> = after.iter().skip(1).chain(before).cloned().collect();
        let encoding = self.services.encoding;
        self.status = StatusMessage::info("looking for the next article with differences");
        self.worker.spawn("next to adjudicate", move || {
            TaskResult::NextToAdjudicate(ops::first_to_adjudicate(&articles, encoding))
        });
    }

    pub(super) fn on_next_to_adjudicate(&mut self, next: Option<PathBuf>) {
        match next {
            Some(next) if self.adjudicating => self.open(next),
            Some(_) => {}
            None => {
                self.status = StatusMessage::info("no other article has differences to decide on");
            }
        }
    }
}
