use insta::assert_snapshot;

use crate::support::TestCorpus;

fn mixed() -> TestCorpus {
    TestCorpus::new()
        .file("damaged.txt", b"one\n\xE2\x80\x9Cok\xE2\x80 then")
        .file("mac.txt", b"na\x95ve\n")
        .file("plain.txt", "“café”")
        .file("wide.txt", b"\xFF\xFEh\0i\0")
}

#[test]
fn a_guess_is_a_problem_until_somebody_says() {
    let corpus = mixed();
    assert_snapshot!(corpus.run(["check", "."]), @r"
    status 1
    --- stdout
    ./damaged.txt:2:4: not valid UTF-8: undecodable bytes here are read as �; fix the file, or name its encoding with --encoding
    ./mac.txt:1:3: not UTF-8; read as windows-1252, which is a guess; name the encoding with --encoding, or save the file as UTF-8
    --- stderr
    1 hint of `unbalanced-mark`: this quotation mark has no partner in its paragraph; check where the quotation begins and ends; list with --hints
    4 articles, 0 sidecars, 0 tags: 2 problems
    ");
    assert_eq!(
        corpus.run(["check", ".", "--encoding", "macintosh"]).status,
        Some(0)
    );
    let exported = corpus.run(["export", ".", "--all", "--to", "jsonl"]);
    assert_eq!(exported.status, Some(1));
    assert!(
        exported.stderr.contains("mac.txt:1:3: not UTF-8"),
        "{exported}"
    );
}

#[test]
fn an_encoding_is_named_by_its_name() {
    let corpus = mixed();
    let export = |name| {
        corpus.run([
            "export",
            "mac.txt",
            "--all",
            "--to",
            "jsonl",
            "--encoding",
            name,
        ])
    };
    let unknown = export("klingon");
    assert_eq!(unknown.status, Some(2), "{unknown}");
    let words = "there is no encoding `klingon`; common ones are: UTF-8, windows-1252, ";
    assert!(unknown.stderr.contains(words), "{unknown}");
    let exported = export("macintosh");
    assert_eq!(exported.status, Some(0), "{exported}");
    assert!(exported.stdout.contains("naïve"), "{exported}");
}
