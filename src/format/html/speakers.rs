//! Who said what: quotes and claims, person by person.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::escape::escaped;
use super::list::{Lists, bdi};
use crate::format::xml::Xml;
use crate::model::{Annotation, AnnotationId, PersonId, Target};
use crate::text::wording::one_line;

/// Someone who said something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Speaker {
    /// Of the roster.
    Person(PersonId),
    /// Known by the words of a mention only.
    Mention(String),
    /// The article names no one.
    NotGiven,
    /// There is no link yet.
    Unknown,
}

impl Lists<'_> {
    /// A section for each speaker, in the order of the text; at the end what has none. What several
    /// people say is under each of them.
    pub(super) fn speakers<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        let mut groups: Vec<(Speaker, Vec<&Annotation>)> = Vec::new();
        let mut places: BTreeMap<Speaker, usize> = BTreeMap::new();
        let tags = self.document.set().annotations();
        for tag in tags.filter(|tag| self.schema.speaks(&tag.label)) {
            let mut speakers = self.speakers_of(tag);
            if speakers.is_empty() {
                speakers.push(Speaker::Unknown);
            }
            for speaker in speakers {
                let place = *places.entry(speaker.clone()).or_insert(groups.len());
                match groups.get_mut(place) {
                    Some((_, tags)) => tags.push(tag),
                    None => groups.push((speaker, vec![tag])),
                }
            }
        }
        groups.sort_by_key(|(speaker, _)| match speaker {
            Speaker::Person(_) | Speaker::Mention(_) => 0,
            Speaker::NotGiven => 1,
            Speaker::Unknown => 2,
        });
        let mut listed: BTreeSet<&AnnotationId> = BTreeSet::new();
        for (speaker, tags) in &groups {
            xml.open("section", &[])?;
            xml.open("h2", &[])?;
            bdi(xml, &self.name(speaker))?;
            if let Speaker::Person(id) = speaker
                && let Some(person) = self.document.set().person(id)
                && !person.role.is_empty()
            {
                xml.open("small", &[])?;
                escaped(xml, &format!(", {}", one_line(&person.role)))?;
                xml.close("small")?;
            }
            xml.text(&format!(" ({})", tags.len()))?;
            xml.close("h2")?;
            xml.open("ol", &[])?;
            for tag in tags {
                if listed.insert(&tag.id) {
                    self.tag(xml, tag)?;
                } else {
                    self.again(xml, tag)?;
                }
            }
            xml.close("ol")?;
            xml.close("section")?;
            xml.text("\n")?;
        }
        Ok(())
    }

    /// The names of those who said something, in bold; nothing for what no one says.
    pub(super) fn who<W: Write>(&self, xml: &mut Xml<W>, tag: &Annotation) -> io::Result<()> {
        let speakers = self.speakers_of(tag);
        if speakers.is_empty() {
            return Ok(());
        }
        xml.open("b", &[("class", "who")])?;
        let names: Vec<String> = speakers.iter().map(|speaker| self.name(speaker)).collect();
        bdi(xml, &names.join(", "))?;
        xml.close("b")?;
        xml.text(" ")
    }

    fn speakers_of(&self, tag: &Annotation) -> Vec<Speaker> {
        let set = self.document.set();
        let role = self.schema.speaker_role(&tag.label);
        let links = set.links_from(&tag.id);
        let links = links.filter(|link| role.is_some_and(|role| role.key == link.role));
        let mut speakers: Vec<Speaker> = Vec::new();
        for link in links {
            let person = set.person_behind(&link.to).map(|person| person.id.clone());
            let speaker = match (&link.to, person) {
                (_, Some(person)) => Speaker::Person(person),
                (Target::NotGiven, _) => Speaker::NotGiven,
                (Target::Annotation(id), _) => match set.annotation(id) {
                    Some(mention) => {
                        let words = mention.fragments.text(self.document.source());
                        Speaker::Mention(one_line(&words))
                    }
                    None => continue,
                },
                (Target::Person(_), None) => continue,
            };
            if !speakers.contains(&speaker) {
                speakers.push(speaker);
            }
        }
        speakers
    }

    fn name(&self, speaker: &Speaker) -> String {
        match speaker {
            Speaker::Person(id) => {
                let person = self.document.set().person(id);
                person.map_or_else(|| id.to_string(), |person| one_line(&person.name))
            }
            Speaker::Mention(words) => words.clone(),
            Speaker::NotGiven => "No speaker given".to_owned(),
            Speaker::Unknown => "No speaker yet".to_owned(),
        }
    }
}
