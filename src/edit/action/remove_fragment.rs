use super::{delete, with_tag};
use crate::edit::draft::Draft;
use crate::edit::wording::label_word;
use crate::edit::{Context, Refusal, attributes};
use crate::model::{AnnotationId, Fragments, Transaction};

/// Takes the fragment `index` (from 0) off a tag; the last one takes the tag with it.
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
        return Err(Refusal::new(
            "the tag has no such part any more; choose another",
        ));
    }
    ranges.remove(index);
    if ranges.is_empty() {
        return delete(ctx, tag);
    }
    let fragments = Fragments::new(ranges).map_err(|error| Refusal::new(error.to_string()))?;
    attributes::move_to(ctx, &mut changed, fragments);
    let word = label_word(ctx.schema, &changed.label);
    draft.put_annotation(changed);
    Ok(draft.finish(format!("took words off {word}"), with_tag(ctx, tag)))
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{Desk, TEXT};

    #[test]
    fn the_last_part_takes_the_tag_with_it() {
        let mut desk = Desk::new(TEXT);
        let claim = desk.tag("claim", "I think").id;
        desk.select("Today");
        desk.run(|ctx, _| action::add_fragment(ctx, &claim))
            .unwrap();
        assert!(
            desk.run(|ctx, _| action::remove_fragment(ctx, &claim, 2))
                .is_err()
        );
        desk.run(|ctx, _| action::remove_fragment(ctx, &claim, 0))
            .unwrap();
        assert_eq!(desk.words(&claim), ["Today"]);
        desk.run(|ctx, _| action::remove_fragment(ctx, &claim, 0))
            .unwrap();
        assert_eq!(desk.get(&claim), None);
        assert_eq!(desk.said, "deleted claim");
    }
}
