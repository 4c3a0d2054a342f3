//! Any command, for tests of arbitrary sequences. A new command that is not drawn here does not
//! compile.

use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::select;
use pullquote::format::sidecar;
use pullquote::model::{
    AnnotationId, Attribute, Document, DocumentState, FindingSubject, LinkId, LintRule, Person,
    PersonId, PersonKind, ProposedSpeaker, Review, Schema, SuppressionKey, TagPart, Target,
    UnreadRecord,
};
use pullquote::ops::{
    Command, CorrectionStep, DecisionStep, Edge, Edit, EditKind, Gesture, GestureKind, Motion,
    Move, MoveKind, OpenDocument, PersonChoice, ReviewStep, Step, TagFilter,
};
use pullquote::text::{SourceText, TextRange, TextSize};

use super::{TestCorpus, Work};

#[derive(Debug, Clone, Copy)]
enum Kind {
    Move(MoveKind),
    Edit(EditKind),
    Gesture(GestureKind),
}

/// Which command, and numbers that pick what it is about in the document at that point.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AnyCommand {
    kind: Kind,
    a: usize,
    b: usize,
    c: usize,
}

/// Every command, those that make something to work on more often.
pub(crate) fn any_command() -> impl Strategy<Value = AnyCommand> {
    let kind = prop_oneof![
        5 => Just(Kind::Move(MoveKind::Select)),
        4 => Just(Kind::Edit(EditKind::Tag)),
        5 => select(MoveKind::ALL).prop_map(Kind::Move),
        22 => select(EditKind::ALL).prop_map(Kind::Edit),
        8 => select(GestureKind::ALL).prop_map(Kind::Gesture),
    ];
    let numbers = any::<(usize, usize, usize)>();
    (kind, numbers).prop_map(|(kind, (a, b, c))| AnyCommand { kind, a, b, c })
}

/// The sample article with tags that were lost and with two versions of a tag and of a person.
pub(crate) fn undecided() -> &'static (Document, Schema) {
    static READ: OnceLock<(Document, Schema)> = OnceLock::new();
    READ.get_or_init(|| {
        let text = include_str!("../../seeds/us-russia-relations.txt");
        let word: String = text.chars().take_while(|c| c.is_alphanumeric()).collect();
        let end = word.chars().count();
        let tag = |note: &str| {
            format!("(id: \"c1\", label: \"claim\", at: [(0, {end})], text: [\"{word}\"], note: \"{note}\"),")
        };
        let lost = |id: &str, label: &str| {
            format!("(id: \"{id}\", label: \"{label}\", at: [(3, 9)], text: [\"gone w\"], note: \"hm\", before: \"so \", after: \" then\"),")
        };
        let lists = [
            ("people", ["Rex", "Ray"].map(|name| format!("(id: \"p1\", name: \"{name}\"),"))),
            ("annotations", ["mine", "hers"].map(tag)),
            ("lost", [lost("q9", "quote"), lost("s9", "speaker")]),
        ];
        let lists = lists.map(|(name, [a, b])| format!("    {name}: [\n{a}\n{b}\n    ],\n"));
        let source = SourceText::new(text, "UTF-8").unwrap();
        let empty = sidecar::write(&Document::new(source), "a.txt");
        let head = empty.trim_end().strip_suffix(')').unwrap();
        let corpus = TestCorpus::new()
            .file("a.txt", text)
            .file("a.txt.ron", format!("{head}{})\n", lists.concat()));
        let opened = Work::open(&corpus.path("a.txt"), &corpus.state()).unwrap().opened;
        assert_eq!(opened.document.unread().len(), 4, "{:?}", opened.document.unread());
        (opened.document, opened.schema)
    })
}

fn pick<T: Clone>(from: &[T], n: usize) -> Option<T> {
    from.get(n % from.len().max(1)).cloned()
}

fn some_key(n: usize) -> SuppressionKey {
    let about = match n % 2 {
        0 => FindingSubject::Words("gone".into()),
        _ => FindingSubject::Tag("gone".into()),
    };
    let rule = pick(LintRule::ALL, n).unwrap().name().into();
    SuppressionKey { rule, about }
}

impl AnyCommand {
    /// The command in this document.
    pub(crate) fn on(self, open: &OpenDocument) -> Command {
        match self.kind {
            Kind::Move(kind) => self.movement(kind, open).into(),
            Kind::Edit(kind) => self.edit(kind, open).into(),
            Kind::Gesture(kind) => self.gesture(kind, open).into(),
        }
    }

    /// Whether it steps through the candidates for a speaker.
    pub(crate) fn walks_candidates(self) -> bool {
        match self.kind {
            Kind::Gesture(kind) => {
                kind == GestureKind::NextCandidate || kind == GestureKind::PreviousCandidate
            }
            Kind::Move(_) | Kind::Edit(_) => false,
        }
    }

    fn place(open: &OpenDocument, n: usize) -> TextSize {
        let length = usize::from(open.document().source().len());
        TextSize::try_from(n % (length + 1)).unwrap()
    }

    fn tag(open: &OpenDocument, n: usize) -> Option<AnnotationId> {
        let set = &open.shown().set();
        // Only a few, so that commands meet on the same ones.
        let tags: Vec<_> = set
            .annotations()
            .take(6)
            .map(|tag| tag.id.clone())
            .collect();
        pick(&tags, n)
    }

    fn some_tag(open: &OpenDocument, n: usize) -> AnnotationId {
        Self::tag(open, n).unwrap_or_else(|| "gone".into())
    }

    fn person(open: &OpenDocument, n: usize) -> PersonId {
        let people: Vec<_> = open
            .document()
            .set()
            .people()
            .map(|p| p.id.clone())
            .collect();
        pick(&people, n).unwrap_or_else(|| "gone".into())
    }

    fn record(open: &OpenDocument, n: usize) -> UnreadRecord {
        let there = open.document().unread().iter();
        let there: Vec<_> = there.filter(|_| !n.is_multiple_of(5)).cloned().collect();
        // One that may be gone.
        let all = || undecided().0.unread().iter().cloned().collect::<Vec<_>>();
        pick(&there, n).or_else(|| pick(&all(), n)).unwrap()
    }

    fn filter(self) -> TagFilter {
        TagFilter {
            without_speaker: self.a.is_multiple_of(3),
            label: (self.b.is_multiple_of(3)).then(|| "quote".into()),
            ..TagFilter::default()
        }
    }

    fn edge(self) -> Edge {
        [Edge::Start, Edge::End][self.c % 2]
    }

    fn forward(self) -> bool {
        self.b.is_multiple_of(2)
    }

    fn label(self) -> smol_str::SmolStr {
        ["quote", "speaker", "speaker", "claim", "cue", "unknown"][self.b % 6].into()
    }

    fn movement(self, kind: MoveKind, open: &OpenDocument) -> Move {
        let Self { a, b, c, .. } = self;
        match kind {
            MoveKind::Caret => Move::Caret {
                motion: [
                    Motion::NextGrapheme,
                    Motion::PreviousGrapheme,
                    Motion::NextWord,
                    Motion::PreviousWord,
                    Motion::To(Self::place(open, b)),
                    Motion::ParagraphStart,
                    Motion::ParagraphEnd,
                    Motion::DocumentStart,
                    Motion::DocumentEnd,
                ][a % 9],
                extend: c.is_multiple_of(2),
            },
            // Often a caret, for the natural unit there.
            MoveKind::Select => Move::Select {
                anchor: Self::place(open, a),
                head: Self::place(open, if c.is_multiple_of(3) { b } else { a }),
            },
            MoveKind::Seek => {
                let (one, other) = (Self::place(open, a), Self::place(open, b));
                Move::Seek(TextRange::new(one.min(other), one.max(other)))
            }
            MoveKind::SelectAll => Move::SelectAll,
            MoveKind::Grow => Move::Grow,
            MoveKind::Shrink => Move::Shrink,
            MoveKind::PreviousTag => Move::PreviousTag(self.filter()),
            MoveKind::GoTo => Move::GoTo(Self::some_tag(open, a)),
            MoveKind::Problem => Move::Problem {
                forward: self.forward(),
            },
            MoveKind::Difference => Move::Difference {
                forward: self.forward(),
            },
            MoveKind::GoToDifference => Move::GoToDifference(a % 12),
            MoveKind::ReviewWorkOf => Move::ReviewWorkOf(a % 3),
            MoveKind::PeerTag => Move::PeerTag {
                forward: self.forward(),
            },
            MoveKind::GoToPeerTag => Move::GoToPeerTag(a % 12),
            MoveKind::Correction => Move::Correction {
                forward: self.forward(),
            },
            MoveKind::GoToCorrection => Move::GoToCorrection(a % 12),
            MoveKind::Outward => Move::Outward,
            MoveKind::Inward => Move::Inward,
        }
    }

    fn edit(self, kind: EditKind, open: &OpenDocument) -> Edit {
        let Self { a, b, c, .. } = self;
        let tag = || Self::some_tag(open, a);
        let given_or_current = || Self::tag(open, a).filter(|_| !c.is_multiple_of(3));
        match kind {
            EditKind::Tag => Edit::Tag(self.label()),
            EditKind::TagOccurrences => Edit::TagOccurrences,
            EditKind::AddFragment => Edit::AddFragment,
            EditKind::RemoveFragment => Edit::RemoveFragment {
                tag: tag(),
                index: b % 3,
            },
            EditKind::RemovePart => Edit::RemovePart,
            EditKind::Nudge => Edit::Nudge {
                edge: self.edge(),
                forward: self.forward(),
                step: [Step::Word, Step::Grapheme][a % 2],
            },
            EditKind::SetEdge => Edit::SetEdge {
                tag: tag(),
                index: b % 2,
                edge: self.edge(),
                to: Self::place(open, b),
            },
            EditKind::Relabel => Edit::Relabel {
                tag: given_or_current(),
                label: self.label(),
            },
            EditKind::SetAttribute => Edit::SetAttribute {
                tag: given_or_current(),
                name: "form".into(),
                value: (b.is_multiple_of(2)).then(|| "mixed".into()),
            },
            EditKind::SetNote => Edit::SetNote {
                tag: given_or_current(),
                note: "½ 👍 \"note\"\n".repeat(b % 3),
            },
            EditKind::Delete => Edit::Delete(given_or_current()),
            EditKind::ChooseCandidate => Edit::ChooseCandidate(a % 4),
            EditKind::NotGiven => Edit::NotGiven,
            EditKind::ConfirmLink => Edit::ConfirmLink(tag()),
            EditKind::LeaveUndecided => Edit::LeaveUndecided(tag()),
            EditKind::Link => Edit::Link {
                from: tag(),
                to: match b % 5 {
                    0 => Target::NotGiven,
                    1 => Target::Person(Self::person(open, b / 5)),
                    _ => Target::Annotation(Self::some_tag(open, b / 5)),
                },
                add: c.is_multiple_of(2),
            },
            EditKind::LinkToMentionAt => Edit::LinkToMentionAt {
                from: tag(),
                at: Self::place(open, b),
            },
            EditKind::Unlink => {
                let links: Vec<_> = open.shown().set().links().map(|l| l.id.clone()).collect();
                Edit::Unlink(pick(&links, a).unwrap_or_else(|| LinkId::new("gone")))
            }
            EditKind::AssignPerson => Edit::AssignPerson {
                tag: given_or_current(),
                person: match b % 3 {
                    0 => PersonChoice::Existing(Self::person(open, b / 3)),
                    1 => PersonChoice::New {
                        name: format!("Person {}", b % 9),
                        kind: PersonKind::Group,
                    },
                    _ => PersonChoice::None,
                },
            },
            EditKind::EditPerson => {
                let set = &open.document().set();
                let known = set.person(&Self::person(open, a));
                let mut person = known
                    .cloned()
                    .unwrap_or_else(|| Person::new("gone", "Nobody"));
                person.role = ["secretary", ""][b % 2].to_owned();
                person.aliases.push(format!(" Rex {} ", c % 3));
                Edit::EditPerson(person)
            }
            EditKind::MergePeople => Edit::MergePeople {
                from: Self::person(open, a),
                into: Self::person(open, b),
            },
            EditKind::DeletePerson => Edit::DeletePerson(Self::person(open, a)),
            EditKind::Review => Edit::Review {
                tag: given_or_current(),
                review: pick(&Review::ALL, b).unwrap(),
            },
            EditKind::AcceptSuggestions => {
                Edit::AcceptSuggestions(vec![Self::some_tag(open, a), Self::some_tag(open, b)])
            }
            EditKind::AcceptRest => Edit::AcceptRest,
            EditKind::EditText => Edit::EditText {
                range: {
                    let start = Self::place(open, a);
                    let length = TextSize::new([0, 1, 7, 60, 400][b % 5]);
                    TextRange::new(start, (start + length).min(open.document().source().len()))
                },
                replacement: ["", "x", " “so” and ", "\u{301}", "Tillerson said\n"][c % 5]
                    .to_owned(),
            },
            EditKind::PlaceLost => Edit::PlaceLost(Self::record(open, a)),
            EditKind::ForgetLost => Edit::ForgetLost(Self::record(open, a)),
            EditKind::SetState => Edit::SetState(pick(&DocumentState::ALL, a).unwrap()),
            EditKind::IgnoreFinding => {
                let mut findings = open
                    .problems()
                    .iter()
                    .filter_map(|p| p.kind.finding().cloned());
                let found = findings.next().map(|finding| finding.key());
                Edit::IgnoreFinding {
                    key: found.unwrap_or_else(|| some_key(a)),
                    reason: ["", "so be it"][b % 2].to_owned(),
                }
            }
            EditKind::StopIgnoring => {
                let ignored = open.document().set().suppressions();
                let ignored: Vec<_> = ignored.map(|one| one.key.clone()).collect();
                Edit::StopIgnoring(pick(&ignored, a).unwrap_or_else(|| some_key(b)))
            }
            EditKind::TakeOther => Edit::TakeOther(Self::record(open, a)),
            EditKind::KeepOurs => Edit::KeepOurs(Self::record(open, a)),
        }
    }

    fn gesture(self, kind: GestureKind, open: &OpenDocument) -> Gesture {
        match kind {
            GestureKind::NextTag => Gesture::NextTag(self.filter()),
            GestureKind::Untagged => Gesture::Untagged {
                forward: self.forward(),
            },
            GestureKind::Suggestion => Gesture::Suggestion {
                forward: self.forward(),
            },
            GestureKind::NextCandidate => Gesture::NextCandidate,
            GestureKind::PreviousCandidate => Gesture::PreviousCandidate,
            GestureKind::Confirm => Gesture::Confirm,
            GestureKind::ReviewAndGoOn => Gesture::ReviewAndGoOn {
                tag: Self::tag(open, self.a),
                review: pick(&Review::ALL, self.b).unwrap(),
                filter: self.filter(),
            },
            GestureKind::Escape => Gesture::Escape,
            GestureKind::GiveReason => Gesture::GiveReason(["", " why "][self.b % 2].to_owned()),
            GestureKind::Decide => Gesture::Decide(match self.b % 6 {
                0 => DecisionStep::AllWrong,
                1 => DecisionStep::Nothing,
                5 => DecisionStep::Agreed,
                2 => DecisionStep::Part(TagPart::ALL[self.c % 4]),
                _ => DecisionStep::Take(u8::try_from(self.c % 3).unwrap()),
            }),
            GestureKind::ReviewOfOthers => Gesture::ReviewOfOthers(match self.b % 8 {
                0 => ReviewStep::Verdict(Review::ALL[self.c % Review::ALL.len()]),
                1 => ReviewStep::Words(format!("why {}", self.c % 3)),
                2 => ReviewStep::Label("claim".into()),
                3 => ReviewStep::Remove,
                4 => ReviewStep::Speaker(ProposedSpeaker::NotGiven),
                5 => ReviewStep::Remark {
                    of: "ann".into(),
                    text: format!("all {}", self.c % 3),
                },
                6 => ReviewStep::Attribute(Attribute {
                    name: "form".into(),
                    value: ["direct", "mixed", ""][self.c % 3].into(),
                }),
                _ => ReviewStep::Nudge {
                    edge: Edge::End,
                    forward: self.forward(),
                    step: Step::Word,
                },
            }),
            GestureKind::Settle => Gesture::Settle(match self.b % 3 {
                0 => CorrectionStep::Take,
                1 => CorrectionStep::Leave,
                _ => CorrectionStep::Answer("no".to_owned()),
            }),
            GestureKind::FixProblem => {
                let problems: Vec<_> = open.problems().iter().take(9).collect();
                let given = !self.c.is_multiple_of(3);
                Gesture::FixProblem(pick(&problems, self.a).filter(|_| given))
            }
            GestureKind::Undo => Gesture::Undo,
            GestureKind::Redo => Gesture::Redo,
        }
    }
}
