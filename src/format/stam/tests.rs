use proptest::prelude::*;

use super::*;
use crate::format::testing::{comes_back, document};

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
    let said: Vec<_> = [missing, "[]", "{"]
        .map(|text| read(text).problems[0].message.clone())
        .into();
    insta::assert_snapshot!(said.join("\n"), @r"
    the text of `a` is missing; put it beside the file
    it has no text; a STAM store needs resources
    EOF while parsing an object at line 1 column 1
    ");
}
