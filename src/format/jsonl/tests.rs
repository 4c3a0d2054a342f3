use proptest::prelude::*;

use super::*;
use crate::format::ImportedDocument;
use crate::format::testing::{again, document, with_real_ends, written};
use crate::model::{DamagedRecord, Document, DocumentState, Origin, RecordList, UnreadRecord};
use crate::text::SourceText;

fn write(documents: Vec<NamedDocument>) -> (String, Vec<Loss>) {
    let (mut files, losses) = written(&JsonLines, documents);
    let (_, bytes) = files.0.pop().unwrap();
    (String::from_utf8(bytes).unwrap(), losses)
}

fn read(text: &str) -> Imported {
    let input = Input {
        name: "in.jsonl",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    JsonLines.read(&input).unwrap()
}

fn problems(text: &str) -> Vec<String> {
    let imported = read(text);
    assert!(imported.documents.is_empty());
    let problems = imported.problems.into_iter();
    problems
        .map(|p| format!("{}: {}", p.line, p.message))
        .collect()
}

proptest! {
    /// What is written reads back the same, and is written the same again.
    #[test]
    fn documents_come_back_as_they_were(documents in prop::collection::vec(document(), 0..4)) {
        let documents: Vec<Document> = documents.iter().map(with_real_ends).collect();
        let named = |(n, document): (usize, &Document)| NamedDocument {
            id: format!("{n}.txt"),
            document: document.clone(),
        };
        let (text, losses) = write(documents.iter().enumerate().map(named).collect());
        prop_assert!(losses.is_empty());
        let imported = read(&text);
        prop_assert!(imported.problems.is_empty() && imported.ignored.is_empty(), "{imported:?}");
        prop_assert_eq!(imported.documents.len(), documents.len());
        for (n, (read, written)) in imported.documents.iter().zip(&documents).enumerate() {
            prop_assert_eq!(&read.id, &format!("{n}.txt"));
            prop_assert_eq!(read.document.source(), written.source());
            prop_assert_eq!(read.document.set(), written.set());
            prop_assert_eq!(read.document.meta(), written.meta());
        }
        prop_assert_eq!(write(again(imported)).0, text);
    }

    /// A damaged record is refused or read, never a panic.
    #[test]
    fn any_line_is_read_or_refused(line in "[\\[\\]{}\",:0-9a-z\\-]{0,80}") {
        read(&line);
    }
}

#[test]
fn every_row_has_every_key() {
    let text = r#"{"id":"a.txt","text":"“Hé 😀,” he said, “go.”","spans":[{"id":"q","label":"quote","fragments":[[0,7],[17,22]],"attributes":{"form":"direct"},"by":"maria"},{"id":"s","label":"speaker","start":8,"end":10,"person":"p","by":"suggester:rules"}],"links":[{"from":"q","to":"s","role":"speaker","by":"maria"},{"id":"n","from":"q","to_kind":"not_given","role":"speaker","confirmed":false,"by":"maria"}],"people":[{"id":"p","name":"Hé","aliases":["he"]}],"annotator":"maria"}"#;
    let (written, _) = write(again(read(text)));
    insta::assert_snapshot!(written, @r#"{"id":"a.txt","text":"“Hé 😀,” he said, “go.”","spans":[{"id":"q","label":"quote","start":0,"end":22,"fragments":[[0,7],[17,22]],"attributes":[{"key":"form","value":"direct"}],"person":"","by":"maria","verdict":"","review":"unreviewed","note":""},{"id":"s","label":"speaker","start":8,"end":10,"fragments":[[8,10]],"attributes":[],"person":"p","by":"suggester:rules","verdict":"accepted","review":"unreviewed","note":""}],"links":[{"id":"3ko3j7q5oy8ga","from":"q","to":"s","to_kind":"annotation","role":"speaker","confirmed":true,"by":"maria","attributes":[],"note":""},{"id":"n","from":"q","to":"","to_kind":"not_given","role":"speaker","confirmed":false,"by":"maria","attributes":[],"note":""}],"people":[{"id":"p","name":"Hé","kind":"person","aliases":["he"],"role":"","external_id":""}],"annotator":"maria","state":"in_progress"}"#);
}

#[test]
fn rows_of_other_tools_are_read() {
    let text = r#"{"text":"Hello, he said.","lang":"en","meta":{"name":"x"},"spans":[{"kind":"quote","fragments":[[0,6]],"attrs":{"form":"direct","n":["2",3]},"extra":1},{"kind":"speaker","start":7,"end":9}],"links":null}"#;
    let imported = read(&format!("\u{feff}\r\n{text}\r\n"));
    assert_eq!(imported.problems, []);
    let skipped: Vec<_> = imported
        .skipped
        .iter()
        .map(|i| (i.line, i.message.as_str()))
        .collect();
    let unknown = [
        "the unknown field `lang` is left out: “en”",
        "the unknown field `meta` is left out: {\"name\":\"x\"}",
        "the unknown field `spans.extra` is left out: 1",
    ];
    assert_eq!(skipped, unknown.map(|message| (2, message)));
    let [
        ImportedDocument {
            line: 2,
            id,
            document,
            ..
        },
    ] = &imported.documents[..]
    else {
        panic!("one document");
    };
    assert_eq!(id, "in-2");
    assert_eq!(document.meta().state, DocumentState::InProgress);
    let tags: Vec<_> = document.set().annotations().collect();
    assert_eq!(tags[0].attribute("n").unwrap(), "[\"2\",3]");
    assert_eq!(tags[0].origin, Origin::Import("jsonl".into()));
    assert_eq!(tags[1].label, "speaker");
    assert_eq!(tags[1].id.as_str().len(), 13);
    assert_eq!(
        read(&format!("\n{text}")).documents[0].document.set(),
        document.set()
    );
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let mut said = Vec::new();
    said.extend(problems("[1]"));
    said.extend(problems("{\"text\":\"a\"} x"));
    insta::assert_snapshot!(said.join("\n"), @r"
1: column 2: the number `1` is there, but it must be a text; correct it or export the file again
1: column 14: this is not valid JSON; look for a missing comma, bracket or quotation mark there, or export the file again
");
}

fn left_out(imported: &Imported) -> String {
    let all = imported.skipped.iter().chain(imported.notes.iter());
    let messages: Vec<&str> = all.map(|told| &*told.message).collect();
    messages.join("\n")
}

/// One record that cannot be used does not stop the others.
#[test]
fn what_cannot_be_used_is_left_out_and_told() {
    let good = r#"{"id":"g","label":"quote","start":0,"end":5}"#;
    for (wrong, words) in [
        (
            r#"{"id":"q","label":"quote","start":2,"end":9,"note":"n1"}"#,
            "the span `q`: 9 is outside the text, which has 5 characters (`quote`, note: “n1”)",
        ),
        (
            r#"{"id":"q","label":"quote","start":2,"end":2}"#,
            "the span `q`: 2 to 2 is empty",
        ),
        (
            r#"{"id":"q","label":"quote"}"#,
            "the span `q`: it has no position; give start and end, or fragments",
        ),
        (
            r#"{"id":"q","label":"quote","start":0,"end":2,"fragments":[[0,1],[2,3]]}"#,
            "the span `q`: it goes from 0 to 2, its fragments from 0 to 3",
        ),
        (
            r#"{"id":"q","label":"quote","fragments":[[2,4],[0,3]]}"#,
            "the span `q`: the parts of a tag overlap or are out of order (at byte 0)",
        ),
        (
            r#"{"id":"q","label":"quote","start":0,"end":2,"review":"fine"}"#,
            "`fine` is not a review state; use unreviewed, accepted, rejected, unsure",
        ),
        (
            r#"{"id":"q","label":"quote","start":-1,"end":2}"#,
            "the number `-1` is there, but it must be a whole number from 0",
        ),
        (
            r#"{"start":0,"end":2,"note":"n2"}"#,
            "the field `label` is missing in",
        ),
    ] {
        let line = format!("\n{{\"id\":\"a\",\"text\":\"Héllo\",\"spans\":[{wrong},{good}]}}");
        let imported = read(&line);
        assert_eq!(imported.problems, []);
        assert_eq!(imported.documents[0].document.set().annotation_count(), 1);
        assert_eq!(imported.skipped[0].line, 2);
        let told = left_out(&imported);
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn ids_and_attributes_that_are_there_twice_have_a_number() {
    let line = r#"{"id":"a","text":"Héllo no","spans":[{"id":"q","label":"a","start":0,"end":5},{"id":"q","label":"b","start":6,"end":8,"attributes":[{"key":"f","value":"x"},{"key":"f","value":"y"},{"key":"f","value":"x"}]}],"links":[{"from":"q","to":"q-2","role":"r"}]}"#;
    let imported = read(line);
    assert_eq!((imported.problems.len(), imported.skipped.len()), (0, 0));
    let set = imported.documents[0].document.set();
    let tags: Vec<_> = set
        .annotations()
        .map(|tag| (tag.id.as_str(), &*tag.label))
        .collect();
    assert_eq!(tags, [("q", "a"), ("q-2", "b")]);
    let second = set.annotation(&"q-2".into()).unwrap();
    assert_eq!(second.attribute("f").unwrap(), "x");
    assert_eq!(second.attribute("f-2").unwrap(), "y");
    assert_eq!(set.link_count(), 1);
    let told = left_out(&imported);
    assert!(told.contains("the tag `q` is `q-2`"), "{told}");
}

/// Ends of links and people of tags are in the document.
#[test]
fn ends_that_are_not_there_are_left_out_and_told() {
    let line = r#"{"id":"a","text":"Ann said no.","spans":[{"id":"1","label":"speaker","start":0,"end":3,"person":"p7"},{"id":"2","label":"quote","start":9,"end":11,"person":"p"}],"links":[{"from":"2","to":"p9","to_kind":"person","role":"by"},{"from":"zz","to":"1","role":"r1","note":"why"},{"from":"","to":"1","role":"r2"},{"from":"p","to":"1","role":"r3"},{"from":"2","to":"9","role":"r4"},{"from":"2","to":"1","to_kind":"thing","role":"r5"},{"to":"1","role":"r6"},{"from":"2","to":"p","to_kind":"person","role":"by"},{"from":"2","to":"1","role":"speaker"}],"people":[{"id":"p","name":"Ann"}]}"#;
    let imported = read(line);
    assert_eq!(imported.problems, []);
    let set = imported.documents[0].document.set();
    let links: Vec<String> = set
        .links()
        .map(|l| format!("{} {:?}", l.from, l.to))
        .collect();
    assert_eq!(links.len(), 2, "{links:?}");
    let person = |id: &str| set.annotation(&id.into()).unwrap().person.clone();
    assert_eq!((person("1"), person("2")), (None, Some("p".into())));
    let told = left_out(&imported);
    for words in [
        "there is no person `p9` (`by` from `2` to `p9`)",
        "there is no tag `zz` (`r1` from `zz` to `1`, note: “why”)",
        "there is no tag `` (`r2` from `` to `1`)",
        "there is no tag `p` (`r3`",
        "there is no tag `9` (`r4`",
        "`thing` is not a kind of target; use annotation, person or not_given (`r5`",
        "the field `from` is missing in",
        "`p7` of the tag `1`",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

/// The words of tags show what offsets count, and which are wrong.
#[test]
fn words_of_tags_are_compared() {
    let read_spans = |spans: &str| {
        let line = format!(
            r#"{{"id":"a","text":"😀 Ann Lee said: “We go.” Zoe\u0308 did.","spans":[{spans}]}}"#
        );
        let imported = read(&line);
        assert_eq!(imported.problems, []);
        let document = &imported.documents[0].document;
        let mut words: Vec<String> = document
            .set()
            .annotations()
            .map(|tag| {
                let parts = tag.fragments.iter();
                let parts: Vec<&str> = parts.map(|r| document.source().slice(r)).collect();
                parts.join("…")
            })
            .collect();
        words.sort();
        (words.join(", "), left_out(&imported))
    };
    let span = |start: u32, end: u32, words: &str| {
        format!(r#"{{"label":"x","start":{start},"end":{end},"text":"{words}"}}"#)
    };
    // Code points, UTF-16, and one that is off.
    let own = [
        span(2, 9, "Ann Lee"),
        span(16, 24, "“We go.”"),
        span(25, 29, "Zoë"),
    ];
    assert_eq!(
        read_spans(&own.join(",")),
        ("Ann Lee, Zoe\u{308}, “We go.”".to_owned(), String::new())
    );
    let utf16 = [span(3, 10, "Ann Lee"), span(17, 25, "“We go.”")];
    assert_eq!(
        read_spans(&utf16.join(",")),
        ("Ann Lee, “We go.”".to_owned(), String::new())
    );
    let odd = [
        span(2, 9, "Ann Lee"),
        span(14, 22, "“We go.”"),
        span(16, 24, "Bo Roe"),
    ];
    let (words, told) = read_spans(&odd.join(","));
    assert_eq!(words, "Ann Lee, “We go.”");
    assert!(
        told.contains("which are not at their offsets: `x`"),
        "{told}"
    );
    assert!(told.contains("`x` “Bo Roe” (there is “"), "{told}");
    // A split tag with the words from its start to its end.
    let split = r#"{"label":"x","fragments":[[2,5],[10,14]],"text":"Ann Lee said"}"#;
    assert_eq!(read_spans(split), ("Ann…said".to_owned(), String::new()));
}

#[test]
fn a_file_that_is_no_text_is_refused_with_its_line() {
    let input = Input {
        name: "in.jsonl",
        bytes: b"{}\n\xff",
        beside: &|_| None,
    };
    let error = JsonLines.read(&input).unwrap_err();
    assert!(matches!(error, FormatError::NotUtf8 { line: 2 }), "{error}");
}

#[test]
fn records_of_newer_versions_are_counted_as_lost() {
    let mut document = Document::new(SourceText::new("a", "UTF-8").unwrap());
    document
        .parts_mut()
        .unread
        .insert(UnreadRecord::Damaged(DamagedRecord {
            list: RecordList::Annotations,
            raw: "(id: \"x\")".into(),
            reason: "no label".into(),
            line: 9,
        }));
    let id = "a.txt".to_owned();
    let (_, losses) = write(vec![NamedDocument { id, document }]);
    assert_eq!(losses.len(), 1);
    assert_eq!(
        losses[0].to_string(),
        "this format leaves out items that only the sidecar can hold (1 in `a.txt`)"
    );
}

/// What is wrong is said in words, not in those of the parser.
#[test]
fn mistakes_are_told_in_words() {
    for (line, words) in [
        (
            r#"{"id":"a","text":5}"#,
            "the number `5` is there, but it must be a text",
        ),
        (
            r#"{"id":"a","text":null}"#,
            "nothing (`null`) is there, but it must be a text",
        ),
        (
            r#"{"id":"a","text":"b","state":[]}"#,
            "a list is there, but it must be a text",
        ),
        (
            r#"{"id":"a","text":"b","spans":{}}"#,
            "an object is there, but it must be a list",
        ),
        (r#"{"id":"a","text":"b" "c"}"#, "this is not valid JSON"),
        (r#"{"id":"a","text":"b""#, "ends too early"),
    ] {
        let input = Input {
            name: "in.jsonl",
            bytes: line.as_bytes(),
            beside: &|_| None,
        };
        let imported = JsonLines.read(&input).unwrap();
        let told = &imported.problems[0].message;
        assert!(told.contains(words), "{line}: {told}");
    }
}

#[test]
fn how_sure_a_program_is_comes_back() {
    let row = |confidence: &str| {
        format!(
            r#"{{"id":"a","text":"“Go,” she said.","spans":[{{"id":"q","label":"quote","start":0,"end":5,"by":"suggester:x","confidence":{confidence}}},{{"id":"s","label":"speaker","start":6,"end":9}}],"links":[{{"from":"q","to":"s","role":"speaker","confidence":{confidence}}}]}}"#
        )
    };
    let imported = read(&row("0.96"));
    assert!(imported.skipped.is_empty());
    let (text, losses) = write(again(imported));
    assert!(losses.is_empty(), "{losses:?}");
    assert_eq!(text.matches(r#""confidence":0.96"#).count(), 2, "{text}");
    assert_eq!(write(again(read(&text))).0, text);

    for odd in ["2", "\"high\"", "{}"] {
        let imported = read(&row(odd));
        let told: Vec<_> = imported.skipped.iter().map(|one| &one.message).collect();
        assert!(
            told[0].contains("`confidence` that is no number"),
            "{told:?}"
        );
        assert_eq!(imported.documents[0].document.set().annotation_count(), 2);
        assert!(!write(again(imported)).0.contains("confidence"));
    }
    assert!(read(&row("null")).skipped.is_empty());
}

#[test]
fn a_line_alone_keeps_the_fields_of_other_programs() {
    let line = |text| JsonLine::read(text, 7, "stdin");
    let read = line(r#"{"text":"a b","url":"x, \"y\"","n":1.0}"#);
    let document = again(read.imported.clone()).remove(0);
    assert_eq!(document.id, "stdin-7");
    let out = JsonLine::write(document, &read.other_fields).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(
        out.ends_with("\"state\":\"new\",\"url\":\"x, \\\"y\\\"\",\"n\":1.0}\n"),
        "{out}"
    );

    let read = line(r#"{"text":5,"url":"x"}"#);
    let told = &read.imported.problems[0].message;
    assert!(told.contains("the number `5` is there"), "{told}");
    assert_eq!(read.imported.problems[0].line, 7);
}

#[test]
fn fields_that_are_there_twice_are_told() {
    let more = r#",{"id":"t2"}"#;
    for rest in ["", more] {
        let imported = read(&format!(
            r#"{{"id":"a.txt","text":"Ann said no.","spans":[{{"id":"t1","start":0,"end":3,"note":"one",
            "label":"name","note":"two","label":"speaker"}}{rest}]}}"#
        ).replace('\n', " "));
        assert_eq!(imported.problems, []);
        let mut tags = imported.documents[0].document.set().annotations();
        let tag = tags.next().unwrap();
        assert_eq!((&*tag.label, &*tag.note), ("speaker", "two"));
        let told: Vec<_> = imported.skipped.iter().map(|p| &*p.message).collect();
        let twice = [
            "the unknown field `spans.label (1 of 2)` is left out: “name”",
            "the unknown field `spans.note (1 of 2)` is left out: “one”",
        ];
        assert!(twice.iter().all(|words| told.contains(words)), "{told:?}");
        assert_eq!(told.len(), if rest.is_empty() { 2 } else { 3 }, "{told:?}");
    }
}
