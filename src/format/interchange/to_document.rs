use std::collections::BTreeSet;

use smallvec::smallvec;
use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::from_document::state_word;
use super::record::{DocumentRecord, LinkRecord, PersonRecord, SpanRecord, confidence};
use super::refused::{Policy, Refused};
use super::{AttributeList, AttributeRecord};
use crate::format::ImportedDocument;
use crate::format::counting::{Counting, Places, UnitHint};
use crate::format::derived_id::derived_id;
use crate::format::draining::Draining;
use crate::format::left_out::LeftOut;
use crate::format::link_ends::missing_end;
use crate::model::{
    Annotation, AnnotationId, Attribute, Authorship, DocumentParts, DocumentState, Fragments, Link,
    LinkId, Origin, Person, PersonId, PersonKind, Review, Target, Verdict,
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
        let mut policy = Policy::Refuse(Vec::new());
        let read = self.build(format, file, line, &mut policy);
        match (read, policy) {
            (Err(message), _) => Err(vec![message]),
            (Ok(_), Policy::Refuse(messages)) if !messages.is_empty() => Err(messages),
            (Ok(read), _) => Ok(read),
        }
    }

    /// The document without the records that cannot be used, which are told: those that cannot be
    /// read, links with an end that is not in the document, and people it does not list.
    ///
    /// # Errors
    /// A message where the text cannot be read.
    pub(in crate::format) fn into_document_of_usable(
        self,
        format: &'static str,
        file: &str,
        line: usize,
        left_out: &mut LeftOut,
    ) -> Result<ImportedDocument, Vec<String>> {
        let read = self.build(format, file, line, &mut Policy::SetAside(left_out));
        read.map_err(|message| vec![message])
    }

    fn build(
        mut self,
        format: &'static str,
        file: &str,
        line: usize,
        policy: &mut Policy<'_>,
    ) -> Result<ImportedDocument, String> {
        let id = if self.id.is_empty() {
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            format!("{stem}-{line}")
        } else {
            self.id
        };
        let people = self.people.within_limit("people")?;
        let spans = self.spans.within_limit("tags")?;
        let links = self.links.within_limit("links")?;
        let source = SourceText::new(self.text, "UTF-8").map_err(|error| error.to_string())?;
        let mut document = DocumentParts::new(source);
        let made_by = SmolStr::from(self.made_by);
        let twice =
            |kind: &str, id: &str| format!("the {kind} `{id}` is there twice; give one another id");
        for (n, record) in Draining::new(people).enumerate() {
            let new = person(&record, &id, n).and_then(|new| match document.set.person(&new.id) {
                Some(_) => Err(twice("person", new.id.as_str())),
                None => Ok(new),
            });
            match new {
                Ok(person) => drop(document.set.insert_person(person)),
                Err(message) => policy.refuse(line, message, &Refused::Person(&record)),
            }
        }
        for (n, mut record) in Draining::new(spans).enumerate() {
            let new =
                annotation(&record, format, &document.source, &id, n).and_then(
                    |new| match document.set.annotation(&new.id) {
                        Some(_) => Err(twice("span", new.id.as_str())),
                        None => Ok(new),
                    },
                );
            let mut annotation = match new {
                Ok(annotation) => annotation,
                Err(message) => {
                    policy.refuse(line, message, &Refused::Span(&record));
                    continue;
                }
            };
            let loose = |person: &PersonId| document.set.person(person).is_none();
            if policy.sets_aside()
                && let Some(person) = annotation.person.take_if(|person| loose(person))
            {
                let message = format!("`{person}` of the tag `{}`", annotation.id);
                policy.refuse(line, message, &Refused::UnknownPerson);
            }
            annotation.made = made(&annotation.origin, &made_by);
            annotation.note = record.note.take().into();
            annotation.attributes = attributes(&mut record.attributes);
            drop(document.set.insert_annotation(annotation));
        }
        for (n, mut record) in Draining::new(links).enumerate() {
            let new =
                link(&record, format, &id, n).and_then(|new| match document.set.link(&new.id) {
                    Some(_) => Err(twice("link", new.id.as_str())),
                    None => Ok(new),
                });
            let mut link = match new {
                Ok(link) => link,
                Err(message) => {
                    policy.refuse(line, message, &Refused::Link(&record));
                    continue;
                }
            };
            if policy.sets_aside()
                && let Some(end) = missing_end(&link, &document.set)
            {
                let message = format!("there is no {end}");
                policy.refuse(line, message, &Refused::LooseLink(&record));
                continue;
            }
            link.made = made(&link.origin, &made_by);
            link.note = record.note.take().into();
            link.attributes = attributes(&mut record.attributes);
            drop(document.set.insert_link(link));
        }
        document.meta.annotator = (!self.annotator.is_empty()).then(|| self.annotator.into());
        let tagged = document.set.annotation_count() > 0;
        let read = state(&self.state, tagged).or_else(|message| {
            policy.refuse(line, message, &Refused::State);
            state("", tagged)
        });
        document.meta.state = read?;
        document.sittings = self.worked;
        let document = document.into();
        let read = ImportedDocument::new(line, id, document);
        Ok(ImportedDocument {
            facts: self.article.take(),
            ..read
        })
    }
}

/// Who made an imported record, as its file calls them.
fn made(origin: &Origin, by: &SmolStr) -> Option<Box<Authorship>> {
    let foreign = matches!(origin, Origin::Import(_)) && !by.is_empty();
    foreign
        .then(|| Authorship {
            by: by.clone(),
            at: None,
        })
        .map(Box::new)
}

/// Attributes by name.
fn attributes(list: &mut AttributeList) -> ThinVec<Attribute> {
    let attributes = std::mem::take(list).into_iter();
    let mut attributes: ThinVec<Attribute> = attributes
        .map(|attribute| Attribute {
            name: attribute.key,
            value: attribute.value.as_str().into(),
        })
        .collect();
    attributes.sort_by(|a, b| a.name.cmp(&b.name));
    attributes
}

/// The key that two attributes have.
fn twice(attributes: &[AttributeRecord]) -> Option<&str> {
    let mut keys = BTreeSet::new();
    let mut all = attributes.iter().map(|attribute| &*attribute.key);
    all.find(|key| !keys.insert(*key))
}

/// The tag without its note and attributes.
fn annotation(
    span: &SpanRecord,
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
        fragments(span, source).map_err(|message| format!("the span `{id}`: {message}"))?;
    let origin = origin(span.by.as_deref(), format);
    let verdict = one_of(&span.verdict, &Verdict::ALL, Verdict::word, "a verdict")?;
    let review = one_of(&span.review, &Review::ALL, Review::word, "a review state")?;
    span.attributes
        .within_limit()
        .map_err(|message| format!("the span `{id}`: {message}"))?;
    if let Some(twice) = twice(&span.attributes) {
        return Err(format!(
            "the span `{id}` has the attribute `{twice}` twice; remove one"
        ));
    }
    let label = span.label.as_str();
    Ok(Annotation {
        person: (!span.person.is_empty()).then(|| PersonId::new(span.person.as_str())),
        verdict: verdict.unwrap_or_default(),
        review: review.unwrap_or_default(),
        confidence: confidence(span.confidence.as_deref()),
        ..Annotation::new(AnnotationId::new(id), label, fragments, origin)
    })
}

fn fragments(span: &SpanRecord, source: &SourceText) -> Result<Fragments, String> {
    let hull = span.start.zip(span.end);
    let ends = span.fragments.first().zip(span.fragments.last());
    let places = match (hull, ends) {
        (Some((start, end)), None) => smallvec![[start, end]],
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

/// The link without its note and attributes.
fn link(
    record: &LinkRecord,
    format: &'static str,
    document: &str,
    n: usize,
) -> Result<Link, String> {
    let id = match record.id.as_str() {
        "" => derived_id(&[document, "link", &n.to_string(), &record.role]),
        id => id.into(),
    };
    record
        .attributes
        .within_limit()
        .map_err(|message| format!("the link `{id}`: {message}"))?;
    let to = match (record.to_kind.as_str(), record.to.as_str()) {
        ("not_given", "") => Target::NotGiven,
        ("" | "annotation" | "person", "") => {
            return Err(format!(
                "the link `{id}` leads nowhere; give its `to`, or to_kind \"not_given\" where the text names no \
                 speaker"
            ));
        }
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
    if let Some(twice) = twice(&record.attributes) {
        return Err(format!(
            "the link `{id}` has the attribute `{twice}` twice; remove one"
        ));
    }
    Ok(Link {
        confirmed: record.confirmed.unwrap_or(true),
        confidence: confidence(record.confidence.as_deref()),
        ..Link::new(
            LinkId::new(id),
            record.role.as_str(),
            AnnotationId::new(record.from.as_str()),
            to,
            origin(record.by.as_deref(), format),
        )
    })
}

fn person(record: &PersonRecord, document: &str, n: usize) -> Result<Person, String> {
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
        aliases: record.aliases.clone(),
        role: record.role.clone(),
        external_id: record.external_id.clone(),
        ..Person::new(PersonId::new(id), record.name.clone())
    })
}

fn origin(by: Option<&str>, format: &'static str) -> Origin {
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
