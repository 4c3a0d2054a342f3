use proptest::prelude::*;

use super::*;
use crate::format::testing::{again, comes_back, document, written, written_with};

proptest! {
    #[test]
    fn documents_come_back_as_they_were(documents in prop::collection::vec(document(), 0..3)) {
        comes_back(&Spacy, documents)?;
    }
}

#[test]
fn tags_that_cut_a_plain_token_are_counted() {
    let text = r#"{"text":"unlikely","spans":[{"start":2,"end":8,"label":"quote"}]}"#;
    let input = Input {
        name: "a.jsonl",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let documents = || again(Spacy.read(&input).unwrap());
    assert_eq!(written(&Spacy, documents()).1, []);
    let (_, losses) = written_with(&Spacy, &[("tokens", "plain")], documents());
    assert_eq!((losses[0].feature, losses[0].count), (Feature::Edges, 1));
}

fn read(text: &str) -> Imported {
    let input = Input {
        name: "in.jsonl",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    Spacy.read(&input).unwrap()
}

/// Each document: its name, annotator, state, tags and links, in one line.
fn summary(imported: &Imported) -> Vec<String> {
    let documents = imported.documents.iter().map(|read| {
        let (document, set) = (&read.document, read.document.set());
        let words = |id: &crate::model::AnnotationId| {
            let tag = set.annotation(id).unwrap();
            document.source().slice(tag.fragments.hull()).to_owned()
        };
        let tags = set.annotations().map(|tag| {
            let review = tag.review.word();
            format!(" {}:{}({review})", tag.label, words(&tag.id))
        });
        let links = set.links().map(|link| match &link.to {
            crate::model::Target::Annotation(to) => {
                format!(" {}-{}->{}", words(&link.from), link.role, words(to))
            }
            _ => panic!("{link:?}"),
        });
        let meta = document.meta();
        let by = meta.annotator.as_deref().unwrap_or("-");
        let tags: String = tags.chain(links).collect();
        format!("{} {by} {:?}{tags}", read.id, meta.state)
    });
    documents.collect()
}

fn skipped(imported: &Imported) -> Vec<&str> {
    imported.skipped.iter().map(|p| &*p.message).collect()
}

fn ignored(imported: &Imported) -> Vec<&str> {
    imported.ignored.iter().map(|p| &*p.message).collect()
}

#[test]
fn records_of_one_source_are_articles_of_their_own() {
    let imported = read(
        r#"{"text":"Ann won","meta":{"source":"Post","pub":"A"},"spans":[{"start":0,"end":3,"label":"p"}]}
{"text":"Bo lost","meta":{"source":"Post"},"spans":[],"_input_hash":4,"_task_hash":5}
{"text":"Bo lost","meta":{"source":"post"},"spans":[{"start":0,"end":2,"label":"p"}]}
{"text":"Bo lost","meta":{"source":"Post"},"spans":[{"start":3,"end":7,"label":"v"}]}
{"text":"Cy ran","meta":{"id":7,"source":"Post"},"spans":null}"#,
    );
    assert_eq!(imported.problems, []);
    let expected = [
        "Post - InProgress p:Ann(unreviewed)",
        "Post-2 - New",
        "post-3 - InProgress p:Bo(unreviewed)",
        "Post-4 - InProgress v:lost(unreviewed)",
        "7 - New",
    ];
    assert_eq!(summary(&imported), expected);
    assert_eq!(
        skipped(&imported),
        [
            "the unknown field `meta.pub` is left out: A",
            "the unknown field `meta.source` is left out: Post"
        ]
    );
    assert_eq!(ignored(&imported), ["_input_hash`, `_task_hash"]);
}

#[test]
fn each_annotator_has_a_document() {
    let imported = read(
        r#"{"text":"Ann won","spans":[{"start":0,"end":3,"label":"p"}],"_session_id":"set-Bo Ng","_annotator_id":"set-Bo Ng"}
{"text":"Ann won","spans":[{"start":4,"end":7,"label":"v"}],"_session_id":"cy@example.org"}
{"text":"Ann won","spans":[{"start":0,"end":7,"label":"s"}],"_session_id":"cy@example.org"}
{"text":"Ann won","spans":[{"start":0,"end":7,"label":"s"}],"_annotator_id":"cy"}"#,
    );
    let expected = [
        "in-1 set-bo-ng InProgress p:Ann(unreviewed)",
        "in-1 cy InProgress v:won(unreviewed)",
        "in-1 cy-2 InProgress s:Ann won(unreviewed)",
        "in-1 cy-3 InProgress s:Ann won(unreviewed)",
    ];
    assert_eq!(summary(&imported), expected);
    let expected = [
        "names of annotators are made of a to z, 0 to 9, _ and -: “set-Bo Ng” is `set-bo-ng` here; \
         “cy@example.org” is `cy` here; “cy” is `cy-3` here",
        "an annotator has one file for each article, so second answers got another name: `cy` on \
         `in-1`, by `cy-2` here",
    ];
    let notes: Vec<&str> = imported.notes.iter().map(|p| &*p.message).collect();
    assert_eq!(notes, expected);
    assert_eq!(skipped(&imported), [""; 0]);
}

#[test]
fn sessions_named_by_the_time_are_no_annotators() {
    let one = |text: &str, session: &str| {
        format!("{{\"text\":\"{text}\",\"answer\":\"accept\",\"_session_id\":\"{session}\"}}\n")
    };
    let first = one("a", "2024-05-31_10-15-00");
    let imported = read(&format!("{first}{}", one("b", "2024-06-01_09-00-00")));
    assert_eq!(summary(&imported), ["in-1 - Done", "in-2 - Done"]);
    assert_eq!(ignored(&imported), ["_session_id"]);
    let imported = read(&format!("{first}{}", one("a", "2024-06-01_09-00-00")));
    assert_eq!(
        summary(&imported),
        [
            "in-1 2024-05-31_10-15-00 Done",
            "in-1 2024-06-01_09-00-00 Done"
        ]
    );
}

#[test]
fn answers_without_spans_are_kept() {
    let imported = read(
        r#"{"text":"a","spans":[],"answer":"accept"}
{"text":"b","spans":null,"tokens":null,"relations":null,"meta":null,"answer":"reject"}
{"text":"c","answer":"reject","label":"TOPIC","accept":["SPORT"],"options":[{"id":"SPORT"}]}
{"text":"d","answer":"ignore","user_input":"too short"}
{"text":"e"}"#,
    );
    assert_eq!(imported.problems, []);
    let states: Vec<_> = imported
        .documents
        .iter()
        .map(|d| d.document.meta().state)
        .collect();
    use crate::model::DocumentState::{Done, New};
    assert_eq!(states, [Done, Done, Done, Done, New]);
    let told = skipped(&imported).join("\n");
    for words in [
        "not say that they were rejected: the answer `reject` (and 1 more)",
        "not say that they were skipped: the answer `ignore`",
        "only tags on words are: `accept` “SPORT”; `label` “TOPIC”",
        "put them on tags: `user_input` “too short”",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn spans_are_where_their_words_are() {
    let imported = read(
        r#"{"text":"Ann said «no» to Bo, Bo and Cy.","answer":"accept","spans":[
{"start":8,"end":12,"text":"«no»","label":"quote"},{"start":0,"end":3,"text":"Ann","label":"p"},
{"start":22,"end":23,"text":"Bo","label":"p"},{"start":90,"end":99,"label":"out"},
{"start":4,"end":4,"label":"empty"},{"start":-1,"end":4,"label":"minus"},{"start":0,"end":1}]}"#,
    );
    assert_eq!(imported.problems, []);
    assert_eq!(
        summary(&imported),
        ["in-1 - InProgress p:Ann(accepted) quote:«no»(accepted)"]
    );
    // Nothing is lost there.
    let found = &imported.notes[0].message;
    let words = "not at their offsets: `quote` “«no»” from 8 to 12";
    assert!(found.contains(words), "{found}");
    let told = skipped(&imported).join("\n");
    for words in [
        "fix their offsets: `p` “Bo” from 22 to 23 (there is “o”)",
        "fix their offsets: `out` from 90 to 99; `empty` from 4 to 4",
        "\"minus\"",
        "without a label are left out",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn offsets_count_what_most_words_show() {
    // The second record counts UTF-16, as its tokens show.
    let imported = read(
        "{\"text\":\"😀 Ann said\",\"spans\":[{\"start\":3,\"end\":6,\"text\":\"Ann\",\"label\":\"p\"},\
         {\"start\":7,\"end\":11,\"label\":\"v\"}]}\n\
         {\"text\":\"😀 Ann said\",\"tokens\":[{\"text\":\"Ann\",\"start\":3,\"end\":6},{\"text\":\
         \"said\",\"start\":7,\"end\":11}],\"spans\":[{\"start\":7,\"end\":11,\"label\":\"v\"}]}",
    );
    let expected = [
        "in-1 - InProgress p:Ann(unreviewed) v:said(unreviewed)",
        "in-2 - InProgress v:said(unreviewed)",
    ];
    assert_eq!(summary(&imported), expected);
}

#[test]
fn relations_end_at_spans_or_words() {
    let imported = read(
        r#"{"text":"Ann Li said no","tokens":[{"text":"Ann","start":0,"end":3,"id":0},
{"text":"Li","start":4,"end":6,"id":1},{"text":"said","start":7,"end":11,"id":2},
{"text":"no","start":12,"end":14,"id":3}],
"spans":[{"start":0,"end":6,"token_start":0,"token_end":1,"label":"speaker"}],
"relations":[{"head":2,"child":1,"label":"by","color":"fff"},{"head":2,"child":0,"label":"near"},
{"head":3,"child":2,"label":"of","head_span":{"start":12,"end":14,"token_start":3,"token_end":3,"label":null},
"child_span":{"start":7,"end":11,"label":null}},
{"head":9,"child":1,"label":"lost"},{"child":1,"label":"half"},{"head":2,"child":3,"label":"says","weight":2,"note":"sure"}],"answer":"accept"}"#
            .replace('\n', " ")
            .as_str(),
    );
    assert_eq!(imported.problems, []);
    assert_eq!(imported.documents.len(), 1);
    let found = &summary(&imported)[0];
    for words in [
        "speaker:Ann Li(accepted)",
        "word:said(accepted)",
        "word:no(accepted)",
        "said-by->Ann Li",
        "said-near->Ann Li",
        "no-of->said",
    ] {
        assert_eq!(found.matches(words).count(), 1, "{words}: {found}");
    }
    let mut links = imported.documents[0].document.set().links();
    let says = links.find(|link| link.role == "says").unwrap();
    assert_eq!((&*says.note, &*says.attributes[0].value), ("sure", "2"));
    let told = skipped(&imported).join("\n");
    let lost = "is at an end: `lost` at the token 9; `half` without an end";
    assert!(told.contains(lost), "{told}");
}

#[test]
fn training_data_is_read() {
    let tuple =
        r#"["Ann met Bo", {"entities": [[0, 3, "P"], [8, 10, "P", "Q42"]], "cats": {"A": 1.0}}]"#;
    let other = r#"["Cy", {"entities": [{"start": 0, "end": 2, "label": "P"}]}]"#;
    for text in [
        format!("{tuple}\n{other}\n"),
        format!("[{tuple},\n{other}]"),
        format!("{{\"classes\":[\"P\"],\"annotations\":[{tuple},\n{other}, null]}}"),
    ] {
        let imported = read(&text);
        assert_eq!(imported.problems, []);
        let found: Vec<_> = summary(&imported)
            .iter()
            .map(|s| s[5..].to_owned())
            .collect();
        let expected = [
            "- InProgress P:Ann(unreviewed) P:Bo(unreviewed)",
            "- InProgress P:Cy(unreviewed)",
        ];
        assert_eq!(found, expected);
        let ids: Vec<_> = imported.documents.iter().map(|d| &*d.id).collect();
        assert_eq!(ids, ["in-1", "in-2"]);
        let told = "labels of whole texts are not imported; only tags on words are: `cats` “A 1.0”";
        assert!(skipped(&imported)[0] == told, "{:?}", imported.skipped);
    }
}

#[test]
fn what_is_no_record_is_told_by_its_shape() {
    for (text, words) in [
        ("TRAIN_DATA = [(\"a\", {})]", "Python code"),
        ("{\"text\":\"a\"", "ends in the middle"),
        ("{\"text\":\"a\",}", "not JSON from column"),
        ("{\"image\":\"a.png\"}", "an image"),
        ("[{\"id\":1,\"paragraphs\":[]}]", "spacy convert"),
        ("[\"a\", 3]", "not a record"),
        (
            "[\"a\", {\"entities\": [\"U-P\", \"O\"]}]",
            "labels each token (such as `U-P`)",
        ),
        ("{\"text\":\"a\",\"label\":[[0,1,\"P\"]]}", "--from doccano"),
        ("7", "`7` is not a record"),
    ] {
        let imported = read(text);
        assert_eq!(imported.problems.len(), 1, "{text} {imported:?}");
        let message = &imported.problems[0].message;
        assert!(message.contains(words), "{text}: {message}");
    }
}

#[test]
fn what_pullquote_noted_is_told_of_spans_that_are_left_out() {
    let imported = read(
        r#"{"text":"ab c","spans":[{"start":9,"end":12,"label":"quote","pullquote":{"by":
        "annotator:ann","verdict":"open","review":"accepted","person":"p1","note":"why",
        "attributes":[{"key":"form","value":"direct"}]}}]}"#,
    );
    assert_eq!(
        skipped(&imported),
        [
            "spans that are empty or outside the text are left out; fix their offsets: `quote` from \
             9 to 12, form: “direct”, note: “why”, by: “annotator:ann”, person: “p1”, verdict: \
             “open”, review: “accepted”"
        ]
    );
    let parted = read(r#"{"text":"a b c","spans":[{"start":0,"end":3,"label":"q","text":"ab"}]}"#);
    let notes: Vec<&str> = parted.notes.iter().map(|p| &*p.message).collect();
    assert_eq!(
        notes,
        [
            "the text has other blanks or marks in the words of these tags: `q` “ab” from 0 to 3 \
             (there is “a b”)"
        ]
    );
}

#[test]
fn each_version_of_a_review_is_a_document() {
    let imported = read(
        r#"{"text":"Ann won","meta":{"id":"a"},"spans":[{"start":0,"end":3,"label":"p"}],"answer":"accept",
"view_id":"review","sessions":["bo","cy","di"],"versions":[
{"spans":[{"start":0,"end":3,"label":"p"}],"answer":"accept","sessions":["bo","cy"],"default":true},
{"text":"Ann won","spans":[{"start":0,"end":7,"label":"p"}],"answer":"reject","sessions":["di"]},
{"text":"Ann won","spans":[{"start":4,"end":7,"label":"v"}]}, 7]}"#
            .replace('\n', " ")
            .as_str(),
    );
    assert_eq!(imported.problems, []);
    let expected = [
        "a - InProgress p:Ann(accepted)",
        "a bo InProgress p:Ann(accepted)",
        "a cy InProgress p:Ann(accepted)",
        "a di InProgress p:Ann won(rejected)",
        "a version-3 InProgress v:won(unreviewed)",
    ];
    assert_eq!(summary(&imported), expected);
    assert_eq!(
        ignored(&imported),
        ["sessions`, `versions.default`, `view_id"]
    );
    let expected = ["versions of a text that are no records are left out: 7"];
    assert_eq!(skipped(&imported), expected);
    // Times tell the versions from the outcome.
    let imported = read(
        r#"{"text":"Ann won","answer":"accept","versions":[{"spans":[{"start":0,"end":3,"label":"p"}],"sessions":["2024-05-31_10-15-00"]}]}"#,
    );
    let expected = [
        "in-1 - Done",
        "in-1 2024-05-31_10-15-00 InProgress p:Ann(unreviewed)",
    ];
    assert_eq!(summary(&imported), expected);
}

#[test]
fn what_an_analysis_says_is_told_with_its_words() {
    let imported = read(
        r#"{"text":"Ann ran","ents":[{"start":0,"end":3,"label":"p"}],"sents":[{"start":0,"end":7}],
"tokens":[{"id":0,"start":0,"end":3,"text":"Ann","pos":"PROPN","morph":""},{"id":1,"start":4,"end":7,"lemma":"run"}],
"arcs":[{"head":1,"child":0,"label":"nsubj"}],"_":{"who":"Ann","none":null},
"underscore_span":{"by":[{"start":0,"end":3,"value":"Bo"},{"start":4,"end":7,"value":true}]}}"#
            .replace('\n', " ")
            .as_str(),
    );
    assert_eq!(summary(&imported), ["in-1 - InProgress p:Ann(unreviewed)"]);
    let tag = imported.documents[0].document.set().annotations().next();
    let attribute = &tag.unwrap().attributes[0];
    assert_eq!((&*attribute.name, &*attribute.value), ("by", "Bo"));
    let told = skipped(&imported).join("\n");
    for words in [
        "the token “Ann” (pos PROPN); the token 1 at 4 to 7 (lemma run); the sentence \
         {\"end\":7,\"start\":0}; the arc `nsubj` from 1 at 4 to 7 to “Ann”",
        "are not imported: `by`: {\"end\":7,\"start\":4,\"value\":true}; `who`: Ann",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(imported.skipped.len(), 2);
}

#[test]
fn spans_of_tokens_are_where_their_tokens_are() {
    let imported = read(
        r#"{"text":"Ann Li ran","tokens":[{"id":0,"start":0,"end":3},{"id":1,"start":4,"end":6}],"spans":[{"token_start":0,"token_end":1,"label":"p"},{"token_start":1,"token_end":7,"label":"q"}]}"#,
    );
    let expected = ["in-1 - InProgress p:Ann Li(unreviewed)"];
    assert_eq!(summary(&imported), expected);
    assert!(skipped(&imported)[0].contains("\"token_end\":7"));
}

#[test]
fn ends_that_are_last_characters_are_noticed_in_all_spans_of_a_file() {
    let tokens =
        r#"[{"text":"Ann","start":0,"end":3,"id":0},{"text":"said","start":4,"end":8,"id":1},
        {"text":"I","start":9,"end":10,"id":2}]"#
            .replace('\n', "");
    let with_tokens = |ends: [u32; 3]| {
        let [a, b, c] = ends;
        format!(
            r#"{{"text":"Ann said I","tokens":{tokens},"spans":[
            {{"start":0,"end":{a},"token_start":0,"token_end":0,"label":"x"}},
            {{"start":4,"end":{b},"token_start":1,"token_end":1,"label":"y"}},
            {{"start":9,"end":{c},"token_start":2,"token_end":2,"label":"z"}}],"relations":[
            {{"head":2,"child":1,"label":"of","head_span":{{"start":9,"end":{c}}},
            "child_span":{{"start":4,"end":{b}}}}}]}}"#
        )
    };
    let expected =
        ["in-1 - InProgress x:Ann(unreviewed) y:said(unreviewed) z:I(unreviewed) I-of->said"];
    let inclusive = read(&with_tokens([2, 7, 9]));
    assert_eq!(summary(&inclusive), expected);
    assert!(
        inclusive.notes[0].message.contains("ends of 3 spans"),
        "{:?}",
        inclusive.notes
    );
    let exclusive = read(&with_tokens([3, 8, 10]));
    assert_eq!(summary(&exclusive), expected);
    assert_eq!(exclusive.notes, []);
    // An odd one out.
    let odd = read(&format!(
        "[{},{}]",
        with_tokens([2, 7, 9]),
        with_tokens([2, 8, 9])
    ));
    for read in summary(&odd) {
        assert!(read.contains("x:Ann(unreviewed) y:said(unreviewed) z:I(unreviewed)"));
    }
    let notes: Vec<&str> = odd.notes.iter().map(|p| &*p.message).collect();
    assert!(
        notes.contains(
            &"ends that are behind the last characters, unlike the others, were read as they are: `y` \
              from 4 to 8"
        ),
        "{notes:?}"
    );
}

#[test]
fn records_on_one_line_are_told_by_their_number() {
    let text =
        r#"[{"text":"Ann"},{"text":"Bo","spans":[{"start":0,"end":9,"label":"x"}]},{"text":7}]"#;
    let input = Input {
        name: "a.json",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let imported = Spacy.read(&input).unwrap();
    let told = |list: &[crate::format::RecordProblem]| {
        let messages: Vec<&str> = list.iter().map(|problem| &*problem.message).collect();
        messages.join("\n")
    };
    let skipped = told(&imported.skipped);
    assert!(skipped.contains("`x` from 0 to 9 (record 2)"), "{skipped}");
    let problems = told(&imported.problems);
    assert!(problems.starts_with("record 3: "), "{problems}");
}

#[test]
fn spans_are_on_the_words_of_their_tokens() {
    let text = r#"{"text":"Ann  left","tokens":[{"text":"Ann","start":0,"end":3,"id":0},{"text":"left","start":4,"end":8,"id":1}],"spans":[{"start":0,"end":3,"label":"P"},{"start":4,"end":8,"label":"V"}]}"#;
    let input = Input {
        name: "a.jsonl",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let imported = Spacy.read(&input).unwrap();
    let document = &imported.documents[0].document;
    let words = document.set().annotations();
    let words = words.map(|tag| document.source().slice(tag.fragments.hull()));
    assert_eq!(words.collect::<Vec<_>>(), ["Ann", "left"]);
    let told: Vec<&str> = imported.notes.iter().map(|p| &*p.message).collect();
    assert!(
        told.iter()
            .any(|told| told.contains("`V` “left” from 4 to 8")),
        "{told:?}"
    );
}
