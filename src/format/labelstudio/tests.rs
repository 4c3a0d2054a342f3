mod odd_regions;
use proptest::prelude::*;

use super::*;
use crate::format::testing::{again, comes_back, document, read_back, written_with};
use crate::format::{ImportedDocument, RecordProblem};

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

/// Labels with their words, and attributes.
fn tags(read: &ImportedDocument) -> Vec<String> {
    let document = &read.document;
    let tags = document.set().annotations();
    let mut tags: Vec<String> = tags
        .map(|tag| {
            let words = document.source().slice(tag.fragments.hull());
            let attributes = tag.attributes.iter();
            let attributes = attributes.map(|a| format!(" {}={}", a.name, a.value));
            format!("{} {words:?}{}", tag.label, attributes.collect::<String>())
        })
        .collect();
    tags.sort();
    tags
}

fn links(read: &ImportedDocument) -> Vec<String> {
    let set = read.document.set();
    let mut links: Vec<String> = set
        .links()
        .map(|link| {
            let crate::model::Target::Annotation(to) = &link.to else {
                return String::new();
            };
            assert!(set.annotation(&link.from).is_some() && set.annotation(to).is_some());
            format!("{} {} {} {}", link.from, link.role, to, link.note)
        })
        .collect();
    links.sort();
    links
}

fn messages(list: &[RecordProblem]) -> String {
    let lines = list.iter().map(|p| format!("{}: {}\n", p.line, p.message));
    lines.collect()
}

/// A task with one annotation.
fn task(text: &str, result: &str) -> Imported {
    let text = serde_json::to_string(text).unwrap();
    let imported = read(&format!(
        r#"[{{"id":1,"data":{{"text":{text}}},"annotations":[{{"result":[{result}]}}]}}]"#
    ));
    assert_eq!(imported.problems, []);
    imported
}

fn region(id: &str, start: u32, end: u32, words: &str, label: &str) -> String {
    serde_json::json!({"id": id, "from_name": "label", "to_name": "text", "type": "labels",
        "value": {"start": start, "end": end, "text": words, "labels": [label]}})
    .to_string()
}

#[test]
fn completions_are_annotations_of_older_versions() {
    let imported = read(&format!(
        r#"{{"id":7,"data":{{"text":"No, she said."}},"completions":[{{"id":70,"lead_time":3.1,"created_at":1609789589,"result":[{}]}}]}}"#,
        region("r1", 0, 3, "No,", "quote")
    ));
    assert_eq!(tags(&imported.documents[0]), ["quote \"No,\""]);
    let document = &imported.documents[0].document;
    let made = document.set().annotations().next().unwrap().made.clone();
    assert_eq!(made.unwrap().at.unwrap().as_second(), 1_609_789_589);
    assert_eq!(imported.skipped, []);
    assert!(
        messages(&[imported.notes.to_vec(), imported.ignored.to_vec()].concat())
            .contains("lead_time")
    );
}

#[test]
fn words_decide_where_a_tag_is() {
    let text = "Ann and Bo met. Ann spoke.\n\nBo did not. “No,” said Bo.";
    let result = [
        region("r1", 16, 19, "Ann", "right"),
        region("r2", 29, 31, "Bo", "near"),
        region("r3", 1, 99, "“No,”", "only"),
        region("r4", 8, 10, "Eve", "lost"),
        region("r5", 21, 23, "Bo", "doubtful"),
    ];
    let imported = task(text, &result.join(","));
    let found = tags(&imported.documents[0]);
    assert_eq!(found, ["near \"Bo\"", "only \"“No,”\"", "right \"Ann\""]);
    let told = messages(&imported.skipped);
    assert!(
        told.contains("lost “Eve”") && told.contains("doubtful “Bo”"),
        "{told}"
    );
    let set = imported.documents[0].document.set();
    let near = set.annotations().find(|tag| tag.label == "near").unwrap();
    assert_eq!(usize::from(near.fragments.hull().start()), 28);
}

#[test]
fn the_same_person_and_namesakes_keep_their_work_apart() {
    let work = |id: u32, email: &str, label: &str| {
        let region = region("r", 0, 1, "a", label);
        format!(r#"{{"completed_by":{{"id":{id},"email":"{email}"}},"result":[{region}]}}"#)
    };
    let works = [
        work(3, "ann@example.org", "one"),
        work(3, "ann@example.org", "two"),
        work(4, "ann@example.com", "three"),
    ];
    let imported = read(&format!(
        r#"[{{"id":1,"data":{{"text":"a b"}},"annotations":[{}]}},{{"id":2,"data":{{"text":"a c"}},"annotations":[{}]}}]"#,
        works.join(","),
        work(4, "ann@example.com", "four")
    ));
    let whose: Vec<String> = imported
        .documents
        .iter()
        .map(|read| {
            let annotator = read.document.meta().annotator.as_deref().unwrap();
            format!("{} {annotator} {}", read.id, tags(read).join(" "))
        })
        .collect();
    let expected = [
        "task-1 ann one \"a\"",
        "task-1 ann-3 two \"a\"",
        "task-1 ann-2 three \"a\"",
        "task-2 ann-2 four \"a\"",
    ];
    assert_eq!(whose, expected);
    let told = messages(&[imported.notes.to_vec(), imported.ignored.to_vec()].concat());
    assert!(
        told.contains("`ann@example.com` is called `ann-2`"),
        "{told}"
    );
    assert!(told.contains("try 2 is by `ann-3`"), "{told}");
    let set = imported.documents[2].document.set();
    let made = set.annotations().next().unwrap().made.clone().unwrap();
    assert_eq!(made.by, "ann@example.com");
    assert_eq!(
        (imported.problems.to_vec(), imported.skipped.to_vec()),
        (vec![], vec![])
    );
}

#[test]
fn answers_about_a_region_are_attributes_and_those_about_the_text_are_told() {
    let answer = |name: &str, kind: &str, value: &str| {
        format!(
            r#"{{"id":"r","from_name":"{name}","type":"{kind}","value":{{"start":0,"end":1,"text":"a",{value}}}}}"#
        )
    };
    let result = [
        answer("tone", "choices", r#""choices":["angry","loud"]"#),
        region("r", 0, 1, "a", "quote"),
        answer("sure", "rating", r#""rating":4"#),
        answer("topic", "taxonomy", r#""taxonomy":[["Politics","Home"],["Law"]]"#),
        answer("n", "number", r#""number":2.5"#),
        answer("when", "datetime", r#""datetime":"2020-01-02""#),
        r#"{"id":"r","from_name":"why","type":"textarea","value":{"start":0,"end":1,"text":["she","shouts"]},"meta":{"text":"so"}}"#.to_owned(),
        r#"{"id":"z","from_name":"kind","type":"choices","value":{"choices":["news"]}}"#.to_owned(),
        r#"{"id":"y","from_name":"gist","type":"textarea","value":{"text":["all is well"]}}"#.to_owned(),
    ];
    let imported = task("a b", &result.join(","));
    let expected = "quote \"a\" n=2.5 sure=4 tone=angry, loud topic=Politics > Home; Law \
                    when=2020-01-02 why=she\nshouts";
    assert_eq!(tags(&imported.documents[0]), [expected]);
    let set = imported.documents[0].document.set();
    assert_eq!(set.annotations().next().unwrap().note, "so");
    let told = messages(&imported.skipped);
    assert_eq!(
        told,
        "1: answers about a whole text, not a span, are not imported: kind: “news” (task 1); \
         gist: “all is well” (task 1)\n"
    );
}

#[test]
fn every_label_of_a_region_is_a_tag() {
    let second = region("r", 0, 1, "a", "direct").replace("\"label\"", "\"form\"");
    let result = [
        region("r", 0, 1, "a", "quote"),
        second,
        region("s", 2, 3, "b", "x").replace(r#"["x"]"#, r#"["x","x","y"]"#),
        r#"{"id":"t","type":"labels","value":{"start":2,"end":3,"text":"b","labels":[]}}"#
            .to_owned(),
    ];
    let imported = task("a b", &result.join(","));
    let expected = [
        "direct \"a\" label_set=form",
        "quote \"a\" label_set=label",
        "unlabelled \"b\"",
        "x \"b\"",
        "x \"b\"",
        "y \"b\"",
    ];
    assert_eq!(tags(&imported.documents[0]), expected);
    let set = imported.documents[0].document.set();
    let ids: Vec<_> = set.annotations().map(|tag| tag.id.to_string()).collect();
    for id in ["r", "r/direct", "s", "s/x", "s/y", "t"] {
        assert!(ids.iter().any(|known| known == id), "{id} {ids:?}");
    }
}

#[test]
fn relations_have_both_ends_or_are_told() {
    let relation = |more: &str| format!(r#"{{"type":"relation",{more}}}"#);
    let result = [
        relation(
            r#""from_id":"b","to_id":"a","direction":"left","labels":["by"],"meta":{"text":["sure"]}"#,
        ),
        relation(r#""from_id":"a","to_id":"b","direction":"bi","labels":["same"]"#),
        relation(r#""from_id":"a","to_id":"b","labels":[]"#),
        relation(r#""from_id":"a","to_id":"q","labels":["about"],"meta":{"text":["oh"]}"#),
        region("a", 0, 1, "a", "quote"),
        region("b", 2, 3, "b", "quote").replace("\"type\"", "\"parentID\":\"a\",\"type\""),
    ];
    let imported = task("a b", &result.join(","));
    let expected = [
        "a by b sure",
        "a link b ",
        "a same b ",
        "b parent a ",
        "b same a ",
    ];
    assert_eq!(links(&imported.documents[0]), expected);
    let told = messages(&imported.skipped);
    assert!(
        told.contains("`about` from `a` to `q`, note: “oh” (task 1)"),
        "{told}"
    );
}

#[test]
fn json_min_and_single_tasks_are_read() {
    let minimal = r#"[{"text":"a b","id":1,"label":[{"start":0,"end":1,"text":"a","labels":["quote"]},{"start":2,"end":3,"text":"b","labels":["speaker"]}],
        "tone":[{"start":0,"end":1,"text":"a","choices":["angry"]}],"doctype":"news","annotator":1,"annotation_id":4,"lead_time":3.2}]"#;
    let imported = read(minimal);
    assert_eq!(imported.problems, []);
    let document = &imported.documents[0];
    assert_eq!(tags(document), ["quote \"a\" tone=angry", "speaker \"b\""]);
    assert_eq!(
        document.document.meta().annotator.as_deref(),
        Some("user-1")
    );
    assert!(messages(&imported.skipped).contains("`doctype`: “news”"));
    assert!(
        messages(&[imported.notes.to_vec(), imported.ignored.to_vec()].concat())
            .contains("export as JSON")
    );

    let quote = region("r", 0, 1, "a", "quote");
    let stored = format!(
        r#"{{"id":5,"result":[{quote}],"completed_by":{{"id":2}},"task":{{"id":9,"data":{{"text":"a b"}}}}}}"#
    );
    let imported = read(&stored);
    assert_eq!(tags(&imported.documents[0]), ["quote \"a\""]);
    assert_eq!(imported.documents[0].id, "task-9");
}

#[test]
fn other_files_are_refused_in_words() {
    for (text, words) in [
        ("[[0,1]]", "not a task"),
        (
            r#"[{"images":[],"categories":[],"annotations":[]}]"#,
            "COCO",
        ),
        (r#"{"text":"a","label":[[0,1,"x"]]}"#, "no `data`"),
        (
            r#"[{"data":{"image":1},"annotations":[]}]"#,
            "images, audio or video (`image`)",
        ),
        (r#"[{"data":{"a":"x","b":"y"}}]"#, "any of `a`, `b`"),
        (r#"[{"data":{"text":"a"}},"#, "middle of a record"),
    ] {
        let told = messages(&read(text).problems);
        assert!(told.contains(words), "{told}");
    }
    let far = format!(
        r#"[{{"data":{{"text":"https://x.org/a.txt"}},"annotations":[{{"result":[{}]}}]}}]"#,
        region("r", 0, 1, "a b", "quote")
    );
    assert!(messages(&read(&far).problems).contains("the address of its text"));
}

#[test]
fn hypertext_counts_in_the_words_between_the_tags() {
    let text = r#"<div><p>“No,”</p><p>said Ann.</p></div>"#;
    let result = [
        r#"{"id":"a","type":"hypertextlabels","value":{"start":"/div[1]/p[2]/text()[1]","end":"/div[1]/p[2]/text()[1]","startOffset":5,"endOffset":8,"globalOffsets":{"start":10,"end":13},"text":"Ann","hypertextlabels":["speaker"]}}"#,
        r#"{"id":"b","type":"hypertextlabels","value":{"start":"/div[1]/p[1]/text()[1]","end":"/div[1]/p[2]/text()[1]","startOffset":0,"endOffset":4,"globalOffsets":{"start":0,"end":9},"text":"“No,”\\nsaid","hypertextlabels":["quote"]}}"#,
        r#"{"id":"c","type":"hypertextlabels","value":{"start":"/x","end":"/x","startOffset":0,"endOffset":4,"text":"said","hypertextlabels":["cue"]}}"#,
        r#"{"id":"d","type":"hypertextlabels","value":{"start":"/x","end":"/x","startOffset":0,"endOffset":4,"text":"gone","hypertextlabels":["lost"]}}"#,
    ];
    let imported = task(text, &result.join(","));
    let document = &imported.documents[0];
    assert_eq!(document.document.source().as_str(), "“No,”\nsaid Ann.");
    let expected = ["cue \"said\"", "quote \"“No,”\\nsaid\"", "speaker \"Ann\""];
    assert_eq!(tags(document), expected);
    assert!(messages(&imported.skipped).contains("lost “gone”"));
}

#[test]
fn conversations_become_lines() {
    let region = |a: u32, from: u32, b: u32, to: u32, words: &str| {
        format!(
            r#"{{"id":"{words}","type":"paragraphlabels","value":{{"start":"{a}","end":"{b}","startOffset":{from},"endOffset":{to},"text":"{words}","paragraphlabels":["p"]}}}}"#
        )
    };
    let result = [region(0, 0, 0, 3, "No."), region(1, 4, 1, 6, "so")];
    let imported = read(&format!(
        r#"[{{"data":{{"talk":[{{"author":"Ann","text":"No.","at":3}},{{"author":"Bo","text":"Why so?"}}]}},"annotations":[{{"result":[{}]}}]}}]"#,
        result.join(",")
    ));
    assert_eq!(imported.problems, []);
    let document = &imported.documents[0];
    assert_eq!(
        document.document.source().as_str(),
        "Ann: No.\nBo: Why so?\n"
    );
    assert_eq!(tags(document), ["p \"No.\"", "p \"so\""]);
    assert!(messages(&imported.skipped).contains("`at`: 3"));
}

#[test]
fn several_predictions_and_what_was_not_submitted() {
    let prediction = |model: &str, score: f64| {
        let region = region("r", 0, 1, "a", "quote");
        format!(r#"{{"model_version":"{model}","score":{score},"result":[{region}]}}"#)
    };
    let imported = read(&format!(
        r#"[{{"data":{{"text":"a b","url":"x.org"}},"predictions":[{},{}],"drafts":[{{"result":[{}]}}],"annotations":[{{"was_cancelled":true,"completed_by":7,"result":[{}]}}]}}]"#,
        prediction("m1", 0.5),
        prediction("m2", 0.25),
        region("d", 2, 3, "b", "speaker"),
        region("c", 2, 3, "b", "cue"),
    ));
    let document = &imported.documents[0];
    let expected = [
        "quote \"a\" prediction_score=0.25",
        "quote \"a\" prediction_score=0.5",
    ];
    assert_eq!(tags(document), expected);
    assert!(
        document
            .document
            .set()
            .annotations()
            .all(|tag| tag.is_open_suggestion())
    );
    let told = messages(&imported.skipped);
    for words in ["speaker", "cue", "by user-7", "`url`: “x.org”"] {
        assert!(told.contains(words), "{words} {told}");
    }
}

#[test]
fn other_texts_of_the_same_name_get_a_number() {
    let imported = read(
        r#"[{"data":{"name":"a.txt","text":"one"}},{"data":{"name":"a.txt","text":"two"}},
        {"data":{"name":"a.txt","text":"two"}}]"#,
    );
    let ids: Vec<_> = imported.documents.iter().map(|read| &*read.id).collect();
    assert_eq!(ids, ["a.txt", "a-2.txt", "a-3.txt"]);
    assert!(
        messages(&[imported.notes.to_vec(), imported.ignored.to_vec()].concat())
            .contains("this one is `a-2.txt`")
    );
}

#[test]
fn who_found_nothing_and_what_a_model_repeats_are_told() {
    let quote = region("r", 0, 1, "a", "quote");
    let imported = read(&format!(
        r#"[{{"id":1,"data":{{"text":"a b"}},"annotations":[{{"completed_by":4,"result":[]}},{{"completed_by":5,"result":[{quote}]}}],
        "predictions":[{{"model_version":"m","score":0.5,"result":[{quote}]}}]}}]"#
    ));
    let states = imported.documents.iter().map(|read| {
        let meta = read.document.meta();
        (meta.annotator.as_deref().unwrap(), meta.state)
    });
    use crate::model::DocumentState::{Done, InProgress};
    assert_eq!(
        states.collect::<Vec<_>>(),
        [("user-4", Done), ("user-5", InProgress)]
    );
    assert_eq!(tags(&imported.documents[1]), ["quote \"a\""]);
    let told = messages(&imported.notes);
    assert!(
        told.contains("`r` quote (suggester:m, prediction_score 0.5)"),
        "{told}"
    );
}

#[test]
fn unknown_facts_of_people_are_told() {
    let imported = read(
        r#"[{"data":{"text":"a"},"annotations":[{"completed_by":{"id":1,"email":"a@b.c","team":"north"},
        "result":[]}],"drafts":[{"result":[]}]}]"#,
    );
    let told: Vec<&str> = imported.skipped.iter().map(|p| &*p.message).collect();
    assert_eq!(
        told,
        ["facts of an annotator are not imported: `team`: “north” (task 1)"]
    );
}
