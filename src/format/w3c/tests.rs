use proptest::prelude::*;

use super::*;
use crate::format::testing::{cases, comes_back, comes_back_with, document};

fn read(json: &str) -> Imported {
    let input = Input {
        name: "in.jsonld",
        bytes: json.as_bytes(),
        beside: &|name| (name == "a.txt").then(|| "😀 é said no, she said".into()),
    };
    WebAnnotations.read(&input).unwrap()
}

fn tags(imported: &Imported) -> Vec<String> {
    let documents = imported.documents.iter().map(|read| &read.document);
    documents
        .flat_map(|document| {
            document.set().annotations().map(move |tag| {
                let words = tag
                    .fragments
                    .iter()
                    .map(|range| document.source().slice(range));
                let words: Vec<_> = words.collect();
                format!("{} {} {}", tag.label, words.join("…"), tag.note)
            })
        })
        .collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn documents_come_back_as_they_were(documents in prop::collection::vec(document(), 0..3)) {
        comes_back(&WebAnnotations, documents)?;
    }

    #[test]
    fn and_so_they_do_with_the_offsets_of_the_browser(document in document()) {
        comes_back_with(&WebAnnotations, &[("unit", "utf16")], vec![document])?;
    }
}

#[test]
fn recogito_is_read() {
    let imported = read(
        r##"[{"id":"#a1","type":"Annotation","body":[{"type":"TextualBody","purpose":"tagging","value":"Quote"},
        {"type":"TextualBody","value":"hm"}],"target":{"source":"http://example.org/a.txt","selector":[
        {"type":"TextQuoteSelector","exact":"said"},{"type":"TextPositionSelector","start":5,"end":9}]}},
        {"id":"#a2","type":"Annotation","body":[],"target":{"source":"http://example.org/a.txt","selector":[
        {"type":"TextQuoteSelector","exact":"no"},{"type":"TextPositionSelector","start":10,"end":12}]}},
        {"id":"#r1","type":"Annotation","motivation":"linking","body":[{"type":"TextualBody","purpose":"tagging","value":"speaker"}],
        "target":[{"id":"#a1"},{"id":"#a2"}]}]"##,
    );
    assert_eq!(
        (&imported.problems[..], &imported.skipped[..]),
        (&[][..], &[][..])
    );
    assert_eq!(tags(&imported), ["Quote said hm", "highlight no "]);
    let set = &imported.documents[0].document.set();
    let link = set.links().next().unwrap();
    assert_eq!((&*link.role, link.from.as_str()), ("speaker", "#a1"));
}

#[test]
fn hypothesis_is_read() {
    let imported = read(
        r#"{"total":2,"records":[{"id":"x1","user":"acct:maria@hypothes.is","uri":"https://example.org/a.txt","text":"a note",
        "tags":["quote","second"],"target":[{"source":"https://example.org/a.txt","selector":[
        {"type":"RangeSelector","startContainer":"/p[1]","endContainer":"/p[1]","startOffset":1,"endOffset":2},
        {"type":"TextQuoteSelector","exact":"said","prefix":"no, she ","suffix":""}]}]},
        {"id":"x2","user":"acct:maria@hypothes.is","references":["x1"],"text":"yes","target":[{"source":"https://example.org/a.txt"}]}]}"#,
    );
    assert_eq!(tags(&imported), ["quote said a note"]);
    let read = &imported.documents[0];
    assert_eq!(read.id, "a.txt");
    let tag = read.document.set().annotations().next().unwrap();
    assert_eq!(tag.attribute("tag").map(|value| &**value), Some("second"));
    assert_eq!(tag.origin, crate::model::Origin::Annotator("maria".into()));
    assert_eq!(imported.skipped.len(), 1);
}

#[test]
fn what_cannot_be_placed_is_told() {
    let imported =
        read(r#"{"type":"Annotation","target":{"source":"x:b.txt","selector":{"exact":"no"}}}"#);
    assert!(
        imported.problems[0]
            .message
            .contains("put it beside the file as `b.txt`")
    );
    let imported = read(r#"{"target":{"source":"x:a.txt","selector":{"exact":"never"}}}"#);
    assert!(
        imported.skipped[0]
            .message
            .contains("`never` is not in the text")
    );
    assert_eq!(read("[1]").skipped.len(), 1);
    assert_eq!(read("{").problems.len(), 1);
}
