//! The guidelines of a project: Markdown, with examples whose tags are checked.
//!
//! A fenced block with the word `example` shows text with its tags ([`crate::format::tagged_text`]). One with the word
//! `exam` is not shown: newcomers tag its text, and their tags are compared with it.

use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::FileProblem;
use super::joined_examples::joined;
use crate::format::schema_file::read_schema;
use crate::format::tagged_text::read_tagged_text;
use crate::model::{Document, LabelKind, Schema, for_each_problem};
use crate::store::{ReadError, find_schema, read_guidelines, read_schema_text};

/// The word of a block that shows tagged text.
const EXAMPLE: &str = "example";
/// The word of a block that newcomers are tested on.
const EXAM: &str = "exam";

/// The guidelines of a project, in parts.
#[derive(Debug, Clone, Default)]
pub struct Guidelines {
    /// Where they are.
    pub path: PathBuf,
    /// In the order of the file.
    pub parts: Vec<GuidelinesPart>,
    /// Joined once: the window asks in each frame.
    exam: Option<Box<Document>>,
}

/// A part of guidelines.
#[derive(Debug, Clone)]
pub struct GuidelinesPart {
    /// The heading it begins with, with its level from 1.
    pub heading: Option<(u8, String)>,
    /// What it holds.
    pub content: PartContent,
}

/// What a part of guidelines holds.
#[derive(Debug, Clone)]
pub enum PartContent {
    /// Markdown.
    Text(String),
    /// Text with its tags, or why they cannot be read.
    Example(Result<Document, String>),
    /// The same, to be tested on.
    Exam(Result<Document, String>),
}

impl Guidelines {
    /// Reads guidelines of `schema`. What is wrong with their examples is in the second value.
    #[must_use]
    pub fn read(path: &Path, text: &str, schema: &Schema) -> (Self, Vec<FileProblem>) {
        let mut new = Self {
            path: path.to_owned(),
            parts: Vec::new(),
            exam: None,
        };
        let mut problems = Vec::new();
        // Where the part begins that is not ended, with its heading.
        let mut begun = (0, None::<(u8, String)>);
        let mut in_heading = None::<(u8, String)>;
        let mut block = None::<(bool, usize, String)>;
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    new.end_text(text, &mut begun, range.start);
                    in_heading = Some((level as u8, String::new()));
                }
                Event::End(TagEnd::Heading(_)) => begun.1 = in_heading.take(),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    let word = info.split_whitespace().next().unwrap_or_default();
                    if word == EXAMPLE || word == EXAM {
                        new.end_text(text, &mut begun, range.start);
                        block = Some((word == EXAM, range.start, String::new()));
                    }
                }
                Event::End(TagEnd::CodeBlock) => {
                    let Some((is_exam, start, words)) = block.take() else {
                        continue;
                    };
                    let line = text.get(..start).unwrap_or_default().matches('\n').count() + 2;
                    let document = read_example(words.trim_end(), schema);
                    let document = document.map_err(|(at, words)| {
                        problems.push(FileProblem::at(path, (line + at, 1), words.clone()));
                        words
                    });
                    new.parts.push(GuidelinesPart {
                        heading: None,
                        content: match is_exam {
                            true => PartContent::Exam(document),
                            false => PartContent::Example(document),
                        },
                    });
                    begun.0 = range.end;
                }
                Event::Text(words) | Event::Code(words) => {
                    if let Some((_, heading)) = &mut in_heading {
                        heading.push_str(&words);
                    }
                    if let Some((_, _, block)) = &mut block {
                        block.push_str(&words);
                    }
                }
                Event::Start(_)
                | Event::End(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::Html(_)
                | Event::InlineHtml(_)
                | Event::FootnoteReference(_)
                | Event::SoftBreak
                | Event::HardBreak
                | Event::Rule
                | Event::TaskListMarker(_) => {}
            }
        }
        new.end_text(text, &mut begun, text.len());
        new.exam = new.joined_exam().map(Box::new);
        (new, problems)
    }

    /// Ends the text that was begun; the next one begins at `at`.
    fn end_text(&mut self, text: &str, begun: &mut (usize, Option<(u8, String)>), at: usize) {
        let (from, heading) = (begun.0, begun.1.take());
        let words = text.get(from..at).unwrap_or_default();
        if !words.trim().is_empty() {
            self.parts.push(GuidelinesPart {
                heading,
                content: PartContent::Text(words.to_owned()),
            });
        }
        begun.0 = at;
    }

    /// The place of the section about a label: the heading that is its name or plural, else the first that has one of
    /// these among its words.
    #[must_use]
    pub fn section_of(&self, label: &LabelKind) -> Option<usize> {
        let names = [&label.name, &label.plural].map(|name| name.to_lowercase());
        let key = label.key.to_lowercase();
        let is_name = |words: &str| words == key || names.iter().any(|name| name == words);
        let heading = |part: &GuidelinesPart| {
            let (_, words) = part.heading.as_ref()?;
            Some(words.to_lowercase())
        };
        let whole =
            |part: &GuidelinesPart| heading(part).is_some_and(|words| is_name(words.trim()));
        let among = |part: &GuidelinesPart| {
            let words = heading(part).unwrap_or_default();
            let mut words = words.split(|c: char| !c.is_alphanumeric());
            words.any(is_name)
        };
        let first = self.parts.iter().position(whole);
        first.or_else(|| self.parts.iter().position(among))
    }

    /// The text that newcomers are tested on with the right tags: all `exam` blocks, a blank line between them. `None`
    /// where there are none that can be read.
    #[must_use]
    pub fn exam(&self) -> Option<&Document> {
        self.exam.as_deref()
    }

    fn joined_exam(&self) -> Option<Document> {
        let blocks = self.parts.iter().filter_map(|part| match &part.content {
            PartContent::Exam(Ok(document)) => Some(document),
            PartContent::Exam(Err(_)) | PartContent::Example(_) | PartContent::Text(_) => None,
        });
        let blocks: Vec<&Document> = blocks.collect();
        joined(&blocks)
    }
}

/// An example with its tags; else the line from 0 and what is wrong.
fn read_example(words: &str, schema: &Schema) -> Result<Document, (usize, String)> {
    let document = read_tagged_text(words, schema).map_err(|error| (error.line, error.message))?;
    let mut wrong = None;
    for_each_problem(&document, schema, &mut |problem| {
        wrong.get_or_insert_with(|| problem.kind.to_string());
    });
    match wrong {
        Some(wrong) => Err((0, wrong)),
        None => Ok(document),
    }
}

/// The guidelines that hold for an article (or for what would stand at that path), with what is wrong with their
/// examples; `None` where the project names none.
///
/// # Errors
/// Why they cannot be read, with the file.
pub fn guidelines_for(
    article: &Path,
    schema: &Schema,
) -> Result<Option<(Guidelines, Vec<FileProblem>)>, FileProblem> {
    let Some(file) = find_schema(article) else {
        return Ok(None);
    };
    named_guidelines(&file, schema).map_err(|error| FileProblem::unreadable(&error))
}

/// The guidelines that a schema file names, with what is wrong with their examples.
fn named_guidelines(
    schema_file: &Path,
    schema: &Schema,
) -> Result<Option<(Guidelines, Vec<FileProblem>)>, ReadError> {
    if schema.guidelines.is_empty() {
        return Ok(None);
    }
    let (path, text) = read_guidelines(schema_file, &schema.guidelines)?;
    Ok(Some(Guidelines::read(&path, &text, schema)))
}

/// What is wrong with the guidelines that a schema file names; and that they are not there, which is no
/// problem of the tags.
pub(super) fn guidelines_problems(schema_file: &Path) -> (Vec<FileProblem>, Option<FileProblem>) {
    let text = read_schema_text(schema_file);
    let Some(contents) = text.ok().and_then(|text| read_schema(&text).ok()) else {
        return (Vec::new(), None);
    };
    match named_guidelines(schema_file, &contents.schema) {
        Ok(read) => (read.map_or_else(Vec::new, |(_, problems)| problems), None),
        Err(missing @ ReadError::Missing { .. }) => {
            (Vec::new(), Some(FileProblem::unreadable(&missing)))
        }
        Err(error) => (vec![FileProblem::unreadable(&error)], None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::schema_file::default_schema;

    const TEXT: &str = "Mark what is said.\n\n# Rules\n\n## Quotes\n\nMarks are inside.\n\n\
        ```example\n<quote form=direct speaker=none>“Yes.”</quote> he said.\n```\n\nSplit ones, too.\n\n\
        ## What a claim is\n\n```\n<code>\n```\n\n```example\na\n<qoute>b</qoute>\n```\n\n\
        ```exam\n<claim speaker=none>Trade grew.</claim>\n```\n\n```exam\n<quote speaker=none>“No.”</quote>\n```\n";

    #[test]
    fn sections_examples_and_exams_are_found() {
        let schema = default_schema().unwrap();
        let (guidelines, problems) = Guidelines::read(Path::new("guide.md"), TEXT, &schema);
        let words: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(words.len(), 1, "{words:?}");
        assert!(words[0].starts_with("guide.md:23:1: "), "{words:?}");
        assert!(words[0].contains("did you mean `quote`?"), "{words:?}");
        let heading = |label: &str| {
            let label = schema.label(label).unwrap();
            let part = guidelines.section_of(label)?;
            guidelines.parts[part]
                .heading
                .as_ref()
                .map(|(_, words)| words.as_str())
        };
        assert_eq!(heading("quote"), Some("Quotes"));
        assert_eq!(heading("claim"), Some("What a claim is"));
        assert_eq!(heading("speaker"), None);
        let shown = guidelines
            .parts
            .iter()
            .filter_map(|part| match &part.content {
                PartContent::Text(words) => Some(words.as_str()),
                PartContent::Example(_) | PartContent::Exam(_) => None,
            });
        let shown: String = shown.collect();
        assert!(!shown.contains("Trade grew"), "the answer: {shown}");
        assert!(shown.contains("Split ones, too."), "{shown}");
        let exam = guidelines.exam().unwrap();
        assert_eq!(exam.source().as_str(), "Trade grew.\n\n“No.”\n");
        assert_eq!(exam.set().annotation_count(), 2);
        assert_eq!(exam.set().link_count(), 2);
    }
}
