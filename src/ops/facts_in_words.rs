//! What is known about an article, for a person.

use crate::model::{ArticleFacts, fact_name};

/// All that is known: `headline “Bread rises”, date “2010”`.
pub(super) fn facts_in_words(facts: &ArticleFacts) -> String {
    let single = facts.texts().into_iter();
    let fields = facts.fields.iter();
    let fields = fields.map(|(name, value)| (name.as_str(), value));
    let named = single.chain(fields).filter(|(_, value)| !value.is_empty());
    let named = named.map(|(name, value)| format!("{} “{value}”", fact_name(name)));
    let labels = facts.labels.iter().map(|label| format!("label “{label}”"));
    let notes = facts.notes.iter();
    let notes = notes.map(|note| format!("note “{}”", note.text));
    let conflicts = facts.conflicts.iter();
    let conflicts = conflicts.map(|other| format!("second {} {}", other.fact, other.theirs));
    let unknown = facts.unknown.iter();
    let unknown = unknown.map(|field| format!("{} {}", field.name, field.raw));
    let all = named.chain(labels).chain(notes).chain(conflicts);
    all.chain(unknown).collect::<Vec<_>>().join(", ")
}
