//! What the program suggests in the article that is shown: found on a thread, shown bit by bit, stored
//! only with a verdict.

use std::path::Path;
use std::sync::Arc;

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::allocator;
use crate::gui::dialog::{AcceptDialog, Dialog};
use crate::gui::task_result::TaskResult;
use crate::model::QuoteForm;
use crate::ops::{ConfidenceThreshold, SuggestionOptions, propose};
use crate::store::SuggestionSettings;
use crate::suggest::{Conventions, Cues, LearnedModel, ParagraphCache, Proposal, ProposalKind};
use crate::text::SourceText;

/// So many proposals are looked at in a frame.
const A_FRAME: usize = 32;

impl App {
    /// Brings what is suggested in the article that is shown up to date.
    pub(super) fn follow_suggestions(&mut self, context: &Context) {
        // Nobody decides on suggestions there.
        if self.adjudicating || !self.reads_learned() {
            return;
        }
        let learned = self.learned.model.clone();
        let settings = self.settings.suggestions;
        let Some(article) = self.workspace.current_mut() else {
            return;
        };
        let with_claims = Conventions::of(article.open.schema()).claims;
        // An exam would answer itself.
        let is_exam = self.guidelines.is_exam(&article.open);
        let options = options(settings, with_claims).filter(|_| !is_exam);
        // While the tags are being read, nobody knows what is tagged already.
        if article.reading || article.open.read_only().is_some() {
            return;
        }
        article.open.suggest(options);
        if article.open.wants_proposals() && !article.proposing {
            article.proposing = true;
            let source = article.open.document().source().clone();
            let path = article.files.article.clone();
            let cues = article.open.cues();
            self.worker.spawn("suggest", move || {
                let learned_model = learned.as_deref();
                let cache = ParagraphCache::new(&source);
                let proposals = propose(&cache, &cues, learned_model, with_claims);
                drop(cache);
                allocator::give_back(&source);
                TaskResult::Proposed {
                    proposals,
                    article: path,
                    source,
                    learned,
                    cues,
                }
            });
        } else if !article.open.show_suggestions(A_FRAME) {
            context.request_repaint();
        }
    }

    pub(super) fn on_proposed(
        &mut self,
        path: &Path,
        source: &SourceText,
        (learned, cues): (Option<&Arc<LearnedModel>>, &Cues),
        proposals: Vec<Proposal>,
    ) {
        let is_current = learned.map(Arc::as_ptr) == self.learned.model.as_ref().map(Arc::as_ptr);
        if let Some(article) = self.workspace.open.get_mut(path) {
            article.proposing = false;
            if is_current && article.open.cues() == *cues {
                article.open.set_proposals(source, proposals);
            }
        }
    }

    /// Asks which suggestions to accept at once.
    pub(super) fn ask_what_to_accept(&mut self, context: &Context) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        match AcceptDialog::new(&article.open) {
            Some(accept) => self.open_dialog(context, Dialog::Accept(accept)),
            None => {
                let words = "no quotes with a speaker are suggested here";
                self.status = StatusMessage::refusal(words);
            }
        }
    }

    /// Turns suggestions of a kind on or off.
    pub(super) fn toggle_suggestions(&mut self, kind: ProposalKind) {
        let schema = self
            .workspace
            .current()
            .map(|article| article.open.schema());
        let has_claims = schema.is_some_and(|schema| Conventions::of(schema).claims);
        if kind == ProposalKind::Claim && !has_claims {
            let words = "this project has no claims suggested; `conventions: {\"claims\": \"suggested\"}` in \
                         its pullquote.ron changes that";
            self.status = StatusMessage::refusal(words);
            return;
        }
        let mut is_on = false;
        self.set(|settings| {
            let all = &mut settings.suggestions;
            let suggested = match kind {
                ProposalKind::Quote(QuoteForm::Direct) => &mut all.direct,
                ProposalKind::Quote(QuoteForm::Mixed) => &mut all.mixed,
                ProposalKind::Quote(QuoteForm::Indirect) => &mut all.indirect,
                ProposalKind::Claim => &mut all.claims,
            };
            *suggested = !*suggested;
            is_on = *suggested;
        });
        let what = match kind {
            ProposalKind::Quote(form) => format!("{} quotes", form.word()),
            ProposalKind::Claim => "claims".to_owned(),
        };
        self.status = StatusMessage::info(if is_on {
            format!("{what} are suggested from now on")
        } else {
            format!("{what} are not suggested any more")
        });
    }

    /// Suggests what is less sure too, or only what spares work.
    pub(super) fn toggle_less_sure(&mut self) {
        self.set(|settings| {
            let suggestions = &mut settings.suggestions;
            suggestions.less_sure = !suggestions.less_sure;
        });
        self.status = StatusMessage::info(match self.settings.suggestions.less_sure {
            true => "less sure suggestions are shown from now on",
            false => "only sure suggestions are shown from now on",
        });
    }
}

/// What to suggest under these settings; `None`: nothing. `with_claims`: the project has claims suggested.
fn options(settings: SuggestionSettings, with_claims: bool) -> Option<SuggestionOptions> {
    let SuggestionSettings {
        direct,
        mixed,
        indirect,
        claims,
        less_sure,
    } = settings;
    let is_on = |kind: &ProposalKind| match kind {
        ProposalKind::Quote(QuoteForm::Direct) => direct,
        ProposalKind::Quote(QuoteForm::Mixed) => mixed,
        ProposalKind::Quote(QuoteForm::Indirect) => indirect,
        ProposalKind::Claim => claims && with_claims,
    };
    let all = ProposalKind::QUOTES
        .into_iter()
        .chain([ProposalKind::Claim]);
    let kinds: Vec<_> = all.filter(is_on).collect();
    (!kinds.is_empty()).then_some(SuggestionOptions {
        kinds: Some(kinds),
        threshold: match less_sure {
            true => ConfidenceThreshold::BestF1,
            false => ConfidenceThreshold::LeastWork,
        },
    })
}
