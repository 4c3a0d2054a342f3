//! WebAnno TSV 3, which WebAnno and INCEpTION write: a line for each word, and columns for the features
//! of each layer. Offsets are UTF-16 units. What is between two sentences is not in the file.

mod annotations;
mod escapes;
mod header;
mod records;
mod text;

use super::annotator_names::AnnotatorNames;
use super::left_out::LeftOut;
use super::project_path::{NOBODY, document_and_user};
use super::zip_entries::{ZipEntries, is_zip};
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout,
    Options, RecordProblem, Unit,
    counting::{CountedUnit, UnitHint},
    info::UNIT_OPTION,
    link_facts,
};
use crate::text::wording::short_list;

/// The format `webannotsv`.
pub(super) struct WebAnnoTsv;

static INFO: FormatInfo = FormatInfo {
    name: "webannotsv",
    title: "WebAnno TSV 3",
    extensions: &["tsv", "zip"],
    unit: Unit::Utf16,
    layout: Layout::FileEach,
    reads: true,
    writes: false,
    options: &[],
    read_options: &[UNIT_OPTION],
    carries: |feature| match feature {
        Feature::Tags
        | Feature::Overlap
        | Feature::Nesting
        | Feature::Links
        | Feature::Attributes
        | Feature::LinkFacts
        | Feature::Edges => Carries::Natively,
        Feature::Split
        | Feature::LooseLinks
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::Author
        | Feature::State
        | Feature::Ids
        | Feature::Characters
        | Feature::Facts
        | Feature::Unknown => Carries::No,
    },
};

impl Format for WebAnnoTsv {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read_each(
        &self,
        input: &Input<'_>,
        options: &Options,
        each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        let unit = UnitHint::new(options, CountedUnit::Utf16);
        let mut imported = Imported::default();
        let mut names = AnnotatorNames::default();
        if is_zip(input.bytes) {
            if let Err(message) = read_zip(input.bytes, unit, &mut names, &mut imported) {
                imported.problems.push(problem(1, message));
            }
        } else {
            read_one(input.name, (input.text()?, unit), &mut names, &mut imported);
        }
        Ok(imported.hand_over_all(each))
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

/// Reads the files of a project as INCEpTION exports them.
fn read_zip(
    bytes: &[u8],
    unit: UnitHint,
    names: &mut AnnotatorNames,
    imported: &mut Imported,
) -> Result<(), String> {
    let mut zip = ZipEntries::open(bytes)?;
    let all = zip.names()?;
    let ends = |name: &str, end: &str| name.to_ascii_lowercase().ends_with(end);
    let all = all.iter().filter(|name| !name.starts_with("__MACOSX/"));
    let (files, others): (Vec<&String>, Vec<&String>) = all.partition(|name| ends(name, ".tsv"));
    if files.is_empty() {
        return Err(if others.iter().any(|name| ends(name, ".xmi")) {
            "this zip file has UIMA XMI in it; import it with --from xmi".to_owned()
        } else if let Some(inner) = others.iter().find(|name| ends(name, ".zip")) {
            format!(
                "this zip file has no .tsv in it, but further zip files (`{inner}`); unpack it and \
                 import those"
            )
        } else {
            "this zip file has no .tsv in it; export it as WebAnno TSV 3".to_owned()
        });
    }
    if !others.is_empty() {
        let message = format!(
            "files in the zip file that are not .tsv are not read; unpack it to import them: {}",
            short_list(&others, MOST_NAMES)
        );
        imported.skipped.push(problem(1, message));
    }
    for name in files {
        let text = String::from_utf8(zip.read(name)?)
            .map_err(|_| format!("`{name}` in the zip file is not UTF-8; export it again"))?;
        let mut one = Imported::default();
        let text = text.trim_start_matches('\u{feff}');
        read_one(name, (text, unit), names, &mut one);
        imported.extend(name, one);
    }
    Ok(())
}

/// So many names of files are in a message.
const MOST_NAMES: usize = 5;

/// Reads a file of this name.
fn read_one(
    name: &str,
    (text, unit): (&str, UnitHint),
    names: &mut AnnotatorNames,
    imported: &mut Imported,
) {
    let mut aside = LeftOut::default();
    match read(text, unit, &mut aside, imported) {
        Err((line, message)) => imported.problems.push(problem(line, message)),
        Ok((mut record, facts)) => {
            let (id, user) = of_project(name);
            id.clone_into(&mut record.id);
            if let Some(user) = user
                && names.name_record(&mut record, user)
            {
                let message = format!("the annotator `{user}` is `{}` here", record.annotator);
                imported.notes.push(problem(1, message));
            }
            aside.report(imported);
            let read = record.into_document(INFO.name, name, 1);
            imported.add(read.map(|read| link_facts::restore(read, facts)), 1);
        }
    }
}

fn read(
    file: &str,
    unit: UnitHint,
    aside: &mut LeftOut,
    imported: &mut Imported,
) -> Result<records::Read, Malformed> {
    let mut lines = file
        .lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line.strip_suffix('\r').unwrap_or(line)))
        .peekable();
    let header = header::read(&mut lines, aside)?;
    let sentences = text::sentences(lines, &header, aside, imported)?;
    let placed = text::place(sentences, unit, aside, imported);
    let annotations = annotations::read(&header, &placed.units, aside, imported);
    Ok(records::make(&header, placed, annotations, aside))
}

/// The document and the annotator, as far as the path says them.
fn of_project(name: &str) -> (&str, Option<&str>) {
    match document_and_user(name) {
        Some((document, user)) => (document, Some(user).filter(|user| *user != NOBODY)),
        None => (name.rsplit_once('.').map_or(name, |(stem, _)| stem), None),
    }
}

#[cfg(test)]
mod tests;
