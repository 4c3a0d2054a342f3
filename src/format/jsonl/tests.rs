use std::io::{self, Write};

use proptest::prelude::*;
use smol_str::SmolStr;

use super::*;
use crate::format::ImportedDocument;
use crate::format::schema_file::default_schema;
use crate::model::{
    Annotation, Attribute, Document, DocumentState, Fragments, Link, Origin, Person, PersonKind,
    Review, Target, UnreadRecord, Verdict,
};
use crate::text::{SourceText, TextRange, TextSize};

#[derive(Default)]
struct Memory(Vec<u8>);

impl Sink for Memory {
    fn begin(&mut self, _: &str) -> io::Result<&mut dyn Write> {
        Ok(&mut self.0)
    }
}

fn write(documents: Vec<NamedDocument>) -> (String, Vec<Loss>) {
    let mut sink = Memory::default();
    let schema = default_schema().unwrap();
    let losses = JsonLines.write(&schema, &mut documents.into_iter(), &mut sink);
    (String::from_utf8(sink.0).unwrap(), losses.unwrap())
}

fn read(text: &str) -> Imported {
    let input = Input {
        name: "in.jsonl",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    JsonLines.read(&input).unwrap()
}

fn again(imported: Imported) -> Vec<NamedDocument> {
    let named = |ImportedDocument { id, document, .. }| NamedDocument { id, document };
    imported.documents.into_iter().map(named).collect()
}

fn problems(text: &str) -> Vec<String> {
    let imported = read(text);
    assert!(imported.documents.is_empty());
    let problems = imported.problems.into_iter();
    problems
        .map(|p| format!("{}: {}", p.line, p.message))
        .collect()
}

fn word() -> impl Strategy<Value = SmolStr> {
    "[a-z]{1,6}|(?s).{1,6}".prop_map(SmolStr::from)
}

fn origin() -> impl Strategy<Value = Origin> {
    let name = prop_oneof![word(), Just("suggester:x".into()), Just("".into())];
    (0..3, name).prop_map(|(kind, name)| match kind {
        0 => Origin::Annotator(name),
        1 => Origin::Suggester(name),
        _ => Origin::Import(name),
    })
}

fn one_of<T: Copy + std::fmt::Debug, const N: usize>(all: [T; N]) -> impl Strategy<Value = T> {
    (0..N).prop_map(move |n| all[n])
}

type Place = Vec<(prop::sample::Index, prop::sample::Index)>;

fn fragments(text: &str, places: &Place) -> Option<Fragments> {
    let bounds: Vec<TextSize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .map(|at| TextSize::try_from(at).unwrap())
        .collect();
    let ranges = places.iter().map(|(a, b)| {
        let (a, b) = (*a.get(&bounds), *b.get(&bounds));
        TextRange::new(a.min(b), a.max(b))
    });
    Fragments::normalized(ranges.collect()).ok()
}

prop_compose! {
    fn annotation()(
        label in word(),
        places in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 1..4),
        attributes in prop::collection::btree_map(word(), word(), 0..3),
        person in prop::option::of(word()),
        origin in origin(),
        verdict in one_of(Verdict::ALL),
        review in one_of(Review::ALL),
        note in "(?s).{0,9}",
    ) -> (Place, Annotation) {
        let attributes = attributes.into_iter().map(|(name, value)| Attribute { name, value });
        (places, Annotation {
            id: "".into(),
            label,
            fragments: Fragments::try_from(TextRange::new(0.into(), 1.into())).unwrap(),
            attributes: attributes.collect(),
            person: person.map(crate::model::PersonId::new),
            origin,
            verdict,
            review,
            note,
            former_words: Vec::new(),
            unknown: Vec::new(),
        })
    }
}

prop_compose! {
    fn link()(
        role in word(), from in word(), to in word(), kind in 0..3,
        origin in origin(), confirmed in any::<bool>(),
    ) -> Link {
        Link {
            id: "".into(),
            role,
            from: crate::model::AnnotationId::new(from),
            to: match kind {
                0 => Target::Annotation(to.as_str().into()),
                1 => Target::Person(to.as_str().into()),
                _ => Target::NotGiven,
            },
            origin,
            confirmed,
            unknown: Vec::new(),
        }
    }
}

prop_compose! {
    fn person()(
        name in "(?s).{0,9}", kind in one_of(PersonKind::ALL),
        aliases in prop::collection::vec("(?s).{0,5}", 0..3),
        role in "(?s).{0,5}", external_id in "[A-Z0-9]{0,5}",
    ) -> Person {
        Person { id: "".into(), name, kind, aliases, role, external_id, unknown: Vec::new() }
    }
}

prop_compose! {
    fn document()(
        text in "(?s).{0,60}|[a\u{301}é😀 \r\n]{0,60}",
        annotations in prop::collection::vec(annotation(), 0..6),
        links in prop::collection::vec(link(), 0..4),
        people in prop::collection::vec(person(), 0..3),
        annotator in prop::option::of(word()),
        state in one_of(DocumentState::ALL),
    ) -> Document {
        let mut document = Document::new(SourceText::new(text.as_str(), "UTF-8").unwrap());
        for (n, (places, mut annotation)) in annotations.into_iter().enumerate() {
            if let Some(fragments) = fragments(&text, &places) {
                annotation.id = format!("a{n}").as_str().into();
                annotation.fragments = fragments;
                document.set.put_annotation(annotation);
            }
        }
        for (n, mut link) in links.into_iter().enumerate() {
            link.id = format!("l{n}").as_str().into();
            document.set.put_link(link);
        }
        for (n, mut person) in people.into_iter().enumerate() {
            person.id = format!("p{n}").as_str().into();
            document.set.put_person(person);
        }
        document.meta.annotator = annotator;
        document.meta.state = state;
        document
    }
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
            prop_assert_eq!(&read.document.source, &written.source);
            prop_assert_eq!(&read.document.set, &written.set);
            prop_assert_eq!(&read.document.meta, &written.meta);
        }
        prop_assert_eq!(write(again(imported)).0, text);
    }

    /// A damaged row is refused or read, never a panic.
    #[test]
    fn any_line_is_read_or_refused(line in "[\\[\\]{}\",:0-9a-z\\-]{0,80}") {
        read(&line);
    }
}

#[test]
fn every_row_has_every_key() {
    let text = r#"{"id":"a.txt","text":"“Hé 😀,” he said, “go.”","spans":[{"id":"q","label":"quote","fragments":[[0,7],[17,22]],"attributes":{"form":"direct"},"by":"maria"},{"id":"s","label":"speaker","start":8,"end":10,"person":"p","by":"suggester:rules"}],"links":[{"from":"q","to":"s","role":"speaker","by":"maria"},{"id":"n","from":"q","to_kind":"not_given","role":"speaker","confirmed":false,"by":"maria"}],"people":[{"id":"p","name":"Hé","aliases":["he"]}],"annotator":"maria"}"#;
    let (written, _) = write(again(read(text)));
    insta::assert_snapshot!(written, @r#"{"id":"a.txt","text":"“Hé 😀,” he said, “go.”","spans":[{"id":"q","label":"quote","start":0,"end":22,"fragments":[[0,7],[17,22]],"attributes":[{"key":"form","value":"direct"}],"person":"","by":"maria","verdict":"","review":"unreviewed","note":""},{"id":"s","label":"speaker","start":8,"end":10,"fragments":[[8,10]],"attributes":[],"person":"p","by":"suggester:rules","verdict":"accepted","review":"unreviewed","note":""}],"links":[{"id":"3ko3j7q5oy8ga","from":"q","to":"s","to_kind":"annotation","role":"speaker","confirmed":true,"by":"maria"},{"id":"n","from":"q","to":"","to_kind":"not_given","role":"speaker","confirmed":false,"by":"maria"}],"people":[{"id":"p","name":"Hé","kind":"person","aliases":["he"],"role":"","external_id":""}],"annotator":"maria","state":"in_progress"}"#);
}

#[test]
fn rows_of_other_tools_are_read() {
    let text = r#"{"text":"Hello, he said.","lang":"en","meta":{"name":"x"},"spans":[{"kind":"quote","fragments":[[0,6]],"attrs":{"form":"direct","n":["2",3]},"extra":1},{"kind":"speaker","start":7,"end":9}],"links":null}"#;
    let imported = read(&format!("\u{feff}\r\n{text}\r\n"));
    assert_eq!(imported.problems, []);
    let ignored: Vec<_> = imported
        .ignored
        .iter()
        .map(|i| (i.line, i.message.as_str()))
        .collect();
    assert_eq!(ignored, [(2, "lang"), (2, "meta"), (2, "spans.extra")]);
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
    assert_eq!(document.meta.state, DocumentState::InProgress);
    let tags: Vec<_> = document.set.annotations().collect();
    assert_eq!(tags[0].attribute("n").unwrap(), "[\"2\",3]");
    assert_eq!(tags[0].origin, Origin::Import("jsonl".into()));
    assert_eq!(tags[1].label, "speaker");
    assert_eq!(tags[1].id.as_str().len(), 13);
    assert_eq!(
        read(&format!("\n{text}")).documents[0].document.set,
        document.set
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
2: the span `q`: 9 lies outside the text, which has 5 characters
2: the span `q`: 2 to 2 covers nothing
2: the span `q`: it has no place: give start and end, or fragments
2: the span `q`: it goes from 0 to 2, its fragments from 0 to 3
2: the span `q`: the parts of a tag overlap or are out of order (at byte 0)
2: `fine` is not a review state; use unreviewed, accepted, rejected, unsure
2: column 71: invalid value: integer `-1`, expected u32
2: the span `q` has the attribute `f` twice; take one out
2: the span `q` stands twice; give one of them another id
2: column 54: missing field `label`
1: column 2: invalid type: integer `1`, expected a string
1: column 14: trailing characters
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
    document.unread.insert(UnreadRecord {
        list: "annotations".to_owned(),
        raw: "(id: \"x\")".to_owned(),
        reason: "no label".to_owned(),
        line: 9,
        clash: None,
    });
    let id = "a.txt".to_owned();
    let (_, losses) = write(vec![NamedDocument { id, document }]);
    assert_eq!(losses.len(), 1);
    assert_eq!(
        losses[0].to_string(),
        "records or fields only the sidecar keeps not carried: 1 in `a.txt`"
    );
}
