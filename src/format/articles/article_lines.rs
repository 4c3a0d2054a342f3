//! JSON Lines, or a list in JSON, with an article in each record.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::article_format::{ArticleFormat, RecordFormat, all_records, info};
use super::found::{FoundArticle, FoundInFile};
use super::record::{MOST_FIELDS, are_of_articles, article, some_of};
use crate::format::Input;

pub(in crate::format) static ARTICLE_LINES: RecordFormat = RecordFormat {
    format: &FORMAT,
    each,
};

pub(super) static FORMAT: ArticleFormat = ArticleFormat {
    info: &info(
        "article-lines",
        "JSON with an article in each record",
        &["jsonl", "ndjson", "json"],
    ),
    is_of,
    find: |input, _| all_records(each, input),
};

fn is_of(beginning: &[u8]) -> bool {
    let begun = beginning.trim_ascii_start();
    let begun = begun.strip_prefix(b"[").unwrap_or(begun);
    let mut values = serde_json::Deserializer::from_slice(begun).into_iter::<Value>();
    match values.next() {
        Some(Ok(Value::Object(record))) => are_of_articles(record.keys().map(String::as_str)),
        _ => false,
    }
}

fn each(input: &Input<'_>, each: &mut dyn FnMut(FoundArticle)) -> Result<FoundInFile, String> {
    let text = input.text().map_err(|error| error.to_string())?;
    let mut records = Records {
        each,
        given: false,
        refused: Vec::new(),
        more: (0, 0),
    };
    if text.trim_start().starts_with('[') {
        let mut json = serde_json::Deserializer::from_str(text);
        let mut number = 0;
        let read = (&mut json).deserialize_seq(Each(&mut |record| {
            number += 1;
            records.take(number, Ok(record));
        }));
        read.and_then(|()| json.end())
            .map_err(|error| format!("this is not JSON ({error}); export it again"))?;
        return records.finish();
    }
    let lines = text.lines().enumerate();
    for (n, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let record = serde_json::from_str(line)
            .map_err(|error| format!("line {} is not JSON ({error}); export it again", n + 1));
        records.take(n + 1, record);
    }
    records.finish()
}

/// Hands over the articles of records, and keeps why there is none in others.
struct Records<'a> {
    each: &'a mut dyn FnMut(FoundArticle),
    given: bool,
    refused: Vec<(usize, String)>,
    /// How many more there are, and where the first of them is.
    more: (usize, usize),
}

/// So many records that are refused are told one by one.
const MOST_REFUSED: usize = 1_000;

impl Records<'_> {
    fn take(&mut self, line: usize, record: Result<Record, String>) {
        match record.and_then(|record| of_record(record, line)) {
            Ok(article) => {
                self.given = true;
                (self.each)(article);
            }
            Err(message) if self.refused.len() < MOST_REFUSED => {
                self.refused.push((line, format!("left out: {message}")));
            }
            Err(_) => {
                let (count, first) = self.more;
                self.more = (count + 1, if count == 0 { line } else { first });
            }
        }
    }

    /// What was found; why there is no article in any of the records.
    fn finish(mut self) -> Result<FoundInFile, String> {
        if let Some((_, message)) = self.refused.first()
            && !self.given
        {
            return Err(message.clone());
        }
        if let (more @ 1.., line) = self.more {
            let message = format!("left out: {more} more records that hold no article");
            self.refused.push((line, message));
        }
        Ok(FoundInFile {
            refused: self.refused,
            ..FoundInFile::default()
        })
    }
}

/// Takes the records of a list one by one.
struct Each<'a>(&'a mut dyn FnMut(Record));

impl<'de> Visitor<'de> for Each<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(record) = list.next_element()? {
            (self.0)(record);
        }
        Ok(())
    }
}

fn of_record(record: Record, line: usize) -> Result<FoundArticle, String> {
    let (fields, twice) = match record {
        Record::Object { fields, twice } => (fields, twice),
        Record::NoObject => {
            return Err(format!(
                "record {line} is no object with fields such as `text`"
            ));
        }
        Record::TooLong => {
            return Err(format!(
                "record {line} has more than {MOST_FIELDS} fields, which is no article; export it again"
            ));
        }
    };
    if !are_of_articles(fields.keys().map(String::as_str)) {
        return Err(format!(
            "record {line} has no field `text` beside fields such as `headline`, `date` or `url`; records of \
             tags are imported as `jsonl`"
        ));
    }
    let (words, others) = words(&fields);
    let values = words.iter().map(|(name, value)| (*name, &**value));
    let mut article = article(line, values);
    let told = some_of("fields", others, |name| format!("field `{name}`"));
    article.left_out.extend(told);
    let earlier = twice.iter();
    let earlier = some_of("earlier values of fields", earlier, |name| {
        format!("an earlier value of the field `{name}`")
    });
    article.left_out.extend(earlier);
    Ok(article)
}

/// A record of the file.
enum Record {
    Object {
        fields: Map<String, Value>,
        /// The names that stand more than once; the last one counts.
        twice: BTreeSet<String>,
    },
    NoObject,
    /// An object with more fields than any article.
    TooLong,
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RecordVisitor)
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
        let (mut fields, mut twice) = (Map::new(), BTreeSet::new());
        while let Some(name) = map.next_key::<String>()? {
            if fields.len() == MOST_FIELDS {
                let IgnoredAny = map.next_value()?;
                while let Some((IgnoredAny, IgnoredAny)) = map.next_entry()? {}
                return Ok(Record::TooLong);
            }
            if fields.insert(name.clone(), map.next_value()?).is_some() {
                twice.insert(name);
            }
        }
        Ok(Record::Object { fields, twice })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Record, A::Error> {
        while let Some(IgnoredAny) = list.next_element()? {}
        Ok(Record::NoObject)
    }

    fn visit_str<E>(self, _: &str) -> Result<Record, E> {
        Ok(Record::NoObject)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Record, E> {
        Ok(Record::NoObject)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Record, E> {
        Ok(Record::NoObject)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Record, E> {
        Ok(Record::NoObject)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Record, E> {
        Ok(Record::NoObject)
    }

    fn visit_unit<E>(self) -> Result<Record, E> {
        Ok(Record::NoObject)
    }
}

/// The fields with values that are words, and the names of the others.
fn words(record: &Map<String, Value>) -> (Vec<(&str, String)>, Vec<&str>) {
    let (mut words, mut others) = (Vec::new(), Vec::new());
    for (name, value) in record {
        match word(value) {
            Some(value) => words.push((name.as_str(), value)),
            None => others.push(name.as_str()),
        }
    }
    (words, others)
}

fn word(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(list) => {
            let mut words = String::new();
            for (n, value) in list.iter().enumerate() {
                if n > 0 {
                    words.push_str(", ");
                }
                words.push_str(&simple(value)?);
            }
            Some(words)
        }
        Value::Object(_) => None,
    }
}

fn simple(value: &Value) -> Option<String> {
    match value {
        Value::Array(_) | Value::Object(_) => None,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => word(value),
    }
}
