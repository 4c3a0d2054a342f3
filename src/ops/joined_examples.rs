//! Examples of guidelines as one text.

use crate::model::{Annotation, AnnotationId, Document, Fragments, Link, LinkId, Target};
use crate::text::{SourceText, TextSize};

/// Several tagged texts as one, a blank line between them.
pub(super) fn joined(blocks: &[&Document]) -> Option<Document> {
    let texts: Vec<&str> = blocks.iter().map(|block| block.source().as_str()).collect();
    if texts.is_empty() {
        return None;
    }
    let source = SourceText::new(texts.join("\n\n") + "\n", "UTF-8").ok()?;
    let mut parts = Document::new(source).into_parts();
    let mut start = TextSize::new(0);
    for (n, block) in blocks.iter().enumerate() {
        let id = |id: &AnnotationId| AnnotationId::new(smol_str::format_smolstr!("{n}-{id}"));
        let set = block.set();
        for person in set.people() {
            parts.set.insert_person(person.clone());
        }
        for tag in set.annotations() {
            let ranges = tag.fragments.iter().map(|range| range + start).collect();
            parts.set.insert_annotation(Annotation {
                id: id(&tag.id),
                fragments: Fragments::new(ranges).ok()?,
                ..tag.clone()
            });
        }
        for link in set.links() {
            let to = match &link.to {
                Target::Annotation(to) => Target::Annotation(id(to)),
                to @ (Target::Person(_) | Target::NotGiven) => to.clone(),
            };
            parts.set.insert_link(Link {
                id: LinkId::new(smol_str::format_smolstr!("{n}-{}", link.id)),
                from: id(&link.from),
                to,
                ..link.clone()
            });
        }
        start += block.source().len() + TextSize::new(2);
    }
    Some(parts.into())
}
