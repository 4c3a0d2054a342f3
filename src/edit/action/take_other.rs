use super::keep_ours::{require, show};
use crate::edit::{Context, Refusal};
use crate::model::{
    Annotation, Change, ClashingRecord, Decision, Delta, DocumentMeta, Link, PeerReview, Person,
    Suppression, Transaction, UnreadRecord,
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
        ClashingRecord::PeerReview(other) => Change::PeerReview(Delta {
            before: set.peer_review(&other.key).cloned(),
            after: Some(PeerReview::clone(other)),
        }),
        ClashingRecord::Decision(other) => Change::Decision(Delta {
            before: set.decision(&other.key).cloned(),
            after: Some(Decision::clone(other)),
        }),
        ClashingRecord::Suppression(other) => Change::Suppression(Delta {
            before: set.suppression(&other.key).cloned(),
            after: Some(Suppression::clone(other)),
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
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::format::sidecar;

    /// A quote whose note says one thing here and another there.
    fn editor() -> TestEditor {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        editor
            .run(|ctx, _| action::set_note(ctx, &quote, "mine"))
            .unwrap();
        let text = sidecar::write(&editor.document, "a.txt");
        let record = text.lines().find(|line| line.contains("mine")).unwrap();
        let both = format!("{record}\n{}", record.replace("mine", "hers"));
        let read = sidecar::read(&text.replace(record, &both), editor.document.source()).unwrap();
        editor.document.parts_mut().unread = read.unread.into();
        editor
    }

    #[test]
    fn either_version_can_be_had_and_both_come_back() {
        let mut editor = editor();
        let other = editor.document.unread().get_min().unwrap().clone();
        let clash = other.clash().unwrap().clone();
        assert_eq!(clash.differs, ["the note"]);

        editor
            .run(|ctx, _| action::take_other(ctx, &other))
            .unwrap();
        assert_eq!(editor.current().note, "hers");
        assert!(editor.document.unread().is_empty());
        assert!(
            editor
                .run(|ctx, _| action::take_other(ctx, &other))
                .is_err()
        );
        assert!(editor.undo());
        assert_eq!(editor.current().note, "mine");

        editor.run(|ctx, _| action::keep_ours(ctx, &other)).unwrap();
        assert_eq!(editor.current().note, "mine");
        assert!(editor.document.unread().is_empty());
        assert!(editor.undo());
        assert!(editor.document.unread().contains(&other));
    }

    #[test]
    fn the_other_version_follows_an_edit_of_the_text() {
        let mut editor = editor();
        let before = editor.document.unread().clone();
        let other = before.get_min().unwrap();
        editor.select("“I think so,”");
        let start = editor.selection.range().start();
        let range = crate::text::TextRange::up_to(0.into());
        editor
            .run(|ctx, _| action::edit_text(ctx, range, "Ä new start. "))
            .unwrap();
        let moved = editor.document.unread().get_min().unwrap().clone();
        assert_ne!(moved.raw(), other.raw());
        // What is saved now can be read again.
        let text = sidecar::write(&editor.document, "a.txt");
        let read = sidecar::read(&text, editor.document.source()).unwrap();
        assert_eq!(read.unread.len(), 1);
        assert!(read.unread[0].clash().is_some(), "{:?}", read.unread);
        editor
            .run(|ctx, _| action::take_other(ctx, &moved))
            .unwrap();
        assert_eq!(editor.current().note, "hers");
        assert_eq!(editor.words(&editor.current().id), ["“I think so,”"]);
        assert!(editor.current().fragments.start() > start);
        assert!(editor.undo() && editor.undo());
        assert_eq!(*editor.document.unread(), before);
    }

    #[test]
    fn the_other_version_of_words_that_are_gone_cannot_be_had() {
        let mut editor = editor();
        editor.select("“I think so,”");
        let range = editor.selection.range();
        editor
            .run(|ctx, _| action::edit_text(ctx, range, ""))
            .unwrap();
        let gone = editor.document.unread().get_min().unwrap().clone();
        assert!(gone.clash().is_none(), "{gone:?}");
        assert!(editor.run(|ctx, _| action::take_other(ctx, &gone)).is_err());
        assert!(editor.undo());
        assert!(
            editor
                .document
                .unread()
                .get_min()
                .unwrap()
                .clash()
                .is_some()
        );
    }
}
