use crate::edit::{Context, Refusal};
use crate::model::{Change, Delta, Suppression, SuppressionKey, Transaction};

/// Ignores what a rule has found, for a reason, which may be empty. Again, with another reason, it changes
/// the reason.
///
/// # Errors
/// [`Refusal`] where it is ignored for this reason already.
pub fn ignore_finding(
    ctx: &Context<'_>,
    key: &SuppressionKey,
    reason: &str,
) -> Result<Transaction, Refusal> {
    let before = ctx.document.set().suppression(key).cloned();
    let reason = reason.trim();
    if before.as_ref().is_some_and(|known| known.reason == reason) {
        return Err(Refusal::new("this is ignored already"));
    }
    let now = ctx.authorship().map(Box::new);
    let after = match before.clone() {
        Some(known) => Suppression {
            reason: reason.to_owned(),
            changed: now,
            ..known
        },
        None => Suppression {
            made: now,
            ..Suppression::new(key.clone(), reason)
        },
    };
    Ok(Transaction {
        changes: vec![Change::Suppression(Delta {
            before,
            after: Some(after),
        })],
        ..Transaction::new("ignored a hint")
    })
}

/// Shows again what was ignored.
///
/// # Errors
/// [`Refusal`] where it is not ignored.
pub fn stop_ignoring(ctx: &Context<'_>, key: &SuppressionKey) -> Result<Transaction, Refusal> {
    let before = ctx.document.set().suppression(key).cloned();
    let before = before.ok_or_else(|| Refusal::new("this is not ignored any more"))?;
    Ok(Transaction {
        changes: vec![Change::Suppression(Delta::remove(before))],
        ..Transaction::new("showed a hint again")
    })
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::{FindingSubject, SuppressionKey};

    #[test]
    fn what_is_ignored_keeps_its_reason_until_it_is_shown_again() {
        let mut editor = TestEditor::new(TEXT);
        let key = SuppressionKey {
            rule: "edge-in-word".into(),
            about: FindingSubject::Tag("a1".into()),
        };
        let mut ignore =
            |reason: &str| editor.run(|ctx, _| action::ignore_finding(ctx, &key, reason));
        ignore(" a compound ").unwrap();
        assert!(ignore("a compound").is_err());
        ignore("half a word on purpose").unwrap();
        let kept = editor.document.set().suppression(&key).unwrap();
        assert_eq!(kept.reason, "half a word on purpose");
        editor
            .run(|ctx, _| action::stop_ignoring(ctx, &key))
            .unwrap();
        assert_eq!(editor.document.set().suppressions().count(), 0);
        assert!(
            editor
                .run(|ctx, _| action::stop_ignoring(ctx, &key))
                .is_err()
        );
        assert!(editor.undo() && editor.undo());
        let kept = editor.document.set().suppression(&key).unwrap();
        assert_eq!(kept.reason, "a compound");
    }
}
