use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::import_request::Incoming;
use super::safe_name::{safe_name, whole_safe_name};
use super::{FileProblem, ImportReport};
use crate::format::sidecar;
use crate::model::Document;
use crate::store::sidecar_file::{self, check_annotator, sidecar_path};
use crate::store::{EncodingHints, MAX_BYTES, ReadError, exists, is_binary, read_source};
use crate::text::SourceText;

/// An article to write.
pub(super) struct Planned {
    pub(super) source: SourceText,
    /// Whether it is not there yet.
    pub(super) write_text: bool,
    /// The sidecars that are not there yet; boxed, as a map with one entry has room for eleven.
    pub(super) sidecars: BTreeMap<Option<SmolStr>, Box<Document>>,
    from: Origin,
}

/// Where a document came from, for messages.
#[derive(Clone)]
struct Origin {
    file: PathBuf,
    line: usize,
    id: String,
}

impl Origin {
    fn problem(&self, message: &str) -> FileProblem {
        let message = format!("the document `{}`: {message}", self.id);
        FileProblem {
            line: self.line,
            ..FileProblem::new(&self.file, message)
        }
    }
}

/// Plans where each document goes and what prevents it. Looks at the disk, writes nothing.
pub(super) fn plan(
    incoming: Vec<Incoming>,
    into: &Path,
    report: &mut ImportReport,
) -> BTreeMap<PathBuf, Planned> {
    let mut planned: BTreeMap<PathBuf, Planned> = BTreeMap::new();
    // Some file systems ignore case.
    let mut folded: BTreeMap<String, String> = BTreeMap::new();
    let mut empty = Vec::new();
    for Incoming { read, file } in incoming {
        let from = Origin {
            file,
            line: read.line,
            id: read.id,
        };
        if read.document.source().is_empty() {
            empty.push(from);
            continue;
        }
        let name = name_in(into, &from.id);
        let fold = name.to_string_lossy().to_lowercase();
        let first = folded.entry(fold).or_insert_with(|| from.id.clone());
        let placed = if *first == from.id {
            place(read.document, &from, into.join(name), &mut planned, report)
        } else {
            Err(format!(
                "this and `{first}` would get the same file name; rename one of them"
            ))
        };
        if let Err(message) = placed {
            report.problems.push(from.problem(&message));
        }
    }
    for from in empty {
        if planned.is_empty() {
            let message = "its text is empty; remove it";
            report.problems.push(from.problem(message));
        } else {
            let message = "its text is empty, so it is left out";
            report.skipped.push(from.problem(message));
        }
    }
    for (path, article) in &planned {
        if let Some(above) = path
            .ancestors()
            .skip(1)
            .find(|above| planned.contains_key(*above))
        {
            let message = format!(
                "its folder would have the name of the article {}; rename one of them",
                above.display()
            );
            report.problems.push(article.from.problem(&message));
        }
    }
    for (path, article) in &mut planned {
        if let Err(message) = meet_disk(path, article, report) {
            report.problems.push(article.from.problem(&message));
        }
    }
    planned
}

fn place(
    document: Document,
    from: &Origin,
    path: PathBuf,
    planned: &mut BTreeMap<PathBuf, Planned>,
    report: &mut ImportReport,
) -> Result<(), String> {
    let bytes = document.source().as_str().len();
    if u64::try_from(bytes).is_ok_and(|bytes| bytes > MAX_BYTES) {
        return Err(format!(
            "its text has {} MB, and articles of at most {} MB can be opened; divide it",
            bytes.div_ceil(1 << 20),
            MAX_BYTES >> 20
        ));
    }
    if is_binary(document.source()) {
        return Err("its text is full of control characters; remove it".to_owned());
    }
    if let Some(annotator) = &document.meta().annotator {
        check_annotator(annotator)
            .map_err(|error| format!("{error}; or name the annotator with --as NAME"))?;
    }
    let article = planned.entry(path).or_insert_with(|| Planned {
        source: document.source().clone(),
        write_text: true,
        sidecars: BTreeMap::new(),
        from: from.clone(),
    });
    if &article.source != document.source() {
        return Err("it is there twice with different texts; rename one of them".to_owned());
    }
    let annotator = document.meta().annotator.clone();
    match article.sidecars.get(&annotator) {
        Some(other) if same(other, &document) => {
            let same = "it is there twice, the same both times; it is imported once";
            report.ignored.push(from.problem(same));
            Ok(())
        }
        Some(_) => Err(
            "it is there twice with different tags by the same annotator; import the files \
             separately with different --as NAME"
                .to_owned(),
        ),
        None => {
            article.sidecars.insert(annotator, Box::new(document));
            Ok(())
        }
    }
}

/// The name of the article of a document: a long one is cut, unless the article is there with it.
fn name_in(into: &Path, id: &str) -> PathBuf {
    let whole = whole_safe_name(id);
    if exists(&into.join(&whole)) {
        whole
    } else {
        safe_name(id)
    }
}

fn same(a: &Document, b: &Document) -> bool {
    a.set() == b.set() && a.meta() == b.meta() && a.unread() == b.unread()
}

/// Compares with what is on disk: keeps what is to be written, or reports what prevents it.
fn meet_disk(path: &Path, article: &mut Planned, report: &mut ImportReport) -> Result<(), String> {
    let sidecars = article.sidecars.keys();
    let hints = EncodingHints {
        named: None,
        sidecars: sidecars
            .map(|annotator| sidecar_path(path, annotator.as_deref()))
            .collect(),
    };
    match read_source(path, &hints) {
        Ok(there) if there.source == article.source => {
            article.write_text = false;
            // The same text, perhaps in another encoding, which the sidecars will record.
            article.source = there.source;
        }
        Ok(_) => {
            return Err(format!(
                "{} exists with another text; import into another folder",
                path.display()
            ));
        }
        Err(ReadError::Missing { .. }) => {}
        Err(error) => return Err(error.to_string()),
    }
    let mut there = Vec::new();
    for (annotator, document) in &article.sidecars {
        let sidecar = sidecar_path(path, annotator.as_deref());
        let Some(loaded) = sidecar_file::load(&sidecar).map_err(|error| error.to_string())? else {
            continue;
        };
        let on_disk = sidecar::read_bytes(&loaded.bytes, &article.source);
        if on_disk.as_ref().is_ok_and(|on_disk| on_disk.salvaged) {
            return Err(format!(
                "{} exists and is damaged; run `pullquote check --fix` on it, or import into another \
                 folder",
                sidecar.display()
            ));
        }
        let equal = on_disk.is_ok_and(|on_disk| {
            on_disk.set == *document.set()
                && on_disk.meta == *document.meta()
                && *document.unread() == on_disk.unread.into()
        });
        if !equal {
            return Err(format!(
                "{} exists with other contents, and imports do not merge; import with another \
                 --as NAME, or into another folder",
                sidecar.display()
            ));
        }
        there.push(annotator.clone());
    }
    for annotator in there {
        article.sidecars.remove(&annotator);
        report.unchanged += 1;
    }
    Ok(())
}
