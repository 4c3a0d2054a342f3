//! JSON Lines, or a list in JSON, with an article in each record.

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
        let records: Vec<Value> = serde_json::from_str(text)
            .map_err(|error| format!("this is not JSON ({error}); export it again"))?;
        for (n, record) in records.into_iter().enumerate() {
            found.articles.push(of_record(record, n + 1)?);
        }
        return Ok(found);
    }
    for (n, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let record: Value = serde_json::from_str(line)
            .map_err(|error| format!("line {} is not JSON ({error}); export it again", n + 1))?;
        found.articles.push(of_record(record, n + 1)?);
    }
    Ok(found)
}

fn of_record(record: Value, line: usize) -> Result<FoundArticle, String> {
    let Value::Object(record) = record else {
        return Err(format!(
            "record {line} is no object with fields such as `text`"
        ));
    };
    if !are_of_articles(record.keys().map(String::as_str)) {
        return Err(format!(
            "record {line} has no field `text` beside fields such as `headline`, `date` or `url`; records of \
             tags are imported as `jsonl`"
        ));
    }
    let (words, others) = words(&record);
    let values = words.iter().map(|(name, value)| (*name, &**value));
    let mut article = article(line, values);
    let told = others.iter().map(|name| format!("field `{name}`"));
    article.left_out.extend(told);
    Ok(article)
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
