//! What is known about an article, as the field `facts` of its record.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use thin_vec::ThinVec;

use super::DocumentRecord;
use crate::format::json;
use crate::format::json_lines::wording;
use crate::format::left_out::{LeftOut, shown, shown_words};
use crate::format::{Feature, FormatError, Losses, WriteContext};
use crate::model::{ArticleFacts, ArticleNote, Document, ImportedFrom};

/// The fields of facts that are texts.
pub(in crate::format) const FACT_TEXTS: [&str; 7] = [
    "headline", "byline", "outlet", "date", "language", "section", "address",
];
/// The fields of facts that are lists.
pub(in crate::format) const FACT_LISTS: [&str; 4] = ["labels", "fields", "notes", "imported_from"];

/// The facts as they are written: every key is there, so that table readers agree on the columns.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct FactsRecord {
    headline: String,
    byline: String,
    outlet: String,
    date: String,
    language: String,
    section: String,
    address: String,
    labels: Vec<String>,
    fields: Vec<FieldRecord>,
    notes: Vec<NoteRecord>,
    /// One, or none.
    imported_from: Vec<SourceRecord>,
    /// What this version does not know.
    #[serde(flatten, skip_serializing)]
    other: Map<String, Value>,
}

#[derive(Serialize, Deserialize)]
struct FieldRecord {
    key: String,
    value: String,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct NoteRecord {
    text: String,
    by: String,
    when: String,
}

/// The file an article was imported from.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct SourceRecord {
    file: String,
    sha256: String,
    /// From 0.
    index: usize,
}

/// The facts as a value; `None` where nothing is known. What cannot be read of them is left to their own file.
fn value_of(facts: &ArticleFacts) -> Option<Value> {
    if facts.is_empty() {
        return None;
    }
    let ArticleFacts {
        headline,
        byline,
        outlet,
        date,
        language,
        section,
        address,
        imported_from,
        fields,
        labels,
        notes,
        conflicts: _,
        unknown: _,
    } = facts.clone();
    let fields = fields.into_iter();
    let notes = notes.into_iter();
    let record = FactsRecord {
        headline,
        byline,
        outlet,
        date,
        language,
        section,
        address,
        labels: labels.into_iter().collect(),
        fields: fields
            .map(|(key, value)| FieldRecord { key, value })
            .collect(),
        notes: notes
            .map(|ArticleNote { text, by, when, .. }| NoteRecord { text, by, when })
            .collect(),
        imported_from: (imported_from.into_iter())
            .map(
                |ImportedFrom {
                     file,
                     sha256,
                     index,
                     ..
                 }| SourceRecord {
                    file,
                    sha256,
                    index,
                },
            )
            .collect(),
        other: Map::new(),
    };
    serde_json::to_value(record).ok()
}

impl DocumentRecord {
    /// The record of a document with what is known about its article; facts that are left out are counted.
    ///
    /// # Errors
    /// As of [`Self::from_document`].
    pub(in crate::format) fn with_facts(
        id: &str,
        document: &Document,
        context: &WriteContext<'_>,
        losses: &mut Losses,
    ) -> Result<Self, FormatError> {
        let facts = (context.facts)(id);
        losses.add(Feature::Facts, id, kept_apart(&facts));
        Ok(Self {
            facts: value_of(&facts),
            ..Self::from_document(id.to_owned(), document)?
        })
    }

    /// Reads what a file says about the article. What is no fact is told.
    pub(in crate::format) fn read_facts(&mut self, line: usize, left_out: &mut LeftOut) {
        if let Some(facts) = self.facts.take() {
            self.article = facts_of(Some(facts), line, left_out).into();
        }
    }
}

/// How many facts of an article stay in their own file: nobody can read them, or two people disagree.
pub(in crate::format) fn kept_apart(facts: &ArticleFacts) -> usize {
    let source = facts.imported_from.as_ref();
    facts.conflicts.len() + facts.unknown.len() + source.map_or(0, |from| from.unknown.len())
}

/// The facts a line gives. What is none is told.
fn facts_of(value: Option<Value>, line: usize, left_out: &mut LeftOut) -> ArticleFacts {
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return ArticleFacts::default();
    };
    let record = match FactsRecord::deserialize(&value) {
        Ok(record) => record,
        Err(error) => {
            let what = format!(
                "{} in {}",
                wording(&error),
                shown(&json::Value::from(value))
            );
            left_out.skip(line, "`facts` that cannot be read are left out", what);
            return ArticleFacts::default();
        }
    };
    for (name, value) in record.other {
        let what = format!("`{name}`: {}", shown(&json::Value::from(value)));
        left_out.skip(
            line,
            "fields of `facts` nothing is known about are left out",
            what,
        );
    }
    let mut fields = BTreeMap::new();
    for FieldRecord { key, value } in record.fields {
        match fields.entry(key) {
            Entry::Vacant(free) => {
                free.insert(value);
            }
            Entry::Occupied(taken) => {
                let what = format!("`{}`: {value}", taken.key());
                let why = "fields of `facts` that are there twice are left out";
                left_out.skip(line, why, what);
            }
        }
    }
    let mut sources = record.imported_from.into_iter();
    let imported_from = sources.next().map(
        |SourceRecord {
             file,
             sha256,
             index,
         }| ImportedFrom {
            file,
            sha256,
            index,
            unknown: ThinVec::new(),
        },
    );
    for SourceRecord { file, .. } in sources {
        let why = "an article is imported from one file; others are left out";
        left_out.skip(line, why, format!("“{}”", shown_words(&file)));
    }
    ArticleFacts {
        imported_from,
        headline: record.headline,
        byline: record.byline,
        outlet: record.outlet,
        date: record.date,
        language: record.language,
        section: record.section,
        address: record.address,
        fields,
        labels: record.labels.into_iter().collect(),
        notes: (record.notes.into_iter())
            .map(|NoteRecord { text, by, when }| ArticleNote {
                text,
                by,
                when,
                unknown: ThinVec::new(),
            })
            .collect(),
        ..ArticleFacts::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_back() {
        let facts = ArticleFacts {
            headline: "No “deal”".to_owned(),
            date: "2024-05-31".to_owned(),
            fields: [("edition".to_owned(), "late".to_owned())].into(),
            labels: ["politics".to_owned()].into(),
            imported_from: Some(ImportedFrom {
                file: "week 22.docx".to_owned(),
                sha256: "e3b0".to_owned(),
                index: 6,
                unknown: ThinVec::new(),
            }),
            notes: vec![ArticleNote {
                text: "cut by the agency".to_owned(),
                by: "maria".to_owned(),
                when: "2024-06-02T09:00:00Z".to_owned(),
                unknown: ThinVec::new(),
            }],
            ..ArticleFacts::default()
        };
        let mut left_out = LeftOut::default();
        assert_eq!(facts_of(value_of(&facts), 1, &mut left_out), facts);
        assert_eq!(value_of(&ArticleFacts::default()), None);
    }
}
