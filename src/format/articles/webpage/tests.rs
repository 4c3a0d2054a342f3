use proptest::prelude::*;

use super::super::page_source::PageSource;
use super::*;

fn page(html: &str) -> FoundArticle {
    read(html.as_bytes(), false)
}

fn read(bytes: &[u8], captions: bool) -> FoundArticle {
    article_of_page(&PageSource::read(bytes).unwrap(), captions).unwrap()
}

/// A sentence of its own for each number, long enough for running text.
fn sentence(n: usize) -> String {
    format!(
        "In sentence {n} the harbour office says that the ferry will sail again in May, after two years at the quay."
    )
}

const BLOG: &str = r#"<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Why the ferry matters – Quayside Notes</title>
<meta property="og:site_name" content="Quayside Notes"><meta property="og:title" content="Why the ferry matters">
<meta property="article:published_time" content="2021-03-04T09:20:00+00:00">
<meta property="article:modified_time" content="2021-03-09T10:00:00+00:00">
<link rel="canonical" href="https://quayside.example/why-the-ferry-matters/"></head>
<body class="single wp-custom has-sidebar"><div id="page"><header id="masthead"><p class="site-title"><a href="/">Quayside Notes</a></p>
<nav class="main-navigation"><ul><li><a href="/">Home</a></li><li><a href="/about">About me and this blog</a></li></ul></nav></header>
<main><article class="post-12 post"><header class="entry-header"><h1 class="entry-title">Why the ferry matters</h1>
<div class="entry-meta">Posted on <time datetime="2021-03-04T09:20:00+00:00">4 March 2021</time> by <span class="author vcard"><a rel="author" href="/author/ada">Ada Example</a></span></div></header>
<div class="entry-content"><p>The ferry will sail again in May. I have waited for two years, and so has the baker.</p>
<figure class="wp-block-image"><img src="pier.jpg"><figcaption>The empty pier in March</figcaption></figure>
<p>“We have <em>waited</em> long enough,” said Jon Sample, who runs the <a href="/cafe">café at the pier</a>.</p>
<h2>What it costs</h2>
<ul><li>A ticket for one person and a bicycle costs four pounds on weekdays.</li><li>Dogs go free.</li></ul>
<blockquote><p>No boat, no guests.</p></blockquote><p>That is what the sign in his window says.</p>
<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul><li><a href="x">Click to share on a network</a></li></ul></div>
<div id="jp-relatedposts"><h3>Related</h3><p><a href="/old">Two years without a boat</a></p></div></div>
<footer class="entry-footer">Posted in <a href="/c">Harbour</a></footer>
<div class="author-box"><p>Ada Example lives by the sea and has written about boats for twenty years.</p></div></article>
<div id="comments" class="comments-area"><h2>3 thoughts on this</h2><ol><li><p>I could not agree more with what you say about the ferry and the dogs, thank you for this.</p></li></ol>
<form><p>Your address will not be published. Required fields are marked.</p></form></div></main>
<aside class="widget-area"><section class="widget"><h2>Recent posts</h2><ul><li><a href="/1">Notes from the harbour</a></li></ul></section></aside>
<footer class="site-footer"><p>Proudly run by hand. All rights reserved by the author of these notes.</p></footer></div></body></html>"#;

#[test]
fn a_blog() {
    let found = page(BLOG);
    assert_eq!(
        found.paragraphs,
        [
            "Why the ferry matters",
            "The ferry will sail again in May. I have waited for two years, and so has the baker.",
            "“We have waited long enough,” said Jon Sample, who runs the café at the pier.",
            "What it costs",
            "A ticket for one person and a bicycle costs four pounds on weekdays.",
            "Dogs go free.",
            "No boat, no guests.",
            "That is what the sign in his window says.",
        ]
    );
    let facts = &found.facts;
    assert_eq!(facts.headline, "Why the ferry matters");
    assert_eq!(facts.byline, "Ada Example");
    assert_eq!(facts.outlet, "Quayside Notes");
    assert_eq!(facts.date, "2021-03-04T09:20:00+00:00");
    assert_eq!(facts.language, "en-GB");
    assert_eq!(
        facts.address,
        "https://quayside.example/why-the-ferry-matters/"
    );
    assert_eq!(found.doubts, [""; 0]);
    let told = [
        "caption: The empty pier in March",
        "comments",
        "share links",
        "menu",
    ];
    for told in told {
        assert!(
            found.left_out.iter().any(|left| left.starts_with(told)),
            "{told}: {:?}",
            found.left_out
        );
    }
}

#[test]
fn captions_stay_where_they_are_if_that_is_asked_for() {
    let found = read(BLOG.as_bytes(), true);
    let at = found
        .paragraphs
        .iter()
        .position(|line| line == "The empty pier in March");
    assert_eq!(at, Some(2), "{:?}", found.paragraphs);
}

const CMS: &str = r##"<html lang="de"><head><title>Fähre fährt wieder | Beispielbote</title>
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Organization","@id":"#o","name":"Beispielbote"},
{"@type":"Person","@id":"#p","name":"Ada Beispiel"},
{"@type":["NewsArticle"],"headline":"Fähre fährt &amp;quot;wieder&amp;quot;","datePublished":"2020-07-07T06:00:00+02:00","dateModified":"2020-07-06T06:00:00+02:00",
"author":[{"@id":"#p"},{"@type":"Person","name":"Jon Muster"},"Beispielbote"],"publisher":{"@id":"#o"},"articleSection":"Hafen","printPage":"7","isAccessibleForFree":true}]}</script></head>
<body><div class="cookie-banner"><p>Wir verwenden Cookies, um Inhalte zu zeigen. Mit Ihrer Zustimmung hilft uns das sehr, die Seite besser zu machen.</p></div>
<div class="page"><div class="left-col"><ul><li><a href="/p">Politik</a></li><li><a href="/s">Sport</a></li></ul></div>
<div class="content"><div class="kicker">Hafen</div><h1>Fähre fährt „wieder“</h1><p class="teaser-text">Nach zwei Jahren kehrt das Boot zurück, und die Stadt hofft auf Gäste.</p>
<div class="article-meta">Von Ada Beispiel und Jon Muster | 7. Juli 2020, 6:00 Uhr</div>
<div class="text"><p>Die Fähre fährt im Mai wieder. „Wir haben lange genug gewartet“, sagte Jon Muster am Mittwoch.</p>
<div class="newsletter-box"><p>Jeden Morgen das Wichtigste aus dem Hafen in Ihrem Postfach, kostenlos.</p><form><input></form></div>
<p>Der Weg zum Anleger ist lang. ‚Wer laufen will, der kann‘, steht auf dem Schild an der Brücke.</p>
<p><a href="/alt">Lesen Sie auch: Zwei Jahre ohne Boot</a></p>
<div class="pull-quote">Wir haben lange genug gewartet</div>
<div class="anzeige"><span>Anzeige</span></div>
<p>Am Abend – so das Hafenamt – sei alles bereit gewesen.</p></div>
<h3>Mehr zum Thema</h3><ul class="list"><li><a href="/1">Brot wird teurer, sagt die Bäckerin am Markt.</a></li><li><a href="/2">Das Hafenamt zieht um.</a></li></ul></div>
<div class="right-col"><div class="box"><h3><a href="/3">Kaffee am Kai</a></h3><p>Das Café am Anleger öffnet um neun Uhr, und es gibt Kuchen für alle, die kommen.</p></div></div></div></body></html>"##;

#[test]
fn a_page_with_boxes_on_all_sides_in_german() {
    let found = page(CMS);
    assert_eq!(
        found.paragraphs,
        [
            "Fähre fährt „wieder“",
            "Nach zwei Jahren kehrt das Boot zurück, und die Stadt hofft auf Gäste.",
            "Die Fähre fährt im Mai wieder. „Wir haben lange genug gewartet“, sagte Jon Muster am Mittwoch.",
            "Der Weg zum Anleger ist lang. ‚Wer laufen will, der kann‘, steht auf dem Schild an der Brücke.",
            "Am Abend – so das Hafenamt – sei alles bereit gewesen.",
        ]
    );
    let facts = &found.facts;
    assert_eq!(facts.byline, "Ada Beispiel, Jon Muster");
    assert_eq!((&*facts.outlet, &*facts.section), ("Beispielbote", "Hafen"));
    assert_eq!(facts.date, "2020-07-07T06:00:00+02:00");
    assert_eq!(facts.fields["page"], "7");
}

#[test]
fn a_live_ticker_keeps_its_entries() {
    let entries: String = (1..=4)
        .map(|n| {
            format!(
                "<article class='entry'><time>0{n}:00</time><h2>Entry {n}</h2><p>{}</p></article>",
                sentence(n)
            )
        })
        .collect();
    let html = format!(
        "<html lang=en><script type='application/ld+json'>{{\"@type\":\"LiveBlogPosting\",\"headline\":\"The storm as it happens\",\"datePublished\":\"2021-03-04\"}}</script>\
         <body><h1>The storm as it happens</h1><div class=ticker>{entries}</div></body></html>"
    );
    let found = page(&html);
    let expected: Vec<String> = (1..=4)
        .flat_map(|n| [format!("Entry {n}"), sentence(n)])
        .collect();
    assert_eq!(found.paragraphs[0], "The storm as it happens");
    assert_eq!(found.paragraphs[1..], expected);
    assert!(
        found.doubts[0].contains("live ticker"),
        "{:?}",
        found.doubts
    );
}

#[test]
fn a_teaser_before_a_paywall_is_doubted() {
    let html = format!(
        "<html lang=en><script type='application/ld+json'><!-- {{\"@type\":\"NewsArticle\",\"headline\":\"Paid\",\"datePublished\":\"2021-03-04\",\
         \"isAccessibleForFree\":\"False\",}} --></script><body><h1>Paid</h1><article><p>{}</p></article>\
         <div class=paywall><p>Subscribe to read on, for one pound a week, and support what we do here.</p></div></body></html>",
        sentence(1)
    );
    let found = page(&html);
    assert_eq!(found.paragraphs, ["Paid".to_owned(), sentence(1)]);
    assert!(
        found
            .doubts
            .iter()
            .any(|doubt| doubt.contains("only the beginning")),
        "{:?}",
        found.doubts
    );
    assert_eq!(found.facts.date, "2021-03-04");
}

#[test]
fn text_that_is_marked_as_paid_is_text() {
    let html = format!(
        "<html lang=en><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Paid\",\"isAccessibleForFree\":false,\
         \"hasPart\":{{\"cssSelector\":\".paywall\"}}}}</script><body><h1>Paid</h1><p>{}<div class=paywall><p>{}</div></body></html>",
        sentence(1),
        sentence(2)
    );
    assert_eq!(page(&html).paragraphs[1..], [sentence(1), sentence(2)]);
}

#[test]
fn an_amp_page_is_read_and_names_the_page_it_is_of() {
    let html = format!(
        "<!doctype html><html amp lang=en><head><link rel=canonical href='https://courier.example/ferry'>\
         <meta name=author content='Ada Example'><meta name=date content='March 4, 2021'></head>\
         <body><amp-sidebar id=sidebar1><ul><li><a href=/>Home</a></ul></amp-sidebar><h1>Ferry</h1>\
         <amp-img src=x></amp-img><div class='article-body'><p>{}<amp-ad type=x></amp-ad><p>{}</div>\
         <amp-consent id=c><div>We use cookies to show what you like, please agree or leave this page.</div></amp-consent></body></html>",
        sentence(1),
        sentence(2)
    );
    let found = page(&html);
    assert_eq!(
        found.paragraphs,
        ["Ferry".to_owned(), sentence(1), sentence(2)]
    );
    assert_eq!(found.facts.address, "https://courier.example/ferry");
    assert_eq!(
        (&*found.facts.date, &*found.facts.byline),
        ("2021-03-04", "Ada Example")
    );
}

#[test]
fn arabic_and_japanese_pages() {
    let arabic = "<html lang=ar dir=rtl><meta charset=utf-8><body><nav><a href=/>الرئيسية</a></nav><h1>العبارة تبحر من جديد</h1>\
        <p>قال مكتب الميناء يوم الأربعاء إن العبارة ستبحر من جديد في شهر مايو بعد عامين من الانتظار.</p>\
        <p>وقال جون: «انتظرنا بما فيه الكفاية»، وهو صاحب المقهى عند الرصيف.</p><h3>اقرأ أيضا</h3><ul><li><a href=/1>عامان بلا قارب</a></ul></body></html>";
    let found = page(arabic);
    assert_eq!(
        found.paragraphs,
        [
            "العبارة تبحر من جديد",
            "قال مكتب الميناء يوم الأربعاء إن العبارة ستبحر من جديد في شهر مايو بعد عامين من الانتظار.",
            "وقال جون: «انتظرنا بما فيه الكفاية»، وهو صاحب المقهى عند الرصيف.",
        ]
    );
    assert_eq!(found.facts.language, "ar");
    let japanese = "<html lang=ja><body><ul><li><a href=/>トップ</a><li><a href=/s>社会</a></ul><h1>フェリー、五月に再開</h1>\
        <p class=date>2021年3月4日 9時20分</p><p>港の事務所は水曜日、フェリーが五月に再び運航すると発表した。二年ぶりの運航となる。</p>\
        <p>「もう十分に待った」と、桟橋で喫茶店を営む例田さんは話した。</p><h2>関連記事</h2><ul><li><a href=/1>船のない二年間</a></ul></body></html>";
    let found = page(japanese);
    assert_eq!(
        found.paragraphs,
        [
            "フェリー、五月に再開",
            "港の事務所は水曜日、フェリーが五月に再び運航すると発表した。二年ぶりの運航となる。",
            "「もう十分に待った」と、桟橋で喫茶店を営む例田さんは話した。",
        ]
    );
    assert_eq!(found.facts.date, "2021-03-04T09:20");
    assert!(found.doubts[0].contains("2021-03-04"), "{:?}", found.doubts);
}

#[test]
fn line_breaks_layout_tables_and_open_tags() {
    let html = "<HTML><BODY><TABLE width=100%><TR><TD width=150><A HREF=/>Home</A><BR><A HREF=/s>Sport</A></TD><TD>\
        <FONT SIZE=5><B>Ferry to sail again</B></FONT><BR><BR>\
        <FONT FACE=Arial>The ferry will s</FONT><FONT COLOR=red>ail</FONT> again in May, the harbour office said.<BR><BR>\
        &ldquo;We have waited,&rdquo; said <u>Jon</u> Sample\nof the caf&eacute;, &amp; smiled.<BR>&nbsp;<BR>\
        Nothing else moved at the quay on Sunday, <b>it <i>said</b> in the report</i>.\
        <P>The last of the paragraphs has no end, and neither has the table that it stands in";
    let found = page(html);
    assert_eq!(
        found.paragraphs,
        [
            "Ferry to sail again",
            "The ferry will sail again in May, the harbour office said.",
            "“We have waited,” said Jon Sample of the café, & smiled.",
            "Nothing else moved at the quay on Sunday, it said in the report.",
            "The last of the paragraphs has no end, and neither has the table that it stands in",
        ]
    );
}

#[test]
fn a_page_of_five_megabytes() {
    let filler = format!(
        "<script>{}</script>",
        "var x = '<p>not text</p>';\n".repeat(100_000)
    );
    let menu = "<li><a href=/x>An entry of a menu that is long</a></li>".repeat(40_000);
    let text: String = (0..2_000)
        .map(|n| format!("<p>{}</p>", sentence(n)))
        .collect();
    let html = format!(
        "<html lang=en><head>{filler}</head><body><ul>{menu}</ul><h1>Long</h1><div>{text}</div></body></html>"
    );
    assert!(html.len() > 5_000_000);
    let found = page(&html);
    let expected: Vec<String> = std::iter::once("Long".to_owned())
        .chain((0..2_000).map(sentence))
        .collect();
    assert!(
        found.paragraphs == expected,
        "{} paragraphs",
        found.paragraphs.len()
    );
}

#[test]
fn pages_as_browsers_save_them() {
    let html = format!("<h1>Saved</h1><p>{}</p>", sentence(1));
    let mail = format!(
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://courier.example/saved\r\nSubject: =?utf-8?Q?Saved?=\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----b\"\r\n\r\n\
         ------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n\
         ------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://courier.example/saved\r\n\r\n\
         <html lang=3D\"en\"><body>{}</body></html>\r\n------b--\r\n",
        html.replace("harbour", "har=\r\nbour")
    );
    assert!(is_page(mail.as_bytes()));
    let found = page(&mail);
    assert_eq!(found.paragraphs, ["Saved".to_owned(), sentence(1)]);
    assert_eq!(found.facts.address, "https://courier.example/saved");
    assert_eq!(found.left_out, ["1 other part of the saved page"]);

    let saved = format!(
        "<!DOCTYPE html>\n<!-- saved from url=(0029)https://courier.example/from -->\n<html><body>{html}</body></html>"
    );
    assert_eq!(page(&saved).facts.address, "https://courier.example/from");

    let single = format!(
        "<html><body><x-article><template shadowrootmode=open>{html}</template></x-article><template><p>{}</p></template></body></html>",
        sentence(2)
    );
    assert_eq!(page(&single).paragraphs, ["Saved".to_owned(), sentence(1)]);
}

#[test]
fn what_the_page_says_of_its_headline_may_differ() {
    let html = format!(
        "<html><head><title>Search words | Courier</title><meta property='og:title' content='Shared title'>\
         <script type='application/ld+json'>//<![CDATA[\n[{{\"@type\":\"Article\",\"headline\":\"In the data\",\"author\":{{\"name\":[\"Ada\",\"Jon\"]}},\
         \"datePublished\":\"4 March 2021\",\"publisher\":\"Courier\"}}]\n//]]></script></head><body><h1>Shown above</h1><p>{}</p></body></html>",
        sentence(1)
    );
    let found = page(&html);
    assert_eq!(found.facts.headline, "In the data");
    assert_eq!(
        (
            &*found.facts.byline,
            &*found.facts.outlet,
            &*found.facts.date
        ),
        ("Ada, Jon", "Courier", "2021-03-04")
    );
    assert!(
        found.doubts[0].contains("“Shown above”"),
        "{:?}",
        found.doubts
    );
}

#[test]
fn a_byline_is_a_name() {
    let by = |authors: &str| {
        let html = format!(
            "<html><script type='application/ld+json'>{{\"@type\":\"Article\",\"author\":{authors},\"publisher\":{{\"name\":\"Canada Today\"}}}}</script><p>{}</html>",
            sentence(1)
        );
        page(&html).facts.byline
    };
    assert_eq!(by(r#"["Ada", "Jon Sample"]"#), "Ada, Jon Sample");
    assert_eq!(
        by(
            r#"[{"name":"Canada Today"}, {"name":"Canada Today (Online)"}, "a.example@today.example", "105092"]"#
        ),
        ""
    );
    assert_eq!(
        by(r#"{"@type":"Person","name":"","url":"https://today.example/ada"}"#),
        ""
    );
}

#[test]
fn a_notice_in_place_of_an_article_is_doubted() {
    let notice = "Before you go on, we and our partners use cookies. Cookies need your consent, and with your consent we keep cookies.";
    let found = page(&format!("<html><body><p>{notice}</p></body></html>"));
    assert!(
        found.doubts.iter().any(|doubt| doubt.contains("cookies")),
        "{:?}",
        found.doubts
    );
    assert!(
        found
            .doubts
            .iter()
            .any(|doubt| doubt == "no date was found")
    );
    let found = page("<html><body><nav>Only a menu</nav></body></html>");
    assert!(
        found
            .doubts
            .iter()
            .any(|doubt| doubt == "no running text was found"),
        "{:?}",
        found.doubts
    );
}

#[test]
fn a_text_that_only_the_data_have_is_taken_from_there() {
    let body: Vec<String> = (1..=5).map(sentence).collect();
    let html = format!(
        "<html><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Loaded later\",\"articleBody\":{}}}</script><h1>Loaded later</h1></html>",
        serde_json::json!(body.join("\n"))
    );
    let found = page(&html);
    assert_eq!(found.paragraphs[1..], body);
    assert!(
        found
            .doubts
            .iter()
            .any(|doubt| doubt.contains("page's data")),
        "{:?}",
        found.doubts
    );
}

#[test]
fn pages_that_are_made_to_stop_a_program_are_refused() {
    let refused = |html: String| {
        article_of_page(&PageSource::read(html.as_bytes()).unwrap(), false).map(|_| ())
    };
    assert_eq!(
        refused("<div>".repeat(200_000)),
        Err(HtmlTooComplex::Nesting)
    );
    let fonts: String = (0..10_000).map(|n| format!("<font size={n}>x")).collect();
    assert_eq!(refused(fonts), Err(HtmlTooComplex::Nesting));
    assert_eq!(refused("<table><tr><td>".repeat(50_000)), Ok(()));
    assert_eq!(refused("&amp;".repeat(300_000)), Ok(()));
    assert_eq!(refused("<b><p>".repeat(2_000)), Ok(()));
    let deep = format!(
        "<script type='application/ld+json'>{}</script>",
        "[".repeat(200_000)
    );
    assert_eq!(refused(deep), Ok(()));
}

#[test]
fn a_page_that_is_cut_off_anywhere_is_read() {
    let short = "<!DOCTYPE html><!-- a --><html lang=en><head><meta charset=utf-8><script type='application/ld+json'>\
        {\"@type\":\"Article\",\"author\":[{\"name\":\"Ada\"}]}</script></head><body class='a b'><h1>Caf&eacute;</h1><table><tr>\
        <td>Ä<td>b</table><p>“We have <a href='x'>waited</a>,” he said.<br><br>Again.</p><template shadowrootmode=open><p>In";
    for end in 0..=short.len() {
        read(&short.as_bytes()[..end], false);
    }
    for html in [BLOG, CMS] {
        for end in (0..html.len()).step_by(41) {
            read(&html.as_bytes()[..end], false);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is in a page, each paragraph is a line that is not empty.
    #[test]
    fn any_page_is_read(
        pieces in proptest::collection::vec(
            prop_oneof![
                "<(p|div|table|tr|td|b|a href=x|h1|ul|li|br|article|aside|template|script|figure|select|svg|math)( class=\"?[a-z -]{0,9}\"?)?>",
                "</(p|div|table|tr|td|b|a|h1|ul|li|article|template|script|figure|select|svg)>",
                "\\PC{0,30}",
                "&[a-z#0-9]{0,6};?",
                "<!--.{0,5}(-->)?",
            ],
            0..60,
        )
    ) {
        let found = page(&pieces.concat());
        for line in &found.paragraphs {
            prop_assert!(!line.is_empty() && !line.contains('\n'));
        }
    }
}

#[test]
fn an_outlet_is_called_what_it_calls_itself() {
    let named = |publisher: &str, site: &str, title: &str| {
        let html = format!(
            "<title>{title}</title><meta property=og:site_name content='{site}'><script \
             type=application/ld+json>{{\"@type\":\"NewsArticle\",\"publisher\":{{\"name\":\"{publisher}\"}}}}</script>\
             <article><p>{}</p><p>{}</p></article>",
            sentence(1),
            sentence(2)
        );
        page(&html).facts.outlet
    };
    assert_eq!(
        named("Example Media AG", "Tages-Bote", "Rain"),
        "Tages-Bote"
    );
    assert_eq!(
        named("Hope is back", "The Bulletin", "Rain | The Bulletin"),
        "The Bulletin"
    );
    assert_eq!(named("Example Media AG", "", "Rain"), "Example Media AG");
    assert_eq!(named("Bote", "bote.example", "Rain"), "Bote");
}
