use crate::edit::draft::Draft;
use crate::edit::{Context, Refusal};
use crate::model::{Link, PersonId, Target, Transaction};

/// Merges two people: the mentions and links of `from` move to `into`, its name and aliases become
/// aliases, and fields that `into` lacks are copied.
///
/// # Errors
/// [`Refusal`] where one is gone or both are the same.
pub fn merge_people(
    ctx: &Context<'_>,
    from: &PersonId,
    into: &PersonId,
) -> Result<Transaction, Refusal> {
    if from == into {
        return Err(Refusal::new("this is the same person; choose another"));
    }
    let mut draft = Draft::new(ctx);
    let gone = draft.require_person(from)?;
    let mut kept = draft.require_person(into)?;
    for mut mention in draft.mentions(from) {
        mention.person = Some(into.clone());
        draft.insert_annotation(mention);
    }
    let to = Target::Person(into.clone());
    for link in draft.links_to(&Target::Person(from.clone())) {
        let twin = draft
            .links_of_role(&link.from, &link.role)
            .into_iter()
            .find(|other| other.to == to);
        match twin {
            Some(twin) => {
                draft.remove_link(&link.id);
                draft.insert_link(Link {
                    confirmed: twin.confirmed || link.confirmed,
                    ..twin
                });
            }
            None => draft.insert_link(Link {
                to: to.clone(),
                ..link
            }),
        }
    }
    let label = format!("merged {} into {}", gone.name, kept.name);
    for alias in [gone.name].into_iter().chain(gone.aliases) {
        if alias != kept.name && !kept.aliases.contains(&alias) {
            kept.aliases.push(alias);
        }
    }
    if kept.role.is_empty() {
        kept.role = gone.role;
    }
    if kept.external_id.is_empty() {
        kept.external_id = gone.external_id;
    }
    for field in gone.unknown {
        if !kept.unknown.iter().any(|known| known.name == field.name) {
            kept.unknown.push(field);
        }
    }
    draft.insert_person(kept);
    draft.remove_person(from);
    Ok(draft.finish(label, ctx.selection.clone()))
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::Target;

    #[test]
    fn mentions_links_and_names_go_over() {
        let mut editor = TestEditor::new(TEXT);
        let trump = editor.tag("speaker", "Trump");
        let sanders = editor.tag("speaker", "Sanders");
        let (from, into) = (trump.person.unwrap(), sanders.person.unwrap());
        let claim = editor.tag("claim", "knew").id;
        for (person, add) in [(&from, false), (&into, true)] {
            let to = Target::Person(person.clone());
            editor
                .run(|ctx, ids| action::link(ctx, &claim, &to, add, ids))
                .unwrap();
        }
        editor
            .run(|ctx, _| action::merge_people(ctx, &from, &into))
            .unwrap();
        let [person] = editor.people().try_into().unwrap();
        assert_eq!(
            (person.name.as_str(), person.aliases),
            ("Sanders", vec!["Trump".to_owned()])
        );
        assert_eq!(editor.get(&trump.id).unwrap().person, Some(into.clone()));
        let [link] = editor.links(&claim).try_into().unwrap();
        assert_eq!(link.to, Target::Person(into.clone()));
        assert_eq!(editor.said, "merged Trump into Sanders");
        assert!(
            editor
                .run(|ctx, _| action::merge_people(ctx, &into, &into))
                .is_err()
        );
        assert!(
            editor
                .run(|ctx, _| action::merge_people(ctx, &from, &into))
                .is_err()
        );
    }
}
