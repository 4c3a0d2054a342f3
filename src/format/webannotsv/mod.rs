//! WebAnno TSV 3, which WebAnno and INCEpTION write: a line for each word, and columns for the features
//! of each layer. Offsets are UTF-16 units. What is between two sentences is not in the file.

mod annotations;
mod escapes;
mod header;
mod records;
mod text;

use super::annotator_names::AnnotatorNames;
use super::set_aside::SetAside;
use super::zip_entries::is_zip;
use super::{
    Carries, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    NamedDocument, RecordProblem, Sink, Unit, WriteContext, link_facts,
};

/// The format `webannotsv`.
pub(super) struct WebAnnoTsv;

static INFO: FormatInfo = FormatInfo {
    name: "webannotsv",
    title: "WebAnno TSV 3",
    extensions: &["tsv"],
    unit: Unit::Utf16,
    layout: Layout::FileEach,
    reads: true,
    writes: false,
    options: &[],
    carries: |feature| match feature {
        Feature::Tags
        | Feature::Overlap
        | Feature::Nesting
        | Feature::Links
        | Feature::Attributes
        | Feature::Edges => Carries::Natively,
        Feature::Split
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::Author
        | Feature::Characters
        | Feature::Unknown => Carries::No,
    },
};

impl Format for WebAnnoTsv {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, input: &Input<'_>) -> Result<Imported, FormatError> {
        let mut imported = Imported::default();
        if is_zip(input.bytes) {
            let message = "this is a zip file; unpack it and import the .tsv files in it";
            imported.problems.push(problem(1, message));
            return Ok(imported);
        }
        let mut aside = SetAside::default();
        match read(input.text()?, &mut aside, &mut imported) {
            Err((line, message)) => imported.problems.push(problem(line, message)),
            Ok((mut record, facts)) => {
                let (id, user) = of_project(input.name);
                id.clone_into(&mut record.id);
                if let Some(user) = user {
                    record.annotator = AnnotatorNames::default().name(user);
                    if record.annotator != user {
                        let message =
                            format!("the annotator `{user}` is `{}` here", record.annotator);
                        imported.notes.push(problem(1, message));
                    }
                }
                aside.report(&mut imported);
                let read = record.into_document(INFO.name, input.name, 1);
                imported.add(read.map(|read| link_facts::restore(read, facts)), 1);
            }
        }
        Ok(imported)
    }

    fn write(
        &self,
        _: &WriteContext<'_>,
        _: &mut dyn Iterator<Item = NamedDocument>,
        _: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        Err(FormatError::CannotWrite(INFO.name))
    }
}

/// What is wrong with the file, and on which line.
type Malformed = (usize, String);

fn problem(line: usize, message: impl Into<String>) -> RecordProblem {
    RecordProblem {
        line,
        message: message.into(),
    }
}

fn read(
    file: &str,
    aside: &mut SetAside,
    imported: &mut Imported,
) -> Result<records::Read, Malformed> {
    let mut lines = file
        .lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line.strip_suffix('\r').unwrap_or(line)))
        .peekable();
    let header = header::read(&mut lines)?;
    let sentences = text::sentences(lines, &header, aside, imported)?;
    let placed = text::place(sentences, aside, imported);
    let annotations = annotations::read(&header, &placed.units, aside, imported);
    Ok(records::make(&header, placed, annotations, aside))
}

/// The document and the annotator, where the path is that of an export of a project:
/// `annotation/DOCUMENT/USER.tsv`.
fn of_project(name: &str) -> (&str, Option<&str>) {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut path = stem.rsplit('/');
    if let (Some(user), Some(folder)) = (path.next(), path.next())
        && let Some((_, end)) = folder.rsplit_once('.')
        && [
            "txt", "text", "md", "html", "pdf", "xml", "xmi", "tsv", "docx",
        ]
        .contains(&end)
    {
        // The text before anybody has tagged it.
        return (folder, (user != "INITIAL_CAS").then_some(user));
    }
    (stem, None)
}

#[cfg(test)]
mod tests;
