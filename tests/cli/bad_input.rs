use insta::assert_snapshot;

use crate::support::{TestCorpus, sparse_file};

#[test]
fn what_cannot_be_an_article_is_refused_in_words() {
    let corpus = TestCorpus::new()
        .file("latin1.txt", b"one\ncaf\xe9\n")
        .file("empty.txt", "")
        .file("page.html", "<html>")
        .file("folder/a.txt", "text");
    sparse_file(&corpus.path("huge.txt"), 100 << 20);
    assert_snapshot!(corpus.run(["check", "."]), @r#"
status 1
--- stdout
./empty.txt:1:1: the file is empty; add the article's text first
./huge.txt:1:1: the file has 100 MB; the limit is 64 MB; split it
./latin1.txt:2:4: not UTF-8; read as windows-1252, which is a guess; name the encoding with --encoding, or save the file as UTF-8
--- stderr
./page.html:1:1: no article yet (Web page: HTML, as a browser saves it, and MHTML); run `pullquote import ./page.html --into .`
4 articles, 0 sidecars, 0 tags: 3 problems
"#);
    assert_snapshot!(corpus.run(["check", "missing.txt"]), @r#"
status 2
--- stderr
pullquote: missing.txt: there is no such file; it may have been moved or deleted
"#);
    assert_snapshot!(corpus.run(["chekc", "folder"]), @r#"
status 2
--- stderr
pullquote: chekc: there is no such file; did you mean `check`?
"#);
    assert_snapshot!(corpus.run(["check", "page.html"]), @r#"
status 1
--- stdout
page.html:1:1: this is a web page, which cannot be opened; import it as an article
--- stderr
1 article, 0 sidecars, 0 tags: 1 problem
"#);
    assert_snapshot!(corpus.run(["export", "missing.txt", "--to", "jsonl"]), @r#"
status 2
--- stderr
pullquote: missing.txt: there is no such file; it may have been moved or deleted
"#);
    assert_snapshot!(corpus.run(["import", "folder", "--from", "jsonl", "--into", "x"]), @r#"
status 2
--- stderr
pullquote: folder: no files that end in .jsonl, .ndjson; name the files
"#);
    assert_snapshot!(corpus.run(["import", "latin1.txt", "--from", "jsonl", "--into", "x"]), @r#"
status 2
--- stderr
pullquote: latin1.txt: line 2 is not UTF-8; save the file as UTF-8 and try again
"#);
}

#[test]
fn a_damaged_sidecar_gives_what_is_intact_and_names_the_rest() {
    let corpus = TestCorpus::new().tagged("a.txt", "", "<q1:quote>Yes.</q1> <q2:quote>No.</q2>");
    let sidecar = corpus.read("a.txt.ron");
    let cut: Vec<&str> = sidecar
        .lines()
        .map(|line| {
            if line.contains("q2") {
                "        (id: \"q2\", lab"
            } else {
                line
            }
        })
        .collect();
    let corpus = corpus.file("a.txt.ron", cut.join("\n"));
    let before = corpus.files();
    assert_snapshot!(corpus.run(["check", "a.txt"]), @"
    status 1
    --- stdout
    a.txt.ron:1:1: the file is damaged, cut off or has merge marks: every intact line was read, but records may be missing; compare it with an earlier version
    a.txt.ron:9:1: line 9 of the sidecar is kept but not shown: the line is damaged
    --- stderr
    the annotated text is not kept beside the article, so tags may be lost when the article changes; save it or run `pullquote check --fix`: a.txt
    1 article, 1 sidecar, 1 tag: 2 problems
    ");
    assert_snapshot!(corpus.run(["export", "a.txt", "--to", "jsonl"]), @r#"
    status 1
    --- stdout
    {"id":"a.txt","text":"Yes. No.","spans":[{"id":"q1","label":"quote","start":0,"end":4,"fragments":[[0,4]],"attributes":[],"person":"","by":"","verdict":"","review":"unreviewed","note":""}],"links":[],"people":[],"annotator":"","state":"new"}
    --- stderr
    a.txt.ron:1:1: the file is damaged, cut off or has merge marks: every intact line was read, but records may be missing; compare it with an earlier version
    a.txt.ron:9:1: 1 record cannot be read and will not be exported; the first: the line is damaged
    this format leaves out items that only the sidecar can hold (1 in `a.txt`)
    exported 1 document, 1 tag, 0 links
    "#);
    assert_eq!(corpus.files(), before);
}

#[test]
fn a_sidecar_of_a_newer_version_is_read_and_named() {
    let corpus = TestCorpus::new().tagged("a.txt", "", "<q1:quote>Yes.</q1>");
    let sidecar = corpus.read("a.txt.ron").replace("version: 1", "version: 9");
    let corpus = corpus.file("a.txt.ron", sidecar);
    assert_snapshot!(corpus.run(["check", "a.txt"]), @r#"
status 1
--- stdout
a.txt.ron:1:1: written by a newer version of Pullquote (this one writes version 1); it is read-only here; update Pullquote to edit it
--- stderr
1 article, 1 sidecar, 1 tag: 1 problem
"#);
    let export = corpus.run(["export", "a.txt", "--to", "jsonl"]);
    assert!(export.stdout.contains("\"q1\""), "{export}");
}

/// Names, labels and words from files give no orders to a terminal and begin no line of their own.
#[test]
fn what_comes_from_files_is_escaped_on_the_terminal() {
    let evil = "x\u{1b}]0;title\u{7}\n/etc/shadow:1:1: y";
    let ron = evil
        .replace('\u{1b}', "\\u{1b}")
        .replace('\u{7}', "\\u{7}")
        .replace('\n', "\\n");
    let sidecar = format!(
        "Pullquote(version: 1, people: [], annotations: [(id: \"{ron}\", label: \"{ron}\", \
         at: [(0, 3)], text: [\"Yes\"]), (id: \"{ron}2\", label: \"quote\", at: [(0, 3)], \
         text: [\"No\"])], links: [(id: \"l\", role: \"{ron}\", from: \"{ron}\", to: Person(\"{ron}\"))])"
    );
    let row = serde_json::json!({
        "id": evil, "text": "Yes.",
        "spans": [{"id": "q", "label": evil, "start": 0, "end": 3, "note": evil}],
    });
    let corpus = TestCorpus::new()
        .file("a.txt", "Yes, she said.")
        .file("a.txt.ron", sidecar)
        .file("in.jsonl", format!("{row}\n"));
    for args in [
        &["check", "."][..],
        &["check", ".", "--fix"],
        &["import", "in.jsonl", "--from", "jsonl", "--into", "x"],
        &[
            "import", "in.jsonl", "--from", "jsonl", "--into", "x\u{1b}y",
        ],
        &["check", "missing\u{1b}[2J\n/etc/shadow:1:1: z"],
    ] {
        let run = corpus.run(args.iter().copied());
        for text in [&run.stdout, &run.stderr] {
            let acts = |c: char| c.is_control() && c != '\n' && c != '\t';
            assert!(!text.contains(acts), "{args:?}: {text:?}");
            let forged = text.lines().any(|line| line.starts_with("/etc/shadow"));
            assert!(!forged, "{args:?}: {text}");
        }
    }
}

/// Runs the program where no file may be larger than 4 kB; what it says.
#[cfg(unix)]
fn limited(corpus: &TestCorpus, args: &[&str]) -> String {
    let ran = std::process::Command::new("/bin/sh")
        .args(["-c", "ulimit -f 8; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_pullquote"))
        .args(args)
        .current_dir(corpus.path(""))
        .env("PULLQUOTE_STATE_DIR", corpus.state())
        .output()
        .unwrap();
    let words = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2), "{words}");
    assert!(words.contains("`ulimit -f`"), "{words}");
    words
}

#[cfg(unix)]
#[test]
fn a_limit_for_files_is_told_and_leaves_nothing_behind() {
    let text = "x".repeat(100_000);
    let row = format!(
        r#"{{"id":"a.txt","text":"{text}","spans":[{{"label":"quote","start":0,"end":9}}]}}"#
    );
    let corpus = TestCorpus::new().file("in.jsonl", row);
    let import = ["import", "in.jsonl", "--from", "jsonl", "--into", "c"];
    limited(&corpus, &import);
    assert_eq!(corpus.names(), ["in.jsonl"]);
    assert_eq!(corpus.run(import).status, Some(0));
    let before = corpus.names();
    limited(
        &corpus,
        &["export", "c", "--to", "jsonl", "-o", "out.jsonl"],
    );
    assert_eq!(corpus.names(), before);
}

/// Text that does not get smaller where it is compressed.
#[cfg(unix)]
fn noise(length: usize) -> String {
    let mut state: u64 = 7;
    let letter = |_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from(b"abcdefghijklmnopqrstuvwxyz      "[(state >> 59) as usize])
    };
    (0..length).map(letter).collect()
}

#[cfg(unix)]
#[test]
fn an_archive_that_does_not_fit_is_told_in_one_line() {
    let row = format!(
        r#"{{"id":"a.txt","text":"{}","spans":[{{"label":"quote","start":0,"end":9}}]}}"#,
        noise(50_000)
    );
    let corpus = TestCorpus::new().file("in.jsonl", row);
    let import = ["import", "in.jsonl", "--from", "jsonl", "--into", "c"];
    assert_eq!(corpus.run(import).status, Some(0));
    let words = limited(&corpus, &["export", "c", "--to", "qdpx", "-o", "out.qdpx"]);
    assert_eq!(words.lines().count(), 1, "{words}");
    assert!(!corpus.path("out.qdpx").exists());
}

#[test]
fn brackets_in_brackets_are_refused_in_plain_words() {
    let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
    for (name, text) in [
        ("a.txt.ron", format!("Pullquote(version: 1, x: {deep})")),
        ("a.txt.meta.ron", format!("Article(version: 1, x: {deep})")),
        ("pullquote.ron", format!("Schema(labels: [], x: {deep})")),
    ] {
        let corpus = TestCorpus::new().file("a.txt", "Yes.").file(name, text);
        let ran = corpus.run(["check", "."]);
        assert!(ran.stdout.contains("nested too deeply"), "{name}: {ran}");
        assert!(!ran.stdout.contains("ron::"), "{name}: {ran}");
    }
}

#[test]
fn an_import_into_what_is_no_folder_or_a_link_to_nothing_says_so() {
    let row = r#"{"id":"a.txt","text":"Yes.","spans":[]}"#;
    let corpus = TestCorpus::new().file("in.jsonl", row).file("f", "mine");
    let ran = corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "f"]);
    assert_eq!(ran.status, Some(2), "{ran}");
    assert!(ran.stderr.contains("f: is not a folder"), "{ran}");
    #[cfg(unix)]
    {
        std::fs::create_dir(corpus.path("c")).unwrap();
        std::os::unix::fs::symlink("nowhere", corpus.path("c/a.txt")).unwrap();
        let ran = corpus.run(["import", "in.jsonl", "--from", "jsonl", "--into", "c"]);
        assert_eq!(ran.status, Some(2), "{ran}");
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(
            said.contains("a link to something that is not there"),
            "{ran}"
        );
        assert!(!corpus.path("c/nowhere").exists());
    }
}

#[cfg(unix)]
#[test]
fn an_export_into_a_folder_that_does_not_fit_leaves_the_one_before_as_it_was() {
    let row = |name: &str, text: &str| {
        format!(
            "{{\"id\":\"{name}\",\"text\":\"{text}\",\"spans\":[{{\"label\":\"quote\",\"start\":0,\"end\":3}}]}}\n"
        )
    };
    let rows = row("a.txt", "Yes.") + &row("sub/b.txt", &noise(9_000)) + &row("c.txt", "No.");
    for format in ["brat", "stam", "xmi"] {
        let corpus = TestCorpus::new().file("in.jsonl", &rows);
        let import = ["import", "in.jsonl", "--from", "jsonl", "--into", "c"];
        assert_eq!(corpus.run(import).status, Some(0));
        let bare = corpus.names();
        let export = ["export", "c", "--to", format, "-o", "out/new"];
        limited(&corpus, &export);
        assert_eq!(corpus.names(), bare, "{format}");
        assert_eq!(corpus.run(export).status, Some(0), "{format}");
        let first = corpus
            .names()
            .into_iter()
            .find(|name| name.starts_with("out/new/"));
        let first = first.unwrap();
        std::fs::write(corpus.path(&first), "of before").unwrap();
        let before = corpus.names();
        limited(&corpus, &export);
        assert_eq!(corpus.names(), before, "{format}");
        assert_eq!(corpus.read(&first), "of before", "{format}");
        assert_eq!(corpus.run(export).status, Some(0), "{format}");
        assert_ne!(corpus.read(&first), "of before", "{format}");
    }
}

#[test]
fn arguments_that_are_refused_are_escaped_too() {
    let corpus = TestCorpus::new().file("a.txt", "Yes.");
    let ran = corpus.run(["check", "a.txt", "--encoding", "x\u{9b}31m\u{202e}"]);
    assert_eq!(ran.status, Some(2), "{ran}");
    assert!(ran.stderr.contains("there is no encoding"), "{ran}");
    assert!(!ran.stderr.contains(['\u{9b}', '\u{202e}']), "{ran}");
}
