//! Tables, one record a tag: commas or tabs between the cells, offsets in code points. The text of
//! the articles does not travel along, only the words of each tag; on import the articles are
//! beside the table.

mod article_facts;
mod article_names;
mod cells;
mod columns;
mod guard;
mod layout;
mod link_facts;
mod locate;
mod other_table;
mod person_facts;
mod quotes;
mod read;
mod row_lines;
mod row_numbers;
mod rows;
mod unread_rows;
mod write;
mod xlsx;

use std::io::Write;

use super::interchange::DocumentRecord;
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    Losses, NamedDocument, OptionInfo, Options, Sink, Unit, WriteContext,
    counting::{CountedUnit, UnitHint},
    info::UNIT_OPTION,
};

pub(crate) use guard::guarded;
pub(super) use quotes::{Quotes, QuotesWorkbook};

/// The formats `csv` and `tsv`.
pub(super) struct Table(&'static FormatInfo);

/// Commas between the cells, lines ending as RFC 4180 has it.
pub(super) static CSV: Table = Table(&CSV_INFO);

/// Tabs between the cells.
pub(super) static TSV: Table = Table(&TSV_INFO);

static CSV_INFO: FormatInfo = FormatInfo {
    name: "csv",
    title: "CSV table",
    extensions: &["csv"],
    unit: Unit::CodePoints,
    layout: Layout::OneFile,
    reads: true,
    writes: true,
    options: &[OptionInfo {
        name: "bom",
        about: "Excel-friendly (BOM)",
        values: &[
            ("no", "without a byte order mark, for other programs"),
            ("yes", "with a byte order mark, for Excel"),
        ],
    }],
    read_options: &[UNIT_OPTION],
    carries: |feature| match feature {
        Feature::Unknown | Feature::Characters => Carries::No,
        Feature::LooseLinks | Feature::People => Carries::ByConvention,
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Split
        | Feature::Links
        | Feature::Attributes
        | Feature::Review
        | Feature::Notes
        | Feature::LinkFacts
        | Feature::Author
        | Feature::State
        | Feature::Ids
        | Feature::Edges
        | Feature::Facts => Carries::Natively,
    },
};

static TSV_INFO: FormatInfo = FormatInfo {
    name: "tsv",
    title: "TSV table",
    extensions: &["tsv", "tab"],
    ..CSV_INFO
};

impl Format for Table {
    fn info(&self) -> &'static FormatInfo {
        self.0
    }

    fn read_each(
        &self,
        input: &Input<'_>,
        options: &Options,
        each: &mut EachDocument<'_>,
    ) -> Result<Imported, FormatError> {
        let unit = UnitHint::new(options, CountedUnit::CodePoints);
        read::read(input, self.0.name, self.delimiter(), unit, each)
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let out = sink.create(&format!("export.{}", self.0.name))?;
        let mut rows = self.writer(out, context.options.chose("bom", "yes"))?;
        let columns = write::Columns::of(context.schema);
        rows.write(columns.headers())?;
        for NamedDocument { id, document } in documents {
            losses.count(&id, &document, self.0);
            losses.count_without_from(&id, &document);
            let record = DocumentRecord::with_facts(&id, &document, context, &mut losses)?;
            let nuls = write::document(&record, &columns, &mut rows)?;
            losses.add(Feature::Characters, &id, nuls);
        }
        rows.finish()?;
        Ok(losses.into_vec())
    }
}

impl Table {
    fn delimiter(&self) -> u8 {
        if self.0.name == TSV_INFO.name {
            b'\t'
        } else {
            b','
        }
    }

    fn writer<'a>(&self, out: &'a mut dyn Write, bom: bool) -> std::io::Result<Rows<'a>> {
        Rows::new(out, self.delimiter(), bom)
    }
}

/// Rows of guarded cells.
struct Rows<'a> {
    out: csv::Writer<&'a mut dyn Write>,
}

impl<'a> Rows<'a> {
    fn new(out: &'a mut dyn Write, delimiter: u8, bom: bool) -> std::io::Result<Self> {
        if bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let ends = if delimiter == b'\t' {
            csv::Terminator::Any(b'\n')
        } else {
            csv::Terminator::CRLF
        };
        let mut builder = csv::WriterBuilder::new();
        let out = builder
            .delimiter(delimiter)
            .terminator(ends)
            .from_writer(out);
        Ok(Self { out })
    }

    /// Writes a record.
    fn write<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> std::io::Result<()> {
        for cell in cells {
            self.cell(cell.as_ref())?;
        }
        self.end_row()
    }

    fn cell(&mut self, cell: &str) -> std::io::Result<()> {
        let cell = guard::guarded(cell);
        self.out.write_field(cell.as_bytes()).map_err(from_csv)
    }

    fn end_row(&mut self) -> std::io::Result<()> {
        self.out.write_record(None::<&[u8]>).map_err(from_csv)
    }

    fn finish(mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

fn from_csv(error: csv::Error) -> std::io::Error {
    let words = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => std::io::Error::other(words),
    }
}

#[cfg(test)]
mod tests;
