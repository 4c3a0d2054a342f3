//! What is read of files that came to harm: every line that is intact, and the rest verbatim.

use std::collections::BTreeSet;

use super::tests::{big, kept, read_document};
use super::*;
use crate::model::Document;

/// The ids of the records whose lines are in `text` as they were written.
fn intact<'a>(whole: &'a str, text: &str) -> BTreeSet<&'a str> {
    let there: BTreeSet<&str> = text.lines().collect();
    let records = whole
        .lines()
        .filter(|line| line.starts_with("        (id: \""));
    records
        .filter(|line| there.contains(line))
        .map(id_of)
        .collect()
}

fn id_of(line: &str) -> &str {
    line.split('"').nth(1).unwrap()
}

fn ids(contents: &SidecarContents) -> BTreeSet<String> {
    let tags = contents.set.annotations().map(|tag| tag.id.to_string());
    tags.chain(contents.set.links().map(|link| link.id.to_string()))
        .collect()
}

/// Looks for every intact record, and gives how many there are.
fn look(document: &Document, whole: &str, harmed: &[u8]) -> usize {
    let lossy = String::from_utf8_lossy(harmed);
    let intact = intact(whole, &lossy);
    let contents = match read_bytes(harmed, document.source()) {
        Ok(contents) => contents,
        Err(error) => {
            assert_eq!(intact, BTreeSet::new(), "{error}");
            return 0;
        }
    };
    let found = ids(&contents);
    for id in &intact {
        // A wrong bit can make another record of the same id: then both are kept.
        let own = format!("(id: \"{id}\"");
        let clashing = || {
            contents
                .unread
                .iter()
                .any(|other| other.raw().starts_with(&own))
        };
        assert!(found.contains(*id) || clashing(), "lost: {id}");
    }
    intact.len()
}

#[test]
fn every_intact_line_of_a_truncated_file_comes_back() {
    let document = big(150);
    let whole = write(&document, "a.txt");
    let (mut files, mut records) = (0, 0);
    for end in (0..whole.len()).step_by(97) {
        records += look(&document, &whole, &whole.as_bytes()[..end]);
        files += 1;
    }
    println!("damaged sidecars: truncated at {files} places, {records} intact records, 0 lost");
}

#[test]
fn every_intact_line_of_a_file_with_wrong_bits_comes_back() {
    let document = big(60);
    let whole = write(&document, "a.txt");
    let (mut files, mut records) = (0, 0);
    // Past the header: that is one line to each fact.
    for at in (0..whole.len()).step_by(31) {
        for bit in [0, 3, 7] {
            let mut bytes = whole.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            records += look(&document, &whole, &bytes);
            files += 1;
        }
    }
    println!("damaged sidecars: {files} wrong bits, {records} intact records, 0 lost");
}

/// What two sides wrote instead of one line, as a merge line by line leaves it.
fn marked(ours: &str, base: Option<&str>, theirs: &str) -> String {
    let base = base.map_or_else(String::new, |base| format!("||||||| base\n{base}\n"));
    format!("<<<<<<< HEAD\n{ours}\n{base}=======\n{theirs}\n>>>>>>> hers")
}

#[test]
fn sides_between_marks_are_merged_by_field() {
    let document = big(40);
    let whole = write(&document, "a.txt");
    let (mut kept, mut clashing) = (0, 0);
    for with_base in [true, false] {
        for row in whole.lines().filter(|line| line.contains("(id: \"a")) {
            let ours = row.replace("\"quote\"", "\"claim\"");
            let theirs = row.replace("said “so”", "hers");
            let base = with_base.then_some(row);
            let text = whole.replace(row, &marked(&ours, base, &theirs));
            let contents = read(&text, document.source()).unwrap();
            assert!(contents.salvaged, "a copy is kept before it is written");
            assert_eq!(ids(&contents).len(), 80);
            let tag = contents.set.annotation(&id_of(row).into()).unwrap();
            if with_base {
                assert_eq!((tag.label.as_str(), tag.note.as_str()), ("claim", "hers"));
                assert_eq!((contents.unread.len(), contents.clashes.len()), (0, 0));
                kept += 2;
            } else {
                let other = &contents.unread[0];
                let clash = other.clash().unwrap();
                assert_eq!(clash.differs, ["the label", "the note"]);
                assert!(other.raw().contains("hers") && tag.label == "claim");
                let line = text.lines().nth(other.line() - 1).unwrap();
                assert!(line.contains(other.raw()), "{line}");
                clashing += 1;
            }
        }
    }
    println!(
        "damaged sidecars: marks of a merge, {kept} edits merged, {clashing} clashes listed, 0 lost"
    );
}

#[test]
fn marks_in_a_damaged_file_cost_no_intact_line() {
    let document = big(30);
    let whole = write(&document, "a.txt");
    let row = whole
        .lines()
        .find(|line| line.contains("\"a000010\""))
        .unwrap();
    let theirs = row.replace("said", "spoke");
    let torn = whole.replace("(id: \"a000020\"", "(id: a000020\"");
    let text = torn.replace(row, &marked(row, None, &theirs));
    let found = look(&document, &whole, text.as_bytes());
    assert_eq!(found, 59);
    let contents = read(&text, document.source()).unwrap();
    assert_eq!(contents.unread.len(), 2, "{:?}", contents.unread);
    // Marks that do not fit together.
    let odd = text.replace(">>>>>>> hers\n", "");
    assert_eq!(look(&document, &whole, odd.as_bytes()), 59);
}

/// Wherever a file is cut: what is saved then still says so, until a person deletes that line.
#[test]
fn a_file_that_was_cut_short_says_so_after_it_is_repaired() {
    let document = big(3);
    let text = write(&document, "a.txt");
    let whole = text.trim_end().len();
    let mut told = 0;
    for end in (1..whole).filter(|end| text.is_char_boundary(*end)) {
        let Ok(contents) = read(&text[..end], document.source()) else {
            continue;
        };
        assert!(contents.salvaged, "{end}");
        let mut saved = write(&read_document(&text[..end], document.source()), "a.txt");
        for _ in 0..2 {
            let again = read(&saved, document.source()).unwrap();
            assert!(
                !again.salvaged && !again.unread.is_empty(),
                "{end}: {saved}"
            );
            assert_eq!(kept(&again.unread), kept(&contents.unread));
            saved = write(&read_document(&saved, document.source()), "a.txt");
        }
        told += 1;
    }
    assert!(told > 400, "{told}");
    assert!(read(&text, document.source()).unwrap().unread.is_empty());
}

#[test]
fn a_comment_keeps_its_comma() {
    let document = big(2);
    let comment = "// (id: \"old\", label: \"quote\"),";
    let text =
        write(&document, "a.txt").replace("    links: [", &format!("    {comment}\n    links: ["));
    let cut = text.trim_end().trim_end_matches(')');
    let contents = read(cut, document.source()).unwrap();
    assert!(kept(&contents.unread).contains(&("damaged", comment)));
    assert!(contents.salvaged && !contents.misplaced);
}
