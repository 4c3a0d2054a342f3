use std::collections::BTreeMap;
use std::fmt;

use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::flat::{FIELDS, LISTS, is_known, named_fact};
use super::{FactsContents, FactsError, FactsProblem, VERSION};
use crate::format::sidecar::{
    Record, fields, options, parse, recorded_source, ron_reason, trimmed,
};
use crate::model::{ArticleNote, FactConflict, ImportedFrom, UnknownField};
use crate::text::wording::count;

/// Name of the file's outermost value.
const NAME: &str = "Article";

/// Reads the facts of an article. Reads everything it can; the rest is kept in
/// [`crate::model::ArticleFacts::unknown`] and reported.
///
/// # Errors
/// [`FactsError`] where the file is damaged, or is not one of facts.
pub fn read(bytes: &[u8]) -> Result<FactsContents, FactsError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        let message = "the file is empty, as a save that was cut short leaves it; put an earlier version here, \
                       or remove it";
        return Ok(FactsContents {
            version: VERSION,
            problems: vec![FactsProblem {
                line: 1,
                message: message.to_owned(),
            }],
            ..FactsContents::default()
        });
    }
    read_whole(bytes).map_err(|error| {
        if is_sidecar(bytes) {
            FactsError::Sidecar
        } else {
            error
        }
    })
}

/// The text that the value of a fact is, as it is in the file; `None` where it is something else.
#[must_use]
pub fn text_value(raw: &str) -> Option<String> {
    ron::from_str(raw).ok()
}

/// Whether a file declares itself as the facts of an article, damaged or not.
#[must_use]
pub fn is_facts(bytes: &[u8]) -> bool {
    outermost_name(&String::from_utf8_lossy(bytes)) == Some(NAME)
}

fn is_sidecar(bytes: &[u8]) -> bool {
    match outermost_name(&String::from_utf8_lossy(bytes)) {
        Some(name) => name == "Pullquote",
        None => recorded_source(bytes).is_some(),
    }
}

/// The name before the first parenthesis.
fn outermost_name(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("//") => "\n",
            _ if rest.starts_with("/*") => "*/",
            _ if rest.starts_with("#![") => "]",
            _ => break,
        };
        rest = rest.split_once(end)?.1.trim_start();
    }
    let name = rest
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()?;
    (!name.is_empty()).then_some(name)
}

fn read_whole(bytes: &[u8]) -> Result<FactsContents, FactsError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let (line, column) = place_of(&String::from_utf8_lossy(bytes), error.valid_up_to());
        damaged(line, column, "not UTF-8".to_owned())
    })?;
    let found = fields(NAME, text).map_err(|error| {
        let place = error.span.start;
        damaged(place.line, place.col, ron_reason(&error.code))
    })?;
    // A sidecar whose name was left out.
    let of_sidecars = ["annotations", "links", "people"];
    if found
        .iter()
        .any(|(name, _)| of_sidecars.contains(&name.as_str()))
    {
        return Err(FactsError::Sidecar);
    }
    let mut reader = Reader {
        text,
        breaks: text.match_indices('\n').map(|(at, _)| at).collect(),
        contents: FactsContents {
            version: VERSION,
            ..FactsContents::default()
        },
        lines: BTreeMap::new(),
        unknown: Vec::new(),
        more_unknown: None,
    };
    for (name, value) in found {
        reader.field(name, trimmed(value))?;
    }
    Ok(reader.finish())
}

fn damaged(line: usize, column: usize, reason: String) -> FactsError {
    FactsError::Damaged {
        line,
        column,
        reason,
    }
}

/// Line and column in code points of a byte, both from 1.
fn place_of(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..text.floor_char_boundary(offset)).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or(before);
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// So many facts of another version are told by their names.
const MOST_TOLD: usize = 200;

struct Reader<'a> {
    text: &'a str,
    /// Where its lines end, in bytes.
    breaks: Vec<usize>,
    contents: FactsContents,
    /// Where each fact is.
    lines: BTreeMap<String, usize>,
    /// Facts this version does not know, as far as they are told one by one.
    unknown: Vec<FactsProblem>,
    /// The line of the first further one, and how many there are.
    more_unknown: Option<(usize, usize)>,
}

impl<'a> Reader<'a> {
    fn field(&mut self, name: SmolStr, raw: &'a str) -> Result<(), FactsError> {
        let line = self.line_of(raw);
        match name.as_str() {
            "version" => {
                self.contents.version = ron::from_str(raw)
                    .map_err(|_| damaged(line, 1, "its version is not a number".to_owned()))?;
            }
            FIELDS => match options().from_str::<Pairs<'a>>(raw) {
                Ok(Pairs(pairs)) => {
                    for (name, value) in pairs {
                        self.single(named_fact(&name), trimmed(value));
                    }
                }
                Err(error) => self.unread(&name, raw, &ron_reason(&error.code)),
            },
            _ if LISTS.contains(&name.as_str()) => {
                match options().from_str::<Vec<&'a RawValue>>(raw) {
                    Ok(elements) => {
                        for element in elements {
                            self.element(&name, trimmed(element));
                        }
                    }
                    Err(error) => self.unread(&name, raw, &ron_reason(&error.code)),
                }
            }
            _ => self.single(name.into(), raw),
        }
        Ok(())
    }

    /// A fact with one value. Where it is twice, the first holds.
    fn single(&mut self, fact: String, raw: &'a str) {
        let line = self.line_of(raw);
        if !is_known(&fact) {
            return self.unknown_fact(&fact, raw, line);
        }
        if self.lines.contains_key(&fact) {
            let conflict = FactConflict {
                theirs: raw.to_owned(),
                unknown: ThinVec::new(),
                fact,
            };
            self.add_conflict(conflict, line);
            return;
        }
        self.lines.insert(fact.clone(), line);
        let facts = &mut self.contents.facts;
        if fact == "imported_from" {
            match parse::<ImportedRecord>(raw) {
                Ok((record, unknown)) => {
                    facts.imported_from = Some(ImportedFrom {
                        file: record.file,
                        sha256: record.sha256,
                        index: record.index,
                        unknown,
                    });
                }
                Err(reason) => self.unread(&fact, raw, &reason),
            }
            return;
        }
        let value = match options().from_str::<String>(raw) {
            Ok(value) => value,
            Err(error) => {
                self.unread(&fact, raw, &ron_reason(&error.code));
                return;
            }
        };
        match fact.as_str() {
            "headline" => facts.headline = value,
            "byline" => facts.byline = value,
            "outlet" => facts.outlet = value,
            "date" => facts.date = value,
            "language" => facts.language = value,
            "section" => facts.section = value,
            "address" => facts.address = value,
            named => {
                let name = named.split_once('/').map_or(named, |(_, name)| name);
                facts.fields.insert(name.to_owned(), value);
            }
        }
    }

    /// A fact of another version. The first ones are told each by itself.
    fn unknown_fact(&mut self, fact: &str, raw: &str, line: usize) {
        if self.unknown.len() < MOST_TOLD {
            let message = format!("`{fact}` is not a fact this version knows; it is kept as it is");
            self.unknown.push(FactsProblem { line, message });
        } else {
            self.more_unknown.get_or_insert((line, 0)).1 += 1;
        }
        self.keep(fact, raw);
    }

    /// A member of a list.
    fn element(&mut self, list: &str, raw: &'a str) {
        let line = self.line_of(raw);
        let facts = &mut self.contents.facts;
        let read = match list {
            "labels" => options()
                .from_str::<String>(raw)
                .map(|label| {
                    facts.labels.insert(label);
                })
                .map_err(|error| ron_reason(&error.code)),
            "notes" => parse::<NoteRecord>(raw).map(|(record, unknown)| {
                let fact = format!("notes/{}", facts.notes.len());
                self.lines.insert(fact, line);
                facts.notes.push(ArticleNote {
                    text: record.text,
                    by: record.by,
                    when: record.when,
                    unknown,
                });
            }),
            _ => conflict(raw).map(|conflict| self.add_conflict(conflict, line)),
        };
        if let Err(reason) = read {
            // A slash is in the name of no field.
            self.unread(&format!("{list}/"), raw, &reason);
        }
    }

    fn add_conflict(&mut self, conflict: FactConflict, line: usize) {
        let conflicts = &mut self.contents.facts.conflicts;
        let fact = format!("conflicts/{}", conflicts.len());
        conflicts.push(conflict);
        self.lines.insert(fact, line);
    }

    /// Carries a value along that cannot be read.
    fn unread(&mut self, fact: &str, raw: &'a str, reason: &str) {
        let name = fact.trim_end_matches('/');
        let message = format!("`{name}` cannot be read ({reason}); it is kept as it is; fix it");
        self.problem(self.line_of(raw), message);
        self.keep(fact, raw);
    }

    fn keep(&mut self, fact: &str, raw: &str) {
        self.contents.facts.unknown.push(UnknownField {
            name: fact.into(),
            raw: raw.into(),
        });
    }

    fn problem(&mut self, line: usize, message: String) {
        let problem = FactsProblem { line, message };
        self.contents.problems.push(problem);
    }

    /// Line (from 1) on which `part`, a slice of the text, starts.
    fn line_of(&self, part: &str) -> usize {
        let start = self.text.as_ptr().addr();
        let offset = part.as_ptr().addr().saturating_sub(start);
        self.breaks.partition_point(|&at| at < offset) + 1
    }

    fn finish(mut self) -> FactsContents {
        for problem in self.contents.facts.problems() {
            let line = self.lines.get(&problem.fact).copied().unwrap_or(1);
            self.problem(line, problem.to_string());
        }
        // In a file of a newer version they are no surprise.
        if !self.contents.is_newer() {
            self.unknown.extend(self.more_unknown.map(|(line, more)| {
                let facts = count(more, "more fact");
                let message = format!("{facts} this version does not know; kept as they are");
                FactsProblem { line, message }
            }));
            self.contents.problems.append(&mut self.unknown);
        }
        self.contents.problems.sort();
        self.contents
    }
}

/// `"name": value` pairs in their order; a name may be twice.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("{\"name\": \"value\"}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

#[derive(Deserialize)]
#[serde(rename = "ImportedFrom", deny_unknown_fields)]
struct ImportedRecord {
    #[serde(default)]
    file: String,
    #[serde(default)]
    sha256: String,
    #[serde(default)]
    index: usize,
}

impl Record for ImportedRecord {
    const NAME: &'static str = "ImportedFrom";
    const FIELDS: &'static [&'static str] = &["file", "sha256", "index"];
}

#[derive(Deserialize)]
#[serde(rename = "Note", deny_unknown_fields)]
struct NoteRecord {
    text: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    when: String,
}

impl Record for NoteRecord {
    const NAME: &'static str = "Note";
    const FIELDS: &'static [&'static str] = &["text", "by", "when"];
}

/// `(fact: "headline", theirs: …)`, whatever the value is.
fn conflict(raw: &str) -> Result<FactConflict, String> {
    let found = fields("Conflict", raw).map_err(|error| ron_reason(&error.code))?;
    let (mut fact, mut theirs, mut unknown) = (None, None, ThinVec::new());
    for (name, value) in found {
        let raw = trimmed(value);
        match name.as_str() {
            "fact" if fact.is_none() => {
                let read = options().from_str::<String>(raw);
                fact = Some(read.map_err(|error| ron_reason(&error.code))?);
            }
            "theirs" if theirs.is_none() => theirs = Some(raw.to_owned()),
            _ => unknown.push(UnknownField {
                name,
                raw: raw.into(),
            }),
        }
    }
    Ok(FactConflict {
        fact: fact.ok_or("it names no `fact`")?,
        theirs: theirs.ok_or("`theirs` is missing")?,
        unknown,
    })
}
