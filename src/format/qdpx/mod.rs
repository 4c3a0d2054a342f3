//! REFI-QDA project exchange, for the programs of qualitative research: a zip file with the project
//! in XML and the texts beside it. Each label becomes a code, each fragment a coded selection;
//! fragments of split tags are chained by links. Positions are code points. Our own ids are in a
//! processing instruction of each source, which other programs pass over.

mod container;
mod project;
mod read;
mod source;

use std::io::{self, Write};

use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

use super::counting::{CountedUnit, UnitHint};
use super::info::UNIT_OPTION;
use super::interchange::DocumentRecord;
use super::{
    Carries, EachDocument, Feature, Format, FormatError, FormatInfo, Imported, Input, Layout, Loss,
    Losses, NamedDocument, Options, Sink, Unit, WriteContext,
};

use project::Project;

/// The format `qdpx`.
pub(super) struct Qdpx;

static INFO: FormatInfo = FormatInfo {
    name: "qdpx",
    title: "REFI-QDA project",
    extensions: &["qdpx"],
    unit: Unit::CodePoints,
    layout: Layout::OneFile,
    reads: true,
    writes: true,
    options: &[],
    read_options: &[UNIT_OPTION],
    carries: |feature| match feature {
        Feature::Overlap
        | Feature::Nesting
        | Feature::Tags
        | Feature::Links
        | Feature::Notes
        | Feature::LinkFacts
        | Feature::Edges
        | Feature::Characters => Carries::Natively,
        Feature::Split | Feature::State | Feature::Ids => Carries::ByConvention,
        Feature::LooseLinks
        | Feature::Attributes
        | Feature::People
        | Feature::Review
        | Feature::Author
        | Feature::Facts
        | Feature::Unknown => Carries::No,
    },
};

impl Format for Qdpx {
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
        Ok(read::read(input, unit, each))
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        documents: &mut dyn Iterator<Item = NamedDocument>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<Loss>, FormatError> {
        let mut losses = Losses::default();
        let out = sink.create("project.qdpx")?;
        let mut zip = ZipWriter::new_stream(QuietOnceFailed { out, failed: false });
        let mut project = Project::new(context.schema);
        // Without a time the same documents give the same bytes.
        let options = SimpleFileOptions::default();
        for NamedDocument { id, document } in documents {
            losses.count(&id, &document, &INFO);
            let source = project.add(&DocumentRecord::from_document(id, &document)?)?;
            zip.start_file(format!("sources/{source}.txt"), options)
                .map_err(failed)?;
            zip.write_all(document.source().as_str().as_bytes())?;
        }
        zip.start_file("project.qde", options).map_err(failed)?;
        project.write(&mut zip)?;
        zip.finish().map_err(failed)?;
        Ok(losses.into_vec())
    }
}

/// Takes no more once a write has failed: an archive that is dropped would try to write its end and
/// print why it cannot.
struct QuietOnceFailed<'a> {
    out: &'a mut dyn Write,
    failed: bool,
}

impl Write for QuietOnceFailed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failed {
            return Ok(bytes.len());
        }
        let written = self.out.write(bytes);
        self.failed = written
            .as_ref()
            .is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.failed {
            true => Ok(()),
            false => self.out.flush(),
        }
    }
}

fn failed(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests;
