//! Documents to test formats with: random ones, with anything in every field.

use std::collections::BTreeMap;
use std::io::{self, Write};

use proptest::prelude::*;
use smol_str::SmolStr;

use super::{
    Format, Imported, ImportedDocument, Input, Layout, Loss, NamedDocument, Options, Sink,
    WriteContext,
};
use crate::format::schema_file::default_schema;
use crate::model::{
    Annotation, AnnotationId, Attribute, Document, DocumentState, Fragments, Link, Origin, Person,
    PersonId, PersonKind, Review, Target, Verdict,
};
use crate::text::{SourceText, TextRange, TextSize};

/// Keeps what is written, by file name.
#[derive(Default)]
pub(super) struct Files(pub(super) Vec<(String, Vec<u8>)>);

impl Sink for Files {
    fn create(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        assert!(self.0.iter().all(|(known, _)| known != name), "{name}");
        self.0.push((name.to_owned(), Vec::new()));
        match self.0.last_mut() {
            Some((_, bytes)) => Ok(bytes),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn create_beside(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        self.create(name)
    }

    fn append(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        let Some(at) = self.0.iter().position(|(known, _)| known == name) else {
            return self.create(name);
        };
        Ok(&mut self.0[at].1)
    }
}

/// Writes documents with the default schema and options.
pub(super) fn written(format: &dyn Format, documents: Vec<NamedDocument>) -> (Files, Vec<Loss>) {
    written_with(format, &[], documents)
}

/// Writes documents with the default schema.
pub(super) fn written_with(
    format: &dyn Format,
    options: &[(&str, &str)],
    documents: Vec<NamedDocument>,
) -> (Files, Vec<Loss>) {
    let mut sink = Files::default();
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let chosen: Vec<_> = options.iter().map(owned).collect();
    let context = WriteContext {
        schema: &default_schema().unwrap(),
        options: &Options::new(format.info(), &chosen).unwrap(),
        facts: &|_| crate::model::ArticleFacts::default(),
        curated: &|_| String::new(),
    };
    let losses = format.write(&context, &mut documents.into_iter(), &mut sink);
    (sink, losses.unwrap())
}

/// Reads the first of some files, the others lying beside it.
pub(super) fn read_back(format: &dyn Format, files: &Files) -> Imported {
    let (name, bytes) = files.0.first().unwrap();
    let by_name: BTreeMap<_, _> = files.0.iter().cloned().collect();
    let beside = |name: &str| by_name.get(name).cloned();
    let input = Input {
        name,
        bytes,
        beside: &beside,
    };
    format.read(&input).unwrap()
}

/// The documents of an import, to be written again.
pub(super) fn again(imported: Imported) -> Vec<NamedDocument> {
    let named = |ImportedDocument { id, document, .. }| NamedDocument { id, document };
    imported.documents.into_iter().map(named).collect()
}

fn word() -> impl Strategy<Value = SmolStr> {
    "[a-z]{1,6}|(?s).{1,6}".prop_map(SmolStr::from)
}

fn origin() -> impl Strategy<Value = Origin> {
    let name = prop_oneof![word(), Just("suggester:x".into()), Just("".into())];
    (0..3, name).prop_map(|(kind, name)| match kind {
        0 => Origin::Annotator(name),
        1 => Origin::Suggester(name),
        _ => Origin::Import(name),
    })
}

fn one_of<T: Copy + std::fmt::Debug, const N: usize>(all: [T; N]) -> impl Strategy<Value = T> {
    (0..N).prop_map(move |n| all[n])
}

type Place = Vec<(prop::sample::Index, prop::sample::Index)>;

fn fragments(text: &str, places: &Place) -> Option<Fragments> {
    let bounds: Vec<TextSize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .map(|at| TextSize::try_from(at).unwrap())
        .collect();
    let ranges = places.iter().map(|(a, b)| {
        let (a, b) = (*a.get(&bounds), *b.get(&bounds));
        TextRange::new(a.min(b), a.max(b))
    });
    Fragments::normalized(ranges.collect()).ok()
}

prop_compose! {
    fn annotation()(
        label in word(),
        places in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 1..4),
        attributes in prop::collection::btree_map(word(), word(), 0..3),
        person in prop::option::of(word()),
        origin in origin(),
        verdict in one_of(Verdict::ALL),
        review in one_of(Review::ALL),
        note in "(?s).{0,9}",
    ) -> (Place, Annotation) {
        let attributes = attributes.into_iter().map(|(name, value)| Attribute { name, value });
        let fragments = Fragments::try_from(TextRange::new(0.into(), 1.into())).unwrap();
        (places, Annotation {
            attributes: attributes.collect(),
            person: person.map(PersonId::new),
            verdict,
            review,
            note: note.into(),
            ..Annotation::new("", label, fragments, origin)
        })
    }
}

prop_compose! {
    fn link()(
        role in word(), from in word(), to in word(), kind in 0..3,
        origin in origin(), confirmed in any::<bool>(),
    ) -> Link {
        let to = match kind {
            0 => Target::Annotation(to.as_str().into()),
            1 => Target::Person(to.as_str().into()),
            _ => Target::NotGiven,
        };
        Link { confirmed, ..Link::new("", role, AnnotationId::new(from), to, origin) }
    }
}

prop_compose! {
    fn person()(
        name in "(?s).{0,9}", kind in one_of(PersonKind::ALL),
        aliases in prop::collection::vec("(?s).{0,5}", 0..3),
        role in "(?s).{0,5}", external_id in "[A-Z0-9]{0,5}",
    ) -> Person {
        Person { kind, aliases, role, external_id, ..Person::new("", name) }
    }
}

prop_compose! {
    pub(super) fn document()(
        text in "(?s).{0,60}|[a\u{301}é😀 \r\n]{0,60}",
        annotations in prop::collection::vec(annotation(), 0..6),
        links in prop::collection::vec(link(), 0..4),
        people in prop::collection::vec(person(), 0..3),
        annotator in prop::option::of(word()),
        state in one_of(DocumentState::ALL),
    ) -> Document {
        let mut document = Document::new(SourceText::new(text.as_str(), "UTF-8").unwrap());
        for (n, (places, mut annotation)) in annotations.into_iter().enumerate() {
            if let Some(fragments) = fragments(&text, &places) {
                annotation.id = format!("a{n}").as_str().into();
                annotation.fragments = fragments;
                document.parts_mut().set.insert_annotation(annotation);
            }
        }
        for (n, mut link) in links.into_iter().enumerate() {
            link.id = format!("l{n}").as_str().into();
            document.parts_mut().set.insert_link(link);
        }
        for (n, mut person) in people.into_iter().enumerate() {
            person.id = format!("p{n}").as_str().into();
            document.parts_mut().set.insert_person(person);
        }
        document.parts_mut().meta.annotator = annotator;
        document.parts_mut().meta.state = state;
        document
    }
}

/// How many random documents a test makes; more with PULLQUOTE_CASES.
pub(super) fn cases() -> ProptestConfig {
    let wanted = std::env::var("PULLQUOTE_CASES").ok();
    let cases = wanted.and_then(|cases| cases.parse().ok()).unwrap_or(64);
    ProptestConfig::with_cases(cases)
}

/// A document such as people make, tagged by Maria.
pub(super) fn example() -> Vec<NamedDocument> {
    let text = "“We will win,” said Ann Li, 😀 “because\nwe must.”\nNo, he wrote.";
    let mut document = Document::new(SourceText::new(text, "UTF-8").unwrap());
    let at = |words: &str| {
        let start = TextSize::try_from(text.find(words).unwrap()).unwrap();
        TextRange::at(start, TextSize::of(words))
    };
    let tag = |id: &str, label: &str, words: &[&str]| {
        Annotation::new(
            id,
            label,
            Fragments::new(words.iter().map(|words| at(words)).collect()).unwrap(),
            Origin::Annotator("maria".into()),
        )
    };
    let mut quote = tag("q1", "quote", &["“We will win,”", "“because\nwe must.”"]);
    quote.set_attribute("form", Some("direct".into()));
    quote.review = Review::Accepted;
    quote.note = "=check this".into();
    let mut speaker = tag("s1", "speaker", &["Ann Li"]);
    speaker.person = Some("p1".into());
    let said = tag("u1", "cue", &["said"]);
    let claim = tag("c1", "claim", &["We will win"]);
    let second = tag("q2", "quote", &["No"]);
    for tag in [quote, speaker, said, claim, second] {
        document.parts_mut().set.insert_annotation(tag);
    }
    document.parts_mut().set.insert_person(Person {
        role: "mayor".to_owned(),
        ..Person::new("p1", "Ann Li")
    });
    let link = |id: &str, role: &str, from: &str, to: Target| Link {
        confirmed: id != "l3",
        ..Link::new(id, role, from, to, Origin::Annotator("maria".into()))
    };
    for link in [
        link("l1", "speaker", "q1", Target::Annotation("s1".into())),
        link("l2", "cue", "q1", Target::Annotation("u1".into())),
        link("l3", "speaker", "q2", Target::Person("p1".into())),
        link("l4", "speaker", "c1", Target::NotGiven),
    ] {
        document.parts_mut().set.insert_link(link);
    }
    document.parts_mut().meta.annotator = Some("maria".into());
    document.parts_mut().meta.state = DocumentState::Done;
    let id = "a.txt".to_owned();
    vec![NamedDocument { id, document }]
}

/// Everything documents hold comes back from what `format` writes, and is written the same again.
pub(super) fn comes_back(
    format: &dyn Format,
    documents: Vec<Document>,
) -> Result<(), TestCaseError> {
    comes_back_with(format, &[], documents)
}

/// A document in which every second link has an attribute and a note.
fn with_link_facts(mut document: Document) -> Document {
    let links: Vec<Link> = document.set().links().cloned().collect();
    for mut link in links.into_iter().step_by(2) {
        link.note = "who says so?\n“é”".into();
        link.attributes = thin_vec::thin_vec![Attribute {
            name: "how".into(),
            value: "sure; very".into(),
        }];
        document.parts_mut().set.insert_link(link);
    }
    document
}

/// Everything comes back with these options, too.
pub(super) fn comes_back_with(
    format: &dyn Format,
    options: &[(&str, &str)],
    documents: Vec<Document>,
) -> Result<(), TestCaseError> {
    let documents: Vec<Document> = documents.into_iter().map(with_link_facts).collect();
    let named = documents
        .iter()
        .enumerate()
        .map(|(n, document)| NamedDocument {
            id: format!("{n}.txt"),
            document: document.clone(),
        });
    let (files, losses) = written_with(format, options, named.collect());
    prop_assert!(losses.is_empty(), "{losses:?}");
    let mut imported = read_back(format, &files);
    for n in 1..files.0.len() {
        let rest = Files(files.0.get(n..).unwrap_or_default().to_vec());
        if format.info().layout == Layout::FileEach {
            imported
                .documents
                .extend(read_back(format, &rest).documents);
        }
    }
    prop_assert!(
        imported.problems.is_empty() && imported.ignored.is_empty(),
        "{imported:?}"
    );
    prop_assert_eq!(imported.documents.len(), documents.len());
    for (n, (read, written)) in imported.documents.iter().zip(&documents).enumerate() {
        prop_assert_eq!(&read.id, &format!("{n}.txt"));
        prop_assert_eq!(read.document.source(), written.source());
        prop_assert_eq!(read.document.set(), written.set());
        prop_assert_eq!(read.document.meta(), written.meta());
    }
    prop_assert_eq!(written_with(format, options, again(imported)).0.0, files.0);
    Ok(())
}

/// A document whose links and tags lead to what is in it.
pub(super) fn with_real_ends(document: &Document) -> Document {
    let mut real = document.clone();
    let set = document.set();
    let parts = real.parts_mut();
    for tag in set.annotations() {
        if tag.person.as_ref().is_some_and(|p| set.person(p).is_none()) {
            let person = None;
            let tag = Annotation {
                person,
                ..tag.clone()
            };
            parts.set.insert_annotation(tag);
        }
    }
    for link in set.links() {
        let there = match &link.to {
            Target::Annotation(id) => set.annotation(id).is_some(),
            Target::Person(id) => set.person(id).is_some(),
            Target::NotGiven => true,
        };
        if !there || set.annotation(&link.from).is_none() {
            parts.set.remove_link(&link.id);
        }
    }
    real
}

/// A document with only what every format with links carries.
pub(super) fn with_links_only(document: &Document) -> Document {
    let mut with_links_only = Document::new(document.source().clone());
    for tag in document.set().annotations() {
        with_links_only
            .parts_mut()
            .set
            .insert_annotation(tag.clone());
    }
    for link in document.set().links() {
        if let Target::Annotation(to) = &link.to
            && document.set().annotation(to).is_some()
            && document.set().annotation(&link.from).is_some()
        {
            with_links_only.parts_mut().set.insert_link(link.clone());
        }
    }
    with_links_only
}

/// Tags by label, words and places, and links between them, without regard to ids; no loose links.
#[allow(clippy::type_complexity, reason = "only compared")]
pub(super) fn content(
    document: &Document,
) -> (Vec<(SmolStr, Fragments)>, Vec<(String, SmolStr, String)>) {
    let set = document.set();
    let mut tags: Vec<_> = set
        .annotations()
        .map(|tag| (tag.label.clone(), tag.fragments.clone()))
        .collect();
    tags.sort_by_key(|(label, fragments)| {
        (
            label.clone(),
            fragments.as_slice().first().map(|r| (r.start(), r.end())),
            format!("{fragments:?}"),
        )
    });
    let name = |id: &AnnotationId| {
        let tag = set.annotation(id)?;
        let words: Vec<_> = tag
            .fragments
            .iter()
            .map(|r| document.source().slice(r))
            .collect();
        Some(format!("{} {}", tag.label, words.join("…")))
    };
    let mut links: Vec<_> = set
        .links()
        .filter_map(|link| match &link.to {
            Target::Annotation(to) => Some((name(&link.from)?, link.role.clone(), name(to)?)),
            _ => None,
        })
        .collect();
    links.sort();
    (tags, links)
}

/// The attributes of an element, as a reader of XML understands them.
pub(super) fn attributes_of(
    element: &quick_xml::events::BytesStart<'_>,
) -> BTreeMap<String, String> {
    let attributes = element.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let value = quick_xml::escape::unescape(&attribute.value).unwrap();
        (attribute.key.as_ref().to_owned(), value.into_owned())
    });
    attributes.collect()
}

/// Adds the text of an event, as a reader of XML understands it.
pub(super) fn read_text(event: &quick_xml::events::Event<'_>, text: &mut String) {
    use quick_xml::events::Event;
    match event {
        Event::Text(raw) => text.push_str(raw),
        Event::GeneralRef(name) => {
            let raw = format!("&{};", &**name);
            text.push_str(&quick_xml::escape::unescape(&raw).unwrap());
        }
        _ => {}
    }
}

/// Documents with only characters that XML can hold.
pub(super) fn document_in_xml() -> impl Strategy<Value = Document> {
    document().prop_filter_map("two attributes of one name", |document| {
        let record = super::interchange::DocumentRecord::from_document("d".to_owned(), &document);
        let mut value = serde_json::to_value(record.ok()?).ok()?;
        let mut left = vec![&mut value];
        while let Some(value) = left.pop() {
            match value {
                serde_json::Value::String(text) => *text = in_xml(text),
                serde_json::Value::Array(list) => left.extend(list),
                serde_json::Value::Object(map) => left.extend(map.values_mut()),
                _ => {}
            }
        }
        let record: super::interchange::DocumentRecord = serde_json::from_value(value).ok()?;
        Some(record.into_document("jsonl", "d", 1).ok()?.document)
    })
}

/// A text as XML can hold it.
pub(super) fn in_xml(text: &str) -> String {
    text.replace(super::xml::forbidden_in_xml, "\u{fffd}")
}
