use crate::edit::draft::Draft;
use crate::edit::roster::accept;
use crate::edit::wording::target_words;
use crate::edit::{Context, Refusal};
use crate::model::{Annotation, AnnotationId, IdSource, Link, Origin, Review, Target, Transaction};
use crate::text::wording::join_and;

use super::with_tag;

/// Confirms the pre-filled links of a tag, and the same links of the quote around a claim or the
/// claims in a quote. The mentions they point to are accepted, and a named one
/// gets its person. A suggestion whose link is confirmed is accepted, too.
///
/// # Errors
/// [`Refusal`] where nothing waits to be confirmed.
pub fn confirm_link(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let from = draft.require(tag)?;
    let words = confirm(&mut draft, from, ids);
    if words.is_empty() {
        return Err(Refusal::new("no speaker to confirm; choose one first"));
    }
    Ok(draft.finish(
        format!("confirmed {}", join_and(&words)),
        with_tag(ctx, tag),
    ))
}

/// Confirms what waits to be confirmed of a tag. Returns what its links lead to, in words; where
/// nothing waits, nothing changes.
pub(super) fn confirm(
    draft: &mut Draft<'_>,
    mut from: Annotation,
    ids: &mut dyn IdSource,
) -> Vec<String> {
    let mut words = Vec::new();
    // Whoever takes a suggestion has seen its speaker, too.
    let is_reviewed = from.is_open_suggestion() || from.review == Review::Accepted;
    let reviews = is_reviewed && !draft.takes_many;
    for link in draft.links_from(&from.id) {
        if link.confirmed {
            continue;
        }
        if let Target::Annotation(id) = &link.to
            && let Some(mut mention) = draft.annotation(id).cloned()
        {
            let is_suggested = matches!(mention.origin, Origin::Suggester(_));
            accept(draft, &mut mention, ids);
            if is_suggested && reviews {
                mention.take(mention.verdict);
            }
            draft.insert_annotation(mention);
        }
        words.push(target_words(draft, &link.to));
        for same in same_links(draft, &from, &link) {
            draft.insert_link(Link {
                confirmed: true,
                ..same
            });
        }
        draft.insert_link(Link {
            confirmed: true,
            ..link
        });
    }
    if !words.is_empty() {
        accept(draft, &mut from, ids);
        from.former_words.clear();
        draft.insert_annotation(from);
    }
    words
}

/// The unconfirmed links to the same speaker that tags of another label have around these words or
/// in them: one answer, given once.
fn same_links(draft: &Draft<'_>, from: &Annotation, link: &Link) -> Vec<Link> {
    let set = draft.ctx.document.set();
    let hull = from.fragments.hull();
    let nested = |tag: &Annotation| {
        let other = tag.fragments.hull();
        tag.label != from.label
            && !tag.is_open_suggestion()
            && !tag.is_rejected()
            && (other.contains_range(hull) || hull.contains_range(other))
    };
    let beside = |other: &&Link| {
        other.id != link.id
            && other.role == link.role
            && !other.confirmed
            && set.annotation(&other.from).is_some_and(nested)
    };
    set.links_to(&link.to).filter(beside).cloned().collect()
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::{Target, Verdict};

    #[test]
    fn confirming_accepts_the_mention_and_knows_the_person() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        editor
            .run(|ctx, ids| action::confirm_link(ctx, &quote, ids))
            .unwrap();
        let [link] = editor.links(&quote).try_into().unwrap();
        assert!(link.confirmed);
        let Target::Annotation(id) = &link.to else {
            panic!("{link:?}")
        };
        let mention = editor.get(id).unwrap();
        assert_eq!(mention.verdict, Verdict::Accepted);
        assert_eq!(mention.person.as_ref(), Some(&editor.people()[0].id));
        assert_eq!(editor.said, "confirmed Rex Tillerson");
        let refused = editor
            .run(|ctx, ids| action::confirm_link(ctx, &quote, ids))
            .unwrap_err();
        assert!(
            refused.to_string().contains("no speaker to confirm"),
            "{refused}"
        );
    }
}
