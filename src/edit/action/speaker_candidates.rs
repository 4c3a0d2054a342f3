use crate::model::{Document, Schema};
use crate::suggest::Candidate;
use crate::text::TextRange;

/// Who may stand behind a tag of `label` at `ranges` (bytes), best first: the speaker of a tag
/// around it, then what the text proposes. Chips show these in this order.
#[must_use]
pub fn speaker_candidates(
    document: &Document,
    schema: &Schema,
    ranges: &[TextRange],
    label: &str,
) -> Vec<Candidate> {
    let _ = (document, schema, ranges, label);
    Vec::new()
}
