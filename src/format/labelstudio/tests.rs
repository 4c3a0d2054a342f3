use proptest::prelude::*;

use super::*;
use crate::format::testing::{again, comes_back, document, read_back, written_with};

proptest! {
    #[test]
    fn documents_come_back_as_they_were(documents in prop::collection::vec(document(), 0..3)) {
        comes_back(&LabelStudio, documents)?;
    }
}

fn read(text: &str) -> Imported {
    let input = Input {
        name: "tasks.json",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    LabelStudio.read(&input).unwrap()
}

#[test]
fn everybodys_annotations_and_a_models_predictions_are_read() {
    let region = |id: &str, start: u32, words: &str, label: &str| {
        let end = start + u32::try_from(words.encode_utf16().count()).unwrap();
        format!(
            r#"{{"id":"{id}","from_name":"label","to_name":"text","type":"labels","value":{{"start":{start},"end":{end},"text":"{words}","labels":["{label}"]}}}}"#
        )
    };
    // These offsets count UTF-16, as the text shows.
    let quote = region("r1", 3, "“Hé,”", "quote");
    let speaker = region("r2", 9, "she", "speaker");
    let relation = r#"{"type":"relation","from_id":"r1","to_id":"r2","direction":"right","labels":["speaker"]}"#;
    let choice = r#"{"id":"r1","from_name":"form","to_name":"text","type":"choices","value":{"choices":["direct"]}}"#;
    let imported = read(&format!(
        r#"[{{"id":7,"data":{{"text":"😀 “Hé,” she said"}},
        "annotations":[{{"completed_by":{{"email":"Maria.B@example.org"}},"result":[{quote},{speaker},{relation},{choice}]}},
                       {{"completed_by":4,"result":[]}},{{"was_cancelled":true,"result":[]}}],
        "predictions":[{{"model_version":"m1","score":0.5,"result":[{quote},{}]}}]}}]"#,
        region("p9", 13, "said", "cue")
    ));
    assert_eq!(imported.problems, []);
    let whose: Vec<_> = imported
        .documents
        .iter()
        .map(|read| {
            (
                read.id.as_str(),
                read.document.meta().annotator.as_deref().unwrap(),
            )
        })
        .collect();
    assert_eq!(whose, [("task-7", "maria-b"), ("task-7", "user-4")]);
    let document = &imported.documents[0].document;
    let tags: Vec<_> = document
        .set()
        .annotations()
        .map(|tag| {
            (
                document.source().slice(tag.fragments.hull()),
                &*tag.label,
                tag.is_open_suggestion(),
            )
        })
        .collect();
    assert_eq!(
        tags,
        [
            ("“Hé,”", "quote", false),
            ("she", "speaker", false),
            ("said", "cue", true)
        ]
    );
    assert_eq!(
        document
            .set()
            .annotations()
            .next()
            .unwrap()
            .attribute("form")
            .unwrap(),
        "direct"
    );
    assert_eq!(document.set().link_count(), 1);
}

#[test]
fn tags_can_be_written_as_predictions() {
    let text = r#"[{"data":{"text":"a b"},"annotations":[{"result":[{"id":"r","type":"labels","value":{"start":0,"end":1,"labels":["quote"]}}]}]}]"#;
    let documents = again(read(text));
    let (files, _) = written_with(&LabelStudio, &[("as", "predictions")], documents);
    assert!(!String::from_utf8_lossy(&files.0[0].1).contains("annotations"));
    let tasks = read_back(&LabelStudio, &files);
    assert_eq!(tasks.documents[0].document.set().annotation_count(), 1);
    assert_eq!(files.0[1].0, "labelling-config.xml");
}
