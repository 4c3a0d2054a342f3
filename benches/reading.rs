use divan::Bencher;
use divan::counter::BytesCount;
use pullquote::format::sidecar;
use pullquote::model::validate;
use pullquote::text::SourceText;

use super::article::{SIZES, document, schema, text};

#[divan::bench(args = SIZES)]
fn article(bencher: Bencher<'_, '_>, bytes: usize) {
    bencher
        .counter(BytesCount::new(bytes))
        .with_inputs(|| text(bytes))
        .bench_values(|text| SourceText::new(text, "UTF-8"));
}

#[divan::bench(args = SIZES, max_time = 5)]
fn sidecar_file(bencher: Bencher<'_, '_>, bytes: usize) {
    let document = document(bytes);
    let file = sidecar::write(&document, "article.txt");
    bencher.bench(|| sidecar::read(&file, &document.source));
}

#[divan::bench(args = SIZES, max_time = 5)]
fn problems(bencher: Bencher<'_, '_>, bytes: usize) {
    let (document, schema) = (document(bytes), schema());
    bencher.bench(|| validate(&document, &schema));
}
