use std::fmt;

/// What is wrong with a query, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct QueryError {
    /// The part of the query, in code points: from, to before.
    pub place: (usize, usize),
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "query, character {}: {}", self.place.0 + 1, self.message)
    }
}
