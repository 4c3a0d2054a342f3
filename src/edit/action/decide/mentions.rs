//! Where curated tags lead: the speakers and cues that decided tags have, and the people of the roster.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::super::delete::take_out;
use super::{DecisionDraft, nobody};
use crate::compare::GroupMember;
use crate::edit::derived_id::derived_id;
use crate::edit::roster::goes_by;
use crate::model::{
    AnnotationId, Choice, Document, Link, Person, PersonId, ReviewKey, TagPart, Target,
};

impl DecisionDraft<'_, '_> {
    /// Leads the curated tag to where a link of an annotator's document leads.
    pub(super) fn link(
        &mut self,
        from: &AnnotationId,
        link: &Link,
        member: &GroupMember,
        of: &Document,
    ) {
        let to = match &link.to {
            Target::NotGiven => Some(Target::NotGiven),
            Target::Person(id) => {
                let person = of.set().person(id).cloned();
                person.map(|person| Target::Person(self.person(&person)))
            }
            Target::Annotation(id) => {
                let key = ReviewKey {
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
            let (kind, end) = match &to {
                Target::Annotation(id) => ("tag", id.as_str()),
                Target::Person(id) => ("person", id.as_str()),
                Target::NotGiven => ("nobody", ""),
            };
            let id = derived_id(&[from.as_str(), &link.role, kind, end]);
            self.draft.insert_link(Link {
                confirmed: link.confirmed,
                attributes: link.attributes.clone(),
                ..Link::new(id.as_str(), link.role.clone(), from.clone(), to, nobody())
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

    /// After a decision: speakers and cues that nothing leads to any more are decided against. Returns their
    /// labels.
    pub(super) fn decide_on_mentions(&mut self, group: usize) -> Vec<SmolStr> {
        let mut ruled_out = Vec::new();
        let Some(found) = self.comparison.groups().get(group) else {
            return ruled_out;
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
                Some(id) if is_led_to(&id) => continue,
                Some(id) => {
                    if let Some(tag) = self.draft.annotation(&id).cloned() {
                        take_out(&mut self.draft, &tag);
                    }
                }
                None => {}
            }
            self.record(mention, Choice::Nothing, None);
            let first = found.members.first();
            let tag = first.and_then(|member| self.comparison.tag(member));
            ruled_out.extend(tag.map(|(_, tag)| tag.label.clone()));
        }
        ruled_out
    }

    /// Whether tags of a group are more than the speaker or cue of others: somebody says that they have a speaker
    /// themselves.
    fn has_its_own_standing(&self, group: usize) -> bool {
        let Some(found) = self.comparison.groups().get(group) else {
            return true;
        };
        let tags = found
            .members
            .iter()
            .map(|member| self.comparison.tag(member));
        let mut labels = tags.map(|tag| tag.map(|(_, tag)| &tag.label));
        found.members.is_empty()
            || labels.any(|label| label.is_none_or(|label| self.draft.ctx.schema.speaks(label)))
    }

    /// Someone of an annotator's roster in the curated one: known by a name or added.
    pub(super) fn person(&mut self, person: &Person) -> PersonId {
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
}
