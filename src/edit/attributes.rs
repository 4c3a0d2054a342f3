//! Attributes of a new tag, and how they follow its words.

use smol_str::SmolStr;

use super::wording::{label_word, words_of};
use super::{Context, Refusal};
use crate::model::{Annotation, AttributeKind, Fragments, Schema, Verdict};
use crate::suggest::{mention_kind, quote_form};
use crate::text::SourceText;

/// The attribute of a quote that says whether it is direct speech.
const FORM: &str = "form";
/// The attribute of a speaker that says how it is named.
pub(super) const MENTION: &str = "mention";

/// The value of an attribute that the words of a tag suggest, if the schema has it.
fn derived(
    source: &SourceText,
    schema: &Schema,
    tag: &Annotation,
    kind: &AttributeKind,
) -> Option<SmolStr> {
    let value = match kind.name.as_str() {
        FORM if schema.speaks(&tag.label) => quote_form(source, tag.fragments.as_slice()),
        MENTION if schema.mentions(&tag.label) => mention_kind(&words_of(source, tag)).value(),
        _ => return None,
    };
    kind.values.iter().find(|known| *known == value).cloned()
}

/// [`fill_attributes`] of a tag of this document.
pub(super) fn fill(ctx: &Context<'_>, tag: &mut Annotation) {
    fill_attributes(ctx.document.source(), ctx.schema, tag);
}

/// Sets unset attributes: from the words of the tag, else the schema's default.
pub fn fill_attributes(source: &SourceText, schema: &Schema, tag: &mut Annotation) {
    for kind in schema.attributes_of(&tag.label.clone()) {
        if tag.attribute(&kind.name).is_none() {
            let value = derived(source, schema, tag, kind).or_else(|| kind.default.clone());
            tag.set_attribute(&kind.name, value);
        }
    }
}

/// Sets an attribute of a tag to one of the values that the schema gives, or clears it. Returns what was done, in
/// words.
///
/// # Errors
/// [`Refusal`] where the schema lacks the attribute or the value, or the tag has it already.
pub(super) fn set(
    schema: &Schema,
    tag: &mut Annotation,
    name: &str,
    value: Option<SmolStr>,
) -> Result<String, Refusal> {
    if let Some(value) = &value {
        let label = label_word(schema, &tag.label);
        let mut kinds = schema.attributes_of(&tag.label);
        let kind = kinds.find(|kind| kind.name == name).ok_or_else(|| {
            Refusal::new(format!(
                "the schema has no attribute `{name}` for a {label}"
            ))
        })?;
        if !kind.values.is_empty() && !kind.values.contains(value) {
            let values: Vec<String> = kind.values.iter().map(ToString::to_string).collect();
            return Err(Refusal::new(format!(
                "`{value}` is not a value of `{name}`; choose {}",
                values.join(", ")
            )));
        }
    }
    let (words, refusal) = match &value {
        Some(value) => (
            format!("set {name} to {value}"),
            format!("{name} is already {value}"),
        ),
        None => (format!("cleared “{name}”"), format!("{name} is not set")),
    };
    if tag.attribute(name) == value.as_ref() {
        return Err(Refusal::new(refusal));
    }
    tag.set_attribute(name, value);
    Ok(words)
}

/// Moves a tag to other fragments. Attributes derived from the old words are derived again, ones a
/// person set stay. A suggestion becomes a corrected one.
pub(super) fn move_to(ctx: &Context<'_>, tag: &mut Annotation, fragments: Fragments) {
    if tag.fragments == fragments {
        return;
    }
    let (source, schema) = (ctx.document.source(), ctx.schema);
    let follows = |kind: &&AttributeKind| {
        let value = derived(source, schema, tag, kind);
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
        if let Some(value) = derived(source, schema, &moved, kind) {
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
        tag.take(Verdict::Corrected);
    }
}
