use std::ops::Range;

use smol_str::SmolStr;

use super::delete::take_out;
use crate::edit::draft::Draft;
use crate::edit::position_map::PositionMap;
use crate::edit::wording::undecided;
use crate::edit::{Context, Refusal};
use crate::format::sidecar;
use crate::model::{
    Annotation, Change, ClashingRecord, DamagedRecord, Delta, Fragments, RecordClash, RecordList,
    Selection, Transaction, UnreadRecord,
};
use crate::text::wording::{count, join_and};
use crate::text::{Basis, SourceText, TextRange, TextSize, snap_to_graphemes};

/// Puts `replacement` in place of a range of the article (bytes, snapped to graphemes). Tags follow
/// their words; one that has none left is deleted. In an article whose lines end in CR LF the
/// replacement's do, too. The caret goes after it.
///
/// # Errors
/// [`Refusal`] where nothing would change or be left, or where the article's file could not hold the
/// new text exactly.
pub fn edit_text(
    ctx: &Context<'_>,
    range: TextRange,
    replacement: &str,
) -> Result<Transaction, Refusal> {
    let source = ctx.document.source();
    if let Some(refusal) = why_not_editable(source) {
        return Err(refusal);
    }
    let range = snap_to_graphemes(source, range);
    let old = source.slice(range);
    let replacement = with_line_ends_of(source, replacement);
    let edited = replaced(source, range, &replacement)?;
    let kept = PositionMap::of(old, &replacement);
    // Tags that move with the text say the same as before: nobody has changed them.
    let mut draft = Draft::new(&Context { now: None, ..*ctx });
    let mut gone: Vec<Annotation> = Vec::new();
    let mut moved = 0;
    for tag in ctx.document.set().annotations() {
        if tag.fragments.end() < range.start() {
            continue;
        }
        match follow(&kept, &tag.fragments, range, (source, &edited)) {
            Some(fragments) if fragments == tag.fragments => {}
            Some(fragments) => {
                moved += 1;
                draft.insert_annotation(Annotation {
                    fragments,
                    ..tag.clone()
                });
            }
            None => gone.push(tag.clone()),
        }
    }
    let mut unanswered: Vec<Annotation> = Vec::new();
    for tag in &gone {
        unanswered.extend(take_out(&mut draft, tag).unanswered);
    }
    let still_there = |tag: &Annotation| draft.annotation(&tag.id).is_some();
    let unanswered: Vec<SmolStr> = unanswered
        .into_iter()
        .filter(still_there)
        .map(|tag| tag.label)
        .collect();
    let label = words(moved, gone.len()) + &undecided(ctx.schema, &unanswered);
    let caret = Selection::caret(range.start() + TextSize::of(&*replacement));
    let mut transaction = draft.finish(label, caret);
    let text = Change::Source(Delta::replace(source.clone(), edited.clone()));
    transaction.changes.insert(0, text);
    for record in ctx.document.unread() {
        let moved = moved_clash(ctx, &kept, record, range, &edited);
        transaction.changes.extend(moved.into_iter().flatten());
    }
    Ok(transaction)
}

/// The other version of a tag, whose text says where it lies, follows the text, too. Nothing where it
/// stays as it is.
fn moved_clash(
    ctx: &Context<'_>,
    kept: &PositionMap,
    record: &UnreadRecord,
    range: TextRange,
    edited: &SourceText,
) -> Option<[Change; 2]> {
    let clash = record.clash()?;
    let ClashingRecord::Annotation(tag) = &clash.other else {
        return None;
    };
    let source = ctx.document.source();
    if tag.fragments.end() < range.start() {
        return None;
    }
    let moved = match follow(kept, &tag.fragments, range, (source, edited)) {
        Some(fragments) => {
            let words = |text: &SourceText, places: &Fragments| -> Vec<String> {
                places.iter().map(|at| text.slice(at).to_owned()).collect()
            };
            if fragments == tag.fragments
                && words(source, &tag.fragments) == words(edited, &fragments)
            {
                return None;
            }
            let moved = Annotation {
                fragments,
                ..Annotation::clone(tag)
            };
            let annotator = ctx.document.meta().annotator.as_deref();
            UnreadRecord::from(RecordClash {
                raw: sidecar::annotation_text(&moved, edited, annotator).into(),
                other: ClashingRecord::Annotation(Box::new(moved)),
                ..clash.clone()
            })
        }
        None => UnreadRecord::Damaged(DamagedRecord {
            line: clash.line,
            list: RecordList::Annotations,
            raw: clash.raw.clone(),
            reason: SmolStr::new_static("its text is no longer in the article"),
        }),
    };
    let removed = Change::Unread(Delta::remove(record.clone()));
    Some([removed, Change::Unread(Delta::insert(moved))])
}

/// Why the text of an article may not be edited at all; `None` where it may: its file can be written
/// back byte for byte.
#[must_use]
pub fn why_not_editable(source: &SourceText) -> Option<Refusal> {
    let decoding = source.decoding();
    let name = source.encoding();
    let words = if decoding.broken.is_some() {
        format!(
            "the file has bytes that are not valid {name}, and editing would lose them; open it \
             in its own encoding, or fix it in another program first"
        )
    } else if decoding.basis == Basis::Guessed {
        format!(
            "the article is not UTF-8, and {name} is only a guess; choose its encoding first \
             (File › Read in another encoding)"
        )
    } else if !decoding.exact {
        format!(
            "the file cannot be written back in {name} byte for byte; save it as UTF-8 in another \
             program, then edit the text"
        )
    } else {
        return None;
    };
    Some(Refusal::new(words))
}

/// Line breaks as the article has them, where all of those are CR LF.
fn with_line_ends_of(source: &SourceText, replacement: &str) -> String {
    let text = source.as_str();
    let plain = replacement.replace("\r\n", "\n");
    let breaks = text.matches('\n').count();
    if breaks > 0 && breaks == text.matches("\r\n").count() {
        return plain.replace('\n', "\r\n");
    }
    replacement.to_owned()
}

/// The text with the stretch replaced.
fn replaced(
    source: &SourceText,
    range: TextRange,
    replacement: &str,
) -> Result<SourceText, Refusal> {
    let old = source.slice(range);
    if old == replacement {
        return Err(Refusal::new("nothing has changed"));
    }
    let stray = |c: &char| c.is_control() && !('\t'..='\r').contains(c) && !old.contains(*c);
    if let Some(c) = replacement.chars().find(stray) {
        return Err(Refusal::new(format!(
            "the new text has a control character (U+{:04X}); remove it",
            u32::from(c)
        )));
    }
    let mut text = source.as_str().to_owned();
    text.replace_range(Range::<usize>::from(range), replacement);
    if text.trim().is_empty() {
        return Err(Refusal::new("the article cannot be empty"));
    }
    let edited = SourceText::decoded(text, *source.decoding())
        .map_err(|error| Refusal::new(error.to_string()))?;
    edited
        .to_bytes()
        .map_err(|error| Refusal::new(error.to_string()))?;
    Ok(edited)
}

/// Where a tag is after the edit; `None` where nothing is left of it.
fn follow(
    kept: &PositionMap,
    fragments: &Fragments,
    range: TextRange,
    (source, edited): (&SourceText, &SourceText),
) -> Option<Fragments> {
    let mut followed: Vec<TextRange> = Vec::with_capacity(fragments.len());
    let mut before: Option<TextRange> = None;
    for old in fragments.iter() {
        let Some(new) = kept.follow(old, range) else {
            continue;
        };
        // What was put in can join with what is behind it, flags with flags far along.
        let whole = |range| snap_to_graphemes(source, range) == range;
        let new = if old.end() >= range.start() && whole(old) {
            snap_to_graphemes(edited, new)
        } else {
            new
        };
        // Parts that touched before stay two; those that the edit has brought together become one.
        let apart = before.is_none_or(|before| before.end() < old.start());
        match followed.last_mut() {
            Some(last) if new.start() < last.end() || (apart && new.start() == last.end()) => {
                *last = last.cover(new);
            }
            _ => followed.push(new),
        }
        before = Some(old);
    }
    Fragments::new(followed).ok()
}

fn words(moved: usize, gone: usize) -> String {
    let mut parts = Vec::new();
    if moved > 0 {
        parts.push(format!("{} moved", count(moved, "tag")));
    }
    match (gone, moved) {
        (0, _) => {}
        (_, 0) => parts.push(format!("{} deleted with the text", count(gone, "tag"))),
        _ => parts.push(format!("{gone} deleted with the text")),
    }
    if parts.is_empty() {
        "edited the text".to_owned()
    } else {
        format!("edited the text: {}", join_and(&parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::Document;
    use crate::text::{Decoding, Encoding};

    fn edit(editor: &mut TestEditor, words: &str, replacement: &str) -> Result<(), Refusal> {
        let range = editor.find(words);
        editor
            .run(|ctx, _| action::edit_text(ctx, range, replacement))
            .map(|_| ())
    }

    fn on(text: &str, decoding: Decoding) -> TestEditor {
        let mut editor = TestEditor::new(TEXT);
        editor.document = Document::new(SourceText::decoded(text, decoding).unwrap());
        editor
    }

    #[test]
    fn a_typo_is_mended_and_every_tag_keeps_its_words() {
        let mut editor = TestEditor::new(&TEXT.replace("Tuesday", "Tusday"));
        let quote = editor.tag("quote", "“I think so,”").id;
        let later = editor.tag("claim", "Trump knew").id;
        let around = editor.tag("claim", "Tillerson said on Tusday").id;
        let before = editor.document.clone();
        edit(&mut editor, "Tusday", "Tuesday").unwrap();
        assert!(editor.document.source().as_str().starts_with(&TEXT[..60]));
        assert_eq!(editor.words(&quote), ["“I think so,”"]);
        assert_eq!(editor.words(&later), ["Trump knew"]);
        assert_eq!(editor.words(&around), ["Tillerson said on Tuesday"]);
        assert!(
            editor.said.starts_with("edited the text: "),
            "{}",
            editor.said
        );
        assert!(editor.said.ends_with(" moved"), "{}", editor.said);
        let after = editor.find("Tuesday").end();
        assert_eq!(editor.selection, Selection::caret(after));
        editor.undo();
        assert_eq!(editor.document.source().as_str(), before.source().as_str());
        assert_eq!(editor.document.set(), before.set());
        editor.redo();
        assert_eq!(editor.words(&later), ["Trump knew"]);
    }

    #[test]
    fn a_tag_without_words_goes_with_what_depends_on_it() {
        let mut editor = TestEditor::new(TEXT);
        let he = editor.tag("speaker", "He").id;
        let quote = editor.tag("quote", "“I think so,”").id;
        editor
            .run(|ctx, ids| {
                action::link(
                    ctx,
                    &quote,
                    &crate::model::Target::Annotation(he.clone()),
                    false,
                    ids,
                )
            })
            .unwrap();
        let tags = editor.document.set().annotation_count();
        edit(&mut editor, "He added that ", "").unwrap();
        assert_eq!(editor.get(&he), None);
        assert_eq!(editor.document.set().annotation_count(), tags - 1);
        assert_eq!(editor.words(&quote), ["“I think so,”"]);
        assert_eq!(
            editor.said,
            "edited the text: 1 tag deleted with the text; 1 quote has no speaker yet"
        );
        editor.undo();
        assert_eq!(editor.words(&he), ["He"]);
        assert_eq!(editor.links(&quote).len(), 1);
    }

    #[test]
    fn parts_that_come_together_become_one() {
        let mut editor = TestEditor::new(TEXT);
        let claim = editor.tag("claim", "I think").id;
        editor.select("Today");
        editor
            .run(|ctx, _| action::add_fragment(ctx, &claim))
            .unwrap();
        edit(&mut editor, " so,” Tillerson said on Tuesday. “", "").unwrap();
        assert_eq!(editor.words(&claim), ["I thinkToday"]);
    }

    #[test]
    fn edges_stay_on_graphemes() {
        let mut editor = TestEditor::new("a cafe so");
        let claim = editor.tag("claim", "cafe").id;
        let at = TextRange::empty(editor.find("cafe").end());
        // The accent joins the letter before it.
        editor
            .run(|ctx, _| action::edit_text(ctx, at, "\u{301}"))
            .unwrap();
        assert_eq!(editor.words(&claim), ["cafe\u{301}"]);
    }

    #[test]
    fn lines_end_as_they_did() {
        let mut editor = TestEditor::new("one\r\ntwo");
        edit(&mut editor, "two", "two\nthree\r\nfour").unwrap();
        assert_eq!(
            editor.document.source().as_str(),
            "one\r\ntwo\r\nthree\r\nfour"
        );
    }

    #[test]
    fn what_cannot_be_written_back_is_refused_in_words() {
        let latin = Decoding {
            encoding: Encoding::named("windows-1252").unwrap(),
            basis: Basis::Recorded,
            ..Decoding::UTF_8
        };
        let refused = |text, decoding, replacement| {
            let mut editor = on(text, decoding);
            let words = edit(&mut editor, "said", replacement)
                .unwrap_err()
                .to_string();
            assert_eq!(editor.document.source().as_str(), text);
            words
        };
        for (decoding, replacement, words) in [
            (Decoding::UTF_8, "said", "nothing has changed"),
            (Decoding::UTF_8, "sa\u{1}id", "control character (U+0001)"),
            (latin, "schreibt Шольц", "windows-1252 cannot write `Ш`"),
            (
                Decoding {
                    basis: Basis::Guessed,
                    ..latin
                },
                "says",
                "only a guess",
            ),
            (
                Decoding {
                    exact: false,
                    ..latin
                },
                "says",
                "byte for byte",
            ),
            (
                Decoding {
                    broken: Some(1.into()),
                    exact: false,
                    ..Decoding::UTF_8
                },
                "says",
                "not valid UTF-8",
            ),
        ] {
            let said = refused("He said so.", decoding, replacement);
            assert!(said.contains(words), "{said}");
        }
        assert!(refused(" said\n", Decoding::UTF_8, "").contains("cannot be empty"));
        let mut editor = on("Café, he said", latin);
        edit(&mut editor, "said", "said “naïve”").unwrap();
        assert_eq!(
            editor.document.source().to_bytes().unwrap(),
            b"Caf\xE9, he said \x93na\xEFve\x94"
        );
    }
}
