//! The sheet of quotes: a row for each quote and each claim, with who said it, by which words, and
//! what is claimed in it. For reading and sorting, not for coming back.

use std::collections::BTreeSet;
use std::io;

use super::Rows;
use super::xlsx::Workbook;
use crate::format::losses::is_loose;
use crate::format::{
    Carries, Feature, Format, FormatError, FormatInfo, Layout, Loss, Losses, NamedDocument,
    OptionInfo, Sink, Unit, WriteContext,
};
use crate::model::{
    Annotation, AnnotationId, ArticleFacts, Document, Link, LinkId, Origin, Review, Schema, Target,
};
use crate::text::is_pronoun;
use crate::text::wording::one_line;

/// The format `quotes`.
pub(in crate::format) struct Quotes;

/// The format `xlsx`.
pub(in crate::format) struct QuotesWorkbook;

static INFO: FormatInfo = FormatInfo {
    name: "quotes",
    title: "Sheet of quotes (CSV)",
    extensions: &["csv"],
    unit: Unit::Markup,
    layout: Layout::OneFile,
    reads: false,
    writes: true,
    options: &[
        OptionInfo {
            name: "bom",
            about: "Excel-friendly (BOM)",
            values: &[
                ("yes", "with a byte order mark, for Excel"),
                ("no", "without a byte order mark, for other programs"),
            ],
        },
        OptionInfo {
            name: "separator",
            about: "Separator",
            values: &[
                ("comma", "commas between the cells"),
                (
                    "semicolon",
                    "semicolons, for spreadsheets in countries with a decimal comma",
                ),
            ],
        },
    ],
    read_options: &[],
    carries: |feature| match feature {
        Feature::Overlap | Feature::Nesting | Feature::Split | Feature::Notes => Carries::Natively,
        Feature::Links
        | Feature::People
        | Feature::Attributes
        | Feature::Review
        | Feature::Author
        | Feature::Facts => Carries::Natively,
        Feature::Tags
        | Feature::LooseLinks
        | Feature::LinkFacts
        | Feature::State
        | Feature::Ids
        | Feature::Edges
        | Feature::Characters
        | Feature::Unknown => Carries::No,
    },
};

static WORKBOOK_INFO: FormatInfo = FormatInfo {
    name: "xlsx",
    title: "Sheet of quotes (Excel)",
    extensions: &["xlsx"],
    options: &[],
    ..INFO
};

impl Format for Quotes {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let bom = !context.options.chose("bom", "no");
        let separator = if context.options.chose("separator", "semicolon") {
            b';'
        } else {
            b','
        };
        let mut rows = Rows::new(sink.create("quotes.csv")?, separator, bom)?;
        let losses = sheet(context, documents, &INFO, &mut |row| {
            rows.write(row.iter().map(|cell| cell.replace('\0', "\u{fffd}")))?;
            Ok(0)
        })?;
        rows.finish()?;
        Ok(losses.into_vec())
    }
}

impl Format for QuotesWorkbook {
    fn info(&self) -> &'static FormatInfo {
        &WORKBOOK_INFO
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut workbook = Workbook::new()?;
        let losses = sheet(context, documents, &WORKBOOK_INFO, &mut |row| {
            workbook.push(row)
        })?;
        let out = sink.create("quotes.xlsx")?;
        out.write_all(&workbook.into_bytes()?)?;
        Ok(losses.into_vec())
    }
}

/// Gives the heads and then the rows, one by one. `write` gives how many characters of a row had no
/// place.
fn sheet(
    context: &WriteContext<'_>,
    documents: &mut dyn Iterator<Item = NamedDocument>,
    info: &FormatInfo,
    write: &mut dyn FnMut(&[String]) -> io::Result<usize>,
) -> Result<Losses, FormatError> {
    let schema = context.schema;
    let mut losses = Losses::default();
    let mut names: Vec<String> = Vec::new();
    for label in schema.labels().iter().filter(|l| has_rows(schema, &l.key)) {
        for attribute in schema.attributes_of(&label.key) {
            if !names.iter().any(|known| *known == attribute.name) {
                names.push(attribute.name.to_string());
            }
        }
    }
    let heads = [
        "article",
        "line",
        "kind",
        "text",
        "speaker",
        "kind of person",
        "named as",
        "office",
        "cue",
        "claims",
    ];
    let last = [
        "to check",
        "review",
        "note",
        "annotator",
        "date",
        "outlet",
        "headline",
        "address",
    ];
    let own = |head: &&str| (*head).to_owned();
    let heads = heads.iter().map(own).chain(names.iter().cloned());
    let heads: Vec<String> = heads.chain(last.iter().map(own)).collect();
    write(&heads)?;
    let quote = quote_label(schema);
    for NamedDocument { id, document } in documents {
        losses.count(&id, &document, info);
        let facts = (context.facts)(&id);
        losses.add(Feature::Facts, &id, facts_without_column(&facts));
        let mut told = Told::default();
        let mut cut = document.source().as_str().matches('\0').count();
        let tags = document.set().annotations();
        for tag in tags.filter(|tag| has_rows(schema, &tag.label)) {
            let row = Row {
                document: &document,
                schema,
                tag,
                with_claims: quote == Some(&*tag.label),
            };
            let mut cells = row.cells(&id, &names);
            let of_article = [&facts.date, &facts.outlet, &facts.headline, &facts.address];
            cells.extend(of_article.map(|fact| one_line(fact)));
            cut += write(&cells)?;
            row.note_told(&mut told, &names);
        }
        losses.add(Feature::Characters, &id, cut);
        told.count(&id, &document, &mut losses);
    }
    Ok(losses)
}

/// Whether tags of this label have rows: those with speakers, and those the schema knows nothing
/// about. Others are told in the rows of what leads to them.
fn has_rows(schema: &Schema, label: &str) -> bool {
    let known = schema.label(label);
    let some_speak = schema.labels().iter().any(|label| label.speaks);
    known.is_none_or(|label| label.speaks || !some_speak)
}

/// The label of quotes: the one called `quote`, else the first one with speakers.
fn quote_label(schema: &Schema) -> Option<&str> {
    let labels = schema.labels().iter();
    let mut spoken = labels.filter(|label| label.speaks).map(|label| &*label.key);
    let first = spoken.clone().next();
    spoken.find(|key| *key == "quote").or(first)
}

/// What of a document is in some row.
#[derive(Default)]
struct Told {
    tags: BTreeSet<AnnotationId>,
    links: BTreeSet<LinkId>,
    attributes: BTreeSet<AnnotationId>,
    /// Tags with a row of their own.
    rows: BTreeSet<AnnotationId>,
}

impl Told {
    fn count(&self, id: &str, document: &Document, losses: &mut Losses) {
        let set = document.set();
        let tags = |lost: &dyn Fn(&&Annotation) -> bool| set.annotations().filter(lost).count();
        let untold = tags(&|tag| !self.tags.contains(&tag.id));
        let attributes = tags(&|tag| {
            self.tags.contains(&tag.id)
                && !tag.attributes.is_empty()
                && !self.attributes.contains(&tag.id)
        });
        let without_row =
            |tag: &&Annotation| self.tags.contains(&tag.id) && !self.rows.contains(&tag.id);
        let notes = tags(&|tag| without_row(tag) && !tag.note.is_empty());
        let reviews = tags(&|tag| without_row(tag) && tag.review != Review::Unreviewed);
        let links = set
            .links()
            .filter(|link| !self.links.contains(&link.id) && !is_loose(link, set, true));
        // The column of annotators says whose work it is.
        let whose = document.meta().annotator.as_deref().unwrap_or("");
        let by_others = |origin: &Origin| match origin {
            Origin::Annotator(name) => !name.is_empty() && name != whose,
            Origin::Suggester(name) | Origin::Import(name) => !name.is_empty(),
        };
        let authors = tags(&|tag| by_others(&tag.origin));
        let link_authors = set.links().filter(|link| by_others(&link.origin)).count();
        losses.add(Feature::Author, id, authors + link_authors);
        losses.add(Feature::Tags, id, untold);
        losses.add(Feature::Links, id, links.count());
        losses.add(Feature::Attributes, id, attributes);
        losses.add(Feature::Notes, id, notes);
        losses.add(Feature::Review, id, reviews);
    }
}

/// How many facts of an article have no column here.
fn facts_without_column(facts: &ArticleFacts) -> usize {
    let words = [&facts.byline, &facts.language, &facts.section];
    words.iter().filter(|fact| !fact.is_empty()).count()
        + facts.labels.len()
        + facts.fields.len()
        + facts.notes.len()
        + usize::from(facts.imported_from.is_some())
}

/// A quote or claim and its facts.
struct Row<'a> {
    document: &'a Document,
    schema: &'a Schema,
    tag: &'a Annotation,
    with_claims: bool,
}

impl<'a> Row<'a> {
    fn cells(&self, id: &str, attributes: &[String]) -> Vec<String> {
        let document = self.document;
        let tag = self.tag;
        let line = document.source().line_column(tag.fragments.start()).line;
        let kind = self.schema.label(&tag.label);
        let kind = kind.map_or(&*tag.label, |label| &label.name);
        let mut row = vec![
            id.to_owned(),
            line.to_string(),
            one_line(kind),
            self.words(tag),
            self.speakers(),
            self.kinds(),
            self.mentions(),
            self.offices(),
            self.cues(),
            list(self.claims().into_iter().map(|claim| self.words(claim))),
        ];
        row.extend(attributes.iter().map(|name| {
            let value = tag.attribute(name);
            value.map_or_else(String::new, ToString::to_string)
        }));
        let review = if tag.is_rejected() {
            Review::Rejected.word()
        } else if tag.is_open_suggestion() {
            "suggestion to review"
        } else if tag.review == Review::Unreviewed {
            ""
        } else {
            tag.review.word()
        };
        let annotator = document.meta().annotator.as_deref();
        row.extend([
            self.to_check(),
            review.to_owned(),
            one_line(&tag.note),
            annotator.unwrap_or("").to_owned(),
        ]);
        row
    }

    fn note_told(&self, told: &mut Told, attributes: &[String]) {
        let id = &self.tag.id;
        told.tags.insert(id.clone());
        told.rows.insert(id.clone());
        let own = &self.tag.attributes;
        if own.iter().all(|a| attributes.contains(&a.name.to_string())) {
            told.attributes.insert(id.clone());
        }
        let links = self.said_by().filter(|link| self.is_there(link));
        let links: Vec<&Link> = links.chain(self.cue_links()).collect();
        for link in links {
            told.links.insert(link.id.clone());
            told.tags
                .extend(self.target(link).map(|tag| tag.id.clone()));
        }
    }

    fn links(&self) -> impl Iterator<Item = &'a Link> {
        self.document.set().links_from(&self.tag.id)
    }

    fn said_by(&self) -> impl Iterator<Item = &'a Link> {
        let role = self.schema.speaker_role(&self.tag.label);
        self.links()
            .filter(move |link| role.is_some_and(|role| role.key == link.role))
    }

    fn cue_links(&self) -> impl Iterator<Item = &'a Link> {
        let reports = |link: &&Link| {
            let label = self.target(link).map(|tag| &*tag.label);
            let label = label.and_then(|label| self.schema.label(label));
            label.is_some_and(|label| label.reports)
        };
        self.links().filter(reports)
    }

    fn words(&self, tag: &Annotation) -> String {
        one_line(&tag.fragments.text(self.document.source()))
    }

    fn target(&self, link: &Link) -> Option<&'a Annotation> {
        match &link.to {
            Target::Annotation(id) => self.document.set().annotation(id),
            Target::Person(_) | Target::NotGiven => None,
        }
    }

    fn is_there(&self, link: &Link) -> bool {
        let set = self.document.set();
        link.to == Target::NotGiven
            || self.target(link).is_some()
            || set.person_behind(&link.to).is_some()
    }

    /// The names of those who said it; the words that mention them where no name is known.
    fn speakers(&self) -> String {
        list(self.said_by().filter_map(|link| {
            if link.to == Target::NotGiven {
                return Some("no speaker given".to_owned());
            }
            let person = self.document.set().person_behind(&link.to);
            let name = person.map(|person| one_line(&person.name));
            name.or_else(|| self.target(link).map(|mention| self.words(mention)))
        }))
    }

    fn kinds(&self) -> String {
        list(self.said_by().filter_map(|link| {
            let person = self.document.set().person_behind(&link.to)?;
            Some(person.kind.word().to_owned())
        }))
    }

    /// What the text calls them.
    fn mentions(&self) -> String {
        list(
            self.said_by()
                .filter_map(|link| Some(self.words(self.target(link)?))),
        )
    }

    fn offices(&self) -> String {
        list(self.said_by().filter_map(|link| {
            let person = self.document.set().person_behind(&link.to)?;
            Some(one_line(&person.role))
        }))
    }

    fn cues(&self) -> String {
        let cues = self.cue_links().filter_map(|link| self.target(link));
        list(cues.map(|cue| self.words(cue)))
    }

    /// Claims within a quote.
    fn claims(&self) -> Vec<&'a Annotation> {
        let within = |tag: &Annotation| {
            tag.label != self.tag.label
                && self.schema.speaks(&tag.label)
                && tag.fragments.iter().all(|part| {
                    let mut around = self.tag.fragments.iter();
                    around.any(|range| range.contains_range(part))
                })
        };
        let mut found: Vec<&Annotation> = Vec::new();
        if self.with_claims {
            let tags = self.document.set().overlapping(self.tag.fragments.hull());
            for (_, tag) in tags.filter(|(_, tag)| within(tag)) {
                if !found.iter().any(|known| known.id == tag.id) {
                    found.push(tag);
                }
            }
        }
        found
    }

    fn to_check(&self) -> String {
        let mut doubts: Vec<&str> = Vec::new();
        if self.schema.speaker_role(&self.tag.label).is_none() {
            // Nothing of this label has a speaker.
        } else if self.said_by().next().is_none() {
            doubts.push("no speaker yet");
        } else if self.said_by().any(|link| !link.confirmed) {
            doubts.push("the speaker is not confirmed");
        }
        if self.said_by().any(|link| !self.is_there(link)) {
            doubts.push("the speaker’s tag is missing");
        }
        let unresolved = |link: &Link| {
            let known = self.document.set().person_behind(&link.to).is_some();
            let mention = self.target(link).filter(|_| !known);
            mention.is_some_and(|mention| self.is_pronoun(mention))
        };
        if self.said_by().any(unresolved) {
            doubts.push("unresolved pronoun");
        }
        if !self.tag.former_words.is_empty() {
            doubts.push("the article has changed here");
        }
        doubts.join("; ")
    }

    /// Whether a mention says so, or is nothing but a pronoun.
    fn is_pronoun(&self, mention: &Annotation) -> bool {
        let said = mention.attributes.iter().any(|a| a.value == "pronoun");
        let words = mention.fragments.text(self.document.source());
        said || is_pronoun(&words)
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    let mut list: Vec<String> = Vec::new();
    for item in items {
        if !item.is_empty() && !list.contains(&item) {
            list.push(item);
        }
    }
    list.join("; ")
}
