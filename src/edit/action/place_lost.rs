use super::tag::selected;
use crate::edit::draft::Draft;
use crate::edit::wording::label_word;
use crate::edit::{Context, Refusal};
use crate::model::{Fragments, RecordList, Review, Selection, Transaction, UnreadRecord};

/// Puts a lost tag where the selection is: the same tag, so that what linked to it does so again.
/// The selection collapses to the caret, the tag is the current one.
///
/// # Errors
/// [`Refusal`] without a selection, or where the record is not a lost tag or no longer exists.
pub fn place_lost(ctx: &Context<'_>, record: &UnreadRecord) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let lost = match record {
        UnreadRecord::Lost(lost) => lost,
        UnreadRecord::Damaged(damaged) if damaged.list == RecordList::Lost => {
            return Err(Refusal::new(format!(
                "this tag cannot be read ({}); fix it in the sidecar, or discard it",
                damaged.reason
            )));
        }
        UnreadRecord::Damaged(_) | UnreadRecord::Clash(_) => {
            return Err(Refusal::new(
                "this is not a lost tag; choose one under Problems",
            ));
        }
    };
    draft.remove_unread(record)?;
    let range =
        selected(ctx)?.ok_or_else(|| Refusal::new("select the text this tag belongs to first"))?;
    let fragments = Fragments::try_from(range).map_err(|error| Refusal::new(error.to_string()))?;
    let mut tag = lost.placed(fragments);
    if draft.annotation(&tag.id).is_some() {
        return Err(Refusal::new(
            "the article already has a tag with this id; delete that one first, or discard this \
             one",
        ));
    }
    tag.former_words.clear();
    if lost.words != [ctx.document.source().slice(range)] {
        tag.review = Review::Unreviewed;
    }
    let words = format!("placed the lost {}", label_word(ctx.schema, &tag.label));
    let selection = Selection {
        tag: Some(tag.id.clone()),
        ..Selection::caret(ctx.selection.head)
    };
    draft.insert_annotation(tag);
    Ok(draft.finish(words, selection))
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::format::sidecar;
    use crate::model::{Review, UnreadRecord};
    use crate::text::SourceText;

    fn lost(raw: &str) -> UnreadRecord {
        in_list("lost", raw)
    }

    /// What a sidecar with the record in this list carries along.
    fn in_list(list: &str, raw: &str) -> UnreadRecord {
        let text = format!("Pullquote(version: 1, {list}: [{raw}])");
        let source = SourceText::new(TEXT, "UTF-8").unwrap();
        sidecar::read(&text, &source).unwrap().unread.remove(0)
    }

    const RAW: &str = "(id: \"q9\", label: \"quote\", at: [(3, 9), (12, 14)], text: [\"gone w\", \"or\"], \
                       attributes: {\"form\": \"mixed\"}, by: Annotator(\"jo\"), review: Accepted, \
                       note: \"hm\", zz: [1], before: \"so \", after: \" then\")";

    #[test]
    fn a_lost_tag_is_placed_as_it_was() {
        let mut editor = TestEditor::new(TEXT);
        let record = lost(RAW);
        editor.document.parts_mut().unread.insert(record.clone());
        editor.caret("Tillerson");
        let refused = editor
            .run(|ctx, _| action::place_lost(ctx, &record))
            .unwrap_err();
        assert!(refused.to_string().contains("select the text"), "{refused}");
        editor.select("“I think so,”");
        editor
            .run(|ctx, _| action::place_lost(ctx, &record))
            .unwrap();
        let tag = editor.current();
        assert_eq!(editor.words(&tag.id), ["“I think so,”"]);
        assert_eq!((tag.id.as_str(), tag.note.as_str()), ("q9", "hm"));
        assert_eq!(tag.attribute("form").unwrap(), "mixed");
        assert_eq!(tag.review, Review::Unreviewed);
        assert_eq!((tag.unknown.len(), tag.unknown[0].name.as_str()), (1, "zz"));
        assert!(editor.document.unread().is_empty());
        assert_eq!(editor.said, "placed the lost quote");
        editor.undo();
        assert!(editor.document.unread().contains(&record));
        assert_eq!(editor.get(&tag.id), None);
    }

    #[test]
    fn what_cannot_be_placed_is_refused() {
        let mut editor = TestEditor::new(TEXT);
        let gone = lost(RAW);
        let broken = lost("(id: 3)");
        let other = in_list("links", RAW);
        editor.document.parts_mut().unread.insert(broken.clone());
        editor.document.parts_mut().unread.insert(other.clone());
        editor.select("Tillerson");
        for record in [&gone, &broken, &other] {
            assert!(
                editor
                    .run(|ctx, _| action::place_lost(ctx, record))
                    .is_err()
            );
        }
        let mention = editor.tag("speaker", "Tillerson").id;
        let again = lost(&RAW.replace("q9", mention.as_str()));
        editor.document.parts_mut().unread.insert(again.clone());
        editor.select("Today");
        assert!(
            editor
                .run(|ctx, _| action::place_lost(ctx, &again))
                .is_err()
        );
    }

    #[test]
    fn whoever_looks_at_a_tag_need_not_be_told_again() {
        let mut editor = TestEditor::new(TEXT);
        let id = editor.tag("claim", "I think").id;
        let doubtful = |editor: &mut TestEditor| {
            let mut tag = editor.get(&id).unwrap();
            tag.former_words = thin_vec::thin_vec!["I thought".to_owned()];
            editor.document.parts_mut().set.insert_annotation(tag);
        };
        let told = |editor: &TestEditor| !editor.get(&id).unwrap().former_words.is_empty();
        for review in [Review::Accepted, Review::Rejected, Review::Unsure] {
            doubtful(&mut editor);
            editor
                .run(|ctx, ids| action::review(ctx, &id, review, ids))
                .unwrap();
            assert!(!told(&editor));
        }
        doubtful(&mut editor);
        editor
            .run(|ctx, _| action::set_note(ctx, &id, "later"))
            .unwrap();
        assert!(told(&editor));
        editor.select("so");
        editor.run(|ctx, _| action::add_fragment(ctx, &id)).unwrap();
        assert!(!told(&editor));
        doubtful(&mut editor);
        editor
            .run(|ctx, _| action::remove_fragment(ctx, &id, 1))
            .unwrap();
        assert!(!told(&editor));
        editor.undo();
        assert!(told(&editor));
    }
}
