//! `pullquote.assignments.ron`: who is to tag which article of a project.
//!
//! The file is in the folder of the project: where it is found first from the opened folder upwards, else beside
//! the `pullquote.ron` that holds there, else in the opened folder. Names of articles are paths below it, with
//! `/`. An article a line, sorted, so that two people's changes merge by lines; an article that stands there twice
//! after such a merge is assigned to the people of both lines. Comments above the `(` are kept.
//!
//! ```ron
//! (
//!     version: 1,
//!     assignments: {
//!         "a.txt": ["ann", "ben"],
//!         "sub/b.txt": ["ann"],
//!     },
//! )
//! ```

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use smol_str::SmolStr;

use super::sidecar::{options, push_string, ron_reason};
use crate::model::Assignments;

/// Name of the file.
pub const FILE_NAME: &str = "pullquote.assignments.ron";

/// The version of the file this program writes.
const VERSION: u32 = 1;

/// Why the file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentsError {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    version: u32,
    #[serde(default)]
    assignments: Lines,
}

/// The lines of the file: a map whose keys may stand twice.
#[derive(Default)]
struct Lines(Vec<(String, Vec<SmolStr>)>);

impl<'de> Deserialize<'de> for Lines {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LinesVisitor;

        impl<'de> Visitor<'de> for LinesVisitor {
            type Value = Lines;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("articles with lists of names, such as \"a.txt\": [\"ann\"]")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Lines, A::Error> {
                let mut lines: Vec<(String, Vec<SmolStr>)> = Vec::new();
                while let Some((article, mut names)) = map.next_entry::<String, Vec<_>>()? {
                    // Most have one.
                    names.shrink_to_fit();
                    lines.push((article, names));
                }
                Ok(Lines(lines))
            }
        }

        deserializer.deserialize_map(LinesVisitor)
    }
}

/// Reads the file.
///
/// # Errors
/// [`AssignmentsError`] with the line and what to do; also for a file of a newer version, which is not to be
/// written over.
pub fn read(text: &str) -> Result<Assignments, AssignmentsError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let wire: Wire = options().from_str(text).map_err(|error| AssignmentsError {
        line: error.span.start.line,
        column: error.span.start.col,
        reason: format!("{}; fix the line or remove it", ron_reason(&error.code)),
    })?;
    if wire.version > VERSION {
        return Err(AssignmentsError {
            line: 1,
            column: 1,
            reason: format!(
                "written by a newer version of Pullquote (version {} of the file; this one writes {VERSION}); \
                 update Pullquote to use it",
                wire.version
            ),
        });
    }
    Ok(wire.assignments.0.into_iter().collect())
}

/// The file with these assignments; what stands above the `(` of the one `before` is kept.
#[must_use]
pub fn write(assignments: &Assignments, before: &str) -> String {
    let is_comment = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with("//");
    let comments = before.split_inclusive('\n').take_while(is_comment);
    let mut text: String = comments.collect();
    text.push_str(&format!(
        "(\n    version: {VERSION},\n    assignments: {{\n"
    ));
    for (article, names) in assignments.iter() {
        text.push_str("        ");
        push_string(&mut text, article);
        text.push_str(": [");
        for (n, name) in names.iter().enumerate() {
            if n > 0 {
                text.push_str(", ");
            }
            push_string(&mut text, name);
        }
        text.push_str("],\n");
    }
    text.push_str("    },\n)\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_two_lines_of_one_article_become_one() {
        let merged = "// Ask Ann first.\n(version: 1, assignments: {\n\"b/ü.txt\": [\"ben\"],\n\"a.txt\": \
                      [\"ann\"], // twice\n\"a.txt\": [\"ben\", \"ann\"],\n})";
        let assignments = read(merged).unwrap();
        assert_eq!(assignments.of("a.txt"), ["ann", "ben"]);
        assert!(assignments.of("c.txt").is_empty());
        let text = write(&assignments, merged);
        insta::assert_snapshot!(text, @r#"
        // Ask Ann first.
        (
            version: 1,
            assignments: {
                "a.txt": ["ann", "ben"],
                "b/ü.txt": ["ben"],
            },
        )
        "#);
        assert_eq!(read(&text), Ok(assignments.clone()));
        assert_eq!(write(&assignments, &text), text);
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        let error = read("(\n    version: 1,\n<<<<<<< ours\n)").unwrap_err();
        assert_eq!(error.line, 3, "{error:?}");
        let error = read("(version: 1, assignment: {})").unwrap_err();
        assert!(error.reason.contains("assignment"), "{error:?}");
        let error = read("(version: 2)").unwrap_err();
        assert!(error.reason.contains("newer version"), "{error:?}");
    }
}
