use super::tag::selected;
use crate::edit::draft::Draft;
use crate::edit::wording::label_word;
use crate::edit::{Context, Refusal, attributes};
use crate::model::{Annotation, AnnotationId, Fragments, Selection, Transaction};
use crate::suggest::{continuation, continuation_below, quoted_stretch_at};
use crate::text::{TextRange, snap_to_graphemes};

/// How many tags a passage is looked through for.
const LOOK: usize = 64;

/// Adds the selection, or with none the untagged quoted passage at the caret, else the next one in
/// its paragraph, to a tag. The selection collapses to the caret, the tag is the current one.
///
/// # Errors
/// [`Refusal`] where there is no such passage or the tag already covers it.
pub fn add_fragment(ctx: &Context<'_>, tag: &AnnotationId) -> Result<Transaction, Refusal> {
    add(ctx, tag, false)
}

/// The same; where the paragraph has no such passage, the one the next paragraph begins with.
///
/// # Errors
/// [`Refusal`] where there is no such passage or the tag already covers it.
pub fn add_fragment_or_next_paragraph(
    ctx: &Context<'_>,
    tag: &AnnotationId,
) -> Result<Transaction, Refusal> {
    add(ctx, tag, true)
}

fn add(ctx: &Context<'_>, tag: &AnnotationId, beyond: bool) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let mut changed = draft.require(tag)?;
    let word = label_word(ctx.schema, &changed.label);
    let below = || continuation_below(ctx.document, &changed);
    let range = selected(ctx)?
        .or_else(|| passage_here(ctx, &changed))
        .or_else(|| {
            continuation(ctx.document, &changed)
                .or_else(|| below().filter(|_| beyond))
                .map(|range| snap_to_graphemes(ctx.document.source(), range))
        })
        .ok_or_else(|| {
            Refusal::new(if below().is_some() {
                "no more quoted text in this paragraph; repeat to add from the next one".to_owned()
            } else {
                format!("no quoted text follows this {word}; select the text to add")
            })
        })?;
    let ranges = changed.fragments.iter().chain([range]).collect();
    let fragments =
        Fragments::normalized(ranges).map_err(|error| Refusal::new(error.to_string()))?;
    attributes::move_to(ctx, &mut changed, fragments);
    draft.insert_annotation(changed);
    let selection = Selection {
        tag: Some(tag.clone()),
        ..Selection::caret(ctx.selection.head)
    };
    draft.finish_or(
        format!("added a part to {word}"),
        selection,
        &format!("the {word} already covers this text; select other text"),
    )
}

/// The quoted passage the caret is in, where no tag of the same label has it.
fn passage_here(ctx: &Context<'_>, tag: &Annotation) -> Option<TextRange> {
    let document = ctx.document;
    let stretch = quoted_stretch_at(document.source(), ctx.selection.head)?;
    let mut there = document.set().overlapping(stretch).take(LOOK);
    let is_free = !there.any(|(_, other)| other.label == tag.label && !other.is_rejected());
    is_free.then(|| snap_to_graphemes(document.source(), stretch))
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};

    #[test]
    fn a_split_quote_is_one_tag() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        let caret = editor.selection.head;
        editor
            .run(|ctx, _| action::add_fragment(ctx, &quote))
            .unwrap();
        assert_eq!(
            editor.words(&quote),
            ["“I think so,”", "“Today we do not.”"]
        );
        assert_eq!(editor.selection.head, caret);
        assert_eq!(editor.selection.tag, Some(quote));
    }

    #[test]
    fn the_selection_is_added_and_joined() {
        let mut editor = TestEditor::new(TEXT);
        let claim = editor.tag("claim", "I think").id;
        editor.select(" so");
        editor
            .run(|ctx, _| action::add_fragment(ctx, &claim))
            .unwrap();
        assert_eq!(editor.words(&claim), ["I think", "so"]);
        editor.select("think so,");
        editor
            .run(|ctx, _| action::add_fragment(ctx, &claim))
            .unwrap();
        assert_eq!(editor.words(&claim), ["I think so,"]);
        editor.select("think");
        let refused = editor
            .run(|ctx, _| action::add_fragment(ctx, &claim))
            .unwrap_err();
        assert!(refused.to_string().contains("already"), "{refused}");
    }

    #[test]
    fn the_form_follows_the_words_unless_a_person_set_it() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        editor.select("Trump knew");
        editor
            .run(|ctx, _| action::add_fragment(ctx, &quote))
            .unwrap();
        assert_ne!(editor.current().attribute("form").unwrap(), "direct");
        editor
            .run(|ctx, _| action::set_attribute(ctx, &quote, "form", Some("direct".into())))
            .unwrap();
        editor
            .run(|ctx, _| action::remove_fragment(ctx, &quote, 0))
            .unwrap();
        assert_eq!(editor.current().attribute("form").unwrap(), "direct");
    }
}
