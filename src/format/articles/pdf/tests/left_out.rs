//! What pages show and the article does not have.

use super::*;

#[test]
fn pages_without_text_are_told_and_files_of_them_refused() {
    let text = page(&[set(50.0, 700.0, 10.0, "Some words of an article")]);
    let article = found(&pdf(&[text.clone(), String::new()]));
    assert!(
        article
            .doubts
            .iter()
            .any(|doubt| doubt.starts_with("page 2: without text")),
        "{:?}",
        article.doubts
    );
    assert!(refused(&pdf(&[String::new()])).contains("ocrmypdf"));
    let turned = "BT /F1 10 Tf 0 1 -1 0 20 300 Tm (Turned) Tj ET".to_owned();
    assert!(refused(&pdf(&[turned])).contains("--rotate"));
    let many = vec![text; 1_001];
    assert!(refused(&pdf(&many)).contains("1,000 pages"));
}

#[test]
fn pages_that_are_lost_and_drawing_that_nobody_knows_are_told() {
    let text = page(&[set(50.0, 700.0, 10.0, "Some words of an article")]);
    let file = String::from_utf8(pdf(&[text.clone(), text.clone()])).unwrap();
    let lost = found(file.replacen(" 7 0 R]", "        ]", 1).as_bytes());
    let told = |article: &FoundArticle, words: &str| {
        assert!(
            article.doubts.iter().any(|d| d.starts_with(words)),
            "{:?}",
            article.doubts
        );
    };
    told(&lost, "1 page of the document cannot be found");
    let unknown = page(&[set(50.0, 600.0, 10.0, "Nobody sees this")]).replace("Tj", "Tk");
    told(
        &found(&pdf(&[text.clone() + &unknown])),
        "page 1: not complete",
    );
    let without = file.replacen("/Contents 8 0 R", "/Contents 88 0 R", 1);
    told(&found(without.as_bytes()), "page 2: not complete");
    let early = page(&[set(50.0, 600.0, 10.0, "Words")]) + "endstream\n" + &text;
    told(&found(&pdf(&[early])), "page 1: not complete");
    let without = file.replacen("/Count 2", "", 1);
    told(
        &found(without.as_bytes()),
        "how many pages there are cannot be found",
    );
    let without = file.replacen("/Info 3 0 R", "/Info 33 0 R", 1);
    told(
        &found(without.as_bytes()),
        "what the document says about itself cannot be found",
    );
}

/// What is told about a page with these lines after some that are read.
fn left_out_of(content: &str) -> Vec<String> {
    let text = page(&[set(50.0, 700.0, 10.0, "Some words of an article")]);
    let article = found(&pdf(&[text + content]));
    assert_eq!(article.paragraphs, ["Some words of an article"]);
    article.left_out
}

#[test]
fn text_that_a_page_shows_and_the_article_has_not_is_told() {
    for (content, told) in [
        (
            "BT /F1 10 Tf 900 700 Td (Far out) Tj ET",
            "text beside the page: Far out",
        ),
        (
            "BT /F1 10 Tf 4294967295 1 Td (Far out) Tj ET",
            "text beside the page: Far out",
        ),
        (
            "BT /F1 .1 Tf 50 700 Td (Small print) Tj ET",
            "text too small to see: Small print",
        ),
        (
            "BT /None 10 Tf 50 600 Td (No font) Tj ET",
            "text whose font cannot be read: No font",
        ),
        (
            "BT /F1 10 Tf 50 600 Td [(No) -900 (letters)] Tk ET",
            "text in a damaged part: No letters",
        ),
        (
            "BT /F1 10 Tf 50 600 Td (Two) (Some) pop ET",
            "text in a damaged part: Two Some",
        ),
        (
            "BT /F1 10 Tf 50 600 Td *Nobody) Tj ET",
            "text in a damaged part: *Nobody )",
        ),
        (
            "BT /F1 10 Tf 50 600 Td (No end (here) Tj ET",
            "text in a damaged part: (No end (here)",
        ),
        (
            "BT /F1 10 Tf /Span << /ActualText () >> BDC 50 600 Td (Taken back) Tj EMC ET",
            "text for which the file gives nothing: Taken back",
        ),
        (
            "/Span << /ActualText (A drawing) >> BDC 0 0 m 9 9 l S EMC",
            "words for something that prints no letters: A drawing",
        ),
    ] {
        assert_eq!(left_out_of(content), [told], "{content}");
    }
}

#[test]
fn after_a_damaged_part_a_page_is_read_on() {
    let damaged = "BT /F1 10 Tf 50 600 Td (No end (here) Tj ET\n";
    let after = page(&[set(50.0, 500.0, 10.0, "Words after it")]);
    let article = found(&pdf(&[damaged.to_owned() + &after]));
    assert_eq!(article.paragraphs, ["Words after it"]);
    assert_eq!(article.left_out, ["text in a damaged part: (No end (here)"]);
    assert_eq!(
        article.doubts,
        ["page 1: not complete: the file is damaged there"]
    );
}

#[test]
fn notes_and_stamps_over_a_page_are_told() {
    let text = page(&[set(50.0, 700.0, 10.0, "Some words of an article")]);
    let shown = page(&[set(0.0, 0.0, 10.0, "Draft")]);
    let stamp = format!(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /Font << /F1 4 0 R >> >> /Length {} >>\n\
         stream\n{shown}\nendstream",
        shown.len()
    );
    let notes = "/Annots [<< /Subtype /Text /Contents (Look this up) >> << /Subtype /Link /Contents (Home) >> \
                 << /Subtype /Stamp /AP << /N 5 0 R >> >>] /MediaBox";
    let file = String::from_utf8(pdf_of(&[text], "", &[&stamp], "")).unwrap();
    // The places of objects are found again where they are not as the file says.
    let article = found(file.replacen("/MediaBox", notes, 1).as_bytes());
    assert_eq!(
        article.left_out,
        ["note, stamp or form field: Look this up Draft"]
    );
}
