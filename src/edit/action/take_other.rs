use super::keep_ours::{require, show};
use crate::edit::{Context, Refusal};
use crate::format::sidecar::{OneRecord, header_fact, read_record};
use crate::model::{Change, Delta, Transaction, UnreadRecord};

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
    if let Some(fact) = header_fact(&record.raw) {
        let mut meta = document.meta().clone();
        fact.put(&mut meta);
        changes.push(Change::Meta(Delta::replace(document.meta().clone(), meta)));
        return Ok(transaction);
    }
    let annotator = document.meta().annotator.as_ref();
    let other = read_record(&record.list, &record.raw, document.source(), annotator)
        .map_err(|reason| Refusal::new(format!("the other version cannot be read: {reason}")))?;
    let set = document.set();
    changes.push(match other {
        OneRecord::Annotation(other) => Change::Annotation(Delta {
            before: set.annotation(&other.id).cloned(),
            after: Some(other),
        }),
        OneRecord::Link(other) => Change::Link(Delta {
            before: set.link(&other.id).cloned(),
            after: Some(other),
        }),
        OneRecord::Person(other) => Change::Person(Delta {
            before: set.person(&other.id).cloned(),
            after: Some(other),
        }),
    });
    transaction.selection_after = show(ctx, record);
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
        let clash = other.clash.clone().unwrap();
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
}
