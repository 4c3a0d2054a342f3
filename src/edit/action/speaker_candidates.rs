use crate::edit::speaker_link::is_only_proposed;
use crate::model::{Annotation, Document, Link, Schema, Target};
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
    let quote = quote_around(document, schema, ranges, label);
    let mut found =
        match quote.filter(|quote| document.set().links_from(&quote.id).next().is_none()) {
            // Whoever said the quote says this.
            Some(quote) => candidates(document, schema, quote.fragments.as_slice(), &quote.label),
            None => candidates(document, schema, ranges, label),
        };
    let around = inherited(document, schema, ranges, label);
    if let Some(first) = around.and_then(|link| candidate(document, &link.to)) {
        found.retain(|other| other.target != first.target);
        found.insert(0, first);
    }
    found
}

/// Whether a mention goes when `link` leads to another one: the program proposed it and nothing else
/// links to it.
#[must_use]
pub fn goes_with_link(document: &Document, mention: &Annotation, link: &Link) -> bool {
    let target = Target::Annotation(mention.id.clone());
    link.to == target
        && is_only_proposed(document, mention)
        && document.set().links_to(&target).take(2).count() == 1
}

/// The answer of the innermost tag of another speaking label around `ranges`: a claim within a
/// quote has the speaker of the quote.
pub(in crate::edit) fn inherited(
    document: &Document,
    schema: &Schema,
    ranges: &[TextRange],
    label: &str,
) -> Option<Link> {
    let role = schema.speaker_role(label)?;
    let tag = quote_around(document, schema, ranges, label)?;
    let theirs = schema.speaker_role(&tag.label)?;
    let mut links = document.set().links_from(&tag.id);
    links
        .find(|link| link.role == theirs.key && may_point(document, schema, role, label, &link.to))
        .cloned()
}

/// The innermost tag of another speaking label around `ranges` (bytes). Around a quote there is none:
/// within another one, it is what someone else said.
pub(super) fn quote_around<'a>(
    document: &'a Document,
    schema: &Schema,
    ranges: &[TextRange],
    label: &str,
) -> Option<&'a Annotation> {
    let range = *ranges.first().filter(|_| label != "quote")?;
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
        .map(|(_, tag)| tag)
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
