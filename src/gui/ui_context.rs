//! What every part of the window is drawn with, and which commands can be given now.

use std::borrow::Cow;

use super::tag_description::capitalize;
use super::theme::Theme;
use crate::model::Annotation;
use crate::ops::keymap::Keymap;
use crate::ops::ui_command::{CommandEntry, Meaning, Needs, UiCommand};
use crate::ops::{OpenDocument, TagFilter};

/// What every part of the window is drawn with.
#[derive(Clone, Copy)]
pub(crate) struct UiContext<'a> {
    pub(crate) theme: &'a Theme,
    pub(crate) keymap: &'a Keymap,
    pub(crate) entries: &'a [CommandEntry],
    /// Whether keys are written as on macOS.
    pub(crate) mac: bool,
}

impl UiContext<'_> {
    /// The usual key of a command; empty where it has none.
    pub(crate) fn key(&self, command: UiCommand) -> String {
        self.keymap.shortcut(command, self.mac)
    }

    /// Name of a command with its key after it, for tooltips.
    pub(crate) fn tooltip(&self, command: UiCommand) -> String {
        let entry = self.entries.iter().find(|entry| entry.command == command);
        let words = entry.map_or("", |entry| entry.description.as_str());
        let keys = self.keymap.all_shortcuts(command, self.mac);
        if keys.is_empty() {
            words.to_owned()
        } else {
            format!("{words}\n{}", keys.join("  or  "))
        }
    }
}

/// Why a command cannot be given now, for the tooltip of its button; `None`: it can.
pub(crate) fn disabled_reason(
    command: UiCommand,
    open: Option<&OpenDocument>,
) -> Option<Cow<'static, str>> {
    let Some(article) = open else {
        return (command.needs() != Needs::Nothing).then_some("Open an article first".into());
    };
    match command.needs() {
        Needs::Nothing | Needs::Article => None,
        Needs::Tag => no_tag_here(article.current_tag()),
        Needs::Attributable => no_tag_here(article.tag_to_attribute()),
        Needs::Accepted => match command.meaning() {
            Meaning::Article(command) => {
                // No such command uses the filter.
                let refusal = article.refusal(&command(&TagFilter::default()))?;
                Some(format!("{}.", capitalize(&refusal.to_string())).into())
            }
            Meaning::TagAs(_)
            | Meaning::DragAs(_)
            | Meaning::Layout { .. }
            | Meaning::Window(_) => None,
        },
    }
}

fn no_tag_here(tag: Option<&Annotation>) -> Option<Cow<'static, str>> {
    tag.is_none()
        .then_some("No tag here. Click one or press N".into())
}
