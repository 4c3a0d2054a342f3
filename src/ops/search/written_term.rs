//! Cutting the line of a query into terms.

use super::query_error::QueryError;

/// A term as it is written.
pub(super) struct Written {
    pub(super) negated: bool,
    /// `None`: words.
    pub(super) field: Option<String>,
    pub(super) value: String,
    pub(super) quoted: bool,
    pub(super) place: (usize, usize),
}

/// Takes the next term, which begins at `rest`.
pub(super) fn take_term(all: &[char], rest: &mut &[char]) -> Result<Written, QueryError> {
    let start = all.len() - rest.len();
    let negated = matches!(rest, ['-', next, ..] if !next.is_whitespace());
    if negated {
        *rest = rest.get(1..).unwrap_or_default();
    }
    let named = rest
        .iter()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
        .count();
    let mut field = None;
    if named > 0 && rest.get(named) == Some(&':') {
        field = Some(rest.iter().take(named).collect());
        *rest = rest.get(named + 1..).unwrap_or_default();
    }
    let quoted = rest.first() == Some(&'"');
    let value: String = if quoted {
        let inner = rest.get(1..).unwrap_or_default();
        let Some(end) = inner.iter().position(|c| *c == '"') else {
            return Err(QueryError {
                place: (all.len() - rest.len(), all.len()),
                message: "this quotation mark is not closed; add one at the end of the words"
                    .to_owned(),
            });
        };
        *rest = inner.get(end + 1..).unwrap_or_default();
        inner.iter().take(end).collect()
    } else {
        let length = rest
            .iter()
            .take_while(|c| !c.is_whitespace() && **c != '"')
            .count();
        let value = rest.iter().take(length).collect();
        *rest = rest.get(length..).unwrap_or_default();
        value
    };
    Ok(Written {
        negated,
        field,
        value,
        quoted,
        place: (start, all.len() - rest.len()),
    })
}
