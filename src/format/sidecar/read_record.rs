//! From the text of one record to what it says.

use smol_str::SmolStr;
use thin_vec::ThinVec;

use super::record::{
    AnnotationRecord, DecisionRecord, LinkRecord, PeerReviewRecord, PersonRecord, SittingRecord,
    SuppressionRecord, WireChoice, WireSpeaker, WireVerdict, parse,
};
use super::stamp::Stamp;
use crate::model::{
    Annotation, AnnotationId, Choice, Decision, FindingSubject, Fragments, JudgedTag, Link, LinkId,
    Origin, PeerReview, Person, PersonId, ProposedChange, ProposedRange, ProposedSpeaker,
    ReviewKey, SettledReview, Sitting, Suppression, SuppressionKey, TagPart, UnknownField, Verdict,
};
use crate::text::wording::quoted;
use crate::text::{SourceText, TextRange};

pub(super) fn checked(id: &SmolStr) -> Result<&str, String> {
    if id.is_empty() {
        return Err("its id is empty; give it one".to_owned());
    }
    Ok(id)
}

pub(in crate::format) fn read_person(raw: &str) -> Result<Person, String> {
    let (record, unknown) = parse::<PersonRecord>(raw)?;
    Ok(Person {
        kind: record.kind.into(),
        aliases: record.aliases,
        role: record.role,
        organisation: record.organisation,
        external_id: record.external_id,
        attributes: record.attributes.0,
        made: Stamp::into_model(record.made),
        changed: Stamp::into_model(record.changed),
        unknown,
        ..Person::new(PersonId::new(checked(&record.id)?), record.name)
    })
}

pub(in crate::format) fn read_peer_review(raw: &str) -> Result<PeerReview, String> {
    let (record, unknown) = parse::<PeerReviewRecord>(raw)?;
    if record.at.len() != record.text.len() {
        return Err(format!(
            "it proposes {} ranges (`at`) but {} texts (`text`); give one text for each range",
            record.at.len(),
            record.text.len()
        ));
    }
    if let Some((start, end)) = record.at.iter().find(|(start, end)| start >= end) {
        return Err(format!("the range ({start}, {end}) it proposes is empty"));
    }
    if let Some(WireSpeaker::Words((start, end), _)) = &record.speaker
        && start >= end
    {
        return Err(format!(
            "the range ({start}, {end}) of the speaker it proposes is empty"
        ));
    }
    let ranges = record.at.into_iter().zip(record.text);
    let ranges = ranges.map(|((start, end), words)| ProposedRange { start, end, words });
    let change = ProposedChange {
        remove: record.remove,
        label: record.label,
        at: ranges.collect(),
        speaker: record.speaker.map(|speaker| match speaker {
            WireSpeaker::Named(name) => ProposedSpeaker::Named(name),
            WireSpeaker::Words((start, end), words) => {
                ProposedSpeaker::Words(ProposedRange { start, end, words })
            }
            WireSpeaker::NotGiven => ProposedSpeaker::NotGiven,
        }),
        attributes: record.attributes.0,
    };
    let settled = record.settled.into_iter();
    let settled = settled.map(|(by, review)| SettledReview { by, review });
    let key = ReviewKey {
        of: record.of,
        tag: AnnotationId::new(record.tag),
    };
    Ok(PeerReview {
        verdict: record.verdict.into(),
        reason: record.reason,
        change,
        replies: record.replies.into_iter().map(|wire| wire.0).collect(),
        settled: settled.collect(),
        made: Stamp::into_model(record.made),
        changed: Stamp::into_model(record.changed),
        unknown,
        ..PeerReview::new(key, record.record)
    })
}

pub(in crate::format) fn read_decision(raw: &str) -> Result<Decision, String> {
    let (record, unknown) = parse::<DecisionRecord>(raw)?;
    if record.tag.is_empty() || record.others.iter().any(|(_, tag, _)| tag.is_empty()) {
        return Err("it does not say which tag it decides on (`tag` is empty)".to_owned());
    }
    let parts = record.parts.0.into_iter().map(|part| {
        let Some(named) = TagPart::named(&part.name) else {
            let all = TagPart::ALL.map(TagPart::word).join(", ");
            return Err(format!("`{}` is no part of a tag; use {all}", part.name));
        };
        Ok((named, part.value))
    });
    let mut parts: Vec<(TagPart, SmolStr)> = parts.collect::<Result<_, String>>()?;
    parts.sort();
    let choice = match record.choice {
        WireChoice::Taken if parts.is_empty() => {
            return Err("it does not say what was taken from whom (`parts` is empty)".to_owned());
        }
        WireChoice::Taken => Choice::Taken(parts),
        _ if !parts.is_empty() => {
            return Err("it has `parts`, which go with `choice: Taken` only".to_owned());
        }
        WireChoice::Undecided => Choice::Undecided,
        WireChoice::Agreed => Choice::Agreed,
        WireChoice::AllWrong => Choice::AllWrong,
        WireChoice::Nothing => Choice::Nothing,
    };
    let key = |of, tag| ReviewKey {
        of,
        tag: AnnotationId::new(tag),
    };
    let others = record.others.into_iter();
    let others = others.map(|(of, tag, record)| JudgedTag {
        key: key(of, tag),
        record,
    });
    Ok(Decision {
        others: others.collect(),
        choice,
        curated: record.curated.map(AnnotationId::new),
        reason: record.reason,
        made: Stamp::into_model(record.made),
        changed: Stamp::into_model(record.changed),
        unknown,
        ..Decision::new(key(record.of, record.tag), record.record)
    })
}

pub(in crate::format) fn read_suppression(raw: &str) -> Result<Suppression, String> {
    let (record, unknown) = parse::<SuppressionRecord>(raw)?;
    if record.rule.is_empty() {
        return Err("it does not say which rule it is about (`rule` is empty)".to_owned());
    }
    let about = match (record.tag, record.words) {
        (Some(tag), None) => FindingSubject::Tag(AnnotationId::new(tag)),
        (None, Some(words)) => FindingSubject::Words(words),
        (Some(_), Some(_)) | (None, None) => {
            return Err(
                "it must name what it is about by `tag` or `words`, one of them".to_owned(),
            );
        }
    };
    let key = SuppressionKey {
        rule: record.rule,
        about,
    };
    Ok(Suppression {
        made: Stamp::into_model(record.made),
        changed: Stamp::into_model(record.changed),
        unknown,
        ..Suppression::new(key, record.reason)
    })
}

pub(super) fn read_sitting(raw: &str) -> Result<Sitting, String> {
    let (record, unknown) = parse::<SittingRecord>(raw)?;
    let start = record.start.parse();
    Ok(Sitting {
        by: record.by,
        start: start.map_err(|error: jiff::Error| format!("`start` is no time: {error}"))?,
        seconds: record.seconds,
        unknown,
    })
}

pub(in crate::format) fn read_annotation(
    raw: &str,
    source: &SourceText,
    own: impl FnOnce() -> Origin,
) -> Result<Annotation, String> {
    let (record, unknown) = parse::<AnnotationRecord>(raw)?;
    let fragments = place(&record.at, &record.text, source)?;
    annotation_at(fragments, record, unknown, own)
}

/// A record as a tag that is at `fragments`.
pub(super) fn annotation_at(
    fragments: Fragments,
    record: AnnotationRecord,
    unknown: ThinVec<UnknownField>,
    own: impl FnOnce() -> Origin,
) -> Result<Annotation, String> {
    checked(&record.id)?;
    Ok(annotation_of(fragments, record, unknown, own))
}

/// The same where the id is known to be one.
pub(super) fn annotation_of(
    fragments: Fragments,
    record: AnnotationRecord,
    unknown: ThinVec<UnknownField>,
    own: impl FnOnce() -> Origin,
) -> Annotation {
    let origin = record.by.map_or_else(own, Origin::from);
    // A program's suggestion is not a tag until someone accepts it.
    let verdict = match (record.verdict, &origin) {
        (Some(verdict), _) => verdict.into(),
        (None, Origin::Suggester(_)) => Verdict::Open,
        (None, _) => WireVerdict::default().into(),
    };
    Annotation {
        attributes: record.attributes.0,
        person: record.person.map(PersonId::new),
        confidence: record.confidence.map(|wire| wire.0),
        verdict,
        review: record.review.into(),
        note: record.note.into(),
        former_words: record.was.into(),
        made: Stamp::into_model(record.made),
        changed: Stamp::into_model(record.changed),
        decided: Stamp::into_model(record.decided),
        unknown,
        ..Annotation::new(
            AnnotationId::new(record.id),
            record.label,
            fragments,
            origin,
        )
    }
}

/// The places in bytes, where the words there are the words of the record. Whether a record can be
/// read never depends on the hash in the header, so that saving does not change the answer.
pub(super) fn place(
    at: &[(u32, u32)],
    words: &[String],
    source: &SourceText,
) -> Result<Fragments, String> {
    if at.len() != words.len() {
        return Err(format!(
            "it has {} ranges (`at`) but {} texts (`text`); give one text for each range",
            at.len(),
            words.len()
        ));
    }
    let mut ranges = Vec::with_capacity(at.len());
    for (&(start, end), words) in at.iter().zip(words) {
        if start >= end {
            return Err(format!("its range ({start}, {end}) is empty"));
        }
        let bounds = source.byte_of_char(start).zip(source.byte_of_char(end));
        let Some((from, to)) = bounds else {
            return Err(format!(
                "its range ({start}, {end}) is outside the text, which has {} characters",
                source.chars()
            ));
        };
        let range = TextRange::new(from, to);
        if source.get(range) != Some(words) {
            return Err(format!(
                "the text at ({start}, {end}) is {}, not {}",
                short_quoted(source.slice(range)),
                short_quoted(words)
            ));
        }
        ranges.push(range);
    }
    Fragments::new(ranges).map_err(|error| error.to_string())
}

/// The start of some words, to be shown within a message. Words that are a quotation keep their own marks
/// alone; the marks of others are not the usual ones, since the two may differ in them.
fn short_quoted(words: &str) -> String {
    const SHOWN: usize = 40;
    let short = words.char_indices().nth(SHOWN);
    let short = short.map(|(end, _)| format!("{}…", words.get(..end).unwrap_or_default()));
    quoted(short.as_deref().unwrap_or(words), '‘', '’')
}

pub(in crate::format) fn read_link(
    raw: &str,
    own: impl FnOnce() -> Origin,
) -> Result<Link, String> {
    let (record, unknown) = parse::<LinkRecord>(raw)?;
    Ok(Link {
        attributes: record.attributes.0,
        confidence: record.confidence.map(|wire| wire.0),
        confirmed: record.confirmed,
        note: record.note.into(),
        made: Stamp::into_model(record.made),
        changed: Stamp::into_model(record.changed),
        unknown,
        ..Link::new(
            LinkId::new(checked(&record.id)?),
            record.role,
            AnnotationId::new(record.from),
            record.to.into(),
            record.by.map_or_else(own, Origin::from),
        )
    })
}
