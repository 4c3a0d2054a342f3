//! Looking for everything doubtful in a document: at once, or on another thread while the person goes on
//! working.

use std::sync::Arc;

use super::counted::{Counted, count_names};
use super::relint::ToCheck;
use super::{OpenDocument, Problems};
use crate::model::{Document, Schema};
use crate::ops::lint::{LintContext, NameCounts, TextIndex};

/// Looks for everything doubtful in a document as it was when this was made.
#[derive(Debug)]
pub struct ProblemSearch {
    document: Document,
    schema: Schema,
    text: Arc<TextIndex>,
    names: NameCounts,
}

/// What a [`ProblemSearch`] has found.
#[derive(Debug)]
pub struct FoundProblems {
    problems: Problems,
    text: Arc<TextIndex>,
}

impl ProblemSearch {
    /// Looks. O(n); may run on any thread.
    #[must_use]
    pub fn run(self) -> FoundProblems {
        let cx = LintContext {
            document: &self.document,
            schema: &self.schema,
            text: &self.text,
        };
        FoundProblems {
            problems: Problems::of_document(&cx, &self.names),
            text: self.text,
        }
    }
}

impl OpenDocument {
    /// Starts work on a document whose problems are looked for later, with [`Self::search_problems`].
    /// `text`: what rules need to know of the text, where that is known.
    #[must_use]
    pub fn without_problems(
        document: Document,
        schema: Schema,
        text: Option<Arc<TextIndex>>,
    ) -> Self {
        let mut open = Self::uncounted(document, schema);
        open.text_index = text.unwrap_or_default();
        open.index_text();
        let cx = open.lint_context();
        let (names, counted) =
            rayon::join(|| count_names(&cx), || Counted::of(cx.document, cx.schema));
        open.set_counted(names, counted);
        open
    }

    /// Shows a document of which nothing is counted and nothing looked for: its text alone.
    #[must_use]
    pub fn of_text(document: Document, schema: Schema) -> Self {
        Self::uncounted(document, schema)
    }

    /// Whether the problems are listed, and not looked for yet.
    #[must_use]
    pub fn lists_problems(&self) -> bool {
        self.unlisted.is_none()
    }

    /// What looks for the problems of what is open now; `None`: they are listed.
    pub fn search_problems(&mut self) -> Option<ProblemSearch> {
        *self.unlisted.as_mut()? = ToCheck::default();
        Some(ProblemSearch {
            document: self.shown.clone(),
            schema: self.schema.clone(),
            text: Arc::clone(&self.text_index),
            names: self.names.clone(),
        })
    }

    /// Lists what was found, and looks again at what has changed since. What was found in another
    /// reading of the article is not wanted.
    pub fn list_problems(&mut self, found: FoundProblems) {
        if Arc::ptr_eq(&found.text, &self.text_index)
            && let Some(changed) = self.unlisted.take()
        {
            self.problems = found.problems;
            self.check(changed);
        }
    }

    /// Counts everything and looks for what is doubtful. O(n): for opening, and where the text has
    /// changed.
    pub(super) fn recount(&mut self) {
        self.index_text();
        let cx = self.lint_context();
        let names = count_names(&cx);
        // Both walk the whole document; each on a core of its own when there are many tags.
        let (problems, counted) = rayon::join(
            || Problems::of_document(&cx, &names),
            || Counted::of(cx.document, cx.schema),
        );
        self.set_counted(names, counted);
        self.problems = problems;
        self.unlisted = None;
    }

    /// Reads the text for the rules, unless that is done.
    fn index_text(&mut self) {
        if !self.text_index.is_of(self.shown.source()) {
            self.text_index = TextIndex::worked_out(self.shown.source()).into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::schema_file::default_schema;
    use crate::model::CountedIds;
    use crate::ops::{Edit, Move};
    use crate::text::SourceText;

    const WORDS: &str = "“We go,” Ann said. “We do not,” Ben said.\n\n“It’s done, Ann said.";

    fn tag(open: &mut OpenDocument, ids: &mut CountedIds, range: (u32, u32)) {
        let (anchor, head) = (range.0.into(), range.1.into());
        open.run(Move::Select { anchor, head }, ids).unwrap();
        open.run(Edit::Tag("quote".into()), ids).unwrap();
    }

    #[test]
    fn what_is_done_while_problems_are_looked_for_is_looked_at_again() {
        let source = SourceText::new(WORDS, "UTF-8").unwrap();
        let schema = default_schema().unwrap();
        let document = Document::new(source);
        let mut open = OpenDocument::without_problems(document, schema.clone(), None);
        let mut ids = CountedIds::new("a");
        let search = open.search_problems().unwrap();
        let first = u32::try_from(WORDS.find(" Ann").unwrap()).unwrap();
        tag(&mut open, &mut ids, (0, first));
        tag(&mut open, &mut ids, (first + 1, first + 4));
        assert!(!open.lists_problems() && open.problems().is_empty());
        let refusal = open.run(Move::Problem { forward: true }, &mut ids);
        assert!(refusal.unwrap_err().to_string().contains("try again"));
        open.list_problems(search.run());
        let whole = OpenDocument::new(open.document().clone(), schema);
        assert!(open.lists_problems() && open.search_problems().is_none());
        assert!(open.problems().iter().eq(whole.problems().iter()));
        assert_eq!(
            open.problems().more_when_done(),
            whole.problems().more_when_done()
        );
        assert_eq!(open.tally(), whole.tally());
    }

    #[test]
    fn problems_of_another_reading_are_not_listed() {
        let read = || {
            let source = SourceText::new(WORDS, "UTF-8").unwrap();
            let schema = default_schema().unwrap();
            OpenDocument::without_problems(Document::new(source), schema, None)
        };
        let (mut earlier, mut open) = (read(), read());
        open.list_problems(earlier.search_problems().unwrap().run());
        assert!(!open.lists_problems());
    }
}
