use super::link::allowed;
use crate::edit::Refusal;
use crate::edit::draft::Draft;
use crate::edit::roster::{accept, goes_by};
use crate::edit::speaker_link::{answer_alone, speaker_role, target_of};
use crate::edit::wording::target_words;
use crate::model::{Annotation, AnnotationId, IdSource, Person, PersonId, Target};
use crate::suggest::{CandidateTarget, distance, mentions_of_name};
use crate::text::TextRange;

/// How many tags the search for a mention looks at in each direction.
const LOOK: usize = 64;

/// Links a quote or claim to the nearest mention of a person, else to the person, and confirms, in
/// place of other answers. Returns what was done, in words.
pub(super) fn link_to_person(
    draft: &mut Draft<'_>,
    mut tag: Annotation,
    person: &PersonId,
    ids: &mut dyn IdSource,
) -> Result<String, Refusal> {
    let role = speaker_role(draft.ctx.schema, &tag.label)?.key.clone();
    let candidate = nearest_mention(draft, &tag, &role, &draft.require_person(person)?)
        .unwrap_or_else(|| CandidateTarget::Person(person.clone()));
    let to = target_of(draft, &candidate, &tag, false, ids)?;
    allowed(draft, &tag, &role, &to)?;
    if let Target::Annotation(id) = &to {
        let mut mention = draft.require(id)?;
        mention.person = Some(person.clone());
        accept(draft, &mut mention, ids);
        draft.insert_annotation(mention);
    }
    answer_alone(draft, &tag.id, &role, to.clone(), ids);
    accept(draft, &mut tag, ids);
    draft.insert_annotation(tag);
    Ok(format!("linked to {}", target_words(draft, &to)))
}

/// The nearest mention of a person, tagged or not, that is not part of what was said.
fn nearest_mention(
    draft: &Draft<'_>,
    tag: &Annotation,
    role: &str,
    person: &Person,
) -> Option<CandidateTarget> {
    let document = draft.ctx.document;
    let (set, schema) = (document.set(), draft.ctx.schema);
    let from = tag.fragments.as_slice();
    let here = tag.fragments.start();
    let first = AnnotationId::new("");
    let is_free = |mention: &Annotation| {
        schema.mentions(&mention.label)
            && !mention.is_rejected()
            && schema.allows(role, &tag.label, &mention.label)
            && !from.iter().any(|part| mention.fragments.overlaps(*part))
    };
    let tagged = set
        .before(here, here, &first)
        .take(LOOK)
        .chain(set.after(here, here, &first).take(LOOK))
        .chain(set.mentions(&person.id).take(LOOK))
        .filter(|mention| mention.person.as_ref() == Some(&person.id) && is_free(mention))
        .min_by_key(|mention| distance(from, mention.fragments.hull()));
    let names: Vec<&str> = std::iter::once(&person.name)
        .chain(&person.aliases)
        .map(String::as_str)
        .collect();
    let in_text = mentions_of_name(document.source(), &names, from)
        .into_iter()
        .find(|range| is_open(draft, person, *range))
        .map(CandidateTarget::Untagged);
    let far = |candidate: &CandidateTarget| match candidate {
        CandidateTarget::Untagged(range) => distance(from, *range),
        CandidateTarget::Tagged(id) => set
            .annotation(id)
            .map_or(document.source().len(), |mention| {
                distance(from, mention.fragments.hull())
            }),
        CandidateTarget::Person(_) => document.source().len(),
    };
    let tagged = tagged.map(|mention| CandidateTarget::Tagged(mention.id.clone()));
    tagged.into_iter().chain(in_text).min_by_key(far)
}

/// Whether the mention at a range can be tagged as one of this person: it has no tag, and the name
/// is nobody else's.
fn is_open(draft: &Draft<'_>, person: &Person, range: TextRange) -> bool {
    let document = draft.ctx.document;
    let words = document.source().slice(range);
    let people = document.set().people_named_like(words).into_iter();
    let mut others = people.filter(|other| other.id != person.id);
    let mut tags = document.set().overlapping(range);
    !others.any(|other| goes_by(other, words))
        && !tags.any(|(_, tag)| draft.ctx.schema.mentions(&tag.label))
}
