//! Changes to files of XML, and to the projects of REFI-QDA, which hold one.

use std::io::{Cursor, Read, Write};

use super::change::Change;
use super::files::{Random, Words};

/// An element that is empty, or the tag that begins one.
struct Tag {
    /// In bytes.
    start: usize,
    end: usize,
    empty: bool,
    /// Each name, and where the value is.
    attributes: Vec<(String, usize, usize)>,
}

fn tags(xml: &str) -> Vec<Tag> {
    let mut all = Vec::new();
    for (start, _) in xml.match_indices('<') {
        let Some(end) = xml[start..].find('>').map(|n| start + n + 1) else {
            continue;
        };
        let tag = &xml[start..end];
        if tag.starts_with("</") || tag.starts_with("<?") || tag.starts_with("<!") {
            continue;
        }
        let mut attributes = Vec::new();
        let mut at = 0;
        while let Some(n) = tag[at..].find("=\"") {
            let value = at + n + 2;
            let Some(long) = tag[value..].find('"') else {
                break;
            };
            let name = tag[..value - 2].rsplit([' ', '\n']).next().unwrap();
            attributes.push((name.to_owned(), start + value, start + value + long));
            at = value + long + 1;
        }
        all.push(Tag {
            start,
            end,
            empty: tag.ends_with("/>"),
            attributes,
        });
    }
    all
}

/// What names a record or a place, or describes the file.
fn is_bookkeeping(name: &str) -> bool {
    name.starts_with("xm")
        || name.ends_with("GUID")
        || [
            "isCodable",
            "creatingUser",
            "sofaNum",
            "sofaID",
            "mimeType",
            "members",
            "sofa",
            "guid",
            "origin",
            "type",
            "version",
            "ident",
            "when",
            "modifiedDateTime",
            "creationDateTime",
            "sofaURI",
        ]
        .contains(&name)
}

const OFFSETS: [&str; 4] = ["begin", "end", "startPosition", "endPosition"];

pub(super) fn change_xml(
    xml: &mut String,
    random: &mut Random,
    words: &mut Words,
) -> Option<Change> {
    let all = tags(xml);
    // What the head of a file says of the file is no content.
    let head = xml.find("</teiHeader>").unwrap_or(0);
    let within = |tag: &&Tag| {
        let name = &xml[tag.start..tag.end];
        let index = name.starts_with("<cas:View") || name.starts_with("<cas:NULL");
        tag.start >= head && !index
    };
    let below: Vec<&Tag> = all.iter().skip(1).filter(within).collect();
    let tag = *random.pick(&below)?;
    let shown = xml[tag.start..tag.end].chars().take(60).collect();
    let mut change = Change {
        kind: "",
        at: shown,
        marks: Vec::new(),
        differs: false,
    };
    let mut mark = || {
        let word = words.fresh("z");
        change.marks.push(word.clone());
        word
    };
    match random.below(7) {
        0 => {
            let (name, value) = (words.fresh("y"), words.fresh("z"));
            change.kind = "attribute added";
            change.marks.extend([name.clone(), value.clone()]);
            let at = tag.end - if tag.empty { 2 } else { 1 };
            xml.insert_str(at, &format!(" {name}=\"{value}\""));
        }
        1 => {
            let (_, start, end) = random.pick(&tag.attributes)?;
            change.kind = "attribute emptied";
            xml.replace_range(*start..*end, "");
        }
        2 => {
            let fit = tag
                .attributes
                .iter()
                .filter(|(name, ..)| !is_bookkeeping(name));
            let span = change.at.starts_with("<custom:Span") || !change.at.starts_with("<custom:");
            let fit = fit.filter(|(name, ..)| span || !OFFSETS.contains(&name.as_str()));
            // What a selection or a user is called says nothing of the text.
            let called = ["<PlainTextSelection", "<User"];
            let called = called.iter().any(|name| change.at.starts_with(name));
            let fit: Vec<_> = fit.filter(|(name, ..)| !called || name != "name").collect();
            let (_, _, end) = random.pick(&fit)?;
            let word = mark();
            change.kind = "words changed";
            xml.insert_str(*end, &format!(" {word}"));
        }
        3 => {
            let (name, value) = (mark(), mark());
            change.kind = "element added";
            xml.insert_str(tag.start, &format!("<{name}>{value}</{name}>"));
        }
        4 if tag.empty => {
            change.kind = "element removed";
            xml.replace_range(tag.start..tag.end, "");
        }
        5 if tag.empty => {
            change.kind = "element twice";
            let copy = xml[tag.start..tag.end].to_owned();
            xml.insert_str(tag.start, &copy);
        }
        6 => {
            let fit = tag
                .attributes
                .iter()
                .filter(|(name, ..)| OFFSETS.contains(&name.as_str()));
            let fit: Vec<_> = fit.collect();
            let (_, start, end) = *random.pick(&fit)?;
            // Relations are where their ends are, and people everywhere.
            if change.at.starts_with("<custom:") && !change.at.starts_with("<custom:Span") {
                return None;
            }
            let number: u32 = xml[*start..*end].parse().ok()?;
            let changed = [number + 1, number.checked_sub(1)?, number + 1_000_000];
            change.kind = "offset";
            change.differs = true;
            let changed = changed[random.below(3)].to_string();
            xml.replace_range(*start..*end, &changed);
        }
        _ => return None,
    }
    Some(change)
}

/// The XML of a project.
pub(super) fn project(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    let mut file = zip.by_name("project.qde").unwrap();
    file.read_to_string(&mut xml).unwrap();
    xml
}

/// A project with another XML.
pub(super) fn with_project(bytes: &[u8], xml: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for n in 0..zip.len() {
        let mut file = zip.by_index(n).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        let name = file.name().unwrap().into_owned();
        if name == "project.qde" {
            content = xml.as_bytes().to_vec();
        }
        out.start_file(name, options).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}
