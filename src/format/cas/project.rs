//! The document and the annotator of a file of a project.

use super::fields::kind;
use crate::format::annotator_names::AnnotatorNames;
use crate::format::interchange::DocumentRecord;
use crate::format::json::{Map, Value};
use crate::format::project_path::{NOBODY, document_and_user};
use crate::format::{Imported, RecordProblem};

/// What an export of a project names.
#[derive(Debug, Default)]
pub(super) struct OfProject {
    pub(super) document: Option<String>,
    user: Option<String>,
}

impl OfProject {
    /// By a structure that names them, or by the path of the file (with `/`):
    /// `annotation/DOCUMENT/USER.xmi`.
    pub(super) fn new(path: &str, structures: &[Map]) -> Self {
        let text = |structure: &Map, field: &str| {
            let text = structure.get(field).and_then(Value::as_str);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let (mut found, mut title) = (Self::default(), None);
        for structure in structures {
            if kind(structure).ends_with(".CASMetadata") {
                found.document = text(structure, "sourceDocumentName");
                found.user = text(structure, "username");
            } else if kind(structure).ends_with(".DocumentMetaData") {
                title = text(structure, "documentTitle");
            }
        }
        if found.document.is_none() {
            let mut parts = path.rsplit('/');
            let file = parts.next().and_then(|file| file.rsplit_once('.'));
            if let (Some((stem, _)), Some(folder)) = (file, parts.next())
                && title.as_deref() == Some(folder)
            {
                found.document = title;
                found.user = Some(stem.to_owned());
            } else if let Some((document, user)) = document_and_user(path) {
                found.document = Some(document.to_owned());
                found.user = Some(user.to_owned());
            }
        }
        found.user = found.user.filter(|user| user != NOBODY);
        found
    }

    /// Names the annotator of a record that has none.
    pub(super) fn name_annotator(
        &self,
        record: &mut DocumentRecord,
        names: &mut AnnotatorNames,
        imported: &mut Imported,
    ) {
        let user = self.user.as_ref().filter(|_| record.annotator.is_empty());
        let Some(user) = user else { return };
        if names.name_record(record, user) {
            let message = format!("the annotator `{user}` is `{}` here", record.annotator);
            imported.notes.push(RecordProblem { line: 1, message });
        }
    }
}
