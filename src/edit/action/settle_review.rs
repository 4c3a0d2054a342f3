use smol_str::SmolStr;

use super::assign_person::{PersonChoice, put_person};
use super::delete::take_out;
use super::link_to_mention::put_mention;
use super::not_given::answer_not_given;
use super::relabel::put_label;
use crate::edit::draft::Draft;
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

/// Does what a reviewer proposes, to one's own tag, and settles the review.
///
/// # Errors
/// [`Refusal`] where nothing is proposed, the tag is gone, or the schema or the article does not allow it.
pub fn take_change(
    ctx: &Context<'_>,
    reviewed: Reviewed<'_>,
    change: &ProposedChange,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    if change.is_empty() {
        return Err(Refusal::new(
            "no change is proposed: change the tag yourself, or leave it as it is",
        ));
    }
    let mut draft = Draft::new(ctx);
    let tag = &reviewed.key.tag;
    let before = draft.require(tag)?;
    let label = if change.remove {
        take_out(&mut draft, &before);
        "deleted the tag, as proposed".to_owned()
    } else {
        make_change(&mut draft, tag, change, ids)?
    };
    note_settled(&mut draft, reviewed, "");
    let selection = Selection {
        tag: (!change.remove).then(|| tag.clone()),
        ..ctx.selection.clone()
    };
    Ok(draft.finish(label, selection))
}

fn make_change(
    draft: &mut Draft<'_>,
    tag: &AnnotationId,
    change: &ProposedChange,
    ids: &mut dyn IdSource,
) -> Result<String, Refusal> {
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
    Ok(match &done[..] {
        [] => "the tag is as proposed already".to_owned(),
        done => format!("as proposed: {}", done.join("; ")),
    })
}

/// Where the proposed words are, in bytes.
fn placed(source: &SourceText, ranges: &[ProposedRange]) -> Result<Fragments, Refusal> {
    let place = |range: &ProposedRange| {
        let bounds = source
            .byte_of_char(range.start)
            .zip(source.byte_of_char(range.end));
        let range_there = bounds.map(|(start, end)| TextRange::new(start, end));
        range_there.filter(|there| source.get(*there) == Some(range.words.as_str()))
    };
    let all: Option<Vec<TextRange>> = ranges.iter().map(place).collect();
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
            action::take_change(ctx, reviewed, change, ids)
        })
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
