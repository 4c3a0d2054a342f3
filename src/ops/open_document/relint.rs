//! Looking again at what a change can have made doubtful, or set right.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::OpenDocument;
use super::problem_rows::Subject;
use crate::model::{
    Annotation, AnnotationId, Change, Delta, DocumentState, FindingSubject, Transaction,
    validate_tag,
};
use crate::ops::lint::{LintContext, same_place};
use crate::suggest::UnbalancedMark;
use crate::text::{TextRange, TextSize};

/// What to look at again.
#[derive(Debug, Clone, Default)]
pub(super) struct ToCheck {
    tags: BTreeSet<AnnotationId>,
    /// Quoted passages by start.
    passages: BTreeMap<TextSize, TextRange>,
    names: BTreeSet<SmolStr>,
    /// Quotation marks without a partner by start.
    marks: BTreeMap<TextSize, UnbalancedMark>,
}

impl ToCheck {
    fn extend(&mut self, other: Self) {
        self.tags.extend(other.tags);
        self.passages.extend(other.passages);
        self.names.extend(other.names);
        self.marks.extend(other.marks);
    }
}

impl OpenDocument {
    pub(super) fn lint_context(&self) -> LintContext<'_> {
        LintContext {
            document: &self.shown,
            schema: &self.schema,
            text: &self.text_index,
        }
    }

    /// What a transaction that is about to be shown can change, `touched` with its links and what else
    /// depends on it.
    pub(super) fn to_check(
        &self,
        touched: &BTreeSet<AnnotationId>,
        transaction: &Transaction,
    ) -> ToCheck {
        let mut found = ToCheck {
            tags: touched.clone(),
            ..ToCheck::default()
        };
        for change in &transaction.changes {
            match change {
                Change::Annotation(delta) => self.depends_on_tag(delta, &mut found),
                Change::Suppression(delta) => {
                    for one in [&delta.before, &delta.after].into_iter().flatten() {
                        match &one.key.about {
                            FindingSubject::Tag(id) => drop(found.tags.insert(id.clone())),
                            FindingSubject::Words(words) => {
                                found.names.insert(words.clone());
                                let cx = self.lint_context();
                                let passages = cx.speech_of(words);
                                found.passages.extend(passages.map(|p| (p.start(), p)));
                                let marks = cx.marks_of(words);
                                found.marks.extend(marks.map(|m| (m.range.start(), m)));
                            }
                        }
                    }
                }
                Change::Link(_) | Change::Person(_) | Change::PeerReview(_) => {}
                Change::Decision(_) => {}
                Change::Meta(_) | Change::Unread(_) | Change::Source(_) => {}
            }
        }
        found
    }

    fn depends_on_tag(&self, delta: &Delta<Annotation>, found: &mut ToCheck) {
        let cx = self.lint_context();
        for tag in [&delta.before, &delta.after].into_iter().flatten() {
            let same = same_place(self.shown.set(), tag);
            found.tags.extend(same.map(|other| other.id.clone()));
            found.names.extend(cx.name_of(tag));
        }
        let speaks = |tag: &Annotation| self.schema.speaks(&tag.label);
        for range in moved(delta, speaks) {
            let passages = cx.speech_in(range);
            found.passages.extend(passages.map(|p| (p.start(), p)));
        }
        let mentions = |tag: &Annotation| self.schema.mentions(&tag.label);
        for range in moved(delta, mentions) {
            found.names.extend(cx.names_in(range, &self.names));
        }
    }

    /// Lists what is found about it now; what is not listed yet, later.
    pub(super) fn check(&mut self, to_check: ToCheck) {
        if let Some(unlisted) = &mut self.unlisted {
            unlisted.extend(to_check);
            return;
        }
        let cx = LintContext {
            document: &self.shown,
            schema: &self.schema,
            text: &self.text_index,
        };
        let problems = &mut self.problems;
        for id in to_check.tags {
            let mut found = validate_tag(cx.document, cx.schema, &id);
            if let Some(tag) = cx.document.set().annotation(&id) {
                found.extend(cx.tag(tag));
            }
            problems.put(cx.schema, &Subject::Tag(id), found);
        }
        for passage in to_check.passages.into_values() {
            problems.look_at_passage(&cx, passage);
        }
        for name in to_check.names {
            // A name is looked at as long as a mention consists of it.
            let counted = self.names.contains(&name);
            let found = counted.then(|| cx.name(&name)).flatten();
            let found = found.into_iter().collect();
            problems.put(cx.schema, &Subject::Name(name), found);
        }
        for mark in to_check.marks.into_values() {
            problems.look_at_mark(&cx, mark);
        }
        problems.set_done(cx.document.meta().state == DocumentState::Done);
    }
}

/// The ranges that a tag of a kind covers on one side of a change and not, or not the same, on the other.
fn moved(delta: &Delta<Annotation>, is_of_kind: impl Fn(&Annotation) -> bool) -> Vec<TextRange> {
    let side = |tag: &Option<Annotation>| match tag {
        Some(tag) if is_of_kind(tag) => tag.fragments.as_slice().to_vec(),
        Some(_) | None => Vec::new(),
    };
    let (before, after) = (side(&delta.before), side(&delta.after));
    if before.len() != after.len() {
        return [before, after].concat();
    }
    let between = |a: TextSize, b: TextSize| TextRange::new(a.min(b), a.max(b));
    let parts = before.iter().zip(&after);
    let edges = parts.flat_map(|(a, b)| [between(a.start(), b.start()), between(a.end(), b.end())]);
    edges.filter(|range| !range.is_empty()).collect()
}
