use super::speaker_candidates::{inherited, speaker_candidates};
use crate::edit::draft::Draft;
use crate::edit::roster::name_person;
use crate::edit::speaker_link::{answer, target_of};
use crate::edit::wording::label_word;
use crate::edit::{Context, Refusal, attributes};
use crate::model::{
    Annotation, AnnotationId, Fragments, IdSource, Review, Selection, Target, Transaction, Verdict,
};
use crate::suggest::natural_unit;
use crate::text::{TextRange, TextSize};

/// Tags the selection, or with none the natural unit at the caret, and makes the tag the current
/// one; the selection collapses to the caret. Quotes and claims get a pre-filled speaker, named
/// speakers their person. An open suggestion there is accepted. An existing tag of the same range
/// and label becomes the current one; the transaction then has no change, only words.
///
/// # Errors
/// [`Refusal`] where the schema lacks the label or nothing can be tagged.
pub fn tag(ctx: &Context<'_>, label: &str, ids: &mut dyn IdSource) -> Result<Transaction, Refusal> {
    if ctx.schema.label(label).is_none() {
        return Err(Refusal::new(format!(
            "the schema has no label `{label}`; choose one of its labels"
        )));
    }
    let word = label_word(ctx.schema, label);
    let mut draft = Draft::new(ctx);
    let mut tag = match found(ctx, label)? {
        Found::Same(id) => {
            return Ok(draft.finish(format!("this is already a {word}"), current(ctx, id)));
        }
        Found::Suggested(suggestion, fragments) => {
            let mut tag = suggestion.clone();
            tag.verdict = if tag.fragments == fragments {
                Verdict::Accepted
            } else {
                Verdict::Corrected
            };
            tag.fragments = fragments;
            tag
        }
        Found::Nothing(fragments) => Annotation::new(
            AnnotationId::new(ids.next_id()),
            label,
            fragments,
            ctx.origin(),
        ),
    };
    attributes::fill(ctx, &mut tag);
    name_person(&mut draft, &mut tag, ids);
    let id = tag.id.clone();
    draft.insert_annotation(tag.clone());
    prefill(&mut draft, &tag, ids)?;
    Ok(draft.finish(format!("tagged {word}"), current(ctx, id)))
}

/// The caret where it was, with this tag as the current one.
fn current(ctx: &Context<'_>, id: AnnotationId) -> Selection {
    Selection {
        tag: Some(id),
        ..Selection::caret(ctx.selection.head)
    }
}

/// What is already there where the person would tag.
enum Found<'a> {
    /// The same tag.
    Same(AnnotationId),
    /// A suggestion to accept, and the range of the tag.
    Suggested(&'a Annotation, Fragments),
    /// Nothing; the tag must be there.
    Nothing(Fragments),
}

fn found<'a>(ctx: &Context<'a>, label: &str) -> Result<Found<'a>, Refusal> {
    let document = ctx.document;
    let selected = selected(ctx)?;
    let range = match selected {
        Some(range) => range,
        None => {
            let suggestion = document
                .set()
                .at(ctx.selection.head)
                .into_iter()
                .find(|tag| tag.label == label && tag.is_open_suggestion() && !tag.is_rejected());
            if let Some(tag) = suggestion {
                return Ok(Found::Suggested(tag, tag.fragments.clone()));
            }
            natural_unit(document, ctx.schema, label, ctx.selection.head)
                .map(|range| crate::text::snap_to_graphemes(document.source(), range))
                .ok_or_else(|| {
                    Refusal::new("nothing to tag here; put the caret on a word or select text")
                })?
        }
    };
    let fragments = Fragments::try_from(range)
        .map_err(|_| Refusal::new("nothing to tag here; put the caret on a word or select text"))?;
    let mut suggested: Option<(TextSize, &Annotation)> = None;
    // A tag that shares at least half of it covers its middle.
    let middle = range.start() + TextSize::new(u32::from(range.len()) / 2);
    let one = TextSize::new(1);
    let middle = TextRange::new(middle.checked_sub(one).unwrap_or_default(), middle + one);
    for (span, tag) in document.set().overlapping(middle) {
        if tag.label != label || tag.review == Review::Rejected {
            continue;
        }
        let same = tag.fragments == fragments;
        if tag.is_open_suggestion() {
            if span == range {
                return Ok(Found::Suggested(tag, tag.fragments.clone()));
            }
            let shared = shared(span, range);
            if 2 * u32::from(shared) >= u32::from(tag.fragments.hull().cover(range).len())
                && suggested.is_none_or(|(most, _)| shared > most)
            {
                suggested = Some((shared, tag));
            }
        } else if tag.verdict == Verdict::Rejected {
            if same {
                return Ok(Found::Suggested(tag, fragments));
            }
        } else if same || (selected.is_none() && span == range) {
            return Ok(Found::Same(tag.id.clone()));
        }
    }
    Ok(match suggested {
        Some((_, tag)) => Found::Suggested(tag, fragments),
        None => Found::Nothing(fragments),
    })
}

fn shared(a: TextRange, b: TextRange) -> TextSize {
    a.intersect(b).map_or(TextSize::new(0), TextRange::len)
}

/// The selection without white space around it, on graphemes; `None` at a caret.
pub(in crate::edit) fn selected(ctx: &Context<'_>) -> Result<Option<TextRange>, Refusal> {
    if ctx.selection.is_caret() {
        return Ok(None);
    }
    let source = ctx.document.source();
    let range = crate::text::snap_to_graphemes(source, ctx.selection.range());
    let range = crate::text::snap_to_graphemes(source, crate::text::trim(source, range));
    if range.is_empty() {
        return Err(Refusal::new("only spaces are selected; select some text"));
    }
    Ok(Some(range))
}

/// Pre-fills the speaker of a new tag unless it has an answer.
fn prefill(draft: &mut Draft<'_>, tag: &Annotation, ids: &mut dyn IdSource) -> Result<(), Refusal> {
    let (document, schema) = (draft.ctx.document, draft.ctx.schema);
    let Some(role) = schema
        .speaker_role(&tag.label)
        .filter(|_| schema.speaks(&tag.label))
    else {
        return Ok(());
    };
    if !draft.links_of_role(&tag.id, &role.key).is_empty() {
        return Ok(());
    }
    let ranges = tag.fragments.as_slice();
    let to = match inherited(document, schema, ranges, &tag.label) {
        Some(Target::NotGiven) => Target::NotGiven,
        _ => match speaker_candidates(document, schema, ranges, &tag.label).first() {
            Some(best) => target_of(draft, &best.target, tag, false, ids)?,
            None => return Ok(()),
        },
    };
    answer(draft, &tag.id, &role.key, to, false, None, ids);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::{DocumentState, Origin, Target, Verdict};
    use crate::text::TextSize;

    #[test]
    fn a_new_quote_proposes_its_speaker() {
        let mut editor = TestEditor::new(TEXT);
        editor.caret("think so");
        editor
            .run(|ctx, ids| action::tag(ctx, "quote", ids))
            .unwrap();
        let quote = editor.current();
        assert_eq!(editor.words(&quote.id), ["“I think so,”"]);
        assert_eq!(quote.attribute("form").unwrap(), "direct");
        assert_eq!(quote.origin, Origin::Annotator("maria".into()));
        assert_eq!(editor.said, "tagged quote");
        assert!(editor.selection.is_caret());
        let [link] = editor.links(&quote.id).try_into().unwrap();
        assert!(!link.confirmed);
        let Target::Annotation(mention) = &link.to else {
            panic!("{link:?}")
        };
        assert_eq!(editor.words(mention), ["Tillerson"]);
        let mention = editor.get(mention).unwrap();
        assert_eq!(mention.verdict, Verdict::Open);
        assert_eq!(mention.person, None);
        assert!(
            editor.people().is_empty(),
            "nobody is on the roster before they are confirmed"
        );
        assert_eq!(editor.document.meta().state, DocumentState::InProgress);
    }

    #[test]
    fn the_selection_is_trimmed_and_collapses_to_the_caret() {
        let mut editor = TestEditor::new(TEXT);
        let tag = editor.tag("claim", " so,” Tillerson ");
        assert_eq!(editor.words(&tag.id), ["so,” Tillerson"]);
        assert_eq!(tag.attribute("check").unwrap(), "check-worthy");
        assert_eq!(
            editor.selection.head,
            editor.find(" said on").start() + TextSize::new(1)
        );
        editor.select(" ");
        let refused = editor
            .run(|ctx, ids| action::tag(ctx, "claim", ids))
            .unwrap_err();
        assert!(refused.to_string().contains("only spaces"), "{refused}");
    }

    #[test]
    fn a_grapheme_is_never_cut() {
        let mut editor = TestEditor::new("a e\u{301} b");
        let tag = editor.tag("cue", "e");
        assert_eq!(editor.words(&tag.id), ["e\u{301}"]);
    }

    #[test]
    fn the_same_name_is_the_same_person_and_a_pronoun_is_nobody() {
        let mut editor = TestEditor::new(TEXT);
        let first = editor.tag("speaker", "Tillerson");
        assert_eq!(first.attribute("mention").unwrap(), "named");
        let second = editor.tag("speaker", "Secretary Rex Tillerson");
        assert!(first.person.is_some());
        assert_eq!(first.person, second.person);
        let he = editor.tag("speaker", "He");
        assert_eq!(he.person, None);
        let [person] = editor.people().try_into().unwrap();
        assert_eq!(person.name, "Tillerson");
    }

    #[test]
    fn the_same_tag_again_becomes_the_current_one() {
        let mut editor = TestEditor::new(TEXT);
        let first = editor.tag("quote", "“I think so,”");
        let again = editor.tag("quote", "“I think so,”");
        assert_eq!(again, first);
        assert_eq!(editor.said, "this is already a quote");
        editor.caret("think so");
        editor
            .run(|ctx, ids| action::tag(ctx, "quote", ids))
            .unwrap();
        assert_eq!(editor.selection.tag, Some(first.id));
        // Another label covers it.
        let claim = editor.tag("claim", "“I think so,”");
        assert_eq!(editor.document.set().at(claim.fragments.start()).len(), 2);
    }

    #[test]
    fn a_suggestion_is_taken_over() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”");
        let proposed = editor.document.set().annotation_count();
        let mention = editor.tag("speaker", "Tillerson");
        assert_eq!(editor.document.set().annotation_count(), proposed);
        assert_eq!(mention.verdict, Verdict::Accepted);
        assert!(mention.person.is_some());
        assert_eq!(
            editor.links(&quote.id)[0].to,
            Target::Annotation(mention.id)
        );
    }

    #[test]
    fn an_overlapping_suggestion_is_corrected() {
        let mut editor = TestEditor::new(TEXT);
        editor.tag("quote", "“I think so,”");
        let mention = editor.tag("speaker", "Tillerson said");
        assert_eq!(mention.verdict, Verdict::Corrected);
        assert_eq!(editor.words(&mention.id), ["Tillerson said"]);
    }

    #[test]
    fn a_claim_within_a_quote_is_said_by_its_speaker() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“Today we do not.”");
        let he = editor.tag("speaker", "He").id;
        editor
            .run(|ctx, ids| {
                action::link(ctx, &quote.id, &Target::Annotation(he.clone()), false, ids)
            })
            .unwrap();
        let claim = editor.tag("claim", "we do not");
        let [link] = editor.links(&claim.id).try_into().unwrap();
        assert_eq!(link.to, Target::Annotation(he));
        assert!(!link.confirmed);
        editor
            .run(|ctx, ids| action::not_given(ctx, &quote.id, ids))
            .unwrap();
        let claim = editor.tag("claim", "Today");
        assert_eq!(editor.links(&claim.id)[0].to, Target::NotGiven);
    }

    #[test]
    fn nothing_can_be_tagged_in_an_empty_article() {
        let mut editor = TestEditor::new("");
        for label in ["quote", "speaker", "claim", "cue"] {
            assert!(editor.run(|ctx, ids| action::tag(ctx, label, ids)).is_err());
        }
        assert!(
            editor
                .run(|ctx, ids| action::tag(ctx, "rumour", ids))
                .is_err()
        );
    }
}
