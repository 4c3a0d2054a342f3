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

/// As PowerShell writes what a program prints.
#[test]
fn lines_in_utf16_are_read() {
    let rows = "{\"text\":\"Zoë said no.\",\"label\":[[0,3,\"name\"]]}\r\n";
    let units = rows.encode_utf16().flat_map(u16::to_le_bytes);
    let bytes: Vec<u8> = b"\xff\xfe".iter().copied().chain(units).collect();
    let corpus = TestCorpus::new().file("in.jsonl", bytes);
    let ran = corpus.run(["import", "in.jsonl", "--into", "c"]);
    assert_eq!(ran.status, Some(0), "{ran}");
    assert!(ran.stderr.starts_with("read as `doccano` ("), "{ran}");
    assert!(show(&corpus.document("c/in-1.txt", "")).contains(":name>Zoë<"));
}
