//! Deciding between the tags of several annotators, difference by difference.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::OpenDocument;
use crate::compare::{Comparison, DifferenceKind, TagGroup};
use crate::edit::action::{self, Dispute, Ruling};
use crate::edit::{Context, Refusal};
use crate::model::{
    AnnotationSet, Change, Choice, DecidedTags, IdSource, ReviewKey, Selection, TagPart,
    Transaction,
};
use crate::ops::{Outcome, RulingKey};
use crate::text::TextRange;
use crate::text::wording::count;

/// The differences between annotators of the article, and which of them are open.
#[derive(Debug, Clone, Default)]
pub struct Adjudication {
    comparison: Arc<Comparison>,
    decided: DecidedTags,
    /// Groups without a decision on their tags as they are, but for those that wait for another one.
    open: BTreeSet<usize>,
    /// The same, by kind and place.
    listed: Vec<(DifferenceKind, usize)>,
    /// The difference gone to last.
    last: Option<usize>,
    /// Parts that the next annotator named is to give.
    picked: Vec<TagPart>,
    /// Parts that are given.
    given: Vec<(TagPart, usize)>,
}

impl Adjudication {
    fn new(comparison: Comparison, set: &AnnotationSet) -> Self {
        let mut new = Self {
            comparison: Arc::new(comparison),
            decided: DecidedTags::of(set),
            ..Self::default()
        };
        for group in 0..new.comparison.groups().len() {
            if new.is_offered(group, set) {
                new.open.insert(group);
            }
        }
        let kinds = new.open.iter();
        new.listed = kinds.filter_map(|group| new.place(*group)).collect();
        new.listed.sort_unstable();
        new
    }

    /// What is compared.
    #[must_use]
    pub fn comparison(&self) -> &Comparison {
        &self.comparison
    }

    /// The open differences, by kind and then in the order of the text: places in
    /// [`Comparison::groups`].
    #[must_use]
    pub fn listed(&self) -> &[(DifferenceKind, usize)] {
        &self.listed
    }

    /// How many differences are open.
    #[must_use]
    pub fn open_count(&self) -> usize {
        self.open.len()
    }

    /// Whether a difference is open.
    #[must_use]
    pub fn is_open(&self, group: usize) -> bool {
        self.open.contains(&group)
    }

    /// The group of a tag.
    #[must_use]
    pub fn group_of(&self, tag: &ReviewKey) -> Option<usize> {
        self.comparison.group_of(tag)
    }

    /// What was said about the current difference so far: parts whose annotator is still to be named, and
    /// parts with theirs.
    #[must_use]
    pub fn parts(&self) -> (&[TagPart], &[(TagPart, usize)]) {
        (&self.picked, &self.given)
    }

    fn place(&self, group: usize) -> Option<(DifferenceKind, usize)> {
        let found = self.comparison.groups().get(group)?;
        Some((self.comparison.kind(found), group))
    }

    /// Follows a step that was applied.
    fn follow(&mut self, transaction: &Transaction, set: &AnnotationSet) {
        let mut touched = BTreeSet::new();
        for change in &transaction.changes {
            let Change::Decision(delta) = change else {
                continue;
            };
            for decision in [&delta.before, &delta.after].into_iter().flatten() {
                let keys = decision.judged();
                let groups = keys.filter_map(|(key, _)| self.comparison.group_of(key));
                touched.extend(groups);
            }
            if let Some(before) = &delta.before {
                self.decided.remove(before);
            }
            if let Some(after) = &delta.after {
                self.decided.add(after);
            }
        }
        let groups = self.comparison.groups();
        let found = touched.iter().filter_map(|group| groups.get(*group));
        let waiting: Vec<usize> = found.flat_map(|group| group.links_to.clone()).collect();
        touched.extend(waiting);
        for group in touched {
            let offered = self.is_offered(group, set);
            if offered == self.open.contains(&group) {
                continue;
            }
            let Some(place) = self.place(group) else {
                continue;
            };
            match self.listed.binary_search(&place) {
                Ok(at) => drop(self.listed.remove(at)),
                Err(at) => self.listed.insert(at, place),
            }
            if offered {
                self.open.insert(group);
            } else {
                self.open.remove(&group);
            }
        }
    }

    /// Whether it is to be decided on now. A speaker that not everybody has waits for the quotes that lead
    /// to it.
    fn is_offered(&self, group: usize, set: &AnnotationSet) -> bool {
        let Some(found) = self.comparison.groups().get(group) else {
            return false;
        };
        let waits = |group: &TagGroup| {
            self.comparison.kind(group) == DifferenceKind::Missing
                && group
                    .linked_from
                    .iter()
                    .any(|from| !self.is_settled(*from, set))
        };
        !self.is_settled(group, set) && !waits(found)
    }

    /// Whether it is decided on, in the versions that are there.
    fn is_settled(&self, group: usize, set: &AnnotationSet) -> bool {
        let Some(found) = self.comparison.groups().get(group) else {
            return true;
        };
        if let Some(deleted) = &found.deleted {
            return set.decision(deleted).is_none();
        }
        let first = found.members.first();
        let decided = first.and_then(|member| self.decided.get(&member.key));
        let Some(decision) = decided.and_then(|key| set.decision(key)) else {
            return false;
        };
        let judged: BTreeSet<_> = decision.judged().collect();
        let members = found.members.iter();
        let members: BTreeSet<_> = members
            .map(|member| (&member.key, &member.record))
            .collect();
        decision.choice != Choice::Undecided && judged == members
    }

    /// The open difference after a place or before it, around the ends.
    fn beside(&self, from: Option<usize>, forward: bool) -> Option<usize> {
        let (first, last) = (self.open.first(), self.open.last());
        let found = match (from, forward) {
            (None, true) => first,
            (None, false) => last,
            (Some(from), true) => self.open.range(from + 1..).next().or(first),
            (Some(from), false) => self.open.range(..from).next_back().or(last),
        };
        found.copied()
    }

    fn forget_parts(&mut self) {
        self.picked.clear();
        self.given.clear();
    }
}

impl OpenDocument {
    /// Sets the work of several annotators beside the curated document.
    pub fn adjudicate(&mut self, comparison: Comparison) {
        let set = self.document.set();
        self.adjudication = Some(Box::new(Adjudication::new(comparison, set)));
    }

    /// The differences between annotators; `None`: this is no curated document, or they are not known yet.
    #[must_use]
    pub fn adjudication(&self) -> Option<&Adjudication> {
        self.adjudication.as_deref()
    }

    /// Takes what all annotators have alike, in one step. `None`: there is nothing new.
    pub fn take_agreed(&mut self, ids: &mut dyn IdSource) -> Option<Outcome> {
        self.writable().ok()?;
        let dispute = self.dispute()?;
        let transaction = action::take_agreed(&self.stored_context(), dispute, ids).ok()?;
        let outcome = self.commit(transaction, None).ok();
        self.open_chips(false);
        outcome
    }

    /// The open difference that is selected: a place in [`Comparison::groups`].
    #[must_use]
    pub fn difference(&self) -> Option<usize> {
        let adjudication = self.adjudication.as_deref()?;
        let range = self.selection.range();
        if self.selection.tag.is_some() || range.is_empty() {
            return None;
        }
        let groups = adjudication.comparison.groups();
        let is_here = |group: usize| {
            let here = groups.get(group).is_some_and(|found| found.hull == range);
            here && adjudication.open.contains(&group)
        };
        if let Some(last) = adjudication.last.filter(|last| is_here(*last)) {
            return Some(last);
        }
        let first = groups.partition_point(|group| {
            let (start, end) = (group.hull.start(), group.hull.end());
            group.deleted.is_none() && (start, end) < (range.start(), range.end())
        });
        let same = groups
            .iter()
            .skip(first)
            .take_while(|found| found.hull == range);
        (first..first + same.count()).find(|group| is_here(*group))
    }

    pub(super) fn follow_decisions(&mut self, transaction: &Transaction) {
        if let Some(adjudication) = &mut self.adjudication {
            adjudication.follow(transaction, self.document.set());
        }
    }

    pub(super) fn forget_parts(&mut self) {
        if let Some(adjudication) = &mut self.adjudication {
            adjudication.forget_parts();
        }
    }

    pub(super) fn go_to_difference_beside(&mut self, forward: bool) -> Result<Outcome, Refusal> {
        let here = self.difference();
        let adjudication = self.adjudicated()?;
        let groups = adjudication.comparison.groups();
        let at = self.selection.head;
        // Not at one: from the caret on.
        let from = here.or_else(|| {
            let before = |group: &TagGroup| group.deleted.is_none() && group.hull.start() < at;
            let next = groups.partition_point(before);
            if forward {
                next.checked_sub(1)
            } else {
                Some(next)
            }
        });
        match adjudication.beside(from, forward) {
            Some(next) => self.go_to_difference(next),
            None => Err(Refusal::new("no differences left to decide on")),
        }
    }

    pub(super) fn go_to_difference(&mut self, group: usize) -> Result<Outcome, Refusal> {
        let adjudication = self.adjudicated()?;
        let found = adjudication.comparison.groups().get(group);
        let found = found.filter(|_| adjudication.open.contains(&group));
        let range = found
            .ok_or_else(|| Refusal::new("this difference is decided"))?
            .hull;
        if let Some(adjudication) = &mut self.adjudication {
            adjudication.forget_parts();
            adjudication.last = Some(group);
        }
        self.select_difference(range);
        Ok(Outcome {
            message: self.difference_words(group),
            reveal: Some(range),
            ..Outcome::default()
        })
    }

    fn select_difference(&mut self, range: TextRange) {
        self.selection = Selection {
            anchor: range.start(),
            head: range.end(),
            tag: None,
        };
        self.chips = None;
    }

    /// "boundary: ann and ben differ".
    fn difference_words(&self, group: usize) -> String {
        let Some(adjudication) = self.adjudication.as_deref() else {
            return String::new();
        };
        let comparison = &adjudication.comparison;
        let Some(found) = comparison.groups().get(group) else {
            return String::new();
        };
        let has: Vec<&str> = found
            .members
            .iter()
            .map(|member| comparison.name(member.annotator))
            .collect();
        match comparison.kind(found) {
            DifferenceKind::Missing => format!("tagged by {} only", has.join(" and ")),
            DifferenceKind::Deleted => "no annotator has this tag any more".to_owned(),
            DifferenceKind::Agreed => "changed since it was decided; all agree now".to_owned(),
            DifferenceKind::Label
            | DifferenceKind::Attributes
            | DifferenceKind::Speaker
            | DifferenceKind::Boundary
            | DifferenceKind::Several => {
                let parts: Vec<&str> = found.differing.iter().map(|part| part.word()).collect();
                format!("differs in {}", parts.join(", "))
            }
        }
    }

    /// Carries out what an adjudicator says about the selected difference, and goes on to the next one.
    pub(super) fn rule(
        &mut self,
        key: RulingKey,
        ids: &mut dyn IdSource,
    ) -> Result<Outcome, Refusal> {
        self.writable()?;
        let here = self.difference();
        let group = here.ok_or_else(|| Refusal::new("no difference here; F5 goes to the next"))?;
        let ruling = match key {
            RulingKey::Part(part) => return self.pick(group, part),
            RulingKey::AllWrong => Ruling::AllWrong,
            RulingKey::Nothing => Ruling::Nothing,
            RulingKey::Take(annotator) => match self.take_from(group, usize::from(annotator))? {
                Ok(ruling) => ruling,
                Err(words) => return Ok(said(words)),
            },
        };
        let dispute = self.dispute().ok_or_else(not_adjudicating)?;
        let context = self.stored_context();
        let transaction = action::decide(&context, dispute, group, &ruling, ids)?;
        let hull = self.selection.range();
        let outcome = self.commit(transaction, None)?;
        self.forget_parts();
        if ruling == Ruling::AllWrong {
            // The words stay selected: the next key tags them.
            self.select_difference(hull);
            let message = format!(
                "{}; tag what is right, or press F5 to go on",
                outcome.message
            );
            return Ok(Outcome { message, ..outcome });
        }
        let adjudication = self.adjudicated()?;
        let left = adjudication.open.len();
        let Some(next) = adjudication.beside(Some(group), true) else {
            self.select_difference(TextRange::empty(hull.start()));
            let message = format!("{}; no differences left", outcome.message);
            return Ok(Outcome { message, ..outcome });
        };
        let moved = self.go_to_difference(next)?;
        let message = format!("{}; {} left", outcome.message, count(left, "difference"));
        Ok(Outcome {
            message,
            reveal: moved.reveal,
            ..outcome
        })
    }

    /// Notes that the next annotator named gives this part, or takes that back.
    fn pick(&mut self, group: usize, part: TagPart) -> Result<Outcome, Refusal> {
        let adjudication = self.adjudication.as_deref_mut();
        let adjudication = adjudication.ok_or_else(not_adjudicating)?;
        let found = adjudication.comparison.groups().get(group);
        let differs = found.is_some_and(|found| found.differing.contains(&part));
        if !differs {
            return Err(Refusal::new(format!(
                "the {} does not differ here",
                part.word()
            )));
        }
        adjudication.last = Some(group);
        adjudication.given.retain(|(given, _)| *given != part);
        match adjudication.picked.iter().position(|one| *one == part) {
            Some(at) => drop(adjudication.picked.remove(at)),
            None => adjudication.picked.push(part),
        }
        let parts: Vec<&str> = adjudication.picked.iter().map(|one| one.word()).collect();
        Ok(said(match parts.as_slice() {
            [] => "parts: none chosen".to_owned(),
            parts => format!("{} from whom? Press a number", parts.join(" and ")),
        }))
    }

    /// What naming an annotator means: a ruling, or words where more is to be said.
    fn take_from(
        &mut self,
        group: usize,
        annotator: usize,
    ) -> Result<Result<Ruling, String>, Refusal> {
        let adjudication = self.adjudication.as_deref_mut();
        let adjudication = adjudication.ok_or_else(not_adjudicating)?;
        let comparison = Arc::clone(&adjudication.comparison);
        let all = comparison.annotators().len();
        if annotator >= all {
            let words = format!("there are {} here", count(all, "annotator"));
            return Err(Refusal::new(words));
        }
        if adjudication.picked.is_empty() {
            let parts = adjudication.given.clone();
            let rest = annotator;
            return Ok(Ok(Ruling::Take { parts, rest }));
        }
        let name = comparison.name(annotator);
        if comparison.member(group, annotator).is_none() {
            return Err(Refusal::new(format!("{name} has no tag here")));
        }
        let picked = std::mem::take(&mut adjudication.picked);
        let given = picked.iter().map(|part| (*part, annotator));
        adjudication.given.extend(given);
        let members = comparison.groups().get(group).map(|found| &found.members);
        let others = members.into_iter().flatten().map(|member| member.annotator);
        let mut others = others.filter(|other| *other != annotator);
        match (others.next(), others.next()) {
            (Some(rest), None) => Ok(Ok(Ruling::Take {
                parts: adjudication.given.clone(),
                rest,
            })),
            _ => Ok(Err(format!(
                "{name} gives that; who gives the rest? Press a number"
            ))),
        }
    }

    fn adjudicated(&self) -> Result<&Adjudication, Refusal> {
        self.adjudication.as_deref().ok_or_else(not_adjudicating)
    }

    fn dispute(&self) -> Option<Dispute<'_>> {
        let adjudication = self.adjudication.as_deref()?;
        Some(Dispute {
            comparison: &adjudication.comparison,
            decided: &adjudication.decided,
        })
    }

    /// What is only suggested has no part in decisions.
    pub(super) fn stored_context(&self) -> Context<'_> {
        Context {
            document: &self.document,
            ..self.context()
        }
    }
}

fn not_adjudicating() -> Refusal {
    Refusal::new("nothing to decide on here; choose Review › Adjudicate")
}

fn said(message: String) -> Outcome {
    Outcome {
        message,
        ..Outcome::default()
    }
}
