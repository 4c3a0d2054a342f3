//! Exports of press databases as HTML, with words of our own.

use super::article_format::ArticleFormat;
use super::europresse::EUROPRESSE;
use super::factiva::FACTIVA;
use super::found::{FoundArticle, FoundInFile};
use super::nexis_html::NEXIS_HTML;
use super::proquest_mail::PROQUEST_MAIL;
use crate::format::{Input, Options};

fn read(format: &ArticleFormat, file: &str) -> Result<FoundInFile, String> {
    let input = Input {
        name: "export",
        bytes: file.as_bytes(),
        beside: &|_| None,
    };
    (format.find)(&input, &Options::default())
}

fn found(format: &ArticleFormat, file: &str) -> FoundInFile {
    assert!((format.is_of)(file.as_bytes()), "{file}");
    let others = [&NEXIS_HTML, &FACTIVA, &EUROPRESSE, &PROQUEST_MAIL];
    let others = others
        .into_iter()
        .filter(|other| other.info.name != format.info.name);
    for other in others {
        assert!(!(other.is_of)(file.as_bytes()), "{}", other.info.name);
    }
    read(format, file).unwrap()
}

/// An article as the databases print it, by its number.
type Print = fn(usize) -> String;

fn nexis(n: usize) -> String {
    format!(
        "<A NAME=\"DOC_ID_{n}_0\"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->\
         <BR><DIV CLASS=\"c0\"><P><SPAN>Dokument {n} von 500</SPAN></P>\n</DIV>\
         <BR><DIV CLASS=\"c0\"><P><SPAN>Beispielbote</SPAN></P></DIV>\
         <BR><DIV CLASS=\"c3\"><P><SPAN>Dienstag 7. </SPAN><SPAN CLASS=\"c4\">Juli</SPAN><SPAN> 2020</SPAN></P></DIV>\
         <BR><DIV CLASS=\"c5\"><P><SPAN>F&auml;hre {n} am 3. Mai 1999 gebaut</SPAN></P></DIV>\
         <BR><DIV CLASS=\"c5\"><P><SPAN>RUBRIK: </SPAN><SPAN>S. 7 Ausg. 167</SPAN></P></DIV>\
         <BR><DIV CLASS=\"c5\"><P><SPAN>Die F&auml;hre {n} f&auml;hrt.</SPAN></P>\n<P><SPAN>L&Auml;NGE: 19 m.</SPAN></P></DIV>\
         <BR><DIV CLASS=\"c5\"><P><SPAN>SPRACHE: </SPAN><SPAN>GERMAN; DEUTSCH</SPAN></P></DIV>\
         <BR><DIV CLASS=\"c0\"><P><SPAN>Copyright 2020 Beispielverlag<BR>Alle Rechte vorbehalten</SPAN></P></DIV>"
    )
}

fn factiva(n: usize) -> String {
    format!(
        "<div id=\"article-{n}\" class=\"article\"><div class=\"article deArticle\"><p>\n</p>\
         <div id=\"hd\"><span class=\"deHeadline\">F&auml;hre {n}</span>\n</div><div>1.234 W&ouml;rter</div><div>7 Juli 2020</div>\
         <div>06:05</div><div>Beispielbote</div><div>BOTE</div><div>12</div><div>Deutsch</div><div>(c) Beispielverlag</div><p></p>\
         <p class=\"articleParagraph deArticleParagraph\">Die F&auml;hre {n} f&auml;hrt.</p>\n\
         <p class=\"articleParagraph deArticleParagraph\">Mehr hier[https://bote.example/{n}], sagt Jon.</p>\
         <p>Dokument BOTE{n}</p></div></div><br><span></span>"
    )
}

fn europresse(n: usize) -> String {
    format!(
        "<article><header><div><span class=\"DocPublicationName\">Courrier Exemple, no. {n}</span></div>\
         <div><span class=\"DocHeader\">Port, mardi 7 juillet 2020, p. {n}</span></div>\
         <div class=\"titreArticle\"><p class=\"titreArticleVisu\">Le <mark>bac</mark> {n}</p></div><div>Ada Exemple</div></header>\
         <section><div class=\"DocText\"><p>Le bac {n} revient.</p><p>« Enfin », dit Jon.</p></div></div></section>\
         <aside><div><b>Note(s) : </b></div></aside><footer><small>© 2020 Exemple</small>\
         <p>Numéro de document : news·20200708·CX·{n}</p><div>Ce certificat est émis.</div></footer></article>"
    )
}

fn proquest(n: usize) -> String {
    format!(
        "<p>Email {n} of 500</p><div><a name=\"DocID_MSTAR_{n}\"></a><p></p><p>Ferry {n}</p>\
         <p><strong>Author: </strong>Example, Ada</p>\
         <p><strong>Publication info: </strong>Example Courier ; Northtown [Northtown]07 July 2020: A.{n}.</p>\
         <p><a href=\"https://proquest.example/docview/{n}\">ProQuest document link</a></p>\
         <p><strong>Full text: </strong><Text><html><head><title></title></head><body><p>Ferry {n} sails.</p>\
         <p>Subject: to <b>bold</b> changes, he said.</p></body></html></Text></p>\
         <p><strong>Subject: </strong>Ferries</p><p><strong>Language ofpublication: </strong>English</p></div>"
    )
}

fn file(before: &str, print: Print, number: usize) -> String {
    let articles: String = (1..=number).map(print).collect();
    format!(
        "{before}<html><body><p>Search: ferry</p>{articles}<p>The end of the export.</p></body></html>"
    )
}

fn check(article: &FoundArticle, headline: &str, outlet: &str, paragraphs: &[String]) {
    assert_eq!(article.facts.headline, headline);
    assert_eq!(article.facts.outlet, outlet);
    assert_eq!(article.facts.date, "2020-07-07");
    assert_eq!(article.paragraphs[0], headline);
    assert_eq!(article.paragraphs[1..], *paragraphs);
    assert_eq!(article.doubts, [""; 0]);
    // What every export has is not told article by article.
    let unread = |line: &&String| line.starts_with("line that is not in the text");
    assert_eq!(article.left_out.iter().find(unread), None);
}

#[test]
fn exports_of_one_two_and_a_hundred_articles() {
    for number in [1, 2, 100] {
        let articles = found(&NEXIS_HTML, &file("", nexis, number)).articles;
        assert_eq!(articles.len(), number);
        for (n, article) in (1..).zip(&articles) {
            let text = [format!("Die Fähre {n} fährt."), "LÄNGE: 19 m.".to_owned()];
            check(
                article,
                &format!("Fähre {n} am 3. Mai 1999 gebaut"),
                "Beispielbote",
                &text,
            );
            assert_eq!(
                (&*article.facts.language, &*article.facts.fields["page"]),
                ("de", "7")
            );
        }
        let articles = found(&FACTIVA, &file("", factiva, number)).articles;
        assert_eq!(articles.len(), number);
        for (n, article) in (1..).zip(&articles) {
            let text = [
                format!("Die Fähre {n} fährt."),
                "Mehr hier, sagt Jon.".to_owned(),
            ];
            check(article, &format!("Fähre {n}"), "Beispielbote", &text);
            let fields = ["words", "time", "id", "links", "edition_page_volume"]
                .map(|name| article.facts.fields[name].clone());
            let address = format!("https://bote.example/{n}");
            assert_eq!(
                fields,
                ["1234", "06:05", &format!("BOTE{n}"), &address, "12"]
            );
        }
        let articles = found(&EUROPRESSE, &file("", europresse, number)).articles;
        assert_eq!(articles.len(), number);
        for (n, article) in (1..).zip(&articles) {
            let text = [
                format!("Le bac {n} revient."),
                "« Enfin », dit Jon.".to_owned(),
            ];
            check(article, &format!("Le bac {n}"), "Courrier Exemple", &text);
            assert_eq!(
                (&*article.facts.byline, &*article.facts.section),
                ("Ada Exemple", "Port")
            );
        }
        let head = "From: <a@proquest.example>\r\nDate: Sun, 5 Jul 2026 01:02:03 -0400\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
        let mail = found(&PROQUEST_MAIL, &file(head, proquest, number));
        assert_eq!(mail.articles.len(), number);
        assert!(mail.doubts[0].contains("500"), "{:?}", mail.doubts);
        for (n, article) in (1..).zip(&mail.articles) {
            let text = [
                format!("Ferry {n} sails."),
                "Subject: to bold changes, he said.".to_owned(),
            ];
            check(article, &format!("Ferry {n}"), "Example Courier", &text);
            assert_eq!(article.facts.fields["page"], format!("A.{n}"));
            assert_eq!(
                article.facts.address,
                format!("https://proquest.example/docview/{n}")
            );
        }
    }
}

#[test]
fn what_cannot_be_read_of_a_fact_is_told_and_nothing_is_guessed() {
    let odd = factiva(1)
        .replace("7 Juli 2020", "heute")
        .replace("Deutsch", "Klingonisch");
    let article = &found(&FACTIVA, &odd).articles[0];
    assert_eq!(article.facts.date, "");
    let doubts = article.doubts.join("; ");
    assert!(
        doubts.contains("no date") && doubts.contains("language"),
        "{doubts}"
    );
    let odd = europresse(1).replace("mardi 7 juillet 2020", "un mardi");
    let article = &found(&EUROPRESSE, &odd).articles[0];
    assert!(
        article.doubts[0].contains("un mardi"),
        "{:?}",
        article.doubts
    );
    let undated = nexis(1)
        .replace("Dienstag 7. ", "")
        .replace("<SPAN CLASS=\"c4\">Juli</SPAN><SPAN> 2020</SPAN>", "");
    let article = &found(&NEXIS_HTML, &undated).articles[0];
    assert_eq!(
        (&*article.facts.date, &*article.doubts.join("")),
        ("", "no date was found")
    );
    assert_eq!(article.facts.outlet, "Beispielbote");
    // Where they are is told by the line.
    let two = found(&FACTIVA, &format!("\n\n{}\n{}", factiva(1), factiva(2))).articles;
    assert_eq!([two[0].line, two[1].line], [3, 7]);
}

#[test]
fn labels_in_other_languages_of_the_interface() {
    let french = nexis(1)
        .replace("Dienstag 7. ", "mardi 7 ")
        .replace(">Juli<", ">juillet<")
        .replace("RUBRIK", "RUBRIQUE")
        .replace(
            "SPRACHE: </SPAN><SPAN>GERMAN; DEUTSCH",
            "LANGUE: </SPAN><SPAN>FRENCH; FRANÇAIS",
        );
    let article = &found(&NEXIS_HTML, &french).articles[0];
    assert_eq!(
        (&*article.facts.date, &*article.facts.language),
        ("2020-07-07", "fr")
    );
    let chinese = factiva(1)
        .replace("1.234 W&ouml;rter", "812 字")
        .replace("7 Juli 2020", "2020 年 7 月 7 日")
        .replace("Deutsch<", "中文<");
    let article = &found(&FACTIVA, &chinese).articles[0];
    assert_eq!(
        (&*article.facts.date, &*article.facts.language),
        ("2020-07-07", "zh")
    );
    assert_eq!(article.facts.fields["words"], "812");
}

#[test]
fn a_message_in_place_of_a_document_is_told() {
    let message = "<A NAME=\"DOC_ID_2_0\"></A><DIV><P>We are sorry but there is an error in this document.</P></DIV>";
    let export = format!(
        "<META TOPIC=\"null\" DOCUMENTS=\"3\" />{}{message}",
        nexis(1)
    );
    let found = found(&NEXIS_HTML, &export);
    assert_eq!(found.articles.len(), 1);
    assert_eq!(found.doubts.len(), 2);
    assert!(
        found.doubts[0].contains("document 2 of 2") && found.doubts[1].contains("holds 3"),
        "{:?}",
        found.doubts
    );
}

#[test]
fn an_export_that_is_cut_off_anywhere_is_read_or_refused() {
    for (format, export) in [
        (&NEXIS_HTML, nexis(1)),
        (&FACTIVA, factiva(1)),
        (&EUROPRESSE, europresse(1)),
        (&PROQUEST_MAIL, proquest(1)),
    ] {
        for (end, _) in export.char_indices() {
            if let Err(message) = read(format, &export[..end]) {
                assert!(message.contains("--from webpage"), "{message}");
            }
        }
    }
}

#[test]
fn too_many_articles_are_refused() {
    let many = "<span class=\"DocPublicationName\">a</span><br>b ".repeat(20_100);
    assert!(
        read(&EUROPRESSE, &many)
            .unwrap_err()
            .contains("20000 articles")
    );
}

#[test]
fn the_newer_layout_of_europresse_is_read_and_said_to_be_unsure() {
    let page = "<article><header><div><span class=\"rdp__DocPublicationName\">Courrier Exemple</span></div>\
        <div><span class=\"rdp__DocHeader\">Thursday, December 22, 2022</span></div><p class=\"rdp__articletitle\">Le bac</p>\
        <div class=\"docAuthors\">Ada Exemple</div><div>134 mots</div></header><section><p>Le bac revient.</p></section></article>";
    let found = read(&EUROPRESSE, page).unwrap();
    assert!(
        found.doubts[0].contains("2019 and later"),
        "{:?}",
        found.doubts
    );
    let article = &found.articles[0];
    assert_eq!(article.paragraphs, ["Le bac", "Le bac revient."]);
    assert_eq!(
        (&*article.facts.date, &*article.facts.byline),
        ("2022-12-22", "Ada Exemple")
    );
    assert_eq!(article.facts.fields["words"], "134");
}
