//! Every word of a file is in the text of an article, among its facts, or told: pieces of exports in any order,
//! any number of times.

use proptest::prelude::*;

use super::*;

/// The pieces of a file of a format, `W` for a word of its own.
const PROQUEST: &[&str] = &[
    "____________________________________________________________",
    "Document 1 of 2",
    "W",
    "Full text: W said.",
    "W said so. W.",
    "Title: W",
    "Publication title: W; W",
    "Publication date: Mar 9, 2022",
    "Publication date: W",
    "Publication year: W",
    "CAPTION: W",
    "CREDIT: W",
    "Author: W",
    "Place of publication: W",
    "Language of publication: W",
    "Language of publication: English",
    "Abstract: W",
    "Links: W",
    "Database: W",
    "Pages: W",
    "Subject: W",
    "Document URL: https://x.example/W",
    "",
];
const LEXISNEXIS: &[&str] = &[
    "          1 of 2 DOCUMENTS",
    "          W",
    "          May 4, 2010 W",
    "          June 4, 2011",
    "          Copyright 2010 W",
    "W",
    "W said so.",
    "BYLINE: W",
    "SECTION: W; Pg. 3",
    "LENGTH: 3 words",
    "LENGTH: 3 words W",
    "LENGTH: W",
    "HEADLINE: W",
    "HIGHLIGHT: W",
    "BODY: W",
    "LOAD-DATE: May 5, 2010",
    "LOAD-DATE: W",
    "LANGUAGE: ENGLISH",
    "LANGUAGE: W",
    "GRAPHIC: W",
    "SUBJECT: W",
    "URL: https://x.example/W",
    "",
    "",
];
const NEXIS_HTML: &[&str] = &[
    "<A NAME=\"DOC_ID_1_0\"></A>",
    "<div><p>Dokument 1 von 2</p></div>",
    "<div>W</div>",
    "<div><p>W</p><p>W said.</p></div>",
    "<div>7. Juli 2020<br>W</div>",
    "<div>8. Juli 2020</div>",
    "<div>RUBRIK: W</div>",
    "<div>AUTOR: W</div>",
    "<div>LÄNGE: 19 Wörter</div>",
    "<div>SPRACHE: W</div>",
    "<div>SPRACHE: GERMAN; DEUTSCH</div>",
    "<div>GRAFIK: W</div>",
    "<div>TEXT: W</div>",
    "<div>Copyright 2020 W</div>",
    "<p>W</p>",
];
const FACTIVA: &[&str] = &[
    "<span class=\"deHeadline\">W</span>",
    "<div>1.234 Wörter</div>",
    "<div>7 Juli 2020</div>",
    "<div>W</div>",
    "<div class=\"author\">W</div>",
    "<div>Deutsch</div>",
    "<div>(c) W</div>",
    "<p class=\"articleParagraph deArticleParagraph\">W sagt W.</p>",
    "<p>W</p>",
    "<p>(W)</p>",
    "<table><tr><td class=\"index\"><b>HD</b></td><td>W</td></tr></table>",
    "<table><tr><td class=\"index\"><b>BY</b></td><td>W</td></tr></table>",
    "<table><tr><td class=\"index\"><b>LP</b></td><td>W</td></tr></table>",
    "<table><tr><td class=\"index\"><b>PD</b></td><td>W</td></tr></table>",
    "<table><tr><td class=\"index\"><b>WC</b></td><td>W</td></tr></table>",
    "<table><tr><td class=\"index\"><b>AN</b></td><td>W W</td></tr></table>",
    "<table><tr><td class=\"index\"><b>NS</b></td><td>W</td></tr></table>",
    "<table><tr><td class=\"index\"><b>XX</b></td><td>W</td></tr></table>",
];
const EUROPRESSE: &[&str] = &[
    "<span class=\"DocPublicationName\">W, no. 3</span>",
    "<div class=\"DocHeader\">W, mardi 7 juillet 2020, p. W</div>",
    "<div class=\"DocHeader\">W</div>",
    "<p class=\"titreArticleVisu\">W</p>",
    "<div class=\"docAuthors\">W</div>",
    "<p class=\"sm-margin-bottom\">W</p>",
    "<p>W said.</p>",
    "W<br>",
    "<header><p>W</p></header>",
    "<aside><p>Note(s) :</p><p>W</p></aside>",
    "<small>© 2020 W</small>",
    "<p>© 2020 W</p>",
    "<p>Numéro de document : news·20200708·W</p>",
    "<p>134 mots</p>",
    "<header><p>Français</p></header>",
];
const PROQUEST_MAIL: &[&str] = &[
    "<p>Email 1 of 2</p>",
    "<div><a name=\"DocID_MSTAR_1\"></a><p>W</p>",
    "</div>",
    "<p><strong>Author: </strong>W</p>",
    "<p><strong>Publication info: </strong>W ; W [W]07 July 2020: A.3.</p>",
    "<p><strong>Publication title: </strong>W</p>",
    "<p><strong>Publication date: </strong>W</p>",
    "<p><a href=\"https://p.example/docview/1\">W</a></p>",
    "<p><strong>Full text: </strong>W<br>W said.</p>",
    "<p><strong>Abstract: </strong>W</p>",
    "<p><strong>Language of publication: </strong>W</p>",
    "<p><strong>Subject: </strong>W</p>",
    "<p><strong>Title: </strong>W</p>",
    "<p><strong>Links: </strong>W</p>",
    "<p><strong>W: </strong>W</p>",
    "<p>W</p>",
];
const RTF: &[&str] = &[
    "{",
    "}",
    "}",
    "\\par ",
    "W ",
    "W ",
    "\\b ",
    "\\b0 ",
    "\\plain ",
    "\\pard ",
    "\\intbl ",
    "\\cell ",
    "\\row ",
    "\\v ",
    "\\v0 ",
    "\\deleted ",
    "\\u8220?",
    "\\'e4",
    "\\uc99999 ",
    "\\bin4 abcd",
    "\\tab ",
    "\\line ",
    "\\page ",
    "{\\fonttbl{\\f0 Arial;}}",
    "{\\fonttbl ",
    "{\\colortbl; ",
    "{\\stylesheet{Normal;} ",
    "{\\info{\\title W}",
    "{\\header W",
    "{\\footnote W",
    "{\\*\\bkmkstart W}",
    "{\\*\\bkmkend W}",
    "{\\*\\x W",
    "{\\*",
    "{\\*\\annotation W",
    "{\\field{\\*\\fldinst W}{\\fldrslt W}}",
    "{\\pict 00ff ",
    "{\\listtext W}",
    "{\\*\\shppict ",
    "{\\shp{\\*\\shpinst ",
    "{\\shptxt W}",
    "{\\upr{W}{\\*\\ud{W}}}",
    "{\\xe W}",
    "{\\*\\generator ",
    "{\\*\\themedata 00 ",
    "\"Post\" gefunden am 28.12.2017\\par ",
    "________________________________________\\par ",
    "End of Document\\par ",
    "{\\b Body}\\par ",
    "Load-Date: May 5, 2010\\par ",
];

/// The file of these pieces, and how many words it has.
fn file(format: &str, pieces: &[&str], around: (&str, &str)) -> (Vec<u8>, usize) {
    let separator = if format == "rtf" { "" } else { "\n" };
    let mut words = 0;
    let mut text = around.0.to_owned();
    for piece in pieces {
        for (n, part) in piece.split('W').enumerate() {
            if n > 0 {
                text.push_str(&format!("zq{words:04}"));
                words += 1;
            }
            text.push_str(part);
        }
        text.push_str(separator);
    }
    text.push_str(around.1);
    (text.into_bytes(), words)
}

/// What is neither taken over nor told.
fn missing(format: &str, bytes: &[u8], words: usize, passed_over: &[usize]) -> Vec<String> {
    let input = Input {
        name: "a",
        bytes,
        beside: &|_| None,
    };
    let format = format::by_name(format).unwrap();
    let imported = format::read(format, &input, &Options::default()).unwrap();
    if !imported.problems.is_empty() {
        return Vec::new();
    }
    let documents = imported.documents.iter();
    let held = documents.map(|read| {
        format!(
            "{}{:?}{:?}",
            read.document.source().as_str(),
            read.facts,
            read.article
        )
    });
    let all: String = held.chain([format!("{:?}", imported.notes)]).collect();
    let words = (0..words).filter(|n| !passed_over.contains(n));
    let words = words.map(|n| format!("zq{n:04}"));
    words
        .filter(|word| !all.contains(word) && !all.contains('…'))
        .collect()
}

fn pieces(all: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(all), 0..30)
}

macro_rules! accounts {
    ($($test:ident: $format:literal, $pieces:ident, $before:literal, $after:literal;)*) => {
        proptest! {
            $(#[test]
            fn $test(pieces in pieces($pieces)) {
                let (bytes, words) = file($format, &pieces, ($before, $after));
                let missing = missing($format, &bytes, words, &[]);
                prop_assert!(missing.is_empty(), "{missing:?} of {}", String::from_utf8_lossy(&bytes));
            })*
        }
    };
}

accounts! {
    proquest: "proquest", PROQUEST, "", "";
    lexisnexis: "lexisnexis", LEXISNEXIS, "", "";
    nexis_html: "nexis-html", NEXIS_HTML, "<html><body>", "</body></html>";
    factiva: "factiva", FACTIVA, "<html><body><div class=\"article deArticle\">", "</div></body></html>";
    europresse: "europresse", EUROPRESSE, "<html><body>", "</body></html>";
    proquest_mail: "proquest-eml", PROQUEST_MAIL, "<html><body>", "</body></html>";
}

proptest! {
    #[test]
    fn rtf(pieces in pieces(RTF)) {
        let (bytes, words) = file("rtf", &pieces, ("{\\rtf1 ", ""));
        // The name of a place at its end is that at its beginning, and says nothing to a reader.
        let mut passed_over = Vec::new();
        let mut word = 0;
        for piece in &pieces {
            if piece.contains("bkmk") {
                passed_over.push(word);
            }
            word += piece.matches('W').count();
        }
        let missing = missing("rtf", &bytes, words, &passed_over);
        prop_assert!(missing.is_empty(), "{missing:?} of {}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn words_in_the_wrong_part_of_an_rtf_file_are_told() {
    for (rtf, words) in [
        (
            r"{\rtf1{\fonttbl{\f0 A;}Bread rose.\par It rained.\par[x}\trowd c\cell\row}",
            "Bread rose. It rained.",
        ),
        (
            r"{\rtf1 a\par{\*\x Bread rose.\par{\*\x y }\trowd c\cell\row}",
            "Bread rose. y c",
        ),
        (r"{\rtf1 a\par{\pict 00ff Bread}}", "00ff Bread"),
        (r"{\rtf1 a{\header Page one}}", "Page one"),
        (r"{\rtf1 a{\info{\author Bo Berg}}}", "Bo Berg"),
        (r"{\rtf1 a{\v hidden words}}", "hidden words"),
    ] {
        let imported = read_with("a.rtf", rtf.as_bytes(), &[]);
        let told = notes(&imported).join(" ");
        assert!(told.contains(words), "{told}");
    }
    // What every program writes is not worth a word.
    let rtf = r"{\rtf1{\fonttbl{\f0{\*\panose 0202}Arial{\*\falt Times};}}{\colortbl;\red0;}{\stylesheet{\s0 Normal;}}{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}}}{\*\bkmkstart b}a{\*\bkmkend b}\par b}";
    assert_eq!(notes(&read_with("a.rtf", rtf.as_bytes(), &[])), [""; 0]);
}

#[test]
fn a_comment_without_an_end_is_told() {
    let page = |comment: &str| {
        format!(
            "<html><body><div class=\"article deArticle\"><p class=\"articleParagraph\">Die Fähre fährt.</p>\n{comment}<p>Mehr</p></div></body></html>"
        )
    };
    let told = |html: &str| notes(&read_with("a.html", html.as_bytes(), &[])).join(" ");
    assert!(told(&page("<!--")).contains("line 2 is not closed"));
    assert!(!told(&page("<!-- -->")).contains("not closed"));
    assert!(!told(&page("<script>x = '<!--'</script>")).contains("not closed"));
}
