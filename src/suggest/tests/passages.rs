//! Where one stops on the way through what is not tagged.

use super::*;

/// The passages of a text in which the words between ⟨ and ⟩ are tagged as one quote.
fn stops(marked: &str) -> Vec<String> {
    let mut text = String::new();
    let mut parts = Vec::new();
    let mut start = None;
    for c in marked.chars() {
        let here = TextSize::of(text.as_str());
        match c {
            '⟨' => start = Some(here),
            '⟩' => parts.push(TextRange::new(start.take().unwrap(), here)),
            c => text.push(c),
        }
    }
    let mut document = document(&text);
    if let Ok(fragments) = Fragments::new(parts) {
        let quote = Annotation::new("q", "quote", fragments, Origin::Annotator("".into()));
        let mut parts = document.into_parts();
        parts.set.insert_annotation(quote);
        document = parts.into();
    }
    let mut from = TextRange::empty(TextSize::new(0));
    let mut found = Vec::new();
    while let Some(next) = untagged_passage(&document, &schema(), from, true) {
        found.push(document.source().slice(next).to_owned());
        from = next;
    }
    found
}

#[test]
fn infinitives_that_nobody_reports_by_are_passed_over() {
    for text in [
        "It is fair to say that nothing has changed in the town.",
        "The mayor has to say whether the bridge will be closed.",
        "They have the chance to tell voters that taxes will rise.",
    ] {
        assert_eq!(stops(text), Vec::<String>::new(), "{text}");
    }
    for text in [
        "She went on to say that nothing had changed in the town.",
        "He refused to say whether the bridge would be closed.",
    ] {
        let [only] = &stops(text)[..] else {
            panic!("{text}");
        };
        assert!(!only.starts_with("to say"), "{only}");
    }
}

#[test]
fn what_nobody_reports_is_passed_over() {
    for text in [
        // Titles of works.
        "On the network’s “Rivers & Towns,” Mayor Lee spoke to Karl Roe.",
        "She praised the book “The Long Way Home,” and left.",
        // Clauses that say more about a noun.
        "Lee discussed rules he was drafting which would close the bridge.",
        "She blamed the banks for the crash that ruined many families.",
        // What is read or agreed to.
        "Montalvo had read an article in the propaganda publication Freedom Magazine, which attacked \
         high-ranking defectors from the organization.",
        "The Sea Org requires members to sign a billion-year contract, agreeing to work for the \
         organization founded by a writer.",
        // Names, and calls by phone.
        "A defector from the elite group within Scientology called the Sea Org was first persuaded to \
         travel back to a management building.",
        "After calling the Scientology organization by phone to attempt to speak with his mother, \
         Montalvo was put through to an attorney.",
        // Purposes.
        "He is one seeking to unite the two villages behind him.",
        "The mayor has struggled to respond to the anger of the parents.",
        // What someone in a quote wishes.
        "⟨“There are people in the town who want to hear more about the bridge,”⟩ Lee said.",
    ] {
        assert_eq!(stops(text), Vec::<String>::new(), "{text}");
    }
    for (text, passage) in [
        ("“Never Again,” the crowd chanted.", "“Never Again,”"),
        (
            "According to Rathbun the Scientology property in question was returned by mail.",
            "the Scientology property in question was returned by mail",
        ),
        (
            "Lee discussed how the bridge would be closed.",
            "how the bridge would be closed",
        ),
        (
            "He told reporters that closed roads are safe.",
            "that closed roads are safe",
        ),
    ] {
        assert_eq!(stops(text), [passage], "{text}");
    }
}

#[test]
fn no_passage_runs_over_the_end_of_a_sentence() {
    let found = stops("“I told them it is as simple as that. I think it works,” Lee said.");
    assert!(
        !found.iter().any(|passage| passage.starts_with("that.")),
        "{found:?}"
    );
}

#[test]
fn what_follows_who_said_it_is_not_reported() {
    let quotation = ["“It is over,”"];
    for text in [
        "“It is over,” said Dennis Ross, a former adviser to the president.",
        "“It is over,” he said to cheers at a rally in Ohio.",
        "“It is over,” he said in one of many messages on Wednesday.",
    ] {
        assert_eq!(stops(text), quotation, "{text}");
    }
    assert_eq!(
        stops("“It is over.” Trump said the country was in danger."),
        ["“It is over.”", "the country was in danger"]
    );
    assert_eq!(
        stops("She is speaking to reporters on Tuesday."),
        Vec::<String>::new()
    );
}

#[test]
fn who_somebody_is_belongs_to_no_quote() {
    let text = "\"This used to be Russia's back yard,\" said Raffaello Pantucci, director of International \
                Security Studies at the Royal United Services Institute in London, \"but it is \
                increasingly coming into China's thrall.\"";
    let halves = [
        "\"This used to be Russia's back yard,\"",
        "\"but it is increasingly coming into China's thrall.\"",
    ];
    assert_eq!(stops(text), halves);
    let tagged = text
        .replacen("\"This", "⟨\"This", 1)
        .replacen("yard,\"", "yard,\"⟩", 1);
    assert_eq!(stops(&tagged), [halves[1]]);
}

#[test]
fn what_follows_a_whole_quotation_is_not_said() {
    assert_eq!(
        stops("“He told us ‘I believe nothing,’ and left.”"),
        [
            "“He told us ‘I believe nothing,’ and left.”",
            "‘I believe nothing,’"
        ]
    );
}

#[test]
fn the_rest_of_what_is_tagged_is_no_stop() {
    // A split quote, and what is between its parts.
    let split = "He said the deal was ⟨“bad,”⟩ and warned of ⟨“great harm”⟩ to all.";
    assert_eq!(stops(split), Vec::<String>::new());
    let open = "He said the deal was ⟨“bad,”⟩ and warned of ⟨“harm”⟩ and said “It is over.”";
    assert_eq!(stops(open).last().unwrap(), "“It is over.”");
    // The same report, with edges of one's own.
    assert_eq!(
        stops("She said ⟨that the bridge is closed⟩ until the end of the year at least."),
        Vec::<String>::new()
    );
    // Words in marks within an indirect quote; a quotation of somebody else in it stays.
    assert_eq!(
        stops("She said ⟨that he lacks “strength” and judgement⟩."),
        Vec::<String>::new()
    );
    assert_eq!(
        stops("She said ⟨that he told her “I am leaving now” and left⟩."),
        ["“I am leaving now” and left"]
    );
}

#[test]
fn within_what_is_tagged_only_somebody_elses_words_are_a_stop() {
    // The long span first, and nothing in it afterwards.
    assert_eq!(
        stops("She said “not in my house,” and left (for good).")[0],
        "“not in my house,”"
    );
    for text in [
        "She said ⟨“not in my house,” and left (for good)⟩.",
        "Lee said ⟨the “great bridge” was “a mess” from the start⟩.",
        "Mr. Lee said ⟨that Mr. Roe had shown disrespect to his wife, and he accused Mr. Roe of running a \
         campaign ''of hatred, of derision, of dividing us.''⟩",
    ] {
        assert_eq!(stops(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(
        stops("Lee said ⟨that Roe had told the council that the bridge was closed⟩."),
        ["that the bridge was closed"]
    );
    assert_eq!(
        stops("⟨“The mayor told me ‘go away now’ last week,”⟩ Lee said."),
        ["‘go away now’ last week"]
    );
}
