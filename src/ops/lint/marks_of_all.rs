use std::collections::BTreeSet;

use super::{LintContext, TextIndex, for_each_mark};
use crate::model::{Document, DocumentState, Problem, Schema, SuppressionKey};
use crate::text::SourceText;

/// Quotation marks without a partner are a matter of the article: they count once, whoever works on it, and not where
/// one of these people ignores them. The article is done once one of them is.
#[derive(Debug, Default)]
pub(in crate::ops) struct MarksOfAll {
    ignored: BTreeSet<SuppressionKey>,
    done: bool,
}

impl MarksOfAll {
    /// Takes in what somebody says about the article.
    pub(in crate::ops) fn add(&mut self, work: &Document) {
        let ignored = work.set().suppressions();
        self.ignored.extend(ignored.map(|one| one.key.clone()));
        self.done |= work.meta().state == DocumentState::Done;
    }

    /// Hands over what the rules report of the text.
    pub(in crate::ops) fn for_each(
        &self,
        source: &SourceText,
        schema: &Schema,
        text: &TextIndex,
        take: &mut dyn FnMut(Problem),
    ) {
        let document = Document::new(source.clone());
        let cx = LintContext {
            document: &document,
            schema,
            text,
        };
        for_each_mark(&cx, self.done, &mut |mark| {
            let finding = mark.kind.finding();
            if finding.is_none_or(|finding| !self.ignored.contains(&finding.key())) {
                take(mark);
            }
        });
    }
}
