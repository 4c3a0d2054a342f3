//! What several annotators made of a text, beside the outcome of Prodigy's review of it.

use std::collections::BTreeSet;

use super::parse_span::scalar;
use crate::format::json::{Map, Value};
use crate::format::left_out::{LeftOut, shown_words as shown};

/// Takes the versions of a record: one for each session that answered so. They have the text and the
/// tokens of the outcome where they have none of their own.
pub(super) fn versions(
    fields: &mut Map,
    text: &str,
    tokens: Option<&Value>,
    line: usize,
    out: &mut LeftOut,
) -> Vec<Map> {
    let is_list = fields.get("versions").is_some_and(Value::is_array);
    let Some(Value::Array(list)) = is_list.then(|| fields.remove("versions")).flatten() else {
        return Vec::new();
    };
    let mut records = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (n, version) in list.into_iter().enumerate() {
        let Value::Object(mut version) = version else {
            let why = "versions of a text that are no records are left out";
            out.skip(line, why, shown(&version.to_string()));
            continue;
        };
        if version.remove("default").is_some() {
            out.bookkeeping(line, "versions.default");
        }
        let mut sessions = match version.remove("sessions") {
            Some(Value::Array(list)) => list.iter().filter_map(scalar).collect(),
            Some(Value::String(one)) => vec![one.into()],
            _ => Vec::new(),
        };
        sessions.retain(|session| !session.is_empty());
        let named = ["_annotator_id", "_session_id", "annotator"];
        if sessions.is_empty() && !named.iter().any(|name| version.contains_key(name)) {
            let name = format!("version-{}", n + 1);
            let why = "versions of a text that name no session got a name";
            out.remark(line, why, format!("`{name}`"));
            sessions.push(name);
        }
        version.insert_missing("text", || text.into());
        if let Some(tokens) = tokens {
            version.insert_missing("tokens", || tokens.clone());
        }
        let sessions: Vec<Option<String>> = match &sessions[..] {
            [] => vec![None],
            all => all.iter().cloned().map(Some).collect(),
        };
        for session in sessions {
            let mut version = version.clone();
            if let Some(session) = session {
                known.insert(session.clone());
                version.insert("_annotator_id".to_owned(), session.into());
                // The one who made the example; each who gave this answer is named.
                version.remove("_session_id");
            }
            records.push(version);
        }
    }
    let all = fields.get("sessions").and_then(Value::as_array);
    let mut sessions = all.into_iter().flatten();
    if all.is_some() && sessions.all(|name| scalar(name).is_some_and(|name| known.contains(&name)))
    {
        fields.remove("sessions");
        out.bookkeeping(line, "sessions");
    }
    records
}
