use std::fmt::Write as _;
use std::path::Path;

use super::frame::framed;
use super::{Applied, JournalHeader, VERSION};
use crate::format::sidecar::{
    annotation_on, decision_record, link_record, peer_review_record, person_record, push_string,
    suppression_record,
};
use crate::model::{Change, Delta, DocumentMeta, DocumentState, Selection, UnreadRecord};
use crate::text::{SourceText, TextSize};

/// The first line of a journal.
#[must_use]
pub fn header_line(header: &JournalHeader) -> String {
    let mut out = format!("Journal(version: {VERSION}, article: ");
    push_path(&mut out, &header.article);
    out.push_str(", sidecar: ");
    push_path(&mut out, &header.sidecar);
    push_optional(&mut out, "annotator", header.annotator.as_deref());
    push_optional(&mut out, "base", header.base.as_deref());
    let (source, state) = (&header.source, header.state);
    let _ = write!(out, ", source: \"{source}\", state: {state})");
    framed(&out)
}

/// The line of a step that was made in `before`, the text at that point.
#[must_use]
pub fn step_line(step: &Applied, before: &SourceText) -> String {
    // One change a record, so that what is before is of the text before, and what is after of the
    // text after.
    let transaction = step.transaction.clone().folded();
    let text_after = transaction.changes.iter().find_map(|change| match change {
        Change::Source(delta) => delta.after.clone(),
        _ => None,
    });
    let after = text_after.as_ref().unwrap_or(before);
    let mut out = format!("Step(from: {}, to: {}, label: ", step.before, step.after);
    push_string(&mut out, &transaction.label);
    out.push_str(", changes: [");
    for (n, change) in transaction.changes.iter().enumerate() {
        out.push_str(if n > 0 { ", " } else { "" });
        push_change(&mut out, change, before, after);
    }
    out.push(']');
    if let Some(selection) = &transaction.selection_after {
        push_selection(&mut out, selection, after);
    }
    out.push(')');
    framed(&out)
}

/// The line that announces the sidecar with this SHA-256 (in hexadecimal), which holds the document
/// in this state.
#[must_use]
pub fn saving_line(state: u64, sha256: &str) -> String {
    framed(&format!("Saving(state: {state}, sha256: \"{sha256}\")"))
}

/// The line that declares that this journal includes the journal of that name beside it.
#[must_use]
pub fn follows_line(name: &str) -> String {
    let mut out = String::from("Follows(");
    push_string(&mut out, name);
    out.push(')');
    framed(&out)
}

/// A field that is left out if empty.
fn push_optional(out: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        let _ = write!(out, ", {name}: ");
        push_string(out, value);
    }
}

fn push_path(out: &mut String, path: &Path) {
    if let Some(name) = path.to_str() {
        out.push_str("Name(");
        push_string(out, name);
    } else {
        out.push_str("Bytes(\"");
        out.push_str(&hex::encode(path.as_os_str().as_encoded_bytes()));
        out.push('"');
    }
    out.push(')');
}

fn push_change(out: &mut String, change: &Change, before: &SourceText, after: &SourceText) {
    match change {
        Change::Annotation(delta) => {
            let sides = Delta {
                before: delta.before.as_ref().map(|tag| annotation_on(tag, before)),
                after: delta.after.as_ref().map(|tag| annotation_on(tag, after)),
            };
            push_sides(out, "Tag", &sides);
        }
        Change::Link(delta) => push_sides(out, "Link", &texts(delta, |link| link_record(link, ""))),
        Change::Person(delta) => push_sides(out, "Person", &texts(delta, person_record)),
        Change::PeerReview(delta) => {
            push_sides(out, "Review", &texts(delta, peer_review_record));
        }
        Change::Decision(delta) => {
            push_sides(out, "Decision", &texts(delta, decision_record));
        }
        Change::Suppression(delta) => {
            push_sides(out, "Ignored", &texts(delta, suppression_record));
        }
        Change::Meta(delta) => push_sides(out, "Meta", &texts(delta, meta_text)),
        Change::Unread(delta) => push_sides(out, "Unread", &texts(delta, unread_text)),
        Change::Source(_) => push_text(out, before, after),
    }
}

fn texts<T>(delta: &Delta<T>, text: impl Fn(&T) -> String) -> Delta<String> {
    Delta {
        before: delta.before.as_ref().map(&text),
        after: delta.after.as_ref().map(&text),
    }
}

fn push_sides(out: &mut String, kind: &str, delta: &Delta<String>) {
    let _ = write!(out, "{kind}(");
    if let Some(before) = &delta.before {
        let _ = write!(out, "before: {before}");
    }
    if let Some(after) = &delta.after {
        let comma = if delta.before.is_some() { ", " } else { "" };
        let _ = write!(out, "{comma}after: {after}");
    }
    out.push(')');
}

fn meta_text(meta: &DocumentMeta) -> String {
    let state = match meta.state {
        DocumentState::New => "New",
        DocumentState::InProgress => "InProgress",
        DocumentState::Done => "Done",
    };
    let mut out = format!("(state: {state}");
    push_optional(&mut out, "annotator", meta.annotator.as_deref());
    if !meta.unknown.is_empty() {
        out.push_str(", unknown: [");
        for field in &meta.unknown {
            out.push('(');
            push_string(&mut out, &field.name);
            out.push_str(", ");
            push_string(&mut out, &field.raw);
            out.push_str("), ");
        }
        out.push(']');
    }
    out.push(')');
    out
}

fn unread_text(record: &UnreadRecord) -> String {
    let mut out = String::from("(list: ");
    push_string(&mut out, record.list().name());
    let _ = write!(out, ", line: {}, raw: ", record.line());
    push_string(&mut out, record.raw());
    out.push_str(", reason: ");
    push_string(&mut out, &record.reason());
    if let Some(clash) = record.clash() {
        out.push_str(", clash: (");
        push_string(&mut out, &clash.id);
        out.push_str(", [");
        for differs in &clash.differs {
            push_string(&mut out, differs);
            out.push_str(", ");
        }
        out.push_str("])");
    }
    out.push(')');
    out
}

/// The stretch in which two texts differ, and what is there in each.
fn push_text(out: &mut String, before: &SourceText, after: &SourceText) {
    let (old, new) = (before.as_str(), after.as_str());
    let same = |(a, b): &(char, char)| a == b;
    let start: usize = old
        .chars()
        .zip(new.chars())
        .take_while(same)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let (old, new) = (
        old.get(start..).unwrap_or_default(),
        new.get(start..).unwrap_or_default(),
    );
    let end: usize = old
        .chars()
        .rev()
        .zip(new.chars().rev())
        .take_while(same)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let old = old.get(..old.len() - end).unwrap_or_default();
    let new = new.get(..new.len() - end).unwrap_or_default();
    let from = before.as_str().get(..start).unwrap_or_default();
    let from = from.chars().count();
    let to = from + old.chars().count();
    let _ = write!(out, "Text(at: ({from}, {to}), before: ");
    push_string(out, old);
    out.push_str(", after: ");
    push_string(out, new);
    let (encoding, sha256) = (after.encoding(), after.sha256());
    let _ = write!(out, ", encoding: \"{encoding}\", sha256: \"{sha256}\")");
}

fn push_selection(out: &mut String, selection: &Selection, text: &SourceText) {
    let place = |at: TextSize| text.char_of_byte(at);
    let Some((anchor, head)) = place(selection.anchor).zip(place(selection.head)) else {
        return;
    };
    let _ = write!(out, ", select: ({anchor}, {head}, ");
    match &selection.tag {
        Some(tag) => push_string(out, tag.as_str()),
        None => out.push_str("None"),
    }
    out.push(')');
}
