//! Files that are damaged or made to do harm.

use proptest::prelude::*;

use super::*;

/// A file of each kind, with its name.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let chapter = "<html><body><p>One.</p></body></html>";
    let package = "<package><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest><spine><itemref idref=\"a\"/>\
                   </spine></package>";
    let rtf = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}}\f0 Caf\'e9 \u8211? b\par{\*\x y}\bin2 ab c\par}";
    let line = "_".repeat(50);
    vec![
        ("a.docx", word(&(p("One") + &p("Two")), &[])),
        (
            "a.odt",
            zipped(&[
                ("mimetype", "application/vnd.oasis.opendocument.text"),
                ("content.xml", "<text:p xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">One</text:p>"),
            ]),
        ),
        (
            "a.epub",
            zipped(&[
                ("mimetype", "application/epub+zip"),
                ("META-INF/container.xml", "<x><rootfile full-path=\"p.opf\"/></x>"),
                ("p.opf", package),
                ("a.xhtml", chapter),
            ]),
        ),
        ("a.rtf", rtf.as_bytes().to_vec()),
        (
            "a.txt",
            format!(
                "{:>31}1 of 1 DOCUMENTS\n\n{:>31}Post\n\n{:>31}May 4, 2010\n\nA\n\nLENGTH: 1 words\n\nB é.\n\n\
                 LOAD-DATE: May 5, 2010\n",
                "", "", ""
            )
            .into_bytes(),
        ),
        (
            "b.txt",
            format!(
                "{line}\nDocument 1 of 1\n\nA\n\nFull text: B.\nCAPTION: c\n\nTitle: A\n\nPublication title: P\n\n\
                 Publication date: Mar 9, 2022\n{line}\n"
            )
            .into_bytes(),
        ),
    ]
}

fn format_of(name: &str, whole: &[u8]) -> &'static dyn format::Format {
    let found = format::detect(name, whole);
    format::by_name(found[0].name).unwrap()
}

fn read_any(format: &dyn format::Format, name: &str, bytes: &[u8]) {
    let input = Input {
        name,
        bytes,
        beside: &|_| None,
    };
    let imported = format::read(format, &input, &Options::default()).unwrap();
    assert!(
        imported
            .problems
            .iter()
            .all(|problem| !problem.message.is_empty())
    );
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_read_or_refused() {
    for (name, bytes) in files() {
        let format = format_of(name, &bytes);
        for end in 0..bytes.len() {
            read_any(format, name, &bytes[..end]);
        }
    }
}

proptest! {
    #[test]
    fn a_file_with_any_byte_changed_is_read_or_refused(
        which in 0_usize..6, at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let (name, mut bytes) = files().swap_remove(which);
        let format = format_of(name, &bytes);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        read_any(format, name, &bytes);
    }

    #[test]
    fn any_body_of_a_word_document_is_read_or_refused(
        body in "(<w:(p|r|t|tbl|tr|tc|del|ins|pPr|rPr|sdt|txbxContent)>|</w:(p|r|t|tbl|tr|tc|del|ins)>|word|<w:br/>\
                 |<w:fldChar w:fldCharType=\"(begin|separate|end)\"/>){0,30}",
    ) {
        let document = word(&body, &[]);
        read_any(format::by_name("docx").unwrap(), "a.docx", &document);
    }

    #[test]
    fn any_rtf_is_read_or_refused(
        body in "(\\{|\\}|\\\\par |\\\\u-?[0-9]{1,6}|\\\\uc[0-9]{1,9}|\\\\'[0-9a-g]{2}|\\\\bin[0-9]{1,12}|\\\\\\*|\\\\f[0-9]|\
                 \\\\fonttbl|\\\\cell|\\\\row|\\\\footnote|[a-zé?]{1,3}){0,40}",
    ) {
        let rtf = format!("{{\\rtf1{body}");
        read_any(format::by_name("rtf").unwrap(), "a.rtf", rtf.as_bytes());
    }
}

#[test]
fn what_unpacks_to_gigabytes_is_refused() {
    let blanks = " ".repeat(1 << 20);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default())
        .unwrap();
    for _ in 0..200 {
        zip.write_all(blanks.as_bytes()).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    let imported = read_with("a.docx", &bomb, &[]);
    let words = &imported.problems[0].message;
    assert!(words.contains("larger than 64 MB"), "{words}");
}

#[test]
fn entities_and_depth_are_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><w:document \
        xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p>&b;</w:p></w:document>";
    let imported = read_with("a.docx", &zipped(&[("word/document.xml", bomb)]), &[]);
    assert!(imported.problems[0].message.contains("declares entities"));
    let deep = "<w:tbl><w:tr><w:tc>".repeat(1_000);
    let imported = read_with("a.docx", &word(&deep, &[]), &[]);
    assert!(
        imported.problems[0].message.contains("nested more than"),
        "{:?}",
        imported.problems
    );
    let rtf = format!("{{\\rtf1 {}", "{".repeat(20_000));
    let imported = read_with("a.rtf", rtf.as_bytes(), &[]);
    assert!(imported.problems[0].message.contains("nested more than"));
}

#[test]
fn a_file_of_another_kind_is_told() {
    for (name, words) in [
        ("docx", "no Word document"),
        ("odt", "no OpenDocument"),
        ("epub", "no electronic book"),
        ("rtf", "no RTF"),
        ("proquest", "no export of ProQuest"),
        ("pdf", "no PDF"),
    ] {
        let input = Input {
            name: "a",
            bytes: b"plain words",
            beside: &|_| None,
        };
        let format = format::by_name(name).unwrap();
        let imported = format::read(format, &input, &Options::default()).unwrap();
        assert!(imported.problems[0].message.contains(words), "{name}");
    }
}
