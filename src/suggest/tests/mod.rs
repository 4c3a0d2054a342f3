//! The rules together: the sample, sentences of other kinds, any text at all.

mod german;
mod no_speaker;
mod offered_speakers;
mod passages;
mod sample;
mod split_quotes;
mod units;

use super::*;
use crate::model::{
    Annotation, AnnotationId, Document, Fragments, LabelKind, Link, LinkId, Origin, Person,
    PersonId, Review, RoleKind, Schema, Target,
};
use crate::text::{
    SourceText, TextRange, TextSize, next_word, paragraph_at, snap_to_graphemes, word_at,
};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../../../seeds/us-russia-relations.txt");

fn schema() -> Schema {
    let label = |key: &str, letter, speaks, mentions, reports| LabelKind {
        key: key.into(),
        name: key.into(),
        plural: key.into(),
        letter,
        color: "grey".into(),
        speaks,
        mentions,
        reports,
        was: Vec::new(),
    };
    Schema::new(
        vec![
            label("quote", 'Q', true, false, false),
            label("speaker", 'S', false, true, false),
            label("claim", 'C', true, false, false),
            label("cue", 'U', false, false, true),
            label("topic", 'T', false, false, false),
        ],
        vec![RoleKind {
            key: "speaker".into(),
            name: "Speaker".into(),
            from: vec!["quote".into(), "claim".into()],
            to: vec!["speaker".into()],
            people: true,
        }],
        vec![],
    )
    .unwrap()
}

fn document(text: &str) -> Document {
    Document::new(SourceText::new(text, "UTF-8").unwrap())
}

/// The place of the caret `|` in `marked`, a piece of the text that occurs once without it.
fn caret(document: &Document, marked: &str) -> TextSize {
    let (before, after) = marked.split_once('|').unwrap();
    let piece = format!("{before}{after}");
    let text = document.source().as_str();
    let at = text
        .find(&piece)
        .unwrap_or_else(|| panic!("{piece:?} is not there"));
    assert_eq!(text.rfind(&piece), Some(at), "{piece:?} is there twice");
    TextSize::try_from(at + before.len()).unwrap()
}

fn range(document: &Document, words: &str) -> TextRange {
    let at = document.source().as_str().find(words).unwrap();
    TextRange::at(TextSize::try_from(at).unwrap(), TextSize::of(words))
}

fn unit<'a>(document: &'a Document, label: &str, at: TextSize) -> &'a str {
    let unit = natural_unit(document, &schema(), label, at).unwrap();
    document.source().slice(unit)
}

fn speakers(document: &Document, from: &[TextRange], label: &str) -> Vec<String> {
    let found = candidates(document, &schema(), from, label);
    found.into_iter().map(|candidate| candidate.words).collect()
}

fn tag(document: &mut Document, id: &str, label: &str, words: &str) -> AnnotationId {
    let fragments = Fragments::try_from(range(document, words)).unwrap();
    let id = AnnotationId::new(id);
    document.parts_mut().set.insert_annotation(Annotation::new(
        id.clone(),
        label,
        fragments,
        Origin::Annotator("".into()),
    ));
    id
}

fn person(document: &mut Document, id: &str, name: &str, aliases: &[&str]) -> PersonId {
    let id = PersonId::new(id);
    document.parts_mut().set.insert_person(Person {
        aliases: aliases.iter().map(|&alias| alias.into()).collect(),
        ..Person::new(id.clone(), name)
    });
    id
}

#[test]
fn speakers_are_found_in_sentences_of_many_kinds() {
    for (text, quote, speaker) in [
        (
            "“We won,” said Ann Lee, head of the union.",
            "“We won,”",
            "Ann Lee",
        ),
        ("“Why now?” Lee asked. Others left.", "“Why now?”", "Lee"),
        (
            "Ann Lee, director of the Center for Peace in Bonn, said it was over.",
            "it was over",
            "Ann Lee",
        ),
        (
            "Prices will rise, according to the central bank.",
            "Prices will rise",
            "the central bank",
        ),
        (
            "According to Lee, prices will rise.",
            "prices will rise",
            "Lee",
        ),
        (
            "We have learned that according to Lee, prices will rise.",
            "prices will rise",
            "Lee",
        ),
        (
            "A spokesman for the State Department told reporters on Monday that talks failed.",
            "that talks failed",
            "A spokesman for the State Department",
        ),
        (
            "The 14-year-old said she was scared.",
            "she was scared",
            "The 14-year-old",
        ),
        (
            "“It is bad. It is worse,” they said.",
            "“It is bad. It is worse,”",
            "they",
        ),
        ("Lee was not amused: “Go away.”", "“Go away.”", "Lee"),
        (
            "Lee spoke first.\n\n“We won,” he said.\n\n“We will win again.”",
            "“We will win again.”",
            "he",
        ),
        (
            "“Taxes rose,” Lee, who was in Bonn on Monday, said.",
            "“Taxes rose,”",
            "Lee",
        ),
        (
            "Lee on Monday announced that he would go.",
            "that he would go",
            "Lee",
        ),
        (
            "Six in 10 said they would stay.",
            "they would stay",
            "Six in 10",
        ),
    ] {
        let document = document(text);
        let from = range(&document, quote);
        let found = speakers(&document, &[from], "quote");
        assert_eq!(found.first().map(String::as_str), Some(speaker), "{text}");
    }
}

/// The candidates for a quote that is not tagged.
fn speakers_of(text: &str, quote: &str) -> Vec<String> {
    let document = document(text);
    let from = range(&document, quote);
    speakers(&document, &[from], "quote")
}

#[test]
fn who_speaks_only_in_what_a_later_sentence_reports_is_no_candidate() {
    let text = "The party met Ann Lee in Bonn. It believes that the plan is dead. Roe noted that he \
                thinks the talks go on.";
    let found = speakers_of(text, "that the plan is dead");
    assert_eq!(found[0], "It");
    assert!(!found.contains(&"he".to_owned()), "{found:?}");
    let text =
        "Ann Lee left. The plan is said to be dead. Roe noted that he thinks the talks go on.";
    let found = speakers_of(text, "The plan is said to be dead");
    assert!(!found.contains(&"he".to_owned()), "{found:?}");
}

#[test]
fn nobody_speaks_from_inside_their_own_words() {
    for (text, quote) in [
        (
            "“we never saw it coming,” was heard.",
            "“we never saw it coming,”",
        ),
        (
            "“I told Lee that we lost,” was heard.",
            "“I told Lee that we lost,”",
        ),
        ("“My team won.”", "“My team won.”"),
    ] {
        assert_eq!(speakers_of(text, quote), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_reporting_clause_in_what_was_said_has_its_speaker() {
    let text = "Roe left. In Bonn, Lee said that the deal is dead. Talks ended amid Roe claims that Lee left.";
    for (words, speaker) in [
        ("In Bonn, Lee said that the deal is dead", Some("Lee")),
        ("Lee said that the deal is dead", Some("Lee")),
        ("the deal is dead", Some("Lee")),
        ("Talks ended amid Roe claims that Lee left", Some("Lee")),
    ] {
        let found = speakers_of(text, words);
        assert_eq!(found.first().map(String::as_str), speaker, "{words}");
    }
}

#[test]
fn places_are_candidates_where_they_report() {
    let text = "OSLO (Wire) – Ann Lee told Wire that talks with North Korea and the US failed. “We \
                go on,” Lee said.";
    let found = speakers_of(text, "“We go on,”");
    assert_eq!(found, ["Lee"]);
    let text = "“Nothing changed.” That was the word in North Korea and New York.";
    assert_eq!(
        speakers_of(text, "“Nothing changed.”"),
        Vec::<String>::new()
    );
    let text = "North Korea denied that it fired. “Nothing changed.” They left North Korea.";
    let found = speakers_of(text, "“Nothing changed.”");
    assert_eq!(found[0], "North Korea");
}

#[test]
fn a_mention_that_is_tagged_comes_as_its_tag_and_once() {
    let mut document = document(SAMPLE);
    let first = tag(
        &mut document,
        "a1",
        "speaker",
        "Secretary of State Rex Tillerson",
    );
    let second = tag(&mut document, "a2", "speaker", "Tillerson said on Tuesday");
    let quote = range(&document, sample::QUOTES[1].1);
    let found = candidates(&document, &schema(), &[quote], "quote");
    assert_eq!(found[0].target, CandidateTarget::Tagged(second));
    assert_eq!(found[1].target, CandidateTarget::Tagged(first));
    let again = |other: &Candidate| other.words.contains("Tillerson");
    assert!(!found[2..].iter().any(again));
}

#[test]
fn tagged_speakers_come_nearest_first_and_each_name_once() {
    let mut document = document("Lee met Roe. Roe met Poe.\n\n“Well.”\n\nDoe left.");
    for (id, words) in [
        ("a1", "Lee"),
        ("a2", "Roe"),
        ("a3", "Roe met Poe"),
        ("a4", "Doe"),
    ] {
        tag(&mut document, id, "speaker", words);
    }
    tag(&mut document, "a5", "topic", "left");
    let mut rejected = document.set().annotation(&"a4".into()).unwrap().clone();
    rejected.id = "a6".into();
    rejected.review = Review::Rejected;
    document.parts_mut().set.insert_annotation(rejected);
    let quote = range(&document, "“Well.”");
    assert_eq!(
        speakers(&document, &[quote], "quote"),
        ["Doe", "Roe met Poe", "Roe", "Lee"]
    );
    assert!(speakers(&document, &[quote], "topic").is_empty());
}

#[test]
fn people_of_the_roster_come_last_unless_they_are_there_already() {
    let mut document = document("“We won,” Lee said.");
    person(&mut document, "p1", "Ann Lee", &[]);
    let roe = person(&mut document, "p2", "Bo Roe", &["the mayor"]);
    let quote = range(&document, "“We won,”");
    let found = candidates(&document, &schema(), &[quote], "quote");
    let lee = CandidateTarget::Untagged(range(&document, "Lee"));
    let targets: Vec<_> = found
        .into_iter()
        .map(|candidate| candidate.target)
        .collect();
    assert_eq!(targets, [lee, CandidateTarget::Person(roe.clone())]);
    assert_eq!(
        known_person(&document, "Mayor Roe", 0.into()),
        Some(roe.clone())
    );
    assert_eq!(known_person(&document, "the mayor", 0.into()), Some(roe));
    assert_eq!(known_person(&document, "he", 0.into()), None);
    person(&mut document, "p3", "Tim Lee", &[]);
    assert_eq!(known_person(&document, "Lee", 0.into()), None);
}

#[test]
fn a_claim_in_a_quote_has_the_speaker_of_the_quote() {
    let mut document = document("“We won. It was hard.”\n\nLee said it was easy. Roe left.");
    let quote = tag(&mut document, "a1", "quote", "“We won. It was hard.”");
    let roe = tag(&mut document, "a2", "speaker", "Roe");
    document.parts_mut().set.insert_link(Link::new(
        LinkId::new("l1"),
        "speaker",
        quote,
        Target::Annotation(roe.clone()),
        Origin::Annotator("".into()),
    ));
    let claim = range(&document, "It was hard");
    let found = candidates(&document, &schema(), &[claim], "claim");
    assert_eq!(found[0].target, CandidateTarget::Tagged(roe));
}

#[test]
fn names_nearby_may_stand_behind_a_pronoun_that_is_offered_once() {
    let document = document(
        "Mary Lee left.\nPeter Smith, a lawyer, met Ann Brown and Carl Brown in the hall. He said he had \
         warned them. “I am tired,” he added.",
    );
    let quote = range(&document, "“I am tired,”");
    let found = candidates(&document, &schema(), &[quote], "quote");
    let words: Vec<&str> = found.iter().map(|candidate| &*candidate.words).collect();
    assert_eq!(
        words,
        ["he", "Carl Brown", "Ann Brown", "Peter Smith", "Mary Lee"]
    );
}

#[test]
fn people_come_before_bodies_things_and_pronouns() {
    let headline = "Roe: Berg’s ‘Careless Words’ Ruining Party’s Chance to Win Bonn.";
    let text = format!(
        "{headline}\n\nOn Monday in Bonn, mayoral candidate Sen. Karl Roe called out his rival Anna \
         Berg at the Grand Mosque for the delay, which he believes will make it hard to win."
    );
    let found = speakers_of(&text, "will make it hard to win");
    assert_eq!(found, ["he", "candidate Sen. Karl Roe", "Anna Berg"]);
    let text = "The scene was calm. You know Ann Lee met the mayor. One said so. “We go on.”";
    let found = speakers_of(text, "“We go on.”");
    for wrong in ["You", "One", "The scene"] {
        assert!(!found.contains(&wrong.to_owned()), "{found:?}");
    }
}

#[test]
fn never_more_than_six_candidates() {
    let mut document = document("“Well.” A B C D E F G H I");
    for n in 0..9 {
        person(
            &mut document,
            &format!("p{n}"),
            &format!("Person Nr{n}"),
            &[],
        );
    }
    let quote = range(&document, "“Well.”");
    assert_eq!(candidates(&document, &schema(), &[quote], "quote").len(), 6);
}

#[test]
fn the_form_of_a_quote_follows_its_marks() {
    let document = document("“I go,” he said. “Now.” He said that it was “bad” and over. It is.");
    let form = |parts: &[&str]| {
        let ranges: Vec<TextRange> = parts.iter().map(|words| range(&document, words)).collect();
        quote_form(document.source(), &ranges)
    };
    assert_eq!(form(&["“I go,”", "“Now.”"]), "direct");
    assert_eq!(form(&["I go"]), "direct");
    assert_eq!(form(&["that it was “bad” and over"]), "mixed");
    assert_eq!(form(&["“I go,”", "It is."]), "mixed");
    assert_eq!(form(&["It is."]), "indirect");
}

#[test]
fn the_selection_grows_and_shrinks_through_units() {
    let document = document(SAMPLE);
    let source = document.source();
    let at = caret(&document, "but we do |need");
    let mut steps = vec![TextRange::empty(at)];
    while let Some(next) = grow(source, steps[steps.len() - 1]) {
        steps.push(next);
    }
    let words: Vec<&str> = steps.iter().map(|step| source.slice(*step)).collect();
    assert_eq!(
        words[1..4],
        [
            "need",
            "we do need Russia’s support",
            "\"They’ve voiced their view of how effective they think those may be, but we do need Russia’s support.\"",
        ]
    );
    assert_eq!(steps[steps.len() - 1], paragraph_at(source, at));
    for pair in steps.windows(2).skip(1) {
        assert_eq!(shrink(source, pair[1], at), Some(pair[0]));
    }
}

#[test]
fn reports_name_verb_subject_and_content() {
    let document = document(
        "He has repeatedly denied that he knew. Lee, Roe says, is ill. It was called off by the US state.",
    );
    let source = document.source();
    let words = |range: Option<TextRange>| range.map(|range| source.slice(range));
    let found: Vec<_> = reporting_clauses(
        source,
        range(&document, "He has repeatedly denied that he knew."),
    )
    .into_iter()
    .map(|clause| {
        (
            source.slice(clause.verb),
            words(clause.subject),
            words(clause.content),
        )
    })
    .collect();
    assert_eq!(
        found[0],
        ("has repeatedly denied", Some("He"), Some("that he knew"))
    );
    let none = reporting_clauses(
        source,
        range(&document, "It was called off by the US state."),
    );
    assert!(
        none.iter()
            .all(|clause| source.slice(clause.verb) != "state")
    );
}

proptest! {
    #[test]
    fn any_text_gives_units_on_grapheme_boundaries(
        text in "(?s).{0,60}|(he|Lee|said|says|that|according|to|the|and|\\.|,|“|”|\"|'|-|[ \u{301}\n🇩🇪]){0,40}",
        place in any::<prop::sample::Index>(),
    ) {
        let document = document(&text);
        let source = document.source();
        let at = TextSize::try_from(place.index(text.len() + 2)).unwrap();
        let whole = |range| snap_to_graphemes(source, range) == range;
        for label in ["quote", "speaker", "claim", "cue", "topic", "unknown"] {
            if let Some(unit) = natural_unit(&document, &schema(), label, at) {
                prop_assert!(whole(unit) && !unit.is_empty());
                let found = candidates(&document, &schema(), &[unit], label);
                prop_assert!(found.len() <= 6);
                for (n, candidate) in found.iter().enumerate() {
                    if let CandidateTarget::Untagged(range) = candidate.target {
                        prop_assert!(whole(range) && !range.is_empty());
                    }
                    prop_assert!(found[..n].iter().all(|other| other.target != candidate.target));
                }
                prop_assert!(["direct", "indirect", "mixed"].contains(&quote_form(source, &[unit])));
            }
        }
        let caret = snap_to_graphemes(source, TextRange::empty(at.min(source.len()))).start();
        let mut range = TextRange::empty(caret);
        while let Some(next) = grow(source, range) {
            prop_assert!(whole(next) && next.contains_range(range) && next.len() > range.len());
            let back = shrink(source, next, caret);
            prop_assert!(back.is_none_or(|back| next.contains_range(back) && back.len() < next.len()));
            prop_assert!(range.is_empty() || back.is_some());
            range = next;
        }
        prop_assert!(range.is_empty() || range == paragraph_at(source, caret));
    }

    #[test]
    fn every_word_of_the_sample_can_be_tagged(place in any::<prop::sample::Index>()) {
        let document = document(SAMPLE);
        let last = SAMPLE.rfind("do.").unwrap();
        let at = TextSize::try_from(place.index(last + 1)).unwrap();
        let end = next_word(document.source(), at);
        prop_assert!(word_at(document.source(), end).is_some());
        for label in ["quote", "speaker", "claim", "cue", "topic"] {
            // No mark and no verb is a speaker.
            let Some(unit) = natural_unit(&document, &schema(), label, end) else {
                prop_assert_eq!(label, "speaker");
                continue;
            };
            let close = !matches!(label, "speaker" | "topic") || unit.contains_inclusive(end);
            prop_assert!(close, "{label} at {end:?}: {unit:?}");
        }
    }
}
