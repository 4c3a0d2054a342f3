use std::path::Path;

use super::FileProblem;
use crate::text::{Basis, SourceText};

/// What a person should know about how an article was decoded; `None`: nothing, it is sure.
pub(super) fn decoding_notice(article: &Path, source: &SourceText) -> Option<String> {
    let decoding = source.decoding();
    let (file, name) = (article.display(), decoding.encoding.name());
    match (decoding.basis, decoding.broken) {
        (Basis::Guessed, None) => Some(format!(
            "{file} is not UTF-8. It was read as {name}, which is a guess. If letters look wrong, \
             choose another encoding."
        )),
        (Basis::Guessed, Some(_)) => Some(format!(
            "{file} is not valid {name}, which is a guess: undecodable bytes are shown as \
             \u{fffd}. If letters look wrong, choose another encoding."
        )),
        (Basis::File | Basis::Named, Some(_)) => Some(format!(
            "{file} is not valid {name}: undecodable bytes are shown as \u{fffd}."
        )),
        (Basis::File | Basis::Named, None) | (Basis::Recorded, _) => None,
    }
}

/// What is doubtful about how an article was decoded, at the first place that may be wrong.
pub(super) fn decoding_problem(article: &Path, source: &SourceText) -> Option<FileProblem> {
    let decoding = source.decoding();
    if !decoding.is_doubtful() {
        return None;
    }
    let place = source.line_column(decoding.first_doubt(source.as_str()));
    let name = decoding.encoding.name();
    let words = match (decoding.basis, decoding.broken) {
        (Basis::Guessed, None) => format!(
            "not UTF-8; read as {name}, which is a guess; name the encoding with --encoding, or \
             save the file as UTF-8"
        ),
        _ => format!(
            "not valid {name}: undecodable bytes here are read as \u{fffd}; fix the file, or name \
             its encoding with --encoding"
        ),
    };
    Some(FileProblem {
        line: place.line,
        column: place.column,
        ..FileProblem::new(article, words)
    })
}
