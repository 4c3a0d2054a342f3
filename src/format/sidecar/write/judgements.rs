//! Reviews, decisions, and what is ignored.

use std::fmt::Write as _;

use super::Writer;
use crate::format::sidecar::ron_text::push_string;
use crate::model::{
    Choice, Decision, FindingSubject, PeerReview, ProposedChange, ProposedSpeaker, Reply,
    Suppression,
};

/// Replies as a field holds them.
pub(in crate::format::sidecar) fn replies_text(replies: &[Reply]) -> String {
    let mut out = String::from("[");
    for (n, reply) in replies.iter().enumerate() {
        out.push_str(if n > 0 { ", (" } else { "(" });
        push_string(&mut out, &reply.said.by);
        out.push_str(", \"");
        if let Some(at) = reply.said.at {
            let _ = write!(out, "{at}");
        }
        out.push_str("\", ");
        push_string(&mut out, &reply.text);
        out.push(')');
    }
    out.push(']');
    out
}

impl Writer<'_> {
    pub(super) fn peer_review(&mut self, review: &PeerReview) {
        self.first("of", &review.key.of);
        self.string("tag", review.key.tag.as_str());
        self.string("record", &review.record);
        self.review("verdict", review.verdict);
        self.optional("reason", &review.reason);
        self.proposed_change(&review.change);
        if !review.replies.is_empty() {
            self.out.push_str(", replies: ");
            self.out.push_str(&replies_text(&review.replies));
        }
        if !review.settled.is_empty() {
            self.out.push_str(", settled: [");
            for (n, settled) in review.settled.iter().enumerate() {
                self.out.push_str(if n > 0 { ", (" } else { "(" });
                push_string(&mut self.out, &settled.by);
                self.out.push_str(", ");
                push_string(&mut self.out, &settled.review);
                self.out.push(')');
            }
            self.out.push(']');
        }
        self.stamp("made", review.made.as_deref());
        self.stamp("changed", review.changed.as_deref());
        self.unknown(&review.unknown);
    }

    fn proposed_change(&mut self, change: &ProposedChange) {
        if change.remove {
            self.out.push_str(", remove: true");
        }
        if let Some(label) = &change.label {
            self.string("label", label);
        }
        if !change.at.is_empty() {
            self.out.push_str(", at: [");
            for (n, range) in change.at.iter().enumerate() {
                let comma = if n > 0 { ", " } else { "" };
                let _ = write!(self.out, "{comma}({}, {})", range.start, range.end);
            }
            self.out.push_str("], text: ");
            self.strings(change.at.iter().map(|range| range.words.as_str()));
        }
        match &change.speaker {
            None => {}
            Some(ProposedSpeaker::NotGiven) => self.out.push_str(", speaker: NotGiven"),
            Some(ProposedSpeaker::Words(range)) => {
                let (start, end) = (range.start, range.end);
                let _ = write!(self.out, ", speaker: Words(({start}, {end}), ");
                push_string(&mut self.out, &range.words);
                self.out.push(')');
            }
            Some(ProposedSpeaker::Named(name)) => {
                self.out.push_str(", speaker: Named(");
                push_string(&mut self.out, name);
                self.out.push(')');
            }
        }
        self.attributes(&change.attributes);
    }

    pub(super) fn decision(&mut self, decision: &Decision) {
        self.first("of", &decision.key.of);
        self.string("tag", decision.key.tag.as_str());
        self.string("record", &decision.record);
        if !decision.others.is_empty() {
            self.out.push_str(", others: [");
            for (n, other) in decision.others.iter().enumerate() {
                self.out.push_str(if n > 0 { ", (" } else { "(" });
                push_string(&mut self.out, &other.key.of);
                self.out.push_str(", ");
                push_string(&mut self.out, other.key.tag.as_str());
                self.out.push_str(", ");
                push_string(&mut self.out, &other.record);
                self.out.push(')');
            }
            self.out.push(']');
        }
        match &decision.choice {
            Choice::Undecided => self.out.push_str(", choice: Undecided"),
            Choice::Agreed => self.out.push_str(", choice: Agreed"),
            Choice::AllWrong => self.out.push_str(", choice: AllWrong"),
            Choice::Nothing => self.out.push_str(", choice: Nothing"),
            Choice::Taken(parts) => {
                self.out.push_str(", choice: Taken, parts: {");
                for (n, (part, of)) in parts.iter().enumerate() {
                    self.out.push_str(if n > 0 { ", " } else { "" });
                    push_string(&mut self.out, part.word());
                    self.out.push_str(": ");
                    push_string(&mut self.out, of);
                }
                self.out.push('}');
            }
        }
        if let Some(tag) = &decision.curated {
            self.string("curated", tag.as_str());
        }
        self.optional("reason", &decision.reason);
        self.stamp("made", decision.made.as_deref());
        self.stamp("changed", decision.changed.as_deref());
        self.unknown(&decision.unknown);
    }

    pub(super) fn suppression(&mut self, one: &Suppression) {
        self.first("rule", &one.key.rule);
        let name = match one.key.about {
            FindingSubject::Tag(_) => "tag",
            FindingSubject::Words(_) => "words",
        };
        self.string(name, one.key.about_words());
        self.optional("reason", &one.reason);
        self.stamp("made", one.made.as_deref());
        self.stamp("changed", one.changed.as_deref());
        self.unknown(&one.unknown);
    }
}
