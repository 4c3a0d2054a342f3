use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::row::{LinkRow, PersonRow, Row, Span};
use super::to_row::state_word;
use crate::format::ImportedDocument;
use crate::format::derived_id::derived_id;
use crate::model::{
    Annotation, AnnotationId, Document, DocumentState, Fragments, Link, LinkId, Origin, Person,
    PersonId, PersonKind, Review, Target, Verdict,
};
use crate::text::{SourceText, TextRange};

/// The document of a row, or everything that is wrong with it. What does not say who made it was
/// made by an import from `format`.
pub(in crate::format) fn document(
    row: Row,
    format: &'static str,
    file: &str,
    line: usize,
) -> Result<ImportedDocument, Vec<String>> {
    let id = if row.id.is_empty() {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        format!("{stem}-{line}")
    } else {
        row.id
    };
    let source = SourceText::new(row.text, "UTF-8").map_err(|error| vec![error.to_string()])?;
    let mut document = Document::new(source);
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    let mut unique = |kind: &'static str, id: &str| {
        let new = used.insert((kind, id.to_owned()));
        new.then_some(())
            .ok_or_else(|| format!("the {kind} `{id}` stands twice; give one of them another id"))
    };

    for (n, record) in row.people.into_iter().enumerate() {
        match person(record, &id, n).and_then(|p| unique("person", p.id.as_str()).map(|()| p)) {
            Ok(person) => drop(document.set.put_person(person)),
            Err(message) => wrong.push(message),
        }
    }
    for (n, record) in row.spans.into_iter().enumerate() {
        let read = annotation(record, format, &document.source, &id, n);
        match read.and_then(|a| unique("span", a.id.as_str()).map(|()| a)) {
            Ok(annotation) => drop(document.set.put_annotation(annotation)),
            Err(message) => wrong.push(message),
        }
    }
    for (n, record) in row.links.into_iter().enumerate() {
        match link(record, format, &id, n).and_then(|l| unique("link", l.id.as_str()).map(|()| l)) {
            Ok(link) => drop(document.set.put_link(link)),
            Err(message) => wrong.push(message),
        }
    }
    document.meta.annotator = (!row.annotator.is_empty()).then(|| row.annotator.into());
    match state(&row.state, document.set.annotation_count() > 0) {
        Ok(state) => document.meta.state = state,
        Err(message) => wrong.push(message),
    }
    if wrong.is_empty() {
        Ok(ImportedDocument { line, id, document })
    } else {
        Err(wrong)
    }
}

fn annotation(
    span: Span,
    format: &'static str,
    source: &SourceText,
    document: &str,
    n: usize,
) -> Result<Annotation, String> {
    let id = match span.id.as_str() {
        "" => derived_id(&[document, "span", &n.to_string(), &span.label]),
        id => id.into(),
    };
    let fragments =
        fragments(&span, source).map_err(|message| format!("the span `{id}`: {message}"))?;
    let origin = origin(span.by, format);
    let verdict = one_of(&span.verdict, &Verdict::ALL, Verdict::word, "a verdict")?;
    let mut annotation = Annotation {
        person: (!span.person.is_empty()).then(|| PersonId::new(span.person)),
        verdict: verdict.unwrap_or_default(),
        review: one_of(&span.review, &Review::ALL, Review::word, "a review state")?
            .unwrap_or_default(),
        note: span.note,
        ..Annotation::new(AnnotationId::new(id), span.label, fragments, origin)
    };
    for attribute in span.attributes {
        if annotation.attribute(&attribute.key).is_some() {
            return Err(format!(
                "the span `{}` has the attribute `{}` twice; take one out",
                annotation.id, attribute.key
            ));
        }
        annotation.set_attribute(&attribute.key, Some(attribute.value.into()));
    }
    Ok(annotation)
}

fn fragments(span: &Span, source: &SourceText) -> Result<Fragments, String> {
    let hull = span.start.zip(span.end);
    let ends = span.fragments.first().zip(span.fragments.last());
    let places = match (hull, ends) {
        (Some((start, end)), None) => vec![[start, end]],
        (Some((start, end)), Some((first, last))) if [start, end] != [first[0], last[1]] => {
            return Err(format!(
                "it goes from {start} to {end}, its fragments from {} to {}",
                first[0], last[1]
            ));
        }
        (None, None) => return Err("it has no place: give start and end, or fragments".to_owned()),
        (_, Some(_)) => span.fragments.clone(),
    };
    let byte = |chars: u32| {
        source.byte_of_char(chars).ok_or_else(|| {
            let length = source.chars();
            format!("{chars} lies outside the text, which has {length} characters")
        })
    };
    let mut ranges = Vec::with_capacity(places.len());
    for [start, end] in places {
        if start >= end {
            return Err(format!("{start} to {end} covers nothing"));
        }
        ranges.push(TextRange::new(byte(start)?, byte(end)?));
    }
    Fragments::new(ranges).map_err(|error| error.to_string())
}

fn link(row: LinkRow, format: &'static str, document: &str, n: usize) -> Result<Link, String> {
    let id = match row.id.as_str() {
        "" => derived_id(&[document, "link", &n.to_string(), &row.role]),
        id => id.into(),
    };
    let to = match (row.to_kind.as_str(), row.to.as_str()) {
        ("not_given", "") | ("", "") => Target::NotGiven,
        ("person", person) => Target::Person(person.into()),
        ("annotation" | "", tag) => Target::Annotation(tag.into()),
        ("not_given", _) => {
            return Err(format!(
                "the link `{id}` is not_given and yet leads to `{}`",
                row.to
            ));
        }
        (kind, _) => {
            return Err(format!(
                "the link `{id}`: `{kind}` is not a kind of target; use annotation, person or not_given"
            ));
        }
    };
    Ok(Link {
        confirmed: row.confirmed.unwrap_or(true),
        ..Link::new(
            LinkId::new(id),
            row.role,
            AnnotationId::new(row.from),
            to,
            origin(row.by, format),
        )
    })
}

fn person(row: PersonRow, document: &str, n: usize) -> Result<Person, String> {
    let id = match row.id.as_str() {
        "" => derived_id(&[document, "person", &n.to_string(), &row.name]),
        id => id.into(),
    };
    let kind = one_of(
        &row.kind,
        &PersonKind::ALL,
        PersonKind::word,
        "a kind of person",
    )?;
    Ok(Person {
        kind: kind.unwrap_or_default(),
        aliases: row.aliases,
        role: row.role,
        external_id: row.external_id,
        ..Person::new(PersonId::new(id), row.name)
    })
}

fn origin(by: Option<String>, format: &'static str) -> Origin {
    let Some(by) = by else {
        return Origin::Import(format.into());
    };
    match by.split_once(':') {
        Some(("suggester", name)) => Origin::Suggester(name.into()),
        Some(("import", name)) => Origin::Import(name.into()),
        Some(("annotator", name)) => Origin::Annotator(name.into()),
        _ => Origin::Annotator(SmolStr::new(by)),
    }
}

fn state(word: &str, tagged: bool) -> Result<DocumentState, String> {
    let state = one_of(word, &DocumentState::ALL, state_word, "a state")?;
    Ok(state.unwrap_or(if tagged {
        DocumentState::InProgress
    } else {
        DocumentState::New
    }))
}

/// The value of a word; `None` for no word.
fn one_of<T: Copy>(
    word: &str,
    all: &[T],
    word_of: impl Fn(T) -> &'static str,
    what: &str,
) -> Result<Option<T>, String> {
    if word.is_empty() {
        return Ok(None);
    }
    let found = all.iter().copied().find(|&value| word_of(value) == word);
    found.map(Some).ok_or_else(|| {
        let known: Vec<_> = all.iter().map(|&value| word_of(value)).collect();
        format!("`{word}` is not {what}; use {}", known.join(", "))
    })
}
