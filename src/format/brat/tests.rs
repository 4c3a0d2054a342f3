mod import;
mod there_and_back;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::format::testing::{Files, again, cases, document, example, written};
use crate::format::{ImportedDocument, NamedDocument};
use crate::model::Document;

/// Reads a file of tags; what else there is is beside it.
fn read(name: &str, files: &[(&str, &str)]) -> Imported {
    let file = |name: &str| {
        let found = files.iter().find(|(known, _)| *known == name);
        found.map(|(_, text)| text.as_bytes().to_vec())
    };
    let input = Input {
        name,
        bytes: &file(name).unwrap(),
        beside: &file,
    };
    Brat.read(&input).unwrap()
}

fn shown(document: &Document) -> Vec<String> {
    let set = document.set();
    let words = |tag: &crate::model::Annotation| {
        let parts = tag
            .fragments
            .iter()
            .map(|range| document.source().slice(range));
        parts.collect::<Vec<_>>().join("…")
    };
    let tags = set
        .annotations()
        .map(|tag| format!("{} {}", tag.label, words(tag)));
    let links = set.links().map(|link| {
        let name =
            |id: &crate::model::AnnotationId| set.annotation(id).map(words).unwrap_or_default();
        let to = match &link.to {
            crate::model::Target::Annotation(id) => name(id),
            other => format!("{other:?}"),
        };
        format!("{} -{}-> {to}", name(&link.from), link.role)
    });
    let mut links: Vec<String> = links.collect();
    links.sort();
    tags.chain(links).collect()
}

fn text_of<'a>(files: &'a Files, ending: &str) -> &'a str {
    let found = files.0.iter().find(|(name, _)| name.ends_with(ending));
    std::str::from_utf8(&found.unwrap().1).unwrap()
}

proptest! {
    #![proptest_config(cases())]

    /// Everything comes back, though brat itself cannot have line ends in tags and texts.
    #[test]
    fn documents_come_back_as_they_were(document in document()) {
        prop_assume!(!document.source().as_str().starts_with('\u{feff}'));
        let named = NamedDocument { id: "a.md".to_owned(), document: document.clone() };
        let (files, losses) = written(&Brat, vec![named]);
        prop_assert!(losses.is_empty(), "{losses:?}");
        let (text, tags) = (&files.0[0], &files.0[1]);
        let imported = Brat.read(&Input {
            name: &tags.0,
            bytes: &tags.1,
            beside: &|name| text.0.ends_with(name).then(|| text.1.clone()),
        }).unwrap();
        prop_assert!(imported.problems.is_empty() && imported.skipped.is_empty(), "{imported:?}");
        let ImportedDocument { id, document: read, .. } = &imported.documents[0];
        prop_assert_eq!(id, "a.md");
        prop_assert_eq!(read.source(), document.source());
        prop_assert_eq!(read.set(), document.set());
        prop_assert_eq!(read.meta(), document.meta());
        prop_assert_eq!(written(&Brat, again(imported)).0.0, files.0);
    }
}

#[test]
fn an_export_is_a_folder_that_brat_opens() {
    let (files, _) = written(&Brat, example());
    let names: Vec<_> = files.0.iter().map(|(name, _)| &**name).collect();
    assert_eq!(
        names,
        [
            "maria/a.txt",
            "maria/a.ann",
            "annotation.conf",
            "visual.conf"
        ]
    );
    assert_snapshot!(text_of(&files, ".ann"));
    assert_snapshot!("annotation_conf", text_of(&files, "annotation.conf"));
    assert_snapshot!("visual_conf", text_of(&files, "visual.conf"));
}

const TEXT: &str = "“Yes, no,” Li said in Rome,\nhe says.";

#[test]
fn events_become_links_from_what_was_said() {
    let tags = "T1\tSource 11 13\tLi\nT2\tCue 14 18\tsaid\nT3\tContent 0 10\t“Yes, no,”\n\
                T4\tAttribution 14 18\tsaid\nT5\tContent 22 26\tRome\n\
                E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1 Content2:T5\nA1\tNegated E1\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", TEXT)]);
    assert_eq!(
        (&imported.problems[..], &imported.skipped[..]),
        (&[][..], &[][..])
    );
    let document = &imported.documents[0].document;
    assert_eq!(
        shown(document),
        [
            "Content “Yes, no,”",
            "Source Li",
            "Cue said",
            "Content Rome",
            "Rome -Cue-> said",
            "Rome -Source-> Li",
            "“Yes, no,” -Cue-> said",
            "“Yes, no,” -Source-> Li",
        ]
    );
    let negated = document
        .set()
        .annotations()
        .filter(|tag| tag.attribute("Negated").is_some());
    assert_eq!(negated.count(), 2);
}

#[test]
fn lines_that_cannot_be_used_are_told_and_the_rest_is_read() {
    let tags = "T1\tQuote 0 10\t“Yes, no,”\nT2\tPlace 22 36\tRome,\nhe says.\nT3\tQuote 0 4\tNone\n\
                junk\nR1\tin Arg1:T1 Arg2:T9\nQ7\twhat\nA1\tsure T1 very\nT1\tQuote 0 10\t“Yes, no,”\n\
                T1\tPlace 22 26\n#1\tAnnotatorNotes T1\tmind\n#2\tAnnotatorNotes T2\tthis\ntoo\n\
                N1\tReference T2 Wikidata:Q220\tRome\n*\tEquiv T1 T2\nT8\tQuote 0 999\tno\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", TEXT)]);
    let skipped: Vec<_> = imported
        .skipped
        .iter()
        .map(|p| format!("{} {}", p.line, p.message))
        .collect();
    assert_snapshot!(skipped.join("\n"), @"
    4 left out, the text there is different: T3	Quote 0 4	None (the text has ““Yes” there)
    5 left out, it does not belong to a tag: junk
    6 left out, one of its ends is missing: in T1 T9
    7 left out, unknown kind of line: Q7	what
    16 left out, it is outside the text: T8	Quote 0 999	no
    ");
    let document = &imported.documents[0].document;
    assert_eq!(
        shown(document),
        [
            "Quote “Yes, no,”",
            "Place Rome",
            "Place Rome,\nhe says.",
            "“Yes, no,” -Equiv-> Rome,\nhe says."
        ]
    );
    let notes: Vec<_> = document.set().annotations().map(|tag| &*tag.note).collect();
    assert_eq!(notes, ["mind", "", "this\ntoo"]);
    assert_eq!(
        document.set().people().next().unwrap().external_id,
        "Wikidata:Q220"
    );
}

#[test]
fn several_people_may_tag_one_text() {
    let imported = read(
        "d/a.Maria.ann",
        &[("d/a.Maria.ann", "T1\tQuote 0 3\n"), ("a.txt", TEXT)],
    );
    let read = &imported.documents[0];
    assert_eq!(read.id, "d/a.txt");
    assert_eq!(read.document.meta().annotator.as_deref(), Some("maria"));
}

#[test]
fn given_tags_and_found_ones_are_read_together() {
    let files = [
        ("a.a1", "T1\tQuote 0 10\n"),
        ("a.a2", "T2\tCue 14 18\nE1\tSaid:T2 Content:T1\n"),
        ("a.txt", TEXT),
    ];
    assert_eq!(shown(&read("a.a1", &files).documents[0].document).len(), 3);
    assert!(read("a.a2", &files).documents.is_empty());
}

#[test]
fn the_unit_of_offsets_is_told_by_the_words() {
    let text = "😀é “Yes”";
    for (start, end) in [(3, 8), (4, 9), (7, 16)] {
        let tags = format!("T1\tQuote {start} {end}\t“Yes”\nT2\tQuote 9 9999\tno\n");
        let imported = read("a.ann", &[("a.ann", &tags), ("a.txt", text)]);
        assert_eq!(shown(&imported.documents[0].document), ["Quote “Yes”"]);
        assert_eq!(imported.skipped.len(), 1);
    }
}

#[test]
fn what_brat_changed_holds_against_our_notes() {
    let (files, _) = written(&Brat, example());
    let tags = text_of(&files, ".ann").replace("form T1 direct", "form T1 indirect");
    let imported = read(
        "a.ann",
        &[("a.ann", &tags), ("a.txt", text_of(&files, ".txt"))],
    );
    let document = &imported.documents[0].document;
    let tag = document.set().annotations().next().unwrap();
    assert_eq!(
        tag.attribute("form").map(|value| &**value),
        Some("indirect")
    );
}

#[test]
fn the_first_of_two_notes_on_the_same_is_told() {
    let note = |of: &str, by: &str| format!("{{\"of\":\"{of}\",\"by\":\"annotator:{by}\"}}");
    let document = |by: &str| format!("{{\"annotator\":\"{by}\"}}");
    let tags = format!(
        "T1\tquote 0 2\tno\nT2\tcue 3 7\tsaid\nR1\tby Arg1:T1 Arg2:T2\n\
         #1\tPullquote #1\t{}\n#2\tPullquote #2\t{}\n#3\tPullquote #3\t{}\n\
         #4\tPullquote #4\t{}\n#5\tPullquote #5\t{}\n#6\tPullquote #6\t{}\n",
        note("T1", "ann"),
        note("T1", "bo"),
        note("R1", "cy"),
        note("R1", "di"),
        document("eve"),
        document("flo"),
    );
    let imported = read("a.ann", &[("a.ann", &tags), ("a.txt", "no said")]);
    assert_eq!(imported.skipped.len(), 1, "{:?}", imported.skipped);
    let told = &imported.skipped[0].message;
    for name in ["ann", "cy", "eve"] {
        assert!(told.contains(name), "{told}");
    }
    for name in ["bo", "di", "flo"] {
        assert!(!told.contains(name), "{told}");
    }
}

#[test]
fn a_missing_text_is_told() {
    let imported = read("a.ann", &[("a.ann", "T1\tQuote 0 3\n")]);
    assert!(
        imported.skipped[0]
            .message
            .contains("1 tag: the text a.txt is missing")
    );
}
