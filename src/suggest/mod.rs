//! Rank 2: proposals. Pure functions of the text and of what is tagged; nothing is changed here.
//!
//! From the text alone: [`quoted_stretches`], [`reporting_clauses`], [`mentions_in`] and
//! [`clause_at`]. From them, what a person means by a place ([`natural_unit`], [`grow`],
//! [`shrink`], [`continuation`], [`quote_at`]) and who may have said something ([`candidates`]). Over a
//! whole article: the quotes that any reader sees, with their speakers ([`proposals`]), tagged as the
//! project has decided ([`Conventions`]), and the claims worth checking ([`claims`]). From what a project has tagged: where quotes without quotation
//! marks begin and end ([`train`], [`LearnedModel`]); which words report there ([`Cues`]). The rules know English and the commonest German reports; on
//! other languages they fall back on marks, sentences and words. Their words are in `assets/lexicon`.

mod analysis;
mod antecedent;
mod candidates;
mod check_worthiness;
mod claim_unit;
mod claims;
mod clauses;
mod complement;
mod continuation;
mod conventions;
mod cues;
mod dateline;
mod first_name;
mod full_name;
mod headline;
mod introductions;
mod learning;
mod lexicon;
mod mark_pairs;
mod mentions;
mod mentions_of_name;
mod name_occurrences;
mod natural_unit;
mod noun_group;
mod paragraph_cache;
mod passages;
mod person_in;
mod places;
mod posting;
mod proposal_kind;
mod proposals;
mod quotation_marks;
mod quote_at;
mod report_content;
mod report_filter;
mod report_phrases;
mod report_subject;
mod reporting_clauses;
mod same_name;
mod speakers;
mod subject_phrases;
mod titles;
mod token;
mod truncate;
mod unbalanced_marks;

pub use self::antecedent::{antecedent, described_person, may_mean, sure_antecedent};
pub use self::claim_unit::words_of_quote;
pub use self::claims::claims;
pub use self::continuation::{continuation, continuation_below};
pub use self::natural_unit::{grow, natural_parts, natural_unit, quote_form, shrink};
pub use candidates::{Candidate, CandidateTarget, candidates, known_person, person_distance};
pub use check_worthiness::{CheckReason, CheckReasons};
pub use clauses::clause_at;
pub use conventions::Conventions;
pub use cues::{Cues, tagged_cue};
pub use first_name::is_first_name_of;
pub use full_name::full_name;
pub use introductions::{Introductions, bare_name};
pub use learning::{HeldOut, LearnedModel, ModelFileError};
pub use learning::{TaggedArticle, TaggedQuote, train};
pub use mentions::{mention_at, mention_kind, mentions_in};
pub use mentions_of_name::{distance, mentions_of_name};
pub use name_occurrences::{longer_name, name_at, name_occurrences, without_possessive};
pub use noun_group::MentionKind;
pub use paragraph_cache::ParagraphCache;
pub use passages::{PARAGRAPHS, untagged_passage};
pub use posting::{after_posting, home_at};
pub use proposal_kind::ProposalKind;
pub use proposals::{
    Construction, Experience, Parts, Proposal, Rule, SubjectKind, USUAL_CONFIDENCE, VerbKind,
    proposals, proposals_with,
};
pub use quotation_marks::{paired_marks, quoted_stretch_at, quoted_stretches, reads_as_speech};
pub use quote_at::quote_at;
pub use reporting_clauses::{ReportingClause, reporting_clauses};
pub use same_name::same_name;
pub use titles::{is_role, is_title};
pub use unbalanced_marks::{UnbalancedMark, unbalanced_marks};

#[cfg(test)]
mod tests;
