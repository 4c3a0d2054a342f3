//! A project's schema: `assets/schema.ron`, or the `pullquote.ron` of a folder.

use crate::model::{Schema, SchemaError};

/// Name of the file that replaces the built-in schema in its folder and below.
pub const FILE_NAME: &str = "pullquote.ron";

/// Why a schema file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaFileError {
    /// It is not RON of the right shape.
    #[error("line {line}, column {column}: {reason}; mend the line or remove it")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong, in words.
        reason: String,
    },
    /// Its parts do not fit together.
    #[error("line {line}: {error}")]
    Meaning {
        /// Line of the part that does not fit, from 1.
        line: usize,
        /// What does not fit.
        error: SchemaError,
    },
}

/// The schema Pullquote starts with.
///
/// # Errors
/// [`SchemaFileError`] where the built-in file is broken, which a test rules out.
pub fn default_schema() -> Result<Schema, SchemaFileError> {
    parse_schema(include_str!("../../assets/schema.ron"))
}

/// Reads a schema file.
///
/// # Errors
/// [`SchemaFileError`] with the line and what to do.
pub fn parse_schema(text: &str) -> Result<Schema, SchemaFileError> {
    let _ = text;
    Err(SchemaFileError::Syntax {
        line: 1,
        column: 1,
        reason: String::new(),
    })
}
