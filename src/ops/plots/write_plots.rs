use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::csv_text::csv_text;
use super::png::{DrawError, Painter};
use super::svg::svg;
use super::{Plot, ReportTitle, html_report};
use crate::format::{Layout, Sink};
use crate::ops::StatsReport;
use crate::store::{FileSink, WriteError, exists, is_folder, is_stream, write_stream};

/// Why plots were not written. What was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WritePlotsError {
    /// A picture cannot be drawn.
    #[error("{name}: {error}")]
    Draw {
        /// Which plot.
        name: String,
        /// Why.
        error: DrawError,
    },
    /// The numbers of a plot cannot be written.
    #[error("the numbers of a plot cannot be written: {0}")]
    Numbers(#[from] csv::Error),
    /// What is there is no web page.
    #[error("{}: this file is no web page, so the report does not take its place; name another file", .0.display())]
    OverOther(PathBuf),
    /// There is nothing to show.
    #[error("no article was found, so there is nothing to show, and nothing was written")]
    Nothing,
    /// What is there may show more.
    #[error("{}: it stays as it is, because not all tags could be read, or there are none; see the problems, or name another place", .0.display())]
    Incomplete(PathBuf),
    /// A file cannot be written; the words name it.
    #[error("{0}")]
    File(io::Error),
    /// The files cannot take their places.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Writes each plot to a folder as `NAME.svg`, `NAME.png` and `NAME.csv`: all files, or none. Returns how many files
/// were written. Where `report` lacks what could not be read, earlier files stay.
///
/// # Errors
/// [`WritePlotsError`]; then nothing was written.
pub fn write_plots(
    folder: &Path,
    report: &StatsReport,
    plots: &[Plot],
) -> Result<usize, WritePlotsError> {
    something(report)?;
    let painter = Painter::new();
    let files = |plot: &Plot| -> Result<[(&'static str, Vec<u8>); 3], WritePlotsError> {
        let picture = svg(plot);
        let drawn = painter.png(&picture);
        let drawn = drawn.map_err(|error| WritePlotsError::Draw {
            name: plot.name.clone(),
            error,
        })?;
        Ok([
            ("svg", picture.into_bytes()),
            ("png", drawn),
            ("csv", csv_text(plot)?),
        ])
    };
    let drawn: Vec<_> = plots.par_iter().map(files).collect();
    let mut sink = FileSink::new(folder.to_owned(), Layout::Folder);
    let mut written = 0;
    for (plot, files) in plots.iter().zip(drawn) {
        for (ending, bytes) in files? {
            let name = format!("{}.{ending}", plot.name);
            put(&mut sink, &name, &bytes)?;
            written += 1;
        }
    }
    whole_or_new(&sink, folder, report)?;
    sink.finish()?;
    Ok(written)
}

/// Writes the report of a folder to a file. A device or a pipe takes it as it comes. Where it lacks what could not
/// be read, an earlier one stays.
///
/// # Errors
/// [`WritePlotsError`]; then the file is as it was.
pub fn write_report(
    path: &Path,
    title: &ReportTitle,
    report: &StatsReport,
    plots: &[Plot],
) -> Result<(), WritePlotsError> {
    something(report)?;
    if is_stream(path) {
        let page = html_report(title, report, plots);
        return Ok(write_stream(path, page.as_bytes())?);
    }
    let is_page = path.extension().is_some_and(|ending| {
        let ending = ending.to_ascii_lowercase();
        ending == "html" || ending == "htm"
    });
    if exists(path) && !is_folder(path) && !is_page {
        return Err(WritePlotsError::OverOther(path.to_owned()));
    }
    let mut sink = FileSink::new(path.to_owned(), Layout::OneFile);
    let page = html_report(title, report, plots);
    put(&mut sink, "report.html", page.as_bytes())?;
    whole_or_new(&sink, path, report)?;
    Ok(sink.finish()?)
}

fn something(report: &StatsReport) -> Result<(), WritePlotsError> {
    match report.articles.is_empty() {
        true => Err(WritePlotsError::Nothing),
        false => Ok(()),
    }
}

/// Refuses to replace what may show more.
fn whole_or_new(sink: &FileSink, path: &Path, report: &StatsReport) -> Result<(), WritePlotsError> {
    let lacks = !report.problems.is_empty() || report.documents == 0;
    match sink.replaces() && lacks {
        true => Err(WritePlotsError::Incomplete(path.to_owned())),
        false => Ok(()),
    }
}

fn put(sink: &mut FileSink, name: &str, bytes: &[u8]) -> Result<(), WritePlotsError> {
    let out = sink.create(name).map_err(WritePlotsError::File)?;
    out.write_all(bytes).map_err(WritePlotsError::File)
}
