//! A report to read, print and send: one page an article, all in one file, without any script.
//! The text with its tags coloured, then who said what, person by person, then all other tags and the
//! people. Several articles have a page that leads to theirs.

mod backgrounds;
mod colours;
mod escape;
mod index;
mod list;
mod segments;
mod speakers;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::xml::Xml;
use super::{
    Carries, Feature, Format, FormatError, FormatInfo, Layout, Loss, Losses, NamedDocument, Sink,
    Unit, WriteContext, file_names::FileNames,
};
use crate::model::{Annotation, AnnotationId, ArticleFacts, Document, Origin, Schema, fact_name};
use crate::text::wording::{count, count_as, one_line};

use backgrounds::Backgrounds;
use escape::{escaped, is_control};
use index::Index;
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
        Feature::Characters | Feature::Unknown => Carries::No,
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Split
        | Feature::Links
        | Feature::LooseLinks
        | Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::LinkFacts
        | Feature::Author
        | Feature::State
        | Feature::Ids
        | Feature::Edges
        | Feature::Facts => Carries::Natively,
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
        let mut index = Index::default();
        for NamedDocument { id, document } in documents {
            let name = names.next(&id, document.meta().annotator.as_deref());
            losses.count(&id, &document, &INFO);
            losses.count_without_from(&id, &document);
            let text = document.source().as_str();
            let lost = text.chars().filter(|&c| is_control(c)).count();
            losses.add(Feature::Characters, &id, lost);
            let facts = (context.facts)(&id);
            let article = Article {
                id: &id,
                title: title(&id, &document, &facts),
                facts: &facts,
                curated: (context.curated)(&id),
                document: &document,
                schema: context.schema,
            };
            index.add(&article, &name);
            let out = sink.create(&format!("{name}.html"))?;
            page(&article, &mut Xml::html(out)?)?;
        }
        if index.is_worth_a_page() {
            let name = format!("{}.html", names.next("index", None));
            let out = sink.create_beside(&name)?;
            index.page(&mut Xml::html(out)?)?;
        }
        Ok(losses.into_vec())
    }
}

/// An article and what is known about it.
struct Article<'a> {
    id: &'a str,
    title: String,
    facts: &'a ArticleFacts,
    /// How far its curated tags are; empty where they are those of an annotator.
    curated: String,
    document: &'a Document,
    schema: &'a Schema,
}

/// The longest first line that is taken for a title, in characters.
const TITLE: usize = 150;

/// The headline, else the first line if it is short, else the name of the file.
fn title(id: &str, document: &Document, facts: &ArticleFacts) -> String {
    let headline = one_line(&facts.headline);
    if !headline.trim().is_empty() {
        return headline;
    }
    let mut lines = document.source().as_str().lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty()).unwrap_or_default();
    if first.is_empty() || first.chars().count() > TITLE {
        return id.to_owned();
    }
    one_line(first)
}

/// Everything before the body.
fn head<W: Write>(title: &str, rules: &str, xml: &mut Xml<W>) -> io::Result<()> {
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
    xml.element("title", &[], &title.replace(is_control, "\u{fffd}"))?;
    xml.open("style", &[])?;
    xml.raw(&colours::rules()?)?;
    xml.raw(STYLE)?;
    xml.raw(rules)?;
    xml.close("style")?;
    xml.close("head")?;
    xml.text("\n")
}

fn page<W: Write>(article: &Article<'_>, xml: &mut Xml<W>) -> io::Result<()> {
    let Article {
        document, schema, ..
    } = *article;
    let segments = segments(document, schema);
    let names = names(document, schema);
    let backgrounds = Backgrounds::new(&segments, schema);
    head(&article.title, &backgrounds.rules(), xml)?;
    xml.open("body", &[])?;
    header(article, &backgrounds, xml)?;
    xml.open("main", &[])?;
    // Where the language of the article is not known, it is not that of the page.
    let language = [("lang", &*article.facts.language)];
    let text_of = [("class", "text"), ("data-doc-text", ""), language[0]];
    xml.open("div", &text_of)?;
    let mut open = false;
    for segment in &segments {
        if segment.begins_line {
            if open {
                xml.close("div")?;
            }
            // Each line has the direction of its own words.
            xml.open("div", &[("dir", "auto")])?;
            open = true;
        }
        text(segment, document, &names, &backgrounds, xml)?;
    }
    if open {
        xml.close("div")?;
    }
    xml.close("div")?;
    xml.text("\n")?;
    let lists = Lists {
        document,
        schema,
        names: &names,
    };
    lists.speakers(xml)?;
    lists.tags(xml)?;
    lists.roster(xml)?;
    xml.close("main")?;
    xml.element("footer", &[], "Made with Pullquote.")?;
    xml.close("body")?;
    xml.close("html")?;
    xml.text("\n")
}

/// What is known about an article beside its headline, author, outlet, date and language.
fn other_facts(facts: &ArticleFacts) -> Vec<String> {
    let single = [&facts.section, &facts.address].into_iter().cloned();
    let single = single.filter(|fact| !fact.is_empty());
    let labels = facts.labels.iter().map(ToString::to_string);
    let fields = facts.fields.iter();
    let fields = fields.map(|(name, value)| format!("{}: {value}", fact_name(name)));
    let notes = facts.notes.iter().map(|note| note.text.clone());
    let source = facts.imported_from.iter();
    let source = source.map(|from| format!("imported from {}", from.file));
    let all = single.chain(labels).chain(fields).chain(notes);
    all.chain(source).collect()
}

fn header<W: Write>(
    article: &Article<'_>,
    backgrounds: &Backgrounds,
    xml: &mut Xml<W>,
) -> io::Result<()> {
    let Article {
        document, schema, ..
    } = *article;
    xml.open("header", &[])?;
    xml.open("h1", &[("dir", "auto")])?;
    escaped(xml, &article.title)?;
    xml.close("h1")?;
    let known = [
        &article.facts.byline,
        &article.facts.outlet,
        &article.facts.date,
    ];
    let known = known.into_iter().filter(|fact| !fact.is_empty());
    let known: Vec<&str> = known.map(String::as_str).chain([article.id]).collect();
    xml.open("p", &[])?;
    escaped(xml, &known.join(" · "))?;
    xml.close("p")?;
    let more = other_facts(article.facts);
    if !more.is_empty() {
        xml.open("p", &[])?;
        escaped(xml, &more.join(" · "))?;
        xml.close("p")?;
    }
    let set = document.set();
    let mut facts = format!(
        "{}, {}, {}; {}",
        count(set.annotation_count(), "tag"),
        count(set.link_count(), "link"),
        count_as(set.person_count(), "person", "people"),
        document.meta().state.word()
    );
    if let Some(name) = &document.meta().annotator {
        let _ = write!(facts, "; tagged by {name}");
    }
    if !article.curated.is_empty() {
        let _ = write!(facts, "; {}", article.curated);
    }
    let mut from: Vec<&str> = Vec::new();
    for tag in set.annotations() {
        if let Origin::Import(name) = &tag.origin
            && !from.contains(&&**name)
        {
            from.push(name);
        }
    }
    if !from.is_empty() {
        let _ = write!(facts, "; imported from {}", from.join(", "));
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
        .map(|(id, first)| {
            let tag = document.set().annotation(id);
            let rejected = tag.is_some_and(Annotation::is_rejected);
            let open = tag.is_some_and(Annotation::is_open_suggestion);
            let before = if rejected { "✗" } else { "" };
            let after = if open { "?" } else { "" };
            let again = if *first { "" } else { "…" };
            format!("{again}{before}{}{after}", name_of(id))
        })
        .collect();
    let begins = begins.join(" ");
    let mut class = if segment.rejected {
        "rejected".to_owned()
    } else {
        backgrounds.class(&segment.colours).to_owned()
    };
    let edges = [
        (segment.edges.0, " edge-start"),
        (segment.edges.1, " edge-end"),
    ];
    for (_, name) in edges.into_iter().filter(|(is, _)| *is) {
        class.push_str(name);
    }
    let mut attributes = vec![("data-ids", &*ids), ("class", &*class)];
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
