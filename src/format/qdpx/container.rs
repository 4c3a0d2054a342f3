//! What is in a project besides its texts: codes, users, notes and files.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use crate::format::counting::UnitHint;
use crate::format::free_ids::FreeIds;
use crate::format::left_out::LeftOut;
use crate::format::w3c::percent_decoded;
use crate::format::xml_tree::{Element, Tree};
use crate::format::zip_entries::ZipEntries;

/// What is said once for all texts.
pub(super) struct Project<'a> {
    pub(super) tree: &'a Tree,
    /// Labels by the ids of codes.
    pub(super) codes: BTreeMap<&'a str, SmolStr>,
    pub(super) users: BTreeMap<&'a str, &'a str>,
    /// The words of notes by their ids.
    pub(super) notes: BTreeMap<&'a str, String>,
    pub(super) used: BTreeSet<String>,
    /// Whether Pullquote has written the project.
    pub(super) ours: bool,
    /// What its positions count.
    pub(super) unit: UnitHint,
}

impl<'a> Project<'a> {
    /// Name and number of a user; empty where there is none, or nobody.
    pub(super) fn user(&self, number: &str) -> (&'a str, &'a str) {
        let user = self.users.get_key_value(number);
        let user = user.filter(|(_, name)| !name.is_empty());
        user.map_or(("", ""), |(number, name)| (*name, *number))
    }

    /// The labels of a selection, as far as its codes are known.
    pub(super) fn labels(&self, selection: Element<'_>) -> Vec<&str> {
        let codings = selection.within().filter(|e| e.local() == "Coding");
        let codes = codings.filter_map(|coding| {
            let mut parts = coding.within();
            parts.find(|e| e.local() == "CodeRef")
        });
        let labels = codes.filter_map(|code| self.codes.get(code.get("targetGUID")?));
        labels.map(SmolStr::as_str).collect()
    }

    /// The words of the notes an element leads to, and of its description.
    pub(super) fn note(&mut self, element: Element<'_>) -> String {
        let mut words = Vec::new();
        for child in element.within() {
            match child.local() {
                "Description" => words.push(child.text()),
                "NoteRef" => {
                    let id = child.get("targetGUID").unwrap_or_default();
                    words.push(match self.notes.get(id) {
                        Some(note) => note.clone(),
                        None => format!("(the note {id} is missing)"),
                    });
                    self.used.insert(id.to_owned());
                }
                _ => {}
            }
        }
        words.join("\n")
    }
}

/// The label of each code: its name, after that of the code above where two have the same name.
pub(super) fn codes<'a>(tree: &'a Tree, aside: &mut LeftOut) -> BTreeMap<&'a str, SmolStr> {
    let all = || tree.named("Code");
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for code in all() {
        *count
            .entry(code.get("name").unwrap_or_default())
            .or_default() += 1;
    }
    let why = "codes that share a name have that of the code above before it, or a number";
    let mut taken = FreeIds::default();
    let mut codes = BTreeMap::new();
    for code in all() {
        let (name, id) = (
            code.get("name").unwrap_or_default(),
            code.get("guid").unwrap_or_default(),
        );
        let above = code.parent().and_then(|above| above.get("name"));
        let label = match above {
            Some(above) if count.get(name).is_some_and(|n| *n > 1) => format!("{above}/{name}"),
            _ if name.is_empty() => "code".to_owned(),
            _ => name.to_owned(),
        };
        let label = taken.take_numbered(&label);
        if label != name {
            aside.remark(code.line(), why, format!("`{name}` is `{label}`"));
        }
        codes.insert(id, label);
    }
    codes
}

/// The words of each note, or why there are none.
pub(super) fn notes<'a>(tree: &'a Tree, files: &mut Files<'_>) -> BTreeMap<&'a str, String> {
    let mut notes = BTreeMap::new();
    for note in tree.named("Note") {
        let content = note.within().find(|e| e.local() == "PlainTextContent");
        let words = match (content, note.get("plainTextPath")) {
            (Some(content), _) => content.text(),
            (None, Some(path)) => files.text(path).unwrap_or_else(|message| message),
            (None, None) => note.text().trim().to_owned(),
        };
        notes.insert(note.get("guid").unwrap_or_default(), words);
    }
    notes
}

/// The files of the project.
pub(super) struct Files<'a> {
    pub(super) zip: ZipEntries<'a>,
    pub(super) exact: BTreeSet<String>,
    /// By their names in small letters.
    pub(super) names: BTreeMap<String, String>,
    /// The folder that `project.qde` is in, with `/`; empty for the top.
    pub(super) folder: String,
    /// Whether Pullquote has written the project.
    pub(super) ours: bool,
}

impl Files<'_> {
    /// The text at an address such as `internal://a.txt`; else why there is none.
    pub(super) fn text(&mut self, path: &str) -> Result<String, String> {
        let has_scheme = |path: &str| path.contains(':');
        // Some programs write fewer slashes, others no scheme at all.
        let name = match path.strip_prefix("internal:") {
            Some(name) => name.trim_start_matches('/'),
            None if has_scheme(path) => {
                return Err(format!(
                    "texts outside of the project are left out; their place is {path}"
                ));
            }
            None => path.trim_start_matches("./").trim_start_matches('/'),
        };
        // Two names may differ in their case alone.
        let decoded = percent_decoded(name);
        let mut candidates = Vec::new();
        for name in [name, &decoded] {
            for folder in [&*self.folder, ""] {
                candidates.push(format!("{folder}sources/{name}"));
                candidates.push(format!("{folder}{name}"));
            }
        }
        let exact = candidates.iter().find_map(|name| self.exact.get(name));
        let small = || {
            let mut names = candidates.iter().map(|name| name.to_ascii_lowercase());
            names.find_map(|name| self.names.get(&name))
        };
        let found = exact.or_else(small);
        let found = found.ok_or_else(|| {
            format!("texts that are not in the project are left out; {path} is missing")
        })?;
        let bytes = self.zip.read(found)?;
        let text = String::from_utf8(bytes)
            .map_err(|_| format!("texts that are not UTF-8 are left out; it is {path}"))?;
        // Ours have no byte order mark: it would be the first character.
        Ok(match text.strip_prefix('\u{feff}').filter(|_| !self.ours) {
            Some(text) => text.to_owned(),
            None => text,
        })
    }
}
