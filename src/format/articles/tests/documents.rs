use super::*;

fn odt(body: &str) -> Vec<u8> {
    let spaces = ["office", "text", "table", "style", "drawing"].map(|name| {
        let prefix = if name == "drawing" { "draw" } else { name };
        format!("xmlns:{prefix}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\"")
    });
    let content = format!(
        "<office:document-content {}><office:automatic-styles><style:style style:name=\"P1\" \
         style:parent-style-name=\"Title\"/></office:automatic-styles><office:body><office:text>{body}\
         </office:text></office:body></office:document-content>",
        spaces.join(" ")
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
    ])
}

#[test]
fn open_document_is_read_without_its_tracked_changes() {
    let body = "<text:tracked-changes><text:deletion><text:p>old</text:p></text:deletion></text:tracked-changes>\
        <text:p text:style-name=\"P1\">Ferry   to\n sail</text:p>\
        <text:p>A<text:s text:c=\"2\"/>b<text:tab/>c<text:line-break/>d <text:span>e</text:span>\
        <office:annotation><text:p>comment</text:p></office:annotation>\
        <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>The note.</text:p>\
        </text:note-body></text:note></text:p>\
        <text:p><draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame>Beside</text:p>\
        <table:table><table:table-row><table:table-cell><text:p>Boats</text:p></table:table-cell>\
        <table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table>";
    let imported = read("a.odt", &odt(body));
    assert_eq!(
        texts(&imported),
        ["Ferry to sail\nA  b\tc d e\nBeside\nBoxed\nBoats\t2\nThe note.\n"]
    );
    assert_eq!(facts(&imported, 0).headline, "Ferry to sail");
    assert_eq!(
        notes(&imported),
        ["not taken over: comments (1), tracked changes (1)"]
    );
}

#[test]
fn a_book_is_read_in_the_order_of_its_spine() {
    let page = |words: &str| {
        format!(
            "<!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>No</title></head><body>\
             {words}</body></html>"
        )
    };
    let package = "<package xmlns=\"http://www.idpf.org/2007/opf\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
        <metadata><dc:title>The Ferry</dc:title><dc:creator>Ada Example</dc:creator><dc:creator>Bo Berg</dc:creator>\
        <dc:date>2019-05-04T00:00:00Z</dc:date><dc:language>en</dc:language><dc:subject>boats</dc:subject></metadata>\
        <manifest><item id=\"b\" href=\"two%20b.xhtml\"/><item id=\"a\" href=\"../OEBPS/one.xhtml\"/>\
        <item id=\"n\" href=\"nav.xhtml\" properties=\"nav\"/><item id=\"x\" href=\"extra.xhtml\"/></manifest>\
        <spine><itemref idref=\"n\"/><itemref idref=\"a\"/><itemref idref=\"b\"/>\
        <itemref idref=\"x\" linear=\"no\"/></spine></package>";
    let (nav, one) = (
        page("<nav>List</nav>"),
        page("<h1>One</h1><p>It\n sailed&nbsp;<em>off</em>.<br/>Far.</p>"),
    );
    let two =
        page("<div>Two<p>In it</p>after</div><ul><li>a</li><li>b</li></ul><script>no()</script>");
    let extra = page("<p>Extra</p>");
    let book = zipped(&[
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            "<container><rootfiles><rootfile full-path=\"OEBPS/p.opf\"/></rootfiles></container>",
        ),
        ("OEBPS/two b.xhtml", &two),
        ("OEBPS/one.xhtml", &one),
        ("OEBPS/nav.xhtml", &nav),
        ("OEBPS/extra.xhtml", &extra),
        ("OEBPS/p.opf", package),
    ]);
    let imported = read("a.epub", &book);
    let expected = "The Ferry\nOne\nIt sailed\u{a0}off. Far.\nTwo\nIn it\nafter\na\nb\n";
    assert_eq!(texts(&imported), [expected]);
    let known = facts(&imported, 0);
    assert_eq!(
        (&*known.byline, &*known.date, &*known.language),
        ("Ada Example, Bo Berg", "2019-05-04", "en")
    );
    assert_eq!(left_out(&imported, 0), ["subject: boats"]);
    assert!(notes(&imported)[0].contains("OEBPS/extra.xhtml"));
}

#[test]
fn a_document_with_a_password_is_told() {
    let odt = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", "\u{1}\u{2}"),
        (
            "META-INF/manifest.xml",
            "<manifest><encryption-data/></manifest>",
        ),
    ]);
    let imported = read_with("a.odt", &odt, &[]);
    assert!(imported.problems[0].message.contains("password"));
}
