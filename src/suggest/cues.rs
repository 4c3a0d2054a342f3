//! The words that report in a project besides those of `assets/lexicon`.

use std::collections::BTreeSet;
use std::sync::Arc;

use smol_str::SmolStr;

use super::lexicon::{
    ADVERB, AUXILIARY, CONJUNCTION, DETERMINER, POSSESSIVE, PREPOSITION, PRONOUN, REPORTING,
    REPORTS, lists_of,
};
use super::token::{Token, lowered, tokens};
use crate::model::{Annotation, AnnotationId, Document, Schema};
use crate::text::{TextRange, TextSize, sentence_at};

/// How many tags before and behind a place are looked at.
const LOOK: usize = 256;

/// Reporting verbs of a project: the `cues` that its `pullquote.ron` lists, and those tagged in the open
/// article. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cues(Option<Arc<BTreeSet<SmolStr>>>);

impl Cues {
    /// None besides those of the lexicon.
    pub const NONE: Self = Self(None);

    /// Those that a schema lists.
    #[must_use]
    pub fn of_schema(schema: &Schema) -> Self {
        Self::new(listed(schema))
    }

    /// Those that a schema lists and those tagged in a document, where a person has made or accepted the
    /// tag. Looks at every tag if the schema has a label for cues.
    #[must_use]
    pub fn of(document: &Document, schema: &Schema) -> Self {
        let mut found = listed(schema);
        if has_label(schema) {
            let tags = document.set().annotations();
            found.extend(tags.filter_map(|tag| tagged_cue(document, schema, tag)));
        }
        Self::new(found)
    }

    /// The same, of the tags near a place only.
    #[must_use]
    pub fn near(document: &Document, schema: &Schema, at: TextSize) -> Self {
        let mut found = listed(schema);
        if has_label(schema) {
            let nobody = AnnotationId::new("");
            let set = document.set();
            let before = set.before(at, at, &nobody).take(LOOK);
            let after = set.after(at, at, &nobody).take(LOOK);
            let tags = before.chain(after);
            found.extend(tags.filter_map(|tag| tagged_cue(document, schema, tag)));
        }
        Self::new(found)
    }

    fn new(words: BTreeSet<SmolStr>) -> Self {
        Self((!words.is_empty()).then(|| Arc::new(words)))
    }

    /// Whether no other words report than anywhere.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Puts the words that report here on the list of those that do anywhere.
    pub(super) fn mark(&self, tokens: &mut [Token]) {
        let Some(words) = &self.0 else {
            return;
        };
        for token in tokens.iter_mut().filter(|token| token.is_word) {
            if words.contains(&token.lower) {
                token.lists = token.lists.or(REPORTING);
            }
        }
    }
}

fn has_label(schema: &Schema) -> bool {
    schema.labels().iter().any(|label| label.reports)
}

fn listed(schema: &Schema) -> BTreeSet<SmolStr> {
    let words = schema.cues.iter().map(|word| lowered(word.trim()));
    words.filter(|word| !word.is_empty()).collect()
}

/// The verb of a tagged cue that the lexicon does not know: "floated" of "had floated". `None` for other
/// tags, for nouns ("in a statement") and for several such words.
#[must_use]
pub fn tagged_cue(document: &Document, schema: &Schema, tag: &Annotation) -> Option<SmolStr> {
    let reports = schema.label(&tag.label).is_some_and(|label| label.reports);
    if !reports || tag.is_rejected() || tag.is_open_suggestion() {
        return None;
    }
    let source = document.source();
    let cue = tag.fragments.hull();
    let sentence = sentence_at(source, cue.start())?;
    let all = tokens(source, TextRange::new(sentence.start(), cue.end()), &[]);
    let words: Vec<&Token> = all.iter().filter(|token| token.is_word).collect();
    let first = words.partition_point(|token| token.range.start() < cue.start());
    let before = first.checked_sub(1).and_then(|at| words.get(at));
    let own = words.get(first..)?;
    let helps = AUXILIARY
        .or(ADVERB)
        .or(PREPOSITION)
        .or(PRONOUN)
        .or(CONJUNCTION);
    // What an article or a preposition is before is a noun.
    let is_noun = |token: &Token| {
        let governs = DETERMINER.or(POSSESSIVE).or(PREPOSITION);
        token.is(governs) && token.lower != "that"
    };
    if before.is_some_and(|token| is_noun(token)) || own.iter().any(|token| token.is(DETERMINER)) {
        return None;
    }
    let mut verbs = own
        .iter()
        .filter(|token| !token.is(helps) && !token.is_adverb());
    let verb = verbs.next().filter(|_| verbs.next().is_none())?;
    let is_word = verb.lower.chars().all(char::is_alphabetic) && verb.lower.chars().count() > 2;
    (is_word && !verb.is_capital() && !lists_of(&verb.lower).meets(REPORTS))
        .then(|| verb.lower.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Fragments, LabelKind, Origin, RoleKind, Verdict};
    use crate::suggest::{
        CandidateTarget, ParagraphCache, candidates, natural_unit, proposals_with,
    };
    use crate::text::SourceText;

    const TEXT: &str = "The mayor floated that the bridge should close. Ann Lee floated that a tunnel \
                        would be cheaper.";

    fn schema(cues: &[&str]) -> Schema {
        let label = |key: &str, letter: char| LabelKind {
            key: key.into(),
            name: key.into(),
            plural: key.into(),
            letter,
            color: "grey".into(),
            speaks: key == "quote",
            mentions: key == "speaker",
            reports: key == "cue",
            was: Vec::new(),
        };
        let labels = vec![
            label("quote", 'Q'),
            label("speaker", 'S'),
            label("cue", 'U'),
        ];
        let role = RoleKind {
            key: "speaker".into(),
            name: "Speaker".into(),
            from: vec!["quote".into()],
            to: vec!["speaker".into()],
            people: false,
        };
        let mut schema = Schema::new(labels, vec![role], Vec::new()).unwrap();
        schema.cues = cues.iter().map(|&word| word.into()).collect();
        schema
    }

    fn document(text: &str) -> Document {
        Document::new(SourceText::new(text, "UTF-8").unwrap())
    }

    fn range(text: &str, words: &str) -> TextRange {
        let start = TextSize::try_from(text.find(words).unwrap()).unwrap();
        TextRange::at(start, TextSize::of(words))
    }

    fn cue(text: &str, words: &str) -> Annotation {
        let fragments = Fragments::try_from(range(text, words)).unwrap();
        Annotation::new("cue", "cue", fragments, Origin::Annotator("maria".into()))
    }

    fn with_cue(text: &str, tag: Annotation) -> Document {
        let mut document = document(text);
        document.parts_mut().set.insert_annotation(tag);
        document
    }

    fn proposed(document: &Document, cues: &Cues) -> Vec<(String, String)> {
        let source = document.source();
        let words = |range: TextRange| source.slice(range).to_owned();
        let all = proposals_with(&ParagraphCache::new(source), cues).into_iter();
        let likely = all.filter(|one| one.confidence >= one.usual_confidence);
        likely
            .map(|one| {
                let quote = one.fragments.iter().map(|part| words(*part)).collect();
                (quote, one.speaker.map(words).unwrap_or_default())
            })
            .collect()
    }

    #[test]
    fn words_of_the_schema_report_in_suggestions_q_and_speakers() {
        let (plain, own) = (schema(&[]), schema(&["Floated"]));
        let document = document(TEXT);
        assert_eq!(Cues::of(&document, &plain), Cues::NONE);
        assert_eq!(proposed(&document, &Cues::NONE), []);
        let found = proposed(&document, &Cues::of(&document, &own));
        let first = ("that the bridge should close", "The mayor");
        assert_eq!(
            found.first().unwrap(),
            &(first.0.to_owned(), first.1.to_owned())
        );
        assert_eq!(found.len(), 2);
        let at = range(TEXT, "bridge").start();
        let unit = |schema: &Schema| {
            let unit = natural_unit(&document, schema, "quote", at).unwrap();
            document.source().slice(unit)
        };
        assert_eq!(unit(&own), first.0);
        assert_ne!(unit(&plain), first.0);
        let quote = range(TEXT, "that a tunnel would be cheaper");
        let offered = candidates(&document, &own, &[quote], "quote");
        let speaker = CandidateTarget::Untagged(range(TEXT, "Ann Lee"));
        assert_eq!(offered.first().unwrap().target, speaker);
    }

    #[test]
    fn a_tagged_cue_reports_in_its_whole_article() {
        let schema = schema(&[]);
        let tagged = with_cue(TEXT, cue(TEXT, "floated"));
        let cues = Cues::of(&tagged, &schema);
        assert_eq!(proposed(&tagged, &cues).len(), 2);
        assert_eq!(Cues::near(&tagged, &schema, 70.into()), cues);
        let mut rejected = cue(TEXT, "floated");
        rejected.verdict = Verdict::Rejected;
        let rejected = with_cue(TEXT, rejected);
        assert_eq!(Cues::of(&rejected, &schema), Cues::NONE);
        let mut open = cue(TEXT, "floated");
        open.origin = Origin::Suggester("model".into());
        open.verdict = Verdict::Open;
        assert_eq!(Cues::of(&with_cue(TEXT, open), &schema), Cues::NONE);
    }

    #[test]
    fn of_a_tagged_cue_the_verb_counts_and_no_noun() {
        let schema = schema(&[]);
        for (text, words, expected) in [
            (
                "Lee has long floated a plan.",
                "has long floated",
                Some("floated"),
            ),
            ("Lee floated a plan.", "floated", Some("floated")),
            ("Lee said no.", "said", None),
            ("According to Lee, no.", "According to", None),
            ("Lee agreed in a memo.", "in a memo", None),
            ("The memo calls it wrong.", "memo", None),
        ] {
            let document = document(text);
            let found = tagged_cue(&document, &schema, &cue(text, words));
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
