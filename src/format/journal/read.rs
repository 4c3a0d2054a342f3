use std::fmt;
use std::path::PathBuf;

use ron::value::RawValue;

use super::frame::{after_damage, is_cut_short, next_record};
use super::wire::{Record, WireChange, WirePath, WireUnread};
use super::{Applied, JournalHeader, VERSION};
use crate::format::sidecar::{
    options, read_annotation, read_decision, read_link, read_peer_review, read_person,
    read_suppression,
};
use crate::model::{Change, Delta, Origin, Selection, Transaction};
use crate::text::wording::count;
use crate::text::{Decoding, Encoding, SourceText, TextRange};

/// A parsed journal: the intact steps that follow one another.
pub struct JournalText<'a> {
    /// What it is about.
    pub header: JournalHeader,
    /// Whether something in it could not be read.
    pub torn: bool,
    /// Where that is more than a last line that was cut short.
    pub damage: Option<JournalDamage>,
    /// Names of journals beside it whose steps it holds.
    pub follows: Vec<String>,
    steps: Vec<RawStep<'a>>,
    savings: Vec<(u64, String)>,
}

/// Where a journal is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalDamage {
    /// The first line that is damaged or does not follow the one before, from 1.
    pub line: usize,
    /// How many intact steps from there on do not follow what is before them.
    pub steps: usize,
}

impl fmt::Display for JournalDamage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the journal is damaged at line {}", self.line)?;
        match self.steps {
            0 => f.write_str("; what was there cannot be restored"),
            n => write!(
                f,
                ", so {} from there on cannot be restored",
                count(n, "step")
            ),
        }
    }
}

struct RawStep<'a> {
    from: u64,
    to: u64,
    label: String,
    changes: Vec<WireChange<'a>>,
    select: Option<(u32, u32, Option<smol_str::SmolStr>)>,
}

/// A place between the steps of a journal: the number of steps before it.
pub type Place = usize;

impl<'a> JournalText<'a> {
    /// Takes a journal apart; `None` where not even its header can be read, or a newer version wrote
    /// it.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let (first, mut rest) = next_record(bytes)?;
        let mut journal = Self {
            header: header(options().from_str(first).ok()?)?,
            torn: false,
            damage: None,
            follows: Vec::new(),
            steps: Vec::new(),
            savings: Vec::new(),
        };
        while !rest.is_empty() {
            let here = rest;
            let Some((record, behind)) = next_record(here) else {
                journal.torn = true;
                let behind = after_damage(here);
                if behind.is_some() || !is_cut_short(here) {
                    journal.damaged(bytes, here, 0);
                }
                rest = behind.unwrap_or_default();
                continue;
            };
            rest = behind;
            match options().from_str::<Record<'a>>(record) {
                Ok(record) if journal.can_follow(&record) => journal.keep(record),
                Ok(Record::Step { .. }) | Err(_) => journal.damaged(bytes, here, 1),
                Ok(Record::Journal { .. } | Record::Saving { .. } | Record::Follows(_)) => {
                    journal.damaged(bytes, here, 0);
                }
            }
        }
        Some(journal)
    }

    /// Notes damage where `here`, the end of the journal's `bytes`, begins, and `steps` that are not taken.
    fn damaged(&mut self, bytes: &[u8], here: &[u8], steps: usize) {
        self.torn = true;
        let damage = self.damage.get_or_insert_with(|| {
            let before = bytes.len().saturating_sub(here.len());
            let before = bytes.iter().take(before);
            JournalDamage {
                line: before.filter(|&&byte| byte == b'\n').count() + 1,
                steps: 0,
            }
        });
        damage.steps += steps;
    }

    /// Whether a record can follow what is there.
    fn can_follow(&self, record: &Record<'_>) -> bool {
        match record {
            Record::Journal { .. } => false,
            Record::Step { from, .. } => *from == self.state_at(self.steps.len()),
            Record::Saving { .. } | Record::Follows(_) => true,
        }
    }

    fn keep(&mut self, record: Record<'a>) {
        match record {
            Record::Journal { .. } => {}
            Record::Step {
                from,
                to,
                label,
                changes,
                select,
            } => self.steps.push(RawStep {
                from,
                to,
                label,
                changes,
                select,
            }),
            Record::Saving { state, sha256 } => self.savings.push((state, sha256)),
            // Not all steps of that journal may be here.
            Record::Follows(_) if self.damage.is_some() => {}
            Record::Follows(name) => self.follows.push(name),
        }
    }

    fn state_at(&self, place: Place) -> u64 {
        let before = place.checked_sub(1).and_then(|last| self.steps.get(last));
        before.map_or(self.header.state, |step| step.to)
    }

    /// The place after all steps.
    #[must_use]
    pub fn end(&self) -> Place {
        self.steps.len()
    }

    /// Up to where a sidecar of this SHA-256 (in hexadecimal; `None`: no sidecar) holds the steps;
    /// `None` where the journal does not know it.
    #[must_use]
    pub fn place_of(&self, sidecar: Option<&str>) -> Option<Place> {
        let saved = self.savings.iter().rev();
        let saved = saved
            .filter(|(_, sha256)| Some(sha256.as_str()) == sidecar)
            .map(|(state, _)| *state)
            .next();
        let base = (self.header.base.as_deref() == sidecar).then_some(self.header.state);
        self.last_place_in(saved.or(base)?)
    }

    /// The last place at which the document was in this state.
    #[must_use]
    pub fn last_place_in(&self, state: u64) -> Option<Place> {
        (0..=self.steps.len())
            .rev()
            .find(|&place| self.state_at(place) == state)
    }

    /// The words of the steps from a place on.
    pub fn labels_from(&self, place: Place) -> impl Iterator<Item = &str> {
        self.steps
            .iter()
            .skip(place)
            .map(|step| step.label.as_str())
    }

    /// The steps, for a document whose text before the first is `source`; as many as can be read.
    /// What the text is after them.
    #[must_use]
    pub fn steps(&self, source: &SourceText) -> (Vec<Applied>, SourceText) {
        let annotator = self.header.annotator.as_deref();
        let mut source = source.clone();
        let mut steps = Vec::new();
        for raw in &self.steps {
            let Some(transaction) = raw.transaction(&source, annotator) else {
                break;
            };
            for change in &transaction.changes {
                if let Change::Source(Delta {
                    after: Some(after), ..
                }) = change
                {
                    source = after.clone();
                }
            }
            steps.push(Applied {
                transaction,
                before: raw.from,
                after: raw.to,
            });
        }
        (steps, source)
    }
}

impl RawStep<'_> {
    fn transaction(&self, before: &SourceText, annotator: Option<&str>) -> Option<Transaction> {
        let text = self.changes.iter().find_map(|change| match change {
            WireChange::Text { .. } => Some(new_text(change, before)),
            _ => None,
        });
        let after = match text {
            Some(after) => after?,
            None => before.clone(),
        };
        let mut transaction = Transaction::new(&self.label);
        for change in &self.changes {
            transaction
                .changes
                .push(read_change(change, before, &after, annotator)?);
        }
        transaction.selection_after = self.select.as_ref().and_then(|(anchor, head, tag)| {
            Some(Selection {
                anchor: after.byte_of_char(*anchor)?,
                head: after.byte_of_char(*head)?,
                tag: tag.as_deref().map(Into::into),
            })
        });
        Some(transaction)
    }
}

/// The article after a stretch of it was replaced; `None` where it is another article.
fn new_text(change: &WireChange<'_>, source: &SourceText) -> Option<SourceText> {
    let WireChange::Text {
        at: (from, to),
        before,
        after,
        encoding,
        sha256,
    } = change
    else {
        return None;
    };
    let (start, end) = source.byte_of_char(*from).zip(source.byte_of_char(*to))?;
    if start > end || source.get(TextRange::new(start, end)) != Some(before) {
        return None;
    }
    let text = source.as_str();
    let text = [text.get(..start.into())?, after, text.get(end.into()..)?].concat();
    let decoding = Decoding {
        encoding: Encoding::named(encoding).ok()?,
        ..*source.decoding()
    };
    let new = SourceText::decoded(text, decoding).ok()?;
    (new.sha256() == sha256).then_some(new)
}

fn read_change(
    change: &WireChange<'_>,
    old: &SourceText,
    new: &SourceText,
    annotator: Option<&str>,
) -> Option<Change> {
    // Records of the journal name their origin, unless their author is unnamed.
    let own = || Origin::Annotator("".into());
    let tag = |raw: &&RawValue, source| read_annotation(raw.get_ron(), source, own);
    let link = |raw: &&RawValue| read_link(raw.get_ron(), own);
    let person = |raw: &&RawValue| read_person(raw.get_ron());
    let review = |raw: &&RawValue| read_peer_review(raw.get_ron());
    let decision = |raw: &&RawValue| read_decision(raw.get_ron());
    let suppression = |raw: &&RawValue| read_suppression(raw.get_ron());
    let unread = |record: Option<&WireUnread>, source| match record {
        Some(record) => record.clone().read(source, annotator).map(Some),
        None => Some(None),
    };
    Some(match change {
        WireChange::Tag { before, after } => Change::Annotation(Delta {
            before: before.as_ref().map(|raw| tag(raw, old)).transpose().ok()?,
            after: after.as_ref().map(|raw| tag(raw, new)).transpose().ok()?,
        }),
        WireChange::Link { before, after } => Change::Link(Delta {
            before: before.as_ref().map(link).transpose().ok()?,
            after: after.as_ref().map(link).transpose().ok()?,
        }),
        WireChange::Person { before, after } => Change::Person(Delta {
            before: before.as_ref().map(person).transpose().ok()?,
            after: after.as_ref().map(person).transpose().ok()?,
        }),
        WireChange::Review { before, after } => Change::PeerReview(Delta {
            before: before.as_ref().map(review).transpose().ok()?,
            after: after.as_ref().map(review).transpose().ok()?,
        }),
        WireChange::Decision { before, after } => Change::Decision(Delta {
            before: before.as_ref().map(decision).transpose().ok()?,
            after: after.as_ref().map(decision).transpose().ok()?,
        }),
        WireChange::Ignored { before, after } => Change::Suppression(Delta {
            before: before.as_ref().map(suppression).transpose().ok()?,
            after: after.as_ref().map(suppression).transpose().ok()?,
        }),
        WireChange::Meta { before, after } => {
            Change::Meta(Delta::replace(before.clone().into(), after.clone().into()))
        }
        WireChange::Unread { before, after } => Change::Unread(Delta {
            before: unread(before.as_ref(), old)?,
            after: unread(after.as_ref(), new)?,
        }),
        WireChange::Text { .. } => Change::Source(Delta::replace(old.clone(), new.clone())),
    })
}

fn header(record: Record<'_>) -> Option<JournalHeader> {
    let Record::Journal {
        version,
        article,
        sidecar,
        annotator,
        base,
        source,
        state,
    } = record
    else {
        return None;
    };
    (version <= VERSION).then_some(())?;
    Some(JournalHeader {
        article: path(article)?,
        sidecar: path(sidecar)?,
        annotator,
        base,
        source,
        state,
    })
}

fn path(wire: WirePath) -> Option<PathBuf> {
    match wire {
        WirePath::Name(name) => Some(name.into()),
        WirePath::Bytes(digits) => {
            let pairs = digits.as_bytes().chunks(2);
            let bytes =
                pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
            path_of_bytes(bytes.collect::<Option<_>>()?)
        }
    }
}

#[cfg(unix)]
fn path_of_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(std::ffi::OsString::from_vec(bytes).into())
}

/// Elsewhere a path that is not Unicode has no form that another run could read.
#[cfg(not(unix))]
fn path_of_bytes(_: Vec<u8>) -> Option<PathBuf> {
    None
}
