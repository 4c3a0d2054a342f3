//! What a project has decided on that corpora differ on: `conventions` in `pullquote.ron`.
//!
//! | Name | Values, the first by default | What it decides |
//! | --- | --- | --- |
//! | `split` | `joined`, `pieces` | whether a quotation that a report splits is one quote or several |
//! | `marks` | `inside`, `outside` | whether quotation marks at the ends belong to the quote |
//! | `that` | `inside`, `outside` | whether *that* at the start of a reported clause belongs to it |
//! | `claims` | `by hand`, `suggested` | whether claims are suggested, too |
//!
//! `cues` lists words that report ([`super::Cues`]). Other names and values change nothing.

use smallvec::smallvec;

use super::mark_pairs::mark_at;
use super::proposals::Proposal;
use crate::model::{QuoteForm, Schema};
use crate::text::{SourceText, TextRange, TextSize, snap_to_graphemes, trim};

/// The decisions of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Conventions {
    /// Each piece of a split quotation is a quote of its own.
    pub pieces: bool,
    /// Quotation marks at the ends are not part of a quote.
    pub marks_outside: bool,
    /// *That* is not part of what it opens.
    pub that_outside: bool,
    /// Claims are suggested.
    pub claims: bool,
}

impl Conventions {
    /// Those of a schema.
    #[must_use]
    pub fn of(schema: &Schema) -> Self {
        let is = |name: &str, value: &str| {
            let mut all = schema.conventions.iter();
            all.any(|convention| convention.name == name && convention.value == value)
        };
        Self {
            pieces: is("split", "pieces"),
            marks_outside: is("marks", "outside"),
            that_outside: is("that", "outside"),
            claims: is("claims", "suggested"),
        }
    }

    /// The proposals as the project tags them, in the same order.
    #[must_use]
    pub fn apply(self, source: &SourceText, proposals: Vec<Proposal>) -> Vec<Proposal> {
        if self == Self::default() {
            return proposals;
        }
        let mut found = Vec::with_capacity(proposals.len());
        for mut proposal in proposals {
            let Some(form) = proposal.kind.form() else {
                found.push(proposal);
                continue;
            };
            for (n, part) in proposal.fragments.iter_mut().enumerate() {
                *part = self.part(source, *part, form, n == 0);
            }
            proposal.fragments.retain(|part| !part.is_empty());
            if self.pieces && form == QuoteForm::Direct && proposal.fragments.len() > 1 {
                let parts = std::mem::take(&mut proposal.fragments);
                found.extend(parts.into_iter().map(|part| Proposal {
                    fragments: smallvec![part],
                    ..proposal.clone()
                }));
            } else if !proposal.fragments.is_empty() {
                found.push(proposal);
            }
        }
        found
    }

    /// One piece of a quote as the project tags it; `opens`: it is the first.
    #[must_use]
    pub fn part(
        self,
        source: &SourceText,
        part: TextRange,
        form: QuoteForm,
        opens: bool,
    ) -> TextRange {
        if self.marks_outside && form == QuoteForm::Direct {
            return without_marks(source, part);
        }
        if self.that_outside && form != QuoteForm::Direct && opens {
            return without_that(source, part);
        }
        part
    }
}

/// A quotation without its outer marks.
fn without_marks(source: &SourceText, part: TextRange) -> TextRange {
    let words = source.slice(part);
    let opened = mark_at(words).map_or(0, |mark| mark.len);
    let inner = words.get(opened..).unwrap_or_default();
    let closed = ["''", "``"]
        .into_iter()
        .find_map(|mark| inner.strip_suffix(mark))
        .or_else(|| {
            let last = inner.char_indices().next_back()?;
            let rest = inner.get(last.0..)?;
            mark_at(rest).and_then(|_| inner.get(..last.0))
        })
        .unwrap_or(inner);
    let start = part.start() + TextSize::try_from(opened).unwrap_or_default();
    trim(
        source,
        snap_to_graphemes(source, TextRange::at(start, TextSize::of(closed))),
    )
}

/// A reported clause without the *that* it begins with.
fn without_that(source: &SourceText, part: TextRange) -> TextRange {
    let words = source.slice(part);
    let rest = words
        .get(..4)
        .filter(|that| that.eq_ignore_ascii_case("that"))
        .and_then(|_| words.get(4..))
        .filter(|rest| rest.starts_with(char::is_whitespace));
    match rest {
        Some(rest) => trim(
            source,
            TextRange::new(part.end() - TextSize::of(rest), part.end()),
        ),
        None => part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suggest::proposals;

    fn proposed(text: &str, conventions: Conventions) -> Vec<Vec<String>> {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let found = conventions.apply(&source, proposals(&source));
        let words = |range: &TextRange| source.slice(*range).to_owned();
        found
            .iter()
            .map(|proposal| proposal.fragments.iter().map(words).collect())
            .collect()
    }

    #[test]
    fn a_project_decides_on_split_quotations_marks_and_that() {
        let split = "“We sell,” Lee said. “It hurts us all.”";
        let that = "Lee said that the mill would close.";
        let own = Conventions::default();
        assert_eq!(
            proposed(split, own),
            [["“We sell,”", "“It hurts us all.”"].map(str::to_owned)]
        );
        let pieces = Conventions {
            pieces: true,
            ..own
        };
        assert_eq!(
            proposed(split, pieces),
            [["“We sell,”"], ["“It hurts us all.”"]].map(|part| part.map(str::to_owned))
        );
        let bare = Conventions {
            marks_outside: true,
            that_outside: true,
            ..own
        };
        assert_eq!(
            proposed(split, bare),
            [["We sell,", "It hurts us all."].map(str::to_owned)]
        );
        assert_eq!(
            proposed("''Never,'' Lee said.", bare),
            [["Never,".to_owned()]]
        );
        assert_eq!(
            proposed(that, own),
            [["that the mill would close".to_owned()]]
        );
        assert_eq!(proposed(that, bare), [["the mill would close".to_owned()]]);
    }
}
