use std::collections::BTreeMap;

use smol_str::{SmolStr, format_smolstr};

use super::item::{Item, Link, Tag};
use super::page::Page;
use super::select::{Finder, joined};
use super::selector::{NotFound, Selector};
use super::told::Told;
use super::wire::OwnDocument;
use crate::format::counting::UnitHint;
use crate::format::free_ids::FreeIds;
use crate::format::interchange::{DocumentRecord, LinkRecord, SpanRecord, code_point_ranges};
use crate::format::left_out::{LeftOut, shortened, shown_words as shown};
use crate::format::link_facts::LinkFacts;
use crate::format::tally::Counts;
use crate::text::{CodePointIndex, OffsetUnit};

/// An annotation with its number in the file, its line, and the document of ours that begins with it.
pub(super) struct Numbered {
    pub(super) n: usize,
    pub(super) line: usize,
    pub(super) begins: Option<usize>,
    /// `None` where it is left out.
    pub(super) item: Option<Item>,
}

/// So many labels are in a message.
const SHOWN: usize = 3;

/// The annotations of one text in one file, by one person.
pub(super) struct Group<'a> {
    /// The address of the text.
    pub(super) source: &'a str,
    /// Which of our own documents it is.
    pub(super) own: Option<usize>,
    /// Who made them, in files of other tools: what tells them from others, and what they are called.
    pub(super) creator: Option<(&'a str, &'a str)>,
    tags: Vec<(&'a Numbered, &'a Tag)>,
    links: Vec<(&'a Numbered, &'a Link)>,
}

impl<'a> Group<'a> {
    fn new(source: &'a str, own: Option<usize>) -> Self {
        Self {
            source,
            own,
            creator: None,
            tags: Vec::new(),
            links: Vec::new(),
        }
    }

    /// The line of its first annotation.
    pub(super) fn line(&self) -> usize {
        self.tags.first().map_or(1, |(numbered, _)| numbered.line)
    }

    /// What they hold.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (_, tag) in &self.tags {
            counts.extend(tag.counts());
        }
        for (_, link) in &self.links {
            counts.extend(link.counts());
        }
        counts
    }

    /// The words, labels and notes of the first ones, for messages.
    pub(super) fn shown(&self) -> String {
        let tags = self.tags.iter().map(|(_, tag)| {
            let parts = tag.parts.iter().flatten().filter_map(Selector::words);
            let words: Vec<&str> = parts.collect();
            let words = match &words[..] {
                [] => String::new(),
                words => format!("`{}` as ", shortened(&words.join(" … "))),
            };
            format!("{words}“{}”{}", shortened(&tag.label), tag.said())
        });
        let links = self
            .links
            .iter()
            .map(|(_, link)| format!("“{}”{}", shortened(&link.role), link.said()));
        let mut shown: Vec<String> = tags.chain(links).take(SHOWN).collect();
        if self.len() > SHOWN {
            shown.push("…".to_owned());
        }
        shown.join("; ")
    }

    /// How many annotations are in it.
    pub(super) fn len(&self) -> usize {
        self.tags.len() + self.links.len()
    }
}

/// Sorts annotations by the texts they are about and by who made them, in the order of the file. What
/// belongs to none is told.
pub(super) fn groups<'a>(
    items: &'a [Numbered],
    own: &'a [OwnDocument],
    left_out: &mut LeftOut,
) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    // Tags of other tools belong to our own document of their text, wherever they are in the file.
    let mut first_own: BTreeMap<&str, usize> = BTreeMap::new();
    let mut begun: BTreeMap<usize, usize> = BTreeMap::new();
    for numbered in items {
        if let (Some(own), Some(Item::Tags(tags))) = (numbered.begins, &numbered.item)
            && let Some(tag) = tags.first()
        {
            first_own.entry(&tag.source).or_insert(groups.len());
            begun.insert(own, groups.len());
            groups.push(Group::new(&tag.source, Some(own)));
        }
    }
    for (n, document) in own.iter().enumerate() {
        if begun.contains_key(&n) {
            continue;
        }
        first_own.entry(&document.source).or_insert(groups.len());
        begun.insert(n, groups.len());
        groups.push(Group::new(&document.source, Some(n)));
    }
    // The group tags of a source go to now; an article may come several times.
    let mut current: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_creator: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    let mut groups_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for numbered in items {
        let begins = numbered.begins.and_then(|n| own.get(n).zip(begun.get(&n)));
        if let Some((document, &at)) = begins {
            current.insert(&document.source, at);
        }
        let Some(Item::Tags(tags)) = &numbered.item else {
            continue;
        };
        for tag in tags {
            let source = &*tag.source;
            if let Some((document, &at)) = begins {
                current.insert(source, at);
                let mut told = told(left_out, numbered);
                told.changed("source", &document.source, source);
            }
            let creator = tag.creator.as_ref();
            let creator = creator.map(|creator| (&*creator.identity, &*creator.called));
            let key = (source, creator.map(|(identity, _)| identity));
            let at = current.get(source).or(first_own.get(source)).copied();
            let at = at.unwrap_or_else(|| {
                *by_creator.entry(key).or_insert_with(|| {
                    groups.push(Group {
                        creator,
                        ..Group::new(source, None)
                    });
                    groups.len() - 1
                })
            });
            groups_of.entry(&tag.id).or_default().push(at);
            if let Some(group) = groups.get_mut(at) {
                group.tags.push((numbered, tag));
            }
        }
    }
    let find = |id: &str| {
        let other = id.strip_prefix('#').map(str::to_owned);
        let other = other.unwrap_or_else(|| format!("#{id}"));
        groups_of.get(id).or_else(|| groups_of.get(&*other))
    };
    for numbered in items {
        let Some(Item::Links(links)) = &numbered.item else {
            continue;
        };
        for link in links {
            let (from, to) = (find(&link.from), find(&link.to));
            let both = from.zip(to).map(|(from, to)| {
                let both = from.iter().find(|at| to.contains(at));
                both.copied()
            });
            let cause = match both {
                Some(Some(at)) => {
                    if let Some(group) = groups.get_mut(at) {
                        group.links.push((numbered, link));
                    }
                    continue;
                }
                Some(None) => {
                    "links between annotations of two people, or on two texts, are left out"
                }
                None => "links whose ends are not in the file are left out",
            };
            told(left_out, numbered).skip(cause, &shown_link(link));
            left_out.tally.left_out.extend(link.counts());
        }
    }
    groups.sort_by_key(|group| {
        let own = group.own.and_then(|at| own.get(at));
        own.map(|document| document.number)
    });
    groups
}

fn told<'t>(left_out: &'t mut LeftOut, numbered: &Numbered) -> Told<'t> {
    Told {
        left_out,
        line: numbered.line,
        name: format!("annotation {}", numbered.n),
    }
}

fn shown_link(link: &Link) -> String {
    let (from, to) = (shortened(&link.from), shortened(&link.to));
    let role = shortened(&link.role);
    format!("“{role}” from `{from}` to `{to}`{}", link.said())
}

/// A text and where it came from.
pub(super) struct GroupText<'a> {
    /// What people annotate.
    pub(super) text: String,
    /// The web page of the text.
    pub(super) page: Option<&'a Page>,
    /// The page gave the text; offsets count its words as browsers do.
    pub(super) from_page: bool,
    pub(super) unit: UnitHint,
}

/// The record of a text and what is said about its links; what finds no place in it is told.
pub(super) fn record(
    group: &Group<'_>,
    text: &GroupText<'_>,
    own: Option<&OwnDocument>,
    left_out: &mut LeftOut,
) -> (DocumentRecord, BTreeMap<SmolStr, LinkFacts>) {
    let counted = match text.page {
        Some(page) if text.from_page => page.plain(),
        _ => &text.text,
    };
    let selectors = group.tags.iter().flat_map(|(_, tag)| &tag.parts);
    let selectors: Vec<&Selector> = selectors.flatten().collect();
    let finder = Finder::new(counted, text.page, text.unit, &selectors);
    let in_text = InText::new(text);
    let people = own.map_or(&[][..], |own| &own.extra.people);
    let people: BTreeMap<&str, &str> = people.iter().map(|p| (&*p.id, &*p.name)).collect();
    let mut ids: BTreeMap<&str, String> = BTreeMap::new();
    let mut used = FreeIds::default();
    let mut record = DocumentRecord::default();
    if let Some(why) = &finder.remark {
        let what = format!("`{}`", shortened(group.source));
        left_out.remark(group.line(), why, what);
    }
    let moved = format!(
        "the offsets of annotations on `{}` are wrong; they were found by their words",
        shortened(group.source)
    );
    for (numbered, tag) in &group.tags {
        let mut fragments = Vec::with_capacity(tag.parts.len());
        let mut missing = None;
        for part in &tag.parts {
            let found = finder.find(part).and_then(|found| {
                let at = in_text.place(found.at);
                at.map(|at| (found, at)).ok_or_else(NotFound::hidden)
            });
            match found {
                Ok((found, at)) => {
                    if found.moved {
                        let words = part.iter().find_map(Selector::words).unwrap_or_default();
                        let what = format!("“{}” (annotation {})", shown(words), numbered.n);
                        left_out.remark(numbered.line, &moved, what);
                    }
                    if found.doubtful {
                        let what = format!("{} to {}", at[0], at[1]);
                        told(left_out, numbered).skip(DOUBTFUL, &what);
                    }
                    fragments.push(at);
                }
                Err(why) => missing = Some(why),
            }
        }
        if let Some(missing) = missing {
            let words = described(tag, &missing);
            told(left_out, numbered).skip(missing.why, &words);
            left_out.tally.left_out.extend(tag.counts());
            continue;
        }
        let mut span = span(tag, joined(fragments), &people);
        if span.id.is_empty() {
            span.id = format_smolstr!("annotation-{}", numbered.n);
        }
        let given = span.id.clone();
        span.id = used.take(&given);
        if span.id != given {
            let message = format!(
                "annotation {}: the id `{given}` is there twice; this one is `{}` here",
                numbered.n, span.id
            );
            left_out.hint(numbered.line, message);
        }
        ids.entry(&tag.id).or_insert_with(|| span.id.to_string());
        record.spans.push(span);
    }
    let facts = links(group, &ids, &mut record, left_out);
    record.text.clone_from(&text.text);
    (record, facts)
}

const DOUBTFUL: &str = "nothing shows whether these offsets count code points or UTF-16; they were \
                        read as code points, so check them";

/// A tag that has no place: its words, and what is said about it.
fn described(tag: &Tag, missing: &NotFound) -> String {
    let parts = tag.parts.iter();
    let parts = parts.filter_map(|part| part.iter().find_map(Selector::words));
    let parts: Vec<&str> = parts.collect();
    let words = match &parts[..] {
        [] | [_] => missing.words.clone(),
        parts => parts.join(" … "),
    };
    let (words, label) = (shortened(&words), shortened(&tag.label));
    format!("`{words}` as “{label}”{}", tag.said())
}

fn links(
    group: &Group<'_>,
    ids: &BTreeMap<&str, String>,
    record: &mut DocumentRecord,
    left_out: &mut LeftOut,
) -> BTreeMap<SmolStr, LinkFacts> {
    let mut used = FreeIds::default();
    let mut all_facts = BTreeMap::new();
    let end = |id: &str| {
        let other = id.strip_prefix('#').map(str::to_owned);
        let other = other.unwrap_or_else(|| format!("#{id}"));
        ids.get(id).or_else(|| ids.get(&*other))
    };
    for (numbered, link) in &group.links {
        let (Some(from), Some(to)) = (end(&link.from), end(&link.to)) else {
            let cause = "links from or to an annotation that is left out are left out, too";
            told(left_out, numbered).skip(cause, &shown_link(link));
            left_out.tally.left_out.extend(link.counts());
            continue;
        };
        let own = link.own.as_ref();
        if let Some(own) = own {
            let mut told = told(left_out, numbered);
            for (what, before, now) in [("start", &own.from, from), ("end", &own.to, to)] {
                told.changed(what, before.as_str(), now);
            }
        }
        let mut id = own.map_or_else(|| SmolStr::new(&link.id), |own| own.id.clone());
        if id.is_empty() {
            id = format_smolstr!("link-{}", numbered.n);
        }
        id = used.take(&id);
        let creator = link.creator.as_ref();
        let by = creator.map(|creator| format_smolstr!("annotator:{}", creator.called));
        if !link.facts.is_empty() {
            all_facts.insert(
                id.clone(),
                LinkFacts {
                    attributes: link.facts.attributes.clone(),
                    note: link.facts.note.clone(),
                },
            );
        }
        record.links.push(LinkRecord {
            id,
            from: from.clone().into(),
            to: to.clone().into(),
            to_kind: "annotation".into(),
            role: link.role.clone().into(),
            confirmed: Some(own.and_then(|own| own.confirmed).unwrap_or(true)),
            by: own.map_or_else(|| by.into(), |own| own.by.clone()),
            ..LinkRecord::default()
        });
    }
    all_facts
}

/// Places of the counted words in the text.
struct InText<'a> {
    from: Option<(&'a Page, CodePointIndex<'a>, CodePointIndex<'a>)>,
}

impl<'a> InText<'a> {
    fn new(text: &'a GroupText<'_>) -> Self {
        let page = text.page.filter(|_| text.from_page);
        let from = page.map(|page| {
            let plain = CodePointIndex::new(page.plain());
            (page, plain, CodePointIndex::new(page.article()))
        });
        Self { from }
    }

    fn place(&self, at: [u32; 2]) -> Option<[u32; 2]> {
        let Some((page, plain, article)) = &self.from else {
            return Some(at);
        };
        let byte = |point: u32| {
            let byte = plain.to_unit(point, OffsetUnit::Bytes)?;
            usize::try_from(byte).ok()
        };
        let (start, end) = page.in_article(byte(at[0])?, byte(at[1])?)?;
        let point = |byte: usize| article.from_unit(u32::try_from(byte).ok()?, OffsetUnit::Bytes);
        Some([point(start)?, point(end)?])
    }
}

/// What others may have changed is read from where they write it.
fn span(tag: &Tag, fragments: Vec<[u32; 2]>, people: &BTreeMap<&str, &str>) -> SpanRecord {
    let mut span = SpanRecord {
        label: tag.label.clone().into(),
        fragments: code_point_ranges(fragments),
        ..SpanRecord::default()
    };
    if let Some(own) = &tag.own {
        own.extra.clone().restore(&mut span);
        span.id = own.id.as_str().into();
    } else {
        span.id = tag.id.as_str().into();
        let creator = tag.creator.as_ref();
        let called = creator.map(|creator| format_smolstr!("annotator:{}", creator.called));
        span.by = called.into();
    }
    span.attributes.clone_from(&tag.attributes);
    let mut named = people.get(span.person.as_str()).copied();
    for identifying in &tag.identifying {
        if named == Some(identifying) {
            named = None;
            continue;
        }
        let known = span.attributes.iter_mut().find(|a| a.key == "identifying");
        match known {
            Some(known) => {
                known.value.push_str("; ");
                known.value.push_str(identifying);
            }
            None => span
                .attributes
                .push(crate::format::interchange::AttributeRecord {
                    key: "identifying".into(),
                    value: identifying.clone().into(),
                }),
        }
    }
    span.note = tag.note.clone().into();
    if !tag.review.is_empty() {
        span.review = tag.review.as_str().into();
    }
    span
}
