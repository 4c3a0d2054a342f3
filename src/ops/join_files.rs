//! Documents of several files that are about the same text, by the same annotator or by nobody in
//! particular.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::FileProblem;
use super::import_request::Incoming;
use crate::format::annotator_file_name;
use crate::model::{AnnotationId, Document, DocumentState, LinkId, PersonId, Target};
use crate::text::wording::short_list;

/// What files of one format are that are about the same text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SeveralFiles {
    /// Each has one layer, and the same ids are the same tags.
    Layers,
    /// Each has some of the tags, with ids of its own.
    Parts,
    /// Each is by somebody, whose name is the file's.
    People,
}

impl SeveralFiles {
    /// What they are in a format; `None`: each file has texts of its own.
    pub(super) fn of(format: &str) -> Option<Self> {
        match format {
            "conll" => Some(Self::Layers),
            "w3c" | "csv" | "tsv" => Some(Self::Parts),
            "doccano" | "labelstudio" | "spacy" => Some(Self::People),
            _ => None,
        }
    }

    /// Makes one document of those that belong together. What got another name is added to `notes`.
    pub(super) fn join(
        self,
        mut incoming: Vec<Incoming>,
        notes: &mut Vec<FileProblem>,
    ) -> Vec<Incoming> {
        match self {
            Self::Layers | Self::Parts => self.join_tags(incoming, notes),
            Self::People => {
                name_by_files(&mut incoming, notes);
                incoming
            }
        }
    }

    fn join_tags(self, incoming: Vec<Incoming>, notes: &mut Vec<FileProblem>) -> Vec<Incoming> {
        let mut joined: Vec<Incoming> = Vec::with_capacity(incoming.len());
        let mut places: BTreeMap<(String, Option<SmolStr>), Vec<usize>> = BTreeMap::new();
        let mut renamed: BTreeMap<PathBuf, FileProblem> = BTreeMap::new();
        for next in incoming {
            let document = &next.read.document;
            let key = (next.read.id.clone(), document.meta().annotator.clone());
            let of_key = places.entry(key).or_default();
            let place = of_key.iter().copied().find(|&place| {
                let known = joined.get(place);
                known.is_some_and(|known| self.belong_together(known, &next))
            });
            let Some(known) = place.and_then(|place| joined.get_mut(place)) else {
                of_key.push(joined.len());
                joined.push(next);
                continue;
            };
            let Joined { document, other_id } = joined_with(&known.read.document, document);
            known.read.document = document;
            if let Some((id, here)) = other_id {
                renamed.entry(next.file.clone()).or_insert_with(|| {
                    let words = format!(
                        "ids that another file about the same text has, too, got numbers: `{id}` is \
                         `{here}` here"
                    );
                    FileProblem::at(&next.file, (next.read.line, 1), words)
                });
            }
        }
        notes.extend(renamed.into_values());
        joined
    }

    fn belong_together(self, known: &Incoming, next: &Incoming) -> bool {
        let (of, document) = (&known.read.document, &next.read.document);
        let plain = |document: &Document| {
            document.unread().is_empty()
                && document.set().peer_reviews().next().is_none()
                && document.set().decisions().next().is_none()
                && document.set().suppressions().next().is_none()
        };
        // Layers that differ are left as they are, so that it is reported.
        let agree = || {
            let mut tags = document.set().annotations();
            tags.all(|tag| {
                let same = of.set().annotation(&tag.id);
                same.is_none_or(|other| other == tag)
            })
        };
        let fits = match self {
            Self::Layers => agree(),
            Self::Parts | Self::People => known.file != next.file,
        };
        fits && of.source() == document.source() && plain(of) && plain(document)
    }
}

/// A document made of two.
struct Joined {
    document: Document,
    /// The first id that is another one now.
    other_id: Option<(SmolStr, SmolStr)>,
}

/// A document with the people, tags and links of another one as well. Ids of other records get numbers.
fn joined_with(document: &Document, other: &Document) -> Joined {
    let mut parts = document.clone().into_parts();
    let mut other_id = None;
    let mut free = |id: &str, taken: &dyn Fn(&str) -> bool| -> SmolStr {
        let mut numbered = (2_usize..).map(|n| format!("{id}-{n}"));
        let found = numbered.find(|id| !taken(id)).unwrap_or_default();
        let found = SmolStr::from(found);
        other_id.get_or_insert_with(|| (id.into(), found.clone()));
        found
    };
    let other_set = other.set();
    let mut people: BTreeMap<PersonId, PersonId> = BTreeMap::new();
    for person in other_set.people() {
        let mut person = person.clone();
        if parts
            .set
            .person(&person.id)
            .is_some_and(|known| *known != person)
        {
            let taken = |id: &str| {
                let id = PersonId::new(id);
                parts.set.person(&id).is_some() || other_set.person(&id).is_some()
            };
            let new = PersonId::new(free(person.id.as_str(), &taken));
            people.insert(std::mem::replace(&mut person.id, new.clone()), new);
        }
        parts.set.insert_person(person);
    }
    let person_here = |id: &PersonId| people.get(id).unwrap_or(id).clone();
    let mut tags: BTreeMap<AnnotationId, AnnotationId> = BTreeMap::new();
    for tag in other_set.annotations() {
        let mut tag = tag.clone();
        tag.person = tag.person.as_ref().map(person_here);
        if parts
            .set
            .annotation(&tag.id)
            .is_some_and(|known| *known != tag)
        {
            let taken = |id: &str| {
                let id = AnnotationId::new(id);
                parts.set.annotation(&id).is_some() || other_set.annotation(&id).is_some()
            };
            let new = AnnotationId::new(free(tag.id.as_str(), &taken));
            tags.insert(std::mem::replace(&mut tag.id, new.clone()), new);
        }
        parts.set.insert_annotation(tag);
    }
    let tag_here = |id: &AnnotationId| tags.get(id).unwrap_or(id).clone();
    for link in other_set.links() {
        let mut link = link.clone();
        link.from = tag_here(&link.from);
        link.to = match &link.to {
            Target::Annotation(id) => Target::Annotation(tag_here(id)),
            Target::Person(id) => Target::Person(person_here(id)),
            Target::NotGiven => Target::NotGiven,
        };
        if parts.set.link(&link.id).is_some_and(|known| *known != link) {
            let taken = |id: &str| {
                let id = LinkId::new(id);
                parts.set.link(&id).is_some() || other_set.link(&id).is_some()
            };
            link.id = LinkId::new(free(link.id.as_str(), &taken));
        }
        parts.set.insert_link(link);
    }
    parts.meta.state = match (parts.meta.state, other.meta().state) {
        (one, other) if one == other => one,
        (DocumentState::New, other) => other,
        (one, DocumentState::New) => one,
        (
            DocumentState::InProgress | DocumentState::Done,
            DocumentState::InProgress | DocumentState::Done,
        ) => DocumentState::InProgress,
    };
    Joined {
        document: parts.into(),
        other_id,
    }
}

/// So many names are in a message.
const MOST_NAMES: usize = 20;

/// Names the annotators of documents without one after their files, where files differ about a text.
fn name_by_files(incoming: &mut [Incoming], notes: &mut Vec<FileProblem>) {
    let nameless = |one: &Incoming| one.read.document.meta().annotator.is_none();
    let mut first: BTreeMap<&str, Vec<&Incoming>> = BTreeMap::new();
    let mut differ: BTreeSet<&Path> = BTreeSet::new();
    for next in incoming.iter().filter(|next| nameless(next)) {
        let document = &next.read.document;
        let known = first.entry(&next.read.id).or_default();
        let of_text = known
            .iter()
            .find(|one| one.read.document.source() == document.source());
        match of_text {
            Some(one) => {
                let of = &one.read.document;
                let same = of.set() == document.set() && of.meta() == document.meta();
                if one.file != next.file && !same {
                    differ.extend([&*one.file, &next.file]);
                }
            }
            None => known.push(next),
        }
    }
    let mut names: BTreeMap<PathBuf, SmolStr> = BTreeMap::new();
    let mut used: BTreeSet<SmolStr> = BTreeSet::new();
    let given = incoming
        .iter()
        .filter_map(|one| one.read.document.meta().annotator.clone());
    used.extend(given);
    for file in differ {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let name = annotator_file_name(&stem);
        let numbered = (2_usize..).map(|n| format!("{name}-{n}"));
        let mut all = std::iter::once(name.clone()).chain(numbered);
        let free = all.find(|name| !used.contains(&**name)).unwrap_or(name);
        let free = SmolStr::from(free);
        used.insert(free.clone());
        names.insert(file.to_owned(), free);
    }
    if let Some(first) = names.keys().next() {
        let called: Vec<String> = names.values().map(|name| format!("`{name}`")).collect();
        let words = format!(
            "files without annotators have different tags of one text, so their annotators are called \
             as the files are: {}",
            short_list(&called, MOST_NAMES)
        );
        notes.push(FileProblem::new(first, words));
    }
    for one in incoming {
        let name = names.get(&one.file);
        if let Some(name) = name.filter(|_| nameless(one)) {
            let mut parts = one.read.document.clone().into_parts();
            parts.meta.annotator = Some(name.clone());
            one.read.document = parts.into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::ImportedDocument;
    use crate::model::{Annotation, DocumentParts, Fragments, Link, Origin, Person};
    use crate::text::{SourceText, TextRange};

    fn origin() -> Origin {
        Origin::Import("x".into())
    }

    /// A document with a tag `1` of a person `p`, which has a link `l` to itself.
    fn incoming(file: &str, label: &str, name: &str) -> Incoming {
        let source = SourceText::new("Ann said so.", "UTF-8").unwrap();
        let mut parts = DocumentParts::new(source);
        let person = PersonId::new("p");
        parts.set.insert_person(Person::new(person.clone(), name));
        let range = TextRange::new(0.into(), 3.into());
        let fragments = Fragments::new(vec![range]).unwrap();
        let id = AnnotationId::new("1");
        parts.set.insert_annotation(Annotation {
            person: Some(person.clone()),
            ..Annotation::new(id.clone(), label, fragments, origin())
        });
        let to = Target::Annotation(id.clone());
        let link = Link::new(LinkId::new("l"), "speaker", id, to, origin());
        parts.set.insert_link(link);
        Incoming {
            read: ImportedDocument::new(1, "a.txt".to_owned(), parts.into()),
            file: file.into(),
        }
    }

    #[test]
    fn parts_of_one_text_are_joined() {
        let mut notes = Vec::new();
        let files = vec![
            incoming("a.csv", "quote", "Ann"),
            incoming("b.csv", "speaker", "Bo"),
            incoming("c.csv", "quote", "Ann"),
        ];
        let joined = SeveralFiles::Parts.join(files.clone(), &mut notes);
        assert_eq!(joined.len(), 1);
        let set = joined[0].read.document.set();
        let tags = set.annotations().map(|tag| {
            let person = tag.person.as_ref().map(PersonId::as_str);
            (tag.id.as_str(), &*tag.label, person)
        });
        let tags: Vec<_> = tags.collect();
        assert_eq!(
            tags,
            [("1", "quote", Some("p")), ("1-2", "speaker", Some("p-2"))]
        );
        let links = set
            .links()
            .map(|link| (link.id.as_str(), link.from.as_str()));
        assert_eq!(links.collect::<Vec<_>>(), [("l", "1"), ("l-2", "1-2")]);
        assert_eq!(notes.len(), 1);
        assert!(notes[0].to_string().starts_with("b.csv:1:1: ids"));
        // Layers must agree.
        assert_eq!(SeveralFiles::Layers.join(files, &mut notes).len(), 2);
    }

    #[test]
    fn files_that_differ_name_their_annotators() {
        let files = vec![
            incoming("x/Ann L.jsonl", "quote", "Ann"),
            incoming("x/bo.jsonl", "speaker", "Ann"),
            incoming("y/bo.jsonl", "claim", "Ann"),
            incoming("y/same.jsonl", "quote", "Ann"),
        ];
        let mut notes = Vec::new();
        let named = SeveralFiles::People.join(files, &mut notes);
        let names = named
            .iter()
            .map(|one| one.read.document.meta().annotator.as_deref());
        let expected = [Some("ann-l"), Some("bo"), Some("bo-2"), None];
        assert_eq!(names.collect::<Vec<_>>(), expected);
        assert_eq!(notes.len(), 1);
        assert!(notes[0].message.ends_with(": `ann-l`, `bo`, `bo-2`"));
    }
}
