//! What a change of a schema does, in words.

use smol_str::SmolStr;

use super::TagCounts;
use crate::format::schema_file::{Drafted, LabelPart, SchemaDraft};
use crate::model::{LabelKind, RoleKind};
use crate::text::wording::{count, quoted};

/// What a draft changes, a line each, with the number of tags it touches where that is known.
#[must_use]
pub fn schema_preview(draft: &SchemaDraft, counts: Option<&TagCounts>) -> Vec<String> {
    let before = draft.before();
    let mut lines = Vec::new();
    for (n, old) in before.labels().iter().enumerate() {
        let tags = tags(counts.map(|counts| counts.labels.get(&old.key)));
        let now = draft.labels.iter().find(|label| label.original == Some(n));
        match now {
            Some(now) => lines.extend(label_lines(old, &now.kind, &tags)),
            None => lines.push(format!(
                "The label {} goes{tags}. Tags that have it stay, under Problems.",
                name(&old.name)
            )),
        }
    }
    for new in draft.labels.iter().filter(|label| label.original.is_none()) {
        lines.push(format!("The label {} is new.", name(&new.kind.name)));
    }
    for (n, old) in before.attributes().iter().enumerate() {
        let now = draft.attributes.iter().find(|one| one.original == Some(n));
        let Some(Drafted { kind: now, .. }) = now else {
            let is_there = draft.labels.iter().any(|label| label.kind.key == old.label);
            if is_there {
                lines.push(format!("The attribute {} goes.", name(&old.name)));
            }
            continue;
        };
        for value in old
            .values
            .iter()
            .filter(|value| !now.values.contains(value))
        {
            let key = (old.label.clone(), old.name.clone(), value.clone());
            let tags = tags(counts.map(|counts| counts.values.get(&key)));
            lines.push(format!(
                "{} is no value of {} any more{tags}.",
                name(value),
                name(&old.name)
            ));
        }
        for value in now
            .values
            .iter()
            .filter(|value| !old.values.contains(value))
        {
            lines.push(format!(
                "{} is a new value of {}.",
                name(value),
                name(&now.name)
            ));
        }
    }
    for new in draft.attributes.iter().filter(|one| one.original.is_none()) {
        lines.push(format!("The attribute {} is new.", name(&new.kind.name)));
    }
    for (n, old) in before.roles().iter().enumerate() {
        let now = draft.roles.iter().find(|role| role.original == Some(n));
        match now {
            Some(now) => lines.extend(role_lines(draft, old, &now.kind)),
            None => {
                let links = counts.map(|counts| counts.roles.get(&old.key).copied());
                let links = links.map_or_else(String::new, |number| {
                    format!(" ({})", count(number.unwrap_or_default(), "link"))
                });
                lines.push(format!(
                    "The link {} goes{links}. Links that have it stay, under Problems.",
                    name(&old.name)
                ));
            }
        }
    }
    for new in draft.roles.iter().filter(|role| role.original.is_none()) {
        lines.push(format!("The link {} is new.", name(&new.kind.name)));
    }
    for convention in &draft.conventions {
        if !before.conventions.contains(convention) {
            let (what, value) = (&convention.name, &convention.value);
            lines.push(format!("The convention {} is {}.", name(what), name(value)));
        }
    }
    lines
}

fn label_lines(old: &LabelKind, now: &LabelKind, tags: &str) -> Vec<String> {
    let mut lines = Vec::new();
    if old.key != now.key {
        lines.push(format!(
            "The label {} is called {} in files{tags}. Yours are renamed; files of others stay as they \
             are and are read as {}.",
            name(&old.key),
            name(&now.key),
            name(&now.key)
        ));
    }
    if old.name != now.name {
        lines.push(format!(
            "{} is shown as {}{tags}.",
            name(&old.name),
            name(&now.name)
        ));
    }
    if old.letter != now.letter {
        let (old, new) = (old.letter, now.letter);
        lines.push(format!(
            "{} is tagged with {new} instead of {old}.",
            name(&now.name)
        ));
    }
    let (was, is) = (LabelPart::of(old), LabelPart::of(now));
    if was != is {
        let (was, is) = (was.words(), is.words());
        lines.push(format!("{}: {is} instead of {was}{tags}.", name(&now.name)));
    }
    if old.color != now.color {
        lines.push(format!("{} is {}{tags}.", name(&now.name), now.color));
    }
    lines
}

fn role_lines(draft: &SchemaDraft, old: &RoleKind, now: &RoleKind) -> Vec<String> {
    let mut lines = Vec::new();
    let renamed = draft.renamed();
    let is_renamed = |key: &SmolStr| renamed.iter().any(|(_, new)| new == key);
    if old.name != now.name {
        lines.push(format!(
            "{} is shown as {}.",
            name(&old.name),
            name(&now.name)
        ));
    }
    if old.people != now.people {
        let may = if now.people { "may" } else { "may not" };
        lines.push(format!(
            "Links of {} {may} lead to people without a tag.",
            name(&now.name)
        ));
    }
    for (was, is, way) in [(&old.from, &now.from, "from"), (&old.to, &now.to, "to")] {
        let new = is
            .iter()
            .filter(|key| !was.contains(key) && !is_renamed(key));
        lines.extend(
            new.map(|key| format!("Links of {} may lead {way} {}.", name(&now.name), name(key))),
        );
        let gone = was.iter().filter(|key| {
            let stays = draft.labels.iter().any(|label| label.kind.key == **key);
            stays && !is.contains(key)
        });
        lines.extend(gone.map(|key| {
            format!(
                "Links of {} may not lead {way} {} any more.",
                name(&now.name),
                name(key)
            )
        }));
    }
    lines
}

fn name(words: &str) -> String {
    quoted(words, '“', '”')
}

/// ": 12 tags", or nothing where they are not counted.
fn tags(counted: Option<Option<&usize>>) -> String {
    counted.map_or_else(String::new, |number| {
        format!(" ({})", count(number.copied().unwrap_or_default(), "tag"))
    })
}

/// The conventions that decide how tags and suggestions are made: name, what it decides, and its values, the
/// usual one first.
pub const CONVENTIONS: [(&str, &str, &[&str]); 5] = [
    (
        "split",
        "A quotation that a report splits is",
        &["joined", "pieces"],
    ),
    (
        "marks",
        "Quotation marks of a quote are",
        &["inside", "outside"],
    ),
    (
        "that",
        "“That” before reported words is",
        &["inside", "outside"],
    ),
    ("claims", "Claims are tagged", &["by hand", "suggested"]),
    (
        "carry",
        "Tags are carried into copies of an article from",
        &["own work", "everybody"],
    ),
];

/// What a convention is now.
#[must_use]
pub fn convention_now(draft: &SchemaDraft, name: &str) -> SmolStr {
    let known = CONVENTIONS.iter().find(|(known, ..)| *known == name);
    let usual = known.and_then(|(_, _, values)| values.first());
    let decided = draft.convention(name).cloned();
    decided.unwrap_or_else(|| usual.copied().unwrap_or_default().into())
}
