//! A person who knows what is wanted and takes the cheapest way: what the library counts.

use std::path::Path;

use pullquote::format::sidecar;
use pullquote::ops::{EffortReport, EffortRequest, Speakers, SuggestionOptions, effort};

use super::sample::tagged_sample;
use crate::support::TestCorpus;

fn play(gold: &Path, suggestions: Option<SuggestionOptions>, speakers: Speakers) -> EffortReport {
    let request = EffortRequest {
        gold: gold.to_owned(),
        gold_annotator: None,
        encoding: None,
        suggestions,
        learned: None,
        speakers,
    };
    effort(&request, &mut |_| {}).unwrap()
}

fn print(report: &EffortReport, what: &str) {
    println!(
        "{:.2} actions per attribution ({} in {} articles), {what}",
        report.per_attribution(),
        report.attributions(),
        report.articles.len(),
    );
    for (part, presses) in report.presses().parts() {
        println!(
            "  {:.3} {part}",
            presses as f64 / report.attributions() as f64
        );
    }
}

/// `PULLQUOTE_CORPUS` names the articles: a file or folder as `pullquote score --effort` takes it.
#[test]
#[ignore = "reads the articles that PULLQUOTE_CORPUS names"]
fn an_ideal_user_spends_few_actions_on_an_attribution() {
    let path = std::env::var("PULLQUOTE_CORPUS").unwrap();
    for (speakers, how) in [
        (Speakers::ByOverlap, "by overlap"),
        (Speakers::ToTheWord, "to the word"),
    ] {
        let report = play(Path::new(&path), None, speakers);
        print(&report, &format!("speakers {how}, no suggestions"));
        assert!(report.per_attribution() <= 3.5);
        let all = Some(SuggestionOptions::default());
        let report = play(Path::new(&path), all, speakers);
        print(&report, &format!("speakers {how}, with suggestions"));
        assert!(report.per_attribution() <= 2.6);
    }
}

/// The quotes of the sample article and their speakers, without its claims.
#[test]
fn suggestions_spare_presses_in_the_sample() {
    let (player, _) = tagged_sample();
    let document = player.open.document();
    let corpus = TestCorpus::new()
        .file("a.txt", document.source().as_str())
        .file("a.txt.ron", sidecar::write(document, "a.txt"));
    let gold = corpus.path("a.txt");
    let without = play(&gold, None, Speakers::ByOverlap);
    print(&without, "the sample, no suggestions");
    let all = Some(SuggestionOptions::default());
    let with = play(&gold, all, Speakers::ByOverlap);
    print(&with, "the sample, with suggestions");
    assert_eq!(with.attributions(), 16);
    let (with, without) = (with.presses().total(), without.presses().total());
    assert!(with < without, "{with} {without}");
    assert!(with <= 24, "{with}");
}
