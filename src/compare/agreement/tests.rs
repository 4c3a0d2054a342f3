use super::*;
use crate::compare::ScoredTag;
use crate::model::{AnnotationId, Attribute};
use crate::text::{SourceText, TextRange};

/// Ten words of two letters.
const TEXT: &str = "aa bb cc dd ee ff gg hh ii jj";

/// Words from one to before another, as a range of [`TEXT`].
fn words(first: u32, end: u32) -> TextRange {
    TextRange::new((3 * first).into(), (3 * end - 1).into())
}

fn tag(label: &str, fragments: &[(u32, u32)]) -> ScoredTag {
    ScoredTag {
        id: AnnotationId::new(format!("{label}{fragments:?}")),
        label: label.into(),
        fragments: fragments
            .iter()
            .map(|(first, end)| words(*first, *end))
            .collect(),
        attributes: thin_vec::ThinVec::new(),
        speakers: Vec::new(),
    }
}

fn quote(fragments: &[(u32, u32)]) -> ScoredTag {
    tag("quote", fragments)
}

fn with_form(value: &str, tag: ScoredTag) -> ScoredTag {
    let form = Attribute {
        name: "form".into(),
        value: value.into(),
    };
    ScoredTag {
        attributes: thin_vec::thin_vec![form],
        ..tag
    }
}

fn said_by(speakers: &[(u32, u32)], tag: ScoredTag) -> ScoredTag {
    ScoredTag {
        speakers: speakers
            .iter()
            .map(|(first, end)| words(*first, *end))
            .collect(),
        ..tag
    }
}

fn text(id: &str, people: &[(&str, &[ScoredTag])]) -> AnnotatedText {
    let people = people
        .iter()
        .map(|(name, tags)| ((*name).into(), tags.to_vec()));
    AnnotatedText {
        id: id.to_owned(),
        source: SourceText::new(TEXT, "UTF-8").unwrap(),
        people: people.collect(),
    }
}

fn agreement(texts: &[AnnotatedText]) -> Agreement {
    let options = AgreementOptions {
        by: vec![("form".into(), Some("direct".into()))],
        gamma: true,
        single: texts.len() == 1,
        ..AgreementOptions::default()
    };
    let counts = texts.iter().map(|text| TextCounts::new(text, &options));
    Agreement::new(counts.collect(), true)
}

fn is(figure: &Figure, expected: f64) {
    let value = figure.value.clone().unwrap();
    assert!((value - expected).abs() < 1e-9, "{value}, not {expected}");
}

#[track_caller]
fn is_not(figure: &Figure, why: &str) {
    let reason = figure.value.clone().unwrap_err().to_string();
    assert_eq!(reason, why);
}

#[test]
fn two_tags_that_overlap_by_half() {
    let found = agreement(&[text(
        "a",
        &[("ann", &[quote(&[(0, 4)])]), ("ben", &[quote(&[(2, 6)])])],
    )]);
    let quotes = &found.labels["quote"];
    assert_eq!((found.texts, found.tokens), (1, 10));
    assert_eq!(quotes.tags, [1, 1]);
    // Two words of six either covers.
    is(&quotes.found.exact, 0.0);
    is(&quotes.found.overlap, 0.0);
    is(&quotes.found.token, 0.5);
    is_not(&quotes.found.same_start, "no matched tags");
    is_not(
        quotes.found.speaker.as_ref().unwrap(),
        "no matched tags with a speaker",
    );
    // Both 2, neither 4: .6, and .4² + .6² by chance.
    is(&quotes.coefficients.kappa, 0.08 / 0.48);
    // 20 values, 8 and 12; 12 coincide.
    is(&quotes.coefficients.alpha, 1.0 - 19.0 * 8.0 / 192.0);
    // Units of 4 tokens each, gaps of one.
    is(&quotes.coefficients.u_alpha, 1.0 - 4.0 * 356.0 / 1920.0);
    // (2 + 2) / (4 + 4), squared, for one unit each.
    let gamma = quotes.coefficients.gamma.as_ref().unwrap();
    assert!((gamma.observed - 0.25).abs() < 1e-12, "{gamma:?}");
    assert!(gamma.error < 0.02, "{gamma:?}");
    assert_eq!(quotes.found.exact.interval, Err(NoInterval::FewArticles));
    // With one label there is nothing else.
    assert_eq!(found.all.kappa.value, quotes.coefficients.kappa.value);
    assert_eq!(found.all.u_alpha.value, quotes.coefficients.u_alpha.value);
    assert_eq!(
        found.all.u_alpha_without_labels.value,
        found.all.u_alpha.value
    );
}

#[test]
fn a_split_tag_does_not_cover_its_gap() {
    let split = quote(&[(0, 2), (3, 4)]);
    let found = agreement(&[text(
        "a",
        &[
            ("ann", std::slice::from_ref(&split)),
            ("ben", &[quote(&[(0, 4)])]),
            ("cleo", std::slice::from_ref(&split)),
        ],
    )]);
    let quotes = &found.labels["quote"];
    // Of three pairs one is equal; all overlap by three of four words.
    is(&quotes.found.exact, 1.0 / 3.0);
    is(&quotes.found.overlap, 1.0);
    is(&quotes.found.same_start, 1.0);
    is(&quotes.found.same_end, 1.0);
    is(&quotes.found.same_fragments, 1.0 / 3.0);
    is(&quotes.found.token, 18.0 / 20.0);
    let pair = |place: usize| &quotes.pairs[place].coefficients.kappa;
    is(pair(1), 1.0);
    // Nine of ten tokens; .3 · .4 + .7 · .6 by chance.
    is(pair(0), (0.9 - 0.54) / 0.46);
    is(&quotes.coefficients.kappa, (1.0 + 2.0 * 0.36 / 0.46) / 3.0);
    // For γ the split tag is one unit over its hull, as the other one.
    assert_eq!(quotes.coefficients.gamma.as_ref().unwrap().observed, 0.0);
    let names: Vec<_> = found
        .pairs
        .iter()
        .map(|pair| pair.names.1.as_str())
        .collect();
    assert_eq!(names, ["ben", "cleo", "cleo"]);
}

#[test]
fn doubled_and_nested_tags_cover_a_token_once() {
    let once = [quote(&[(0, 6)])];
    let nested = [quote(&[(0, 6)]), quote(&[(2, 4)]), tag("claim", &[(2, 4)])];
    let found = agreement(&[text("a", &[("ann", &once), ("ben", &nested)])]);
    let quotes = &found.labels["quote"];
    assert_eq!(quotes.tags, [1, 2]);
    is(&quotes.coefficients.kappa, 1.0);
    is(&quotes.coefficients.u_alpha, 1.0);
    is(&quotes.found.exact, 2.0 / 3.0);
    is_not(&found.labels["claim"].found.same_start, "no matched tags");
    let precision = &found.labels["claim"].pairs[0];
    assert_eq!(precision.exact.precision, Ok(0.0));
    let why = precision.exact.recall.clone().unwrap_err().to_string();
    assert_eq!(why, "ann has none");
    is(&precision.exact.f1, 0.0);
    is(&precision.coefficients.kappa, 0.0);
    // Two tokens are a quote for one and quote and claim for the other.
    is(&found.all.kappa, (0.8 - (0.6 * 0.4 + 0.16)) / 0.6);
}

#[test]
fn attributes_speakers_and_values() {
    let ann = [
        with_form("direct", said_by(&[(2, 3)], quote(&[(0, 2)]))),
        with_form("indirect", said_by(&[(2, 3)], quote(&[(3, 5)]))),
        said_by(&[(5, 6)], quote(&[(6, 8)])),
    ];
    let ben = [
        with_form("direct", said_by(&[(2, 4)], quote(&[(0, 2)]))),
        with_form("direct", quote(&[(3, 5)])),
        with_form("mixed", said_by(&[(8, 9)], quote(&[(6, 8)]))),
    ];
    let found = agreement(&[text("a", &[("ann", &ann), ("ben", &ben)])]);
    let quotes = &found.labels["quote"];
    is(&quotes.found.exact, 1.0);
    let form = &quotes.found.attributes["form"];
    is(&form.equal, 1.0 / 3.0);
    // direct 3, indirect, mixed and unset 1 each; two values coincide.
    is(&form.alpha, 1.0 - 5.0 * 4.0 / (36.0 - 12.0));
    // Ann has three speakers, Ben two; one is right either way.
    let speaker = quotes.found.speaker.as_ref().unwrap();
    is(speaker, 2.0 / 5.0);
    is(quotes.found.with_speaker.as_ref().unwrap(), 2.0 / 5.0);
    // Ann's direct one alone; Ben's two, of which Ann's indirect one is no part.
    let direct = &quotes.by_value[&("form".into(), "direct".into())];
    assert_eq!(
        direct.exact.of,
        Basis::Found(crate::compare::Counts {
            matched: 3,
            predicted: 3,
            gold: 3
        })
    );
}

#[test]
fn shared_speakers_count_once_and_marks_match_marks() {
    let ann = [tag("speaker", &[(0, 2)]), tag("speaker", &[(0, 2)])];
    let found = agreement(&[text("a", &[("ann", &ann), ("ben", &ann[..1])])]);
    assert_eq!(found.labels["speaker"].tags, [1, 1]);
    is(&found.labels["speaker"].found.exact, 1.0);

    let source = SourceText::new("One: two – three.", "UTF-8").unwrap();
    let cue = |start: u32, end: u32| ScoredTag {
        fragments: [TextRange::new(start.into(), end.into())].into(),
        ..tag("cue", &[])
    };
    let both = AnnotatedText {
        source,
        people: [
            ("ann".into(), vec![cue(3, 4), cue(9, 12)]),
            ("ben".into(), vec![cue(3, 5), cue(5, 8)]),
        ]
        .into(),
        id: "a".to_owned(),
    };
    let found = agreement(&[both]);
    let cues = &found.labels["cue"].found;
    // The colon with and without a blank; the dash is no word.
    is(&cues.exact, 0.5);
    is(&cues.edge, 0.5);
    is(&cues.overlap, 0.5);
}

#[test]
fn what_is_not_defined_has_a_reason() {
    let nobody = agreement(&[text("a", &[("ann", &[]), ("ben", &[])])]);
    assert!(nobody.labels.is_empty());
    is_not(&nobody.all.kappa, "all marked nothing");
    is_not(&nobody.all.alpha, "all marked nothing");
    is_not(&nobody.all.u_alpha, "all marked nothing");
    is_not(&nobody.all.gamma.as_ref().unwrap().figure, "nobody used it");
    let all = [quote(&[(0, 10)])];
    let everything = agreement(&[text("a", &[("ann", &all), ("ben", &all)])]);
    is_not(&everything.all.kappa, "all marked everything");
    is_not(&everything.all.u_alpha, "all marked everything");
    is(&everything.labels["quote"].found.exact, 1.0);
    let none = agreement(&[]);
    is_not(&none.all.kappa, "only one person annotated this");
    is_not(&none.all.alpha, "only one person annotated this");
}

#[test]
fn an_article_that_somebody_lacks_is_compared_between_the_others() {
    let tags = [quote(&[(0, 2)])];
    let texts = [
        text("a", &[("ann", &tags), ("ben", &tags), ("cleo", &[])]),
        text("b", &[("ann", &tags), ("cleo", &tags)]),
    ];
    let found = agreement(&texts);
    let shared: Vec<usize> = found.pairs.iter().map(|pair| pair.texts).collect();
    assert_eq!(shared, [1, 2, 1]);
    let kappa = |place: usize| &found.labels["quote"].pairs[place].coefficients.kappa;
    is(kappa(0), 1.0);
    is(kappa(2), 0.0);
    // 18 of 20 tokens; .2 · .1 + .8 · .9 by chance.
    is(kappa(1), (0.9 - 0.74) / 0.26);
}

#[test]
fn intervals_do_not_depend_on_the_order_of_texts() {
    let one = |n: u32| {
        let other = [quote(&[(n % 3, 3)])];
        text(
            &format!("{n}"),
            &[("ann", &[quote(&[(0, 3)])]), ("ben", &other)],
        )
    };
    let texts: Vec<AnnotatedText> = (0..9).map(one).collect();
    let found = agreement(&texts);
    let exact = &found.labels["quote"].found.exact;
    is(exact, 3.0 / 9.0);
    let interval = exact.interval.unwrap();
    assert!(
        interval.low < 1.0 / 3.0 && interval.high > 1.0 / 3.0,
        "{interval:?}"
    );
    let reversed: Vec<AnnotatedText> = texts.into_iter().rev().collect();
    assert_eq!(agreement(&reversed), found);
}
