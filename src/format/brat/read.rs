use std::borrow::Cow;
use std::string::FromUtf8Error;

use super::lines::lines;
use super::link_remarks;
use super::reader::Reader;
use crate::format::counting::UnitHint;
use crate::format::interchange::DocumentRecord;
use crate::format::left_out::{LeftOut, SecondFile};
use crate::format::limits::{MOST_LINES, within};
use crate::format::{FormatError, Imported, ImportedDocument, Input, RecordProblem};
use crate::text::wording::count;

/// Reads a file of tags with the text beside it. `x.a1` is read together with `x.a2`; `x.maria.ann`
/// has Maria's tags of `x.txt`.
pub(super) fn read(input: &Input<'_>, unit: UnitHint) -> Result<Imported, FormatError> {
    let mut imported = Imported::default();
    let (folder, file) = match input.name.rsplit_once('/') {
        Some((folder, file)) => (format!("{folder}/"), file),
        None => (String::new(), input.name),
    };
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    let first_part = format!("{stem}.a1");
    if ending == "a2" && (input.beside)(&first_part).is_some() {
        imported.part_of = Some(first_part);
        return Ok(imported);
    }
    let mut tags = Cow::Borrowed(input.text()?);
    let mut second_file = None;
    let second_name = format!("{stem}.a2");
    if let ("a1", Some(more)) = (ending, (input.beside)(&second_name)) {
        let more = Input {
            bytes: &more,
            ..*input
        };
        let first = tags.trim_end();
        second_file = Some(SecondFile {
            name: second_name,
            after: first.split('\n').count(),
        });
        tags = Cow::Owned(format!("{first}\n{}", more.text()?));
    }
    let (text, stem, annotator) = match text_of(stem, input) {
        Some((Ok(text), stem, annotator)) => (text, stem, annotator),
        Some((Err(_), stem, _)) => {
            let message = format!("the text {stem}.txt is not UTF-8; save it as UTF-8");
            imported.problems.push(RecordProblem { line: 1, message });
            return Ok(imported);
        }
        None => {
            // The other files of the folder may have theirs.
            let tags = tags.lines().filter(|line| line.starts_with('T')).count();
            let message = format!(
                "left out with {}: the text {stem}.txt is missing; put it beside the file",
                count(tags, "tag")
            );
            imported.skipped.push(RecordProblem { line: 1, message });
            return Ok(imported);
        }
    };
    let record = DocumentRecord {
        id: format!("{folder}{stem}.txt"),
        text,
        annotator,
        ..DocumentRecord::default()
    };
    let number = memchr::memchr_iter(b'\n', tags.as_bytes()).count();
    if let Err(message) = within(number, MOST_LINES, "lines") {
        imported.problems.push(RecordProblem { line: 1, message });
        return Ok(imported);
    }
    let lines = lines(&tags);
    let mut reader = Reader::new(record, LeftOut::of_lines(second_file), unit);
    reader.read(&lines);
    let read = reader.finish();
    // The document finds room in their place.
    drop(lines);
    drop(tags);
    read.left_out.report(&mut imported);
    let document = read.document.into_document(super::INFO.name, input.name, 1);
    let document = document.map(|imported| ImportedDocument {
        document: link_remarks::put(imported.document, read.link_remarks),
        ..imported
    });
    imported.add(document, 1);
    Ok(imported)
}

/// The text, its name without ending, and the annotator in the name of the tags' file.
fn text_of<'a>(
    stem: &'a str,
    input: &Input<'_>,
) -> Option<(Result<String, FromUtf8Error>, &'a str, String)> {
    if let Some(text) = input.text_beside(&format!("{stem}.txt")) {
        return Some((text, stem, String::new()));
    }
    let (stem, annotator) = stem.rsplit_once('.')?;
    let text = input.text_beside(&format!("{stem}.txt"))?;
    Some((text, stem, annotator.to_lowercase()))
}

/// The text of a file of tags, and what says how brat shows it.
pub(super) fn parts(name: &str) -> Vec<String> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let stem = match name.rsplit_once('.') {
        Some((stem, "ann" | "a1" | "a2")) => stem,
        _ => return Vec::new(),
    };
    let mut parts = vec![format!("{stem}.txt")];
    if let Some((text, _)) = stem.rsplit_once('.') {
        parts.push(format!("{text}.txt"));
    }
    let settings = ["annotation", "visual", "tools", "kb_shortcuts"];
    parts.extend(settings.map(|name| format!("{name}.conf")));
    parts
}
