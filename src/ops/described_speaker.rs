//! Whom a pronoun means where nobody is named.

use crate::model::{AnnotationId, Document, PersonKind, Schema};
use crate::suggest::{MentionKind, ParagraphCache, described_person, may_mean, mention_kind};
use crate::text::TextRange;

/// How many tags before a pronoun are looked at, and how many bytes.
const LOOK: usize = 16;
const NEAR: u32 = 1000;

/// The description of the person whom the pronoun at `pronoun` (bytes) most likely means, "the old man":
/// of the text, or of the speaker tagged last before it. `None` for other words, where that speaker has a
/// name, and where the text names somebody as near.
#[must_use]
pub fn described_speaker(
    document: &Document,
    schema: &Schema,
    pronoun: TextRange,
) -> Option<TextRange> {
    let (set, source) = (document.set(), document.source());
    if mention_kind(source.slice(pronoun)) != MentionKind::Pronoun {
        return None;
    }
    let nobody = AnnotationId::new("");
    let before = set
        .before(pronoun.start(), pronoun.start(), &nobody)
        .take(LOOK);
    let mut speakers = before.filter(|tag| {
        schema.mentions(&tag.label) && !tag.is_rejected() && !tag.is_open_suggestion()
    });
    let last = speakers.find(|tag| {
        let hull = tag.fragments.hull();
        let apart = u32::from(pronoun.start()).saturating_sub(hull.end().into());
        let words = source.slice(hull);
        let person = tag.person.as_ref().and_then(|id| set.person(id));
        let may_be = match mention_kind(words) {
            MentionKind::Pronoun => false,
            MentionKind::Description => person.is_some() || may_mean(source, pronoun, words),
            MentionKind::Named => person.is_none_or(|person| person.kind == PersonKind::Person),
        };
        apart <= NEAR && may_be
    });
    let described = described_person(&ParagraphCache::new(source), pronoun);
    match (last, described) {
        // Spoken of after that speaker.
        (Some(tag), Some(range)) if range.start() >= tag.fragments.start() => Some(range),
        (None, described) => described,
        (Some(tag), _) => {
            let hull = tag.fragments.hull();
            let is_described = mention_kind(source.slice(hull)) == MentionKind::Description;
            (tag.person.is_none() && is_described).then_some(hull)
        }
    }
}
