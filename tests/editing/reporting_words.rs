//! What keys mean in the words around a quote: its speaker, verb, time and place.

use pullquote::model::AnnotationId;
use pullquote::ops::{Edit, Gesture, Move};
use pullquote::text::{TextRange, TextSize};

use crate::support::TestEditor;

const ARTICLE: &str = "Anna Holm met reporters in Oslo.\n\
    “The tunnel is safe, but it leaks,” Holm said on Tuesday at the town hall. Then all left.\n\
    Later that day, Karl Berg pointed out that despite the repairs the tunnel leaks.\n\
    “We pay,” Berg said in Bergen, and Holm added that the city would pay too.\n\
    In a letter, Dora Lind wrote, “The bill is high.”";

/// An article with its quotes tagged, each with the first proposed speaker confirmed.
fn with_quotes(quotes: &[&str]) -> TestEditor {
    let mut editor = TestEditor::on(ARTICLE);
    for quote in quotes {
        editor.select(quote);
        editor.run(Edit::Tag("quote".into()));
        editor.run(Gesture::Confirm);
    }
    editor
}

const QUOTES: [&str; 4] = [
    "“The tunnel is safe, but it leaks,”",
    "that despite the repairs the tunnel leaks",
    "“We pay,”",
    "“The bill is high.”",
];

/// Puts the caret where `|` is.
fn caret(editor: &mut TestEditor, marked: &str) {
    let (before, after) = marked.split_once('|').unwrap();
    let start = editor.place_of(&format!("{before}{after}")).start();
    editor.caret_at(start + TextSize::of(before));
}

/// The tag and its speaker after a key at the caret `|`.
fn claim_at(quotes: &[&str], marked: &str) -> (String, Option<String>) {
    let mut editor = with_quotes(quotes);
    caret(&mut editor, marked);
    editor.run(Edit::Tag("claim".into()));
    let claim = editor.open.current_tag().unwrap().id.clone();
    let speaker = editor.speaker_of(&claim);
    (editor.words(&claim).join(" | "), speaker)
}

#[test]
fn a_claim_in_the_words_around_a_quote_has_the_words_of_the_quote() {
    const WHOLE: &str = "The tunnel is safe, but it leaks";
    for (caret, words, speaker) in [
        ("Holm said |on Tuesday", WHOLE, "Holm"),
        ("Holm said on Tues|day", WHOLE, "Holm"),
        ("at the town hall|. Then", WHOLE, "Holm"),
        ("at the town hall.| Then", WHOLE, "Holm"),
        ("Ho|lm said on", WHOLE, "Holm"),
        (
            "Later that| day, Karl",
            "despite the repairs the tunnel leaks",
            "Karl Berg",
        ),
        (
            "Berg poi|nted out",
            "despite the repairs the tunnel leaks",
            "Karl Berg",
        ),
        (
            "the repairs the tunnel leaks.|\n",
            "despite the repairs the tunnel leaks",
            "Karl Berg",
        ),
        ("Berg said in |Bergen", "We pay", "Berg"),
        ("In a |letter, Dora", "The bill is high", "Dora Lind"),
        ("Dora Lind wrote,| “The", "The bill is high", "Dora Lind"),
    ] {
        let (found, said_by) = claim_at(&QUOTES, caret);
        assert_eq!(found, words, "{caret}");
        assert_eq!(said_by.as_deref(), Some(speaker), "{caret}");
    }
}

#[test]
fn other_clauses_are_no_words_around_a_quote() {
    // The second report of a sentence has its own words.
    let (found, speaker) = claim_at(&QUOTES, "Holm ad|ded that");
    assert_eq!(found, "the city would pay too");
    assert_eq!(speaker.as_deref(), Some("Holm"));
    // A sentence without any is a claim of the author.
    let (found, speaker) = claim_at(&QUOTES, "Then |all left");
    assert_eq!((found.as_str(), speaker), ("Then all left", None));
}

#[test]
fn a_claim_with_its_reporting_clause_has_that_speaker_first() {
    for (sentence, speaker) in [
        (
            "“The tunnel is safe, but it leaks,” Holm said on Tuesday at the town hall",
            "Holm",
        ),
        (
            "Later that day, Karl Berg pointed out that despite the repairs the tunnel leaks",
            "Karl Berg",
        ),
    ] {
        let mut editor = TestEditor::on(ARTICLE);
        editor.select(sentence);
        editor.run(Edit::Tag("claim".into()));
        let claim = editor.open.current_tag().unwrap().id.clone();
        assert_eq!(
            editor.speaker_of(&claim).as_deref(),
            Some(speaker),
            "{sentence}"
        );
    }
}

/// The tag whose speaker is asked for at the caret `|`.
fn asked(editor: &mut TestEditor, marked: &str) -> Option<(AnnotationId, Vec<String>)> {
    caret(editor, marked);
    let tag = editor.open.tag_to_attribute()?.id.clone();
    let words = editor.words(&tag);
    Some((tag, words))
}

#[test]
fn who_said_it_is_asked_where_a_claim_is_made() {
    let mut editor = with_quotes(&QUOTES);
    for (at, quote) in [
        ("Holm sa|id on Tuesday", QUOTES[0]),
        ("Holm said on |Tuesday", QUOTES[0]),
        ("at the town hall.| Then", QUOTES[0]),
        ("Berg poi|nted out", QUOTES[1]),
        ("pointed out |that despite", QUOTES[1]),
        ("the tunnel leaks.|\n", QUOTES[1]),
        ("Berg said| in Bergen", QUOTES[2]),
        ("In a le|tter, Dora", QUOTES[3]),
    ] {
        let (tag, words) = asked(&mut editor, at).unwrap_or_else(|| panic!("{at}"));
        assert_eq!(words, [quote], "{at}");
        assert!(editor.open.document().set().annotation(&tag).is_some());
    }
    // A mention is asked about itself; words of another report and of the author are no quote's.
    assert_eq!(asked(&mut editor, "Ho|lm said on").unwrap().1, ["Holm"]);
    for at in [
        "Then |all left",
        "Anna Holm met |reporters",
        "Holm ad|ded that",
    ] {
        assert_eq!(asked(&mut editor, at), None, "{at}");
    }
    // Where its quote was just deleted there is nothing to ask, nor in a selection.
    caret(&mut editor, "Holm said on |Tuesday");
    let range = TextRange::at(editor.open.selection().head, 3.into());
    editor.run(Move::Seek(range));
    assert!(editor.open.tag_to_attribute().is_none());
}
