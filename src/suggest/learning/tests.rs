use proptest::prelude::*;

use super::*;
use crate::text::TextSize;

const NAMES: [&str; 6] = [
    "Ann Lee",
    "Bo Roe",
    "The mayor",
    "She",
    "Eva Moss",
    "The union",
];
const CLAUSES: [&str; 5] = [
    "the mill would close in May",
    "the bank should pay for the bridge",
    "nobody had warned the town",
    "a new road was out of the question",
    "the harbour needed two more boats",
];

/// An article of sentences with a verb that no list knows, and some that report nothing. `tags`: whether
/// what stands behind the verb is a quote.
fn article(number: usize, tags: impl Fn(usize) -> bool) -> TaggedArticle {
    let mut text = String::new();
    let mut quotes = Vec::new();
    for line in 0..8 {
        let name = NAMES[(number + line) % NAMES.len()];
        let clause = CLAUSES[(number + 2 * line) % CLAUSES.len()];
        if line % 3 == 2 {
            text += &format!("{name} walked along the river before {clause}.\n");
            continue;
        }
        let range = |start: usize, words: &str| {
            let start = TextSize::try_from(start).unwrap();
            TextRange::at(start, TextSize::of(words))
        };
        let speaker = range(text.len(), name);
        text += &format!("{name} floated that ");
        if tags(line) {
            quotes.push(TaggedQuote {
                fragments: vec![range(text.len() - "that ".len(), &format!("that {clause}"))],
                speakers: vec![speaker],
            });
        }
        text += &format!("{clause}.\n");
    }
    let source = SourceText::new(text.as_str(), "UTF-8").unwrap();
    TaggedArticle {
        cues: Cues::NONE,
        until: TextSize::of(source.as_str()),
        source,
        quotes,
    }
}

fn articles() -> Vec<TaggedArticle> {
    (0..12).map(|number| article(number, |_| true)).collect()
}

const NEW: &str = "Tom Webb floated that the ferry was too old.\nTom Webb left the pier at noon.\n";

#[test]
fn a_verb_that_was_tagged_leads_to_quotes_and_says_how_often() {
    let model = train(&articles()).unwrap();
    assert!(model.helps(), "{:?}", model.held_out());
    let source = SourceText::new(NEW, "UTF-8").unwrap();
    let found = model.proposals(&ParagraphCache::new(&source), &Cues::NONE);
    let [quote] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(
        source.slice(quote.fragments[0]),
        "that the ferry was too old"
    );
    assert_eq!(
        quote.speaker.map(|range| source.slice(range)),
        Some("Tom Webb")
    );
    assert_eq!(quote.rule, Rule::Learned);
    assert_eq!(quote.kind.form(), Some(QuoteForm::Indirect));
    assert!(quote.confidence >= quote.usual_confidence);
    let experience = Experience {
        tagged: 72,
        seen: 72,
    };
    assert_eq!(
        quote.learned_from.as_deref(),
        Some(&("floated that".into(), experience))
    );
}

#[test]
fn the_same_tags_give_the_same_model_and_its_file_gives_it_back() {
    let (one, other) = (train(&articles()).unwrap(), train(&articles()).unwrap());
    assert_eq!(one, other);
    let json = one.to_json().unwrap();
    assert_eq!(json, other.to_json().unwrap());
    assert_eq!(LearnedModel::from_json(&json).unwrap(), one);
}

#[test]
fn files_that_are_no_models_are_refused() {
    let json = train(&articles()).unwrap().to_json().unwrap();
    let other_version = json.replacen("\"pullquote_model\":1", "\"pullquote_model\":2", 1);
    let no_share = json.replacen("\"threshold\":", "\"threshold\":7", 1);
    let no_place = json.replacen("\"starts\":[[", "\"starts\":[[4294967295,1.0],[", 1);
    let cut = &json[..json.len() / 2];
    for (file, words) in [
        ("{}", "line 1"),
        ("hello", "line 1"),
        (cut, "line 1"),
        (&other_version, "another version"),
        (&no_share, "no shares"),
        (&no_place, "without a place"),
    ] {
        let error = LearnedModel::from_json(file).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        assert!(error.contains("learn it again"), "{error}");
    }
}

#[test]
fn tags_without_a_pattern_do_not_help() {
    // The same words are tagged in one article and not in the next.
    let random: Vec<TaggedArticle> = (0..12)
        .map(|number| article(number, |line| (number * 7 + line * 5) % 11 < 2))
        .collect();
    let model = train(&random).unwrap();
    assert!(model.held_out().learned < 0.5, "{:?}", model.held_out());
}

#[test]
fn too_few_articles_teach_nothing() {
    assert_eq!(train(&[]), None);
    assert_eq!(train(&articles()[..2]), None);
}

#[test]
fn what_comes_after_the_last_tag_of_an_unfinished_article_is_no_example() {
    let unfinished = |number| {
        let mut article = article(number, |line| line < 2);
        article.until = article.quotes.last().unwrap().fragments[0].end();
        article
    };
    let all: Vec<TaggedArticle> = (0..12).map(unfinished).collect();
    let model = train(&all).unwrap();
    let source = SourceText::new(NEW, "UTF-8").unwrap();
    let found = model.proposals(&ParagraphCache::new(&source), &Cues::NONE);
    // The lines that report nothing stand behind the last tag.
    assert_eq!(found[0].learned_from.as_ref().unwrap().1.seen, 24);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_makes_it_fail(text in r#"([ A-Za-z.,;:“”"'’()\n-]|floated |that |said |é|字|🙂){0,200}"#) {
        let model = train(&articles()[..3]).unwrap();
        let source = SourceText::new(text.as_str(), "UTF-8").unwrap();
        let end = TextSize::of(source.as_str());
        for proposal in model.proposals(&ParagraphCache::new(&source), &Cues::NONE) {
            prop_assert!((0.0..=1.0).contains(&proposal.confidence));
            for part in proposal.fragments.iter().chain(&proposal.speaker).chain(&proposal.cue) {
                prop_assert!(!part.is_empty() && part.end() <= end);
                prop_assert!(source.as_str().get(std::ops::Range::<usize>::from(*part)).is_some());
            }
        }
    }
}
