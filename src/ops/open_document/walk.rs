//! Going from tag to tag: by position, outward and inward.

use super::Listed;
use crate::edit::Refusal;
use crate::model::{Annotation, Document, Selection};
use crate::ops::TagFilter;
use crate::text::TextSize;

/// The next of the listed tags after where the person is, or the one before.
pub(super) fn neighbour<'a>(
    listed: Listed<'a>,
    selection: &Selection,
    filter: &TagFilter,
    forward: bool,
) -> Result<&'a Annotation, Refusal> {
    let current = selection.tag.as_ref();
    let place = current.and_then(|id| listed.annotation(id)).map_or_else(
        || (selection.head, TextSize::new(0), "".into()),
        Annotation::place,
    );
    listed.next_to(&place, forward).ok_or_else(|| {
        let way = if forward { "after" } else { "before" };
        let which = if filter.is_all() { "tag" } else { "such tag" };
        Refusal::new(format!("there is no {which} {way} this place"))
    })
}

/// The next larger (`outward`) or smaller tag at the caret.
pub(super) fn nested<'a>(
    document: &'a Document,
    selection: &Selection,
    outward: bool,
) -> Result<&'a Annotation, Refusal> {
    let tags = document.set.at(selection.head);
    let current = selection
        .tag
        .as_ref()
        .and_then(|id| tags.iter().position(|tag| tag.id == *id));
    let wanted = match (current, outward) {
        (None, true) => Some(0),
        (None, false) => tags.len().checked_sub(1),
        (Some(at), true) => Some(at + 1),
        (Some(at), false) => at.checked_sub(1),
    };
    wanted
        .and_then(|at| tags.get(at).copied())
        .ok_or_else(|| match (tags.is_empty(), outward) {
            (true, _) => Refusal::new("there is no tag at the caret"),
            (false, true) => Refusal::new("this is the outermost tag at the caret"),
            (false, false) => Refusal::new("this is the innermost tag at the caret"),
        })
}
