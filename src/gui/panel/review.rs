//! Reviews of the article: what the person says about a colleague's tags, and what reviewers would change in theirs.

use std::collections::VecDeque;

use egui::{Button, CentralPanel, Frame, Id, Label, Margin, RichText, Ui};

use super::list_and_details::{details_ui, following_list, note_ui, said_ui};
use super::review_row::{TagRow, said_about, subject};
use crate::gui::app_command::AppCommand;
use crate::gui::fonts;
use crate::gui::said_of_tag::said_of_tag;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{Row, TALL_ROW, command_button_ui};
use crate::model::{PeerReview, ReviewKey};
use crate::ops::ui_command::UiCommand;
use crate::ops::{
    Correction, Move, OpenDocument, PeerWork, ReviewedTag, proposal_words, proposed_tag_words,
    said_word, tags_in_use, verdict_words,
};
use crate::text::wording::shown_annotator;

/// The tab; returns what gets the keys' focus: the first row. `own`: whether the corrections to one's own tags are
/// shown, not the tags of a colleague.
pub(crate) fn review_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    own: &mut bool,
    queue: &mut VecDeque<AppCommand>,
) -> Option<Id> {
    let Some(peer_work) = open.peer_work() else {
        note_ui(ui, "Nobody else has said anything about this article.");
        return None;
    };
    whose_ui(ui, open, peer_work, own, queue);
    let has_details = if *own {
        open.correction().is_some()
    } else {
        open.reviewed_tag().is_some()
    };
    if has_details {
        details_ui(ui, "reviewed tag", 0.66, |ui| {
            match (open.reviewed_tag(), open.correction()) {
                (Some(reviewed), _) => reviewed_ui(ui, cx, open, peer_work, reviewed, queue),
                (None, Some(n)) => {
                    if let Some(correction) = peer_work.corrections().get(n) {
                        correction_ui(ui, cx, open, peer_work, correction, queue);
                    }
                }
                (None, None) => {}
            }
        });
    }
    let list = CentralPanel::no_frame().show(ui, |ui| {
        if *own {
            corrections_ui(ui, cx, open, peer_work, queue)
        } else {
            tags_ui(ui, cx, open, peer_work, queue)
        }
    });
    list.inner
}

/// Whose tags are shown.
fn whose_ui(
    ui: &mut Ui,
    open: &OpenDocument,
    peer_work: &PeerWork,
    own: &mut bool,
    queue: &mut VecDeque<AppCommand>,
) {
    Frame::new()
        .inner_margin(Margin::symmetric(8, 2))
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                let words = match peer_work.open_count() {
                    0 => "My tags".to_owned(),
                    left => format!("My tags: {left} to correct"),
                };
                if ui
                    .add(Button::selectable(*own, RichText::new(words).small()))
                    .clicked()
                {
                    *own = true;
                    if peer_work.open_count() > 0 {
                        let go = Move::Correction { forward: true };
                        queue.push_back(AppCommand::document_then_focus(go));
                    }
                }
                for (n, work) in peer_work.colleagues().iter().enumerate() {
                    if tags_in_use(&work.document) == 0 {
                        continue;
                    }
                    let reviewed = peer_work
                        .reviewed_work()
                        .is_some_and(|now| now.annotator == work.annotator);
                    let words = if reviewed {
                        let left = peer_work.unreviewed_count();
                        format!("{}: {left} of {} left", work.name(), peer_work.tags().len())
                    } else {
                        work.name().to_owned()
                    };
                    let chosen = reviewed && !*own;
                    if ui
                        .add(Button::selectable(chosen, RichText::new(words).small()))
                        .clicked()
                    {
                        *own = false;
                        let review = match open.annotator() {
                            Some(_) => AppCommand::document_then_focus(Move::ReviewWorkOf(n)),
                            None => AppCommand::Ui(UiCommand::ReviewTags),
                        };
                        queue.push_back(review);
                    }
                }
            });
        });
}

/// The tags of the colleague, with what one says about each.
fn tags_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    peer_work: &PeerWork,
    queue: &mut VecDeque<AppCommand>,
) -> Option<Id> {
    let Some(work) = peer_work.reviewed_work() else {
        let key = cx.key(UiCommand::ReviewTags);
        note_ui(
            ui,
            &format!("{key} reviews the tags of a colleague, one by one."),
        );
        return None;
    };
    let key = ReviewKey::whole(work.annotator.as_deref().unwrap_or_default());
    all_tags_ui(ui, cx, open, peer_work, &key, queue);
    if open.reviewed_tag().is_none() {
        missing_ui(ui, open, work.name());
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let own = open.document().set();
    let here = open.reviewed_tag().map(|reviewed| &reviewed.tag.id);
    let mut entry = None;
    let chosen = here.and_then(|here| peer_work.tags().iter().position(|tag| tag == here));
    following_list(ui, "tags of the colleague", chosen).show_rows(
        ui,
        TALL_ROW,
        peer_work.tags().len(),
        |ui, rows| {
            for n in rows {
                let Some(id) = peer_work.tags().get(n) else {
                    continue;
                };
                let Some(tag) = work.document.set().annotation(id) else {
                    continue;
                };
                let review = peer_work.review_of(tag, own);
                let verdict = peer_work.verdict(tag, own);
                let mut said = match review.is_none() && peer_work.is_taken(tag, own) {
                    true => TAKEN.to_owned(),
                    false => said_about(open, verdict, review),
                };
                if review.is_some_and(|review| peer_work.is_left(review)) {
                    said.push_str(match peer_work.proposes(id) {
                        true => "; not taken",
                        false => "; left as it is",
                    });
                }
                let row = TagRow {
                    id: Id::unique(("tag of a colleague in review", work.name(), tag.id.as_str())),
                    tag,
                    document: &work.document,
                    second: &said,
                    verdict,
                    chosen: here == Some(&tag.id),
                };
                let response = row.row_ui(ui, cx, open);
                entry.get_or_insert(response.id);
                if response.clicked() {
                    let go = Move::GoToPeerTag(n);
                    queue.push_back(AppCommand::document_then_focus(go));
                }
            }
        },
    );
    entry
}

/// The keys that tag: "Q, S or C".
fn tag_keys(open: &OpenDocument) -> String {
    let letters = open.schema().labels().iter();
    let letters: Vec<String> = letters.map(|label| label.letter.to_string()).collect();
    match letters.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

/// How a tag is proposed that the colleague has not made.
fn missing_ui(ui: &mut Ui, open: &OpenDocument, name: &str) {
    let keys = tag_keys(open);
    let words = match open.is_proposing() {
        true => format!("{keys} on other words proposes to {name} a tag that is missing."),
        false => "What you tag now is yours; choose a tag here to go on reviewing.".to_owned(),
    };
    Frame::new()
        .inner_margin(Margin::symmetric(12, 2))
        .show(ui, |ui| {
            ui.add(Label::new(RichText::new(words).weak().small()).wrap());
        });
}

/// What reviewers would change in one's own tags.
fn corrections_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    peer_work: &PeerWork,
    queue: &mut VecDeque<AppCommand>,
) -> Option<Id> {
    let own = open.annotator().map_or("", |name| name.as_str());
    all_tags_ui(ui, cx, open, peer_work, &ReviewKey::whole(own), queue);
    if peer_work.open_count() == 0 {
        note_ui(ui, "No corrections left.");
        return None;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let document = open.document();
    let listed: Vec<usize> = peer_work.open_corrections().collect();
    let here = open.correction();
    let mut entry = None;
    let chosen = here.and_then(|here| listed.iter().position(|n| *n == here));
    following_list(ui, "corrections", chosen).show_rows(ui, TALL_ROW, listed.len(), |ui, rows| {
        for n in listed.get(rows).unwrap_or_default() {
            let Some(correction) = peer_work.corrections().get(*n) else {
                continue;
            };
            let review = &correction.review;
            let said = said_about(open, review.verdict, Some(review));
            let second = format!("{}: {said}", shown_annotator(&correction.by));
            let id = Id::unique((
                "correction",
                correction.by.as_str(),
                review.key.tag.as_str(),
            ));
            let response = match document.set().annotation(&review.key.tag) {
                Some(tag) => TagRow {
                    id,
                    tag,
                    document,
                    second: &second,
                    verdict: review.verdict,
                    chosen: here == Some(*n),
                }
                .row_ui(ui, cx, open),
                None => Row {
                    id,
                    name: format!("{}, {second}", subject(open, review)),
                    style: None,
                    first: &subject(open, review),
                    second: &second,
                    aside: "",
                    aside_color: cx.theme.muted,
                    chosen: here == Some(*n),
                    dimmed: false,
                }
                .row_ui(ui, cx.theme, TALL_ROW),
            };
            entry.get_or_insert(response.id);
            if response.clicked() {
                let go = Move::GoToCorrection(*n);
                queue.push_back(AppCommand::document_then_focus(go));
            }
        }
    });
    entry
}

/// What was said about all the tags of an annotator, and a button to say more.
fn all_tags_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    peer_work: &PeerWork,
    key: &ReviewKey,
    queue: &mut VecDeque<AppCommand>,
) {
    Frame::new()
        .inner_margin(Margin::symmetric(12, 2))
        .show(ui, |ui| {
            thread_ui(ui, cx, open, peer_work, key);
            button_ui(ui, cx, UiCommand::Remark, "Remark on all tags…", queue);
        });
}

/// All that was said, the earliest first.
fn thread_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    peer_work: &PeerWork,
    key: &ReviewKey,
) {
    for said in peer_work.thread(key, open.document()) {
        let by = shown_annotator(&said.said.by);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.label(RichText::new(format!("{by}:")).font(fonts::bold_font(12.0)));
            ui.add(Label::new(RichText::new(&said.text).color(cx.theme.text)).wrap());
        });
    }
}

fn button_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    command: UiCommand,
    words: &str,
    queue: &mut VecDeque<AppCommand>,
) {
    if command_button_ui(ui, cx, command, words, queue).clicked() {
        queue.push_back(AppCommand::FocusArticle);
    }
}

/// What is said of a tag that has become what one has proposed.
const TAKEN: &str = "taken as you proposed";

/// The tag that is reviewed, what is said about it, and what can be said.
fn reviewed_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    peer_work: &PeerWork,
    reviewed: ReviewedTag<'_>,
    queue: &mut VecDeque<AppCommand>,
) {
    let ReviewedTag { work, tag } = reviewed;
    let review = peer_work.review_of(tag, open.document().set());
    let own = open.document().set();
    let is_proposed = peer_work.proposes(&tag.id);
    let said = match review {
        Some(review) => said_word(review),
        None if peer_work.is_taken(tag, own) => TAKEN,
        None => verdict_words(peer_work.verdict(tag, own)),
    };
    let heading = format!("{}: {said}", work.name());
    ui.label(RichText::new(heading).font(fonts::bold_font(13.0)));
    let mut said = said_of_tag(open.schema(), &work.document, tag);
    if is_proposed {
        // What is proposed besides stands below.
        said.truncate(1);
    }
    said_ui(ui, cx.theme, &said);
    if let Some(review) = review {
        change_ui(ui, cx, open, review);
    }
    if review.is_some_and(|review| peer_work.is_left(review)) {
        let words = match is_proposed {
            true => format!("{} did not take it.", work.name()),
            false => format!("{} left the tag as it is.", work.name()),
        };
        ui.label(RichText::new(words).color(cx.theme.warning));
    }
    let key = ReviewKey {
        of: work.annotator.clone().unwrap_or_default(),
        tag: tag.id.clone(),
    };
    thread_ui(ui, cx, open, peer_work, &key);
    ui.horizontal_wrapped(|ui| {
        // One’s own proposal is taken back, not judged.
        for (command, words, judges) in [
            (UiCommand::PeerAccept, "Accept", true),
            (UiCommand::PeerWrong, "Wrong", true),
            (UiCommand::PeerUnsure, "Unsure", false),
            (UiCommand::PeerWords, "Reason…", false),
        ] {
            if !(is_proposed && judges) {
                button_ui(ui, cx, command, words, queue);
            }
        }
    });
    ui.add_space(2.0);
    let words = format!("Propose ({} on other words: a missing tag)", tag_keys(open));
    ui.label(RichText::new(words).color(cx.theme.muted).small());
    ui.horizontal_wrapped(|ui| {
        for (command, words) in [
            (UiCommand::PeerLabel, "Label…"),
            (UiCommand::PeerSpeaker, "Speaker…"),
            (UiCommand::PeerAttribute, "Attribute…"),
            (UiCommand::PeerSpeakerHere, "Speaker in text"),
            (UiCommand::PeerNotGiven, "No speaker"),
            (UiCommand::PeerRemove, "Remove"),
            (UiCommand::PeerAddPart, "Add part"),
            (UiCommand::PeerRemovePart, "Remove part"),
            (UiCommand::PeerStartOut, "Start earlier"),
            (UiCommand::PeerStartIn, "Start later"),
            (UiCommand::PeerEndIn, "End earlier"),
            (UiCommand::PeerEndOut, "End later"),
        ] {
            button_ui(ui, cx, command, words, queue);
        }
    });
}

/// What should change.
fn change_ui(ui: &mut Ui, cx: UiContext<'_>, open: &OpenDocument, review: &PeerReview) {
    for words in proposal_words(open.schema(), review) {
        let words = RichText::new(format!("→ {words}")).color(cx.theme.accent);
        ui.add(Label::new(words).wrap());
    }
}

/// What a reviewer would change, why, and what can be done about it.
fn correction_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    open: &OpenDocument,
    peer_work: &PeerWork,
    correction: &Correction,
    queue: &mut VecDeque<AppCommand>,
) {
    let review = &correction.review;
    let by = shown_annotator(&correction.by);
    let heading = match review.key.is_whole() {
        true => format!("{by}, about all your tags"),
        false => format!("{by}: {}", said_word(review)),
    };
    ui.label(RichText::new(heading).font(fonts::bold_font(13.0)));
    if let Some(tag) = open.document().set().annotation(&review.key.tag) {
        said_ui(
            ui,
            cx.theme,
            &said_of_tag(open.schema(), open.document(), tag),
        );
    } else if let Some(tag) = proposed_tag_words(open.schema(), review) {
        said_ui(ui, cx.theme, &[tag]);
    }
    if !peer_work.is_about_present(correction, open.document()) {
        ui.label(RichText::new("You have changed the tag since.").color(cx.theme.warning));
    }
    change_ui(ui, cx, open, review);
    thread_ui(ui, cx, open, peer_work, &review.key);
    ui.horizontal_wrapped(|ui| {
        if !review.change.is_empty() {
            button_ui(ui, cx, UiCommand::TakeCorrection, "Take", queue);
        }
        button_ui(ui, cx, UiCommand::LeaveCorrection, "Leave as it is", queue);
        button_ui(ui, cx, UiCommand::AnswerCorrection, "Answer…", queue);
    });
}
