use std::collections::{BTreeMap, BTreeSet};

use super::group::{Group, GroupText, Numbered, groups, record};
use super::item::item;
use super::linked::link_bodies;
use super::shapes::{Entries, entries};
use super::texts::{Beside, beside};
use super::told::Told;
use super::wire::OwnDocument;
use crate::format::annotator_names::AnnotatorNames;
use crate::format::counting::{CountedUnit, UnitHint};
use crate::format::document_names::DocumentNames;
use crate::format::left_out::LeftOut;
use crate::format::link_facts::restore;
use crate::format::{EachDocument, FormatError, Imported, Input, RecordProblem};

/// Reads pages, collections, lists and single annotations; what Recogito and Hypothesis write, too.
/// A text that does not travel along is looked for beside the file, under the last part of its
/// address.
pub(super) fn read(
    input: &Input<'_>,
    unit: UnitHint,
    each: &mut EachDocument<'_>,
) -> Result<Imported, FormatError> {
    let mut imported = Imported::default();
    let mut left_out = LeftOut::default();
    let Entries {
        annotations,
        documents,
    } = entries(input.text()?, &mut imported, &mut left_out);
    let mut own: Vec<OwnDocument> = Vec::new();
    let mut items = Vec::new();
    for (n, (line, value)) in (1..).zip(annotations) {
        let mut told = Told {
            left_out: &mut left_out,
            line,
            name: format!("annotation {n}"),
        };
        let (item, document) = item(value, &mut told);
        let begins = document.is_some().then_some(own.len());
        own.extend(document);
        items.push(Numbered {
            n,
            line,
            begins,
            item,
        });
    }
    own.extend(documents);
    let items = link_bodies(items);
    for item in items.iter().filter_map(|numbered| numbered.item.as_ref()) {
        left_out.tally.read.extend(item.counts());
    }
    for document in &own {
        left_out.tally.read.extend(document.extra.counts());
    }
    let groups = groups(&items, &own, &mut left_out);
    let mut texts = BTreeMap::new();
    for group in groups.iter().filter(|group| group.own.is_none()) {
        texts
            .entry(group.source)
            .or_insert_with(|| beside(group.source, input));
    }
    let mut naming = Naming::default();
    let mut any = false;
    let mut missing = Vec::new();
    for group in &groups {
        let document = group.own.and_then(|at| own.get(at));
        let found = texts.get(group.source).filter(|_| document.is_none());
        let line = group.line();
        let (id, text) = match (document, found) {
            (Some(document), _) => (None, of_own(document)),
            (None, Some(Ok(beside))) => (Some(&beside.id), of_beside(beside, unit)),
            (None, Some(Err(message))) => {
                missing.push((line, message.clone(), group));
                continue;
            }
            (None, None) => continue,
        };
        let (mut record, facts) = record(group, &text, document, &mut left_out);
        match (document, id) {
            (Some(document), _) => {
                document.extra.clone().restore(&mut record);
                record.read_facts(line, &mut left_out);
            }
            (None, id) => {
                record.annotator = naming.annotator(group, &mut left_out);
                let annotators = BTreeSet::from([record.annotator.clone()]);
                let id = id.map_or("", String::as_str);
                record.id = naming.documents.free(id, &record.text, annotators);
                if record.id != id {
                    let why =
                        "addresses whose text is that of another become articles of their own";
                    let example = format!("`{}` is `{}` here", group.source, record.id);
                    left_out.remark(line, why, example);
                }
            }
        }
        let read = record.into_document(super::INFO.name, input.name, line);
        any |= read.is_ok();
        imported.hand_over(read.map(|read| restore(read, facts)), line, each);
    }
    let mut said = BTreeSet::new();
    for (line, message, group) in missing {
        if any {
            let what = match group.len() {
                1 => format!("1 annotation ({})", group.shown()),
                n => format!("{n} annotations ({})", group.shown()),
            };
            left_out
                .skip_counted(line, &message, what)
                .extend(group.counts());
        } else if said.insert(message.clone()) {
            imported.problems.push(RecordProblem { line, message });
        }
    }
    left_out.report(&mut imported);
    Ok(imported)
}

fn of_own(document: &OwnDocument) -> GroupText<'_> {
    GroupText {
        text: document.text.clone(),
        page: None,
        from_page: false,
        unit: UnitHint::Said(if document.utf16 {
            CountedUnit::Utf16
        } else {
            CountedUnit::CodePoints
        }),
    }
}

fn of_beside(beside: &Beside, unit: UnitHint) -> GroupText<'_> {
    let page = beside.page.as_ref();
    GroupText {
        text: match (&beside.text, page) {
            (Some(text), _) => text.clone(),
            (None, Some(page)) => page.article().to_owned(),
            (None, None) => String::new(),
        },
        page,
        from_page: beside.text.is_none(),
        unit,
    }
}

/// What people and documents are called here.
#[derive(Default)]
struct Naming {
    names: AnnotatorNames,
    /// By what tells them from others.
    people: BTreeMap<String, String>,
    called: BTreeMap<String, String>,
    documents: DocumentNames,
}

impl Naming {
    fn annotator(&mut self, group: &Group<'_>, left_out: &mut LeftOut) -> String {
        let Some((identity, called)) = group.creator else {
            return String::new();
        };
        if let Some(known) = self.people.get(identity) {
            return known.clone();
        }
        // Two people may be called the same.
        let name = match self.called.get(called).cloned() {
            Some(name) => self.names.unused(&name),
            None => self.names.name(called),
        };
        self.called
            .entry(called.to_owned())
            .or_insert_with(|| name.clone());
        self.people.insert(identity.to_owned(), name.clone());
        if name != called {
            let message =
                format!("the annotator `{called}` (`{identity}`) is called `{name}` here");
            left_out.hint(group.line(), message);
        }
        name
    }
}
