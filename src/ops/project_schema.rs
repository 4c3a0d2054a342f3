use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{FileProblem, SchemaFileError};
use crate::format::schema_file::{default_schema, read_schema};
use crate::model::Schema;
use crate::store::{ReadError, find_schema, is_folder, read_schema_text};

/// The schema that holds for an article: the nearest `pullquote.ron`, else the built-in one, which
/// is also used for one with errors. With what is wrong with the file.
///
/// # Errors
/// [`SchemaFileError`] where the built-in one is broken.
pub(super) fn schema_for(article: &Path) -> Result<(Schema, Vec<FileProblem>), SchemaFileError> {
    let mut read = read_schema_for(article)?;
    if read.schema.is_none() {
        for problem in &mut read.problems {
            problem.message += ". Until then, the built-in labels are used";
        }
    }
    let schema = read.schema.map_or_else(default_schema, Ok)?;
    Ok((schema, read.problems))
}

/// What the schema file of an article says.
#[derive(Debug, Clone, PartialEq)]
pub struct SchemaRead {
    /// The article.
    pub article: PathBuf,
    /// The schema file; `None`: there is none, and the built-in schema holds.
    pub file: Option<PathBuf>,
    /// `None`: the file has errors.
    pub schema: Option<Schema>,
    /// What is wrong with the file.
    pub problems: Vec<FileProblem>,
}

/// Reads the schema that holds for an article now.
///
/// # Errors
/// [`SchemaFileError`] where the built-in one is broken.
pub fn read_schema_for(article: &Path) -> Result<SchemaRead, SchemaFileError> {
    let said = |file, schema, problems| SchemaRead {
        article: article.to_owned(),
        file,
        schema,
        problems,
    };
    let Some(path) = find_schema(article) else {
        return Ok(said(None, Some(default_schema()?), Vec::new()));
    };
    let read = read_schema_text(&path)
        .map_err(|error| unread(&error))
        .and_then(|text| {
            read_schema(&text)
                .map_err(|error| FileProblem::at(&path, error.place(), error.message()))
        });
    Ok(match read {
        Ok(contents) => {
            let unknown = contents
                .unknown
                .iter()
                .map(|field| FileProblem::at(&path, (field.line, field.column), field.to_string()))
                .collect();
            said(Some(path), Some(contents.schema), unknown)
        }
        Err(problem) => said(Some(path), None, vec![problem]),
    })
}

/// The schema that holds for what is at a path: an article, a folder or a file of documents.
///
/// # Errors
/// [`SchemaFileError`] where the built-in one is broken.
pub(super) fn schema_around(path: &Path) -> Result<Schema, SchemaFileError> {
    let (schema, _) = schema_for(&article_at(path))?;
    Ok(schema)
}

/// An article that would stand in a folder, else the article itself.
pub(super) fn article_at(path: &Path) -> PathBuf {
    match is_folder(path) {
        true => path.join("article.txt"),
        false => path.to_owned(),
    }
}

/// Why a schema file is not read.
fn unread(error: &ReadError) -> FileProblem {
    let mut problem = FileProblem::unreadable(error);
    // The words for articles would not help.
    if let ReadError::Directory { .. } = error {
        "this is a folder and no schema; rename it".clone_into(&mut problem.message);
    } else if let ReadError::Missing { .. } = error {
        "this is a link to a file that is not there; remove it".clone_into(&mut problem.message);
    }
    problem
}

/// What is wrong with the schema that holds for articles of a folder.
#[must_use]
pub fn schema_problems(folder: &Path) -> Vec<FileProblem> {
    let found = schema_for(&folder.join("article.txt"));
    found.map_or_else(|_| Vec::new(), |(_, problems)| problems)
}

/// What is wrong with the schemas that hold for articles, each once.
///
/// # Errors
/// [`SchemaFileError`] where the built-in one is broken.
pub(super) fn problems_of_schemas<'a>(
    articles: impl IntoIterator<Item = &'a Path>,
) -> Result<Vec<FileProblem>, SchemaFileError> {
    let mut schemas = ProjectSchemas::default();
    for article in articles {
        schemas.of(article)?;
    }
    Ok(schemas.into_problems())
}

/// The schemas of a corpus, each read once for its folder.
#[derive(Default)]
pub(super) struct ProjectSchemas {
    of_folder: BTreeMap<PathBuf, Arc<Schema>>,
    problems: BTreeMap<PathBuf, Vec<FileProblem>>,
}

impl ProjectSchemas {
    /// The schema that holds for an article.
    pub(super) fn of(&mut self, article: &Path) -> Result<Arc<Schema>, SchemaFileError> {
        let folder = article.parent().unwrap_or(Path::new(""));
        if let Some(known) = self.of_folder.get(folder) {
            return Ok(Arc::clone(known));
        }
        let (schema, problems) = schema_for(article)?;
        if let Some(first) = problems.first() {
            self.problems.insert(first.path.clone(), problems);
        }
        let schema = Arc::new(schema);
        self.of_folder
            .insert(folder.to_owned(), Arc::clone(&schema));
        Ok(schema)
    }

    /// The same where it was read already.
    pub(super) fn known(&self, article: &Path) -> Option<Arc<Schema>> {
        let folder = article.parent().unwrap_or(Path::new(""));
        self.of_folder.get(folder).map(Arc::clone)
    }

    /// What is wrong with schema files, each once.
    pub(super) fn into_problems(self) -> Vec<FileProblem> {
        self.problems.into_values().flatten().collect()
    }
}
