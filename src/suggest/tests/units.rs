//! What a place or a step means.

use super::*;

#[test]
fn no_two_steps_differ_by_a_full_stop() {
    for text in [
        "Roe left on Monday. Lee said that the bridge is closed. They stayed.",
        "Lee said that the bridge is closed.",
        "Lee left. “The bridge is closed. We stay.”",
    ] {
        let document = document(text);
        let source = document.source();
        let mut range = TextRange::empty(caret(&document, "is |closed"));
        let mut seen = vec![String::new()];
        while let Some(next) = grow(source, range) {
            range = next;
            seen.push(source.slice(range).to_owned());
        }
        for pair in seen.windows(2) {
            assert_ne!(format!("{}.", pair[0]), pair[1], "{seen:?}");
        }
        assert_eq!(seen.last().map(String::as_str), Some(text));
    }
}

#[test]
fn neither_a_mark_nor_a_verb_is_a_speaker() {
    let document = document("The baker came to help, and “nothing” was 2016. Tom’s dog - she saw.");
    let unit = |place: &str| {
        let unit = natural_unit(&document, &schema(), "speaker", caret(&document, place));
        unit.map(|unit| document.source().slice(unit))
    };
    for place in [
        "to |help",
        "|and",
        "|“nothing",
        "20|16",
        "dog |- she",
        "s|aw",
    ] {
        assert_eq!(unit(place), None, "{place}");
    }
    assert_eq!(unit("ba|ker"), Some("The baker"));
    assert_eq!(unit("T|om"), Some("Tom"));
    assert_eq!(unit("s|he"), Some("she"));
}

#[test]
fn words_that_only_announce_a_report_are_no_quote() {
    let document = document(
        "Wikinews has learned that according to an Internet posting made just over 24 hours ago, the \
         Church of Scientology's website is being attacked by hackers, causing the site to shut down.",
    );
    for place in ["Wiki|news", "le|arned", "acc|ording", "web|site"] {
        let unit = natural_unit(&document, &schema(), "quote", caret(&document, place)).unwrap();
        let words = document.source().slice(unit);
        assert!(
            words.contains("the Church of Scientology") && words.ends_with("shut down"),
            "{place}: {words}"
        );
    }
}

#[test]
fn a_mention_is_the_whole_noun_phrase_whether_or_not_its_nouns_are_known() {
    for (text, place, whole) in [
        (
            "Recent surveys show that trust grew.",
            "Rec|ent",
            "Recent surveys",
        ),
        (
            "Local dairy farmers argued for it.",
            "da|iry",
            "Local dairy farmers",
        ),
        ("Roe and Lee signed it.", "Roe a|nd", "Roe and Lee"),
        (
            "Most of the tenants agreed to it.",
            "o|f the",
            "Most of the tenants",
        ),
        ("European bakers asked why.", "Euro|pean", "European bakers"),
        (
            "Those three ferry lines promised it.",
            "fer|ry",
            "Those three ferry lines",
        ),
        ("The tenants, many of whom left, agreed.", "ma|ny", "many"),
        ("Lee, however, says no.", "L|ee", "Lee"),
        ("Lee, after a long walk, says no.", "L|ee", "Lee"),
        ("Today they’re sure of it.", "th|ey", "they"),
    ] {
        let document = document(text);
        let unit = natural_unit(&document, &schema(), "speaker", caret(&document, place));
        let words = unit.map(|unit| document.source().slice(unit));
        assert_eq!(words, Some(whole), "{text} at {place}");
    }
}

#[test]
fn what_is_reported_begins_behind_the_preposition_of_its_verb() {
    let document = document("The mayor warned of a long and costly winter without ferries.");
    let unit = natural_unit(&document, &schema(), "quote", caret(&document, "cos|tly"));
    let words = unit.map(|unit| document.source().slice(unit));
    assert_eq!(words, Some("a long and costly winter without ferries"));
}

#[test]
fn what_a_word_of_attitude_is_about_is_a_quote_where_a_person_says_so() {
    for (text, place, whole) in [
        (
            "The tenants weighed in on the new bridge, which costs a lot.",
            "new br|idge",
            "the new bridge",
        ),
        (
            "Her decision to run again surprised them.",
            "aga|in",
            "to run again surprised them",
        ),
        ("Support for Holm has been strong.", "Ho|lm", "Holm"),
        (
            "The baker was critical of the mayor and her plans.",
            "pl|ans",
            "the mayor and her plans",
        ),
        (
            "Lee likes winter because ferries are rare.",
            "win|ter",
            "winter",
        ),
        // Where somebody reports, what is reported.
        (
            "After a fight about the ferries, Lee said that the bridge is closed.",
            "L|ee",
            "that the bridge is closed",
        ),
    ] {
        let document = document(text);
        let unit = natural_unit(&document, &schema(), "quote", caret(&document, place));
        let words = unit.map(|unit| document.source().slice(unit));
        assert_eq!(words, Some(whole), "{text} at {place}");
    }
}

#[test]
fn a_clause_with_quoted_words_is_whole() {
    for (text, place, whole) in [
        (
            "Lee urged the tenants to “stand up” for the ferry.",
            "stand| up",
            "the tenants to “stand up” for the ferry",
        ),
        (
            "Lee left, saying she “has lost faith in it.”",
            "lost| faith",
            "she “has lost faith in it.”",
        ),
        (
            "Lee said that “Ferries are slow in winter.”",
            "slow| in",
            "that “Ferries are slow in winter.”",
        ),
        (
            "Lee condemned what she called a “late and costly” bridge.",
            "late| and",
            "what she called a “late and costly” bridge",
        ),
        (
            "Lee lamented the “sad state” of the ferries and criticized the “lost winter” in Bonn.",
            "sad| state",
            "the “sad state” of the ferries",
        ),
        (
            "Lee lamented the “sad state” of the ferries and criticized the “lost winter” in Bonn.",
            "lost| winter",
            "the “lost winter” in Bonn",
        ),
        (
            "The paper referred to Holm as “the lost baker.”",
            "lost| baker",
            "Holm as “the lost baker.”",
        ),
    ] {
        let document = document(text);
        let unit = natural_unit(&document, &schema(), "quote", caret(&document, place));
        let words = unit.map(|unit| document.source().slice(unit));
        assert_eq!(words, Some(whole), "{text} at {place}");
    }
}

/// The pieces of a split quote go together, unless the project tags each on its own or one is tagged.
#[test]
fn a_piece_brings_the_others_of_its_quote() {
    let parts = |document: &Document, schema: &Schema, place: &str| {
        let at = caret(document, place);
        let parts = natural_parts(document, schema, "quote", at).unwrap();
        let words = parts
            .iter()
            .map(|part| document.source().slice(*part).to_owned());
        words.collect::<Vec<_>>()
    };
    let text = "“We sell,” Lee said. “It hurts us all.” Nobody “clapped.”\n\n“I stay,” Roe said.";
    let split = document(text);
    let both = ["“We sell,”", "“It hurts us all.”"];
    for place in ["We |sell", "hurts| us"] {
        assert_eq!(parts(&split, &schema(), place), both, "{place}");
    }
    assert_eq!(parts(&split, &schema(), "I |stay"), ["“I stay,”"]);
    let mut pieces = schema();
    pieces.conventions.push(crate::model::Convention {
        name: "split".into(),
        value: "pieces".into(),
    });
    assert_eq!(parts(&split, &pieces, "We |sell"), both[..1]);
}
