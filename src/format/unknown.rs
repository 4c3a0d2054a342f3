use crate::model::Document;

/// How many records have fields, or are themselves, of a version we do not know.
pub(super) fn unknown_count(document: &Document) -> usize {
    let set = &document.set;
    let in_annotations = set.annotations().filter(|a| !a.unknown.is_empty()).count();
    let in_links = set.links().filter(|link| !link.unknown.is_empty()).count();
    let in_people = set.people().filter(|p| !p.unknown.is_empty()).count();
    let in_header = usize::from(!document.meta.unknown.is_empty());
    document.unread.len() + in_annotations + in_links + in_people + in_header
}
