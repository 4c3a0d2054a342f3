//! Tables that other programs write.

use super::*;

#[test]
fn rows_without_a_position_are_on_their_words() {
    let head = "doc,label,start,end,text,note,links\n";
    let table = format!(
        "{head}a.txt,quote,0,3,yes,,\na.txt,speaker,,,Ann,,\na.txt,quote,13,,no,,\n\
         a.txt,claim,,,no,why,by>row-3\na.txt,cue,7,,,,\n"
    );
    let imported = read(&CSV, &table, "yes no, Ann: no");
    assert_eq!(imported.problems, []);
    assert_eq!(
        words(&imported),
        ["quote yes|", "speaker Ann|", "quote no|"]
    );
    let told: Vec<_> = imported.notes.iter().map(|p| &*p.message).collect();
    let expected = "rows without a whole position are tags on their words: `row-3` “Ann”; `row-4` \
                    “no”, start: 13";
    assert_eq!(told, [expected]);
    let told: Vec<_> = imported
        .skipped
        .iter()
        .map(|p| (p.line, &*p.message))
        .collect();
    let expected = [
        (
            5,
            "links of rows that are left out are left out: `by` from `row-5` to `row-3`",
        ),
        (
            5,
            "rows without a whole position are left out where their words are not in one place of \
             the article; give start and end, or fragments: `row-5` claim “no”, note: “why”; \
             `row-6` cue “”, start: 7",
        ),
    ];
    assert_eq!(told, expected);
    let lengths = "doc,label,offset,length,quote\na.txt,x,0,3,yes\n";
    let imported = read(&CSV, lengths, "yes no");
    assert_eq!(
        (words(&imported), imported.skipped.len()),
        (vec!["x yes|".to_owned()], 0)
    );
}

#[test]
fn a_row_without_an_article_costs_no_other() {
    let table =
        "doc,kind,start,end,text,note,links\na.txt,quote,0,3,yes,,\n,quote,4,6,no,loud,by>row-2\n";
    let imported = read(&CSV, table, "yes no");
    assert_eq!(words(&imported), ["quote yes|"]);
    let told: Vec<_> = imported
        .skipped
        .iter()
        .map(|p| (p.line, &*p.message))
        .collect();
    let expected = "rows that name no article are left out; fill the column `doc`: `row-3` quote “no”, \
                    note: “loud”";
    assert_eq!(told, [(3, expected)]);
    assert_eq!(imported.left_out(), 3);
    let imported = read(&CSV, "doc,kind,start,end\n,quote,0,3\n", "yes no");
    assert!(
        imported.problems[0]
            .message
            .contains("fill the column `doc`")
    );
}

#[test]
fn a_table_of_labels_of_whole_texts_is_named() {
    let imported = read(&CSV, "id,text,label\n1,\"Ann, left.\",pos\n", "");
    let told: Vec<_> = imported.problems.iter().map(|p| &*p.message).collect();
    assert!(
        matches!(told[..], [told] if told.starts_with("this table labels whole texts")),
        "{told:?}"
    );
    let words = "Sentence #,Word,POS,Tag\nSentence: 1,Ann,NNP,B-per\n,left,VBD,O\n";
    let imported = read(&CSV, words, "");
    assert!(imported.problems[0].message.contains("--from conll"));
}

#[test]
fn what_is_wrong_is_told_with_the_line_of_its_row() {
    let table = "doc,kind,start,end,review\na.txt,quote,0,3,\na.txt,quote,4,6,fine\n";
    let imported = read(&CSV, table, "yes no");
    let told: Vec<_> = imported.problems.iter().map(|p| p.line).collect();
    assert_eq!(told, [3], "{:?}", imported.problems);
}

#[test]
fn quotation_marks_may_belong_to_the_words() {
    let table = "doc\tlabel\tstart\tend\ttext\tnote\na.txt\tquote\t3\t7\t\"no\"\t\"so\"\n\
                 a.txt\tclaim\t8\t11\t\"so\t\na.txt\tpart\t0\t2\tHe\t\n";
    let imported = read(&TSV, table, "He \"no\" \"so \"");
    assert_eq!(imported.problems, []);
    assert_eq!(
        words(&imported),
        ["part He|", "quote \"no\"|\"so\"", "claim \"so|"]
    );
    assert_eq!(imported.notes, []);
    // Marks around cells stay what they are.
    let table =
        "doc,label,start,end,text\n\"a.txt\",quote,3,7,\"\"\"no\"\"\"\na.txt,x,0,1,\"He\"\n";
    let imported = read(&CSV, table, "He \"no\"");
    assert_eq!(words(&imported), ["x He|", "quote \"no\"|"]);
}

#[test]
fn tables_of_text_analysis_programs_are_read() {
    let table = ",Document name,Code,End,Segment,Modified by\n0,a,Person\\Ann,1,Ann,Bo\n\
                 1,a,Quote,1,yes,Bo\n";
    let imported = read(&CSV, table, "Ann: yes");
    assert_eq!(imported.problems, []);
    assert_eq!(words(&imported), ["Person\\Ann Ann|", "Quote yes|"]);
    let read_document = &imported.documents[0];
    assert_eq!(read_document.id, "a.txt");
    assert_eq!(
        read_document.document.meta().annotator.as_deref(),
        Some("bo")
    );
    assert_eq!(imported.skipped, []);
    let ignored: Vec<_> = imported.ignored.iter().map(|p| &*p.message).collect();
    assert_eq!(ignored, ["column 1 (the numbers of the rows)"]);
    assert!(
        imported
            .notes
            .iter()
            .any(|p| p.message.contains("`a` is `a.txt`"))
    );
    let table = "ID;Quotation Content;Document;Codes;Comment\n\
                 1:1;Ann;a;\"speaker\nperson\";x\n1:2;yes;a.txt;quote;\n";
    let imported = read(&CSV, table, "Ann: yes");
    assert_eq!(imported.problems, []);
    assert_eq!(
        words(&imported),
        ["speaker Ann|x", "person Ann|x", "quote yes|"]
    );
    // Other columns without a head are told by their place.
    let imported = read(&CSV, ",doc,kind,start,end\n7,a.txt,x,0,3\n", "Ann");
    assert!(imported.skipped[0].message.ends_with("`column 1` (“7”)"));
}

#[test]
fn labels_of_others_may_be_none_or_several() {
    let table = "doc,label,start,end,text,note\nsub\\a.txt,,0,3,Ann,x\nsub\\a.txt,NaN,0,3,Ann,\n\
                 sub\\a.txt,speaker;person,0,3,Ann,\n";
    let imported = read(&CSV, table, "Ann ran");
    assert_eq!(imported.problems, []);
    assert_eq!(words(&imported), ["speaker Ann|", "person Ann|"]);
    assert_eq!(imported.documents[0].id, "a.txt");
    let skipped: Vec<_> = imported.skipped.iter().map(|p| &*p.message).collect();
    let expected = "rows without a label are left out; fill the column `kind`: `row-2` 0 3 “Ann”, \
                    note: “x”; `row-3` 0 3 “Ann”";
    assert_eq!(skipped, [expected]);
    let table = "doc,kind,start,end,person_links\na.txt,quote,0,3,by>p9\n";
    let imported = read(&CSV, table, "Ann ran");
    assert!(
        imported.skipped[0]
            .message
            .contains("`by` from `row-2` to `p9`")
    );
}

#[test]
fn tables_of_label_studio_are_named() {
    let table = "text,id,label,annotator,annotation_id,lead_time\nAnn,1,x,1,4,2.5\n";
    let imported = read(&CSV, table, "Ann");
    assert_eq!(imported.problems.len(), 1);
    assert!(imported.problems[0].message.contains("as JSON there"));
}

#[test]
fn words_show_the_place_where_cells_are_no_offsets() {
    let table = "Document Name,Annotation Type,Begin Offset,End Offset,Covered Text\n\
                 a.txt,quote,1.00E+00,4.00E+00,yes\na.txt,cue,x,y,\na.txt,quote,4,6,no\n";
    let imported = read(&CSV, table, "yes no");
    assert_eq!(words(&imported), ["quote yes|", "quote no|"]);
    let told: Vec<_> = imported.notes.iter().map(|p| &*p.message).collect();
    let expected = [
        "cells are passed over that are not offsets: `1.00E+00` in the column `start`; `4.00E+00` in the \
         column `end`",
        "rows without a whole position are tags on their words: `row-2` “yes”",
    ];
    assert_eq!(told, expected);
    let told: Vec<_> = imported.skipped.iter().map(|p| p.line).collect();
    assert_eq!(told, [3]);
    // As Recogito writes it.
    let table =
        "UUID,FILE,QUOTE_TRANSCRIPTION,ANCHOR,TYPE,URI\nu-1,a.txt,no,char-offset:8,place,\n";
    let imported = read(&CSV, table, "no yes, no");
    assert_eq!(words(&imported), ["place no|"]);
    let set = imported.documents[0].document.set();
    let tag = set.annotation(&"u-1".into()).unwrap();
    assert_eq!(u32::from(tag.fragments.hull().start()), 8);
}

#[test]
fn marks_that_a_spreadsheet_has_changed_are_the_same_words() {
    let table = "doc,kind,start,end,text\na.txt,quote,3,18,\"“Well… it’s no”\"\na.txt,cue,0,2,He\n";
    let imported = read(&CSV, table, "He \"Well... it's no\"");
    assert_eq!(words(&imported), ["cue He|"]);
    let table = table.replace("18", "20");
    let imported = read(&CSV, &table, "He \"Well... it's no\"");
    assert_eq!(words(&imported), ["cue He|", "quote \"Well... it's no\"|"]);
    assert!(imported.notes[0].message.contains("other blanks or marks"));
}

#[test]
fn a_cell_that_was_cut_has_its_whole_tag() {
    let long = "no ".repeat(12_000);
    let text = format!("He: {long}yes");
    let cell: String = long.chars().take(32_767).collect();
    let table = format!("doc,kind,start,end,text\na.txt,quote,4,36003,{cell}\n");
    let imported = read(&CSV, &table, &text);
    let mut tags = imported.documents[0].document.set().annotations();
    let hull = tags.next().unwrap().fragments.hull();
    assert_eq!([hull.start(), hull.end()].map(u32::from), [4, 36_003]);
    assert_eq!(
        imported.notes[0].message,
        "spreadsheets cut cells of this length; the offsets say how far these tags go: `row-2`"
    );
}

#[test]
fn heads_may_be_below_a_title() {
    let table = "Tags of the desk\n\nmade;in May\ndoc;label;start;end\na.txt;quote;0;3\n";
    let imported = read(&CSV, table, "yes no");
    assert_eq!(words(&imported), ["quote yes|"]);
    let told: Vec<_> = imported
        .skipped
        .iter()
        .map(|p| (p.line, &*p.message))
        .collect();
    let expected =
        "what is above the heads of the table is left out: “Tags of the desk”; “made in May”";
    assert_eq!(told, [(1, expected)]);
}

#[test]
fn rows_that_cannot_be_read_are_counted_and_some_are_kept() {
    let head = "doc,label,start,end,text\n";
    let junk: String = (0..5_000).map(|n| format!("x{n}\n")).collect();
    let imported = read(&CSV, &format!("{head}{junk}"), "He said yes.");
    assert!(imported.documents.is_empty() && imported.problems.len() < 500);
    let counts = imported.problems.counted().map(|(_, count)| count);
    assert_eq!(counts.sum::<usize>(), 5_000);
    let one = format!("{head}a.txt,quote,0,2,He\n{junk}");
    let imported = read(&CSV, &one, "He said yes.");
    assert_eq!((imported.documents.len(), imported.skipped.len()), (1, 1));
    let told = &imported.skipped[0].message;
    assert!(told.ends_with(" (and 4995 more)"), "{told}");
}

#[test]
fn columns_without_a_value_are_named_up_to_a_number() {
    let heads: String = (0..5_000).map(|n| format!(",c{n}")).collect();
    let table = format!("doc,label,start,end{heads}\na.txt,quote,0,2\n");
    let imported = read(&CSV, &table, "He said yes.");
    assert_eq!(imported.problems, []);
    let told = &imported.ignored[0].message;
    assert!(
        told.starts_with("c0`, `c1`") && told.ends_with("`c99`, `and 4,900 more"),
        "{told}"
    );
}
