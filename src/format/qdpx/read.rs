//! Documents from a REFI-QDA project: a document for each text and each user who coded it.

use std::collections::{BTreeMap, BTreeSet};

use super::INFO;
use super::source::{Selected, Source, selections};
use crate::format::annotator_names::AnnotatorNames;
use crate::format::document_names::DocumentNames;
use crate::format::interchange::split_spans::CONTINUES;
use crate::format::interchange::{DocumentRecord, LinkRecord, SpanRecord};
use crate::format::link_facts::{self, LinkFacts};
use crate::format::set_aside::{SetAside, shown};
use crate::format::xml_tree::{Element, Tree};
use crate::format::zip_entries::{ZipEntries, is_zip};
use crate::format::{Imported, Input, RecordProblem};

type Malformed = (usize, String);

/// Reads a project.
pub(super) fn read(input: &Input<'_>) -> Imported {
    let mut imported = Imported::default();
    let mut aside = SetAside::default();
    let read = project(input.bytes, &mut aside, &mut imported);
    if let Err((line, message)) = read {
        imported.problems.push(RecordProblem { line, message });
    }
    aside.report(&mut imported);
    imported
}

/// What is said once for all texts.
pub(super) struct Project<'a> {
    pub(super) tree: &'a Tree,
    /// Labels by the ids of codes.
    pub(super) codes: BTreeMap<&'a str, String>,
    users: BTreeMap<&'a str, &'a str>,
    /// The words of notes by their ids.
    notes: BTreeMap<&'a str, String>,
    used: BTreeSet<String>,
}

impl Project<'_> {
    /// The words of the notes an element leads to, and of its description.
    pub(super) fn note(&mut self, element: &Element) -> String {
        let mut words = Vec::new();
        for child in self.tree.within(element) {
            match child.local() {
                "Description" => words.push(self.tree.text_of(child)),
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

fn project(bytes: &[u8], aside: &mut SetAside, imported: &mut Imported) -> Result<(), Malformed> {
    let first = |message| (1, message);
    if !is_zip(bytes) {
        let what =
            "this is no REFI-QDA project (.qdpx), which is a zip file; export the project again";
        return Err(first(what.to_owned()));
    }
    let mut zip = ZipEntries::open(bytes).map_err(first)?;
    let names = zip.names().map_err(first)?;
    let file = names
        .iter()
        .find(|name| name.to_ascii_lowercase().ends_with(".qde"));
    let Some(file) = file else {
        let what = "this zip file has no project.qde; export the project as REFI-QDA (.qdpx)";
        return Err(first(what.to_owned()));
    };
    let xml = zip.read(file).map_err(first)?;
    let xml = String::from_utf8(xml)
        .map_err(|_| first(format!("{file} is not UTF-8; export the project again")))?;
    let tree = Tree::parse(xml.trim_start_matches('\u{feff}'))
        .map_err(|(line, message)| (line, format!("{file}: {message}")))?;
    let Some(root) = tree.root().filter(|root| root.local() == "Project") else {
        return Err(first(format!(
            "{file} holds no <Project>; export the project again"
        )));
    };
    let ours = root.get("origin") == Some("Pullquote");
    let names = names
        .iter()
        .map(|name| (name.to_ascii_lowercase(), name.clone()));
    let mut files = Files {
        zip,
        names: names.collect(),
        ours,
    };
    let mut project = Project {
        codes: codes(&tree, imported),
        users: BTreeMap::new(),
        notes: notes(&tree, &mut files),
        used: BTreeSet::new(),
        tree: &tree,
    };
    for user in tree.all().iter().filter(|e| e.local() == "User") {
        let name = user.get("name").or(user.get("id")).unwrap_or_default();
        let nobody = ours && name == "no name";
        project.users.insert(
            user.get("guid").unwrap_or_default(),
            if nobody { "" } else { name },
        );
    }
    let mut sources = Vec::new();
    for list in tree.within(root) {
        match list.local() {
            "Sources" => {
                for element in tree.within(list) {
                    sources.extend(Source::read(element, &mut project, &mut files, aside));
                }
            }
            "Users" | "CodeBook" | "Links" | "Notes" | "NoteRef" => {}
            other => whole(&tree, list, other, aside, imported),
        }
    }
    for code in tree.all().iter().filter(|e| e.local() == "Code") {
        let note = project.note(code);
        if !note.is_empty() {
            let what = format!(
                "“{}” of the code `{}`",
                shown(&note),
                code.get("name").unwrap_or_default()
            );
            aside.add(code.line, what, "notes on codes are not kept");
        }
    }
    if sources.is_empty() {
        return Err(first(
            "this project holds no text that can be read".to_owned(),
        ));
    }
    documents(sources, &mut project, ours, aside, imported);
    for note in tree.all().iter().filter(|e| e.local() == "Note") {
        let id = note.get("guid").unwrap_or_default();
        if !project.used.contains(id) {
            let words = project.notes.get(id).map_or("", String::as_str);
            let name = note.get("name").unwrap_or_default();
            let what = format!("the note {name} “{}”", shown(words));
            aside.add(note.line, what, "it is on no selection");
        }
    }
    Ok(())
}

/// Tells what is not about a text.
fn whole(tree: &Tree, list: &Element, name: &str, aside: &mut SetAside, imported: &mut Imported) {
    let words = tree.text_of(list);
    let mut items = tree
        .within(list)
        .map(|item| item.get("name").unwrap_or_else(|| item.local()));
    let names: Vec<&str> = items.by_ref().take(5).collect();
    if names.is_empty() && words.trim().is_empty() {
        imported.note_ignored(list.line, format!("<{name}>"));
        return;
    }
    let what = format!("<{name}> ({}) “{}”", names.join(", "), shown(&words));
    aside.add(list.line, what, "it is not about words of a text");
}

/// The label of each code: its name, after that of the code above where two have the same name.
fn codes<'a>(tree: &'a Tree, imported: &mut Imported) -> BTreeMap<&'a str, String> {
    let all = || tree.all().iter().filter(|e| e.local() == "Code");
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for code in all() {
        *count
            .entry(code.get("name").unwrap_or_default())
            .or_default() += 1;
    }
    let mut taken = BTreeSet::new();
    let mut codes = BTreeMap::new();
    for code in all() {
        let (name, id) = (
            code.get("name").unwrap_or_default(),
            code.get("guid").unwrap_or_default(),
        );
        let above = code.parent.and_then(|n| tree.element(n)?.get("name"));
        let mut label = match above {
            Some(above) if count.get(name).is_some_and(|n| *n > 1) => format!("{above}/{name}"),
            _ if name.is_empty() => "code".to_owned(),
            _ => name.to_owned(),
        };
        let base = label.clone();
        let mut n = 1;
        while !taken.insert(label.clone()) {
            n += 1;
            label = format!("{base}-{n}");
        }
        if label != name {
            let message = format!("the code `{name}` is `{label}` here");
            imported.notes.push(RecordProblem {
                line: code.line,
                message,
            });
        }
        codes.insert(id, label);
    }
    codes
}

fn notes<'a>(tree: &'a Tree, files: &mut Files<'_>) -> BTreeMap<&'a str, String> {
    let mut notes = BTreeMap::new();
    for note in tree.all().iter().filter(|e| e.local() == "Note") {
        let content = tree.within(note).find(|e| e.local() == "PlainTextContent");
        let words = match (content, note.get("plainTextPath")) {
            (Some(content), _) => tree.text_of(content),
            (None, Some(path)) => files.text(path).unwrap_or_else(|message| message),
            (None, None) => tree.text_of(note).trim().to_owned(),
        };
        notes.insert(note.get("guid").unwrap_or_default(), words);
    }
    notes
}

/// The files of the project.
pub(super) struct Files<'a> {
    zip: ZipEntries<'a>,
    /// By their names in small letters.
    names: BTreeMap<String, String>,
    ours: bool,
}

impl Files<'_> {
    /// The text at an address such as `internal://a.txt`; else why there is none.
    pub(super) fn text(&mut self, path: &str) -> Result<String, String> {
        let Some(name) = path.strip_prefix("internal://") else {
            return Err(format!("its text is outside of the project, at {path}"));
        };
        let name = name.to_ascii_lowercase();
        let found = self
            .names
            .get(&format!("sources/{name}"))
            .or_else(|| self.names.get(&name));
        let found = found.ok_or_else(|| format!("its text {path} is not in the project"))?;
        let bytes = self.zip.read(found)?;
        let text = String::from_utf8(bytes).map_err(|_| format!("its text {path} is not UTF-8"))?;
        // Ours have no byte order mark: it would be the first character.
        Ok(match text.strip_prefix('\u{feff}').filter(|_| !self.ours) {
            Some(text) => text.to_owned(),
            None => text,
        })
    }
}

/// Where a selection is: the document, and its tag there.
type Known = BTreeMap<String, Vec<(usize, String)>>;

fn documents(
    sources: Vec<Source<'_>>,
    project: &mut Project<'_>,
    ours: bool,
    aside: &mut SetAside,
    imported: &mut Imported,
) {
    let mut annotators = AnnotatorNames::default();
    let mut names = DocumentNames::default();
    let mut records: Vec<(usize, DocumentRecord)> = Vec::new();
    let mut known = Known::new();
    let mut renamed = BTreeSet::new();
    for source in sources {
        let mut by_user: BTreeMap<&str, Vec<Selected>> = BTreeMap::new();
        for selected in selections(&source, project, aside, imported) {
            let user = project
                .users
                .get(&*selected.user)
                .copied()
                .unwrap_or_default();
            by_user.entry(user).or_default().push(selected);
        }
        if by_user.is_empty() {
            let user = project.users.get(source.user).copied().filter(|_| ours);
            by_user.insert(user.unwrap_or_default(), Vec::new());
        }
        for (user, selected) in by_user {
            let mut record = DocumentRecord {
                text: source.text.clone(),
                ..DocumentRecord::default()
            };
            if !user.is_empty() {
                record.annotator = annotators.name(user);
                if record.annotator != user {
                    let message = format!("the annotator `{user}` is `{}` here", record.annotator);
                    if renamed.insert(user.to_owned()) {
                        imported.notes.push(RecordProblem { line: 1, message });
                    }
                }
            }
            for tag in selected {
                let place = (records.len(), tag.id.clone());
                known.entry(tag.selection).or_default().push(place);
                record.spans.push(SpanRecord {
                    id: tag.id,
                    label: tag.label,
                    fragments: vec![tag.range],
                    note: tag.note,
                    ..SpanRecord::default()
                });
            }
            record.id = names.free(source.name, &record.text, [record.annotator.clone()].into());
            if record.id != source.name {
                let message = format!("a second text `{}` is `{}` here", source.name, record.id);
                imported.notes.push(RecordProblem {
                    line: source.line,
                    message,
                });
            }
            records.push((source.line, record));
        }
    }
    let mut facts = links(project, &known, &mut records, aside);
    for (n, (line, mut record)) in records.into_iter().enumerate() {
        record.join_split_spans();
        let read = record.into_document(INFO.name, "project.qdpx", line);
        let said = facts.remove(&n).unwrap_or_default();
        imported.add(read.map(|read| link_facts::restore(read, said)), line);
    }
}

/// Adds the links; gives what they say besides their ends, with the number of their document.
fn links(
    project: &mut Project<'_>,
    known: &Known,
    records: &mut [(usize, DocumentRecord)],
    aside: &mut SetAside,
) -> BTreeMap<usize, BTreeMap<String, LinkFacts>> {
    let mut all_facts: BTreeMap<usize, BTreeMap<String, LinkFacts>> = BTreeMap::new();
    let tree = project.tree;
    for link in tree.all().iter().filter(|e| e.local() == "Link") {
        let name = link
            .get("name")
            .filter(|name| !name.is_empty())
            .unwrap_or("link");
        let ends = |key: &str| known.get(link.get(key).filter(|id| !id.is_empty())?);
        let pair = ends("originGUID")
            .zip(ends("targetGUID"))
            .and_then(|(from, to)| {
                let pairs = from.iter().flat_map(|a| to.iter().map(move |b| (a, b)));
                pairs.into_iter().find(|(a, b)| a.0 == b.0)
            });
        let note = project.note(link);
        let Some(((document, from), (_, to))) = pair else {
            let words = if note.is_empty() {
                String::new()
            } else {
                format!(" “{}”", shown(&note))
            };
            let what = format!("the link `{name}`{words}");
            aside.add(
                link.line,
                what,
                "it is not between two tags of one document",
            );
            continue;
        };
        let mut facts = LinkFacts {
            note,
            ..LinkFacts::default()
        };
        if let Some(direction) = link.get("direction").filter(|d| *d != "OneWay") {
            facts.add("direction", direction);
        }
        let id = match name {
            CONTINUES => String::new(),
            _ => link.get("guid").unwrap_or_default().to_owned(),
        };
        if let Some((_, record)) = records.get_mut(*document) {
            record.links.push(LinkRecord {
                id: id.clone(),
                from: from.clone(),
                to: to.clone(),
                to_kind: "annotation".to_owned(),
                role: name.to_owned(),
                ..LinkRecord::default()
            });
        }
        if !facts.is_empty() && !id.is_empty() {
            all_facts.entry(*document).or_default().insert(id, facts);
        }
    }
    all_facts
}
