use crate::edit::draft::Draft;
use crate::edit::roster::accept;
use crate::edit::speaker_link::{answer, answer_alone, remove_link};
use crate::edit::wording::{label_word, target_words};
use crate::edit::{Context, Refusal};
use crate::model::{Annotation, AnnotationId, IdSource, RoleKind, Schema, Target, Transaction};

use super::with_tag;

/// Links a tag to a target and confirms, by the role the schema allows: beside the links of that
/// role with `add`, else in their place. "No speaker given" is never beside another answer.
///
/// # Errors
/// [`Refusal`] where the schema does not allow it, something is gone, or the link is there.
pub fn link(
    ctx: &Context<'_>,
    from: &AnnotationId,
    to: &Target,
    add: bool,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let mut tag = draft.require(from)?;
    let role = role_between(&draft, &tag, to)?.key.clone();
    allowed(&draft, &tag, &role, to)?;
    if let Target::Annotation(id) = to {
        let mut mention = draft.require(id)?;
        accept(&mut draft, &mut mention, ids);
        draft.insert_annotation(mention);
    }
    if add && *to != Target::NotGiven {
        let links = draft.links_of_role(from, &role);
        for other in links.iter().filter(|other| other.to == Target::NotGiven) {
            remove_link(&mut draft, other);
        }
        let same = links.into_iter().find(|other| other.to == *to);
        answer(&mut draft, from, &role, to.clone(), true, same, ids);
    } else {
        answer_alone(&mut draft, from, &role, to.clone(), ids);
    }
    accept(&mut draft, &mut tag, ids);
    draft.insert_annotation(tag);
    let words = target_words(&draft, to);
    draft.finish_or(
        format!("linked to {words}"),
        with_tag(ctx, from),
        &format!("already linked to {words}"),
    )
}

/// The first role of the schema that leads from the tag to the target.
fn role_between<'a>(
    draft: &Draft<'a>,
    from: &Annotation,
    to: &Target,
) -> Result<&'a RoleKind, Refusal> {
    let schema: &'a Schema = draft.ctx.schema;
    let target = match to {
        Target::Annotation(id) => Some(draft.require(id)?),
        Target::Person(_) | Target::NotGiven => None,
    };
    schema
        .roles()
        .iter()
        .find(|role| match &target {
            Some(target) => schema.allows(&role.key, &from.label, &target.label),
            None => schema.allows_people(&role.key, &from.label),
        })
        .ok_or_else(|| not_allowed(schema, from, target.as_ref()))
}

fn not_allowed(schema: &Schema, from: &Annotation, to: Option<&Annotation>) -> Refusal {
    let from = label_word(schema, &from.label);
    Refusal::new(match to {
        Some(to) => format!(
            "the schema has no link from a {from} to a {}; relabel one of them first",
            label_word(schema, &to.label)
        ),
        None => {
            format!("the schema has no link from a {from} to a person or to “no speaker given”")
        }
    })
}

/// Refuses a link to the tag itself, to something that is gone, or that the schema lacks.
pub(super) fn allowed(
    draft: &Draft<'_>,
    from: &Annotation,
    role: &str,
    to: &Target,
) -> Result<(), Refusal> {
    let schema = draft.ctx.schema;
    let target = match to {
        Target::Annotation(id) if *id == from.id => {
            return Err(Refusal::new("a tag cannot link to itself; choose another"));
        }
        Target::Annotation(id) => Some(draft.require(id)?),
        Target::Person(id) => {
            draft.require_person(id)?;
            None
        }
        Target::NotGiven => None,
    };
    let ok = match &target {
        Some(target) => schema.allows(role, &from.label, &target.label),
        None => schema.allows_people(role, &from.label),
    };
    if ok {
        Ok(())
    } else {
        Err(not_allowed(schema, from, target.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::{AnnotationId, Target};

    #[test]
    fn the_schema_says_what_may_be_linked() {
        let mut editor = TestEditor::new(TEXT);
        let he = editor.tag("speaker", "He").id;
        let cue = editor.tag("cue", "said").id;
        let quote = editor.tag("quote", "“I think so,”").id;
        let claim = editor.tag("claim", "Trump knew").id;
        let to = |id: &AnnotationId| Target::Annotation(id.clone());
        editor
            .run(|ctx, ids| action::link(ctx, &quote, &to(&cue), false, ids))
            .unwrap();
        let roles: Vec<_> = editor
            .links(&quote)
            .into_iter()
            .map(|link| (link.role, link.confirmed))
            .collect();
        assert!(roles.contains(&("cue".into(), true)));
        assert!(
            roles.contains(&("speaker".into(), false)),
            "another role is left alone"
        );
        editor
            .run(|ctx, ids| action::link(ctx, &quote, &to(&he), false, ids))
            .unwrap();
        assert_eq!(editor.links(&quote).len(), 2);
        for (from, target) in [
            (&quote, to(&quote)),
            (&quote, to(&claim)),
            (&claim, to(&cue)),
            (&he, to(&quote)),
            (&he, Target::NotGiven),
            (&quote, Target::Person("nobody".into())),
            (&quote, to(&"gone".into())),
            (&quote, to(&he)),
        ] {
            let refused = editor.run(|ctx, ids| action::link(ctx, from, &target, true, ids));
            assert!(refused.is_err(), "{target:?}");
        }
    }

    #[test]
    fn a_person_can_be_linked() {
        let mut editor = TestEditor::new(TEXT);
        let person = editor.tag("speaker", "Tillerson").person.unwrap();
        let claim = editor.tag("claim", "Trump knew").id;
        editor
            .run(|ctx, ids| action::link(ctx, &claim, &Target::Person(person.clone()), false, ids))
            .unwrap();
        let [link] = editor.links(&claim).try_into().unwrap();
        assert_eq!(link.to, Target::Person(person));
        assert_eq!(editor.said, "linked to Rex Tillerson");
    }
}
