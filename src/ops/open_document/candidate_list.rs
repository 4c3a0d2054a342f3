use super::OpenDocument;
use crate::edit::action::{goes_with_link, speaker_candidates};
use crate::edit::{Refusal, person_name};
use crate::model::{Annotation, AnnotationId, Document, Link, Schema, Target};
use crate::ops::described_speaker;
use crate::suggest::{Candidate, CandidateTarget, MentionKind, ParagraphCache};
use crate::suggest::{antecedent, known_person, mention_kind, same_name};
use crate::text::TextSize;

/// The candidates for the speaker of the current quote or claim, shown as chips beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidateList {
    /// The quote or claim.
    pub tag: AnnotationId,
    /// Best first; the one that is linked now is always among them.
    pub candidates: Vec<Candidate>,
    /// Which one the link points to now.
    pub chosen: Option<usize>,
    /// Whether the answer is "no speaker given".
    pub not_given: bool,
    /// Whether the link is confirmed.
    pub confirmed: bool,
    /// The candidates when the chips opened, unconfirmed mentions untagged.
    origin: Vec<Candidate>,
    /// Whether the person has just tagged this or walked its candidates, so that going on to the
    /// next tag confirms. A tag merely visited stays as it is.
    pub(super) in_hand: bool,
}

impl CandidateList {
    /// The chips of a quote or claim; `None` for a label without speakers.
    #[must_use]
    pub(super) fn of(
        document: &Document,
        schema: &Schema,
        tag: &Annotation,
        before: Option<&Self>,
    ) -> Option<Self> {
        let role = &schema.speaker_role(&tag.label)?.key;
        let link = document
            .set()
            .links_from(&tag.id)
            .find(|link| link.role == *role);
        let before = before.filter(|chips| chips.tag == tag.id);
        // The order stays while the person walks, else Tab would not come round.
        let origin = match before {
            Some(chips) => chips.origin.clone(),
            None => offered(document, schema, tag, link),
        };
        let list = retarget(document, schema, &origin);
        let chosen = link.and_then(|link| position(document, &list, link));
        Some(Self {
            tag: tag.id.clone(),
            candidates: list,
            chosen,
            not_given: link.is_some_and(|link| link.to == Target::NotGiven),
            confirmed: link.is_some_and(|link| link.confirmed),
            origin,
            in_hand: before.is_some_and(|chips| chips.in_hand),
        })
    }

    /// Whether going on to another tag confirms the link.
    #[must_use]
    pub fn goes_on_confirming(&self) -> bool {
        self.in_hand && !self.confirmed
    }

    /// Whether there is an answer, confirmed or not.
    pub(super) fn is_answered(&self) -> bool {
        self.chosen.is_some() || self.not_given
    }

    /// The place after the chosen one, or before it, in the round.
    pub(super) fn neighbour(&self, forward: bool) -> Option<usize> {
        let count = self.candidates.len();
        let last = count.checked_sub(1)?;
        Some(match (self.chosen, forward) {
            (None, true) => 0,
            (None, false) => last,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + last) % count,
        })
    }
}

/// Someone the text names near a tag who is not on the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedNearby {
    /// The name, in full where the text has it; the words of a description.
    pub name: String,
    /// The words of the mention.
    pub words: String,
    /// Where the mention starts, in bytes.
    pub at: TextSize,
}

impl OpenDocument {
    /// Those among the candidates for the speaker of a quote or claim who are not on the roster, by
    /// name or, where they are tagged so, by description;
    /// for a mention, the candidates of what it is linked from.
    #[must_use]
    pub fn named_nearby(&self, tag: &AnnotationId) -> Vec<NamedNearby> {
        let set = self.shown.set();
        let target = Target::Annotation(tag.clone());
        let said = set.links_to(&target).next().map_or(tag, |link| &link.from);
        let chips = self.chips.as_ref().filter(|chips| chips.tag == *said);
        let Some(chips) = chips.cloned().or_else(|| {
            let tag = set.annotation(said)?;
            CandidateList::of(&self.shown, &self.schema, tag, None)
        }) else {
            return Vec::new();
        };
        let mut found: Vec<NamedNearby> = Vec::new();
        let cache = ParagraphCache::new(self.shown.source());
        for candidate in chips.candidates {
            let at = match &candidate.target {
                CandidateTarget::Untagged(range) => range.start(),
                CandidateTarget::Tagged(id) => match set.annotation(id) {
                    Some(tag) if tag.person.is_none() => tag.fragments.start(),
                    Some(_) | None => continue,
                },
                CandidateTarget::Person(_) => continue,
            };
            let mut name = person_name(&cache, &candidate.words, at);
            // Who is tagged by description is called so: "the old man".
            let is_tagged = matches!(candidate.target, CandidateTarget::Tagged(_));
            if is_tagged && mention_kind(&candidate.words) == MentionKind::Description {
                name.clone_from(&candidate.words);
            }
            let known = |words: &str| known_person(&self.shown, words, at).is_some();
            if name.is_empty()
                || known(&candidate.words)
                || known(&name)
                || found.iter().any(|other| same_name(&other.name, &name))
            {
                continue;
            }
            let words = candidate.words;
            found.push(NamedNearby { name, words, at });
        }
        found
    }

    /// The open chips, or those of the quote or claim at the caret.
    pub(super) fn chips_in_reach(&self) -> Result<CandidateList, Refusal> {
        if let Some(chips) = &self.chips {
            return Ok(chips.clone());
        }
        // Selected words are what the person looks at, not the tag where the selection ends.
        let at_caret = if self.selection.is_caret() {
            self.tags_at_caret()
        } else {
            Vec::new()
        };
        self.selection
            .tag
            .as_ref()
            .and_then(|id| self.shown.set().annotation(id))
            .into_iter()
            .chain(at_caret)
            .find(|tag| self.schema.speaker_role(&tag.label).is_some())
            .and_then(|tag| CandidateList::of(&self.shown, &self.schema, tag, None))
            .ok_or_else(|| Refusal::new("no quote or claim here; put the caret in one"))
    }

    /// Whether the chips are those of the current tag, if there is one.
    pub(super) fn concerns_current_tag(&self, chips: &CandidateList) -> bool {
        self.current_tag().is_none_or(|tag| tag.id == chips.tag)
    }

    /// Opens or renews the chips of the current tag, if it can have a speaker.
    pub(super) fn open_chips(&mut self, in_hand: bool) {
        let before = self.chips.take();
        let tag = self
            .selection
            .tag
            .as_ref()
            .and_then(|id| self.shown.set().annotation(id));
        self.chips =
            tag.and_then(|tag| CandidateList::of(&self.shown, &self.schema, tag, before.as_ref()));
        if let Some(chips) = &mut self.chips {
            chips.in_hand |= in_hand;
        }
        // With a confirmed speaker they would only cover the text; Tab shows them again.
        self.chips = self
            .chips
            .take()
            .filter(|chips| chips.in_hand || !chips.confirmed);
    }
}

/// The possible speakers of a tag, and the linked one.
fn offered(
    document: &Document,
    schema: &Schema,
    tag: &Annotation,
    link: Option<&Link>,
) -> Vec<Candidate> {
    let mut list = speaker_candidates(document, schema, tag.fragments.as_slice(), &tag.label);
    if let Some(link) = link
        && position(document, &list, link).is_none()
        && let Some(candidate) = linked_candidate(document, link)
    {
        list.insert(0, candidate);
    }
    let mut different: Vec<Candidate> = Vec::with_capacity(list.len());
    for candidate in &list {
        let known = different
            .iter_mut()
            .find(|other| are_one(document, schema, &list, other, candidate));
        match known {
            // The linked one stays in the list.
            Some(known) => {
                let linked = link.is_some_and(|link| links_to(document, candidate, &link.to));
                if linked {
                    *known = candidate.clone();
                }
            }
            None => different.push(candidate.clone()),
        }
    }
    different
        .into_iter()
        .map(|candidate| proposed_as_untagged(document, candidate, link))
        .collect()
}

/// Whether two candidates of a list are one person, who needs one chip only: the same words of the text, the
/// same person of the roster, or called by the same name where no tag says otherwise and the name fits nobody else.
fn are_one(
    document: &Document,
    schema: &Schema,
    list: &[Candidate],
    a: &Candidate,
    b: &Candidate,
) -> bool {
    let place = |candidate: &Candidate| match &candidate.target {
        CandidateTarget::Person(_) => None,
        CandidateTarget::Tagged(id) => Some(document.set().annotation(id)?.fragments.hull()),
        CandidateTarget::Untagged(range) => Some(*range),
    };
    if let (Some(a), Some(b)) = (place(a), place(b))
        && (a.contains_range(b) || b.contains_range(a))
    {
        return true;
    }
    // "he" and the old man he most likely is.
    let means = |pronoun: &Candidate, other: &Candidate| {
        let meant = place(pronoun).and_then(|range| described_speaker(document, schema, range));
        let there = meant.zip(place(other));
        there.is_some_and(|(meant, other)| {
            meant.contains_range(other) || other.contains_range(meant)
        })
    };
    if means(a, b) || means(b, a) {
        return true;
    }
    let person = |candidate: &Candidate| match &candidate.target {
        CandidateTarget::Person(id) => Some(id.clone()),
        CandidateTarget::Tagged(id) => {
            let tag = document.set().annotation(id)?;
            let at = tag.fragments.start();
            let tagged = tag.person.clone();
            tagged.or_else(|| known_person(document, &candidate.words, at))
        }
        CandidateTarget::Untagged(range) => {
            known_person(document, &called(document, candidate), range.start())
        }
    };
    let (a_words, b_words) = (called(document, a), called(document, b));
    let alike = mention_kind(&a_words) == MentionKind::Named
        && a_words.to_lowercase() == b_words.to_lowercase();
    match (person(a), person(b)) {
        (Some(a), Some(b)) => a == b,
        (Some(_), None) | (None, Some(_)) => alike,
        (None, None) => {
            let same = same_name(&a_words, &b_words);
            let other =
                |c: &Candidate| same_name(&a_words, &c.words) != same_name(&b_words, &c.words);
            alike || same && !list.iter().any(other)
        }
    }
}

/// The words of a candidate; for a pronoun not tagged yet, of the name it stands for.
fn called(document: &Document, candidate: &Candidate) -> String {
    let source = document.source();
    let named = match candidate.target {
        CandidateTarget::Untagged(range) => antecedent(&ParagraphCache::new(source), range),
        CandidateTarget::Tagged(_) | CandidateTarget::Person(_) => None,
    };
    named.map_or_else(
        || candidate.words.clone(),
        |name| source.slice(name).to_owned(),
    )
}

/// A mention proposed by the app is removed when the person moves on, and must be there when they
/// come back.
fn proposed_as_untagged(
    document: &Document,
    candidate: Candidate,
    link: Option<&Link>,
) -> Candidate {
    let goes = |tag: &Annotation| link.is_some_and(|link| goes_with_link(document, tag, link));
    let target = match &candidate.target {
        CandidateTarget::Tagged(id) => match document.set().annotation(id) {
            Some(tag) if tag.is_open_suggestion() || goes(tag) => {
                CandidateTarget::Untagged(tag.fragments.hull())
            }
            Some(_) | None => candidate.target,
        },
        CandidateTarget::Untagged(_) | CandidateTarget::Person(_) => candidate.target,
    };
    Candidate {
        target,
        words: candidate.words,
    }
}

/// What the candidates are by now: mentions may have been tagged or lost their tag.
fn retarget(document: &Document, schema: &Schema, origin: &[Candidate]) -> Vec<Candidate> {
    let now = |candidate: &Candidate| match &candidate.target {
        CandidateTarget::Untagged(range) => document
            .set()
            .overlapping(*range)
            .find(|(span, tag)| span == range && schema.mentions(&tag.label))
            .map(|(_, tag)| CandidateTarget::Tagged(tag.id.clone()))
            .or(Some(CandidateTarget::Untagged(*range))),
        CandidateTarget::Tagged(id) => document
            .set()
            .annotation(id)
            .map(|_| candidate.target.clone()),
        CandidateTarget::Person(id) => document.set().person(id).map(|_| candidate.target.clone()),
    };
    origin
        .iter()
        .filter_map(|candidate| {
            Some(Candidate {
                target: now(candidate)?,
                words: candidate.words.clone(),
            })
        })
        .collect()
}

fn position(document: &Document, list: &[Candidate], link: &Link) -> Option<usize> {
    list.iter()
        .position(|candidate| links_to(document, candidate, &link.to))
}

fn links_to(document: &Document, candidate: &Candidate, to: &Target) -> bool {
    match (&candidate.target, to) {
        (CandidateTarget::Tagged(id), Target::Annotation(to)) => id == to,
        (CandidateTarget::Person(id), Target::Person(to)) => id == to,
        (CandidateTarget::Untagged(range), Target::Annotation(to)) => document
            .set()
            .annotation(to)
            .is_some_and(|tag| tag.fragments.hull() == *range),
        (
            CandidateTarget::Tagged(_) | CandidateTarget::Untagged(_),
            Target::Person(_) | Target::NotGiven,
        )
        | (CandidateTarget::Person(_), Target::Annotation(_) | Target::NotGiven) => false,
    }
}

fn linked_candidate(document: &Document, link: &Link) -> Option<Candidate> {
    let (target, words) = match &link.to {
        Target::Annotation(id) => {
            let tag = document.set().annotation(id)?;
            let words = document.source().slice(tag.fragments.hull());
            (CandidateTarget::Tagged(id.clone()), words.to_owned())
        }
        Target::Person(id) => {
            let person = document.set().person(id)?;
            (CandidateTarget::Person(id.clone()), person.name.clone())
        }
        Target::NotGiven => return None,
    };
    Some(Candidate { target, words })
}
