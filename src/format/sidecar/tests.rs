use super::*;
use crate::model::{
    Annotation, Document, DocumentState, Link, Origin, RecordList, Target, UnreadRecord, Verdict,
};
use crate::text::{SourceText, TextRange, TextSize};

pub(super) fn source(text: &str) -> SourceText {
    SourceText::new(text, "UTF-8").unwrap()
}

pub(super) fn read_document(text: &str, source: &SourceText) -> Document {
    let contents = read(text, source).unwrap();
    contents.into_document(source.clone(), None)
}

/// The lists and texts of unread records; reasons and lines are not in the file.
pub(super) fn kept<'a>(
    unread: impl IntoIterator<Item = &'a UnreadRecord>,
) -> Vec<(&'static str, &'a str)> {
    unread
        .into_iter()
        .map(|u| (u.list().name(), u.raw()))
        .collect()
}

const ARTICLE: &str = include_str!("../../../tests/fixtures/sidecar-v1.txt");
const GOLDEN: &str = include_str!("../../../tests/fixtures/sidecar-v1.txt.ron");

#[test]
fn version_1_is_read_and_written_byte_for_byte() {
    let source = source(ARTICLE);
    let contents = read(GOLDEN, &source).unwrap();
    assert!(contents.source_matches && !contents.newer && !contents.salvaged);
    let document = read_document(GOLDEN, &source);
    assert_eq!(write(&document, "sidecar-v1.txt"), GOLDEN);

    let set = document.set();
    let quote = set.annotation(&"a1".into()).unwrap();
    let words: Vec<_> = quote.fragments.iter().map(|r| source.slice(r)).collect();
    assert_eq!(words, ["“Peace,”", "“is work 👩‍🔬.”"]);
    assert_eq!(quote.attribute("form").unwrap(), "direct");
    assert_eq!(quote.origin, Origin::Annotator("maria".into()));
    let speaker = set.annotation(&"a2".into()).unwrap();
    assert_eq!(speaker.person, Some("p1".into()));
    assert_eq!(speaker.verdict, Verdict::Accepted);
    assert_eq!(speaker.confidence, crate::model::Confidence::new(0.75));
    assert!(speaker.unknown.is_empty());
    let open = set.annotation(&"a3".into()).unwrap();
    assert!(open.is_open_suggestion());
    let link = set.link(&"l1".into()).unwrap();
    assert!(link.confirmed);
    assert_eq!(link.origin, Origin::Annotator("maria".into()));
    assert_eq!(set.link(&"l2".into()).unwrap().to, Target::NotGiven);
    assert_eq!(document.meta().state, DocumentState::InProgress);
    let unread = kept(document.unread());
    assert_eq!(unread.len(), 3, "{:?}", document.unread());
    assert_eq!(document.unread().get_min().unwrap().line(), 15);
    assert!(
        document
            .unread()
            .get_min()
            .unwrap()
            .reason()
            .contains("Peace"),
        "{:?}",
        document.unread().get_min().unwrap()
    );
}

#[test]
fn other_spellings_of_the_same_are_read() {
    let source = source(ARTICLE);
    let plain = read_document(GOLDEN, &source);
    let crlf = format!("\u{feff}{}", GOLDEN.replace('\n', "\r\n"));
    let document = read_document(&crlf, &source);
    assert_eq!(document.set(), plain.set());
    assert_eq!(write(&document, "sidecar-v1.txt"), GOLDEN);

    let loose = r#"Pullquote(
        // A comment.
        annotations: [
            Annotation(
                text: ["He"], at: [(44, 46)], // here
                label: "speaker", person: Some("p1"),
                id: "x", /* and */ later: (a: [1]), // there
            ) // end
        ],
        version: 1, people: [], annotator: Some("jo"))"#;
    let contents = read(loose, &source).unwrap();
    assert!(!contents.salvaged);
    let comments: Vec<&str> = contents.unread.iter().map(UnreadRecord::raw).collect();
    let wanted = [
        "// A comment.",
        "// here",
        "/* and */",
        "// there",
        "// end",
    ];
    assert_eq!(comments, wanted);
    let tag = contents.set.annotation(&"x".into()).unwrap();
    assert_eq!(tag.origin, Origin::Annotator("jo".into()));
    assert_eq!(tag.unknown[0].raw, "(a: [1])");
}

/// A sidecar with one tag record.
fn with_record(record: &str) -> String {
    format!("Pullquote(version: 1, annotations: [\n{record},\n])")
}

#[test]
fn records_that_cannot_hold_are_kept_with_a_reason() {
    let source = source("He said so.");
    for (record, reason) in [
        (
            r#"(id: "a", label: "q", at: [(3, 2)], text: ["x"])"#,
            "is empty",
        ),
        (
            r#"(id: "a", label: "q", at: [(2, 2)], text: [""])"#,
            "is empty",
        ),
        (
            r#"(id: "a", label: "q", at: [(0, 12)], text: ["He said so."])"#,
            "outside the text",
        ),
        (
            r#"(id: "a", label: "q", at: [(0, 18446744073709551615)], text: ["He"])"#,
            "",
        ),
        (r#"(id: "a", label: "q", at: [(-1, 2)], text: ["He"])"#, ""),
        (
            r#"(id: "a", label: "q", at: [(0, 2), (1, 4)], text: ["He", "e s"])"#,
            "overlap",
        ),
        (
            r#"(id: "a", label: "q", at: [(3, 7), (0, 2)], text: ["said", "He"])"#,
            "out of order",
        ),
        (r#"(id: "a", label: "q", at: [], text: [])"#, "at least one"),
        (
            r#"(id: "a", label: "q", at: [(0, 2)], text: ["She"])"#,
            "‘He’, not ‘She’",
        ),
        (
            r#"(id: "a", label: "q", at: [(0, 2)], text: [])"#,
            "one text for each",
        ),
        (r#"(id: "a", label: "q", at: [(0, 2)])"#, "text"),
        (
            r#"(id: "", label: "q", at: [(0, 2)], text: ["He"])"#,
            "id is empty",
        ),
        (
            r#"(id: "a", label: "q", at: [(0, 2)], text: ["He"], review: Disputed)"#,
            "Disputed",
        ),
        (
            r#"(id: "a", id: "b", label: "q", at: [(0, 2)], text: ["He"])"#,
            "id",
        ),
        (
            r#"(id: "a", label: "q", at: [(0, 2)], text: ["He"], attributes: {"f": "1", "f": "2"})"#,
            "twice",
        ),
        (r#"Range(from: 1)"#, ""),
        ("7", ""),
    ] {
        let text = with_record(record);
        let contents = read(&text, &source).unwrap();
        assert_eq!(contents.set.annotation_count(), 0, "{record}");
        assert_eq!(kept(&contents.unread), [("annotations", record)]);
        let unread = &contents.unread[0];
        assert!(
            unread.reason().contains(reason),
            "{record}: {}",
            unread.reason()
        );
        assert_eq!(unread.line(), 2);
        let document = read_document(&text, &source);
        let written = write(&document, "a.txt");
        assert!(
            written.contains(&format!("\n        {record},\n")),
            "{written}"
        );
        assert_eq!(write(&read_document(&written, &source), "a.txt"), written);
    }
}

#[test]
fn when_the_text_has_changed_tags_stay_where_their_words_are() {
    let before = source("He said so. She left.");
    let text = with_record(
        r#"(id: "a", label: "q", at: [(0, 2)], text: ["He"]),
           (id: "b", label: "q", at: [(12, 15)], text: ["She"])"#,
    );
    let document = read_document(&text, &before);
    assert_eq!(document.set().annotation_count(), 2);
    let after = source("He said this. She left.");
    let contents = read(&write(&document, "a.txt"), &after).unwrap();
    assert!(!contents.source_matches);
    assert_eq!(contents.source_sha256, before.sha256());
    assert_eq!(contents.set.annotation_count(), 1);
    assert_eq!(contents.unread.len(), 1);
    // Saved over the changed text and read with the old one again, everything is back.
    let saved = write(&read_document(&write(&document, "a.txt"), &after), "a.txt");
    assert_eq!(read_document(&saved, &before).set(), document.set());
}

#[test]
fn repeated_ids_are_folded_or_kept() {
    let source = source("He said so.");
    let record = r#"(id: "a", label: "q", at: [(0, 2)], text: ["He"])"#;
    let same = read(&with_record(&format!("{record},\n{record}")), &source).unwrap();
    assert_eq!((same.set.annotation_count(), same.unread.len()), (1, 0));
    let other = record.replace("\"q\"", "\"r\"");
    let text = with_record(&format!("{record},\n{other}"));
    let both = read(&text, &source).unwrap();
    assert_eq!(both.set.annotation(&"a".into()).unwrap().label, "q");
    assert_eq!(kept(&both.unread), [("annotations", &*other)]);
    assert_eq!(both.unread[0].line(), 3);
}

#[test]
fn a_newer_version_is_shown_and_said_to_be_newer() {
    let source = source("He said so.");
    let text = with_record(r#"(id: "a", label: "q", at: [(0, 2)], text: ["He"])"#);
    let contents = read(&text.replace("version: 1", "version: 2"), &source).unwrap();
    assert!(contents.newer);
    assert_eq!((contents.version, contents.set.annotation_count()), (2, 1));
    for odd in ["version: \"2.0\"", "version: -1", "version: 99999999999"] {
        assert!(
            read(&text.replace("version: 1", odd), &source)
                .unwrap()
                .newer,
            "{odd}"
        );
    }
    // Also where its lists have another shape.
    let text = "Pullquote(\n    version: 2,\n    annotations: {\n    },\n)\n";
    assert!(read(text, &source).unwrap().newer);
}

#[test]
fn what_is_no_sidecar_is_refused_with_its_place() {
    let source = source("He said so.");
    for text in [
        "hello",
        "(a: 1)",
        "Pullquote(\n",
        "\0\0\0",
        "((((((((((",
        "{}",
    ] {
        let error = read(text, &source).unwrap_err();
        assert!(error.to_string().starts_with("line "), "{error}");
    }
    let SidecarError::NotASidecar { line, column, .. } =
        read_bytes(b"ok\n\xE2\x80 then", &source).unwrap_err();
    assert_eq!((line, column), (2, 1));
    for empty in ["", " \n"] {
        let contents = read(empty, &source).unwrap();
        assert!(contents.salvaged && contents.set.annotation_count() == 0);
    }
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    let source = source("He said so.");
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let record = format!(r#"(id: "a", label: "q", at: [(0, 2)], text: ["He"], new: {deep})"#);
    let good = r#"(id: "b", label: "q", at: [(0, 2)], text: ["He"])"#;
    let text = with_record(&format!("{good},\n{record}"));
    let contents = read(&text, &source);
    // The version is on a line with others, so only the record shows that the file is ours.
    assert_eq!(contents.unwrap().set.annotation_count(), 1);
}

pub(super) fn big(n: usize) -> Document {
    let text = "He said so. ".repeat(n);
    let mut document = Document::new(source(&text));
    for i in 0..n {
        let start = TextSize::try_from(i * 12).unwrap();
        document.parts_mut().set.insert_annotation(Annotation {
            note: "said “so”".into(),
            ..Annotation::new(
                format!("a{i:06}").as_str(),
                "quote",
                TextRange::at(start, 2.into()).try_into().unwrap(),
                Origin::Annotator("".into()),
            )
        });
        document.parts_mut().set.insert_link(Link {
            confirmed: false,
            ..Link::new(
                format!("l{i:06}").as_str(),
                "speaker",
                format!("a{i:06}").as_str(),
                Target::NotGiven,
                Origin::Annotator("".into()),
            )
        });
    }
    document
}

#[test]
fn a_truncated_file_gives_back_every_whole_line() {
    let document = big(200);
    let text = write(&document, "a.txt");
    let lines: Vec<&str> = text.lines().collect();
    for keep in [6, 50, 150, 300, lines.len() - 1] {
        let mut cut = lines[..keep].join("\n");
        let records = lines[..keep]
            .iter()
            .filter(|l| l.starts_with("        ("))
            .count();
        cut.push('\n');
        let half = lines[keep];
        cut.push_str(&half[..half.len() / 2]);
        let contents = read(&cut, document.source()).unwrap();
        assert!(contents.salvaged);
        assert_eq!(
            contents.set.annotation_count() + contents.set.link_count(),
            records
        );
        let torn = half[..half.len() / 2].trim();
        if torn.len() > 3 {
            assert_eq!(kept(&contents.unread), [("damaged", torn)]);
        }
        // What is saved then is sound and has as many records.
        let saved = write(&read_document(&cut, document.source()), "a.txt");
        let again = read(&saved, document.source()).unwrap();
        assert!(!again.salvaged);
        assert_eq!(again.set, contents.set);
        assert_eq!(kept(&again.unread), kept(&contents.unread));
    }
}

#[test]
fn the_marks_of_a_merge_lose_nothing() {
    let document = big(3);
    let text = write(&document, "a.txt");
    let ours = text.lines().nth(7).unwrap();
    let theirs = ours.replace("said", "spoke");
    assert!(ours.contains("a000000") && theirs != ours);
    let merged = text.replace(
        ours,
        &format!(
            "<<<<<<< HEAD\n{ours}\n||||||| base\n        (base),\n=======\n{theirs}\n>>>>>>> other"
        ),
    );
    let contents = read(&merged, document.source()).unwrap();
    assert!(contents.salvaged);
    assert_eq!(contents.set, *document.set());
    let kept_line = theirs.trim().trim_end_matches(',');
    assert_eq!(kept(&contents.unread), [("annotations", kept_line)]);
}

#[test]
fn bad_bytes_cost_their_line_alone() {
    let document = big(50);
    let mut bytes = write(&document, "a.txt").into_bytes();
    let at = write(&document, "a.txt").find("a000020").unwrap();
    bytes[at] = 0xff;
    let contents = read_bytes(&bytes, document.source()).unwrap();
    assert!(contents.salvaged);
    let read = contents.set.annotation_count() + contents.set.link_count();
    assert_eq!((read, contents.unread.len()), (99, 1));
    // The line that opens a list: its records are known by their shape.
    let text = write(&document, "a.txt").replace("    annotations: [", "    annotatio\u{0}ns: [");
    let contents = read_bytes(text.as_bytes(), document.source()).unwrap();
    assert_eq!(contents.set, *document.set());
}

#[test]
fn many_records_come_back_whole_or_salvaged() {
    let document = big(20_000);
    let text = write(&document, "a.txt");
    let contents = read(&text, document.source()).unwrap();
    assert_eq!(contents.set, *document.set());
    let cut = &text[..text.len() - 2];
    assert_eq!(read(cut, document.source()).unwrap().set, *document.set());
}

#[test]
fn a_lost_tag_stays_lost_though_its_words_are_there() {
    let text = "Pullquote(\n    version: 1,\n    source: (sha256: \"\"),\n    people: [\n    ],\n    \
                annotations: [\n    ],\n    links: [\n    ],\n    lost: [\n        (id: \"a\", label: \
                \"q\", at: [(0, 5)], text: [\"Hello\"], before: \"\", after: \"x\"),\n    ],\n)\n";
    let article = source("Hello there.");
    for text in [
        text.to_owned(),
        text.replace("version: 1,", "<<<<<<< ours"),
        text.replace("    lost: [\n", "    )) [\n"),
    ] {
        let contents = read(&text, &article).unwrap();
        assert_eq!(contents.set.annotation_count(), 0);
        let [lost] = contents
            .unread
            .iter()
            .filter(|r| r.is_lost())
            .collect::<Vec<_>>()
            .try_into()
            .unwrap();
        assert_eq!(lost.reason(), "Hello");
        let saved = write(&read_document(&text, &article), "a.txt");
        assert!(
            saved.contains(&format!("    lost: [\n        {},\n    ],\n", lost.raw())),
            "{saved}"
        );
    }
}

#[test]
fn records_in_the_lists_of_others_are_taken_where_they_belong() {
    let source = SourceText::new("He said yes.", "UTF-8").unwrap();
    let file = |people: &str, annotations: &str| {
        format!(
            "#![enable(implicit_some)]\nPullquote(\n    version: 1,\n    source: (file: \"a.txt\", \
             chars: 12, sha256: \"{}\"),\n    people: [\n{people}    ],\n    annotations: \
             [\n{annotations}    ],\n    links: [\n    ],\n)\n",
            source.sha256()
        )
    };
    let person = "        (id: \"p\", name: \"Ann\"),\n";
    let other = "        (id: \"p\", name: \"Ann Li\"),\n";
    let tag = "        (id: \"q\", label: \"quote\", at: [(8, 11)], text: [\"yes\"]),\n";
    let odd = "        (id: \"x\", name: 7),\n";
    let of = |people: &str, annotations: &str| {
        let contents = read(&file(people, annotations), &source).unwrap();
        let set = &contents.set;
        let counts = (set.person_count(), set.annotation_count());
        (counts, contents.salvaged, contents.unread)
    };
    assert_eq!(of(person, tag), ((1, 1), false, vec![]));
    assert_eq!(of(tag, person), ((1, 1), true, vec![]));
    assert_eq!(
        of(person, &format!("{tag}{person}")),
        ((1, 1), true, vec![])
    );
    let (counts, salvaged, unread) = of(person, &format!("{other}{tag}"));
    assert_eq!((counts, salvaged), ((1, 1), true));
    let misplaced = |people: &str, annotations: &str| {
        let contents = read(&file(people, annotations), &source).unwrap();
        contents.misplaced
    };
    assert!(misplaced(tag, person) && !misplaced(person, tag));
    assert!(matches!(&unread[..], [UnreadRecord::Clash(clash)] if clash.id == "p"));
    let (counts, salvaged, unread) = of(person, odd);
    assert_eq!((counts, salvaged), ((1, 0), false));
    assert!(
        matches!(&unread[..], [UnreadRecord::Damaged(left)] if left.list == RecordList::Annotations)
    );
}

#[test]
fn what_comments_and_marks_of_a_damaged_file_hide_is_kept() {
    let document = big(3);
    let text = write(&document, "a.txt");
    let records: Vec<&str> = text.lines().filter(|l| l.contains("(id: \"")).collect();
    let enable = "#![enable(implicit_some)]";
    let hidden = [
        (records[0], format!("  // {}", records[0].trim())),
        (records[1], format!("======= {}", records[1].trim())),
        (records[2], format!("=======,{}", records[2].trim())),
        (enable, format!("#![enable(implicit: {}", records[0].trim())),
    ];
    for (n, (line, with)) in hidden.iter().enumerate() {
        let harmed = text.replace(line, with);
        // Past the last bracket nothing is missing.
        let harmed = &harmed[..harmed.len() - 2];
        let read = read_document(harmed, document.source());
        let saved = write(&read, "a.txt");
        let (kept, whole) = (line.trim().trim_end_matches(','), n == 1);
        let cut_short = "// The file was cut short";
        let unread = read.unread().iter();
        let lost = unread
            .filter(|record| !record.raw().starts_with(cut_short))
            .count();
        assert_eq!(lost == 0, whole, "{with}: {saved}");
        let words = with.trim().trim_end_matches(',').replace('"', "\\\"");
        assert!(
            saved.contains(if whole { kept } else { &words }),
            "{with}: {saved}"
        );
    }
}
