mod mentions;

use smol_str::SmolStr;

use super::delete::take_out;
use crate::compare::{Comparison, GroupMember, TagGroup};
use crate::edit::derived_id::derived_id;
use crate::edit::draft::Draft;
use crate::edit::wording::{count_tags, label_word};
use crate::edit::{Context, Refusal};
use crate::model::{
    Annotation, AnnotationId, Choice, DecidedTags, Decision, IdSource, JudgedTag, Link, Origin,
    ReviewKey, TagPart, Transaction,
};
use crate::text::wording::count;

/// What an adjudicator chooses among tags that compete, annotators by their place. In files it is a
/// [`Choice`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// Each part from the annotator at this place of [`Comparison::annotators`]; from somebody without such
    /// a tag nothing is taken, so that there is none.
    Take {
        /// Parts and whose they are.
        parts: Vec<(TagPart, usize)>,
        /// Whose the others are.
        rest: usize,
    },
    /// All are wrong: what is right, if anything, is tagged by hand.
    AllWrong,
    /// There is nothing to tag.
    Nothing,
}

/// Tags to decide on, and what is decided already.
#[derive(Debug, Clone, Copy)]
pub struct Dispute<'a> {
    /// The work of all annotators.
    pub comparison: &'a Comparison,
    /// What is decided on in the curated document.
    pub decided: &'a DecidedTags,
}

/// What an adjudicator says about the tags of a group.
#[derive(Debug, Clone, Copy)]
pub struct GroupDecision<'a> {
    /// The place of the group in [`Comparison::groups`].
    pub group: usize,
    /// What is right.
    pub chosen: &'a Chosen,
    /// Why; `None`: what was said before stays, where the choice does.
    pub reason: Option<&'a str>,
}

/// Decides on a group of competing tags: makes, changes or deletes the curated tag, with the speakers it
/// leads to, and keeps the decision. Speakers that only the tags decided on have led to are decided on
/// with them, and what all annotators have alike is taken with them.
///
/// # Errors
/// [`Refusal`] where nothing would change, or the group is none.
pub fn decide<'a>(
    ctx: &Context<'a>,
    dispute: Dispute<'a>,
    group: GroupDecision<'a>,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let mut decided = DecisionDraft::new(ctx, dispute, ids);
    decided.take_all_agreed();
    decided.reason = group.reason.map(|reason| (group.group, reason));
    let mut words = decided.decide(group.group, group.chosen)?;
    let ruled_out = decided.decide_on_mentions(group.group);
    if !ruled_out.is_empty() {
        let tags = count_tags(ctx.schema, &ruled_out);
        words += &format!("; also ruled out: {tags}");
    }
    if decided.agreed > 0 {
        let tags = count(decided.agreed, "tag");
        words += &format!(", and {tags} that all agree on");
    }
    let selection = ctx.selection.clone();
    let refusal = "this is decided already";
    decided.draft.finish_or(words, selection, refusal)
}

/// Says why something was decided, or takes the reason back: an empty one.
///
/// # Errors
/// [`Refusal`] where there is no such decision, or the reason is the same.
pub fn reason_for_decision(
    ctx: &Context<'_>,
    decision: &ReviewKey,
    reason: &str,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let known = draft.decision(decision).cloned();
    let mut changed = known.ok_or_else(|| Refusal::new("there is no decision here yet"))?;
    reason.clone_into(&mut changed.reason);
    draft.insert_decision(changed);
    let words = match reason {
        "" => "took the reason back",
        _ => "kept the reason",
    };
    draft.finish_or(words, ctx.selection.clone(), "the reason is the same")
}

/// Takes what all annotators have alike, where nothing is decided yet.
///
/// # Errors
/// [`Refusal`] where there is nothing of that kind.
pub fn take_agreed(
    ctx: &Context<'_>,
    dispute: Dispute<'_>,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let mut decided = DecisionDraft::new(ctx, dispute, ids);
    decided.take_all_agreed();
    let refusal = "nothing more that all agree on";
    if decided.agreed == 0 {
        return Err(Refusal::new(refusal));
    }
    let tags = count(decided.agreed, "tag");
    let words = format!("took {tags} that all agree on");
    let selection = ctx.selection.clone();
    decided.draft.finish_or(words, selection, refusal)
}

/// Whose a curated tag is; the decision says who took it.
fn nobody() -> Origin {
    Origin::Annotator(SmolStr::default())
}

/// A draft of the curated document, and what it is made from.
struct DecisionDraft<'a, 'i> {
    draft: Draft<'a>,
    comparison: &'a Comparison,
    decided: DecidedTags,
    /// How many tags were taken that all agree on.
    agreed: usize,
    /// Why the group at this place is decided as it is.
    reason: Option<(usize, &'a str)>,
    ids: &'i mut dyn IdSource,
}

impl<'a, 'i> DecisionDraft<'a, 'i> {
    fn new(ctx: &Context<'a>, dispute: Dispute<'a>, ids: &'i mut dyn IdSource) -> Self {
        Self {
            draft: Draft::new(ctx),
            comparison: dispute.comparison,
            decided: dispute.decided.clone(),
            agreed: 0,
            reason: None,
            ids,
        }
    }

    /// Returns what was done, in words.
    fn decide(&mut self, group: usize, chosen: &Chosen) -> Result<String, Refusal> {
        let gone = || Refusal::new("these tags are no longer there; open the article again");
        let found = self.comparison.groups().get(group).ok_or_else(gone)?;
        if found.deleted.is_some() {
            return self.decide_on_deleted(group, chosen).ok_or_else(gone);
        }
        let first = found.members.first().ok_or_else(gone)?;
        let (_, tag) = self.comparison.tag(first).ok_or_else(gone)?;
        let label = label_word(self.draft.ctx.schema, &tag.label);
        let (choice, words) = match chosen {
            Chosen::Nothing => (Choice::Nothing, format!("decided against the {label}")),
            Chosen::AllWrong => (Choice::AllWrong, format!("all wrong about the {label}")),
            Chosen::Take { parts, rest } => {
                let whose = |part| {
                    let named = parts.iter().find(|(named, _)| *named == part);
                    named.map_or(*rest, |(_, whose)| *whose)
                };
                let all = TagPart::ALL.map(|part| (part, whose(part)));
                let lacks =
                    |&(_, whose): &(TagPart, usize)| self.comparison.member(group, whose).is_none();
                let name = |whose| self.comparison.name(whose).to_owned();
                if let Some((part, whose)) = all.iter().copied().find(lacks) {
                    if !parts.is_empty() {
                        let (name, part) = (name(whose), part.word());
                        return Err(Refusal::new(format!(
                            "{name} has no tag here whose {part} could be taken"
                        )));
                    }
                    let words = format!("decided against the {label}, as {}", name(whose));
                    (Choice::Nothing, words)
                } else {
                    let mixed: Vec<String> = parts
                        .iter()
                        .map(|(part, whose)| format!("{} of {}", part.word(), name(*whose)))
                        .collect();
                    let words = match mixed.as_slice() {
                        [] => format!("took the {label} of {}", name(*rest)),
                        mixed => {
                            let mixed = mixed.join(", ");
                            format!("took the {label} of {} with the {mixed}", name(*rest))
                        }
                    };
                    let names = all.map(|(part, whose)| (part, self.whose(whose)));
                    self.put(group, Choice::Taken(names.into()), &all);
                    return Ok(words);
                }
            }
        };
        let gone = self.previous(group).and_then(|decision| decision.curated);
        if let Some(tag) = gone.and_then(|id| self.draft.annotation(&id).cloned()) {
            take_out(&mut self.draft, &tag);
        }
        self.record(group, choice, None);
        Ok(words)
    }

    /// A curated tag that nobody has any more stays as the adjudicator's own, or goes.
    fn decide_on_deleted(&mut self, group: usize, chosen: &Chosen) -> Option<String> {
        let group = self.comparison.groups().get(group)?;
        let decision = self.draft.decision(group.deleted.as_ref()?)?.clone();
        let tag = decision.curated.as_ref();
        let tag = tag.and_then(|id| self.draft.annotation(id).cloned());
        self.draft.remove_decision(&decision.key);
        self.decided.remove(&decision);
        Some(match (chosen, tag) {
            (Chosen::Take { .. }, _) | (_, None) => "kept the curated tag".to_owned(),
            (Chosen::AllWrong | Chosen::Nothing, Some(tag)) => {
                take_out(&mut self.draft, &tag);
                "deleted the curated tag".to_owned()
            }
        })
    }

    fn take_all_agreed(&mut self) {
        for group in 0..self.comparison.groups().len() {
            self.take_agreed(group);
        }
    }

    /// Takes a tag that all have alike, if it was not decided on before.
    fn take_agreed(&mut self, group: usize) {
        let Some(found) = self.comparison.groups().get(group) else {
            return;
        };
        let decided = self.previous(group);
        let is_new = decided.is_none();
        let open = decided.is_none_or(|decision| decision.choice == Choice::Undecided);
        let whose = found.members.first().map(|member| member.annotator);
        match whose {
            Some(whose) if open && self.comparison.all_agree(found) => {
                if let Some(id) = self.decided_by_hand(found).filter(|_| is_new) {
                    self.record(group, Choice::Agreed, Some(id));
                    return;
                }
                let all = TagPart::ALL.map(|part| (part, whose));
                self.put(group, Choice::Agreed, &all);
            }
            Some(_) | None => {}
        }
    }

    /// The curated tag that somebody has made by hand on the words that all annotators have tagged, and given other
    /// attributes or linked: it stays as they said.
    fn decided_by_hand(&self, group: &TagGroup) -> Option<AnnotationId> {
        let (_, like) = self.comparison.tag(group.members.first()?)?;
        let tag = self.made_by_hand(&like.label, like)?;
        let mut links = self.draft.links_from(&tag.id).into_iter();
        let is_decided = tag.attributes != like.attributes || links.any(|link| link.confirmed);
        is_decided.then(|| tag.id.clone())
    }

    /// A curated tag of this label with the words of another tag.
    fn made_by_hand(&self, label: &str, like: &Annotation) -> Option<&'a Annotation> {
        let set = self.draft.ctx.document.set();
        let mut here = set.at(like.fragments.start()).into_iter();
        here.find(|tag| {
            tag.label == label
                && tag.fragments == like.fragments
                && self.draft.annotation(&tag.id).is_some()
        })
    }

    /// The decision on tags of a group, as it is now.
    fn previous(&self, group: usize) -> Option<Decision> {
        let members = &self.comparison.groups().get(group)?.members;
        let mut keys = members
            .iter()
            .filter_map(|member| self.decided.get(&member.key));
        self.draft.decision(keys.next()?).cloned()
    }

    /// Makes or changes the curated tag of a group, and keeps the decision.
    fn put(&mut self, group: usize, choice: Choice, parts: &[(TagPart, usize); 4]) {
        let from = |part| {
            let whose = parts.iter().find(|(named, _)| *named == part)?.1;
            let member = self.comparison.member(group, whose)?;
            let (document, tag) = self.comparison.tag(member)?;
            Some((member, document, tag))
        };
        let all = TagPart::ALL.map(from);
        let [
            Some((_, _, boundary)),
            Some((_, _, label)),
            Some((member, attributed_in, attributed)),
            Some((speaking, spoken_in, spoken)),
        ] = all
        else {
            return;
        };
        let id = self.curated_id(group, &label.label, boundary);
        let made = || {
            Annotation::new(
                id.clone(),
                label.label.clone(),
                boundary.fragments.clone(),
                nobody(),
            )
        };
        let mut tag = self.draft.annotation(&id).cloned().unwrap_or_else(made);
        tag.label.clone_from(&label.label);
        tag.fragments.clone_from(&boundary.fragments);
        tag.attributes.clone_from(&attributed.attributes);
        tag.former_words.clone_from(&boundary.former_words);
        let person = spoken.person.as_ref();
        let person = person.and_then(|id| spoken_in.set().person(id)).cloned();
        tag.person = person.map(|person| self.person(&person));
        self.draft.insert_annotation(tag);
        self.agreed += usize::from(choice == Choice::Agreed);
        // Before its links: what these lead to may lead back.
        self.record(group, choice, Some(id.clone()));
        for link in self.draft.links_from(&id) {
            self.draft.remove_link(&link.id);
        }
        let speakers = spoken_in.set().links_from(&spoken.id);
        let speakers = speakers.filter(|link| link.role == Link::SPEAKER);
        let speakers: Vec<Link> = speakers.cloned().collect();
        for link in speakers {
            self.link(&id, &link, speaking, spoken_in);
        }
        let others = attributed_in.set().links_from(&attributed.id);
        let others = others.filter(|link| link.role != Link::SPEAKER);
        let others: Vec<Link> = others.cloned().collect();
        for link in others {
            self.link(&id, &link, member, attributed_in);
        }
    }

    /// The curated tag that is there for a group, also one that was made by hand, or a new one.
    fn curated_id(&mut self, group: usize, label: &str, like: &Annotation) -> AnnotationId {
        let before = self.previous(group).and_then(|decision| decision.curated);
        let before = before.filter(|id| self.draft.annotation(id).is_some());
        let by_hand = || Some(self.made_by_hand(label, like)?.id.clone());
        let known = before.or_else(by_hand);
        known.unwrap_or_else(|| {
            let members = self.comparison.groups().get(group);
            let key = members.and_then(|found| Some(&found.members.first()?.key));
            let derived =
                key.map(|key| AnnotationId::new(derived_id(&[&key.of, key.tag.as_str()])));
            let free = derived.filter(|id| self.draft.annotation(id).is_none());
            free.unwrap_or_else(|| AnnotationId::new(self.ids.next_id()))
        })
    }

    /// Keeps a decision on the tags of a group in place of those before.
    fn record(&mut self, group: usize, choice: Choice, curated: Option<AnnotationId>) {
        let Some(found) = self.comparison.groups().get(group) else {
            return;
        };
        let [first, others @ ..] = found.members.as_slice() else {
            return;
        };
        let mut decision = match self.draft.decision(&first.key) {
            Some(known) => known.clone(),
            None => {
                let mut new = Decision::new(first.key.clone(), first.record.clone());
                // Somebody else may have been the first then.
                if let Some(before) = self.previous(group) {
                    (new.choice, new.reason) = (before.choice, before.reason);
                }
                new
            }
        };
        for member in &found.members {
            let before = self.decided.get(&member.key).cloned();
            if let Some(before) = before.and_then(|key| self.draft.decision(&key).cloned()) {
                self.decided.remove(&before);
                self.draft.remove_decision(&before.key);
            }
        }
        decision.record = first.record.clone();
        let judged = |member: &GroupMember| JudgedTag {
            key: member.key.clone(),
            record: member.record.clone(),
        };
        decision.others = others.iter().map(judged).collect();
        match self.reason {
            Some((of, reason)) if of == group => reason.clone_into(&mut decision.reason),
            // What was said of another choice does not hold for this one.
            Some(_) | None if decision.choice != choice => decision.reason.clear(),
            Some(_) | None => {}
        }
        decision.choice = choice;
        decision.curated = curated;
        self.decided.add(&decision);
        self.draft.insert_decision(decision);
    }

    fn whose(&self, annotator: usize) -> SmolStr {
        let annotators = self.comparison.annotators();
        annotators
            .get(annotator)
            .map_or_else(SmolStr::default, |(name, _)| name.clone())
    }
}
