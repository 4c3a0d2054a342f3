//! Corpora of other tools: folders of files, other names for labels, lines that cannot be used.

use insta::assert_snapshot;

use crate::support::TestCorpus;

const TEXT: &str = "“Yes,” Li said.\n";

fn corpus() -> TestCorpus {
    TestCorpus::new()
        .file("in/a.txt", TEXT)
        .file(
            "in/a.ann",
            "T1\tContent 0 6\t“Yes,”\nT2\tSource 7 9\tLi\nT3\tCue 10 14\tsaid\n\
             E1\tSaid:T3 Content:T1 Source:T2\nT4\tCue 0 4\tnot there\n",
        )
        .file("in/sub/b.txt", TEXT)
        .file("in/sub/b.maria.ann", "T1\tquote 0 6\n")
}

const MAP: [&str; 6] = [
    "--map",
    "Content=quote",
    "--map",
    "Source=speaker",
    "--map",
    "Cue=cue",
];

#[test]
fn a_folder_of_brat_files_moves_in() {
    let corpus = corpus();
    let import = [
        &["import", "in", "--from", "brat", "--into", "out"],
        &MAP[..],
    ]
    .concat();
    assert_snapshot!(corpus.run(&import), @"
    status 1
    --- stderr
    in/a.ann:5:1: left out, the text there is different: T4	Cue 0 4	not there (the text has ““Yes” there)
    not in the schema: cue; use --map OLD=NEW to rename
    2 documents read: wrote 2 articles and 2 sidecars, 0 already there
    ");
    let document = corpus.document("out/a.txt", "");
    let set = document.set();
    let labels: Vec<_> = set.annotations().map(|tag| tag.label.as_str()).collect();
    assert_eq!(labels, ["quote", "speaker", "cue"]);
    let roles: Vec<_> = set.links().map(|link| link.role.as_str()).collect();
    assert!(roles.contains(&"speaker"), "{roles:?}");
    assert_eq!(
        corpus
            .document("out/sub/b.txt", "maria")
            .set()
            .annotation_count(),
        1
    );

    let before = corpus.files();
    let again = corpus.run(&import);
    assert!(
        again
            .stderr
            .contains("wrote 0 articles and 0 sidecars, 2 already there"),
        "{again}"
    );
    assert_eq!(corpus.files(), before);
}

#[test]
fn a_dry_run_tells_what_there_is() {
    let corpus = corpus();
    let before = corpus.files();
    let ran = corpus.run([
        "import",
        "in",
        "--from",
        "brat",
        "--into",
        "out",
        "--dry-run",
    ]);
    assert_snapshot!(ran, @"
    status 1
    --- stderr
    in/a.ann:5:1: left out, the text there is different: T4	Cue 0 4	not there (the text has ““Yes” there)
    not in the schema: Content, Cue, Source; use --map OLD=NEW to rename
    2 documents read, 0 already there; tags: 1 Content, 1 Cue, 1 Source, 1 quote
    ");
    assert_eq!(corpus.files(), before);
}

#[test]
fn a_folder_without_such_files_is_told() {
    let corpus = TestCorpus::new().file("in/a.txt", TEXT);
    let ran = corpus.run(["import", "in", "--from", "brat", "--into", "out"]);
    assert_snapshot!(ran, @r"
    status 2
    --- stderr
    pullquote: in: no files that end in .ann, .a1, .a2; name the files
    ");
}
