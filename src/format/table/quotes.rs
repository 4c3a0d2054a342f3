//! The sheet of quotes: one row a quote with who said it, by which words, and what is claimed in it.
//! For reading and sorting, not for coming back.

use super::Rows;
use crate::format::{
    Carries, Feature, Format, FormatError, FormatInfo, Layout, Loss, Losses, NamedDocument,
    OptionInfo, Sink, Unit, WriteContext,
};
use crate::model::{Annotation, Document, Link, Review, Schema, Target};
use crate::text::wording::one_line;

/// The format `quotes`.
pub(in crate::format) struct Quotes;

static INFO: FormatInfo = FormatInfo {
    name: "quotes",
    title: "Sheet of quotes (CSV)",
    extensions: &["csv"],
    unit: Unit::Markup,
    layout: Layout::OneFile,
    reads: false,
    writes: true,
    options: &[OptionInfo {
        name: "bom",
        about: "Excel-friendly (BOM)",
        values: &[
            ("yes", "with a byte order mark, for Excel"),
            ("no", "without a byte order mark, for other programs"),
        ],
    }],
    read_options: &[],
    carries: |feature| match feature {
        Feature::Overlap | Feature::Nesting | Feature::Split | Feature::Notes => Carries::Natively,
        Feature::Links | Feature::People | Feature::Attributes | Feature::Review => {
            Carries::Natively
        }
        Feature::Author | Feature::Edges | Feature::Characters | Feature::Unknown => Carries::No,
    },
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
        let mut losses = Losses::default();
        let Some(label) = quote_label(context.schema) else {
            return Ok(Vec::new());
        };
        let bom = !context.options.chose("bom", "no");
        let mut rows = Rows::new(sink.create("quotes.csv")?, b',', bom)?;
        let names: Vec<String> = context
            .schema
            .attributes_of(label)
            .map(|attribute| attribute.name.to_string())
            .collect();
        let headers = [
            "article", "line", "quote", "speaker", "named as", "office", "cue", "claims",
        ];
        let headers = headers.iter().map(|&header| header.to_owned());
        let last = ["to check", "review", "note", "annotator"];
        let last = last.iter().map(|&header| header.to_owned());
        rows.write(headers.chain(names.iter().cloned()).chain(last))?;
        for NamedDocument { id, document } in documents {
            losses.count(&id, &document, &INFO);
            let quotes = document
                .set()
                .annotations()
                .filter(|tag| tag.label == label);
            for quote in quotes {
                let sheet = Sheet {
                    document: &document,
                    schema: context.schema,
                    quote,
                };
                rows.write(sheet.row(&id, &names))?;
            }
        }
        rows.finish()?;
        Ok(losses.into_vec())
    }
}

/// The label of quotes: the one called `quote`, else the first one with speakers.
fn quote_label(schema: &Schema) -> Option<&str> {
    let labels = schema.labels().iter();
    let mut spoken = labels.filter(|label| label.speaks).map(|label| &*label.key);
    let first = spoken.clone().next();
    spoken.find(|key| *key == "quote").or(first)
}

/// A quote and its facts.
struct Sheet<'a> {
    document: &'a Document,
    schema: &'a Schema,
    quote: &'a Annotation,
}

impl Sheet<'_> {
    fn row(&self, id: &str, attributes: &[String]) -> Vec<String> {
        let document = self.document;
        let line = document
            .source()
            .line_column(self.quote.fragments.start())
            .line;
        let mut row = vec![
            id.to_owned(),
            line.to_string(),
            self.words(self.quote),
            self.speakers(),
            self.mentions(),
            self.offices(),
            self.cues(),
            self.claims(),
        ];
        row.extend(attributes.iter().map(|name| {
            let value = self.quote.attribute(name);
            value.map_or_else(String::new, ToString::to_string)
        }));
        let review = match self.quote.review {
            Review::Unreviewed => "",
            review => review.word(),
        };
        row.extend([
            self.to_check().to_owned(),
            review.to_owned(),
            one_line(&self.quote.note),
            document
                .meta()
                .annotator
                .as_deref()
                .unwrap_or("")
                .to_owned(),
        ]);
        row
    }

    fn links(&self) -> impl Iterator<Item = &Link> {
        self.document.set().links_from(&self.quote.id)
    }

    fn said_by(&self) -> impl Iterator<Item = &Link> {
        let role = self.schema.speaker_role(&self.quote.label);
        self.links()
            .filter(move |link| role.is_some_and(|role| role.key == link.role))
    }

    fn words(&self, tag: &Annotation) -> String {
        one_line(&tag.fragments.text(self.document.source()))
    }

    fn target(&self, link: &Link) -> Option<&Annotation> {
        match &link.to {
            Target::Annotation(id) => self.document.set().annotation(id),
            Target::Person(_) | Target::NotGiven => None,
        }
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
        let reports = |tag: &&Annotation| {
            let label = self.schema.label(&tag.label);
            label.is_some_and(|label| label.reports)
        };
        let targets = self.links().filter_map(|link| self.target(link));
        list(targets.filter(reports).map(|cue| self.words(cue)))
    }

    /// Other quotes and claims within the quote.
    fn claims(&self) -> String {
        let within = |tag: &Annotation| {
            tag.label != self.quote.label
                && self.schema.speaks(&tag.label)
                && tag.fragments.iter().all(|part| {
                    let mut around = self.quote.fragments.iter();
                    around.any(|range| range.contains_range(part))
                })
        };
        let tags = self.document.set().overlapping(self.quote.fragments.hull());
        let mut found: Vec<&Annotation> = Vec::new();
        for (_, tag) in tags.filter(|(_, tag)| within(tag)) {
            if !found.iter().any(|known| known.id == tag.id) {
                found.push(tag);
            }
        }
        list(found.into_iter().map(|tag| self.words(tag)))
    }

    fn to_check(&self) -> &'static str {
        if self.said_by().next().is_none() {
            "no speaker yet"
        } else if self.said_by().any(|link| !link.confirmed) {
            "the speaker is not confirmed"
        } else {
            ""
        }
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
