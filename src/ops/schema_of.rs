use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::open::schema_for;
use super::{FileProblem, SchemaFileError};
use crate::model::Schema;
use crate::store::find_schema;

/// The schemas of a corpus, each read once for its folder.
#[derive(Default)]
pub(super) struct Schemas {
    of_folder: BTreeMap<PathBuf, Arc<Schema>>,
    problems: BTreeMap<PathBuf, String>,
}

impl Schemas {
    /// The schema that holds for an article.
    pub(super) fn of(&mut self, article: &Path) -> Result<Arc<Schema>, SchemaFileError> {
        let folder = article.parent().unwrap_or(Path::new(""));
        if let Some(known) = self.of_folder.get(folder) {
            return Ok(Arc::clone(known));
        }
        let mut notices = Vec::new();
        let schema = Arc::new(schema_for(article, &mut notices)?);
        if let (Some(file), Some(notice)) = (find_schema(article), notices.pop()) {
            self.problems.insert(file, notice);
        }
        self.of_folder
            .insert(folder.to_owned(), Arc::clone(&schema));
        Ok(schema)
    }

    /// What is wrong with schema files, each once.
    pub(super) fn into_problems(self) -> Vec<FileProblem> {
        let problem = |(path, notice): (PathBuf, String)| {
            let named = format!("{}: ", path.display());
            FileProblem::new(&path, notice.strip_prefix(&named).unwrap_or(&notice))
        };
        self.problems.into_iter().map(problem).collect()
    }
}
