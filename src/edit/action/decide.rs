use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::delete::take_out;
use crate::compare::{Comparison, GroupMember};
use crate::edit::draft::Draft;
use crate::edit::roster::goes_by;
use crate::edit::wording::label_word;
use crate::edit::{Context, Refusal};
use crate::model::{
    Annotation, AnnotationId, Choice, DecidedTags, Decision, Document, IdSource, JudgedTag, Link,
    Person, PersonId, TagPart, Target, Transaction,
};
use crate::text::wording::count;

/// What an adjudicator rules about tags that compete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
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

/// Decides on a group of competing tags: makes, changes or deletes the curated tag, with the speakers it
/// leads to, and keeps the decision. Speakers that only the tags decided on have led to are settled with
/// them.
///
/// # Errors
/// [`Refusal`] where nothing would change, or the group is none.
pub fn decide(
    ctx: &Context<'_>,
    dispute: Dispute<'_>,
    group: usize,
    ruling: &Ruling,
    ids: &mut dyn IdSource,
) -> Result<Transaction, Refusal> {
    let mut bench = Bench::new(ctx, dispute, ids);
    let words = bench.decide(group, ruling)?;
    bench.settle_mentions(group);
    let selection = ctx.selection.clone();
    let refusal = "this is decided already";
    bench.draft.finish_or(words, selection, refusal)
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
    let mut bench = Bench::new(ctx, dispute, ids);
    for group in 0..dispute.comparison.groups().len() {
        bench.take_agreed(group);
    }
    let tags = count(bench.agreed, "tag");
    let words = format!("took {tags} that all agree on");
    let selection = ctx.selection.clone();
    let refusal = "nothing more that all agree on";
    bench.draft.finish_or(words, selection, refusal)
}

/// A draft of the curated document, and what it is made from.
struct Bench<'a, 'i> {
    draft: Draft<'a>,
    comparison: &'a Comparison,
    decided: DecidedTags,
    /// How many tags were taken that all agree on.
    agreed: usize,
    ids: &'i mut dyn IdSource,
}

impl<'a, 'i> Bench<'a, 'i> {
    fn new(ctx: &Context<'a>, dispute: Dispute<'a>, ids: &'i mut dyn IdSource) -> Self {
        Self {
            draft: Draft::new(ctx),
            comparison: dispute.comparison,
            decided: dispute.decided.clone(),
            agreed: 0,
            ids,
        }
    }

    /// Returns what was done, in words.
    fn decide(&mut self, group: usize, ruling: &Ruling) -> Result<String, Refusal> {
        let gone = || Refusal::new("these tags are no longer there; open the article again");
        let found = self.comparison.groups().get(group).ok_or_else(gone)?;
        if found.deleted.is_some() {
            return self.decide_on_deleted(group, ruling).ok_or_else(gone);
        }
        let first = found.members.first().ok_or_else(gone)?;
        let (_, tag) = self.comparison.tag(first).ok_or_else(gone)?;
        let label = label_word(self.draft.ctx.schema, &tag.label);
        let (choice, words) = match ruling {
            Ruling::Nothing => (Choice::Nothing, format!("decided against the {label}")),
            Ruling::AllWrong => (Choice::AllWrong, format!("all wrong about the {label}")),
            Ruling::Take { parts, rest } => {
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
    fn decide_on_deleted(&mut self, group: usize, ruling: &Ruling) -> Option<String> {
        let group = self.comparison.groups().get(group)?;
        let decision = self.draft.decision(group.deleted.as_ref()?)?.clone();
        let tag = decision.curated.as_ref();
        let tag = tag.and_then(|id| self.draft.annotation(id).cloned());
        self.draft.remove_decision(&decision.key);
        self.decided.remove(&decision);
        Some(match (ruling, tag) {
            (Ruling::Take { .. }, _) | (_, None) => "kept the curated tag".to_owned(),
            (Ruling::AllWrong | Ruling::Nothing, Some(tag)) => {
                take_out(&mut self.draft, &tag);
                "deleted the curated tag".to_owned()
            }
        })
    }

    /// Takes a tag that all have alike, if it was not decided on before.
    fn take_agreed(&mut self, group: usize) {
        let Some(found) = self.comparison.groups().get(group) else {
            return;
        };
        let decided = self.previous(group);
        let open = decided.is_none_or(|decision| decision.choice == Choice::Undecided);
        let whose = found.members.first().map(|member| member.annotator);
        match whose {
            Some(whose) if open && self.comparison.all_agree(found) => {
                let all = TagPart::ALL.map(|part| (part, whose));
                self.put(group, Choice::Agreed, &all);
            }
            Some(_) | None => {}
        }
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
            let origin = self.draft.ctx.origin();
            Annotation::new(
                id.clone(),
                label.label.clone(),
                boundary.fragments.clone(),
                origin,
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
        let by_hand = || {
            let set = self.draft.ctx.document.set();
            let mut here = set.at(like.fragments.start()).into_iter();
            let same = here.find(|tag| {
                tag.label == label
                    && tag.fragments == like.fragments
                    && self.draft.annotation(&tag.id).is_some()
            });
            same.map(|tag| tag.id.clone())
        };
        let known = before.or_else(by_hand);
        known.unwrap_or_else(|| AnnotationId::new(self.ids.next_id()))
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
            None => Decision::new(first.key.clone(), first.record.clone()),
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
        decision.choice = choice;
        decision.curated = curated;
        self.decided.add(&decision);
        self.draft.insert_decision(decision);
    }

    /// Leads the curated tag to where a link of an annotator's document leads.
    fn link(&mut self, from: &AnnotationId, link: &Link, member: &GroupMember, of: &Document) {
        let to = match &link.to {
            Target::NotGiven => Some(Target::NotGiven),
            Target::Person(id) => {
                let person = of.set().person(id).cloned();
                person.map(|person| Target::Person(self.person(&person)))
            }
            Target::Annotation(id) => {
                let key = crate::model::ReviewKey {
                    of: member.key.of.clone(),
                    tag: id.clone(),
                };
                let mention = of.set().annotation(id).filter(|tag| !tag.is_rejected());
                let group = mention.and_then(|_| self.comparison.group_of(&key));
                let tag = group.and_then(|group| self.mention(group, member.annotator));
                let behind = || {
                    let person = of.set().person_behind(&link.to)?.clone();
                    let allowed = self.draft.annotation(from).is_some_and(|tag| {
                        let schema = self.draft.ctx.schema;
                        schema.allows_people(&link.role, &tag.label)
                    });
                    allowed.then_some(person)
                };
                match tag {
                    Some(tag) => Some(Target::Annotation(tag)),
                    None => behind().map(|person| Target::Person(self.person(&person))),
                }
            }
        };
        if let Some(to) = to {
            let origin = self.draft.ctx.origin();
            let id = self.ids.next_id();
            self.draft.insert_link(Link {
                confirmed: link.confirmed,
                attributes: link.attributes.clone(),
                ..Link::new(id.as_str(), link.role.clone(), from.clone(), to, origin)
            });
        }
    }

    /// The curated tag of a group that a tag taken of `whose` leads to. Where nothing is decided about it,
    /// it is taken with that tag; it stays open where others have another one. `None` where it was decided
    /// against.
    fn mention(&mut self, group: usize, whose: usize) -> Option<AnnotationId> {
        let found = self.comparison.groups().get(group)?;
        let before = self.previous(group);
        match &before {
            Some(decision) if decision.choice == Choice::Undecided => {}
            Some(decision) => return decision.curated.clone(),
            None => {}
        }
        if before.is_none_or(|decision| decision.curated.is_none()) || found.differing.is_empty() {
            let mut members = found.members.iter();
            let has = members.any(|member| member.annotator == whose);
            let first = found.members.first()?.annotator;
            let whose = if has { whose } else { first };
            let all = TagPart::ALL.map(|part| (part, whose));
            let choice = if !found.differing.is_empty() {
                Choice::Undecided
            } else if self.comparison.all_agree(found) {
                Choice::Agreed
            } else {
                let name = self.whose(whose);
                Choice::Taken(TagPart::ALL.map(|part| (part, name.clone())).into())
            };
            self.put(group, choice, &all);
        }
        self.previous(group)?.curated
    }

    /// After a decision: speakers and cues that nothing leads to any more are decided against.
    fn settle_mentions(&mut self, group: usize) {
        let Some(found) = self.comparison.groups().get(group) else {
            return;
        };
        let mut led_to: BTreeSet<usize> = found.links_to.iter().copied().collect();
        led_to.remove(&group);
        for mention in led_to {
            if self.has_its_own_standing(mention) {
                continue;
            }
            let Some(found) = self.comparison.groups().get(mention) else {
                continue;
            };
            let is_open = |group: usize| {
                let decision = self.previous(group);
                decision.is_none_or(|decision| decision.choice == Choice::Undecided)
            };
            let waits = found.linked_from.iter().any(|from| is_open(*from));
            if waits || !is_open(mention) {
                continue;
            }
            let curated = self.previous(mention).and_then(|decision| decision.curated);
            let is_led_to = |id: &AnnotationId| {
                let to = Target::Annotation(id.clone());
                !self.draft.links_to(&to).is_empty()
            };
            match curated {
                Some(id) if is_led_to(&id) => {}
                Some(id) => {
                    if let Some(tag) = self.draft.annotation(&id).cloned() {
                        take_out(&mut self.draft, &tag);
                    }
                    self.record(mention, Choice::Nothing, None);
                }
                None => self.record(mention, Choice::Nothing, None),
            }
        }
    }

    /// Whether tags of a group are more than the speaker or cue of others.
    fn has_its_own_standing(&self, group: usize) -> bool {
        let members = self.comparison.groups().get(group);
        let first = members.and_then(|found| found.members.first());
        let tag = first.and_then(|member| self.comparison.tag(member));
        tag.is_none_or(|(_, tag)| self.draft.ctx.schema.speaks(&tag.label))
    }

    /// Someone of an annotator's roster in the curated one: known by a name or added.
    fn person(&mut self, person: &Person) -> PersonId {
        let set = self.draft.ctx.document.set();
        let same = |known: &&Person| {
            let mut names = std::iter::once(&person.name).chain(&person.aliases);
            known.id == person.id || names.any(|name| goes_by(known, name))
        };
        let added = self.draft.changed_people().find(same);
        let named = || {
            let mut names = std::iter::once(&person.name).chain(&person.aliases);
            names.find_map(|name| set.people_named_like(name).into_iter().find(same))
        };
        let known = set.person(&person.id).or(added).or_else(named);
        if let Some(known) = known {
            return known.id.clone();
        }
        self.draft.insert_person(Person {
            made: None,
            changed: None,
            ..person.clone()
        });
        person.id.clone()
    }

    fn whose(&self, annotator: usize) -> SmolStr {
        let annotators = self.comparison.annotators();
        annotators
            .get(annotator)
            .map_or_else(SmolStr::default, |(name, _)| name.clone())
    }
}
