//! The sample article in full: what a key covers, and who it suggests.

use super::{SAMPLE, caret, document, schema, speakers, tag, unit};
use crate::suggest::natural_unit;

/// Every quote and report of the sample: a caret in it, what Q covers, who is proposed first.
pub(super) const QUOTES: [(&str, &str, &str); 12] = [
    (
        "a working |relationship at the moment",
        "that while the US and Russia do not have a working relationship at the moment, President Trump believes it is extremely important to establish one",
        "Secretary of State Rex Tillerson",
    ),
    (
        "quite |clear that he views",
        "“I think the president has been quite clear that he views it as extremely important that the United States and Russia have a working relationship,”",
        "Tillerson",
    ),
    ("“Today we |do not.”", "“Today we do not.”", "Tillerson"),
    (
        "relying on |Russia to help",
        "that despite differences between the two sides, the United States is relying on Russia to help solve the crisis in Syria and denuclearize North Korea",
        "Tillerson",
    ),
    (
        "been very supportive| of the sanctions",
        "\"By and large, at the Security Council, again, they’ve [Russia] been very supportive of the sanctions,\"",
        "Tillerson",
    ),
    (
        "voiced |their view",
        "\"They’ve voiced their view of how effective they think those may be, but we do need Russia’s support.\"",
        "Tillerson",
    ),
    (
        "uses |very sophisticated tools",
        "that Russia aims to create \"crises of confidence\" and uses very sophisticated tools, including cybertattacks and disinformation",
        "McMaster",
    ),
    (
        "certainly is |someone who",
        "\"General McMaster certainly is someone who understands and knows president's feelings and our relationships with foreign partners and something we certainly feel comfortable with him speaking about.\"",
        "Sanders",
    ),
    (
        "been very |tough on Russia",
        "that the Trump administration has from the very beginning been very tough on Russia, and has taken steps to put pressure on Moscow",
        "Sanders",
    ),
    (
        "restoring |relations between",
        "that restoring relations between the Russian and US lawmakers was essential",
        "Former US Congressman Wayne Curtis Weldon",
    ),
    (
        "far |worse than",
        "that the relationship between the countries currently is far worse than it was when he was elected to the US Congress in 1987 from the US state of Pennsylvania",
        "Weldon",
    ),
    (
        "the hysteria |over Russia",
        "that there are members of the US Congress who want to know more about Russia and want to get involved, but the hysteria over Russia in the US corporate media prevents them from doing do",
        "He",
    ),
];

#[test]
fn every_quote_of_the_sample_is_one_key_away() {
    let document = document(SAMPLE);
    for (at, words, speaker) in QUOTES {
        let at = caret(&document, at);
        assert_eq!(unit(&document, "quote", at), words);
        let from = natural_unit(&document, &schema(), "quote", at).unwrap();
        assert_eq!(speakers(&document, &[from], "quote")[0], speaker, "{words}");
    }
}

#[test]
fn quoted_words_mean_their_reported_clause_and_once_it_is_tagged_themselves() {
    let mut document = document(SAMPLE);
    let clause = QUOTES[6].1;
    let at = caret(&document, "\"crises of |confidence\"");
    assert_eq!(unit(&document, "quote", at), clause);
    tag(&mut document, "clause", "quote", clause);
    assert_eq!(unit(&document, "quote", at), "\"crises of confidence\"");
}

#[test]
fn the_long_quote_of_the_sample_is_found_from_each_of_its_sentences() {
    let document = document(SAMPLE);
    for at in [
        "in |common than",
        "How do |we",
        "going to |take time",
        "very |important that we",
    ] {
        let at = caret(&document, at);
        let from = natural_unit(&document, &schema(), "quote", at).unwrap();
        let words = document.source().slice(from);
        assert!(words.starts_with("\"The American") && words.ends_with("officials,\""));
        assert_eq!(speakers(&document, &[from], "quote")[0], "Weldon");
    }
}

#[test]
fn every_claim_of_the_sample_is_a_clause() {
    let document = document(SAMPLE);
    for (at, words, speaker) in [
        (
            "a working |relationship at the moment",
            "the US and Russia do not have a working relationship at the moment",
            "Secretary of State Rex Tillerson",
        ),
        (
            "it is extremely |important to establish",
            "it is extremely important to establish one",
            "President Trump",
        ),
        (
            "the United States and |Russia have",
            "the United States and Russia have a working relationship",
            "Tillerson",
        ),
        ("Today we| do", "Today we do not", "Tillerson"),
        (
            "supportive |of the sanctions",
            "By and large, at the Security Council, again, they’ve [Russia] been very supportive of the sanctions",
            "Tillerson",
        ),
        (
            "but we do |need",
            "we do need Russia’s support",
            "Tillerson",
        ),
        (
            "uses |very sophisticated tools",
            "Russia aims to create \"crises of confidence\" and uses very sophisticated tools, including cybertattacks and disinformation",
            "McMaster",
        ),
        (
            "been very |tough on Russia",
            "the Trump administration has from the very beginning been very tough on Russia, and has taken steps to put pressure on Moscow",
            "Sanders",
        ),
        (
            "lawmakers was| essential",
            "restoring relations between the Russian and US lawmakers was essential",
            "Former US Congressman Wayne Curtis Weldon",
        ),
        (
            "far |more in common",
            "The American and Russian people have far more in common than they disagree on",
            "Weldon",
        ),
        ("It's going to |take", "It's going to take time", "Weldon"),
        (
            "the hysteria| over",
            "the hysteria over Russia in the US corporate media prevents them from doing do",
            "He",
        ),
        // Outside of quotations and reports, the sentence.
        (
            "are currently |conducting",
            "US Senate and House of Representatives committees are currently conducting an investigation into the allegations",
            "",
        ),
    ] {
        let at = caret(&document, at);
        assert_eq!(unit(&document, "claim", at), words);
        if !speaker.is_empty() {
            let from = natural_unit(&document, &schema(), "claim", at).unwrap();
            assert_eq!(speakers(&document, &[from], "claim")[0], speaker, "{words}");
        }
    }
}

#[test]
fn other_labels_have_their_units_too() {
    let document = document(SAMPLE);
    for (label, at, words) in [
        ("speaker", "State |Rex", "Secretary of State Rex Tillerson"),
        (
            "speaker",
            "Wayne |Curtis",
            "Former US Congressman Wayne Curtis Weldon",
        ),
        ("speaker", "H|e stressed", "He"),
        ("speaker", "McMaster| claimed", "McMaster"),
        ("speaker", "very |sophisticated", "sophisticated"),
        ("cue", "Tillerson poin|ted out", "pointed out"),
        ("cue", "are members of |the US", "stressed"),
        ("cue", "Weldon to|ld", "told"),
        (
            "topic",
            "currently |conducting",
            "US Senate and House of Representatives committees are currently conducting an investigation into the allegations",
        ),
        // A caret beside the quote means it.
        (
            "quote",
            "position, San|ders",
            "\"General McMaster certainly is someone who understands and knows president's feelings and our relationships with foreign partners and something we certainly feel comfortable with him speaking about.\"",
        ),
    ] {
        assert_eq!(
            unit(&document, label, caret(&document, at)),
            words,
            "{label} {at}"
        );
    }
    assert_eq!(
        natural_unit(&super::document(" \n\n "), &schema(), "quote", 2.into()),
        None
    );
}
