//! What is said about the files of an import.

use crate::support::{TestCorpus, show};

#[test]
fn the_unit_of_offsets_can_be_said() {
    let row = r#"{"text":"😀 No, said Ann.","spans":[{"start":3,"end":5,"label":"quote"}]}"#;
    let corpus = TestCorpus::new().file("in.jsonl", format!("{row}\n"));
    let import = |unit: &str, into: &str| {
        let set = format!("unit={unit}");
        let args = [
            "import", "in.jsonl", "--from", "spacy", "--set", &set, "--into", into,
        ];
        corpus.run(args)
    };
    for (unit, words) in [
        ("codepoints", "<span-1:quote>o,</span-1>"),
        ("utf16", "<span-1:quote>No</span-1>"),
    ] {
        assert_eq!(import(unit, unit).status, Some(0));
        let article = format!("{unit}/in-1.txt");
        assert!(show(&corpus.document(&article, "")).contains(words));
    }
    let refused = import("feet", "x").stderr;
    assert!(
        refused.contains("cannot be `feet`; use auto, code-points, utf16, bytes"),
        "{refused}"
    );
}
