use smol_str::{SmolStr, format_smolstr};

use crate::format::json::{Map, Value};
use crate::format::left_out::shown_words;

/// The type of a structure.
pub(super) fn kind(structure: &Map) -> &str {
    structure.get("%TYPE").and_then(Value::as_str).unwrap_or("")
}

/// The number of a structure as text.
pub(super) fn reference(value: Option<&Value>) -> SmolStr {
    match value {
        Some(Value::String(id)) => id.clone(),
        Some(id) => format_smolstr!("{id}"),
        None => SmolStr::default(),
    }
}

/// The field with the line of the file on which a structure is, from 1.
pub(super) const LINE: &str = "%LINE";

/// The line of the file on which a structure is, from 1; the first where it is not known.
pub(super) fn line_of(structure: &Map) -> usize {
    let line = structure.get(LINE).and_then(Value::as_u64);
    line.and_then(|line| usize::try_from(line).ok())
        .unwrap_or(1)
}

/// What tokenisers, taggers and the tool itself leave in every document.
const NOT_TAGS: [&str; 4] = [
    "uima.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
];

/// The type that annotations have which are of no other.
const PLAIN: &str = "uima.tcas.Annotation";

/// Whether structures of a type are no tags of words.
pub(super) fn is_no_tag(kind: &str) -> bool {
    kind != PLAIN && NOT_TAGS.iter().any(|prefix| kind.starts_with(prefix))
}

/// Whether a structure is the work of tokenisers: a word, a sentence, or what is said about words.
pub(super) fn is_segment(kind: &str) -> bool {
    NOT_TAGS
        .get(1)
        .is_some_and(|prefix| kind.starts_with(prefix))
}

/// What a structure says, in one line: `custom.Quote 7 from 3 to 6 (sure “3”)`.
pub(super) fn described(structure: &Map) -> String {
    let mut words = kind(structure).to_owned();
    for (before, name) in [(" ", "%ID"), (" from ", "begin"), (" to ", "end")] {
        if let Some(value) = structure.get(name) {
            words.push_str(before);
            words.push_str(&shown_words(&reference(Some(value))));
        }
    }
    let features = structure.iter().filter(|(name, value)| {
        let is_own = name.starts_with(['%', '^']) || ["@sofa", "begin", "end"].contains(&&***name);
        !is_own && !value.is_null()
    });
    let features: Vec<String> = features
        .map(|(name, value)| {
            let value = shown_words(&reference(Some(value)));
            match name.strip_prefix('@') {
                Some(name) => format!("{name} to {value}"),
                None => format!("{name} “{value}”"),
            }
        })
        .collect();
    if !features.is_empty() {
        words = format!("{words} ({})", features.join(", "));
    }
    words
}
