//! The tokens of a record and what is said about them.

use std::borrow::Cow;

use super::parse_span::{array, is_bookkeeping, number, scalar};
use super::record::Token;
use crate::format::json::{Map, Value};
use crate::format::left_out::{LeftOut, says_nothing, shown_words as shown};
use crate::format::tally::Content;

/// What is a token itself.
const OF_TOKEN: [&str; 6] = ["text", "start", "end", "id", "ws", "disabled"];

/// What spaCy says about a token.
const ANALYSIS: [&str; 8] = [
    "tag", "pos", "morph", "lemma", "dep", "head", "ent_type", "ent_iob",
];

const NOT_TAGS: &str = "what an analysis says about words and sentences is not imported; only spans \
                        and relations are";

pub(super) fn tokens(fields: &mut Map, line: usize, out: &mut LeftOut) -> Vec<Token> {
    let Some(list) = fields.get("tokens").and_then(array) else {
        return Vec::new();
    };
    let token = |n: usize, fields: &Map| {
        Some(Token {
            text: fields
                .get("text")
                .and_then(Value::as_str)
                .unwrap_or("")
                .to_owned(),
            start: number(fields.get("start")?)?,
            end: number(fields.get("end")?)?,
            id: match fields.get("id").and_then(number) {
                Some(id) => usize::try_from(id).ok()?,
                None => n,
            },
            ws: false,
        })
    };
    let mut tokens = Vec::with_capacity(list.len());
    for (n, value) in list.iter().enumerate() {
        let Some(read) = value.as_object().and_then(|fields| token(n, fields)) else {
            let why = "tokens without a start and an end are left out";
            out.skip(line, why, shown(&value.to_string()));
            continue;
        };
        let mut said = Vec::new();
        for (name, value) in value.as_object().into_iter().flatten() {
            if OF_TOKEN.contains(&name.as_str()) {
                continue;
            }
            if ANALYSIS.contains(&name.as_str()) {
                if !says_nothing(value) {
                    let value = scalar(value).unwrap_or_else(|| value.to_string());
                    said.push(format!("{name} {value}"));
                }
            } else if is_bookkeeping(name) {
                out.bookkeeping(line, &format!("tokens.{name}"));
            } else if !says_nothing(value) {
                let value = scalar(value).unwrap_or_else(|| value.to_string());
                out.unknown(line, &format!("tokens.{name}"), &shown(&value));
            }
        }
        if !said.is_empty() {
            let example = format!("the token {} ({})", described(&read), said.join(", "));
            out.skip(line, NOT_TAGS, example);
        }
        tokens.push(read);
    }
    fields.remove("tokens");
    tokens
}

fn described(token: &Token) -> String {
    if token.text.is_empty() {
        format!("{} at {} to {}", token.id, token.start, token.end)
    } else {
        format!("“{}”", shown(&token.text))
    }
}

/// Notes sentences, and the arcs between words.
pub(super) fn analysis(fields: &mut Map, tokens: &[Token], line: usize, out: &mut LeftOut) {
    if let Some(Value::Array(sentences)) = fields.get("sents") {
        for sentence in sentences {
            let example = format!("the sentence {}", shown(&sentence.to_string()));
            out.skip(line, NOT_TAGS, example);
        }
        fields.remove("sents");
    }
    let Some(Value::Array(arcs)) = fields.get("arcs") else {
        return;
    };
    for arc in arcs {
        let end = |name: &str| {
            let id = arc
                .get(name)?
                .as_u64()
                .and_then(|id| usize::try_from(id).ok())?;
            tokens.iter().find(|token| token.id == id).map(described)
        };
        let label = arc.get("label").and_then(scalar);
        let example = match (label, end("head"), end("child")) {
            (Some(label), Some(head), Some(child)) => {
                format!("the arc `{label}` from {head} to {child}")
            }
            _ => format!("the arc {}", shown(&arc.to_string())),
        };
        out.read(Content::Link, 1);
        out.skip_counted(line, NOT_TAGS, example)
            .add(Content::Link, 1);
    }
    fields.remove("arcs");
}

/// A span with its start and end, where it only gives its first and last token.
pub(super) fn placed<'a>(span: &'a Value, tokens: &[Token]) -> Cow<'a, Value> {
    let fields = span.as_object().filter(|fields| {
        let mut names = fields.keys();
        !names.any(|name| name.starts_with("start") || name.starts_with("end"))
    });
    let token = |name: &str| {
        let id = usize::try_from(number(fields?.get(name)?)?).ok()?;
        tokens.iter().find(|token| token.id == id)
    };
    let Some((first, last)) = token("token_start").zip(token("token_end")) else {
        return Cow::Borrowed(span);
    };
    let mut fields = fields.cloned().unwrap_or_default();
    fields.insert("start".to_owned(), first.start.into());
    fields.insert("end".to_owned(), last.end.into());
    Cow::Owned(Value::Object(fields))
}
