use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::project_schema::ProjectSchemas;
use super::{ImportReport, ImportRequest, SchemaFileError};
use crate::model::{AnnotationSet, Document};

/// Renames labels of tags and roles of links.
pub(super) fn rename(set: &mut AnnotationSet, names: &[(SmolStr, SmolStr)]) {
    let new = |old: &SmolStr| {
        let found = names.iter().find(|(from, to)| from == old && to != old);
        found.map(|(_, to)| to.clone())
    };
    let tags = set.annotations().filter_map(|tag| {
        let label = new(&tag.label)?;
        Some(crate::model::Annotation {
            label,
            ..tag.clone()
        })
    });
    let links = set.links().filter_map(|link| {
        let role = new(&link.role)?;
        Some(crate::model::Link {
            role,
            ..link.clone()
        })
    });
    let (tags, links): (Vec<_>, Vec<_>) = (tags.collect(), links.collect());
    for tag in tags {
        set.insert_annotation(tag);
    }
    for link in links {
        set.insert_link(link);
    }
}

/// Counts the tags of each label of a document.
pub(super) fn count_labels(document: &Document, report: &mut ImportReport) {
    for tag in document.set().annotations() {
        *report.labels.entry(tag.label.clone()).or_default() += 1;
    }
}

/// Notes the labels that the schema of the folder does not have.
pub(super) fn note_unknown_labels(
    request: &ImportRequest,
    report: &mut ImportReport,
) -> Result<(), SchemaFileError> {
    let schema = ProjectSchemas::default().of(&request.into.join("article.txt"))?;
    let known: BTreeSet<&SmolStr> = schema.labels().iter().map(|label| &label.key).collect();
    let unknown = |label: &&SmolStr| !known.contains(*label);
    report.unknown_labels = report.labels.keys().filter(unknown).cloned().collect();
    Ok(())
}
