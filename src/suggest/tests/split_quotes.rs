//! Where a quote goes on after its reporting clause.

use super::*;

#[test]
fn a_split_quote_goes_on_in_its_paragraph_or_the_next() {
    let mut document = document("“One,” he said. “Two.”\n\n“Three.”\n\n“Four.”");
    let one = tag(&mut document, "a1", "quote", "“One,”");
    let words = |document: &Document, range: TextRange| document.source().slice(range).to_owned();
    let next = |document: &Document, id: &AnnotationId| {
        let tag = document.set().annotation(id).unwrap();
        continuation(document, tag).map(|range| words(document, range))
    };
    let below = |document: &Document, id: &AnnotationId| {
        let tag = document.set().annotation(id).unwrap();
        continuation_below(document, tag).map(|range| words(document, range))
    };
    assert_eq!(next(&document, &one).as_deref(), Some("“Two.”"));
    tag(&mut document, "a2", "claim", "Two");
    assert_eq!(next(&document, &one).as_deref(), Some("“Two.”"));
    tag(&mut document, "a3", "quote", "“Two.”");
    assert_eq!(next(&document, &one), None, "not beyond the paragraph");
    assert_eq!(below(&document, &one).as_deref(), Some("“Three.”"));
    let three = tag(&mut document, "a4", "quote", "“Three.”");
    assert_eq!(next(&document, &one), None);
    assert_eq!(below(&document, &one), None);
    assert_eq!(below(&document, &three).as_deref(), Some("“Four.”"));
}

#[test]
fn a_split_quote_does_not_go_on_in_what_somebody_else_says() {
    for (text, tagged, expected) in [
        (
            "Ann Lee said that the plan works. “It never worked,” said Amina Yusuf. “Never.”",
            "the plan works",
            None,
        ),
        (
            "“One,” Ann Lee said. “Two,” said Bo Carr. “Three,” Lee said.",
            "“One,”",
            None,
        ),
        (
            "“One,” Ann Lee said. “Two,” she said.",
            "“One,”",
            Some("“Two,”"),
        ),
        (
            "“One,” Ann Lee said. “Two,” Lee said.",
            "“One,”",
            Some("“Two,”"),
        ),
        (
            "\"One,\" said Ann Lee, director of the Institute in Rome, \"but two.\"",
            "\"One,\"",
            Some("\"but two.\""),
        ),
    ] {
        let mut document = document(text);
        let one = tag(&mut document, "a1", "quote", tagged);
        let next = continuation(&document, document.set().annotation(&one).unwrap());
        let next = next.map(|range| document.source().slice(range));
        assert_eq!(next, expected, "{text}");
    }
}

#[test]
fn a_quote_left_open_goes_on_in_the_next_paragraph() {
    let mut document = document("He said: “One.\n\n“Two.”\n\n“Three.”");
    let one = tag(&mut document, "a1", "quote", "“One.");
    let next = continuation(&document, document.set().annotation(&one).unwrap());
    assert_eq!(
        next.map(|range| document.source().slice(range)),
        Some("“Two.”")
    );
    let two = tag(&mut document, "a2", "quote", "“Two.”");
    assert_eq!(
        continuation(&document, document.set().annotation(&two).unwrap()),
        None
    );
}
