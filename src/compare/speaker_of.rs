use std::collections::BTreeSet;

use crate::model::{Annotation, Document, Link, Person, Target};
use crate::text::{TextRange, overlap};

/// Who speaks, as an annotator has confirmed it; of a mention, who it names.
pub(super) struct SpeakerOf<'a> {
    /// Words that mention the speaker, in bytes.
    ranges: Vec<TextRange>,
    /// Who they are, each by all names.
    people: Vec<BTreeSet<&'a str>>,
    /// The person the tag itself names.
    named: Option<BTreeSet<&'a str>>,
    not_given: bool,
}

impl<'a> SpeakerOf<'a> {
    pub(super) fn new(document: &'a Document, tag: &'a Annotation) -> Self {
        let set = document.set();
        let person = tag.person.as_ref().and_then(|id| set.person(id));
        let mut speaker = Self {
            ranges: Vec::new(),
            people: Vec::new(),
            named: person.map(names),
            not_given: false,
        };
        let links = set.links_from(&tag.id);
        for link in links.filter(|link| link.role == Link::SPEAKER && link.confirmed) {
            let person = set.person_behind(&link.to);
            speaker.people.extend(person.map(names));
            match &link.to {
                Target::Annotation(id) => {
                    let mention = set.annotation(id).filter(|tag| !tag.is_rejected());
                    let ranges = mention.into_iter().flat_map(|tag| tag.fragments.iter());
                    speaker.ranges.extend(ranges);
                }
                Target::Person(_) => {}
                Target::NotGiven => speaker.not_given = true,
            }
        }
        speaker
    }

    /// Whether both mean the same speaker: words that meet, or where one names no words, a person with a
    /// name of the other's. Who is named by one alone is no difference.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let named = match (&self.named, &other.named) {
            (Some(one), Some(other)) => !one.is_disjoint(other),
            _ => true,
        };
        named && self.not_given == other.not_given && self.says_the_same(other)
    }

    fn says_the_same(&self, other: &Self) -> bool {
        if !self.ranges.is_empty() && !other.ranges.is_empty() {
            let meets = |one: &TextRange| other.ranges.iter().any(|other| overlap(*one, *other));
            return self.ranges.iter().any(meets);
        }
        if self.is_nobody() || other.is_nobody() {
            return self.is_nobody() && other.is_nobody();
        }
        let mut pairs = self.people.iter();
        pairs.any(|one| other.people.iter().any(|other| !one.is_disjoint(other)))
    }

    fn is_nobody(&self) -> bool {
        self.ranges.is_empty() && self.people.is_empty()
    }
}

fn names(person: &Person) -> BTreeSet<&str> {
    let names = std::iter::once(&person.name).chain(&person.aliases);
    names.map(|name| name.trim()).collect()
}
