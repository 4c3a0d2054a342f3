use insta::assert_snapshot;

use crate::support::TestCorpus;

const TAGGED: &str = "\
<q1:quote>“Hé 😀,”</q1> <s1:speaker>Anna</s1> said, <q1>“go.”</q1> <q2:quote>No.</q2> <q3:quote>Hm.</q3>
---
p1 = Anna Berg
q1 form=direct
s1 is p1
q2 review=rejected
q3 verdict=open
q1 -speaker-> s1
q1 -speaker-> @p1 ?
q2 -speaker-> nobody
q3 -speaker-> s1";

#[test]
fn everything_goes_into_one_row() {
    let corpus = TestCorpus::new().tagged("a.txt", "maria", TAGGED);
    assert_snapshot!(corpus.run(["export", "a.txt", "--to", "jsonl"]), @r#"
    status 0
    --- stdout
    {"id":"a.txt","text":"“Hé 😀,” Anna said, “go.” No. Hm.","spans":[{"id":"q1","label":"quote","start":0,"end":24,"fragments":[[0,7],[19,24]],"attributes":[{"key":"form","value":"direct"}],"person":"","by":"","verdict":"","review":"unreviewed","note":""},{"id":"s1","label":"speaker","start":8,"end":12,"fragments":[[8,12]],"attributes":[],"person":"p1","by":"","verdict":"","review":"unreviewed","note":""}],"links":[{"id":"l1","from":"q1","to":"s1","to_kind":"annotation","role":"speaker","confirmed":true,"by":"","attributes":[],"note":""},{"id":"l2","from":"q1","to":"p1","to_kind":"person","role":"speaker","confirmed":false,"by":"","attributes":[],"note":""}],"people":[{"id":"p1","name":"Anna Berg","kind":"person","aliases":[],"role":"","external_id":""}],"annotator":"maria","state":"new"}
    --- stderr
    left out: 1 rejected tag, 1 suggestion to review; add --all to include them
    left out with their tags: 2 links
    exported 1 document, 2 tags, 2 links
    "#);
}

#[test]
fn rejected_and_undecided_tags_stay_out_unless_asked_for() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "", TAGGED)
        .file("b.txt", "Nobody has begun.");
    let ran = corpus.run(["export", ".", "--to", "jsonl", "-o", "out.jsonl"]);
    assert_snapshot!(ran, @r#"
status 0
--- stderr
left out: 1 rejected tag, 1 suggestion to review, 1 article not started; add --all to include them
left out with their tags: 2 links
exported 1 document, 2 tags, 2 links
"#);
    let ran = corpus.run([
        "export",
        ".",
        "--to",
        "jsonl",
        "-o",
        "all.jsonl",
        "--all",
        "--json",
    ]);
    assert_snapshot!(ran, @r#"
status 0
--- stdout
{"documents":2,"tags":4,"links":4,"left_out":{"rejected":0,"undecided":0,"filtered":0,"links":0,"untouched":0,"documents":0},"losses":[],"problems":[]}
"#);
    assert_eq!(corpus.read("out.jsonl").lines().count(), 1);
    assert_eq!(corpus.read("all.jsonl").lines().count(), 2);
}

#[test]
fn every_annotator_gets_a_row_or_only_those_named() {
    let corpus = TestCorpus::new()
        .tagged("sub/a.txt", "", TAGGED)
        .tagged("sub/a.txt", "maria", TAGGED)
        .tagged("sub/a.txt", "tom", TAGGED);
    let annotators = |args: &[&str]| {
        let ran = corpus.run([&["export", ".", "--to", "jsonl"], args].concat());
        let rows = ran.stdout.lines().map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            format!("{} {}", row["id"], row["annotator"])
        });
        rows.collect::<Vec<_>>().join(", ")
    };
    assert_snapshot!(annotators(&[]), @r#""sub/a.txt" "", "sub/a.txt" "maria", "sub/a.txt" "tom""#);
    assert_snapshot!(annotators(&["--by", "tom"]), @r#""sub/a.txt" "tom""#);
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_written() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "", "<q1:quote>Yes.</q1>")
        .file("bad.txt", b"\0\0\0\0")
        .tagged("c.txt", "", "<q1:quote>No.</q1>");
    let corpus = corpus.file("c.txt.ron", "nothing of a sidecar");
    assert_snapshot!(corpus.run(["export", ".", "--to", "jsonl", "-o", "o.jsonl"]), @r#"
status 1
--- stderr
./bad.txt:1:1: this does not look like text (it is full of control characters); if it is, name its encoding
./c.txt.ron:1:1: this is not a sidecar (it begins with `nothing`, and `Pullquote` is expected here); move the file away to start over, or restore the right one
exported 1 document, 1 tag, 0 links
"#);
    assert_eq!(corpus.read("o.jsonl").lines().count(), 1);
    assert_eq!(
        corpus.run(["export", "bad.txt", "--to", "jsonl"]).status,
        Some(2)
    );
}

#[test]
fn a_sidecar_that_was_cut_is_told() {
    let corpus = TestCorpus::new().tagged("a.txt", "", "<q1:quote>Yes.</q1>");
    let whole = corpus.read("a.txt.ron");
    let cut = whole.trim_end().trim_end_matches(')');
    for sidecar in [cut, ""] {
        std::fs::write(corpus.path("a.txt.ron"), sidecar).unwrap();
        let ran = corpus.run(["export", ".", "--to", "jsonl", "-o", "o.jsonl"]);
        assert_eq!(ran.status, Some(1), "{ran}");
        let told = "./a.txt.ron:1:1: the file is damaged, cut off or has merge marks: ";
        assert!(ran.stderr.starts_with(told), "{ran}");
    }
}

#[test]
fn what_a_format_cannot_carry_counts_only_when_strict() {
    let corpus = TestCorpus::new().tagged("a.txt", "", "<q1:quote>Yes.</q1>");
    let sidecar = corpus
        .read("a.txt.ron")
        .replace("(id: \"q1\",", "(id: \"q1\", mood: \"grim\",");
    let corpus = corpus.file("a.txt.ron", sidecar);
    assert_snapshot!(corpus.run(["export", "a.txt", "--to", "jsonl", "-o", "o"]), @r#"
status 0
--- stderr
this format leaves out items that only the sidecar can hold (1 in `a.txt`)
exported 1 document, 1 tag, 0 links
"#);
    let strict = corpus.run(["export", "a.txt", "--to", "jsonl", "-o", "o", "--strict"]);
    assert_eq!(strict.status, Some(1));
}

#[test]
fn articles_and_sidecars_are_never_written_over() {
    let corpus = TestCorpus::new().tagged("a.txt", "", TAGGED);
    let before = corpus.files();
    for output in ["a.txt", "./a.txt", "a.txt.ron"] {
        let ran = corpus.run(["export", "a.txt", "--to", "jsonl", "-o", output]);
        assert_eq!(ran.status, Some(2), "{ran}");
    }
    assert_snapshot!(corpus.run(["export", ".", "--to", "jsonl", "-o", "a.txt"]), @r#"
status 2
--- stderr
pullquote: a.txt: this file is being exported; name another file
"#);
    assert_snapshot!(corpus.run(["export", ".", "--to", "jsonl", "-o", "no/such/folder"]), @r#"
status 2
--- stderr
pullquote: no/such/folder: cannot be written: its folder does not exist; create it, then try again
"#);
    assert_eq!(corpus.files(), before);
}

/// What is no plain file is written to, never replaced.
#[cfg(unix)]
#[test]
fn devices_and_pipes_take_an_export() {
    use std::os::unix::fs::FileTypeExt;

    let corpus = TestCorpus::new().tagged("a.txt", "", "<q:quote>“Yes,”</q> she said.");
    let pipe = corpus.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|made| made.success()) {
        println!("not run: mkfifo is not there");
        return;
    }
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).unwrap()
    });
    let run = corpus.run(["export", "a.txt", "--to", "jsonl", "-o", "pipe"]);
    assert_eq!(run.status, Some(0), "{run}");
    assert!(reader.join().unwrap().contains("“Yes,”"));
    assert!(std::fs::metadata(&pipe).unwrap().file_type().is_fifo());
    let device = corpus.run(["export", "a.txt", "--to", "jsonl", "-o", "/dev/full"]);
    assert_eq!(device.status, Some(2), "{device}");
    let full = std::fs::metadata("/dev/full").unwrap();
    assert!(full.file_type().is_char_device());
    // What belongs beside a file has no place beside a device.
    for (format, beside) in [
        ("labelstudio", "labelling-config.xml"),
        ("docbin", "config.cfg"),
    ] {
        let null = corpus.run(["export", "a.txt", "--to", format, "-o", "/dev/null"]);
        assert_eq!(null.status, Some(0), "{null}");
        assert!(null.stderr.contains(beside), "{null}");
        assert!(
            !std::path::Path::new("/dev/null.")
                .with_extension(beside)
                .exists()
        );
    }
    let several = corpus.run(["export", "a.txt", "--to", "brat", "-o", "/dev/null"]);
    assert_eq!(several.status, Some(2), "{several}");
    assert!(
        several.stderr.contains("name a folder with -o"),
        "{several}"
    );
    let one = corpus.run(["export", "a.txt", "--to", "html", "-o", "/dev/stdout"]);
    assert!(
        one.status == Some(0) && one.stdout.contains("“Yes,”"),
        "{one}"
    );
}

/// A stranger who can write to the folder could have a link there to any file of one's own.
#[cfg(unix)]
#[test]
fn an_export_writes_through_no_link_out_of_its_folder() {
    use std::os::unix::fs::symlink;

    let corpus = TestCorpus::new()
        .tagged("c/a.txt", "", "<q:quote>“Yes,”</q> she said.")
        .tagged("c/sub/b.txt", "", "<q:quote>“No,”</q> he said.")
        .file("secret", "mine")
        .file("elsewhere/b.html", "mine");
    for (format, output, link, to) in [
        ("html", "out", "out/a.html", "../secret"),
        ("brat", "out", "out/annotation.conf", "../secret"),
        ("xmi", "out", "out/TypeSystem.xml", "../secret"),
        ("html", "out", "out/a.html", "../not-there-yet"),
        ("html", "out", "out/sub", "../elsewhere"),
        (
            "labelstudio",
            "out/x.json",
            "out/x.labelling-config.xml",
            "../secret",
        ),
        ("docbin", "out/x", "out/x.config.cfg", "../secret"),
    ] {
        std::fs::create_dir_all(corpus.path("out")).unwrap();
        symlink(to, corpus.path(link)).unwrap();
        let run = corpus.run(["export", "c", "--to", format, "-o", output]);
        assert_eq!(run.status, Some(2), "{format} {link}: {run}");
        assert!(run.stderr.contains("leads out of the folder"), "{run}");
        assert_eq!(corpus.read("secret"), "mine", "{format} {link}");
        assert_eq!(corpus.read("elsewhere/b.html"), "mine", "{format} {link}");
        assert!(!corpus.path("not-there-yet").exists());
        std::fs::remove_dir_all(corpus.path("out")).unwrap();
    }
    // The file one names may be a link: that is one's own will.
    symlink("secret", corpus.path("link.jsonl")).unwrap();
    let run = corpus.run(["export", "c", "--to", "jsonl", "-o", "link.jsonl"]);
    assert_eq!(run.status, Some(0), "{run}");
    assert!(corpus.read("secret").contains("“Yes,”"));
    // A pipe in the folder keeps nobody waiting.
    std::fs::create_dir_all(corpus.path("out")).unwrap();
    let pipe = corpus.path("out/a.html");
    let made = std::process::Command::new("mkfifo").arg(pipe).status();
    if made.is_ok_and(|made| made.success()) {
        let run = corpus.run(["export", "c", "--to", "html", "-o", "out"]);
        assert_eq!(run.status, Some(2), "{run}");
        assert!(run.stderr.contains("not a regular file"), "{run}");
    }
}

#[test]
fn nothing_never_takes_the_place_of_an_export() {
    let corpus = TestCorpus::new()
        .file("a.txt", "Yes.")
        .file("a.txt.ron", "no sidecar")
        .file("empty/README.md", "nothing here")
        .file("out.jsonl", "a good export\n");
    for (path, status) in [("a.txt", 2), ("empty", 2)] {
        let run = corpus.run(["export", path, "--to", "jsonl", "-o", "out.jsonl"]);
        assert_eq!(run.status, Some(status), "{run}");
        assert!(run.stderr.contains("nothing to export"), "{run}");
        assert_eq!(corpus.read("out.jsonl"), "a good export\n");
    }
}

#[test]
fn a_split_export_is_drawn_by_article_and_its_card_says_how() {
    let mut corpus = TestCorpus::new();
    for n in 0..10 {
        let name = format!("{n}.txt");
        corpus = corpus.tagged(&name, "maria", "<q1:quote>Yes.</q1>").tagged(
            &name,
            "tom",
            "<q1:quote>Yes.</q1>",
        );
    }
    let run = |output: &str| {
        let args = [
            "export", ".", "--to", "jsonl", "-o", output, "--set", "card=yes",
        ];
        let split = ["--set", "split=60/20/20", "--set", "seed=3"];
        corpus.run([&args[..], &split[..]].concat())
    };
    assert_snapshot!(run("set"), @"
    status 0
    --- stderr
    exported 20 documents (one for each annotator of 10 articles), 20 tags, 0 links; split with seed 3: 12 train, 4 validation, 4 test
    ");
    let articles = |part: &str| {
        let rows = corpus.read(&format!("set/{part}.jsonl"));
        let id = |row: &str| {
            let row: serde_json::Value = serde_json::from_str(row).unwrap();
            row["id"].to_string()
        };
        rows.lines()
            .map(id)
            .collect::<std::collections::BTreeSet<_>>()
    };
    let parts = ["train", "validation", "test"].map(articles);
    assert_eq!(
        parts.each_ref().map(std::collections::BTreeSet::len),
        [6, 2, 2]
    );
    let all: std::collections::BTreeSet<_> = parts.iter().flatten().collect();
    assert_eq!(all.len(), 10);
    let card = corpus.read("set/README.md");
    for words in [
        "  - split: validation\n    path: validation.jsonl\n",
        "Split 60/20/20 by article, with the seed 3.",
        "| quote | Quote | 20 |",
    ] {
        assert!(card.contains(words), "{card}");
    }
    // What belongs beside the data is there once, or once for each part where these differ.
    for (format, files) in [
        (
            "docbin",
            "config.cfg test.spacy train.spacy validation.spacy",
        ),
        (
            "labelstudio",
            "labelling-config.xml test.json train.json validation.json",
        ),
    ] {
        let split = ["--set", "split=60/20/20"];
        let args = ["export", ".", "--to", format, "-o", format];
        let run = corpus.run([&args[..], &split[..]].concat());
        assert_eq!(run.status, Some(0), "{run}");
        let mut names: Vec<String> = std::fs::read_dir(corpus.path(format))
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names.join(" "), files);
    }
    let to_stream = corpus.run(["export", ".", "--to", "jsonl", "--set", "split=80/20"]);
    assert_eq!(to_stream.status, Some(2), "{to_stream}");
}

/// What is there may have been made when all could be read.
#[test]
fn an_export_that_lacks_something_replaces_no_other() {
    let corpus = TestCorpus::new()
        .tagged("c/a.txt", "", TAGGED)
        .tagged("c/b.txt", "", TAGGED);
    for (format, out) in [("jsonl", "out.jsonl"), ("html", "report")] {
        let export = |out: &str| corpus.run(["export", "c", "--to", format, "-o", out]);
        std::fs::create_dir_all(corpus.path("report")).unwrap();
        assert_eq!(export(out).status, Some(0));
        let whole = corpus.read("c/b.txt.ron");
        let before = corpus.files();
        for harmed in ["a shopping list", &whole[..whole.len() - 40]] {
            std::fs::write(corpus.path("c/b.txt.ron"), harmed).unwrap();
            let ran = export(out);
            assert_eq!(ran.status, Some(1), "{ran}");
            assert!(
                ran.stderr
                    .contains("not exported: 1 file could not be read whole"),
                "{ran}"
            );
            std::fs::write(corpus.path("c/b.txt.ron"), &whole).unwrap();
            assert_eq!(corpus.files(), before, "{format}");
        }
    }
    std::fs::write(corpus.path("c/b.txt.ron"), "a shopping list").unwrap();
    let ran = corpus.run(["export", "c", "--to", "jsonl", "-o", "new.jsonl"]);
    assert!(
        ran.status == Some(1) && ran.stderr.contains("exported 1 document"),
        "{ran}"
    );
    assert!(corpus.path("new.jsonl").exists());
}

#[test]
fn where_no_article_is_nothing_is_exported() {
    let corpus = TestCorpus::new()
        .file("empty/notes.pdf", "x")
        .file("out.jsonl", "mine");
    for args in [&["-o", "out.jsonl"][..], &["-o", "new.jsonl"], &[]] {
        let ran = corpus.run([&["export", "empty", "--to", "jsonl"], args].concat());
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""), "{ran}");
        assert!(
            ran.stderr
                .contains("nothing to export: no article was found"),
            "{ran}"
        );
    }
    assert_eq!(corpus.read("out.jsonl"), "mine");
    assert!(!corpus.path("new.jsonl").exists());
}

#[test]
fn curated_tags_are_exported_alone_unless_somebody_is_asked_for() {
    let corpus = TestCorpus::new()
        .tagged("a.txt", "ann", "<q1:quote>“Yes,”</q1> she said.")
        .tagged("a.txt", "ben", "<q1:quote>“Yes,” she</q1> said.")
        .tagged("b.txt", "ann", "<q1:quote>“No,”</q1> she said.");
    // Without an annotator.
    let curated = corpus
        .read("a.txt.ben.ron")
        .replace("    annotator: \"ben\",\n", "");
    let corpus = corpus.file("a.txt.curated.ron", curated);
    let before = corpus.files();
    let ran = corpus.run(["export", ".", "--to", "csv"]);
    let words = "exported 2 documents, 2 tags, 0 links; of 1 article the curated tags alone";
    assert!(ran.stderr.contains(words), "{ran}");
    assert!(ran.stdout.contains("“Yes,” she"), "{ran}");
    assert_eq!(ran.status, Some(0), "{ran}");
    let ran = corpus.run(["export", ".", "--to", "csv", "--annotator", "ann"]);
    assert!(!ran.stdout.contains("“Yes,” she"), "{ran}");
    assert!(!ran.stderr.contains("curated"), "{ran}");
    // Settled tags are what others are scored against.
    let ran = corpus.run(["score", "a.txt", "a.txt", "--annotator", "ann", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(read["gold_curated"], 1);
    assert_eq!(read["labels"]["quote"]["exact"]["matched"], 0);
    assert_eq!(corpus.files(), before);
    // What cannot be compared with them is named, as something in it may be undecided.
    let corpus = corpus.file("a.txt.ann.ron", "not a sidecar");
    let ran = corpus.run(["export", "a.txt", "--to", "csv"]);
    assert!(ran.stderr.contains("a.txt.ann.ron"), "{ran}");
    assert_eq!(ran.status, Some(1), "{ran}");
}

#[test]
fn a_page_of_curated_tags_says_what_is_undecided() {
    let tagged = |corpus: TestCorpus, name: &str| {
        corpus
            .tagged(
                name,
                "ann",
                "<q1:quote>“Yes,”</q1> she said. <c1:claim>It rains.</c1>",
            )
            .tagged(name, "ben", "<q1:quote>“Yes,” she</q1> said. It rains.")
    };
    let corpus = tagged(TestCorpus::new(), "a.txt").tagged("b.txt", "ann", "Nothing.");
    let curated = corpus
        .read("a.txt.ben.ron")
        .replace("    annotator: \"ben\",\n", "");
    let corpus = corpus.file("a.txt.curated.ron", curated);
    let ran = corpus.run(["export", ".", "--to", "html", "-o", "out", "--all"]);
    assert!(ran.stderr.contains("undecided"), "{ran}");
    let names = corpus.names();
    let page_of = |start: &str| {
        let page = names.iter().find(|name| name.starts_with(start));
        corpus.read(page.unwrap_or_else(|| panic!("{start}: {names:?}")))
    };
    let page = page_of("out/a");
    assert!(
        page.contains("; curated, 2 differences undecided</p>"),
        "{page}"
    );
    let index = corpus.read("out/index.html");
    assert!(
        index.contains("<td>curated, 2 differences undecided</td>"),
        "{index}"
    );
    let other = page_of("out/ann/b");
    assert!(!other.contains("undecided"), "{other}");
    // Those of an annotator are no curated ones.
    corpus.run([
        "export",
        "a.txt",
        "--to",
        "html",
        "-o",
        "ann",
        "--annotator",
        "ann",
    ]);
    let names = corpus.names();
    let page = names.iter().find(|name| name.starts_with("ann/a")).unwrap();
    assert!(!corpus.read(page).contains("curated"));
}
