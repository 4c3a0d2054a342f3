use super::with_tag;
use crate::edit::draft::Draft;
use crate::edit::wording::label_word;
use crate::edit::{Context, Edge, Refusal, attributes};
use crate::model::{Annotation, AnnotationId, Fragments, Transaction};
use crate::text::{TextRange, TextSize, snap_to_graphemes};

/// Puts an edge of the fragment `index` (from 0) at `to` (bytes), snapped to graphemes. Fragments
/// that touch become one.
///
/// # Errors
/// [`Refusal`] where the edge would pass its other edge or run into the neighbouring fragment.
pub fn set_edge(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    index: usize,
    edge: Edge,
    to: TextSize,
) -> Result<Transaction, Refusal> {
    let changed = Draft::new(ctx).require(tag)?;
    let source = ctx.document.source();
    let around = snap_to_graphemes(source, TextRange::empty(to.min(source.len())));
    let to = match edge {
        Edge::Start => around.start(),
        Edge::End => around.end(),
    };
    moved(ctx, changed, index, edge, to)
}

/// The transaction that puts an edge at a grapheme boundary.
pub(super) fn moved(
    ctx: &Context<'_>,
    tag: Annotation,
    index: usize,
    edge: Edge,
    to: TextSize,
) -> Result<Transaction, Refusal> {
    let range = tag
        .fragments
        .as_slice()
        .get(index)
        .ok_or_else(|| Refusal::new("this part no longer exists; choose another"))?;
    let (start, end) = match edge {
        Edge::Start => (to, range.end()),
        Edge::End => (range.start(), to),
    };
    if start >= end {
        return Err(Refusal::new("a part cannot be empty; remove it instead"));
    }
    replaced(ctx, tag, index, edge, TextRange::new(start, end))
}

/// The transaction that gives the fragment `index` another range, as moving this edge.
pub(super) fn replaced(
    ctx: &Context<'_>,
    mut tag: Annotation,
    index: usize,
    edge: Edge,
    to: TextRange,
) -> Result<Transaction, Refusal> {
    let mut ranges = tag.fragments.as_slice().to_vec();
    let before = index.checked_sub(1).and_then(|n| ranges.get(n)).copied();
    let after = ranges.get(index + 1).copied();
    let range = ranges
        .get_mut(index)
        .ok_or_else(|| Refusal::new("this part no longer exists; choose another"))?;
    let (start, end) = (to.start(), to.end());
    if before.is_some_and(|before| start < before.end())
        || after.is_some_and(|after| end > after.start())
    {
        return Err(Refusal::new(
            "another part of the tag is there; extend to its edge to join them",
        ));
    }
    *range = to;
    let fragments =
        Fragments::normalized(ranges).map_err(|error| Refusal::new(error.to_string()))?;
    attributes::move_to(ctx, &mut tag, fragments);
    let mut draft = Draft::new(ctx);
    let words = format!(
        "moved the {} of {}",
        match edge {
            Edge::Start => "start",
            Edge::End => "end",
        },
        label_word(ctx.schema, &tag.label)
    );
    let selection = with_tag(ctx, &tag.id);
    draft.insert_annotation(tag);
    draft.finish_or(words, selection, "the edge is already there")
}

#[cfg(test)]
mod tests {
    use crate::edit::testing::TestEditor;
    use crate::edit::{Edge, Refusal, action};

    #[test]
    fn an_edge_stops_at_its_other_edge_and_at_other_parts() {
        let mut editor = TestEditor::new("one two three four five");
        let tag = editor.tag("claim", "two").id;
        editor.select("five");
        editor
            .run(|ctx, _| action::add_fragment(ctx, &tag))
            .unwrap();
        let mut put = |index, edge, to: u32| {
            editor.run(|ctx, _| action::set_edge(ctx, &tag, index, edge, to.into()))?;
            Ok::<_, Refusal>(editor.words(&tag).join(" | "))
        };
        assert_eq!(put(0, Edge::Start, 0).unwrap(), "one two | five");
        assert_eq!(put(0, Edge::End, 13).unwrap(), "one two three | five");
        assert!(put(0, Edge::End, 0).is_err());
        assert!(put(0, Edge::End, 20).is_err());
        assert!(put(1, Edge::Start, 5).is_err());
        assert!(put(2, Edge::Start, 5).is_err());
        assert!(put(0, Edge::End, 13).is_err(), "the edge is already there");
        assert_eq!(put(1, Edge::Start, 13).unwrap(), "one two three four five");
        assert!(put(0, Edge::End, 999).is_err(), "the text ends there");
    }
}
