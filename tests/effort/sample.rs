//! The sample article, tagged whole with keys alone: quotes with those nested in them, speakers,
//! claims and links. C takes the words of a quote, pressed again the clause at the caret.

use crate::support::Player;

/// The keys, in the order of the article; a move of the caret is a key, too.
const KEYS: &[&str] = &[
    // Tillerson's report, President Trump's in it, and the claim of each.
    "Shift+n q c c Shift+n q c",
    // The split quote; its second part with its claim; back to what the president is clear about.
    "Shift+n q Shift+n Shift+n Shift+n a c Shift+p Shift+p q",
    "Shift+n q c",
    // Another split quote with a claim in each part; to the second one from what follows.
    "Shift+n q a c Shift+n Ctrl+Left Ctrl+Left Ctrl+Left Ctrl+Left Ctrl+Left Ctrl+Left Ctrl+Left c c",
    "Shift+n q c",
    // Who asked is not said.
    "Shift+n q 0",
    "Shift+n q",
    "Shift+n q c",
    // The author's sentence, and what the Kremlin is said in it to have done.
    "Shift+n Ctrl+Left Ctrl+Left Ctrl+Left c Shift+n q c",
    // The author's next sentence, from what follows.
    "Shift+n Ctrl+Left Ctrl+Left Ctrl+Left Ctrl+Left Ctrl+Left Ctrl+Left Ctrl+Left Ctrl+Left \
     Ctrl+Left Ctrl+Left Ctrl+Left Ctrl+Left Ctrl+Left Ctrl+Left c Shift+n q c",
    "Shift+n q c",
    "Shift+n q c c",
    // What he stressed; what the members want in it; the claim at its end, beyond that.
    "Shift+n q c c Enter Ctrl+Right Ctrl+Right Ctrl+Right Ctrl+Right Ctrl+Right Ctrl+Right Ctrl+Right \
     Ctrl+Right Ctrl+Right Ctrl+Right Ctrl+Right q Enter e e Right Ctrl+Right Ctrl+Right c",
];

/// The start and the end of the words of each quote, and its speaker; `-` for none given.
const QUOTES: [(&str, &str, &str); 16] = [
    (
        "that while the US",
        "establish one",
        "Secretary of State Rex Tillerson",
    ),
    (
        "it is extremely important",
        "establish one",
        "President Trump",
    ),
    (
        "“I think the president",
        "relationship,” | “Today we do not.”",
        "Tillerson",
    ),
    (
        "that he views it",
        "a working relationship",
        "the president",
    ),
    (
        "that despite differences",
        "denuclearize North Korea",
        "Tillerson",
    ),
    (
        "\"By and large",
        "of the sanctions,\" | \"They’ve voiced their view of how effective they think those may \
         be, but we do need Russia’s support.\"",
        "Tillerson",
    ),
    ("that Russia aims", "and disinformation", "McMaster"),
    ("whether President", "McMaster's position", "-"),
    ("\"General McMaster", "speaking about.\"", "Sanders"),
    ("that the Trump administration", "on Moscow", "Sanders"),
    ("that the Kremlin ordered", "presidential election", "US"),
    (
        "that restoring relations",
        "was essential",
        "Former US Congressman Wayne Curtis Weldon",
    ),
    (
        "that the relationship between",
        "state of Pennsylvania",
        "Weldon",
    ),
    (
        "\"The American and Russian",
        "elected officials,\"",
        "Weldon",
    ),
    ("that there are members", "from doing do", "He"),
    ("to know more", "get involved", "members of the US Congress"),
];

/// The same of the claims; empty for the author's own.
const CLAIMS: [(&str, &str, &str); 16] = [
    (
        "the US and Russia",
        "at the moment",
        "Secretary of State Rex Tillerson",
    ),
    (
        "it is extremely important",
        "establish one",
        "President Trump",
    ),
    ("Today we do not", "Today we do not", "Tillerson"),
    (
        "despite differences",
        "denuclearize North Korea",
        "Tillerson",
    ),
    ("By and large", "of the sanctions", "Tillerson"),
    ("we do need", "Russia’s support", "Tillerson"),
    ("Russia aims", "and disinformation", "McMaster"),
    ("the Trump administration", "on Moscow", "Sanders"),
    (
        "Relations between the United States",
        "presidential election",
        "",
    ),
    ("the Kremlin ordered", "presidential election", "US"),
    ("US Senate and House", "into the allegations", ""),
    (
        "restoring relations",
        "was essential",
        "Former US Congressman Wayne Curtis Weldon",
    ),
    (
        "the relationship between",
        "state of Pennsylvania",
        "Weldon",
    ),
    ("The American and Russian", "disagree on", "Weldon"),
    ("there are members", "get involved", "He"),
    ("the hysteria over Russia", "from doing do", "He"),
];

/// The sample article, tagged whole, and how many keys that was.
pub(super) fn tagged_sample() -> (Player, usize) {
    let mut player = Player::sample();
    let pressed = KEYS.iter().map(|keys| player.keys(keys)).sum();
    (player, pressed)
}

#[test]
fn the_whole_sample_costs_103_keys() {
    let (player, pressed) = tagged_sample();
    println!("the sample article tagged whole: {pressed} keys, no mouse");
    for (label, expected) in [("quote", QUOTES), ("claim", CLAIMS)] {
        let tags = player.tags(label);
        assert_eq!(tags.len(), expected.len(), "{tags:#?}");
        for ((words, speakers), (start, end, speaker)) in tags.iter().zip(expected) {
            assert!(words.starts_with(start) && words.ends_with(end), "{words}");
            assert_eq!(speakers.join(", "), speaker, "{words}");
        }
    }
    assert_eq!(player.tags("speaker").len(), 15);
    let to_speakers = player.open.document().set().links().filter(|link| {
        link.confirmed && matches!(link.to, pullquote::model::Target::Annotation(_))
    });
    assert_eq!(to_speakers.count(), 29);
    assert_eq!(player.open.tally().suggestions, 0);
    assert_eq!(pressed, 103);
}
