//! What is looked for in one tag and its links.

use super::{LintContext, find::same_place};
use crate::edit::Edge;
use crate::model::{Annotation, FindingSubject, Link, LintRule, Problem, Target};
use crate::ops::suggestions::quote_label;
use crate::ops::{is_in_use, needs_speaker};
use crate::suggest::{Conventions, paired_marks, reporting_clauses};
use crate::text::{TextRange, TextSize, trim, word_at};

/// A report between two quotations is no longer than this (bytes).
const LONGEST_REPORT: TextSize = TextSize::new(200);

/// An edge of a fragment (from 0) that should be elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrongEdge {
    pub(super) index: usize,
    pub(super) edge: Edge,
    /// Where it should be, in bytes.
    pub(super) to: TextSize,
}

impl LintContext<'_> {
    /// What is found about a tag in use.
    pub(in crate::ops) fn tag(&self, tag: &Annotation) -> Vec<Problem> {
        if !is_in_use(tag) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut report = |rule, is_found: bool| {
            if is_found {
                let about = FindingSubject::Tag(tag.id.clone());
                found.extend(self.report(rule, about, tag.fragments.hull()));
            }
        };
        let on = |rule| self.schema.lint.is_on(rule);
        let is_quote = self.is_quote(tag);
        let speaker_rule = match is_quote {
            true => LintRule::NoSpeaker,
            false => LintRule::ClaimWithoutSpeaker,
        };
        let lacks_speaker = on(speaker_rule) && needs_speaker(self.document, self.schema, tag);
        report(speaker_rule, lacks_speaker);
        let empty = on(LintRule::EmptyTag) && self.empty_fragment(tag).is_some();
        report(LintRule::EmptyTag, empty);
        let split = on(LintRule::EdgeInWord) && !empty && self.edge_in_word(tag).is_some();
        report(LintRule::EdgeInWord, split);
        let unclosed = on(LintRule::UnclosedMark) && self.unclosed_mark(tag).is_some();
        report(LintRule::UnclosedMark, unclosed);
        if is_quote {
            let rule = LintRule::SpeakerInQuote;
            report(rule, on(rule) && self.speaker_within(tag).is_some());
            let rule = LintRule::CueInQuote;
            report(rule, on(rule) && self.report_within(tag).is_some());
        }
        let rule = LintRule::DuplicateTag;
        report(rule, on(rule) && self.is_duplicate(tag));
        found
    }

    fn is_quote(&self, tag: &Annotation) -> bool {
        quote_label(self.schema).is_some_and(|quote| quote.key == tag.label)
    }

    /// A part without a word in it. Where the project tags words that report, a colon may be all of
    /// them.
    pub(super) fn empty_fragment(&self, tag: &Annotation) -> Option<usize> {
        let label = self.schema.label(&tag.label);
        if label.is_some_and(|label| label.reports) {
            return None;
        }
        let is_sign = |c: char| u32::from(c) > 0x20CF && !('\u{3000}'..='\u{303F}').contains(&c);
        let has_word = |part: TextRange| {
            let words = self.document.source().slice(part);
            words.contains(|c: char| c.is_alphanumeric() || is_sign(c) && !c.is_whitespace())
        };
        tag.fragments.iter().position(|part| !has_word(part))
    }

    /// An edge inside a word, and the nearer end of that word: outside where both are as near, or nothing
    /// would be left. Only for scripts that write words apart and endings with them.
    pub(super) fn edge_in_word(&self, tag: &Annotation) -> Option<WrongEdge> {
        let parts = tag.fragments.iter().enumerate();
        parts.into_iter().find_map(|(index, part)| {
            let at = [(Edge::Start, part.start()), (Edge::End, part.end())];
            at.into_iter().find_map(|(edge, at)| {
                let word = self.word_across(at)?;
                let (before, after) = (at - word.start(), word.end() - at);
                let to = match edge {
                    Edge::Start if after < before && word.end() < part.end() => word.end(),
                    Edge::Start => word.start(),
                    Edge::End if before < after && word.start() > part.start() => word.start(),
                    Edge::End => word.end(),
                };
                let to = match edge {
                    Edge::Start => trim(self.document.source(), TextRange::new(to, part.end())),
                    Edge::End => trim(self.document.source(), TextRange::new(part.start(), to)),
                };
                let to = match edge {
                    Edge::Start => to.start(),
                    Edge::End => to.end(),
                };
                Some(WrongEdge { index, edge, to })
            })
        })
    }

    /// The word with letters or digits of Latin, Greek or Cyrillic on both sides of a place.
    fn word_across(&self, at: TextSize) -> Option<TextRange> {
        let source = self.document.source();
        let (before, after) = source.as_str().split_at_checked(at.into())?;
        let joins =
            |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && u32::from(c) < 0x530);
        if !joins(before.chars().next_back()) || !joins(after.chars().next()) {
            return None;
        }
        word_at(source, at).filter(|word| word.start() < at && at < word.end())
    }

    /// The edge to move where a tag has one mark of a pair: a quote grows to the other one, anything else
    /// loses the one it has.
    pub(super) fn unclosed_mark(&self, tag: &Annotation) -> Option<WrongEdge> {
        let source = self.document.source();
        let outside = Conventions::of(self.schema).marks_outside;
        let grows = self.is_quote(tag) && !outside;
        let parts = || tag.fragments.iter().enumerate();
        let has = |mark: TextRange| parts().find(|(_, part)| part.contains_range(mark));
        let passages = self
            .text
            .passages_in(self.document.source(), tag.fragments.hull());
        let mut pairs = passages.filter_map(|passage| paired_marks(source, passage));
        pairs.find_map(|(opens, closes)| {
            let (index, edge, to) = match (has(opens), has(closes)) {
                (Some(_), None) if grows => {
                    let mut parts = parts().rev();
                    let (index, _) = parts.find(|(_, part)| part.start() < closes.start())?;
                    (index, Edge::End, closes.end())
                }
                (None, Some(_)) if grows => {
                    let (index, _) = parts().find(|(_, part)| part.end() > opens.end())?;
                    (index, Edge::Start, opens.start())
                }
                // One in the middle of a part cannot be cut off.
                (Some((index, part)), None) if part.start() == opens.start() => {
                    let rest = trim(source, TextRange::new(opens.end(), part.end()));
                    (index, Edge::Start, rest.start())
                }
                (None, Some((index, part))) if part.end() == closes.end() => {
                    let rest = trim(source, TextRange::new(part.start(), closes.start()));
                    (index, Edge::End, rest.end())
                }
                (Some(_) | None, Some(_) | None) => return None,
            };
            Some(WrongEdge { index, edge, to })
        })
    }

    /// The link to a speaker whose mention is within the quote.
    pub(super) fn speaker_within<'a>(&'a self, tag: &'a Annotation) -> Option<&'a Link> {
        let set = self.document.set();
        let role = self.schema.speaker_role(&tag.label)?;
        set.links_from(&tag.id).find(|link| {
            let Target::Annotation(to) = &link.to else {
                return false;
            };
            let mention = set.annotation(to).map(|to| to.fragments.hull());
            let within = |mention| {
                tag.fragments
                    .iter()
                    .any(|part| part.contains_range(mention))
            };
            link.role == role.key && mention.is_some_and(within)
        })
    }

    /// The words that report the quote and are within it: those it is linked to, else *Lee said* between
    /// two quotations that are tagged as one part.
    pub(super) fn report_within(&self, tag: &Annotation) -> Option<TextRange> {
        let source = self.document.source();
        for part in tag.fragments.iter() {
            let outer: Vec<(TextRange, TextRange)> = self
                .text
                .passages_in(self.document.source(), part)
                .filter(|passage| part.contains_range(*passage))
                .filter_map(|passage| paired_marks(source, passage))
                .collect();
            let begins = outer
                .first()
                .is_some_and(|(opens, _)| opens.start() == part.start());
            for pair in outer.array_windows() {
                let [(opens, closes), (next, end)] = pair;
                let is_gap = closes.end() < next.start();
                let gap = is_gap.then(|| TextRange::new(closes.end(), next.start()));
                let Some(gap) = gap.filter(|gap| begins && gap.len() < LONGEST_REPORT) else {
                    continue;
                };
                let around = TextRange::new(opens.start(), end.end());
                let reports = reporting_clauses(source, around);
                if reports.iter().any(|report| gap.contains_range(report.verb)) {
                    return Some(gap);
                }
            }
        }
        self.cue_within(tag)
    }

    fn cue_within(&self, tag: &Annotation) -> Option<TextRange> {
        let set = self.document.set();
        let cues = set.links_from(&tag.id).filter_map(|link| match &link.to {
            Target::Annotation(to) => set.annotation(to),
            Target::Person(_) | Target::NotGiven => None,
        });
        cues.filter(|cue| {
            let label = self.schema.label(&cue.label);
            label.is_some_and(|label| label.reports) && is_in_use(cue)
        })
        .map(|cue| cue.fragments.hull())
        .find(|cue| tag.fragments.iter().any(|part| part.contains_range(*cue)))
    }

    /// Whether another tag in use has its label and fragments, and comes before it or is linked more.
    pub(super) fn is_duplicate(&self, tag: &Annotation) -> bool {
        let set = self.document.set();
        let links = |tag: &Annotation| {
            let to = Target::Annotation(tag.id.clone());
            set.links_from(&tag.id).count() + set.links_to(&to).count()
        };
        same_place(set, tag).any(|other| {
            let is_same = other.id != tag.id
                && other.label == tag.label
                && other.fragments == tag.fragments
                && is_in_use(other);
            is_same && (links(other), &tag.id) > (links(tag), &other.id)
        })
    }
}
