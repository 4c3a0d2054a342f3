use std::collections::BTreeMap;

use pullquote::ops::{Command, Edit, Gesture, Move, TagFilter};

use super::open;
use crate::support::TestCorpus;

/// Nothing but editing the text writes an article, not even with the same contents.
#[test]
fn no_article_is_ever_written() {
    let articles: [(&str, Vec<u8>); 7] = [
        ("plain.txt", "“Yes,” Anna said. “No.”".into()),
        ("marked.md", "\u{feff}“Yes,” Anna said.\r\n".into()),
        ("sub/latin.txt", b"\x93Yes,\x94 Zo\xEB said.".into()),
        ("sub/wide.txt", b"\xFF\xFE\x1C\x20Y\0e\0s\0\x1D\x20".into()),
        (
            "damaged.txt",
            b"\xE2\x80\x9CYes,\xE2\x80\x9D \xE2\x80 said.".into(),
        ),
        ("odd.text", "“Yes,”\r\0\u{2028}\u{b}said".into()),
        ("none.txt", vec![0; 300]),
    ];
    let mut corpus = TestCorpus::new();
    for (name, bytes) in &articles {
        corpus = corpus.file(name, bytes);
    }
    let stamps = |corpus: &TestCorpus| -> BTreeMap<String, _> {
        let articles = articles.iter().map(|(name, bytes)| {
            let path = corpus.path(name);
            assert_eq!(&std::fs::read(&path).unwrap(), bytes, "{name} was written");
            ((*name).to_owned(), identity(&path))
        });
        articles.collect()
    };
    let before = stamps(&corpus);
    let mut operations = 0;
    for round in 0..3 {
        for (name, _) in &articles[..6] {
            let mut work = open(&corpus, name);
            operations += 1;
            for command in [
                Command::from(Move::SelectAll),
                Command::from(Edit::Tag("quote".into())),
                Command::from(Gesture::NextCandidate),
                Command::from(Edit::NotGiven),
                Command::from(Gesture::Escape),
                Command::from(Gesture::NextTag(TagFilter::default())),
                Command::from(Edit::Tag("speaker".into())),
                Command::from(Gesture::Undo),
                Command::from(Gesture::Redo),
                Command::from(Edit::Delete(None)),
            ] {
                operations += usize::from(work.try_run(command));
            }
            work.save().unwrap();
            operations += 1;
        }
        for args in [
            &["check", "."][..],
            &["check", ".", "--encoding", "windows-1251"],
            &["export", ".", "--to", "jsonl", "-o", "out.jsonl"],
            &[
                "export",
                ".",
                "--to",
                "jsonl",
                "--all",
                "--encoding",
                "latin1",
                "-o",
                "all.jsonl",
            ],
            &["import", "out.jsonl", "--from", "jsonl", "--into", "."],
            &[
                "import",
                "all.jsonl",
                "--from",
                "jsonl",
                "--into",
                ".",
                "--as",
                "maria",
            ],
            &["import", "all.jsonl", "--from", "jsonl", "--into", "copy"],
        ] {
            let ran = corpus.run(args);
            assert_ne!(ran.status, None, "{round} {args:?} {ran}");
            operations += 1;
        }
        assert_eq!(stamps(&corpus), before);
    }
    println!(
        "articles left alone: {operations} operations on {} articles, 0 written",
        articles.len()
    );
}

/// Changes when a file is written or replaced, even by the same bytes.
#[cfg(unix)]
fn identity(path: &std::path::Path) -> (u64, std::time::SystemTime) {
    use std::os::unix::fs::MetadataExt;
    let metadata = std::fs::metadata(path).unwrap();
    (metadata.ino(), metadata.modified().unwrap())
}

#[cfg(not(unix))]
fn identity(path: &std::path::Path) -> std::time::SystemTime {
    std::fs::metadata(path).unwrap().modified().unwrap()
}
