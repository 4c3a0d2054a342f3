//! TEI P5: the text with an anchor where each tag begins or ends, and the tags in `standOff`.
//! Fragments of split tags are spans chained by `next`.

mod body;
mod header;
mod link_facts;
mod names;
mod people;
mod read;
mod source;
mod stand_off;
mod string_range;
mod unread;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::interchange::split_spans::SpanFragment;
use super::interchange::{DocumentRecord, LinkRecord, PersonRecord, SpanRecord, kept_apart};
use super::xml::{Xml, lost_characters};
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    Losses, NamedDocument, Options, Sink, Unit, WriteContext, file_names::FileNames,
};

use crate::model::{ArticleFacts, ArticleNote};
use crate::text::CodePointIndex;
use link_facts::LinkStructures;
use names::{Names, name, word};
use source::{profile_desc, source_desc};

/// The format `tei`.
pub(super) struct Tei;

/// What the name of a link begins with in XML.
const LINK: &str = "l.";

/// The change that the state of an article is about.
const TAGGED: &str = "Tagged with Pullquote.";

static INFO: FormatInfo = FormatInfo {
    name: "tei",
    title: "TEI P5",
    extensions: &["xml"],
    unit: Unit::Markup,
    layout: Layout::FileEach,
    reads: true,
    writes: true,
    options: &[],
    read_options: &[],
    carries: |feature| match feature {
        Feature::LooseLinks | Feature::Characters | Feature::Unknown => Carries::No,
        Feature::Review => Carries::ByConvention,
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Split
        | Feature::Links
        | Feature::Attributes
        | Feature::People
        | Feature::Notes
        | Feature::LinkFacts
        | Feature::Author
        | Feature::State
        | Feature::Ids
        | Feature::Edges
        | Feature::Facts => Carries::Natively,
    },
};

impl Format for Tei {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read_each(
        &self,
        input: &Input<'_>,
        _: &Options,
        each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        read::read(input, each)
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let mut names = FileNames::default();
        for NamedDocument { id, document } in documents {
            let name = names.next(&id, document.meta().annotator.as_deref());
            losses.count(&id, &document, &INFO);
            let lost = lost_characters(document.source().as_str());
            losses.add(Feature::Characters, &id, lost);
            let out = sink.create(&format!("{name}.xml"))?;
            let facts = (context.facts)(&id);
            let signed = |note: &&ArticleNote| !note.by.is_empty() || !note.when.is_empty();
            let lost = facts.notes.iter().filter(signed).count() + kept_apart(&facts);
            losses.add(Feature::Facts, &id, lost);
            let record = DocumentRecord::from_document(id, &document)?;
            page(&record, &facts, &mut Xml::new(out)?)?;
        }
        Ok(losses.into_vec())
    }
}

fn page<W: Write>(
    record: &DocumentRecord,
    facts: &ArticleFacts,
    xml: &mut Xml<W>,
) -> io::Result<()> {
    xml.open("TEI", &[("xmlns", "http://www.tei-c.org/ns/1.0")])?;
    header(record, facts, xml)?;
    xml.text("\n")?;
    let fragments = record.fragments();
    stand_off(record, &fragments, xml)?;
    xml.text("\n")?;
    text(record, &fragments, xml)?;
    xml.close("TEI")?;
    xml.text("\n")
}

fn header<W: Write>(
    record: &DocumentRecord,
    facts: &ArticleFacts,
    xml: &mut Xml<W>,
) -> io::Result<()> {
    xml.open("teiHeader", &[])?;
    xml.open("fileDesc", &[])?;
    xml.open("titleStmt", &[])?;
    xml.element("title", &[], &record.id)?;
    if !record.annotator.is_empty() {
        xml.open("respStmt", &[])?;
        xml.element("resp", &[], "tagging")?;
        xml.element("name", &[], &record.annotator)?;
        xml.close("respStmt")?;
    }
    xml.close("titleStmt")?;
    xml.open("publicationStmt", &[])?;
    xml.element("p", &[], "Not published.")?;
    xml.close("publicationStmt")?;
    source_desc(facts, xml)?;
    xml.close("fileDesc")?;
    profile_desc(facts, xml)?;
    xml.open("revisionDesc", &[("status", &record.state)])?;
    xml.element("change", &[], TAGGED)?;
    xml.close("revisionDesc")?;
    xml.close("teiHeader")
}

/// The text, every character of it, with anchors named after their place in code points.
fn text<W: Write>(
    record: &DocumentRecord,
    fragments: &[SpanFragment<'_>],
    xml: &mut Xml<W>,
) -> io::Result<()> {
    let places: BTreeSet<u32> = fragments.iter().flat_map(|p| [p.start, p.end]).collect();
    xml.open("text", &[])?;
    xml.open("body", &[])?;
    xml.open("ab", &[("xml:space", "preserve")])?;
    let text = CodePointIndex::new(&record.text);
    let mut at = 0;
    for place in places {
        xml.text(text.slice(at, place).unwrap_or_default())?;
        xml.empty("anchor", &[("xml:id", &format!("a{place}"))])?;
        at = place;
    }
    xml.text(text.slice(at, text.chars()).unwrap_or_default())?;
    for name in ["ab", "body", "text"] {
        xml.close(name)?;
    }
    Ok(())
}

fn stand_off<W: Write>(
    record: &DocumentRecord,
    fragments: &[SpanFragment<'_>],
    xml: &mut Xml<W>,
) -> io::Result<()> {
    let tags = Names::of("t", record.spans.iter().map(|span| &*span.id));
    let people = Names::of("p", record.people.iter().map(|person| &*person.id));
    if record.spans.is_empty() && record.people.is_empty() {
        // It may not be empty.
        return Ok(());
    }
    xml.open("standOff", &[])?;
    let structures = LinkStructures::of(record, |link| {
        let there = match &*link.to_kind {
            "annotation" => tags.get(&link.to).is_some(),
            "person" => people.get(&link.to).is_some(),
            _ => true,
        };
        there && tags.get(&link.from).is_some()
    });
    roster(record, &tags, &people, &structures, xml)?;
    let mut by_label: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, fragment) in fragments.iter().enumerate() {
        by_label.entry(&fragment.span.label).or_default().push(n);
    }
    for (label, of_label) in by_label {
        xml.open("spanGrp", &typed(&word(label), label))?;
        for n in of_label {
            let next = fragments.get(n + 1).filter(|next| next.index > 0);
            if let Some(fragment) = fragments.get(n) {
                span(fragment, next.is_some(), &tags, xml)?;
            }
        }
        xml.close("spanGrp")?;
    }
    let mut by_role: BTreeMap<&str, Vec<(&LinkRecord, &str, &str)>> = BTreeMap::new();
    for link in record
        .links
        .iter()
        .filter(|link| link.to_kind == "annotation")
    {
        if let (Some(from), Some(to)) = (tags.get(&link.from), tags.get(&link.to)) {
            by_role
                .entry(&link.role)
                .or_default()
                .push((link, from, to));
        }
    }
    for (role, links) in by_role {
        xml.open("linkGrp", &typed(&word(role), role))?;
        for (link, from, to) in links {
            let target = format!("#{from} #{to}");
            let ana = structures.address(link).unwrap_or_default();
            let mut attributes = vec![("n", &*link.id), ("target", &*target), ("ana", &*ana)];
            attributes.retain(|(_, value)| !value.is_empty());
            xml.empty("link", &attributes)?;
        }
        xml.close("linkGrp")?;
    }
    let mut links_of: BTreeMap<&str, Vec<&LinkRecord>> = BTreeMap::new();
    for link in &record.links {
        links_of.entry(&link.from).or_default().push(link);
    }
    for span in &record.spans {
        let links = links_of.get(&*span.id).map_or(&[][..], Vec::as_slice);
        facts(span, links, (&tags, &people, &structures), xml)?;
    }
    structures.write(xml)?;
    xml.close("standOff")
}

/// The attributes of a group; where its type is no word, it is in `n` as it was.
fn typed<'a>(word: &'a str, kind: &'a str) -> Vec<(&'static str, &'a str)> {
    let mut attributes = vec![("type", word)];
    if word != kind {
        attributes.push(("n", kind));
    }
    attributes
}

fn span<W: Write>(
    fragment: &SpanFragment<'_>,
    continues: bool,
    tags: &Names<'_>,
    xml: &mut Xml<W>,
) -> io::Result<()> {
    let Some(name) = tags.get(&fragment.span.id) else {
        return Ok(());
    };
    let part = |part: usize| match part {
        0 => name.to_owned(),
        part => format!("{name}-{}", part + 1),
    };
    let id = part(fragment.index);
    let from = format!("#a{}", fragment.start);
    let to = format!("#a{}", fragment.end);
    let ana = format!("#f{name}");
    let next = format!("#{}", part(fragment.index + 1));
    let mut attributes = vec![("xml:id", &*id), ("from", &from), ("to", &to)];
    if fragment.index == 0 {
        attributes.push(("ana", &ana));
    }
    if continues {
        attributes.push(("next", &next));
    }
    xml.empty("span", &attributes)
}

/// The facts of a tag: a feature structure its span points to.
fn facts<W: Write>(
    span: &SpanRecord,
    links: &[&LinkRecord],
    (tags, people, structures): (&Names<'_>, &Names<'_>, &LinkStructures<'_>),
    xml: &mut Xml<W>,
) -> io::Result<()> {
    let Some(name) = tags.get(&span.id) else {
        return Ok(());
    };
    xml.open("fs", &[("xml:id", &format!("f{name}")), ("type", "tag")])?;
    let own = [
        ("id", &*span.id),
        ("by", span.by.as_deref().unwrap_or("")),
        ("verdict", &span.verdict),
        ("review", &span.review),
        ("note", &span.note),
    ];
    // Of two features of one name the first is ours, so it is there even without a value.
    let is_attribute = |key: &str| span.attributes.iter().any(|a| a.key == key);
    for (key, value) in own {
        if !value.is_empty() || is_attribute(key) {
            feature(xml, key, value)?;
        }
    }
    if !span.person.is_empty() || is_attribute("person") {
        let known = people.get(&span.person).map(|id| format!("#{id}"));
        match known {
            Some(place) => xml.empty("f", &[("name", "person"), ("fVal", &place)])?,
            None => feature(xml, "person", &span.person)?,
        }
    }
    for attribute in span.attributes.iter().filter(|a| !a.value.is_empty()) {
        feature(xml, &attribute.key, &attribute.value)?;
    }
    for link in links {
        if link.to_kind == "not_given" {
            // Its id, where XML can have it.
            let id = format!("{LINK}{}", link.id);
            let known = names::name(&link.role);
            let mut attributes = vec![("name", &*known)];
            if names::name(&id) == id {
                attributes.push(("xml:id", &*id));
            }
            if *known != *link.role {
                attributes.push(("n", &*link.role));
            }
            let ana = structures.address(link);
            attributes.extend(ana.iter().map(|ana| ("ana", &**ana)));
            xml.open("f", &attributes)?;
            xml.element("string", &[], "not given")?;
            xml.close("f")?;
        }
        if link.confirmed == Some(false) {
            // Of several links of one role its id says which.
            let alike = links.iter().filter(|other| other.role == link.role);
            let n = Some(("n", &*link.id)).filter(|_| alike.count() > 1);
            let attributes: Vec<_> = [("name", "unconfirmed")].into_iter().chain(n).collect();
            xml.open("f", &attributes)?;
            xml.element("string", &[], &link.role)?;
            xml.close("f")?;
        }
    }
    xml.close("fs")
}

/// A feature; where its key is no name, it is in `n` as it was.
fn feature<W: Write>(xml: &mut Xml<W>, key: &str, value: &str) -> io::Result<()> {
    let known = name(key);
    if known == key {
        xml.open("f", &[("name", key)])?;
    } else {
        xml.open("f", &[("name", &known), ("n", key)])?;
    }
    xml.element("string", &[], value)?;
    xml.close("f")
}

/// The people, and which tags lead to them without a mention in the text.
fn roster<W: Write>(
    record: &DocumentRecord,
    tags: &Names<'_>,
    people: &Names<'_>,
    structures: &LinkStructures<'_>,
    xml: &mut Xml<W>,
) -> io::Result<()> {
    if record.people.is_empty() {
        return Ok(());
    }
    xml.open("listPerson", &[])?;
    for somebody in &record.people {
        if let Some(name) = people.get(&somebody.id) {
            person(somebody, name, xml)?;
        }
    }
    let relations: Vec<_> = record
        .links
        .iter()
        .filter(|link| link.to_kind == "person")
        .filter_map(|link| Some((link, tags.get(&link.from)?, people.get(&link.to)?)))
        .collect();
    if !relations.is_empty() {
        xml.open("listRelation", &[])?;
        for (link, from, to) in relations {
            let (from, to) = (format!("#{from}"), format!("#{to}"));
            let name = word(&link.role);
            let mut attributes = vec![("name", &*name), ("active", &*to), ("passive", &*from)];
            if *name != *link.role {
                attributes.push(("n", &*link.role));
            }
            if !link.id.is_empty() {
                attributes.push(("key", &*link.id));
            }
            let ana = structures.address(link);
            attributes.extend(ana.iter().map(|ana| ("ana", &**ana)));
            xml.empty("relation", &attributes)?;
        }
        xml.close("listRelation")?;
    }
    xml.close("listPerson")
}

fn person<W: Write>(person: &PersonRecord, name: &str, xml: &mut Xml<W>) -> io::Result<()> {
    let (element, role) = match person.kind.as_str() {
        "group" => ("personGrp", "group"),
        kind => ("person", kind),
    };
    xml.open(element, &[("xml:id", name), ("role", role)])?;
    xml.element("name", &[], &person.name)?;
    for alias in &person.aliases {
        xml.element("name", &[("type", "alias")], alias)?;
    }
    if !person.role.is_empty() {
        xml.element("occupation", &[], &person.role)?;
    }
    if !person.external_id.is_empty() {
        xml.element("idno", &[], &person.external_id)?;
    }
    xml.close(element)
}

#[cfg(test)]
mod tests;
