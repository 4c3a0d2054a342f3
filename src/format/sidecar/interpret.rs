use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use smol_str::SmolStr;

use super::header_fact::header_fact;
use super::lost::lost_record;
use super::raw::{RawField, RawRecord, RawSidecar};
use super::read_record::{
    read_annotation, read_decision, read_link, read_peer_review, read_person, read_sitting,
    read_suppression,
};
use super::record::{SourceRecord, WireState, options, parse};
use super::ron_reason::ron_reason;
use super::salvage::{is_comment, is_cut_short, kind_of};
use super::write::IN_SOURCE;
use super::{SidecarContents, VERSION};
use crate::model::{
    Annotation, AnnotationSet, Authorship, ClashingRecord, DamagedRecord, Decision, DocumentMeta,
    Link, Origin, PeerReview, Person, RecordClash, RecordList, Sittings, Suppression, UnknownField,
    UnreadRecord,
};
use crate::text::SourceText;

/// How many tags are read while those before them are taken into the set: all at once would need the
/// memory for all of them a second time.
const AT_ONCE: usize = 8192;

/// Interprets a parsed file.
pub(super) fn interpret(raw: RawSidecar<'_>, source: &SourceText) -> SidecarContents {
    let mut contents = SidecarContents {
        set: AnnotationSet::default(),
        meta: DocumentMeta::default(),
        unread: Vec::new(),
        sittings: Sittings::default(),
        version: VERSION,
        newer: false,
        source_sha256: String::new(),
        source_matches: false,
        clashes: Vec::new(),
        salvaged: raw.salvaged,
        misplaced: false,
    };
    let mut clashes = Vec::new();
    let mut said: BTreeMap<&str, &str> = BTreeMap::new();
    for field in &raw.fields {
        let before = said.insert(&field.name, field.raw);
        let read = match before {
            Some(before) if before == field.raw => continue,
            Some(_) => Err("the header has this twice with different values".to_owned()),
            None => contents.header_field(field),
        };
        if let Err(reason) = read {
            contents.salvaged = true;
            let raw = format!("{}: {}", field.name, field.raw);
            let record = RawRecord {
                raw: raw.into(),
                line: field.line,
            };
            let clash = before.and_then(|_| contents.header_clash(&record));
            clashes.push(match clash {
                Some(clash) => clash.into(),
                None => damaged(RecordList::Damaged, record, reason),
            });
        }
    }
    // In the order they are written, so that a file reads back as the document it came from.
    let unknown = &mut contents.meta.unknown;
    unknown.sort_by_key(|field| !field.name.starts_with(IN_SOURCE));
    contents.source_matches = contents.source_sha256 == source.sha256();
    for record in raw.sittings {
        contents.sitting(record);
    }
    for record in raw.people {
        contents.person(record);
    }
    let own = contents.own_origin();
    in_parallel(
        raw.annotations,
        |raw| read_annotation(raw, source, || own.clone()),
        |record, read| contents.annotation(record, read),
    );
    in_parallel(
        raw.links,
        |raw| read_link(raw, || own.clone()),
        |record, read| contents.link(record, read),
    );
    for record in raw.reviews {
        contents.peer_review(record);
    }
    for record in raw.decisions {
        contents.decision(record);
    }
    for record in raw.ignored {
        contents.suppression(record);
    }
    for record in raw.lost {
        let lost = lost_record(record.raw.into(), record.line, own.clone());
        contents.unread.push(lost);
    }
    for record in raw.damaged {
        contents.line(record);
    }
    contents.take_misplaced(source);
    contents.unread.append(&mut clashes);
    contents
}

/// Reads records on all cores, and takes them in their order while the next ones are read.
fn in_parallel<'r, T: Send>(
    records: Vec<RawRecord<'r>>,
    read: impl Fn(&str) -> Result<T, String> + Sync,
    mut take: impl FnMut(RawRecord<'r>, Result<T, String>) + Send,
) {
    let mut records = records.into_iter();
    let mut next = || {
        let some: Vec<_> = records.by_ref().take(AT_ONCE).collect();
        let read = some
            .into_par_iter()
            // To wake another core takes longer than to read a few.
            .with_min_len(1024)
            .map(|record| {
                let read = read(&record.raw);
                (record, read)
            });
        read.collect::<Vec<_>>()
    };
    let mut some = next();
    while !some.is_empty() {
        let now = std::mem::take(&mut some);
        let take_all = || {
            for (record, read) in now {
                take(record, read);
            }
        };
        (some, ()) = rayon::join(&mut next, take_all);
    }
}

impl SidecarContents {
    fn header_field(&mut self, field: &RawField<'_>) -> Result<(), String> {
        match &*field.name {
            "version" => {
                let version = options().from_str(field.raw);
                self.newer = !version.as_ref().is_ok_and(|&version| version <= VERSION);
                self.version = version.map_err(|error| ron_reason(&error.code))?;
            }
            "source" => {
                let (source, unknown) = parse::<SourceRecord>(field.raw)?;
                self.source_sha256 = source.sha256;
                let unknown = unknown.into_iter().map(|field| UnknownField {
                    name: smol_str::format_smolstr!("{IN_SOURCE}{}", field.name),
                    ..field
                });
                self.meta.unknown.extend(unknown);
            }
            "annotator" => {
                let name = options().from_str::<Option<SmolStr>>(field.raw);
                self.meta.annotator = name.map_err(|error| ron_reason(&error.code))?;
            }
            "state" => {
                let state = options().from_str::<WireState>(field.raw);
                self.meta.state = state.map_err(|error| ron_reason(&error.code))?.into();
            }
            name => self.meta.unknown.push(UnknownField {
                name: name.into(),
                raw: field.raw.into(),
            }),
        }
        Ok(())
    }

    /// Takes records that are in the list of another kind, as a merge by lines leaves them, and calls the
    /// file damaged then. What cannot be read there either stays as it was.
    fn take_misplaced(&mut self, source: &SourceText) {
        // Of very many unreadable records the list is not made a second time.
        if !self
            .unread
            .iter()
            .any(|unread| other_list(unread).is_some())
        {
            return;
        }
        for unread in std::mem::take(&mut self.unread) {
            let kind = other_list(&unread);
            let (Some(kind), UnreadRecord::Damaged(misplaced)) = (kind, &unread) else {
                self.unread.push(unread);
                continue;
            };
            let record = RawRecord {
                raw: Cow::Owned(misplaced.raw.to_string()),
                line: misplaced.line,
            };
            let before = self.unread.len();
            match kind {
                RecordList::People => self.person(record),
                RecordList::Annotations => {
                    let read = read_annotation(&record.raw, source, || self.own_origin());
                    self.annotation(record, read);
                }
                RecordList::Links => {
                    let read = read_link(&record.raw, || self.own_origin());
                    self.link(record, read);
                }
                RecordList::Reviews => self.peer_review(record),
                RecordList::Decisions => self.decision(record),
                RecordList::Ignored => self.suppression(record),
                RecordList::Sittings => self.sitting(record),
                RecordList::Lost | RecordList::Damaged => {
                    self.unread.push(unread);
                    continue;
                }
            }
            match self.unread.get_mut(before) {
                Some(left @ UnreadRecord::Damaged(_)) => *left = unread,
                Some(UnreadRecord::Clash(_) | UnreadRecord::Lost(_)) | None => {
                    self.misplaced |= !self.salvaged;
                    self.salvaged = true;
                }
            }
        }
    }

    /// A line that is no record: damaged, or what another version of the file says in its header.
    fn line(&mut self, record: RawRecord<'_>) {
        let unread = match header_fact(&record.raw) {
            Some(fact) if fact.is_said(&self.meta) => return,
            Some(_) => self.header_clash(&record).map(UnreadRecord::from),
            None => None,
        };
        // Of a damaged file it may be a record behind wrong characters.
        let reason = match &*record.raw {
            raw if is_cut_short(raw) => {
                "the file was cut short there, so what stood after it is not known; compare it with an \
                 earlier version, then delete this line from the file"
            }
            raw if is_comment(raw) => {
                "it is a comment; delete it from the file when you no longer need it"
            }
            _ => "the line is damaged",
        };
        let reason = SmolStr::new_static(reason);
        let damaged = || damaged(RecordList::Damaged, record, reason);
        self.unread.push(unread.unwrap_or_else(damaged));
    }

    /// Whether a line says something else than the header.
    fn header_clash(&self, record: &RawRecord<'_>) -> Option<RecordClash> {
        let fact = header_fact(&record.raw).filter(|fact| !fact.is_said(&self.meta))?;
        Some(RecordClash {
            line: record.line,
            raw: SmolStr::new(&record.raw),
            id: fact.name().into(),
            differs: vec![format!("`{}`", fact.name())],
            other: fact.into(),
        })
    }

    /// Carries a record along that is not taken into the set.
    fn carry<T: Entry>(&mut self, record: RawRecord<'_>, why: NotTaken<T>) {
        self.unread.push(match why {
            NotTaken::Unreadable(reason) => damaged(T::LIST, record, self.shared(reason)),
            NotTaken::Clash(other, differs) => UnreadRecord::from(RecordClash {
                line: record.line,
                raw: record.raw.into(),
                id: other.name(),
                differs,
                other: other.into_clashing(),
            }),
        });
    }

    /// A reason, in the memory of the one before where that is the same.
    fn shared(&self, reason: String) -> SmolStr {
        match self.unread.last() {
            Some(UnreadRecord::Damaged(last)) if last.reason == reason => last.reason.clone(),
            Some(_) | None => reason.into(),
        }
    }

    /// The author of a record that has none.
    pub(super) fn own_origin(&self) -> Origin {
        Origin::Annotator(self.meta.annotator.clone().unwrap_or_default())
    }

    fn sitting(&mut self, record: RawRecord<'_>) {
        match read_sitting(&record.raw) {
            Ok(sitting) => self.sittings.add(sitting),
            Err(reason) => {
                let unread = damaged(RecordList::Sittings, record, reason);
                self.unread.push(unread);
            }
        }
    }

    fn person(&mut self, record: RawRecord<'_>) {
        let read = read_person(&record.raw);
        match settle(read, |new| self.set.person(&new.id)) {
            Ok(Some(person)) => drop(self.set.insert_person(person)),
            Ok(None) => {}
            Err(why) => self.carry(record, why),
        }
    }

    fn annotation(&mut self, record: RawRecord<'_>, read: Result<Annotation, String>) {
        match settle(read, |new| self.set.annotation(&new.id)) {
            Ok(Some(annotation)) => drop(self.set.insert_annotation(annotation)),
            Ok(None) => {}
            Err(why) => self.carry(record, why),
        }
    }

    fn peer_review(&mut self, record: RawRecord<'_>) {
        let read = read_peer_review(&record.raw);
        match settle(read, |new| self.set.peer_review(&new.key)) {
            Ok(Some(review)) => drop(self.set.insert_peer_review(review)),
            Ok(None) => {}
            Err(why) => self.carry(record, why),
        }
    }

    fn decision(&mut self, record: RawRecord<'_>) {
        let read = read_decision(&record.raw);
        match settle(read, |new| self.set.decision(&new.key)) {
            Ok(Some(decision)) => drop(self.set.insert_decision(decision)),
            Ok(None) => {}
            Err(why) => self.carry(record, why),
        }
    }

    fn suppression(&mut self, record: RawRecord<'_>) {
        let read = read_suppression(&record.raw);
        match settle(read, |new| self.set.suppression(&new.key)) {
            Ok(Some(one)) => drop(self.set.insert_suppression(one)),
            Ok(None) => {}
            Err(why) => self.carry(record, why),
        }
    }

    fn link(&mut self, record: RawRecord<'_>, read: Result<Link, String>) {
        match settle(read, |new| self.set.link(&new.id)) {
            Ok(Some(link)) => drop(self.set.insert_link(link)),
            Ok(None) => {}
            Err(why) => self.carry(record, why),
        }
    }
}

/// The list that a record belongs in by its shape, where it stands in another one and cannot be read there.
fn other_list(unread: &UnreadRecord) -> Option<RecordList> {
    let UnreadRecord::Damaged(record) = unread else {
        return None;
    };
    let kind = match record.list {
        RecordList::Lost | RecordList::Damaged => None,
        RecordList::Sittings
        | RecordList::People
        | RecordList::Annotations
        | RecordList::Links
        | RecordList::Reviews
        | RecordList::Decisions
        | RecordList::Ignored => kind_of(&record.raw),
    };
    kind.filter(|kind| *kind != record.list)
}

/// A record that cannot be read.
pub(super) fn damaged(
    list: RecordList,
    record: RawRecord<'_>,
    reason: impl Into<SmolStr>,
) -> UnreadRecord {
    UnreadRecord::Damaged(DamagedRecord {
        line: record.line,
        list,
        raw: record.raw.into(),
        reason: reason.into(),
    })
}

/// Why a record is not taken into the set.
enum NotTaken<T> {
    /// It cannot be read, for this reason.
    Unreadable(String),
    /// It says something else than the one that stands there, in these fields.
    Clash(T, Vec<String>),
}

/// What to do with a record: take it, or with `None` leave it, as the same is there already.
fn settle<'a, T: Entry + 'a>(
    read: Result<T, String>,
    there: impl FnOnce(&T) -> Option<&'a T>,
) -> Result<Option<T>, NotTaken<T>> {
    let new = read.map_err(NotTaken::Unreadable)?;
    match there(&new) {
        None => Ok(Some(new)),
        Some(old) if *old == new => Ok(None),
        // Who changed it last is nothing to decide on.
        Some(old) if old.differs_only_in_authorship(&new) => {
            Ok((old.changed() < new.changed()).then_some(new))
        }
        Some(old) => {
            let differs = old.changed_fields(&new);
            Err(NotTaken::Clash(new, differs))
        }
    }
}

/// A record with an id.
trait Entry: PartialEq {
    /// The list it stands in.
    const LIST: RecordList;
    fn name(&self) -> SmolStr;
    fn changed_fields(&self, other: &Self) -> Vec<String>;
    fn differs_only_in_authorship(&self, other: &Self) -> bool;
    fn changed(&self) -> Option<&Authorship>;
    fn into_clashing(self) -> ClashingRecord;
}

macro_rules! entries {
    ($($entry:ident of $list:ident by $key:ident),+) => {$(
        impl Entry for $entry {
            const LIST: RecordList = RecordList::$list;

            fn name(&self) -> SmolStr {
                smol_str::format_smolstr!("{}", self.$key)
            }

            fn changed_fields(&self, other: &Self) -> Vec<String> {
                self.changed_fields(other)
            }

            fn differs_only_in_authorship(&self, other: &Self) -> bool {
                self.differs_only_in_authorship(other)
            }

            fn changed(&self) -> Option<&Authorship> {
                self.changed.as_deref()
            }

            fn into_clashing(self) -> ClashingRecord {
                ClashingRecord::$entry(Box::new(self))
            }
        }
    )+};
}

entries!(
    Annotation of Annotations by id,
    Link of Links by id,
    Person of People by id,
    PeerReview of Reviews by key,
    Decision of Decisions by key,
    Suppression of Ignored by key
);
