#!/usr/bin/env python3
"""Imports documents that are made to stop a program, and documents of 100 MB, and measures what they take.

  tests/evidence/hostile_documents.py

Each is looked at with --dry-run. Prints its size, what became of it (refused, or how many articles), the time of the
processor and the most memory. Ends with 1 where one takes more than 2 s of processor time or 500 MB, is ended by a
signal, or is refused without words.
"""
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib

from program import not_run, program

TIME = shutil.which("time", path="/usr/bin:/bin")
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
HEAD = ("<!doctype html><html lang=en><title>T</title><article><h1>T</h1><p>The ferry will sail again in May, the "
        "harbour office said on Wednesday.</p>")
LEXISNEXIS = "{0}1 of 1 DOCUMENTS\n\n{0}Post\n\n{0}May 4, 2010\n\nA\n\nLENGTH: 1 words\n\n".format(" " * 31)
MAIL = ("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html; "
        "charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n")
SAYS = "B said it. " * 50
NOISE = random.Random(1).randbytes(1_000_000).decode("latin-1")
TREE = ("1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        "4 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj\n")
PAGE = ("3 0 obj << /Type /Page /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> /XObject << /A 6 0 R >> "
        ">> >> endobj\n")


def portable(*objects, tree=TREE + PAGE):
    """A PDF; what reads it finds the objects without a table of them."""
    return ["%PDF-1.7\n", tree, *objects, "trailer << /Root 1 0 R >>\n"]


def stream(number, chunks, words="", packed=True):
    """An object with a stream of these chunks."""
    data = b"".join(chunk.encode("latin-1") for chunk in chunks)
    data = zlib.compress(data, 9) if packed else data
    filters = "/Filter /FlateDecode " if packed else ""
    return f"{number} 0 obj << {words} {filters}/Length {len(data)} >> stream\n{data.decode('latin-1')}\nendstream endobj\n"


def parts(depth, times):
    part = lambda n: f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A {n + 1} 0 R >> >>"
    return [stream(n, ["/A Do " * times], part(n)) for n in range(6, 6 + depth)]


TEXT_OF_PAGE = "BT /F1 10 Tf 50 700 Td (B said it.) Tj ET\n"
WIDTHS = ("4 0 obj << /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /W "
          "[0 4000000000 500] >>] >> endobj\n")


def entities():
    levels = "".join(f'<!ENTITY a{n} "&a{n - 1 if n else ""};&a{n - 1 if n else ""};">' for n in range(30))
    return f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{levels}]><w:document {WORD}><w:p><w:r><w:t>&a29;</w:t></w:r></w:p></w:document>'


def spine():
    items = "".join(f'<item id="a{n}" href="a.xhtml"/>' for n in range(100_000))
    order = "".join(f'<itemref idref="a{n}"/>' for n in range(100_000))
    return f"<package><manifest>{items}</manifest><spine>{order}</spine></package>"


# Names with what they hold: chunks of a file, made when they are written.
FILES = {
    "tables within tables.html": lambda: [HEAD, "<table><tr><td>" * 100_000, "x"],
    "elements within elements.html": lambda: [HEAD, "<div>" * 1_000_000, "x"],
    "a million tags.html": lambda: [HEAD, "<b>x</b>" * 1_000_000],
    "a million paragraphs.html": lambda: [HEAD, "<p>He said so.</p>" * 1_000_000],
    "half a million attributes.html": lambda: [HEAD, "<p ", " ".join(f"a{n}=1" for n in range(500_000)), ">x</p>"],
    "two million entities.html": lambda: [HEAD, "<p>", "&amp;" * 2_000_000, "</p>"],
    "paragraphs of 100 MB.html": lambda: [HEAD, *["<p>" + SAYS + "</p>"] * 180_000],
    "a line of 100 MB.html": lambda: [HEAD, "<p>", "word " * 20_000_000],
    "a mail of 100 MB.mhtml": lambda: [MAIL, HEAD, *["<p>" + "B said =\r\nso. " * 40 + "</p>\r\n"] * 160_000, "\r\n--B--\r\n"],
    "half a million articles.html": lambda: ["<html><body>", '<div class="article enArticle"><p class="articleParagraph">x</p></div>' * 500_000],
    "export of 100 MB.txt": lambda: [LEXISNEXIS, *[SAYS + "\n"] * 180_000],
    "document of 100 MB.rtf": lambda: ["{\\rtf1\\ansi ", *[SAYS + "\\par\n"] * 180_000, "}"],
    "five million braces.rtf": lambda: ["{\\rtf1 ", "{" * 5_000_000],
    "five million groups.rtf": lambda: ["{\\rtf1 ", "{x}" * 5_000_000, "}"],
    "rows of 100 MB.csv": lambda: ["headline,text\n", *[f'A,"{SAYS}"\n'] * 180_000],
    "records of 100 MB.jsonl": lambda: [f'{{"headline":"A","text":"{SAYS}"}}\n'] * 170_000,
    "lists within lists.json": lambda: ['[{"headline":"A","text":"x","y":', "[" * 1_000_000],
    "document of 100 MB.pdf": lambda: ["%PDF-1.7\n", *["x" * 1_000_000] * 100],
    "pictures of 100 MB.pdf": lambda: portable(stream(5, [TEXT_OF_PAGE]), *[stream(n, [NOISE], "/Subtype /Image", False) for n in range(6, 106)]),
    "pages of 100 MB.pdf": lambda: portable(stream(5, [TEXT_OF_PAGE * 2_400_000])),
    "a page of 60 MB.pdf": lambda: portable(stream(5, ["BT /F1 10 Tf 50 700 Td ", "(B said it.) Tj 0 -12 Td " * 2_400_000, "ET"])),
    "a million letters.pdf": lambda: portable(stream(5, ["BT /F1 1 Tf ", *[f"1 0 0 1 {n % 990 * .6:.1f} {n // 990 * .8:.1f} Tm (a) Tj " for n in range(1_000_000)], "ET"])),
    "objects of four gigabytes.pdf": lambda: portable(stream(5, [TEXT_OF_PAGE]), stream(6, [" " * 1_000_000] * 4_000, "/Type /ObjStm /N 9 /First 9")),
    "a table of four gigabytes.pdf": lambda: portable(stream(5, [TEXT_OF_PAGE]), stream(6, ["\1\0\1" * 1_000_000] * 1_300, "/Type /XRef /W [1 1 1] /Size 9")),
    "a page of four gigabytes.pdf": lambda: portable(stream(5, [" " * 1_000_000] * 4_000)),
    "a font of four gigabytes.pdf": lambda: portable(stream(5, [TEXT_OF_PAGE]), stream(6, [" " * 1_000_000] * 4_000),
                                                     tree=TREE.replace("/Helvetica", "/A /ToUnicode 6 0 R") + PAGE),
    "a font of four thousand million letters.pdf": lambda: portable(stream(5, [TEXT_OF_PAGE]), WIDTHS),
    "parts within parts.pdf": lambda: portable(stream(5, ["/A Do"]), *parts(30, 10)),
    "a part within itself.pdf": lambda: portable(stream(5, ["/A Do"]), stream(6, ["/A Do /A Do"], "/Subtype /Form")),
    "ten million states.pdf": lambda: portable(stream(5, ["q " * 10_000_000, TEXT_OF_PAGE])),
    "a page that breaks off.pdf": lambda: portable(stream(5, [TEXT_OF_PAGE, ") " * 5_000_000])),
    "strings in strings.pdf": lambda: portable(stream(5, [TEXT_OF_PAGE, "(a [ " * 2_000_000])),
    "images in a page.pdf": lambda: portable(stream(5, ["BI /W 1 ID ", "EI " * 5_000_000])),
    "a list of pages in itself.pdf": lambda: portable("7 0 obj [<< /Type /Pages /Kids 7 0 R >>] endobj\n", tree=TREE.replace("[3 0 R]", "7 0 R")),
    "pages within pages.pdf": lambda: portable(*[f"{n} 0 obj << /Type /Pages /Kids [{n + 1} 0 R] >> endobj\n" for n in range(3, 300_000)], tree=TREE),
    "a million pages.pdf": lambda: portable(*[f"{n} 0 obj << /Type /Page >> endobj\n" for n in range(10, 1_000_000)],
                                           tree=TREE.replace("[3 0 R]", "[" + " ".join(f"{n} 0 R" for n in range(10, 1_000_000)) + "]")),
    "ten million objects.pdf": lambda: portable("7 0 obj 1 " * 10_000_000),
    "objects within objects.pdf": lambda: portable("7 0 obj [" * 10_000_000),
    "strings without end.pdf": lambda: portable("7 0 obj ( " * 10_000_000),
    "streams without end.pdf": lambda: portable("7 0 obj << /First 1 >> stream\n" * 3_000_000),
    "dictionaries without end.pdf": lambda: portable("<<( " * 20_000_000),
    "arrays within arrays.pdf": lambda: portable("7 0 obj ", "[" * 50_000_000),
}

# Names with their parts.
ARCHIVES = {
    "four gigabytes.docx": [("word/document.xml", [" " * (1 << 20)] * 3_900)],
    "two million paragraphs.docx": [("word/document.xml", [f"<w:document {WORD}><w:body>", *["<w:p><w:r><w:t>He said.</w:t></w:r></w:p>" * 10_000] * 200])],
    "entities of entities.docx": [("word/document.xml", [entities()])],
    "tables within tables.docx": [("word/document.xml", [f"<w:document {WORD}><w:body>", "<w:tbl><w:tr><w:tc>" * 300_000])],
    "sixty thousand parts.docx": [*[(f"word/p{n}.xml", ["x"]) for n in range(60_000)],
                                  ("word/document.xml", [f"<w:document {WORD}><w:p><w:r><w:t>He said.</w:t></w:r></w:p></w:document>"])],
    "four trillion blanks.odt": [("mimetype", ["application/vnd.oasis.opendocument.text"]),
                                 ("content.xml", [f'<text:p xmlns:text="{TEXT}">', '<text:s text:c="4000000000"/>' * 1_000, "x</text:p>"])],
    "one chapter a hundred thousand times.epub": [
        ("mimetype", ["application/epub+zip"]), ("META-INF/container.xml", ['<x><rootfile full-path="p.opf"/></x>']),
        ("p.opf", [spine()]), ("a.xhtml", ["<html><body><p>", "x " * 50_000, "</p></body></html>"])],
}


def write(path):
    if path.name in FILES:
        with path.open("wb") as out:
            for chunk in FILES[path.name]():
                out.write(chunk.encode("latin-1" if path.suffix == ".pdf" else "utf-8"))
        return
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, chunks in ARCHIVES[path.name]:
            with out.open(name, "w", force_zip64=True) as part:
                for chunk in chunks:
                    part.write(chunk.encode())


def measured(command, path, work):
    """Exit code, what is said, seconds of the processor, megabytes."""
    words = [TIME, "-f", "%U %S %M", command, "import", path, "--into", work / "into", "--dry-run"]
    done = subprocess.run(words, capture_output=True, text=True)
    *said, figures = (done.stdout + done.stderr).strip().splitlines()
    user, system, kilobytes = figures.split()
    return done.returncode, said, float(user) + float(system), int(kilobytes) / 1024


def main():
    command = program() or not_run("there is no program; build it or set PULLQUOTE")
    if TIME is None:
        not_run("GNU time is not installed")
    failed = False
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        os.environ["PULLQUOTE_STATE_DIR"] = str(work / "state")
        for name in [*FILES, *ARCHIVES]:
            path = work / name
            write(path)
            code, said, seconds, megabytes = measured(command, path, work)
            found = [line for line in said if re.match(r"[\d,]+ articles? found", line)]
            refused = [line.replace(f"{path}:", "") for line in said if str(path) in line or line.startswith("pullquote:")]
            became = (found if code < 2 else refused or [""])[0]
            good = code in (0, 1, 2) and became and seconds <= 2 and megabytes <= 500
            failed = failed or not good
            print(f"{'' if good else 'FAILED: '}{name} ({path.stat().st_size / 1e6:.1f} MB): {seconds:.1f} s, {megabytes:.0f} MB, "
                  f"exit {code}: {became[:100]}")
            path.unlink()
    sys.exit(1 if failed else 0)


main()
