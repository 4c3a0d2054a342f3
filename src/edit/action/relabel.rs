use super::with_tag;
use crate::edit::draft::Draft;
use crate::edit::roster::{drop_unused_person, name_known_person};
use crate::edit::speaker_link::remove_link;
use crate::edit::wording::{label_word, undecided, words_of};
use crate::edit::{Context, Refusal, attributes};
use crate::model::{Annotation, AnnotationId, Schema, Target, Transaction};
use crate::text::wording::{count, join_and};

/// Gives a tag another label. Links and attributes that the schema allows for the old label but
/// not for the new one go, with a count in the words; so does the person of what no longer mentions
/// one.
///
/// # Errors
/// [`Refusal`] where the schema lacks the label or the tag has it already.
pub fn relabel(ctx: &Context<'_>, tag: &AnnotationId, label: &str) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let words = put_label(&mut draft, tag, label)?;
    Ok(draft.finish(words, with_tag(ctx, tag)))
}

/// The same in a draft. Returns what was done, in words.
pub(super) fn put_label(
    draft: &mut Draft<'_>,
    tag: &AnnotationId,
    label: &str,
) -> Result<String, Refusal> {
    let ctx = draft.ctx;
    let schema = ctx.schema;
    let old = draft.require(tag)?;
    let word = label_word(schema, label);
    if schema.label(label).is_none() {
        return Err(Refusal::new(format!(
            "the schema has no label `{label}`; choose one of its labels"
        )));
    }
    if old.label == label {
        return Err(Refusal::new(format!("this is already a {word}")));
    }
    let mut new = old.clone();
    new.label = label.into();
    new.attributes
        .retain(|attribute| keeps_attribute(schema, &old, label, attribute));
    let dropped_attributes = old.attributes.len() - new.attributes.len();
    if !schema.mentions(label) {
        new.person = None;
    }
    attributes::fill(&ctx, &mut new);
    attributes::correct(&mut new);
    name_known_person(draft, &mut new);
    draft.insert_annotation(new);
    let (dropped_links, unanswered) = drop_links(draft, &old, label);
    if let Some(person) = &old.person {
        drop_unused_person(draft, person, &words_of(ctx.document.source(), &old));
    }
    let mut dropped = Vec::new();
    if dropped_links > 0 {
        dropped.push(count(dropped_links, "link"));
    }
    if dropped_attributes > 0 {
        dropped.push(count(dropped_attributes, "attribute"));
    }
    let mut words = format!("changed {} to {word}", label_word(schema, &old.label));
    if !dropped.is_empty() {
        words.push_str(&format!("; {} removed", join_and(&dropped)));
    }
    words.push_str(&undecided(schema, &unanswered));
    Ok(words)
}

fn keeps_attribute(
    schema: &Schema,
    old: &Annotation,
    label: &str,
    attribute: &crate::model::Attribute,
) -> bool {
    let fits = |label: &str| {
        schema.attributes_of(label).any(|kind| {
            kind.name == attribute.name
                && (kind.values.is_empty() || kind.values.contains(&attribute.value))
        })
    };
    // What the schema did not know before is not ours to drop.
    fits(label) || !fits(&old.label)
}

/// Takes away the links the old label allows and the new one does not: how many, and the labels of
/// other tags that are left without an answer.
fn drop_links(
    draft: &mut Draft<'_>,
    old: &Annotation,
    label: &str,
) -> (usize, Vec<smol_str::SmolStr>) {
    let schema = draft.ctx.schema;
    let mut dropped = 0;
    let mut unanswered = Vec::new();
    for link in draft.links_from(&old.id) {
        let allows = |from: &str| match &link.to {
            Target::Annotation(id) => draft
                .annotation(id)
                .is_some_and(|to| schema.allows(&link.role, from, &to.label)),
            Target::Person(_) | Target::NotGiven => schema.allows_people(&link.role, from),
        };
        if allows(&old.label) && !allows(label) {
            remove_link(draft, &link);
            dropped += 1;
        }
    }
    for link in draft.links_to(&Target::Annotation(old.id.clone())) {
        let Some(from) = draft.annotation(&link.from).map(|from| from.label.clone()) else {
            continue;
        };
        if schema.allows(&link.role, &from, &old.label) && !schema.allows(&link.role, &from, label)
        {
            draft.remove_link(&link.id);
            dropped += 1;
            if draft.links_of_role(&link.from, &link.role).is_empty() {
                unanswered.push(from);
            }
        }
    }
    (dropped, unanswered)
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::Target;

    #[test]
    fn links_and_attributes_of_the_old_label_go() {
        let mut editor = TestEditor::new(TEXT);
        let he = editor.tag("speaker", "He").id;
        let first = editor.tag("quote", "“I think so,”").id;
        let second = editor.tag("quote", "“Today we do not.”").id;
        for quote in [&first, &second] {
            editor
                .run(|ctx, ids| {
                    action::link(ctx, quote, &Target::Annotation(he.clone()), false, ids)
                })
                .unwrap();
        }
        editor
            .run(|ctx, _| action::relabel(ctx, &first, "claim"))
            .unwrap();
        let claim = editor.get(&first).unwrap();
        assert_eq!(claim.attribute("form"), None);
        assert_eq!(claim.attribute("check").unwrap(), "check-worthy");
        assert_eq!(editor.links(&first).len(), 1, "a claim has a speaker, too");
        assert_eq!(editor.said, "changed quote to claim; 1 attribute removed");
        editor
            .run(|ctx, _| action::relabel(ctx, &he, "cue"))
            .unwrap();
        assert_eq!(editor.document.set().link_count(), 0);
        assert_eq!(
            editor.said,
            "changed speaker to cue; 2 links and 1 attribute removed; 1 quote and 1 claim have no \
             speaker yet"
        );
        assert!(
            editor
                .run(|ctx, _| action::relabel(ctx, &he, "cue"))
                .is_err()
        );
        assert!(
            editor
                .run(|ctx, _| action::relabel(ctx, &he, "rumour"))
                .is_err()
        );
    }

    #[test]
    fn what_no_longer_mentions_anybody_names_nobody() {
        let mut editor = TestEditor::new(TEXT);
        let tag = editor.tag("speaker", "Tillerson").id;
        editor
            .run(|ctx, _| action::relabel(ctx, &tag, "claim"))
            .unwrap();
        assert_eq!(editor.current().person, None);
        assert!(editor.people().is_empty());
    }
}
