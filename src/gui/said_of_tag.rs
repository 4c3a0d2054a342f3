//! What an annotator says with a tag, in words.

use crate::model::{Annotation, Document, Schema, Target};
use crate::text::{SourceText, TextRange};

/// As many characters of a tag are shown.
const EXCERPT: usize = 160;

/// Label and words; then the speaker, the person and the attributes, where they are set.
pub(crate) fn said_of_tag(schema: &Schema, document: &Document, tag: &Annotation) -> Vec<String> {
    let label = schema.label(&tag.label);
    let label = label.map_or(tag.label.as_str(), |label| label.name.as_str());
    let (words, more) = tag.fragments.excerpt(document.source(), EXCERPT);
    let more = if more { "…" } else { "" };
    let words = words.replace(['\n', '\r', '\t'], " ");
    let mut said = vec![format!("{label}: {words}{more}")];
    if let Some(role) = schema.speaker_role(&tag.label) {
        let links = document.set().links_from(&tag.id);
        let links = links.filter(|link| link.role == role.key);
        let speakers: Vec<String> = links
            .map(|link| {
                let name = speaker(document, &link.to);
                let unsure = if link.confirmed {
                    ""
                } else {
                    " (not confirmed)"
                };
                format!("{name}{unsure}")
            })
            .collect();
        said.push(match speakers.as_slice() {
            [] => "no speaker yet".to_owned(),
            all => format!("said by {}", all.join(", ")),
        });
    }
    let person = tag.person.as_ref();
    let person = person.and_then(|id| document.set().person(id));
    if let Some(person) = person.filter(|_| schema.mentions(&tag.label)) {
        said.push(format!("names {}", person.name));
    }
    if !tag.attributes.is_empty() {
        let all = tag.attributes.iter();
        let all: Vec<String> = all
            .map(|one| format!("{}: {}", one.name, one.value))
            .collect();
        said.push(all.join(", "));
    }
    said
}

/// Who a link leads to: the person, and the words where they are others.
pub(crate) fn speaker(document: &Document, to: &Target) -> String {
    let set = document.set();
    let person = set.person_behind(to).map(|person| person.name.as_str());
    match to {
        Target::NotGiven => "nobody named".to_owned(),
        Target::Person(_) => person.unwrap_or("someone unknown").to_owned(),
        Target::Annotation(id) => {
            let words = set.annotation(id);
            let words = words.map(|tag| tag.fragments.text(document.source()));
            match (person, words) {
                (Some(person), Some(words)) if person != words => format!("{person} (“{words}”)"),
                (Some(person), _) => person.to_owned(),
                (None, Some(words)) => words,
                (None, None) => "a tag that is gone".to_owned(),
            }
        }
    }
}

/// The words of a range in one line, shortened.
pub(crate) fn excerpt(source: &SourceText, range: TextRange) -> String {
    let words = source.slice(range);
    let end = words.char_indices().nth(EXCERPT).map(|(end, _)| end);
    let short = words.get(..end.unwrap_or(words.len())).unwrap_or_default();
    let more = if end.is_some() { "…" } else { "" };
    format!("{}{more}", short.replace(['\n', '\r', '\t'], " "))
}
