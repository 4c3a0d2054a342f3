//! What commands do while their key is held down, and while a dialog is open.

use super::{Meaning, UiCommand, WindowCommand};
use crate::ops::{Command, Edit, Gesture, ReviewStep, TagFilter};

impl UiCommand {
    /// Whether a key that is held down gives the command again and again: motions, steps and sizes.
    /// Everything else, such as what opens a dialog or judges a tag, is done once.
    #[must_use]
    pub fn repeats(self) -> bool {
        match self.meaning() {
            Meaning::TagAs(_) | Meaning::DragAs(_) => false,
            Meaning::Layout { .. } => true,
            Meaning::Article(command) => match command(&TagFilter::default()) {
                Command::Move(_) => true,
                Command::Edit(edit) => edit_repeats(&edit),
                Command::Gesture(gesture) => match gesture {
                    Gesture::NextTag(_)
                    | Gesture::Untagged { .. }
                    | Gesture::Suggestion { .. }
                    | Gesture::NextCandidate => true,
                    Gesture::PreviousCandidate | Gesture::Undo | Gesture::Redo => true,
                    Gesture::FixProblem(_) => false,
                    Gesture::Confirm | Gesture::ReviewAndGoOn { .. } | Gesture::Escape => false,
                    Gesture::ReviewOfOthers(ReviewStep::Nudge { .. }) => true,
                    Gesture::Decide(_)
                    | Gesture::GiveReason(_)
                    | Gesture::ReviewOfOthers(_)
                    | Gesture::Settle(_) => false,
                },
            },
            Meaning::Window(command) => command.repeats(),
        }
    }

    /// Whether it moves or changes something in the article, so that a dialog above it keeps the key
    /// away.
    #[must_use]
    pub fn is_for_article(self) -> bool {
        match self.meaning() {
            Meaning::TagAs(_)
            | Meaning::DragAs(_)
            | Meaning::Layout { .. }
            | Meaning::Article(_) => true,
            Meaning::Window(WindowCommand::FindNext | WindowCommand::FindPrevious) => true,
            Meaning::Window(_) => false,
        }
    }

    /// Whether it is not given while a dialog is open: what changes articles or goes from place to place in them.
    #[must_use]
    pub fn waits_for_dialog(self) -> bool {
        self.is_for_article()
            || match self.meaning() {
                Meaning::Window(window) => window.acts_on_articles(),
                Meaning::TagAs(_)
                | Meaning::DragAs(_)
                | Meaning::Layout { .. }
                | Meaning::Article(_) => true,
            }
    }
}

fn edit_repeats(edit: &Edit) -> bool {
    match edit {
        Edit::Nudge { .. } => true,
        Edit::Tag(_) | Edit::AddFragment | Edit::RemoveFragment { .. } | Edit::RemovePart => false,
        Edit::TagOccurrences | Edit::AcceptRest => false,
        Edit::SetEdge { .. } | Edit::Relabel { .. } | Edit::SetAttribute { .. } => false,
        Edit::SetNote { .. } | Edit::Delete(_) | Edit::ChooseCandidate(_) => false,
        Edit::NotGiven | Edit::ConfirmLink(_) | Edit::LeaveUndecided(_) => false,
        Edit::Link { .. } | Edit::LinkToMentionAt { .. } | Edit::Unlink(_) => false,
        Edit::AssignPerson { .. } | Edit::EditPerson(_) | Edit::MergePeople { .. } => false,
        Edit::DeletePerson(_) | Edit::Review { .. } | Edit::EditText { .. } => false,
        Edit::PlaceLost(_) | Edit::ForgetLost(_) | Edit::SetState(_) => false,
        Edit::IgnoreFinding { .. } | Edit::StopIgnoring(_) => false,
        Edit::TakeOther(_) | Edit::KeepOurs(_) | Edit::AcceptSuggestions(_) => false,
    }
}

impl WindowCommand {
    /// Whether it changes articles, or goes to a place in them that somebody is to work on.
    fn acts_on_articles(self) -> bool {
        match self {
            Self::UndoStep | Self::RedoStep | Self::UndoImport | Self::DoneAndNext => true,
            Self::ContinueQueue | Self::CarryTags | Self::TakeOverUnnamed => true,
            Self::Adjudicate | Self::ReviewTags | Self::Corrections | Self::CompareExam => true,
            Self::NextHit | Self::PreviousHit | Self::GoToHit | Self::GoBack => true,
            Self::FindNext | Self::FindPrevious | Self::LeaveFind => true,
            Self::PreviousArticle | Self::NextArticle | Self::TakeExam => false,
            Self::SearchFolder | Self::ChooseHit | Self::ChangeHits => false,
            Self::ExportHits | Self::LeaveSearch | Self::PersonPage => false,
            Self::ZoomIn | Self::ZoomOut | Self::NextRegion | Self::PreviousRegion => false,
            Self::OpenFile | Self::OpenFolder | Self::OpenSample | Self::Save => false,
            Self::ReadAs | Self::Export | Self::Import => false,
            Self::Quit | Self::Copy | Self::Find | Self::EditText => false,
            Self::WhoIsThis | Self::Relabel | Self::Note | Self::Attributes => false,
            Self::IgnoreProblem | Self::EditSchema => false,
            Self::Palette | Self::ZoomReset | Self::ToggleTheme | Self::ToggleFiles => false,
            Self::DecisionReason | Self::ShowDifferences | Self::Remark => false,
            Self::PeerWords | Self::PeerLabel | Self::PeerSpeaker | Self::PeerAttribute => false,
            Self::AnswerCorrection | Self::ShowReview => false,
            Self::ShowGuidelines | Self::OpenQuestions => false,
            Self::Colleagues | Self::SetName => false,
            Self::SuggestDirect | Self::SuggestMixed | Self::SuggestIndirect => false,
            Self::SuggestClaims | Self::SuggestLessSure => false,
            Self::SaveLearned | Self::LoadLearned | Self::Learn | Self::ForgetLearned => false,
            Self::AcceptSuggestions | Self::SuggestWith => false,
            Self::ShowProject | Self::ShowStatistics | Self::ShowAgreement => false,
            Self::ShowCopies | Self::ToggleDetails | Self::ShowTags | Self::ShowPeople => false,
            Self::MenuBar | Self::ShowProblems | Self::ShowFacts | Self::KeySheet => false,
            Self::About => false,
        }
    }

    fn repeats(self) -> bool {
        match self {
            Self::PreviousArticle | Self::NextArticle | Self::FindNext => true,
            Self::NextHit | Self::PreviousHit => true,
            Self::SearchFolder | Self::GoToHit | Self::ChooseHit | Self::ChangeHits => false,
            Self::ExportHits | Self::LeaveSearch | Self::GoBack | Self::PersonPage => false,
            Self::UndoStep | Self::RedoStep | Self::UndoImport => false,
            Self::FindPrevious | Self::ZoomIn | Self::ZoomOut => true,
            Self::NextRegion | Self::PreviousRegion => true,
            Self::OpenFile | Self::OpenFolder | Self::OpenSample | Self::Save => false,
            Self::ReadAs | Self::Export | Self::Import | Self::DoneAndNext => false,
            Self::ContinueQueue => false,
            Self::Quit | Self::Copy | Self::Find | Self::LeaveFind | Self::EditText => false,
            Self::WhoIsThis | Self::Relabel | Self::Note | Self::Attributes => false,
            Self::IgnoreProblem | Self::EditSchema => false,
            Self::Palette | Self::ZoomReset | Self::ToggleTheme | Self::ToggleFiles => false,
            Self::Adjudicate | Self::DecisionReason | Self::ShowDifferences => false,
            Self::ReviewTags
            | Self::Corrections
            | Self::Remark
            | Self::PeerWords
            | Self::PeerLabel => false,
            Self::ShowGuidelines | Self::OpenQuestions | Self::TakeExam => false,
            Self::CompareExam => false,
            Self::PeerSpeaker | Self::PeerAttribute | Self::AnswerCorrection | Self::ShowReview => {
                false
            }
            Self::Colleagues | Self::SetName | Self::TakeOverUnnamed => false,
            Self::SuggestDirect | Self::SuggestMixed | Self::SuggestIndirect => false,
            Self::SuggestClaims | Self::SuggestLessSure => false,
            Self::SaveLearned | Self::LoadLearned => false,
            Self::AcceptSuggestions | Self::SuggestWith | Self::Learn | Self::ForgetLearned => {
                false
            }
            Self::ShowProject | Self::ShowStatistics | Self::ShowAgreement => false,
            Self::ShowCopies | Self::CarryTags => false,
            Self::ToggleDetails | Self::ShowTags | Self::ShowPeople => false,
            Self::MenuBar | Self::ShowProblems | Self::ShowFacts | Self::KeySheet | Self::About => {
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::TABLE;

    #[test]
    fn what_opens_or_judges_something_is_done_once() {
        let repeated = |id: &str| {
            let info = TABLE.iter().find(|info| info.id == id);
            info.map(|info| info.command.repeats())
        };
        for id in ["right", "down", "next-tag", "undo", "end-out", "zoom-in"] {
            assert_eq!(repeated(id), Some(true), "{id}");
        }
        for id in [
            "note", "palette", "find", "confirm", "reject", "delete", "quit",
        ] {
            assert_eq!(repeated(id), Some(false), "{id}");
        }
    }
}
