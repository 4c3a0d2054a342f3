//! Parquet for machine learning: the same records as in the native JSON Lines, as typed columns.

mod columns;

use std::io::{self, Write};
use std::sync::Arc;

use arrow_json::ReaderBuilder;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use super::interchange::DocumentRecord;
use super::{
    Carries, Feature, Format, FormatError, FormatInfo, Layout, Loss, Losses, NamedDocument,
    Options, Sink, Unit, WriteContext,
};

/// The format `parquet`.
pub(super) struct Parquet;

static INFO: FormatInfo = FormatInfo {
    name: "parquet",
    title: "Parquet",
    extensions: &["parquet"],
    unit: Unit::CodePoints,
    layout: Layout::OneFile,
    reads: false,
    writes: true,
    options: &[],
    read_options: &[],
    carries: |feature| match feature {
        Feature::Facts | Feature::Unknown => Carries::No,
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Split
        | Feature::Links
        | Feature::LooseLinks
        | Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::Notes
        | Feature::LinkFacts
        | Feature::Author
        | Feature::State
        | Feature::Ids
        | Feature::Edges
        | Feature::Characters => Carries::Natively,
    },
};

/// How many documents make a group of records, and are held at a time.
const GROUP: usize = 500;

impl Format for Parquet {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn card(&self, _: &Options) -> Option<&'static str> {
        Some("parquet")
    }

    fn write(
        &self,
        _: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let mut table = Table::new(sink.create("train.parquet")?)?;
        for NamedDocument { id, document } in documents {
            losses.count(&id, &document, &INFO);
            let record = DocumentRecord::from_document(id, &document)?;
            table.push(record)?;
        }
        table.finish()?;
        Ok(losses.into_vec())
    }
}

/// Collects records and writes them group by group.
struct Table<'a> {
    out: &'a mut dyn Write,
    schema: Arc<arrow_schema::Schema>,
    writer: ArrowWriter<Vec<u8>>,
    records: Vec<DocumentRecord>,
}

impl<'a> Table<'a> {
    fn new(out: &'a mut dyn Write) -> io::Result<Self> {
        let schema = Arc::new(columns::columns());
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
        let writer = ArrowWriter::try_new(Vec::new(), schema.clone(), Some(properties.build()));
        Ok(Self {
            out,
            schema,
            writer: writer.map_err(io::Error::other)?,
            records: Vec::with_capacity(GROUP),
        })
    }

    fn push(&mut self, record: DocumentRecord) -> io::Result<()> {
        self.records.push(record);
        if self.records.len() < GROUP {
            return Ok(());
        }
        self.write_group()
    }

    fn write_group(&mut self) -> io::Result<()> {
        let records = std::mem::take(&mut self.records);
        let mut decoder = ReaderBuilder::new(self.schema.clone())
            .with_batch_size(GROUP)
            .build_decoder()
            .map_err(io::Error::other)?;
        decoder.serialize(&records).map_err(io::Error::other)?;
        if let Some(batch) = decoder.flush().map_err(io::Error::other)? {
            self.writer.write(&batch).map_err(io::Error::other)?;
            self.writer.flush().map_err(io::Error::other)?;
        }
        // What is finished goes out; the writer counts bytes for itself.
        self.out.write_all(&std::mem::take(self.writer.inner_mut()))
    }

    fn finish(mut self) -> io::Result<()> {
        self.write_group()?;
        let rest = self.writer.into_inner().map_err(io::Error::other)?;
        self.out.write_all(&rest)
    }
}
