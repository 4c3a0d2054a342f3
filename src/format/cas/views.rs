use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::fields::{kind, line_of, reference};
use crate::format::Imported;
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::text::wording::count;

/// A text of a file; UIMA calls it a sofa.
pub(super) struct View<'a> {
    /// The number of its structure.
    pub(super) id: Value,
    pub(super) name: String,
    pub(super) text: &'a str,
}

/// The views with a text and annotations on it; else the first with a text.
pub(super) fn choose_views<'a>(
    structures: &'a [Map<String, Value>],
    left_out: &mut LeftOut,
    imported: &mut Imported,
) -> Result<Vec<View<'a>>, (usize, String)> {
    let mut with_text = Vec::new();
    let mut elsewhere = Vec::new();
    for sofa in structures.iter().filter(|s| kind(s) == "uima.cas.Sofa") {
        let id = sofa.get("%ID").cloned().unwrap_or_default();
        let known = ["sofaNum", "sofaID", "sofaString", "sofaURI", "mimeType"];
        for (name, value) in sofa {
            if !name.starts_with(['%', '@', '^']) && !known.contains(&&**name) && !value.is_null() {
                left_out.unknown(1, format!("uima.cas.Sofa.{name} ({value})"));
            }
        }
        let name = reference(sofa.get("sofaID"));
        match sofa.get("sofaString").and_then(Value::as_str) {
            Some(text) => with_text.push(View { id, name, text }),
            None => {
                let place = sofa
                    .get("sofaURI")
                    .and_then(Value::as_str)
                    .unwrap_or("no text");
                elsewhere.push((id, format!("{name} ({})", shown(place))));
            }
        }
    }
    let on = |id: &Value| {
        let on_it = structures.iter().filter(|s| s.get("@sofa") == Some(id));
        on_it.filter(|s| !kind(s).starts_with("uima.")).count()
    };
    if with_text.is_empty() {
        let sofas = structures.iter().filter(|s| kind(s) == "uima.cas.Sofa");
        let anywhere = sofas
            .filter(|sofa| sofa.get("sofaURI").is_some_and(Value::is_string))
            .count();
        let names: Vec<String> = elsewhere.into_iter().map(|(_, name)| name).collect();
        let message = if names.is_empty() || anywhere == 0 {
            "there is no text in this file (sofaString); export it with the text".to_owned()
        } else {
            format!(
                "the text is in another file: {}; export it with the text (sofaString)",
                names.join(", ")
            )
        };
        return Err((1, message));
    }
    for (id, name) in elsewhere {
        match on(&id) {
            0 => imported.note_ignored(1, format!("view {name}")),
            number => {
                let example = format!("{} of {name}", count(number, "annotation"));
                let why = "annotations on views without a text in this file are left out";
                left_out.skip(1, why, example);
            }
        }
    }
    let texts: BTreeSet<String> = structures
        .iter()
        .filter(|s| kind(s) == "uima.cas.Sofa")
        .map(|sofa| reference(sofa.get("%ID")))
        .collect();
    for lost in structures {
        let (Some(of), name) = (lost.get("@sofa"), kind(lost)) else {
            continue;
        };
        if !texts.contains(&reference(Some(of))) && !name.starts_with("uima.") {
            let why = "annotations whose text (sofa) is not in the file are left out";
            let value = serde_json::Value::Object(lost.clone());
            let words = shown(&value.to_string());
            left_out.skip(
                line_of(lost),
                why,
                format!("{name}, sofa {}: {words}", reference(Some(of))),
            );
        }
    }
    let tagged = with_text.iter().any(|view| on(&view.id) > 0);
    let mut chosen: Vec<View<'a>> = Vec::new();
    for view in with_text {
        let wanted = if tagged {
            on(&view.id) > 0
        } else {
            chosen.is_empty()
        };
        if wanted {
            chosen.push(view);
        } else {
            let example = format!("`{}` (“{}”)", view.name, shown(view.text));
            let why =
                "views that have a text without annotations are left out, as another was read";
            left_out.skip(1, why, example);
        }
    }
    Ok(chosen)
}
