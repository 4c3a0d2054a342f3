//! Rank 4: one article being worked on ([`OpenDocument`]) and the use cases over files. Window and
//! shell fill the same requests and read the same reports; there is no second implementation.

mod adjudicate;
mod agree;
mod article_facts;
mod article_found;
pub mod article_list;
mod article_update;
mod ask_model;
mod assignments;
mod bounded_lines;
pub mod bulk_step;
pub mod carry_tags;
mod check;
mod colleague_work;
mod colleagues;
mod command;
mod corrections_left;
mod decoding_notice;
mod deduplicate;
mod described_speaker;
mod difference_words;
mod document_files;
mod effort;
mod exam;
mod export;
mod export_documents;
mod export_filter;
mod export_request;
mod export_sinks;
mod export_split;
mod export_summary;
mod external_changes;
mod external_model;
mod facts_in_words;
mod file_problem;
mod filter_text;
mod fix;
mod guidelines;
mod ids;
mod import;
mod import_annotator;
mod import_article;
mod import_files;
mod import_format;
mod import_labels;
mod import_names;
mod import_on_disk;
mod import_parts;
mod import_plan;
mod import_request;
mod import_sidecars;
mod import_stage;
mod import_undo;
mod in_order;
mod join_files;
mod joined_examples;
mod kept_copies;
pub mod keymap;
mod known_articles;
mod learn;
mod learned_model;
mod lint;
mod merge_copy;
mod merge_facts;
mod merge_files;
mod merge_from_disk;
mod merge_summary;
mod not_imported;
mod not_opened;
mod open;
mod open_document;
mod page_parts;
mod parallel_articles;
mod peer_verdicts;
pub mod plots;
mod problem_list;
mod project_schema;
mod read_article;
mod read_documents;
mod read_sidecar;
mod reanchor;
mod rebase_unsaved;
mod recover;
mod recover_unsaved;
mod reserved_files;
mod reserved_problems;
mod review_words;
mod safe_name;
mod save;
mod save_article;
mod save_request;
mod schema_change;
mod schema_preview;
mod score;
pub mod search;
mod sidecar_versions;
mod stats;
mod suggest;
mod suggest_lines;
mod suggestions;
mod tag_filter;
mod take_back_import;
mod taken_change;
#[cfg(test)]
mod tests;
pub mod typefaces;
pub mod ui_command;
mod undecided;
mod window_request;
mod word_support;

pub use adjudicate::{compare_annotators, first_to_adjudicate};
pub use agree::{AgreeReport, AgreeRequest, DifferingTag, Disagreement, agree};
pub use agree::{FigureRow, Measure, figure_rows};
pub use article_facts::{LoadedFacts, SaveFactsError, load_facts, save_facts, save_facts_in};
pub use article_found::{ArticleFate, ArticleFound, FoundArticles};
pub use ask_model::{ModelAnswer, ask_model};
pub use assignments::{AssignError, Assigning, LoadedAssignments, assign, assign_paths, unassign};
pub use check::{CheckError, CheckReport, CheckRequest, check};
pub use colleague_work::ColleagueWork;
pub use colleagues::{
    TakenOver, colleague_work, has_unnamed, take_over_all_unnamed, take_over_unnamed,
    taken_over_words, took_over,
};
pub use command::{
    Command, CorrectionStep, DecisionStep, Edit, EditKind, Gesture, GestureKind, Move, MoveKind,
    Outcome, ReviewStep,
};
pub use described_speaker::described_speaker;
pub use difference_words::{dated_decision_words, decision_words, difference_words};
pub use document_files::{DocumentFiles, SaveReport};
pub use effort::{
    ArticleEffort, EffortError, EffortReport, EffortRequest, Player, Presses, Speakers, effort,
};
pub use exam::{
    ExamDifference, ExamError, ExamResult, ExamResults, compare_with_answer, exam_answer,
    exam_results, write_exam,
};
pub use export::{ExportError, ExportPreview, UnknownFormat, export, preview_export};
pub use export_filter::{ExportFilter, LeftOut, name_and_value, review_named, state_named};
pub use export_request::{ExportReport, ExportRequest};
pub use external_changes::{ExternalChanges, external_changes};
pub use external_model::{ModelCommand, ModelCommandError, StartError};
pub use file_problem::{FileProblem, Progress};
pub use filter_text::FilterText;
pub use fix::{FixReport, Fixed, finished_words, fix, fix_in};
pub use guidelines::{Guidelines, GuidelinesPart, PartContent, guidelines_for};
pub use ids::RandomIds;
pub use import::import;
pub use import_format::{ImportFormatError, import_format};
pub use import_request::{ImportError, ImportInput, ImportReport, ImportRequest};
pub use learn::{LearnReport, LearnRequest, learn, learned_words};
pub use learned_model::{
    LoadModelError, SaveModelError, forget_model, keep_model, kept_model, load_model, save_model,
};
pub use lint::{Fix, TextIndex, fix_word};
pub use merge_copy::{ConflictCopy, MergedCopy, merge_copy, note_copy_merged, note_copy_merged_in};
pub use merge_facts::{merge_facts, save_facts_merged};
pub use merge_files::{MergeFilesError, MergeFilesReport, MergeFilesRequest, merge_files};
pub use merge_from_disk::{
    MergeFromDiskError, MergeRequest, MergedFromDisk, keep_before_merge, merge_from_disk,
};
pub use not_imported::{ImportedFiles, imported_files};
pub use open::{OpenError, OpenRequest, Opened, open, open_in, open_telling};
pub use open_document::{
    Adjudication, CandidateList, Correction, FoundProblems, Listed, NamedNearby, OpenDocument,
    Overview, PeerWork, PersonCount, PersonCounts, ProblemSearch, Problems, ReasonToCome, Replayed,
    ReviewedTag, Said, Tally,
};
pub use problem_list::{MOST_OF_A_KIND, problem_count};
pub use project_schema::{SchemaRead, read_schema_for, schema_problems};
pub use read_documents::ReadDocumentsError;
pub use reanchor::{ReanchorReport, Reanchored};
pub use rebase_unsaved::rebase_unsaved;
pub use recover::{
    RecoverError, Recoverable, Recovered, discard_recoverable, find_all_recoverable,
    find_recoverable, find_recoverable_in, recover, recover_into,
};
pub use recover_unsaved::{RecoverRequest, Unsaved, recover_unsaved, recover_unsaved_in};
pub use review_words::{
    change_words, proposal_words, proposed_tag_words, review_words, said_word, verdict_words,
};
pub use save::{save, save_announced, save_in};
pub use save_request::{SaveError, SaveRequest};
pub use schema_change::{
    SchemaChangeError, SchemaChanged, SchemaFile, TagCounts, change_schema, count_tags, schema_file,
};
pub use schema_preview::{CONVENTIONS, convention_now, schema_preview};
pub use score::{ScoreError, ScoreReport, ScoreRequest, score};
pub use sidecar_versions::{
    SidecarVersions, keep_version, keep_version_on_disk, note_sidecar_version, sidecar_versions,
};
pub use stats::{
    AnnotatorStats, ArticleStats, GroupStats, LabelStats, Labels, Lengths, Network, PersonStats,
    SpeakerStats, StatsError, StatsReport, StatsRequest, TagsOf, Time, TimesOf, stats,
};
pub use suggest::{
    SuggestError, SuggestReport, SuggestRequest, SuggestedArticle, SuggestedQuote, suggest,
    suggest_in,
};
pub use suggest_lines::{
    SuggestLinesError, SuggestLinesReport, SuggestLinesRequest, suggest_lines,
};
pub use suggestions::{
    ConfidenceThreshold, SuggestedLink, Suggestion, SuggestionOptions, add_suggestions,
    add_suggestions_with, propose, select_suggestions, suggestions, suggestions_and_people,
    with_cues,
};
pub use tag_filter::{TagFilter, TagOrder, is_in_use, needs_speaker, tags_in_use};
pub use take_back_import::{
    TakeBackError, TakenBack, WorkedOn, last_import, look_at_import, take_back_import,
};
pub use undecided::{Undecided, UndecidedArticle, undecided_words};
pub use window_request::{Renderer, WindowRequest};

pub use crate::edit::{Edge, Motion, PersonChoice, Refusal, Step};
pub use crate::format::journal::Applied;
pub use crate::format::schema_file::SchemaFileError;
pub use crate::text::wording::UnknownWord;
