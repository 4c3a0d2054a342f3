use std::collections::BTreeSet;

use super::tag::selected;
use crate::edit::draft::Draft;
use crate::edit::roster::{accept, is_name, name_in};
use crate::edit::wording::{shortened, words_of};
use crate::edit::{Context, Refusal, attributes};
use crate::model::{
    Annotation, AnnotationId, Fragments, IdSource, Selection, Transaction, Verdict,
};
use crate::suggest::{
    MentionKind, longer_name, mention_kind, name_occurrences, same_name, without_possessive,
};
use crate::text::TextRange;
use crate::text::wording::count;

/// Tags every other occurrence of the selected words, or of the tag `current` (else the one at the
/// caret) and the other names of its person, as the same label with the same person. Selected words that
/// have no tag get the label of mentions. A suggested mention of the name is accepted; where the label is
/// tagged or rejected, nothing changes.
///
/// # Errors
/// [`Refusal`] where there is no name here, or no other occurrence.
pub fn tag_occurrences(
    ctx: &Context<'_>,
    current: Option<&AnnotationId>,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let (source, set) = (ctx.document.source(), ctx.document.set());
    let mut draft = Draft::new(ctx);
    let (mut like, is_new) = tag_like(ctx, current, ids)?;
    if is_new || like.is_open_suggestion() {
        accept(&mut draft, &mut like, ids);
    }
    draft.insert_annotation(like.clone());
    let names = names_of(&draft, &like);
    let called = called(&draft, &like);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if names.is_empty() {
        return Err(Refusal::new(format!(
            "“{called}” may be anybody; set who is meant (W) or choose a name"
        )));
    }
    let mut accepted: BTreeSet<&AnnotationId> = BTreeSet::new();
    let (mut added, mut in_others) = (0, 0);
    for range in name_occurrences(source, &names) {
        if like.fragments.overlaps(range) {
            continue;
        }
        let there: Vec<&Annotation> = set
            .overlapping(range)
            .map(|(_, tag)| tag)
            .filter(|tag| tag.label == like.label)
            .collect();
        match there[..] {
            [] if is_in_other_name(ctx, range, &called) => in_others += 1,
            [] => {
                let fragments =
                    Fragments::try_from(range).map_err(|error| Refusal::new(error.to_string()))?;
                let id = AnnotationId::new(ids.next_id());
                let mut tag = Annotation::new(id, like.label.clone(), fragments, ctx.origin());
                attributes::fill(ctx, &mut tag);
                tag.person.clone_from(&like.person);
                draft.insert_annotation(tag);
                added += 1;
            }
            [one] if means(ctx, one, range, &called) => {
                if accepted.insert(&one.id) {
                    let mut tag = one.clone();
                    tag.verdict = Verdict::Accepted;
                    tag.person.clone_from(&like.person);
                    draft.insert_annotation(tag);
                }
            }
            [..] => {}
        }
    }
    let number = added + accepted.len();
    let left_out = match in_others {
        0 => String::new(),
        _ => format!(
            "; left out {} in other names",
            count(in_others, "occurrence")
        ),
    };
    let called = shortened(&called);
    if number == 0 {
        return Err(Refusal::new(format!(
            "no other untagged “{called}” in this article{left_out}"
        )));
    }
    let words = if is_new {
        format!("tagged “{called}” and {number} more{left_out}")
    } else {
        format!("tagged {number} more “{called}”{left_out}")
    };
    let selection = Selection {
        tag: Some(like.id),
        ..Selection::caret(ctx.selection.head)
    };
    Ok(draft.finish(words, selection))
}

/// The tag whose words are looked for, and whether it is new.
fn tag_like(
    ctx: &Context<'_>,
    current: Option<&AnnotationId>,
    ids: &mut dyn IdSource,
) -> Result<(Annotation, bool), Refusal> {
    let set = ctx.document.set();
    let names = |tag: &Annotation| !ctx.schema.speaks(&tag.label) && !tag.is_rejected();
    let Some(range) = selected(ctx)? else {
        let current = current.and_then(|id| set.annotation(id));
        let here = set.at(ctx.selection.head).into_iter();
        let found = current.into_iter().chain(here).find(|tag| names(tag));
        return found.map(|tag| (tag.clone(), false)).ok_or_else(|| {
            Refusal::new("no tagged name here; put the caret in one or select words")
        });
    };
    let same = set
        .overlapping(range)
        .map(|(_, tag)| tag)
        .find(|tag| names(tag) && tag.fragments.as_slice() == [range]);
    if let Some(tag) = same {
        return Ok((tag.clone(), false));
    }
    let source = ctx.document.source();
    let bare = without_possessive(source.slice(range));
    let range = TextRange::at(range.start(), crate::text::TextSize::of(bare));
    if !bare.contains(char::is_alphanumeric) {
        return Err(Refusal::new("no word is selected; select a name"));
    }
    let mut labels = ctx.schema.labels().iter();
    let label = labels
        .find(|label| label.mentions)
        .ok_or_else(|| Refusal::new("the schema has no label for speakers; add one"))?;
    let taken = set
        .overlapping(range)
        .any(|(_, tag)| tag.label == label.key && !tag.is_open_suggestion());
    if taken {
        return Err(Refusal::new(
            "the selected words are tagged in part; put the caret in the tag instead",
        ));
    }
    let fragments = Fragments::try_from(range).map_err(|error| Refusal::new(error.to_string()))?;
    let id = AnnotationId::new(ids.next_id());
    let mut tag = Annotation::new(id, label.key.clone(), fragments, ctx.origin());
    attributes::fill(ctx, &mut tag);
    Ok((tag, true))
}

/// What is looked for: the words of a tag, and the names its person is known by here. No pronouns.
fn names_of(draft: &Draft<'_>, like: &Annotation) -> Vec<String> {
    let source = draft.ctx.document.source();
    let bare = |words: &str| without_possessive(words).to_owned();
    let mut names = vec![bare(&words_of(source, like))];
    if let Some(person) = like.person.as_ref().and_then(|id| draft.person(id)) {
        names.push(person.name.clone());
        names.extend(person.aliases.iter().cloned());
        let mentions = draft.mentions(&person.id);
        let mentions = mentions.iter().filter(|tag| tag.label == like.label);
        let words = mentions.map(|tag| (tag, words_of(source, tag)));
        names.extend(
            words
                .filter(|(tag, words)| is_name(tag, words))
                .map(|(_, words)| bare(&words)),
        );
    }
    let usable = |name: &String| {
        name.contains(char::is_alphanumeric) && mention_kind(name) != MentionKind::Pronoun
    };
    names.retain(usable);
    names.sort();
    names.dedup();
    names
}

/// The name of the person of a tag, else its words.
fn called(draft: &Draft<'_>, like: &Annotation) -> String {
    let person = like.person.as_ref().and_then(|id| draft.person(id));
    let words = words_of(draft.ctx.document.source(), like);
    person.map_or_else(
        || without_possessive(&words).to_owned(),
        |person| person.name.clone(),
    )
}

/// Whether an occurrence is part of a name that is not this one. Of who is called by a single word, no
/// first name is known: any may be another's.
fn is_in_other_name(ctx: &Context<'_>, range: TextRange, called: &str) -> bool {
    longer_name(ctx.document.source(), range).is_some_and(|longer| {
        let adds = name_in(longer).contains(' ') && !called.contains(' ');
        adds || !same_name(called, longer)
    })
}

/// Whether a suggested mention around an occurrence is one of this name.
fn means(ctx: &Context<'_>, tag: &Annotation, range: TextRange, called: &str) -> bool {
    let words = words_of(ctx.document.source(), tag);
    tag.is_open_suggestion() && (tag.fragments.as_slice() == [range] || same_name(called, &words))
}

#[cfg(test)]
mod tests {
    use crate::edit::Refusal;
    use crate::edit::action::{self, PersonChoice};
    use crate::edit::testing::TestEditor;
    use crate::model::{Annotation, PersonKind, Verdict};
    use crate::text::TextSize;

    const TEXT: &str = "Rex Tillerson flew home. “Tillerson’s plan is good,” Trump said.\n\
        Tillerson left. Renda Tillerson stayed; TILLERSON waited. Mr. T wrote to Tillerson-haters.\n\
        He saw Rex\nTillerson again.";

    fn tag_all(editor: &mut TestEditor) -> Result<(), Refusal> {
        let current = editor.selection.tag.clone();
        editor.run(|ctx, ids| action::tag_occurrences(ctx, current.as_ref(), ids))
    }

    /// Tags all but the last word of `words` as a speaker.
    fn tag_within(editor: &mut TestEditor, words: &str) {
        editor.select(words);
        let last = words.rsplit(' ').next().unwrap();
        let spare = TextSize::of(last) + TextSize::of(' ');
        editor.selection.head -= spare;
        editor
            .run(|ctx, ids| action::tag(ctx, "speaker", ids))
            .unwrap();
    }

    fn speakers(editor: &TestEditor) -> Vec<(String, bool)> {
        let source = editor.document.source();
        let set = editor.document.set();
        let tags = set.annotations().filter(|tag| tag.label == "speaker");
        tags.map(|tag| (tag.fragments.text(source), tag.person.is_some()))
            .collect()
    }

    #[test]
    fn all_names_of_a_person_are_tagged_in_one_step() {
        let mut editor = TestEditor::new(TEXT);
        tag_within(&mut editor, "Tillerson left");
        let before = editor.document.clone();
        tag_all(&mut editor).unwrap();
        assert_eq!(
            editor.said,
            "tagged 2 more “Tillerson”; left out 2 occurrences in other names"
        );
        let found = speakers(&editor);
        let words: Vec<&str> = found.iter().map(|(words, _)| words.as_str()).collect();
        assert_eq!(words, ["Tillerson", "Tillerson", "Tillerson"]);
        assert!(found.iter().all(|(_, known)| *known));
        assert_eq!(editor.people().len(), 1);
        let refused = tag_all(&mut editor).unwrap_err().to_string();
        assert!(
            refused.starts_with("no other untagged “Tillerson” in this article; left out 2"),
            "{refused}"
        );
        editor.undo();
        assert_eq!(editor.document.set(), before.set());
        editor.redo();
        assert_eq!(speakers(&editor).len(), 3);
        // The full name says whose the short one is.
        editor.undo();
        editor.undo();
        editor.tag("speaker", "Rex Tillerson");
        tag_within(&mut editor, "Tillerson left");
        tag_all(&mut editor).unwrap();
        assert_eq!(
            editor.said,
            "tagged 2 more “Rex Tillerson”; left out 1 occurrence in other names"
        );
        let found = speakers(&editor);
        let words: Vec<&str> = found.iter().map(|(words, _)| words.as_str()).collect();
        assert_eq!(
            words,
            ["Rex Tillerson", "Tillerson", "Tillerson", "Rex\nTillerson"]
        );
        assert_eq!(editor.people().len(), 1);
    }

    #[test]
    fn selected_words_are_tagged_with_their_other_occurrences() {
        let mut editor = TestEditor::new("The Water Board met. “No,” the Water Board's head said.");
        editor.select("Water Board");
        tag_all(&mut editor).unwrap();
        assert_eq!(editor.said, "tagged “The Water Board” and 1 more");
        assert_eq!(speakers(&editor).len(), 2);
        editor.select("met");
        let refused = tag_all(&mut editor).unwrap_err().to_string();
        assert_eq!(refused, "no other untagged “met” in this article");
        assert_eq!(speakers(&editor).len(), 2);
        editor.caret("said");
        let refused = tag_all(&mut editor).unwrap_err().to_string();
        assert!(refused.contains("no tagged name here"), "{refused}");
    }

    #[test]
    fn a_pronoun_stands_for_the_names_of_its_person() {
        let mut editor = TestEditor::new("Ann Lee came. She left, and she sang. “Ann Lee!”");
        let she = editor.tag("speaker", "She").id;
        let refused = tag_all(&mut editor).unwrap_err().to_string();
        assert!(refused.contains("may be anybody"), "{refused}");
        let person = PersonChoice::New {
            name: "Ann Lee".to_owned(),
            kind: PersonKind::Person,
        };
        editor
            .run(|ctx, ids| action::assign_person(ctx, &she, &person, ids))
            .unwrap();
        tag_all(&mut editor).unwrap();
        assert_eq!(editor.said, "tagged 2 more “Ann Lee”");
    }

    #[test]
    fn suggested_mentions_are_accepted_and_rejected_ones_stay() {
        for (verdict, number) in [(Verdict::Open, 2), (Verdict::Rejected, 1)] {
            let mut editor = TestEditor::new("Ann Lee came. Ann Lee left. Ann Lee sang.");
            let first = editor.tag("speaker", "Ann Lee");
            tag_within(&mut editor, "Ann Lee left");
            let second = editor.current();
            let open = Annotation {
                verdict,
                person: None,
                ..second.clone()
            };
            editor.replace(second.clone(), open);
            editor.selection.tag = Some(first.id.clone());
            tag_all(&mut editor).unwrap();
            assert_eq!(editor.said, format!("tagged {number} more “Ann Lee”"));
            let after = editor.get(&second.id).unwrap();
            assert_eq!(after.person.is_some(), verdict == Verdict::Open);
        }
    }
}
