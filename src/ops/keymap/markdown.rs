//! All keys as a Markdown table for the docs, from the same table of commands as the menus.

use super::Keymap;
use crate::model::Schema;
use crate::ops::ui_command::{Group, entries};

/// The built-in keys under a schema as Markdown, a row for each command that has a key. The caret's
/// keys, which are those of any editor, are left out.
#[must_use]
pub fn markdown_table(schema: &Schema) -> String {
    let (keymap, _) = Keymap::new(schema, None);
    let entries = entries(schema);
    let mut table = String::from("| | keys | |\n| --- | --- | --- |\n");
    for group in Group::ALL
        .into_iter()
        .filter(|group| *group != Group::Caret)
    {
        let mut title = format!("**{}**", group.word());
        for entry in entries.iter().filter(|entry| entry.group == group) {
            let keys = keymap.all_shortcuts(entry.command, false);
            if keys.is_empty() {
                continue;
            }
            let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            let row = format!("| {title} | {} | {} |\n", keys.join(" "), entry.name);
            table.push_str(&row);
            title.clear();
        }
    }
    table
}
