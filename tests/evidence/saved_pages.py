#!/usr/bin/env python3
"""Imports public saved news pages and compares text, headline, date and outlet with what is known of them.

  tests/evidence/saved_pages.py PAGES [--each] [--times N]

PAGES is one of two public collections, as it was downloaded:
- the test pages of flairNLP/fundus (`tests/resources/parser/test_data`): pages as NAME_DATE.html.gz, what is in
  them as NAME.json, and `../../../../src/fundus/publishers` for the names of the outlets if it is there;
- scrapinghub/article-extraction-benchmark: `html/ID.html.gz` and `ground-truth.json`, which has texts only.

The text counts without its headline. F1 is that of the words, as often as they occur, in lower case; marks do not
count. An outlet is right where its name, or one of OWN_NAMES, holds the other or is in it. Of the pages in the order of their paths, the 7th and every
13th after it are the sample: it was fixed before anything was tried on them. `--each` prints a line for each page,
`--times N` imports the first pages again until N were read and says how long that took. Ends with 1 where the sample
has a mean F1 below .95, or fewer than 18 of 20 dates, headlines or outlets right.
"""
import argparse
import collections
import gzip
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata

from program import not_run, program

# What outlets call themselves where the collection has another name: in their own script, or short.
OWN_NAMES = {
    "AsahiShimbun": "朝日新聞", "Bhaskar": "दैनिक भास्कर", "ChunichiShimbun": "中日新聞", "DieZeit": "ZEIT ONLINE",
    "EveningStandard": "The Standard",
    "HankookIlbo": "한국일보", "Kommersant": "Коммерсантъ", "MainichiShimbun": "毎日新聞", "MBN": "매일경제",
    "MitteldeutscheZeitung": "mz.de", "Morgunbladid": "mbl.is", "NikkanGeadai": "日刊現代", "Nikkei": "日本経済新聞",
    "NineNews": "9News", "Pravda": "Украинская правда", "RheinischePost": "RP ONLINE", "SankeiShimbun": "産経新聞",
    "SpiegelOnline": "DER SPIEGEL", "StuttgarterZeitung": "STZ", "TaipeiTimes": "台北時報", "TheMirror": "Daily Mirror",
    "TokyoShimbun": "東京新聞", "VerdensGang": "VG", "YomiuriShimbun": "読売新聞", "ZwanzigMinuten": "20 Minuten",
}
WORD = re.compile(r"\w+")
FACT = re.compile(r'^    (\w+): "((?:[^"\\]|\\.)*)",$', re.MULTILINE)
FILE = re.compile(r'imported_from: \(file: "((?:[^"\\]|\\.)*)"')


def unescaped(text):
    """A string of RON."""
    text = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), text)


def squeezed(text):
    """Letters and digits, in lower case, without accents."""
    plain = unicodedata.normalize("NFKD", (text or "").lower())
    return "".join(WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))


def f1(expected, read):
    expected, read = (collections.Counter(WORD.findall(text.lower())) for text in (expected, read))
    same = sum((expected & read).values())
    return 2 * same / (sum(expected.values()) + sum(read.values())) if same else 0.0


def whole_text(body):
    lines = list(body.get("summary") or [])
    for section in body.get("sections") or []:
        lines += (section.get("headline") or []) + (section.get("paragraphs") or [])
    return "\n".join(lines)


def fundus(folder):
    """For each page the versions of what is known of it; which one is of the page is not said."""
    names = {}
    for source in (folder / "../../../../src/fundus/publishers").glob("*/__init__.py"):
        names.update(re.findall(r'(\w+)\s*=\s*Publisher\(\s*name="([^"]+)"', source.read_text()))
    for page in sorted(folder.glob("*/*.html.gz")):
        key = re.sub(r"_\d{4}_\d\d_\d\d$", "", page.name.removesuffix(".html.gz"))
        facts = page.parent / f"{key}.json"
        if not facts.exists():
            continue
        known = []
        for version in json.loads(facts.read_text()).values():
            known.append({
                "text": whole_text(version.get("body") or {}),
                "headline": version.get("title") or "",
                "date": (version.get("publishing_date") or "")[:10],
                "outlets": [key, names.get(key, key), OWN_NAMES.get(re.sub(r"_\d{4}.*", "", page.name), key)],
            })
        yield page, known


def benchmark(folder):
    for name, facts in sorted(json.loads((folder / "ground-truth.json").read_text()).items()):
        yield folder / "html" / f"{name}.html.gz", [{"text": facts["articleBody"]}]


def imported(command, pages):
    """What the program makes of each page, and the seconds it takes."""
    with tempfile.TemporaryDirectory() as work:
        saved, into = pathlib.Path(work, "saved"), pathlib.Path(work, "into")
        saved.mkdir()
        into.mkdir()
        for number, page in enumerate(pages):
            (saved / f"{number:05}.html").write_bytes(gzip.decompress(page.read_bytes()))
        begin = time.monotonic()
        done = subprocess.run([command, "import", saved, "--from", "webpage", "--into", into], capture_output=True, text=True)
        seconds = time.monotonic() - begin
        if done.returncode not in (0, 1):
            print(done.stderr)
        articles = {}
        for meta in into.rglob("*.meta.ron"):
            facts = meta.read_text()
            text = meta.with_name(meta.name.removesuffix(".meta.ron")).read_text().splitlines()
            found = {name: unescaped(value) for name, value in FACT.findall(facts)}
            headline = found.get("headline", "")
            found["text"] = "\n".join(text[1:] if text[:1] == [headline] else text)
            articles[int(FILE.search(facts)[1][:5])] = found
        return articles, seconds


def judged(known, read):
    version = max(known, key=lambda version: f1(version["text"], read.get("text", "")))
    outlet = squeezed(read.get("outlet"))
    right = {"F1": f1(version["text"], read.get("text", "")) if version["text"] else None}
    if "headline" in version:
        right["headline"] = squeezed(version["headline"]) == squeezed(read.get("headline"))
        right["date"] = not version["date"] or version["date"] == read.get("date", "")[:10]
        names = [squeezed(name) for name in version["outlets"]]
        right["outlet"] = bool(outlet) and any(name in outlet or outlet in name for name in names)
    return right


def report(title, rights):
    scores = [right["F1"] for right in rights if right["F1"] is not None]
    good = sum(score >= 0.95 for score in scores)
    line = f"{title}: {len(rights)} pages, F1 mean {statistics.mean(scores):.4f}, median {statistics.median(scores):.4f}, "
    line += f">= .95 on {good}"
    for fact in ("headline", "date", "outlet"):
        if any(fact in right for right in rights):
            line += f"; {fact} right on {sum(right.get(fact, False) for right in rights)}"
    print(line)
    return statistics.mean(scores)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("pages", type=pathlib.Path)
    arguments.add_argument("--each", action="store_true")
    arguments.add_argument("--times", type=int)
    arguments = arguments.parse_args()
    command = program()
    if command is None:
        not_run("there is no program; run `cargo build --release` first")
    has_truth = (arguments.pages / "ground-truth.json").exists()
    known = list(benchmark(arguments.pages) if has_truth else fundus(arguments.pages))
    if not known:
        not_run(f"{arguments.pages} has no pages")
    pages = [page for page, _ in known]
    articles, seconds = imported(command, pages)
    rights = [judged(versions, articles.get(number, {})) for number, (_, versions) in enumerate(known)]
    sample = range(6, len(known), 13)[:20]
    for number, (page, _) in enumerate(known):
        if arguments.each or number in sample and not has_truth:
            facts = " ".join(f"{'' if right else 'no '}{fact}" for fact, right in rights[number].items() if fact != "F1")
            score = rights[number]["F1"]
            print(f"{'-' if score is None else f'{score:.3f}'} {page.name.removesuffix('.html.gz'):40} {facts}")
    report("all", rights)
    print(f"{len(pages)} pages in {seconds:.1f} s")
    if arguments.times:
        many = [pages[number % len(pages)] for number in range(arguments.times)]
        print(f"{arguments.times} pages in {imported(command, many)[1]:.1f} s")
    if not has_truth:
        chosen = [rights[number] for number in sample]
        mean = report("sample", chosen)
        wrong = [fact for fact in ("headline", "date", "outlet") if sum(right[fact] for right in chosen) < 18]
        sys.exit(1 if mean < 0.95 or wrong else 0)


main()
