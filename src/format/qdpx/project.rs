use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::format::derived_id::derived_uuid;
use crate::format::interchange::DocumentRecord;
use crate::format::interchange::split_spans::CONTINUES;
use crate::format::own_names::OwnNames;
use crate::format::xml::Xml;
use crate::model::Schema;
use crate::text::CodePointIndex;

/// How much of the words names a selection.
const SHOWN: u32 = 60;

/// What is known of a project while its documents go by. Codes come before sources in the file and
/// are only known after them, so sources and links wait here.
pub(super) struct Project {
    codes: Vec<(String, String)>,
    users: BTreeMap<String, String>,
    sources: Xml<Vec<u8>>,
    links: Xml<Vec<u8>>,
    documents: usize,
    linked: usize,
    notes: Xml<Vec<u8>>,
    noted: usize,
    /// Ids of tags and links that are GUIDs already.
    given: BTreeSet<String>,
}

impl Project {
    pub(super) fn new(schema: &Schema) -> Self {
        let codes = schema.labels().iter().map(|label| code(&label.key));
        Self {
            codes: codes.collect(),
            users: BTreeMap::new(),
            sources: Xml::fragment(Vec::new()),
            links: Xml::fragment(Vec::new()),
            documents: 0,
            linked: 0,
            notes: Xml::fragment(Vec::new()),
            noted: 0,
            given: BTreeSet::new(),
        }
    }

    /// Takes in a document and returns the name of its text's file.
    pub(super) fn add(&mut self, record: &DocumentRecord) -> io::Result<String> {
        self.documents += 1;
        // Two people's work on one article are two documents.
        let place = self.documents.to_string();
        let source = guid(&["source", &place, &record.id]);
        let user = self.user(&record.annotator);
        let path = format!("internal://{source}.txt");
        let attributes = [
            ("guid", &*source),
            ("name", &record.id),
            ("plainTextPath", &path),
            ("creatingUser", &user),
        ];
        self.sources.open("TextSource", &attributes)?;
        let fragments = record.fragments();
        // What came from another project keeps its name.
        let kept = record.spans.iter().map(|span| &*span.id);
        let kept: BTreeSet<&str> = kept
            .filter(|id| is_guid(id) && self.given.insert((*id).to_owned()))
            .collect();
        let selection = |tag: &str, part: usize| {
            let first = if kept.contains(tag) {
                tag.to_owned()
            } else {
                guid(&["tag", &place, tag])
            };
            match part {
                0 => first,
                part => guid(&["part", &first, &part.to_string()]),
            }
        };
        let text = CodePointIndex::new(&record.text);
        for fragment in &fragments {
            let tag = &*fragment.span.id;
            let id = selection(tag, fragment.index);
            let (start, end) = (fragment.start.to_string(), fragment.end.to_string());
            let words = text.slice(fragment.start, fragment.end.min(fragment.start + SHOWN));
            let attributes = [
                ("guid", &*id),
                ("name", words.unwrap_or_default()),
                ("startPosition", &start),
                ("endPosition", &end),
                ("creatingUser", &user),
            ];
            self.sources.open("PlainTextSelection", &attributes)?;
            if fragment.index == 0 && !fragment.span.note.is_empty() {
                self.sources
                    .element("Description", &[], &fragment.span.note)?;
            }
            let coding = guid(&["coding", &id]);
            let attributes = [("guid", &*coding), ("creatingUser", &user)];
            self.sources.open("Coding", &attributes)?;
            let code = self.code(&fragment.span.label);
            self.sources.empty("CodeRef", &[("targetGUID", &code)])?;
            self.sources.close("Coding")?;
            self.sources.close("PlainTextSelection")?;
            if let Some(before) = fragment.index.checked_sub(1) {
                let link = guid(&["continues", &id]);
                self.link(&link, CONTINUES, [&selection(tag, before), &id], None)?;
            }
        }
        let own = OwnNames::of(
            record,
            |id| kept.contains(id),
            |id| is_guid(id) && !self.given.contains(id),
        );
        if !own.is_empty() {
            self.sources.own(&own)?;
        }
        self.sources.close("TextSource")?;
        let tags: BTreeSet<&str> = record.spans.iter().map(|span| &*span.id).collect();
        let mut links = Vec::new();
        for link in record
            .links
            .iter()
            .filter(|link| link.to_kind == "annotation")
        {
            if tags.contains(&*link.from) && tags.contains(&*link.to) {
                let id = if is_guid(&link.id) && self.given.insert(link.id.to_string()) {
                    link.id.clone()
                } else {
                    guid(&["link", &place, &link.id]).into()
                };
                let (from, to) = (selection(&link.from, 0), selection(&link.to, 0));
                links.push((id, &*link.role, from, to, link.note.as_str()));
            }
        }
        // Ids do not come back as they were, so the order must not depend on them.
        links.sort_unstable();
        for (id, role, from, to, note) in links {
            let note = match note {
                "" => None,
                note => Some(self.note(&id, note)?),
            };
            self.link(&id, role, [&from, &to], note.as_deref())?;
        }
        Ok(source)
    }

    fn user(&mut self, name: &str) -> String {
        let known = self.users.entry(name.to_owned());
        known.or_insert_with(|| guid(&["user", name])).clone()
    }

    fn code(&mut self, label: &str) -> String {
        if let Some((_, id)) = self.codes.iter().find(|(known, _)| known == label) {
            return id.clone();
        }
        let (name, id) = code(label);
        self.codes.push((name, id.clone()));
        id
    }

    /// Adds a note on a link; gives its id.
    fn note(&mut self, link: &str, words: &str) -> io::Result<String> {
        self.noted += 1;
        let id = guid(&["note", link]);
        let attributes = [("guid", &*id), ("name", "Note")];
        self.notes.open("Note", &attributes)?;
        self.notes.element("PlainTextContent", &[], words)?;
        self.notes.close("Note")?;
        Ok(id)
    }

    fn link(
        &mut self,
        id: &str,
        role: &str,
        [from, to]: [&str; 2],
        note: Option<&str>,
    ) -> io::Result<()> {
        self.linked += 1;
        let attributes = [
            ("guid", id),
            ("name", role),
            ("direction", "OneWay"),
            ("originGUID", from),
            ("targetGUID", to),
        ];
        let Some(note) = note else {
            return self.links.empty("Link", &attributes);
        };
        self.links.open("Link", &attributes)?;
        self.links.empty("NoteRef", &[("targetGUID", note)])?;
        self.links.close("Link")
    }

    /// Writes the whole project.
    pub(super) fn write(mut self, out: &mut dyn Write) -> io::Result<()> {
        let nobody = self.user("");
        let mut xml = Xml::new(out)?;
        let attributes = [
            ("xmlns", "urn:QDA-XML:project:1.0"),
            ("name", "Pullquote"),
            ("origin", "Pullquote"),
            ("creatingUserGUID", &*nobody),
        ];
        xml.open("Project", &attributes)?;
        xml.open("Users", &[])?;
        for (name, id) in &self.users {
            let name = if name.is_empty() { "no name" } else { name };
            xml.empty("User", &[("guid", id), ("name", name)])?;
        }
        xml.close("Users")?;
        xml.open("CodeBook", &[])?;
        xml.open("Codes", &[])?;
        for (name, id) in &self.codes {
            let attributes = [("guid", &**id), ("name", name), ("isCodable", "true")];
            xml.empty("Code", &attributes)?;
        }
        xml.close("Codes")?;
        xml.close("CodeBook")?;
        xml.open("Sources", &[])?;
        xml.written(&self.sources.into_inner())?;
        xml.close("Sources")?;
        if self.noted > 0 {
            xml.open("Notes", &[])?;
            xml.written(&self.notes.into_inner())?;
            xml.close("Notes")?;
        }
        if self.linked > 0 {
            xml.open("Links", &[])?;
            xml.written(&self.links.into_inner())?;
            xml.close("Links")?;
        }
        xml.close("Project")?;
        xml.text("\n")
    }
}

fn code(label: &str) -> (String, String) {
    (label.to_owned(), guid(&["code", label]))
}

/// Whether an id is written like a GUID.
fn is_guid(id: &str) -> bool {
    let groups: Vec<&str> = id.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let hex = |group: &&str| {
        group
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    lengths == [8, 4, 4, 4, 12] && groups.iter().all(hex)
}

/// The id of a user, code, source, selection, coding or link, derived from its contents.
fn guid(parts: &[&str]) -> String {
    derived_uuid(parts).to_string()
}
