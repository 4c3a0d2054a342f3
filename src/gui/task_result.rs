//! What comes of work on threads.

use std::path::PathBuf;
use std::sync::Arc;

use super::file_dialogs::{Pick, Picked};
use super::find::{Found, Search};
use super::folder_search::{Asked, FolderFound};
use super::page::Statistics;
use super::workspace::{OpenArticle, SurveyedArticle};
use crate::compare::Comparison;
use crate::format::FormatInfo;
use crate::format::schema_file::SchemaDraft;
use crate::model::{Document, Reassigned, Transaction};
use crate::ops::article_list::Copies;
use crate::ops::bulk_step::{BulkReport, BulkStepError, Direction, RecordedStep};
use crate::ops::search::{FolderPerson, PersonSummary, SearchFolder};
use crate::ops::{
    AgreeReport, ColleagueWork, ExportPreview, ExportRequest, ExternalChanges, FileProblem,
    FoundProblems, Guidelines, ImportReport, ImportRequest, LearnReport, LoadedAssignments,
    LoadedFacts, MergeFromDiskError, MergedCopy, MergedFromDisk, ModelAnswer, Opened, Progress,
    Recoverable, SaveError, SaveReport, SchemaChanged, SchemaRead, SidecarVersions, TagCounts,
    TakeBackError, TakenBack, TakenOver,
};
use crate::store::{Draft, FileFingerprint, FolderListing, ReadError};
use crate::suggest::{Cues, LearnedModel, Proposal};
use crate::text::{Encoding, SourceText};

/// Something that has been done.
#[derive(Debug)]
pub(crate) enum TaskResult {
    /// The text of an article, whose tags are still being read.
    TextRead {
        article: PathBuf,
        opened: Box<OpenArticle>,
    },
    Opened(Box<ArticleRead>),
    /// What is doubtful in an article that was opened.
    ProblemsFound {
        article: PathBuf,
        found: Box<FoundProblems>,
    },
    FolderListed {
        folder: PathBuf,
        result: Result<FolderListing, String>,
    },
    /// What became of an import that was cut short, in words.
    ImportFinished(String),
    /// What others have tagged in an open article.
    ColleaguesRead {
        article: PathBuf,
        /// The sidecar that is not others'.
        own: PathBuf,
        work: Vec<ColleagueWork>,
        /// Whether there are tags without a name that were not taken over yet.
        takes_over: bool,
        /// Their work set side by side, for the curated document.
        comparison: Option<Box<Comparison>>,
    },
    /// The guidelines that hold for an article, with what is wrong with their examples.
    GuidelinesRead {
        article: PathBuf,
        result: Result<Option<(Guidelines, Vec<FileProblem>)>, FileProblem>,
    },
    /// The next article with something to adjudicate.
    NextToAdjudicate(Option<PathBuf>),
    /// How many tags without a name are somebody's now, in articles that are not open.
    TakenOver(Result<usize, String>),
    /// The article to go on with.
    Resumed(PathBuf),
    /// The list of the folder as it is now.
    FolderListedAgain {
        folder: PathBuf,
        result: Result<FolderListing, String>,
    },
    Saved {
        article: PathBuf,
        /// What the document was when it was handed over, for `mark_saved`.
        state: u64,
        /// What was handed over.
        document: Box<Document>,
        /// How long it took, in seconds.
        took: f64,
        result: Result<SaveReport, SaveError>,
    },
    /// An entry of a journal was written, or could not be.
    JournalWritten,
    /// Articles that have work that was not saved.
    UnsavedFound(Vec<Recoverable>),
    /// Words that were typed when the last session ended.
    DraftsFound(Vec<Result<Draft, ReadError>>),
    /// The steps of such work, as they fit what is open.
    Recovered {
        found: Box<Recoverable>,
        /// What the document was when it was handed over.
        state: u64,
        result: Result<Vec<Transaction>, String>,
    },
    /// What someone else's version came to, put together with ours.
    Merged {
        article: PathBuf,
        /// What the document was when it was handed over.
        state: u64,
        result: Result<MergeResult, MergeFromDiskError>,
    },
    /// What others have done to the files of an open article.
    ExternalChanges {
        article: PathBuf,
        /// What the sidecar was known to look like.
        fingerprint: FileFingerprint,
        changes: Result<ExternalChanges, ReadError>,
    },
    PathPicked {
        pick: Pick,
        picked: Picked,
    },
    /// What an export would write.
    Previewed {
        request: Box<ExportRequest>,
        preview: Box<Result<ExportPreview, String>>,
    },
    /// How far an export is.
    ExportProgress(Progress),
    /// What is known about an article.
    FactsRead {
        article: PathBuf,
        loaded: Box<LoadedFacts>,
    },
    /// What is known about an article as it is on disk now, or why it was not saved.
    FactsSaved {
        article: PathBuf,
        result: Result<Box<LoadedFacts>, String>,
    },
    /// Which format files to import are of, or why that is not clear.
    ImportFormatFound {
        paths: Vec<PathBuf>,
        result: Result<&'static FormatInfo, String>,
    },
    /// What came of undoing an import.
    ImportTakenBack {
        into: PathBuf,
        result: Result<TakenBack, TakeBackError>,
    },
    /// What an import has written, or would write.
    Imported {
        request: Box<ImportRequest>,
        result: Box<Result<ImportReport, String>>,
    },
    /// What was exported, in words.
    Exported(Result<String, String>),
    /// What a search of the article has found.
    Searched {
        search: Search,
        found: Found,
    },
    /// Texts and tags of these articles, to be searched.
    SearchFolderRead {
        paths: Vec<PathBuf>,
        result: Result<Box<SearchFolder>, String>,
    },
    /// An article that is searched was read again.
    SearchFolderChanged,
    /// What a search of all articles has found.
    FolderSearched {
        asked: Asked,
        found: FolderFound,
    },
    /// What is known of a person over all articles, and who else there is.
    PersonRead {
        name: String,
        person: Option<Box<FolderPerson>>,
        people: Vec<PersonSummary>,
    },
    /// How many hits were written as a table.
    HitsExported {
        path: PathBuf,
        result: Result<usize, String>,
    },
    /// What came of a step over several articles.
    BulkStepDone(BulkDone),
    /// What came of taking such a step back.
    BulkStepReplayed(BulkReplayed),
    /// What is proposed for the text of an article.
    Proposed {
        article: PathBuf,
        source: SourceText,
        /// What had been learned then.
        learned: Option<Arc<LearnedModel>>,
        /// What reported in it then.
        cues: Cues,
        proposals: Vec<Proposal>,
    },
    /// What a program suggests for an article.
    ModelAnswered {
        article: PathBuf,
        /// What the program is called.
        name: String,
        /// The text it was asked about.
        source: SourceText,
        result: Result<ModelAnswer, String>,
    },
    /// What was learned in a folder earlier.
    LearnedRead {
        folder: PathBuf,
        result: Result<Option<LearnedModel>, String>,
    },
    /// What was learned in a folder now.
    Learned {
        folder: PathBuf,
        /// Whether somebody has asked for it.
        asked: bool,
        result: Result<LearnReport, String>,
    },
    /// What was learned was written to a file.
    LearnedSaved {
        path: PathBuf,
        result: Result<(), String>,
    },
    /// How often the labels and values of a schema are used in its folder.
    TagsCounted(Result<TagCounts, String>),
    /// The schemas of open articles.
    SchemasRead {
        read: Vec<SchemaRead>,
        why: SchemasReadFor,
    },
    /// A schema was changed, or not.
    SchemaChanged {
        draft: Box<SchemaDraft>,
        result: Box<Result<SchemaChanged, String>>,
    },
    /// What was learned elsewhere.
    LearnedLoaded {
        folder: PathBuf,
        result: Result<LearnedModel, String>,
    },
    /// What was read of some articles for the list.
    Surveyed(Vec<SurveyedArticle>),
    /// All articles that were looked at for the list are told.
    SurveyEnded,
    /// How far people agree.
    AgreementMeasured(Box<Result<AgreeReport, String>>),
    /// What the folder holds.
    StatisticsCounted(Box<Result<Statistics, String>>),
    /// What was written of the statistics, in words.
    StatisticsSaved(Result<String, String>),
    /// Which articles of the list have nearly the same text.
    CopiesGrouped(Copies),
    /// Who is to tag what.
    AssignmentsRead(Box<LoadedAssignments>),
    /// What was assigned, or taken back where nothing can be taken back again; or why it was not.
    Assigned {
        /// What was to be done, in words.
        words: String,
        result: Result<Vec<Reassigned>, String>,
    },
    /// A thread of this name has failed, which is a mistake in this program.
    Failed(String),
}

impl TaskResult {
    /// What was done, in a word.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::TextRead { .. } => "text",
            Self::Opened(_) => "opened",
            Self::ProblemsFound { .. } => "problems",
            Self::ImportFinished(_) => "import finished",
            Self::FolderListed { .. } => "listed",
            Self::ColleaguesRead { .. } => "colleagues",
            Self::TakenOver(_) => "taken over",
            Self::GuidelinesRead { .. } => "guidelines",
            Self::NextToAdjudicate(_) => "next to adjudicate",
            Self::Resumed(_) => "resumed",
            Self::FolderListedAgain { .. } => "listed again",
            Self::Saved { .. } => "saved",
            Self::JournalWritten => "journal",
            Self::UnsavedFound(_) => "unsaved",
            Self::DraftsFound(_) => "drafts",
            Self::Recovered { .. } => "taken up",
            Self::Merged { .. } => "merged",
            Self::ExternalChanges { .. } => "looked",
            Self::PathPicked { .. } => "picked",
            Self::Previewed { .. } => "previewed",
            Self::ExportProgress(_) => "exporting",
            Self::FactsRead { .. } => "facts",
            Self::FactsSaved { .. } => "facts saved",
            Self::ImportFormatFound { .. } => "format",
            Self::ImportTakenBack { .. } => "import undone",
            Self::Imported { .. } => "imported",
            Self::Exported(_) => "exported",
            Self::Searched { .. } => "searched",
            Self::SearchFolderRead { .. } => "all read",
            Self::SearchFolderChanged => "read again",
            Self::FolderSearched { .. } => "all searched",
            Self::PersonRead { .. } => "person",
            Self::HitsExported { .. } => "hits exported",
            Self::BulkStepDone(_) => "step done",
            Self::BulkStepReplayed(_) => "step replayed",
            Self::Proposed { .. } => "proposed",
            Self::ModelAnswered { .. } => "answered",
            Self::LearnedRead { .. } => "learned before",
            Self::Learned { .. } => "learned",
            Self::LearnedSaved { .. } => "learned saved",
            Self::TagsCounted(_) => "tags counted",
            Self::SchemasRead { .. } => "schemas read",
            Self::SchemaChanged { .. } => "schema changed",
            Self::LearnedLoaded { .. } => "learned elsewhere",
            Self::Surveyed(_) => "surveyed",
            Self::SurveyEnded => "survey ended",
            Self::AgreementMeasured(_) => "agreement",
            Self::StatisticsCounted(_) => "statistics",
            Self::StatisticsSaved(_) => "statistics saved",
            Self::CopiesGrouped(_) => "copies",
            Self::AssignmentsRead(_) => "assignments",
            Self::Assigned { .. } => "assigned",
            Self::Failed(_) => "failed",
        }
    }
}

/// An article that was read.
#[derive(Debug)]
pub(crate) struct ArticleRead {
    pub(crate) article: PathBuf,
    /// The encoding that was asked for.
    pub(crate) encoding: Option<Encoding>,
    /// Ready to edit, with notices.
    pub(crate) result: Result<(OpenArticle, Opened), String>,
    /// Work on it that was not saved when a window ended.
    pub(crate) unsaved: Vec<Recoverable>,
    /// Words about it that were typed when the last session ended.
    pub(crate) drafts: Result<Vec<Draft>, ReadError>,
    /// Which versions of the sidecar were read or written here before.
    pub(crate) versions: SidecarVersions,
    /// What the sidecar of the open article was known to look like when reading began; `None`: it
    /// was not open.
    pub(crate) known: Option<FileFingerprint>,
    /// The database whose export the text looks like, where nobody has worked on it.
    pub(crate) export: Option<&'static FormatInfo>,
    /// The work of the open article on the text as it was read, where that was asked for.
    pub(crate) carried: Option<CarriedOver>,
}

/// Unsaved work on its way to an article that is read again.
#[derive(Debug)]
pub(crate) struct CarriedOver {
    /// What the document was when it was handed over.
    pub(crate) state: u64,
    /// The step that takes it in.
    pub(crate) step: Result<Transaction, String>,
}

/// What someone else's version came to.
#[derive(Debug)]
pub(crate) enum MergeResult {
    /// The sidecar as it is on disk now.
    FromDisk(Box<MergedFromDisk>),
    /// A conflict copy beside it.
    Copy(PathBuf, MergedCopy),
    /// The tags without a name.
    TakenOver(Box<TakenOver>),
}

/// Why the schemas of open articles are read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SchemasReadFor {
    /// The window has the focus again.
    Focus,
    /// Somebody has written a schema file.
    Change,
    /// A step was taken back, or done again, that has changed a schema file.
    Replay,
}

impl SchemasReadFor {
    /// Of what the disk tells: whether a schema file was written.
    pub(crate) fn notice(written: bool) -> Self {
        match written {
            true => Self::Change,
            false => Self::Focus,
        }
    }
}

/// What came of a step.
#[derive(Debug)]
pub(crate) enum BulkDone {
    /// It was done.
    Done {
        report: BulkReport,
        /// What the person is told besides, if anything.
        remark: String,
    },
    /// There was nothing to do; in words.
    Nothing(String),
    /// It could not be done.
    Failed(BulkStepError),
}

/// What came of taking a step back, or doing it again.
#[derive(Debug)]
pub(crate) struct BulkReplayed {
    pub(crate) direction: Direction,
    /// `None`: there is none.
    pub(crate) step: Option<RecordedStep>,
    pub(crate) result: Result<Vec<(PathBuf, FileFingerprint)>, BulkStepError>,
}
