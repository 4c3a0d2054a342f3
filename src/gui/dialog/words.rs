//! Words for a colleague: why a tag is wrong, an answer, a remark on all the tags; and why something was decided.

use std::collections::VecDeque;

use egui::{Context, Id, Label, RichText, TextEdit};
use smol_str::SmolStr;

use super::fields::{last_row_ui, named_field_ui};
use super::{DialogState, SheetPlace, Typed, placed_sheet_ui, start_field};
use crate::gui::app_command::AppCommand;
use crate::gui::said_of_tag::{excerpt, said_of_tag};
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::take_plain_enter;
use crate::model::{Annotation, AnnotationId, ReviewKey};
use crate::ops::{
    ColleagueWork, CorrectionStep, Gesture, Move, OpenDocument, ReviewStep, difference_words,
    review_words,
};
use crate::store::Draft;
use crate::text::wording::shown_annotator;

/// What is typed, and what it is about.
#[derive(Debug)]
pub(crate) struct WordsDialog {
    about: WordsAbout,
    text: String,
    before: String,
    started: bool,
    /// Whether what it is about is gone.
    gone: bool,
}

/// What words are about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum WordsAbout {
    /// A colleague's tag: a reason, or a reply where somebody has answered.
    PeerTag {
        /// Which.
        key: ReviewKey,
        /// What the tag is: "Quote “Yes.”".
        tag: String,
        /// Whether somebody has answered.
        answered: bool,
    },
    /// A correction to one's own tag.
    Correction {
        /// By whom.
        by: SmolStr,
        /// What it is about.
        key: ReviewKey,
        /// "ben: wrong".
        said: String,
    },
    /// A decision between annotators, made or to come.
    Decision {
        /// The first of the tags that it is about.
        key: ReviewKey,
        /// What they are, and how they differ.
        subject: String,
    },
    /// All the tags of this annotator in the article; empty: the unnamed one's.
    All(SmolStr),
}

const REASON: &str = "Reason";
const REPLY: &str = "Reply";
const ANSWER: &str = "Answer";
const REMARK: &str = "Remark on all tags";

impl WordsAbout {
    /// The title of the dialog for reasons of decisions.
    pub(crate) const DECISION: &str = "Reason for the decision";

    /// The tag that a reviewer is at; `None`: none.
    pub(crate) fn reviewed_tag(open: &OpenDocument) -> Option<Self> {
        let reviewed = open.reviewed_tag()?;
        let key = ReviewKey {
            of: reviewed.work.annotator.clone().unwrap_or_default(),
            tag: reviewed.tag.id.clone(),
        };
        Some(Self::peer_tag(open, key, reviewed.work, reviewed.tag))
    }

    fn peer_tag(
        open: &OpenDocument,
        key: ReviewKey,
        work: &ColleagueWork,
        tag: &Annotation,
    ) -> Self {
        let peer_work = open.peer_work();
        let said = said_of_tag(open.schema(), &work.document, tag);
        Self::PeerTag {
            answered: peer_work.is_some_and(|peer_work| peer_work.is_answered(&key)),
            key,
            tag: said.into_iter().next().unwrap_or_default(),
        }
    }

    /// The correction at this place.
    pub(crate) fn correction(open: &OpenDocument, n: usize) -> Option<Self> {
        let correction = open.peer_work()?.corrections().get(n)?;
        let said = review_words(open.schema(), &correction.review);
        Some(Self::Correction {
            by: correction.by.clone(),
            key: correction.review.key.clone(),
            said: format!("{}: {said}", shown_annotator(&correction.by)),
        })
    }

    /// The difference that a reason is about; `None`: there is none.
    pub(crate) fn decision(open: &OpenDocument, group: usize) -> Option<Self> {
        let comparison = open.adjudication()?.comparison();
        let found = comparison.groups().get(group)?;
        let words = excerpt(open.document().source(), found.hull);
        let differs = difference_words(open.schema(), comparison, found);
        Some(Self::Decision {
            key: found.members.first()?.key.clone(),
            subject: format!("{words}: {differs}"),
        })
    }

    /// What a draft was about, where that is still there.
    fn of_draft(draft: &Draft, open: &OpenDocument) -> Option<Self> {
        let of = SmolStr::new(&draft.of);
        let peer_work = open.peer_work();
        match draft.dialog.as_str() {
            REASON | REPLY => {
                let tag = AnnotationId::new(draft.tag.as_str());
                let key = ReviewKey { of, tag };
                let peer_work = peer_work?;
                let (place, _) = peer_work.find(&key)?;
                let reviewed = peer_work.reviewed_work();
                let reviewed =
                    reviewed.filter(|work| work.annotator.as_deref().unwrap_or_default() == key.of);
                let work = reviewed.or_else(|| peer_work.colleagues().get(place))?;
                let tag = work.document.set().annotation(&key.tag)?;
                Some(Self::peer_tag(open, key, work, tag))
            }
            ANSWER => {
                let own = open.annotator().cloned().unwrap_or_default();
                let key = match draft.tag.as_str() {
                    "" => ReviewKey::whole(&own),
                    tag => ReviewKey {
                        of: own,
                        tag: AnnotationId::new(tag),
                    },
                };
                Self::correction(open, peer_work?.find_correction(&of, &key)?)
            }
            Self::DECISION => {
                let tag = AnnotationId::new(draft.tag.as_str());
                let group = open.adjudication()?.group_of(&ReviewKey { of, tag })?;
                Self::decision(open, group)
            }
            REMARK => Some(Self::All(of)),
            _ => None,
        }
    }

    fn draft(&self, about: Draft) -> Draft {
        let (of, tag) = match self {
            Self::PeerTag { key, .. } | Self::Decision { key, .. } => {
                (&key.of, key.tag.to_string())
            }
            Self::Correction { by, key, .. } if key.is_whole() => (by, String::new()),
            Self::Correction { by, key, .. } => (by, key.tag.to_string()),
            Self::All(of) => (of, String::new()),
        };
        Draft {
            dialog: self.title().to_owned(),
            of: of.to_string(),
            tag,
            ..about
        }
    }

    /// Whether both are about one thing.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::PeerTag { key, .. }, Self::PeerTag { key: of_other, .. })
            | (Self::Decision { key, .. }, Self::Decision { key: of_other, .. }) => key == of_other,
            (
                Self::Correction { by, key, .. },
                Self::Correction {
                    by: by_other,
                    key: of_other,
                    ..
                },
            ) => (by, key) == (by_other, of_other),
            (Self::All(of), Self::All(of_other)) => of == of_other,
            (
                Self::PeerTag { .. }
                | Self::Correction { .. }
                | Self::Decision { .. }
                | Self::All(_),
                _,
            ) => false,
        }
    }

    /// Whether the person is at it.
    fn is_here(&self, open: &OpenDocument) -> bool {
        match self {
            Self::PeerTag { .. } => {
                let here = Self::reviewed_tag(open);
                here.is_some_and(|here| here.is_same(self))
            }
            Self::Correction { .. } => {
                let here = open.correction().and_then(|n| Self::correction(open, n));
                here.is_some_and(|here| here.is_same(self))
            }
            Self::Decision { .. } => {
                let here = open.reasoned_difference().ok();
                here.is_some() && here == self.difference(open)
            }
            Self::All(_) => true,
        }
    }

    /// The way there; `None` where it is gone.
    fn way(&self, open: &OpenDocument) -> Option<Vec<Move>> {
        if self.is_here(open) {
            return Some(Vec::new());
        }
        match self {
            Self::PeerTag { key, .. } => {
                let (of, tag) = open.peer_work()?.find(key)?;
                Some(vec![Move::ReviewWorkOf(of), Move::GoToPeerTag(tag)])
            }
            Self::Correction { by, key, .. } => {
                let n = open.peer_work()?.find_correction(by, key)?;
                Some(vec![Move::GoToCorrection(n)])
            }
            Self::Decision { .. } => {
                let group = self.difference(open)?;
                Some(vec![Move::GoToDifference(group)])
            }
            Self::All(_) => Some(Vec::new()),
        }
    }

    /// The place of the difference that a decision is about.
    fn difference(&self, open: &OpenDocument) -> Option<usize> {
        match self {
            Self::Decision { key, .. } => open.adjudication()?.group_of(key),
            Self::PeerTag { .. } | Self::Correction { .. } | Self::All(_) => None,
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::PeerTag {
                answered: false, ..
            } => REASON,
            Self::PeerTag { answered: true, .. } => REPLY,
            Self::Correction { .. } => ANSWER,
            Self::Decision { .. } => Self::DECISION,
            Self::All(_) => REMARK,
        }
    }

    /// What it is about, where that is a single tag.
    fn subject(&self) -> Option<&str> {
        match self {
            Self::PeerTag { tag, .. } => Some(tag),
            Self::Correction { said, .. } => Some(said),
            Self::Decision { subject, .. } => Some(subject),
            Self::All(_) => None,
        }
    }
}

impl WordsDialog {
    /// A dialog with the words so far.
    pub(crate) fn new(about: WordsAbout, text: &str) -> Self {
        Self {
            about,
            text: text.to_owned(),
            before: text.to_owned(),
            started: false,
            gone: false,
        }
    }

    /// Continues a draft; `None` where it is not of this dialog, or what it is about is gone.
    pub(super) fn of_draft(draft: &Draft, open: &OpenDocument) -> Option<Self> {
        Some(Self {
            text: draft.text.clone(),
            ..Self::new(WordsAbout::of_draft(draft, open)?, "")
        })
    }

    /// What is typed, as a draft.
    pub(super) fn draft(&self, about: Draft) -> Draft {
        Draft {
            text: self.text.clone(),
            ..self.about.draft(about)
        }
    }

    /// Whether another one is about the same tag or correction.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.about.is_same(&other.about)
    }

    /// Whether the person is at what it is about.
    pub(super) fn is_here(&self, open: &OpenDocument) -> bool {
        self.about.is_here(open)
    }

    pub(super) fn typed(&self) -> Typed {
        Typed::draft(self.text.trim() != self.before.trim(), self.about.title())
    }

    pub(super) fn words_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        place: SheetPlace,
        open: Option<&OpenDocument>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        let title = self.about.title();
        placed_sheet_ui(context, cx, title, 420.0, place, |ui| {
            let mut send = take_plain_enter(ui);
            if let Some(subject) = self.about.subject() {
                let words = RichText::new(subject).color(cx.theme.muted);
                ui.add(Label::new(words).truncate());
                ui.add_space(4.0);
            }
            let id = Id::unique("words for a colleague");
            start_field(ui, id, &mut self.started, &self.text, None);
            let hint = match self.about {
                WordsAbout::PeerTag { .. } => "Why, and what should change",
                WordsAbout::Decision { .. } => "Why it is decided so",
                WordsAbout::Correction { .. } => "Why it stays as it is",
                WordsAbout::All(_) => "What holds for many of the tags",
            };
            let field = TextEdit::multiline(&mut self.text)
                .id(id)
                .hint_text(hint)
                .desired_rows(3)
                .desired_width(f32::INFINITY);
            named_field_ui(ui, field, title);
            let in_curated = matches!(self.about, WordsAbout::Decision { .. });
            let words = match self.gone {
                false if in_curated => "Enter keeps it with the decision, Shift+Enter adds a line.",
                false => "Enter keeps it in your file, Shift+Enter adds a line.",
                true => "What this is about is gone. Copy your text; Esc discards it.",
            };
            send |= last_row_ui(ui, words, "Keep");
            if !send {
                return DialogState::Open;
            }
            let Some(way) = open.and_then(|open| self.about.way(open)) else {
                self.gone = true;
                return DialogState::Open;
            };
            queue.extend(way.into_iter().map(AppCommand::document));
            let text = self.text.trim().to_owned();
            let gesture = match &self.about {
                WordsAbout::PeerTag { .. } => Gesture::ReviewOfOthers(ReviewStep::Words(text)),
                WordsAbout::Correction { .. } => Gesture::Settle(CorrectionStep::Answer(text)),
                WordsAbout::Decision { .. } => Gesture::GiveReason(text),
                WordsAbout::All(of) => Gesture::ReviewOfOthers(ReviewStep::Remark {
                    of: of.clone(),
                    text,
                }),
            };
            queue.push_back(AppCommand::document_then_focus(gesture));
            DialogState::Closed
        })
    }
}
