//! Nobody is made a speaker who is none: where none is given, and by headlines, "it" and contractions.

use crate::suggest::proposals;
use crate::text::SourceText;

/// The speakers of what is proposed; "" for none.
fn speakers(text: &str) -> Vec<String> {
    let source = SourceText::new(text, "UTF-8").unwrap();
    let words = |proposal: crate::suggest::Proposal| {
        let speaker = proposal.speaker.map(|range| source.slice(range).to_owned());
        speaker.unwrap_or_default()
    };
    proposals(&source)
        .into_iter()
        .filter(|proposal| proposal.confidence >= proposal.usual_confidence)
        .map(words)
        .collect()
}

#[test]
fn no_speaker_is_proposed_where_none_is_given() {
    for text in [
        "“The harbour was never meant for ships of this size.”",
        "The sign at the gate was short: “Closed until further notice.”",
        "“Nobody saw it coming.” The road stayed closed all night.",
        "It is believed that the mill will close in May.",
        "It was said that the old bridge was never safe.",
        "It has been reported that two boats were lost.",
        "When asked about the cost, “No comment” was all there was.",
        "“We had enough,” it was said.",
    ] {
        assert!(
            speakers(text).iter().all(String::is_empty),
            "{text}: {:?}",
            speakers(text)
        );
    }
}

#[test]
fn headlines_it_and_contractions_are_no_speakers() {
    for (text, expected) in [
        (
            "Mayor Lee Says Bridge Will Close Before Winter Comes",
            &[][..],
        ),
        ("Council Warns Mill Owners Over Unpaid Harbour Fees", &[]),
        ("Lawyers: Old Bridge Was Never Safe For Heavy Trucks", &[]),
        ("Roe Denies He Promised Voters Second Harbour Tunnel", &[]),
        ("They've said that the mill will close.", &[""]),
        ("“We've had enough,” she said.", &["she"]),
        ("“We’ve had enough,” they said.", &["they"]),
        ("“It's over,” Ann Lee said.", &["Ann Lee"]),
        ("“That's what they've promised,” Bo Roe said.", &["Bo Roe"]),
        ("“They've lied to us,” said Ann Lee.", &["Ann Lee"]),
        ("It shows that the bridge was never safe.", &[]),
        ("“I'm not going,” he said. It's raining.", &["he"]),
    ] {
        assert_eq!(speakers(text), expected, "{text}");
    }
}
