//! Documents from TEI: tags are elements in the text, and spans in `standOff`.

use std::collections::{BTreeMap, BTreeSet};

use smallvec::smallvec;
use smol_str::SmolStr;

use super::INFO;
use super::body::{Body, Walk, is_stand_off};
use super::header::{Header, header, other_facts};
use super::people::People;
use super::source::facts_of;
use super::stand_off::StandOff;
use super::unread::{start_tag, tell_unread};
use crate::format::annotator_names::AnnotatorNames;
use crate::format::document_names::DocumentNames;
use crate::format::draining::Draining;
use crate::format::free_ids::FreeIds;
use crate::format::interchange::split_spans::CONTINUES;
use crate::format::interchange::{AttributeRecord, DocumentRecord, LinkRecord, SpanRecord};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::tally::Content;
use crate::format::xml_tree::{Element, Malformed, Tree};
use crate::format::{EachDocument, FormatError, Imported, Input, RecordProblem};
use crate::model::{ArticleFacts, Link};

/// Reads the documents of a file.
pub(super) fn read(
    input: &Input<'_>,
    each: &mut EachDocument<'_>,
) -> Result<Imported, FormatError> {
    let mut imported = Imported::default();
    let mut aside = LeftOut::default();
    match documents(&input.xml()?, input.name, &mut aside, &mut imported) {
        Err((line, message)) => imported.problems.push(RecordProblem { line, message }),
        Ok(records) => {
            for (line, record) in Draining::new(records) {
                let read = record.into_document(INFO.name, input.name, line);
                imported.hand_over(read, line, each);
            }
        }
    }
    aside.report(&mut imported);
    Ok(imported)
}

fn documents(
    xml: &str,
    name: &str,
    aside: &mut LeftOut,
    imported: &mut Imported,
) -> Result<Vec<(usize, DocumentRecord)>, Malformed> {
    let tree = Tree::parse(xml)?;
    let Some(root) = tree.root() else {
        return Err((1, "this is not TEI".to_owned()));
    };
    let texts: Vec<Element<'_>> = match root.local() {
        "TEI" | "TEI.2" => vec![root],
        "teiCorpus" => of_corpus(root, imported),
        "XMI" => {
            return Err((
                root.line(),
                "this is UIMA XMI; import it with --from xmi".to_owned(),
            ));
        }
        other => {
            let what = format!("this is not TEI, but <{other}>; a TEI file begins with <TEI>");
            return Err((root.line(), what));
        }
    };
    if texts.is_empty() {
        return Err((
            root.line(),
            "this corpus holds no <TEI> with a text".to_owned(),
        ));
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (mut names, mut annotators) = (DocumentNames::default(), AnnotatorNames::default());
    let mut records = Vec::with_capacity(texts.len());
    for (n, &tei) in texts.iter().enumerate() {
        let mut record = document(&tree, tei, &mut annotators, aside, imported)?;
        if record.id.is_empty() {
            record.id = match texts.len() {
                1 => stem.to_owned(),
                _ => format!("{stem}-{}", n + 1),
            };
        }
        let by = [record.annotator.clone()].into();
        let id = names.free(&record.id, &record.text, by);
        if id != record.id {
            let message = format!("a second document `{}` is `{id}` here", record.id);
            imported.notes.push(RecordProblem {
                line: tei.line(),
                message,
            });
            record.id = id;
        }
        record.shrink_to_fit();
        records.push((tei.line(), record));
    }
    Ok(records)
}

/// The texts of a corpus, and of the corpora in it.
fn of_corpus<'a>(corpus: Element<'a>, imported: &mut Imported) -> Vec<Element<'a>> {
    let mut texts = Vec::new();
    let mut left = vec![corpus];
    while let Some(element) = left.pop() {
        match element.local() {
            "TEI" | "TEI.2" => texts.push(element),
            "teiCorpus" => {
                other_facts(element, &Header::default(), imported);
                left.extend(element.within().rev());
            }
            _ => {}
        }
    }
    texts
}

/// The elements of a text that belong to `standOff`, and all in them.
fn stand_off_in(text: Element<'_>) -> Vec<Element<'_>> {
    let mut left = vec![text];
    let mut all = Vec::new();
    while let Some(element) = left.pop() {
        if is_stand_off(element) {
            all.extend(element.with_all_within());
        } else {
            left.extend(element.within().rev());
        }
    }
    all
}

fn document(
    tree: &Tree,
    tei: Element<'_>,
    annotators: &mut AnnotatorNames,
    aside: &mut LeftOut,
    imported: &mut Imported,
) -> Result<DocumentRecord, Malformed> {
    let header = header(tei);
    let ours = header.ours;
    let texts: Vec<Element<'_>> = tei.within().filter(|e| e.local() == "text").collect();
    if texts.is_empty() {
        return Err((tei.line(), "this TEI file has no <text>".to_owned()));
    }
    for other in tei.within() {
        if !["teiHeader", "text", "standOff"].contains(&other.local()) {
            let what = format!("{} “{}”", start_tag(other), shown(&other.text()));
            aside.skip(other.line(), "parts beside the text are left out", what);
        }
    }
    let mut people = People::default();
    let mut stand_off: Vec<Element<'_>> = tei.below("standOff").collect();
    let beside = stand_off.len();
    for text in &texts {
        stand_off.extend(stand_off_in(*text));
    }
    let listed = tei.below("teiHeader").chain(stand_off.iter().copied());
    for element in listed {
        if ["person", "personGrp", "org"].contains(&element.local()) {
            people.add(element, ours, aside);
        }
    }
    let facts = match ours {
        true => facts_of(tei),
        false => ArticleFacts::default(),
    };
    other_facts(tei, &header, imported);
    let Header {
        title,
        annotator,
        state,
        ..
    } = header;
    let mut walk = Walk::new(aside);
    for text in texts {
        walk.element(text, false);
    }
    let body = walk.finish();
    let mut record = DocumentRecord {
        id: if ours { title } else { String::new() },
        state,
        article: facts.into(),
        ..DocumentRecord::default()
    };
    if ours && !annotator.is_empty() && annotators.name_record(&mut record, &annotator) {
        let message = format!("the annotator `{annotator}` is `{}` here", record.annotator);
        imported.notes.push(RecordProblem {
            line: tei.line(),
            message,
        });
    }
    let ids = inline(&body, &people, &mut record, aside);
    let mut stand = StandOff::new(tree, &body, &people, ids);
    stand.read(&stand_off, &mut record, aside);
    if ours {
        // Who has no name is not written.
        let tags = record.spans.iter_mut().map(|span| &mut span.by);
        let links = record.links.iter_mut().map(|link| &mut link.by);
        for by in tags.chain(links) {
            by.get_or_insert_default();
        }
    }
    aside.tally.merged.extend(record.join_split_spans());
    // The parts of a split tag may each say who speaks.
    let mut known = BTreeSet::new();
    let before = record.links.len();
    record.links.retain(|link| {
        let said = link.role == Link::SPEAKER && link.to_kind != "not_given" && link.id.is_empty();
        !said || known.insert((link.from.clone(), link.to.clone()))
    });
    aside
        .tally
        .merged
        .add(Content::Link, before - record.links.len());
    stand.rename(&mut record);
    let beside = stand_off.iter().take(beside).copied();
    let read = tei.below("text").chain([tei]).chain(beside);
    tell_unread(read, aside);
    record.text = body.text;
    aside.read(Content::Person, people.records.len());
    record.people = people.records;
    Ok(record)
}

/// The tags of elements in the text; gives their ids by those of their elements.
fn inline(
    body: &Body<'_>,
    people: &People,
    record: &mut DocumentRecord,
    aside: &mut LeftOut,
) -> BTreeMap<SmolStr, SmolStr> {
    let mut ids: BTreeMap<SmolStr, SmolStr> = BTreeMap::new();
    let mut leads: Vec<(usize, usize, SmolStr, &str, &str)> = Vec::new();
    let named = body.tags.iter().filter_map(|tag| tag.0.get("xml:id"));
    let mut free: FreeIds = named.collect();
    for (n, (element, place)) in body.tags.iter().enumerate() {
        let name = element.local();
        let at = record.spans.len();
        if place.start >= place.end {
            let why = "elements that cover no character are left out";
            aside.read(Content::Tag, 1);
            aside
                .skip_counted(element.line(), why, format!("<{name}>"))
                .add(Content::Tag, 1);
            continue;
        }
        let id = match element.get("xml:id") {
            Some(own) if !own.is_empty() && !ids.contains_key(own) => {
                let own = SmolStr::new(own);
                ids.insert(own.clone(), own.clone());
                own
            }
            Some(own) if !own.is_empty() => free.take(own),
            Some(_) | None => free.take(&format!("e{}", n + 1)),
        };
        let mut span = SpanRecord {
            id,
            label: match name {
                "said" | "q" => "quote".into(),
                "seg" | "rs" => element.get("type").unwrap_or(name).into(),
                name => name.into(),
            },
            fragments: smallvec![[place.start, place.end]],
            ..SpanRecord::default()
        };
        let mut attribute = |key: &str, value: &str| {
            span.attributes.push(AttributeRecord {
                key: key.into(),
                value: value.into(),
            });
        };
        if name != span.label {
            attribute("element", name);
        }
        for (key, value) in element.all_attributes() {
            match key {
                "xml:id" | "xml:space" => {}
                key if key.starts_with("xmlns") => {}
                "type" if span.label == *value => {}
                "element" => attribute("element-2", value),
                "next" => leads.push((element.line(), at, span.id.clone(), CONTINUES, value)),
                // `next` of the element before says the same.
                "prev" => {}
                "ref" if people.find(value).is_some() => {
                    span.person = people.find(value).cloned().unwrap_or_default().into();
                }
                "who" | "corresp" | "sameAs" => {
                    let role = if key == "who" { Link::SPEAKER } else { key };
                    for address in value.split_ascii_whitespace() {
                        leads.push((element.line(), at, span.id.clone(), role, address));
                    }
                }
                key => attribute(key, value),
            }
        }
        aside.tally.read.extend(span.counts());
        record.spans.push(span);
    }
    for (line, at, from, role, address) in leads {
        let tag = address.strip_prefix('#').and_then(|id| ids.get(id));
        let person = people.find(address).filter(|_| role != CONTINUES);
        let (to, kind) = match (person, tag) {
            (Some(person), _) => (person.clone(), "person"),
            (None, Some(tag)) => (tag.clone(), "annotation"),
            (None, None) if role == CONTINUES => {
                let what = format!("`{address}`");
                aside.skip(line, "a `next` that leads to no tag is left out", what);
                continue;
            }
            (None, None) => {
                let Some(span) = record.spans.get_mut(at) else {
                    continue;
                };
                let key = if role == Link::SPEAKER { "who" } else { role };
                // Names that are no addresses stay together.
                match span.attributes.iter_mut().find(|a| a.key == key) {
                    Some(known) => {
                        known.value.push(' ');
                        known.value.push_str(address);
                    }
                    None => {
                        aside.read(Content::Attribute, 1);
                        span.attributes.push(AttributeRecord {
                            key: key.into(),
                            value: address.into(),
                        });
                    }
                }
                continue;
            }
        };
        aside.read(Content::Link, 1);
        record.links.push(LinkRecord {
            from,
            to,
            to_kind: kind.into(),
            role: role.into(),
            ..LinkRecord::default()
        });
    }
    ids
}
