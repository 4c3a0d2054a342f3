//! What a project's own tags teach: which words lead to quotes without quotation marks, and where these
//! begin and end. Rules find them too; what they find is among the features.

mod calibration;
mod features;
mod logistic;
mod model_file;
mod segments;
mod sentence;
mod speaker;
mod train;

use std::collections::BTreeMap;

pub use self::model_file::ModelFileError;
pub use self::train::{TaggedArticle, TaggedQuote, train};

use smallvec::smallvec;

use self::calibration::Calibration;
use self::logistic::LogisticModel;
use self::segments::{ClauseModel, Segment, segments};
use self::sentence::{Sentence, words_of};
use self::speaker::{Clause, likeliest};
use super::analysis::Analysis;
use super::cues::Cues;
use super::natural_unit::form;
use super::paragraph_cache::ParagraphCache;
use super::proposals::{Experience, Proposal, Rule, ScopeView, TokenRange, USUAL_CONFIDENCE, read};
use crate::model::QuoteForm;
use crate::text::{SourceText, TextRange, overlap};

/// How well a model does on articles it was not trained on.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HeldOut {
    /// Articles it was trained and tried on, in turn.
    pub articles: usize,
    /// Quotes tagged in them.
    pub quotes: usize,
    /// F1 of the rules: quotes with at least half of their words in common with a tagged one.
    pub rules: f32,
    /// F1 of the rules and the model.
    pub learned: f32,
}

/// What was learned from the tags of a project.
#[derive(Debug, Clone, PartialEq)]
pub struct LearnedModel {
    clauses: ClauseModel,
    calibration: Calibration,
    threshold: f32,
    rules: BTreeMap<String, Experience>,
    /// What leads to quotes; see [`Sentence::lead`].
    leads: BTreeMap<String, Experience>,
    held_out: HeldOut,
}

impl LearnedModel {
    /// How it did on articles it had not seen.
    #[must_use]
    pub fn held_out(&self) -> HeldOut {
        self.held_out
    }

    /// Whether it did better there than the rules alone.
    #[must_use]
    pub fn helps(&self) -> bool {
        self.held_out.learned > self.held_out.rules
    }

    /// The confidence from which on its proposals are best, by F1.
    #[must_use]
    pub fn threshold(&self) -> f32 {
        self.threshold
    }

    /// The proposals for an article, in the order of the text: the quotations of the rules, and what
    /// was learned; `cues` report too.
    #[must_use]
    pub fn proposals(&self, cache: &ParagraphCache<'_>, cues: &Cues) -> Vec<Proposal> {
        let source = cache.source();
        let analysis = Analysis::new(cache, cues);
        let ReadArticle {
            quoted,
            indirect,
            doubtful,
        } = ReadArticle::new(&analysis);
        let mut found = Vec::new();
        each_sentence(&analysis, &quoted, &indirect, &mut |sentence| {
            for segment in segments(sentence, &self.clauses) {
                found.extend(self.proposal(source, sentence, &indirect, segment));
            }
        });
        found.extend(
            quoted
                .into_iter()
                .chain(doubtful)
                .map(|proposal| self.tempered(proposal)),
        );
        found.sort_by_key(|proposal| proposal.fragments.first().map(|part| part.start()));
        found
    }

    fn proposal(
        &self,
        source: &SourceText,
        sentence: &Sentence,
        indirect: &[Proposal],
        segment: Segment,
    ) -> Option<Proposal> {
        let mut proposal = plain(source, sentence, indirect, segment, &self.clauses.speaker)?;
        proposal.confidence = self.calibration.share(proposal.confidence);
        proposal.usual_confidence = self.threshold;
        if let Some((key, words)) = sentence.lead(segment.tokens.0)
            && let Some(&experience) = self.leads.get(&key)
        {
            proposal.learned_from = Some(Box::new((words.into(), experience)));
        }
        Some(proposal)
    }

    /// A quotation as likely right as those like it were in the project.
    fn tempered(&self, mut proposal: Proposal) -> Proposal {
        /// As many proposals the confidence of a rule counts for.
        const PRIOR: f32 = 20.0;
        if let Some(known) = self.rules.get(proposal.rule.name()) {
            let [tagged, seen] = [known.tagged, known.seen].map(train::float);
            proposal.confidence = (proposal.confidence * PRIOR + tagged) / (PRIOR + seen);
        }
        proposal
    }
}

/// What the rules find in an article.
struct ReadArticle {
    /// Quotations, whole or in part, that are likely right.
    quoted: Vec<Proposal>,
    /// Reported clauses.
    indirect: Vec<Proposal>,
    /// The rest.
    doubtful: Vec<Proposal>,
}

impl ReadArticle {
    fn new(analysis: &Analysis) -> Self {
        let (mut quoted, mut indirect, mut doubtful) = (Vec::new(), Vec::new(), Vec::new());
        for proposal in read(analysis) {
            let is_likely = proposal.confidence >= USUAL_CONFIDENCE;
            match proposal.kind.form() {
                Some(QuoteForm::Indirect) => indirect.push(proposal),
                Some(QuoteForm::Direct | QuoteForm::Mixed) if is_likely => quoted.push(proposal),
                Some(QuoteForm::Direct | QuoteForm::Mixed) | None => doubtful.push(proposal),
            }
        }
        Self {
            quoted,
            indirect,
            doubtful,
        }
    }
}

/// The sentences of an article.
fn each_sentence(
    analysis: &Analysis,
    quoted: &[Proposal],
    indirect: &[Proposal],
    each: &mut dyn FnMut(&Sentence),
) {
    for paragraph in &analysis.paragraphs {
        for scope in &paragraph.scopes {
            let view = ScopeView::new(scope);
            let own = |proposal: &&Proposal| {
                proposal
                    .fragments
                    .first()
                    .is_some_and(|part| scope.range.contains_range(*part))
            };
            let indirect: Vec<&Proposal> = indirect.iter().filter(own).collect();
            let parts = quoted
                .iter()
                .flat_map(|proposal| &proposal.fragments)
                .copied();
            let parts: Vec<TextRange> = parts.filter(|part| overlap(*part, scope.range)).collect();
            each(&Sentence::new(
                &view,
                paragraph.is_headline,
                &indirect,
                &parts,
            ));
        }
    }
}

/// The proposal of the rules that shares more than half of its words with a range.
fn like(indirect: &[Proposal], range: TextRange) -> Option<&Proposal> {
    indirect.iter().find(|proposal| {
        proposal.hull().is_some_and(|hull| {
            let both = hull
                .intersect(range)
                .map_or(0, |both| u32::from(both.len()));
            2 * both > u32::from(hull.cover(range).len())
        })
    })
}

/// Who the rules name as the speaker of a clause.
fn speaker_of_rule(
    sentence: &Sentence,
    indirect: &[Proposal],
    tokens: TokenRange,
) -> Option<TokenRange> {
    let range = sentence.view.span(tokens.0, tokens.1)?;
    words_of(sentence.view.tokens, like(indirect, range)?.speaker?)
}

/// A segment with its speaker, as likely as both are right.
fn plain(
    source: &SourceText,
    sentence: &Sentence,
    indirect: &[Proposal],
    segment: Segment,
    speakers: &LogisticModel,
) -> Option<Proposal> {
    let view = sentence.view;
    let range = view.span(segment.tokens.0, view.with_marks(segment.tokens.1))?;
    let like_it = like(indirect, range);
    let fragments = match like_it {
        Some(proposal) if proposal.fragments.len() > 1 => proposal.fragments.clone(),
        Some(_) | None => smallvec![range],
    };
    let clause = Clause::new(sentence, segment.tokens);
    let by_rule = speaker_of_rule(sentence, indirect, segment.tokens);
    let (mention, sure) = match &clause {
        Some(clause) => likeliest(sentence, clause, by_rule, speakers),
        None => (by_rule, 1.0),
    };
    let span = |range: TokenRange| view.span(range.0, range.1);
    let speaker = match by_rule {
        // The rules know where it ends.
        Some(rule) if mention.is_some_and(|mention| mention.0 < rule.1 && rule.0 < mention.1) => {
            like_it.and_then(|proposal| proposal.speaker)
        }
        Some(_) | None => mention.and_then(span),
    };
    let cue = like_it.and_then(|proposal| proposal.cue);
    let cue = cue.or_else(|| span(speaker::cue(clause.as_ref()?)));
    Some(Proposal {
        confidence: segment.probability * sure,
        ..Proposal::new(
            Rule::Learned,
            form(source, &fragments),
            fragments,
            speaker,
            cue,
        )
    })
}

#[cfg(test)]
mod tests;
