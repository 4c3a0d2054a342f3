//! Commands that wait in the window's queue.

use std::path::PathBuf;
use std::sync::Arc;

use super::file_dialogs::{Pick, PickRequest};
use smol_str::SmolStr;

use crate::format::schema_file::SchemaDraft;
use crate::model::{Finding, Reassigned};
use crate::ops::search::{FolderPerson, Found, HitAction, PersonChange};
use crate::ops::ui_command::UiCommand;
use crate::ops::{Assigning, Command, ExportRequest, ImportRequest, Recoverable, SchemaFile};
use crate::store::{Draft, ModelSettings};
use crate::text::{Encoding, TextRange};

/// Something to do, waiting in the queue.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum AppCommand {
    /// A row of the command table.
    Ui(UiCommand),
    /// A command on the article that is shown.
    Document(Command),
    /// The same, and the keys' focus goes to the article.
    DocumentThenFocus(Command),
    /// Opens an article or lists a folder.
    Open(PathBuf),
    /// Goes from a page back to the article.
    ClosePage,
    /// Assigns articles to somebody, or takes them from them.
    Assign(Vec<PathBuf>, SmolStr, Assigning),
    /// Takes back what that has changed.
    TakeBackAssignment(Vec<Reassigned>),
    /// Asks for a path with the platform's dialog.
    Pick(PickRequest),
    /// Writes what was learned in the folder.
    SaveLearned(PathBuf),
    /// Suggests by what was learned elsewhere.
    LoadLearned(PathBuf),
    /// Does something with hits of a search, in one step.
    ChangeHits(Vec<Found>, HitAction),
    /// Goes to a hit of the search by its row.
    GoToSearchHit(usize),
    /// Goes to what was found.
    GoToHit(Found),
    /// Asks whose tags these are that are not those of the person of this name.
    AskWhose(String, Vec<Found>),
    /// Shows a person over all articles; with an empty name all people.
    ShowPerson(String),
    /// Changes a person in all articles.
    ChangePerson(Arc<FolderPerson>, PersonChange),
    /// Makes one person of two in all articles: the first is the one of this name.
    MergePerson(Arc<FolderPerson>, String),
    /// Writes the hits of the search as a table.
    ExportHits(PathBuf),
    /// Goes from a page to what a search of all articles finds.
    SearchFor(String),
    /// Goes to tags of an article in which people differ.
    GoToDisagreement(PathBuf, TextRange),
    /// Measures again how far people agree.
    MeasureAgreement,
    /// Counts again what the folder holds.
    CountStatistics,
    /// Asks where plots or the report go.
    AskForStatistics(Pick),
    /// Writes all plots to a folder.
    SavePlots(PathBuf),
    /// Writes the report.
    SaveReport(PathBuf),
    /// Exports.
    Export(Box<ExportRequest>),
    /// Asks what to import, these files proposed.
    AskImport(Vec<PathBuf>),
    /// Looks which format files to import are of.
    FindImportFormat(Vec<PathBuf>),
    /// Imports; with `dry_run` only looks.
    Import(Box<ImportRequest>),
    /// Takes back the last import into a folder.
    TakeBackImport(PathBuf),
    /// Changes the project's schema.
    ChangeSchema(Box<(SchemaFile, SchemaDraft)>),
    /// Saves what is known about the article.
    SaveFacts,
    /// Tries again to save.
    SaveAgain(PathBuf),
    /// Writes over what another program has written, keeping a copy of that.
    ReplaceOnDisk(PathBuf),
    /// Asks which encoding an article is in.
    AskEncoding(PathBuf),
    /// Reads an article again, in this encoding.
    ReadAs(PathBuf, Encoding),
    /// Read an open article again and bring what is not saved over to it.
    ReadWithWork(PathBuf),
    /// Puts together what is open and what someone else has written.
    MergeWithDisk(PathBuf),
    /// Takes an earlier version of the sidecar that is on disk again for the work of somebody else.
    UseEarlierVersion(PathBuf),
    /// Puts together an open article and a conflict copy of its sidecar.
    MergeCopy(PathBuf, PathBuf),
    /// Takes up work that was not saved.
    Recover(Box<Recoverable>),
    /// Puts such work away.
    Discard(Box<Recoverable>),
    /// Asks for the annotator's name, this one proposed.
    AskName(Option<SmolStr>),
    /// Works under this name from now on; `None`: without a name.
    SetAnnotator(Option<SmolStr>),
    /// Carries a command out that has asked for the name, once the articles are read under it.
    OnceRead(Box<AppCommand>),
    /// Asks why a hint is ignored.
    AskWhyToIgnore(Finding),
    /// Goes to what somebody else has tagged, and draws the tags of others in the article.
    ShowColleagueTag(TextRange),
    /// Takes the tags without a name over into the own file of the article that is shown.
    TakeOverUnnamed,
    /// The same for all articles of the list.
    TakeOverAllUnnamed,
    /// The tags without a name are somebody else's.
    LeaveUnnamed,
    /// The tags without a name are not offered again until the next start.
    PutOffUnnamed,
    /// Runs a program that suggests on the article that is shown.
    SuggestWith(ModelSettings),
    /// Takes a banner away.
    Dismiss(u64),
    /// Continues a draft of the last session.
    UseDraft(Box<Draft>),
    /// Throws such a draft away.
    DiscardDraft(Box<Draft>),
    /// Closes the window; the next start offers what is not saved.
    KeepAndClose,
    /// Closes the window though something is not saved.
    CloseAnyway,
    /// Tries to save, then closes.
    SaveAndClose,
    /// Stays.
    StayOpen,
    /// The hints have been read.
    HideHints,
    /// The keys' focus goes to the article.
    FocusArticle,
    /// A letter was the answer to a dialog: letters that follow at once belong to it.
    IgnoreLetters,
}

impl AppCommand {
    /// A command on the article that is shown.
    pub(crate) fn document(command: impl Into<Command>) -> Self {
        Self::Document(command.into())
    }

    /// The same, and the keys' focus goes to the article.
    pub(crate) fn document_then_focus(command: impl Into<Command>) -> Self {
        Self::DocumentThenFocus(command.into())
    }
}
