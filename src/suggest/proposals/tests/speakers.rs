//! Who speaks where words stand between subject and verb, where a verb has no subject of its own, and where
//! one report is within another.

use super::*;

#[test]
fn a_subject_goes_before_what_is_said_about_it() {
    for (text, speaker) in [
        (
            "Farmers who met the mayor said that the mill was dear to them.",
            "Farmers who met the mayor",
        ),
        (
            "A letter obtained by the Herald says that the mill was sold.",
            "A letter obtained by the Herald",
        ),
        (
            "Forty percent of the voters polled said they would stay at home.",
            "Forty percent of the voters polled",
        ),
        (
            "Those around him acknowledge that the sale came too late.",
            "Those around him",
        ),
        (
            "The guild – founded by Bo Roe in 1901 – said that it would stay.",
            "The guild",
        ),
        (
            "Ann Lee in a statement said that the mill would stay.",
            "Ann Lee",
        ),
        ("Lee seemed hopeful that the mill could be saved.", "Lee"),
        ("Roe made it clear that the mill would stay.", "Roe"),
        ("It accused the mayor of hiding the letter.", "It"),
    ] {
        check_speaker(text, speaker);
    }
}

#[test]
fn a_verb_without_a_subject_has_that_of_the_verb_beside_it() {
    for (text, words, speaker) in [
        (
            "Lee praised the town, and criticized the council for its haste.",
            "the council for its haste",
            "Lee",
        ),
        (
            "Roe spoke at the fair on Sunday, and criticized Lee and Holm.",
            "Lee and Holm",
            "Roe",
        ),
        (
            "The talk grew so loud that the embassy issued a statement saying that nobody had been hurt.",
            "that nobody had been hurt",
            "the embassy",
        ),
        (
            "The day ended with Roe saying that he was tired.",
            "that he was tired",
            "Roe",
        ),
        (
            "His stern warning that the dam would break came in May.",
            "that the dam would break came in May",
            "His",
        ),
    ] {
        let found = proposed(text);
        let of = found
            .iter()
            .find(|(_, parts, _)| parts.iter().any(|part| part == words));
        let found_speaker = of.and_then(|(_, _, speaker)| speaker.as_deref());
        assert_eq!(found_speaker, Some(speaker), "{text}: {found:?}");
    }
}

#[test]
fn a_report_within_another_is_part_of_it() {
    check(
        "Lee said the thieves were seeking “rare stamps.”",
        &[(
            Mixed,
            &["the thieves were seeking “rare stamps.”"],
            Some("Lee"),
        )],
    );
    check(
        "A guard said that the gate was open, the report said.",
        &[(
            Indirect,
            &["A guard said that the gate was open"],
            Some("the report"),
        )],
    );
    check(
        "The council condemned what it called a “bitter day” for the town.",
        &[(
            Mixed,
            &["what it called a “bitter day” for the town"],
            Some("The council"),
        )],
    );
    check(
        "Lee told the crowd that after ten years, “It is time.”",
        &[(Mixed, &["that after ten years, “It is time.”"], Some("Lee"))],
    );
}

#[test]
fn a_quotation_is_joined_to_the_report_before_it() {
    check(
        "Lee agreed. “We have no time to lose.”",
        &[(Direct, &["“We have no time to lose.”"], Some("Lee"))],
    );
    check(
        "“We sell,” Lee said. The hall was full. “It hurts us all.”",
        &[(Direct, &["“We sell,”", "“It hurts us all.”"], Some("Lee"))],
    );
    check(
        "“Nobody asked us here.” Lee said.",
        &[(Direct, &["“Nobody asked us here.”"], Some("Lee"))],
    );
    check(
        "“We sell,” the tired, 71-year-old miller said in May.",
        &[(
            Direct,
            &["“We sell,”"],
            Some("the tired, 71-year-old miller"),
        )],
    );
    check("Lee said so in his 2012 book, “A Son of Bonn.”", &[]);
}
