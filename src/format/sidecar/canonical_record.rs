//! Records in the order of fields and the spelling in which they are written. `None` where anything
//! is otherwise: the general parser then decides.

use smol_str::SmolStr;

use super::canonical_text::CanonicalText;
use super::record::{
    AnnotationRecord, Attributes, By, DecisionRecord, LinkRecord, PeerReviewRecord, PersonRecord,
    Record, SittingRecord, SuppressionRecord, To, WireChoice, WireConfidence, WirePersonKind,
    WireReview, WireSpeaker, WireVerdict,
};
use super::stamp::{Stamp, WireReply};
use crate::model::{Attribute, Authorship, Confidence, Reply};

type Text<'a> = CanonicalText<'a>;

const LIST: [&str; 2] = ["[", "]"];

impl Record for AnnotationRecord {
    const NAME: &'static str = "Annotation";
    const FIELDS: &'static [&'static str] = &[
        "id",
        "label",
        "at",
        "text",
        "attributes",
        "person",
        "by",
        "verdict",
        "review",
        "note",
        "was",
        "confidence",
        "made",
        "changed",
        "decided",
    ];
    const FORGIVING: &'static [&'static str] = &["confidence", "made", "changed", "decided"];

    fn canonical(raw: &str) -> Option<Self> {
        annotation(raw)
    }
}

impl Record for LinkRecord {
    const NAME: &'static str = "Link";
    const FIELDS: &'static [&'static str] = &[
        "id",
        "role",
        "from",
        "to",
        "by",
        "confirmed",
        "attributes",
        "note",
        "confidence",
        "made",
        "changed",
    ];
    const FORGIVING: &'static [&'static str] =
        &["attributes", "confidence", "note", "made", "changed"];

    fn canonical(raw: &str) -> Option<Self> {
        link(raw)
    }
}

impl Record for PersonRecord {
    const NAME: &'static str = "Person";
    const FIELDS: &'static [&'static str] = &[
        "id",
        "name",
        "kind",
        "aliases",
        "role",
        "external_id",
        "organisation",
        "attributes",
        "made",
        "changed",
    ];
    const FORGIVING: &'static [&'static str] = &["organisation", "attributes", "made", "changed"];

    fn canonical(raw: &str) -> Option<Self> {
        person(raw)
    }
}

impl Record for PeerReviewRecord {
    const NAME: &'static str = "PeerReview";
    const FIELDS: &'static [&'static str] = &[
        "of",
        "tag",
        "record",
        "verdict",
        "reason",
        "remove",
        "label",
        "at",
        "text",
        "speaker",
        "attributes",
        "replies",
        "settled",
        "made",
        "changed",
    ];

    fn canonical(raw: &str) -> Option<Self> {
        peer_review(raw)
    }
}

impl Record for DecisionRecord {
    const NAME: &'static str = "Decision";
    const FIELDS: &'static [&'static str] = &[
        "of", "tag", "record", "others", "choice", "parts", "curated", "reason", "made", "changed",
    ];

    fn canonical(raw: &str) -> Option<Self> {
        decision(raw)
    }
}

impl Record for SuppressionRecord {
    const NAME: &'static str = "Suppression";
    const FIELDS: &'static [&'static str] = &["rule", "tag", "words", "reason", "made", "changed"];

    fn canonical(raw: &str) -> Option<Self> {
        suppression(raw)
    }
}

impl Record for SittingRecord {
    const NAME: &'static str = "Sitting";
    const FIELDS: &'static [&'static str] = &["by", "start", "seconds"];

    fn canonical(raw: &str) -> Option<Self> {
        sitting(raw)
    }
}

pub(super) fn annotation(raw: &str) -> Option<AnnotationRecord> {
    Text::all(raw, |text| {
        let record = AnnotationRecord {
            id: field(text, "(id: ", short)?,
            label: field(text, ", label: ", short)?,
            at: field(text, ", at: ", |text| text.list(LIST, range))?,
            text: field(text, ", text: ", strings)?,
            attributes: text
                .after(", attributes: ", attributes)?
                .unwrap_or_default(),
            person: text.after(", person: ", short)?,
            by: text.after(", by: ", by)?,
            verdict: text.after(", verdict: ", verdict)?,
            review: text.after(", review: ", review)?.unwrap_or_default(),
            note: text.after(", note: ", long)?.unwrap_or_default(),
            was: text.after(", was: ", strings)?.unwrap_or_default(),
            confidence: text.after(", confidence: ", confidence)?,
            made: text.after(", made: ", stamp)?,
            changed: text.after(", changed: ", stamp)?,
            decided: text.after(", decided: ", stamp)?,
        };
        text.skip(")")?;
        Some(record)
    })
}

pub(super) fn link(raw: &str) -> Option<LinkRecord> {
    Text::all(raw, |text| {
        let record = LinkRecord {
            id: field(text, "(id: ", short)?,
            role: field(text, ", role: ", short)?,
            from: field(text, ", from: ", short)?,
            to: field(text, ", to: ", to)?,
            by: text.after(", by: ", by)?,
            confirmed: text.has(", confirmed: true"),
            attributes: text
                .after(", attributes: ", attributes)?
                .unwrap_or_default(),
            note: text.after(", note: ", long)?.unwrap_or_default(),
            confidence: text.after(", confidence: ", confidence)?,
            made: text.after(", made: ", stamp)?,
            changed: text.after(", changed: ", stamp)?,
        };
        text.skip(")")?;
        Some(record)
    })
}

pub(super) fn person(raw: &str) -> Option<PersonRecord> {
    Text::all(raw, |text| {
        let record = PersonRecord {
            id: field(text, "(id: ", short)?,
            name: field(text, ", name: ", long)?,
            kind: text.after(", kind: ", person_kind)?.unwrap_or_default(),
            aliases: text.after(", aliases: ", strings)?.unwrap_or_default(),
            role: text.after(", role: ", long)?.unwrap_or_default(),
            external_id: text.after(", external_id: ", long)?.unwrap_or_default(),
            organisation: text.after(", organisation: ", long)?.unwrap_or_default(),
            attributes: text
                .after(", attributes: ", attributes)?
                .unwrap_or_default(),
            made: text.after(", made: ", stamp)?,
            changed: text.after(", changed: ", stamp)?,
        };
        text.skip(")")?;
        Some(record)
    })
}

pub(super) fn peer_review(raw: &str) -> Option<PeerReviewRecord> {
    Text::all(raw, |text| {
        let record = PeerReviewRecord {
            of: field(text, "(of: ", short)?,
            tag: field(text, ", tag: ", short)?,
            record: field(text, ", record: ", short)?,
            verdict: text.after(", verdict: ", review)?.unwrap_or_default(),
            reason: text.after(", reason: ", long)?.unwrap_or_default(),
            remove: text.has(", remove: true"),
            label: text.after(", label: ", short)?,
            at: text
                .after(", at: ", |text| text.list(LIST, range))?
                .unwrap_or_default(),
            text: text.after(", text: ", strings)?.unwrap_or_default(),
            speaker: text.after(", speaker: ", speaker)?,
            attributes: text
                .after(", attributes: ", attributes)?
                .unwrap_or_default(),
            replies: text
                .after(", replies: ", |text| text.list(LIST, reply))?
                .unwrap_or_default(),
            settled: text
                .after(", settled: ", |text| text.list(LIST, settled))?
                .unwrap_or_default(),
            made: text.after(", made: ", stamp)?,
            changed: text.after(", changed: ", stamp)?,
        };
        text.skip(")")?;
        Some(record)
    })
}

pub(super) fn decision(raw: &str) -> Option<DecisionRecord> {
    Text::all(raw, |text| {
        let record = DecisionRecord {
            of: field(text, "(of: ", short)?,
            tag: field(text, ", tag: ", short)?,
            record: field(text, ", record: ", short)?,
            others: text
                .after(", others: ", |text| text.list(LIST, judged))?
                .unwrap_or_default(),
            choice: text.after(", choice: ", choice)?.unwrap_or_default(),
            parts: text.after(", parts: ", attributes)?.unwrap_or_default(),
            curated: text.after(", curated: ", short)?,
            reason: text.after(", reason: ", long)?.unwrap_or_default(),
            made: text.after(", made: ", stamp)?,
            changed: text.after(", changed: ", stamp)?,
        };
        text.skip(")")?;
        Some(record)
    })
}

pub(super) fn suppression(raw: &str) -> Option<SuppressionRecord> {
    Text::all(raw, |text| {
        let record = SuppressionRecord {
            rule: field(text, "(rule: ", short)?,
            tag: text.after(", tag: ", short)?,
            words: text.after(", words: ", short)?,
            reason: text.after(", reason: ", long)?.unwrap_or_default(),
            made: text.after(", made: ", stamp)?,
            changed: text.after(", changed: ", stamp)?,
        };
        text.skip(")")?;
        Some(record)
    })
}

pub(super) fn sitting(raw: &str) -> Option<SittingRecord> {
    Text::all(raw, |text| {
        let record = SittingRecord {
            by: field(text, "(by: ", short)?,
            start: field(text, ", start: ", short)?,
            seconds: field(text, ", seconds: ", Text::whole)?,
        };
        text.skip(")")?;
        Some(record)
    })
}

/// A field that must be there.
fn field<'a, T>(
    text: &mut Text<'a>,
    name: &str,
    read: impl FnOnce(&mut Text<'a>) -> Option<T>,
) -> Option<T> {
    text.skip(name)?;
    read(text)
}

fn short(text: &mut Text<'_>) -> Option<SmolStr> {
    text.string().map(SmolStr::from)
}

fn long(text: &mut Text<'_>) -> Option<String> {
    text.string().map(String::from)
}

fn strings(text: &mut Text<'_>) -> Option<Vec<String>> {
    text.list(LIST, long)
}

fn range(text: &mut Text<'_>) -> Option<(u32, u32)> {
    text.skip("(")?;
    let start = text.whole()?;
    text.skip(", ")?;
    let end = text.whole()?;
    text.skip(")")?;
    Some((start, end))
}

fn attributes(text: &mut Text<'_>) -> Option<Attributes> {
    let mut attributes = text.list(["{", "}"], |text| {
        let name = short(text)?;
        text.skip(": ")?;
        let value = short(text)?;
        Some(Attribute { name, value })
    })?;
    attributes.sort();
    let twice = attributes.array_windows().any(|[a, b]| a.name == b.name);
    (!twice).then(|| Attributes(attributes.into()))
}

/// A string in parentheses.
fn enclosed(text: &mut Text<'_>) -> Option<SmolStr> {
    text.skip("(")?;
    let inner = short(text)?;
    text.skip(")")?;
    Some(inner)
}

fn by(text: &mut Text<'_>) -> Option<By> {
    match text.word()? {
        "Annotator" => enclosed(text).map(By::Annotator),
        "Suggester" => enclosed(text).map(By::Suggester),
        "Import" => enclosed(text).map(By::Import),
        _ => None,
    }
}

fn speaker(text: &mut Text<'_>) -> Option<WireSpeaker> {
    match text.word()? {
        "Named" => {
            text.skip("(")?;
            let name = long(text)?;
            text.skip(")")?;
            Some(WireSpeaker::Named(name))
        }
        "Words" => {
            text.skip("(")?;
            let place = range(text)?;
            text.skip(", ")?;
            let words = long(text)?;
            text.skip(")")?;
            Some(WireSpeaker::Words(place, words))
        }
        "NotGiven" => Some(WireSpeaker::NotGiven),
        _ => None,
    }
}

fn settled(text: &mut Text<'_>) -> Option<(SmolStr, SmolStr)> {
    text.skip("(")?;
    let by = short(text)?;
    text.skip(", ")?;
    let review = short(text)?;
    text.skip(")")?;
    Some((by, review))
}

fn to(text: &mut Text<'_>) -> Option<To> {
    match text.word()? {
        "Annotation" => enclosed(text).map(To::Annotation),
        "Person" => enclosed(text).map(To::Person),
        "NotGiven" => Some(To::NotGiven),
        _ => None,
    }
}

fn verdict(text: &mut Text<'_>) -> Option<WireVerdict> {
    match text.word()? {
        "Open" => Some(WireVerdict::Open),
        "Accepted" => Some(WireVerdict::Accepted),
        "Corrected" => Some(WireVerdict::Corrected),
        "Rejected" => Some(WireVerdict::Rejected),
        _ => None,
    }
}

fn review(text: &mut Text<'_>) -> Option<WireReview> {
    match text.word()? {
        "Accepted" => Some(WireReview::Accepted),
        "Rejected" => Some(WireReview::Rejected),
        "Unsure" => Some(WireReview::Unsure),
        _ => None,
    }
}

fn choice(text: &mut Text<'_>) -> Option<WireChoice> {
    match text.word()? {
        "Undecided" => Some(WireChoice::Undecided),
        "Agreed" => Some(WireChoice::Agreed),
        "Taken" => Some(WireChoice::Taken),
        "AllWrong" => Some(WireChoice::AllWrong),
        "Nothing" => Some(WireChoice::Nothing),
        _ => None,
    }
}

/// Annotator, tag and hash of its record.
fn judged(text: &mut Text<'_>) -> Option<(SmolStr, SmolStr, SmolStr)> {
    text.skip("(")?;
    let of = short(text)?;
    text.skip(", ")?;
    let tag = short(text)?;
    text.skip(", ")?;
    let record = short(text)?;
    text.skip(")")?;
    Some((of, tag, record))
}

fn person_kind(text: &mut Text<'_>) -> Option<WirePersonKind> {
    match text.word()? {
        "Person" => Some(WirePersonKind::Person),
        "Organisation" => Some(WirePersonKind::Organisation),
        "Group" => Some(WirePersonKind::Group),
        _ => None,
    }
}

fn confidence(text: &mut Text<'_>) -> Option<WireConfidence> {
    Confidence::new(text.decimal()?).map(WireConfidence)
}

fn stamp(text: &mut Text<'_>) -> Option<Stamp> {
    text.skip("(")?;
    let said = said(text)?;
    text.skip(")")?;
    Some(Stamp::from(said))
}

fn reply(text: &mut Text<'_>) -> Option<WireReply> {
    text.skip("(")?;
    let said = said(text)?;
    text.skip(", ")?;
    let text = {
        let words = long(text)?;
        text.skip(")")?;
        words
    };
    Some(WireReply(Reply { said, text }))
}

/// Who and when, without parentheses.
fn said(text: &mut Text<'_>) -> Option<Authorship> {
    let by = short(text)?;
    text.skip(", ")?;
    let at = text.string()?;
    let at = if at.is_empty() {
        None
    } else {
        Some(at.parse().ok()?)
    };
    Some(Authorship { at, by })
}
