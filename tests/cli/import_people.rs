//! Whose work is whose when it is imported.

use crate::support::TestCorpus;

fn sidecars(corpus: &TestCorpus, folder: &str) -> Vec<String> {
    let names = corpus.names().into_iter();
    names
        .filter(|name| name.starts_with(folder) && name.ends_with(".ron"))
        .filter(|name| !name.contains("/.pullquote/"))
        .collect()
}

fn text_of(corpus: &TestCorpus, name: &str) -> String {
    let mut files = corpus.files().into_iter();
    let (_, bytes) = files.find(|(found, _)| found == name).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn people_and_their_tries_have_sidecars_of_their_own_in_native_lines() {
    let row = |annotator: &str, label: &str| {
        format!(
            r#"{{"id":"a.txt","text":"He said so.","annotator":"{annotator}","spans":[{{"id":"q","label":"{label}","start":0,"end":2}}]}}"#
        )
    };
    let rows = [
        row("ann@x.org", "quote"),
        row("ann@y.org", "quote"),
        row("bo", "quote"),
        row("bo", "claim"),
        row("bo", "claim"),
    ];
    let corpus = TestCorpus::new().file("in.jsonl", rows.join("\n"));
    let ran = corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "x"]);
    assert_eq!(ran.status, Some(0), "{ran}");
    let expected = ["ann-2", "ann", "bo-2", "bo"].map(|name| format!("x/a.txt.{name}.ron"));
    assert_eq!(sidecars(&corpus, "x/"), expected);
    assert!(text_of(&corpus, "x/a.txt.ann-2.ron").contains("\"ann@y.org\""));
    let shown = ran.to_string();
    for told in [
        "“ann@y.org” is `ann-2` here",
        "this time it is by `bo-2` here",
        "the same both times",
    ] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    // The same again.
    let ran = corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "x"]);
    assert!(
        ran.to_string().contains("wrote 0 articles and 0 sidecars"),
        "{ran}"
    );
}

#[test]
fn the_name_in_the_file_is_kept_with_the_tags() {
    let csv = "doc,kind,start,end,annotator\na.txt,quote,0,2,Ann Lee\n";
    let prodigy = r#"{"text":"He said so.","spans":[{"start":0,"end":2,"label":"quote"}],"_annotator_id":"set-Ann Lee"}"#;
    let doccano = r#"{"id":1,"text":"He said so.","annotations":[{"label":"quote","start_offset":0,"end_offset":2,"user":"Ann Lee"}]}"#;
    for (format, file, content, name) in [
        ("csv", "t.csv", csv, "x/a.txt.ann-lee.ron"),
        ("spacy", "p.jsonl", prodigy, "x/p-1.txt.set-ann-lee.ron"),
        (
            "doccano",
            "d.jsonl",
            doccano,
            "x/document-1.txt.ann-lee.ron",
        ),
    ] {
        let corpus = TestCorpus::new()
            .file("a.txt", "He said so.")
            .file(file, content);
        let ran = corpus.run(["import", file, "--from", format, "--into", "x"]);
        assert_eq!(sidecars(&corpus, "x/"), [name], "{ran}");
        assert!(text_of(&corpus, name).contains("Ann Lee"), "{format}");
    }
}

#[test]
fn people_whose_names_differ_in_case_only_are_two() {
    let task = r#"[{"id":1,"data":{"text":"He said so."},"annotations":[
        {"completed_by":"Ann","result":[{"type":"labels","from_name":"l","to_name":"text","value":{"start":0,"end":2,"text":"He","labels":["quote"]}}]},
        {"completed_by":"ann","result":[{"type":"labels","from_name":"l","to_name":"text","value":{"start":3,"end":7,"text":"said","labels":["quote"]}}]}]}]"#;
    let corpus = TestCorpus::new().file("t.json", task);
    let ran = corpus.run(["import", "t.json", "--from", "labelstudio", "--into", "x"]);
    assert_eq!(
        sidecars(&corpus, "x/"),
        ["x/task-1.txt.ann-2.ron", "x/task-1.txt.ann.ron"],
        "{ran}"
    );
    assert!(!ran.to_string().contains("more than once"), "{ran}");
}

#[test]
fn words_are_proof_for_tokens_and_regions() {
    let prodigy = r#"{"text":"He said so.","tokens":[{"text":"He","start":0,"end":2,"id":0},{"text":"sang","start":3,"end":7,"id":1}],"spans":[{"start":0,"end":2,"label":"quote"}],"answer":"accept"}"#;
    let long = "x ".repeat(200);
    let region = |id: u32, start: usize, words: &str| {
        let end = start + words.len();
        format!(
            r#"{{"id":"{id}","type":"labels","from_name":"l","to_name":"text","value":{{"start":{start},"end":{end},"text":"{words}","labels":["quote"]}}}}"#
        )
    };
    let regions = [
        region(1, 0, "He"),
        region(2, 6, "said"),
        region(3, 9000, "so"),
    ]
    .join(",");
    let task = format!(
        r#"[{{"id":1,"data":{{"text":"He said so. {long}"}},"annotations":[{{"completed_by":{{"id":1,"email":"a@x.org","first_name":"Ann","last_name":"Lee"}},"result":[{regions}]}}]}}]"#
    );
    let corpus = TestCorpus::new()
        .file("p.jsonl", prodigy)
        .file("t.json", task);
    let ran = corpus.run(["import", "p.jsonl", "--from", "spacy", "--into", "x"]);
    assert!(
        ran.to_string().contains("“sang” (the text has “said”)"),
        "{ran}"
    );
    let ran = corpus.run(["import", "t.json", "--from", "labelstudio", "--into", "y"]);
    let shown = ran.to_string();
    assert_eq!(ran.status, Some(1), "{ran}");
    assert!(shown.contains("“said” from 6 to 3 (task 1)"), "{ran}");
    assert!(shown.contains("far away or not at all"), "{ran}");
    assert!(shown.contains("Ann Lee"), "{ran}");
}

#[test]
fn heads_of_tables_are_known_in_several_languages() {
    for head in [
        "fichier,début,fin,étiquette",
        "Source File,Beginning,Ending,Label",
        "title,start,end,label",
        "archivo,inicio,fin,etiqueta",
        "bestand,begin,einde,categorie",
        "documento,inizio,fine,etichetta",
    ] {
        let corpus = TestCorpus::new()
            .file("a.txt", "He said so.")
            .file("t.csv", format!("{head}\na.txt,0,2,quote\n"));
        let ran = corpus.run(["import", "t.csv", "--from", "csv", "--into", "x"]);
        assert_eq!(ran.status, Some(0), "{head}: {ran}");
        assert_eq!(sidecars(&corpus, "x/"), ["x/a.txt.ron"], "{head}");
    }
}
