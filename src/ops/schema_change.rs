//! Changing a project's schema: what it touches, the file, and one's own tags whose labels are renamed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::bulk_step::{BulkReport, BulkRequest, BulkStepError, BulkTarget, WorkOf, bulk_step};
use super::read_article::ReadArticle;
use super::{Progress, SchemaFileError};
use crate::edit::action;
use crate::format::schema_file::{
    FILE_NAME, SchemaDraft, SchemaEditError, default_schema, edited_schema_text, parse_schema,
};
use crate::model::{FormerLabels, Schema};
use crate::store::{
    Access, FileFingerprint, ReadError, WriteError, atomic_write, canonical_path, find_articles,
    find_schema, read_schema_text,
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
    /// How many links there are, by role.
    pub roles: BTreeMap<SmolStr, usize>,
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
            for link in document.set().links() {
                *counts.roles.entry(link.role.clone()).or_default() += 1;
            }
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

/// Writes a schema file as a draft wants it, where it is still what was looked at. Returns the schema from
/// now on. Files with former keys are read as if they had the present ones ([`rename_own_tags`]).
///
/// # Errors
/// [`SchemaChangeError`]; nothing has changed then.
pub fn change_schema(file: &SchemaFile, draft: &SchemaDraft) -> Result<Schema, SchemaChangeError> {
    let text = edited_schema_text(file.text.as_deref(), draft)?;
    let schema = parse_schema(&text).map_err(|error| SchemaChangeError::Schema {
        path: file.path.clone(),
        error,
    })?;
    let expected = file.text.as_ref().map_or(FileFingerprint::Absent, |text| {
        FileFingerprint::of(text.as_bytes())
    });
    atomic_write(
        &file.path,
        text.as_bytes(),
        Some(&expected),
        Access::Like(folder_of(file)),
    )?;
    Ok(schema)
}

fn folder_of(file: &SchemaFile) -> &Path {
    file.path.parent().unwrap_or(Path::new(""))
}

/// Gives one's own tags of renamed labels the present keys, in all articles that a schema file holds for and
/// that are in the folder of the request, in one step that can be undone. Nobody else's file is written: it is
/// read as if it had the present keys. The targets of the request are not looked at.
///
/// # Errors
/// [`BulkStepError`]; nothing has changed then.
pub fn rename_own_tags(
    request: &BulkRequest<'_>,
    file: &SchemaFile,
    draft: &SchemaDraft,
) -> Result<BulkReport, BulkStepError> {
    let folder = folder_of(file);
    let within = match folder.starts_with(request.root) {
        true => folder,
        false => request.root,
    };
    let found = find_articles(&[within.to_owned()])?;
    let own = |annotator: &Option<SmolStr>| annotator.as_deref() == request.annotator;
    let own_schema = canonical_path(&file.path);
    let mut targets = Vec::new();
    for article in found.articles {
        let mut sidecars = article.sidecars.iter();
        if !sidecars.any(|sidecar| own(&sidecar.annotator)) {
            continue;
        }
        // A folder below may have a schema of its own.
        let schema = find_schema(&article.path).map(|path| canonical_path(&path));
        if schema.as_deref() == Some(&own_schema) {
            targets.push(BulkTarget {
                article: article.path,
                work: WorkOf::Own,
                sidecar: None,
                text: None,
            });
        }
    }
    let renamed = draft.renamed();
    let former: FormerLabels = renamed.iter().cloned().collect();
    let pairs = renamed.iter().map(|(old, new)| format!("{old} to {new}"));
    let pairs = pairs.collect::<Vec<_>>().join(", ");
    bulk_step(
        &BulkRequest {
            targets: &targets,
            ..*request
        },
        &|_, edits| {
            if !former.changes(edits.document()).is_empty() {
                edits.run(|ctx, _| action::rename_labels(ctx, &former));
            }
        },
        &|counts| {
            let articles = count(counts.articles, "article");
            format!("renamed {pairs} in your tags of {articles}")
        },
        &mut |_| {},
    )
}
