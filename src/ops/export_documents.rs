use std::path::Path;

use smol_str::SmolStr;

use super::adjudicate::undecided_in;
use super::decoding_notice::decoding_problem;
use super::read_sidecar::read_sidecar;
use super::reserved_files::curated_sidecar;
use super::reserved_problems::reserved_problems;
use super::{ExportReport, ExportRequest, FileProblem};
use crate::format::NamedDocument;
use crate::model::Document;
use crate::store::sidecar_file::OtherSidecar;
use crate::store::{ArticleFile, read_source};
use crate::text::wording::{count, count_as};

/// The documents of an article: one for each requested sidecar, without what is left out.
pub(super) fn documents_of(
    article: &ArticleFile,
    request: &ExportRequest,
    report: &mut ExportReport,
) -> Vec<NamedDocument> {
    let mut documents = read_documents(article, request, report);
    documents.retain(|document| {
        let taken = request.filter.takes(document);
        report.left_out.documents += usize::from(!taken);
        taken
    });
    let named = |document| NamedDocument {
        id: article.name.clone(),
        document,
    };
    let mut taken = Vec::with_capacity(documents.len());
    for document in documents {
        let document = request.filter.apply(document, &mut report.left_out);
        report.documents += 1;
        report.tags += document.set().annotation_count();
        report.links += document.set().link_count();
        taken.push(named(document));
    }
    report.articles += usize::from(!taken.is_empty());
    taken
}

fn read_documents(
    article: &ArticleFile,
    request: &ExportRequest,
    report: &mut ExportReport,
) -> Vec<Document> {
    let wanted = |annotator: &Option<SmolStr>| {
        let name = annotator.as_deref().unwrap_or("");
        request.annotators.is_empty() || request.annotators.iter().any(|wanted| wanted == name)
    };
    let hints = article.encoding_hints(request.encoding);
    report.problems.extend(reserved_problems(article));
    let source = match read_source(&article.path, &hints) {
        Ok(read) => read.source,
        Err(error) => {
            let problem = FileProblem::unreadable(&error);
            report.problems.push(problem);
            report.unread += 1;
            return Vec::new();
        }
    };
    let doubt = decoding_problem(&article.path, &source);
    let mut documents = Vec::new();
    let curated = curated_alone(article, &request.annotators);
    if article.sidecars.is_empty() && curated.is_none() {
        if request.filter.all {
            documents.push(Document::new(source.clone()));
        } else {
            report.left_out.untouched += 1;
        }
    }
    report.curated += usize::from(curated.is_some());
    let everyone = article.sidecars.iter();
    let everyone = everyone.filter(|file| wanted(&file.annotator));
    let files: Vec<&OtherSidecar> = match &curated {
        Some(curated) => vec![curated],
        None => everyone.collect(),
    };
    for file in files {
        match read_sidecar(&source, file, &article.former_labels) {
            Ok(said) => {
                report.unread += usize::from(said.misses_records());
                report.problems.extend(said.damage(file));
                note_unread(&said.document, &file.path, report);
                note_changed(&said.document, article, file, report);
                if curated.is_some() {
                    let (undecided, problems) = undecided_in(article, &source, &said.document);
                    report.undecided.extend(undecided);
                    report.problems.extend(problems);
                }
                if request.annotators.is_empty() && said.document.holds_reviews_only() {
                    continue;
                }
                documents.push(said.document);
            }
            Err(problem) => {
                report.problems.push(problem);
                report.unread += 1;
            }
        }
    }
    if !documents.is_empty() {
        report.problems.extend(doubt);
    }
    documents
}

/// The curated tags of an article, which stand for the work of everybody unless somebody is asked for.
pub(super) fn curated_alone(article: &ArticleFile, asked: &[SmolStr]) -> Option<OtherSidecar> {
    let curated = asked.is_empty().then(|| curated_sidecar(article))??;
    curated.ok()
}

fn note_unread(document: &Document, sidecar: &Path, report: &mut ExportReport) {
    let unread = || document.unread().iter().filter(|record| !record.is_lost());
    if let Some(first) = unread().next() {
        let records = count(unread().count(), "record");
        report.problems.push(FileProblem {
            line: first.line(),
            annotator: document.meta().annotator.clone(),
            ..FileProblem::new(
                sidecar,
                format!(
                    "{records} cannot be read and will not be exported; the first: {}",
                    first.reason()
                ),
            )
        });
    }
}

/// Reports tags that are lost, or to be checked, since the article has changed.
fn note_changed(
    document: &Document,
    article: &ArticleFile,
    file: &OtherSidecar,
    report: &mut ExportReport,
) {
    let lost = || document.unread().iter().filter(|record| record.is_lost());
    if let Some(first) = lost().next() {
        let tags = count_as(lost().count(), "tag is", "tags are");
        report.problems.push(FileProblem {
            line: first.line(),
            annotator: file.annotator.clone(),
            ..FileProblem::new(
                &file.path,
                format!(
                    "{tags} not exported: the text is no longer in the article; place them again"
                ),
            )
        });
    }
    for tag in document.set().annotations() {
        if tag.former_words.is_empty() {
            continue;
        }
        let place = document.source().line_column(tag.fragments.start());
        let words = "exported, but check it: the article has changed around this tag";
        report.problems.push(FileProblem {
            line: place.line,
            column: place.column,
            annotator: file.annotator.clone(),
            ..FileProblem::new(&article.path, words)
        });
    }
}
