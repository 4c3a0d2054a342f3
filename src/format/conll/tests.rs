mod import;

use insta::assert_snapshot;

use super::*;
use crate::format::testing::{Files, example, written, written_with};

fn file(files: &Files, name: &str) -> String {
    let found = files.0.iter().find(|(known, _)| known == name);
    String::from_utf8(found.unwrap().1.clone()).unwrap()
}

#[test]
fn each_label_is_a_file() {
    let (files, losses) = written(&Conll, example());
    let mut names: Vec<_> = files.0.iter().map(|(name, _)| &**name).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["claim.conll", "cue.conll", "quote.conll", "speaker.conll"]
    );
    assert_snapshot!(file(&files, "quote.conll"));
    let losses: Vec<String> = losses.iter().map(ToString::to_string).collect();
    assert_snapshot!("losses", losses.join("\n"));
}

#[test]
fn ends_and_places_can_be_told() {
    let chosen = [("scheme", "bilou"), ("columns", "4")];
    let (files, _) = written_with(&Conll, &chosen, example());
    assert_snapshot!(file(&files, "quote.conll"));
}

#[test]
fn all_layers_have_the_same_tokens_in_every_document() {
    use crate::model::{Annotation, Document, Origin};
    use crate::text::{SourceText, TextRange};
    let named = |id: &str, tags: &[(&str, u32, u32)]| {
        let text = "One two. Three “four”.\n \nFive.";
        let mut document = Document::new(SourceText::new(text, "UTF-8").unwrap());
        for (n, (label, start, end)) in tags.iter().enumerate() {
            let range = TextRange::new((*start).into(), (*end).into());
            let by = Origin::Annotator("".into());
            let id = format!("t{n}");
            let tag = Annotation::new(&*id, *label, range.try_into().unwrap(), by);
            document.parts_mut().set.insert_annotation(tag);
        }
        NamedDocument {
            id: id.to_owned(),
            document,
        }
    };
    let documents = || {
        vec![
            named("a.txt", &[("quote", 4, 15)]),
            named(
                "b.txt",
                &[("late", 1, 2), ("late", 3, 8), ("quote", 26, 27)],
            ),
        ]
    };
    for rows in ["tokens", "sentences"] {
        let (files, losses) = written_with(&Conll, &[("rows", rows)], documents());
        let tokens = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            let line = |line: &str| match rows {
                "tokens" => line.split('\t').next().unwrap().to_owned(),
                _ => {
                    let record: serde_json::Value = serde_json::from_str(line).unwrap();
                    format!("{} {} {}", record["id"], record["tokens"], record["starts"])
                }
            };
            text.lines().map(line).collect::<Vec<_>>()
        };
        let expected = tokens(&files.0[0].1);
        assert!(expected.iter().any(|line| line.contains("b.txt")));
        assert_eq!(files.0.len(), 4);
        for (name, bytes) in &files.0 {
            assert_eq!(tokens(bytes), expected, "{name}");
        }
        let lost = losses.iter().map(|l| (l.feature, l.count));
        let lost: Vec<_> = lost.collect();
        assert!(lost.contains(&(Feature::Tags, 1)), "{lost:?}");
        assert!(lost.contains(&(Feature::Edges, 2)), "{lost:?}");
    }
}

#[test]
fn an_article_keeps_its_name() {
    for columns in ["2", "4"] {
        let (files, _) = written_with(&Conll, &[("columns", columns)], example());
        let quotes = file(&files, "quote.conll");
        let input = crate::format::Input {
            name: "quote.conll",
            bytes: quotes.as_bytes(),
            beside: &|_| None,
        };
        let imported = Conll.read(&input).unwrap();
        assert_eq!(imported.documents[0].id, "a.txt", "{imported:?}");
    }
}
