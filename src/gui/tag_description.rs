//! A tag, its speaker and what a link points to, in words.

use crate::edit::person_name;
use crate::model::{Annotation, Authorship, Link, Review, Target};
use crate::ops::{OpenDocument, described_speaker};
use crate::suggest::{MentionKind, ParagraphCache, is_first_name_of, known_person, mention_kind};
use crate::text::TextRange;

/// Characters of a mention that are looked at for a name.
const LONGEST_NAME: usize = 240;

/// The words of a tag as they are in the article, its parts joined by an ellipsis.
pub(crate) fn tag_description(open: &OpenDocument, tag: &Annotation) -> String {
    let (words, _) = tag.fragments.excerpt(open.document().source(), 240);
    words.replace(['\n', '\r', '\t'], " ")
}

/// The speaker or person of a tag, in words; empty for a label without speakers.
pub(crate) fn speaker_words(open: &OpenDocument, tag: &Annotation) -> String {
    let (set, schema) = (&open.shown().set(), open.schema());
    if schema.mentions(&tag.label) {
        return tag
            .person
            .as_ref()
            .and_then(|id| set.person(id))
            .map_or_else(String::new, |person| person.name.clone());
    }
    let Some(role) = schema.speaker_role(&tag.label) else {
        return String::new();
    };
    let names: Vec<String> = set
        .links_from(&tag.id)
        .filter(|link| link.role == role.key)
        .map(|link| {
            let name = linked_name(open, link);
            if link.confirmed {
                name
            } else {
                format!("{name}?")
            }
        })
        .collect();
    if names.is_empty() {
        "no speaker yet".to_owned()
    } else {
        names.join(", ")
    }
}

/// What a link points to, in words: for a mention that is only proposed, the name it gets once it is
/// confirmed.
pub(crate) fn linked_name(open: &OpenDocument, link: &Link) -> String {
    let set = &open.shown().set();
    let name = target_name(open, &link.to);
    if let Target::Annotation(id) = &link.to
        && let Some(mention) = set.annotation(id).filter(|tag| tag.person.is_none())
    {
        let range = mention.fragments.hull();
        if !link.confirmed {
            return proposed_name(open, range);
        }
        return with_whom_it_means(open, range, name);
    }
    name
}

/// A pronoun with the description of whom it most likely means, "he → the old man", where that has no
/// name. Other words as they are.
fn with_whom_it_means(open: &OpenDocument, range: TextRange, words: String) -> String {
    let Some(meant) = described_speaker(open.shown(), open.schema(), range) else {
        return words;
    };
    let meant: String = open
        .document()
        .source()
        .slice(meant)
        .chars()
        .take(LONGEST_NAME)
        .collect();
    let meant = without_description(&meant)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    // The article of a sentence's first word.
    let meant = match meant.split_once(' ') {
        Some((article @ ("The" | "A" | "An"), noun)) => {
            format!("{} {noun}", article.to_lowercase())
        }
        Some(_) | None => meant,
    };
    format!("{words} → {meant}")
}

/// What the words at a place (bytes) are called as a speaker: the name of the person they name, as
/// the article has it in full, else the words.
pub(crate) fn proposed_name(open: &OpenDocument, range: TextRange) -> String {
    let source = open.document().source();
    let words: String = source.slice(range).chars().take(LONGEST_NAME).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = known_person(open.document(), &words, range.start());
    let known = known.and_then(|id| open.shown().set().person(&id));
    // Someone called by the first name alone gets the whole one.
    if let Some(person) = known.filter(|person| !is_first_name_of(&person.name, &words)) {
        return person.name.clone();
    }
    let name = person_name(&ParagraphCache::new(source), &words, range.start());
    if name.is_empty() {
        with_whom_it_means(open, range, words)
    } else {
        name
    }
}

/// What a link points to, in words.
pub(crate) fn target_name(open: &OpenDocument, to: &Target) -> String {
    let set = &open.shown().set();
    if let Some(person) = set.person_behind(to) {
        return person.name.clone();
    }
    match to {
        Target::Annotation(id) => set.annotation(id).map_or_else(
            || "a deleted tag".to_owned(),
            |tag| without_description(&tag_description(open, tag)).to_owned(),
        ),
        Target::Person(_) => "an unknown person".to_owned(),
        Target::NotGiven => "no speaker given".to_owned(),
    }
}

/// A name without what says who that is: "Ann Lee" for "Ann Lee, director of the institute".
fn without_description(words: &str) -> &str {
    let Some((name, _)) = words.split_once(',') else {
        return words;
    };
    match mention_kind(name) {
        MentionKind::Named if !name.is_empty() => name.trim_end(),
        MentionKind::Named | MentionKind::Pronoun | MentionKind::Description => words,
    }
}

/// With a capital at the start.
pub(crate) fn capitalize(words: &str) -> String {
    let mut chars = words.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Who made a tag, changed it last and decided about it, and when; `None` where nothing is recorded.
pub(crate) fn authorship_words(tag: &Annotation) -> Option<String> {
    let said =
        |verb: &str, by: &Option<Box<Authorship>>| by.as_ref().map(|by| authorship(verb, by));
    let parts = [
        said("tagged", &tag.made),
        said("changed", &tag.changed),
        said(verdict(tag.review), &tag.decided),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// What was decided about a tag.
fn verdict(review: Review) -> &'static str {
    match review {
        Review::Unreviewed => "decided",
        Review::Accepted => "accepted",
        Review::Rejected => "rejected",
        Review::Unsure => "marked unsure",
    }
}

/// "tagged by maria on 2026-11-28 10:00".
fn authorship(verb: &str, by: &Authorship) -> String {
    let mut words = verb.to_owned();
    if !by.by.is_empty() {
        words += &format!(" by {}", by.by);
    }
    if let Some(at) = by.at {
        let local = at.to_zoned_datetime(jiff::tz::TimeZone::system());
        words += &format!(" on {}", local.strftime("%Y-%m-%d %H:%M"));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::without_description;

    #[test]
    fn who_somebody_is_belongs_to_no_name() {
        for (words, name) in [
            ("Ann Lee, director of the Institute in Rome,", "Ann Lee"),
            ("Ann Lee", "Ann Lee"),
            ("a man, who fled", "a man, who fled"),
            ("", ""),
        ] {
            assert_eq!(without_description(words), name);
        }
    }
}
