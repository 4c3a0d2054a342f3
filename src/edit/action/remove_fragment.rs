use super::tag::selected;
use super::{delete, with_tag};
use crate::edit::draft::Draft;
use crate::edit::wording::label_word;
use crate::edit::{Context, Refusal, attributes};
use crate::model::{Annotation, AnnotationId, Fragments, Selection, Transaction};
use crate::text::{TextRange, trim};

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

/// Cuts the selected words out of a tag, into two parts where they are in its middle; with nothing
/// selected, removes the fragment at the caret from a tag that has several.
///
/// # Errors
/// [`Refusal`] where the selection has no words of the tag or all of them, or the caret is in none of
/// its fragments or in the only one.
pub fn remove_part(ctx: &Context<'_>, tag: &AnnotationId) -> Result<Transaction, Refusal> {
    let draft = Draft::new(ctx);
    let changed = draft.require(tag)?;
    let word = label_word(ctx.schema, &changed.label);
    if let Some(range) = selected(ctx)? {
        return cut(ctx, changed, range);
    }
    let fragments = changed.fragments;
    if fragments.len() < 2 {
        return Err(Refusal::new(format!(
            "only one part; select words to cut out, or press Del to delete the {word}"
        )));
    }
    let here = ctx.selection.head;
    let index = fragments
        .iter()
        .position(|part| part.contains_inclusive(here))
        .ok_or_else(|| {
            Refusal::new(format!("put the caret in the part of the {word} to remove"))
        })?;
    remove_fragment(ctx, tag, index)
}

fn cut(ctx: &Context<'_>, mut tag: Annotation, range: TextRange) -> Result<Transaction, Refusal> {
    let source = ctx.document.source();
    let word = label_word(ctx.schema, &tag.label);
    if !tag.fragments.overlaps(range) {
        return Err(Refusal::new(format!(
            "select words of the {word} to cut out"
        )));
    }
    let left: Vec<TextRange> = tag
        .fragments
        .iter()
        .flat_map(|part| {
            let before =
                TextRange::new(part.start(), range.start().clamp(part.start(), part.end()));
            let after = TextRange::new(range.end().clamp(part.start(), part.end()), part.end());
            if part.intersect(range).is_none_or(TextRange::is_empty) {
                [part, TextRange::empty(part.end())]
            } else {
                [before, after]
            }
        })
        .map(|part| trim(source, part))
        .filter(|part| source.slice(*part).contains(char::is_alphanumeric))
        .collect();
    if left.is_empty() {
        return Err(Refusal::new(format!(
            "nothing of the {word} would be left; press Del to delete it"
        )));
    }
    let fragments = Fragments::normalized(left).map_err(|error| Refusal::new(error.to_string()))?;
    attributes::move_to(ctx, &mut tag, fragments);
    let selection = Selection {
        tag: Some(tag.id.clone()),
        ..Selection::caret(ctx.selection.head)
    };
    let mut draft = Draft::new(ctx);
    draft.insert_annotation(tag);
    Ok(draft.finish(format!("cut the selection out of the {word}"), selection))
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
