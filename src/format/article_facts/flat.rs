use thin_vec::ThinVec;

use super::VERSION;
use crate::format::sidecar::{field_name, push_string};
use crate::model::{ArticleFacts, ArticleNote, FactConflict, ImportedFrom, UnknownField};

/// Facts with one value, in the order in which they are written.
pub(super) const SINGLE: [&str; 8] = [
    "headline",
    "byline",
    "outlet",
    "date",
    "language",
    "section",
    "address",
    "imported_from",
];

/// The fact that consists of named ones.
pub(super) const FIELDS: &str = "fields";

/// Facts that are lists.
pub(super) const LISTS: [&str; 3] = ["labels", "notes", "conflicts"];

/// Facts as they are in the file: every value as RON. What writing and merging work on.
#[derive(Default, Clone)]
pub(super) struct FlatFacts {
    /// By name; `fields/NAME` for named ones. In the order of the file.
    pub(super) single: Vec<(String, String)>,
    /// By name.
    pub(super) lists: [Vec<String>; LISTS.len()],
}

/// The name of a fact that is below `fields`.
pub(super) fn named_fact(name: &str) -> String {
    format!("{FIELDS}/{name}")
}

/// The file's text and the lines of the facts in it.
pub(super) struct Layout {
    pub(super) text: String,
    pub(super) lines: Vec<(String, usize)>,
}

impl FlatFacts {
    pub(super) fn new(facts: &ArticleFacts) -> Self {
        let mut flat = Self::default();
        for (name, value) in facts.texts() {
            if !value.is_empty() {
                flat.single.push((name.to_owned(), string(value)));
            }
        }
        if let Some(from) = &facts.imported_from {
            let value = ("imported_from".to_owned(), imported_from(from));
            flat.single.push(value);
        }
        for (name, value) in &facts.fields {
            flat.single.push((named_fact(name), string(value)));
        }
        let [labels, notes, conflicts] = &mut flat.lists;
        labels.extend(facts.labels.iter().map(|label| string(label)));
        notes.extend(facts.notes.iter().map(note));
        conflicts.extend(facts.conflicts.iter().map(conflict));
        for field in &facts.unknown {
            flat.add_unknown(field);
        }
        flat
    }

    /// Puts what could not be read back where it was, beside what is there now.
    fn add_unknown(&mut self, field: &UnknownField) {
        let UnknownField { name, raw } = field;
        if let Some((list, _)) = name.split_once('/')
            && let Some(index) = list_index(list)
        {
            if let Some(list) = self.lists.get_mut(index) {
                list.push(raw.to_string());
            }
            return;
        }
        let index = list_index(name);
        let filled = index.and_then(|index| self.lists.get(index));
        let taken = filled.is_some_and(|list| !list.is_empty())
            || (name == FIELDS && self.single.iter().any(|(name, _)| is_named(name)))
            || (is_known(name) && self.value(name).is_some());
        if taken {
            self.add_conflict(name, raw);
        } else {
            self.single.push((name.to_string(), raw.to_string()));
        }
    }

    /// Keeps a value beside the one that holds.
    pub(super) fn add_conflict(&mut self, fact: &str, theirs: &str) {
        let conflict = conflict(&FactConflict {
            fact: fact.to_owned(),
            theirs: theirs.to_owned(),
            unknown: ThinVec::new(),
        });
        let [_, _, conflicts] = &mut self.lists;
        if !conflicts.contains(&conflict) {
            conflicts.push(conflict);
        }
    }

    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let found = self.single.iter().find(|(known, _)| known == name);
        found.map(|(_, raw)| raw.as_str())
    }

    /// The canonical text.
    pub(super) fn layout(&self) -> Layout {
        let mut out = Layout {
            text: format!("#![enable(implicit_some)]\nArticle(version: {VERSION},\n"),
            lines: Vec::new(),
        };
        for name in SINGLE {
            for (_, raw) in self.single.iter().filter(|(known, _)| known == name) {
                out.line(name, &format!("    {name}: {raw},"));
            }
        }
        let named: Vec<_> = self
            .single
            .iter()
            .filter(|(name, _)| is_named(name))
            .collect();
        if !named.is_empty() {
            out.line(FIELDS, &format!("    {FIELDS}: {{"));
            for (fact, raw) in named {
                let name = fact.split_once('/').map_or("", |(_, name)| name);
                out.line(fact, &format!("        {}: {raw},", string(name)));
            }
            out.text.push_str("    },\n");
        }
        for (name, list) in LISTS.iter().zip(&self.lists) {
            if !list.is_empty() {
                out.line(name, &format!("    {name}: ["));
                for raw in list {
                    out.line(name, &format!("        {raw},"));
                }
                out.text.push_str("    ],\n");
            }
        }
        for (name, raw) in &self.single {
            if !SINGLE.contains(&name.as_str()) && !is_named(name) {
                out.line(name, &format!("    {}: {raw},", field_name(name)));
            }
        }
        out.text.push_str(")\n");
        out
    }
}

impl Layout {
    fn line(&mut self, fact: &str, text: &str) {
        let line = self.text.bytes().filter(|&byte| byte == b'\n').count() + 1;
        self.lines.push((fact.to_owned(), line));
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// The line of a fact, from 1.
    pub(super) fn line_of(&self, fact: &str) -> usize {
        let found = self.lines.iter().find(|(known, _)| known == fact);
        found.map_or(1, |(_, line)| *line)
    }
}

/// Whether this version has a place of its own for a fact.
pub(super) fn is_known(name: &str) -> bool {
    SINGLE.contains(&name) || is_named(name) || name == FIELDS || list_index(name).is_some()
}

fn is_named(name: &str) -> bool {
    name.strip_prefix(FIELDS)
        .is_some_and(|rest| rest.starts_with('/'))
}

pub(super) fn list_index(name: &str) -> Option<usize> {
    LISTS.iter().position(|list| *list == name)
}

fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_string(&mut out, text);
    out
}

fn imported_from(from: &ImportedFrom) -> String {
    let mut fields = Vec::new();
    fields.push(("file", string(&from.file)));
    if !from.sha256.is_empty() {
        fields.push(("sha256", string(&from.sha256)));
    }
    if from.index > 0 {
        fields.push(("index", from.index.to_string()));
    }
    record(&fields, &from.unknown)
}

fn note(note: &ArticleNote) -> String {
    let mut fields = vec![("text", string(&note.text))];
    for (name, value) in [("by", &note.by), ("when", &note.when)] {
        if !value.is_empty() {
            fields.push((name, string(value)));
        }
    }
    record(&fields, &note.unknown)
}

fn conflict(conflict: &FactConflict) -> String {
    let fields = [
        ("fact", string(&conflict.fact)),
        ("theirs", conflict.theirs.clone()),
    ];
    record(&fields, &conflict.unknown)
}

fn record(fields: &[(&str, String)], unknown: &[UnknownField]) -> String {
    let known = fields.iter().map(|(name, raw)| format!("{name}: {raw}"));
    let unknown = unknown
        .iter()
        .map(|field| format!("{}: {}", field_name(&field.name), field.raw));
    let all: Vec<_> = known.chain(unknown).collect();
    format!("({})", all.join(", "))
}
