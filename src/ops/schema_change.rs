//! Changing a project's schema: what it touches, the file, and one's own tags whose labels are renamed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::bulk_step::{
    BulkReport, BulkRequest, BulkStepError, BulkTarget, ProjectFile, WorkOf, bulk_step_with,
};
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
    /// The file and one's own tags cannot be changed together.
    #[error(transparent)]
    Step(#[from] BulkStepError),
    /// The file is changed, and one's own tags are not: they have the former keys and are read as the present ones.
    #[error("the labels are renamed, but not in your own files: {0}")]
    Tags(#[source] BulkStepError),
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

/// A schema that was changed.
#[derive(Debug)]
pub struct SchemaChanged {
    /// What holds from now on.
    pub schema: Schema,
    /// For undo; `None`: there is none, since a link leads to the file and no tag was renamed.
    pub step: Option<BulkReport>,
    /// Whether undo changes the schema file back, too.
    pub is_whole: bool,
}

/// Writes a schema file as a draft wants it, where it is still what was looked at, and gives one's own tags of
/// renamed labels the present keys: in all articles that the file holds for and that are in the folder of the
/// request, in one step that is undone whole. Nobody else's file is written: it is read as if it had the present
/// keys. A schema file in a folder above is part of the step; one that a link leads to from there is not. The targets of
/// the request are not looked at.
///
/// # Errors
/// [`SchemaChangeError`]; nothing has changed then, but where [`SchemaChangeError::Tags`] says so.
pub fn change_schema(
    request: &BulkRequest<'_>,
    file: &SchemaFile,
    draft: &SchemaDraft,
) -> Result<SchemaChanged, SchemaChangeError> {
    let text = edited_schema_text(file.text.as_deref(), draft)?;
    let schema = parse_schema(&text).map_err(|error| SchemaChangeError::Schema {
        path: file.path.clone(),
        error,
    })?;
    let is_whole = file.path.starts_with(request.root) || is_above(folder_of(file), request.root);
    if is_whole {
        let project = ProjectFile {
            path: &file.path,
            before: file.text.as_deref(),
            after: &text,
        };
        let step = rename_own_tags(request, file, draft, Some(&project))?;
        return Ok(SchemaChanged {
            schema,
            step: Some(step),
            is_whole,
        });
    }
    let expected = file.text.as_ref().map_or(FileFingerprint::Absent, |text| {
        FileFingerprint::of(text.as_bytes())
    });
    let access = Access::Like(folder_of(file));
    atomic_write(&file.path, text.as_bytes(), Some(&expected), access)?;
    let step = match rename_own_tags(request, file, draft, None) {
        Ok(step) => Some(step),
        Err(BulkStepError::Nothing(_)) => None,
        Err(error) => return Err(SchemaChangeError::Tags(error)),
    };
    Ok(SchemaChanged {
        schema,
        step,
        is_whole,
    })
}

/// Whether a folder is above another, also where links are followed.
fn is_above(folder: &Path, other: &Path) -> bool {
    other.starts_with(folder) && canonical_path(other).starts_with(canonical_path(folder))
}

fn folder_of(file: &SchemaFile) -> &Path {
    file.path.parent().unwrap_or(Path::new(""))
}

/// Gives one's own tags of renamed labels the present keys, in one step with the schema file where that is
/// given.
fn rename_own_tags(
    request: &BulkRequest<'_>,
    file: &SchemaFile,
    draft: &SchemaDraft,
    project: Option<&ProjectFile<'_>>,
) -> Result<BulkReport, BulkStepError> {
    let folder = folder_of(file);
    let within = match folder.starts_with(request.root) {
        true => folder,
        false => request.root,
    };
    let renamed = draft.renamed();
    let found = match renamed[..] {
        [] => Vec::new(),
        [_, ..] => find_articles(&[within.to_owned()])?.articles,
    };
    let own = |annotator: &Option<SmolStr>| annotator.as_deref() == request.annotator;
    let own_schema = canonical_path(&file.path);
    let mut targets = Vec::new();
    for article in found {
        let mut sidecars = article.sidecars.iter();
        if !sidecars.any(|sidecar| own(&sidecar.annotator)) {
            continue;
        }
        // A folder below may have a schema of its own.
        let holds = match find_schema(&article.path) {
            Some(path) => canonical_path(&path) == own_schema,
            None => file.text.is_none(),
        };
        if holds {
            targets.push(BulkTarget {
                article: article.path,
                work: WorkOf::Own,
                sidecar: None,
                text: None,
            });
        }
    }
    let former: FormerLabels = renamed.iter().cloned().collect();
    let pairs = renamed.iter().map(|(old, new)| format!("{old} to {new}"));
    let pairs = pairs.collect::<Vec<_>>().join(", ");
    bulk_step_with(
        &BulkRequest {
            targets: &targets,
            ..*request
        },
        project,
        &|_, edits| {
            if !former.changes(edits.document()).is_empty() {
                edits.run(|ctx, _| action::rename_labels(ctx, &former));
            }
        },
        &|counts| {
            let articles = count(counts.articles, "article");
            match (&pairs[..], project, counts.articles) {
                ("", _, _) => "changed the labels and attributes".to_owned(),
                (_, None, _) => format!("renamed {pairs} in your tags of {articles}"),
                (_, Some(_), 0) => format!("renamed {pairs}; none of your tags has it"),
                (_, Some(_), _) => format!("renamed {pairs}, also in your tags of {articles}"),
            }
        },
        &mut |_| {},
    )
}
