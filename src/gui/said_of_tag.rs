//! What an annotator says with a tag, in words.

use crate::model::{Annotation, Document, Fragments, Schema, Target};
use crate::text::{SourceText, TextRange};

/// As many characters of a tag are shown.
const EXCERPT: usize = 160;

/// What is said with a tag, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SaidOfTag {
    /// Its label.
    pub(crate) label: String,
    /// Its words, shortened at their end.
    words: String,
    /// The first and the last of its words, where they are many.
    pub(crate) edges: String,
    /// Who said it, or whom it names; `None`: that is not asked.
    pub(crate) speaker: Option<String>,
    /// Its attributes, by name and value.
    pub(crate) attributes: Vec<(String, String)>,
}

impl SaidOfTag {
    pub(crate) fn new(schema: &Schema, document: &Document, tag: &Annotation) -> Self {
        let label = schema.label(&tag.label);
        let label = label.map_or(tag.label.as_str(), |label| label.name.as_str());
        let (words, more) = tag.fragments.excerpt(document.source(), EXCERPT);
        let more = if more { "…" } else { "" };
        let speaker = schema.speaker_role(&tag.label).map(|role| {
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
            match speakers.as_slice() {
                [] => "no speaker yet".to_owned(),
                all => format!("said by {}", all.join(", ")),
            }
        });
        let person = tag.person.as_ref();
        let person = person.and_then(|id| document.set().person(id));
        let named = person.filter(|_| schema.mentions(&tag.label));
        let named = named.map(|person| format!("names {}", person.name));
        let both = [speaker, named].into_iter().flatten();
        let both: Vec<String> = both.collect();
        let all = tag.attributes.iter();
        let all = all.map(|one| (one.name.to_string(), one.value.to_string()));
        Self {
            label: label.to_owned(),
            words: format!("{}{more}", in_one_line(&words)),
            edges: edges(document.source(), &tag.fragments),
            speaker: (!both.is_empty()).then(|| both.join(", ")),
            attributes: all.collect(),
        }
    }
}

/// Label and words; then the speaker, the person and the attributes, where they are set.
pub(crate) fn said_of_tag(schema: &Schema, document: &Document, tag: &Annotation) -> Vec<String> {
    let said = SaidOfTag::new(schema, document, tag);
    let first = format!("{}: {}", said.label, said.words);
    let all = said.attributes.iter();
    let all: Vec<String> = all
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let attributes = (!all.is_empty()).then(|| all.join(", "));
    let more = [said.speaker, attributes].into_iter().flatten();
    std::iter::once(first).chain(more).collect()
}

fn in_one_line(words: &str) -> String {
    words.replace(['\n', '\r', '\t'], " ")
}

/// As many characters of each end of many words are shown.
const END: usize = 26;

/// "The first words … and the last ones."
fn edges(source: &SourceText, fragments: &Fragments) -> String {
    let (all, more) = fragments.excerpt(source, END * 2 + 3);
    let all = in_one_line(&all);
    if !more {
        return all;
    }
    let first: String = all.chars().take(END).collect();
    let last = in_one_line(&fragments.end_excerpt(source, END));
    // Whole words, where there are some.
    let first = first.rsplit_once(' ').map_or(&*first, |(whole, _)| whole);
    let last = last.split_once(' ').map_or(&*last, |(_, whole)| whole);
    format!("{} … {}", first.trim_end(), last.trim_start())
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
    format!("{}{more}", in_one_line(short))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(words: &str) -> String {
        let source = SourceText::new(words, "UTF-8").unwrap();
        let whole = Fragments::try_from(source.full_range()).unwrap();
        super::edges(&source, &whole)
    }

    #[test]
    fn many_words_are_shown_by_their_ends() {
        assert_eq!(edges("He\nknew."), "He knew.");
        let long = format!(
            "The first of {} the last.",
            "very many words and ".repeat(9)
        );
        let short = edges(&long);
        assert!(
            short.starts_with("The first of very many") && short.ends_with("the last."),
            "{short}"
        );
        assert!(
            short.contains(" … ") && short.chars().count() <= 55,
            "{short}"
        );
    }
}
