use divan::Bencher;
use divan::counter::BytesCount;
use pullquote::format::sidecar;
use pullquote::model::validate;
use pullquote::ops::OpenDocument;
use pullquote::text::{SourceText, find_all};

use super::schema;
use super::synthetic::{SIZES, Size, document, text};

#[divan::bench(args = SIZES)]
fn article(bencher: Bencher<'_, '_>, size: Size) {
    bencher
        .counter(BytesCount::new(size.bytes))
        .with_inputs(|| text(size.bytes))
        .bench_values(|text| SourceText::new(text, "UTF-8"));
}

#[divan::bench(args = SIZES, max_time = 5)]
fn sidecar_file(bencher: Bencher<'_, '_>, size: Size) {
    let document = document(size);
    let file = sidecar::write(&document, "article.txt");
    bencher.bench(|| sidecar::read(&file, document.source()));
}

#[divan::bench(args = SIZES, max_time = 5)]
fn indexes(bencher: Bencher<'_, '_>, size: Size) {
    let (document, schema) = (document(size), schema());
    bencher
        .with_inputs(|| (document.clone(), schema.clone()))
        .bench_values(|(document, schema)| OpenDocument::new(document, schema));
}

#[divan::bench(args = SIZES, max_time = 5)]
fn problems(bencher: Bencher<'_, '_>, size: Size) {
    let (document, schema) = (document(size), schema());
    bencher.bench(|| validate(&document, &schema));
}

#[divan::bench(args = SIZES, max_time = 5)]
fn find(bencher: Bencher<'_, '_>, size: Size) {
    let source = document(size).source().clone();
    bencher.bench(|| find_all(&source, "minister", || true));
}
