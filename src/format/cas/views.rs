use std::collections::{BTreeMap, BTreeSet};

use smol_str::{SmolStr, format_smolstr};

use super::fields::{described, is_no_tag, kind, line_of, reference};
use crate::format::Imported;
use crate::format::json::{Map, Value};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::text::wording::count;

/// A text of a file; UIMA calls it a sofa.
pub(super) struct View<'a> {
    /// The number of its structure.
    pub(super) id: Value,
    pub(super) name: SmolStr,
    pub(super) text: &'a str,
}

/// The structures of each text, by the number that [`number_of`] makes of its own; those of no text
/// belong to the first of the views.
pub(super) fn of_each_view<'a>(structures: &'a [Map], views: &[View<'_>]) -> Vec<Vec<&'a Map>> {
    let places = views.iter().enumerate();
    let places: BTreeMap<SmolStr, usize> = places.map(|(n, v)| (number_of(&v.id), n)).collect();
    let mut of_each = vec![Vec::new(); views.len()];
    for structure in structures {
        let place = match structure.get("@sofa") {
            Some(of) => places.get(&number_of(of)).copied(),
            None => Some(0),
        };
        if let Some(list) = place.and_then(|place| of_each.get_mut(place)) {
            list.push(structure);
        }
    }
    of_each
}

/// What tells the numbers of texts apart: as JSON, since `1` and `"1"` are two.
fn number_of(id: &Value) -> SmolStr {
    format_smolstr!("{id}")
}

/// Whether a type is one of UIMA itself, and not that of annotations.
fn is_uima(kind: &str) -> bool {
    kind.starts_with("uima.") && is_no_tag(kind)
}

/// The views with a text and annotations on it; else the first with a text.
pub(super) fn choose_views<'a>(
    structures: &'a [Map],
    left_out: &mut LeftOut,
    imported: &mut Imported,
) -> Result<Vec<View<'a>>, (usize, String)> {
    let mut with_text = Vec::new();
    let mut elsewhere = Vec::new();
    let mut numbers = BTreeSet::new();
    for sofa in structures.iter().filter(|s| kind(s) == "uima.cas.Sofa") {
        let id = sofa.get("%ID").cloned().unwrap_or_default();
        let known = ["sofaNum", "sofaID", "sofaString", "sofaURI", "mimeType"];
        for (name, value) in sofa {
            if !name.starts_with(['%', '@', '^']) && !known.contains(&&**name) && !value.is_null() {
                let value = shown(&value.to_string());
                left_out.unknown(line_of(sofa), &format!("uima.cas.Sofa.{name}"), &value);
            }
        }
        let name = reference(sofa.get("sofaID"));
        if !numbers.insert(number_of(&id)) {
            let why = "views with the number of another one are left out";
            left_out.skip(line_of(sofa), why, format!("`{}`", shown(&name)));
            continue;
        }
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
    let mut annotations: BTreeMap<SmolStr, usize> = BTreeMap::new();
    for structure in structures {
        if let Some(of) = structure.get("@sofa")
            && !is_uima(kind(structure))
        {
            *annotations.entry(number_of(of)).or_default() += 1;
        }
    }
    let on = |id: &Value| annotations.get(&number_of(id)).copied().unwrap_or(0);
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
    let texts: BTreeSet<SmolStr> = structures
        .iter()
        .filter(|s| kind(s) == "uima.cas.Sofa")
        .map(|sofa| reference(sofa.get("%ID")))
        .collect();
    for lost in structures {
        let (Some(of), name) = (lost.get("@sofa"), kind(lost)) else {
            continue;
        };
        if !texts.contains(&reference(Some(of))) && !is_uima(name) {
            let why = "annotations whose text (sofa) is not in the file are left out";
            let sofa = reference(Some(of));
            let words = described(lost);
            left_out.skip(line_of(lost), why, format!("sofa {sofa}: {words}"));
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
