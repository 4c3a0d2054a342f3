use std::collections::BTreeMap;
use std::io::{self, Write};

use super::escape::escaped;
use super::index::{end_table, table};
use crate::format::xml::Xml;
use crate::model::{
    Annotation, AnnotationId, CopyOrigin, Document, Link, Origin, Person, Review, Schema, Target,
    Verdict,
};

/// The lists below the text: the tags of each label with their links, and the roster.
pub(super) struct Lists<'a> {
    pub(super) document: &'a Document,
    pub(super) schema: &'a Schema,
    pub(super) names: &'a BTreeMap<AnnotationId, String>,
}

impl Lists<'_> {
    /// A section for each label that has no speakers, in the order of the schema.
    pub(super) fn tags<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        let mut by_label: BTreeMap<&str, Vec<&Annotation>> = BTreeMap::new();
        let tags = self.document.set().annotations();
        for tag in tags.filter(|tag| !self.schema.speaks(&tag.label)) {
            by_label.entry(&tag.label).or_default().push(tag);
        }
        for label in self.schema.labels() {
            if let Some(tags) = by_label.remove(&*label.key) {
                self.section(xml, &label.plural, &tags)?;
            }
        }
        for (label, tags) in by_label {
            self.section(xml, label, &tags)?;
        }
        Ok(())
    }

    fn section<W: Write>(
        &self,
        xml: &mut Xml<W>,
        title: &str,
        tags: &[&Annotation],
    ) -> io::Result<()> {
        xml.open("section", &[])?;
        xml.open("h2", &[])?;
        escaped(xml, title)?;
        xml.text(&format!(" ({})", tags.len()))?;
        xml.close("h2")?;
        self.list(xml, tags)?;
        xml.close("section")?;
        xml.text("\n")
    }

    fn list<W: Write>(&self, xml: &mut Xml<W>, tags: &[&Annotation]) -> io::Result<()> {
        xml.open("ol", &[])?;
        for tag in tags {
            self.tag(xml, tag)?;
        }
        xml.close("ol")
    }

    /// The words of a tag that is in another list already; names and links are there.
    pub(super) fn again<W: Write>(&self, xml: &mut Xml<W>, tag: &Annotation) -> io::Result<()> {
        let Some(name) = self.names.get(&tag.id) else {
            return Ok(());
        };
        let class = [("class", "out")];
        xml.open("li", if tag.is_rejected() { &class } else { &[] })?;
        self.words_of_tag(xml, tag, name)?;
        xml.close("li")?;
        xml.text("\n")
    }

    fn words_of_tag<W: Write>(
        &self,
        xml: &mut Xml<W>,
        tag: &Annotation,
        name: &str,
    ) -> io::Result<()> {
        xml.open("p", &[("class", "words"), ("dir", "auto")])?;
        let place = format!("#at-{name}");
        xml.element("a", &[("class", "n"), ("href", &place)], name)?;
        self.who(xml, tag)?;
        self.words(xml, tag)?;
        xml.close("p")
    }

    pub(super) fn tag<W: Write>(&self, xml: &mut Xml<W>, tag: &Annotation) -> io::Result<()> {
        let Some(name) = self.names.get(&tag.id) else {
            return Ok(());
        };
        let counted = |at| self.document.source().char_of_byte(at).unwrap_or_default();
        let fragments: Vec<String> = tag
            .fragments
            .iter()
            .map(|range| format!("{}-{}", counted(range.start()), counted(range.end())))
            .collect();
        // Code points; parts that touch are two.
        let fragments = fragments.join(" ");
        let mut attributes = vec![
            ("id", &**name),
            ("data-id", name),
            ("data-kind", &tag.label),
            ("data-tag", tag.id.as_str()),
            ("data-fragments", &fragments),
        ];
        if tag.is_rejected() {
            attributes.push(("class", "out"));
        }
        xml.open("li", &attributes)?;
        self.words_of_tag(xml, tag, name)?;
        self.facts(xml, tag)?;
        if !tag.note.is_empty() {
            xml.open("p", &[("class", "note")])?;
            bdi(xml, &tag.note)?;
            xml.close("p")?;
        }
        let mut links = self.document.set().links_from(&tag.id).peekable();
        if links.peek().is_some() {
            xml.open("ul", &[("class", "links")])?;
            for link in links {
                self.link(xml, name, link)?;
            }
            xml.close("ul")?;
        }
        xml.close("li")?;
        xml.text("\n")
    }

    fn words<W: Write>(&self, xml: &mut Xml<W>, tag: &Annotation) -> io::Result<()> {
        bdi(xml, &tag.fragments.text(self.document.source()))
    }

    fn facts<W: Write>(&self, xml: &mut Xml<W>, tag: &Annotation) -> io::Result<()> {
        let mut facts: Vec<String> = tag
            .attributes
            .iter()
            .map(|attribute| format!("{}: {}", attribute.name, attribute.value))
            .collect();
        if let Some(id) = &tag.person {
            let person = self.document.set().person(id);
            facts.push(format!("= {}", person.map_or(id.as_str(), |p| &p.name)));
        }
        if tag.review != Review::Unreviewed {
            facts.push(tag.review.word().to_owned());
        }
        if tag.is_open_suggestion() {
            facts.push("suggestion to review".to_owned());
        } else if let (Origin::Suggester(_), verdict) = (&tag.origin, tag.verdict) {
            facts.push(format!("suggestion, {}", verdict.word()));
        } else if tag.verdict == Verdict::Rejected {
            facts.push("rejected".to_owned());
        }
        match &tag.origin {
            Origin::Annotator(name) if name.is_empty() => {}
            // Told once, above.
            Origin::Import(_) => {}
            Origin::Annotator(name) => facts.push(format!("by {name}")),
            Origin::Suggester(name) => facts.push(match CopyOrigin::parse(name) {
                Some(copy) => format!("carried over from {}", copy.words()),
                None => format!("suggested by {name}"),
            }),
        }
        if facts.is_empty() {
            return Ok(());
        }
        xml.open("p", &[("class", "facts")])?;
        for (n, fact) in facts.iter().enumerate() {
            if n > 0 {
                xml.text(" · ")?;
            }
            bdi(xml, fact)?;
        }
        xml.close("p")
    }

    fn link<W: Write>(&self, xml: &mut Xml<W>, from: &str, link: &Link) -> io::Result<()> {
        let set = self.document.set();
        let other = match &link.to {
            Target::Annotation(id) => set.annotation(id).zip(self.names.get(id)),
            Target::Person(_) | Target::NotGiven => None,
        };
        let mut attributes = vec![("data-link", link.id.as_str())];
        if let Some((_, name)) = other {
            attributes.push(("data-from", from));
            attributes.push(("data-to", name));
            attributes.push(("data-role", &link.role));
        }
        xml.open("li", &attributes)?;
        bdi(xml, &link.role)?;
        xml.text(": ")?;
        if let Some((tag, name)) = other {
            let place = format!("#{name}");
            xml.element("a", &[("class", "n"), ("href", &place)], name)?;
            self.words(xml, tag)?;
            if let Some(person) = set.person_behind(&link.to) {
                xml.text(" = ")?;
                bdi(xml, &person.name)?;
            }
        } else {
            match &link.to {
                Target::Annotation(id) => bdi(xml, &format!("a missing tag ({id})"))?,
                Target::Person(id) => {
                    bdi(
                        xml,
                        set.person(id).map_or(id.as_str(), |person| &person.name),
                    )?;
                }
                Target::NotGiven => xml.text("no speaker given")?,
            }
        }
        if !link.confirmed {
            xml.text(" (not confirmed)")?;
        }
        for attribute in &link.attributes {
            xml.text(" · ")?;
            bdi(xml, &format!("{}: {}", attribute.name, attribute.value))?;
        }
        if !link.note.is_empty() {
            xml.open("p", &[("class", "note")])?;
            bdi(xml, &link.note)?;
            xml.close("p")?;
        }
        xml.close("li")
    }

    /// Who speaks, as a table; nothing where the roster is empty.
    pub(super) fn roster<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        let mut people: Vec<&Person> = self.document.set().people().collect();
        if people.is_empty() {
            return Ok(());
        }
        people.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
        let heads = ["Name", "Kind", "Role", "Also called", "Identifier"];
        table(xml, "People", &heads)?;
        for person in people {
            xml.open("tr", &[])?;
            let aliases = person.aliases.join(", ");
            let kind = person.kind.word();
            for cell in [
                &person.name,
                kind,
                &person.role,
                &aliases,
                &person.external_id,
            ] {
                xml.open("td", &[])?;
                bdi(xml, cell)?;
                xml.close("td")?;
            }
            xml.close("tr")?;
        }
        end_table(xml)
    }
}

/// Words that keep their own writing direction to themselves.
pub(super) fn bdi<W: Write>(xml: &mut Xml<W>, text: &str) -> io::Result<()> {
    xml.open("bdi", &[])?;
    escaped(xml, text)?;
    xml.close("bdi")
}
