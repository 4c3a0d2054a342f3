use std::collections::BTreeSet;
use std::io::{self, Write};

use smol_str::SmolStr;

use super::CONTEXT;
use super::iri::percent_encoded;
use super::wire::{
    Agent, Annotation, Article, Body, Own, OwnDocument, OwnTag, Position, Quote, Source, Target,
    Targets,
};
use crate::format::interchange::extras::{DocumentExtra, LinkExtra, SpanExtra};
use crate::format::interchange::{DocumentRecord, SpanRecord};
use crate::text::{CodePointIndex, OffsetUnit};

/// How much of the text around a quote is included, in code points.
const AROUND: u32 = 32;

/// How addresses of articles begin that have none of their own.
pub(super) const ARTICLE: &str = "urn:pullquote:article:";

/// What a page says of itself.
pub(super) const LABEL: &str = "Several targets of one annotation are the parts of one passage";

/// Where the links between tags are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// Among the items.
    Inline,
    /// In the page, where programs that know no links between annotations do not see them.
    Apart,
    LeftOut,
}

/// A page that grows item by item.
pub(super) struct Items<'a> {
    out: &'a mut dyn Write,
    any: bool,
    links: Links,
    /// Links to write after the items, as JSON.
    apart: Vec<u8>,
    /// Documents without tags, which no item could carry.
    without_tags: Vec<OwnDocument>,
}

impl<'a> Items<'a> {
    pub(super) fn begin(out: &'a mut dyn Write, links: Links) -> io::Result<Self> {
        let generator = r#"{"type":"Software","name":"Pullquote"}"#;
        write!(
            out,
            "{{\"@context\":\"{CONTEXT}\",\"id\":\"urn:pullquote:page\",\"type\":\
             \"AnnotationPage\",\"label\":\"{LABEL}\",\"generator\":{generator},\"items\":["
        )?;
        Ok(Self {
            out,
            any: false,
            links,
            apart: Vec::new(),
            without_tags: Vec::new(),
        })
    }

    fn push(&mut self, item: &Annotation) -> io::Result<()> {
        let before: &[u8] = if self.any { b",\n" } else { b"\n" };
        self.any = true;
        self.out.write_all(before)?;
        Ok(serde_json::to_writer(&mut *self.out, item)?)
    }

    fn push_link(&mut self, link: &Annotation) -> io::Result<()> {
        if self.links == Links::Inline {
            return self.push(link);
        }
        let before: &[u8] = if self.apart.is_empty() { b"\n" } else { b",\n" };
        self.apart.extend_from_slice(before);
        Ok(serde_json::to_writer(&mut self.apart, link)?)
    }

    pub(super) fn end(self) -> io::Result<()> {
        self.out.write_all(b"\n]")?;
        let mut before: &[u8] = b",\"pullquote\":{";
        if !self.without_tags.is_empty() {
            self.out.write_all(before)?;
            self.out.write_all(b"\"documents\":")?;
            serde_json::to_writer(&mut *self.out, &self.without_tags)?;
            before = b",";
        }
        if !self.apart.is_empty() {
            self.out.write_all(before)?;
            self.out.write_all(b"\"links\":[")?;
            self.out.write_all(&self.apart)?;
            self.out.write_all(b"\n]")?;
        }
        if !self.without_tags.is_empty() || !self.apart.is_empty() {
            self.out.write_all(b"}")?;
        }
        self.out.write_all(b"}\n")
    }
}

/// Writes the annotations of a document, the `n`th of the page; gives how many links are left out.
pub(super) fn annotations(
    mut record: DocumentRecord,
    n: usize,
    utf16: bool,
    items: &mut Items<'_>,
) -> io::Result<usize> {
    let name = percent_encoded(&record.id);
    let source = format!("{ARTICLE}{name}");
    // The same article may be in a page several times, once for each annotator.
    let own = format!("urn:pullquote:tag:{}:{}", n + 1, name);
    let extra = DocumentExtra::extract(&mut record);
    let names: std::collections::BTreeMap<SmolStr, String> = extra
        .people
        .iter()
        .map(|person| (person.id.clone(), person.name.clone()))
        .collect();
    let mut known = extra
        .facts
        .as_ref()
        .and_then(|facts| article(&source, facts));
    let mut document = Some(OwnDocument {
        number: n,
        utf16,
        source: source.clone(),
        text: record.text.clone(),
        extra,
    });
    let builder = TargetBuilder {
        text: CodePointIndex::new(&record.text),
        unit: if utf16 {
            OffsetUnit::Utf16
        } else {
            OffsetUnit::CodePoints
        },
        source: &source,
    };
    for mut span in std::mem::take(&mut record.spans) {
        let mut target = builder.targets(&span);
        // Once an article: the others name it.
        if let (Some(first), Some(known)) = (target.first_mut(), known.take()) {
            first.source = Source::Known(known);
        }
        let extra = SpanExtra::extract(&mut span);
        let mut body = vec![Body::text("tagging", &*span.label)];
        body.extend(extra.attributes.iter().map(|attribute| {
            let value = format!("{}: {}", attribute.key, attribute.value);
            Body::text("classifying", value)
        }));
        if let Some(name) = names.get(&*extra.person) {
            body.push(Body::text("identifying", name));
        }
        if !extra.note.is_empty() {
            body.push(Body::text("commenting", extra.note.as_str()));
        }
        if !matches!(extra.review.as_str(), "" | "unreviewed") {
            body.push(Body::text("assessing", extra.review.as_str()));
        }
        items.push(&Annotation {
            context: CONTEXT,
            id: format!("{own}:{}", percent_encoded(&span.id)),
            kind: "Annotation",
            motivation: "tagging",
            creator: creator(extra.by.as_deref()),
            body,
            target: Targets::new(target),
            pullquote: Own {
                tag: Some(OwnTag {
                    id: span.id.to_string(),
                    extra,
                }),
                document: document.take(),
                ..Own::default()
            },
        })?;
    }
    items.without_tags.extend(document);
    if items.links == Links::LeftOut {
        return Ok(record.links.len());
    }
    let mut ids = BTreeSet::new();
    for link in &record.links {
        let extra = LinkExtra::from_link(link);
        let mut id = format!("{own}:link:{}", percent_encoded(&link.id));
        while !ids.insert(id.clone()) {
            id.push('+');
        }
        let tag = |id: &str| format!("{own}:{}", percent_encoded(id));
        let mut body = vec![
            Body::Other(tag(&link.to)),
            Body::text("tagging", &*link.role),
        ];
        if !link.note.is_empty() {
            body.push(Body::text("commenting", link.note.as_str()));
        }
        items.push_link(&Annotation {
            context: CONTEXT,
            id,
            kind: "Annotation",
            motivation: "linking",
            creator: creator(link.by.as_deref()),
            body,
            target: Targets::Other(tag(&link.from)),
            pullquote: Own {
                link: Some(extra),
                ..Own::default()
            },
        })?;
    }
    Ok(0)
}

pub(super) fn creator(by: Option<&str>) -> Option<Agent> {
    let by = by.filter(|by| !by.is_empty())?;
    let (kind, name) = match by.split_once(':') {
        Some(("annotator", name)) => ("Person", name),
        Some(("suggester" | "import", name)) => ("Software", name),
        _ => ("Person", by),
    };
    let name = name.to_owned();
    (!name.is_empty()).then_some(Agent { kind, name })
}

/// Fields of facts, and what Dublin Core calls them.
pub(super) const DUBLIN_CORE: [(&str, &str); 6] = [
    ("headline", "dc:title"),
    ("byline", "dc:creator"),
    ("outlet", "dc:publisher"),
    ("date", "dc:date"),
    ("language", "dc:language"),
    ("address", "dc:source"),
];

/// What is known about the article, for other programs; `None` where that is nothing.
fn article(source: &str, facts: &serde_json::Value) -> Option<Article> {
    let known = DUBLIN_CORE.into_iter().filter_map(|(fact, term)| {
        let value = facts.get(fact)?.as_str()?;
        (!value.is_empty()).then(|| (term, value.to_owned()))
    });
    let facts: std::collections::BTreeMap<&'static str, String> = known.collect();
    (!facts.is_empty()).then(|| Article {
        id: source.to_owned(),
        kind: "Text",
        facts,
    })
}

struct TargetBuilder<'a> {
    text: CodePointIndex<'a>,
    unit: OffsetUnit,
    source: &'a str,
}

impl TargetBuilder<'_> {
    fn targets(&self, span: &SpanRecord) -> Vec<Target> {
        let target = |&[start, end]: &[u32; 2]| Target {
            source: Source::Iri(self.source.to_owned()),
            selector: (
                Quote {
                    kind: "TextQuoteSelector",
                    exact: self.text.slice(start, end).unwrap_or_default().to_owned(),
                    prefix: self.text.slice_before(start, AROUND).to_owned(),
                    suffix: self.text.slice_after(end, AROUND).to_owned(),
                },
                Position {
                    kind: "TextPositionSelector",
                    start: self.offset(start),
                    end: self.offset(end),
                },
            ),
        };
        span.fragments.iter().map(target).collect()
    }

    fn offset(&self, at: u32) -> u32 {
        self.text.to_unit(at, self.unit).unwrap_or(at)
    }
}
