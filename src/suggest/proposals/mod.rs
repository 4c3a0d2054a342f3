//! Quotes that any reader sees, proposed with their speakers: [`proposals`].
//!
//! A sentence, or several that a quotation joins, is read once ([`super::analysis`]) and looked at by the
//! rules in the order of their certainty: quotations with a report beside them (`direct`), reported
//! clauses with quoted words in them (`mixed`), reported clauses without (`indirect`).

mod article_reader;
mod clause_end;
mod confidence;
mod direct;
mod indirect;
mod mixed;
mod nested;
mod noun_phrase;
mod participle;
mod scope_view;
mod subject;

use std::borrow::Borrow;

use self::article_reader::ArticleReader;
use self::confidence::confidence;
pub(super) use self::scope_view::{Frame, ScopeView, TokenRange};
use smallvec::SmallVec;
use smol_str::SmolStr;

use super::analysis::{Analysis, Paragraph, paragraphs};
use super::check_worthiness::CheckReasons;
use super::cues::Cues;
use super::paragraph_cache::ParagraphCache;
use super::proposal_kind::ProposalKind;
use crate::model::QuoteForm;
use crate::text::{SourceText, TextRange, TextSize};

/// Four of five indirect quotes that a rule proposes are right from this confidence on.
pub const USUAL_CONFIDENCE: f32 = 0.5;

/// What led to a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// “…,” she said.
    SpeakerAfter,
    /// She said, “…”
    SpeakerBefore,
    /// “…,” then words that may report.
    UnknownVerbAfter,
    /// A colon or comma, then “…”
    Colon,
    /// A sentence in marks with a report beside it.
    Alone,
    /// A sentence in marks behind one that reports.
    ReportBefore,
    /// A clause with quoted words, after a reporting verb.
    MixedAfterVerb,
    /// A clause with quoted words, before ", she said".
    MixedBeforeVerb,
    /// Words in marks that a verb governs.
    MixedUnknownVerb,
    /// As a project's own tags taught.
    Learned,
    /// A reported clause without quotation marks.
    Reported(Construction, VerbKind, SubjectKind),
    /// A statement worth checking.
    Claim(CheckReasons),
}

impl Rule {
    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SpeakerAfter => "speaker-after",
            Self::SpeakerBefore => "speaker-before",
            Self::UnknownVerbAfter => "unknown-verb-after",
            Self::Colon => "colon",
            Self::Alone => "quotation-alone",
            Self::ReportBefore => "report-before",
            Self::MixedAfterVerb => "mixed-after-verb",
            Self::MixedBeforeVerb => "mixed-before-verb",
            Self::MixedUnknownVerb => "mixed-unknown-verb",
            Self::Learned => "learned",
            Self::Claim(_) => "claim",
            Self::Reported(construction, _, _) => match construction {
                Construction::That => "that-clause",
                Construction::Clause => "clause",
                Construction::Comment => "comment-clause",
                Construction::According => "according-to",
                Construction::Infinitive => "infinitive",
                Construction::Question => "question",
                Construction::Object => "object",
            },
        }
    }
}

/// How a clause is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Construction {
    /// She said that …
    That,
    /// She said she …
    Clause,
    /// …, she said.
    Comment,
    /// According to her, …
    According,
    /// She vowed to …
    Infinitive,
    /// She asked whether …
    Question,
    /// She criticized the …
    Object,
}

/// What kind of verb reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerbKind {
    /// To say or to tell.
    Say,
    /// Another verb of speech.
    Speech,
    /// A verb of thought or of wishing.
    Thought,
    /// A verb of judging, pleading or denying.
    Judging,
    /// A verb whose object is seldom what was said.
    Thing,
}

/// Who reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectKind {
    /// By name.
    Named,
    /// By description.
    Described,
    /// By pronoun.
    Pronoun,
    /// Nobody is found.
    Unknown,
}

/// How often something was tagged, of the times it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Experience {
    /// Times it was tagged.
    pub tagged: u32,
    /// Times it was seen.
    pub seen: u32,
}

/// The parts of what was said, in bytes: mostly one or two.
pub type Parts = SmallVec<[TextRange; 2]>;

/// A quote that is proposed. Ranges are bytes.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// What was said, in order.
    pub fragments: Parts,
    /// Words in marks, a clause or both.
    pub kind: ProposalKind,
    /// Who said it.
    pub speaker: Option<TextRange>,
    /// The reporting words.
    pub cue: Option<TextRange>,
    /// What led to it.
    pub rule: Rule,
    /// How likely it is right: 0 to 1.
    pub confidence: f32,
    /// Those like it are usually shown from this confidence on.
    pub usual_confidence: f32,
    /// Of what was learned: the words that lead to it (“said that”), and how often what they lead to was
    /// tagged.
    pub learned_from: Option<Box<(SmolStr, Experience)>>,
}

impl Proposal {
    /// Whether it begins before a place.
    pub(super) fn starts_before(&self, at: TextSize) -> bool {
        self.fragments.first().is_some_and(|part| part.start() < at)
    }

    /// From its first word to its last.
    pub(super) fn hull(&self) -> Option<TextRange> {
        Some(self.fragments.first()?.cover(*self.fragments.last()?))
    }

    /// What a rule finds, as likely right as the rule is.
    pub(super) fn new(
        rule: Rule,
        form: QuoteForm,
        fragments: Parts,
        speaker: Option<TextRange>,
        cue: Option<TextRange>,
    ) -> Self {
        Self {
            fragments,
            kind: form.into(),
            speaker,
            cue,
            rule,
            confidence: confidence(rule),
            usual_confidence: USUAL_CONFIDENCE,
            learned_from: None,
        }
    }
}

/// All proposals of an article, in the order of the text. No text makes it fail; what is unclear is
/// proposed with little confidence or not at all.
#[must_use]
pub fn proposals(source: &SourceText) -> Vec<Proposal> {
    proposals_with(&ParagraphCache::new(source), &Cues::NONE)
}

/// The same, where `cues` report too.
#[must_use]
pub fn proposals_with(cache: &ParagraphCache<'_>, cues: &Cues) -> Vec<Proposal> {
    in_order(paragraphs(cache, cues))
}

/// The proposals of the paragraph at a caret, as far as the text near it tells. Costs a paragraph or
/// two, capped.
pub(super) fn proposals_at(source: &SourceText, at: TextSize, cues: &Cues) -> Vec<Proposal> {
    read(&Analysis::around(source, at, cues))
}

/// The mention of a speaker around a caret with all that says who it is: of a report if there is one,
/// else before any verb.
pub(super) fn whole_mention_at(
    source: &SourceText,
    at: TextSize,
    cues: &Cues,
) -> Option<TextRange> {
    let analysis = Analysis::around(source, at, cues);
    let mut scopes = analysis
        .paragraphs
        .iter()
        .flat_map(|paragraph| &paragraph.scopes);
    let scope = scopes.rfind(|scope| scope.range.contains_inclusive(at))?;
    let view = ScopeView::new(scope);
    let place = view
        .tokens
        .partition_point(|token| token.range.end() <= at)
        .min(view.tokens.len().checked_sub(1)?);
    let (start, end) = view.mention_at(place)?;
    let range = view.span(start, end)?;
    range.contains_inclusive(at).then_some(range)
}

/// The proposals of a text that is read, in order.
pub(super) fn read(analysis: &Analysis) -> Vec<Proposal> {
    in_order(analysis.paragraphs.iter())
}

/// The proposals of paragraphs, which may be forgotten one by one.
fn in_order<P: Borrow<Paragraph>>(paragraphs: impl Iterator<Item = P>) -> Vec<Proposal> {
    let mut reader = ArticleReader::default();
    for paragraph in paragraphs {
        reader.paragraph(paragraph.borrow());
    }
    let mut found = reader.found;
    for proposal in &mut found {
        proposal.fragments.sort_unstable_by_key(|part| part.start());
    }
    found.sort_by_key(|proposal| proposal.fragments.first().map(|part| part.start()));
    found
}

#[cfg(test)]
mod tests;
