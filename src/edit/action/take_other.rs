use super::keep_ours::{require, show};
use crate::edit::{Context, Refusal};
use crate::model::{
    Annotation, Change, ClashingRecord, Delta, DocumentMeta, Link, Person, Transaction,
    UnreadRecord,
};

/// Replaces a record with the other one of a conflict; undo restores both.
///
/// # Errors
/// [`Refusal`] where the record is gone or cannot be read.
pub fn take_other(ctx: &Context<'_>, record: &UnreadRecord) -> Result<Transaction, Refusal> {
    let clash = require(ctx, record)?;
    let document = ctx.document;
    let mut transaction = Transaction::new(format!("used the other version of `{}`", clash.id));
    let changes = &mut transaction.changes;
    changes.push(Change::Unread(Delta::remove(record.clone())));
    let set = document.set();
    let header = |change: &dyn Fn(&mut DocumentMeta)| {
        let mut meta = document.meta().clone();
        change(&mut meta);
        Change::Meta(Delta::replace(document.meta().clone(), meta))
    };
    changes.push(match &clash.other {
        ClashingRecord::Annotation(other) => Change::Annotation(Delta {
            before: set.annotation(&other.id).cloned(),
            after: Some(Annotation::clone(other)),
        }),
        ClashingRecord::Unplaced(reason) => {
            return Err(Refusal::new(format!(
                "the other version cannot be read: {reason}"
            )));
        }
        ClashingRecord::Link(other) => Change::Link(Delta {
            before: set.link(&other.id).cloned(),
            after: Some(Link::clone(other)),
        }),
        ClashingRecord::Person(other) => Change::Person(Delta {
            before: set.person(&other.id).cloned(),
            after: Some(Person::clone(other)),
        }),
        ClashingRecord::State(state) => header(&|meta| meta.state = *state),
        ClashingRecord::Annotator(name) => header(&|meta| meta.annotator.clone_from(name)),
    });
    transaction.selection_after = show(ctx, clash);
    Ok(transaction)
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{Desk, TEXT};
    use crate::format::sidecar;

    /// A quote whose note says one thing here and another there.
    fn desk() -> Desk {
        let mut desk = Desk::new(TEXT);
        let quote = desk.tag("quote", "“I think so,”").id;
        desk.run(|ctx, _| action::set_note(ctx, &quote, "mine"))
            .unwrap();
        let text = sidecar::write(&desk.document, "a.txt");
        let record = text.lines().find(|line| line.contains("mine")).unwrap();
        let both = format!("{record}\n{}", record.replace("mine", "hers"));
        let read = sidecar::read(&text.replace(record, &both), desk.document.source()).unwrap();
        desk.document.parts_mut().unread = read.unread.into();
        desk
    }

    #[test]
    fn either_version_can_be_had_and_both_come_back() {
        let mut desk = desk();
        let other = desk.document.unread().get_min().unwrap().clone();
        let clash = other.clash().unwrap().clone();
        assert_eq!(clash.differs, ["the note"]);

        desk.run(|ctx, _| action::take_other(ctx, &other)).unwrap();
        assert_eq!(desk.current().note, "hers");
        assert!(desk.document.unread().is_empty());
        assert!(desk.run(|ctx, _| action::take_other(ctx, &other)).is_err());
        assert!(desk.undo());
        assert_eq!(desk.current().note, "mine");

        desk.run(|ctx, _| action::keep_ours(ctx, &other)).unwrap();
        assert_eq!(desk.current().note, "mine");
        assert!(desk.document.unread().is_empty());
        assert!(desk.undo());
        assert!(desk.document.unread().contains(&other));
    }

    #[test]
    fn the_other_version_follows_an_edit_of_the_text() {
        let mut desk = desk();
        let before = desk.document.unread().clone();
        let other = before.get_min().unwrap();
        desk.select("“I think so,”");
        let start = desk.selection.range().start();
        let range = crate::text::TextRange::up_to(0.into());
        desk.run(|ctx, _| action::edit_text(ctx, range, "Ä new start. "))
            .unwrap();
        let moved = desk.document.unread().get_min().unwrap().clone();
        assert_ne!(moved.raw(), other.raw());
        // What is saved now can be read again.
        let text = sidecar::write(&desk.document, "a.txt");
        let read = sidecar::read(&text, desk.document.source()).unwrap();
        assert_eq!(read.unread.len(), 1);
        assert!(read.unread[0].clash().is_some(), "{:?}", read.unread);
        desk.run(|ctx, _| action::take_other(ctx, &moved)).unwrap();
        assert_eq!(desk.current().note, "hers");
        assert_eq!(desk.words(&desk.current().id), ["“I think so,”"]);
        assert!(desk.current().fragments.start() > start);
        assert!(desk.undo() && desk.undo());
        assert_eq!(*desk.document.unread(), before);
    }

    #[test]
    fn the_other_version_of_words_that_are_gone_cannot_be_had() {
        let mut desk = desk();
        desk.select("“I think so,”");
        let range = desk.selection.range();
        desk.run(|ctx, _| action::edit_text(ctx, range, ""))
            .unwrap();
        let gone = desk.document.unread().get_min().unwrap().clone();
        assert!(gone.clash().is_none(), "{gone:?}");
        assert!(desk.run(|ctx, _| action::take_other(ctx, &gone)).is_err());
        assert!(desk.undo());
        assert!(desk.document.unread().get_min().unwrap().clash().is_some());
    }
}
