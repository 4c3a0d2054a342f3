use crate::edit::draft::Draft;
use crate::edit::{Context, Refusal};
use crate::model::{Person, Transaction};

/// Writes name, kind, aliases, role, organisation, external id and attributes of a person on the roster. Trims white space
/// and drops empty and repeated aliases.
///
/// # Errors
/// [`Refusal`] where the person is gone, the name empty, or nothing would change.
pub fn edit_person(ctx: &Context<'_>, person: &Person) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    draft.require_person(&person.id)?;
    let name = person.name.trim().to_owned();
    if name.is_empty() {
        return Err(Refusal::new("type a name"));
    }
    let mut aliases: Vec<String> = Vec::new();
    for alias in person.aliases.iter().map(|alias| alias.trim()) {
        if !alias.is_empty() && alias != name && !aliases.iter().any(|known| known == alias) {
            aliases.push(alias.to_owned());
        }
    }
    let label = format!("updated {name}");
    let refusal = format!("no changes to {name}");
    draft.insert_person(Person {
        name,
        aliases,
        role: person.role.trim().to_owned(),
        organisation: person.organisation.trim().to_owned(),
        external_id: person.external_id.trim().to_owned(),
        ..person.clone()
    });
    draft.finish_or(label, ctx.selection.clone(), &refusal)
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};

    #[test]
    fn what_is_written_is_tidy() {
        let mut editor = TestEditor::new(TEXT);
        editor.tag("speaker", "Tillerson");
        let mut person = editor.people().remove(0);
        assert!(
            editor
                .run(|ctx, _| action::edit_person(ctx, &person))
                .is_err()
        );
        person.name = " Rex Tillerson ".to_owned();
        person.aliases = [" T-Rex", "", "T-Rex", "Rex Tillerson"]
            .map(str::to_owned)
            .to_vec();
        editor
            .run(|ctx, _| action::edit_person(ctx, &person))
            .unwrap();
        let changed = editor.people().remove(0);
        assert_eq!(changed.name, "Rex Tillerson");
        assert_eq!(changed.aliases, ["T-Rex"]);
        person.name = " ".to_owned();
        assert!(
            editor
                .run(|ctx, _| action::edit_person(ctx, &person))
                .is_err()
        );
        person.id = "gone".into();
        assert!(
            editor
                .run(|ctx, _| action::edit_person(ctx, &person))
                .is_err()
        );
    }
}
