//! Documents and databases as they come, each file made here.

mod accounting;
mod by_description;
mod databases;
mod documents;
mod exports_in_rtf;
mod hostile;
mod nexis;
mod of_any_number;
mod records;
mod word;

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::format::{self, Imported, Input, Options};
use crate::model::ArticleFacts;

/// A zip file of these parts.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(contents.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document with this body and other parts.
fn word(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let main = format!(
        "<?xml version=\"1.0\"?><w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
         <w:body>{body}</w:body></w:document>"
    );
    let mut parts = vec![("word/document.xml", main.as_str())];
    parts.extend(others);
    zipped(&parts)
}

/// A paragraph of plain words.
fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

fn read_with(name: &str, bytes: &[u8], options: &[(&str, &str)]) -> Imported {
    let found = format::detect(name, bytes);
    let [info] = found[..] else {
        panic!("{name} is one of {found:?}");
    };
    let format = format::by_name(info.name).unwrap();
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let options: Vec<_> = options.iter().map(owned).collect();
    let options = Options::for_reading(info, &options).unwrap();
    let input = Input {
        name,
        bytes,
        beside: &|_| None,
    };
    format::read(format, &input, &options).unwrap()
}

fn read(name: &str, bytes: &[u8]) -> Imported {
    let imported = read_with(name, bytes, &[]);
    assert!(imported.problems.is_empty(), "{:?}", imported.problems);
    imported
}

/// The texts of the articles that were found.
fn texts(imported: &Imported) -> Vec<&str> {
    let documents = imported.documents.iter();
    documents
        .map(|read| read.document.source().as_str())
        .collect()
}

fn facts(imported: &Imported, n: usize) -> &ArticleFacts {
    &imported.documents[n].facts
}

fn field<'a>(imported: &'a Imported, n: usize, name: &str) -> &'a str {
    let fields = &imported.documents[n].facts.fields;
    fields.get(name).map_or("", String::as_str)
}

/// What is not in the text of an article.
fn left_out(imported: &Imported, n: usize) -> Vec<&str> {
    let remarks = imported.documents[n].article.as_ref().unwrap();
    remarks.left_out.iter().map(String::as_str).collect()
}

/// What a person should look at in an article.
fn doubts(imported: &Imported, n: usize) -> Vec<&str> {
    let remarks = imported.documents[n].article.as_ref().unwrap();
    remarks.doubts.iter().map(String::as_str).collect()
}

fn notes(imported: &Imported) -> Vec<&str> {
    imported.notes.iter().map(|note| &*note.message).collect()
}
