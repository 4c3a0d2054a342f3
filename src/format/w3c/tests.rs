mod foreign;

use proptest::prelude::*;

use super::*;
use crate::format::mutations::silent_losses;
use crate::format::testing::{
    cases, comes_back, comes_back_with, document, example, written, written_with,
};

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

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn and_so_they_do_with_links_apart(documents in prop::collection::vec(document(), 0..3)) {
        comes_back_with(&WebAnnotations, &[("links", "apart"), ("unit", "utf16")], documents)?;
    }
}

#[test]
fn links_are_left_out_where_that_is_chosen() {
    let (files, losses) = written_with(&WebAnnotations, &[("links", "none")], example());
    let losses: Vec<_> = losses
        .iter()
        .map(|loss| (loss.feature, loss.count))
        .collect();
    assert_eq!(losses, [(Feature::Links, 2)]);
    let page: serde_json::Value = serde_json::from_slice(&files.0[0].1).unwrap();
    let items = page["items"].as_array().unwrap();
    assert!(items.iter().all(|item| item["motivation"] == "tagging"));
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
            .contains("words are not in the text are left out: `never`")
    );
    assert_eq!(read("[1]").skipped.len(), 1);
    assert_eq!(read("{").problems.len(), 1);
}

#[test]
fn nothing_is_lost_in_silence() {
    let names = [
        "type",
        "@context",
        "prefix",
        "suffix",
        "generator",
        "id",
        "source",
    ];
    for options in [&[][..], &[("unit", "utf16"), ("links", "apart")]] {
        let (files, losses) = written_with(&WebAnnotations, options, example());
        assert_eq!(losses, []);
        let silent = silent_losses(&WebAnnotations, &files.0[0].1, &names);
        assert_eq!(silent, Vec::<String>::new());
    }
    let (files, _) = written(&WebAnnotations, Vec::new());
    let silent = silent_losses(&WebAnnotations, &files.0[0].1, &names);
    assert_eq!(silent, Vec::<String>::new());
}

fn told(imported: &Imported) -> String {
    let all = imported
        .skipped
        .iter()
        .chain(&imported.notes)
        .chain(&imported.problems);
    let all: Vec<_> = all.map(|problem| &*problem.message).collect();
    all.join("\n")
}

#[test]
fn bodies_of_every_kind_are_kept() {
    let imported = read(
        r##"{"type":"AnnotationCollection","total":1,"first":{"type":"AnnotationPage","items":[
        {"type":"Annotation","id":"a1","motivation":"commenting","bodyValue":"hm","body":[
        "http://x.org/page",{"type":"SpecificResource","purpose":"tagging","source":"http://x.org/types#Quote"},
        {"type":"SpecificResource","purpose":"tagging","source":{"id":"http://x.org/q","label":"Speech"}},
        {"type":"TextualBody","purpose":"classifying","value":"direct"},{"type":"TextualBody","purpose":"classifying","value":"long"},
        {"type":"TextualBody","purpose":"questioning","value":"why?","odd":7},
        {"type":"Choice","items":[{"type":"TextualBody","value":"one"},{"type":"TextualBody","value":"two"}]}],
        "target":{"source":"http://x.org/a.txt","selector":{"type":"TextQuoteSelector","exact":"said no"}}}]}}"##,
    );
    assert_eq!(tags(&imported), ["Quote said no one\ntwo\nhm"]);
    let document = &imported.documents[0].document;
    let tag = document.set().annotations().next().unwrap();
    let attributes: Vec<_> = tag
        .attributes
        .iter()
        .map(|a| format!("{}={}", a.name, a.value))
        .collect();
    assert_eq!(
        attributes,
        [
            "classifying=direct; long",
            "questioning=why?",
            "resource=http://x.org/page",
            "tag=http://x.org/types#Quote; Speech; http://x.org/q"
        ]
    );
    assert_eq!(
        told(&imported),
        "fields that nothing here corresponds to are left out: `body.odd`: 7 (annotation 1)"
    );
}

#[test]
fn people_and_texts_are_told_apart() {
    let imported = read(
        r##"[{"id":"1","creator":{"id":"u1","name":"Ann"},"target":{"source":"x:a.txt","selector":{"exact":"said","prefix":"é "}}},
        {"id":"2","creator":{"id":"u2","name":"Ann"},"target":{"source":"x:a.txt","selector":{"exact":"no"}}},
        {"id":"3","motivation":"linking","target":"1","body":["2",{"value":"it is hers"}]},
        {"id":"4","motivation":"linking","target":"1","body":"9"},
        {"id":"5","target":{"source":"x:b.txt","selector":{"exact":"no"}}},
        {"id":"6","bodies":[{"purpose":"tagging","value":"Q"},{"value":"yes","creator":{"id":"bo"}}],"creator":"u1",
        "target":[{"source":"x:a.txt","selector":{"type":"FragmentSelector","value":"char=9,11"}},"x:a.txt#char=13,16"]}]"##,
    );
    let by: Vec<_> = imported
        .documents
        .iter()
        .map(|read| {
            (
                &*read.id,
                read.document
                    .meta()
                    .annotator
                    .as_deref()
                    .unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(by, [("a.txt", "ann"), ("a.txt", "ann-2")]);
    assert_eq!(
        tags(&imported),
        [
            "highlight said ",
            "Q no bo: yes",
            "Q she bo: yes",
            "highlight no "
        ]
    );
    insta::assert_snapshot!(told(&imported), @r"
    links between annotations of two people, or on two texts, are left out: “linking” from `1` to `2`, note: “it is hers” (annotation 3)
    links whose ends are not in the file are left out: “linking” from `1` to `9` (annotation 4)
    the text `x:b.txt` is missing; put it beside the file as `b.txt`: 1 annotation (`no` as “highlight”)
    annotation 6 is about several passages; it is a tag at each of them, and links lead to the first
    the annotator `Ann` (`u1`) is called `ann` here
    the annotator `Ann` (`u2`) is called `ann-2` here
    ");
}

#[test]
fn a_page_beside_gives_the_text_and_the_places_of_its_elements() {
    let html =
        "<!DOCTYPE html><html><body><p>He said \n <b>no</b>.</p><p>She said no.</p></body></html>";
    let beside = |name: &str| (name == "news.html").then(|| html.into());
    let json = r#"{"total":3,"rows":[{"uri":"https://x.org/news/","user":"acct:bo@x.org","target":[{"source":"https://x.org/news/","selector":[
        {"type":"RangeSelector","startContainer":"/p[2]","startOffset":0,"endContainer":"/p[2]","endOffset":8}]}]},
        {"uri":"https://x.org/news/","user":"acct:bo@x.org","target":[{"source":"https://x.org/news/","selector":[
        {"type":"XPathSelector","value":"/html/body/p[1]","refinedBy":{"type":"TextPositionSelector","start":3,"end":12}}]}]},
        {"uri":"https://x.org/news/","user":"acct:bo@x.org","target":[{"source":"https://x.org/news/","selector":[
        {"type":"XPathSelector","value":"/html/body/p[9]"}]}]}]}"#;
    let input = Input {
        name: "in.json",
        bytes: json.as_bytes(),
        beside: &beside,
    };
    let imported = WebAnnotations.read(&input).unwrap();
    assert_eq!(imported.problems, []);
    assert_eq!(imported.documents[0].id, "news.txt");
    assert_eq!(
        imported.documents[0].document.source().as_str(),
        "He said no.\nShe said no."
    );
    assert_eq!(
        tags(&imported),
        ["highlight said no ", "highlight She said "]
    );
    assert_eq!(imported.skipped.len(), 1);
    // The same with a plain text beside.
    let beside = |name: &str| match name {
        "news.html" => Some(html.into()),
        "news.txt" => Some("He said no. And: She said yes.".into()),
        _ => None,
    };
    let input = Input {
        beside: &beside,
        ..input
    };
    let imported = WebAnnotations.read(&input).unwrap();
    assert_eq!(
        tags(&imported),
        ["highlight said no ", "highlight She said "]
    );
}

/// The article of a page is kept though the tag it is written with has lost its place.
#[test]
fn an_article_outlives_its_first_tag() {
    let (files, _) = written(&WebAnnotations, example());
    let mut page: serde_json::Value = serde_json::from_slice(&files.0[0].1).unwrap();
    let before = read(&page.to_string());
    page["items"][0]["target"] = serde_json::json!("urn:elsewhere");
    page["items"][0]["type"] = serde_json::json!("Remark");
    page["items"][1]["id"] = serde_json::json!("");
    let after = read(&page.to_string());
    let texts = |imported: &Imported| {
        let documents = imported.documents.iter();
        let texts = documents.map(|read| read.document.source().as_str().to_owned());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(texts(&after), texts(&before));
    assert!(
        told(&after).contains("annotations of a whole text"),
        "{}",
        told(&after)
    );
    let ignored: Vec<&str> = after.ignored.iter().map(|p| &*p.message).collect();
    assert_eq!(ignored, ["type: “Remark”"]);
}

/// A link that has lost an end is told with all it says.
#[test]
fn links_are_told_with_their_notes() {
    let imported = read(
        r#"{"type":"AnnotationPage","label":"mine","items":[{"type":"Annotation","id":"1",
        "motivation":"linking","target":"x","body":[{"type":"TextualBody","purpose":"tagging",
        "value":"says"},{"type":"TextualBody","purpose":"commenting","value":"hers"}]}]}"#,
    );
    let told: Vec<&str> = imported.skipped.iter().map(|p| &*p.message).collect();
    let expected =
        "links with fewer than two ends are left out: “says” `x`, note: “hers” (annotation 1)";
    assert_eq!(told, [expected]);
    let ignored: Vec<&str> = imported.ignored.iter().map(|p| &*p.message).collect();
    assert_eq!(ignored, ["label: “mine”"]);
}

#[test]
fn what_is_no_annotation_is_refused_in_words() {
    let said: Vec<_> = [
        "null",
        "",
        " \n",
        "7",
        r#"{"images":[],"info":{}}"#,
        r#"[{"text":"x","label":[]}]"#,
    ]
    .map(|json| {
        let imported = read(json);
        assert!(
            imported.documents.is_empty() && imported.problems.len() == 1,
            "{json}"
        );
        imported.problems[0].message.clone()
    })
    .into();
    insta::assert_snapshot!(said.join("\n"), @r"
    there is no Web Annotation in this file, but `null`; choose the format it is in (`pullquote formats` lists them), or export Web Annotations
    the file is empty; export the annotations again
    the file is empty; export the annotations again
    there is no Web Annotation in this file, but numbers; choose the format it is in (`pullquote formats` lists them), or export Web Annotations
    there is no Web Annotation in this file, but records with the fields `images`, `info`; choose the format it is in (`pullquote formats` lists them), or export Web Annotations
    there is no Web Annotation in this file, but records with the fields `label`, `text`; choose the format it is in (`pullquote formats` lists them), or export Web Annotations
    ");
    assert_eq!(read("[]").problems, []);
}

#[test]
fn thousands_of_quotes_are_found_in_one_pass() {
    let words: Vec<String> = (0..5_000)
        .map(|n| format!("he said for the {n}. time that it is so"))
        .collect();
    let text = format!("{}\n{}", words.join(".\n"), "x ".repeat(450_000));
    let items: Vec<_> = words
        .iter()
        .map(|words| {
            serde_json::json!({"target": {"source": "x:long.txt", "selector":
                {"type": "TextQuoteSelector", "exact": words, "prefix": "", "suffix": "."}}})
        })
        .collect();
    let json = serde_json::to_vec(&items).unwrap();
    let input = Input {
        name: "in.json",
        bytes: &json,
        beside: &|name| (name == "long.txt").then(|| text.clone().into_bytes()),
    };
    let begun = std::time::Instant::now();
    let imported = WebAnnotations.read(&input).unwrap();
    assert_eq!(
        imported.documents[0].document.set().annotation_count(),
        5_000
    );
    println!(
        "5,000 quotes in {} bytes: {:?}",
        text.len(),
        begun.elapsed()
    );
}

/// Whatever is said about a tag of ours that has lost its place is told.
#[test]
fn a_tag_without_its_words_is_told_with_its_creator() {
    use crate::model::{Annotation, Document, Origin};
    use crate::text::{SourceText, TextRange};
    let mut document = Document::new(SourceText::new("He said no.", "UTF-8").unwrap());
    for (id, start, end) in [("t1", 0, 2), ("t2", 8, 10)] {
        let range = TextRange::new(start.into(), end.into());
        let by = Origin::Annotator("ann".into());
        let mut tag = Annotation::new(id, "quote", range.try_into().unwrap(), by);
        tag.note = format!("note of {id}").into();
        document.parts_mut().set.insert_annotation(tag);
    }
    let document = NamedDocument {
        id: "a.txt".to_owned(),
        document,
    };
    let (files, _) = written(&WebAnnotations, vec![document]);
    let page: serde_json::Value = serde_json::from_slice(&files.0[0].1).unwrap();
    let said = "note: “note of t2”, by: “ann”";
    for (field, cause) in [
        ("selector", "annotations whose words are not in the text"),
        ("source", "the text `urn:elsewhere` is missing"),
        ("all", "annotations of a whole text"),
    ] {
        let mut page = page.clone();
        let target = &mut page["items"][1]["target"];
        match field {
            "selector" => {
                target["selector"] =
                    serde_json::json!({"type": "TextQuoteSelector", "exact": "never"});
            }
            "source" => target["source"] = serde_json::json!("urn:elsewhere"),
            _ => *target = serde_json::json!("urn:elsewhere"),
        }
        let told = told(&read(&page.to_string()));
        let by = if field == "all" {
            "by: “ann”"
        } else {
            said
        };
        assert!(told.contains(cause) && told.contains(by), "{field}: {told}");
    }
}

#[test]
fn selectors_of_one_kind_are_parts_or_are_told() {
    let annotation = |selector: &str| {
        read(&format!(
            r#"{{"type":"Annotation","body":"x","target":{{"source":"a.txt","selector":{selector}}}}}"#
        ))
    };
    let words = |imported: &Imported| {
        let set = imported.documents[0].document.set();
        let source = imported.documents[0].document.source();
        let tag = set.annotations().next().unwrap();
        let words = tag.fragments.iter().map(|range| source.slice(range));
        words.collect::<Vec<_>>().join("…")
    };
    // As Recogito writes a stretch of several parts.
    let parts = r#"[{"quote":"é","start":2,"end":3},{"quote":"she","start":13,"end":16}]"#;
    let imported = annotation(parts);
    assert_eq!(
        (words(&imported), told(&imported)),
        ("é…she".into(), String::new())
    );
    let two = r#"[{"type":"TextQuoteSelector","exact":"é"},{"type":"TextQuoteSelector","exact":"she"},
                  {"type":"TextPositionSelector","start":2,"end":3},
                  {"type":"TextPositionSelector","start":13,"end":16}]"#;
    let imported = annotation(two);
    assert_eq!(words(&imported), "é");
    let told = told(&imported);
    assert!(
        told.contains("“she”") && told.contains("13 to 16"),
        "{told}"
    );
}

#[test]
fn data_positions_count_bytes() {
    let imported = read(
        r#"{"type":"Annotation","body":"x","target":{"source":"a.txt","selector":{"type":"DataPositionSelector","start":5,"end":7}}}"#,
    );
    assert_eq!(imported.documents[0].document.set().annotation_count(), 1);
    assert_eq!(tags(&imported), ["highlight é "]);
}
