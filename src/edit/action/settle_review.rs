use smol_str::SmolStr;

use super::assign_person::{PersonChoice, put_person};
use super::delete::take_out;
use super::link_to_mention::put_mention;
use super::not_given::answer_not_given;
use super::prefill::prefill;
use super::relabel::put_label;
use crate::edit::draft::Draft;
use crate::edit::roster::{accept, name_person};
use crate::edit::wording::label_word;
use crate::edit::{Context, Refusal, attributes};
use crate::model::{
    AnnotationId, Attribute, Fragments, IdSource, PeerReview, PersonKind, ProposedChange,
    ProposedRange, ProposedSpeaker, Reply, ReviewKey, Selection, SettledReview, Transaction,
};
use crate::text::{SourceText, TextRange};

/// A review of one's own tag, or of all one's work, in the sidecar of somebody else.
#[derive(Debug, Clone, Copy)]
pub struct Reviewed<'a> {
    /// What it is about.
    pub key: &'a ReviewKey,
    /// Who reviewed it; empty: the unnamed one.
    pub by: &'a str,
    /// The [`review_hash`](crate::format::sidecar::review_hash) of what they said.
    pub review: &'a SmolStr,
    /// The version of the tag that is there now; empty where it is about no single tag.
    pub record: &'a SmolStr,
}

/// Settles a review: leaves the tag as it is, with words for the reviewer or without.
///
/// # Errors
/// [`Refusal`] where it is settled without more words.
pub fn settle_review(
    ctx: &Context<'_>,
    reviewed: Reviewed<'_>,
    answer: &str,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    note_settled(&mut draft, reviewed, answer.trim());
    let label = match answer.trim() {
        "" => "left as it is",
        _ => "answered",
    };
    draft.finish_or(label, ctx.selection.clone(), "this is settled already")
}

/// Does what a reviewer proposes, to one's own tag or with a new one, and settles the review.
///
/// # Errors
/// [`Refusal`] where nothing is proposed, the tag is gone, or the schema or the article does not allow it.
pub fn take_change(
    ctx: &Context<'_>,
    reviewed: Reviewed<'_>,
    review: &PeerReview,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let change = &review.change;
    if change.is_empty() {
        return Err(Refusal::new(
            "no change is proposed: change the tag yourself, or leave it as it is",
        ));
    }
    let mut draft = Draft::new(ctx);
    let mut tag = reviewed.key.tag.clone();
    let label = if review.proposes_tag() && draft.annotation(&tag).is_none() {
        let label;
        (tag, label) = add_tag(&mut draft, review, ids)?;
        label
    } else if change.remove {
        let before = draft.require(&tag)?;
        take_out(&mut draft, &before);
        "deleted the tag, as proposed".to_owned()
    } else {
        make_change(&mut draft, &tag, change, ids)?
    };
    note_settled(&mut draft, reviewed, "");
    let selection = Selection {
        tag: (!change.remove).then_some(tag),
        ..ctx.selection.clone()
    };
    Ok(draft.finish(label, selection))
}

/// Adds the tag that a reviewer proposes, unless the annotator has made it since; which it is, and what was done.
fn add_tag(
    draft: &mut Draft<'_>,
    review: &PeerReview,
    ids: &mut dyn IdSource,
) -> Result<(AnnotationId, String), Refusal> {
    let ctx = draft.ctx;
    let change = &review.change;
    let label = change.label.as_deref().unwrap_or_default();
    if ctx.schema.label(label).is_none() {
        return Err(Refusal::new(format!(
            "the schema has no label `{label}` any more; leave this as it is, or answer it"
        )));
    }
    let proposed = review.proposed_tag(ctx.document.source(), ctx.origin());
    let mut tag = proposed.ok_or_else(|| {
        Refusal::new("the article has changed since: tag the words yourself, then settle this")
    })?;
    let mut there = ctx.document.set().overlapping(tag.fragments.hull());
    let same = there.find(|(_, other)| {
        other.label == tag.label && other.fragments == tag.fragments && !other.is_rejected()
    });
    let word = label_word(ctx.schema, label);
    let (id, done) = match same {
        Some((_, same)) => {
            let mut same = same.clone();
            accept(draft, &mut same, ids);
            let id = same.id.clone();
            draft.insert_annotation(same);
            (id, format!("this is a {word}, as proposed"))
        }
        None => {
            attributes::fill(&ctx, &mut tag);
            name_person(draft, &mut tag, ids);
            let id = tag.id.clone();
            draft.insert_annotation(tag.clone());
            if change.speaker.is_none() {
                prefill(draft, &tag, ids)?;
            }
            (id, format!("tagged {word}, as proposed"))
        }
    };
    let more = ProposedChange {
        label: None,
        at: Vec::new(),
        ..change.clone()
    };
    let more = changes_made(draft, &id, &more, ids)?;
    let words = std::iter::once(done).chain(more).collect::<Vec<_>>();
    Ok((id, words.join("; ")))
}

fn make_change(
    draft: &mut Draft<'_>,
    tag: &AnnotationId,
    change: &ProposedChange,
    ids: &mut dyn IdSource,
) -> Result<String, Refusal> {
    let done = changes_made(draft, tag, change, ids)?;
    Ok(match &done[..] {
        [] => "the tag is as proposed already".to_owned(),
        done => format!("as proposed: {}", done.join("; ")),
    })
}

fn changes_made(
    draft: &mut Draft<'_>,
    tag: &AnnotationId,
    change: &ProposedChange,
    ids: &mut dyn IdSource,
) -> Result<Vec<String>, Refusal> {
    let mut done = Vec::new();
    if let Some(label) = &change.label
        && draft.require(tag)?.label != *label
    {
        done.push(put_label(draft, tag, label)?);
    }
    if !change.at.is_empty() {
        let fragments = placed(draft.ctx.document.source(), &change.at)?;
        let mut moved = draft.require(tag)?;
        if moved.fragments != fragments {
            let ctx = draft.ctx;
            attributes::move_to(&ctx, &mut moved, fragments);
            draft.insert_annotation(moved);
            done.push("moved the edges".to_owned());
        }
    }
    let mut changed = draft.require(tag)?;
    for Attribute { name, value } in &change.attributes {
        let value = Some(value.clone()).filter(|value| !value.is_empty());
        if changed.attribute(name) != value.as_ref() {
            done.push(attributes::set(
                draft.ctx.schema,
                &mut changed,
                name,
                value,
            )?);
        }
    }
    draft.insert_annotation(changed);
    match &change.speaker {
        None => {}
        Some(ProposedSpeaker::NotGiven) => {
            answer_not_given(draft, tag, ids)?;
            done.push("no speaker given".to_owned());
        }
        Some(ProposedSpeaker::Words(range)) => {
            let at = placed(draft.ctx.document.source(), std::slice::from_ref(range))?;
            done.push(put_mention(draft, tag, at.hull(), ids)?);
        }
        Some(ProposedSpeaker::Named(name)) => {
            let somebody = PersonChoice::New {
                name: name.clone(),
                kind: PersonKind::Person,
            };
            done.push(put_person(draft, tag, &somebody, ids)?);
        }
    }
    Ok(done)
}

/// Where the proposed words are, in bytes.
fn placed(source: &SourceText, ranges: &[ProposedRange]) -> Result<Fragments, Refusal> {
    let all: Option<Vec<TextRange>> = ranges.iter().map(|range| range.place(source)).collect();
    let all = all.ok_or_else(|| {
        Refusal::new("the article has changed since: move the edges yourself, then settle this")
    })?;
    Fragments::new(all).map_err(|error| Refusal::new(error.to_string()))
}

fn note_settled(draft: &mut Draft<'_>, reviewed: Reviewed<'_>, answer: &str) {
    let known = draft.peer_review(reviewed.key).cloned();
    let new = || PeerReview::new(reviewed.key.clone(), reviewed.record.clone());
    let mut own = known.unwrap_or_else(new);
    let by = reviewed.by;
    own.settled.retain(|one| one.by != by);
    own.settled.push(SettledReview {
        by: by.into(),
        review: reviewed.review.clone(),
    });
    own.settled.sort();
    if !answer.is_empty() {
        own.replies.push(Reply {
            said: draft.ctx.authorship().unwrap_or_default(),
            text: answer.to_owned(),
        });
    }
    draft.insert_peer_review(own);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::Target;

    fn take(
        editor: &mut TestEditor,
        tag: &AnnotationId,
        change: &ProposedChange,
    ) -> Result<(), Refusal> {
        let key = ReviewKey {
            of: "ann".into(),
            tag: tag.clone(),
        };
        editor.run(|ctx, ids| {
            let reviewed = Reviewed {
                key: &key,
                by: "ben",
                review: &"00ff".into(),
                record: &"1".into(),
            };
            let mut review = PeerReview::new(key.clone(), "1");
            review.change = change.clone();
            action::take_change(ctx, reviewed, &review, ids)
        })
    }

    #[test]
    fn a_missing_tag_is_added_once() {
        let mut editor = TestEditor::new(TEXT);
        let source = editor.document.source().clone();
        let start = source.as_str().find("“I think so,”").unwrap();
        let start = u32::try_from(source.as_str()[..start].chars().count()).unwrap();
        let mut review = PeerReview::new(
            ReviewKey {
                of: "ann".into(),
                tag: "m1".into(),
            },
            "",
        );
        review.change = ProposedChange {
            label: Some("quote".into()),
            at: vec![ProposedRange {
                start,
                end: start + 13,
                words: "“I think so,”".to_owned(),
            }],
            speaker: Some(ProposedSpeaker::Named("Ada Byron".to_owned())),
            ..ProposedChange::default()
        };
        let take = |editor: &mut TestEditor, review: &PeerReview| {
            editor.run(|ctx, ids| {
                let reviewed = Reviewed {
                    key: &review.key,
                    by: "ben",
                    review: &"00ff".into(),
                    record: &"".into(),
                };
                action::take_change(ctx, reviewed, review, ids)
            })
        };
        assert!(review.proposes_tag());
        let before = editor.document.clone();
        take(&mut editor, &review).unwrap();
        let tag = editor.get(&"m1".into()).unwrap();
        assert_eq!(tag.label, "quote");
        assert_eq!(editor.words(&tag.id), ["“I think so,”"]);
        let [link] = editor.links(&tag.id).try_into().unwrap();
        let person = editor.document.set().person_behind(&link.to).unwrap();
        assert_eq!(person.name, "Ada Byron");
        let own = editor.document.set().peer_reviews().next().unwrap();
        assert!(own.settles("ben", "00ff"));
        assert!(editor.undo());
        assert_eq!(editor.document.set(), before.set());

        // She has tagged it herself since.
        let own = editor.tag("quote", "“I think so,”").id;
        take(&mut editor, &review).unwrap();
        assert_eq!(
            editor
                .document
                .set()
                .annotations()
                .filter(|tag| tag.label == "quote")
                .count(),
            1
        );
        let [link] = editor.links(&own).try_into().unwrap();
        let person = editor.document.set().person_behind(&link.to).unwrap();
        assert_eq!(person.name, "Ada Byron");

        // A label that is gone, and words that are.
        review.change.label = Some("rumour".into());
        assert!(take(&mut editor, &review).is_err());
        review.change.label = Some("claim".into());
        review.change.at[0].words = "“I thought so”".to_owned();
        assert!(take(&mut editor, &review).is_err());
    }

    #[test]
    fn everything_that_is_proposed_is_done_in_one_step() {
        let mut editor = TestEditor::new(TEXT);
        let tag = editor.tag("quote", "“I think so,”").id;
        let before = editor.document.clone();
        let source = before.source().clone();
        let words = "I think so";
        let start = source.as_str().find(words).unwrap();
        let start = u32::try_from(source.as_str()[..start].chars().count()).unwrap();
        let range = ProposedRange {
            start,
            end: start + 10,
            words: words.to_owned(),
        };
        let change = ProposedChange {
            label: Some("claim".into()),
            at: vec![range.clone()],
            speaker: Some(ProposedSpeaker::Named("Ada Byron".to_owned())),
            ..ProposedChange::default()
        };
        take(&mut editor, &tag, &change).unwrap();
        let now = editor.get(&tag).unwrap();
        assert_eq!(now.label, "claim");
        assert_eq!(editor.words(&tag), ["I think so"]);
        let [link] = editor.links(&tag).try_into().unwrap();
        let person = editor.document.set().person_behind(&link.to).unwrap();
        assert_eq!(person.name, "Ada Byron");
        let own = editor.document.set().peer_reviews().next().unwrap();
        assert!(own.settles("ben", "00ff") && !own.settles("ben", "0"));
        assert!(editor.undo());
        assert_eq!(editor.document.set(), before.set());

        // Words that are not there any more are not guessed.
        let moved = ProposedChange {
            at: vec![ProposedRange {
                words: "other words".to_owned(),
                ..range
            }],
            ..ProposedChange::default()
        };
        assert!(take(&mut editor, &tag, &moved).is_err());
        let nobody = ProposedChange {
            speaker: Some(ProposedSpeaker::NotGiven),
            ..ProposedChange::default()
        };
        take(&mut editor, &tag, &nobody).unwrap();
        let [link] = editor.links(&tag).try_into().unwrap();
        assert_eq!(link.to, Target::NotGiven);
        let gone = ProposedChange {
            remove: true,
            ..ProposedChange::default()
        };
        take(&mut editor, &tag, &gone).unwrap();
        assert!(editor.get(&tag).is_none());
        assert!(take(&mut editor, &tag, &gone).is_err());
    }
}
