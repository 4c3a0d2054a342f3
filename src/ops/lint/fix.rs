//! What sets a problem right with one key.

use super::LintContext;
use super::tag_rules::WrongEdge;
use crate::edit::{Edge, action};
use crate::model::{
    Annotation, AnnotationId, FindingSubject, LintRule, Problem, ProblemKind, Target,
};
use crate::ops::suggestions::quote_label;
use crate::ops::{Edit, Move, is_in_use};
use crate::suggest::CandidateTarget;
use crate::text::{TextRange, TextSize, snap_to_graphemes, trim};

/// What sets a problem right.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// Where the person is taken first.
    pub(in crate::ops) go: Vec<Move>,
    /// The change.
    pub(in crate::ops) edit: Edit,
}

impl From<Edit> for Fix {
    fn from(edit: Edit) -> Self {
        Self {
            go: Vec::new(),
            edit,
        }
    }
}

impl Fix {
    fn after(go: impl Into<Vec<Move>>, edit: Edit) -> Self {
        let go = go.into();
        Self { go, edit }
    }
}

/// The word on the button that sets a problem of this kind right; `None` where only a person can.
#[must_use]
pub fn fix_word(kind: &ProblemKind) -> Option<&'static str> {
    match kind {
        ProblemKind::Lint(finding) => Some(match finding.rule {
            // The text is not the annotator's to change.
            LintRule::UnbalancedMark => return None,
            LintRule::NoSpeaker | LintRule::ClaimWithoutSpeaker => "Set speaker",
            LintRule::SpeakerInQuote => "Remove link",
            LintRule::UnclosedMark | LintRule::EdgeInWord => "Move edge",
            LintRule::UntaggedQuote => "Tag passage",
            LintRule::UntaggedName => "Tag all",
            LintRule::CueInQuote => "Cut out",
            LintRule::EmptyTag => "Remove",
            LintRule::DuplicateTag => "Delete",
        }),
        ProblemKind::DanglingLink(_) | ProblemKind::LinkNotAllowed(_) => Some("Remove link"),
        ProblemKind::UnknownAttribute(_) => Some("Remove"),
        ProblemKind::CutsGrapheme => Some("Move edge"),
        ProblemKind::Unread { .. }
        | ProblemKind::Clash(_)
        | ProblemKind::Lost { .. }
        | ProblemKind::WordsChanged { .. }
        | ProblemKind::UnknownLabel(_)
        | ProblemKind::UnknownValue { .. }
        | ProblemKind::UnknownPerson(_)
        | ProblemKind::SourceChanged => None,
    }
}

impl LintContext<'_> {
    /// What sets a problem right; `None` where it is gone or only a person can.
    pub(in crate::ops) fn fix(&self, problem: &Problem) -> Option<Fix> {
        let tag = problem.annotation.as_ref();
        let tag = tag.and_then(|id| self.document.set().annotation(id));
        match &problem.kind {
            ProblemKind::Lint(finding) => match &finding.about {
                FindingSubject::Tag(_) => self.fix_tag(finding.rule, tag?),
                FindingSubject::Words(words) => self.fix_words(finding.rule, words, problem.range?),
            },
            ProblemKind::DanglingLink(link) | ProblemKind::LinkNotAllowed(link) => {
                Some(Edit::Unlink(link.clone()).into())
            }
            ProblemKind::UnknownAttribute(name) => Some(
                Edit::SetAttribute {
                    tag: Some(tag?.id.clone()),
                    name: name.as_str().into(),
                    value: None,
                }
                .into(),
            ),
            ProblemKind::CutsGrapheme => Some(edge_edit(tag?, self.cut_grapheme(tag?)?)),
            ProblemKind::Unread { .. }
            | ProblemKind::Clash(_)
            | ProblemKind::Lost { .. }
            | ProblemKind::WordsChanged { .. }
            | ProblemKind::UnknownLabel(_)
            | ProblemKind::UnknownValue { .. }
            | ProblemKind::UnknownPerson(_)
            | ProblemKind::SourceChanged => None,
        }
    }

    fn fix_tag(&self, rule: LintRule, tag: &Annotation) -> Option<Fix> {
        match rule {
            LintRule::NoSpeaker | LintRule::ClaimWithoutSpeaker => self.likely_speaker(tag),
            LintRule::SpeakerInQuote => {
                let link = self.speaker_within(tag)?;
                Some(Edit::Unlink(link.id.clone()).into())
            }
            LintRule::UnclosedMark => Some(edge_edit(tag, self.unclosed_mark(tag)?)),
            LintRule::EdgeInWord => Some(edge_edit(tag, self.edge_in_word(tag)?)),
            LintRule::CueInQuote => self.cut_report(tag),
            LintRule::EmptyTag => Some(
                Edit::RemoveFragment {
                    tag: tag.id.clone(),
                    index: self.empty_fragment(tag)?,
                }
                .into(),
            ),
            LintRule::DuplicateTag => self
                .is_duplicate(tag)
                .then(|| Edit::Delete(Some(tag.id.clone())).into()),
            LintRule::UntaggedQuote | LintRule::UntaggedName | LintRule::UnbalancedMark => None,
        }
    }

    fn fix_words(&self, rule: LintRule, words: &str, range: TextRange) -> Option<Fix> {
        match rule {
            LintRule::UntaggedQuote => {
                self.passage(range)?;
                let label = quote_label(self.schema)?.key.clone();
                Some(Fix::after([Move::Seek(range)], Edit::Tag(label)))
            }
            LintRule::UntaggedName => {
                let tagged = self.mention_of(words, range)?;
                Some(Fix::after([Move::GoTo(tagged)], Edit::TagOccurrences))
            }
            LintRule::NoSpeaker
            | LintRule::ClaimWithoutSpeaker
            | LintRule::SpeakerInQuote
            | LintRule::UnclosedMark
            | LintRule::EdgeInWord
            | LintRule::CueInQuote
            | LintRule::EmptyTag
            | LintRule::DuplicateTag
            | LintRule::UnbalancedMark => None,
        }
    }

    /// Confirms the speaker that is filled in, else links to the first candidate.
    fn likely_speaker(&self, tag: &Annotation) -> Option<Fix> {
        let set = self.document.set();
        let role = self.schema.speaker_role(&tag.label)?;
        let filled = set.links_from(&tag.id).any(|link| link.role == role.key);
        if filled {
            return Some(Edit::ConfirmLink(tag.id.clone()).into());
        }
        let ranges = tag.fragments.as_slice();
        let found = action::speaker_candidates(self.document, self.schema, ranges, &tag.label);
        let from = tag.id.clone();
        let link = |to| Edit::Link {
            from: tag.id.clone(),
            to,
            add: false,
        };
        Some(
            match found.into_iter().next()?.target {
                CandidateTarget::Tagged(id) => link(Target::Annotation(id)),
                CandidateTarget::Person(id) => link(Target::Person(id)),
                CandidateTarget::Untagged(range) => Edit::LinkToMentionAt {
                    from,
                    at: range.start(),
                },
            }
            .into(),
        )
    }

    /// Cuts out the words between two quotations, or what is on the shorter side of a cue with it.
    fn cut_report(&self, tag: &Annotation) -> Option<Fix> {
        let report = self.report_within(tag)?;
        let source = self.document.source();
        let mut parts = tag.fragments.iter();
        let part = parts.find(|part| part.contains_range(report))?;
        let is_gap = self
            .text
            .passages_in(source, part)
            .any(|passage| passage.end() == report.start());
        let cut = if is_gap {
            report
        } else if report.start() - part.start() <= part.end() - report.end() {
            TextRange::new(part.start(), report.end())
        } else {
            TextRange::new(report.start(), part.end())
        };
        let cut = trim(source, cut);
        let select = Move::Select {
            anchor: cut.start(),
            head: cut.end(),
        };
        let go = [Move::GoTo(tag.id.clone()), select];
        Some(Fix::after(go, Edit::RemovePart))
    }

    /// A mention in use with these words, another than at this place.
    fn mention_of(&self, words: &str, place: TextRange) -> Option<AnnotationId> {
        let source = self.document.source();
        let first = words.split(|c: char| !c.is_alphanumeric()).next()?;
        let mut starts = self.text.capitals(source, first).iter();
        starts.find_map(|start| {
            let found = crate::suggest::name_at(source, *start, words)?;
            let mut tags = self.document.set().overlapping(found);
            let tag = tags.find(|(_, tag)| {
                found != place && is_in_use(tag) && self.name_of(tag).as_deref() == Some(words)
            });
            tag.map(|(_, tag)| tag.id.clone())
        })
    }

    fn cut_grapheme(&self, tag: &Annotation) -> Option<WrongEdge> {
        let source = self.document.source();
        let parts = tag.fragments.iter().enumerate();
        parts.into_iter().find_map(|(index, part)| {
            let whole = snap_to_graphemes(source, part);
            let wrong = |edge, from: TextSize, to: TextSize| {
                (from != to).then_some(WrongEdge { index, edge, to })
            };
            wrong(Edge::Start, part.start(), whole.start())
                .or_else(|| wrong(Edge::End, part.end(), whole.end()))
        })
    }
}

fn edge_edit(tag: &Annotation, wrong: WrongEdge) -> Fix {
    Edit::SetEdge {
        tag: tag.id.clone(),
        index: wrong.index,
        edge: wrong.edge,
        to: wrong.to,
    }
    .into()
}
