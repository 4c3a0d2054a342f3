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
    /// How many problems it stands for; left out for 1.
    #[serde(skip_serializing_if = "is_one")]
    count: usize,
}

fn is_one(count: &usize) -> bool {
    *count == 1
}

impl From<&FileProblem> for ProblemJson {
    fn from(problem: &FileProblem) -> Self {
        Self {
            path: problem.path.display().to_string(),
            line: problem.line,
            column: problem.column,
            annotator: problem.annotator.as_deref().unwrap_or("").to_owned(),
            message: problem.message.clone(),
            count: problem.count,
        }
    }
}

/// Problems in `--json` output.
pub(super) fn problems_json(problems: &[FileProblem]) -> Vec<ProblemJson> {
    problems.iter().map(ProblemJson::from).collect()
}
