//! JSON Lines, or a list in JSON, with an article in each record.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::article_format::{ArticleFormat, info};
use super::found::{FoundArticle, FoundInFile};
use super::record::{are_of_articles, article};
use crate::format::{Input, Options};

pub(in crate::format) static ARTICLE_LINES: ArticleFormat = ArticleFormat {
    info: &info(
        "article-lines",
        "JSON with an article in each record",
        &["jsonl", "ndjson", "json"],
    ),
    is_of,
    find,
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

fn find(input: &Input<'_>, _: &Options) -> Result<FoundInFile, String> {
    let text = input.text().map_err(|error| error.to_string())?;
    let mut found = FoundInFile::default();
    if text.trim_start().starts_with('[') {
        let records: Vec<Record> = serde_json::from_str(text)
            .map_err(|error| format!("this is not JSON ({error}); export it again"))?;
        for (n, record) in records.into_iter().enumerate() {
            found.take(n + 1, of_record(record, n + 1));
        }
        return found.or_refused();
    }
    for (n, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let record = serde_json::from_str(line)
            .map_err(|error| format!("line {} is not JSON ({error}); export it again", n + 1));
        let article = record.and_then(|record| of_record(record, n + 1));
        found.take(n + 1, article);
    }
    found.or_refused()
}

impl FoundInFile {
    /// Takes the article of a record, or why there is none.
    fn take(&mut self, line: usize, article: Result<FoundArticle, String>) {
        match article {
            Ok(article) => self.articles.push(article),
            Err(message) => self.refused.push((line, format!("left out: {message}"))),
        }
    }

    /// What was found; why there is no article in any of the records.
    fn or_refused(self) -> Result<Self, String> {
        match self.refused.first() {
            Some((_, message)) if self.articles.is_empty() => Err(message.clone()),
            Some(_) | None => Ok(self),
        }
    }
}

fn of_record(record: Record, line: usize) -> Result<FoundArticle, String> {
    let Record::Object { fields, twice } = record else {
        return Err(format!(
            "record {line} is no object with fields such as `text`"
        ));
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
    let told = others.iter().map(|name| format!("field `{name}`"));
    article.left_out.extend(told);
    let earlier = twice.iter();
    let earlier = earlier.map(|name| format!("an earlier value of the field `{name}`"));
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
            let words: Option<Vec<String>> = list.iter().map(simple).collect();
            Some(words?.join(", "))
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
