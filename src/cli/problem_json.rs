use serde::Serialize;

use crate::ops::FileProblem;

/// A problem in `--json` output.
#[derive(Serialize)]
pub(super) struct ProblemJson {
    path: String,
    line: usize,
    column: usize,
    annotator: String,
    message: String,
}

impl From<&FileProblem> for ProblemJson {
    fn from(problem: &FileProblem) -> Self {
        Self {
            path: problem.path.display().to_string(),
            line: problem.line,
            column: problem.column,
            annotator: problem.annotator.as_deref().unwrap_or("").to_owned(),
            message: problem.message.clone(),
        }
    }
}

/// Problems in `--json` output.
pub(super) fn problems_json(problems: &[FileProblem]) -> Vec<ProblemJson> {
    problems.iter().map(ProblemJson::from).collect()
}
