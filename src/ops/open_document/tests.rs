use std::collections::BTreeSet;

use super::OpenDocument;
use crate::edit::{apply, inverted};
use crate::format::schema_file::default_schema;
use crate::model::{CountedIds, Document, FindingSubject, LintRule, Problem};
use crate::ops::{Command, Edit, Gesture, Move, SuggestionOptions, TagFilter, propose, with_cues};
use crate::text::{SourceText, TextRange, TextSize};

/// A quote with its speaker pre-filled.
fn tagged() -> (OpenDocument, CountedIds) {
    let source = SourceText::new("“We do not,” Tillerson said.", "UTF-8").unwrap();
    let mut open = OpenDocument::new(Document::new(source), default_schema().unwrap());
    let mut ids = CountedIds::new("a");
    open.run(Edit::Tag("quote".into()), &mut ids).unwrap();
    (open, ids)
}

#[test]
fn a_step_that_cannot_be_undone_now_can_be_undone_later() {
    let (mut open, mut ids) = tagged();
    let other = open.resolve(&Edit::Delete(None), &mut ids).unwrap();
    let (label, state) = (open.undo_label().map(str::to_owned), open.state_id());
    // The document is no longer what the step left.
    apply(&mut open.document, &other.transaction).unwrap();
    assert!(open.run(Gesture::Undo, &mut ids).is_err());
    assert_eq!(open.undo_label().map(str::to_owned), label);
    assert_eq!((open.state_id(), open.redo_label()), (state, None));
    apply(&mut open.document, &inverted(&other.transaction)).unwrap();
    open.run(Gesture::Undo, &mut ids).unwrap();
    assert_eq!(open.document().set().annotation_count(), 0);
    open.run(Gesture::Redo, &mut ids).unwrap();
    assert_eq!(open.state_id(), state);
}

#[test]
fn where_nothing_may_be_changed_moves_go_on_and_edits_are_refused() {
    let (open, mut ids) = tagged();
    let before = open.document().set().clone();
    let mut open = OpenDocument::new(open.document().clone(), default_schema().unwrap())
        .with_read_only(Some("too new".to_owned()));
    let allowed: [Command; 3] = [
        Move::SelectAll.into(),
        Gesture::Escape.into(),
        Gesture::NextTag(TagFilter::default()).into(),
    ];
    for command in allowed {
        assert_eq!(open.refusal(&command), None);
        if let Err(refusal) = open.run(command, &mut ids) {
            assert_ne!(refusal.to_string(), "too new");
        }
    }
    let refused: [Command; 4] = [
        Edit::Tag("claim".into()).into(),
        Gesture::Confirm.into(),
        Gesture::NextCandidate.into(),
        Gesture::Undo.into(),
    ];
    for command in refused {
        let preview = open.refusal(&command);
        let refusal = open.run(command, &mut ids).unwrap_err();
        assert_eq!(refusal.to_string(), "too new");
        assert!(preview.is_some());
    }
    assert_eq!(open.document().set(), &before);
}

/// The speaker of a claim in a quote whose speaker is only proposed is offered once.
#[test]
fn every_mention_is_one_candidate_and_the_next_one_is_another() {
    let text = "Jones said the vote was rigged. “It was stolen,” he said on Monday. Mary Lee left.";
    let source = SourceText::new(text, "UTF-8").unwrap();
    let mut open = OpenDocument::new(Document::new(source), default_schema().unwrap());
    let mut ids = CountedIds::new("a");
    let at = u32::try_from(text.find("stolen").unwrap()).unwrap();
    let at = at.into();
    open.run(
        Move::Select {
            anchor: at,
            head: at,
        },
        &mut ids,
    )
    .unwrap();
    open.run(Edit::Tag("quote".into()), &mut ids).unwrap();
    open.run(Edit::Tag("claim".into()), &mut ids).unwrap();
    for _ in 0..3 {
        let chips = open.chips().unwrap();
        let words: Vec<&str> = chips.candidates.iter().map(|c| &*c.words).collect();
        let once: std::collections::BTreeSet<&str> = words.iter().copied().collect();
        assert_eq!(once.len(), words.len(), "{words:?}");
        let before = chips.chosen;
        open.run(Gesture::NextCandidate, &mut ids).unwrap();
        assert_ne!(open.chips().unwrap().chosen, before);
    }
}

#[test]
fn selected_words_become_the_speaker_of_the_current_quote_that_has_none() {
    let text = "“Nobody was warned.” That was the verdict of the commission led by Amina Yusuf.";
    let source = SourceText::new(text, "UTF-8").unwrap();
    let mut open = OpenDocument::new(Document::new(source), default_schema().unwrap());
    let mut ids = CountedIds::new("a");
    open.run(Edit::Tag("quote".into()), &mut ids).unwrap();
    while open.document().set().links().next().is_some() || open.chips().is_some() {
        open.run(Gesture::Escape, &mut ids).unwrap();
    }
    let quote = open.current_tag().unwrap().id.clone();
    let start = u32::try_from(text.find("Amina").unwrap()).unwrap();
    let (anchor, head) = (start.into(), (start + 11).into());
    open.run(Move::Select { anchor, head }, &mut ids).unwrap();
    open.run(Edit::Tag("speaker".into()), &mut ids).unwrap();
    let set = open.document().set();
    let link = set.links_from(&quote).next().unwrap();
    assert!(link.confirmed, "{link:?}");
    let mention = open.current_tag().unwrap();
    assert_eq!(
        mention.fragments.text(open.document().source()),
        "Amina Yusuf"
    );
}

/// A cue that is tagged reports in the rest of the article, too; it does no more when it is undone.
#[test]
fn a_tagged_cue_makes_its_article_propose_again() {
    let text = "Lee floated that the mill should close. Roe floated that it should not.";
    let source = SourceText::new(text, "UTF-8").unwrap();
    let schema = with_cues(&default_schema().unwrap()).unwrap();
    let mut open = OpenDocument::new(Document::new(source.clone()), schema);
    let mut ids = CountedIds::new("a");
    open.suggest(Some(SuggestionOptions::default()));
    let suggested = |open: &mut OpenDocument| {
        assert!(open.wants_proposals());
        open.set_proposals(
            &source,
            propose(
                &crate::suggest::ParagraphCache::new(&source),
                &open.cues(),
                None,
                false,
            ),
        );
        open.show_suggestions(usize::MAX);
        open.suggestion_count()
    };
    assert_eq!(suggested(&mut open), 0);
    let (anchor, head) = (TextSize::from(4), TextSize::from(11));
    open.run(Move::Select { anchor, head }, &mut ids).unwrap();
    open.run(Edit::Tag("cue".into()), &mut ids).unwrap();
    assert_ne!(suggested(&mut open), 0);
    open.run(Gesture::Undo, &mut ids).unwrap();
    assert_eq!(suggested(&mut open), 0);
}

#[test]
fn quotation_marks_without_a_partner_are_listed_at_their_place() {
    let source = SourceText::new("“We go, she said.\n\nIt’s 5' 10\".", "UTF-8").unwrap();
    let mut open = OpenDocument::new(Document::new(source), default_schema().unwrap());
    let mut ids = CountedIds::new("a");
    let problems: Vec<_> = open.problems().iter().collect();
    let [problem] = problems.as_slice() else {
        panic!("{problems:?}");
    };
    let finding = problem.kind.finding().cloned().unwrap();
    assert_eq!(finding.rule, LintRule::UnbalancedMark);
    assert_eq!(
        finding.about,
        FindingSubject::Words("“We go, she said.".into())
    );
    open.run(Move::SelectAll, &mut ids).unwrap();
    open.run(Move::Problem { forward: false }, &mut ids)
        .unwrap();
    assert_eq!(open.selection().range(), problem.range.unwrap());
    let key = finding.key();
    let ignore = Edit::IgnoreFinding {
        key: key.clone(),
        reason: "as printed".to_owned(),
    };
    open.run(ignore, &mut ids).unwrap();
    assert!(open.problems().is_empty());
    open.run(Edit::StopIgnoring(key), &mut ids).unwrap();
    assert_eq!(open.problems().len(), 1);
    // It is right once the article is.
    let end = TextSize::of("“We go,");
    let edit = Edit::EditText {
        range: TextRange::empty(end),
        replacement: "”".into(),
    };
    open.run(edit, &mut ids).unwrap();
    assert!(open.problems().is_empty());
}

fn select(open: &mut OpenDocument, ids: &mut CountedIds, words: &str) {
    let text = open.document().source().as_str();
    let start = u32::try_from(text.find(words).unwrap()).unwrap();
    let end = start + u32::try_from(words.len()).unwrap();
    let (anchor, head) = (start.into(), end.into());
    open.run(Move::Select { anchor, head }, ids).unwrap();
}

fn confirmed(open: &OpenDocument) -> Vec<bool> {
    let links = open.document().set().links();
    links.map(|link| link.confirmed).collect()
}

/// F8 and Shift+F8 stop at each, also where several start at one place or within another.
#[test]
fn each_place_with_a_problem_is_a_step_of_its_own() {
    let text = "“It rai\n\n“We go, “he said. It rains, said Lee.";
    let source = SourceText::new(text, "UTF-8").unwrap();
    let mut open = OpenDocument::new(Document::new(source), default_schema().unwrap());
    let mut ids = CountedIds::new("a");
    // Two tags with the same words, both with an edge within a word.
    for label in ["quote", "claim"] {
        select(&mut open, &mut ids, "“It ra");
        open.run(Edit::Tag(label.into()), &mut ids).unwrap();
    }
    let walk = |open: &mut OpenDocument, ids: &mut CountedIds, forward, most| {
        let mut steps = Vec::new();
        for _ in 0..most {
            open.run(Move::Problem { forward }, ids).unwrap();
            steps.extend(open.problems_here().next());
        }
        steps
    };
    let (anchor, head) = (TextSize::of(text), TextSize::of(text));
    open.run(Move::Select { anchor, head }, &mut ids).unwrap();
    let number = open.problems().iter().count();
    let mut steps = walk(&mut open, &mut ids, false, number);
    let place = |one: &Problem| {
        let start = one.range.map(TextRange::start);
        (one.annotation.clone(), start)
    };
    let all: BTreeSet<_> = open.problems().iter().map(|one| place(&one)).collect();
    let seen: BTreeSet<_> = steps.iter().map(place).collect();
    assert_eq!((seen.len(), &seen), (steps.len(), &all), "{steps:?}");
    assert!(seen.iter().filter(|(tag, _)| tag.is_some()).count() == 2);
    steps.pop();
    steps.reverse();
    assert_eq!(walk(&mut open, &mut ids, true, number - 1), steps);
}

const TWO_QUOTES: &str = "“It was stolen,” Jones said. “It was not,” Mary Lee said.";

/// Whether the next quote is dragged over or clicked: the speaker shown for the one before is right.
#[test]
fn tagging_the_next_quote_confirms_the_speaker_of_the_last_in_the_same_step() {
    for click in [false, true] {
        let source = SourceText::new(TWO_QUOTES, "UTF-8").unwrap();
        let mut open = OpenDocument::new(Document::new(source), default_schema().unwrap());
        let mut ids = CountedIds::new("a");
        select(&mut open, &mut ids, "“It was stolen,”");
        open.run(Edit::Tag("quote".into()), &mut ids).unwrap();
        assert_eq!(confirmed(&open), [false]);
        let before = open.document().clone();
        if click {
            let at = u32::try_from(TWO_QUOTES.find("was not").unwrap()).unwrap();
            let (anchor, head) = (at.into(), at.into());
            open.run(Move::Select { anchor, head }, &mut ids).unwrap();
        } else {
            select(&mut open, &mut ids, "“It was not,”");
        }
        let outcome = open.run(Edit::Tag("quote".into()), &mut ids).unwrap();
        assert!(outcome.message.contains("Jones"), "{}", outcome.message);
        let mut links = confirmed(&open);
        links.sort_unstable();
        assert_eq!(links, [false, true]);
        open.run(Gesture::Undo, &mut ids).unwrap();
        assert_eq!(open.document().set(), before.set());
        open.run(Gesture::Redo, &mut ids).unwrap();
        assert_eq!(open.document().set().annotation_count(), 4);
    }
}

#[test]
fn a_speaker_left_undecided_or_a_refused_tag_is_no_yes() {
    let source = SourceText::new(TWO_QUOTES, "UTF-8").unwrap();
    let mut open = OpenDocument::new(Document::new(source), default_schema().unwrap());
    let mut ids = CountedIds::new("a");
    select(&mut open, &mut ids, "“It was stolen,”");
    open.run(Edit::Tag("quote".into()), &mut ids).unwrap();
    select(&mut open, &mut ids, "“It was not,”");
    assert!(open.run(Edit::Tag("rumour".into()), &mut ids).is_err());
    assert_eq!(confirmed(&open), [false]);
    open.run(Gesture::Escape, &mut ids).unwrap();
    select(&mut open, &mut ids, "“It was not,”");
    open.run(Edit::Tag("quote".into()), &mut ids).unwrap();
    assert_eq!(confirmed(&open), [false]);
}
