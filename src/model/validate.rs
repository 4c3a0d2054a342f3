use super::{
    Annotation, AnnotationId, Document, Link, Problem, ProblemKind, RecordList, Schema, Target,
    UnreadRecord,
};
use crate::text::snap_to_graphemes;

/// Everything doubtful about a document, in the order of the text, unread records first. O(n).
#[must_use]
pub fn validate(document: &Document, schema: &Schema) -> Vec<Problem> {
    let mut problems = Vec::new();
    for_each_problem(document, schema, &mut |problem| problems.push(problem));
    problems
}

/// The same, one after the other: there may be more than should be held.
pub fn for_each_problem(document: &Document, schema: &Schema, take: &mut dyn FnMut(Problem)) {
    for record in document.unread() {
        take(Problem {
            kind: unread(record),
            range: None,
            annotation: None,
        });
    }
    let mut problems = Vec::new();
    for annotation in document.set().annotations() {
        validate_annotation(document, schema, annotation, &mut problems);
        problems.drain(..).for_each(&mut *take);
    }
    for link in document.set().links() {
        if document.set().annotation(&link.from).is_none() {
            take(Problem {
                kind: ProblemKind::DanglingLink(link.id.clone()),
                range: None,
                annotation: None,
            });
        }
    }
}

fn unread(record: &UnreadRecord) -> ProblemKind {
    match record {
        UnreadRecord::Clash(clash) => ProblemKind::Clash(clash.clone()),
        UnreadRecord::Lost(lost) => ProblemKind::Lost {
            words: lost.words.join(" … "),
            line: lost.line,
        },
        UnreadRecord::Damaged(lost) if lost.list == RecordList::Lost => ProblemKind::Lost {
            words: lost.raw.to_string(),
            line: lost.line,
        },
        UnreadRecord::Damaged(record) => ProblemKind::Unread {
            list: record.list.name().to_owned(),
            reason: record.reason.to_string(),
            line: record.line,
        },
    }
}

/// Everything doubtful about one tag and the links that start at it; nothing where it is not there.
#[must_use]
pub fn validate_tag(document: &Document, schema: &Schema, id: &AnnotationId) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Some(annotation) = document.set().annotation(id) {
        validate_annotation(document, schema, annotation, &mut problems);
    }
    problems
}

fn about(annotation: &Annotation, kind: ProblemKind) -> Problem {
    Problem {
        kind,
        range: Some(annotation.fragments.hull()),
        annotation: Some(annotation.id.clone()),
    }
}

fn validate_annotation(
    document: &Document,
    schema: &Schema,
    annotation: &Annotation,
    problems: &mut Vec<Problem>,
) {
    let mut push = |kind| problems.push(about(annotation, kind));
    if schema.label(&annotation.label).is_none() {
        push(ProblemKind::UnknownLabel(annotation.label.to_string()));
    } else {
        for attribute in &annotation.attributes {
            let known = schema
                .attributes_of(&annotation.label)
                .find(|kind| kind.name == attribute.name);
            match known {
                None => push(ProblemKind::UnknownAttribute(attribute.name.to_string())),
                Some(kind)
                    if !kind.values.is_empty() && !kind.values.contains(&attribute.value) =>
                {
                    push(ProblemKind::UnknownValue {
                        name: attribute.name.to_string(),
                        value: attribute.value.to_string(),
                    });
                }
                Some(_) => {}
            }
        }
    }
    if !annotation.former_words.is_empty() && !annotation.is_carried_suggestion() {
        let now = annotation
            .fragments
            .iter()
            .map(|f| document.source().slice(f));
        push(ProblemKind::WordsChanged {
            was: annotation.former_words.join(" … "),
            same: now.eq(annotation.former_words.iter().map(String::as_str)),
        });
    }
    let cuts = |range| snap_to_graphemes(document.source(), range) != range;
    if annotation.fragments.iter().any(cuts) {
        push(ProblemKind::CutsGrapheme);
    }
    if let Some(person) = &annotation.person
        && document.set().person(person).is_none()
    {
        push(ProblemKind::UnknownPerson(person.to_string()));
    }
    for link in document.set().links_from(&annotation.id) {
        if let Some(kind) = link_problem(document, schema, annotation, link) {
            push(kind);
        }
    }
}

fn link_problem(
    document: &Document,
    schema: &Schema,
    from: &Annotation,
    link: &Link,
) -> Option<ProblemKind> {
    let allowed = match &link.to {
        Target::Annotation(id) => match document.set().annotation(id) {
            Some(to) => schema.allows(&link.role, &from.label, &to.label),
            None => return Some(ProblemKind::DanglingLink(link.id.clone())),
        },
        Target::Person(id) => match document.set().person(id) {
            Some(_) => schema.allows_people(&link.role, &from.label),
            None => return Some(ProblemKind::DanglingLink(link.id.clone())),
        },
        Target::NotGiven => schema.allows_people(&link.role, &from.label),
    };
    (!allowed).then(|| ProblemKind::LinkNotAllowed(link.id.clone()))
}
