use std::io::{self, Write};

use divan::Bencher;
use pullquote::format::{Input, NamedDocument, Sink, by_name};

use super::schema;
use super::synthetic::{SIZES, Size, document};

struct Memory(Vec<u8>);

impl Sink for Memory {
    fn begin(&mut self, _: &str) -> io::Result<&mut dyn Write> {
        self.0.clear();
        Ok(&mut self.0)
    }
}

fn exported(size: Size) -> Vec<u8> {
    let mut sink = Memory(Vec::new());
    let named = NamedDocument {
        id: "article.txt".to_owned(),
        document: document(size),
    };
    let format = by_name("jsonl").unwrap();
    let mut documents = [named].into_iter();
    format.write(&schema(), &mut documents, &mut sink).unwrap();
    sink.0
}

#[divan::bench(args = SIZES, max_time = 5)]
fn json_lines(bencher: Bencher<'_, '_>, size: Size) {
    let (document, schema) = (document(size), schema());
    let format = by_name("jsonl").unwrap();
    bencher
        .with_inputs(|| NamedDocument {
            id: "article.txt".to_owned(),
            document: document.clone(),
        })
        .bench_values(|named| {
            let mut documents = [named].into_iter();
            format.write(&schema, &mut documents, &mut Memory(Vec::new()))
        });
}

#[divan::bench(args = SIZES, max_time = 5)]
fn json_lines_back(bencher: Bencher<'_, '_>, size: Size) {
    let file = exported(size);
    let format = by_name("jsonl").unwrap();
    bencher.bench(|| {
        format.read(&Input {
            name: "in.jsonl",
            bytes: &file,
            beside: &|_| None,
        })
    });
}
