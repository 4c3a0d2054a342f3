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

/// What names a record, refers to one or says of which kind it is: a change shows in what becomes of
/// the record.
fn is_reference(name: &str) -> bool {
    name.ends_with("GUID")
        || [
            "guid", "xml:id", "xmi:id", "sofa", "type", "sofaURI", "members",
        ]
        .contains(&name)
}

/// What is no content, each with the reason.
fn is_no_content(tag: &str, name: &str) -> bool {
    // When and by whom it was written down; who made a tag is with the tag.
    let dates = [
        "when",
        "modifiedDateTime",
        "creationDateTime",
        "creatingUser",
        "origin",
        "version",
    ];
    // Names of the only view.
    let view = ["sofaNum", "sofaID", "mimeType", "xmi:version"];
    // What a selection or a user is called says nothing of the text; ids that nothing leads to.
    let called = ["<PlainTextSelection", "<User"]
        .iter()
        .any(|kind| tag.starts_with(kind));
    let led_to = [
        "<Code",
        "<Coding",
        "<Link",
        "<Note",
        "<Set",
        "<User",
        "<TextSource",
        "<PlainText",
    ];
    let led_to = led_to.iter().any(|kind| tag.starts_with(kind));
    dates.contains(&name)
        || view.contains(&name)
        || name.starts_with("xmlns")
        || ["isCodable", "xml:space", "ident", "color"].contains(&name)
        || called && name == "name"
        || led_to && name == "guid"
        || name == "xmi:id"
        || tag.starts_with("<cas:NULL")
        // Its own words for a kind of record.
        || name == "xml:id" && !tag.starts_with("<anchor")
        || name == "type" && (tag.starts_with("<name") || tag.starts_with("<fs"))
}

const OFFSETS: [&str; 4] = ["begin", "end", "startPosition", "endPosition"];

pub(super) fn change_xml(
    xml: &mut String,
    random: &mut Random,
    words: &mut Words,
) -> Option<Change> {
    let all = tags(xml);
    let n = random.below(all.len());
    let tag = all.get(n)?;
    let shown = xml[tag.start..tag.end].chars().take(60).collect();
    let mut change = Change {
        kind: "",
        at: shown,
        marks: Vec::new(),
        differs: false,
        reference: false,
    };
    let mut mark = || {
        let word = words.fresh("z");
        change.marks.push(word.clone());
        word
    };
    // The root can only get more.
    match if n == 0 { 0 } else { random.below(7) } {
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
            let fit = tag.attributes.iter();
            let fit = fit.filter(|(name, ..)| !is_no_content(&change.at, name));
            // Relations are where their ends are, and people everywhere.
            let span = change.at.starts_with("<custom:Span") || !change.at.starts_with("<custom:");
            let fit = fit.filter(|(name, ..)| span || !OFFSETS.contains(&name.as_str()));
            let fit: Vec<_> = fit.collect();
            let (name, _, end) = random.pick(&fit)?;
            change.reference = is_reference(name);
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
