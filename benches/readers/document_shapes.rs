//! Documents that become articles: long ones, and what of them could be slow.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::shape::{Make, Shape, each, joined, shape};

pub(crate) const SHAPES: &[Shape] = &[
    package("docx", "paragraphs", |n| {
        word(&each(n, |k| format!("<w:p>{}</w:p>", run(k))), &[])
    }),
    package("docx", "one paragraph", |n| {
        word(&format!("<w:p>{}</w:p>", each(n, run)), &[])
    }),
    package("docx", "cells", |n| {
        let cells = each(n, |k| format!("<w:tc><w:p>{}</w:p></w:tc>", run(k)));
        word(&format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>"), &[])
    }),
    package("docx", "fields that never end", |n| {
        let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>x</w:t></w:r>";
        word(&format!("<w:p>{}</w:p>", begin.repeat(n)), &[])
    }),
    package("docx", "styles", |n| {
        let styles = each(n, |k| {
            format!(
                "<w:style w:styleId=\"s{k}\"><w:name w:val=\"n{k}\"/><w:basedOn w:val=\"s{}\"/></w:style>",
                k + 1
            )
        });
        let paragraph = |k| {
            format!(
                "<w:p><w:pPr><w:pStyle w:val=\"s{k}\"/></w:pPr>{}</w:p>",
                run(k)
            )
        };
        let styles = format!("<w:styles xmlns:w=\"{W}\">{styles}</w:styles>");
        word(&each(n, paragraph), &[("word/styles.xml", styles)])
    }),
    package("docx", "footnotes", |n| {
        let notes = each(n, |k| {
            format!(
                "<w:footnote w:id=\"{k}\"><w:p>{}</w:p></w:footnote>",
                run(k)
            )
        });
        let notes = format!("<w:footnotes xmlns:w=\"{W}\">{notes}</w:footnotes>");
        let body = each(n, |k| {
            format!(
                "<w:p>{}<w:r><w:footnoteReference w:id=\"{k}\"/></w:r></w:p>",
                run(k)
            )
        });
        word(&body, &[("word/footnotes.xml", notes)])
    }),
    package("docx", "captions", |n| {
        let style = "<w:pPr><w:pStyle w:val=\"Caption\"/></w:pPr>";
        word(&each(n, |k| format!("<w:p>{style}{}</w:p>", run(k))), &[])
    }),
    package("odt", "paragraphs", |n| {
        odt(&each(n, |k| format!("<text:p>Words {k}.</text:p>")))
    }),
    package("odt", "one paragraph", |n| {
        odt(&format!(
            "<text:p>{}</text:p>",
            each(n, |k| format!("<text:span>w{k} </text:span>"))
        ))
    }),
    package("odt", "list items", |n| {
        let items = each(n, |k| {
            format!("<text:list-item><text:p>w{k}</text:p></text:list-item>")
        });
        odt(&format!("<text:list>{items}</text:list>"))
    }),
    package("odt", "blanks", |n| {
        odt(&format!(
            "<text:p>{}</text:p>",
            "<text:s text:c=\"9\"/>x".repeat(n)
        ))
    }),
    package("epub", "chapters", |n| {
        let items = each(n, |k| format!("<item id=\"i{k}\" href=\"c{k}.xhtml\"/>"));
        let spine = each(n, |k| format!("<itemref idref=\"i{k}\"/>"));
        // No more than so many parts are taken.
        let chapters: Vec<_> = (0..n.min(900))
            .map(|k| {
                (
                    format!("c{k}.xhtml"),
                    format!("<html><body>{}</body></html>", prose(n / 90)),
                )
            })
            .collect();
        epub(&items, &spine, &chapters)
    }),
    package("epub", "one chapter", |n| {
        let chapter = format!("<html><body>{}</body></html>", prose(n));
        epub(
            "<item id=\"a\" href=\"a.xhtml\"/>",
            "<itemref idref=\"a\"/>",
            &[("a.xhtml".to_owned(), chapter)],
        )
    }),
    rich("paragraphs", |n| each(n, |k| format!("Words {k}.\\par\n"))),
    rich("one paragraph", |n| each(n, |k| format!("w{k} {{\\b x}} "))),
    rich("fonts", |n| {
        let fonts = each(n, |k| format!("{{\\f{k}\\fcharset204 F{k};}}"));
        format!(
            "{{\\fonttbl{fonts}}}{}",
            each(n, |k| format!("\\f{k} \\'e4 "))
        )
    }),
    rich("code points", |n| {
        each(n, |k| format!("\\u{}?", 256 + k % 30_000))
    }),
    rich("cells", |n| {
        each(n, |k| format!("\\trowd w{k}\\cell\\row\n"))
    }),
    rich("groups that are not shown", |n| "{\\*\\x words}".repeat(n)),
    page("paragraphs", prose),
    page("one paragraph", |n| {
        format!(
            "<p>{}</p>",
            each(n, |k| format!("Words {k} <i>are</i> said. "))
        )
    }),
    page("links", |n| {
        format!(
            "<p>{}</p>",
            each(n, |k| format!("<a href=\"/{k}\">w{k}</a> "))
        )
    }),
    page("boxes", |n| {
        each(n, |k| {
            format!("<div class=\"c{k}\" id=\"i{k}\"><span>w{k}</span></div>")
        })
    }),
    page("ends that are missing", |n| {
        each(n, |k| format!("<p><li>Words {k}, <td>said.<dd>"))
    }),
    page("formats that cross", |n| {
        format!("{}{}", "<b>".repeat(50), "<p><b><i>x</b>y</i>".repeat(n))
    }),
    page("words in tables", |n| {
        format!("<table>{}", "<tr>x<td>y</td>".repeat(n))
    }),
    page("entities", |n| {
        format!("<p>{}</p>", "&eacute;&#8220;&amp; ".repeat(n))
    }),
    page("comments", |n| each(n, |k| format!("<!-- c{k} -->"))),
    page("figures", |n| {
        each(n, |k| {
            format!("<figure><img src=\"{k}\"><figcaption>w{k}</figcaption></figure>")
        })
    }),
    page("list items", |n| {
        format!("<ul>{}</ul>", each(n, |k| format!("<li>w{k}</li>")))
    }),
    page("headlines", |n| {
        each(n, |k| format!("<h1>Headline {k}</h1>"))
    }),
    head("meta tags", |n| {
        each(n, |k| {
            format!(
                "<meta property=\"article:tag\" content=\"t{k}\"><meta name=\"n{k}\" content=\"x\">"
            )
        })
    }),
    head("scripts of data", |n| {
        each(n, |k| {
            format!(
                "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"h{k}\"}}</script>"
            )
        })
    }),
    head("one script of data", |n| {
        let authors = joined(n, |k| {
            format!("{{\"@type\":\"Person\",\"name\":\"Ann {k}\"}}")
        });
        format!(
            "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"author\":[{authors}]}}</script>"
        )
    }),
    shape("webpage", "in a mail", "a.mhtml", |n| {
        format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body>{}</body></html>\r\n--B--\r\n",
            each(n, |k| format!(
                "<p>Words {k} =E2=80=9Cso=\r\n=E2=80=9D, she said on Monday.</p>\r\n"
            ))
        )
    }),
    shape("webpage", "parts of a mail", "a.mhtml", |n| {
        format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html\r\n\r\n\
             <html><body>{}</body></html>\r\n{}--B--\r\n",
            prose(10),
            each(n, |k| format!(
                "--B\r\nContent-Type: image/png\r\nContent-Location: {k}\r\n\r\nx\r\n"
            ))
        )
    }),
    shape("lexisnexis", "articles", "a.txt", |n| {
        each(n, |k| lexisnexis(k, n, &format!("Words {k}.")))
    }),
    shape("lexisnexis", "one article", "a.txt", |n| {
        lexisnexis(1, 1, &each(n, |k| format!("Words {k}.\n\n")))
    }),
    shape("lexisnexis", "labels", "a.txt", |n| {
        lexisnexis(1, 1, &each(n, |k| format!("SECTION: s{k}\n\nWords.\n\n")))
    }),
    shape("proquest", "articles", "a.txt", |n| {
        each(n, |k| proquest(k, n, &format!("Words {k}."))) + &"_".repeat(60)
    }),
    shape("proquest", "one article", "a.txt", |n| {
        proquest(
            1,
            1,
            &each(n, |k| {
                format!("Words {k}.\nCAPTION: c{k}\n\nTitle: t{k}\n\n")
            }),
        )
    }),
    shape("proquest-eml", "articles", "a.eml", |n| {
        let articles = each(n, |k| {
            format!(
                "<p>Email {k} of {n}</p><div><a name=\"DocID_MSTAR_{k}\"></a><p>Ferry {k}</p><p><strong>Full text: </strong>\
                 <Text><p>It sails.</p></Text></p><p><strong>Subject: </strong>Ferries</p></div>"
            )
        });
        format!(
            "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html><body>{articles}</body></html>"
        )
    }),
    shape("factiva", "articles", "a.html", |n| {
        database(&each(n, |k| {
            format!(
                "<div id=\"article-{k}\" class=\"article\"><div class=\"article deArticle\"><div id=\"hd\"><span class=\
                 \"deHeadline\">F {k}</span></div><div>7 Juli 2020</div><div>Bote</div><div>Deutsch</div>\
                 <p class=\"articleParagraph deArticleParagraph\">Words {k}.</p><p>Dokument B{k}</p></div></div>"
            )
        }))
    }),
    shape("factiva", "one article", "a.html", |n| {
        database(&format!(
            "<div id=\"article-1\" class=\"article\"><div class=\"article deArticle\"><div id=\"hd\"><span class=\
             \"deHeadline\">F</span></div><div>7 Juli 2020</div>{}</div></div>",
            each(n, |k| format!(
                "<p class=\"articleParagraph deArticleParagraph\">Words[https://x.example/{k}].</p>"
            ))
        ))
    }),
    shape("europresse", "articles", "a.html", |n| {
        database(&each(n, |k| {
            format!(
                "<article><header><div><span class=\"DocPublicationName\">C {k}</span></div><div class=\"titreArticle\">\
                 <p class=\"titreArticleVisu\">B {k}</p></div></header><section><div class=\"DocText\"><p>Words {k}.</p>\
                 </div></section><footer><p>news·20200708·CX·{k}</p></footer></article>"
            )
        }))
    }),
    shape("nexis-html", "articles", "a.html", |n| {
        database(&each(n, |k| {
            format!(
                "<A NAME=\"DOC_ID_{k}_0\"></A><DIV CLASS=\"c0\"><P><SPAN>Dokument {k} von 500</SPAN></P></DIV>\
                 <DIV CLASS=\"c0\"><P><SPAN>Bote</SPAN></P></DIV><DIV CLASS=\"c3\"><P><SPAN>7. Juli 2020</SPAN></P></DIV>\
                 <DIV CLASS=\"c5\"><P><SPAN>F {k}</SPAN></P></DIV><DIV CLASS=\"c5\"><P><SPAN>Words {k}.</SPAN></P></DIV>"
            )
        }))
    }),
    shape("article-table", "rows", "a.csv", |n| {
        format!(
            "headline,text,date,shelf\n{}",
            each(n, |k| format!("h{k},Words {k}.,2010,s{k}\n"))
        )
    }),
    shape("article-table", "columns", "a.csv", |n| {
        format!(
            "headline,text,{}\nh,Words.,{}\n",
            joined(n, |k| format!("c{k}")),
            joined(n, |k| format!("v{k}"))
        )
    }),
    shape("article-table", "cells without a column", "a.csv", |n| {
        format!(
            "headline,text\nh,Words.,{}\n",
            joined(n, |k| format!("v{k}"))
        )
    }),
    shape("article-lines", "records", "a.jsonl", |n| {
        each(n, |k| {
            format!(
                "{{\"title\":\"h{k}\",\"text\":\"Words {k}.\",\"date\":\"2010\",\"shelf\":\"s{k}\"}}\n"
            )
        })
    }),
    shape("article-lines", "fields", "a.jsonl", |n| {
        format!(
            "{{\"title\":\"h\",\"text\":\"Words.\",{}}}\n",
            joined(n, |k| format!("\"f{k}\":\"v{k}\""))
        )
    }),
    shape(
        "article-lines",
        "fields that are left out",
        "a.jsonl",
        |n| {
            format!(
                "{{\"title\":\"h\",\"text\":\"Words.\",{}}}\n",
                joined(n, |k| format!("\"f{k}\":{{\"x\":1}}"))
            )
        },
    ),
    shape("article-lines", "values of a field", "a.jsonl", |n| {
        format!(
            "{{\"title\":\"h\",\"text\":\"Words.\",\"tags\":[{}]}}\n",
            joined(n, |k| format!("\"v{k}\""))
        )
    }),
    shape(
        "assignments",
        "articles",
        "pullquote.assignments.ron",
        |n| {
            format!(
                "(version: 1, assignments: {{{}}})",
                joined(n, |k| format!("\"a{k}.txt\": [\"ann\"]"))
            )
        },
    ),
    shape(
        "assignments",
        "people of an article",
        "pullquote.assignments.ron",
        |n| {
            // From the last in the order of names to the first.
            let names = joined(n, |k| format!("\"a{:08}\"", 90_000_000 - k));
            format!("(version: 1, assignments: {{\"a.txt\": [{names}]}})")
        },
    ),
];

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const fn package(
    reader: &'static str,
    name: &'static str,
    make: fn(usize) -> Vec<(String, Vec<u8>)>,
) -> Shape {
    Shape {
        reader,
        name,
        file: "",
        make: Make::Files(make),
    }
}

const fn rich(name: &'static str, body: fn(usize) -> String) -> Shape {
    Shape {
        reader: "rtf",
        name,
        file: "a.rtf",
        make: Make::Within("{\\rtf1\\ansi ", body, "}"),
    }
}

const fn page(name: &'static str, body: fn(usize) -> String) -> Shape {
    let before =
        "<!DOCTYPE html><html><head><title>Bread</title></head><body><article><h1>Bread</h1>";
    Shape {
        reader: "webpage",
        name,
        file: "a.html",
        make: Make::Within(before, body, "</article></body></html>"),
    }
}

const fn head(name: &'static str, head: fn(usize) -> String) -> Shape {
    let after = "</head><body><article><h1>Bread</h1><p>Bread will rise, she said.</p></article></body></html>";
    Shape {
        reader: "webpage",
        name,
        file: "a.html",
        make: Make::Within(
            "<!DOCTYPE html><html><head><title>Bread</title>",
            head,
            after,
        ),
    }
}

/// Not compressed, so that the size of the file is that of its contents.
fn zipped(name: &str, parts: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, contents) in parts {
        zip.start_file(*name, stored).unwrap();
        zip.write_all(contents.as_bytes()).unwrap();
    }
    vec![(name.to_owned(), zip.finish().unwrap().into_inner())]
}

fn run(k: usize) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">Words {k}. </w:t></w:r>")
}

fn word(body: &str, others: &[(&str, String)]) -> Vec<(String, Vec<u8>)> {
    let main = format!("<w:document xmlns:w=\"{W}\"><w:body>{body}</w:body></w:document>");
    let mut parts = vec![("word/document.xml", main.as_str())];
    parts.extend(others.iter().map(|(name, part)| (*name, part.as_str())));
    zipped("a.docx", &parts)
}

fn odt(body: &str) -> Vec<(String, Vec<u8>)> {
    let content = format!(
        "<office:body xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">{body}</office:body>"
    );
    let kind = "application/vnd.oasis.opendocument.text";
    zipped("a.odt", &[("mimetype", kind), ("content.xml", &content)])
}

fn epub(items: &str, spine: &str, chapters: &[(String, String)]) -> Vec<(String, Vec<u8>)> {
    let package = format!("<package><manifest>{items}</manifest><spine>{spine}</spine></package>");
    let mut parts = vec![
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            "<x><rootfile full-path=\"p.opf\"/></x>",
        ),
        ("p.opf", package.as_str()),
    ];
    parts.extend(
        chapters
            .iter()
            .map(|(name, chapter)| (name.as_str(), chapter.as_str())),
    );
    zipped("a.epub", &parts)
}

fn prose(n: usize) -> String {
    each(n, |k| {
        format!("<p>The baker said on Monday that loaf {k} would rise, and nobody asked.</p>\n")
    })
}

fn database(articles: &str) -> String {
    format!("<html><body>{articles}</body></html>")
}

fn lexisnexis(k: usize, n: usize, text: &str) -> String {
    let pad = " ".repeat(31);
    format!(
        "{pad}{} of {n} DOCUMENTS\n\n{pad}Post\n\n{pad}May 4, 2010\n\nHeadline {k}\n\nLENGTH: 3 words\n\n{text}\n\n\
         LOAD-DATE: May 5, 2010\n\n",
        k + 1
    )
}

fn proquest(k: usize, n: usize, text: &str) -> String {
    let line = "_".repeat(60);
    format!(
        "{line}\nDocument {} of {n}\n\nHeadline {k}\n\nFull text: {text}\n\nTitle: Headline {k}\n\nPublication title: P\n\n\
         Publication date: Mar 9, 2022\n\n",
        k + 1
    )
}
