//! Suggestions by any program: it reads documents as native JSON Lines and writes the same lines with
//! more tags and links. What does not fit is told and never taken.

mod additions;
mod command;
mod exchange;
mod in_flight;
mod process;

pub use command::{ModelCommand, ModelCommandError};
pub use process::StartError;

pub(super) use additions::{Additions, added_by, tag_like, wrong_with};
pub(super) use exchange::{Exchange, Prepared, Question, Reply};

use crate::format::JsonLine;
use crate::model::{Document, Schema};

/// What a reply adds to `document`, and the fields of it that are not known, in words.
///
/// # Errors
/// Why nothing of it is taken.
pub(super) fn taken(
    reply: Reply,
    document: &Document,
    schema: &Schema,
    command: &ModelCommand,
    min_confidence: Option<f64>,
) -> Result<(Additions, Vec<String>), Vec<String>> {
    let (number, text) = match reply {
        Reply::NotAsked => return Ok(Default::default()),
        Reply::Missing(why) => return Err(vec![why]),
        Reply::Line { number, text } => (number, text),
    };
    let named = |words: Vec<String>| -> Vec<String> {
        let name = command.name();
        let place = |one: String| format!("line {number} of `{name}`: {one}");
        words.into_iter().map(place).collect()
    };
    let answer = JsonLine::read_exact(&text, number).map_err(named)?;
    let theirs = &answer.document.document;
    let origin = command.origin();
    let added = added_by(theirs, document, schema, &origin, min_confidence).map_err(named)?;
    Ok((added, named(answer.unknown_fields)))
}
