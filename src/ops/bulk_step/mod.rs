//! A step over several articles: named, all or nothing on disk, and taken back whole, also after a restart.
//!
//! Every sidecar is read and changed by actions first. If one of them is not what it was when the person looked,
//! or may not be written, nothing is done at all. Then the files before and after are kept in the state folder
//! ([`crate::store::StepRecorder`]) and the new ones are put in place together ([`FileBatch`]). The sidecars
//! of other people are never written.

mod article_edits;
mod project_file;
mod replay;
mod step_folder;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rayon::prelude::*;
use smol_str::SmolStr;

use super::project_schema::ProjectSchemas;
use super::reanchor::read_reanchored;
use super::reserved_files::curated_problem;
use super::{Progress, Refusal, SchemaFileError};
use crate::format::sidecar;
use crate::model::{Document, DocumentMeta, DocumentParts, Transaction};
use crate::store::sidecar_file::{self, ReservedName, sidecar_path};
use crate::store::{
    ArticleFile, BatchError, FileBatch, FileFingerprint, ReadError, StepKind, StepRecorder,
    WriteError, confine_beside, find_articles, note_version, read_source,
};
use crate::text::SourceText;
use crate::text::wording::{count_as, short_list};

use step_folder::{StepFolder, named_from};

pub use crate::store::RecordedStep;
pub use article_edits::ArticleEdits;
pub(super) use project_file::ProjectFile;
pub(super) use replay::put_back;
pub use replay::{
    BulkSteps, Direction, bulk_steps, finish_cut_short, folders_of_steps, replay_bulk_step,
};

/// So many articles are in memory at a time.
const AT_ONCE: usize = 64;

/// Whose tags of an article are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkOf {
    /// Those of the person who does it.
    Own,
    /// The curated ones.
    Curated,
}

/// A sidecar that a step changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkTarget {
    /// The article.
    pub article: PathBuf,
    /// Whose tags.
    pub work: WorkOf,
    /// What the sidecar looked like when the person decided; `None`: whatever it is.
    pub sidecar: Option<FileFingerprint>,
    /// The SHA-256 of the article's text at that time, hexadecimal; `None`: whatever it is.
    pub text: Option<String>,
}

/// What to do to which articles.
#[derive(Debug, Clone, Copy)]
pub struct BulkRequest<'a> {
    /// The folder all of them are in.
    pub root: &'a Path,
    /// Who does it; `None`: unnamed.
    pub annotator: Option<&'a str>,
    /// The sidecars, each once.
    pub targets: &'a [BulkTarget],
    /// Articles whose changes the report is to hold, since they are open.
    pub open: &'a BTreeSet<PathBuf>,
    /// The user's state folder.
    pub state: &'a Path,
    /// The time of the step.
    pub now: Timestamp,
}

/// How much a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BulkCounts {
    /// How many actions changed something.
    pub done: usize,
    /// In how many articles.
    pub articles: usize,
}

/// What a step has done.
#[derive(Debug)]
pub struct BulkReport {
    /// For undo.
    pub step: RecordedStep,
    /// How much.
    pub counts: BulkCounts,
    /// What was not done and why, each reason once, with how often.
    pub refusals: BTreeMap<String, usize>,
    /// What has changed in the articles asked for.
    pub open: Vec<ChangedArticle>,
    /// The files as they are now.
    pub written: Vec<(PathBuf, FileFingerprint)>,
}

/// What a step has changed in one sidecar.
#[derive(Debug, Clone)]
pub struct ChangedArticle {
    /// The article.
    pub article: PathBuf,
    /// Whose tags.
    pub work: WorkOf,
    /// What was changed, under the name of the step.
    pub transaction: Transaction,
    /// The document that is on disk now.
    pub document: Document,
    /// What the sidecar looks like now.
    pub fingerprint: FileFingerprint,
}

/// Why a step over several articles was not done. Nothing has changed but where [`BatchError::Part`] says so.
#[derive(Debug, thiserror::Error)]
pub enum BulkStepError {
    /// Some articles are not what they were, or may not be written.
    #[error(
        "nothing was changed, because {}",
        short_list(.0.iter().map(|(path, why)| format!("{}: {why}", path.display())), 5)
    )]
    Refused(Vec<(PathBuf, String)>),
    /// There is nothing to do.
    #[error("nothing to change{}", .0.as_ref().map_or(String::new(), |why| format!(": {why}")))]
    Nothing(Option<Refusal>),
    /// An article is not in the folder.
    #[error("{} is outside the folder {}", article.display(), root.display())]
    Outside {
        /// The article.
        article: PathBuf,
        /// The folder.
        root: PathBuf,
    },
    /// Something cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The built-in schema is broken.
    #[error(transparent)]
    Schema(#[from] SchemaFileError),
    /// What the step needs cannot be written.
    #[error("{0}; nothing was changed")]
    Write(#[from] WriteError),
    /// The files did not all get to their places.
    #[error(transparent)]
    Batch(#[from] BatchError),
}

/// What is done to the n-th target.
pub type EditArticle<'a> = dyn Fn(usize, &mut ArticleEdits<'_>) + Sync + 'a;

/// Does one named step over several articles. `name` gives its words.
///
/// # Errors
/// [`BulkStepError`]: nothing has changed.
pub fn bulk_step(
    request: &BulkRequest<'_>,
    edit: &EditArticle<'_>,
    name: &dyn Fn(&BulkCounts) -> String,
    progress: &mut dyn FnMut(Progress),
) -> Result<BulkReport, BulkStepError> {
    bulk_step_with(request, None, edit, name, progress)
}

/// The same together with a file of the project, which is changed whether or not any tag is.
///
/// # Errors
/// [`BulkStepError`]: nothing has changed.
pub(super) fn bulk_step_with(
    request: &BulkRequest<'_>,
    project: Option<&ProjectFile<'_>>,
    edit: &EditArticle<'_>,
    name: &dyn Fn(&BulkCounts) -> String,
    progress: &mut dyn FnMut(Progress),
) -> Result<BulkReport, BulkStepError> {
    let targets = Targets::find(request)?;
    let mut recorder =
        StepRecorder::begin(request.state, StepKind::Tags, request.root, request.now)?;
    let project_path = project
        .map(|project| targets.named(project.path))
        .transpose()?;
    let folder = StepFolder::holding(request.root, project_path.as_deref().into_iter());
    let mut batch = FileBatch::begin(folder.path())?;
    let mut counts = BulkCounts::default();
    let mut changed = BTreeSet::new();
    let mut refusals: BTreeMap<String, usize> = BTreeMap::new();
    let (mut refused, mut open, mut written) = (Vec::new(), Vec::new(), Vec::new());
    let (mut done, total) = (0, request.targets.len());
    let numbered: Vec<(usize, &BulkTarget)> = request.targets.iter().enumerate().collect();
    for some in numbered.chunks(AT_ONCE) {
        progress(Progress { done, total });
        done += some.len();
        let edited: Vec<_> = some
            .par_iter()
            .map(|(n, target)| targets.edit(*n, target, edit))
            .collect();
        for ((_, target), edited) in some.iter().zip(edited) {
            let edited = match edited {
                Ok(edited) => edited,
                Err(why) => {
                    refused.push((target.article.clone(), why));
                    continue;
                }
            };
            for refusal in &edited.refusals {
                *refusals.entry(refusal.to_string()).or_default() += 1;
            }
            if edited.transaction.changes.is_empty() || !refused.is_empty() {
                continue;
            }
            counts.done += edited.done;
            changed.insert(&target.article);
            let (article, below) = (
                targets.below(&target.article)?,
                targets.below(&edited.path)?,
            );
            let after = edited.text.as_bytes();
            recorder.add(&below, &article, edited.before.as_deref(), Some(after))?;
            let (article, below) = (folder.below(&article), folder.below(&below));
            let fingerprint = match &edited.before {
                Some(before) => batch.replace(&below, after, &FileFingerprint::of(before))?,
                None => batch.add(&below, after, Some(&article))?,
            };
            batch.add_snapshot(&article, edited.document.source())?;
            if request.open.contains(&target.article) {
                open.push(ChangedArticle {
                    article: target.article.clone(),
                    work: target.work,
                    transaction: edited.transaction,
                    document: edited.document,
                    fingerprint,
                });
            }
            written.push((edited.path, fingerprint));
        }
    }
    if !refused.is_empty() {
        return Err(BulkStepError::Refused(refused));
    }
    counts.articles = changed.len();
    if let (Some(project), Some(named)) = (project, &project_path) {
        let below = folder.below(named);
        let fingerprint = project.add_to(named, &below, &mut recorder, &mut batch)?;
        written.push((project.path.to_owned(), fingerprint));
    } else if counts.articles == 0 {
        let first = refusals.into_keys().next();
        return Err(BulkStepError::Nothing(first.map(Refusal::new)));
    }
    let label = name(&counts);
    let step = recorder.keep(&label)?;
    if let Err(error) = batch.finish() {
        if let BatchError::Nothing(_) = error {
            step.forget();
        }
        return Err(error.into());
    }
    note_versions(&written, request.state);
    for changed in &mut open {
        changed.transaction.label.clone_from(&label);
    }
    Ok(BulkReport {
        step,
        counts,
        refusals,
        open,
        written,
    })
}

/// Remembers that these versions of sidecars were written here.
fn note_versions(written: &[(PathBuf, FileFingerprint)], state: &Path) {
    for (sidecar, fingerprint) in written {
        if let Err(error) = note_version(sidecar, fingerprint, state) {
            log::warn!("this version of the tags is not remembered: {error}");
        }
    }
}

/// The files of a step, and the schemas that hold for them.
struct Targets<'a> {
    request: &'a BulkRequest<'a>,
    files: BTreeMap<PathBuf, ArticleFile>,
    schemas: ProjectSchemas,
}

/// A sidecar with the step done to it.
struct Edited {
    path: PathBuf,
    /// What it held; `None`: it is not there yet.
    before: Option<Vec<u8>>,
    document: Document,
    transaction: Transaction,
    /// What it holds now; empty where nothing has changed.
    text: String,
    done: usize,
    refusals: Vec<Refusal>,
}

impl<'a> Targets<'a> {
    fn find(request: &'a BulkRequest<'a>) -> Result<Self, BulkStepError> {
        let paths: BTreeSet<PathBuf> = request
            .targets
            .iter()
            .map(|target| target.article.clone())
            .collect();
        let found = find_articles(&paths.into_iter().collect::<Vec<_>>())?;
        let mut schemas = ProjectSchemas::default();
        for article in &found.articles {
            schemas.of(&article.path)?;
        }
        let files = found.articles.into_iter();
        Ok(Self {
            request,
            files: files.map(|file| (file.path.clone(), file)).collect(),
            schemas,
        })
    }

    /// A path below the folder, with `/`.
    fn below(&self, path: &Path) -> Result<String, BulkStepError> {
        let is_below = path.starts_with(self.request.root);
        let named = is_below.then(|| self.named(path)).transpose()?;
        named.ok_or_else(|| self.outside(path))
    }

    /// The path of a file of the project, which may be above the folder.
    fn named(&self, path: &Path) -> Result<String, BulkStepError> {
        named_from(self.request.root, path).ok_or_else(|| self.outside(path))
    }

    fn outside(&self, path: &Path) -> BulkStepError {
        BulkStepError::Outside {
            article: path.to_owned(),
            root: self.request.root.to_owned(),
        }
    }

    /// Reads a sidecar and does the step to it; the words say why it may not be.
    fn edit(
        &self,
        n: usize,
        target: &BulkTarget,
        edit: &EditArticle<'_>,
    ) -> Result<Edited, String> {
        let gone = || "it is no longer there".to_owned();
        let file = self.files.get(&target.article).ok_or_else(gone)?;
        let schema = self.schemas.known(&file.path).ok_or_else(gone)?;
        let (path, named) = match target.work {
            WorkOf::Own => (
                sidecar_path(&file.path, self.request.annotator),
                self.request.annotator,
            ),
            WorkOf::Curated => {
                if let Some(problem) = curated_problem(&file.path) {
                    return Err(problem.message);
                }
                (ReservedName::Curated.path(&file.path), None)
            }
        };
        let source = read_source(&file.path, &file.encoding_hints(None));
        let source = source.map_err(|error| error.to_string())?.source;
        confine_beside(&file.path, &path).map_err(|error| error.to_string())?;
        let loaded = sidecar_file::load(&path).map_err(|error| error.to_string())?;
        let found = loaded
            .as_ref()
            .map_or(FileFingerprint::Absent, |loaded| loaded.fingerprint);
        let other_text = target
            .text
            .as_ref()
            .is_some_and(|text| text != source.sha256());
        if other_text || target.sidecar.is_some_and(|expected| expected != found) {
            return Err("it has changed since; look at it again and repeat the step".to_owned());
        }
        let before = loaded.map(|loaded| loaded.bytes);
        let document = document(before.as_deref(), &file.path, source, named)?;
        let mut edits =
            ArticleEdits::new(document, &schema, self.request.annotator, self.request.now);
        edit(n, &mut edits);
        let finished = edits.finish();
        let text = match finished.transaction.changes.is_empty() {
            true => String::new(),
            false => {
                let name = file.path.file_name().unwrap_or_default();
                let text = sidecar::write(&finished.document, &name.to_string_lossy());
                sidecar::confirm(&text, &finished.document)?;
                text
            }
        };
        Ok(Edited {
            path,
            before,
            document: finished.document,
            transaction: finished.transaction,
            text,
            done: finished.done,
            refusals: finished.refusals,
        })
    }
}

/// What a sidecar says; nothing where it is not there. The words say why it may not be written.
fn document(
    bytes: Option<&[u8]>,
    article: &Path,
    source: SourceText,
    annotator: Option<&str>,
) -> Result<Document, String> {
    let Some(bytes) = bytes else {
        let meta = DocumentMeta {
            annotator: annotator.map(SmolStr::from),
            ..DocumentMeta::default()
        };
        return Ok(DocumentParts {
            meta,
            ..DocumentParts::new(source)
        }
        .into());
    };
    let (contents, followed) =
        read_reanchored(bytes, article, &source).map_err(|error| error.to_string())?;
    if contents.newer {
        return Err("a newer version of Pullquote wrote its tags; update Pullquote".to_owned());
    }
    if contents.salvaged {
        return Err("the file with its tags is damaged; open and save it first".to_owned());
    }
    if followed.is_some() {
        return Err(
            "its text has changed since it was tagged; open it, see where the tags are now and save it"
                .to_owned(),
        );
    }
    Ok(contents.into_document(source, annotator))
}

/// "3 tags in 2 articles", as steps are named.
#[must_use]
pub fn in_articles(counts: &BulkCounts, one: &str, many: &str) -> String {
    let articles = count_as(counts.articles, "article", "articles");
    format!("{} in {articles}", count_as(counts.done, one, many))
}
