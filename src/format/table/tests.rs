mod foreign;

use std::collections::BTreeMap;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::format::Format;
use crate::format::testing::{cases, content, document, with_links_only, written, written_with};
use crate::format::{ImportedDocument, NamedDocument};
use crate::model::Document;

fn table(format: &dyn Format, options: &[(&str, &str)], documents: Vec<NamedDocument>) -> String {
    let (mut files, _) = written_with(format, options, documents);
    String::from_utf8(files.0.pop().unwrap().1).unwrap()
}

fn read(format: &dyn Format, table: &str, article: &str) -> Imported {
    let input = Input {
        name: "in.csv",
        bytes: table.as_bytes(),
        beside: &|name| (name == "a.txt").then(|| article.as_bytes().to_vec()),
    };
    format.read(&input).unwrap()
}

fn named(document: Document) -> Vec<NamedDocument> {
    let id = "a.txt".to_owned();
    vec![NamedDocument { id, document }]
}

proptest! {
    #![proptest_config(cases())]

    /// Tags, attributes, notes, people's names, reviews and links come back from a table.
    #[test]
    fn what_a_table_says_comes_back(document in document(), tabs in any::<bool>()) {
        let format = if tabs { &TSV } else { &CSV };
        let text = document.source().as_str();
        prop_assume!(!text.starts_with('\u{feff}'));
        let table = table(format, &[], named(document.clone()));
        let imported = read(format, &table, text);
        prop_assert!(imported.problems.is_empty(), "{:?}", imported.problems);
        let ImportedDocument { document: read, .. } = &imported.documents[0];
        let nul = |text: &str| text.contains('\0');
        let mut meta = document.meta().clone();
        meta.annotator = meta.annotator.map(|name| name.replace('\0', "\u{fffd}").into());
        prop_assert_eq!(read.meta(), &meta);
        let plain = document.set().annotations().all(|tag| {
            !nul(&tag.note)
                && !nul(&tag.label)
                && !tag.attributes.iter().any(|a| nul(&a.value) || nul(&a.name))
        });
        if plain {
            for tag in document.set().annotations() {
                let mut tag = tag.clone();
                let back = read.set().annotation(&tag.id).cloned();
                // A cell with NUL cannot be written.
                if let Some(back) = &back {
                    tag.origin = back.origin.clone();
                    tag.person = back.person.clone();
                }
                prop_assert_eq!(back, Some(tag));
            }
        }
        prop_assert_eq!(content(&with_links_only(&document)).0.len(), content(read).0.len());
    }
}

#[test]
fn a_table_has_a_row_for_each_tag() {
    let documents = crate::format::testing::example();
    assert_snapshot!(table(&TSV, &[], documents).replace('\t', " | "));
}

#[test]
fn the_sheet_of_quotes_is_for_people() {
    let documents = crate::format::testing::example();
    assert_snapshot!(table(&Quotes, &[], documents));
}

#[test]
fn excel_gets_its_mark() {
    let documents = crate::format::testing::example;
    let mark = "\u{feff}doc,";
    assert!(table(&CSV, &[("bom", "yes")], documents()).starts_with(mark));
    assert!(!table(&CSV, &[], documents()).starts_with(mark));
    assert!(table(&Quotes, &[], documents()).starts_with('\u{feff}'));
    assert!(!table(&Quotes, &[("bom", "no")], documents()).starts_with('\u{feff}'));
}

#[test]
fn tables_of_others_are_read_by_their_heads() {
    let table = "filename,label,begin,end,text,mood\r\na.txt,quote,5,7,no,glum\r\n";
    let imported = read(&CSV, table, "😀 é no");
    assert_eq!(imported.problems, []);
    let told = &imported.skipped[0].message;
    assert!(
        told.ends_with("as attributes of tags: `mood` (“glum”)"),
        "{told}"
    );
    let document = &imported.documents[0].document;
    let tag = document.set().annotations().next().unwrap();
    // The offsets are those of JavaScript, as the text shows.
    assert_eq!(document.source().slice(tag.fragments.hull()), "no");
}

#[test]
fn what_does_not_fit_is_told_by_line() {
    for (table, expected) in [
        (
            "doc,kind,start,end,text\na.txt,quote,0,2,nay\n",
            "the article has other words; fix their offsets: `row-2` quote “nay” at 0-2 (there is “ye”)",
        ),
        (
            "doc,kind,start,end\nb.txt,quote,0,2\n",
            "the article `b.txt` is neither beside the table nor in the folder",
        ),
        ("doc,start,end\na.txt,0,2\n", "there is no column `kind`"),
        (
            "doc,kind,start,end\na.txt,quote,x,2\n",
            "`x` in the column `start` is not an offset",
        ),
        (
            "doc,kind,fragments\na.txt,quote,0:2\n",
            "`0:2` are not fragments",
        ),
        ("doc,kind,start,end\na.txt,quote,0,99\n", "99"),
    ] {
        let imported = read(&CSV, table, "yes, no");
        let told = imported.problems.iter().chain(&imported.skipped);
        let told: Vec<_> = told.map(|p| p.message.clone()).collect();
        assert!(told.concat().contains(expected), "{table}: {told:?}");
        assert_eq!(words(&imported), [""; 0]);
    }
}

#[test]
fn a_table_without_documents_has_heads() {
    let (files, losses) = written(&CSV, Vec::new());
    assert!(files.0[0].1.starts_with(b"doc,id,kind,"));
    assert!(losses.is_empty());
}

fn read_bytes(table: &[u8], article: &str) -> Result<Imported, crate::format::FormatError> {
    let input = Input {
        name: "in.csv",
        bytes: table,
        beside: &|name| (name == "a.txt").then(|| article.as_bytes().to_vec()),
    };
    CSV.read(&input)
}

fn words(imported: &Imported) -> Vec<String> {
    let of = |d: &ImportedDocument| {
        let source = d.document.source().clone();
        let tags: Vec<_> = d.document.set().annotations().cloned().collect();
        tags.into_iter()
            .map(move |tag| format!("{} {}|{}", tag.label, tag.fragments.text(&source), tag.note))
    };
    imported.documents.iter().flat_map(of).collect()
}

#[test]
fn spreadsheets_are_read_in_their_own_ways() {
    let article = "“Nö,” says Ann.";
    let rows = |sign: &str| {
        let rows = [
            ["Document", "Label", "Start", "End", "Text", "Comment"],
            ["a.txt", "quote", "0", "5", "“Nö,”", "\"ä; b, c\td\""],
            ["a.txt", "speaker", "11.0", "14", "Ann", ""],
            ["", "", "", "", "", ""],
        ];
        rows.map(|row| row.join(sign))
            .join("\r\n")
            .replace("“Nö,”", "\"“Nö,”\"")
    };
    let utf16: Vec<u8> = rows("\t")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let cp1252 = encoding_rs::WINDOWS_1252.encode(&rows(";")).0.into_owned();
    for table in [
        rows(",").into_bytes(),
        format!("\u{feff}{}", rows(";")).into_bytes(),
        format!("sep=;\r\n{}", rows(";")).into_bytes(),
        rows("\t").into_bytes(),
        [&b"\xff\xfe"[..], &utf16].concat(),
        cp1252,
    ] {
        let imported = read_bytes(&table, article).unwrap();
        assert_eq!(
            (imported.problems.to_vec(), imported.skipped.to_vec()),
            (vec![], vec![])
        );
        assert_eq!(words(&imported), ["quote “Nö,”|ä; b, c\td", "speaker Ann|"]);
    }
    // Letters that no words confirm.
    let table = b"doc,kind,start,end,note\na.txt,quote,0,5,\xe4\n";
    assert!(read_bytes(table, article).is_err());
}

#[test]
fn lines_within_cells_are_lines_of_the_article() {
    let article = "He: “No.\n\nNever.”";
    let row = "a.txt,quote,4,17,\"“No.\r\n\r\nNever.”\"";
    let table = format!("doc,kind,start,end,text\r\n{row}\r\n");
    for table in [table.replace('\r', ""), table.clone()] {
        let imported = read(&CSV, &table, article);
        assert_eq!(
            (imported.problems.to_vec(), imported.skipped.to_vec()),
            (vec![], vec![])
        );
        assert_eq!(words(&imported), ["quote “No.\n\nNever.”|"]);
    }
    let imported = read(&CSV, &table.replace('"', ""), article);
    let message = imported.skipped.iter().find(|p| p.line == 4).unwrap();
    assert!(message.message.contains("1 of 5 cells"), "{message:?}");
}

#[test]
fn words_elsewhere_are_looked_up_and_rows_cut_wrongly_are_left_out() {
    let head = "doc,kind,start,end,text,links,annotator\n";
    let table = format!("{head}a.txt,quote,0,2,no,by>row-9,Bo Ng\n");
    let imported = read(&CSV, &table, "yes, no");
    assert_eq!(imported.problems, []);
    assert_eq!(words(&imported), ["quote no|"]);
    assert_eq!(
        imported.documents[0].document.meta().annotator.as_deref(),
        Some("bo-ng")
    );
    let all = imported.skipped.iter().chain(&imported.notes);
    let told: Vec<_> = all.map(|p| p.message.clone()).collect();
    let told = told.join("\n");
    assert!(
        imported
            .notes
            .iter()
            .any(|p| p.message.contains("“no” at 0-2"))
    );
    for words in ["`by` from `row-2` to `row-9`", "“Bo Ng” is `bo-ng` here"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let table = "doc,kind,start,end,text\r\na.txt,quote,0,7,yes, no\r\na.txt,quote,x,2,\r\n";
    let imported = read(&CSV, table, "yes, no");
    let skipped: Vec<_> = imported.skipped.iter().collect();
    assert_eq!(imported.problems, []);
    assert_eq!(skipped.len(), 1, "{skipped:?}");
    assert!(skipped[0].line == 3 && skipped[0].message.contains("`x` in the column `start`"));
    assert_eq!(words(&imported), ["quote yes, no|"]);
    let table = format!("{head}a.txt,quote,5,7,no, she,,x,y\n");
    let imported = read(&CSV, &table, "yes, no");
    assert!(
        imported.problems[0].message.contains("9 cells"),
        "{:?}",
        imported.problems
    );
    assert_eq!(imported.problems[0].line, 2);
}

fn sheet(documents: Vec<NamedDocument>) -> Vec<Vec<String>> {
    let table = table(&Quotes, &[("bom", "no")], documents);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.as_bytes());
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_claim_outside_quotes_has_a_row_and_what_has_no_cell_is_counted() {
    let text = "He says taxes rise. Ann nods.";
    let mut document = Document::new(crate::text::SourceText::new(text, "UTF-8").unwrap());
    let mut tag = |id: &str, label: &str, words: &str| {
        let start = text.find(words).unwrap() as u32;
        let range = crate::text::TextRange::at(start.into(), (words.len() as u32).into());
        let by = crate::model::Origin::Annotator("".into());
        let tag = crate::model::Annotation::new(id, label, range.try_into().unwrap(), by);
        document.parts_mut().set.insert_annotation(tag);
    };
    tag("c", "claim", "taxes rise");
    tag("he", "speaker", "He");
    tag("ann", "speaker", "Ann");
    let by = crate::model::Origin::Annotator("".into());
    let to = crate::model::Target::Annotation("he".into());
    let link = crate::model::Link::new("l", "speaker", "c", to, by);
    document.parts_mut().set.insert_link(link);
    let rows = sheet(named(document.clone()));
    let heads = rows[0].iter().map(String::as_str);
    let claim: BTreeMap<&str, &str> = heads.zip(rows[1].iter().map(String::as_str)).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!((claim["kind"], claim["text"]), ("Claim", "taxes rise"));
    assert_eq!(claim["named as"], "He");
    assert!(
        claim["to check"].ends_with("unresolved pronoun"),
        "{claim:?}"
    );
    let (_, losses) = written(&Quotes, named(document));
    let losses: Vec<_> = losses.iter().map(ToString::to_string).collect();
    assert_eq!(
        losses,
        ["this format leaves out tags it has no place for (1 in `a.txt`)"]
    );
}

#[test]
fn a_sheet_may_have_semicolons() {
    let documents = crate::format::testing::example();
    let table = table(&Quotes, &[("separator", "semicolon")], documents);
    assert!(table.starts_with("\u{feff}article;line;kind;"), "{table}");
    assert!(table.contains("\r\n"));
}

#[test]
fn a_workbook_has_the_rows_of_the_sheet_as_text() {
    let documents = crate::format::testing::example;
    let (files, _) = written(&QuotesWorkbook, documents());
    let (again, _) = written(&QuotesWorkbook, documents());
    assert_eq!(files.0, again.0);
    let bytes = std::io::Cursor::new(&files.0[0].1);
    let mut archive = zip::ZipArchive::new(bytes).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        let mut file = archive.by_name(name).unwrap();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        text
    };
    let (sheet, strings) = (
        read("xl/worksheets/sheet1.xml"),
        read("xl/sharedStrings.xml"),
    );
    assert!(!sheet.contains("<f>"), "{sheet}");
    assert!(sheet.contains("state=\"frozen\""), "{sheet}");
    assert!(strings.contains("<t>=check this</t>"), "{strings}");
}

#[test]
fn an_article_without_tags_keeps_its_row() {
    let mut document = Document::new(crate::text::SourceText::new("Nothing.", "UTF-8").unwrap());
    document.parts_mut().meta.state = crate::model::DocumentState::Done;
    document.parts_mut().meta.annotator = Some("maria".into());
    let table = table(&CSV, &[], named(document.clone()));
    assert_eq!(table.lines().count(), 2, "{table}");
    let imported = read(&CSV, &table, "Nothing.");
    assert_eq!(
        (imported.problems.to_vec(), imported.skipped.to_vec()),
        (vec![], vec![])
    );
    assert_eq!(imported.documents[0].document.meta(), document.meta());
}

#[test]
fn what_has_a_column_in_the_sheet_is_not_declared_lost() {
    let text = "Yes, said Ann.";
    let mut document = Document::new(crate::text::SourceText::new(text, "UTF-8").unwrap());
    document.parts_mut().meta.annotator = Some("maria".into());
    let range = crate::text::TextRange::new(0.into(), 3.into());
    let by = |name: &str| crate::model::Origin::Annotator(name.into());
    let tag = |id: &str, by| {
        let mut tag = crate::model::Annotation::new(id, "quote", range.try_into().unwrap(), by);
        tag.set_attribute("form", Some("direct".into()));
        tag
    };
    document
        .parts_mut()
        .set
        .insert_annotation(tag("q1", by("maria")));
    for format in [&Quotes as &dyn Format, &QuotesWorkbook] {
        assert_eq!(written(format, named(document.clone())).1, []);
    }
    document
        .parts_mut()
        .set
        .insert_annotation(tag("q2", by("tom")));
    let (_, losses) = written(&Quotes, named(document));
    let losses: Vec<_> = losses.iter().map(ToString::to_string).collect();
    assert_eq!(
        losses,
        ["this format leaves out who made the tags (1 in `a.txt`)"]
    );
}

#[test]
fn blanks_within_the_words_of_a_row_are_told() {
    let table = "doc,kind,start,end,text\na.txt,quote,0,5,\"yes,no\"\na.txt,cue,8,12,sa id\n";
    let imported = read(&CSV, table, "yes,\nno said");
    assert_eq!(imported.problems, []);
    let told: Vec<_> = imported.notes.iter().map(|p| &*p.message).collect();
    let expected = "the text has other blanks or marks in the words of these tags: `row-2` \
                    “yes,no” (there is “yes, no”); `row-3` “sa id” (there is “said”)";
    assert!(told.contains(&expected), "{told:?}");
}
