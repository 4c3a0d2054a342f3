use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::Draining;
use super::from_document::state_word;
use super::record::{DocumentRecord, LinkRecord, PersonRecord, SpanRecord};
use crate::format::ImportedDocument;
use crate::format::counting::{Counting, Places, UnitHint};
use crate::format::derived_id::derived_id;
use crate::model::{
    Annotation, AnnotationId, Attribute, DocumentParts, DocumentState, Fragments, Link, LinkId,
    Origin, Person, PersonId, PersonKind, Review, Target, Verdict,
};
use crate::text::wording::from_word;
use crate::text::{SourceText, TextRange};

impl DocumentRecord {
    /// With offsets in code points, where they count something else. What is outside stays so.
    pub(in crate::format) fn counted(mut self, unit: UnitHint) -> Self {
        if unit.counting() == Counting::CODE_POINTS {
            return self;
        }
        let places = Places::new(&self.text, unit.counting());
        let outside = u32::try_from(self.text.len()).unwrap_or(u32::MAX - 1) + 1;
        let convert = |offset: &mut u32| *offset = places.start(*offset).unwrap_or(outside);
        for span in &mut self.spans {
            span.start.iter_mut().for_each(convert);
            span.end.iter_mut().for_each(convert);
            span.fragments.iter_mut().flatten().for_each(convert);
        }
        self
    }

    /// The document, or everything that is wrong with it. `file` and `line` (from 1) are where it
    /// was. What has no author was made by an import from `format`.
    ///
    /// # Errors
    /// A message for each record that cannot be read.
    pub(in crate::format) fn into_document(
        self,
        format: &'static str,
        file: &str,
        line: usize,
    ) -> Result<ImportedDocument, Vec<String>> {
        let id = if self.id.is_empty() {
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            format!("{stem}-{line}")
        } else {
            self.id
        };
        let source =
            SourceText::new(self.text, "UTF-8").map_err(|error| vec![error.to_string()])?;
        let mut document = DocumentParts::new(source);
        let mut wrong = Vec::new();
        let twice =
            |kind: &str, id: &str| format!("the {kind} `{id}` is there twice; give one another id");
        let set = &mut document.set;
        for (n, record) in Draining::new(self.people).enumerate() {
            match person(record, &id, n) {
                Ok(new) if set.person(&new.id).is_some() => {
                    wrong.push(twice("person", new.id.as_str()));
                }
                Ok(new) => drop(set.insert_person(new)),
                Err(message) => wrong.push(message),
            }
        }
        for (n, record) in Draining::new(self.spans).enumerate() {
            match annotation(record, format, &document.source, &id, n) {
                Ok(new) if set.annotation(&new.id).is_some() => {
                    wrong.push(twice("span", new.id.as_str()));
                }
                Ok(new) => drop(set.insert_annotation(new)),
                Err(message) => wrong.push(message),
            }
        }
        for (n, record) in Draining::new(self.links).enumerate() {
            match link(record, format, &id, n) {
                Ok(new) if set.link(&new.id).is_some() => {
                    wrong.push(twice("link", new.id.as_str()));
                }
                Ok(new) => drop(set.insert_link(new)),
                Err(message) => wrong.push(message),
            }
        }
        document.meta.annotator = (!self.annotator.is_empty()).then(|| self.annotator.into());
        match state(&self.state, document.set.annotation_count() > 0) {
            Ok(state) => document.meta.state = state,
            Err(message) => wrong.push(message),
        }
        if wrong.is_empty() {
            let document = document.into();
            Ok(ImportedDocument { line, id, document })
        } else {
            Err(wrong)
        }
    }
}

fn annotation(
    span: SpanRecord,
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
    let attributes = span.attributes.into_iter().map(|attribute| Attribute {
        name: attribute.key.into(),
        value: attribute.value.into(),
    });
    annotation.attributes = attributes.collect();
    annotation.attributes.sort_by(|a, b| a.name.cmp(&b.name));
    let mut pairs = annotation.attributes.windows(2);
    if let Some([twice, _]) = pairs.find(|pair| matches!(pair, [a, b] if a.name == b.name)) {
        return Err(format!(
            "the span `{}` has the attribute `{}` twice; remove one",
            annotation.id, twice.name
        ));
    }
    Ok(annotation)
}

fn fragments(span: &SpanRecord, source: &SourceText) -> Result<Fragments, String> {
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
        (None, None) => {
            return Err("it has no position; give start and end, or fragments".to_owned());
        }
        (_, Some(_)) => span.fragments.clone(),
    };
    let byte = |chars: u32| {
        source.byte_of_char(chars).ok_or_else(|| {
            let length = source.chars();
            format!("{chars} is outside the text, which has {length} characters")
        })
    };
    let mut ranges = Vec::with_capacity(places.len());
    for [start, end] in places {
        if start >= end {
            return Err(format!("{start} to {end} is empty"));
        }
        ranges.push(TextRange::new(byte(start)?, byte(end)?));
    }
    Fragments::new(ranges).map_err(|error| error.to_string())
}

fn link(
    record: LinkRecord,
    format: &'static str,
    document: &str,
    n: usize,
) -> Result<Link, String> {
    let id = match record.id.as_str() {
        "" => derived_id(&[document, "link", &n.to_string(), &record.role]),
        id => id.into(),
    };
    let to = match (record.to_kind.as_str(), record.to.as_str()) {
        ("not_given", "") | ("", "") => Target::NotGiven,
        ("person", person) => Target::Person(person.into()),
        ("annotation" | "", tag) => Target::Annotation(tag.into()),
        ("not_given", _) => {
            return Err(format!(
                "the link `{id}` is not_given but has the target `{}`",
                record.to
            ));
        }
        (kind, _) => {
            return Err(format!(
                "the link `{id}`: `{kind}` is not a kind of target; use annotation, person or not_given"
            ));
        }
    };
    let attributes = record.attributes.into_iter().map(|attribute| Attribute {
        name: attribute.key.into(),
        value: attribute.value.into(),
    });
    let mut attributes: Vec<Attribute> = attributes.collect();
    attributes.sort_by(|a, b| a.name.cmp(&b.name));
    let mut names = BTreeSet::new();
    if let Some(twice) = attributes.iter().find(|a| !names.insert(&a.name)) {
        return Err(format!(
            "the link `{id}` has the attribute `{}` twice; remove one",
            twice.name
        ));
    }
    Ok(Link {
        confirmed: record.confirmed.unwrap_or(true),
        attributes,
        note: record.note,
        ..Link::new(
            LinkId::new(id),
            record.role,
            AnnotationId::new(record.from),
            to,
            origin(record.by, format),
        )
    })
}

fn person(record: PersonRecord, document: &str, n: usize) -> Result<Person, String> {
    let id = match record.id.as_str() {
        "" => derived_id(&[document, "person", &n.to_string(), &record.name]),
        id => id.into(),
    };
    let kind = one_of(
        &record.kind,
        &PersonKind::ALL,
        PersonKind::word,
        "a kind of person",
    )?;
    Ok(Person {
        kind: kind.unwrap_or_default(),
        aliases: record.aliases,
        role: record.role,
        external_id: record.external_id,
        ..Person::new(PersonId::new(id), record.name)
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
    what: &'static str,
) -> Result<Option<T>, String> {
    if word.is_empty() {
        return Ok(None);
    }
    let found = from_word(word, all, word_of, what);
    found.map(Some).map_err(|error| error.to_string())
}
