//! Persons over many articles. Those of one identifier elsewhere are one, or else those of one name.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::{Labels, add_labels};
use crate::model::{Person, PersonKind};
use crate::text::wording::one_line;

/// A person in figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonStats {
    /// Their name, as in the first article.
    pub name: String,
    /// What kind of speaker.
    pub kind: PersonKind,
    /// Their identifier elsewhere; empty for none.
    pub external_id: String,
    /// What else is known of them, by name: role, organisation and attributes.
    pub facts: BTreeMap<String, String>,
    /// In how many articles they are quoted or mentioned.
    pub articles: usize,
    /// How many tags of each label they say.
    pub said: Labels,
    /// How often they are mentioned.
    pub mentions: usize,
}

/// How often one person quotes or mentions another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// Who: a place in the list of people.
    pub from: usize,
    /// Whom: a place in the list of people.
    pub to: usize,
    /// How many tags of the other are within those of the one.
    pub quotes: usize,
    /// How often the one mentions the other.
    pub mentions: usize,
}

/// What a person is known by in all articles.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PersonKey(String);

impl PersonKey {
    fn of(person: &Person) -> Self {
        let id = person.external_id.trim();
        Self(if id.is_empty() {
            one_line(&person.name).to_lowercase()
        } else {
            // No name has a line of its own.
            format!("\n{id}")
        })
    }
}

/// The persons of one article.
#[derive(Debug, Default)]
pub(super) struct ArticlePeople {
    people: BTreeMap<PersonKey, PersonStats>,
    /// Quotes and mentions.
    network: BTreeMap<(PersonKey, PersonKey), (usize, usize)>,
}

impl ArticlePeople {
    fn entry(&mut self, person: &Person) -> (PersonKey, &mut PersonStats) {
        let key = PersonKey::of(person);
        let stats = self.people.entry(key.clone()).or_insert_with(|| {
            let mut facts: BTreeMap<String, String> = person
                .attributes
                .iter()
                .map(|attribute| (attribute.name.to_string(), attribute.value.to_string()))
                .collect();
            for (name, value) in [
                ("role", &person.role),
                ("organisation", &person.organisation),
            ] {
                facts.insert(name.to_owned(), value.clone());
            }
            facts.retain(|_, value| !value.is_empty());
            PersonStats {
                name: person.name.clone(),
                kind: person.kind,
                external_id: person.external_id.clone(),
                facts,
                articles: 1,
                ..PersonStats::default()
            }
        });
        (key, stats)
    }

    /// Counts a tag of a label that a person says.
    pub(super) fn said(&mut self, person: &Person, label: &SmolStr) -> PersonKey {
        let (key, stats) = self.entry(person);
        *stats.said.entry(label.clone()).or_default() += 1;
        key
    }

    /// Counts a mention.
    pub(super) fn mentioned(&mut self, person: &Person) {
        self.entry(person).1.mentions += 1;
    }

    /// Counts that one quotes another.
    pub(super) fn quotes(&mut self, by: &PersonKey, whom: &PersonKey) {
        let edge = self.network.entry((by.clone(), whom.clone()));
        edge.or_default().0 += 1;
    }

    /// Counts that one mentions another.
    pub(super) fn mentions(&mut self, by: &PersonKey, whom: &Person) {
        let whom = PersonKey::of(whom);
        if *by != whom {
            let edge = self.network.entry((by.clone(), whom));
            edge.or_default().1 += 1;
        }
    }
}

/// The persons of all articles.
#[derive(Debug, Default)]
pub(super) struct People(ArticlePeople);

/// The people, who quotes whom, and tags by what is known about speakers.
type Finished = (
    Vec<PersonStats>,
    Vec<Network>,
    BTreeMap<String, BTreeMap<String, Labels>>,
);

impl People {
    /// Adds an article.
    pub(super) fn add(&mut self, article: ArticlePeople) {
        for (key, more) in article.people {
            let Some(known) = self.0.people.get_mut(&key) else {
                self.0.people.insert(key, more);
                continue;
            };
            known.articles += 1;
            known.mentions += more.mentions;
            add_labels(&mut known.said, &more.said);
            for (name, value) in more.facts {
                known.facts.entry(name).or_insert(value);
            }
        }
        for (pair, (quotes, mentions)) in article.network {
            let edge = self.0.network.entry(pair).or_default();
            *edge = (edge.0 + quotes, edge.1 + mentions);
        }
    }

    pub(super) fn finish(self) -> Finished {
        let mut people: Vec<(PersonKey, PersonStats)> = self.0.people.into_iter().collect();
        let said = |stats: &PersonStats| stats.said.values().sum::<usize>();
        people.sort_by(|(a_key, a), (b_key, b)| {
            let more = said(b).cmp(&said(a)).then(b.mentions.cmp(&a.mentions));
            more.then(a_key.cmp(b_key))
        });
        let keys = people.iter().enumerate();
        let places: BTreeMap<&PersonKey, usize> =
            keys.map(|(place, (key, _))| (key, place)).collect();
        let edges = self.0.network.iter();
        let network = edges.filter_map(|((from, to), (quotes, mentions))| {
            Some(Network {
                from: *places.get(from)?,
                to: *places.get(to)?,
                quotes: *quotes,
                mentions: *mentions,
            })
        });
        let mut network: Vec<Network> = network.collect();
        network.sort_by_key(|edge| {
            let count = edge.quotes + edge.mentions;
            (std::cmp::Reverse(count), edge.from, edge.to)
        });
        let people: Vec<PersonStats> = people.into_iter().map(|(_, stats)| stats).collect();
        let of_speakers = of_speakers(&people);
        (people, network, of_speakers)
    }
}

/// Tags by what is known about their speakers; "" where it is not known of them.
fn of_speakers(people: &[PersonStats]) -> BTreeMap<String, BTreeMap<String, Labels>> {
    let mut of_speakers: BTreeMap<String, BTreeMap<String, Labels>> = BTreeMap::new();
    let names: BTreeSet<&String> = people
        .iter()
        .flat_map(|person| person.facts.keys())
        .collect();
    for person in people.iter().filter(|person| !person.said.is_empty()) {
        let mut add = |name: &str, value: &str| {
            let values = of_speakers.entry(name.to_owned()).or_default();
            add_labels(values.entry(value.to_owned()).or_default(), &person.said);
        };
        add("kind", person.kind.word());
        for name in &names {
            add(name, person.facts.get(*name).map_or("", String::as_str));
        }
    }
    of_speakers
}
