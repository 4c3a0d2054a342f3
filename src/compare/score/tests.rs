use proptest::prelude::*;

use super::*;
use crate::model::{AnnotationId, Attribute};
use crate::text::TextSize;

const TEXT: &str = "“We do,” Anna said, “and we will.” Mayor Bo said that it rains: no.";

/// Where words are in a text.
fn ranges(text: &str, words: &[&str]) -> Vec<TextRange> {
    let range = |words: &&str| {
        let start = TextSize::of(text.split_once(words).unwrap().0);
        TextRange::at(start, TextSize::of(*words))
    };
    words.iter().map(range).collect()
}

fn with_form(form: &str) -> Attribute {
    Attribute {
        name: "form".into(),
        value: form.into(),
    }
}

/// A tag of [`TEXT`], by the words of its fragments and of its speakers.
fn tag(label: &str, words: &[&str], speakers: &[&str]) -> ScoredTag {
    ScoredTag {
        id: AnnotationId::new(words.concat()),
        label: label.into(),
        fragments: ranges(TEXT, words).into(),
        attributes: thin_vec::ThinVec::new(),
        speakers: ranges(TEXT, speakers),
    }
}

fn quote(words: &[&str], speakers: &[&str]) -> ScoredTag {
    tag("quote", words, speakers)
}

fn score(gold: &[ScoredTag], predicted: &[ScoredTag], form: Option<QuoteForm>) -> Score {
    let source = SourceText::new(TEXT, "UTF-8").unwrap();
    score_tags(&source, gold, predicted, form)
}

/// Matched, predicted and gold.
fn counts(counts: Counts) -> [usize; 3] {
    [counts.matched, counts.predicted, counts.gold]
}

fn quotes(score: &Score) -> LabelScore {
    score.labels["quote"]
}

#[test]
fn edges_are_compared_strictly_and_leniently() {
    let gold = [quote(&["“We do,”", "“and we will.”"], &[])];
    let same = [quote(&["“We do,” ", "“and we will.” "], &[])];
    let found = quotes(&score(&gold, &same, None));
    assert_eq!(counts(found.exact), [1, 1, 1]);
    let bare = [quote(&["We do", "and we will"], &[])];
    let found = quotes(&score(&gold, &bare, None));
    assert_eq!(counts(found.exact), [0, 1, 1]);
    assert_eq!(counts(found.edge), [1, 1, 1]);
    assert_eq!(counts(found.fragment), [2, 2, 2]);
    // One fragment only.
    let half = [quote(&["“and we will.”"], &[])];
    let found = quotes(&score(&gold, &half, None));
    assert_eq!(counts(found.edge), [0, 1, 1]);
    assert_eq!(counts(found.fragment), [1, 1, 2]);
    assert_eq!(counts(found.overlap), [1, 1, 1]);
    assert_eq!(counts(found.token), [3, 3, 5]);
}

#[test]
fn overlap_needs_half_of_the_words() {
    let gold = [quote(&["“and we will.”"], &[])];
    for (words, matched) in [
        ("will", 0),
        ("and we", 1),
        ("“and we will.” Mayor Bo said", 1),
        (TEXT, 0),
    ] {
        let found = quotes(&score(&gold, &[quote(&[words], &[])], None));
        assert_eq!(counts(found.overlap), [matched, 1, 1], "{words}");
    }
}

#[test]
fn each_label_is_counted_by_itself() {
    let gold = [tag("claim", &["it rains"], &[]), quote(&["“We do,”"], &[])];
    let predicted = [tag("claim", &["“We do,”"], &[]), tag("other", &["no"], &[])];
    let found = score(&gold, &predicted, None);
    let exact = found
        .labels
        .iter()
        .map(|(label, found)| (&**label, counts(found.exact)));
    let exact: Vec<_> = exact.collect();
    assert_eq!(
        exact,
        [
            ("claim", [0, 1, 1]),
            ("other", [0, 1, 0]),
            ("quote", [0, 0, 1])
        ]
    );
}

#[test]
fn speakers_and_cues_count_once_and_quotes_each_time() {
    for (label, expected) in [
        ("speaker", [1, 1, 1]),
        ("cue", [1, 1, 1]),
        ("quote", [1, 1, 2]),
    ] {
        let tag = tag(label, &["Anna"], &[]);
        let found = score(&[tag.clone(), tag.clone()], &[tag], None);
        assert_eq!(counts(found.labels[label].exact), expected, "{label}");
    }
}

#[test]
fn punctuation_alone_is_compared_by_its_place() {
    let gold = [tag("cue", &[":"], &[])];
    let found = score(&gold, &[tag("cue", &[":"], &[])], None).labels["cue"];
    assert_eq!(counts(found.token), [1, 1, 1]);
    assert_eq!(counts(found.overlap), [1, 1, 1]);
    // At its edges nothing is left to compare.
    assert_eq!(counts(found.edge), [1, 1, 1]);
    assert_eq!(counts(found.fragment), [0, 0, 0]);
    let found = score(&gold, &[tag("cue", &["."], &[])], None).labels["cue"];
    assert_eq!(counts(found.overlap), [0, 1, 1]);
    assert_eq!(counts(found.exact), [0, 1, 1]);
}

#[test]
fn a_speaker_is_right_where_its_words_meet() {
    let gold = [
        quote(&["“We do,”"], &["Anna"]),
        quote(&["it rains"], &["Mayor Bo"]),
        quote(&["no"], &[]),
    ];
    let predicted = [
        quote(&["We do"], &["Bo", "Anna"]),
        quote(&["it rains"], &["Anna"]),
        quote(&["no"], &["Bo"]),
        quote(&["and we will"], &["Anna"]),
    ];
    let found = score(&gold, &predicted, None);
    let share = |right, of| Share { right, of };
    assert_eq!(found.speakers.edge, share(1, 2));
    assert_eq!(found.speakers.overlap, share(1, 2));
    assert_eq!(counts(found.quotes_with_speaker), [1, 4, 2]);
    assert_eq!(found.left_without_speaker, share(0, 1));
    let without = score(&gold, &[quote(&["no"], &[]), quote(&["“We do"], &[])], None);
    assert_eq!(without.left_without_speaker, share(1, 1));
    assert_eq!(without.speakers.overlap, share(0, 1));
    assert_eq!(counts(without.quotes_with_speaker), [0, 0, 2]);
    // A part of the speaker is enough.
    let part = score(&gold, &[quote(&["it rains"], &["Bo"])], None);
    assert_eq!(part.speakers.edge, share(1, 1));
}

#[test]
fn segments_are_found_whatever_the_edges() {
    let gold = [
        quote(&["“We do,”", "“and we will.”"], &["Anna"]),
        quote(&["it rains"], &["Mayor Bo"]),
    ];
    let predicted = [
        quote(&["We do,” Anna said, “and"], &["Bo"]),
        quote(&["will"], &["Anna"]),
    ];
    let found = score(&gold, &predicted, None);
    // One word of three is too little, two of two are enough.
    assert_eq!(counts(found.segments), [1, 1, 2]);
    assert_eq!(counts(found.segments_with_speaker), [0, 1, 2]);
    assert_eq!(found.speakers.segment, Share { right: 0, of: 1 });
    let found = score(&gold, &[quote(&["and we"], &["Anna"])], None);
    assert_eq!(counts(found.segments), [1, 1, 2]);
    assert_eq!(counts(found.segments_with_speaker), [1, 1, 2]);
}

#[test]
fn a_form_takes_in_what_is_about_it() {
    let of_form = |form: &str, tag: ScoredTag| ScoredTag {
        attributes: thin_vec::thin_vec![with_form(form)],
        ..tag
    };
    let gold = [
        of_form("direct", quote(&["“We do,”"], &[])),
        of_form("indirect", quote(&["it rains"], &[])),
        quote(&["no"], &[]),
    ];
    let found = |words: &str, form: Option<&str>| {
        let predicted = quote(&[words], &[]);
        let predicted = match form {
            Some(form) => of_form(form, predicted),
            None => predicted,
        };
        let found = score(&gold, &[predicted], Some(QuoteForm::Direct));
        counts(quotes(&found).exact)
    };
    // Touches a direct one, whatever it is itself.
    assert_eq!(found("do", Some("indirect")), [0, 1, 1]);
    assert_eq!(found("“We do,”", None), [1, 1, 1]);
    // Of the form itself, as it says or by its marks.
    assert_eq!(found("“and we will.”", None), [0, 1, 1]);
    assert_eq!(found("Mayor", Some("direct")), [0, 1, 1]);
    // Of another form, or about a gold quote of another or no form.
    assert_eq!(found("“and we will.”", Some("mixed")), [0, 0, 1]);
    assert_eq!(found("Mayor", None), [0, 0, 1]);
    assert_eq!(found("rains", Some("direct")), [0, 0, 1]);
    assert_eq!(found("no", Some("direct")), [0, 0, 1]);
    // Segments are of all forms.
    let all = score(&gold, &gold, Some(QuoteForm::Indirect));
    assert_eq!(counts(all.segments), [1, 1, 1]);
    assert_eq!(counts(quotes(&all).exact), [1, 1, 1]);
}

#[test]
fn scores_add_up() {
    let gold = [
        quote(&["“We do,”"], &["Anna"]),
        tag("claim", &["it rains"], &[]),
    ];
    let predicted = [quote(&["We do"], &["Anna"])];
    let one = score(&gold, &predicted, None);
    let mut two = Score::default();
    two += &one;
    two += &one;
    assert_eq!(counts(two.labels["claim"].token), [0, 0, 4]);
    assert_eq!(counts(quotes(&two).edge), [2, 2, 2]);
    assert_eq!(two.speakers.segment, Share { right: 2, of: 2 });
    assert_eq!(counts(two.quotes_with_speaker), [2, 2, 2]);
    assert_eq!(counts(two.segments_with_speaker), [2, 2, 2]);
}

fn any_tags() -> impl Strategy<Value = (String, Vec<ScoredTag>)> {
    let text = prop::collection::vec("[ab_éß]{1,3}|[ .,:“”\"\n\u{301}-]|''", 1..40);
    let place = || (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let tag = (
        prop::sample::select(vec!["quote", "speaker", "cue", "claim"]),
        prop::collection::vec(place(), 1..3),
        prop::collection::vec(place(), 0..2),
        prop::option::of(prop::sample::select(vec![
            "direct", "mixed", "indirect", "x",
        ])),
    );
    (text, prop::collection::vec(tag, 0..8)).prop_map(|(parts, tags)| {
        let text = parts.concat();
        let bounds: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        let size = |at: usize| TextSize::try_from(at).unwrap();
        let range = |(a, b): &(prop::sample::Index, prop::sample::Index)| {
            let mut ends = [bounds[a.index(bounds.len())], bounds[b.index(bounds.len())]];
            ends.sort_unstable();
            TextRange::new(size(ends[0]), size(ends[1]))
        };
        let ranges = |places: &Vec<_>| {
            crate::model::Fragments::normalized(places.iter().map(range).collect())
        };
        let tags =
            tags.into_iter()
                .enumerate()
                .filter_map(|(n, (label, places, speakers, form))| {
                    Some(ScoredTag {
                        id: AnnotationId::new(n.to_string()),
                        label: label.into(),
                        fragments: ranges(&places).ok()?.as_slice().into(),
                        attributes: form.map(with_form).into_iter().collect(),
                        speakers: ranges(&speakers)
                            .map_or(Vec::new(), |ranges| ranges.as_slice().to_vec()),
                    })
                });
        let tags = tags.collect();
        (text, tags)
    })
}

proptest! {
    #[test]
    fn anything_agrees_with_itself((text, tags) in any_tags()) {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let all = score_tags(&source, &tags, &tags, None);
        let of_label = |found: &LabelScore| [found.exact, found.edge, found.fragment, found.overlap, found.token];
        let of_all = [all.segments];
        for found in all.labels.values().flat_map(of_label).chain(of_all) {
            prop_assert_eq!((found.matched, found.predicted), (found.gold, found.gold));
        }
        let spoken = all.segments_with_speaker;
        prop_assert_eq!((spoken.matched, spoken.predicted), (spoken.gold, spoken.gold));
        prop_assert_eq!(all.speakers.segment.right, all.speakers.segment.of);
        // All of a form are found, whatever else is about them.
        for form in QuoteForm::ALL {
            let of_form = score_tags(&source, &tags, &tags, Some(form));
            for found in of_form.labels.values().flat_map(of_label) {
                prop_assert_eq!(found.matched, found.gold);
            }
        }
    }

    #[test]
    fn no_more_matches_than_there_are((text, tags) in any_tags(), at in any::<prop::sample::Index>()) {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let (gold, predicted) = tags.split_at(at.index(tags.len() + 1));
        let one = score_tags(&source, gold, predicted, None);
        let other = score_tags(&source, predicted, gold, None);
        for (label, found) in &one.labels {
            let turned = other.labels[label];
            for (found, turned) in [(found.exact, turned.exact), (found.token, turned.token)] {
                prop_assert!(found.matched <= found.predicted.min(found.gold));
                prop_assert_eq!(found.matched, turned.matched);
                prop_assert_eq!(found.gold, turned.predicted);
            }
        }
        prop_assert_eq!(one.segments.matched, other.segments.matched);
    }
}
