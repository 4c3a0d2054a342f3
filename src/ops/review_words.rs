//! What a reviewer says, in words.

use crate::model::{PeerReview, ProposedChange, ProposedSpeaker, Review, Schema};
use crate::text::wording::{one_line, quoted};

/// What should change: "label: claim", "words: “We do not”", "speaker: Dubois"; nothing for no change.
#[must_use]
pub fn change_words(schema: &Schema, change: &ProposedChange) -> Vec<String> {
    let mut all = Vec::new();
    if change.remove {
        all.push("remove the tag".to_owned());
    }
    if let Some(label) = &change.label {
        let known = schema.label(label);
        let name = known.map_or(label.as_str(), |known| known.name.as_str());
        all.push(format!("label: {name}"));
    }
    if !change.at.is_empty() {
        let words = change.at.iter().map(|range| one_line(&range.words));
        let words: Vec<String> = words.collect();
        all.push(format!("words: {}", quoted(&words.join(" … "), '“', '”')));
    }
    match &change.speaker {
        None => {}
        Some(ProposedSpeaker::Named(name)) => all.push(format!("speaker: {name}")),
        Some(ProposedSpeaker::Words(range)) => {
            let words = quoted(&one_line(&range.words), '“', '”');
            all.push(format!("speaker: {words} in the text"));
        }
        Some(ProposedSpeaker::NotGiven) => all.push("speaker: none given".to_owned()),
    }
    for attribute in &change.attributes {
        let value = match attribute.value.as_str() {
            "" => "none",
            value => value,
        };
        all.push(format!("{}: {value}", attribute.name));
    }
    all
}

/// What should change, as [`change_words`]; of a proposed tag, what is to be said besides its label and words.
#[must_use]
pub fn proposal_words(schema: &Schema, review: &PeerReview) -> Vec<String> {
    if !review.proposes_tag() {
        return change_words(schema, &review.change);
    }
    let more = ProposedChange {
        label: None,
        at: Vec::new(),
        ..review.change.clone()
    };
    change_words(schema, &more)
}

/// A proposed tag: "Quote: He knew."; `None` where none is proposed.
#[must_use]
pub fn proposed_tag_words(schema: &Schema, review: &PeerReview) -> Option<String> {
    let label = review
        .change
        .label
        .as_ref()
        .filter(|_| review.proposes_tag())?;
    let known = schema.label(label);
    let name = known.map_or(label.as_str(), |known| known.name.as_str());
    let words = review.change.at.iter().map(|range| one_line(&range.words));
    let words: Vec<String> = words.collect();
    Some(format!("{name}: {}", words.join(" … ")))
}

/// What a reviewer says about a tag: "wrong: label: Claim (no marks)", "missing: Quote: He knew.".
#[must_use]
pub fn review_words(schema: &Schema, review: &PeerReview) -> String {
    let mut words = match review.key.is_whole() {
        true => "about all the tags".to_owned(),
        false => said_word(review).to_owned(),
    };
    let mut change = proposal_words(schema, review);
    if let Some(tag) = proposed_tag_words(schema, review) {
        change.insert(0, tag);
    }
    if !change.is_empty() {
        words += &format!(": {}", change.join(", "));
    }
    let last = review.replies.last().map(|reply| reply.text.as_str());
    let said = Some(review.reason.as_str()).filter(|reason| !reason.is_empty());
    if let Some(said) = said.or(last) {
        words += &format!(" ({})", one_line(said));
    }
    words
}

/// What is said about a tag of somebody else, in a word or two.
#[must_use]
pub fn said_word(review: &PeerReview) -> &'static str {
    match (review.proposes_tag(), review.verdict) {
        (true, Review::Unsure) => "perhaps missing",
        (true, Review::Unreviewed | Review::Accepted | Review::Rejected) => "missing",
        (false, verdict) => verdict_words(verdict),
    }
}

/// A verdict on somebody else's tag, in words.
#[must_use]
pub fn verdict_words(verdict: Review) -> &'static str {
    match verdict {
        Review::Unreviewed => "not reviewed",
        Review::Accepted => "accepted",
        Review::Rejected => "wrong",
        Review::Unsure => "unsure",
    }
}
