//! Words for what happened, for the status line and the undo menu.

use crate::model::{Annotation, Document, Schema, Target};
use crate::text::SourceText;
use crate::text::wording::{count, count_as, join_and};

use super::draft::Draft;

/// Longest name of a mention in a message, in characters.
const LONGEST: usize = 40;

/// What the label is called within a sentence: `quote`.
pub(super) fn label_word(schema: &Schema, label: &str) -> String {
    schema
        .label(label)
        .map_or_else(|| label.to_owned(), |kind| kind.name.to_lowercase())
}

/// "1 quote", "2 quotes and 1 claim": how many tags of which labels. Empty for none.
pub(super) fn count_tags(schema: &Schema, labels: &[impl AsRef<str>]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for kind in schema.labels() {
        let number = labels
            .iter()
            .filter(|label| label.as_ref() == kind.key)
            .count();
        if number > 0 {
            let (one, many) = (kind.name.to_lowercase(), kind.plural.to_lowercase());
            parts.push(count_as(number, &one, &many));
        }
    }
    let unknown = labels
        .iter()
        .filter(|label| schema.label(label.as_ref()).is_none())
        .count();
    if unknown > 0 {
        parts.push(count(unknown, "other tag"));
    }
    join_and(&parts)
}

/// "; 2 quotes have no speaker yet", or nothing.
pub(super) fn undecided(schema: &Schema, labels: &[impl AsRef<str>]) -> String {
    match labels.len() {
        0 => String::new(),
        1 => format!("; {} has no speaker yet", count_tags(schema, labels)),
        _ => format!("; {} have no speaker yet", count_tags(schema, labels)),
    }
}

/// The words a tag covers, its fragments joined by a space, white space made single.
pub(super) fn words_of(source: &SourceText, tag: &Annotation) -> String {
    let texts = tag.fragments.texts(source);
    let words: Vec<&str> = texts.flat_map(str::split_whitespace).collect();
    words.join(" ")
}

/// A tag, for a message: its label and words.
#[must_use]
pub fn tag_words(document: &Document, schema: &Schema, tag: &Annotation) -> String {
    let words = words_of(document.source(), tag);
    format!("{} {}", label_word(schema, &tag.label), shortened(&words))
}

/// The name of a target, for a message.
pub(super) fn target_words(draft: &Draft<'_>, to: &Target) -> String {
    let named = |id| draft.person(id).map(|person| person.name.clone());
    let words = match to {
        Target::NotGiven => return "no speaker given".to_owned(),
        Target::Person(id) => named(id).unwrap_or_default(),
        Target::Annotation(id) => match draft.annotation(id) {
            None => String::new(),
            Some(tag) => tag
                .person
                .as_ref()
                .and_then(named)
                .unwrap_or_else(|| words_of(draft.ctx.document.source(), tag)),
        },
    };
    shortened(&words)
}

pub(super) fn shortened(words: &str) -> String {
    if words.chars().count() <= LONGEST {
        return words.to_owned();
    }
    let mut short: String = words.chars().take(LONGEST).collect();
    short.push('…');
    short
}
