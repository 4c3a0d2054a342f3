//! XMI files: alone with their type system beside them, or several in a zip file, as INCEpTION exports
//! them.

use super::project::OfProject;
use super::type_system::TypeSystem;
use super::{XMI, read, xmi_read};
use crate::format::annotator_names::AnnotatorNames;
use crate::format::counting::UnitHint;
use crate::format::draining::Draining;
use crate::format::left_out::LeftOut;
use crate::format::xml_encoding::xml_text;
use crate::format::zip_entries::{ZipEntries, is_zip};
use crate::format::{EachDocument, FormatError, Imported, Input, RecordProblem, link_facts};
use crate::text::wording::short_list;

const TYPE_SYSTEM: &str = "TypeSystem.xml";

/// Reads an XMI file, or those in a zip file.
pub(super) fn read(
    input: &Input<'_>,
    unit: UnitHint,
    each: &mut EachDocument<'_>,
) -> Result<Imported, FormatError> {
    let mut imported = Imported::default();
    let mut names = AnnotatorNames::default();
    if is_zip(input.bytes) {
        if let Err(message) = read_zip(input.bytes, unit, &mut names, &mut imported, each) {
            imported.problems.push(RecordProblem { line: 1, message });
        }
        return Ok(imported);
    }
    // Beside it, or in a folder above it that is imported, too.
    let mut above = (0..=input.name.matches('/').count()).map(|n| "../".repeat(n));
    let types = above.find_map(|folder| (input.beside)(&format!("{folder}{TYPE_SYSTEM}")));
    let types = types.and_then(|bytes| type_system(&bytes, &mut imported));
    read_one(
        input.name,
        (&input.xml()?, unit),
        types.as_ref(),
        &mut names,
        (&mut imported, each),
    );
    Ok(imported)
}

fn type_system(bytes: &[u8], imported: &mut Imported) -> Option<TypeSystem> {
    let text = xml_text(bytes).ok();
    let types = text.and_then(|text| TypeSystem::parse(&text));
    if types.is_none() {
        let message = format!("{TYPE_SYSTEM} cannot be read; what leads to other tags is guessed");
        imported.notes.push(RecordProblem { line: 1, message });
    }
    types
}

fn read_zip(
    bytes: &[u8],
    unit: UnitHint,
    names: &mut AnnotatorNames,
    imported: &mut Imported,
    each: &mut EachDocument<'_>,
) -> Result<(), String> {
    let mut zip = ZipEntries::open(bytes)?;
    let all = zip.names()?;
    let ends = |name: &str, end: &str| name.to_ascii_lowercase().ends_with(end);
    let files: Vec<&String> = all.iter().filter(|name| ends(name, ".xmi")).collect();
    if files.is_empty() {
        let inner = all.iter().find(|name| ends(name, ".zip"));
        return Err(match inner {
            Some(inner) => format!(
                "this zip file has no .xmi in it, but further zip files (`{inner}`); unpack it and \
                 import those"
            ),
            None => "this zip file has no .xmi in it; export it as UIMA CAS XMI".to_owned(),
        });
    }
    let types = match all.iter().find(|name| ends(name, "typesystem.xml")) {
        Some(name) => type_system(&zip.read(name)?, imported),
        None => None,
    };
    let others = all.iter().filter(|name| {
        !ends(name, ".xmi") && !ends(name, "typesystem.xml") && !name.starts_with("__MACOSX/")
    });
    let others: Vec<&String> = others.collect();
    if !others.is_empty() {
        let message = format!(
            "files in the zip file that are not .xmi are not read; unpack it to import them: {}",
            short_list(&others, MOST_NAMES)
        );
        imported.skipped.push(RecordProblem { line: 1, message });
    }
    for name in files {
        let bytes = zip.read(name)?;
        let text =
            xml_text(&bytes).map_err(|error| format!("`{name}` in the zip file: {error}"))?;
        let mut one = Imported::default();
        let mut documents = Vec::new();
        let mut collect = |read| documents.push(read);
        read_one(
            name,
            (&text, unit),
            types.as_ref(),
            names,
            (&mut one, &mut collect),
        );
        one.documents = documents;
        imported.extend(name, one);
        std::mem::take(&mut imported.documents)
            .into_iter()
            .for_each(&mut *each);
    }
    Ok(())
}

/// So many names of files are in a message.
const MOST_NAMES: usize = 5;

fn read_one(
    name: &str,
    (text, unit): (&str, UnitHint),
    types: Option<&TypeSystem>,
    names: &mut AnnotatorNames,
    (imported, each): (&mut Imported, &mut EachDocument<'_>),
) {
    let mut left_out = LeftOut::default();
    let structures = xmi_read::structures(text, types, &mut left_out, imported);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let records = structures.and_then(|structures| {
        let found = OfProject::new(name, &structures);
        let records = read::records(&structures, stem, unit, left_out, imported)?;
        Ok((records, found))
    });
    let (records, project) = match records {
        Ok(read) => read,
        Err((line, message)) => {
            imported.problems.push(RecordProblem { line, message });
            return;
        }
    };
    for (n, (mut record, facts)) in Draining::new(records).enumerate() {
        if n == 0 && record.id.is_empty() {
            let document = project.document.as_deref();
            document.unwrap_or(stem).clone_into(&mut record.id);
        }
        project.name_annotator(&mut record, names, imported);
        let read = record.into_document(XMI.name, name, 1);
        imported.hand_over(read.map(|read| link_facts::restore(read, facts)), 1, each);
    }
}
