//! Reasons that wait for their decisions: kept in the state folder, so that they are there again at the next start.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use egui::Context;
use smol_str::SmolStr;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::dialog::WordsAbout;
use crate::model::{AnnotationId, ReviewKey};
use crate::ops::ReasonToCome;
use crate::store::Draft;

/// What a draft is of that was confirmed and waits for its decision. No dialog has this title.
const WAITS: &str = "Reason for a decision to come";

/// The reasons of an article that are kept.
#[derive(Debug, Default)]
pub(super) struct KeptReasons {
    drafts: Vec<Draft>,
    /// What they were made of; `None`: they were there at the start.
    of: Option<Arc<BTreeMap<usize, String>>>,
}

impl App {
    /// Keeps the reasons of the article that is shown, and forgets those whose decisions are made.
    pub(super) fn keep_reasons_to_come(&mut self) {
        let Some(path) = self.workspace.current_path().filter(|_| self.adjudicating) else {
            return;
        };
        let path = path.to_owned();
        let article = self.workspace.open.get(&path);
        let Some(adjudication) = article.and_then(|article| article.open.adjudication()) else {
            return;
        };
        let reasons = adjudication.shared_reasons();
        let kept = self.reasons_kept.entry(path.clone()).or_default();
        if kept.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, reasons)) {
            return;
        }
        kept.of = Some(Arc::clone(reasons));
        let now = adjudication.reasons_to_come().filter_map(|reason| {
            let first = reason.tags.first()?;
            Some(Draft {
                article: path.to_string_lossy().into_owned(),
                dialog: WAITS.to_owned(),
                of: first.of.to_string(),
                tag: first.tag.to_string(),
                text: reason.words,
                ..Draft::default()
            })
        });
        let now: Vec<Draft> = now.collect();
        let before = std::mem::replace(&mut kept.drafts, now.clone());
        for draft in now.iter().filter(|draft| !before.contains(draft)) {
            self.keep_draft(draft);
        }
        for draft in before.iter().filter(|draft| !now.contains(draft)) {
            self.forget_draft(draft);
        }
    }

    /// Takes the reasons that wait out of what was typed about an article that was just opened.
    pub(super) fn take_reasons_to_come(&mut self, article: &Path, drafts: &mut Vec<Draft>) {
        let kept = drafts.extract_if(.., |draft| waits(draft)).collect();
        let kept = KeptReasons {
            drafts: kept,
            of: None,
        };
        self.reasons_kept.insert(article.to_owned(), kept);
    }

    /// The article is compared: its reasons wait at their differences again. Where one of these is gone, its reason
    /// is offered like other drafts.
    pub(super) fn restore_reasons_to_come(
        &mut self,
        context: &Context,
        path: &Path,
        gone: Vec<ReasonToCome>,
    ) {
        let Some(article) = self.workspace.open.get_mut(path) else {
            return;
        };
        let mut lost = Vec::new();
        let kept = self.reasons_kept.get(path);
        for draft in kept.into_iter().flat_map(|kept| &kept.drafts) {
            let key = ReviewKey {
                of: SmolStr::new(&draft.of),
                tag: AnnotationId::new(draft.tag.as_str()),
            };
            let adjudication = article.open.adjudication();
            let known = adjudication.and_then(|known| known.reason_to_come(known.group_of(&key)?));
            if known == Some(draft.text.as_str()) {
                continue;
            }
            let reason = ReasonToCome {
                tags: vec![key],
                words: draft.text.clone(),
            };
            lost.extend(article.open.wait_with_reason(reason).map(|_| draft.clone()));
        }
        // Others that were only in this window.
        let article_name = path.to_string_lossy();
        for reason in gone {
            let kept = lost.iter().any(|draft| draft.text == reason.words);
            if let (false, Some(key)) = (kept, reason.tags.first()) {
                lost.push(Draft {
                    article: article_name.clone().into_owned(),
                    of: key.of.to_string(),
                    tag: key.tag.to_string(),
                    text: reason.words,
                    ..Draft::default()
                });
            }
        }
        for draft in lost {
            let draft = Draft {
                dialog: WordsAbout::DECISION.to_owned(),
                ..draft
            };
            self.keep_draft(&draft);
            self.offer_draft(draft);
        }
        self.keep_reasons_to_come();
        let goes_on = |draft: &Draft| Path::new(&draft.article) == path;
        if let Some(draft) = self.reason_draft.take_if(|draft| goes_on(draft)) {
            self.use_draft(context, &draft);
        }
    }

    /// Where a draft is a reason for a decision and the annotators of its article are not compared yet: begins to
    /// adjudicate, to go on with it then. Returns whether that was needed.
    pub(super) fn adjudicates_for(&mut self, context: &Context, draft: &Draft) -> bool {
        if draft.dialog != WordsAbout::DECISION || self.adjudicating {
            return false;
        }
        self.toggle_adjudicating(context);
        if self.adjudicating {
            self.reason_draft = Some(draft.clone());
        } else {
            let why = self.status.words.clone();
            self.status = StatusMessage::refusal(why);
            self.offer_draft(draft.clone());
        }
        true
    }
}

/// Whether a draft waits for a decision.
pub(super) fn waits(draft: &Draft) -> bool {
    draft.dialog == WAITS
}
