use proptest::prelude::*;

use super::*;
use crate::format::Options;
use crate::format::schema_file::default_schema;
use crate::format::testing::{
    Files, content, document, read_back, with_links_only, written, written_with,
};

proptest! {
    /// Labels, ranges and links between tags come back for any text.
    #[test]
    fn tags_and_links_come_back(document in document()) {
        let named = NamedDocument { id: "a.txt".to_owned(), document: document.clone() };
        let mut sink = Files::default();
        let how = WriteContext { schema: &default_schema().unwrap(), options: &Options::default(), facts: &|_| crate::model::ArticleFacts::default(), curated: &|_| String::new() };
        let fits = document.set().annotations().all(|tag| !tag.label.trim().is_empty())
            && with_links_only(&document).set().links().all(|link| !link.role.trim().is_empty());
        let result = Doccano.write(&how, &mut vec![named].into_iter(), &mut sink);
        prop_assert_eq!(result.is_ok(), fits);
        prop_assume!(fits);
        let files = sink;
        let imported = read_back(&Doccano, &files);
        prop_assert!(imported.problems.is_empty() && imported.ignored.is_empty(), "{imported:?}");
        let read = &imported.documents[0];
        prop_assert_eq!(&read.id, "a.txt");
        prop_assert_eq!(read.document.source(), document.source());
        prop_assert_eq!(content(&read.document), content(&with_links_only(&document)));
    }
}

#[test]
fn exports_of_both_kinds_of_projects_are_read() {
    let text = concat!(
        r#"{"id":3,"text":"“Hé 😀,” he said","label":[[0,7,"quote"],[8,10,"speaker"]],"Comments":[]}"#,
        "\n",
        r#"{"id":4,"text":"a b","entities":[{"id":70,"label":"quote","start_offset":0,"end_offset":1},{"id":71,"label":"speaker","start_offset":2,"end_offset":3}],"relations":[{"id":9,"from_id":70,"to_id":71,"type":"speaker"}],"Comments":[]}"#,
    );
    let input = Input {
        name: "all.jsonl",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let imported = Doccano.read(&input).unwrap();
    assert_eq!(imported.problems, []);
    let ids: Vec<_> = imported.documents.iter().map(|d| &*d.id).collect();
    assert_eq!(ids, ["document-3", "document-4"]);
    let second = content(&imported.documents[1].document);
    assert_eq!(
        second.1,
        [(
            "quote a".to_owned(),
            "speaker".into(),
            "speaker b".to_owned()
        )]
    );
}

#[test]
fn offsets_can_count_as_its_window_does() {
    let text = r#"{"text":"\ud83d\ude00 hi","entities":[{"id":1,"label":"quote","start_offset":2,"end_offset":4}]}"#;
    let input = Input {
        name: "a.jsonl",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let documents = crate::format::testing::again(Doccano.read(&input).unwrap());
    let (files, _) = written_with(&Doccano, &[("unit", "utf16")], documents);
    let line = String::from_utf8(files.0[0].1.clone()).unwrap();
    assert!(
        line.contains(r#""start_offset":3,"end_offset":5"#),
        "{line}"
    );
}

fn read(text: &str) -> Imported {
    let input = Input {
        name: "all.jsonl",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    Doccano.read(&input).unwrap()
}

fn messages(list: &[crate::format::RecordProblem]) -> String {
    let lines = list.iter().map(|p| format!("{}: {}\n", p.line, p.message));
    lines.collect()
}

/// Who, label and words of every tag.
fn tags(imported: &Imported) -> Vec<String> {
    assert_eq!(imported.problems, []);
    let documents = imported.documents.iter();
    let tags = documents.flat_map(|read| {
        let document = &read.document;
        let who = document.meta().annotator.clone().unwrap_or_default();
        document.set().annotations().map(move |tag| {
            let words = document.source().slice(tag.fragments.hull());
            format!("{} {who} {} {words:?}", read.id, tag.label)
        })
    });
    let mut tags: Vec<String> = tags.collect();
    tags.sort();
    tags
}

#[test]
fn all_the_shapes_of_spans_are_read() {
    let lines = [
        r#"{"id":1,"text":"a b","label":[[0,1,"quote"]]}"#,
        r#"{"id":2,"data":"a b","labels":[["quote",0,1]]}"#,
        r#"{"id":3,"text":"a b","entities":[[0,1,"quote"]],"cats":["news"]}"#,
        r#"{"id":4,"text":"a b","annotations":[{"label":3,"start_offset":0,"end_offset":1,"user":1},{"label":4,"start_offset":2,"end_offset":3,"user":2}],"meta":{"by":"x"},"annotation_approver":null}"#,
        r#"{"id":5,"text":"a b","label":{"entities":[{"start":0,"end":1,"label":{"id":1,"text":"quote"}}]},"Comments":["why?"]}"#,
    ];
    let expected = [
        "document-1  quote \"a\"",
        "document-2  quote \"a\"",
        "document-3  quote \"a\"",
        "document-4 user-1 3 \"a\"",
        "document-4 user-2 4 \"b\"",
        "document-5  quote \"a\"",
    ];
    for text in [lines.join("\n"), format!("[{}]", lines.join(",\n"))] {
        let imported = read(&text);
        assert_eq!(tags(&imported), expected);
        let told = messages(&imported.skipped);
        assert_eq!(
            told,
            "3: labels of a whole text, not a span, are not imported: “news” (record 3)\n\
             4: facts about a text are not imported: `meta`: {\"by\":\"x\"} (record 4)\n\
             5: comments on a whole text are not imported: “why?” (record 5)\n"
        );
        assert!(messages(&imported.notes).contains("--map NUMBER=NAME"));
    }
}

#[test]
fn offsets_that_count_as_its_editor_does_are_seen() {
    let imported = read(concat!(
        r#"{"id":1,"text":"😀 Ann said no","label":[[3,6,"speaker"],[7,11,"cue"],[99,100,"far"]]}"#,
        "\n",
        r#"{"id":2,"text":"😀😀 Bo did","label":[[5,7,"speaker"],[9,11,"odd"]]}"#,
    ));
    let expected = [
        "document-1  cue \"said\"",
        "document-1  speaker \"Ann\"",
        "document-2  speaker \"Bo\"",
    ];
    assert_eq!(tags(&imported), expected);
    let told = messages(&imported.skipped);
    assert!(
        told.contains("`far` 99 to 100") && told.contains("`odd` 9 to 11 “id”"),
        "{told}"
    );
    assert!(messages(&imported.notes).contains("count UTF-16"));
    // Where nothing shows it, it is told.
    let imported = read(r#"{"text":"😀!?!?","label":[[2,3,"x"]]}"#);
    assert_eq!(tags(&imported), ["all-1  x \"?\""]);
    assert!(messages(&imported.skipped).contains("“?”, not “!”"));
}

#[test]
fn what_it_wrote_comes_back_in_either_unit() {
    let text = r#"{"name":"a","text":"\ud83d\ude00!?!","entities":[{"id":1,"label":"x","start_offset":2,"end_offset":3}],"offset_unit":"code-points"}"#;
    for unit in ["code-points", "utf16"] {
        let documents = crate::format::testing::again(read(text));
        let (files, _) = written_with(&Doccano, &[("unit", unit)], documents);
        let imported = read_back(&Doccano, &files);
        assert_eq!(tags(&imported), ["a  x \"?\""]);
        assert_eq!(
            (imported.skipped.to_vec(), imported.notes.to_vec()),
            (vec![], vec![])
        );
    }
}

#[test]
fn relations_have_both_ends_or_are_told() {
    let imported = read(
        r#"{"text":"a b","entities":[{"id":7,"label":"q","start_offset":0,"end_offset":1},{"id":"x","label":"s","start_offset":2,"end_offset":3}],"relations":[{"id":1,"from_id":7,"to_id":"x","type":"by"},[7,8,"about"],{"from_id":7}]}"#,
    );
    assert_eq!(imported.documents[0].document.set().link_count(), 1);
    let told = messages(&imported.skipped);
    assert!(told.contains("`about` from `7` to `8`"), "{told}");
    assert!(told.contains("without two ends"), "{told}");
}

#[test]
fn labels_of_whole_texts_alone_are_refused_in_words() {
    for line in [
        r#"{"text":"a","label":["pos"]}"#,
        r#"{"text":"a","labels":["pos"]}"#,
        r#"{"text":"a","annotations":[{"label":"pos","user":1}]}"#,
        r#"{"text":"a","cats":{"pos":1}}"#,
    ] {
        let told = messages(&read(line).problems);
        assert!(told.contains("labels whole texts (“pos"), "{told}");
    }
    assert!(messages(&read("[1]").problems).contains("not a record of doccano"));
    assert!(messages(&read(r#"{"img":1}"#).problems).contains("only `img`"));
}

/// Numbers that doccano gave come back; a split tag gets one more.
#[test]
fn numbers_of_labels_and_relations_are_kept() {
    let line = "{\"text\":\"a b c\",\"entities\":[\
                {\"id\":70,\"start_offset\":0,\"end_offset\":1,\"label\":\"x\"},\
                {\"id\":7,\"start_offset\":2,\"end_offset\":3,\"label\":\"y\"},\
                {\"id\":71,\"start_offset\":4,\"end_offset\":5,\"label\":\"x\"}],\"relations\":[\
                {\"id\":3,\"from_id\":70,\"to_id\":71,\"type\":\"continues\"},\
                {\"id\":9,\"from_id\":7,\"to_id\":70,\"type\":\"by\"}]}";
    let documents = crate::format::testing::again(read(line));
    let (files, _) = written_with(&Doccano, &[], documents);
    let written = String::from_utf8(files.0[0].1.clone()).unwrap();
    for part in [
        r#"{"id":70,"start_offset":0,"end_offset":1,"label":"x"}"#,
        r#"{"id":7,"start_offset":2,"end_offset":3,"label":"y"}"#,
        r#"{"id":9,"from_id":7,"to_id":70,"type":"by"}"#,
    ] {
        assert!(written.contains(part), "{part}: {written}");
    }
    let documents = crate::format::testing::again(read(&written));
    let (again, _) = written_with(&Doccano, &[], documents);
    assert_eq!(String::from_utf8(again.0[0].1.clone()).unwrap(), written);
}

/// Ends that are all one too small are those of the last characters.
#[test]
fn inclusive_ends_show_in_the_words() {
    let labels = |list: &str| {
        let imported = read(&format!("{{\"text\":\"Foo met Bar.\",\"label\":{list}}}"));
        let document = &imported.documents[0].document;
        let tags = document.set().annotations();
        let words = tags.map(|tag| document.source().slice(tag.fragments.hull()).to_owned());
        (words.collect::<Vec<_>>(), imported.notes.len())
    };
    let found = labels(r#"[[0,2,"n"],[8,10,"n"]]"#);
    assert_eq!(found, (vec!["Foo".to_owned(), "Bar".to_owned()], 1));
    // A part of a word, and parts of which one is a word.
    assert_eq!(labels(r#"[[0,2,"n"]]"#), (vec!["Fo".to_owned()], 0));
    let found = labels(r#"[[0,3,"n"],[8,10,"n"]]"#);
    assert_eq!(found, (vec!["Foo".to_owned(), "Ba".to_owned()], 0));
}

/// Words and what is told of a record with these entities.
fn worded(text: &str, entities: &str) -> (Vec<String>, String, String) {
    let imported = read(&format!(
        "{{\"id\":1,\"text\":\"{text}\",\"entities\":{entities}}}"
    ));
    let told = messages(&imported.skipped);
    (tags(&imported), told, messages(&imported.notes))
}

#[test]
fn words_of_a_span_are_compared_with_the_text() {
    // At its place; moved to its words; nowhere in the text.
    let (tags, told, notes) = worded(
        "Eve met Dan in Oslo.",
        r#"[{"id":1,"start_offset":0,"end_offset":3,"label":"a","text":"Eve"},
            {"id":2,"start_offset":7,"end_offset":10,"label":"b","word":"Dan","sure":"no"},
            {"id":3,"start_offset":15,"end_offset":19,"label":"c","text":"Rome"},
            {"id":4,"start_offset":4,"end_offset":7,"label":"d"}],
            "relations":[{"from_id":1,"to_id":3,"type":"in"}]"#,
    );
    assert_eq!(
        tags,
        [
            "document-1  a \"Eve\"",
            "document-1  b \"Dan\"",
            "document-1  d \"met\""
        ]
    );
    assert!(
        told.contains("`c` “Rome” from 15 to 19 (there is “Oslo”)")
            && told.contains("`in` from `1` to `3`"),
        "{told}"
    );
    assert!(notes.contains("`b` “Dan” from 7 to 10"), "{notes}");
}

#[test]
fn words_show_what_offsets_count() {
    let (tags, told, _) = worded(
        "😀 !?! ok",
        r#"[{"start_offset":4,"end_offset":5,"label":"a","text":"?"},
            {"start_offset":7,"end_offset":9,"label":"b","text":"ok"}]"#,
    );
    assert_eq!(tags, ["document-1  a \"?\"", "document-1  b \"ok\""]);
    assert_eq!(told, "");
}

#[test]
fn a_value_is_words_only_where_it_is_in_the_text() {
    let attributes = |value: &str| {
        let imported = read(&format!(
            "{{\"text\":\"Eve met Dan.\",\"label\":[[0,3,\"a\",\"{value}\"]]}}"
        ));
        let set = imported.documents[0].document.set();
        let tag = set.annotations().next().unwrap();
        tag.attributes.len()
    };
    assert_eq!((attributes("Eve"), attributes("positive")), (0, 1));
}

#[test]
fn labels_without_a_name_are_told() {
    let (tags, told, notes) = worded(
        "a b",
        r#"[{"id":1,"start_offset":0,"end_offset":1,"label":null,"user":4},
            {"id":2,"start_offset":0,"end_offset":1,"label":""},
            {"id":3,"start_offset":2,"end_offset":3,"label":"b"}],
            "relations":[{"from_id":3,"to_id":3,"type":null}]"#,
    );
    assert_eq!(tags, ["document-1  b \"b\""]);
    assert!(
        told.contains("without a start, an end and a name") && told.contains("[0,1,null,4]"),
        "{told}"
    );
    assert!(notes.contains("called `link`"), "{notes}");
}

#[test]
fn records_without_a_text_do_not_keep_the_others_out() {
    let imported = read(concat!(
        r#"{"id":1,"text":null,"label":[[0,1,"who"]]}"#,
        "\n",
        r#"{"id":2,"text":"a b","label":[[0,1,"x"]]}"#,
    ));
    assert_eq!(tags(&imported), ["document-2  x \"a\""]);
    let told = messages(&imported.skipped);
    assert!(
        told.contains("`text` is empty") && told.contains("who"),
        "{told}"
    );
    let alone = read(r#"{"id":1,"text":null}"#);
    assert!(messages(&alone.problems).contains("`text` is empty"));
}

#[test]
fn spans_may_be_under_their_ids() {
    let imported = read(
        r#"{"id":1,"text":"a b","entities":{"7":{"label":"x","start_offset":0,"end_offset":1},"8":{"label":"y","start_offset":2,"end_offset":3}},"relations":[{"from_id":7,"to_id":8,"type":"by"}]}"#,
    );
    assert_eq!(
        tags(&imported),
        ["document-1  x \"a\"", "document-1  y \"b\""]
    );
    assert_eq!(imported.documents[0].document.set().link_count(), 1);
}

#[test]
fn each_text_may_count_in_its_own_unit() {
    let text = concat!(
        r#"{"id":1,"text":"😀 Ann left.","label":[[3,6,"x"]]}"#,
        "\n",
        r#"{"id":2,"text":"😀 Bo left.","label":[[2,4,"x"]]}"#,
        "\n",
        r#"{"id":3,"text":"😀 Al left.","label":[[2,4,"x"],[9,10,"x"]]}"#,
    );
    let input = Input {
        name: "all.jsonl",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let imported = Doccano.read(&input).unwrap();
    let tagged = imported.documents.iter().map(|read| {
        let source = read.document.source();
        let tags = read.document.set().annotations();
        tags.map(|tag| source.slice(tag.fragments.hull())).collect()
    });
    let tagged: Vec<Vec<&str>> = tagged.collect();
    assert_eq!(tagged[..2], [["Ann"], ["Bo"]]);
    assert_eq!(tagged[2][0], "Al");
}

#[test]
fn a_text_without_labels_has_not_lost_them() {
    let text = concat!(
        r#"{"id":1,"text":"Ann left.","label":[[0,3,"x"]]}"#,
        "\n",
        r#"{"id":2,"text":"Bo left.","label":[],"sure":"very"}"#,
        "\n",
        r#"{"id":3,"text":"Cy left.","label":[[0,90,"x"]]}"#,
    );
    let input = Input {
        name: "all.jsonl",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let imported = crate::format::read(&Doccano, &input, &Options::default()).unwrap();
    let emptied = imported
        .skipped
        .iter()
        .filter(|told| told.message.contains("has no tags"));
    let emptied: Vec<usize> = emptied.map(|told| told.line).collect();
    assert_eq!(emptied, [3], "{:?}", imported.skipped);
}

/// Names that doccano has no room for are shortened there, told apart, and come back.
#[test]
fn long_names_come_back_whole() {
    let [first, second, role] = ["a", "b", "é"].map(|end| format!("{}{end}", "é".repeat(120)));
    let text = format!(
        r#"{{"text":"Ann said","entities":[{{"id":1,"label":"{first}","start_offset":0,"end_offset":3}},{{"id":2,"label":"{second}","start_offset":4,"end_offset":8}}],"relations":[{{"id":1,"from_id":1,"to_id":2,"type":"{role}"}}]}}"#
    );
    let documents = crate::format::testing::again(read(&text));
    let expected = content(&documents[0].document);
    let (files, losses) = written_with(&Doccano, &[], documents);
    assert!(losses.iter().all(|loss| loss.feature == Feature::Author));
    let line: serde_json::Value = serde_json::from_slice(&files.0[0].1).unwrap();
    let short = |list: &str, n: usize, name: &str| line[list][n][name].as_str().unwrap().to_owned();
    let there = [
        short("entities", 0, "label"),
        short("entities", 1, "label"),
        short("relations", 0, "type"),
    ];
    assert!(
        there.iter().all(|name| name.chars().count() == 100),
        "{there:?}"
    );
    assert!(there[0] != there[1] && there[1] != there[2]);
    let imported = read_back(&Doccano, &files);
    assert_eq!(
        (messages(&imported.skipped), messages(&imported.ignored)),
        Default::default()
    );
    assert_eq!(content(&imported.documents[0].document), expected);
}

#[test]
fn labels_and_pictures_are_named() {
    for (text, words) in [
        (
            r##"[{"id":1,"text":"Dog","prefix_key":null,"suffix_key":"d","background_color":"#fff"}]"##,
            "these are the labels of a project, not its texts",
        ),
        (
            r#"{"id":1,"filename":"a.PNG","label":["cat"]}"#,
            "about a picture, a sound or a film, not a text (it has `filename`, `id`, `label`)",
        ),
        (
            r#"{"id":1,"bbox":[{"x":1,"label":"cat"}]}"#,
            "only projects about texts can be imported",
        ),
        (r#"{"id":1,"label":["x"]}"#, "use that name for the text"),
    ] {
        let input = Input {
            name: "a.jsonl",
            bytes: text.as_bytes(),
            beside: &|_| None,
        };
        let imported = Doccano.read(&input).unwrap();
        assert!(imported.documents.is_empty());
        let told = &imported.problems[0].message;
        assert!(told.contains(words), "{told}");
    }
}

/// doccano fills in what a document lacks with `NaN`, and its database refuses that.
#[test]
fn all_documents_have_the_same_keys() {
    let text = "{\"text\":\"a\",\"label\":[]}\n{\"text\":\"😀 b\",\"label\":[[2,3,\"x\"]]}";
    let (files, _) = written(&Doccano, crate::format::testing::again(read(text)));
    let lines = std::str::from_utf8(&files.0[0].1).unwrap().lines();
    let keys = lines.map(|line| {
        let fields: BTreeMap<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        fields.into_keys().collect::<Vec<_>>().join(" ")
    });
    let keys: Vec<String> = keys.collect();
    let all = "entities name offset_unit pullquote relations text";
    assert_eq!(keys, [all, all]);
}

#[test]
fn a_number_of_zero_is_a_value() {
    let imported = read(
        r#"{"text":"a b","entities":[{"id":1,"label":"x","start_offset":0,"end_offset":1,"prob":0.0,"n":0}]}"#,
    );
    let mut tags = imported.documents[0].document.set().annotations();
    let tag = tags.next().unwrap();
    let said: Vec<_> = tag
        .attributes
        .iter()
        .map(|a| (&*a.name, &*a.value))
        .collect();
    assert_eq!(said, [("n", "0")]);
    assert_eq!(imported.ignored[0].message, "prob");
}
