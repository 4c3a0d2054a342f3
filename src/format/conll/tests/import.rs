use proptest::prelude::*;

use super::super::Conll;
use crate::format::testing::{document, example, written_with};
use crate::format::{Format, Imported, Input, NamedDocument, RecordProblem};
use crate::text::is_python_whitespace;

fn read(name: &str, text: &str) -> Imported {
    let input = Input {
        name,
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    Conll.read(&input).unwrap()
}

/// Name and text of each document, and its tags.
fn summary(imported: &Imported) -> Vec<String> {
    assert_eq!(imported.problems, []);
    let documents = imported.documents.iter().map(|read| {
        let source = read.document.source();
        let tags = read.document.set().annotations();
        let tags = tags.map(|tag| format!("|{}:{}", tag.label, source.slice(tag.fragments.hull())));
        let tags: String = tags.collect();
        format!("{}|{}{tags}", read.id, source.as_str())
    });
    documents.collect()
}

fn told(list: &[RecordProblem]) -> String {
    let messages: Vec<&str> = list.iter().map(|problem| &*problem.message).collect();
    messages.join("\n")
}

#[test]
fn words_and_tags_become_documents() {
    let file = "-DOCSTART- -X- O O\n\nEU NNP B-NP I-ORG\nrejects VBZ B-VP O\n\nAnn NN I-NP I-PER\n\
                Bo NN I-NP B-PER\n# NN O O\n\n-DOCSTART- -X- O O\n\nNo UH O O\n";
    let imported = read("eng.conll", file);
    assert_eq!(
        summary(&imported),
        [
            "eng-1|EU rejects\nAnn Bo #|ORG:EU|PER:Ann|PER:Bo",
            "eng-2|No"
        ]
    );
    assert!(told(&imported.notes).contains("put together from its words with single spaces"));
    assert_eq!(told(&imported.ignored), "column 2");
    assert_eq!(
        told(&imported.skipped),
        "columns of the phrases of sentences are left out: column 3 (“B-NP”)"
    );
}

#[test]
fn tags_within_tags_are_in_further_columns() {
    let file = "1\tThe\tO\tO\tO\n2\tTroia-Stiftung\tB-ORG\tB-LOCpart\tO\n3\tTübinger\tB-ORG\tB-LOC\tO\n\
                4\tUni\tI-ORG\tO\tO\n";
    let imported = read("ge.tsv", file);
    let expected = "ge|The Troia-Stiftung Tübinger Uni|LOCpart:Troia-Stiftung|ORG:Troia-Stiftung|\
                    LOC:Tübinger|ORG:Tübinger Uni";
    assert_eq!(summary(&imported), [expected]);
    assert_eq!(told(&imported.skipped), "");
    // A last column without a tag hides none.
    let imported = read("a.tsv", "The\tB-PER\tO\t\nman\tI-PER\tO\t\nsaid\tO\tO\t\n");
    assert_eq!(summary(&imported), ["a|The man said|PER:The man"]);
}

#[test]
fn comments_name_documents_and_give_sentences() {
    let file = "# newdoc id = a.txt\n# sent_id = 1\n# text = No, Ann.\n1\tNo\tO\n2\t,\tO\n3\tAnn\tB-PER\n4\t.\tO\n\n\
                # mood = glum\n1\tYes\tI-PER\n\n# newdoc id = a.txt\n1\tBo\tB\n";
    let imported = read("in.conllu", file);
    assert_eq!(
        summary(&imported),
        ["a.txt|No, Ann.\nYes|PER:Ann|PER:Yes", "a-2.txt|Bo|in:Bo"]
    );
    assert!(told(&imported.skipped).contains("“# mood = glum”"));
    let notes = told(&imported.notes);
    assert!(
        notes.contains("`I-PER` follows no word of its tag"),
        "{notes}"
    );
    assert!(notes.contains("`a-2.txt` here"), "{notes}");
}

#[test]
fn lines_without_a_tag_are_told() {
    let imported = read("in.bio", "a\tO\nb\nc\tB-x\n");
    assert_eq!(summary(&imported), ["in|a b c|x:c"]);
    assert!(told(&imported.skipped).contains("read as `O`: “b”"));
}

#[test]
fn other_files_are_refused_by_their_shape() {
    for (text, words) in [
        ("", "no words"),
        ("Hello you there.\n", "no column holds tags"),
        ("{\"text\": 1}", "“{\"text\": 1}”"),
        ("1\tJe\tje\tPRON\t_\t_\t2\tnsubj\t_\t_\n", "this is CoNLL-U"),
        ("a 0 0 Ann NNP (NP* - - - (P) (1)\n", "this is CoNLL-2012"),
    ] {
        let message = read("in.conll", text).problems[0].message.clone();
        assert!(message.contains(words), "{text}: {message}");
    }
}

#[test]
fn places_keep_the_text_apart_as_it_was() {
    let chosen = [("scheme", "bilou"), ("columns", "4")];
    let (files, _) = written_with(&Conll, &chosen, example());
    let (_, bytes) = files
        .0
        .iter()
        .find(|(name, _)| name == "quote.conll")
        .unwrap();
    let imported = read("quote.conll", std::str::from_utf8(bytes).unwrap());
    let document = &imported.documents[0].document;
    let original = &example()[0].document;
    assert_eq!(document.source().chars(), original.source().chars());
    let places: Vec<_> = document
        .set()
        .annotations()
        .map(|tag| tag.fragments.hull())
        .collect();
    let tags = original
        .set()
        .annotations()
        .filter(|tag| tag.label == "quote");
    let expected: Vec<_> = tags.map(|tag| tag.fragments.hull()).collect();
    assert_eq!(places, expected);
}

proptest! {
    /// Words are at their places again, and each tag is one of the document's.
    #[test]
    fn files_with_places_come_back(
        documents in prop::collection::vec(document(), 1..3),
        bilou in any::<bool>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let scheme = if bilou { "bilou" } else { "iob2" };
        let named = documents.iter().enumerate().map(|(n, document)| NamedDocument {
            id: format!("{n}.txt"),
            document: document.clone(),
        });
        let chosen = [("scheme", scheme), ("columns", "4")];
        let (files, _) = written_with(&Conll, &chosen, named.collect());
        for (name, bytes) in &files.0 {
            let file = std::str::from_utf8(bytes).unwrap();
            let imported = read(name, file);
            prop_assert_eq!(told(&imported.skipped), "");
            if imported.problems.is_empty() {
                let read = &imported.documents;
                for (read, document) in read.iter().zip(&documents).filter(|_| read.len() == documents.len()) {
                    let (new, old) = (read.document.source(), document.source());
                    for (new, old) in new.as_str().chars().zip(old.as_str().chars()) {
                        let replaced = new == '\u{fffd}' && old.is_control();
                        let same = new == old || is_python_whitespace(old) || replaced;
                        prop_assert!(same, "{new:?} {old:?}");
                    }
                    for tag in read.document.set().annotations() {
                        let points = |source: &crate::text::SourceText, tag: &crate::model::Annotation| {
                            let hull = tag.fragments.hull();
                            let words = source.slice(hull);
                            let lead = words.chars().take_while(|c| is_python_whitespace(*c)).count();
                            let long = words.trim_matches(is_python_whitespace).chars().count();
                            (source.char_of_byte(hull.start()).unwrap() as usize + lead, long)
                        };
                        let place = points(new, tag);
                        let known = document.set().annotations().any(|tag| points(old, tag) == place);
                        prop_assert!(known, "{:?}", tag);
                    }
                }
            }
            let mut damaged: Vec<char> = file.chars().collect();
            let at = cut.index(damaged.len());
            damaged[at] = '\t';
            let _ = read_damaged(&damaged);
            damaged.truncate(at);
            let _ = read_damaged(&damaged);
        }
    }
}

fn read_damaged(characters: &[char]) -> Imported {
    read("in.conll", &characters.iter().collect::<String>())
}

#[test]
fn cells_that_are_no_tags_are_told() {
    let file = "No\tB-quote\nsaid\tO.said\textra\nAnn\tB-speaker\nLi\n";
    let imported = read("in.conll", file);
    assert_eq!(
        summary(&imported),
        ["in|No said Ann Li|quote:No|speaker:Ann"]
    );
    assert_eq!(
        told(&imported.skipped),
        "cells beyond the columns of the file are left out: “extra” in column 3\n\
         words without a tag in the column of tags are read as `O`: “said” (“O.said”); “Li”"
    );
}

#[test]
fn odd_cells_do_not_hide_the_column() {
    let file = "Ann\tB-PER\nnever\to\nsaid\t0\nyes\tB-\nno\tX\nBo\tb-PER\n";
    let imported = read("in.conll", file);
    let expected = ["in|Ann never said yes no Bo|PER:Ann|PER:Bo"];
    assert_eq!(summary(&imported), expected);
    assert_eq!(imported.skipped[0].line, 4);
    assert_eq!(
        told(&imported.skipped),
        "words without a tag in the column of tags are read as `O`: “yes” (“B-”); “no” (“X”)"
    );
    assert!(told(&imported.notes).contains("these cells are read as `O`: `o`; `0`"));
    let other = read("in.conll", "Ann\tB-PER\nsaid\tVBD\nno\tUH\n");
    let message = &other.problems[0].message;
    let words = "column 2 holds tags such as `B-PER`, but most of its cells are no tags (line 2 has \
                 “VBD”)";
    assert!(message.contains(words), "{message}");
}

#[test]
fn several_tags_of_a_cell_are_several_tags() {
    let file = "# source http://a.example\nAnn\tB-PER|B-SPK\nLee\tI-PER|O\nsaid\tO\nno\tB-Q\n";
    let imported = read("in.conll", file);
    let expected = ["in|Ann Lee said no|SPK:Ann|PER:Ann Lee|Q:no"];
    assert_eq!(summary(&imported), expected);
    let nested = read("in.conll", "no\tO,B-C\nyes\tB-Q,I-C\nsaid\tI-Q,O\n");
    assert_eq!(summary(&nested), ["in|no yes said|C:no yes|Q:yes said"]);
    assert_eq!(told(&nested.skipped), "");
}

#[test]
fn one_odd_cell_does_not_hide_the_column_of_tags() {
    let text = "Ann NNP B-NP B-PER\nLee NNP I-NP oops\nsaid VBD B-VP O\nno UH B-INTJ B-QUOTE\n";
    let input = Input {
        name: "a.conll",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let imported = Conll.read(&input).unwrap();
    assert_eq!(imported.problems, []);
    let tags = imported.documents[0].document.set().annotations();
    let mut labels: Vec<&str> = tags.map(|tag| &*tag.label).collect();
    labels.sort_unstable();
    assert_eq!(labels, ["PER", "QUOTE"]);
    let told = imported
        .skipped
        .iter()
        .map(|told| (told.line, &*told.message));
    let told: Vec<_> = told.collect();
    assert!(
        told.iter()
            .any(|(line, words)| *line == 2 && words.contains("oops")),
        "{told:?}"
    );
}
