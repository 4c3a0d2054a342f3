//! Web pages and exports in HTML become articles.

use std::fs;

use pullquote::format::article_facts;
use pullquote::model::ArticleFacts;

use crate::support::TestCorpus;

const PAGE: &str = r#"<!DOCTYPE html>
<!-- saved from url=(0036)https://courier.example/2021/03/ferry -->
<html lang="en"><head><meta charset="utf-8"><title>Ferry to sail again | Example Courier</title>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry to sail again","datePublished":"2021-03-04T09:20:00Z",
"author":{"@type":"Person","name":"Ada Example"},"publisher":{"@type":"Organization","name":"Example Courier"}}</script></head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>Ferry to sail again</h1>
<figure><img src="ferry_files/pier.jpg"><figcaption>The empty pier</figcaption></figure>
<p>The ferry will sail again in May, the harbour office said on Wednesday.</p>
<p>“We have waited long enough,” said Jon Sample, who runs the café at the pier.</p>
<p><a href="/old">Read more: Two years without a boat</a></p></article>
<div class="comments"><p>I could not agree more with what is said about the ferry here.</p></div></body></html>"#;

fn facts(corpus: &TestCorpus, article: &str) -> ArticleFacts {
    let text = corpus.read(&format!("{article}.meta.ron"));
    article_facts::read(text.as_bytes()).unwrap().facts
}

#[test]
fn a_page_saved_by_a_browser_becomes_an_article() {
    let corpus = TestCorpus::new()
        .file("Ferry.html", PAGE)
        .file("Ferry_files/pier.jpg", "a picture");
    let look = corpus.run(["import", "Ferry.html", "--into", "x", "--dry-run"]);
    assert_eq!(look.status, Some(0), "{look}");
    assert!(look.stderr.contains("read as `webpage`"), "{look}");
    for told in [
        "caption: The empty pier",
        "menu",
        "comments",
        "related articles",
    ] {
        assert!(look.stdout.contains(told), "{told}: {look}");
    }
    let done = corpus.run(["import", "Ferry.html", "--into", "x"]);
    assert_eq!(done.status, Some(0), "{done}");
    let article = "x/2021-03-04-ferry-to-sail-again.txt";
    assert_eq!(
        corpus.read(article),
        "Ferry to sail again\n\
         The ferry will sail again in May, the harbour office said on Wednesday.\n\
         “We have waited long enough,” said Jon Sample, who runs the café at the pier.\n"
    );
    let facts = facts(&corpus, article);
    assert_eq!(facts.byline, "Ada Example");
    assert_eq!(facts.outlet, "Example Courier");
    assert_eq!(facts.date, "2021-03-04T09:20:00Z");
    assert_eq!(facts.address, "https://courier.example/2021/03/ferry");
    assert_eq!(facts.imported_from.unwrap().file, "Ferry.html");

    let captions = corpus.run([
        "import",
        "Ferry.html",
        "--into",
        "y",
        "--set",
        "captions=in",
    ]);
    assert_eq!(captions.status, Some(0), "{captions}");
    let text = corpus.read("y/2021-03-04-ferry-to-sail-again.txt");
    assert!(text.contains("\nThe empty pier\n"), "{text}");
}

#[test]
fn exports_in_html_are_known_by_what_is_in_them() {
    let nexis = "<HTML><BODY><A NAME=\"DOC_ID_1_0\"></A><!-- <DOCFULL> --><DIV>1 of 1 DOCUMENTS</DIV><DIV>Example Courier</DIV>\
        <DIV>March 4, 2021 Thursday</DIV><DIV>Ferry</DIV><DIV>LENGTH: 5 words</DIV><DIV>The ferry sails in May.</DIV></BODY></HTML>";
    let factiva = "<html><body><div class=\"article enArticle\"><span class=\"enHeadline\">Baker</span><div>5 words</div>\
        <div>5 March 2021</div><div>Example Courier</div><div>EXC</div><div>English</div><div>(c) Courier</div>\
        <p class=\"articleParagraph\">The baker sold 14 loaves.</p><p>Document EXC1</p></div></body></html>";
    let europresse = "<html><body><article><span class=\"DocPublicationName\">Courrier</span><span class=\"DocHeader\">samedi 6 mars 2021, p. 2</span>\
        <p class=\"titreArticleVisu\">Le pain</p><section><p>Le pain coûte plus cher.</p></section></article></body></html>";
    let corpus = TestCorpus::new()
        .file("in/a.html", nexis)
        .file("in/b.htm", factiva)
        .file("in/c.html", europresse)
        .file("in/d.html", PAGE)
        // What a browser saves beside a page is none.
        .file(
            "in/d_files/ad.html",
            "<html><body><p>Buy a boat today, said the advertisement within the page.",
        )
        .file(
            "in/d_files/list.json",
            "[{\"text\":\"a\",\"ents\":[],\"tokens\":[]}]",
        );
    for (file, format) in [
        ("a.html", "nexis-html"),
        ("b.htm", "factiva"),
        ("c.html", "europresse"),
        ("d.html", "webpage"),
    ] {
        let look = corpus.run(["import", &format!("in/{file}"), "--into", "x", "--dry-run"]);
        assert!(
            look.stderr.contains(&format!("read as `{format}`")),
            "{look}"
        );
    }
    // All of them together.
    let done = corpus.run(["import", "in", "--into", "x"]);
    assert_eq!(done.status, Some(0), "{done}");
    assert!(done.stderr.contains("1 file of a saved page"), "{done}");
    let articles: Vec<String> = corpus
        .names()
        .into_iter()
        .filter(|name| name.starts_with("x/") && name.ends_with(".txt"))
        .collect();
    assert_eq!(
        articles,
        [
            "x/2021-03-04-ferry-to-sail-again.txt",
            "x/2021-03-04-ferry.txt",
            "x/2021-03-05-baker.txt",
            "x/2021-03-06-le-pain.txt"
        ]
    );
    assert_eq!(
        corpus.read("x/2021-03-05-baker.txt"),
        "Baker\nThe baker sold 14 loaves.\n"
    );
    assert_eq!(
        facts(&corpus, "x/2021-03-06-le-pain.txt").fields["page"],
        "2"
    );
}

#[test]
fn a_page_that_is_no_page_is_refused_in_words() {
    let corpus = TestCorpus::new()
        .file("deep.html", format!("<html>{}", "<div>".repeat(200_000)))
        .file(
            "mail.mht",
            "MIME-Version: 1.0\nContent-Type: text/plain\n\nNo page.",
        );
    let path = corpus.path("large.html");
    crate::support::sparse_file(&path, 100_000_000);
    for (file, words) in [
        ("deep.html", "nested too deeply"),
        ("mail.mht", "no web page in this mail"),
        ("large.html", "more than 50 MB"),
    ] {
        let refused = corpus.run(["import", file, "--from", "webpage", "--into", "x"]);
        assert_ne!(refused.status, Some(0), "{refused}");
        let said = format!("{}{}", refused.stdout, refused.stderr);
        assert!(said.contains(words) && said.contains(file), "{refused}");
    }
    assert!(fs::read_dir(corpus.path("x")).is_err());
}
