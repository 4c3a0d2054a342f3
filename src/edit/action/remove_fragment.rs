use super::{delete, with_tag};
use crate::edit::draft::Draft;
use crate::edit::wording::label_word;
use crate::edit::{Context, Refusal, attributes};
use crate::model::{AnnotationId, Fragments, Transaction};

/// Removes the fragment `index` (from 0) of a tag; removing the last one deletes the tag.
///
/// # Errors
/// [`Refusal`] where the tag has no such fragment.
pub fn remove_fragment(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    index: usize,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let mut changed = draft.require(tag)?;
    let mut ranges = changed.fragments.as_slice().to_vec();
    if index >= ranges.len() {
        return Err(Refusal::new("this part no longer exists; choose another"));
    }
    ranges.remove(index);
    if ranges.is_empty() {
        return delete(ctx, tag);
    }
    let fragments = Fragments::new(ranges).map_err(|error| Refusal::new(error.to_string()))?;
    attributes::move_to(ctx, &mut changed, fragments);
    let word = label_word(ctx.schema, &changed.label);
    draft.insert_annotation(changed);
    Ok(draft.finish(format!("removed a part of {word}"), with_tag(ctx, tag)))
}

/// Removes the fragment at the caret or selection from a tag that has several.
///
/// # Errors
/// [`Refusal`] where the tag has one fragment only or the caret is in none of them.
pub fn remove_part(ctx: &Context<'_>, tag: &AnnotationId) -> Result<Transaction, Refusal> {
    let draft = Draft::new(ctx);
    let fragments = draft.require(tag)?.fragments;
    let word = label_word(ctx.schema, &draft.require(tag)?.label);
    if fragments.len() < 2 {
        return Err(Refusal::new(format!(
            "only one part; press Del to delete the {word}"
        )));
    }
    let here = ctx.selection.range();
    let meets = |part: crate::text::TextRange| {
        if here.is_empty() {
            part.contains_inclusive(here.start())
        } else {
            part.start() < here.end() && here.start() < part.end()
        }
    };
    let index = fragments.iter().position(meets).ok_or_else(|| {
        Refusal::new(format!("put the caret in the part of the {word} to remove"))
    })?;
    remove_fragment(ctx, tag, index)
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};

    #[test]
    fn the_part_at_the_caret_goes_and_the_last_one_stays() {
        let mut editor = TestEditor::new(TEXT);
        let claim = editor.tag("claim", "I think").id;
        let refused = editor
            .run(|ctx, _| action::remove_part(ctx, &claim))
            .unwrap_err();
        assert!(refused.to_string().contains("only one part"), "{refused}");
        editor.select("Today");
        editor
            .run(|ctx, _| action::add_fragment(ctx, &claim))
            .unwrap();
        editor.caret("said");
        let refused = editor
            .run(|ctx, _| action::remove_part(ctx, &claim))
            .unwrap_err();
        assert!(refused.to_string().contains("caret"), "{refused}");
        editor.caret("oday");
        editor
            .run(|ctx, _| action::remove_part(ctx, &claim))
            .unwrap();
        assert_eq!(editor.words(&claim), ["I think"]);
    }

    #[test]
    fn the_last_part_takes_the_tag_with_it() {
        let mut editor = TestEditor::new(TEXT);
        let claim = editor.tag("claim", "I think").id;
        editor.select("Today");
        editor
            .run(|ctx, _| action::add_fragment(ctx, &claim))
            .unwrap();
        assert!(
            editor
                .run(|ctx, _| action::remove_fragment(ctx, &claim, 2))
                .is_err()
        );
        editor
            .run(|ctx, _| action::remove_fragment(ctx, &claim, 0))
            .unwrap();
        assert_eq!(editor.words(&claim), ["Today"]);
        editor
            .run(|ctx, _| action::remove_fragment(ctx, &claim, 0))
            .unwrap();
        assert_eq!(editor.get(&claim), None);
        assert_eq!(editor.said, "deleted claim");
    }
}
