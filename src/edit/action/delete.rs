use smol_str::SmolStr;

use crate::edit::draft::Draft;
use crate::edit::roster::drop_unused_person;
use crate::edit::speaker_link::remove_link;
use crate::edit::wording::{count_tags, label_word, undecided, words_of};
use crate::edit::{Context, Refusal};
use crate::model::{Annotation, AnnotationId, Link, PersonId, Selection, Target, Transaction};

/// Deletes a tag, its own links and mentions suggested for it alone. Links to a mention of a person
/// then lead to that person; others are removed, and their tags are undecided again. The caret
/// stays; no tag is the current one.
///
/// # Errors
/// [`Refusal`] where the tag is gone.
pub fn delete(ctx: &Context<'_>, tag: &AnnotationId) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let gone = draft.require(tag)?;
    let left = take_out(&mut draft, &gone);
    let mut words = format!("deleted {}", label_word(ctx.schema, &gone.label));
    if let Some(person) = &gone.person
        && !left.pointed.is_empty()
    {
        let name = ctx.document.set().person(person);
        let verb = if left.pointed.len() == 1 {
            "points"
        } else {
            "point"
        };
        words.push_str(&format!(
            "; {} now {verb} to {}",
            count_tags(ctx.schema, &labels(&left.pointed)),
            name.map_or("", |person| person.name.as_str())
        ));
    }
    words.push_str(&undecided(ctx.schema, &labels(&left.unanswered)));
    let selection = Selection {
        tag: None,
        ..ctx.selection.clone()
    };
    Ok(draft.finish(words, selection))
}

/// The tags whose links pointed to what is deleted.
#[derive(Default)]
pub(super) struct Left {
    /// They point to the person of the mention now.
    pub(super) pointed: Vec<Annotation>,
    /// They are undecided again.
    pub(super) unanswered: Vec<Annotation>,
}

fn labels(tags: &[Annotation]) -> Vec<SmolStr> {
    tags.iter().map(|tag| tag.label.clone()).collect()
}

/// Takes a tag off the draft, with what depends on it.
pub(super) fn take_out(draft: &mut Draft<'_>, gone: &Annotation) -> Left {
    for link in draft.links_from(&gone.id) {
        remove_link(draft, &link);
    }
    let left = redirect_links(draft, gone);
    draft.remove_annotation(&gone.id);
    if let Some(person) = &gone.person {
        let words = words_of(draft.ctx.document.source(), gone);
        drop_unused_person(draft, person, &words);
    }
    left
}

fn redirect_links(draft: &mut Draft<'_>, gone: &Annotation) -> Left {
    let mut left = Left::default();
    let person: Option<PersonId> = gone
        .person
        .clone()
        .filter(|person| draft.person(person).is_some());
    for link in draft.links_to(&Target::Annotation(gone.id.clone())) {
        draft.remove_link(&link.id);
        let Some(from) = draft.annotation(&link.from).cloned() else {
            continue;
        };
        let others = draft.links_of_role(&link.from, &link.role);
        match &person {
            Some(person) if draft.ctx.schema.allows_people(&link.role, &from.label) => {
                let to = Target::Person(person.clone());
                if !others.iter().any(|other| other.to == to) {
                    draft.insert_link(Link { to, ..link });
                    left.pointed.push(from);
                }
            }
            Some(_) | None if others.is_empty() => left.unanswered.push(from),
            Some(_) | None => {}
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::Target;

    #[test]
    fn links_to_a_mention_go_over_to_its_person() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        editor
            .run(|ctx, ids| action::confirm_link(ctx, &quote, ids))
            .unwrap();
        let Target::Annotation(mention) = editor.links(&quote)[0].to.clone() else {
            panic!()
        };
        editor.caret("said");
        let caret = editor.selection.clone();
        editor.run(|ctx, _| action::delete(ctx, &mention)).unwrap();
        let [link] = editor.links(&quote).try_into().unwrap();
        assert_eq!(link.to, Target::Person(editor.people()[0].id.clone()));
        assert!(link.confirmed);
        assert_eq!(
            editor.said,
            "deleted speaker; 1 quote now points to Rex Tillerson"
        );
        assert_eq!(editor.selection, caret);
    }

    #[test]
    fn without_a_person_they_are_undecided_again() {
        let mut editor = TestEditor::new(TEXT);
        let he = editor.tag("speaker", "He").id;
        for words in ["“I think so,”", "“Today we do not.”"] {
            let quote = editor.tag("quote", words).id;
            editor
                .run(|ctx, ids| {
                    action::link(ctx, &quote, &Target::Annotation(he.clone()), false, ids)
                })
                .unwrap();
        }
        editor.run(|ctx, _| action::delete(ctx, &he)).unwrap();
        assert_eq!(editor.document.set().link_count(), 0);
        assert_eq!(editor.said, "deleted speaker; 2 quotes have no speaker yet");
        editor.undo();
        assert_eq!(editor.document.set().link_count(), 2);
    }

    #[test]
    fn what_was_proposed_for_the_tag_goes_with_it() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        editor.run(|ctx, _| action::delete(ctx, &quote)).unwrap();
        assert_eq!(editor.document.set().annotation_count(), 0);
        assert_eq!(editor.document.set().link_count(), 0);
        assert_eq!(editor.selection.tag, None);
        assert_eq!(editor.said, "deleted quote");
    }

    #[test]
    fn a_person_nobody_wrote_about_goes_with_the_last_mention() {
        let mut editor = TestEditor::new(TEXT);
        let first = editor.tag("speaker", "Tillerson").id;
        let second = editor.tag("speaker", "Rex Tillerson").id;
        editor.run(|ctx, _| action::delete(ctx, &second)).unwrap();
        assert_eq!(editor.people().len(), 1);
        editor.run(|ctx, _| action::delete(ctx, &first)).unwrap();
        assert!(editor.people().is_empty());
        editor.undo();
        let mut person = editor.people().remove(0);
        person.role = "Secretary of State".to_owned();
        editor
            .run(|ctx, _| action::edit_person(ctx, &person))
            .unwrap();
        editor.run(|ctx, _| action::delete(ctx, &first)).unwrap();
        assert_eq!(editor.people(), [person]);
    }
}
