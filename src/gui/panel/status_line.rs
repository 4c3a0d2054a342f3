//! The line at the bottom: what the last key did, where one is, what is left to do, what is saved.

use std::collections::VecDeque;

use egui::{RichText, Ui};

use crate::gui::app_command::AppCommand;
use crate::gui::short_path::with_short_paths;
use crate::gui::tag_description::speaker_words;
use crate::gui::ui_context::UiContext;
use crate::gui::workspace::OpenArticle;
use crate::ops::ui_command::UiCommand;

/// What the line shows.
pub(crate) struct StatusLine<'a> {
    pub(crate) words: &'a str,
    pub(crate) refused: bool,
    pub(crate) undone_by: Option<UiCommand>,
    pub(crate) article: Option<&'a OpenArticle>,
    /// Under which name the window works; `None`: without one.
    pub(crate) annotator: Option<&'a str>,
    /// Whether what is done goes to the curated files.
    pub(crate) adjudicating: bool,
    /// Number of the current tag and how many there are.
    pub(crate) place: Option<(usize, usize)>,
    /// How many articles of the folder are done and how many there are, where no list says so.
    pub(crate) files: Option<(usize, usize)>,
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
        ui.spacing_mut().item_spacing.x = GAP;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let message = message(cx, line);
            if let Some(article) = line.article {
                annotator_ui(ui, cx, line, queue);
                saved_ui(ui, cx, article);
                journal_ui(ui, cx, article);
                // What the last key did goes before what one can see elsewhere.
                let said = message.as_ref().map_or(0.0, |(words, _)| width(ui, words));
                let mut room = ui.available_width() - said - GAP;
                let facts = facts(ui, article, line);
                let fits = |fact: &&Fact| {
                    let needed = width(ui, &fact.words) + GAP;
                    let fits = needed <= room;
                    if fits {
                        room -= needed;
                    }
                    fits
                };
                let mut shown: Vec<&Fact> = facts.iter().filter(fits).collect();
                shown.sort_by_key(|fact| fact.order);
                for fact in shown {
                    fact.fact_ui(ui, cx, queue);
                }
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                if let Some((words, color)) = message {
                    message_ui(ui, &words, color);
                }
            });
        });
    });
}

/// Whose tags the window makes; a click changes that.
fn annotator_ui(
    ui: &mut Ui,
    cx: UiContext<'_>,
    line: &StatusLine<'_>,
    queue: &mut VecDeque<AppCommand>,
) {
    let Some(name) = line.annotator else { return };
    let words = match line.adjudicating {
        true => format!("{name} adjudicates"),
        false => name.to_owned(),
    };
    let words = RichText::new(words).color(cx.theme.muted);
    let button = egui::Button::new(words).frame(false);
    if ui
        .add(button)
        .on_hover_text(match line.adjudicating {
            true => format!(
                "What you do goes to the curated file, and its decisions name {name}. Review › \
                 Adjudicate goes back to your own tags."
            ),
            false => format!("Your tags are {name}'s. Click to work under another name."),
        })
        .clicked()
    {
        queue.push_back(AppCommand::Ui(UiCommand::SetName));
    }
}

/// Between two words of the line, in points.
const GAP: f32 = 16.0;
/// Characters of what is said about saving.
const LONGEST_SAVED: usize = 48;
/// Characters of a message with a path that is shortened, as far as it must be.
const SHORTER: [usize; 6] = [150, 120, 100, 80, 60, 40];

fn width(ui: &Ui, words: &str) -> f32 {
    let font = egui::TextStyle::Body.resolve(ui.style());
    let ink = egui::Color32::PLACEHOLDER;
    ui.painter()
        .layout_no_wrap(words.to_owned(), font, ink)
        .size()
        .x
}

/// A fact about where one is and what is left, shown where there is room.
struct Fact {
    words: String,
    /// Place from the right edge.
    order: u8,
    /// What a click does, and the tooltip that says so.
    leads_to: Option<(UiCommand, &'static str)>,
}

impl Fact {
    fn fact_ui(&self, ui: &mut Ui, cx: UiContext<'_>, queue: &mut VecDeque<AppCommand>) {
        let words = RichText::new(&self.words).color(cx.theme.muted);
        let Some((command, tip)) = self.leads_to else {
            ui.label(words);
            return;
        };
        let button = egui::Button::new(words).frame(false);
        if ui.add(button).on_hover_text(tip).clicked() {
            queue.push_back(AppCommand::Ui(command));
        }
    }
}

const LEFT_TO_DO: &str = "Left to do. To confirm: check a proposed speaker. Unreviewed: no one has \
    accepted or rejected the tag yet. Click for the list of tags.";
const FILES: &str = "Articles of the folder. Click for the list of files.";

/// What there is to say, the most important first.
fn facts(ui: &Ui, article: &OpenArticle, line: &StatusLine<'_>) -> Vec<Fact> {
    let open = &article.open;
    let fact = |words: String, order: u8, leads_to| Fact {
        words,
        order,
        leads_to,
    };
    let mut facts = Vec::new();
    if ui.ctx().content_rect().width() < ROOM_FOR_NAMES
        && let Some(tag) = open.current_tag()
    {
        let who = speaker_words(open, tag);
        if !who.is_empty() {
            facts.push(fact(who, 3, None));
        }
    }
    if let Some((number, all)) = line.place {
        facts.push(fact(format!("Tag {number} of {all}"), 2, None));
    }
    if let Some(words) = left_to_do(article) {
        facts.push(fact(words, 0, Some((UiCommand::ShowTags, LEFT_TO_DO))));
    }
    if let Some((done, all)) = line.files {
        let words = format!("{done} of {all} done");
        facts.push(fact(words, 4, Some((UiCommand::ToggleFiles, FILES))));
    }
    let at = open.document().source().line_column(open.selection().head);
    let words = format!("Line {}, column {}", at.line, at.column);
    facts.push(fact(words, 1, None));
    facts
}

/// What the last key did, with its colour.
fn message(cx: UiContext<'_>, line: &StatusLine<'_>) -> Option<(String, egui::Color32)> {
    let theme = cx.theme;
    if line.opening {
        let reading = line.article.is_some_and(|article| article.reading);
        let words = if reading {
            "Reading the tags …"
        } else {
            "Opening …"
        };
        return Some((words.to_owned(), theme.muted));
    }
    if line.words.is_empty() {
        return None;
    }
    let color = if line.refused {
        theme.warning
    } else {
        theme.text
    };
    let mut words = line.words.to_owned();
    if let Some(command) = line.undone_by {
        words.push_str(&format!("  ·  {} undoes", cx.key(command)));
    }
    Some((words, color))
}

fn message_ui(ui: &mut Ui, words: &str, color: egui::Color32) {
    let shorter = SHORTER.map(|most| with_short_paths(words, most));
    let mut shown = std::iter::once(words.to_owned()).chain(shorter);
    let fits = |words: &String| width(ui, words) <= ui.available_width();
    let shown = shown
        .find(fits)
        .unwrap_or_else(|| with_short_paths(words, 0));
    let response = ui.add(egui::Label::new(RichText::new(shown).color(color)).truncate());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Status, true, words));
    response.on_hover_text(words);
}

fn saved_ui(ui: &mut Ui, cx: UiContext<'_>, article: &OpenArticle) {
    let theme = cx.theme;
    let saving = &article.saving;
    let (words, color) = if let Some(trouble) = &saving.trouble {
        let words = match article.is_dirty() {
            true => format!("Not saved: {}", trouble.words()),
            false => trouble.words().to_owned(),
        };
        (words, theme.danger)
    } else if article.open.read_only().is_some() {
        ("Read-only".to_owned(), theme.warning)
    } else if article.is_dirty() {
        ("Saving …".to_owned(), theme.muted)
    } else if let Some(at) = &saving.at {
        (format!("Saved {at}"), theme.success)
    } else {
        ("Saved".to_owned(), theme.muted)
    };
    let short = with_short_paths(&words, LONGEST_SAVED);
    let short: String = if short.chars().count() > LONGEST_SAVED {
        let most = LONGEST_SAVED - 1;
        short.chars().take(most).chain("…".chars()).collect()
    } else {
        short
    };
    ui.label(RichText::new(short).color(color))
        .on_hover_text(words);
}

/// Whether what is not saved survives a crash, where it does not.
fn journal_ui(ui: &mut Ui, cx: UiContext<'_>, article: &OpenArticle) {
    let (color, why) = match &article.journal {
        Some(journal) => match journal.behind() {
            Some(why) => (cx.theme.danger, why),
            None => return,
        },
        None => {
            let why = "Unsaved work is not protected against a crash. Set PULLQUOTE_STATE_DIR to a folder.";
            (cx.theme.warning, why.to_owned())
        }
    };
    ui.label(RichText::new("No crash protection").color(color))
        .on_hover_text(why);
}

fn left_to_do(article: &OpenArticle) -> Option<String> {
    let tally = article.open.tally();
    let unasked = tally.without_speaker.saturating_sub(tally.unconfirmed);
    // What was decided between annotators was reviewed by that.
    let unreviewed = match article.open.is_curated() {
        true => 0,
        false => tally.unreviewed,
    };
    let parts = [
        (tally.unconfirmed, "to confirm"),
        (unasked, "without a speaker"),
        (unreviewed, "unreviewed"),
    ];
    let words: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

/// Width of the window below which no speaker is named beside the article, in points.
const ROOM_FOR_NAMES: f32 = 700.0;
