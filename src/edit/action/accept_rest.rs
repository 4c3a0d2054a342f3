use std::collections::BTreeSet;

use super::confirm_link::confirm;
use crate::edit::draft::Draft;
use crate::edit::roster::{accept, goes_by, person_name};
use crate::edit::speaker_link::answer;
use crate::edit::wording::{count_tags, words_of};
use crate::edit::{Context, Refusal};
use crate::model::{
    Annotation, AnnotationId, IdSource, Link, PersonId, Review, Target, Transaction,
};
use crate::suggest::{ParagraphCache, USUAL_CONFIDENCE, known_person};
use crate::text::wording::{count, doubt};
use crate::text::{TextRange, TextSize, paragraph_at};

/// Accepts the open suggestions in `within` (bytes) that have the label of what is tagged there and the
/// usual confidence, as one step. Each gets the speaker suggested for it, else that of the tag before
/// it in its paragraph, else of the next one; confirmed only where a tag there has that speaker,
/// confirmed. `in_hand`, if it is one of the tags there, is confirmed first.
///
/// # Errors
/// [`Refusal`] where nothing is tagged there, or nothing is suggested.
pub fn accept_rest(
    ctx: &Context<'_>,
    within: TextRange,
    in_hand: Option<&AnnotationId>,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let here = |tag: &Annotation| within.contains_inclusive(tag.fragments.start());
    let mut all: Vec<&Annotation> = (ctx.document.set().overlapping(within))
        .map(|(_, tag)| tag)
        .filter(|tag| here(tag) && ctx.schema.speaks(&tag.label))
        .collect();
    all.sort_by_key(|tag| (tag.fragments.start(), tag.id.clone()));
    all.dedup_by_key(|tag| tag.id.clone());
    let is_wrong = |tag: &Annotation| tag.is_rejected() || tag.review == Review::Rejected;
    all.retain(|tag| !is_wrong(tag));
    let (open, own): (Vec<&Annotation>, Vec<&Annotation>) =
        all.into_iter().partition(|tag| tag.is_open_suggestion());
    if own.is_empty() {
        return Err(Refusal::new(
            "nothing is tagged in this paragraph yet; tag its first quote, then do the rest like it",
        ));
    }
    let labels: BTreeSet<&str> = own.iter().map(|tag| tag.label.as_str()).collect();
    let is_sure = |tag: &Annotation| {
        let confidence = tag.confidence.map(|confidence| confidence.get());
        confidence.is_none_or(|confidence| confidence >= f64::from(USUAL_CONFIDENCE))
    };
    let rest: Vec<&Annotation> = open
        .into_iter()
        .filter(|tag| labels.contains(tag.label.as_str()) && is_sure(tag))
        .collect();
    if rest.is_empty() {
        return Err(Refusal::new("nothing more is suggested in this paragraph"));
    }
    let mut draft = Draft::new(ctx);
    draft.takes_many = true;
    if let Some(tag) = own.iter().find(|tag| Some(&tag.id) == in_hand) {
        confirm(&mut draft, (*tag).clone(), ids);
    }
    let known = Speakers::of(&draft, &own);
    let mut done: Vec<&Annotation> = own;
    let (mut wrong, mut to_confirm) = (0.0, 0);
    for &tag in &rest {
        let Some(role) = ctx.schema.speaker_role(&tag.label).map(|role| &role.key) else {
            continue;
        };
        if draft.links_of_role(&tag.id, role).is_empty() {
            for link in nearest(&draft, &done, tag) {
                answer(&mut draft, &tag.id, role, link.to, false, None, ids);
            }
        }
        let links = draft.links_of_role(&tag.id, role);
        let is_known = |link: &Link| link.confirmed || known.has(&draft, &link.to);
        if !links.is_empty() && links.iter().all(is_known) {
            confirm(&mut draft, tag.clone(), ids);
        } else {
            let mut accepted = tag.clone();
            accept(&mut draft, &mut accepted, ids);
            draft.insert_annotation(accepted);
            to_confirm += links.len();
        }
        wrong += tag
            .confidence
            .map_or(0.0, |confidence| 1.0 - confidence.get());
        done.push(tag);
    }
    let labels: Vec<&str> = rest.iter().map(|tag| tag.label.as_str()).collect();
    let mut words = format!(
        "tagged {} more like this; {}",
        count_tags(ctx.schema, &labels),
        doubt(wrong)
    );
    if to_confirm > 0 {
        words += &format!("; {} to confirm", count(to_confirm, "speaker"));
    }
    Ok(draft.finish(words, ctx.selection.clone()))
}

/// The links to the speaker of the tag before another in its paragraph, else of the next one there.
fn nearest(draft: &Draft<'_>, done: &[&Annotation], tag: &Annotation) -> Vec<Link> {
    let start = tag.fragments.start();
    let paragraph = paragraph_at(draft.ctx.document.source(), start);
    let beside = done.iter().filter(|one| {
        one.label == tag.label && paragraph.contains_inclusive(one.fragments.start())
    });
    let nearest = beside.min_by_key(|one| {
        let place = one.fragments.start();
        let far = if place < start {
            start - place
        } else {
            place - start
        };
        (place > start, far)
    });
    let role = draft.ctx.schema.speaker_role(&tag.label);
    nearest.zip(role).map_or_else(Vec::new, |(one, role)| {
        draft.links_of_role(&one.id, &role.key)
    })
}

/// Who is confirmed to have said something.
struct Speakers {
    targets: Vec<Target>,
    people: BTreeSet<PersonId>,
}

impl Speakers {
    fn of(draft: &Draft<'_>, tags: &[&Annotation]) -> Self {
        let (mut targets, mut people) = (Vec::new(), BTreeSet::new());
        for tag in tags {
            let Some(role) = draft.ctx.schema.speaker_role(&tag.label) else {
                continue;
            };
            let links = draft.links_of_role(&tag.id, &role.key).into_iter();
            for link in links.filter(|link| link.confirmed) {
                match &link.to {
                    Target::Annotation(id) => {
                        people.extend(draft.annotation(id).and_then(|one| one.person.clone()));
                    }
                    Target::Person(person) => {
                        people.insert(person.clone());
                    }
                    Target::NotGiven => {}
                }
                targets.push(link.to);
            }
        }
        Self { targets, people }
    }

    /// Whether a target is one of them: the same mention, or another one of the same person.
    fn has(&self, draft: &Draft<'_>, to: &Target) -> bool {
        if self.targets.contains(to) {
            return true;
        }
        match to {
            Target::NotGiven => false,
            Target::Person(person) => self.people.contains(person),
            Target::Annotation(id) => match draft.annotation(id) {
                None => false,
                Some(Annotation {
                    person: Some(person),
                    ..
                }) => self.people.contains(person),
                Some(mention) => {
                    let words = words_of(draft.ctx.document.source(), mention);
                    self.are_named(draft, &words, mention.fragments.start())
                }
            },
        }
    }

    /// Whether a mention of these words at `near` (bytes) means one of them, pronouns included.
    fn are_named(&self, draft: &Draft<'_>, words: &str, near: TextSize) -> bool {
        let document = draft.ctx.document;
        let name = person_name(&ParagraphCache::new(document.source()), words, near);
        if name.is_empty() {
            return false;
        }
        match known_person(document, &name, near) {
            Some(person) => self.people.contains(&person),
            None => (self.people.iter().filter_map(|id| draft.person(id)))
                .any(|person| goes_by(person, &name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::apply;
    use crate::edit::testing::TestEditor;
    use crate::model::{Annotation, AnnotationId, Change, Confidence, Delta, Transaction, Verdict};

    const TEXT: &str = "“One,” Ann Lee said. “Two,” Tom Webb said. “Three,” Lee said. “Four.”\n\
        “Five,” she said.";

    /// Tags the words and makes an open suggestion of that, with its speaker unconfirmed.
    fn suggest(editor: &mut TestEditor, words: &str, confidence: f64) -> AnnotationId {
        let tag = editor.tag("quote", words);
        let open = Annotation {
            verdict: Verdict::Open,
            confidence: Confidence::new(confidence),
            ..tag.clone()
        };
        let mut changes = vec![Change::Annotation(Delta::replace(tag.clone(), open))];
        if words == "“Four.”" {
            let links = editor.links(&tag.id).into_iter();
            changes.extend(links.map(|link| Change::Link(Delta::remove(link))));
        }
        let suggested = Transaction {
            changes,
            ..Transaction::new("suggested")
        };
        apply(&mut editor.document, &suggested).unwrap();
        tag.id
    }

    #[test]
    fn the_rest_of_a_paragraph_is_done_like_its_first_quote() {
        let mut editor = TestEditor::new(TEXT);
        let line = editor.document.source().lines().range(0);
        let rest: Vec<AnnotationId> = ["“Two,”", "“Three,”", "“Four.”", "“Five,”"]
            .into_iter()
            .map(|words| suggest(&mut editor, words, 0.8))
            .collect();
        let run = |editor: &mut TestEditor, in_hand: Option<&AnnotationId>| {
            editor.run(|ctx, ids| action::accept_rest(ctx, line, in_hand, ids))
        };
        let refused = run(&mut editor, None).unwrap_err().to_string();
        assert!(refused.contains("tag its first quote"), "{refused}");
        let first = editor.tag("quote", "“One,”").id;
        let before = editor.document.clone();
        run(&mut editor, Some(&first)).unwrap();
        assert_eq!(
            editor.said,
            "tagged 3 quotes more like this; about 1 may be wrong; 1 speaker to confirm"
        );
        let speakers: Vec<(String, bool)> = [&first, &rest[0], &rest[1], &rest[2]]
            .into_iter()
            .map(|id| {
                assert_eq!(editor.get(id).unwrap().verdict, Verdict::Accepted);
                let [link] = editor.links(id).try_into().unwrap();
                let crate::model::Target::Annotation(mention) = &link.to else {
                    panic!("{link:?}")
                };
                (editor.words(mention).join(" "), link.confirmed)
            })
            .collect();
        let expected = [
            ("Ann Lee", true),
            ("Tom Webb", false),
            ("Lee", true),
            ("Lee", true),
        ];
        let expected = expected.map(|(words, confirmed)| (words.to_owned(), confirmed));
        assert_eq!(speakers, expected);
        let names: Vec<String> = editor.people().into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["Ann Lee"]);
        assert!(editor.get(&rest[3]).unwrap().is_open_suggestion());
        let refused = run(&mut editor, None).unwrap_err().to_string();
        assert_eq!(refused, "nothing more is suggested in this paragraph");
        editor.undo();
        assert_eq!(editor.document.set(), before.set());
    }

    #[test]
    fn what_is_unsure_or_rejected_stays() {
        let mut editor = TestEditor::new(TEXT);
        let unsure = suggest(&mut editor, "“Two,”", 0.3);
        editor.tag("quote", "“One,”");
        let line = editor.document.source().lines().range(0);
        let refused = editor.run(|ctx, ids| action::accept_rest(ctx, line, None, ids));
        assert!(refused.is_err());
        assert!(editor.get(&unsure).unwrap().is_open_suggestion());
    }
}
