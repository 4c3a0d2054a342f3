//! Finding any command by its name.

use std::collections::VecDeque;

use egui::{Context, Id, ScrollArea, TextEdit};

use super::fields::named_field_ui;
use super::list::{choose_row, list_keys};
use super::{DialogState, room, sheet_ui, start_field};
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::{UiContext, disabled_reason};
use crate::gui::widgets::{ROW, Row};
use crate::ops::OpenDocument;
use crate::ops::ui_command::{CommandEntry, Group};

/// What is typed and which row is chosen.
#[derive(Debug, Default)]
pub(crate) struct Palette {
    query: String,
    chosen: usize,
    started: bool,
}

/// The least misfit of commands that are found by other words than their names.
const ALSO: usize = 30;

/// How well `name` fits what was typed: its letters in order; the less the better. `None`: it does
/// not.
fn misfit(query: &str, name: &str) -> Option<usize> {
    let (query, name) = (query.trim().to_lowercase(), name.to_lowercase());
    if let Some(at) = name.find(&query) {
        // Whole words first, then substrings, then scattered letters.
        let word = at == 0 || name.get(..at).is_some_and(|before| before.ends_with(' '));
        return Some(if word { at } else { at + 50 });
    }
    let mut chars = name.char_indices();
    let mut skipped = 100;
    for wanted in query.chars().filter(|c| !c.is_whitespace()) {
        let mut gap = 0;
        loop {
            match chars.next() {
                Some((_, c)) if c == wanted => break,
                Some(_) => gap += 1,
                None => return None,
            }
        }
        skipped += gap;
    }
    Some(skipped)
}

/// Whether a command tags with a label whose name begins with what was typed.
fn tags_as(entry: &CommandEntry, query: &str) -> bool {
    let query = query.trim().to_lowercase();
    let label = entry
        .command
        .label()
        .and(entry.name.strip_prefix("Tag as "));
    label.is_some_and(|label| label.starts_with(&query))
}

/// How well the words typed fit those of a command and its other words; the less the better. `None`:
/// one of them starts none.
fn word_misfit(query: &str, entry: &CommandEntry) -> Option<usize> {
    let query = query.to_lowercase();
    let own = format!("{} {} {}", entry.name, entry.id, entry.group.word()).to_lowercase();
    let own: Vec<&str> = own.split(|c: char| !c.is_alphanumeric()).collect();
    let mut misfit = None;
    // "tag the speaker": small words are in no name.
    let is_small = |typed: &&str| matches!(*typed, "the" | "a" | "an" | "this" | "as" | "to");
    let small_only = query.split_whitespace().all(|typed| is_small(&typed));
    for typed in query.split_whitespace() {
        if is_small(&typed) && !small_only {
            continue;
        }
        let of_word = if own.iter().any(|word| word.starts_with(typed)) {
            0
        } else {
            let mut also = entry.also.split_whitespace();
            1 + also.position(|word| word.starts_with(typed))?
        };
        misfit = Some(misfit.unwrap_or(ALSO) + of_word);
    }
    misfit
}

fn matches<'a>(entries: &'a [CommandEntry], query: &str) -> Vec<&'a CommandEntry> {
    let mut found: Vec<(usize, usize, &CommandEntry)> = entries
        .iter()
        .filter(|entry| entry.group != Group::Caret)
        .enumerate()
        .filter_map(|(n, entry)| {
            let by_name = misfit(query, &entry.name);
            let by_id = misfit(query, &entry.id)
                .filter(|&m| m < 100)
                .map(|m| m + 60);
            // What tags with a label comes before other commands that name it.
            let by_label = (tags_as(entry, query)).then_some(0);
            let by_words = word_misfit(query, entry);
            let all = by_name.into_iter().chain(by_id).chain(by_words);
            let misfit = all.chain(by_label).min()?;
            Some((misfit, n, entry))
        })
        .collect();
    found.sort_by_key(|&(misfit, n, _)| (misfit, n));
    found.into_iter().map(|(_, _, entry)| entry).collect()
}

impl Palette {
    pub(super) fn palette_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        open: Option<&OpenDocument>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        sheet_ui(context, cx, "Commands", 520.0, |ui| {
            let found = matches(cx.entries, &self.query);
            let id = Id::unique("palette");
            start_field(ui, id, &mut self.started, &self.query, None);
            let keys = list_keys(ui, id, &mut self.chosen, found.len());
            let field = TextEdit::singleline(&mut self.query)
                .id(id)
                .hint_text("Find a command")
                .desired_width(f32::INFINITY);
            let response = named_field_ui(ui, field, "Find a command");
            let found = if response.changed() {
                self.chosen = 0;
                matches(cx.entries, &self.query)
            } else {
                found
            };
            ui.add_space(4.0);
            let mut state = DialogState::Open;
            if found.is_empty() {
                ui.weak("No matching command.");
            }
            ui.spacing_mut().item_spacing.y = 0.0;
            let height = (ROW * 11.0).min(room(context) - 40.0);
            ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(height)
                .show(ui, |ui| {
                    for (n, entry) in found.iter().enumerate() {
                        let disabled = disabled_reason(entry.command, open);
                        let name = format!("{}: {}", entry.group.word(), entry.name);
                        let row = Row {
                            id: egui::Id::unique(("command row", &entry.id, &entry.name)),
                            name: entry.name.clone(),
                            style: None,
                            first: &name,
                            second: "",
                            aside: &cx.key(entry.command),
                            aside_color: cx.theme.muted,
                            chosen: n == self.chosen,
                            dimmed: disabled.is_some(),
                        };
                        let response = row
                            .choice_ui(ui, cx.theme, ROW)
                            .on_hover_text(disabled.as_deref().unwrap_or(&entry.description));
                        if !keys.moved {
                            choose_row(&response, n, &mut self.chosen);
                        }
                        if n == self.chosen {
                            response.scroll_to_me(None);
                        }
                        if response.clicked() || (keys.taken && n == self.chosen) {
                            queue.push_back(AppCommand::Ui(entry.command));
                            state = DialogState::Closed;
                        }
                    }
                });
            state
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::schema_file::default_schema;
    use crate::ops::ui_command::{UiCommand, entries};

    fn first(query: &str) -> Option<UiCommand> {
        let entries = entries(&default_schema().unwrap());
        matches(&entries, query).first().map(|entry| entry.command)
    }

    #[test]
    fn the_best_match_comes_first() {
        assert_eq!(first("undo"), Some(UiCommand::Undo));
        assert_eq!(first("speaker g"), Some(UiCommand::NotGiven));
        assert_eq!(first("tag claim"), Some(UiCommand::TagAs(2)));
        assert_eq!(first("speaker"), Some(UiCommand::TagAs(1)));
        assert_eq!(first("opfi"), Some(UiCommand::OpenFile));
        assert_eq!(first("zoom in"), Some(UiCommand::ZoomIn));
        assert_eq!(first("xyzzy"), None);
    }

    #[test]
    fn words_of_other_tools_find_the_command() {
        for (query, wanted) in [
            ("comment", &[UiCommand::Note][..]),
            ("add comment", &[UiCommand::Note]),
            ("memo", &[UiCommand::Note]),
            ("author", &[UiCommand::WhoIsThis, UiCommand::SetName]),
            ("source", &[UiCommand::WhoIsThis, UiCommand::NextCandidate]),
            ("attribute", &[UiCommand::Attributes, UiCommand::WhoIsThis]),
            ("attribution", &[UiCommand::WhoIsThis]),
            ("highlight", &[UiCommand::TagAs(0), UiCommand::TagAs(1)]),
            ("annotate", &[UiCommand::TagAs(0), UiCommand::TagAs(2)]),
            ("colour", &[UiCommand::ToggleTheme, UiCommand::Relabel]),
            ("color", &[UiCommand::ToggleTheme, UiCommand::Relabel]),
            ("dark mode", &[UiCommand::ToggleTheme]),
            ("remove", &[UiCommand::Delete, UiCommand::RemovePart]),
            ("delete", &[UiCommand::Delete]),
            ("delete annotation", &[UiCommand::Delete]),
            ("annotator", &[UiCommand::SetName, UiCommand::Colleagues]),
            ("link", &[UiCommand::WhoIsThis, UiCommand::NextCandidate]),
            ("relation", &[UiCommand::WhoIsThis]),
            ("category", &[UiCommand::Relabel]),
            ("search", &[UiCommand::SearchFolder]),
            ("download", &[UiCommand::Export]),
            ("csv", &[UiCommand::Export, UiCommand::ExportHits]),
            ("inception", &[UiCommand::Export, UiCommand::Import]),
            ("upload", &[UiCommand::Import]),
            ("submit", &[UiCommand::DoneAndNext]),
            ("shortcuts", &[UiCommand::KeySheet]),
            ("font", &[UiCommand::ZoomIn, UiCommand::ZoomOut]),
            ("exit", &[UiCommand::Quit]),
            ("project", &[UiCommand::ShowProject, UiCommand::OpenFolder]),
            ("approve", &[UiCommand::Confirm]),
            ("flag", &[UiCommand::Unsure]),
            ("errors", &[UiCommand::ShowProblems]),
            ("typo", &[UiCommand::EditText]),
            (
                "compare",
                &[
                    UiCommand::CompareExam,
                    UiCommand::Colleagues,
                    UiCommand::NextDifference,
                ],
            ),
            ("tag the speaker", &[UiCommand::TagAs(1)]),
            ("tag a claim", &[UiCommand::TagAs(2)]),
        ] {
            let entries = entries(&default_schema().unwrap());
            let found = matches(&entries, query);
            let found: Vec<UiCommand> = found.iter().map(|entry| entry.command).collect();
            // Among the first that are seen at once.
            let seen = found.get(..8).unwrap_or(&found);
            for command in wanted {
                assert!(seen.contains(command), "{query}: {command:?} in {seen:?}");
            }
            assert!(
                seen.first().is_some_and(|first| wanted.contains(first)),
                "{query}: {seen:?}"
            );
        }
    }
}
