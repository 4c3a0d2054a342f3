//! Possible speakers of a quote or claim, best first.

use super::MentionKind;
use super::antecedent::is_body;
use super::cues::Cues;
use super::first_name::known_by_first_name;
use super::lexicon::SPEAKER_NOUN;
use super::mentions::mention_kind;
use super::natural_unit::inner_reporter;
use super::person_in::person_in;
use super::places::is_silent_place;
use super::same_name::{is_named, same_name};
use super::speakers::{Nearness, guesses, speaking_mentions};
use crate::model::{
    Annotation, AnnotationId, Document, Person, PersonId, RoleKind, Schema, Target,
};
use crate::text::{TextRange, TextSize, neighbourhood, paragraph_at, previous_paragraph};

/// As many as fit beside a quote.
const MOST: usize = 6;
/// Up to how many candidates names nearby are added.
const NAMES_NEARBY: usize = 3;
/// The same where a pronoun is among them, which one of the names may stand behind.
const NAMES_BEHIND_PRONOUN: usize = 5;
/// How many tags, or people, a search looks at in each direction.
const LOOK: usize = 64;

/// A possible speaker of a quote or claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What a link would point to.
    pub target: CandidateTarget,
    /// The words to show: those of the mention, or the person's name.
    pub words: String,
}

/// What a link to a candidate would point to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CandidateTarget {
    /// A speaker mention that is tagged.
    Tagged(AnnotationId),
    /// A name, pronoun or description not tagged yet (bytes); choosing it tags it.
    Untagged(TextRange),
    /// A person of the roster.
    Person(PersonId),
}

/// Candidates for the speaker of `from` (the fragments of a quote or claim, or of one about to be
/// made) under `label`; at most six, best first, none twice: subjects of a reporting verb in the
/// same sentence; the speaker of a quote it is in; reporters of the paragraph; the nearest tagged
/// speakers; people of the roster. Costs the paragraphs around and a fixed number of tags.
#[must_use]
pub fn candidates(
    document: &Document,
    schema: &Schema,
    from: &[TextRange],
    label: &str,
) -> Vec<Candidate> {
    let Some(role) = schema.speaker_role(label) else {
        return Vec::new();
    };
    let mut search = Search {
        document,
        schema,
        role,
        label,
        from,
        found: Vec::new(),
    };
    let at = from.first().map_or(TextSize::new(0), |part| part.start());
    let cues = Cues::near(document, schema, at);
    let guesses = guesses(document.source(), from, &cues);
    let offer = |search: &mut Search, nearness: Nearness, most: usize| {
        let near = guesses.iter().filter(|guess| guess.nearness == nearness);
        for guess in near.take(most) {
            let is_new = nearness == Nearness::Sentence || !search.is_listed(guess.range);
            let may_speak = nearness == Nearness::Sentence || search.may_speak(guess.range);
            if is_new && may_speak && !search.is_listed_pronoun(guess.range) {
                search.mention(guess.range);
            }
        }
    };
    // A claim is said by whoever says the quote around it; a quote in it is what they report.
    let enclosing = search.enclosing();
    if let Some(tag) = enclosing.filter(|tag| tag.label != label && label != "quote") {
        search.speakers_of(tag);
    }
    if let Some(subject) = from
        .first()
        .and_then(|part| inner_reporter(document.source(), *part))
    {
        search.mention(subject);
    }
    offer(&mut search, Nearness::Sentence, 3);
    if let Some(tag) = enclosing {
        search.speakers_of(tag);
    }
    offer(&mut search, Nearness::Paragraph, 2);
    let tagged = search.nearest_tagged();
    if tagged.is_empty() {
        offer(&mut search, Nearness::Beyond, 2);
    }
    for tag in tagged {
        search.tagged(tag);
    }
    offer(&mut search, Nearness::Beyond, 1);
    search.roster();
    search.names_nearby();
    offer(&mut search, Nearness::Named, 3);
    search.found.truncate(MOST);
    search.people_first();
    search.found
}

/// Words that stand for nobody in particular.
fn is_nobody(words: &str) -> bool {
    let lower = words.to_lowercase();
    matches!(
        lower.as_str(),
        "you" | "one" | "ourselves" | "yourself" | "who"
    )
}

/// Whether a description names somebody or a body that speaks: "the mayor", not "the scene".
fn is_speaking(words: &str) -> bool {
    words.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let stem = word.strip_suffix("'s").or(word.strip_suffix("’s"));
        SPEAKER_NOUN.has(&stem.unwrap_or(word).to_lowercase())
            || word.starts_with(char::is_uppercase)
            || word.starts_with(|c: char| c.is_ascii_digit())
    })
}

fn is_pronoun(candidate: &Candidate) -> bool {
    mention_kind(&candidate.words) == MentionKind::Pronoun
}

struct Search<'a> {
    document: &'a Document,
    schema: &'a Schema,
    role: &'a RoleKind,
    label: &'a str,
    from: &'a [TextRange],
    found: Vec<Candidate>,
}

impl<'a> Search<'a> {
    fn is_speaker(&self, tag: &Annotation) -> bool {
        self.schema.mentions(&tag.label)
            && self.role.to.contains(&tag.label)
            && !tag.is_rejected()
            && !tag.is_open_suggestion()
    }

    fn push(&mut self, target: CandidateTarget, words: String) {
        if !self.found.iter().any(|known| known.target == target) {
            self.found.push(Candidate { target, words });
        }
    }

    fn tagged(&mut self, tag: &Annotation) {
        let words = tag.fragments.text(self.document.source());
        self.push(CandidateTarget::Tagged(tag.id.clone()), words);
    }

    /// Whether the mention's name is in the list already.
    fn is_listed(&self, range: TextRange) -> bool {
        let words = self.document.source().slice(range);
        self.found
            .iter()
            .any(|known| same_name(&known.words, words))
    }

    /// Whether it is a pronoun that is in the list already: whom another one means is as open.
    fn is_listed_pronoun(&self, range: TextRange) -> bool {
        let words = self.document.source().slice(range).to_lowercase();
        mention_kind(&words) == MentionKind::Pronoun
            && self
                .found
                .iter()
                .any(|known| known.words.to_lowercase() == words)
    }

    /// A mention of the text; the speaker tag on it, where there is one.
    fn mention(&mut self, range: TextRange) {
        let document = self.document;
        let tag = document
            .set()
            .overlapping(range)
            .take(LOOK)
            .map(|(_, tag)| tag)
            .filter(|tag| self.is_speaker(tag))
            .min_by_key(|tag| tag.fragments.hull().len());
        if let Some(tag) = tag {
            return self.tagged(tag);
        }
        let words = document.source().slice(range).to_owned();
        if !is_nobody(&words) {
            self.push(CandidateTarget::Untagged(range), words);
        }
    }

    /// Whether words away from the sentence are more than the description of a thing: "the scene".
    fn may_speak(&self, range: TextRange) -> bool {
        let words = self.document.source().slice(range);
        mention_kind(words) != MentionKind::Description || is_speaking(words)
    }

    /// The reporter stays first; of the others people, by name before by description, then bodies and what
    /// else has a name, then other descriptions, then pronouns, each in the order in which they were
    /// found.
    fn people_first(&mut self) {
        let source = self.document.source();
        let set = self.document.set();
        let class = |candidate: &Candidate| {
            let place = match &candidate.target {
                CandidateTarget::Person(_) => return 0,
                CandidateTarget::Untagged(range) => Some(*range),
                CandidateTarget::Tagged(id) => {
                    let tag = set.annotation(id);
                    if tag.is_some_and(|tag| tag.person.is_some()) {
                        return 0;
                    }
                    tag.map(|tag| tag.fragments.hull())
                }
            };
            if place.is_some_and(|range| person_in(source, range).is_some()) {
                return 0;
            }
            match mention_kind(&candidate.words) {
                MentionKind::Description
                    if is_speaking(&candidate.words) && !is_body(&candidate.words) =>
                {
                    1
                }
                MentionKind::Named => 2,
                MentionKind::Description => 3,
                MentionKind::Pronoun => 4,
            }
        };
        let opens = |candidate: &Candidate| !candidate.words.eq_ignore_ascii_case("who");
        let kept = usize::from(self.found.first().is_some_and(opens));
        if let Some(others) = self.found.get_mut(kept..) {
            others.sort_by_key(class);
        }
    }

    /// The quote or claim around what was said; of those of other labels first.
    fn enclosing(&self) -> Option<&'a Annotation> {
        let first = self.from.first()?;
        let around = self
            .document
            .set()
            .overlapping(TextRange::at(first.start(), 1.into()))
            .take(LOOK)
            .filter(|(span, tag)| {
                span.contains_range(*first)
                    && *span != *first
                    && self.schema.speaks(&tag.label)
                    && !tag.is_rejected()
            })
            .min_by_key(|(span, tag)| (tag.label == self.label, span.len()));
        around.map(|(_, tag)| tag)
    }

    /// The speakers a tag is linked to.
    fn speakers_of(&mut self, quote: &Annotation) {
        let document = self.document;
        for link in document.set().links_from(&quote.id).take(LOOK) {
            if link.role != self.role.key {
                continue;
            }
            match &link.to {
                Target::Annotation(id) => {
                    if let Some(tag) = document.set().annotation(id)
                        && self.is_speaker(tag)
                    {
                        self.tagged(tag);
                    }
                }
                Target::Person(id) if self.role.people => {
                    if let Some(person) = document.set().person(id) {
                        self.push(CandidateTarget::Person(id.clone()), person.name.clone());
                    }
                }
                Target::Person(_) | Target::NotGiven => {}
            }
        }
    }

    /// Speaker tags around: people first, then what no person is known behind; nearest first, each
    /// person and each pronoun once.
    fn nearest_tagged(&self) -> Vec<&'a Annotation> {
        let (Some(first), Some(last)) = (self.from.first(), self.from.last()) else {
            return Vec::new();
        };
        let set = self.document.set();
        let nobody = AnnotationId::new("");
        let before = set.before(first.start(), first.start(), &nobody).take(LOOK);
        let after = set.after(first.start(), first.start(), &nobody).take(LOOK);
        let outside =
            |tag: &&Annotation| !self.from.iter().any(|part| tag.fragments.overlaps(*part));
        let distance = |tag: &Annotation| {
            let hull = tag.fragments.hull();
            let gaps = self.from.iter().map(|part| {
                let before = part.start().checked_sub(hull.end()).unwrap_or_default();
                before.max(hull.start().checked_sub(part.end()).unwrap_or_default())
            });
            gaps.min().unwrap_or(last.end())
        };
        let mut tags: Vec<&Annotation> = before
            .chain(after)
            .filter(|tag| self.is_speaker(tag))
            .filter(outside)
            .collect();
        let source = self.document.source();
        let words = |tag: &Annotation| tag.fragments.text(source);
        let is_nobody = |tag: &Annotation| {
            tag.person.is_none() && mention_kind(&words(tag)) == MentionKind::Pronoun
        };
        tags.sort_by_key(|tag| (is_nobody(tag), distance(tag)));
        let mut chosen: Vec<&Annotation> = Vec::with_capacity(MOST);
        for tag in tags {
            let same = |other: &&Annotation| {
                if other.person.is_some() && tag.person.is_some() {
                    return other.person == tag.person;
                }
                let (a, b) = (words(other), words(tag));
                same_name(&a, &b)
                    || is_nobody(other) && is_nobody(tag) && a.to_lowercase() == b.to_lowercase()
            };
            if chosen.len() < MOST && !chosen.iter().any(same) {
                chosen.push(tag);
            }
        }
        chosen
    }

    /// Full names in the paragraph and the one before, nearest first: someone else to choose where
    /// the text has just begun to be tagged.
    fn names_nearby(&mut self) {
        let source = self.document.source();
        let Some(first) = self.from.first() else {
            return;
        };
        let own = paragraph_at(source, first.start());
        let before = previous_paragraph(source, own);
        let before = before.map(|paragraph| TextRange::empty(paragraph.end()));
        let most = if self.found.iter().any(is_pronoun) {
            NAMES_BEHIND_PRONOUN
        } else {
            NAMES_NEARBY
        };
        let mut people = Vec::new();
        let mut others = Vec::new();
        for place in [Some(*first), before].into_iter().flatten() {
            let within = neighbourhood(source, place);
            for range in speaking_mentions(source, within).into_iter().rev() {
                if self.from.iter().any(|part| part.contains_range(range)) {
                    continue;
                }
                let person = person_in(source, range);
                let words = source.slice(person.unwrap_or(range));
                let is_full_name = words.contains(' ')
                    && words.starts_with(char::is_uppercase)
                    && mention_kind(words) == MentionKind::Named;
                match person {
                    Some(person) if is_full_name => people.push(person),
                    None if is_full_name => others.push(range),
                    Some(_) | None => {}
                }
            }
        }
        for range in people.into_iter().chain(others) {
            if self.found.len() >= most {
                return;
            }
            if !self.is_listed(range) && !is_silent_place(source, range) {
                self.mention(range);
            }
        }
    }

    /// People, the one mentioned nearest first; those without a mention last.
    fn people_by_nearness(&self) -> Vec<&'a Person> {
        let document = self.document;
        let here = self.from.first().map(|first| first.start());
        let here = here.unwrap_or_default();
        let mut people: Vec<(u32, &Person)> = document
            .set()
            .people()
            .take(LOOK)
            .map(|person| (person_distance(document, person, here), person))
            .collect();
        people.sort_by_key(|(distance, _)| *distance);
        people.into_iter().map(|(_, person)| person).collect()
    }

    /// People not covered above.
    fn roster(&mut self) {
        if !self.role.people {
            return;
        }
        let document = self.document;
        for person in self.people_by_nearness() {
            if self.found.len() >= MOST {
                return;
            }
            let stands_for = |candidate: &Candidate| match &candidate.target {
                CandidateTarget::Tagged(id) => {
                    document
                        .set()
                        .annotation(id)
                        .is_some_and(|tag| tag.person.as_ref() == Some(&person.id))
                        || is_named(person, &candidate.words)
                }
                CandidateTarget::Untagged(_) => is_named(person, &candidate.words),
                CandidateTarget::Person(id) => *id == person.id,
            };
            if !self.found.iter().any(stands_for) {
                self.push(
                    CandidateTarget::Person(person.id.clone()),
                    person.name.clone(),
                );
            }
        }
    }
}

/// How far from a place (in bytes) a person is mentioned; the most where no mention is tagged.
#[must_use]
pub fn person_distance(document: &Document, person: &Person, here: TextSize) -> u32 {
    let mentions = document.set().mentions(&person.id).take(LOOK);
    let places = mentions.map(|tag| tag.fragments.start());
    let distances = places.map(|place| u32::from(place.max(here) - place.min(here)));
    distances.min().unwrap_or(u32::MAX)
}

/// The person of the roster whom `words` name, by full name, alias, surname or first name; `None` for
/// pronouns, and where two people would fit. `near` is where they are, in bytes.
#[must_use]
pub fn known_person(document: &Document, words: &str, near: TextSize) -> Option<PersonId> {
    // A person with this name shares one of these words.
    let people = document.set().people_named_like(words);
    if people.is_empty() || mention_kind(words) == MentionKind::Pronoun {
        return None;
    }
    let exact = |person: &&Person| {
        person.name == words || person.aliases.iter().any(|alias| alias == words)
    };
    if let Some(person) = people.iter().copied().find(exact) {
        return Some(person.id.clone());
    }
    let mut fitting = people.iter().filter(|person| is_named(person, words));
    match fitting.next() {
        Some(person) => fitting.next().is_none().then(|| person.id.clone()),
        None => known_by_first_name(document, &people, words, near),
    }
}
