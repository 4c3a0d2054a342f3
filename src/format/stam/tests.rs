use proptest::prelude::*;

use super::*;
use crate::format::mutations::silent_losses;
use crate::format::testing::{comes_back, document, written};

proptest! {
    #[test]
    fn documents_come_back_as_they_were(document in document()) {
        comes_back(&Stam, vec![document])?;
    }
}

fn read(text: &str) -> Imported {
    let input = Input {
        name: "in.stam.json",
        bytes: text.as_bytes(),
        beside: &|name| (name == "hello.txt").then(|| "Hallå världen".into()),
    };
    Stam.read(&input).unwrap()
}

#[test]
fn a_store_of_another_tool_is_read() {
    let imported = read(
        r#"{"@type":"AnnotationStore","@id":"s","resources":[{"@type":"TextResource","@id":"hello.txt","@include":"hello.txt"}],
        "annotationsets":[{"@type":"AnnotationDataSet","@id":"set","keys":[{"@type":"DataKey","@id":"type"}],
        "data":[{"@type":"AnnotationData","@id":"D1","key":"type","value":{"@type":"String","value":"greeting"}}]}],
        "annotations":[{"@type":"Annotation","@id":"A1","target":{"@type":"TextSelector","resource":"hello.txt",
        "offset":{"@type":"Offset","begin":{"@type":"BeginAlignedCursor","value":0},"end":{"@type":"EndAlignedCursor","value":-8}}},
        "data":[{"@type":"AnnotationData","@id":"D1","set":"set"},{"@type":"AnnotationData","set":"set","key":"n","value":{"@type":"Int","value":4}}]},
        {"@type":"Annotation","@id":"A2","target":{"@type":"DataSetSelector","dataset":"set"},"data":[]}]}"#,
    );
    assert_eq!(imported.problems, []);
    assert_eq!(imported.ignored.len(), 1);
    let document = &imported.documents[0].document;
    let tag = document.set().annotations().next().unwrap();
    assert_eq!(document.source().slice(tag.fragments.hull()), "Hallå");
    assert_eq!(tag.label, "greeting");
    assert_eq!(tag.attribute("n").unwrap(), "4");
}

#[test]
fn what_is_wrong_is_said() {
    let missing = r#"{"@type":"AnnotationStore","resources":[{"@type":"TextResource","@id":"a","@include":"no.txt"}]}"#;
    let nameless = missing.replace("no.txt", "x/..");
    let said: Vec<_> = [missing, &nameless, "[]", "{"]
        .map(|text| read(text).problems[0].message.clone())
        .into();
    insta::assert_snapshot!(said.join("\n"), @r"
    the text of `a` is missing; put it beside the file as `no.txt`
    the text of `a` is missing, and that is no name of a file; write the text into this file as `text`
    a STAM store is a record with `resources` and `annotations`, and this is a list; export the store as STAM JSON
    the file ends in the middle of the store; export it again
    ");
}

#[test]
fn nothing_is_lost_in_silence() {
    let (files, losses) = written(&Stam, crate::format::testing::example());
    assert_eq!(losses, []);
    let names = ["@type", "checksum", "set", "keys"];
    let mut silent = silent_losses(&Stam, &files.0[0].1, &names);
    // What the store itself is called.
    silent.retain(|place| place != "/@id: text");
    assert_eq!(silent, Vec::<String>::new());
}

fn told(imported: &Imported) -> Vec<&str> {
    let skipped = imported.skipped.iter().chain(&imported.notes);
    skipped.map(|problem| &*problem.message).collect()
}

fn tags(imported: &Imported) -> Vec<String> {
    let mut found = Vec::new();
    for read in &imported.documents {
        let document = &read.document;
        for tag in document.set().annotations() {
            let attributes = tag
                .attributes
                .iter()
                .map(|a| format!(" {}={}", a.name, a.value));
            let words = tag.fragments.text(document.source());
            let attributes: String = attributes.collect();
            found.push(format!("{}: {} {words}{attributes}", read.id, tag.label));
        }
    }
    found
}

#[test]
fn stores_and_sets_and_texts_are_included() {
    let store = r#"{"@type":"AnnotationStore","@include":["more.store.json","none.json"],"resources":[
        {"@type":"TextResource","@id":"a","@include":"texts/hello.txt"},{"@type":"TextResource","@id":"b","@include":"b.json"}],
        "annotationsets":[{"@type":"AnnotationDataSet","@id":"s","@include":"set.json"}],
        "annotations":[{"@type":"Annotation","@id":"A1","target":{"@type":"TextSelector","resource":"b","offset":{"@type":"Offset",
        "begin":{"@type":"BeginAlignedCursor","value":0},"end":{"@type":"BeginAlignedCursor","value":2}}},
        "data":[{"@type":"AnnotationData","@id":"D1","set":"s"},{"@type":"AnnotationData","@id":"D2","set":"s"}]}]}"#;
    let beside = |name: &str| -> Option<Vec<u8>> {
        let text = match name {
            "hello.txt" => "hello",
            "b.json" => r#"{"@type":"TextResource","@id":"b","text":"no and no"}"#,
            "set.json" => {
                r#"{"@type":"AnnotationDataSet","@id":"s","keys":[],"data":[{"@id":"D1","key":"type","value":{"@type":"String","value":"word"}}]}"#
            }
            "more.store.json" => {
                r#"{"@type":"AnnotationStore","resources":[],"annotations":[{"@id":"A0","target":{"@type":"TextSelector","resource":"a",
                "offset":{"begin":{"@type":"BeginAlignedCursor","value":0},"end":{"@type":"EndAlignedCursor","value":0}}},"data":[]}]}"#
            }
            _ => return None,
        };
        Some(text.into())
    };
    let imported = Stam
        .read(&Input {
            name: "in.json",
            bytes: store.as_bytes(),
            beside: &beside,
        })
        .unwrap();
    assert_eq!(imported.problems, []);
    assert_eq!(tags(&imported), ["a: annotation hello", "b: word no"]);
    insta::assert_snapshot!(told(&imported).join("\n"), @r"
    data that are not in their set are left out: `D2` of `s` (annotation `A1`)
    included files that are not beside the file are left out; put them there: store `none.json`
    ");
}

#[test]
fn selectors_of_every_kind_are_read_or_told() {
    let offset = |begin: i64, end: i64| {
        let cursor = |value: i64| {
            let kind = if value > 0 || value == 0 && begin == 0 && end != 0 {
                "Begin"
            } else {
                "End"
            };
            format!(r#"{{"@type":"{kind}AlignedCursor","value":{value}}}"#)
        };
        format!(
            r#""offset":{{"begin":{},"end":{}}}"#,
            cursor(begin),
            cursor(end)
        )
    };
    let text = |begin, end| {
        format!(
            r#"{{"@type":"TextSelector","resource":"a",{}}}"#,
            offset(begin, end)
        )
    };
    let on = |id: &str| format!(r#"{{"@type":"AnnotationSelector","annotation":"{id}"}}"#);
    let within = |id: &str, begin, end| {
        format!(
            r#"{{"@type":"AnnotationSelector","annotation":"{id}",{}}}"#,
            offset(begin, end)
        )
    };
    let several = |kind: &str, list: &[String]| {
        format!(
            r#"{{"@type":"{kind}Selector","selectors":[{}]}}"#,
            list.join(",")
        )
    };
    let targets = [
        text(4, 9),
        within("A1", 1, 3),
        within("A2", -1, 0),
        several("Composite", &[text(1, 2), text(4, 5)]),
        several("Multi", &[within("A1", 1, 3), text(10, 11)]),
        several("Directional", &[on("A1"), on("A2")]),
        several("Directional", &[on("A1"), on("A99")]),
        several("Composite", &[on("A1"), on("A2")]),
        on("A1"),
        within("A4", 1, 2),
        within("A10", 1, 2),
        text(4, 99),
        r#"{"@type":"ResourceSelector","resource":"a"}"#.to_owned(),
        r#"{"@type":"OddSelector"}"#.to_owned(),
    ];
    let annotations: Vec<String> = (1..)
        .zip(&targets)
        .map(|(n, target)| {
            format!(r#"{{"@id":"A{n}","target":{target},"data":[{{"set":"x","key":"type","value":"t{n}"}},
                {{"set":"x","key":"pos","value":"n"}},{{"set":"y","key":"pos","value":"v"}}]}}"#)
        })
        .collect();
    let store = format!(
        r#"{{"resources":[{{"@id":"a","text":"I am here now."}}],"annotations":[{}]}}"#,
        annotations.join(",")
    );
    let imported = read(&store);
    assert_eq!(imported.problems, []);
    let pos = "x/pos=n y/pos=v";
    let expected = ["t1  here", "t2 he", "t3 e", "t4  … ", "t5 h", "t5 n"];
    let read = tags(&imported);
    assert_eq!(read.len(), expected.len(), "{read:?}");
    assert!(read.iter().all(|tag| tag.ends_with(pos)));
    let document = &imported.documents[0].document;
    let link = document.set().links().next().unwrap();
    assert_eq!(
        (document.set().link_count(), &*link.role, link.from.as_str()),
        (1, "t6", "A1")
    );
    assert_eq!(link.attributes.len(), 2);
    insta::assert_snapshot!(told(&imported).join("\n"), @r"
    annotations of a whole text are left out: `A13` (type: t13, pos: n, pos: v)
    annotations of an annotation are left out: `A9` of `A1` (type: t9, pos: n, pos: v)
    annotations of several annotations that are not a directed link are left out: `A8` of `A1`, `A2` (type: t8, pos: n, pos: v)
    annotations on a part of an annotation of several fragments are left out: `A10` (type: t10, pos: n, pos: v); `A11` (type: t11, pos: n, pos: v)
    annotations whose offsets are outside the text, or empty, are left out: `A12` (type: t12, pos: n, pos: v)
    annotations whose selectors cannot be read are left out: `A14` (type: t14, pos: n, pos: v)
    links from or to an annotation that is missing or left out are left out: “t7” from `A1` to `A99`, x/pos: “n”, y/pos: “v”
    annotations on several places, each for itself, are a tag at each: `A5`
    no words are given beside the offsets, and most tags begin or end within a word; check the tags, and say what the offsets count with --set unit=code-points, unit=utf16 or unit=bytes if they are wrong: `a`
    the set `x` is not in the store; its data are read
    the set `y` is not in the store; its data are read
    ");
}

#[test]
fn a_link_to_a_missing_tag_is_in_a_store_that_opens() {
    let mut example = crate::format::testing::example();
    let document = &mut example[0].document;
    let gone = crate::model::Target::Annotation("gone".into());
    let mut link = document.set().links().next().unwrap().clone();
    link.to = gone;
    document.parts_mut().set.insert_link(link);
    let (files, _) = written(&Stam, example);
    let store = String::from_utf8(files.0[0].1.clone()).unwrap();
    assert!(!store.contains("tag/gone") && store.contains("gone"));
}

/// A store with a text and annotations: `A1`, `A2`, … at these selectors.
fn of_text(text: &str, selectors: &[String]) -> String {
    let annotations = (1..).zip(selectors).map(|(n, target)| {
        format!(r#"{{"@id":"A{n}","target":{target},"data":[{{"set":"x","key":"type","value":"t{n}"}}]}}"#)
    });
    format!(
        r#"{{"annotationsets":[{{"@id":"x"}}],"resources":[{{"@id":"a","text":{}}}],"annotations":[{}]}}"#,
        serde_json::json!(text),
        annotations.collect::<Vec<_>>().join(",")
    )
}

fn place(begin: i64, end: i64) -> String {
    let cursor = |value: i64, kind| format!(r#"{{"@type":"{kind}AlignedCursor","value":{value}}}"#);
    let end = cursor(end, if end > 0 { "Begin" } else { "End" });
    let begin = cursor(begin, if begin < 0 { "End" } else { "Begin" });
    format!(r#"{{"@type":"TextSelector","resource":"a","offset":{{"begin":{begin},"end":{end}}}}}"#)
}

#[test]
fn offsets_are_judged_by_the_edges_of_words() {
    let within = r#"{"@type":"AnnotationSelector","annotation":"A3","offset":{
        "begin":{"@type":"BeginAlignedCursor","value":4},"end":{"@type":"EndAlignedCursor","value":0}}}"#;
    let places = [
        place(3, 6),
        place(14, 16),
        place(7, 13),
        within.to_owned(),
        place(-3, -1),
    ];
    let store = of_text("😀 Ann saw 😀 Bo.", &places);
    let imported = read(&store);
    let lines = tags(&imported);
    for line in ["a: t1 Ann", "a: t2 Bo", "a: t4 😀", "a: t5 Bo"] {
        assert!(lines.iter().any(|found| found == line), "{line}: {lines:?}");
    }
    assert!(told(&imported)[0].contains("count UTF-16"));
    // A person may say it.
    let input = Input {
        name: "in.stam.json",
        bytes: store.as_bytes(),
        beside: &|_| None,
    };
    let chosen = [("unit".to_owned(), "code-points".to_owned())];
    let options = Options::for_reading(&INFO, &chosen).unwrap();
    let imported = Stam.read_with(&input, &options).unwrap();
    assert!(tags(&imported).contains(&"a: t1 nn ".to_owned()));
}

#[test]
fn several_places_are_one_tag_or_several_as_the_store_says() {
    let both = |kind: &str| {
        let places = [place(0, 3), place(8, 10)].join(",");
        format!(r#"{{"@type":"{kind}Selector","selectors":[{places}]}}"#)
    };
    let three = r#"{"@type":"DirectionalSelector","selectors":[
        {"@type":"AnnotationSelector","annotation":"A1"},{"@type":"AnnotationSelector","annotation":"A2"},
        {"@type":"AnnotationSelector","annotation":"A3"}]}"#;
    // Most tools name all of an annotation in this way.
    let whole = r#""offset":{"begin":{"@type":"BeginAlignedCursor","value":0},"end":{"@type":"EndAlignedCursor","value":0}}"#;
    let whole =
        |id: &str| format!(r#"{{"@type":"AnnotationSelector","annotation":"{id}",{whole}}}"#);
    let link = format!(
        r#"{{"@type":"DirectionalSelector","selectors":[{},{}]}}"#,
        whole("A1"),
        whole("A2")
    );
    let about = r#"{"@type":"AnnotationSelector","annotation":"A9"}"#;
    let selectors = [
        both("Composite"),
        both("Multi"),
        both("Directional"),
        three.to_owned(),
        about.to_owned(),
        link,
    ];
    let imported = read(&of_text("Ann met Bo.", &selectors));
    assert_eq!(
        tags(&imported),
        ["a: t2 Ann", "a: t1 Ann … Bo", "a: t3 Ann … Bo", "a: t2 Bo"]
    );
    let link = imported.documents[0].document.set().links().next().unwrap();
    assert_eq!((link.from.as_str(), &*link.role), ("A1", "t6"));
    insta::assert_snapshot!(told(&imported).join("\n"), @r"
    annotations of an annotation that is not in the store are left out: `A5` of `A9` (type: t5)
    directed annotations on places of a text are one tag; their direction is left out: `A3`
    links of more than two annotations are left out: `A4` of `A1`, `A2`, `A3` (type: t4)
    annotations on several places, each for itself, are a tag at each: `A2`
    ");
}

#[test]
fn annotations_that_double_each_other_take_no_time() {
    let both = |n: usize| {
        let end = |kind: &str| format!(r#"{{"@type":"{kind}AlignedCursor","value":0}}"#);
        let offset = format!(r#"{{"begin":{},"end":{}}}"#, end("Begin"), end("End"));
        let one =
            format!(r#"{{"@type":"AnnotationSelector","annotation":"A{n}","offset":{offset}}}"#);
        format!(r#"{{"@type":"CompositeSelector","selectors":[{one},{one}]}}"#)
    };
    let selectors: Vec<String> = std::iter::once(place(0, 3))
        .chain((1..60).map(both))
        .collect();
    let imported = read(&of_text("Ann met Bo.", &selectors));
    assert!(tags(&imported).len() > 5);
    assert!(told(&imported)[0].contains("cannot be read"));
}
