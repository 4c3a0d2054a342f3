use proptest::prelude::*;

use super::*;
use crate::format::ImportedDocument;
use crate::format::testing::{again, document, written};
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
    let span = |span: &str| {
        problems(&format!(
            "\n{{\"id\":\"a\",\"text\":\"Héllo\",\"spans\":[{span}]}}"
        ))
    };
    let mut said = Vec::new();
    for wrong in [
        r#"{"id":"q","label":"quote","start":2,"end":9}"#,
        r#"{"id":"q","label":"quote","start":2,"end":2}"#,
        r#"{"id":"q","label":"quote"}"#,
        r#"{"id":"q","label":"quote","start":0,"end":2,"fragments":[[0,1],[2,3]]}"#,
        r#"{"id":"q","label":"quote","fragments":[[2,4],[0,3]]}"#,
        r#"{"id":"q","label":"quote","start":0,"end":2,"review":"fine"}"#,
        r#"{"id":"q","label":"quote","start":-1,"end":2}"#,
        r#"{"id":"q","label":"quote","start":0,"end":2,"attributes":[{"key":"f","value":"a"},{"key":"f","value":"b"}]}"#,
        r#"{"id":"q","label":"a","start":0,"end":2},{"id":"q","label":"b","start":0,"end":2}"#,
        r#"{"start":0,"end":2}"#,
    ] {
        said.extend(span(wrong));
    }
    said.extend(problems("[1]"));
    said.extend(problems("{\"text\":\"a\"} x"));
    said.extend(problems("{\"text\":\"a\",\"links\":[{\"from\":\"a\",\"to\":\"b\",\"to_kind\":\"c\",\"role\":\"r\"}]}"));
    insta::assert_snapshot!(said.join("\n"), @r#"
2: the span `q`: 9 is outside the text, which has 5 characters
2: the span `q`: 2 to 2 is empty
2: the span `q`: it has no position; give start and end, or fragments
2: the span `q`: it goes from 0 to 2, its fragments from 0 to 3
2: the span `q`: the parts of a tag overlap or are out of order (at byte 0)
2: `fine` is not a review state; use unreviewed, accepted, rejected, unsure
2: column 71: the number `-1` is there, but it must be a whole number from 0; correct it or export the file again
2: the span `q` has the attribute `f` twice; remove one
2: the span `q` is there twice; give one another id
2: column 54: the field `label` is missing; correct it or export the file again
1: column 2: the number `1` is there, but it must be a text; correct it or export the file again
1: column 14: this is not valid JSON; look for a missing comma, bracket or quotation mark there, or export the file again
1: the link `20ojhq703yqcg`: `c` is not a kind of target; use annotation, person or not_given
"#);
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
            raw: "(id: \"x\")".to_owned(),
            reason: "no label".to_owned(),
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
            r#"{"id":"a","text":"No.","spans":[{"id":"1","label":"q","start":"x","end":2}]}"#,
            "the text \"x\" is there, but it must be a whole number from 0",
        ),
        (
            r#"{"id":"a","text":5}"#,
            "the number `5` is there, but it must be a text",
        ),
        (
            r#"{"id":"a","text":null}"#,
            "nothing (`null`) is there, but it must be a text",
        ),
        (
            r#"{"id":"a","text":"","spans":[{"label":[]}]}"#,
            "a list is there, but it must be a text",
        ),
        (
            r#"{"id":"a","text":"b","text":"c"}"#,
            "the field `text` is there twice",
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
