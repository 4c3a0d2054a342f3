//! How the time of each reader grows with its input, for inputs made to be slow: many names that are all
//! different, many values of one name, many lines that say nothing.
//!
//!     cargo bench --bench readers                    a table of all shapes
//!     cargo bench --bench readers -- brat            the rows whose reader or shape holds the word
//!     cargo bench --bench readers -- write FOLDER N  one file of about N bytes for each shape
//!
//! The last column is the power of the size with which the time grows; up to 1.1 is linear with what
//! a clock and a growing cache add. Where the system tells it, the time is that of the processor, so that
//! other programs on the machine count for little.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on may panic"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::io;
use std::path::Path;
use std::time::Duration;

use pullquote::format::{
    Input, NamedDocument, Options, Sink, WriteContext, article_facts, assignments, by_name,
    schema_file, sidecar,
};
use pullquote::model::ArticleFacts;
use pullquote::text::SourceText;
use shape::{Make, Shape};

#[path = "readers/document_shapes.rs"]
mod document_shapes;
#[path = "readers/message_shapes.rs"]
mod message_shapes;
#[path = "readers/name_shapes.rs"]
mod name_shapes;
#[path = "readers/row_shapes.rs"]
mod row_shapes;
#[path = "readers/shape.rs"]
mod shape;
#[allow(dead_code, reason = "other benchmarks use the rest")]
#[path = "../tests/support/synthetic.rs"]
mod synthetic;
#[path = "readers/tree_shapes.rs"]
mod tree_shapes;

/// All inputs.
fn shapes() -> impl Iterator<Item = &'static Shape> {
    let all = row_shapes::SHAPES.iter().chain(tree_shapes::SHAPES);
    all.chain(name_shapes::SHAPES)
        .chain(message_shapes::SHAPES)
        .chain(document_shapes::SHAPES)
}

/// From here on a time says something.
const LONG_ENOUGH: f64 = 0.05;
/// Doubled so often after that.
const DOUBLINGS: u32 = 3;
/// No input is made larger, in bytes.
const LARGEST: usize = 40_000_000;

/// A file and the files beside it.
struct Files {
    name: String,
    bytes: Vec<u8>,
    beside: Vec<(String, Vec<u8>)>,
}

fn files(shape: &Shape, n: usize) -> Files {
    let mut all = match shape.make {
        Make::Text(make) => {
            let text = make(n);
            vec![(shape.file.to_owned(), text.into_bytes())]
        }
        Make::Within(before, make, after) => {
            let text = format!("{before}{}{after}", make(n));
            vec![(shape.file.to_owned(), text.into_bytes())]
        }
        Make::Files(make) => make(n),
        Make::Written => written(shape, n),
    };
    let (name, bytes) = all.remove(0);
    Files {
        name,
        bytes,
        beside: all,
    }
}

#[derive(Default)]
struct Memory(Vec<(String, Vec<u8>)>);

impl Sink for Memory {
    fn create(&mut self, name: &str) -> io::Result<&mut dyn io::Write> {
        self.0.push((name.to_owned(), Vec::new()));
        Ok(&mut self.0.last_mut().unwrap().1)
    }

    fn create_beside(&mut self, name: &str) -> io::Result<&mut dyn io::Write> {
        self.create(name)
    }

    fn append(&mut self, name: &str) -> io::Result<&mut dyn io::Write> {
        if let Some(at) = self.0.iter().position(|(known, _)| known == name) {
            return Ok(&mut self.0[at].1);
        }
        self.create(name)
    }
}

/// What the format's own writer makes of an article with `n` tags.
fn written(shape: &Shape, n: usize) -> Vec<(String, Vec<u8>)> {
    let document = synthetic::document(synthetic::Size {
        name: "n",
        bytes: n * 70,
        tags: n,
        links: n / 2,
    });
    if shape.reader == "sidecar" {
        let text = sidecar::write(&document, "a.txt");
        return vec![
            ("a.txt.ron".to_owned(), text.into_bytes()),
            article(&document),
        ];
    }
    let beside = article(&document);
    let mut sink = Memory::default();
    let named = NamedDocument {
        id: "a.txt".to_owned(),
        document,
    };
    let context = WriteContext {
        facts: &|_| ArticleFacts::default(),
        curated: &|_| String::new(),
        schema: &schema_file::default_schema().unwrap(),
        options: &Options::default(),
    };
    let format = by_name(shape.reader).unwrap();
    format
        .write(&context, &mut [named].into_iter(), &mut sink)
        .unwrap();
    if shape.reader == "brat" {
        sink.0.sort_by_key(|(name, _)| !name.ends_with(".ann"));
    }
    if matches!(shape.reader, "csv" | "tsv") {
        sink.0.push(beside);
    }
    sink.0
}

fn article(document: &pullquote::model::Document) -> (String, Vec<u8>) {
    let text = document.source().as_str();
    ("a.txt".to_owned(), text.as_bytes().to_vec())
}

/// A point in the processor time of this program.
struct Clock(#[cfg(not(unix))] std::time::Instant, #[cfg(unix)] Duration);

impl Clock {
    #[cfg(unix)]
    fn start() -> Self {
        Self(Self::now())
    }

    #[cfg(unix)]
    fn now() -> Duration {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        let (seconds, nanoseconds) = (now.tv_sec, now.tv_nsec);
        Duration::new(seconds.try_into().unwrap(), nanoseconds.try_into().unwrap())
    }

    #[cfg(unix)]
    fn elapsed(&self) -> Duration {
        Self::now() - self.0
    }

    #[cfg(not(unix))]
    fn start() -> Self {
        Self(std::time::Instant::now())
    }

    #[cfg(not(unix))]
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Reads it once; the seconds that took.
fn time(shape: &Shape, files: &Files) -> f64 {
    let beside = |name: &str| {
        let found = files.beside.iter().find(|(known, _)| known == name);
        found.map(|(_, bytes)| bytes.clone())
    };
    let source = || {
        let text = files
            .beside
            .first()
            .map_or(&b"He said yes."[..], |(_, text)| text);
        SourceText::new(std::str::from_utf8(text).unwrap(), "UTF-8").unwrap()
    };
    match shape.reader {
        "sidecar" => {
            let source = source();
            let start = Clock::start();
            let _ = black_box(sidecar::read_bytes(&files.bytes, &source));
            start.elapsed()
        }
        "facts" => {
            let start = Clock::start();
            let _ = black_box(article_facts::read(&files.bytes));
            start.elapsed()
        }
        "assignments" => {
            let text = std::str::from_utf8(&files.bytes).unwrap();
            let start = Clock::start();
            let _ = black_box(assignments::read(text));
            start.elapsed()
        }
        "schema" => {
            let text = std::str::from_utf8(&files.bytes).unwrap();
            let start = Clock::start();
            let _ = black_box(schema_file::read_schema(text));
            start.elapsed()
        }
        format => {
            let input = Input {
                name: &files.name,
                bytes: &files.bytes,
                beside: &beside,
            };
            let format = by_name(format).unwrap();
            let start = Clock::start();
            let read = pullquote::format::read(format, &input, &Options::default());
            let took = start.elapsed();
            drop(black_box(read));
            took
        }
    }
    .as_secs_f64()
}

fn fastest(shape: &Shape, files: &Files) -> f64 {
    let first = time(shape, files);
    let more = if first < 1.0 { 2 } else { 0 };
    (0..more).fold(first, |best, _| best.min(time(shape, files)))
}

/// A row of the table.
fn measure(shape: &Shape) {
    let mut n = 1_000;
    let mut small = files(shape, n);
    let mut at_first = fastest(shape, &small);
    while at_first < LONG_ENOUGH && small.bytes.len() << (DOUBLINGS + 1) < LARGEST {
        n *= 2;
        small = files(shape, n);
        at_first = fastest(shape, &small);
    }
    let large = files(shape, n << DOUBLINGS);
    let at_last = fastest(shape, &large);
    let length = |files: &Files| {
        let beside: usize = files.beside.iter().map(|(_, bytes)| bytes.len()).sum();
        (files.bytes.len() + beside) as f64
    };
    let grown = length(&large) / length(&small);
    let power = (at_last / at_first).ln() / grown.ln();
    let mut row = String::new();
    write!(
        row,
        "| {} | {} | {:.2} MB | {:.0} ms | {power:.2} |{}",
        shape.reader,
        shape.name,
        length(&large) / 1e6,
        at_last * 1e3,
        if power > 1.1 { " more than linear" } else { "" }
    )
    .unwrap();
    println!("{row}");
}

/// Writes one input for each shape, of about so many bytes, as FOLDER/READER+SHAPE/….
fn write_inputs(folder: &Path, bytes: usize, word: &str) {
    for shape in shapes().filter(|shape| shape.reader.contains(word)) {
        let sample = files(shape, 1_000);
        let n = (bytes as f64 / sample.bytes.len() as f64 * 1_000.0) as usize;
        let files = files(shape, n);
        let folder = folder.join(format!("{}+{}", shape.reader, shape.name.replace(' ', "-")));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(&files.name), &files.bytes).unwrap();
        for (name, bytes) in &files.beside {
            std::fs::write(folder.join(name), bytes).unwrap();
        }
        println!("{}\t{}\t{}", shape.reader, folder.display(), files.name);
    }
}

fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    if let [command, folder, bytes, word @ ..] = &args[..]
        && command == "write"
    {
        let word = word.first().map_or("", String::as_str);
        write_inputs(folder.as_ref(), bytes.parse().unwrap(), word);
        return;
    }
    println!("| reader | shape | input | time | grows with size to the |");
    println!("| --- | --- | --- | --- | --- |");
    let chosen = |shape: &&Shape| {
        let words = format!("{} {}", shape.reader, shape.name);
        args.iter().all(|word| words.contains(word.as_str()))
    };
    shapes().filter(chosen).for_each(measure);
}
