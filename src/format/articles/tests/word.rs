use super::*;

#[test]
fn what_a_reader_sees_of_a_document_is_its_text() {
    let body = [
        "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>Ferry to sail again</w:t></w:r></w:p>",
        // Links, smart tags, fields, tracked changes.
        "<w:p><w:r><w:t xml:space=\"preserve\">The </w:t></w:r>\
         <w:hyperlink><w:r><w:t>harbour office</w:t></w:r></w:hyperlink>\
         <w:ins><w:r><w:t xml:space=\"preserve\"> in </w:t></w:r></w:ins>\
         <w:smartTag><w:r><w:t>Northtown</w:t></w:r></w:smartTag>\
         <w:del><w:r><w:delText>, once,</w:delText></w:r></w:del>\
         <w:moveFrom><w:r><w:t> gone</w:t></w:r></w:moveFrom>\
         <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>\
         <w:r><w:t>CODE</w:t></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
         <w:r><w:t xml:space=\"preserve\"> said</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>\
         <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t xml:space=\"preserve\"> on May</w:t><w:noBreakHyphen/>\
         <w:t>Day.</w:t><w:footnoteReference w:id=\"2\"/></w:r><w:commentRangeStart w:id=\"0\"/>\
         <w:r><w:commentReference w:id=\"0\"/></w:r></w:p>",
        // Half a paragraph whose mark is deleted.
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">One </w:t></w:r></w:p>",
        "<w:p><w:r><w:t>sentence.</w:t></w:r></w:p>",
        // A box, twice in the file.
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent>\
         <w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p>\
         </w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent><w:t>Beside it</w:t></w:r></w:p>",
        // A form field that shows what to enter.
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Click here</w:t></w:r></w:p>\
         </w:sdtContent></w:sdt><w:sdt><w:sdtContent><w:p><w:r><w:t>Filled in</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Boats</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p>\
         </w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東京</w:t></w:r>\
         </w:rubyBase></w:ruby><w:t xml:space=\"preserve\"> </w:t><w:sym w:font=\"Symbol\" w:char=\"F061\"/>\
         <w:br/><w:t>more</w:t><w:br/><w:br/><w:t>next</w:t></w:r></w:p>",
        "<w:p><w:pPr><w:pStyle w:val=\"Caption\"/></w:pPr><w:r><w:t>The pier, empty</w:t></w:r></w:p>",
    ]
    .concat();
    let footnotes = "<w:footnotes xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
        <w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote><w:footnote w:id=\"2\"><w:p><w:r>\
        <w:footnoteRef/></w:r><w:r><w:t>Or later.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let others = [
        ("word/footnotes.xml", footnotes),
        ("word/header1.xml", "<x/>"),
        ("word/comments.xml", "<x/>"),
    ];
    let document = word(&body, &others);
    let imported = read("a.docx", &document);
    let text = "Ferry to sail again\n\
         The harbour office in Northtown said on May\u{2011}Day.\n\
         One sentence.\n\
         Beside it\n\
         In the box\n\
         Filled in\n\
         Boats\t2\n\
         東京 α more\n\
         next\n";
    assert_eq!(texts(&imported), [format!("{text}Or later.\n")]);
    assert_eq!(facts(&imported, 0).headline, "Ferry to sail again");
    assert_eq!(imported.documents[0].id, "ferry-to-sail-again.txt");
    assert_eq!(left_out(&imported, 0), ["caption: The pier, empty"]);
    assert_eq!(doubts(&imported, 0), ["its note is at the end of the text"]);
    let told = "not taken over: page headers, comments (1), deleted passages (2), hidden passages (1), \
                placeholders (1)";
    assert_eq!(notes(&imported), [told]);
    let with = read_with("a.docx", &document, &[("captions", "in")]);
    assert!(texts(&with)[0].contains("next\nThe pier, empty\n"));
}

#[test]
fn an_article_knows_the_file_it_was_taken_from() {
    let document = word(&p("Two words"), &[]);
    let imported = read("week/22.docx", &document);
    let from = facts(&imported, 0).imported_from.as_ref().unwrap();
    assert_eq!((&*from.file, from.index), ("22.docx", 0));
    assert_eq!(from.sha256.len(), 64);
    assert_eq!(imported.documents[0].id, "week/22.txt");
}

#[test]
fn a_table_for_the_layout_is_read_cell_by_cell() {
    let cell = |words: &[&str]| {
        let paragraphs: String = words.iter().map(|words| p(words)).collect();
        format!("<w:tc>{paragraphs}</w:tc>")
    };
    let row = [cell(&["Left one.", "Left two."]), cell(&["Right."])].concat();
    let body = format!("<w:tbl><w:tr>{row}</w:tr></w:tbl>");
    let imported = read("a.docx", &word(&body, &[]));
    assert_eq!(texts(&imported), ["Left one.\nLeft two.\nRight.\n"]);
}

#[test]
fn prefixes_and_the_strict_vocabulary_are_understood() {
    let main = "<x:document xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><x:body><x:p><x:r>\
                <x:t>Strict &amp; &#xE9;</x:t></x:r></x:p></x:body></x:document>";
    let relations = "<Relationships><Relationship Type=\"http://x/officeDocument\" Target=\"/word/doc2.xml\"/>\
                     </Relationships>";
    let parts = [
        ("_rels/.rels", relations),
        ("word/doc2.xml", main),
        ("word/document.xml", "<no/>"),
    ];
    let imported = read("a.docx", &zipped(&parts));
    assert_eq!(texts(&imported), ["Strict & é\n"]);
}
