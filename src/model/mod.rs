//! Rank 1: an article and its annotations. Plain values with private indexes; no file, no clock, no
//! randomness. A [`Document`] changes only by applying a [`Transaction`] (see [`crate::edit`]).

mod annotation;
mod annotation_set;
mod article_facts;
mod assignments;
mod authorship;
mod change;
mod copy_origin;
mod decided_tags;
mod decision;
mod document;
mod document_diff;
mod fact_name;
mod fact_syntax;
mod field_diff;
mod former_labels;
mod fragments;
mod id;
mod link;
mod lint;
mod note;
mod order_statistic_set;
mod peer_review;
mod person;
mod problem;
mod proposed_change;
mod quote_form;
mod record_order;
mod schema;
mod selection;
mod sitting;
mod span_index;
mod status;
mod suppression;
mod unread_record;
mod validate;

pub use annotation::{Annotation, Attribute, Origin, Place, UnknownField};
pub use annotation_set::AnnotationSet;
pub use article_facts::{
    ArticleFacts, ArticleNote, FactConflict, FactProblem, FactProblemKind, ImportedFrom,
};
pub use assignments::{Assignments, Reassigned};
pub use authorship::{Authorship, Confidence};
pub use change::{Change, Delta, Transaction};
pub use copy_origin::{CopyOf, CopyOrigin};
pub use decided_tags::DecidedTags;
pub use decision::{Choice, Decision, JudgedTag, TagPart};
pub use document::{Document, DocumentMeta, DocumentParts};
pub use document_diff::document_diff;
pub use fact_name::fact_name;
pub use fact_syntax::{is_date, is_language_tag, is_web_address};
pub use former_labels::FormerLabels;
pub use fragments::{Fragments, InvalidFragments};
pub(crate) use id::base36;
pub use id::{AnnotationId, CountedIds, IdSource, LinkId, PersonId};
pub use link::{Link, Target};
pub use lint::{Finding, FindingSubject, LintLevel, LintLevels, LintRule, SuppressionKey};
pub use note::Note;
pub use order_statistic_set::OrderStatisticSet;
pub use peer_review::{PeerReview, Reply, ReviewKey, SettledReview};
pub use person::{Person, PersonKind};
pub use problem::{Problem, ProblemKind};
pub use proposed_change::{ProposedChange, ProposedRange, ProposedSpeaker};
pub use quote_form::QuoteForm;
pub use schema::{
    AttributeKind, Convention, LabelKind, PersonAttribute, RoleKind, Schema, SchemaError,
};
pub use selection::Selection;
pub use sitting::{Sitting, Sittings};
pub use status::{DocumentState, Review, Verdict};
pub use suppression::Suppression;
pub use unread_record::{
    ClashingRecord, DamagedRecord, LostTag, RecordClash, RecordList, UnreadRecord,
};
pub use validate::{for_each_problem, validate, validate_tag};
