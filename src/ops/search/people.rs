//! People over all articles: what one person said, and who stands for the same one where.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::folder::SearchFolder;
use super::found::Found;
use super::searched_article::{SearchedArticle, SearchedWork};
use crate::model::{Attribute, Person, PersonId};
use crate::ops::bulk_step::WorkOf;
use crate::store::FileFingerprint;

/// A person over all articles of a folder. Records of rosters are the same person where they have one name,
/// in any case, or one external id.
#[derive(Debug, Clone, PartialEq)]
pub struct FolderPerson {
    /// What their records say together: of each field the first that is not empty, all aliases.
    pub person: Person,
    /// What they said and where they are mentioned, article by article.
    pub found: Vec<Found>,
    /// Their records.
    pub records: Vec<PersonRecord>,
}

/// The record of a person in one roster.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRecord {
    pub(super) article: PathBuf,
    pub(super) text: String,
    pub(super) annotator: smol_str::SmolStr,
    pub(super) work: WorkOf,
    pub(super) file: Option<FileFingerprint>,
    pub(super) id: PersonId,
}

/// A name of a folder's people, with how much they said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonSummary {
    /// The name, as it is written first.
    pub name: String,
    /// How many quotes and claims are theirs.
    pub said: usize,
    /// In how many articles they are on the roster.
    pub articles: usize,
}

impl SearchFolder {
    /// The people of all rosters, those first who said most; each name once, in any case.
    #[must_use]
    pub fn people(&self) -> Vec<PersonSummary> {
        let mut people: BTreeMap<String, (PersonSummary, BTreeSet<PathBuf>)> = BTreeMap::new();
        self.each_article(|article| {
            for work in counted(article) {
                for person in &work.people {
                    let said = work
                        .tags
                        .iter()
                        .filter(|tag| tag.said_by.contains(&person.id));
                    let (known, articles) =
                        people.entry(folded(&person.name)).or_insert_with(|| {
                            let summary = PersonSummary {
                                name: person.name.clone(),
                                said: 0,
                                articles: 0,
                            };
                            (summary, BTreeSet::new())
                        });
                    known.said += said.count();
                    articles.insert(article.path.clone());
                }
            }
        });
        let mut people: Vec<PersonSummary> = people
            .into_values()
            .map(|(summary, articles)| PersonSummary {
                articles: articles.len(),
                ..summary
            })
            .collect();
        people.sort_by(|a, b| b.said.cmp(&a.said).then_with(|| a.name.cmp(&b.name)));
        people
    }

    /// The person of this name; `None` where no roster has them.
    #[must_use]
    pub fn person(&self, name: &str) -> Option<FolderPerson> {
        let name = folded(name);
        let mut ids = BTreeSet::new();
        self.each_article(|article| {
            let people = article.people.iter().flat_map(|work| &work.people);
            let named = people.filter(|person| folded(&person.name) == name);
            ids.extend(named.map(|person| person.external_id.clone()));
        });
        ids.remove("");
        let is_them =
            |person: &Person| folded(&person.name) == name || ids.contains(&person.external_id);
        let mut whole: Option<Person> = None;
        let (mut found, mut records) = (Vec::new(), Vec::new());
        self.each_article(|article| {
            let curated = is_curated(article);
            for (of_work, work) in article.people.iter().enumerate() {
                let theirs: Vec<&Person> = work.people.iter().filter(|one| is_them(one)).collect();
                for person in &theirs {
                    records.push(PersonRecord {
                        article: article.path.clone(),
                        text: article.source.sha256().to_owned(),
                        annotator: work.annotator.clone(),
                        work: if work.curated {
                            WorkOf::Curated
                        } else {
                            WorkOf::Own
                        },
                        file: work.file,
                        id: person.id.clone(),
                    });
                    match &mut whole {
                        Some(whole) => fill(whole, person),
                        None => whole = Some((*person).clone()),
                    }
                }
                if work.curated != curated {
                    continue;
                }
                let is_theirs =
                    |ids: &[PersonId]| theirs.iter().any(|person| ids.contains(&person.id));
                for (of_tag, tag) in work.tags.iter().enumerate() {
                    let is_there = !tag.is_suggestion && !tag.is_rejected;
                    if is_there && (is_theirs(&tag.said_by) || is_theirs(tag.mentioned.as_slice()))
                    {
                        found.push(Found::tagged(article, (of_work, of_tag), None));
                    }
                }
            }
        });
        Some(FolderPerson {
            person: whole?,
            found,
            records,
        })
    }
}

/// The work that counts: what is curated stands for the work of everybody.
fn counted(article: &SearchedArticle) -> impl Iterator<Item = &SearchedWork> {
    let curated = is_curated(article);
    let people = article.people.iter().map(AsRef::as_ref);
    people.filter(move |work: &&SearchedWork| work.curated == curated)
}

fn is_curated(article: &SearchedArticle) -> bool {
    article.people.iter().any(|work| work.curated)
}

/// Takes over what is not known yet.
fn fill(whole: &mut Person, other: &Person) {
    for name in std::iter::once(&other.name).chain(&other.aliases) {
        if *name != whole.name && !whole.aliases.contains(name) {
            whole.aliases.push(name.clone());
        }
    }
    for (known, more) in [
        (&mut whole.role, &other.role),
        (&mut whole.organisation, &other.organisation),
        (&mut whole.external_id, &other.external_id),
    ] {
        if known.is_empty() {
            known.clone_from(more);
        }
    }
    for Attribute { name, value } in &other.attributes {
        let known = whole.attributes.iter().any(|known| known.name == *name);
        if !known {
            whole.attributes.push(Attribute {
                name: name.clone(),
                value: value.clone(),
            });
        }
    }
    whole.attributes.sort();
}

pub(super) fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}
