//! Documents that meet in one import.

use insta::assert_snapshot;

use crate::support::{TestCorpus, show};

#[test]
fn documents_whose_file_names_meet_get_numbers() {
    let rows = [
        r#"{"id":"A.txt","text":"one"}"#,
        r#"{"id":"a.txt","text":"one"}"#,
        r#"{"id":"b","text":"one"}"#,
        r#"{"id":"b","text":"two"}"#,
        r#"{"id":"b","text":"two","annotator":"ann","state":"done"}"#,
        r#"{"id":"b.txt/c","text":"one"}"#,
    ];
    let corpus = TestCorpus::new().file("in.jsonl", rows.join("\n"));
    let import = || corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "x"]);
    assert_snapshot!(import(), @r"
    status 0
    --- stderr
    in.jsonl:2:1: the document `a.txt`: another document has its file name, so it is `a-2.txt` here
    in.jsonl:4:1: the document `b`: another document has its file name, so it is `b-2.txt` here
    in.jsonl:6:1: the document `b.txt/c`: an article has the name of its folder, so it is `b.txt-2/c.txt` here
    6 documents read: wrote 5 articles and 1 sidecar, 0 already there
    ");
    let seen = corpus.names();
    let seen = seen.iter().filter(|name| !name.contains("/.pullquote/"));
    assert_eq!(
        seen.collect::<Vec<_>>(),
        [
            "in.jsonl",
            "x/A.txt",
            "x/a-2.txt",
            "x/b-2.txt",
            "x/b-2.txt.ann.ron",
            "x/b.txt",
            "x/b.txt-2/c.txt",
        ]
    );
    let again = import();
    assert_eq!(again.status, Some(0), "{again}");
    assert!(
        again
            .stderr
            .contains("wrote 0 articles and 0 sidecars, 6 already there"),
        "{again}"
    );
}

/// One annotation a file is what W3C recommends.
#[test]
fn annotations_in_files_of_their_own_are_one_work() {
    let file = |label: &str, words: &str, start: u32| {
        let end = start + u32::try_from(words.len()).unwrap();
        format!(
            r#"{{"@context":"http://www.w3.org/ns/anno.jsonld","id":"1","type":"Annotation",
            "body":{{"type":"TextualBody","value":"{label}","purpose":"tagging"}},"target":{{"source":"a.txt",
            "selector":[{{"type":"TextQuoteSelector","exact":"{words}"}},
            {{"type":"TextPositionSelector","start":{start},"end":{end}}}]}}}}"#
        )
    };
    let corpus = TestCorpus::new()
        .file("in/a.txt", "Ann said no.")
        .file("in/1.jsonld", file("speaker", "Ann", 0))
        .file("in/2.jsonld", file("quote", "no", 9))
        .file("in/3.jsonl", file("cue", "said", 4).replace('\n', " "));
    let ran = corpus.run(["import", "in", "--into", "x"]);
    assert_eq!(ran.status, Some(0), "{ran}");
    let shown = show(&corpus.document("x/a.txt", ""));
    assert!(
        shown.contains(":speaker>Ann<")
            && shown.contains(":quote>no<")
            && shown.contains(":cue>said<"),
        "{shown}"
    );
}

#[test]
fn files_of_several_people_have_their_names() {
    let row = |start: u32, end: u32| {
        format!(r#"{{"id":1,"text":"Ann said no.","label":[[{start},{end},"quote"]]}}"#)
    };
    let corpus = TestCorpus::new()
        .file("in/ann.jsonl", row(9, 11))
        .file("in/Bo Ng.jsonl", row(0, 3));
    let import = ["import", "in", "--from", "doccano", "--into"];
    let ran = corpus.run(import.into_iter().chain(["x"]));
    assert_eq!(ran.status, Some(0), "{ran}");
    let ran = corpus.run(import.into_iter().chain(["y", "--as", "zed"]));
    assert_eq!(ran.status, Some(0), "{ran}");
    let sidecars = corpus.names();
    let sidecars = sidecars.iter().filter(|name| name.ends_with(".ron"));
    assert_eq!(
        sidecars.collect::<Vec<_>>(),
        [
            "x/document-1.txt.ann.ron",
            "x/document-1.txt.bo-ng.ron",
            "y/document-1.txt.zed-2.ron",
            "y/document-1.txt.zed.ron",
        ]
    );
}

#[test]
fn files_that_hold_nothing_are_told() {
    let w3c = r#""@context":"http://www.w3.org/ns/anno.jsonld""#;
    let page = format!(r#"{{{w3c},"type":"AnnotationPage","items":[]}}"#);
    let collection = format!(r#"{{{w3c},"type":"AnnotationCollection"}}"#);
    for (format, text) in [
        ("w3c", "[]"),
        ("w3c", "[[]]"),
        ("w3c", r#"{"items":[]}"#),
        ("w3c", &page),
        ("w3c", &collection),
        ("spacy", "null"),
        ("spacy", "[]"),
        ("labelstudio", "[]"),
        ("doccano", "[]"),
    ] {
        let corpus = TestCorpus::new().file("in.json", text);
        let ran = corpus.run(["import", "in.json", "--from", format, "--into", "x"]);
        assert_eq!(ran.status, Some(2), "{format} {text}: {ran}");
        let words = "there is no text and no annotation in it";
        assert!(ran.stdout.contains(words), "{format} {text}: {ran}");
    }
    // Beside others it changes nothing.
    let corpus = TestCorpus::new()
        .file("in/a.jsonl", r#"{"text":"Ann.","label":[[0,3,"speaker"]]}"#)
        .file("in/b.jsonl", "[]")
        .file("in/c.jsonl", "");
    let ran = corpus.run(["import", "in", "--from", "doccano", "--into", "x"]);
    assert_eq!(ran.status, Some(0), "{ran}");
    assert!(
        ran.stderr.contains("in/b.jsonl:1:1: there is no text")
            && ran.stderr.contains("in/c.jsonl:1:1: this file is empty"),
        "{ran}"
    );
    // Files that are read with others are no such files, unless they are alone.
    let corpus = corpus
        .file("bio/x.txt", "Ann.")
        .file("bio/x.a1", "T1\tspeaker 0 3\tAnn\n")
        .file("bio/x.a2", "");
    let ran = corpus.run(["import", "bio", "--from", "brat", "--into", "z"]);
    assert!(!ran.stderr.contains("x.a2"), "{ran}");
    let ran = corpus.run(["import", "bio/x.a2", "--from", "brat", "--into", "z"]);
    assert_eq!(ran.status, Some(2), "{ran}");
    assert!(ran.stdout.contains("together with `x.a1`"), "{ran}");
    // A file of another kind is left out.
    let corpus = corpus.file("in/d.jsonl", "%PDF-1.7");
    let ran = corpus.run(["import", "in", "--from", "doccano", "--into", "y"]);
    assert_eq!(ran.status, Some(1), "{ran}");
    assert!(
        ran.stderr.contains("in/d.jsonl:1:1: this is a PDF"),
        "{ran}"
    );
}

#[test]
fn files_that_others_name_are_no_imports_of_their_own() {
    let store = r#"{"@type":"AnnotationStore","@id":"s","resources":[{"@id":"x.txt","text":"He left."}],"annotationsets":[{"@include":"set.json"}],"annotations":[{"@id":"a","target":{"@type":"TextSelector","resource":"x.txt","offset":{"begin":{"@type":"BeginAlignedCursor","value":0},"end":{"@type":"BeginAlignedCursor","value":2}}},"data":[{"set":"m","@id":"d"}]}]}"#;
    let set = r#"{"@type":"AnnotationDataSet","@id":"m","keys":[{"@id":"label"}],"data":[{"@id":"d","key":"label","value":{"@type":"String","value":"quote"}}]}"#;
    let corpus = TestCorpus::new()
        .file("in/a.stam.json", store)
        .file("in/set.json", set)
        .file("brat/x.txt", "He left.")
        .file("brat/x.ann", "T1\tquote 0 2\tHe\n")
        .file("brat/visual.conf", "[labels]\n");
    let ran = corpus.run(["import", "in", "--from", "stam", "--into", "one"]);
    assert_eq!(ran.status, Some(0), "{ran}");
    assert!(
        ran.to_string().contains("wrote 1 article and 1 sidecar"),
        "{ran}"
    );
    let files = ["brat/visual.conf", "brat/x.ann", "brat/x.txt"];
    let import = ["import", "--from", "brat", "--into", "two"];
    let ran = corpus.run(import.into_iter().chain(files));
    assert_eq!(ran.status, Some(0), "{ran}");
    assert!(
        ran.to_string().contains("wrote 1 article and 1 sidecar"),
        "{ran}"
    );
}

/// A file of whose tags none can be used is a failure, said first, and the others wait with it.
#[test]
fn nothing_is_imported_where_a_file_has_lost_all_of_its_tags() {
    let corpus = TestCorpus::new()
        .file("out/a.txt", "Yes. No.")
        .file("out/a.ann", "T1\tquote 0 4\tYes.\n")
        .file("out/b.txt", "Yes. No.")
        .file("out/b.ann", "T1\tquote 0 4\tgone\nT2\tquote 5 8\tlost\n");
    let all = corpus.run(["import", "out", "--from", "brat", "--into", "z"]);
    assert_eq!(all.status, Some(2), "{all}");
    let first = "out/b.ann:1:1: none of the file's tags can be used (2 tags)";
    assert!(all.stdout.starts_with(first), "{all}");
    assert!(!corpus.path("z").exists());
    // So is an article that is missing beside a row that is set aside.
    let rows = "doc,kind,start,end,text\nm.txt,quote,0,3,yes\nout/a.txt,quote,0,99,no\n";
    let corpus = corpus.file("in.csv", rows);
    let table = corpus.run(["import", "in.csv", "--into", "t"]);
    assert_eq!(table.status, Some(2), "{table}");
    assert!(table.stdout.contains("`m.txt` is neither"), "{table}");
    assert!(!corpus.path("t").exists());
}
