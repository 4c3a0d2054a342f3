use super::tag::selected;
use crate::edit::draft::Draft;
use crate::edit::wording::label_word;
use crate::edit::{Context, Refusal};
use crate::format::sidecar;
use crate::model::{Fragments, Review, Selection, Transaction, UnreadRecord};

/// Puts a lost tag where the selection is: the same tag, so that what linked to it does so again.
/// The selection collapses to the caret, the tag is the current one.
///
/// # Errors
/// [`Refusal`] without a selection, or where the record is not a lost tag or no longer exists.
pub fn place_lost(ctx: &Context<'_>, record: &UnreadRecord) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    if !record.is_lost() {
        return Err(Refusal::new(
            "this is not a lost tag; choose one under Problems",
        ));
    }
    draft.remove_unread(record)?;
    let range =
        selected(ctx)?.ok_or_else(|| Refusal::new("select the text this tag belongs to first"))?;
    let fragments = Fragments::try_from(range).map_err(|error| Refusal::new(error.to_string()))?;
    let unreadable = |reason| {
        Refusal::new(format!(
            "this tag cannot be read ({reason}); fix it in the sidecar, or discard it"
        ))
    };
    let was = sidecar::read_lost(&record.raw).map_err(unreadable)?;
    let mut tag = sidecar::place_lost(&record.raw, fragments, ctx.origin()).map_err(unreadable)?;
    if draft.annotation(&tag.id).is_some() {
        return Err(Refusal::new(
            "the article already has a tag with this id; delete that one first, or discard this \
             one",
        ));
    }
    tag.former_words.clear();
    if was.words != [ctx.document.source().slice(range)] {
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
    use crate::edit::testing::{Desk, TEXT};
    use crate::model::{Review, UnreadRecord};

    fn lost(raw: &str) -> UnreadRecord {
        UnreadRecord {
            line: 7,
            list: UnreadRecord::LOST.to_owned(),
            raw: raw.to_owned(),
            reason: "gone".to_owned(),
            clash: None,
        }
    }

    const RAW: &str = "(id: \"q9\", label: \"quote\", at: [(3, 9), (12, 14)], text: [\"gone w\", \"or\"], \
                       attributes: {\"form\": \"mixed\"}, by: Annotator(\"jo\"), review: Accepted, \
                       note: \"hm\", zz: [1], before: \"so \", after: \" then\")";

    #[test]
    fn a_lost_tag_is_placed_as_it_was() {
        let mut desk = Desk::new(TEXT);
        let record = lost(RAW);
        desk.document.parts_mut().unread.insert(record.clone());
        desk.caret("Tillerson");
        let refused = desk
            .run(|ctx, _| action::place_lost(ctx, &record))
            .unwrap_err();
        assert!(refused.to_string().contains("select the text"), "{refused}");
        desk.select("“I think so,”");
        desk.run(|ctx, _| action::place_lost(ctx, &record)).unwrap();
        let tag = desk.current();
        assert_eq!(desk.words(&tag.id), ["“I think so,”"]);
        assert_eq!((tag.id.as_str(), tag.note.as_str()), ("q9", "hm"));
        assert_eq!(tag.attribute("form").unwrap(), "mixed");
        assert_eq!(tag.review, Review::Unreviewed);
        assert_eq!((tag.unknown.len(), tag.unknown[0].name.as_str()), (1, "zz"));
        assert!(desk.document.unread().is_empty());
        assert_eq!(desk.said, "placed the lost quote");
        desk.undo();
        assert!(desk.document.unread().contains(&record));
        assert_eq!(desk.get(&tag.id), None);
    }

    #[test]
    fn what_cannot_be_placed_is_refused() {
        let mut desk = Desk::new(TEXT);
        let gone = lost(RAW);
        let broken = lost("(id: 3)");
        let other = UnreadRecord {
            list: "links".to_owned(),
            ..lost(RAW)
        };
        desk.document.parts_mut().unread.insert(broken.clone());
        desk.document.parts_mut().unread.insert(other.clone());
        desk.select("Tillerson");
        for record in [&gone, &broken, &other] {
            assert!(desk.run(|ctx, _| action::place_lost(ctx, record)).is_err());
        }
        let mention = desk.tag("speaker", "Tillerson").id;
        let again = lost(&RAW.replace("q9", mention.as_str()));
        desk.document.parts_mut().unread.insert(again.clone());
        desk.select("Today");
        assert!(desk.run(|ctx, _| action::place_lost(ctx, &again)).is_err());
    }

    #[test]
    fn whoever_looks_at_a_tag_need_not_be_told_again() {
        let mut desk = Desk::new(TEXT);
        let id = desk.tag("claim", "I think").id;
        let doubtful = |desk: &mut Desk| {
            let mut tag = desk.get(&id).unwrap();
            tag.former_words = vec!["I thought".to_owned()];
            desk.document.parts_mut().set.insert_annotation(tag);
        };
        let told = |desk: &Desk| !desk.get(&id).unwrap().former_words.is_empty();
        for review in [Review::Accepted, Review::Rejected, Review::Unsure] {
            doubtful(&mut desk);
            desk.run(|ctx, ids| action::review(ctx, &id, review, ids))
                .unwrap();
            assert!(!told(&desk));
        }
        doubtful(&mut desk);
        desk.run(|ctx, _| action::set_note(ctx, &id, "later"))
            .unwrap();
        assert!(told(&desk));
        desk.select("so");
        desk.run(|ctx, _| action::add_fragment(ctx, &id)).unwrap();
        assert!(!told(&desk));
        doubtful(&mut desk);
        desk.run(|ctx, _| action::remove_fragment(ctx, &id, 1))
            .unwrap();
        assert!(!told(&desk));
        desk.undo();
        assert!(told(&desk));
    }
}
