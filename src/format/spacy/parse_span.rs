//! Spans and relations of a record, in the shapes that are around.

use thin_vec::ThinVec;

use super::record::{ReadRelation, ReadSpan, RelationEnd};
use crate::format::interchange::extras::SpanExtra;
use crate::format::json::{Map, Value};
use crate::format::json_values::own;
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::link_facts::LinkFacts;
use crate::format::tally::Content;
use crate::model::Review;

/// The text of a word or number.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Takes a word or number; what is neither stays.
pub(super) fn take(fields: &mut Map, name: &str) -> Option<String> {
    let value = fields.get(name)?;
    let taken = scalar(value);
    if taken.is_some() || value.is_null() {
        fields.remove(name);
    }
    taken
}

/// Takes a whole number; what is none stays.
fn take_number(fields: &mut Map, name: &str) -> Option<u32> {
    let number = fields.get(name).and_then(number)?;
    fields.remove(name);
    Some(number)
}

/// The items of a list; `null` is an empty one.
pub(super) fn array(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(list) => Some(list),
        Value::Null => Some(&[]),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => None,
    }
}

/// The items of a list that is needed for nothing else.
pub(super) fn into_array(value: Value) -> Option<ThinVec<Value>> {
    match value {
        Value::Array(list) => Some(list),
        Value::Null => Some(ThinVec::new()),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => None,
    }
}

/// A whole number that is not negative, also as `3.0` or `"3"`.
pub(super) fn number(value: &Value) -> Option<u32> {
    let digits = scalar(value)?;
    digits.strip_suffix(".0").unwrap_or(&digits).parse().ok()
}

const NO_PLACE: &str = "spans without a start and an end that are whole numbers are left out";
const NO_LABEL: &str = "spans and relations without a label are left out";

/// Whether a field says nothing about the text.
pub(super) fn is_bookkeeping(name: &str) -> bool {
    let known = [
        "options",
        "config",
        "type",
        "color",
        "colors",
        "hidden",
        "disabled",
        "priority",
        "pattern",
        "score",
        "rank",
        "input_hash",
        "task_hash",
        "session_id",
        "timestamp",
        "created_at",
        "updated_at",
        "versions",
        "tokenizer_id",
        "sents",
        "ws",
        "view_id",
        "style",
        "width",
        "height",
        "x",
        "y",
    ];
    name.starts_with('_') || known.contains(&name)
}

/// Reads a span, and says whether it has the label of its record for want of its own.
pub(super) fn span(
    value: &Value,
    of_record: Option<&str>,
    line: usize,
    out: &mut LeftOut,
) -> Result<(ReadSpan, bool), &'static str> {
    let mut fields = match value {
        Value::Object(fields) => fields.clone(),
        Value::Array(parts) => from_list(parts).ok_or(NO_PLACE)?,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return Err(NO_PLACE),
    };
    let mut place = |names: [&str; 3]| {
        let found = names.iter().find_map(|name| fields.remove(name));
        found.as_ref().and_then(number)
    };
    let start = place(["start", "start_char", "start_offset"]);
    let end = place(["end", "end_char", "end_offset"]);
    let (Some(start), Some(end)) = (start, end) else {
        return Err(NO_PLACE);
    };
    let mut index = |name: &str| {
        let found = take_number(&mut fields, name);
        found.and_then(|n| usize::try_from(n).ok())
    };
    let (token_start, token_end) = (index("token_start"), index("token_end"));
    let named = take(&mut fields, "label").filter(|label| !label.is_empty());
    let used = named.is_none() && of_record.is_some();
    let label = named
        .or_else(|| of_record.map(str::to_owned))
        .ok_or(NO_LABEL)?;
    let words = match fields.get("text") {
        Some(Value::String(_)) => take(&mut fields, "text"),
        _ => None,
    };
    let answered = fields
        .get("answer")
        .and_then(Value::as_str)
        .and_then(review);
    if answered.is_some() {
        fields.remove("answer");
    }
    let id = take(&mut fields, "id");
    let note = take(&mut fields, "note").unwrap_or_default();
    let extra = fields.remove("pullquote");
    let pullquote: Option<SpanExtra> =
        extra.and_then(|extra| own(&extra, "spans.pullquote", line, out));
    if let Some(extra) = &pullquote {
        out.tally.read.extend(extra.counts());
    }
    out.read(Content::Note, usize::from(!note.is_empty()));
    let mut span = ReadSpan {
        start,
        end,
        token_start,
        token_end,
        label: label.into(),
        words: words.map(Into::into),
        id: id.filter(|id| !id.is_empty()).map(Into::into),
        review: answered,
        note: note.into(),
        pullquote: pullquote.map(Box::new),
        attributes: crate::format::interchange::AttributeList::default(),
    };
    for (key, value) in fields {
        if is_bookkeeping(&key) || key == "source" {
            out.bookkeeping(line, &format!("spans.{key}"));
            continue;
        }
        match &value {
            Value::Null => {}
            Value::String(text) if text.is_empty() => {}
            _ => {
                let words = scalar(&value).unwrap_or_else(|| value.to_string());
                out.read(Content::Attribute, 1);
                span.attribute(&key, &words);
            }
        }
    }
    Ok((span, used))
}

/// `[start, end, "LABEL"]`, perhaps with an id of a knowledge base.
fn from_list(parts: &[Value]) -> Option<Map> {
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
pub(super) fn relation(
    value: &Value,
    line: usize,
    out: &mut LeftOut,
) -> Result<ReadRelation, &'static str> {
    let mut fields = value
        .as_object()
        .cloned()
        .ok_or("relations without a head and a child are left out")?;
    let label = take(&mut fields, "label");
    let label = label.filter(|label| !label.is_empty()).ok_or(NO_LABEL)?;
    let mut end = |token: &str, name: &str| {
        let token = take_number(&mut fields, token);
        let span = match fields.get(name) {
            Some(Value::Object(_) | Value::Null) => fields.remove(name),
            _ => None,
        };
        let span = span.as_ref().and_then(Value::as_object);
        for (field, value) in span.into_iter().flatten() {
            let whole = ["start", "end", "token_start", "token_end"].contains(&&**field);
            let word = ["text", "label", "id", "type"].contains(&&**field);
            let known = whole && number(value).is_some() || word && scalar(value).is_some();
            if !known && !is_bookkeeping(field) && !value.is_null() {
                let value = shown(&value.to_string());
                out.unknown(line, &format!("relations.{name}.{field}"), &value);
            }
        }
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
    let extra = fields.remove("pullquote");
    let mut pullquote = extra.and_then(|extra| own(&extra, "relations.pullquote", line, out));
    let mut facts = LinkFacts::default();
    for (key, value) in fields {
        if is_bookkeeping(&key) {
            out.bookkeeping(line, &format!("relations.{key}"));
        } else if !value.is_null() {
            let words = scalar(&value).unwrap_or_else(|| value.to_string());
            facts.add(&key, &words);
        }
    }
    if let Some(own) = &mut pullquote {
        facts.take_own(own);
    }
    out.tally.read.extend(facts.counts());
    Ok(ReadRelation {
        label,
        head,
        child,
        facts,
        pullquote,
    })
}
