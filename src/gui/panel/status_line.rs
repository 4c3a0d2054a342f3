//! The line at the bottom: what the last key did, where one is, what is left to do, what is saved.

use std::collections::VecDeque;

use egui::{RichText, Ui};

use crate::gui::app_command::AppCommand;
use crate::gui::tag_description::speaker_words;
use crate::gui::ui_context::UiContext;
use crate::gui::workspace::OpenArticle;
use crate::ops::ui_command::UiCommand;

/// What the line shows.
pub(crate) struct StatusLine<'a> {
    pub(crate) words: &'a str,
    pub(crate) refused: bool,
    pub(crate) undoable: bool,
    pub(crate) article: Option<&'a OpenArticle>,
    /// Number of the current tag and how many there are.
    pub(crate) place: Option<(usize, usize)>,
    /// Why what is not saved is not safe against a crash; `None`: it is.
    pub(crate) journal_failed: Option<&'a str>,
    /// Whether something is being opened.
    pub(crate) opening: bool,
}

pub(crate) fn status_line_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    line: &StatusLine<'_>,
    queue: &mut VecDeque<AppCommand>,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if let Some(article) = line.article {
                saved_ui(ui, cx, article);
                journal_ui(ui, cx, line);
                left_to_do_ui(ui, cx, article, queue);
                position_ui(ui, cx, article, line.place);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                message_ui(ui, cx, line);
            });
        });
    });
}

fn message_ui(ui: &mut Ui, cx: UiContext<'_>, line: &StatusLine<'_>) {
    let theme = cx.theme;
    if line.opening {
        let reading = line.article.is_some_and(|article| article.reading);
        let words = if reading {
            "Reading the tags …"
        } else {
            "Opening …"
        };
        ui.label(RichText::new(words).color(theme.muted));
        return;
    }
    if line.words.is_empty() {
        return;
    }
    let color = if line.refused {
        theme.warning
    } else {
        theme.text
    };
    let mut words = line.words.to_owned();
    if line.undoable {
        words.push_str(&format!("  ·  {} undoes", cx.key(UiCommand::Undo)));
    }
    let response = ui.add(egui::Label::new(RichText::new(&words).color(color)).truncate());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Status, true, &words));
}

fn saved_ui(ui: &mut Ui, cx: UiContext<'_>, article: &OpenArticle) {
    let theme = cx.theme;
    let saving = &article.saving;
    let (words, color) = if let Some(why) = &saving.failed {
        (format!("Not saved: {why}"), theme.danger)
    } else if article.open.read_only().is_some() {
        ("Read-only".to_owned(), theme.warning)
    } else if article.is_dirty() {
        ("Saving …".to_owned(), theme.muted)
    } else if let Some(at) = &saving.at {
        (format!("Saved {at}"), theme.success)
    } else {
        ("Saved".to_owned(), theme.muted)
    };
    let short: String = if words.chars().count() > 40 {
        words.chars().take(38).chain("…".chars()).collect()
    } else {
        words.clone()
    };
    ui.label(RichText::new(short).color(color))
        .on_hover_text(words);
}

fn journal_ui(ui: &mut Ui, cx: UiContext<'_>, line: &StatusLine<'_>) {
    let kept = line
        .article
        .is_some_and(|article| article.journal.is_some());
    let (words, color, why) = match line.journal_failed {
        None if kept => return,
        None => (
            "No crash protection",
            cx.theme.warning,
            "Unsaved work is not protected against a crash. Set PULLQUOTE_STATE_DIR to a folder.",
        ),
        Some(why) => ("No crash protection", cx.theme.danger, why),
    };
    ui.label(RichText::new(words).color(color))
        .on_hover_text(why);
}

fn left_to_do_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    article: &OpenArticle,
    queue: &mut VecDeque<AppCommand>,
) {
    let tally = article.open.tally();
    let unasked = tally.without_speaker.saturating_sub(tally.unconfirmed);
    let parts = [
        (tally.unconfirmed, "to confirm"),
        (unasked, "without a speaker"),
        (tally.unreviewed, "unreviewed"),
    ];
    let words: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    if words.is_empty() {
        return;
    }
    let button =
        egui::Button::new(RichText::new(words.join(" · ")).color(cx.theme.muted)).frame(false);
    if ui
        .add(button)
        .on_hover_text("Left to do. Click for the list of tags.")
        .clicked()
    {
        queue.push_back(AppCommand::Ui(UiCommand::ShowTags));
    }
}

/// Width of the window below which no speaker is named beside the article, in points.
const ROOM_FOR_NAMES: f32 = 1000.0;

fn position_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    article: &OpenArticle,
    place: Option<(usize, usize)>,
) {
    let open = &article.open;
    let at = open.document().source().line_column(open.selection().head);
    let mut words = format!("Line {}, column {}", at.line, at.column);
    if let Some((number, all)) = place {
        words = format!("Tag {number} of {all}  ·  {words}");
    }
    if ui.ctx().content_rect().width() < ROOM_FOR_NAMES
        && let Some(tag) = open.current_tag()
    {
        let who = speaker_words(open, tag);
        if !who.is_empty() {
            words = format!("{who}  ·  {words}");
        }
    }
    ui.label(RichText::new(words).color(cx.theme.muted));
}
