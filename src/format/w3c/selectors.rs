//! Selectors as records of a file.

use thin_vec::{ThinVec, thin_vec};

use super::page::NodeRange;
use super::selector::Selector;
use super::told::{Told, is_type, one_or_many, take, take_text};
use crate::format::counting::normal_form::is_same;
use crate::format::json::{Map, Value};
use crate::format::json_values::whole_number;
use crate::format::left_out::shown_words;

/// Selectors within selectors are read so deep.
const DEEPEST: usize = 16;

/// All descriptions of one stretch: those without refinement are one.
pub(super) fn selectors(values: ThinVec<Value>, told: &mut Told<'_>) -> Vec<Selector> {
    let mut plain = Selector::default();
    let mut all = Vec::new();
    let mut open = values;
    open.reverse();
    while let Some(value) = open.pop() {
        let Value::Object(mut fields) = value else {
            let fields = Map::from_iter([("selector".to_owned(), value)]);
            told.rest(fields, "target");
            continue;
        };
        // A choice between descriptions of the same.
        if let Some(items) = take(&mut fields, "items") {
            open.extend(one_or_many(Some(items)).into_iter().rev());
            told.rest(fields, "selector");
            continue;
        }
        let selector = selector(fields, told, 0);
        if selector.refined.is_some() {
            all.push(selector);
        } else {
            add(&mut plain, selector, told);
        }
    }
    if !plain.is_empty() {
        all.insert(0, plain);
    }
    // Nearly always there is one, and a list begins with room for four.
    all.shrink_to_fit();
    all
}

/// The first description of each kind counts; others that differ are told.
fn add(plain: &mut Selector, other: Selector, told: &mut Told<'_>) {
    let why = "of several selectors of one kind the first is read, and those that differ from it are \
               left out";
    if let Some(exact) = other.exact {
        match &plain.exact {
            None => {
                plain.exact = Some(exact);
                plain.prefix = other.prefix;
                plain.suffix = other.suffix;
            }
            Some(first) if !is_same(first, &exact) => {
                told.skip(why, &format!("“{}”", shown_words(&exact)))
            }
            Some(_) => {}
        }
    }
    if let Some(at) = other.at {
        match plain.at {
            Some(first) if plain.in_bytes == other.in_bytes => {
                if first != at {
                    told.skip(why, &format!("{} to {}", at.0, at.1));
                }
            }
            // Characters are more exact than bytes.
            Some(_) if other.in_bytes => {}
            Some(_) | None => (plain.at, plain.in_bytes) = (Some(at), other.in_bytes),
        }
    }
    if let Some(nodes) = other.nodes {
        // Two paths may lead to one place.
        match &plain.nodes {
            Some(first) if *first != nodes => {
                let message = format!("{}: of several paths the first is read", told.name);
                told.left_out.hint(told.line, message);
            }
            Some(_) => {}
            None => plain.nodes = Some(nodes),
        }
    }
    if let Some(between) = other.between {
        match &plain.between {
            Some(first) if *first != between => told.skip(why, "`RangeSelector`"),
            _ => plain.between = Some(between),
        }
    }
    if let Some(lines) = other.lines {
        match plain.lines {
            Some(first) if first != lines => {
                told.skip(why, &format!("lines {} to {}", lines.0, lines.1));
            }
            _ => plain.lines = Some(lines),
        }
    }
}

/// The selectors of a target by the parts they select: all of them describe one part, but for those
/// without a type that each have words and offsets, which are parts of their own.
pub(super) fn parts(values: ThinVec<Value>) -> Vec<ThinVec<Value>> {
    let is_part = |value: &Value| {
        let has = |key: &str| value.get(key).is_some();
        (has("quote") || has("exact")) && has("start") && has("end") && !has("type")
    };
    if values.len() > 1 && values.iter().all(is_part) {
        values.into_iter().map(|value| thin_vec![value]).collect()
    } else {
        vec![values]
    }
}

fn selector(mut fields: Map, told: &mut Told<'_>, depth: usize) -> Selector {
    let mut found = Selector {
        in_bytes: is_type(&fields, &["DataPositionSelector"]),
        ..Selector::default()
    };
    let refined = one_or_many(take(&mut fields, "refinedBy"));
    let number = |fields: &mut Map, key: &str| {
        let number = fields.get(key).and_then(whole_number);
        if number.is_some() {
            fields.remove(key);
        }
        number
    };
    if fields.contains_key("startContainer") || fields.get("startOffset").is_some() {
        let mut end = |path: &str, offset: &str| {
            let path = take_text(&mut fields, path).unwrap_or_default();
            let offset = number(&mut fields, offset);
            // Offsets in the whole element where none is named.
            (
                if path.is_empty() {
                    "/".to_owned()
                } else {
                    path
                },
                offset,
            )
        };
        found.nodes = Some(NodeRange {
            start: end("startContainer", "startOffset"),
            end: end("endContainer", "endOffset"),
            before_end: false,
        });
    } else if fields.contains_key("startSelector") || fields.contains_key("endSelector") {
        let mut end = |key: &str| {
            let one = one_or_many(take(&mut fields, key)).into_iter().next();
            match one {
                Some(Value::Object(fields)) => selector(fields, told, depth + 1),
                _ => Selector::default(),
            }
        };
        found = between(&end("startSelector"), &end("endSelector"));
        if found.is_empty() {
            told.skip(
                "ranges between selectors of this kind are left out",
                "`RangeSelector`",
            );
        }
    } else if is_type(&fields, &["XPathSelector", "CssSelector"]) {
        if let Some(path) = take_text(&mut fields, "value") {
            let whole = (path, None);
            found.nodes = Some(NodeRange {
                start: whole.clone(),
                end: whole,
                before_end: false,
            });
        }
    } else if is_type(&fields, &["FragmentSelector"]) || is_fragment(&fields) {
        if let Some(value) = take_text(&mut fields, "value") {
            fields.remove("conformsTo");
            found = fragment(&value);
            if found.is_empty() {
                told.skip(
                    "fragment selectors of pictures, sounds, films and books are left out",
                    &format!("`{value}`"),
                );
            }
        }
    } else if is_type(&fields, &["SvgSelector"]) {
        let shape = take(&mut fields, "value").unwrap_or_default();
        told.skip(
            "shapes in pictures are left out",
            &crate::format::left_out::shown(&shape),
        );
    }
    if let (Some(start), Some(end)) = (
        fields.get("start").and_then(whole_number),
        fields.get("end").and_then(whole_number),
    ) {
        found.at = Some((start, end));
        fields.remove("start");
        fields.remove("end");
    }
    for (key, prefix, suffix) in [
        ("exact", "prefix", "suffix"),
        ("quote", "quotePrefix", "quoteSuffix"),
    ] {
        if let Some(exact) = take_text(&mut fields, key) {
            found.exact = Some(exact);
            for (field, around) in [(prefix, &mut found.prefix), (suffix, &mut found.suffix)] {
                if let Some(text) = take_text(&mut fields, field) {
                    *around = text;
                }
            }
        }
    }
    if found.exact.is_some() {
        // The text around no words says nothing.
        for key in ["prefix", "suffix", "range", "offsetReference"] {
            fields.remove(key);
        }
    }
    told.rest(fields, "selector");
    if depth < DEEPEST {
        let mut inner = Selector::default();
        for value in refined {
            if let Value::Object(fields) = value {
                let one = selector(fields, told, depth + 1);
                if one.refined.is_some() && inner.refined.is_none() {
                    inner = one;
                } else {
                    add(&mut inner, one, told);
                }
            }
        }
        if !inner.is_empty() {
            found.refined = Some(Box::new(inner));
        }
    } else if !refined.is_empty() {
        told.skip("selectors nested too deep are left out", "`refinedBy`");
    }
    // Refinements of nothing are the place itself.
    if found.refined.is_some() && found.words().is_some() && only_refined(&found) {
        return *found.refined.unwrap_or_default();
    }
    found
}

fn only_refined(selector: &Selector) -> bool {
    selector.at.is_none()
        && selector.exact.is_none()
        && selector.nodes.is_none()
        && selector.lines.is_none()
        && selector.between.is_none()
}

/// From the beginning of one selector to the beginning of another.
fn between(start: &Selector, end: &Selector) -> Selector {
    let place = |selector: &Selector| {
        let nodes = selector.nodes.as_ref()?;
        let within = selector.refined.as_ref().and_then(|inner| inner.at);
        let offset = within.map(|(start, _)| start).or(nodes.start.1);
        Some((nodes.start.0.clone(), offset))
    };
    let mut found = Selector::default();
    if let Some((start, end)) = place(start).zip(place(end)) {
        found.nodes = Some(NodeRange {
            start,
            end,
            before_end: true,
        });
    } else if let Some(((start, _), (end, _))) = start.at.zip(end.at) {
        found.at = Some((start, end));
    } else if start.exact.is_some() && end.exact.is_some() {
        found.between = Some(Box::new([start.clone(), end.clone()]));
    }
    found
}

fn is_fragment(fields: &Map) -> bool {
    !fields.contains_key("type") && fields.contains_key("conformsTo")
}

/// The part of an address after `#`, or the value of a fragment selector: `char=1,2`, `line=1,2`, or
/// the id of an element.
pub(super) fn fragment(value: &str) -> Selector {
    let mut found = Selector::default();
    let value = value.trim_start_matches('#');
    let main = value.split(';').next().unwrap_or(value);
    let range = |range: &str| {
        let (start, end) = range.split_once(',')?;
        let start = if start.is_empty() { "0" } else { start };
        let end = if end.is_empty() { "4294967294" } else { end };
        Some((start.parse().ok()?, end.parse().ok()?))
    };
    if let Some(at) = main.strip_prefix("char=") {
        found.at = range(at);
    } else if let Some(lines) = main.strip_prefix("line=") {
        found.lines = range(lines);
    } else if let Some(path) = value.strip_prefix("xpointer(") {
        let path = path.strip_suffix(')').unwrap_or(path).to_owned();
        let whole = (path, None);
        found.nodes = Some(NodeRange {
            start: whole.clone(),
            end: whole,
            before_end: false,
        });
    } else if !value.is_empty() && !value.contains(['=', '(', '/', ' ']) {
        let whole = (format!("#{value}"), None);
        found.nodes = Some(NodeRange {
            start: whole.clone(),
            end: whole,
            before_end: false,
        });
    }
    found
}
