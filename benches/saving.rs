use divan::Bencher;
use pullquote::format::sidecar;

use super::article::{SIZES, document};

#[divan::bench(args = SIZES, max_time = 5)]
fn sidecar_file(bencher: Bencher<'_, '_>, bytes: usize) {
    let document = document(bytes);
    bencher.bench(|| sidecar::write(&document, "article.txt"));
}
