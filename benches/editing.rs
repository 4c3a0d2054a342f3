use std::cell::RefCell;

use divan::Bencher;
use pullquote::model::CountedIds;
use pullquote::ops::{Command, Edit, Gesture, Move, OpenDocument, TagFilter};
use pullquote::text::TextSize;

use super::schema;
use super::synthetic::{SIZES, Size, document};

/// A person at work: the caret moves before each step.
struct Work {
    open: OpenDocument,
    ids: CountedIds,
    place: u32,
}

impl Work {
    fn on(size: Size) -> RefCell<Self> {
        RefCell::new(Self {
            open: OpenDocument::new(document(size), schema()),
            ids: CountedIds::new("n"),
            place: 0,
        })
    }

    fn go_elsewhere(&mut self) {
        let len = u32::from(self.open.document().source().len());
        self.place = (self.place + len / 3 + 101) % len;
        let at = TextSize::new(self.place);
        self.run(Move::Select {
            anchor: at,
            head: at,
        });
    }

    fn run(&mut self, command: impl Into<Command>) -> bool {
        self.open.run(command, &mut self.ids).is_ok()
    }

    /// Tags something new.
    fn tag(&mut self) {
        while !self.run(Edit::Tag("claim".into())) {
            self.go_elsewhere();
        }
    }
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 60)]
fn tag(bencher: Bencher<'_, '_>, size: Size) {
    let work = Work::on(size);
    bencher
        .with_inputs(|| work.borrow_mut().go_elsewhere())
        .bench_local_values(|()| work.borrow_mut().tag());
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 60)]
fn undo(bencher: Bencher<'_, '_>, size: Size) {
    let work = Work::on(size);
    bencher
        .with_inputs(|| {
            let mut work = work.borrow_mut();
            work.go_elsewhere();
            work.tag();
        })
        .bench_local_values(|()| work.borrow_mut().run(Gesture::Undo));
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 60)]
fn next_tag(bencher: Bencher<'_, '_>, size: Size) {
    let work = Work::on(size);
    bencher
        .with_inputs(|| work.borrow_mut().go_elsewhere())
        .bench_local_values(|()| {
            work.borrow_mut()
                .run(Gesture::NextTag(TagFilter::default()))
        });
}
