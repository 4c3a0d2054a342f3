//! The shape of the records.

use ron::value::RawValue;
use serde::Deserialize;
use smol_str::SmolStr;

use crate::format::sidecar::{RecordText, carried_record, clashing_record};
use crate::model::{DocumentMeta, DocumentState, Origin, RecordList, UnknownField, UnreadRecord};
use crate::text::SourceText;

#[derive(Deserialize)]
pub(super) enum Record<'a> {
    Journal {
        version: u32,
        article: WirePath,
        sidecar: WirePath,
        #[serde(default)]
        annotator: Option<SmolStr>,
        #[serde(default)]
        base: Option<String>,
        source: String,
        state: u64,
    },
    Step {
        from: u64,
        to: u64,
        label: String,
        #[serde(borrow)]
        changes: Vec<WireChange<'a>>,
        /// Code points of the text after the step, and the current tag.
        #[serde(default)]
        select: Option<(u32, u32, Option<SmolStr>)>,
    },
    Saving {
        state: u64,
        sha256: String,
    },
    Follows(String),
}

#[derive(Deserialize)]
pub(super) enum WireChange<'a> {
    Tag {
        #[serde(borrow, default)]
        before: Option<&'a RawValue>,
        #[serde(borrow, default)]
        after: Option<&'a RawValue>,
    },
    Link {
        #[serde(borrow, default)]
        before: Option<&'a RawValue>,
        #[serde(borrow, default)]
        after: Option<&'a RawValue>,
    },
    Person {
        #[serde(borrow, default)]
        before: Option<&'a RawValue>,
        #[serde(borrow, default)]
        after: Option<&'a RawValue>,
    },
    Review {
        #[serde(borrow, default)]
        before: Option<&'a RawValue>,
        #[serde(borrow, default)]
        after: Option<&'a RawValue>,
    },
    Decision {
        #[serde(borrow, default)]
        before: Option<&'a RawValue>,
        #[serde(borrow, default)]
        after: Option<&'a RawValue>,
    },
    Ignored {
        #[serde(borrow, default)]
        before: Option<&'a RawValue>,
        #[serde(borrow, default)]
        after: Option<&'a RawValue>,
    },
    Meta {
        before: WireMeta,
        after: WireMeta,
    },
    Unread {
        #[serde(default)]
        before: Option<WireUnread>,
        #[serde(default)]
        after: Option<WireUnread>,
    },
    /// A range of the article replaced by another, in code points of the text before.
    Text {
        at: (u32, u32),
        before: String,
        after: String,
        encoding: String,
        /// Of the whole text afterwards.
        sha256: String,
    },
}

/// A path; one that is not Unicode as the hexadecimal digits of its bytes.
#[derive(Deserialize)]
pub(super) enum WirePath {
    Name(String),
    Bytes(String),
}

#[derive(Deserialize, Clone)]
pub(super) struct WireMeta {
    state: WireState,
    #[serde(default)]
    annotator: Option<SmolStr>,
    #[serde(default)]
    unknown: Vec<(String, String)>,
}

#[derive(Deserialize, Clone)]
enum WireState {
    New,
    InProgress,
    Done,
}

impl From<WireMeta> for DocumentMeta {
    fn from(wire: WireMeta) -> Self {
        let unknown = wire.unknown.into_iter();
        Self {
            state: match wire.state {
                WireState::New => DocumentState::New,
                WireState::InProgress => DocumentState::InProgress,
                WireState::Done => DocumentState::Done,
            },
            annotator: wire.annotator,
            unknown: unknown
                .map(|(name, raw)| UnknownField {
                    name: name.into(),
                    raw: raw.into(),
                })
                .collect(),
        }
    }
}

#[derive(Deserialize, Clone)]
pub(super) struct WireUnread {
    list: String,
    line: usize,
    raw: SmolStr,
    reason: String,
    #[serde(default)]
    clash: Option<(SmolStr, Vec<String>)>,
}

impl WireUnread {
    /// The record, for a file of `annotator` about `source`; `None` where its list is not known.
    pub(super) fn read(self, source: &SourceText, annotator: Option<&str>) -> Option<UnreadRecord> {
        let text = RecordText {
            line: self.line,
            list: RecordList::named(&self.list)?,
            raw: self.raw,
        };
        let own = Origin::Annotator(annotator.unwrap_or_default().into());
        Some(match self.clash {
            Some((id, differs)) => clashing_record(text, id, differs, source, own),
            None => carried_record(text, self.reason, own),
        })
    }
}
