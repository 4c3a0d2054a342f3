use crate::edit::draft::Draft;
use crate::edit::wording::count_tags;
use crate::edit::{Context, Refusal};
use crate::model::{PersonId, Target, Transaction};
use crate::text::wording::{count, join_and};

/// Removes a person from the roster.
///
/// # Errors
/// [`Refusal`] where the person is gone, or mentions or links name them.
pub fn delete_person(ctx: &Context<'_>, id: &PersonId) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let person = draft.require_person(id)?;
    let mentions: Vec<_> = draft
        .mentions(id)
        .into_iter()
        .map(|tag| tag.label)
        .collect();
    let links = draft.links_to(&Target::Person(id.clone())).len();
    let mut users = Vec::new();
    if !mentions.is_empty() {
        users.push(count_tags(ctx.schema, &mentions));
    }
    if links > 0 {
        users.push(count(links, "link"));
    }
    if !users.is_empty() {
        return Err(Refusal::new(format!(
            "{} is used by {}; merge them with someone else instead",
            person.name,
            join_and(&users)
        )));
    }
    draft.remove_person(id);
    Ok(draft.finish(format!("removed {}", person.name), ctx.selection.clone()))
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::Target;

    #[test]
    fn a_person_in_use_stays() {
        let mut editor = TestEditor::new(TEXT);
        let tag = editor.tag("speaker", "Trump");
        let person = tag.person.unwrap();
        let claim = editor.tag("claim", "knew").id;
        let to = Target::Person(person.clone());
        editor
            .run(|ctx, ids| action::link(ctx, &claim, &to, false, ids))
            .unwrap();
        let refused = editor
            .run(|ctx, _| action::delete_person(ctx, &person))
            .unwrap_err();
        assert!(
            refused.to_string().contains("1 speaker and 1 link"),
            "{refused}"
        );
        let nobody = action::PersonChoice::None;
        editor
            .run(|ctx, ids| action::not_given(ctx, &claim, ids))
            .unwrap();
        let mut kept = editor.people().remove(0);
        kept.role = "president".to_owned();
        editor
            .run(|ctx, _| action::edit_person(ctx, &kept))
            .unwrap();
        editor
            .run(|ctx, ids| action::assign_person(ctx, &tag.id, &nobody, ids))
            .unwrap();
        editor
            .run(|ctx, _| action::delete_person(ctx, &person))
            .unwrap();
        assert!(editor.people().is_empty());
        assert!(
            editor
                .run(|ctx, _| action::delete_person(ctx, &person))
                .is_err()
        );
    }
}
