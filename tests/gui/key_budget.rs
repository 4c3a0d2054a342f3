//! How many keys an article costs, by the real keymap. The caret is put by finding the words, which
//! is not counted: a hand on the mouse does it with one click.

use pullquote::format::sidecar;
use pullquote::model::{Document, Link, Target};
use pullquote::text::SourceText;

use super::window::Window;

const SAMPLE: &str = include_str!("../../seeds/us-russia-relations.txt");

/// Every attribution of the first half: where the caret is, the keys, the words, the speaker.
const FIRST_HALF: [(&str, &str, &[&str], &str); 6] = [
    (
        "relationship at the moment",
        "q Enter",
        &[
            "that while the US and Russia do not have a working relationship at the moment, \
             President Trump believes it is extremely important to establish one",
        ],
        "Secretary of State Rex Tillerson",
    ),
    (
        "president has been quite clear",
        "q a Enter",
        SPLIT,
        "Tillerson",
    ),
    (
        "relying on Russia",
        "q Enter",
        &[
            "that despite differences between the two sides, the United States is relying on \
             Russia to help solve the crisis in Syria and denuclearize North Korea",
        ],
        "Tillerson",
    ),
    (
        "large, at the Security Council",
        "q a Enter",
        &[
            "\"By and large, at the Security Council, again, they’ve [Russia] been very \
             supportive of the sanctions,\"",
            "\"They’ve voiced their view of how effective they think those may be, but we do \
             need Russia’s support.\"",
        ],
        "Tillerson",
    ),
    (
        "aims to create",
        "q Enter",
        &[
            "that Russia aims to create \"crises of confidence\" and uses very sophisticated \
             tools, including cybertattacks and disinformation",
        ],
        "McMaster",
    ),
    (
        "someone who understands",
        "q Enter",
        &[
            "\"General McMaster certainly is someone who understands and knows president's \
             feelings and our relationships with foreign partners and something we certainly \
             feel comfortable with him speaking about.\"",
        ],
        "Sanders",
    ),
];

const SPLIT: &[&str] = &[
    "“I think the president has been quite clear that he views it as extremely important that the \
     United States and Russia have a working relationship,”",
    "“Today we do not.”",
];

/// What the window has saved by itself.
fn saved(home: &std::path::Path) -> Document {
    let source = SourceText::new(SAMPLE, "UTF-8").unwrap();
    let sidecar_path = home.join("data/sample/us-russia-relations.txt.ron");
    let text = std::fs::read_to_string(sidecar_path).unwrap();
    let contents = sidecar::read(&text, &source).unwrap();
    assert!(contents.unread.is_empty());
    contents.into_document(source, None)
}

/// The words and the confirmed speaker of each quote, in the order of the text.
fn attributions(document: &Document) -> Vec<(Vec<&str>, Option<&str>)> {
    let set = document.set();
    let speaker = |link: &Link| match &link.to {
        Target::Annotation(id) if link.confirmed => {
            let mention = set.annotation(id).unwrap();
            Some(document.source().slice(mention.fragments.hull()))
        }
        _ => None,
    };
    set.annotations()
        .filter(|tag| tag.label == "quote")
        .map(|quote| {
            let parts = quote.fragments.iter();
            let words = parts.map(|part| document.source().slice(part)).collect();
            (words, set.links_from(&quote.id).find_map(speaker))
        })
        .collect()
}

#[test]
fn the_first_half_of_the_sample_costs_fourteen_keys() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    let mut pressed = 0;
    for (words, keys, _, _) in FIRST_HALF {
        window.caret_at(words);
        window.press(keys);
        pressed += keys.split(' ').count();
    }
    let document = saved(home.path());
    let expected: Vec<_> = FIRST_HALF
        .iter()
        .map(|(_, _, words, speaker)| (words.to_vec(), Some(*speaker)))
        .collect();
    assert_eq!(attributions(&document), expected);
    assert_eq!(pressed, 14, "for six attributions, two of them split");
}

#[test]
fn a_split_quote_costs_three_keys_from_anywhere_in_its_first_part() {
    for words in [
        "I think",
        "that he views",
        "United States and Russia have",
        "relationship,”",
    ] {
        let home = tempfile::tempdir().unwrap();
        let mut window = Window::open(home.path(), &[]);
        window.caret_at(words);
        window.press("q a Enter");
        let document = saved(home.path());
        let found = attributions(&document);
        assert_eq!(
            found,
            [(SPLIT.to_vec(), Some("Tillerson"))],
            "from {words:?}: {}",
            window.status()
        );
    }
}

#[test]
fn tagging_a_speaker_changing_one_and_deleting_cost_one_key_each() {
    let home = tempfile::tempdir().unwrap();
    let mut window = Window::open(home.path(), &[]);
    window.caret_at("Rex Tillerson");
    window.press("s");
    let document = saved(home.path());
    let tag = document.set().annotations().next().unwrap();
    let words = document.source().slice(tag.fragments.hull());
    assert_eq!(words, "Secretary of State Rex Tillerson");

    window.caret_at("think the president");
    window.press("q Enter");
    let before = saved(home.path());
    window.press("Tab");
    let after = saved(home.path());
    let speakers = |document: &Document| {
        let found = attributions(document);
        found
            .first()
            .and_then(|(_, speaker)| speaker.map(str::to_owned))
    };
    assert_eq!(speakers(&before).as_deref(), Some("Tillerson"));
    assert!(
        speakers(&after).is_some(),
        "the answer stays a confirmed one"
    );
    assert_ne!(speakers(&after), speakers(&before));

    window.press("Delete");
    assert!(attributions(&saved(home.path())).is_empty());
}
