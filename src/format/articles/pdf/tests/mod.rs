//! PDFs that are written here, read like those of programs.

mod exports;
mod left_out;
mod tables;

use std::fmt::Write as _;

use proptest::prelude::*;

use super::super::found::FoundArticle;
use super::*;
use crate::format;

/// A line of type on a page of 595 by 842 points, whose origin is below.
struct Set<'a> {
    x: f32,
    y: f32,
    size: f32,
    words: &'a str,
}

fn set(x: f32, y: f32, size: f32, words: &str) -> Set<'_> {
    Set { x, y, size, words }
}

/// The description of a page with these lines.
fn page(lines: &[Set<'_>]) -> String {
    let mut content = String::new();
    for line in lines {
        let words = line
            .words
            .replace('\\', "\\\\")
            .replace('(', "\\(")
            .replace(')', "\\)");
        writeln!(
            content,
            "BT /F1 {} Tf {} {} Td ({words}) Tj ET",
            line.size, line.x, line.y
        )
        .unwrap();
    }
    content
}

/// A PDF of pages with these descriptions; `more` are objects from number 4 on, the info being 3.
fn pdf_of(pages: &[String], info: &str, more: &[&str], catalog: &str) -> Vec<u8> {
    let first = 5 + more.len();
    let kids: Vec<String> = (0..pages.len())
        .map(|n| format!("{} 0 R", first + 2 * n))
        .collect();
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} >>",
            kids.join(" "),
            pages.len()
        ),
        format!("<< {info} >>"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    objects.extend(more.iter().map(|object| (*object).to_owned()));
    for (n, content) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 4 0 R >> \
             /XObject << /Im1 5 0 R >> >> >>",
            first + 2 * n + 1
        ));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
    }
    written(&objects, "")
}

/// A file of these objects.
fn written(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = String::new();
    for (n, object) in objects.iter().enumerate() {
        writeln!(places, "{:010} 00000 n ", file.len()).unwrap();
        writeln!(file, "{} 0 obj\n{object}\nendobj", n + 1).unwrap();
    }
    let (count, start) = (objects.len() + 1, file.len());
    write!(
        file,
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<< /Size {count} /Root 1 0 R /Info 3 0 R {trailer} >>\n\
         startxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    // Letters beyond ASCII are in the encoding of the font.
    file.chars()
        .map(|c| u8::try_from(c).unwrap_or(b'?'))
        .collect()
}

fn pdf(pages: &[String]) -> Vec<u8> {
    pdf_of(pages, "", &[], "")
}

fn options(choices: &[(&str, &str)]) -> Options {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let choices: Vec<_> = choices.iter().map(owned).collect();
    Options::for_reading(format::by_name("pdf").unwrap().info(), &choices).unwrap()
}

fn found(bytes: &[u8]) -> FoundArticle {
    let mut found = read(bytes, &options(&[])).unwrap();
    assert_eq!(found.articles.len(), 1);
    found.articles.remove(0)
}

fn refused(bytes: &[u8]) -> String {
    read(bytes, &options(&[])).unwrap_err()
}

/// The first lines of a small page: a headline and the beginning of its text.
fn small_page() -> [Set<'static>; 3] {
    [
        set(50.0, 780.0, 24.0, "Ferry to sail again"),
        set(
            50.0,
            740.0,
            10.0,
            "The ferry will sail again in May, the har-",
        ),
        set(
            50.0,
            728.0,
            10.0,
            "bour office said on Wednesday, and part-",
        ),
    ]
}

/// A column of lines of words of their own, each 12 points below the one before.
fn column(name: &str, x: f32, top: f32, lines: usize) -> Vec<(f32, f32, String)> {
    let line = |n: usize| {
        let words: Vec<String> = (0..4).map(|w| format!("{name}{n}{w}mor")).collect();
        let below = f32::from(u8::try_from(n).unwrap()) * 12.0;
        (x, top - below, words.join(" "))
    };
    (0..lines).map(line).collect()
}

fn of_columns(columns: Vec<Vec<(f32, f32, String)>>, by_rows: bool) -> (Vec<u8>, Vec<String>) {
    let mut lines: Vec<_> = columns.into_iter().flatten().collect();
    let expected = lines
        .iter()
        .flat_map(|line| line.2.split(' ').map(str::to_owned))
        .collect();
    if by_rows {
        lines.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.total_cmp(&b.0)));
    }
    let mut set_lines = vec![set(
        50.0,
        780.0,
        20.0,
        "Ferry to sail over all of the columns",
    )];
    set_lines.extend(lines.iter().map(|(x, y, words)| set(*x, *y, 9.0, words)));
    (pdf(&[page(&set_lines)]), expected)
}

fn body_words(article: &FoundArticle) -> Vec<String> {
    let body = article.paragraphs.iter().skip(1);
    body.flat_map(|line| line.split(' ').map(str::to_owned))
        .collect()
}

#[test]
fn columns_are_read_one_after_the_other_in_whatever_order_they_are_written() {
    for by_rows in [false, true] {
        for columns in [
            vec![column("a", 50.0, 740.0, 30)],
            vec![column("a", 50.0, 740.0, 30), column("b", 300.0, 740.0, 12)],
            vec![
                column("a", 40.0, 740.0, 30),
                column("b", 220.0, 735.5, 30),
                column("c", 400.0, 740.0, 8),
            ],
        ] {
            let (file, expected) = of_columns(columns, by_rows);
            let article = found(&file);
            assert_eq!(
                article.facts.headline,
                "Ferry to sail over all of the columns"
            );
            assert_eq!(body_words(&article), expected);
        }
    }
}

#[test]
fn a_small_page_is_read_as_a_person_reads_it() {
    let more = [
        set(50.0, 716.0, 10.0, "time workers agreed to sail with it."),
        set(
            60.0,
            704.0,
            10.0,
            "\"It is a part-time job\", said Caf\u{e9} owner A.",
        ),
        set(50.0, 692.0, 10.0, "Smith (72), who lives near the old pier"),
    ];
    let second = [
        set(50.0, 800.0, 8.0, "The Post, 4 May 2020"),
        set(50.0, 740.0, 10.0, "and has waited for it for years."),
        set(290.0, 30.0, 8.0, "2"),
    ];
    let mut with_header: Vec<Set<'_>> = vec![
        set(50.0, 800.0, 8.0, "The Post, 4 May 2020"),
        set(290.0, 30.0, 8.0, "1"),
    ];
    with_header.extend(small_page());
    with_header.extend(more);
    let article = found(&pdf(&[page(&with_header), page(&second)]));
    assert_eq!(
        article.paragraphs,
        [
            "Ferry to sail again",
            "The ferry will sail again in May, the harbour office said on Wednesday, and part-time workers agreed to \
             sail with it.",
            "\"It is a part-time job\", said Café owner A. Smith (72), who lives near the old pier and has waited for \
             it for years.",
        ]
    );
    assert_eq!(
        article.left_out,
        [
            "header or footer: The Post, 4 May 2020",
            "numbers of pages: 2"
        ]
    );
    assert_eq!(
        article.doubts,
        [
            "the line in the largest type is taken as its headline, a guess",
            "1 word divided at the end of a line joined without the hyphen, a guess: har|bour",
            "1 paragraph joined over the end of a column or page, a guess",
        ]
    );
}

#[test]
fn captions_are_told_apart_and_stay_where_that_is_chosen() {
    let picture = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 \
                   /Length 1 >>\nstream\n0\nendstream";
    let mut content = "q 200 0 0 100 50 600 cm /Im1 Do Q\n".to_owned();
    content += &page(&[
        set(50.0, 780.0, 24.0, "Ferry to sail again"),
        set(
            50.0,
            740.0,
            10.0,
            "The ferry will sail again in May, he said.",
        ),
        set(50.0, 590.0, 7.0, "The empty pier"),
        set(
            50.0,
            560.0,
            10.0,
            "Nobody else had anything to say about it.",
        ),
    ]);
    let file = pdf_of(&[content], "", &[picture], "");
    let article = found(&file);
    assert_eq!(article.left_out, ["caption: The empty pier"]);
    assert_eq!(article.paragraphs.len(), 3);
    let with_captions = read(&file, &options(&[("captions", "in")])).unwrap();
    assert_eq!(with_captions.articles[0].paragraphs[2], "The empty pier");
}

#[test]
fn what_a_file_says_about_itself_is_taken_over() {
    let xmp = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
        <rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
        xmlns:prism=\"http://prismstandard.org/namespaces/basic/2.0/\" prism:publicationName=\"The Post\">\
        <dc:creator><rdf:Seq><rdf:li>Bo Berg</rdf:li></rdf:Seq></dc:creator>\
        <prism:publicationDate>2020-05-04</prism:publicationDate></rdf:Description></rdf:RDF></x:xmpmeta>";
    let stream = format!(
        "<< /Type /Metadata /Length {} >>\nstream\n{xmp}\nendstream",
        xmp.len()
    );
    let lines = [
        set(50.0, 740.0, 10.0, "Ferry to sail"),
        set(50.0, 728.0, 10.0, "It will sail again in May."),
    ];
    let info = "/Title (Ferry to sail) /CreationDate (D:20200505101500Z) /Keywords (boats)";
    let file = pdf_of(
        &[page(&lines)],
        info,
        &[&stream],
        "/Metadata 5 0 R /Lang (en-GB)",
    );
    let article = found(&file);
    let facts = &article.facts;
    assert_eq!(
        (
            &*facts.headline,
            &*facts.byline,
            &*facts.outlet,
            &*facts.date,
            &*facts.language
        ),
        (
            "Ferry to sail",
            "Bo Berg",
            "The Post",
            "2020-05-04",
            "en-GB"
        )
    );
    assert_eq!(
        facts.fields.get("file_created").map(String::as_str),
        Some("2020-05-05")
    );
    assert_eq!(article.left_out, ["keywords: boats"]);
    assert_eq!(
        article.paragraphs,
        ["Ferry to sail", "It will sail again in May."]
    );
}

#[test]
fn letters_that_are_joined_in_print_are_apart_and_words_that_stand_for_them_are_used() {
    let content = "BT /F1 10 Tf 50 700 Td (The of) Tj /Span << /ActualText (fi) >> BDC (?) Tj EMC (ce opened today) Tj ET\n\
                   /Artifact << /Type /Pagination >> BDC BT /F1 10 Tf 50 820 Td (Page header) Tj ET EMC\n\
                   BT /F1 10 Tf 0 1 -1 0 20 300 Tm (Photo: B) Tj ET\n";
    let article = found(&pdf(&[content.to_owned()]));
    assert_eq!(article.paragraphs, ["The office opened today"]);
    assert_eq!(
        article.left_out,
        [
            "text that is not level: Photo: B",
            "header or footer: Page header"
        ]
    );
}

#[test]
fn files_that_are_encrypted_damaged_or_of_another_kind_are_refused() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Kids [] /Count 0 >>",
        "<< >>",
    ]
    .map(str::to_owned);
    let encrypted = written(&objects, "/Encrypt << /Filter /Standard /V 1 /R 2 >>");
    assert!(refused(&encrypted).contains("qpdf --decrypt"));
    assert!(refused(b"plain words").contains("no PDF"));
    assert!(refused(b"%PDF-1.7\nnothing").contains("damaged"));
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A file with a packed stream in place of its second page.
fn with_stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut file = pdf(&[page(&[set(50.0, 700.0, 10.0, "Some words")])]);
    file.extend(
        format!(
            "90 0 obj\n<< {dictionary} /Filter /FlateDecode /Length {} >>\nstream\n",
            data.len()
        )
        .bytes(),
    );
    file.extend(data);
    file.extend(b"\nendstream\nendobj\n");
    file
}

#[test]
fn what_would_take_too_much_is_refused() {
    let bomb = packed(&vec![b' '; 100 << 20]);
    assert!(bomb.len() < 200_000);
    assert!(refused(&with_stream("/Type /ObjStm /N 9 /First 9", &bomb)).contains("too much"));
    assert!(refused(&with_stream("/Type /XRef /W [1 1 1] /Size 9", &bomb)).contains("too much"));
    let over_and_over = format!("%PDF-1.7\n{}", "1 0 obj ( ".repeat(200_000));
    assert!(refused(over_and_over.as_bytes()).contains("too much"));
    let over_and_over = format!("%PDF-1.7\n{}", "<<( ".repeat(200_000));
    assert!(refused(over_and_over.as_bytes()).contains("too much"));
    let over_and_over = format!("%PDF-1.7\n{}", "1 0 obj <</L 1>> stream\n".repeat(20_000));
    assert!(refused(over_and_over.as_bytes()).contains("too much"));
    let pages = "<< /Type /Pages /Kids 7 0 R >>";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        pages,
        "<< >>",
        "1",
        "1",
        "1",
        &format!("[{pages}]"),
    ];
    assert!(refused(&written(&objects.map(str::to_owned), "")).contains("too much"));
}

#[test]
fn a_page_that_draws_itself_or_unpacks_to_gigabytes_is_not_complete() {
    let part = |n: usize| {
        let inner = "/Next Do ".repeat(10);
        let next = if n == 14 { 5 } else { n + 1 };
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Next {next} 0 R >> >> \
             /Length {} >>\nstream\n{inner}\nendstream",
            inner.len()
        )
    };
    let parts: Vec<String> = (5..15).map(part).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let content = page(&[set(50.0, 700.0, 10.0, "Some words")]) + "/Im1 Do";
    let article = found(&pdf_of(&[content], "", &parts, ""));
    assert_eq!(article.paragraphs, ["Some words"]);
    assert!(
        article
            .doubts
            .iter()
            .any(|doubt| doubt.starts_with("page 1: not complete")),
        "{:?}",
        article.doubts
    );
}

#[test]
fn letters_of_the_usual_codes_of_japanese_and_chinese_are_known() {
    for (order, encoding, codes, expected) in [
        ("Japan1", "90ms-RKSJ-H", "938C8B9E82CC", "東京の"),
        ("Japan1", "UniJIS-UTF16-H", "67714EAC", "東京"),
        ("GB1", "GBK-EUC-H", "B1B1BEA9", "北京"),
        ("Korea1", "KSCms-UHC-H", "BCADBFEF", "서울"),
    ] {
        let font = format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /{encoding} /DescendantFonts [<< /Type /Font /Subtype \
             /CIDFontType0 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering ({order}) /Supplement 2 >> \
             /FontDescriptor << /Type /FontDescriptor /FontName /A /Flags 4 >> >>] >>"
        );
        let content = format!("BT /F1 10 Tf 50 700 Td <{codes}> Tj ET");
        let file = String::from_utf8(pdf_of(&[content], "", &[&font], "")).unwrap();
        let article = found(file.replace("/F1 4 0 R", "/F1 5 0 R").as_bytes());
        assert_eq!(article.paragraphs, [expected], "{encoding}");
    }
}

/// A file with most of what is read in it.
fn sample() -> Vec<u8> {
    let lines = small_page();
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [<< /Type /Font \
                /Subtype /CIDFontType2 /W [0 [500 600] 3 9 400] /FontDescriptor << /Flags 4 >> >>] >>";
    pdf_of(
        &[page(&lines), page(&lines)],
        "/Title (Ferry)",
        &[font],
        "/Lang (en)",
    )
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_read_or_refused() {
    let file = sample();
    for end in 0..file.len() {
        let _ = read(&file[..end], &options(&[]));
    }
}

proptest! {
    #[test]
    fn a_file_with_any_bytes_changed_is_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut file = sample();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let _ = read(&file, &options(&[]));
    }
}
