//! The differences between annotators: which are open, which are decided.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::compare::{Comparison, DifferenceKind, TagGroup};
use crate::model::{
    AnnotationSet, Change, Choice, DecidedTags, Decision, ReviewKey, Selection, TagPart,
    Transaction,
};
use crate::ops::Undecided;

/// The differences between annotators of the article, and which of them are open.
#[derive(Debug, Clone, Default)]
pub struct Adjudication {
    pub(super) comparison: Arc<Comparison>,
    pub(super) decided_tags: DecidedTags,
    /// Groups without a decision on their tags as they are, but for those that wait for another one and
    /// those that are `agreed`.
    open: BTreeSet<usize>,
    /// The same, by kind and place.
    listed: Vec<(DifferenceKind, usize)>,
    /// Groups that all have alike and nobody has decided on: they are taken with the next decision.
    agreed: BTreeSet<usize>,
    /// Groups that somebody has decided on.
    decided: BTreeSet<usize>,
    /// The difference gone to last.
    pub(super) last: Option<usize>,
    /// The difference decided on last.
    pub(super) decided_last: Option<usize>,
    /// The same as long as the person stays where the decision has led to.
    pub(super) decided_just_now: Option<(usize, Selection)>,
    /// Parts that the next annotator named is to give.
    pub(super) picked: Vec<TagPart>,
    /// Parts that are given.
    pub(super) given: Vec<(TagPart, usize)>,
    /// Reasons for decisions to come, by group. Another map after each change.
    reasons: Arc<BTreeMap<usize, String>>,
}

/// Why a difference is going to be decided as it will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonToCome {
    /// The tags that the decision will be about, the first of which names it.
    pub tags: Vec<ReviewKey>,
    /// The words.
    pub words: String,
}

/// How far a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GroupState {
    /// To be decided on.
    Open,
    /// A speaker that not everybody has waits for the quotes that lead to it.
    Waiting,
    /// All have it alike; it is taken with the next decision.
    Agreed,
    /// All have it alike, and it is taken.
    Taken,
    /// Somebody has decided on it.
    Decided,
}

impl Adjudication {
    /// Sets the work of annotators beside curated tags.
    #[must_use]
    pub fn new(comparison: Comparison, set: &AnnotationSet) -> Self {
        let mut new = Self {
            comparison: Arc::new(comparison),
            decided_tags: DecidedTags::of(set),
            ..Self::default()
        };
        for group in 0..new.comparison.groups().len() {
            match new.state(group, set) {
                GroupState::Open => drop(new.open.insert(group)),
                GroupState::Agreed => drop(new.agreed.insert(group)),
                GroupState::Decided => drop(new.decided.insert(group)),
                GroupState::Waiting | GroupState::Taken => {}
            }
        }
        let kinds = new.open.iter();
        new.listed = kinds.filter_map(|group| new.place(*group)).collect();
        new.listed.sort_unstable();
        new
    }

    /// Takes over from an earlier comparison the reasons for differences that are still open, and which difference
    /// the person is at. Returns the other reasons.
    pub(super) fn take_over(&mut self, before: Self) -> Vec<ReasonToCome> {
        let now = |group: usize| {
            let mut members = before.comparison.groups().get(group)?.members.iter();
            members.find_map(|member| self.comparison.group_of(&member.key))
        };
        let (last, decided_last) = (before.last.and_then(now), before.decided_last.and_then(now));
        let just_now = before.decided_just_now.clone();
        let just_now = just_now.and_then(|(group, there)| Some((now(group)?, there)));
        self.last = last;
        self.decided_last = decided_last;
        self.decided_just_now = just_now;
        let reasons = before.reasons_to_come();
        reasons
            .filter_map(|reason| self.wait_with(reason))
            .collect()
    }

    /// Keeps a reason for its decision to come; gives it back where the difference is not open, or has a reason.
    pub(super) fn wait_with(&mut self, reason: ReasonToCome) -> Option<ReasonToCome> {
        let mut tags = reason.tags.iter();
        let group = tags.find_map(|tag| self.comparison.group_of(tag));
        let group = group.filter(|group| self.is_open(*group) && !self.reasons.contains_key(group));
        match group {
            Some(group) => self.set_reason(group, Some(reason.words)),
            None => return Some(reason),
        }
        None
    }

    /// The reasons for decisions to come, in the order of the text.
    pub fn reasons_to_come(&self) -> impl Iterator<Item = ReasonToCome> + '_ {
        self.reasons.iter().filter_map(|(group, words)| {
            let members = self.comparison.groups().get(*group)?.members.iter();
            Some(ReasonToCome {
                tags: members.map(|member| member.key.clone()).collect(),
                words: words.clone(),
            })
        })
    }

    /// The same by place in [`Comparison::groups`]: another map after each change.
    #[must_use]
    pub fn shared_reasons(&self) -> &Arc<BTreeMap<usize, String>> {
        &self.reasons
    }

    pub(super) fn set_reason(&mut self, group: usize, words: Option<String>) {
        if self.reason_to_come(group) != words.as_deref() {
            let reasons = Arc::make_mut(&mut self.reasons);
            match words {
                Some(words) => drop(reasons.insert(group, words)),
                None => drop(reasons.remove(&group)),
            }
        }
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

    /// What is left: open differences, and what all agree on and is not taken yet.
    #[must_use]
    pub fn undecided(&self) -> Undecided {
        Undecided {
            differences: self.open.len(),
            agreed: self.agreed.len(),
        }
    }

    /// The differences that somebody has decided on, in the order of the text: places in
    /// [`Comparison::groups`].
    pub fn decided(&self) -> impl ExactSizeIterator<Item = usize> + '_ {
        self.decided.iter().copied()
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

    /// Whether somebody has decided on a difference.
    #[must_use]
    pub fn is_decided(&self, group: usize) -> bool {
        self.decided.contains(&group)
    }

    /// Whether all have this alike, and it is taken with the next decision.
    #[must_use]
    pub fn is_agreed(&self, group: usize) -> bool {
        self.agreed.contains(&group)
    }

    /// The decision on a group in a curated document, also on earlier versions of its tags.
    #[must_use]
    pub fn decision<'a>(&self, group: usize, curated: &'a AnnotationSet) -> Option<&'a Decision> {
        let members = &self.comparison.groups().get(group)?.members;
        let mut keys = members
            .iter()
            .filter_map(|member| self.decided_tags.get(&member.key));
        curated.decision(keys.next()?)
    }

    /// The speakers and cues that were decided against together with a group, since only its tags had led to
    /// them.
    #[must_use]
    pub fn ruled_out_with(&self, group: usize, curated: &AnnotationSet) -> Vec<usize> {
        let (Some(found), Some(decision)) = (
            self.comparison.groups().get(group),
            self.decision(group, curated),
        ) else {
            return Vec::new();
        };
        // In one step they were decided at one time.
        let in_this_step = |mention: &usize| {
            let decided = self.decision(*mention, curated);
            decided.is_some_and(|decided| {
                decided.choice == Choice::Nothing && decided.last_stamp() == decision.last_stamp()
            })
        };
        let others = found.links_to.iter().copied();
        others.filter(in_this_step).collect()
    }

    /// Why an open difference is going to be decided as it will be; `None`: nothing was said yet.
    #[must_use]
    pub fn reason_to_come(&self, group: usize) -> Option<&str> {
        self.reasons.get(&group).map(String::as_str)
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
    pub(super) fn follow(&mut self, transaction: &Transaction, set: &AnnotationSet) {
        let mut touched = BTreeSet::new();
        let mut reasons = Vec::new();
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
                self.decided_tags.remove(before);
                reasons.push(before);
            }
            if let Some(after) = &delta.after {
                self.decided_tags.add(after);
            }
        }
        let groups = self.comparison.groups();
        let found = touched.iter().filter_map(|group| groups.get(*group));
        let waiting: Vec<usize> = found.flat_map(|group| group.links_to.clone()).collect();
        touched.extend(waiting);
        for group in touched {
            let state = self.state(group, set);
            let note = |groups: &mut BTreeSet<usize>, there: bool| match there {
                true => groups.insert(group),
                false => groups.remove(&group),
            };
            note(&mut self.agreed, state == GroupState::Agreed);
            note(&mut self.decided, state == GroupState::Decided);
            if !note(&mut self.open, state == GroupState::Open) {
                continue;
            }
            let Some(place) = self.place(group) else {
                continue;
            };
            match self.listed.binary_search(&place) {
                Ok(at) => drop(self.listed.remove(at)),
                Err(at) => self.listed.insert(at, place),
            }
        }
        // A decision that was undone leaves its reason for the next one; one that is done again has its own.
        let settled = self.reasons.keys().filter(|group| !self.is_open(**group));
        for group in settled.copied().collect::<Vec<_>>() {
            self.set_reason(group, None);
        }
        for before in reasons.iter().filter(|one| !one.reason.is_empty()) {
            let found = self.comparison.group_of(&before.key);
            let found = found.and_then(|group| Some((group, self.comparison.groups().get(group)?)));
            if let Some((group, tags)) = found
                && tags.deleted.is_none()
                && self.is_open(group)
                && !self.reasons.contains_key(&group)
            {
                self.set_reason(group, Some(before.reason.clone()));
            }
        }
    }

    fn state(&self, group: usize, set: &AnnotationSet) -> GroupState {
        let Some(found) = self.comparison.groups().get(group) else {
            return GroupState::Taken;
        };
        if self.has_present_decision(group, set) {
            let decision = self.decision(group, set);
            return match decision.map(|decision| &decision.choice) {
                None | Some(Choice::Agreed | Choice::Undecided) => GroupState::Taken,
                Some(Choice::Taken(_) | Choice::AllWrong | Choice::Nothing) => GroupState::Decided,
            };
        }
        if self.is_newly_agreed(group, set) {
            return match self.is_tagged_by_hand(found, set) {
                true => GroupState::Taken,
                false => GroupState::Agreed,
            };
        }
        let mut from = found.linked_from.iter();
        let waits = self.comparison.kind(found) == DifferenceKind::Missing
            && from.any(|from| {
                !self.has_present_decision(*from, set) && !self.is_newly_agreed(*from, set)
            });
        match waits {
            true => GroupState::Waiting,
            false => GroupState::Open,
        }
    }

    /// Whether the curated tags have it already, although nobody has decided on it: it was tagged by hand, or they
    /// were not made here.
    fn is_tagged_by_hand(&self, found: &TagGroup, set: &AnnotationSet) -> bool {
        let tag = found
            .members
            .first()
            .and_then(|member| self.comparison.tag(member));
        tag.is_some_and(|(_, tag)| {
            let mut here = set.at(tag.fragments.start()).into_iter();
            here.any(|one| {
                one.label == tag.label && one.fragments == tag.fragments && !one.is_rejected()
            })
        })
    }

    /// Whether all have it alike, and nobody has decided on it.
    fn is_newly_agreed(&self, group: usize, set: &AnnotationSet) -> bool {
        let decided = self.decision(group, set);
        let is_new = decided.is_none_or(|decision| decision.choice == Choice::Undecided);
        let agrees = |found: &TagGroup| self.comparison.all_agree(found);
        is_new && self.comparison.groups().get(group).is_some_and(agrees)
    }

    /// Whether it is decided on, in the versions that are there.
    fn has_present_decision(&self, group: usize, set: &AnnotationSet) -> bool {
        let Some(found) = self.comparison.groups().get(group) else {
            return true;
        };
        if let Some(deleted) = &found.deleted {
            return set.decision(deleted).is_none();
        }
        let first = found.members.first();
        let decided = first.and_then(|member| self.decided_tags.get(&member.key));
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
    pub(super) fn beside(&self, from: Option<usize>, forward: bool) -> Option<usize> {
        let (first, last) = (self.open.first(), self.open.last());
        let found = match (from, forward) {
            (None, true) => first,
            (None, false) => last,
            (Some(from), true) => self.open.range(from + 1..).next().or(first),
            (Some(from), false) => self.open.range(..from).next_back().or(last),
        };
        found.copied()
    }

    pub(super) fn forget_parts(&mut self) {
        self.picked.clear();
        self.given.clear();
    }
}
