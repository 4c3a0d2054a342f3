use std::fs;

use pullquote::ops::{Edit, Gesture};
use pullquote::text::{TextRange, snap_to_graphemes};

use super::{Row, open};
use crate::support::{TestCorpus, Work};

pub(super) const ROWS: &[Row] = &[
    ("editing between joined characters", joined_characters),
    ("editing what an encoding cannot write", unwritable),
];

fn edit(work: &mut Work, start: usize, end: usize, replacement: &str) -> bool {
    work.try_run(Edit::EditText {
        range: TextRange::new(start.try_into().unwrap(), end.try_into().unwrap()),
        replacement: replacement.to_owned(),
    })
}

/// At every place of the text: tags end on clusters, and undo gives the very bytes back.
fn joined_characters() {
    let text = "👩\u{200d}🔬 sagte “e\u{301}s 🇩🇪🇫🇷” und\r\n\u{202e}ging\u{202c}.";
    let corpus = TestCorpus::new().file("a.txt", text);
    for start in 0..text.len() {
        for (length, replacement) in [
            (0, "x"),
            (1, ""),
            (3, "\u{301}"),
            (9, "👩\u{200d}"),
            (40, "neu"),
        ] {
            let mut work = open(&corpus, "a.txt");
            work.tag("quote", "“e\u{301}s 🇩🇪🇫🇷”");
            work.tag("speaker", "👩\u{200d}🔬");
            let before = work.open.document().clone();
            let end = (start + length).min(text.len());
            if !edit(&mut work, start, end, replacement) {
                continue;
            }
            let document = work.open.document();
            for tag in document.set().annotations() {
                for range in tag.fragments.iter() {
                    assert_eq!(snap_to_graphemes(document.source(), range), range);
                }
            }
            if start % 8 > 0 {
                work.run(Gesture::Undo);
                assert_eq!(work.open.document().set(), before.set());
                assert_eq!(work.text(), text);
                continue;
            }
            work.save().unwrap();
            assert_eq!(corpus.read("a.txt"), work.text());
            assert_eq!(
                open(&corpus, "a.txt").open.document().set(),
                work.open.document().set()
            );
            work.run(Gesture::Undo);
            assert_eq!(work.open.document().set(), before.set());
            work.save().unwrap();
            assert_eq!(corpus.read("a.txt"), text);
            fs::remove_file(corpus.path("a.txt.ron")).unwrap();
        }
    }
}

fn unwritable() {
    let bytes = b"He said \x93no\x94.";
    let corpus = TestCorpus::new().file("a.txt", bytes);
    let mut guessed = open(&corpus, "a.txt");
    assert!(!edit(&mut guessed, 0, 2, "She"), "a guess is not written");
    guessed.tag("quote", "“no”");
    guessed.save().unwrap();
    let mut known = open(&corpus, "a.txt");
    assert!(!edit(&mut known, 0, 2, "Он"), "not in windows-1252");
    assert!(!edit(&mut known, 0, 2, "\u{0}"), "a control character");
    assert_eq!(fs::read(corpus.path("a.txt")).unwrap(), bytes);
    assert!(edit(&mut known, 0, 2, "Zo\u{eb}"));
    known.save().unwrap();
    assert_eq!(
        fs::read(corpus.path("a.txt")).unwrap(),
        b"Zo\xEB said \x93no\x94."
    );
}
