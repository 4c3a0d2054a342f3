use crate::model::{Annotation, Change, Document, Fragments, Sitting, Transaction};

/// Why a transaction cannot be applied. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// A change expects something else than what is there.
    #[error("{what} has changed; check it and try again")]
    Conflict {
        /// What the change is about: kind and id.
        what: String,
    },
    /// A change is of one id before and another after, or of none at all.
    #[error("a change to {what} does not keep its id; this step cannot be applied")]
    IdChanged {
        /// What the change is about: kind and id.
        what: String,
    },
    /// A fragment is outside the text or cuts a character.
    #[error("the tag `{id}` would be outside the text or split a character; check its edges")]
    NotInText {
        /// The tag.
        id: String,
    },
}

/// Carries a transaction out: all or nothing.
///
/// # Errors
/// [`ApplyError`]; the document is then as it was.
pub fn apply(document: &mut Document, transaction: &Transaction) -> Result<(), ApplyError> {
    let mut applied = 0;
    let mut result = Ok(());
    for change in &transaction.changes {
        result = apply_change(document, change.clone());
        if result.is_err() {
            break;
        }
        applied += 1;
    }
    // Only now: text and tags may move together, in either order.
    let result = result.and_then(|()| check_places(document, transaction));
    if result.is_err() {
        // What has been applied so far fits the other way round, so this cannot fail.
        for done in transaction.changes.iter().take(applied).rev() {
            let _ = apply_change(document, done.clone().inverted());
        }
    }
    result
}

/// Adds times of work. They are no step: nothing takes them back.
pub fn add_sittings(document: &mut Document, sittings: impl IntoIterator<Item = Sitting>) {
    document.parts_mut().sittings.extend(sittings);
}

/// Whether the tags that were put, and after a change of the text all tags, are in the text.
fn check_places(document: &Document, transaction: &Transaction) -> Result<(), ApplyError> {
    let check = |tag: &Annotation| {
        if lies_in_text(document, &tag.fragments) {
            return Ok(());
        }
        Err(ApplyError::NotInText {
            id: tag.id.to_string(),
        })
    };
    let changes = &transaction.changes;
    if changes
        .iter()
        .any(|change| matches!(change, Change::Source(_)))
    {
        return document.set().annotations().try_for_each(check);
    }
    let tags = changes.iter().filter_map(Change::annotation);
    let mut after = tags.filter_map(|delta| delta.after.as_ref());
    after.try_for_each(check)
}

/// The transaction that takes `transaction` back: its changes the other way round, last first.
/// Its selection is the caller's matter.
#[must_use]
pub fn inverted(transaction: &Transaction) -> Transaction {
    Transaction {
        label: transaction.label.clone(),
        changes: transaction
            .changes
            .iter()
            .rev()
            .map(|change| change.clone().inverted())
            .collect(),
        selection_after: None,
    }
}

/// The id a change is of; an error where there are two or none.
fn same_id<'a, T, I: PartialEq + std::fmt::Display>(
    kind: &str,
    before: Option<&'a T>,
    after: Option<&'a T>,
    id: impl Fn(&'a T) -> &'a I,
) -> Result<&'a I, ApplyError> {
    match (before.map(&id), after.map(&id)) {
        (Some(before), Some(after)) if before != after => Err(ApplyError::IdChanged {
            what: format!("the {kind} `{before}`"),
        }),
        (Some(id), _) | (None, Some(id)) => Ok(id),
        (None, None) => Err(ApplyError::IdChanged {
            what: format!("a {kind}"),
        }),
    }
}

fn expect<T: PartialEq>(
    what: impl FnOnce() -> String,
    found: Option<&T>,
    before: Option<&T>,
) -> Result<(), ApplyError> {
    if found == before {
        Ok(())
    } else {
        Err(ApplyError::Conflict { what: what() })
    }
}

fn lies_in_text(document: &Document, fragments: &Fragments) -> bool {
    fragments
        .iter()
        .all(|range| document.source().get(range).is_some())
}

fn apply_change(document: &mut Document, change: Change) -> Result<(), ApplyError> {
    let parts = document.parts_mut();
    let set = &mut parts.set;
    match change {
        Change::Annotation(delta) => {
            let (before, after) = (delta.before.as_ref(), delta.after.as_ref());
            let id = same_id("tag", before, after, |tag| &tag.id)?.clone();
            expect(|| format!("the tag `{id}`"), set.annotation(&id), before)?;
            match delta.after {
                Some(after) => set.insert_annotation(after),
                None => set.remove_annotation(&id),
            };
        }
        Change::Link(delta) => {
            let (before, after) = (delta.before.as_ref(), delta.after.as_ref());
            let id = same_id("link", before, after, |link| &link.id)?.clone();
            expect(|| format!("the link `{id}`"), set.link(&id), before)?;
            match delta.after {
                Some(after) => set.insert_link(after),
                None => set.remove_link(&id),
            };
        }
        Change::Person(delta) => {
            let (before, after) = (delta.before.as_ref(), delta.after.as_ref());
            let id = same_id("person", before, after, |person| &person.id)?.clone();
            expect(|| format!("the person `{id}`"), set.person(&id), before)?;
            match delta.after {
                Some(after) => set.insert_person(after),
                None => set.remove_person(&id),
            };
        }
        Change::PeerReview(delta) => {
            let (before, after) = (delta.before.as_ref(), delta.after.as_ref());
            let key = same_id("review of", before, after, |review| &review.key)?.clone();
            let what = || format!("the review of `{key}`");
            expect(what, set.peer_review(&key), before)?;
            match delta.after {
                Some(after) => set.insert_peer_review(after),
                None => set.remove_peer_review(&key),
            };
        }
        Change::Decision(delta) => {
            let (before, after) = (delta.before.as_ref(), delta.after.as_ref());
            let key = same_id("decision on", before, after, |decision| &decision.key)?.clone();
            let what = || format!("the decision on `{key}`");
            expect(what, set.decision(&key), before)?;
            match delta.after {
                Some(after) => set.insert_decision(after),
                None => set.remove_decision(&key),
            };
        }
        Change::Suppression(delta) => {
            let (before, after) = (delta.before.as_ref(), delta.after.as_ref());
            let key = same_id("decision to ignore", before, after, |one| &one.key)?.clone();
            let what = || format!("the decision to ignore `{key}`");
            expect(what, set.suppression(&key), before)?;
            match delta.after {
                Some(after) => set.insert_suppression(after),
                None => set.remove_suppression(&key),
            };
        }
        Change::Meta(delta) => {
            let what = || "the state of the document".to_owned();
            expect(what, Some(&parts.meta), delta.before.as_ref())?;
            match delta.after {
                Some(after) => parts.meta = after,
                None => return Err(ApplyError::IdChanged { what: what() }),
            }
        }
        Change::Unread(delta) => {
            let what = || "a record of the sidecar that cannot be read".to_owned();
            match (delta.before, delta.after) {
                (Some(before), None) => {
                    if parts.unread.remove(&before).is_none() {
                        return Err(ApplyError::Conflict { what: what() });
                    }
                }
                (None, Some(after)) => {
                    if parts.unread.insert(after).is_some() {
                        return Err(ApplyError::Conflict { what: what() });
                    }
                }
                _ => return Err(ApplyError::IdChanged { what: what() }),
            }
        }
        Change::Source(delta) => {
            let what = || "the text of the article".to_owned();
            expect(what, Some(&parts.source), delta.before.as_ref())?;
            match delta.after {
                Some(after) => parts.source = after,
                None => return Err(ApplyError::IdChanged { what: what() }),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::testing::{TestEditor, schema};
    use crate::edit::{Context, action};
    use crate::model::{AnnotationId, Delta, IdSource, Selection};
    use crate::text::TextRange;

    /// A tag outside the text, or within a character, is refused.
    #[test]
    fn a_tag_outside_the_text_is_refused() {
        let mut editor = TestEditor::new("é");
        for (start, end) in [(0, 1), (0, 3), (2, 4)] {
            let mut tag: Annotation = template(&editor.document);
            tag.fragments =
                Fragments::new(vec![TextRange::new(u32::into(start), u32::into(end))]).unwrap();
            let transaction = Transaction {
                changes: vec![Change::Annotation(Delta::insert(tag))],
                ..Transaction::new("tagged")
            };
            assert!(matches!(
                apply(&mut editor.document, &transaction),
                Err(ApplyError::NotInText { .. })
            ));
            assert_eq!(editor.document.set().annotation_count(), 0);
        }
    }

    /// A change from one id to another is refused.
    #[test]
    fn a_change_of_id_is_refused() {
        let mut editor = TestEditor::new("é");
        let tag = template(&editor.document);
        apply(
            &mut editor.document,
            &Transaction {
                changes: vec![Change::Annotation(Delta::insert(tag.clone()))],
                ..Transaction::new("tagged")
            },
        )
        .unwrap();
        let mut renamed = tag.clone();
        renamed.id = AnnotationId::new("other");
        let transaction = Transaction {
            changes: vec![Change::Annotation(Delta::replace(tag, renamed))],
            ..Transaction::new("renamed")
        };
        assert!(matches!(
            apply(&mut editor.document, &transaction),
            Err(ApplyError::IdChanged { .. })
        ));
    }

    fn template(document: &Document) -> Annotation {
        let selection = Selection {
            anchor: 0.into(),
            head: document.source().len(),
            tag: None,
        };
        let ctx = Context {
            document,
            schema: &schema(),
            selection: &selection,
            annotator: None,
            now: None,
        };
        let mut ids = crate::model::CountedIds::new("id");
        let ids: &mut dyn IdSource = &mut ids;
        let transaction = action::tag(&ctx, "cue", ids).unwrap();
        let mut tags = transaction.changes.iter().filter_map(Change::annotation);
        tags.find_map(|delta| delta.after.clone()).unwrap()
    }
}
