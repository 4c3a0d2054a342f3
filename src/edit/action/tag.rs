use super::link::allowed;
use super::narrow_claim::to_narrow;
use super::prefill::prefill;
use crate::edit::draft::Draft;
use crate::edit::roster::{accept, name_person};
use crate::edit::speaker_link::{answer_alone, speaker_role};
use crate::edit::wording::label_word;
use crate::edit::{Context, Refusal, attributes};
use crate::model::{
    Annotation, AnnotationId, Fragments, IdSource, Review, Selection, Target, Transaction, Verdict,
};
use crate::suggest::natural_parts;
use crate::text::{TextRange, TextSize, sentence_at};

/// How many tags a sentence is looked through for.
const LOOK: usize = 64;

/// Tags the selection, or with none the natural unit at the caret, and makes the tag the current
/// one; the selection collapses to the caret. A claim that has all words of a quote is narrowed to the
/// clause at the caret. Quotes and claims get a pre-filled speaker, named
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
    if let Some((mut tag, clause)) = to_narrow(ctx, label) {
        attributes::move_to(ctx, &mut tag, clause);
        let id = tag.id.clone();
        draft.insert_annotation(tag);
        return Ok(draft.finish(
            format!("narrowed the {word} to its clause"),
            current(ctx, id),
        ));
    }
    let (id, is_new) = put(&mut draft, label, ids)?;
    let words = if is_new {
        format!("tagged {word}")
    } else {
        format!("this is already a {word}")
    };
    Ok(draft.finish(words, current(ctx, id)))
}

/// Tags a mention as [`tag`] does and links a quote or claim to it, confirmed, in place of other
/// answers.
///
/// # Errors
/// [`Refusal`] where nothing can be tagged, or the schema does not allow the link.
pub fn tag_speaker(
    ctx: &Context<'_>,
    label: &str,
    from: &AnnotationId,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let (id, _) = put(&mut draft, label, ids)?;
    let mut quote = draft.require(from)?;
    let role = speaker_role(ctx.schema, &quote.label)?.key.clone();
    let to = Target::Annotation(id.clone());
    allowed(&draft, &quote, &role, &to)?;
    answer_alone(&mut draft, from, &role, to, ids);
    accept(&mut draft, &mut quote, ids);
    let word = label_word(ctx.schema, &quote.label);
    draft.insert_annotation(quote);
    let words = format!(
        "tagged {}, linked to the {word}",
        label_word(ctx.schema, label)
    );
    Ok(draft.finish(words, current(ctx, id)))
}

/// Puts the tag on the draft; its id, and whether it was not there before.
fn put(
    draft: &mut Draft<'_>,
    label: &str,
    ids: &mut dyn IdSource,
) -> Result<(AnnotationId, bool), Refusal> {
    let ctx = &draft.ctx.clone();
    let mut tag = match found(ctx, label)? {
        Found::Same(id) => return Ok((id, false)),
        Found::Suggested(suggestion, fragments) => {
            let mut tag = suggestion.clone();
            tag.take(match tag.fragments == fragments {
                true => Verdict::Accepted,
                false => Verdict::Corrected,
            });
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
    name_person(draft, &mut tag, ids);
    let id = tag.id.clone();
    draft.insert_annotation(tag.clone());
    prefill(draft, &tag, ids)?;
    Ok((id, true))
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
    let parts = match selected {
        Some(range) => vec![range],
        None => {
            let suggestion = document
                .set()
                .at(ctx.selection.head)
                .into_iter()
                .find(|tag| tag.label == label && tag.is_open_suggestion() && !tag.is_rejected());
            if let Some(tag) = suggestion {
                return Ok(Found::Suggested(tag, tag.fragments.clone()));
            }
            let parts = natural_parts(document, ctx.schema, label, ctx.selection.head);
            let parts = parts.ok_or_else(|| nothing_here(ctx, label))?.into_iter();
            let whole = parts.map(|part| crate::text::snap_to_graphemes(document.source(), part));
            whole.collect()
        }
    };
    let at_caret = |part: &&TextRange| part.contains_inclusive(ctx.selection.head);
    // Of several pieces the one at the caret says what is there already.
    let range = parts.iter().find(at_caret).or(parts.first());
    let range = range.copied().unwrap_or_default();
    let fragments = Fragments::normalized(parts)
        .map_err(|_| Refusal::new("nothing to tag here; put the caret on a word or select text"))?;
    // With nothing selected, a quote is not cut shorter or longer by tagging it again.
    if selected.is_none() && label == "quote" {
        let start = fragments.start();
        let mut there = document.set().at(start).into_iter().take(LOOK);
        let same_start = there.find(|tag| {
            let is_rejected = tag.review == Review::Rejected || tag.is_rejected();
            tag.label == label
                && !tag.is_open_suggestion()
                && !is_rejected
                && tag.fragments.start() == start
        });
        if let Some(tag) = same_start {
            return Ok(Found::Same(tag.id.clone()));
        }
    }
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

/// Why nothing can be tagged at the caret.
fn nothing_here(ctx: &Context<'_>, label: &str) -> Refusal {
    let document = ctx.document;
    let tagged = sentence_at(document.source(), ctx.selection.head).is_some_and(|sentence| {
        let mut there = document.set().overlapping(sentence).take(LOOK);
        there.any(|(_, tag)| tag.label == label && !tag.is_open_suggestion())
    });
    let word = label_word(ctx.schema, label);
    if ctx.schema.mentions(label) {
        return Refusal::new(format!(
            "no {word} at the caret; put it on a name, or select one"
        ));
    }
    Refusal::new(if tagged {
        format!("the {word} in this sentence is tagged already; select the text to tag another")
    } else {
        "nothing to tag here; put the caret on a word or select text".to_owned()
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

#[cfg(test)]
mod tests {
    use crate::edit::action::{self, PersonChoice};
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::{DocumentState, Origin, PersonKind, Target, Verdict};
    use crate::text::TextSize;

    #[test]
    fn a_new_quote_proposes_its_speaker() {
        let mut editor = TestEditor::new(TEXT);
        editor.caret("think so");
        editor
            .run(|ctx, ids| action::tag(ctx, "quote", ids))
            .unwrap();
        let quote = editor.current();
        let both = ["“I think so,”", "“Today we do not.”"];
        assert_eq!(editor.words(&quote.id), both);
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
    fn a_quote_tagged_again_from_its_start_is_the_same() {
        let mut editor = TestEditor::new("Lee said that the bridge is closed, and that he left.");
        let first = editor.tag("quote", "that the bridge");
        editor.caret("that the bridge");
        editor
            .run(|ctx, ids| action::tag(ctx, "quote", ids))
            .unwrap();
        assert_eq!(editor.said, "this is already a quote");
        assert_eq!(editor.current().id, first.id);
        assert_eq!(editor.words(&first.id), ["that the bridge"]);
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
        assert_eq!(person.name, "Rex Tillerson", "as the text has it in full");
    }

    #[test]
    fn a_short_name_grows_to_the_full_one_unless_somebody_typed_it() {
        for (typed, grown) in [
            ("Tillerson", "Rex Tillerson"),
            ("R. Tillerson", "R. Tillerson"),
        ] {
            let mut editor = TestEditor::new(TEXT);
            let first = editor.tag("speaker", "Tillerson").id;
            let person = PersonChoice::New {
                name: typed.to_owned(),
                kind: PersonKind::Person,
            };
            editor
                .run(|ctx, ids| action::assign_person(ctx, &first, &person, ids))
                .unwrap();
            editor.tag("speaker", "Secretary Rex Tillerson");
            let names: Vec<String> = editor.people().into_iter().map(|one| one.name).collect();
            assert_eq!(names, [grown]);
        }
    }

    #[test]
    fn a_first_name_is_the_person_of_the_full_name_in_either_order() {
        let text = "“No,” Amina said. “Yes,” Dr. Amina Yusuf said later.";
        for order in [["Amina", "Dr. Amina Yusuf"], ["Dr. Amina Yusuf", "Amina"]] {
            let mut editor = TestEditor::new(text);
            let [first, second] = order.map(|words| editor.tag("speaker", words).person);
            assert_eq!(first, second, "{order:?}");
            let [person] = editor.people().try_into().unwrap();
            assert_eq!(person.name, "Amina Yusuf", "{order:?}");
        }
        // Two have that first name: nobody is taken for the other.
        let mut editor = TestEditor::new(&format!("{text} Amina Khan left."));
        editor.tag("speaker", "Amina");
        editor.tag("speaker", "Dr. Amina Yusuf");
        let names: Vec<String> = editor.people().into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["Amina", "Amina Yusuf"]);
        editor.tag("speaker", "Amina Khan");
        assert_eq!(editor.people().len(), 3);
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
        assert!(link.confirmed);
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
