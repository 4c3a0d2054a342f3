use crate::model::{Annotation, Document, Schema, Target};
use crate::suggest::{Candidate, CandidateTarget, candidates};
use crate::text::TextRange;

/// Possible speakers of a tag of `label` at `ranges` (bytes), best first: the speaker of a tag
/// around it, then what the text proposes. Chips show these in this order.
#[must_use]
pub fn speaker_candidates(
    document: &Document,
    schema: &Schema,
    ranges: &[TextRange],
    label: &str,
) -> Vec<Candidate> {
    let mut found = candidates(document, schema, ranges, label);
    let around = inherited(document, schema, ranges, label);
    if let Some(first) = around.and_then(|target| candidate(document, &target)) {
        found.retain(|other| other.target != first.target);
        found.insert(0, first);
    }
    found
}

/// The answer of the innermost tag of another speaking label around `ranges`: a claim within a
/// quote has the speaker of the quote.
pub(in crate::edit) fn inherited(
    document: &Document,
    schema: &Schema,
    ranges: &[TextRange],
    label: &str,
) -> Option<Target> {
    let range = *ranges.first()?;
    let role = schema.speaker_role(label)?;
    let answer_of = |tag: &Annotation| {
        let theirs = schema.speaker_role(&tag.label)?;
        document
            .set()
            .links_from(&tag.id)
            .find(|link| {
                link.role == theirs.key && may_point(document, schema, role, label, &link.to)
            })
            .map(|link| link.to.clone())
    };
    document
        .set()
        .overlapping(TextRange::at(range.start(), 1.into()))
        .filter(|(span, tag)| {
            span.contains_range(range)
                && tag.label != label
                && schema.speaks(&tag.label)
                && !tag.is_rejected()
                && !tag.is_open_suggestion()
        })
        .min_by_key(|(span, tag)| (span.len(), tag.id.clone()))
        .and_then(|(_, tag)| answer_of(tag))
}

fn may_point(
    document: &Document,
    schema: &Schema,
    role: &crate::model::RoleKind,
    label: &str,
    to: &Target,
) -> bool {
    match to {
        Target::Annotation(id) => document
            .set()
            .annotation(id)
            .is_some_and(|mention| schema.allows(&role.key, label, &mention.label)),
        Target::Person(id) => role.people && document.set().person(id).is_some(),
        Target::NotGiven => role.people,
    }
}

fn candidate(document: &Document, target: &Target) -> Option<Candidate> {
    match target {
        Target::Annotation(id) => document.set().annotation(id).map(|mention| Candidate {
            target: CandidateTarget::Tagged(id.clone()),
            words: crate::edit::wording::words_of(document.source(), mention),
        }),
        Target::Person(id) => document.set().person(id).map(|person| Candidate {
            target: CandidateTarget::Person(id.clone()),
            words: person.name.clone(),
        }),
        Target::NotGiven => None,
    }
}
