//! Links of what was read whose ends are not there: no format may hand one over.

use super::ImportedDocument;
use super::left_out::LeftOut;
use super::tally::{Content, Counts};
use crate::model::{AnnotationSet, Link, Target};

/// The document without links from or to a tag or person that it does not have, which are told.
pub(super) fn without_loose_links(
    mut read: ImportedDocument,
    left_out: &mut LeftOut,
) -> ImportedDocument {
    let set = read.document.set();
    let loose = set.links().filter_map(|link| {
        let end = missing_end(link, set)?;
        Some((link.clone(), end))
    });
    let loose: Vec<(Link, String)> = loose.collect();
    if loose.is_empty() {
        return read;
    }
    let mut parts = read.document.into_parts();
    for (link, end) in loose {
        let why = "links from or to what is not in the document are left out";
        let example = format!(
            "`{}`, from `{}`, as there is no {end}",
            link.role, link.from
        );
        let mut counts = Counts::of(Content::Link, 1);
        counts.add(Content::Attribute, link.attributes.len());
        counts.add(Content::Note, usize::from(!link.note.is_empty()));
        let said = said(&link);
        left_out
            .skip_counted(read.line, why, example + &said)
            .extend(counts);
        parts.set.remove_link(&link.id);
    }
    read.document = parts.into();
    read
}

/// The end of a link that is not there, in words.
pub(super) fn missing_end(link: &Link, set: &AnnotationSet) -> Option<String> {
    if set.annotation(&link.from).is_none() {
        return Some(format!("tag `{}`", link.from));
    }
    match &link.to {
        Target::Annotation(id) => set.annotation(id).is_none().then(|| format!("tag `{id}`")),
        Target::Person(id) => set.person(id).is_none().then(|| format!("person `{id}`")),
        Target::NotGiven => None,
    }
}

/// What a link says besides its role and ends.
fn said(link: &Link) -> String {
    let attributes = link.attributes.iter();
    let attributes = attributes.map(|known| format!(", {}: “{}”", known.name, known.value));
    let mut said: String = attributes.collect();
    if !link.note.is_empty() {
        said += &format!(", note: “{}”", link.note);
    }
    said
}

#[cfg(test)]
mod tests {
    use crate::format::testing::{example, read_back, written};
    use crate::format::{ALL, Given, NamedDocument};
    use crate::model::{AnnotationId, Link, LinkId, Origin, Target};

    #[test]
    fn no_format_hands_over_a_link_without_ends() {
        for format in ALL
            .iter()
            .filter(|format| format.info().reads && format.info().writes)
        {
            let name = format.info().name;
            let NamedDocument { id, document } = example().remove(0);
            let mut parts = document.into_parts();
            let from = parts.set.annotations().next().unwrap().id.clone();
            let gone = AnnotationId::new("GONE");
            for (id, from, to) in [("to", from.clone(), gone.clone()), ("from", gone, from)] {
                let origin = Origin::Annotator("maria".into());
                let to = Target::Annotation(to);
                parts
                    .set
                    .insert_link(Link::new(LinkId::new(id), "addressee", from, to, origin));
            }
            let document = parts.into();
            let (files, _) = written(*format, vec![NamedDocument { id, document }]);
            let read = read_back(*format, &files);
            let documents_read = read.documents.len();
            let mut given = Given::default();
            let documents = read.documents.clone().into_iter();
            for read in documents.map(|read| given.take(read)).collect::<Vec<_>>() {
                let set = read.document.set();
                for link in set.links() {
                    assert_eq!(super::missing_end(link, set), None, "{name}");
                }
            }
            let mut imported = read;
            given.check(&mut imported);
            let in_file = files
                .0
                .iter()
                .any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("GONE"));
            let told = imported
                .skipped
                .iter()
                .any(|told| told.message.contains("GONE"));
            let refused = documents_read == 0;
            assert!(
                told || refused || !in_file,
                "{name}: {:?}",
                imported.skipped
            );
        }
    }
}
