use std::io::{self, Write};

use divan::Bencher;
use pullquote::format::sidecar;
use pullquote::format::{Input, NamedDocument, Options, Sink, WriteContext, by_name};
use pullquote::ops::{ExportRequest, export};
use pullquote::store::sidecar_file::sidecar_path;

use super::schema;
use super::synthetic::{SIZES, Size, document};

struct Memory(Vec<u8>);

impl Sink for Memory {
    fn create(&mut self, _: &str) -> io::Result<&mut dyn Write> {
        self.0.clear();
        Ok(&mut self.0)
    }

    fn create_beside(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        self.create(name)
    }

    fn append(&mut self, _: &str) -> io::Result<&mut dyn Write> {
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
    let context = WriteContext {
        facts: &|_| pullquote::model::ArticleFacts::default(),
        curated: &|_| String::new(),
        schema: &schema(),
        options: &Options::default(),
    };
    format.write(&context, &mut documents, &mut sink).unwrap();
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
            let context = WriteContext {
                facts: &|_| pullquote::model::ArticleFacts::default(),
                curated: &|_| String::new(),
                schema: &schema,
                options: &Options::default(),
            };
            format.write(&context, &mut documents, &mut Memory(Vec::new()))
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

/// A folder of 1,000 articles with 40 tags each, from disk to disk as the shell does it.
#[divan::bench(args = ["jsonl", "csv", "brat", "w3c"], sample_size = 1, sample_count = 5)]
fn folder(bencher: Bencher<'_, '_>, format: &str) {
    let home = tempfile::tempdir().unwrap();
    let corpus = home.path().join("corpus");
    std::fs::create_dir(&corpus).unwrap();
    let document = document(SIZES[0]);
    for n in 0..1_000 {
        let article = corpus.join(format!("{n:04}.txt"));
        std::fs::write(&article, document.source().as_str()).unwrap();
        let sidecar = sidecar::write(&document, &format!("{n:04}.txt"));
        std::fs::write(sidecar_path(&article, None), sidecar).unwrap();
    }
    let request = ExportRequest {
        paths: vec![corpus],
        format: format.to_owned(),
        output: Some(home.path().join("out")),
        ..ExportRequest::default()
    };
    bencher.bench_local(|| export(&request, &mut io::sink(), &mut |_| ()).unwrap());
}
