use super::super::size;
use proptest::prelude::*;

use super::*;

fn source(text: &str) -> SourceText {
    SourceText::new(text, "UTF-8").unwrap()
}

fn range(text: &str, words: &str) -> TextRange {
    let start = text.find(words).unwrap();
    TextRange::at(size(start), TextSize::of(words))
}

/// What has become of `words`, with the words it covers now.
fn after(old: &str, new: &str, words: &str) -> (Anchored, String) {
    let (old_source, new_source) = (source(old), source(new));
    let was = range(old, words);
    let [found] = reanchor(&old_source, &new_source, &[was])
        .try_into()
        .unwrap();
    let now = match found {
        Anchored::Same => new_source.slice(was),
        Anchored::Moved(place) | Anchored::Check(place, _) => new_source.slice(place),
        Anchored::Lost => "",
    };
    (found, now.to_owned())
}

const TEXT: &str = "Officials met on Monday.\n\n“I think so,” Tillerson said in the Oval Office. “Today we \
                    do not have a policy.”\n\nNobody else said a word about it that day.\n";

#[test]
fn words_before_and_behind_an_edit() {
    let new = TEXT.replace("Monday", "Tuesday");
    assert_eq!(after(TEXT, &new, "Officials met").0, Anchored::Same);
    let (found, words) = after(TEXT, &new, "“I think so,”");
    assert_eq!(
        (found, words.as_str()),
        (
            Anchored::Moved(range(&new, "“I think so,”")),
            "“I think so,”"
        )
    );
    assert_eq!(after(TEXT, TEXT, "Monday").0, Anchored::Same);
}

#[test]
fn a_slip_within_a_tag_is_to_be_checked() {
    let new = TEXT
        .replace("Tillerson", "Tilerson")
        .replace("policy", "polisy");
    for (words, now) in [
        ("Tillerson", "Tilerson"),
        (
            "“Today we do not have a policy.”",
            "“Today we do not have a polisy.”",
        ),
        ("Till", "Til"),
        ("son said", "son said"),
    ] {
        let (found, there) = after(TEXT, &new, words);
        assert_eq!(there, now);
        let changed = matches!(found, Anchored::Check(_, Doubt::Words));
        assert_eq!(changed, words != now, "{found:?}");
    }
}

#[test]
fn plain_quotes_and_other_line_ends_keep_the_tags() {
    let new = TEXT.replace(['“', '”'], "\"").replace('\n', "\r\n");
    assert_eq!(after(TEXT, &new, "“I think so,”").1, "\"I think so,\"");
    assert!(matches!(
        after(TEXT, &new, "Tillerson").0,
        Anchored::Moved(_)
    ));
    // The same words over a line end.
    let new = TEXT.replace('\n', "\r\n");
    let (found, words) = after(TEXT, &new, "policy.”\n\nNobody");
    assert_eq!(words, "policy.”\r\n\r\nNobody");
    assert!(matches!(found, Anchored::Moved(_)), "{found:?}");
}

#[test]
fn what_was_cut_is_lost_even_where_its_words_stand_elsewhere() {
    let new = TEXT.replace("Nobody else said a word about it that day.\n", "");
    assert_eq!(after(TEXT, &new, "Nobody else").0, Anchored::Lost);
    let new = TEXT.replace("“I think so,” Tillerson said in the Oval Office. ", "");
    let (found, _) = after(TEXT, &new, "said");
    assert!(
        !matches!(found, Anchored::Same | Anchored::Moved(_)),
        "{found:?}"
    );
}

#[test]
fn a_repeated_paragraph_is_to_be_checked() {
    let again = "Nobody else said a word about it that day.\n";
    for new in [format!("{again}{TEXT}"), format!("{TEXT}{again}")] {
        let (found, words) = after(TEXT, &new, "Nobody else");
        assert!(
            matches!(found, Anchored::Check(_, Doubt::Repeated)),
            "{found:?}"
        );
        assert_eq!(words, "Nobody else");
        assert!(matches!(
            after(TEXT, &new, "Tillerson").0,
            Anchored::Same | Anchored::Moved(_)
        ));
    }
}

#[test]
fn a_paragraph_that_went_elsewhere_is_found_and_to_be_checked() {
    let line = "Officials met on Monday.\n\n";
    let new = TEXT.replace(line, "") + "\n" + line;
    let (found, words) = after(TEXT, &new, "Officials met");
    assert!(
        matches!(found, Anchored::Check(_, Doubt::Elsewhere)),
        "{found:?}"
    );
    assert_eq!(words, "Officials met");
}

#[test]
fn edges_stay_on_graphemes_and_at_white_space() {
    let old = "A cafe is open. He said so today.";
    let new = "A nice cafe\u{301} is open. He said so today.";
    assert_eq!(after(old, new, "cafe").1, "cafe\u{301}");
    assert_eq!(after(old, new, " said ").1, " said ");
    assert_eq!(
        after(old, &new.replace(" said ", "\tsaid\n"), " said ").1,
        "said"
    );
    let (found, words) = after(old, &format!("So. {old}"), " ");
    assert!(matches!(found, Anchored::Moved(_)), "{found:?}");
    assert_eq!(words, " ");
}

#[test]
fn words_alone_are_found_where_they_stand_once() {
    let text = source(TEXT);
    let mut finder = WordFinder::new(&text);
    let mut find = |words: &str, before: u32| finder.find(words, before.into());
    let so = range(TEXT, "“I think so,”");
    assert_eq!(find("“I think so,”", so.start().into()), Anchored::Same);
    assert_eq!(find("“I think so,”", 3), Anchored::Moved(so));
    assert_eq!(find("said", 3), Anchored::Lost);
    let said = range(TEXT, "said");
    assert_eq!(
        find("said", said.start().into()),
        Anchored::Check(said, Doubt::Repeated)
    );
    assert_eq!(find("hink s", 3), Anchored::Moved(range(TEXT, "hink s")));
    assert_eq!(find("nowhere to be seen", 3), Anchored::Lost);
    assert_eq!(find("", 3), Anchored::Lost);
    let think = Anchored::Moved(range(TEXT, "I think"));
    assert_eq!(find("I  think", 3), think);
    assert_eq!(find("i THINK", 3), think);
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "he ",
        "said ",
        "“",
        "”",
        "\n",
        "\r\n",
        "e\u{301}",
        "👩‍🔬",
        " ",
        "policy",
        ". ",
        "日本",
        "--",
        "\u{200d}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// For any edit: no panic, ranges are in the new text, and what is called the same is the same.
    #[test]
    fn ranges_lie_in_the_new_text(
        old in any_text(), new in any_text(), mix in any::<bool>(),
        ends in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6),
    ) {
        let new = if mix { format!("{new}{old}") } else { new };
        let (old_source, new_source) = (source(&old), source(&new));
        let bounds: Vec<usize> = old.char_indices().map(|(at, _)| at).chain([old.len()]).collect();
        let ranges: Vec<TextRange> = ends
            .iter()
            .map(|(a, b)| (bounds[a.index(bounds.len())], bounds[b.index(bounds.len())]))
            .map(|(a, b)| TextRange::new(size(a.min(b)), size(a.max(b))))
            .collect();
        for (range, found) in ranges.iter().zip(reanchor(&old_source, &new_source, &ranges)) {
            let was = old_source.slice(*range);
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            match found {
                Anchored::Same => prop_assert_eq!(new_source.get(*range), Some(was)),
                Anchored::Moved(place) => {
                    let now = new_source.get(place);
                    prop_assert_eq!(now.map(words), Some(words(was)));
                }
                Anchored::Check(place, _) => prop_assert!(!place.is_empty() && new_source.get(place).is_some()),
                Anchored::Lost => {}
            }
        }
        for (range, found) in ranges.iter().zip(reanchor(&old_source, &old_source, &ranges)) {
            prop_assert_eq!(found, Anchored::Same, "{:?}", range);
        }
    }
}
