//! Damaged and invented files by the ten thousand: nothing panics, and what is accepted is written
//! and read again as it is. The seed is fixed, so that a failure comes again; `PULLQUOTE_FUZZ=N`
//! multiplies how many are tried.

mod mutate;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pullquote::format::schema_file::{default_schema, parse_schema};
use pullquote::format::{self, Input, sidecar};
use pullquote::model::Document;
use pullquote::store::{EncodingHints, read_source};
use pullquote::text::SourceText;

use crate::support::{show, tagged};
use mutate::Mutator;

const SEED: u64 = 0x5EED_0F0B_ADF1_1E5A;

const NOTATION: &str = "<q1:quote>“I think so,”</q1> <s1:speaker>Tillerson</s1> said 👩\u{200d}🔬. \
    <q1>“Today.”</q1>\r\n<c1:claim>He knew <s2:speaker>it</s2></c1>\n---\np1 = Rex Tillerson\n\
    q1 form=direct\nq1 note=a \"note\" \\ with\nc1 review=accepted\ns1 is p1\ns2 verdict=open\n\
    q1 -speaker-> s1\nc1 -speaker-> @p1 ?";

fn rounds(usual: usize) -> usize {
    let times = std::env::var("PULLQUOTE_FUZZ").ok();
    usual * times.and_then(|n| n.parse::<usize>().ok()).unwrap_or(1)
}

/// Runs `look` on that many mutations; one that panics is shown. Gives how many were accepted.
fn fuzz(
    name: &str,
    rounds: usize,
    seeds: &[Vec<u8>],
    tokens: &[&str],
    look: impl Fn(&[u8]) -> bool,
) -> usize {
    let mut mutator = Mutator::new(SEED, tokens);
    let mut accepted = 0;
    for round in 0..rounds {
        let input = mutator.mutated(seeds);
        match catch_unwind(AssertUnwindSafe(|| look(&input))) {
            Ok(taken) => accepted += usize::from(taken),
            Err(_) => panic!(
                "{name}, mutation {round}: {:?}",
                String::from_utf8_lossy(&input)
            ),
        }
    }
    println!(
        "random input to {name}: {rounds} mutations, 0 panics, {accepted} accepted, all of them round-trip"
    );
    accepted
}

const RON: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\\",
    "\\u{202e}",
    "\\u{110000}",
    "//",
    "/*",
    "*/",
    "#![enable(implicit_some)]",
    "Some(",
    "None",
    "r#\"",
    "\"#",
    "id: \"q1\"",
    "at: [(0, 1)]",
    "text: [\"“\"]",
    "-1",
    "0",
    "4294967296",
    "18446744073709551615",
    "1e400",
    "NaN",
    "true",
    "()",
    "version: 2",
    "version: 1",
    "annotations: [",
    "links: [",
    "people: [",
    "damaged: [\"x\"],",
    "state: Done",
    "by: Suggester(\"x\")",
    "verdict: Open",
    "review: Unsure",
    "to: NotGiven",
    "to: Annotation(\"q1\")",
    "to: Person(\"p1\")",
    "attributes: {\"a\": \"b\", \"a\": \"c\"}",
    "<<<<<<< ours\n",
    "=======\n",
    ">>>>>>> theirs\n",
    "\n",
    "\r\n",
    "\0",
    "\u{feff}",
    "was: [\"x\"]",
    "future: (a: 1)",
    "kind: Group",
    "sha256: \"\"",
    "encoding: \"UTF-16LE\"",
    "char: 'x'",
];

/// What is read is written and read again as the same, and written the second time byte for byte.
fn round_trips(bytes: &[u8], source: &SourceText) -> bool {
    let Ok(contents) = sidecar::read_bytes(bytes, source) else {
        return false;
    };
    let document = contents.into_document(source.clone(), None);
    let written = sidecar::write(&document, "a.txt");
    let back = sidecar::read(&written, source).expect("what was written is read");
    assert!(!back.salvaged, "what was written is well formed: {written}");
    assert_eq!(&back.meta, document.meta());
    assert_eq!(&back.set, document.set());
    assert_eq!(back.unread.len(), document.unread().len());
    let again = back.into_document(source.clone(), None);
    assert_eq!(sidecar::write(&again, "a.txt"), written);
    true
}

#[test]
fn sidecars() {
    let document = tagged(NOTATION);
    let source = document.source().clone();
    let good = sidecar::write(&document, "a.txt").into_bytes();
    let lines = String::from_utf8(good.clone()).unwrap();
    let header: String = lines.lines().filter(|line| !line.contains("id:")).collect();
    let seeds = [good, header.into_bytes(), b"Pullquote(version: 1)".to_vec()];
    let accepted = fuzz("sidecar", rounds(100_000), &seeds, RON, |bytes| {
        round_trips(bytes, &source)
    });
    assert!(accepted > 0);
}

#[test]
fn schemas() {
    let seeds = [include_bytes!("../../assets/schema.ron").to_vec()];
    let tokens: Vec<&str> = RON
        .iter()
        .copied()
        .chain(["labels: [", "roles: ["])
        .collect();
    fuzz("schema", rounds(5_000), &seeds, &tokens, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let Ok(schema) = parse_schema(&text) else {
            return false;
        };
        // A schema that was accepted can be worked with.
        let document = tagged(NOTATION);
        let open = pullquote::ops::OpenDocument::new(document, schema);
        let _ = open.tally();
        parse_schema(&text).is_ok()
    });
}

#[test]
fn articles() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    let text = "“Né à Genève”, she said — 👩\u{200d}🔬 “où”.\r\n";
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes);
    let seeds = [
        text.as_bytes().to_vec(),
        b"\xFF\xFE".iter().copied().chain(wide).collect(),
        b"two \x93peace\x94 caf\xE9s".to_vec(),
        b"\x1b$B<sAj\x1b(B ok".to_vec(),
        Vec::from([0x8E, 0xE5, 0x82, 0xF1, 0x82, 0xCD, 0x81, 0x41]),
    ];
    let tokens = [
        "\u{feff}",
        "\0",
        "\u{1b}$B",
        "\u{1b}(B",
        "\r",
        "\u{2028}",
        "%PDF-",
        "<html>",
        "PK\u{3}\u{4}",
        "é",
        "“",
    ];
    fuzz("article", rounds(5_000), &seeds, &tokens, |bytes| {
        std::fs::write(&path, bytes).unwrap();
        let Ok(article) = read_source(&path, &EncodingHints::default()) else {
            return false;
        };
        let source = article.source;
        let decoding = source.decoding();
        let utf8 = std::str::from_utf8(bytes).is_ok();
        let marked = bytes.starts_with(b"\xFF\xFE")
            || bytes.starts_with(b"\xFE\xFF")
            || bytes.starts_with(b"\xEF\xBB\xBF");
        assert!(
            decoding.is_doubtful() || utf8 || marked,
            "no guess is silent"
        );
        if decoding.exact {
            assert_eq!(source.to_bytes().unwrap(), bytes);
        }
        true
    });
}

const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "null",
    "true",
    "-1",
    "0.5",
    "1e999",
    "18446744073709551615",
    "\"id\":",
    "\"text\":\"\"",
    "\"spans\":[",
    "\"links\":[",
    "\"people\":[",
    "\"start\":0",
    "\"end\":1",
    "\"fragments\":[[0,1],[0,1]]",
    "\"to_kind\":\"person\"",
    "\n",
    "\r\n",
    "\u{feff}",
    "\0",
    "\"label\":\"\"",
    "\"verdict\":\"open\"",
    "\"state\":\"done\"",
    "\"annotator\":\"A/b\"",
];

#[test]
fn imports() {
    let document = tagged(NOTATION);
    let schema = default_schema().unwrap();
    let jsonl = format::by_name("jsonl").unwrap();
    let options = format::Options::new(jsonl.info(), &[]).unwrap();
    let context = format::WriteContext {
        schema: &schema,
        options: &options,
        facts: &|_| pullquote::model::ArticleFacts::default(),
        curated: &|_| String::new(),
    };
    let written = |document: Document| {
        let mut out = Lines(Vec::new(), std::io::sink());
        let named = format::NamedDocument {
            id: "a.txt".to_owned(),
            document,
        };
        jsonl
            .write(&context, &mut std::iter::once(named), &mut out)
            .unwrap();
        out.0
    };
    let seeds = [
        written(document),
        b"{\"id\":\"a\",\"text\":\"xyz\"}\n".to_vec(),
    ];
    let none = |_: &str| None;
    fuzz("jsonl", rounds(10_000), &seeds, JSON, |bytes| {
        let Ok(read) = jsonl.read(&input(bytes, &none)) else {
            return false;
        };
        for imported in &read.documents {
            let again = written(imported.document.clone());
            let back = jsonl
                .read(&input(&again, &none))
                .expect("what was written is read");
            let [back] = &back.documents[..] else {
                panic!("{} documents of one", back.documents.len())
            };
            assert_eq!(show(&back.document), show(&imported.document));
        }
        read.problems.is_empty()
    });
}

/// Any file of any format is read, or refused in words, and what is read can be kept in a sidecar
/// as it is.
#[test]
fn every_format() {
    let schema = default_schema().unwrap();
    let both = |format: &&&dyn format::Format| format.info().reads && format.info().writes;
    for format in format::ALL.iter().filter(both) {
        let name = format.info().name;
        let options = format::Options::new(format.info(), &[]).unwrap();
        let context = format::WriteContext {
            schema: &schema,
            options: &options,
            facts: &|_| pullquote::model::ArticleFacts::default(),
            curated: &|_| String::new(),
        };
        let mut files = Files::default();
        let named = format::NamedDocument {
            id: "a.txt".to_owned(),
            document: tagged(NOTATION),
        };
        let mut documents = std::iter::once(named);
        format.write(&context, &mut documents, &mut files).unwrap();
        let text = tagged(NOTATION).source().as_str().as_bytes().to_vec();
        let beside = |wanted: &str| {
            let written = files.0.iter().find(|(name, _)| name == wanted);
            let written = written.map(|(_, bytes)| bytes.clone());
            written.or_else(|| wanted.ends_with(".txt").then(|| text.clone()))
        };
        let is_data = |name: &str| !name.ends_with(".txt") && !name.ends_with(".conf");
        let seeds: Vec<Vec<u8>> = files
            .0
            .iter()
            .filter(|(name, _)| is_data(name))
            .map(|(_, bytes)| bytes.clone())
            .collect();
        let whole = input(&seeds[0], &beside);
        let read = format
            .read(&Input {
                name: "a.ann",
                ..whole
            })
            .unwrap();
        assert!(read.problems.is_empty(), "{name}: {:?}", read.problems);
        fuzz(name, rounds(1_500), &seeds, JSON, |bytes| {
            let whole = input(bytes, &beside);
            let Ok(read) = format.read(&Input {
                name: "a.ann",
                ..whole
            }) else {
                return false;
            };
            for imported in &read.documents {
                let document = &imported.document;
                let kept = sidecar::write(document, "a.txt");
                if sidecar::confirm(&kept, document).is_err() {
                    // Importing reports it and writes nothing.
                    return false;
                }
            }
            read.problems.is_empty()
        });
    }
}

/// Files in memory, by name.
#[derive(Default)]
struct Files(Vec<(String, Vec<u8>)>);

impl format::Sink for Files {
    fn create(&mut self, name: &str) -> std::io::Result<&mut dyn std::io::Write> {
        self.0.push((name.to_owned(), Vec::new()));
        Ok(&mut self.0.last_mut().unwrap().1)
    }

    fn create_beside(&mut self, name: &str) -> std::io::Result<&mut dyn std::io::Write> {
        self.create(&format!("{name}.conf"))
    }

    fn append(&mut self, name: &str) -> std::io::Result<&mut dyn std::io::Write> {
        match self.0.iter().position(|(known, _)| known == name) {
            Some(at) => Ok(&mut self.0[at].1),
            None => self.create(name),
        }
    }
}

fn input<'a>(bytes: &'a [u8], beside: &'a dyn Fn(&str) -> Option<Vec<u8>>) -> Input<'a> {
    Input {
        name: "in.jsonl",
        bytes,
        beside,
    }
}

/// One file in memory.
struct Lines(Vec<u8>, std::io::Sink);

impl format::Sink for Lines {
    fn create(&mut self, _: &str) -> std::io::Result<&mut dyn std::io::Write> {
        Ok(&mut self.0)
    }

    fn create_beside(&mut self, _: &str) -> std::io::Result<&mut dyn std::io::Write> {
        Ok(&mut self.1)
    }

    fn append(&mut self, _: &str) -> std::io::Result<&mut dyn std::io::Write> {
        Ok(&mut self.1)
    }
}
