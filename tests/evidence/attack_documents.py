"""Sound documents of every kind that becomes an article, each with words that `word` makes. Used by attack.py."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, contents in parts:
            file.writestr(name, contents)
    return out.getvalue()


def word_document(word):
    def p(words, style=""):
        style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f'<w:p>{style}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'

    table = f"<w:tbl><w:tr><w:tc>{p(word())}</w:tc><w:tc>{p(word())}</w:tc></w:tr></w:tbl>"
    body = (p(word(), "Title") + p(f"{word()} said <w:br/>".replace("<w:br/>", "") + word()) + table
            + f"<w:p><w:hyperlink><w:r><w:t>{word()}</w:t></w:r></w:hyperlink><w:del><w:r><w:delText>x</w:delText>"
            "</w:r></w:del></w:p>")
    return zipped([("word/document.xml", f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body>'
                    "</w:document>")])


def open_document(word):
    body = f'<text:h>{word()}</text:h><text:p>{word()} said<text:line-break/>{word()}</text:p><text:list><text:list-item>' \
           f"<text:p>{word()}</text:p></text:list-item></text:list>"
    return zipped([("mimetype", "application/vnd.oasis.opendocument.text"),
                   ("content.xml", f'<office:body xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
                    f'xmlns:text="{TEXT}">{body}</office:body>')])


def book(word):
    chapter = f"<html><head><title>t</title></head><body><h1>{word()}</h1><p>{word()} said {word()}</p></body></html>"
    package = ('<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>')
    return zipped([("mimetype", "application/epub+zip"), ("META-INF/container.xml", '<x><rootfile full-path="p.opf"/></x>'),
                   ("p.opf", package), ("a.xhtml", chapter)])


def rich_text(word):
    return (r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}}\f0 " + f"{word()} said " + r"\u8220?" + word()
            + r"\u8221?\par " + word() + r"\par{\*\x y}\trowd " + word() + r"\cell\row}").encode()


def page(word):
    return (f'<html><head><title>{word()}</title><meta property="og:title" content="Bread"><meta property='
            f'"article:published_time" content="2024-05-01"><script type="application/ld+json">{{"@type":"NewsArticle",'
            f'"headline":"Bread","datePublished":"2024-05-01"}}</script></head><body><nav>Home</nav><article><h1>Bread</h1>'
            f"<p>The baker {word()} said on Monday that bread would rise by two cents a loaf next year.</p>"
            f"<p>“We have no {word()},” she told everybody in the shop who asked about it.</p></article></body></html>").encode()


def mail_page(word):
    return (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html; "
            b"charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: https://bread.example/a\r\n\r\n"
            + page(word) + b"\r\n--B--\r\n")


def lexisnexis(word):
    pad = " " * 31
    return (f"{pad}1 of 1 DOCUMENTS\n\n{pad}Post\n\n{pad}May 4, 2010\n\n{word()}\n\nLENGTH: 3 words\n\n{word()} said "
            f"{word()}.\n\nLOAD-DATE: May 5, 2010\n").encode()


def proquest(word):
    line = "_" * 60
    return (f"{line}\nDocument 1 of 1\n\n{word()}\n\nFull text: {word()} said.\nThen {word()}.\nCAPTION: {word()}\n\n"
            f"Title: Bread\n\nPublication title: Post\n\nPublication date: Mar 9, 2022\n\n{line}\n").encode()


def factiva(word):
    return (f'<html><body><div id="article-1" class="article"><div class="article deArticle"><p>\n</p><div id="hd"><span class='
            f'"deHeadline">{word()}</span>\n</div><div>1.234 Wörter</div><div>7 Juli 2020</div><div>Bote</div><div>BOTE'
            f'</div><div>Deutsch</div><div>(c) V</div><p></p><p class="articleParagraph deArticleParagraph">{word()} sagt '
            f"{word()}.</p><p>Dokument BOTE1</p></div></div></body></html>").encode()


def factiva_codes(word):
    row = lambda code, words: f'<tr><td class="index"><b>{code}</b></td><td>{words}</td></tr>'
    rows = (row("HD", word()) + row("BY", word()) + row("WC", "61 words") + row("PD", "7 July 2020") + row("SN", word())
            + row("SC", word()) + row("LA", "English") + row("CY", word()) + row("LP", f"{word()} said {word()}.")
            + row("TD", f"{word()} said so.") + row("NS", word()) + row("AN", f"Document {word()}"))
    return (f'<html><body><div class="article enArticle"><span class="enHeadline"></span><table>{rows}</table></div></body></html>').encode()


def nexis_html(word):
    fact = lambda words: f'<BR><DIV CLASS="c5"><P><SPAN>{words}</SPAN></P></DIV>'
    return ('<html><body><A NAME="DOC_ID_0_0"></A><!-- <DOC NUMBER=1>\n<DOCFULL> -->' + fact("Dokument 1 von 1") + fact(word())
            + fact("Dienstag 7. Juli 2020") + fact(word()) + fact(f"RUBRIK: {word()}") + fact(f"{word()} said {word()}.")
            + fact("SPRACHE: GERMAN; DEUTSCH") + fact(f"GRAFIK: {word()}") + fact(f"Copyright 2020 {word()}")
            + "</body></html>").encode()


def europresse(word):
    return (f'<html><body><article><header><div><span class="DocPublicationName">{word()}, no. 3</span></div><div><span class='
            f'"DocHeader">{word()}, mardi 7 juillet 2020, p. {word()}</span></div><div class="titreArticle"><p class="titreArticle'
            f'Visu">{word()}</p></div><div>{word()}</div></header><section><div class="DocText"><p>{word()} dit {word()}.</p><p>'
            f'{word()}</p></div></section><aside><div><b>Note(s) : </b></div><p>{word()}</p></aside><footer><small>© {word()}</small>'
            f"<p>news·20200708·{word()}</p></footer></article></body></html>").encode()


def proquest_mail(word):
    fact = lambda label, words: f"<p><strong>{label}: </strong>{words}</p>"
    return (f'<html><body><p>Email 1 of 1</p><div><a name="DocID_MSTAR_1"></a><p></p><p>{word()}</p>' + fact("Author", word())
            + fact("Publication info", "Post ; Town [Town]07 July 2020: A.3.")
            + f'<p><a href="https://p.example/docview/1">ProQuest document link</a></p>'
            + fact("Full text", f"<Text><p>{word()} said.</p><p>{word()}</p></Text>") + fact("Subject", word())
            + fact("Title", word()) + fact("Language of publication", "English") + "</div></body></html>").encode()


def apa(word):
    return (r"{\rtf1\ansi " + f'"{word()}" gefunden am 28.12.2017 10:36 Uhr' + r"\par " + word() + r"\par " + f"{word()} sagt "
            + word() + r"{\footnote " + word() + r"}\par " + "_" * 50 + r"\par {\header " + word() + r"}\sect "
            + f'"{word()}" gefunden am 29.12.2017 10:36 Uhr' + r"\par " + word() + r"\par " + word() + r"\par}").encode()


def nexis(word):
    line = lambda words: words + r"\par "
    return (r"{\rtf1\ansi " + line(word()) + line(word()) + line("May 4, 2010") + line(f"Byline: {word()}")
            + line(f"Section: {word()}") + line("Length: 61 words") + line(r"{\b Body}") + line(f"{word()} said {word()}.")
            + line(r"{\b Graphic}") + line(word()) + line("Load-Date: May 5, 2010") + line("End of Document") + "}").encode()


def factiva_document(word):
    line = lambda words: words + r"\par "
    one = lambda: (line(word()) + line(r"{\b " + word() + "}") + line(word()) + line("1,061 words") + line("7 July 2020")
                   + line("09:30") + line(word()) + line("BOTE") + line("12") + line("English") + line(f"(c) 2020 {word()}")
                   + line(f"{word()} said {word()}.") + line(word()) + line("Document BOTE000020200707eg7700001"))
    return (r"{\rtf1\ansi " + one() + one() + "}").encode()


def genios(word):
    one = lambda: (f"Bote vom 07.07.2020, S. 12\n{word()}\n\n{word()} sagt {word()}.\n{word()}\nAnna Berg\nQuelle: Bote vom "
                   f"07.07.2020, S. 12\nRessort: {word()}\nAusgabe: {word()}\nDokumentnummer: {word()}\nAlle Rechte vorbehalten: "
                   f"{word()}\n© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH\nSeite 1 von 2\n")
    return (one() + one()).encode()


def portable(word):
    line = lambda x, y, size, words: f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n"
    pages = [line(50, 780, 20, word()) + line(50, 740, 10, f"{word()} said {word()}, and") + line(50, 728, 10, f"{word()} too.")
             + line(310, 740, 10, f"{word()} was there, and") + line(310, 728, 10, f"{word()} as well.")
             + line(310, 716, 10, f"{word()} left.") + "q 200 0 0 100 50 500 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q\n"
             + line(50, 490, 7, word()) + f"BT /F1 10 Tf 0 1 -1 0 20 300 Tm ({word()}) Tj ET\n",
             line(50, 740, 10, f"Then {word()} said so.")]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [5 0 R 7 0 R] /Count 2 >>",
               f"<< /Title ({word()}) /Author ({word()}) /Subject ({word()}) >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    for n, page in enumerate(pages):
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * n} 0 R /Resources << /Font << "
                       "/F1 4 0 R >> >> >>")
        objects.append(f"<< /Length {len(page)} >>\nstream\n{page}\nendstream")
    out, places = "%PDF-1.7\n", ""
    for n, body in enumerate(objects):
        places += f"{len(out):010d} 00000 n \n"
        out += f"{n + 1} 0 obj\n{body}\nendobj\n"
    return (f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{places}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R "
            f"/Info 3 0 R >>\nstartxref\n{len(out)}\n%%EOF\n").encode()


def table(word):
    return (f'id,Headline,date,Author,Shelf,text\n1,{word()},4 May 2010,{word()},{word()},"{word()}\nsaid ""{word()}"".'
            f'"\n2,{word()},2011,,,{word()} said so.\n').encode()


def records(word):
    return (f'{{"title":"{word()}","text":"{word()}\\nsaid.","date":"2010-05-04","tags":["{word()}"],"shelf":"{word()}"}}\n'
            f'{{"body":"{word()} said.","url":"https://x.example/{word()}"}}\n').encode()


# Name of the format, of the file, what makes it, and whether every word of it is in the article or told.
DOCUMENTS = [
    ("docx", "a.docx", word_document, True), ("odt", "a.odt", open_document, True), ("epub", "a.epub", book, True),
    ("rtf", "a.rtf", rich_text, True), ("webpage", "a.html", page, False), ("webpage", "a.mhtml", mail_page, False),
    ("lexisnexis", "a.txt", lexisnexis, True), ("proquest", "a.txt", proquest, True),
    ("factiva", "a.html", factiva, False), ("article-table", "a.csv", table, True),
    ("article-lines", "a.jsonl", records, True), ("factiva", "a.html", factiva_codes, True),
    ("nexis-html", "a.html", nexis_html, True), ("europresse", "a.html", europresse, True),
    ("proquest-eml", "a.html", proquest_mail, True), ("rtf", "a.rtf", apa, True), ("rtf", "a.rtf", nexis, True),
    ("pdf", "a.pdf", portable, True), ("rtf", "a.rtf", factiva_document, True), ("genios", "a.txt", genios, True),
]
# The part of a package that holds the words.
PARTS = ("word/document.xml", "content.xml", "a.xhtml")
