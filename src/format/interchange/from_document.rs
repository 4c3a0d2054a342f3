use smol_str::{SmolStr, format_smolstr};

use super::attribute_list::AttributeRecord;
use super::rare::Rare;
use super::record::{DocumentRecord, LinkRecord, PersonRecord, SpanRecord};
use crate::format::FormatError;
use crate::model::{
    Annotation, Attribute, Document, DocumentState, Link, Origin, Person, PersonId, Sittings,
    Target, Verdict,
};
use crate::text::{SourceText, TextRange};

impl DocumentRecord {
    /// The records of a document called `id`.
    ///
    /// # Errors
    /// [`FormatError::Misplaced`] where a tag is not on the text.
    pub(in crate::format) fn from_document(
        id: String,
        document: &Document,
    ) -> Result<Self, FormatError> {
        let set = document.set();
        let spans = set
            .annotations()
            .map(|annotation| {
                span(document.source(), annotation).ok_or_else(|| FormatError::Misplaced {
                    document: id.clone(),
                    tag: annotation.id.to_string(),
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            text: document.source().as_str().to_owned(),
            spans,
            links: set.links().map(link).collect(),
            people: set.people().map(person).collect(),
            annotator: document
                .meta()
                .annotator
                .as_deref()
                .unwrap_or("")
                .to_owned(),
            state: state_word(document.meta().state).to_owned(),
            facts: None,
            article: Rare::default(),
            sittings: None,
            worked: Sittings::default(),
            made_by: String::new(),
            id,
        })
    }
}

fn span(source: &SourceText, annotation: &Annotation) -> Option<SpanRecord> {
    let code_points = |range: TextRange| {
        let start = source.char_of_byte(range.start())?;
        Some([start, source.char_of_byte(range.end())?])
    };
    let [start, end] = code_points(annotation.fragments.hull())?;
    // A person's tags have no verdict to decide.
    let plain = annotation.verdict == Verdict::Accepted
        && !matches!(annotation.origin, Origin::Suggester(_));
    Some(SpanRecord {
        id: annotation.id.as_str().into(),
        label: annotation.label.clone(),
        start: Some(start),
        end: Some(end),
        fragments: annotation
            .fragments
            .iter()
            .map(code_points)
            .collect::<Option<_>>()?,
        attributes: attributes(&annotation.attributes),
        person: annotation
            .person
            .as_ref()
            .map_or("", PersonId::as_str)
            .into(),
        by: Some(by(&annotation.origin)).into(),
        verdict: if plain { "" } else { annotation.verdict.word() }.into(),
        review: annotation.review.word().into(),
        note: String::from(annotation.note.clone()).into(),
        confidence: annotation
            .confidence
            .map(|number| Box::new(number.get().into())),
        text: None,
    })
}

fn attributes(attributes: &[Attribute]) -> super::AttributeList {
    let records = attributes.iter().map(|attribute| AttributeRecord {
        key: attribute.name.clone(),
        value: attribute.value.as_str().into(),
    });
    records.collect()
}

fn link(link: &Link) -> LinkRecord {
    let (to_kind, to) = match &link.to {
        Target::Annotation(id) => ("annotation", id.as_str()),
        Target::Person(id) => ("person", id.as_str()),
        Target::NotGiven => ("not_given", ""),
    };
    LinkRecord {
        id: link.id.as_str().into(),
        from: link.from.as_str().into(),
        to: to.into(),
        to_kind: to_kind.into(),
        role: link.role.clone(),
        confirmed: Some(link.confirmed),
        by: Some(by(&link.origin)).into(),
        attributes: attributes(&link.attributes),
        note: String::from(link.note.clone()).into(),
        confidence: link.confidence.map(|number| Box::new(number.get().into())),
    }
}

fn person(person: &Person) -> PersonRecord {
    PersonRecord {
        id: person.id.as_str().into(),
        name: person.name.clone(),
        kind: person.kind.word().into(),
        aliases: person.aliases.clone(),
        role: person.role.clone(),
        external_id: person.external_id.clone(),
    }
}

/// An annotator's bare name, or a kind and a name: `suggester:rules`.
fn by(origin: &Origin) -> SmolStr {
    match origin {
        Origin::Annotator(name) if name.contains(':') => format_smolstr!("annotator:{name}"),
        Origin::Annotator(name) => name.clone(),
        Origin::Suggester(name) => format_smolstr!("suggester:{name}"),
        Origin::Import(name) => format_smolstr!("import:{name}"),
    }
}

/// The word for a state.
pub(in crate::format) fn state_word(state: DocumentState) -> &'static str {
    match state {
        DocumentState::New => "new",
        DocumentState::InProgress => "in_progress",
        DocumentState::Done => "done",
    }
}
