use super::change_speaker::link_to_person;
use super::with_tag;
use crate::edit::draft::Draft;
use crate::edit::roster::{accept, add_person, drop_unused_person, goes_by, is_name, name_in};
use crate::edit::speaker_link::{answer, answer_alone, speaker_role};
use crate::edit::wording::{label_word, target_words, words_of};
use crate::edit::{Context, Refusal};
use crate::model::{
    Annotation, AnnotationId, IdSource, Person, PersonId, PersonKind, Target, Transaction, Verdict,
};
use crate::suggest::{MentionKind, distance, mention_kind, same_name};

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

/// Sets the person of a speaker mention. For a quote or claim it says who said this one: a pronoun
/// or description it is linked to gets the person, and so does a name that could be the person's; the
/// link is confirmed. Otherwise the link goes to a mention of the person, or to the person.
/// Where the name is the description of a mention that is tagged and no person's, the link goes there,
/// and no person is made. Another name becomes an alias, so that it suggests the same person the next time, unless it is
/// someone else's. A new person with a name on the roster is that person.
///
/// # Errors
/// [`Refusal`] where the tag has no mention to clear, the person is gone or the name empty, or
/// nothing would change.
pub fn assign_person(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    person: &PersonChoice,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let label = put_person(&mut draft, tag, person, ids)?;
    draft.finish_or(
        label,
        with_tag(ctx, tag),
        "this is already set; choose someone else",
    )
}

/// The same in a draft. Returns what was done, in words.
pub(super) fn put_person(
    draft: &mut Draft<'_>,
    tag: &AnnotationId,
    person: &PersonChoice,
    ids: &mut dyn IdSource,
) -> Result<String, Refusal> {
    let schema = draft.ctx.schema;
    let asked = draft.require(tag)?;
    if let PersonChoice::New { name, .. } = person
        && !schema.mentions(&asked.label)
        && let Some(described) = described(draft, &asked, name)
    {
        return link_to_mention(draft, asked, described, ids);
    }
    let linked = linked_mention(draft, &asked)?;
    let chosen = match person {
        PersonChoice::Existing(id) => Some(draft.require_person(id)?.id),
        PersonChoice::New { name, kind } => Some(somebody(draft, name, *kind, ids)?),
        PersonChoice::None => None,
    };
    let speaks = !schema.mentions(&asked.label);
    match (linked, &chosen) {
        (Ok(mention), Some(id)) if speaks && !may_be(draft, &mention, id) => {
            link_to_person(draft, asked, id, ids)
        }
        (Err(_), Some(id)) => link_to_person(draft, asked, id, ids),
        (linked, chosen) => {
            let mention = linked?;
            if speaks && chosen.is_some() {
                confirm(draft, asked, &mention, ids)?;
            }
            name_mention(draft, mention, chosen.as_ref())
        }
    }
}

/// How many tags a search for a description looks at in each direction.
const LOOK: usize = 64;

/// The nearest mention that is tagged by description in exactly these words, and stands for no person:
/// "the old man".
fn described(draft: &Draft<'_>, asked: &Annotation, words: &str) -> Option<AnnotationId> {
    let document = draft.ctx.document;
    let (set, schema) = (document.set(), draft.ctx.schema);
    let (here, first) = (asked.fragments.start(), AnnotationId::new(""));
    let role = schema.speaker_role(&asked.label)?;
    let wanted = words.trim().to_lowercase();
    if mention_kind(words.trim()) != MentionKind::Description {
        return None;
    }
    let is_such = |mention: &&Annotation| {
        schema.allows(&role.key, &asked.label, &mention.label)
            && schema.mentions(&mention.label)
            && mention.person.is_none()
            && !mention.is_rejected()
            && !mention.is_open_suggestion()
            && words_of(document.source(), mention).to_lowercase() == wanted
    };
    set.before(here, here, &first)
        .take(LOOK)
        .chain(set.after(here, here, &first).take(LOOK))
        .filter(is_such)
        .min_by_key(|mention| distance(asked.fragments.as_slice(), mention.fragments.hull()))
        .map(|mention| mention.id.clone())
}

/// Links a quote or claim to a mention, confirmed, in place of other answers. Returns what was done,
/// in words.
fn link_to_mention(
    draft: &mut Draft<'_>,
    mut asked: Annotation,
    mention: AnnotationId,
    ids: &mut dyn IdSource,
) -> Result<String, Refusal> {
    let role = speaker_role(draft.ctx.schema, &asked.label)?.key.clone();
    let to = Target::Annotation(mention);
    answer_alone(draft, &asked.id, &role, to.clone(), ids);
    accept(draft, &mut asked, ids);
    draft.insert_annotation(asked);
    Ok(format!("linked to {}", target_words(draft, &to)))
}

/// Sets the person of a mention. Returns what was done, in words.
fn name_mention(
    draft: &mut Draft<'_>,
    mention: Annotation,
    chosen: Option<&PersonId>,
) -> Result<String, Refusal> {
    // Confirmed in the same step, it may have changed.
    let mut mention = draft.require(&mention.id)?;
    let words = words_of(draft.ctx.document.source(), &mention);
    let before = mention.person.clone();
    mention.person = chosen.cloned();
    if mention.is_open_suggestion() {
        mention.take(Verdict::Accepted);
    }
    let named = is_name(&mention, &words);
    draft.insert_annotation(mention);
    if let Some(before) = before
        && chosen != Some(&before)
    {
        drop_unused_person(draft, &before, &words);
    }
    let Some(id) = chosen else {
        return Ok("cleared the person".to_owned());
    };
    let mut person = draft.require_person(id)?;
    let alias = name_in(&words);
    let known = person.name == alias || person.aliases.contains(&alias);
    if named && !alias.is_empty() && !known && !is_name_of_another(draft, &person, &alias) {
        person.aliases.push(alias);
    }
    let label = format!("set to {}", person.name);
    draft.insert_person(person);
    Ok(label)
}

/// Confirms the only link of a quote or claim.
fn confirm(
    draft: &mut Draft<'_>,
    mut from: Annotation,
    mention: &Annotation,
    ids: &mut dyn IdSource,
) -> Result<(), Refusal> {
    let role = speaker_role(draft.ctx.schema, &from.label)?.key.clone();
    let old = draft.links_of_role(&from.id, &role).into_iter().next();
    let to = Target::Annotation(mention.id.clone());
    answer(draft, &from.id, &role, to, true, old, ids);
    accept(draft, &mut from, ids);
    draft.insert_annotation(from);
    Ok(())
}

/// Whether a mention can stand for a person: it does already, has no name of its own, or a name of
/// the person.
fn may_be(draft: &Draft<'_>, mention: &Annotation, person: &PersonId) -> bool {
    let words = words_of(draft.ctx.document.source(), mention);
    mention.person.as_ref() == Some(person)
        || !is_name(mention, &words)
        || draft
            .person(person)
            .is_some_and(|person| goes_by(person, &words))
}

/// Whether an alias for a person would be the name of someone else.
fn is_name_of_another(draft: &Draft<'_>, person: &Person, alias: &str) -> bool {
    let own = same_name(&person.name, alias);
    let people = draft.ctx.document.set().people_named_like(alias);
    people
        .into_iter()
        .filter(|other| other.id != person.id)
        .filter_map(|other| draft.person(&other.id))
        .any(|other| {
            let mut names = std::iter::once(&other.name).chain(&other.aliases);
            let exactly = names.any(|name| name.to_lowercase() == alias.to_lowercase());
            exactly || !own && goes_by(other, alias)
        })
}

/// The mention a tag is, or is linked to; the inner error where there is not one.
fn linked_mention(
    draft: &Draft<'_>,
    tag: &Annotation,
) -> Result<Result<Annotation, Refusal>, Refusal> {
    let schema = draft.ctx.schema;
    if schema.mentions(&tag.label) {
        return Ok(Ok(tag.clone()));
    }
    let word = label_word(schema, &tag.label);
    let role = schema.speaker_role(&tag.label).ok_or_else(|| {
        Refusal::new(format!(
            "a {word} does not name a person; choose a speaker tag"
        ))
    })?;
    Ok(match draft.links_of_role(&tag.id, &role.key).as_slice() {
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
    })
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

    #[test]
    fn a_quote_linked_to_another_name_is_said_by_someone_else() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        let before = editor.document.set().clone();
        editor
            .run(|ctx, ids| action::assign_person(ctx, &quote, &new("Karl Holm"), ids))
            .unwrap();
        let [karl] = editor.people().try_into().unwrap();
        assert_eq!(karl.aliases, [""; 0]);
        let [link] = editor.links(&quote).try_into().unwrap();
        assert_eq!((link.to, link.confirmed), (Target::Person(karl.id), true));
        assert_eq!(editor.said, "linked to Karl Holm");
        assert_eq!(editor.document.set().annotation_count(), 1, "only proposed");
        editor.undo();
        assert_eq!(*editor.document.set(), before);
    }

    #[test]
    fn a_quote_goes_to_the_nearest_mention_of_who_is_chosen() {
        let mut editor = TestEditor::new(TEXT);
        let tillerson = editor.tag("speaker", "Tillerson");
        let quote = editor.tag("quote", "“Today we do not.”").id;
        let to = Target::Annotation(tillerson.id.clone());
        editor
            .run(|ctx, ids| action::link(ctx, &quote, &to, false, ids))
            .unwrap();
        editor
            .run(|ctx, ids| action::assign_person(ctx, &quote, &new("Sarah Sanders"), ids))
            .unwrap();
        let [link] = editor.links(&quote).try_into().unwrap();
        let Target::Annotation(id) = &link.to else {
            panic!("{link:?}")
        };
        assert!(link.confirmed);
        assert_eq!(editor.words(id), ["Sanders"]);
        let sanders = editor.get(id).unwrap().person.unwrap();
        let name = |id| editor.document.set().person(id).map(|one| one.name.clone());
        assert_eq!(name(&sanders).as_deref(), Some("Sarah Sanders"));
        let kept = editor.get(&tillerson.id).unwrap();
        assert_eq!(
            kept.person, tillerson.person,
            "the mention keeps its person"
        );
        // Back again: the tag that is there is taken, the one that only came along goes.
        let first = PersonChoice::Existing(tillerson.person.unwrap());
        editor
            .run(|ctx, ids| action::assign_person(ctx, &quote, &first, ids))
            .unwrap();
        assert_eq!(editor.links(&quote)[0].to, to);
        assert_eq!(editor.document.set().annotation_count(), 2);
    }

    #[test]
    fn the_name_of_who_is_chosen_is_confirmed() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        let Target::Annotation(mention) = editor.links(&quote)[0].to.clone() else {
            panic!("linked to a mention");
        };
        editor
            .run(|ctx, ids| action::assign_person(ctx, &quote, &new("Rex Tillerson"), ids))
            .unwrap();
        let [link] = editor.links(&quote).try_into().unwrap();
        assert_eq!(link.to, Target::Annotation(mention.clone()));
        assert!(link.confirmed);
        let [rex] = editor.people().try_into().unwrap();
        assert_eq!(editor.get(&mention).unwrap().person, Some(rex.id));
    }

    #[test]
    fn the_name_of_someone_else_is_never_an_alias() {
        let mut editor = TestEditor::new(TEXT);
        let first = editor.tag("speaker", "Tillerson").id;
        editor.tag("speaker", "Secretary Rex Tillerson");
        editor
            .run(|ctx, ids| action::assign_person(ctx, &first, &new("Donald Trump"), ids))
            .unwrap();
        let people = editor.people();
        assert_eq!(people.len(), 2);
        for person in people {
            assert!(
                person.name != "Donald Trump" || person.aliases.is_empty(),
                "{person:?}"
            );
        }
    }
}
