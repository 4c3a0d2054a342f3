use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use pullquote::format::article_facts;
use pullquote::ops::{OpenRequest, load_facts, open_in, save_facts_in};

use crate::support::TestCorpus;

const TAGGED: &str = "<q1:quote>“Hello,”</q1> she said.";
const EMPTY: &str = "#![enable(implicit_some)]\nArticle(version: 1,\n)\n";

fn kept(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/facts");
    fs::read(folder.join(name)).unwrap()
}

fn notices(corpus: &TestCorpus, article: &str) -> Vec<String> {
    let request = OpenRequest {
        article: corpus.path(article),
        ..OpenRequest::default()
    };
    let folder = corpus.path("").to_str().unwrap().to_owned();
    let opened = open_in(&request, None).unwrap();
    let notices = opened.notices.iter();
    notices.map(|notice| notice.replace(&folder, "")).collect()
}

#[test]
fn a_file_of_version_1_is_read_and_written_as_it_is() {
    let bytes = kept("article.txt.meta.ron");
    let contents = article_facts::read(&bytes).unwrap();
    assert_eq!(article_facts::write(&contents.facts).into_bytes(), bytes);
    let facts = &contents.facts;
    assert_eq!(facts.headline, "No deal, says Tillerson");
    assert_eq!(facts.date, "2017-04-12");
    assert_eq!(facts.notes[0].by, "maria");
    assert_eq!((facts.fields.len(), facts.labels.len()), (2, 2));
    let corpus = TestCorpus::new()
        .file("article.txt", kept("article.txt"))
        .file("article.txt.meta.ron", bytes);
    assert_snapshot!(corpus.run(["check", "."]), @r#"
status 1
--- stdout
./article.txt.meta.ron:23:1: `rights` is not a fact this version knows; it is kept as it is
--- stderr
1 article, 0 sidecars, 0 tags: 1 problem
"#);
    let request = OpenRequest {
        article: corpus.path("article.txt"),
        ..OpenRequest::default()
    };
    let opened = open_in(&request, None).unwrap();
    assert_eq!(opened.facts.facts, *facts);
    assert!(opened.other_annotators.is_empty() && opened.conflict_copies.is_empty());
}

#[test]
fn facts_are_nobody_s_work() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "maria", TAGGED)
        .file("a.txt.meta.ron", EMPTY)
        .file("gone.txt.meta.ron", EMPTY)
        .file(
            "a.txt.meta.sync-conflict-20260101-120000-ABCDEFG.ron",
            EMPTY,
        );
    assert_snapshot!(corpus.run(["check", "."]), @r#"
status 1
--- stdout
./a.txt.meta.sync-conflict-20260101-120000-ABCDEFG.ron:1:1: a conflict copy (Syncthing) of the facts of the article; merge it with `pullquote merge EMPTY a.txt.meta.ron COPY`, where EMPTY is an empty file, or delete it
./gone.txt.meta.ron:1:1: these facts have no article; put the article back, or rename the file to match it
--- stderr
the annotated text is not kept beside the article, so tags may be lost when the article changes; save it or run `pullquote check --fix`: ./a.txt
1 article, 1 sidecar, 1 tag: 2 problems
"#);
    let exported = corpus.run(["export", "a.txt", "--to", "jsonl"]);
    assert_eq!(exported.status, Some(0), "{exported}");
    assert_eq!(exported.stdout.lines().count(), 1, "{exported}");
}

#[test]
fn what_is_doubtful_is_told_at_its_line() {
    let text = "Article(version: 1,
    date: \"last week\",
    language: \"English!\",
    address: \"www.example.org\",
    labels: [
        \"war\",
        5,
    ],
    headlin: \"x\",
)
";
    let corpus = TestCorpus::new()
        .file("a.txt", "Text.")
        .file("a.txt.meta.ron", text)
        .file("b.txt", "Text.")
        .file("b.txt.meta.ron", "Article(\n  headline: \"x,\n)")
        .file("c.txt", "Text.")
        .file("c.txt.meta.ron", "Article(version: 9, mood: Grim)");
    let before = corpus.files();
    assert_snapshot!(corpus.run(["check", "."]), @r#"
status 1
--- stdout
./a.txt.meta.ron:2:1: `last week` is not a date; write it as 2024-05-31, or 2024-05 or 2024 where the rest is not known
./a.txt.meta.ron:3:1: `English!` is not a language tag (BCP 47); write it as en, pt-BR or zh-Hant
./a.txt.meta.ron:4:1: `www.example.org` is not a web address; write it as https://example.org/article
./a.txt.meta.ron:7:1: `labels` cannot be read (text in double quotation marks is expected here); it is kept as it is; fix it
./a.txt.meta.ron:9:1: `headlin` is not a fact this version knows; it is kept as it is
./b.txt.meta.ron:2:13: the facts of the article cannot be read (a text has no closing quotation mark); fix the line, or move the file away to start over
./c.txt.meta.ron:1:1: written by a newer version of Pullquote (version 9 of the file; this one writes 1); read-only here; update Pullquote to edit it
--- stderr
3 articles, 0 sidecars, 0 tags: 7 problems
"#);
    let _ = corpus.run(["check", ".", "--fix"]);
    let after = corpus.files();
    let facts = |files: &[(String, Vec<u8>)]| {
        let mut files = files.to_vec();
        files.retain(|(name, _)| name.ends_with(".meta.ron"));
        files
    };
    assert_eq!(facts(&before), facts(&after));
    assert_snapshot!(notices(&corpus, "b.txt").join("\n"), @"b.txt.meta.ron: line 2, column 13: the facts of the article cannot be read (a text has no closing quotation mark); fix the line, or move the file away to start over.");
}

#[test]
fn facts_are_saved_whole_and_never_over_what_is_not_understood() {
    let corpus = TestCorpus::new().file("a.txt", "Text.");
    let (article, state) = (corpus.path("a.txt"), corpus.state());
    let mut loaded = load_facts(&article);
    let mut facts = loaded.facts.clone();
    save_facts_in(&mut loaded, &facts, Some(&state)).unwrap();
    assert_eq!(
        corpus.names(),
        ["a.txt"],
        "nothing is known, nothing is written"
    );
    facts.headline = "One".to_owned();
    save_facts_in(&mut loaded, &facts, Some(&state)).unwrap();
    let one = corpus.read("a.txt.meta.ron");
    facts.headline = "Two".to_owned();
    save_facts_in(&mut loaded, &facts, Some(&state)).unwrap();
    assert_eq!(load_facts(&article), loaded);
    assert_eq!(loaded.facts.headline, "Two");
    let backups = pullquote::store::backups(&loaded.path, &state);
    assert_eq!(fs::read_to_string(&backups[0].path).unwrap(), one);
    // Someone else has written it in the meantime.
    let theirs = one.replace("One", "Three");
    fs::write(&loaded.path, &theirs).unwrap();
    facts.headline = "Four".to_owned();
    let refused = save_facts_in(&mut loaded, &facts, Some(&state)).unwrap_err();
    assert!(
        refused.to_string().contains("another program has changed"),
        "{refused}"
    );
    for text in [
        "Article(version: 2)",
        "Article(headline: ",
        "Pullquote(version: 1)",
    ] {
        let corpus = TestCorpus::new()
            .file("a.txt", "x")
            .file("a.txt.meta.ron", text);
        let mut loaded = load_facts(&corpus.path("a.txt"));
        let refused = save_facts_in(&mut loaded, &facts, Some(&state)).unwrap_err();
        assert!(
            refused.to_string().contains("is not written over: "),
            "{refused}"
        );
        assert_eq!(corpus.read("a.txt.meta.ron"), text);
    }
}

#[test]
fn two_versions_of_facts_are_merged() {
    let facts = |lines: &str| format!("#![enable(implicit_some)]\nArticle(version: 1,\n{lines})\n");
    let corpus = TestCorpus::new()
        .file("base", facts("    headline: \"a\",\n"))
        .file("ours", facts("    headline: \"b\",\n"))
        .file(
            "theirs",
            facts("    headline: \"c\",\n    outlet: \"o\",\n"),
        );
    assert_snapshot!(
        corpus.run(["merge", "base", "ours", "theirs", "--name", "a.txt.meta.ron"]),
        @r#"
status 1
--- stdout
a.txt.meta.ron:3:1: `headline` was changed on both sides: ours is used, theirs is kept under `conflicts`; keep one of them and remove the other
--- stderr
1 conflict left
"#
    );
    assert_snapshot!(corpus.read("ours"), @r#"
#![enable(implicit_some)]
Article(version: 1,
    headline: "b",
    outlet: "o",
    conflicts: [
        (fact: "headline", theirs: "c"),
    ],
)
"#);
    let merged = corpus.read("ours");
    let corpus = corpus.file("a.txt", "Text.").file("a.txt.meta.ron", merged);
    assert_snapshot!(corpus.run(["check", "a.txt"]), @r#"
status 1
--- stdout
a.txt.meta.ron:6:1: `headline` has a second value, "c"; keep one of the two and remove this line
--- stderr
1 article, 0 sidecars, 0 tags: 1 problem
"#);
    let corpus = corpus.file("sidecar", "Pullquote(version: 1)");
    assert_snapshot!(corpus.run(["merge", "base", "theirs", "sidecar"]), @r#"
status 129
--- stderr
pullquote: theirs: theirs: line 1, column 1: this is a sidecar, not the facts of an article
"#);
}

#[test]
fn reserved_names_are_refused() {
    let corpus = TestCorpus::new().tagged("a.txt", "", TAGGED);
    for args in [
        &["import", "rows.jsonl", "--into", "new", "--as", "curated"][..],
        &["--as", "meta", "a.txt"],
        &["export", "a.txt", "--to", "jsonl", "--annotator", "curated"],
    ] {
        let ran = corpus.run(args);
        assert_eq!(ran.status, Some(2), "{ran}");
        assert!(ran.stderr.contains("is reserved for"), "{ran}");
    }
    let request = OpenRequest {
        article: corpus.path("a.txt"),
        annotator: Some("meta".into()),
        ..OpenRequest::default()
    };
    let refused = open_in(&request, None).unwrap_err().to_string();
    assert!(refused.contains("is reserved for the facts"), "{refused}");
}

#[test]
fn the_work_of_annotators_of_reserved_names_is_told_and_kept() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "maria", TAGGED)
        .tagged("a.txt", "curated", TAGGED)
        .tagged("a.txt", "meta", TAGGED);
    let before = corpus.files();
    assert_snapshot!(corpus.run(["check", ".", "--fix"]), @r#"
status 1
--- stdout
./a.txt.maria.ron: fixed: saved the annotated text in .pullquote/text
./a.txt.curated.ron:1:1: the name `curated` is reserved for what an adjudicator decides, and this is the work of an annotator of that name: it is left out until you rename the file to a.txt.curated-1.ron and its `annotator` to "curated-1"
./a.txt.meta.ron:1:1: the name `meta` is reserved for the facts of the article, and this is the work of an annotator of that name: it is left out until you rename the file to a.txt.meta-1.ron and its `annotator` to "meta-1"
--- stderr
1 article, 1 sidecar, 1 tag: 2 problems
"#);
    let told = corpus.run(["export", ".", "--to", "jsonl", "--json"]);
    assert_snapshot!(told.stderr, @r#"
{"documents":1,"tags":1,"links":0,"left_out":{"rejected":0,"undecided":0,"filtered":0,"links":0,"untouched":0,"documents":0},"losses":[],"problems":[{"path":"./a.txt.curated.ron","line":1,"column":1,"annotator":"","message":"the name `curated` is reserved for what an adjudicator decides, and this is the work of an annotator of that name: it is left out until you rename the file to a.txt.curated-1.ron and its `annotator` to \"curated-1\""},{"path":"./a.txt.meta.ron","line":1,"column":1,"annotator":"","message":"the name `meta` is reserved for the facts of the article, and this is the work of an annotator of that name: it is left out until you rename the file to a.txt.meta-1.ron and its `annotator` to \"meta-1\""}]}
"#);
    assert_eq!(told.stdout.lines().count(), 1, "{told}");
    assert_snapshot!(notices(&corpus, "a.txt").join("\n"), @r#"
a.txt.meta.ron: the name `meta` is reserved for the facts of the article, and this is the work of an annotator of that name: it is left out until you rename the file to a.txt.meta-1.ron and its `annotator` to "meta-1".
a.txt.curated.ron: the name `curated` is reserved for what an adjudicator decides, and this is the work of an annotator of that name: it is left out until you rename the file to a.txt.curated-1.ron and its `annotator` to "curated-1".
"#);
    for (name, bytes) in before {
        assert_eq!(fs::read(corpus.path(&name)).unwrap(), bytes, "{name}");
    }
    // The way out that is named works.
    let renamed = corpus.read("a.txt.curated.ron");
    fs::remove_file(corpus.path("a.txt.curated.ron")).unwrap();
    let renamed = renamed.replace("annotator: \"curated\"", "annotator: \"curated-1\"");
    let corpus = corpus.file("a.txt.curated-1.ron", renamed);
    let exported = corpus.run(["export", "a.txt", "--to", "jsonl"]);
    assert_eq!(exported.stdout.lines().count(), 2, "{exported}");
}

#[test]
fn what_an_adjudicator_decided_is_not_taken_for_an_annotator() {
    let corpus = TestCorpus::new().tagged("a.txt", "curated", TAGGED);
    let by_eve = corpus.read("a.txt.curated.ron");
    let by_eve = by_eve.replace("annotator: \"curated\"", "annotator: \"eve\"");
    let corpus = corpus.file("a.txt.curated.ron", by_eve);
    assert_snapshot!(corpus.run(["check", "."]), @"
status 0
--- stderr
the annotated text is not kept beside the article, so tags may be lost when the article changes; save it or run `pullquote check --fix`: ./a.txt
1 article, 1 sidecar, 1 tag: no problems
");
}

#[test]
fn the_sheet_of_quotes_says_where_and_when_each_was_printed() {
    let corpus = TestCorpus::new()
        .tagged("one.txt", "", TAGGED)
        .file(
            "one.txt.meta.ron",
            "#![enable(implicit_some)]\nArticle(version: 1,\n    headline: \"No deal\",\n    outlet: \"The Post\",\n    \
             date: \"2024-05-31\",\n    address: \"https://example.org/no-deal\",\n)\n",
        );
    let ran = corpus.run(["export", "one.txt", "--to", "quotes", "-o", "sheet.csv"]);
    assert!(ran.stderr.contains("1 document"), "{ran}");
    let sheet = corpus.read("sheet.csv");
    let rows: Vec<&str> = sheet.lines().collect();
    assert!(
        rows[0].ends_with(",annotator,date,outlet,headline,address"),
        "{sheet}"
    );
    corpus.run(["export", "one.txt", "--to", "tei", "-o", "pages"]);
    let page = fs::read_dir(corpus.path("pages"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    let page = fs::read_to_string(page.path()).unwrap();
    let source = "<bibl><title level=\"a\">No deal</title><title level=\"j\">The Post</title>\
                  <date when=\"2024-05-31\">2024-05-31</date>";
    assert!(page.contains(source), "{page}");
    let facts = ",2024-05-31,The Post,No deal,https://example.org/no-deal";
    assert!(rows[1].ends_with(facts), "{sheet}");
}

const KNOWN: &str = "#![enable(implicit_some)]\nArticle(version: 1,\n    headline: \"No “deal”\",\n    \
    byline: \"Ann Lee\",\n    outlet: \"The Courier\",\n    date: \"2024-05-31\",\n    language: \"en\",\n    \
    section: \"World\",\n    address: \"https://example.org/no-deal\",\n    fields: {\n        \
    \"edition\": \"late\",\n    },\n    labels: [\n        \"politics\",\n    ],\n    notes: [\n        \
    (text: \"cut by the agency\"),\n    ],\n)\n";

#[test]
fn facts_come_back_from_formats_that_carry_them() {
    for format in ["jsonl", "tei", "brat", "w3c", "stam", "spacy", "cas-json"] {
        let corpus = TestCorpus::new()
            .tagged("in/a.txt", "maria", TAGGED)
            .file("in/a.txt.meta.ron", KNOWN);
        let exported = corpus.run(["export", "in", "--to", format, "-o", "out.d/"]);
        assert_eq!(exported.status, Some(0), "{exported}");
        assert!(
            !exported.stderr.contains("leaves out what is known"),
            "{exported}"
        );
        let imported = corpus.run(["import", "out.d", "--from", format, "--into", "again"]);
        assert_eq!(imported.status, Some(0), "{imported}");
        assert_eq!(corpus.read("again/a.txt.meta.ron"), KNOWN, "{format}");
    }
}

#[test]
fn facts_that_a_format_leaves_out_are_told() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "maria", TAGGED)
        .file("a.txt.meta.ron", KNOWN);
    for (format, told) in [
        (
            "doccano",
            "leaves out what is known about the article (headline, outlet, date …) (1 in `a.txt`)",
        ),
        (
            "quotes",
            "leaves out what is known about the article (headline, outlet, date …) (6 in `a.txt`)",
        ),
    ] {
        let exported = corpus.run(["export", "a.txt", "--to", format]);
        assert!(exported.stderr.contains(told), "{exported}");
    }
}

/// How long people worked leaves a project only when that is asked for, and comes back.
#[test]
fn times_of_work_are_exported_when_that_is_asked_for() {
    let corpus = TestCorpus::new().file("a.txt", "Yes, he said.\n");
    let sidecar = "#![enable(implicit_some)]\nPullquote(version: 1, annotator: \"ann\", state: Done, sittings: [\n\
                   (by: \"ann\", start: \"2026-01-05T09:00:00Z\", seconds: 754),\n])\n";
    let corpus = corpus.file("a.txt.ann.ron", sidecar);
    let plain = corpus.run(["export", "a.txt", "--to", "jsonl"]);
    assert!(!plain.stdout.contains("sittings"), "{plain}");
    let asked = corpus.run(["export", "a.txt", "--to", "jsonl", "--times"]);
    let row: serde_json::Value = serde_json::from_str(asked.stdout.trim()).unwrap();
    assert_eq!(row["sittings"][0]["seconds"], 754, "{asked}");
    assert_eq!(row["sittings"][0]["by"], "ann");
    let corpus = corpus.file("rows.jsonl", asked.stdout.clone());
    let back = corpus.run(["import", "rows.jsonl", "--from", "jsonl", "--into", "back"]);
    assert!(
        corpus.read("back/a.txt.ann.ron").contains("seconds: 754"),
        "{back}"
    );
    let csv = corpus.run(["export", "a.txt", "--to", "csv", "--times"]);
    assert_eq!(csv.status, Some(2), "{csv}");
    assert!(
        csv.stderr
            .contains("`csv` has no place for the time of work"),
        "{csv}"
    );
    let corpus = corpus.file("pullquote.ron", "(times: false)");
    let off = corpus.run(["export", "a.txt", "--to", "jsonl", "--times"]);
    assert!(
        !off.stdout.contains("sittings") && off.status == Some(1),
        "{off}"
    );
    assert!(off.stderr.contains("the project keeps none"), "{off}");
}
