//! What a program suggests for an article that is open.

use std::path::Path;

use super::external_model::{Exchange, ModelCommand, Prepared, StartError, taken};
use super::suggest::question;
use crate::model::{Document, Schema, Transaction};

/// What came of asking a program.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ModelAnswer {
    /// The step that adds what it suggests, as open suggestions; `None`: nothing.
    pub step: Option<Transaction>,
    /// How many tags that adds.
    pub tags: usize,
    /// What is wrong with its answer, in words.
    pub problems: Vec<String>,
}

/// Gives an article to a program and takes what it suggests. Waits until the program ends, at the
/// longest [`ModelCommand::timeout`] for its answer and as long again for its end.
///
/// # Errors
/// [`StartError`] where the program does not run.
pub fn ask_model(
    article: &Path,
    document: &Document,
    schema: &Schema,
    command: &ModelCommand,
) -> Result<ModelAnswer, StartError> {
    let question = match question(article, document) {
        Ok(question) => question,
        Err(error) => {
            return Ok(ModelAnswer {
                problems: vec![error.to_string()],
                ..ModelAnswer::default()
            });
        }
    };
    let asked = Prepared {
        item: (),
        question: Some(question),
    };
    let mut exchange = Exchange::start(command, std::iter::once(asked))?;
    let mut answer = ModelAnswer::default();
    if let Some(((), reply)) = exchange.next() {
        match taken(reply, document, schema, command, None) {
            Ok((additions, unknown_fields)) => {
                answer.tags = additions.tags.len();
                answer.step = (!additions.is_empty()).then(|| additions.transaction());
                answer.problems = unknown_fields;
            }
            Err(messages) => answer.problems = messages,
        }
    }
    exchange.finish();
    let more = exchange.take_problems().into_iter();
    answer.problems.extend(more.map(|problem| problem.message));
    Ok(answer)
}
