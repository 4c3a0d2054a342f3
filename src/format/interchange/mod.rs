//! The interchange model: a document as plain records, the way formats of other tools see it. Ids and
//! words are strings, offsets count code points (end-exclusive). Every format but the sidecar's
//! family converts between these records and its own wire types; `jsonl` writes them as they are.
//!
//! [`DocumentRecord::from_document`] makes the records of a document, and
//! [`DocumentRecord::into_document`] checks them and makes the document;
//! [`DocumentRecord::into_document_of_usable`] leaves out what cannot be used.

mod article_facts;
mod attribute_list;
mod bounded_list;
pub(super) mod extras;
mod from_document;
mod rare;
mod record;
mod refused;
mod sittings;
pub(super) mod split_spans;
mod to_document;

pub(super) use article_facts::{FACT_LISTS, FACT_TEXTS, kept_apart};
pub(super) use attribute_list::{AttributeList, AttributeRecord};
pub(super) use from_document::state_word;
pub(super) use rare::Rare;

pub(super) use bounded_list::BoundedList;
pub(super) use record::{
    CodePointRanges, DocumentRecord, LinkRecord, PersonRecord, SpanRecord, code_point_ranges,
    confidence,
};
