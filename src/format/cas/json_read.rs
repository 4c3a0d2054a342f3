//! The structures of a JSON file, and what the file says besides.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::fields::reference;
use super::lists::join_lists;
use crate::format::json::{Map, Value};
use crate::format::json_syntax::odd_json;
use crate::format::left_out::{LeftOut, says_nothing, shown_words as shown};

struct Cas {
    structures: Vec<Map>,
    others: Map,
}

const STRUCTURES: &str = "%FEATURE_STRUCTURES";

/// What describes the file itself.
const OF_FILE: [&str; 3] = ["%TYPES", "%VIEWS", "%HEADER"];

/// The structures of a JSON file.
pub(super) fn structures(text: &str, left_out: &mut LeftOut) -> Result<Vec<Map>, (usize, String)> {
    let mut cas = parse(text)?;
    cas.structures.retain(|structure| {
        let typed = structure.get("%TYPE").is_some_and(Value::is_string);
        if !typed {
            let why = "structures without a type are left out";
            let value = Value::Object(structure.clone());
            left_out.skip(1, why, shown(&value.to_string()));
        }
        typed
    });
    if let Some(views) = cas.others.get("%VIEWS") {
        of_views(views, &cas.structures, left_out);
    }
    for (name, value) in &cas.others {
        if !OF_FILE.contains(&&**name) && !says_nothing(value) {
            left_out.unknown(1, name, &shown(&value.to_string()));
        }
    }
    join_lists(&mut cas.structures, left_out);
    Ok(cas.structures)
}

/// Names what the index of a file says besides which structures are in it.
fn of_views(views: &Value, structures: &[Map], left_out: &mut LeftOut) {
    let ids = structures.iter().map(|of| reference(of.get("%ID")));
    let ids: BTreeSet<SmolStr> = ids.collect();
    let mut other = |name: &str, value: &Value| {
        left_out.reference(1, format!("%VIEWS{name} ({})", shown(&value.to_string())));
    };
    let Value::Object(views) = views else {
        return other("", views);
    };
    for (view, value) in views {
        let Value::Object(fields) = value else {
            other(&format!(".{view}"), value);
            continue;
        };
        for (name, value) in fields {
            match (&**name, value) {
                ("%SOFA", sofa) if ids.contains(&reference(Some(sofa))) => {}
                ("%MEMBERS" | "%INDEX", Value::Array(members)) => {
                    for member in members {
                        if !ids.contains(&reference(Some(member))) {
                            other(&format!(".{view}.{name}"), member);
                        }
                    }
                }
                _ => other(&format!(".{view}.{name}"), value),
            }
        }
    }
}

fn parse(text: &str) -> Result<Cas, (usize, String)> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let message = match odd_json(&error, text) {
            Some(what) => format!("column {column}: {what}"),
            None => format!("this is not JSON from column {column} on; export it again"),
        };
        (line, message)
    })?;
    let has = |name: &str| value.get(name).is_some();
    if !has(STRUCTURES) {
        let what = if has("_views") || has("_referenced_fss") {
            "this is the older JSON of UIMA (`_views`); export it as UIMA CAS JSON 0.4"
        } else {
            "this is not UIMA CAS JSON, as it has no %FEATURE_STRUCTURES; export it as UIMA CAS \
             JSON 0.4"
        };
        return Err((1, what.to_owned()));
    }
    let refusal = || {
        let what =
            "its %FEATURE_STRUCTURES are not a list of objects; export it as UIMA CAS JSON 0.4";
        (1, what.to_owned())
    };
    let Value::Object(mut others) = value else {
        return Err(refusal());
    };
    let Some(Value::Array(structures)) = others.remove(STRUCTURES) else {
        return Err(refusal());
    };
    let structures = structures.into_iter().map(|structure| match structure {
        Value::Object(fields) => Ok(fields),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err(refusal())
        }
    });
    Ok(Cas {
        structures: structures.collect::<Result<_, _>>()?,
        others,
    })
}
