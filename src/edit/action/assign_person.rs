use super::with_tag;
use crate::edit::draft::Draft;
use crate::edit::roster::{add_person, drop_unused_person, is_name, name_in};
use crate::edit::wording::{label_word, words_of};
use crate::edit::{Context, Refusal};
use crate::model::{
    Annotation, AnnotationId, IdSource, PersonId, PersonKind, Target, Transaction, Verdict,
};

/// Who a mention names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonChoice {
    /// Someone on the roster.
    Existing(PersonId),
    /// Someone new.
    New {
        /// Full name.
        name: String,
        /// What kind.
        kind: PersonKind,
    },
    /// Nobody.
    None,
}

/// Sets the person of a speaker mention; for a quote or claim, of the one mention it is linked to.
/// Another name becomes an alias, so that it suggests the same person the next time. A new person
/// with a name on the roster is that person.
///
/// # Errors
/// [`Refusal`] where the tag has no mention, the person is gone or the name empty, or nothing would
/// change.
pub fn assign_person(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    person: &PersonChoice,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let mut mention = mention_of(&draft, tag)?;
    let words = words_of(ctx.document.source(), &mention);
    let chosen = match person {
        PersonChoice::Existing(id) => Some(draft.require_person(id)?.id),
        PersonChoice::New { name, kind } => Some(somebody(&mut draft, name, *kind, ids)?),
        PersonChoice::None => None,
    };
    let before = mention.person.clone();
    mention.person.clone_from(&chosen);
    if mention.is_open_suggestion() {
        mention.verdict = Verdict::Accepted;
    }
    let named = is_name(&mention, &words);
    draft.insert_annotation(mention);
    if let Some(before) = before
        && chosen.as_ref() != Some(&before)
    {
        drop_unused_person(&mut draft, &before, &words);
    }
    let label = match &chosen {
        Some(id) => {
            let mut person = draft.require_person(id)?;
            let alias = name_in(&words);
            let known = person.name == alias || person.aliases.contains(&alias);
            if named && !alias.is_empty() && !known {
                person.aliases.push(alias);
            }
            let label = format!("set to {}", person.name);
            draft.insert_person(person);
            label
        }
        None => "cleared the person".to_owned(),
    };
    draft.finish_or(
        label,
        with_tag(ctx, tag),
        "this is already set; choose someone else",
    )
}

/// The mention a tag is, or is linked to.
fn mention_of(draft: &Draft<'_>, tag: &AnnotationId) -> Result<Annotation, Refusal> {
    let schema = draft.ctx.schema;
    let tag = draft.require(tag)?;
    if schema.mentions(&tag.label) {
        return Ok(tag);
    }
    let word = label_word(schema, &tag.label);
    let role = schema.speaker_role(&tag.label).ok_or_else(|| {
        Refusal::new(format!(
            "a {word} does not name a person; choose a speaker tag"
        ))
    })?;
    match draft.links_of_role(&tag.id, &role.key).as_slice() {
        [link] => match &link.to {
            Target::Annotation(id) => draft.require(id),
            Target::Person(_) | Target::NotGiven => Err(Refusal::new(format!(
                "the {word} is not linked to a speaker tag; link it to one first"
            ))),
        },
        [] => Err(Refusal::new(format!(
            "the {word} has no speaker yet; choose one first"
        ))),
        _ => Err(Refusal::new(format!(
            "the {word} has several speakers; go to the speaker tag you mean"
        ))),
    }
}

fn somebody(
    draft: &mut Draft<'_>,
    name: &str,
    kind: PersonKind,
    ids: &mut dyn IdSource,
) -> Result<PersonId, Refusal> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Refusal::new("type a name"));
    }
    let known = draft
        .ctx
        .document
        .set()
        .people_named_like(name)
        .into_iter()
        .find(|person| person.name == name && person.kind == kind)
        .map(|person| person.id.clone());
    Ok(known.unwrap_or_else(|| add_person(draft, name.to_owned(), kind, ids)))
}

#[cfg(test)]
mod tests {
    use super::PersonChoice;
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::{PersonKind, Target};

    fn new(name: &str) -> PersonChoice {
        PersonChoice::New {
            name: name.to_owned(),
            kind: PersonKind::Person,
        }
    }

    #[test]
    fn another_name_becomes_an_alias() {
        let mut editor = TestEditor::new(TEXT);
        let tag = editor.tag("speaker", "Tillerson").id;
        editor
            .run(|ctx, ids| action::assign_person(ctx, &tag, &new(" Rex Tillerson "), ids))
            .unwrap();
        let [person] = editor.people().try_into().unwrap();
        assert_eq!(person.name, "Rex Tillerson");
        assert_eq!(person.aliases, ["Tillerson"]);
        assert_eq!(editor.current().person, Some(person.id.clone()));
        // A pronoun names the same one, and is no alias.
        let he = editor.tag("speaker", "He").id;
        let existing = PersonChoice::Existing(person.id.clone());
        editor
            .run(|ctx, ids| action::assign_person(ctx, &he, &existing, ids))
            .unwrap();
        assert_eq!(editor.people(), [person]);
        assert!(
            editor
                .run(|ctx, ids| action::assign_person(ctx, &he, &existing, ids))
                .is_err()
        );
        editor
            .run(|ctx, ids| action::assign_person(ctx, &he, &PersonChoice::None, ids))
            .unwrap();
        assert_eq!(editor.current().person, None);
        assert!(
            editor
                .run(|ctx, ids| action::assign_person(ctx, &he, &new("  "), ids))
                .is_err()
        );
    }

    #[test]
    fn for_a_quote_it_is_the_mention_it_is_linked_to() {
        let mut editor = TestEditor::new(TEXT);
        let he = editor.tag("speaker", "He").id;
        let quote = editor.tag("quote", "“Today we do not.”").id;
        let to = Target::Annotation(he.clone());
        editor
            .run(|ctx, ids| action::link(ctx, &quote, &to, false, ids))
            .unwrap();
        editor
            .run(|ctx, ids| action::assign_person(ctx, &quote, &new("Rex Tillerson"), ids))
            .unwrap();
        assert_eq!(
            editor.get(&he).unwrap().person,
            Some(editor.people()[0].id.clone())
        );
        editor
            .run(|ctx, ids| action::not_given(ctx, &quote, ids))
            .unwrap();
        let refused = editor
            .run(|ctx, ids| action::assign_person(ctx, &quote, &PersonChoice::None, ids))
            .unwrap_err();
        assert!(refused.to_string().contains("not linked"), "{refused}");
    }
}
