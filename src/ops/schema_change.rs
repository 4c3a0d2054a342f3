//! Changing a project's schema: what it touches, the file, and one's own tags whose labels are renamed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use smol_str::SmolStr;

use super::bulk_step::{BulkRequest, BulkStepError, BulkTarget, WorkOf, bulk_step};
use super::read_article::ReadArticle;
use super::{Progress, SchemaFileError};
use crate::edit::action;
use crate::format::schema_file::{
    FILE_NAME, SchemaDraft, SchemaEditError, default_schema, edited_schema_text, parse_schema,
};
use crate::model::{FormerLabels, Schema};
use crate::store::{
    Access, FileFingerprint, ReadError, WriteError, atomic_write, find_articles, find_schema,
    read_schema_text,
};
use crate::text::wording::count;

/// The schema file that holds somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaFile {
    /// Where it is, or will be.
    pub path: PathBuf,
    /// What it says; `None`: it is not there yet, and the built-in schema holds.
    pub text: Option<String>,
    /// The schema.
    pub schema: Schema,
}

/// Why a schema cannot be changed.
#[derive(Debug, thiserror::Error)]
pub enum SchemaChangeError {
    /// A file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The schema file cannot be used as it is.
    #[error("{}: {error}", path.display())]
    Schema {
        /// The file.
        path: PathBuf,
        /// Why.
        error: SchemaFileError,
    },
    /// The file cannot be changed like that.
    #[error(transparent)]
    Edit(#[from] SchemaEditError),
    /// The file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// The schema file that holds for an article, else one beside it.
///
/// # Errors
/// [`SchemaChangeError`] where it cannot be read or used.
pub fn schema_file(article: &Path) -> Result<SchemaFile, SchemaChangeError> {
    let Some(path) = find_schema(article) else {
        let path = article.parent().unwrap_or(Path::new("")).join(FILE_NAME);
        let schema = default_schema();
        return match schema {
            Ok(schema) => Ok(SchemaFile {
                path,
                text: None,
                schema,
            }),
            Err(error) => Err(SchemaChangeError::Schema { path, error }),
        };
    };
    let text = read_schema_text(&path)?;
    match parse_schema(&text) {
        Ok(schema) => Ok(SchemaFile {
            path,
            text: Some(text),
            schema,
        }),
        Err(error) => Err(SchemaChangeError::Schema { path, error }),
    }
}

/// How many tags of a folder have a label, and a value of an attribute. Rejected ones and suggestions count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TagCounts {
    /// By label.
    pub labels: BTreeMap<SmolStr, usize>,
    /// By label, attribute and value.
    pub values: BTreeMap<(SmolStr, SmolStr, SmolStr), usize>,
    /// Sidecars that cannot be read.
    pub unread: usize,
}

/// Counts the tags of everybody in the folder of a schema file and below.
///
/// # Errors
/// [`ReadError`] where the folder cannot be read.
pub fn count_tags(
    folder: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<TagCounts, ReadError> {
    let found = find_articles(&[folder.to_owned()])?;
    let total = found.articles.len();
    let mut counts = TagCounts::default();
    for (done, article) in found.articles.iter().enumerate() {
        progress(Progress { done, total });
        let read = ReadArticle::new(article, &[], None);
        counts.unread += read.problems.len();
        let people = read.people.iter().map(|work| &work.document);
        for document in people.chain(&read.curated) {
            for tag in document.set().annotations() {
                *counts.labels.entry(tag.label.clone()).or_default() += 1;
                for one in &tag.attributes {
                    let key = (tag.label.clone(), one.name.clone(), one.value.clone());
                    *counts.values.entry(key).or_default() += 1;
                }
            }
        }
    }
    Ok(counts)
}

/// A change of a schema.
#[derive(Debug)]
pub struct SchemaChange<'a> {
    /// The file as it was looked at.
    pub file: &'a SchemaFile,
    /// What it is to say.
    pub draft: &'a SchemaDraft,
    /// Who does it; `None`: unnamed.
    pub annotator: Option<&'a str>,
    /// Articles that are open: their tags are renamed there.
    pub open: &'a BTreeSet<PathBuf>,
    /// The user's state folder; `None`: tags that are not open are not renamed in their files.
    pub state: Option<&'a Path>,
    /// The time.
    pub now: Timestamp,
}

/// What was changed.
#[derive(Debug)]
pub struct SchemaChanged {
    /// The schema from now on.
    pub schema: Schema,
    /// The step that renamed one's own tags, in words; `None`: there were none to rename.
    pub renamed: Option<String>,
    /// Why one's own tags were not renamed in their files. They are read as renamed all the same.
    pub not_renamed: Option<String>,
}

/// Writes a schema file, then gives one's own tags of renamed labels the present keys, in one step that can be
/// undone. Nobody else's file is written: it is read as if it had the present keys.
///
/// # Errors
/// [`SchemaChangeError`]; nothing has changed then.
pub fn change_schema(change: &SchemaChange<'_>) -> Result<SchemaChanged, SchemaChangeError> {
    let file = change.file;
    let text = edited_schema_text(file.text.as_deref(), change.draft)?;
    let schema = parse_schema(&text).map_err(|error| SchemaChangeError::Schema {
        path: file.path.clone(),
        error,
    })?;
    let expected = file.text.as_ref().map_or(FileFingerprint::Absent, |text| {
        FileFingerprint::of(text.as_bytes())
    });
    let folder = file.path.parent().unwrap_or(Path::new(""));
    atomic_write(
        &file.path,
        text.as_bytes(),
        Some(&expected),
        Access::Like(folder),
    )?;
    let renamed: FormerLabels = change.draft.renamed().into_iter().collect();
    let mut changed = SchemaChanged {
        schema,
        renamed: None,
        not_renamed: None,
    };
    if change.draft.renamed().is_empty() {
        return Ok(changed);
    }
    match rename_own_tags(change, folder, &renamed) {
        Ok(words) => changed.renamed = words,
        Err(error) => changed.not_renamed = Some(error.to_string()),
    }
    Ok(changed)
}

fn rename_own_tags(
    change: &SchemaChange<'_>,
    folder: &Path,
    renamed: &FormerLabels,
) -> Result<Option<String>, BulkStepError> {
    let Some(state) = change.state else {
        return Ok(None);
    };
    let found = find_articles(&[folder.to_owned()])?;
    let mut targets = Vec::new();
    for article in found.articles {
        let own = |annotator: &Option<SmolStr>| annotator.as_deref() == change.annotator;
        let has_own = article.sidecars.iter().any(|file| own(&file.annotator));
        if has_own && !change.open.contains(&article.path) {
            targets.push(BulkTarget {
                article: article.path,
                work: WorkOf::Own,
                sidecar: None,
                text: None,
            });
        }
    }
    let request = BulkRequest {
        root: folder,
        annotator: change.annotator,
        targets: &targets,
        open: &BTreeSet::new(),
        state,
        now: change.now,
    };
    let pairs = change.draft.renamed();
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(old, new)| format!("{old} to {new}"))
        .collect();
    let pairs = pairs.join(", ");
    let step = bulk_step(
        &request,
        &|_, edits| {
            let former = renamed;
            if !former.changes(edits.document()).is_empty() {
                edits.run(|ctx, _| action::rename_labels(ctx, former));
            }
        },
        &|counts| {
            let articles = count(counts.articles, "article");
            format!("renamed {pairs} in your tags of {articles}")
        },
        &mut |_| {},
    );
    match step {
        Ok(report) => Ok(Some(report.step.label().to_owned())),
        Err(BulkStepError::Nothing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
