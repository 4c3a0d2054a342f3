//! The header of two versions.

use super::fields::{Choice, choose};
use super::side::Side;
use super::{Clash, ClashKind, MergeError};
use crate::format::sidecar::record::{
    Record, SourceRecord, WireState, fields, options, parse, trimmed,
};
use crate::format::sidecar::ron_text::{field_name, push_string};
use crate::format::sidecar::write::IN_SOURCE;
use crate::model::DocumentState;
use smol_str::SmolStr;

/// The merged header, ready to be written.
#[derive(Default)]
pub(super) struct Header {
    /// The value of `source`; empty for none.
    pub(super) source: String,
    /// The value of `annotator`.
    pub(super) annotator: Option<String>,
    /// The value of `state`.
    pub(super) state: Option<String>,
    /// Fields this version does not know.
    pub(super) unknown: Vec<(String, String)>,
    /// The value of theirs where both changed one field, carried along as lines.
    pub(super) other: Vec<String>,
    pub(super) clashes: Vec<Clash>,
}

/// Merges headers.
///
/// # Errors
/// [`MergeError::OtherText`] where both changed the text, each differently.
pub(super) fn merge_headers(base: &Side, ours: &Side, theirs: &Side) -> Result<Header, MergeError> {
    let mut header = Header::default();
    header.merge_source(base, ours, theirs)?;
    let canonical = |name: &str, side: &Side| side.field(name).and_then(|raw| spelt(name, raw));
    let mut names: Vec<&str> = vec!["annotator", "state"];
    let [first, second] = if base.header == ours.header {
        [theirs, ours]
    } else {
        [ours, theirs]
    };
    for (name, _) in first.header.iter().chain(&second.header) {
        if name != "source" && !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    for name in names {
        let [base, ours, theirs] = [base, ours, theirs].map(|side| canonical(name, side));
        let value = header.chosen(name, base.as_deref(), ours.as_deref(), theirs.as_deref());
        match (name, value) {
            ("annotator", value) => header.annotator = value.map(str::to_owned),
            ("state", value) => header.state = value.map(str::to_owned),
            (name, Some(value)) => header.unknown.push((name.to_owned(), value.to_owned())),
            (_, None) => {}
        }
    }
    Ok(header)
}

/// As it is written here; `None` for the default.
fn spelt(name: &str, raw: &str) -> Option<String> {
    match name {
        "state" => match options()
            .from_str::<WireState>(raw)
            .map(DocumentState::from)
        {
            Ok(DocumentState::New) => None,
            Ok(DocumentState::InProgress) => Some("InProgress".to_owned()),
            Ok(DocumentState::Done) => Some("Done".to_owned()),
            Err(_) => Some(raw.to_owned()),
        },
        "annotator" => match options().from_str::<Option<SmolStr>>(raw) {
            Ok(name) => name.map(|name| {
                let mut spelt = String::new();
                push_string(&mut spelt, &name);
                spelt
            }),
            Err(_) => Some(raw.to_owned()),
        },
        _ => Some(raw.to_owned()),
    }
}

impl Header {
    fn chosen<'a>(
        &mut self,
        name: &str,
        base: Option<&'a str>,
        ours: Option<&'a str>,
        theirs: Option<&'a str>,
    ) -> Option<&'a str> {
        match choose(base, ours, theirs) {
            Choice::Settled(value) => value,
            Choice::Clash => {
                let value = theirs.or((name == "state").then_some("New"));
                let value = value.or((name == "annotator").then_some("None"));
                self.other
                    .extend(value.map(|value| format!("{name}: {value}")));
                self.clashes.push(Clash {
                    list: "header",
                    id: name.into(),
                    kind: ClashKind::Differs(vec![format!("`{name}`")]),
                    line: 1,
                });
                ours
            }
        }
    }

    fn merge_source(&mut self, base: &Side, ours: &Side, theirs: &Side) -> Result<(), MergeError> {
        let [base, ours, theirs] = [base, ours, theirs].map(Source::of);
        let known = match choose(base.sha256.as_str(), &ours.sha256, &theirs.sha256) {
            Choice::Clash if ours.sha256.is_empty() => &theirs,
            Choice::Clash if theirs.sha256.is_empty() => &ours,
            Choice::Clash => return Err(MergeError::OtherText),
            // Of one text; the rest is for people.
            Choice::Settled(_) if ours.sha256 == theirs.sha256 => {
                if base.known == ours.known {
                    &theirs
                } else {
                    &ours
                }
            }
            Choice::Settled(sha256) if sha256 == ours.sha256 => &ours,
            Choice::Settled(_) => &theirs,
        };
        let mut parts = known.known.clone();
        let mut names: Vec<&String> = Vec::new();
        for (name, _) in ours.unknown.iter().chain(&theirs.unknown) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        for name in names {
            let [b, o, t] = [&base, &ours, &theirs].map(|source| source.unknown(name));
            if let Some(value) = self.chosen(&format!("{IN_SOURCE}{name}"), b, o, t) {
                parts.push(format!("{}: {value}", field_name(name)));
            }
        }
        if !parts.is_empty() {
            self.source = format!("({})", parts.join(", "));
        }
        Ok(())
    }
}

/// `source: (…)` of one side.
#[derive(Default)]
struct Source {
    sha256: String,
    /// What this version knows, as it is written.
    known: Vec<String>,
    unknown: Vec<(String, String)>,
}

impl Source {
    fn of(side: &Side) -> Self {
        let mut source = Self::default();
        let Some(raw) = side.field("source") else {
            return source;
        };
        if let Ok((record, _)) = parse::<SourceRecord>(raw) {
            source.sha256 = record.sha256;
        }
        for (name, value) in fields(SourceRecord::NAME, raw).unwrap_or_default() {
            let value = trimmed(value);
            if SourceRecord::FIELDS.contains(&name.as_str()) {
                source.known.push(format!("{name}: {value}"));
            } else {
                source.unknown.push((name.to_string(), value.to_owned()));
            }
        }
        source
    }

    fn unknown(&self, name: &str) -> Option<&str> {
        let found = self.unknown.iter().find(|(known, _)| known == name);
        found.map(|(_, raw)| raw.as_str())
    }
}
