use divan::Bencher;
use pullquote::format::sidecar;

use super::synthetic::{SIZES, Size, document};

#[divan::bench(args = SIZES, max_time = 5)]
fn sidecar_file(bencher: Bencher<'_, '_>, size: Size) {
    let document = document(size);
    bencher.bench(|| sidecar::write(&document, "article.txt"));
}

/// What the window waits for when a save begins; the rest happens on a thread.
#[divan::bench(args = SIZES, max_time = 2)]
fn snapshot(bencher: Bencher<'_, '_>, size: Size) {
    let document = document(size);
    bencher.bench(|| document.clone());
}
