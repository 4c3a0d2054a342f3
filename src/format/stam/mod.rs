//! STAM, stand-off text annotation: a store in JSON, one for each document, offsets in code points.
//! Tags of several fragments and links are part of the format; people and the state of the document
//! are annotations of the text as a whole.

mod data;
mod from_store;
mod load;
mod place;
mod to_store;
mod unit;
mod wire;

use super::counting::{CountedUnit, UnitHint};
use super::file_names::FileNames;
use super::info::UNIT_OPTION;
use super::interchange::DocumentRecord;
use super::left_out::LeftOut;
use super::link_facts::restore;
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    Losses, NamedDocument, Options, RecordProblem, Sink, Unit, WriteContext,
};

use load::Loader;

/// The format `stam`.
pub(super) struct Stam;

static INFO: FormatInfo = FormatInfo {
    name: "stam",
    title: "STAM JSON",
    extensions: &["stam.json", "json"],
    unit: Unit::CodePoints,
    layout: Layout::FileEach,
    reads: true,
    writes: true,
    options: &[],
    read_options: &[UNIT_OPTION],
    carries: |feature| match feature {
        Feature::Unknown => Carries::No,
        Feature::LooseLinks
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::LinkFacts
        | Feature::Author
        | Feature::State
        | Feature::Facts => Carries::ByConvention,
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Split
        | Feature::Links
        | Feature::Attributes
        | Feature::Ids
        | Feature::Edges
        | Feature::Characters => Carries::Natively,
    },
};

/// The set our keys are in.
const SET: &str = "pullquote";
/// Before the ids of tags, links and people, which in a store share one name space.
const TAG: &str = "tag/";
const LINK: &str = "link/";
const PERSON: &str = "person/";
/// The annotation with the facts of the document.
const DOCUMENT: &str = "document";
/// The tag a link begins at, where an end of it is missing and no selector can name it.
const BROKEN: &str = "from";
/// Prefix of attribute names, so that none clashes with our own keys.
const ATTRIBUTE: &str = "attr.";

impl Format for Stam {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read_each(
        &self,
        input: &Input<'_>,
        options: &Options,
        each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        let unit = UnitHint::new(options, CountedUnit::CodePoints);
        let mut imported = Imported::default();
        let text = input.text()?;
        let mut refuse = |line, message: String| {
            imported.problems.push(RecordProblem { line, message });
        };
        let store = match serde_json::from_str(text) {
            Ok(store) => store,
            Err(_) if text.trim().is_empty() => {
                refuse(1, "the file is empty; export the store again".to_owned());
                return Ok(imported);
            }
            Err(error) => {
                let cause = if error.is_eof() {
                    "the file ends in the middle of the store"
                } else {
                    "this is not valid JSON"
                };
                refuse(error.line().max(1), format!("{cause}; export it again"));
                return Ok(imported);
            }
        };
        let mut left_out = LeftOut::default();
        let beside = |name: &str| {
            let plain = !name.is_empty() && Some(name) != input.name.rsplit('/').next();
            plain.then(|| input.text_beside(name)).flatten()
        };
        match Loader::new(&beside, &mut left_out).load(store) {
            Err(message) => refuse(1, message),
            Ok(loaded) => {
                for (record, facts) in from_store::documents(loaded, unit, &mut left_out) {
                    let read = record.into_document(INFO.name, input.name, 1);
                    imported.hand_over(read.map(|read| restore(read, facts)), 1, each);
                }
            }
        }
        left_out.report(&mut imported);
        Ok(imported)
    }

    fn parts(&self, _: &str, bytes: &dyn Fn() -> Option<Vec<u8>>) -> Vec<String> {
        let bytes = bytes().unwrap_or_default();
        serde_json::from_slice(&bytes).map_or(Vec::new(), |store| load::includes(&store))
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let mut names = FileNames::default();
        for NamedDocument { id, document } in documents {
            losses.count(&id, &document, &INFO);
            let name = names.next(&id, document.meta().annotator.as_deref());
            let out = sink.create(&format!("{name}.stam.json"))?;
            let record = DocumentRecord::with_facts(&id, &document, context, &mut losses)?;
            let store = to_store::store(record);
            serde_json::to_writer(&mut *out, &store).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
        Ok(losses.into_vec())
    }
}

#[cfg(test)]
mod tests;
