//! Which key gives which command, in which context. The bindings are data: `assets/keymap.ron`, over
//! it a person's own `keymap.ron`, and a letter and a digit for each label of the schema.

mod key;
mod markdown;
mod press;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::OpenDocument;
use super::ui_command::{TABLE, UiCommand};
use crate::format::sidecar::ron_reason;
use crate::model::{Schema, SchemaError};

pub use key::{NamedKey, char_of_key};
pub use markdown::markdown_table;
pub use press::{Modifiers, Press, UnknownKey};

const SOURCE: &str = include_str!("../../../assets/keymap.ron");

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Context {
    /// While reading: the article has the focus.
    Article,
    /// While reading, with likely speakers offered beside a quote or claim.
    Candidates,
    /// While reading, at a difference between annotators.
    Difference,
    /// While reading, at a tag of a colleague that is reviewed, or between those.
    Review,
    /// While reading, at one's own tag that a reviewer would change.
    Correction,
    /// In a text field or a panel; holds in every other context, too.
    Field,
    /// In the find bar.
    Find,
    /// In the search over all articles.
    Search,
}

impl Context {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Article,
        Self::Candidates,
        Self::Field,
        Self::Find,
        Self::Search,
        Self::Difference,
        Self::Review,
        Self::Correction,
    ];

    /// Where the keys go while an article is read.
    #[must_use]
    pub fn while_reading(open: &OpenDocument) -> Self {
        if open.chips().is_some() {
            Self::Candidates
        } else if open.difference().is_some() {
            Self::Difference
        } else if open.correction().is_some() {
            Self::Correction
        } else if open.reviewed_tag().is_some() || open.is_proposing() {
            Self::Review
        } else {
            Self::Article
        }
    }

    /// Where a key is looked up, one context after the other.
    fn chain(self) -> &'static [Self] {
        match self {
            Self::Article => &[Self::Article, Self::Field],
            Self::Candidates => &[Self::Candidates, Self::Article, Self::Field],
            Self::Difference => &[Self::Difference, Self::Article, Self::Field],
            Self::Review => &[Self::Review, Self::Article, Self::Field],
            Self::Correction => &[Self::Correction, Self::Article, Self::Field],
            Self::Field => &[Self::Field],
            Self::Find => &[Self::Find, Self::Field],
            Self::Search => &[Self::Search, Self::Field],
        }
    }

    /// The word on screen.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Article => "reading",
            Self::Candidates => "choosing a speaker",
            Self::Difference => "at a difference",
            Self::Review => "reviewing",
            Self::Correction => "at a correction",
            Self::Field => "everywhere",
            Self::Find => "find bar",
            Self::Search => "search results",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    bindings: Vec<Binding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Binding {
    command: String,
    context: Context,
    keys: Vec<String>,
}

/// The keys of this person under this schema.
#[derive(Debug, Clone, Default)]
// Invariant: `commands` and `keys` agree; one command at most on a key in a context.
pub struct Keymap {
    commands: BTreeMap<(Context, Press), UiCommand>,
    keys: BTreeMap<(UiCommand, Context), Vec<Press>>,
}

impl Keymap {
    /// Puts the built-in keys, a person's own (the text of their `keymap.ron`) and the letters of the
    /// schema together. What cannot be used is left out and named in the second value.
    #[must_use]
    pub fn new(schema: &Schema, own: Option<&str>) -> (Self, Vec<String>) {
        let mut notices = Vec::new();
        let mut wanted = BTreeMap::new();
        read(SOURCE, "assets/keymap.ron", &mut wanted, &mut notices);
        if let Some(own) = own {
            read(own, "keymap.ron", &mut wanted, &mut notices);
        }
        let mut keymap = Self::default();
        for ((command, context), keys) in wanted {
            for press in keys {
                if let Err(other) = keymap.bind(context, press, command) {
                    notices.push(format!(
                        "keymap.ron: {press} is set for both “{}” and “{}” ({}). It does the \
                         first. Give one of them another key",
                        name_of(other),
                        name_of(command),
                        context.word(),
                    ));
                }
            }
        }
        keymap.bind_labels(schema, &mut notices);
        (keymap, notices)
    }

    fn bind_labels(&mut self, schema: &Schema, notices: &mut Vec<String>) {
        for (n, label) in (0_u8..).zip(schema.labels()) {
            let command = UiCommand::TagAs(n);
            let digit = char::from_digit(u32::from(n) + 1, 10).map(Press::char);
            let letter = Press::char(label.letter.to_ascii_lowercase());
            if let Err(other) = self.bind(Context::Article, letter, command) {
                let taken = SchemaError::LetterTaken(
                    label.key.clone(),
                    label.letter,
                    name_of(other).to_owned(),
                );
                let until = digit.map_or_else(String::new, |digit| {
                    format!("; until then, press {digit} to tag")
                });
                notices.push(format!("{taken}{until}"));
            }
            let capital = Press::typed(
                label.letter,
                Modifiers {
                    shift: true,
                    ..Modifiers::default()
                },
            );
            if letter != capital {
                // Where the capital is another command's, the menu has it.
                let _taken = self.bind(Context::Article, capital, UiCommand::DragAs(n));
            }
            if let Some(digit) = digit {
                // A person's own keymap may have given the digit away; the letter stays.
                let _taken = self.bind(Context::Article, digit, command);
            }
        }
    }

    fn bind(
        &mut self,
        context: Context,
        press: Press,
        command: UiCommand,
    ) -> Result<(), UiCommand> {
        if let Some(&other) = self.commands.get(&(context, press)) {
            return if other == command { Ok(()) } else { Err(other) };
        }
        self.commands.insert((context, press), command);
        self.keys.entry((command, context)).or_default().push(press);
        Ok(())
    }

    /// What a key means in a context.
    #[must_use]
    pub fn command(&self, context: Context, press: Press) -> Option<UiCommand> {
        context
            .chain()
            .iter()
            .find_map(|&context| self.commands.get(&(context, press)).copied())
    }

    /// The keys of a command in a context, the usual one first.
    #[must_use]
    pub fn keys(&self, command: UiCommand, context: Context) -> &[Press] {
        self.keys
            .get(&(command, context))
            .map_or(&[], Vec::as_slice)
    }

    /// The usual key of a command as the platform writes it; empty where it has none.
    #[must_use]
    pub fn shortcut(&self, command: UiCommand, mac: bool) -> String {
        [
            Context::Article,
            Context::Field,
            Context::Find,
            Context::Difference,
            Context::Review,
            Context::Correction,
        ]
        .iter()
        .find_map(|&context| self.keys(command, context).first())
        .map_or_else(String::new, |press| press.words(mac))
    }

    /// All keys of a command, of every context, as the platform writes them; each once.
    #[must_use]
    pub fn all_shortcuts(&self, command: UiCommand, mac: bool) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for context in Context::ALL {
            for press in self.keys(command, context) {
                let words = press.words(mac);
                if !found.contains(&words) {
                    found.push(words);
                }
            }
        }
        found
    }

    /// The label a single key tags with, for choosing a label by its letter or digit.
    #[must_use]
    pub fn label_of(&self, press: Press) -> Option<u8> {
        let command = self.commands.get(&(Context::Article, press))?;
        command.label()
    }
}

type Wanted = BTreeMap<(UiCommand, Context), Vec<Press>>;

fn read(source: &str, file: &str, wanted: &mut Wanted, notices: &mut Vec<String>) {
    let bindings = match ron::from_str::<File>(source) {
        Ok(file) => file.bindings,
        Err(error) => {
            let (line, column) = (error.span.start.line, error.span.start.col);
            let reason = ron_reason(&error.code);
            notices.push(format!(
                "{file}:{line}:{column}: {reason}; fix it to use its keys"
            ));
            return;
        }
    };
    for binding in bindings {
        let Some(info) = TABLE.iter().find(|info| info.id == binding.command) else {
            notices.push(format!(
                "{file}: there is no command `{}`; F1 lists the commands",
                binding.command
            ));
            continue;
        };
        let mut keys = Vec::with_capacity(binding.keys.len());
        for key in &binding.keys {
            match key.parse() {
                Ok(press) => keys.push(press),
                Err(error) => notices.push(format!("{file}: {}: {error}", binding.command)),
            }
        }
        wanted.insert((info.command, binding.context), keys);
    }
}

fn name_of(command: UiCommand) -> &'static str {
    command.info().map_or("tag", |info| info.name)
}

#[cfg(test)]
mod tests;
