use smol_str::SmolStr;

use crate::model::Document;
use crate::text::wording::shown_annotator;

/// What somebody else has said about an article. It is shown, never changed.
#[derive(Debug, Clone)]
pub struct ColleagueWork {
    /// Who; `None`: somebody without a name.
    pub annotator: Option<SmolStr>,
    /// The article with their tags.
    pub document: Document,
}

impl ColleagueWork {
    /// Their name as it is shown.
    #[must_use]
    pub fn name(&self) -> &str {
        shown_annotator(self.annotator.as_deref().unwrap_or_default())
    }
}
