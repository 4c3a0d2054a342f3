use std::fs;

use pullquote::ops::Move;
use pullquote::text::{Encoding, next_grapheme, previous_grapheme};

use super::{Row, open, refusal};
use crate::support::{TestCorpus, sparse_file};

pub(super) const ROWS: &[Row] = &[
    ("encodings", encodings),
    ("UTF-8 with damaged bytes", damaged_utf8),
    ("line ends and control characters", odd_line_ends),
    ("joined emoji, combining marks, right to left", clusters),
    ("too large, and one very long line", large),
    ("no text at all", not_text),
    ("no plain file", not_a_file),
];

/// Tags a word in each, saves, opens again; the article's bytes stay.
fn encodings() {
    let text = "Heute sagte sie: “Für 3 € – nie!”, und ging.";
    let wide = |encode: fn(u16) -> [u8; 2], mark: [u8; 2]| {
        let units = text.encode_utf16().flat_map(encode);
        mark.into_iter().chain(units).collect::<Vec<u8>>()
    };
    let latin = Encoding::named("windows-1252").unwrap();
    for (name, bytes, sure) in [
        ("plain.txt", text.as_bytes().to_vec(), true),
        ("marked.txt", ["\u{feff}", text].concat().into_bytes(), true),
        ("little.txt", wide(u16::to_le_bytes, [0xFF, 0xFE]), true),
        ("big.txt", wide(u16::to_be_bytes, [0xFE, 0xFF]), true),
        ("latin.txt", latin.encode(text).unwrap(), false),
    ] {
        let corpus = TestCorpus::new().file(name, &bytes);
        let mut work = open(&corpus, name);
        assert_eq!(work.text(), text, "{name}");
        assert_eq!(work.opened.encoding_doubt.is_none(), sure, "{name}");
        work.tag("quote", "“Für 3 € – nie!”");
        work.save().unwrap();
        let again = open(&corpus, name);
        assert_eq!(again.open.document().set(), work.open.document().set());
        assert!(
            again.opened.encoding_doubt.is_none(),
            "once saved it is sure"
        );
        assert_eq!(fs::read(corpus.path(name)).unwrap(), bytes);
    }
}

fn damaged_utf8() {
    let corpus = TestCorpus::new().file("a.txt", b"ok \xe2\x80 then");
    let work = open(&corpus, "a.txt");
    assert_eq!(work.text(), "ok \u{fffd} then");
    let notice = work.opened.encoding_doubt.clone().unwrap();
    assert!(notice.contains("a.txt is not valid UTF-8"), "{notice}");
    let refusal = work.open.text_refusal().unwrap().to_string();
    assert!(refusal.contains("not valid UTF-8"), "{refusal}");
    let checked = corpus.run(["check", "a.txt"]);
    assert!(
        checked.stdout.starts_with("a.txt:1:4: not valid UTF-8"),
        "{checked}"
    );
}

fn odd_line_ends() {
    let text = "a\r\nb\rc\n\0d\u{2028}e\u{85}f\u{b}g\u{c}h\u{feff}i “go” j\r";
    let corpus = TestCorpus::new().file("a.txt", text);
    let mut work = open(&corpus, "a.txt");
    assert_eq!(work.text(), text);
    for words in ["“go”", "e\u{85}f", "h\u{feff}i"] {
        work.tag("quote", words);
    }
    work.save().unwrap();
    let again = open(&corpus, "a.txt");
    assert_eq!(again.open.document().set(), work.open.document().set());
    assert!(again.open.problems().is_empty());
    assert_eq!(corpus.read("a.txt"), text);
    assert_eq!(corpus.run(["check", "a.txt"]).status, Some(0));
}

fn clusters() {
    let text = "👩\u{200d}🔬e\u{301} שָׁ\u{202e}לום\u{202c} \u{2067}נ\u{2069} 🇩🇪🇫🇷 ก็ \r\n";
    let corpus = TestCorpus::new().file("a.txt", text);
    let mut work = open(&corpus, "a.txt");
    let source = work.open.document().source().clone();
    for anchor in 0..=source.len().into() {
        for head in [0, anchor / 2, anchor + 1, source.len().into()] {
            work.run(Move::Select {
                anchor: anchor.into(),
                head: head.min(source.len().into()).into(),
            });
            for end in [work.open.selection().anchor, work.open.selection().head] {
                let edge = source.len() == end
                    || next_grapheme(&source, previous_grapheme(&source, end)) == end
                    || end == 0.into();
                assert!(edge, "{end:?} is within a cluster");
            }
        }
    }
}

fn large() {
    let corpus = TestCorpus::new();
    sparse_file(&corpus.path("huge.txt"), 100 << 20);
    assert!(refusal(&corpus, "huge.txt").contains("100 MB; the limit is 64 MB"));
    let line = "He said so, and so did she; ".repeat(20_000) + "“done”";
    let corpus = corpus.file("line.txt", &line);
    let mut work = open(&corpus, "line.txt");
    work.tag("quote", "“done”");
    work.save().unwrap();
    let again = open(&corpus, "line.txt");
    assert_eq!(again.open.document().set(), work.open.document().set());
}

fn not_text() {
    let noise: Vec<u8> = (0_u8..=255).cycle().take(2000).collect();
    let corpus = TestCorpus::new()
        .file("zeros.txt", [0; 500])
        .file("noise.txt", noise)
        .file("empty.txt", "")
        .file("mark.txt", "\u{feff}")
        .file("page.txt", "<!doctype html><p>hello")
        .file("wide.txt", b"\xFF\xFE<\0h\0t\0m\0l\0>\0");
    for (name, words) in [
        ("zeros.txt", "not look like text"),
        ("noise.txt", "not look like text"),
        ("empty.txt", "empty"),
        ("mark.txt", "empty"),
        ("page.txt", "web page"),
        ("wide.txt", "web page"),
    ] {
        let refusal = refusal(&corpus, name);
        assert!(
            refusal.contains(name) && refusal.contains(words),
            "{refusal}"
        );
    }
}

fn not_a_file() {
    let corpus = TestCorpus::new().file("folder/a.txt", "x");
    assert!(refusal(&corpus, "folder").contains("folder"));
    assert!(refusal(&corpus, "no\0thing.txt").contains("cannot be read"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("nowhere", corpus.path("dangling.txt")).unwrap();
        symlink("loop.txt", corpus.path("loop.txt")).unwrap();
        symlink("/dev/zero", corpus.path("endless.txt")).unwrap();
        super::fifo(&corpus.path("pipe.txt"));
        assert!(refusal(&corpus, "dangling.txt").contains("no such file"));
        assert!(refusal(&corpus, "loop.txt").contains("cannot be read"));
        assert!(refusal(&corpus, "endless.txt").contains("not a regular file"));
        assert!(refusal(&corpus, "pipe.txt").contains("not a regular file"));
        // A folder of them is walked without waiting for any, and each is told.
        let run = corpus.run(["check", "."]);
        assert_eq!(run.status, Some(1), "{run}");
        for name in ["dangling.txt", "loop.txt", "endless.txt", "pipe.txt"] {
            assert!(run.stdout.contains(name), "{name}: {run}");
        }
    }
}
