//! Spans and relations of a record, in the shapes that are around.

use serde_json::{Map, Value};

use super::left_out::LeftOut;
use super::record::{ReadRelation, ReadSpan, RelationEnd};
use crate::format::link_facts::LinkFacts;
use crate::model::Review;

/// The text of a word or number.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The items of a list; `null` is an empty one.
pub(super) fn array(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(list) => Some(list),
        Value::Null => Some(&[]),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => None,
    }
}

/// A whole number that is not negative, also as `3.0` or `"3"`.
pub(super) fn number(value: &Value) -> Option<u32> {
    let digits = scalar(value)?;
    digits.strip_suffix(".0").unwrap_or(&digits).parse().ok()
}

const NO_PLACE: &str = "it has no start and end that are whole numbers";
const NO_LABEL: &str = "it has no label";

/// Reads a span, and says whether it has the label of its record for want of its own.
pub(super) fn span(
    value: &Value,
    of_record: Option<&str>,
    out: &mut LeftOut,
) -> Result<(ReadSpan, bool), &'static str> {
    let mut fields = match value {
        Value::Object(fields) => fields.clone(),
        Value::Array(parts) => from_list(parts).ok_or(NO_PLACE)?,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return Err(NO_PLACE),
    };
    let mut place = |names: [&str; 3]| {
        let found = names.iter().find_map(|name| fields.remove(*name));
        found.as_ref().and_then(number)
    };
    let start = place(["start", "start_char", "start_offset"]);
    let end = place(["end", "end_char", "end_offset"]);
    let (Some(start), Some(end)) = (start, end) else {
        return Err(NO_PLACE);
    };
    let mut index = |name: &str| {
        let found = fields.remove(name).as_ref().and_then(number);
        found.and_then(|n| usize::try_from(n).ok())
    };
    let (token_start, token_end) = (index("token_start"), index("token_end"));
    let own = fields.remove("label").as_ref().and_then(scalar);
    let own = own.filter(|label| !label.is_empty());
    let used = own.is_none() && of_record.is_some();
    let label = own
        .or_else(|| of_record.map(str::to_owned))
        .ok_or(NO_LABEL)?;
    let words = match fields.remove("text") {
        Some(Value::String(words)) => Some(words),
        _ => None,
    };
    let answer = fields.remove("answer").as_ref().and_then(scalar);
    let id = fields.remove("id").as_ref().and_then(scalar);
    let note = fields.remove("note").as_ref().and_then(scalar);
    let mut span = ReadSpan {
        start,
        end,
        token_start,
        token_end,
        label,
        words,
        id: id.filter(|id| !id.is_empty()),
        review: answer.as_deref().and_then(review),
        note: note.unwrap_or_default(),
        pullquote: fields
            .remove("pullquote")
            .and_then(|extra| serde_json::from_value(extra).ok()),
        attributes: Vec::new(),
    };
    for (key, value) in fields {
        if LeftOut::is_bookkeeping(&key) || key == "source" {
            out.bookkeeping.push(format!("spans.{key}"));
            continue;
        }
        match &value {
            Value::Null => {}
            Value::String(text) if text.is_empty() => {}
            _ => {
                let words = scalar(&value).unwrap_or_else(|| value.to_string());
                span.attribute(&key, &words);
            }
        }
    }
    Ok((span, used))
}

/// `[start, end, "LABEL"]`, perhaps with an id of a knowledge base.
fn from_list(parts: &[Value]) -> Option<Map<String, Value>> {
    let names = ["start", "end", "label", "kb_id"];
    let fits = (2..=names.len()).contains(&parts.len());
    let names = names.iter().map(|name| (*name).to_owned());
    fits.then(|| names.zip(parts.iter().cloned()).collect())
}

/// What an answer says about a tag.
pub(super) fn review(answer: &str) -> Option<Review> {
    match answer {
        "accept" => Some(Review::Accepted),
        "reject" => Some(Review::Rejected),
        "ignore" => Some(Review::Unsure),
        _ => None,
    }
}

/// Reads a relation.
pub(super) fn relation(value: &Value, out: &mut LeftOut) -> Result<ReadRelation, &'static str> {
    let mut fields = value
        .as_object()
        .cloned()
        .ok_or("it has no head and child")?;
    let label = fields.remove("label").as_ref().and_then(scalar);
    let label = label.filter(|label| !label.is_empty()).ok_or(NO_LABEL)?;
    let mut end = |token: &str, span: &str| {
        let token = fields.remove(token).as_ref().and_then(number);
        let span = fields.remove(span);
        let span = span.as_ref().and_then(Value::as_object);
        let field = |name: &str| span.and_then(|fields| fields.get(name));
        let index = |name: &str| field(name).and_then(number);
        RelationEnd {
            token: token.and_then(|n| usize::try_from(n).ok()),
            place: index("start").zip(index("end")),
            tokens: index("token_start").zip(index("token_end")),
            label: field("label")
                .and_then(scalar)
                .filter(|label| !label.is_empty()),
            id: field("id").and_then(scalar).filter(|id| !id.is_empty()),
            words: field("text").and_then(Value::as_str).map(str::to_owned),
        }
    };
    let (head, child) = (end("head", "head_span"), end("child", "child_span"));
    let pullquote = fields
        .remove("pullquote")
        .and_then(|extra| serde_json::from_value(extra).ok());
    let mut facts = LinkFacts::default();
    for (key, value) in fields {
        if LeftOut::is_bookkeeping(&key) {
            out.bookkeeping.push(format!("relations.{key}"));
        } else if !value.is_null() {
            let words = scalar(&value).unwrap_or_else(|| value.to_string());
            facts.add(&key, &words);
        }
    }
    Ok(ReadRelation {
        label,
        head,
        child,
        facts,
        pullquote,
    })
}
