use super::set_edge::{moved, replaced};
use crate::edit::{Context, Edge, Refusal, Step};
use crate::model::{Annotation, AnnotationId, Transaction};
use crate::text::{
    SourceText, TextRange, TextSize, next_grapheme, next_paragraph, next_word, paragraph_at,
    previous_grapheme, previous_paragraph, previous_word, snap_to_graphemes, trim, word_at,
};

/// How many marks beside an edge are looked at.
const MARKS: usize = 4;

/// Moves an edge of a tag by a step: of the fragment the caret is in, else of the one it has passed
/// on that side, else the start of the first or the end of the last. Ends stop after words, starts
/// before them. An edge never passes its other edge; it stops at the neighbouring fragment and
/// joins it, and at the end of its paragraph.
///
/// # Errors
/// [`Refusal`] where the edge cannot go further.
pub fn nudge(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    edge: Edge,
    forward: bool,
    step: Step,
) -> Result<Transaction, Refusal> {
    let draft = crate::edit::draft::Draft::new(ctx);
    let changed = draft.require(tag)?;
    let source = ctx.document.source();
    let index = fragment_for(&changed, edge, ctx.selection.head);
    let ranges = changed.fragments.as_slice();
    let range = ranges
        .get(index)
        .copied()
        .ok_or_else(|| Refusal::new("this part no longer exists; choose another"))?;
    let from = match edge {
        Edge::Start => range.start(),
        Edge::End => range.end(),
    };
    let to = match (step, edge, forward) {
        (Step::Grapheme, _, true) => next_grapheme(source, from),
        (Step::Grapheme, _, false) => previous_grapheme(source, from),
        (Step::Word, Edge::End, true) => next_word(source, from),
        (Step::Word, Edge::Start, false) => previous_word(source, from),
        (Step::Word, Edge::End, false) => word_end_before(source, range, from),
        (Step::Word, Edge::Start, true) => word_start_after(source, range, from),
    };
    let to = within_paragraph(source, edge, from, snapped(source, to, forward));
    if to == from {
        return Err(edge_of_paragraph(source, from));
    }
    let neighbour = match edge {
        Edge::Start => index
            .checked_sub(1)
            .and_then(|before| ranges.get(before))
            .map(|before| before.end()),
        Edge::End => ranges.get(index + 1).map(|after| after.start()),
    };
    let to = match (edge, neighbour) {
        (Edge::Start, Some(end)) => to.max(end),
        (Edge::End, Some(start)) => to.min(start),
        (_, None) => to,
    };
    if step == Step::Word
        && let Some(whole) = with_whole_pairs(source, range, edge, forward, to)
    {
        return replaced(ctx, changed, index, edge, whole);
    }
    moved(ctx, changed, index, edge, to)
}

/// Which fragment an edge is nudged of.
fn fragment_for(tag: &Annotation, edge: Edge, caret: TextSize) -> usize {
    let ranges = tag.fragments.as_slice();
    let last = ranges.len().saturating_sub(1);
    if let Some(under) = ranges
        .iter()
        .position(|range| range.contains_inclusive(caret))
    {
        return under;
    }
    // Past an edge that was nudged across the caret, it is still that edge.
    if !tag.fragments.hull().contains(caret) {
        return match edge {
            Edge::Start => 0,
            Edge::End => last,
        };
    }
    let after = ranges.partition_point(|range| range.end() < caret);
    match edge {
        Edge::Start => after.min(last),
        Edge::End => after.saturating_sub(1),
    }
}

/// Where an edge that goes outward ends up: not beyond its paragraph, unless the sentence goes on
/// behind the line break. Quotes over several paragraphs are selected.
fn within_paragraph(source: &SourceText, edge: Edge, from: TextSize, to: TextSize) -> TextSize {
    let mut own = paragraph_at(source, from);
    while !own.contains_inclusive(to) {
        let next = match edge {
            Edge::Start => previous_paragraph(source, own).map(|before| (before, own)),
            Edge::End => next_paragraph(source, own).map(|after| (own, after)),
        };
        match next {
            Some((before, after))
                if to < from && edge == Edge::Start && runs_on(source, before, after) =>
            {
                own = before;
            }
            Some((before, after))
                if from < to && edge == Edge::End && runs_on(source, before, after) =>
            {
                own = after;
            }
            Some(_) | None => break,
        }
    }
    let text = trim(source, own);
    match edge {
        Edge::Start if to < from => to.max(text.start().min(from)),
        Edge::End if from < to => to.min(text.end().max(from)),
        Edge::Start | Edge::End => to,
    }
}

/// Whether a line break is within a sentence, in an article whose lines are broken to a width.
fn runs_on(source: &SourceText, before: TextRange, after: TextRange) -> bool {
    let between = source.slice(TextRange::new(before.end(), after.start()));
    let last = source.slice(before).trim_end().chars().next_back();
    let first = source.slice(after).trim_start().chars().next();
    between.lines().count() < 2
        && last.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | ';' | '-' | '–'))
        && first.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
}

/// Why an edge goes no further.
fn edge_of_paragraph(source: &SourceText, from: TextSize) -> Refusal {
    let in_text = TextSize::new(0) < from && from < source.len();
    Refusal::new(if in_text {
        "the paragraph ends here; to go beyond it, select the text and tag it"
    } else {
        "the text ends here"
    })
}

fn snapped(source: &SourceText, at: TextSize, forward: bool) -> TextSize {
    let around = snap_to_graphemes(source, TextRange::empty(at));
    if forward {
        around.end()
    } else {
        around.start()
    }
}

/// The range after a step by a word, with quotation marks and brackets at its edges in pairs: both
/// of them, or none. `None` where the step alone does that, or nothing would be left.
fn with_whole_pairs(
    source: &SourceText,
    range: TextRange,
    edge: Edge,
    forward: bool,
    to: TextSize,
) -> Option<TextRange> {
    let moved = |to: TextSize| match edge {
        Edge::Start => (to < range.end()).then(|| TextRange::new(to, range.end())),
        Edge::End => (range.start() < to).then(|| TextRange::new(range.start(), to)),
    };
    let plain = moved(to)?;
    let mut whole = paired(source, plain);
    if whole == range {
        // Only a mark was between: the word beside it goes with it.
        let further = match (edge, forward) {
            (Edge::End, false) => word_end_before(source, range, to),
            (Edge::Start, true) => word_start_after(source, range, to),
            (Edge::End, true) | (Edge::Start, false) => return None,
        };
        whole = paired(source, moved(further)?);
    }
    (whole != plain && !whole.is_empty()).then(|| snap_to_graphemes(source, whole))
}

/// A range with the mark beside an edge that closes or opens one in it, or without one at an edge
/// that has no partner in it.
fn paired(source: &SourceText, range: TextRange) -> TextRange {
    let is_mark = |c: &char| !c.is_alphanumeric() && !c.is_whitespace();
    let (before, words) = source.as_str().split_at(usize::from(range.start()));
    let (words, after) = words.split_at(usize::from(range.len()));
    let mut starts = vec![range.start()];
    for c in before.chars().rev().take_while(is_mark).take(MARKS) {
        starts.push(starts.last().copied().unwrap_or_default() - TextSize::of(c));
    }
    let mut ends = vec![range.end()];
    for c in after.chars().take_while(is_mark).take(MARKS) {
        ends.push(ends.last().copied().unwrap_or_default() + TextSize::of(c));
    }
    let lone =
        |start: TextSize, end: TextSize| lone_marks(source.slice(TextRange::new(start, end)));
    let (start, end) = (range.start(), range.end());
    let bare = words.trim_matches(|c| is_mark(&c));
    // The words between two marks are the whole of what is quoted.
    if bare == words
        && lone(start, end) == 0
        && let Some(&opened) = starts.get(1)
        && lone(opened, end) > 0
        && let Some(&closed) = ends
            .iter()
            .skip(1)
            .find(|&&closed| lone(opened, closed) == 0)
    {
        return TextRange::new(opened, closed);
    }
    let inner_start = end - TextSize::of(words.trim_start_matches(|c| is_mark(&c)));
    let inner_end = start + TextSize::of(words.trim_end_matches(|c| is_mark(&c)));
    let outward = ends.iter().map(|&end| (start, end));
    let outward = outward.chain(starts.iter().map(|&start| (start, end)));
    let inward = [(inner_start, end), (start, inner_end)];
    // The first of those with the fewest; the range itself where that is as good.
    outward
        .chain(inward)
        .filter(|(start, end)| start < end)
        .min_by_key(|&(start, end)| lone(start, end))
        .map_or(range, |(start, end)| TextRange::new(start, end))
}

/// How many quotation marks and brackets have no partner in `words`.
fn lone_marks(words: &str) -> usize {
    let count = |mark: char| words.matches(mark).count();
    let pairs = [('“', '”'), ('«', '»'), ('(', ')'), ('[', ']'), ('‘', '’')];
    let lone = pairs.iter().map(|&(open, close)| match (open, close) {
        // An apostrophe is no closing mark.
        ('‘', _) => count(open).saturating_sub(count(close)),
        _ => count(open).abs_diff(count(close)),
    });
    lone.sum::<usize>() + count('"') % 2
}

/// The last end of a word before `at`; the start of the fragment where there is none within it.
fn word_end_before(source: &SourceText, within: TextRange, at: TextSize) -> TextSize {
    let mut place = at;
    while place > within.start() {
        place = previous_word(source, place);
        let end = word_at(source, place).map_or(place, TextRange::end);
        if end < at {
            return end.max(within.start());
        }
    }
    within.start()
}

/// The first start of a word after `at`; the end of the fragment where there is none within it.
fn word_start_after(source: &SourceText, within: TextRange, at: TextSize) -> TextSize {
    let mut place = at;
    while place < within.end() {
        let next = next_word(source, place);
        let start = previous_word(source, next);
        if start > at {
            return start.min(within.end());
        }
        place = next;
    }
    within.end()
}

#[cfg(test)]
mod tests {
    use crate::edit::testing::TestEditor;
    use crate::edit::{Edge, Refusal, Step, action};

    fn nudge(
        editor: &mut TestEditor,
        edge: Edge,
        forward: bool,
        step: Step,
    ) -> Result<String, Refusal> {
        let tag = editor.current().id;
        editor.run(|ctx, _| action::nudge(ctx, &tag, edge, forward, step))?;
        Ok(editor.words(&tag).join(" | "))
    }

    #[test]
    fn edges_move_by_words() {
        let mut editor = TestEditor::new("one two, three four five");
        editor.tag("claim", "three");
        let mut word = |edge, forward| nudge(&mut editor, edge, forward, Step::Word).unwrap();
        assert_eq!(word(Edge::End, true), "three four");
        assert_eq!(word(Edge::Start, false), "two, three four");
        assert_eq!(word(Edge::End, false), "two, three");
        assert_eq!(word(Edge::Start, true), "three");
        assert_eq!(word(Edge::Start, false), "two, three");
        assert_eq!(word(Edge::End, false), "two");
        assert!(nudge(&mut editor, Edge::End, false, Step::Word).is_err());
        assert!(nudge(&mut editor, Edge::Start, true, Step::Word).is_err());
    }

    #[test]
    fn edges_stay_in_their_paragraph() {
        let text = "He went on\nand on. All one.\n“I think so,” Lee said.\n\nRoe left.";
        let mut editor = TestEditor::new(text);
        editor.tag("quote", "think so");
        let mut word = |edge, forward| nudge(&mut editor, edge, forward, Step::Word);
        assert_eq!(word(Edge::Start, false).unwrap(), "“I think so,”");
        let refused = word(Edge::Start, false).unwrap_err().to_string();
        assert!(refused.contains("paragraph ends here"), "{refused}");
        for expected in ["“I think so,” Lee", "“I think so,” Lee said"] {
            assert_eq!(word(Edge::End, true).unwrap(), expected);
        }
        assert_eq!(word(Edge::End, true).unwrap(), "“I think so,” Lee said.");
        word(Edge::End, true).unwrap_err();
        nudge(&mut editor, Edge::End, true, Step::Grapheme).unwrap_err();
        nudge(&mut editor, Edge::Start, false, Step::Grapheme).unwrap_err();
        assert_eq!(
            nudge(&mut editor, Edge::End, false, Step::Grapheme).unwrap(),
            "“I think so,” Lee said"
        );

        // Lines broken to a width are one paragraph.
        editor.tag("claim", "and on");
        let start = nudge(&mut editor, Edge::Start, false, Step::Word).unwrap();
        assert_eq!(start, "on\nand on");
        // What was selected over paragraphs gets smaller across them.
        editor.tag("claim", "one.\n“I");
        let start = nudge(&mut editor, Edge::Start, true, Step::Word).unwrap();
        assert_eq!(start, "I");
    }

    #[test]
    fn marks_go_and_come_in_pairs() {
        let mut editor =
            TestEditor::new("Russia makes \"crises of confidence,\" he said (again) now");
        editor.tag("claim", "\"crises of confidence,\"");
        let mut word = |edge, forward| nudge(&mut editor, edge, forward, Step::Word).unwrap();
        assert_eq!(word(Edge::End, false), "crises of");
        assert_eq!(word(Edge::End, true), "\"crises of confidence,\"");
        assert_eq!(word(Edge::End, true), "\"crises of confidence,\" he");
        assert_eq!(word(Edge::End, false), "\"crises of confidence,\"");
        assert_eq!(word(Edge::Start, true), "of confidence");
        assert_eq!(word(Edge::Start, false), "\"crises of confidence,\"");
        assert_eq!(word(Edge::Start, false), "makes \"crises of confidence,\"");
        for _ in 0..2 {
            word(Edge::End, true);
        }
        let with_brackets = "makes \"crises of confidence,\" he said (again)";
        assert_eq!(word(Edge::End, true), with_brackets);
        assert_eq!(
            word(Edge::End, false),
            "makes \"crises of confidence,\" he said"
        );
    }

    #[test]
    fn edges_move_by_characters() {
        let mut editor = TestEditor::new("ae\u{301}b");
        editor.tag("cue", "a");
        let mut grapheme = |edge, forward| nudge(&mut editor, edge, forward, Step::Grapheme);
        assert_eq!(grapheme(Edge::End, true).unwrap(), "ae\u{301}");
        assert_eq!(grapheme(Edge::Start, true).unwrap(), "e\u{301}");
        assert!(grapheme(Edge::Start, true).is_err());
        assert_eq!(grapheme(Edge::End, true).unwrap(), "e\u{301}b");
        assert!(grapheme(Edge::End, true).is_err());
    }

    #[test]
    fn the_caret_says_which_part_and_parts_join() {
        let mut editor = TestEditor::new("one two three four five six");
        let tag = editor.tag("claim", "one two").id;
        editor.select("five");
        editor
            .run(|ctx, _| action::add_fragment(ctx, &tag))
            .unwrap();
        editor.caret("one");
        editor.selection.tag = Some(tag.clone());
        let mut end = |forward| nudge(&mut editor, Edge::End, forward, Step::Word).unwrap();
        assert_eq!(end(false), "one | five");
        assert_eq!(end(true), "one two | five");
        assert_eq!(end(true), "one two three | five");
        assert_eq!(end(true), "one two three four | five");
        assert_eq!(end(true), "one two three four five");
        // Away from the tag, its outer edges move.
        editor.caret("six");
        editor.selection.tag = Some(tag);
        assert_eq!(
            nudge(&mut editor, Edge::Start, true, Step::Word).unwrap(),
            "two three four five"
        );
    }

    #[test]
    fn an_edge_that_passed_the_caret_is_still_the_one() {
        let mut editor = TestEditor::new("one two three four five six");
        let tag = editor.tag("claim", "one two three").id;
        editor.select("five");
        editor
            .run(|ctx, _| action::add_fragment(ctx, &tag))
            .unwrap();
        editor.caret("three");
        editor.selection.tag = Some(tag);
        assert_eq!(
            nudge(&mut editor, Edge::End, false, Step::Word).unwrap(),
            "one two | five"
        );
        assert_eq!(
            nudge(&mut editor, Edge::End, false, Step::Word).unwrap(),
            "one | five"
        );
    }
}
