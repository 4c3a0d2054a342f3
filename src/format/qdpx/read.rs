//! Documents from a REFI-QDA project: a document for each text and each user who coded it.

use std::collections::{BTreeMap, BTreeSet};

use smallvec::smallvec;
use smol_str::SmolStr;

use super::INFO;
use super::container::{Files, Project, codes, notes};
use super::source::{Selected, Source, selections};
use crate::format::annotator_names::AnnotatorNames;
use crate::format::counting::UnitHint;
use crate::format::document_names::DocumentNames;
use crate::format::draining::Draining;
use crate::format::interchange::split_spans::CONTINUES;
use crate::format::interchange::{DocumentRecord, LinkRecord, SpanRecord};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::link_facts::{self, LinkFacts};
use crate::format::own_names::OwnNames;
use crate::format::tally::Content;
use crate::format::xml_encoding::xml_text;
use crate::format::xml_tree::{Element, Tree, Unread};
use crate::format::zip_entries::{ZipEntries, is_zip};
use crate::format::{EachDocument, Imported, Input, RecordProblem};
use crate::text::wording::short_list;

type Malformed = (usize, String);

/// Reads a project.
pub(super) fn read(input: &Input<'_>, unit: UnitHint, each: &mut EachDocument<'_>) -> Imported {
    let mut imported = Imported::default();
    let mut aside = LeftOut::default();
    let read = project(input.bytes, unit, (&mut aside, &mut imported), each);
    if let Err((line, message)) = read {
        imported.problems.push(RecordProblem { line, message });
    }
    aside.report(&mut imported);
    imported
}

fn project(
    bytes: &[u8],
    unit: UnitHint,
    (aside, imported): (&mut LeftOut, &mut Imported),
    each: &mut EachDocument<'_>,
) -> Result<(), Malformed> {
    let first = |message| (1, message);
    if !is_zip(bytes) {
        let what = match bytes.trim_ascii_start().starts_with(b"<") {
            true => {
                "this is a part of a REFI-QDA project; import the whole project (.qdpx), with its texts"
            }
            false => {
                "this is not a REFI-QDA project (.qdpx), which is a zip file; export the project again"
            }
        };
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
    let folder = file.rfind('/').map_or("", |end| &file[..=end]).to_owned();
    // What was unpacked is not needed once it is a tree.
    let tree = {
        let xml = zip.read(file).map_err(first)?;
        let xml = xml_text(&xml).map_err(|error| first(format!("{file}: {error}")))?;
        Tree::parse(&xml).map_err(|(line, message)| (line, format!("{file}: {message}")))?
    };
    let Some(root) = tree.root().filter(|root| root.local() == "Project") else {
        return Err(first(format!(
            "{file} holds no <Project>; export the project again"
        )));
    };
    let ours = root.get("origin") == Some("Pullquote");
    let small = names
        .iter()
        .map(|name| (name.to_ascii_lowercase(), name.clone()));
    let mut files = Files {
        zip,
        names: small.collect(),
        exact: names.into_iter().collect(),
        folder,
        ours,
    };
    let mut project = Project {
        codes: codes(&tree, aside),
        users: BTreeMap::new(),
        notes: notes(&tree, &mut files),
        used: BTreeSet::new(),
        ours,
        unit,
        tree: &tree,
    };
    for user in tree.named("User") {
        let name = user.get("name").or(user.get("id")).unwrap_or_default();
        let nobody = ours && name == "no name";
        project.users.insert(
            user.get("guid").unwrap_or_default(),
            if nobody { "" } else { name },
        );
    }
    let mut sources = Vec::new();
    for list in root.within() {
        match list.local() {
            "Sources" => {
                for element in list.within() {
                    sources.extend(Source::read(element, &mut project, &mut files, aside));
                }
            }
            "Users" | "CodeBook" | "Links" | "Notes" | "NoteRef" => {}
            other => whole(list, other, aside, imported),
        }
    }
    for code in tree.named("Code") {
        let note = project.note(code);
        if !note.is_empty() {
            let what = format!(
                "“{}” of the code `{}`",
                shown(&note),
                code.get("name").unwrap_or_default()
            );
            aside.skip(code.line(), "notes on codes are left out", what);
        }
    }
    if sources.is_empty() {
        return Err(first(
            "this project holds no text that can be read".to_owned(),
        ));
    }
    documents(sources, &mut project, ours, (aside, imported), each);
    unused_codes(&project, aside);
    coded_notes(&project, aside);
    unread(&tree, ours, aside);
    for note in tree.named("Note") {
        let id = note.get("guid").unwrap_or_default();
        if !project.used.contains(id) {
            let words = project.notes.get(id).map_or("", String::as_str);
            let name = note.get("name").unwrap_or_default();
            let what = format!("{name} “{}”", shown(words));
            aside.skip(
                note.line(),
                "notes that are on no selection are left out",
                what,
            );
        }
    }
    Ok(())
}

/// Names the coded words of notes.
fn coded_notes(project: &Project<'_>, aside: &mut LeftOut) {
    for note in project.tree.named("Note") {
        let children = note.within();
        for selection in children.filter(|e| e.local() == "PlainTextSelection") {
            let [start, end] = ["startPosition", "endPosition"]
                .map(|name| shown(selection.get(name).unwrap_or_default()));
            let name = shown(note.get("name").unwrap_or_default());
            let labels = project.labels(selection).join("`, `");
            let words = shown(selection.get("name").unwrap_or_default());
            let what = format!("“{words}” ({start} to {end}) in `{name}` as `{labels}`");
            aside.skip(selection.line(), "coded words of notes are left out", what);
        }
    }
}

/// Names the codes without a selection.
fn unused_codes(project: &Project<'_>, aside: &mut LeftOut) {
    let refs = project.tree.named("CodeRef");
    let used: BTreeSet<&str> = refs.filter_map(|code| code.get("targetGUID")).collect();
    let unused = project.codes.iter().filter(|(id, _)| !used.contains(*id));
    let unused: Vec<String> = unused.map(|(_, label)| format!("`{label}`")).collect();
    if !unused.is_empty() {
        let list = short_list(&unused, MOST_CODES);
        aside.hint(
            1,
            format!("codes without a selection become no tags: {list}"),
        );
    }
}

/// So many codes are in a message.
const MOST_CODES: usize = 20;

/// Names what of a project was not read.
fn unread(tree: &Tree, ours: bool, aside: &mut LeftOut) {
    let all = tree.all().filter(|e| e.local() != "Note");
    for Unread { element, attribute } in all.flat_map(Element::unread) {
        let (line, name) = (element.line(), element.local());
        let why = "attributes and words that nothing here corresponds to are left out";
        match attribute {
            Some((attribute, _))
                if is_bookkeeping(attribute) || name == "Project" && attribute == "name" =>
            {
                if !ours {
                    aside.bookkeeping(line, attribute);
                }
            }
            Some((attribute, value)) => {
                let what = format!("`{attribute}` “{}” of <{name}>", shown(value));
                aside.skip(line, why, what);
            }
            None => {
                let what = format!("“{}” in <{name}>", shown(&element.own_words()));
                aside.skip(line, why, what);
            }
        }
    }
}

/// What programs note for themselves.
fn is_bookkeeping(attribute: &str) -> bool {
    let names = [
        "guid",
        "targetGUID",
        "creatingUser",
        "modifyingUser",
        "creatingUserGUID",
        "modifyingUserGUID",
        "color",
        "isCodable",
        "richTextPath",
        "plainTextPath",
        "basePath",
        "origin",
        "id",
    ];
    names.contains(&attribute)
        || attribute.ends_with("DateTime")
        || attribute.ends_with(":schemaLocation")
}

/// Tells what is not about a text.
fn whole(list: Element<'_>, name: &str, aside: &mut LeftOut, imported: &mut Imported) {
    let words = list.text();
    let mut items = list
        .within()
        .map(|item| item.get("name").unwrap_or_else(|| item.local()));
    let names: Vec<&str> = items.by_ref().take(5).collect();
    if names.is_empty() && words.trim().is_empty() {
        imported.note_ignored(list.line(), format!("<{name}>"));
        return;
    }
    let what = format!("<{name}> ({}) “{}”", names.join(", "), shown(&words));
    aside.skip(
        list.line(),
        "parts of a project that are not about words of a text are left out",
        what,
    );
}

/// Where a selection is: the document, and its tag there.
type Known = BTreeMap<String, Vec<(usize, String)>>;

fn documents(
    sources: Vec<Source<'_>>,
    project: &mut Project<'_>,
    ours: bool,
    (aside, imported): (&mut LeftOut, &mut Imported),
    each: &mut EachDocument<'_>,
) {
    let mut annotators = AnnotatorNames::default();
    let mut names = DocumentNames::default();
    let mut records: Vec<(usize, DocumentRecord)> = Vec::new();
    // By source, which may be several documents; with its line.
    let mut own_names: Vec<(usize, OwnNames)> = Vec::new();
    let mut own_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut known = Known::new();
    let mut renamed = BTreeSet::new();
    for source in sources {
        // By name and number: two users may have one name.
        let mut by_user: BTreeMap<(&str, &str), Vec<Selected>> = BTreeMap::new();
        for selected in selections(&source, project, aside) {
            if !selected.user.is_empty() && !project.users.contains_key(&*selected.user) {
                let why = "users that are not in the project are left out; their tags are kept";
                aside.skip(source.line, why, shown(&selected.user));
            }
            let user = project.user(&selected.user);
            by_user.entry(user).or_default().push(selected);
        }
        if by_user.is_empty() {
            let user = if ours { source.user } else { "" };
            by_user.insert(project.user(user), Vec::new());
        }
        for ((user, number), selected) in by_user {
            let mut record = DocumentRecord {
                text: source.text.clone(),
                ..DocumentRecord::default()
            };
            if !user.is_empty() {
                record.annotator = annotators.name_of(number, 0, user);
                if record.annotator != user {
                    user.clone_into(&mut record.made_by);
                    let message = format!("the annotator `{user}` is `{}` here", record.annotator);
                    if renamed.insert(number) {
                        imported.notes.push(RecordProblem { line: 1, message });
                    }
                }
            }
            for tag in Draining::new(selected) {
                let place = (records.len(), tag.id.clone());
                known.entry(tag.selection).or_default().push(place);
                record.spans.push(SpanRecord {
                    id: tag.id.into(),
                    label: tag.label,
                    fragments: smallvec![tag.range],
                    note: tag.note.into(),
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
            if source.own.is_some() {
                own_of.insert(records.len() - 1, own_names.len());
            }
        }
        own_names.extend(source.own.map(|own| (source.line, own)));
    }
    let mut facts = links(project, &known, &mut records, aside);
    for (n, (line, mut record)) in Draining::new(records).enumerate() {
        aside.tally.merged.extend(record.join_split_spans());
        let mut said = facts.remove(&n).unwrap_or_default();
        let own = own_of.get(&n).and_then(|own| own_names.get_mut(*own));
        if let Some((_, own)) = own {
            own.restore(&mut record, &mut said, (line, aside));
        }
        let read = record.into_document(INFO.name, "project.qdpx", line);
        imported.hand_over(read.map(|read| link_facts::restore(read, said)), line, each);
    }
    for (line, own) in own_names {
        own.tell_rest(line, aside);
    }
}

/// Adds the links; gives what they say besides their ends, with the number of their document.
fn links(
    project: &mut Project<'_>,
    known: &Known,
    records: &mut [(usize, DocumentRecord)],
    aside: &mut LeftOut,
) -> BTreeMap<usize, BTreeMap<SmolStr, LinkFacts>> {
    let mut all_facts: BTreeMap<usize, BTreeMap<SmolStr, LinkFacts>> = BTreeMap::new();
    let tree = project.tree;
    for link in tree.named("Link") {
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
            let what = format!("`{name}`{words}");
            let why = "links that are not between two tags of one document are left out";
            aside.skip(link.line(), why, what);
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
        if id.is_empty() && !facts.is_empty() {
            let why = "what is said about the links between parts of one tag is left out";
            aside.skip(link.line(), why, format!("`{name}`{}", facts.shown()));
        }
        aside.read(Content::Link, 1);
        if !id.is_empty() {
            aside.tally.read.extend(facts.counts());
        }
        if let Some((_, record)) = records.get_mut(*document) {
            record.links.push(LinkRecord {
                id: id.clone().into(),
                from: from.clone().into(),
                to: to.clone().into(),
                to_kind: "annotation".into(),
                role: name.into(),
                ..LinkRecord::default()
            });
        }
        if !facts.is_empty() && !id.is_empty() {
            all_facts
                .entry(*document)
                .or_default()
                .insert(id.into(), facts);
        }
    }
    all_facts
}
