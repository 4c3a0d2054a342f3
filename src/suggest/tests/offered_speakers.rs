//! Who is offered as a speaker, and who is not.

use super::*;

/// The words of the candidates for the quote at `said`.
fn offered(text: &str, said: &str) -> Vec<String> {
    let document = document(text);
    let at = text.find(said).unwrap();
    let start = TextSize::of(&text[..at]);
    let quote = TextRange::at(start, TextSize::of(said));
    let all = candidates(&document, &schema(), &[quote], "quote");
    all.into_iter().map(|candidate| candidate.words).collect()
}

#[test]
fn a_relative_pronoun_is_nobody() {
    let text = "Mr. Roe traveled to meet with Devocht, who had told Montalvo he would assist him \
                with future employment. Who had said so?";
    let found = offered(text, "he would assist him with future employment");
    assert_eq!(found[0], "Devocht");
    assert!(
        !found.iter().any(|words| words.eq_ignore_ascii_case("who")),
        "{found:?}"
    );
}

#[test]
fn a_name_after_a_noun_is_another_group() {
    let text = "He held it up as characteristic of a campaign Mr. Khan has called bigoted.\n\n\
                “Vote for unity,” Mr. Khan said.";
    let found = offered(text, "“Vote for unity,”");
    assert_eq!(found[0], "Mr. Khan");
    assert!(
        !found.iter().any(|words| words.contains("campaign Mr")),
        "{found:?}"
    );
    let found = offered("“It is over,” the actor John Roe said.", "“It is over,”");
    assert_eq!(found[0], "the actor John Roe");
}

#[test]
fn the_subject_of_two_clauses_says_the_second() {
    let text = "The article attacked Tom Devocht and Mark Rathbun. Montalvo had known Devocht personally, \
                and came to the conclusion that the claims made about him were lies.";
    let found = offered(text, "that the claims made about him were lies");
    assert_eq!(found[0], "Montalvo", "{found:?}");
}
