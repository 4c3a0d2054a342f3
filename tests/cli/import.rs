use insta::assert_snapshot;

use crate::support::{TestCorpus, cut_short_import, show};

const ROW: &str = r#"{"id":"news/a","text":"“Hé 😀,” Anna said.","spans":[{"id":"q","label":"quote","start":0,"end":7,"by":"maria"},{"id":"s","label":"speaker","start":8,"end":12}],"links":[{"from":"q","to":"s","role":"speaker"}]}"#;

#[test]
fn an_export_comes_back_byte_for_byte() {
    let corpus = TestCorpus::new()
        .tagged(
            "one/sub/a.txt",
            "maria",
            "<q1:quote>“Hé 😀,”</q1>\r\n<s1:speaker>Anna</s1> <q1>“go.”</q1> <q2:quote>No.</q2>\n---\n\
             p1 = Anna Berg\nq1 form=direct\nq1 note=look\ns1 is p1\ns1 verdict=open\nq2 review=rejected\n\
             q1 -speaker-> s1\nq2 -speaker-> @p1 ?",
        )
        .tagged("one/sub/a.txt", "", "<q1:quote>“Hé 😀,”</q1>\r\nAnna “go.” No.")
        .tagged("one/b.md", "", "<q1:quote>Yes.</q1>\n---\nq1 -speaker-> nobody")
        .file("one/c.txt", "Nobody has begun.");
    let export = corpus.run(["export", "one", "--to", "jsonl", "--all", "-o", "all.jsonl"]);
    assert_eq!(export.status, Some(0), "{export}");
    let import = ["import", "all.jsonl", "--from", "jsonl", "--into", "two"];
    assert_snapshot!(corpus.run(import), @r#"
status 0
--- stderr
4 documents read: wrote 3 articles and 3 sidecars, 0 already there
"#);
    let below = |folder: &str| {
        let files = corpus.files().into_iter();
        files
            .filter_map(|(name, bytes)| Some((name.strip_prefix(folder)?.to_owned(), bytes)))
            .filter(|(name, _)| !name.contains(".pullquote"))
            .collect::<Vec<_>>()
    };
    assert_eq!(below("one/"), below("two/"));
    let before = corpus.files();
    assert_snapshot!(corpus.run(import), @r#"
status 0
--- stderr
4 documents read: wrote 0 articles and 0 sidecars, 4 already there
"#);
    assert_eq!(corpus.files(), before);
}

#[test]
fn the_work_becomes_whose_one_says() {
    let corpus = TestCorpus::new().file("in.jsonl", format!("{ROW}\n"));
    let import = [
        "import", "in.jsonl", "--from", "jsonl", "--into", "x", "--as", "tom",
    ];
    assert_snapshot!(corpus.run(import), @r#"
status 0
--- stderr
1 document read: wrote 1 article and 1 sidecar, 0 already there
"#);
    // And, out of sight, the text that was annotated, and how git is to treat it.
    let (hidden, seen): (Vec<_>, Vec<_>) = corpus
        .names()
        .into_iter()
        .partition(|name| name.contains("/.pullquote/"));
    assert_eq!(seen, ["in.jsonl", "x/news/a.txt", "x/news/a.txt.tom.ron"]);
    assert_eq!(hidden.len(), 2);
    assert_snapshot!(show(&corpus.document("x/news/a.txt", "tom")), @r#"
<q:quote>“Hé 😀,”</q> <s:speaker>Anna</s> said.
---
q -speaker-> s
"#);
    assert_eq!(corpus.run(["check", "x"]).status, Some(0));
}

#[test]
fn standard_input_is_read_and_the_report_is_json_where_asked() {
    let corpus = TestCorpus::new();
    let import = ["import", "-", "--from", "jsonl", "--into", "x", "--json"];
    assert_snapshot!(corpus.run_with(ROW, import), @r#"
    status 0
    --- stdout
    {"documents":1,"articles":["x/news/a.txt"],"sidecars":["x/news/a.txt.ron"],"facts":[],"replaced":[],"kept":[],"found":[],"found_more":0,"finished":0,"unchanged":0,"labels":{"quote":1,"speaker":1},"unknown_labels":[],"skipped":[],"ignored":[],"problems":[]}
    "#);
}

#[test]
fn one_bad_document_stops_all() {
    let bad = ROW
        .replace("\"end\":7", "\"end\":70")
        .replace("news/a", "news/b");
    let corpus = TestCorpus::new().file("in.jsonl", format!("{ROW}\n{bad}\nno json\n"));
    assert_snapshot!(corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "x"]), @"
    status 2
    --- stdout
    in.jsonl:3:1: this line is not JSON; JSON Lines has one article on each line, between { and }
    --- stderr
    in.jsonl:2:1: links from or to what is not in the document are left out: there is no tag `q` (`speaker` from `q` to `s`)
    in.jsonl:2:1: tags that cannot be read are left out: the span `q`: 70 is outside the text, which has 18 characters (`quote`, by: “maria”)
    nothing was imported: 1 problem
    ");
    assert_eq!(corpus.names(), ["in.jsonl"]);
}

#[test]
fn what_is_there_is_never_written_over() {
    let corpus = TestCorpus::new()
        .tagged("x/news/a.txt", "", "“Hé 😀,” Anna <q1:quote>said.</q1>")
        .file("y/news/a.txt", "Another text.")
        .file("in.jsonl", ROW);
    let before = corpus.files();
    assert_snapshot!(corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "x"]), @r#"
status 2
--- stdout
in.jsonl:1:1: the document `news/a`: x/news/a.txt.ron exists with other contents, and imports do not merge; import with another --as NAME, or into another folder
--- stderr
nothing was imported: 1 problem
"#);
    assert_snapshot!(corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "y"]), @r#"
status 2
--- stdout
in.jsonl:1:1: the document `news/a`: y/news/a.txt exists with another text; import into another folder
--- stderr
nothing was imported: 1 problem
"#);
    assert_eq!(corpus.files(), before);
    let beside = [
        "import", "in.jsonl", "--from", "jsonl", "--into", "x", "--as", "tom",
    ];
    assert_eq!(corpus.run(beside).status, Some(0));
}

#[test]
fn work_that_cannot_be_told_apart_is_refused() {
    let rows = [
        r#"{"id":"c","text":"one"}"#,
        r#"{"id":"c","text":"one","state":"done"}"#,
        r#"{"id":"d","text":""}"#,
    ];
    let corpus = TestCorpus::new().file("in.jsonl", rows.join("\n"));
    assert_snapshot!(corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "x"]), @r#"
status 2
--- stdout
in.jsonl:2:1: the document `c`: it is there twice with different tags, and neither time it names its annotator; name them with --as NAME
--- stderr
in.jsonl:3:1: the document `d`: its text is empty, so it is left out
nothing was imported: 1 problem
"#);
    assert_eq!(corpus.names(), ["in.jsonl"]);
    let named = [
        "import", "in.jsonl", "--from", "jsonl", "--into", "x", "--as", "ann",
    ];
    assert_eq!(corpus.run(named).status, Some(1));
    let there = corpus.names();
    assert!(there.contains(&"x/c.txt.ann-2.ron".to_owned()), "{there:?}");
}

#[test]
fn an_empty_text_does_not_keep_the_others_out() {
    let rows = [
        r#"{"id":"a.txt","text":""}"#,
        r#"{"id":"b.txt","text":"one"}"#,
    ];
    let corpus = TestCorpus::new()
        .file("in.jsonl", rows.join("\n"))
        .file("empty.jsonl", rows[0]);
    let run = |file| corpus.run(["import", file, "--from", "jsonl", "--into", "x"]);
    assert_eq!(run("in.jsonl").status, Some(1));
    assert_eq!(corpus.names(), ["empty.jsonl", "in.jsonl", "x/b.txt"]);
    assert_eq!(run("empty.jsonl").status, Some(2));
}

#[test]
fn names_that_lead_elsewhere_stay_in_the_folder() {
    let rows = [
        r#"{"id":"../../up.txt","text":"one"}"#,
        r#"{"id":"/etc/x","text":"one"}"#,
    ];
    let corpus = TestCorpus::new().file("in.jsonl", rows.join("\n"));
    let ran = corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "x"]);
    assert_eq!(ran.status, Some(0), "{ran}");
    assert_eq!(
        corpus.names(),
        ["in.jsonl", "x/__/__/up.txt", "x/etc/x.txt"]
    );
}

#[test]
fn what_could_not_be_opened_again_is_not_imported() {
    let zeros = "\\u0000".repeat(20);
    let corpus = TestCorpus::new().file(
        "in.jsonl",
        format!("{{\"id\":\"a.txt\",\"text\":\"{zeros}\"}}\n"),
    );
    assert_snapshot!(corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "x"]), @r"
    status 2
    --- stdout
    in.jsonl:1:1: the document `a.txt`: its text is full of control characters; remove it
    --- stderr
    nothing was imported: 1 problem
    ");
    assert_eq!(corpus.names(), ["in.jsonl"]);
}

#[test]
fn what_is_left_out_is_in_the_exit_code_and_strict_writes_nothing() {
    let ann = "T1\tquote 0 4\tYes.\nT2\tquote 90 94\tgone\n#1\tAnnotatorNotes T9\tabout nothing\n";
    let corpus = TestCorpus::new()
        .file("in/a.txt", "Yes. No.")
        .file("in/a.ann", ann);
    let import = |more: &[&str]| {
        let args = ["import", "in/a.ann", "--from", "brat", "--into", "x"];
        corpus.run(args.into_iter().chain(more.iter().copied()))
    };
    let strict = import(&["--strict"]);
    assert_eq!(strict.status, Some(1), "{strict}");
    assert!(strict.stderr.contains("nothing was imported"), "{strict}");
    assert!(!corpus.path("x").exists());
    let told = import(&[]);
    assert_eq!(told.status, Some(1), "{told}");
    assert!(
        told.stderr.contains("about nothing") || told.stderr.contains("T9"),
        "{told}"
    );
    assert!(corpus.path("x/a.txt.ron").exists());
    // Nothing can be read.
    let broken = corpus.file("broken.jsonl", "{\"id\":\"a\"}\n");
    let broken = broken.run(["import", "broken.jsonl", "--from", "jsonl", "--into", "y"]);
    assert_eq!(broken.status, Some(2), "{broken}");
}

/// A name in a file is never followed out of the folder that was given.
#[cfg(unix)]
#[test]
fn texts_that_a_file_names_are_read_below_its_folder_only() {
    let head = "doc,id,kind,start,end,text\n";
    let corpus = TestCorpus::new()
        .file("secret.txt", "The key is here.")
        .file(
            "in/up.csv",
            format!("{head}../secret.txt,q,quote,0,3,The\n"),
        )
        .file(
            "in/root.csv",
            format!("{head}/etc/passwd,q,quote,0,4,root\n"),
        )
        .file("in/link.csv", format!("{head}link.txt,q,quote,0,3,The\n"))
        .file("ann/a.ann", "T1\tquote 0 3\tThe\n");
    std::os::unix::fs::symlink(corpus.path("secret.txt"), corpus.path("in/link.txt")).unwrap();
    std::os::unix::fs::symlink(corpus.path("secret.txt"), corpus.path("ann/a.txt")).unwrap();
    for (from, file) in [
        ("csv", "in/up.csv"),
        ("csv", "in/root.csv"),
        ("csv", "in/link.csv"),
        ("brat", "ann/a.ann"),
        ("brat", "ann"),
    ] {
        let run = corpus.run(["import", file, "--from", from, "--into", "out"]);
        assert_ne!(run.status, Some(0), "{file}: {run}");
        assert!(!corpus.path("out").exists(), "{file}: {run}");
        assert!(!run.stdout.contains("key is"), "{file}: {run}");
    }
    let up = corpus.run(["import", "in/up.csv", "--from", "csv", "--into", "out"]);
    let words = format!("{}{}", up.stdout, up.stderr);
    assert!(
        words.contains("not in the folder of the file that names it"),
        "{up}"
    );
    // Once, not for each row.
    assert_eq!(words.matches("not in the folder of").count(), 1, "{up}");
}

#[test]
fn articles_beside_a_table_are_read_in_their_encoding() {
    let text = "Schröder läßt grüßen, sagte die Müllerin über ihn.".to_owned();
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let corpus = TestCorpus::new().file("a.txt", latin).file(
        "in.csv",
        "doc,kind,start,end,text\na.txt,speaker,0,8,Schröder\n",
    );
    let run = corpus.run(["import", "in.csv", "--from", "csv", "--into", "x"]);
    assert_eq!(run.status, Some(0), "{run}");
    assert!(
        run.stderr
            .contains("`a.txt` is not UTF-8; it was read as windows-1252"),
        "{run}"
    );
    assert_eq!(corpus.read("x/a.txt"), text);
}

#[test]
fn an_import_that_was_cut_short_is_told_and_finished() {
    let corpus = TestCorpus::new()
        .file("x/a.txt", "Yes.")
        .file("in.jsonl", ROW);
    cut_short_import(&corpus.path("x"), "b.txt", "No.");
    let check = corpus.run(["check", "x"]);
    assert_eq!(check.status, Some(1), "{check}");
    assert!(
        check
            .stdout
            .contains("x:1:1: an import or a step in this folder was cut short"),
        "{check}"
    );
    assert!(!corpus.path("x/b.txt").exists());
    let fixed = corpus.run(["check", "--fix", "x"]);
    assert_eq!(fixed.status, Some(0), "{fixed}");
    assert!(
        fixed
            .stdout
            .contains("finished an import or a step that was cut short: 1 file"),
        "{fixed}"
    );
    assert!(corpus.path("x/b.txt").exists());
    // One that was never complete leaves nothing.
    cut_short_import(&corpus.path("x"), "c.txt", "No.");
    std::fs::remove_file(corpus.path("x/.pullquote/import.1.0/record.ron")).unwrap();
    let import = corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "x"]);
    assert_eq!(import.status, Some(0), "{import}");
    assert!(!corpus.path("x/c.txt").exists() && !corpus.path("x/.pullquote/import.1.0").exists());
}

#[test]
fn an_article_and_a_folder_cannot_have_the_same_name() {
    let rows = "{\"id\":\"a.txt\",\"text\":\"x\"}\n{\"id\":\"a.txt/b.txt\",\"text\":\"y\"}\n";
    let corpus = TestCorpus::new().file("in.jsonl", rows);
    let run = corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "x"]);
    assert_eq!(run.status, Some(0), "{run}");
    let words = "an article has the name of its folder, so it is `a.txt-2/b.txt` here";
    assert!(run.stderr.contains(words), "{run}");
    assert_eq!(corpus.names(), ["in.jsonl", "x/a.txt", "x/a.txt-2/b.txt"]);
}

#[test]
fn files_of_another_kind_are_named_with_what_to_do() {
    let corpus = TestCorpus::new()
        .file("a.csv", "%PDF-1.4\n%\u{e2}")
        .file(
            "b.jsonl",
            "PK\u{3}\u{4}\u{14} [Content_Types].xml word/document.xml",
        )
        .file("empty.csv", "")
        .file("page.jsonl", "<!DOCTYPE html><p>hi")
        .file("prose.jsonl", "Just some words.\n")
        .file("odd.jsonl", "{\"a\":1}\n")
        .file(
            "sheet.csv",
            "article,line,quote,speaker,form\na.txt,1,No,Lee,direct\n",
        );
    let mut told = String::new();
    for (file, format) in [
        ("a.csv", "csv"),
        ("b.jsonl", "jsonl"),
        ("empty.csv", "csv"),
        ("page.jsonl", "jsonl"),
        ("prose.jsonl", "jsonl"),
        ("odd.jsonl", "jsonl"),
        ("sheet.csv", "csv"),
    ] {
        let run = corpus.run(["import", file, "--from", format, "--into", "x"]);
        told.push_str(&run.to_string());
    }
    for words in [
        "a.csv: this is a PDF document and holds no tags; to tag its text, import it by itself",
        "b.jsonl: this is a document of a word processor",
        "empty.csv: this file is empty",
        "page.jsonl: this is a web page",
        "prose.jsonl:1:1: this line is not JSON; JSON Lines has one article on each line",
        "odd.jsonl:1:1: the text of the article is missing",
        "sheet.csv:1:1: this is a sheet of quotes, made for reading",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn an_article_too_large_to_be_opened_is_refused_by_name() {
    let text = "x ".repeat(33 << 20);
    let row = format!("{{\"id\":\"big\",\"text\":\"{text}\"}}\n");
    let corpus = TestCorpus::new().file("in.jsonl", row);
    let ran = corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "x"]);
    assert_eq!(ran.status, Some(2), "{ran}");
    assert!(
        ran.stdout.contains("big") && ran.stdout.contains("at most 64 MB"),
        "{ran}"
    );
    assert!(!corpus.names().iter().any(|name| name.starts_with("x/")));
}

#[test]
fn an_article_with_a_long_name_comes_back_to_itself() {
    let name = format!("c/{}.txt", "long".repeat(45));
    let corpus = TestCorpus::new().tagged(&name, "", "<q1:quote>Yes.</q1>");
    let ran = corpus.run(["export", "c", "--to", "jsonl", "-o", "all.jsonl"]);
    assert_eq!(ran.status, Some(0), "{ran}");
    let before = corpus.files();
    let ran = corpus.run(["import", "all.jsonl", "--from", "jsonl", "--into", "c"]);
    assert_eq!(ran.status, Some(0), "{ran}");
    assert!(
        ran.stderr.contains("wrote 0 articles and 0 sidecars"),
        "{ran}"
    );
    assert_eq!(corpus.files(), before);
}

#[test]
fn a_table_finds_its_articles_in_the_folder_imported_into() {
    let table = "doc,kind,start,end,text\r\na.txt,quote,0,3,Yes\r\n";
    let corpus = TestCorpus::new()
        .file("tables/t.csv", table)
        .file("d/a.txt", "Yes, said Ann.");
    assert_snapshot!(corpus.run(["import", "tables/t.csv", "--into", "d"]), @"
    status 0
    --- stderr
    read as `csv` (CSV table)
    1 document read: wrote 0 articles and 1 sidecar, 0 already there
    ");
    let ran = corpus.run(["import", "tables/t.csv", "--from", "csv", "--into", "e"]);
    let words = "the article `a.txt` is neither beside the table nor in the folder to import into";
    assert!(ran.stdout.contains(words), "{ran}");
    let corpus = TestCorpus::new()
        .file("tables/t.csv", table.replace("a.txt", "../a.txt"))
        .file("d/x.txt", "No.")
        .file("a.txt", "Yes, said Ann.");
    let ran = corpus.run(["import", "tables/t.csv", "--from", "csv", "--into", "d"]);
    assert_eq!(ran.status, Some(2), "{ran}");
}

#[test]
fn the_format_is_found_out_or_asked_for() {
    let corpus = TestCorpus::new()
        .file("in.jsonl", format!("{ROW}\n"))
        .file("b/b.ann", "T1\tquote 0 3\tYes\n")
        .file("b/b.txt", "Yes.")
        .file("x.json", "{}");
    let ran = corpus.run(["import", "in.jsonl", "--into", "x"]);
    assert!(ran.stderr.starts_with("read as `jsonl` ("), "{ran}");
    assert_eq!(ran.status, Some(0), "{ran}");
    let ran = corpus.run(["import", "b", "--into", "y"]);
    assert!(ran.stderr.starts_with("read as `brat` ("), "{ran}");
    assert_snapshot!(corpus.run(["import", "x.json", "--into", "z"]), @"
    status 2
    --- stderr
    pullquote: x.json: the format is not clear: it has records without fields; name it with --from, one of: w3c, spacy, labelstudio, doccano, cas-json, stam
    ");
}

/// CoNLL has a file for each label; together they are one article again.
#[test]
fn a_folder_of_conll_files_is_one_article() {
    let file = |tags: [&str; 3]| {
        let [no, said, ann] = tags;
        format!("-DOCSTART- # newdoc id = a.txt\tO\n\nNo\t{no}\nsaid\t{said}\nAnn\t{ann}\n")
    };
    let corpus = TestCorpus::new()
        .file("in/quote.conll", file(["B-quote", "O", "O"]))
        .file("in/speaker.conll", file(["O", "O", "B-speaker"]));
    let ran = corpus.run(["import", "in", "--from", "conll", "--into", "out"]);
    assert_eq!(ran.status, Some(0), "{ran}");
    assert!(
        ran.stderr
            .contains("1 document read: wrote 1 article and 1 sidecar"),
        "{ran}"
    );
    let sidecar = corpus.read("out/a.txt.ron");
    assert!(sidecar.contains("label: \"quote\"") && sidecar.contains("label: \"speaker\""));
}

/// A row that cannot be read costs itself, not its article; with --strict nothing is written.
#[test]
fn rows_that_cannot_be_read_are_left_out_and_told() {
    let table =
        "doc,kind,start,end,text\na.txt,quote,0,3,yes\na.txt,quote,x,7,no\na.txt,quote,0,2,maybe\n";
    let corpus = TestCorpus::new()
        .file("a.txt", "yes, no")
        .file("in.csv", table);
    let ran = corpus.run(["import", "in.csv", "--into", ".", "--strict"]);
    assert!(
        ran.status != Some(0) && !corpus.path("a.txt.ron").exists(),
        "{ran}"
    );
    let ran = corpus.run(["import", "in.csv", "--into", "."]);
    assert_eq!(ran.status, Some(1), "{ran}");
    let told = ran.to_string();
    assert!(
        told.contains("in.csv:3:1") && told.contains("`x` in the column `start`"),
        "{told}"
    );
    assert!(told.contains("`row-4` quote “maybe” at 0-2"), "{told}");
    assert!(
        show(&corpus.document("a.txt", "")).contains("<row-2:quote>yes</row-2>"),
        "{told}"
    );
}
