use super::Writer;
use crate::model::{Annotation, Document};

/// A tag and the links that start at it, a record a line, as a judgement about it means them: without who made,
/// changed or decided on them and when, and without what its own annotator decided about it.
pub(in crate::format::sidecar) fn judged_text(document: &Document, tag: &Annotation) -> String {
    let mut writer = Writer {
        out: String::with_capacity(512),
        annotator: smol_str::SmolStr::default(),
        judged: true,
        put: None,
    };
    writer.out.push('(');
    writer.placed(document.source(), tag);
    writer.out.push(')');
    for link in document.set().links_from(&tag.id) {
        writer.out.push_str("\n(");
        writer.link(link);
        writer.out.push(')');
    }
    writer.out
}
