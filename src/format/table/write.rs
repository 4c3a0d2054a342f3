use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Rows;
use super::article_facts::{self, OTHER_FACTS};
use super::cells;
use super::link_facts;
use super::person_facts::{self, PERSON_FACTS};
use crate::format::interchange::{DocumentRecord, FACT_TEXTS, LinkRecord, SpanRecord};
use crate::model::{Fragments, Schema};
use crate::text::CodePointIndex;

/// Columns every table has; those of attributes follow, then one for the attributes that have none.
pub(super) const FIXED: [&str; 21] = [
    "doc",
    "id",
    "kind",
    "start",
    "end",
    "fragments",
    "text",
    "links",
    "person_links",
    "unconfirmed",
    "link_ids",
    "link_facts",
    "person",
    "person_name",
    PERSON_FACTS,
    "review",
    "verdict",
    "author",
    "note",
    "annotator",
    "state",
];

/// What a column of an attribute begins with.
pub(super) const ATTRIBUTE: &str = "attr.";

/// The column with the attributes that have no column, as a JSON object.
pub(super) const ATTRIBUTES: &str = "attributes";

/// The columns of a table.
pub(super) struct Columns {
    attributes: Vec<String>,
}

impl Columns {
    pub(super) fn of(schema: &Schema) -> Self {
        let labels = schema.labels().iter();
        let names = labels.flat_map(|label| schema.attributes_of(&label.key));
        let mut attributes: Vec<String> = Vec::new();
        for attribute in names {
            if !attributes.iter().any(|known| *known == attribute.name) {
                attributes.push(attribute.name.to_string());
            }
        }
        Self { attributes }
    }

    pub(super) fn headers(&self) -> Vec<String> {
        let own = self
            .attributes
            .iter()
            .map(|name| format!("{ATTRIBUTE}{name}"));
        let fixed = FIXED.iter().map(|&header| header.to_owned());
        let facts = FACT_TEXTS.iter().chain([&OTHER_FACTS]);
        let facts = facts.map(|&name| name.to_owned());
        let all = fixed.chain(own).chain([ATTRIBUTES.to_owned()]);
        all.chain(facts).collect()
    }
}

/// Writes a row for each tag, or one for a document without tags; gives how many characters no table can hold.
pub(super) fn document(
    document: &DocumentRecord,
    columns: &Columns,
    rows: &mut Rows<'_>,
) -> std::io::Result<usize> {
    let text = CodePointIndex::new(&document.text);
    let mut links: BTreeMap<&str, Vec<&LinkRecord>> = BTreeMap::new();
    for link in &document.links {
        links.entry(&link.from).or_default().push(link);
    }
    let names: BTreeMap<&str, &str> = document.people.iter().map(|p| (&*p.id, &*p.name)).collect();
    let mut nuls = 0;
    let mut people = person_facts::cell(document);
    let facts = article_facts::cells(document);
    let mut other_facts = article_facts::other_cell(document);
    if document.spans.is_empty() {
        for head in columns.headers() {
            let cell = match &*head {
                "doc" => &document.id,
                "annotator" => &document.annotator,
                "state" => &document.state,
                PERSON_FACTS => &people,
                OTHER_FACTS => &other_facts,
                fact => {
                    let place = FACT_TEXTS.iter().position(|name| *name == fact);
                    place
                        .and_then(|place| facts.get(place))
                        .map_or("", |fact| *fact)
                }
            };
            nuls += write_cell(cell, rows)?;
        }
        rows.end_row()?;
    }
    for span in &document.spans {
        let own = links.get(&*span.id).map_or(&[][..], Vec::as_slice);
        let is_tag = |link: &&&LinkRecord| link.to_kind == "annotation";
        let to_tags = cells::links(own.iter().filter(is_tag).copied());
        let to_people = cells::links(own.iter().filter(|link| !is_tag(link)).copied());
        let (tags, others): (Vec<&&LinkRecord>, Vec<_>) = own.iter().partition(is_tag);
        let ids = cells::ids(tags.into_iter().chain(others).map(|link| &*link.id));
        let open = own.iter().filter(|link| link.confirmed == Some(false));
        let open = cells::links(open.copied());
        let words: Vec<&str> = span
            .fragments
            .iter()
            .filter_map(|&[start, end]| text.slice(start, end))
            .collect();
        let fixed: [Cow<'_, str>; 21] = [
            (&*document.id).into(),
            (&*span.id).into(),
            (&*span.label).into(),
            span.start.unwrap_or_default().to_string().into(),
            span.end.unwrap_or_default().to_string().into(),
            cells::fragments(&span.fragments).into(),
            words.join(Fragments::GAP).into(),
            to_tags.into(),
            to_people.into(),
            open.into(),
            ids.into(),
            link_facts::cell(own).into(),
            span.person.as_str().into(),
            names
                .get(span.person.as_str())
                .copied()
                .unwrap_or_default()
                .into(),
            std::mem::take(&mut people).into(),
            span.review.as_str().into(),
            span.verdict.as_str().into(),
            span.by.as_deref().unwrap_or_default().into(),
            span.note.as_str().into(),
            (&*document.annotator).into(),
            (&*document.state).into(),
        ];
        for cell in fixed
            .iter()
            .map(|cell| &**cell)
            .chain(attributes(span, columns))
        {
            nuls += write_cell(cell, rows)?;
        }
        write_cell(&other_attributes(span, columns), rows)?;
        for fact in facts {
            nuls += write_cell(fact, rows)?;
        }
        nuls += write_cell(&std::mem::take(&mut other_facts), rows)?;
        rows.end_row()?;
    }
    Ok(nuls)
}

/// Readers written in C end a text at its first NUL.
fn write_cell(cell: &str, rows: &mut Rows<'_>) -> std::io::Result<usize> {
    if !cell.contains('\0') {
        rows.cell(cell)?;
        return Ok(0);
    }
    rows.cell(&cell.replace('\0', "\u{fffd}"))?;
    Ok(cell.matches('\0').count())
}

fn attributes<'a>(span: &'a SpanRecord, columns: &'a Columns) -> impl Iterator<Item = &'a str> {
    columns.attributes.iter().map(move |name| {
        let found = span
            .attributes
            .iter()
            .find(|attribute| attribute.key == *name);
        found.map_or("", |attribute| &*attribute.value)
    })
}

fn other_attributes(span: &SpanRecord, columns: &Columns) -> String {
    // An empty cell means none, so an empty value needs its own spelling.
    let other = span.attributes.iter().filter(|attribute| {
        let mut columns = columns.attributes.iter();
        attribute.value.is_empty() || columns.all(|name| *name != attribute.key)
    });
    let other: BTreeMap<&str, &str> = other.map(|a| (&*a.key, &*a.value)).collect();
    if other.is_empty() {
        return String::new();
    }
    serde_json::to_string(&other).unwrap_or_default()
}
