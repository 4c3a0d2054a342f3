//! The rows of the table.

use super::{Group, LayoutMotion, Meaning, Needs, WindowCommand};
use crate::model::{DocumentState, ProposedSpeaker, Review, TagPart};
use crate::ops::{
    Command, CorrectionStep, DecisionStep, Edge, Edit, Gesture, Motion, Move, ReviewStep, Step,
};

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommandInfo {
    /// Which command.
    pub command: UiCommand,
    /// Its name in `keymap.ron`.
    pub id: &'static str,
    /// Its name in menus, on buttons and in the palette.
    pub name: &'static str,
    /// What it does, in a line.
    pub description: &'static str,
    /// Other words people look for it by, the most apt first; those of other tools, too.
    pub also: &'static str,
    /// Where it is.
    pub group: Group,
    /// Section of its menu, from 1; sections are set apart by lines. 0: in no menu.
    pub section: u8,
    /// What it needs.
    pub needs: Needs,
}

/// What a row means: a command on the article (`run`, `walk` with the filter of the tag list, and
/// short forms of what often occurs), a motion of the caret that depends on the layout, or a command
/// of the window.
macro_rules! meaning {
    (run $command:expr) => {
        Meaning::Article(|_| Command::from($command))
    };
    (walk $command:path) => {
        Meaning::Article(|filter| Command::from($command(filter.clone())))
    };
    (review $review:ident) => {
        Meaning::Article(|filter| {
            Command::from(Gesture::ReviewAndGoOn {
                tag: None,
                review: Review::$review,
                filter: filter.clone(),
            })
        })
    };
    (nudge $edge:ident on $step:ident) => {
        meaning!(run Edit::Nudge { edge: Edge::$edge, forward: true, step: Step::$step })
    };
    (nudge $edge:ident back $step:ident) => {
        meaning!(run Edit::Nudge { edge: Edge::$edge, forward: false, step: Step::$step })
    };
    (peer $step:expr) => {
        meaning!(run Gesture::ReviewOfOthers($step))
    };
    (peer_nudge $edge:ident $forward:literal) => {
        meaning!(peer ReviewStep::Nudge { edge: Edge::$edge, forward: $forward, step: Step::Word })
    };
    (decide $key:expr) => {
        meaning!(run Gesture::Decide($key))
    };
    (caret $motion:ident) => {
        meaning!(run Move::Caret { motion: Motion::$motion, extend: false })
    };
    (extend $motion:ident) => {
        meaning!(run Move::Caret { motion: Motion::$motion, extend: true })
    };
    (layout $motion:ident) => {
        Meaning::Layout { motion: LayoutMotion::$motion, extend: false }
    };
    (extend_layout $motion:ident) => {
        Meaning::Layout { motion: LayoutMotion::$motion, extend: true }
    };
    (window $command:ident) => {
        Meaning::Window(WindowCommand::$command)
    };
}

macro_rules! commands {
    ($($command:ident, $id:literal, $group:ident $section:literal $needs:ident, ($($meaning:tt)+), $name:literal, $description:literal $(, $also:literal)?;)*) => {
        /// A command a person can give.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum UiCommand {
            /// Tags the selection, or the natural unit at the caret, with the schema's label at this
            /// place (from 0).
            TagAs(u8),
            /// Each drag tags with the schema's label at this place (from 0), until it is ended.
            DragAs(u8),
            $(#[doc = $description] $command,)*
        }

        /// The table, in the order menus and the key sheet show it. Tagging has a row for each label
        /// of the schema; see [`super::entries`].
        pub const TABLE: &[CommandInfo] = &[$(CommandInfo {
            command: UiCommand::$command,
            id: $id,
            name: $name,
            description: $description,
            also: concat!($($also)?),
            group: Group::$group,
            section: $section,
            needs: Needs::$needs,
        },)*];

        impl UiCommand {
            /// What it means.
            #[must_use]
            pub fn meaning(self) -> Meaning {
                match self {
                    Self::TagAs(n) => Meaning::TagAs(n),
                    Self::DragAs(n) => Meaning::DragAs(n),
                    $(Self::$command => meaning!($($meaning)+),)*
                }
            }
        }
    };
}

commands! {
    OpenFile, "open-file", File 1 Nothing, (window OpenFile), "Open file…", "Opens an article.",
        "load document text article";
    OpenFolder, "open-folder", File 1 Nothing, (window OpenFolder), "Open folder…", "Lists the articles of a folder.",
        "project corpus directory collection dataset load";
    OpenSample, "open-sample", File 1 Nothing, (window OpenSample), "Open the sample", "Opens the sample article, to try things on.",
        "example demo tutorial try";
    Save, "save", File 2 Article, (window Save), "Save", "Saves the tags now. They are also saved automatically.",
        "store write keep";
    ReadAs, "read-as", File 2 Article, (window ReadAs), "Read in another encoding…", "Reads the article's file again in another encoding.",
        "charset utf-8 unicode latin garbled reload characters";
    Export, "export", File 2 Article, (window Export), "Export…", "Writes the tags of this article or folder in another format.",
        "download convert save as csv excel spreadsheet json xml brat conll inception doccano label studio spacy tei";
    Import, "import", File 2 Nothing, (window Import), "Import…", "Turns documents, web pages and exports of databases into articles, and reads articles tagged in other tools.",
        "upload load convert annotated documents word docx pdf html web page nexis factiva press database csv json brat conll inception doccano label studio spacy tei";
    UndoImport, "undo-import", File 2 Nothing, (window UndoImport), "Take back the last import", "Removes what the last import into this folder has written, unless somebody has worked on it since.",
        "undo revert remove imported articles";
    PreviousArticle, "previous-article", File 3 Nothing, (window PreviousArticle), "Previous article", "Goes to the previous article in the folder.",
        "document file back";
    NextArticle, "next-article", File 3 Nothing, (window NextArticle), "Next article", "Goes to the next article in the folder.",
        "document file forward skip";
    DoneAndNext, "done-and-next", File 3 Article, (window DoneAndNext), "Done, next article", "Marks the article done and goes to the next one.",
        "finish complete submit lock close document task";
    ContinueQueue, "continue-queue", File 3 Nothing, (window ContinueQueue), "Continue the queue", "Goes on with the articles of the list: stays in the one at hand if it is left to do, else opens the first that is.",
        "start work next article assigned filter list project";
    MarkInProgress, "mark-in-progress", File 3 Article, (run Edit::SetState(DocumentState::InProgress)), "Mark as in progress", "Reopens an article that is marked done.",
        "reopen unlock undone document task";
    EditSchema, "labels", File 4 Article, (window EditSchema), "Labels and attributes…", "Changes what the project can tag: labels with their letters and colors, attributes, conventions.",
        "schema codebook tagset ontology settings project add rename label letter color colour values";
    SetName, "your-name", File 4 Nothing, (window SetName), "Your name…", "Sets whose tags yours are: with a name they go to a file of their own.",
        "annotator author user username account login identity sign in initials";
    TakeOverUnnamed, "take-over-unnamed", File 4 Nothing, (window TakeOverUnnamed), "Take over tags without a name", "Saves the tags made without a name as yours. The old files are kept.",
        "adopt claim mine annotations annotator";
    Quit, "quit", File 4 Nothing, (window Quit), "Quit", "Saves what is not saved and closes the window.",
        "exit close window end";

    Undo, "undo", Edit 1 Accepted, (run Gesture::Undo), "Undo", "Undoes the last step.",
        "revert step back";
    Redo, "redo", Edit 1 Accepted, (run Gesture::Redo), "Redo", "Redoes what was undone.",
        "repeat step again";
    Copy, "copy", Edit 2 Article, (window Copy), "Copy", "Copies the selected text, or the text of the current tag.",
        "clipboard";
    SelectAll, "select-all", Edit 2 Article, (run Move::SelectAll), "Select all", "Selects the \
                                                                                   whole article.",
        "whole document everything";
    Grow, "grow", Edit 3 Article, (run Move::Grow), "Grow selection", "Selects the next larger unit: word, name or quoted passage, clause, sentence, paragraph.",
        "expand widen extend larger unit";
    Shrink, "shrink", Edit 3 Article, (run Move::Shrink), "Shrink selection", "Goes back to the smaller unit.",
        "narrow reduce smaller unit";
    Find, "find", Edit 4 Article, (window Find), "Find…", "Finds text in the article.",
        "search look for text";
    FindNext, "find-next", Edit 4 Article, (window FindNext), "Find next", "Goes to the next match.",
        "search forward match hit result";
    FindPrevious, "find-previous", Edit 4 Article, (window FindPrevious), "Find previous", "Goes to the previous match.",
        "search back match hit result";

    EditText, "edit-text", Edit 5 Article, (window EditText), "Edit the article…", "Corrects the paragraph at the caret in the article's own file. Tags follow.",
        "correct modify typo spelling text document words";

    LeaveFind, "leave-find", Edit 0 Article, (window LeaveFind), "Close the find bar", "Returns to the article with the match selected.",
        "search end hide";
    SearchFolder, "search-all", Edit 4 Nothing, (window SearchFolder), "Search all articles…", "Searches the words and tags of all articles of the folder.",
        "find in files grep corpus concordance kwic keyword in context query folder global";
    NextHit, "next-hit", Edit 4 Nothing, (window NextHit), "Next hit", "Goes to the next hit of the search over all articles.",
        "search result concordance forward jump";
    PreviousHit, "previous-hit", Edit 4 Nothing, (window PreviousHit), "Previous hit", "Goes to the previous hit of the search over all articles.",
        "search result concordance back jump";
    GoBack, "go-back", Edit 4 Nothing, (window GoBack), "Back", "Goes back to the search or the page that led here, or to where you were before.",
        "return previous place history navigate";
    ChangeHits, "change-hits", Edit 5 Nothing, (window ChangeHits), "Change hits…", "Tags, relabels or judges the hits of the search in one step over all their articles.",
        "replace all bulk batch mass tag relabel rename accept reject assign person everywhere";
    ExportHits, "export-hits", Edit 5 Nothing, (window ExportHits), "Export hits…", "Writes the hits of the search as a table (CSV).",
        "csv concordance save results spreadsheet";
    UndoStep, "undo-step", Edit 5 Nothing, (window UndoStep), "Undo the last step over articles", "Takes the last step over several articles back as a whole, also after a restart.",
        "revert rollback bulk batch everywhere";
    RedoStep, "redo-step", Edit 5 Nothing, (window RedoStep), "Redo the last step over articles", "Does the step over several articles again that was undone last.",
        "repeat bulk batch everywhere";
    PersonPage, "person-page", View 6 Nothing, (window PersonPage), "Person in all articles", "Shows what the person of the current tag said in all articles, and who they are; without one, all people.",
        "speaker source roster profile who said what everywhere merge wikidata gender";
    GoToHit, "go-to-hit", Edit 0 Nothing, (window GoToHit), "Go to the hit", "Goes to the hit of the search that the keys are at.";
    ChooseHit, "choose-hit", Edit 0 Nothing, (window ChooseHit), "Choose the hit", "Chooses the hit that the keys are at, or no longer: what is done next is done to the chosen ones.";
    LeaveSearch, "leave-search", Edit 0 Nothing, (window LeaveSearch), "Close the search", "Closes the search over all articles; what was looked for is kept.";

    AddFragment, "add-part", Tag 2 Accepted, (run Edit::AddFragment), "Add part", "Adds the selection, or the next untagged quoted passage, to the current tag, for a split quote.",
        "fragment discontinuous span segment split continue join merge";
    RemovePart, "remove-part", Tag 2 Accepted, (run Edit::RemovePart), "Remove part", "Cuts the selected words out of the tag, or removes the part at the caret.",
        "fragment segment split cut trim delete erase subtract";
    NextCandidate, "next-candidate", Tag 3 Tag, (run Gesture::NextCandidate), "Next speaker", "Links the quote or claim to the next likely speaker.",
        "suggest guess who said source author attribute attribution link relation arc connect";
    PreviousCandidate, "previous-candidate", Tag 3 Tag, (run Gesture::PreviousCandidate), "Previous speaker", "Links the quote or claim to the previous likely speaker.",
        "suggest guess who said source author attribute attribution link relation arc connect";
    NotGiven, "not-given", Tag 3 Tag, (run Edit::NotGiven), "No speaker given", "Marks that the text does not name a speaker.",
        "unknown anonymous unnamed unattributed source author none";
    WhoIsThis, "who-is-this", Tag 4 Attributable, (window WhoIsThis), "Who is this…", "Sets the person that a mention, quote or claim belongs to.",
        "source author attribute attribution link relation speaker who said assign set person name entity identify arc connect coreference alias";
    TagOccurrences, "tag-occurrences", Tag 4 Article, (run Edit::TagOccurrences), "Tag all occurrences", "Tags every other occurrence of this name, or of the selected words, in the article as the same person.",
        "every all mentions of name same word everywhere propagate repeat find batch bulk auto-annotate";
    Relabel, "relabel", Tag 4 Tag, (window Relabel), "Change label…", "Changes the label of the current tag.",
        "type category class kind code color colour highlight entity change rename annotation";
    Note, "note", Tag 4 Tag, (window Note), "Note…", "Adds or edits a note on the current tag.",
        "comment remark memo annotation annotate add write insert";
    Attributes, "attributes", Tag 4 Tag, (window Attributes), "Attributes", "Goes to the attributes of the current tag.",
        "properties features fields values attribute edit annotation";
    EndOut, "end-out", Tag 5 Tag, (nudge End on Word), "End: extend by a word", "Moves the end of the current tag one word right.",
        "boundary span annotation resize widen longer right edge";
    EndIn, "end-in", Tag 5 Tag, (nudge End back Word), "End: shrink by a word", "Moves the end of the current tag one word left.",
        "boundary span annotation resize narrow shorter right edge trim";
    StartOut, "start-out", Tag 5 Tag, (nudge Start back Word), "Start: extend by a word", "Moves the start of the current tag one word left.",
        "boundary span annotation resize widen longer left edge";
    StartIn, "start-in", Tag 5 Tag, (nudge Start on Word), "Start: shrink by a word", "Moves the start of the current tag one word right.",
        "boundary span annotation resize narrow shorter left edge trim";
    EndOutByCharacter, "end-out-character", Tag 0 Tag, (nudge End on Grapheme), "End: extend by a character", "Moves the end of the current tag one character right.",
        "boundary span annotation resize letter right edge";
    EndInByCharacter, "end-in-character", Tag 0 Tag, (nudge End back Grapheme), "End: shrink by a character", "Moves the end of the current tag one character left.",
        "boundary span annotation resize letter right edge trim";
    StartOutByCharacter, "start-out-character", Tag 0 Tag, (nudge Start back Grapheme), "Start: extend by a character", "Moves the start of the current tag one character left.",
        "boundary span annotation resize letter left edge";
    StartInByCharacter, "start-in-character", Tag 0 Tag, (nudge Start on Grapheme), "Start: shrink by a character", "Moves the start of the current tag one character right.",
        "boundary span annotation resize letter left edge trim";
    Delete, "delete", Tag 6 Tag, (run Edit::Delete(None)), "Delete tag", "Deletes the current tag and its links.",
        "remove erase clear unmark untag unhighlight discard annotation highlight mark span label comment";

    Confirm, "confirm", Review 1 Tag, (run Gesture::Confirm), "Confirm or accept", "Confirms the speaker shown. If there is none to confirm, accepts the tag. Going from tag to tag, goes to the next.",
        "approve ok yes agree right correct keep suggestion";
    Reject, "reject", Review 1 Tag, (review Rejected), "Reject", "Marks the tag as wrong. It stays, struck through. Going from tag to tag, goes to the next.",
        "wrong no decline dismiss deny incorrect false disapprove suggestion";
    Unsure, "unsure", Review 1 Tag, (review Unsure), "Unsure", "Marks the tag for a second opinion. Going from tag to tag, goes to the next.",
        "flag doubt maybe question uncertain unclear discuss todo";
    NextTag, "next-tag", Review 2 Article, (walk Gesture::NextTag), "Next tag", "Confirms the speaker of this tag and goes to the next one that the filter shows.",
        "annotation span mark highlight forward jump go";
    PreviousTag, "previous-tag", Review 2 Article, (walk Move::PreviousTag), "Previous tag", "Goes to the previous tag that the filter shows.",
        "annotation span mark highlight back jump go";
    NextUntagged, "next-untagged", Review 2 Article, (run Gesture::Untagged { forward: true }), "Next untagged", "Confirms the speaker of this tag and selects the next quotation or report that is not tagged.",
        "unannotated quotation missing candidate jump go find quotes";
    PreviousUntagged, "previous-untagged", Review 2 Article, (run Gesture::Untagged { forward: false }), "Previous untagged", "Confirms the speaker of this tag and selects the previous quotation or report that is not tagged.",
        "unannotated quotation missing candidate jump go find quotes";
    NextSuggestion, "next-suggestion", Review 2 Article, (run Gesture::Suggestion { forward: true }), "Next suggestion", "Goes to the next suggestion to review.",
        "prediction recommendation recommender pre-annotation automatic review jump go";
    PreviousSuggestion, "previous-suggestion", Review 2 Article, (run Gesture::Suggestion { forward: false }), "Previous suggestion", "Goes to the previous suggestion to review.",
        "prediction recommendation recommender pre-annotation automatic review jump go";
    AcceptSuggestions, "accept-suggestions", Review 2 Article, (window AcceptSuggestions), "Accept suggestions…", "Accepts all suggested quotes of a kind at once, after saying how many of them may be wrong.",
        "bulk batch all prediction recommendation pre-annotation automatic approve confirm everything";
    AcceptRest, "do-the-rest", Review 2 Article, (run Edit::AcceptRest), "Do the rest like this", "Tags the other suggested quotes of the paragraph, or of the selected ones, with their speakers, after you have tagged one.",
        "repeat same again bulk batch accept all paragraph suggestions automatic propagate";
    CarryTags, "carry-tags", Review 2 Article, (window CarryTags), "Carry tags into copies", "Suggests the tags of this article in those with nearly the same text, in one step; each says what is different there.",
        "duplicates near-duplicate same wire copy transfer propagate projection reuse";
    NextProblem, "next-problem", Review 2 Article, (run Move::Problem { forward: true }), "Next problem", "Goes to the next problem.",
        "error warning issue conflict jump go";
    PreviousProblem, "previous-problem", Review 2 Article, (run Move::Problem { forward: false }), "Previous problem", "Goes to the previous problem.",
        "error warning issue conflict jump go";
    FixProblem, "fix-problem", Review 2 Accepted, (run Gesture::FixProblem(None)), "Fix this problem", "Does what the button beside the problem here says: moves the edge, removes the link, tags the passage.",
        "quick fix repair correct lint hint warning issue solve";
    IgnoreProblem, "ignore-problem", Review 2 Article, (window IgnoreProblem), "Ignore this hint…", "Stops showing the hint here, with a reason that is kept with the tags.",
        "suppress silence dismiss lint hint warning exception waive";
    Outward, "outward", Review 3 Article, (run Move::Outward), "Larger tag here", "Selects the next larger tag at the caret.",
        "parent outer nested enclosing overlapping select annotation";
    Inward, "inward", Review 3 Article, (run Move::Inward), "Smaller tag here", "Selects the next smaller tag at the caret.",
        "child inner nested enclosed overlapping select annotation";
    Adjudicate, "adjudicate", Review 4 Article, (window Adjudicate), "Adjudicate", "Decides between the tags of several annotators, in the curated file of each article, or stops that.",
        "curate curation compare comparison reconcile gold consensus disagreement annotators merge";
    NextDifference, "next-difference", Review 4 Accepted, (run Move::Difference { forward: true }), "Next difference", "Goes to the next difference between annotators to decide on.",
        "adjudicate compare disagreement conflict jump go";
    PreviousDifference, "previous-difference", Review 4 Accepted, (run Move::Difference { forward: false }), "Previous difference", "Goes to the previous difference between annotators to decide on.",
        "adjudicate compare disagreement conflict jump go";
    AllWrong, "all-wrong", Review 4 Accepted, (decide DecisionStep::AllWrong), "All are wrong", "Decides that no annotator is right here. The words stay selected, to be tagged.",
        "adjudicate both neither none difference reject";
    NothingHere, "nothing-here", Review 4 Accepted, (decide DecisionStep::Nothing), "Nothing to tag here", "Decides that there is nothing to tag here.",
        "adjudicate difference none reject delete";
    TakeAgreed, "take-agreed", Review 4 Accepted, (decide DecisionStep::Agreed), "Take what all agree on", "Takes the tags that all annotators have alike. Your first decision does this, too.",
        "adjudicate agreement same identical accept";
    DecisionReason, "decision-reason", Review 4 Accepted, (window DecisionReason), "Reason for the decision…", "Says why this difference is decided as it is, or will be; the reason is kept in the curated file.",
        "adjudicate difference why comment note explain justification";
    TakeFirst, "take-first", Review 0 Accepted, (decide DecisionStep::Take(0)), "Take the first person’s", "Takes the tag of the first person, or the parts named before.",
        "adjudicate difference choose accept";
    TakeSecond, "take-second", Review 0 Accepted, (decide DecisionStep::Take(1)), "Take the second person’s", "Takes the tag of the second person, or the parts named before.",
        "adjudicate difference choose accept";
    TakeThird, "take-third", Review 0 Accepted, (decide DecisionStep::Take(2)), "Take the third person’s", "Takes the tag of the third person, or the parts named before.",
        "adjudicate difference choose accept";
    TakeFourth, "take-fourth", Review 0 Accepted, (decide DecisionStep::Take(3)), "Take the fourth person’s", "Takes the tag of the fourth person, or the parts named before.",
        "adjudicate difference choose accept";
    TakeFifth, "take-fifth", Review 0 Accepted, (decide DecisionStep::Take(4)), "Take the fifth person’s", "Takes the tag of the fifth person, or the parts named before.",
        "adjudicate difference choose accept";
    TakeSixth, "take-sixth", Review 0 Accepted, (decide DecisionStep::Take(5)), "Take the sixth person’s", "Takes the tag of the sixth person, or the parts named before.",
        "adjudicate difference choose accept";
    BoundaryFrom, "boundary-from", Review 0 Accepted, (decide DecisionStep::Part(TagPart::Boundary)), "Boundary from…", "The annotator named next gives where the tag is. The rest comes from the other one.",
        "adjudicate difference part combine mix";
    LabelFrom, "label-from", Review 0 Accepted, (decide DecisionStep::Part(TagPart::Label)), "Label from…", "The annotator named next gives the label. The rest comes from the other one.",
        "adjudicate difference part combine mix";
    AttributesFrom, "attributes-from", Review 0 Accepted, (decide DecisionStep::Part(TagPart::Attributes)), "Attributes from…", "The annotator named next gives the attributes. The rest comes from the other one.",
        "adjudicate difference part combine mix";
    SpeakerFrom, "speaker-from", Review 0 Accepted, (decide DecisionStep::Part(TagPart::Speaker)), "Speaker from…", "The annotator named next gives the speaker. The rest comes from the other one.",
        "adjudicate difference part combine mix";
    ReviewTags, "review-tags", Review 5 Article, (window ReviewTags), "Review a colleague’s tags", "Goes to the next tag of a colleague to accept, mark as wrong or doubt; again at the last one, to those of the next colleague.",
        "peer review check judge colleague annotator quality control second opinion";
    Corrections, "corrections", Review 5 Article, (window Corrections), "Corrections to my tags", "Goes to the next of your tags that a reviewer would change or asks about.",
        "feedback returned proposals replies comments reviewer changes requested";
    Remark, "remark", Review 5 Article, (window Remark), "Remark on all tags…", "Says something about all the tags of an annotator in this article, or answers it.",
        "comment reply thread discuss article feedback";
    PeerAccept, "review-accept", Review 0 Accepted, (peer ReviewStep::Verdict(Review::Accepted)), "Colleague’s tag: accept", "Says that the colleague’s tag is right, and goes on to the next one.";
    PeerWrong, "review-wrong", Review 0 Accepted, (peer ReviewStep::Verdict(Review::Rejected)), "Colleague’s tag: wrong", "Says that the colleague’s tag is wrong, and goes on to the next one.";
    PeerUnsure, "review-unsure", Review 0 Accepted, (peer ReviewStep::Verdict(Review::Unsure)), "Colleague’s tag: unsure", "Marks the colleague’s tag as doubtful, and goes on to the next one.";
    PeerWords, "review-reason", Review 0 Article, (window PeerWords), "Colleague’s tag: reason…", "Writes why, or replies in the thread about the tag.";
    PeerLabel, "review-label", Review 0 Article, (window PeerLabel), "Colleague’s tag: another label…", "Proposes another label.";
    PeerSpeaker, "review-speaker", Review 0 Article, (window PeerSpeaker), "Colleague’s tag: another speaker…", "Proposes another speaker; for a mention, another person.";
    PeerAttribute, "review-attribute", Review 0 Article, (window PeerAttribute), "Colleague’s tag: another attribute…", "Proposes another value of an attribute.";
    PeerNotGiven, "review-not-given", Review 0 Accepted, (peer ReviewStep::Speaker(ProposedSpeaker::NotGiven)), "Colleague’s tag: no speaker given", "Proposes that the text names no speaker.";
    PeerRemove, "review-remove", Review 0 Accepted, (peer ReviewStep::Remove), "Colleague’s tag: remove", "Proposes to remove the tag; again, to keep it.";
    PeerSpeakerHere, "review-speaker-here", Review 0 Accepted, (peer ReviewStep::SpeakerHere), "Colleague’s tag: speaker is selected", "Proposes that the words you have selected say who the speaker is.";
    PeerAddPart, "review-add-part", Review 0 Accepted, (peer ReviewStep::AddPart), "Colleague’s tag: add a part", "Proposes that the words you have selected, or the quoted passage that follows, belong to the tag.";
    PeerRemovePart, "review-remove-part", Review 0 Accepted, (peer ReviewStep::RemovePart), "Colleague’s tag: remove a part", "Proposes that the words you have selected, or the last part, do not belong to the tag.";
    PeerEndOut, "review-end-out", Review 0 Accepted, (peer_nudge End true), "Colleague’s tag: end later", "Proposes that the tag ends a word later.";
    PeerEndIn, "review-end-in", Review 0 Accepted, (peer_nudge End false), "Colleague’s tag: end earlier", "Proposes that the tag ends a word earlier.";
    PeerStartOut, "review-start-out", Review 0 Accepted, (peer_nudge Start false), "Colleague’s tag: start earlier", "Proposes that the tag starts a word earlier.";
    PeerStartIn, "review-start-in", Review 0 Accepted, (peer_nudge Start true), "Colleague’s tag: start later", "Proposes that the tag starts a word later.";
    NextPeerTag, "next-colleague-tag", Review 0 Article, (run Move::PeerTag { forward: true }), "Next tag of the colleague", "Goes to the next tag of the colleague whose tags are reviewed.";
    PreviousPeerTag, "previous-colleague-tag", Review 0 Article, (run Move::PeerTag { forward: false }), "Previous tag of the colleague", "Goes to the previous tag of the colleague whose tags are reviewed.";
    TakeCorrection, "take-correction", Review 0 Accepted, (run Gesture::Settle(CorrectionStep::Take)), "Correction: take", "Changes the tag as the reviewer proposes, and goes on to the next correction.";
    LeaveCorrection, "leave-correction", Review 0 Accepted, (run Gesture::Settle(CorrectionStep::Leave)), "Correction: leave as it is", "Leaves the tag as it is, and goes on to the next correction.";
    AnswerCorrection, "answer-correction", Review 0 Article, (window AnswerCorrection), "Correction: answer…", "Leaves the tag as it is and answers the reviewer.";
    NextCorrection, "next-correction", Review 0 Accepted, (run Move::Correction { forward: true }), "Next correction", "Goes to the next correction that is not settled.";
    PreviousCorrection, "previous-correction", Review 0 Accepted, (run Move::Correction { forward: false }), "Previous correction", "Goes to the previous correction that is not settled.";
    Escape, "escape", Review 0 Article, (run Gesture::Escape), "Leave", "Leaves the speaker open. Press again to clear the selection, then to deselect the tag.",
        "cancel deselect unselect clear selection close";

    Palette, "palette", View 1 Nothing, (window Palette), "Command palette…", "Finds a command by its name.",
        "search actions menu";
    ZoomIn, "zoom-in", View 2 Nothing, (window ZoomIn), "Larger text", "Makes the text of the article larger.",
        "bigger font increase magnify";
    ZoomOut, "zoom-out", View 2 Nothing, (window ZoomOut), "Smaller text", "Makes the text of the article smaller.",
        "font decrease";
    ZoomReset, "zoom-reset", View 2 Nothing, (window ZoomReset), "Normal text size", "Resets the text size.",
        "font default original 100%";
    ToggleTheme, "toggle-theme", View 3 Nothing, (window ToggleTheme), "Light or dark", "Switches between the light and the dark theme.",
        "color colour night day mode appearance display contrast";
    ToggleFiles, "toggle-files", View 4 Nothing, (window ToggleFiles), "Files", "Shows or hides the files on the left.",
        "documents articles list explorer sidebar panel left";
    ShowProject, "project", View 4 Nothing, (window ShowProject), "Project", "Shows or leaves the table of all articles: how far each is, who has done what, who is to do what.",
        "table overview progress dashboard assign assignment manage articles folder corpus queue sort columns";
    ShowStatistics, "statistics", View 4 Nothing, (window ShowStatistics), "Statistics", "Shows or leaves the statistics of the folder as plots: tags, outlets, dates, people, who quotes whom, annotators.",
        "plot plots chart charts graph figures numbers report count network svg png csv html dashboard";
    ShowAgreement, "agreement", View 4 Nothing, (window ShowAgreement), "Agreement", "Shows or leaves how far the annotators of the folder agree: figures by label and by pair, and the tags behind each.",
        "kappa alpha gamma krippendorff cohen f1 iaa inter-annotator inter-coder reliability differences compare annotators";
    ShowCopies, "copies", View 4 Article, (window ShowCopies), "Copies of this article", "Lists only the articles of the folder with nearly the same text, such as a wire report that several papers printed; the same again lists all.",
        "duplicates near-duplicate same wire copy syndicated reprint similar group";
    ToggleDetails, "toggle-details", View 4 Nothing, (window ToggleDetails), "Side panel", "Shows or hides tags, people and problems on the right.",
        "inspector properties sidebar right hide show";
    Colleagues, "colleagues", View 4 Article, (window Colleagues), "Tags of others", "Shows or hides what others have tagged in this article.",
        "annotators users authors coders compare comparison curation agreement colleagues reviewers";
    SuggestDirect, "suggest-direct", View 5 Nothing, (window SuggestDirect), "Suggest direct quotes", "Suggests quotes within quotation marks, with their speakers, or stops that.",
        "suggestions automatic prediction recommender proposals quotations detect on off";
    SuggestMixed, "suggest-mixed", View 5 Nothing, (window SuggestMixed), "Suggest mixed quotes", "Suggests reported clauses with quoted words in them, with their speakers, or stops that.",
        "suggestions automatic prediction recommender proposals quotations detect on off";
    SuggestIndirect, "suggest-indirect", View 5 Nothing, (window SuggestIndirect), "Suggest indirect quotes", "Suggests reported clauses without quotation marks, with their speakers, or stops that.",
        "suggestions automatic prediction recommender proposals quotations detect on off reported speech";
    SuggestClaims, "suggest-claims", View 5 Article, (window SuggestClaims), "Suggest claims", "Suggests statements worth checking, where the project has claims suggested, or stops that.",
        "suggestions automatic fact check checkworthy check-worthy claim detection on off";
    SuggestLessSure, "suggest-less-sure", View 5 Nothing, (window SuggestLessSure), "Suggest what is less sure", "Also suggests reported clauses that are less likely to be right and take more work to go through than to tag by hand, or stops that.",
        "suggestions confidence threshold more recall uncertain on off";
    SuggestWith, "suggest-with", View 5 Article, (window SuggestWith), "Suggest with your own program…", "Runs a program of yours on this article and shows what it adds as suggestions.",
        "external model llm spacy gpt machine learning ai script plugin recommender prediction pre-annotation bring";
    Learn, "learn", View 5 Nothing, (window Learn), "Learn from your tags", "Learns from the articles of this folder that you have tagged, and suggests what you would tag.",
        "train training model machine learning active suggestions improve better teach";
    ForgetLearned, "forget-learned", View 5 Nothing, (window ForgetLearned), "Forget what was learned", "Deletes what was learned from the articles of this folder; the rules go on suggesting.",
        "delete reset model machine learning training untrain suggestions";
    SaveLearned, "save-learned", View 5 Nothing, (window SaveLearned), "Save what was learned…", "Writes what was learned in this folder to a file, for a colleague.",
        "export hand over share model machine learning suggestions";
    LoadLearned, "load-learned", View 5 Nothing, (window LoadLearned), "Use what was learned elsewhere…", "Suggests in this folder by what a colleague's program has learned, from a file.",
        "import load take over share model machine learning suggestions";
    ShowTags, "show-tags", View 6 Nothing, (window ShowTags), "Tags", "Shows the list of tags.",
        "annotations spans marks highlights list";
    ShowPeople, "show-people", View 6 Nothing, (window ShowPeople), "People", "Shows the people named in the article.",
        "speakers sources authors entities persons names characters list";
    ShowProblems, "show-problems", View 6 Nothing, (window ShowProblems), "Problems", "Shows the problems found in the article.",
        "errors warnings issues conflicts validation check list";
    ShowDifferences, "show-differences", View 4 Article, (window ShowDifferences), "Differences", "Shows the differences between annotators in the side panel, while you adjudicate.",
        "adjudicate compare panel tab list disagreement";
    ShowGuidelines, "guidelines", View 4 Article, (window ShowGuidelines), "Guidelines", "Shows the project’s guidelines at the section about the current tag’s label.",
        "manual codebook rules instructions help how to annotate examples markdown";
    OpenQuestions, "open-questions", View 4 Article, (window OpenQuestions), "Open questions", "Lists the tags of the folder that somebody is unsure about.",
        "unsure doubtful discuss ask questions undecided";
    TakeExam, "take-exam", View 4 Article, (window TakeExam), "Take the exam", "Opens your copy of the text of the guidelines that newcomers are tested on.",
        "test training newcomer quiz practice qualification";
    CompareExam, "compare-exam", View 4 Article, (window CompareExam), "Compare with the answer", "Compares your tags of the exam with the right ones.",
        "exam test result score grade solution";
    ShowReview, "show-review", View 4 Article, (window ShowReview), "Review", "Shows in the side panel which tags of a colleague are reviewed, and what reviewers would change in yours.",
        "peer review corrections panel tab list verdicts";
    ShowFacts, "show-facts", View 6 Nothing, (window ShowFacts), "Facts", "Shows what is known about the article: headline, outlet, date, labels.",
        "facts metadata headline byline author outlet source date language section address url topic info";
    NextRegion, "next-region", View 7 Nothing, (window NextRegion), "Next panel", "Moves the focus to the next panel: article, files, details.",
        "focus pane area";
    PreviousRegion, "previous-region", View 7 Nothing, (window PreviousRegion), "Previous panel", "Moves the focus to the previous panel.",
        "focus pane area";
    MenuBar, "menu-bar", View 7 Nothing, (window MenuBar), "Menu bar", "Moves the focus to the menus. Alt with the first letter of a menu opens it.",
        "focus menus";

    KeySheet, "key-sheet", Help 1 Nothing, (window KeySheet), "Keys", "Lists every key.",
        "shortcuts hotkeys keyboard bindings help cheat sheet manual";
    About, "about", Help 2 Nothing, (window About), "About Pullquote", "Shows the version, the licence and where files are kept.",
        "version licence license settings folder info information help";

    Left, "left", Caret 0 Article, (caret PreviousGrapheme), "Left by a character", "Moves the caret left by a character.";
    Right, "right", Caret 0 Article, (caret NextGrapheme), "Right by a character", "Moves the caret right by a character.";
    Up, "up", Caret 0 Article, (layout Up), "Up by a line", "Moves the caret up by a line.";
    Down, "down", Caret 0 Article, (layout Down), "Down by a line", "Moves the caret down by a line.";
    WordLeft, "word-left", Caret 0 Article, (caret PreviousWord), "Left by a word", "Moves the caret left by a word.";
    WordRight, "word-right", Caret 0 Article, (caret NextWord), "Right by a word", "Moves the caret right by a word.";
    LineStart, "line-start", Caret 0 Article, (layout LineStart), "To the start of the line", "Moves the caret to the start of the line.";
    LineEnd, "line-end", Caret 0 Article, (layout LineEnd), "To the end of the line", "Moves the caret to the end of the line.";
    PageUp, "page-up", Caret 0 Article, (layout PageUp), "Up by a page", "Moves the caret up by a page.";
    PageDown, "page-down", Caret 0 Article, (layout PageDown), "Down by a page", "Moves the caret down by a page.";
    DocumentStart, "document-start", Caret 0 Article, (caret DocumentStart), "To the start of the article", "Moves the caret to the start of the article.";
    DocumentEnd, "document-end", Caret 0 Article, (caret DocumentEnd), "To the end of the article", "Moves the caret to the end of the article.";
    ExtendLeft, "extend-left", Caret 0 Article, (extend PreviousGrapheme), "Extend left by a character", "Extends or shrinks the selection to the left by a character.";
    ExtendRight, "extend-right", Caret 0 Article, (extend NextGrapheme), "Extend right by a character", "Extends or shrinks the selection to the right by a character.";
    ExtendUp, "extend-up", Caret 0 Article, (extend_layout Up), "Extend up by a line", "Extends or shrinks the selection up by a line.";
    ExtendDown, "extend-down", Caret 0 Article, (extend_layout Down), "Extend down by a line", "Extends or shrinks the selection down by a line.";
    ExtendWordLeft, "extend-word-left", Caret 0 Article, (extend PreviousWord), "Extend left by a word", "Extends or shrinks the selection to the left by a word.";
    ExtendWordRight, "extend-word-right", Caret 0 Article, (extend NextWord), "Extend right by a word", "Extends or shrinks the selection to the right by a word.";
    ExtendLineStart, "extend-line-start", Caret 0 Article, (extend_layout LineStart), "Extend to the start of the line", "Extends the selection to the start of the line.";
    ExtendLineEnd, "extend-line-end", Caret 0 Article, (extend_layout LineEnd), "Extend to the end of the line", "Extends the selection to the end of the line.";
    ExtendPageUp, "extend-page-up", Caret 0 Article, (extend_layout PageUp), "Extend up by a page", "Extends or shrinks the selection up by a page.";
    ExtendPageDown, "extend-page-down", Caret 0 Article, (extend_layout PageDown), "Extend down by a page", "Extends or shrinks the selection down by a page.";
    ExtendDocumentStart, "extend-document-start", Caret 0 Article, (extend DocumentStart), "Extend to the start of the article", "Extends the selection to the start of the article.";
    ExtendDocumentEnd, "extend-document-end", Caret 0 Article, (extend DocumentEnd), "Extend to the end of the article", "Extends the selection to the end of the article.";
}
