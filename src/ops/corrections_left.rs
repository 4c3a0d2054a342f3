use super::FileProblem;
use super::peer_verdicts::PeerVerdicts;
use super::review_words::review_words;
use crate::model::{Document, Schema};
use crate::store::sidecar_file::OtherSidecar;

/// What the people who work on an article would change in the tags of one another.
pub(super) fn corrections(
    all_work: &[(&OtherSidecar, Document)],
    schema: &Schema,
) -> Vec<FileProblem> {
    let name = |file: &OtherSidecar| file.annotator.clone().unwrap_or_default();
    let mut verdicts = PeerVerdicts::default();
    for (file, document) in all_work {
        verdicts.add(&name(file), document);
    }
    let mut all = Vec::new();
    for (file, document) in all_work {
        for (by, review) in verdicts.to_settle(&name(file), document) {
            let said = review_words(schema, review);
            let words = match by {
                "" => format!("somebody without a name says {said}"),
                by => format!("{by} says {said}"),
            };
            let source = document.source();
            let tag = document.set().annotation(&review.key.tag);
            let proposed = || review.change.at.first()?.place(source).map(|at| at.start());
            let start = tag.map(|tag| tag.fragments.start()).or_else(proposed);
            let place = start.map(|start| source.line_column(start));
            let problem = match place {
                Some(place) => FileProblem::at(&file.path, (place.line, place.column), words),
                None => FileProblem::new(&file.path, words),
            };
            all.push(FileProblem {
                annotator: file.annotator.clone(),
                ..problem
            });
        }
    }
    all
}
