use proptest::prelude::*;

use super::*;

mod speakers;

/// A proposal as the tests write it: form, words in order, speaker.
fn proposed(text: &str) -> Vec<(QuoteForm, Vec<String>, Option<String>)> {
    let source = SourceText::new(text, "UTF-8").unwrap();
    let words = |range: TextRange| source.slice(range).to_owned();
    proposals(&source)
        .into_iter()
        .filter(|proposal| proposal.confidence >= 0.5)
        .map(|proposal| {
            let parts = proposal.fragments.into_iter().map(words).collect();
            (
                proposal.kind.form().unwrap(),
                parts,
                proposal.speaker.map(words),
            )
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[(QuoteForm, &[&str], Option<&str>)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(form, parts, speaker)| {
            let parts = parts.iter().map(|part| (*part).to_owned()).collect();
            (*form, parts, speaker.map(str::to_owned))
        })
        .collect();
    assert_eq!(proposed(text), expected, "{text}");
}

use QuoteForm::{Direct, Indirect, Mixed};

/// Who speaks in the first proposal of a text, however unsure that is.
#[track_caller]
fn check_speaker(text: &str, expected: &str) {
    let source = SourceText::new(text, "UTF-8").unwrap();
    let first = proposals(&source).into_iter().next();
    let speaker = first.and_then(|first| first.speaker);
    assert_eq!(
        speaker.map(|range| source.slice(range)),
        Some(expected),
        "{text}"
    );
}

#[test]
fn a_source_speaks_whatever_it_is_called() {
    check_speaker(
        "The mill lost nine customers in May, according to multiple sources familiar with its books.",
        "multiple sources familiar with its books",
    );
    check_speaker(
        "Farmers sold less milk in March, according to recent data from the board.",
        "recent data from the board",
    );
}

#[test]
fn those_who_are_only_counted_speak() {
    check_speaker("Almost half said they would leave the town.", "Almost half");
    check_speaker(
        "In the east, 61 percent said they had never voted.",
        "61 percent",
    );
    check_speaker("And both vowed to close the mill.", "both");
    check_speaker(
        "Two farmers – one of them from Bonn – both said they would leave.",
        "Two farmers",
    );
}

#[test]
fn a_name_in_ly_is_no_adverb_before_its_verb() {
    for name in ["Reilly", "Brearly", "Kelly"] {
        let text = format!("The mill closes. “One has to hope for the best,” {name} said.");
        check_speaker(&text, name);
    }
}

#[test]
fn a_participle_has_the_subject_of_its_clause() {
    check_speaker(
        "At the same time Lee has worked to calm Russian fears, telling the board that the mill stays.",
        "Lee",
    );
}

#[test]
fn a_name_set_off_before_the_colon_speaks() {
    check_speaker(
        "Millers agree – Ann Lee: “The mill was never for sale, and it is not for sale now.”",
        "Ann Lee",
    );
}

#[test]
fn a_source_behind_that_is_no_quote() {
    check(
        "Wikinews has learned that according to an Internet posting, the website is being attacked by \
         hackers.",
        &[(
            Indirect,
            &["the website is being attacked by hackers"],
            Some("an Internet posting"),
        )],
    );
}

#[test]
fn a_quotation_goes_with_the_report_beside_it() {
    check(
        "“We sell the mill in May,” Ann Lee said.",
        &[(Direct, &["“We sell the mill in May,”"], Some("Ann Lee"))],
    );
    check(
        "“We sell the mill,” said Ann Lee, the mayor of Bonn.",
        &[(
            Direct,
            &["“We sell the mill,”"],
            Some("Ann Lee, the mayor of Bonn"),
        )],
    );
    check(
        "Lee told reporters on Monday: \"The mill is sold.\"",
        &[(Direct, &["\"The mill is sold.\""], Some("Lee"))],
    );
    check(
        "In a letter, the council's chairman, Bo Roe, wrote, ''Nobody asked us.''",
        &[(
            Direct,
            &["''Nobody asked us.''"],
            Some("the council's chairman, Bo Roe,"),
        )],
    );
    check(
        "“Why now?” Roe asked.",
        &[(Direct, &["“Why now?”"], Some("Roe"))],
    );
    check(
        "Lee smiled, telling the crowd, “You are the mill.”",
        &[(Direct, &["“You are the mill.”"], Some("Lee"))],
    );
}

#[test]
fn a_verb_that_no_list_knows_reports_beside_a_quotation() {
    check(
        "“Over my dead body,” Roe thundered.",
        &[(Direct, &["“Over my dead body,”"], Some("Roe"))],
    );
    check(
        "As Lee once put it: “A mill is a promise.”",
        &[(Direct, &["“A mill is a promise.”"], Some("Lee"))],
    );
}

#[test]
fn a_quotation_that_a_report_splits_is_one_quote() {
    check(
        "“We sell,” Lee said. “It hurts us all.”",
        &[(Direct, &["“We sell,”", "“It hurts us all.”"], Some("Lee"))],
    );
    check(
        "“We sell,” Lee said, “because we must.”",
        &[(Direct, &["“We sell,”", "“because we must.”"], Some("Lee"))],
    );
    check(
        "“We sell,” Lee said.\n\n“It hurts us all.”",
        &[(Direct, &["“We sell,”", "“It hurts us all.”"], Some("Lee"))],
    );
}

#[test]
fn titles_of_works_and_words_held_at_a_distance_are_no_quotes() {
    for text in [
        "On the programme “River & Sea,” Lee spoke for an hour.",
        "The “mill question” is old.",
        "His book, “The Last Mill,” sold well.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_clause_with_quoted_words_is_mixed() {
    check(
        "Lee said that the sale was “a bitter day” for the town.",
        &[(
            Mixed,
            &["that the sale was “a bitter day” for the town"],
            Some("Lee"),
        )],
    );
    check(
        "Roe called the sale “a disgrace,” and the council left.",
        &[(Mixed, &["the sale “a disgrace,”"], Some("Roe"))],
    );
    check(
        "The sale “was never discussed,” Roe said.",
        &[(Mixed, &["The sale “was never discussed,”"], Some("Roe"))],
    );
}

#[test]
fn a_reported_clause_is_indirect() {
    check(
        "Lee said that the mill would close.",
        &[(Indirect, &["that the mill would close"], Some("Lee"))],
    );
    check(
        "Lee said the mill would close, while Roe kept silent.",
        &[(Indirect, &["the mill would close"], Some("Lee"))],
    );
    check(
        "The mill will close, officials said.",
        &[(Indirect, &["The mill will close"], Some("officials"))],
    );
    check(
        "The mill, Lee said, will close in May.",
        &[(Indirect, &["The mill", "will close in May"], Some("Lee"))],
    );
    check(
        "According to a report by the council, the mill is worth nothing.",
        &[(
            Indirect,
            &["the mill is worth nothing"],
            Some("a report by the council"),
        )],
    );
    check(
        "Roe denied any role in the sale.",
        &[(Indirect, &["any role in the sale"], Some("Roe"))],
    );
}

#[test]
fn a_headline_and_a_dateline_propose_nobody() {
    check("Lee Says Town Will Sell The Old Mill", &[]);
    check(
        "BONN (Wire) – “We sell,” Lee said.",
        &[(Direct, &["“We sell,”"], Some("Lee"))],
    );
    check(
        "BONN (Wire) – The mill will close, officials said.",
        &[(Indirect, &["The mill will close"], Some("officials"))],
    );
}

proptest! {
    #[test]
    fn proposals_are_of_the_text_in_order_and_apart(
        text in "(?s).{0,120}|([ \n]|“|”|\"|''|said|Lee|that|he |told|, |\\. |\\?|according to |and |called|mill |the ){0,60}",
    ) {
        let source = SourceText::new(text.as_str(), "UTF-8").unwrap();
        for proposal in proposals(&source) {
            prop_assert!((0.0..=1.0).contains(&proposal.confidence));
            prop_assert!(!proposal.fragments.is_empty());
            let mut last = TextSize::new(0);
            for part in &proposal.fragments {
                prop_assert!(!part.is_empty() && part.start() >= last);
                prop_assert!(source.get(*part).is_some());
                last = part.end();
            }
            for range in proposal.speaker.iter().chain(&proposal.cue) {
                prop_assert!(!range.is_empty() && source.get(*range).is_some());
            }
        }
    }

    #[test]
    fn the_paragraph_at_a_caret_is_proposed_as_in_the_article(
        sentences in prop::collection::vec(0usize..4, 1..6),
    ) {
        let all = [
            "“We sell the mill,” Lee said.",
            "Roe said that the mill would close.",
            "The mill is old.",
            "Lee called it “a bitter day” for the town.",
        ];
        let text: Vec<&str> = sentences.iter().filter_map(|at| all.get(*at).copied()).collect();
        let text = text.join("\n\n");
        let source = SourceText::new(text.as_str(), "UTF-8").unwrap();
        for proposal in proposals(&source) {
            let first = proposal.fragments.first().unwrap();
            let near = proposals_at(&source, first.start(), &Cues::NONE);
            prop_assert!(near.iter().any(|other| other.fragments.contains(first)));
        }
    }
}

#[test]
fn a_speaker_ends_before_what_they_do_and_is_named_before_who() {
    check(
        "“Bells are for sheep,” said Karl Holm, the headteacher, as he walked past.",
        &[(
            Direct,
            &["“Bells are for sheep,”"],
            Some("Karl Holm, the headteacher"),
        )],
    );
    check(
        "A former foreman, who asked not to be named, said that the last payment came in March.",
        &[(
            Indirect,
            &["that the last payment came in March"],
            Some("A former foreman"),
        )],
    );
    check(
        "„Wer bezahlt das?“, fragte Rentner Otto Brand.",
        &[(Direct, &["„Wer bezahlt das?“"], Some("Rentner Otto Brand"))],
    );
}
