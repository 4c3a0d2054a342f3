//! Attributes of a new tag, and how they follow its words.

use smol_str::SmolStr;

use super::Context;
use super::wording::words_of;
use crate::model::{Annotation, AttributeKind, Fragments, Verdict};
use crate::suggest::{mention_kind, quote_form};

/// The attribute of a quote that says whether it is direct speech.
const FORM: &str = "form";
/// The attribute of a speaker that says how it is named.
pub(super) const MENTION: &str = "mention";

/// The value of an attribute that the words of a tag suggest, if the schema has it.
fn derived(ctx: &Context<'_>, tag: &Annotation, kind: &AttributeKind) -> Option<SmolStr> {
    let source = ctx.document.source();
    let value = match kind.name.as_str() {
        FORM if ctx.schema.speaks(&tag.label) => quote_form(source, tag.fragments.as_slice()),
        MENTION if ctx.schema.mentions(&tag.label) => mention_kind(&words_of(source, tag)).value(),
        _ => return None,
    };
    kind.values.iter().find(|known| *known == value).cloned()
}

/// Sets unset attributes: from the words, else the schema's default.
pub(super) fn fill(ctx: &Context<'_>, tag: &mut Annotation) {
    for kind in ctx.schema.attributes_of(&tag.label.clone()) {
        if tag.attribute(&kind.name).is_none() {
            let value = derived(ctx, tag, kind).or_else(|| kind.default.clone());
            tag.set_attribute(&kind.name, value);
        }
    }
}

/// Moves a tag to other fragments. Attributes derived from the old words are derived again, ones a
/// person set stay. A suggestion becomes a corrected one.
pub(super) fn move_to(ctx: &Context<'_>, tag: &mut Annotation, fragments: Fragments) {
    if tag.fragments == fragments {
        return;
    }
    let follows = |kind: &&AttributeKind| {
        let value = derived(ctx, tag, kind);
        value.is_some_and(|value| tag.attribute(&kind.name) == Some(&value))
    };
    let followers: Vec<&AttributeKind> = ctx
        .schema
        .attributes_of(&tag.label)
        .filter(follows)
        .collect();
    let mut moved = tag.clone();
    moved.fragments = fragments;
    for kind in followers {
        if let Some(value) = derived(ctx, &moved, kind) {
            moved.set_attribute(&kind.name, Some(value));
        }
    }
    *tag = moved;
    // Moving an edge counts as checking it.
    tag.former_words.clear();
    correct(tag);
}

/// Notes that a person changed a suggestion: it is one no longer.
pub(super) fn correct(tag: &mut Annotation) {
    if matches!(tag.origin, crate::model::Origin::Suggester(_)) || tag.is_open_suggestion() {
        tag.verdict = Verdict::Corrected;
    }
}
