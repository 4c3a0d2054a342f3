//! The table of what formats carry is true: of all that a document can have, each format brings back
//! what it says it carries, and an export says what it does not.

use std::collections::BTreeMap;

use super::testing::{Files, written};
use super::{
    ALL, Carries, Feature, Format, ImportedDocument, Input, Layout, Loss, NamedDocument, Options,
    WriteContext, read,
};
use crate::format::schema_file::default_schema;
use crate::model::{
    Annotation, AnnotationId, ArticleFacts, ArticleNote, Attribute, Confidence, Document,
    DocumentState, Fragments, ImportedFrom, Link, Note, Origin, Person, PersonId, PersonKind,
    Review, Target, Verdict,
};
use crate::text::{SourceText, TextRange};

/// The formats that are written and read. One that does not carry every tag promises nothing: of CoNLL
/// columns each label has a file of its own.
fn both_ways() -> impl Iterator<Item = &'static dyn Format> {
    let formats = ALL.iter().copied();
    let both = formats.filter(|format| format.info().reads && format.info().writes);
    both.filter(|format| carries(*format, Feature::Tags))
}

fn carries(format: &dyn Format, feature: Feature) -> bool {
    (format.info().carries)(feature) != Carries::No
}

/// What of a document is `feature`, a line each.
fn aspect(feature: Feature, document: &Document) -> Vec<String> {
    let set = document.set();
    let place = |tag: &Annotation| format!("{} {:?}", tag.label, tag.fragments);
    let tag = |id: &AnnotationId| set.annotation(id).map(place);
    let name = |id: &PersonId| set.person(id).map(|person| person.name.clone());
    let ends = |link: &Link| {
        let to = match &link.to {
            Target::Annotation(id) => format!("tag {:?}", tag(id)),
            Target::Person(id) => format!("person {:?}", name(id)),
            Target::NotGiven => "nobody".to_owned(),
        };
        format!("{} {:?} {to}", link.role, tag(&link.from))
    };
    let between = |one: &Annotation, other: &Annotation| {
        let (a, b) = (one.fragments.hull(), other.fragments.hull());
        match feature {
            Feature::Overlap => a.start() < b.start() && b.start() < a.end() && a.end() < b.end(),
            _ => one.id != other.id && a.contains_range(b),
        }
    };
    let tags = set.annotations();
    let mut lines: Vec<String> = match feature {
        Feature::Tags => tags.map(|tag| tag.label.to_string()).collect(),
        Feature::Overlap | Feature::Nesting => tags
            .flat_map(|one| set.annotations().map(move |other| (one, other)))
            .filter(|(one, other)| between(one, other))
            .map(|(one, other)| format!("{} / {}", place(one), place(other)))
            .collect(),
        Feature::Split => tags
            .filter(|tag| tag.fragments.as_slice().len() > 1)
            .map(place)
            .collect(),
        Feature::Links => set
            .links()
            .filter(|link| matches!(link.to, Target::Annotation(_)))
            .map(ends)
            .collect(),
        Feature::LooseLinks | Feature::Facts | Feature::Unknown => Vec::new(),
        Feature::Attributes => tags
            .filter(|tag| !tag.attributes.is_empty())
            .map(|tag| format!("{} {:?}", place(tag), tag.attributes))
            .collect(),
        Feature::People => {
            let people = set.people().map(|p| {
                let Person {
                    name,
                    kind,
                    aliases,
                    role,
                    external_id,
                    ..
                } = p;
                format!("{name} {kind:?} {aliases:?} {role} {external_id}")
            });
            let named = tags.filter_map(|tag| {
                let person = name(tag.person.as_ref()?)?;
                Some(format!("{} is {person}", place(tag)))
            });
            let links = set.links();
            let links = links.filter(|link| !matches!(link.to, Target::Annotation(_)));
            people.chain(named).chain(links.map(ends)).collect()
        }
        Feature::Review => {
            let links = set.links().filter(|link| !link.confirmed).map(ends);
            let tags = tags.map(|tag| {
                let suggested = matches!(tag.origin, Origin::Suggester(_));
                let (verdict, review) = (tag.verdict, tag.review);
                format!("{} {verdict:?} {review:?} {suggested}", place(tag))
            });
            tags.chain(links).collect()
        }
        Feature::Notes => tags
            .filter(|tag| !tag.note.is_empty())
            .map(|tag| format!("{} {:?}", place(tag), tag.note))
            .collect(),
        Feature::LinkFacts => set
            .links()
            .filter(|link| !link.attributes.is_empty() || !link.note.is_empty())
            .map(|link| format!("{} {:?} {:?}", ends(link), link.attributes, link.note))
            .collect(),
        Feature::Author => {
            let links = set.links();
            let links = links.map(|link| format!("{} {:?}", ends(link), link.origin));
            let whose = format!("{:?}", document.meta().annotator);
            let tags = tags.map(|tag| format!("{} {:?}", place(tag), tag.origin));
            tags.chain(links).chain([whose]).collect()
        }
        Feature::State => vec![(document.meta().state == DocumentState::Done).to_string()],
        Feature::Ids => {
            let links = set
                .links()
                .map(|link| format!("{} {}", link.id, ends(link)));
            let tags = tags.map(|tag| format!("{} {}", tag.id, place(tag)));
            tags.chain(links).collect()
        }
        Feature::Edges => tags.map(place).collect(),
        Feature::Characters => vec![document.source().as_str().to_owned()],
    };
    lines.sort();
    lines
}

/// Whether a file is one of tags, by its name.
fn is_of(format: &dyn Format, name: &str) -> bool {
    let mut endings = format.info().extensions.iter();
    endings.any(|ending| name.ends_with(&format!(".{ending}")))
}

/// Writes a document and reads it again, its article beside it where the format has no text.
fn there_and_back(
    format: &dyn Format,
    document: &Document,
    facts: &ArticleFacts,
) -> (Option<ImportedDocument>, Vec<Loss>) {
    let id = "a.txt".to_owned();
    let text = document.source().as_str().as_bytes().to_vec();
    let named = NamedDocument {
        id: id.clone(),
        document: document.clone(),
    };
    let mut files = Files::default();
    let context = WriteContext {
        schema: &default_schema().unwrap(),
        options: &Options::default(),
        facts: &|_| facts.clone(),
        curated: &|_| String::new(),
    };
    let losses = format
        .write(&context, &mut vec![named].into_iter(), &mut files)
        .unwrap();
    let main = files.0.iter().find(|(name, _)| is_of(format, name));
    let (name, bytes) = main.unwrap_or(&files.0[0]);
    let by_name: BTreeMap<String, Vec<u8>> = [(id, text)]
        .into_iter()
        .chain(files.0.iter().cloned())
        .collect();
    let beside = |name: &str| {
        let name = name.rsplit('/').next()?;
        let mut known = by_name.iter();
        known
            .find(|(known, _)| known.rsplit('/').next() == Some(name))
            .map(|(_, bytes)| bytes.clone())
    };
    let input = Input {
        name,
        bytes,
        beside: &beside,
    };
    let imported = read(format, &input, &Options::default()).unwrap();
    assert_eq!(imported.problems, [], "{}", format.info().name);
    let document = imported.documents.into_iter().next();
    (document, losses)
}

/// A document with something of every feature.
fn everything() -> Document {
    let text = "“We will win,” said Ann Li, 😀 “because\r\nwe must.” No, he\u{301} wrote.";
    let mut document = Document::new(SourceText::new(text, "UTF-8").unwrap());
    let range = |words: &str| {
        let start = u32::try_from(text.find(words).unwrap()).unwrap();
        TextRange::at(start.into(), u32::try_from(words.len()).unwrap().into())
    };
    let tag = |id: &str, label: &str, words: &[&str], by: Origin| {
        let ranges = words.iter().map(|words| range(words)).collect();
        Annotation::new(id, label, Fragments::new(ranges).unwrap(), by)
    };
    let maria = || Origin::Annotator("maria".into());
    let mut quote = tag(
        "4x-q",
        "quote",
        &["“We will win,”", "“because\r\nwe must.”"],
        maria(),
    );
    quote.attributes = thin_vec::thin_vec![Attribute {
        name: "form".into(),
        value: "direct; 1".into(),
    }];
    quote.review = Review::Accepted;
    quote.note = "=sure?\n“é”".into();
    let mut speaker = tag("T7", "speaker", &["Ann Li"], Origin::Import("other".into()));
    speaker.person = Some("1p".into());
    let mut proposed = tag(
        "c 1",
        "claim",
        &["We will win"],
        Origin::Suggester("rules".into()),
    );
    proposed.verdict = Verdict::Rejected;
    proposed.confidence = Confidence::new(0.5);
    let crossing = tag("R1", "my label", &["win,” said"], maria());
    let people = [
        Person {
            kind: PersonKind::Group,
            aliases: vec!["Li".to_owned()],
            role: "mayor".to_owned(),
            external_id: "Q42".to_owned(),
            // No format has a place for it.
            organisation: "City".to_owned(),
            ..Person::new("1p", "Ann Li")
        },
        Person::new("p2", "Bo"),
    ];
    let links = [
        Link {
            note: "who?".into(),
            attributes: thin_vec::thin_vec![Attribute {
                name: "how".into(),
                value: "sure".into(),
            }],
            ..Link::new(
                "1l",
                "speaker",
                "4x-q",
                Target::Annotation("T7".into()),
                maria(),
            )
        },
        Link {
            confirmed: false,
            ..Link::new("l2", "speaker", "c 1", Target::Person("p2".into()), maria())
        },
        Link::new("l3", "addressee", "R1", Target::NotGiven, maria()),
    ];
    let parts = document.parts_mut();
    for tag in [quote, speaker, proposed, crossing] {
        parts.set.insert_annotation(tag);
    }
    for person in people {
        parts.set.insert_person(person);
    }
    for link in links {
        parts.set.insert_link(link);
    }
    parts.meta.annotator = Some("maria".into());
    parts.meta.state = DocumentState::Done;
    document
}

/// Every kind of fact but what nobody can read.
fn known_facts() -> ArticleFacts {
    ArticleFacts {
        headline: "“No,” she said; =yes".to_owned(),
        byline: "By Ann Li\nand Bo".to_owned(),
        outlet: "The Daily".to_owned(),
        date: "2024-05-31".to_owned(),
        language: "en".to_owned(),
        section: "Politics".to_owned(),
        address: "https://example.com/a?b=1&c=2".to_owned(),
        fields: [("edition".to_owned(), "late, \"final\"".to_owned())].into(),
        labels: ["topic: trade".to_owned()].into(),
        notes: vec![ArticleNote {
            text: "cut by the agency".to_owned(),
            ..ArticleNote::default()
        }],
        imported_from: Some(ImportedFrom {
            file: "week 22.docx".to_owned(),
            sha256: "0".repeat(64),
            index: 6,
            ..ImportedFrom::default()
        }),
        ..ArticleFacts::default()
    }
}

/// The document without what goes with something that a format does not carry: links to people, and what is
/// said of tags and links alike.
fn without_uncarried(format: &dyn Format, document: &Document) -> Document {
    let mut document = document.clone();
    let lacks = |feature| !carries(format, feature);
    let set = document.set();
    let (tags, links): (Vec<_>, Vec<_>) = (
        set.annotations().cloned().collect(),
        set.links().cloned().collect(),
    );
    let set = &mut document.parts_mut().set;
    for mut tag in tags {
        if lacks(Feature::Attributes) {
            tag.attributes.clear();
        }
        if lacks(Feature::Notes) {
            tag.note = Note::default();
        }
        set.insert_annotation(tag);
    }
    for mut link in links {
        if lacks(Feature::People) && !matches!(link.to, Target::Annotation(_)) {
            set.remove_link(&link.id);
            continue;
        }
        if lacks(Feature::Attributes) {
            link.attributes.clear();
        }
        if lacks(Feature::Notes) {
            link.note = Note::default();
        }
        set.insert_link(link);
    }
    document
}

/// Links with an end that is not there are left out by every import: other tests are about them. Facts are no part of
/// the document.
const TESTED: fn(&Feature) -> bool =
    |feature| !matches!(feature, Feature::LooseLinks | Feature::Facts);

#[test]
fn every_cell_of_the_table_is_true() {
    let document = everything();
    let facts = known_facts();
    let mut wrong = Vec::new();
    for format in both_ways() {
        let name = format.info().name;
        let (read, losses) = there_and_back(format, &document, &facts);
        let read = read.unwrap();
        if carries(format, Feature::Facts) {
            assert_eq!(read.facts, facts, "{name}");
        }
        let read = read.document;
        for feature in Feature::ALL.into_iter().filter(TESTED) {
            let declared = losses.iter().any(|loss| loss.feature == feature);
            let whole = without_uncarried(format, &document);
            let (before, after) = (aspect(feature, &whole), aspect(feature, &read));
            // What is said of links is counted with what is said of tags.
            let parts = [Feature::Attributes, Feature::Notes];
            let declared = declared
                || feature == Feature::LinkFacts
                    && parts
                        .iter()
                        .all(|part| losses.iter().any(|loss| loss.feature == *part));
            let fine = match carries(format, feature) {
                true => before == after && !declared,
                // Some text has no character that it cannot hold, and it may be beside the file.
                false => declared || before == after && feature == Feature::Characters,
            };
            let is_there = !aspect(feature, &document).is_empty() || feature == Feature::Unknown;
            if !fine || !is_there {
                wrong.push(format!(
                    "{name}, {}: declared {declared}\n  {before:?}\n  {after:?}",
                    feature.word()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// No file of an export takes the place of another one: the sink of tests stops there.
#[test]
fn the_work_of_two_people_on_one_article_is_written_apart() {
    for format in ALL.iter().filter(|format| format.info().writes) {
        let documents = ["maria", "bo"].map(|name| {
            let mut document = everything();
            document.parts_mut().meta.annotator = Some(name.into());
            let id = "a.txt".to_owned();
            NamedDocument { id, document }
        });
        let (files, _) = written(*format, documents.to_vec());
        let tagged = files
            .0
            .iter()
            .filter(|(name, _)| is_of(*format, name))
            .count();
        let each = format.info().layout == Layout::FileEach;
        assert!(tagged >= if each { 2 } else { 1 }, "{}", format.info().name);
    }
}
