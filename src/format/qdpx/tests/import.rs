use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::Qdpx;
use crate::format::testing::{content, document_in_xml, example, read_back, written};
use crate::format::{Format, Imported, Input, NamedDocument, RecordProblem};

fn read(bytes: &[u8]) -> Imported {
    let input = Input {
        name: "in.qdpx",
        bytes,
        beside: &|_| None,
    };
    Qdpx.read(&input).unwrap()
}

fn project(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn told(list: &[RecordProblem]) -> String {
    let messages: Vec<&str> = list.iter().map(|problem| &*problem.message).collect();
    messages.join("\n")
}

const PROJECT: &str = r#"<Project xmlns="urn:QDA-XML:project:1.0" name="n" origin="Other">
<Users><User guid="u1" name="Ann Li"/><User guid="u2" name="bo"/></Users>
<CodeBook><Codes><Code guid="c1" name="quote" isCodable="true"><Description>who says it</Description>
<Code guid="c2" name="long"/></Code><Code guid="c3" name="claim"><Code guid="c4" name="long"/></Code></Codes></CodeBook>
<Cases><Case guid="k" name="Mayor"/></Cases>
<Sources><TextSource guid="s1" name="a.txt" plainTextPath="internal://S1.txt" creatingUser="u1">
<PlainTextSelection guid="x1" name="No, never" startPosition="3" endPosition="13" creatingUser="u1">
<Description>hm</Description><Coding guid="d1" creatingUser="u1"><CodeRef targetGUID="c1"/><NoteRef targetGUID="n1"/></Coding>
<Coding guid="d2" creatingUser="u2"><CodeRef targetGUID="c4"/></Coding></PlainTextSelection>
<PlainTextSelection guid="x2" name="Ann" startPosition="15" endPosition="18" creatingUser="u1">
<Coding guid="d3"><CodeRef targetGUID="c2"/></Coding></PlainTextSelection>
<PlainTextSelection guid="x3" name="said" startPosition="90" endPosition="94"><Coding guid="d4"><CodeRef targetGUID="c3"/></Coding></PlainTextSelection>
<PlainTextSelection guid="x4" name="Ann" startPosition="15" endPosition="18"/>
<PlainTextSelection guid="x5" name="Ann" startPosition="15" endPosition="18"><Coding guid="d5"><CodeRef targetGUID="c9"/></Coding></PlainTextSelection>
<Coding guid="d6"><CodeRef targetGUID="c1"/></Coding>
</TextSource><PictureSource guid="s2" name="p.png"><PictureSelection guid="y" name="face"/></PictureSource>
<PDFSource guid="s3" name="b.pdf"><Representation guid="r" plainTextPath="internal://s3.txt"/></PDFSource>
<TextSource guid="s4" name="c.txt" plainTextPath="relative://c.txt"/></Sources>
<Notes><Note guid="n1" plainTextPath="internal://n1.txt"/><Note guid="n2" name="memo"><PlainTextContent>think</PlainTextContent></Note></Notes>
<Links><Link guid="l1" name="by" direction="Associative" originGUID="x1" targetGUID="x2"/>
<Link guid="l2" name="to" originGUID="x1" targetGUID="c1"/></Links></Project>"#;

#[test]
fn projects_of_other_programs_are_read() {
    let files = [
        ("project.qde", PROJECT),
        ("Sources/s1.txt", "😀 No, never; Ann said it."),
        ("sources/s3.txt", "A page."),
        ("sources/n1.txt", "a memo"),
    ];
    let imported = read(&project(&files));
    assert_eq!(imported.problems, []);
    let mut found: Vec<String> = Vec::new();
    for read in &imported.documents {
        let (source, set) = (read.document.source(), read.document.set());
        let annotator = read.document.meta().annotator.as_deref().unwrap_or("-");
        found.push(format!("{} {annotator}", read.id));
        for tag in set.annotations() {
            let words = source.slice(tag.fragments.hull());
            found.push(format!(
                "{} “{words}” {}",
                tag.label,
                tag.note.replace('\n', "/")
            ));
        }
        for link in set.links() {
            let attribute = &link.attributes[0];
            found.push(format!(
                "{} {}={}",
                link.role, attribute.name, attribute.value
            ));
        }
    }
    // Places are in UTF-16 here, as the words show.
    assert_eq!(
        found,
        [
            "a.txt ann-li",
            "quote “No, never;” hm/a memo",
            "quote/long “Ann” ",
            "claim “said” ",
            "by direction=Associative",
            "a.txt bo",
            "claim/long “No, never;” hm",
            "b.pdf -",
        ]
    );
    let skipped = told(&imported.skipped);
    for words in [
        "selections without a code are left out: “Ann” in `a.txt`",
        "with a code that is not in the project",
        "codes of whole texts are left out: the code `quote` of `a.txt`",
        "<PictureSelection> face",
        "sources without a plain text are left out: <PictureSource> `p.png`",
        "the text `c.txt` with 0 selections",
        "<Cases> (Mayor)",
        "“who says it” of the code `quote`",
        "on no selection are left out: memo “think”",
        "not between two tags of one document are left out: `to`",
    ] {
        assert!(skipped.contains(words), "{words}: {skipped}");
    }
    let notes = told(&imported.notes);
    for words in [
        "the annotator `Ann Li` is `ann-li`",
        "`quote/long`",
        "on their words, which are not at their places: “No, never”; “said”",
    ] {
        assert!(notes.contains(words), "{words}: {notes}");
    }
}

#[test]
fn our_example_comes_back() {
    let (files, _) = written(&Qdpx, example());
    let imported = read_back(&Qdpx, &files);
    assert_eq!(told(&imported.problems) + &told(&imported.skipped), "");
    let (new, old) = (&imported.documents[0], &example()[0]);
    assert_eq!(new.id, old.id);
    assert_eq!(new.document.meta().annotator, old.document.meta().annotator);
    assert_eq!(content(&new.document), content(&old.document));
    assert!(
        new.document
            .set()
            .annotations()
            .any(|tag| tag.note == "=check this")
    );
}

#[test]
fn other_files_are_refused_by_their_shape() {
    for (bytes, words) in [
        (b"Project".to_vec(), "not a REFI-QDA project"),
        (b"<Project/>".to_vec(), "import the whole project"),
        (project(&[("a.txt", "a")]), "no project.qde"),
        (
            project(&[("project.qde", "<a>")]),
            "project.qde: this is not whole",
        ),
        (project(&[("project.qde", "<a/>")]), "no <Project>"),
        (project(&[("project.qde", "<Project/>")]), "no text"),
        (
            project(&[("project.qde", PROJECT)])[..500].to_vec(),
            "damaged",
        ),
    ] {
        let message = read(&bytes).problems[0].message.clone();
        assert!(message.contains(words), "{words}: {message}");
    }
}

proptest! {
    /// Texts, tags, links between tags and notes come back; damage is no panic.
    #[test]
    fn documents_come_back(
        documents in prop::collection::vec(document_in_xml(), 1..3),
        cut in any::<prop::sample::Index>(),
    ) {
        let named = documents.iter().enumerate().map(|(n, document)| NamedDocument {
            id: format!("{n}.txt"),
            document: document.clone(),
        });
        let (files, _) = written(&Qdpx, named.collect());
        let imported = read_back(&Qdpx, &files);
        prop_assert_eq!(told(&imported.problems) + &told(&imported.skipped), "");
        prop_assert_eq!(imported.documents.len(), documents.len());
        for (read, document) in imported.documents.iter().zip(&documents) {
            let read = &read.document;
            prop_assert_eq!(read.source(), document.source());
            let (mut new, mut old) = (content(read), content_between(document));
            new.0.sort_by_key(|tag| format!("{tag:?}"));
            old.0.sort_by_key(|tag| format!("{tag:?}"));
            prop_assert_eq!(new, old);
            let notes = |document: &crate::model::Document| {
                let mut notes: Vec<String> =
                    document.set().annotations().map(|tag| tag.note.to_string()).collect();
                notes.sort();
                notes
            };
            prop_assert_eq!(notes(read), notes(document));
        }
        let mut damaged = files.0[0].1.clone();
        let at = cut.index(damaged.len());
        damaged[at] ^= 0x55;
        let _ = read(&damaged);
        damaged.truncate(at);
        prop_assert!(!read(&damaged).problems.is_empty());
    }
}

#[allow(clippy::type_complexity, reason = "only compared")]
fn content_between(
    document: &crate::model::Document,
) -> (
    Vec<(smol_str::SmolStr, crate::model::Fragments)>,
    Vec<(String, smol_str::SmolStr, String)>,
) {
    content(&crate::format::testing::with_links_only(document))
}

#[test]
fn two_users_of_one_name_are_two() {
    let qde = r#"<Project name="n" origin="Other"><Users><User guid="u1" name="Ann"/><User guid="u2" name="Ann"/></Users>
<CodeBook><Codes><Code guid="c1" name="quote"/></Codes></CodeBook>
<Sources><TextSource guid="s1" name="a" plainTextPath="S%201.txt">
<PlainTextSelection guid="x1" startPosition="0" endPosition="2"><Coding creatingUser="u1"><CodeRef targetGUID="c1"/></Coding></PlainTextSelection>
<PlainTextSelection guid="x2" startPosition="4" endPosition="9"><Coding creatingUser="u2"><CodeRef targetGUID="c1"/></Coding></PlainTextSelection>
<PlainTextSelection guid="x3" startPosition="40" endPosition="41"><Coding creatingUser="u2"><CodeRef targetGUID="c1"/></Coding></PlainTextSelection>
</TextSource><TextSource guid="s2" name="b" plainTextPath="internal:/s2.txt"/></Sources>
<Notes><Note guid="n" name="memo"><PlainTextContent>think</PlainTextContent><PlainTextSelection guid="x4" startPosition="0" endPosition="3"><Coding><CodeRef targetGUID="c1"/></Coding></PlainTextSelection></Note></Notes></Project>"#;
    let files = [
        ("My work/project.qde", qde),
        ("My work/sources/S 1.txt", "No, never."),
        ("My work/sources/s2.txt", "Yes."),
    ];
    let imported = read(&project(&files));
    assert_eq!(imported.problems, []);
    let documents = imported.documents.iter().map(|read| {
        let set = read.document.set();
        let annotator = read.document.meta().annotator.clone();
        (annotator.unwrap_or_default(), set.annotations().count())
    });
    let documents: Vec<_> = documents.collect();
    assert_eq!(
        documents,
        [("ann".into(), 1), ("ann-2".into(), 1), ("".into(), 0)]
    );
    let skipped = told(&imported.skipped);
    for words in [
        "empty or outside the text are left out: “” in `a` (40 to 41) as `quote`",
        "coded words of notes are left out: “” (0 to 3) in `memo` as `quote`",
    ] {
        assert!(skipped.contains(words), "{words}: {skipped}");
    }
}

#[test]
fn a_text_without_a_name_has_that_of_its_file() {
    let qde = r#"<Project name="n"><Sources><TextSource guid="s1" plainTextPath="board 2017.txt"/>
<TextSource guid="s2" plainTextPath="internal://s2.txt"/></Sources></Project>"#;
    let files = [
        ("project.qde", qde),
        ("sources/board 2017.txt", "No."),
        ("sources/s2.txt", "Yes."),
    ];
    let imported = read(&project(&files));
    let ids: Vec<_> = imported.documents.iter().map(|read| &*read.id).collect();
    assert_eq!(ids, ["board 2017.txt", "s2"]);
    let imported = read(qde.as_bytes());
    assert!(
        imported.problems[0]
            .message
            .contains("import the whole project")
    );
}
