//! Who said a quote or claim: the links of its speaker role, and the mentions proposed for them.

use super::draft::Draft;
use super::roster::{
    PROPOSER, accept, drop_unused_person, is_name, name_known_person, person_name,
};
use super::wording::{label_word, words_of};
use super::{Refusal, attributes};
use crate::model::{
    Annotation, AnnotationId, Document, Fragments, IdSource, Link, LinkId, Origin, Review,
    RoleKind, Schema, Target, Verdict,
};
use crate::suggest::{CandidateTarget, ParagraphCache, same_name};
use crate::text::TextRange;

/// The speaker role of this label; refused for a label without speakers.
pub(super) fn speaker_role<'a>(schema: &'a Schema, label: &str) -> Result<&'a RoleKind, Refusal> {
    schema
        .speaker_role(label)
        .filter(|_| schema.speaks(label))
        .ok_or_else(|| {
            Refusal::new(format!(
                "a {} has no speaker; choose a quote or claim first",
                label_word(schema, label)
            ))
        })
}

/// The link target of a candidate. An untagged mention is tagged, open unless `confirmed`; a
/// suggested one is accepted with `confirmed`.
pub(super) fn target_of(
    draft: &mut Draft<'_>,
    candidate: &CandidateTarget,
    from: &Annotation,
    confirmed: bool,
    ids: &mut dyn IdSource,
) -> Result<Target, Refusal> {
    match candidate {
        CandidateTarget::Person(id) => {
            draft.require_person(id)?;
            Ok(Target::Person(id.clone()))
        }
        CandidateTarget::Tagged(id) => {
            let mut mention = draft.require(id)?;
            if confirmed {
                accept(draft, &mut mention, ids);
                draft.insert_annotation(mention);
            }
            Ok(Target::Annotation(id.clone()))
        }
        CandidateTarget::Untagged(range) => {
            let mut mention = match mention_at(draft, *range, from) {
                Some(mention) => mention,
                None => proposed(draft, *range, from, ids)?,
            };
            if confirmed {
                accept(draft, &mut mention, ids);
            }
            let id = mention.id.clone();
            draft.insert_annotation(mention);
            Ok(Target::Annotation(id))
        }
    }
}

/// The mention that is tagged at exactly this range and in use.
fn mention_at(draft: &Draft<'_>, range: TextRange, from: &Annotation) -> Option<Annotation> {
    let label = &draft.ctx.schema.mention_label(&from.label)?.key;
    draft
        .ctx
        .document
        .set()
        .overlapping(range)
        .map(|(_, tag)| tag)
        .find(|tag| {
            tag.label == *label && tag.fragments.as_slice() == [range] && !tag.is_rejected()
        })
        .cloned()
}

fn proposed(
    draft: &Draft<'_>,
    range: TextRange,
    from: &Annotation,
    ids: &mut dyn IdSource,
) -> Result<Annotation, Refusal> {
    let schema = draft.ctx.schema;
    let label = schema
        .mention_label(&from.label)
        .ok_or_else(|| Refusal::new("the schema has no label for speakers; add one"))?;
    let fragments = Fragments::try_from(range).map_err(|error| Refusal::new(error.to_string()))?;
    let mut mention = Annotation {
        verdict: Verdict::Open,
        ..Annotation::new(
            AnnotationId::new(ids.next_id()),
            label.key.clone(),
            fragments,
            Origin::Suggester(PROPOSER.into()),
        )
    };
    attributes::fill(&draft.ctx, &mut mention);
    name_known_person(draft, &mut mention);
    Ok(mention)
}

/// Puts a link in place of `old`, which keeps its id, or beside the others without one. Removes
/// another link of the role to the same target, and the mention that is there for `old` only.
pub(super) fn answer(
    draft: &mut Draft<'_>,
    from: &AnnotationId,
    role: &str,
    to: Target,
    confirmed: bool,
    old: Option<Link>,
    ids: &mut dyn IdSource,
) {
    for link in draft.links_of_role(from, role) {
        if link.to == to && Some(&link.id) != old.as_ref().map(|old| &old.id) {
            draft.remove_link(&link.id);
        }
    }
    let before = old.as_ref().map(|old| old.to.clone());
    let origin = if confirmed {
        draft.ctx.origin()
    } else {
        Origin::Suggester(PROPOSER.into())
    };
    let link = match old {
        Some(old) if old.to == to && old.confirmed == confirmed => return,
        Some(old) => Link {
            to,
            confirmed,
            origin,
            ..old
        },
        None => Link {
            confirmed,
            ..Link::new(LinkId::new(ids.next_id()), role, from.clone(), to, origin)
        },
    };
    draft.insert_link(link);
    if let Some(before) = before {
        drop_mention(draft, &before);
    }
}

/// Takes the only answer of a role: the first link of the role is replaced, the others go.
pub(super) fn answer_alone(
    draft: &mut Draft<'_>,
    from: &AnnotationId,
    role: &str,
    to: Target,
    ids: &mut dyn IdSource,
) {
    let mut links = draft.links_of_role(from, role).into_iter();
    let first = links.next();
    for link in links {
        draft.remove_link(&link.id);
        drop_mention(draft, &link.to);
    }
    answer(draft, from, role, to, true, first, ids);
}

/// Removes a link, with the mention proposed for it.
pub(super) fn remove_link(draft: &mut Draft<'_>, link: &Link) {
    draft.remove_link(&link.id);
    drop_proposal(draft, &link.to);
}

/// Takes away a mention that was proposed for a link and that nothing links to any more.
fn drop_proposal(draft: &mut Draft<'_>, to: &Target) {
    if let Target::Annotation(id) = to
        && draft
            .annotation(id)
            .is_some_and(Annotation::is_open_suggestion)
    {
        drop_mention(draft, to);
    }
}

/// Takes away a mention that only a proposal made, confirmed with its link or not, and that nothing links
/// to any more; with its person, when no one else names them.
fn drop_mention(draft: &mut Draft<'_>, to: &Target) {
    let Target::Annotation(id) = to else { return };
    let Some(mention) = draft.annotation(id).cloned() else {
        return;
    };
    if !is_only_proposed(draft.ctx.document, &mention)
        || !draft.links_to(to).is_empty()
        || !draft.links_from(id).is_empty()
    {
        return;
    }
    draft.remove_annotation(id);
    if let Some(person) = &mention.person {
        let source = draft.ctx.document.source();
        let words = words_of(source, &mention);
        let behind = person_name(
            &ParagraphCache::new(source),
            &words,
            mention.fragments.start(),
        );
        drop_unused_person(
            draft,
            person,
            if is_name(&mention, &words) {
                &words
            } else {
                &behind
            },
        );
    }
}

/// Whether a mention is as the program proposed it for a link: no one has accepted it for itself, moved,
/// doubted or noted it, or said who is behind a pronoun.
pub(super) fn is_only_proposed(document: &Document, mention: &Annotation) -> bool {
    let words = words_of(document.source(), mention);
    matches!(mention.verdict, Verdict::Open | Verdict::Accepted)
        && mention.origin == Origin::Suggester(PROPOSER.into())
        // Who takes its link has not looked at the mention for itself.
        && mention.review == Review::Unreviewed
        && mention.note.is_empty()
        && mention.unknown.is_empty()
        && mention.person.as_ref().is_none_or(|person| {
            let cache = ParagraphCache::new(document.source());
            let behind = || person_name(&cache, &words, mention.fragments.start());
            let person = document.set().person(person);
            is_name(mention, &words)
                || person.is_some_and(|person| same_name(&person.name, &behind()))
        })
}
