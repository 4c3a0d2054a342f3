//! A report to read, print and send: one page an article, all in one file, without any script.
//! The text with its tags coloured, then the tags with their links, then the people.

mod backgrounds;
mod colours;
mod escape;
mod list;
mod segments;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::xml::Xml;
use super::{
    Carries, Feature, Format, FormatError, FormatInfo, Layout, Loss, Losses, NamedDocument, Sink,
    Unit, WriteContext, file_names::FileNames,
};
use crate::model::{AnnotationId, Document, Schema};

use backgrounds::Backgrounds;
use escape::escaped;
use list::Lists;
use segments::{Segment, names, segments};

/// The format `html`.
pub(super) struct Html;

static INFO: FormatInfo = FormatInfo {
    name: "html",
    title: "HTML report",
    extensions: &["html", "htm"],
    unit: Unit::Markup,
    layout: Layout::FileEach,
    reads: false,
    writes: true,
    options: &[],
    read_options: &[],
    carries: |feature| match feature {
        Feature::Unknown => Carries::No,
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Split
        | Feature::Links
        | Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::Author
        | Feature::Edges
        | Feature::Characters => Carries::Natively,
    },
};

const STYLE: &str = include_str!("../../../assets/report.css");

/// Nothing is fetched, nothing runs.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

impl Format for Html {
    fn info(&self) -> &'static FormatInfo {
        &INFO
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
            let nul = document.source().as_str().matches('\0').count();
            losses.add(Feature::Characters, &id, nul);
            let out = sink.create(&format!("{name}.html"))?;
            page(&id, &document, context.schema, &mut Xml::html(out)?)?;
        }
        Ok(losses.into_vec())
    }
}

fn page<W: Write>(
    id: &str,
    document: &Document,
    schema: &Schema,
    xml: &mut Xml<W>,
) -> io::Result<()> {
    let segments = segments(document, schema);
    let names = names(document, schema);
    let backgrounds = Backgrounds::new(&segments, schema);

    xml.open("html", &[("lang", "en")])?;
    xml.open("head", &[])?;
    xml.empty("meta", &[("charset", "utf-8")])?;
    let policy = [
        ("http-equiv", "Content-Security-Policy"),
        ("content", POLICY),
    ];
    xml.empty("meta", &policy)?;
    let phone = "width=device-width, initial-scale=1";
    xml.empty("meta", &[("name", "viewport"), ("content", phone)])?;
    xml.element("title", &[], id)?;
    xml.open("style", &[])?;
    xml.raw(&colours::rules()?)?;
    xml.raw(STYLE)?;
    xml.raw(&backgrounds.rules())?;
    xml.close("style")?;
    xml.close("head")?;
    xml.text("\n")?;
    xml.open("body", &[])?;
    header(id, document, schema, &backgrounds, xml)?;
    // What language the article is in is not known; it is not that of the page.
    xml.open(
        "main",
        &[("class", "text"), ("data-doc-text", ""), ("lang", "")],
    )?;
    for segment in &segments {
        text(segment, document, &names, &backgrounds, xml)?;
    }
    xml.close("main")?;
    xml.text("\n")?;
    let lists = Lists {
        document,
        schema,
        names: &names,
    };
    lists.tags(xml)?;
    lists.roster(xml)?;
    xml.element("footer", &[], "Made with Pullquote.")?;
    xml.close("body")?;
    xml.close("html")?;
    xml.text("\n")
}

fn header<W: Write>(
    id: &str,
    document: &Document,
    schema: &Schema,
    backgrounds: &Backgrounds,
    xml: &mut Xml<W>,
) -> io::Result<()> {
    xml.open("header", &[])?;
    xml.open("h1", &[])?;
    escaped(xml, id)?;
    xml.close("h1")?;
    let set = document.set();
    let mut facts = format!(
        "{} tags, {} links, {} people; {}",
        set.annotation_count(),
        set.link_count(),
        set.person_count(),
        document.meta().state.word()
    );
    if let Some(name) = &document.meta().annotator {
        let _ = write!(facts, "; tagged by {name}");
    }
    xml.open("p", &[])?;
    escaped(xml, &facts)?;
    xml.close("p")?;
    xml.open("ul", &[("class", "legend")])?;
    for label in schema.labels() {
        xml.open("li", &[])?;
        let class = backgrounds.class(std::slice::from_ref(&label.color));
        xml.open("mark", &[("class", class)])?;
        escaped(xml, &format!("{} {}", label.letter, label.name))?;
        xml.close("mark")?;
        xml.close("li")?;
    }
    xml.close("ul")?;
    xml.close("header")?;
    xml.text("\n")
}

fn text<W: Write>(
    segment: &Segment,
    document: &Document,
    names: &BTreeMap<AnnotationId, String>,
    backgrounds: &Backgrounds,
    xml: &mut Xml<W>,
) -> io::Result<()> {
    let words = document.source().slice(segment.range);
    let Some(innermost) = segment.tags.last().and_then(|id| names.get(id)) else {
        return escaped(xml, words);
    };
    let name_of = |id: &AnnotationId| names.get(id).map_or("", |name| name);
    for (id, first) in &segment.begins {
        if *first {
            let place = format!("at-{}", name_of(id));
            xml.element("span", &[("id", &place)], "")?;
        }
    }
    let ids: Vec<_> = segment.tags.iter().map(name_of).collect();
    let ids = ids.join(" ");
    let begins = segment.begins.iter();
    let begins: Vec<_> = begins
        .map(|(id, first)| format!("{}{}", if *first { "" } else { "…" }, name_of(id)))
        .collect();
    let begins = begins.join(" ");
    let mut attributes = vec![
        ("data-ids", &*ids),
        ("class", backgrounds.class(&segment.colours)),
    ];
    if !begins.is_empty() {
        attributes.push(("data-n", &begins));
    }
    xml.open("mark", &attributes)?;
    xml.open("a", &[("href", &format!("#{innermost}"))])?;
    escaped(xml, words)?;
    xml.close("a")?;
    xml.close("mark")
}

#[cfg(test)]
mod tests;
