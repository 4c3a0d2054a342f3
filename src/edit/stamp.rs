//! Who made and changed records, and when.

use thin_vec::ThinVec;

use crate::model::{Annotation, Authorship, Decision, Link, PeerReview, Person, UnknownField};

/// A record that says who made and changed it.
pub(super) trait Stamped: PartialEq {
    /// Notes who makes a record of it, or changes `before` into it. The two must differ.
    fn stamp(&mut self, before: Option<&Self>, by: &Authorship);
}

impl Stamped for Annotation {
    fn stamp(&mut self, before: Option<&Self>, by: &Authorship) {
        let Some(before) = before else {
            return stamp_new(&mut self.made, &mut self.changed, &mut self.unknown, by);
        };
        let decided = (self.verdict, self.review) != (before.verdict, before.review);
        let undecided = Self {
            verdict: before.verdict,
            review: before.review,
            ..self.clone()
        };
        if undecided != *before {
            put(&mut self.changed, &mut self.unknown, "changed", by);
        }
        if decided {
            put(&mut self.decided, &mut self.unknown, "decided", by);
        }
    }
}

impl Stamped for Link {
    fn stamp(&mut self, before: Option<&Self>, by: &Authorship) {
        match before {
            Some(_) => put(&mut self.changed, &mut self.unknown, "changed", by),
            None => stamp_new(&mut self.made, &mut self.changed, &mut self.unknown, by),
        }
    }
}

impl Stamped for Person {
    fn stamp(&mut self, before: Option<&Self>, by: &Authorship) {
        match before {
            Some(_) => put(&mut self.changed, &mut self.unknown, "changed", by),
            None => stamp_new(&mut self.made, &mut self.changed, &mut self.unknown, by),
        }
    }
}

impl Stamped for PeerReview {
    fn stamp(&mut self, before: Option<&Self>, by: &Authorship) {
        match before {
            Some(_) => put(&mut self.changed, &mut self.unknown, "changed", by),
            None => stamp_new(&mut self.made, &mut self.changed, &mut self.unknown, by),
        }
    }
}

impl Stamped for Decision {
    fn stamp(&mut self, before: Option<&Self>, by: &Authorship) {
        match before {
            Some(_) => put(&mut self.changed, &mut self.unknown, "changed", by),
            None => stamp_new(&mut self.made, &mut self.changed, &mut self.unknown, by),
        }
    }
}

/// A record that comes back from elsewhere keeps who made it.
fn stamp_new(
    made: &mut Option<Box<Authorship>>,
    changed: &mut Option<Box<Authorship>>,
    unknown: &mut ThinVec<UnknownField>,
    by: &Authorship,
) {
    if made.is_some() || unknown.iter().any(|field| field.name == "made") {
        put(changed, unknown, "changed", by);
    } else {
        *made = Some(by.clone().into());
    }
}

/// Replaces what was there, also where that could not be read.
fn put(
    field: &mut Option<Box<Authorship>>,
    unknown: &mut ThinVec<UnknownField>,
    name: &str,
    by: &Authorship,
) {
    *field = Some(by.clone().into());
    unknown.retain(|field| field.name != name);
}

#[cfg(test)]
mod tests {
    use crate::edit::Context;
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};
    use crate::model::{Authorship, Review};

    fn maria(time: &str) -> Option<Box<Authorship>> {
        let by = "maria".into();
        let at = (!time.is_empty()).then(|| time.parse().unwrap());
        Some(Authorship { at, by }.into())
    }

    const TEN: &str = "2026-11-28T10:00:00Z";
    const ELEVEN: &str = "2026-11-28T11:00:00Z";

    fn at<'a>(ctx: &Context<'a>, time: &str) -> Context<'a> {
        Context {
            now: Some(time.parse().unwrap()),
            ..*ctx
        }
    }

    #[test]
    fn who_made_changed_and_decided_is_kept_apart_and_undone() {
        let mut editor = TestEditor::new(TEXT);
        editor.select("“I think so,”");
        editor
            .run(|ctx, ids| action::tag(&at(ctx, TEN), "quote", ids))
            .unwrap();
        let made = editor.current();
        assert_eq!((&made.made, &made.changed), (&maria(TEN), &None));
        let id = made.id.clone();

        editor
            .run(|ctx, _| action::set_note(&at(ctx, ELEVEN), &id, "n"))
            .unwrap();
        let noted = editor.current();
        assert_eq!(
            (noted.made, noted.changed, noted.decided),
            (maria(TEN), maria(ELEVEN), None)
        );
        assert!(editor.undo());
        assert_eq!(editor.current(), made);

        editor
            .run(|ctx, ids| action::review(&at(ctx, ELEVEN), &id, Review::Unsure, ids))
            .unwrap();
        let reviewed = editor.current();
        assert_eq!(
            (&reviewed.changed, &reviewed.decided),
            (&None, &maria(ELEVEN))
        );
    }

    #[test]
    fn a_record_is_not_changed_by_its_stamp_alone() {
        let mut editor = TestEditor::new(TEXT);
        let id = editor.tag("quote", "“I think so,”").id;
        let before = editor.document.clone();
        let same = editor.run(|ctx, _| action::set_note(&at(ctx, TEN), &id, ""));
        assert_eq!(editor.document.set(), before.set(), "{same:?}");
    }

    #[test]
    fn a_project_without_times_keeps_who() {
        let mut editor = TestEditor::new(TEXT);
        editor.schema.times = false;
        editor.select("“I think so,”");
        editor
            .run(|ctx, ids| action::tag(&at(ctx, TEN), "quote", ids))
            .unwrap();
        assert_eq!(editor.current().made, maria(""));
    }
}
