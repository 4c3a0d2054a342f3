//! The made articles as files, for runs of the real window: `cargo bench -- write-articles FOLDER`.

use std::fs;
use std::path::Path;

use pullquote::format::sidecar;
use pullquote::model::Document;
use pullquote::store::sidecar_file::sidecar_path;

use super::synthetic::{Odd, SIZES, document};

pub(crate) fn write(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for size in SIZES {
        put(folder, size.name, &document(size));
    }
    for odd in Odd::ALL {
        put(folder, odd.name(), &odd.document());
    }
}

fn put(folder: &Path, name: &str, document: &Document) {
    let name = format!("{name}.txt");
    let path = folder.join(&name);
    fs::write(&path, document.source().as_str()).unwrap();
    fs::write(sidecar_path(&path, None), sidecar::write(document, &name)).unwrap();
}
