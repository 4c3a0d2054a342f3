use std::fs;

use super::{Row, open, sidecar};
use crate::support::{TestCorpus, sparse_file};

pub(super) const ROWS: &[Row] = &[
    ("brackets within brackets", depth_bombs),
    ("a string of 10 MB", long_string),
    ("very many fields", many_fields),
    ("a sidecar too large to read", too_large),
    ("a sidecar that is no file", not_a_file),
    ("a sidecar of something else", not_a_sidecar),
    ("a schema like that", schema_bombs),
];

const TEXT: &str = "“Yes,” he said. “No.”";
const GOOD: &str = "(id: \"good\", label: \"quote\", at: [(0, 6)], text: [\"“Yes,”\"])";

fn with(sidecar: impl AsRef<[u8]>) -> TestCorpus {
    TestCorpus::new()
        .file("a.txt", TEXT)
        .file("a.txt.ron", sidecar)
}

fn depth_bombs() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    for bomb in [
        deep("(", ")"),
        deep("[", "]"),
        deep("Some(", ")"),
        deep("{1:", "}"),
        "(".repeat(200_000),
        deep("/*", "*/") + "()",
    ] {
        // In a field of the header, as a record, and in a field of a record.
        let whole = sidecar(TEXT, &[GOOD], &[]);
        for file in [
            whole.replace("version: 1", &format!("version: 1,\n    bomb: {bomb}")),
            whole.replace(GOOD, &format!("{bomb},\n        {GOOD}")),
            sidecar(
                TEXT,
                &[
                    GOOD,
                    &GOOD.replace("id: \"good\"", &format!("id: \"x\", more: {bomb}")),
                ],
                &[],
            ),
        ] {
            let corpus = with(&file);
            let mut work = open(&corpus, "a.txt");
            let found = work.open.document().set().annotation(&"good".into());
            assert!(found.is_some(), "what is intact is read");
            work.tag("quote", "“No.”");
            work.save().unwrap();
            let bytes = corpus.read("a.txt.ron");
            // Except for a comment, which the program ignores.
            let kept = bytes.len() > 200_000 || bomb.starts_with("/*");
            assert!(kept, "what is not is kept: {} bytes", bytes.len());
            assert!(
                open(&corpus, "a.txt")
                    .open
                    .document()
                    .set()
                    .annotation(&"good".into())
                    .is_some()
            );
        }
        let alone = with(&bomb);
        assert!(open(&alone, "a.txt").opened.read_only.is_some());
        assert_eq!(alone.read("a.txt.ron"), bomb);
    }
}

fn long_string() {
    let note = "x\\n😀".repeat(10 * 1024 * 1024 / 7);
    let record = GOOD.replace("text:", &format!("note: \"{note}\", text:"));
    let corpus = with(sidecar(TEXT, &[&record], &[]));
    let mut work = open(&corpus, "a.txt");
    work.tag("quote", "“No.”");
    work.save().unwrap();
    let again = open(&corpus, "a.txt");
    assert_eq!(again.open.document().set(), work.open.document().set());
}

fn many_fields() {
    let fields: String = (0..100_000).map(|n| format!("f{n}: {n}, ")).collect();
    let record = GOOD.replace("text:", &format!("{fields}text:"));
    let corpus = with(sidecar(TEXT, &[&record], &[]));
    let mut work = open(&corpus, "a.txt");
    work.tag("quote", "“No.”");
    work.save().unwrap();
    assert!(corpus.read("a.txt.ron").contains("f99999: 99999"));
}

fn too_large() {
    let corpus = TestCorpus::new().file("a.txt", TEXT);
    sparse_file(&corpus.path("a.txt.ron"), 300 << 20);
    let mut work = open(&corpus, "a.txt");
    let reason = work.opened.read_only.clone().unwrap();
    assert!(reason.contains("300 MB; the limit is 256 MB"), "{reason}");
    assert!(work.save().is_err());
    assert_eq!(
        fs::metadata(corpus.path("a.txt.ron")).unwrap().len(),
        300 << 20
    );
}

/// None of them blocks, is written through or counts as empty.
fn not_a_file() {
    let corpus = TestCorpus::new()
        .file("a.txt", TEXT)
        .file("a.txt.ron/inside", "x");
    let mut work = open(&corpus, "a.txt");
    assert!(work.opened.read_only.clone().unwrap().contains("a folder"));
    assert!(work.save().is_err());
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        let corpus = TestCorpus::new().file("a.txt", TEXT).file("b.txt", TEXT);
        super::fifo(&corpus.path("a.txt.ron"));
        symlink("/dev/zero", corpus.path("b.txt.ron")).unwrap();
        for name in ["a.txt", "b.txt"] {
            let mut work = open(&corpus, name);
            let reason = work.opened.read_only.clone().unwrap();
            let words = ["not a regular file", "a link to a file outside this folder"];
            assert!(words.iter().any(|words| reason.contains(words)), "{reason}");
            assert!(work.save().is_err());
            assert_eq!(corpus.run(["check", name]).status, Some(1));
            let export = corpus.run(["export", name, "--to", "jsonl"]);
            assert!(matches!(export.status, Some(1 | 2)), "{export}");
        }
        // A link to a file that is not there yet is followed when there is something to write.
        let corpus = TestCorpus::new().file("a.txt", TEXT).file("else/x", "");
        symlink("else/real.ron", corpus.path("a.txt.ron")).unwrap();
        let mut work = open(&corpus, "a.txt");
        work.tag("quote", "“No.”");
        work.save().unwrap();
        assert!(corpus.path("a.txt.ron").is_symlink());
        assert!(corpus.read("else/real.ron").contains("“No.”"));
    }
}

fn not_a_sidecar() {
    for bytes in [
        &b"\x89PNG\r\n\x1a\n\0\0"[..],
        b"{\"json\": true}",
        b"(",
        b"Config(size: 3)",
        b"\xFF\xFEP\0",
        &[0; 1000],
    ] {
        let corpus = with(bytes);
        let mut work = open(&corpus, "a.txt");
        assert!(work.opened.read_only.is_some(), "{bytes:?}");
        assert!(work.save().is_err());
        assert_eq!(fs::read(corpus.path("a.txt.ron")).unwrap(), bytes);
    }
}

fn schema_bombs() {
    for schema in [
        "(".repeat(200_000).into_bytes(),
        b"\xFF\xFE\0".to_vec(),
        vec![b'x'; 2 << 20],
        b"Schema(labels: [])".to_vec(),
    ] {
        let corpus = TestCorpus::new()
            .file("a.txt", TEXT)
            .file("pullquote.ron", schema);
        let mut work = open(&corpus, "a.txt");
        let [notice] = &work.opened.notices[..] else {
            panic!("{:?}", work.opened.notices)
        };
        assert!(notice.contains("the built-in labels are used"), "{notice}");
        work.tag("quote", "“No.”");
        assert_eq!(corpus.run(["check", "."]).status, Some(1));
    }
    #[cfg(unix)]
    {
        let corpus = TestCorpus::new().file("a.txt", TEXT);
        super::fifo(&corpus.path("pullquote.ron"));
        open(&corpus, "a.txt").tag("quote", "“No.”");
    }
}
