//! Web Annotations as JSON-LD: a page of annotations, each with a target for every fragment, places
//! by offset and by quote. Offsets are code points, as the Recommendation has it, or on request
//! UTF-16 units, as programs in the browser count. What the model has no word for, the text
//! included, is under a key of our own.

mod bodies;
mod creator;
mod group;
mod iri;
mod item;
mod item_counts;
mod linked;
mod own;
mod page;
mod page_words;
mod read;
mod select;
mod selector;
mod selectors;
mod shapes;
mod targets;
mod texts;
mod told;
mod unit;
mod wire;
mod word_index;
mod write;

pub(super) use iri::read as percent_decoded;

use super::counting::{CountedUnit, UnitHint};
use super::info::UNIT_OPTION;
use super::interchange::DocumentRecord;
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    Losses, NamedDocument, OptionInfo, Options, Sink, Unit, WriteContext,
};

use write::{Items, Links, annotations};

/// The format `w3c`.
pub(super) struct WebAnnotations;

/// The JSON-LD context.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

static INFO: FormatInfo = FormatInfo {
    name: "w3c",
    title: "W3C Web Annotation JSON-LD",
    extensions: &["jsonld", "json"],
    unit: Unit::CodePoints,
    layout: Layout::OneFile,
    reads: true,
    writes: true,
    options: &[
        OptionInfo {
            name: "unit",
            about: "Unit of offsets",
            values: &[
                ("code-points", "as in the W3C Recommendation"),
                ("utf16", "as in Recogito and other browser tools"),
            ],
        },
        OptionInfo {
            name: "links",
            about: "Links between tags",
            values: &[
                ("inline", "among the items, as in the W3C Recommendation"),
                (
                    "apart",
                    "in the page, but not among its items; only Pullquote reads them there",
                ),
                ("none", "left out"),
            ],
        },
    ],
    read_options: &[UNIT_OPTION],
    carries: |feature| match feature {
        Feature::Unknown => Carries::No,
        Feature::Split
        | Feature::LooseLinks
        | Feature::People
        | Feature::Review
        | Feature::State
        | Feature::Facts => Carries::ByConvention,
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Links
        | Feature::Attributes
        | Feature::Notes
        | Feature::LinkFacts
        | Feature::Author
        | Feature::Ids
        | Feature::Edges
        | Feature::Characters => Carries::Natively,
    },
};

impl Format for WebAnnotations {
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
        read::read(input, unit, each)
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let utf16 = context.options.chose("unit", "utf16");
        let links = match context.options {
            options if options.chose("links", "apart") => Links::Apart,
            options if options.chose("links", "none") => Links::LeftOut,
            _ => Links::Inline,
        };
        let mut items = Items::begin(sink.create("annotations.jsonld")?, links)?;
        for (n, NamedDocument { id, document }) in documents.enumerate() {
            losses.count(&id, &document, &INFO);
            let record = DocumentRecord::with_facts(&id, &document, context, &mut losses)?;
            let left_out = annotations(record, n, utf16, &mut items)?;
            losses.add(Feature::Links, &id, left_out);
        }
        items.end()?;
        Ok(losses.into_vec())
    }
}

#[cfg(test)]
mod tests;
