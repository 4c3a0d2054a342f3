//! Articles of any size and shape are opened, tagged, saved and read alike.

use pullquote::format::sidecar;
use pullquote::model::Document;
use pullquote::ops::{Edge, Edit, Gesture, Move, Step};
use pullquote::store::sidecar_file::sidecar_path;
use pullquote::text::TextSize;

use crate::support::synthetic::{Odd, SIZES, document, text};
use crate::support::{TestCorpus, Work};

/// Opens, tags somewhere, links, nudges, undoes all, does it again and saves; what is read then is what
/// was there.
fn worked_on(name: &str, document: &Document) {
    let article = format!("{name}.txt");
    let corpus = TestCorpus::new()
        .file(&article, document.source().as_str())
        .file(
            sidecar_path(article.as_ref(), None).to_str().unwrap(),
            sidecar::write(document, &article),
        );
    let mut work = Work::open(&corpus.path(&article), &corpus.state()).unwrap();
    assert_eq!(work.open.document().set(), document.set(), "{name}");
    let problems = work.open.problems();
    let only_hints = problems.iter().all(|p| p.kind.finding().is_some());
    assert!(only_hints, "{name}");
    let at = TextSize::new(u32::from(document.source().len()) / 2);
    work.run(Move::Select {
        anchor: at,
        head: at,
    });
    let mut steps = 0;
    for command in [
        Edit::Tag("claim".into()),
        Edit::Nudge {
            edge: Edge::End,
            forward: true,
            step: Step::Word,
        },
        Edit::Tag("speaker".into()),
        Edit::Delete(None),
    ] {
        let before = work.open.document().set().clone();
        work.try_run(command);
        steps += usize::from(work.open.document().set() != &before);
    }
    assert!(steps >= 2, "{name}: {steps} steps");
    let after = work.open.document().set().clone();
    for _ in 0..steps {
        work.run(Gesture::Undo);
    }
    assert_eq!(work.open.document().set(), document.set(), "{name}");
    for _ in 0..steps {
        work.run(Gesture::Redo);
    }
    work.save().unwrap();
    let again = Work::open(&corpus.path(&article), &corpus.state()).unwrap();
    assert_eq!(again.open.document().set(), &after, "{name}");
}

#[test]
fn short_and_long_articles_are_worked_on_alike() {
    for size in SIZES.into_iter().filter(|size| size.bytes <= 1_000_000) {
        let made = document(size);
        assert_eq!(made.source().as_str(), text(size.bytes), "{size}");
        assert_eq!(made.set().annotation_count(), size.tags, "{size}");
        assert_eq!(made.set().link_count(), size.links, "{size}");
        worked_on(size.name, &made);
    }
}

#[test]
fn odd_articles_are_worked_on_like_others() {
    for odd in Odd::ALL {
        worked_on(odd.name(), &odd.document());
    }
}
