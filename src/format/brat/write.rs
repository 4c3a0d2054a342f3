use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::Serialize;
use smol_str::SmolStr;

use super::config::Used;
use super::notes::{DocumentNote, LinkNote, LinkRemarks, TYPE, TagNote};
use super::plain_text::{ReplacedChars, taggable_parts};
use crate::format::interchange::extras::{DocumentExtra, LinkExtra, SpanExtra};
use crate::format::interchange::{DocumentRecord, LinkRecord, SpanRecord};
use crate::text::CodePointIndex;
use crate::text::wording::one_line;

/// The lines about a document. `text` is brat's copy of it, `remarks` what is said about links, by
/// their ids.
pub(super) fn lines(
    mut record: DocumentRecord,
    text: &str,
    line_ends: ReplacedChars,
    mut remarks: BTreeMap<String, LinkRemarks>,
    used: &mut Used,
) -> String {
    let original = CodePointIndex::new(&record.text);
    let mut tags: Vec<(SpanRecord, Vec<[u32; 2]>)> = Vec::new();
    let mut blank_tags = Vec::new();
    for span in std::mem::take(&mut record.spans) {
        let parts: Vec<[u32; 2]> = span
            .fragments
            .iter()
            .flat_map(|&fragment| taggable_parts(&original, fragment))
            .collect();
        if parts.is_empty() {
            blank_tags.push(span);
        } else {
            tags.push((span, parts));
        }
    }
    // Links to what brat does not have travel with the tag they are from, or else the document.
    record.spans = tags.iter().map(|(span, _)| id_only(span)).collect();
    let mut extra = DocumentExtra::extract(&mut record);
    let (own, links): (Vec<_>, Vec<_>) = std::mem::take(&mut record.links)
        .into_iter()
        .partition(|link| link.from == link.to);
    let mut other: BTreeMap<SmolStr, Vec<LinkRecord>> = BTreeMap::new();
    for link in std::mem::take(&mut extra.links).into_iter().chain(own) {
        other.entry(link.from.clone()).or_default().push(link);
    }
    let mut out = Lines::default();
    let text = CodePointIndex::new(text);
    let ids: Vec<&str> = tags.iter().map(|(span, _)| &*span.id).collect();
    let brat_ids = numbered('T', &ids);
    let names: BTreeMap<String, String> = ids
        .iter()
        .map(|id| (*id).to_owned())
        .zip(brat_ids.iter().cloned())
        .collect();
    for ((span, parts), name) in tags.into_iter().zip(&brat_ids) {
        let links = other.remove(&*span.id).unwrap_or_default();
        out.tag(name, span, &parts, links, &text, used);
    }
    let ids: Vec<&str> = links.iter().map(|link| &*link.id).collect();
    let brat_ids = numbered('R', &ids);
    for (link, name) in links.into_iter().zip(brat_ids) {
        let ends = names.get(&*link.from).zip(names.get(&*link.to));
        let Some((from, to)) = ends else { continue };
        let role = used.roles.of(&link.role);
        out.line(format_args!("{name}\t{role} Arg1:{from} Arg2:{to}"));
        let mut remarks = remarks.remove(&*link.id).unwrap_or_default();
        let note = one_line(&remarks.note);
        if !note.is_empty() {
            out.note("AnnotatorNotes", &name, &note);
        }
        if note == remarks.note {
            remarks.note.clear();
        }
        let mut extra = LinkExtra::from_link(&link);
        extra.from = from.into();
        extra.to = to.into();
        extra.attributes = remarks.attributes;
        extra.note = remarks.note.into();
        let note = LinkNote {
            of: name,
            role: if role == link.role {
                String::new()
            } else {
                link.role.to_string()
            },
            extra,
        };
        out.own_note(&note);
    }
    extra.links = other.into_values().flatten().collect();
    out.own_note(&DocumentNote {
        extra,
        line_ends,
        blank_tags,
        link_remarks: remarks,
    });
    out.text
}

/// brat's names for records: their ids, where these look like brat's, and else unused ones.
fn numbered(kind: char, ids: &[&str]) -> Vec<String> {
    let fits = |id: &str| {
        let number = id.strip_prefix(kind).unwrap_or_default();
        let digits = number.bytes().all(|b| b.is_ascii_digit());
        (1..=9).contains(&number.len()) && digits && !number.starts_with('0')
    };
    let mut taken: BTreeSet<String> = BTreeSet::new();
    taken.extend(ids.iter().filter(|id| fits(id)).map(|id| (*id).to_owned()));
    let mut n = 0_usize;
    let names = ids.iter().map(|id| {
        if fits(id) {
            return (*id).to_owned();
        }
        loop {
            n += 1;
            let name = format!("{kind}{n}");
            if taken.insert(name.clone()) {
                return name;
            }
        }
    });
    names.collect()
}

/// A tag with nothing but its name.
fn id_only(span: &SpanRecord) -> SpanRecord {
    SpanRecord {
        id: span.id.clone(),
        ..SpanRecord::default()
    }
}

fn json(note: &impl Serialize) -> String {
    let json = serde_json::to_string(note).unwrap_or_default();
    // brat ends a line at these, too.
    ['\u{85}', '\u{2028}', '\u{2029}']
        .iter()
        .fold(json, |json, &c| {
            if json.contains(c) {
                json.replace(c, &format!("\\u{:04x}", u32::from(c)))
            } else {
                json
            }
        })
}

/// Lines, numbered as brat wants it.
#[derive(Default)]
struct Lines {
    text: String,
    attributes: usize,
    notes: usize,
}

impl Lines {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.text.write_fmt(line);
        self.text.push('\n');
    }

    fn tag(
        &mut self,
        name: &str,
        mut span: SpanRecord,
        parts: &[[u32; 2]],
        links: Vec<LinkRecord>,
        text: &CodePointIndex<'_>,
        used: &mut Used,
    ) {
        let label = used.labels.of(&span.label);
        let places: Vec<String> = parts.iter().map(|[a, b]| format!("{a} {b}")).collect();
        let words = parts.iter().filter_map(|&[a, b]| text.slice(a, b));
        let words: Vec<&str> = words.collect();
        self.line(format_args!(
            "{name}\t{label} {}\t{}",
            places.join(";"),
            words.join(" ")
        ));
        let mut extra = SpanExtra::extract(&mut span);
        if extra.review != "unreviewed" && !extra.review.is_empty() {
            self.attribute("Review", name, &extra.review);
        }
        drop(extra.review.take());
        let attributes = std::mem::take(&mut extra.attributes);
        for attribute in attributes {
            let key = used.attributes.of(&attribute.key);
            if key == attribute.key && is_word(&attribute.value) {
                self.attribute(&key, name, &attribute.value);
                used.value(&span.label, key, attribute.value.into());
            } else {
                extra.attributes.push(attribute);
            }
        }
        let note = one_line(&extra.note);
        if !note.is_empty() {
            self.note("AnnotatorNotes", name, &note);
        }
        if note == *extra.note {
            drop(extra.note.take());
        }
        let note = TagNote {
            of: name.to_owned(),
            at: parts.to_vec(),
            id: span.id.to_string(),
            label: if label == span.label {
                String::new()
            } else {
                span.label.to_string()
            },
            fragments: if *span.fragments == *parts {
                Vec::new()
            } else {
                span.fragments.to_vec()
            },
            extra,
            links,
        };
        self.own_note(&note);
    }

    /// A note about itself, see [`super::notes`].
    fn own_note(&mut self, note: &impl Serialize) {
        let name = format!("#{}", self.notes + 1);
        self.note(TYPE, &name, &json(note));
    }

    fn attribute(&mut self, key: &str, of: &str, value: &str) {
        self.attributes += 1;
        let n = self.attributes;
        self.line(format_args!("A{n}\t{key} {of} {value}"));
    }

    fn note(&mut self, kind: &str, of: &str, words: &str) {
        self.notes += 1;
        let n = self.notes;
        self.line(format_args!("#{n}\t{kind} {of}\t{words}"));
    }
}

/// Whether brat can write a value as it is.
fn is_word(value: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || "_-./".contains(c);
    !value.is_empty() && value.chars().all(fits)
}
